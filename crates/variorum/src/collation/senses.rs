//! How two words relate: the same, the same but for spelling or person, near in sense, or against each other.
//!
//! In: two words as [`super::words`] gives them. Out: yes or no for each relation; all are symmetric.
//! Lists: `lang/en/persons.txt`, `grades.txt`, `synonyms.txt`, `antonyms.txt`, `modals.txt`.

use super::words::{MODALS, Word, groups, stem};
use crate::lexicon;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Whether both are one word, however written.
pub fn same(a: &str, b: &str) -> bool {
    a == b || either(a, b, short_for) || masked(a, b) || masked(b, a)
}

fn either(a: &str, b: &str, relation: fn(&str, &str) -> bool) -> bool {
    relation(a, b) || relation(b, a)
}

/// "'s" stands for *is* and *has*, "'d" for *would* and *had*.
fn short_for(short: &str, long: &str) -> bool {
    match short {
        "'s" => matches!(long, "is" | "has"),
        "'d" => matches!(long, "would" | "had"),
        "1" => long == "one",
        _ => false,
    }
}

/// Whether `masked` is `word` with letters left out: "f***k", "d—n".
fn masked(masked: &str, word: &str) -> bool {
    let Some((begin, rest)) = masked.split_once(['*', '—']) else { return false };
    let end = rest.trim_start_matches(['*', '—']);
    !begin.is_empty()
        && word.len() > begin.len() + end.len()
        && word.starts_with(begin)
        && word.ends_with(end)
}

/// Whether they differ in person, case of the pronoun or tense only.
pub fn shifted(a: &str, b: &str) -> bool {
    share(&PERSONS, a, b) || inflected(a, b)
}

/// Whether a word is a personal pronoun as the subject.
pub fn is_subject(word: &str) -> bool {
    PERSONS.get(word).is_some_and(|classes| classes.contains(&"subject"))
}

/// Whether two regular forms belong to one verb: "want", "wants", "wanted".
fn inflected(a: &str, b: &str) -> bool {
    let verb_form = |word: &str| word.ends_with("ed") || word.ends_with('s') && !word.ends_with("'s");
    a != b
        && stem(a) == stem(b)
        && stem(a).len() >= 3
        && (verb_form(a) || verb_form(b))
        && !a.ends_with("ly")
        && !b.ends_with("ly")
}

/// Whether they are forms of one word: "strong", "strongly".
pub fn akin(a: &str, b: &str) -> bool {
    a.len() >= 4 && b.len() >= 4 && stem(a) == stem(b)
}

/// Whether they are near in sense.
pub fn near(a: &str, b: &str) -> bool {
    let (Some(of_a), Some(of_b)) = (SYNONYMS.get(stem(a)), SYNONYMS.get(stem(b))) else { return false };
    of_a.intersection(of_b).next().is_some()
}

/// The lines of near sense that a word stands in.
pub fn lines(word: &str) -> impl Iterator<Item = usize> {
    SYNONYMS.get(stem(word)).into_iter().flatten().copied()
}

/// One word for all of the first line that a word stands in; its stem where it stands in none.
pub fn gist(word: &str) -> &str {
    let line = lines(word).next();
    line.and_then(|line| FIRST_OF_LINE.get(line)).copied().unwrap_or(stem(word))
}

/// Whether one says the reverse of the other.
pub fn against(a: &str, b: &str) -> bool {
    let holds = |a: &str, b: &str| ANTONYMS.get(stem(a)).is_some_and(|others| others.contains(stem(b)));
    holds(a, b) || holds(b, a) || prefixed(a, b) || prefixed(b, a) || other_grade(a, b)
}

/// "unable" and "able", "disagree" and "agree".
fn prefixed(negative: &str, word: &str) -> bool {
    ["un", "in", "im", "il", "ir", "dis", "non", "mis"]
        .iter()
        .any(|prefix| negative.strip_prefix(prefix).is_some_and(|rest| rest.len() >= 4 && rest == word))
}

/// Whether both are words of quantity or frequency and claim another one.
pub fn other_grade(a: &str, b: &str) -> bool {
    GRADES.contains_key(a) && GRADES.contains_key(b) && !share(&GRADES, a, b)
}

/// Whether both are modal and claim something else.
pub fn other_modal(a: &str, b: &str) -> bool {
    MODALS.contains_key(a) && MODALS.contains_key(b) && !share(&MODALS, a, b)
}

/// Whether `short` is made of the first letters of `long`.
pub fn initials(short: &Word, long: &[Word]) -> bool {
    long.len() > 1
        && short.form.chars().count() == long.len()
        && short.form.chars().zip(long).all(|(letter, word)| word.form.starts_with(letter))
}

fn share(of: &BTreeMap<&str, Vec<&str>>, a: &str, b: &str) -> bool {
    match (of.get(a), of.get(b)) {
        (Some(groups_a), Some(groups_b)) => groups_a.iter().any(|group| groups_b.contains(group)),
        _ => false,
    }
}

static PERSONS: LazyLock<BTreeMap<&str, Vec<&str>>> =
    LazyLock::new(|| groups(include_str!("../../lang/en/persons.txt")));
static GRADES: LazyLock<BTreeMap<&str, Vec<&str>>> =
    LazyLock::new(|| groups(include_str!("../../lang/en/grades.txt")));
/// From stems to the lines they stand in.
static SYNONYMS: LazyLock<BTreeMap<&str, BTreeSet<usize>>> = LazyLock::new(|| {
    let mut of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (line, words) in lexicon::entries(include_str!("../../lang/en/synonyms.txt")).enumerate() {
        for word in words.split(' ') {
            of.entry(stem(word)).or_default().insert(line);
        }
    }
    of
});
static FIRST_OF_LINE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = lexicon::entries(include_str!("../../lang/en/synonyms.txt"));
    lines.map(|words| stem(words.split(' ').next().unwrap_or_default())).collect()
});
/// From stems to the stems against them.
static ANTONYMS: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
    let mut of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in lexicon::rows(include_str!("../../lang/en/antonyms.txt")) {
        let against = row.get(1).into_iter().flat_map(|words| words.split(' ')).map(stem);
        of.entry(stem(row[0])).or_default().extend(against);
    }
    of
});
