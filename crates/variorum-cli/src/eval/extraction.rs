//! `variorum eval extraction`: what is read from saved pages, by the measures of `extraction-dev`'s score.py.
//!
//! In: the pages and gold of that folder, each page with the address it was saved from. Out, for each set, beside the
//! bar it is held to: precision, recall and F1 of the running text; title, author and date; F1 of the words of each
//! kind of block; and the share of gold blocks found whole with their kind, which score.py does not print. The page
//! [`LEFT_OUT`] is left out, as SOURCE.md says: its gold does not fit its text.

mod blocks;
mod body;
mod errors;
mod fields;
mod lines;
mod pages;
mod words;

use super::bars::{Bar, Bars};
use super::floors::Measures;
use anyhow::Context;
use pages::Case;
use std::path::Path;

/// Sets by the name of their folder.
const SETS: [&str; 5] = ["scrapinghub", "fundus_eval", "fundus_parser", "trafilatura", "htmldate"];

/// The bars of reading.
const BARS: [Bar; 18] = [
    ("scrapinghub", "body F1", 0.975),
    ("fundus_eval", "body F1", 0.955),
    ("fundus_parser", "body F1", 0.960),
    ("trafilatura", "body F1", 0.935),
    ("fundus_parser", "block headline F1", 0.95),
    ("fundus_parser", "block dek F1", 0.85),
    ("fundus_parser", "block caption F1", 0.85),
    ("fundus_parser", "block credit F1", 0.85),
    ("fundus_parser", "block headline whole", 0.95),
    ("fundus_parser", "block dek whole", 0.85),
    ("fundus_parser", "block caption whole", 0.85),
    ("fundus_parser", "block credit whole", 0.85),
    ("fundus_parser", "title equal", 0.93),
    ("fundus_parser", "author strict", 0.90),
    ("fundus_parser", "date same day", 0.975),
    ("htmldate", "date same day", 0.92),
    ("lines_page", "line F1", 0.93),
    ("lines_reader", "line F1", 0.97),
];

/// The one page that is not scored.
const LEFT_OUT: &str = "kr_HankookIlbo_2026_01_29";

/// Prints the measures of every set in `data/extraction-dev`, then the worst `worst` pages of each; writes what was
/// found to `predictions`, one file a set.
pub fn run(data: &Path, predictions: Option<&Path>, worst: usize) -> anyhow::Result<()> {
    let folder = data.join("extraction-dev");
    let mut measures = Measures::new();
    let mut bars = Bars::new("extraction", &BARS);
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
