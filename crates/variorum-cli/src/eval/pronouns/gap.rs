//! The half of `variorum eval pronouns` on GAP: one pronoun, two people named before it.

use super::{annotated, clusters, span};
use crate::eval::bars::Bars;
use crate::eval::rates::{prf, share};
use crate::eval::reports;
use serde_json::{Value, json};
use std::path::Path;

/// Right, wrong and missed links of a pronoun to a name.
type Links = [usize; 3];

/// Prints F1 of the links by gender and in all, and the bias (F1 of the feminine to the masculine).
pub fn run(folder: &Path, predictions: Option<&Path>, errors: usize, bars: &mut Bars) -> anyhow::Result<()> {
    let cases = annotated(&folder.join("gap.jsonl"))?;
    let mut links: [Links; 2] = Default::default();
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for (row, found) in &cases {
        let [a, b] = meant(row, &clusters(found, |mention| mention.span));
        for (name, ours) in [("a", a), ("b", b)] {
            let gold = row[format!("{name}_coref")].as_bool().unwrap_or_default();
            let counts = &mut links[usize::from(is_feminine(row))];
            counts[0] += usize::from(gold && ours);
            counts[1] += usize::from(ours && !gold);
            counts[2] += usize::from(gold && !ours);
            if gold != ours {
                wrong.push(shown(row, name, ours));
            }
        }
        lines.push(json!({ "id": row["id"], "a": a, "b": b }));
    }
    print(cases.len(), &links, bars);
    wrong.iter().take(errors).for_each(|line| println!("-- {line}"));
    match predictions {
        Some(out) => reports::write(&out.join("gap.jsonl"), &lines),
        None => Ok(()),
    }
}

/// Whether the pronoun is linked to each of the two names.
fn meant(row: &Value, clusters: &[Vec<(usize, usize)>]) -> [bool; 2] {
    let touches = |cluster: &[(usize, usize)], name: &str| {
        span(&row[name]).is_some_and(|(from, to)| cluster.iter().any(|at| at.0 < to && from < at.1))
    };
    let cluster = clusters.iter().find(|cluster| touches(cluster, "pronoun"));
    ["a", "b"].map(|name| cluster.is_some_and(|cluster| touches(cluster, name)))
}

fn is_feminine(row: &Value) -> bool {
    let text = row["text"].as_str().unwrap_or_default();
    let pronoun = span(&row["pronoun"]).and_then(|(from, to)| text.get(from..to)).unwrap_or_default();
    ["she", "her", "hers"].contains(&pronoun.to_lowercase().as_str())
}

fn print(cases: usize, [masculine, feminine]: &[Links; 2], bars: &mut Bars) {
    let all: Links = std::array::from_fn(|at| masculine[at] + feminine[at]);
    let f1 = |links: &Links| prf(links[0], links[1], links[2]).2;
    bars.set("gap");
    println!("== gap: {cases} passages");
    println!(
        "F1 masculine {:.3} feminine {:.3} all {:.3}{}, bias {:.2}",
        f1(masculine),
        f1(feminine),
        f1(&all),
        bars.held("F1", f1(&all)),
        share(f1(feminine), f1(masculine))
    );
}

fn shown(row: &Value, name: &str, is_linked: bool) -> String {
    let text = row["text"].as_str().unwrap_or_default();
    let (from, to) = span(&row["pronoun"]).unwrap_or_default();
    let name = span(&row[name]).and_then(|(from, to)| text.get(from..to)).unwrap_or_default();
    let verdict = if is_linked { "wrongly linked to" } else { "not linked to" };
    format!("{verdict} {name}: {}", reports::in_context(text, from, to))
}
