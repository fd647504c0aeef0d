//! What it takes to make one report out of another.
//!
//! In: two reports, aligned. Out: a description length in thousandths of a word (Rissanen 1978): words not found in the
//! other are written out, cuts and moves cost a little each. So a cut is cheaper than the addition that would undo it,
//! and the cheaper direction is the likelier one.
//! Three things are known beyond that. A stock paragraph, without a name, a figure or a word of the rest of its report, is
//! rather put in than cut out. A few words set before or behind a whole title are rather put there than taken off. Where
//! nearly every sentence is reworded, `round_trip` tells which of the two reads like a translation.
//! Leaves: a tail cut by the one and written by the other, a paragraph moved: nothing in the two texts tells them apart.

use super::align::{self, Match};
use super::copies::{self, Prose};
use super::round_trip;
use crate::lexicon;
use crate::model::Annotated;
use crate::token::{self, Kind};
use crate::vocabulary::FUNCTION;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a word costs that has to be written new. All costs are in thousandths of a word.
/// This and the costs below were set on the development trees; rerun `variorum eval collation`.
const WORD: u64 = 1000;
/// What a word costs that is left out of a sentence that stays.
const LOST: u64 = 300;
/// What it costs to leave out a run of sentences, and each of its words.
const CUT: (u64, u64) = (3000, 10);
/// What it costs to put a run of sentences in, and each of its words; less for those of stock paragraphs.
const ADDED: (u64, u64) = (3000, 1500);
const STOCK: u64 = 50;
/// What it costs to leave out a run of nothing but stock paragraphs.
const KEPT: u64 = 6000;
/// What it costs to move a passage.
const MOVED: u64 = 3000;
/// What another title costs, and each word of it that is new or lost; at most eight times the first.
const TITLE: (u64, u64, u64) = (1500, 500, 200);
/// What it costs to take a label off a title: so many words at most that a mark parts from the whole of the other.
const LABEL: (u64, usize) = (4500, 3);
/// What a line of furniture costs that comes, and one that goes: pages that take a text over put theirs around it.
const FURNITURE: (u64, u64) = (700, 1500);
/// What it costs to read less like a translation of the other text than is usual, for each unit of `round_trip`; and what is
/// usual. A translation made from a translation reads no more like one.
const RESTORED: u64 = 20;
const USUAL: i64 = 1000;
/// Of the words that tell in a stock paragraph at most one in so many stands elsewhere in the report.
const FOREIGN: usize = 5;

/// A report as it is weighed against others of its story.
pub struct Version<'a> {
    /// What is compared.
    pub prose: Prose,
    text: &'a str,
    /// For each sentence of the prose whether it is of a stock paragraph.
    stock: Vec<bool>,
    /// Its words and marks, folded.
    title: Option<Vec<String>>,
}

/// The reports of a story. A paragraph that is told in one of them counts in all, whatever it was taken for.
pub fn versions(witnesses: &[Annotated]) -> Vec<Version<'_>> {
    let told: BTreeSet<u64> = witnesses.iter().flat_map(copies::paragraphs).collect();
    witnesses.iter().map(|witness| version(witness, &told)).collect()
}

fn version<'a>(witness: &'a Annotated, told: &BTreeSet<u64>) -> Version<'a> {
    let prose = copies::prose_with(witness, told);
    let text = witness.report.text.as_str();
    let title = witness.report.title.as_deref().map(|title| {
        let whole = crate::span::Span::new(0, title.len());
        token::tokens(title, whole)
            .into_iter()
            .map(|token| token::fold(token.of(title)).into_owned())
            .collect()
    });
    Version { stock: stock(witness, &prose), prose, text, title }
}

static DAYS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    lexicon::rows(include_str!("../../lang/en/weekdays.txt")).filter_map(|row| row.first().copied()).collect()
});

/// For each sentence whether its paragraph names nobody, has no figure and next to no word of the rest of the report.
fn stock(witness: &Annotated, prose: &Prose) -> Vec<bool> {
    let text = witness.report.text.as_str();
    let block = |at: usize| {
        witness.report.blocks.partition_point(|b| b.span.end() <= prose.sentences[at].span.start())
    };
    let blocks: Vec<usize> = (0..prose.sentences.len()).map(block).collect();
    let said: Vec<Said> = prose.sentences.iter().map(|sentence| Said::of(text, sentence.span)).collect();
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, said) in said.iter().enumerate() {
        for word in &said.telling {
            holders.entry(word).or_default().insert(blocks[at]);
        }
    }
    let mut names: BTreeSet<usize> = BTreeSet::new();
    let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (at, said) in said.iter().enumerate() {
        names.extend(said.names.then_some(blocks[at]));
        let known = said.telling.iter().filter(|word| holders[word.as_str()].len() > 1).count();
        let count = counts.entry(blocks[at]).or_default();
        *count = (count.0 + known, count.1 + said.telling.len());
    }
    let is_stock = |block: &usize| !names.contains(block) && FOREIGN * counts[block].0 <= counts[block].1;
    blocks.iter().map(is_stock).collect()
}

/// What of a sentence tells something.
struct Said {
    /// Whether it has a figure, or a name that is not a day's.
    names: bool,
    /// Its words that are not of every text.
    telling: Vec<String>,
}

impl Said {
    fn of(text: &str, span: crate::span::Span) -> Said {
        let (mut names, mut telling) = (false, Vec::new());
        for (at, token) in token::tokens(text, span).into_iter().enumerate() {
            let word = token::fold(token.of(text)).into_owned();
            let is_name = at > 0 && token.is_capitalised() && !DAYS.contains(word.as_str());
            names |= token.kind == Kind::Number || is_name;
            if token.kind == Kind::Word && !FUNCTION.contains(&word) {
                telling.push(word);
            }
        }
        Said { names, telling }
    }
}

/// What it takes to make `child` (the `a` of the matches) out of `parent`, in thousandths of a word.
pub fn cost(child: &Version, parent: &Version, matches: &[Match]) -> u64 {
    let mut cost = kept(&child.prose, &parent.prose, matches)
        + added(child, matches.iter().map(|pair| pair.a))
        + cut(parent, matches.iter().map(|pair| pair.b));
    if let (Some(a), Some(b)) = (&child.title, &parent.title) {
        cost += title(a, b);
    }
    if copies::coverage(&child.prose, &parent.prose, matches).is_rewritten() {
        cost += RESTORED * (USUAL - reads_like_translation(child, parent, matches)).max(0).unsigned_abs();
    }
    let (ours, theirs) = (&child.prose.furniture, &parent.prose.furniture);
    cost + FURNITURE.0 * ours.difference(theirs).count() as u64
        + FURNITURE.1 * theirs.difference(ours).count() as u64
}

/// How much rather the child reads like a translation of the parent than the other way round.
pub fn reads_like_translation(child: &Version, parent: &Version, matches: &[Match]) -> i64 {
    let (ours, theirs) = ((child.text, &child.prose), (parent.text, &parent.prose));
    round_trip::score(&round_trip::of_texts(ours, theirs, matches))
}

/// Sentences that stay: their words new and lost, and passages moved.
fn kept(child: &Prose, parent: &Prose, matches: &[Match]) -> u64 {
    let mut cost = 0;
    for (at, pair) in matches.iter().enumerate() {
        cost += WORD * (child.sentences[pair.a].count() - pair.shared) as u64;
        cost += LOST * (parent.sentences[pair.b].count() - pair.shared) as u64;
        cost += if at > 0 && pair.b < matches[at - 1].b { MOVED } else { 0 };
    }
    cost
}

/// Runs of sentences that stand in the child alone.
fn added(child: &Version, aligned: impl Iterator<Item = usize>) -> u64 {
    let words = |at: usize| child.prose.sentences[at].count() as u64;
    let each = |at: usize| words(at) * if child.stock[at] { STOCK } else { ADDED.1 };
    runs(child, aligned).map(|run| ADDED.0 + run.map(each).sum::<u64>()).sum()
}

/// Runs of sentences that stand in the parent alone.
fn cut(parent: &Version, aligned: impl Iterator<Item = usize>) -> u64 {
    let each = |at: usize| CUT.1 * parent.prose.sentences[at].count() as u64;
    let run = |run: std::ops::Range<usize>| {
        let is_stock = run.clone().all(|at| parent.stock[at]);
        CUT.0 + if is_stock { KEPT } else { 0 } + run.map(each).sum::<u64>()
    };
    runs(parent, aligned).map(run).sum()
}

/// The runs of sentences that are not aligned.
fn runs(of: &Version, aligned: impl Iterator<Item = usize>) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut aligned: Vec<usize> = aligned.collect();
    aligned.sort_unstable();
    aligned.push(of.prose.sentences.len());
    let mut next = 0;
    aligned.into_iter().filter_map(move |at| {
        let run = next..at;
        next = at + 1;
        (!run.is_empty()).then_some(run)
    })
}

fn title(child: &[String], parent: &[String]) -> u64 {
    if child == parent {
        return 0;
    }
    if is_labelled(child, parent) {
        return TITLE.0;
    }
    let numbers =
        |title: &[String]| -> Vec<u32> { title.iter().map(|word| crate::words::number(word)).collect() };
    let shared = align::common(&numbers(child), &numbers(parent)).len();
    let words = TITLE.0 + TITLE.1 * (child.len() - shared) as u64 + TITLE.2 * (parent.len() - shared) as u64;
    words.min(8 * TITLE.0) + if is_labelled(parent, child) { LABEL.0 } else { 0 }
}

/// Whether `title` is the whole of `bare` with a label before or behind it ("Update: ...", "..., reports say").
fn is_labelled(title: &[String], bare: &[String]) -> bool {
    let is_mark = |word: Option<&String>| word.is_some_and(|word| token::kind(word) == Kind::Mark);
    let is_short = |label: &[String]| (1..=LABEL.1).contains(&(label.len() - 1));
    !bare.is_empty()
        && title.len() > bare.len() + 1
        && (title.strip_suffix(bare).is_some_and(|label| is_short(label) && is_mark(label.last()))
            || title.strip_prefix(bare).is_some_and(|label| is_short(label) && is_mark(label.first())))
}

/// What it takes to write `report` without another, in thousandths of a word.
pub fn whole(report: &Version) -> u64 {
    WORD * report.prose.count() as u64 + 4 * TITLE.0
}

#[cfg(test)]
mod tests {
    use super::copies::tests::ORIGINAL;
    use super::*;
    use crate::model::Received;

    /// Holds that the second text was made from the first rather than the first from the second.
    fn check(original: (&str, &str), copy: (&str, &str)) {
        let read = |(title, text): (&str, &str)| {
            let title = Some(title.to_owned());
            crate::annotate(&Received { bytes: text.into(), title, ..Received::default() })
        };
        let pile = [read(original), read(copy)];
        let versions = versions(&pile);
        let matches = align::align(&versions[1].prose, &versions[0].prose);
        let there = cost(&versions[1], &versions[0], &matches);
        let back = cost(&versions[0], &versions[1], &copies::turned(&matches));
        assert!(there < back, "{copy:?}: {there} and {back}");
    }

    #[test]
    fn the_cheaper_direction_is_the_likelier() {
        let cut = ORIGINAL.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n");
        check(("Mill burned down", ORIGINAL), ("Mill burned down", &cut));
        let added =
            format!("{ORIGINAL}\n\nMore is expected to become known soon. Please come back for updates.");
        check(("Mill burned down", ORIGINAL), ("Mill burned down", &added));
        check(("Mill burned down", ORIGINAL), ("Watch: Mill burned down", ORIGINAL));
        check(("Mill burned down", ORIGINAL), ("Mill burned down, neighbours say", ORIGINAL));
    }
}
