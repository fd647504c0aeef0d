//! Pairs what the gold has with what the program found, one to one, and counts.

use std::collections::BTreeSet;
use variorum::span::Span;

/// Words of one report, in bytes of its source.
#[derive(Copy, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Index of the report.
    pub witness: usize,
    pub span: Span,
}

impl Passage {
    /// Bytes that both hold.
    pub fn overlap(self, other: Passage) -> usize {
        if self.witness == other.witness { self.span.overlap(other.span) } else { 0 }
    }
}

/// One record of the gold or of the program, ready to be matched and shown.
pub struct Item<T> {
    /// Where it stands; empty for what has no place.
    pub at: Vec<Passage>,
    /// Index of the report it belongs to, if it belongs to one.
    pub witness: Option<usize>,
    /// What the listing shows of it.
    pub text: String,
    /// Its other answers, for the listing.
    pub note: String,
    /// Whether it counts as invented when the gold lacks it.
    pub counts: bool,
    pub record: T,
}

impl<T> Item<T> {
    pub fn new(at: Vec<Passage>, text: impl Into<String>, note: impl Into<String>, record: T) -> Item<T> {
        let witness = at.first().map(|passage| passage.witness);
        Item { at, witness, text: text.into(), note: note.into(), counts: true, record }
    }

    /// The same, of the report `witness` even when no place is known.
    pub fn of(mut self, witness: usize) -> Item<T> {
        self.witness = Some(witness);
        self
    }

    /// Words shown in the listing.
    pub fn shown(&self) -> String {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.note.is_empty() { format!("«{text}»") } else { format!("«{text}» [{}]", self.note) }
    }

    /// How near two records are: bytes in common, or words in common where one has no place.
    pub fn closeness<U>(&self, other: &Item<U>) -> usize {
        if self.at.is_empty() || other.at.is_empty() {
            let mine: BTreeSet<String> = super::names::words(&self.text).into_iter().collect();
            return super::names::words(&other.text).iter().filter(|word| mine.contains(*word)).count();
        }
        overlap(&self.at, &other.at)
    }
}

/// Bytes that two sets of passages have in common.
pub fn overlap(a: &[Passage], b: &[Passage]) -> usize {
    a.iter().map(|one| b.iter().map(|other| one.overlap(*other)).sum::<usize>()).sum()
}

/// Bytes of a set of passages.
pub fn length(passages: &[Passage]) -> usize {
    passages.iter().map(|passage| passage.span.len()).sum()
}

/// Whether the bytes in common are at least `percent` of all bytes of the two.
pub fn alike(a: &[Passage], b: &[Passage], percent: usize) -> bool {
    let both = overlap(a, b);
    let union = (length(a) + length(b)).saturating_sub(both);
    both > 0 && both * 100 >= union * percent
}

/// Whether at least half of `part` lies in `whole`.
pub fn half_in(part: &[Passage], whole: &[Passage]) -> bool {
    let both = overlap(part, whole);
    both > 0 && both * 2 >= length(part)
}

/// Whether any of the passages has a byte in common with any of the others.
pub fn touch(a: &[Passage], b: &[Passage]) -> bool {
    overlap(a, b) > 0
}

/// Pairs of indices for which `fits`, each index once, the nearest first, ties by order.
pub fn pair<G, P>(
    gold: &[Item<G>],
    found: &[Item<P>],
    fits: impl Fn(&Item<G>, &Item<P>) -> bool,
) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, want) in gold.iter().enumerate() {
        for (f, have) in found.iter().enumerate() {
            if fits(want, have) {
                candidates.push((usize::MAX - want.closeness(have), g, f));
            }
        }
    }
    candidates.sort_unstable();
    let (mut taken_gold, mut taken_found) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, g, f) in candidates {
        if !taken_gold.contains(&g) && !taken_found.contains(&f) {
            taken_gold.insert(g);
            taken_found.insert(f);
            pairs.push((g, f));
        }
    }
    pairs
}

/// The record of `others` nearest to `item`, for the listing.
pub fn nearest<'o, T, U>(item: &Item<T>, others: &'o [Item<U>]) -> Option<&'o Item<U>> {
    let best = others.iter().max_by_key(|other| item.closeness(other))?;
    (item.closeness(best) > 0).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::{Item, Passage, alike, pair};
    use variorum::span::Span;

    /// Records as `START-END` in one report; pairs as they come out.
    fn check(gold: &str, found: &str, want: &[(usize, usize)]) {
        let items = |text: &str| -> Vec<Item<()>> {
            let ends = text.split_whitespace().filter_map(|range| range.split_once('-'));
            let spans = ends.map(|(start, end)| Span::new(start.parse().unwrap(), end.parse().unwrap()));
            spans.map(|span| Item::new(vec![Passage { witness: 0, span }], "", "", ())).collect()
        };
        assert_eq!(pair(&items(gold), &items(found), |a, b| alike(&a.at, &b.at, 50)), want);
    }

    #[test]
    fn one_to_one_and_the_nearest_first() {
        check("0-10 20-30", "0-10 20-30", &[(0, 0), (1, 1)]);
        check("0-10", "0-9 0-10", &[(0, 1)]);
        check("0-10", "6-16", &[]);
        check("0-10 0-10", "0-10", &[(0, 0)]);
    }
}
