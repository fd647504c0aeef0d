//! The months as dates and bylines name them.
//!
//! In: a word, small. Out: the number of the month it names, in any language of `lang/months.txt`; whether it names one
//! in English (`lang/en/months.txt`), where the names of all languages would take people for months ("Ian", "Marta").
//! Leaves: where in a date the name may stand.

use crate::lexicon::{self, Table, Words};
use std::sync::LazyLock;

static NUMBERS: LazyLock<Table<i8>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../lang/months.txt")).filter(|row| row.len() == 2);
    let named = rows.filter_map(|row| Some((row[0].parse().ok()?, row[1])));
    Table::of(
        named.flat_map(|(number, names): (i8, _)| names.split_whitespace().map(move |name| (name, number))),
    )
});

static ENGLISH: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::rows(include_str!("../../lang/en/months.txt")).map(|row| row[0])));

/// The number of the month that `word` names.
pub(super) fn number(word: &str) -> Option<i8> {
    NUMBERS.get(word).copied()
}

/// Whether `word` names a month.
pub(super) fn is_name(word: &str) -> bool {
    NUMBERS.contains_key(word)
}

/// Whether `word` names a month in English.
pub(super) fn is_english(word: &str) -> bool {
    ENGLISH.contains(word)
}
