//! The averaged perceptron that all taggers are trained with, and how its weights become a file.
//!
//! In: features with the tags that are right and the one that was chosen. Out: the bytes `variorum::tagging::weights` reads.
//! Method: Collins 2002, averaged over all steps, with a margin; rows exist only for features that were ever wrong. All in
//! integers and in the order of the data, so the same data gives the same bytes.

use std::collections::BTreeMap;
use variorum::tagging::weights::{HEAD, MARKS, MOST_TAGS, ROWS};

/// Weights in training.
pub struct Learner {
    tags: usize,
    /// Hash and row of each feature seen, by open addressing; row 0 is an empty place.
    table: Vec<(u32, u32)>,
    used: usize,
    weights: Vec<i32>,
    sums: Vec<i64>,
    clock: i64,
}

/// Sums of weights, one a tag.
pub type Sums = [i32; MOST_TAGS];

impl Learner {
    /// One that knows nothing, for `tags` tags.
    pub fn new(tags: usize) -> Learner {
        let (weights, sums) = (vec![0; tags], vec![0; tags]);
        Learner { tags, table: vec![(0, 0); 1 << 16], used: 0, weights, sums, clock: 1 }
    }

    fn place(table: &[(u32, u32)], feature: u32) -> usize {
        let last = table.len() - 1;
        let mut at = (feature >> 8) as usize & last;
        while table[at].1 != 0 && table[at].0 != feature {
            at = (at + 1) & last;
        }
        at
    }

    fn row(&mut self, feature: u32) -> usize {
        if self.used * 2 > self.table.len() {
            self.grow();
        }
        let at = Learner::place(&self.table, feature);
        if self.table[at].1 == 0 {
            self.used += 1;
            self.table[at] = (feature, self.used as u32);
            self.weights.resize(self.weights.len() + self.tags, 0);
            self.sums.resize(self.sums.len() + self.tags, 0);
        }
        self.table[at].1 as usize
    }

    fn grow(&mut self) {
        let mut larger = vec![(0, 0); self.table.len() * 4];
        for &(feature, row) in self.table.iter().filter(|(_, row)| *row != 0) {
            let at = Learner::place(&larger, feature);
            larger[at] = (feature, row);
        }
        self.table = larger;
    }

    /// The sums of the weights of `features`.
    pub fn scores(&self, features: &[u32]) -> Sums {
        let mut sums = [0; MOST_TAGS];
        for &feature in features {
            let row = self.table[Learner::place(&self.table, feature)].1 as usize;
            if row != 0 {
                let weights = &self.weights[row * self.tags..(row + 1) * self.tags];
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        sums
    }

    /// A step of the clock that averages run by.
    pub fn step(&mut self) {
        self.clock += 1;
    }

    /// Moves `features` towards `right` and away from `wrong`.
    pub fn learn(&mut self, features: &[u32], right: usize, wrong: usize) {
        for &feature in features {
            let row = self.row(feature) * self.tags;
            self.weights[row + right] += 1;
            self.weights[row + wrong] -= 1;
            self.sums[row + right] += self.clock;
            self.sums[row + wrong] -= self.clock;
        }
    }

    /// The averaged weights of all `learners`, added up, by feature.
    fn all_means<const WIDTH: usize>(learners: &[Learner]) -> BTreeMap<u32, Vec<i64>> {
        let mut all: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
        for learner in learners {
            for &(feature, row) in learner.table.iter().filter(|(_, row)| *row != 0) {
                let sum = all.entry(feature).or_insert_with(|| vec![0; WIDTH]);
                let means = learner.means::<WIDTH>(row as usize);
                sum.iter_mut().zip(means).for_each(|(sum, mean)| *sum += mean);
            }
        }
        all
    }

    /// The averaged weights of `learners`, which learnt from the same data, as a file of `2^bits` lines with rows of `WIDTH` weights, and how many rows found no place. Where
    /// there are more tags than weights, each is told by how far it lies above the last.
    pub fn file<const WIDTH: usize>(learners: &[Learner], bits: u32) -> (Vec<u8>, usize) {
        let mut rows: Vec<(i64, u32, Vec<i64>)> = Vec::new();
        for (feature, means) in Learner::all_means::<WIDTH>(learners) {
            rows.push((means.iter().map(|mean| mean.abs()).max().unwrap_or(0), feature, means));
        }
        rows.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        // All but one row in two thousand keep their weights whole; the largest are cut to what a byte holds.
        let largest = rows.get(rows.len() / 2000).map_or(1, |row| row.0).max(1);
        let mut file = vec![0; HEAD + ((MARKS + ROWS * WIDTH) << bits)];
        file[..4].copy_from_slice(b"VWT2");
        file[4] = bits as u8;
        file[5] = WIDTH as u8;
        let mut lost = 0;
        for (_, feature, means) in rows {
            let bytes: Vec<i8> = means.iter().map(|mean| quantised(*mean, largest)).collect();
            if bytes.iter().any(|&byte| byte != 0) && !put::<WIDTH>(&mut file[HEAD..], bits, feature, &bytes)
            {
                lost += 1;
            }
        }
        (file, lost)
    }

    /// The averaged weights of a row, in thousandths of a step, so that small ones are not lost before the scale is known.
    fn means<const WIDTH: usize>(&self, row: usize) -> Vec<i64> {
        let at = row * self.tags..(row + 1) * self.tags;
        let mean = |(weight, sum): (&i32, &i64)| (i64::from(*weight) * self.clock - sum) * 1000 / self.clock;
        let means: Vec<i64> = self.weights[at.clone()].iter().zip(&self.sums[at]).map(mean).collect();
        let base = if self.tags > WIDTH { means[self.tags - 1] } else { 0 };
        means.iter().map(|mean| mean - base).chain(std::iter::repeat(0)).take(WIDTH).collect()
    }
}

fn quantised(mean: i64, largest: i64) -> i8 {
    let scaled = (mean * 127 * 2 + largest * mean.signum()) / (largest * 2);
    scaled.clamp(-127, 127) as i8
}

/// Puts a row into the first empty place of its line; `false` when all are taken.
fn put<const WIDTH: usize>(file: &mut [u8], bits: u32, feature: u32, weights: &[i8]) -> bool {
    let (marks, rows) = file.split_at_mut(MARKS << bits);
    let line = (feature >> (32 - bits)) as usize;
    for row in line * ROWS..(line + 1) * ROWS {
        let place = &mut rows[row * WIDTH..(row + 1) * WIDTH];
        if place.iter().all(|&byte| byte == 0) {
            place.iter_mut().zip(weights).for_each(|(to, from)| *to = *from as u8);
            marks[row * 2..row * 2 + 2].copy_from_slice(&(feature as u16).to_le_bytes());
            return true;
        }
    }
    false
}

/// Numbers that look random and are the same on every machine (xorshift, Marsaglia 2003).
pub struct Shuffle(u64);

impl Shuffle {
    /// From a fixed beginning.
    pub fn new(seed: u64) -> Shuffle {
        Shuffle(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % end.max(1) as u64) as usize
    }

    /// Leaves out each of `features` with this chance, in percent: weights learn not to lean on one of them alone.
    pub fn thin(&mut self, features: &[u32], percent: usize, kept: &mut Vec<u32>) {
        kept.clear();
        kept.extend(features.iter().filter(|_| self.below(100) >= percent));
    }

    /// Puts `items` in another order.
    pub fn mix<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
