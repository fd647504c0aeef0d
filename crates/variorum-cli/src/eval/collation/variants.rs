//! Verdicts of pairs of quotations against `variant_pairs.jsonl` and `variant_pairs_machine.jsonl`.
//!
//! With `VARIORUM_ERRORS` set it prints each pair that it labels otherwise, with the changes it found.

use super::rows::{self, Quoted};
use crate::eval::floors::Measures;
use crate::eval::rates::prf;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::collation::verdict::{Comparison, Kind, compare};
use variorum::collation::words;
use variorum::edition::Verdict;

#[derive(Deserialize)]
struct Row {
    id: String,
    label: String,
    flags: Vec<String>,
    origin: String,
    a: Quoted,
    b: Quoted,
}

/// Prints the measures of both sets.
pub fn run(folder: &Path, predictions: Option<&Path>, measures: &mut Measures) -> anyhow::Result<()> {
    for name in ["variant_pairs", "variant_pairs_machine"] {
        let rows: Vec<Row> = rows::read(&folder.join(format!("{name}.jsonl")))?;
        let labels: Vec<&str> = rows.iter().map(|row| label(&held(row))).collect();
        println!("collation {name}");
        let (macro_f1, altered, same) = measure(&rows, &labels);
        if name == "variant_pairs" {
            measures.insert("collation variants macro-F1".to_owned(), macro_f1);
            measures.insert("collation altered F1".to_owned(), altered);
            measures.insert("collation same utterance F1".to_owned(), same);
        }
        if std::env::var_os("VARIORUM_ERRORS").is_some() {
            show_errors(&rows, &labels);
        }
        let lines: Vec<_> = rows
            .iter()
            .zip(&labels)
            .map(|(row, label)| serde_json::json!({"id": row.id, "label": label}))
            .collect();
        rows::write(predictions, &format!("{name}.jsonl"), &lines)?;
    }
    Ok(())
}

fn held(row: &Row) -> Comparison {
    let (a, b) = (&row.a, &row.b);
    let (words_a, words_b) = (words::read(&a.context, &a.parts()), words::read(&b.context, &b.parts()));
    compare((&a.context, &words_a), (&b.context, &words_b))
}

/// The set's label for a verdict. It has none for a shift of person or tense and counts those as reworded.
fn label(held: &Comparison) -> &'static str {
    let shifts = held.changes.iter().any(|change| change.kind == Kind::Person);
    match held.verdict {
        None => "different",
        Some(Verdict::Altered) => "altered",
        Some(Verdict::Reworded | Verdict::Adapted | Verdict::SpeakerDiffers) => "reworded",
        Some(Verdict::Trimmed | Verdict::Joined) if shifts => "reworded",
        Some(Verdict::Trimmed) => "trimmed",
        Some(Verdict::Joined) => "joined-split",
        Some(Verdict::Punctuation) => "punctuation",
        Some(Verdict::Same | Verdict::Single) => "identical",
    }
}

/// The measures of `score.py variants`, in its words.
///
/// Gives the mean F1 over the labels, F1 of `altered`, and F1 of "the same utterance".
fn measure(rows: &[Row], labels: &[&str]) -> (f64, f64, f64) {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (row, label) in rows.iter().zip(labels) {
        *counts.entry((row.label.as_str(), label)).or_default() += 1;
    }
    let count = |keep: &dyn Fn(&str, &str) -> bool| {
        counts.iter().filter(|((gold, found), _)| keep(gold, found)).map(|(_, n)| n).sum::<usize>()
    };
    let gold: BTreeSet<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    let (mut sum, mut altered) = (0.0, 0.0);
    for &name in &gold {
        let tp = count(&|gold, found| gold == name && found == name);
        let (fp, fn_) = (count(&|g, f| f == name && g != name), count(&|g, f| g == name && f != name));
        let (p, r, f) = prf(tp, fp, fn_);
        println!("  {name:14} P {p:.3} R {r:.3} F1 {f:.3}  n {}", tp + fn_);
        sum += f;
        if name == "altered" {
            altered = f;
        }
    }
    let accuracy = prf(count(&|g, f| g == f), 0, count(&|g, f| g != f)).1;
    let (p, r, f) = prf(
        count(&|g, f| g != "different" && f != "different"),
        count(&|g, f| g == "different" && f != "different"),
        count(&|g, f| g != "different" && f == "different"),
    );
    let macro_f1 = sum / gold.len() as f64;
    println!(
        "  accuracy {accuracy:.3}  macro-F1 {macro_f1:.3}  same-utterance P/R/F1 {p:.3} {r:.3} {f:.3}  n {}",
        rows.len()
    );
    for origin in rows.iter().map(|row| row.origin.as_str()).collect::<BTreeSet<_>>() {
        let own: Vec<bool> = rows
            .iter()
            .zip(labels)
            .filter(|(row, _)| row.origin == origin)
            .map(|(row, label)| row.label == *label)
            .collect();
        let right = own.iter().filter(|&&is_right| is_right).count();
        println!("    origin {origin}: accuracy {:.3} n {}", prf(right, 0, own.len() - right).1, own.len());
    }
    let mut confused: Vec<_> = counts.iter().filter(|((g, f), _)| g != f).collect();
    confused.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let most: Vec<String> = confused.iter().take(6).map(|((g, f), n)| format!("{g}->{f} {n}")).collect();
    println!("  most frequent confusions: {}", most.join(", "));
    (macro_f1, altered, f)
}

fn show_errors(rows: &[Row], labels: &[&str]) {
    for (row, label) in rows.iter().zip(labels).filter(|(row, label)| row.label != **label) {
        let held = held(row);
        println!("--- {} gold {} {:?} found {label} {:?}", row.origin, row.label, row.flags, held.shared);
        for side in [&row.a, &row.b] {
            let parts: Vec<&str> = side.parts().iter().map(|part| part.of(&side.context)).collect();
            println!("    {}", parts.join(" ¦ "));
        }
        let (words_a, words_b) =
            (words::read(&row.a.context, &row.a.parts()), words::read(&row.b.context, &row.b.parts()));
        for change in &held.changes {
            let side = |words: &[words::Word]| {
                words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ")
            };
            println!(
                "      {:?}: {} => {}",
                change.kind,
                side(&words_a.words[change.a.clone()]),
                side(&words_b.words[change.b.clone()])
            );
        }
    }
}
