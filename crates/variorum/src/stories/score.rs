//! How much two reports tell of one story.
//!
//! In: two profiles. Out: a score in ten-thousandths, symmetric.
//! Method: cosines of four fields, weighted; quoted words that both print; less with every day between the dates.
//! Leaves: a field that one of the two has not counts for neither.

use super::profile::{FIELDS, Profile};

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
    score_of(cosines(a, b), a, b)
}

/// The same from the cosines of their fields.
fn score_of(cosines: [Option<u32>; FIELDS], a: &Profile, b: &Profile) -> u32 {
    let common = common(a.quoted, b.quoted);
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
    /// A power of two, at least half of them empty; a word that stands nowhere is in none.
    slots: Vec<(u32, [u16; FIELDS])>,
    /// One bit for the last 13 of each word: most of another report's words are not in the table, and most of these are told so.
    ends: [u64; 128],
}

impl<'a> Held<'a> {
    /// The table of `profile`.
    pub fn new(profile: Profile<'a>) -> Held<'a> {
        let count: usize = profile.fields.iter().map(|field| field.words.len()).sum();
        let mut held = Held {
            profile,
            slots: vec![(0, [0; FIELDS]); (2 * count + 2).next_power_of_two()],
            ends: [0; 128],
        };
        for (field, vector) in profile.fields.iter().enumerate() {
            for (word, weight) in vector.iter() {
                let at = held.slot(word);
                held.ends[word as usize >> 6 & 127] |= 1 << (word & 63);
                held.slots[at].0 = word;
                held.slots[at].1[field] = weight;
            }
        }
        held
    }

    /// Where `word` stands or would.
    fn slot(&self, word: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = word as usize & last;
        while self.slots[at].0 != word && self.slots[at].1 != [0; FIELDS] {
            at = (at + 1) & last;
        }
        at
    }

    /// What [`score`] gives for it and `other`.
    pub fn score(&self, other: &Profile) -> u32 {
        score_of(self.cosines(other), &self.profile, other)
    }

    /// What [`cosines`] gives for it and `other`.
    fn cosines(&self, other: &Profile) -> [Option<u32>; FIELDS] {
        std::array::from_fn(|field| {
            let (a, b) = (&self.profile.fields[field], &other.fields[field]);
            let weight = |word: u32| u64::from(self.slots[self.slot(word)].1[field]);
            let may_hold = |word: u32| self.ends[word as usize >> 6 & 127] >> (word & 63) & 1 > 0;
            let sum = || {
                let both = b.iter().filter(|(word, _)| may_hold(*word));
                both.map(|(word, of_b)| weight(word) * u64::from(of_b)).sum()
            };
            (a.length > 0 && b.length > 0).then(|| share(sum(), a.length, b.length))
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
    if alike < ALIKE || a.fields[1].words.len().min(b.fields[1].words.len()) < NAMES {
        return score;
    }
    let named = 2 * cosines[1].unwrap_or_default();
    if named < alike { score * named / alike } else { score }
}

/// What is left of a score between dates so many days apart, in thousandths.
pub fn kept(days: u32) -> u32 {
    (0..days.saturating_sub(1).min(60)).fold(1000 - DAY.1, |kept, _| kept * DAY.0 / 1000) + DAY.1
}

/// A product of two vectors as a cosine.
fn share(product: u64, a: u64, b: u64) -> u32 {
    let whole = u128::from(product) * u128::from(WHOLE) / u128::from((a * b).max(1));
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
    use super::super::profile::Vector;
    use super::*;

    type Weights<'a> = [(&'a [u32], &'a [u16]); FIELDS];

    fn profile<'a>(fields: Weights<'a>) -> Profile<'a> {
        let length =
            |weights: &[u16]| weights.iter().map(|&weight| u64::from(weight).pow(2)).sum::<u64>().isqrt();
        let vector =
            |(words, weights): (&'a [u32], &'a [u16])| Vector { words, weights, length: length(weights) };
        Profile { fields: fields.map(vector), words: 9, ..Profile::default() }
    }

    fn check(a: Weights, b: Weights, products: [u64; FIELDS]) {
        let (a, b) = (profile(a), profile(b));
        assert_eq!(score(&a, &b), score(&b, &a));
        let expected = std::array::from_fn(|field| {
            let (x, y) = (a.fields[field].length, b.fields[field].length);
            (x > 0 && y > 0).then(|| share(products[field], x, y))
        });
        assert_eq!(cosines(&a, &b), expected);
        assert_eq!(cosines(&b, &a), expected);
    }

    #[test]
    fn a_table_multiplies_what_both_have() {
        const NONE: (&[u32], &[u16]) = (&[], &[]);
        check([NONE; FIELDS], [(&[1], &[5]), NONE, NONE, NONE], [0; FIELDS]);
        check(
            [(&[0, 8], &[3, 4]), (&[8], &[1]), NONE, (&[16], &[2])],
            [(&[16, 0], &[9, 2]), (&[8], &[7]), (&[3], &[1]), (&[24, 16], &[1, 2])],
            [6, 7, 0, 4],
        );
    }
}
