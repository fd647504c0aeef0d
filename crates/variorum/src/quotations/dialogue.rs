//! Quotations without marks: interviews, dash dialogue, a post on the line behind its cue.
//!
//! In: a report. Out: drafts of direct quotations.

use super::narration::Line;
use super::passages::Fragment;
use super::weave::Draft;
use crate::model::Annotated;

/// The drafts.
pub fn find(_found: &Annotated, _fragments: &[Fragment], _lines: &[Line]) -> Vec<Draft> {
    Vec::new()
}
