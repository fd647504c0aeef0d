//! `variorum eval`: the measured quality, against the floors.

#![allow(clippy::print_stdout, reason = "the figures are this command's data")]

mod collation;
mod collation_lineage;
pub mod examples;
mod extraction;
mod floors;
mod quotes;
mod reports;
mod stories;

use std::path::Path;
use std::process::ExitCode;

/// Measures each of `sets` (all, when none is named) on the data in `data`.
pub fn run(
    sets: &[String],
    data: &Path,
    predictions: Option<&Path>,
    examples: &examples::Options,
) -> ExitCode {
    let chosen = |name: &str| sets.is_empty() || sets.iter().any(|set| set == name);
    let mut outcome = Ok(());
    if chosen("quotes") {
        outcome = outcome.and(quotes::run(data, predictions));
    }
    if chosen("collation") {
        outcome = outcome.and(collation::run(data, predictions));
    }
    if chosen("stories") {
        outcome = outcome.and(stories::run(data, predictions));
    }
    if chosen("extraction") {
        outcome = outcome.and(extraction::run(data, predictions, examples.errors));
    }
    if chosen("examples") {
        outcome = outcome.and(examples::run(examples));
    }
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
