//! What is kept of a report to find its copies.
//!
//! In: one report. Out: a [`Record`], in which its [`Lines`] lie packed in five bytes a word, and from these, when it is compared,
//! its [`Text`]. The packed lines may lie elsewhere: whoever keeps them hands them back by the report's number.
//! Method: words of the running text as numbers, sentence by sentence; of what the reader set aside (captions, headings,
//! teasers) the sum of each sentence, so that a passage is known again where another page has it as running text.
//! Leaves: words beyond [`LONGEST`], which is said.

use crate::lineage::align::Index;
use crate::lineage::copies::{self, Prose, hash_all};
use crate::model::{Annotated, BlockKind};
use crate::span::Span;
use crate::token::Kind;
use crate::words::{self, Behind, Word, Words};
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
    /// The sum of its id.
    id: u64,
}

impl Record {
    /// An order of reports that does not depend on how they came in.
    pub fn rank(&self) -> (bool, Option<(i64, i64)>, u128, u64) {
        (self.published.is_none(), self.published, self.key, self.id)
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
    facts: Vec<(u32, bool)>,
    /// One past the last of each sentence.
    ends: Vec<u32>,
    /// Sums of the sentences that are no running text, ascending.
    pub aside: Vec<u64>,
}

impl Text {
    /// The names and numbers of a sentence, ascending, and which are numbers.
    pub fn facts(&self, sentence: usize) -> &[(u32, bool)] {
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
        let (each, _) = taken(from, 4 * words)?.as_chunks::<4>();
        let words: Vec<u32> = each.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let mut marks = Vec::with_capacity(words.len() + 1);
        taken(from, words.len().div_ceil(2))?.iter().for_each(|two| marks.extend([two & 15, two >> 4]));
        marks.truncate(words.len());
        let mut lines = Lines {
            words,
            marks,
            sentences: Vec::with_capacity(sentences.min(from.len() / 13)),
            ..Lines::default()
        };
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
        self.lines().map(|(words, _, _)| (words.len() >= TELLING).then(|| hash_all(words)))
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

/// The record of a report, of which `words` are the words.
pub fn record(found: &Annotated, words: &Words) -> Record {
    let (report, quoted) = (&found.report, copies::quoted(found));
    let mut lines = Lines { aside: aside(found, words), ..Lines::default() };
    let mut is_cut = false;
    let is_told = |block: usize| report.blocks[block].kind.is_body();
    for told in copies::sentences(found, words, &quoted, is_told) {
        if lines.words.len() + told.words.len() > LONGEST {
            is_cut = true;
            break;
        }
        lines.words.extend(told.words.iter().map(|word| word.number));
        lines.marks.extend(told.words.iter().zip(told.own()).map(|(word, own)| u8::from(own) + mark(word)));
        lines.sentences.push(Sentence {
            end: lines.words.len() as u32,
            place: report.map.to_source(told.span),
            translated: told.translated().clamp(-100, 100) as i8,
        });
    }
    Record {
        outlet: report.outlet.as_deref().map(words::hash),
        published: crate::lineage::published(found),
        is_cut,
        count: lines.words.len() as u32,
        packed: lines.packed(),
        key: report.key,
        id: words::hash(&report.id),
    }
}

/// The mark of a word as a number, or as a name: capitalised, and not behind a mark or at the beginning.
fn mark(word: &Word) -> u8 {
    match word.kind {
        Kind::Number => 2 + 4,
        _ if word.is_capital && word.behind == Behind::Word => 2,
        _ => 0,
    }
}

fn aside(found: &Annotated, words: &Words) -> Vec<u64> {
    let is_aside = |kind: BlockKind| !kind.is_body() && kind != BlockKind::Other;
    let sentences = found.sentences.iter().enumerate();
    let mut sums: Vec<u64> = sentences
        .filter(|(_, sentence)| is_aside(found.report.blocks[sentence.block].kind))
        .map(|(at, _)| words.sentence(at))
        .filter(|words| words.len() >= TELLING)
        .map(|words| hash_all(&words.iter().map(|word| word.number).collect::<Vec<u32>>()))
        .take(LONGEST / TELLING)
        .collect();
    sums.sort_unstable();
    sums.dedup();
    sums
}

/// Those of `lines` without the sentences whose sums are in `furniture`.
fn told<'a>(
    lines: &'a Lines,
    furniture: Option<&BTreeSet<u64>>,
) -> impl Iterator<Item = (&'a [u32], &'a [u8], &'a Sentence)> {
    let is_furniture = move |words: &[u32]| {
        furniture.is_some_and(|sums| words.len() >= TELLING && sums.contains(&hash_all(words)))
    };
    lines.lines().filter(move |(words, _, _)| !is_furniture(words))
}

/// The words of `lines` in their order, without those of the sentences whose sums are in `furniture`.
pub fn words_of(lines: Lines, furniture: Option<&BTreeSet<u64>>) -> Vec<u32> {
    if furniture.is_none() {
        return lines.words;
    }
    let mut told = Vec::with_capacity(lines.words.len());
    self::told(&lines, furniture).for_each(|(words, _, _)| told.extend_from_slice(words));
    told
}

/// `lines` as they are compared, without the sentences whose sums are in `furniture`.
pub fn text(lines: &Lines, furniture: Option<&BTreeSet<u64>>) -> Text {
    let mut prose = Prose::with_room(lines.sentences.len(), lines.words.len());
    let (mut facts, mut ends) = (Vec::new(), Vec::with_capacity(lines.sentences.len()));
    for (words, marks, sentence) in self::told(lines, furniture) {
        let told = words.iter().zip(marks).filter(|(_, mark)| **mark & 2 != 0);
        let start = facts.len();
        facts.extend(told.map(|(&word, mark)| (word, mark & 4 != 0)));
        facts[start..].sort_unstable();
        ends.push(facts.len() as u32);
        prose.add(
            sentence.place,
            words.iter().copied(),
            marks.iter().map(|mark| mark & 1 != 0),
            sentence.translated.into(),
        );
    }
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
