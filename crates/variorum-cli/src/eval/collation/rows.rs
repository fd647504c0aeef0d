//! The rows of `collation-dev` as far as the measures need them.

use anyhow::Context as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use variorum::span::Span;

/// A quotation: its segments are byte spans of the context.
#[derive(Deserialize)]
pub struct Quoted {
    pub context: String,
    pub segments: Vec<(usize, usize)>,
}

impl Quoted {
    /// The segments as spans.
    pub fn parts(&self) -> Vec<Span> {
        self.segments.iter().map(|&(start, end)| Span::new(start, end)).collect()
    }
}

/// The rows of a JSONL file.
pub fn read<Row: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<Row>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).with_context(|| format!("a row of {}", path.display())))
        .collect()
}

/// Writes `lines` as `name` into the folder of predictions, if one is asked for.
pub fn write(folder: Option<&Path>, name: &str, lines: &[serde_json::Value]) -> anyhow::Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(name), text).with_context(|| format!("writing {name}"))
}
