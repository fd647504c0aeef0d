//! Finds words that ran together: "wallwhich", "TIMErevealing".
//!
//! In: the words of body, captions and headlines. Out: one trace a word.
//! Two shapes, both narrow, since English makes true compounds of the rest: a common word with a relative or other small word
//! directly behind it, the whole no common word and standing nowhere else; and capitals with a common word in small letters behind.
//! Leaves: two nouns run together, which look like a compound.

use super::Detector;
use crate::mentions::names::{ROLES, is_common};
use crate::model::{Annotated, Trace};
use crate::token::{self, Kind};

pub const DETECTOR: Detector =
    Detector { kind: "run-together", doc: "Two words without the space between.", find };

/// Small words that end no true English compound of a common word.
const TAILS: [&str; 18] = [
    "which", "who", "whose", "that", "the", "where", "when", "with", "from", "while", "because", "was",
    "were", "has", "have", "on", "and", "they",
];

fn find(found: &Annotated) -> Vec<Trace> {
    let text = &found.report.text;
    let mut traces = Vec::new();
    for sentence in found.sentences.iter().filter(|s| found.report.blocks[s.block].kind.is_evidence()) {
        let tokens = token::tokens(text, sentence.span);
        for (at, token) in tokens.iter().enumerate() {
            let sign = at.checked_sub(1).map(|before| tokens[before]);
            let is_handle = sign
                .is_some_and(|s| matches!(s.of(text), "@" | "#" | "/") && s.span.end() == token.span.start());
            if token.kind != Kind::Word || is_handle {
                continue;
            }
            if let Some((left, right)) = parts(token.of(text)) {
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

/// The two words that ran together in `word`; `None` for a word as it should be.
pub fn parts(word: &str) -> Option<(&str, &str)> {
    if word.len() < 6 || word.contains(['.', '\'', '’']) {
        return None;
    }
    capitals_then_word(word).or_else(|| word_then_tail(word))
}

fn capitals_then_word(word: &str) -> Option<(&str, &str)> {
    let at = word.find(|c: char| !c.is_uppercase())?;
    let (left, right) = word.split_at(at);
    let is_word = right.len() >= 4
        && right.chars().all(char::is_lowercase)
        && (is_common(right) || right.ends_with("ing") || right.ends_with("ed"));
    // "ICEd" and "NGOs" are forms of the short word; "McDonald" has one capital.
    (left.chars().count() >= 2 && is_word).then_some((left, right))
}

fn word_then_tail(word: &str) -> Option<(&str, &str)> {
    let folded = token::fold(word);
    if folded.len() != word.len() || is_known(&folded) || !folded.chars().all(char::is_alphabetic) {
        return None;
    }
    TAILS.iter().find_map(|tail| {
        let stem = folded.strip_suffix(tail)?;
        // A two-letter tail needs more of a stem to be no chance.
        let enough = stem.len() >= if tail.len() < 3 { 7 } else { 4 };
        let plain = is_common(stem)
            || stem.strip_suffix('s').is_some_and(|single| single.len() > 3 && is_common(single));
        (enough && plain && !(*tail == "on" && !stem.ends_with("ed"))).then(|| word.split_at(stem.len()))
    })
}

fn is_known(folded: &str) -> bool {
    const WORDS: [&str; 15] = [
        "everywhere",
        "somewhere",
        "anywhere",
        "nowhere",
        "elsewhere",
        "meanwhile",
        "therewith",
        "herewith",
        "worthwhile",
        "wherewith",
        "awhile",
        "forthwith",
        "erstwhile",
        "notwithstanding",
        "therefrom",
    ];
    is_common(folded) || WORDS.contains(&folded) || ROLES.contains_key(folded)
}

#[cfg(test)]
mod tests {
    use super::parts;

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
            assert_eq!(parts(word), expected, "{word}");
        }
    }
}
