//! Weights of a linear tagger, read in place.
//!
//! In: the bytes of a file of `models/`. Out: sums of weights for the features of one word. Layout, little-endian: `VWT1`, the
//! number of bits of a row's number, the number of tags, six bytes empty; then rows of `tags` weights (signed bytes), the low
//! half of the feature's hash and padding to a multiple of four. A feature stands in the row its high bits name or in the one
//! beside it; the two halves together are the whole hash, so a row never answers for another feature.

/// The most tags a tagger may have.
pub const MOST_TAGS: usize = 32;
/// Bytes before the first row.
pub const HEAD: usize = 12;

/// Sums of weights, one a tag.
pub type Scores = [i16; MOST_TAGS];

/// The weights of one tagger, with rows of `STRIDE` bytes.
#[derive(Copy, Clone)]
pub struct Weights<'a, const STRIDE: usize> {
    rows: &'a [u8],
    shift: u32,
}

impl<'a, const STRIDE: usize> Weights<'a, STRIDE> {
    /// The weights in `bytes`; none, so that every sum is zero, when they are not a file of this layout.
    pub fn from_bytes(bytes: &'a [u8]) -> Weights<'a, STRIDE> {
        let empty = Weights { rows: &[], shift: 31 };
        let Some((head, rows)) = bytes.split_at_checked(HEAD) else { return empty };
        let bits = u32::from(head[4]);
        if &head[..4] != b"VWT1" || !(16..=28).contains(&bits) || rows.len() != STRIDE << bits {
            return empty;
        }
        Weights { rows, shift: 32 - bits }
    }

    /// Adds the weights of `feature` to `scores`.
    #[inline]
    pub fn add(&self, feature: u32, scores: &mut Scores) {
        if self.rows.is_empty() {
            return;
        }
        let row = (feature >> self.shift) as usize & !1;
        let Some(pair) = self.rows.get(row * STRIDE..(row + 2) * STRIDE) else { return };
        let (first, second) = pair.split_at(STRIDE);
        let low = (feature as u16).to_le_bytes();
        let is_its = |row: &[u8]| row[STRIDE - 2..] == low;
        let row = if is_its(first) {
            first
        } else if is_its(second) {
            second
        } else {
            return;
        };
        for (score, &weight) in scores.iter_mut().zip(&row[..STRIDE - 2]) {
            *score += i16::from(weight as i8);
        }
    }
}
