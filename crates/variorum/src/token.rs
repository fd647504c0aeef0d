//! Words, numbers and marks of a text, with their places.
//!
//! In: a text, or a span of it. Out: [`Token`]s in text order; white space is left out.
//! Word boundaries are those of Unicode Standard Annex 29; an apostrophe inside a word stays inside ("don’t"),
//! a hyphen parts two words ("follow-up" gives three tokens), a number keeps its commas and points ("1,200.5").

use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// What a token is made of.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Begins with a letter.
    Word,
    /// Begins with a digit.
    Number,
    /// Anything else: quotation marks, punctuation, symbols, emoji.
    Mark,
}

/// One word, number or mark.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
}

impl Token {
    /// As written.
    pub fn of(self, text: &str) -> &str {
        self.span.of(text)
    }

    /// Whether it is a word that begins with a capital letter.
    pub fn is_capitalised(self, text: &str) -> bool {
        self.kind == Kind::Word && self.of(text).chars().next().is_some_and(char::is_uppercase)
    }
}

/// What `word` is made of.
pub fn kind(word: &str) -> Kind {
    match word.chars().next() {
        Some(c) if c.is_alphabetic() => Kind::Word,
        Some(c) if c.is_numeric() => Kind::Number,
        _ => Kind::Mark,
    }
}

/// The tokens of `span` in `text`, in text order.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    span.of(text)
        .split_word_bound_indices()
        .filter(|(_, word)| !word.trim().is_empty())
        .map(|(at, word)| Token {
            span: Span::new(span.start() + at, span.start() + at + word.len()),
            kind: kind(word),
        })
        .collect()
}

/// `word` for comparison: lower case, apostrophes of every shape as `'`, accents kept.
pub fn fold(word: &str) -> String {
    if word.is_ascii() && !word.contains('`') {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{00B4}' | '`') { '\'' } else { c })
        .collect()
}

/// The letters and digits of `words`, small: titles and lines that differ in nothing else are one.
pub fn letters(words: &str) -> String {
    if words.is_ascii() {
        let kept = words.bytes().filter(u8::is_ascii_alphanumeric);
        return kept.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `word` without a possessive ending: "Ruiz’s" and "parents’" give "Ruiz" and "parents".
pub fn without_possessive(word: &str) -> &str {
    ["'s", "’s", "'S", "’S", "'", "’"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}
