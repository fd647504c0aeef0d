//! Which passages of a pile are the same words.
//!
//! In: passages, each the words of one sentence of a quotation. Out: pairs of them that share enough, in order.
//! Method: [`keys`] of neighbouring content words find candidates in one pass; [`super::verdict::compare`] decides, once for
//! passages that are printed alike (copies of one agency text are many).
//! Leaves: readings that share no two neighbouring content words (a free translation).

use super::senses;
use super::verdict::{Comparison, compare};
use super::words::{Word, Words};
use crate::edition::Verdict;
use std::collections::{BTreeMap, BTreeSet};

/// A passage: the text its words lie in, and the words.
#[derive(Copy, Clone, Debug)]
pub struct Passage<'a> {
    /// The text.
    pub text: &'a str,
    /// The words of the passage.
    pub words: &'a Words,
}

/// How many passages may share a key before it tells nothing.
const MAX_SHARED: usize = 256;
/// How far apart two content words may stand and still make a key, counted in content words.
const REACH: usize = 3;
/// Readings with fewer content words are short: they need their words whole.
pub const SHORT: usize = 3;

/// What two passages share if they may be the same words, each key once, in order.
///
/// Pairs of content words near each other, whatever their endings, by sense; single content words stand for short passages.
pub fn keys(words: &Words) -> Vec<u64> {
    let stems = stems(words);
    let mut keys = BTreeSet::new();
    for (at, first) in stems.iter().enumerate() {
        keys.insert(hash(&[first]));
        keys.extend(stems[at + 1..].iter().take(REACH).map(|second| hash(&[first, second])));
    }
    keys.into_iter().collect()
}

/// The content words without endings; words of near the same sense as one.
fn stems(words: &Words) -> Vec<&str> {
    words.words.iter().filter(|word| word.is_content()).map(|word: &Word| senses::gist(&word.form)).collect()
}

/// The keys by which a passage is looked up: a short one by its first word, a longer one by pairs.
fn own_keys(words: &Words) -> Vec<u64> {
    let stems = stems(words);
    if stems.len() < SHORT {
        return stems.first().map(|first| hash(&[first])).into_iter().collect();
    }
    let near = |at: usize| stems[at + 1..].iter().take(REACH).map(move |second| (at, second));
    let keys: BTreeSet<u64> =
        (0..stems.len()).flat_map(near).map(|(at, second)| hash(&[stems[at], second])).collect();
    keys.into_iter().collect()
}

/// FNV-1a over words, 64 bit: small, the same on every machine.
pub fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Whether passages whose speakers nobody knows are the same words: short ones whole, longer ones for the most part.
pub fn is_telling(held: &Comparison) -> bool {
    let shared = held.shared;
    let is_kept = held.verdict.is_some_and(|verdict| verdict < Verdict::SpeakerDiffers);
    is_kept && shared.percent >= 99 && (shared.words >= 3 || shared.fewer >= 2)
        || is_kept && shared.content >= SHORT
        || shared.content > SHORT && (shared.percent >= 60 || shared.run_content > SHORT)
}

/// Pairs of passages that `may_meet` and share enough, with their comparison, by index.
pub fn find(
    passages: &[Passage],
    may_meet: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize, Comparison)> {
    compared(passages, may_meet).into_iter().filter(|(_, _, held)| held.verdict.is_some()).collect()
}

/// All pairs of passages that `may_meet` and share a key, with their comparison, by index.
pub fn compared(
    passages: &[Passage],
    may_meet: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize, Comparison)> {
    let prints = prints(passages);
    let mut known: BTreeMap<(usize, usize), Comparison> = BTreeMap::new();
    let compare = |(a, b): (usize, usize)| {
        let (first, second) = (passages[a], passages[b]);
        let held = known
            .entry((prints[a], prints[b]))
            .or_insert_with(|| compare((first.text, first.words), (second.text, second.words)));
        (a, b, held.clone())
    };
    candidates(passages).into_iter().filter(|&(a, b)| may_meet(a, b)).map(compare).collect()
}

/// For each passage the first one that is printed alike, mark for mark.
fn prints(passages: &[Passage]) -> Vec<usize> {
    let mut first: BTreeMap<Vec<(&str, usize)>, Vec<usize>> = BTreeMap::new();
    let mut prints = Vec::with_capacity(passages.len());
    for (at, passage) in passages.iter().enumerate() {
        let units = passage.words.units.iter().map(|unit| (unit.span.of(passage.text), unit.part)).collect();
        let alike = first.entry(units).or_default();
        match alike.iter().find(|&&other| passages[other].words.words == passage.words.words) {
            Some(&other) => prints.push(other),
            None => {
                alike.push(at);
                prints.push(at);
            }
        }
    }
    prints
}

/// Pairs that share a key, the lower index first.
fn candidates(passages: &[Passage]) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, passage) in passages.iter().enumerate() {
        for key in keys(passage.words) {
            holders.entry(key).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for (at, passage) in passages.iter().enumerate() {
        let shared = own_keys(passage.words).into_iter().filter_map(|key| holders.get(&key));
        for holders in shared.filter(|holders| holders.len() <= MAX_SHARED) {
            let others = holders.iter().filter(|&&other| other != at);
            pairs.extend(others.map(|&other| (at.min(other), at.max(other))));
        }
    }
    pairs
}
