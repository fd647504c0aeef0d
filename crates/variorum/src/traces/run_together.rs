//! Finds words that ran together: "wallwhich", "TIMErevealing".
//!
//! In: the words of body, captions and headlines. Out: one trace a word.
//! Two shapes, both narrow, since English makes true compounds of the rest: a common word with a relative or other small word
//! directly behind it, the whole no common word and standing nowhere else; and capitals with a common word in small letters behind.
//! Leaves: two nouns run together, which look like a compound.

use super::Detector;
use crate::model::{Annotated, Trace};
use crate::token::Kind;
use crate::vocabulary::{SHORTEST_TOGETHER, run_together};

pub const DETECTOR: Detector =
    Detector { kind: "run-together", doc: "Two words without the space between.", find };

fn find(found: &Annotated) -> Vec<Trace> {
    let text = &found.report.text;
    let mut traces = Vec::new();
    for sentence in found.sentences.iter().filter(|s| found.report.blocks[s.block].kind.is_evidence()) {
        let tokens = &sentence.tokens;
        // Two words are no shorter, which most are.
        for (at, token) in
            tokens.iter().enumerate().filter(|(_, token)| token.span.len() >= SHORTEST_TOGETHER)
        {
            let sign = || at.checked_sub(1).map(|before| tokens[before]);
            let is_handle = || {
                sign().is_some_and(|s| {
                    matches!(s.of(text), "@" | "#" | "/") && s.span.end() == token.span.start()
                })
            };
            if token.kind == Kind::Word
                && let Some((left, right)) = run_together(token.of(text))
                && !is_handle()
            {
                traces.push(Trace {
                    span: token.span,
                    kind: DETECTOR.kind,
                    note: format!("“{}” stands where “{left} {right}” would be expected", token.of(text)),
                });
            }
        }
    }
    traces
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::run_together;

    #[test]
    fn only_what_ran_together_is_parted() {
        for (word, expected) in [
            ("wallwhich", Some(("wall", "which"))),
            ("TIMErevealing", Some(("TIME", "revealing"))),
            ("publishedon", Some(("published", "on"))),
            ("everywhere", None),
            ("firefighters", None),
            ("thousand", None),
            ("McDonald", None),
            ("NGOs", None),
            ("YouTube", None),
        ] {
            assert_eq!(run_together(word), expected, "{word}");
        }
    }
}
