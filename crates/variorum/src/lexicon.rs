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

/// Words with what is said of each, to be asked for one word; answers without comparing it with others.
#[derive(Clone, Debug)]
pub struct Table<V> {
    /// A power of two, at least a third of them empty.
    slots: Vec<Option<(&'static str, V)>>,
}

impl<V> Table<V> {
    /// The table of `entries`; of a word that stands twice the last.
    pub fn of(entries: impl Iterator<Item = (&'static str, V)>) -> Table<V> {
        let entries: Vec<_> = entries.collect();
        let count = (entries.len() * 3 / 2 + 2).next_power_of_two();
        let mut table = Table { slots: (0..count).map(|_| None).collect() };
        for (word, value) in entries {
            let at = table.slot(word);
            table.slots[at] = Some((word, value));
        }
        table
    }

    /// Where `word` stands or would.
    fn slot(&self, word: &str) -> usize {
        let last = self.slots.len() - 1;
        let hash = word.bytes().fold(word.len() as u32, |hash, byte| {
            let mixed = (hash ^ u32::from(byte)).wrapping_mul(0x9E37_79B1);
            mixed ^ (mixed >> 15)
        });
        let mut at = hash as usize & last;
        while self.slots[at].as_ref().is_some_and(|(other, _)| *other != word) {
            at = (at + 1) & last;
        }
        at
    }

    /// What is said of `word`.
    pub fn get(&self, word: &str) -> Option<&V> {
        self.slots[self.slot(word)].as_ref().map(|(_, value)| value)
    }

    /// Whether `word` is in it.
    pub fn contains_key(&self, word: &str) -> bool {
        self.slots[self.slot(word)].is_some()
    }

    /// Its words, in no order of meaning, the same on every machine.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.slots.iter().flatten().map(|(word, _)| *word)
    }
}

/// A list of words, to be asked whether a word is in it.
#[derive(Clone, Debug)]
pub struct Words(Table<&'static str>);

impl Words {
    /// The list of `entries`.
    pub fn of(entries: impl Iterator<Item = &'static str>) -> Words {
        Words(Table::of(entries.map(|word| (word, word))))
    }

    /// Whether `word` is in it.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// The entry that is `word`.
    pub fn get(&self, word: &str) -> Option<&&'static str> {
        self.0.get(word)
    }
}

/// How many places [`place`] tells apart.
pub(crate) const PLACES: usize = 1 << 10;

/// A number below [`PLACES`] made of the first two bytes of a word, to look it up among those that begin alike.
pub(crate) fn place([first, second]: [u8; 2]) -> usize {
    (usize::from(first) << 5 ^ usize::from(second)) & (PLACES - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_what_it_was_given() {
        let table = Table::of([("a", 1), ("", 2), ("aa", 3), ("a", 4)].into_iter());
        assert_eq!(
            [table.get("a"), table.get(""), table.get("aa"), table.get("b")],
            [Some(&4), Some(&2), Some(&3), None]
        );
        assert_eq!(table.keys().count(), 3);
        assert!(!Words::of(std::iter::empty()).contains(""));
    }
}
