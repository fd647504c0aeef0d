//! Reads what counts from the date told last: "that year", "the following morning", "two days later", "the month before".
//!
//! In: a [`Line`] and a place in it. Out: the expression that begins there, its reading marked `from_told`. From which date it
//! counts is found by [`crate::calendar::follow`].
//! Leaves: what counts from an event ("two days after the vote"), uncertain counts ("a few days later"), hours.

use super::{grammar, grammar::Match, is_of};
use crate::line::Line;
use crate::model::{DateReading, DateUnit, Precision};
use crate::tagging::pos::Part;
use crate::token::Kind;

/// More years than this are no distance that news counts in.
const FARTHEST: i32 = 500;

/// How many words behind "a year earlier," are looked at for the year itself.
const CLOSE: usize = 4;

/// The expression that begins at `at`.
pub fn at(line: &Line, at: usize) -> Option<Match> {
    let lead = usize::from(line.is(at, &["later", "earlier"]));
    if lead == 1 && line.word(at + 1) == "in" && line.word(at + 2) == "the" {
        return unit(line, at + 3).map(|unit| of(at + 4, 0, unit));
    }
    same(line, at + lead)
        .or_else(|| beside(line, at))
        .or_else(|| named_beside(line, at))
        .or_else(|| counted(line, at))
        .or_else(|| one_before(line, at))
}

/// `count` units from the date told last.
pub fn of(end: usize, count: i32, unit: DateUnit) -> Match {
    let precision = match unit {
        DateUnit::Day => Precision::Day,
        DateUnit::Month => Precision::Month,
        DateUnit::Year => Precision::Year,
        DateUnit::Week | DateUnit::Quarter => Precision::Range,
    };
    let reading = DateReading { relative: Some((count, unit)), from_told: true, ..Default::default() };
    Match { end, reading, precision, alternatives: Vec::new() }
}

/// The unit that one noun names, unless that goes on: "that day care", "the next year-long ban".
fn unit(line: &Line, at: usize) -> Option<DateUnit> {
    let unit = named(line.word(at))?;
    let goes_on = line.word(at + 1) == "-" || line.part(at + 1) == Some(Part::Noun);
    (!goes_on).then_some(unit)
}

/// The unit of a noun; a part of a day is one day.
pub fn named(word: &str) -> Option<DateUnit> {
    match word {
        "day" | "night" | "morning" | "afternoon" | "evening" => Some(DateUnit::Day),
        "week" => Some(DateUnit::Week),
        "month" => Some(DateUnit::Month),
        "year" => Some(DateUnit::Year),
        _ => None,
    }
}

/// How many of which unit a noun counts: "years" one each, "decades" ten.
pub fn counts(word: &str) -> Option<(i32, DateUnit)> {
    match word.trim_end_matches('s') {
        "decade" => Some((10, DateUnit::Year)),
        unit => Some((1, named(unit)?)),
    }
}

/// "that year", "that same day", and behind "the" the "same day".
fn same(line: &Line, at: usize) -> Option<Match> {
    let is_that = line.word(at) == "that";
    let has_same = line.is(at + usize::from(is_that), &["same", "very"]);
    let is_led = is_that && (has_same || line.part(at).is_none_or(|part| part == Part::Det))
        || has_same && leads(line, at);
    let name = at + usize::from(is_that) + usize::from(has_same);
    is_led.then(|| Some(of(name + 1, 0, unit(line, name)?)))?
}

/// Whether "the" stands before `at`, or nothing.
fn leads(line: &Line, at: usize) -> bool {
    at == 0 || line.before(at) == "the"
}

/// One unit on or back, by the word at `at`.
fn step(line: &Line, at: usize) -> Option<i32> {
    match line.word(at) {
        "following" => Some(1),
        // "Over the next year" is a time that begins now.
        "next" if is_of("span", line.word(at.wrapping_sub(2))) && !is_day(line, at + 1) => None,
        "next" => Some(1),
        "previous" | "preceding" => Some(-1),
        _ => None,
    }
    .filter(|_| leads(line, at))
}

fn is_day(line: &Line, at: usize) -> bool {
    named(line.word(at)) == Some(DateUnit::Day)
}

/// "the following morning", "the next day", "the previous month".
fn beside(line: &Line, at: usize) -> Option<Match> {
    let count = step(line, at)?;
    Some(of(at + 2, count, unit(line, at + 1)?))
}

/// "the following Monday", "the previous March".
fn named_beside(line: &Line, at: usize) -> Option<Match> {
    let count = step(line, at)?;
    let mut found = grammar::name(line, at + 1, count)?;
    found.reading.from_told = true;
    (found.reading.day.is_none() && found.reading.year.is_none()).then_some(found)
}

/// "two days later", "a year earlier", "six months before".
fn counted(line: &Line, at: usize) -> Option<Match> {
    let (count, length) = line.count(at).filter(|(count, _)| *count <= FARTHEST)?;
    let name = at + length;
    let (factor, unit) = counts(line.word(name))?;
    let way = way(line, name + 1)?;
    let is_bound = is_of("bound", line.before(at)) || line.is(name + 2, &["than"]);
    (!is_bound && !is_dated(line, name + 2)).then(|| of(name + 2, way * count * factor, unit))
}

/// Whether the word at `at` counts on (1) or back (-1). "Before" and "after" do where nothing follows that they lead to.
fn way(line: &Line, at: usize) -> Option<i32> {
    let closes = || {
        line.kind(at + 1).is_none_or(|kind| kind == Kind::Mark)
            || line.is(at + 1, &["and", "but", "when"])
            || line.is_verb(at + 1)
    };
    match line.word(at) {
        "later" | "afterwards" | "afterward" => Some(1),
        "earlier" | "previously" => Some(-1),
        "after" if closes() => Some(1),
        "before" | "prior" if closes() => Some(-1),
        _ => None,
    }
}

/// Whether a date follows that says the same: "seven days earlier, on October 6", "a year earlier, at the 1972 fair".
fn is_dated(line: &Line, at: usize) -> bool {
    let next = at + usize::from(line.word(at) == ",");
    let has_year = || (next..next + CLOSE).any(|near| line.digits(near, 4..=4).is_some());
    let is_led = line.is(next, &["on", "in", "at", "during"]);
    is_led && (grammar::is_dated(line, next + 1) || next > at && has_year())
}

/// "the day before", "the year after", where nothing follows that they lead to.
fn one_before(line: &Line, at: usize) -> Option<Match> {
    let unit = named(line.word(at))?;
    let way = way(line, at + 1).filter(|_| line.is(at + 1, &["before", "after"]) && leads(line, at))?;
    Some(of(at + 2, way, unit))
}
