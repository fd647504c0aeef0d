//! The gold answers of one story, as `corpus/README.md` describes them.
//!
//! In: a folder of JSON files. Out: one [`Gold`] a file, in the order of their names.

use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Everything an editor finds in one story.
#[derive(Deserialize)]
pub struct Gold {
    pub story: String,
    pub reports: BTreeMap<String, InReport>,
    pub utterances: Vec<Utterance>,
    pub figures: Vec<Reconciled>,
    pub posts: Vec<Post>,
    pub labels: Vec<Label>,
    pub omissions: Vec<Omission>,
    pub lineage: Vec<Edge>,
    pub upstreams: Vec<Upstream>,
    pub timeline: Vec<Event>,
}

/// What stands in one report.
#[derive(Deserialize)]
pub struct InReport {
    /// Kind and beginning of each block, in order.
    pub blocks: Vec<(String, String)>,
    pub quotations: Vec<Quotation>,
    pub figures: Vec<Figure>,
    pub dates: Vec<Date>,
    pub traces: Vec<Trace>,
}

#[derive(Clone, Deserialize)]
pub struct Quotation {
    pub content: Vec<String>,
    pub form: String,
    pub place: String,
    pub speaker: Option<String>,
    /// As written, of a speaker without a name.
    pub unnamed: Option<String>,
    pub cue: Option<String>,
    pub channel: Option<String>,
    pub platform: Option<String>,
    pub closed: bool,
    #[serde(default = "first")]
    pub n: usize,
}

#[derive(Clone, Deserialize)]
pub struct Figure {
    pub text: String,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub qualifier: Option<String>,
    pub unit: String,
    pub what: Option<String>,
    #[serde(default = "first")]
    pub n: usize,
}

#[derive(Clone, Deserialize)]
pub struct Date {
    pub text: String,
    pub value: Option<String>,
    pub precision: String,
    pub basis: String,
    #[serde(default = "first")]
    pub n: usize,
}

#[derive(Clone, Deserialize)]
pub struct Trace {
    pub kind: String,
    pub text: String,
    #[serde(default = "first")]
    pub n: usize,
}

#[derive(Deserialize)]
pub struct Utterance {
    pub speaker: Option<String>,
    pub verdict: String,
    /// Report and words of each reading.
    pub readings: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub struct Reconciled {
    pub what: String,
    pub verdict: String,
    pub independent: usize,
    /// Report and figure as written.
    pub values: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub struct Post {
    pub author: String,
    pub platform: Option<String>,
    pub form: String,
    pub status: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub struct Label {
    pub target: String,
    pub report: String,
    pub text: String,
    pub voice: String,
}

#[derive(Deserialize)]
pub struct Omission {
    pub kind: String,
    pub fact: String,
    pub present: Vec<(String, String)>,
    pub absent: Vec<String>,
}

#[derive(Deserialize)]
pub struct Edge {
    pub child: String,
    pub parent: String,
    pub kind: String,
}

#[derive(Deserialize)]
pub struct Upstream {
    pub name: String,
    pub reports: Vec<String>,
}

#[derive(Deserialize)]
pub struct Event {
    pub value: String,
    pub precision: String,
}

fn first() -> usize {
    1
}

/// The gold of every story in `folder`, in the order of file names.
pub fn read(folder: &Path) -> anyhow::Result<Vec<Gold>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot list {}: name the gold with --gold", folder.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    anyhow::ensure!(!paths.is_empty(), "found no gold in {}: it holds no .json file", folder.display());
    paths.iter().map(|path| one(path)).collect()
}

fn one(path: &Path) -> anyhow::Result<Gold> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("cannot take {} as gold", path.display()))
}
