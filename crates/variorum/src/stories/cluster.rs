//! Which of the loosely linked reports make one story.
//!
//! In: scored pairs. Out: a group for each report.
//! Method: first each score is measured against how near the two reports' nearest neighbours are (the local scaling of
//! Conneau and others 2018, "CSLS"): among reports on one long affair all are alike, and only what is more alike than that
//! tells the same event. Then average-link clustering inside the components that are left, never the components themselves,
//! which chains of reports on one person would make endless.
//! Bare headlines are not scaled: they share too few words for their neighbours to say how dense a matter is.
//! Leaves: a pair without a link counts as nothing alike.

use super::links::Link;
use super::profile::Ordered;
use super::score::is_headline;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many nearest neighbours tell how dense a matter is; how near they may count at most, and how near is usual.
/// These and the numbers below were set with those of the score; rerun `variorum eval stories`.
const NEIGHBOURS: usize = 5;
const DENSEST: u32 = 5000;
const USUAL: i64 = 1500;

/// How much of the density is taken off a score, in thousandths.
const DENSITY: i64 = 409;

/// What is taken off where the text is short, at most; and how many words are no longer short.
const SHORT: (i64, i64) = (560, 300);

/// Average score between two groups from which they are one story.
pub const LINK: u64 = 1290;

/// The group of each of the profiles, named by its smallest member.
pub fn groups(profiles: Ordered, links: &[Link]) -> Vec<usize> {
    let density = density(profiles.len(), links);
    let mut scaled: Vec<(u32, u32, u64)> = Vec::new();
    for link in links {
        let score = scaled_score(profiles, &density, *link);
        if 5 * score >= 2 * LINK {
            scaled.push((link.a, link.b, score));
        }
    }
    let component = components(profiles.len(), &scaled);
    scaled.sort_by_key(|&(a, b, _)| (component[a as usize], a, b));
    let mut group: Vec<usize> = (0..profiles.len()).collect();
    for links in scaled.chunk_by(|x, y| component[x.0 as usize] == component[y.0 as usize]) {
        join(links, &mut group);
    }
    group
}

/// The mean score of each report's nearest neighbours.
pub fn density(count: usize, links: &[Link]) -> Vec<u32> {
    let mut nearest = vec![[0u32; NEIGHBOURS]; count];
    for link in links {
        for at in [link.a, link.b] {
            let kept = &mut nearest[at as usize];
            if link.score > kept[NEIGHBOURS - 1] {
                let place = kept.partition_point(|&score| score >= link.score);
                kept[place..].rotate_right(1);
                kept[place] = link.score;
            }
        }
    }
    nearest.into_iter().map(|kept| (kept.iter().sum::<u32>() / NEIGHBOURS as u32).min(DENSEST)).collect()
}

/// The score of a pair against the density around it.
pub fn scaled_score(profiles: Ordered, density: &[u32], link: Link) -> u64 {
    let (a, b) = (profiles.of(link.a as usize), profiles.of(link.b as usize));
    if is_headline(&a) || is_headline(&b) {
        return link.score.into();
    }
    let around = i64::from(density[link.a as usize] + density[link.b as usize]) / 2;
    let lacking = (SHORT.1 - i64::from(a.words.min(b.words))).max(0);
    let score = i64::from(link.score) - DENSITY * (around - USUAL) / 1000 - SHORT.0 * lacking / SHORT.1;
    score.max(0) as u64
}

/// The smallest member of each report's component.
fn components(count: usize, links: &[(u32, u32, u64)]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..count).collect();
    for &(a, b, _) in links {
        let (a, b) = (top(&mut parent, a as usize), top(&mut parent, b as usize));
        parent[a.max(b)] = a.min(b);
    }
    (0..count).map(|at| top(&mut parent, at)).collect()
}

fn top(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Average-link clustering of one component.
fn join(links: &[(u32, u32, u64)], group: &mut [usize]) {
    let members: BTreeSet<u32> = links.iter().flat_map(|&(a, b, _)| [a, b]).collect();
    let members: Vec<u32> = members.into_iter().collect();
    let place = |at: u32| members.partition_point(|&member| member < at);
    let mut merging = Merging::new(members.len());
    links.iter().for_each(|&(a, b, score)| merging.link(place(a), place(b), score));
    for joined in merging.run() {
        let smallest = joined.iter().min().map_or(0, |&at| members[at] as usize);
        joined.iter().for_each(|&at| group[members[at] as usize] = smallest);
    }
}

/// Groups being joined, with the sums of scores between them.
struct Merging {
    groups: Vec<Vec<usize>>,
    sums: Vec<BTreeMap<usize, u64>>,
    queue: BTreeSet<(Reverse<u64>, usize, usize)>,
}

impl Merging {
    fn new(count: usize) -> Merging {
        Merging {
            groups: (0..count).map(|at| vec![at]).collect(),
            sums: vec![BTreeMap::new(); count],
            queue: BTreeSet::new(),
        }
    }

    fn link(&mut self, a: usize, b: usize, score: u64) {
        self.sums[a].insert(b, score);
        self.sums[b].insert(a, score);
        self.queue.insert(self.rank(score, a, b));
    }

    fn run(mut self) -> Vec<Vec<usize>> {
        while let Some((Reverse(average), a, b)) = self.queue.pop_first() {
            if average < LINK * 1000 {
                break;
            }
            self.merge(a, b);
        }
        self.groups.into_iter().filter(|group| !group.is_empty()).collect()
    }

    fn merge(&mut self, a: usize, b: usize) {
        let stale: Vec<(usize, u64)> = self.sums[a].iter().map(|(&other, &sum)| (other, sum)).collect();
        for &(other, sum) in &stale {
            let rank = self.rank(sum, a, other);
            self.queue.remove(&rank);
        }
        for (other, sum) in std::mem::take(&mut self.sums[b]) {
            let rank = self.rank(sum, b, other);
            self.queue.remove(&rank);
            self.sums[other].remove(&b);
            if other != a {
                *self.sums[a].entry(other).or_default() += sum;
                *self.sums[other].entry(a).or_default() += sum;
            }
        }
        let joined = std::mem::take(&mut self.groups[b]);
        self.groups[a].extend(joined);
        let fresh: Vec<_> = self.sums[a].iter().map(|(&other, &sum)| self.rank(sum, a, other)).collect();
        self.queue.extend(fresh);
    }

    /// The place in the queue of two groups whose members' scores sum to `sum`.
    fn rank(&self, sum: u64, a: usize, b: usize) -> (Reverse<u64>, usize, usize) {
        let pairs = (self.groups[a].len() * self.groups[b].len()).max(1) as u64;
        (Reverse(sum * 1000 / pairs), a.min(b), a.max(b))
    }
}
