//! Indirect speech.

use super::narration::Line;
use super::passages::Fragment;
use super::weave::Draft;
use crate::model::Annotated;

/// The drafts.
pub fn find(_found: &Annotated, _fragments: &[Fragment], _lines: &[Line], _drafts: &[Draft]) -> Vec<Draft> {
    Vec::new()
}
