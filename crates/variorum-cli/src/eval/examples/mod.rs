//! `variorum eval examples`: our own stories against their gold answers.
//!
//! In: the reports in `examples/STORY`, the gold in `corpus/examples/STORY.json`, the floors in `corpus/floors.json`.
//! Out: found, missed and invented of each kind of record, with the rates found/gold and invented/predicted; on
//! request the records themselves; on the last line the rates for a machine. Fails when a rate misses its floor.
//! How a record of the program matches one of the gold is told at the function that decides it, and in
//! `corpus/README.md`.

mod gold;
mod in_report;
mod in_story;
mod matching;
mod names;
mod score;
mod story;
mod utterances;

use score::{Floors, Scores};
use std::path::PathBuf;
use story::Story;

/// What `variorum eval examples` reads and shows.
#[derive(clap::Args)]
pub struct Options {
    /// examples: print up to N missed and N invented records of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// examples: folder with one folder of reports for each story
    #[arg(long, value_name = "DIR", default_value = "examples")]
    stories: PathBuf,
    /// examples: folder with the gold of each story, STORY.json
    #[arg(long, value_name = "DIR", default_value = "corpus/examples")]
    gold: PathBuf,
    /// examples: the floors
    #[arg(long, value_name = "FILE", default_value = "corpus/floors.json")]
    floors: PathBuf,
}

/// Prints the measures of the set.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let floors = Floors::read(&options.floors)?;
    let mut scores = Scores::default();
    for gold in &gold::read(&options.gold)? {
        let story = Story::read(gold, &options.stories)?;
        in_report::judge(&story, &mut scores);
        utterances::judge(&story, &mut scores);
        in_story::judge(&story, &mut scores);
    }
    scores.print_errors(options.errors);
    scores.print(&floors);
    println!("{}", scores.summary(&floors));
    let below = scores.below(&floors);
    anyhow::ensure!(below.is_empty(), "examples: below the floor: {}", below.join(", "));
    Ok(())
}
