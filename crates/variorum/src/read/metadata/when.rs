//! Dates as metadata, bylines and pages write them.
//!
//! In: words. Out: the first full date in them as ISO 8601, with its place; a time of day is kept where it stands with its
//! offset. Read: ISO 8601 and what comes near it ("2025-03-17T14:05:00+0100", "20250317", seconds since 1970), day, month
//! and year with the month's name in any language of `lang/months.txt`, in any order that has the year at an end, and in
//! numbers ("17.03.2025", "2025年3月17日", "3/17/2025").
//! Where day and month could be exchanged, the reader's [`Order`] decides, which comes from the page's language.
//! Leaves: years of other calendars; dates without a year.

use crate::read::months;
use crate::span::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A date and perhaps a time, ISO 8601.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) value: String,
}

impl When {
    /// The day, or what is known of it.
    pub(super) fn day(&self) -> &str {
        self.value.get(..10).unwrap_or(&self.value)
    }

    pub(super) fn is_full(&self) -> bool {
        self.value.len() >= 10
    }
}

/// What comes first in a date of three numbers with strokes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// Years that a report can be from.
const YEARS: std::ops::Range<i16> = 1600..2200;

/// Years that running text is searched for; numbers outside are seldom years.
const TEXT_YEARS: std::ops::Range<i16> = 1980..2100;

/// The ISO date at the beginning of `words`, as precise as it is, or seconds since 1970.
pub(super) fn iso(words: &str) -> Option<When> {
    let words = words.trim();
    let number =
        |from: usize, to: usize| words.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let sign = words.as_bytes().get(4).copied();
    let parted =
        |at: usize| words.as_bytes().get(at).copied() == sign && matches!(sign, Some(b'-' | b'/' | b'.'));
    if let Some(seconds) = seconds(words) {
        return Some(seconds);
    }
    let year = number(0, 4)?;
    let compact = number(0, 8).filter(|_| words.as_bytes().get(8).is_none_or(|next| !next.is_ascii_digit()));
    let (value, length) = if let Some(digits) = compact {
        (format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]), 8)
    } else if let (true, Some(month), true, Some(day)) = (parted(4), number(5, 7), parted(7), number(8, 10)) {
        (format!("{year}-{month}-{day}"), 10)
    } else if let (Some(b'-'), Some(month), 7) = (sign, number(5, 7), words.len()) {
        (format!("{year}-{month}"), 7)
    } else if words.len() == 4 {
        (year.to_owned(), 4)
    } else {
        return None;
    };
    valid(&value)?;
    let time = if length >= 8 { time(&words[length..]) } else { String::new() };
    Some(When { value: value + &time })
}

/// Seconds since 1970 that a report can be from, 1989 to 2033; other numbers of ten digits are no times.
const SECONDS: std::ops::Range<i64> = 600_000_000..2_000_000_000;

/// Ten digits of seconds or thirteen of thousandths since 1970.
fn seconds(words: &str) -> Option<When> {
    let digits = words.len() == 10 || words.len() == 13;
    if !digits || !words.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds: i64 = words[..10].parse().ok()?;
    let stamp = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).datetime();
    let (date, time) = (stamp.date(), stamp.time());
    SECONDS.contains(&seconds).then(|| When {
        value: format!("{date}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second()),
    })
}

/// Whether the value is a day, month or year there is.
fn valid(value: &str) -> Option<()> {
    let number = |at: usize| value.split('-').nth(at).map_or(Some(1), |part| part.parse::<i16>().ok());
    let (year, month, day) = (number(0)?, number(1)?, number(2)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|_| YEARS.contains(&year))
        .map(|_| ())
}

/// "T14:05:00+01:00" as it stands after a date, seconds' fractions left out; empty when there is no time.
fn time(rest: &str) -> String {
    let Some(rest) = rest.strip_prefix(['T', ' ', 't', '\u{a0}']).map(str::trim_start) else {
        return String::new();
    };
    let clock: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
    let zone = rest[clock.len()..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    let zone =
        zone.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | ')')).next().unwrap_or_default();
    let mut parts: Vec<String> = clock.split(':').map(str::to_owned).collect();
    if parts[0].len() == 1 {
        parts[0].insert(0, '0');
    }
    let is_clock = (2..=3).contains(&parts.len())
        && parts.iter().all(|part| part.len() == 2)
        && parts[0].as_str() < "24"
        && parts[1..].iter().all(|part| part.as_str() < "60");
    if !is_clock {
        return String::new();
    }
    format!("T{}{}", parts.join(":"), offset(zone))
}

/// "Z", "+0100", "+01:00", "GMT" as an ISO offset; empty when unknown.
fn offset(zone: &str) -> String {
    if matches!(zone, "Z" | "z" | "GMT" | "UTC") {
        return "Z".to_owned();
    }
    let zone = zone.strip_prefix("GMT").or(zone.strip_prefix("UTC")).unwrap_or(zone);
    let Some(sign) = zone.chars().next().filter(|sign| matches!(sign, '+' | '-')) else {
        return String::new();
    };
    let digits: String = zone[1..].chars().filter(|&c| c != ':').collect();
    let is_offset = digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.get(..2).is_some_and(|hours| hours <= "14");
    match digits.len() {
        4 if is_offset => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        2 if is_offset => format!("{sign}{digits}:00"),
        _ => String::new(),
    }
}

/// Longest ISO date with its time and zone, in bytes.
const STAMP: usize = 40;

/// One run of digits or letters.
#[derive(Copy, Clone)]
struct Word<'a> {
    at: usize,
    text: &'a str,
    /// Its value where it is a number of at most four digits.
    number: Option<i16>,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The first full date in `words`, with its place.
pub(super) fn written(words: &str, order: Order) -> Option<(When, Span)> {
    if !has_digits(words) {
        return None;
    }
    let parts = parts(words);
    let is_year = |part: &Word| part.number.is_some_and(|number| TEXT_YEARS.contains(&number));
    let has_year = parts.iter().any(is_year);
    (0..parts.len()).find_map(|at| {
        let reader = Reader { words, parts: &parts[at..parts.len().min(at + 6)], order };
        if !has_year {
            return reader.numbers();
        }
        reader.dashed().or_else(|| reader.numbers()).or_else(|| reader.in_words())
    })
}

/// Whether there may be digits enough for a full date; looks at bytes alone.
pub(super) fn has_digits(words: &str) -> bool {
    let mut digits = 0;
    words.bytes().any(|byte| {
        digits += usize::from(byte.is_ascii_digit());
        // First bytes of the digits of other scripts.
        digits > 3 || matches!(byte, 0xD9 | 0xDB | 0xE0 | 0xEF)
    })
}

fn parts(words: &str) -> Vec<Word<'_>> {
    #[derive(Copy, Clone, PartialEq)]
    enum Kind {
        Digit,
        Letter,
        Other,
    }
    let kind = |c: char| match c {
        _ if digit(c).is_some() => Kind::Digit,
        // Signs that vowels of Indian scripts and Thai are written with are no letters to Unicode.
        _ if c.is_alphabetic() || ('\u{900}'..='\u{E7F}').contains(&c) => Kind::Letter,
        _ => Kind::Other,
    };
    let mut parts: Vec<Word> = Vec::new();
    let mut open: Option<(usize, Kind)> = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        let kind = kind(c);
        if let Some((from, was)) = open
            && was != kind
        {
            parts.push(word(&words[from..at], from));
            open = None;
        }
        if open.is_none() && kind != Kind::Other {
            open = Some((at, kind));
        }
    }
    parts
}

/// The value of a digit in any of the scripts that news is written in.
fn digit(c: char) -> Option<u32> {
    let zero = ['0', '٠', '۰', '०', '০', '๐', '０'];
    zero.iter().find_map(|&zero| (c as u32).checked_sub(zero as u32).filter(|value| *value < 10))
}

fn word(text: &str, at: usize) -> Word<'_> {
    let number = || {
        let is_short = text.chars().nth(4).is_none();
        let digits = text.chars().filter(|_| is_short);
        digits
            .map(digit)
            .try_fold(0, |value, digit| Some(value * 10 + i16::try_from(digit?).ok()?))
            .filter(|_| is_short)
    };
    Word { at, text, number: text.chars().next().and_then(digit).and_then(|_| number()) }
}

struct Reader<'a> {
    words: &'a str,
    /// The next words, the date beginning at the first.
    parts: &'a [Word<'a>],
    order: Order,
}

impl Reader<'_> {
    /// What stands between two words.
    fn between(&self, first: usize) -> Option<&str> {
        Some(&self.words[self.parts[first].end()..self.parts.get(first + 1)?.at])
    }

    fn number(&self, at: usize) -> Option<i16> {
        self.parts.get(at)?.number
    }

    fn year(&self, at: usize) -> Option<i16> {
        let is_whole = self.parts.get(at)?.text.chars().count() == 4;
        self.number(at).filter(|year| is_whole && TEXT_YEARS.contains(year))
    }

    fn day(&self, at: usize) -> Option<i8> {
        let is_short = self.parts.get(at)?.text.chars().count() <= 2;
        self.number(at)
            .filter(|day| is_short && (1..=31).contains(day))
            .and_then(|day| i8::try_from(day).ok())
    }

    fn month(&self, at: usize) -> Option<i8> {
        let part = self.parts.get(at).filter(|part| !part.text.starts_with(|c: char| c.is_ascii_digit()))?;
        months::number(&part.text.to_lowercase())
    }

    /// "2025-03-17" at a word, and a time behind it.
    fn dashed(&self) -> Option<(When, Span)> {
        let start = self.parts[0].at;
        let is_dash = matches!(self.between(0)?, "-" | "/" | ".") && self.parts[0].text.len() == 4;
        if !is_dash || self.number(1).is_none() || self.between(1)? != self.between(0)? {
            return None;
        }
        let rest = &self.words[start..];
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"-/.:+TtZz".contains(byte);
        let length = rest.bytes().take(STAMP).take_while(is_part).count();
        let stamp = rest[..length].trim_end_matches(['.', '/', '-', ':', '+', 'T', 't']);
        let stamp = if iso(stamp).is_some() { stamp } else { self.words.get(start..start + 10)? };
        iso(stamp).filter(When::is_full).map(|when| (when, Span::new(start, start + stamp.len())))
    }

    /// "17.03.2025", "3/17/2025", "17.3.25", "2025年3月17日", "2025. 3. 17".
    fn numbers(&self) -> Option<(When, Span)> {
        if let Some(year) = self.year(0) {
            let step = |at: usize| self.parts.get(at).is_some_and(|part| YEAR_MARKS.contains(&part.text));
            let marked = step(1) && step(3);
            let (month, day) = if marked { (2, 4) } else { (1, 2) };
            let is_parted = marked || (stroke(self.between(0)?)? == stroke(self.between(1)?)?);
            let month = self.day(month).filter(|_| is_parted)?;
            return self.found(year, month, self.day(day)?, day);
        }
        let sign = stroke(self.between(0)?)?;
        if stroke(self.between(1)?)? != sign {
            return None;
        }
        let (first, second) = (self.day(0)?, self.day(1)?);
        let short = || {
            self.number(2).filter(|_| self.parts[2].text.len() == 2 && sign != '-').map(|year| 2000 + year)
        };
        let year = self.year(2).or_else(short).filter(|year| TEXT_YEARS.contains(year) && *year < 2060)?;
        let is_month_first = second > 12 || (sign == '/' && self.order == Order::MonthFirst && first <= 12);
        let (day, month) = if is_month_first { (second, first) } else { (first, second) };
        self.found(year, month, day, 2)
    }

    /// "March 17, 2025", "17 March 2025", "17th of March, 2025", "17. März 2025", "2025. március 17."
    fn in_words(&self) -> Option<(When, Span)> {
        let month_first = || {
            let month = self.month(0)?;
            let day = self.day(1)?;
            let at = self.skip(2);
            Some((self.year(at)?, month, day, at))
        };
        let day_first = || {
            let day = self.day(0)?;
            let month_at = self.skip(1);
            let month = self.month(month_at)?;
            let at = if self.year(month_at + 1).is_some() { month_at + 1 } else { self.skip(month_at + 1) };
            Some((self.year(at)?, month, day, at))
        };
        let year_first = || {
            let year = self.year(0)?;
            let month_at = self.skip(1);
            let month = self.month(month_at)?;
            let last = month_at + 1;
            Some((year, month, self.day(last)?, last))
        };
        let (year, month, day, last) = month_first().or_else(day_first).or_else(year_first)?;
        self.found(year, month, day, last)
    }

    /// The place behind a word like "of" or "de" or the ending of "17th" at `at`.
    fn skip(&self, at: usize) -> usize {
        let is_filler = self.parts.get(at).is_some_and(|part| {
            part.number.is_none() && FILLERS.contains(&part.text.to_lowercase().as_str())
        });
        // "17th of"
        if is_filler {
            at + 1 + usize::from(self.parts.get(at + 1).is_some_and(|part| part.text == "of"))
        } else {
            at
        }
    }

    fn found(&self, year: i16, month: i8, day: i8, last: usize) -> Option<(When, Span)> {
        Date::new(year, month, day).ok()?;
        let (start, end) = (self.parts[0].at, self.parts.get(last)?.end());
        // Parts of a date stand close together.
        if end - start > 60 || self.words[start..end].contains('\n') {
            return None;
        }
        let value = format!("{year:04}-{month:02}-{day:02}{}", clock(self.words, end));
        Some((When { value }, Span::new(start, end)))
    }
}

/// The stroke between two numbers of a date.
fn stroke(between: &str) -> Option<char> {
    let sign = between.trim();
    matches!(sign, "." | "/" | "-" | "|").then(|| sign.chars().next()).flatten()
}

/// What follows year and month in a date of East Asian scripts.
const YEAR_MARKS: [&str; 4] = ["年", "月", "년", "월"];

/// What may stand between the parts of a date.
const FILLERS: [&str; 24] = [
    "of", "de", "del", "da", "do", "di", "d", "st", "nd", "rd", "th", "er", "m", "г", "г.", "e", "den", "a",
    "º", "ª", "το", "i", "ta", "ngày",
];

/// Whether `word` is the name of a month.
pub(super) fn is_month(word: &str) -> bool {
    months::is_name(&word.trim_end_matches('.').to_lowercase())
}

/// " 14:05:00 GMT" right behind a date, where the offset is stated.
fn clock(words: &str, end: usize) -> String {
    let rest = words[end..].trim_start_matches([',', ' ']);
    let near: String = rest.chars().take(40).collect();
    let time = time(&format!("T{near}"));
    if time.ends_with('Z') || time.contains(['+', '-']) { time } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        let found = written(words, Order::DayFirst).map(|(when, span)| {
            assert!(!span.of(words).is_empty());
            when.value
        });
        assert_eq!(found.unwrap_or_default(), expected, "{words}");
    }

    #[test]
    fn dates_in_words() {
        check("Posted March 17, 2025 by Ana", "2025-03-17");
        check("17th of March, 2025", "2025-03-17");
        check("Mon, 17 Mar 2025 14:05:00 GMT", "2025-03-17T14:05:00Z");
        check("am 3. März 2019 um 10:15 Uhr", "2019-03-03");
        check("publié le 1er août 2020", "2020-08-01");
        check("4 de mayo de 2021", "2021-05-04");
        check("2021. május 4.", "2021-05-04");
        check("12 сентября 2018 г.", "2018-09-12");
        check("٧ أكتوبر ٢٠٢٠", "2020-10-07");
        check("Tuesday, March 17", "");
        check("March 2025", "");
    }

    #[test]
    fn dates_in_numbers() {
        check("Stand: 27.01.2022MineralInfo", "2022-01-27");
        check("7. 2. 2022", "2022-02-07");
        check("17/3/2025", "2025-03-17");
        check("3/17/2025", "2025-03-17");
        check("2020年7月3日", "2020-07-03");
        check("2020. 07. 03", "2020-07-03");
        check("2020/07/03 10:00", "2020-07-03");
        check("12.03.19", "2019-03-12");
        check("192.168.1.1 or 10.2.3", "");
        check("99.99.2020", "");
        check("26 | 01 | 2022 Harbour | Video", "2022-01-26");
        assert_eq!(
            written("3/4/2025", Order::MonthFirst).map(|(when, _)| when.value).as_deref(),
            Some("2025-03-04")
        );
    }

    #[test]
    fn dates_of_machines() {
        let value = |words: &str| iso(words).map(|when| when.value).unwrap_or_default();
        assert_eq!(value(" 2025-03-17T14:05:00.123+0100 "), "2025-03-17T14:05:00+01:00");
        assert_eq!(value("2025-03-17 9:05"), "2025-03-17T09:05");
        assert_eq!(value("20250317T140500"), "2025-03-17");
        assert_eq!(value("1583932442"), "2020-03-11T13:14:02Z");
        assert_eq!(value("2025-03"), "2025-03");
        assert_eq!(value("2025-13-01"), "");
        assert_eq!(value("2025-03-17T14:05+02:00 (updated)"), "2025-03-17T14:05+02:00");
        assert_eq!(value("2025-03-17 10:15 - 11:30"), "2025-03-17T10:15");
        assert_eq!(value("2025-03-17T10:15+99:00"), "2025-03-17T10:15");
        assert_eq!(value("4155550123"), "");
    }

    #[test]
    fn a_date_ends_where_other_writing_begins() {
        let words = "發布 2025-03-17記者文月";
        let place = written(words, Order::DayFirst).map(|(_, span)| span.of(words).to_owned());
        assert_eq!(place.as_deref(), Some("2025-03-17"));
    }
}
