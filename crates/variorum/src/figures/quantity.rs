//! Reads one quantity: number or range, unit, qualifier.
//!
//! In: a [`Line`] and a place in it. Out: the quantity that begins there, its number as written (with currency or percent
//! sign, without qualifier and without a unit of measure). "Hundreds of" is a quantity without a value whose lower
//! end is the scale. "from 4 to 5" behind a verb of change is two quantities, else a range.
//! Leaves: what is counted, and whether the number is a quantity at all (see `exclusion`).

use super::is_of;
use crate::lexicon::{self, Table, Words};
use crate::line::Line;
use crate::numerals;
use crate::span::Span;
use crate::token::Kind;
use crate::vocabulary::Lists;
use std::sync::LazyLock;

/// A quantity as it stands in a line.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// First token of the number.
    pub start: usize,
    /// One past its last token, unit of measure included.
    pub end: usize,
    /// The number as written.
    pub span: Span,
    /// Its value.
    pub value: Option<f64>,
    /// Lower end of a range.
    pub low: Option<f64>,
    /// Upper end of a range.
    pub high: Option<f64>,
    /// As in `model::Figure`.
    pub unit: String,
    /// Folded.
    pub qualifier: Option<String>,
}

/// One number with what stands on it.
#[derive(Clone, Debug)]
struct Amount {
    start: usize,
    end: usize,
    /// End of the number as written, in bytes.
    stop: usize,
    value: f64,
    unit: Option<String>,
    is_scaled: bool,
}

static UNITS: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    Table::of(lexicon::rows(include_str!("../../lang/en/units.txt")).map(|row| (row[0], row[row.len() - 1])))
});
/// Codes of currencies by what stands before the number, and behind it.
static CURRENCIES: LazyLock<[Table<&'static str>; 2]> = LazyLock::new(|| {
    ["before", "behind"].map(|side| {
        let rows = lexicon::rows(include_str!("../../lang/en/currencies.txt"));
        Table::of(rows.filter(|row| row.get(2) == Some(&side)).map(|row| (row[0], row[1])))
    })
});
static QUALIFIERS: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../lang/en/qualifiers.txt"));
    Table::of(rows.map(|row| (row[0], row[row.len() - 1])))
});

/// All words of [`QUALIFIERS`].
static QUALIFYING: LazyLock<Words> =
    LazyLock::new(|| Words::of(QUALIFIERS.keys().flat_map(|words| words.split(' '))));

/// The quantity that begins at `at`, where one may ([`may_begin`]). `is_free` says whether a token may take part (dates may not).
pub fn at(line: &Line, at: usize, is_free: &dyn Fn(usize) -> bool) -> Option<Quantity> {
    let mut found = score(line, at)
        .or_else(|| fraction(line, at))
        .or_else(|| ratio(line, at, is_free))
        .or_else(|| many(line, at))
        .or_else(|| plain(line, at, is_free))?;
    found.qualifier = qualifier(line, found.start, found.end);
    Some(found)
}

/// Whether a quantity may begin at `at`: asked of every word, so that only few are tried.
#[inline]
pub fn may_begin(line: &Line, at: usize) -> bool {
    let Some(token) = line.tokens.get(at) else { return false };
    match token.kind {
        Kind::Number => true,
        Kind::Word => {
            let lists = line.lists_of(token);
            lists.touch(Lists::NUMERAL.and(Lists::QUANTITY_OPENING))
                || lists.touch(Lists::ONE) && line.may_be_numeral(at + 1)
                || line.kind(at + 1) == Some(Kind::Mark) && joined_currency(line, at).is_some()
        }
        Kind::Mark => {
            let written = token.of(line.text);
            !is_punctuation(written) && CURRENCIES[0].contains_key(written)
        }
    }
}

fn plain(line: &Line, at: usize, is_free: &dyn Fn(usize) -> bool) -> Option<Quantity> {
    let near = amount(line, at)?;
    Some(range(line, &near, is_free).unwrap_or_else(|| Quantity {
        start: near.start,
        end: near.end,
        span: Span::new(line.tokens[at].span.start(), near.stop),
        value: Some(near.value),
        low: None,
        high: None,
        unit: near.unit.unwrap_or_else(|| "count".to_owned()),
        qualifier: None,
    }))
}

fn amount(line: &Line, at: usize) -> Option<Amount> {
    let (currency, number_at) = currency_before(line, at);
    if let Some(glued) = glued(line, at) {
        return Some(glued);
    }
    let number = line.number(number_at)?;
    let end = number_at + number.length;
    let stop = line.tokens[end - 1].span.end();
    let mut amount =
        Amount { start: at, end, stop, value: number.value, unit: None, is_scaled: number.is_scaled };
    if let Some(code) = currency {
        amount.unit = Some(code.to_owned());
        return Some(amount);
    }
    if line.written(end - 1).ends_with('m') && number.length == 1 && !is_plural(line, end) {
        // "200m" without a currency or a counted noun is a length.
        return Some(Amount {
            value: number.value / 1e6,
            unit: Some("m".to_owned()),
            is_scaled: false,
            ..amount
        });
    }
    if let Some((unit, end)) = sign_behind(line, end) {
        amount.stop = line.tokens[end - 1].span.end();
        return Some(Amount { end, unit: Some(unit.to_owned()), ..amount });
    }
    if let Some((unit, end)) = measure(line, end) {
        return Some(Amount { end, unit: Some(unit), ..amount });
    }
    Some(amount)
}

/// Whether `mark` begins with one that often stands right behind a word, with which no sign of a currency begins.
fn is_punctuation(mark: &str) -> bool {
    match mark.as_bytes().first() {
        Some(byte) if byte.is_ascii() => {
            matches!(byte, b',' | b'.' | b';' | b':' | b'-' | b'?' | b'!' | b')' | b'"' | b'\'')
        }
        _ => mark.starts_with(['–', '—', '”', '’']),
    }
}

/// The currency of a word and the sign joined to it: "US$", not the last word before a comma.
fn joined_currency(line: &Line, at: usize) -> Option<&'static str> {
    let is_sign = || line.kind(at + 1) == Some(Kind::Mark) && !is_punctuation(line.written(at + 1));
    if !line.is_joined(at) || line.kind(at) != Some(Kind::Word) || !is_sign() {
        return None;
    }
    CURRENCIES[0].get(&format!("{}{}", line.word(at), line.word(at + 1))).copied()
}

/// The currency before a number, and where the number begins.
fn currency_before(line: &Line, at: usize) -> (Option<&'static str>, usize) {
    if let Some(code) = joined_currency(line, at) {
        return (Some(code), at + 2);
    }
    let is_name = line.kind(at) == Some(Kind::Word) && !line.written(at).chars().all(char::is_uppercase);
    match CURRENCIES[0].get(line.word(at)).filter(|_| !is_name || line.word(at) == "rs") {
        Some(code) => (Some(code), at + 1),
        None => (None, at),
    }
}

/// "12km", "30C": digits with a unit of measure written onto them.
fn glued(line: &Line, at: usize) -> Option<Amount> {
    let written = line.written(at);
    let letters = written.find(|c: char| c.is_alphabetic() || c == '°').filter(|&digits| digits > 0)?;
    let (digits, tail) = written.split_at(letters);
    let value = line.digits_value(digits)?;
    let unit = match tail {
        "C" | "F" => tail,
        "m" => return None,
        _ => UNITS.get(&crate::token::fold(tail))?,
    };
    let stop = line.tokens[at].span.start() + digits.len();
    Some(Amount { start: at, end: at + 1, stop, value, unit: Some(unit.to_owned()), is_scaled: false })
}

/// Percent and currency behind a number, part of the number as written.
fn sign_behind(line: &Line, at: usize) -> Option<(&'static str, usize)> {
    let at = at + usize::from(line.word(at) == "-" && line.is_joined(at));
    match (line.word(at), line.word(at + 1)) {
        ("%" | "percent" | "pct", "point" | "points") => Some(("percentage points", at + 2)),
        ("percentage", "point" | "points") => Some(("percentage points", at + 2)),
        ("per", "cent") => Some(("percent", at + 2)),
        ("%" | "percent" | "pct" | "pc", _) => Some(("percent", at + 1)),
        ("us", "dollar" | "dollars") => Some(("USD", at + 2)),
        (word, _) => CURRENCIES[1].get(word).map(|code| (*code, at + 1)),
    }
}

/// A unit of measure behind a number: "12 hours", "12-hour", "3 sq km", "30 degrees Celsius".
fn measure(line: &Line, at: usize) -> Option<(String, usize)> {
    let is_joined = line.word(at) == "-" && line.is_joined(at) && at > 0 && line.is_joined(at - 1);
    let at = at + usize::from(is_joined);
    let at = at + usize::from(line.is(at, &["more", "consecutive", "full", "straight"]));
    let squared = line.is(at, &["square", "sq", "cubic"]);
    let unit_at = at + usize::from(squared);
    let unit = *UNITS.get(line.word(unit_at)).filter(|_| line.kind(unit_at) != Some(Kind::Number))?;
    if line.is_capitalised(unit_at) && unit.len() == 1 {
        return None;
    }
    let end = unit_at + 1;
    if unit == "degrees" {
        return Some(match UNITS.get(line.word(end)).copied().or(letter_degree(line.written(end))) {
            Some(scale @ ("C" | "F")) => (scale.to_owned(), end + 1),
            _ => (unit.to_owned(), end),
        });
    }
    if let Some((unit, end)) = speed(line, unit, end) {
        return Some((unit.to_owned(), end));
    }
    let unit = match line.word(at) {
        "cubic" => format!("cubic {unit}"),
        _ if squared => format!("square {unit}"),
        _ => unit.to_owned(),
    };
    Some((unit, end))
}

/// "miles per hour", "km/h", "kilometres an hour": the length before `end` in an hour.
fn speed(line: &Line, unit: &str, end: usize) -> Option<(&'static str, usize)> {
    let is_hourly = line.is(end, &["per", "an"]) && line.word(end + 1) == "hour"
        || line.word(end) == "/" && line.is_joined(end) && line.is(end + 1, &["h", "hr"]);
    let unit = match unit {
        "miles" => "mph",
        "km" => "km/h",
        _ => return None,
    };
    is_hourly.then_some((unit, end + 2))
}

fn letter_degree(word: &str) -> Option<&'static str> {
    match word {
        "C" => Some("C"),
        "F" => Some("F"),
        _ => None,
    }
}

/// "200 to 300", "5–7", "between 4 and 5 per cent", "$2–3 million", "two or three".
fn range(line: &Line, near: &Amount, is_free: &dyn Fn(usize) -> bool) -> Option<Quantity> {
    if !ties(line, near) || !is_free(near.end + 1) {
        return None;
    }
    let far = amount(line, near.end + 1)?;
    let scaled = if far.is_scaled && !near.is_scaled && near.value < 1000.0 && far.value >= 1e6 {
        near.value * scale_of(far.value)
    } else {
        near.value
    };
    let is_one_unit = near.unit.is_none() || far.unit.is_none() || near.unit == far.unit;
    if !is_one_unit || scaled >= far.value {
        return None;
    }
    let unit = far.unit.or_else(|| near.unit.clone()).unwrap_or_else(|| "count".to_owned());
    Some(Quantity {
        start: near.start,
        end: far.end,
        span: Span::new(line.tokens[near.start].span.start(), far.stop),
        value: None,
        low: Some(scaled),
        high: Some(far.value),
        unit,
        qualifier: None,
    })
}

fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e6].into_iter().find(|scale| value >= *scale).unwrap_or(1.0)
}

/// Whether what stands behind `near` ties it to a far end.
fn ties(line: &Line, near: &Amount) -> bool {
    let end = near.end;
    match line.word(end) {
        "-" | "–" | "—" => line.is_joined(end - 1) && line.is_joined(end),
        "to" => line.before(near.start) != "from" || !changes(line, near.start - 1),
        "and" => line.before(near.start) == "between",
        "or" => near.value < 20.0 && near.unit.is_none() && line.kind(end + 1) == line.kind(near.start),
        _ => false,
    }
}

/// Whether a verb of change stands before the "from" at `at` ("rose from 4 to 5").
fn changes(line: &Line, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|at| is_of("copula", line.word(at)) || line.word(at).ends_with("ed"))
}

/// "2-1": two small numbers joined by a dash, the first not the smaller; the other way round beside words of sport.
fn score(line: &Line, at: usize) -> Option<Quantity> {
    let (first, second) = (line.digits(at, 1..=3)?, line.digits(at + 2, 1..=3)?);
    let is_joined = line.is_joined(at) && line.is_joined(at + 1) && matches!(line.word(at + 1), "-" | "–");
    let goes_on = line.word(at + 3) == "-" && line.is_joined(at + 2) || line.before(at) == "-";
    let is_measured = sign_behind(line, at + 3).is_some() || measure(line, at + 3).is_some();
    let is_sport = (at.saturating_sub(4)..at).any(|at| is_of("sport", line.word(at)));
    if !is_joined || goes_on || is_measured || first < second && (!is_sport || is_plural(line, at + 3)) {
        return None;
    }
    let span = line.tokens[at].span.cover(line.tokens[at + 2].span);
    Some(bare(at, at + 3, span, "score", None))
}

fn bare(start: usize, end: usize, span: Span, unit: &str, value: Option<f64>) -> Quantity {
    Quantity { start, end, span, value, low: None, high: None, unit: unit.to_owned(), qualifier: None }
}

/// "two-thirds", "a third of", "half of": the share as a number between 0 and 1.
fn fraction(line: &Line, at: usize) -> Option<Quantity> {
    let is_part = |at| numerals::meaning(line.word(at)).filter(|(class, _)| *class == "part");
    let (count, part_at) = match line.word(at) {
        "half" if line.is(at + 1, &["of", "the", "its", "their"]) => (1.0, at),
        "half" => return None,
        "a" | "one" => (1.0, at + 1 + usize::from(line.word(at + 1) == "-")),
        word => {
            let (class, value) = numerals::meaning(word).filter(|&(_, value)| value < 20.0)?;
            let is_plural = class == "unit" && value > 1.0;
            is_plural.then_some((value, at + 1 + usize::from(line.word(at + 1) == "-")))?
        }
    };
    let (_, parts) = is_part(part_at)?;
    let is_open = count > 1.0 && line.word(part_at).ends_with('s')
        || line.is(part_at + 1, &["of", "the", "its", "their"]);
    if !is_open || part_at == at && line.before(at) == "-" {
        return None;
    }
    let span = line.tokens[at].span.cover(line.tokens[part_at].span);
    Some(bare(at, part_at + 1, span, "share", Some(count / parts)))
}

/// "one in 11", "two out of three", "one of every five".
fn ratio(line: &Line, at: usize, is_free: &dyn Fn(usize) -> bool) -> Option<Quantity> {
    let near = line.number(at)?;
    let end = at + near.length;
    let tie = match (line.word(end), line.word(end + 1)) {
        ("in" | "of", "every" | "each") | ("out", "of") => 2,
        ("in", _) => 1,
        _ => return None,
    };
    if !is_free(end + tie) {
        return None;
    }
    let far = line.number(end + tie)?;
    let stop = end + tie + far.length;
    let is_small = near.value >= 1.0 && near.value < far.value && near.value < 20.0 && far.value <= 1e6;
    let is_measured = measure(line, stop).is_some() || sign_behind(line, stop).is_some();
    let span = line.tokens[at].span.cover(line.tokens[stop - 1].span);
    (is_small && !is_measured).then(|| bare(at, stop, span, "share", Some(near.value / far.value)))
}

/// "hundreds of", "tens of thousands of euros": no value, the scale as lower end.
fn many(line: &Line, at: usize) -> Option<Quantity> {
    let scale =
        |at| numerals::meaning(line.word(at)).filter(|(class, _)| *class == "many").map(|(_, low)| low);
    let (low, end) = match scale(at) {
        Some(_) if line.word(at + 1) == "of" && scale(at + 2).is_some() => {
            (scale(at)? * scale(at + 2)?, at + 3)
        }
        Some(low) => (low, at + 1),
        None if line.word(at) == "tens" && line.word(at + 1) == "of" => (scale(at + 2)? * 10.0, at + 3),
        None => return None,
    };
    // "billions of dollars"
    if let Some((code, end)) = sign_behind(line, end + 1).filter(|_| line.word(end) == "of")
        && code.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        let span = line.tokens[at].span.cover(line.tokens[end - 1].span);
        return Some(Quantity { low: Some(low), ..bare(at, end, span, code, None) });
    }
    let span = line.tokens[at].span.cover(line.tokens[end - 1].span);
    let is_open = line.is(end, &["of", "more"]);
    is_open.then(|| Quantity { low: Some(low), ..bare(at, end, span, "count", None) })
}

/// The qualifier before `start` or behind `end`, the longest that fits.
fn qualifier(line: &Line, start: usize, end: usize) -> Option<String> {
    let before = (1..=4usize).rev().filter_map(|length| Some((start.checked_sub(length)?, start)));
    let behind = [(end, end + 2)];
    let qualify = |&(from, to): &(usize, usize)| (from..to).all(|at| QUALIFYING.contains(line.word(at)));
    before.chain(behind).filter(qualify).find_map(|(from, to)| {
        let words: Vec<&str> = (from..to).map(|at| line.word(at)).collect();
        let words = words.join(" ");
        QUALIFIERS.contains_key(words.as_str()).then(|| {
            ["an ", "a "].iter().find_map(|article| words.strip_prefix(article)).unwrap_or(&words).to_owned()
        })
    })
}

/// Whether a counted noun in the plural stands at `at`.
pub fn is_plural(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    line.kind(at) == Some(Kind::Word)
        && (is_of("plural", word)
            || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !is_of("stop", word))
}
