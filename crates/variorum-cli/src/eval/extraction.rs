//! `variorum eval extraction`: what is read from saved pages, by the measures of `extraction-dev`'s score.py.
//!
//! In: the pages and gold of that folder, each page with the address it was saved from. Out, for each set, beside the
//! bar it is held to: precision, recall and F1 of the running text; title, author and date; F1 of the words of each
//! kind of block; and the share of gold blocks found whole with their kind, which score.py does not print. The page
//! [`LEFT_OUT`] is left out, as SOURCE.md says: its gold does not fit its text.

mod bars;
mod blocks;
mod body;
mod errors;
mod fields;
mod lines;
mod pages;
mod words;

use super::floors::Measures;
use anyhow::Context;
use bars::Bars;
use pages::Case;
use std::path::Path;

/// Sets by the name of their folder.
const SETS: [&str; 5] = ["scrapinghub", "fundus_eval", "fundus_parser", "trafilatura", "htmldate"];

/// The one page that is not scored.
const LEFT_OUT: &str = "kr_HankookIlbo_2026_01_29";

/// Prints the measures of every set in `data/extraction-dev`, then the worst `worst` pages of each; writes what was
/// found to `predictions`, one file a set.
pub fn run(data: &Path, predictions: Option<&Path>, worst: usize) -> anyhow::Result<()> {
    let folder = data.join("extraction-dev");
    let mut measures = Measures::new();
    let mut bars = Bars::default();
    for set in SETS {
        let cases = pages::read(&folder.join(set)).with_context(|| format!("reading {set}"))?;
        if let Some(out) = predictions {
            write(&out.join(format!("extraction-{set}.json")), &cases)?;
        }
        println!("== {set}: {} pages", cases.len());
        bars.set(set);
        body::print(&cases, &mut bars);
        fields::print(&cases, &mut bars);
        blocks::print(&cases, &mut bars);
        errors::print(&cases, worst);
    }
    println!("== flattened text");
    for (file, f1) in lines::print(&folder.join("fundus_parser"))? {
        bars.set(file);
        println!("{file} line F1 {f1:.4}{}", bars.held("line F1", f1));
    }
    bars.finish(&mut measures);
    super::floors::hold(&["extraction"], &measures)
}

/// Predictions in the format of score.py.
fn write(path: &Path, cases: &[Case]) -> anyhow::Result<()> {
    let found: serde_json::Map<String, serde_json::Value> =
        cases.iter().map(|case| (case.id.clone(), case.found.prediction())).collect();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, serde_json::to_string(&found)?)
        .with_context(|| format!("writing {}", path.display()))
}
