//! Trains the tagger of parts of speech.
//!
//! In: sentences of words with their parts of speech. Out: the bytes of `models/pos-first.bin` and `models/pos.bin`. Each round goes over all sentences
//! in a new order and follows the tagger's own decisions.

use super::data::Parsed;
use super::perceptron::{Learner, Shuffle, Sums};
use variorum::tagging::dictionary::Dictionary;
use variorum::tagging::features::Features;
use variorum::tagging::pos::{self, Care, Part};
use variorum::tagging::traits::{self, Traits};
use variorum::tagging::weights::Weights;

/// Rounds over the data. Set on `variorum eval pos`.
const ROUNDS: usize = 10;
/// The margin by which the right part must win, in steps.
const MARGIN: i32 = 30;
/// How many features are left out at each step, in percent.
const THINNED: usize = 35;
/// In how many orders the data is gone over, by a learner each; their weights are added up, so that the order tells less.
const ORDERS: u64 = 5;
/// Lines of weights, in powers of two.
const BITS: u32 = 15;

/// The words of a sentence in numbers.
pub fn numbers(sentence: &Parsed, dictionary: &Dictionary) -> Vec<Traits> {
    let mut words: Vec<Traits> = sentence.iter().map(|(word, _)| Traits::of(word, dictionary)).collect();
    traits::mark(&mut words, dictionary);
    words
}

/// A sentence in numbers, its parts of speech, and what a first reading made of it.
struct Case {
    words: Vec<Traits>,
    right: Vec<Part>,
    guesses: Vec<Part>,
    unsure: Vec<usize>,
}

/// The weights of both readings learnt from `sentences`, as files. The second learns from what the first makes of sentences it
/// was not trained on, each half's by the other's.
pub fn files(sentences: &[&Parsed], dictionary: &Dictionary) -> [Vec<u8>; 2] {
    let mut cases: Vec<Case> = sentences
        .iter()
        .map(|sentence| Case {
            words: numbers(sentence, dictionary),
            right: sentence.iter().map(|(_, part)| *part).collect(),
            guesses: Vec::new(),
            unsure: Vec::new(),
        })
        .collect();
    let halves = [0, 1].map(|half| first(cases.iter().skip(half).step_by(2).collect()));
    for (at, case) in cases.iter_mut().enumerate() {
        let weights = Weights::from_bytes(&halves[1 - at % 2]);
        pos::first_reading(&case.words, &weights, Care::TRAINING, &mut case.guesses, &mut case.unsure);
    }
    [first(cases.iter().collect()), second(cases.iter().collect())]
}

/// The weights of a first reading, which goes from left to right.
fn first(cases: Vec<&Case>) -> Vec<u8> {
    train(cases, 1, |case| vec![Part::default(); case.words.len()], |_, _, _, _| {})
}

/// The weights of a second reading, which knows what the first made of the words behind.
fn second(cases: Vec<&Case>) -> Vec<u8> {
    train(cases, 3, |case| case.guesses.clone(), pos::put_rest)
}

/// Weights learnt from `cases` in orders that `seed` begins. A sentence begins with the parts of `guesses`, and `put` adds to the
/// features of a word what they tell.
fn train(
    cases: Vec<&Case>,
    seed: u64,
    guesses: impl Fn(&Case) -> Vec<Part> + Sync,
    put: impl Fn(&[Traits], usize, &[Part], &mut Features) + Sync,
) -> Vec<u8> {
    let learners: Vec<Learner> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..ORDERS)
            .map(|order| (cases.clone(), seed + 10 * order, &guesses, &put))
            .map(|(cases, seed, guesses, put)| scope.spawn(move || train_in(cases, seed, guesses, put)))
            .collect();
        runs.into_iter().map(|run| run.join().expect("training does not panic")).collect()
    });
    Learner::file::<{ pos::WIDTH }>(&learners, BITS).0
}

/// A learner that has gone over the data in one of the orders.
fn train_in(
    mut cases: Vec<&Case>,
    seed: u64,
    guesses: impl Fn(&Case) -> Vec<Part>,
    put: impl Fn(&[Traits], usize, &[Part], &mut Features),
) -> Learner {
    let mut learner = Learner::new(Part::ALL.len());
    let mut shuffle = Shuffle::new(seed);
    for _ in 0..ROUNDS {
        shuffle.mix(&mut cases);
        for case in &cases {
            let mut parts = guesses(case);
            for at in 0..case.words.len() {
                if let Some(part) = pos::always(&case.words[at]) {
                    parts[at] = part;
                    continue;
                }
                let mut features = Features::new();
                pos::put(&case.words, at, pos::before(&parts, at), &mut features);
                put(&case.words, at, &parts, &mut features);
                parts[at] = learn(&features, case.right[at], &mut learner, &mut shuffle);
            }
        }
    }
    learner
}

/// Learns from one word and gives what was chosen for it.
fn learn(features: &Features, right: Part, learner: &mut Learner, shuffle: &mut Shuffle) -> Part {
    let mut kept = Vec::new();
    shuffle.thin(features.all(), THINNED, &mut kept);
    let scores = learner.scores(&kept);
    let (chosen, rival) = (best(&scores, None), best(&scores, Some(right as usize)));
    if scores[right as usize] < scores[rival] + MARGIN {
        learner.learn(&kept, right as usize, rival);
    }
    learner.step();
    Part::ALL[chosen]
}

fn best(scores: &Sums, but: Option<usize>) -> usize {
    (0..Part::ALL.len())
        .filter(|&tag| Some(tag) != but)
        .max_by_key(|&tag| (scores[tag], Part::ALL.len() - tag))
        .unwrap_or(0)
}
