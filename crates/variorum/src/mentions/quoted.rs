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
    let mut at = 0;
    // The bytes that a mark may begin with; few others do.
    let begins = |byte: &u8| matches!(byte, b'"' | b'\'' | 0xC2 | 0xE2);
    while let Some(step) = words.as_bytes()[at..].iter().position(begins) {
        at += step;
        let Some(c) = words[at..].chars().next() else { break };
        let (here, next) = (at, at + c.len_utf8());
        at = next;
        if !matches!(c, '“' | '”' | '«' | '»' | '„' | '‘' | '’' | '"' | '\'') {
            continue;
        }
        let before = words[..here].chars().next_back();
        let after = words[next..].chars().next();
        match open {
            Some((start, mark)) if closes(mark, c, after) => {
                spans.push(Span::new(block.start() + start, block.start() + here));
                open = None;
            }
            None if opens(c, before, after) => open = Some((here, c)),
            _ => {}
        }
    }
    spans
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
