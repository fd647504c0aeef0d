//! Weights of a linear tagger, read in place.
//!
//! In: the bytes of a file of `models/`. Out: sums of weights for the features of one word. Layout, little-endian: `VWT2`, the
//! number of bits of a line's number, the number of weights of a row, zeros up to byte 64; then, for each line, the marks of its
//! four rows, two bytes each; then the rows of all lines, the weights of one feature each (signed bytes). A feature stands in the
//! line that the high bits of its hash name; its mark is the low half of its hash. The two together are all of the hash but for a
//! bit or two, so a row hardly ever answers for another feature.
//!
//! Method: first the marks alone, which are few enough to stay near the processor, tell which features have weights: four at a
//! time and without a jump, since half of them have none and no processor can guess which. Then the rows are added up.
//! Before either, all of it is read once: where the weights lie far from the processor, what is asked for in so few steps
//! comes at the same time, and only the longest way is waited for.

use std::hint::black_box;

/// The most tags a tagger may have.
pub const MOST_TAGS: usize = 32;
/// Bytes before the marks.
pub const HEAD: usize = 64;
/// Rows of a line.
pub const ROWS: usize = 4;
/// Bytes of the marks of a line.
pub const MARKS: usize = 2 * ROWS;

/// How many features are looked up before their rows are added.
const AT_ONCE: usize = 128;

/// A file of weights that begins where a line of the processor's memory does.
#[repr(align(64))]
pub struct Aligned<T>(pub T);

/// The weights of one tagger, with rows of `WIDTH` weights.
#[derive(Copy, Clone)]
pub struct Weights<'a, const WIDTH: usize> {
    marks: &'a [[u8; MARKS]],
    rows: &'a [[u8; WIDTH]],
    shift: u32,
}

impl<'a, const WIDTH: usize> Weights<'a, WIDTH> {
    /// The weights in `bytes`; none, so that every sum is zero, when they are not a file of this layout.
    pub fn from_bytes(bytes: &'a [u8]) -> Weights<'a, WIDTH> {
        let empty = Weights { marks: &[], rows: &[], shift: 31 };
        let Some((head, rest)) = bytes.split_at_checked(HEAD) else { return empty };
        let bits = u32::from(head[4]);
        let is_ours = &head[..4] == b"VWT2" && usize::from(head[5]) == WIDTH && (14..=26).contains(&bits);
        if !is_ours || rest.len() != (MARKS + ROWS * WIDTH) << bits {
            return empty;
        }
        let (marks, rows) = rest.split_at(MARKS << bits);
        Weights { marks: marks.as_chunks().0, rows: rows.as_chunks().0, shift: 32 - bits }
    }

    /// The sums of the weights of `features`, one word's.
    #[inline]
    pub fn sums(&self, features: &[u32]) -> [i16; WIDTH] {
        let mut sums = [0; WIDTH];
        self.add(features, &mut sums);
        sums
    }

    /// Adds the weights of `features`, likewise, to `sums`.
    #[inline]
    pub fn add(&self, features: &[u32], sums: &mut [i16; WIDTH]) {
        self.fetch_marks(features);
        for features in features.chunks(AT_ONCE) {
            let mut found = [0; AT_ONCE];
            let mut count = 0;
            for &feature in features {
                let (row, is_known) = self.row(feature);
                found[count % AT_ONCE] = row;
                count += usize::from(is_known);
            }
            self.fetch_rows(&found, count);
            // In a place of their own they stay in the processor while they are added to.
            let mut own = *sums;
            for &row in found.iter().take(count) {
                let Some(row) = self.rows.get(row as usize) else { continue };
                for (sum, &weight) in own.iter_mut().zip(row) {
                    *sum += i16::from(weight as i8);
                }
            }
            *sums = own;
        }
    }

    /// Reads the marks of `features` once, so that all are on their way at the same time.
    #[inline]
    fn fetch_marks(&self, features: &[u32]) {
        let mut all = 0;
        for &feature in features {
            all |= self.marks.get((feature >> self.shift) as usize).map_or(0, |marks| marks[0]);
        }
        black_box(all);
    }

    /// Reads the first `count` of `rows` once, likewise.
    #[inline]
    fn fetch_rows(&self, rows: &[u32; AT_ONCE], count: usize) {
        let mut all = 0;
        for &row in rows.iter().take(count) {
            all |= self.rows.get(row as usize).map_or(0, |row| row[0]);
        }
        black_box(all);
    }

    /// The row of `feature`, and whether there is one.
    #[inline]
    fn row(&self, feature: u32) -> (u32, bool) {
        const ONES: u64 = 0x0001_0001_0001_0001;
        let line = feature >> self.shift;
        let Some(marks) = self.marks.get(line as usize) else { return (0, false) };
        // Of the marks that differ in nothing the first borrows from the bits above it.
        let differ = u64::from_le_bytes(*marks) ^ (u64::from(feature as u16) * ONES);
        let same = differ.wrapping_sub(ONES) & !differ & (ONES << 15);
        (line * ROWS as u32 + (same.trailing_zeros() >> 4), same != 0)
    }
}
