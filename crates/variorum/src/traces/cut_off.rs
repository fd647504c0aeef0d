//! Finds text that breaks off: alternative text cut before a title's mark, a last paragraph without an end.
//!
//! In: blocks. Out: one trace a block.
//! An alternative text or caption is cut off when it ends in a preposition, article or conjunction; a report when its last
//! paragraph of ten words or more has no closing punctuation and the ones before it have.

use super::Detector;
use crate::model::{Annotated, BlockKind, Trace};
use crate::span::Span;
use crate::token;
use crate::vocabulary::FUNCTION;

pub const DETECTOR: Detector = Detector { kind: "cut-off", doc: "Text that breaks off.", find };

fn find(found: &Annotated) -> Vec<Trace> {
    let text = &found.report.text;
    let pictures =
        found.report.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Alt | BlockKind::Caption));
    let cut = pictures.map(|block| block.span.trim(text)).filter(|span| ends_in_small_word(span.of(text)));
    cut.chain(last_paragraph(found))
        .map(|span| Trace { span, kind: DETECTOR.kind, note: "the text breaks off here".to_owned() })
        .collect()
}

fn ends_in_small_word(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let folded = token::fold(last);
    words.contains(' ')
        && last.chars().all(char::is_lowercase)
        && FUNCTION.contains(&folded)
        && !matches!(
            &*folded,
            "on" | "up"
                | "out"
                | "off"
                | "back"
                | "away"
                | "down"
                | "over"
                | "him"
                | "her"
                | "it"
                | "them"
                | "before"
                | "since"
                | "later"
                | "yesterday"
                | "today"
                | "together"
        )
}

fn last_paragraph(found: &Annotated) -> Option<Span> {
    let text = &found.report.text;
    let ends = |span: Span| span.of(text).ends_with(|c: char| !c.is_alphanumeric() && c != ',');
    let paragraphs: Vec<Span> = found
        .report
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph)
        .map(|block| block.span.trim(text))
        .collect();
    let (last, before) = paragraphs.split_last().filter(|(last, _)| !ends(**last))?;
    let is_long = last.of(text).split_whitespace().nth(9).is_some();
    let others_end =
        before.len() >= 2 && before.iter().filter(|span| ends(**span)).count() * 10 >= before.len() * 8;
    (is_long && others_end).then_some(*last)
}
