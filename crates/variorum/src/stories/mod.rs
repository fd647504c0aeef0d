//! Which reports tell one story.
//!
//! In: all reports. Out: groups of them; which report founded a group, and whose headline stands for it.
//! Method: each report has a profile (`profile`); reports that share telling words within a window of days are compared (`links`): four
//! lexical scores of a pair as cosines, quoted words that both print, less with every day between the dates (`score`); then average-link
//! clustering, each score taken against how near a report's neighbours are (`cluster`).
//! How telling a word is comes from a frozen table (`models/leads.txt`), so that a partition depends on nothing but the set of
//! reports, and not on the order they come in.
//! Leaves: stories that run over weeks under changing names.

mod cluster;
mod links;
mod profile;
mod score;
mod standing;
mod why;

use crate::model::Annotated;
use crate::words::{self, Words};
use links::Caps;
use profile::{Ordered, Profiles};
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub use links::{LOOSE, WINDOW};
pub use profile::{is_common, lead, leads_with, word};
pub use standing::Standing;
pub use why::Why;

/// Most reports of a story that a headline is weighed against; those with the smallest keys.
const HEARD: usize = 64;

/// The stories of a pile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partition {
    /// Indices of the reports of each story, ascending; stories by their first index.
    pub stories: Vec<Vec<usize>>,
    /// For how many reports not all that share telling words could be looked at.
    pub capped: usize,
}

/// Groups of indices into `reports`, each a story; a pure function of the set.
///
/// Indices ascend within a group, groups by their first index.
pub fn partition(reports: &[Annotated]) -> Vec<Vec<usize>> {
    let mut pile = Pile::default();
    reports.iter().for_each(|found| pile.add(found));
    pile.partition().stories
}

/// Reports as they come in, each as a profile of bounded size.
#[derive(Clone, Debug, Default)]
pub struct Pile {
    profiles: Profiles,
    /// Of each report its key and the sum of its id.
    keys: Vec<(u128, u64)>,
}

impl Pile {
    /// Adds a report.
    pub fn add(&mut self, found: &Annotated) {
        self.add_read(found, &Words::of(found));
    }

    /// Adds a report whose words were read before.
    pub fn add_read(&mut self, found: &Annotated, words: &Words) {
        self.profiles.add(found, words);
        self.keys.push((found.report.key, words::hash(&found.report.id)));
    }

    /// Adds the reports of `other` behind those that are there.
    pub fn append(&mut self, mut other: Pile) {
        self.profiles.append(&other.profiles);
        self.keys.append(&mut other.keys);
    }

    /// The stories of all reports added, by the order in which they were added. The order changes nothing but these numbers.
    pub fn partition(&self) -> Partition {
        self.partition_within(links::CAPS)
    }

    fn partition_within(&self, caps: Caps) -> Partition {
        let (order, twins) = self.apart(caps.twins);
        let profiles = Ordered { profiles: &self.profiles, order: &order };
        let found = links::links(profiles, caps);
        let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, group) in cluster::groups(profiles, &found, caps.compared).into_iter().enumerate() {
            let members = stories.entry(group).or_default();
            members.push(order[at]);
            members.extend(twins.get(&order[at]).into_iter().flatten());
        }
        let mut stories: Vec<Vec<usize>> = stories.into_values().collect();
        stories.iter_mut().for_each(|story| story.sort_unstable());
        stories.sort_unstable();
        Partition { stories, capped: found.capped }
    }

    /// The reports in order, but for those beyond so many of the same words and day, which go with the first of them.
    fn apart(&self, most: usize) -> (Vec<usize>, BTreeMap<usize, Vec<usize>>) {
        let mut known: BTreeMap<[u64; 2], (usize, usize)> = BTreeMap::new();
        let mut twins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut order = self.order();
        order.retain(|&at| {
            let (first, count) = known.entry(self.profiles.of(at).sums()).or_insert((at, 0));
            *count += 1;
            let is_apart = *count <= most;
            if !is_apart {
                twins.entry(*first).or_default().push(at);
            }
            is_apart
        });
        (order, twins)
    }

    /// The reports by day, then key, those without a day last.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.profiles.len()).collect();
        order.sort_by_key(|&at| self.rank(at));
        order
    }

    /// The place of a report in the order.
    fn rank(&self, at: usize) -> (bool, Option<i32>, (u128, u64)) {
        let day = self.profiles.day(at);
        (day.is_none(), day, self.keys[at])
    }
}

/// The story's id: that of its earliest report, of several the one with the smallest key.
pub fn founder(witnesses: &[Annotated]) -> String {
    let rank = |witness: &&Annotated| {
        let published = witness.report.published.as_ref().map(|stamp| stamp.value.clone());
        (published.is_none(), published, witness.report.key)
    };
    witnesses.iter().min_by_key(rank).map(|witness| witness.report.id.clone()).unwrap_or_default()
}

/// The headline of the most central report: of those that have one, the report most like all others.
pub fn headline(witnesses: &[Annotated]) -> Option<String> {
    let mut profiles = Profiles::default();
    witnesses.iter().for_each(|witness| profiles.add(witness, &Words::of(witness)));
    let mut heard: Vec<usize> = (0..witnesses.len()).collect();
    heard.sort_by_key(|&at| witnesses[at].report.key);
    heard.truncate(HEARD);
    let centrality = |at: usize| -> u64 {
        let others = heard.iter().filter(|&&other| other != at);
        others.map(|&other| u64::from(score::score(&profiles.of(at), &profiles.of(other)))).sum()
    };
    (0..witnesses.len())
        .filter(|&at| witnesses[at].report.title.is_some())
        .min_by_key(|&at| (Reverse(centrality(at)), witnesses[at].report.key))
        .and_then(|at| witnesses[at].report.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Received;

    const FERRY: [&str; 3] = [
        "The ferry Lisbet ran aground off Gull Point on Monday evening. The 84 passengers spent the night on deck until \
         a tug from Sund pulled the ship free at dawn. The Sund Line has cancelled all crossings.",
        "Passengers of the Lisbet told of a cold night on the sandbank off Gull Point. A tug came from Sund only in the \
         morning. “We sang until we were hoarse,” said Mette Holm, one of the 84 on board the ferry.",
        "Gull Point needs a light, the harbour master of Sund says after the ferry Lisbet ran on the sandbank with 84 people.",
    ];
    const CHOIR: [&str; 2] = [
        "The children’s choir of Sund won the first prize at the festival in Arlo with a song about the sea. Mette Holm, \
         who leads it, cried on the stage.",
        "First prize in Arlo for the choir from Sund: the jury praised the children’s voices and their leader, Mette Holm.",
    ];

    fn check(texts: &[&str], expected: &[&[usize]]) {
        let read = |text: &&str| crate::annotate(&Received { bytes: (*text).into(), ..Received::default() });
        let pile: Vec<Annotated> = texts.iter().map(read).collect();
        assert_eq!(partition(&pile), expected);
    }

    #[test]
    fn reports_of_one_event_are_one_story_in_any_order() {
        check(&[], &[]);
        check(&FERRY, &[&[0, 1, 2]]);
        check(&[FERRY[0], CHOIR[0], FERRY[1], CHOIR[1], FERRY[2]], &[&[0, 2, 4], &[1, 3]]);
        check(&[CHOIR[1], FERRY[2], CHOIR[0], FERRY[1], FERRY[0]], &[&[0, 2], &[1, 3, 4]]);
        check(&["", FERRY[0]], &[&[0], &[1]]);
    }

    #[test]
    fn one_report_at_a_time_gives_the_partition_of_the_pile() {
        let read = |text: &&str| crate::annotate(&Received { bytes: (*text).into(), ..Received::default() });
        let found: Vec<Annotated> =
            [FERRY[0], CHOIR[0], FERRY[1], CHOIR[1], FERRY[2]].iter().map(read).collect();
        let mut pile = Pile::default();
        for (count, report) in found.iter().enumerate() {
            pile.add(report);
            assert_eq!(pile.partition().stories, partition(&found[..=count]));
        }
    }
}
