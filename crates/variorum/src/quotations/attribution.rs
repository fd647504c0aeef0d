//! Who says a fragment, by a sieve of rules.
//!
//! In: a line and the place of a fragment in it. Out: an [`Attribution`]: cue, speaker phrase, and the name of the rule
//! that gave them. Rules in order, the first that answers wins:
//!
//! | rule | shape |
//! | --- | --- |
//! | `cue-before` | Ruiz said: “…” (the cue stands next to the words, or before a colon or comma) |
//! | `reads` | a banner reading “…” |
//! | `cue-after-inverted` | “…,” said Ruiz |
//! | `cue-after` | “…,” Ruiz said |
//! | `according-to` | “…,” according to Ruiz; in the words of Ruiz, “…” |
//! | `dash-name` | “…” – Ana Ruiz |
//! | `headline-colon` | Bridge “could fall”: inspector |
//! | `colon-name` | Ruiz: “…” |
//! | `participle` | Ruiz left, calling it “…” (the subject of the sentence) |
//! | `cue-governing` | Ruiz said the rules are “…” |
//! | `cue-end` | The rules are “…” for now, Ruiz said |
//! | `sentence-subject` | a longer fragment worked into a sentence without a cue |
//!
//! What no rule of the line answers goes to the rules over lines in `weave`: `split`, `continuation`,
//! `previous-sentence-subject`, `body-of-headline`, `unknown`.

use super::lists::{self, Cue, Shape};
use super::narration::{Line, Part as Sort};
use super::speaker::{self, Phrase};
use super::subject;
use crate::tagging::pos::Part;
use crate::vocabulary::Lists;

/// How far from the end of its sentence a cue behind its words may stand, in items.
const LONGEST_TAIL: usize = 20;
/// The same where a verb stands behind it.
const SURE_TAIL: usize = 9;

/// A cue with its speaker.
#[derive(Copy, Clone, Debug)]
pub struct Attribution {
    /// Item of the cue; several for "according to".
    pub cue: Option<(usize, usize)>,
    /// The verb, where the cue is one.
    pub verb: Option<Cue>,
    /// The speaker.
    pub phrase: Option<Phrase>,
    pub rule: &'static str,
    /// The cue stands next to the marks, so that these are somebody's words beyond doubt.
    pub is_strict: bool,
}

/// What `line` says about the fragment at item `at`. `is_headline` allows the shapes of headlines.
pub fn find(line: &Line, at: usize, ends_with_stop: bool, is_headline: bool) -> Option<Attribution> {
    cue_before(line, at)
        .or_else(|| cue_after_inverted(line, at))
        .or_else(|| cue_after(line, at, ends_with_stop))
        .or_else(|| according_to(line, at))
        .or_else(|| in_words_of(line, at))
        .or_else(|| dash_name(line, at))
        .or_else(|| headline_colon(line, at, is_headline))
        .or_else(|| colon_name(line, at))
        .or_else(|| cue_governing(line, at))
        .or_else(|| cue_end(line, at))
        .or_else(|| according_to_before(line, at))
}

/// The cue at item `at`, if the word there is a verb that somebody speaks with.
#[inline]
pub fn cue_at(line: &Line, at: usize) -> Option<Cue> {
    // Asked of every word, of which few are a verb of saying.
    if line.lists(at).touch(Lists::CUE) { speaking(line, at) } else { None }
}

fn speaking(line: &Line, at: usize) -> Option<Cue> {
    let cue = line.cue(at).filter(|_| line.is_word(at) && (at == 0 || !line.is_capital(at)))?;
    let before = if at > 0 { line.word(at.wrapping_sub(1)) } else { "" };
    if is_idiom(line, at) {
        return None;
    }
    let fits = match cue.shape {
        Shape::Gerund if at > 0 && is_noun_of(line, at - 1) => false,
        Shape::Gerund => true,
        Shape::Past if is_since(line, at) => true,
        Shape::Base if goes_on_to(line, at) => true,
        _ if (before == "-" || line.tag(at) != Some(Part::Verb)) && is_noun(line, at)
            || lists::PREPOSITIONS.contains(before) && before != "like" =>
        {
            false
        }
        Shape::Base => {
            let plural = before.ends_with('s') && before.len() > 3 && line.word(at + 1) != "of";
            lists::BASE_SUBJECTS.contains(before)
                || plural
                || past_is_base(cue) && at > 0
                || at > 0
                    && line.tag(at) == Some(Part::Verb)
                    && line.tag(at.wrapping_sub(1)) == Some(Part::Noun)
        }
        Shape::Third => {
            let counted = line.items.get(at.wrapping_sub(1)).is_some_and(|item| item.part == Sort::Number);
            // "condolence calls to", "the caucus states out west"
            let is_noun = line.tag(at) == Some(Part::Noun)
                && matches!(line.tag(at.wrapping_sub(1)), Some(Part::Noun | Part::Adj))
                && matches!(line.tag(at + 1), Some(Part::Adp | Part::Adv));
            !counted && !is_noun && !matches!(line.word(at + 1), "of" | "about" | "from" | "by")
        }
        Shape::Past => !is_passive(line, at),
    };
    fits.then_some(cue)
}

/// Whether what stands before makes a noun or a participle of the word at `at`: "the report", "states' asserted".
fn is_noun(line: &Line, at: usize) -> bool {
    let Some(last) = at.checked_sub(1) else { return false };
    let before = line.word(last);
    let article = |word: &str| lists::DETERMINERS.contains(word) && !lists::STANDING_ALONE.contains(word);
    let adverb = before.ends_with("ly") && last > 0 && article(line.word(last.wrapping_sub(1)));
    let possessive = before.ends_with("'s") || before.ends_with("s'") || before == "'";
    article(before) || adverb || possessive || before == "-" && last > 0
}

/// "That said, …", "let's say": nobody speaks.
fn is_idiom(line: &Line, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| line.word(at));
    match line.word(at) {
        "said" => before(1) == "that" && (at == 1 || at == 2 && before(2) == "having"),
        "say" => matches!(before(1), "let's" | "let’s") || before(1) == "us" && before(2) == "let",
        _ => false,
    }
}

/// "went on to say".
pub fn goes_on_to(line: &Line, at: usize) -> bool {
    let is_tied = at > 2 && line.word(at.wrapping_sub(1)) == "to" && line.word(at.wrapping_sub(2)) == "on";
    is_tied && matches!(line.word(at.wrapping_sub(3)), "went" | "goes" | "go" | "going")
}

/// "has since said".
fn is_since(line: &Line, at: usize) -> bool {
    at > 1
        && line.word(at.wrapping_sub(1)) == "since"
        && matches!(line.word(at.wrapping_sub(2)), "has" | "have" | "had")
}

/// "the ruling", "its warning": what stands before makes a noun of a word in -ing.
fn is_noun_of(line: &Line, last: usize) -> bool {
    let before = line.word(last);
    line.tag(last) == Some(Part::Det) && !lists::STANDING_ALONE.contains(before)
        || matches!(before, "a" | "an" | "the" | "his" | "her" | "its" | "their" | "our" | "my" | "your")
}

/// "read" is its own past.
fn past_is_base(cue: Cue) -> bool {
    cue.lemma == "read"
}

fn is_passive(line: &Line, at: usize) -> bool {
    let mut before = at;
    while before > 0 && at - before < 4 {
        before -= 1;
        let word = line.word(before);
        if matches!(
            word,
            "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am" | "isn't" | "wasn't" | "'s"
        ) {
            return true;
        }
        if !(word.ends_with("ly")
            || matches!(word, "not" | "also" | "widely" | "often" | "once" | "now" | "never"))
        {
            return false;
        }
    }
    false
}

fn attribution(
    line: &Line,
    cue: usize,
    verb: Cue,
    phrase: Option<Phrase>,
    rule: &'static str,
    is_strict: bool,
) -> Attribution {
    let phrase = phrase.filter(|phrase| speaker::is_plausible(line, *phrase));
    Attribution { cue: Some((cue, cue + 1)), verb: Some(verb), phrase, rule, is_strict }
}

/// The nearest cue to the left of `at`, not beyond another clause end.
fn nearest_cue(line: &Line, at: usize, reach: usize) -> Option<(usize, Cue)> {
    let floor = at.saturating_sub(reach);
    (floor..at)
        .rev()
        .take_while(|place| !matches!(line.word(*place), ";"))
        .find_map(|place| Some((place, cue_at(line, place)?)))
}

fn cue_before(line: &Line, at: usize) -> Option<Attribution> {
    let punctuated = at > 0 && matches!(line.word(at.wrapping_sub(1)), "," | ":" | "—" | "–" | ";");
    let mut last = at - usize::from(punctuated);
    if last > 0 && matches!(line.word(last.wrapping_sub(1)), "that") {
        last -= 1;
    }
    let adjacent = last.checked_sub(1).and_then(|place| Some((place, cue_at(line, place)?)));
    let colon = punctuated && line.word(at.wrapping_sub(1)) == ":";
    let (place, verb) = match adjacent {
        Some(found) => found,
        None if punctuated => {
            let (place, verb) = nearest_cue(line, at - 1, if colon { 24 } else { 12 })?;
            let parted = (place + 1..at - 1).any(|between| {
                line.quote(between).is_some() && !colon
                    || line.is_comma(between) && !colon && !is_aside(line, between, at - 1)
            });
            let comma_clause =
                !colon && (place + 1..at - 1).any(|between| lists::AUXILIARIES.contains(line.word(between)));
            if parted || comma_clause || verb.is_weak() && !colon {
                return None;
            }
            (place, verb)
        }
        None => return None,
    };
    if verb.is_label() && !colon && last == place + 1 {
        // "called “Salt”" names; "what she called “a mess”" says.
        let what = (place.saturating_sub(6)..place).any(|before| line.word(before) == "what");
        let object = !lists::NAMING_VERBS.contains(verb.lemma);
        return (what || object).then(|| with_subject(line, place, verb, "cue-governing", false));
    }
    let rule = if verb.class == "sign" { "reads" } else { "cue-before" };
    let is_strict =
        !(verb.is_label() || verb.class == "thought" && verb.shape != Shape::Gerund && !punctuated);
    Some(with_subject(line, place, verb, rule, is_strict))
}

/// A comma that begins an aside which another comma ends before `limit`, as in "said, on Friday, “…”".
fn is_aside(line: &Line, comma: usize, limit: usize) -> bool {
    matches!(line.word(comma + 1), "on" | "in" | "at" | "referring" | "speaking" | "according")
        || limit - comma <= 3
}

/// The attribution of the verb at `cue` to its own subject, or for participles to that of the sentence.
pub fn with_subject(line: &Line, cue: usize, verb: Cue, rule: &'static str, is_strict: bool) -> Attribution {
    let floor = clause_floor(line, cue);
    let before = if cue > 0 { line.word(cue.wrapping_sub(1)) } else { "" };
    let elided = cue == 0 || lists::ELISIONS.contains(before);
    if verb.shape == Shape::Gerund
        && let Some(phrase) = subject::accused(line, cue)
    {
        return attribution(line, cue, verb, Some(phrase), "participle", is_strict);
    }
    // "activists who marched through the streets, shouting", not "was shouting".
    let goes_on = || line.tag(cue).is_some() && !is_progressive(line, cue);
    if verb.shape == Shape::Gerund && (elided || goes_on()) {
        let rule = if rule == "reads" { rule } else { "participle" };
        let beside = if elided { None } else { subject::beside(line, cue, floor) };
        let phrase = beside.or_else(|| main_subject(line, cue));
        return attribution(line, cue, verb, phrase, rule, is_strict);
    }
    let phrase = if elided && before != "," { None } else { speaker::before(line, cue, floor) };
    attribution(line, cue, verb, phrase.or_else(|| main_subject(line, cue)), rule, is_strict)
}

/// "was (now) asking".
fn is_progressive(line: &Line, cue: usize) -> bool {
    let ties = |at: &usize| matches!(line.tag(*at), Some(Part::Adv | Part::Part));
    let before = cue - (0..cue).rev().take_while(ties).count();
    before > 0 && line.tag(before - 1) == Some(Part::Aux)
}

/// A subject does not lie beyond a colon, a semicolon, or a quotation that punctuation ends.
fn clause_floor(line: &Line, cue: usize) -> usize {
    let mut at = cue;
    while at > 0 {
        at -= 1;
        let ended_quote = line.quote(at).is_some()
            && (line.is_comma(at + 1)
                || !line.is_word(at + 1)
                || at == 0
                || !line.is_word(at.wrapping_sub(1)));
        if matches!(line.word(at), ";" | ":") || ended_quote {
            return at + 1;
        }
    }
    0
}

/// The subject of the clause that the verb at `cue` goes on; where none is read, of the first finite cue before, else of the line.
fn main_subject(line: &Line, cue: usize) -> Option<Phrase> {
    if let Some(phrase) = subject::of_clause(line, cue, clause_floor(line, cue)) {
        return Some(phrase);
    }
    let earlier = (0..cue).rev().take(120).find(|at| {
        cue_at(line, *at).is_some_and(|verb| {
            matches!(verb.shape, Shape::Past | Shape::Third)
                && !matches!(line.word(at - usize::from(*at > 0)), "and" | "but" | ",")
        })
    });
    if let Some(at) = earlier
        && let Some(phrase) = speaker::before(line, at, clause_floor(line, at))
            .filter(|phrase| speaker::is_plausible(line, *phrase))
    {
        return Some(phrase);
    }
    if let Some(at) = earlier
        && let Some(phrase) = inverted(line, at)
    {
        return Some(phrase);
    }
    speaker::of_line(line).filter(|phrase| phrase.end <= cue)
}

fn inverted(line: &Line, cue: usize) -> Option<Phrase> {
    let after_quote = cue > 0
        && (line.quote(cue.wrapping_sub(1)).is_some()
            || line.is_comma(cue.wrapping_sub(1)) && cue > 1 && line.quote(cue.wrapping_sub(2)).is_some());
    if !after_quote {
        return None;
    }
    speaker::starting_at(line, cue + 1, line.items.len())
        .filter(|phrase| speaker::is_plausible(line, *phrase))
}

fn cue_after_inverted(line: &Line, at: usize) -> Option<Attribution> {
    if is_inside_phrase(line, at) && line.is_word(at + 1) && cue_at_after(line, at + 1).is_none() {
        return None;
    }
    let start = at + 1 + usize::from(matches!(line.word(at + 1), "," | "—" | "–"));
    let place = (start..start + 3).find(|place| cue_at_after(line, *place).is_some())?;
    let adverbs = (start..place).all(|between| {
        line.word(between).ends_with("ly")
            || matches!(line.word(between), "then" | "later" | "also" | "a" | "ha" | "hat")
    });
    if !adverbs {
        return None;
    }
    let verb = cue_at_after(line, place)?;
    if verb.shape == Shape::Gerund || verb.is_label() && line.word(at + 1) != "," {
        return None;
    }
    let mut begin = place + 1;
    if verb.takes_listener() && line.is_word(begin) {
        // "“…,” told the Ledger"? No: "said Ruiz". A listener alone gives no speaker.
        begin = place + 1;
    }
    while line.word(begin).ends_with("ly") && !line.is_capital(begin) {
        begin += 1;
    }
    let phrase =
        speaker::starting_at_with_name(line, begin).filter(|phrase| speaker::is_plausible(line, *phrase))?;
    Some(attribution(line, place, verb, Some(phrase), "cue-after-inverted", true))
}

/// Behind a quotation a verb may stand first.
fn cue_at_after(line: &Line, at: usize) -> Option<Cue> {
    line.cue(at)
        .filter(|_| line.is_word(at) && !line.is_capital(at))
        .filter(|cue| matches!(cue.shape, Shape::Past | Shape::Third) || past_is_base(*cue))
}

fn cue_after(line: &Line, at: usize, ends_with_stop: bool) -> Option<Attribution> {
    let comma = line.is_comma(at + 1) || matches!(line.word(at + 1), "—" | "–" | "-");
    let start = at + 1 + usize::from(comma);
    let modifies = !comma
        && !ends_with_stop
        && is_inside_phrase(line, at)
        && !lists::BASE_SUBJECTS.contains(line.word(start))
        && !matches!(line.word(start), "he" | "she" | "it");
    if modifies
        || matches!(line.word(start), "with" | "for")
        || lists::CLAUSE_WORDS.contains(line.word(start))
    {
        return None;
    }
    let limit = (start..line.items.len().min(start + 34))
        .find(|place| line.quote(*place).is_some() && !is_inside_phrase(line, *place))
        .unwrap_or(line.items.len().min(start + 34));
    let limit =
        (start..limit).find(|place| matches!(line.word(*place), ";" | ":")).map_or(limit, |colon| colon + 1);
    for place in start..limit {
        let Some(verb) = cue_at(line, place) else { continue };
        if matches!(verb.shape, Shape::Gerund)
            || verb.is_label() && !comma && !ends_with_stop
            || matches!(line.word(place.wrapping_sub(1)), "who" | "which" | "to")
        {
            continue;
        }
        let phrase =
            speaker::before(line, place, start).filter(|phrase| speaker::is_plausible(line, *phrase))?;
        let near = phrase.start == start;
        if !(near || (ends_with_stop || comma) && all_adverbial(line, start, phrase.start)) {
            return None;
        }
        let strict = comma || ends_with_stop || place - start <= 4;
        return strict.then(|| attribution(line, place, verb, Some(phrase), "cue-after", true));
    }
    None
}

fn is_inside_phrase(line: &Line, at: usize) -> bool {
    at > 0
        && line.is_word(at.wrapping_sub(1))
        && line.is_word(at + 1)
        && (lists::DETERMINERS.contains(line.word(at.wrapping_sub(1))) || line.is_capital(at.wrapping_sub(1)))
}

/// "“…,” on Friday, the mayor said": only a short adverbial between.
fn all_adverbial(line: &Line, start: usize, end: usize) -> bool {
    end <= start + 6 && line.is_comma(end.wrapping_sub(1)) && lists::PREPOSITIONS.contains(line.word(start))
}

fn according_to(line: &Line, at: usize) -> Option<Attribution> {
    let start = at + 1 + usize::from(line.is_comma(at + 1));
    (line.word(start) == "according" && line.word(start + 1) == "to")
        .then(|| according(line, start, start + 2, true))
        .flatten()
}

/// "according to" at item `at`, with its source from item `source` on.
pub fn according(line: &Line, at: usize, source: usize, is_strict: bool) -> Option<Attribution> {
    let phrase = speaker::starting_at(line, source, line.items.len())
        .filter(|phrase| speaker::is_plausible(line, *phrase))?;
    Some(Attribution {
        cue: Some((at, source)),
        verb: None,
        phrase: Some(phrase),
        rule: "according-to",
        is_strict,
    })
}

fn according_to_before(line: &Line, at: usize) -> Option<Attribution> {
    let near = at.saturating_sub(60)..line.items.len().min(at + 60);
    let place = (0..2.min(near.start))
        .chain(near)
        .find(|place| line.word(*place) == "according" && line.word(place + 1) == "to")?;
    according(line, place, place + 2, false)
}

/// "in the words of the prosecutor, “…”".
fn in_words_of(line: &Line, at: usize) -> Option<Attribution> {
    let of = |place: &usize| line.word(*place) == "words" && line.word(place + 1) == "of";
    let behind = at + 1 + usize::from(line.is_comma(at + 1));
    let after = (behind..behind + 4).find(of).filter(|_| line.word(behind) == "in");
    let place = (at.saturating_sub(20)..at).rev().find(of).or(after)?;
    let limit = if place < at { at } else { line.items.len() };
    let phrase = speaker::starting_at(line, place + 2, limit)?;
    let named = name_in_apposition(line, phrase, limit);
    Some(Attribution {
        cue: Some((place, place + 2)),
        verb: None,
        phrase: Some(named),
        rule: "according-to",
        is_strict: true,
    })
}

/// "the prosecutor, Ana Ruiz, QC": the phrase with the name behind the comma.
fn name_in_apposition(line: &Line, phrase: Phrase, limit: usize) -> Phrase {
    let comma = line.is_comma(phrase.end) && line.is_capital(phrase.end + 1);
    let name = comma.then(|| speaker::starting_at(line, phrase.end + 1, limit)).flatten();
    Phrase { start: phrase.start, end: name.map_or(phrase.end, |name| name.end) }
}

pub fn dash_name(line: &Line, at: usize) -> Option<Attribution> {
    let dash = matches!(line.word(at + 1), "–" | "—" | "-" | "―" | "~");
    let doubled = usize::from(dash && line.word(at + 2) == "-");
    let start = at + 2 + doubled;
    let rest = line.end().saturating_sub(start);
    let only = dash && line.is_capital(start) && rest <= 14 && (at == 0 || !line.is_word(at.wrapping_sub(1)));
    let phrase = only.then(|| speaker::starting_at(line, start, line.end())).flatten()?;
    let names = !(phrase.start..phrase.end).any(|place| cue_at(line, place).is_some());
    names.then_some(Attribution {
        cue: None,
        verb: None,
        phrase: Some(phrase),
        rule: "dash-name",
        is_strict: true,
    })
}

/// "Bridge “could fall”: inspector".
pub fn headline_colon(line: &Line, at: usize, is_headline: bool) -> Option<Attribution> {
    let colon = (at + 1..line.items.len()).find(|place| line.word(place.to_owned()) == ":")?;
    let rest = line.end().saturating_sub(colon + 1);
    let shape = is_headline
        && (1..=6).contains(&rest)
        && !(colon + 1..line.end()).any(|place| line.quote(place).is_some());
    let phrase = shape.then(|| speaker::starting_at(line, colon + 1, line.end())).flatten()?;
    // "‘We lost it’: river town counts the cost" goes on with a clause, not with a speaker.
    let named = rest <= 3 || (phrase.start..phrase.end).any(|place| line.is_capital(place));
    let whole = phrase.end == line.end() && named;
    whole.then_some(Attribution {
        cue: None,
        verb: None,
        phrase: Some(phrase),
        rule: "headline-colon",
        is_strict: true,
    })
}

/// "Ruiz: “…”", "Mayor Ruiz on the flood: “…”".
fn colon_name(line: &Line, at: usize) -> Option<Attribution> {
    if at < 2 || line.word(at.wrapping_sub(1)) != ":" {
        return None;
    }
    let phrase = speaker::starting_at(line, 0, at - 1)?;
    let on = matches!(line.word(phrase.end), "on" | "about" | "to" | "in" | "after");
    let name = line.is_capital(phrase.end.wrapping_sub(1)) && phrase.end - phrase.start <= 6;
    (name && (phrase.end == at - 1 || on && at < 14)).then_some(Attribution {
        cue: None,
        verb: None,
        phrase: Some(phrase),
        rule: "colon-name",
        is_strict: true,
    })
}

/// "Ruiz said the rules are “flawed”", "Ruiz called it “a mess”, thanking “all of you”".
fn cue_governing(line: &Line, at: usize) -> Option<Attribution> {
    let (place, verb) = governing_cue(line, at)?;
    Some(with_subject(line, place, verb, "cue-governing", false))
}

fn governing_cue(line: &Line, at: usize) -> Option<(usize, Cue)> {
    let mut at = at;
    for _ in 0..6 {
        let (place, verb) = nearest_cue(line, at, 60)?;
        if (verb.takes_clause() || verb.is_label()) && !(verb.is_weak()) {
            return Some((place, verb));
        }
        at = place;
    }
    None
}

/// "The rules are “flawed” for now, Ruiz said."
fn cue_end(line: &Line, at: usize) -> Option<Attribution> {
    let place = trailing_cue(line).filter(|place| *place > at)?;
    let verb = cue_at(line, place)?;
    let phrase =
        speaker::before(line, place, at + 1).filter(|phrase| speaker::is_plausible(line, *phrase))?;
    Some(attribution(line, place, verb, Some(phrase), "cue-end", false))
}

/// The cue of ", Ruiz said" at the end of a line, with at most words of time and place, or whom it was said to, behind it.
pub fn trailing_cue(line: &Line) -> Option<usize> {
    let end = line.end();
    let place = (end.saturating_sub(LONGEST_TAIL)..end).rev().find(|place| {
        cue_at(line, *place).is_some_and(|cue| cue.takes_clause() && cue.shape != Shape::Gerund)
    })?;
    if end - place > SURE_TAIL
        && (place + 1..end).any(|at| super::clause::finite(line, at) || line.quote(at).is_some())
    {
        return None;
    }
    let behind = line.word(place + 1);
    let adverbial = place + 1 == end
        || lists::PREPOSITIONS.contains(behind)
        || lists::SPEECH_ADVERBS.contains(behind)
        || is_listener(line, place, end);
    let comma = (place.saturating_sub(30)..place)
        .rev()
        .any(|before| line.is_comma(before) || line.quote(before).is_some());
    (adverbial && comma).then_some(place)
}

/// "told the Ledger": nothing but whom it was said to stands behind the cue.
fn is_listener(line: &Line, cue: usize, end: usize) -> bool {
    let of_noun = |at: usize| {
        matches!(line.tag(at), Some(Part::Det | Part::Adj | Part::Noun | Part::Propn | Part::Pron))
    };
    cue_at(line, cue).is_some_and(|cue| cue.takes_listener()) && (cue + 1..end).all(of_noun)
}
