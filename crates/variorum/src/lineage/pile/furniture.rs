//! Which sentences are an outlet's furniture: galleries, boxes and notes that it sets into reports of all kinds.
//!
//! In: the records of a pile. Out: for each outlet the sums of such sentences.
//! Method: a sentence that stands in reports of one outlet of which [`STRANGERS`] have otherwise nothing to do with each other.
//! Reports of one text that is printed again are no strangers: beside the sentences that are the same in both they share
//! edited ones, or they begin alike, or one stands nearly whole in the other.
//! Leaves: furniture that stands in fewer reports; alignment tells such boxes in pairs. Which of the reports are looked at
//! and how often is bounded; what could not be settled so is counted.

use super::Kept;
use super::candidates;
use super::record::{Lines, Record, TELLING};
use std::collections::{BTreeMap, BTreeSet};

/// How many reports that have nothing else to do with each other make a sentence furniture.
/// Set on `copies-dev`; rerun `variorum eval copies`.
const STRANGERS: usize = 4;

/// Of how many reports that hold a sentence it is looked at whether they are strangers.
const HOLDERS: usize = 10;

/// In how many comparisons of this kind a report takes part at most.
const COMPARED: u16 = 200;

/// How many runs of words two edited texts share beside their equal sentences, in thousandths of the shorter.
const EDITED: usize = 100;

/// How much of a text stands in one that it is a cut of, in thousandths.
const WHOLE: usize = 900;

/// The furniture of all outlets.
#[derive(Default)]
pub struct Furniture {
    sums: BTreeMap<u64, BTreeSet<u64>>,
    /// How many sentences could not be settled.
    pub unsettled: usize,
}

impl Furniture {
    /// The sums of the sentences that are furniture at the outlet of `record`; `None` for none.
    pub fn of(&self, record: &Record) -> Option<&BTreeSet<u64>> {
        self.sums.get(&record.outlet?)
    }
}

/// The furniture of the outlets of the reports.
pub fn find(kept: &Kept) -> Furniture {
    let mut outlets: Vec<u64> = kept.records.iter().filter_map(|record| record.outlet).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let mut places: Vec<(u32, u64, u32)> = Vec::new();
    for (at, record) in kept.records.iter().enumerate() {
        let Some(outlet) = record.outlet else { continue };
        let outlet = outlets.partition_point(|&other| other < outlet) as u32;
        places.extend(kept.lines(at).sums().flatten().map(|sum| (outlet, sum, at as u32)));
    }
    places.sort_unstable();
    places.dedup();
    let mut known = Known { kept, alike: BTreeMap::new(), compared: vec![0; kept.records.len()] };
    let mut furniture = Furniture::default();
    for holders in
        places.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).filter(|holders| holders.len() >= STRANGERS)
    {
        match known.are_strangers(&spread(holders)) {
            Some(true) => {
                furniture.sums.entry(outlets[holders[0].0 as usize]).or_default().insert(holders[0].1);
            }
            Some(false) => {}
            None => furniture.unsettled += 1,
        }
    }
    furniture
}

/// [`HOLDERS`] of them, evenly from first to last.
fn spread(holders: &[(u32, u64, u32)]) -> Vec<usize> {
    let count = holders.len().min(HOLDERS);
    (0..count).map(|at| holders[at * (holders.len() - 1) / (count - 1).max(1)].2 as usize).collect()
}

/// Which pairs of reports were compared already.
struct Known<'a, 'k> {
    kept: &'a Kept<'k>,
    alike: BTreeMap<(usize, usize), bool>,
    compared: Vec<u16>,
}

impl Known<'_, '_> {
    /// Whether enough of `holders` are strangers to each other; `None` where too many comparisons would be needed.
    fn are_strangers(&mut self, holders: &[usize]) -> Option<bool> {
        let mut strangers: Vec<usize> = Vec::new();
        for &holder in holders {
            let mut is_stranger = true;
            for &other in &strangers {
                is_stranger &= !self.are_alike(other, holder)?;
            }
            if is_stranger {
                strangers.push(holder);
            }
            if strangers.len() >= STRANGERS {
                return Some(true);
            }
        }
        Some(false)
    }

    fn are_alike(&mut self, a: usize, b: usize) -> Option<bool> {
        if let Some(&known) = self.alike.get(&(a, b)) {
            return Some(known);
        }
        if self.compared[a].max(self.compared[b]) >= COMPARED {
            return None;
        }
        self.compared[a] += 1;
        self.compared[b] += 1;
        let alike = are_alike(&self.kept.lines(a), &self.kept.lines(b));
        self.alike.insert((a, b), alike);
        Some(alike)
    }
}

/// Whether two reports that share a sentence are otherwise one text, edited or cut.
fn are_alike(a: &Lines, b: &Lines) -> bool {
    let (sums_a, sums_b): (BTreeSet<u64>, BTreeSet<u64>) =
        (a.sums().flatten().collect(), b.sums().flatten().collect());
    let (own_a, equal_a) = parted(a, &sums_b);
    let (own_b, equal_b) = parted(b, &sums_a);
    let whole = |own: usize, equal: usize| 1000 * equal >= WHOLE * (own + equal);
    if begins_in(a, &sums_b) && begins_in(b, &sums_a) || whole(own_a.1, equal_a) || whole(own_b.1, equal_b) {
        return true;
    }
    let shared = own_a.0.intersection(&own_b.0).count();
    shared > 2 && 1000 * shared >= EDITED * own_a.0.len().min(own_b.0.len())
}

/// The runs and the count of the words in sentences that the other has not, and the count of those in sentences it has.
fn parted(lines: &Lines, other: &BTreeSet<u64>) -> ((BTreeSet<u64>, usize), usize) {
    let (mut runs, mut own, mut equal) = (BTreeSet::new(), 0, 0);
    for (words, sum) in lines.sentences().zip(lines.sums()) {
        if sum.is_some_and(|sum| other.contains(&sum)) {
            equal += words.len();
        } else {
            own += words.len();
            runs.extend(candidates::sampled(words));
        }
    }
    ((runs, own), equal)
}

/// Whether the first sentence of some length stands in the other.
fn begins_in(lines: &Lines, other: &BTreeSet<u64>) -> bool {
    lines
        .sentences()
        .zip(lines.sums())
        .find(|(words, _)| words.len() >= 2 * TELLING)
        .is_some_and(|(_, sum)| sum.is_some_and(|sum| other.contains(&sum)))
}
