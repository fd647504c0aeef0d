//! Groups readings of the same words and says how they differ.

mod align;
mod senses;
pub mod verdict;
pub mod words;

use crate::cast::Cast;
use crate::edition::Utterance;
use crate::model::Annotated;

/// The utterances of a story, in the order of reports and text.
pub fn collate(_witnesses: &[Annotated], _cast: &Cast) -> Vec<Utterance> {
    Vec::new()
}
