//! What was worked out for words met before, in this report or an earlier one.
//!
//! In: a word. Out: its number and its [`Traits`]; under the number the taggers keep sums of weights that hang on this word alone.
//! Nine words of ten of a report are known from the reports before it. What is kept only saves work: it is the same
//! however often a word was met. When it has grown, words met once alone are forgotten between reports, so that it never takes more
//! than some megabytes.

use super::dictionary::Dictionary;
use super::pos;
use super::traits::Traits;
use std::hint::black_box;

/// The number of a word of which nothing is kept.
pub const NONE: u32 = u32::MAX;
/// When so many words are known, at least half of them are forgotten before the next report.
const MANY: usize = 20_000;
/// The most that are known; those beyond have no number.
const MOST: usize = 24_000;
const _: () = assert!(MOST < u16::MAX as usize, "numbers of words are of 16 bits");
/// The longest word that is kept, in bytes.
const LONGEST: usize = 16;

/// Words met before.
#[derive(Default)]
pub struct Recall {
    /// The number of a word and one, by the hash of its letters; a power of two, at least half of them empty.
    slots: Vec<u16>,
    words: Vec<Word>,
    /// Sums of the tagger of parts of speech.
    pub parts: Vec<pos::Kept>,
}

/// A word met before.
struct Word {
    letters: Letters,
    traits: Traits,
    /// Whether it was met more than once since words were last forgotten.
    is_again: bool,
}

/// Sums of weights that hang on one word alone, one for each place in which it may stand to the word that is read.
// Each lies in one line of the processor's memory.
#[derive(Copy, Clone)]
#[repr(align(64))]
pub struct Kept<const WIDTH: usize, const PLACES: usize>([[i16; WIDTH]; PLACES]);

/// The first of sums that are not worked out yet; no sum is as low.
const UNKNOWN: i16 = i16::MIN;

impl<const WIDTH: usize, const PLACES: usize> Default for Kept<WIDTH, PLACES> {
    fn default() -> Self {
        Kept([[UNKNOWN; WIDTH]; PLACES])
    }
}

impl<const WIDTH: usize, const PLACES: usize> Kept<WIDTH, PLACES> {
    /// Reads what `kept` has for each of `numbers` once, as [`Recall::fetch`] does.
    pub fn fetch(kept: &[Self], numbers: &[u32]) {
        let mut all = 0;
        for &number in numbers {
            let places = kept.get(number as usize).map(|kept| &kept.0);
            all |= places.map_or(0, |places| places[0][0] | places[PLACES - 1][0]);
        }
        black_box(all);
    }

    /// The sums for `place`, which `work_out` tells the first time.
    pub fn at(&mut self, place: usize, work_out: impl FnOnce() -> [i16; WIDTH]) -> &[i16; WIDTH] {
        let sums = &mut self.0[place];
        if sums.first() == Some(&UNKNOWN) {
            *sums = work_out();
        }
        sums
    }
}

/// The letters of a short word: its first and last eight bytes, or four, or all three, and how many it has.
#[derive(Copy, Clone, PartialEq, Eq)]
struct Letters(u64, u64, u8);

impl Letters {
    /// `None` for longer words.
    fn of(word: &[u8]) -> Option<Letters> {
        let (first, last) = match *word {
            [] => (0, 0),
            [only] => (u64::from(only), 0),
            [first, last] => (u64::from(first), u64::from(last)),
            [first, middle, last] => (u64::from(first) << 8 | u64::from(middle), u64::from(last)),
            _ => match (word.first_chunk(), word.last_chunk()) {
                (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
                _ => {
                    let four = |chunk: Option<&[u8; 4]>| {
                        chunk.map_or(0, |four| u64::from(u32::from_le_bytes(*four)))
                    };
                    (four(word.first_chunk()), four(word.last_chunk()))
                }
            },
        };
        (word.len() <= LONGEST).then_some(Letters(first, last, word.len() as u8))
    }

    fn hash(self) -> usize {
        let mixed = (self.0 ^ u64::from(self.2)).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ self.1.rotate_left(29);
        (mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as usize
    }
}

impl Recall {
    /// Makes room: before each report.
    pub fn begin(&mut self) {
        if self.slots.is_empty() {
            self.slots = vec![0; (2 * MOST).next_power_of_two()];
        } else if self.words.len() > MANY {
            self.forget();
        }
    }

    /// Forgets words met once, and so many others that half of the room is free; those met first are mostly met most.
    fn forget(&mut self) {
        let mut kept = 0;
        for number in 0..self.words.len() {
            if std::mem::take(&mut self.words[number].is_again) && kept < MANY / 2 {
                self.words.swap(kept, number);
                self.parts.swap(kept, number);
                kept += 1;
            }
        }
        self.words.truncate(kept);
        self.parts.truncate(kept);
        self.slots.fill(0);
        for number in 0..kept {
            let mut at = self.words[number].letters.hash() & (self.slots.len() - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = number as u16 + 1;
        }
    }

    /// Reads what is kept of `words` once, so that the processor fetches all of it at the same time; each word alone is waited for.
    pub fn fetch<'w>(&self, words: impl Iterator<Item = &'w str>) {
        let Some(last) = self.slots.len().checked_sub(1) else { return };
        let mut all = 0;
        for letters in words.filter_map(|word| Letters::of(word.as_bytes())) {
            let number = usize::from(self.slots[letters.hash() & last]).wrapping_sub(1);
            all |= self.words.get(number).map_or(0, |word| word.letters.2 | word.traits.level);
        }
        black_box(all);
    }

    /// The number of `word`, or [`NONE`], and its traits.
    pub fn word(&mut self, word: &str, dictionary: &Dictionary) -> (u32, Traits) {
        let Some(letters) = Letters::of(word.as_bytes()).filter(|_| !self.slots.is_empty()) else {
            return (NONE, Traits::of(word, dictionary));
        };
        let last = self.slots.len() - 1;
        let mut at = letters.hash() & last;
        while let Some(number) = self.slots[at].checked_sub(1) {
            let known = &mut self.words[usize::from(number)];
            if known.letters == letters {
                known.is_again = true;
                return (u32::from(number), known.traits);
            }
            at = (at + 1) & last;
        }
        let traits = Traits::of(word, dictionary);
        if self.words.len() >= MOST {
            return (NONE, traits);
        }
        self.words.push(Word { letters, traits, is_again: false });
        self.parts.push(pos::Kept::default());
        self.slots[at] = self.words.len() as u16;
        (u32::from(self.slots[at]) - 1, traits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_and_known_again() {
        let dictionary = Dictionary::shipped();
        let mut recall = Recall::default();
        recall.begin();
        let words = [
            "",
            "a",
            "A",
            "ab",
            "ba",
            "abc",
            "acb",
            "abcd",
            "abcde",
            "abcdd",
            "é",
            "abcdefgh",
            "abcdefghi",
            "abcdefgih",
            "sixteen-letters.",
            "\0",
            "a\0",
            "\0a",
        ];
        let numbers: Vec<u32> = words.iter().map(|word| recall.word(word, &dictionary).0).collect();
        assert_eq!(numbers, (0..words.len() as u32).collect::<Vec<_>>());
        for (number, word) in numbers.into_iter().zip(words) {
            let (again, traits) = recall.word(word, &dictionary);
            assert_eq!((again, traits.form), (number, Traits::of(word, &dictionary).form), "{word:?}");
        }
        assert_eq!(recall.word("seventeen-letters", &dictionary).0, NONE);
    }

    #[test]
    fn words_met_again_are_kept_when_others_are_forgotten() {
        let dictionary = Dictionary::shipped();
        let mut recall = Recall::default();
        recall.begin();
        let met = |recall: &mut Recall, at: usize| recall.word(&format!("word{at}"), &dictionary).0;
        for at in 0..=MANY {
            assert_eq!(met(&mut recall, at), at as u32);
        }
        let often = [3, 7, MANY];
        assert_eq!(often.map(|at| met(&mut recall, at)), often.map(|at| at as u32));
        recall.parts[7].at(0, || [5; pos::WIDTH]);
        recall.begin();
        assert_eq!(often.map(|at| met(&mut recall, at)), [0, 1, 2]);
        assert_eq!(recall.parts[1].at(0, || [6; pos::WIDTH]), &[5; pos::WIDTH]);
        assert_eq!([met(&mut recall, 4), met(&mut recall, 3)], [3, 0], "forgotten words are new");
        assert_eq!(recall.words[3].traits.form, Traits::of("word4", &dictionary).form);
        // Where all were met again, half are forgotten all the same.
        for at in 0..=MANY {
            assert_eq!(met(&mut recall, at), met(&mut recall, at));
        }
        recall.begin();
        assert_eq!((recall.words.len(), recall.parts.len()), (MANY / 2, MANY / 2));
    }
}
