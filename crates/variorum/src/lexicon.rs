//! Word lists, as data: one entry a line, `#` begins a comment, the head of each file names source and licence.
//!
//! In: a list's text, built into the program. Out: its entries. Everything bound to a language lies in
//! `lang/LANGUAGE/`, lists of many languages in `lang/` itself.

use crate::token;
use std::collections::BTreeMap;

/// Version of all word lists and thresholds together; it changes whenever a result could.
pub const VERSION: &str = "2026-11-30.13";

/// The entries of a list, in file order, comments and blank lines left out.
pub fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

/// The entries of a list that has several columns, parted by tabs.
pub fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    entries(list).map(|line| line.split('\t').map(str::trim).collect())
}

/// A list of two columns in the order of its words, searched in place: for a long one that is asked for few words.
#[derive(Copy, Clone, Debug)]
pub struct Sorted(&'static str);

impl Sorted {
    /// That of `list`; comments come before the words.
    pub const fn of(list: &'static str) -> Sorted {
        Sorted(list)
    }

    /// The second column of `word`.
    pub fn get(self, word: &str) -> Option<&'static str> {
        let (mut from, mut to) = (0, self.0.len());
        while from < to {
            // A line end is one byte, so both cuts are between letters.
            let middle = (from + to) / 2;
            let start =
                memchr::memrchr(b'\n', &self.0.as_bytes()[from..middle]).map_or(from, |at| from + at + 1);
            let end = memchr::memchr(b'\n', &self.0.as_bytes()[middle..to]).map_or(to, |at| middle + at);
            let (entry, rest) = self.0[start..end].split_once('\t').unwrap_or((&self.0[start..end], ""));
            match entry.cmp(word) {
                std::cmp::Ordering::Less => from = end + 1,
                std::cmp::Ordering::Greater => to = start,
                std::cmp::Ordering::Equal => return Some(rest),
            }
        }
        None
    }
}

/// A list of two columns, class and word, to be asked whether a word is of a class.
#[derive(Clone, Debug)]
pub struct Classes(Table<Vec<&'static str>>);

impl Classes {
    /// Whether `word` (folded) is of `class`; the empty word is of none.
    pub fn hold(&self, class: &str, word: &str) -> bool {
        !word.is_empty() && self.0.get(word).is_some_and(|classes| classes.contains(&class))
    }

    /// The words of `class`, in no order of meaning.
    pub fn of(&self, class: &str) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied().filter(move |word| self.hold(class, word))
    }
}

/// The classes of a list of two columns.
pub fn classes(list: &'static str) -> Classes {
    let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows(list) {
        if let [class, word] = row[..] {
            classes.entry(word).or_default().push(class);
        }
    }
    Classes(Table::of(classes.into_iter()))
}

/// Words with what is said of each, to be asked for one word; answers without comparing it with others.
#[derive(Clone, Debug)]
pub struct Table<V, W = &'static str> {
    /// A power of two, at least a third of them empty.
    slots: Vec<Option<(W, V)>>,
    /// By the last six bits of a word's first byte, the lengths of words that begin so, one bit each: most words that are
    /// asked for are in no list, and most of these are told from the list by their first letter and length.
    lengths: [u64; 64],
}

impl<V, W: AsRef<str>> Table<V, W> {
    /// The table of `entries`; of a word that stands twice the last.
    pub fn of(entries: impl Iterator<Item = (W, V)>) -> Table<V, W> {
        Table::joined(entries, |_, value| value)
    }

    /// The table of `entries`; what is said of a word that stands several times is put together by `join`.
    pub fn joined(entries: impl Iterator<Item = (W, V)>, join: impl Fn(V, V) -> V) -> Table<V, W> {
        let entries: Vec<_> = entries.collect();
        let count = (entries.len() * 3 / 2 + 2).next_power_of_two();
        let mut table = Table { slots: (0..count).map(|_| None).collect(), lengths: [0; 64] };
        for (word, value) in entries {
            let (begin, length) = sketch(word.as_ref());
            table.lengths[begin] |= length;
            let at = table.slot(word.as_ref());
            let value = match table.slots[at].take() {
                Some((_, said)) => join(said, value),
                None => value,
            };
            table.slots[at] = Some((word, value));
        }
        table
    }

    /// Where `word` stands or would.
    fn slot(&self, word: &str) -> usize {
        let last = self.slots.len() - 1;
        let mut at = hash(word) as usize & last;
        while self.slots[at].as_ref().is_some_and(|(other, _)| other.as_ref() != word) {
            at = (at + 1) & last;
        }
        at
    }

    /// Whether a word of this begin and length may be in it.
    fn may_hold(&self, word: &str) -> bool {
        let (begin, length) = sketch(word);
        self.lengths[begin] & length != 0
    }

    /// What is said of `word`.
    pub fn get(&self, word: &str) -> Option<&V> {
        if !self.may_hold(word) {
            return None;
        }
        self.slots[self.slot(word)].as_ref().map(|(_, value)| value)
    }

    /// Whether `word` is in it.
    pub fn contains_key(&self, word: &str) -> bool {
        self.may_hold(word) && self.slots[self.slot(word)].is_some()
    }

    /// Its words, in no order of meaning, the same on every machine.
    pub fn keys(&self) -> impl Iterator<Item = &W> + '_ {
        self.slots.iter().flatten().map(|(word, _)| word)
    }
}

/// Spreads the bits of what it is multiplied by.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number for a word, from eight bytes of it at a time (multiply-shift).
fn hash(word: &str) -> u32 {
    let (eights, rest) = word.as_bytes().as_chunks::<8>();
    let mix = |hash: u64, part: u64| {
        let mixed = (hash ^ part).wrapping_mul(FACTOR);
        mixed ^ (mixed >> 32)
    };
    let hash = eights.iter().fold(word.len() as u64, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
    let tail = match (rest, rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        (_, Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        (&[first, .., last], ..) => u64::from_le_bytes([first, rest[1], last, 0, 0, 0, 0, 0]),
        (&[only], ..) => u64::from(only),
        _ => 0,
    };
    (mix(hash, tail) >> 8) as u32
}

/// The last six bits of the first byte of `word`, and its length as one bit.
fn sketch(word: &str) -> (usize, u64) {
    let begin = word.as_bytes().first().copied().unwrap_or_default();
    (usize::from(begin & 63), 1 << word.len().min(63))
}

/// A word of at most 15 letters of ASCII and no more, small, as one number: most words of a text are short, and are cut,
/// folded and looked up with a few steps each.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShortWord(u128);

impl ShortWord {
    /// The one that all letters are which `bytes` begin with, and how many they are; `None` without any, or with too many.
    pub(crate) fn at_start(bytes: &[u8]) -> Option<(ShortWord, usize)> {
        const SMALL: u64 = u64::from_le_bytes([0x20; 8]);
        let begin = match bytes.first_chunk() {
            Some(begin) => *begin,
            None => {
                let mut begin = [0; size_of::<u128>()];
                begin[..bytes.len()].copy_from_slice(bytes);
                begin
            }
        };
        let both = u128::from_le_bytes(begin);
        let [first, second] = [both as u64, (both >> u64::BITS) as u64];
        match token::letters_of_eight(first) {
            0 => None,
            8 => {
                let more = token::letters_of_eight(second);
                let second = (second | SMALL) & !(u64::MAX << (8 * more.min(7)));
                let word = ShortWord(u128::from(second) << u64::BITS | u128::from(first | SMALL));
                (more < 8).then_some((word, 8 + more))
            }
            length => {
                let first = (first | SMALL) & !(u64::MAX << (8 * length));
                Some((ShortWord(u128::from(first)), length))
            }
        }
    }

    /// The one that `word` is, however written.
    pub(crate) fn of(word: &str) -> Option<ShortWord> {
        ShortWord::at_start(word.as_bytes()).filter(|(_, length)| *length == word.len()).map(|(word, _)| word)
    }

    fn hash(self) -> usize {
        let both = self.0 as u64 ^ ((self.0 >> 64) as u64).rotate_left(29);
        (both.wrapping_mul(FACTOR) >> 32) as usize
    }
}

/// A [`Table`] of folded words that is asked for nearly every word of a text; short ones stand apart.
#[derive(Clone, Debug)]
pub(crate) struct Listing<V, W = &'static str> {
    /// A power of two, at least a third of them empty, which hold the empty word.
    short: Vec<(ShortWord, V)>,
    others: Table<V, W>,
}

impl<V: Copy + Default, W: AsRef<str>> Listing<V, W> {
    /// That of `entries`; what is said of a word that stands several times is put together by `join`.
    pub(crate) fn joined(entries: Vec<(W, V)>, join: impl Fn(V, V) -> V) -> Listing<V, W> {
        let count = (entries.len() * 3 / 2 + 2).next_power_of_two();
        let mut short = vec![Default::default(); count];
        let mut others = Vec::new();
        for (word, value) in entries {
            match ShortWord::of(word.as_ref()) {
                Some(word) => {
                    let at = slot(&short, word);
                    let is_new = short[at].0 != word;
                    short[at] = (word, if is_new { value } else { join(short[at].1, value) });
                }
                None => others.push((word, value)),
            }
        }
        Listing { short, others: Table::joined(others.into_iter(), join) }
    }

    /// What is said of a short word.
    pub(crate) fn of_short(&self, word: ShortWord) -> Option<V> {
        let (other, value) = self.short[slot(&self.short, word)];
        (other == word).then_some(value)
    }

    /// What is said of `word`.
    pub(crate) fn get(&self, word: &str) -> Option<V> {
        match ShortWord::of(word) {
            Some(word) => self.of_short(word),
            None => self.others.get(word).copied(),
        }
    }
}

/// Where `word` stands in the slots of a [`Listing`] or would.
fn slot<V>(slots: &[(ShortWord, V)], word: ShortWord) -> usize {
    let last = slots.len() - 1;
    let mut at = word.hash() & last;
    while slots[at].0 != word && slots[at].0 != ShortWord::default() {
        at = (at + 1) & last;
    }
    at
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

    /// Its words, in no order of meaning, the same on every machine.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.keys().copied()
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
    use proptest::prelude::*;

    #[test]
    fn a_sorted_list_gives_each_of_its_rows_and_no_other() {
        const LIST: &str = "# Names\n# Written here.\nAna\tf\nBo\tm\nBosse\tm\nÅsa\tf\n";
        let list = Sorted::of(LIST);
        for row in rows(LIST) {
            assert_eq!(list.get(row[0]), Some(row[1]), "{}", row[0]);
        }
        assert_eq!(["", "A", "An", "Boss", "Z", "Ö"].map(|word| list.get(word)), [None; 6]);
        assert_eq!(Sorted::of("").get("Ana"), None);
    }

    #[test]
    fn the_given_names_are_in_order() {
        let list = include_str!("../lang/en/given-names.txt");
        assert!(rows(list).map(|row| row[0]).is_sorted());
        assert!(rows(list).all(|row| crate::vocabulary::GIVEN_NAMES.get(row[0]) == Some(row[1])));
    }

    proptest! {
        #[test]
        fn a_short_word_is_what_letters_begin_a_text(text in "[a-zA-Z@`\\[{é ]{0,20}") {
            let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
            let small = text[..length].to_ascii_lowercase();
            let is_short = (1..=15).contains(&length);
            let expected = is_short.then(|| (ShortWord::of(&small).unwrap_or_default(), length));
            prop_assert_eq!(ShortWord::at_start(text.as_bytes()), expected);
        }
    }

    #[test]
    fn a_listing_gives_what_it_was_given() {
        let long = "a".repeat(16);
        let entries = ["a", "", "aa", &long[1..], "a", &long, "é"].into_iter().zip(1..).collect();
        let listing = Listing::joined(entries, |a, b| a + b);
        let found = ["a", "", "aa", &long[1..], &long, "é", "b"].map(|word| listing.get(word));
        assert_eq!(found, [Some(6), Some(2), Some(3), Some(4), Some(6), Some(7), None]);
    }

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
