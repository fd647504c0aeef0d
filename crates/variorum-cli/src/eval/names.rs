//! `variorum eval names`: names of people, organisations and places, by the measures of `ner-dev`'s score.py.
//!
//! In: `worldwide.jsonl` and `uner-pud.jsonl`, neither of which anything was trained on, and the reports of `corpus/wikinews` that
//! are kept for testing. Out: precision, recall and F1 in percent of names whose span and kind are exact ("the" before and "'s"
//! behind taken off), for each kind and in all, beside the bar; and how many words a second were read, from the text on, which
//! `peers/spacy_names.py` is to be held against.

use super::floors::Measures;
use crate::train::data::{self, Labelled};
use anyhow::Context;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;
use variorum::span::Span;
use variorum::tagging::names::Kind;
use variorum::tagging::{Tagger, tag};

/// The kinds that are scored, as score.py names them.
const KINDS: [(Kind, &str); 3] = [(Kind::Person, "PER"), (Kind::Organisation, "ORG"), (Kind::Place, "LOC")];

/// Names that are right, found, and expected.
#[derive(Copy, Clone, Default)]
struct Tally {
    right: usize,
    found: usize,
    gold: usize,
}

type Names = BTreeSet<(Span, Kind)>;

/// Prints the measures of each set and, but for the reports kept for testing, `worst` errors; writes what was found to `predictions`.
pub fn run(data: &Path, predictions: Option<&Path>, worst: usize) -> anyhow::Result<()> {
    let folder = data.join("ner-dev");
    let own = PathBuf::from("corpus/wikinews/reports.jsonl");
    let sets = [
        ("worldwide", folder.join("worldwide.jsonl"), Some(73.0)),
        ("uner-pud", folder.join("uner-pud.jsonl"), Some(69.0)),
        ("wikinews", own, None),
    ];
    let mut measures = Measures::new();
    for (set, path, bar) in sets.iter().filter(|set| set.0 != "wikinews" || set.1.exists()) {
        let mut cases = data::texts(path, &Tagger::shipped().dictionary)?;
        cases.retain(|case| *set != "wikinews" || case.is_test);
        let begin = Instant::now();
        let found: Vec<Names> = cases.iter().map(find).collect();
        let took = begin.elapsed().as_secs_f64();
        if let Some(out) = predictions {
            write(&out.join(format!("names-{set}.jsonl")), &cases, &found)?;
        }
        measures.insert(format!("names {set} F1"), print(set, &cases, &found, *bar));
        let words: usize = cases.iter().flat_map(|case| &case.sentences).map(Vec::len).sum();
        println!("{words} words, {:.0} a second on one thread", words as f64 / took);
        // What is kept for testing is not looked at.
        errors(&cases, &found, if *set == "wikinews" { 0 } else { worst });
    }
    super::floors::hold(&["names"], &measures)
}

fn find(case: &Labelled) -> Names {
    let found = tag(&case.text, &data::sentences(&case.text)).names;
    found.into_iter().map(|name| (name.span, name.kind)).collect()
}

/// As score.py compares them.
fn trimmed(text: &str, names: impl IntoIterator<Item = (Span, Kind)>) -> Names {
    let scored = names.into_iter().filter(|(_, kind)| KINDS.iter().any(|(scored, _)| scored == kind));
    scored.map(|(span, kind)| (trim(text, span), kind)).collect()
}

fn trim(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let from = if words.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the ")) { 4 } else { 0 };
    let bare = words[from..].strip_suffix("'s").unwrap_or(&words[from..]);
    let bare = bare.strip_suffix("’s").unwrap_or(bare);
    Span::new(span.start() + from, span.start() + from + bare.len())
}

fn print(set: &str, cases: &[Labelled], found: &[Names], bar: Option<f64>) -> f64 {
    println!("== names {set}: {} texts", cases.len());
    let mut all = Tally::default();
    for (kind, label) in KINDS {
        let mut tally = Tally::default();
        for (case, found) in cases.iter().zip(found) {
            let of = |names: Names| -> Names { names.into_iter().filter(|name| name.1 == kind).collect() };
            let gold = of(trimmed(&case.text, case.names.iter().copied()));
            let found = of(trimmed(&case.text, found.iter().copied()));
            tally.right += gold.intersection(&found).count();
            tally.found += found.len();
            tally.gold += gold.len();
        }
        tally.print(label, "");
        all.right += tally.right;
        all.found += tally.found;
        all.gold += tally.gold;
    }
    let held = bar.map(|bar| format!(" (bar {bar}{})", if all.f1() < bar { ": below" } else { "" }));
    all.print("ALL", &held.unwrap_or_default());
    all.f1()
}

impl Tally {
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }

    fn print(self, label: &str, behind: &str) {
        let share = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        let (precision, recall, f1) = (share(self.found), share(self.gold), self.f1());
        println!("{label} gold {:6} P {precision:.1} R {recall:.1} F1 {f1:.1}{behind}", self.gold);
    }
}

/// Errors, spread over the texts.
fn errors(cases: &[Labelled], found: &[Names], worst: usize) {
    let mut all = Vec::new();
    for (case, found) in cases.iter().zip(found) {
        let gold = trimmed(&case.text, case.names.iter().copied());
        let found = trimmed(&case.text, found.iter().copied());
        all.extend(gold.difference(&found).map(|name| ("missed", case, *name)));
        all.extend(found.difference(&gold).map(|name| ("not a name", case, *name)));
    }
    for (what, case, (span, kind)) in all.iter().step_by((all.len() / worst.max(1)).max(1)).take(worst) {
        println!("  {}: {what}: {kind:?} {:?}", case.id, span.of(&case.text));
    }
}

/// Predictions in the format of score.py.
fn write(path: &Path, cases: &[Labelled], found: &[Names]) -> anyhow::Result<()> {
    let label = |kind: Kind| KINDS.iter().find(|(scored, _)| *scored == kind).map(|(_, label)| *label);
    let mut lines = String::new();
    for (case, names) in cases.iter().zip(found) {
        let entities: Vec<_> = names
            .iter()
            .filter_map(|(span, kind)| Some(json!([span.start(), span.end(), label(*kind)?])))
            .collect();
        lines += &format!("{}\n", json!({"id": case.id, "entities": entities}));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, lines).with_context(|| format!("writing {}", path.display()))
}
