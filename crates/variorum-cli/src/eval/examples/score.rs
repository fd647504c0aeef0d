//! Counts what was found, missed and invented of each kind of record, and holds it against the floors.

use super::matching::{Item, nearest, pair};
use super::story::Story;
use anyhow::Context;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Kinds of record, in the order they are shown.
const KINDS: [&str; 13] = [
    "blocks",
    "quotations",
    "utterances",
    "figures",
    "dates",
    "labels",
    "posts",
    "traces",
    "omissions",
    "reconciled",
    "lineage",
    "upstreams",
    "timeline",
];

/// The least share that must be found and the largest that may be invented.
#[derive(Deserialize)]
pub struct Floor {
    found: f64,
    invented: f64,
}

/// Floors by kind of record; a kind without one is shown and not held to any.
#[derive(Deserialize)]
pub struct Floors {
    examples: BTreeMap<String, Floor>,
}

impl Floors {
    /// The floors that `path` pins.
    pub fn read(path: &Path) -> anyhow::Result<Floors> {
        let bytes = std::fs::read(path).with_context(|| {
            format!("cannot read the floors in {}: name them with --floors", path.display())
        })?;
        serde_json::from_slice(&bytes).with_context(|| format!("cannot take {} as floors", path.display()))
    }
}

/// The counts of one kind of record over all stories.
#[derive(Default)]
pub struct Tally {
    gold: usize,
    matched: usize,
    predicted: usize,
    invented: usize,
    asides: Vec<(&'static str, usize, usize)>,
    missed_lines: Vec<String>,
    invented_lines: Vec<String>,
}

impl Tally {
    /// Matches, counts and notes what was missed and invented; the pairs come back for what is counted beside.
    pub fn judge<G, P>(
        &mut self,
        story: &Story,
        gold: &[Item<G>],
        found: &[Item<P>],
        fits: impl Fn(&Item<G>, &Item<P>) -> bool,
    ) -> Vec<(usize, usize)> {
        let pairs = pair(gold, found, fits);
        let right: BTreeSet<usize> = pairs.iter().map(|pair| pair.0).collect();
        let used: BTreeSet<usize> = pairs.iter().map(|pair| pair.1).collect();
        for (_, item) in gold.iter().enumerate().filter(|(at, _)| !right.contains(at)) {
            self.missed_lines.push(line(story, item, "predicted", nearest(item, found)));
        }
        for (at, item) in found.iter().enumerate() {
            if used.contains(&at) || !item.counts {
                continue;
            }
            self.invented += 1;
            self.invented_lines.push(line(story, item, "gold", nearest(item, gold)));
        }
        self.predicted += found.iter().filter(|item| item.counts).count();
        self.gold += gold.len();
        self.matched += pairs.len();
        pairs
    }

    /// Adds to a line shown under the kind: how many of how many.
    pub fn aside(&mut self, name: &'static str, right: usize, of: usize) {
        match self.asides.iter_mut().find(|aside| aside.0 == name) {
            Some(aside) => (aside.1, aside.2) = (aside.1 + right, aside.2 + of),
            None => self.asides.push((name, right, of)),
        }
    }

    fn found_rate(&self) -> f64 {
        share(self.matched, self.gold, 1.0)
    }

    fn invented_rate(&self) -> f64 {
        share(self.invented, self.predicted, 0.0)
    }

    fn is_below(&self, floor: &Floor) -> bool {
        self.found_rate() < floor.found || self.invented_rate() > floor.invented
    }
}

/// One line of the listing: where, the record, and the nearest on the other side.
fn line<T, U>(story: &Story, item: &Item<T>, side: &str, near: Option<&Item<U>>) -> String {
    let name = &story.gold.story;
    let file = item.witness.map(|at| story.witnesses[at].name.as_str());
    let place = file.map_or_else(|| name.clone(), |file| format!("{name}/{file}"));
    let near =
        near.map_or_else(|| format!("no {side} near"), |near| format!("nearest {side}: {}", near.shown()));
    format!("{place}  {}  ({near})", item.shown())
}

fn share(part: usize, whole: usize, of_nothing: f64) -> f64 {
    if whole == 0 { of_nothing } else { part as f64 / whole as f64 }
}

/// The tallies of all kinds.
#[derive(Default)]
pub struct Scores {
    tallies: BTreeMap<&'static str, Tally>,
}

impl Scores {
    /// The tally of a kind of record.
    pub fn of(&mut self, kind: &'static str) -> &mut Tally {
        self.tallies.entry(kind).or_default()
    }

    /// Prints a line a kind with its floors, and below it what is counted beside.
    pub fn print(&self, floors: &Floors) {
        println!(
            "{:<12} {:>11} {:>6} {:>6}  {:>11} {:>6} {:>6}  {:>6}",
            "examples", "found/gold", "rate", "floor", "invented/of", "rate", "most", "missed"
        );
        for (kind, tally) in self.in_order() {
            print_row(kind, tally, floors.examples.get(kind));
            for (name, right, of) in &tally.asides {
                println!("    {name:<36} {right:>4}/{of:<4} {:.3}", share(*right, *of, 1.0));
            }
        }
    }

    /// A line for up to `most` missed and as many invented records of each kind.
    pub fn errors(&self, most: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for (kind, tally) in self.in_order() {
            let missed = tally.missed_lines.iter().take(most);
            let invented = tally.invented_lines.iter().take(most);
            lines.extend(missed.map(|line| format!("missed    {kind}  {line}")));
            lines.extend(invented.map(|line| format!("invented  {kind}  {line}")));
        }
        lines
    }

    /// One line for a machine: `examples KIND=FOUND/INVENTED … below=KIND,KIND`.
    pub fn summary(&self, floors: &Floors) -> String {
        let rates: Vec<String> = self
            .in_order()
            .map(|(kind, tally)| format!("{kind}={:.3}/{:.3}", tally.found_rate(), tally.invented_rate()))
            .collect();
        let below = self.below(floors);
        let below = if below.is_empty() { "none".to_owned() } else { below.join(",") };
        format!("examples {} below={below}", rates.join(" "))
    }

    /// Kinds that miss their floor, or have one and were not measured.
    pub fn below<'f>(&self, floors: &'f Floors) -> Vec<&'f str> {
        let is_below =
            |kind: &str, floor: &Floor| self.tallies.get(kind).is_none_or(|tally| tally.is_below(floor));
        let held = floors.examples.iter();
        held.filter(|(kind, floor)| is_below(kind, floor)).map(|(kind, _)| kind.as_str()).collect()
    }

    fn in_order(&self) -> impl Iterator<Item = (&'static str, &Tally)> {
        KINDS.into_iter().filter_map(|kind| Some((kind, self.tallies.get(kind)?)))
    }
}

fn print_row(kind: &str, tally: &Tally, floor: Option<&Floor>) {
    let shown = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
    println!(
        "{kind:<12} {:>11} {:>6.3} {:>6}  {:>11} {:>6.3} {:>6}  {:>6}{}",
        format!("{}/{}", tally.matched, tally.gold),
        tally.found_rate(),
        shown(floor.map(|floor| floor.found)),
        format!("{}/{}", tally.invented, tally.predicted),
        tally.invented_rate(),
        shown(floor.map(|floor| floor.invented)),
        tally.gold - tally.matched,
        if floor.is_some_and(|floor| tally.is_below(floor)) { "  below its floor" } else { "" },
    );
}
