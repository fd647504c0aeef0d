//! `variorum eval collation`: verdicts of pairs of quotations, pair finding, lineage.

mod pairs;
mod rows;
mod variants;

use super::collation_lineage;
use std::path::Path;

/// Prints the measures of the set in `data/collation-dev`.
pub fn run(data: &Path, predictions: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let folder = data.join("collation-dev");
    let mut measures = super::floors::Measures::new();
    variants::run(&folder, predictions, &mut measures)?;
    pairs::run(&folder, predictions, &mut measures)?;
    collation_lineage::run(&folder, predictions, errors, &mut measures)?;
    super::floors::hold(&["collation", "lineage"], &measures)
}
