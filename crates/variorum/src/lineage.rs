//! Which report was copied from which, and how many sources are independent.

use crate::cast::Cast;
use crate::edition::{Edge, Upstream};
use crate::model::Annotated;

/// Copies and sources of a story.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// By child, then parent.
    pub edges: Vec<Edge>,
    /// By name.
    pub upstreams: Vec<Upstream>,
    /// `root[report]`: the smallest index among the reports that come from the same original.
    pub root: Vec<usize>,
}

impl Lineage {
    /// How many originals stand behind the reports.
    pub fn independent(&self) -> usize {
        self.root.iter().enumerate().filter(|(report, root)| report == *root).count()
    }
}

/// The lineage of `witnesses`.
pub fn trace(witnesses: &[Annotated], _cast: &Cast) -> Lineage {
    Lineage { root: (0..witnesses.len()).collect(), ..Lineage::default() }
}
