//! Remembers what was found for a string of bytes: a page repeats its class attributes over and over.
//!
//! Each string has one place, by a hash of it, eight bytes at a step; the last one that came there stays. What is found does
//! not depend on what is remembered.

/// How many strings are remembered at once; a power of two.
const PLACES: usize = 1024;

/// Findings by bytes.
pub(super) struct Memo<T>(Vec<(Vec<u8>, T)>);

impl<T: Copy + Default> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo(vec![(Vec::new(), T::default()); PLACES])
    }
}

impl<T: Copy> Memo<T> {
    /// What `find` says of `bytes`, which are not empty.
    pub(super) fn get(&mut self, bytes: &[u8], find: impl FnOnce(&[u8]) -> T) -> T {
        let known = &mut self.0[place(bytes)];
        if known.0 != bytes {
            known.1 = find(bytes);
            known.0.clear();
            known.0.extend_from_slice(bytes);
        }
        known.1
    }
}

fn place(bytes: &[u8]) -> usize {
    let step = |hash: u64, part: u64| (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (eights, rest) = bytes.as_chunks::<8>();
    let hash = eights.iter().fold(bytes.len() as u64, |hash, part| step(hash, u64::from_le_bytes(*part)));
    let hash = rest.iter().fold(hash, |hash, &byte| step(hash, u64::from(byte)));
    (hash ^ (hash >> 32)) as usize & (PLACES - 1)
}
