//! The lineage half of `variorum eval collation`: which report was made from which.
//!
//! Prints the measures of that folder's `score.py lineage`: directed and undirected edges over all trees, directed
//! again by how many times are known, roots, and the share of edges found for each kind of edit.

use super::bars::{Bar, Bars};
use super::floors::Measures;
use super::rates::prf;
use super::reports;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const BARS: [Bar; 5] = [
    ("all", "directed F1", 0.80),
    ("all", "undirected F1", 0.95),
    ("times=all", "directed F1", 0.95),
    ("edit", "merge", 0.65),
    ("edit", "round_trip", 0.85),
];

/// Prints the measures of `lineage.jsonl` in `folder`, and up to `errors` reports whose parents are not those of the gold.
pub fn run(
    folder: &Path,
    predictions: Option<&Path>,
    errors: usize,
    measures: &mut Measures,
) -> anyhow::Result<()> {
    let trees = reports::rows(&folder.join("lineage.jsonl"))?;
    let mut groups: BTreeMap<String, Counts> = BTreeMap::new();
    let mut edits: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut lines = String::new();
    let mut wrong = Vec::new();
    for tree in &trees {
        let found = edges(tree);
        for group in groups_of(tree) {
            groups.entry(group).or_default().add(tree, &found);
        }
        count_edits(tree, &found, &mut edits);
        wrong.extend(strays(tree, &found));
        let listed: Vec<_> = found.iter().collect();
        lines += &format!("{}\n", json!({"tree": tree["tree"], "edges": listed}));
    }
    let mut bars = Bars::new("lineage", &BARS);
    for (group, counts) in &groups {
        if let Some((set, ..)) = BARS.iter().find(|(set, ..)| set == group) {
            bars.set(set);
        }
        counts.print(group, BARS.iter().any(|(set, ..)| set == group).then_some(&mut bars));
    }
    bars.set("edit");
    let recall = edits.iter().map(|(edit, &(found, all))| {
        let held = match BARS.iter().any(|(_, measure, _)| measure == edit) {
            true => bars.held(edit, found as f64 / all.max(1) as f64),
            false => String::new(),
        };
        format!("{edit} {found}/{all}{held}")
    });
    println!("lineage edges found by edit: {}", recall.collect::<Vec<_>>().join(", "));
    wrong.iter().take(errors).for_each(|line| println!("{line}"));
    bars.finish(measures);
    if let Some(folder) = predictions {
        std::fs::write(folder.join("lineage.jsonl"), lines)?;
    }
    Ok(())
}

/// A line for each report of a tree whose parents are not those of the gold.
fn strays(tree: &Value, found: &BTreeSet<(String, String)>) -> Vec<String> {
    let mut lines = Vec::new();
    for (child, parents, edits) in gold(tree) {
        let wanted: BTreeSet<&str> = parents.into_iter().collect();
        let given: BTreeSet<&str> =
            found.iter().filter(|edge| edge.0 == child).map(|edge| edge.1.as_str()).collect();
        if wanted != given {
            let name = tree["tree"].as_str().unwrap_or_default();
            lines.push(format!("  {name} {child} by {edits:?} from {wanted:?}, found {given:?}"));
        }
    }
    lines
}

/// The edges (child, parent) found in one tree.
fn edges(tree: &Value) -> BTreeSet<(String, String)> {
    let pile: Vec<_> = tree["nodes"].as_array().into_iter().flatten().map(reports::annotated).collect();
    let cast = variorum::cast::resolve(&pile);
    let lineage = variorum::lineage::trace(&pile, &cast);
    lineage.edges.into_iter().map(|edge| (edge.child, edge.parent)).collect()
}

/// Rows of the gold: child, parents, names of the edits.
fn gold(tree: &Value) -> impl Iterator<Item = (&str, Vec<&str>, BTreeSet<&str>)> {
    tree["gold"].as_array().into_iter().flatten().map(|row| {
        let list = |name: &str| row[name].as_array().into_iter().flatten();
        let parents = list("parents").filter_map(Value::as_str).collect();
        (
            row["child"].as_str().unwrap_or_default(),
            parents,
            list("ops").filter_map(|edit| edit[0].as_str()).collect(),
        )
    })
}

fn groups_of(tree: &Value) -> Vec<String> {
    let merge = gold(tree).any(|(_, parents, _)| parents.len() > 1);
    let round_trip = gold(tree).any(|(_, _, edits)| edits.contains("round_trip"));
    vec![
        "all".to_owned(),
        format!("times={}", tree["times"].as_str().unwrap_or_default()),
        format!("source={}", tree["source"].as_str().unwrap_or_default()),
        if merge { "merge" } else { "no-merge" }.to_owned(),
        if round_trip { "with-roundtrip" } else { "no-roundtrip" }.to_owned(),
    ]
}

fn count_edits(
    tree: &Value,
    found: &BTreeSet<(String, String)>,
    edits: &mut BTreeMap<String, (usize, usize)>,
) {
    for (child, parents, names) in gold(tree) {
        for parent in parents {
            for name in &names {
                let counts = edits.entry((*name).to_owned()).or_default();
                counts.0 += usize::from(found.contains(&(child.to_owned(), parent.to_owned())));
                counts.1 += 1;
            }
        }
    }
}

/// Found and right, found and wrong, missed; and roots.
#[derive(Default)]
struct Counts {
    directed: [usize; 3],
    undirected: [usize; 3],
    roots: usize,
    trees: usize,
}

impl Counts {
    fn add(&mut self, tree: &Value, found: &BTreeSet<(String, String)>) {
        let gold_edges: BTreeSet<(String, String)> = gold(tree)
            .flat_map(|(child, parents, _)| {
                parents.into_iter().map(|parent| (child.to_owned(), parent.to_owned())).collect::<Vec<_>>()
            })
            .collect();
        let either = |edges: &BTreeSet<(String, String)>| -> BTreeSet<(String, String)> {
            edges
                .iter()
                .map(|(a, b)| if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) })
                .collect()
        };
        tally(&mut self.directed, &gold_edges, found);
        tally(&mut self.undirected, &either(&gold_edges), &either(found));
        let roots: BTreeSet<&str> =
            gold(tree).filter(|(_, parents, _)| parents.is_empty()).map(|(child, _, _)| child).collect();
        let children: BTreeSet<&str> = found.iter().map(|(child, _)| child.as_str()).collect();
        let without: BTreeSet<&str> =
            gold(tree).map(|(child, _, _)| child).filter(|child| !children.contains(child)).collect();
        self.roots += usize::from(roots == without);
        self.trees += 1;
    }

    /// Precision, recall and F1 of the edges without their direction.
    fn undirected(&self) -> (f64, f64, f64) {
        let [right, wrong, missed] = self.undirected;
        prf(right, wrong, missed)
    }

    fn print(&self, group: &str, mut bars: Option<&mut Bars>) {
        let [right, wrong, missed] = self.directed;
        let (p, r, f) = prf(right, wrong, missed);
        let (_, _, undirected) = self.undirected();
        let mut held =
            |measure: &str, value| bars.as_mut().map(|bars| bars.held(measure, value)).unwrap_or_default();
        let (of_directed, of_undirected) = (held("directed F1", f), held("undirected F1", undirected));
        println!(
            "lineage {group:18} trees {:3}  directed P/R/F1 {p:.3} {r:.3} {f:.3}{of_directed}  undirected F1 {undirected:.3}{of_undirected}  roots exact {:.3}",
            self.trees,
            self.roots as f64 / self.trees.max(1) as f64
        );
    }
}

fn tally(counts: &mut [usize; 3], gold: &BTreeSet<(String, String)>, found: &BTreeSet<(String, String)>) {
    counts[0] += gold.intersection(found).count();
    counts[1] += found.difference(gold).count();
    counts[2] += gold.difference(found).count();
}
