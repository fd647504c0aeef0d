//! Running text against the gold, by each set's own measure.
//!
//! Full texts: runs of four words, precision and recall averaged over the pages, F1 of the two; `exact` is the share
//! of pages whose words are all equal. Segments: sentences that must stand in the text and such that must not, counted
//! over all pages.

use super::Bars;
use super::pages::Case;
use super::words::{shingles, spaced, words};
use crate::eval::rates::{f1, prf};
use serde_json::Value;

/// Prints the measure of a set that has gold text.
pub fn print(cases: &[Case], bars: &mut Bars) {
    let segments: Vec<[usize; 4]> = cases.iter().filter_map(segments).collect();
    let pages: Vec<Shared> = cases.iter().filter_map(shared).collect();
    if !segments.is_empty() {
        print_segments(&segments, bars);
    } else if !pages.is_empty() {
        print_pages(&pages, bars);
    }
}

/// How far the text of one page is that of the gold.
#[derive(Clone, Copy)]
pub struct Shared {
    right: usize,
    added: usize,
    lost: usize,
    is_exact: bool,
}

impl Shared {
    fn precision(self) -> Option<f64> {
        (self.right + self.added > 0).then(|| share(self.right, self.added, self.lost))
    }

    fn recall(self) -> Option<f64> {
        (self.right + self.lost > 0).then(|| share(self.right, self.lost, self.added))
    }

    /// F1 of this page alone.
    pub fn f1(self) -> f64 {
        f1(self.precision().unwrap_or(0.0), self.recall().unwrap_or(0.0))
    }
}

/// The measure of full texts on one page; `None` where the gold has none.
pub fn shared(case: &Case) -> Option<Shared> {
    let gold = case.gold["text"].as_str().filter(|text| !text.is_empty())?;
    let (gold, found) = (words(gold), words(case.found.text()));
    let (in_gold, in_found) = (counts(&gold), counts(&found));
    let right =
        in_gold.iter().map(|(run, count)| (*count).min(in_found.get(run).copied().unwrap_or(0))).sum();
    let total = |counts: &super::words::Counts<'_>| counts.values().sum::<usize>();
    Some(Shared {
        right,
        added: total(&in_found) - right,
        lost: total(&in_gold) - right,
        is_exact: gold == found,
    })
}

/// The runs of words; none where there is no word.
fn counts<'t>(words: &'t [&'t str]) -> super::words::Counts<'t> {
    if words.is_empty() { super::words::Counts::new() } else { shingles(words) }
}

/// Segments that must stand in the text and do, that must not and do, that must and do not, that must not and do not;
/// `None` where the gold has none.
pub fn segments(case: &Case) -> Option<[usize; 4]> {
    let (with, without) = (case.gold["with"].as_array()?, case.gold["without"].as_array()?);
    let text = spaced(case.found.text());
    let standing = |segments: &[Value]| {
        segments.iter().filter_map(Value::as_str).filter(|segment| text.contains(&spaced(segment))).count()
    };
    let (right, wrong) = (standing(with), standing(without));
    Some([right, wrong, with.len() - right, without.len() - wrong])
}

fn print_pages(pages: &[Shared], bars: &mut Bars) {
    let precision = mean(pages.iter().filter_map(|page| page.precision()));
    let recall = mean(pages.iter().filter_map(|page| page.recall()));
    let exact = pages.iter().filter(|page| page.is_exact).count() as f64 / pages.len() as f64;
    let f1 = f1(precision, recall);
    println!(
        "body  n {}  F1 {f1:.3}  P {precision:.3}  R {recall:.3}  exact {exact:.3}{}",
        pages.len(),
        bars.held("body F1", f1)
    );
}

fn print_segments(pages: &[[usize; 4]], bars: &mut Bars) {
    let sum = |at: usize| pages.iter().map(|page| page[at]).sum::<usize>();
    let [right, wrong, missed, kept_out] = [sum(0), sum(1), sum(2), sum(3)];
    let (precision, recall, f1) = prf(right, wrong, missed);
    let accuracy = (right + kept_out) as f64 / (right + wrong + missed + kept_out).max(1) as f64;
    println!(
        "body  n {}  F1 {f1:.3}  P {precision:.3}  R {recall:.3}  accuracy {accuracy:.3}{}",
        pages.len(),
        bars.held("body F1", f1)
    );
}

/// The set's convention: nothing wrong at all is 1, nothing right 0.
fn share(right: usize, wrong: usize, other_wrong: usize) -> f64 {
    match (right, wrong, other_wrong) {
        (_, 0, 0) => 1.0,
        (0, _, _) => 0.0,
        _ => right as f64 / (right + wrong) as f64,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count.max(1))
}
