//! What tells a translation from its original: `round-trip.txt`, and the pairs it is learnt from.
//!
//! In: the texts of `collation-dev` and each of them translated there and back, by neural engines (`rt_wmt`) and by rules
//! (`rt_apertium`). Out: weights of what the translation has more of, in thousandths, for `variorum::lineage::round_trip`.
//! Method: a linear support vector machine without offset, squared hinge loss, by dual coordinate descent (Hsieh and others
//! 2008), in a fixed order and by the four operations alone: the same file on every machine. What stands in fewer than
//! [`LEAST`] pairs is left out. [`LEAST`] and [`COST`] are the best of a few tried by leaving out a tenth of the stories at
//! a time.

use crate::eval::reports;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use variorum::lineage::round_trip;
use variorum::model::Annotated;

/// In how many pairs a feature must stand.
const LEAST: usize = 40;
/// What an error costs beside the size of the weights: on a pair by a neural engine, on one by rules. Rules are told easily, and
/// left to count as much they would draw the weights away from what tells neural engines.
const COST: (f64, f64) = (0.6, 0.06);
/// How often all pairs are gone through.
const ROUNDS: usize = 60;

/// A text and the same there and back.
pub struct Trip {
    /// Where it is from: "rt_wmt" or "rt_apertium".
    pub set: &'static str,
    /// Story of the original: what is learnt from one must not be measured on it.
    pub story: String,
    /// The engine, or for rules the way it went.
    pub engine: String,
    /// Language between, for neural engines.
    pub language: String,
    /// The original.
    pub original: Annotated,
    /// The text that came back.
    pub copy: Annotated,
}

/// The originals and translations in `folder`, in the order of its files.
pub fn trips(folder: &Path) -> anyhow::Result<Vec<Trip>> {
    let mut trips = Vec::new();
    for (set, originals, field) in
        [("rt_wmt", "rt_wmt_originals", "sentences"), ("rt_apertium", "rt_articles", "paras")]
    {
        let text = |name: &str| folder.join(format!("{name}.jsonl"));
        let originals: BTreeMap<String, (String, Annotated)> = reports::rows(&text(originals))?
            .iter()
            .map(|row| {
                let story = row["story"].as_str().or(row["id"].as_str()).unwrap_or_default();
                (row["id"].as_str().unwrap_or_default().to_owned(), (story.to_owned(), read(row, field)))
            })
            .collect();
        for row in reports::rows(&text(set))? {
            let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            if let Some((story, original)) = originals.get(&word("orig")) {
                let engine = row["engine"].as_str().or(row["route"].as_str()).unwrap_or_default().to_owned();
                let (story, original, copy) = (story.clone(), original.clone(), read(&row, field));
                trips.push(Trip { set, story, engine, language: word("lang"), original, copy });
            }
        }
    }
    Ok(trips)
}

/// Blocks, sentences and quotations of a row whose paragraphs stand in a list.
fn read(row: &Value, field: &str) -> Annotated {
    let lines: Vec<&str> = row[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let received = variorum::model::Received { bytes: lines.join("\n\n").into_bytes(), ..Default::default() };
    let report = variorum::read::read(&received);
    let sentences = variorum::sentences::find(&report);
    let mut found = Annotated { report, sentences, ..Annotated::default() };
    (found.quotations, found.thoughts) = variorum::quotations::find(&found);
    found
}

/// What tells the two texts of a trip apart, seen from the one that came back.
#[derive(Clone)]
pub struct Sample {
    /// By name, in thousandths.
    pub features: Vec<(String, i64)>,
    is_neural: bool,
}

impl Sample {
    /// Of a trip.
    pub fn of(trip: &Trip) -> Sample {
        let features = round_trip::differences(&trip.copy, &trip.original);
        Sample { features, is_neural: trip.set == "rt_wmt" }
    }
}

/// The weights, one a line.
pub fn file(data: &Path) -> anyhow::Result<Vec<u8>> {
    let trips = trips(&data.join("collation-dev"))?;
    let samples: Vec<Sample> = trips.iter().map(Sample::of).collect();
    let weights = weights(&samples.iter().collect::<Vec<_>>());
    let lines: String = weights.iter().map(|(name, weight)| format!("{name}\t{weight}\n")).collect();
    let head = format!(
        "# Learnt from {} pairs: what the translation has more of, weight in thousandths\n",
        trips.len()
    );
    Ok((head + &lines).into_bytes())
}

/// The weight of each feature, in thousandths.
pub fn weights(samples: &[&Sample]) -> BTreeMap<String, i64> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in samples.iter().flat_map(|sample| &sample.features) {
        *counts.entry(name).or_default() += 1;
    }
    let names: Vec<&str> =
        counts.iter().filter(|(_, count)| **count >= LEAST).map(|(name, _)| *name).collect();
    let place = |name: &str| names.binary_search(&name).ok();
    let rows: Vec<Vec<(usize, f64)>> = samples
        .iter()
        .map(|sample| {
            sample
                .features
                .iter()
                .filter_map(|(name, value)| Some((place(name)?, *value as f64 / 1000.0)))
                .collect()
        })
        .collect();
    let slack: Vec<f64> =
        samples.iter().map(|sample| 1.0 / (2.0 * if sample.is_neural { COST.0 } else { COST.1 })).collect();
    let found = separate(&rows, &slack, names.len());
    let rounded = found.iter().map(|weight| (1000.0 * weight).round() as i64);
    names
        .iter()
        .zip(rounded)
        .filter(|(_, weight)| *weight != 0)
        .map(|(name, weight)| ((*name).to_owned(), weight))
        .collect()
}

/// The weights by which all `rows` come out above 1, as far as that can be.
fn separate(rows: &[Vec<(usize, f64)>], slack: &[f64], count: usize) -> Vec<f64> {
    let mut weights = vec![0.0; count];
    let mut pull = vec![0.0; rows.len()];
    let square = |row: &[(usize, f64)]| row.iter().map(|(_, value)| value * value).sum::<f64>();
    let own: Vec<f64> = rows.iter().zip(slack).map(|(row, slack)| slack + square(row)).collect();
    for _ in 0..ROUNDS {
        for (at, row) in rows.iter().enumerate() {
            let sum: f64 = row.iter().map(|&(place, value)| weights[place] * value).sum();
            let wanted: f64 = pull[at] - (sum - 1.0 + slack[at] * pull[at]) / own[at];
            let step = wanted.max(0.0) - pull[at];
            pull[at] += step;
            row.iter().for_each(|&(place, value)| weights[place] += step * value);
        }
    }
    weights
}
