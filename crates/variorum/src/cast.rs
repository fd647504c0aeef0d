//! Who is who across the reports of a story.
//!
//! In: the reports of a story with their entities. Out: members of the cast in order of first mention, and for every
//! entity of every report the member it is.
//! Entities of one kind are one member when their names are equal (case, marks and titles aside), when one is the surname
//! or a shortened form of the other and only one member fits, when one is the initials of the other, and when the names
//! differ in a letter or two and neither stands in a report beside the other: the altered name is a trace, not
//! another person. Accounts and other namesakes are never a person. Works are compared the same way.
//! Leaves: people who change their names, nicknames.

use crate::model::{Annotated, EntityKind, Gender, MentionForm};
use crate::token;
use crate::vocabulary::is_acronym_of;
use std::collections::{BTreeMap, BTreeSet};

/// The people, organisations and things of a story.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// In order of first mention over the reports.
    pub members: Vec<Member>,
    /// `of[report][entity]`: index in `members`.
    pub of: Vec<Vec<usize>>,
}

/// How many members that share a word with a name are looked at for one; the earliest come first.
const SHARING: usize = 2_000;

/// Where members are found by the words of their names.
#[derive(Default)]
struct Index {
    by_word: BTreeMap<String, BTreeSet<usize>>,
    /// Which members each report has.
    taken: BTreeSet<(usize, usize)>,
    /// Which names each member has, and its place among them.
    names: BTreeMap<(usize, String), usize>,
}

impl Index {
    /// The members that may be the bearer of `name`, earliest first.
    fn sharing(&self, name: &str) -> BTreeSet<usize> {
        let keys = keys(name);
        let members = keys.iter().filter_map(|key| self.by_word.get(key));
        members.flat_map(|members| members.iter().take(SHARING)).copied().collect()
    }
}

/// What two names that may be one have in common: a word, or the letters of one and the initials of the other.
fn keys(name: &str) -> BTreeSet<String> {
    let words = words(name);
    let initials = |small: bool| -> String {
        let parts = words.iter().flat_map(|word| word.split('-'));
        let initials = parts.filter_map(|part| part.chars().next());
        initials.filter(|c| small || c.is_uppercase()).flat_map(char::to_uppercase).collect()
    };
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
    let mut keys: BTreeSet<String> = folded(name).into_iter().collect();
    keys.extend([initials(true), initials(false), letters].into_iter().filter(|key| key.len() > 1));
    keys
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The full name that most reports have; of equally many the first.
    pub name: String,
    /// Of what kind.
    pub kind: EntityKind,
    /// As far as the reports show it.
    pub gender: Option<Gender>,
    /// Whether it is an account, a fan club or a work called after somebody.
    pub is_namesake: bool,
    /// Every name it goes by, with the number of reports that have it.
    pub names: Vec<(String, usize)>,
}

impl Cast {
    /// The story-wide name of an entity of a report.
    pub fn name(&self, report: usize, entity: usize) -> &str {
        &self.members[self.of[report][entity]].name
    }

    /// The member an entity of a report is; `None` when either is unknown.
    pub fn member(&self, report: usize, entity: usize) -> Option<usize> {
        self.of.get(report)?.get(entity).copied()
    }
}

/// The cast of `witnesses`.
pub fn resolve(witnesses: &[Annotated]) -> Cast {
    let mut index = Index::default();
    let mut cast = Cast {
        members: Vec::new(),
        of: witnesses.iter().map(|w| vec![usize::MAX; w.entities.len()]).collect(),
    };
    // Full names first, so that a surname in an early report finds its bearer in a later one.
    let mut all: Vec<(usize, usize)> = witnesses
        .iter()
        .enumerate()
        .flat_map(|(report, w)| (0..w.entities.len()).map(move |entity| (report, entity)))
        .collect();
    all.sort_by_key(|&(report, entity)| {
        (std::cmp::Reverse(words(&witnesses[report].entities[entity].name).len().min(2)), report, entity)
    });
    for (report, entity) in all {
        let member = home(&cast, &index, witnesses, report, entity).unwrap_or_else(|| {
            let new = &witnesses[report].entities[entity];
            cast.members.push(Member {
                name: new.name.clone(),
                kind: new.kind,
                gender: new.gender,
                is_namesake: new.is_namesake,
                names: Vec::new(),
            });
            cast.members.len() - 1
        });
        enrol(&mut cast, &mut index, witnesses, report, entity, member);
    }
    in_order_of_mention(&mut cast, witnesses);
    let damages = least_damages(&cast, witnesses);
    for at in 0..cast.members.len() {
        let damage = |name: &str| damages.get(&(at, name)).copied().unwrap_or(usize::MAX);
        if let Some(name) = best_name(&cast.members[at].names, &damage) {
            cast.members[at].name = name;
        }
    }
    cast
}

fn enrol(
    cast: &mut Cast,
    index: &mut Index,
    witnesses: &[Annotated],
    report: usize,
    entity: usize,
    member: usize,
) {
    let new = &witnesses[report].entities[entity];
    cast.of[report][entity] = member;
    index.taken.insert((report, member));
    for key in keys(&new.name) {
        index.by_word.entry(key).or_default().insert(member);
    }
    let home = &mut cast.members[member];
    home.gender = home.gender.or(new.gender);
    if home.kind == EntityKind::Other {
        home.kind = new.kind;
    }
    let at = *index.names.entry((member, new.name.clone())).or_insert(home.names.len());
    match home.names.get_mut(at) {
        Some((_, count)) => *count += 1,
        None => home.names.push((new.name.clone(), 1)),
    }
}

/// For each member and name, how many traces of damage the soundest report has that uses it.
fn least_damages<'w>(cast: &Cast, witnesses: &'w [Annotated]) -> BTreeMap<(usize, &'w str), usize> {
    let mut least: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (report, witness) in witnesses.iter().enumerate() {
        for (entity, own) in witness.entities.iter().enumerate() {
            let damage = least.entry((cast.of[report][entity], own.name.as_str())).or_insert(usize::MAX);
            *damage = witness.traces.len().min(*damage);
        }
    }
    least
}

/// The name of most words that most reports share; of equals the soundest report's, then the first.
fn best_name(names: &[(String, usize)], damage: &dyn Fn(&str) -> usize) -> Option<String> {
    let longest = names.iter().map(|(name, _)| words(name).len().min(2)).max()?;
    names
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| words(name).len().min(2) == longest)
        .max_by_key(|(at, (name, count))| (*count, std::cmp::Reverse(damage(name)), std::cmp::Reverse(*at)))
        .map(|(_, (name, _))| name.clone())
}

/// The member that an entity is, if there is one already.
fn home(cast: &Cast, index: &Index, witnesses: &[Annotated], report: usize, entity: usize) -> Option<usize> {
    let new = &witnesses[report].entities[entity];
    let open = |at: &usize| {
        let member = &cast.members[*at];
        // Two entities of one report are two members: the report itself tells them apart.
        let is_taken = index.taken.contains(&(report, *at));
        !is_taken && member.is_namesake == new.is_namesake && fits(member.kind, new.kind)
    };
    let sharing: Vec<usize> = index.sharing(&new.name).into_iter().filter(open).collect();
    let among = || sharing.iter().copied();
    let named =
        |at: usize, same: &dyn Fn(&str) -> bool| cast.members[at].names.iter().any(|(name, _)| same(name));
    let equal = |name: &str| folded(name) == folded(&new.name);
    if let Some(at) = among().find(|&at| named(at, &equal)) {
        return Some(at);
    }
    if new.is_namesake || new.name.starts_with('@') {
        return None;
    }
    let shorter =
        |name: &str| is_short_for(&new.name, name, new.kind) || is_short_for(name, &new.name, new.kind);
    let fitting: Vec<usize> = among().filter(|&at| named(at, &shorter)).collect();
    if let [only] = fitting[..] {
        return Some(only);
    }
    let altered = |name: &str| {
        is_altered(name, &new.name) || (new.kind == EntityKind::Work && begins_alike(name, &new.name))
    };
    let alike: Vec<usize> = among()
        .filter(|&at| genders_agree(cast.members[at].gender, new.gender) && named(at, &altered))
        .collect();
    match alike[..] {
        [only] => Some(only),
        _ => None,
    }
}

fn fits(a: EntityKind, b: EntityKind) -> bool {
    a == b || a == EntityKind::Other || b == EntityKind::Other
}

fn genders_agree(a: Option<Gender>, b: Option<Gender>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn words(name: &str) -> Vec<&str> {
    name.split([' ', '\u{a0}']).filter(|word| !word.is_empty() && !matches!(*word, "the" | "The")).collect()
}

fn folded(name: &str) -> Vec<String> {
    words(name).into_iter().map(|word| token::fold(word).replace('.', "")).collect()
}

/// Whether `short` shortens `long`: the surname of a person, the first words or the initials of anything else.
fn is_short_for(short: &str, long: &str, kind: EntityKind) -> bool {
    let (a, b) = (folded(short), folded(long));
    if a.is_empty() || a.len() >= b.len() {
        return false;
    }
    if kind == EntityKind::Person {
        return if a.len() == 1 {
            b.last() == a.last() || b.first() == a.first()
        } else {
            a.first() == b.first() && a.last() == b.last()
        };
    }
    let long_words: Vec<String> = words(long).into_iter().map(str::to_owned).collect();
    (b.starts_with(&a) && a[0].len() > 2)
        || (b.ends_with(&a) && a.len() > 1)
        || is_acronym_of(short, &long_words)
}

/// Whether two names of two words or more differ in a letter or two of one word ("Konrad" and "Conrad"), or only in
/// the order of their words.
pub fn is_altered(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    if a.len() != b.len() || a.len() < 2 || a == b {
        return false;
    }
    let (mut x, mut y) = (a.clone(), b.clone());
    x.sort();
    y.sort();
    if x == y {
        return true;
    }
    let differing: Vec<(&String, &String)> = a.iter().zip(&b).filter(|(x, y)| x != y).collect();
    matches!(differing[..], [(x, y)] if x.chars().count() > 3 && y.chars().count() > 3 && distance(x, y) <= 2)
}

/// Whether two titles begin with the same word of some length: a title that went through another language often keeps it.
fn begins_alike(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    a.len() > 1 && b.len() > 1 && a[0] == b[0] && a[0].chars().count() > 3
}

/// Edit distance of two words, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = if x == *y { diagonal } else { 1 + diagonal.min(row[j]).min(row[j + 1]) };
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// Numbers the members by their first mention over the reports.
fn in_order_of_mention(cast: &mut Cast, witnesses: &[Annotated]) {
    let mut order: Vec<usize> = Vec::new();
    let mut is_placed = vec![false; cast.members.len()];
    for (report, witness) in witnesses.iter().enumerate() {
        for mention in witness.mentions.iter().filter(|mention| mention.form != MentionForm::Pronoun) {
            let Some(member) = mention.entity.map(|entity| cast.of[report][entity]) else { continue };
            if !std::mem::replace(&mut is_placed[member], true) {
                order.push(member);
            }
        }
    }
    order.extend((0..cast.members.len()).filter(|&member| !is_placed[member]));
    let mut rank = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        rank[old] = new;
    }
    cast.members = order.iter().map(|&member| cast.members[member].clone()).collect();
    for report in &mut cast.of {
        for member in report {
            *member = rank.get(*member).copied().unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_a_letter_are_altered() {
        assert!(is_altered("Conrad Melling", "Konrad Melling"));
        assert!(is_altered("Lathe Valley Water", "Valley Lathe Water"));
        assert!(!is_altered("Ana Ruiz", "Ina Ruiz"), "too short to tell");
        assert!(!is_altered("Leopold Quennell", "Beatrix Quennell"));
    }

    #[test]
    fn surnames_initials_and_first_words_shorten() {
        assert!(is_short_for("Ruiz", "Ana Ruiz", EntityKind::Person));
        assert!(is_short_for("Ana", "Ana Ruiz", EntityKind::Person));
        assert!(!is_short_for("Mar", "Ana del Mar Ruiz", EntityKind::Person));
        assert!(is_short_for("RRS", "Regional Rescue Service", EntityKind::Organisation));
        assert!(is_short_for("Brightmoor", "Brightmoor Instruments", EntityKind::Organisation));
    }
}
