//! The sources that reports name: agencies, other outlets, authorities.

use crate::edition::Upstream;
use crate::model::Annotated;
use std::collections::BTreeSet;

/// Named sources.
pub struct Sources {}

/// The sources named in `witnesses`.
pub fn find(_witnesses: &[Annotated]) -> Sources {
    Sources {}
}

impl Sources {
    /// One entry a source, by name.
    pub fn entries(&self, _witnesses: &[Annotated]) -> Vec<Upstream> {
        Vec::new()
    }

    /// (child, parent) where the child names the parent's outlet as its source.
    pub fn stated(&self, _witnesses: &[Annotated]) -> BTreeSet<(usize, usize)> {
        BTreeSet::new()
    }
}
