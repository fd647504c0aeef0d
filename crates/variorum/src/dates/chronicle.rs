//! Reads days and months without a year in reports that tell of the past: lives, histories, chronologies.
//!
//! In: the dates of one report, valued from its own day. Out: in a report that is such a chronicle, a day or month without a
//! year has the value that lies nearest to the date before it, in its block or the one above.
//! Method: a report is a chronicle when most of its years lie well before its own day and it hardly names days as news does ("Monday",
//! "yesterday"). That narratives and news are read from different days is the finding of Strötgen and Gertz, "Multilingual and
//! cross-domain temporal tagging" (Language Resources and Evaluation 47, 2013).
//! Leaves: news that tells of the past in one paragraph.

use crate::calendar::{self, Worked};
use crate::model::{Basis, Block, DateExpression, DateReading, DateUnit, Precision};
use crate::span::Span;
use jiff::civil::Date;

/// Years that must lie well before the report's own for it to be a chronicle.
const LEAST_YEARS: usize = 6;

/// What is well before it, in years.
const PAST_YEARS: i16 = 2;

/// Whether a report with these dates tells of the past.
pub fn is_one(dates: &[DateExpression], own: Option<Date>) -> bool {
    let Some(own) = own else { return false };
    let years = || dates.iter().filter_map(|date| date.reading.year);
    let past = years().filter(|year| *year <= own.year() - PAST_YEARS).count();
    let near = dates.iter().filter(|date| is_near(&date.reading)).count();
    past >= LEAST_YEARS && past * 4 >= years().count() * 3 && near * 6 <= past
}

/// "Monday", "yesterday", "last week".
fn is_near(reading: &DateReading) -> bool {
    let is_weekday = reading.weekday.is_some() && reading.day.is_none();
    let is_counted = matches!(reading.relative, Some((_, DateUnit::Day | DateUnit::Week)));
    (is_weekday || is_counted) && !reading.from_told
}

/// Gives the dates of a chronicle that leave their year open the value that the date before them allows.
pub fn resolve(blocks: &[Block], dates: &mut [DateExpression], own: Option<Date>) {
    if !is_one(dates, own) {
        return;
    }
    for next in 0..dates.len() {
        let (before, behind) = dates.split_at_mut(next);
        take(blocks, before, &mut behind[0]);
    }
}

/// Gives `date` the value that the dates `before` it allow, where it leaves its year open.
pub fn take(blocks: &[Block], before: &[DateExpression], date: &mut DateExpression) {
    if let Some((worked, span)) = worked_out(blocks, before, date) {
        (date.value, date.alternatives) = (Some(worked.value), worked.alternatives);
        (date.basis, date.from) = (Basis::OtherDate, Some((0, span)));
    }
}

fn worked_out(blocks: &[Block], before: &[DateExpression], date: &DateExpression) -> Option<(Worked, Span)> {
    let reading = &date.reading;
    let is_open = reading.year.is_none() && reading.relative.is_none() && reading.month.is_some();
    let told = before.last().filter(|_| is_open && reading.weekday.is_none() && !reading.from_told)?;
    let block_of = |at: usize| blocks.partition_point(|block| block.span.end() <= at);
    let is_beside = block_of(told.span.start()) + 1 >= block_of(date.span.start());
    let (first, _) = calendar::ends(told.value.as_ref().filter(|_| is_beside)?)?;
    let year = matches!(told.precision, Precision::Year).then(|| first.year());
    let seen = DateReading { year, is_ahead: None, ..reading.clone() };
    calendar::work_out(&seen, Some(first)).map(|worked| (worked, told.span))
}
