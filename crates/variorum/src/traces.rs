//! Finds damage and signs of translation.

use crate::cast::Cast;
use crate::model::{Annotated, Trace};

/// The traces of `found` that show in the report alone, in text order.
pub fn find(_found: &Annotated) -> Vec<Trace> {
    Vec::new()
}

/// Adds to each witness the traces that show only beside the other reports: names and titles.
pub fn compare(_witnesses: &mut [Annotated], _cast: &Cast) {}
