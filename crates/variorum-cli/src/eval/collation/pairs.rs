//! Pairs of quotations that share words, against `pair_finding.jsonl`.
//!
//! With `VARIORUM_ERRORS` set it prints each pair that it missed or invented.

use super::rows::{self, Quoted};
use crate::eval::floors::Measures;
use crate::eval::rates::prf;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::collation::{pairs, pieces, words};

#[derive(Deserialize)]
struct Event {
    event: String,
    quotes: Vec<Quote>,
    pairs: Vec<(usize, usize)>,
    ignore: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
struct Quote {
    q: usize,
    doc: String,
    #[serde(flatten)]
    quoted: Quoted,
}

/// Prints the measures of `score.py pairs`.
pub fn run(folder: &Path, predictions: Option<&Path>, measures: &mut Measures) -> anyhow::Result<()> {
    let events: Vec<Event> = rows::read(&folder.join("pair_finding.jsonl"))?;
    let (mut tp, mut fp, mut fn_) = (0, 0, 0);
    let mut lines = Vec::new();
    for event in &events {
        let found = find(&event.quotes);
        let doc: BTreeMap<usize, &str> =
            event.quotes.iter().map(|quote| (quote.q, quote.doc.as_str())).collect();
        let sorted = |pairs: &[(usize, usize)]| -> BTreeSet<(usize, usize)> {
            pairs.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect()
        };
        let (gold, ignored) = (sorted(&event.pairs), sorted(&event.ignore));
        let counted: BTreeSet<(usize, usize)> = found
            .iter()
            .copied()
            .filter(|pair| !ignored.contains(pair) && doc[&pair.0] != doc[&pair.1])
            .collect();
        tp += gold.intersection(&counted).count();
        fp += counted.difference(&gold).count();
        fn_ += gold.difference(&counted).count();
        if std::env::var_os("VARIORUM_ERRORS").is_some() {
            show("invented", event, counted.difference(&gold));
            show("missed", event, gold.difference(&counted));
        }
        lines.push(serde_json::json!({"event": event.event, "pairs": found}));
    }
    let (p, r, f) = prf(tp, fp, fn_);
    measures.insert("collation pair finding F1".to_owned(), f);
    println!("collation pair_finding");
    println!("  pair finding P/R/F1 {p:.3} {r:.3} {f:.3} tp {tp} fp {fp} fn {fn_}");
    rows::write(predictions, "pair_finding.jsonl", &lines)
}

/// Pairs of quotations of which a sentence or more is the same.
fn find(quotes: &[Quote]) -> BTreeSet<(usize, usize)> {
    let mut owners = Vec::new();
    let mut sentences = Vec::new();
    for (at, quote) in quotes.iter().enumerate() {
        for span in pieces::sentences(&quote.quoted.context, &quote.quoted.parts()) {
            owners.push(at);
            sentences.push(words::read(&quote.quoted.context, &[span]));
        }
    }
    let passages: Vec<pairs::Passage> = owners
        .iter()
        .zip(&sentences)
        .map(|(&at, words)| pairs::Passage { text: &quotes[at].quoted.context, words })
        .collect();
    let may_meet = |a: usize, b: usize| quotes[owners[a]].doc != quotes[owners[b]].doc;
    pairs::find(&passages, may_meet)
        .into_iter()
        .filter(|(_, _, held)| pairs::is_telling(held))
        .map(|(a, b, _)| (quotes[owners[a]].q, quotes[owners[b]].q))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect()
}

fn show<'a>(what: &str, event: &Event, pairs: impl Iterator<Item = &'a (usize, usize)>) {
    for &(a, b) in pairs {
        println!("--- {what} {}", event.event);
        for quote in event.quotes.iter().filter(|quote| quote.q == a || quote.q == b) {
            let quoted = &quote.quoted;
            let parts: Vec<&str> = quoted.parts().iter().map(|part| part.of(&quoted.context)).collect();
            println!("    {}", parts.join(" ¦ "));
        }
    }
}
