//! Parts blocks into sentences.
//!
//! In: a report with its blocks. Out: sentences in text order, one block at a time; blocks of white space give none.
//! A sentence ends at `.`, `?`, `!` or `…` with the quotation marks and brackets that close behind it, when what follows is
//! white space and then not a small letter. It does not end after an abbreviation of the list, an initial, or a
//! number that a small letter or a digit follows. Source of the rules: Unicode Standard Annex 29, tightened by
//! `lang/en/abbreviations.txt`.
//! German sentences go on behind "3." and abbreviations of their own (`german`).
//! Leaves: sentences that end without a mark inside a block (headlines are one sentence).

mod german;

use crate::model::{BlockKind, Report, Sentence};
use crate::span::Span;
use crate::token;
use crate::vocabulary::ABBREVIATIONS;

/// The sentences of `report`.
pub fn find(report: &Report) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (block, named) in report.blocks.iter().enumerate() {
        if named.kind != BlockKind::Other {
            let whole = named.span.trim(&report.text);
            found.extend(split(&report.text, whole).into_iter().map(|span| {
                let tokens = token::tokens(&report.text, span);
                Sentence { span, block, tokens }
            }));
        }
    }
    if report.is_in("de") { german::join(&report.text, found) } else { found }
}

/// The longest sentence, in bytes: what goes on without a stop beyond that is no prose, and is parted at white space so that
/// the cost of what looks at whole sentences stays linear.
const LONGEST: usize = 20_000;

/// The sentences of one stretch of running text, white space around each left out.
pub fn split(text: &str, stretch: Span) -> Vec<Span> {
    let words = stretch.of(text);
    let mut sentences = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < words.len() {
        // The bytes that an end mark may begin with.
        let may_end = [b'.', b'?', b'!', 0xE2];
        let stop = token::first_of(&words.as_bytes()[at..], may_end).map_or(words.len(), |step| at + step);
        if let Some(space) = space_between(words, at.max(start + LONGEST + 1), stop) {
            push(text, &mut sentences, stretch.start() + start, stretch.start() + space);
            (start, at) = (space, space + 1);
            continue;
        }
        let Some(c) = words[stop..].chars().next() else { break };
        at = stop + c.len_utf8();
        if !matches!(c, '.' | '?' | '!' | '…') {
            continue;
        }
        let end = end_of_marks(words, at);
        if ends_here(words, start, stop, end) {
            push(text, &mut sentences, stretch.start() + start, stretch.start() + end);
            (start, at) = (end, end);
        }
    }
    push(text, &mut sentences, stretch.start() + start, stretch.end());
    sentences
}

/// The first white space of `words` from `from` on and before `to`.
fn space_between(words: &str, from: usize, to: usize) -> Option<usize> {
    if from >= to {
        return None;
    }
    let from = (from..to).find(|&at| words.is_char_boundary(at))?;
    words[from..]
        .char_indices()
        .map(|(at, c)| (from + at, c))
        .take_while(|(at, _)| *at < to)
        .find(|(_, c)| c.is_whitespace())
        .map(|(at, _)| at)
}

fn push(text: &str, sentences: &mut Vec<Span>, start: usize, end: usize) {
    let span = Span::new(start, end).trim(text);
    if !span.is_empty() {
        sentences.push(span);
    }
}

/// Past further end marks and the quotation marks and brackets that close behind them.
fn end_of_marks(words: &str, from: usize) -> usize {
    let closing = |c: char| {
        matches!(c, '.' | '?' | '!' | '…' | ')' | ']' | '”' | '’' | '"' | '\'' | '»' | '“' | '«' | '›')
    };
    let mut end = from;
    for c in words[from..].chars() {
        // A low or left mark right behind the stop, with a letter after it, opens the next sentence.
        let next = words[end + c.len_utf8()..].chars().next();
        let opens = matches!(c, '“' | '«' | '"' | '\'' | '’') && next.is_some_and(char::is_alphanumeric);
        if !closing(c) || opens {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn ends_here(words: &str, start: usize, stop: usize, end: usize) -> bool {
    let Some(next) = words[end..].chars().next() else { return true };
    if !next.is_whitespace() {
        return false;
    }
    let follows = words[end..].trim_start();
    let first = follows.chars().find(|c| c.is_alphanumeric());
    if first.is_some_and(char::is_lowercase) {
        // "“Stop!” he said" goes on, and so does "3 p.m. on Friday".
        return false;
    }
    // "[Ada K.] Lund": words put in end with an initial.
    let is_put_in = &words[stop..end] == ".]";
    if !words[stop..].starts_with('.') || end > stop + 1 && !is_put_in {
        return true;
    }
    let before =
        words[start..stop].rsplit(|c: char| c.is_whitespace() || matches!(c, '“' | '"' | '(' | '‘')).next();
    let last = before.unwrap_or_default();
    if is_put_in { !is_initial(last) } else { !is_abbreviation(last, first) }
}

/// Whether a full stop behind `last` belongs to the word. `first` is the first letter or digit that follows.
fn is_abbreviation(last: &str, first: Option<char>) -> bool {
    let dotted = last.contains('.') && last.split('.').all(|part| part.chars().count() == 1);
    // "c. 1480".
    let is_circa = last == "c" && first.is_some_and(|c| c.is_ascii_digit());
    if is_initial(last) || dotted || is_circa {
        return true;
    }
    match ABBREVIATIONS.get(last) {
        // "No. 5" but "No. They did not."; "Jan. 4".
        Some(&("No" | "Nos" | "no" | "p" | "pp" | "vol" | "art")) => {
            first.is_some_and(|c| c.is_ascii_digit())
        }
        Some(_) => true,
        None => false,
    }
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase() && c != 'I')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            split(text, Span::new(0, text.len())).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "sentences of {text:?}");
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        check("It rained. The dam held.", &["It rained.", "The dam held."]);
        check("“Stop!” he said. “Now.”", &["“Stop!” he said.", "“Now.”"]);
        check(
            "Dr. Ada K. Lund left on Jan. 4 at 3 p.m. on foot.",
            &["Dr. Ada K. Lund left on Jan. 4 at 3 p.m. on foot."],
        );
        check("He came in No. 5. No. They did not.", &["He came in No. 5.", "No.", "They did not."]);
        check("She asked: \"Why?\" Nobody knew.", &["She asked: \"Why?\"", "Nobody knew."]);
        check(
            "It cost 3.5 million. \"Too much,\" he said.",
            &["It cost 3.5 million.", "\"Too much,\" he said."],
        );
        check("The U.S. Navy came.", &["The U.S. Navy came."]);
        check("The abbot (c. 314 – 368) left.", &["The abbot (c. 314 – 368) left."]);
        check("I met [Ada K.] Lund. Then it rained.", &["I met [Ada K.] Lund.", "Then it rained."]);
    }
}
