//! Which sentences of two reports are one.
//!
//! In: two reports. Out: their sentences aligned one to one, each pair with the words it shares.
//! Method: equal sentences first; then sentences that share rare words, by longest common subsequence; then what
//! stands between two aligned neighbours.
//! Leaves: sentences that are parted or joined, where only the longer part is aligned.

use super::copies::{Folded, Prose, hash_all};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Longest sentence, in words, that is compared word by word in order; longer ones by their sets of words.
const LONG: usize = 300;
/// Of a sentence that a report prints again and again so many are looked at for one that is not aligned yet.
const REPEATED: usize = 64;
/// A word in more sentences than this says nothing about which belong together.
const COMMON: usize = 24;
/// How alike two sentences must be wherever they stand, and between two aligned neighbours, in thousandths.
const ALIKE: usize = 400;
const BETWEEN: usize = 200;

/// Two sentences that are one.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index in the first report's sentences.
    pub a: usize,
    /// Index in the second's.
    pub b: usize,
    /// Words that both have, in the same order.
    pub shared: usize,
    /// Those of them that are the narrator's on both sides.
    pub(super) own: usize,
}

/// A report's sentences by what stands in them, so that they are aligned with many others at little cost.
pub struct Index {
    /// The sum of each sentence.
    sums: Vec<u64>,
    /// Sum and sentence, ascending.
    by_sum: Vec<(u64, u32)>,
    /// Asked for only where sentences are not the same.
    words: OnceCell<Words>,
}

/// The words of a report's sentences.
struct Words {
    /// Of each sentence, ascending; of each one past its last in `ends`.
    sorted: Vec<u64>,
    ends: Vec<u32>,
    /// The first place of each word of a sentence in `sorted`, by word, then place.
    places: Vec<Place>,
}

#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    word: u64,
    at: u32,
    sentence: u32,
}

impl Index {
    /// Of the sentences of `prose`.
    pub fn new(prose: &Prose) -> Index {
        let sums: Vec<u64> = prose.sentences.iter().map(|sentence| hash_all(&sentence.words)).collect();
        let mut by_sum: Vec<(u64, u32)> = sums.iter().copied().zip(0..).collect();
        by_sum.sort_unstable();
        Index { sums, by_sum, words: OnceCell::new() }
    }

    /// The words of the `sentences` it was made of.
    fn words(&self, sentences: &[Folded]) -> &Words {
        self.words.get_or_init(|| Words::new(sentences))
    }
}

impl Words {
    fn new(sentences: &[Folded]) -> Words {
        let mut words = Words { sorted: Vec::new(), ends: Vec::new(), places: Vec::new() };
        for (number, sentence) in sentences.iter().enumerate() {
            let start = words.sorted.len();
            words.sorted.extend_from_slice(&sentence.words);
            words.sorted[start..].sort_unstable();
            words.ends.push(words.sorted.len() as u32);
            for at in start..words.sorted.len() {
                let word = words.sorted[at];
                if at == start || words.sorted[at - 1] != word {
                    words.places.push(Place { word, at: at as u32, sentence: number as u32 });
                }
            }
        }
        words.places.sort_unstable();
        words
    }

    /// Where the words of a sentence stand in `sorted`.
    fn range(&self, sentence: usize) -> std::ops::Range<usize> {
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        start..self.ends[sentence] as usize
    }
}

/// The aligned sentences of two reports, in the order of the first.
pub fn align(a: &Prose, b: &Prose) -> Vec<Match> {
    align_with((a, &Index::new(a)), (b, &Index::new(b)))
}

/// The same where their indices are at hand.
pub fn align_with(a: (&Prose, &Index), b: (&Prose, &Index)) -> Vec<Match> {
    let mut pair = Pair {
        a: &a.0.sentences,
        b: &b.0.sentences,
        of_a: a.1,
        of_b: b.1,
        taken_a: vec![None; a.0.sentences.len()],
        taken_b: vec![None; b.0.sentences.len()],
    };
    pair.join_equal();
    pair.join_alike();
    pair.join_between();
    let matched =
        |(at, other): (usize, &Option<usize>)| other.map(|other| matched(pair.a, pair.b, at, other));
    pair.taken_a.iter().enumerate().filter_map(matched).collect()
}

/// Two reports, and with which sentence of the other each sentence is aligned.
struct Pair<'a> {
    a: &'a [Folded],
    b: &'a [Folded],
    of_a: &'a Index,
    of_b: &'a Index,
    taken_a: Vec<Option<usize>>,
    taken_b: Vec<Option<usize>>,
}

impl Pair<'_> {
    fn join(&mut self, a: usize, b: usize) {
        self.taken_a[a] = Some(b);
        self.taken_b[b] = Some(a);
    }

    /// Joins equal sentences, each with the next equal one behind the last that was joined.
    fn join_equal(&mut self) {
        let mut expected = 0;
        for at in 0..self.a.len() {
            let next = self.equal(at, expected).or_else(|| self.equal(at, 0));
            if let Some(other) = next {
                self.join(at, other);
                expected = other + 1;
            }
        }
    }

    /// The first sentence of the second report from `from` on that is the one at `at`, and is not aligned yet.
    fn equal(&self, at: usize, from: usize) -> Option<usize> {
        let (sum, places) = (self.of_a.sums[at], &self.of_b.by_sum);
        let rest = &places[places.partition_point(|&place| place < (sum, from as u32))..];
        rest.iter()
            .take(REPEATED)
            .take_while(|place| place.0 == sum)
            .map(|place| place.1 as usize)
            .filter(|&other| self.taken_b[other].is_none())
            .find(|&other| self.b[other].words == self.a[at].words)
    }

    /// Joins sentences that share most of their words, the most alike first.
    fn join_alike(&mut self) {
        if self.taken_a.iter().all(Option::is_some) || self.taken_b.iter().all(Option::is_some) {
            return;
        }
        let (held, words) = (self.held(), self.of_a.words(self.a));
        let mut votes = vec![0usize; self.b.len()];
        let mut pairs = Vec::new();
        for at in (0..self.a.len()).filter(|&at| self.taken_a[at].is_none()) {
            for other in held.nearest(words.range(at), &mut votes) {
                let likeness = self.likeness(at, other, ALIKE);
                if likeness >= ALIKE {
                    pairs.push((Reverse(likeness), at.abs_diff(other), at, other));
                }
            }
        }
        pairs.sort_unstable();
        for (_, _, at, other) in pairs {
            if self.taken_a[at].is_none() && self.taken_b[other].is_none() {
                self.join(at, other);
            }
        }
    }

    /// For the words of the first report in which free sentences of the second they stand.
    fn held(&self) -> Held {
        let (words, others) = (self.of_a.words(self.a), self.of_b.words(self.b));
        let is_free = |place: &&Place| self.taken_b[place.sentence as usize].is_none();
        let free: Vec<Place> = others.places.iter().filter(is_free).copied().collect();
        let mut held = Held { ranges: vec![(0, 0); words.sorted.len()], sentences: Vec::new() };
        held.sentences.extend(free.iter().map(|place| place.sentence));
        let mut from = 0;
        for same in words.places.chunk_by(|x, y| x.word == y.word) {
            from += free[from..].iter().take_while(|place| place.word < same[0].word).count();
            let count = free[from..].iter().take_while(|place| place.word == same[0].word).count();
            if count <= COMMON {
                let range = (from as u32, (from + count) as u32);
                same.iter().for_each(|place| held.ranges[place.at as usize] = range);
            }
            from += count;
        }
        held
    }

    /// Joins what stands between two aligned neighbours, when as many sentences stand there on both sides.
    fn join_between(&mut self) {
        let anchors: Vec<(usize, usize)> = self
            .taken_a
            .iter()
            .enumerate()
            .filter_map(|(at, other)| other.map(|other| (at, other)))
            .collect();
        for pair in anchors.windows(2) {
            let ((a0, b0), (a1, b1)) = (pair[0], pair[1]);
            if b1 <= b0 || a1 - a0 != b1 - b0 || a1 - a0 > 4 {
                continue;
            }
            for step in 1..a1 - a0 {
                let is_free = self.taken_a[a0 + step].is_none() && self.taken_b[b0 + step].is_none();
                if is_free && self.likeness(a0 + step, b0 + step, BETWEEN) >= BETWEEN {
                    self.join(a0 + step, b0 + step);
                }
            }
        }
    }

    /// Share of words in common, in thousandths of both; of the shorter where it stands almost whole in the longer.
    /// What is below `least` may be given too small.
    fn likeness(&self, at: usize, other: usize, least: usize) -> usize {
        let (a, b) = (&self.a[at].words, &self.b[other].words);
        let of = |shared: usize| {
            let short = a.len().min(b.len()).max(1);
            let both = 2000 * shared / (a.len() + b.len()).max(1);
            if shared >= 5 && 1000 * shared / short >= 800 { both.max(500) } else { both }
        };
        let (words, others) = (self.of_a.words(self.a), self.of_b.words(self.b));
        let most = in_common(&words.sorted[words.range(at)], &others.sorted[others.range(other)]);
        if of(most) < least { 0 } else { of(length(a, b)) }
    }
}

/// In which sentences the words of a report stand.
struct Held {
    /// For each place in the report's `sorted`: from where to where in `sentences`.
    ranges: Vec<(u32, u32)>,
    sentences: Vec<u32>,
}

impl Held {
    /// The four sentences in which most of the words at `places` stand, the most first. `votes` is all 0, and is left so.
    fn nearest(
        &self,
        places: std::ops::Range<usize>,
        votes: &mut [usize],
    ) -> impl Iterator<Item = usize> + use<> {
        let mut ranked: Vec<(Reverse<usize>, usize)> = Vec::new();
        for &(from, to) in &self.ranges[places] {
            for &other in &self.sentences[from as usize..to as usize] {
                let other = other as usize;
                if votes[other] == 0 {
                    ranked.push((Reverse(0), other));
                }
                votes[other] += 1;
            }
        }
        for (score, other) in &mut ranked {
            *score = Reverse(std::mem::take(&mut votes[*other]));
        }
        if ranked.len() > 4 {
            ranked.select_nth_unstable(3);
            ranked.truncate(4);
        }
        ranked.into_iter().map(|(_, other)| other)
    }
}

fn matched(a: &[Folded], b: &[Folded], at: usize, other: usize) -> Match {
    let (left, right) = (&a[at], &b[other]);
    if left.words == right.words {
        let own = left.own.iter().zip(&right.own).filter(|(x, y)| **x && **y).count();
        return Match { a: at, b: other, shared: left.words.len(), own };
    }
    let common = common(&left.words, &right.words);
    let own = common.iter().filter(|&&(i, j)| left.own[i] && right.own[j]).count();
    Match { a: at, b: other, shared: common.len(), own }
}

/// How many words two ascending lists have in common, each as often as it stands in both.
pub fn in_common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        both += usize::from(x == y);
        (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
    }
    both
}

/// The length of a longest common subsequence; of long sentences as [`common`] has it.
fn length(a: &[u64], b: &[u64]) -> usize {
    if a.len() <= 64 {
        return subsequence::<1>(a, b);
    }
    let ends = Ends::of(a, b);
    let (inner_a, inner_b) = ends.inner(a, b);
    let inner = match inner_a.len() {
        _ if ends.is_long(a, b) => bag(inner_a, inner_b).len(),
        ..=64 => subsequence::<1>(inner_a, inner_b),
        _ => subsequence::<{ LONG.div_ceil(64) }>(inner_a, inner_b),
    };
    ends.head + inner + ends.tail
}

/// The same for an `a` of at most 64 words for each of `BLOCKS`.
///
/// A column of the table at a time, one bit a row (Hyyrö 2004).
fn subsequence<const BLOCKS: usize>(a: &[u64], b: &[u64]) -> usize {
    let mut rows = [u64::MAX; BLOCKS];
    for word in b {
        let mut carry = false;
        for (rows, part) in rows.iter_mut().zip(a.chunks(64)) {
            let same =
                part.iter().enumerate().fold(0, |same, (at, other)| same | (u64::from(word == other) << at));
            let met = *rows & same;
            let (sum, over) = rows.overflowing_add(met);
            let (sum, over_again) = sum.overflowing_add(carry.into());
            *rows = sum | (*rows - met);
            carry = over || over_again;
        }
    }
    let count = |(rows, part): (&u64, &[u64])| {
        let all = if part.len() == 64 { u64::MAX } else { (1 << part.len()) - 1 };
        (!rows & all).count_ones() as usize
    };
    rows.iter().zip(a.chunks(64)).map(count).sum()
}

/// With how many words two sentences begin and end alike.
struct Ends {
    head: usize,
    tail: usize,
}

impl Ends {
    fn of(a: &[u64], b: &[u64]) -> Ends {
        let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
        Ends { head, tail }
    }

    /// What stands between.
    fn inner<'a>(&self, a: &'a [u64], b: &'a [u64]) -> (&'a [u64], &'a [u64]) {
        (&a[self.head..a.len() - self.tail], &b[self.head..b.len() - self.tail])
    }

    fn is_long(&self, a: &[u64], b: &[u64]) -> bool {
        a.len().max(b.len()) - self.head - self.tail > LONG
    }
}

/// A longest common subsequence, as places in both; for long sentences the common words in any order.
pub fn common(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let ends = Ends::of(a, b);
    let (inner_a, inner_b) = ends.inner(a, b);
    let inner = if ends.is_long(a, b) { bag(inner_a, inner_b) } else { sequence(inner_a, inner_b) };
    let Ends { head, tail } = ends;
    let mut places: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    places.extend(inner.into_iter().map(|(i, j)| (head + i, head + j)));
    places.extend((0..tail).map(|at| (a.len() - tail + at, b.len() - tail + at)));
    places
}

fn sequence(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    if a.len() > 64 {
        return by_table(a, b);
    }
    // Of each column, read from the ends, one bit a row: whether it is longer than the row below.
    let mut longer = vec![0u64; b.len()];
    let mut rows = u64::MAX;
    for (column, word) in b.iter().enumerate().rev() {
        let same =
            a.iter().rev().enumerate().fold(0, |same, (at, other)| same | (u64::from(word == other) << at));
        let met = rows & same;
        rows = rows.wrapping_add(met) | (rows - met);
        longer[column] = !rows;
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::with_capacity(a.len().min(b.len())));
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longer[j] >> (a.len() - 1 - i) & 1 == 0 {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

/// The same for an `a` of any length.
fn by_table(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut longest = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

fn bag(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let mut free: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    b.iter().enumerate().rev().for_each(|(at, &word)| free.entry(word).or_default().push(at));
    a.iter().enumerate().filter_map(|(at, word)| Some((at, free.get_mut(word)?.pop()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The length of a longest common subsequence is that of the one that is found.
    fn check(a: &[u64], b: &[u64]) {
        assert_eq!(length(a, b), common(a, b).len(), "{a:?} {b:?}");
        assert_eq!(length(b, a), common(a, b).len(), "{b:?} {a:?}");
        let (mut sorted_a, mut sorted_b) = (a.to_vec(), b.to_vec());
        sorted_a.sort_unstable();
        sorted_b.sort_unstable();
        assert!(in_common(&sorted_a, &sorted_b) >= length(a, b));
    }

    fn noise(seed: u64, count: u64) -> Vec<u64> {
        (0..count).map(|at| (seed + at).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60).collect()
    }

    #[test]
    fn bits_find_the_way_of_the_table() {
        for (left, right) in [(0, 3), (1, 1), (5, 9), (30, 25), (63, 64), (64, 64), (64, 130)] {
            for seed in 0..20 {
                let (a, b) = (noise(seed, left), noise(977 * seed + 50, right));
                assert_eq!(sequence(&a, &b), by_table(&a, &b), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_row_of_bits_is_as_long_as_the_table() {
        check(&[], &[]);
        check(&[1, 2, 3], &[]);
        check(&[1, 2, 3, 4, 5], &[2, 9, 4, 1, 5]);
        for (left, right) in [(63, 64), (64, 64), (65, 40), (128, 130), (129, 299), (299, 300)] {
            check(&noise(1, left), &noise(1000, right));
        }
    }
}
