//! Reports from a row of a development set.

use anyhow::Context;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use variorum::model::{Annotated, Basis, Precision, Received, Stamp};

/// Characters shown on each side of an error.
const AROUND: usize = 40;

/// The rows of a JSONL file, compressed with gzip or not.
pub fn rows(path: &Path) -> anyhow::Result<Vec<Value>> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
    } else {
        text = String::from_utf8(bytes).with_context(|| format!("reading {}", path.display()))?;
    }
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).with_context(|| format!("{}, line {}", path.display(), at + 1))
        })
        .collect()
}

/// What is found in the report of a row with `id outlet url date title text` (or `node`, `published`, `created`).
pub fn annotated(row: &Value) -> Annotated {
    let received = received(row);
    let mut found = variorum::annotate(&received);
    found.report.id = received.id.unwrap_or(found.report.id);
    found.report.title = found.report.title.or(received.title);
    if let (None, Some(value)) = (&found.report.published, received.date) {
        let stamp =
            Stamp { value, precision: Precision::Day, basis: Basis::Metadata, start: None, end: None };
        found.report.published = Some(stamp);
    }
    found
}

/// The report of such a row as it is handed in.
pub fn received(row: &Value) -> Received {
    let field = |name: &str| row[name].as_str().filter(|value| !value.is_empty()).map(str::to_owned);
    Received {
        bytes: field("text").unwrap_or_default().into_bytes(),
        id: field("id").or_else(|| field("node")),
        url: field("url"),
        outlet: field("outlet"),
        title: field("title"),
        date: field("date").or_else(|| field("published")).or_else(|| field("created")),
        ..Received::default()
    }
}

/// The words of a text from `start` to `end` in brackets, with what stands around them on a line.
pub fn in_context(text: &str, start: usize, end: usize) -> String {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mut before: Vec<char> = part(0, start).chars().rev().take(AROUND).collect();
    before.reverse();
    let behind: String = part(end, text.len()).chars().take(AROUND).collect();
    let line = format!("{}[{}]{behind}", String::from_iter(before), part(start, end));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes predictions, one JSON object a line; makes the folder.
pub fn write(path: &Path, rows: &[Value]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    std::fs::write(path, lines).with_context(|| format!("writing {}", path.display()))
}
