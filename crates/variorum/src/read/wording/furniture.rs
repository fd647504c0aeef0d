//! The phrases of furniture: what a line begins with, what it is, what stands in it.
//!
//! In: one line or paragraph. Out: what kind of furniture its phrases say it is.
//! The phrases lie in `lang/furniture.txt` and `lang/en/furniture.txt`, words of site talk in `lang/site-words.txt`. A
//! phrase is looked up by its first word, or by its first character in scripts that put no space between words, so
//! that a line's cost does not grow with the lists.

use super::{count, is_simple, is_unspaced, plain};
use crate::lexicon::{self, Table};
use crate::model::BlockKind;
use crate::token::letters_of_ascii;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest line that phrases are looked for in, in words.
const LONGEST: usize = 60;

/// Phrases by their first word or character.
struct Phrases {
    by_word: Table<Vec<Phrase>>,
    by_character: BTreeMap<char, Vec<Phrase>>,
}

#[derive(Copy, Clone)]
struct Phrase {
    text: &'static str,
    kind: BlockKind,
    /// Longest line it tells of, in words; a short phrase may begin any sentence.
    most: usize,
}

/// The lists, as they are read.
#[derive(Default)]
struct Lists {
    starts: Vec<Phrase>,
    anywhere: Vec<Phrase>,
    wholes: Vec<(&'static str, BlockKind)>,
    glued: Vec<Phrase>,
}

struct Furniture {
    starts: Phrases,
    anywhere: Phrases,
    wholes: Table<BlockKind>,
    /// Phrases that may stand glued to the word before.
    glued: Vec<Phrase>,
    /// What a site writes before whom it embeds.
    embeds: Vec<Phrase>,
    /// The phrases that begin with this sign.
    copyright: Vec<Phrase>,
    /// How lines begin that begin with a phrase or are one.
    first: Openings,
    /// How phrases begin that may stand anywhere.
    inner: Openings,
}

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let mut lists = Lists::default();
    for row in lexicon::rows(include_str!("../../../lang/en/furniture.txt")) {
        let [kind, place, phrase] = row[..] else { continue };
        lists.take(kind, place, phrase, LONGEST);
    }
    for row in lexicon::rows(include_str!("../../../lang/furniture.txt")) {
        let [_, kind, place, phrase] = row[..] else { continue };
        lists.take(kind, place, phrase, most(phrase));
    }
    let of_starts = |is_wanted: fn(&Phrase) -> bool| {
        let mut wanted: Vec<Phrase> = lists.starts.iter().copied().filter(is_wanted).collect();
        wanted.sort_by_key(|phrase| first_word(phrase.text));
        wanted
    };
    let wholes = lists.wholes.iter().map(|&(whole, _)| whole);
    Furniture {
        first: Openings::of(lists.starts.iter().map(|phrase| phrase.text).chain(wholes)),
        inner: Openings::of(lists.anywhere.iter().map(|phrase| phrase.text)),
        embeds: of_starts(|phrase| phrase.kind == BlockKind::Embed && !phrase.text.starts_with(is_unspaced)),
        copyright: of_starts(|phrase| phrase.text == "©"),
        starts: Phrases::of(lists.starts),
        anywhere: Phrases::of(lists.anywhere),
        wholes: Table::of(lists.wholes.into_iter()),
        glued: lists.glued,
    }
});

/// Longest line that a phrase of one word, of two, of more tells of.
fn most(phrase: &str) -> usize {
    let is_sure = phrase.ends_with([':', '|']) || phrase.chars().any(is_unspaced);
    match phrase.split_whitespace().count() {
        1 if !is_sure => 6,
        1 | 2 => 25,
        _ => LONGEST,
    }
}

impl Lists {
    fn take(&mut self, kind: &str, place: &str, text: &'static str, most: usize) {
        let kind = match kind {
            "related" => BlockKind::Related,
            "legal" => BlockKind::Legal,
            "embed" => BlockKind::Embed,
            _ => BlockKind::Note,
        };
        let phrase = Phrase { text, kind, most };
        match place {
            "start" => self.starts.push(phrase),
            "whole" => self.wholes.push((text, kind)),
            _ if kind == BlockKind::Embed => self.glued.push(phrase),
            _ => self.anywhere.push(Phrase { most: LONGEST, ..phrase }),
        }
    }
}

impl Furniture {
    /// The phrase that stands in `words`, perhaps glued to the word before; all have a stroke.
    fn glued_in(&self, words: &str) -> Option<&Phrase> {
        words.contains('/').then(|| self.glued.iter().find(|phrase| words.contains(phrase.text)))?
    }
}

impl Phrases {
    fn of(phrases: Vec<Phrase>) -> Phrases {
        let mut by_word: BTreeMap<&'static str, Vec<Phrase>> = BTreeMap::new();
        let mut by_character: BTreeMap<char, Vec<Phrase>> = BTreeMap::new();
        for phrase in phrases {
            match phrase.text.chars().next() {
                Some(first) if is_unspaced(first) => by_character.entry(first).or_default().push(phrase),
                _ => by_word.entry(first_word(phrase.text)).or_default().push(phrase),
            }
        }
        Phrases { by_word: Table::of(by_word.into_iter()), by_character }
    }

    /// The phrases that `text` begins with; `word` is its first one.
    fn beginning<'a>(&'a self, text: &'a str, word: &str) -> impl Iterator<Item = &'a Phrase> {
        let by_word =
            self.by_word.get(word).into_iter().flatten().filter(move |phrase| begins(text, phrase.text));
        let first = text.chars().next().filter(|&first| is_unspaced(first));
        let by_character = first.and_then(|first| self.by_character.get(&first)).into_iter().flatten();
        by_word.chain(by_character.filter(move |phrase| text.starts_with(phrase.text)))
    }

    /// The phrase that `text`, which begins with a word, begins with.
    fn at(&self, text: &str) -> Option<&Phrase> {
        self.by_word.get(first_word(text))?.iter().find(|phrase| begins(text, phrase.text))
    }

    /// The first phrase that stands in `text`.
    fn within(&self, text: &str) -> Option<&Phrase> {
        let mut was_word = false;
        for (at, c) in text.char_indices() {
            let is_word = c.is_alphanumeric();
            let found = if is_unspaced(c) {
                self.by_character
                    .get(&c)
                    .into_iter()
                    .flatten()
                    .find(|phrase| text[at..].starts_with(phrase.text))
            } else if is_word && !was_word {
                self.at(&text[at..])
            } else {
                None
            };
            if found.is_some() {
                return found;
            }
            was_word = is_word;
        }
        None
    }
}

/// The first two words of phrases, by which most lines are told from those that hold one.
struct Openings {
    /// Whether a phrase begins with a word that has this place, see [`Openings::place`].
    words: Vec<bool>,
    /// The first two words of each, in order, in one number; 0 for a second that is not there.
    pairs: Vec<u64>,
}

impl Openings {
    /// Those of `phrases`, but for the ones that no line which [`is_simple`] can hold.
    fn of(phrases: impl Iterator<Item = &'static str>) -> Openings {
        let mut openings = Openings { words: vec![false; 1 << Openings::BITS], pairs: Vec::new() };
        for phrase in phrases.filter(|phrase| is_simple(phrase)) {
            let mut words = words_of(phrase).map(|word| four(&phrase.as_bytes()[word]));
            if let Some(word) = words.next() {
                openings.words[Openings::place(word)] = true;
                openings.pairs.push(u64::from(word) << 32 | u64::from(words.next().unwrap_or_default()));
            }
        }
        openings.pairs.sort_unstable();
        openings
    }

    /// Whether a phrase may begin with `word`, which `next` follows.
    fn hold(&self, word: u32, next: Option<u32>) -> bool {
        self.words[Openings::place(word)] && {
            let alone = u64::from(word) << 32;
            let from = self.pairs.partition_point(|&pair| pair < alone);
            let mut pairs = self.pairs[from..].iter().take_while(|&&pair| pair >> 32 == u64::from(word));
            pairs.any(|&pair| pair == alone || next.is_some_and(|next| pair == alone | u64::from(next)))
        }
    }

    const BITS: u32 = 12;

    fn place(word: u32) -> usize {
        (word.wrapping_mul(0x9E37_79B1) >> (u32::BITS - Openings::BITS)) as usize
    }
}

/// The first four bytes of a word of ASCII, small, as a number.
fn four(word: &[u8]) -> u32 {
    match word.first_chunk() {
        Some(four) => u32::from_le_bytes(*four) | 0x2020_2020,
        None => word.iter().rev().fold(0, |all, byte| all << 8 | u32::from(byte | 0x20)),
    }
}

/// Where the words of ASCII letters and digits stand in `text`.
fn words_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| IS_LETTER[usize::from(*byte)])?;
        at = start + letters_of_ascii(&bytes[start..]);
        // Hardly a word has digits.
        at += bytes[at..].iter().take_while(|byte| IS_LETTER[usize::from(**byte)]).count();
        Some(start..at)
    })
}

/// For each byte whether it is a letter or digit of ASCII.
const IS_LETTER: [bool; 256] = {
    let mut letters = [false; 256];
    let mut at = 0;
    while at < 128 {
        letters[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    letters
};

fn first_word(phrase: &str) -> &str {
    let letters = phrase.bytes().take_while(|&byte| IS_LETTER[usize::from(byte)]).count();
    let ends = |behind: &[u8]| behind.first().is_none_or(u8::is_ascii) || super::is_mark(behind);
    if letters > 0 && ends(&phrase.as_bytes()[letters..]) {
        return &phrase[..letters];
    }
    phrase.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or(phrase)
}

/// Whether `text` begins with `phrase`, and no word goes on behind it.
fn begins(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| {
        !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
    })
}

/// Teasers, notes, legal lines and embedded posts, by their words.
pub(in crate::read) fn furniture(line: &str) -> Option<BlockKind> {
    glance(line).may_hold_phrase.then(|| furniture_in(line, count(line)))?
}

/// The same of a line of `length` words.
pub(in crate::read) fn furniture_in(line: &str, length: usize) -> Option<BlockKind> {
    if length > LONGEST && line.split_whitespace().nth(LONGEST).is_some() {
        return None;
    }
    let folded = plain(line);
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | '?'));
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(&kind) = FURNITURE.wholes.get(bare) {
        return Some(kind);
    }
    let symbols = FURNITURE.copyright.iter().filter(|phrase| begins(words, phrase.text));
    let mut starts = FURNITURE.starts.beginning(words, first_word(words)).chain(symbols);
    let found = starts.find(|phrase| is_fit(line, length, phrase));
    let found = found.or_else(|| FURNITURE.anywhere.within(words));
    found.or_else(|| FURNITURE.glued_in(words)).map(|phrase| phrase.kind)
}

/// `author` without what a site writes before whom it embeds: "A post shared by Ana Ruiz (@ana)".
pub(in crate::read) fn after_embed_lead(author: &str) -> &str {
    let after = |phrase: &Phrase| {
        let begin = author.get(..phrase.text.len())?;
        begin.eq_ignore_ascii_case(phrase.text).then(|| author[phrase.text.len()..].trim_start())
    };
    FURNITURE.embeds.iter().find_map(after).unwrap_or(author)
}

/// A teaser is a headline: "More from the river is expected." is a sentence. Words of two may begin one too.
fn is_fit(line: &str, length: usize, phrase: &Phrase) -> bool {
    let is_sentence = line.trim_end().ends_with(['.', '。', '।', '۔']);
    let is_sure = phrase.text.ends_with([':', '|', '：']);
    let is_teaser = phrase.kind != BlockKind::Related || is_sure || !is_sentence;
    length <= phrase.most && is_teaser && (phrase.most == LONGEST || is_sure || !is_sentence || length <= 12)
}

/// Beginnings of the words by which sites talk of themselves: sign-ups, consent, accounts.
static SITE_WORDS: LazyLock<SiteWords> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../../lang/site-words.txt"));
    let mut words: Vec<_> = rows.filter_map(|row| row.last().copied()).collect();
    words.sort_unstable();
    let mut begins = [false; 1 << SITE_BITS];
    words.iter().for_each(|word| begins[site_place(word.as_bytes())] = true);
    SiteWords { words, begins }
});

/// Beginnings of words in order, and how they begin.
struct SiteWords {
    words: Vec<&'static str>,
    /// Whether one of them begins so, see [`site_place`].
    begins: [bool; 1 << SITE_BITS],
}

/// By how many bytes site words are told from most others. None is shorter.
const SITE_BEGIN: usize = 4;

/// How many bits [`site_place`] has.
const SITE_BITS: u32 = 12;

/// A number for the first [`SITE_BEGIN`] bytes of a word, capitals of ASCII and small letters alike.
fn site_place(begin: &[u8]) -> usize {
    (four(begin).wrapping_mul(0x9E37_79B1) >> (u32::BITS - SITE_BITS)) as usize
}

impl SiteWords {
    /// Whether one of them may stand at the beginning of `word`, capitals of ASCII taken for small letters.
    fn may_begin(&self, word: &[u8]) -> bool {
        word.len() >= SITE_BEGIN && self.begins[site_place(word)]
    }
}

/// Longest paragraph that may be site talk, in bytes.
const LONGEST_TALK: usize = 2048;

/// Whether a paragraph of any length is about the site and its reader, not about the news: two of its words, and one
/// in a dozen, are of sign-ups, consent and accounts; `hits` are its [`Glance::site_words`].
pub(in crate::read) fn is_site_talk(text: &str, hits: usize) -> bool {
    text.len() <= LONGEST_TALK && (hits >= 2 && hits * 12 >= count(text) || ends_in_call(text))
}

/// What a line tells of itself before it is looked at closely.
pub(in crate::read) struct Glance {
    /// How many words of sign-ups, consent and accounts it has; 0 for a long one.
    pub(in crate::read) site_words: usize,
    /// Whether a phrase of furniture may stand in it: in few one may, which is told without folding the line.
    pub(in crate::read) may_hold_phrase: bool,
}

/// What `line` tells at a glance.
pub(in crate::read) fn glance(line: &str) -> Glance {
    let is_long = line.len() > LONGEST_TALK;
    if !is_simple(line) {
        let site_words = if is_long { 0 } else { folded_site_words(line) };
        return Glance { site_words, may_hold_phrase: true };
    }
    let (furniture, site) = (&*FURNITURE, &*SITE_WORDS);
    let mut site_words = 0;
    // A phrase stands there with the words of ASCII that it begins with; one that is glued to another word has a stroke.
    let mut may_hold_phrase = line.contains('/');
    let mut words = words_of(line).map(|word| {
        let rest = &line.as_bytes()[word.start..];
        site_words += usize::from(site.may_begin(rest) && is_site_word(line, word.start));
        four(&rest[..word.len()])
    });
    let mut next = words.next();
    let second = words.next();
    may_hold_phrase |= next.is_none_or(|first| furniture.first.hold(first, second));
    let mut behind = second;
    while let Some(word) = next {
        may_hold_phrase |= furniture.inner.hold(word, behind);
        (next, behind) = (behind, words.next());
    }
    Glance { site_words: if is_long { 0 } else { site_words }, may_hold_phrase }
}

/// Whether a site word stands in `line`, which [`is_simple`], where letters begin: not behind a hyphen, that is.
fn is_site_word(line: &str, start: usize) -> bool {
    let bytes = line.as_bytes();
    let length =
        bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    !bytes[..start].ends_with(b"-") && begins_site_word(&line[start..start + length].to_ascii_lowercase())
}

/// How often site words stand in `text`, which is folded for it.
fn folded_site_words(text: &str) -> usize {
    plain(text).split(|c: char| !c.is_alphanumeric() && c != '-').map(within_word).sum()
}

/// Whether behind the last sentence stands what a button says: "… Are you with us? Support us now".
fn ends_in_call(text: &str) -> bool {
    let Some((at, stop)) = text.char_indices().rev().find(|(_, c)| matches!(c, '.' | '?' | '!' | '…'))
    else {
        return false;
    };
    let call = &text[at + stop.len_utf8()..];
    let words = count(call);
    (2..=4).contains(&words) && call.starts_with(' ') && furniture(call) == Some(BlockKind::Note)
}

/// How often site words stand in `word`: at its beginning, or anywhere in a run of characters without spaces.
fn within_word(word: &str) -> usize {
    if !word.starts_with(is_unspaced) {
        return usize::from(!word.is_empty() && begins_site_word(word));
    }
    word.char_indices().filter(|&(at, c)| is_unspaced(c) && begins_site_word(&word[at..])).count()
}

fn begins_site_word(word: &str) -> bool {
    let words = &SITE_WORDS.words;
    let at = || words.partition_point(|site| *site <= word);
    SITE_WORDS.may_begin(word.as_bytes()) && at().checked_sub(1).is_some_and(|at| word.starts_with(words[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_words_are_found_by_their_beginning() {
        let mut words = SITE_WORDS.words.iter();
        assert_eq!(words.find(|word| word.len() < SITE_BEGIN || word.starts_with('-')), None);
        for word in SITE_WORDS.words.iter().filter(|word| word.is_ascii()) {
            let line = format!("{word}s, “{}” pre-{word} re{word} -{word} {word}", word.to_uppercase());
            assert_eq!(glance(&line).site_words, folded_site_words(&line), "{line}");
        }
    }

    #[test]
    fn a_glance_misses_no_phrase() {
        let starts = FURNITURE.starts.by_word.keys().filter_map(|word| FURNITURE.starts.by_word.get(word));
        let inner = FURNITURE.anywhere.by_word.keys().filter_map(|word| FURNITURE.anywhere.by_word.get(word));
        let phrases = starts.chain(inner).flatten().chain(&FURNITURE.glued).map(|phrase| phrase.text);
        for phrase in phrases.chain(FURNITURE.wholes.keys().copied()) {
            let large = phrase.to_uppercase();
            for line in
                [phrase, &format!("“{large}”"), &format!("More of {phrase}, then"), &format!("… {large} a 1")]
            {
                let found = furniture_in(line, count(line));
                assert!(found.is_none() || glance(line).may_hold_phrase, "{line}");
            }
        }
    }
}
