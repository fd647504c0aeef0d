//! Finds names by the form of words alone, for languages that no tagger is trained for.
//!
//! In: a report. Out: names in text order with a kind where form or context shows one, without those of lines in title case.
//! A run of capitalised words grows over initials, hyphens, name particles ("van", "al") and, after a word for an organisation,
//! "of" and "and". A capital at the beginning of a sentence counts only when the word is not a common one
//! (`lang/en/common-words.txt`) or the run goes on.
//! Leaves: names in small letters, names in other scripts than those with capitals.

use super::names::{
    Name, handle, is_function, is_honorific, is_title_case, namesake_end, strip_possessive, title_words,
    words_of,
};
use crate::lexicon::Words;
use crate::model::{Annotated, EntityKind};
use crate::span::Span;
use crate::token::{self, Kind, Token};
use crate::vocabulary::{
    COMMON, EVENT_WORDS, FIRST_NAMES, HONORIFICS, Lists, ORGANISATION_WORDS, PLACE_WORDS, PLACES, ROLES,
    is_common,
};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Days and months are dates, not names.
static CALENDAR: LazyLock<Words> = LazyLock::new(|| {
    let names = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
    ];
    Words::of(names.into_iter())
});

/// Words for an organisation that a name goes on behind with "of" or "for": "Office for Savings", not "Harl United for Bo Lind".
pub(super) static TAKES_OF: LazyLock<Words> = LazyLock::new(|| {
    let words = [
        "Academy",
        "Agency",
        "Alliance",
        "Association",
        "Bank",
        "Board",
        "Bureau",
        "Chamber",
        "Church",
        "College",
        "Commission",
        "Committee",
        "Council",
        "Court",
        "Department",
        "Directorate",
        "Division",
        "Federation",
        "Foundation",
        "Fund",
        "House",
        "Institute",
        "Institution",
        "Ministry",
        "Museum",
        "Office",
        "School",
        "Society",
        "Union",
        "University",
    ];
    Words::of(words.into_iter())
});

/// Lower-case particles inside a person's name.
pub(super) const PARTICLES: [&str; 16] =
    ["de", "la", "van", "von", "der", "den", "bin", "ibn", "al", "el", "du", "di", "da", "dos", "le", "ten"];

/// The names of `found` in text order, those of lines in title case left out.
pub fn find(found: &Annotated) -> Vec<Name<'_>> {
    let text = &found.report.text;
    let mut names = Vec::new();
    for (at, sentence) in found.sentences.iter().enumerate() {
        let kind = found.report.blocks[sentence.block].kind;
        let tokens: &[Token] = if kind.is_evidence() { &sentence.tokens } else { &[] };
        if !is_title_case(tokens, kind) {
            in_sentence(text, at, tokens, 1, &mut names);
        }
    }
    names.retain(|name| !name.words.is_empty());
    super::german::sort_out(found, &mut names);
    drop_openers(text, &mut names);
    names
}

/// Takes back names that rest on the capital of a sentence's first word alone: "Repairs" goes, and of "Glad Ana" the first word.
fn drop_openers(text: &str, names: &mut Vec<Name>) {
    let firm: BTreeSet<Cow<str>> = names
        .iter()
        .filter(|name| !name.opens || name.kind.is_some() || !is_common(&token::fold(&name.words[0])))
        .flat_map(|name| name.words.clone())
        .collect();
    for name in names.iter_mut().filter(|name| name.opens && name.words.len() > 1 && name.kind.is_none()) {
        let rest = &name.words[1..];
        if is_common(&token::fold(&name.words[0]))
            && !firm.contains(&name.words[0])
            && rest.iter().all(|word| firm.contains(word))
        {
            let Some(at) = name.span.of(text).find(&*rest[0]) else { continue };
            name.span = Span::new(name.span.start() + at, name.span.end());
            name.words.remove(0);
            name.opens = false;
        }
    }
    names.retain(|name| {
        !(name.opens && name.words.len() == 1 && name.kind.is_none() && name.title.is_none())
            || firm.contains(&name.words[0])
            || FIRST_NAMES.contains_key(&name.words[0])
            || is_beside_speech(text, name.span)
    });
}

fn is_beside_speech(text: &str, span: Span) -> bool {
    let next = text[span.end()..].trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(
        next,
        "said" | "says" | "told" | "wrote" | "added" | "tweeted" | "posted" | "has" | "is" | "was" | "will"
    )
}

/// Adds the names of one sentence, given as tokens, to `names`: handles, and those of runs of `shortest` tokens or more.
pub(super) fn in_sentence<'t>(
    text: &'t str,
    sentence: usize,
    tokens: &[Token],
    shortest: usize,
    names: &mut Vec<Name<'t>>,
) {
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].kind == Kind::Mark
            && let Some((handle, next)) = handle(text, tokens, at, sentence)
        {
            names.push(handle);
            at = next;
            continue;
        }
        if !begins_name(text, tokens, at) {
            at += 1;
            continue;
        }
        let end = end_of_run(text, tokens, at);
        if end >= at + shortest {
            names.extend(name(text, tokens, at, end, sentence));
        }
        at = end;
    }
}

/// Whether a name may begin at token `at`.
fn begins_name(text: &str, tokens: &[Token], at: usize) -> bool {
    if !tokens[at].is_capitalised() {
        return false;
    }
    let word = tokens[at].of(text);
    if word == "I" || word.starts_with("I'") || word.starts_with("I’") || CALENDAR.contains(word) {
        return false;
    }
    let bare = token::without_possessive(word);
    let lists = if bare.len() < word.len() { Lists::of(bare) } else { tokens[at].lists };
    if lists.touch(Lists::FUNCTION)
        || matches!(word, "TV" | "CEO" | "CFO" | "COO" | "OK" | "PM" | "AM" | "FAQ" | "VIP" | "Q" | "A")
    {
        return false;
    }
    if !begins_clause(text, tokens, at) {
        return true;
    }
    let goes_on = tokens.get(at + 1).is_some_and(|next| {
        next.is_capitalised()
            && !CALENDAR.contains(next.of(text))
            && is_near(text, tokens[at].span, next.span)
    });
    let is_short =
        || HONORIFICS.contains_key(word) && tokens.get(at + 1).is_some_and(|next| next.of(text) == ".");
    goes_on || is_short() || !COMMON.contains(&token::fold(bare))
}

/// Whether a capital at `at` may be due to the place: first word of the sentence, or of words between marks.
fn begins_clause(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[..at].iter().rev().take(1).all(|before| {
        before.kind == Kind::Mark
            && matches!(
                before.of(text),
                "“" | "\""
                    | "‘"
                    | "'"
                    | "«"
                    | "„"
                    | ":"
                    | "—"
                    | "–"
                    | "."
                    | "!"
                    | "?"
                    | "("
                    | "”"
                    | "’"
                    | "…"
            )
    })
}

/// Whether only a space, hyphen or nothing lies between two tokens.
fn is_near(text: &str, a: Span, b: Span) -> bool {
    let between = &text[a.end()..b.start()];
    between.is_empty() || matches!(between, " " | "\u{a0}" | "\n" | "\r\n")
}

fn end_of_run(text: &str, tokens: &[Token], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(step) = next_of_run(text, tokens, start, end) {
        end = step;
    }
    end
}

/// One step further, if the run goes on behind `end`.
fn next_of_run(text: &str, tokens: &[Token], start: usize, end: usize) -> Option<usize> {
    let last = tokens[end - 1];
    let next = tokens.get(end)?;
    let word = |at: usize| tokens.get(at).map(|t| t.of(text)).unwrap_or_default();
    let is_name_word = |at: usize| {
        tokens.get(at).is_some_and(|t| t.is_capitalised())
            && !CALENDAR.contains(word(at))
            && word(at) != "I"
            && !tokens[at].lists.touch(Lists::FUNCTION)
    };
    if !is_near(text, last.span, next.span) {
        return None;
    }
    if has_possessive(last.of(text)) {
        // "the Marsh Savers’ Alliance"
        let plural = last.of(text).ends_with(['’', '\'']);
        return (plural && is_name_word(end) && ORGANISATION_WORDS.contains(word(end))).then_some(end + 1);
    }
    if plural_possessive(text, last, *next)
        && tokens.get(end + 1).is_some_and(|t| ORGANISATION_WORDS.contains(t.of(text)))
    {
        return Some(end + 2);
    }
    if is_name_word(end) {
        return Some(end + 1);
    }
    let attached = last.span.end() == next.span.start();
    let is_initial = || {
        last.of(text).chars().count() == 1
            || HONORIFICS.contains_key(format!("{}.", last.of(text)).as_str())
            || last.of(text).contains('.')
    };
    if attached && word(end) == "." && (is_name_word(end + 1) || last.of(text).contains('.')) && is_initial()
    {
        return Some(end + 1);
    }
    if attached
        && matches!(word(end), "-" | "‑")
        && is_name_word(end + 1)
        && next.span.end() == tokens[end + 1].span.start()
    {
        return Some(end + 2);
    }
    let joins = PARTICLES.contains(&word(end)) || matches!(word(end), "&");
    if joins && is_name_word(end + 1) {
        return Some(end + 2);
    }
    if joins && PARTICLES.contains(&word(end + 1)) && is_name_word(end + 2) {
        return Some(end + 3);
    }
    let last_is_organisation = TAKES_OF.contains(last.of(text));
    if last_is_organisation && matches!(word(end), "of" | "for") && is_name_word(end + 1) {
        return Some(end + 2);
    }
    if last_is_organisation
        && matches!(word(end), "of" | "for")
        && word(end + 1) == "the"
        && is_name_word(end + 2)
    {
        return Some(end + 3);
    }
    if word(end) == "and" && is_name_word(end + 1) && joins_organisation(text, tokens, start, end) {
        return Some(end + 2);
    }
    None
}

/// Whether the words around an "and" at `at` make one organisation: "Weights and Measures Office".
fn joins_organisation(text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
    let first = tokens[start].of(text);
    let mut end = at + 2;
    while tokens.get(end).is_some_and(|t| t.is_capitalised())
        && is_near(text, tokens[end - 1].span, tokens[end].span)
    {
        end += 1;
    }
    let before_is_whole = tokens[start..at].iter().any(|t| ORGANISATION_WORDS.contains(t.of(text)));
    !FIRST_NAMES.contains_key(first)
        && !before_is_whole
        && !PLACES.contains(first)
        && end > at + 2
        && ORGANISATION_WORDS.contains(tokens[end - 1].of(text))
}

/// Whether `mark` is the apostrophe of a plural possessive, directly behind an s.
fn plural_possessive(text: &str, word: Token, mark: Token) -> bool {
    matches!(mark.of(text), "’" | "'") && mark.span.start() == word.span.end() && word.of(text).ends_with('s')
}

fn has_possessive(word: &str) -> bool {
    token::without_possessive(word).len() != word.len()
}

/// The name that the run of tokens `start..end` makes, its title and leading roles taken off.
fn name<'t>(text: &'t str, tokens: &[Token], start: usize, end: usize, sentence: usize) -> Option<Name<'t>> {
    let first = name_start(text, tokens, start, end);
    if first >= end {
        return None;
    }
    let title = (first > start).then(|| tokens[start].span.cover(tokens[first - 1].span));
    let span = Span::new(tokens[first].span.start(), strip_possessive(text, tokens[end - 1].span).end());
    let words = words_of(text, &tokens[first..end]);
    if words.len() == 1 && is_function(text, &tokens[first..end], &words[0]) {
        return None;
    }
    let is_person = title.is_some_and(|title| is_honorific(title.of(text)));
    let (span, is_namesake) = match (is_person, namesake_end(text, tokens, end, &words)) {
        (false, Some(last)) => (span.cover(tokens[last].span), true),
        _ => (span, false),
    };
    let kind = if is_person { Some(EntityKind::Person) } else { kind(text, tokens, first, end, &words) };
    let kind = if is_namesake { Some(EntityKind::Other) } else { kind };
    let opens = title.is_none() && begins_clause(text, tokens, first);
    Some(Name { span, words, title, kind, is_namesake, is_handle: false, opens, sentence })
}

/// Where the name itself begins: behind honorifics and behind a capitalised role ("Actress", "Chief Executive").
fn name_start(text: &str, tokens: &[Token], start: usize, end: usize) -> usize {
    let mut at = start;
    loop {
        let is_title = |tokens: &[Token]| {
            let last = tokens.iter().rfind(|token| token.of(text) != ".");
            last.is_some_and(|last| last.lists.touch(Lists::TITLE_END))
        };
        let longest = (1..=3).rev().find(|&n| {
            at + n < end && is_title(&tokens[at..at + n]) && {
                let joined = title_words(text, &tokens[at..at + n]);
                HONORIFICS.contains_key(joined.as_str())
                    || (at == start && ROLES.contains_key(&token::fold(&joined)))
            }
        });
        match longest {
            Some(n) if !is_organisation_tail(text, tokens, at + n, end) => at += n,
            _ => return at,
        }
        while at < end && tokens[at].of(text) == "." {
            at += 1;
        }
    }
}

/// "Police Department", "Mayor Office": a title word followed by a word for an organisation is no title.
fn is_organisation_tail(text: &str, tokens: &[Token], from: usize, end: usize) -> bool {
    tokens[from..end].iter().any(|t| ORGANISATION_WORDS.contains(t.of(text)))
}

/// What the name names, as far as its own form and its neighbours show.
fn kind(text: &str, tokens: &[Token], start: usize, end: usize, words: &[Cow<str>]) -> Option<EntityKind> {
    let joined = words.join(" ");
    let (first, last) = (&**words.first()?, &**words.last()?);
    if PLACES.contains(joined.as_str()) {
        return Some(EntityKind::Place);
    }
    if is_demonym(&joined) {
        return Some(EntityKind::Group);
    }
    let before = start.checked_sub(1).map(|at| token::fold(tokens[at].of(text))).unwrap_or_default();
    let known_first = words.len() > 1
        && words.len() < 5
        && FIRST_NAMES.contains_key(first.split('-').next().unwrap_or(first));
    let is_organisation = words.iter().any(|word| ORGANISATION_WORDS.contains(word));
    if EVENT_WORDS.contains(last) && words.len() > 1 {
        return Some(EntityKind::Event);
    }
    if is_organisation && (!known_first || ORGANISATION_WORDS.contains(last)) && words.len() > 1 {
        return Some(EntityKind::Organisation);
    }
    if has_age(text, tokens, end) {
        return Some(EntityKind::Person);
    }
    if known_first && before != "the" {
        return Some(EntityKind::Person);
    }
    if (PLACE_WORDS.contains(last) || PLACE_WORDS.contains(first)) && words.len() > 1 {
        return Some(EntityKind::Place);
    }
    let next = tokens.get(end).map(|t| t.of(text)).unwrap_or_default();
    let is_loud = joined.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if start == 0 && is_loud && first.len() > 3 && matches!(next, "(" | "—" | "–" | "-" | "," | ":") {
        return Some(EntityKind::Place);
    }
    let is_acronym =
        first.len() >= 2 && words.len() == 1 && first.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    if is_acronym {
        return Some(EntityKind::Organisation);
    }
    if words.len() == 1
        && matches!(&*before, "in" | "near" | "at" | "from" | "towards")
        && !COMMON.contains(&token::fold(first))
    {
        return Some(EntityKind::Place);
    }
    if before == "the" {
        // A thing with a name: a body when it speaks, else nothing tells.
        let acts = super::link::speaks(text, tokens[start].span.cover(tokens[end - 1].span));
        return Some(if words.len() > 1 && acts { EntityKind::Organisation } else { EntityKind::Other });
    }
    None
}

/// "Ana Ruiz, 44," behind the name.
fn has_age(text: &str, tokens: &[Token], end: usize) -> bool {
    let word = |at: usize| tokens.get(at).map(|t| t.of(text)).unwrap_or_default();
    word(end) == ","
        && word(end + 1).parse::<u32>().is_ok_and(|age| (1..=110).contains(&age))
        && matches!(word(end + 2), "," | "." | "" | "—" | "–" | ";")
}

/// Nationalities, faiths and parties as adjectives or nouns of people.
fn is_demonym(name: &str) -> bool {
    const ENDINGS: [&str; 6] = ["ian", "ians", "ican", "icans", "ese", "ish"];
    const OTHERS: [&str; 22] = [
        "Greek",
        "Greeks",
        "French",
        "Dutch",
        "German",
        "Germans",
        "Arab",
        "Arabs",
        "Jewish",
        "Jews",
        "Muslim",
        "Muslims",
        "Christian",
        "Christians",
        "Democrat",
        "Democrats",
        "Democratic",
        "Republicans",
        "Latino",
        "Latinos",
        "Conservative",
        "Conservatives",
    ];
    !name.contains(' ')
        && (OTHERS.contains(&name)
            || (name.len() > 5
                && ENDINGS.iter().any(|ending| name.ends_with(ending))
                && !FIRST_NAMES.contains_key(name)))
}
