//! Whom words were said to: an outlet that asked.
//!
//! In: a line and the items around a cue. Out: the name of the outlet, with what it is called before.
//! Method: an article in the dative, and behind it a noun for outlets ("der Zeitung Sund Kurier", "dem Sender RBS"), a name in quotation
//! marks ("dem „Sund Kurier“"), or an agency's letters ("der spa").
//! Leaves: outlets that stand there by their bare name, which persons and towns do, too.

use super::super::narration::{Line, Part};
use crate::lexicon;
use crate::span::Span;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

static OUTLETS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    lexicon::rows(include_str!("../../../lang/de/quotations/outlet-nouns.txt"))
        .filter_map(|row| row.first().copied())
        .collect()
});

/// Last parts of the names of papers and stations.
const LAST_PARTS: [&str; 14] = [
    "zeitung",
    "anzeiger",
    "kurier",
    "bote",
    "boten",
    "post",
    "rundfunk",
    "blatt",
    "presse",
    "magazin",
    "tageblatt",
    "rundschau",
    "nachrichten",
    "journal",
];

fn is_outlet(word: &str) -> bool {
    let is_part = |part: &&str| word.ends_with(*part) && (word.len() > part.len() + 2 || *part == "rundfunk");
    OUTLETS.contains(word) || LAST_PARTS.iter().any(is_part)
}

/// Longest name of an outlet, in words.
const NAME: usize = 5;

/// What stands before the channel by which somebody spoke.
pub fn leads(word: &str) -> bool {
    matches!(word, "in" | "im" | "auf" | "bei" | "beim" | "während" | "via" | "per" | "vor" | "gegenüber")
}

/// The outlet among `items` that the `speaker` said something to; what belongs to the speaker is none.
pub fn outlet(text: &str, line: &Line, items: Range<usize>, speaker: Option<Span>) -> Option<Span> {
    let is_speaker = |at: usize| speaker.is_some_and(|speaker| speaker.overlap(line.span(at, at + 1)) > 0);
    let end = items.end;
    items
        .filter(|&at| is_article(line, at) && !is_speaker(at))
        .find_map(|at| called(text, line, at + 1, end).or_else(|| marked(text, line, at + 1, end)))
}

/// "der", "dem", "unserer"; "im" before a station.
fn is_article(line: &Line, at: usize) -> bool {
    let is_station = |at: usize| {
        line.is_capital(at) && ["funk", "fernsehen", "radio"].iter().any(|part| line.word(at).ends_with(part))
    };
    matches!(line.word(at), "der" | "dem" | "den" | "unserer" | "unserem" | "dieser")
        || line.word(at) == "im" && (is_station(at + 1) || line.is_capital(at + 1) && is_station(at + 2))
}

/// "Zeitung Sund Kurier", "Zeitung „Sund Kurier“".
fn called(text: &str, line: &Line, start: usize, end: usize) -> Option<Span> {
    let capitals =
        (start..end.min(start + NAME)).take_while(|&at| line.is_capital(at) || line.word(at) == "-");
    let noun = capitals.clone().find(|&at| is_outlet(line.word(at)))?;
    let last = marked(text, line, noun + 1, end).map(Span::end);
    let name = line.span(start, capitals.last().unwrap_or(noun) + 1);
    Some(Span::new(name.start(), last.unwrap_or(name.end())))
}

/// "„Sund Kurier“": a few words in marks, of which the first is large.
fn marked(text: &str, line: &Line, start: usize, end: usize) -> Option<Span> {
    let item = line.items.get(start).filter(|item| start < end && matches!(item.part, Part::Quote(_)))?;
    let words = item.span.of(text);
    let name = words.trim_matches(|c: char| !c.is_alphanumeric());
    let is_name = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= NAME;
    let begin = item.span.start() + words.find(name)?;
    is_name.then(|| Span::new(begin, begin + name.len()))
}
