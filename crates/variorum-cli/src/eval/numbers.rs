//! `variorum eval numbers`: quantities with their units, on `numbers-dev/newsquant.jsonl`, by the measures of its score.py.
//!
//! A unit of ours is given by the name that set has for it; of a count it is what is counted.

use super::bars::{Bar, Bars};
use super::floors::Measures;
use super::rates::{f1, share};
use super::reports;
use serde_json::{Value, json};
use std::path::Path;
use variorum::model::{Annotated, Figure};

const SET: &str = "newsquant";

const BARS: [Bar; 2] = [(SET, "value F1", 0.85), (SET, "value and unit F1", 0.65)];

/// Units of ours, and the name the set has for them where it is no part of it.
const NAMES: [(&str, &str); 29] = [
    ("percent", "percentage"),
    ("age", "year of age"),
    ("USD", "dollar"),
    ("EUR", "euro"),
    ("GBP", "pound sterling"),
    ("JPY", "japanese yen"),
    ("CNY", "chinese yuan"),
    ("HKD", "hong kong dollar"),
    ("AUD", "australian dollar"),
    ("CAD", "canadian dollar"),
    ("INR", "indian rupee"),
    ("MYR", "malaysian ringgit"),
    ("ILS", "shekel"),
    ("mm", "millimetre"),
    ("cm", "centimetre"),
    ("m", "metre"),
    ("km", "kilometre"),
    ("feet", "foot"),
    ("km/h", "kilometre per hour"),
    ("mph", "mile per hour"),
    ("g", "gram"),
    ("kg", "kilogram"),
    ("C", "celsius"),
    ("F", "fahrenheit"),
    ("GB", "gigabyte"),
    ("TB", "terabyte"),
    ("W", "watt"),
    ("kW", "kilowatt"),
    ("MW", "megawatt"),
];

/// How far two values may differ and be the same, in parts of the larger; as in score.py.
const SAME: f64 = 1e-6;

/// A quantity of the gold or of ours.
struct Quantity {
    value: Option<f64>,
    unit: String,
    /// As an error shows it.
    shown: String,
}

/// Prints the measures, then up to `errors` quantities missed and invented, and units that differ.
pub fn run(data: &Path, predictions: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let rows = reports::rows(&data.join("numbers-dev").join(format!("{SET}.jsonl")))?;
    let annotated: Vec<Annotated> = rows.iter().map(reports::annotated).collect();
    if let Some(out) = predictions {
        let lines: Vec<Value> =
            rows.iter().zip(&annotated).map(|(row, found)| prediction(row, found)).collect();
        reports::write(&out.join(format!("{SET}.jsonl")), &lines)?;
    }
    let mut tally = Tally::default();
    for (row, found) in rows.iter().zip(&annotated) {
        let ours: Vec<Quantity> = found.figures.iter().map(|figure| quantity(found, figure)).collect();
        tally.add(row["text"].as_str().unwrap_or_default(), &gold(row), &ours);
    }
    println!("== {SET}: {} sentences", rows.len());
    let mut bars = Bars::new("numbers", &BARS);
    bars.set(SET);
    tally.print(&mut bars);
    tally.print_errors(errors);
    let mut measures = Measures::new();
    bars.finish(&mut measures);
    super::floors::hold(&["numbers"], &measures)
}

fn gold(row: &Value) -> Vec<Quantity> {
    let quantity = |gold: &Value| Quantity {
        value: first_number(gold["value"].as_str().unwrap_or_default()),
        unit: gold["normalized_unit"].as_str().unwrap_or_default().to_owned(),
        shown: format!("{} {}", gold["value"], gold["normalized_unit"]),
    };
    row["quantities"].as_array().into_iter().flatten().map(quantity).collect()
}

fn quantity(found: &Annotated, figure: &Figure) -> Quantity {
    let (value, unit) = (value(figure), unit(found, figure));
    let shown = format!(
        "[{}] {} {unit}",
        found.words(figure.span),
        value.map_or("–".to_owned(), |value| value.to_string())
    );
    Quantity { value, unit, shown }
}

/// A range counts by its near end.
fn value(figure: &Figure) -> Option<f64> {
    figure.value.or(figure.low)
}

/// The set's name of a figure's unit.
fn unit(found: &Annotated, figure: &Figure) -> String {
    match figure.unit.as_str() {
        "count" => figure.what.map(|what| found.words(what).to_owned()).unwrap_or_default(),
        unit => NAMES.iter().find(|name| name.0 == unit).map_or(unit, |name| name.1).to_owned(),
    }
}

fn prediction(row: &Value, found: &Annotated) -> Value {
    let quantities: Vec<Value> = found
        .figures
        .iter()
        .map(|figure| {
            let span = found.report.map.to_source(figure.span);
            json!({"start": span.start(), "end": span.end(), "value": value(figure), "unit": unit(found, figure)})
        })
        .collect();
    json!({ "id": row["id"], "quantities": quantities })
}

/// The first number in `text`: sign, digits, a decimal part.
fn first_number(text: &str) -> Option<f64> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[digit..];
    let is_part = |(at, c): (usize, char)| {
        c.is_ascii_digit() || c == '.' && rest[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    };
    let end = rest.char_indices().find(|&part| !is_part(part)).map_or(rest.len(), |(at, _)| at);
    let value: f64 = rest[..end].parse().ok()?;
    Some(if text[..digit].ends_with('-') { -value } else { value })
}

fn is_same(gold: Option<f64>, ours: Option<f64>) -> bool {
    gold.zip(ours).is_some_and(|(gold, ours)| (gold - ours).abs() <= SAME * gold.abs().max(1.0))
}

/// Whether units are equal but for case and plural, or one lies within the other.
fn is_same_unit(gold: &str, ours: &str) -> bool {
    let folded = |unit: &str| unit.to_lowercase().trim_end_matches('s').to_owned();
    let (gold, ours) = (folded(gold), folded(ours));
    !gold.is_empty() && !ours.is_empty() && (gold.contains(&ours) || ours.contains(&gold))
}

#[derive(Default)]
struct Tally {
    gold: usize,
    found: usize,
    values: usize,
    units: usize,
    missed: Vec<String>,
    invented: Vec<String>,
    other_units: Vec<String>,
}

impl Tally {
    /// Counts one sentence; quantities are matched in order, each once.
    fn add(&mut self, text: &str, gold: &[Quantity], ours: &[Quantity]) {
        self.gold += gold.len();
        self.found += ours.len();
        let mut by_value: Vec<&Quantity> = ours.iter().collect();
        let mut by_unit = by_value.clone();
        for wanted in gold {
            let same = by_value.iter().position(|ours| is_same(wanted.value, ours.value));
            let matched = same.map(|at| by_value.remove(at));
            let unit = by_unit
                .iter()
                .position(|ours| is_same(wanted.value, ours.value) && is_same_unit(&wanted.unit, &ours.unit));
            self.values += usize::from(matched.is_some());
            self.units += usize::from(unit.is_some());
            match (matched, unit) {
                (None, _) => self.missed.push(format!("{}: {text}", wanted.shown)),
                (Some(ours), None) => {
                    self.other_units.push(format!("{} ≠ {}: {text}", wanted.shown, ours.shown));
                }
                _ => {}
            }
            if let Some(at) = unit {
                by_unit.remove(at);
            }
        }
        self.invented.extend(by_value.iter().map(|ours| format!("{}: {text}", ours.shown)));
    }

    fn print(&self, bars: &mut Bars) {
        for (name, right) in [("value", self.values), ("value and unit", self.units)] {
            let (p, r) = (share(right as f64, self.found as f64), share(right as f64, self.gold as f64));
            let shown = bars.held(&format!("{name} F1"), f1(p, r));
            println!(
                "{name}: P {p:.3} R {r:.3} F1 {:.3} (gold {}, found {}){shown}",
                f1(p, r),
                self.gold,
                self.found
            );
        }
    }

    fn print_errors(&self, most: usize) {
        for (name, lines) in
            [("missed", &self.missed), ("invented", &self.invented), ("unit", &self.other_units)]
        {
            lines.iter().take(most).for_each(|line| println!("-- {name} {line}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{first_number, is_same_unit};

    fn check(text: &str, expected: Option<f64>) {
        assert_eq!(first_number(text), expected, "{text}");
    }

    #[test]
    fn the_first_number_of_a_value() {
        check("13.5-14.0", Some(13.5));
        check("-1.6", Some(-1.6));
        check("0-60", Some(0.0));
        check("some", None);
    }

    #[test]
    fn units_are_alike_within_one_another() {
        assert!(is_same_unit("mile", "Miles") && is_same_unit("worker", "striking workers"));
        assert!(!is_same_unit("mile", "yard") && !is_same_unit("mile", ""));
    }
}
