//! Finds what a quantity counts or measures.
//!
//! In: a [`Line`] and a quantity in it. Out: the span of a noun phrase. Counts: the noun phrase behind the number up
//! to its plural head; without one, what the figure before it in the sentence counts. Shares, money and measures: what
//! "of", "in" or "for" leads to, else what "of" joins from before, else the subject of the verb before it. No parser:
//! a phrase ends at a word of the `stop` list of `lang/en/figure-words.txt`; it is no date, and where words are tagged it ends in
//! no verb. Of "a three-judge panel" the three are judges.
//! Leaves: relative clauses.

use super::is_of;
use super::quantity::{Quantity, is_plural};
use crate::line::Line;
use crate::span::Span;
use crate::tagging::pos::Part;
use crate::token::Kind;
use std::ops::Range;

/// Longest noun phrase, in tokens.
const LONGEST: usize = 7;

/// How far before a figure its verb is looked for, in tokens.
const VERB_REACH: usize = 9;

/// What `quantity` counts. `previous` is what the figure before it in the sentence counts, `is_date` tells the tokens of dates.
pub fn find(
    line: &Line,
    quantity: &Quantity,
    previous: Option<Span>,
    is_date: &dyn Fn(usize) -> bool,
) -> Option<Span> {
    let behind = |line: &Line, at| behind(line, at).filter(|_| !is_date(at));
    match quantity.unit.as_str() {
        "count"
            if line.word(quantity.end) == "-"
                && is_word(line, quantity.end + 1)
                && line.part(quantity.end + 1) != Some(Part::Adj) =>
        {
            Some(line.tokens[quantity.end + 1].span)
        }
        "count" | "score" => behind(line, quantity.end)
            .or_else(|| of_behind(line, quantity.end))
            .or_else(|| previous.filter(|_| stands_alone(line, quantity.end))),
        "age" => behind(line, quantity.end),
        unit => {
            // "£4m vanished" measures no vanishing.
            let is_verb = line.word(quantity.end).ends_with("ed") && !is_word(line, quantity.end + 1);
            let behind = behind(line, quantity.end).filter(|_| !is_verb && joins_noun(line, quantity, unit));
            behind
                .or_else(|| led(line, quantity.end).filter(|_| !is_date(determined(line, quantity.end + 1))))
                .or_else(|| of_before(line, quantity.start))
                .or_else(|| subject(line, quantity.start))
        }
    }
}

/// Whether a noun behind an amount is what it measures: "a $4 million contract", "a 12-hour shift".
fn joins_noun(line: &Line, quantity: &Quantity, unit: &str) -> bool {
    let is_hyphened = (quantity.start..quantity.end).any(|at| line.word(at) == "-" && line.is_joined(at));
    is_hyphened
        || unit.chars().all(|c| c.is_ascii_uppercase()) && unit.len() == 3
        || matches!(unit, "percent" | "share")
}

fn stands_alone(line: &Line, at: usize) -> bool {
    line.kind(at).is_none_or(|kind| kind == Kind::Mark) || is_of("stop", line.word(at))
}

/// The noun phrase that begins at `at`: up to its last plural in a row, or whole where none is plural.
fn behind(line: &Line, at: usize) -> Option<Span> {
    let at = at + usize::from(line.word(at) == "-" && line.is_joined(at));
    let at =
        at + usize::from(line.is(at, &["more", "other", "further", "additional"]) && is_word(line, at + 1));
    let at = at + usize::from(matches!(line.word(at), "“" | "\"" | "‘") && is_word(line, at + 1));
    let end = phrase_end(line, at);
    let mut head = (at..end).find(|&at| is_plural(line, at) && line.word(at + 1) != "-").map(|at| at + 1);
    while head.is_some_and(|next| next < end && is_plural(line, next)) {
        head = head.map(|next| next + 1);
    }
    let mut end = head.unwrap_or_else(|| singular_end(line, at, end));
    while head.is_none() && end > at && (line.is_verb(end - 1) || line.part(end - 1) == Some(Part::Adv)) {
        end -= 1;
    }
    let phrase = with_both_marks(line, at..end);
    (!phrase.is_empty()).then(|| line.tokens[phrase.start].span.cover(line.tokens[phrase.end - 1].span))
}

/// A phrase that holds one of two quotation marks takes in the other where it stands beside it, else ends before the mark.
fn with_both_marks(line: &Line, phrase: Range<usize>) -> Range<usize> {
    let is_open = |at: usize| matches!(line.word(at), "“" | "‘");
    // An apostrophe is no mark.
    let is_close = |at: usize| line.word(at) == "”" || line.word(at) == "’" && !line.is_joined(at);
    let mut opened = None;
    for at in phrase.clone() {
        if is_open(at) {
            opened = Some(at);
        } else if is_close(at) && opened.take().is_none() {
            let is_led = phrase.start > 0 && is_open(phrase.start - 1);
            return if is_led { phrase.start - 1..phrase.end } else { phrase.start..at };
        }
    }
    match opened {
        Some(_) if phrase.end < line.len() && is_close(phrase.end) => phrase.start..phrase.end + 1,
        Some(mark) => phrase.start..mark,
        None => phrase,
    }
}

fn is_word(line: &Line, at: usize) -> bool {
    line.kind(at) == Some(Kind::Word) && !is_of("stop", line.word(at))
}

/// Past the words that can belong to one noun phrase; hyphens join, quotation marks around one word are passed.
fn phrase_end(line: &Line, at: usize) -> usize {
    let mut end = at;
    while end < line.len().min(at + LONGEST) {
        let joins = line.word(end) == "-" && end > at && line.is_joined(end);
        let marks_word =
            matches!(line.word(end), "“" | "”" | "\"" | "‘" | "’") && (end == at || is_word(line, end + 1));
        let is_initial = line.word(end) == "." && is_initials(line, end) && is_word(line, end + 1);
        let in_ly = || line.word(end).len() > 4 && line.word(end).ends_with("ly");
        let adverb = end > at && line.part(end).map_or_else(in_ly, |part| part == Part::Adv && in_ly());
        if !is_word(line, end) && !joins && !marks_word && !is_initial || adverb {
            break;
        }
        end += 1;
    }
    end
}

/// Whether the stop at `at` belongs to initials: "U.S.".
fn is_initials(line: &Line, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| line.written(before));
    before.contains('.') && line.is_joined(at - 1) && before.chars().all(|c| c == '.' || c.is_uppercase())
}

/// A phrase without a plural ends before its first verb in -ed or -ing behind the first word.
fn singular_end(line: &Line, at: usize, end: usize) -> usize {
    let is_verb = |word: &str| word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
    let initials = (at..end).filter(|&at| line.word(at) == ".").count();
    (at + 1..end).find(|&at| is_verb(line.word(at))).unwrap_or(end).min(at + 3 + initials)
}

/// "three of the boats", "hundreds of additional arrests".
fn of_behind(line: &Line, at: usize) -> Option<Span> {
    (line.word(at) == "of").then(|| behind(line, determined(line, at + 1)))?
}

/// Past an article or possessive.
fn determined(line: &Line, at: usize) -> usize {
    let determiners =
        ["the", "a", "an", "its", "their", "his", "her", "our", "all", "those", "these", "this"];
    at + usize::from(line.is(at, &determiners))
}

fn led(line: &Line, at: usize) -> Option<Span> {
    is_of("lead", line.word(at)).then(|| behind(line, determined(line, at + 1)))?
}

/// "a loss of $4 million", "a fall of 3 per cent".
fn of_before(line: &Line, start: usize) -> Option<Span> {
    let of = (start.saturating_sub(3)..start).rev().find(|&at| line.word(at) == "of")?;
    phrase_before(line, of)
}

/// "Revenue rose 6 per cent": the phrase before the nearest verb that ties subject and figure.
fn subject(line: &Line, start: usize) -> Option<Span> {
    let verb = (start.saturating_sub(VERB_REACH)..start)
        .rev()
        .take_while(|&at| !matches!(line.word(at), ";" | "“" | "”"))
        .find(|&at| is_of("copula", line.word(at)))?;
    phrase_before(line, verb)
}

/// The noun phrase that ends before `end`, articles left out.
fn phrase_before(line: &Line, end: usize) -> Option<Span> {
    let mut start = end;
    while start > 0 && end - start < 4 && is_word(line, start - 1) && line.kind(start - 1) == Some(Kind::Word)
    {
        start -= 1;
    }
    (start < end).then(|| line.tokens[start].span.cover(line.tokens[end - 1].span))
}
