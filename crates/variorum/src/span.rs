//! A range of bytes in a report's text.
//!
//! In: two offsets. Out: a [`Span`], half-open, never backwards. A span that lies on character boundaries of
//! the text it was made for slices without panic; stages make spans from character boundaries only.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start..end`, with `start <= end`.
///
/// Inside the stages offsets count bytes of [`crate::model::Report::text`]; what leaves the crate is mapped to
/// the source as received by [`crate::model::SourceMap`].
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// If `start` lies after `end`, or `end` beyond 4 GiB.
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start <= end, "span runs backwards: {start}..{end}");
        let end = u32::try_from(end).expect("reports are below 4 GiB: the reader refuses larger ones");
        Span { start: start as u32, end }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words themselves.
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// Whether `other` lies wholly within.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies within.
    pub fn holds(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// How many bytes both hold.
    pub fn overlap(self, other: Span) -> usize {
        (self.end.min(other.end) as usize).saturating_sub(self.start.max(other.start) as usize)
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start() + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

/// Stretches of a text, those that overlap joined; answers in logarithmic time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretches(Vec<Span>);

impl Stretches {
    /// The stretches that `spans`, in any order, make.
    pub fn of(spans: impl Iterator<Item = Span>) -> Stretches {
        let mut sorted: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
        sorted.sort();
        let mut joined: Vec<Span> = Vec::new();
        for span in sorted {
            match joined.last_mut() {
                Some(last) if last.overlap(span) > 0 => *last = last.cover(span),
                _ => joined.push(span),
            }
        }
        Stretches(joined)
    }

    /// Whether one of them holds all of `span`.
    pub fn contain(&self, span: Span) -> bool {
        self.first_behind(span).is_some_and(|stretch| stretch.contains(span))
    }

    /// Whether one of them holds a byte of `span`.
    pub fn touch(&self, span: Span) -> bool {
        self.first_behind(span).is_some_and(|stretch| stretch.overlap(span) > 0)
    }

    fn first_behind(&self, span: Span) -> Option<&Span> {
        self.0.get(self.0.partition_point(|stretch| stretch.end() <= span.start()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_tell_what_they_hold() {
        let held = Stretches::of(
            [(20, 30), (2, 9), (4, 6), (9, 12), (15, 15)].map(|(a, b)| Span::new(a, b)).into_iter(),
        );
        for (start, end, contain, touch) in [
            (3, 8, true, true),
            (8, 10, false, true),
            (9, 12, true, true),
            (12, 20, false, false),
            (29, 31, false, true),
            (40, 41, false, false),
        ] {
            let span = Span::new(start, end);
            assert_eq!((held.contain(span), held.touch(span)), (contain, touch), "{start}..{end}");
        }
    }
}
