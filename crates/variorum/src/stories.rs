//! Which reports tell one story.

use crate::model::Annotated;

/// Groups of indices into `reports`, each a story; a pure function of the set.
pub fn partition(reports: &[Annotated]) -> Vec<Vec<usize>> {
    if reports.is_empty() { Vec::new() } else { vec![(0..reports.len()).collect()] }
}

/// The story's id: the key of its earliest report.
pub fn founder(witnesses: &[Annotated]) -> String {
    witnesses.first().map(|witness| witness.report.id.clone()).unwrap_or_default()
}

/// The headline of the most central report.
pub fn headline(witnesses: &[Annotated]) -> Option<String> {
    witnesses.iter().find_map(|witness| witness.report.title.clone())
}
