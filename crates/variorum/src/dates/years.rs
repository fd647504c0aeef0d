//! Reads years, decades and centuries in English news: "2019", "(1480)", "AD 842", "’08", "1970s", "19th century".
//!
//! In: a [`Line`] and a place in it. Out: the year, decade or century that begins there. A number of four digits is a year where
//! nothing makes a count, an address or a name of it, one before 1900 where a word or mark leads it; a number of two or three
//! digits is one beside an era or "circa", behind an apostrophe, behind a year and a dash, or in a row of years. A report that has named
//! one year of less than four digits in that way names others with a preposition alone ([`early`]).
//! Leaves: years before Christ, other calendars.

use super::grammar::{self, Match, is_connector};
use super::is_of;
use crate::line::Line;
use crate::model::{DateReading, Precision};
use crate::tagging::pos::Part;
use crate::token::Kind;

/// How many tokens around a number of two digits the row of years is looked for in.
const ROW_TOKENS: usize = 40;

/// A short year below this is one of this century, any other one of the last.
const FIRST_OF_LAST_CENTURY: i16 = 30;

const POSSESSIVES: [&str; 7] = ["his", "her", "their", "its", "my", "our", "your"];

fn of(end: usize, year: i16) -> Match {
    let reading = DateReading { year: Some(year), ..Default::default() };
    Match { end, reading, precision: Precision::Year, alternatives: Vec::new() }
}

/// "19th century", "twentieth-century".
pub fn century(line: &Line, at: usize) -> Option<Match> {
    let words = ["sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"];
    let written = line.written(at);
    let digits = || ["th", "st", "nd", "rd"].iter().find_map(|end| written.strip_suffix(end));
    let number: i16 = match words.iter().position(|word| line.word(at) == *word) {
        Some(place) => 16 + i16::try_from(place).ok()?,
        None => digits()?.parse().ok()?,
    };
    let name = at + 1 + usize::from(line.word(at + 1) == "-");
    let is_century = line.word(name) == "century" && !is_before_christ(line, name + 1);
    if !(1..=21).contains(&number) || !is_century {
        return None;
    }
    let year = |year| DateReading { year: Some(year), ..Default::default() };
    let reading = DateReading { until: Some(Box::new(year(number * 100 - 1))), ..year(number * 100 - 100) };
    Some(Match { end: name + 1, reading, precision: Precision::Range, alternatives: Vec::new() })
}

/// "1970s", "the 1940’s", "the ’70s", "the seventies"; "in his early 30s" is an age.
pub fn decade(line: &Line, at: usize) -> Option<Match> {
    let before = line.before(at);
    let is_part = matches!(before, "early" | "late" | "mid") || before == "-";
    let is_age = || (1..=3).any(|back| line.is(at.wrapping_sub(back), &POSSESSIVES));
    let is_the = before == "the" || is_part && !is_age();
    let (number, end) = decade_number(line, at, is_the);
    let year = match number {
        Some(year @ 1000..=2190) => year,
        Some(short @ 0..=90) => {
            let has_mark = matches!(before, "’" | "‘" | "'") && at > 0 && line.is_joined(at - 1);
            (has_mark || is_the).then(|| of_short(short))?
        }
        _ => {
            let place = DECADES.iter().position(|word| is_the && line.word(at) == *word)?;
            1920 + i16::try_from(place).ok()? * 10
        }
    };
    Some(Match { precision: Precision::Decade, ..of(end, year) })
}

const DECADES: [&str; 8] =
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

/// The "1970" of "1970s" and, where "the" leads it, of "1970’s"; and one past the whole.
fn decade_number(line: &Line, at: usize, is_the: bool) -> (Option<i16>, usize) {
    let has_s = is_the
        && line.is(at + 1, &["’", "'"])
        && line.word(at + 2) == "s"
        && line.is_joined(at)
        && line.is_joined(at + 1);
    if has_s {
        let year = line.digits(at, 4..=4).filter(|year| year % 10 == 0);
        return (year, at + 3);
    }
    let digits = line.written(at).strip_suffix(['s', 'S']).filter(|digits| digits.ends_with('0'));
    (digits.filter(|digits| digits.len() != 3).and_then(|digits| digits.parse().ok()), at + 1)
}

/// The year that ends in the two digits `short`.
pub fn of_short(short: i16) -> i16 {
    if short < FIRST_OF_LAST_CENTURY { 2000 + short } else { 1900 + short }
}

/// The year that ends in the two digits `short` and lies nearest to `year`.
pub fn nearest(short: i16, year: i16) -> i16 {
    let century = year / 100 * 100;
    let near = [century - 100 + short, century + short, century + 100 + short];
    near.into_iter().min_by_key(|other| (other - year).abs()).unwrap_or(century + short)
}

/// "2019", where it is no count, address, version or part of a name.
pub fn alone(line: &Line, at: usize) -> Option<Match> {
    let year = line.digits(at, 4..=4).filter(|year| (1000..2100).contains(year))?;
    let is_no_year = in_mark(line, at)
        || is_named(line, at, year)
        || is_count(line, at)
        || is_before_christ(line, at + 1)
        || year < 1900 && !is_old(line, at);
    (!is_no_year).then(|| of(at + 1, year))
}

/// Whether a preposition of time stands before the number at `at`.
fn is_led(line: &Line, at: usize) -> bool {
    let before = line.before(at);
    is_of("lead", before) || before == "-" && at >= 2 && line.word(at - 2) == "mid"
}

/// "$2019", "12:2019", "nl / 2005 /": part of a sum, a time or an address.
fn in_mark(line: &Line, at: usize) -> bool {
    let touches = |mark: &str| line.before(at) == mark && at > 0 && line.is_joined(at - 1);
    let is_clock = line.word(at + 1) == ":" && line.is_joined(at + 1);
    let in_path = line.before(at) == "/" && at >= 2 && line.kind(at - 2) != Some(Kind::Number);
    in_path
        || ["$", "€", "£", "#", "/", "@", ".", ":", "_"].iter().any(|mark| touches(mark))
        || line.is_joined(at) && (is_clock || matches!(line.word(at + 1), "/" | "_" | "%" | "°"))
}

/// "Windows 2000" is a name; "World Cup 2018" and "Roe and Moe 1997", of more than one name, have a year behind them.
fn is_named(line: &Line, at: usize, year: i16) -> bool {
    let is_cited = line.is(at + 1, &[")", ";"]);
    let names = at > 1 && line.is_capitalised(at - 1) && !line.is_capitalised(at + 1);
    if !names || is_cited || grammar::is_month(line.before(at)) || is_led(line, at) {
        return false;
    }
    let tie = at - 1 - usize::from(line.is(at - 2, &["and", "&"]));
    let is_run = tie > 0 && line.is_capitalised(tie - 1) && (1900..2050).contains(&year);
    !is_run && !line.written(at - 1).chars().all(char::is_uppercase)
}

/// Whether a number from before 1900 is led or set apart as years are.
fn is_old(line: &Line, at: usize) -> bool {
    let is_weak = line.is(at.wrapping_sub(1), &["to", "and", "of", "past", "every", "this"]);
    let is_dated = is_of("dated", line.word(at.wrapping_sub(2))) && line.before(at) == "to";
    is_led(line, at) && !is_weak
        || is_dated
        || is_bracketed(line, at)
        || follows_year(line, at)
        || stands_apart(line, at)
}

/// "(1480)", "(1635 – 1699": a year in brackets of its own.
fn is_bracketed(line: &Line, at: usize) -> bool {
    let is_range = is_connector(line, at + 1) && line.digits(at + 2, 4..=4).is_some();
    line.before(at) == "(" && (line.word(at + 1) == ")" || is_range)
}

/// The "1689" of "in 1687 and 1689", the "1722" of "from 1598 to 1722".
fn follows_year(line: &Line, at: usize) -> bool {
    let is_tied = at >= 2 && (is_connector(line, at - 1) || line.is(at - 1, &["and", "or"]));
    let is_led = |at: usize| is_of("lead", line.before(at)) || line.is(at.wrapping_sub(1), &["(", "between"]);
    is_tied && line.digits(at - 2, 4..=4).is_some_and(|year| year >= 1000) && is_led(at - 2)
}

/// "Printed at Sund, 1859.", "the old mill - 1602 (rebuilt)", "1596, built for the guild": set apart by marks on both sides.
fn stands_apart(line: &Line, at: usize) -> bool {
    let ends = at + 1 == line.len() || line.is(at + 1, &[".", ")", ";"]);
    let is_place = line.before(at) == "," && at >= 2 && line.is_capitalised(at - 2) && ends;
    let is_dash = line.is(at.wrapping_sub(1), &["-", "–", "—"]) && at >= 2 && !line.is_joined(at - 1);
    let behind_dash = is_dash && !line.is_joined(at - 2) && (ends || line.is(at + 1, &[",", "("]));
    let begins = at == 0 && !line.is_joined(at + 1) && line.is(1, &[",", ":"]);
    is_place || behind_dash || begins
}

/// Whether a number of four digits counts something or is an address.
pub fn is_count(line: &Line, at: usize) -> bool {
    if line.is(at.wrapping_sub(1), &["since", "until", "till", "during", "throughout"]) {
        return false;
    }
    let next = line.word(at + 1);
    let quantity = is_of("quantity", line.before(at)) && line.before(at) != "to";
    let plural = line.kind(at + 1) == Some(Kind::Word)
        && !line.is_capitalised(at + 1)
        && next.ends_with('s')
        && !matches!(next, "is" | "was" | "has" | "as" | "its" | "his");
    is_of("counted", next)
        || quantity && plural
        || line.is_capitalised(at + 2) && is_of("street", line.word(at + 2)) && line.is_capitalised(at + 1)
        || line.is_capitalised(at + 1) && is_of("street", next)
}

/// "AD 842", "347 AD", "c. 314", "in the year 71": a year of any length beside what makes it one.
pub fn of_era(line: &Line, at: usize) -> Option<Match> {
    behind_era(line, at).or_else(|| before_era(line, at)).or_else(|| behind_circa(line, at))
}

/// "AD 842", "AD842".
fn behind_era(line: &Line, at: usize) -> Option<Match> {
    let rest = line.written(at).strip_prefix("AD")?;
    if rest.is_empty() {
        return line.digits(at + 1, 1..=4).filter(|year| *year > 0).map(|year| of(at + 2, year));
    }
    let is_year = rest.len() <= 4 && rest.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| rest.parse().ok())?.filter(|year| *year > 0).map(|year| of(at + 1, year))
}

/// "347 AD", "250 c.e."
fn before_era(line: &Line, at: usize) -> Option<Match> {
    let year = line.digits(at, 1..=4).filter(|year| (1..2100).contains(year))?;
    let era = line.written(at + 1);
    let is_era = matches!(era, "AD" | "CE") || matches!(line.word(at + 1), "a.d" | "c.e");
    let has_stop = era.contains('.') && line.word(at + 2) == "." && line.is_joined(at + 1);
    is_era.then(|| of(at + 2 + usize::from(has_stop && at + 3 < line.len()), year))
}

fn is_before_christ(line: &Line, at: usize) -> bool {
    matches!(line.written(at), "BC" | "BCE") || matches!(line.word(at), "b.c" | "b.c.e")
}

/// "c. 314", "circa 1480", "the year 71".
fn behind_circa(line: &Line, at: usize) -> Option<Match> {
    let year = line.digits(at, 2..=4).filter(|year| (10..2100).contains(year))?;
    let stop = usize::from(line.before(at) == "." && at >= 2 && line.is_joined(at - 2));
    let word = at.checked_sub(1 + stop)?;
    let is_circa = matches!(line.written(word), "c" | "ca" | "circa") && year >= 100;
    let is_year = stop == 0 && line.word(word) == "year" && line.before(word) == "the";
    let is_no_year = || is_count(line, at) || is_before_christ(line, at + 1) || !is_free(line, at + 1);
    ((is_circa || is_year) && !is_no_year()).then(|| of(at + 1, year))
}

/// "in 348", "after 211", "314 – 368": a year of three digits in a report that names such years.
pub fn early(line: &Line, at: usize) -> Option<Match> {
    let year = line.digits(at, 3..=3).filter(|year| *year >= 100)?;
    let before = line.before(at);
    let is_tied = at >= 2
        && (is_connector(line, at - 1) || before == "and")
        && line.digits(at - 2, 3..=3).is_some_and(|first| first < year);
    let is_weak = matches!(before, "of" | "last" | "next" | "this" | "past" | "every" | "to" | "and");
    let is_led = is_of("lead", before) && !is_weak || matches!(before, "about" | "around");
    let is_no_year = in_mark(line, at) || is_count(line, at) || is_before_christ(line, at + 1);
    ((is_tied || is_led) && !is_no_year && is_free(line, at + 1)).then(|| of(at + 1, year))
}

/// Whether what stands at `at` can be no noun that a number before it counts.
fn is_free(line: &Line, at: usize) -> bool {
    match line.kind(at) {
        None => true,
        Some(Kind::Word) => !matches!(line.part(at), Some(Part::Noun | Part::Adj | Part::Num)),
        Some(Kind::Number) => false,
        Some(Kind::Mark) => !line.is(at, &["%", "°", "$", "€", "£"]),
    }
}

/// "1890 – 91", "in ’08", "in 80 and 84, but not in 2000": a year of two digits.
pub fn short(line: &Line, at: usize) -> Option<Match> {
    let short = line.digits(at, 2..=2)?;
    if matches!(line.word(at + 1), "%" | "/" | "-" | "°") {
        return None;
    }
    let year = behind_year(line, at, short)
        .or_else(|| behind_apostrophe(line, at).then(|| of_short(short)))
        .or_else(|| in_row(line, at, short))?;
    Some(of(at + 1, year))
}

/// The "91" of "1890 – 91".
fn behind_year(line: &Line, at: usize, short: i16) -> Option<i16> {
    let is_dash = line.is(at.wrapping_sub(1), &["-", "–", "—"]) && !line.is_joined(at - 1);
    let first = line.digits(at.checked_sub(2)?, 4..=4).filter(|year| (1000..2100).contains(year))?;
    (is_dash && short > first % 100 && is_free(line, at + 1)).then_some(first / 100 * 100 + short)
}

/// "in ’08", "the class of ’68".
fn behind_apostrophe(line: &Line, at: usize) -> bool {
    let is_mark = line.is(at.wrapping_sub(1), &["’", "‘", "'"]) && line.is_joined(at - 1);
    is_mark && at >= 2 && is_of("lead", line.word(at - 2)) && !line.is(at + 1, &["’", "'"])
}

/// "in 80 and 84, in 96 and in 2000": a row that holds a whole year and another short one.
fn in_row(line: &Line, at: usize, short: i16) -> Option<i16> {
    if !is_entry(line, at) {
        return None;
    }
    let near = at.saturating_sub(ROW_TOKENS)..line.len().min(at + ROW_TOKENS);
    let whole = |other: usize| {
        line.digits(other, 4..=4).filter(|year| line.before(other) == "in" && (1900..2100).contains(year))
    };
    let year = near.clone().find_map(whole)?;
    let has_other = near.into_iter().any(|other| other != at && is_entry(line, other));
    has_other.then(|| nearest(short, year))
}

/// "in 80" and the "84" behind it, where nothing follows that they could count.
fn is_entry(line: &Line, at: usize) -> bool {
    let is_short = |at: usize| line.digits(at, 2..=2).is_some();
    let is_second = line.is(at.wrapping_sub(1), &["and", "or"])
        && at >= 3
        && is_short(at - 2)
        && line.before(at - 2) == "in";
    let closes = at + 1 == line.len() || line.is(at + 1, &[",", ".", ";", ")", "and", "or"]);
    is_short(at) && closes && (line.before(at) == "in" || is_second)
}
