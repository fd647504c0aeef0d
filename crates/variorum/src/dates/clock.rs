//! Reads a time of day: "9:56 a.m.", "14:25 GMT", "7am local time", "noon".
//!
//! In: a [`Line`] and a place in it. Out: where the time that begins there ends. Its value is not worked out.
//! Leaves: "1053 GMT" without a colon, times in words.

use crate::line::Line;

/// One past the last token of the time that begins at `at`: hours with minutes, or with "a.m." or "p.m.", and the
/// zone; or a word.
pub fn at(line: &Line, at: usize) -> Option<usize> {
    if line.is(at, &["noon", "midday", "midnight"]) {
        return Some(at + 1);
    }
    let (hour, tail) = hour_at(line.written(at))?;
    if hour > 24 {
        return None;
    }
    let minutes = minutes(line, at).filter(|_| tail.is_empty());
    let half = half_of_day(line, minutes.unwrap_or(at + 1)).filter(|_| tail.is_empty());
    let end = half.or(minutes).or((!tail.is_empty()).then_some(at + 1))?;
    Some(zone(line, end))
}

/// The hour, and the "am" written onto it.
fn hour_at(written: &str) -> Option<(u8, &str)> {
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let (hour, tail) = written.split_at_checked(digits).filter(|(hour, _)| (1..=2).contains(&hour.len()))?;
    is_tail(tail).then_some((hour.parse().ok()?, tail))
}

fn is_tail(tail: &str) -> bool {
    ["", "am", "pm"].iter().any(|known| tail.eq_ignore_ascii_case(known))
}

/// One past the ":56" behind the hour at `at`, also with "am" written onto it.
fn minutes(line: &Line, at: usize) -> Option<usize> {
    let is_tied = matches!(line.word(at + 1), ":" | ".") && line.is_joined(at) && line.is_joined(at + 1);
    let (minutes, tail) = line.written(at + 2).split_at_checked(2)?;
    let is_number = minutes.bytes().all(|byte| byte.is_ascii_digit()) && minutes < "60";
    let end = at + 3;
    let goes_on = line.word(end) == ":" && line.is_joined(end - 1) && line.digits(end + 1, 2..=2).is_some();
    (is_tied && is_number && is_tail(tail)).then_some(if goes_on { end + 2 } else { end })
}

/// One past "a.m.", its last stop included where the sentence goes on.
fn half_of_day(line: &Line, at: usize) -> Option<usize> {
    let has_stop = line.is(at, &["a.m", "p.m"]) && line.word(at + 1) == "." && at + 2 < line.len();
    line.is(at, &["am", "pm", "a.m", "p.m", "a.m.", "p.m."]).then_some(at + 1 + usize::from(has_stop))
}

/// One past the name of a zone at `at`: "GMT", "ET", "BST", "local time".
fn zone(line: &Line, at: usize) -> usize {
    let written = line.written(at);
    let is_capital = written.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_zone =
        is_capital && (2..=4).contains(&written.len()) && written.ends_with('T') || written == "UTC";
    match line.word(at) {
        "local" if line.word(at + 1) == "time" => at + 2,
        _ => at + usize::from(is_zone),
    }
}
