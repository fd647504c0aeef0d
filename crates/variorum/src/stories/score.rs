//! How much two reports tell of one story.
//!
//! In: two profiles. Out: a score in ten-thousandths, symmetric.
//! Method: cosines of four fields, weighted; quoted words that both print; less with every day between the dates.
//! Leaves: a field that one of the two has not counts for neither.

use super::profile::{self, FIELDS, Profile};

/// The largest score.
pub const WHOLE: u32 = 10_000;

/// Share of each field: whole text, names and numbers, title with lead, title.
/// This and the numbers below were set together on the development stories, by random search over one setting for
/// all six sets; rerun `variorum eval stories` when changing one.
pub const SHARES: [u32; FIELDS] = [287, 99, 442, 172];

/// What is left of a score for each day between two dates beyond the first, in thousandths, and after any number of them.
const DAY: (u32, u32) = (905, 0);

/// What is left of it where a date is not known, in thousandths.
pub const UNDATED: u32 = 815;

/// How much quoted words in common can add.
const QUOTED: u32 = 500;

/// What a score of bare headlines counts, in thousandths: they have few words to share.
const HEADLINES: u32 = 1850;

/// From what likeness of the whole texts on it is asked whether they are written on one template, in ten-thousandths: then
/// names and numbers must be half as alike as the words are, where both have so many.
const ALIKE: u32 = 4000;
const NAMES: usize = 6;

/// How much two reports tell of one story.
pub fn score(a: &Profile, b: &Profile) -> u32 {
    score_of(cosines(a, b), common(a.quoted, b.quoted), a, b)
}

/// The same from the cosines of their fields and how many quoted words are in common.
fn score_of(cosines: [Option<u32>; FIELDS], common: u32, a: &Profile, b: &Profile) -> u32 {
    let mut score = untemplated(cosines, a, b, (lexical(cosines) + QUOTED * common.min(8) / 8).min(WHOLE));
    if is_headline(a) || is_headline(b) {
        score = (score * HEADLINES / 1000).min(WHOLE);
    }
    match (a.day, b.day) {
        (Some(a), Some(b)) => score * kept(a.abs_diff(b)) / 1000,
        _ if is_headline(a) || is_headline(b) => score,
        _ => score * UNDATED / 1000,
    }
}

/// Whether nothing but a title is known.
pub fn is_headline(profile: &Profile) -> bool {
    profile.words == 0
}

/// The cosine of each field, in ten-thousandths; `None` where one of the two has not got it.
pub fn cosines(a: &Profile, b: &Profile) -> [Option<u32>; FIELDS] {
    Held::new(*a).cosines(b)
}

/// One report, laid out to be scored against many: a table from words to their weights in each field.
pub struct Held<'a> {
    profile: Profile<'a>,
    /// A power of two, at least half of them empty.
    slots: Vec<Slot>,
    /// One bit for the last 13 of each word: most of another report's words are not in the table, and most of these are told so.
    ends: Ends,
    /// The same for the runs of quoted words.
    quoted: Ends,
}

/// For each end of a number whether one of some numbers has it.
struct Ends([u64; 128]);

impl Ends {
    fn of(numbers: &[u32]) -> Ends {
        let mut ends = Ends([0; 128]);
        numbers.iter().for_each(|number| ends.0[*number as usize >> 6 & 127] |= 1 << (number & 63));
        ends
    }

    fn has(&self, number: u32) -> bool {
        self.0[number as usize >> 6 & 127] >> (number & 63) & 1 > 0
    }
}

/// A word with what it weighs alone (0 in an empty slot), and in each field.
#[derive(Copy, Clone, Default)]
struct Slot {
    word: u32,
    alone: u16,
    weights: [u16; FIELDS],
}

impl<'a> Held<'a> {
    /// The table of `profile`.
    pub fn new(profile: Profile<'a>) -> Held<'a> {
        let room = (2 * profile.terms.len() + 2).next_power_of_two();
        let (ends, quoted) = (Ends::of(profile.terms), Ends::of(profile.quoted));
        let mut held = Held { profile, slots: vec![Slot::default(); room], ends, quoted };
        for (&word, &times) in profile.terms.iter().zip(profile.times) {
            let (at, alone) = (held.slot(word), profile::alone(word));
            held.slots[at] = Slot { word, alone, weights: profile::weights(alone, times) };
        }
        held
    }

    /// Where `word` stands or would.
    fn slot(&self, word: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = word as usize & last;
        while self.slots[at].word != word && self.slots[at].alone > 0 {
            at = (at + 1) & last;
        }
        at
    }

    /// What [`score`] gives for it and `other`.
    pub fn score(&self, other: &Profile) -> u32 {
        score_of(self.cosines(other), self.common(other), &self.profile, other)
    }

    /// How many runs of quoted words it has in common with `other`.
    fn common(&self, other: &Profile) -> u32 {
        if self.profile.quoted.is_empty() {
            return 0;
        }
        let known = |run: &&u32| self.quoted.has(**run) && self.profile.quoted.binary_search(run).is_ok();
        other.quoted.iter().filter(known).count() as u32
    }

    /// What [`cosines`] gives for it and `other`.
    fn cosines(&self, other: &Profile) -> [Option<u32>; FIELDS] {
        let mut products = [0u64; FIELDS];
        for (words, times) in other.terms.chunks(64).zip(other.times.chunks(64)) {
            // Which may be in the table is told of all before any is looked up: no processor can guess it one by one.
            let mut met = words
                .iter()
                .enumerate()
                .fold(0, |met, (at, &word)| met | u64::from(self.ends.has(word)) << at);
            while met > 0 {
                let at = met.trailing_zeros() as usize;
                met &= met - 1;
                let slot = &self.slots[self.slot(words[at])];
                let theirs = profile::weights(slot.alone, times[at]);
                for (product, (&a, &b)) in products.iter_mut().zip(slot.weights.iter().zip(&theirs)) {
                    *product += u64::from(a) * u64::from(b);
                }
            }
        }
        std::array::from_fn(|field| {
            let (a, b) = (self.profile.lengths[field], other.lengths[field]);
            (a > 0 && b > 0).then(|| share(products[field], a, b))
        })
    }
}

fn lexical(cosines: [Option<u32>; FIELDS]) -> u32 {
    let (mut sum, mut share) = (0, 0);
    for (cosine, weight) in cosines.into_iter().zip(SHARES) {
        sum += weight * cosine.unwrap_or_default();
        share += if cosine.is_some() { weight } else { 0 };
    }
    sum / share.max(1)
}

/// What is left of a score where the words are alike and the names and numbers are not.
fn untemplated(cosines: [Option<u32>; FIELDS], a: &Profile, b: &Profile, score: u32) -> u32 {
    let alike = cosines[0].unwrap_or_default();
    if alike < ALIKE || a.names().min(b.names()) < NAMES {
        return score;
    }
    let named = 2 * cosines[1].unwrap_or_default();
    if named < alike { score * named / alike } else { score }
}

/// What is left of a score between dates so many days apart, in thousandths.
pub fn kept(days: u32) -> u32 {
    KEPT[days.saturating_sub(1).min(LONGEST) as usize] + DAY.1
}

/// After more days than this nothing more is lost.
const LONGEST: u32 = 60;

const KEPT: [u32; LONGEST as usize + 1] = {
    let mut kept = [1000 - DAY.1; LONGEST as usize + 1];
    let mut day = 1;
    while day < kept.len() {
        kept[day] = kept[day - 1] * DAY.0 / 1000;
        day += 1;
    }
    kept
};

/// A product of two vectors as a cosine. No vector of a profile is as long as 2^20, so that nothing here reaches 2^54.
fn share(product: u64, a: u64, b: u64) -> u32 {
    let whole = product.saturating_mul(WHOLE.into()) / (a * b).max(1);
    whole.min(WHOLE.into()) as u32
}

/// How many elements two ascending lists have in common.
pub fn common(a: &[u32], b: &[u32]) -> u32 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        both += u32::from(a[i] == b[j]);
        (i, j) = (i + usize::from(a[i] <= b[j]), j + usize::from(b[j] <= a[i]));
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of words, each with how often it stands in each field.
    type Terms<'a> = &'a [(u32, u16)];

    fn check(a: Terms, b: Terms, products: [u64; FIELDS]) {
        let words = [a, b].map(|of| of.iter().map(|&(word, _)| word).collect::<Vec<u32>>());
        let times = [a, b].map(|of| of.iter().map(|&(_, times)| times).collect::<Vec<u16>>());
        let [a, b] = [0, 1].map(|at| {
            let mut profile =
                Profile { terms: &words[at], times: &times[at], words: 9, ..Profile::default() };
            profile.lengths = std::array::from_fn(|field| {
                profile.weighted().map(|(_, weights)| u64::from(weights[field]).pow(2)).sum::<u64>().isqrt()
            });
            profile
        });
        assert_eq!(score(&a, &b), score(&b, &a));
        let alone = u64::from(profile::alone(1)).pow(2);
        let expected = std::array::from_fn(|field| {
            let (x, y) = (a.lengths[field], b.lengths[field]);
            (x > 0 && y > 0).then(|| share(alone * products[field], x, y))
        });
        assert_eq!(cosines(&a, &b), expected);
        assert_eq!(cosines(&b, &a), expected);
    }

    #[test]
    fn a_table_multiplies_what_both_have() {
        // A word that stands once weighs 16, one that stands twice 27; no table holds words of such small numbers.
        check(&[], &[(1, 0x0001)], [0; FIELDS]);
        check(
            &[(1, 0x0021), (9, 0x1002), (17, 0x1000)],
            &[(17, 0x1001), (1, 0x0011), (25, 0x0100)],
            [16 * 16, 27 * 16, 0, 16 * 16],
        );
        // A word of an address weighs half.
        check(&[(1, 0x11f1)], &[(1, 0x0012)], [8 * 27, 0, 0, 0]);
    }
}
