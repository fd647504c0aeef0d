//! How one of two texts was made from the other.
//!
//! In: two texts, aligned. Out: the kind.
//! Method: what of either stands in the other; whether the sentences that stand in both were changed; whether one text is in
//! one stretch the other's words and beside it its own.
//! Leaves: texts of which more than two were joined.

use super::record::Text;
use crate::edition::EdgeKind;
use crate::lineage::align::Match;
use crate::lineage::copies::{self, Coverage, Prose};
use std::collections::BTreeSet;

/// How much of both makes them the same, in thousandths; and where what one has more are lines of at most [`LINE`] words.
/// These were set on `copies-dev`; rerun `variorum eval copies`.
const SAME: usize = 930;
const FRAMED: usize = 800;
const LINE: usize = 12;

/// A sentence of fewer words tells nothing of where it is from.
const TELLING: usize = 5;

/// How one of two texts was made from the other.
///
/// `contained`: how much of either stands in the other, in thousandths.
pub fn kind(
    a: &Text,
    b: &Text,
    matches: &[Match],
    [of_a, of_b]: &[Coverage; 2],
    contained: [usize; 2],
) -> EdgeKind {
    let (a, b) = (&a.prose, &b.prose);
    let (least, most) = (contained[0].min(contained[1]), contained[0].max(contained[1]));
    let aligned = of_a.aligned.max(of_b.aligned).max(1);
    let is_changed = 100 * (aligned - of_a.shared.min(aligned)) >= 2 * aligned;
    let kept = |pair: &&Match| {
        let long = a.sentences[pair.a].count().max(b.sentences[pair.b].count());
        20 * pair.shared >= 19 * long
    };
    let is_framed =
        || is_lines(a, matches.iter().map(|pair| pair.a)) && is_lines(b, matches.iter().map(|pair| pair.b));
    let is_spliced = || {
        is_spliced(a, matches.iter().filter(kept).map(|pair| pair.a))
            || is_spliced(b, matches.iter().filter(kept).map(|pair| pair.b))
    };
    match () {
        _ if least < FRAMED && most < SAME && is_spliced() => EdgeKind::Merged,
        _ if is_changed && copies::is_translated(a, b, matches) => EdgeKind::Translated,
        _ if is_changed => EdgeKind::Revised,
        _ if least >= SAME || least >= FRAMED && is_framed() => EdgeKind::Verbatim,
        _ if most >= SAME => EdgeKind::Trimmed,
        _ => EdgeKind::Revised,
    }
}

/// Whether the sentences of a text that do not stand in the other are short lines.
fn is_lines(of: &Prose, aligned: impl Iterator<Item = usize>) -> bool {
    let aligned: BTreeSet<usize> = aligned.collect();
    let own: Vec<usize> = (0..of.sentences.len())
        .filter(|at| !aligned.contains(at))
        .map(|at| of.sentences[at].count())
        .collect();
    own.iter().sum::<usize>() <= LINE * own.len()
}

/// Whether a text is in one stretch the words of the other, and in one or two its own; sentences of few words are passed over.
fn is_spliced(of: &Prose, kept: impl Iterator<Item = usize>) -> bool {
    let kept: BTreeSet<usize> = kept.collect();
    let told: Vec<bool> = (0..of.sentences.len())
        .filter(|&at| of.sentences[at].count() >= TELLING)
        .map(|at| kept.contains(&at))
        .collect();
    let (first, last) = (told.iter().position(|&is_kept| is_kept), told.iter().rposition(|&is_kept| is_kept));
    let (Some(first), Some(last)) = (first, last) else { return false };
    let stretch = last + 1 - first;
    let is_whole = 10 * told.iter().filter(|&&is_kept| is_kept).count() >= 8 * stretch;
    is_whole && stretch >= 3 && 10 * (told.len() - stretch) >= 3 * told.len()
}
