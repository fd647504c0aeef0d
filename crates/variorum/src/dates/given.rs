//! Reads the value of words that are known to be a date, whoever found them.
//!
//! In: a report and the span of the words in its text. Out: what the words say and their value, as [`super::find`] gives it.
//! Method: the grammar and the days to read from are those of [`super::find`]; what it asks to tell dates from other things (a preposition
//! before a bare year, a noun behind it) is not asked. A number of two digits is a year of the century nearest to the whole year beside it, a
//! part of a range takes from the whole what it leaves out, and "the day" is the one told last.
//! Leaves: days counted from an event ("the night before the vote"), times of day, durations.

use super::{chronicle, expression, grammar, told, value, years};
use crate::calendar;
use crate::line::{Line, People};
use crate::model::{Annotated, Basis, DateExpression, DateReading, DateUnit, Precision, Sentence};
use crate::span::Span;
use crate::token::{self, Kind, Token};
use grammar::Match;
use jiff::civil::Date;

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
/// characters. A call costs as much as the sentence and the dates of the report are long. Bytes of the source are turned into a span of the text by [`crate::model::SourceMap::to_text`].
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
    let people = People::of(&[]);
    let stretch = Stretch::of(found, span);
    let whole = Line::new(found, &stretch.sentence, &people);
    let (at, matched) = stretch.read(found, &people, &whole)?;
    let first = stretch.first + at;
    let end = stretch.first + matched.end;
    let (_, _, tense) = super::language(found);
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

    /// The first date in the words, and at which of them it begins; its end counts from the first of the words. The sentence
    /// `whole` is asked first, then the words alone.
    fn read(&self, found: &Annotated, people: &People, whole: &Line) -> Option<(usize, Match)> {
        let (_, read, _) = super::language(found);
        let words = self.words_from(0);
        let line = Line::new(found, &words, people);
        (0..self.count).find_map(|at| {
            let rest = self.words_from(at);
            let alone = Line::new(found, &rest, people);
            let in_rest = || read(&alone, 0).or_else(|| bare(&alone, self.has_one_number()));
            let in_whole = read(whole, self.first + at).filter(|found| found.end <= self.first + self.count);
            let matched = in_whole
                .map(|found| Match { end: found.end - self.first, ..found })
                .or_else(|| read(&line, at))
                .or_else(|| in_rest().map(|found| Match { end: found.end + at, ..found }))?;
            Some((at, matched))
        })
    }

    fn has_one_number(&self) -> bool {
        let words = &self.sentence.tokens[self.first..self.first + self.count];
        words.iter().filter(|token| token.kind == Kind::Number).count() == 1
    }

    /// The words from the one at `at` on, as a sentence.
    fn words_from(&self, at: usize) -> Sentence {
        let tokens = self.sentence.tokens[self.first + at..self.first + self.count].to_vec();
        Sentence { span: self.sentence.span, block: self.sentence.block, tokens }
    }
}

/// What a line begins with, read as nothing but a known date is: a number, a month, a weekday, a unit.
/// Two digits are a year where no other number stands beside them.
fn bare(line: &Line, is_only_number: bool) -> Option<Match> {
    let of = |precision, reading| Some(Match { end: 1, reading, precision, alternatives: Vec::new() });
    if let Some(year) = line.digits(0, if is_only_number { 2..=4 } else { 3..=4 }) {
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
    let paragraphs = calendar::paragraphs(found);
    let before = &found.dates[..found.dates.partition_point(|told| told.span.start() < date.span.start())];
    let before = &before[..before.partition_point(|told| told.span.end() <= date.span.start())];
    if date.reading.from_told {
        date.basis = Basis::Relative;
        return count(&paragraphs, before, date, own);
    }
    if let Some((worked, range)) = of_range(found, date) {
        (date.value, date.basis, date.from) = (Some(worked), Basis::OtherDate, Some((0, range)));
        return;
    }
    value(date, own);
    if chronicle::is_one(&found.dates, own) {
        chronicle::take(&found.report.text, before, date);
    }
}

/// What counts from the date told last; "the morning" without one is that of the report's own day.
fn count(paragraphs: &[usize], before: &[DateExpression], date: &mut DateExpression, own: Option<Date>) {
    if let Some((worked, span)) = calendar::told(paragraphs, before, date) {
        (date.value, date.alternatives) = (Some(worked.value), worked.alternatives);
        (date.basis, date.from) = (calendar::basis_of_told(&date.reading), Some((0, span)));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of the words in brackets in a report of Wednesday, 5 March 2025; `?` for a date without a value, `-` for none.
    fn check(text: &str, expected: &str) {
        let (before, rest) = text.split_once('[').unwrap_or_default();
        let (words, behind) = rest.split_once(']').unwrap_or_default();
        let found = super::super::tests::report(&[before, words, behind].concat(), Some("2025-03-05"));
        let span = Span::new(before.len(), before.len() + words.len());
        let value = match value_of(&found, span) {
            Some(date) => date.value.unwrap_or("?".to_owned()),
            None => "-".to_owned(),
        };
        assert_eq!(value, expected, "value of the words in brackets in {text:?}");
    }

    #[test]
    fn a_bare_number_is_a_year() {
        check("Taken by the raiders [866], it grew.", "0866");
        check("About [2000] came to 2019 Harbour Street.", "2000");
        check("Roe in [80] and 84.", "1980");
        check("Roe in [08] or later.", "2008");
        check("It ran in 1920 and in [21].", "1921");
        check("The mill of Sund, [AD 842].", "0842");
    }

    #[test]
    fn a_part_of_a_range_takes_from_the_whole() {
        check("It ran from [March] to August 2011.", "2011-03");
        check("It ran from March to [August 2011].", "2011-08");
        check("It is shown [January 23] - March 9 2014.", "2014-01-23");
        check("It is shown January 23 - [March 9] 2014.", "2014-03-09");
        check("Built between [1656] and 1662.", "1656");
    }

    #[test]
    fn words_around_the_date_are_passed_over() {
        check("He fell at [about 11am on Friday], they said.", "2025-02-28");
        check("It was shown for [the last year].", "2024");
        check("It is due by [the end of the year].", "2025-12-31");
        check("At [the time of writing] it was shut.", "2025-03-05");
        check("[Good morning] to all.", "2025-03-05");
        check("They met on [Tue] or May 1.", "2025-03-04");
        check("It broke on 3 May 2010. In the last hour of [the day] it rained.", "2010-05-03");
        check("It broke on 3 May 2010, and [five days before] her birthday.", "2010-04-28");
    }

    #[test]
    fn what_is_no_date_has_no_value() {
        check("The [Bridge of Sund] stands.", "-");
        check("She won [the 30th game].", "-");
        check("The [] bridge stands.", "-");
        check("It broke [two years later].", "?");
        let found = super::super::tests::report("Ä bridge.", None);
        assert_eq!(value_of(&found, Span::new(1, 2)), None);
        assert_eq!(value_of(&found, Span::new(4, 400)), None);
    }
}
