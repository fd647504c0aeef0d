//! What words say of themselves: names, titles, trades, small words; pronouns, initials, words that ran together.
//!
//! In: a word. Out: what a list or its form tells about it. Shared by the stages, which do not import each other.
//! English; the lists lie in `lang/en/`, each with its source and licence.

use crate::cues;
use crate::lexicon::{self, Listing, ShortWord, Sorted, Table, Words};
use crate::model::Gender;
use crate::token;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// Words that news texts also write in small letters.
pub static COMMON: LazyLock<Words> = LazyLock::new(|| set(include_str!("../lang/en/common-words.txt")));
/// Words whose full stop does not end a sentence: "Mr", "Dec".
pub static ABBREVIATIONS: LazyLock<Words> =
    LazyLock::new(|| set(include_str!("../lang/en/abbreviations.txt")));
/// Articles, pronouns, prepositions, auxiliaries.
pub static FUNCTION: LazyLock<Words> = LazyLock::new(|| set(include_str!("../lang/en/function-words.txt")));
/// Countries, states, large cities, regions.
pub static PLACES: LazyLock<Words> = LazyLock::new(|| set(include_str!("../lang/en/places.txt")));
/// "Street", "Harbour".
pub static PLACE_WORDS: LazyLock<Words> = LazyLock::new(|| set(include_str!("../lang/en/place-words.txt")));
/// "Festival", "Cup".
pub static EVENT_WORDS: LazyLock<Words> = LazyLock::new(|| set(include_str!("../lang/en/event-words.txt")));
/// "Ministry", "United", "Inc".
pub static ORGANISATION_WORDS: LazyLock<Words> =
    LazyLock::new(|| set(include_str!("../lang/en/organisation-words.txt")));
/// "account", "fans", "Updates".
pub static NAMESAKE_WORDS: LazyLock<Words> =
    LazyLock::new(|| set(include_str!("../lang/en/namesake-words.txt")));
/// Titles before a name, with the gender they show.
pub static HONORIFICS: LazyLock<Table<Option<char>>> =
    LazyLock::new(|| gendered(include_str!("../lang/en/honorifics.txt")));
/// First names, with the gender they are mostly given to.
pub static FIRST_NAMES: LazyLock<Table<Option<char>>> =
    LazyLock::new(|| gendered(include_str!("../lang/en/first-names.txt")));
/// Given names of many countries that [`FIRST_NAMES`] leaves out, with their gender.
pub const GIVEN_NAMES: Sorted = Sorted::of(include_str!("../lang/en/given-names.txt"));
/// "singer", "mayor", "resident".
pub static ROLES: LazyLock<Table<Option<char>>> =
    LazyLock::new(|| gendered(include_str!("../lang/en/role-nouns.txt")));

/// "company", "committee": nouns for bodies.
pub static ORGANISATION_NOUNS: LazyLock<Words> =
    LazyLock::new(|| set(include_str!("../lang/en/organisation-nouns.txt")));
/// "film", "novel": nouns for works.
pub static WORK_NOUNS: LazyLock<Words> = LazyLock::new(|| set(include_str!("../lang/en/work-nouns.txt")));
/// "police", "prosecutors": nouns for bodies that speak without a name.
pub static COLLECTIVES: LazyLock<Words> =
    LazyLock::new(|| set(include_str!("../lang/en/collective-speakers.txt")));

/// Lists that a word stands in, as bits: of all words of a text, few stand in any, and these are asked for most.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists(u64);

impl Lists {
    /// One of [`ROLES`] of one word.
    pub const ROLE: Lists = Lists(1);
    /// The end of one of [`ROLES`] of two words.
    pub const ROLE_END: Lists = Lists(2);
    /// The last word of one of [`ROLES`] or [`HONORIFICS`].
    pub const TITLE_END: Lists = Lists(4);
    /// One of [`ORGANISATION_NOUNS`].
    pub const ORGANISATION: Lists = Lists(8);
    /// One of [`WORK_NOUNS`].
    pub const WORK: Lists = Lists(16);
    /// One of [`COLLECTIVES`].
    pub const COLLECTIVE: Lists = Lists(32);
    /// A word of a number.
    pub const NUMERAL: Lists = Lists(64);
    /// An article of English.
    pub const ARTICLE: Lists = Lists(1 << 8);
    /// A word without one of which a sentence tells of no post.
    pub const POST_SIGN: Lists = Lists(1 << 9);
    /// One of [`NAMESAKE_WORDS`].
    pub const NAMESAKE: Lists = Lists(1 << 16);
    /// One of [`ORGANISATION_WORDS`], however it is written.
    pub const BODY: Lists = Lists(1 << 17);
    /// One of [`FUNCTION`].
    pub const FUNCTION: Lists = Lists(1 << 18);

    /// A word that a date may begin with, however written: "today", "last"; numerals aside.
    pub const DATE_OPENING: Lists = Lists(1 << 32);
    /// The name of a month, whole or short.
    pub const MONTH: Lists = Lists(1 << 33);
    /// The name of a day of the week, whole or short.
    pub const WEEKDAY: Lists = Lists(1 << 34);
    /// The first word of the name of a season or feast.
    pub const FEAST: Lists = Lists(1 << 35);
    /// What a quantity may begin with that is no numeral: a currency, "tens".
    pub const QUANTITY_OPENING: Lists = Lists(1 << 36);
    /// "a", "an": one of what follows.
    pub const ONE: Lists = Lists(1 << 37);
    /// A form of a verb of saying ([`crate::cues::cue`]).
    pub const CUE: Lists = Lists(1 << 38);
    /// A form of a verb of thinking ([`crate::cues::thought`]).
    pub const THOUGHT: Lists = Lists(1 << 39);
    /// A noun for what was said: "claim", "report".
    pub const CUE_NOUN: Lists = Lists(1 << 40);
    /// "according", "per".
    pub const ACCORDING: Lists = Lists(1 << 41);
    /// The first word of a phrase that shows how words came: "video", "op-ed".
    pub const CHANNEL: Lists = Lists(1 << 42);
    /// A pronoun or an auxiliary: shows that words are part of a clause.
    pub const CLAUSE: Lists = Lists(1 << 43);
    /// A verb with which a source gives a figure: "said", "estimates".
    pub const SOURCE: Lists = Lists(1 << 44);

    /// The lists that `word` stands in, however it is written.
    pub fn of(word: &str) -> Lists {
        match ShortWord::of(word) {
            Some(word) => Lists::of_short(word),
            None if word.len() > LONGEST_LISTED => Lists::default(),
            None => LISTED.get(&token::fold(word)).unwrap_or_default(),
        }
    }

    /// The same of a short word.
    pub(crate) fn of_short(word: ShortWord) -> Lists {
        LISTED.of_short(word).unwrap_or_default()
    }

    /// Whether it is in one of `lists`.
    pub fn touch(self, lists: Lists) -> bool {
        self.0 & lists.0 != 0
    }

    /// These and those.
    pub const fn and(self, lists: Lists) -> Lists {
        Lists(self.0 | lists.0)
    }
}

/// Longest word of the lists, in bytes.
const LONGEST_LISTED: usize = 40;

/// The words of the lists.
static LISTED: LazyLock<Listing<Lists, Cow<'static, str>>> =
    LazyLock::new(|| Listing::joined(listed(), Lists::and));

/// The words of the lists, folded, each with one of them.
fn listed() -> Vec<(Cow<'static, str>, Lists)> {
    let mut listed: Vec<(Cow<str>, Lists)> = Vec::new();
    let mut add = |word: &'static str, list: Lists| listed.push((token::fold(word), list));
    for role in ROLES.keys() {
        add(role, Lists::ROLE);
        if let Some((_, last)) = role.split_once(' ') {
            add(last, Lists::ROLE_END);
        }
    }
    let titles = ROLES.keys().chain(HONORIFICS.keys());
    titles.for_each(|title| add(title.rsplit(' ').next().unwrap_or(title), Lists::TITLE_END));
    ORGANISATION_NOUNS.iter().for_each(|word| add(word, Lists::ORGANISATION));
    WORK_NOUNS.iter().for_each(|word| add(word, Lists::WORK));
    COLLECTIVES.iter().for_each(|word| add(word, Lists::COLLECTIVE));
    crate::numerals::words().for_each(|word| add(word, Lists::NUMERAL));
    NAMESAKE_WORDS.iter().for_each(|word| add(word, Lists::NAMESAKE));
    ORGANISATION_WORDS.iter().for_each(|word| add(word, Lists::BODY));
    FUNCTION.iter().for_each(|word| add(word, Lists::FUNCTION));
    dated_words().chain(counted_words()).chain(told_words()).for_each(|(word, list)| add(word, list));
    crate::posts::signs().for_each(|word| add(word, Lists::POST_SIGN));
    ["the", "a", "an"].iter().for_each(|word| add(word, Lists::ARTICLE));
    listed
}

/// Words that a date may begin with, each with its list.
fn dated_words() -> impl Iterator<Item = (&'static str, Lists)> {
    let names = |list, mark| lexicon::rows(list).map(move |row| (row[0], mark));
    let openings = lexicon::rows(include_str!("../lang/en/date-words.txt"))
        .filter_map(|row| (row[0] == "opens").then_some((*row.get(1)?, Lists::DATE_OPENING)));
    let feasts = lexicon::rows(include_str!("../lang/en/seasons.txt")).map(|row| {
        let first = row[0].split(' ').next().unwrap_or(row[0]);
        let opening = if first == row[0] { Lists::DATE_OPENING } else { Lists::default() };
        (token::without_possessive(first), opening.and(Lists::FEAST))
    });
    names(include_str!("../lang/en/months.txt"), Lists::MONTH)
        .chain(names(include_str!("../lang/en/weekdays.txt"), Lists::WEEKDAY))
        .chain(openings)
        .chain(feasts)
}

/// Words that a quantity may begin with, numerals aside, and those that give one, each with its list.
fn counted_words() -> impl Iterator<Item = (&'static str, Lists)> {
    let rows = lexicon::rows(include_str!("../lang/en/currencies.txt"));
    let currencies = rows.filter(|row| row.get(2) == Some(&"before")).map(|row| row[0]);
    let articles = ["a", "an"].map(|word| (word, Lists::ONE));
    let sources = lexicon::rows(include_str!("../lang/en/figure-words.txt"))
        .filter_map(|row| (row[0] == "source").then_some((*row.get(1)?, Lists::SOURCE)));
    currencies.chain(["tens"]).map(|word| (word, Lists::QUANTITY_OPENING)).chain(articles).chain(sources)
}

/// Words around quotations, each with its list.
fn told_words() -> impl Iterator<Item = (&'static str, Lists)> {
    let marked = |mark| move |word| (word, mark);
    // The table is being made, so that no token can be: the first of a phrase is cut by itself.
    let first = |row: Vec<&'static str>| Some((row[0].split_word_bounds().next()?, Lists::CHANNEL));
    let channels = lexicon::rows(include_str!("../lang/en/quotations/channel-words.txt"))
        .chain(lexicon::rows(include_str!("../lang/de/quotations/channel-words.txt")));
    let clauses = lexicon::entries(include_str!("../lang/en/quotations/auxiliaries.txt"))
        .chain(lexicon::entries(include_str!("../lang/en/quotations/pronouns.txt")))
        .chain(lexicon::entries(include_str!("../lang/en/quotations/first-second.txt")));
    let nouns = lexicon::entries(include_str!("../lang/en/quotations/cue-nouns.txt"));
    (cues::words().map(marked(Lists::CUE)))
        .chain(cues::words_of_thought().map(marked(Lists::THOUGHT)))
        .chain(nouns.map(marked(Lists::CUE_NOUN)))
        .chain(["according", "per"].map(marked(Lists::ACCORDING)))
        .chain(channels.filter_map(first))
        .chain(clauses.map(marked(Lists::CLAUSE)))
}

/// "Sunday", "January": days and months that are no names of people.
pub static CALENDAR: LazyLock<Words> = LazyLock::new(|| {
    let days = lexicon::rows(include_str!("../lang/en/weekdays.txt"));
    let months = lexicon::rows(include_str!("../lang/en/months.txt"));
    Words::of(days.chain(months).filter(|row| row.get(2) == Some(&"name")).map(|row| row[0]))
});

/// Platforms on which people publish.
pub static PLATFORMS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(lexicon::rows(include_str!("../lang/en/platforms.txt")).filter_map(|row| row.first().copied()))
});

fn set(list: &'static str) -> Words {
    Words::of(lexicon::entries(list))
}

fn gendered(list: &'static str) -> Table<Option<char>> {
    Table::of(lexicon::entries(list).map(|line| {
        let (word, gender) = line.split_once('\t').unwrap_or((line, ""));
        (word.trim_end(), gender.trim_start().chars().next())
    }))
}

/// Whether `folded` is a word that news texts also write small.
pub fn is_common(folded: &str) -> bool {
    COMMON.contains(folded)
}

/// Whether `word` makes a person's name somebody else's: "Updates", "Daily".
pub fn is_namesake_word(word: &str) -> bool {
    NAMESAKE_WORDS.contains(&token::fold(word))
}

/// The gender a pronoun shows.
pub fn pronoun_gender(word: &str) -> Option<Gender> {
    // Their first letters; most words begin otherwise.
    if !matches!(word.as_bytes().first(), Some(b'h' | b'H' | b's' | b'S')) {
        return None;
    }
    match &*token::fold(word) {
        "he" | "him" | "his" | "himself" | "he's" | "he'd" | "he'll" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" | "she's" | "she'd" | "she'll" => Some(Gender::Female),
        _ => None,
    }
}

/// Whether `short` is made of the initials of `words` (small words may count or not).
pub fn is_acronym_of(short: &str, words: &[impl AsRef<str>]) -> bool {
    let letters = || short.chars().filter(|c| c.is_alphabetic());
    if !letters().all(char::is_uppercase) {
        return false;
    }
    let letters: String = letters().collect();
    if letters.len() < 2 {
        return false;
    }
    let initial = |word: &str| word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let all: String = words.iter().flat_map(|word| word.as_ref().split('-')).map(initial).collect();
    let large: String = words
        .iter()
        .flat_map(|word| word.as_ref().split('-'))
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .map(initial)
        .collect();
    letters == all || letters == large
}

/// Small words that end no true English compound of a common word.
const TAILS: [&str; 18] = [
    "which", "who", "whose", "that", "the", "where", "when", "with", "from", "while", "because", "was",
    "were", "has", "have", "on", "and", "they",
];

/// Shortest word that two ran together in, in bytes.
pub(crate) const SHORTEST_TOGETHER: usize = 6;

/// The two words that ran together in `word`; `None` for a word as it should be.
pub fn run_together(word: &str) -> Option<(&str, &str)> {
    if word.len() < SHORTEST_TOGETHER {
        return None;
    }
    let found = capitals_then_word(word).or_else(|| word_then_tail(word))?;
    (!word.contains(['.', '\'', '’'])).then_some(found)
}

fn capitals_then_word(word: &str) -> Option<(&str, &str)> {
    // Nearly every word begins otherwise.
    if word.as_bytes().iter().take(2).any(u8::is_ascii_lowercase) {
        return None;
    }
    let at = word.find(|c: char| !c.is_uppercase())?;
    let (left, right) = word.split_at(at);
    let is_word = right.len() >= 4
        && right.chars().all(char::is_lowercase)
        && (is_common(right) || right.ends_with("ing") || right.ends_with("ed"));
    // "ICEd" and "NGOs" are forms of the short word; "McDonald" has one capital.
    (left.chars().count() >= 2 && is_word).then_some((left, right))
}

fn word_then_tail(word: &str) -> Option<(&str, &str)> {
    // Few words end so: that is asked first, and before it the last two letters alone.
    let [.., last_two, last] = word.as_bytes() else { return None };
    let may_end = matches!(
        [last_two.to_ascii_lowercase(), last.to_ascii_lowercase()],
        [b'c' | b't', b'h']
            | [b'h', b'o']
            | [b's' | b'h' | b'r', b'e']
            | [b'l', b'e']
            | [b'v', b'e']
            | [b'a', b't' | b's']
            | [b'e', b'n' | b'y']
            | [b'o', b'm' | b'n']
            | [b'n', b'd']
    );
    if !may_end {
        return None;
    }
    let ends = |tail: &str| {
        let end = word.len().checked_sub(tail.len()).and_then(|at| word.get(at..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(tail))
    };
    let last_two = [last_two.to_ascii_lowercase(), last.to_ascii_lowercase()];
    if !TAILS.iter().any(|tail| tail.as_bytes().ends_with(&last_two) && ends(tail)) {
        return None;
    }
    let folded = token::fold(word);
    if folded.len() != word.len() || is_known(&folded) || !folded.chars().all(char::is_alphabetic) {
        return None;
    }
    TAILS.iter().find_map(|tail| {
        let stem = folded.strip_suffix(tail)?;
        // A two-letter tail needs more of a stem to be no chance.
        let enough = stem.len() >= if tail.len() < 3 { 7 } else { 4 };
        let plain = is_common(stem)
            || stem.strip_suffix('s').is_some_and(|single| single.len() > 3 && is_common(single));
        (enough && plain && (*tail != "on" || stem.ends_with("ed"))).then(|| word.split_at(stem.len()))
    })
}

fn is_known(folded: &str) -> bool {
    const WORDS: [&str; 15] = [
        "everywhere",
        "somewhere",
        "anywhere",
        "nowhere",
        "elsewhere",
        "meanwhile",
        "therewith",
        "herewith",
        "worthwhile",
        "wherewith",
        "awhile",
        "forthwith",
        "erstwhile",
        "notwithstanding",
        "therefrom",
    ];
    is_common(folded) || WORDS.contains(&folded) || ROLES.contains_key(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_listed_word_is_found_however_it_is_written() {
        for (word, list) in listed() {
            let lists = LISTED.get(&word).unwrap_or_default();
            assert!(lists.touch(list), "{word}");
            assert_eq!([Lists::of(&word), Lists::of(&word.to_ascii_uppercase())], [lists; 2], "{word}");
        }
    }
}
