//! Which report was copied from which, and how many sources are independent.
//!
//! In: the reports of one story. Out: edges from child to parent with what their direction rests on, the sources the
//! texts name, and for each report the original it comes from.
//! Method: `copies` says for each pair whether one was made from the other and what that takes; dates and what the
//! texts state rule out directions; `tree` finds the cheapest parents, `merges` second ones.
//! Leaves: reports that used a third one which is not in the pile: they hang together as if one were made from the other.

mod align;
mod copies;
mod costs;
mod merges;
pub mod pile;
pub mod round_trip;
mod tree;
mod upstreams;

use crate::cast::Cast;
use crate::edition::{Direction, Edge, EdgeKind, Place, Requoted, Upstream};
use crate::model::Annotated;
use crate::span::Span;
use align::Match;
use copies::Coverage;
use costs::Version;
use merges::Merges;
use std::collections::{BTreeMap, BTreeSet};
use tree::Arc;

/// How much cheaper one direction has to be than the other to be told from the texts, in thousandths of a word.
/// Set on the development trees; rerun `variorum eval collation`.
const TOLD: u64 = 2000;

/// What it costs to take over a report for each later one that could be had, and how many of these count: enough to
/// decide between parents that give the same words. In thousandths of a word, set on the development trees.
const STALE: u64 = 300;
const LATER: usize = 3;

/// Longest list of passages that is given as evidence of an edge.
const PASSAGES: usize = 12;

/// Copies and sources of a story.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// By child, then parent.
    pub edges: Vec<Edge>,
    /// By name.
    pub upstreams: Vec<Upstream>,
    /// `root[report]`: the smallest index among the reports that come from the same original.
    pub root: Vec<usize>,
}

impl Lineage {
    /// How many originals stand behind the reports.
    pub fn independent(&self) -> usize {
        self.root.iter().enumerate().filter(|(report, root)| report == *root).count()
    }
}

/// The lineage of `witnesses`.
pub fn trace(witnesses: &[Annotated], cast: &Cast) -> Lineage {
    let sources = upstreams::find(witnesses, cast);
    let story = Story::read(witnesses, &sources);
    let first = story.parents();
    let second = merges::second_parents(&story, &first);
    let mut edges: Vec<Edge> = Vec::new();
    for child in 0..witnesses.len() {
        let merged = second[child].is_some();
        for (parent, primary) in [(first[child], true), (second[child], false)] {
            edges.extend(parent.map(|parent| story.edge(child, parent, primary, merged)));
        }
    }
    edges.sort_by(|a, b| (&a.child, &a.parent).cmp(&(&b.child, &b.parent)));
    Lineage { edges, upstreams: sources.entries(witnesses), root: roots(&first) }
}

/// The reports of a story with all that is known of their pairs.
struct Story<'a> {
    witnesses: &'a [Annotated],
    versions: Vec<Version<'a>>,
    /// What a pair has in common, the first of the two as `a`; both orders, only where something is aligned.
    pairs: BTreeMap<(usize, usize), Pair>,
    /// Earliest and latest minute of publication.
    published: Vec<Option<(i64, i64)>>,
    /// (child, parent) where the child's text says that it draws on the parent's outlet.
    stated: BTreeSet<(usize, usize)>,
}

struct Pair {
    matches: Vec<Match>,
    coverage: Coverage,
    /// Of making the first from the second.
    cost: u64,
}

impl<'a> Story<'a> {
    fn read(witnesses: &'a [Annotated], sources: &upstreams::Sources) -> Story<'a> {
        let versions = costs::versions(witnesses);
        let mut pairs = BTreeMap::new();
        for (a, left) in versions.iter().enumerate() {
            for b in (0..versions.len()).filter(|&b| rank(&witnesses[a]) < rank(&witnesses[b])) {
                let right = &versions[b];
                let matches = align::align(&left.prose, &right.prose);
                if !matches.is_empty() {
                    pairs.insert((b, a), pair(right, left, copies::turned(&matches)));
                    pairs.insert((a, b), pair(left, right, matches));
                }
            }
        }
        let published = witnesses.iter().map(published).collect();
        Story { witnesses, versions, pairs, published, stated: sources.stated(witnesses) }
    }

    /// Whether `child` can have been made from `parent`, as far as dates and statements tell.
    fn allows(&self, child: usize, parent: usize) -> bool {
        let earlier =
            matches!((self.published[child], self.published[parent]), (Some(c), Some(p)) if c.1 < p.0);
        let other_way = self.stated.contains(&(parent, child)) && !self.stated.contains(&(child, parent));
        self.stated.contains(&(child, parent)) || !(earlier || other_way)
    }

    /// Reports in an order that does not depend on how they came in.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.witnesses.len()).collect();
        order
            .sort_by_key(|&at| (self.published[at].is_none(), self.published[at], rank(&self.witnesses[at])));
        order
    }

    /// The cheapest parents of which none comes later than what descends from it.
    fn parents(&self) -> Vec<Option<usize>> {
        let mut merges = merges::find(self);
        let mut best = self.cheapest(&merges);
        for _ in 0..self.witnesses.len() {
            let Some(path) = self.backwards(&best.1) else { break };
            let without = path.into_iter().map(|arc| {
                merges.barred.insert(arc);
                let found = self.cheapest(&merges);
                merges.barred.remove(&arc);
                (found, arc)
            });
            let Some((found, arc)) = without.min_by_key(|((cost, _), _)| *cost) else { break };
            merges.barred.insert(arc);
            best = found;
        }
        best.1
    }

    /// The parents that cost least together, the barred pairs left out; and what they cost.
    fn cheapest(&self, merges: &Merges) -> (i64, Vec<Option<usize>>) {
        let order = self.order();
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, &report)| place[report] = at);
        let mut arcs: Vec<Arc> = self
            .pairs
            .iter()
            .filter(|((child, parent), pair)| pair.coverage.is_copy() && self.allows(*child, *parent))
            .filter(|(ends, pair)| {
                !merges.barred.contains(ends) && pair.cost < costs::whole(&self.versions[ends.0])
            })
            .map(|(&(child, parent), pair)| Arc {
                parent: place[parent],
                child: place[child],
                cost: (pair.cost
                    + STALE * self.later(child, parent)
                    + merges.detours.get(&(child, parent)).copied().unwrap_or_default())
                    as i64,
            })
            .collect();
        arcs.sort_by_key(|arc| (arc.child, arc.parent));
        let dearest = self.versions.iter().map(costs::whole).max().unwrap_or_default() as i64;
        let found = tree::parents(order.len(), &arcs, &vec![dearest; order.len()]);
        let mut parents = vec![None; order.len()];
        let mut cost = 0;
        for (at, parent) in found.into_iter().enumerate() {
            let arc = arcs.iter().find(|arc| arc.child == at && Some(arc.parent) == parent);
            cost += arc.map_or(dearest, |arc| arc.cost);
            parents[order[at]] = parent.map(|parent| order[parent]);
        }
        (cost, parents)
    }

    /// How many reports of which `child` can be made as cheaply came out after `parent` and before it: who takes a text over
    /// takes the latest he finds.
    fn later(&self, child: usize, parent: usize) -> u64 {
        let (Some(own), Some(theirs)) = (self.published[child], self.published[parent]) else { return 0 };
        let most = self.pairs[&(child, parent)].cost + STALE * LATER as u64;
        let is_between = |&other: &usize| {
            self.published[other].is_some_and(|time| theirs.1 < time.0 && time.1 < own.0)
                && self.pairs.get(&(child, other)).is_some_and(|pair| pair.cost <= most)
                && self.pairs.get(&(other, parent)).is_none_or(|pair| pair.cost > 0)
        };
        (0..self.witnesses.len()).filter(is_between).count().min(LATER) as u64
    }

    /// The pairs of child and parent from a report up to one that came out later than it.
    fn backwards(&self, parents: &[Option<usize>]) -> Option<Vec<(usize, usize)>> {
        // In an order of their own, for which of several is mended first decides what is left to mend.
        self.order().into_iter().find_map(|report| {
            let own = self.published[report]?;
            let (mut path, mut at) = (Vec::new(), report);
            while let Some(parent) = parents[at] {
                path.push((at, parent));
                at = parent;
                if self.published[at].is_some_and(|time| own.1 < time.0) {
                    return Some(path);
                }
            }
            None
        })
    }

    fn edge(&self, child: usize, parent: usize, primary: bool, merged: bool) -> Edge {
        let pair = &self.pairs[&(child, parent)];
        Edge {
            child: self.witnesses[child].report.id.clone(),
            parent: self.witnesses[parent].report.id.clone(),
            primary,
            kind: if merged {
                EdgeKind::Merged
            } else {
                kind(&pair.coverage, &self.pairs[&(parent, child)].coverage)
            },
            direction: self.direction(child, parent),
            score: (1000 * pair.coverage.shared / pair.coverage.words.max(1)) as u32,
            evidence: self.passages(child, parent),
            quoted: self.requoted(child, parent),
        }
    }

    /// What became of the quoted words.
    fn requoted(&self, child: usize, parent: usize) -> Requoted {
        let [ours, theirs] = [child, parent].map(|at| (&self.witnesses[at], &self.versions[at].prose));
        let mut found = Requoted::default();
        for pair in &self.pairs[&(child, parent)].matches {
            let requoted = round_trip::is_requoted(ours.1, theirs.1, pair);
            found.sentences += usize::from(requoted.is_some());
            if requoted == Some(true) {
                found.reworded += 1;
                if found.reworded <= PASSAGES {
                    let places = [(ours, pair.a), (theirs, pair.b)];
                    found.evidence.extend(places.map(|(of, at)| of.0.place(of.1.sentences[at].span)));
                }
            }
        }
        found
    }

    fn direction(&self, child: usize, parent: usize) -> Direction {
        let (there, back) = (self.pairs[&(child, parent)].cost, self.pairs[&(parent, child)].cost);
        match (self.published[child], self.published[parent]) {
            _ if self.stated.contains(&(child, parent)) => Direction::Stated,
            (Some(c), Some(p)) if p.1 < c.0 => Direction::Time,
            _ if there + TOLD <= back => Direction::Text,
            _ => Direction::Unknown,
        }
    }

    /// The longest passages that stand in both, in the child's order: the child's words, then the parent's.
    fn passages(&self, child: usize, parent: usize) -> Vec<Place> {
        let spans = |pair: &Match| {
            (
                self.versions[child].prose.sentences[pair.a].span,
                self.versions[parent].prose.sentences[pair.b].span,
            )
        };
        let mut runs: Vec<(Span, Span)> = Vec::new();
        let mut last: Option<Match> = None;
        for pair in &self.pairs[&(child, parent)].matches {
            let (ours, theirs) = spans(pair);
            let follows = last.is_some_and(|last| last.a + 1 == pair.a && last.b + 1 == pair.b);
            match runs.last_mut().filter(|_| follows) {
                Some(run) => *run = (run.0.cover(ours), run.1.cover(theirs)),
                None => runs.push((ours, theirs)),
            }
            last = Some(*pair);
        }
        runs.sort_by_key(|(ours, _)| (std::cmp::Reverse(ours.len()), ours.start()));
        runs.truncate(PASSAGES);
        runs.sort_unstable();
        runs.into_iter()
            .flat_map(|(ours, theirs)| {
                [self.witnesses[child].place(ours), self.witnesses[parent].place(theirs)]
            })
            .collect()
    }
}

/// An order of reports that does not depend on how they came in.
fn rank(witness: &Annotated) -> (u128, Option<&str>, &str) {
    (witness.report.key, witness.report.title.as_deref(), &witness.report.id)
}

fn pair(a: &Version, b: &Version, matches: Vec<Match>) -> Pair {
    Pair {
        coverage: copies::coverage(&a.prose, &b.prose, &matches),
        cost: costs::cost(a, b, &matches),
        matches,
    }
}

/// How a child was made, from what of it stands in its parent and what of the parent stands in it.
fn kind(child: &Coverage, parent: &Coverage) -> EdgeKind {
    if child.is_rewritten() {
        EdgeKind::Translated
    } else if 100 * child.shared < 97 * child.words {
        EdgeKind::Revised
    } else if 100 * parent.shared < 95 * parent.words {
        EdgeKind::Trimmed
    } else if child.changed > 0 {
        EdgeKind::Revised
    } else {
        EdgeKind::Verbatim
    }
}

/// Whether `report` comes from `ancestor` by any parents.
fn descends(report: usize, ancestor: usize, first: &[Option<usize>], second: &[Option<usize>]) -> bool {
    let mut open = vec![report];
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        if at == ancestor {
            return true;
        }
        if seen.insert(at) {
            open.extend(first[at].into_iter().chain(second[at]));
        }
    }
    false
}

/// The smallest index in the tree of each report.
fn roots(parents: &[Option<usize>]) -> Vec<usize> {
    let top = |mut at: usize| {
        while let Some(parent) = parents[at] {
            at = parent;
        }
        at
    };
    let mut smallest: BTreeMap<usize, usize> = BTreeMap::new();
    (0..parents.len()).map(|at| *smallest.entry(top(at)).or_insert(at)).collect()
}

/// Earliest and latest minute in which a report can have been published, since 1970 in UTC; a day where only that is known.
fn published(witness: &Annotated) -> Option<(i64, i64)> {
    let value = witness.report.published.as_ref()?.value.as_str();
    let date: jiff::civil::Date = value.get(..10)?.parse().ok()?;
    let days = i64::from(jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days());
    let minutes = || {
        let clock = value.get(11..16)?;
        let (hours, minutes) = clock.split_once(':')?;
        Some(60 * hours.parse::<i64>().ok()? + minutes.parse::<i64>().ok()? - zone(value.get(16..)?))
    };
    Some(match minutes() {
        Some(minutes) => (1440 * days + minutes, 1440 * days + minutes),
        None => (1440 * days, 1440 * days + 1439),
    })
}

/// Minutes east of Greenwich in the end of a time ("+02:00", "Z").
fn zone(end: &str) -> i64 {
    let Some(at) = end.rfind(['+', '-']) else { return 0 };
    let digits: String = end[at..].chars().filter(char::is_ascii_digit).collect();
    let minutes = match digits.len() {
        2 | 4 => {
            let (hours, minutes) = digits.split_at(2);
            60 * hours.parse::<i64>().unwrap_or(0) + minutes.parse::<i64>().unwrap_or(0)
        }
        _ => 0,
    };
    if end[at..].starts_with('-') { -minutes } else { minutes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Received;
    use proptest::prelude::*;

    /// Paragraphs that generated reports are made of.
    const PARAGRAPHS: [&str; 6] = [
        "The ferry Lisbet ran aground off Gull Point on Monday evening with 84 people on board.",
        "Nobody was hurt, but the passengers spent the night in blankets on the upper deck.",
        "A tug from Sund pulled the ship free at dawn, when the tide had lifted her stern.",
        "The company has cancelled all crossings until divers have looked at the keel.",
        "It is the second time in three years that a ferry of the line has met the sandbank.",
        "The harbour master wants a light on the point and says the money has been there since spring.",
    ];

    /// A report made of some paragraphs, each as it is or with words exchanged, and a time or none.
    fn report() -> impl Strategy<Value = Received> {
        let paragraph = (0..PARAGRAPHS.len(), 0..3usize);
        (prop::collection::vec(paragraph, 0..6), prop::option::of(1..5u8)).prop_map(|(chosen, day)| {
            let written = |&(at, form): &(usize, usize)| match form {
                0 => PARAGRAPHS[at].to_owned(),
                1 => PARAGRAPHS[at].replace(" the ", " this ").replace("84", "87"),
                _ => PARAGRAPHS[at].split(' ').rev().collect::<Vec<_>>().join(" "),
            };
            let text: Vec<String> = chosen.iter().map(written).collect();
            let date = day.map(|day| format!("2025-03-0{day}T08:00:00Z"));
            Received { bytes: text.join("\n\n").into(), date, ..Received::default() }
        })
    }

    fn lineage(pile: &[Received]) -> Vec<Edge> {
        let mut seen = BTreeSet::new();
        let mut found: Vec<Annotated> = pile.iter().map(crate::annotate).collect();
        found.retain(|witness| seen.insert(witness.report.key));
        trace(&found, &crate::cast::resolve(&found)).edges
    }

    /// Two reports that differ in one quotation, the second a day later: in how many sentences that one quotes, in how many in other
    /// words, and the words with which these begin in both.
    #[track_caller]
    fn check_quoted(paragraphs: &[&str], said: [&str; 2], expected: (usize, usize), evidence: &[&str]) {
        let report = |day: usize| Received {
            bytes: [paragraphs, &[said[day]]].concat().join("\n\n").into(),
            date: Some(format!("2025-03-0{}", 4 + day)),
            ..Received::default()
        };
        let found: Vec<Annotated> = [0, 1].map(|day| crate::annotate(&report(day))).into();
        let edges = trace(&found, &crate::cast::resolve(&found)).edges;
        let quoted = &edges[0].quoted;
        assert_eq!((quoted.sentences, quoted.reworded), expected, "{said:?}");
        let places: Vec<&str> = quoted.evidence.iter().map(|place| place.text.as_str()).collect();
        assert_eq!(places.len(), evidence.len(), "{places:?}");
        assert!(places.iter().zip(evidence).all(|(place, begin)| place.starts_with(begin)), "{places:?}");
    }

    #[test]
    fn an_edge_tells_which_quotations_have_other_words() {
        let paragraphs =
            [&PARAGRAPHS[..4], &["“We sang until we were hoarse,” said Jan Berg, the cook."]].concat();
        let first = "“The lamps failed and the wind rose all night long,” said Mette Holm, who was on board with two children.";
        check_quoted(&paragraphs, [first, first], (2, 0), &[]);
        let other = "“The lights went out and the wind grew during the night,” said Mette Holm, who was on board with two children.";
        check_quoted(&paragraphs, [first, other], (2, 1), &["“The lights", "“The lamps"]);
    }

    #[test]
    fn german_marks_are_read_as_such() {
        let paragraphs = [
            "Die Fähre Lisbet ist am Montagabend mit 84 Menschen an Bord vor der Möwenspitze auf Grund gelaufen.",
            "Verletzt wurde niemand, doch die Fahrgäste verbrachten die Nacht in Decken auf dem oberen Deck.",
            "Ein Schlepper aus Sund zog das Schiff im Morgengrauen frei, als die Flut das Heck gehoben hatte.",
        ];
        let first = "„Die Lampen fielen aus und der Wind wuchs die ganze Nacht“, sagte Mette Holm, die mit zwei Kindern an Bord war.";
        check_quoted(&paragraphs, [first, first], (1, 0), &[]);
        let other = "„Das Licht ging aus und der Sturm nahm die ganze Nacht zu“, sagte Mette Holm, die mit zwei Kindern an Bord war.";
        check_quoted(&paragraphs, [first, other], (1, 1), &["„Das Licht", "„Die Lampen"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn primary_edges_are_a_forest_and_no_edges_a_cycle(pile in prop::collection::vec(report(), 0..8)) {
            let edges = lineage(&pile);
            let children: Vec<&str> = edges.iter().filter(|edge| edge.primary).map(|edge| edge.child.as_str()).collect();
            prop_assert_eq!(children.iter().collect::<BTreeSet<_>>().len(), children.len());
            let mut left: Vec<&Edge> = edges.iter().collect();
            while !left.is_empty() {
                let before = left.len();
                let childless: BTreeSet<&str> = left.iter().map(|edge| edge.child.as_str()).collect();
                left.retain(|edge| childless.contains(edge.parent.as_str()));
                prop_assert!(left.len() < before, "a cycle among {:?}", left);
            }
        }

        #[test]
        fn the_order_of_arrival_does_not_matter(pile in prop::collection::vec(report(), 0..7)) {
            let turned: Vec<Received> = pile.iter().rev().cloned().collect();
            prop_assert_eq!(lineage(&pile), lineage(&turned));
        }
    }
}
