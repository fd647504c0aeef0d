//! Remembers what was found for a string of bytes: a page repeats its class attributes over and over.
//!
//! Each string has one place, by a hash of it, eight bytes at a step; the last one that came there stays. What is found does
//! not depend on what is remembered.

/// How many strings are remembered at once; a power of two.
const PLACES: usize = 1024;

/// Most bytes of strings that are kept, before all is forgotten.
const KEPT: usize = 1 << 20;

/// Findings by bytes.
pub(super) struct Memo<T> {
    /// The strings, one behind the other.
    strings: Vec<u8>,
    /// Of each place, where its string begins, how long it is, and what was found.
    places: Vec<(u32, u32, T)>,
}

impl<T: Copy + Default> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo { strings: Vec::new(), places: vec![(0, 0, T::default()); PLACES] }
    }
}

impl<T: Copy + Default> Memo<T> {
    /// What `find` says of `bytes`, which are not empty.
    pub(super) fn get(&mut self, bytes: &[u8], find: impl FnOnce(&[u8]) -> T) -> T {
        let place = place(bytes);
        let (start, length, known) = self.places[place];
        let (start, length) = (start as usize, length as usize);
        if length == bytes.len() && &self.strings[start..start + length] == bytes {
            return known;
        }
        let found = find(bytes);
        if bytes.len() > KEPT {
            return found;
        }
        if self.strings.len() + bytes.len() > KEPT {
            *self = Memo::default();
        }
        self.places[place] = (self.strings.len() as u32, bytes.len() as u32, found);
        self.strings.extend_from_slice(bytes);
        found
    }
}

fn place(bytes: &[u8]) -> usize {
    let step = |hash: u64, part: u64| (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (eights, rest) = bytes.as_chunks::<8>();
    let hash = eights.iter().fold(bytes.len() as u64, |hash, part| step(hash, u64::from_le_bytes(*part)));
    let hash = rest.iter().fold(hash, |hash, &byte| step(hash, u64::from(byte)));
    (hash ^ (hash >> 32)) as usize & (PLACES - 1)
}
