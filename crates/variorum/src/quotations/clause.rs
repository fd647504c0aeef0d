//! What a verb reports: where its content begins and ends.
//!
//! In: a line with parts of speech, and the item of a verb. Out: the items of the content. A clause begins behind "that", a
//! question word, "to", or at once with its subject; a finite verb must follow. It ends with the sentence, before the next cue,
//! or before what the narrator adds (", which …", "citing …"). A cue may also stand behind its content or in its midst. Set on the 96 reports of `corpus/wikinews` that are not kept for testing.
//! Leaves: content in the next sentence; noun phrases as content but behind the verbs marked `p`.

use super::attribution;
use super::lists::{self, Cue, Shape};
use super::narration::{Line, Part as Sort};
use crate::tagging::pos::Part;
use std::ops::Range;

/// Fewest items of a content.
pub(super) const SHORTEST: usize = 2;
/// Items behind a cue that its "that" may stand off.
const REACH: usize = 9;
/// The same behind a verb that takes the person spoken to before it.
const LISTENER_REACH: usize = 12;

/// How a clause is tied to its verb.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Tie {
    /// "that", "whether", "how": a clause for certain.
    Word,
    /// "to".
    Infinitive,
    /// Its subject stands right behind.
    Bare,
}

/// "Ruiz said (that) the road was closed".
pub fn behind(line: &Line, cue: usize, verb: Cue) -> Option<Range<usize>> {
    if !(verb.takes_clause() || verb.takes_infinitive_of() || verb.takes_phrase())
        || !is_said(line, cue, verb)
    {
        return None;
    }
    let end = sentence_end(line, cue);
    let (start, tie) = start(line, cue, verb, end)?;
    let end = match tie {
        Tie::Word if start < end => content_end(line, start),
        Tie::Infinitive => infinitive_end(line, start, end),
        Tie::Bare if begins(line, start) && start < end => bare_end(line, start, end, verb)?,
        _ => return None,
    };
    (end >= start + SHORTEST).then_some(start..end)
}

/// What somebody thinks, knows or has found, or is to say, may say, has not said.
pub fn thought(line: &Line, at: usize, verb: Cue) -> Option<Range<usize>> {
    let is_clausal = verb.class == "thought" || verb.takes_clause();
    if line.tag(at) != Some(Part::Verb) || !is_clausal {
        return None;
    }
    let end = sentence_end(line, at);
    let next = past_adverbs(line, at + 1);
    let takes_bare = verb.shape != Shape::Gerund
        && (verb.class == "thought" && verb.takes_clause() || matches!(verb.lemma, "say" | "tell" | "claim"));
    let start = if let Some(that) = that_within(line, next, end, REACH - 2) {
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
    let head = head(line);
    let is_finite = matches!(verb.shape, Shape::Past | Shape::Third) && verb.takes_clause();
    let last = line.end();
    if is_finite
        && cue > 0
        && line.is_comma(cue - 1)
        && last - cue <= 15
        && !(cue + 1..last).any(|at| finite(line, at))
        && !(head..cue - 1).any(|at| line.quote(at).is_some())
        && cue > head + SHORTEST + 1
        && holds_verb(line, head..cue - 1)
        && (line.is_capital(cue + 1) || line.tag(cue + 1) == Some(Part::Det))
    {
        return Some(head..cue - 1);
    }
    let comma = is_trailing(line, cue, verb).then(|| subject(line, cue)).flatten()?.checked_sub(1)?;
    (line.is_comma(comma) && comma > head + SHORTEST && holds_verb(line, head..comma)).then_some(head..comma)
}

/// "The road, Ruiz said, was closed": both parts of the clause.
pub fn around(line: &Line, cue: usize, verb: Cue) -> Option<[Range<usize>; 2]> {
    if !verb.takes_clause() || !matches!(verb.shape, Shape::Past | Shape::Third) {
        return None;
    }
    let comma = subject(line, cue)?.checked_sub(1).filter(|comma| line.is_comma(*comma) && *comma > 0)?;
    let next = (cue + 1..cue + 5).find(|at| line.is_comma(*at))? + 1;
    let head = head(line);
    let quoted = (head..line.end()).any(|at| line.quote(at).is_some());
    let goes_on = (next..line.end().min(next + 5)).any(|at| finite(line, at));
    let rest = next..content_end(line, next);
    let clear = !quoted && goes_on && head < comma && !rest.is_empty() && !holds_verb(line, head..comma);
    clear.then_some([head..comma, rest])
}

/// "reports that the road was closed", "Ruiz's claim that …": what the noun at `at` stands for.
pub fn of_noun(line: &Line, at: usize) -> Option<Range<usize>> {
    let is_noun = line.tag(at) == Some(Part::Noun) && lists::CUE_NOUNS.contains(line.word(at));
    let is_led = is_noun && line.word(at + 1) == "that" && line.tag(at + 1) != Some(Part::Det);
    let start = is_led.then_some(at + 2)?;
    let end = content_end(line, start);
    (end >= start + SHORTEST && holds_verb(line, start..end)).then_some(start..end)
}

/// Whether the verb tells that something was said: not "did not say", "was reported by", "the reported cases".
fn is_said(line: &Line, cue: usize, verb: Cue) -> bool {
    let last = cue.wrapping_sub(1);
    let before = line.word(last);
    let is_verb = matches!(line.tag(cue), Some(Part::Verb | Part::Aux))
        || verb.shape == Shape::Base && before.ends_with('s') && line.tag(cue).is_some()
        || is_said_by_name(line, cue, verb);
    let is_wish = verb.shape == Shape::Base
        && matches!(
            before,
            "to" | "will" | "would" | "did" | "could" | "can" | "should" | "might" | "may" | "must" | "not"
        );
    let is_attribute = verb.shape != Shape::Gerund
        && (cue == 0
            || (matches!(line.tag(last), Some(Part::Det | Part::Adj | Part::Adp | Part::Num))
                || matches!(before, "their" | "its" | "his" | "our" | "-"))
                && matches!(line.tag(cue + 1), Some(Part::Noun | Part::Propn | Part::Adj | Part::Num)));
    let denied =
        |at: usize| matches!(line.word(at), "not" | "never" | "no") || line.word(at).ends_with("n't");
    let is_denied = (cue.saturating_sub(2)..cue).any(denied) || line.word(0) == "no" && cue < 5;
    let is_passive = is_passive(line, cue) && line.word(cue + 1) != "that" && !is_impersonal(line, cue);
    is_verb && !is_wish && !is_attribute && !is_denied && !is_passive
}

/// "Coast Wire reports sixteen deaths": behind a name, with what is reported behind it, the word is a verb whatever it was tagged.
fn is_said_by_name(line: &Line, cue: usize, verb: Cue) -> bool {
    let is_object = matches!(
        line.tag(cue + 1),
        Some(Part::Adj | Part::Adv | Part::Det | Part::Noun | Part::Num | Part::Pron | Part::Propn)
    );
    verb.shape == Shape::Third
        && verb.takes_clause()
        && line.tag(cue) == Some(Part::Noun)
        && cue.checked_sub(1).is_some_and(|last| line.is_capital(last))
        && is_object
}

fn is_passive(line: &Line, cue: usize) -> bool {
    let near = (cue.saturating_sub(3)..cue).rev();
    let mut before = near.skip_while(|at| {
        let is_form = matches!(line.word(*at), "is" | "are" | "was" | "were" | "be" | "been" | "being");
        !is_form && matches!(line.tag(*at), Some(Part::Adv | Part::Part))
    });
    before
        .next()
        .is_some_and(|at| matches!(line.word(at), "is" | "are" | "was" | "were" | "be" | "been" | "being"))
}

/// The verb of "it was reported", whose speaker nobody names.
pub fn impersonal(line: &Line, cue: usize) -> Option<Cue> {
    lists::cue(line.word(cue)).filter(|verb| verb.shape == Shape::Past && is_impersonal(line, cue))
}

/// "It was reported".
fn is_impersonal(line: &Line, cue: usize) -> bool {
    [2, 3].into_iter().any(|back| cue >= back && line.word(cue - back) == "it")
}

/// Where the content begins, and how it is tied to the verb.
fn start(line: &Line, cue: usize, verb: Cue, end: usize) -> Option<(usize, Tie)> {
    let next = past_adverbs(line, cue + 1);
    let before = line.word(cue.wrapping_sub(1));
    let governed =
        lists::PREPOSITIONS.contains(before) && !matches!(before, "by" | "in" | "of" | "after" | "before");
    if verb.shape == Shape::Gerund && governed {
        return None;
    }
    let reach = if verb.takes_listener() { LISTENER_REACH } else { REACH };
    if verb.takes_clause()
        && let Some(that) = that_within(line, next, end, reach)
        && (that == next
            || lists::PREPOSITIONS.contains(line.word(next))
            || verb.takes_listener()
            || line.tag(that) == Some(Part::Sconj))
    {
        return Some((behind_that(line, that), Tie::Word));
    }
    if verb.takes_listener() || verb.takes_infinitive_of() {
        return behind_listener(line, next, end, verb);
    }
    let word = line.word(next);
    let question = asks(word) && word != "what" && word != "who" || matches!(word, "whether" | "how" | "why");
    if question && (verb.lemma != "say" || matches!(word, "whether" | "how" | "why")) {
        return Some((next, Tie::Word));
    }
    if verb.takes_infinitive() && word == "to" && matches!(line.tag(next + 1), Some(Part::Verb | Part::Aux)) {
        return Some((next, Tie::Infinitive));
    }
    Some((past_places(line, next, end), Tie::Bare))
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
        while next < end && matches!(line.tag(next), Some(Part::Noun | Part::Propn)) {
            next += 1;
        }
        at = past_adverbs(line, next);
    }
    at += usize::from(at > from && line.is_comma(at));
    let is_led = matches!(line.tag(at), Some(Part::Det | Part::Pron | Part::Propn | Part::Num));
    if at > from && is_led && is_clause(line, at, end, false) { at } else { from }
}

/// "told reporters the road was closed", "asked him whether …", "urged drivers (not) to wait".
fn behind_listener(line: &Line, next: usize, end: usize, verb: Cue) -> Option<(usize, Tie)> {
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
            break;
        }
    }
    if asks(line.word(next)) && verb.lemma != "tell" {
        return Some((next, Tie::Word));
    }
    let mut listener = next;
    while listener < end && matches!(line.tag(listener), Some(Part::Det | Part::Adj | Part::Num)) {
        listener += 1;
    }
    while listener < end && matches!(line.tag(listener), Some(Part::Noun | Part::Propn)) {
        listener += 1;
    }
    listener += usize::from(listener < end && line.tag(listener) == Some(Part::Pron) && listener == next);
    let whole =
        listener > next && listener < end && begins(line, listener) && holds_verb(line, listener..end);
    whole.then_some((listener, Tie::Bare))
}

/// The end of what stands right behind its verb, if that is a clause, or a noun phrase behind a verb that takes one.
fn bare_end(line: &Line, start: usize, end: usize, verb: Cue) -> Option<usize> {
    let subject =
        matches!(line.tag(start), Some(Part::Det | Part::Propn | Part::Noun | Part::Num | Part::Pron));
    let is_clause = is_clause(line, start, end, verb.needs_that());
    if is_clause || verb.takes_listener() || verb.lemma == "say" && end - start >= 4 && subject {
        return Some(content_end(line, start));
    }
    let is_phrase = verb.takes_phrase()
        && verb.shape != Shape::Gerund
        && line.quote(start).is_none()
        && line.word(start.saturating_sub(2)) != "which"
        && (subject || line.tag(start) == Some(Part::Adj));
    if is_phrase {
        return Some(phrase_end(line, start, end));
    }
    (verb.takes_gerund() && line.word(start).ends_with("ing")).then(|| content_end(line, start))
}

/// Whether a clause begins at `start`: a subject, then a finite verb. `is_strict` asks for a pronoun or an auxiliary.
fn is_clause(line: &Line, start: usize, end: usize, is_strict: bool) -> bool {
    if matches!(line.word(start), "he" | "she" | "they" | "we" | "i" | "it" | "there") {
        return (start..end.min(start + 4)).any(|at| finite(line, at));
    }
    for at in start..end {
        let word = line.word(at);
        if (at > start || word.contains('\'')) && finite(line, at) {
            return !is_strict || line.tag(at) == Some(Part::Aux);
        }
        let turns = at > start
            && matches!(word, "where" | "when" | "after" | "before" | "while" | "because")
            && line.tag(at) != Some(Part::Adp)
            && !line.is_comma(at - 1);
        let is_parted = word == "," && matches!(line.word(at + 1), "but" | "and" | "or" | "so");
        if turns || is_parted || matches!(word, ";" | ":") {
            return false;
        }
    }
    false
}

fn begins_subject(line: &Line, at: usize, end: usize) -> bool {
    let subject = matches!(
        line.tag(at),
        Some(Part::Det | Part::Pron | Part::Propn | Part::Noun | Part::Num | Part::Adj)
    );
    subject && begins(line, at) && is_clause(line, at, end, false)
}

/// A clause can begin here.
fn begins(line: &Line, at: usize) -> bool {
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
        Sort::Word => !lists::PREPOSITIONS.contains(word) || ADVERBIAL.contains(&word),
    }
}

/// A finite verb, by its part of speech and its looks.
pub(super) fn finite(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let contracted = word.ends_with("n't")
        || ["'re", "'m", "'ll", "'ve"].iter().any(|end| word.ends_with(end))
        || word.ends_with("'s") && line.tag(at) == Some(Part::Pron);
    contracted
        || match line.tag(at) {
            Some(Part::Aux) => !matches!(word, "be" | "been" | "being"),
            Some(Part::Verb) => !word.ends_with("ing") && (at == 0 || line.word(at - 1) != "to"),
            _ => false,
        }
}

pub(super) fn holds_verb(line: &Line, items: Range<usize>) -> bool {
    let first = items.start;
    items.into_iter().any(|at| (at > first || line.word(at).contains('\'')) && finite(line, at))
}

fn sentence_end(line: &Line, from: usize) -> usize {
    let is_number = |at: usize| line.items.get(at).is_some_and(|item| item.part == Sort::Number);
    let ends = |at: &usize| match line.word(*at) {
        ";" => true,
        ":" => !(*at > 0 && is_number(at - 1) && is_number(at + 1)),
        _ => false,
    };
    (from..line.items.len()).find(ends).unwrap_or_else(|| line.end())
}

/// Past adverbs, days and times.
fn past_adverbs(line: &Line, mut at: usize) -> usize {
    const KEPT: [&str; 14] = [
        "how", "why", "where", "when", "about", "only", "even", "just", "then", "there", "here", "not",
        "nearly", "almost",
    ];
    loop {
        let word = line.word(at);
        let is_time = lists::SPEECH_ADVERBS.contains(word);
        if line.tag(at) == Some(Part::Adv) && !KEPT.contains(&word) && !matches!(word, "over" | "more")
            || is_time && (line.is_capital(at) || line.tag(at) != Some(Part::Adp))
        {
            at += 1;
        } else if word == "on" && line.is_capital(at + 1) && lists::SPEECH_ADVERBS.contains(line.word(at + 1))
        {
            at += 2;
        } else {
            return at;
        }
    }
}

fn asks(word: &str) -> bool {
    matches!(word, "whether" | "how" | "why" | "what" | "if" | "who" | "where" | "when")
}

/// The "that" of a clause, where no verb and no quotation stands before it.
fn that_within(line: &Line, from: usize, end: usize, reach: usize) -> Option<usize> {
    for at in from..end.min(from + reach) {
        let is_that = line.word(at) == "that";
        let is_led = matches!(line.tag(at + 1), Some(Part::Pron | Part::Det | Part::Propn));
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
fn behind_that(line: &Line, that: usize) -> usize {
    if finite(line, that + 1) && line.tag(that + 1) == Some(Part::Aux) { that } else { that + 1 }
}

/// Where the subject of the verb at `cue` begins, if only it stands between a comma and the verb.
fn subject(line: &Line, cue: usize) -> Option<usize> {
    let mut last = cue;
    while last > 0 && matches!(line.tag(last - 1), Some(Part::Aux | Part::Adv)) {
        last -= 1;
    }
    // "the mayor, Ana Ruiz, said": past the apposition.
    if last > 1
        && line.is_comma(last - 1)
        && let Some(comma) = (last.saturating_sub(10)..last - 1).rev().find(|at| line.is_comma(*at))
        && !(comma..last).any(|at| finite(line, at))
    {
        last = comma;
    }
    let mut first = last;
    while first > 0
        && !line.is_comma(first - 1)
        && line.quote(first - 1).is_none()
        && !matches!(line.word(first - 1), ";" | ":" | "—" | "–")
    {
        first -= 1;
        if finite(line, first) {
            return None;
        }
    }
    (first < last && line.word(first) != "as").then_some(first)
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
pub(super) fn head(line: &Line) -> usize {
    let tied = matches!(line.word(0), "but" | "and" | "however" | "meanwhile" | "still" | "so");
    usize::from(tied) + usize::from(tied && line.is_comma(1))
}

/// The end of a noun phrase with what hangs on it.
fn phrase_end(line: &Line, start: usize, end: usize) -> usize {
    let ends = |at: &usize| {
        let word = line.word(*at);
        let is_new = *at > start
            && (line.tag(*at) == Some(Part::Adv) && *at > start + 1
                || matches!(
                    word,
                    "but"
                        | "after"
                        | "before"
                        | "when"
                        | "while"
                        | "as"
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
                || word == "and" && (finite(line, at + 1) || finite(line, at + 2) && is_time(line, at + 1)));
        let is_listed = word == "," && line.word(at + 1) == "including";
        matches!(word, "," | ";" | ":" | "—" | "–") && !is_listed || is_new
    };
    let last = (start..end).find(ends).unwrap_or(end);
    let listed = (start..last).any(|at| line.word(at) == "including");
    if listed { content_end(line, start) } else { last }
}

fn is_time(line: &Line, at: usize) -> bool {
    lists::SPEECH_ADVERBS.contains(line.word(at))
}

/// The end of "to wait and see".
fn infinitive_end(line: &Line, start: usize, end: usize) -> usize {
    let ends = |at: &usize| {
        let word = line.word(*at);
        let goes_on = line.tag(at + 1) == Some(Part::Verb) && !line.word(at + 1).ends_with("ing");
        matches!(word, ";" | ":" | "—" | "–" | "after" | "while" | "which" | "citing" | "saying")
            || line.is_comma(*at) && !goes_on
            || word == "and" && finite_cue(line, at + 1)
    };
    (start + 1..end).find(ends).unwrap_or(end)
}

/// One past the last item of the clause that begins at `start`.
pub(super) fn content_end(line: &Line, start: usize) -> usize {
    let end = sentence_end(line, start);
    // What stands in commas behind the subject is the speaker's, until the verb has come.
    let verb = (start..end).find(|at| finite(line, *at) && !is_in_aside(line, start, *at)).unwrap_or(start);
    (start + 1..end).find(|at| is_end(line, *at, end) && (*at > verb || !line.is_comma(*at))).unwrap_or(end)
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
    const OWN: [&str; 18] = [
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
        "while",
        "which",
        "where",
        "whose",
    ];
    let (word, comma) = (line.word(at), line.is_comma(at));
    let begin = at + usize::from(comma);
    let dash = matches!(word, "—" | "–");
    if comma && (OWN.contains(&line.word(begin)) || line.word(begin) == "who")
        || matches!(word, "citing" | "according")
        || word == "prior" && line.word(at + 1) == "to"
        || matches!(word, "without" | "while") && line.word(at + 1).ends_with("ing")
        || (comma || dash) && line.word(at + 1) == "so"
        || comma
            && line.word(begin) == "and"
            && line.tag(begin + 1) == Some(Part::Pron)
            && finite(line, begin + 2)
    {
        return true;
    }
    let joins = matches!(
        line.word(begin),
        "but" | "and" | "while" | "though" | "although" | "yet" | "then" | "whereas"
    );
    let quoted = line.quote(at - 1).is_some();
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

/// Whether nothing but the subject of the verb at `cue` stands from `from` on.
fn subject_between(line: &Line, from: usize, cue: usize) -> bool {
    (from..cue).all(|at| !finite(line, at) || at + 1 == cue) && !(from..cue).any(|at| line.is_comma(at))
}

fn finite_cue(line: &Line, at: usize) -> bool {
    attribution::cue_at(line, at).is_some_and(|cue| {
        matches!(cue.shape, Shape::Past | Shape::Third)
            && (cue.takes_clause() || cue.is_label() || cue.takes_listener())
    })
}
