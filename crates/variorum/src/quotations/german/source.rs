//! German phrases that name a source: "laut", "nach Angaben", "zufolge", "so", "wie … mitteilte".
//!
//! In: a line and the place of a word. Out: a [`Source`]: the phrase, and whose words it makes of the
//! sentence around it.
//! Leaves: "demnach", which names nobody.

use super::super::narration::Line;
use super::super::speaker::Phrase;
use super::cue;
use super::phrase::{self, starting_at, starting_at_with_name};
use super::words::{self, is};

/// A phrase that names a source.
#[derive(Copy, Clone, Debug)]
pub struct Source {
    /// The phrase, commas around it left out.
    pub from: usize,
    pub to: usize,
    /// Items of the words that make it a source.
    pub cue: (usize, usize),
    pub speaker: Option<Phrase>,
}

/// The source that the word at `at` makes. At the head of a clause it goes on to the verb.
pub fn at(line: &Line, at: usize) -> Option<Source> {
    let source = read(line, at)?;
    let is_head = source.from == 0 || matches!(line.word(source.from - 1), "," | ":" | ";");
    let goes_on = is_head && source.to > at + 1 && matches!(line.word(at), "laut" | "nach" | "gemäß");
    let to = if goes_on { before_verb(line, source.to) } else { None };
    Some(Source { to: to.unwrap_or(source.to), ..source })
}

/// The verb that stands behind the first phrase of a main clause, what goes before it read up to `from`.
fn before_verb(line: &Line, from: usize) -> Option<usize> {
    let limit = line.end().min(from + 30);
    let mut at = from;
    while at < limit {
        if line.is_comma(at) && phrase::depends(line, at + 1) {
            at = (at + 1..limit).find(|place| line.is_comma(*place))? + 1;
        } else if phrase::is_finite(line, at) || is_unknown_verb(line, at) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

/// A word of no list with the ending of a verb, behind a noun and before what a verb takes.
fn is_unknown_verb(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let is_small = line.is_word(at) && !line.is_capital(at) && line.is_capital(at - 1);
    let is_known = ["preposition", "adverb", "determiner", "subordinator", "coordinator", "genitive"]
        .iter()
        .any(|class| is(class, word));
    is("auxiliary", word) || is_small && !is_known && ["t", "te", "ten"].iter().any(|end| word.ends_with(end))
}

fn read(line: &Line, at: usize) -> Option<Source> {
    match line.word(at) {
        "laut" => named(line, at),
        "gemäß" | "nach" | "aus" => of_noun(line, at).or_else(|| behind_noun(line, at)),
        "zufolge" => behind_phrase(line, at),
        "so" => so(line, at),
        "wie" => as_told(line, at),
        _ => None,
    }
}

fn named(line: &Line, at: usize) -> Option<Source> {
    let phrase = starting_at(line, at + 1, line.end())?;
    Some(Source { from: at, to: phrase.end, cue: (at, at + 1), speaker: Some(owner(line, phrase)) })
}

/// Whether the noun says that somebody told something: "Angaben", "Polizeiangaben".
fn is_source(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let is_compound = || {
        ["angaben", "berichten", "informationen", "meldungen", "auskunft", "aussagen"]
            .iter()
            .any(|end| word.ends_with(end))
    };
    line.is_capital(at) && (words::SOURCES.contains(word) || is_compound())
}

/// "nach Angaben der Polizei", "nach Polizeiangaben", "aus Sicht der Holt".
fn of_noun(line: &Line, at: usize) -> Option<Source> {
    let noun = (at + 1..at + 6).take_while(|place| line.is_word(*place) || line.word(*place) == "-").find(
        |place| match line.word(at) {
            "aus" => line.word(*place) == "sicht",
            _ => is_source(line, *place),
        },
    )?;
    let read = starting_at(line, at + 1, line.end()).filter(|phrase| phrase.end > noun)?;
    let speaker = possessor(line, noun, at + 1);
    let to = speaker.map_or(read.end, |speaker| speaker.end).max(noun + 1);
    if line.word(at) == "aus" && speaker.is_none() {
        return None;
    }
    let speaker = speaker.or_else(|| by_pronoun(line, at + 1, noun)).unwrap_or(Phrase { end: to, ..read });
    Some(Source { from: at, to, cue: (at, noun + 1), speaker: Some(speaker) })
}

/// "seinen Angaben": the pronoun itself.
fn by_pronoun(line: &Line, from: usize, noun: usize) -> Option<Phrase> {
    let owns = |at: &usize| line.word(*at).starts_with("sein") || line.word(*at).starts_with("ihr");
    (from..noun).find(owns).map(|at| Phrase { start: at, end: at + 1 })
}

/// Whose the source noun at `noun` is: the genitive, or the phrase with "von", behind it.
fn possessor(line: &Line, noun: usize, _from: usize) -> Option<Phrase> {
    let next = noun + 1;
    let word = line.word(next);
    let is_genitive = is("genitive", word) || word == "eines" || word == "einer";
    let limit = phrase::clause_limit(line, next);
    if matches!(word, "von" | "vom" | "aus") {
        return starting_at(line, next + 1, limit);
    }
    let is_name = line.is_capital(next) && line.is_word(next) && !is("time", word);
    let is_adjective = word.ends_with("er") && line.is_capital(next + 1) && !is("adverb", word);
    (is_genitive || is_name || is_adjective).then(|| starting_at(line, next, limit)).flatten()
}

/// The owner of a phrase that a source noun heads; else the phrase.
fn owner(line: &Line, phrase: Phrase) -> Phrase {
    let noun = (phrase.start..phrase.end).find(|at| is_source(line, *at));
    let owned = noun.and_then(|noun| possessor(line, noun, phrase.start));
    owned.filter(|owned| owned.start < phrase.end).unwrap_or(phrase)
}

/// "seiner Ansicht nach", "Ansicht des Rates nach".
fn behind_noun(line: &Line, at: usize) -> Option<Source> {
    if line.word(at) != "nach" || at == 0 {
        return None;
    }
    let phrase = phrase::ending_at(line, at)?;
    let noun = (phrase.start..at).find(|place| is_source(line, *place))?;
    let speaker = possessor(line, noun, phrase.start).filter(|owned| owned.end <= at);
    let speaker = speaker.or_else(|| by_pronoun(line, phrase.start, noun)).unwrap_or(phrase);
    Some(Source { from: phrase.start, to: at + 1, cue: (at, at + 1), speaker: Some(speaker) })
}

/// "Berichten zufolge", "der Polizei zufolge".
fn behind_phrase(line: &Line, at: usize) -> Option<Source> {
    let phrase = phrase::ending_at(line, at)?;
    let speaker = Some(owner(line, phrase));
    Some(Source { from: phrase.start, to: at + 1, cue: (at, at + 1), speaker })
}

/// "…, so die Holt": nothing but a phrase between the commas.
fn so(line: &Line, at: usize) -> Option<Source> {
    let opens = at > 0 && (line.is_comma(at - 1) || line.quote(at - 1).is_some() || line.word(at - 1) == "–");
    if !opens {
        return None;
    }
    let phrase = starting_at_with_name(line, at + 1, line.end())?;
    let end = (phrase.end..line.end()).find(|place| line.is_comma(*place)).unwrap_or_else(|| line.end());
    if phrase::holds_finite(line, phrase.end, end) || end > phrase.end + 12 {
        return None;
    }
    let to = match phrase::apposition(line, end, line.end()) {
        Some(name) if line.is_comma(name.end) || name.end >= line.end() => name.end,
        _ if phrase::depends(line, end + 1) && !is("speech-subordinator", line.word(end + 1)) => {
            (end + 1..line.end()).find(|place| line.is_comma(*place)).unwrap_or_else(|| line.end())
        }
        _ => end,
    };
    Some(Source { from: at, to, cue: (at, at + 1), speaker: Some(phrase) })
}

/// "…, wie die Holt mitteilte, …": the clause ends with a verb of saying.
fn as_told(line: &Line, at: usize) -> Option<Source> {
    if at > 0 && !line.is_comma(at - 1) {
        return None;
    }
    let parts = |place: &usize| line.is_comma(*place) || line.quote(*place).is_some();
    let ends = (at + 1..line.end()).filter(parts).chain([line.end()]);
    ends.take(4).find_map(|end| told_before(line, at, end))
}

/// The clause from "wie" at `at` to before `end`, if it ends there with a verb of saying.
fn told_before(line: &Line, at: usize, end: usize) -> Option<Source> {
    if matches!(line.word(end.wrapping_sub(1)), "hervorgeht" | "hervorging") {
        let paper = (at + 1..end).find(|place| line.word(*place) == "aus")?;
        let speaker = starting_at(line, paper + 1, end);
        return Some(Source { from: at, to: end, cue: (end - 1, end), speaker });
    }
    let from = at.max(end.saturating_sub(5)) + 1;
    let say = (from..end).rev().find_map(|place| cue::at(line, place)).filter(|say| !say.verb.is_label())?;
    let is_last = !(say.end..end).any(|place| phrase::is_finite(line, place));
    let speaker = cue::speaker(line, &say).filter(|phrase| phrase.start > at && phrase.end <= end);
    let speaker = speaker.or_else(|| phrase::starting_at_with_name(line, at + 1, end));
    is_last.then_some(Source { from: at, to: end, cue: (say.at, say.at + 1), speaker })
}
