//! Parts of speech and names of running text, by trained taggers.
//!
//! In: a text with its sentences. Out: every word with its part of speech, and the names with their kinds, in text order.
//! Everything is integers, read in place from the files of `models/`, and the same on every machine. A report is read in
//! stretches of at most 50,000 words, each with a memory of its own, so that a long one takes no more room than that.

pub mod dictionary;
pub mod features;
pub mod hash;
pub mod memory;
pub mod names;
pub mod pos;
mod recall;
pub mod traits;
pub mod weights;
pub mod words;

use crate::model;
use crate::span::Span;
use dictionary::Dictionary;
use memory::Memory;
use names::{Kind, Sentence, Tag};
use pos::Part;
use recall::Recall;
use std::cell::RefCell;
use traits::Traits;
use weights::Weights;

/// The words whose names are read together.
const STRETCH: usize = 50_000;

/// A word with its part of speech.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its part of speech.
    pub part: Part,
    /// What sort of thing it mostly means as a noun, by the number of WordNet's files (0: none); see [`dictionary`].
    pub noun: u8,
    /// What sort of doing it mostly means as a verb, likewise.
    pub verb: u8,
}

/// A name.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands, without "the" and without a possessive ending.
    pub span: Span,
    /// Of what kind its bearer is.
    pub kind: Kind,
}

/// The words and names of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    /// All words, in text order.
    pub words: Vec<Word>,
    /// All names, in text order; they do not overlap.
    pub names: Vec<Name>,
}

impl Tagged {
    /// The words that begin within `span`.
    pub fn words_in(&self, span: Span) -> &[Word] {
        let from = self.words.partition_point(|word| word.span.start() < span.start());
        let count = self.words[from..].partition_point(|word| word.span.start() < span.end());
        &self.words[from..from + count]
    }

    /// The names that begin within `span`.
    pub fn names_in(&self, span: Span) -> &[Name] {
        let from = self.names.partition_point(|name| name.span.start() < span.start());
        let count = self.names[from..].partition_point(|name| name.span.start() < span.end());
        &self.names[from..from + count]
    }

    /// The word that holds the byte at `offset`; `None` for white space and where nothing was tagged.
    pub fn word_at(&self, offset: usize) -> Option<&Word> {
        let next = self.words.partition_point(|word| word.span.end() <= offset);
        self.words.get(next).filter(|word| word.span.holds(offset))
    }
}

/// The taggers with their weights.
pub struct Tagger<'a> {
    /// What is known of words.
    pub dictionary: Dictionary<'a>,
    /// Weights of both readings of parts of speech.
    pub parts: pos::Readings<'a>,
    /// Weights of both readings of names.
    pub names: [Weights<'a, { names::WIDTH }>; 2],
}

impl Tagger<'static> {
    /// The one that comes with the program. It costs nothing to make.
    pub fn shipped() -> Tagger<'static> {
        Tagger { dictionary: Dictionary::shipped(), parts: pos::shipped(), names: names::shipped() }
    }
}

/// Which models [`find`] uses; it changes whenever a file of `models/` does.
pub const MODELS: &str = "en 2026-11-30.1";

/// The words and names of what `report` tells, furniture left out; none in a language that no tagger is trained for.
pub fn find(report: &model::Report, sentences: &[model::Sentence]) -> Tagged {
    if report.language.as_deref().is_some_and(|language| language != "en") {
        return Tagged::default();
    }
    let told = sentences.iter().filter(|sentence| report.blocks[sentence.block].kind.is_evidence());
    tag(&report.text, &told.map(|sentence| sentence.span).collect::<Vec<_>>())
}

thread_local! {
    /// What the taggers that come with the program know of words from the reports before.
    static RECALL: RefCell<Recall> = RefCell::default();
}

/// The words and names of the `sentences` of `text`, by the taggers that come with the program.
pub fn tag(text: &str, sentences: &[Span]) -> Tagged {
    RECALL.with_borrow_mut(|recall| Tagger::shipped().tag_with(text, sentences, recall))
}

impl Tagger<'_> {
    /// The words and names of the `sentences` of `text`.
    pub fn tag(&self, text: &str, sentences: &[Span]) -> Tagged {
        self.tag_with(text, sentences, &mut Recall::default())
    }

    fn tag_with(&self, text: &str, sentences: &[Span], recall: &mut Recall) -> Tagged {
        let mut tagged = Tagged::default();
        let mut stretch = Stretch::default();
        recall.begin();
        for &sentence in sentences {
            stretch.add(text, sentence, &self.dictionary, recall);
            if stretch.spans.len() >= STRETCH {
                stretch.finish(self, recall, &mut tagged);
            }
        }
        stretch.finish(self, recall, &mut tagged);
        tagged
    }
}

/// Sentences that are read together.
#[derive(Default)]
pub struct Stretch {
    /// The words of all sentences.
    pub spans: Vec<Span>,
    /// The same in numbers.
    pub words: Vec<Traits>,
    /// The number of each in what is known of words.
    numbers: Vec<u32>,
    /// Where each sentence ends, counted in words.
    pub ends: Vec<usize>,
    parts: Vec<Part>,
    tags: Vec<Tag>,
    leads: Vec<i16>,
    memory: Memory,
}

impl Stretch {
    /// Adds a sentence.
    fn add(&mut self, text: &str, sentence: Span, dictionary: &Dictionary, recall: &mut Recall) {
        let start = self.spans.len();
        words::cut(text, sentence, dictionary, &mut self.spans);
        recall.fetch(self.spans[start..].iter().map(|span| span.of(text)));
        for span in &self.spans[start..] {
            let (number, traits) = recall.word(span.of(text), dictionary);
            self.numbers.push(number);
            self.words.push(traits);
        }
        traits::mark(&mut self.words[start..], dictionary);
        self.ends.push(self.spans.len());
    }

    /// Tags what was added, hands it over and begins anew.
    fn finish(&mut self, tagger: &Tagger, recall: &mut Recall, tagged: &mut Tagged) {
        let Stretch { spans, words, numbers, ends, parts, tags, leads, memory } = self;
        let starts = || std::iter::once(0).chain(ends.iter().copied());
        let ranges = || starts().zip(ends.iter().copied()).map(|(start, end)| start..end);
        memory.begin(words.len());
        for range in ranges() {
            let (words, numbers) = (&words[range.clone()], &numbers[range]);
            pos::tag_known(words, numbers, &tagger.parts, pos::Care::USUAL, &mut recall.parts, parts);
            memory.read(words);
        }
        for range in ranges() {
            let sentence = Sentence::new(&words[range.clone()], &parts[range]);
            names::tag(&sentence, memory, &tagger.names[0], tags, leads);
        }
        for range in ranges() {
            memory.note(&words[range.clone()], &tags[range]);
        }
        for range in ranges() {
            let sentence = Sentence::new(&words[range.clone()], &parts[range.clone()]);
            names::tag_again(&sentence, memory, &tagger.names[1], &leads[range.clone()], &mut tags[range]);
        }
        let read = spans.iter().zip(&*parts).zip(&*words);
        tagged.words.extend(read.map(|((&span, &part), traits)| {
            let (noun, verb) = (traits.known.noun(), traits.known.verb());
            Word { span, part, noun, verb }
        }));
        tagged.names.extend(found(spans, tags));
        spans.clear();
        words.clear();
        numbers.clear();
        ends.clear();
        parts.clear();
        tags.clear();
        leads.clear();
    }
}

/// The names that `tags` tell of.
pub fn found<'a>(spans: &'a [Span], tags: &'a [Tag]) -> impl Iterator<Item = Name> + 'a {
    let mut start = 0;
    spans.iter().zip(tags).filter_map(move |(span, tag)| {
        let kind = tag.kind()?;
        if matches!(tag.place(), Some(0 | 3)) {
            start = span.start();
        }
        (!tag.is_open()).then(|| Name { span: Span::new(start, span.end()), kind })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names as `Kind:words`, in text order.
    fn check(text: &str, expected: &str) {
        let tagged = tag(text, &[Span::new(0, text.len())]);
        let found: Vec<String> =
            tagged.names.iter().map(|name| format!("{:?}:{}", name.kind, name.span.of(text))).collect();
        assert_eq!(found.join(", "), expected, "names of {text:?}");
    }

    fn check_parts(text: &str, expected: &str) {
        let tagged = tag(text, &[Span::new(0, text.len())]);
        let found: Vec<&str> = tagged.words.iter().map(|word| word.part.code()).collect();
        assert_eq!(found.join(" "), expected, "parts of speech of {text:?}");
    }

    #[test]
    fn names_have_a_place_and_a_kind() {
        check("Mayor Ana Ruiz met officials in Paris on Monday.", "Person:Ana Ruiz, Place:Paris");
        check("The European Union fined Google.", "Organisation:European Union, Organisation:Google");
        check("It rained all day.", "");
        check("", "");
    }

    #[test]
    fn words_have_a_part_of_speech() {
        check_parts("She didn't read the old report.", "PRON AUX PART VERB DET ADJ NOUN PUNCT");
        check_parts("Ana Ruiz works in Paris.", "PROPN PROPN VERB ADP PROPN PUNCT");
    }

    #[test]
    fn sentences_are_read_in_the_light_of_the_report() {
        let text = "Ana Ruiz left. Later Ruiz came back.";
        let tagged = tag(text, &[Span::new(0, 14), Span::new(15, text.len())]);
        let found: Vec<&str> = tagged.names.iter().map(|name| name.span.of(text)).collect();
        assert_eq!(found, ["Ana Ruiz", "Ruiz"]);
    }

    #[test]
    fn torn_weights_tag_nothing_and_do_not_panic() {
        let torn = [1u8; 40];
        let tagger = Tagger {
            dictionary: Dictionary::from_bytes(&torn),
            parts: [Weights::from_bytes(&torn); 2],
            names: [Weights::from_bytes(&[]); 2],
        };
        let text = "Ana Ruiz’s «dog» — 東京 e\u{301} @x #y ... www.";
        assert!(tagger.tag(text, &[Span::new(0, text.len())]).names.is_empty());
    }
}
