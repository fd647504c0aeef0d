//! The features of one word, gathered without allocation.
//!
//! In: template numbers with values. Out: hashes, in the order they were put.

use super::hash;
use super::traits::{Case, Traits};

/// The most features a word may have; of more the last ones count.
pub const MOST: usize = 128;

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

    /// What was put.
    pub fn all(&self) -> &[u32] {
        &self.found[..self.count.min(MOST)]
    }
}

/// What takes features.
pub trait Sink {
    /// Takes the value of a template.
    fn add(&mut self, template: u32, value: u64);

    /// Puts the value of a template.
    #[inline]
    fn put(&mut self, template: u32, value: u32) {
        self.add(template, u64::from(value));
    }

    /// Puts two values as one.
    #[inline]
    fn pair(&mut self, template: u32, one: u32, two: u32) {
        self.add(template, u64::from(one) << 32 | u64::from(two));
    }

    /// Puts three values as one.
    #[inline]
    fn triple(&mut self, template: u32, one: u32, two: u32, three: u32) {
        self.pair(template, one ^ three.wrapping_mul(0x9E37_79B1), two);
    }
}

impl Sink for Features {
    #[inline]
    fn add(&mut self, template: u32, value: u64) {
        self.found[self.count % MOST] = hash::feature(template, value);
        self.count += 1;
    }
}

/// One bit for each of `templates`.
pub const fn templates(templates: &[u32]) -> u128 {
    let (mut bits, mut at) = (0, 0);
    while at < templates.len() {
        bits |= 1 << templates[at];
        at += 1;
    }
    bits
}

/// Takes the features of `TEMPLATES`, one bit each, or all others; the choice is made while the program is built.
pub struct Chosen<'f, const TEMPLATES: u128, const ARE_TAKEN: bool>(pub &'f mut Features);

impl<const TEMPLATES: u128, const ARE_TAKEN: bool> Sink for Chosen<'_, TEMPLATES, ARE_TAKEN> {
    #[inline(always)]
    fn add(&mut self, template: u32, value: u64) {
        let is_one = TEMPLATES.checked_shr(template).is_some_and(|bits| bits & 1 != 0);
        if is_one == ARE_TAKEN {
            self.0.add(template, value);
        }
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
    known: super::dictionary::Known { bits: 0, usage: 0, class: 0, kin: 0 },
    phrase: 0,
    case: Case::None,
    length: 0,
    level: 0,
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
