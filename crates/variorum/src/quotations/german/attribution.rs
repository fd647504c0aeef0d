//! Who says words between marks in a German report.
//!
//! In: a line and the place of a fragment in it. Out: an [`Attribution`], by the first rule that answers:
//!
//! | rule | shape |
//! | --- | --- |
//! | `cue-before` | Holt sagte: „…“ |
//! | `cue-after-inverted` | „…“, sagte Holt; „…“, hatte Holt gesagt |
//! | `according-to` | „…“, so Holt; laut Holt „…“ |
//! | `dash-name`, `headline-colon`, `colon-name` | as in English |
//! | `cue-governing` | Holt sagte, die Fähre sei „alt“ |
//! | `cue-end` | Die Fähre sei „alt“, sagte Holt; Holt hat sie als „alt“ bezeichnet |
//!
//! What no rule answers goes to the rules over lines in `weave`.

use super::super::attribution::{self, Attribution};
use super::super::judgement::Content;
use super::super::narration::Line;
use super::super::speaker::Phrase;
use super::cue::{self, Say};
use super::phrase;
use super::source::{self, Source};
use super::words::{self, is};

/// How far before a colon its verb may stand, in items.
const COLON_REACH: usize = 40;
/// How far from the words their verb may stand elsewhere, in items.
const REACH: usize = 60;

/// What `line` says about the fragment at item `at`.
pub fn find(line: &Line, at: usize, content: &Content, is_headline: bool) -> Option<Attribution> {
    cue_before(line, at)
        .or_else(|| cue_after(line, at, content))
        .or_else(|| source_behind(line, at))
        .or_else(|| attribution::dash_name(line, at))
        .or_else(|| attribution::headline_colon(line, at, is_headline))
        .or_else(|| colon_name(line, at))
        .or_else(|| governing(line, at))
        .or_else(|| cue_end(line, at))
        .or_else(|| source_around(line, at))
}

/// The attribution of a verb to whoever says it.
pub fn of_say(line: &Line, say: &Say, rule: &'static str, is_strict: bool) -> Attribution {
    Attribution {
        cue: Some((say.at, say.at + 1)),
        verb: Some(say.verb.cue()),
        phrase: cue::speaker(line, say),
        rule,
        is_strict,
    }
}

/// The attribution to a source.
pub fn of_source(source: &Source, is_strict: bool) -> Attribution {
    Attribution { cue: Some(source.cue), verb: None, phrase: source.speaker, rule: "according-to", is_strict }
}

/// "Holt sagte: „…“", "sagte Holt „…“".
fn cue_before(line: &Line, at: usize) -> Option<Attribution> {
    let mark = if at > 0 { line.word(at - 1) } else { "" };
    if matches!(mark, "worten" | "wortlaut") {
        return in_words_of(line, at);
    }
    let is_colon = mark == ":";
    let last = at - usize::from(matches!(mark, ":" | "," | "–" | "—"));
    let floor = last.saturating_sub(COLON_REACH);
    let parts = |place: &usize| {
        line.word(*place) == ";" || !is_colon && (line.is_comma(*place) || line.quote(*place).is_some())
    };
    let floor = (floor..last).rev().find(parts).map_or(floor, |place| place + 1);
    let say = (floor..last).rev().find_map(|place| cue::at(line, place))?;
    let found = of_say(line, &say, "cue-before", true);
    let is_beside = say.end == last || found.phrase.is_some_and(|phrase| phrase.end == last);
    let is_label = say.verb.is_label() && !is_colon;
    (is_colon || is_beside && !is_label).then_some(found)
}

/// "mit den Worten „…“": whoever does what they go with.
fn in_words_of(line: &Line, at: usize) -> Option<Attribution> {
    let say = (0..line.end()).find_map(|place| cue::at(line, place));
    let verb = || phrase::main_verb(line).and_then(|verb| phrase::subject(line, verb));
    let phrase = say.and_then(|say| cue::speaker(line, &say)).or_else(verb)?;
    let cue = Some((at - 1, at));
    Some(Attribution { cue, verb: None, phrase: Some(phrase), rule: "cue-before", is_strict: true })
}

/// Whether the fragment at `at` is what somebody calls something: "nannte es „…“", "bezeichnete sie als „…“".
pub fn is_called(line: &Line, at: usize) -> bool {
    let before = line.word(at.wrapping_sub(1));
    let is_object = before == "als" || is("determiner", before) || line.is_word(at.wrapping_sub(1));
    let near = at.saturating_sub(20)..line.end().min(at + 12);
    let say = near.filter_map(|place| cue::at(line, place)).find(|say| say.verb.is_label());
    at > 0 && is_object && say.is_some_and(|say| !say.is_passive && (before == "als" || say.at < at))
}

/// Whether the word before the fragment belongs to its phrase: an article, a noun, a preposition, an
/// adjective.
pub fn leads_name(line: &Line, at: usize) -> bool {
    let before = line.word(at - 1);
    cue::at(line, at - 1).is_none() && !is("auxiliary", before) && !is("coordinator", before)
}

/// "„…“, sagte Holt", "„…“, hatte Holt gesagt".
fn cue_after(line: &Line, at: usize, content: &Content) -> Option<Attribution> {
    let is_parted = matches!(line.word(at + 1), "," | "–" | "—");
    let start = at + 1 + usize::from(is_parted);
    let begin =
        (start..start + 3).find(|place| !is("adverb", line.word(*place)) || line.word(*place) == "so")?;
    let limit = phrase::clause_limit(line, begin + 1);
    let say = (begin..limit.min(begin + 30))
        .find_map(|place| cue::at(line, place).filter(|say| say.finite == begin))?;
    let stands_alone = at == 0 || !line.is_word(at - 1);
    let is_whole = is_parted || content.ends_with_stop || stands_alone;
    if say.verb.is_label() && !is_parted || !is_whole {
        return None;
    }
    let found = of_say(line, &say, "cue-after-inverted", true);
    if say.verb.lemma == "zitieren" {
        return Some(found);
    }
    let phrase = phrase::behind(line, begin).filter(|phrase| line.word(phrase.start) != "es");
    Some(Attribution { phrase: phrase.or(found.phrase), ..found })
}

/// "„…“, so Holt", "„…“, wie Holt sagte", "„…“ laut Holt".
fn source_behind(line: &Line, at: usize) -> Option<Attribution> {
    let start = at + 1 + usize::from(line.is_comma(at + 1));
    source::at(line, start).filter(|source| source.from == start).map(|source| of_source(&source, true))
}

/// "Holt: „…“", "So Holt: „…“", "Zitat der Holt: „…“".
fn colon_name(line: &Line, at: usize) -> Option<Attribution> {
    let colon = at.checked_sub(1).filter(|colon| line.word(*colon) == ":")?;
    let start = phrase::clause_start(line, colon);
    let verb = phrase::main_verb(line).filter(|verb| *verb < colon && phrase::holds_finite(line, 0, colon));
    if verb.is_some() && goes_on(line) {
        return None;
    }
    let phrase = match verb {
        Some(verb) => phrase::subject(line, verb),
        None => {
            phrase::starting_at(line, past_so(line, start, colon), colon).map(|phrase| owner(line, phrase))
        }
    }?;
    let is_strict = verb.is_none() && phrase.end == colon;
    Some(Attribution { cue: None, verb: None, phrase: Some(phrase), rule: "colon-name", is_strict })
}

fn past_so(line: &Line, start: usize, limit: usize) -> usize {
    let skipped = |at: &usize| matches!(line.word(*at), "so" | "dazu" | "hierzu") && *at + 1 < limit;
    start + usize::from(skipped(&start))
}

/// "das Zitat der Holt", "die Worte von Holt": whose words they are.
fn owner(line: &Line, phrase: Phrase) -> Phrase {
    let by =
        (phrase.start + 1..phrase.end).find(|at| is("genitive", line.word(*at)) || line.word(*at) == "von");
    let is_words = |at: usize| {
        let word = line.word(at);
        matches!(word, "zitat" | "worte" | "wort" | "fazit" | "antwort" | "kommentar" | "reaktion" | "motto")
            || words::SAID.contains(word)
    };
    match by.filter(|by| is_words(by - 1)) {
        Some(by) => Phrase { start: by + usize::from(line.word(by) == "von"), end: phrase.end },
        None => phrase,
    }
}

/// The nearest verb of saying to the left.
fn governing(line: &Line, at: usize) -> Option<Attribution> {
    let floor = (at.saturating_sub(REACH)..at).rev().find(|place| line.word(*place) == ";").unwrap_or(0);
    let say = (floor.max(at.saturating_sub(REACH))..at).rev().find_map(|place| cue::at(line, place))?;
    Some(of_say(line, &say, "cue-governing", false))
}

/// The nearest verb of saying to the right.
fn cue_end(line: &Line, at: usize) -> Option<Attribution> {
    let say = (at + 1..line.end().min(at + REACH)).find_map(|place| cue::at(line, place))?;
    Some(of_say(line, &say, "cue-end", false))
}

/// "Laut Holt ist die Fähre „alt“".
fn source_around(line: &Line, at: usize) -> Option<Attribution> {
    let near = at.saturating_sub(REACH)..line.items.len().min(at + REACH);
    let around = |source: &Source| at < source.from || at >= source.to;
    let source = near.filter_map(|place| source::at(line, place)).find(around)?;
    Some(of_source(&source, false))
}

/// The subject of the first verb of a line.
pub fn of_line(line: &Line) -> Option<Phrase> {
    phrase::subject(line, phrase::main_verb(line)?)
}

/// Who says something in a line without own words in it: "Holt sagte, sie sei müde."
pub fn reporting_subject(line: &Line) -> Option<Phrase> {
    let near = || 0..line.items.len().min(REACH);
    let says = near().filter_map(|at| cue::at(line, at)).find_map(|say| cue::speaker(line, &say));
    says.or_else(|| near().find_map(|at| source::at(line, at)?.speaker))
}

/// Whether the first verb of the line is in the subjunctive, so that it goes on with what somebody said
/// before.
pub fn goes_on(line: &Line) -> bool {
    let verb = phrase::main_verb(line);
    verb.is_some_and(|at| words::is_subjunctive(line.word(at)))
}
