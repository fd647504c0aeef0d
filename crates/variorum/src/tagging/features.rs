//! The features of one word, gathered without allocation.
//!
//! In: template numbers with values. Out: hashes, in the order they were put.

use super::hash;
use super::traits::{Case, Traits};

/// The most features a word may have; more are left out.
const MOST: usize = 112;

/// Hashed features of one word.
pub struct Features {
    found: [u32; MOST],
    count: usize,
}

impl Features {
    /// None yet.
    pub fn new() -> Features {
        Features { found: [0; MOST], count: 0 }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.count = 0;
    }

    /// Puts the value of a template.
    #[inline]
    pub fn put(&mut self, template: u32, value: u32) {
        if self.count < MOST {
            // Two rounds: the high bits choose the row, the low bits tell it from its neighbours.
            self.found[self.count] =
                hash::mix(hash::mix(template.wrapping_mul(0x85EB_CA6B), value), 0x2545_F491);
            self.count += 1;
        }
    }

    /// Puts two values as one.
    #[inline]
    pub fn pair(&mut self, template: u32, one: u32, two: u32) {
        self.put(template, hash::phrase(one, two));
    }

    /// Puts three values as one.
    #[inline]
    pub fn triple(&mut self, template: u32, one: u32, two: u32, three: u32) {
        self.put(template, hash::phrase(hash::phrase(one, two), three));
    }

    /// What was put.
    pub fn all(&self) -> &[u32] {
        &self.found[..self.count]
    }
}

impl Default for Features {
    fn default() -> Features {
        Features::new()
    }
}

/// What stands beyond both ends of a sentence.
static BORDER: Traits = Traits {
    form: 1,
    small: 1,
    shape: 1,
    begins: [1; 2],
    ends: [1; 4],
    known: super::dictionary::Known { bits: 0, usage: 0 },
    phrase: 0,
    case: Case::None,
    length: 0,
};

/// The word at `at` between the two words before it and the two behind it.
pub fn around(words: &[Traits], at: usize) -> [&Traits; 5] {
    [-2, -1, 0, 1, 2].map(|steps| near(words, at, steps))
}

/// The word `steps` behind `at` (before it, when negative).
#[inline]
pub fn near(words: &[Traits], at: usize, steps: isize) -> &Traits {
    at.checked_add_signed(steps).and_then(|at| words.get(at)).unwrap_or(&BORDER)
}
