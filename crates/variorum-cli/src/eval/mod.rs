//! `variorum eval`: the measured quality, against the floors.

#![allow(clippy::print_stdout, reason = "the figures are this command's data")]

mod bars;
mod collation;
mod collation_lineage;
mod copies;
mod dates;
pub mod examples;
mod extraction;
mod floors;
mod names;
mod numbers;
mod pos;
mod pronouns;
mod quotes;
mod rates;
pub mod reports;
mod round_trip;
mod stories;
pub mod wikinews;

use std::path::Path;
use std::process::ExitCode;

/// Measures each of `sets` on the data in `data`; when none is named, all but "pos" and "round-trip", which train for minutes. What fails is told at the end, set by set.
pub fn run(
    sets: &[String],
    data: &Path,
    predictions: Option<&Path>,
    part: wikinews::Part,
    examples: &examples::Options,
) -> ExitCode {
    let all: [(&str, &dyn Fn() -> anyhow::Result<()>); 13] = [
        ("quotes", &|| quotes::run(data, predictions)),
        ("pronouns", &|| pronouns::run(data, predictions, examples.errors)),
        ("dates", &|| dates::run(data, predictions, examples.errors)),
        ("numbers", &|| numbers::run(data, predictions, examples.errors)),
        ("wikinews", &|| wikinews::run(part, examples.errors)),
        ("collation", &|| collation::run(data, predictions, examples.errors)),
        ("round-trip", &|| round_trip::run(data)),
        ("stories", &|| stories::run(data, predictions, examples.errors)),
        ("copies", &|| copies::run(data, predictions, examples.errors)),
        ("extraction", &|| extraction::run(data, predictions, examples.errors)),
        ("pos", &|| pos::run(data, examples.errors)),
        ("names", &|| names::run(data, predictions, examples.errors)),
        ("examples", &|| examples::run(examples)),
    ];
    let chosen = all.iter().filter(|(name, _)| match sets {
        [] => !matches!(*name, "pos" | "round-trip"),
        _ => sets.iter().any(|set| set == name),
    });
    let errors: Vec<anyhow::Error> = chosen.filter_map(|(_, measure)| measure().err()).collect();
    errors.iter().for_each(|error| println!("{error:#}"));
    if errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
