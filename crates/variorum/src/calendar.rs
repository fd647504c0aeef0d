//! Works out what calendar value the words of a date give, seen from a day.
//!
//! In: a [`DateReading`] and, where the words leave something open, the day they are read from (the anchor).
//! Out: an ISO 8601 value, other values the words allow, or nothing. Proleptic Gregorian calendar, no time zones.
//! Rules: a weekday alone is the last such day on or before the anchor, the next one after it where the clause looks
//! ahead; a month without a year, or a day far off, lies on the side the clause looks to, else nearest to the anchor; a
//! weekday beside a day decides the year; a Sunday's last week is the one that ends with it. Nothing is worked out without an anchor.
//! "That year" and "two days later" are read from the date told last before them ([`follow`]).
//! Leaves: fiscal years, other calendars, clock times.

use crate::model::{Annotated, Basis, BlockKind, DateExpression, DateReading, DateUnit, Precision};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How many years around the anchor a day without a year is looked for.
const REACH_YEARS: i16 = 6;

/// A day without a year this near to the anchor, in days, is the one meant, wherever the clause looks.
const BESIDE_DAYS: i64 = 45;

/// What words give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// ISO 8601.
    pub value: String,
    /// How precise.
    pub precision: Precision,
    /// Other values the words allow, nearest first.
    pub alternatives: Vec<String>,
}

/// One calendar day, month or year, as its first day and how precise it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Point {
    first: Date,
    precision: Precision,
}

/// The value of `reading` seen from `anchor`. `None` when the words leave it open.
pub fn work_out(reading: &DateReading, anchor: Option<Date>) -> Option<Worked> {
    match (&reading.until, reading.relative) {
        (Some(until), _) => range(reading, until, anchor),
        (None, Some((count, DateUnit::Week))) if reading.weekday.is_none() => week(count, anchor?),
        (None, Some((count, DateUnit::Quarter))) => quarter(count, anchor?),
        _ => {
            let mut points = points(reading, anchor).into_iter();
            let point = points.next()?;
            let alternatives = points.map(written).collect();
            Some(Worked { value: written(point), precision: point.precision, alternatives })
        }
    }
}

/// How many dates before it "that year" or "two days later" may be passed over for one that is precise enough.
const FOLLOWED: usize = 4;

/// How many paragraphs above its own the date that it counts from may stand.
const ABOVE: usize = 2;

/// Where the paragraphs of a report begin, in text order: the distance between two dates is counted in them.
pub fn paragraphs(found: &Annotated) -> Vec<usize> {
    let blocks = &found.report.blocks;
    let body = found.sentences.iter().filter(|sentence| blocks[sentence.block].kind.is_body());
    let mut starts: Vec<usize> = body.map(|sentence| blocks[sentence.block].span.start()).collect();
    starts.dedup();
    starts
}

/// How many paragraphs lie from `first` to `last`, two bytes of the text: 0 within one.
pub fn apart(paragraphs: &[usize], first: usize, last: usize) -> usize {
    let at = |byte: usize| paragraphs.partition_point(|start| *start <= byte);
    at(last).saturating_sub(at(first))
}

/// Gives the dates of a report that count from one told before ("that year", "two days later") their values, as far as that one has
/// one: the nearest before it, not far above, that is as precise as they count; one that is still to come only where the clause
/// looks ahead. `at` is the report's place in the story. Those that have a value keep it.
pub fn follow(paragraphs: &[usize], dates: &mut [DateExpression], at: usize) {
    for next in 0..dates.len() {
        let (before, behind) = dates.split_at_mut(next);
        let date = &mut behind[0];
        if !date.reading.from_told || date.value.is_some() {
            continue;
        }
        if let Some((worked, told)) = told(paragraphs, before, date) {
            (date.value, date.alternatives) = (Some(worked.value), worked.alternatives);
            (date.basis, date.from) = (basis_of_told(&date.reading), Some((at, told)));
        }
    }
}

/// How a date is known that counts from one told before it.
pub fn basis_of_told(reading: &DateReading) -> Basis {
    if reading.relative.is_some() { Basis::Relative } else { Basis::OtherDate }
}

/// What `date` says seen from the dates `before` it, and the words of the one it counts from.
pub fn told(
    paragraphs: &[usize],
    before: &[DateExpression],
    date: &DateExpression,
) -> Option<(Worked, crate::span::Span)> {
    let is_ahead = date.reading.is_ahead == Some(true);
    let is_near = |told: &&DateExpression| apart(paragraphs, told.span.start(), date.span.start()) <= ABOVE;
    let near = before.iter().rev().take(FOLLOWED).take_while(is_near);
    near.filter(|told| is_ahead || told.reading.is_ahead != Some(true))
        .find_map(|told| Some((seen_from(&date.reading, told.value.as_ref()?)?, told.span)))
}

/// What `reading` says seen from the date `value`; `None` where that is not as precise as the reading counts.
fn seen_from(reading: &DateReading, value: &str) -> Option<Worked> {
    let (first, last) = ends(value)?;
    let is_precise = match reading.relative {
        Some((_, DateUnit::Day)) => first == last,
        Some((_, DateUnit::Week)) => distance(first, last) < 7 && weekday(first) <= weekday(last),
        Some((_, DateUnit::Month)) => (first.year(), first.month()) == (last.year(), last.month()),
        Some((_, DateUnit::Quarter)) => false,
        Some((_, DateUnit::Year)) | None => first.year() == last.year(),
    };
    match reading.relative {
        _ if !is_precise => None,
        Some((count, DateUnit::Week)) if reading.weekday.is_none() => whole_week(count, first),
        Some(_) => work_out(reading, Some(first)),
        None => work_out(reading, Some(last)),
    }
}

/// The first and the last day of a value that [`work_out`] gave.
pub fn ends(value: &str) -> Option<(Date, Date)> {
    let (from, until) = value.split_once('/').unwrap_or((value, value));
    let first = |part: &str| match part.len() {
        4 => format!("{part}-01-01").parse().ok(),
        7 => format!("{part}-01").parse().ok(),
        _ => day(part),
    };
    let last: Date = first(until)?;
    let last = match until.len() {
        4 => last.last_of_year(),
        7 => last.last_of_month(),
        _ => last,
    };
    Some((first(from)?, last))
}

/// The day an ISO value begins with, when it is precise to the day.
pub fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

/// A report's own day: metadata first, then a full date in its byline, dateline or note, or in the dateline that its first
/// paragraph begins with.
pub fn own_day(found: &Annotated, dates: &[DateExpression]) -> Option<Date> {
    let published = found.report.published.as_ref();
    let first = found.report.blocks.iter().find(|block| block.kind.is_body()).map(|block| block.span);
    published.and_then(|stamp| day(&stamp.value)).or_else(|| {
        dates.iter().find_map(|date| {
            let block = found.block_at(date.span.start())?;
            let names_report =
                matches!(block.kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::Note)
                    || first == Some(block.span)
                        && leads_report(block.span.of(&found.report.text), date.span, block.span);
            let worked = work_out(&date.reading, None).filter(|_| names_report)?;
            day(&worked.value).filter(|_| worked.precision == Precision::Day)
        })
    })
}

/// How far into a paragraph the day of its dateline may stand, and how far behind it the dash, in bytes.
const DATELINE: usize = 48;

/// "SUND, March 4, 2025 (Agency) – The harbour": nothing but a place stands before the day, and a dash ends the line.
fn leads_report(paragraph: &str, date: crate::span::Span, block: crate::span::Span) -> bool {
    let (start, end) = (date.start() - block.start(), date.end() - block.start());
    if start > DATELINE {
        return false;
    }
    let (before, behind) = (&paragraph[..start], paragraph[end..].trim_start());
    let is_place = before.trim_end().is_empty()
        || before.trim_end().ends_with([',', '(', ')'])
            && before.split([' ', ',', '(', '-', '/', '.']).all(|word| !word.starts_with(char::is_lowercase));
    if before.trim_end().ends_with('(') && !behind.starts_with(')') {
        return false;
    }
    let behind = match behind.strip_prefix('(').and_then(|agency| agency.split_once(')')) {
        Some((agency, rest)) if agency.len() <= DATELINE => rest.trim_start(),
        _ => behind,
    };
    let behind = behind.strip_prefix(')').unwrap_or(behind).trim_start();
    is_place && ["– ", "— ", "- ", "-- "].iter().any(|dash| behind.starts_with(dash))
}

/// Day of the week, 1 (Monday) – 7.
pub fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// Days from `from` to `to`, negative backwards.
pub fn distance(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// The years around `near` in which `day`.`month` falls on `weekday`, nearest first.
pub fn years_with(weekday_wanted: i8, month: i8, day: i8, near: i16) -> Vec<i16> {
    let mut years: Vec<i16> = (near.saturating_sub(14)..=near.saturating_add(14))
        .filter(|&year| Date::new(year, month, day).is_ok_and(|date| weekday(date) == weekday_wanted))
        .collect();
    years.sort_by_key(|&year| ((year - near).abs(), year > near));
    years
}

fn written(point: Point) -> String {
    let (year, month) = (point.first.year(), point.first.month());
    match point.precision {
        Precision::Day | Precision::Range => point.first.to_string(),
        Precision::Month => format!("{year:04}-{month:02}"),
        Precision::Year => format!("{year:04}"),
        Precision::Decade => format!("{:03}X", year / 10),
    }
}

fn range(near: &DateReading, far: &DateReading, anchor: Option<Date>) -> Option<Worked> {
    let mut near = DateReading { until: None, ..near.clone() };
    if near.year.is_none() && far.year.is_some() {
        near.year = far.year.map(|year| if near.month > far.month { year - 1 } else { year });
    }
    if near.month.is_none() && near.day.is_some() {
        near.month = far.month;
    }
    let start = *points(&near, anchor).first()?;
    let mut far = far.clone();
    if far.year.is_none() && far.relative.is_none() && far.weekday.is_none() {
        far.month = far.month.or(near.month);
        let wraps = far.month < near.month;
        far.year = Some(start.first.year() + i16::from(wraps));
    }
    far.is_ahead = Some(true);
    let end = *points(&far, Some(start.first)).first()?;
    // Months are written as their first and last day: "Q3" is 2025-07-01/2025-09-30.
    let (first, last) = match (start.precision, end.precision) {
        (Precision::Month, Precision::Month) => {
            (start.first.to_string(), end.first.last_of_month().to_string())
        }
        _ => (written(start), written(end)),
    };
    (end.first >= start.first).then(|| Worked {
        value: format!("{first}/{last}"),
        precision: Precision::Range,
        alternatives: Vec::new(),
    })
}

/// Monday to Sunday, `count` weeks from that of `anchor`. On a Sunday "last week" is the week that ends, the one before stays
/// as the alternative.
fn week(count: i32, anchor: Date) -> Option<Worked> {
    let before = whole_week(count, anchor)?;
    let is_ending = count == -1 && weekday(anchor) == 7;
    Some(match is_ending {
        true => Worked { alternatives: vec![before.value], ..whole_week(0, anchor)? },
        false => before,
    })
}

/// Monday to Sunday, `count` weeks from that of `anchor`.
fn whole_week(count: i32, anchor: Date) -> Option<Worked> {
    let monday = days_on(anchor, i64::from(count) * 7 - i64::from(weekday(anchor)) + 1)?;
    let value = format!("{monday}/{}", days_on(monday, 6)?);
    Some(Worked { value, precision: Precision::Range, alternatives: Vec::new() })
}

fn quarter(count: i32, anchor: Date) -> Option<Worked> {
    let quarter = i32::from(anchor.month() - 1) / 3 - i32::from(anchor.month() - 1) + count.checked_mul(3)?;
    let first = months_on(anchor.first_of_month(), quarter)?;
    let last = months_on(first, 2)?;
    let value = format!("{first}/{}", last.last_of_month());
    Some(Worked { value, precision: Precision::Range, alternatives: Vec::new() })
}

/// What a reading without a far end can be, the likeliest first.
fn points(reading: &DateReading, anchor: Option<Date>) -> Vec<Point> {
    if let Some((count, unit)) = reading.relative {
        return anchor.map_or_else(Vec::new, |anchor| relative(reading, count, unit, anchor));
    }
    match (reading.year, reading.month, reading.day) {
        (Some(year), month, day) => stated(year, month, day).into_iter().collect(),
        (None, Some(month), Some(day)) => {
            anchor.map_or_else(Vec::new, |anchor| day_of_month(reading, month, day, anchor))
        }
        (None, Some(month), None) => {
            anchor.map_or_else(Vec::new, |anchor| month_alone(month, reading.is_ahead, anchor))
        }
        (None, None, Some(day)) => {
            anchor.map_or_else(Vec::new, |anchor| day_alone(day, reading.is_ahead, anchor))
        }
        (None, None, None) => match (reading.weekday, anchor) {
            (Some(wanted), Some(anchor)) => weekday_alone(wanted, reading.is_ahead, anchor),
            _ => Vec::new(),
        },
    }
}

fn stated(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Point> {
    let precision = match (month, day) {
        (_, Some(_)) => Precision::Day,
        (Some(_), None) => Precision::Month,
        (None, None) => Precision::Year,
    };
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    Some(Point { first, precision })
}

fn relative(reading: &DateReading, count: i32, unit: DateUnit, anchor: Date) -> Vec<Point> {
    let point = match unit {
        DateUnit::Day => {
            days_on(anchor, i64::from(count)).map(|first| Point { first, precision: Precision::Day })
        }
        DateUnit::Week => {
            return reading.weekday.map_or_else(Vec::new, |wanted| weekday_of_week(wanted, count, anchor));
        }
        DateUnit::Month => {
            let month = months_on(anchor.first_of_month(), count);
            month.and_then(|first| match reading.day {
                Some(day) => stated(first.year(), Some(first.month()), Some(day)),
                None => Some(Point { first, precision: Precision::Month }),
            })
        }
        DateUnit::Quarter => None,
        DateUnit::Year => i16::try_from(count)
            .ok()
            .and_then(|count| anchor.year().checked_add(count))
            .and_then(|year| stated(year, reading.month, reading.day)),
    };
    point.into_iter().collect()
}

/// "last Monday" (-1), "this Monday" (0), "next Monday" (1).
///
/// "Last Monday" is the last one before the anchor; said later in the week it can also be that of the week before,
/// which stays as the alternative; "next" likewise.
fn weekday_of_week(wanted: i8, count: i32, anchor: Date) -> Vec<Point> {
    let today = weekday(anchor);
    let back = i64::from((today - wanted + 6).rem_euclid(7) + 1);
    let ahead = i64::from((wanted - today + 6).rem_euclid(7) + 1);
    let steps: Vec<i64> = match count {
        ..0 if today > wanted => vec![-back, -back - 7],
        ..0 => vec![-back],
        0 => vec![i64::from(wanted - today)],
        1.. if wanted > today => vec![ahead, ahead + 7],
        1.. => vec![ahead],
    };
    days_from(anchor, &steps)
}

fn weekday_alone(wanted: i8, is_ahead: Option<bool>, anchor: Date) -> Vec<Point> {
    let back = i64::from((weekday(anchor) - wanted).rem_euclid(7));
    let step = if is_ahead == Some(true) && back != 0 { 7 - back } else { -back };
    days_from(anchor, &[step])
}

fn day_alone(day: i8, is_ahead: Option<bool>, anchor: Date) -> Vec<Point> {
    let near: Vec<Point> = (-2..=2)
        .filter_map(|step| months_on(anchor.first_of_month(), step))
        .filter_map(|month| stated(month.year(), Some(month.month()), Some(day)))
        .collect();
    let leaning = if is_ahead == Some(true) { is_ahead } else { Some(false) };
    by_side(near, leaning, anchor).into_iter().take(1).collect()
}

fn month_alone(month: i8, is_ahead: Option<bool>, anchor: Date) -> Vec<Point> {
    let near =
        (-1..=1).filter_map(|step| stated(anchor.year().checked_add(step)?, Some(month), None)).collect();
    by_side(near, is_ahead, anchor.first_of_month()).into_iter().take(1).collect()
}

/// A day without a year, right beside the anchor where one is; where the words name its weekday, only the years in which it fits; the nearest misfit when
/// none does, for a wrong weekday is commoner than a wrong date.
fn day_of_month(reading: &DateReading, month: i8, day: i8, anchor: Date) -> Vec<Point> {
    let near: Vec<Point> = (-REACH_YEARS..=REACH_YEARS)
        .filter_map(|step| stated(anchor.year().checked_add(step)?, Some(month), Some(day)))
        .collect();
    let Some(wanted) = reading.weekday else {
        let is_beside = |point: &&Point| distance(anchor, point.first).abs() <= BESIDE_DAYS;
        let beside = near.iter().find(is_beside).copied();
        return beside
            .or_else(|| by_side(near, reading.is_ahead, anchor).first().copied())
            .into_iter()
            .collect();
    };
    let sorted = by_side(near, None, anchor);
    let nearest = sorted.first().copied();
    match sorted.into_iter().find(|point| weekday(point.first) == wanted) {
        Some(fits) if distance(fits.first, anchor).abs() < 400 => vec![fits],
        Some(fits) => nearest.into_iter().chain([fits]).collect(),
        None => nearest.into_iter().collect(),
    }
}

/// `points` with those on the side the clause looks to first, each side nearest first. A clause that does not tell goes by
/// distance alone.
fn by_side(mut points: Vec<Point>, is_ahead: Option<bool>, anchor: Date) -> Vec<Point> {
    points.sort_by_key(|point| {
        let days = distance(anchor, point.first);
        let off_side = match is_ahead {
            Some(true) => days < 0,
            Some(false) => days > 0,
            None => false,
        };
        (off_side, days.abs(), days > 0)
    });
    points
}

fn days_from(anchor: Date, steps: &[i64]) -> Vec<Point> {
    let day = |&step| Some(Point { first: days_on(anchor, step)?, precision: Precision::Day });
    steps.iter().filter_map(day).collect()
}

/// `date` and `count` days on.
pub fn days_on(date: Date, count: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(count).ok()?).ok()
}

fn months_on(date: Date, count: i32) -> Option<Date> {
    (count.abs() < 12_000).then(|| date.checked_add(i64::from(count).months()).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `words` is `year-month-day weekday lean`, `-` for what is not said.
    fn check(words: &str, anchor: &str, expected: &str) {
        let part = |at: usize| words.split(' ').nth(at).filter(|part| *part != "-");
        let reading = DateReading {
            year: part(0).and_then(|part| part.parse().ok()),
            month: part(1).and_then(|part| part.parse().ok()),
            day: part(2).and_then(|part| part.parse().ok()),
            weekday: part(3).and_then(|part| part.parse().ok()),
            is_ahead: part(4).map(|part| part == "ahead"),
            ..DateReading::default()
        };
        let worked = work_out(&reading, day(anchor));
        let found = worked.map_or("-".to_owned(), |worked| worked.value);
        assert_eq!(found, expected, "{words:?} seen from {anchor}");
    }

    #[test]
    fn the_words_and_the_day_give_the_value() {
        check("2025 3 3 -", "-", "2025-03-03");
        check("- 3 3 -", "-", "-");
        check("- 12 20 -", "2025-01-05", "2024-12-20");
        check("- 9 14 - ahead", "2025-02-01", "2025-09-14");
        check("- 9 14 - back", "2025-02-01", "2024-09-14");
        check("- 2 22 - back", "2020-02-14", "2020-02-22");
        check("- 1 27 1", "2026-03-01", "2025-01-27");
        check("- - - 5", "2025-01-27", "2025-01-24");
        check("- - - 1", "2025-01-27", "2025-01-27");
        check("- - - 5 ahead", "2025-01-27", "2025-01-31");
        check("- 5 - -", "2025-09-20", "2025-05");
        check("- - 27 -", "2025-03-02", "2025-02-27");
    }

    #[test]
    fn on_a_sunday_last_week_is_the_week_that_ends() {
        let last_week = DateReading { relative: Some((-1, DateUnit::Week)), ..DateReading::default() };
        let seen_from = |anchor: &str| work_out(&last_week, day(anchor)).map(|worked| worked.value);
        assert_eq!(seen_from("2025-03-09").as_deref(), Some("2025-03-03/2025-03-09"));
        assert_eq!(seen_from("2025-03-10").as_deref(), Some("2025-03-03/2025-03-09"));
    }
}
