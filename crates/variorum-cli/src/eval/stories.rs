//! `variorum eval stories`: which reports tell one story, against the development stories.
//!
//! Prints the measures of that folder's `score.py` (B-cubed precision, recall, F1), a line for each file.

use super::rates::f1;
use super::reports;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Files of full texts; each is grouped as one pile.
const FILES: [&str; 3] = ["basil", "newswcl50", "ecbplus"];

/// Prints the measures of the set.
pub fn run(data: &Path, predictions: Option<&Path>) -> anyhow::Result<()> {
    for file in FILES {
        let rows = reports::rows(&data.join(format!("stories-dev/{file}.jsonl")))?;
        let pile: Vec<_> = rows.iter().map(reports::annotated).collect();
        let mut story = vec![0; rows.len()];
        for (at, group) in variorum::stories::partition(&pile).iter().enumerate() {
            group.iter().for_each(|&report| story[report] = at);
        }
        let gold: Vec<&str> = rows.iter().map(|row| row["story_id"].as_str().unwrap_or_default()).collect();
        let (precision, recall) = b_cubed(&gold, &story);
        let f1 = f1(precision, recall);
        println!(
            "stories {file:10} reports {:4}  gold {:3}  found {:3}  B-cubed P {precision:.4}  R {recall:.4}  F1 {f1:.4}",
            rows.len(),
            gold.iter().collect::<BTreeSet<_>>().len(),
            story.iter().collect::<BTreeSet<_>>().len(),
        );
        if let Some(folder) = predictions {
            let named =
                rows.iter().zip(&story).filter_map(|(row, story)| Some((row["id"].as_str()?, *story)));
            let named: BTreeMap<&str, usize> = named.collect();
            std::fs::write(folder.join(format!("stories-{file}.json")), serde_json::to_string(&named)?)?;
        }
    }
    Ok(())
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
