//! Trains both readings of the name tagger.
//!
//! In: documents whose names are known. Out: the bytes of `models/names-first.bin` and `models/names.bin`. The second reading
//! learns from what the first makes of documents it was not trained on (each fold's by the others'), as it will meet them.
//! Where a set marks people, organisations and places alone, a word outside may be in a name of another kind: any such
//! tag counts as right.

use super::data::Labelled;
use super::perceptron::{Learner, Shuffle, Sums};
use variorum::tagging::dictionary::Dictionary;
use variorum::tagging::features::Features;
use variorum::tagging::memory::Memory;
use variorum::tagging::names::{self, Kind, Sentence, Tag};
use variorum::tagging::pos::{self, Care, Part};
use variorum::tagging::traits::{self, Traits};
use variorum::tagging::weights::Weights;

/// Rounds over the data. Set on `variorum eval names` with documents of the training sets held out.
const ROUNDS: usize = 10;
/// The margin by which the right tag must win, in steps.
const MARGIN: i32 = 40;
/// How many features are left out at each step, in percent.
const THINNED: usize = 25;
/// In how many orders the data is gone over, by a learner each; their weights are added up, so that the order tells less.
const ORDERS: u64 = 5;
/// Lines of weights, in powers of two.
const BITS: u32 = 14;
/// Parts the documents are cut into for the second reading.
const FOLDS: usize = 4;

/// A document in numbers, with the tags that are right for each word.
pub struct Document {
    sentences: Vec<(Vec<Traits>, Vec<Part>, Vec<u32>)>,
}

impl Document {
    /// The document in numbers.
    pub fn new(labelled: &Labelled, dictionary: &Dictionary, parts: &pos::Readings) -> Document {
        let sentences = labelled.sentences.iter().map(|spans| {
            let mut words: Vec<Traits> =
                spans.iter().map(|span| Traits::of(span.of(&labelled.text), dictionary)).collect();
            traits::mark(&mut words, dictionary);
            let mut tagged = Vec::new();
            pos::tag(&words, parts, Care::TRAINING, &mut tagged);
            (words, tagged, right(spans, labelled))
        });
        Document { sentences: sentences.collect() }
    }
}

/// The tags that are right for each word, as bits.
fn right(spans: &[variorum::span::Span], labelled: &Labelled) -> Vec<u32> {
    let other_kinds: u32 =
        Kind::ALL[3..].iter().flat_map(|&kind| (0..4).map(move |place| 1 << Tag::new(kind, place).0)).sum();
    let outside = if labelled.is_whole { 1 } else { 1 | other_kinds };
    let mut tags = vec![outside; spans.len()];
    for (name, kind) in &labelled.names {
        let start = spans.partition_point(|span| span.start() < name.start());
        let end = spans.partition_point(|span| span.end() <= name.end());
        if start >= end || tags[start..end].iter().any(|&tag| tag != outside) {
            continue;
        }
        let length = end - start;
        for (at, tag) in tags[start..end].iter_mut().enumerate() {
            let place = match (at == 0, at + 1 == length) {
                (true, true) => 3,
                (true, false) => 0,
                (false, true) => 2,
                (false, false) => 1,
            };
            *tag = 1 << Tag::new(*kind, place).0;
        }
    }
    tags
}

/// The weights of both readings, as files.
pub fn files(documents: &[Document]) -> [Vec<u8>; 2] {
    let all: Vec<usize> = (0..documents.len()).collect();
    let empty: Vec<Memory> = documents.iter().map(|document| memory(document, None)).collect();
    let first = train(documents, &all, &empty);
    let folds = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..FOLDS)
            .map(|fold| (fold, &empty, &all))
            .map(|(fold, empty, all)| {
                scope.spawn(move || {
                    let others: Vec<usize> = all.iter().copied().filter(|at| at % FOLDS != fold).collect();
                    train(documents, &others, empty)
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().expect("training does not panic")).collect::<Vec<_>>()
    });
    let told: Vec<Memory> = documents
        .iter()
        .enumerate()
        .map(|(at, document)| memory(document, Some(&Weights::from_bytes(&folds[at % FOLDS]))))
        .collect();
    [first, train(documents, &all, &told)]
}

/// What a document shows of its words, with what a first reading by `weights` makes of them.
fn memory(document: &Document, weights: Option<&Weights<{ names::WIDTH }>>) -> Memory {
    let mut memory = Memory::default();
    memory.begin(document.sentences.iter().map(|(words, ..)| words.len()).sum());
    document.sentences.iter().for_each(|(words, ..)| memory.read(words));
    if let Some(weights) = weights {
        let (mut tags, mut leads) = (Vec::new(), Vec::new());
        for (words, parts, _) in &document.sentences {
            names::tag(&Sentence::new(words, parts), &memory, weights, &mut tags, &mut leads);
        }
        let mut start = 0;
        for (words, ..) in &document.sentences {
            memory.note(words, &tags[start..start + words.len()]);
            start += words.len();
        }
    }
    memory
}

fn train(documents: &[Document], chosen: &[usize], memories: &[Memory]) -> Vec<u8> {
    let learners: Vec<Learner> =
        (0..ORDERS).map(|order| train_in(order, documents, chosen, memories)).collect();
    Learner::file::<{ names::WIDTH }>(&learners, BITS).0
}

/// A learner that has gone over the data in one of the orders.
fn train_in(order: u64, documents: &[Document], chosen: &[usize], memories: &[Memory]) -> Learner {
    let mut learner = Learner::new(Tag::COUNT);
    let mut shuffle = Shuffle::new(2 + 10 * order);
    let mut order: Vec<(usize, usize)> = chosen
        .iter()
        .flat_map(|&at| (0..documents[at].sentences.len()).map(move |sentence| (at, sentence)))
        .collect();
    for _ in 0..ROUNDS {
        shuffle.mix(&mut order);
        for &(at, sentence) in &order {
            let (words, parts, right) = &documents[at].sentences[sentence];
            learn(&Sentence::new(words, parts), right, &memories[at], &mut learner, &mut shuffle);
        }
    }
    learner
}

fn learn(sentence: &Sentence, right: &[u32], memory: &Memory, learner: &mut Learner, shuffle: &mut Shuffle) {
    let mut kept = Vec::new();
    let mut features = Features::new();
    let mut before = [Tag::OUTSIDE; 2];
    for at in 0..right.len() {
        if !before[0].is_open() && !sentence.may_begin(at) {
            before = [Tag::OUTSIDE, before[0]];
            continue;
        }
        features.clear();
        names::put(sentence, at, before, memory, &mut features);
        shuffle.thin(features.all(), THINNED, &mut kept);
        let scores = learner.scores(&kept);
        let allowed = before[0].followers(at + 1 == right.len());
        // Where an earlier decision shut the right tags out, nothing here is right and nothing is learnt.
        let good = right[at] & allowed;
        let chosen = best(&scores, allowed);
        if good != 0 && allowed & !good != 0 {
            let (best_good, rival) = (best(&scores, good), best(&scores, allowed & !good));
            if scores[best_good] < scores[rival] + MARGIN {
                learner.learn(&kept, best_good, rival);
            }
        }
        learner.step();
        before = [Tag(chosen as u8), before[0]];
    }
}

fn best(scores: &Sums, allowed: u32) -> usize {
    let tags = (0..Tag::COUNT).filter(|tag| allowed & 1 << tag != 0);
    tags.max_by_key(|&tag| (scores[tag], Tag::COUNT - tag)).unwrap_or(0)
}
