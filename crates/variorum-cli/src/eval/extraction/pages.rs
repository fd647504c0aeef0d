//! The gold rows of a set, and what is read from their pages.

use super::LEFT_OUT;
use anyhow::Context;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use variorum::annotation::{ExtractedBlock, Extraction};
use variorum::model::{BlockKind, Received};

/// How many threads read pages.
const THREADS: usize = 2;

/// One page: what stands on it by the gold, and what is found.
pub struct Case {
    /// By the set's own name.
    pub id: String,
    /// The row of `gold.jsonl`.
    pub gold: Value,
    /// What is found.
    pub found: Found,
}

/// What is found on one page.
pub struct Found {
    read: Extraction,
}

/// The cases of the set in `folder`, by id.
pub fn read(folder: &Path) -> anyhow::Result<Vec<Case>> {
    let rows = gold(&folder.join("gold.jsonl"))?;
    let parts = std::thread::scope(|scope| {
        let start = |from: usize| {
            let rows = &rows;
            scope
                .spawn(move || rows.iter().skip(from).step_by(THREADS).map(|row| case(folder, row)).collect())
        };
        let running: Vec<_> = (0..THREADS).map(start).collect();
        let joined = running
            .into_iter()
            .map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.collect::<anyhow::Result<Vec<Vec<Case>>>>()
    })?;
    let mut cases: Vec<Case> = parts.into_iter().flatten().collect();
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(cases)
}

/// The rows of `gold.jsonl`. A date given as not a number counts as one that nothing equals, as score.py has it.
fn gold(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let rows: Result<Vec<Value>, _> =
        text.lines().map(|line| serde_json::from_str(&line.replace(": NaN", ": \"nan\""))).collect();
    let mut rows = rows.with_context(|| format!("reading {}", path.display()))?;
    rows.retain(|row| row["id"] != LEFT_OUT);
    Ok(rows)
}

fn case(folder: &Path, row: &Value) -> anyhow::Result<Case> {
    let id = row["id"].as_str().context("a row without an id")?.to_owned();
    let path = folder.join(format!("pages/{id}.html.gz"));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&path).with_context(|| format!("reading {}", path.display()))?;
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes)?;
    // Some rows name a file in place of an address.
    let url = row["url"].as_str().filter(|url| url.starts_with("http")).map(str::to_owned);
    let received = Received { bytes, url, ..Received::default() };
    let read = variorum::annotation::extraction(&variorum::read::read(&received), received.url.as_deref());
    Ok(Case { id, gold: row.clone(), found: Found { read } })
}

impl Found {
    /// The running text.
    pub fn text(&self) -> &str {
        &self.read.text
    }

    /// Without the name of the site.
    pub fn title(&self) -> Option<&str> {
        self.read.title.as_deref()
    }

    /// People.
    pub fn authors(&self) -> &[String] {
        &self.read.authors
    }

    /// Publication, ISO 8601.
    pub fn date(&self) -> Option<&str> {
        self.read.published.as_ref().map(|stamp| stamp.value.as_str())
    }

    /// Every block with words, in order.
    pub fn blocks(&self) -> &[ExtractedBlock] {
        &self.read.blocks
    }

    /// The texts of the blocks that the gold would label so, in order; each credit once, as the gold names each once that a page
    /// prints under several pictures.
    pub fn labelled(&self, label: &str) -> impl Iterator<Item = &str> {
        self.all_labelled().filter(move |(of, _)| *of == label).map(|(_, text)| text)
    }

    fn all_labelled(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let mut credits = BTreeSet::new();
        let labelled =
            self.read.blocks.iter().filter_map(|block| Some((label_of(block.kind)?, named(block))));
        labelled.filter(move |(label, text)| *label != "credit" || credits.insert(*text))
    }

    /// In the format of score.py; `all` is every block with its kind, which it passes over.
    pub fn prediction(&self) -> Value {
        let labelled = self.all_labelled().map(|(label, text)| json!({"label": label, "text": text}));
        json!({
            "text": self.text(), "title": self.title(), "author": self.authors(), "date": self.date(),
            "blocks": labelled.collect::<Value>(),
            "all": self.blocks().iter().map(|block| json!([block.kind, block.text])).collect::<Value>(),
        })
    }
}

/// The words of a block; of a credit the name alone, as the gold has it.
fn named(block: &ExtractedBlock) -> &str {
    let is_credit = block.kind == BlockKind::Credit;
    if is_credit { block.credited.as_deref().unwrap_or_default() } else { &block.text }
}

/// What the gold calls a kind of block; `None` for one it does not label.
pub fn label_of(kind: BlockKind) -> Option<&'static str> {
    Some(match kind {
        BlockKind::Headline => "headline",
        BlockKind::Dek => "dek",
        BlockKind::Heading => "subhead",
        BlockKind::Paragraph | BlockKind::List | BlockKind::Table => "body",
        BlockKind::Caption => "caption",
        BlockKind::Credit => "credit",
        _ => return None,
    })
}
