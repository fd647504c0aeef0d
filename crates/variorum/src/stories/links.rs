//! Which reports are worth comparing, and how much each pair tells of one story.
//!
//! In: profiles in order of day, then key, those without a day last. Out: scored pairs.
//! Method: reports that share two of their most telling words within a window of days, and a part of all that these words tell, are
//! candidates; of bare headlines one word is enough. Whether a pair is one depends on the two alone, but for two caps, which keep
//! the cost of a report bounded: a word finds the first [`Caps::listed`] of its reports in a month, and each report is compared with the
//! [`Caps::compared`] earlier ones that share the most.
//! Leaves: reports of one story more than [`WINDOW`] days apart. What is beyond a cap is counted, never compared.

use super::profile::{self, Ordered, Profile};
use super::score::{Held, is_headline};
use crate::words::fetch;
use std::ops::Range;

/// How many days apart two reports may be and be compared: a day more, and what the score loses for the days (`score::DAY`) leaves
/// less than [`LOOSE`] even of the largest.
pub const WINDOW: i32 = 29;

/// The days in which the reports of a word are counted together; no fewer than [`WINDOW`], so that a report looks at its own month
/// and the one before.
pub const MONTH: i32 = 30;

/// What bounds the cost of a report.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Caps {
    /// So many reports of a month, the first ones, are found by one of their words.
    pub listed: usize,
    /// With so many of the earlier reports, those that share the most, a report is compared.
    pub compared: usize,
    /// So many reports of the same words on the same day are held against others; a thousand prints of one page say no more.
    pub twins: usize,
}

/// The caps of every partition.
pub const CAPS: Caps = Caps { listed: 1000, compared: 400, twins: 8 };

/// The least part that two reports must share of what the words tell that the one is looked up by of which they tell less, in
/// thousandths, and the part that two words alone must be; not asked of bare headlines. With less, two reports are hardly ever linked;
/// rerun `variorum eval stories`.
const SHARED: u64 = 55;
const BY_TWO: u64 = 100;

/// Score from which two reports are linked loosely; below it a pair counts as nothing alike. In ten-thousandths.
pub const LOOSE: u32 = 600;

/// Two reports that may tell one story, the smaller index first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub a: u32,
    pub b: u32,
    pub score: u32,
}

/// What is found in a pile.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The pairs that are loosely linked, ascending.
    pub links: Vec<Link>,
    /// With how many earlier reports each could be compared.
    pub candidates: Vec<u32>,
    /// For how many reports a cap left some out.
    pub capped: usize,
}

/// The pairs of a pile that are loosely linked.
pub fn links(profiles: Ordered, caps: Caps) -> Found {
    let mut index = Index::new(profiles, caps);
    let weights: Vec<Weight> = (0..profiles.len()).map(|at| Weight::of(&profiles.of(at))).collect();
    let mut shared = Shared::new(profiles.len());
    let light = Light::of(&weights);
    let (mut found, mut others) = (Found::default(), Vec::new());
    for at in 0..profiles.len() {
        let is_cut = index.look_up(at, light.tail(weights[at]), &light, &mut shared);
        let candidates = shared.take(at, &weights, &light, caps.compared, &mut others);
        found.candidates.push(candidates as u32);
        found.capped += usize::from(is_cut || candidates > caps.compared);
        if others.is_empty() {
            continue;
        }
        fetch(others.iter().map(|&other| profiles.of(other as usize).first().into()));
        let held = Held::new(profiles.of(at));
        let scored = others.iter().map(|&other| (other, held.score(&profiles.of(other as usize))));
        let linked = scored.filter(|&(_, score)| score >= LOOSE);
        found.links.extend(linked.map(|(other, score)| Link { a: other, b: at as u32, score }));
    }
    found.links.sort_unstable();
    found
}

/// What the words tell that a report is looked up by, and whether it is a bare headline.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// What the words tell, above a bit for a bare headline.
    packed: u32,
}

impl Weight {
    /// That of a profile.
    pub fn of(profile: &Profile) -> Weight {
        let told: u32 = profile.keys().iter().map(|&key| told(key)).sum();
        Weight { packed: told << 1 | u32::from(is_headline(profile)) }
    }

    fn told(self) -> u32 {
        self.packed >> 1
    }

    fn is_headline(self) -> bool {
        self.packed & 1 > 0
    }

    /// Whether two reports are compared that share so many words, which tell so much.
    pub fn is_enough(self, other: Weight, count: u32, told: u32) -> bool {
        if self.is_headline() || other.is_headline() {
            return count > 0;
        }
        is_part(count, told, self.told().min(other.told()))
    }
}

/// Whether so many words, which tell so much, are enough of a report of which the words tell `whole`.
fn is_part(count: u32, told: u32, whole: u32) -> bool {
    let asked = if count > 2 { SHARED } else { BY_TWO };
    count > 1 && u64::from(told) * 1000 >= u64::from(whole) * asked
}

/// The reports of which the words tell little, and bare headlines: of all others it is known how much two must share at least.
struct Light {
    /// What the words of all others tell at least.
    least: u32,
    /// A bit for each report, and one for each bare headline.
    light: Bits,
    headlines: Bits,
}

/// A bit for each report.
struct Bits(Vec<u64>);

impl Bits {
    fn of(bits: impl ExactSizeIterator<Item = bool>) -> Bits {
        let mut packed = vec![0; bits.len().div_ceil(64)];
        bits.enumerate().for_each(|(at, bit)| packed[at / 64] |= u64::from(bit) << (at % 64));
        Bits(packed)
    }

    fn has(&self, at: u32) -> bool {
        self.0[at as usize / 64] >> (at % 64) & 1 > 0
    }
}

impl Light {
    /// Those among the reports of these weights: a sixteenth.
    fn of(weights: &[Weight]) -> Light {
        let mut told: Vec<u32> = weights.iter().map(|weight| weight.told()).collect();
        let place = told.len() / 16;
        let least = if told.is_empty() { 0 } else { *told.select_nth_unstable(place).1 };
        let light = weights.iter().map(|weight| weight.is_headline() || weight.told() < least);
        let headlines = weights.iter().map(|weight| weight.is_headline());
        Light { least, light: Bits::of(light), headlines: Bits::of(headlines) }
    }

    /// Words that tell less together are not enough for a report of this weight and any other that is not light.
    fn tail(&self, weight: Weight) -> u64 {
        if weight.is_headline() {
            0
        } else {
            (u64::from(weight.told().min(self.least)) * SHARED).div_ceil(1000)
        }
    }

    /// Whether a report of this weight may be compared with `other`, with which it shares so many words, which tell so much: told without
    /// the other's weight, and so only what no weight makes enough is left out.
    fn may_be_enough(&self, weight: Weight, other: u32, count: u32, told: u32) -> bool {
        weight.is_headline()
            || is_part(count, told, weight.told().min(self.least))
            || (if count > 1 { &self.light } else { &self.headlines }).has(other)
    }
}

/// What a word tells that two reports share: the square of what it tells alone.
pub fn told(word: u32) -> u32 {
    let telling = profile::telling(word) as u32;
    telling * telling / 16
}

/// What a report shares with each other one, cleared for the next without touching all.
#[derive(Clone, Debug, Default)]
pub struct Shared {
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

    /// Makes room for one more report.
    pub fn grow(&mut self) {
        self.told.push(0);
    }

    /// All of `others` share a word that tells so much.
    pub fn add(&mut self, others: &[u32], telling: u32) {
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

    /// The same for a word that alone is not enough: of those that share no other word only the light ones count.
    fn add_met(&mut self, others: &[u32], telling: u32, light: &Light) {
        let room = self.count + others.len();
        if self.touched.len() < room {
            self.touched.resize(room, 0);
        }
        for &other in others {
            let told = &mut self.told[other as usize];
            let (is_new, is_light) = (*told == 0, light.light.has(other));
            self.touched[self.count] = other;
            self.count += usize::from(is_new & is_light);
            *told += (1 << TOLD | telling) * u32::from(!is_new | is_light);
        }
    }

    /// Gives each of the others with how many words it shares and what they tell, and forgets all.
    pub fn drain(&mut self, mut give: impl FnMut(u32, u32, u32)) {
        for &other in &self.touched[..std::mem::take(&mut self.count)] {
            let told = std::mem::take(&mut self.told[other as usize]);
            give(other, told >> TOLD, told & ((1 << TOLD) - 1));
        }
    }

    /// Leaves in `others` those to compare `at` with, of those that could be so many at most; how many could be.
    fn take(
        &mut self,
        at: usize,
        weights: &[Weight],
        light: &Light,
        most: usize,
        others: &mut Vec<u32>,
    ) -> usize {
        // Most share one word; no processor can guess which share more.
        let own = weights[at];
        let (least, mut kept) = (if own.is_headline() { 1 } else { 2 << TOLD }, 0);
        for place in 0..std::mem::take(&mut self.count) {
            let other = self.touched[place];
            let told = &mut self.told[other as usize];
            let is_more = (*told >= least) | light.headlines.has(other);
            *told *= u32::from(is_more);
            self.touched[kept] = other;
            kept += usize::from(is_more);
        }
        self.count = kept;
        let mut ranked: Vec<u64> = Vec::new();
        self.drain(|other, count, told| {
            if light.may_be_enough(own, other, count, told)
                && own.is_enough(weights[other as usize], count, told)
            {
                // Of equals the earlier ones, so that those who share the same with all have some in common.
                ranked.push(u64::from(u32::MAX - told) << 32 | u64::from(other));
            }
        });
        let candidates = ranked.len();
        if candidates > most {
            ranked.select_nth_unstable(most);
            ranked.truncate(most);
        }
        others.clear();
        others.extend(ranked.iter().map(|&rank| rank as u32));
        candidates
    }
}

/// The reports by word.
struct Index<'a> {
    profiles: Ordered<'a>,
    /// See [`Caps::listed`].
    listed: u32,
    /// The reports that hold a word in a month, ascending, one such list after the other; words of one report alone left out.
    holders: Vec<u32>,
    /// By word, then month.
    lists: Vec<List>,
    /// The words that each report is looked up by, as indices into `lists` ([`ALONE`] for those left out), by word; from where in
    /// `starts` on.
    keys: Vec<u32>,
    starts: Vec<usize>,
    /// The first report in the window of days around the last that has been looked up.
    near: u32,
}

/// The reports of a word in a month, or without a day.
struct List {
    word: u32,
    /// See [`told`].
    told: u32,
    /// [`UNDATED`] for those without a day.
    month: i32,
    /// In `holders`.
    holders: Range<u32>,
    /// The holders before `next` have been asked for; those before `near` lie before the window of days around the last that was.
    next: u32,
    near: u32,
}

const ALONE: u32 = u32::MAX;
pub const UNDATED: i32 = i32::MAX;

/// The month of a day.
pub fn month(day: Option<i32>) -> i32 {
    day.map_or(UNDATED, |day| day.div_euclid(MONTH))
}

/// In so many parts, by its first four bits, the index is made, so that making it takes little more memory than it has.
const PARTS: u32 = 16;

impl<'a> Index<'a> {
    fn new(profiles: Ordered<'a>, caps: Caps) -> Index<'a> {
        let (mut keys, mut starts) = (Vec::new(), vec![0]);
        for at in 0..profiles.len() {
            keys.extend_from_slice(profiles.of(at).keys());
            starts.push(keys.len());
        }
        let listed = caps.listed as u32;
        let mut index =
            Index { profiles, listed, holders: Vec::new(), lists: Vec::new(), keys, starts, near: 0 };
        let months: Vec<i32> = (0..profiles.len()).map(|at| month(profiles.day(at))).collect();
        let mut next: Vec<u32> = vec![0; profiles.len()];
        (0..PARTS).for_each(|part| index.gather(part, &months, &mut next));
        index
    }

    /// Takes in the words of a part; `next` counts for each report those that were taken in before.
    fn gather(&mut self, part: u32, months: &[i32], next: &mut [u32]) {
        let mut places: Vec<u64> = Vec::new();
        for (at, &next) in next.iter().enumerate() {
            let own = &self.keys[self.starts[at] + next as usize..self.starts[at + 1]];
            let own = own.iter().take_while(|word| *word / (u32::MAX / PARTS + 1) == part);
            places.extend(own.map(|&word| u64::from(word) << 32 | at as u64));
        }
        places.sort_unstable();
        for same in places.chunk_by(|x, y| x >> 32 == y >> 32) {
            let reports = same.iter().map(|&place| place as u32);
            for (at, report) in reports.clone().enumerate() {
                let month = months[report as usize];
                if same.len() > 1 {
                    self.put(report, (same[0] >> 32) as u32, month, at == 0);
                }
                let list = if same.len() > 1 { self.lists.len() as u32 - 1 } else { ALONE };
                self.keys[self.starts[report as usize] + next[report as usize] as usize] = list;
                next[report as usize] += 1;
            }
        }
    }

    /// Puts a report behind the last one of a word and month; `is_first` of the word.
    fn put(&mut self, report: u32, word: u32, month: i32, is_first: bool) {
        let end = self.holders.len() as u32;
        self.holders.push(report);
        match self.lists.last_mut() {
            Some(list) if !is_first && list.month == month => list.holders.end = end + 1,
            _ => {
                let told = told(word);
                self.lists.push(List { word, told, month, holders: end..end + 1, next: end, near: end });
            }
        }
    }

    /// Adds up what `at`, which ascends from one call to the next, shares with earlier reports; whether a cap left some out. Its words that
    /// tell least, and in sum less than `tail`, stand in most reports, and find none by themselves but those that are `light`.
    fn look_up(&mut self, at: usize, tail: u64, light: &Light, shared: &mut Shared) -> bool {
        let own = self.keys[self.starts[at]..self.starts[at + 1]].iter().filter(|list| **list != ALONE);
        let mut own: Vec<(u32, u32)> = own.map(|&list| (self.lists[list as usize].told, list)).collect();
        own.sort_unstable();
        let sums = own.iter().scan(0, |sum, &(told, _)| {
            *sum += u64::from(told);
            Some(*sum)
        });
        let telling = sums.take_while(|sum| *sum < tail).count();
        let (mut is_cut, day) = (false, self.profiles.day(at));
        if let Some(day) = day {
            let is_far = |of: Option<i32>| of.is_some_and(|of| of < day - WINDOW);
            while is_far(self.profiles.day(self.near as usize)) {
                self.near += 1;
            }
        }
        let mut lists: Vec<(usize, u32, Range<usize>)> = Vec::with_capacity(2 * own.len());
        for (place, &(told, list)) in own.iter().enumerate().rev() {
            for Listed { near, first } in [self.own(list as usize), self.before(list as usize, day)] {
                let last = near.end.min(first + self.listed).max(near.start);
                is_cut |= last < near.end;
                if near.start < last {
                    lists.push((place, told, near.start as usize..last as usize));
                }
            }
        }
        fetch(lists.iter().map(|(_, _, near)| self.holders[near.start].into()));
        for (place, told, near) in lists {
            let holders = &self.holders[near];
            if place < telling { shared.add_met(holders, told, light) } else { shared.add(holders, told) }
        }
        is_cut
    }

    /// The holders of a list before the one that asks, as all do in order.
    fn own(&mut self, list: usize) -> Listed {
        let list = &mut self.lists[list];
        list.next += 1;
        Listed { near: list.holders.start..list.next - 1, first: list.holders.start }
    }

    /// The holders of the same word in the month before and the window of days before `day`; without a day, all that have one.
    fn before(&mut self, list: usize, day: Option<i32>) -> Listed {
        let (List { word, month, .. }, lists) = (&self.lists[list], &self.lists[..list]);
        let none = Listed { near: 0..0, first: 0 };
        let Some(last) = lists.last().filter(|last| last.word == *word) else { return none };
        if day.is_none() {
            let others = lists.iter().rposition(|other| other.word != *word);
            let first = lists[others.map_or(0, |other| other + 1)].holders.start;
            return Listed { near: first..last.holders.end, first };
        }
        if last.month != month - 1 {
            return none;
        }
        let last = &mut self.lists[list - 1];
        let rest = &self.holders[last.near as usize..last.holders.end as usize];
        last.near += rest.iter().take_while(|holder| **holder < self.near).count() as u32;
        Listed { near: last.near..last.holders.end, first: last.holders.start }
    }
}

/// Holders of a word that are near in time; of their list, which begins at `first`, so many as [`Caps::listed`] are found.
struct Listed {
    near: Range<u32>,
    first: u32,
}
