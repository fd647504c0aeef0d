//! Words into lines of a given width, in columns of the terminal (a wide character takes two).
//!
//! White space in a run parts words; a run that is a line break alone breaks the line.

use super::page::{Line, Manner};
use super::sigla::raised;
use unicode_width::UnicodeWidthStr;

/// A piece of a set line, in one manner.
pub type Piece = (Manner, String);

/// One line of a set paragraph.
#[derive(Clone, Debug, Default)]
pub struct Set {
    pub pieces: Vec<Piece>,
    pub width: usize,
}

/// What stands between two places where a line may break.
#[derive(Default)]
struct Word {
    pieces: Vec<Piece>,
    width: usize,
}

impl Word {
    fn push(&mut self, manner: Manner, text: &str) {
        self.width += text.width();
        match self.pieces.last_mut() {
            Some((last, words)) if *last == manner => words.push_str(text),
            _ => self.pieces.push((manner, text.to_owned())),
        }
    }
}

/// `line` in lines of at most `width` columns. With `marked`, words that vary stand between ‹ and ›, for paper that
/// cannot underline.
pub fn wrap(line: &Line, width: usize, marked: bool) -> Vec<Set> {
    let width = width.max(1);
    let mut lines = vec![Set::default()];
    for paragraph in words(line, marked) {
        for word in paragraph.into_iter().flat_map(|word| split(word, width)) {
            place(&mut lines, word, width);
        }
        lines.push(Set::default());
    }
    lines.pop();
    lines
}

/// Columns that `line` takes when nothing breaks it, and those of its widest word.
pub fn measure(line: &Line, marked: bool) -> (usize, usize) {
    let (mut widest, mut longest) = (0, 0);
    for paragraph in words(line, marked) {
        let sum: usize = paragraph.iter().map(|word| word.width).sum();
        widest = widest.max(sum + paragraph.len().saturating_sub(1));
        longest = paragraph.iter().map(|word| word.width).fold(longest, usize::max);
    }
    (widest, longest)
}

/// The words of `line`, by paragraph.
fn words(line: &Line, marked: bool) -> Vec<Vec<Word>> {
    let mut paragraphs = vec![Vec::new()];
    let mut word = Word::default();
    let finish = |word: &mut Word, paragraphs: &mut Vec<Vec<Word>>| {
        if !word.pieces.is_empty() {
            paragraphs.last_mut().expect("never empty: it begins with one").push(std::mem::take(word));
        }
    };
    for run in line {
        if run.text == "\n" {
            finish(&mut word, &mut paragraphs);
            paragraphs.push(Vec::new());
            continue;
        }
        let text = written(run, marked);
        for (at, piece) in text.split(|c: char| c.is_whitespace() && !is_glue(c)).enumerate() {
            if at > 0 {
                finish(&mut word, &mut paragraphs);
            }
            let clean: String = piece.chars().filter(|c| !c.is_control()).collect();
            if !clean.is_empty() {
                word.push(run.manner, &clean);
            }
        }
    }
    finish(&mut word, &mut paragraphs);
    paragraphs
}

fn is_glue(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

fn written(run: &super::page::Run, marked: bool) -> String {
    match run.manner {
        Manner::Varied(number) if run.text.is_empty() => raised(number),
        Manner::Varied(number) if marked => format!("‹{}›{}", run.text, raised(number)),
        Manner::Varied(number) => format!("{}{}", run.text, raised(number)),
        _ => run.text.clone(),
    }
}

/// A word that is wider than a line, in pieces that fit; a path breaks after a stroke where it can.
fn split(word: Word, width: usize) -> Vec<Word> {
    if word.width <= width {
        return vec![word];
    }
    let mut parts = vec![Word::default()];
    for (manner, text) in word.pieces {
        for (at, c) in text.char_indices() {
            if text[..at].ends_with('/') {
                let next = text[at..].split_inclusive('/').next().unwrap_or_default().width();
                let last = parts.last().expect("never empty: it begins with one");
                if next <= width && last.width + next > width {
                    parts.push(Word::default());
                }
            }
            let mut buffer = [0; 4];
            let c = c.encode_utf8(&mut buffer);
            let last = parts.last_mut().expect("never empty: it begins with one");
            if last.width > 0 && last.width + c.width() > width {
                parts.push(Word::default());
            }
            parts.last_mut().expect("never empty: it begins with one").push(manner, c);
        }
    }
    parts
}

fn place(lines: &mut Vec<Set>, word: Word, width: usize) {
    let last = lines.last_mut().expect("never empty: it begins with one");
    if last.width == 0 {
        last.width = word.width;
        last.pieces = word.pieces;
    } else if last.width + 1 + word.width <= width {
        let before = last.pieces.last().map(|(manner, _)| *manner);
        let after = word.pieces.first().map(|(manner, _)| *manner);
        let manner = before.filter(|_| before == after).unwrap_or(Manner::Plain);
        last.pieces.push((manner, " ".to_owned()));
        last.width += 1 + word.width;
        last.pieces.extend(word.pieces);
    } else {
        lines.push(Set { width: word.width, pieces: word.pieces });
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::{plain, strong};
    use super::*;

    fn check(line: Line, width: usize, expected: &[&str]) {
        let lines: Vec<String> = wrap(&line, width, true)
            .into_iter()
            .map(|set| set.pieces.into_iter().map(|(_, text)| text).collect())
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn words_stay_whole_and_lines_fit() {
        check(vec![plain("the river rose again")], 10, &["the river", "rose again"]);
        check(vec![plain("so "), strong("very"), plain(", very wet")], 9, &["so very,", "very wet"]);
        check(vec![plain("a\nb"), plain("\n"), plain("c")], 9, &["a b", "c"]);
        check(vec![plain("abcdefgh ij")], 4, &["abcd", "efgh", "ij"]);
        check(vec![plain("a/path/to")], 6, &["a/", "path/", "to"]);
        check(vec![plain("漢字漢字")], 4, &["漢字", "漢字"]);
        check(vec![plain("they "), Run::new(Manner::Varied(1), "left"), plain(".")], 20, &["they ‹left›¹."]);
        check(vec![], 20, &[""]);
    }

    #[test]
    fn a_word_without_end_is_cut_in_one_pass() {
        let word = "n".repeat(1_000_000);
        assert_eq!(wrap(&vec![plain(&word)], 80, true).len(), 12_500);
    }

    use super::super::page::Run;
}
