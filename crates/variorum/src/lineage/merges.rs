//! Reports that are put together from two others.
//!
//! In: the reports of a story with what each pair shares. Out: which cannot be parents because they are merges of their
//! children, how much they go back and forth between their parts, and a second parent for each report that needs one.
//! Method: two reports that have nothing to do with each other and together make up a third are its parts, if each has more
//! than went into it. A report of which a good part is not in its parent gets a second one where another report has that
//! part (the residual coverage of Lieberman's "stemmatics" of merges).
//! Leaves: merges of three.

use super::{Story, descends, rank};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many words make a part of a merge, and how many more each of its parents must have.
const PART: usize = 20;

/// What it costs to go back to a part once left, in thousandths of a word.
const BACK: u64 = 3000;

/// Reports that two others make up.
#[derive(Default)]
pub struct Merges {
    /// (part, merge): the merge is not the part's parent.
    pub barred: BTreeSet<(usize, usize)>,
    /// (merge, part) and what more it costs to make the merge so.
    pub detours: BTreeMap<(usize, usize), u64>,
}

/// The merges of a story.
pub fn find(story: &Story) -> Merges {
    let mut partners: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ((merge, part), pair) in &story.pairs {
        let left = story.pairs[&(*part, *merge)].coverage;
        if pair.coverage.shared >= PART && left.words >= left.aligned + PART {
            partners.entry(*merge).or_default().push(*part);
        }
    }
    let mut place = vec![0; story.witnesses.len()];
    story.order().into_iter().enumerate().for_each(|(at, report)| place[report] = at);
    let mut merges = Merges::default();
    for (merge, mut parts) in partners {
        parts.sort_unstable_by_key(|&part| place[part]);
        for (at, &a) in parts.iter().enumerate() {
            for &b in parts[at + 1..].iter().filter(|&&b| are_strangers(story, a, b)) {
                let told = told(story, merge, a, b);
                let words = |at: usize| story.versions[merge].prose.sentences[at].count();
                let made_up: usize = told.iter().map(|&(at, _)| words(at)).sum();
                if 10 * made_up >= 8 * story.pairs[&(merge, a)].coverage.words {
                    merges.barred.extend([(a, merge), (b, merge)]);
                    let changes = told.windows(2).filter(|pair| pair[0].1 != pair[1].1).count() as u64;
                    for part in [a, b] {
                        merges.detours.insert((merge, part), BACK * changes.saturating_sub(1));
                    }
                }
            }
        }
    }
    merges
}

/// Whether two reports share next to nothing.
fn are_strangers(story: &Story, a: usize, b: usize) -> bool {
    story.pairs.get(&(a, b)).is_none_or(|pair| pair.coverage.shared < PART)
}

/// The sentences of `merge` that stand in `a` or `b`, in text order, and whether they stand in `a`.
fn told(story: &Story, merge: usize, a: usize, b: usize) -> Vec<(usize, bool)> {
    let from = |part: usize| {
        story.pairs[&(merge, part)].matches.iter().map(move |pair| (pair.a, pair.shared, part == a))
    };
    let mut told: Vec<(usize, Reverse<usize>, bool)> =
        from(a).chain(from(b)).map(|(at, shared, is_first)| (at, Reverse(shared), is_first)).collect();
    told.sort_unstable();
    told.dedup_by_key(|(at, ..)| *at);
    told.into_iter().map(|(at, _, is_first)| (at, is_first)).collect()
}

/// A second parent for each report of which a good part is not in the first.
pub fn second_parents(story: &Story, first: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut second = vec![None; first.len()];
    for child in story.order() {
        let Some(parent) = first[child] else { continue };
        second[child] = (0..first.len())
            .filter(|&other| other != child && other != parent && story.allows(child, other))
            .filter(|&other| !descends(other, child, first, &second))
            .filter_map(|other| Some((residual(story, child, parent, other)?, other)))
            .min_by_key(|(score, other)| (*score, rank(&story.witnesses[*other])))
            .map(|(_, other)| other);
    }
    second
}

/// How well `other` gives what `child` has not from `parent`; smaller is better, `None` if it gives too little.
fn residual(story: &Story, child: usize, parent: usize, other: usize) -> Option<(Reverse<usize>, u64)> {
    let known = &story.pairs.get(&(child, parent))?.matches;
    let from = &story.pairs.get(&(child, other))?.matches;
    let best: BTreeMap<usize, usize> = known.iter().map(|pair| (pair.a, pair.shared)).collect();
    let words = |at: usize| story.versions[child].prose.sentences[at].count();
    let missing: usize =
        (0..story.versions[child].prose.sentences.len()).filter(|at| !best.contains_key(at)).map(words).sum();
    let given: usize = from
        .iter()
        .filter(|pair| !best.contains_key(&pair.a) && 10 * pair.shared >= 8 * words(pair.a))
        .map(|pair| pair.shared)
        .sum();
    (given >= PART && 2 * given >= missing).then(|| (Reverse(given), story.pairs[&(child, other)].cost))
}
