//! Why two reports are one story or copies, or are not: what they share, place by place, and which thresholds that passes.
//!
//! In: two reports and what a pile says of them ([`crate::grouping::Pile::why`]). Out: an [`Explanation`].
//! Method: scores and thresholds as they were used; words that weighed most, names, figures, dates and quotations of both, each with
//! its first places in either.
//! Leaves: what only other reports tell, such as the year of a date.

use crate::edition::{EdgeKind, Place};
use crate::lineage::pile::{Comparison, Reason, Thresholds};
use crate::model::{Annotated, MentionForm};
use crate::span::Span;
use crate::stories::{self, Why};
use crate::token::{self, Kind};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many places of one thing are given in each report.
const PLACES: usize = 3;
/// How many things of one kind are given.
const THINGS: usize = 40;
/// Words in a run of a quotation, as stories count them.
const RUN: usize = 4;

/// Why two reports are one story or copies, or are not.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// `variorum.explanation/1`
    pub schema: &'static str,
    /// The two reports' ids.
    pub reports: [String; 2],
    /// Whether they are one story, and what decided.
    pub story: Story,
    /// Whether one was made from the other, and what decided.
    pub copy: Copy,
    /// Names in both, most places first.
    pub names: Vec<Shared>,
    /// Quantities of the same value and unit.
    pub figures: Vec<Shared>,
    /// Dates of the same value.
    pub dates: Vec<Shared>,
    /// Quotations that have four words in a row in common, each with its best counterpart.
    pub quotations: Vec<Shared>,
}

/// Something that stands in both reports.
#[derive(Clone, Debug, Serialize)]
pub struct Shared {
    /// What, as the first report writes it; of figures and dates the value.
    pub what: String,
    /// Its first places in the first report.
    pub a: Vec<Place>,
    /// Its first places in the second.
    pub b: Vec<Place>,
}

/// Whether two reports are one story. Scores are in ten-thousandths.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in stories::Why")]
pub struct Story {
    pub same: bool,
    pub reason: String,
    pub likeness: Likeness,
    pub quoted_runs: u32,
    pub days: Option<u32>,
    pub kept: u32,
    pub score: u32,
    pub compared: bool,
    pub crowding: [u32; 2],
    pub scaled: u64,
    pub average: u64,
    pub needed: u64,
    pub reports: [usize; 2],
    pub words: Vec<Weighed>,
}

/// How alike two reports are, in ten-thousandths; null where one of them has no such part.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Likeness {
    pub text: Option<u32>,
    pub names_and_numbers: Option<u32>,
    pub title_and_lead: Option<u32>,
    pub title: Option<u32>,
}

/// A word that both reports have.
#[derive(Clone, Debug, Serialize)]
pub struct Weighed {
    /// Its share of the likeness, in thousandths.
    pub share: u32,
    /// Where it stands.
    #[serde(flatten)]
    pub shared: Shared,
}

/// Whether one of two reports was made from the other. Shares are in thousandths.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in lineage::pile::Comparison")]
pub struct Copy {
    pub kind: Option<EdgeKind>,
    pub decided_by: Reason,
    pub reason: String,
    pub contained: [usize; 2],
    pub narrated: [usize; 2],
    pub longest: usize,
    pub beside: usize,
    pub facts: Option<usize>,
    pub numbers: Option<usize>,
    pub same_outlet: bool,
    pub within_a_week: bool,
    pub needed: Thresholds,
    pub passages: Vec<[Place; 2]>,
}

/// Why `a` and `b` are one story or copies, or are not, from what their pile says.
pub fn explain(a: &Annotated, b: &Annotated, (why, comparison): (&Why, &Comparison)) -> Explanation {
    Explanation {
        schema: "variorum.explanation/1",
        reports: [a.report.id.clone(), b.report.id.clone()],
        story: story(a, b, why),
        copy: copy(a, b, comparison),
        names: shared(a, b, names),
        figures: shared(a, b, figures),
        dates: shared(a, b, dates),
        quotations: quotations(a, b),
    }
}

fn story(a: &Annotated, b: &Annotated, why: &Why) -> Story {
    let (of_a, of_b) = (words(a), words(b));
    let weighed = |&(word, share): &(u32, u32)| {
        let places = |found: &Annotated, of: &BTreeMap<u32, Vec<Span>>| placed(found, of.get(&word)?);
        let (a, b) = (places(a, &of_a)?, places(b, &of_b)?);
        Some(Weighed { share, shared: Shared { what: a.first()?.text.clone(), a, b } })
    };
    let [text, names_and_numbers, title_and_lead, title] = why.fields;
    Story {
        same: why.is_one,
        reason: told(why),
        likeness: Likeness { text, names_and_numbers, title_and_lead, title },
        quoted_runs: why.quoted,
        days: why.days,
        kept: why.kept,
        score: why.score,
        compared: why.is_linked,
        crowding: why.density,
        scaled: why.scaled,
        average: why.average,
        needed: why.needed,
        reports: why.groups,
        words: why.words.iter().filter_map(weighed).collect(),
    }
}

/// What decided, in a sentence.
fn told(why: &Why) -> String {
    let (scaled, needed) = (points(why.scaled), points(why.needed));
    match (why.is_one, why.is_linked) {
        (true, _) if why.scaled >= why.needed => {
            format!(
                "their score against what is usual around them, {scaled}, reaches the {needed} that one story takes"
            )
        }
        (true, _) => format!(
            "their own score, {scaled}, is below {needed}; they are one story through the other reports of it ({} in all)",
            why.groups[0]
        ),
        (false, false) => format!(
            "they were not compared, being more than {} days apart or sharing too few telling words, or their score is below the {} from which it counts",
            stories::WINDOW,
            points(stories::LOOSE.into())
        ),
        (false, true) => format!(
            "the average score between their stories, {}, is below the {needed} that one story takes",
            points(why.average)
        ),
    }
}

/// Ten-thousandths as hundredths: 1290 as 12.90.
fn points(score: u64) -> String {
    format!("{}.{:02}", score / 100, score % 100)
}

fn copy(a: &Annotated, b: &Annotated, found: &Comparison) -> Copy {
    let (of_a, of_b) = (InText::new(a), InText::new(b));
    let passage = |&(ours, theirs): &(Span, Span)| [of_a.place(a, ours), of_b.place(b, theirs)];
    Copy {
        kind: found.kind,
        decided_by: found.reason,
        reason: found.told(),
        contained: found.contained,
        narrated: found.narrated,
        longest: found.longest,
        beside: found.beside,
        facts: found.facts,
        numbers: found.numbers,
        same_outlet: found.is_one_outlet,
        within_a_week: found.is_within_a_week,
        needed: Thresholds::default(),
        passages: found.passages.iter().map(passage).collect(),
    }
}

/// Sentences of a report by their places in its source.
struct InText {
    starts: BTreeMap<usize, usize>,
    ends: BTreeMap<usize, usize>,
}

impl InText {
    fn new(found: &Annotated) -> InText {
        let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
        for sentence in &found.sentences {
            let source = found.report.map.to_source(sentence.span);
            starts.insert(source.start(), sentence.span.start());
            ends.insert(source.end(), sentence.span.end());
        }
        InText { starts, ends }
    }

    /// The place of whole sentences, given in bytes of the source.
    fn place(&self, found: &Annotated, source: Span) -> Place {
        let ends = self.starts.get(&source.start()).zip(self.ends.get(&source.end()));
        let text = ends.filter(|(start, end)| start <= end).map(|(&start, &end)| Span::new(start, end));
        Place {
            report: found.report.id.clone(),
            start: source.start(),
            end: source.end(),
            text: text.map_or_else(String::new, |span| found.words(span).to_owned()),
        }
    }
}

/// The words of a report's own text and title, by number.
fn words(found: &Annotated) -> BTreeMap<u32, Vec<Span>> {
    let mut words: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    for block in found.report.blocks.iter().filter(|block| block.kind.is_evidence()) {
        for token in token::tokens(&found.report.text, block.span) {
            if token.kind != Kind::Mark {
                let places = words.entry(stories::word(token.of(&found.report.text))).or_default();
                if places.len() < PLACES {
                    places.push(token.span);
                }
            }
        }
    }
    words
}

/// The first of `spans` as places; `None` for none.
fn placed(found: &Annotated, spans: &[Span]) -> Option<Vec<Place>> {
    let places: Vec<Place> = spans.iter().take(PLACES).map(|&span| found.place(span)).collect();
    (!places.is_empty()).then_some(places)
}

/// Things by what makes them one, with a name to show and their places.
type Things = BTreeMap<String, (String, Vec<Span>)>;

fn shared(a: &Annotated, b: &Annotated, things: impl Fn(&Annotated) -> Things) -> Vec<Shared> {
    let theirs = things(b);
    let mut both: Vec<(usize, Shared)> = things(a)
        .into_iter()
        .filter_map(|(key, (what, ours))| {
            let (_, others) = theirs.get(&key)?;
            Some((ours.len().min(others.len()), Shared { what, a: placed(a, &ours)?, b: placed(b, others)? }))
        })
        .collect();
    both.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| x.1.what.cmp(&y.1.what)));
    both.into_iter().take(THINGS).map(|(_, shared)| shared).collect()
}

fn names(found: &Annotated) -> Things {
    let mut things = Things::new();
    for mention in found.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let written = found.words(mention.span);
        let thing = things
            .entry(token::fold(written).into_owned())
            .or_insert_with(|| (written.to_owned(), Vec::new()));
        thing.1.push(mention.span);
    }
    things
}

fn figures(found: &Annotated) -> Things {
    let mut things = Things::new();
    for figure in &found.figures {
        let value = match (figure.value, figure.low, figure.high) {
            (Some(value), ..) => value.to_string(),
            (None, Some(low), Some(high)) => format!("{low}–{high}"),
            (None, low, high) => low.or(high).map(|end| end.to_string()).unwrap_or_default(),
        };
        let key = if figure.unit == "count" { value } else { format!("{value} {}", figure.unit) };
        things.entry(key.clone()).or_insert_with(|| (key, Vec::new())).1.push(figure.span);
    }
    things
}

fn dates(found: &Annotated) -> Things {
    let mut things = Things::new();
    for date in &found.dates {
        if let Some(value) = &date.value {
            things.entry(value.clone()).or_insert_with(|| (value.clone(), Vec::new())).1.push(date.span);
        }
    }
    things
}

/// Runs of words of each content of each quotation.
fn runs(found: &Annotated, content: Span) -> Vec<String> {
    let text = &found.report.text;
    let words: Vec<String> = token::tokens(text, content)
        .into_iter()
        .filter(|token| token.kind != Kind::Mark)
        .map(|token| token::fold(token.of(text)).into_owned())
        .collect();
    words.windows(RUN).map(|run| run.join(" ")).collect()
}

fn quotations(a: &Annotated, b: &Annotated) -> Vec<Shared> {
    let contents = |found: &Annotated| -> Vec<Span> {
        found.quotations.iter().flat_map(|quotation| quotation.content.iter().copied()).collect()
    };
    let (ours, theirs) = (contents(a), contents(b));
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    for (at, &content) in theirs.iter().enumerate() {
        runs(b, content).into_iter().for_each(|run| {
            holders.entry(run).or_insert(at);
        });
    }
    let mut found = Vec::new();
    for content in ours {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        runs(a, content)
            .iter()
            .filter_map(|run| holders.get(run))
            .for_each(|&at| *votes.entry(at).or_default() += 1);
        let best = votes.into_iter().max_by_key(|&(at, votes)| (votes, std::cmp::Reverse(at)));
        if let Some((at, _)) = best {
            let (a, b) = (vec![a.place(content)], vec![b.place(theirs[at])]);
            found.push(Shared { what: a[0].text.clone(), a, b });
        }
    }
    found.truncate(THINGS);
    found
}
