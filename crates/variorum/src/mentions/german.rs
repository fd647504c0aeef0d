//! German: which runs of capitals are names, and what parts of them are not.
//!
//! In: the runs of capitals of a German report, where every noun has one. Out: those that something shows to be names. Method:
//! a run loses the small words and nouns of measure around it, what stands behind an article, and the word for what somebody does
//! before it, which becomes the title ("Hafenmeisterin Mira Holt"); the last part of a compound is looked up, in any case. A word alone is
//! a name where it is a place or an acronym, ends the name of somebody, or stands nowhere behind an article or an adjective, which nouns do
//! somewhere. Lists: `lang/de/`; no list of all nouns is asked for.
//! Leaves: offices of several words ("Minister des Innern").

use super::names::Name;
use crate::lexicon::{self, Table, Words};
use crate::model::{Annotated, Entity, EntityKind, Gender};
use crate::span::Span;
use crate::token::{self, Kind};
use crate::vocabulary::{FIRST_NAMES, PLACES};
use std::collections::BTreeSet;
use std::sync::LazyLock;

macro_rules! words {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Words> =
            LazyLock::new(|| Words::of(lexicon::entries(include_str!(concat!("../../lang/de/", $file)))));
    };
}

words!(FUNCTION, "function-words.txt");
words!(COMMON, "common-nouns.txt");

static ORGANISATIONS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lang/de/organisation-nouns.txt")).collect());
static GIVEN: LazyLock<Table<char>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../lang/de/first-names.txt"));
    Table::of(rows.filter_map(|row| Some((row[0], row.get(1)?.chars().next()?))))
});
/// Days of the week and months.
static CALENDAR: LazyLock<Words> = LazyLock::new(|| {
    let lists = [include_str!("../../lang/de/weekdays.txt"), include_str!("../../lang/de/months.txt")];
    Words::of(lists.into_iter().flat_map(lexicon::rows).map(|row| row[0]))
});

static ROLES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lang/de/role-nouns.txt")).collect());

/// Leaves of the runs of a German report those that are names.
pub fn sort_out(found: &Annotated, names: &mut Vec<Name>) {
    if !found.report.is_in("de") {
        return;
    }
    let text = &found.report.text;
    for name in names.iter_mut() {
        trim(text, name);
        take_title(text, name);
        cut_at_article(text, name);
        take_lead(text, name);
        tell_kind(name);
    }
    names.retain(|name| !name.words.is_empty());
    let known: BTreeSet<String> = names
        .iter()
        .filter(|name| name.kind == Some(EntityKind::Person))
        .filter_map(|name| name.words.last().map(|last| last.clone().into_owned()))
        .collect();
    let nouns = nouns(found);
    for name in names.iter_mut().filter(|name| name.kind.is_none() && name.words.len() > 1) {
        // "des Hafens Sundhagen": nobody is called so.
        name.kind = nouns.contains(&*name.words[0]).then_some(EntityKind::Other);
    }
    names.retain(|name| !name.words[1..].iter().any(|word| COMMON.contains(&token::fold(word))));
    names.retain(|name| {
        let word = token::without_possessive(&name.words[0]);
        name.kind.is_some()
            || name.words.len() > 1 && !(name.opens && has_adjective(name))
            || is_acronym(word)
            || known.contains(word)
            || PLACES.contains(word)
            || !name.opens && !nouns.contains(word) && !is_role(word)
    });
}

/// Small words, nouns of measure and days are taken off both ends.
fn trim(text: &str, name: &mut Name) {
    let is_none = |word: &str| {
        let folded = token::fold(word);
        FUNCTION.contains(&folded) || !is_given(word) && (COMMON.contains(&folded) || is_calendar(&folded))
    };
    let first = name.words.iter().take_while(|word| is_none(word)).count();
    // "Anna Freitag", "Michael Ende": a surname behind a first name stays.
    let begins = name.words.get(first).is_some_and(|word| is_given(word));
    let last = match begins {
        true => name.words.len(),
        false => name.words.len() - name.words[first..].iter().rev().take_while(|word| is_none(word)).count(),
    };
    if first > 0 || last < name.words.len() {
        keep(text, name, first..last);
        name.opens &= first == 0;
    }
}

fn is_calendar(word: &str) -> bool {
    let parts = ["", "s", "früh", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht"];
    parts.iter().any(|part| word.strip_suffix(part).is_some_and(|word| CALENDAR.contains(word)))
}

/// "Anna Weber der Agentur": the name ends before the article, which belongs to it behind "von" alone.
fn cut_at_article(text: &str, name: &mut Name) {
    let is_article =
        |word: &str| matches!(&*token::fold(word), "der" | "den" | "dem" | "des" | "die" | "das");
    let is_tied = |word: &str| matches!(&*token::fold(word), "von" | "van" | "zu" | "auf" | "in" | "an");
    let begins = name.title.is_some() || name.words.first().is_some_and(|first| is_given(first));
    let ends = |at: usize| {
        is_article(&name.words[at]) && !is_tied(&name.words[at - 1]) || is_tied(&name.words[at]) && !begins
    };
    let at = (1..name.words.len()).find(|&at| ends(at));
    if let Some(at) = at {
        keep(text, name, 0..at);
    }
}

/// What stands before a known first name is what somebody is: "Literaturkritiker Prof. Joachim Selb".
fn take_lead(text: &str, name: &mut Name) {
    let count = name.words.len();
    let at = (1..count.saturating_sub(1)).find(|&at| is_given(&name.words[at]));
    let Some(at) = at.filter(|_| name.title.is_none() && !is_given(&name.words[0])) else { return };
    let is_lead = |word: &str| {
        word.starts_with(char::is_uppercase) && !is_organisation(word) && word != "Sankt" && word != "St"
    };
    if !name.words[..at].iter().all(|word| is_lead(word)) {
        return;
    }
    let start = name.span.start();
    keep(text, name, at..count);
    name.title = Some(Span::new(start, name.span.start()).trim(text));
    name.kind = Some(EntityKind::Person);
    name.opens = false;
}

fn is_given(word: &str) -> bool {
    let first = word.split('-').next().unwrap_or(word);
    GIVEN.contains_key(first) || FIRST_NAMES.contains_key(first)
}

/// Leaves the words of a range.
fn keep(text: &str, name: &mut Name, range: std::ops::Range<usize>) {
    let mut places = Vec::with_capacity(name.words.len());
    let mut from = name.span.start();
    for word in &name.words {
        let Some(at) = text[from..name.span.end()].find(&**word) else { return };
        places.push(Span::new(from + at, from + at + word.len()));
        from += at + word.len();
    }
    let spans = places.get(range.clone()).unwrap_or_default();
    let last = range.end;
    name.words.truncate(last);
    name.words.drain(..range.start.min(last));
    let whole = spans.iter().copied().reduce(Span::cover);
    name.span = whole.unwrap_or(Span::new(name.span.start(), name.span.start()));
}

/// What the words show the bearer to be.
fn tell_kind(name: &mut Name) {
    let Some(first) = name.words.first().filter(|_| name.kind.is_none()) else { return };
    let is_person = name.words.len() > 1 && is_given(first);
    name.kind = match () {
        _ if is_person => Some(EntityKind::Person),
        _ if name.words.iter().any(|word| is_organisation(word)) => Some(EntityKind::Organisation),
        // "Deutsche Bahn" is nobody's first name and surname.
        _ if name.words.len() > 1 && has_adjective(name) => Some(EntityKind::Other).filter(|_| !name.opens),
        _ => None,
    };
}

fn has_adjective(name: &Name) -> bool {
    let first = token::fold(&name.words[0]).into_owned();
    ["e", "en", "er", "es", "em"].iter().any(|end| first.ends_with(end))
        && !GIVEN.contains_key(&name.words[0])
}

/// Nouns for bodies that end other nouns as well: "Autobahn", "Feuerwerk".
const NO_LAST_PART: [&str; 8] = ["bahn", "bund", "werk", "werke", "liga", "gruppe", "dienst", "rat"];

fn is_organisation(word: &str) -> bool {
    let word = token::fold(word);
    let forms = ["", "s", "es", "n", "en"].into_iter().filter_map(|end| word.strip_suffix(end));
    let is_one = |form: &str, noun: &str| {
        form == noun || form.ends_with(noun) && form.len() > noun.len() + 3 && !NO_LAST_PART.contains(&noun)
    };
    forms.into_iter().any(|form| ORGANISATIONS.iter().any(|noun| is_one(form, noun)))
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Words with a capital that stand behind an article, an adjective or a number somewhere, as nouns do.
fn nouns(found: &Annotated) -> BTreeSet<String> {
    let text = &found.report.text;
    let leads = |word: &str| {
        let word = token::fold(word);
        let is_adjective =
            word.len() > 4 && ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end));
        matches!(
            &*word,
            "der"
                | "die"
                | "das"
                | "dem"
                | "den"
                | "des"
                | "ein"
                | "eine"
                | "einem"
                | "einen"
                | "einer"
                | "eines"
                | "kein"
                | "keine"
                | "im"
                | "zum"
                | "zur"
                | "am"
                | "vom"
                | "beim"
                | "ins"
                | "ans"
                | "ihre"
                | "seine"
                | "mehr"
                | "viele"
                | "alle"
                | "zwei"
                | "drei"
        ) || is_adjective && !FUNCTION.contains(&word)
    };
    let mut nouns = BTreeSet::new();
    for sentence in &found.sentences {
        for pair in sentence.tokens.windows(2) {
            let (before, word) = (pair[0], pair[1]);
            let is_led = before.kind == Kind::Number || before.kind == Kind::Word && leads(before.of(text));
            if is_led && word.kind == Kind::Word && word.is_capitalised() && !before.is_capitalised() {
                nouns.insert(token::without_possessive(word.of(text)).to_owned());
            }
        }
    }
    nouns
}

/// Gives the people of a German report the gender that their office or first name shows.
pub fn tell_genders(found: &Annotated, entities: &mut [Entity]) {
    if !found.report.is_in("de") {
        return;
    }
    for entity in entities.iter_mut().filter(|entity| entity.kind == EntityKind::Person) {
        let office =
            entity.role.as_deref().and_then(|role| role.split_whitespace().rfind(|word| is_role(word)));
        let of_office = office.map(|office| {
            let is_female = office.ends_with("in") || office.ends_with("frau");
            if is_female { Gender::Female } else { Gender::Male }
        });
        let first = entity.name.split([' ', '-']).next().unwrap_or_default();
        let of_name =
            GIVEN.get(first).map(|letter| if *letter == 'f' { Gender::Female } else { Gender::Male });
        // "Die Abgeordnete Anna Weber": the first name tells more than the office.
        entity.gender = of_name.or(of_office).or(entity.gender);
    }
}

fn take_title(text: &str, name: &mut Name) {
    let last = name.words.len().saturating_sub(1);
    let Some(at) = name.words[..last].iter().rposition(|word| is_role(word)) else { return };
    let begin = name.words[..=at].join(" ");
    let is_plain = name.span.of(text).strip_prefix(&begin).is_some_and(|rest| rest.starts_with(' '));
    let goes_on = name.words[at + 1].starts_with(char::is_uppercase);
    if name.title.is_some() || !is_plain || !goes_on {
        return;
    }
    let end = name.span.start() + begin.len();
    // "Sprecherin von Minister": the title is the last of them.
    let small = name.words[..at].iter().rposition(|word| word.starts_with(char::is_lowercase));
    let lead: usize = small.map_or(0, |small| name.words[..=small].iter().map(|word| word.len() + 1).sum());
    let title = Span::new(name.span.start() + lead, end);
    name.span = Span::new(end, name.span.end()).trim(text);
    name.words.drain(..=at);
    name.title = Some(title);
    name.kind = Some(EntityKind::Person);
    name.opens = false;
}

/// Whether a noun says what somebody does: "Ministerin", "Hafenmeisters", "CDU-Abgeordneten".
fn is_role(word: &str) -> bool {
    let word = token::fold(word);
    let forms = ["", "s", "es", "n", "en"].into_iter().filter_map(|end| word.strip_suffix(end));
    forms.into_iter().any(|form| ROLES.iter().any(|role| is_last_part(form, role)))
}

fn is_last_part(word: &str, role: &str) -> bool {
    let stem = role.strip_suffix("er").filter(|_| role.starts_with("abgeord") || role.starts_with("vorsitz"));
    // "Fahrzeuge" are no witnesses.
    if role == "zeuge" {
        return word == role;
    }
    word.ends_with(role) || stem.is_some_and(|stem| word.ends_with(stem))
}

#[cfg(test)]
mod tests {
    use super::is_role;

    #[test]
    fn the_last_part_of_a_compound_tells_a_role() {
        for word in ["Ministerin", "Hafenmeister", "Hafenmeisters", "CDU-Abgeordneten", "Ratspräsident"] {
            assert!(is_role(word), "{word}");
        }
        for word in ["Hafen", "Alsen", "Holt"] {
            assert!(!is_role(word), "{word}");
        }
    }
}
