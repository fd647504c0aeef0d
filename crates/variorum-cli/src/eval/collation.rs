//! `variorum eval collation`: verdicts of pairs of quotations, pair finding, lineage.

mod pairs;
mod rows;
mod variants;

use super::collation_lineage;
use std::path::Path;

/// Prints the measures of the set in `data/collation-dev`.
pub fn run(data: &Path, predictions: Option<&Path>) -> anyhow::Result<()> {
    let folder = data.join("collation-dev");
    variants::run(&folder, predictions)?;
    pairs::run(&folder, predictions)?;
    collation_lineage::run(&folder, predictions)
}
