//! The words that differ between a base and its witnesses.
//!
//! In: the words of the base and of each witness. Out: [`Entry`]s in the order of the base: a range of its units, and what
//! each witness that differs has in their place. Taking the base and putting a witness's words in gives that witness:
//! every unit stands once, in the base or in the apparatus.
//! Method: each witness is aligned with the base; stretches of units that differ are united where they overlap.

use super::verdict::{Change, Comparison, Kind, glyphs};
use super::words::Words;
use std::ops::Range;

/// A place of the base, and the witnesses that have something else there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Units of the base; empty where witnesses add.
    pub base: Range<usize>,
    /// The strongest kind over the witnesses.
    pub kind: Kind,
    /// Index of the witness and its units (empty for an omission), in order.
    pub witnesses: Vec<(usize, Range<usize>)>,
}

/// A witness: its text, its words, and how they compare with the base.
#[derive(Copy, Clone, Debug)]
pub struct Witness<'a> {
    /// The text its units lie in.
    pub text: &'a str,
    /// Its words.
    pub words: &'a Words,
    /// The comparison, base first.
    pub held: &'a Comparison,
}

/// A stretch of base units against a stretch of a witness's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    base: Range<usize>,
    witness: Range<usize>,
    /// `None` where both have the same.
    kind: Option<Kind>,
    /// Which change it belongs to: neighbours of one change are one stretch.
    change: Option<usize>,
}

/// The apparatus of `base` over `witnesses`.
pub fn entries(base_text: &str, base: &Words, witnesses: &[Witness]) -> Vec<Entry> {
    let stretches: Vec<Vec<Stretch>> =
        witnesses.iter().map(|witness| stretches(base_text, base, witness)).collect();
    let mut entries = Vec::new();
    for (range, kind) in united(&stretches) {
        let differing = stretches.iter().enumerate().filter_map(|(at, own)| {
            let here: Vec<&Stretch> = own.iter().filter(|stretch| lies_in(&stretch.base, &range)).collect();
            let differs = here.iter().any(|stretch| stretch.kind.is_some());
            let place = here.first()?.witness.start..here.last()?.witness.end;
            differs.then_some((at, place))
        });
        entries.push(Entry { base: range.clone(), kind, witnesses: differing.collect() });
    }
    entries
}

/// Whether a stretch at `inner` is read within `outer`: an addition belongs to the place it stands at, or inside of.
fn lies_in(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    if inner.is_empty() {
        return inner == outer || outer.start < inner.start && inner.start < outer.end;
    }
    outer.start <= inner.start && inner.end <= outer.end
}

/// The differing places over all witnesses, united where they overlap, with the strongest kind, in order.
fn united(stretches: &[Vec<Stretch>]) -> Vec<(Range<usize>, Kind)> {
    let mut places: Vec<(Range<usize>, Kind)> = stretches
        .iter()
        .flatten()
        .filter_map(|stretch| Some((stretch.base.clone(), stretch.kind?)))
        .collect();
    places.sort_by_key(|(range, _)| (range.start, range.end));
    let mut united: Vec<(Range<usize>, Kind)> = Vec::new();
    for (range, kind) in places {
        match united.last_mut() {
            Some((last, strongest)) if *last == range || range.start < last.end => {
                last.end = last.end.max(range.end);
                *strongest = kind.max(*strongest);
            }
            _ => united.push((range, kind)),
        }
    }
    united
}

/// One witness against the base, both covered whole and in order.
fn stretches(base_text: &str, base: &Words, witness: &Witness) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut from_base, mut from_witness) = (0, 0);
    for (to_base, to_witness, change) in cuts(base, witness.words, witness.held) {
        let mut next =
            Stretch { base: from_base..to_base, witness: from_witness..to_witness, kind: None, change };
        (from_base, from_witness) = (to_base, to_witness);
        if next.base.is_empty() && next.witness.is_empty() {
            continue;
        }
        next.kind = kind(&next, base_text, base, witness);
        match stretches.last_mut() {
            Some(last) if last.change.is_some() && last.change == next.change && next.kind.is_some() => {
                last.base.end = next.base.end;
                last.witness.end = next.witness.end;
            }
            _ => stretches.push(next),
        }
    }
    stretches
}

/// Places where both sides can be cut between units, each with the change that the units before it belong to.
fn cuts(base: &Words, witness: &Words, held: &Comparison) -> Vec<(usize, usize, Option<usize>)> {
    let mut cuts = Vec::new();
    let (mut in_base, mut in_witness) = (0, 0);
    let mut change = None;
    for column in &held.columns {
        change = change.or_else(|| of_change(&held.changes, column.a, column.b));
        in_base = column.a.map_or(in_base, |at| at + 1);
        in_witness = column.b.map_or(in_witness, |at| at + 1);
        if let (Some(a), Some(b)) = (boundary(base, in_base), boundary(witness, in_witness)) {
            cuts.push((a, b, change.take()));
        }
    }
    if cuts.last().map(|&(a, b, _)| (a, b)) != Some((base.units.len(), witness.units.len())) {
        cuts.push((base.units.len(), witness.units.len(), change));
    }
    cuts
}

fn of_change(changes: &[Change], a: Option<usize>, b: Option<usize>) -> Option<usize> {
    let next = changes.partition_point(|change| {
        a.is_some_and(|at| change.a.end <= at) || b.is_some_and(|at| change.b.end <= at)
    });
    let holds = |range: &Range<usize>, at: Option<usize>| at.is_some_and(|at| range.contains(&at));
    changes.get(next).filter(|change| holds(&change.a, a) || holds(&change.b, b)).map(|_| next)
}

/// The unit that begins before word `at`; `None` inside a unit.
fn boundary(words: &Words, at: usize) -> Option<usize> {
    match (at.checked_sub(1).map(|last| words.words[last].unit), words.words.get(at)) {
        (Some(last), Some(next)) if next.unit == last => None,
        (Some(last), _) => Some(last + 1),
        (None, _) => Some(0),
    }
}

/// How a stretch differs; `None` where both have the same but for glyphs and a closing comma or full stop.
fn kind(stretch: &Stretch, base_text: &str, base: &Words, witness: &Witness) -> Option<Kind> {
    let here = written(base_text, base, &stretch.base);
    let there = written(witness.text, witness.words, &stretch.witness);
    // A comma that closes one part and stands inside the other is the same comma.
    let are_same = |(a, b): (&Unit, &Unit)| a.whole == b.whole || a.bare == b.bare;
    if here.len() == there.len() && here.iter().zip(&there).all(are_same) {
        return None;
    }
    let change = stretch.change.map(|at| witness.held.changes[at].kind);
    Some(change.unwrap_or_else(|| {
        let letters = |units: &[Unit]| {
            let all = units.iter().flat_map(|unit| unit.bare.chars());
            all.filter(|c| c.is_alphanumeric()).collect::<String>()
        };
        let is_spelled = letters(&here).to_lowercase() == letters(&there).to_lowercase();
        if is_spelled { Kind::Punctuation } else { Kind::Spelling }
    }))
}

/// A unit as compared by the eye, its glyphs folded.
struct Unit {
    whole: String,
    /// Without the comma or full stop that closes a part.
    bare: String,
}

fn written(text: &str, words: &Words, units: &Range<usize>) -> Vec<Unit> {
    let plain = |at: usize| {
        let unit = words.units[at];
        let closes = words.units.get(at + 1).is_none_or(|next| next.part != unit.part);
        let whole = glyphs(unit.span.of(text));
        let bare = if closes { whole.trim_end_matches(['.', ',']).to_owned() } else { whole.clone() };
        Unit { whole, bare }
    };
    units.clone().map(plain).collect()
}
