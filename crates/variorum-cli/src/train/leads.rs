//! Counts in how many titles and leads a word stands: `leads.txt`.
//!
//! In: the reports of `bulk-dev` that are not among the stories measured. Out: words and counts, the most frequent first.
//! Words of fewer than [`LEAST`] leads are left out: the table tells how common words are, and nothing of any report.

use crate::eval::reports;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::model::Annotated;

/// In how many leads a word must stand.
const LEAST: usize = 3;

/// The table.
pub fn file(data: &Path) -> anyhow::Result<Vec<u8>> {
    let id = |row: &Value| row["id"].as_str().unwrap_or_default().to_owned();
    let measured = reports::rows(&data.join("stories-dev/allsides-full.jsonl"))?;
    let measured: BTreeSet<String> = measured.iter().map(id).collect();
    let (mut reports, mut counts) = (0, BTreeMap::<String, usize>::new());
    for row in reports::rows(&data.join("bulk-dev/news-abp-dev.jsonl.gz"))? {
        if measured.contains(&id(&row)) {
            continue;
        }
        reports += 1;
        let report = variorum::read::read(&reports::received(&row));
        let sentences = variorum::sentences::find(&report);
        for word in variorum::stories::lead(&Annotated { report, sentences, ..Annotated::default() }) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut words: Vec<(usize, String)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    words.retain(|(count, _)| *count >= LEAST);
    words.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let lines: String = words.iter().map(|(count, word)| format!("{word}\t{count}\n")).collect();
    Ok(format!("# Of {reports} reports: in how many titles and leads a word stands\n{lines}").into_bytes())
}
