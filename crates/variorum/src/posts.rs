//! Finds posts, videos and messages that a report tells of, and sets them side by side.

use crate::cast::Cast;
use crate::edition::PostEntry;
use crate::model::{Annotated, Post};

/// The posts `found` tells of, in text order.
pub fn find(_found: &Annotated) -> Vec<Post> {
    Vec::new()
}

/// The posts of a story over all its reports.
pub fn reconcile(_witnesses: &[Annotated], _cast: &Cast) -> Vec<PostEntry> {
    Vec::new()
}
