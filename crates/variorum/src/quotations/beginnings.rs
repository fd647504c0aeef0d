//! Where what a verb reports begins.
//!
//! In: a line with parts of speech, and the item of a verb. Out: the first item of the content, and how it is tied to the verb:
//! behind "that" or a question word, with "to", or at once with its subject; past the one spoken to, and past place and time.

use super::attribution;
use super::clause::{Kind, begins_noun, finite, holds_verb, is_clause, is_time};
use super::lists::{self, Cue, Shape};
use super::narration::{Line, Part as Sort};
use super::said::cited;
use crate::tagging::pos::Part;

/// Items behind a cue that its "that" may stand off.
const REACH: usize = 9;
/// The same behind a verb that takes the person spoken to before it.
const LISTENER_REACH: usize = 12;
/// The same where a preposition follows the cue ("said in a filing to the office of the harbours that …").
const FAR_REACH: usize = 20;

/// How a clause is tied to its verb.
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum Tie {
    /// "that", "whether", "how": a clause for certain.
    Word,
    /// "to".
    Infinitive,
    /// Its subject stands right behind.
    Bare,
}

/// Where the content begins, and how it is tied to the verb.
pub fn start(line: &Line, cue: usize, verb: Cue, end: usize) -> Option<(usize, Tie)> {
    let next = past_adverbs(line, cue + 1);
    let before = line.word(cue.wrapping_sub(1));
    let governed = lists::PREPOSITIONS.contains(before)
        && !matches!(before, "by" | "in" | "of" | "after" | "before")
        && cited(line, cue).is_none();
    if verb.shape == Shape::Gerund && governed {
        return None;
    }
    if verb.takes_question() {
        return question(line, next, end);
    }
    if let Some(that) = that_of(line, next, end, verb) {
        return Some((behind_that(line, that), Tie::Word));
    }
    if verb.takes_infinitive() && is_infinitive(line, next) {
        return Some((next, Tie::Infinitive));
    }
    if is_relative(line, cue, next) {
        return Some((next, Tie::Word));
    }
    if verb.takes_listener() || verb.takes_infinitive_of() {
        return behind_listener(line, next, end, verb);
    }
    let word = line.word(next);
    let question = asks(word) && word != "what" && word != "who";
    if question && (verb.lemma != "say" || matches!(word, "whether" | "how" | "why")) {
        return Some((next, Tie::Word));
    }
    Some((bare_start(line, cue, next, end, verb), Tie::Bare))
}

/// The "that" of what the verb reports.
fn that_of(line: &Line, next: usize, end: usize, verb: Cue) -> Option<usize> {
    let is_adverbial = lists::PREPOSITIONS.contains(line.word(next));
    let reach = match verb.takes_listener() {
        true => LISTENER_REACH,
        false if is_adverbial => FAR_REACH,
        false => REACH,
    };
    let that = that_within(line, next, end, reach).filter(|_| verb.takes_clause())?;
    (that == next || is_adverbial || verb.takes_listener() || line.tag(that) == Some(Part::Sconj))
        .then_some(that)
}

/// Where a clause without "that" begins: behind "to" of a confession, behind place and time, behind a comma.
fn bare_start(line: &Line, cue: usize, next: usize, end: usize, verb: Cue) -> usize {
    if verb.takes_gerund() && line.word(next) == "to" && line.word(next + 1).ends_with("ing") {
        return next + 1;
    }
    if verb.shape == Shape::Gerund && cue == 0 {
        return next;
    }
    let start = past_places(line, next, end);
    let goes_on = verb.shape != Shape::Gerund && !verb.needs_that();
    goes_on.then(|| past_comma(line, cue, start, end)).flatten().unwrap_or(start)
}

/// Past the comma behind a cue that follows the sentence's first words: "The Ledger reported, citing the mayor, the road was closed".
fn past_comma(line: &Line, cue: usize, next: usize, end: usize) -> Option<usize> {
    let comma = (next..end.min(next + 10)).find(|at| line.is_comma(*at) || finite(line, *at))?;
    let is_placed = comma == next || lists::PREPOSITIONS.contains(line.word(next));
    if !(line.is_comma(comma) && is_placed && opens_sentence(line, cue)) {
        return None;
    }
    let word = line.word(comma + 1);
    let is_aside = matches!(word, "as" | "in" | "on" | "at" | "during" | "after");
    let start = match word {
        "citing" => (comma + 1..end.min(comma + 12)).find(|at| line.is_comma(*at))? + 1,
        _ => comma + 1,
    };
    let is_own = matches!(line.word(start), "and" | "but" | "who" | "which" | "so")
        || line.word(start).ends_with("ing");
    // "units reported to the scene, the agency said"
    if attribution::trailing_cue(line).is_some_and(|cue| cue > start) {
        return None;
    }
    let opens = begins_subject(line, start, end) || is_aside && is_clause(line, start, end, Kind::Plain);
    (opens && !is_own).then_some(start)
}

/// Whether nothing but its subject stands before the verb at `cue`; "that said" has none.
fn opens_sentence(line: &Line, cue: usize) -> bool {
    let parts = |at: usize| {
        line.is_comma(at) || line.quote(at).is_some() || finite(line, at) && line.tag(at) != Some(Part::Aux)
    };
    let is_subject = cue > 0 && !matches!(line.word(cue.wrapping_sub(1)), "that" | "this" | "all" | "which");
    is_subject && cue < LISTENER_REACH && !(0..cue).any(parts)
}

/// "described how it sank", "described it as being slow".
fn question(line: &Line, next: usize, end: usize) -> Option<(usize, Tie)> {
    if matches!(line.word(next), "how" | "whether" | "what" | "why") {
        return Some((next, Tie::Word));
    }
    let mut object = (next..end.min(next + 8)).take_while(|at| !finite(line, *at) && !line.is_comma(*at));
    let tie = object.find(|at| line.word(*at) == "as" && line.word(at + 1).ends_with("ing"))?;
    Some((tie + 1, Tie::Word))
}

/// "(not) to wait" begins at `at`.
pub fn is_infinitive(line: &Line, at: usize) -> bool {
    let to = at + usize::from(matches!(line.word(at), "not" | "never"));
    line.word(to) == "to" && matches!(line.tag(to + 1), Some(Part::Verb | Part::Aux))
}

/// "which the mayor said was closed", "the roads they said were closed": the verb at `next` has its subject before the cue.
fn is_relative(line: &Line, cue: usize, next: usize) -> bool {
    let reach = cue.saturating_sub(6)..cue;
    let parts = |at: &usize| line.is_comma(*at) || line.quote(*at).is_some();
    let floor = reach.clone().rev().find(parts).map_or(reach.start, |at| at + 1);
    let pronoun = (floor..cue).rev().find(|at| matches!(line.word(*at), "which" | "who" | "that" | "what"));
    let subject = cue
        - (floor..cue).rev().take_while(|at| matches!(line.tag(*at), Some(Part::Aux | Part::Adv))).count();
    let is_tied = match pronoun {
        Some(at) => {
            // The word before the verb may hold one of its own: "which they've said was due".
            line.word(at) != "what" && at + 1 < subject && !(at + 1..subject - 1).any(|at| finite(line, at))
        }
        None => {
            line.tag(next) == Some(Part::Aux)
                && subject >= 2
                && matches!(line.word(subject.wrapping_sub(1)), "he" | "she" | "they" | "we" | "i")
                && matches!(line.tag(subject.wrapping_sub(2)), Some(Part::Noun | Part::Propn))
        }
    };
    is_tied && finite(line, next)
}

/// Past where and when it was said, where a clause follows: "said at a press conference on Monday the law should change".
fn past_places(line: &Line, from: usize, end: usize) -> usize {
    let mut at = from;
    for _ in 0..3 {
        if line.tag(at) != Some(Part::Adp) {
            break;
        }
        let mut next = at + 1;
        while next < end && matches!(line.tag(next), Some(Part::Det | Part::Pron | Part::Adj | Part::Num)) {
            next += 1;
        }
        let is_compound = |at: usize| line.word(at) == "-" || line.word(at.wrapping_sub(1)) == "-";
        while next < end && (matches!(line.tag(next), Some(Part::Noun | Part::Propn)) || is_compound(next)) {
            next += 1;
        }
        at = past_adverbs(line, next);
    }
    at += usize::from(at > from && line.is_comma(at));
    let is_led = matches!(line.tag(at), Some(Part::Det | Part::Pron | Part::Propn | Part::Num));
    if at > from && is_led && is_clause(line, at, end, Kind::Plain) { at } else { from }
}

/// "told reporters the road was closed", "asked him whether …", "urged drivers (not) to wait".
fn behind_listener(line: &Line, next: usize, end: usize, verb: Cue) -> Option<(usize, Tie)> {
    if line.word(next) == "for" {
        return None;
    }
    if let Some(tied) = tied_to_listener(line, next, end, verb) {
        return Some(tied);
    }
    if asks(line.word(next)) && verb.lemma != "tell" {
        return Some((next, Tie::Word));
    }
    let listener = listener_end(line, next, end);
    if listener == next {
        return None;
    }
    // "warned people could be hurt": not the listener, the subject.
    let needs_listener = matches!(verb.lemma, "tell" | "inform" | "assure" | "remind");
    if finite(line, listener) && verb.takes_clause() && !needs_listener && begins(line, next) {
        return Some((next, Tie::Bare));
    }
    let start = past_places(line, past_adverbs(line, listener), end);
    let is_whole = start < end && begins(line, start) && holds_verb(line, start..end);
    is_whole.then_some((start, Tie::Bare))
}

/// The "to" or the question word behind the one spoken to.
fn tied_to_listener(line: &Line, next: usize, end: usize, verb: Cue) -> Option<(usize, Tie)> {
    for at in next..end.min(next + 10) {
        let is_to = line.word(at) == "to" && line.tag(at) == Some(Part::Part) && at > next
            || line.word(at) == "not" && line.word(at + 1) == "to";
        if is_to && verb.takes_infinitive_of() {
            return Some((at, Tie::Infinitive));
        }
        let is_question = matches!(line.word(at), "if" | "whether" | "how" | "why" | "what");
        if at > next && is_question {
            return Some((at, Tie::Word));
        }
        if finite(line, at) || line.quote(at).is_some() || matches!(line.word(at), "," | ";") {
            return None;
        }
    }
    None
}

/// The end of the noun phrase or pronoun at `next`; `next` where none stands.
fn listener_end(line: &Line, next: usize, end: usize) -> usize {
    let mut at = next;
    while at < end && matches!(line.tag(at), Some(Part::Det | Part::Adj | Part::Num)) {
        at += 1;
    }
    while at < end && matches!(line.tag(at), Some(Part::Noun | Part::Propn)) {
        at += 1;
    }
    at + usize::from(at == next && at < end && line.tag(at) == Some(Part::Pron))
}

pub fn begins_subject(line: &Line, at: usize, end: usize) -> bool {
    begins_noun(line, at) && begins(line, at) && is_clause(line, at, end, Kind::Plain)
}

/// A clause can begin here.
pub fn begins(line: &Line, at: usize) -> bool {
    const ADVERBIAL: [&str; 13] = [
        "in", "on", "at", "after", "during", "since", "despite", "under", "from", "with", "before", "amid",
        "until",
    ];
    let word = line.word(at);
    let Some(item) = line.items.get(at) else { return false };
    match item.part {
        Sort::Quote(_) | Sort::Number => true,
        Sort::Mark => matches!(word, "£" | "$" | "€" | "\"" | "'"),
        Sort::Word if matches!(word, "to" | "and" | "or" | "but" | "than" | "him" | "them" | "us" | "me") => {
            false
        }
        Sort::Word if line.items.get(at + 1).is_some_and(|next| next.part == Sort::Number) => true,
        Sort::Word if is_measured(line, at) => true,
        Sort::Word => !lists::PREPOSITIONS.contains(word) || ADVERBIAL.contains(&word),
    }
}

/// "over twenty people", "about a hundred people".
fn is_measured(line: &Line, at: usize) -> bool {
    let is_number = line.tag(at + 1) == Some(Part::Num)
        || line.word(at + 1) == "a" && line.tag(at + 2) != Some(Part::Adj);
    matches!(line.word(at), "over" | "about" | "around") && is_number
}

/// Past adverbs, days and times.
pub fn past_adverbs(line: &Line, mut at: usize) -> usize {
    loop {
        let is_day = line.word(at) == "on" && line.is_capital(at + 1) && is_time(line, at + 1);
        let is_hour = at > 0
            && is_time(line, at.wrapping_sub(1))
            && matches!(line.word(at), "morning" | "afternoon" | "evening" | "night");
        match (is_day, is_hour || is_adverb(line, at)) {
            (true, _) => at += 2,
            (false, true) => at += 1,
            (false, false) => return at,
        }
    }
}

/// An adverb or a day that can stand between a verb and what it reports.
fn is_adverb(line: &Line, at: usize) -> bool {
    const KEPT: [&str; 15] = [
        "how", "why", "where", "when", "about", "only", "even", "just", "then", "there", "here", "not",
        "never", "nearly", "almost",
    ];
    let (word, tag) = (line.word(at), line.tag(at));
    let is_verbal = lists::AUXILIARIES.contains(word) || matches!(word, "to" | "both" | "having");
    let is_placed = is_time(line, at) && !is_verbal && (line.is_capital(at) || tag != Some(Part::Adp));
    let is_plain = tag == Some(Part::Adv) && !matches!(word, "over" | "more");
    (is_plain || is_placed) && !KEPT.contains(&word)
}

pub fn asks(word: &str) -> bool {
    matches!(word, "whether" | "how" | "why" | "what" | "if" | "who" | "where" | "when")
}

/// The "that" of a clause, where no verb and no quotation stands before it.
pub fn that_within(line: &Line, from: usize, end: usize, reach: usize) -> Option<usize> {
    for at in from..end.min(from + reach) {
        let is_that = line.word(at) == "that";
        let is_led = matches!(line.tag(at + 1), Some(Part::Pron | Part::Det | Part::Propn))
            || line.tag(at) != Some(Part::Det)
                && matches!(line.tag(at + 1), Some(Part::Num | Part::Adj | Part::Noun));
        if is_that && (at == from || is_led || line.tag(at) == Some(Part::Sconj)) {
            return Some(at);
        }
        if line.quote(at).is_some() || finite(line, at) || matches!(line.word(at), ";" | ":") {
            return None;
        }
    }
    None
}

/// Past "that", unless it is the subject itself ("said that was wrong").
pub fn behind_that(line: &Line, that: usize) -> usize {
    if finite(line, that + 1) && line.tag(that + 1) == Some(Part::Aux) { that } else { that + 1 }
}
