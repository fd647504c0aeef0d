//! What a verb reports.
//!
//! In: a line with parts of speech, and the item of a verb. Out: the items of the content. A clause begins behind "that", a
//! question word, "to", or at once with its subject (`beginnings`); a finite verb must follow. It ends where the narrator goes on
//! (`endings`). A cue may also stand behind its content or in its midst. Set on the 96 reports of `corpus/wikinews` that are not
//! kept for testing.
//! Leaves: content in the next sentence; noun phrases as content but behind the verbs marked `p`.

use super::attribution;
use super::beginnings::{
    Tie, asks, begins, begins_subject, behind_that, is_infinitive, past_adverbs, start, that_within,
};
use super::endings::{
    bare_end, content_end, finite_cue, infinitive_end, is_other_subject, phrase_end, relative_end,
    sentence_end,
};
use super::lists::{self, Cue, Shape};
use super::narration::Line;
use super::said::{self, is_said};
use crate::tagging::pos::Part;
use crate::vocabulary;
use std::ops::Range;

/// Fewest items of a content.
pub const SHORTEST: usize = 2;
/// Items behind a verb of thinking that its "that" may stand off.
const THOUGHT_REACH: usize = 7;

/// "Ruiz said (that) the road was closed".
pub fn behind(line: &Line, cue: usize, verb: Cue) -> Option<Range<usize>> {
    let verb = called_on(line, cue, verb).unwrap_or(verb);
    let takes =
        verb.takes_clause() || verb.takes_infinitive_of() || verb.takes_phrase() || verb.takes_question();
    if !(takes || verb.lemma == "cite") || !is_said(line, cue, verb) {
        return None;
    }
    let end = sentence_end(line, cue);
    if verb.lemma == "cite" {
        return reason(line, cue, end);
    }
    if names_speaker_last(line, cue, end) {
        return None;
    }
    let (start, tie) = start(line, cue, verb, end)?;
    let end = match tie {
        Tie::Word if start < end => content_end(line, start),
        Tie::Infinitive => infinitive_end(line, start, end),
        // "Sharing the tracks, as they have in Alm, saves money."
        Tie::Bare if cue == 0 && verb.shape == Shape::Gerund && !is_light(line, start) => return None,
        Tie::Bare if begins(line, start) && start < end && holds_subject(line, start, end) => {
            bare_end(line, start, end, verb)?
        }
        _ => return None,
    };
    let end = relative_end(line, cue, start, end).unwrap_or(end);
    (end >= start + SHORTEST).then_some(start..end)
}

/// Whether what begins at `start` is no mere place or time: behind "in 2010" or "under the plan," a clause of its own begins.
fn holds_subject(line: &Line, start: usize, end: usize) -> bool {
    let is_condition = matches!(line.word(start), "that" | "if" | "unless" | "whether" | "because");
    let is_number = |at: usize| line.tag(at) == Some(Part::Num);
    let is_adverbial = matches!(line.tag(start), Some(Part::Adp | Part::Sconj)) && !is_condition;
    // "at least 71 people"
    if !is_adverbial || is_number(start + 1) || is_number(start + 2) {
        return true;
    }
    let is_nominal = |at: usize| matches!(line.tag(at), Some(Part::Noun | Part::Propn | Part::Num));
    (start + 2..end.min(start + ADVERBIAL)).any(|at| {
        let behind_comma = line.is_comma(at - 1) && begins_noun(line, at);
        let behind_noun = is_nominal(at - 1) && (is_light(line, at) || line.tag(at) == Some(Part::Det));
        (behind_comma || behind_noun) && is_clause(line, at, end, Kind::Plain)
    })
}

/// Longest place or time before a subject, in items.
const ADVERBIAL: usize = 16;

/// ", reported the Coast Wire.": behind the comma and the verb nothing stands but a name.
fn names_speaker_last(line: &Line, cue: usize, end: usize) -> bool {
    let from = cue + 1 + usize::from(line.tag(cue + 1) == Some(Part::Det));
    let is_name = |at: usize| line.is_capital(at) || matches!(line.word(at), "-" | "." | "of" | "&");
    cue > 2 && line.is_comma(cue - 1) && from < end && end - from <= 6 && (from..end).all(is_name)
}

/// "called on them to wait" is built like "urged them to wait".
fn called_on(line: &Line, cue: usize, verb: Cue) -> Option<Cue> {
    let is_call = verb.lemma == "call" && matches!(line.word(cue + 1), "on" | "upon");
    lists::cue("urge").filter(|_| is_call).map(|urge| urge.in_shape(verb.shape))
}

/// "citing the cold": the reason that somebody gave, no source.
fn reason(line: &Line, cue: usize, end: usize) -> Option<Range<usize>> {
    let start = cue + 1;
    let parts = |at: &usize| {
        !line.is_word(*at)
            || line.tag(*at) == Some(Part::Adp)
            || matches!(line.word(*at), "that" | "as")
            || finite(line, *at)
    };
    let noun = (start..end).find(parts).unwrap_or(end);
    let opens = matches!(line.tag(start), Some(Part::Det | Part::Noun | Part::Adj))
        || matches!(line.word(start), "his" | "her" | "its" | "their");
    let end = phrase_end(line, start, end);
    let goes_on = [noun, end].iter().any(|at| matches!(line.word(*at), "that" | "as"));
    let is_reason = opens && noun > start && !goes_on && !(start..noun).any(|at| is_source(line, at));
    (is_reason && end >= start + SHORTEST).then_some(start..end)
}

/// A name, a trade, or a paper that things are known from.
fn is_source(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let single = word.strip_suffix('s').unwrap_or(word);
    line.is_capital(at)
        || lists::SOURCES.contains(word)
        || lists::ACCOUNTS.contains(word)
        || lists::CUE_NOUNS.contains(word)
        || lists::EVIDENCE.contains(single)
        || lists::OCCASIONS.contains(single)
        || vocabulary::ROLES.contains_key(single)
}

/// What somebody thinks, knows or has found, or is to say, may say, has not said.
pub fn thought(line: &Line, at: usize, verb: Cue) -> Option<Range<usize>> {
    let is_clausal = verb.class == "thought" || verb.takes_clause();
    // "the added scoop that …"
    let is_attribute = at > 0 && line.tag(at - 1) == Some(Part::Det);
    if line.tag(at) != Some(Part::Verb) || !is_clausal || is_attribute {
        return None;
    }
    let end = sentence_end(line, at);
    let next = past_adverbs(line, at + 1);
    let takes_bare = verb.shape != Shape::Gerund
        && (verb.class == "thought" && verb.takes_clause() || matches!(verb.lemma, "say" | "tell" | "claim"));
    let start = if let Some(that) = that_within(line, next, end, THOUGHT_REACH) {
        behind_that(line, that)
    } else if asks(line.word(next)) && verb.lemma != "say" || takes_bare && begins_subject(line, next, end) {
        next
    } else {
        return None;
    };
    let end = content_end(line, start);
    (end >= start + SHORTEST).then_some(start..end)
}

/// "The road was closed, Ruiz said", "The road was closed, said the mayor."
pub fn before(line: &Line, cue: usize, verb: Cue) -> Option<Range<usize>> {
    if !is_said(line, cue, verb) {
        return None;
    }
    let head = head(line);
    let is_finite = matches!(verb.shape, Shape::Past | Shape::Third) && verb.takes_clause();
    let relative = |at: &usize| line.is_comma(*at) && matches!(line.word(at + 1), "who" | "which");
    let last = (cue + 1..line.end()).find(relative).unwrap_or(line.end());
    if is_finite
        && cue > 0
        && line.is_comma(cue.wrapping_sub(1))
        && last - cue <= 15
        && !(cue + 1..last).any(|at| finite(line, at))
        && !(head..cue - 1).any(|at| line.quote(at).is_some())
        && cue > head + SHORTEST + 1
        && holds_verb(line, head..cue - 1)
        && begins_speaker(line, cue + 1)
    {
        return Some(head..cue - 1);
    }
    let comma = is_trailing(line, cue, verb).then(|| subject(line, cue)).flatten()?.checked_sub(1)?;
    let holds = holds_main_verb(line, head..comma);
    (line.is_comma(comma) && comma > head + SHORTEST && holds).then_some(head..comma)
}

/// A name, "the mayor", "police chief Ana Ruiz".
fn begins_speaker(line: &Line, at: usize) -> bool {
    let is_common = |at: &usize| line.tag(*at) == Some(Part::Noun) && !line.is_capital(*at);
    let nouns = (at..at + 4).take_while(is_common).count();
    line.tag(at) == Some(Part::Det) || line.is_capital(at + nouns)
}

/// Whether a finite verb stands in `items` outside ", which …,".
fn holds_main_verb(line: &Line, items: Range<usize>) -> bool {
    let mut at = items.start;
    while at < items.end {
        if line.is_comma(at) && matches!(line.word(at + 1), "which" | "who" | "whose" | "where") {
            let Some(comma) = (at + 1..items.end).find(|at| line.is_comma(*at)) else { return false };
            at = comma;
        } else if (at > items.start || line.word(at).contains('\'')) && finite(line, at) {
            return true;
        } else {
            at += 1;
        }
    }
    false
}

/// "The road, Ruiz said, was closed": the parts of the clause.
pub fn around(line: &Line, cue: usize, verb: Cue) -> Option<Vec<Range<usize>>> {
    let is_finite = matches!(verb.shape, Shape::Past | Shape::Third)
        || verb.shape == Shape::Base && !matches!(line.word(cue.wrapping_sub(1)), "i" | "you" | "we");
    if !(verb.takes_clause() && is_finite && is_said(line, cue, verb)) {
        return None;
    }
    let comma = if is_inverted(line, cue) { Some(cue) } else { subject(line, cue) };
    let comma = comma?.checked_sub(1).filter(|comma| line.is_comma(*comma) && *comma > 0)?;
    let reach = if comma + 1 == cue { 10 } else { 5 };
    let next = (cue + 1..cue + reach).find(|at| line.is_comma(*at))? + 1;
    let head = (head(line)..comma).rev().find(|at| line.word(*at) == ";").map_or(head(line), |at| at + 1);
    let left = left_part(line, head, comma);
    let rest = next..content_end(line, next);
    let quoted = (head..line.end()).any(|at| line.quote(at).is_some());
    if quoted || head >= comma || rest.is_empty() || !goes_on(line, left.clone(), next) {
        return None;
    }
    Some([left, rest].into_iter().filter(|part| !part.is_empty()).collect())
}

/// ", said the mayor,": no verb stands between the cue and the next comma.
pub fn is_inverted(line: &Line, cue: usize) -> bool {
    let comma = (cue + 2..cue + 10).find(|at| line.is_comma(*at));
    cue > 0
        && line.is_comma(cue.wrapping_sub(1))
        && begins_speaker(line, cue + 1)
        && comma.is_some_and(|comma| !(cue + 1..comma).any(|at| finite(line, at)))
}

/// What stands before the cue of `around`: nothing of a relative clause but "whose" with its noun.
fn left_part(line: &Line, head: usize, comma: usize) -> Range<usize> {
    if matches!(line.word(comma.wrapping_sub(1)), "which" | "who") {
        return comma..comma;
    }
    let whose = (head..comma).rev().take(4).find(|at| line.word(*at) == "whose");
    whose.unwrap_or(head)..comma
}

/// Whether the clause of `left` goes on at `next`, behind a cue in commas.
fn goes_on(line: &Line, left: Range<usize>, next: usize) -> bool {
    let near = (next..line.end().min(next + 5)).any(|at| finite(line, at));
    let joined = next + usize::from(matches!(line.word(next), "and" | "but"));
    let verb = joined + usize::from(line.tag(joined) == Some(Part::Adv));
    if left.is_empty() || !holds_verb(line, left.clone()) {
        return near && !(joined > next && begins_noun(line, joined));
    }
    let opens =
        matches!(line.word(left.start), "if" | "because" | "when" | "although" | "as" | "since" | "unless");
    let is_same = finite(line, verb) && !finite_cue(line, verb);
    is_same || opens && near && joined == next || line.tag(left.end.wrapping_sub(1)) == Some(Part::Aux)
}

/// "reports that the road was closed", "Ruiz's claim that …": what the noun at `at` stands for.
pub fn of_noun(line: &Line, at: usize) -> Option<Range<usize>> {
    let is_noun = line.tag(at) == Some(Part::Noun)
        && lists::CUE_NOUNS.contains(line.word(at))
        && !said::is_said_by(line, at);
    let is_led = is_noun && line.word(at + 1) == "that" && line.tag(at + 1) != Some(Part::Det);
    // "allegations he sold the pier", but not "the comments he made".
    let makes = |at: usize| lists::STATING.contains(line.word(at)) || line.cue(at).is_some();
    let is_bare = is_noun
        && matches!(line.word(at + 1), "he" | "she" | "they")
        && finite(line, at + 2)
        && !makes(at + 2);
    let start = if is_bare { at + 1 } else { is_led.then_some(at + 2)? };
    // "the complaint that led to the inquiry" is no clause of its own.
    let verb = past_adverbs(line, start);
    if !is_bare && matches!(line.tag(verb), Some(Part::Verb | Part::Aux)) && finite(line, verb) {
        return None;
    }
    let end = content_end(line, start);
    (end >= start + SHORTEST && holds_verb(line, start..end)).then_some(start..end)
}

/// What "residents were told" is followed by.
pub fn behind_passive(line: &Line, cue: usize, verb: Cue) -> Option<Range<usize>> {
    let next = past_adverbs(line, cue + 1);
    let end = sentence_end(line, cue);
    let (start, end) = if line.word(next) == "that" {
        (next + 1, content_end(line, next + 1))
    } else if verb.takes_infinitive_of() && is_infinitive(line, next) {
        (next, infinitive_end(line, next, end))
    } else if verb.takes_clause() && verb.lemma != "ask" && begins_subject(line, next, end) {
        (next, content_end(line, next))
    } else {
        return None;
    };
    (end >= start + SHORTEST).then_some(start..end)
}

/// Whether a pronoun stands there that may be a subject.
pub fn is_pronoun(line: &Line, at: usize) -> bool {
    matches!(line.word(at), "he" | "she" | "they" | "we" | "i" | "it")
}

/// Whether a subject stands there that needs no "that" before it: "said there was", "said he left".
pub fn is_light(line: &Line, at: usize) -> bool {
    is_pronoun(line, at) || line.word(at) == "there"
}

/// What else than a clause may stand behind a verb.
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum Kind {
    Plain,
    /// A clause without "that" only with a pronoun or an auxiliary.
    Strict,
    /// A clause without "that", where its verb is no participle.
    Sure,
    /// A noun phrase as well.
    Phrase,
}

/// Whether a clause begins at `start`: a subject, then a finite verb.
pub fn is_clause(line: &Line, start: usize, end: usize, kind: Kind) -> bool {
    if is_light(line, start) {
        return (start..end.min(start + 4)).any(|at| finite(line, at));
    }
    let mut at = start;
    while at < end {
        if (at > start || line.word(at).contains('\'')) && finite(line, at) {
            let is_auxiliary = line.tag(at) == Some(Part::Aux);
            match kind {
                Kind::Strict => return is_auxiliary,
                Kind::Sure if !is_auxiliary && line.tag(at + 1) == Some(Part::Adp) => {}
                _ => return true,
            }
        }
        if at > start && is_parted(line, at, end, kind) {
            return false;
        }
        at = past_aside(line, at, end, kind);
    }
    false
}

/// Whether the subject that should lead to a verb breaks off at `at`.
fn is_parted(line: &Line, at: usize, end: usize, kind: Kind) -> bool {
    let (word, behind) = (line.word(at), line.word(at + 1));
    let turns = matches!(word, "where" | "when" | "after" | "before" | "while" | "because")
        && line.tag(at) != Some(Part::Adp)
        && !line.is_comma(at.wrapping_sub(1));
    let joins = word == "," && matches!(behind, "but" | "and" | "so");
    let is_participle = word == "," && behind.ends_with("ing") && line.tag(at + 1) == Some(Part::Verb);
    let is_relative = matches!(behind, "which" | "who" | "whose" | "where");
    let is_phrase = matches!(kind, Kind::Phrase | Kind::Sure)
        && (word == "," && !is_relative && aside_end(line, at, end).is_none()
            || matches!(word, "which" | "who") && !line.is_comma(at.wrapping_sub(1)));
    let is_other = kind == Kind::Phrase && is_other_subject(line, at);
    turns || joins || is_participle || is_phrase || is_other || matches!(word, ";" | ":")
}

/// The comma that ends the aside which the one at `at` opens: the verb follows.
pub fn aside_end(line: &Line, at: usize, end: usize) -> Option<usize> {
    let goes_on = |comma: &usize| {
        line.is_comma(*comma)
            && (finite(line, comma + 1) || line.tag(comma + 1) == Some(Part::Adv) && finite(line, comma + 2))
    };
    (at + 1..end.min(at + 16)).find(goes_on)
}

/// Past the item at `at`, or past the relative clause or aside in commas there.
fn past_aside(line: &Line, at: usize, end: usize, kind: Kind) -> usize {
    if !line.is_comma(at) {
        return at + 1;
    }
    if matches!(line.word(at + 1), "which" | "who" | "whose" | "where") {
        return (at + 1..end).find(|at| line.is_comma(*at)).map_or(at + 1, |comma| comma + 1);
    }
    let aside = if matches!(kind, Kind::Phrase | Kind::Sure) { aside_end(line, at, end) } else { None };
    aside.map_or(at + 1, |comma| comma + 1)
}

/// A noun phrase can begin here.
pub fn begins_noun(line: &Line, at: usize) -> bool {
    matches!(line.tag(at), Some(Part::Det | Part::Pron | Part::Propn | Part::Noun | Part::Num | Part::Adj))
}

/// A finite verb, by its part of speech and its looks.
pub fn finite(line: &Line, at: usize) -> bool {
    let (word, tag) = (line.word(at), line.tag(at));
    let is_finite = match tag {
        Some(Part::Aux) => !matches!(word, "be" | "been" | "being"),
        Some(Part::Verb) => !word.ends_with("ing") && (at == 0 || line.word(at.wrapping_sub(1)) != "to"),
        _ => false,
    };
    is_finite || is_contracted(word, tag)
}

/// "isn't", "they're", and of a pronoun "he's".
fn is_contracted(word: &str, tag: Option<Part>) -> bool {
    // In each of them the last or last but one letter stands behind an apostrophe; few words have one there.
    let is_apostrophe = |back: usize| word.as_bytes().iter().nth_back(back) == Some(&b'\'');
    if !is_apostrophe(1) && !is_apostrophe(2) {
        return false;
    }
    word.ends_with("n't")
        || ["'re", "'m", "'ll", "'ve"].iter().any(|end| word.ends_with(end))
        || word.ends_with("'s") && tag == Some(Part::Pron)
}

pub fn holds_verb(line: &Line, items: Range<usize>) -> bool {
    let first = items.start;
    items.into_iter().any(|at| (at > first || line.word(at).contains('\'')) && finite(line, at))
}

/// Where the subject of the verb at `cue` begins, if only it stands between a comma and the verb.
pub fn subject(line: &Line, cue: usize) -> Option<usize> {
    let mut last = Some(cue).filter(|cue| *cue > 0)?;
    while last > 0 && matches!(line.tag(last.wrapping_sub(1)), Some(Part::Aux | Part::Adv)) {
        last -= 1;
    }
    // "the mayor, Ana Ruiz, said": past the apposition.
    if last > 1
        && line.is_comma(last.wrapping_sub(1))
        && let Some(comma) = (last.saturating_sub(10)..last - 1).rev().find(|at| line.is_comma(*at))
        && !(comma..last).any(|at| finite(line, at))
    {
        last = comma;
    }
    let mut first = last;
    while first > 0
        && !line.is_comma(first.wrapping_sub(1))
        && line.quote(first.wrapping_sub(1)).is_none()
        && !matches!(line.word(first.wrapping_sub(1)), ";" | ":" | "—" | "–")
    {
        first -= 1;
        if finite(line, first) {
            return None;
        }
    }
    if matches!(line.word(last.wrapping_sub(1)), "that" | "those") {
        return None;
    }
    let ties = matches!(line.word(first), "and" | "but" | "or" | "then" | "which" | "who" | "that" | "as");
    (first < last && !ties).then_some(first)
}

/// Whether the verb at `cue` ends its sentence: ", Ruiz said on Monday".
fn is_trailing(line: &Line, cue: usize, verb: Cue) -> bool {
    let goes_on = line.is_comma(cue + 1)
        && (line.word(cue + 2) == "and"
            || attribution::cue_at(line, cue + 2).is_some_and(|next| next.shape == Shape::Gerund));
    let is_finite = matches!(verb.shape, Shape::Past | Shape::Third);
    verb.takes_clause() && (attribution::trailing_cue(line) == Some(cue) || goes_on && is_finite)
}

/// Past the words that tie a sentence to the one before.
pub fn head(line: &Line) -> usize {
    let tied = matches!(line.word(0), "but" | "and" | "however" | "meanwhile" | "still" | "so");
    usize::from(tied) + usize::from(tied && line.is_comma(1))
}

pub fn is_time(line: &Line, at: usize) -> bool {
    lists::SPEECH_ADVERBS.contains(line.word(at))
}
