//! The lineage half of `variorum eval collation`: which report was made from which.
//!
//! Prints the measures of that folder's `score.py lineage`: directed and undirected edges over all trees, directed
//! again by how many times are known, roots, and the share of edges found for each kind of edit.

use super::floors::Measures;
use super::rates::prf;
use super::reports;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Prints the measures of `lineage.jsonl` in `folder`.
pub fn run(folder: &Path, predictions: Option<&Path>, measures: &mut Measures) -> anyhow::Result<()> {
    let trees = reports::rows(&folder.join("lineage.jsonl"))?;
    let mut groups: BTreeMap<String, Counts> = BTreeMap::new();
    let mut edits: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut lines = String::new();
    for tree in &trees {
        let found = edges(tree);
        for group in groups_of(tree) {
            groups.entry(group).or_default().add(tree, &found);
        }
        count_edits(tree, &found, &mut edits);
        let listed: Vec<_> = found.iter().collect();
        lines += &format!("{}\n", json!({"tree": tree["tree"], "edges": listed}));
    }
    for (group, counts) in &groups {
        counts.print(group);
    }
    if let Some(all) = groups.get("all") {
        measures.insert("lineage undirected F1".to_owned(), all.undirected().2);
    }
    let recall: Vec<String> =
        edits.iter().map(|(edit, (found, all))| format!("{edit} {found}/{all}")).collect();
    println!("lineage edges found by edit: {}", recall.join(", "));
    if let Some(folder) = predictions {
        std::fs::write(folder.join("lineage.jsonl"), lines)?;
    }
    Ok(())
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

    fn print(&self, group: &str) {
        let [right, wrong, missed] = self.directed;
        let (p, r, f) = prf(right, wrong, missed);
        let (_, _, undirected) = self.undirected();
        println!(
            "lineage {group:18} trees {:3}  directed P/R/F1 {p:.3} {r:.3} {f:.3}  undirected F1 {undirected:.3}  roots exact {:.3}",
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
