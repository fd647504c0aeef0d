//! One story read by the program, with the means to find gold words in its reports.
//!
//! In: the gold of a story and the folder its reports lie in. Out: what `annotate` and `editions` give for them.
//! All places are bytes of the source, so that records of one report and of the edition compare.

use super::gold::{Gold, Quotation};
use super::matching::Passage;
use super::names::Names;
use anyhow::Context;
use std::collections::BTreeMap;
use std::path::Path;
use variorum::edition::Edition;
use variorum::model::{Annotated, Received};
use variorum::span::Span;

/// A story as the program has it, beside its gold.
pub struct Story<'g> {
    pub gold: &'g Gold,
    pub witnesses: Vec<Witness>,
    pub edition: Edition,
    pub names: Names,
}

/// One report.
pub struct Witness {
    /// File name, the gold's key.
    pub name: String,
    pub found: Annotated,
    /// What the story calls each entity of the report.
    pub entities: Vec<String>,
    search: Search,
}

impl<'g> Story<'g> {
    /// Reads and sets side by side the reports in `folder/STORY` that `gold` names.
    pub fn read(gold: &'g Gold, folder: &Path) -> anyhow::Result<Story<'g>> {
        let pile = pile(gold, &folder.join(&gold.story))?;
        let edition = variorum::editions(&pile);
        let mut found: Vec<Annotated> = pile.iter().map(variorum::annotate).collect();
        let order =
            |report: &Annotated| edition.reports.iter().position(|entry| entry.id == report.report.id);
        found.sort_by_key(order);
        let cast = variorum::cast::resolve(&found);
        let mut witnesses = Vec::new();
        for (at, found) in found.into_iter().enumerate() {
            let name = file_name(found.report.path.as_deref().unwrap_or_default());
            let story_wide = |entity: usize| {
                cast.of.get(at).and_then(|of| of.get(entity)).and_then(|&member| cast.members.get(member))
            };
            let entities = found.entities.iter().enumerate().map(|(entity, own)| {
                story_wide(entity).map_or_else(|| own.name.clone(), |member| member.name.clone())
            });
            let entities = entities.collect();
            witnesses.push(Witness { name, entities, search: Search::new(&found.report.text), found });
        }
        Ok(Story { gold, witnesses, edition, names: Names::of(gold) })
    }

    /// Index of the report with this file name.
    pub fn witness(&self, name: &str) -> Option<usize> {
        self.witnesses.iter().position(|witness| witness.name == name)
    }

    /// File name of the report with this id.
    pub fn file(&self, id: &str) -> String {
        self.by_id(id).map_or_else(|| id.to_owned(), |at| self.witnesses[at].name.clone())
    }

    /// A place of the edition.
    pub fn passage(&self, report: &str, start: usize, end: usize) -> Option<Passage> {
        Some(Passage { witness: self.by_id(report)?, span: Span::new(start, end.max(start)) })
    }

    /// The `n`th place (from 1) of `text` in a report.
    pub fn nth(&self, witness: usize, text: &str, n: usize) -> Vec<Passage> {
        self.all(witness, text).into_iter().nth(n.saturating_sub(1)).into_iter().collect()
    }

    /// Every place of `text` in a report.
    pub fn all(&self, witness: usize, text: &str) -> Vec<Passage> {
        let spans = self.witnesses[witness].search.all(text, 0);
        spans.into_iter().map(|span| self.in_source(witness, span)).collect()
    }

    /// Where each place of `text` begins, in bytes of the report's text.
    pub fn starts(&self, witness: usize, text: &str) -> Vec<usize> {
        self.witnesses[witness].search.all(text, 0).into_iter().map(Span::start).collect()
    }

    /// The first place of `text` at or after byte `from` of the report's text, in bytes of that text.
    pub fn after(&self, witness: usize, text: &str, from: usize) -> Option<Span> {
        self.witnesses[witness].search.all(text, from).first().copied()
    }

    /// Where the parts of a quotation stand: the first by its number, each other after the one before.
    pub fn quoted(&self, witness: usize, quotation: &Quotation) -> Vec<Passage> {
        let Some(first) = quotation.content.first() else { return Vec::new() };
        let starts = self.witnesses[witness].search.all(first, 0);
        let start = starts.get(quotation.n.saturating_sub(1));
        start.map_or_else(Vec::new, |start| self.parts(witness, &quotation.content, start.start()))
    }

    /// The places of `parts` in turn, from byte `from` of the report's text, punctuation at their ends left out; none
    /// unless all are found.
    pub fn parts<S: AsRef<str>>(&self, witness: usize, parts: &[S], from: usize) -> Vec<Passage> {
        let mut at = from;
        let mut found = Vec::new();
        for part in parts {
            let Some(span) = self.after(witness, part.as_ref(), at) else { return Vec::new() };
            at = span.end();
            found.push(
                self.in_source(witness, without_marks(&self.witnesses[witness].found.report.text, span)),
            );
        }
        found
    }

    /// A span of a report's text as a passage of its source.
    pub fn in_source(&self, witness: usize, span: Span) -> Passage {
        Passage { witness, span: self.witnesses[witness].found.report.map.to_source(span) }
    }

    fn by_id(&self, id: &str) -> Option<usize> {
        self.witnesses.iter().position(|witness| witness.found.report.id == id)
    }
}

fn pile(gold: &Gold, folder: &Path) -> anyhow::Result<Vec<Received>> {
    let paths: Vec<_> = gold.reports.keys().map(|name| folder.join(name)).collect();
    variorum_sources::open(&paths)
        .collect::<Result<Vec<_>, _>>()
        .context("the gold needs its reports: name their folder with --stories")
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// `span` without punctuation and space at its ends; itself when nothing else is in it.
pub fn without_marks(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let is_edge = |c: char| !c.is_alphanumeric();
    let start = words.len() - words.trim_start_matches(is_edge).len();
    let end = words.trim_end_matches(is_edge).len();
    if start < end { Span::new(span.start() + start, span.start() + end) } else { span }
}

/// A text with every run of white space as one space, and the way back.
struct Search {
    folded: String,
    /// Offset in the text of each byte of `folded`.
    offsets: Vec<usize>,
}

impl Search {
    fn new(text: &str) -> Search {
        let mut search = Search { folded: String::new(), offsets: Vec::new() };
        for (at, c) in text.char_indices() {
            let is_space = c.is_whitespace();
            if is_space && search.folded.ends_with(' ') {
                continue;
            }
            let c = if is_space { ' ' } else { c };
            search.folded.push(c);
            search.offsets.extend((0..c.len_utf8()).map(|byte| at + byte));
        }
        search
    }

    /// Every place of `words` that begins at byte `from` of the text or later.
    fn all(&self, words: &str, from: usize) -> Vec<Span> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Vec::new();
        }
        let spans = self
            .folded
            .match_indices(&words)
            .map(|(at, hit)| Span::new(self.offsets[at], self.offsets[at + hit.len() - 1] + 1));
        spans.filter(|span| span.start() >= from).collect()
    }
}

/// The gold passages of every quotation, by report.
pub fn quoted(story: &Story) -> BTreeMap<usize, Vec<Vec<Passage>>> {
    let mut found = BTreeMap::new();
    for (at, witness) in story.witnesses.iter().enumerate() {
        let quotations = &story.gold.reports[&witness.name].quotations;
        found.insert(at, quotations.iter().map(|quotation| story.quoted(at, quotation)).collect());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Search;

    fn check(text: &str, words: &str, want: &[&str]) {
        let found = Search::new(text).all(words, 0);
        assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), want);
    }

    #[test]
    fn white_space_runs_are_equal() {
        check("The bridge\n  over the Arn", "bridge over", &["bridge\n  over"]);
        check("nine here, nine there", "nine", &["nine", "nine"]);
        check("“Ja,” said\u{a0}Éva.", "said Éva.", &["said\u{a0}Éva."]);
        check("nothing", "", &[]);
    }
}
