//! Trains the tagger of parts of speech.
//!
//! In: sentences of words with their parts of speech. Out: the bytes of `models/pos.bin`. Each round goes over all sentences
//! in a new order and follows the tagger's own decisions.

use super::data::Parsed;
use super::perceptron::{Learner, Shuffle, Sums};
use variorum::tagging::dictionary::Dictionary;
use variorum::tagging::features::Features;
use variorum::tagging::pos::{self, Part, START};
use variorum::tagging::traits::{self, Traits};

/// Rounds over the data. Set on `variorum eval pos`.
const ROUNDS: usize = 8;
/// The margin by which the right part must win, in steps.
const MARGIN: i32 = 30;
/// How many features are left out at each step, in percent.
const THINNED: usize = 10;
/// Rows of weights, in powers of two.
const BITS: u32 = 17;

/// The words of a sentence in numbers.
pub fn numbers(sentence: &Parsed, dictionary: &Dictionary) -> Vec<Traits> {
    let mut words: Vec<Traits> = sentence.iter().map(|(word, _)| Traits::of(word, dictionary)).collect();
    traits::mark_phrases(&mut words, dictionary);
    words
}

/// The weights learnt from `sentences`, as a file.
pub fn file(sentences: &[&Parsed], dictionary: &Dictionary) -> Vec<u8> {
    let mut read: Vec<(Vec<Traits>, Vec<Part>)> = sentences
        .iter()
        .map(|sentence| (numbers(sentence, dictionary), sentence.iter().map(|(_, part)| *part).collect()))
        .collect();
    let mut learner = Learner::new(Part::ALL.len());
    let mut shuffle = Shuffle::new(1);
    for _ in 0..ROUNDS {
        shuffle.mix(&mut read);
        read.iter().for_each(|(words, parts)| learn(words, parts, &mut learner, &mut shuffle));
    }
    learner.file(BITS, pos::STRIDE).0
}

fn learn(words: &[Traits], parts: &[Part], learner: &mut Learner, shuffle: &mut Shuffle) {
    let mut kept = Vec::new();
    let mut features = Features::new();
    let mut before = [START; 2];
    for (at, &right) in parts.iter().enumerate() {
        features.clear();
        pos::put(words, at, before, &mut features);
        shuffle.thin(features.all(), THINNED, &mut kept);
        let scores = learner.scores(&kept);
        let chosen = best(&scores, None);
        let rival = best(&scores, Some(right as usize));
        if scores[right as usize] < scores[rival] + MARGIN {
            learner.learn(&kept, right as usize, rival);
        }
        learner.step();
        before = [chosen as u32, before[0]];
    }
}

fn best(scores: &Sums, but: Option<usize>) -> usize {
    (0..Part::ALL.len())
        .filter(|&tag| Some(tag) != but)
        .max_by_key(|&tag| (scores[tag], Part::ALL.len() - tag))
        .unwrap_or(0)
}
