//! Reads numbers in digits and in words.
//!
//! In: tokens of a text and where to begin. Out: the value and how many tokens it takes. "twenty-three",
//! "two hundred and six", "1,200", "1.2m", "4.2 million", "three and a half". Decimal mark is the point;
//! a comma or a space that parts three digits is a thousands separator. Words and scales lie in `lang/en/numerals.txt`.
//! German has a reading of its own ([`german`]).
//! Leaves: ordinals, Roman numerals, what the number counts.

pub mod german;

use crate::lexicon::{self, Table};
use crate::token::{Kind, Token, fold};
use crate::vocabulary::Lists;
use std::sync::LazyLock;

/// A number as read.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// How many tokens it takes.
    pub length: usize,
    /// Whether it is written in words alone.
    pub is_words: bool,
    /// Whether it ends with a scale ("million", "bn").
    pub is_scaled: bool,
}

static WORDS: LazyLock<Table<(&'static str, f64)>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../lang/en/numerals.txt"));
    Table::of(rows.filter_map(|row| Some((row[0], (*row.get(1)?, row.get(2)?.parse().ok()?)))))
});

/// The number that begins at `at`, `None` when none does.
pub fn read(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    read_by(digits_value, text, tokens, at)
}

/// The same where a comma is the decimal mark and a point parts three digits.
pub fn read_with_comma(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    read_by(german::digits_value, text, tokens, at)
}

/// The value of digits with their marks.
type Digits = fn(&str) -> Option<f64>;

fn read_by(digits: Digits, text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let first = tokens.get(at)?;
    match first.kind {
        Kind::Number => in_digits(digits, text, tokens, at),
        // "a", "an" and "half" may begin one too.
        Kind::Word if first.lists.touch(Lists::NUMERAL) || matches!(first.span.len(), 1 | 2 | 4) => {
            in_words(text, tokens, at)
        }
        Kind::Word => None,
        Kind::Mark => None,
    }
}

/// All words that [`meaning`] knows, in no order of meaning.
pub fn words() -> impl Iterator<Item = &'static str> {
    WORDS.keys().copied()
}

/// What a word adds to a number: its class (`unit ten hundred dozen scale letter part many`) and value.
pub fn meaning(word: &str) -> Option<(&'static str, f64)> {
    if word.len() > 16 {
        return None;
    }
    WORDS.get(&fold(word)).copied()
}

fn in_digits(value_of: Digits, text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let written = tokens[at].of(text);
    let letters =
        written.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(written.len());
    let (digits, tail) = written.split_at(letters);
    let mut value = value_of(digits)?;
    let mut length = 1;
    let mut is_scaled = false;
    if !tail.is_empty() {
        let (class, scale) = meaning(tail)?;
        if class != "letter" && class != "scale" {
            return None;
        }
        value *= scale;
        is_scaled = true;
    }
    // "1 200 000" with narrow or plain spaces between groups of three.
    while tail.is_empty()
        && !digits.contains([',', '.'])
        && digits.len() <= 3
        && is_group(text, tokens, at + length)
    {
        value = value * 1000.0 + value_of(tokens[at + length].of(text))?;
        length += 1;
    }
    while let Some(scale) = scale_at(text, tokens, at + length, is_scaled) {
        value *= scale;
        is_scaled = true;
        length += 1;
    }
    Some(Number { value: tidy(value), length, is_words: false, is_scaled })
}

/// Whether the token is three digits that a no-break or thin space joins to the number before.
fn is_group(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(before), Some(token)) = (tokens.get(at.wrapping_sub(1)), tokens.get(at)) else { return false };
    let gap = &text[before.span.end()..token.span.start()];
    let written = token.of(text);
    matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}")
        && written.len() == 3
        && written.bytes().all(|byte| byte.is_ascii_digit())
}

/// A scale word behind a number; a letter ("4.2 m") never stands apart from its number here.
fn scale_at(text: &str, tokens: &[Token], at: usize, is_scaled: bool) -> Option<f64> {
    let token = tokens.get(at)?;
    if token.kind == Kind::Word && !token.lists.touch(Lists::NUMERAL) {
        return None;
    }
    let (class, value) = meaning(token.of(text))?;
    (class == "scale" && (!is_scaled || value >= 1e6) || class == "hundred" && !is_scaled).then_some(value)
}

/// "1,200" 1200, "3.5" 3.5; `None` for "1,20" and "1.2.3".
pub fn digits_value(digits: &str) -> Option<f64> {
    // Up to fifteen digits alone are a whole number that a float holds exactly.
    if (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.parse::<u64>().ok().map(|value| value as f64);
    }
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    if fraction.is_some_and(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    if let Some((first, rest)) = whole.split_once(',') {
        let is_group = |group: &str| matches!(group.len(), 2 | 3);
        let last = rest.rsplit(',').next().unwrap_or(rest);
        if first.len() > 3 || !rest.split(',').all(is_group) || last.len() != 3 {
            return None;
        }
    }
    let mut plain = digits.replace(',', "");
    if fraction.is_none() {
        plain.push_str(".0");
    }
    plain.parse().ok().filter(|value: &f64| value.is_finite() && *value < 1e18)
}

/// "twenty-three", "two hundred and six", "a hundred", "three and a half", "half a million".
fn in_words(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let mut read = Reading { total: 0.0, current: 0.0, last: "" };
    let mut end = at;
    let mut i = at;
    if let Some(value) = half(text, tokens, at) {
        return Some(value);
    }
    let lead_article = is(text, tokens, at, &["a", "an"]);
    if lead_article {
        read.current = 1.0;
        read.last = "unit";
        i += 1;
        let (class, _) = meaning(tokens.get(i)?.of(text))?;
        if class != "hundred" && class != "scale" && class != "dozen" {
            return None;
        }
    }
    while let Some(token) = tokens.get(i) {
        let joined = i > at && (is(text, tokens, i, &["-", "‐", "‑"]) || is_and(text, tokens, i, &read));
        let at_word = if joined { i + 1 } else { i };
        let word = if joined { tokens.get(at_word) } else { Some(token) };
        let word = word.filter(|token| token.kind != Kind::Word || token.lists.touch(Lists::NUMERAL));
        let Some((class, value)) = word.and_then(|token| meaning(token.of(text))) else { break };
        if !read.take(class, value) {
            break;
        }
        i = at_word + 1;
        end = i;
    }
    if end == at {
        return None;
    }
    let is_scaled = read.total > 0.0 && read.current == 0.0;
    let mut value = read.total + read.current;
    if is(text, tokens, end, &["and"])
        && is(text, tokens, end + 1, &["a"])
        && is(text, tokens, end + 2, &["half"])
    {
        value += 0.5;
        end += 3;
    }
    Some(Number { value, length: end - at, is_words: true, is_scaled })
}

/// "half a million", "half a dozen".
fn half(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    if !is(text, tokens, at, &["half"]) || !is(text, tokens, at + 1, &["a"]) {
        return None;
    }
    let (class, value) = meaning(tokens.get(at + 2)?.of(text))?;
    matches!(class, "scale" | "hundred" | "dozen").then_some(Number {
        value: value / 2.0,
        length: 3,
        is_words: true,
        is_scaled: true,
    })
}

/// A number in words as it grows.
struct Reading {
    total: f64,
    current: f64,
    last: &'static str,
}

impl Reading {
    /// Takes one more word, or leaves it to what follows ("two five" are two numbers).
    fn take(&mut self, class: &'static str, value: f64) -> bool {
        match (class, self.last) {
            ("unit", "" | "hundred" | "scale") => self.current += value,
            ("unit", "ten") if value < 10.0 && value > 0.0 => self.current += value,
            ("ten", "" | "hundred" | "scale") => self.current += value,
            ("hundred", "unit" | "ten") if self.current > 0.0 => self.current *= value,
            ("dozen", "unit" | "ten") if self.current > 0.0 => self.current *= value,
            ("scale", "unit" | "ten" | "hundred" | "dozen") if self.current > 0.0 => {
                self.total += self.current * value;
                self.current = 0.0;
            }
            _ => return false,
        }
        self.last = class;
        true
    }
}

/// "two hundred and six": "and" inside a number only behind a hundred or a scale.
fn is_and(text: &str, tokens: &[Token], at: usize, read: &Reading) -> bool {
    is(text, tokens, at, &["and"])
        && matches!(read.last, "hundred" | "scale")
        && tokens.get(at + 1).and_then(|token| meaning(token.of(text))).is_some_and(|(class, _)| {
            matches!(class, "unit" | "ten")
                && !tokens
                    .get(at + 2)
                    .and_then(|token| meaning(token.of(text)))
                    .is_some_and(|(class, _)| matches!(class, "scale" | "hundred"))
        })
}

/// Whether the token at `at` is one of `words`, letter case aside.
pub fn is(text: &str, tokens: &[Token], at: usize, words: &[&str]) -> bool {
    tokens.get(at).is_some_and(|token| {
        let written = token.of(text);
        words.iter().any(|word| written.eq_ignore_ascii_case(word))
    })
}

/// Takes back what binary fractions add: 4.2 million is 4,200,000.
fn tidy(value: f64) -> f64 {
    if value.abs() < 1e12 { (value * 1000.0).round() / 1000.0 } else { value.round() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::token::tokens;

    fn check(text: &str, expected: Option<(f64, usize)>) {
        let tokens = tokens(text, Span::new(0, text.len()));
        let found = read(text, &tokens, 0).map(|number| (number.value, number.length));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        check("1,200 homes", Some((1200.0, 1)));
        check("4.2 million", Some((4_200_000.0, 2)));
        check("1.2bn", Some((1_200_000_000.0, 1)));
        check("twenty-three men", Some((23.0, 3)));
        check("two hundred and six votes", Some((206.0, 4)));
        check("a hundred people", Some((100.0, 2)));
        check("a man", None);
        check("three and a half hours", Some((3.5, 4)));
        check("half a million", Some((500_000.0, 3)));
        check("two and three", Some((2.0, 1)));
        check("seven thousand three hundred", Some((7300.0, 4)));
        check("36th", None);
        check("1,20", None);
    }
}
