//! Stretches between quotation marks, roughly.
//!
//! In: a report. Out: spans, paired within a paragraph, straight marks by turns. The quotation stage, which comes later and needs
//! to know who is meant, decides them exactly.

use crate::model::Annotated;
use crate::span::{Span, Stretches};

/// What stands between marks in the body of `found`.
pub fn find(found: &Annotated) -> Stretches {
    let blocks = found.report.blocks.iter().filter(|block| block.kind.is_body());
    Stretches::of(blocks.flat_map(|block| within(&found.report.text, block.span)))
}

fn within(text: &str, block: Span) -> Vec<Span> {
    let words = block.of(text);
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for here in may_be_marks(words.as_bytes()) {
        let Some(c) = words[here..].chars().next() else { break };
        if !matches!(c, '“' | '”' | '«' | '»' | '„' | '‘' | '’' | '"' | '\'') {
            continue;
        }
        let after = words[here + c.len_utf8()..].chars().next();
        match open {
            Some((start, mark)) if closes(mark, c, after) => {
                spans.push(Span::new(block.start() + start, block.start() + here));
                open = None;
            }
            None if opens(c, words[..here].chars().next_back(), after) => open = Some((here, c)),
            _ => {}
        }
    }
    spans
}

/// Where the bytes stand that a mark may begin with, in order. None of them is within a character.
fn may_be_marks(words: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let mut plain = memchr::memchr2_iter(b'"', b'\'', words).peekable();
    let mut others = memchr::memchr2_iter(0xC2, 0xE2, words).peekable();
    std::iter::from_fn(move || match (plain.peek(), others.peek()) {
        (Some(one), Some(other)) if one > other => others.next(),
        (Some(_), _) => plain.next(),
        (None, _) => others.next(),
    })
}

fn opens(c: char, before: Option<char>, after: Option<char>) -> bool {
    match c {
        '“' | '«' | '„' => true,
        '‘' => before.is_none_or(|c| !c.is_alphanumeric()),
        '"' | '\'' => {
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '\''))
                && after.is_some_and(char::is_alphanumeric)
        }
        _ => false,
    }
}

fn closes(mark: char, c: char, after: Option<char>) -> bool {
    let ends = || after.is_none_or(|c| !c.is_alphanumeric());
    match mark {
        '“' => c == '”',
        '«' => c == '»',
        '„' => matches!(c, '“' | '”'),
        '‘' => c == '’' && ends(),
        _ => c == mark && ends(),
    }
}
