//! Figures: what is counted, each report's value, who says it, and how the values relate.

use super::super::page::{Line, Part, Row, Run, Table, join, muted, plain};
use super::super::sigla::Sigla;
use super::super::wording::{self, count, one_line};
use super::{nothing, section, subsection};
use std::collections::BTreeSet;
use variorum::edition::{Agreement, FigureValue, ReconciledFigure, Story};

/// Whether more than one report gives it.
pub fn is_shared(figure: &ReconciledFigure) -> bool {
    figure.values.iter().map(|value| value.report.as_str()).collect::<BTreeSet<_>>().len() > 1
}

/// Sign and word of a verdict.
pub fn sign(agreement: Agreement) -> Run {
    let wording = wording::agreement(agreement);
    Run::new(wording.manner, format!("{} {}", wording.sign, wording.word))
}

/// The section.
pub fn table(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.figures.is_empty() {
        return Vec::new();
    }
    let (shared, single): (Vec<_>, Vec<_>) = story.figures.iter().partition(|figure| is_shared(figure));
    let mut parts = vec![section(story, "figures", "Figures", Some(story.figures.len()))];
    if !shared.is_empty() {
        parts.push(Part::List(legend(&shared)));
        parts.push(Part::Table(Table {
            caption:
                "Figures that more than one report gives, and how many independent sources stand behind them"
                    .to_owned(),
            columns: columns(sigla),
            rows: shared.iter().map(|figure| row(figure, sigla)).collect(),
        }));
    }
    if !single.is_empty() {
        if story.reports.len() > 1 {
            let title = "Figures that one report gives".to_owned();
            parts.push(subsection(story, "single-figures", title, Some(single.len())));
        }
        parts.push(Part::List(sigla.order.iter().filter_map(|report| own(report, &single, sigla)).collect()));
    }
    parts
}

fn legend(shared: &[&ReconciledFigure]) -> Vec<Line> {
    let used = |agreement: &&Agreement| shared.iter().any(|figure| figure.verdict == **agreement);
    wording::AGREEMENTS
        .iter()
        .filter(used)
        .map(|agreement| vec![sign(*agreement), muted(format!(": {}", wording::agreement(*agreement).rule))])
        .collect()
}

fn columns(sigla: &Sigla) -> Vec<Line> {
    let mut columns = vec![vec![plain("what")]];
    columns.extend(sigla.order.iter().map(|report| vec![sigla.run(report)]));
    columns.push(vec![plain("verdict")]);
    columns.push(vec![plain("independent")]);
    columns
}

fn row(figure: &ReconciledFigure, sigla: &Sigla) -> Row {
    let what = figure.counted().unwrap_or_else(|| figure.unit.clone());
    let mut cells = vec![vec![plain(one_line(&what))]];
    for report in &sigla.order {
        let values: Vec<Line> = figure
            .values
            .iter()
            .filter(|value| value.report == *report)
            .map(|value| self::value(value, sigla))
            .collect();
        cells.push(if values.is_empty() { nothing() } else { join(values, "\n") });
    }
    cells.push(vec![sign(figure.verdict)]);
    cells.push(vec![plain(figure.independent.to_string())]);
    let first = figure.values.first();
    Row { id: first.map(|value| format!("f-{}-{}", sigla.id(&value.report), value.start)), cells }
}

/// The figure as written, who says it, and of which day.
fn value(value: &FigureValue, sigla: &Sigla) -> Line {
    let mut line = vec![plain(one_line(&value.text)).at(sigla.spot(&value.report, value.start, value.end))];
    let said_by = value.said_by.as_ref().map(|name| {
        let spot = value.said_by_span.and_then(|span| sigla.spot(&value.report, span.start, span.end));
        vec![muted(format!("says {}", one_line(name))).at(spot)]
    });
    let when = value.when.as_ref().map(|when| vec![muted(wording::when(when))]);
    let about = join(said_by.into_iter().chain(when), ", ");
    if !about.is_empty() {
        line.push(muted(" ("));
        line.extend(about);
        line.push(muted(")"));
    }
    line
}

/// The figures that only `report` gives, on one line, each with what is counted.
fn own(report: &str, single: &[&ReconciledFigure], sigla: &Sigla) -> Option<Line> {
    let values = single.iter().flat_map(|figure| figure.values.iter().map(move |value| (figure, value)));
    let values: Vec<Line> = values
        .filter(|(_, value)| value.report == report)
        .map(|(figure, value)| {
            let what = figure.left_open(value).map(|what| plain(format!("{}: ", one_line(&what))));
            what.into_iter().chain(self::value(value, sigla)).collect()
        })
        .collect();
    if values.is_empty() {
        return None;
    }
    let mut line = vec![sigla.run(report), muted(format!(" {}: ", count(values.len(), "value", "values")))];
    line.extend(join(values, " · "));
    Some(line)
}
