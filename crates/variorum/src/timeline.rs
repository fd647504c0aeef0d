//! Dated facts of a story in order.

use crate::edition::Event;
use crate::model::Annotated;

/// The timeline of a story.
pub fn order(_witnesses: &[Annotated]) -> Vec<Event> {
    Vec::new()
}
