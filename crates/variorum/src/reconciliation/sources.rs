//! Counts the independent sources behind the values of a group.
//!
//! In: the figures of a story, who says each, and which report is a copy. Out: for each figure a [`Key`], and for a
//! group of figures how many of them are independent.
//! Method: a source that reports name counts once over all of them: an acronym is its expansion, "Finance chief Ana Ruiz" is
//! "Ana Ruiz", words for people are synonyms. A report that names none counts with the original it was copied from, and not at
//! all where that original names a source of the group elsewhere. "The statement" adds nobody beside an organisation
//! or beside a report that tells the same without a source.

use super::{Item, stem};
use crate::cast::Cast;
use crate::lineage::Lineage;
use crate::model::EntityKind;
use crate::token::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Who stands behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// Somebody the report names.
    Person(String),
    /// An organisation, or somebody who is only described.
    Named(String),
    /// A document or "the company": whoever it is, not somebody else than an organisation that is named.
    Document,
    /// The report alone, by its original.
    Own(usize),
}

/// Words that name no source but the paper it stands on.
const DOCUMENTS: &[&str] =
    &["statement", "company", "firm", "report", "filing", "release", "group", "club", "results"];

/// The key of each figure and its original.
pub(super) fn keys(items: &[Item], cast: &Cast, lineage: &Lineage) -> Vec<(Key, usize)> {
    let names = Names::new(items, cast);
    let key = |item: &Item| {
        let root = lineage.root.get(item.report).copied().unwrap_or(item.report);
        (item.source.as_ref().map_or(Key::Own(root), |name| names.key(name)), root)
    };
    items.iter().map(key).collect()
}

/// All names of sources in a story, plain.
struct Names {
    all: BTreeSet<String>,
    persons: BTreeSet<String>,
    expansions: BTreeMap<String, String>,
}

impl Names {
    fn new(items: &[Item], cast: &Cast) -> Names {
        let names = || items.iter().filter_map(|item| item.source.as_ref());
        let persons = cast.members.iter().filter(|member| member.kind == EntityKind::Person);
        Names {
            all: names().map(|name| plain(name.as_str())).collect(),
            persons: persons.map(|member| plain(&member.name)).collect(),
            expansions: names().filter_map(|name| Some((initials(name)?, plain(name)))).collect(),
        }
    }

    fn key(&self, name: &str) -> Key {
        let bare = plain(name);
        let is_lower = !name.chars().any(char::is_uppercase);
        if is_lower && bare.split(' ').any(|word| DOCUMENTS.contains(&word)) {
            return Key::Document;
        }
        let whole = match self.expansions.get(&bare) {
            Some(whole) => whole.clone(),
            None if is_lower || !bare.contains(' ') => {
                bare.split(' ').map(stem).collect::<Vec<_>>().join(" ")
            }
            None => self.without_role(&bare).to_owned(),
        };
        if self.persons.contains(&whole) { Key::Person(whole) } else { Key::Named(whole) }
    }

    /// "finance chief ana ruiz" as "ana ruiz" where that is a source too.
    fn without_role<'n>(&self, name: &'n str) -> &'n str {
        let ends = name.match_indices(' ').map(|(at, _)| &name[at + 1..]);
        ends.rev().find(|end| end.contains(' ') && self.all.contains(*end)).unwrap_or(name)
    }
}

/// How many independent sources stand behind the figures whose keys these are.
pub(super) fn independent(keys: &[&(Key, usize)]) -> usize {
    let speaks = |root: usize| keys.iter().any(|(key, of)| *of == root && !matches!(key, Key::Own(_)));
    let distinct: BTreeSet<&Key> = keys
        .iter()
        .filter(|(key, root)| !matches!(key, Key::Own(_)) || !speaks(*root))
        .map(|(key, _)| key)
        .collect();
    let is_more = distinct.iter().any(|key| matches!(key, Key::Named(_) | Key::Own(_)));
    distinct.len() - usize::from(is_more && distinct.contains(&Key::Document))
}

/// Folded, without an article.
fn plain(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("the ").unwrap_or(&folded).to_owned()
}

/// The first letters of a name of several words with capitals, folded.
fn initials(name: &str) -> Option<String> {
    let capitals: String =
        name.split([' ', '-']).filter_map(|word| word.chars().next().filter(|c| c.is_uppercase())).collect();
    (capitals.chars().count() > 1).then(|| fold(&capitals).into_owned())
}
