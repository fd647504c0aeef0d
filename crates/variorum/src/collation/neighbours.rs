//! Which neighbouring sentences are one utterance, and where reports part the same words at other places.
//!
//! In: the pieces of a story and which of them are one sentence. Out: neighbours joined ([`join`]); for two readings, whether
//! their reports part what stands around them at other places ([`Segments::differ`]).
//! Rules for neighbours that stand in the same quotations. They stay apart when
//! 1. one of them is altered and the other is not: what was changed stands alone;
//! 2. some report parts them, another does not, and only one of them is worded otherwise;
//! 3. some report parts them, another does not, and elsewhere in the same stretch it is the other way round: then no
//!    reading is whole beside another.
//!
//! Leaves: sentences that changed places.

use super::meeting::Joined;
use super::pieces::Piece;
use super::verdict::compare;
use super::words::{self, Words};
use crate::edition::Verdict;
use crate::model::{Annotated, Location};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A quotation: report and index in it.
type Place = (usize, usize);

/// A sentence with its readings: the group of pieces, and in which quotations it stands.
struct Sentence {
    root: usize,
    quotations: BTreeMap<Place, Vec<usize>>,
}

/// Joins neighbouring sentences that are one utterance.
pub fn join(witnesses: &[Annotated], pieces: &[Piece], joined: &mut Joined) {
    for run in runs(pieces, joined) {
        let strengths: Vec<Strength> =
            run.iter().map(|sentence| strength(witnesses, pieces, sentence)).collect();
        let breaks: Vec<Vec<bool>> = run.windows(2).map(|two| breaks(pieces, &two[0], &two[1])).collect();
        let is_crossed = cross(&breaks);
        for at in 0..breaks.len() {
            let (before, behind) = (strengths[at], strengths[at + 1]);
            let is_mixed = breaks[at].contains(&true) && breaks[at].contains(&false);
            let is_apart = (before == Strength::Altered) != (behind == Strength::Altered)
                || is_mixed && (is_crossed || before != behind);
            if !is_apart {
                joined.join(run[at].root, run[at + 1].root);
            }
        }
    }
}

/// Sentences that follow each other in the same quotations, as long as they do.
fn runs(pieces: &[Piece], joined: &mut Joined) -> Vec<Vec<Sentence>> {
    let mut quotations: BTreeMap<usize, BTreeMap<Place, Vec<usize>>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let of = quotations.entry(joined.root(at)).or_default();
        of.entry((piece.report, piece.quotation)).or_default().push(at);
    }
    let mut runs: Vec<Vec<Sentence>> = Vec::new();
    let mut last = None;
    for (at, piece) in pieces.iter().enumerate() {
        let root = joined.root(at);
        let place = (piece.report, piece.quotation);
        let before: Option<(Place, usize)> = last.replace((place, root));
        if before == Some((place, root)) {
            continue;
        }
        // Already told of in an earlier quotation.
        let Some(of) = quotations.remove(&root) else {
            last = None;
            continue;
        };
        let goes_on = before.is_some_and(|(quotation, _)| quotation == place)
            && runs
                .last()
                .and_then(|run| run.last())
                .is_some_and(|sentence| sentence.quotations.keys().eq(of.keys()));
        let sentence = Sentence { root, quotations: of };
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) => run.push(sentence),
            None => runs.push(vec![sentence]),
        }
    }
    runs
}

/// How much the words of a sentence differ between its readings.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Strength {
    Kept,
    Reworded,
    Altered,
}

fn strength(witnesses: &[Annotated], pieces: &[Piece], sentence: &Sentence) -> Strength {
    let read = |(&(report, _), own): (&Place, &Vec<usize>)| {
        let text = witnesses[report].report.text.as_str();
        let spans: Vec<Span> = own.iter().map(|&at| pieces[at].span).collect();
        (text, words::read(text, &spans))
    };
    let readings: Vec<(&str, Words)> = sentence.quotations.iter().map(read).collect();
    let Some(base) = readings.iter().rev().max_by_key(|(_, words)| words.words.len()) else {
        return Strength::Kept;
    };
    let verdict = |(text, words): &(&str, Words)| {
        compare((base.0, &base.1), (text, words)).verdict.unwrap_or(Verdict::Reworded)
    };
    match readings.iter().map(verdict).max() {
        Some(Verdict::Altered) => Strength::Altered,
        Some(Verdict::Reworded) => Strength::Reworded,
        _ => Strength::Kept,
    }
}

/// For each quotation, whether a part ends between two sentences.
fn breaks(pieces: &[Piece], before: &Sentence, behind: &Sentence) -> Vec<bool> {
    let parts = before.quotations.values().zip(behind.quotations.values());
    parts
        .map(|(before, behind)| match (before.last(), behind.first()) {
            (Some(&last), Some(&first)) => pieces[last].part != pieces[first].part,
            _ => false,
        })
        .collect()
}

/// Whether some quotation is parted where another is not, and the other way round elsewhere.
fn cross(breaks: &[Vec<bool>]) -> bool {
    let count = breaks.first().map_or(0, Vec::len);
    let has_own = |a: usize, b: usize| breaks.iter().any(|at| at[a] && !at[b]);
    let patterns: BTreeMap<Vec<bool>, usize> =
        (0..count).map(|at| (breaks.iter().map(|of| of[at]).collect(), at)).collect();
    let different: Vec<usize> = patterns.into_values().take(MAX_PATTERNS).collect();
    different.iter().any(|&a| different.iter().any(|&b| has_own(a, b) && has_own(b, a)))
}

/// How many ways to part a stretch are held against each other.
const MAX_PATTERNS: usize = 64;

/// A stretch of words that no cue interrupts: report, quotation, part.
type Stretch = (usize, usize, usize);

/// Which sentences stand in which stretch.
pub struct Segments {
    inside: BTreeMap<Stretch, BTreeSet<usize>>,
    /// By sentence and report.
    places: BTreeMap<(usize, usize), BTreeSet<Stretch>>,
}

impl Segments {
    /// Of the body's quotations, nested ones and headlines left out: those cut as they like.
    pub fn of(witnesses: &[Annotated], pieces: &[Piece], joined: &mut Joined) -> Segments {
        let mut segments = Segments { inside: BTreeMap::new(), places: BTreeMap::new() };
        for (at, piece) in pieces.iter().enumerate() {
            if witnesses[piece.report].quotations[piece.quotation].place == Location::Body {
                let stretch = (piece.report, piece.quotation, piece.part);
                let sentence = joined.root(at);
                segments.inside.entry(stretch).or_default().insert(sentence);
                segments.places.entry((sentence, piece.report)).or_default().insert(stretch);
            }
        }
        segments
    }

    /// Whether a sentence that stands in one breath with the one reading stands apart from the other, in another part or
    /// quotation of its report.
    pub fn differ(&self, one: &[Stretch], other: &[Stretch]) -> bool {
        self.has_more(one, other) || self.has_more(other, one)
    }

    fn has_more(&self, one: &[Stretch], other: &[Stretch]) -> bool {
        let (Some(first), Some(report)) = (one.first(), other.first().map(|stretch| stretch.0)) else {
            return false;
        };
        let are_told = |stretches: &[Stretch]| stretches.iter().all(|at| self.inside.contains_key(at));
        let sentences = one.iter().filter_map(|stretch| self.inside.get(stretch)).flatten();
        first.0 != report
            && are_told(one)
            && are_told(other)
            && sentences
                .filter_map(|&sentence| self.places.get(&(sentence, report)))
                .any(|places| places.iter().all(|place| !other.contains(place)))
    }
}
