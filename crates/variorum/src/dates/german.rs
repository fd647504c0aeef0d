//! The grammar of dates in German news: which tokens are one, and what they say.
//!
//! In: a [`Line`] and a place in it. Out: the longest date that begins there, as the English grammar gives it; digits ("2025-03-04") are
//! read there. A day stands before its month and both before the year: "3. März 2025", "3.3.2025", "12.03.2025".
//! Lists: `lang/de/months.txt`, `weekdays.txt`, `date-words.txt`.
//! Leaves: times without a date, seasons and feasts, days counted from another event, sets ("montags").

use super::grammar::{self, Match, day, is_day_of_year};
use crate::lexicon::{self, Classes, Table};
use crate::line::Line;
use crate::model::{DateReading, DateUnit, Precision};
use crate::numerals::german as numerals;
use crate::token::Kind;
use std::sync::LazyLock;

static MONTHS: LazyLock<Table<i8>> = LazyLock::new(|| named(include_str!("../../lang/de/months.txt")));
static WEEKDAYS: LazyLock<Table<i8>> = LazyLock::new(|| named(include_str!("../../lang/de/weekdays.txt")));
static WORDS: LazyLock<Classes> =
    LazyLock::new(|| lexicon::classes(include_str!("../../lang/de/date-words.txt")));

static PARTS: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.of("part").collect());

fn named(list: &'static str) -> Table<i8> {
    Table::of(lexicon::rows(list).filter_map(|row| Some((row[0], row.get(1)?.parse().ok()?))))
}

fn is_of(class: &str, word: &str) -> bool {
    WORDS.hold(class, word)
}

/// The next place from `at` on where a date may begin: any.
pub fn next(line: &Line, at: usize) -> Option<usize> {
    (at < line.len()).then_some(at)
}

/// The date that begins at `at`.
pub fn at(line: &Line, at: usize) -> Option<Match> {
    let near = grammar::iso(line, at)
        .or_else(|| numeric(line, at))
        .or_else(|| days_before_month(line, at))
        .or_else(|| weekday_led(line, at))
        .or_else(|| day_led(line, at))
        .or_else(|| told(line, at))
        .or_else(|| month_led(line, at))
        .or_else(|| near_day(line, at))
        .or_else(|| ago(line, at))
        .or_else(|| decade(line, at))
        .or_else(|| year_alone(line, at))?;
    Some(to_range(line, at, &near).unwrap_or(near))
}

/// Whether the clause around a date looks ahead or back, by the nearest verb before it, else the first behind it.
pub fn looks_ahead(line: &Line, at: usize, end: usize) -> Option<bool> {
    let tense = |at: usize| match line.word(at) {
        word if is_of("ahead", word) => Some(true),
        word if is_of("back", word) => Some(false),
        _ => None,
    };
    let before = (at.saturating_sub(super::CLAUSE_TOKENS)..at).rev().find_map(tense);
    before.or_else(|| (end..line.len().min(end + super::CLAUSE_TOKENS)).find_map(tense))
}

/// "12.03.2025", "3.3.25", and behind "am", "vom", "zum", "bis", "dem": "12.03.".
fn numeric(line: &Line, at: usize) -> Option<Match> {
    if line.kind(at) != Some(Kind::Number) {
        return None;
    }
    let written = line.written(at);
    let parts: Vec<&str> = written.split('.').collect();
    let is_number =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() < 2 || !parts.iter().all(is_number) {
        return None;
    }
    let (of_month, month): (i8, i8) = (parts[0].parse().ok()?, parts[1].parse().ok()?);
    let (year, end) = match parts.get(2) {
        Some(year) if parts.len() == 3 && year.len() == 4 => (year.parse().ok(), at + 1),
        Some(year) if parts.len() == 3 && year.len() == 2 => {
            (year.parse().ok().map(|year: i16| 2000 + year), at + 1)
        }
        None if line.word(at + 1) == "."
            && line.is_joined(at)
            && line.is(at.wrapping_sub(1), &["am", "vom", "zum", "bis", "dem", ","]) =>
        {
            (None, at + 2)
        }
        _ => return None,
    };
    let reading = DateReading { year, month: Some(month), day: Some(of_month), ..Default::default() };
    (is_day_of_year(year, month, of_month)).then(|| day(end, reading))
}

/// "3.", the day of a month, and the token behind it.
fn day_number(line: &Line, at: usize) -> Option<(i8, usize)> {
    let of_month = i8::try_from(line.digits(at, 1..=2)?).ok().filter(|day| (1..=31).contains(day))?;
    (line.word(at + 1) == "." && line.is_joined(at)).then_some((of_month, at + 2))
}

/// The month at `at`, and the token behind it and its full stop.
fn month(line: &Line, at: usize) -> Option<(i8, usize)> {
    let month = *MONTHS.get(line.word(at)).filter(|_| line.is_capitalised(at))?;
    let is_short =
        line.word(at).chars().count() <= 4 && !matches!(line.word(at), "mai" | "juni" | "juli" | "märz");
    let has_stop = line.word(at + 1) == "." && line.is_joined(at);
    (!is_short || has_stop).then_some((month, at + 1 + usize::from(is_short)))
}

fn year(line: &Line, at: usize) -> Option<(i16, usize)> {
    let year = line.digits(at, 4..=4).filter(|year| (1000..2200).contains(year))?;
    // "2000 Menschen", "2000 junge Menschen", "2033 m", "rund 1500" are no year.
    let is_adjective = |at: usize| ["e", "en", "er", "es"].iter().any(|end| line.word(at).ends_with(end));
    let is_count = line.is_capitalised(at + 1)
        || line.is(at + 1, &["%", "€", "$", "m", "km", "cm", "kg"])
        || is_adjective(at + 1) && line.is_capitalised(at + 2) && line.word(at + 1).len() > 3
        || line.is(at.wrapping_sub(1), &["rund", "etwa", "fast", "knapp", "über", "als", "auf"]);
    (!is_count).then_some((year, at + 1))
}

/// "3. März 2025", "3. März".
fn day_led(line: &Line, at: usize) -> Option<Match> {
    let (of_month, next) = day_number(line, at)?;
    let (month, end) = month(line, next)?;
    let (year, end) = match line.digits(end, 4..=4).filter(|year| (1000..2200).contains(year)) {
        Some(year) => (Some(year), end + 1),
        None => (None, end),
    };
    let reading = DateReading { year, month: Some(month), day: Some(of_month), ..Default::default() };
    is_day_of_year(year, month, of_month).then(|| day(end, reading))
}

/// "3. bis 5. März 2025", "3. und 5. März", "3./4. März".
fn days_before_month(line: &Line, at: usize) -> Option<Match> {
    let (from, next) = day_number(line, at)?;
    let tie = line.is(next, &["bis", "und", "/", "–", "-"]).then_some(next + 1)?;
    grammar::days_to(from, day_led(line, tie + usize::from(line.is(tie, &["zum"])))?)
}

/// The day of the week at `at`, with a part of the day written onto it.
fn weekday(line: &Line, at: usize) -> Option<i8> {
    let word = line.word(at);
    if !line.is_capitalised(at) {
        return None;
    }
    WEEKDAYS
        .get(word)
        .copied()
        .or_else(|| PARTS.iter().find_map(|part| WEEKDAYS.get(word.strip_suffix(part)?).copied()))
}

/// "Montag, 3. März 2025", "Montag (3. März)", "Montag, den 3. März", "Montagabend", "Montag früh".
fn weekday_led(line: &Line, at: usize) -> Option<Match> {
    let weekday = weekday(line, at)?;
    let opens = line.is(at + 1, &[",", "("]);
    let next = at + 1 + usize::from(opens);
    let next = next + usize::from(line.is(next, &["den", "dem"]));
    let dated = numeric(line, next).or_else(|| day_led(line, next));
    if let Some(mut dated) = dated {
        dated.reading.weekday = Some(weekday);
        return Some(dated);
    }
    // "ein Montag", "jeden Montag", "der Montag als Ruhetag" are no day.
    let is_set = line.is(at.wrapping_sub(1), &["jeden", "jedem", "ein", "einen", "einem", "kein"]);
    let is_part = is_of("part", line.word(at + 1)) && !line.is_capitalised(at + 1);
    let reading = DateReading { weekday: Some(weekday), ..Default::default() };
    (!is_set).then(|| day(at + 1 + usize::from(is_part), reading))
}

/// What a word like "vergangenen" says of the unit behind it.
fn nearness(word: &str) -> Option<i32> {
    match word {
        word if is_of("past", word) => Some(-1),
        word if is_of("present", word) => Some(0),
        word if is_of("coming", word) => Some(1),
        _ => None,
    }
}

/// The unit a noun counts in, and its precision.
fn unit(word: &str) -> Option<(DateUnit, Precision)> {
    Some(match word {
        "tag" | "tage" | "tagen" | "tages" => (DateUnit::Day, Precision::Day),
        "woche" | "wochen" => (DateUnit::Week, Precision::Range),
        "monat" | "monate" | "monaten" | "monats" => (DateUnit::Month, Precision::Month),
        "quartal" | "quartals" => (DateUnit::Quarter, Precision::Range),
        "jahr" | "jahre" | "jahren" | "jahres" => (DateUnit::Year, Precision::Year),
        _ => return None,
    })
}

/// "vergangenen Montag", "kommende Woche", "im letzten Jahr", "dieses Monats", "Vorjahr", "vergangenen Mai".
fn told(line: &Line, at: usize) -> Option<Match> {
    let of = |end, precision, reading| Some(Match { end, reading, precision, alternatives: Vec::new() });
    if line.is(at, &["vorjahr", "vorjahres"]) && line.is_capitalised(at) {
        let reading = DateReading { relative: Some((-1, DateUnit::Year)), ..Default::default() };
        return of(at + 1, Precision::Year, reading);
    }
    let count = nearness(line.word(at))?;
    if let Some(weekday) = weekday(line, at + 1) {
        let is_ahead = (count != 0).then_some(count > 0);
        let reading = DateReading { weekday: Some(weekday), is_ahead, ..Default::default() };
        return of(at + 2, Precision::Day, reading);
    }
    if let Some((month, end)) = month(line, at + 1).filter(|_| count != 0) {
        let reading = DateReading { month: Some(month), is_ahead: Some(count > 0), ..Default::default() };
        return of(end, Precision::Month, reading);
    }
    let (unit, precision) = unit(line.word(at + 1)).filter(|_| line.is_capitalised(at + 1))?;
    // "dieser Tage", "die letzten Tage", "die letzten Jahre" are no one day or year.
    let is_many = line.word(at + 1).ends_with("en") && unit != DateUnit::Week
        || line.is(at + 1, &["wochen", "tage", "monate", "jahre"]);
    (!is_many && unit != DateUnit::Day)
        .then(|| DateReading { relative: Some((count, unit)), ..Default::default() })
        .and_then(|reading| of(at + 2, precision, reading))
}

/// "März 2025", "im März", "Anfang Mai".
fn month_led(line: &Line, at: usize) -> Option<Match> {
    let (month, next) = month(line, at)?;
    let found = |end, year| Match {
        end,
        reading: DateReading { year, month: Some(month), ..Default::default() },
        precision: Precision::Month,
        alternatives: Vec::new(),
    };
    if let Some(year) = line.digits(next, 4..=4).filter(|year| (1000..2200).contains(year)) {
        return Some(found(next + 1, Some(year)));
    }
    // "Juli und August", not "Ernst und August".
    let is_second = line.before(at) == "und" && at > 1 && self::month(line, at - 2).is_some();
    let is_led = is_second
        || line.is(at.wrapping_sub(1), &["im", "seit", "ab", "bis", "anfang", "mitte", "ende", "zum", "vom"]);
    (is_led && !line.is_capitalised(next) && !line.is_person(line.word(at))).then(|| found(next, None))
}

/// "heute", "gestern", "vorgestern", "morgen", "übermorgen", "heute Abend".
fn near_day(line: &Line, at: usize) -> Option<Match> {
    let days = match line.word(at) {
        "vorgestern" => -2,
        "gestern" => -1,
        "heute" => 0,
        "morgen" => 1,
        "übermorgen" => 2,
        _ => return None,
    };
    // "am Morgen" is a part of the day, "guten Morgen" a greeting.
    if days == 1 && (line.is_capitalised(at) || weekday(line, at.wrapping_sub(1)).is_some()) {
        return None;
    }
    let is_part = is_of("part", line.word(at + 1));
    let reading = DateReading { relative: Some((days, DateUnit::Day)), ..Default::default() };
    Some(day(at + 1 + usize::from(is_part), reading))
}

/// "vor drei Tagen", "vor einem Jahr", "vor zwei Wochen".
fn ago(line: &Line, at: usize) -> Option<Match> {
    if line.word(at) != "vor" {
        return None;
    }
    let (count, length) = match line.word(at + 1) {
        "einem" | "einer" => (1.0, 1),
        _ => numerals::read(line.text, line.tokens, at + 1).map(|number| (number.value, number.length))?,
    };
    let (unit, precision) = unit(line.word(at + 1 + length))?;
    let whole = (count.fract() == 0.0 && (1.0..1000.0).contains(&count)).then_some(count as i32)?;
    let precision = if unit == DateUnit::Week { Precision::Range } else { precision };
    let reading = DateReading { relative: Some((-whole, unit)), ..Default::default() };
    Some(Match { end: at + 2 + length, reading, precision, alternatives: Vec::new() })
}

/// "1970er Jahre", "1990er-Jahren".
fn decade(line: &Line, at: usize) -> Option<Match> {
    let year: i16 = line.written(at).strip_suffix("er")?.parse().ok()?;
    let next = at + 1 + usize::from(line.word(at + 1) == "-");
    let is_decade = (1000..2200).contains(&year) && year % 10 == 0 && line.word(next).starts_with("jahr");
    is_decade.then(|| Match {
        end: next + 1,
        reading: DateReading { year: Some(year), ..Default::default() },
        precision: Precision::Decade,
        alternatives: Vec::new(),
    })
}

/// "2024", "im Jahr 2024", "Ende 2026".
fn year_alone(line: &Line, at: usize) -> Option<Match> {
    let (year, end) = year(line, at)?;
    let is_old = year < 1900 && line.is(at.wrapping_sub(1), &["von", "für", "und", "zwischen"]);
    let is_led = is_of("lead", line.before(at)) && !is_old || (1900..2100).contains(&year);
    let is_part = at > 0 && matches!(line.before(at), "-" | "/" | "." | ":") && line.is_joined(at - 1);
    (is_led && !is_part).then(|| Match {
        end,
        reading: DateReading { year: Some(year), ..Default::default() },
        precision: Precision::Year,
        alternatives: Vec::new(),
    })
}

/// "Montag bis Mittwoch", "2019–21", "von Januar bis März": a near end, and what "bis" ties to it.
fn to_range(line: &Line, from: usize, near: &Match) -> Option<Match> {
    let is_dash =
        matches!(line.word(near.end), "–" | "-") && line.is_joined(near.end - 1) && line.is_joined(near.end);
    let is_tied = line.word(near.end) == "bis" || is_dash;
    if near.precision == Precision::Range || !is_tied || near.reading.relative.is_some() {
        return None;
    }
    let next = near.end + 1 + usize::from(line.is(near.end + 1, &["zum"]));
    let short = is_dash
        .then(|| {
            line.digits(next, 2..=2).zip(near.reading.year).filter(|_| near.precision == Precision::Year)
        })
        .flatten();
    let (until, end) = match short {
        Some((short, first)) => {
            let year = first / 100 * 100 + short;
            (DateReading { year: Some(year), ..Default::default() }, next + 1)
        }
        None => {
            let far = weekday_led(line, next)
                .or_else(|| day_led(line, next))
                .or_else(|| numeric(line, next))
                .or_else(|| month_led(line, next))
                .or_else(|| year_alone(line, next))?;
            let same = far.precision == near.precision
                && far.reading.weekday.is_some() == near.reading.weekday.is_some();
            (same.then_some(far.reading)?, far.end)
        }
    };
    // "von 2019 bis 2021" are two dates, as in English.
    if near.reading.year.is_some() && until.year.is_some() && !is_dash && line.before(from) != "zwischen" {
        return None;
    }
    let mut reading = near.reading.clone();
    reading.year = reading.year.or(until.year.filter(|_| near.precision != Precision::Year));
    reading.until = Some(Box::new(until));
    Some(Match { end, reading, precision: Precision::Range, alternatives: Vec::new() })
}

#[cfg(test)]
mod tests {
    use crate::model::{Annotated, DateExpression, Received};

    /// `words=value` for each date of a German report of Wednesday, 5 March 2025, parted by `; `.
    fn check(text: &str, expected: &str) {
        let text = format!(
            "Die Stadt und das Land haben sich mit dem Verband auf einen Vertrag geeinigt, der nicht neu ist und auch so bleibt. {text}"
        );
        let found: Annotated = crate::annotate(&Received {
            bytes: text.clone().into(),
            date: Some("2025-03-05".to_owned()),
            ..Received::default()
        });
        assert!(found.report.is_in("de"), "{text}");
        let shown = |date: &DateExpression| {
            format!("{}={}", found.words(date.span), date.value.as_deref().unwrap_or("?"))
        };
        let shown = found.dates.iter().map(shown).collect::<Vec<_>>().join("; ");
        assert_eq!(shown, expected, "dates of {text:?}");
    }

    #[test]
    fn german_days_stand_before_their_month() {
        check(
            "Er kam am 3. März 2025 und ging am 12.04.2025.",
            "3. März 2025=2025-03-03; 12.04.2025=2025-04-12",
        );
        check(
            "Das Fest war am Sonntag, 2. März, und am 28. Februar.",
            "Sonntag, 2. März=2025-03-02; 28. Februar=2025-02-28",
        );
        check("Vom 3. bis 5. März war das Wasser weg.", "3. bis 5. März=2025-03-03/2025-03-05");
        check(
            "Seit Januar 2024 gilt das, seit Anfang Mai 2023 mehr.",
            "Januar 2024=2024-01; Mai 2023=2023-05",
        );
        check("Im Jahr 2019 war das so, bis Ende 2026 bleibt es.", "2019=2019; 2026=2026");
    }

    #[test]
    fn german_days_without_a_date_are_worked_out() {
        check("Das sagte er am Montag der Zeitung.", "Montag=2025-03-03");
        check("Das Gericht wird am Freitag entscheiden.", "Freitag=2025-03-07");
        check("Am Montagabend brannte die Halle.", "Montagabend=2025-03-03");
        check("Er war gestern da, heute nicht.", "gestern=2025-03-04; heute=2025-03-05");
        check("Vor drei Tagen war das Wasser noch da.", "Vor drei Tagen=2025-03-02");
        check(
            "Im vergangenen Jahr kam er, in der vergangenen Woche nicht.",
            "vergangenen Jahr=2024; vergangenen Woche=2025-02-24/2025-03-02",
        );
        check("Am kommenden Montag ist er da.", "kommenden Montag=2025-03-10");
        check("In den 1970er Jahren war die Halle neu.", "1970er Jahren=197X");
    }

    #[test]
    fn german_numbers_that_are_no_dates_are_left_alone() {
        check("Es kamen 2000 Menschen um 17.45 Uhr auf den Platz, 2000 junge Leute.", "");
        check("Der Berg ist 2033 m hoch, die Zahl stieg auf 1950.", "");
        check("Ernst und August kamen.", "");
        check("Er spielt in der 3. Liga, jeden Montag, am Morgen.", "");
    }
}
