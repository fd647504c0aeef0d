//! Reads the value of words that are known to be a date, whoever found them.
//!
//! In: a report and the span of the words in its text. Out: what the words say and their value, as [`super::find`] gives it.
//! Method: the grammar and the days to read from are those of [`super::find`]; what it asks to tell dates from other things (a preposition
//! before a bare year, a noun behind it) is not asked. A number of two digits is a year of the century nearest to the whole year beside it, a
//! part of a range takes from the whole what it leaves out, and "the day" is the one told last.
//! Leaves: days counted from an event ("the night before the vote"), times of day, durations.

use super::{chronicle, expression, grammar, told, value, years};
use crate::calendar;
use crate::line::Line;
use crate::model::{Annotated, Basis, DateExpression, DateReading, DateUnit, Precision, Sentence};
use crate::span::Span;
use crate::token::{self, Token};
use grammar::Match;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Words behind this many are not read: no date is longer.
const LONGEST: usize = 24;

/// How far around a short year the whole one beside it may stand, in tokens.
const BESIDE: usize = 40;

/// What the words of `span`, a stretch of the text of `found` that is known to be a date, say, and which day, month, year or
/// range that is.
///
/// The value has the shapes that [`DateExpression::value`] has, and is `None` where the words are a date that needs to be seen from a
/// day that the report does not tell. Words around the date inside `span` ("about 11am on Friday") are passed over; the span given back
/// is that of the date alone. Gives `None` where `span` holds no date, is empty, or does not lie in the text on the bounds of
/// characters. Bytes of the source are turned into a span of the text by [`crate::model::SourceMap::to_text`].
///
/// ```
/// # use variorum::{annotate, dates, model::Received, span::Span};
/// let text = "The Bridge of Sund, built 1602, was painted in 2019 and 20.";
/// let found = annotate(&Received { bytes: text.into(), ..Received::default() });
/// let value = |start, end| dates::value_of(&found, Span::new(start, end)).and_then(|date| date.value);
/// assert_eq!(value(26, 30).as_deref(), Some("1602"));
/// assert_eq!(value(56, 58).as_deref(), Some("2020"));
/// assert_eq!(value(4, 10), None);
/// ```
pub fn value_of(found: &Annotated, span: Span) -> Option<DateExpression> {
    found.report.text.get(span.start()..span.end()).filter(|words| !words.is_empty())?;
    if let Some(date) = found.dates.iter().find(|date| date.span == span) {
        return Some(date.clone());
    }
    let people = BTreeSet::new();
    let stretch = Stretch::of(found, span);
    let whole = Line::new(found, &stretch.sentence, &people);
    let (at, matched) = stretch.read(found, &people)?;
    let first = stretch.first + at;
    let end = (first + matched.end - at).min(whole.len());
    let (_, tense) = super::language(found);
    let is_ahead = matched.reading.is_ahead.or_else(|| tense(&whole, first, end));
    let words = super::as_written(&whole, first, end);
    let mut date = expression(words, matched, is_ahead);
    let own = calendar::own_day(found, &found.dates);
    date.reading.year = date.reading.year.map(|year| whole_year(&whole, first, year, own));
    settle(found, &mut date, own);
    Some(date)
}

/// The words that are read, in their sentence.
struct Stretch {
    /// The sentence, its tokens parted at the ends of the words.
    sentence: Sentence,
    /// The first of the words in it.
    first: usize,
    /// How many words there are.
    count: usize,
}

impl Stretch {
    fn of(found: &Annotated, span: Span) -> Stretch {
        let at = found.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
        let around = found.sentences.get(at).filter(|sentence| sentence.span.holds(span.start()));
        let own = token::tokens(&found.report.text, span);
        let of_sentence = around.map_or(&[][..], |sentence| &sentence.tokens);
        let mut tokens: Vec<Token> =
            of_sentence.iter().copied().take_while(|token| token.span.end() <= span.start()).collect();
        let first = tokens.len();
        let count = own.len().min(LONGEST);
        tokens.extend(own);
        tokens.extend(of_sentence.iter().copied().filter(|token| token.span.start() >= span.end()));
        let block = around.map_or(0, |sentence| sentence.block);
        Stretch { sentence: Sentence { span, block, tokens }, first, count }
    }

    /// The first date in the words, and at which of them it begins; its end counts from the first of the words.
    fn read(&self, found: &Annotated, people: &BTreeSet<String>) -> Option<(usize, Match)> {
        let (read, _) = super::language(found);
        let words = self.words_from(0);
        let line = Line::new(found, &words, people);
        (0..self.count).find_map(|at| {
            let rest = self.words_from(at);
            let alone = Line::new(found, &rest, people);
            let in_rest = || read(&alone, 0).or_else(|| bare(&alone));
            let shifted = |matched: Match| Match { end: matched.end + at, ..matched };
            Some((at, read(&line, at).or_else(|| in_rest().map(shifted))?))
        })
    }

    /// The words from the one at `at` on, as a sentence.
    fn words_from(&self, at: usize) -> Sentence {
        let tokens = self.sentence.tokens[self.first + at..self.first + self.count].to_vec();
        Sentence { span: self.sentence.span, block: self.sentence.block, tokens }
    }
}

/// What a line begins with, read as nothing but a known date is: a number, a month, a weekday, a unit.
fn bare(line: &Line) -> Option<Match> {
    let of = |precision, reading| Some(Match { end: 1, reading, precision, alternatives: Vec::new() });
    if let Some(year) = line.digits(0, 2..=4) {
        return of(Precision::Year, DateReading { year: Some(year), ..Default::default() });
    }
    if let Some(found) = grammar::bare_name(line, 0) {
        return Some(found);
    }
    let unit = if line.word(0) == "date" { DateUnit::Day } else { told::named(line.word(0))? };
    Some(told::of(1, 0, unit))
}

/// The year that a number of two digits says; any other is the year itself.
fn whole_year(line: &Line, at: usize, year: i16, own: Option<Date>) -> i16 {
    if year >= 100 || line.digits(at, 2..=2).is_none() {
        return year;
    }
    let whole = |at: usize| line.digits(at, 4..=4).filter(|year| (1000..2100).contains(year));
    let before = (at.saturating_sub(BESIDE)..at).rev().find_map(whole);
    let beside = before.or_else(|| (at..line.len().min(at + BESIDE)).find_map(whole));
    match (beside, own) {
        (Some(beside), _) => years::nearest(year, beside),
        (None, Some(own)) => {
            let this = own.year() / 100 * 100 + year;
            if this > own.year() { this - 100 } else { this }
        }
        (None, None) => years::of_short(year),
    }
}

/// Gives `date` its value: from the range it is part of, from the date told before it, or as [`super::find`] does.
fn settle(found: &Annotated, date: &mut DateExpression, own: Option<Date>) {
    let blocks = &found.report.blocks;
    let before = &found.dates[..found.dates.partition_point(|told| told.span.start() < date.span.start())];
    let before = &before[..before.partition_point(|told| told.span.end() <= date.span.start())];
    if date.reading.from_told {
        date.basis = Basis::Relative;
        return count(blocks, before, date, own);
    }
    if let Some((worked, range)) = of_range(found, date) {
        (date.value, date.basis, date.from) = (Some(worked), Basis::OtherDate, Some((0, range)));
        return;
    }
    value(date, own);
    if chronicle::is_one(&found.dates, own) {
        chronicle::take(blocks, before, date);
    }
}

/// What counts from the date told last; "the morning" without one is that of the report's own day.
fn count(
    blocks: &[crate::model::Block],
    before: &[DateExpression],
    date: &mut DateExpression,
    own: Option<Date>,
) {
    if let Some((worked, span)) = calendar::told(blocks, before, date) {
        (date.value, date.alternatives) = (Some(worked.value), worked.alternatives);
        (date.basis, date.from) = (Basis::OtherDate, Some((0, span)));
    } else if matches!(date.reading.relative, Some((0, _))) {
        date.value = calendar::work_out(&date.reading, own).map(|worked| worked.value);
    }
}

/// The value of a part of a range that was found whole ("March" of "March to August 2011"), and the range.
fn of_range(found: &Annotated, date: &DateExpression) -> Option<(String, Span)> {
    let reading = &date.reading;
    let is_open = reading.year.is_none() && reading.relative.is_none() && reading.until.is_none();
    let range = found.dates.iter().find(|other| other.span.overlap(date.span) > 0 && is_open)?;
    let (first, last) = calendar::ends(range.value.as_ref()?)?;
    let end = if date.span.start() == range.span.start() { first } else { last };
    let seen = DateReading { is_ahead: None, ..reading.clone() };
    let is_whole = range.reading.until.is_some() || range.reading.year.is_some();
    let worked = calendar::work_out(&seen, Some(end)).filter(|_| is_whole)?;
    Some((worked.value, range.span))
}
