//! Parts of speech: the seventeen of Universal Dependencies.
//!
//! In: the words of a sentence in numbers. Out: one [`Part`] a word. Method: an averaged perceptron from left to right (Collins
//! 2002, with the features of Ratnaparkhi 1996 and what the dictionary knows of each word), trained on its own decisions.
//! Weights: `models/pos.bin`; `variorum train pos` makes them.
//! Leaves: other languages than English.

use super::features::{Features, near};
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

static SHIPPED: &[u8] = include_bytes!("../../../../models/pos.bin");

/// The weights that come with the program.
pub fn shipped() -> Weights<'static, STRIDE> {
    Weights::from_bytes(SHIPPED)
}

/// The part of speech of each of `words`, one sentence, put behind those in `parts`.
pub fn tag(words: &[Traits], weights: &Weights<STRIDE>, parts: &mut Vec<Part>) {
    let mut features = Features::new();
    let mut before = [START; 2];
    for at in 0..words.len() {
        features.clear();
        put(words, at, before, &mut features);
        let mut scores = [0; MOST_TAGS];
        features.all().iter().for_each(|&feature| weights.add(feature, &mut scores));
        let best = best(&scores);
        parts.push(best);
        before = [best as u32, before[0]];
    }
}

fn best(scores: &[i16; MOST_TAGS]) -> Part {
    let mut best = Part::Adj;
    for part in Part::ALL {
        if scores[part as usize] > scores[best as usize] {
            best = part;
        }
    }
    best
}

/// What stands before the first word of a sentence.
pub const START: u32 = 31;

/// The features of the word at `at`; `before` are the parts of the word before it and of the one before that.
pub fn put(words: &[Traits], at: usize, before: [u32; 2], to: &mut Features) {
    let word = near(words, at, 0);
    let [last, last_two] = [near(words, at, -1), near(words, at, -2)];
    let [next, next_two] = [near(words, at, 1), near(words, at, 2)];
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
    to.put(40, u32::from(word.known.class));
    to.put(41, u32::from(last.known.class));
    to.put(42, u32::from(next.known.class));
    to.pair(43, before[0], u32::from(word.known.class));
    to.pair(44, u32::from(word.known.class), u32::from(next.known.class));
    to.triple(45, before[0], word.ends[1], next.ends[1]);
    to.pair(46, first, if word.case == Case::Capital { word.small } else { 0 });
    to.triple(47, u32::from(last.known.class), u32::from(word.known.class), u32::from(next.known.class));
    to.triple(48, history, word.ends[1], case);
    let usage = |word: &Traits| word.known.usage();
    to.put(52, usage(next));
    to.put(53, usage(last));
    to.pair(54, usage(next), usage(next_two));
    to.triple(56, before[0], word.known.senses() >> 9, usage(next));
    to.triple(57, usage(last), word.known.senses() >> 9, usage(next));
    to.triple(58, before[0], word.ends[1], usage(next));
    to.pair(49, history, u32::from(next.known.class));
}
