//! Who is who across the reports of a story.

use crate::model::{Annotated, EntityKind};

/// The people, organisations and things of a story.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// In order of first mention over the reports.
    pub members: Vec<Member>,
    /// `of[report][entity]`: index in `members`.
    pub of: Vec<Vec<usize>>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name most reports give in full.
    pub name: String,
    /// Of what kind.
    pub kind: EntityKind,
}

impl Cast {
    /// The story-wide name of an entity of a report.
    pub fn name(&self, report: usize, entity: usize) -> &str {
        &self.members[self.of[report][entity]].name
    }
}

/// The cast of `witnesses`.
pub fn resolve(_witnesses: &[Annotated]) -> Cast {
    Cast::default()
}
