//! `variorum eval examples`: our own stories against the gold in `corpus/examples`.

/// Prints the measures of the set.
pub fn run() -> anyhow::Result<()> {
    Ok(())
}
