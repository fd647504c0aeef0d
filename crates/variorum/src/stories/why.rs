//! Why two reports tell one story, or do not.
//!
//! In: a pile and two of its reports. Out: [`Why`]: the score of the pair with all that went into it, what was taken off for how dense
//! the matter around them is, and the average between their groups against what it takes.
//! Leaves: the order in which groups were joined; two reports can be one story through the others, whatever their own score.

use super::Pile;
use super::cluster::{self, LINK};
use super::links::{self, Link};
use super::profile::{FIELDS, Ordered, Profile};
use super::score;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many words are named, those that weighed most.
const WORDS: usize = 16;

/// What two reports share that tells of one story. Scores are in ten-thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Whether they are one story.
    pub is_one: bool,
    /// The cosines of whole text, names and numbers, title with lead, and title; `None` where one of the two has not got it.
    pub fields: [Option<u32>; 4],
    /// Runs of four quoted words that both print.
    pub quoted: u32,
    /// Days between them; `None` where a date is not known.
    pub days: Option<u32>,
    /// What is left of the score for that, in thousandths.
    pub kept: u32,
    /// The score of the pair.
    pub score: u32,
    /// Whether they share words enough within the window of days to be compared in the pile, and score enough to count.
    pub is_linked: bool,
    /// The mean score of the nearest neighbours of either.
    pub density: [u32; 2],
    /// The score against the density around it.
    pub scaled: u64,
    /// The average of such scores between the groups of the two, the pair's own where they are one story.
    pub average: u64,
    /// How many reports their groups have.
    pub groups: [usize; 2],
    /// The average it takes: more where the groups of both are close within.
    pub needed: u64,
    /// Words that both have, as [`super::word`] numbers them, with their share of the likeness in thousandths; the most first.
    pub words: Vec<(u32, u32)>,
}

impl Pile {
    /// Why the reports `a` and `b`, numbered in the order in which they were added, are one story, or not.
    pub fn why(&self, a: usize, b: usize) -> Why {
        let order = self.order();
        let profiles = Ordered { profiles: &self.profiles, order: &order };
        let place = |at: usize| order.iter().position(|&other| other == at).unwrap_or_default();
        let (a, b) = (place(a), place(b));
        let found = links::links(profiles, links::CAPS);
        let group = cluster::groups(profiles, &found, links::CAPS.compared);
        let links = found.links;
        let density = cluster::density(profiles.len(), &links);
        let (of_a, of_b) = (&profiles.of(a), &profiles.of(b));
        let days = of_a.day.zip(of_b.day).map(|(a, b)| a.abs_diff(b));
        let score = score::score(of_a, of_b);
        let link = Link { a: a.min(b) as u32, b: a.max(b) as u32, score };
        let scaled = cluster::scaled_score(profiles, &density, link);
        let members = |of: usize| group.iter().filter(|&&other| other == group[of]).count();
        let is_one = group[a] == group[b];
        let groups = [members(a), members(b)];
        Why {
            is_one,
            fields: score::cosines(of_a, of_b),
            quoted: score::common(of_a.quoted, of_b.quoted),
            days,
            kept: days.map_or(score::UNDATED, score::kept),
            score,
            is_linked: links.binary_search(&link).is_ok(),
            density: [density[a], density[b]],
            scaled,
            average: if is_one {
                scaled
            } else {
                between(profiles, &links, &density, &group, (group[a], group[b]))
            },
            groups,
            needed: needed(profiles, &links, &density, &group, (group[a], group[b])),
            words: words(of_a, of_b),
        }
    }
}

/// The average score between two groups; a pair without a link counts as nothing alike.
fn between(profiles: Ordered, links: &[Link], density: &[u32], group: &[usize], of: (usize, usize)) -> u64 {
    let ends = |link: &&Link| {
        let ends = (group[link.a as usize], group[link.b as usize]);
        ends == of || (ends.1, ends.0) == of
    };
    let sum: u64 =
        links.iter().filter(ends).map(|link| cluster::scaled_score(profiles, density, *link)).sum();
    let count = |of: usize| group.iter().filter(|&&other| other == of).count() as u64;
    sum / (count(of.0) * count(of.1)).max(1)
}

/// The average that it takes for two groups to be one.
fn needed(profiles: Ordered, links: &[Link], density: &[u32], group: &[usize], of: (usize, usize)) -> u64 {
    let members =
        |of: usize| group.iter().enumerate().filter(move |&(_, &other)| other == of).map(|(at, _)| at);
    let has_headline = |of: usize| members(of).any(|at| score::is_headline(&profiles.of(at)));
    if of.0 == of.1 {
        return LINK;
    }
    let within = |of: usize| -> u64 {
        let own = links.iter().filter(|link| group[link.a as usize] == of && group[link.b as usize] == of);
        own.map(|link| cluster::scaled_score(profiles, density, *link)).sum()
    };
    let pairs = [of.0, of.1].map(|of| cluster::pairs(members(of).count()));
    let has_headlines = has_headline(of.0) || has_headline(of.1);
    LINK + cluster::asked(pairs, [of.0, of.1].map(within), has_headlines) as u64 / 1000
}

/// The words that weigh most in the cosines of two reports.
fn words(a: &Profile, b: &Profile) -> Vec<(u32, u32)> {
    let mut shares: BTreeMap<u32, u128> = BTreeMap::new();
    let theirs: BTreeMap<u32, [u16; FIELDS]> = b.weighted().collect();
    for (word, weights) in a.weighted() {
        let Some(others) = theirs.get(&word) else { continue };
        for (field, share) in score::SHARES.into_iter().enumerate() {
            let length = u128::from((a.lengths[field] * b.lengths[field]).max(1));
            let product = u128::from(weights[field]) * u128::from(others[field]);
            *shares.entry(word).or_default() += u128::from(share) * product * 1_000_000 / length;
        }
    }
    let all: u128 = shares.values().sum::<u128>().max(1);
    let mut words: Vec<(Reverse<u32>, u32)> =
        shares.into_iter().map(|(word, share)| (Reverse((1000 * share / all) as u32), word)).collect();
    words.sort_unstable();
    words.into_iter().take(WORDS).map(|(Reverse(share), word)| (word, share)).collect()
}
