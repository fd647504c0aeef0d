//! Word lists, as data: one entry a line, `#` begins a comment, the head of each file names source and licence.
//!
//! In: a list's text, built into the program. Out: its entries. Everything bound to a language lies in
//! `lang/LANGUAGE/`, lists of many languages in `lang/` itself.

use std::collections::{BTreeMap, BTreeSet};

/// Version of all word lists and thresholds together; it changes whenever a result could.
pub const VERSION: &str = "2026-11-22";

/// The entries of a list, in file order, comments and blank lines left out.
pub fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

/// The entries of a list that has several columns, parted by tabs.
pub fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    entries(list).map(|line| line.split('\t').map(str::trim).collect())
}

/// A list of two columns, class and word, to be asked whether a word is of a class.
#[derive(Clone, Debug, Default)]
pub struct Classes(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Classes {
    /// Whether `word` (folded) is of `class`; the empty word is of none.
    pub fn hold(&self, class: &str, word: &str) -> bool {
        !word.is_empty() && self.0.get(class).is_some_and(|words| words.contains(word))
    }
}

/// The classes of a list of two columns.
pub fn classes(list: &'static str) -> Classes {
    let mut classes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in rows(list) {
        if let [class, word] = row[..] {
            classes.entry(class).or_default().insert(word);
        }
    }
    Classes(classes)
}

/// How many places [`place`] tells apart.
pub(crate) const PLACES: usize = 1 << 10;

/// A number below [`PLACES`] made of the first two bytes of a word, to look it up among those that begin alike.
pub(crate) fn place([first, second]: [u8; 2]) -> usize {
    (usize::from(first) << 5 ^ usize::from(second)) & (PLACES - 1)
}
