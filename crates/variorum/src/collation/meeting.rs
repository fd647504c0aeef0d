//! Which sentences of quotations are the same words.
//!
//! In: the pieces of a story. Out: their groups, each the readings of one sentence ([`Joined`]).
//! Method: sentences that share enough meet where speakers and channels allow it ([`may_be_one`]); from there to the
//! sentences beside them ([`follow`]); and where nearly all that two reports share is worded otherwise, to sentences of the
//! same person that share less ([`meet_across_wordings`]).
//! Leaves: a sentence of a translated report that has nothing near it to hold on to.

use super::pairs::{self, Passage};
use super::pieces::{Piece, Voice};
use super::verdict::{Comparison, compare};
use crate::edition::Verdict;
use crate::model::{Annotated, Location};
use std::collections::{BTreeMap, BTreeSet};

/// Two pieces by index, with what they share.
pub type Pair = (usize, usize, Comparison);

/// All pairs of pieces that share a key and may be readings of one utterance.
pub fn candidates(witnesses: &[Annotated], pieces: &[Piece]) -> Vec<Pair> {
    pairs::compared(&passages(witnesses, pieces), |a, b| may_meet(&pieces[a], &pieces[b]))
}

fn passages<'a>(witnesses: &'a [Annotated], pieces: &'a [Piece]) -> Vec<Passage<'a>> {
    let passage =
        |piece: &'a Piece| Passage { text: &witnesses[piece.report].report.text, words: &piece.words };
    pieces.iter().map(passage).collect()
}

/// The sentences that are one, by index.
pub fn meet(witnesses: &[Annotated], pieces: &[Piece], candidates: &[Pair]) -> Joined {
    let mut joined = Joined::new(pieces.len());
    let close: Vec<&Pair> = candidates
        .iter()
        .filter(|(a, b, held)| {
            held.verdict.is_some() && may_be_one(witnesses, &pieces[*a], &pieces[*b], held)
        })
        .collect();
    let mut links = own_words_first(witnesses, pieces, &close);
    links.iter().for_each(|&(a, b)| joined.join(a, b));
    let reworded = reworded_between(pieces, &close);
    links.extend(meet_across_wordings(pieces, candidates, &reworded, &mut joined));
    follow(pieces, &passages(witnesses, pieces), links, &mut joined);
    joined
}

/// The pairs of `close` without those of a nested quotation and a sentence around it, where the nested words themselves
/// meet those nested in that sentence.
fn own_words_first(witnesses: &[Annotated], pieces: &[Piece], close: &[&Pair]) -> Vec<(usize, usize)> {
    let met: BTreeSet<(usize, usize)> = close.iter().flat_map(|(a, b, _)| [(*a, *b), (*b, *a)]).collect();
    let parent = |piece: &Piece| witnesses[piece.report].quotations[piece.quotation].parent;
    let mut inside: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        if let Some(around) = parent(piece) {
            inside.entry((piece.report, around.start())).or_default().push(at);
        }
    }
    let holds_them = |nested: usize, around: usize| {
        let start = witnesses[pieces[around].report].quotations[pieces[around].quotation].span.start();
        let within = inside.get(&(pieces[around].report, start)).into_iter().flatten();
        parent(&pieces[nested]).is_some()
            && within
                .filter(|&&own| pieces[own].span.overlap(pieces[around].span) > 0)
                .any(|&own| met.contains(&(nested, own)))
    };
    let pairs = close.iter().map(|(a, b, _)| (*a, *b));
    pairs.filter(|&(a, b)| !holds_them(a, b) && !holds_them(b, a)).collect()
}

/// How many sentences two reports have to share before they show that one words them otherwise.
const ENOUGH_SHARED: usize = 2;

/// The pairs of reports in which at least two of three sentences that met are worded otherwise: one is a translation.
fn reworded_between(pieces: &[Piece], close: &[&Pair]) -> BTreeSet<(usize, usize)> {
    let mut counts: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    for (a, b, held) in close {
        let (one, other) = (pieces[*a].report, pieces[*b].report);
        let count = counts.entry((one.min(other), one.max(other))).or_default();
        count.0 += 1;
        count.1 += usize::from(held.verdict >= Some(Verdict::Reworded));
    }
    let is_reworded = |count: &(usize, usize)| count.0 >= ENOUGH_SHARED && count.1 * 3 >= count.0 * 2;
    counts.into_iter().filter(|(_, count)| is_reworded(count)).map(|(reports, _)| reports).collect()
}

/// How much of the shorter sentence has to be shared, in percent, between reports that word everything otherwise.
const ACROSS_PERCENT: usize = 60;

/// Joins sentences of `reworded` reports that have no counterpart in the other yet, the closest first.
fn meet_across_wordings(
    pieces: &[Piece],
    candidates: &[Pair],
    reworded: &BTreeSet<(usize, usize)>,
    joined: &mut Joined,
) -> Vec<(usize, usize)> {
    let mut near: Vec<&Pair> =
        candidates.iter().filter(|pair| may_be_reworded(pieces, pair, reworded)).collect();
    near.sort_by_key(|(a, b, held)| (usize::MAX - held.shared.percent, *a, *b));
    let mut met = counterparts(pieces, joined);
    let mut links = Vec::new();
    for &&(a, b, _) in &near {
        let (to_b, to_a) = ((a, pieces[b].report), (b, pieces[a].report));
        if !met.contains(&to_b) || !met.contains(&to_a) {
            met.extend([to_b, to_a]);
            joined.join(a, b);
            links.push((a, b));
        }
    }
    links
}

/// Each piece with each other report that has a reading of it.
fn counterparts(pieces: &[Piece], joined: &mut Joined) -> BTreeSet<(usize, usize)> {
    let groups = joined.groups();
    let reports = |group: &Vec<usize>| group.iter().map(|&at| pieces[at].report).collect::<BTreeSet<usize>>();
    let of_group = |group: Vec<usize>| {
        let all = reports(&group);
        group.into_iter().flat_map(move |at| all.clone().into_iter().map(move |report| (at, report)))
    };
    let all = groups.into_iter().flat_map(of_group);
    all.filter(|&(at, report)| pieces[at].report != report).collect()
}

fn may_be_reworded(pieces: &[Piece], (a, b, held): &Pair, reworded: &BTreeSet<(usize, usize)>) -> bool {
    let (one, other) = (&pieces[*a], &pieces[*b]);
    let reports = (one.report.min(other.report), one.report.max(other.report));
    let shared = held.shared;
    let is_same_voice = one.voice == other.voice && one.voice != Voice::Unknown;
    let is_named = matches!(one.voice, Voice::Named(_));
    let is_near =
        shared.percent >= ACROSS_PERCENT && shared.words >= 4 && shared.run >= 3 && shared.exact >= 1;
    reworded.contains(&reports) && is_same_voice && is_near && (is_named || shared.content >= 2)
}

/// How much of the shorter sentence has to be shared, in percent, where the sentences beside it are one utterance.
const BESIDE_PERCENT: usize = 40;

/// From sentences that are one to those before and behind them, which need to share less when the same person says both.
fn follow(
    pieces: &[Piece],
    passages: &[pairs::Passage],
    mut links: Vec<(usize, usize)>,
    joined: &mut Joined,
) {
    let of_one = |a: usize, b: usize| {
        pieces[a].report == pieces[b].report && pieces[a].quotation == pieces[b].quotation
    };
    while let Some((a, b)) = links.pop() {
        let before = (a.wrapping_sub(1), b.wrapping_sub(1));
        for (next_a, next_b) in [before, (a + 1, b + 1)] {
            let are_there = next_a < pieces.len() && next_b < pieces.len();
            if !are_there
                || !of_one(a, next_a)
                || !of_one(b, next_b)
                || joined.root(next_a) == joined.root(next_b)
            {
                continue;
            }
            let (first, second) = (passages[next_a], passages[next_b]);
            let shared = compare((first.text, first.words), (second.text, second.words)).shared;
            if pieces[a].voice == pieces[b].voice && shared.percent >= BESIDE_PERCENT && shared.words >= 3 {
                joined.join(next_a, next_b);
                links.push((next_a, next_b));
            }
        }
    }
}

/// Whether two pieces can be readings of one utterance at all: not parts of one quotation, nor one inside the other.
fn may_meet(a: &Piece, b: &Piece) -> bool {
    let apart = a.report != b.report || a.quotation != b.quotation && a.span.overlap(b.span) == 0;
    apart && !a.is_nested_words && !b.is_nested_words
}

/// Whether pieces that share words are one utterance, given who says them and how they came.
///
/// The less is known of the speakers, the more of the words has to be the same.
fn may_be_one(witnesses: &[Annotated], a: &Piece, b: &Piece, held: &Comparison) -> bool {
    let shared = held.shared;
    let is_kept = held.verdict.is_some_and(|verdict| verdict < Verdict::SpeakerDiffers);
    let is_whole = is_kept && shared.percent >= 99 && shared.density >= 99;
    let is_equal = matches!(held.verdict, Some(Verdict::Same | Verdict::Punctuation | Verdict::Adapted));
    let is_long = shared.content >= pairs::SHORT;
    if !is_equal && !channels_agree(witnesses, a, b, is_kept && is_long) {
        return false;
    }
    match (a.voice, b.voice) {
        _ if is_whole && is_headline_of(witnesses, a, b) && shared.words >= 4 => true,
        (Voice::Named(one), Voice::Named(other)) if one == other => {
            let is_most = shared.words >= 4 && shared.percent >= 90 && shared.exact >= 1;
            let is_close = is_long || is_whole || is_most;
            is_close && (a.report != b.report || is_kept || shared.percent >= 90)
        }
        (Voice::Named(_), Voice::Named(_)) => {
            is_kept && (is_long || shared.words >= 6) && shared.percent >= 90
        }
        (Voice::Unknown, _) | (_, Voice::Unknown) => {
            let is_headline = [a, b].into_iter().any(|piece| stands(witnesses, piece) != Location::Body);
            is_kept && is_long
                || shared.content > pairs::SHORT && shared.percent >= 70
                || is_whole && (is_headline || shared.content >= 2)
        }
        // Different people, unless they say the same: a word translated otherwise does not make another person.
        _ => {
            let is_close = is_long && shared.percent >= 85 && shared.density >= 85;
            is_close && held.verdict != Some(Verdict::Altered) || is_equal && shared.content >= 2
        }
    }
}

/// Whether one stands in a headline over the other and nothing says that two people speak.
fn is_headline_of(witnesses: &[Annotated], a: &Piece, b: &Piece) -> bool {
    let is_headline = |piece: &Piece| stands(witnesses, piece) == Location::Headline;
    let are_two = matches!((a.voice, b.voice), (Voice::Named(one), Voice::Named(other)) if one != other);
    a.report == b.report && is_headline(a) != is_headline(b) && !are_two
}

fn stands(witnesses: &[Annotated], piece: &Piece) -> Location {
    witnesses[piece.report].quotations[piece.quotation].place
}

/// Whether the channels allow one utterance whose words are not equal.
///
/// Words of a post, a picture or a message are not those spoken elsewhere, unless a good part of them is kept.
fn channels_agree(witnesses: &[Annotated], a: &Piece, b: &Piece, is_kept: bool) -> bool {
    let channel = |piece: &Piece| {
        let quotation = &witnesses[piece.report].quotations[piece.quotation];
        let is_stated = quotation.channel_span.is_some() || quotation.channel == Some("image-text");
        quotation.channel.filter(|_| is_stated)
    };
    let own = |channel: &str| matches!(channel, "post" | "image-text" | "message" | "video");
    match (channel(a), channel(b)) {
        (Some(one), Some(other)) if one != other => is_kept || !(own(one) || own(other)),
        _ => true,
    }
}

/// Sets of pieces that grow together (union by least index).
pub struct Joined {
    parent: Vec<usize>,
}

impl Joined {
    /// `count` sets of one piece each.
    pub fn new(count: usize) -> Joined {
        Joined { parent: (0..count).collect() }
    }

    /// The least index of the set of `at`.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Makes the sets of `a` and `b` one.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// The sets, in order.
    pub fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.parent.len() {
            groups.entry(self.root(at)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}
