//! Figures of `variorum eval wikinews`.
//!
//! A figure is found when one of ours touches it (a unit of measure lies within the label's words and not within
//! ours). Its value is right when value, or low and high end, are equal; of a score when the two numbers are; of a vague
//! number ("hundreds") when ours gives a low end only, since the two count "hundreds" from different ends. Units are
//! compared by the labels' names. What is counted is right when a word of it is shared or both have none.

use super::row::{self, Number, Row};
use crate::eval::bars::Bars;
use crate::eval::rates::{f1, share};
use crate::eval::reports::in_context;
use variorum::model::{Annotated, Figure};

/// Our units that the labels write otherwise than without the plural's "s"; those of counts, shares and scores have none.
const UNITS: [(&str, &str); 12] = [
    ("count", ""),
    ("share", ""),
    ("score", ""),
    ("age", "year"),
    ("m", "metre"),
    ("feet", "foot"),
    ("inches", "inch"),
    ("g", "gram"),
    ("lb", "pound"),
    ("C", "celsius"),
    ("F", "fahrenheit"),
    ("square km", "km2"),
];

#[derive(Default)]
struct Tally {
    gold: usize,
    ours: usize,
    touched: usize,
    touching: usize,
    value: usize,
    unit: usize,
    what: usize,
    qualifier: usize,
    errors: Vec<String>,
}

/// Prints F1 of spans, of values and of values with units; what is counted and the qualifier over those found.
pub fn print(cases: &[(&Row, &Annotated)], errors: usize, bars: &mut Bars) {
    println!("-- figures");
    let mut tally = Tally::default();
    cases.iter().for_each(|(row, found)| tally.add(row, found));
    let rate = |part: usize, whole: usize| share(part as f64, whole as f64);
    let both = |part: usize| f1(rate(part, tally.ours), rate(part, tally.gold));
    println!("gold {} found {}", tally.gold, tally.ours);
    for (measure, value) in [
        ("figure span F1", f1(rate(tally.touching, tally.ours), rate(tally.touched, tally.gold))),
        ("figure value F1", both(tally.value)),
        ("figure value and unit F1", both(tally.unit)),
        ("figure what, of found", rate(tally.what, tally.touched)),
        ("figure qualifier, of found", rate(tally.qualifier, tally.touched)),
    ] {
        println!("{measure} {value:.3}{}", bars.held(measure, value));
    }
    tally.errors.iter().take(errors).for_each(|line| println!("-- {line}"));
}

impl Tally {
    fn add(&mut self, row: &Row, found: &Annotated) {
        self.gold += row.figures.len();
        self.ours += found.figures.len();
        let touch = |gold: &row::Figure, ours: &Figure| {
            let span = found.report.map.to_source(ours.span);
            gold.at.start < span.end() && span.start() < gold.at.end
        };
        for ours in &found.figures {
            let is_touching = row.figures.iter().any(|gold| touch(gold, ours));
            self.touching += usize::from(is_touching);
            if !is_touching {
                let span = found.report.map.to_source(ours.span);
                self.errors.push(format!("invented {}", in_context(&row.text, span.start(), span.end())));
            }
        }
        for gold in &row.figures {
            match found.figures.iter().find(|ours| touch(gold, ours)) {
                Some(ours) => self.judge(row, gold, found, ours),
                None => self.errors.push(format!("missed {}", shown(row, gold))),
            }
        }
    }

    fn judge(&mut self, row: &Row, gold: &row::Figure, found: &Annotated, ours: &Figure) {
        self.touched += 1;
        let (value, unit) =
            (is_value(gold, found, ours), unit(&ours.unit) == gold.unit.as_deref().unwrap_or_default());
        let what = ours.what.map(|what| found.words(what)).unwrap_or_default();
        let is_what = is_what(gold.what.as_deref().unwrap_or_default(), what);
        let qualifier = qualifier(ours);
        self.value += usize::from(value);
        self.unit += usize::from(value && unit);
        self.what += usize::from(is_what);
        self.qualifier += usize::from(qualifier == gold.qualifier.as_deref());
        let wrong = [("value", value), ("unit", unit), ("what", is_what)];
        for (part, _) in wrong.iter().filter(|part| !part.1) {
            self.errors.push(format!(
                "{part}: {} ≠ {:?} {:?}–{:?} {} {what}",
                shown(row, gold),
                ours.value,
                ours.low,
                ours.high,
                ours.unit
            ));
        }
    }
}

fn is_value(gold: &row::Figure, found: &Annotated, ours: &Figure) -> bool {
    if let Some(values) = &gold.values {
        return numbers(found.words(ours.span)) == *values;
    }
    if gold.qualifier.as_deref() == Some("vague") {
        return ours.value.is_none() && ours.low.is_some() && ours.high.is_none();
    }
    let same = |gold: &Option<Number>, ours: Option<f64>| match (gold.as_ref().and_then(Number::value), ours)
    {
        (Some(gold), Some(ours)) => (gold - ours).abs() <= 1e-6 * gold.abs().max(1.0),
        (gold, ours) => gold.is_none() && ours.is_none(),
    };
    same(&gold.value, ours.value) && same(&gold.low, ours.low) && same(&gold.high, ours.high)
}

/// The whole numbers in `words`.
fn numbers(words: &str) -> Vec<f64> {
    words.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

fn unit(ours: &str) -> &str {
    let singular = if ours.len() > 3 { ours.trim_end_matches('s') } else { ours };
    UNITS.iter().find(|unit| unit.0 == ours).map_or(singular, |unit| unit.1)
}

fn is_what(gold: &str, ours: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_lowercase).collect() };
    let (gold, ours) = (words(gold), words(ours));
    gold.is_empty() && ours.is_empty() || gold.iter().any(|word| ours.contains(word))
}

/// The labels' name of our qualifier.
fn qualifier(ours: &Figure) -> Option<&'static str> {
    if ours.value.is_none() && ours.low.is_some() && ours.high.is_none() {
        return Some("vague");
    }
    Some(match ours.qualifier.as_deref()? {
        "at least" | "no fewer than" | "no less than" | "not less than" | "minimum of" | "or more" => {
            "at-least"
        }
        "up to" | "at most" | "no more than" | "not more than" | "maximum of" | "as many as"
        | "as much as" | "or less" | "or fewer" => "at-most",
        "more than" | "over" | "well over" | "just over" | "greater than" | "in excess of" | "upwards of" => {
            "more-than"
        }
        "less than" | "fewer than" | "under" | "just under" => "less-than",
        "nearly" | "almost" | "close to" => "nearly",
        _ => "about",
    })
}

fn shown(row: &Row, gold: &row::Figure) -> String {
    let what = gold.what.as_deref().unwrap_or("–");
    format!("{} ({} {what})", in_context(&row.text, gold.at.start, gold.at.end), gold.kind)
}
