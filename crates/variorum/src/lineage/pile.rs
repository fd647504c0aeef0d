//! Which reports of a whole pile are copies of one another.
//!
//! In: the prose of all reports. Out: pairs that share text, each with how much of either stands in the other, and a kind.
//! Method: texts that are the same word by word are one text; of the others, runs of five words that stand in 2 to
//! `COMMON` of them name the candidates, of which every `SAMPLED`th run (by its hash) is looked at. Alignment decides:
//! containment both ways. Two reports of one outlet are copies only where most of one stands in the other: what else they
//! share is the outlet's furniture, and it is passed over.
//! Leaves: copies of which less than some fifty words in a row are left unchanged; translations.

use super::copies::{self, Coverage, Match, Prose};
use crate::edition::EdgeKind;
use crate::model::Annotated;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Words in a run, as in the measured pairs of `copies-dev`.
const RUN: usize = 5;
/// Of so many runs one is looked at.
const SAMPLED: u64 = 4;
/// A run in more texts than this tells nothing.
const COMMON: usize = 200;
/// How many runs looked at two texts must share to be compared.
const SHARED: usize = 3;
/// Most texts that one is compared with, those it shares most with; and most texts of the same words that are paired.
const COMPARED: usize = 200;
/// How much of one of two reports must stand in the other for it to be a copy whatever it quotes, in thousandths; and of
/// two reports of one outlet in any case.
const MOST: usize = 500;
/// How much where an outlet prints it again more than [`WEEK`] minutes later: what is less is furniture and background.
const AGAIN: usize = 900;
const WEEK: i64 = 7 * 1440;
/// How much of both makes them the same, in thousandths; and where what one has more are lines of at most [`LINE`] words.
const SAME: usize = 930;
const FRAMED: usize = 800;
const LINE: usize = 12;

/// Two reports of which one was made from the other, or both from a third.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Index of the first report, the smaller one.
    pub a: usize,
    /// Index of the second.
    pub b: usize,
    /// How one was made from the other.
    pub kind: EdgeKind,
    /// How much of `a` stands in `b`, and of `b` in `a`, in thousandths of its words.
    pub contained: [usize; 2],
    /// Whether both are of one outlet: a revision rather than a copy.
    pub is_revision: bool,
}

/// The copies of a pile, ascending.
pub fn find(pile: &[Annotated]) -> Vec<Copy> {
    let prose: Vec<Prose> = pile.iter().map(copies::prose).collect();
    let same = same(&prose);
    let distinct: Vec<usize> = same.iter().map(|group| group[0]).collect();
    let mut found: Vec<Copy> =
        candidates(&prose, &distinct).into_iter().filter_map(|(a, b)| compare(pile, &prose, a, b)).collect();
    for group in &same {
        for &other in group[1..].iter().take(COMPARED) {
            found.extend(compare(pile, &prose, group[0], other));
        }
    }
    found.sort_by_key(|copy| (copy.a, copy.b));
    found
}

/// Reports by their words: those of the same words together, those without words left out.
fn same(prose: &[Prose]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
    for (at, report) in prose.iter().enumerate() {
        let words: Vec<u64> = words(report).collect();
        if words.len() >= RUN {
            let sum = words.iter().fold(words.len() as u64, |sum, word| mixed(sum, *word));
            groups.entry(vec![sum, words[0], words[words.len() - 1]]).or_default().push(at);
        }
    }
    groups.into_values().collect()
}

fn words(report: &Prose) -> impl Iterator<Item = u64> {
    report.sentences.iter().flat_map(|sentence| sentence.words.iter().copied())
}

fn mixed(sum: u64, word: u64) -> u64 {
    (sum.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The runs of a report that are looked at.
fn runs(report: &Prose) -> BTreeSet<u64> {
    let words: Vec<u64> = words(report).collect();
    let run = |run: &[u64]| run.iter().fold(0, |sum, word| mixed(sum, *word));
    words.windows(RUN).map(run).filter(|run| (run >> 32) % SAMPLED == 0).collect()
}

/// Pairs of the texts in `distinct` that share runs, the smaller index first.
fn candidates(prose: &[Prose], distinct: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut places: Vec<(u64, usize)> = Vec::new();
    for &at in distinct {
        places.extend(runs(&prose[at]).into_iter().map(|run| (run, at)));
    }
    places.sort_unstable();
    let mut shared: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for holders in places.chunk_by(|x, y| x.0 == y.0).filter(|holders| (2..=COMMON).contains(&holders.len()))
    {
        for (at, &(_, a)) in holders.iter().enumerate() {
            shared.entry(a).or_default().extend(holders[at + 1..].iter().map(|&(_, b)| b));
        }
    }
    let mut pairs = BTreeSet::new();
    for (a, mut others) in shared {
        others.sort_unstable();
        let mut counted: Vec<(Reverse<usize>, usize)> = others
            .chunk_by(|x, y| x == y)
            .filter(|same| same.len() >= SHARED)
            .map(|same| (Reverse(same.len()), same[0]))
            .collect();
        counted.sort_unstable();
        pairs.extend(counted.into_iter().take(COMPARED).map(|(_, b)| (a.min(b), a.max(b))));
    }
    pairs
}

/// What two reports share, if one was made from the other.
fn compare(pile: &[Annotated], prose: &[Prose], a: usize, b: usize) -> Option<Copy> {
    let (a, b) = (a.min(b), a.max(b));
    let there = copies::align(&prose[a], &prose[b]);
    let back = copies::turned(&there);
    let of_a = copies::coverage(&prose[a], &prose[b], &there);
    let of_b = copies::coverage(&prose[b], &prose[a], &back);
    let contained = [share(&of_a), share(&of_b)];
    let is_revision = pile[a].report.outlet.is_some() && pile[a].report.outlet == pile[b].report.outlet;
    let most = contained.into_iter().max().unwrap_or_default();
    let is_copy = most >= MOST || !is_revision && (of_a.is_copy() || of_b.is_copy());
    let is_again = is_revision && !is_within_a_week(&pile[a], &pile[b]);
    (is_copy && (!is_again || most >= AGAIN)).then(|| Copy {
        a,
        b,
        kind: kind(&prose[a], &prose[b], &there, &of_a, &of_b),
        contained,
        is_revision,
    })
}

/// Whether two reports are known to be published within a week.
fn is_within_a_week(a: &Annotated, b: &Annotated) -> bool {
    match (super::published(a), super::published(b)) {
        (Some(a), Some(b)) => a.0.max(b.0) - a.1.min(b.1) <= WEEK,
        _ => false,
    }
}

fn share(of: &Coverage) -> usize {
    1000 * of.shared / of.words.max(1)
}

/// How one of two texts was made from the other.
fn kind(a: &Prose, b: &Prose, matches: &[Match], of_a: &Coverage, of_b: &Coverage) -> EdgeKind {
    let (least, most) = (share(of_a).min(share(of_b)), share(of_a).max(share(of_b)));
    let aligned = of_a.aligned.max(of_b.aligned).max(1);
    let is_changed = 100 * (aligned - of_a.shared.min(aligned)) >= 2 * aligned;
    let kept = |pair: &&Match| {
        let long = a.sentences[pair.a].words.len().max(b.sentences[pair.b].words.len());
        20 * pair.shared >= 19 * long
    };
    let is_framed =
        || is_lines(a, matches.iter().map(|pair| pair.a)) && is_lines(b, matches.iter().map(|pair| pair.b));
    let is_spliced = || {
        is_spliced(a, matches.iter().filter(kept).map(|pair| pair.a))
            || is_spliced(b, matches.iter().filter(kept).map(|pair| pair.b))
    };
    match () {
        _ if least < FRAMED && most < SAME && is_spliced() => EdgeKind::Merged,
        _ if is_changed && copies::is_translated(a, b, matches) => EdgeKind::Translated,
        _ if is_changed => EdgeKind::Revised,
        _ if least >= SAME || least >= FRAMED && is_framed() => EdgeKind::Verbatim,
        _ if most >= SAME => EdgeKind::Trimmed,
        _ => EdgeKind::Revised,
    }
}

/// Whether the sentences of a text that do not stand in the other are short lines.
fn is_lines(of: &Prose, aligned: impl Iterator<Item = usize>) -> bool {
    let aligned: BTreeSet<usize> = aligned.collect();
    let own: Vec<usize> = (0..of.sentences.len())
        .filter(|at| !aligned.contains(at))
        .map(|at| of.sentences[at].words.len())
        .collect();
    own.iter().sum::<usize>() <= LINE * own.len()
}

/// Whether a text is in one stretch the words of the other, and in one or two its own; sentences of few words are passed over.
fn is_spliced(of: &Prose, kept: impl Iterator<Item = usize>) -> bool {
    let kept: BTreeSet<usize> = kept.collect();
    let told: Vec<bool> = (0..of.sentences.len())
        .filter(|&at| of.sentences[at].words.len() >= RUN)
        .map(|at| kept.contains(&at))
        .collect();
    let (first, last) = (told.iter().position(|&is_kept| is_kept), told.iter().rposition(|&is_kept| is_kept));
    let (Some(first), Some(last)) = (first, last) else { return false };
    let stretch = last + 1 - first;
    let is_whole = 10 * told.iter().filter(|&&is_kept| is_kept).count() >= 8 * stretch;
    is_whole && stretch >= 3 && 10 * (told.len() - stretch) >= 3 * told.len()
}
