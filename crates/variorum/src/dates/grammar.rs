//! The grammar of dates in news: which tokens are one, and what they say.
//!
//! In: a [`Line`] and a place in it. Out: the longest date that begins there. Nothing is worked out here: "March 3"
//! stays a month and a day. Each rule is one function, tried in the order of [`OF_NUMBERS`] or [`OF_WORDS`]; [`at`] joins two to a range.
//! A time of day belongs to the date beside it (see [`super::clock`]).
//! Years are read in [`super::years`], what counts from a date told before in [`super::told`].
//! Leaves: times without a date, durations, days counted from an event ("two days after the vote"), sets ("every Monday").

use super::{clock, is_of, told, years};
use crate::lexicon::{self, Table, Words};
use crate::line::Line;
use crate::model::{DateReading, DateUnit, Precision};
use crate::token::{Kind, Token, without_possessive};
use crate::vocabulary::Lists;
use jiff::civil::Date;
use std::sync::LazyLock;

/// A date as it stands in a line.
#[derive(Clone, Debug)]
pub struct Match {
    /// One past its last token.
    pub end: usize,
    /// What the words say.
    pub reading: DateReading,
    /// How precise.
    pub precision: Precision,
    /// What it can be otherwise, where the words themselves are ambiguous ("03/04/2025").
    pub alternatives: Vec<String>,
}

type Rule = fn(&Line, usize) -> Option<Match>;
type Named = Table<(i8, &'static str)>;

/// The rules for one day, month or year that begins with a number, the more telling first.
const OF_NUMBERS: &[Rule] = &[
    iso,
    numeric,
    named_day,
    day_led,
    years::century,
    years::decade,
    ago,
    told::at,
    ordinal_alone,
    years::of_era,
    years::alone,
    years::short,
];

/// The same for one that begins with a word.
const OF_WORDS: &[Rule] = &[
    weekday_led,
    month_led,
    quarter,
    half,
    years::century,
    feast,
    season,
    years::decade,
    near_day,
    near_unit,
    ago,
    told::at,
    end_of_unit,
    years::of_era,
];

static MONTHS: LazyLock<Named> = LazyLock::new(|| named(include_str!("../../lang/en/months.txt")));
static WEEKDAYS: LazyLock<Named> = LazyLock::new(|| named(include_str!("../../lang/en/weekdays.txt")));
static SEASONS: LazyLock<Table<Vec<Option<i8>>>> = LazyLock::new(|| {
    Table::of(
        lexicon::rows(include_str!("../../lang/en/seasons.txt"))
            .map(|row| (row[0], row[1..].iter().map(|part| part.parse().ok()).collect())),
    )
});

/// Days named for their date.
static NAMED_DAYS: LazyLock<Table<Date>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../lang/en/named-days.txt"));
    Table::of(rows.filter_map(|row| Some((row[0], row.get(1)?.parse().ok()?))))
});

/// Lists of names in small letters that a date may begin with, with a capital.
const NAMES: Lists = Lists::MONTH.and(Lists::WEEKDAY).and(Lists::FEAST);

/// The first words of the names of feasts.
static FEAST_WORDS: LazyLock<Words> = LazyLock::new(|| {
    let first = |name: &&'static str| without_possessive(name.split(' ').next().unwrap_or(name));
    Words::of(SEASONS.keys().map(first))
});

fn named(list: &'static str) -> Named {
    Table::of(lexicon::rows(list).filter_map(|row| Some((row[0], (row.get(1)?.parse().ok()?, *row.get(2)?)))))
}

/// The date that begins at `at`, with the part of the day and the time that belong to it.
pub fn at(line: &Line, at: usize) -> Option<Match> {
    if !may_begin(line, at) {
        return None;
    }
    let found = dated(line, at).or_else(|| led_by_time(line, at)).or_else(|| led_by_part(line, at))?;
    Some(with_time(line, found))
}

/// The next place from `at` on where a date may begin.
pub fn next(line: &Line, at: usize) -> Option<usize> {
    let places = at.min(line.len())..line.len();
    places.clone().zip(&line.tokens[places]).find_map(|(at, token)| begins(line, token, at).then_some(at))
}

/// Whether a date may begin at `at`: asked of every word, so that the rules are tried on few.
fn may_begin(line: &Line, at: usize) -> bool {
    line.tokens.get(at).is_some_and(|token| begins(line, token, at))
}

/// The same of `token`, which stands at `at`.
#[inline]
fn begins(line: &Line, token: &Token, at: usize) -> bool {
    match token.kind {
        Kind::Number => true,
        Kind::Word => {
            let lists = line.lists_of(token);
            let is_name = || lists.touch(NAMES) || token.of(line.text).starts_with("AD");
            lists.touch(Lists::DATE_OPENING.and(Lists::NUMERAL)) && leads(line, at)
                || token.is_capitalised() && is_name()
        }
        Kind::Mark => false,
    }
}

/// Whether what follows "a", "an" or "that" can make a date of it: no rule takes them but before the name of a unit.
#[inline(never)]
fn leads(line: &Line, at: usize) -> bool {
    match &*line.single_word(at) {
        "a" | "an" => told::counts(&line.single_word(at + 1)).is_some(),
        "that" => {
            let next = &*line.single_word(at + 1);
            matches!(next, "same" | "very") || told::named(next).is_some()
        }
        _ => true,
    }
}

/// The date or range that begins at `at`.
fn dated(line: &Line, at: usize) -> Option<Match> {
    let found = days_before_month(line, at).or_else(|| {
        let near = single(line, at)?;
        Some(to_range(line, at, &near).unwrap_or(near))
    });
    found.map(|found| with_year_told(line, found))
}

/// "July 13 last year", "July 13 to 17 of last year".
fn with_year_told(line: &Line, mut found: Match) -> Match {
    let reading = &found.reading;
    let is_open = reading.month.is_some() && reading.day.is_some() && !reading.from_told;
    let has_year = reading.year.is_some() || reading.relative.is_some();
    let next = found.end + usize::from(line.word(found.end) == "of");
    let count = nearness(line.word(next)).filter(|_| line.word(next + 1) == "year");
    if let Some(count) = count.filter(|_| is_open && !has_year) {
        found.reading.relative = Some((count, DateUnit::Year));
        found.end = next + 2;
    }
    found
}

/// "8:30 p.m. on Friday", "14:25 GMT, 3 March 2025": a time and the day it is of.
fn led_by_time(line: &Line, at: usize) -> Option<Match> {
    let end = clock::at(line, at)?;
    let next = end + usize::from(line.is(end, &["on", ","]));
    dated(line, next).filter(|found| found.precision == Precision::Day)
}

/// "early Tuesday", "late on Friday", "mid-March 2019", "early 2020", "night of May 5".
fn led_by_part(line: &Line, at: usize) -> Option<Match> {
    if line.is(at, &["morning", "afternoon", "evening", "night"]) && line.word(at + 1) == "of" {
        return dated(line, at + 2).filter(|found| found.precision == Precision::Day);
    }
    if !line.is(at, &["early", "late", "mid"]) {
        return None;
    }
    let next = at + 1 + usize::from(line.is(at + 1, &["on", "in", "-"]));
    let is_day_of_late = |found: &Match| line.word(at + 1) != "on" || found.precision == Precision::Day;
    dated(line, next).filter(|found| found.reading.until.is_none() && is_day_of_late(found))
}

/// A day with the part of it and the time behind: "Tuesday morning", "7 May 2012 at 9:56 a.m.".
fn with_time(line: &Line, mut found: Match) -> Match {
    if found.precision != Precision::Day {
        return found;
    }
    let is_part = line.is(found.end, &["morning", "afternoon", "evening", "night"]);
    found.end += usize::from(is_part && !line.is_capitalised(found.end));
    let next = found.end + usize::from(line.is(found.end, &["at", ",", "-", "–"]));
    found.end = clock::at(line, next).unwrap_or(found.end);
    found
}

fn single(line: &Line, at: usize) -> Option<Match> {
    let rules = if line.kind(at) == Some(Kind::Number) { OF_NUMBERS } else { OF_WORDS };
    rules.iter().find_map(|rule| rule(line, at))
}

pub fn day(end: usize, reading: DateReading) -> Match {
    Match { end, reading, precision: Precision::Day, alternatives: Vec::new() }
}

pub fn is_day_of_year(year: Option<i16>, month: i8, day: i8) -> bool {
    // Without a year the 29th of February is one.
    Date::new(year.unwrap_or(2024), month, day).is_ok()
}

/// "2025-01-27", also with a time behind it; "2025.01.27".
pub fn iso(line: &Line, at: usize) -> Option<Match> {
    if line.written(at).len() == 10 {
        return with_points(line, at);
    }
    let year = line.digits(at, 4..=4)?;
    let is_dash = |at| line.word(at) == "-" && line.is_joined(at - 1) && line.is_joined(at);
    if !is_dash(at + 1) || !is_dash(at + 3) {
        return None;
    }
    let month = i8::try_from(line.digits(at + 2, 2..=2)?).ok()?;
    let last = line.written(at + 4).split(['T', 't']).next()?;
    let of_month: i8 = (last.len() == 2).then(|| last.parse().ok())??;
    is_day_of_year(Some(year), month, of_month).then(|| {
        day(
            at + 5,
            DateReading { year: Some(year), month: Some(month), day: Some(of_month), ..Default::default() },
        )
    })
}

/// "2025.01.27".
fn with_points(line: &Line, at: usize) -> Option<Match> {
    let mut parts = line.written(at).split('.');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let (month, of_month): (i8, i8) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let reading =
        DateReading { year: Some(year), month: Some(month), day: Some(of_month), ..Default::default() };
    (year >= 1000 && is_day_of_year(Some(year), month, of_month)).then(|| day(at + 1, reading))
}

/// "9/11": a day that has its name from its date.
fn named_day(line: &Line, at: usize) -> Option<Match> {
    if line.kind(at) != Some(Kind::Number) || line.word(at + 1) != "/" || !line.is_joined(at) {
        return None;
    }
    let last = at + 2;
    let ends = !(line.is_joined(last)
        && line.is(last + 1, &["/", "."])
        && line.kind(last + 2) == Some(Kind::Number));
    let name = line.tokens[at].span.cover(line.tokens.get(last)?.span).of(line.text);
    let value = NAMED_DAYS.get(name).filter(|_| ends && line.is_joined(at + 1) && line.before(at) != "/")?;
    Some(day(last + 1, stated(*value)))
}

fn stated(day: Date) -> DateReading {
    DateReading {
        year: Some(day.year()),
        month: Some(day.month()),
        day: Some(day.day()),
        ..Default::default()
    }
}

/// "27/01/2025", "27.1.2025", "1/27/25". Where both orders are days the first is taken for the day and both stay as
/// alternatives, without a value.
fn numeric(line: &Line, at: usize) -> Option<Match> {
    let (parts, end) = numeric_parts(line, at)?;
    let [first, second, year] = parts;
    let year = if year < 100 { year + 2000 } else { year };
    if !(1000..2100).contains(&year) {
        return None;
    }
    let order = |of_month: i16, month: i16| {
        let (month, of_month) = (i8::try_from(month).ok()?, i8::try_from(of_month).ok()?);
        let reading =
            DateReading { year: Some(year), month: Some(month), day: Some(of_month), ..Default::default() };
        is_day_of_year(Some(year), month, of_month).then_some(reading)
    };
    let written = |reading: &DateReading| crate::calendar::work_out(reading, None).map(|worked| worked.value);
    match (order(first, second), order(second, first)) {
        (Some(day_first), Some(month_first)) if first != second => {
            let alternatives = [&day_first, &month_first].into_iter().filter_map(written).collect();
            // Points stand behind a day that comes first, as a rule; a slash says nothing.
            let has_points = line.written(at).contains('.');
            let reading = if has_points { day_first } else { DateReading::default() };
            Some(Match { alternatives, ..day(end, reading) })
        }
        (Some(reading), _) | (None, Some(reading)) => Some(day(end, reading)),
        (None, None) => None,
    }
}

fn numeric_parts(line: &Line, at: usize) -> Option<([i16; 3], usize)> {
    let written = line.written(at);
    if line.kind(at)? != Kind::Number || line.before(at) == "/" {
        return None;
    }
    if written.matches('.').count() == 2 {
        let parts: Vec<i16> = written.split('.').map_while(|part| part.parse().ok()).collect();
        let is_date = written.rsplit('.').next().is_some_and(|year| year.len() == 4);
        return Some(([*parts.first()?, *parts.get(1)?, *parts.get(2)?], at + 1)).filter(|_| is_date);
    }
    let mark = line.word(at + 1);
    let is_joined = (at..at + 4).all(|at| line.is_joined(at));
    // "4 / 9 / 2007", where white space parts all of it.
    let is_spaced = mark == "/" && (at..at + 4).all(|at| !line.is_joined(at)) && line.word(at + 5) != "/";
    if !(is_joined || is_spaced) || !matches!(mark, "/" | "-") || line.word(at + 3) != mark {
        return None;
    }
    let year = line.digits(at + 4, 4..=4).or_else(|| line.digits(at + 4, 2..=2).filter(|_| mark == "/"))?;
    Some(([line.digits(at, 1..=2)?, line.digits(at + 2, 1..=2)?, year], at + 5))
}

/// "Monday, January 27", "Mon 27 Jan 2025", "Monday 27th", "Monday".
fn weekday_led(line: &Line, at: usize) -> Option<Match> {
    if !line.is_capitalised(at) {
        return None;
    }
    let &(weekday, kind) = WEEKDAYS.get(line.word(at))?;
    let stop = at + 1 + usize::from(kind == "short" && line.word(at + 1) == ".");
    let mut next = stop + usize::from(line.word(stop) == ",");
    next += usize::from(line.is(next, &["the"]));
    let dated = [iso, numeric, month_led, day_led, ordinal_day].iter().find_map(|rule| rule(line, next));
    if let Some(mut dated) = dated.filter(|dated| dated.precision == Precision::Day) {
        dated.reading.weekday = Some(weekday);
        return Some(dated);
    }
    let is_name = is_of("not-before", line.before(at))
        || is_of("not-behind", line.word(at + 1)) && line.is_capitalised(at + 1)
        || line.is(at + 1, &["night", "evening"])
            && line.is_capitalised(at + 1)
            && line.is_capitalised(at + 2)
        || line.is(at + 1, &["mornings", "afternoons", "evenings", "nights"])
        || line.is(at.wrapping_sub(1), &["every", "each", "a"]);
    (kind == "name" && !is_name)
        .then(|| day(at + 1, DateReading { weekday: Some(weekday), ..Default::default() }))
}

fn ordinal_day(line: &Line, at: usize) -> Option<Match> {
    let of_month =
        day_number(line, at).filter(|_| !line.written(at).bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(day(at + 1, DateReading { day: Some(of_month), ..Default::default() }))
}

/// "on the 27th": an ordinal after "the" that no noun follows.
fn ordinal_alone(line: &Line, at: usize) -> Option<Match> {
    let is_led = line.before(at) == "the"
        && at >= 2
        && line.is(at - 2, &["on", "by", "until", "since", "from", "before", "after"]);
    let other = at + 2 + usize::from(line.word(at + 2) == "the");
    let is_tied = line.is(at + 1, &["and", "to"]) && ordinal_day(line, other).is_some();
    // "From the 6th to the 12th week" counts weeks.
    let last = if is_tied { other } else { at };
    ordinal_day(line, at).filter(|_| is_led && closes(line, last + 1))
}

/// Whether what stands at `at` is no noun that an ordinal before it counts.
fn closes(line: &Line, at: usize) -> bool {
    line.kind(at).is_none_or(|kind| kind == Kind::Mark && line.word(at) != "-")
        || line.is(at, &["and", "at", "when", "after", "before", "but", "as", "to", "with", "for"])
}

/// Whether `word` (folded) is the name of a month, whole or short.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains_key(word)
}

/// Whether a date begins at `at`.
pub fn is_dated(line: &Line, at: usize) -> bool {
    may_begin(line, at) && single(line, at).is_some()
}

/// The month at `at`, its kind, and the token behind it and its full stop.
fn month(line: &Line, at: usize) -> Option<(i8, &'static str, usize)> {
    if !line.is_capitalised(at) {
        return None;
    }
    let &(month, kind) = MONTHS.get(line.word(at))?;
    let has_stop = kind == "short" && line.word(at + 1) == "." && line.is_joined(at);
    Some((month, kind, at + 1 + usize::from(has_stop)))
}

/// "27", "27th": the day of a month.
fn day_number(line: &Line, at: usize) -> Option<i8> {
    let written = line.written(at);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| written.strip_suffix(end)).unwrap_or(written);
    if !(1..=2).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // "9:30" and "3.5%" are none.
    let is_clock = line.word(at + 1) == ":" && line.kind(at + 2) == Some(Kind::Number);
    let goes_on = (is_clock || line.word(at + 1) == "%") && line.is_joined(at);
    (!goes_on).then(|| digits.parse().ok())?.filter(|day| (1..=31).contains(day))
}

/// A year behind a day or month, with or without a comma, and the token behind it. One of three digits stands before a bracket
/// that closes, or behind "of" and before a mark.
fn year_behind(line: &Line, at: usize) -> Option<(i16, usize)> {
    let first = at + usize::from(line.word(at) == "of");
    let ends = if first > at { &[")", ",", ";", "."][..] } else { &[")"] };
    if let Some(year) = line.digits(first, 3..=3).filter(|year| *year >= 100 && line.is(first + 1, ends)) {
        return Some((year, first + 1));
    }
    let at = at + usize::from(matches!(line.word(at), "," | "of"));
    let year = line.digits(at, 4..=4).filter(|year| (1000..2200).contains(year))?;
    (!years::is_count(line, at)).then_some((year, at + 1))
}

/// "January 27", "Jan. 27, 2025", "March 3rd 2025", "January 2025", "October of 2019", "March last year", "March".
fn month_led(line: &Line, at: usize) -> Option<Match> {
    let (month, kind, next) = month(line, at)?;
    let mut reading = DateReading { month: Some(month), ..Default::default() };
    let behind = next + usize::from(line.word(next) == "the" && kind != "short");
    if let Some(of_month) = day_number(line, behind).filter(|&day| is_day_of_year(None, month, day)) {
        if is_of("counted", line.word(behind + 1)) && kind == "doubtful" {
            return None;
        }
        reading.day = Some(of_month);
        let (year, end) = match year_behind(line, behind + 1) {
            Some((year, end)) => (Some(year), end),
            None => (None, behind + 1),
        };
        reading.year = year;
        return Some(day(end, reading)).filter(|_| is_day_of_year(year, month, of_month));
    }
    let of = |end, reading| Match { end, reading, precision: Precision::Month, alternatives: Vec::new() };
    if let Some((year, end)) = year_behind(line, next) {
        return Some(of(end, DateReading { year: Some(year), ..reading }));
    }
    let of_year = next + usize::from(line.word(next) == "of");
    if let Some(count) = nearness(line.word(of_year)).filter(|_| line.is(of_year + 1, &["year"])) {
        return Some(of(of_year + 2, DateReading { relative: Some((count, DateUnit::Year)), ..reading }));
    }
    let is_bare = is_bare_month(line, at, kind) || begins_range(line, at) && kind != "short";
    is_bare.then(|| of(at + 1, reading))
}

/// The "March" of "March to August 2011".
fn begins_range(line: &Line, at: usize) -> bool {
    let far = month(line, at + 2).filter(|_| is_connector(line, at + 1));
    far.is_some_and(|(_, _, end)| line.digits(end, 4..=4).is_some_and(|year| (1000..2200).contains(&year)))
}

fn is_bare_month(line: &Line, at: usize, kind: &str) -> bool {
    let before = line.before(at);
    let is_led = is_of("lead", before) || before == "-" && at >= 2 && line.word(at - 2) == "mid";
    let is_weakly_led = matches!(before, "of" | "to" | "and" | "from" | "by" | "after" | "before" | "past");
    let name_follows = line.is_capitalised(at + 1);
    let stops = line.kind(at + 1).is_none_or(|kind| kind == Kind::Mark);
    match kind {
        "name" => is_led || !name_follows,
        "doubtful" if line.is_person(line.word(at)) => false,
        "doubtful" if is_weakly_led => stops,
        "doubtful" => is_led && !(name_follows && is_of("not-behind", line.word(at + 1))),
        _ => false,
    }
}

/// "27 January", "27th of January 2025", "4 Jan. 2025".
fn day_led(line: &Line, at: usize) -> Option<Match> {
    let of_month = day_number(line, at)?;
    let next = at + 1 + usize::from(line.word(at + 1) == "of");
    let (month, _, end) = month(line, next)?;
    let (year, end) = match year_behind(line, end) {
        Some((year, end)) => (Some(year), end),
        None => (None, end),
    };
    let reading = DateReading { year, month: Some(month), day: Some(of_month), ..Default::default() };
    is_day_of_year(year, month, of_month).then(|| day(end, reading))
}

/// "3–5 March", "3 and 5 March 2025", "3rd to 5th of March".
fn days_before_month(line: &Line, at: usize) -> Option<Match> {
    let from = day_number(line, at)?;
    if !is_connector(line, at + 1) && line.word(at + 1) != "and" {
        return None;
    }
    days_to(from, day_led(line, at + 2)?)
}

/// The days from one of a month to the later one that `far` is.
pub fn days_to(from: i8, mut far: Match) -> Option<Match> {
    if far.reading.day.is_none_or(|until| until <= from) {
        return None;
    }
    let near = DateReading { day: Some(from), ..far.reading.clone() };
    far.reading = DateReading { until: Some(Box::new(far.reading)), ..near };
    far.precision = Precision::Range;
    Some(far)
}

pub fn is_connector(line: &Line, at: usize) -> bool {
    line.is(at, &["-", "–", "—", "to", "through", "until", "till"])
}

/// `near` and what a connector ties to it: "March 3–5, 2025", "2019–2021", "between January and March". Ends that each
/// state their year ("from 2019 to 2021") are two dates, but behind "between".
fn to_range(line: &Line, at: usize, near: &Match) -> Option<Match> {
    let is_between = line.word(near.end) == "and" && line.before(at) == "between";
    if near.precision == Precision::Range || !(is_connector(line, near.end) || is_between) {
        return None;
    }
    let far = near.end + 1;
    let (until, end, year) = days_behind(line, near, far).or_else(|| whole_end(line, near, far))?;
    let is_glued = line.is_joined(near.end - 1) && line.is_joined(near.end);
    let stands_alone = near.reading.year.is_some() && until.year.is_some() && year.is_none();
    if stands_alone && !is_glued && !is_between {
        return None;
    }
    let mut reading = near.reading.clone();
    reading.year = reading.year.or(year);
    reading.until = Some(Box::new(until));
    Some(Match { end, reading, precision: Precision::Range, alternatives: Vec::new() })
}

/// The "5, 2025" of "March 3–5, 2025", the "21" of "2019–21".
fn days_behind(line: &Line, near: &Match, far: usize) -> Option<(DateReading, usize, Option<i16>)> {
    let ends_in_number = line.kind(near.end - 1) == Some(Kind::Number);
    let first = &near.reading;
    if near.precision == Precision::Year && line.is_joined(near.end - 1) {
        let (first, short) = (first.year?, line.digits(far, 2..=2)?);
        let year = first / 100 * 100 + short;
        let until = DateReading { year: Some(year), ..Default::default() };
        return (year > first && line.is_joined(near.end)).then_some((until, far + 1, None));
    }
    let of_month = day_number(line, far)?;
    if !ends_in_number || first.day.is_none_or(|from| from >= of_month) || first.year.is_some() {
        return None;
    }
    if month(line, far + 1).is_some() || is_of("counted", line.word(far + 1)) {
        return None;
    }
    let year = year_behind(line, far + 1);
    let until = DateReading {
        year: year.map(|(year, _)| year),
        month: first.month,
        day: Some(of_month),
        ..Default::default()
    };
    Some((until, year.map_or(far + 1, |(_, end)| end), year.map(|(year, _)| year)))
}

/// The "March 5" of "Monday, March 3 to Wednesday, March 5": a whole date as precise as the near one.
fn whole_end(line: &Line, near: &Match, far: usize) -> Option<(DateReading, usize, Option<i16>)> {
    let whole = single(line, far).or_else(|| bare_end(line, near, far))?;
    let same_kind = whole.precision == near.precision
        && whole.reading.weekday.is_some() == near.reading.weekday.is_some()
        && whole.reading.month.is_some() == near.reading.month.is_some();
    let is_plain = near.reading.relative.is_none() && whole.reading.relative.is_none();
    (same_kind && is_plain).then_some((whole.reading, whole.end, None))
}

/// A month that nothing but the range leads ("from March to May").
fn bare_end(line: &Line, near: &Match, far: usize) -> Option<Match> {
    let (month, kind, _) = month(line, far).filter(|_| near.precision == Precision::Month)?;
    (kind != "short" && !line.is_capitalised(far + 1)).then(|| Match {
        end: far + 1,
        reading: DateReading { month: Some(month), ..Default::default() },
        precision: Precision::Month,
        alternatives: Vec::new(),
    })
}

/// "the first quarter of 2026", "Q2", "Q3 2025".
fn quarter(line: &Line, at: usize) -> Option<Match> {
    let ordinals = ["first", "second", "third", "fourth"];
    let names = ["q1", "q2", "q3", "q4"];
    let behind = at + 1 + usize::from(line.word(at + 1) == "-");
    let spelled = ordinals.iter().position(|word| line.word(at) == *word && line.word(behind) == "quarter");
    let (number, next) = match spelled {
        Some(number) => (number, behind + 1),
        None => (names.iter().position(|name| line.word(at) == *name)?, at + 1),
    };
    let first = i8::try_from(number).ok()? * 3 + 1;
    Some(months(line, next, first, first + 2))
}

/// "the first half of 2025"; without a year it is a half of something else.
fn half(line: &Line, at: usize) -> Option<Match> {
    let number = ["first", "second"].iter().position(|word| line.word(at) == *word)?;
    let first = i8::try_from(number).ok()? * 6 + 1;
    let found = (line.word(at + 1) == "half").then(|| months(line, at + 2, first, first + 5))?;
    (found.end > at + 2).then_some(found)
}

/// Months `first` to `last` with the year behind them: "of 2026", "of last year", or none.
fn months(line: &Line, next: usize, first: i8, last: i8) -> Match {
    let mut reading = DateReading { month: Some(first), ..Default::default() };
    let mut end = next;
    let of = next + usize::from(line.word(next) == "of");
    if let Some((year, behind)) = year_behind(line, next) {
        (reading.year, end) = (Some(year), behind);
    } else if let Some(count) = nearness(line.word(of)).filter(|_| line.is(of + 1, &["year"])) {
        (reading.relative, end) = (Some((count, DateUnit::Year)), of + 2);
    }
    reading.until = Some(Box::new(DateReading { month: Some(last), ..Default::default() }));
    Match { end, reading, precision: Precision::Range, alternatives: Vec::new() }
}

/// "Christmas Day", "New Year’s Eve 2024".
fn feast(line: &Line, at: usize) -> Option<Match> {
    if !line.is_capitalised(at) || !FEAST_WORDS.contains(line.word(at)) {
        return None;
    }
    let (ends, length) = (1..=line.len().saturating_sub(at).min(3)).rev().find_map(|length| {
        let words: Vec<&str> = (at..at + length).map(|at| line.written(at)).collect();
        let joined = words.join(" ");
        let name = &*crate::token::fold(&joined);
        Some((SEASONS.get(name).filter(|ends| ends.get(1).is_some_and(Option::is_some))?, length))
    })?;
    let is_name = line.is_capitalised(at + length) || at > 1 && line.is_capitalised(at - 1);
    if is_name {
        return None;
    }
    let mut reading = DateReading { month: *ends.first()?, day: *ends.get(1)?, ..Default::default() };
    let mut end = at + length;
    if let Some((year, behind)) = year_behind(line, end) {
        (reading.year, end) = (Some(year), behind);
    }
    Some(day(end, reading))
}

/// "summer 2024", "the spring of 2025", "last winter".
fn season(line: &Line, at: usize) -> Option<Match> {
    let lead = nearness(line.word(at)).filter(|_| !line.is(at.wrapping_sub(1), POSSESSIVES));
    let name = at + usize::from(lead.is_some());
    let ends = SEASONS.get(line.word(name)).filter(|ends| ends.get(1).is_some_and(Option::is_none))?;
    let (first, last) = (*ends.first()?, *ends.get(2)?);
    let mut found = months(line, name + 1, first?, last?);
    if lead.is_some() {
        found.reading.is_ahead = lead.map(|count| count > 0);
    }
    (lead.is_some() || found.end > name + 1).then_some(found)
}

/// "today", "yesterday", "tomorrow night", "last night", "this morning", "the day before yesterday".
fn near_day(line: &Line, at: usize) -> Option<Match> {
    let of = |count, length| {
        Some(day(at + length, DateReading { relative: Some((count, DateUnit::Day)), ..Default::default() }))
    };
    let is_name = line.is_capitalised(at)
        && at > 0
        && (line.is_capitalised(at - 1) || is_of("not-behind", line.word(at + 1)));
    match (line.word(at), line.word(at + 1)) {
        _ if is_name => None,
        ("today" | "tonight", _) => of(0, 1),
        ("day", "before") if line.word(at + 2) == "yesterday" => of(-2, 3),
        ("day", "after") if line.word(at + 2) == "tomorrow" => of(2, 3),
        ("yesterday", _) => of(-1, 1),
        ("tomorrow", _) => of(1, 1),
        ("last", "night") => of(-1, 2),
        ("this", "morning" | "afternoon" | "evening") => of(0, 2),
        ("time", "of") if line.is(at + 2, &["writing", "publication"]) && line.before(at) == "the" => {
            of(0, 3)
        }
        _ => None,
    }
}

const POSSESSIVES: &[&str] = &["the", "his", "her", "their", "its", "my", "our", "your"];

/// What "last", "this" and "next" say of the unit behind them.
pub fn nearness(word: &str) -> Option<i32> {
    match word {
        "last" => Some(-1),
        "this" => Some(0),
        "next" => Some(1),
        _ => None,
    }
}

/// "last month", "earlier this week", "next Monday", "last May", "this weekend".
fn near_unit(line: &Line, at: usize) -> Option<Match> {
    let lead = usize::from(line.is(at, &["earlier", "later", "early", "late"]));
    let word = at + lead;
    // "The past month" is read as the one before; "the last month" can be any thirty days.
    let is_past = lead == 0 && line.word(word) == "past" && line.is(word + 1, &["week", "month", "year"]);
    let count = if is_past { -1 } else { nearness(line.word(word))? };
    if line.is(word.wrapping_sub(1), POSSESSIVES) && !is_past {
        return None;
    }
    let unit = line.word(word + 1);
    if is_title(line, word) {
        return None;
    }
    let end = word + 2;
    let of = |reading, precision| Some(Match { end, reading, precision, alternatives: Vec::new() });
    let counted = |unit| DateReading { relative: Some((count, unit)), ..Default::default() };
    match unit {
        "week" => of(counted(DateUnit::Week), Precision::Range),
        "weekend" => {
            let until = Some(Box::new(DateReading { weekday: Some(7), ..Default::default() }));
            of(DateReading { weekday: Some(6), until, ..counted(DateUnit::Week) }, Precision::Range)
        }
        "month" => of(counted(DateUnit::Month), Precision::Month),
        "quarter" => of(counted(DateUnit::Quarter), Precision::Range),
        "year" => of(counted(DateUnit::Year), Precision::Year),
        _ => near_name(line, word + 1, count),
    }
}

/// "This Week" amid small letters: a programme.
fn is_title(line: &Line, at: usize) -> bool {
    let is_small =
        |at| line.kind(at) == Some(Kind::Word) && !line.is_capitalised(at) && line.word(at).len() > 4;
    let is_capital = line.is_capitalised(at) && line.is_capitalised(at + 1);
    let is_unit = line.is(at + 1, &["week", "weekend", "month", "year"]);
    at > 0 && is_capital && is_unit && (0..line.len()).any(is_small)
}

/// The "Monday" of "last Monday", the "May" of "next May".
fn near_name(line: &Line, at: usize, count: i32) -> Option<Match> {
    if let Some(mut found) = weekday_led(line, at) {
        if found.reading.day.is_none() {
            found.reading.relative = Some((count, DateUnit::Week));
        }
        return Some(found);
    }
    let (month, kind, end) = month(line, at).filter(|&(_, kind, end)| kind != "short" && end == at + 1)?;
    let mut reading = DateReading { month: Some(month), ..Default::default() };
    match count {
        0 => reading.relative = Some((0, DateUnit::Year)),
        _ => reading.is_ahead = Some(count > 0),
    }
    let is_name = kind == "doubtful" && line.is_capitalised(end);
    (!is_name).then_some(Match { end, reading, precision: Precision::Month, alternatives: Vec::new() })
}

/// "Monday" or "March" behind a word that says which: `count` is -1 for the one before, 1 for the next.
pub fn name(line: &Line, at: usize, count: i32) -> Option<Match> {
    near_name(line, at, count)
}

/// "by the end of the year", "by year-end", "at the end of this month": a deadline is the last day of a year. The end of "the" year is
/// the report's own only as a deadline.
fn end_of_unit(line: &Line, at: usize) -> Option<Match> {
    let (unit, end, count) = of_end(line, at).or_else(|| year_end(line, at))?;
    let first = at - usize::from(line.before(at) == "the");
    let is_deadline =
        unit == DateUnit::Year && line.is(first.wrapping_sub(1), &["by", "before", "until", "till"]);
    let mut reading = DateReading { relative: Some((count.unwrap_or(0), unit)), ..Default::default() };
    if is_deadline {
        (reading.month, reading.day) = (Some(12), Some(31));
        return Some(day(end, reading));
    }
    count?;
    let precision = if unit == DateUnit::Year { Precision::Year } else { Precision::Month };
    Some(Match { end, reading, precision, alternatives: Vec::new() })
}

/// "end of the year", "end of this month"; and which one, where that is said.
fn of_end(line: &Line, at: usize) -> Option<(DateUnit, usize, Option<i32>)> {
    if line.word(at) != "end" || line.word(at + 1) != "of" {
        return None;
    }
    let count = nearness(line.word(at + 2));
    let unit = told::named(line.word(at + 3))?;
    let is_led = count.is_some() || line.word(at + 2) == "the";
    let is_unit = matches!(unit, DateUnit::Month | DateUnit::Year) && is_led;
    let goes_on = line.word(at + 4) == "-";
    (is_unit && !goes_on).then_some((unit, at + 4, count))
}

/// "year end", "year-end", "year’s end".
fn year_end(line: &Line, at: usize) -> Option<(DateUnit, usize, Option<i32>)> {
    if line.word(at) != "year" {
        return None;
    }
    let end = at + 1 + usize::from(line.word(at + 1) == "-");
    (line.word(end) == "end").then_some((DateUnit::Year, end + 1, None))
}

/// A month, a weekday or an ordinal day by itself, where it is known to be one: "May", "Tue", "27th".
pub fn bare_name(line: &Line, at: usize) -> Option<Match> {
    if let Some((month, _, end)) = month(line, at) {
        let reading = DateReading { month: Some(month), ..Default::default() };
        return Some(Match { end, reading, precision: Precision::Month, alternatives: Vec::new() });
    }
    let weekday = WEEKDAYS.get(line.word(at)).filter(|_| line.is_capitalised(at));
    let named = |&(weekday, _): &(i8, &str)| {
        day(at + 1, DateReading { weekday: Some(weekday), ..Default::default() })
    };
    weekday.map(named).or_else(|| ordinal_day(line, at).filter(|_| closes(line, at + 1)))
}

/// "three days ago", "a week ago", "20 years ago".
fn ago(line: &Line, at: usize) -> Option<Match> {
    let (count, length) = line.count(at)?;
    let next = at + length;
    if line.word(next + 1) != "ago" {
        return None;
    }
    let (factor, unit, precision) = match line.word(next).trim_end_matches('s') {
        "day" => (1, DateUnit::Day, Precision::Day),
        "week" => (1, DateUnit::Week, Precision::Range),
        "month" => (1, DateUnit::Month, Precision::Month),
        "year" => (1, DateUnit::Year, Precision::Year),
        "decade" => (10, DateUnit::Year, Precision::Year),
        _ => return None,
    };
    let reading = DateReading { relative: Some((-count * factor, unit)), ..Default::default() };
    Some(Match { end: next + 2, reading, precision, alternatives: Vec::new() })
}
