//! Facts that some reports have and others have not.

use crate::cast::Cast;
use crate::edition::{Omission, PostEntry, ReconciledFigure, Utterance};
use crate::model::Annotated;

/// The omissions of a story.
pub fn gather(
    _witnesses: &[Annotated],
    _cast: &Cast,
    _utterances: &[Utterance],
    _figures: &[ReconciledFigure],
    _posts: &[PostEntry],
) -> Vec<Omission> {
    Vec::new()
}
