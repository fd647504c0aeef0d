//! Words, numbers and marks of a text, with their places.
//!
//! In: a text, or a span of it. Out: [`Token`]s in text order; white space is left out.
//! Word boundaries are those of Unicode Standard Annex 29; an apostrophe inside a word stays inside ("don’t"),
//! a hyphen parts two words ("follow-up" gives three tokens), a number keeps its commas and points ("1,200.5").

use crate::lexicon::ShortWord;
use crate::span::Span;
use crate::vocabulary::Lists;
use std::borrow::Cow;
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
    /// Whether it is a word that begins with a capital letter.
    is_capitalised: bool,
    /// The lists it stands in; none but a word's are told.
    pub lists: Lists,
}

impl Token {
    /// The token at `span` of `text`, which is of this kind.
    pub fn new(text: &str, span: Span, kind: Kind) -> Token {
        let lists = if kind == Kind::Word { Lists::of(span.of(text)) } else { Lists::default() };
        Token { lists, ..Token::unlisted(text, span, kind) }
    }

    /// The token of a short word, which stands at `span` of `text`.
    fn short(text: &str, span: Span, word: ShortWord) -> Token {
        Token { lists: Lists::of_short(word), ..Token::unlisted(text, span, Kind::Word) }
    }

    /// The same, the lists of its word untold.
    pub fn unlisted(text: &str, span: Span, kind: Kind) -> Token {
        let is_capitalised = kind == Kind::Word && begins_with_capital(text, span);
        Token { span, kind, is_capitalised, lists: Lists::default() }
    }

    /// As written.
    pub fn of(self, text: &str) -> &str {
        self.span.of(text)
    }

    /// Whether it is a word that begins with a capital letter.
    pub fn is_capitalised(self) -> bool {
        self.is_capitalised
    }
}

fn begins_with_capital(text: &str, span: Span) -> bool {
    match text.as_bytes().get(span.start()) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase() && !span.is_empty(),
        _ => span.of(text).starts_with(char::is_uppercase),
    }
}

/// What `word` is made of.
pub fn kind(word: &str) -> Kind {
    let is_plain = |is: fn(&u8) -> bool| word.as_bytes().first().is_some_and(is);
    match word.chars().next() {
        _ if is_plain(u8::is_ascii_alphabetic) => Kind::Word,
        Some(c) if c.is_alphabetic() => Kind::Word,
        Some(c) if c.is_numeric() => Kind::Number,
        _ => Kind::Mark,
    }
}

/// The tokens of `span` in `text`, in text order.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    quickly(text, span).unwrap_or_else(|| by_the_book(text, span))
}

/// The tokens of any text, by the rules of the annex.
fn by_the_book(text: &str, span: Span) -> Vec<Token> {
    span.of(text)
        .split_word_bound_indices()
        .filter(|(_, word)| !word.trim().is_empty())
        .map(|(at, word)| {
            let span = Span::new(span.start() + at, span.start() + at + word.len());
            Token::new(text, span, kind(word))
        })
        .collect()
}

/// What a letter or mark of common Latin text does to words.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// "_", which joins.
    Joint,
    /// Joins letters, or digits, on both sides of it.
    Either,
    /// Joins digits.
    BetweenDigits,
    /// ":", which joins letters in some versions of the annex only.
    Colon,
    Space,
    Mark,
}

const fn class(c: char) -> Option<Class> {
    Some(match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '_' => Class::Joint,
        '.' | '\'' | '’' | '‘' => Class::Either,
        ',' | ';' => Class::BetweenDigits,
        ' ' | '\n' | '\r' | '\t' | '\u{a0}' => Class::Space,
        '×' | '÷' => return None,
        '\u{c0}'..='\u{24f}' => Class::Letter,
        '“' | '”' | '–' | '—' | '…' | '«' | '»' | '„' | '€' | '£' => Class::Mark,
        ':' => Class::Colon,
        c if c.is_ascii_graphic() => Class::Mark,
        _ => return None,
    })
}

/// [`class`] of each character of ASCII.
const CLASSES: [Option<Class>; 128] = {
    let mut classes = [None; 128];
    let mut at = 0;
    while at < 128 {
        classes[at] = class(at as u8 as char);
        at += 1;
    }
    classes
};

/// The class of the character that `words` have at `at`, and its length in bytes.
fn class_at(words: &str, at: usize) -> Option<(Option<Class>, usize)> {
    match words.as_bytes().get(at)? {
        &byte if byte.is_ascii() => Some((CLASSES[usize::from(byte)], 1)),
        _ => words[at..].chars().next().map(|c| (class(c), c.len_utf8())),
    }
}

/// The same for text of Latin letters, digits and common marks, several times as fast; `None` for any other.
fn quickly(text: &str, span: Span) -> Option<Vec<Token>> {
    let words = span.of(text);
    let mut tokens = Vec::with_capacity(words.len() / 4);
    let mut at = 0;
    while let Some((class, length)) = class_at(words, at) {
        let class = class?;
        if class == Class::Space {
            at += length;
            continue;
        }
        if class == Class::Letter
            && let Some((word, end)) = short_word(words, at)
        {
            let span = Span::new(span.start() + at, span.start() + end);
            tokens.push(Token::short(text, span, word));
            // Nearly always a space stands behind it, which need not be looked at again.
            at = end + usize::from(words.as_bytes().get(end) == Some(&b' '));
            continue;
        }
        let (kind, end) = match class {
            Class::Letter => (Kind::Word, end_of_run(words, at + length, Class::Letter)?),
            Class::Digit => (Kind::Number, end_of_run(words, at + length, Class::Digit)?),
            Class::Joint => (Kind::Mark, end_of_run(words, at + length, Class::Joint)?),
            Class::Colon if words[at + length..].starts_with(char::is_alphabetic) => return None,
            _ => (Kind::Mark, at + length),
        };
        tokens.push(Token::new(text, Span::new(span.start() + at, span.start() + end), kind));
        at = end;
    }
    Some(tokens)
}

/// The word that begins at `at`, and its end, if it is a short one as nearly all are.
fn short_word(words: &str, at: usize) -> Option<(ShortWord, usize)> {
    let (word, length) = ShortWord::at_start(&words.as_bytes()[at..])?;
    let end = at + length;
    let ends = match words.as_bytes().get(end) {
        Some(&byte) if byte.is_ascii() => {
            matches!(
                CLASSES[usize::from(byte)],
                Some(Class::Space | Class::Mark | Class::BetweenDigits | Class::Colon)
            )
        }
        Some(_) => false,
        None => true,
    };
    ends.then_some((word, end))
}

/// The end of the word or number whose first letter, of class `last`, ends at `at`.
fn end_of_run(words: &str, at: usize, last: Class) -> Option<usize> {
    let (mut at, mut last) = (at, last);
    loop {
        if last == Class::Letter {
            at += letters_of_ascii(&words.as_bytes()[at..]);
        }
        let Some((class, length)) = class_at(words, at) else { return Some(at) };
        match class? {
            next @ (Class::Letter | Class::Digit | Class::Joint) => {
                last = next;
                at += length;
            }
            mark @ (Class::Either | Class::BetweenDigits) => {
                let Some((next, more)) = class_at(words, at + length) else { return Some(at) };
                let next = next?;
                let joins = next == last
                    && (next == Class::Digit || (next == Class::Letter && mark == Class::Either));
                if !joins {
                    return Some(at);
                }
                at += length + more;
            }
            _ => return Some(at),
        }
    }
}

/// Where the first byte of `bytes` stands that is one of `wanted`; many are compared at once.
pub(crate) fn first_of<const COUNT: usize>(bytes: &[u8], wanted: [u8; COUNT]) -> Option<usize> {
    const STEP: usize = 16;
    let is_wanted = |byte: &u8| wanted.iter().fold(0, |any, one| any | u8::from(byte == one));
    let (steps, _) = bytes.as_chunks::<STEP>();
    let holds = |step: &[u8; STEP]| step.iter().fold(0, |any, byte| any | is_wanted(byte)) != 0;
    let passed = steps.iter().position(holds).unwrap_or(steps.len()) * STEP;
    bytes[passed..].iter().position(|byte| is_wanted(byte) != 0).map(|at| passed + at)
}

/// How many letters of ASCII `words` begin with.
pub(crate) fn letters_of_ascii(words: &[u8]) -> usize {
    let (eights, rest) = words.as_chunks();
    for (at, eight) in eights.iter().enumerate() {
        let letters = letters_of_eight(u64::from_le_bytes(*eight));
        if letters < 8 {
            return 8 * at + letters;
        }
    }
    8 * eights.len() + rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// How many letters of ASCII eight bytes begin with, the first of which is the lowest of the number.
pub(crate) fn letters_of_eight(eight: u64) -> usize {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    // All at once, small and in seven bits, so that no sum reaches the next byte: the high bit of one sum is set from
    // "a" on, that of the other behind "z".
    let small = (eight | EACH << 5) & !HIGH;
    let from_a = small + EACH * (0x80 - b'a' as u64);
    let behind_z = small + EACH * (0x7F - b'z' as u64);
    let others = (!from_a | behind_z | eight) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// What [`fold`] changes in a byte: small letters and other marks have 0, capitals [`CAPITAL`], the grave accent and all beyond ASCII another bit.
pub(crate) const SORTS: [u8; 256] = {
    let mut sorts = [2; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        sorts[at] = if byte.is_ascii_uppercase() {
            CAPITAL
        } else if byte == b'`' {
            2
        } else {
            0
        };
        at += 1;
    }
    sorts
};
pub(crate) const CAPITAL: u8 = 1;

/// `word` for comparison: lower case, apostrophes of every shape as `'`, accents kept.
pub fn fold(word: &str) -> Cow<'_, str> {
    // Most words are as they should be, and most of the others begin with a capital.
    match sorts(word) {
        0 => Cow::Borrowed(word),
        CAPITAL => Cow::Owned(word.to_ascii_lowercase()),
        _ => Cow::Owned(folded(word).collect()),
    }
}

/// The same, written into `room` where it differs from `word`, so that many words need one allocation.
pub fn fold_in<'a>(word: &'a str, room: &'a mut String) -> &'a str {
    room.clear();
    match sorts(word) {
        0 => return word,
        CAPITAL => {
            room.push_str(word);
            room.make_ascii_lowercase();
        }
        _ => room.extend(folded(word)),
    }
    room
}

/// All that [`fold`] changes in a word, by [`SORTS`].
pub(crate) fn sorts(word: &str) -> u8 {
    word.bytes().fold(0, |sorts, byte| sorts | SORTS[usize::from(byte)])
}

fn folded(word: &str) -> impl Iterator<Item = char> {
    let small = word.chars().flat_map(char::to_lowercase);
    small.map(|c| if matches!(c, '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{00B4}' | '`') { '\'' } else { c })
}

/// The letters and digits of `words`, small: titles and lines that differ in nothing else are one.
pub fn letters(words: &str) -> String {
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words;
    loop {
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        let (plain, others) = rest.split_at(ascii);
        // Each is written, and written over where it is none: so that no jump has to be guessed.
        let mut end = kept.len();
        kept.resize(end + ascii, 0);
        for byte in plain.bytes() {
            kept[end] = SMALL[usize::from(byte)];
            end += usize::from(kept[end] != 0);
        }
        kept.truncate(end);
        let Some(c) = others.chars().next() else { break };
        if !is_general_mark(c) && c.is_alphanumeric() {
            let mut room = [0; 4];
            c.to_lowercase()
                .for_each(|small| kept.extend_from_slice(small.encode_utf8(&mut room).as_bytes()));
        }
        rest = &others[c.len_utf8()..];
    }
    String::from_utf8(kept).unwrap_or_default()
}

/// Of each letter and digit of ASCII the small form, of all else 0.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            small[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    small
};

/// Whether a character is one of the dashes, quotation marks and bullets of the block General Punctuation.
pub(crate) fn is_general_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

/// `word` without a possessive ending: "Ruiz’s" and "parents’" give "Ruiz" and "parents".
pub fn without_possessive(word: &str) -> &str {
    // The last bytes of the endings, of which few words have any.
    if !matches!(word.as_bytes(), [.., b'\'' | 0x99] | [.., b'\'' | 0x99, b's' | b'S']) {
        return word;
    }
    ["'s", "’s", "'S", "’S", "'", "’"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_part_as_in_the_annex() {
        for text in
            ["Don’t say 1,200.5 or 3.14; it’s 'so' _so_ a_1 e.g. U.S. “x”—y…", "café’s Łódź, 1.a a.1 1’2 3,a"]
        {
            let span = Span::new(0, text.len());
            assert_eq!(quickly(text, span), Some(by_the_book(text, span)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_first_of_some_bytes_is_found(text in "[a-d]{0,60}") {
            let bytes = text.as_bytes();
            let found = bytes.iter().position(|byte| matches!(byte, b'c' | b'd'));
            prop_assert_eq!(first_of(bytes, [b'c', b'd']), found);
        }

        #[test]
        fn letters_are_counted(text in "[a-zA-Z@`\\[{é ]{0,3}[a-zA-Z]{0,20}[@`\\[{é ]{0,3}") {
            let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
            prop_assert_eq!(letters_of_ascii(text.as_bytes()), letters);
        }

        #[test]
        fn possessive_endings_go(word in "[a-z’'sS]{0,5}") {
            let ends = ["'s", "’s", "'S", "’S", "'", "’"];
            let bare = ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word);
            prop_assert_eq!(without_possessive(&word), bare);
        }

        #[test]
        fn the_quick_way_is_by_the_book(text in "[a-zé0-9_.,;’' “”\\-—$@\\n!]{0,40}") {
            let span = Span::new(0, text.len());
            prop_assert_eq!(quickly(&text, span), Some(by_the_book(&text, span)));
        }

        #[test]
        fn the_quick_way_is_by_the_book_where_colons_stand(text in "[a-zé0-9_.:,’' “”@]{0,40}") {
            let span = Span::new(0, text.len());
            let found = quickly(&text, span);
            prop_assert!(found.is_none_or(|found| found == by_the_book(&text, span)));
        }
    }
}
