//! `variorum eval quotes`: quotations and their speakers, on the sets of `quotes-dev`, by the measures of its score.py.

mod fragments;
pub mod score;

use super::bars::{Bar, Bars};
use anyhow::Context;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use variorum::model::{Annotated, Party, Quotation, Received};
use variorum::span::Span;

const SETS: [&str; 6] =
    ["en-wikinews-quotes", "hard-cases", "seeds", "en-gum", "de-wikinews-uhh", "en-litbank"];

const BARS: [Bar; 6] = [
    ("en-wikinews-quotes", "end to end, 3+ words F1", 90.0),
    ("hard-cases", "end to end, 3+ words F1", 92.0),
    ("seeds", "end to end, 3+ words F1", 98.0),
    ("en-wikinews-quotes", "speaker's name", 88.0),
    ("en-gum", "indirect >=80% F1", 55.0),
    ("de-wikinews-uhh", "direct >=80% F1", 85.0),
];

/// One document of a set.
#[derive(Deserialize)]
pub struct Case {
    pub id: String,
    pub text: String,
    pub quotations: Vec<Labelled>,
}

/// One quotation as score.py's schema has it; offsets are bytes of the text.
#[derive(Deserialize, Default)]
pub struct Labelled {
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub parts: Option<Vec<(usize, usize)>>,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub speaker_text: Option<String>,
    #[serde(default)]
    pub speaker_start: Option<usize>,
    #[serde(default)]
    pub speaker_end: Option<usize>,
    #[serde(default)]
    pub speaker_entity: Option<String>,
    #[serde(default)]
    pub cue_start: Option<usize>,
    #[serde(default)]
    pub cue_end: Option<usize>,
    /// No set of `quotes-dev` has it.
    #[serde(default)]
    pub channel: Option<String>,
    /// The words alone, where `parts` gives the clause they are worked into.
    #[serde(skip)]
    pub words: Vec<(usize, usize)>,
}

/// Prints the measures of every set in `data/quotes-dev`; writes what was found to `predictions`, one file a set.
pub fn run(data: &Path, predictions: Option<&Path>) -> anyhow::Result<()> {
    let folder = data.join("quotes-dev");
    let mut bars = Bars::new("quotes", &BARS);
    for set in SETS {
        let path = folder.join(format!("{set}.jsonl.gz"));
        let cases = read(&path).with_context(|| format!("reading {}", path.display()))?;
        let found: Vec<Vec<Labelled>> = cases.iter().map(|case| find(case, set)).collect();
        if let Some(out) = predictions {
            write(&out.join(format!("{set}.jsonl")), &cases, &found)?;
        }
        println!("== {set}");
        bars.set(set);
        print(&score::print(&cases, &found), &mut bars);
    }
    let mut measures = super::floors::Measures::new();
    bars.finish(&mut measures);
    super::floors::hold(&["quotes"], &measures)
}

/// Prints what the bars and floors are of; score.py does not give the name of the speaker over all quotations (see
/// [`score::names`]).
fn print(counts: &score::Counts, bars: &mut Bars) {
    for (measure, value) in [
        ("fragments F1", score::fragments_f1(counts)),
        ("end to end, 3+ words F1", score::end_to_end_f1(counts)),
        ("direct >=80% F1", score::span_f1(counts, "o80", "direct")),
        ("indirect >=80% F1", score::span_f1(counts, "o80", "indirect")),
        ("speaker's name", score::rate(counts, "name ok", "name g")),
    ] {
        println!("{measure} {value:.1}{}", bars.held(measure, value));
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<Case>> {
    let mut lines = String::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(path)?).read_to_string(&mut lines)?;
    lines.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// The sets whose gold holds attributions of every kind, thoughts and findings too.
const ATTRIBUTIONS: [&str; 2] = ["en-gum", "de-wikinews-uhh"];

/// The set whose gold holds words between marks and, as one more quotation, the clause that they are worked into.
const CLAUSE_AND_WORDS: &str = "de-wikinews-uhh";

fn find(case: &Case, set: &str) -> Vec<Labelled> {
    let found =
        variorum::annotate(&Received { bytes: case.text.clone().into_bytes(), ..Received::default() });
    let thoughts = if ATTRIBUTIONS.contains(&set) { found.thoughts.as_slice() } else { &[] };
    let all = found.quotations.iter().chain(thoughts);
    if set != CLAUSE_AND_WORDS {
        return all.map(|quotation| labelled(&found, quotation)).collect();
    }
    let mut clauses = BTreeSet::new();
    let is_new = |quotation: &&Quotation| quotation.clause.is_some_and(|clause| clauses.insert(clause));
    let with_clause = found.quotations.iter().filter(is_new).map(|quotation| labelled(&found, quotation));
    let words = all.map(|quotation| labelled(&found, &Quotation { clause: None, ..quotation.clone() }));
    with_clause.collect::<Vec<_>>().into_iter().chain(words).collect()
}

/// A quotation in the set's schema. A fragment worked into a clause behind a speech verb is given as that clause, as
/// the sets give their mixed quotations.
pub fn labelled(found: &Annotated, quotation: &Quotation) -> Labelled {
    let source = |span| found.report.map.to_source(span);
    let spans = match quotation.clause {
        Some(clause) => vec![clause],
        None => quotation.content.clone(),
    };
    let places = |spans: &[Span]| -> Vec<(usize, usize)> {
        spans.iter().map(|span| source(*span)).map(|span| (span.start(), span.end())).collect()
    };
    let parts = places(&spans);
    let speaker = quotation.speaker.span;
    Labelled {
        start: parts.first().map_or(0, |part| part.0),
        end: parts.last().map_or(0, |part| part.1),
        parts: Some(parts),
        kind: None,
        speaker_text: speaker.map(|span| found.words(span).to_owned()),
        speaker_start: speaker.map(|span| source(span).start()),
        speaker_end: speaker.map(|span| source(span).end()),
        speaker_entity: match quotation.speaker.party {
            Party::Entity(entity) => full_name(found, entity),
            Party::Unnamed | Party::Unknown => None,
        },
        cue_start: quotation.cue.map(|span| source(span).start()),
        cue_end: quotation.cue.map(|span| source(span).end()),
        channel: quotation.channel.map(str::to_owned),
        words: places(&quotation.content),
    }
}

/// The entity's name, with the acronym that the report also calls it by in brackets: a set may name it by either.
fn full_name(found: &Annotated, entity: usize) -> Option<String> {
    let name = &found.entities.get(entity)?.name;
    let mentions = found.mentions.iter().filter(|mention| mention.entity == Some(entity));
    let is_acronym = |words: &&str| words.len() > 1 && words.chars().all(char::is_uppercase);
    let acronym = mentions.map(|mention| found.words(mention.span)).find(is_acronym);
    Some(match acronym.filter(|acronym| acronym != name) {
        Some(acronym) => format!("{name} ({acronym})"),
        None => name.clone(),
    })
}

fn write(path: &Path, cases: &[Case], found: &[Vec<Labelled>]) -> anyhow::Result<()> {
    let mut lines = String::new();
    for (case, quotations) in cases.iter().zip(found) {
        let quotations: Vec<Value> = quotations
            .iter()
            .map(|found| {
                json!({
                    "start": found.start, "end": found.end, "parts": found.parts,
                    "speaker_text": found.speaker_text, "speaker_start": found.speaker_start,
                    "speaker_end": found.speaker_end, "speaker_entity": found.speaker_entity,
                    "cue_start": found.cue_start, "cue_end": found.cue_end,
                })
            })
            .collect();
        lines.push_str(&json!({ "id": case.id, "quotations": quotations }).to_string());
        lines.push('\n');
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, lines).with_context(|| format!("writing {}", path.display()))
}
