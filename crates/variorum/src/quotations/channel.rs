//! How the words came.

use super::narration::Line;
use super::weave::Draft;
use crate::model::Annotated;

/// Fills the channel of every draft.
pub fn fill(_found: &Annotated, _lines: &[Line], _drafts: &mut [Draft]) {}
