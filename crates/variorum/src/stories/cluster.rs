//! Which of the loosely linked reports make one story.
//!
//! In: scored pairs. Out: a group for each report.
//! Method: first each score is measured against how near the two reports' nearest neighbours are (the local scaling of
//! Conneau and others 2018, "CSLS"): among reports on one long affair all are alike, and only what is more alike than that
//! tells the same event: more so of teasers, which tell little more than the affair, and where two undated reports name other days of
//! the week. Then average-link clustering inside the components that are left, never the components themselves,
//! which chains of reports on one person would make endless; groups that are close within must be closer to one another, too.
//! Bare headlines are not scaled: they share too few words for their neighbours to say how dense a matter is.
//! A pair without a link counts as nothing alike. In a story of some thousands most pairs are none because a cap keeps them from being
//! compared; who stands alone for that goes with the story that those it was compared with are of ([`host`]).

use super::links::{Found, Link};
use super::profile::{Ordered, Profile};
use super::score::is_headline;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many nearest neighbours tell how dense a matter is; how near they may count at most, and how near is usual.
/// These and the numbers below were set with those of the score; rerun `variorum eval stories`.
const NEIGHBOURS: usize = 5;
const DENSEST: u32 = 5000;
const USUAL: i64 = 1500;

/// How much of the density is taken off a score, in thousandths; and how much more of it of two teasers.
const DENSITY: i64 = 405;
const TEASERS: i64 = 400;

/// A report with a title and so many words at most is a teaser.
const TEASER: u32 = 110;

/// What is taken off where the text is short, at most; and how many words are no longer short.
const SHORT: (i64, i64) = (400, 300);

/// What is taken off where a date is not known and the two name other days of the week.
const OTHER_DAY: i64 = 350;

/// What a score of two bare headlines counts for, and of one with a text, in thousandths.
const HEADLINES: u64 = 1150;
const HEADLINE: u64 = 960;

/// Average score between two groups from which they are one story, if neither is close within.
pub const LINK: u64 = 780;

/// How close a group is within that asks no more than that, as a single report does; and what share of what the less close of two
/// groups has above that is asked for, in thousandths.
const LOOSE: i64 = 500;
const COHESION: i64 = 300;
/// The same where bare headlines are among them, which are loose by nature.
const OF_HEADLINES: i64 = 60;

/// The group of each of the profiles, named by its smallest member; each was compared with so many of its candidates at most.
pub fn groups(profiles: Ordered, found: &Found, compared: usize) -> Vec<usize> {
    let mut group: Vec<usize> = (0..profiles.len()).collect();
    let mut is_alone = vec![true; profiles.len()];
    let density = density(profiles.len(), &found.links);
    for joined in stories(profiles, &density, &found.links) {
        let smallest = joined.members.iter().copied().min().unwrap_or_default();
        for &at in &joined.members {
            (group[at], is_alone[at]) = (smallest, joined.members.len() == 1);
        }
    }
    let mut scored: BTreeMap<usize, Vec<(usize, u64)>> = BTreeMap::new();
    for &link in &found.links {
        let (earlier, later) = (link.a as usize, link.b as usize);
        if is_alone[later] && !is_alone[earlier] && found.candidates[later] as usize > compared {
            let score = scaled_score(profiles, &density, link);
            scored.entry(later).or_default().push((group[earlier], score));
        }
    }
    for (at, scored) in scored {
        group[at] = host(scored.into_iter(), compared, |&group| group).unwrap_or(at);
    }
    group
}

/// The story of a report that a cap keeps from being compared with all it could be, and that stands alone: the one with which it scores
/// so much that the average over all the `compared` ones is [`LINK`]. `scored` gives the stories of two and more with the scores
/// of its earlier neighbours; of equals counts the one that is first by `order`.
pub fn host<O: Ord>(
    scored: impl Iterator<Item = (usize, u64)>,
    compared: usize,
    order: impl Fn(&usize) -> O,
) -> Option<usize> {
    let mut sums: BTreeMap<usize, u64> = BTreeMap::new();
    scored.filter(|&(_, score)| counts(score)).for_each(|(of, score)| *sums.entry(of).or_default() += score);
    let greatest =
        |x: &(usize, u64), y: &(usize, u64)| x.1.cmp(&y.1).then_with(|| order(&y.0).cmp(&order(&x.0)));
    let (story, sum) = sums.into_iter().max_by(greatest)?;
    (sum >= LINK * compared as u64).then_some(story)
}

/// The groups of two and more, and some reports alone; who is in none stands alone, too.
pub fn stories(profiles: Ordered, density: &[u32], links: &[Link]) -> Vec<Joined> {
    let scaled = links.iter().map(|&link| (link.a, link.b, scaled_score(profiles, density, link)));
    let mut scaled: Vec<(u32, u32, u64)> = scaled.filter(|&(_, _, score)| counts(score)).collect();
    let component = components(profiles.len(), &scaled);
    scaled.retain(|&(a, b, _)| component[a as usize] == component[b as usize]);
    scaled.sort_by_key(|&(a, b, _)| (component[a as usize], a, b));
    let components = scaled.chunk_by(|x, y| component[x.0 as usize] == component[y.0 as usize]);
    components.flat_map(|links| join(profiles, links)).collect()
}

/// The mean score of each report's nearest neighbours.
pub fn density(count: usize, links: &[Link]) -> Vec<u32> {
    let mut nearest = vec![Nearest::default(); count];
    for link in links {
        [link.a, link.b].iter().for_each(|&at| nearest[at as usize].take_in(link.score));
    }
    nearest.iter().map(Nearest::density).collect()
}

/// The scores of a report's nearest neighbours, the nearest first.
#[derive(Clone, Default)]
pub struct Nearest([u32; NEIGHBOURS]);

impl Nearest {
    /// Takes in the score of a neighbour.
    pub fn take_in(&mut self, score: u32) {
        if score > self.0[NEIGHBOURS - 1] {
            let place = self.0.partition_point(|&other| other >= score);
            self.0[place..].rotate_right(1);
            self.0[place] = score;
        }
    }

    /// How dense the matter is.
    pub fn density(&self) -> u32 {
        (self.0.iter().sum::<u32>() / NEIGHBOURS as u32).min(DENSEST)
    }
}

/// The score of a pair against the density around it.
pub fn scaled_score(profiles: Ordered, density: &[u32], link: Link) -> u64 {
    let (a, b) = (profiles.of(link.a as usize), profiles.of(link.b as usize));
    match (is_headline(&a), is_headline(&b)) {
        (true, true) => return u64::from(link.score) * HEADLINES / 1000,
        (true, false) | (false, true) => return u64::from(link.score) * HEADLINE / 1000,
        (false, false) => {}
    }
    let is_teaser = |profile: &Profile| profile.is_titled && profile.words <= TEASER;
    let taken = DENSITY + if is_teaser(&a) && is_teaser(&b) { TEASERS } else { 0 };
    let names_other_day = a.weekdays != 0 && b.weekdays != 0 && a.weekdays & b.weekdays == 0;
    let other_day = if names_other_day && (a.day.is_none() || b.day.is_none()) { OTHER_DAY } else { 0 };
    let around = i64::from(density[link.a as usize] + density[link.b as usize]) / 2;
    let lacking = (SHORT.1 - i64::from(a.words.min(b.words))).max(0);
    let score =
        i64::from(link.score) - taken * (around - USUAL) / 1000 - SHORT.0 * lacking / SHORT.1 - other_day;
    score.max(0) as u64
}

/// The smallest member of each report's component: groups whose average is [`LINK`] have a pair between them that scores as much.
fn components(count: usize, links: &[(u32, u32, u64)]) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..count).collect();
    for &(a, b, _) in links.iter().filter(|&&(_, _, score)| score >= LINK) {
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
fn join(profiles: Ordered, links: &[(u32, u32, u64)]) -> Vec<Joined> {
    let members: BTreeSet<u32> = links.iter().flat_map(|&(a, b, _)| [a, b]).collect();
    let members: Vec<u32> = members.into_iter().collect();
    let place = |at: u32| members.partition_point(|&member| member < at);
    let headlines = members.iter().map(|&at| is_headline(&profiles.of(at as usize)));
    let links = links.iter().map(|&(a, b, score)| (place(a), place(b), score));
    let mut groups = joined(headlines.collect(), links);
    groups.iter_mut().for_each(|group| group.renumber(|place| members[place] as usize));
    groups
}

/// A group, and how it came to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    pub members: Vec<usize>,
    /// In their order.
    pub merges: Vec<Merge>,
}

impl Joined {
    /// Gives the members other numbers.
    pub fn renumber(&mut self, number: impl Fn(usize) -> usize) {
        self.members.iter_mut().for_each(|at| *at = number(*at));
        self.merges.iter_mut().for_each(|merge| merge.of = merge.of.map(&number));
    }
}

/// Two parts of a group that became one.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The first member of each; that of the first part is that of both together.
    pub of: [usize; 2],
    /// The least average, above what was asked, at which one was joined to another within the two or between them, in thousandths:
    /// whatever else lay above that was joined before.
    pub level: i64,
}

/// Whether a scaled score counts; a pair with less is nothing alike.
pub fn counts(score: u64) -> bool {
    5 * score >= 2 * LINK
}

/// The groups of so many reports as `headlines` has, which tells the bare headlines; of pairs the scaled score.
pub fn joined(headlines: Vec<bool>, links: impl Iterator<Item = (usize, usize, u64)>) -> Vec<Joined> {
    let mut merging = Merging::new(headlines);
    links.for_each(|(a, b, score)| merging.link(a, b, score));
    merging.run()
}

/// What more than [`LINK`] it takes to join two groups, in thousandths: `pairs` and `scores` are of each the pairs within it and the sum
/// of their scores; `has_headlines` says whether bare headlines are among them.
pub fn asked(pairs: [u64; 2], scores: [u64; 2], has_headlines: bool) -> i64 {
    let cohesion = |at: usize| match pairs[at] {
        0 => LOOSE * 1000,
        pairs => (scores[at] * 1000 / pairs) as i64,
    };
    let less = cohesion(0).min(cohesion(1));
    let share = if has_headlines { OF_HEADLINES } else { COHESION };
    (less - LOOSE * 1000).max(0) * share / 1000
}

/// How many pairs so many reports make.
pub fn pairs(count: usize) -> u64 {
    (count * count.saturating_sub(1) / 2) as u64
}

/// Groups being joined, with the sums of scores between them.
struct Merging {
    groups: Vec<Joined>,
    /// Of each, whether a bare headline is in it, and the sum of scores within.
    headlines: Vec<bool>,
    within: Vec<u64>,
    sums: Vec<BTreeMap<usize, u64>>,
    queue: BTreeSet<Rank>,
}

/// The average score of two groups above what is asked of them, in thousandths, the greatest first; and the two.
type Rank = (Reverse<i64>, usize, usize);

impl Merging {
    /// A group for each report; `headlines` tells which are bare headlines.
    fn new(headlines: Vec<bool>) -> Merging {
        let count = headlines.len();
        Merging {
            groups: (0..count).map(|at| Joined { members: vec![at], merges: Vec::new() }).collect(),
            headlines,
            within: vec![0; count],
            sums: vec![BTreeMap::new(); count],
            queue: BTreeSet::new(),
        }
    }

    fn link(&mut self, a: usize, b: usize, score: u64) {
        self.sums[a].insert(b, score);
        self.sums[b].insert(a, score);
        self.queue.insert(self.rank(score, a, b));
    }

    fn run(mut self) -> Vec<Joined> {
        while let Some((Reverse(above), a, b)) = self.queue.pop_first() {
            if above < LINK as i64 * 1000 {
                break;
            }
            self.merge(a, b, above);
        }
        self.groups.into_iter().filter(|group| !group.members.is_empty()).collect()
    }

    /// Joins two groups whose average is so much above what is asked.
    fn merge(&mut self, a: usize, b: usize, above: i64) {
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
            } else {
                self.within[a] += sum + self.within[b];
            }
        }
        let joined = std::mem::take(&mut self.groups[b]);
        let level = |group: &Joined| group.merges.last().map_or(i64::MAX, |merge| merge.level);
        let level = above.min(level(&self.groups[a])).min(level(&joined));
        self.groups[a].members.extend(joined.members);
        self.groups[a].merges.extend(joined.merges);
        self.groups[a].merges.push(Merge { of: [a, b], level });
        self.headlines[a] |= self.headlines[b];
        let fresh: Vec<_> = self.sums[a].iter().map(|(&other, &sum)| self.rank(sum, a, other)).collect();
        self.queue.extend(fresh);
    }

    /// The place in the queue of two groups whose members' scores sum to `sum`.
    fn rank(&self, sum: u64, a: usize, b: usize) -> Rank {
        let count = |at: usize| self.groups[at].members.len();
        let average = (sum * 1000 / (count(a) * count(b)).max(1) as u64) as i64;
        let has_headlines = self.headlines[a] || self.headlines[b];
        let asked = asked([a, b].map(|at| pairs(count(at))), [a, b].map(|at| self.within[at]), has_headlines);
        (Reverse(average - asked), a.min(b), a.max(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_that_are_close_within_must_be_close_to_each_other() {
        assert_eq!(asked([0, 1], [0, 9000], false), 0, "a single report asks nothing");
        assert_eq!(asked([1, 3], [400, 9000], false), 0, "nor does a loose group");
        // The less close of the two has 2,500 above what is loose.
        assert_eq!(asked([1, 3], [3000, 27_000], false), 750_000);
        assert_eq!(asked([1, 3], [3000, 27_000], true), 150_000, "headlines ask for a fifth of it");
    }

    /// The groups that scored pairs make of so many reports, the smallest member of each first.
    fn check(count: usize, pairs: &[(usize, usize, u64)], expected: &[&[usize]]) {
        let mut merging = Merging::new(vec![false; count]);
        pairs.iter().for_each(|&(a, b, score)| merging.link(a, b, score));
        let mut groups: Vec<Vec<usize>> = merging.run().into_iter().map(|group| group.members).collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        assert_eq!(groups, expected);
    }

    #[test]
    fn two_close_pairs_do_not_join_on_what_joins_two_loose_ones() {
        let between = [(0, 2, 1000), (0, 3, 1000), (1, 2, 1000), (1, 3, 1000)];
        let with = |within: u64| [&between[..], &[(0, 1, within), (2, 3, within)]].concat();
        check(4, &with(1100), &[&[0, 1, 2, 3]]);
        check(4, &with(9000), &[&[0, 1], &[2, 3]]);
    }
}
