//! What is kept of a report to find its copies.
//!
//! In: one report. Out: a [`Record`] of some four bytes a word, and from it, when it is compared, its [`Text`].
//! Method: words of the running text as numbers, sentence by sentence; of what the reader set aside (captions, headings,
//! teasers) the sum of each sentence, so that a passage is known again where another page has it as running text.
//! Leaves: words beyond [`LONGEST`], which is said.

use crate::lineage::align::Index;
use crate::lineage::copies::{self, Folded, Prose};
use crate::model::{Annotated, BlockKind};
use crate::span::Span;
use crate::token::{self, Kind, Token};
use std::collections::BTreeSet;

/// How many words of a report are compared: a book's worth. Bounds what one report can cost.
const LONGEST: usize = 100_000;

/// A sentence of fewer words is nobody's in particular.
pub const TELLING: usize = 5;

/// A report as it is kept.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The outlet's name as a number.
    pub outlet: Option<u64>,
    /// Earliest and latest minute of publication.
    pub published: Option<(i64, i64)>,
    /// Whether it has more words than are kept.
    pub is_cut: bool,
    key: u128,
    id: String,
    words: Vec<u32>,
    /// For each word whether it is the narrator's (1), a name or number (2), and a number (4).
    marks: Vec<u8>,
    sentences: Vec<Sentence>,
    /// Sums of the sentences that are no running text, ascending.
    aside: Vec<u64>,
}

#[derive(Clone, Debug)]
struct Sentence {
    /// Of its words, one past the last.
    end: u32,
    /// Its place in the source.
    place: Span,
    translated: i8,
}

/// A report as it is compared, its furniture left out.
pub struct Text {
    /// The sentences, each with its place in the source.
    pub prose: Prose,
    /// The same, laid out to be aligned.
    pub index: Index,
    /// The names and numbers of each sentence, ascending, and which are numbers.
    pub facts: Vec<Vec<(u64, bool)>>,
    /// Sums of the sentences that are no running text.
    pub aside: BTreeSet<u64>,
}

impl Text {
    /// All its words in order.
    pub fn words(&self) -> impl Iterator<Item = u64> {
        self.prose.sentences.iter().flat_map(|sentence| sentence.words.iter().copied())
    }
}

impl Record {
    /// An order of reports that does not depend on how they came in.
    pub fn rank(&self) -> (bool, Option<(i64, i64)>, u128, &str) {
        (self.published.is_none(), self.published, self.key, &self.id)
    }

    /// How many words are kept.
    pub fn count(&self) -> usize {
        self.words.len()
    }

    /// Words, marks and description of each sentence.
    fn lines(&self) -> impl Iterator<Item = (&[u32], &[u8], &Sentence)> {
        let mut start = 0;
        self.sentences.iter().map(move |sentence| {
            let range = start..sentence.end as usize;
            start = range.end;
            (&self.words[range.clone()], &self.marks[range], sentence)
        })
    }

    /// The sum of each sentence, in order; `None` for those that are nobody's in particular.
    pub fn sums(&self) -> impl Iterator<Item = Option<u64>> {
        self.lines().map(|(words, _, _)| (words.len() >= TELLING).then(|| sum(words)))
    }

    /// The words of each sentence, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &[u32]> {
        self.lines().map(|(words, _, _)| words)
    }
}

/// The record of a report.
pub fn record(found: &Annotated) -> Record {
    let report = &found.report;
    let mut record = Record {
        outlet: report.outlet.as_deref().map(copies::hash),
        published: crate::lineage::published(found),
        key: report.key,
        id: report.id.clone(),
        aside: aside(found),
        ..Record::default()
    };
    let is_told = |block: usize| report.blocks[block].kind.is_body();
    for (sentence, tokens) in copies::sentences(found, is_told) {
        if record.words.len() + sentence.words.len() > LONGEST {
            record.is_cut = true;
            break;
        }
        let facts = facts(&report.text, tokens);
        record.words.extend(sentence.words.iter().map(|&word| number(word)));
        record.marks.extend(sentence.own.iter().zip(facts).map(|(&own, fact)| u8::from(own) + fact));
        record.sentences.push(Sentence {
            end: record.words.len() as u32,
            place: report.map.to_source(sentence.span),
            translated: sentence.translated.clamp(-100, 100) as i8,
        });
    }
    record.words.shrink_to_fit();
    record.marks.shrink_to_fit();
    record.sentences.shrink_to_fit();
    record
}

/// For each word of a sentence its mark as a number, or as a name: capitalised, and not behind a mark or at the beginning.
fn facts(text: &str, sentence: &[Token]) -> Vec<u8> {
    let (mut facts, mut opens) = (Vec::with_capacity(sentence.len()), true);
    for token in sentence {
        match token.kind {
            Kind::Number => facts.push(2 + 4),
            Kind::Word if !opens && token.is_capitalised(text) => facts.push(2),
            Kind::Word => facts.push(0),
            Kind::Mark => {}
        }
        opens = token.kind == Kind::Mark;
    }
    facts
}

fn aside(found: &Annotated) -> Vec<u64> {
    let text = &found.report.text;
    let is_aside = |kind: BlockKind| !kind.is_body() && kind != BlockKind::Other;
    let mut sums: Vec<u64> = found
        .sentences
        .iter()
        .filter(|sentence| is_aside(found.report.blocks[sentence.block].kind))
        .map(|sentence| {
            sentence
                .tokens
                .iter()
                .filter(|token| token.kind != Kind::Mark)
                .map(|token| number(copies::hash(&token::fold(token.of(text)))))
                .collect::<Vec<u32>>()
        })
        .filter(|words| words.len() >= TELLING)
        .map(|words| sum(&words))
        .take(LONGEST / TELLING)
        .collect();
    sums.sort_unstable();
    sums.dedup();
    sums
}

/// A word's hash, folded to half its length.
fn number(word: u64) -> u32 {
    (word ^ (word >> 32)) as u32
}

fn sum(words: &[u32]) -> u64 {
    let words: Vec<u64> = words.iter().map(|&word| word.into()).collect();
    copies::hash_all(&words)
}

/// The lines of `record` without the sentences whose sums are in `furniture`.
fn told<'a>(
    record: &'a Record,
    furniture: Option<&BTreeSet<u64>>,
) -> impl Iterator<Item = (&'a [u32], &'a [u8], &'a Sentence)> {
    let is_furniture = move |words: &[u32]| {
        furniture.is_some_and(|sums| words.len() >= TELLING && sums.contains(&sum(words)))
    };
    record.lines().filter(move |(words, _, _)| !is_furniture(words))
}

/// The words of `record` in their order, without those of the sentences whose sums are in `furniture`.
pub fn words(record: &Record, furniture: Option<&BTreeSet<u64>>) -> Vec<u64> {
    told(record, furniture).flat_map(|(words, _, _)| words.iter().map(|&word| word.into())).collect()
}

/// `record` as it is compared, without the sentences whose sums are in `furniture`.
pub fn text(record: &Record, furniture: Option<&BTreeSet<u64>>) -> Text {
    let (mut sentences, mut facts) = (Vec::new(), Vec::new());
    for (words, marks, sentence) in self::told(record, furniture) {
        let told = words.iter().zip(marks).filter(|(_, mark)| **mark & 2 != 0);
        let mut told: Vec<(u64, bool)> = told.map(|(&word, mark)| (word.into(), mark & 4 != 0)).collect();
        told.sort_unstable();
        facts.push(told);
        sentences.push(Folded {
            span: sentence.place,
            words: words.iter().map(|&word| word.into()).collect(),
            own: marks.iter().map(|mark| mark & 1 != 0).collect(),
            translated: sentence.translated.into(),
        });
    }
    let prose = Prose { sentences, furniture: BTreeSet::new() };
    Text { index: Index::new(&prose), prose, facts, aside: record.aside.iter().copied().collect() }
}

/// The passages of `record` whose sentences' sums are in `sums`, neighbours joined.
pub fn passages(record: &Record, sums: &BTreeSet<u64>) -> Vec<Span> {
    let mut passages: Vec<Span> = Vec::new();
    let mut follows = false;
    for (sentence, sum) in record.sentences.iter().zip(record.sums()) {
        let is_named = sum.is_some_and(|sum| sums.contains(&sum));
        match passages.last_mut().filter(|_| is_named && follows) {
            Some(last) => *last = last.cover(sentence.place),
            None if is_named => passages.push(sentence.place),
            None => {}
        }
        follows = is_named;
    }
    passages
}
