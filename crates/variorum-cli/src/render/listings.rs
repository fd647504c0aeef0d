//! Pages of one report: what is found in it, how it was read; and the page of stories alone.

use super::page::{Heading, Line, Page, Part, muted, plain, strong};
use super::sections;
use super::wording::{self, one_line};
use std::collections::BTreeMap;
use variorum::annotation::{Annotation, Extraction};
use variorum::edition::Edition;
use variorum::model::BlockKind;

/// What is found in one report: its edition, and who and what is mentioned.
pub fn findings(edition: &Edition, found: &Annotation) -> Page {
    let mut page = sections::page(edition);
    if edition.stories.is_empty() {
        let name = found.report.path.as_deref().unwrap_or(&found.report.id);
        page.parts.insert(0, heading(1, name));
    }
    if !found.entities.is_empty() {
        let end = page.parts.len().saturating_sub(1);
        page.parts.splice(end..end, [heading(2, "Who and what is mentioned"), Part::List(mentioned(found))]);
    }
    page
}

fn heading(level: usize, title: &str) -> Part {
    Part::Heading(Heading { level, id: String::new(), title: title.to_owned(), count: None })
}

fn mentioned(found: &Annotation) -> Vec<Line> {
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for entity in found.mentions.iter().filter_map(|mention| mention.entity) {
        *times.entry(entity).or_default() += 1;
    }
    let kind = |kind| serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned));
    let line = |entity: &variorum::annotation::EntityEntry| {
        let role = entity.role.as_deref().map(|role| format!(", {}", one_line(role))).unwrap_or_default();
        let times = times.get(&entity.id).copied().unwrap_or(0);
        vec![
            strong(one_line(&entity.name)),
            plain(role),
            muted(format!(" ({}) ×{times}", kind(entity.kind).unwrap_or_default())),
        ]
    };
    found.entities.iter().map(line).collect()
}

/// How one report was read: its text, what was set aside named.
pub fn reading(read: &Extraction) -> Page {
    let title = read.title.as_deref().or(read.path.as_deref()).unwrap_or(&read.id);
    let mut parts = vec![heading(1, &one_line(title)), Part::Text(about(read))];
    if let Some(reason) = &read.reason {
        parts.push(Part::Text(vec![plain(format!(
            "No report here: it {}.",
            reason.trim_start_matches("it ")
        ))]));
    }
    parts.extend(read.blocks.iter().filter(|block| block.kind != BlockKind::Other).map(|block| {
        let name = if block.kind.is_evidence() { String::new() } else { ", set aside".to_owned() };
        let name = format!("{}{name}", wording::block(block.kind));
        match block.kind {
            BlockKind::Paragraph => Part::Text(vec![plain("\n"), plain(block.text.clone())]),
            kind if kind.is_evidence() => {
                Part::Text(vec![plain("\n"), strong(format!("[{name}] ")), plain(block.text.clone())])
            }
            _ => Part::Text(vec![plain("\n"), muted(format!("[{name}] {}", block.text))]),
        }
    }));
    Page { title: title.to_owned(), parts }
}

fn about(read: &Extraction) -> Line {
    let stamp = |name: &str, stamp: &Option<variorum::model::Stamp>| {
        stamp.as_ref().map(|stamp| format!("{name} {}", stamp.value))
    };
    let authors = (!read.authors.is_empty()).then(|| format!("by {}", read.authors.join(", ")));
    let facts = [
        read.outlet.clone(),
        authors,
        stamp("published", &read.published),
        stamp("modified", &read.modified),
        read.language.clone().map(|language| format!("language {language}")),
        read.canonical.clone().or_else(|| read.url.clone()),
        read.path.clone(),
    ];
    vec![muted(facts.into_iter().flatten().collect::<Vec<_>>().join(" · "))]
}

/// The stories, each with its reports.
pub fn groups(edition: &Edition) -> Page {
    let mut parts = Vec::new();
    for story in &edition.stories {
        parts.extend(sections::group(edition, story));
    }
    parts.extend(sections::notes(edition));
    Page { title: "Stories".to_owned(), parts }
}
