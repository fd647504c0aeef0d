//! The command `variorum`.

mod eval;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads every report of a news story and sets them side by side.
#[derive(Parser)]
#[command(name = "variorum", version)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure quality on the development data, against the floors
    Eval {
        /// Sets to measure: quotes, collation, examples (default: all)
        sets: Vec<String>,
        /// Folder of the development data
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Also write the predictions, in the format of each set's score.py, into this folder
        #[arg(long)]
        predictions: Option<PathBuf>,
        #[command(flatten)]
        examples: eval::examples::Options,
    },
}

fn main() -> ExitCode {
    let Command::Eval { sets, data, predictions, examples } = Options::parse().command;
    eval::run(&sets, &data, predictions.as_deref(), &examples)
}
