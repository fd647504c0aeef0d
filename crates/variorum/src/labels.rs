//! What each report calls the same person, group or thing.

use crate::cast::Cast;
use crate::edition::Label;
use crate::model::Annotated;

/// The labels of a story, by target.
pub fn gather(_witnesses: &[Annotated], _cast: &Cast) -> Vec<Label> {
    Vec::new()
}
