//! The pile: every report the inputs hold, and what could not be opened.

use crate::Outcome;
use crate::output::Talk;
use std::path::PathBuf;
use variorum::model::Received;

/// What the inputs hold.
pub struct Pile {
    /// In the order of the inputs.
    pub reports: Vec<Received>,
    /// How many inputs could not be opened; each has been named on standard error.
    pub failed: usize,
}

impl Pile {
    /// Done, or incomplete when something could not be opened.
    pub fn outcome(&self) -> Outcome {
        if self.failed == 0 { Outcome::Done } else { Outcome::Incomplete }
    }
}

/// Hands each report of `inputs` to `take`, one at a time; what cannot be opened is named and passed over.
pub fn each(
    inputs: &[PathBuf],
    talk: &Talk,
    mut take: impl FnMut(Received) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let (mut taken, mut failed) = (0, 0);
    for source in variorum_sources::open(inputs) {
        match source {
            Ok(received) => {
                take(received)?;
                taken += 1;
            }
            Err(error) => {
                talk.error(&error);
                failed += 1;
            }
        }
    }
    if taken == 0 {
        anyhow::bail!("no report to read");
    }
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Incomplete })
}

/// Opens `inputs`; an error when not one report can be opened.
pub fn open(inputs: &[PathBuf], talk: &Talk) -> anyhow::Result<Pile> {
    let mut pile = Pile { reports: Vec::new(), failed: 0 };
    for source in variorum_sources::open(inputs) {
        match source {
            Ok(received) => pile.reports.push(received),
            Err(error) => {
                talk.error(&error);
                pile.failed += 1;
            }
        }
    }
    if pile.reports.is_empty() {
        anyhow::bail!("no report to read");
    }
    Ok(pile)
}
