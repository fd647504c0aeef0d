//! The lineage half of `variorum eval collation`.

use std::path::Path;

/// Prints the measures of `lineage.jsonl` in `folder`.
pub fn run(_folder: &Path, _predictions: Option<&Path>) -> anyhow::Result<()> {
    Ok(())
}
