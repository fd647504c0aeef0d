//! What is kept of a report to find its copies.
//!
//! In: one report. Out: a [`Record`], in which its [`Lines`] lie packed in five bytes a word, and from these, when it is compared,
//! its [`Text`]. The packed lines may lie elsewhere: whoever keeps them hands them back by the report's number.
//! Method: words of the running text as numbers, sentence by sentence; of what the reader set aside (captions, headings,
//! teasers) the sum of each sentence, so that a passage is known again where another page has it as running text.
//! Leaves: words beyond [`LONGEST`], which is said.

use crate::lineage::align::Index;
use crate::lineage::copies::{self, Folded, Own, Prose};
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
    /// How many words are kept.
    pub count: u32,
    /// Its [`Lines`]; empty where they lie elsewhere.
    pub packed: Box<[u8]>,
    key: u128,
    id: Box<str>,
}

impl Record {
    /// An order of reports that does not depend on how they came in.
    pub fn rank(&self) -> (bool, Option<(i64, i64)>, u128, &str) {
        (self.published.is_none(), self.published, self.key, &self.id)
    }
}

/// What a report says, as far as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    words: Vec<u32>,
    /// For each word whether it is the narrator's (1), a name or number (2), and a number (4).
    marks: Vec<u8>,
    sentences: Vec<Sentence>,
    /// Sums of the sentences that are no running text, ascending.
    aside: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The names and numbers of one sentence after the other, of each ascending, and which are numbers.
    facts: Vec<(u64, bool)>,
    /// One past the last of each sentence.
    ends: Vec<u32>,
    /// Sums of the sentences that are no running text, ascending.
    pub aside: Vec<u64>,
}

impl Text {
    /// The names and numbers of a sentence, ascending, and which are numbers.
    pub fn facts(&self, sentence: usize) -> &[(u64, bool)] {
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.facts[start..self.ends[sentence] as usize]
    }
}

impl Lines {
    /// The lines as [`Lines::packed`] wrote them; none where these bytes are something else.
    pub fn of(packed: &[u8]) -> Lines {
        Lines::read(&mut { packed }).unwrap_or_default()
    }

    fn read(from: &mut &[u8]) -> Option<Lines> {
        let counts: [u32; 3] = [number_at(from)?, number_at(from)?, number_at(from)?];
        let [words, sentences, aside] = counts.map(|count| count as usize);
        let words: Vec<u32> = taken(from, 4 * words)?
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes(word.try_into().unwrap_or_default()))
            .collect();
        let halves = taken(from, words.len().div_ceil(2))?.iter().flat_map(|two| [two & 15, two >> 4]);
        let mut lines = Lines { marks: halves.take(words.len()).collect(), words, ..Lines::default() };
        for _ in 0..sentences {
            let [end, start, stop] = [number_at(from)?, number_at(from)?, number_at(from)?];
            let place = (start <= stop).then(|| Span::new(start as usize, stop as usize))?;
            let translated = taken(from, 1)?[0] as i8;
            let before = lines.sentences.last().map_or(0, |before| before.end);
            (before <= end && end as usize <= lines.words.len()).then_some(())?;
            lines.sentences.push(Sentence { end, place, translated });
        }
        let sums = taken(from, 8 * aside)?.chunks_exact(8);
        lines.aside = sums.map(|sum| u64::from_le_bytes(sum.try_into().unwrap_or_default())).collect();
        Some(lines)
    }

    /// As bytes: how many words, sentences and sums there are, the words, a mark in each half byte, the sentences, the sums.
    fn packed(&self) -> Box<[u8]> {
        let room = 12 + 5 * self.words.len() + 13 * self.sentences.len() + 8 * self.aside.len();
        let mut packed = Vec::with_capacity(room);
        let counts = [self.words.len(), self.sentences.len(), self.aside.len()];
        counts.iter().for_each(|&count| packed.extend((count as u32).to_le_bytes()));
        self.words.iter().for_each(|word| packed.extend(word.to_le_bytes()));
        packed.extend(self.marks.chunks(2).map(|two| two[0] | two.get(1).unwrap_or(&0) << 4));
        for sentence in &self.sentences {
            let place = [sentence.place.start() as u32, sentence.place.end() as u32];
            [sentence.end, place[0], place[1]].iter().for_each(|number| packed.extend(number.to_le_bytes()));
            packed.push(sentence.translated as u8);
        }
        self.aside.iter().for_each(|sum| packed.extend(sum.to_le_bytes()));
        packed.into()
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

/// The next bytes of `from`, taken off it; `None` where it has not so many.
fn taken<'a>(from: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(count)?;
    *from = rest;
    Some(taken)
}

fn number_at(from: &mut &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(taken(from, 4)?.try_into().ok()?))
}

/// The record of a report.
pub fn record(found: &Annotated) -> Record {
    let report = &found.report;
    let mut lines = Lines { aside: aside(found), ..Lines::default() };
    let mut is_cut = false;
    let is_told = |block: usize| report.blocks[block].kind.is_body();
    for (sentence, tokens) in copies::sentences(found, is_told) {
        if lines.words.len() + sentence.words.len() > LONGEST {
            is_cut = true;
            break;
        }
        let facts = facts(&report.text, tokens);
        lines.words.extend(sentence.words.iter().map(|&word| number(word)));
        lines
            .marks
            .extend(facts.into_iter().enumerate().map(|(at, fact)| u8::from(sentence.own.at(at)) + fact));
        lines.sentences.push(Sentence {
            end: lines.words.len() as u32,
            place: report.map.to_source(sentence.span),
            translated: sentence.translated.clamp(-100, 100) as i8,
        });
    }
    Record {
        outlet: report.outlet.as_deref().map(copies::hash),
        published: crate::lineage::published(found),
        is_cut,
        count: lines.words.len() as u32,
        packed: lines.packed(),
        key: report.key,
        id: report.id.as_str().into(),
    }
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
    copies::hash_each(words.iter().map(|&word| word.into()))
}

/// Those of `lines` without the sentences whose sums are in `furniture`.
fn told<'a>(
    lines: &'a Lines,
    furniture: Option<&BTreeSet<u64>>,
) -> impl Iterator<Item = (&'a [u32], &'a [u8], &'a Sentence)> {
    let is_furniture = move |words: &[u32]| {
        furniture.is_some_and(|sums| words.len() >= TELLING && sums.contains(&sum(words)))
    };
    lines.lines().filter(move |(words, _, _)| !is_furniture(words))
}

/// The words of `lines` in their order, without those of the sentences whose sums are in `furniture`.
pub fn words(lines: &Lines, furniture: Option<&BTreeSet<u64>>) -> Vec<u64> {
    let mut told = Vec::with_capacity(lines.words.len());
    self::told(lines, furniture)
        .for_each(|(words, _, _)| told.extend(words.iter().map(|&word| u64::from(word))));
    told
}

/// `lines` as they are compared, without the sentences whose sums are in `furniture`.
pub fn text(lines: &Lines, furniture: Option<&BTreeSet<u64>>) -> Text {
    let mut sentences = Vec::with_capacity(lines.sentences.len());
    let (mut facts, mut ends) = (Vec::new(), Vec::with_capacity(lines.sentences.len()));
    for (words, marks, sentence) in self::told(lines, furniture) {
        let told = words.iter().zip(marks).filter(|(_, mark)| **mark & 2 != 0);
        let start = facts.len();
        facts.extend(told.map(|(&word, mark)| (u64::from(word), mark & 4 != 0)));
        facts[start..].sort_unstable();
        ends.push(facts.len() as u32);
        sentences.push(Folded {
            span: sentence.place,
            words: words.iter().map(|&word| word.into()).collect(),
            own: Own::of(marks.iter().map(|mark| mark & 1 != 0)),
            translated: sentence.translated.into(),
        });
    }
    let prose = Prose { sentences, furniture: BTreeSet::new() };
    Text { index: Index::new(&prose), prose, facts, ends, aside: lines.aside.clone() }
}

/// The passages of `lines` whose sentences' sums are in `sums`, neighbours joined.
pub fn passages(lines: &Lines, sums: &BTreeSet<u64>) -> Vec<Span> {
    let mut passages: Vec<Span> = Vec::new();
    let mut follows = false;
    for (sentence, sum) in lines.sentences.iter().zip(lines.sums()) {
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
