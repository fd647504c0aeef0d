//! `variorum group`: which reports tell one story, which are copies, and why.
//!
//! Reports are annotated one at a time; what is kept of each is its card, most of it on disk. Those of stories are read once more,
//! for their parents.

use crate::options::{Color, Group};
use crate::output::{self, Talk};
use crate::spool::{Spool, Words};
use crate::{Outcome, intake, render};
use anyhow::Context;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use variorum::edition::{Direction, Edge, EdgeKind, Edition, Program, ReportEntry, Story};
use variorum::grouping::{self, About, Groups, Pile, TRACED, Told};
use variorum::lineage::pile::Copy;
use variorum::model::{Annotated, Received};
use variorum::span::Span;

/// How many reports of a story the page lists.
const LISTED: usize = 200;

/// What is said of one report.
#[derive(Serialize)]
struct Grouped<'g> {
    id: &'g str,
    path: Option<&'g str>,
    story: &'g str,
    edges: Vec<Parent<'g>>,
    /// Earlier reports that it shares text with, one having been made from the other or both from a third.
    copies: Vec<Shared<'g>>,
    /// Passages that recur in its outlet's reports.
    furniture: Vec<Passage>,
}

/// What it was copied from.
#[derive(Serialize)]
struct Parent<'g> {
    parent: &'g str,
    primary: bool,
    kind: EdgeKind,
    direction: Direction,
    score: u32,
}

/// An earlier report with text in common.
#[derive(Serialize)]
struct Shared<'g> {
    id: &'g str,
    kind: EdgeKind,
    /// How much of this report stands in the other, and of the other in this, in thousandths of the words.
    contained: usize,
    contains: usize,
    same_outlet: bool,
    passages: Vec<Aligned>,
}

/// A passage of this report's source, and where it stands in the other's.
#[derive(Serialize)]
struct Aligned {
    start: usize,
    end: usize,
    other: Passage,
}

#[derive(Serialize)]
struct Passage {
    start: usize,
    end: usize,
}

impl From<Span> for Passage {
    fn from(span: Span) -> Passage {
        Passage { start: span.start(), end: span.end() }
    }
}

/// Prints a page of stories, a line of JSON for each report, or why two of them belong together.
pub fn run(options: &Group, color: Color, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut pile = Pile::default();
    let (mut spool, mut words) = (Spool::new()?, Words::new()?);
    let made = |pile: Vec<Received>| grouping::cards(&pile).into_iter().zip(pile).collect();
    let outcome = intake::through(&options.inputs, (0, options.threads), talk, made, |(card, received)| {
        if !pile.add(card) {
            return Ok(());
        }
        words.put(&pile.take_words())?;
        spool.put(received)
    })?;
    words.finish()?;
    if let Some([a, b]) = options.explain.as_deref() {
        explain(&pile, (&mut spool, &words), [a, b], options.json, color)?;
        return Ok(outcome);
    }
    let trouble = RefCell::new(None);
    let groups = pile.groups_with(&|number| read_words(&words, number, &trouble).into());
    without(trouble)?;
    let mut notes = groups.notes.clone();
    let stories = told(&pile, &groups, &mut spool, &mut notes)?;
    notes.iter().for_each(|note| talk.note(note));
    if options.jsonl {
        lines(&pile, &groups, &stories)?;
    } else {
        let edition = edition(&pile, stories, notes);
        output::print(&render::terminal::page(&render::groups(&edition), output::paper(color)))?;
    }
    Ok(outcome)
}

/// The words of a report that were put by; none, and `trouble`, where they cannot be read again.
fn read_words(words: &Words, number: usize, trouble: &RefCell<Option<std::io::Error>>) -> Vec<u8> {
    let read = words.get(number).map_err(|error| trouble.replace(Some(error)));
    read.unwrap_or_default()
}

/// Fails where there was trouble.
fn without(trouble: RefCell<Option<std::io::Error>>) -> anyhow::Result<()> {
    let failed = |error| Err(error).context("cannot read again the words of a report that were put by");
    trouble.into_inner().map_or(Ok(()), failed)
}

/// The stories with what their texts tell.
fn told(
    pile: &Pile,
    groups: &Groups,
    spool: &mut Spool,
    notes: &mut Vec<String>,
) -> anyhow::Result<Vec<Story>> {
    let mut from_copies = groups.parents(&pile.reports);
    let mut stories = Vec::new();
    let mut untraced = 0;
    for group in &groups.stories {
        let (traced, others) = group.reports.split_at(group.reports.len().min(TRACED));
        let mut told = match traced {
            [only] => alone(&pile.reports[*only]),
            _ => grouping::lineage(read(traced, spool)?),
        };
        untraced += others.len();
        let members: BTreeSet<usize> =
            if others.is_empty() { BTreeSet::new() } else { group.reports.iter().copied().collect() };
        for child in others {
            match from_copies.remove(child).filter(|(parent, _)| members.contains(parent)) {
                Some((_, edge)) => told.edges.push(edge),
                None => told.independent += 1,
            }
        }
        let reports = group.reports.iter().map(|&at| pile.reports[at].id.clone()).collect();
        stories.push(story(group.id.clone(), reports, told));
    }
    if untraced > 0 {
        notes.push(format!(
            "reports of stories of more than {TRACED}, whose parents are told from copies and dates alone: {untraced}"
        ));
    }
    Ok(stories)
}

fn alone(about: &About) -> Told {
    Told { headline: about.title.clone(), independent: 1, ..Told::default() }
}

/// Reports that were put by, annotated once more.
fn read(reports: &[usize], spool: &mut Spool) -> anyhow::Result<Vec<Annotated>> {
    let pile: Vec<Received> = reports.iter().map(|&at| spool.get(at)).collect::<Result<_, _>>()?;
    Ok(variorum::annotate_all(&pile))
}

fn story(id: String, reports: Vec<String>, told: Told) -> Story {
    Story {
        id,
        headline: told.headline,
        reports,
        independent: told.independent,
        lineage: told.edges,
        upstreams: told.upstreams,
        ..Story::default()
    }
}

/// The stories as an edition of which nothing else was asked. Of a story of more than [`LISTED`] reports only these are listed,
/// which is said.
fn edition(pile: &Pile, mut stories: Vec<Story>, mut notes: Vec<String>) -> Edition {
    for story in stories.iter_mut().filter(|story| story.reports.len() > LISTED) {
        notes.push(format!(
            "of the {} reports of story {} the first {LISTED} are listed; --jsonl lists all",
            story.reports.len(),
            story.id
        ));
        story.reports.truncate(LISTED);
        let listed: BTreeSet<&String> = story.reports.iter().collect();
        story.lineage.retain(|edge| listed.contains(&edge.child) && listed.contains(&edge.parent));
    }
    let entry = |about: &About| ReportEntry {
        id: about.id.clone(),
        key: format!("{:032x}", about.key),
        path: about.path.clone(),
        outlet: about.outlet.clone(),
        title: about.title.clone(),
        published: about.published.clone(),
        ..ReportEntry::default()
    };
    Edition {
        schema: "variorum.edition/1".to_owned(),
        program: Program::this(),
        reports: pile.reports.iter().map(entry).collect(),
        stories,
        notes,
    }
}

/// A line of JSON for each report, story by story.
fn lines(pile: &Pile, groups: &Groups, stories: &[Story]) -> anyhow::Result<()> {
    let mut copies: BTreeMap<usize, Vec<&Copy>> = BTreeMap::new();
    groups.copies.iter().for_each(|copy| copies.entry(copy.b).or_default().push(copy));
    for (group, story) in groups.stories.iter().zip(stories) {
        let mut edges: BTreeMap<&str, Vec<&Edge>> = BTreeMap::new();
        story.lineage.iter().for_each(|edge| edges.entry(&edge.child).or_default().push(edge));
        for &at in &group.reports {
            let about = &pile.reports[at];
            output::print(&output::line(&Grouped {
                id: &about.id,
                path: about.path.as_deref(),
                story: &group.id,
                edges: edges.get(about.id.as_str()).into_iter().flatten().map(|edge| parent(edge)).collect(),
                copies: copies.get(&at).into_iter().flatten().map(|copy| shared(pile, copy)).collect(),
                furniture: groups.furniture.get(&at).into_iter().flatten().map(|&span| span.into()).collect(),
            })?)?;
        }
    }
    Ok(())
}

fn parent(edge: &Edge) -> Parent<'_> {
    Parent {
        parent: &edge.parent,
        primary: edge.primary,
        kind: edge.kind,
        direction: edge.direction,
        score: edge.score,
    }
}

fn shared<'g>(pile: &'g Pile, copy: &Copy) -> Shared<'g> {
    let aligned = |&(theirs, ours): &(Span, Span)| Aligned {
        start: ours.start(),
        end: ours.end(),
        other: theirs.into(),
    };
    Shared {
        id: &pile.reports[copy.a].id,
        kind: copy.kind,
        contained: copy.contained[1],
        contains: copy.contained[0],
        same_outlet: copy.is_revision,
        passages: copy.passages.iter().map(aligned).collect(),
    }
}

/// Prints why two reports are one story or copies, or are not.
fn explain(
    pile: &Pile,
    (spool, words): (&mut Spool, &Words),
    names: [&String; 2],
    json: bool,
    color: Color,
) -> anyhow::Result<()> {
    let place = |name: &String| {
        pile.find(name)
            .ok_or_else(|| anyhow::anyhow!("no report {name:?} among the {} read", pile.reports.len()))
    };
    let (a, b) = (place(names[0])?, place(names[1])?);
    anyhow::ensure!(a != b, "{:?} and {:?} are one report: give two", names[0], names[1]);
    let found = read(&[a, b], spool)?;
    let trouble = RefCell::new(None);
    let (why, comparison) = pile.why_with(a, b, &|number| read_words(words, number, &trouble).into());
    without(trouble)?;
    let explanation = variorum::explanation::explain(&found[0], &found[1], (&why, &comparison));
    if json {
        return output::print(&format!("{}\n", serde_json::to_string_pretty(&explanation)?));
    }
    let page = render::explanation(&explanation, [&pile.reports[a], &pile.reports[b]]);
    output::print(&render::terminal::page(&page, output::paper(color)))
}
