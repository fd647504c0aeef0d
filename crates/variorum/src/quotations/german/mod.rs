//! German: who says what, by the grammar of German reports.
//!
//! In: lines, and a fragment or the quotations found before. Out: speakers of direct quotations
//! (`attribution`), indirect speech (`indirect`), whether words in marks that are worked into a sentence are
//! somebody's ([`is_speech`]). German writes nouns and names large and reports in the subjunctive; no part of
//! speech is known, so phrases are read by capitals (`phrase`) and verbs by a list of forms (`words`, `cue`).
//! Leaves: what is told of speech without its content; plural pronouns.

pub mod attribution;
pub mod channel;
mod cue;
pub mod indirect;
pub mod party;
mod phrase;
mod source;
#[cfg(test)]
mod tests;
mod words;

use super::judgement::Content;
use super::narration::Line;
use crate::model::Annotated;

/// Words from which on a fragment that begins small needs no sign of reported speech around it.
const PHRASE: usize = 3;

/// Whether the report is in German.
pub fn is_german(found: &Annotated) -> bool {
    found.report.is_in("de")
}

/// Whether the fragment at item `at` of `line` names something: it begins large, holds no verb, and stands
/// right behind a word of its phrase.
pub fn is_name(line: &Line, at: usize, words: &str, content: &Content) -> bool {
    let is_verb = |word: &str| {
        word.starts_with(char::is_lowercase)
            && self::words::is_finite(word.trim_end_matches([',', '.', '!', '?']))
    };
    let is_beside = at > 0 && line.is_word(at - 1) && !matches!(line.word(at - 1), "wie" | "worten");
    let is_led = is_beside && attribution::leads_name(line, at);
    let is_address = !words.contains(' ') && words.trim_end_matches('.').contains('.');
    is_led && is_address
        || is_led
            && content.begins_large
            && !content.ends_with_stop
            && !words.split_whitespace().any(is_verb)
            && !attribution::is_called(line, at)
}

/// Whether the fragment `words` at item `at` of `line`, `count` words long, is somebody's.
pub fn is_speech(line: &Line, at: usize, words: &str, count: usize) -> bool {
    let is_small = words.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let is_named = at > 0 && self::words::NAMING.contains(line.word(at - 1));
    let is_reported = || line.items.iter().any(|item| self::words::REPORTING.contains(&item.word));
    is_small && !is_named && (count >= PHRASE || is_reported())
}
