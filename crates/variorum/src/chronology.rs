//! Works out dates that one report leaves open from the others.
//!
//! In: the reports of one story with their dates. Out: a value, with its basis, for every date the story as a whole decides;
//! what it does not decide keeps its readings as alternatives and no value.
//! Method, in this order: (1) a day of a month without a year takes the year nearest to the story's anchor, and
//! where its weekday is named, the nearest year in which it fits; (2) the day that most reports name is the story's event
//! day; (3) weekdays, months and relative dates are read from the event day by reports that state no day of their own; (4) what counts from
//! a date told before it in its report is read from that.
//! The anchor is the first day any report states of itself, else the last full date that stands in any of them, captions included.
//! Each date that another one decides names it: in its own report, if that has it, else in the first that does.
//! Leaves: events years apart told in one story; reports written long after the event that state no date.

use crate::calendar;
use crate::edition::DateEntry;
use crate::model::{Annotated, Basis, BlockKind, DateExpression, DateReading, DateUnit, Precision};
use crate::span::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

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
    /// The day to read from.
    anchor: Option<Known>,
}

/// A day, and what it is known from.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    day: Date,
    report: usize,
    /// The date in the text; `None` where the report states the day of itself.
    span: Option<Span>,
}

/// Where the reports tell of a day.
#[derive(Default)]
struct Named {
    /// Of each report that does, the first date that names it.
    dates: BTreeMap<usize, Span>,
    /// Whether one of them names it in its beginning.
    is_lead: bool,
}

impl Named {
    /// `day` as a report knows it: from itself, else from the first that names it.
    fn known_to(&self, report: usize, day: Date) -> Option<Known> {
        let own = self.dates.get(&report).map(|span| (report, *span));
        let (report, span) = own.or_else(|| self.dates.first_key_value().map(|(at, span)| (*at, *span)))?;
        Some(Known { day, report, span: Some(span) })
    }
}

/// Gives every date of `witnesses` the value that the story as a whole allows.
pub fn resolve(witnesses: &mut [Annotated]) {
    let own: Vec<Option<Date>> =
        witnesses.iter().map(|witness| calendar::own_day(witness, &witness.dates)).collect();
    place(witnesses);
    let anchor = anchor(witnesses, &own);
    let evidence = Evidence { own, anchor };
    for_open(witnesses, |date, at| day_of_year(date, at, &evidence));
    let days = days_named(witnesses);
    let event = event(&days, &evidence);
    for_open(witnesses, |date, at| from_event(date, at, event, &days));
    for (at, witness) in witnesses.iter_mut().enumerate() {
        let paragraphs = calendar::paragraphs(witness);
        calendar::follow(&paragraphs, &mut witness.dates, at);
    }
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
            from: date.from.map(|(at, span)| witnesses[at].place(span)),
            alternatives: date.alternatives.clone(),
        }
    };
    witnesses.iter().flat_map(|witness| witness.dates.iter().map(move |date| entry(witness, date))).collect()
}

/// Names the place in the story of each report whose dates count from another of their own.
fn place(witnesses: &mut [Annotated]) {
    for (at, witness) in witnesses.iter_mut().enumerate() {
        let own = witness.dates.iter_mut().filter(|date| date.basis != Basis::OtherReport);
        own.for_each(|date| date.from = date.from.map(|(_, span)| (at, span)));
    }
}

/// Runs `work` on every date that has no value yet and counts from no other of its report, with the index of its report.
fn for_open(witnesses: &mut [Annotated], work: impl Fn(&mut DateExpression, usize)) {
    for (at, witness) in witnesses.iter_mut().enumerate() {
        let open = witness.dates.iter_mut().filter(|date| date.value.is_none() && !date.reading.from_told);
        open.for_each(|date| work(date, at));
    }
}

/// The first day a report states of itself, else the last full date that no clause looks ahead to.
fn anchor(witnesses: &[Annotated], own: &[Option<Date>]) -> Option<Known> {
    let of_itself = |(report, day): (usize, &Option<Date>)| Some(Known { day: (*day)?, report, span: None });
    own.iter().enumerate().filter_map(of_itself).min().or_else(|| {
        let dates = witnesses.iter().enumerate().flat_map(|(report, witness)| {
            let full = witness.dates.iter().filter(|date| date.precision == Precision::Day);
            full.filter_map(move |date| {
                let day = calendar::day(date.value.as_ref()?)?;
                Some((date.reading.is_ahead, Known { day, report, span: Some(date.span) }))
            })
        });
        let all: Vec<_> = dates.collect();
        let behind = all.iter().filter(|(ahead, _)| *ahead != Some(true)).map(|(_, known)| *known).max();
        behind.or_else(|| all.iter().map(|(_, known)| *known).max())
    })
}

/// "Monday, January 27": the year nearest to the anchor in which it fits.
fn day_of_year(date: &mut DateExpression, at: usize, evidence: &Evidence) {
    let has_day = date.reading.month.is_some()
        && (date.reading.day.is_some() || date.reading.until.is_some())
        && date.reading.relative.is_none();
    if let Some(anchor) = evidence.anchor.filter(|_| has_day) {
        let own = evidence.own[at].map(|day| Known { day, report: at, span: None });
        let lean = date.reading.is_ahead;
        if own.is_none() {
            // Seen from a day that is not the report's own, what was told may still lie ahead: the nearest counts.
            date.reading.is_ahead = None;
        }
        take(date, at, own.unwrap_or(anchor));
        date.reading.is_ahead = lean;
    }
}

/// Gives `date` of the report `at` what it says seen from `anchor`.
fn take(date: &mut DateExpression, at: usize, anchor: Known) {
    if let Some(worked) = calendar::work_out(&date.reading, Some(anchor.day)) {
        date.value = Some(worked.value);
        date.alternatives = worked.alternatives;
        rest_on(date, at, anchor);
    }
}

/// Notes that `known` decided `date` of the report `at`.
fn rest_on(date: &mut DateExpression, at: usize, known: Known) {
    date.basis = match own_basis(&date.reading) {
        _ if known.report != at => Basis::OtherReport,
        // Nothing but the report's own day is metadata.
        Basis::Metadata if known.span.is_some() => Basis::OtherDate,
        own => own,
    };
    date.from = known.span.map(|span| (known.report, span));
}

fn own_basis(reading: &DateReading) -> Basis {
    match reading {
        DateReading { relative: Some(_), .. } => Basis::Relative,
        DateReading { weekday: Some(_), .. } => Basis::Weekday,
        _ => Basis::Metadata,
    }
}

/// Each day that the reports tell of.
fn days_named(witnesses: &[Annotated]) -> BTreeMap<Date, Named> {
    let mut days: BTreeMap<Date, Named> = BTreeMap::new();
    for (at, witness) in witnesses.iter().enumerate() {
        let lead = witness.report.blocks.get(LEAD_BLOCKS).map_or(usize::MAX, |block| block.span.start());
        for date in witness.dates.iter().filter(|date| date.precision == Precision::Day) {
            let kind = witness.block_at(date.span.start()).map(|block| block.kind);
            let is_told = kind.is_some_and(|kind| {
                kind.is_body() || matches!(kind, BlockKind::Caption | BlockKind::Headline)
            });
            let Some(day) = date.value.as_ref().and_then(|value| calendar::day(value)) else { continue };
            if is_told {
                let named = days.entry(day).or_default();
                named.dates.entry(at).or_insert(date.span);
                named.is_lead |= date.span.start() < lead;
            }
        }
    }
    days
}

/// The day the story is about: the one most reports tell of near the anchor, of equals one told at a beginning, then the
/// nearest; else the anchor.
fn event(days: &BTreeMap<Date, Named>, evidence: &Evidence) -> Option<Known> {
    let anchor = evidence.anchor?;
    let has_own = evidence.own.iter().any(Option::is_some);
    let latest = if has_own { 1 } else { EVENT_REACH };
    let near = days
        .iter()
        .filter(|(day, _)| (-EVENT_REACH..=latest).contains(&calendar::distance(anchor.day, **day)));
    let best = near.max_by_key(|(day, named)| {
        (named.dates.len(), named.is_lead, -calendar::distance(anchor.day, **day).abs(), **day)
    });
    best.and_then(|(day, named)| named.known_to(0, *day)).or(Some(anchor))
}

/// What a report without a day of its own says, read from the event day.
fn from_event(date: &mut DateExpression, at: usize, event: Option<Known>, days: &BTreeMap<Date, Named>) {
    let Some(event) = event else { return };
    let known = |day: Date| days.get(&day).and_then(|named| named.known_to(at, day));
    let event = known(event.day).unwrap_or(event);
    let reading = &date.reading;
    let is_weekday_alone = reading.weekday.is_some()
        && reading.day.is_none()
        && reading.relative.is_none()
        && reading.until.is_none();
    match reading.relative {
        // A report that says "yesterday" of the event was written the day after it.
        Some((-1..=0, DateUnit::Day)) => {
            date.value = Some(event.day.to_string());
            rest_on(date, at, event);
        }
        _ if is_weekday_alone => {
            let wanted = reading.weekday.unwrap_or(1);
            let day = weekday_near(wanted, reading.is_ahead, event.day, days);
            date.value = day.map(|day| day.to_string());
            rest_on(date, at, day.and_then(known).unwrap_or(event));
        }
        _ => take(date, at, event),
    }
}

/// The day of the week `wanted` that the story means: the only one that a report names near the event, else the next one where
/// the clause looks ahead, else the nearest to the event.
fn weekday_near(
    wanted: i8,
    is_ahead: Option<bool>,
    event: Date,
    days: &BTreeMap<Date, Named>,
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
    fn what_counts_from_a_date_is_read_from_it_once_that_is_known() {
        check(
            &[
                "It rained.\nC: The dam on March 1, 2025.",
                "It broke on Monday, March 3. The next day it was mended, and that year it held.",
            ],
            "March 1, 2025=2025-03-01; Monday, March 3=2025-03-03; next day=2025-03-04; that year=2025",
        );
        let mut witnesses = [read("It rained."), read("It broke on May 9, 2024. The next day was dry.")];
        resolve(&mut witnesses);
        let last = entries(&witnesses).pop().map(|entry| (entry.basis, entry.from.map(|place| place.text)));
        assert_eq!(last, Some((Basis::Relative, Some("May 9, 2024".to_owned()))));
    }

    #[test]
    fn a_date_names_the_one_it_is_worked_out_from() {
        let texts = [
            "The dam broke on Monday.\nC: The dam on Mar. 24.\nC: The dam on March 6, 2025.",
            "It broke on Monday, March 24, and on Friday, March 21, it leaked.",
        ];
        let mut witnesses: Vec<Annotated> = texts.iter().map(|text| read(text)).collect();
        resolve(&mut witnesses);
        let shown = |entry: DateEntry| {
            let from = entry.from.map(|place| format!(": {}", place.text)).unwrap_or_default();
            format!("{} {:?}{from}", entry.text, entry.basis)
        };
        let shown: Vec<String> = entries(&witnesses).into_iter().map(shown).collect();
        assert_eq!(
            shown,
            [
                "Monday Weekday: Mar. 24",
                "Mar. 24 OtherDate: March 6, 2025",
                "March 6, 2025 Stated",
                "Monday, March 24 OtherReport: March 6, 2025",
                "Friday, March 21 OtherReport: March 6, 2025",
            ]
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
