//! Whether one of two reports was made from the other.
//!
//! In: two reports. Out: what they share, and the verdict with what decided it.
//! Method: alignment of sentences; *containment both ways* decides. Independent reports of one event share names, figures
//! and quotations, so beyond that only the narrator's words tell: a fifth of them, or one passage of some length. Two reports of
//! one outlet are copies only where most of one stands in the other, and not all of that in one piece that is set into both.
//! Where the sentences agree and their names and figures do not, both were written on one template.
//! Leaves: translations between languages.

use super::kind;
use super::record::{Record, Text};
use crate::edition::EdgeKind;
use crate::lineage::align::{self, Match};
use crate::lineage::copies::{self, Coverage};
use crate::span::Span;
use serde::Serialize;
use std::cmp::Reverse;

/// How much of one of two reports must stand in the other for it to be a copy whatever it quotes, in thousandths; and of
/// two reports of one outlet in any case. These were set on `copies-dev`; rerun `variorum eval copies`.
pub const MOST: usize = 500;
/// How much where an outlet prints it again more than [`WEEK`] minutes later: what is less is furniture and background.
pub const AGAIN: usize = 900;
const WEEK: i64 = 7 * 1440;
/// How much of two reports of one outlet must be shared beside the longest piece that is the same in both, in thousandths.
pub const BESIDE: usize = 200;
/// How long a passage must be to be copied, in words, and how many of them the narrator's.
const PASSAGE: (usize, usize) = (50, 25);
/// How many of the names and figures of aligned sentences stand in both, in thousandths, and how many there must be to tell.
pub const FACTS: usize = 400;
/// How many where both are of one outlet, which goes on with an affair in sentences of its own: a revision keeps the names and
/// figures of what it keeps. Set on the fourteen revisions of `corpus/copies`, of which none has fewer than 900.
pub const FACTS_AGAIN: usize = 850;
const ENOUGH: usize = 8;
/// How many numbers there must be to tell by them alone.
const NUMBERS: usize = 5;
/// Most passages that are given.
const PASSAGES: usize = 12;

/// What it takes, as explanations say it. Shares are in thousandths, lengths in words.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Thresholds {
    /// How much of one must stand in the other, whatever it quotes, and of two reports of one outlet in any case.
    pub contained: usize,
    /// How much of two reports of one outlet more than a week apart.
    pub contained_later: usize,
    /// How much of two reports of one outlet beside the longest piece.
    pub beside: usize,
    /// How long a passage must be, and how many of its words the narrator's.
    pub passage: [usize; 2],
    /// How many names and figures of aligned sentences must agree, and of two reports of one outlet.
    pub facts: [usize; 2],
    /// How many of the narrator's words must stand in the other nearly unchanged.
    pub narrated: usize,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            contained: MOST,
            contained_later: AGAIN,
            beside: BESIDE,
            passage: [PASSAGE.0, PASSAGE.1],
            facts: [FACTS, FACTS_AGAIN],
            narrated: 200,
        }
    }
}

/// What decided.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Half of one or more stands in the other.
    Contained,
    /// The narrator's words of a good part stand in the other.
    Narrated,
    /// One passage in a row.
    Passage,
    /// Too little is shared.
    Little,
    /// Of one outlet: most is shared, but long after, and not nearly all.
    Later,
    /// Of one outlet: what is shared is one piece set into both.
    Box,
    /// The sentences agree, their names and figures do not.
    Template,
}

/// What two reports share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What decided.
    pub reason: Reason,
    /// How one was made from the other; `None` where neither was.
    pub kind: Option<EdgeKind>,
    /// How much of the first stands in the second and of the second in the first, in thousandths of its words.
    pub contained: [usize; 2],
    /// The narrator's words in sentences that are nearly the same, of each in thousandths of all its narrator's words.
    pub narrated: [usize; 2],
    /// Words of the longest passage in a row.
    pub longest: usize,
    /// How much is shared beside the longest piece, in thousandths of the rest.
    pub beside: usize,
    /// How many of the names and figures of aligned sentences stand in both, in thousandths; `None` where there are too few.
    pub facts: Option<usize>,
    /// The same of the numbers alone.
    pub numbers: Option<usize>,
    /// Whether both are of one outlet.
    pub is_one_outlet: bool,
    /// Whether they are known to be published within a week.
    pub is_within_a_week: bool,
    /// The longest passages that stand in both, of each its place in either source, in the order of the first.
    pub passages: Vec<(Span, Span)>,
}

impl Comparison {
    /// What decided, in a sentence.
    pub fn told(&self) -> String {
        let most = percent(self.contained[0].max(self.contained[1]));
        match self.reason {
            Reason::Contained => format!("{most} of one stands in the other; {} is enough", percent(MOST)),
            Reason::Narrated => {
                "a good part of the narrator's own words in one stands in the other".to_owned()
            }
            Reason::Passage => format!(
                "a passage of {} words stands in both in a row; {} words are enough, {} of them the narrator's",
                self.longest, PASSAGE.0, PASSAGE.1
            ),
            Reason::Little => format!("too little is shared: {most} of one at most"),
            Reason::Later => format!(
                "both are of one outlet and more than a week apart; {most} of one stands in the other, {} would be enough",
                percent(AGAIN)
            ),
            Reason::Box => format!(
                "both are of one outlet; beside one piece that is set into both, {} is shared, and {} would be enough",
                percent(self.beside),
                percent(BESIDE)
            ),
            Reason::Template => match (self.facts, self.numbers) {
                (facts, Some(numbers)) if facts.is_none_or(|facts| numbers < facts) => {
                    format!("their sentences agree, but of the numbers in them only {} do", percent(numbers))
                }
                (facts, _) => format!(
                    "their sentences agree, but of the names and numbers in them only {} do",
                    percent(facts.unwrap_or_default())
                ),
            },
        }
    }
}

fn percent(thousandths: usize) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

/// What two reports share.
pub fn compare(a: &Record, b: &Record, of_a: &Text, of_b: &Text) -> Comparison {
    let there = align::align_with((&of_a.prose, &of_a.index), (&of_b.prose, &of_b.index));
    let back = copies::turned(&there);
    let coverage = [
        copies::coverage(&of_a.prose, &of_b.prose, &there),
        copies::coverage(&of_b.prose, &of_a.prose, &back),
    ];
    let contained = [
        share(&coverage[0], set_aside(of_a, of_b, &there)),
        share(&coverage[1], set_aside(of_b, of_a, &back)),
    ];
    let runs = runs(&there);
    let mut found = Comparison {
        reason: Reason::Little,
        kind: None,
        contained,
        narrated: [narrated(&coverage[0]), narrated(&coverage[1])],
        longest: runs.iter().map(|run| words(of_a, run)).max().unwrap_or_default(),
        beside: beside(of_a, of_b, &there, &runs),
        facts: facts(of_a, of_b, &there, ENOUGH, |_| true),
        numbers: facts(of_a, of_b, &there, NUMBERS, |is_number| is_number),
        is_one_outlet: a.outlet.is_some() && a.outlet == b.outlet,
        is_within_a_week: is_within_a_week(a, b),
        passages: passages(of_a, of_b, &runs),
    };
    found.reason = reason(&found, &coverage, has_passage(of_a, of_b, &runs), is_far(a, b));
    if matches!(found.reason, Reason::Contained | Reason::Narrated | Reason::Passage) {
        found.kind = Some(kind::kind(of_a, of_b, &there, &coverage, contained));
    }
    found
}

fn reason(found: &Comparison, coverage: &[Coverage; 2], has_passage: bool, is_far: bool) -> Reason {
    let most = found.contained[0].max(found.contained[1]);
    let is_narrated = coverage.iter().any(Coverage::is_copy);
    match () {
        _ if [found.facts, found.numbers].into_iter().flatten().any(|share| share < FACTS) => {
            Reason::Template
        }
        _ if found.is_one_outlet && most < MOST => Reason::Little,
        _ if found.is_one_outlet && most < AGAIN && found.facts.is_some_and(|facts| facts < FACTS_AGAIN) => {
            Reason::Template
        }
        _ if found.is_one_outlet && most < AGAIN && is_far => Reason::Later,
        _ if found.is_one_outlet && most < AGAIN && found.beside < BESIDE => Reason::Box,
        _ if most >= MOST => Reason::Contained,
        _ if is_narrated => Reason::Narrated,
        _ if has_passage => Reason::Passage,
        _ => Reason::Little,
    }
}

/// Whether two reports are known to be published within a week.
fn is_within_a_week(a: &Record, b: &Record) -> bool {
    apart(a, b).is_some_and(|minutes| minutes <= WEEK)
}

/// Whether they are known to be published more than a week apart.
fn is_far(a: &Record, b: &Record) -> bool {
    apart(a, b).is_some_and(|minutes| minutes > WEEK)
}

fn apart(a: &Record, b: &Record) -> Option<i64> {
    let (a, b) = (a.published?, b.published?);
    Some(a.0.max(b.0) - a.1.min(b.1))
}

fn share(of: &Coverage, aside: usize) -> usize {
    1000 * (of.shared + aside).min(of.words) / of.words.max(1)
}

fn narrated(of: &Coverage) -> usize {
    1000 * of.copied() / of.own.max(1)
}

/// Words of sentences that are not aligned, and stand in the other beside its running text.
fn set_aside(of: &Text, other: &Text, matches: &[Match]) -> usize {
    let mut aligned = matches.iter().map(|pair| pair.a).peekable();
    let mut words = 0;
    for (at, sentence) in of.prose.sentences.iter().enumerate() {
        if aligned.next_if_eq(&at).is_none() && other.aside.binary_search(&of.index.sum(at)).is_ok() {
            words += sentence.count();
        }
    }
    words
}

/// Matches that follow one another in both.
fn runs(matches: &[Match]) -> Vec<&[Match]> {
    matches.chunk_by(|x, y| x.a + 1 == y.a && x.b + 1 == y.b).collect()
}

fn words(of: &Text, run: &[Match]) -> usize {
    run.iter().map(|pair| of.prose.sentences[pair.a].count()).sum()
}

/// Whether two or more sentences in a row are nearly the same in both, and the narrator's for a good part.
fn has_passage(a: &Text, b: &Text, runs: &[&[Match]]) -> bool {
    let is_kept = |pair: &&Match| {
        let long = a.prose.sentences[pair.a].count().max(b.prose.sentences[pair.b].count());
        10 * pair.shared >= 8 * long
    };
    runs.iter().any(|run| {
        let kept: Vec<&Match> = run.iter().filter(is_kept).collect();
        let shared: usize = kept.iter().map(|pair| pair.shared).sum();
        let own: usize = kept.iter().map(|pair| pair.own).sum();
        kept.len() >= 2 && shared >= PASSAGE.0 && own >= PASSAGE.1
    })
}

/// How much of the report that stands in the other for the most part is shared beside the longest piece, in thousandths of
/// what it has beside it. A piece with which both begin is no box, and taken off nowhere.
fn beside(a: &Text, b: &Text, matches: &[Match], runs: &[&[Match]]) -> usize {
    let piece = runs.iter().filter(|run| run[0].a > 0 || run[0].b > 0).max_by_key(|run| words(a, run));
    let shared: usize = matches.iter().map(|pair| pair.shared).sum();
    let of_piece: usize = piece.into_iter().flat_map(|run| run.iter()).map(|pair| pair.shared).sum();
    let short = a.prose.count().min(b.prose.count());
    1000 * (shared - of_piece) / short.saturating_sub(of_piece).max(1)
}

/// How many of the names and numbers of aligned sentences stand in both, in thousandths of the side that has fewer; of those
/// that count, by whether they are numbers. `None` where there are not `enough`.
fn facts(
    a: &Text,
    b: &Text,
    matches: &[Match],
    enough: usize,
    counts: impl Fn(bool) -> bool,
) -> Option<usize> {
    let (mut of_a, mut of_b, mut both) = (0, 0, 0);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let tell = |facts: &[(u32, bool)], told: &mut Vec<u32>| {
        told.clear();
        told.extend(facts.iter().filter(|(_, is_number)| counts(*is_number)).map(|(fact, _)| *fact));
    };
    for pair in matches {
        tell(a.facts(pair.a), &mut left);
        tell(b.facts(pair.b), &mut right);
        both += align::in_common(&left, &right);
        of_a += left.len();
        of_b += right.len();
    }
    let fewer = of_a.min(of_b);
    (fewer >= enough).then(|| 1000 * both / fewer)
}

fn passages(a: &Text, b: &Text, runs: &[&[Match]]) -> Vec<(Span, Span)> {
    let cover = |run: &&[Match]| {
        let (first, last) = (run[0], run[run.len() - 1]);
        let place = |text: &Text, from: usize, to: usize| {
            text.prose.sentences[from].span.cover(text.prose.sentences[to].span)
        };
        (place(a, first.a, last.a), place(b, first.b, last.b))
    };
    let mut passages: Vec<(Span, Span)> = runs.iter().map(cover).collect();
    passages.sort_by_key(|(ours, _)| (Reverse(ours.len()), ours.start()));
    passages.truncate(PASSAGES);
    passages.sort_unstable();
    passages
}
