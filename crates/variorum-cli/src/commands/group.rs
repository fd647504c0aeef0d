//! `variorum group`: which reports tell one story, and which was copied from which.

use crate::options::{Color, Group};
use crate::output::{self, Talk};
use crate::{Outcome, intake, render};
use serde::Serialize;
use variorum::edition::{Direction, EdgeKind, Edition, Story};

/// What is said of one report.
#[derive(Serialize)]
struct Grouped<'e> {
    id: &'e str,
    path: Option<&'e str>,
    story: &'e str,
    edges: Vec<Parent<'e>>,
}

/// What it was copied from.
#[derive(Serialize)]
struct Parent<'e> {
    parent: &'e str,
    primary: bool,
    kind: EdgeKind,
    direction: Direction,
    score: u32,
}

/// Prints a page of stories, or a line of JSON for each report.
pub fn run(options: &Group, color: Color, talk: &Talk) -> anyhow::Result<Outcome> {
    let pile = intake::open(&options.inputs.inputs, options.inputs.rejects.as_deref(), talk)?;
    let edition = variorum::editions(&pile.reports);
    for note in &edition.notes {
        talk.note(note);
    }
    if options.jsonl {
        for story in &edition.stories {
            for report in &story.reports {
                output::print(&output::line(&grouped(&edition, story, report))?)?;
            }
        }
    } else {
        output::print(&render::terminal::page(&render::groups(&edition), output::paper(color)))?;
    }
    Ok(pile.outcome())
}

fn grouped<'e>(edition: &'e Edition, story: &'e Story, report: &'e str) -> Grouped<'e> {
    let edges = story.lineage.iter().filter(|edge| edge.child == report);
    Grouped {
        id: report,
        path: edition.reports.iter().find(|entry| entry.id == report).and_then(|entry| entry.path.as_deref()),
        story: &story.id,
        edges: edges
            .map(|edge| Parent {
                parent: &edge.parent,
                primary: edge.primary,
                kind: edge.kind,
                direction: edge.direction,
                score: edge.score,
            })
            .collect(),
    }
}
