//! `variorum eval examples`: our own stories against their gold answers.
//!
//! In: the reports in `examples/STORY`, the gold in `corpus/examples/STORY.json`, the floors in `corpus/floors.json`.
//! Out: found, missed and invented of each kind of record, with the rates found/gold and invented/predicted; on
//! request the records themselves; on the last line the rates for a machine. Fails when a rate misses its floor.
//! How a record of the program matches one of the gold is told at the function that decides it, and in
//! `corpus/README.md`.

#[cfg(test)]
mod echo;
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
    /// examples: print up to N missed and N invented records of each kind; extraction: the N worst pages of each set;
    /// pronouns, dates, numbers, wikinews: up to N errors of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub errors: usize,
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
    for line in scores.errors(options.errors) {
        println!("{line}");
    }
    scores.print(&floors);
    println!("{}", scores.summary(&floors));
    let below = scores.below(&floors);
    anyhow::ensure!(below.is_empty(), "examples: below the floor: {}", below.join(", "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::gold::{self, Gold};
    use super::matching::half_in;
    use super::story::{self, Story};
    use std::path::Path;

    /// Every record of one report of the gold, as a line, with whether its words stand in the report.
    fn words_of(story: &Story, at: usize) -> Vec<(String, bool)> {
        let gold = &story.gold.reports[&story.witnesses[at].name];
        let mut lines = Vec::new();
        let mut from = 0;
        for (kind, prefix) in &gold.blocks {
            let span = story.after(at, prefix, from);
            from = span.map_or(from, |span| span.end());
            lines.push((format!("{kind} {prefix}"), span.is_some()));
        }
        for one in &gold.quotations {
            lines.push((one.content.join(" … "), !story.quoted(at, one).is_empty()));
        }
        for (text, n) in gold.figures.iter().map(|one| (&one.text, one.n)) {
            lines.push((format!("{text} {n}"), !story.nth(at, text, n).is_empty()));
        }
        for (text, n) in gold.dates.iter().map(|one| (&one.text, one.n)) {
            lines.push((format!("{text} {n}"), !story.nth(at, text, n).is_empty()));
        }
        for (text, n) in gold.traces.iter().map(|one| (&one.text, one.n)) {
            lines.push((format!("{text} {n}"), !story.nth(at, text, n).is_empty()));
        }
        lines
    }

    /// Every use of a report's words by the story's gold.
    fn uses_of(gold: &Gold) -> Vec<(&str, &str)> {
        let labels = gold.labels.iter().map(|one| (one.report.as_str(), one.text.as_str()));
        let shown = gold.omissions.iter().flat_map(|one| &one.present);
        let values = gold.figures.iter().flat_map(|one| &one.values);
        labels.chain(shown.chain(values).map(|(report, text)| (report.as_str(), text.as_str()))).collect()
    }

    /// What the gold says with words that the report has not.
    fn astray(story: &Story, at: usize) -> Vec<String> {
        let name = &story.witnesses[at].name;
        let lines = words_of(story, at).into_iter().filter(|line| !line.1).map(|line| line.0);
        let uses = uses_of(story.gold).into_iter().filter(|(report, _)| report == name);
        let uses = uses.filter(|(_, text)| story.all(at, text).is_empty()).map(|(_, text)| text.to_owned());
        let readings = story.gold.utterances.iter().flat_map(|one| &one.readings);
        let readings = readings.filter(|(report, text)| report == name && !is_quoted(story, at, text));
        lines
            .chain(uses)
            .chain(readings.map(|(_, text)| format!("reading of no quotation: {text}")))
            .collect()
    }

    fn is_quoted(story: &Story, at: usize, reading: &str) -> bool {
        let parts: Vec<&str> = reading.split(" … ").collect();
        let mut places = story.starts(at, parts[0]).into_iter().map(|start| story.parts(at, &parts, start));
        let quoted = &story::quoted(story)[&at];
        places.any(|place| quoted.iter().any(|quotation| half_in(&place, quotation)))
    }

    #[test]
    fn the_gold_stands_in_the_reports() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for gold in &gold::read(&root.join("corpus/examples")).expect("the gold is in the repository") {
            let story = Story::read(gold, &root.join("examples")).expect("so are the reports");
            for (at, witness) in story.witnesses.iter().enumerate() {
                assert_eq!(astray(&story, at), Vec::<String>::new(), "{}/{}", gold.story, witness.name);
            }
        }
    }
}
