//! `variorum eval round-trip`: texts translated there and back, with both texts at hand.
//!
//! In: the `rt_*` files of `collation-dev`; as pairs that are no round trips, reports of one event by different outlets
//! (`basil`), copies between outlets as found (`natural`) and made by rule (`synthetic`, each kind apart).
//! Out: how well the share of aligned and changed sentences tells the ones from the others (area under the curve), and how
//! often the original is told from the translation, each tenth of the stories by weights learnt from the other nine.

use super::bars::{Bar, Bars};
use super::reports;
use crate::train::round_trip::{self as training, Sample, Trip};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::lineage::round_trip::{self, RoundTrip};
use variorum::model::Annotated;

const BARS: [Bar; 3] = [
    ("rt_wmt", "AUC against reports of one event", 0.995),
    ("rt_apertium", "AUC against reports of one event", 0.995),
    ("rt_wmt", "which came first", 0.93),
];

/// Parts the stories are split in for measuring what is learnt.
const PARTS: usize = 10;

/// Prints the measures.
pub fn run(data: &Path) -> anyhow::Result<()> {
    let trips = training::trips(&data.join("collation-dev"))?;
    let mut bars = Bars::new("round-trip", &BARS);
    likeness(&trips, data, &mut bars)?;
    directions(&trips, &mut bars);
    let mut measures = super::floors::Measures::new();
    bars.finish(&mut measures);
    super::floors::hold(&["round-trip"], &measures)
}

/// Whether it is one: against other pairs.
fn likeness(trips: &[Trip], data: &Path, bars: &mut Bars) -> anyhow::Result<()> {
    let others = others(data)?;
    let mut own: BTreeMap<&str, Vec<RoundTrip>> = BTreeMap::new();
    for trip in trips {
        own.entry(trip.set).or_default().push(round_trip::compare(&trip.copy, &trip.original));
    }
    own.iter().for_each(|(set, found)| quotations(set, found));
    others.iter().for_each(|(kind, found)| quotations(kind, found));
    for (set, found) in own {
        bars.set(set);
        let own: Vec<usize> = found.iter().map(RoundTrip::likeness).collect();
        for (kind, found) in &others {
            let likeness: Vec<usize> = found.iter().map(RoundTrip::likeness).collect();
            let auc = auc(&own, &likeness);
            let held = bars.held(&format!("AUC against {kind}"), auc);
            println!(
                "round-trip {set:12} AUC {auc:.4} against {kind}, {} and {} pairs{held}",
                own.len(),
                found.len()
            );
        }
    }
    Ok(())
}

/// How many of the sentences in which the copy quotes have other words between the marks there than in the original.
fn quotations(kind: &str, found: &[RoundTrip]) {
    let [of, reworded] = [0, 1].map(|at| found.iter().map(|found| found.quoted[at]).sum::<usize>());
    let share = reworded as f64 / of.max(1) as f64;
    println!("round-trip quotations in other words {share:.3} ({reworded}/{of}) in {kind}");
}

/// What other pairs have in common, by kind.
fn others(data: &Path) -> anyhow::Result<BTreeMap<String, Vec<RoundTrip>>> {
    let mut found: BTreeMap<String, Vec<RoundTrip>> = BTreeMap::new();
    let mut add = |kind: &str, a: &Annotated, b: &Annotated| {
        found.entry(kind.to_owned()).or_default().push(round_trip::compare(a, b));
    };
    let events = reports::rows(&data.join("stories-dev/basil.jsonl"))?;
    let read: Vec<Annotated> = events.iter().map(read).collect();
    for a in 0..events.len() {
        for b in a + 1..events.len() {
            if events[a]["story_id"] == events[b]["story_id"] && events[a]["outlet"] != events[b]["outlet"] {
                add("reports of one event", &read[a], &read[b]);
            }
        }
    }
    let documents = by_id(&data.join("copies-dev/natural-docs.jsonl"))?;
    for pair in reports::rows(&data.join("copies-dev/natural-pairs.jsonl"))? {
        let of = |name: &str| documents.get(pair[name].as_str().unwrap_or_default());
        if let (Some((_, a)), Some((_, b)), Some(false)) = (of("a"), of("b"), pair["same_outlet"].as_bool()) {
            add("natural copies", a, b);
        }
    }
    let documents = by_id(&data.join("copies-dev/synthetic.jsonl"))?;
    for (row, copy) in documents.values() {
        if let Some((_, original)) = row["copy_of"].as_str().and_then(|id| documents.get(id)) {
            add(&format!("synthetic {}", row["kind"].as_str().unwrap_or_default()), copy, original);
        }
    }
    Ok(found)
}

fn by_id(path: &Path) -> anyhow::Result<BTreeMap<String, (Value, Annotated)>> {
    let rows = reports::rows(path)?;
    Ok(rows
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap_or_default().to_owned(), (row.clone(), read(&row))))
        .collect())
}

/// Blocks, sentences and quotations of a report.
fn read(row: &Value) -> Annotated {
    let report = variorum::read::read(&reports::received(row));
    let sentences = variorum::sentences::find(&report);
    let mut found = Annotated { report, sentences, ..Annotated::default() };
    (found.quotations, found.thoughts) = variorum::quotations::find(&found);
    found
}

/// The share of pairs of one of each in which the first is larger; ties count half.
fn auc(larger: &[usize], smaller: &[usize]) -> f64 {
    let mut sorted = smaller.to_vec();
    sorted.sort_unstable();
    let won = |value: usize| {
        let (below, upto) =
            (sorted.partition_point(|&other| other < value), sorted.partition_point(|&other| other <= value));
        (below + upto) as f64 / 2.0
    };
    larger.iter().map(|&value| won(value)).sum::<f64>() / (larger.len() * smaller.len()).max(1) as f64
}

/// Which came first.
fn directions(trips: &[Trip], bars: &mut Bars) {
    let samples: Vec<Sample> = trips.iter().map(Sample::of).collect();
    let stories: Vec<usize> = trips.iter().map(|trip| part(&trip.story)).collect();
    let right = told(&samples, &stories);
    let share = |holds: &dyn Fn(&Trip) -> bool| {
        let of: Vec<bool> =
            trips.iter().zip(&right).filter(|(trip, _)| holds(trip)).map(|(_, right)| *right).collect();
        (of.iter().filter(|right| **right).count() as f64 / of.len().max(1) as f64, of.len())
    };
    for set in ["rt_wmt", "rt_apertium"] {
        bars.set(set);
        let (accuracy, count) = share(&|trip| trip.set == set);
        let held = bars.held("which came first", accuracy);
        println!("round-trip {set:12} which came first {accuracy:.4} of {count}{held}");
        for by in [|trip: &Trip| trip.engine.clone(), |trip: &Trip| trip.language.clone()] {
            let names: BTreeSet<String> = trips.iter().filter(|trip| trip.set == set).map(by).collect();
            let shown = names.iter().map(|name| {
                let (accuracy, count) = share(&|trip| trip.set == set && by(trip) == *name);
                format!("{name} {accuracy:.3} ({count})")
            });
            println!("  {}", shown.collect::<Vec<_>>().join(", "));
        }
    }
    let neural: Vec<usize> = (0..trips.len()).filter(|&at| trips[at].set == "rt_wmt").collect();
    for (name, by) in
        [("engine", (|trip| &trip.engine) as fn(&Trip) -> &String), ("language", |trip| &trip.language)]
    {
        let right = told(
            &neural.iter().map(|&at| samples[at].clone()).collect::<Vec<_>>(),
            &neural.iter().map(|&at| by(&trips[at]).clone()).collect::<Vec<_>>(),
        );
        let share = right.iter().filter(|right| **right).count() as f64 / right.len().max(1) as f64;
        println!(
            "round-trip rt_wmt       which came first {share:.4}, each {name} told by what the others taught"
        );
    }
}

/// For each sample whether it is told by weights learnt from the samples of other groups.
fn told<G: Ord + Clone>(samples: &[Sample], groups: &[G]) -> Vec<bool> {
    let mut right = vec![false; samples.len()];
    for group in groups.iter().collect::<BTreeSet<_>>() {
        let others: Vec<&Sample> = samples
            .iter()
            .zip(groups)
            .filter(|(_, other)| *other != group)
            .map(|(sample, _)| sample)
            .collect();
        let weights = training::weights(&others);
        for at in (0..samples.len()).filter(|&at| groups[at] == *group) {
            right[at] = round_trip::weighed(&samples[at].features, |name| weights.get(name).copied()) > 0;
        }
    }
    right
}

/// The part a story falls in, by its letters.
fn part(story: &str) -> usize {
    let hash = story.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) as usize % PARTS
}
