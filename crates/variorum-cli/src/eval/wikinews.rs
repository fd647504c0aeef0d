//! `variorum eval wikinews`: every layer of our own labels in `corpus/wikinews`, on reports as a reader gets them.
//!
//! In: text, title, date and outlet of each report. Out, over one part: names, pronouns, quotations with speaker, cue
//! and channel, dates, figures, against the labels. The part for testing gives figures only: whoever changes the
//! program does not look at its errors. How a record matches a label is told in each file.

mod figures;
mod mentions;
mod quotations;
mod row;

use super::bars::{Bar, Bars};
use super::dates::{self, Time};
use super::floors::Measures;
use anyhow::Context;
use row::Row;
use std::path::Path;
use variorum::model::Annotated;

/// Where the labels lie, from the repository's root.
const REPORTS: &str = "corpus/wikinews/reports.jsonl";

/// Which reports are measured.
#[derive(Copy, Clone, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// The four fifths to learn from
    Train,
    /// The fixed fifth for testing: figures only
    Test,
}

const BARS: [Bar; 1] = [("test", "indirect >=80% F1", 65.0)];

/// Prints the measures of `part`; of the training part also up to `errors` of each kind of error.
pub fn run(part: Part, errors: usize) -> anyhow::Result<()> {
    let rows = read(part)?;
    let found: Vec<Annotated> = rows.iter().map(|row| variorum::annotate(&row.received())).collect();
    let cases: Vec<(&Row, &Annotated)> = rows.iter().zip(&found).collect();
    let (set, errors) = match part {
        Part::Train => ("train", errors),
        Part::Test => ("test", 0),
    };
    println!("== wikinews, {set}: {} reports", rows.len());
    let mut bars = Bars::new("wikinews", if part == Part::Test { &BARS } else { &[] });
    bars.set(set);
    mentions::names(&cases, errors, &mut bars);
    mentions::pronouns(&cases, errors, &mut bars);
    quotations::print(&cases, errors, &mut bars);
    print_dates(&cases, errors, &mut bars);
    figures::print(&cases, errors, &mut bars);
    let mut measures = Measures::new();
    bars.finish(&mut measures);
    match part {
        Part::Train => super::floors::hold(&["wikinews"], &measures),
        Part::Test => Ok(()),
    }
}

fn read(part: Part) -> anyhow::Result<Vec<Row>> {
    let rows = row::rows(Path::new(REPORTS)).with_context(|| format!("reading {REPORTS}"))?;
    Ok(rows.into_iter().filter(|row| row.test == (part == Part::Test)).collect())
}

fn print_dates(cases: &[(&Row, &Annotated)], errors: usize, bars: &mut Bars) {
    println!("-- dates");
    let mut tally = dates::Tally::default();
    for (row, found) in cases {
        let time = |date: &row::Date| Time {
            start: date.at.start,
            end: date.at.end,
            value: Some(date.value.clone()),
        };
        let gold: Vec<Time> = row.dates.iter().map(time).collect();
        tally.add(&row.text, &gold, &dates::found(found));
    }
    tally.print("date ", bars);
    tally.print_errors(errors);
}
