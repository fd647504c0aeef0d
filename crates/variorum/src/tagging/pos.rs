//! Parts of speech: the seventeen of Universal Dependencies.
//!
//! In: the words of a sentence in numbers. Out: one [`Part`] a word. Method: an averaged perceptron from left to right (Collins
//! 2002, with the features of Ratnaparkhi 1996 and what the dictionary knows of each word), trained on its own decisions; where
//! it is not sure, a second reading decides, which also knows what the first made of the words behind.
//! Weights: `models/pos-first.bin` and `models/pos.bin`; `variorum train pos` makes them.
//! Leaves: other languages than English.

use super::features::{Features, around, near};
use super::traits::{Case, Traits};
use super::weights::{MOST_TAGS, Weights};

/// A part of speech.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Part {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Part {
    /// All, in the order of their numbers.
    pub const ALL: [Part; 17] = [
        Part::Adj,
        Part::Adp,
        Part::Adv,
        Part::Aux,
        Part::Cconj,
        Part::Det,
        Part::Intj,
        Part::Noun,
        Part::Num,
        Part::Part,
        Part::Pron,
        Part::Propn,
        Part::Punct,
        Part::Sconj,
        Part::Sym,
        Part::Verb,
        Part::X,
    ];

    /// The code of Universal Dependencies, such as `PROPN`.
    pub fn code(self) -> &'static str {
        const CODES: [&str; 17] = [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
            "PUNCT", "SCONJ", "SYM", "VERB", "X",
        ];
        CODES[self as usize]
    }
}

/// Bytes of a row of weights: one a part, padding, two of the feature's hash.
pub const STRIDE: usize = 20;

static FIRST: &[u8] = include_bytes!("../../../../models/pos-first.bin");
static SECOND: &[u8] = include_bytes!("../../../../models/pos.bin");

/// The weights of both readings.
pub type Readings<'a> = [Weights<'a, STRIDE>; 2];

/// The weights that come with the program.
pub fn shipped() -> Readings<'static> {
    [Weights::from_bytes(FIRST), Weights::from_bytes(SECOND)]
}

/// How far the best part must lie before the second for the first reading to stand, in weights. Set on `variorum eval pos`: about
/// one word in six is read again.
pub const SURE: i16 = 500;

/// The part of speech of each of `words`, one sentence, put behind those in `parts`.
pub fn tag(words: &[Traits], weights: &Readings, parts: &mut Vec<Part>) {
    let start = parts.len();
    let mut unsure = Vec::with_capacity(words.len());
    let mut features = Features::new();
    first_reading(words, &weights[0], parts, &mut unsure);
    let parts = &mut parts[start..];
    for at in unsure {
        features.clear();
        put(words, at, before(parts, at), &mut features);
        put_guesses(words, at, parts, &mut features);
        parts[at] = best(&sums(&features, &weights[1])).0;
    }
}

/// The parts of a first reading from left to right, and the places of those that are not sure.
pub fn first_reading(
    words: &[Traits],
    weights: &Weights<STRIDE>,
    parts: &mut Vec<Part>,
    unsure: &mut Vec<usize>,
) {
    let start = parts.len();
    let mut features = Features::new();
    for at in 0..words.len() {
        features.clear();
        put(words, at, before(&parts[start..], at), &mut features);
        let (part, lead) = best(&sums(&features, weights));
        if lead < SURE {
            unsure.push(at);
        }
        parts.push(part);
    }
}

fn sums(features: &Features, weights: &Weights<STRIDE>) -> [i16; MOST_TAGS] {
    let mut scores = [0; MOST_TAGS];
    features.all().iter().for_each(|&feature| weights.add(feature, &mut scores));
    scores
}

/// The parts of the two words before `at`, the nearer first.
pub fn before(parts: &[Part], at: usize) -> [u32; 2] {
    [1, 2].map(|steps| at.checked_sub(steps).map_or(START, |at| parts[at] as u32))
}

/// The best part and its lead over the second.
fn best(scores: &[i16; MOST_TAGS]) -> (Part, i16) {
    let mut best = Part::Adj;
    let mut second = i16::MIN;
    for part in &Part::ALL[1..] {
        let score = scores[*part as usize];
        if score > scores[best as usize] {
            second = scores[best as usize];
            best = *part;
        } else {
            second = second.max(score);
        }
    }
    (best, scores[best as usize].saturating_sub(second))
}

/// What stands before the first word of a sentence.
pub const START: u32 = 31;

/// The features of the word at `at`; `before` are the parts of the word before it and of the one before that.
pub fn put(words: &[Traits], at: usize, before: [u32; 2], to: &mut Features) {
    let [last_two, last, word, next, next_two] = around(words, at);
    let history = before[0] << 5 | before[1];
    let first = u32::from(at == 0);
    let case = word.case as u32;
    to.put(0, 0);
    to.put(1, word.form);
    to.put(2, word.small);
    to.put(3, last.small);
    to.put(4, last_two.small);
    to.put(5, next.small);
    to.put(6, next_two.small);
    to.pair(7, last.small, word.small);
    to.pair(8, word.small, next.small);
    to.pair(9, last.small, next.small);
    to.pair(10, next.small, next_two.small);
    for (template, &end) in (11..).zip(&word.ends) {
        to.pair(template, end, u32::from(word.case.is_capital()));
    }
    to.put(15, word.begins[0]);
    to.put(16, word.begins[1]);
    to.pair(17, word.shape, first);
    to.triple(18, case, last.case as u32, next.case as u32);
    to.put(19, before[0]);
    to.put(20, history);
    to.pair(21, before[0], word.small);
    to.pair(22, history, word.small);
    to.pair(23, before[0], next.small);
    let (here, there) = (word.known.senses() >> 9, next.known.senses() >> 9);
    to.pair(24, here, case);
    to.pair(25, here, before[0]);
    to.put(26, last.known.senses() >> 9);
    to.pair(27, there, next.case as u32);
    to.pair(28, here, there);
    to.triple(29, before[0], here, there);
    to.pair(30, next_two.known.senses() >> 9, there);
    to.put(31, word.known.senses());
    to.pair(32, before[0], next.ends[2]);
    to.put(33, next.ends[2]);
    to.put(34, last.ends[2]);
    to.pair(35, word.ends[2], next.ends[2]);
    to.pair(36, word.ends[1], before[0]);
    to.triple(37, word.lists(), case, first);
    to.pair(38, word.lists(), next.lists());
    to.pair(39, word.phrase, case);
    to.triple(45, before[0], word.ends[1], next.ends[1]);
    to.pair(46, first, if word.case == Case::Capital { word.small } else { 0 });
    to.triple(48, history, word.ends[1], case);
    let usage = |word: &Traits| word.known.usage();
    to.put(52, usage(next));
    to.put(53, usage(last));
    to.pair(54, usage(next), usage(next_two));
    to.triple(56, before[0], word.known.senses() >> 9, usage(next));
    to.triple(57, usage(last), word.known.senses() >> 9, usage(next));
    to.triple(58, before[0], word.ends[1], usage(next));
}

/// The features of the second reading beside those of the first: what stands in `guesses` at the word and behind it.
pub fn put_guesses(words: &[Traits], at: usize, guesses: &[Part], to: &mut Features) {
    let guess = |steps: usize| guesses.get(at + steps).map_or(START, |&part| part as u32);
    let [last, last_two] = before(guesses, at);
    let (here, next, next_two) = (guess(0), guess(1), guess(2));
    let word = &words[at];
    to.put(70, here);
    to.put(71, next);
    to.pair(72, next, next_two);
    to.pair(73, here, next);
    to.pair(74, last, next);
    to.triple(75, last, next, next_two);
    to.triple(76, last_two, last, next);
    to.pair(77, word.small, next);
    to.triple(78, word.small, last, next);
    to.triple(79, word.small, next, next_two);
    to.pair(80, near(words, at, 1).small, next_two);
    to.triple(81, word.ends[1], last, next);
    to.triple(82, word.known.senses() >> 9, last, next);
    to.triple(83, here, last, next);
    to.pair(84, next, near(words, at, 1).small);
    to.triple(85, next, next_two, guess(3));
}
