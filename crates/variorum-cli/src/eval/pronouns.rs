//! `variorum eval pronouns`: who pronouns mean, on the sets of `coref-dev`, by the measures of its score.py.
//!
//! gum: names and pronouns of each report, found and linked from the text alone (the baselines in SOURCE.md were given
//! the gold's mentions); clusters by MUC, B³ and CEAFe, and the share of third-person pronouns that are linked to a
//! name of the right cluster. A title belongs to the name there ("Professor Ruiz" is one head), so it is given with ours.
//! gap: whether a pronoun means the one, the other or neither of two people.

mod clusters;
mod gap;

use super::bars::{Bar, Bars};
use super::floors::Measures;
use super::reports;
use serde_json::{Value, json};
use std::path::Path;
use variorum::model::{Annotated, Mention, MentionForm};
use variorum::span::Span;

const BARS: [Bar; 2] = [("gum", "third-person pronouns", 0.80), ("gap", "F1", 0.65)];

/// Prints the measures of both sets in `data/coref-dev`, then up to `errors` pronouns that are wrong.
pub fn run(data: &Path, predictions: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let folder = data.join("coref-dev");
    let mut bars = Bars::new("pronouns", &BARS);
    clusters::run(&folder, predictions, errors, &mut bars)?;
    gap::run(&folder, predictions, errors, &mut bars)?;
    let mut measures = Measures::new();
    bars.finish(&mut measures);
    super::floors::hold(&["pronouns"], &measures)
}

/// Where the names and pronouns of each entity stand, in bytes of the source; `reach` says how far a mention reaches.
fn clusters(found: &Annotated, reach: impl Fn(&Mention) -> Span) -> Vec<Vec<(usize, usize)>> {
    let mut clusters = vec![Vec::new(); found.entities.len()];
    for mention in found.mentions.iter().filter(|mention| mention.form != MentionForm::Description) {
        if let Some(cluster) = mention.entity.and_then(|entity| clusters.get_mut(entity)) {
            let span = found.report.map.to_source(reach(mention));
            cluster.push((span.start(), span.end()));
        }
    }
    clusters
}

/// The span in a field of a row.
fn span(value: &Value) -> Option<(usize, usize)> {
    let at = |at: usize| value[at].as_u64().and_then(|at| usize::try_from(at).ok());
    at(0).zip(at(1))
}

/// A line of the predictions for gum.
fn prediction(row: &Value, clusters: &[Vec<(usize, usize)>]) -> Value {
    json!({ "id": row["id"], "clusters": clusters })
}

/// Reads a set and what is found in each row.
fn annotated(path: &Path) -> anyhow::Result<Vec<(Value, Annotated)>> {
    let rows = reports::rows(path)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let found = reports::annotated(&row);
            (row, found)
        })
        .collect())
}
