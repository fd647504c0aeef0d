//! Who is quoted, and how much, in each report.

use crate::cast::Cast;
use crate::edition::Voice;
use crate::model::Annotated;

/// The voices of a story, by report, most words first.
pub fn count(_witnesses: &[Annotated], _cast: &Cast) -> Vec<Voice> {
    Vec::new()
}
