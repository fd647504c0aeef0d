//! Tells words that somebody said from titles, names, terms and scare quotes.
//!
//! In: a fragment and the line it stands in, and how its cue stands to it. Out: whether it is speech.
//! A cue next to the marks decides for speech, a naming word next to them against it. Otherwise capitals on every word,
//! a noun right behind the marks with an article before them, and brevity speak against; a cue that governs the
//! sentence, length and a whole sentence speak for.

use super::attribution::Attribution;
use super::lists;
use super::narration::{Line, Part, tokens_of};
use crate::model::Annotated;
use crate::span::Span;
use crate::token::{self, Kind, Token};
use crate::vocabulary::Lists;

/// What stands between the marks, as far as judging needs it.
#[derive(Copy, Clone, Debug)]
pub struct Content {
    /// Words and numbers.
    pub words: usize,
    /// Every word but small ones begins with a capital.
    pub is_title: bool,
    /// Begins with a capital, a digit or an ellipsis.
    pub begins_large: bool,
    /// Ends with a full stop, a question mark or the like before the mark.
    pub ends_with_stop: bool,
    /// Ends with a comma or a stop before the mark.
    pub ends_with_comma: bool,
    /// Holds a pronoun or an auxiliary: part of a clause.
    pub is_clause: bool,
}

/// Longest stretch looked at, in bytes.
const STRETCH: usize = 2_000;

/// What `content` of `found` is like.
pub fn content(found: &Annotated, content: Span) -> Content {
    let text = &found.report.text;
    let tokens = tokens_of(found, super::narration::head(text, content, STRETCH));
    let words = || tokens.iter().filter(|token| token.kind != Kind::Mark);
    let large = |word: &Token| word.of(text).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let small = |word: &Token| lists::TITLE_SMALL.contains(&token::fold(word.of(text)));
    let is_title = words().next().is_some_and(large)
        && words().next_back().is_some_and(large)
        && words().enumerate().all(|(at, word)| large(word) || at > 0 && small(word));
    let ends = content.of(text).trim_end_matches(['’', '\'', '”', '"', ']', ')']);
    Content {
        words: words().count(),
        is_title,
        begins_large: content.of(text).starts_with(|c: char| {
            c.is_uppercase() || c.is_numeric() || matches!(c, '…' | '.' | '[' | '¿' | '¡' | '@' | '#')
        }),
        ends_with_stop: ends.ends_with(['.', '!', '?', '…']),
        ends_with_comma: ends.ends_with(['.', '!', '?', '…', ',', '—', '–', '-']),
        is_clause: words().any(|word| word.lists.touch(Lists::CLAUSE) || is_denial(word.of(text))),
    }
}

/// "don't", "won’t".
fn is_denial(word: &str) -> bool {
    // Without an apostrophe of any shape, all but one beyond ASCII, a word is none.
    let may_be = |byte: u8| matches!(byte, b'\'' | b'`') || !byte.is_ascii();
    word.bytes().any(may_be) && token::fold(word).contains("n't")
}

/// Whether the fragment at item `at` of `line` is somebody's words.
pub fn is_speech(line: &Line, at: usize, content: &Content, attribution: Option<&Attribution>) -> bool {
    let strict = attribution.is_some_and(|found| found.is_strict);
    if is_named(line, at, content) || is_nickname(line, at, content) {
        return false;
    }
    if strict {
        return true;
    }
    if content.is_title
        && (content.words <= 12)
        && !(content.ends_with_stop && stands_alone(line, at) && content.words > 2)
    {
        return false;
    }
    if is_modifier(line, at) && content.words <= 4 {
        return false;
    }
    if attribution.is_some_and(|found| gives_name(found, content)) && !is_behind_article(line, at) {
        return false;
    }
    if stands_alone(line, at) {
        return content.words >= 2 || content.ends_with_stop;
    }
    match attribution {
        Some(found) => {
            is_object(line, at, found)
                || !(content.words <= 2 && is_behind_article(line, at) && !is_label(found))
        }
        None => is_worked_in(content),
    }
}

/// Without any cue: a clause, or a longer fragment.
fn is_worked_in(content: &Content) -> bool {
    content.words >= 4 && (content.is_clause || content.words >= 7)
        || content.words >= 3 && content.ends_with_stop && content.begins_large
}

fn is_label(attribution: &Attribution) -> bool {
    attribution.verb.is_some_and(|verb| verb.is_label())
}

/// "dubbed the row: “Ink against water”": a name, no clause.
fn gives_name(attribution: &Attribution, content: &Content) -> bool {
    let naming = attribution.verb.is_some_and(|verb| lists::NAMING_VERBS.contains(verb.lemma));
    naming && content.begins_large && !content.is_clause && !content.ends_with_stop
}

/// "promising a “formal review” of": what is said, right behind the cue.
fn is_object(line: &Line, at: usize, attribution: &Attribution) -> bool {
    let near = attribution.cue.is_some_and(|cue| cue.1 <= at && at <= cue.1 + 2);
    near && !is_modifier(line, at)
}

/// Nothing but the fragment between two sentence ends, or behind a colon.
fn stands_alone(line: &Line, at: usize) -> bool {
    let opens = at == 0 || line.word(at - 1) == ":";
    opens && at + 1 >= line.end() || at == 0 && line.items.len() <= 2
}

/// "called “x”", "so-called “x”", "known as “x”", "the novel “X”", "by the name “x”".
fn is_named(line: &Line, at: usize, content: &Content) -> bool {
    let mut before = at;
    while before > 0 && (line.is_comma(before - 1) || line.word(before - 1) == ":") && content.is_title {
        before -= 1;
    }
    if before == 0 {
        return false;
    }
    let word = line.word(before - 1);
    let what =
        (before.saturating_sub(7)..before).any(|place| line.word(place) == "what") && !content.is_title;
    let as_known = word == "as"
        && before > 1
        && matches!(
            line.word(before - 2),
            "known" | "know" | "dubbed" | "titled" | "billed" | "marketed" | "himself" | "herself" | "styled"
        );
    let so_called = word == "called" && before > 1 && line.word(before - 2) == "-";
    let naming = lists::NAMING.contains(word)
        && content.words <= 8
        && !(content.ends_with_stop && content.words > 4)
        && before == at;
    let work = lists::WORKS.contains(word) && content.is_title;
    (as_known || so_called || naming || work) && !what
}

/// Paul “Bobby” Renn.
fn is_nickname(line: &Line, at: usize, content: &Content) -> bool {
    at > 0
        && content.words <= 3
        && !content.ends_with_comma
        && line.is_capital(at - 1)
        && line.is_capital(at + 1)
}

/// A noun stands right behind the marks, and what begins its phrase before them: "a “safe space” policy".
fn is_modifier(line: &Line, at: usize) -> bool {
    let behind = line.word(at + 1);
    let noun = line.is_word(at + 1)
        && !is_function(behind)
        && !behind.ends_with("ly")
        && !behind.ends_with("ing")
        && super::attribution::cue_at(line, at + 1).is_none();
    noun && at > 0
}

fn is_behind_article(line: &Line, at: usize) -> bool {
    at > 0
        && matches!(
            line.word(at - 1),
            "a" | "an" | "the" | "his" | "her" | "their" | "its" | "this" | "these" | "those" | "so"
        )
}

fn is_function(word: &str) -> bool {
    lists::PREPOSITIONS.contains(word)
        || lists::CLAUSE_WORDS.contains(word)
        || lists::AUXILIARIES.contains(word)
        || lists::PRONOUNS.contains(word)
        || lists::DETERMINERS.contains(word)
}

/// Titles in a row: “Salt,” “Kin” and “Nine Doors”.
pub fn is_listed(line: &Line, at: usize) -> bool {
    let beside = |place: usize| line.items.get(place).is_some_and(|item| matches!(item.part, Part::Quote(_)));
    let joiner = |place: usize| matches!(line.word(place), "and" | "," | "or");
    beside(at + 1)
        || at > 0 && beside(at - 1)
        || joiner(at + 1) && beside(at + 2)
        || at > 1 && joiner(at - 1) && beside(at - 2)
}
