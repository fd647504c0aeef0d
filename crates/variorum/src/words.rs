//! The words of a report as numbers, read once for all that hold reports against each other.
//!
//! In: a report with its sentences. Out: [`Words`]: of each sentence the words and numbers, marks left out, each by its number and that of
//! its stem, with how it is written.
//! A word's number is the FNV-1a hash of its folded form (`token::fold`), folded to 32 bits: of the words of two reports hardly two
//! ever share one.
//! Leaves: what the words mean.

use crate::lexicon;
use crate::model::Annotated;
use crate::span::Span;
use crate::token::{self, CAPITAL, Kind, SORTS, Token};
use std::sync::LazyLock;

/// A word or number of a text.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in its text.
    pub span: Span,
    /// That of its folded form.
    pub number: u32,
    /// That of its [`Stem`].
    pub stem: u32,
    /// What it begins with.
    pub kind: Kind,
    /// Whether it begins with a capital letter.
    pub is_capital: bool,
    /// What stands before it in its sentence.
    pub behind: Behind,
    /// 1 for a word that translations have more often, -1 for one that originals have, else 0.
    pub translated: i8,
}

/// What stands before a word in its sentence.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// It is the first.
    Nothing,
    /// A mark.
    Mark,
    /// Another word.
    Word,
}

/// The words and numbers of a report's sentences.
pub struct Words {
    words: Vec<Word>,
    /// One past the last of each sentence.
    ends: Vec<u32>,
}

impl Words {
    /// Those of `found`.
    pub fn of(found: &Annotated) -> Words {
        let text = &found.report.text;
        let mut reading = Reading { words: Vec::with_capacity(text.len() / 5), room: String::new() };
        let mut ends = Vec::with_capacity(found.sentences.len());
        for sentence in &found.sentences {
            reading.add(text, &sentence.tokens);
            ends.push(reading.words.len() as u32);
        }
        Words { words: reading.words, ends }
    }

    /// Those of the sentence numbered `at`.
    pub fn sentence(&self, at: usize) -> &[Word] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.words[start..self.ends[at] as usize]
    }
}

/// The words and numbers of a text that is one sentence.
pub fn of_line(text: &str) -> Vec<Word> {
    let mut reading = Reading { words: Vec::new(), room: String::new() };
    reading.add(text, &token::tokens(text, Span::new(0, text.len())));
    reading.words
}

struct Reading {
    words: Vec<Word>,
    room: String,
}

impl Reading {
    /// Adds those of a sentence.
    fn add(&mut self, text: &str, sentence: &[Token]) {
        let mut behind = Behind::Nothing;
        for token in sentence {
            if token.kind == Kind::Mark {
                behind = Behind::Mark;
                continue;
            }
            let written = token.of(text);
            let (hash, sorts) = quickly(written);
            let folded = if sorts == 0 { written } else { token::fold_in(written, &mut self.room) };
            let number = if sorts <= CAPITAL { halved(hash) } else { number(folded) };
            self.words.push(Word {
                span: token.span,
                number,
                stem: if has_ending(folded) { Stem::of(folded).number() } else { number },
                kind: token.kind,
                is_capital: token.is_capitalised(),
                behind,
                translated: translated(folded, number),
            });
            behind = Behind::Word;
        }
    }
}

/// A folded word without possessive and without the ending of a plural: what is left of it, and what goes behind that.
pub struct Stem<'a> {
    base: &'a str,
    ending: &'static str,
}

/// Whether the stem of a folded word can be other than the word.
fn has_ending(folded: &str) -> bool {
    matches!(folded.as_bytes().last(), Some(b's' | b'\''))
}

impl<'a> Stem<'a> {
    /// That of a folded word.
    pub fn of(folded: &'a str) -> Stem<'a> {
        let word = token::without_possessive(folded);
        match word.strip_suffix('s') {
            Some(short) if short.len() > 3 && !short.ends_with(['s', 'u', 'i']) => {
                let base = short.strip_suffix("ie");
                Stem { base: base.unwrap_or(short), ending: if base.is_some() { "y" } else { "" } }
            }
            _ => Stem { base: word, ending: "" },
        }
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        halved(hashed(hashed(BASIS, self.base), self.ending))
    }
}

impl std::fmt::Display for Stem<'_> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}{}", self.base, self.ending)
    }
}

/// Reads what is asked for soon and lies far apart in memory, so that the processor fetches all of it at once, and not each when its turn
/// comes.
pub fn fetch(numbers: impl Iterator<Item = u64>) {
    std::hint::black_box(numbers.fold(0, |sum, number| sum ^ number));
}

/// FNV-1a of 64 bits.
pub fn hash(word: &str) -> u64 {
    hashed(BASIS, word)
}

/// The hash of the folded form of a word in which at most capitals are folded, and all that is folded in it.
fn quickly(word: &str) -> (u64, u8) {
    word.bytes().fold((BASIS, 0), |(hash, sorts), byte| {
        let sort = SORTS[usize::from(byte)];
        // A capital is small with this bit.
        let small = byte | (sort & CAPITAL) << 5;
        ((hash ^ u64::from(small)).wrapping_mul(PRIME), sorts | sort)
    })
}

/// The number of a folded word.
pub fn number(folded: &str) -> u32 {
    halved(hash(folded))
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The hash of what has been read so far, and `word`.
fn hashed(hash: u64, word: &str) -> u64 {
    word.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// A sum that takes in one more word.
pub fn mixed(sum: u64, word: u64) -> u64 {
    (sum.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn halved(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

/// See [`Word::translated`].
fn translated(folded: &str, number: u32) -> i8 {
    let signs = &*SIGNS;
    if signs.met >> (number & 63) & 1 > 0
        && let Some(&(_, sign)) = signs.words.iter().find(|(word, _)| *word == number)
    {
        return sign;
    }
    let end = end(folded.as_bytes());
    let endings = &signs.endings[(end >> 24) as usize];
    endings.iter().find(|(ending, mask, _)| end & mask == *ending).map_or(0, |(.., sign)| *sign)
}

/// The last four bytes, the last one highest.
fn end(word: &[u8]) -> u32 {
    match word.last_chunk::<4>() {
        Some(last) => u32::from_le_bytes(*last),
        None => {
            word.iter().rev().zip([24, 16, 8]).fold(0, |end, (&byte, shift)| end | u32::from(byte) << shift)
        }
    }
}

/// Words by their numbers, and endings of at most four bytes by their last, with what they are a sign of.
struct Signs {
    /// One bit for the last six of each word.
    met: u64,
    words: Vec<(u32, i8)>,
    /// As [`end`] gives them, and which bits of it count.
    endings: Vec<Vec<(u32, u32, i8)>>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../lang/en/translation-marks.txt"))
        .filter_map(|row| Some((*row.get(1)?, if row[0] == "+" { 1 } else { -1 })));
    let mut signs = Signs { met: 0, words: Vec::new(), endings: vec![Vec::new(); 256] };
    for (word, sign) in rows {
        match word.strip_prefix('-') {
            Some(ending) => {
                let (bits, unread) = (end(ending.as_bytes()), 8 * (4 - ending.len().min(4)));
                let mask = u32::MAX.checked_shl(unread as u32).unwrap_or_default();
                signs.endings[(bits >> 24) as usize].push((bits, mask, sign));
            }
            None => {
                signs.met |= 1 << (number(word) & 63);
                signs.words.push((number(word), sign));
            }
        }
    }
    signs
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Received;

    fn check(word: &str, stem: &str) {
        let words = of_line(word);
        assert_eq!(words.len(), 1, "{word}");
        assert_eq!(words[0].stem, number(stem), "{word}");
        assert_eq!(words[0].number, number(&token::fold(words[0].span.of(word))), "{word}");
        assert_eq!(Stem::of(&token::fold(word)).to_string(), stem);
    }

    #[test]
    fn a_stem_has_no_possessive_and_no_plural() {
        check("Ferry", "ferry");
        check("ferries", "ferry");
        check("Ruiz’s", "ruiz");
        check("parents’", "parent");
        check("PARENTS", "parent");
        check("gas", "gas");
        check("news", "news");
        check("the", "the");
        check("Łódź", "łódź");
        check("1,200", "1,200");
    }

    #[test]
    fn signs_of_translation_are_words_and_endings() {
        let sign = |word: &str| translated(word, number(word));
        for row in lexicon::rows(include_str!("../lang/en/translation-marks.txt")) {
            let expected = if row[0] == "+" { 1 } else { -1 };
            match row[1].strip_prefix('-') {
                Some(ending) => {
                    assert!(ending.len() <= 4, "{ending}");
                    assert_eq!(sign(&format!("zz{ending}")), expected, "{ending}");
                }
                None => assert_eq!(sign(row[1]), expected, "{}", row[1]),
            }
        }
        assert_eq!(["g", "ferry", "s", ""].map(sign), [0; 4]);
    }

    #[test]
    fn each_sentence_has_its_words() {
        let text = "The “Lisbet” left Sund at 9. Nobody saw her, Berg said.";
        let found = crate::annotate(&Received { bytes: text.into(), ..Received::default() });
        let words = Words::of(&found);
        let written = |at: usize| -> Vec<&str> {
            words.sentence(at).iter().map(|word| word.span.of(&found.report.text)).collect()
        };
        assert_eq!(written(0), ["The", "Lisbet", "left", "Sund", "at", "9"]);
        assert_eq!(written(1), ["Nobody", "saw", "her", "Berg", "said"]);
        let lisbet = words.sentence(0)[1];
        assert_eq!((lisbet.behind, lisbet.is_capital, lisbet.number), (Behind::Mark, true, number("lisbet")));
        let behind: Vec<Behind> = words.sentence(1).iter().map(|word| word.behind).collect();
        assert_eq!(behind[..2], [Behind::Nothing, Behind::Word]);
        let signs = |at: usize| words.sentence(at).iter().map(|word| word.translated).sum::<i8>();
        assert_eq!(signs(0), translated("the", number("the")));
    }
}
