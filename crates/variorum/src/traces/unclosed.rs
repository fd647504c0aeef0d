//! Finds quotations that no mark closes.
//!
//! In: quotations. Out: one trace for each part whose end had to be worked out.

use super::Detector;
use crate::model::{Annotated, Form, Trace};

pub const DETECTOR: Detector =
    Detector { kind: "unclosed-quotation", doc: "A quotation that no mark closes.", find };

fn find(found: &Annotated) -> Vec<Trace> {
    found
        .quotations
        .iter()
        .filter(|quotation| !quotation.closed && quotation.form != Form::Indirect)
        .filter_map(|quotation| {
            let last = *quotation.content.last()?;
            Some(Trace {
                span: last,
                kind: DETECTOR.kind,
                note: "no mark closes this quotation; its end is worked out from what follows".to_owned(),
            })
        })
        .collect()
}
