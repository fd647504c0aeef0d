//! The reports themselves: their letters, where they come from, what shows in them, how they were read.

use super::super::page::{Branch, Line, Manner, Part, Row, Run, Table, join, muted, plain, strong};
use super::super::sigla::{self, Sigla};
use super::super::wording::{self, count, grouped, one_line};
use super::{quoted, section, words};
use std::collections::BTreeMap;
use variorum::edition::{Edge, Edition, ReportEntry, Story, TraceEntry};
use variorum::model::BlockKind;

/// How many reports, how many independent, from when to when.
pub fn summary(story: &Story, sigla: &Sigla) -> Line {
    let mut line = vec![strong(count(story.reports.len(), "report", "reports"))];
    if story.reports.len() > 1 {
        line.push(plain(format!(
            ", {}",
            count(story.independent, "independent source", "independent sources")
        )));
    }
    if let Some((first, last)) = period(story, sigla) {
        let span = if first == last { first } else { format!("{first} to {last}") };
        line.push(muted(format!(" · {span}")));
    }
    if story.reports.len() == 1 {
        line.push(plain(". Nothing was found to set beside it."));
    }
    line
}

/// The first and the last day of publication that is known.
fn period(story: &Story, sigla: &Sigla) -> Option<(String, String)> {
    let mut days: Vec<String> = story
        .reports
        .iter()
        .filter_map(|report| sigla.entry(report)?.published.as_ref())
        .map(|stamp| day(&stamp.value).to_owned())
        .collect();
    days.sort();
    Some((days.first()?.clone(), days.last()?.clone()))
}

/// The day of an ISO date and time.
fn day(value: &str) -> &str {
    value.split('T').next().unwrap_or(value)
}

/// The list of sigla.
pub fn sigla(story: &Story, sigla: &Sigla) -> Vec<Part> {
    let columns = ["", "report", "published", "independent or copy", "bytes"];
    let rows =
        sigla.order.iter().filter_map(|report| sigla.entry(report).map(|entry| row(story, sigla, entry)));
    vec![
        section(story, "reports", "Reports", None),
        Part::Table(Table {
            caption: "Each report and the letter it goes by here".to_owned(),
            columns: columns.iter().map(|name| vec![plain(*name)]).collect(),
            rows: rows.collect(),
        }),
    ]
}

fn row(story: &Story, sigla: &Sigla, entry: &ReportEntry) -> Row {
    let published = entry.published.as_ref().map_or_else(super::nothing, |stamp| {
        vec![
            plain(day(&stamp.value))
                .at(stamp.start.zip(stamp.end).and_then(|(start, end)| sigla.spot(&entry.id, start, end))),
        ]
    });
    let siglum = Run::new(Manner::Siglum, sigla.of(&entry.id)).at(sigla.spot(&entry.id, 0, 0));
    Row {
        id: Some(sigla.id(&entry.id)),
        cells: vec![
            vec![siglum],
            named(entry),
            published,
            standing(story, sigla, entry),
            vec![muted(grouped(entry.bytes))],
        ],
    }
}

/// Outlet, headline and path.
fn named(entry: &ReportEntry) -> Line {
    let outlet = entry.outlet.as_deref().map(|outlet| vec![strong(outlet)]);
    let title = entry.title.as_deref().map(|title| vec![plain(one_line(title))]);
    let by = (!entry.authors.is_empty()).then(|| vec![plain(format!("by {}", entry.authors.join(", ")))]);
    let path = entry.path.as_deref().or(entry.url.as_deref()).map(|path| vec![muted(path)]);
    join([outlet, title, by, path].into_iter().flatten(), "\n")
}

fn standing(story: &Story, sigla: &Sigla, entry: &ReportEntry) -> Line {
    match story.lineage.iter().find(|edge| edge.primary && edge.child == entry.id) {
        Some(edge) => {
            join([vec![plain(kind(edge))], vec![plain("of"), plain(" "), sigla.run(&edge.parent)]], " ")
        }
        None => vec![plain("independent")],
    }
}

/// "verbatim copy, 98 %"
fn kind(edge: &Edge) -> String {
    format!("{}, {} %", wording::edge(edge.kind), (edge.score + 5) / 10)
}

/// Who copied from whom, and which sources the reports name.
pub fn lineage(story: &Story, sigla: &Sigla) -> Vec<Part> {
    let were_compared = story.reports.len() > 1;
    if !were_compared && story.upstreams.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![section(story, "lineage", "Lineage", None)];
    if !story.lineage.is_empty() {
        parts.push(Part::Tree(tree(story, sigla)));
    } else if were_compared {
        parts.push(Part::Text(vec![plain("No report was found to be a copy of another.")]));
    }
    if !story.upstreams.is_empty() {
        parts.push(Part::Text(vec![plain("Sources that the reports name:")]));
        parts.push(Part::List(upstreams(story, sigla)));
    }
    parts
}

pub fn tree(story: &Story, sigla: &Sigla) -> Vec<Branch> {
    let mut branches = Vec::new();
    for report in &sigla.order {
        if !story.lineage.iter().any(|edge| edge.primary && edge.child == *report) {
            grow(story, sigla, report, 0, &mut branches);
        }
    }
    branches
}

fn grow(story: &Story, sigla: &Sigla, report: &str, depth: usize, branches: &mut Vec<Branch>) {
    if depth > story.reports.len() {
        return;
    }
    branches.push(Branch { depth, line: leaf(story, sigla, report) });
    let is_copy = |child: &&&str| {
        story.lineage.iter().any(|edge| edge.primary && edge.parent == report && edge.child == **child)
    };
    for child in sigla.order.iter().filter(is_copy) {
        grow(story, sigla, child, depth + 1, branches);
    }
}

fn leaf(story: &Story, sigla: &Sigla, report: &str) -> Line {
    let mut line = vec![sigla.run(report)];
    if let Some(entry) = sigla.entry(report) {
        line.push(plain(format!(" {}", sigla::name(entry))));
        if let Some(stamp) = &entry.published {
            line.push(muted(format!(" {}", day(&stamp.value))));
        }
    }
    for edge in story.lineage.iter().filter(|edge| edge.child == report) {
        line.push(plain(if edge.primary { " · " } else { " · also " }));
        line.push(plain(format!("{} of ", kind(edge))));
        line.push(sigla.run(&edge.parent));
        line.push(muted(format!(" ({}", wording::direction(edge.direction))));
        if let Some(place) = edge.evidence.first() {
            line.push(
                muted(format!("; {}", count(edge.evidence.len() / 2, "passage", "passages")))
                    .at(sigla.spot_of(place)),
            );
        }
        if let Some(place) = edge.quoted.evidence.first() {
            let of = count(edge.quoted.sentences, "quoted sentence", "quoted sentences");
            line.push(
                muted(format!("; other words in {} of {of}", edge.quoted.reworded)).at(sigla.spot_of(place)),
            );
        }
        line.push(muted(")"));
    }
    line
}

fn upstreams(story: &Story, sigla: &Sigla) -> Vec<Line> {
    let line = |upstream: &variorum::edition::Upstream| {
        let mut line = vec![strong(upstream.name.clone()), plain(", named by ")];
        line.extend(sigla.all(upstream.reports.iter().map(String::as_str)));
        if let Some(place) = upstream.evidence.first() {
            line.extend([plain(": "), quoted(place, sigla)]);
        }
        line
    };
    story.upstreams.iter().map(line).collect()
}

/// Damage and signs of translation, by report.
pub fn traces(story: &Story, sigla: &Sigla) -> Vec<Part> {
    let entries: Vec<&ReportEntry> = sigla
        .order
        .iter()
        .filter_map(|report| sigla.entry(report))
        .filter(|entry| !entry.traces.is_empty())
        .collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let total = entries.iter().map(|entry| entry.traces.len()).sum();
    let mut parts = vec![section(story, "traces", "Traces in the texts", Some(total))];
    for entry in entries {
        let shows = count(entry.traces.len(), "trace", "traces");
        parts.push(Part::Text(vec![sigla.run(&entry.id), plain(format!(" shows {shows}:"))]));
        parts.push(Part::List(entry.traces.iter().map(|trace| self::trace(entry, trace, sigla)).collect()));
    }
    parts
}

fn trace(entry: &ReportEntry, trace: &TraceEntry, sigla: &Sigla) -> Line {
    vec![
        strong(trace.kind.replace('-', " ")),
        plain(" "),
        words(&wording::clip(&trace.text, 160)).at(sigla.spot(&entry.id, trace.start, trace.end)),
        plain(format!(": {}", one_line(&trace.note))),
        muted(format!(" {}", super::bytes(trace.start, trace.end))),
    ]
}

/// How each report was read: what was set aside, by kind and with its count, and what could not be read as hoped.
pub fn reading(story: &Story, sigla: &Sigla) -> Vec<Part> {
    let mut parts = vec![section(story, "reading", "How the reports were read", None)];
    let entries = sigla.order.iter().filter_map(|report| sigla.entry(report));
    parts.push(Part::List(entries.clone().map(|entry| read(entry, sigla)).collect()));
    parts.extend(entries.filter_map(|entry| sigla.index(&entry.id)).map(Part::Reader));
    parts
}

fn read(entry: &ReportEntry, sigla: &Sigla) -> Line {
    let (mut told, mut aside) = (BTreeMap::new(), BTreeMap::new());
    for block in entry.blocks.iter().filter(|block| block.kind != BlockKind::Other) {
        let side = if block.kind.is_evidence() { &mut told } else { &mut aside };
        *side.entry(block.kind).or_insert(0_usize) += 1;
    }
    let mut line = vec![sigla.run(&entry.id), plain(format!(" {}", listed(&told)))];
    let left = if aside.is_empty() { "nothing".to_owned() } else { listed(&aside) };
    line.push(muted(format!("; set aside: {left}")));
    line.push(muted(format!("; SHA-256 {}…", entry.sha256.get(..16).unwrap_or(&entry.sha256))));
    for note in &entry.notes {
        line.push(plain(format!(". {}", one_line(note))));
    }
    line
}

fn listed(kinds: &BTreeMap<BlockKind, usize>) -> String {
    let parts: Vec<String> = kinds.iter().map(|(kind, n)| wording::blocks(*kind, *n)).collect();
    if parts.is_empty() { "no words".to_owned() } else { parts.join(", ") }
}

/// What was left out of the edition, and what made it.
pub fn notes(edition: &Edition) -> Vec<Part> {
    let mut parts = Vec::new();
    if !edition.notes.is_empty() {
        parts.push(Part::Heading(super::Heading {
            level: 2,
            id: "notes".to_owned(),
            title: "Notes".to_owned(),
            count: Some(edition.notes.len()),
        }));
        parts.push(Part::List(edition.notes.iter().map(|note| vec![plain(note.clone())]).collect()));
    }
    parts.push(Part::Text(vec![muted(format!(
        "Variorum {}, tables {}, models {}. Findings are evidence of what stands where. Agreement is not truth; what was not found may have been said elsewhere.",
        edition.program.version, edition.program.tables, edition.program.models
    ))]));
    parts
}
