//! `variorum eval stories`: which reports tell one story, against the development stories.
//!
//! Prints the measures of that folder's `score.py` (B-cubed precision, recall, F1), two lines for each file: its reports
//! as a pile of their own, and the same reports amid others, where only they are scored. Then the first thousand of them
//! are added one by one, which must give the stories of the set. `--errors` shows which stories of the gold were joined
//! and which were parted.

use super::bars::{Bar, Bars};
use super::floors::{self, Measures};
use super::rates::f1;
use super::reports;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::model::Annotated;

/// Files, and the least F1 of each.
const BARS: [Bar; 12] = [
    ("basil", "F1", 0.98),
    ("ecbplus", "F1", 0.90),
    ("newswcl50", "F1", 0.98),
    ("allsides-full", "F1", 0.92),
    ("uci-headlines", "F1", 0.88),
    ("allsides-leads", "F1", 0.83),
    ("basil", "F1 amid others", 0.96),
    ("ecbplus", "F1 amid others", 0.88),
    ("newswcl50", "F1 amid others", 0.96),
    ("allsides-full", "F1 amid others", 0.90),
    ("uci-headlines", "F1 amid others", 0.86),
    ("allsides-leads", "F1 amid others", 0.81),
];

/// How many other reports each file is set amid.
const OTHERS: usize = 4000;

/// How many reports of each file are added one by one.
const ADDED: usize = 1000;

/// Prints the measures of the set.
pub fn run(data: &Path, predictions: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let mut bars = Bars::new("stories", &BARS);
    let others = others(data)?;
    for (file, ..) in &BARS[..BARS.len() / 2] {
        bars.set(file);
        let rows = reports::rows(&data.join(format!("stories-dev/{file}.jsonl")))?;
        let mut pile: Vec<Annotated> = rows.iter().map(reports::annotated).collect();
        let gold: Vec<&str> = rows.iter().map(|row| row["story_id"].as_str().unwrap_or_default()).collect();
        let alone = stories(&pile);
        held(&mut bars, "F1", &gold, &alone);
        one_by_one(&pile[..pile.len().min(ADDED)])?;
        let known: BTreeSet<&str> = rows.iter().flat_map(names).collect();
        let strangers = others.iter().filter(|(row, _)| names(row).all(|name| !known.contains(name)));
        pile.extend(strangers.take(OTHERS).map(|(_, found)| found.clone()));
        held(&mut bars, "F1 amid others", &gold, &stories(&pile)[..gold.len()]);
        show(&rows, &gold, &alone, errors);
        if let Some(folder) = predictions {
            let named: BTreeMap<&str, usize> = rows
                .iter()
                .zip(&alone)
                .filter_map(|(row, story)| Some((row["id"].as_str()?, *story)))
                .collect();
            std::fs::write(folder.join(format!("stories-{file}.json")), serde_json::to_string(&named)?)?;
        }
    }
    let mut measures = Measures::new();
    bars.finish(&mut measures);
    floors::hold(&["stories"], &measures)
}

/// The reports of no set in particular, then those of the largest set, which are others to the rest.
fn others(data: &Path) -> anyhow::Result<Vec<(Value, Annotated)>> {
    let mut rows = reports::rows(&data.join("bulk-dev/news-abp-dev.jsonl.gz"))?;
    rows.extend(reports::rows(&data.join("stories-dev/allsides-full.jsonl"))?);
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert(row["id"].as_str().unwrap_or_default().to_owned()));
    Ok(rows.into_iter().map(|row| (reports::annotated(&row), row)).map(|(found, row)| (row, found)).collect())
}

/// Id and address of a report.
fn names(row: &Value) -> impl Iterator<Item = &str> {
    ["id", "url"].into_iter().filter_map(|field| row[field].as_str()).filter(|name| !name.is_empty())
}

/// The number of each report's story.
fn stories(pile: &[Annotated]) -> Vec<usize> {
    let mut story = vec![0; pile.len()];
    for (at, group) in variorum::stories::partition(pile).iter().enumerate() {
        group.iter().for_each(|&report| story[report] = at);
    }
    story
}

/// Adds reports one by one, and fails when that does not give the stories of all together.
#[allow(clippy::disallowed_methods, reason = "it prints how long it takes")]
fn one_by_one(pile: &[Annotated]) -> anyhow::Result<()> {
    let mut standing = variorum::stories::Standing::default();
    let (mut sum, mut longest) = (0.0, 0.0);
    for found in pile {
        let start = std::time::Instant::now();
        standing.add(found);
        let took = start.elapsed().as_secs_f64() * 1000.0;
        (sum, longest) = (sum + took, f64::max(longest, took));
    }
    let is_same = standing.stories() == variorum::stories::partition(pile);
    anyhow::ensure!(is_same, "{} reports added one by one are other stories than together", pile.len());
    let mean = sum / pile.len().max(1) as f64;
    println!(
        "stories one by one as together  reports {:4}  ms a report {mean:.2}, at most {longest:.1}",
        pile.len()
    );
    Ok(())
}

/// Takes the measures of one run, and prints them.
fn held(bars: &mut Bars, measure: &str, gold: &[&str], story: &[usize]) {
    let (precision, recall) = b_cubed(gold, story);
    let f1 = f1(precision, recall);
    println!(
        "stories {measure} {f1:.4}  P {precision:.4}  R {recall:.4}  reports {:4}  gold {:4}  found {:4}{}",
        gold.len(),
        gold.iter().collect::<BTreeSet<_>>().len(),
        story.iter().collect::<BTreeSet<_>>().len(),
        bars.held(measure, f1),
    );
}

/// B-cubed precision and recall.
fn b_cubed(gold: &[&str], found: &[usize]) -> (f64, f64) {
    let mut cells: BTreeMap<(&str, usize), f64> = BTreeMap::new();
    let (mut golds, mut founds) = (BTreeMap::<&str, f64>::new(), BTreeMap::<usize, f64>::new());
    for (&gold, &found) in gold.iter().zip(found) {
        *cells.entry((gold, found)).or_default() += 1.0;
        *golds.entry(gold).or_default() += 1.0;
        *founds.entry(found).or_default() += 1.0;
    }
    let sum = |of: &dyn Fn(&str, usize) -> f64| -> f64 {
        cells.iter().map(|(&(gold, found), both)| both * both / of(gold, found)).sum()
    };
    let count = gold.len().max(1) as f64;
    (sum(&|_, found| founds[&found]) / count, sum(&|gold, _| golds[gold]) / count)
}

/// Prints the first `most` stories that are not those of the gold: those joined, then those parted, titles below each.
fn show(rows: &[Value], gold: &[&str], story: &[usize], most: usize) {
    let (mut by_found, mut by_gold) = <(BTreeMap<usize, Vec<usize>>, BTreeMap<&str, Vec<usize>>)>::default();
    for at in 0..rows.len() {
        by_found.entry(story[at]).or_default().push(at);
        by_gold.entry(gold[at]).or_default().push(at);
    }
    let mixed = by_found.values().filter(|group| group.iter().any(|&at| gold[at] != gold[group[0]]));
    let torn = by_gold.values().filter(|group| group.iter().any(|&at| story[at] != story[group[0]]));
    for (what, groups) in
        [("joined", mixed.take(most).collect::<Vec<_>>()), ("parted", torn.take(most).collect())]
    {
        for group in groups {
            println!("{what}:");
            for &at in group {
                let field = |name: &str| rows[at][name].as_str().unwrap_or_default();
                println!("  {} as {} {} {}", gold[at], story[at], field("date"), field("title"));
            }
        }
    }
}
