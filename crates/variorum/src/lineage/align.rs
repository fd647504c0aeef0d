//! Which sentences of two reports are one.
//!
//! In: two reports. Out: their sentences aligned one to one, each pair with the words it shares.
//! Method: equal sentences first; then those that share half of their words where one text goes on as the other does; then sentences
//! that share rare words, by longest common subsequence; then what stands between two aligned neighbours.
//! Leaves: sentences that are parted or joined, where only the longer part is aligned.

use super::copies::{Prose, hash_all};
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
/// How alike a sentence must be to one of the next [`NEXT`] behind the last that was joined.
const GOING_ON: usize = 500;
const NEXT: usize = 3;

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
    words: OnceCell<Numbered>,
}

/// The words of a report's sentences, numbered by their first place.
struct Numbered {
    /// The number of each word, sentence by sentence; of each sentence one past its last in `ends`.
    numbers: Vec<u32>,
    ends: Vec<u32>,
    distinct: Vec<u32>,
    /// A power of two, at least a third of them empty: one more than the number of a word, or 0.
    slots: Vec<u32>,
}

impl Index {
    /// Of the sentences of `prose`.
    pub fn new(prose: &Prose) -> Index {
        let sums: Vec<u64> = (0..prose.sentences.len()).map(|at| hash_all(prose.words(at))).collect();
        let mut by_sum: Vec<(u64, u32)> = sums.iter().copied().zip(0..).collect();
        by_sum.sort_unstable();
        Index { sums, by_sum, words: OnceCell::new() }
    }

    /// The sum of a sentence's words, as `copies::hash_all` gives it.
    pub fn sum(&self, sentence: usize) -> u64 {
        self.sums[sentence]
    }

    /// The words of the `prose` it was made of.
    fn words(&self, prose: &Prose) -> &Numbered {
        self.words.get_or_init(|| Numbered::new(prose))
    }
}

impl Numbered {
    fn new(prose: &Prose) -> Numbered {
        let (count, sentences) = (prose.count(), prose.sentences.len());
        let mut words = Numbered {
            numbers: Vec::with_capacity(count),
            ends: Vec::with_capacity(sentences),
            distinct: Vec::with_capacity(count),
            slots: vec![0; (3 * count / 2 + 2).next_power_of_two()],
        };
        for sentence in 0..sentences {
            for &word in prose.words(sentence) {
                let slot = words.slot(word);
                if words.slots[slot] == 0 {
                    words.distinct.push(word);
                    words.slots[slot] = words.distinct.len() as u32;
                }
                words.numbers.push(words.slots[slot] - 1);
            }
            words.ends.push(words.numbers.len() as u32);
        }
        words.distinct.shrink_to_fit();
        words
    }

    /// Where the number of `word` stands or would.
    fn slot(&self, word: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = word as usize & last;
        while self.slots[at] > 0 && self.distinct[self.slots[at] as usize - 1] != word {
            at = (at + 1) & last;
        }
        at
    }

    /// The number of `word`; one past the last for a word that stands nowhere.
    fn number(&self, word: u32) -> u32 {
        self.slots[self.slot(word)].checked_sub(1).unwrap_or(self.distinct.len() as u32)
    }

    /// The words of a sentence.
    fn of(&self, sentence: usize) -> &[u32] {
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.numbers[start..self.ends[sentence] as usize]
    }
}

/// The aligned sentences of two reports, in the order of the first.
pub fn align(a: &Prose, b: &Prose) -> Vec<Match> {
    align_with((a, &Index::new(a)), (b, &Index::new(b)))
}

/// The same where their indices are at hand.
pub fn align_with(a: (&Prose, &Index), b: (&Prose, &Index)) -> Vec<Match> {
    let mut pair = Pair {
        a: a.0,
        b: b.0,
        of_a: a.1,
        of_b: b.1,
        taken_a: vec![None; a.0.sentences.len()],
        taken_b: vec![None; b.0.sentences.len()],
        found: Vec::new(),
    };
    pair.join_equal();
    pair.join_going_on();
    pair.join_alike();
    pair.join_between();
    let mut found = pair.found.iter().peekable();
    let matched = |(at, other): (usize, &Option<usize>)| {
        let known = found.next_if(|known| known.a == at);
        other.map(|other| known.copied().unwrap_or_else(|| matched(pair.a, pair.b, at, other)))
    };
    pair.taken_a.iter().enumerate().filter_map(matched).collect()
}

/// Two reports, and with which sentence of the other each sentence is aligned.
struct Pair<'a> {
    a: &'a Prose,
    b: &'a Prose,
    of_a: &'a Index,
    of_b: &'a Index,
    taken_a: Vec<Option<usize>>,
    taken_b: Vec<Option<usize>>,
    /// Those of which it is known already which words they share, in order.
    found: Vec<Match>,
}

impl Pair<'_> {
    fn join(&mut self, a: usize, b: usize) {
        self.taken_a[a] = Some(b);
        self.taken_b[b] = Some(a);
    }

    /// Joins equal sentences, each with the next equal one behind the last that was joined.
    fn join_equal(&mut self) {
        let mut expected = 0;
        for at in 0..self.a.sentences.len() {
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
            .find(|&other| self.b.words(other) == self.a.words(at))
    }

    /// Joins each sentence that shares half of its words with one of the next behind the last that was joined.
    fn join_going_on(&mut self) {
        let mut expected = 0;
        for at in 0..self.a.sentences.len() {
            if let Some(other) = self.taken_a[at] {
                expected = other + 1;
                continue;
            }
            let last = (expected + NEXT).min(self.b.sentences.len());
            let next = (expected..last).filter(|&other| self.taken_b[other].is_none());
            let mut matches = next.map(|other| matched(self.a, self.b, at, other));
            if let Some(found) = matches.find(|found| self.likeness(at, found.b, found.shared) >= GOING_ON) {
                self.found.push(found);
                self.join(at, found.b);
                expected = found.b + 1;
            }
        }
    }

    /// Joins sentences that share most of their words, the most alike first.
    fn join_alike(&mut self) {
        if self.taken_a.iter().all(Option::is_some) || self.taken_b.iter().all(Option::is_some) {
            return;
        }
        let (words, others) = (self.of_a.words(self.a), self.of_b.words(self.b));
        let held = self.held(words, others);
        let mut room = Room::new(words, others);
        let mut pairs = Vec::new();
        for at in (0..self.a.sentences.len()).filter(|&at| self.taken_a[at].is_none()) {
            room.lay(words.of(at));
            held.nearest(words.of(at), at, &mut room);
            for &(_, other) in &room.nearest {
                let shared = match words.of(at).len() {
                    ..=64 => room.length(words.of(at).len(), others.of(other), &held.numbers),
                    _ => length(self.a.words(at), self.b.words(other)),
                };
                let likeness = self.likeness(at, other, shared);
                if likeness >= ALIKE {
                    pairs.push((Reverse(likeness), at.abs_diff(other), at, other));
                }
            }
            room.clear(words.of(at));
        }
        pairs.sort_unstable();
        for (_, _, at, other) in pairs {
            if self.taken_a[at].is_none() && self.taken_b[other].is_none() {
                self.join(at, other);
            }
        }
    }

    /// In which free sentences of the second report the words of the first stand.
    fn held(&self, words: &Numbered, others: &Numbered) -> Held {
        let count = words.distinct.len();
        let numbers: Vec<u32> = others.distinct.iter().map(|&word| words.number(word)).collect();
        let (mut ends, mut last, mut places) = (vec![0; count + 1], vec![usize::MAX; count], Vec::new());
        for sentence in (0..self.b.sentences.len()).filter(|&sentence| self.taken_b[sentence].is_none()) {
            for number in others.of(sentence).iter().map(|&other| numbers[other as usize] as usize) {
                if number < count && last[number] != sentence {
                    last[number] = sentence;
                    ends[number] += 1;
                    places.push((number as u32, sentence as u32));
                }
            }
        }
        // Each word's sentences end where the next word's begin; they are written from the last on.
        let mut sum = 0;
        for end in &mut ends {
            sum += if *end > COMMON as u32 { 0 } else { *end };
            *end = if *end > COMMON as u32 { u32::MAX } else { sum };
        }
        let mut held = Held { numbers, starts: ends, sentences: vec![0; sum as usize] };
        for (number, sentence) in places.into_iter().rev() {
            let start = &mut held.starts[number as usize];
            if *start != u32::MAX {
                *start -= 1;
                held.sentences[*start as usize] = sentence;
            }
        }
        // A word in too many of them has none.
        let mut next = sum;
        for start in held.starts.iter_mut().rev() {
            *start = (*start).min(next);
            next = *start;
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
                let shared = || length(self.a.words(a0 + step), self.b.words(b0 + step));
                if is_free && self.likeness(a0 + step, b0 + step, shared()) >= BETWEEN {
                    self.join(a0 + step, b0 + step);
                }
            }
        }
    }

    /// Share of the `shared` words in common, in thousandths of both; of the shorter where it stands almost whole in the longer.
    fn likeness(&self, at: usize, other: usize, shared: usize) -> usize {
        let (a, b) = (self.a.sentences[at].count(), self.b.sentences[other].count());
        let both = 2000 * shared / (a + b).max(1);
        if shared >= 5 && 1000 * shared / a.min(b).max(1) >= 800 { both.max(500) } else { both }
    }
}

/// In which sentences of another report the words of a report stand, by their numbers.
struct Held {
    /// The numbers of the other report's words among those of the report, one past the last for those it has not.
    numbers: Vec<u32>,
    /// From where on in `sentences` each word's are; where the next word's begin they end.
    starts: Vec<u32>,
    sentences: Vec<u32>,
}

/// What is used for one sentence after the other, and left empty between them.
struct Room {
    /// How many of the words of the sentence each sentence of the other report has.
    votes: Vec<u32>,
    /// The last sentence that each word was looked up for.
    seen: Vec<usize>,
    /// At which places of the sentence each word stands, one bit a place.
    places: Vec<u64>,
    /// The sentences of the other report that have most of the words.
    nearest: Vec<(Reverse<u32>, usize)>,
}

impl Room {
    fn new(words: &Numbered, others: &Numbered) -> Room {
        Room {
            votes: vec![0; others.ends.len()],
            seen: vec![usize::MAX; words.distinct.len()],
            places: vec![0; words.distinct.len() + 1],
            nearest: Vec::new(),
        }
    }

    /// Lays out a sentence of at most 64 words.
    fn lay(&mut self, sentence: &[u32]) {
        if sentence.len() <= 64 {
            sentence.iter().enumerate().for_each(|(at, &word)| self.places[word as usize] |= 1 << at);
        }
    }

    fn clear(&mut self, sentence: &[u32]) {
        sentence.iter().for_each(|&word| self.places[word as usize] = 0);
    }

    /// The length of a longest common subsequence of the sentence, of `count` words, and the sentence `other`, as [`subsequence`]
    /// finds it.
    fn length(&self, count: usize, other: &[u32], numbers: &[u32]) -> usize {
        let mut column = Column::<1>::new();
        other.iter().for_each(|&word| column.step([self.places[numbers[word as usize] as usize]]));
        column.count(count)
    }
}

impl Held {
    /// Leaves in `room` the four sentences in which most of the words of the sentence numbered `at` stand.
    fn nearest(&self, sentence: &[u32], at: usize, room: &mut Room) {
        room.nearest.clear();
        for &word in sentence {
            let word = word as usize;
            if std::mem::replace(&mut room.seen[word], at) == at {
                continue;
            }
            for &other in &self.sentences[self.starts[word] as usize..self.starts[word + 1] as usize] {
                let votes = &mut room.votes[other as usize];
                if *votes == 0 {
                    room.nearest.push((Reverse(0), other as usize));
                }
                *votes += 1;
            }
        }
        for (votes, other) in &mut room.nearest {
            *votes = Reverse(std::mem::take(&mut room.votes[*other]));
        }
        if room.nearest.len() > 4 {
            room.nearest.select_nth_unstable(3);
            room.nearest.truncate(4);
        }
    }
}

fn matched(a: &Prose, b: &Prose, at: usize, other: usize) -> Match {
    let (left, right) = (a.words(at), b.words(other));
    let (of_a, of_b) = (a.own(at), b.own(other));
    let (mut shared, mut own) = (0, 0);
    let mut add = |i: usize, j: usize| {
        shared += 1;
        own += usize::from(of_a.is_none_or(|own| own[i]) && of_b.is_none_or(|own| own[j]));
    };
    if left == right {
        (0..left.len()).for_each(|at| add(at, at));
    } else {
        each_common(left, right, add);
    }
    Match { a: at, b: other, shared, own }
}

/// How many words two ascending lists have in common, each as often as it stands in both.
pub fn in_common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        both += usize::from(x == y);
        (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
    }
    both
}

/// The length of a longest common subsequence; of long sentences as [`common`] has it.
fn length(a: &[u32], b: &[u32]) -> usize {
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
fn subsequence<const BLOCKS: usize>(a: &[u32], b: &[u32]) -> usize {
    let places = Places::<BLOCKS>::of(a);
    let mut column = Column::new();
    b.iter().for_each(|&word| column.step(places.same(word)));
    column.count(a.len())
}

/// At which places of a sentence each word stands, a bit a place.
struct Places<'a, const BLOCKS: usize> {
    words: &'a [u32],
    /// By the end of the word: of several words with one end all together.
    met: [[u64; BLOCKS]; 1 << ENDS],
}

const ENDS: u32 = 7;

impl<'a, const BLOCKS: usize> Places<'a, BLOCKS> {
    fn of(words: &'a [u32]) -> Self {
        let mut met = [[0; BLOCKS]; 1 << ENDS];
        for (at, word) in words.iter().enumerate() {
            met[(word & ((1 << ENDS) - 1)) as usize][at / 64] |= 1 << (at % 64);
        }
        Places { words, met }
    }

    /// Those of `word`.
    fn same(&self, word: u32) -> [u64; BLOCKS] {
        let mut same = self.met[(word & ((1 << ENDS) - 1)) as usize];
        for (block, bits) in same.iter_mut().enumerate() {
            let mut rest = *bits;
            while rest > 0 {
                let at = rest.trailing_zeros();
                rest &= rest - 1;
                *bits ^= u64::from(self.words[64 * block + at as usize] != word) << at;
            }
        }
        same
    }
}

/// A column of the table at a time, one bit a row: 0 where it is longer than the row before (Hyyrö 2004).
struct Column<const BLOCKS: usize>([u64; BLOCKS]);

impl<const BLOCKS: usize> Column<BLOCKS> {
    fn new() -> Self {
        Column([u64::MAX; BLOCKS])
    }

    /// The next one, for a word that stands at the places `same`.
    fn step(&mut self, same: [u64; BLOCKS]) {
        let mut carry = false;
        for (rows, same) in self.0.iter_mut().zip(same) {
            let met = *rows & same;
            let (sum, over) = rows.overflowing_add(met);
            let (sum, over_again) = sum.overflowing_add(carry.into());
            *rows = sum | (*rows - met);
            carry = over || over_again;
        }
    }

    /// How many of the first rows are longer than the one before.
    fn count(&self, rows: usize) -> usize {
        let count = |(block, bits): (usize, &u64)| {
            let own = rows.saturating_sub(64 * block);
            let all = if own >= 64 { u64::MAX } else { (1 << own) - 1 };
            (!bits & all).count_ones() as usize
        };
        self.0.iter().enumerate().map(count).sum()
    }
}

/// With how many words two sentences begin and end alike.
struct Ends {
    head: usize,
    tail: usize,
}

impl Ends {
    fn of(a: &[u32], b: &[u32]) -> Ends {
        let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
        Ends { head, tail }
    }

    /// What stands between.
    fn inner<'a>(&self, a: &'a [u32], b: &'a [u32]) -> (&'a [u32], &'a [u32]) {
        (&a[self.head..a.len() - self.tail], &b[self.head..b.len() - self.tail])
    }

    fn is_long(&self, a: &[u32], b: &[u32]) -> bool {
        a.len().max(b.len()) - self.head - self.tail > LONG
    }
}

/// A longest common subsequence, as places in both; for long sentences the common words in any order.
pub fn common(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    each_common(a, b, |i, j| places.push((i, j)));
    places
}

/// Gives the places of a longest common subsequence.
fn each_common(a: &[u32], b: &[u32], mut give: impl FnMut(usize, usize)) {
    let ends = Ends::of(a, b);
    let (inner_a, inner_b) = ends.inner(a, b);
    let Ends { head, tail } = ends;
    (0..head).for_each(|at| give(at, at));
    let inner = |i: usize, j: usize| give(head + i, head + j);
    match inner_a.len() {
        _ if ends.is_long(a, b) => bag(inner_a, inner_b).into_iter().for_each(pairwise(inner)),
        ..=64 => sequence::<1>(inner_a, inner_b, inner),
        _ => sequence::<{ LONG.div_ceil(64) }>(inner_a, inner_b, inner),
    }
    (0..tail).for_each(|at| give(a.len() - tail + at, b.len() - tail + at));
}

fn pairwise(mut give: impl FnMut(usize, usize)) -> impl FnMut((usize, usize)) {
    move |(i, j)| give(i, j)
}

/// Gives the places of a longest common subsequence of an `a` of at most 64 words for each of `BLOCKS` and a `b` that is not long.
fn sequence<const BLOCKS: usize>(a: &[u32], b: &[u32], mut give: impl FnMut(usize, usize)) {
    // Both are read from the ends. Of each column, one bit a row: whether it is longer than the row below.
    let mut longer = [[0u64; BLOCKS]; LONG];
    let turned: Vec<u32> = a.iter().rev().copied().collect();
    let places = Places::<BLOCKS>::of(&turned);
    let mut rows = Column::new();
    for (column, &word) in b.iter().enumerate().rev() {
        rows.step(places.same(word));
        longer[column] = rows.0.map(|rows| !rows);
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let row = a.len() - 1 - i;
        if a[i] == b[j] {
            give(i, j);
            (i, j) = (i + 1, j + 1);
        } else if longer[j][row / 64] >> (row % 64) & 1 == 0 {
            i += 1;
        } else {
            j += 1;
        }
    }
}

fn bag(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let mut free: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    b.iter().enumerate().rev().for_each(|(at, &word)| free.entry(word).or_default().push(at));
    a.iter().enumerate().filter_map(|(at, word)| Some((at, free.get_mut(word)?.pop()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The length of a longest common subsequence is that of the one that is found.
    fn check(a: &[u32], b: &[u32]) {
        assert_eq!(length(a, b), common(a, b).len(), "{a:?} {b:?}");
        assert_eq!(length(b, a), common(a, b).len(), "{b:?} {a:?}");
        let (mut sorted_a, mut sorted_b) = (a.to_vec(), b.to_vec());
        sorted_a.sort_unstable();
        sorted_b.sort_unstable();
        assert!(in_common(&sorted_a, &sorted_b) >= length(a, b));
    }

    /// As [`sequence`], the plain way.
    fn by_table(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
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

    fn noise(seed: u64, count: u64) -> Vec<u32> {
        (0..count).map(|at| ((seed + at).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60) as u32).collect()
    }

    #[test]
    fn bits_find_the_way_of_the_table() {
        for (left, right) in
            [(0, 3), (1, 1), (5, 9), (30, 25), (63, 64), (64, 64), (64, 130), (65, 40), (128, 70), (299, 300)]
        {
            for seed in 0..20 {
                let (a, b) = (noise(seed, left), noise(977 * seed + 50, right));
                let mut places = Vec::new();
                match left {
                    ..=64 => sequence::<1>(&a, &b, |i, j| places.push((i, j))),
                    _ => sequence::<{ LONG.div_ceil(64) }>(&a, &b, |i, j| places.push((i, j))),
                }
                assert_eq!(places, by_table(&a, &b), "{a:?} {b:?}");
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
