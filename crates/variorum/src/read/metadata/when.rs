//! Dates as metadata and bylines write them.
//!
//! In: words. Out: the first full date in them as ISO 8601, with its place; a time of day is kept where it stands with
//! its offset. Read: ISO 8601 ("2025-03-17T14:05:00+01:00"), and day, month and year in words ("March 17, 2025",
//! "17 March 2025", "Mon, 17 Mar 2025 14:05:00 GMT").
//! Leaves: numbers alone where day and month could be exchanged.

use crate::read::wording;
use crate::span::Span;
use jiff::civil::Date;

/// A date and perhaps a time, ISO 8601.
pub(super) struct When {
    pub(super) value: String,
}

/// The ISO date at the beginning of `words`, as precise as it is.
pub(super) fn iso(words: &str) -> Option<(When, Span)> {
    let lead = words.len() - words.trim_start().len();
    let words = words.trim();
    let number =
        |from: usize, to: usize| words.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let year = number(0, 4)?;
    let dashed = |at: usize| words.get(at..=at) == Some("-");
    let plain = number(0, 8).filter(|_| words.len() == 8);
    let (value, length) = if let Some(digits) = plain {
        (format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]), 8)
    } else if let (true, Some(month), true, Some(day)) = (dashed(4), number(5, 7), dashed(7), number(8, 10)) {
        (format!("{year}-{month}-{day}"), 10)
    } else if let (true, Some(month), 7) = (dashed(4), number(5, 7), words.len()) {
        (format!("{year}-{month}"), 7)
    } else if words.len() == 4 {
        (year.to_owned(), 4)
    } else {
        return None;
    };
    valid(&value)?;
    let time = if length == 10 { time(&words[10..]) } else { String::new() };
    Some((When { value: value + &time }, Span::new(lead, lead + words.len())))
}

/// Whether the value is a day, month or year there is.
fn valid(value: &str) -> Option<()> {
    let number = |at: usize| value.split('-').nth(at).map_or(Some(1), |part| part.parse::<i16>().ok());
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|_| (1600..2200).contains(&year))
        .map(|_| ())
}

/// "T14:05:00+01:00" as it stands after a date, seconds' fractions left out; empty when there is no time.
fn time(rest: &str) -> String {
    let Some(rest) = rest.strip_prefix(['T', ' ']) else { return String::new() };
    let clock: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
    let parts: Vec<&str> = clock.split(':').collect();
    let is_clock = (2..=3).contains(&parts.len())
        && parts.iter().all(|part| part.len() == 2)
        && parts[0] < "24"
        && parts[1..].iter().all(|part| *part < "60");
    if !is_clock {
        return String::new();
    }
    let zone = rest[clock.len()..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    format!("T{clock}{}", offset(zone))
}

/// "Z", "+0100", "+01:00", "GMT" as an ISO offset; empty when unknown.
fn offset(zone: &str) -> String {
    if matches!(zone, "Z" | "GMT" | "UTC") {
        return "Z".to_owned();
    }
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    match zone.chars().next() {
        Some(sign @ ('+' | '-')) if digits.len() == 4 => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        Some(sign @ ('+' | '-')) if digits.len() == 2 => format!("{sign}{digits}:00"),
        _ => String::new(),
    }
}

/// One run of letters or digits.
struct Word<'a> {
    at: usize,
    text: &'a str,
}

/// The first full date in `words`, with its place.
pub(super) fn written(words: &str) -> Option<(When, Span)> {
    let parts = parts(words);
    (0..parts.len()).find_map(|at| dashed(words, &parts, at).or_else(|| in_words(words, &parts, at)))
}

fn parts(words: &str) -> Vec<Word<'_>> {
    let mut parts: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                parts.push(Word { at: from, text: &words[from..at] });
                start = None;
            }
            _ => {}
        }
    }
    parts
}

/// "2025-03-17" at a word, and a time behind it.
fn dashed(words: &str, parts: &[Word], at: usize) -> Option<(When, Span)> {
    let start = parts[at].at;
    let end = words[start..]
        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | ')'))
        .map_or(words.len(), |end| start + end);
    let stamp = words[start..end].trim_end_matches('.');
    if stamp.len() < 10 || parts[at].text.len() != 4 {
        return None;
    }
    iso(stamp).map(|(when, _)| (when, Span::new(start, start + stamp.len())))
}

/// "March 17, 2025", "17 March 2025", "17th of March, 2025".
fn in_words(words: &str, parts: &[Word], at: usize) -> Option<(When, Span)> {
    let month = |word: &Word| wording::month(word.text.to_lowercase().as_str());
    let day = |word: &Word| {
        let digits = word.text.trim_end_matches(|c: char| c.is_alphabetic());
        let suffix = &word.text[digits.len()..];
        let is_day = suffix.is_empty() || matches!(suffix.to_lowercase().as_str(), "st" | "nd" | "rd" | "th");
        digits.parse::<i8>().ok().filter(|day| is_day && (1..=31).contains(day))
    };
    let year = |word: &Word| {
        word.text.parse::<i16>().ok().filter(|year| word.text.len() == 4 && (1600..2200).contains(year))
    };
    let get = |step: usize| parts.get(at + step);
    let is_of = usize::from(get(1).is_some_and(|word| word.text.eq_ignore_ascii_case("of")));
    let month_first = || Some((year(get(2)?)?, month(get(0)?)?, day(get(1)?)?, 2));
    let day_first = || Some((year(get(2 + is_of)?)?, month(get(1 + is_of)?)?, day(get(0)?)?, 2 + is_of));
    let (year, month, day, last) = month_first().or_else(day_first)?;
    Date::new(year, month, day).ok()?;
    let (start, last) = (parts[at].at, &parts[at + last]);
    let end = last.at + last.text.len();
    // Parts of a date stand close together.
    if end - start > 30 || words[start..end].contains('|') {
        return None;
    }
    Some((
        When { value: format!("{year:04}-{month:02}-{day:02}{}", clock(words, end)) },
        Span::new(start, end),
    ))
}

/// " 14:05:00 GMT" right behind a date, where the offset is stated.
fn clock(words: &str, end: usize) -> String {
    let rest = words[end..].trim_start_matches([',', ' ']);
    let time = time(&format!("T{rest}"));
    if time.ends_with('Z') || time.contains(['+', '-']) { time } else { String::new() }
}
