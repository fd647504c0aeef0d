//! Which reports of a whole pile are copies of one another.
//!
//! In: reports one at a time, of which a compact record is kept ([`Pile`]). Out: pairs that share text, each with its aligned
//! passages, how much of either stands in the other, and a kind; the passages of each report that are its outlet's furniture.
//! Method: furniture is named first and not compared (`furniture`). Texts that are the same word by word are one text; of the
//! others, runs of five words in common name the candidates (`candidates`). Alignment decides: containment both ways
//! (`confirm`). The result is a function of the set of reports: it does not depend on the order in which they came.
//! Leaves: copies of which less than some fifty words in a row are left unchanged; translations.

mod candidates;
mod confirm;
mod furniture;
mod kind;
mod record;

use crate::edition::EdgeKind;
use crate::model::Annotated;
use crate::span::Span;
use crate::words::{Words, mixed};
use candidates::{Seen, Sought};
use furniture::Furniture;
use record::{Lines, Record, Text};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use confirm::{Comparison, Reason, Thresholds};

/// Two reports of which one was made from the other, or both from a third.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Index of the first report; what [`find`] gives has the smaller one first.
    pub a: usize,
    /// Index of the second.
    pub b: usize,
    /// How one was made from the other.
    pub kind: EdgeKind,
    /// How much of `a` stands in `b`, and of `b` in `a`, in thousandths of its words.
    pub contained: [usize; 2],
    /// Whether both are of one outlet: a revision rather than a copy.
    pub is_revision: bool,
    /// The longest passages that stand in both, of each its place in the source of `a` and of `b`, in the order of `a`.
    pub passages: Vec<(Span, Span)>,
}

/// Where a cap left something out. Nothing is left out where all counts are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capped {
    /// Reports of which only the first words were compared.
    pub cut: usize,
    /// Reports that share text with more others than they were compared with.
    pub compared: usize,
    /// Sentences that recur at one outlet, of which it was not settled whether they are furniture.
    pub unsettled: usize,
}

/// What is found in a pile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Ascending.
    pub copies: Vec<Copy>,
    /// By report, ascending: passages that recur in its outlet's reports, places in its source.
    pub furniture: BTreeMap<usize, Vec<Span>>,
    /// What was left out.
    pub capped: Capped,
}

/// Reports as they come in, each as a compact record.
#[derive(Clone, Debug, Default)]
pub struct Pile {
    records: Vec<Record>,
}

/// The copies of a pile.
pub fn find(reports: &[Annotated]) -> Found {
    let mut pile = Pile::default();
    reports.iter().for_each(|found| pile.add(found));
    pile.find()
}

impl Pile {
    /// Adds a report.
    pub fn add(&mut self, found: &Annotated) {
        self.add_read(found, &Words::of(found));
    }

    /// Adds a report whose words were read before.
    pub fn add_read(&mut self, found: &Annotated, words: &Words) {
        self.records.push(record::record(found, words));
    }

    /// Adds the reports of `other` behind those that are there.
    pub fn append(&mut self, mut other: Pile) {
        self.records.append(&mut other.records);
    }

    /// Takes out what is kept of the words of report `at`, some five bytes a word, to be kept elsewhere and given to
    /// [`Pile::find_with`] again. Without it some hundred bytes a report stay in memory.
    pub fn take(&mut self, at: usize) -> Box<[u8]> {
        std::mem::take(&mut self.records[at].packed)
    }

    /// The copies among all reports added, by the order in which they were added. The order changes nothing but these numbers.
    pub fn find(&self) -> Found {
        self.find_with(&|at| Cow::Borrowed(&self.records[at].packed))
    }

    /// The same where `read` gives what was taken out of each report.
    pub fn find_with<'a>(&'a self, read: &'a Read<'a>) -> Found {
        let kept = self.kept(read);
        let furniture = furniture::find(&kept);
        let mut texts = Texts::new(&kept, &furniture);
        let (groups, seen) = same(&kept.records, |at| texts.words(at));
        let (found, compared) = copies(&mut texts, &groups, seen);
        let mut copies: Vec<Copy> = found.into_iter().map(|copy| renumbered(copy, &kept.order)).collect();
        copies.sort_by_key(|copy| (copy.a, copy.b));
        let cut = kept.records.iter().filter(|record| record.is_cut).count();
        Found {
            copies,
            furniture: named(&kept, &furniture),
            capped: Capped { cut, compared, unsettled: furniture.unsettled },
        }
    }

    /// What two of the reports have in common, and whether one is a copy of the other, with what decided.
    pub fn compare(&self, a: usize, b: usize) -> Comparison {
        self.compare_with(a, b, &|at| Cow::Borrowed(&self.records[at].packed))
    }

    /// The same where `read` gives what was taken out of each report.
    pub fn compare_with<'a>(&'a self, a: usize, b: usize, read: &'a Read<'a>) -> Comparison {
        let furniture = furniture::find(&self.kept(read));
        let text = |at: usize| record::text(&Lines::of(&read(at)), furniture.of(&self.records[at]));
        confirm::compare(&self.records[a], &self.records[b], &text(a), &text(b))
    }

    fn kept<'a>(&'a self, read: &'a Read<'a>) -> Kept<'a> {
        let order = self.order();
        Kept { records: order.iter().map(|&at| &self.records[at]).collect(), order, read }
    }

    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.records.len()).collect();
        order.sort_by_key(|&at| self.records[at].rank());
        order
    }
}

/// What was taken out of a report, by the number under which it was added.
pub type Read<'a> = dyn Fn(usize) -> Cow<'a, [u8]> + 'a;

/// The reports of a pile in their order, and the way to their words.
struct Kept<'a> {
    records: Vec<&'a Record>,
    /// The numbers under which they were added.
    order: Vec<usize>,
    read: &'a Read<'a>,
}

impl Kept<'_> {
    /// What the report at a place of the order says.
    fn lines(&self, at: usize) -> Lines {
        Lines::of(&(self.read)(self.order[at]))
    }
}

/// Reports by their words: those of the same words together, those of next to no words left out; and what runs they have.
fn same(records: &[&Record], words: impl Fn(usize) -> Vec<u32>) -> (Vec<Vec<usize>>, Seen) {
    let mut seen = Seen::new(records.iter().map(|record| record.count as usize).sum());
    let mut sums: Vec<([u64; 2], usize)> = Vec::with_capacity(records.len());
    for at in 0..records.len() {
        let words = words(at);
        if words.len() >= candidates::RUN {
            let length = words.len() as u64;
            let add = |[x, y]: [u64; 2], &word: &u32| {
                let word = u64::from(word);
                [mixed(x, word), mixed(y, !word)]
            };
            sums.push((words.iter().fold([length, 1], add), at));
            seen.add(&words);
        }
    }
    sums.sort_unstable();
    let group = |same: &[([u64; 2], usize)]| same.iter().map(|&(_, at)| at).collect();
    let mut groups: Vec<Vec<usize>> = sums.chunk_by(|x, y| x.0 == y.0).map(group).collect();
    groups.sort_unstable();
    (groups, seen)
}

/// Of reports of the same words, how many are held one by one against those that other words are shared with; the others are
/// copies of these.
const SAME: usize = 4;

/// The copies, and for how many reports not all candidates were compared.
fn copies(texts: &mut Texts, groups: &[Vec<usize>], seen: Seen) -> (Vec<Copy>, usize) {
    let distinct: Vec<usize> = groups.iter().map(|group| group[0]).collect();
    let sought = Sought::new(&distinct, |at| texts.words(at), seen);
    let mut copies = Vec::new();
    let mut compared = 0;
    let mut shared = candidates::Shared::new(distinct.len());
    for (place, group) in groups.iter().enumerate() {
        let (near, is_capped) = sought.near(place, &mut shared);
        compared += usize::from(is_capped);
        for other in near {
            copies.extend(pairs(&groups[other], group).filter_map(|(a, b)| texts.copy(a, b)));
        }
        copies.extend(group[1..].iter().filter_map(|&other| texts.copy(group[0], other)));
    }
    (copies, compared)
}

/// The first of one group with the first of another.
fn pairs<'a>(a: &'a [usize], b: &'a [usize]) -> impl Iterator<Item = (usize, usize)> + use<'a> {
    a.iter().take(SAME).flat_map(move |&a| b.iter().take(SAME).map(move |&b| (a, b)))
}

/// Of how many reports the text is kept at hand, and of how many words at most; what is compared lies near in time.
const AT_HAND: (usize, usize) = (2048, 4000);

/// The texts of the reports, their furniture left out.
struct Texts<'a, 'k> {
    kept: &'a Kept<'k>,
    furniture: &'a Furniture,
    at_hand: Vec<Option<(usize, Rc<Text>)>>,
}

impl<'a, 'k> Texts<'a, 'k> {
    fn new(kept: &'a Kept<'k>, furniture: &'a Furniture) -> Texts<'a, 'k> {
        Texts { kept, furniture, at_hand: vec![None; AT_HAND.0] }
    }

    fn words(&self, at: usize) -> Vec<u32> {
        record::words_of(self.kept.lines(at), self.furniture.of(self.kept.records[at]))
    }

    fn of(&mut self, at: usize) -> Rc<Text> {
        let place = &mut self.at_hand[at % AT_HAND.0];
        match place {
            Some((whose, text)) if *whose == at => text.clone(),
            _ => {
                let record = self.kept.records[at];
                let text = Rc::new(record::text(&self.kept.lines(at), self.furniture.of(record)));
                if record.count as usize <= AT_HAND.1 {
                    *place = Some((at, text.clone()));
                }
                text
            }
        }
    }

    fn copy(&mut self, a: usize, b: usize) -> Option<Copy> {
        let records = &self.kept.records;
        let found = confirm::compare(records[a], records[b], &self.of(a), &self.of(b));
        Some(Copy {
            a,
            b,
            kind: found.kind?,
            contained: found.contained,
            is_revision: found.is_one_outlet,
            passages: found.passages,
        })
    }
}

/// `copy` by the numbers under which the reports were added.
fn renumbered(mut copy: Copy, order: &[usize]) -> Copy {
    (copy.a, copy.b) = (order[copy.a], order[copy.b]);
    if copy.a > copy.b { copy.turned() } else { copy }
}

impl Copy {
    /// The same seen from the other report.
    pub fn turned(mut self) -> Copy {
        std::mem::swap(&mut self.a, &mut self.b);
        self.contained.swap(0, 1);
        self.passages.iter_mut().for_each(|passage| *passage = (passage.1, passage.0));
        self.passages.sort_unstable();
        self
    }
}

/// The furniture of each report as passages of its source.
fn named(kept: &Kept, furniture: &Furniture) -> BTreeMap<usize, Vec<Span>> {
    let passages = |(at, record): (usize, &&Record)| {
        let sums = furniture.of(record)?;
        let passages = record::passages(&kept.lines(at), sums);
        (!passages.is_empty()).then_some((kept.order[at], passages))
    };
    kept.records.iter().enumerate().filter_map(passages).collect()
}

#[cfg(test)]
mod tests;
