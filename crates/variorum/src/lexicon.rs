//! Word lists, as data: one entry a line, `#` begins a comment, the head of each file names source and licence.
//!
//! In: a list's text, built into the program. Out: its entries. Everything bound to a language lies in
//! `lang/LANGUAGE/`.

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
