//! What "according to" and "per" give the source of: the clause before, behind or around them.
//!
//! In: a line with parts of speech, and the item of the phrase. Out: the items of the content, in one or two stretches.

use super::clause::{SHORTEST, begins_noun, finite, head, holds_verb};
use super::endings::content_end;
use super::narration::{Line, Part as Sort};
use crate::tagging::pos::Part;
use std::ops::Range;

/// What "according to" or "per" at `at` gives the source of: the clause before, behind or around it.
pub fn content(line: &Line, at: usize) -> Option<Vec<Range<usize>>> {
    let end = line.end();
    let source = at + if line.word(at) == "per" { 1 } else { 2 };
    if at <= 1 && !line.is_comma(0) || opens_clause(line, at, source) {
        let start = past_asides(line, source_end(line, source), end);
        let content = (start < end).then(|| start..content_end(line, start))?;
        return (content.len() >= SHORTEST).then(|| vec![content]);
    }
    let last = if line.is_comma(at.wrapping_sub(1)) { at - 1 } else { at };
    let first = clause_start(line, last);
    let behind = source_end(line, source) + 1;
    let is_relative = first > 0 && matches!(line.word(first.wrapping_sub(1)), "which" | "who" | "where");
    let parted = line.is_comma(behind.wrapping_sub(1))
        && behind < end
        && !holds_verb(line, first - usize::from(is_relative)..last);
    if parted && (behind..end.min(behind + 30)).any(|at| finite(line, at)) {
        let rest = behind..content_end(line, behind);
        let parts: Vec<_> = [first..last, rest].into_iter().filter(|part| !part.is_empty()).collect();
        return (!parts.is_empty()).then_some(parts);
    }
    let whole = first..last;
    (whole.len() >= SHORTEST).then(|| vec![whole])
}

/// Whether the clause follows: "and, according to Ruiz, …", "…, according to Ruiz the road was closed".
fn opens_clause(line: &Line, at: usize, source: usize) -> bool {
    let is_parted = at > 1 && line.is_comma(at.wrapping_sub(1));
    let joint = line.word(at.saturating_sub(1 + usize::from(is_parted)));
    let joins = matches!(joint, "that" | "but" | "and")
        || is_parted && matches!(joint, "then" | "though" | "when" | "where" | "because");
    let end = source_end(line, source);
    let is_unparted = is_parted && end < line.end() && !line.is_comma(end) && line.word(end) != "that";
    joins || is_unparted
}

/// Whether "according to" or "per" stands at `at`.
pub fn is_cue(line: &Line, at: usize) -> bool {
    let named = || line.is_capital(at + 1) || line.tag(at + 1) == Some(Part::Det);
    line.word(at) == "according" && line.word(at + 1) == "to"
        || line.word(at) == "per" && (at == 0 || line.is_comma(at.wrapping_sub(1))) && named()
}

/// The end of the source that `at` begins.
fn source_end(line: &Line, from: usize) -> usize {
    let ends = |at: &usize| {
        let is_verb = *at > from
            && finite(line, *at)
            && !is_reduced(line, *at)
            && !matches!(line.word(at.wrapping_sub(1)), "who" | "which" | "that");
        line.is_comma(*at) || line.word(*at) == "that" || is_verb
    };
    let end = (from..line.end()).find(ends).unwrap_or_else(|| line.end());
    if end == line.end() || line.is_comma(end) || line.word(end) == "that" {
        return end;
    }
    subject(line, from, end).unwrap_or(end)
}

/// Where the subject of the verb at `verb` begins, if no comma parts it from the source at `from`: "According to Ruiz the road was …".
fn subject(line: &Line, from: usize, verb: usize) -> Option<usize> {
    let mut places = from + 1..verb;
    let determined = |at: &usize| {
        matches!(line.tag(*at), Some(Part::Det | Part::Pron))
            && !matches!(line.tag(at.wrapping_sub(1)), Some(Part::Adp | Part::Det))
            && !matches!(line.word(at.wrapping_sub(1)), "and" | "or")
    };
    let counted = |at: &usize| {
        matches!(line.word(*at), "over" | "about" | "some" | "around")
            && line.items.get(at + 1).is_some_and(|item| item.part == Sort::Number)
    };
    let named = |at: &usize| {
        line.tag(*at) == Some(Part::Noun) && !line.is_capital(*at) && line.is_capital(at.wrapping_sub(1))
    };
    places.clone().find(determined).or_else(|| places.clone().find(counted)).or_else(|| places.find(named))
}

/// A participle that hangs on the noun before: "a survey published in May".
fn is_reduced(line: &Line, at: usize) -> bool {
    line.tag(at) == Some(Part::Verb) && line.tag(at + 1) == Some(Part::Adp)
}

/// Past what stands in commas behind a source: "According to Ruiz, the mayor, …".
fn past_asides(line: &Line, mut at: usize, end: usize) -> usize {
    for _ in 0..4 {
        if at >= end || !line.is_comma(at) {
            break;
        }
        at += 1;
        let Some(comma) = (at..end).find(|place| line.is_comma(*place)) else { break };
        let is_relative =
            line.word(at).ends_with("ing") || matches!(line.word(at), "who" | "which" | "citing");
        let goes_on = begins_noun(line, comma + 1) && !finite(line, comma + 1);
        let is_name = goes_on
            && !(at..comma).any(|place| finite(line, place))
            && matches!(line.tag(at), Some(Part::Propn | Part::Det | Part::Noun));
        if !is_relative && !is_name {
            break;
        }
        at = comma;
    }
    at
}

/// Where the clause begins that ends at `last`: behind a colon, or a joining word with a subject of its own.
fn clause_start(line: &Line, last: usize) -> usize {
    let head = head(line);
    let parts = |at: &usize| {
        let word = line.word(*at);
        let is_number = line.items.get(at.wrapping_sub(1)).is_some_and(|item| item.part == Sort::Number);
        let subordinates = matches!(word, "but" | "that" | "although" | "while");
        matches!(word, ";" | ":") && !is_number
            || (subordinates
                || matches!(word, "though" | "and" | "because")
                    && *at > 0
                    && line.is_comma(at.wrapping_sub(1)))
                && begins_noun(line, at + 1)
                && holds_verb(line, at + 1..last)
    };
    let parts = |at: &usize| {
        let is_relative = matches!(line.word(*at), "which" | "who" | "where")
            && line.is_comma(at.wrapping_sub(1))
            && !(at + 1..last).any(|at| line.is_comma(at));
        is_relative || parts(at)
    };
    let first = (head + 1..last).rev().find(parts).map_or(head, |at| at + 1);
    first + usize::from(matches!(line.word(first), "while" | "although" | "though"))
}
