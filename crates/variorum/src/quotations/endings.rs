//! Where what a verb reports ends.
//!
//! In: a line with parts of speech, and where a content begins. Out: one past its last item: with the sentence, before the next cue,
//! or before what the narrator adds (", which …", "citing …", "in a letter").

use super::attribution;
use super::clause::{Kind, finite, holds_verb, is_clause, is_light, is_time, subject};
use super::lists::{self, Cue, Shape};
use super::narration::{Line, Part as Sort};
use super::speaker;
use crate::tagging::pos::Part;

/// The end of what stands right behind its verb, if that is a clause, or a noun phrase behind a verb that takes one.
pub fn bare_end(line: &Line, start: usize, end: usize, verb: Cue) -> Option<usize> {
    let subject =
        matches!(line.tag(start), Some(Part::Det | Part::Propn | Part::Noun | Part::Num | Part::Pron));
    if verb.takes_gerund() && line.word(start).ends_with("ing") && line.tag(start) == Some(Part::Verb) {
        return Some(infinitive_end(line, start, end));
    }
    let kind = match (verb.needs_that(), verb.takes_phrase()) {
        (true, _) if verb.is_sure() => Kind::Sure,
        (true, _) => Kind::Strict,
        (_, true) => Kind::Phrase,
        _ => Kind::Plain,
    };
    let is_clause = is_clause(line, start, end, kind);
    let is_greeting = line.tag(start) == Some(Part::Noun) && line.tag(start + 1) == Some(Part::Adp);
    if verb.lemma == "say" && end - start >= 4 && subject && !is_greeting {
        return Some(content_end(line, start));
    }
    if is_clause || verb.takes_listener() {
        let last = content_end(line, start);
        let is_whole = is_light(line, start) || holds_verb(line, start..last) || line.quote(start).is_some();
        if is_whole || verb.lemma == "say" {
            return Some(last);
        }
    }
    let is_phrase = verb.takes_phrase()
        && verb.shape != Shape::Gerund
        && line.quote(start).is_none()
        && line.word(start.saturating_sub(2)) != "which"
        && (subject || line.tag(start) == Some(Part::Adj));
    if is_phrase {
        return Some(phrase_end(line, start, end));
    }
    (verb.takes_gerund() && line.word(start).ends_with("ing")).then(|| infinitive_end(line, start, end))
}

pub fn sentence_end(line: &Line, from: usize) -> usize {
    let is_number = |at: usize| line.items.get(at).is_some_and(|item| item.part == Sort::Number);
    let ends = |at: &usize| match line.word(*at) {
        ";" => true,
        ":" => !(*at > 0 && is_number(at - 1) && is_number(at + 1)),
        _ => false,
    };
    (from..line.items.len()).find(ends).unwrap_or_else(|| line.end())
}

/// The end of a noun phrase with what hangs on it.
pub fn phrase_end(line: &Line, start: usize, end: usize) -> usize {
    let ends = |at: &usize| {
        let word = line.word(*at);
        let is_new = *at > start
            && (line.tag(*at) == Some(Part::Adv) && *at > start + 1 && word != "yet"
                || matches!(
                    word,
                    "but"
                        | "after"
                        | "before"
                        | "when"
                        | "while"
                        | "because"
                        | "since"
                        | "although"
                        | "though"
                        | "who"
                        | "which"
                        | "during"
                        | "citing"
                        | "saying"
                        | "adding"
                        | "amid"
                        | "following"
                )
                || is_occasion(line, *at)
                || is_dated(line, *at)
                || is_other_subject(line, *at)
                || word == "and" && (finite(line, at + 1) || finite(line, at + 2) && is_time(line, at + 1)));
        let is_listed = word == "," && line.word(at + 1) == "including";
        matches!(word, "," | ";" | ":" | "—" | "–") && !is_listed || is_new
    };
    let last = (start..end).find(ends).unwrap_or(end);
    let listed = (start..last).any(|at| line.word(at) == "including");
    if listed { content_end(line, start) } else { without_conversion(line, start, last) }
}

/// "in a letter", "at a news conference": where the narrator says how the words came.
fn is_occasion(line: &Line, at: usize) -> bool {
    if !matches!(line.word(at), "in" | "at" | "via" | "during" | "through") {
        return false;
    }
    let part_of_noun = |at: &usize| {
        matches!(
            line.tag(*at),
            Some(Part::Det | Part::Pron | Part::Adj | Part::Num | Part::Noun | Part::Propn)
        )
    };
    let noun = at + (at + 1..at + 7).take_while(part_of_noun).count();
    noun > at && lists::OCCASIONS.contains(line.word(noun))
}

/// "in 2013", "since May", not "built in 1930".
fn is_dated(line: &Line, at: usize) -> bool {
    if !matches!(line.word(at), "in" | "since") {
        return false;
    }
    let word = line.word(at + 1);
    let is_year = line.items.get(at + 1).is_some_and(|item| item.part == Sort::Number)
        && word.len() == 4
        && word.starts_with(['1', '2'])
        && line.tag(at.wrapping_sub(1)) != Some(Part::Verb);
    is_year || line.is_capital(at + 1) && speaker::is_month(word)
}

/// "and Ruiz had": somebody else is told of.
pub fn is_other_subject(line: &Line, at: usize) -> bool {
    if line.word(at) != "and" {
        return false;
    }
    let names = (at + 1..at + 5).take_while(|at| line.is_capital(*at)).count();
    names > 0 && matches!(line.word(at + 1 + names), "has" | "had" | "is" | "was")
}

/// Without the bracket at its end that gives a measure once more: "three feet (one metre)", "70 miles (112 km)".
fn without_conversion(line: &Line, start: usize, end: usize) -> usize {
    if line.word(end.wrapping_sub(1)) != ")" {
        return end;
    }
    let open = (start..end).rev().take(14).find(|at| line.word(*at) == "(");
    let is_number = |at: usize| line.items[at].part == Sort::Number || line.tag(at) == Some(Part::Num);
    open.filter(|open| *open > start && (open + 1..end).any(is_number)).unwrap_or(end)
}

/// The end of "to wait and see".
pub fn infinitive_end(line: &Line, start: usize, end: usize) -> usize {
    let ends = |at: &usize| {
        let word = line.word(*at);
        let goes_on = line.tag(at + 1) == Some(Part::Verb) && !line.word(at + 1).ends_with("ing");
        matches!(word, ";" | ":" | "—" | "–" | "after" | "while" | "which" | "citing" | "saying")
            && line.word(at.wrapping_sub(1)) != "until"
            || line.is_comma(*at) && !goes_on
            || word == "and" && finite_cue(line, at + 1)
            || is_occasion(line, *at)
    };
    (start + 1..end).find(ends).unwrap_or(end)
}

/// One past the last item of the clause that begins at `start`.
pub fn content_end(line: &Line, start: usize) -> usize {
    let end = sentence_end(line, start);
    // What stands in commas behind the subject is the speaker's, until the verb has come.
    let verb = (start..end).find(|at| finite(line, *at) && !is_in_aside(line, start, *at)).unwrap_or(start);
    let is_other = |at: usize| is_light(line, start) && is_other_subject(line, at);
    let ends = |at: &usize| is_end(line, *at, end) && (*at > verb || !line.is_comma(*at)) || is_other(*at);
    without_conversion(line, start, (start + 1..end).find(ends).unwrap_or(end))
}

/// Whether a comma with a word that begins an aside stands between `start` and `at`, and no other comma behind it.
fn is_in_aside(line: &Line, start: usize, at: usize) -> bool {
    let comma = (start..at).rev().find(|place| line.is_comma(*place));
    comma.is_some_and(|comma| {
        matches!(line.word(comma + 1), "who" | "which" | "where" | "whose" | "as" | "while")
    })
}

/// Whether the narrator goes on at `at`: with another cue, or with an addition of the narrator's own.
fn is_end(line: &Line, at: usize, end: usize) -> bool {
    const OWN: [&str; 20] = [
        "according",
        "citing",
        "saying",
        "adding",
        "quoting",
        "referring",
        "per",
        "reports",
        "noting",
        "prior",
        "without",
        "though",
        "although",
        "whereas",
        "when",
        "despite",
        "which",
        "where",
        "whose",
        "who",
    ];
    let (word, comma) = (line.word(at), line.is_comma(at));
    let begin = at + usize::from(comma);
    let dash = matches!(word, "—" | "–");
    if comma && OWN.contains(&line.word(begin))
        || matches!(word, "citing" | "according")
        || word == "prior" && line.word(at + 1) == "to"
        || word == "without" && line.word(at + 1).ends_with("ing")
        || comma && matches!(line.word(begin), "before" | "after") && line.word(begin + 1).ends_with("ing")
        || comma && line.word(begin) == "however" && (begin + 1 == end || line.is_comma(begin + 1))
        || (comma || dash)
            && line.word(at + 1) == "so"
            && !matches!(line.word(at + 2), "when" | "that" | "far")
        || comma
            && line.word(begin) == "and"
            && line.tag(begin + 1) == Some(Part::Pron)
            && finite(line, begin + 2)
        || comma && line.word(begin) == "but" && is_shown(line, begin + 1)
    {
        return true;
    }
    let joins = matches!(
        line.word(begin),
        "but" | "and" | "while" | "though" | "although" | "yet" | "then" | "whereas"
    );
    let quoted = line.quote(at.wrapping_sub(1)).is_some();
    if !(comma || joins || quoted) {
        return false;
    }
    let verb = begin + usize::from(joins);
    let gerund = attribution::cue_at(line, verb).is_some_and(|cue| cue.shape == Shape::Gerund);
    let cue_here =
        |place: usize| finite_cue(line, place) || is_time(line, place) && finite_cue(line, place + 1);
    let elided = joins && !lists::DETERMINERS.contains(line.word(verb)) && cue_here(verb);
    let pronoun = matches!(line.word(verb), "he" | "she" | "they" | "it" | "we" | "i" | "you")
        && (comma || joins)
        && cue_here(verb + 1);
    let other = (comma && joins || matches!(word, "but" | "while" | "although" | "whereas"))
        && (verb + 1..end.min(verb + 9))
            .any(|place| finite_cue(line, place) && subject_between(line, verb, place));
    let trailing =
        comma && attribution::trailing_cue(line).is_some_and(|cue| subject(line, cue) == Some(begin));
    gerund && (comma || quoted) || elided || pronoun || other || trailing
}

/// "that office stands vacant", "this is untrue": the narrator points at what was said.
fn is_shown(line: &Line, at: usize) -> bool {
    matches!(line.word(at), "that" | "this" | "these")
        && line.tag(at) != Some(Part::Sconj)
        && line.tag(at + 1) != Some(Part::Pron)
}

/// Whether nothing but the subject of the verb at `cue` stands from `from` on.
fn subject_between(line: &Line, from: usize, cue: usize) -> bool {
    (from..cue).all(|at| !finite(line, at) || at + 1 == cue) && !(from..cue).any(|at| line.is_comma(at))
}

pub fn finite_cue(line: &Line, at: usize) -> bool {
    attribution::cue_at(line, at).is_some_and(|cue| {
        matches!(cue.shape, Shape::Past | Shape::Third)
            && (cue.takes_clause() || cue.is_label() || cue.takes_listener())
    })
}

/// "Ruiz, who said the road was closed, left": the comma where the narrator's sentence goes on.
pub fn relative_end(line: &Line, cue: usize, start: usize, end: usize) -> Option<usize> {
    let auxiliaries =
        (0..cue).rev().take(3).take_while(|at| matches!(line.tag(*at), Some(Part::Aux | Part::Adv))).count();
    let pronoun = (cue - auxiliaries).checked_sub(2)?;
    let is_relative = line.is_comma(pronoun) && matches!(line.word(pronoun + 1), "who" | "which");
    let goes_on = |at: &usize| {
        line.is_comma(*at)
            && (finite(line, at + 1) || line.tag(at + 1) == Some(Part::Adv) && finite(line, at + 2))
    };
    (start..end).find(goes_on).filter(|_| is_relative)
}
