//! One sentence as the grammars of dates and figures see it: tokens, and each word folded.
//!
//! In: a report and the span of a sentence. Out: a [`Line`], asked by token number; numbers beyond its ends give nothing.

use crate::lexicon::{self, Words};
use crate::model::{Annotated, Entity, EntityKind, Sentence};
use crate::numerals::{self, Number};
use crate::span::Span;
use crate::tagging::{Tagged, pos::Part};
use crate::token::{CAPITAL, Kind, SORTS, Token, fold, without_possessive};
use crate::vocabulary::Lists;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Longer words are in no list.
const LONGEST_WORD: usize = 44;

/// A sentence, tokenised.
pub struct Line<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The sentence's tokens.
    pub tokens: &'a [Token],
    /// Its words in lower case without possessive ending, numbers and marks as written, long ones empty: each once it is asked
    /// for, since most sentences hold nothing that needs them.
    folded: OnceCell<Vec<OnceCell<Cow<'a, str>>>>,
    /// People of the report, whose names are also names of months.
    people: &'a People<'a>,
    /// Parts of speech of the report.
    tagged: &'a Tagged,
    /// The code of the report's language.
    language: Option<&'a str>,
    /// Whether a byte of an apostrophe stands anywhere in it: most sentences have no possessive to be taken off.
    has_apostrophe: bool,
}

/// Codes of the languages that do.
static COMMA: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::entries(include_str!("../lang/decimal-comma.txt"))));

/// Names of people, each word by itself, put together once one is asked for.
pub struct People<'a> {
    entities: &'a [Entity],
    names: OnceCell<BTreeSet<String>>,
}

impl<'a> People<'a> {
    /// Those among `entities`.
    pub fn of(entities: &'a [Entity]) -> People<'a> {
        People { entities, names: OnceCell::new() }
    }

    /// Whether one of them bears `word` (folded) as a name.
    fn bear(&self, word: &str) -> bool {
        self.names.get_or_init(|| names(self.entities)).contains(word)
    }
}

fn names(entities: &[Entity]) -> BTreeSet<String> {
    let people = entities.iter().filter(|entity| entity.kind == EntityKind::Person);
    people.flat_map(|person| person.name.split_whitespace().map(|name| fold(name).into_owned())).collect()
}

/// Whether `words` need nothing but small letters of ASCII to be folded.
pub(crate) fn is_lowered(words: &str) -> bool {
    words.bytes().fold(0, |sorts, byte| sorts | SORTS[usize::from(byte)]) | CAPITAL == CAPITAL
}

/// Whether the words of `tokens` hold a byte of an apostrophe. The last byte of "’" is 0x99.
fn has_apostrophe(text: &str, tokens: &[Token]) -> bool {
    let whole = tokens.first().zip(tokens.last()).map(|(first, last)| first.span.cover(last.span));
    whole.is_some_and(|whole| memchr::memchr2(b'\'', 0x99, whole.of(text).as_bytes()).is_some())
}

/// Whether an apostrophe stands where one does in a possessive ending; false for most words.
fn may_be_possessive(text: &str, word: Span) -> bool {
    // The last byte of "’" is 0x99.
    let byte = |back: usize| text.as_bytes().get(word.end().wrapping_sub(back));
    matches!(byte(1), Some(b'\'' | 0x99)) || matches!(byte(2), Some(b'\'' | 0x99))
}

impl<'a> Line<'a> {
    /// A sentence of `found`.
    pub fn new(found: &'a Annotated, sentence: &'a Sentence, people: &'a People<'a>) -> Line<'a> {
        let text = found.report.text.as_str();
        let language = found.report.language.as_deref().and_then(|language| language.get(..2));
        let tokens = sentence.tokens.as_slice();
        let has_apostrophe = has_apostrophe(text, tokens);
        let folded = OnceCell::new();
        Line { text, tokens, folded, people, tagged: &found.tagged, language, has_apostrophe }
    }

    /// Whether the report's language writes "1.234,5".
    fn has_comma(&self) -> bool {
        self.language.is_some_and(|language| COMMA.contains(language))
    }

    /// The number that begins at `at`, by the marks of the report's language.
    pub fn number(&self, at: usize) -> Option<Number> {
        let read = if self.has_comma() { numerals::read_with_comma } else { numerals::read };
        read(self.text, self.tokens, at)
    }

    /// The value of digits, by the same marks.
    pub fn digits_value(&self, digits: &str) -> Option<f64> {
        if self.has_comma() { numerals::german::digits_value(digits) } else { numerals::digits_value(digits) }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at `at`, folded; empty beyond the ends.
    pub fn word(&self, at: usize) -> &str {
        let folded = self.folded.get_or_init(|| self.tokens.iter().map(|_| OnceCell::new()).collect());
        folded.get(at).map_or("", |word| word.get_or_init(|| self.folded(self.tokens[at])))
    }

    fn folded(&self, token: Token) -> Cow<'a, str> {
        match token.kind {
            _ if token.span.len() > LONGEST_WORD + 3 => Cow::Borrowed(""),
            Kind::Word => fold(self.bare(token)),
            Kind::Number | Kind::Mark => Cow::Borrowed(token.of(self.text)),
        }
    }

    /// The same for one that is asked for before it is known whether the sentence holds what needs its words.
    pub fn single_word(&self, at: usize) -> Cow<'_, str> {
        self.tokens.get(at).map_or(Cow::Borrowed(""), |token| fold(self.bare(*token)))
    }

    /// The lists that the token at `at`, folded, stands in: told without folding it.
    #[inline]
    pub fn lists(&self, at: usize) -> Lists {
        self.tokens.get(at).map_or_else(Lists::default, |token| self.lists_of(token))
    }

    /// The same for a token of the line.
    #[inline]
    pub fn lists_of(&self, token: &Token) -> Lists {
        if self.has_apostrophe { self.lists_of_bare(*token) } else { token.lists }
    }

    /// `token` without a possessive ending.
    fn bare(&self, token: Token) -> &'a str {
        let word = token.of(self.text);
        let may_be_possessive = self.has_apostrophe && may_be_possessive(self.text, token.span);
        if may_be_possessive { without_possessive(word) } else { word }
    }

    fn lists_of_bare(&self, token: Token) -> Lists {
        // Of what is no word no list is told.
        if token.kind != Kind::Word || !may_be_possessive(self.text, token.span) {
            return token.lists;
        }
        let word = without_possessive(token.of(self.text));
        if word.len() < token.span.len() { Lists::of(word) } else { token.lists }
    }

    /// The token before `at`, folded; empty at the beginning.
    pub fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    /// The token as written.
    pub fn written(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// Whether the token at `at` is one of `words`.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    /// Of what kind the token at `at` is.
    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Whether the token at `at` is a word with a capital.
    pub fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_capitalised())
    }

    /// The part of speech of the token at `at`; `None` beyond the ends and where nothing was tagged.
    pub fn part(&self, at: usize) -> Option<Part> {
        let token = self.tokens.get(at)?;
        self.tagged.word_at(token.span.start()).map(|word| word.part)
    }

    /// Whether the token at `at` was read as a verb.
    pub fn is_verb(&self, at: usize) -> bool {
        matches!(self.part(at), Some(Part::Verb | Part::Aux))
    }

    /// Whether the token at `at` may be a word of a number; false for most others.
    pub fn may_be_numeral(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind != Kind::Word)
            || self.lists(at).touch(Lists::NUMERAL)
    }

    /// Whether no space stands between the tokens at `at` and `at + 1`.
    pub fn is_joined(&self, at: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(left), Some(right)) => left.span.end() == right.span.start(),
            _ => false,
        }
    }

    /// Whether a person of the report bears this word as a name.
    pub fn is_person(&self, word: &str) -> bool {
        self.people.bear(word)
    }

    /// The digits at `at` when the token is nothing but `length` digits.
    pub fn digits(&self, at: usize, length: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let written = self.written(at);
        (length.contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| written.parse().ok())?
    }

    /// A whole number, in digits or words, and how many tokens it takes.
    pub fn count(&self, at: usize) -> Option<(i32, usize)> {
        if self.is(at, &["a", "an"]) {
            return Some((1, 1));
        }
        let number = numerals::read(self.text, self.tokens, at)?;
        let whole = number.value as i32;
        (number.value == f64::from(whole) && (1..=2000).contains(&whole)).then_some((whole, number.length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_are_those_of_the_folded_word(text in "((one|Monday|tens|it|US)('s|’S|'|s|) ){1,6}[a-z’'é`S ]{0,12}") {
            let tokens = crate::token::tokens(&text, Span::new(0, text.len()));
            let report = crate::model::Report { text: text.clone(), ..Default::default() };
            let found = Annotated { report, ..Annotated::default() };
            let sentence = Sentence { span: Span::new(0, text.len()), block: 0, tokens };
            let people = People::of(&[]);
            let line = Line::new(&found, &sentence, &people);
            for at in (0..line.len()).filter(|&at| line.kind(at) == Some(Kind::Word)) {
                prop_assert_eq!(line.word(at), &*fold(without_possessive(line.written(at))));
                prop_assert_eq!(line.word(at), &*line.single_word(at));
                prop_assert_eq!(line.lists(at), Lists::of(line.word(at)));
            }
        }
    }
}
