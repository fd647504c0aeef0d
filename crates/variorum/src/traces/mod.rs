//! Finds damage and signs of translation in a report: a list of evidence, no verdict.
//!
//! In: a report with its mentions and quotations; for names and titles, all reports of the story. Out: traces in text
//! order, each with its place and a sentence. Every detector is one file and one line in [`ALL`].

mod censored;
mod cut_off;
mod doubled_article;
mod encoding;
mod names;
mod pronoun;
mod run_together;
mod unclosed;

pub use names::compare;

use crate::model::{Annotated, Trace};

/// One kind of trace.
pub struct Detector {
    /// Its kind, as in the edition.
    pub kind: &'static str,
    /// What it finds, in one line.
    pub doc: &'static str,
    find: fn(&Annotated) -> Vec<Trace>,
}

/// All detectors that need no other report.
pub const ALL: [Detector; 7] = [
    unclosed::DETECTOR,
    run_together::DETECTOR,
    doubled_article::DETECTOR,
    pronoun::DETECTOR,
    cut_off::DETECTOR,
    encoding::DETECTOR,
    censored::DETECTOR,
];

/// The traces of `found` that show in the report alone, in text order.
pub fn find(found: &Annotated) -> Vec<Trace> {
    let mut traces: Vec<Trace> = ALL.iter().flat_map(|detector| (detector.find)(found)).collect();
    traces.sort_by_key(|trace| (trace.span, trace.kind));
    traces.dedup();
    traces
}

#[cfg(test)]
mod tests {
    use crate::annotate;
    use crate::model::Received;

    /// Checks the traces of a text: "kind: words", in text order.
    fn check(text: &str, expected: &[&str]) {
        let found = annotate(&Received { bytes: text.as_bytes().to_vec(), ..Received::default() });
        let traces: Vec<String> =
            found.traces.iter().map(|trace| format!("{}: {}", trace.kind, found.words(trace.span))).collect();
        assert_eq!(traces, expected, "traces of {text:?}");
    }

    #[test]
    fn damage_is_listed_where_it_stands() {
        check(
            "The the wall fell. A roofwhich leaked was k*lled off.",
            &["doubled-article: The the", "run-together: roofwhich", "self-censored: k*lled"],
        );
        check("It was â€œlateâ€\u{9d}, he wrote.", &["encoding: â€œ", "encoding: â€\u{9d}"]);
        check("The wall fell. Everywhere firefighters stood.", &[]);
    }

    #[test]
    fn a_pronoun_that_fits_nobody_near_is_a_trace() {
        check(
            "Mayor Ana Ruiz came. She spoke of her town and she wept.\n\nRuiz then gave his thanks to all who had come.",
            &["pronoun: his thanks"],
        );
        check("Mayor Ana Ruiz came with Omar Brandt. She wept. He spoke.", &[]);
    }

    #[test]
    fn a_pronoun_that_is_a_trace_means_nobody() {
        let text = "Omar Brandt opened the hall. He left at noon. It rained. The roof held. The doors stood open. \
                    Mayor Ana Ruiz came. She spoke of her town and she wept.\n\nRuiz then gave his thanks to all who had come.";
        let found = annotate(&Received { bytes: text.as_bytes().to_vec(), ..Received::default() });
        let his = found.mentions.iter().find(|mention| found.words(mention.span) == "his");
        assert_eq!(found.traces.len(), 1, "{:?}", found.traces);
        assert_eq!(his.map(|mention| mention.entity), Some(None), "{:?}", found.mentions);
    }
}
