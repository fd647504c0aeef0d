//! The one hash of the taggers: words, their parts and features as 32 bits.
//!
//! In: bytes or numbers. Out: a `u32` that is the same on every machine; the files in `models/` are addressed by it, so
//! a change here means training again. A multiplication and a shift a step, in the manner of Knuth's multiplicative hashing.

const FACTOR: u32 = 0x9E37_79B1;

/// `state` with `part` worked in.
#[inline]
pub fn mix(state: u32, part: u32) -> u32 {
    let mixed = (state ^ part).wrapping_mul(FACTOR);
    mixed ^ (mixed >> 15)
}

/// The hashes of no letters, as written and small.
pub const EXACT: u32 = 1;
/// See [`EXACT`].
pub const SMALL: u32 = 2;

/// The hash of `word` as written.
pub fn exact(word: &str) -> u32 {
    word.bytes().fold(EXACT, |state, byte| mix(state, u32::from(byte)))
}

/// The hash of `word` in small letters; apostrophes of every shape are one.
pub fn small(word: &str) -> u32 {
    if word.is_ascii() {
        return word.bytes().fold(SMALL, |state, byte| mix(state, u32::from(byte.to_ascii_lowercase())));
    }
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.fold(SMALL, |state, c| mix(state, u32::from(if matches!(c, '’' | '‘') { '\'' } else { c })))
}

/// The hash of several words, from the hashes of each.
#[inline]
pub fn phrase(before: u32, word: u32) -> u32 {
    mix(before.rotate_left(9), word)
}

/// The hash of a feature: the value of a template. Its high bits are the better ones (multiply-shift, Dietzfelbinger 1997).
#[inline]
pub fn feature(template: u32, value: u64) -> u32 {
    let salt = u64::from(template).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((value ^ salt).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}
