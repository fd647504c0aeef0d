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
    /// The last one, two, three and four letters, small; zero where it has fewer.
    pub ends: [u32; 4],
    /// What the dictionary knows.
    pub known: Known,
    /// The lists it stands in as part of several words, with its place among them.
    pub phrase: u32,
    /// How it is written.
    pub case: Case,
    /// How many letters it has, eight at most.
    pub length: u8,
    /// How its sentence is written, from running text to capitals only; see [`mark`].
    pub level: u8,
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
        let is_ascii = word.is_ascii();
        let Written { form, small, shape, case } =
            if is_ascii { Written::of_ascii(word.as_bytes()) } else { Written::of(word) };
        let (begins, ends) = if is_ascii { edges_of_ascii(word.as_bytes()) } else { edges(word) };
        let mut known = dictionary.word(small);
        if known.senses() == 0 && matches!(case, Case::Small | Case::Capital) {
            known.bits |= inflected(word, dictionary);
        }
        Traits {
            form,
            small,
            shape,
            begins,
            ends,
            known,
            phrase: 0,
            case,
            length: word.bytes().filter(|byte| byte & 0xC0 != 0x80).take(8).count() as u8,
            level: 0,
        }
    }

    /// The number of the part of speech that it always is, when it is not written like a name; `None` for most.
    pub fn always(&self) -> Option<usize> {
        self.known.always().filter(|_| !self.case.is_capital())
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
    let last = word.as_bytes().last();
    for (ending, instead) in ENDINGS.into_iter().filter(|(ending, _)| ending.as_bytes().last() == last) {
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

/// How a word is written, as [`Traits`] have it.
#[derive(Debug, PartialEq, Eq)]
struct Written {
    form: u32,
    small: u32,
    shape: u32,
    case: Case,
}

impl Written {
    fn of(word: &str) -> Written {
        Written { form: hash::exact(word), small: hash::small(word), shape: shape(word), case: case(word) }
    }

    /// The same of ASCII, in one pass.
    fn of_ascii(word: &[u8]) -> Written {
        let (mut form, mut small, mut shape) = (hash::EXACT, hash::SMALL, SHAPE);
        let (mut last, mut times) = (0, 0);
        let mut letters = Letters::default();
        for &byte in word {
            form = hash::mix(form, u32::from(byte));
            small = hash::mix(small, u32::from(byte.to_ascii_lowercase()));
            let sort = u32::from(SORTS[usize::from(byte)]);
            times = if sort == last { times + 1 } else { 1 };
            last = sort;
            if times <= 2 {
                shape = hash::mix(shape, sort);
            }
            letters.add(byte.is_ascii_alphabetic(), byte.is_ascii_uppercase(), byte.is_ascii_digit());
        }
        Written { form, small, shape, case: letters.case() }
    }
}

/// The letters of a word as they are counted.
#[derive(Default)]
struct Letters {
    /// Whether the first one is a capital.
    first: Option<bool>,
    small: u32,
    large: u32,
    digits: u32,
}

impl Letters {
    fn add(&mut self, is_letter: bool, is_large: bool, is_digit: bool) {
        self.digits += u32::from(is_digit);
        match self.first {
            _ if !is_letter => {}
            None => self.first = Some(is_large),
            Some(_) if is_large => self.large += 1,
            Some(_) => self.small += 1,
        }
    }

    fn case(&self) -> Case {
        match (self.first, self.small, self.large) {
            (None, ..) if self.digits > 0 => Case::Number,
            (None, ..) => Case::None,
            (Some(true), 0, 0) => Case::Initial,
            (Some(true), _, 0) => Case::Capital,
            (Some(true), 0, _) => Case::Capitals,
            (Some(false), _, 0) => Case::Small,
            _ => Case::Mixed,
        }
    }
}

fn case(word: &str) -> Case {
    let mut letters = Letters::default();
    for c in word.chars() {
        let is_large = if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() };
        let is_letter = if c.is_ascii() { c.is_ascii_alphabetic() } else { c.is_alphabetic() };
        letters.add(is_letter, is_large, c.is_ascii_digit());
    }
    letters.case()
}

/// The hash of a shape without any character.
const SHAPE: u32 = 3;

fn shape(word: &str) -> u32 {
    let (mut state, mut last, mut times) = (SHAPE, 0, 0);
    for c in word.chars() {
        let sort = sort(c);
        times = if sort == last { times + 1 } else { 1 };
        last = sort;
        if times <= 2 {
            state = hash::mix(state, sort);
        }
    }
    state
}

/// [`sort`] of each character of ASCII.
const SORTS: [u8; 256] = {
    let mut sorts = [0; 256];
    let mut at = 0;
    while at < 128 {
        sorts[at] = match at as u8 {
            b'A'..=b'Z' => 1,
            b'a'..=b'z' => 2,
            b'0'..=b'9' => 3,
            other => other + 4,
        };
        at += 1;
    }
    sorts
};

/// What sort of character it is: capital, small letter, digit, or itself.
fn sort(c: char) -> u32 {
    match c {
        'A'..='Z' => 1,
        'a'..='z' => 2,
        '0'..='9' => 3,
        c if c.is_ascii() => u32::from(c) + 4,
        c if c.is_uppercase() => 1,
        c if c.is_alphabetic() => 2,
        c if c.is_numeric() => 3,
        '’' => u32::from('\'') + 4,
        c => u32::from(c) + 4,
    }
}

/// The first and the last letters of a word, as [`Traits::begins`] and [`Traits::ends`] have them: the letters themselves, a byte each.
fn edges_of_ascii(word: &[u8]) -> ([u32; 2], [u32; 4]) {
    let pack = |letters: &[u8]| letters.iter().fold(0, |all, letter| all << 8 | u32::from(letter | 0x20));
    let head = |count: usize| pack(word.get(..count).unwrap_or_default());
    let tail = |count: usize| word.len().checked_sub(count).map_or(0, |start| pack(&word[start..]));
    ([head(2), head(3)], [tail(1), tail(2), tail(3), tail(4)])
}

/// The same of any word: hashes of the letters.
fn edges(word: &str) -> ([u32; 2], [u32; 4]) {
    let head = |letters: usize| {
        let mut places = word.char_indices();
        places.nth(letters - 1).map_or(0, |(at, c)| hash::small(&word[..at + c.len_utf8()]))
    };
    let tail = |letters: usize| {
        let mut places = word.char_indices().rev();
        places.nth(letters - 1).map_or(0, |(at, _)| hash::small(&word[at..]))
    };
    ([head(2), head(3)], [tail(1), tail(2), tail(3), tail(4)])
}

/// Marks in each word of `sentence` what the others show: phrases of the lists, and how the sentence is written.
pub fn mark(sentence: &mut [Traits], dictionary: &Dictionary) {
    mark_phrases(sentence, dictionary);
    let level = level(sentence);
    sentence.iter_mut().for_each(|word| word.level = level);
}

/// How many of the longer words begin with capitals: from 1, running text, to 4, all of them, as in headlines; 5 when most are
/// in capitals only; 0 when there are too few to tell.
fn level(sentence: &[Traits]) -> u8 {
    let (mut all, mut capital, mut capitals) = (0, 0, 0);
    for word in sentence.iter().filter(|word| word.length > 3 && word.case >= Case::Small) {
        all += 1;
        capital += usize::from(word.case.is_capital());
        capitals += usize::from(word.case == Case::Capitals);
    }
    match () {
        () if all < 3 => 0,
        () if capitals * 5 >= all * 4 => 5,
        () if capital == all => 4,
        () if capital * 10 >= all * 7 => 3,
        () if capital * 5 >= all * 2 => 2,
        () => 1,
    }
}

/// The longest entry of several words, in words.
const LONGEST_PHRASE: usize = 6;

/// Marks the words of `sentence` that stand in lists as parts of several words; the longest entry counts.
fn mark_phrases(sentence: &mut [Traits], dictionary: &Dictionary) {
    let mut at = 0;
    while at < sentence.len() {
        let word = &sentence[at];
        at += if word.case.is_capital() && word.known.opens() {
            mark_from(&mut sentence[at..], dictionary)
        } else {
            1
        };
    }
}

/// Marks the longest entry that `rest` begins with and tells how many words to go on.
fn mark_from(rest: &mut [Traits], dictionary: &Dictionary) -> usize {
    let (mut state, mut best, mut lists) = (rest[0].small, 1, 0);
    for (count, word) in rest.iter().enumerate().take(LONGEST_PHRASE).skip(1) {
        state = hash::phrase(state, word.small);
        // No entry counts that ends in a small word, and most words are small.
        let known = if word.case.is_capital() { dictionary.word(state).lists() } else { 0 };
        if known != 0 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_tells_the_same() {
        for word in
            ["a", "Ruiz", "McDonald", "U.S.", "3.5m", "24-year", "", "...", "I", "e-Mail", "X9", "A.B."]
        {
            assert_eq!(Written::of_ascii(word.as_bytes()), Written::of(word), "{word}");
        }
    }
}
