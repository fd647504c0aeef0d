//! Finds mis-encoded characters: "â€œ", "Ã©", and the sign for what could not be decoded.
//!
//! In: the text. Out: one trace a run.

use super::Detector;
use crate::model::{Annotated, Trace};
use crate::span::Span;

pub const DETECTOR: Detector =
    Detector { kind: "encoding", doc: "Characters decoded in the wrong way.", find };

/// UTF-8 read as windows-1252 begins with one of these.
const BROKEN: [&str; 12] =
    ["â€", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã¡", "Ã³", "Ã\u{ad}", "Â£", "\u{fffd}"];

fn find(found: &Annotated) -> Vec<Trace> {
    let text = &found.report.text;
    let mut traces: Vec<Trace> = Vec::new();
    // The bytes that one of them begins with.
    for at in memchr::memchr2_iter(0xC3, 0xEF, text.as_bytes()) {
        let Some(broken) = BROKEN.iter().find(|broken| text[at..].starts_with(**broken)) else { continue };
        let mut end = at + broken.len();
        if *broken == "â€" {
            // The third character of the broken three stands for a byte of 128 or more.
            end += text[end..].chars().next().filter(|c| !c.is_ascii()).map_or(0, char::len_utf8);
        }
        match traces.last_mut().filter(|last| last.span.end() == at) {
            Some(last) => last.span = Span::new(last.span.start(), end),
            None => traces.push(Trace {
                span: Span::new(at, end),
                kind: DETECTOR.kind,
                note: "these characters were decoded in the wrong way before the report was received"
                    .to_owned(),
            }),
        }
    }
    traces
}
