//! Which reports are worth comparing, and how much each pair tells of one story.
//!
//! In: profiles in order of day, then key, those without a day last. Out: scored pairs.
//! Method: reports that share two of their most telling words within a window of days are candidates, of bare headlines
//! one; each report is compared with those it shares most with, until what they share is too little. So the cost grows with the number of reports times a constant.
//! Leaves: reports of one story more than [`WINDOW`] days apart. What is beyond a cap is counted, never compared.

use super::profile::{self, Ordered};
use super::score::{Held, is_headline};

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
pub fn links(profiles: Ordered) -> (Vec<Link>, usize) {
    let mut index = Index::new(profiles);
    let mut shared = Shared::new(profiles.len());
    // Whether not all others were compared, and for how many that was a cap's doing.
    let (mut is_partial, mut capped) = (vec![false; profiles.len()], 0);
    let (mut links, mut ranks) = (Vec::new(), Vec::new());
    for at in 0..profiles.len() {
        let is_capped = index.rank(at, &mut shared, &mut ranks);
        capped += usize::from(is_capped);
        is_partial[at] = is_capped;
        let held = Held::new(profiles.of(at));
        let mut missed = 0;
        let others = ranks.iter().map(|&rank| ranked(rank, at));
        for other in others.filter(|&other| other > at || is_partial[other]) {
            let score = held.score(&profiles.of(other));
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
    /// How many words, above what they tell, which has [`TOLD`] bits.
    told: Vec<u32>,
    /// Those that share any are the first `count`.
    touched: Vec<u32>,
    count: usize,
}

/// Enough for what all words of a report tell that it is looked up by.
const TOLD: u32 = 25;

impl Shared {
    fn new(count: usize) -> Shared {
        Shared { told: vec![0; count], touched: Vec::new(), count: 0 }
    }

    /// All of `others` share a word that tells so much.
    fn add(&mut self, others: &[u32], telling: u32) {
        let room = self.count + others.len();
        if self.touched.len() < room {
            self.touched.resize(room, 0);
        }
        // Each is written, and kept if it is new: no processor can guess which are.
        for &other in others {
            let told = &mut self.told[other as usize];
            self.touched[self.count] = other;
            self.count += usize::from(*told == 0);
            *told += 1 << TOLD | telling;
        }
    }

    /// Leaves in `ranks` those of the others that share at least `least` words with `at`.
    fn take(&mut self, at: usize, least: u32, ranks: &mut Vec<u64>) {
        ranks.clear();
        ranks.resize(self.count, 0);
        let mut kept = 0;
        for &other in &self.touched[..self.count] {
            let told = std::mem::take(&mut self.told[other as usize]);
            ranks[kept] = rank(told & ((1 << TOLD) - 1), at as u32, other);
            kept += usize::from(told >> TOLD >= least && other as usize != at);
        }
        ranks.truncate(kept);
        self.count = 0;
    }
}

/// Smaller for those that share what tells more, then for the nearer ones, then for those before `at`.
fn rank(told: u32, at: u32, other: u32) -> u64 {
    u64::from((1 << TOLD) - 1 - told) << 33 | u64::from(other.abs_diff(at)) << 1 | u64::from(other > at)
}

/// The other one that a rank was made of.
fn ranked(rank: u64, at: usize) -> usize {
    let apart = (rank >> 1) as u32 as usize;
    if rank & 1 > 0 { at + apart } else { at - apart }
}

/// The reports by word.
struct Index<'a> {
    profiles: Ordered<'a>,
    /// The reports that hold a word, ascending, one word after the other; words of one report alone left out.
    holders: Vec<u32>,
    words: Vec<Word>,
    /// The words that each report is looked up by, as indices into `words` ([`ALONE`] for those left out), by word; from where
    /// in `starts` on.
    keys: Vec<u32>,
    starts: Vec<usize>,
    /// How many reports have a day; they come first.
    dated: usize,
}

/// A word of more than one report.
struct Word {
    /// Its reports in `holders`.
    holders: std::ops::Range<u32>,
    /// Those of them in the window of days around the report that was asked for last.
    near: std::ops::Range<u32>,
    /// The square of what it tells.
    telling: u32,
}

const ALONE: u32 = u32::MAX;

/// In so many parts, by its first four bits, the index is made, so that making it takes little more memory than it has.
const PARTS: u32 = 16;

impl<'a> Index<'a> {
    fn new(profiles: Ordered<'a>) -> Index<'a> {
        let (mut keys, mut starts) = (Vec::new(), vec![0]);
        for at in 0..profiles.len() {
            keys.extend(profiles.of(at).keys());
            starts.push(keys.len());
        }
        let dated = (0..profiles.len()).filter(|&at| profiles.of(at).day.is_some()).count();
        let mut index = Index { profiles, holders: Vec::new(), words: Vec::new(), keys, starts, dated };
        let mut next: Vec<u32> = vec![0; profiles.len()];
        (0..PARTS).for_each(|part| index.gather(part, &mut next));
        index
    }

    /// Takes in the words of a part; `next` counts for each report those that were taken in before.
    fn gather(&mut self, part: u32, next: &mut [u32]) {
        let mut places: Vec<u64> = Vec::new();
        for (at, &next) in next.iter().enumerate() {
            let own = &self.keys[self.starts[at] + next as usize..self.starts[at + 1]];
            let own = own.iter().take_while(|word| *word / (u32::MAX / PARTS + 1) == part);
            places.extend(own.map(|&word| u64::from(word) << 32 | at as u64));
        }
        places.sort_unstable();
        for same in places.chunk_by(|x, y| x >> 32 == y >> 32) {
            let word = if same.len() > 1 { self.words.len() as u32 } else { ALONE };
            for &place in same {
                let at = place as u32 as usize;
                self.keys[self.starts[at] + next[at] as usize] = word;
                next[at] += 1;
            }
            if same.len() > 1 {
                let start = self.holders.len() as u32;
                self.holders.extend(same.iter().map(|&place| place as u32));
                let telling = profile::telling((same[0] >> 32) as u32) as u32;
                self.words.push(Word {
                    holders: start..self.holders.len() as u32,
                    near: start..start,
                    telling: telling * telling / 16,
                });
            }
        }
    }

    /// Leaves in `ranks` those of the reports to compare `at` with, ascending, and returns whether a cap left some out. `at`
    /// ascends from one call to the next.
    fn rank(&mut self, at: usize, shared: &mut Shared, ranks: &mut Vec<u64>) -> bool {
        let windows = self.windows(at);
        let mut is_capped = false;
        for &key in &self.keys[self.starts[at]..self.starts[at + 1]] {
            let Some(word) = self.words.get_mut(key as usize) else { continue };
            let dated = word.within(&self.holders, windows[0]);
            let undated = &self.holders[word.holders.start as usize..word.holders.end as usize];
            let undated = &undated[undated.partition_point(|&other| (other as usize) < windows[1].0)..];
            for near in [dated, undated] {
                let (near, is_cut) = nearest(near, at);
                is_capped |= is_cut;
                shared.add(near, word.telling);
            }
        }
        shared.take(at, if is_headline(&self.profiles.of(at)) { 1 } else { 2 }, ranks);
        if ranks.len() > COMPARED {
            is_capped = true;
            ranks.select_nth_unstable(COMPARED);
            ranks.truncate(COMPARED);
        }
        ranks.sort_unstable();
        is_capped
    }

    /// The reports near enough in time: of those with a day, and of those without.
    fn windows(&self, at: usize) -> [(usize, usize); 2] {
        let without = (self.dated, self.profiles.len());
        let Some(day) = self.profiles.of(at).day else { return [(0, self.dated), without] };
        let until = |last: i32| {
            let days = &self.profiles.order[..self.dated];
            days.partition_point(|&other| self.profiles.profiles.day(other).is_some_and(|day| day <= last))
        };
        [(until(day.saturating_sub(WINDOW + 1)), until(day.saturating_add(WINDOW))), without]
    }
}

impl Word {
    /// Its reports from the one numbered `first` to before `last`, neither of which is ever less than when last asked, but where
    /// reports without a day, which come last, ask for all from the first on.
    fn within<'a>(&mut self, holders: &'a [u32], (first, last): (usize, usize)) -> &'a [u32] {
        if first == 0 {
            self.near.start = self.holders.start;
        }
        let is_before = |at: u32, place: usize| (holders[at as usize] as usize) < place;
        while self.near.start < self.holders.end && is_before(self.near.start, first) {
            self.near.start += 1;
        }
        self.near.end = self.near.end.max(self.near.start);
        while self.near.end < self.holders.end && is_before(self.near.end, last) {
            self.near.end += 1;
        }
        &holders[self.near.start as usize..self.near.end as usize]
    }
}

/// The holders next to `at`, and whether that is not all of them.
fn nearest(holders: &[u32], at: usize) -> (&[u32], bool) {
    if holders.len() <= LISTED {
        return (holders, false);
    }
    let place = holders.partition_point(|&other| (other as usize) < at);
    let from = place.saturating_sub(LISTED / 2).min(holders.len() - LISTED);
    (&holders[from..from + LISTED], true)
}
