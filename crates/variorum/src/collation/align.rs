//! Which word of one reading stands for which of another.
//!
//! In: the words of two readings. Out: [`Column`]s, in order on both sides, each word in exactly one.
//! Method: global alignment with affine gaps (Gotoh 1982), free at the ends, where content weighs more than function
//! words; readings too long for a table are first cut at runs of words that both have once (as in patience diff).
//! Leaves: words that changed places stand as one gap on each side.

use super::senses;
use super::words::{Class, Word};
use std::collections::BTreeMap;

/// A word of the one, of the other, or of both.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Index in the first reading.
    pub a: Option<usize>,
    /// Index in the second.
    pub b: Option<usize>,
}

/// The largest table, in cells; beyond it readings are cut at anchors.
const MAX_CELLS: usize = 1 << 22;
/// Length of an anchor, in words.
const ANCHOR: usize = 5;
/// Set by hand on ten pairs, then held: opening a gap, in the unit of [`score`].
const OPEN: i32 = 6;

/// The alignment of `a` and `b`.
pub fn align(a: &[Word], b: &[Word]) -> Vec<Column> {
    let mut columns = Vec::with_capacity(a.len().max(b.len()));
    if a.len().saturating_mul(b.len()) <= MAX_CELLS {
        table(a, b, (0, 0), &mut columns);
        return columns;
    }
    let (mut from_a, mut from_b) = (0, 0);
    for (at_a, at_b) in anchors(a, b).into_iter().chain([(a.len(), b.len())]) {
        stretch(a, b, (from_a, at_a), (from_b, at_b), &mut columns);
        if at_a < a.len() {
            columns.push(Column { a: Some(at_a), b: Some(at_b) });
        }
        (from_a, from_b) = (at_a + 1, at_b + 1);
    }
    columns
}

/// Aligns between two anchors, by table where it fits, else side by side as unmatched.
fn stretch(a: &[Word], b: &[Word], of_a: (usize, usize), of_b: (usize, usize), columns: &mut Vec<Column>) {
    let (part_a, part_b) = (&a[of_a.0..of_a.1], &b[of_b.0..of_b.1]);
    if part_a.len().saturating_mul(part_b.len()) <= MAX_CELLS {
        return table(part_a, part_b, (of_a.0, of_b.0), columns);
    }
    columns.extend((of_a.0..of_a.1).map(|at| Column { a: Some(at), b: None }));
    columns.extend((of_b.0..of_b.1).map(|at| Column { a: None, b: Some(at) }));
}

/// Starts of word runs that stand once in each, in an order both share.
fn anchors(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let once = |words: &[Word]| {
        let mut places: BTreeMap<Vec<String>, Option<usize>> = BTreeMap::new();
        for (at, run) in words.windows(ANCHOR).enumerate() {
            let forms: Vec<String> = run.iter().map(|word| word.form.clone()).collect();
            places.entry(forms).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let in_b = once(b);
    let mut both: Vec<(usize, usize)> =
        once(a).into_iter().filter_map(|(run, at)| Some((at?, (*in_b.get(&run)?)?))).collect();
    both.sort_unstable();
    increasing(&both)
}

/// The longest run of `pairs` (sorted by the first) in which the second grows too.
fn increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut run = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.push(pairs[at]);
        next = before[at];
    }
    run.reverse();
    run
}

/// What it is worth that `a` stands for `b`.
pub fn score(a: &Word, b: &Word) -> i32 {
    let weight = weight(a).min(weight(b));
    if senses::same(&a.form, &b.form) {
        2 * weight
    } else if senses::shifted(&a.form, &b.form) || senses::akin(&a.form, &b.form) {
        weight
    } else if senses::near(&a.form, &b.form) || senses::against(&a.form, &b.form) {
        weight / 2
    } else if a.class == b.class || senses::other_modal(&a.form, &b.form) {
        -3
    } else {
        -6
    }
}

/// What a word weighs.
pub fn weight(word: &Word) -> i32 {
    match word.class {
        Class::Function => 2,
        Class::Modal | Class::Negation => 3,
        Class::Content | Class::Number | Class::Name => 5,
    }
}

const LOW: i32 = i32::MIN / 4;
/// Bits of a cell of the trace: where the best of each of the three tables came from.
const FROM_A_GAP: u8 = 1;
const FROM_B_GAP: u8 = 2;
const A_GAP_GOES_ON: u8 = 4;
const B_GAP_GOES_ON: u8 = 8;

/// Gotoh's three tables over all of `a` and `b`; indices in `columns` start at `offset`.
fn table(a: &[Word], b: &[Word], offset: (usize, usize), columns: &mut Vec<Column>) {
    let width = b.len() + 1;
    let mut trace = vec![0u8; (a.len() + 1) * width];
    let mut best = vec![0i32; width];
    // Best score that ends with a word of `a` alone, by column.
    let mut alone_a = vec![LOW; width];
    trace[1..].iter_mut().take(b.len()).for_each(|cell| *cell = FROM_B_GAP | B_GAP_GOES_ON);
    for i in 1..=a.len() {
        let mut diagonal = best[0];
        best[0] = 0;
        trace[i * width] = FROM_A_GAP | A_GAP_GOES_ON;
        let mut alone_b = LOW;
        for j in 1..=b.len() {
            let mut cell = 0;
            // Words of `a` alone behind the end of `b` cost nothing, and the other way round.
            let (open_a, extend_a) = if j == b.len() { (0, 0) } else { cost(b.get(j)) };
            let (open_b, extend_b) = if i == a.len() { (0, 0) } else { cost(a.get(i)) };
            let (goes_on, opens) = (alone_a[j] - extend_a, best[j] - open_a);
            alone_a[j] = goes_on.max(opens);
            cell |= if goes_on >= opens { A_GAP_GOES_ON } else { 0 };
            let (goes_on, opens) = (alone_b - extend_b, best[j - 1] - open_b);
            alone_b = goes_on.max(opens);
            cell |= if goes_on >= opens { B_GAP_GOES_ON } else { 0 };
            let both = diagonal + score(&a[i - 1], &b[j - 1]);
            diagonal = best[j];
            best[j] = both.max(alone_a[j]).max(alone_b);
            if best[j] != both {
                cell |= if best[j] == alone_a[j] { FROM_A_GAP } else { FROM_B_GAP };
            }
            trace[i * width + j] = cell;
        }
    }
    walk(&trace, (a.len(), b.len()), offset, columns);
}

/// Opening and extending a gap before `next` of the side that lacks words; cheap where that side says it left some out.
fn cost(next: Option<&Word>) -> (i32, i32) {
    if next.is_some_and(|word| word.after_cut) { (OPEN / 3, 0) } else { (OPEN, 1) }
}

/// Follows the trace from the end.
fn walk(trace: &[u8], size: (usize, usize), offset: (usize, usize), columns: &mut Vec<Column>) {
    let first = columns.len();
    let width = size.1 + 1;
    let (mut i, mut j) = size;
    let mut within = 0u8;
    while i > 0 || j > 0 {
        let cell = trace[i * width + j];
        let own = if within != 0 { within } else { cell & (FROM_A_GAP | FROM_B_GAP) };
        let step = if j == 0 { FROM_A_GAP } else { own };
        match step {
            FROM_A_GAP if i > 0 => {
                i -= 1;
                columns.push(Column { a: Some(offset.0 + i), b: None });
                within = if cell & A_GAP_GOES_ON != 0 { FROM_A_GAP } else { 0 };
            }
            _ if j > 0 && (i == 0 || step == FROM_B_GAP) => {
                j -= 1;
                columns.push(Column { a: None, b: Some(offset.1 + j) });
                within = if cell & B_GAP_GOES_ON != 0 { FROM_B_GAP } else { 0 };
            }
            _ => {
                (i, j) = (i - 1, j - 1);
                columns.push(Column { a: Some(offset.0 + i), b: Some(offset.1 + j) });
                within = 0;
            }
        }
    }
    columns[first..].reverse();
}
