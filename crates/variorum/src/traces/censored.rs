//! Finds words the writer masked: "k*lled", "f***".
//!
//! In: body, captions and headlines. Out: one trace a word.

use super::Detector;
use crate::model::{Annotated, Trace};
use crate::span::Span;

pub const DETECTOR: Detector = Detector { kind: "self-censored", doc: "A word with masked letters.", find };

fn find(found: &Annotated) -> Vec<Trace> {
    let text = &found.report.text;
    let mut traces = Vec::new();
    for block in found.report.blocks.iter().filter(|block| block.kind.is_evidence()) {
        if !block.span.of(text).contains('*') {
            continue;
        }
        let mut at = block.span.start();
        for word in block.span.of(text).split_inclusive(char::is_whitespace) {
            let start = at;
            at += word.len();
            let trimmed = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
            let offset = word.find(trimmed).unwrap_or(0);
            let begins = trimmed.starts_with(char::is_alphabetic);
            let plain = trimmed.chars().all(|c| c.is_alphabetic() || c == '*');
            if begins && plain && trimmed.contains('*') && trimmed.len() > 2 && !trimmed.ends_with("a*") {
                traces.push(Trace {
                    span: Span::new(start + offset, start + offset + trimmed.len()),
                    kind: DETECTOR.kind,
                    note: "letters of this word are masked in the report".to_owned(),
                });
            }
        }
    }
    traces
}
