//! Cuts a sentence into the words the taggers know.
//!
//! In: a text and the span of a sentence. Out: spans of words, numbers and marks in text order, white space left out. The
//! cuts are those of the Universal Dependencies treebanks for English: clitics part ("do" "n't", "Ruiz" "'s"), hyphens part,
//! every mark stands alone. Whole stay abbreviations and initials with their stop ("U.S.", "Dr.", "J."), numbers with commas
//! and points, addresses of pages and mail, handles and hashtags.
//! Leaves: words run together, which stay whole.

use super::dictionary::Dictionary;
use super::hash;
use crate::span::Span;

/// The words of `sentence`, put behind those already in `words`.
pub fn cut(text: &str, sentence: Span, dictionary: &Dictionary, words: &mut Vec<Span>) {
    let whole = sentence.of(text);
    let mut at = 0;
    loop {
        while let Some(word) = plain(whole.as_bytes(), at) {
            if let Plain::Word(end) = word {
                words.push(Span::new(sentence.start() + at, sentence.start() + end));
            }
            at = word.end();
        }
        let Some(c) = whole[at..].chars().next() else { return };
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let end = end_of_word(whole, at, c, dictionary);
        let cut = at + clitic(&whole[at..end]);
        let mut push = |from: usize, to: usize| {
            if from < to {
                words.push(Span::new(sentence.start() + from, sentence.start() + to));
            }
        };
        push(at, cut);
        push(cut, end);
        at = end;
    }
}

/// What most of a text is made of.
enum Plain {
    /// White space, and where it ends.
    Space(usize),
    /// A word or mark of ASCII that ends here whatever follows.
    Word(usize),
}

impl Plain {
    fn end(&self) -> usize {
        match *self {
            Plain::Space(end) | Plain::Word(end) => end,
        }
    }
}

/// What begins at `at`, by its bytes alone; `None` at the end of the text and where that does not tell.
fn plain(whole: &[u8], at: usize) -> Option<Plain> {
    let first = *whole.get(at)?;
    match SORTS[usize::from(first)] {
        Sort::Space => Some(Plain::Space(at + 1)),
        Sort::Mark => Some(Plain::Word(at + 1)),
        Sort::Other => None,
        Sort::Letter => {
            let is_letter = |byte: &u8| SORTS[usize::from(*byte)] == Sort::Letter;
            let end = at + whole[at..].iter().position(|byte| !is_letter(byte)).unwrap_or(whole.len() - at);
            let ends = match whole.get(end) {
                None => true,
                Some(b',') => !whole[end - 1].is_ascii_digit(),
                Some(&next) => SORTS[usize::from(next)] != Sort::Other && !matches!(next, b':' | b'&'),
            };
            ends.then_some(Plain::Word(end))
        }
    }
}

/// What [`plain`] takes a byte for.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Sort {
    /// A letter or digit, or "_".
    Letter,
    /// White space.
    Space,
    /// A mark that always stands alone.
    Mark,
    /// A mark that may join others, and all beyond ASCII.
    Other,
}

const SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Other; 256];
    let mut at = 0;
    while at < 128 {
        sorts[at] = match at as u8 {
            b'_' => Sort::Letter,
            byte if byte.is_ascii_alphanumeric() => Sort::Letter,
            b'\t'..=b'\r' | b' ' => Sort::Space,
            b'@' | b'#' | b'.' | b'-' | b'*' | b'=' | b'\'' => Sort::Other,
            _ => Sort::Mark,
        };
        at += 1;
    }
    sorts
};

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '_')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{2BC}' | 'ʻ' | '‘')
}

/// Where the word, number or mark that begins at `at` with `first` ends.
fn end_of_word(whole: &str, at: usize, first: char, dictionary: &Dictionary) -> usize {
    let behind = at + first.len_utf8();
    let next = whole[behind..].chars().next();
    match first {
        '@' | '#' if next.is_some_and(is_letter) => run(whole, behind, is_letter),
        '.' | '-' | '*' | '=' => run(whole, behind, |c| c == first),
        c if is_apostrophe(c) && next.is_some_and(char::is_alphabetic) => {
            let end = run(whole, behind, is_letter);
            if is_clitic(&whole[behind..end]) { end } else { behind }
        }
        c if is_letter(c) => end_of_letters(whole, at, dictionary),
        _ => behind,
    }
}

fn run(whole: &str, from: usize, goes_on: impl Fn(char) -> bool) -> usize {
    let bytes = &whole.as_bytes()[from..];
    let ascii = bytes.iter().position(|&byte| !byte.is_ascii() || !goes_on(char::from(byte)));
    let from = ascii.map_or(whole.len(), |ascii| from + ascii);
    whole[from..].char_indices().find(|&(_, c)| !goes_on(c)).map_or(whole.len(), |(at, _)| from + at)
}

/// The end of a word that begins with a letter or digit.
fn end_of_letters(whole: &str, start: usize, dictionary: &Dictionary) -> usize {
    let mut end = run(whole, start, is_letter);
    if is_address(whole, start, end) {
        let all = run(whole, end, |c| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '”' | ')' | ']'));
        return start + whole[start..all].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']).len();
    }
    loop {
        let mut rest = whole[end..].chars();
        let (Some(mark), next) = (rest.next(), rest.next()) else { return end };
        let last = whole[start..end].chars().next_back().unwrap_or(' ');
        let joins = match mark {
            '.' if next.is_some_and(is_letter) => joined_by_stop(whole, start, end, last, next),
            '.' => return if keeps_stop(&whole[start..end], dictionary) { end + 1 } else { end },
            ',' | ':' => last.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit()),
            '&' => last.is_uppercase() && next.is_some_and(char::is_uppercase),
            c if is_apostrophe(c) => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if !joins {
            return end;
        }
        end = run(whole, end + mark.len_utf8(), is_letter);
    }
}

/// Whether a page or mail address begins here: "http://…", "www.…", "name@…".
fn is_address(whole: &str, start: usize, end: usize) -> bool {
    let rest = &whole[end..];
    rest.starts_with("://")
        || rest.starts_with('@') && rest[1..].starts_with(is_letter)
        || &whole[start..end] == "www" && rest.starts_with('.')
}

/// Whether the stop at `end` joins what stands around it: "3.5", "U.S", "example.com", but not "end.The".
fn joined_by_stop(whole: &str, start: usize, end: usize, last: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    if last.is_ascii_digit() {
        return next.is_ascii_digit();
    }
    let part = whole[start..end].rsplit('.').next().unwrap_or_default();
    let behind = run(whole, end + 1, is_letter) - end - 1;
    let initials = part.chars().count() == 1 && behind == next.len_utf8();
    initials || (next.is_lowercase() && behind > 1 && last.is_alphanumeric())
}

/// Whether the stop behind `word` belongs to it.
fn keeps_stop(word: &str, dictionary: &Dictionary) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(first), None) => first.is_uppercase() && first != 'I',
        (Some(_), Some('.')) => word.split('.').all(|part| part.chars().count() <= 2),
        _ => word.len() <= 5 && dictionary.word(hash::small(word)).is_abbreviation(word),
    }
}

fn is_clitic(letters: &str) -> bool {
    ["s", "re", "ve", "ll", "d", "m"].iter().any(|clitic| letters.eq_ignore_ascii_case(clitic))
}

/// Where the clitic of `word` begins; the end of the word when it has none.
pub(crate) fn clitic(word: &str) -> usize {
    if word.bytes().all(|byte| byte.is_ascii() && byte != b'\'') {
        return word.len();
    }
    let Some((at, mark)) = word.char_indices().rev().find(|&(_, c)| is_apostrophe(c)) else {
        return word.len();
    };
    let letters = &word[at + mark.len_utf8()..];
    if letters.eq_ignore_ascii_case("t") && word[..at].ends_with(['n', 'N']) {
        return at - 1;
    }
    if is_clitic(letters) { at } else { word.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut words = Vec::new();
        cut(text, Span::new(0, text.len()), &Dictionary::shipped(), &mut words);
        let found: Vec<&str> = words.iter().map(|word| word.of(text)).collect();
        assert_eq!(found.join(" "), expected, "words of {text:?}");
    }

    #[test]
    fn words_part_as_in_the_treebanks() {
        check("Ruiz’s dog didn't bark.", "Ruiz ’s dog did n't bark .");
        check("The parents’ 15-year plan", "The parents ’ 15 - year plan");
        check(
            "O'Hara of AT&T, Dr. J. Lund in the U.S. and L.A.",
            "O'Hara of AT&T , Dr. J. Lund in the U.S. and L.A.",
        );
        check("It cost $1,200.50 at 10:30 a.m. today...", "It cost $ 1,200.50 at 10:30 a.m. today ...");
        check(
            "See www.example.org/a?b=1, or mail ana@example.org.",
            "See www.example.org/a?b=1 , or mail ana@example.org .",
        );
        check("@ana_ruiz said “no”.The end", "@ana_ruiz said “ no ” . The end");
        check("'Tis the ’90s, isn’t it?", "' Tis the ’ 90s , is n’t it ?");
        check("", "");
        check("’ ' n't", "’ ' n't");
        check(
            "a:b c: //d e://f g&h A&B 1,2 a,b 3, x_1.",
            "a : b c : / / d e://f g & h A&B 1,2 a , b 3 , x_1 .",
        );
    }
}
