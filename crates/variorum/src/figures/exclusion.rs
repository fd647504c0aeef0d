//! Decides which numbers are no quantities.
//!
//! In: a [`Line`] and a quantity read in it. Out: whether it is part of a name, an address, a clock time, a list number,
//! a phone number, a handle or address of the net, or a pronoun. Lists: `lang/en/figure-words.txt`.
//! Leaves: numbers in titles of works that neither marks nor mentions show.

use super::is_of;
use super::quantity::{Quantity, is_plural};
use crate::line::Line;
use crate::tagging::pos::Part;
use crate::token::Kind;

/// How far behind "one" a verb of speech makes it an article, in tokens.
const SPEECH_REACH: usize = 9;

type Rule = fn(&Line, &Quantity) -> bool;

/// Any of them is enough.
const RULES: &[Rule] = &[
    is_pronoun,
    is_labelled,
    is_clock,
    is_address,
    is_joined_name,
    is_list_number,
    is_capital_word,
    is_zero,
    is_way,
    is_gallery,
];

/// Whether the quantity is none.
pub fn excludes(line: &Line, quantity: &Quantity) -> bool {
    RULES.iter().any(|rule| rule(line, quantity))
}

/// For each token whether it is part of an address of the net, a handle or a hashtag.
pub fn in_addresses(line: &Line) -> Vec<bool> {
    let mut marks = vec![false; line.len()];
    let ends = line.tokens.first().zip(line.tokens.last());
    let whole = ends.map_or("", |(first, last)| first.span.cover(last.span).of(line.text));
    let may_be = memchr::memchr3(b'@', b'#', b'/', whole.as_bytes()).is_some() || whole.contains("www.");
    if !may_be {
        return marks;
    }
    let mut from = 0;
    for at in 0..line.len() {
        if !line.is_joined(at) {
            let chunk = line.tokens[from].span.cover(line.tokens[at].span).of(line.text);
            let is_address = chunk.contains("://")
                || chunk.starts_with("www.")
                || chunk.contains('@')
                || chunk.trim_start_matches(['(', '“', '"']).starts_with('#');
            marks[from..=at].fill(is_address);
            from = at + 1;
        }
    }
    marks
}

/// "no one", "one of them", "the one", "one another", "the two of them".
fn is_pronoun(line: &Line, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    if quantity.unit != "count" || end != start + 1 {
        return false;
    }
    let behind_is_noun = is_lower_word(line, end) || line.word(end) == "-";
    match line.word(start) {
        "one" => {
            is_of("not-one", line.before(start))
                || !behind_is_noun
                || line.is(end, &["day", "another", "thing", "point"])
                || speaks(line, end)
        }
        "two" | "three" => line.before(start) == "the" && !behind_is_noun,
        _ => false,
    }
}

/// "one resident wrote", "one victim, a driver, said": an article for somebody who speaks.
fn speaks(line: &Line, end: usize) -> bool {
    let is_speech = |at: &usize| is_of("speech", line.word(*at));
    let is_near = (end + 1..line.len().min(end + SPEECH_REACH)).any(|at| is_speech(&at));
    // "one victim, a retired driver of the old line, said"
    let mut apposed = end + 2..line.len().min(end + 2 * SPEECH_REACH);
    is_near || line.word(end + 1) == "," && apposed.any(|at| line.before(at) == "," && is_speech(&at))
}

/// "No. 5", "Route 66", "Section 12": a number behind a label, or behind a name with nothing counted after it.
fn is_labelled(line: &Line, quantity: &Quantity) -> bool {
    let start = quantity.start;
    if quantity.unit != "count" || start == 0 {
        return false;
    }
    let before = if line.before(start) == "." && start >= 2 && line.is_joined(start - 2) {
        start - 2
    } else {
        start - 1
    };
    if is_of("label", line.word(before)) || matches!(line.word(before), "#" | "№") {
        return !(line.is(before, &["no"]) && line.word(before + 1) != ".");
    }
    let is_mid = start >= 2 && line.kind(start - 2) != Some(Kind::Mark);
    let is_behind_name = (is_mid || start == 1 && line.part(before) == Some(Part::Propn))
        && before + 1 == start
        && line.is_capitalised(before)
        && line.tokens[start].kind == Kind::Number;
    let counts = is_plural(line, quantity.end) || quantity.qualifier.is_some();
    is_behind_name && !counts && !is_lower_word(line, quantity.end)
}

/// A word in small letters that can be what is counted.
fn is_lower_word(line: &Line, at: usize) -> bool {
    line.kind(at) == Some(Kind::Word)
        && !line.is_capitalised(at)
        && !is_of("stop", line.word(at))
        && (is_plural(line, at) || !line.is_verb(at))
}

/// "10:30", "7 p.m.", "9 o’clock".
fn is_clock(line: &Line, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    let is_digits = |at| line.kind(at) == Some(Kind::Number);
    let has_minutes =
        line.word(end) == ":" && line.is_joined(end - 1) && line.is_joined(end) && is_digits(end + 1);
    let is_minutes =
        line.before(start) == ":" && start >= 2 && line.is_joined(start - 1) && is_digits(start - 2);
    has_minutes || is_minutes || quantity.unit == "count" && is_of("clock", line.word(end))
}

/// "12 Harbour Street".
fn is_address(line: &Line, quantity: &Quantity) -> bool {
    let end = quantity.end;
    line.is_capitalised(end)
        && (is_of("address", line.word(end + 1)) && line.is_capitalised(end + 1)
            || is_of("address", line.word(end + 2)) && line.is_capitalised(end + 2))
}

/// "Covid-19", "24/7", "555-0137", "B-52", "+44 20": a number that hyphens or slashes make part of something else.
fn is_joined_name(line: &Line, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.start, quantity.end);
    let joined_before = start >= 2 && line.is_joined(start - 1) && line.is_joined(start - 2);
    let behind_mark = joined_before && matches!(line.before(start), "-" | "/" | "_" | "." | "+");
    let plus = start >= 1 && line.before(start) == "+" && line.is_joined(start - 1);
    let slash = line.is_joined(end - 1) && line.word(end) == "/" && line.kind(end + 1) == Some(Kind::Number);
    let number_on = line.is_joined(end - 1)
        && line.is_joined(end)
        && matches!(line.word(end), "-" | "–")
        && line.kind(end + 1) == Some(Kind::Number);
    behind_mark || plus || slash || number_on && quantity.unit == "count"
}

/// "1." or "2)" at the beginning.
fn is_list_number(line: &Line, quantity: &Quantity) -> bool {
    let is_first = quantity.start == 0 && quantity.unit == "count" && line.tokens[0].kind == Kind::Number;
    is_first && (line.len() <= quantity.end + 1 || line.word(quantity.end) == ")")
}

/// "Formula One", "the Big Three": a number word with a capital behind a word with a capital.
fn is_capital_word(line: &Line, quantity: &Quantity) -> bool {
    let start = quantity.start;
    let is_word = line.kind(start) == Some(Kind::Word) && line.is_capitalised(start);
    is_word
        && start > 0
        && line.is_capitalised(start - 1)
        && !is_lower_word(line, quantity.end)
        && !is_plural(line, quantity.end)
        && quantity.unit == "count"
}

fn is_zero(line: &Line, quantity: &Quantity) -> bool {
    line.word(quantity.start) == "zero" && quantity.unit == "count"
}

/// "a three-way race".
fn is_way(line: &Line, quantity: &Quantity) -> bool {
    line.word(quantity.end) == "-" && line.word(quantity.end + 1) == "way"
}

/// "(3 Images)": how much a gallery holds.
fn is_gallery(line: &Line, quantity: &Quantity) -> bool {
    let end = quantity.end;
    line.before(quantity.start) == "(" && is_of("gallery", line.word(end)) && line.word(end + 1) == ")"
}
