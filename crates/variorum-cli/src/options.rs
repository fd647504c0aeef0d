//! Every command and flag, each with its help; the one place that names them.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads every report of a news story and sets them side by side: what each says, in whose words, and where they
/// differ. It reports evidence, never verdicts about people.
#[derive(Parser)]
#[command(name = "variorum", version, after_help = EXAMPLES)]
pub struct Options {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing on standard error but what failed
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to colour; `auto` looks at the terminal and at NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

/// When to colour.
#[derive(Copy, Clone, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that shows colours, unless NO_COLOR is set
    Auto,
    /// Also into files and pipes
    Always,
    /// Never
    Never,
}

#[derive(Subcommand)]
pub enum Command {
    /// Set the reports of each story side by side
    Compare(Compare),
    /// List what is found in each report: quotations, mentions, figures, dates, traces
    Annotate(Listing),
    /// Read each report: its text, blocks, title, authors, dates
    Extract(Listing),
    /// Say which reports tell one story, and which was copied from which
    Group(Group),
    /// Look up words in reports: who says them, in which words, where
    Check(Check),
    /// Measure quality on the development data, against the floors
    Eval {
        /// Sets to measure: quotes, pronouns, dates, numbers, wikinews, stories, copies, collation, extraction, pos, names, examples, round-trip (default: all but pos and round-trip, which train for minutes)
        #[arg(value_parser = ["quotes", "pronouns", "dates", "numbers", "wikinews", "stories", "copies", "collation", "extraction", "pos", "names", "examples", "round-trip"], hide_possible_values = true)]
        sets: Vec<String>,
        /// Folder of the development data
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Also write the predictions, in the format of each set's score.py, into this folder
        #[arg(long)]
        predictions: Option<PathBuf>,
        /// wikinews: which of our own labels; of the part for testing only figures are shown
        #[arg(long, value_enum, default_value = "train")]
        part: crate::eval::wikinews::Part,
        #[command(flatten)]
        examples: crate::eval::examples::Options,
    },
    /// Remake the weights in models/ from their data
    Train(crate::train::Options),
}

/// Where reports come from.
#[derive(Args)]
pub struct Inputs {
    /// Files or folders with reports, `-` for standard input: text, HTML, WARC, RSS, Atom, JSON Feed, JSON Lines, Parquet,
    /// mailboxes and MHTML, also compressed with gzip or Zstandard; told by content, not by name
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    /// Also write what could not be read into this file, one JSON object a line: path, offset, within, line, reason
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

#[derive(Args)]
#[command(after_help = COMPARE_EXAMPLES)]
pub struct Compare {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Print the edition as JSON (schema/edition.json)
    #[arg(long, group = "form")]
    pub json: bool,
    /// Print the edition as Markdown
    #[arg(long, group = "form")]
    pub markdown: bool,
    /// Write the edition as one self-contained page (`-` for standard output)
    #[arg(long, group = "form", value_name = "OUT.html")]
    pub html: Option<PathBuf>,
}

#[derive(Args)]
#[command(after_help = LISTING_EXAMPLES)]
pub struct Listing {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Print one JSON object a line, one line a report
    #[arg(long)]
    pub jsonl: bool,
    /// How many threads work at a time (default: one for each processor); the output is the same with any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Begin with the first record at this byte of the one input, or behind it: a WARC file, or JSON Lines not compressed. To go
    /// on where a run was cut off, give the `container.offset` of its last report and one more
    #[arg(long, value_name = "OFFSET")]
    pub from: Option<u64>,
}

#[derive(Args)]
#[command(after_help = GROUP_EXAMPLES)]
pub struct Group {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Print one JSON object a line, one line a report
    #[arg(long, conflicts_with = "explain")]
    pub jsonl: bool,
    /// Say why two reports are one story or copies, or are not: what they share, where, and which thresholds that passes.
    /// A report goes by its id, its path, or the end of its path
    #[arg(long, num_args = 2, value_names = ["ID", "ID"])]
    pub explain: Option<Vec<String>>,
    /// With --explain: print it as JSON
    #[arg(long, requires = "explain")]
    pub json: bool,
    /// How many threads read reports at a time (default: one for each processor); the output is the same with any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

#[derive(Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Check {
    /// The words to look up
    #[arg(value_parser = spoken)]
    pub words: String,
    /// Who is held to have said them
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Files or folders with reports; `-` for standard input
    #[arg(long = "in", required = true, num_args = 1.., value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    /// Also write what could not be read into this file, one JSON object a line: path, offset, within, line, reason
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Print the answer as JSON
    #[arg(long)]
    pub json: bool,
}

const EXAMPLES: &str = "\
Examples:
  variorum compare report-1.txt report-2.html
  variorum check \"we will rebuild\" --speaker \"Ana Ruiz\" --in reports/

Exit codes: 0 done, 1 failed, 2 wrong use, 3 nothing found.";

const COMPARE_EXAMPLES: &str = "\
Examples:
  variorum compare examples/flood                       a readable page on the terminal
  variorum compare examples/flood --html flood.html     a page to open, print and pass on
  variorum compare a.txt b.txt --json | jq '.stories[].utterances[] | select(.verdict == \"altered\")'
  cat reports.jsonl | variorum compare - --markdown

A report that stands among the inputs twice counts once. What cannot be read is named, and the exit code is then 1.";

const LISTING_EXAMPLES: &str = "\
Examples:
  variorum extract report.html
  variorum annotate reports/ --jsonl > annotated.jsonl
  variorum extract CC-NEWS.warc.gz --jsonl --rejects rejects.jsonl > read.jsonl
  curl -s https://example.com/feed.xml | variorum extract - --jsonl

Files of any length are read with constant memory: WARC, JSON Lines, mailboxes, and Parquet files that are neither compressed as
a whole nor come through a pipe; a feed, and any single report, may have up to 512 MiB. A damaged record does not end the run: it is named, and the exit code is
then 1.";

const GROUP_EXAMPLES: &str = "\
Examples:
  variorum group reports/
  variorum group reports/ --jsonl | jq -r .story | sort | uniq -c
  variorum group CC-NEWS.warc.gz --jsonl > groups.jsonl
  variorum group reports/ --explain a.txt b.txt

Reports are read one at a time. Of each, some kilobytes stay in memory; the reports themselves are put by in the folder for
temporary files until the run ends. What a cap left out is said.";

const CHECK_EXAMPLES: &str = "\
Examples:
  variorum check \"we will rebuild every house\" --in reports/
  variorum check \"we will rebuild\" --speaker \"Ana Ruiz\" --in a.txt b.txt --json

Exit code 0 when the words are found (also in other words, or said by someone else), 3 when they are not.";
/// Words that can be looked up.
fn spoken(words: &str) -> Result<String, String> {
    match words.chars().any(char::is_alphanumeric) {
        true => Ok(words.to_owned()),
        false => Err("there is no word in it to look up".to_owned()),
    }
}
