//! Which texts of a pile are worth aligning.
//!
//! In: texts. Out: for each those before it that it shares runs of words with.
//! Method: runs of five words, of which every [`SAMPLED`]th (by its hash) is looked at; texts that share [`SHARED`] of them,
//! those that share most first. Of a run in more than [`COMMON`] texts only the first and the last before the text count,
//! so that the cost of a text has a bound, and yet a thousand copies of one page hang together.
//! Leaves: texts that share fewer runs. Where a cap leaves some out, that is said.

use super::record::Text;
use std::cmp::Reverse;

/// Words in a run, as in the measured pairs of `copies-dev`.
pub const RUN: usize = 5;
/// Of so many runs one is looked at.
const SAMPLED: u64 = 4;
/// A run in more texts than this is not followed to all of them.
const COMMON: usize = 200;
/// How many runs looked at two texts must share to be compared.
const SHARED: u32 = 3;
/// Most texts that one is compared with, those it shares most with.
const COMPARED: usize = 64;

/// A sum that takes in one more word.
pub fn mixed(sum: u64, word: u64) -> u64 {
    (sum.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The runs of `words` that are looked at, in their order.
pub fn sampled(words: &[u64]) -> impl Iterator<Item = u64> {
    words
        .windows(RUN)
        .map(|run| run.iter().fold(0, |sum, &word| mixed(sum, word)))
        .filter(|run| (run >> 32) % SAMPLED == 0)
}

fn runs(text: &Text) -> Vec<u64> {
    let words: Vec<u64> = text.words().collect();
    let mut runs: Vec<u64> = sampled(&words).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// How many runs a text shares with each other one, cleared for the next without touching all.
pub struct Shared {
    counts: Vec<u32>,
    touched: Vec<u32>,
}

impl Shared {
    /// For `count` texts.
    pub fn new(count: usize) -> Shared {
        Shared { counts: vec![0; count], touched: Vec::new() }
    }

    fn add(&mut self, other: u32) {
        let count = &mut self.counts[other as usize];
        if *count == 0 {
            self.touched.push(other);
        }
        *count += 1;
    }

    /// Those with enough in common, the most first.
    fn take(&mut self) -> Vec<(Reverse<u32>, usize)> {
        let mut taken = Vec::new();
        for other in self.touched.drain(..) {
            let count = std::mem::take(&mut self.counts[other as usize]);
            if count >= SHARED {
                taken.push((Reverse(count), other as usize));
            }
        }
        taken.sort_unstable();
        taken
    }
}

/// The texts by run.
pub struct Sought {
    /// Run and text, ascending; runs of one text alone left out.
    places: Vec<(u64, u32)>,
    /// Which of `places` are each text's, by text; ends in `ends`.
    own: Vec<u32>,
    ends: Vec<usize>,
}

impl Sought {
    /// Of the texts numbered in `distinct`; a text counts by its place there.
    pub fn new(distinct: &[usize], texts: impl Fn(usize) -> Text) -> Sought {
        let mut places: Vec<(u64, u32)> = Vec::new();
        for (place, &at) in distinct.iter().enumerate() {
            places.extend(runs(&texts(at)).into_iter().map(|run| (run, place as u32)));
        }
        places.sort_unstable();
        let mut kept = Vec::new();
        for holders in places.chunk_by(|x, y| x.0 == y.0).filter(|holders| holders.len() > 1) {
            kept.extend_from_slice(holders);
        }
        drop(places);
        let mut own: Vec<u32> = (0..kept.len() as u32).collect();
        own.sort_by_key(|&at| kept[at as usize].1);
        let ends = (0..distinct.len())
            .map(|text| own.partition_point(|&at| kept[at as usize].1 as usize <= text))
            .collect();
        Sought { places: kept, own, ends }
    }

    /// The texts before `text` to align it with, and whether a cap left some out.
    pub fn near(&self, text: usize, shared: &mut Shared) -> (Vec<usize>, bool) {
        let from = if text == 0 { 0 } else { self.ends[text - 1] };
        for &at in &self.own[from..self.ends[text]] {
            let at = at as usize;
            let run = self.places[at].0;
            let first = self.first(run, at);
            if at - first <= COMMON {
                self.places[first..at].iter().for_each(|&(_, other)| shared.add(other));
            } else {
                shared.add(self.places[first].1);
                shared.add(self.places[at - 1].1);
            }
        }
        let near = shared.take();
        let is_capped = near.len() > COMPARED;
        (near.into_iter().take(COMPARED).map(|(_, other)| other).collect(), is_capped)
    }

    /// Where the places of `run` begin, which stands at `at`.
    fn first(&self, run: u64, at: usize) -> usize {
        let near = at.saturating_sub(COMMON + 1);
        if self.places[near].0 == run {
            return self.places.partition_point(|place| place.0 < run);
        }
        near + self.places[near..at].partition_point(|place| place.0 < run)
    }
}
