//! `variorum eval copies`: which reports are copies, on the pairs of `copies-dev`.
//!
//! Prints what that folder's `score_copies.py` does, and whether the kind is named right: copies with lines of junk are
//! `verbatim`, cut ones `trimmed`, those with other words `revised`, a third spliced onto another report `merged`.
//! Natural pairs are measured by overlap of runs of five words and not labelled. Of those of one outlet a part is judged in
//! `corpus/copies`: which are revisions, and which share a template or background only and must be left alone.
//! A spliced report stands in the set as a copy of one source; where its other part is found in another source of the set, it is
//! a copy of that one too. Precision is what the script counts, which knows the first only; with both counted it is printed beside.

use super::bars::{Bar, Bars};
use super::floors::{self, Measures};
use super::rates::share;
use super::reports;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::edition::EdgeKind;
use variorum::lineage::pile::{self, Copy};
use variorum::model::Annotated;

const BARS: [Bar; 11] = [
    ("natural", "other outlets", 1.0),
    ("natural", "templates left alone", 0.98),
    ("natural", "revisions found", 0.98),
    ("synthetic", "exact-junk", 0.98),
    ("synthetic", "trim-half", 0.98),
    ("synthetic", "drop-third", 0.98),
    ("synthetic", "light-edit", 0.98),
    ("synthetic", "heavy-edit", 0.98),
    ("synthetic", "splice-third", 0.98),
    ("synthetic", "precision", 0.98),
    ("synthetic", "kind", 0.95),
];

/// Edits of the set, and the kind each makes.
const KINDS: [(&str, EdgeKind); 6] = [
    ("exact-junk", EdgeKind::Verbatim),
    ("trim-half", EdgeKind::Trimmed),
    ("drop-third", EdgeKind::Trimmed),
    ("light-edit", EdgeKind::Revised),
    ("heavy-edit", EdgeKind::Revised),
    ("splice-third", EdgeKind::Merged),
];

/// Pairs of one outlet, judged.
const JUDGED: &str = include_str!("../../../../corpus/copies/same-outlet.jsonl");

/// Words of a line that is nobody's in particular.
const LINE: usize = 8;
/// How many lines of another source make a spliced report a copy of it.
const LINES: usize = 3;

/// Copies by the ids of both reports, the smaller first.
type Found = BTreeMap<(String, String), Copy>;

/// Prints the measures of the set.
pub fn run(data: &Path, predictions: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let folder = data.join("copies-dev");
    let mut bars = Bars::new("copies", &BARS);
    bars.set("natural");
    let found = copies(&reports::rows(&folder.join("natural-docs.jsonl"))?);
    natural(&mut bars, &reports::rows(&folder.join("natural-pairs.jsonl"))?, &found, errors);
    predicted(predictions, "natural", &found)?;
    bars.set("synthetic");
    let rows = reports::rows(&folder.join("synthetic.jsonl"))?;
    let found = copies(&rows);
    synthetic(&mut bars, &rows, &found, errors);
    predicted(predictions, "synthetic", &found)?;
    let mut measures = Measures::new();
    bars.finish(&mut measures);
    floors::hold(&["copies"], &measures)
}

fn copies(rows: &[Value]) -> Found {
    let reports: Vec<Annotated> = rows.iter().map(reports::annotated).collect();
    let id = |at: usize| reports[at].report.id.clone();
    let named = |copy: Copy| (ordered(id(copy.a), id(copy.b)), copy);
    pile::find(&reports).copies.into_iter().map(named).collect()
}

fn ordered(a: String, b: String) -> (String, String) {
    if a < b { (a, b) } else { (b, a) }
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

fn predicted(folder: Option<&Path>, name: &str, found: &Found) -> anyhow::Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let pairs: Vec<_> = found.keys().collect();
    Ok(std::fs::write(folder.join(format!("copies-{name}.json")), serde_json::to_string(&pairs)?)?)
}

fn natural(bars: &mut Bars, pairs: &[Value], found: &Found, errors: usize) {
    let number = |row: &Value, field: &str| row[field].as_f64().unwrap_or_default();
    let is_one = |row: &Value| row["same_outlet"] == true;
    let copy = |row: &Value| found.get(&ordered(text(row, "a"), text(row, "b")));
    let (alike, other): (Vec<&Value>, Vec<&Value>) = pairs
        .iter()
        .filter(|row| !is_one(row))
        .partition(|row| number(row, "contain5") >= 0.5 || number(row, "jaccard5") >= 0.3);
    let missed: Vec<&Value> = alike.iter().copied().filter(|row| copy(row).is_none()).collect();
    told(bars, "other outlets", alike.len() - missed.len(), alike.len());
    let below = other.iter().filter(|row| copy(row).is_some()).count();
    println!("copies natural other outlets, less alike {below}/{}", other.len());
    let furniture: Vec<&Value> =
        pairs.iter().filter(|row| is_one(row) && number(row, "jaccard5") < 0.5).collect();
    let called = furniture.iter().filter(|row| copy(row).is_some()).count();
    println!(
        "copies natural same-outlet template pairs predicted, by score_copies.py {called}/{}",
        furniture.len()
    );
    let judged: Vec<Value> = JUDGED.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let (revised, others): (Vec<&Value>, Vec<&Value>) =
        judged.iter().partition(|row| row["judged"] == "revision");
    let called: Vec<&Value> = others.iter().copied().filter(|row| copy(row).is_some()).collect();
    told(bars, "templates left alone", others.len() - called.len(), others.len());
    let lost: Vec<&Value> = revised.iter().copied().filter(|row| copy(row).is_none()).collect();
    told(bars, "revisions found", revised.len() - lost.len(), revised.len());
    for (what, rows) in [("missed", missed), ("called", called), ("lost", lost)] {
        for row in rows.into_iter().take(errors) {
            println!("  {what}: {row} {:?}", copy(row));
        }
    }
}

fn synthetic(bars: &mut Bars, rows: &[Value], found: &Found, errors: usize) {
    let sources = sources(rows);
    let shares = |a: &String, b: &String, most: usize| {
        sources[a].iter().take(most).any(|source| sources[b].iter().take(most).any(|other| source == other))
    };
    let (mut named, mut all) = (0, 0);
    for (edit, kind) in KINDS {
        let copied: Vec<&Value> = rows.iter().filter(|row| row["kind"] == edit).collect();
        let copy = |row: &Value| found.get(&ordered(text(row, "id"), text(row, "copy_of")));
        let right = copied.iter().filter(|row| copy(row).is_some_and(|copy| copy.kind == kind)).count();
        told(bars, edit, copied.iter().filter(|row| copy(row).is_some()).count(), copied.len());
        println!("copies kind of {edit} {right}/{}", copied.len());
        (named, all) = (named + right, all + copied.len());
        let wrong = copied.iter().filter(|row| copy(row).is_none_or(|copy| copy.kind != kind));
        wrong.take(errors).for_each(|row| println!("  {edit}: {} {:?}", row["id"], copy(row)));
    }
    told(bars, "kind", named, all);
    let by_script = found.keys().filter(|(a, b)| shares(a, b, 1)).count();
    told(bars, "precision", by_script, found.len());
    let strangers: Vec<&(String, String)> = found.keys().filter(|(a, b)| !shares(a, b, 2)).collect();
    told(bars, "precision, both sources of a splice counted", found.len() - strangers.len(), found.len());
    strangers.iter().take(errors).for_each(|pair| println!("  strangers: {pair:?} {:?}", found[*pair]));
}

/// The sources of each report: the one the set names, and of a spliced one that of its other part, where that is in the set.
fn sources(rows: &[Value]) -> BTreeMap<String, Vec<String>> {
    let of =
        |row: &Value| if text(row, "copy_of").is_empty() { text(row, "id") } else { text(row, "copy_of") };
    let mut holders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["kind"] == "source") {
        for line in lines(row) {
            holders.entry(line).or_default().insert(row["id"].as_str().unwrap_or_default());
        }
    }
    let mut sources = BTreeMap::new();
    for row in rows {
        let mut known = vec![of(row)];
        if row["kind"] == "splice-third" {
            let mut others: BTreeMap<&str, usize> = BTreeMap::new();
            let held =
                lines(row).filter_map(|line| holders.get(line)).filter(|held| !held.contains(&*known[0]));
            held.flatten().for_each(|source| *others.entry(source).or_default() += 1);
            let second =
                others.into_iter().filter(|(_, count)| *count >= LINES).max_by_key(|(_, count)| *count);
            known.extend(second.map(|(source, _)| source.to_owned()));
        }
        sources.insert(text(row, "id"), known);
    }
    sources
}

/// The lines of a report's text that are long enough to tell where they are from.
fn lines(row: &Value) -> impl Iterator<Item = &str> {
    let text = row["text"].as_str().unwrap_or_default();
    text.lines().map(str::trim).filter(|line| line.split_whitespace().count() >= LINE)
}

fn told(bars: &mut Bars, measure: &str, part: usize, whole: usize) {
    let value = share(part as f64, whole as f64);
    println!("copies {measure} {value:.3} ({part}/{whole}){}", bars.held(measure, value));
}
