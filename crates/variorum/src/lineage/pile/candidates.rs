//! Which texts of a pile are worth aligning.
//!
//! In: texts. Out: for each those before it that it shares runs of words with.
//! Method: runs of five words, of which every [`SAMPLED`]th (by its hash) is looked at; texts that share [`SHARED`] of them, in one
//! passage or more than a [`SHARE`]th of the shorter text's, those that share most first. Of a run in more than [`COMMON`] texts only
//! the first and the last before the text count, so that the cost of a text has a bound, and yet a thousand copies of one page
//! hang together.
//! Leaves: texts that share fewer runs. Where a cap leaves some out, that is said.

use crate::stories;
use crate::words::{fetch, mixed};
use std::cmp::Reverse;

/// Words in a run, as in the measured pairs of `copies-dev`.
pub const RUN: usize = 5;
/// Of so many runs one is looked at.
const SAMPLED: u64 = 4;
/// A run in more texts than this is not followed to all of them.
const COMMON: usize = 200;
/// How many runs looked at two texts must share to be compared, of which three to five give the same copies in `variorum eval copies`;
/// and which part of the shorter's, which an eighth or none changes nothing there: what long texts share by chance alone is less.
const SHARED: u32 = 4;
const SHARE: u32 = 20;
/// How many words apart shared runs may begin that are one passage, how much farther in one text than in the other, and how far its
/// first must be from its last: most of the fifty words that make a copy, which one sentence in common has not. Then texts are
/// compared however long they are.
const APART: u32 = 30;
const SHIFTED: u32 = 8;
const PASSAGE: u32 = 36;
/// Texts that share fewer than [`FEW`] runs, each of which [`MANY`] texts before have, too, share what nobody copied: of the alignments
/// of 60,000 reports that gave no copy and were of no template three in four were such. Other numbers change nothing in
/// `variorum eval copies`.
const FEW: u32 = 2 * SHARED;
const MANY: u32 = 16;
/// Most texts that one is compared with, those it shares most with.
const COMPARED: usize = 64;

/// The runs of `words` that are looked at, in their order, and which word each begins with.
fn placed(words: &[u32]) -> impl Iterator<Item = (u64, usize)> {
    let sum = |run: &[u32]| run.iter().fold(0, |sum, &word| mixed(sum, word.into()));
    words
        .windows(RUN)
        .map(sum)
        .enumerate()
        .map(|(at, run)| (run, at))
        .filter(|(run, _)| (run >> 32) % SAMPLED == 0)
}

/// The runs of `words` that are looked at, in their order.
pub fn sampled(words: &[u32]) -> impl Iterator<Item = u64> {
    placed(words).map(|(run, _)| run)
}

/// Each run that is looked at once, and the first word it begins with; what is of common words alone any text may have.
fn runs(words: &[u32]) -> Vec<(u64, u32)> {
    let is_telling = |at: usize| !words[at..at + RUN].iter().all(|&word| stories::is_common(word));
    let mut runs: Vec<(u64, u32)> =
        placed(words).filter(|&(_, at)| is_telling(at)).map(|(run, at)| (run, at as u32)).collect();
    runs.sort_unstable();
    runs.dedup_by_key(|(run, _)| *run);
    runs
}

/// Which runs stand in more than one text, and a few others: what is told so of most of the others is that they do not.
pub struct Seen {
    /// Two bits for each of a power of two of sums, next to each other: whether it was met, and whether it was met again.
    met: Vec<u64>,
}

impl Seen {
    /// For texts of so many words together.
    pub fn new(words: usize) -> Seen {
        Seen { met: vec![0; words.next_power_of_two().max(32) / 32] }
    }

    /// The place of a run's bits.
    fn bits(&self, run: u64) -> (usize, u64) {
        let place = run.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        ((place >> 5) as usize & (self.met.len() - 1), 2 * (place & 31))
    }

    /// Takes in the runs of a text.
    pub fn add(&mut self, words: &[u32]) {
        let places: Vec<(usize, u64)> = sampled(words).map(|run| self.bits(run)).collect();
        fetch(places.iter().map(|&(at, _)| self.met[at]));
        for (at, bits) in places {
            let was_met = self.met[at] >> bits & 1;
            self.met[at] |= (1 + was_met) << bits;
        }
    }

    /// Those of `runs` that stand in more than one text, and a few others.
    fn again(&self, runs: Vec<(u64, u32)>) -> impl Iterator<Item = (u64, u32)> {
        fetch(runs.iter().map(|&(run, _)| self.met[self.bits(run).0]));
        runs.into_iter().filter(|&(run, _)| {
            let (at, bits) = self.bits(run);
            self.met[at] >> bits & 2 > 0
        })
    }
}

/// What a text shares with each other one, cleared for the next without touching all.
pub struct Shared {
    /// How many runs, and which others share any.
    counts: Vec<u32>,
    touched: Vec<u32>,
    /// Of those that share enough of them, by a number that stands in the place of their count.
    tallies: Vec<(u32, Tally)>,
}

/// Runs shared with one text.
#[derive(Copy, Clone, Default)]
struct Tally {
    count: u32,
    /// Where the last of them begins here and there, and the first from which on each begins close to the next.
    last: (u32, u32),
    first: u32,
    /// How many they are from that one on.
    row: u32,
    has_passage: bool,
    /// In how many texts before the rarest of them stands.
    rarest: u32,
}

impl Tally {
    /// A run that begins at word `at`, and in the other text at word `there`, and that so many texts `before` have.
    fn add(&mut self, at: u32, there: u32, before: u32) {
        self.count += 1;
        self.rarest = if self.count == 1 { before } else { self.rarest.min(before) };
        let step = at - self.last.0;
        let goes_on = || there.checked_sub(self.last.1).is_some_and(|other| other.abs_diff(step) <= SHIFTED);
        (self.row, self.first) =
            if self.row > 0 && step <= APART && goes_on() { (self.row + 1, self.first) } else { (1, at) };
        self.has_passage |= self.row >= SHARED && at - self.first >= PASSAGE;
        self.last = (at, there);
    }
}

/// Marks a count as the number of a tally.
const TALLIED: u32 = 1 << 31;

impl Shared {
    /// For `count` texts.
    pub fn new(count: usize) -> Shared {
        Shared { counts: vec![0; count], touched: Vec::new(), tallies: Vec::new() }
    }

    /// A run that `other` has, too. All are counted before any is added.
    fn count(&mut self, other: u32) {
        let count = &mut self.counts[other as usize];
        if *count == 0 {
            self.touched.push(other);
        }
        *count += 1;
    }

    /// A run that begins at word `at`, and in `other` at word `there`, and that so many texts `before` have.
    fn add(&mut self, other: u32, [at, there]: [u32; 2], before: u32) {
        let count = &mut self.counts[other as usize];
        if *count < SHARED {
            return;
        }
        if *count & TALLIED == 0 {
            *count = TALLIED | self.tallies.len() as u32;
            self.tallies.push((other, Tally::default()));
        }
        self.tallies[(*count & !TALLIED) as usize].1.add(at, there, before);
    }

    /// Those with enough in common for a text of `own` runs, the most first; `runs` gives how many another has.
    fn take(&mut self, own: u32, runs: impl Fn(usize) -> u32) -> Vec<(Reverse<u32>, usize)> {
        self.touched.drain(..).for_each(|other| self.counts[other as usize] = 0);
        let mut taken = Vec::new();
        for (other, tally) in self.tallies.drain(..) {
            let share = || own.min(runs(other as usize)) / SHARE;
            let is_nobodys = tally.count < FEW && tally.rarest >= MANY;
            if tally.count >= SHARED && !is_nobodys && (tally.has_passage || tally.count > share()) {
                taken.push((Reverse(tally.count), other as usize));
            }
        }
        taken.sort_unstable();
        taken
    }
}

/// Leaves out what is of one text alone, in place.
fn keep_shared(places: &mut Vec<(u64, u32, u32)>) {
    let (mut kept, mut before) = (0, None);
    for at in 0..places.len() {
        let run = places[at].0;
        if before == Some(run) || places.get(at + 1).is_some_and(|next| next.0 == run) {
            places[kept] = places[at];
            kept += 1;
        }
        before = Some(run);
    }
    places.truncate(kept);
    places.shrink_to_fit();
}

/// The indices of `places` by text, those of a text by word; and where those of each of so many texts start, and the last end.
fn by_text(places: &[(u64, u32, u32)], texts: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; texts + 1];
    places.iter().for_each(|place| starts[place.1 as usize] += 1);
    let mut end = 0;
    for start in &mut starts {
        end += *start;
        *start = end;
    }
    // They are written from the last on: what was an end is a start then.
    let mut own = vec![0; places.len()];
    for (at, place) in places.iter().enumerate().rev() {
        let start = &mut starts[place.1 as usize];
        *start -= 1;
        own[*start] = at as u32;
    }
    for text in starts.windows(2) {
        own[text[0]..text[1]].sort_unstable_by_key(|&at: &u32| places[at as usize].2);
    }
    (own, starts)
}

/// The texts by run.
pub struct Sought {
    /// Run, text and the word it begins with there, ascending; runs of one text alone left out.
    places: Vec<(u64, u32, u32)>,
    /// Which of `places` are each text's, by text and word; of each text from `starts` on.
    own: Vec<u32>,
    starts: Vec<usize>,
    /// How many runs of each text are looked at.
    counts: Vec<u32>,
}

impl Sought {
    /// Of the texts numbered in `distinct`; a text counts by its place there.
    pub fn new(distinct: &[usize], words: impl Fn(usize) -> Vec<u32>, seen: Seen) -> Sought {
        let mut places: Vec<(u64, u32, u32)> = Vec::new();
        let mut counts = Vec::with_capacity(distinct.len());
        for (place, &at) in distinct.iter().enumerate() {
            let runs = runs(&words(at));
            counts.push(runs.len() as u32);
            places.extend(seen.again(runs).map(|(run, at)| (run, place as u32, at)));
        }
        drop(seen);
        places.sort_unstable();
        keep_shared(&mut places);
        let (own, starts) = by_text(&places, distinct.len());
        Sought { places, own, starts, counts }
    }

    /// The texts before `text` to align it with, and whether a cap left some out.
    pub fn near(&self, text: usize, shared: &mut Shared) -> (Vec<usize>, bool) {
        let own = &self.own[self.starts[text]..self.starts[text + 1]];
        let own: Vec<(usize, usize)> = own
            .iter()
            .map(|&at| (self.first(self.places[at as usize].0, at as usize), at as usize))
            .collect();
        // Most texts share a run or two: which share more is counted first.
        self.each_before(&own, |other, _, _| shared.count(other));
        self.each_before(&own, |other, places, before| shared.add(other, places, before));
        let near = shared.take(self.counts[text], |other| self.counts[other]);
        let is_capped = near.len() > COMPARED;
        (near.into_iter().take(COMPARED).map(|(_, other)| other).collect(), is_capped)
    }

    /// Gives for each run the texts before that have it, with the words that it begins with here and there, and how many they are. Of
    /// each run it is known where its places begin and which one is the own.
    fn each_before(&self, runs: &[(usize, usize)], mut give: impl FnMut(u32, [u32; 2], u32)) {
        for &(first, at) in runs {
            let (word, before) = (self.places[at].2, (at - first) as u32);
            let mut give = |&(_, other, there): &(u64, u32, u32)| give(other, [word, there], before);
            if at - first <= COMMON {
                self.places[first..at].iter().for_each(give);
            } else {
                give(&self.places[first]);
                give(&self.places[at - 1]);
            }
        }
    }

    /// Where the places of `run` begin, which stands at `at`: looked for from there on, most runs stand in few texts.
    fn first(&self, run: u64, at: usize) -> usize {
        let is_run = |place: usize| self.places[place].0 == run;
        let (mut inside, mut step) = (at, 1);
        while inside >= step && is_run(inside - step) {
            inside -= step;
            step *= 2;
        }
        let outside = (inside + 1).saturating_sub(step);
        outside + self.places[outside..inside].partition_point(|place| place.0 < run)
    }
}
