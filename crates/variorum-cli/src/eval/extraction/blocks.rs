//! Blocks against the labels of the gold: headline, dek, subhead, body, caption, credit.
//!
//! Two measures. F1 of the words that were given each label, as multisets over all pages (score.py). And the share of
//! gold blocks of three words or more that stand whole in the text of that label, white space aside, beside the share that
//! stands anywhere in the text of the page, which is the most that naming blocks can reach. The gold has the
//! captions and credits of the article's own pictures only, as its parsers chose them, so their precision is a lower
//! bound. It names a credit once that stands under several pictures; so credits of the same words on one page count once.

use super::Bars;
use super::pages::Case;
use super::words::{spaced, words};
use crate::eval::rates::prf;
use std::collections::BTreeMap;

/// In the order of a page.
const LABELS: [&str; 6] = ["headline", "dek", "subhead", "body", "caption", "credit"];

/// Words a gold block has at least, to be looked for whole.
const WORDS: usize = 3;

/// Counts over all pages of a set.
#[derive(Default)]
struct Tally {
    right: usize,
    added: usize,
    lost: usize,
    blocks: usize,
    whole: usize,
    /// Blocks that stand in the text of the page, whatever their kind.
    printed: usize,
}

/// Prints a line for each label, where the set has gold blocks.
pub fn print(cases: &[Case], bars: &mut Bars) {
    let labelled: Vec<&Case> = cases
        .iter()
        .filter(|case| case.gold["blocks"].as_array().is_some_and(|all| !all.is_empty()))
        .collect();
    if labelled.is_empty() {
        return;
    }
    let mut sum = 0.0;
    for label in LABELS {
        let mut tally = Tally::default();
        labelled.iter().for_each(|case| tally.add(case, label));
        sum += tally.print(label, bars);
    }
    println!("block macro  F1 {:.3}", sum / LABELS.len() as f64);
}

/// The gold blocks of a page under one label.
pub fn gold<'c>(case: &'c Case, label: &str) -> Vec<&'c str> {
    let blocks = case.gold["blocks"].as_array().into_iter().flatten();
    blocks.filter(|block| block["label"] == label).filter_map(|block| block["text"].as_str()).collect()
}

/// Whether a gold block is looked for whole, and whether it stands whole in the text of its label.
pub fn is_whole(block: &str, text: &str) -> Option<bool> {
    (words(block).len() >= WORDS).then(|| text.contains(&spaced(block)))
}

/// The text of one label on a page, white space made single spaces.
pub fn text(case: &Case, label: &str) -> String {
    spaced(&case.found.labelled(label).collect::<Vec<_>>().join(" "))
}

impl Tally {
    fn add(&mut self, case: &Case, label: &str) {
        let gold = gold(case, label);
        let found: Vec<&str> = case.found.labelled(label).collect();
        let (in_gold, in_found) = (counts(&gold), counts(&found));
        let right: usize =
            in_gold.iter().map(|(word, count)| (*count).min(in_found.get(word).copied().unwrap_or(0))).sum();
        self.right += right;
        self.added += in_found.values().sum::<usize>() - right;
        self.lost += in_gold.values().sum::<usize>() - right;
        let text = text(case, label);
        let sought: Vec<bool> = gold.iter().filter_map(|block| is_whole(block, &text)).collect();
        self.blocks += sought.len();
        self.whole += sought.into_iter().filter(|whole| *whole).count();
        let page = case.found.blocks().iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ");
        let page = spaced(&page);
        self.printed += gold.iter().filter(|block| is_whole(block, &page) == Some(true)).count();
    }

    /// Prints the line and gives F1.
    fn print(&self, label: &str, bars: &mut Bars) -> f64 {
        let (precision, recall, f1) = prf(self.right, self.added, self.lost);
        let [whole, printed] =
            [self.whole, self.printed].map(|count| count as f64 / self.blocks.max(1) as f64);
        println!(
            "block {label:9} P {precision:.3}  R {recall:.3}  F1 {f1:.3}{}  whole {whole:.3} of {}{}; in the page's text {printed:.3}",
            bars.held(&format!("block {label} F1"), f1),
            self.blocks,
            bars.held(&format!("block {label} whole"), whole),
        );
        f1
    }
}

/// The words of some texts, each with its count.
fn counts<'t>(texts: &[&'t str]) -> BTreeMap<&'t str, usize> {
    let mut counts = BTreeMap::new();
    for word in texts.iter().flat_map(|text| words(text)) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}
