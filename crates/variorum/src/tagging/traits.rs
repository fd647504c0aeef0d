//! What one word shows by itself: its letters, its shape, what the dictionary knows of it.
//!
//! In: words of a sentence. Out: [`Traits`], one a word, all in numbers, so that the taggers never touch the text again.

use super::dictionary::{Dictionary, Known, LISTS_AT};
use super::hash;

/// One word in numbers.
#[derive(Copy, Clone, Debug, Default)]
pub struct Traits {
    /// The word as written.
    pub form: u32,
    /// The word in small letters.
    pub small: u32,
    /// Its letters by sort, runs shortened to two.
    pub shape: u32,
    /// The first two and three letters, small.
    pub begins: [u32; 2],
    /// The last one, two, three and four letters, small.
    pub ends: [u32; 4],
    /// What the dictionary knows.
    pub known: Known,
    /// The lists it stands in as part of several words, with its place among them.
    pub phrase: u32,
    /// How it is written.
    pub case: Case,
    /// How many letters it has, eight at most.
    pub length: u8,
}

/// How a word is written.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// No letter in it.
    #[default]
    None,
    /// Digits, no letter.
    Number,
    /// Small letters.
    Small,
    /// A capital first, small letters behind.
    Capital,
    /// Capitals only, two or more.
    Capitals,
    /// One capital, perhaps with a stop.
    Initial,
    /// A capital within.
    Mixed,
}

impl Case {
    /// Whether the word begins with a capital.
    pub fn is_capital(self) -> bool {
        self >= Case::Capital
    }
}

impl Traits {
    /// Those of `word`.
    pub fn of(word: &str, dictionary: &Dictionary) -> Traits {
        let small = hash::small(word);
        let case = case(word);
        let mut known = dictionary.word(small);
        if known.senses() == 0 && matches!(case, Case::Small | Case::Capital) {
            known.bits |= inflected(word, dictionary);
        }
        Traits {
            form: hash::exact(word),
            small,
            shape: shape(word),
            begins: [head(word, 2), head(word, 3)],
            ends: [tail(word, 1), tail(word, 2), tail(word, 3), tail(word, 4)],
            known,
            phrase: 0,
            case,
            length: word.chars().take(8).count() as u8,
        }
    }

    /// The lists it stands in, by itself, when it begins with a capital.
    pub fn lists(&self) -> u32 {
        if self.case.is_capital() { self.known.lists() } else { self.known.lists() & 0xFC00 }
    }
}

/// Endings that are taken off a word the dictionary does not hold, and what is put in their place.
const ENDINGS: [(&str, &str); 11] = [
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("s", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("er", ""),
    ("est", ""),
    ("ly", ""),
];

/// The senses of the word that `word` is a form of.
fn inflected(word: &str, dictionary: &Dictionary) -> u32 {
    const SENSES: u32 = (1 << LISTS_AT) - 1;
    if !word.is_ascii() || word.len() < 4 {
        return 0;
    }
    for (ending, instead) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        let known = dictionary.word(joined(stem, instead)).bits & SENSES;
        if known != 0 {
            return known;
        }
        // "stopped", "running": the last letter was doubled.
        let doubled = stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
        if doubled && matches!(ending, "ing" | "ed") {
            let known = dictionary.word(hash::small(&stem[..stem.len() - 1])).bits & SENSES;
            if known != 0 {
                return known;
            }
        }
    }
    0
}

/// The hash of `stem` and `ending` as one word, in small letters.
fn joined(stem: &str, ending: &str) -> u32 {
    ending.bytes().fold(hash::small(stem), |state, byte| hash::mix(state, u32::from(byte)))
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return if word.bytes().any(|byte| byte.is_ascii_digit()) { Case::Number } else { Case::None };
    };
    let (mut small, mut large) = (0, 0);
    for c in letters {
        *if c.is_uppercase() { &mut large } else { &mut small } += 1;
    }
    match (first.is_uppercase(), small, large) {
        (true, 0, 0) => Case::Initial,
        (true, _, 0) => Case::Capital,
        (true, 0, _) => Case::Capitals,
        (false, _, 0) => Case::Small,
        _ => Case::Mixed,
    }
}

fn shape(word: &str) -> u32 {
    let (mut state, mut last, mut times) = (3, 0, 0);
    for c in word.chars() {
        let sort = match c {
            c if c.is_uppercase() => 1,
            c if c.is_alphabetic() => 2,
            c if c.is_numeric() => 3,
            '’' => u32::from('\''),
            c => u32::from(c) + 4,
        };
        times = if sort == last { times + 1 } else { 1 };
        last = sort;
        if times <= 2 {
            state = hash::mix(state, sort);
        }
    }
    state
}

fn head(word: &str, letters: usize) -> u32 {
    let end = word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at);
    hash::small(&word[..end])
}

fn tail(word: &str, letters: usize) -> u32 {
    let start = word.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    hash::small(&word[start..])
}

/// The longest entry of several words, in words.
const LONGEST_PHRASE: usize = 6;

/// Marks the words of `sentence` that stand in lists as parts of several words; the longest entry counts.
pub fn mark_phrases(sentence: &mut [Traits], dictionary: &Dictionary) {
    let mut at = 0;
    while at < sentence.len() {
        at += if sentence[at].case.is_capital() { mark_from(&mut sentence[at..], dictionary) } else { 1 };
    }
}

/// Marks the longest entry that `rest` begins with and tells how many words to go on.
fn mark_from(rest: &mut [Traits], dictionary: &Dictionary) -> usize {
    let (mut state, mut best, mut lists) = (rest[0].small, 1, 0);
    for (count, word) in rest.iter().enumerate().take(LONGEST_PHRASE).skip(1) {
        state = hash::phrase(state, word.small);
        let known = dictionary.word(state).lists();
        if known != 0 && word.case.is_capital() {
            (best, lists) = (count + 1, known);
        }
    }
    for (place, word) in rest.iter_mut().enumerate().take(best) {
        let part = if place == 0 {
            0
        } else if place + 1 == best {
            1
        } else {
            2
        };
        word.phrase = if best > 1 { (lists << 2) | part | 1 << 30 } else { 0 };
    }
    best
}
