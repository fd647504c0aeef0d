//! Dates as the reports write them, and the dated facts in order.

use super::super::page::{Line, Manner, Part, Row, Run, Table, join, muted, plain, strong};
use super::super::sigla::Sigla;
use super::super::wording::{self, one_line};
use super::{nothing, section};
use std::collections::BTreeMap;
use variorum::edition::{DateEntry, Event, Place, Story};
use variorum::model::Basis;

/// Every date expression, one row a value.
pub fn table(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.dates.is_empty() {
        return Vec::new();
    }
    // Unknown values go last, each on its own words.
    let mut values: BTreeMap<(bool, &str), Vec<&DateEntry>> = BTreeMap::new();
    for date in &story.dates {
        let key = (date.value.is_none(), date.value.as_deref().unwrap_or(&date.text));
        values.entry(key).or_default().push(date);
    }
    let mut columns = vec![vec![plain("date")]];
    columns.extend(sigla.order.iter().map(|report| vec![sigla.run(report)]));
    vec![
        section(story, "dates", "Dates", Some(values.len())),
        Part::Text(signs()),
        Part::Table(Table {
            caption: "Each date, and how each report writes it".to_owned(),
            columns,
            rows: values
                .into_iter()
                .map(|((unknown, value), dates)| row(unknown, value, &dates, sigla))
                .collect(),
        }),
    ]
}

fn signs() -> Line {
    vec![muted(
        "● the words state it; ○ worked out: from a weekday, from the report’s own day, from its metadata, from another of its dates, or from another report",
    )]
}

fn row(unknown: bool, value: &str, dates: &[&DateEntry], sigla: &Sigla) -> Row {
    let head = if unknown { vec![muted("not known")] } else { vec![strong(wording::when(value))] };
    let mut cells = vec![head];
    for report in &sigla.order {
        let mut written: Vec<Line> = Vec::new();
        for date in dates.iter().filter(|date| date.report == *report) {
            let line = self::written(date, sigla);
            if !written.iter().any(|known| same_words(known, &line)) {
                written.push(line);
            }
        }
        cells.push(if written.is_empty() { nothing() } else { join(written, "\n") });
    }
    Row { id: None, cells }
}

fn same_words(a: &Line, b: &Line) -> bool {
    a.iter().map(|run| &run.text).eq(b.iter().map(|run| &run.text))
}

fn written(date: &DateEntry, sigla: &Sigla) -> Line {
    let mut line = vec![sign(date.basis), plain(" ")];
    line.push(plain(one_line(&date.text)).at(sigla.spot(&date.report, date.start, date.end)));
    if date.basis != Basis::Stated && date.value.is_some() {
        line.extend(rests_on(date.basis, date.from.as_ref(), sigla));
    }
    if !date.alternatives.is_empty() {
        line.push(muted(format!(": {}", date.alternatives.join(" or "))));
    }
    line
}

/// "(weekday)", "(from January 6, 2025)", "(from B: January 6, 2025)"
fn rests_on(basis: Basis, from: Option<&Place>, sigla: &Sigla) -> Line {
    let Some(place) = from else { return vec![muted(format!(" ({})", wording::basis(basis)))] };
    let mut line = vec![muted(" (from ")];
    if basis == Basis::OtherReport {
        line.extend([sigla.run(&place.report), muted(": ")]);
    }
    line.extend([muted(one_line(&place.text)).at(sigla.spot_of(place)), muted(")")]);
    line
}

/// ● stated, ○ worked out.
fn sign(basis: Basis) -> Run {
    match basis {
        Basis::Stated => Run::new(Manner::Mark("stated"), "●"),
        _ => Run::new(Manner::Mark("worked out"), "○"),
    }
}

/// The dated facts, earliest first.
pub fn timeline(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.timeline.is_empty() {
        return Vec::new();
    }
    vec![
        section(story, "timeline", "Timeline", Some(story.timeline.len())),
        Part::Text(signs()),
        Part::Table(Table {
            caption: "Dated facts in order".to_owned(),
            columns: ["date", "what", "reports"].iter().map(|name| vec![plain(*name)]).collect(),
            rows: story.timeline.iter().map(|event| self::event(event, sigla)).collect(),
        }),
    ]
}

fn event(event: &Event, sigla: &Sigla) -> Row {
    let told = event.evidence.iter().find(|place| place.text == event.what).or(event.evidence.first());
    let spot = told.and_then(|place| sigla.spot_of(place));
    let mut what = vec![Run::new(Manner::Words, one_line(&event.what)).at(spot)];
    if event.basis != Basis::Stated {
        what.extend(rests_on(event.basis, event.from.as_ref(), sigla));
    }
    Row {
        id: None,
        cells: vec![
            vec![sign(event.basis), plain(" "), strong(wording::when(&event.when))],
            what,
            sigla.all(event.evidence.iter().map(|place| place.report.as_str())),
        ],
    }
}
