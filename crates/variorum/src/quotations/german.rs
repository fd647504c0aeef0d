//! German: words in marks that are worked into a sentence of the narrator.
//!
//! In: a fragment and the line it stands in. Out: whether it is somebody's words. Method: German writes nouns and names
//! large, so a fragment that begins small is rarely a name, a title or a term; of one or two words it counts where the
//! sentence tells what somebody said, by a verb or by its subjunctive ("der Antrag „sei …“").
//! Leaves: who says them, beyond what the rules for every language find; indirect speech.

use super::narration::Line;
use crate::lexicon::{self, Words};
use crate::model::Annotated;
use std::sync::LazyLock;

static REPORTING: LazyLock<Words> = LazyLock::new(|| {
    Words::of(lexicon::entries(include_str!("../../lang/de/quotations/reporting-words.txt")))
});
static NAMING: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::entries(include_str!("../../lang/de/quotations/naming-words.txt"))));

/// Words from which on a fragment that begins small needs no sign of reported speech around it.
const PHRASE: usize = 3;

/// Whether the report is in German.
pub fn is_german(found: &Annotated) -> bool {
    found.report.language.as_deref().is_some_and(|language| language.starts_with("de"))
}

/// Whether the fragment `words` at item `at` of `line`, `count` words long, is somebody's.
pub fn is_speech(line: &Line, at: usize, words: &str, count: usize) -> bool {
    let is_small = words.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let is_named = at > 0 && NAMING.contains(line.word(at - 1));
    let is_reported = || line.items.iter().any(|item| REPORTING.contains(&item.word));
    is_small && !is_named && (count >= PHRASE || is_reported())
}
