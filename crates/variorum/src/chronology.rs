//! Works out dates that one report leaves open from the others.
//!
//! In: the reports of one story with their dates. Out: a value, with its basis, for every date the story as a whole decides;
//! what it does not decide keeps its readings as alternatives and no value.
//! Method, in this order: (1) a day of a month without a year takes the year nearest to the story's anchor, and
//! where its weekday is named, the nearest year in which it fits; (2) the day that most reports name is the story's event
//! day; (3) weekdays, months and relative dates are read from the event day by reports that state no day of their own.
//! The anchor is the first day any report states of itself, else the last full date that stands in any of them, captions included.
//! Leaves: events years apart told in one story; reports written long after the event that state no date.

use crate::calendar;
use crate::edition::DateEntry;
use crate::model::{Annotated, Basis, BlockKind, DateExpression, DateReading, DateUnit, Precision};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How far from the anchor, in days, a day may lie and still be the event day.
const EVENT_REACH: i64 = 31;

/// How far from the event day, in days, a day that a report names in full settles a weekday alone.
const WEEKDAY_REACH: i64 = 8;

/// How many candidates are kept where nothing decides.
const CANDIDATES: usize = 3;

/// How many blocks from the top count as the beginning of a report.
const LEAD_BLOCKS: usize = 8;

/// What the story knows about its days.
struct Evidence {
    /// The day each report states of itself.
    own: Vec<Option<Date>>,
    /// The day to read from, and the report it stands in.
    anchor: Option<(Date, usize)>,
}

/// Gives every date of `witnesses` the value that the story as a whole allows.
pub fn resolve(witnesses: &mut [Annotated]) {
    let own: Vec<Option<Date>> =
        witnesses.iter().map(|witness| calendar::own_day(witness, &witness.dates)).collect();
    let anchor = anchor(witnesses, &own);
    let evidence = Evidence { own, anchor };
    for_open(witnesses, |date, at| day_of_year(date, at, &evidence));
    let days = days_named(witnesses);
    let event = event(&days, &evidence);
    for_open(witnesses, |date, at| from_event(date, at, event, &days));
    let years = last_year(witnesses);
    for_open(witnesses, |date, _| keep_candidates(date, years));
}

/// Every date expression of a story, in the order of reports and text.
pub fn entries(witnesses: &[Annotated]) -> Vec<DateEntry> {
    let entry = |witness: &Annotated, date: &DateExpression| {
        let place = witness.place(date.span);
        DateEntry {
            report: place.report,
            start: place.start,
            end: place.end,
            text: place.text,
            value: date.value.clone(),
            precision: date.precision,
            basis: date.basis,
            alternatives: date.alternatives.clone(),
        }
    };
    witnesses.iter().flat_map(|witness| witness.dates.iter().map(move |date| entry(witness, date))).collect()
}

/// Runs `work` on every date that has no value yet, with the index of its report.
fn for_open(witnesses: &mut [Annotated], work: impl Fn(&mut DateExpression, usize)) {
    for (at, witness) in witnesses.iter_mut().enumerate() {
        witness.dates.iter_mut().filter(|date| date.value.is_none()).for_each(|date| work(date, at));
    }
}

/// The first day a report states of itself, else the last full date that no clause looks ahead to.
fn anchor(witnesses: &[Annotated], own: &[Option<Date>]) -> Option<(Date, usize)> {
    let stated = own.iter().enumerate().filter_map(|(at, day)| Some(((*day)?, at)));
    stated.min().or_else(|| {
        let dates = witnesses.iter().enumerate().flat_map(|(at, witness)| {
            let full = witness.dates.iter().filter(|date| date.precision == Precision::Day);
            full.filter_map(move |date| {
                Some((date.reading.is_ahead, calendar::day(date.value.as_ref()?)?, at))
            })
        });
        let all: Vec<_> = dates.collect();
        let behind =
            all.iter().filter(|(ahead, ..)| *ahead != Some(true)).map(|&(_, day, at)| (day, at)).max();
        behind.or_else(|| all.iter().map(|&(_, day, at)| (day, at)).max())
    })
}

/// "Monday, January 27": the year nearest to the anchor in which it fits.
fn day_of_year(date: &mut DateExpression, at: usize, evidence: &Evidence) {
    let has_day = date.reading.month.is_some()
        && (date.reading.day.is_some() || date.reading.until.is_some())
        && date.reading.relative.is_none();
    if let Some((anchor, from)) = evidence.anchor.filter(|_| has_day) {
        let own = evidence.own[at];
        let lean = date.reading.is_ahead;
        if own.is_none() {
            // Seen from a day that is not the report's own, what was told may still lie ahead: the nearest counts.
            date.reading.is_ahead = None;
        }
        take(date, own.unwrap_or(anchor), from == at);
        date.reading.is_ahead = lean;
    }
}

/// Gives `date` what it says seen from `anchor`.
fn take(date: &mut DateExpression, anchor: Date, is_own: bool) {
    if let Some(worked) = calendar::work_out(&date.reading, Some(anchor)) {
        date.value = Some(worked.value);
        date.alternatives = worked.alternatives;
        date.basis = if is_own { own_basis(&date.reading) } else { Basis::OtherReport };
    }
}

fn own_basis(reading: &DateReading) -> Basis {
    match reading {
        DateReading { relative: Some(_), .. } => Basis::Relative,
        DateReading { weekday: Some(_), .. } => Basis::Weekday,
        _ => Basis::Metadata,
    }
}

/// Each day that the reports tell of, with the reports that do and whether one names it in its beginning.
fn days_named(witnesses: &[Annotated]) -> BTreeMap<Date, (BTreeSet<usize>, bool)> {
    let mut days: BTreeMap<Date, (BTreeSet<usize>, bool)> = BTreeMap::new();
    for (at, witness) in witnesses.iter().enumerate() {
        let lead = witness.report.blocks.get(LEAD_BLOCKS).map_or(usize::MAX, |block| block.span.start());
        for date in witness.dates.iter().filter(|date| date.precision == Precision::Day) {
            let kind = witness.block_at(date.span.start()).map(|block| block.kind);
            let is_told = kind.is_some_and(|kind| {
                kind.is_body() || matches!(kind, BlockKind::Caption | BlockKind::Headline)
            });
            let Some(day) = date.value.as_ref().and_then(|value| calendar::day(value)) else { continue };
            if is_told {
                let entry = days.entry(day).or_default();
                entry.0.insert(at);
                entry.1 |= date.span.start() < lead;
            }
        }
    }
    days
}

/// The day the story is about, and a report it is known from: the one most reports tell of near the anchor, of equals one told
/// at a beginning, then the nearest; else the anchor.
fn event(days: &BTreeMap<Date, (BTreeSet<usize>, bool)>, evidence: &Evidence) -> Option<(Date, usize)> {
    let (anchor, from) = evidence.anchor?;
    let has_own = evidence.own.iter().any(Option::is_some);
    let latest = if has_own { 1 } else { EVENT_REACH };
    let near =
        days.iter().filter(|(day, _)| (-EVENT_REACH..=latest).contains(&calendar::distance(anchor, **day)));
    let best = near.max_by_key(|(day, (reports, is_lead))| {
        (reports.len(), *is_lead, -calendar::distance(anchor, **day).abs(), **day)
    });
    match best {
        Some((day, (reports, _))) => Some((*day, reports.first().copied().unwrap_or(from))),
        None => Some((anchor, from)),
    }
}

/// What a report without a day of its own says, read from the event day.
fn from_event(
    date: &mut DateExpression,
    at: usize,
    event: Option<(Date, usize)>,
    days: &BTreeMap<Date, (BTreeSet<usize>, bool)>,
) {
    let Some((event, from)) = event else { return };
    let reading = &date.reading;
    let is_weekday_alone = reading.weekday.is_some()
        && reading.day.is_none()
        && reading.relative.is_none()
        && reading.until.is_none();
    match reading.relative {
        // A report that says "yesterday" of the event was written the day after it.
        Some((-1..=0, DateUnit::Day)) => {
            date.value = Some(event.to_string());
            date.basis = if from == at { Basis::Relative } else { Basis::OtherReport };
        }
        _ if is_weekday_alone => {
            let wanted = reading.weekday.unwrap_or(1);
            date.value = weekday_near(wanted, reading.is_ahead, event, days).map(|day| day.to_string());
            date.basis = if from == at { Basis::Weekday } else { Basis::OtherReport };
        }
        _ => take(date, event, from == at),
    }
}

/// The day of the week `wanted` that the story means: the only one that a report names near the event, else the next one where
/// the clause looks ahead, else the nearest to the event.
fn weekday_near(
    wanted: i8,
    is_ahead: Option<bool>,
    event: Date,
    days: &BTreeMap<Date, (BTreeSet<usize>, bool)>,
) -> Option<Date> {
    let fits = |day: &Date| {
        calendar::weekday(*day) == wanted && calendar::distance(event, *day).abs() <= WEEKDAY_REACH
    };
    let named: Vec<Date> = days.keys().copied().filter(fits).collect();
    if let [only] = named[..] {
        return Some(only);
    }
    let ahead = i64::from((wanted - calendar::weekday(event)).rem_euclid(7));
    let steps = match is_ahead {
        Some(true) => ahead,
        _ if ahead <= 3 && ahead > 0 && is_ahead.is_none() || ahead == 0 => ahead,
        _ if ahead <= 1 => ahead,
        _ => ahead - 7,
    };
    calendar::days_on(event, steps)
}

/// The last year that any report states.
fn last_year(witnesses: &[Annotated]) -> Option<i16> {
    let dates = witnesses.iter().flat_map(|witness| &witness.dates);
    dates.filter_map(|date| date.reading.year.filter(|_| date.precision != Precision::Decade)).max()
}

/// A weekday beside a day with no day to read from: the years in which it fits, from the last that is stated on.
fn keep_candidates(date: &mut DateExpression, last: Option<i16>) {
    let reading = &date.reading;
    let (Some(weekday), Some(month), Some(day), Some(last)) =
        (reading.weekday, reading.month, reading.day, last)
    else {
        return;
    };
    let years = calendar::years_with(weekday, month, day, last);
    let written = years.iter().filter(|year| **year >= last).take(CANDIDATES);
    date.alternatives = written.map(|year| format!("{year:04}-{month:02}-{day:02}")).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Report};
    use crate::span::Span;

    /// Each report is its blocks, one a line; a line that begins with `C:` is a caption, with `D:` a dateline.
    fn read(text: &str) -> Annotated {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let kind = match line.get(..2) {
                Some("C:") => BlockKind::Caption,
                Some("D:") => BlockKind::Dateline,
                _ => BlockKind::Paragraph,
            };
            blocks.push(Block { span: Span::new(at, at + line.len()), kind, of: None });
            at += line.len();
        }
        let report = Report { text: text.to_owned(), blocks, ..Report::default() };
        let mut found = Annotated { report, ..Annotated::default() };
        found.sentences = crate::sentences::find(&found.report);
        found.dates = crate::dates::find(&found);
        found
    }

    fn check(reports: &[&str], expected: &str) {
        let mut witnesses: Vec<Annotated> = reports.iter().map(|text| read(text)).collect();
        resolve(&mut witnesses);
        let shown = |entry: DateEntry| format!("{}={}", entry.text, entry.value.unwrap_or("?".to_owned()));
        let shown: Vec<String> = entries(&witnesses).into_iter().map(shown).collect();
        assert_eq!(shown.join("; "), expected, "dates of {reports:?}");
    }

    #[test]
    fn other_reports_and_captions_give_the_year() {
        check(
            &[
                "The dam broke on Monday.\nC: The dam on March 1, 2025.",
                "It broke on Monday, March 3, mayors said.",
            ],
            "Monday=2025-03-03; March 1, 2025=2025-03-01; Monday, March 3=2025-03-03",
        );
        check(
            &[
                "D: March 5, 2025\nIt rained last month.",
                "It rained in February and on Friday the road will open.",
            ],
            "March 5, 2025=2025-03-05; last month=2025-02; February=2025-02; Friday=2025-03-07",
        );
    }

    #[test]
    fn weekdays_are_read_from_the_event() {
        check(
            &[
                "Police held 40 people on Friday.\nHe spoke on Monday, March 3.",
                "C: The hall on March 3, 2025.",
            ],
            "Friday=2025-02-28; Monday, March 3=2025-03-03; March 3, 2025=2025-03-03",
        );
        check(
            &["It broke on Monday, March 17.", "C: The dam before it broke on March 4, 2025."],
            "Monday, March 17=2025-03-17; March 4, 2025=2025-03-04",
        );
        check(
            &["D: March 3, 2025\nIt broke on Monday.", "It broke yesterday and was mended on Tuesday."],
            "March 3, 2025=2025-03-03; Monday=2025-03-03; yesterday=2025-03-03; Tuesday=2025-03-04",
        );
    }

    #[test]
    fn without_any_year_nothing_is_guessed() {
        check(&["It broke on Monday, March 3."], "Monday, March 3=?");
        check(&["It broke on Monday, March 3, as in 2024."], "Monday, March 3=?; 2024=2024");
    }
}
