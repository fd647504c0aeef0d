//! Reads German numbers in digits and in words.
//!
//! In: tokens of a text and where to begin. Out: as the English reading. The comma is the decimal mark; a point or a thin space parts
//! three digits: "850.000", "1.234.567,89", "17,3 Millionen", "4 Mrd.", "zweihundertdreißig", "eine halbe Million". Words lie in
//! `lang/de/numerals.txt`.
//! Leaves: "3.5" and other digits behind a point that are not three (times of day, dates), ordinals, "ein" alone.

use super::{Number, is_group, tidy};
use crate::lexicon::{self, Table};
use crate::token::{Kind, Token, fold};
use std::sync::LazyLock;

static WORDS: LazyLock<Table<(&'static str, f64)>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../lang/de/numerals.txt"));
    Table::of(rows.filter_map(|row| Some((row[0], (*row.get(1)?, row.get(2)?.parse().ok()?)))))
});

/// Longer words are no numbers.
const LONGEST: usize = 48;

/// The number that begins at `at`; `None` when none does.
pub fn read(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let first = tokens.get(at)?;
    let (mut value, mut length, is_words) = match first.kind {
        Kind::Number => {
            let (value, length) = in_digits(text, tokens, at)?;
            (value, length, false)
        }
        Kind::Word => {
            let (value, length) = in_words(text, tokens, at)?;
            (value, length, true)
        }
        Kind::Mark => return None,
    };
    let mut is_scaled = false;
    while let Some((scale, more)) =
        scale(text, tokens, at + length).filter(|(scale, _)| !is_scaled || *scale >= 1e6)
    {
        value *= scale;
        length += more;
        is_scaled = true;
    }
    Some(Number { value: tidy(value), length, is_words, is_scaled })
}

/// The number at `at` without the scale behind it.
pub fn unscaled(text: &str, tokens: &[Token], at: usize) -> Option<f64> {
    let kind = tokens.get(at)?.kind;
    let found = if kind == Kind::Number { in_digits(text, tokens, at) } else { in_words(text, tokens, at) };
    found.map(|(value, _)| value)
}

fn in_digits(text: &str, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let mut value = digits_value(tokens[at].of(text))?;
    let mut length = 1;
    while tokens[at].span.len() <= 3 && is_group(text, tokens, at + length) {
        value = value * 1000.0 + digits_value(tokens[at + length].of(text))?;
        length += 1;
    }
    Some((value, length))
}

/// "850.000" 850,000, "17,3" 17.3; `None` for "3.5" and "1.2,3.4".
pub fn digits_value(digits: &str) -> Option<f64> {
    let (whole, fraction) = digits.split_once(',').unwrap_or((digits, "0"));
    let groups: Vec<&str> = whole.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.len() == 1
        || (1..=3).contains(&groups[0].len())
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3);
    if !is_grouped || !groups.iter().chain([&fraction]).all(is_number) {
        return None;
    }
    format!("{}.{fraction}", groups.concat()).parse().ok().filter(|value: &f64| *value < 1e18)
}

/// A scale behind a number ("Millionen", "Mrd."), and how many tokens it takes.
fn scale(text: &str, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let (class, value) = *WORDS.get(&fold(tokens.get(at)?.of(text)))?;
    let is_short = matches!(&*fold(tokens[at].of(text)), "mio" | "mrd");
    let has_stop = is_short
        && tokens
            .get(at + 1)
            .is_some_and(|next| next.of(text) == "." && next.span.start() == tokens[at].span.end());
    (class == "scale").then_some((value, 1 + usize::from(has_stop)))
}

/// "zwölf", "zweihundertdreißig", "eine Million", "einer halben Million".
fn in_words(text: &str, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let folded = |at: usize| tokens.get(at).map(|token| fold(token.of(text)));
    let first = folded(at)?;
    if matches!(&*first, "ein" | "eine" | "einer" | "einem" | "einen" | "eines") {
        if scale(text, tokens, at + 1).is_some() {
            return Some((1.0, 1));
        }
        let is_half = folded(at + 1).is_some_and(|word| matches!(&*word, "halbe" | "halben" | "halbes"));
        return (is_half && scale(text, tokens, at + 2).is_some()).then_some((0.5, 2));
    }
    // "die Elf" is a team.
    let is_noun =
        at > 0 && tokens[at - 1].kind != Kind::Mark && tokens[at].of(text).starts_with(char::is_uppercase);
    if is_noun || first.len() > LONGEST || matches!(&*first, "million" | "millionen" | "mio" | "mrd") {
        return None;
    }
    value(&first).map(|value| (value, 1))
}

/// The value of one word, put together of others or not.
fn value(word: &str) -> Option<f64> {
    match WORDS.get(word) {
        Some(&("unit" | "teen" | "ten" | "hundred" | "half", value)) => return Some(value),
        Some(&("scale", 1000.0)) => return Some(1000.0),
        Some(_) => return None,
        None => {}
    }
    for (name, scale) in [("tausend", 1000.0), ("hundert", 100.0)] {
        if let Some((left, right)) = word.split_once(name) {
            let times = if left.is_empty() { 1.0 } else { value(left)? };
            let rest =
                if right.is_empty() { 0.0 } else { value(right.strip_prefix("und").unwrap_or(right))? };
            return (times < 1000.0 && rest < scale).then_some(times * scale + rest);
        }
    }
    // "einundzwanzig": the unit stands first.
    let of =
        |class: &str, word: &str| WORDS.get(word).filter(|(own, _)| *own == class).map(|(_, value)| *value);
    word.match_indices("und")
        .find_map(|(at, und)| Some(of("unit", &word[..at])? + of("ten", &word[at + und.len()..])?))
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
    fn german_numbers_have_their_own_marks() {
        check("850.000 Euro", Some((850_000.0, 1)));
        check("1.234.567,89 Euro", Some((1_234_567.89, 1)));
        check("17,3 Prozent", Some((17.3, 1)));
        check("345,6 Millionen Euro", Some((345_600_000.0, 2)));
        check("4,2 Mrd. Euro", Some((4_200_000_000.0, 3)));
        check("10 Milliarden", Some((10_000_000_000.0, 2)));
        check("17.45 Uhr", None);
        check("3.5", None);
        check("0.250", None);
    }

    #[test]
    fn german_number_words_are_put_together() {
        check("zwölf Boote", Some((12.0, 1)));
        check("einundzwanzig Boote", Some((21.0, 1)));
        check("zweihundertdreißig Boote", Some((230.0, 1)));
        check("dreitausendfünfhundert", Some((3500.0, 1)));
        check("hunderttausend", Some((100_000.0, 1)));
        check("eine Million", Some((1_000_000.0, 2)));
        check("einer halben Million", Some((500_000.0, 3)));
        check("anderthalb Stunden", Some((1.5, 1)));
        check("eine Frau", None);
        check("undeutlich", None);
    }
}
