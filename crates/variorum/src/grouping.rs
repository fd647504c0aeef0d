//! Which reports of a pile of any size are one story, and which are copies.
//!
//! In: reports one at a time, of which a [`Card`] of a few kilobytes is kept, two thirds of it elsewhere if the caller wishes
//! ([`Pile::take_words`]). Out: [`Groups`]: the stories, the copies with their aligned passages, each outlet's furniture, and notes
//! on everything that was left out. For the reports of one story, when they are at hand again, [`lineage()`] tells parents and
//! independent sources.
//! Method: `stories` and `lineage::pile`. The result is a function of the set of reports, in whatever order they come.
//! Leaves: parents in stories of more than [`TRACED`] reports, which [`Groups::parents`] gives from copies and dates alone.

use crate::cast;
use crate::edition::{Direction, Edge, Requoted, Upstream};
use crate::lineage::{self, pile};
use crate::model::{Annotated, Received, Stamp};
use crate::span::Span;
use crate::words::Words;
use crate::{chronology, stories};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The largest story whose parents are traced from all its texts: each pair of them is aligned.
pub const TRACED: usize = 150;

/// How many reports that count once are named.
const NAMED: usize = 20;

/// What is known of a report without its text.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// As in [`crate::model::Report`], and so below.
    pub id: String,
    #[allow(missing_docs)]
    pub key: u128,
    #[allow(missing_docs)]
    pub path: Option<String>,
    #[allow(missing_docs)]
    pub outlet: Option<String>,
    #[allow(missing_docs)]
    pub title: Option<String>,
    #[allow(missing_docs)]
    pub published: Option<Stamp>,
}

impl About {
    fn rank(&self) -> (bool, &str, Option<&str>, u128, &str) {
        let published = self.published.as_ref().map(|stamp| stamp.value.as_str());
        (published.is_none(), published.unwrap_or_default(), self.path.as_deref(), self.key, &self.id)
    }

    /// What output calls it where there is room for one name only.
    pub fn name(&self) -> &str {
        self.path.as_deref().unwrap_or(&self.id)
    }
}

/// What is kept of a report.
#[derive(Clone, Debug)]
pub struct Card {
    about: About,
    /// Why there is none, as in [`crate::model::Report::unreadable`].
    unreadable: Option<String>,
    stories: stories::Pile,
    copies: pile::Pile,
}

/// The cards of `pile`, in its order.
pub fn cards(pile: &[Received]) -> Vec<Card> {
    crate::annotate_all(pile).into_iter().map(of).collect()
}

/// The card of a report that is annotated already.
pub fn of(found: Annotated) -> Card {
    let (mut stories, mut copies) = (stories::Pile::default(), pile::Pile::default());
    let words = Words::of(&found);
    stories.add_read(&found, &words);
    copies.add_read(&found, &words);
    let report = found.report;
    let about = About {
        id: report.id,
        key: report.key,
        path: report.path,
        outlet: report.outlet,
        title: report.title,
        published: report.published,
    };
    Card { about, unreadable: report.unreadable, stories, copies }
}

/// Reports as they come in.
#[derive(Clone, Debug, Default)]
pub struct Pile {
    /// What is known of each, in the order in which they were added.
    pub reports: Vec<About>,
    stories: stories::Pile,
    copies: pile::Pile,
    seen: BTreeMap<u128, usize>,
    twice: Vec<String>,
    unread: Vec<String>,
    counted_once: usize,
}

/// What is found in a pile. Reports go by their numbers in [`Pile::reports`].
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// The largest first, then by id.
    pub stories: Vec<Group>,
    /// By the later of the two in the order of publication, then by the earlier: `a` is the earlier one.
    pub copies: Vec<pile::Copy>,
    /// Passages that recur at the report's outlet, in bytes of the source.
    pub furniture: BTreeMap<usize, Vec<Span>>,
    /// What was left out, in whole sentences.
    pub notes: Vec<String>,
}

/// The reports of one story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The founder's id.
    pub id: String,
    /// In order of publication, then path, then key.
    pub reports: Vec<usize>,
}

impl Pile {
    /// Adds a report; `false` for one that cannot be read, or that is there already (same bytes, address, outlet and date).
    pub fn add(&mut self, card: Card) -> bool {
        if let Some(reason) = card.unreadable {
            self.unread.push(format!("{} {reason}: left out", card.about.name()));
            return false;
        }
        if let Some(&first) = self.seen.get(&card.about.key) {
            self.counted_once += 1;
            if self.twice.len() < NAMED {
                let first = self.reports[first].name();
                let name = card.about.name();
                self.twice.push(format!("{name} holds the same bytes as {first} and is counted once"));
            }
            return false;
        }
        self.seen.insert(card.about.key, self.reports.len());
        self.reports.push(card.about);
        self.stories.append(card.stories);
        self.copies.append(card.copies);
        true
    }

    /// The report that `name` names: its id, its path, or the end of its path behind a slash.
    pub fn find(&self, name: &str) -> Option<usize> {
        let is_end = |path: &str| path.strip_suffix(name).is_some_and(|before| before.ends_with('/'));
        let place = |is_it: &dyn Fn(&About) -> bool| self.reports.iter().position(is_it);
        place(&|about| about.id == name)
            .or_else(|| place(&|about| about.path.as_deref() == Some(name)))
            .or_else(|| place(&|about| about.path.as_deref().is_some_and(is_end)))
    }

    /// Takes out what is kept of the words of the report that was added last, most of what is kept of it, to be kept elsewhere and
    /// given to [`Pile::groups_with`] again.
    pub fn take_words(&mut self) -> Box<[u8]> {
        self.reports.len().checked_sub(1).map(|last| self.copies.take(last)).unwrap_or_default()
    }

    /// What is found in the pile.
    pub fn groups(&self) -> Groups {
        self.groups_of(self.copies.find())
    }

    /// The same where `read` gives the words that were taken out of each report.
    pub fn groups_with<'a>(&'a self, read: &'a pile::Read<'a>) -> Groups {
        self.groups_of(self.copies.find_with(read))
    }

    fn groups_of(&self, found: pile::Found) -> Groups {
        let partition = self.stories.partition();
        let mut stories: Vec<Group> =
            partition.stories.into_iter().map(|reports| self.group(reports)).collect();
        stories.sort_by(|a, b| b.reports.len().cmp(&a.reports.len()).then_with(|| a.id.cmp(&b.id)));
        let mut copies: Vec<pile::Copy> = found.copies.into_iter().map(|copy| self.in_time(copy)).collect();
        copies.sort_by_key(|copy| (copy.b, copy.a));
        Groups {
            stories,
            copies,
            furniture: found.furniture,
            notes: self.notes(partition.capped, found.capped),
        }
    }

    fn group(&self, mut reports: Vec<usize>) -> Group {
        reports.sort_by_key(|&at| self.reports[at].rank());
        let founder = |at: &usize| {
            let about = &self.reports[*at];
            let published = about.published.as_ref().map(|stamp| stamp.value.as_str());
            (published.is_none(), published, about.key)
        };
        let id = reports.iter().copied().min_by_key(founder).map(|at| self.reports[at].id.clone());
        Group { id: id.unwrap_or_default(), reports }
    }

    /// `copy` with the earlier report first.
    fn in_time(&self, copy: pile::Copy) -> pile::Copy {
        if self.reports[copy.a].rank() <= self.reports[copy.b].rank() { copy } else { copy.turned() }
    }

    fn notes(&self, crowded: usize, capped: pile::Capped) -> Vec<String> {
        let mut notes = self.twice.clone();
        if self.counted_once > self.twice.len() {
            let more = self.counted_once - self.twice.len();
            notes.push(format!("{more} more reports hold the same bytes as others and are counted once"));
        }
        notes.extend(self.unread.iter().cloned());
        notes.sort();
        let caps = [
            (crowded, "reports that share telling words with more others than were looked at for stories"),
            (capped.cut, "reports of more than 100,000 words, of which only these were looked at for copies"),
            (
                capped.compared,
                "reports that share text with more than 64 others, and were aligned with the 64 nearest only",
            ),
            (
                capped.unsettled,
                "sentences that recur at an outlet in too many reports to settle whether they are furniture",
            ),
        ];
        let said = |(count, what): &(usize, &str)| format!("{what}: {count}");
        notes.extend(caps.iter().filter(|(count, _)| *count > 0).map(said));
        notes
    }

    /// Why two reports are one story, or not; and what they share as texts. By their numbers in [`Pile::reports`].
    pub fn why(&self, a: usize, b: usize) -> (stories::Why, pile::Comparison) {
        (self.stories.why(a, b), self.copies.compare(a, b))
    }

    /// The same where `read` gives the words that were taken out of each report.
    pub fn why_with<'a>(
        &'a self,
        a: usize,
        b: usize,
        read: &'a pile::Read<'a>,
    ) -> (stories::Why, pile::Comparison) {
        (self.stories.why(a, b), self.copies.compare_with(a, b, read))
    }
}

impl Groups {
    /// The parents of reports from copies alone: by report its parent, the earlier one that holds most of it.
    pub fn parents(&self, reports: &[About]) -> BTreeMap<usize, (usize, Edge)> {
        let mut best: BTreeMap<usize, &pile::Copy> = BTreeMap::new();
        for copy in &self.copies {
            let held = best.entry(copy.b).or_insert(copy);
            if (Reverse(copy.contained[1]), copy.a) < (Reverse(held.contained[1]), held.a) {
                *held = copy;
            }
        }
        best.into_iter().map(|(child, copy)| (child, (copy.a, edge(reports, copy)))).collect()
    }
}

/// The later report of a copy as a child of the earlier one.
fn edge(reports: &[About], copy: &pile::Copy) -> Edge {
    let day = |at: usize| reports[at].published.as_ref().and_then(|stamp| stamp.value.get(..10));
    let is_later = matches!((day(copy.a), day(copy.b)), (Some(parent), Some(child)) if parent < child);
    Edge {
        child: reports[copy.b].id.clone(),
        parent: reports[copy.a].id.clone(),
        primary: true,
        kind: copy.kind,
        direction: if is_later { Direction::Time } else { Direction::Unknown },
        score: copy.contained[1] as u32,
        evidence: Vec::new(),
        quoted: Requoted::default(),
    }
}

/// What the texts of one story tell.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The headline of the most central report.
    pub headline: Option<String>,
    /// How many independent sources stand behind the reports.
    pub independent: usize,
    /// By child, then parent.
    pub edges: Vec<Edge>,
    /// Sources that the texts name.
    pub upstreams: Vec<Upstream>,
}

/// Parents, named sources and headline of one story, from its reports in the order of publication.
pub fn lineage(mut witnesses: Vec<Annotated>) -> Told {
    chronology::resolve(&mut witnesses);
    let cast = cast::resolve(&witnesses);
    let found = lineage::trace(&witnesses, &cast);
    Told {
        headline: stories::headline(&witnesses),
        independent: found.independent(),
        edges: found.edges,
        upstreams: found.upstreams,
    }
}
