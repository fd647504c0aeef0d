//! Text as score.py compares it: words, white space, letters and digits, names.
//!
//! The classes of characters are Python's: its `\w` and `str.isalnum` leave out the marks that Rust counts as letters.

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words joined by these in one string are the names of several people.
const JOINTS: [&str; 6] = [";", ",", " and ", " und ", " & ", " | "];

/// Taken off before a name.
const BEFORE_NAMES: [&str; 5] = ["by", "von", "par", "di", "por"];

/// A multiset of runs of words, each with its count.
pub type Counts<'t> = BTreeMap<&'t [&'t str], usize>;

/// Words: runs of letters, digits and `_`.
pub fn words(text: &str) -> Vec<&str> {
    text.split(|c| c != '_' && !is_alphanumeric(c)).filter(|word| !word.is_empty()).collect()
}

/// The runs of four words, each with its count; a text of fewer words is one run.
pub fn shingles<'t>(words: &'t [&'t str]) -> Counts<'t> {
    let mut counts = Counts::new();
    for run in words.windows(4.min(words.len().max(1))) {
        *counts.entry(run).or_default() += 1;
    }
    counts
}

/// White space made single spaces, none at the ends.
pub fn spaced(text: &str) -> String {
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Letters and digits alone, compatibility forms and case folded.
pub fn alphanumeric(text: &str) -> String {
    text.nfkc().flat_map(fold).filter(|c| is_alphanumeric(*c)).collect()
}

/// The set of names in a list or a string of them, folded.
pub fn names<S: AsRef<str>>(names: &[S]) -> BTreeSet<String> {
    let stated = names.iter().map(AsRef::as_ref).filter(|name| !alphanumeric(name).is_empty());
    stated.map(|name| alphanumeric(without_by(name))).collect()
}

/// The last word of each name, folded.
pub fn last_names(names: &[String]) -> Vec<String> {
    let last = |name: &String| name.split(is_space).rfind(|word| !word.is_empty()).map(alphanumeric);
    names.iter().filter_map(last).collect()
}

/// A string of several names, parted.
pub fn part_names(names: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < names.len() {
        match joint(&names[at..]) {
            Some(length) => {
                parts.push(names[from..at].to_owned());
                at += length;
                from = at;
            }
            None => at += names[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(names[from..].to_owned());
    parts
}

/// Bytes of a joint with the white space around it, where `rest` begins with one.
fn joint(rest: &str) -> Option<usize> {
    let spaces = rest.len() - rest.trim_start_matches(is_space).len();
    let starts = (0..=spaces).rev().filter(|at| rest.is_char_boundary(*at));
    let found =
        |at: usize| JOINTS.iter().find(|joint| rest[at..].starts_with(**joint)).map(|joint| at + joint.len());
    let end = starts.into_iter().find_map(found)?;
    Some(end + rest[end..].len() - rest[end..].trim_start_matches(is_space).len())
}

fn without_by(name: &str) -> &str {
    let trimmed = name.trim_start_matches(is_space);
    let Some((word, rest)) = trimmed.split_once(is_space) else { return name };
    let is_before = BEFORE_NAMES.iter().any(|before| word.eq_ignore_ascii_case(before));
    if is_before { rest.trim_start_matches(is_space) } else { name }
}

/// Case folding of one character, as far as it is not that of lower case.
fn fold(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ß' | 'ẞ' => ('s', Some('s')),
        'ς' => ('σ', None),
        'ΐ' => ('ι', None),
        'ΰ' => ('υ', None),
        _ => (c, None),
    };
    first.to_lowercase().chain(second)
}

/// Python's `str.isalnum`: no marks, no letters in circles.
fn is_alphanumeric(c: char) -> bool {
    let is_symbol = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !is_symbol && !is_combining_mark(c)
}

/// Python's `str.isspace`.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::{alphanumeric, last_names, names, part_names, spaced, words};

    #[track_caller]
    fn check(found: Vec<impl AsRef<str>>, wanted: &str) {
        let found: Vec<&str> = found.iter().map(AsRef::as_ref).collect();
        assert_eq!(found.join("|"), wanted);
    }

    #[test]
    fn parts_text_as_score_py_does() {
        check(words("Two 3rd_class cars’ doors"), "Two|3rd_class|cars|doors");
        check(words("हिन्दी"), "ह|न|द");
        check(vec![spaced(" a\u{a0}\n b ")], "a b");
        check(vec![alphanumeric("Straße ﬁt: ΟΔΟΣ!")], "strassefitοδοσ");
    }

    #[test]
    fn parts_names_as_score_py_does() {
        check(part_names("Ana Ruiz, Ben Oy and Cy Poe"), "Ana Ruiz|Ben Oy|Cy Poe");
        check(part_names("Ana Ruiz  | Ben"), "Ana Ruiz|Ben");
        check(part_names("Andy Landry"), "Andy Landry");
        check(names(&["By Ana Ruiz", "…"]).into_iter().collect(), "anaruiz");
        check(last_names(&["Ana Ruiz".to_owned()]), "ruiz");
    }
}
