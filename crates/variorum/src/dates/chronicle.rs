//! Reads days and months without a year in reports that tell of the past: lives, histories, chronologies.
//!
//! In: the dates of one report, valued from its own day. Out: in a report that is such a chronicle, a day or month without a
//! year has the value that lies nearest to the date before it.
//! Method: a report is a chronicle when most of its years lie well before its own day and it hardly names days as news does ("Monday",
//! "yesterday"). That narratives and news are read from different days is the finding of Strötgen and Gertz, "Multilingual and
//! cross-domain temporal tagging" (Language Resources and Evaluation 47, 2013).
//! Leaves: news that tells of the past in one paragraph.

use super::grammar::nearness;
use crate::calendar::{self, Worked};
use crate::model::{Basis, DateExpression, DateReading, DateUnit, Precision};
use crate::span::Span;
use jiff::civil::Date;

/// Years that must lie well before the report's own for it to be a chronicle.
const LEAST_YEARS: usize = 4;

/// How many dates before it, the valued among them, are looked at for one to read from.
const FOLLOWED: usize = 4;

/// What is well before it, in years.
const PAST_YEARS: i16 = 2;

/// Whether a report with these dates tells of the past.
pub fn is_one(dates: &[DateExpression], own: Option<Date>) -> bool {
    let Some(own) = own else { return false };
    let years = || dates.iter().filter_map(|date| date.reading.year);
    let past = years().filter(|year| *year <= own.year() - PAST_YEARS).count();
    let near = dates.iter().filter(|date| is_near(&date.reading)).count();
    past >= LEAST_YEARS && past * 10 >= years().count() * 9 && near * 6 <= past
}

/// "Monday", "yesterday", "last week".
fn is_near(reading: &DateReading) -> bool {
    let is_weekday = reading.weekday.is_some() && reading.day.is_none();
    let is_counted = matches!(reading.relative, Some((_, DateUnit::Day | DateUnit::Week)));
    (is_weekday || is_counted) && !reading.from_told
}

/// Gives the dates of a chronicle that leave their year open the value that the date before them allows.
pub fn resolve(text: &str, dates: &mut [DateExpression], own: Option<Date>) {
    if !is_one(dates, own) {
        return;
    }
    for next in 0..dates.len() {
        let (before, behind) = dates.split_at_mut(next);
        take(text, before, &mut behind[0]);
    }
}

/// Gives `date` of the report's `text` the value that the dates `before` it allow, where it leaves its year open.
pub fn take(text: &str, before: &[DateExpression], date: &mut DateExpression) {
    // "Last May" is seen from the report's own day.
    let first = date.span.of(text).split_whitespace().next().unwrap_or_default();
    let is_told = nearness(&crate::token::fold(first)).is_none();
    if let Some((worked, span)) = worked_out(before, date).filter(|_| is_told) {
        (date.value, date.alternatives) = (Some(worked.value), worked.alternatives);
        (date.basis, date.from) = (Basis::OtherDate, Some((0, span)));
    }
}

fn worked_out(before: &[DateExpression], date: &DateExpression) -> Option<(Worked, Span)> {
    let reading = &date.reading;
    let is_open = reading.year.is_none() && reading.relative.is_none() && reading.month.is_some();
    let is_read = is_open && reading.weekday.is_none() && !reading.from_told;
    let mut valued = before.iter().rev().take(FOLLOWED).filter(|told| told.value.is_some());
    let told = valued.next().filter(|_| is_read)?;
    let (first, _) = calendar::ends(told.value.as_ref()?)?;
    let year = matches!(told.precision, Precision::Year).then(|| first.year());
    let seen = DateReading { year, is_ahead: None, ..reading.clone() };
    calendar::work_out(&seen, Some(first)).map(|worked| (worked, told.span))
}
