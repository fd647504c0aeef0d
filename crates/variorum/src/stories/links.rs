//! Which reports are worth comparing, and how much each pair tells of one story.
//!
//! In: profiles in order of day, then key, those without a day last. Out: scored pairs.
//! Method: reports that share two of their most telling words within a window of days are candidates, of bare headlines
//! one; each report is compared with those it shares most with, until what they share is too little. So the cost grows with the number of reports times a constant.
//! Leaves: reports of one story more than [`WINDOW`] days apart. What is beyond a cap is counted, never compared.

use super::profile::Profile;
use super::score::{Held, is_headline};
use std::cmp::Reverse;

/// How many days apart two reports may be and be compared: a day more, and what the score loses for the days (`score::DAY`) leaves
/// less than [`LOOSE`] even of the largest.
pub const WINDOW: i32 = 29;

/// Most reports looked at for one word, half of them on each side; and most that one report is compared with.
const LISTED: usize = 4000;
const COMPARED: usize = 400;

/// When so many in a row were not loosely linked, those that share less with the report are not compared any more.
/// No limit gives the same partitions of the development stories but for two reports in 9,000; rerun `variorum eval stories`.
const PATIENCE: usize = 24;

/// Score from which two reports are linked loosely; below it a pair counts as nothing alike. In ten-thousandths.
pub const LOOSE: u32 = 600;

/// Two reports that may tell one story, the smaller index first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub a: u32,
    pub b: u32,
    pub score: u32,
}

/// The pairs that are loosely linked, ascending; and for how many reports a cap left some out, [`PATIENCE`] not counted.
pub fn links(profiles: &[Profile]) -> (Vec<Link>, usize) {
    let index = Index::new(profiles);
    let mut shared = Shared::new(profiles.len());
    // Whether not all others were compared, and for how many that was a cap's doing.
    let (mut is_partial, mut capped) = (vec![false; profiles.len()], 0);
    let mut links = Vec::new();
    for at in 0..profiles.len() {
        let (others, is_capped) = index.others(at, &mut shared);
        capped += usize::from(is_capped);
        is_partial[at] = is_capped;
        let held = Held::new(&profiles[at]);
        let mut missed = 0;
        for other in others.into_iter().filter(|&other| other > at || is_partial[other]) {
            let score = held.score(&profiles[other]);
            if score >= LOOSE {
                let (a, b) = (at.min(other) as u32, at.max(other) as u32);
                links.push(Link { a, b, score });
                missed = 0;
            } else if missed < PATIENCE {
                missed += 1;
            } else {
                is_partial[at] = true;
                break;
            }
        }
    }
    links.sort_unstable();
    links.dedup();
    (links, capped)
}

/// What a report shares with each other one, cleared for the next without touching all.
struct Shared {
    told: Vec<(u32, u32)>,
    touched: Vec<usize>,
}

impl Shared {
    fn new(count: usize) -> Shared {
        Shared { told: vec![(0, 0); count], touched: Vec::new() }
    }

    fn add(&mut self, other: usize, telling: u32) {
        let (words, told) = &mut self.told[other];
        if *words == 0 {
            self.touched.push(other);
        }
        *words += 1;
        *told += telling * telling / 16;
    }

    /// How much was shared with each, by index, of those with at least `least` words.
    fn take(&mut self, least: u32) -> Vec<(u32, usize)> {
        let mut taken = Vec::new();
        for other in self.touched.drain(..) {
            let (words, told) = std::mem::take(&mut self.told[other]);
            if words >= least {
                taken.push((told, other));
            }
        }
        taken
    }
}

/// The reports by word.
struct Index<'a> {
    profiles: &'a [Profile],
    /// Word and report, ascending.
    places: Vec<(u32, u32)>,
    /// How many reports have a day; they come first.
    dated: usize,
}

impl<'a> Index<'a> {
    fn new(profiles: &'a [Profile]) -> Index<'a> {
        let mut places: Vec<(u32, u32)> = Vec::new();
        for (at, profile) in profiles.iter().enumerate() {
            places.extend(profile.keys.iter().map(|&(word, _)| (word, at as u32)));
        }
        places.sort_unstable();
        Index { profiles, places, dated: profiles.partition_point(|profile| profile.day.is_some()) }
    }

    /// The reports to compare `at` with; and whether a cap left some out.
    fn others(&self, at: usize, shared: &mut Shared) -> (Vec<usize>, bool) {
        let profile = &self.profiles[at];
        let windows = self.windows(at);
        let mut is_capped = false;
        for &(word, telling) in &profile.keys {
            let from = self.places.partition_point(|&place| place < (word, 0));
            let holders = self.places[from..].split(|&(other, _)| other != word).next().unwrap_or_default();
            for (first, last) in windows {
                let from = holders.partition_point(|&(_, other)| (other as usize) < first);
                let to = holders.partition_point(|&(_, other)| (other as usize) < last);
                let (near, is_cut) = nearest(&holders[from..to], at);
                is_capped |= is_cut;
                near.iter().for_each(|&(_, other)| shared.add(other as usize, telling));
            }
        }
        let mut others = shared.take(if is_headline(profile) { 1 } else { 2 });
        others.retain(|&(_, other)| other != at);
        let rank = |&(told, other): &(u32, usize)| (Reverse(told), other.abs_diff(at), other);
        if others.len() > COMPARED {
            is_capped = true;
            others.select_nth_unstable_by_key(COMPARED, rank);
            others.truncate(COMPARED);
        }
        others.sort_unstable_by_key(rank);
        (others.into_iter().map(|(_, other)| other).collect(), is_capped)
    }

    /// The reports near enough in time: of those with a day, and of those without.
    fn windows(&self, at: usize) -> [(usize, usize); 2] {
        let without = (self.dated, self.profiles.len());
        let Some(day) = self.profiles[at].day else { return [(0, self.dated), without] };
        let days = &self.profiles[..self.dated];
        let until = |last: i32| days.partition_point(|other| other.day.is_some_and(|day| day <= last));
        [(until(day.saturating_sub(WINDOW + 1)), until(day.saturating_add(WINDOW))), without]
    }
}

/// The holders next to `at`, and whether that is not all of them.
fn nearest(holders: &[(u32, u32)], at: usize) -> (&[(u32, u32)], bool) {
    if holders.len() <= LISTED {
        return (holders, false);
    }
    let place = holders.partition_point(|&(_, other)| (other as usize) < at);
    let from = place.saturating_sub(LISTED / 2).min(holders.len() - LISTED);
    (&holders[from..from + LISTED], true)
}
