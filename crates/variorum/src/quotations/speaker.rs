//! Finds the phrase that names a speaker beside a cue, and who that is.
//!
//! In: a line and the place of its cue. Out: a [`Phrase`] (items of the line), and the [`Party`] it stands for.
//! There is no parser behind it: a noun phrase is read from its determiner or its capitals, to the left or to the
//! right, and ends at commas, auxiliaries and words that begin a clause.
//! Leaves: who a pronoun stands for (`mentions`).

use super::lists;
use super::narration::{Line, Part, tokens_of};
use super::subject;
use crate::model::{Annotated, Entity, EntityKind, Gender, Mention, MentionForm, Party};
use crate::span::Span;
use crate::tagging::pos::Part as Tag;
use crate::tagging::words::clitic;
use crate::token;
use crate::vocabulary::Lists;

/// A noun phrase: items `start..end` of a line.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub start: usize,
    pub end: usize,
}

/// Longest phrase, in items.
const LONGEST: usize = 26;

/// The subject of the verb at `cue`, looking left; not further left than `floor`.
pub fn before(line: &Line, cue: usize, floor: usize) -> Option<Phrase> {
    let floor = behind_participle(line, floor).filter(|start| *start < cue).unwrap_or(floor);
    if let Some(who) = relative_before(line, cue, floor)
        && let Some(meant) = subject::of_relative(line, who, floor)
    {
        return Some(meant);
    }
    let end = skip_adverbs(line, cue, floor);
    if end <= floor {
        return None;
    }
    if matches!(line.word(end - 1), "who" | "which" | "that") {
        let end = if line.is_comma(end.wrapping_sub(2)) { end - 2 } else { end - 1 };
        return ending_at(line, end, floor);
    }
    if line.is_comma(end - 1) {
        return across_apposition(line, end - 1, floor);
    }
    with_relative(line, end, floor).or_else(|| ending_at(line, end, floor))
}

/// The "who" whose verb stands at `cue`, auxiliaries and adverbs between: "who don't often say".
fn relative_before(line: &Line, cue: usize, floor: usize) -> Option<usize> {
    let ties = |at: &usize| matches!(line.tag(*at), Some(Tag::Aux | Tag::Adv | Tag::Part));
    let between = (floor..cue).rev().take_while(ties).count();
    let who = (cue - between).checked_sub(1).filter(|who| *who > floor)?;
    (line.word(who) == "who").then_some(who)
}

/// Whose the noun at `noun` is: "Ruiz's claim", "the mayor's statement".
pub fn owner(line: &Line, noun: usize) -> Option<Phrase> {
    let word = line.word(noun.checked_sub(1)?);
    if matches!(word, "his" | "her" | "their" | "its") {
        return Some(Phrase { start: noun - 1, end: noun });
    }
    // "a Coast Wire report that …"
    let names = (0..noun).rev().take_while(|at| line.is_capital(*at)).count();
    if names > 0 && names < noun {
        let name = Phrase { start: noun - names, end: noun };
        return Some(name).filter(|name| is_plausible(line, *name));
    }
    let owns = word.ends_with("'s") || word.ends_with("s'");
    owns.then(|| ending_at(line, noun, 0)).flatten().filter(|phrase| is_plausible(line, *phrase))
}

/// "A nurse who asked not to be named said": the phrase with its clause.
fn with_relative(line: &Line, end: usize, floor: usize) -> Option<Phrase> {
    let reach = floor.max(end.saturating_sub(10));
    let clause = (reach..end).rev().take_while(|at| line.is_word(*at)).find(|at| line.word(*at) == "who")?;
    let verb = (clause + 1..end).any(|at| is_verb(line, at) || line.tag(at) == Some(Tag::Verb));
    let named = ending_at(line, clause, floor).filter(|_| verb && clause > floor)?;
    Some(Phrase { start: named.start, end })
}

/// Behind the comma of a clause with a participle that opens the line: "Asked about the ad,", "Speaking in Harl,".
fn behind_participle(line: &Line, start: usize) -> Option<usize> {
    let (word, next) = (line.word(start), line.word(start + 1));
    let is_tied = || lists::PREPOSITIONS.contains(next) || lists::CLAUSE_WORDS.contains(next);
    let is_verb = line.tag(start) == Some(Tag::Verb);
    let opens = start == 0 && is_verb && (word.ends_with("ing") || word.ends_with("ed") && is_tied());
    let comma = || (start + 1..line.items.len().min(start + LONGEST)).find(|at| line.is_comma(*at));
    opens.then(comma)?.map(|comma| comma + 1)
}

/// Past the adverbs, auxiliaries and days between a subject and its verb.
fn skip_adverbs(line: &Line, cue: usize, floor: usize) -> usize {
    let mut end = cue;
    while end > floor {
        let word = line.word(end - 1);
        let manner = word.ends_with("ly") && word.len() > 4 && word != "family";
        // "Officials there said": a place goes with the phrase.
        let time = line.tag(end - 1) == Some(Tag::Adv)
            && !lists::CLAUSE_WORDS.contains(word)
            && !matches!(word, "here" | "there" | "elsewhere" | "abroad" | "home" | "else");
        let adverb = (manner || time) && !line.is_capital(end - 1);
        let number = line.items[end - 1].part == Part::Number && end > floor + 2;
        let day = end < cue && matches!(word, "on" | "in" | "at") && !line.is_hyphened(end - 1);
        // "Ruiz last week said"
        let is_stretch = matches!(word, "week" | "month" | "year" | "night" | "weekend" | "fall" | "summer")
            && end > floor + 2
            && matches!(line.word(end - 2), "last" | "this" | "next");
        if is_stretch {
            end -= 2;
            continue;
        }
        if !(adverb || day || lists::SPEECH_ADVERBS.contains(word) || number && is_month(line.word(end - 2)))
        {
            break;
        }
        end -= 1;
    }
    end
}

pub(super) fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "aug"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    )
}

/// "Ruiz, a retired nurse from Alm, said": the leftmost name or definite phrase that a comma ends.
fn across_apposition(line: &Line, comma: usize, floor: usize) -> Option<Phrase> {
    let mut found = None;
    let mut at = comma;
    while at > floor && comma - at < 40 {
        at -= 1;
        if matches!(line.word(at), ":" | ";" | "—") || line.quote(at).is_some() && line.is_comma(at + 1) {
            break;
        }
        if !line.is_comma(at) {
            continue;
        }
        if let Some(phrase) = ending_at(line, at, floor)
            && (line.is_capital(phrase.end - 1)
                || lists::DETERMINERS.contains(line.word(phrase.start))
                || lists::PRONOUNS.contains(line.word(phrase.start)))
            && !is_adverbial(line, phrase, floor)
        {
            found = Some(with_name(line, phrase, comma));
        }
    }
    found
}

/// "The account of the Rowing Club": an organisation's own account speaks for it.
fn account_of(found: &Annotated, phrase: Span) -> Option<usize> {
    let text = &found.report.text;
    let behind = phrase.of(text).find(" of ")?;
    let noun = token::fold(head(found, phrase).of(text));
    let owner = Span::new(phrase.start() + behind, phrase.end());
    let is_organisation =
        |mention: &&Mention| mention.kind == EntityKind::Organisation && mention.form == MentionForm::Name;
    matches!(&*noun, "account" | "page" | "profile" | "feed")
        .then(|| mentions_in(found, owner).find(is_organisation).and_then(|mention| mention.entity))
        .flatten()
}

/// "Its director, Ana Ruiz": a description goes on to the name that the comma brings.
fn with_name(line: &Line, phrase: Phrase, limit: usize) -> Phrase {
    // "The president of the Harl Rowing Club, Ana Ruiz": the noun before "of" shows a description, whatever it ends in.
    let of = (phrase.start + 1..phrase.end).find(|at| line.word(*at) == "of");
    let is_role = of.is_some_and(|of| crate::vocabulary::ROLES.contains_key(line.word(of - 1)));
    let described =
        (is_role || !line.is_capital(phrase.end - 1)) && line.is_comma(phrase.end) && phrase.end < limit;
    let name = (phrase.end + 1..=limit)
        .take_while(|at| {
            *at == limit
                || line.is_capital(*at)
                || matches!(line.word(*at), "." | "-" | "'" | "de" | "van" | "von" | "al")
        })
        .last()
        .filter(|end| described && (*end == limit || line.is_comma(*end)) && *end > phrase.end + 1);
    Phrase { start: phrase.start, end: name.unwrap_or(phrase.end) }
}

/// The phrase that begins at `start` with the name behind its comma, if one stands there.
pub fn starting_at_with_name(line: &Line, start: usize) -> Option<Phrase> {
    let phrase = starting_at(line, start, line.items.len())?;
    let described =
        !line.is_capital(phrase.end - 1) && line.is_comma(phrase.end) && line.is_capital(phrase.end + 1);
    let name = described.then(|| starting_at(line, phrase.end + 1, line.items.len())).flatten();
    let whole = name.filter(|name| {
        let names = (name.start..name.end).all(|at| line.is_capital(at) || !line.is_word(at));
        names && !lists::SPEECH_ADVERBS.contains(line.word(name.start))
    });
    Some(Phrase { start: phrase.start, end: whole.map_or(phrase.end, |name| name.end) })
}

/// "On Monday", "After the match": no subject.
fn is_adverbial(line: &Line, phrase: Phrase, floor: usize) -> bool {
    let word = line.word(phrase.end - 1);
    let before = if phrase.start > floor { line.word(phrase.start - 1) } else { "" };
    lists::SPEECH_ADVERBS.contains(word)
        || is_month(word)
        || lists::PREPOSITIONS.contains(before)
        || lists::PREPOSITIONS.contains(line.word(phrase.start))
}

/// The noun phrase whose last item stands before `end`.
pub fn ending_at(line: &Line, end: usize, floor: usize) -> Option<Phrase> {
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    let word = line.word(last);
    if word == "else" && last > floor && lists::PRONOUNS.contains(line.word(last - 1)) {
        return Some(Phrase { start: last - 1, end });
    }
    if lists::PRONOUNS.contains(word) {
        return Some(Phrase { start: last, end });
    }
    if !line.is_word(last)
        && word != ")"
        && line.items[last].part != Part::Number
        && line.quote(last).is_none()
        || line.quote(last).is_some() && last < floor + 1
    {
        return None;
    }
    let mut start = end;
    while start > floor && end - start < LONGEST {
        let at = start - 1;
        match step(line, at, end, floor) {
            Step::Take => start = at,
            Step::Last => {
                start = at;
                break;
            }
            Step::Stop => break,
        }
    }
    tidy(line, start, end)
}

enum Step {
    Take,
    /// Belongs to the phrase and begins it.
    Last,
    Stop,
}

/// Whether the quotation, number or mark at `at` stands within the phrase that ends at `end`; `None` for words.
pub(super) fn is_inside(line: &Line, at: usize, end: usize, floor: usize) -> Option<bool> {
    let word = line.word(at);
    let has_both_sides = at > floor && at + 1 < end;
    match line.items[at].part {
        // The words before a title are no verb: "the “Salt” star", not "is “not true,” Holt", nor "a “bad idea,” Holt said".
        Part::Quote(_) => Some(
            has_both_sides
                && !(line.items[at].ends_in_comma && line.is_capital(at + 1))
                && !matches!(line.tag(at - 1), Some(Tag::Verb | Tag::Aux))
                && line.is_word(at - 1)
                && line.is_word(at + 1),
        ),
        Part::Number => Some(true),
        // "Ana J. Ruiz", "Sen. Ruiz"
        Part::Mark if word == "." => Some(
            has_both_sides
                && line.is_capital(at - 1)
                && line.word(at - 1).chars().count() <= 4
                && line.is_capital(at + 1),
        ),
        Part::Mark => Some(matches!(word, "-" | "'" | "’" | "/" | "&" | "@" | "#" | "(" | ")" | "_")),
        Part::Word => None,
    }
}

fn step(line: &Line, at: usize, end: usize, floor: usize) -> Step {
    if let Some(is_inside) = is_inside(line, at, end, floor) {
        return if is_inside { Step::Take } else { Step::Stop };
    }
    let word = line.word(at);
    let item = &line.items[at];
    // "Park Won-in", whatever its last part means alone.
    if at > floor + 1 && line.is_hyphened(at) && line.is_capital(at - 2) {
        return Step::Take;
    }
    if at + 1 < end && subject::parts_from_name(line, at) {
        return Step::Stop;
    }
    let is_first = at == floor || matches!(line.items[at - 1].part, Part::Quote(_));
    let name = item.is_capital && !(is_first && is_function(word));
    if name {
        return Step::Take;
    }
    if lists::DETERMINERS.contains(word) {
        if at + 1 == end
            && at > floor
            && matches!(word, "officials" | "authorities")
            && modifies(line, at - 1)
        {
            return Step::Take;
        }
        let of = at > floor + 1
            && lists::PREPOSITIONS.contains(line.word(at - 1))
            && line.is_word(at - 2)
            && !lists::CLAUSE_WORDS.contains(line.word(at - 2))
            && !line.cue(at - 2).is_some_and(|cue| cue.shape == lists::Shape::Past);
        let wider = at > floor && matches!(line.word(at - 1), "all" | "both" | "one" | "another");
        return if of || wider { Step::Take } else { Step::Last };
    }
    let joins_names =
        word == "and" && at > floor && line.is_capital(at - 1) && line.is_capital(at + 1) && at + 1 < end;
    if joins_names {
        return Step::Take;
    }
    if is_verb(line, at) || lists::PRONOUNS.contains(word) || lists::CLAUSE_WORDS.contains(word) {
        return Step::Stop;
    }
    if lists::PREPOSITIONS.contains(word) {
        let goes_on = at > floor && line.is_word(at - 1) && at + 1 < end;
        return if goes_on { Step::Take } else { Step::Stop };
    }
    Step::Take
}

/// Whether the word at `at` belongs to the "officials" behind it: "State Department", "local", not "on Monday".
fn modifies(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let is_noun = matches!(line.tag(at), Some(Tag::Adj | Tag::Noun | Tag::Propn));
    is_noun
        && !lists::SPEECH_ADVERBS.contains(word)
        && !is_month(word)
        && !matches!(
            word,
            "week" | "weekend" | "month" | "year" | "night" | "morning" | "afternoon" | "evening"
        )
}

fn is_function(word: &str) -> bool {
    lists::PREPOSITIONS.contains(word)
        || lists::CLAUSE_WORDS.contains(word)
        || lists::DETERMINERS.contains(word)
        || lists::PRONOUNS.contains(word)
        || matches!(word, "however" | "meanwhile" | "instead" | "still")
}

fn is_verb(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    if lists::AUXILIARIES.contains(word) {
        return true;
    }
    let finite =
        line.cue(at).is_some_and(|cue| matches!(cue.shape, lists::Shape::Past | lists::Shape::Third));
    finite && at > 0 && !lists::DETERMINERS.contains(line.word(at - 1)) && !lists::ACCOUNTS.contains(word)
}

/// Without conjunctions, prepositions and adverbs at its head.
fn tidy(line: &Line, mut start: usize, end: usize) -> Option<Phrase> {
    while start < end
        && (!line.is_word(start)
            && line.items[start].part != Part::Number
            && !matches!(line.word(start), "@" | "#" | "(")
            && line.quote(start).is_none()
            || lists::PREPOSITIONS.contains(line.word(start))
            || lists::CLAUSE_WORDS.contains(line.word(start)) && line.word(start) != "one")
    {
        start += 1;
    }
    let says = (start..end).any(|at| line.is_word(at));
    (start < end && says).then_some(Phrase { start, end })
}

/// The noun phrase that begins at `start`, not further right than `limit`.
pub fn starting_at(line: &Line, start: usize, limit: usize) -> Option<Phrase> {
    let limit = limit.min(line.items.len()).min(start + LONGEST);
    if start >= limit || line.quote(start).is_some() {
        return None;
    }
    let first = line.word(start);
    if lists::PRONOUNS.contains(first)
        && !(lists::DETERMINERS.contains(first) && line.is_word(start + 1) && !line.is_comma(start + 1))
    {
        let wide = line.word(start + 1) == "else";
        return Some(Phrase { start, end: start + 1 + usize::from(wide) });
    }
    let mut end = start;
    let mut in_name = false;
    while end < limit && goes_on(line, end, start, limit, &mut in_name) {
        end += 1;
    }
    if end > start + 1 && lists::PREPOSITIONS.contains(line.word(end - 1)) {
        end = complement(line, end, limit).unwrap_or(end - 1);
    }
    tidy(line, start, end)
}

/// Past what "of" leads to: "Critics of the plan", "fans of “Salt”".
fn complement(line: &Line, start: usize, limit: usize) -> Option<usize> {
    if line.quote(start).is_some() {
        return (start < limit).then_some(start + 1);
    }
    let phrase = starting_at(line, start, limit).filter(|phrase| phrase.start == start)?;
    let is_verb = |at: &usize| matches!(line.tag(*at), Some(Tag::Verb | Tag::Aux));
    Some((start + 1..phrase.end).find(is_verb).unwrap_or(phrase.end))
}

fn goes_on(line: &Line, at: usize, start: usize, limit: usize, in_name: &mut bool) -> bool {
    let word = line.word(at);
    let next_capital = at + 1 < limit && line.is_capital(at + 1);
    match line.items[at].part {
        Part::Quote(_) => {
            return at > start
                && at + 1 < limit
                && line.is_word(at + 1)
                && line.is_word(at - 1)
                && (next_capital || !*in_name);
        }
        Part::Number => return !*in_name,
        Part::Mark => {
            let joins = matches!(word, "-" | "'" | "/" | "&" | "@" | "#" | "_");
            let initial = word == "."
                && next_capital
                && at > start
                && line.is_capital(at - 1)
                && line.word(at - 1).chars().count() <= 4;
            return joins || initial;
        }
        Part::Word => {}
    }
    if at > start + 1 && line.is_hyphened(at) && line.is_capital(at - 2) {
        return true;
    }
    if line.items[at].is_capital && !lists::SPEECH_ADVERBS.contains(word) {
        *in_name = true;
        return true;
    }
    if word == "of"
        || word == "and" && *in_name && next_capital && line.is_word(at - 1)
        || word == "the" && *in_name && next_capital && matches!(line.word(at - 1), "and" | "of")
        || matches!(word, "de" | "van" | "von" | "bin" | "al" | "da" | "del" | "der" | "di" | "la" | "el")
    {
        return at > start;
    }
    let is_body = matches!(word, "officials" | "authorities" | "police");
    if *in_name && (is_body || lists::DETERMINERS.contains(line.word(start)) && is_plain_noun(line, at)) {
        return true;
    }
    if *in_name || lists::CLAUSE_WORDS.contains(word) || lists::SPEECH_ADVERBS.contains(word) {
        return at == start && lists::DETERMINERS.contains(word);
    }
    let verb = lists::AUXILIARIES.contains(word)
        || line.cue(at).is_some_and(|cue| {
            matches!(cue.shape, lists::Shape::Past)
                && !lists::DETERMINERS.contains(line.word(at.wrapping_sub(1)))
        });
    let preposition = lists::PREPOSITIONS.contains(word);
    !verb
        && !(preposition
            && (at == start || matches!(word, "on" | "after" | "before" | "during" | "to" | "as")))
        && (!lists::PRONOUNS.contains(word) || lists::DETERMINERS.contains(word))
}

/// A word that can go on a phrase behind a name in it ("an Alm Ledger editor").
fn is_plain_noun(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let other = [
        &lists::AUXILIARIES,
        &lists::PREPOSITIONS,
        &lists::CLAUSE_WORDS,
        &lists::PRONOUNS,
        &lists::SPEECH_ADVERBS,
    ];
    !other.iter().any(|list| list.contains(word))
        && !word.ends_with("ed")
        && !word.ends_with("ly")
        && line.cue(at).is_none_or(|cue| cue.shape == lists::Shape::Gerund || cue.shape == lists::Shape::Base)
}

/// The subject of a whole line: its first noun phrase that is no adverbial.
pub fn of_line(line: &Line) -> Option<Phrase> {
    let mut start = 0;
    let limit = line.items.len().min(60);
    while start < limit {
        let word = line.word(start);
        let gerund = word.ends_with("ing") && word.len() > 5 && !line.is_capital(start + 1);
        let opens_clause = lists::PREPOSITIONS.contains(word)
            || lists::CLAUSE_WORDS.contains(word) && !matches!(word, "but" | "and" | "or" | "so" | "yet")
            || start == 0 && gerund;
        if let Some(behind) = behind_participle(line, start) {
            start = behind;
        } else if matches!(
            word,
            "but"
                | "and"
                | "so"
                | "yet"
                | ","
                | "however"
                | "meanwhile"
                | "then"
                | "still"
                | "later"
                | "why"
                | "did"
                | "does"
        ) || line.quote(start).is_some()
        {
            start += 1;
        } else if opens_clause {
            start = (start..limit).find(|at| line.is_comma(*at))? + 1;
        } else {
            return subject_from(line, start, limit);
        }
    }
    None
}

/// A subject ends before the first verb: an auxiliary, or a word in -ed or -s behind the head.
fn subject_from(line: &Line, start: usize, limit: usize) -> Option<Phrase> {
    let phrase = starting_at(line, start, limit)?;
    let verb = (phrase.start + 1..phrase.end).find(|at| {
        let word = line.word(*at);
        !line.is_capital(*at)
            && (word.ends_with("ed") || line.cue(*at).is_some())
            && !lists::DETERMINERS.contains(line.word(at - 1))
    });
    Some(Phrase { start: phrase.start, end: verb.unwrap_or(phrase.end) })
}

/// Whether the phrase can be a speaker at all: not a day, not a mere number.
pub fn is_plausible(line: &Line, phrase: Phrase) -> bool {
    let word = line.word(phrase.end - 1);
    let dated = is_month(word) || lists::SPEECH_ADVERBS.contains(word);
    // "Boldly", "bored"
    let is_nominal = |at: usize| match line.tag(at) {
        Some(Tag::Adv) => false,
        Some(Tag::Adj | Tag::Verb | Tag::Aux | Tag::Adp | Tag::Sconj | Tag::Punct) => line.is_capital(at),
        _ => true,
    };
    let is_empty = word == "there" && phrase.end == phrase.start + 1;
    !dated
        && !is_empty
        && (phrase.start..phrase.end).any(is_nominal)
        && (phrase.start..phrase.end)
            .any(|at| line.is_word(at) && !lists::PREPOSITIONS.contains(line.word(at)))
}

/// A pronoun without the verb that is written with it: of "they've" and "he's" the first letters.
pub fn without_verb(found: &Annotated, phrase: Span) -> Span {
    let words = phrase.of(&found.report.text);
    let pronoun = Span::new(phrase.start(), phrase.start() + clitic(words));
    let is_pronoun = lists::PRONOUNS.contains(&token::fold(pronoun.of(&found.report.text)));
    if is_pronoun { pronoun } else { phrase }
}

/// Who `phrase` (a span of the report) stands for.
pub fn party(found: &Annotated, phrase: Span) -> Party {
    let text = &found.report.text;
    let words = phrase.of(text);
    let first = token::fold(words.split_whitespace().next().unwrap_or_default());
    let pronoun = !words.trim().contains(' ') && lists::PRONOUNS.contains(&first);
    let indefinite =
        lists::INDEFINITE.contains(&first) && !is_name(words.split_whitespace().next().unwrap_or_default());
    if indefinite && !names_somebody(found, phrase) {
        return Party::Unnamed;
    }
    if let Some(entity) =
        mentioned(found, phrase).or_else(|| apposed(found, phrase)).or_else(|| account_of(found, phrase))
    {
        return Party::Entity(entity);
    }
    if pronoun
        && matches!(&*first, "he" | "she")
        && mentions_in(found, phrase).any(|mention| mention.form == MentionForm::Pronoun)
    {
        // The mention stage looked and found nobody: an unnamed person is meant.
        return Party::Unknown;
    }
    if pronoun {
        return antecedent(found, phrase.start(), &first).map_or(Party::Unknown, Party::Entity);
    }
    if let Some(entity) = described(found, phrase, &first) {
        return Party::Entity(entity);
    }
    // "residents", and at the head of a sentence "Prosecutors": people without a name.
    let is_trade =
        first.strip_suffix('s').is_some_and(|single| crate::vocabulary::ROLES.contains_key(single));
    let bare_plural = first.ends_with('s')
        && !words.trim().contains(' ')
        && (words.starts_with(char::is_lowercase) || is_trade);
    if bare_plural { Party::Unnamed } else { Party::Unknown }
}

fn is_name(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && word.chars().skip(1).any(char::is_uppercase)
}

/// "a retired nurse, Ana Ruiz" names somebody; "a spokesperson for Norwick Rail" does not.
fn names_somebody(found: &Annotated, phrase: Span) -> bool {
    let text = &found.report.text;
    let words = phrase.of(text);
    let joined =
        [" for ", " of ", " from ", " with ", " at ", " by ", " in "].iter().any(|part| words.contains(part));
    !joined
        && mentions_in(found, phrase).any(|mention| {
            mention.kind == EntityKind::Person
                && mention.form == MentionForm::Name
                && mention.span.end() == phrase.end()
        })
}

fn mentions_in(found: &Annotated, span: Span) -> impl Iterator<Item = &Mention> {
    // Mentions are in text order; a phrase is short, so those that begin a little before it suffice.
    let from = found.mentions.partition_point(|mention| mention.span.start() + 200 < span.start());
    found.mentions[from..]
        .iter()
        .take_while(move |mention| mention.span.start() < span.end())
        .filter(move |mention| mention.span.overlap(span) > 0)
}

/// Who holds the office that the phrase begins with: Ana Ruiz of "Governor of Holm Ana Ruiz", of "Secretary of State Ana Ruiz".
fn holder(found: &Annotated, phrase: Span) -> Option<usize> {
    let text = &found.report.text;
    let named = |mention: &&Mention| mention.form == MentionForm::Name;
    let person = mentions_in(found, phrase)
        .filter(named)
        .find(|mention| mention.kind == EntityKind::Person && mention.span.end() == phrase.end())?;
    let entity = person.entity?;
    let before = text.get(phrase.start()..person.span.start()).and_then(|before| before.strip_suffix(' '))?;
    let role = found.entities.get(entity)?.role.as_deref();
    // "the son of her friend Ana Ruiz" is nobody of these, "University of Alm law professor Ana Ruiz" she.
    let is_own = |rest: &str| {
        let last = rest.trim_end().rsplit(' ').next().unwrap_or_default();
        let at = phrase.start() + rest.len();
        !lists::PREPOSITIONS.contains(&token::fold(last))
            || mentions_in(found, phrase)
                .filter(named)
                .any(|name| name.span.start() < at && at < name.span.end())
    };
    let rest = role.filter(|role| role.contains(' ')).and_then(|role| before.strip_suffix(role));
    if rest.is_some_and(is_own) {
        return Some(entity);
    }
    let seat = mentions_in(found, phrase).filter(named).find(|mention| {
        let before = text.get(phrase.start()..mention.span.start()).unwrap_or_default();
        let office =
            [" of ", " of the ", " to ", " to the "].iter().find_map(|tie| before.strip_suffix(*tie));
        let noun = office.and_then(|office| office.rsplit(' ').next()).unwrap_or_default();
        mention.span.end() + 1 == person.span.start()
            && Lists::of(noun).touch(Lists::ROLE.and(Lists::TITLE_END))
    });
    seat.map(|_| entity)
}

/// The phrase without what stands in brackets at its end: "Sen. Ana Ruiz (D-Alm)".
fn without_bracket(text: &str, phrase: Span) -> Span {
    let words = phrase.of(text);
    let bare =
        words.strip_suffix(')').and_then(|words| words.rfind('(').map(|open| words[..open].trim_end()));
    bare.filter(|bare| !bare.is_empty())
        .map_or(phrase, |bare| Span::new(phrase.start(), phrase.start() + bare.len()))
}

/// Who or what the phrase names.
fn mentioned(found: &Annotated, phrase: Span) -> Option<usize> {
    let bare = without_bracket(&found.report.text, phrase);
    let with_bracket = || if bare == phrase { None } else { at_head(found, phrase) };
    holder(found, bare).or_else(|| at_head(found, bare)).or_else(with_bracket)
}

/// The entity of the mention that holds the head of the phrase.
fn at_head(found: &Annotated, phrase: Span) -> Option<usize> {
    let head = head(found, phrase);
    let at_head = mentions_in(found, head).filter(|mention| {
        let kind = mention.entity.and_then(|entity| found.entities.get(entity)).map(|entity| entity.kind);
        kind.is_some_and(|kind| kind != EntityKind::Work || mention.span.contains(phrase))
    });
    at_head
        .max_by_key(|mention| (mention.span.contains(phrase), mention.span.overlap(head), mention.span.len()))
        .and_then(|mention| mention.entity)
}

/// "Its director, Ana Ruiz": the person named behind the comma.
fn apposed(found: &Annotated, phrase: Span) -> Option<usize> {
    let comma = phrase.start() + phrase.of(&found.report.text).find(", ")?;
    let name = Span::new(comma, phrase.end());
    let person = |mention: &&Mention| mention.form == MentionForm::Name && mention.span.start() == comma + 2;
    mentions_in(found, name).find(person).and_then(|mention| mention.entity)
}

/// "the council", "the mayor": whoever was last named before with that word in the name or the role.
fn described(found: &Annotated, phrase: Span, first: &str) -> Option<usize> {
    let text = &found.report.text;
    if !matches!(first, "the" | "its" | "his" | "her" | "their") || phrase.len() > 60 {
        return None;
    }
    let head = head(found, phrase);
    let noun = token::fold(head.of(text));
    let holds = |words: &str| words.split_whitespace().any(|word| token::fold(word) == noun);
    // The mention stage looked for the person and found nobody: "the president" is not the vice president.
    let is_nobody = mentions_in(found, head).any(|mention| {
        mention.form == MentionForm::Description
            && mention.kind == EntityKind::Person
            && mention.entity.is_none()
    });
    let fits = |entity: &usize| {
        found.entities.get(*entity).is_some_and(|entity| {
            let group =
                matches!(entity.kind, EntityKind::Organisation | EntityKind::Group) && holds(&entity.name);
            !entity.is_namesake && (group || !is_nobody && entity.role.as_deref().is_some_and(holds))
        })
    };
    let end = found.mentions.partition_point(|mention| mention.span.start() < phrase.start());
    found.mentions[..end].iter().rev().take(200).filter_map(|mention| mention.entity).find(fits)
}

/// The head of a noun phrase: its last word before a preposition or comma.
pub fn head(found: &Annotated, phrase: Span) -> Span {
    let text = &found.report.text;
    let words = tokens_of(found, phrase);
    let mut last = None;
    let mut in_marks = false;
    for (at, word) in words.iter().enumerate() {
        let folded = token::fold(word.of(text));
        if matches!(&*folded, "“" | "”" | "\"" | "«" | "»") {
            in_marks = !in_marks && at + 1 < words.len();
            continue;
        }
        if in_marks {
            continue;
        }
        if at > 0
            && (folded == "," || lists::PREPOSITIONS.contains(&folded) || matches!(&*folded, "who" | "which"))
        {
            break;
        }
        if word.kind == token::Kind::Word {
            last = Some(word.span);
        }
    }
    last.unwrap_or(phrase)
}

/// The organisation that a name means: itself, or for a place the body called after it ("Harl" for Harl Town).
fn body_called(found: &Annotated, entity: usize) -> Option<usize> {
    let own = found.entities.get(entity)?;
    if matches!(own.kind, EntityKind::Organisation | EntityKind::Group) {
        return Some(entity);
    }
    let is_body = |other: &Entity| {
        matches!(other.kind, EntityKind::Organisation | EntityKind::Other)
            && !other.is_namesake
            && other.name.strip_prefix(own.name.as_str()).is_some_and(|rest| rest.starts_with(' '))
    };
    matches!(own.kind, EntityKind::Place | EntityKind::Other)
        .then(|| found.entities.iter().take(300).position(is_body))
        .flatten()
}

/// The last person named before `at` that the pronoun can stand for.
fn antecedent(found: &Annotated, at: usize, pronoun: &str) -> Option<usize> {
    let fits = |entity: &Entity| match pronoun {
        "he" => entity.kind == EntityKind::Person && !matches!(entity.gender, Some(Gender::Female)),
        "she" => entity.kind == EntityKind::Person && !matches!(entity.gender, Some(Gender::Male)),
        "it" => matches!(entity.kind, EntityKind::Organisation | EntityKind::Group),
        _ => false,
    };
    let end = found.mentions.partition_point(|mention| mention.span.start() < at);
    let mut earlier = found.mentions[..end]
        .iter()
        .rev()
        .take(60)
        .filter(|mention| mention.form == MentionForm::Name)
        .filter_map(|mention| mention.entity);
    if pronoun == "it" {
        return earlier.find_map(|entity| body_called(found, entity));
    }
    earlier.find(|entity| found.entities.get(*entity).is_some_and(fits))
}
