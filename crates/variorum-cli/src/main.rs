//! The command `variorum`: main → run → one function a command.
//!
//! Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 failed, 2 wrong use, 3 nothing found.

mod commands;
mod eval;
mod intake;
mod options;
mod output;
mod progress;
mod render;
mod spool;
mod train;

use clap::Parser;
use options::{Command, Options};
use output::Talk;
use std::process::ExitCode;

/// What a command ends with, when it does not fail.
pub enum Outcome {
    /// Everything asked for was done.
    Done,
    /// It was done for a part; what could not be read has been said.
    Incomplete,
    /// What was asked for was not found.
    NothingFound,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Done => 0,
            Outcome::Incomplete => 1,
            Outcome::NothingFound => 3,
        })
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    let talk = Talk::new(options.quiet);
    if let Command::Eval { sets, data, predictions, part, examples } = &options.command {
        return eval::run(sets, data, predictions.as_deref(), *part, examples);
    }
    match run(&options, &talk) {
        Ok(outcome) => outcome.into(),
        // The reader of a pipe has seen enough: no fault of ours, and nothing to say.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            talk.error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options, talk: &Talk) -> anyhow::Result<Outcome> {
    match &options.command {
        Command::Compare(compare) => commands::compare::run(compare, options.color, talk),
        Command::Annotate(listing) => commands::annotate::run(listing, options.color, talk),
        Command::Extract(listing) => commands::extract::run(listing, options.color, talk),
        Command::Group(listing) => commands::group::run(listing, options.color, talk),
        Command::Check(check) => commands::check::run(check, options.color, talk),
        Command::Train(train) => train::run(train, talk),
        Command::Eval { .. } => Ok(Outcome::Done),
    }
}
