//! `variorum eval quotes`.

use std::path::Path;

/// Prints the measures of the set.
pub fn run(_data: &Path, _predictions: Option<&Path>) -> anyhow::Result<()> {
    Ok(())
}
