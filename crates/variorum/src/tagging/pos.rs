//! Parts of speech: the seventeen of Universal Dependencies.
//!
//! In: the words of a sentence in numbers. Out: one [`Part`] a word. Method: an averaged perceptron from left to right (Collins
//! 2002, with the features of Ratnaparkhi 1996 and what the dictionary knows of each word), trained on its own decisions; where
//! it is not sure, a second reading decides, which has more features and knows what the first made of the words behind. Words
//! that are always the same part of speech are not weighed (as in Honnibal's tagger, 2013).
//! Where the few features that tell the most are sure, a first reading asks no others; the weights are trained with all.
//! Weights: `models/pos-first.bin` and `models/pos.bin`; `variorum train pos` makes them.
//! Leaves: other languages than English.

use super::features::{Chosen, Features, Sink, around, near};
use super::traits::{Case, Traits};
use super::weights::{Aligned, Weights};

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

/// Weights of a row: one a part, but for the last, `X`, which all others are weighed against.
pub const WIDTH: usize = Part::ALL.len() - 1;

static FIRST: &Aligned<[u8; include_bytes!("../../../../models/pos-first.bin").len()]> =
    &Aligned(*include_bytes!("../../../../models/pos-first.bin"));
static SECOND: &Aligned<[u8; include_bytes!("../../../../models/pos.bin").len()]> =
    &Aligned(*include_bytes!("../../../../models/pos.bin"));

/// The weights of both readings.
pub type Readings<'a> = [Weights<'a, WIDTH>; 2];

/// The weights that come with the program.
pub fn shipped() -> Readings<'static> {
    [Weights::from_bytes(&FIRST.0), Weights::from_bytes(&SECOND.0)]
}

/// How far the best part must lie before the second, in weights, for a word to be left at that.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Care {
    /// By the features that tell the most, for the others not to be asked.
    pub plain: i16,
    /// By all, for the first reading to stand.
    pub sure: i16,
}

impl Care {
    /// Set on `variorum eval pos`. Of the words weighed in news three in four are plain, one in eight hundred of them told otherwise than
    /// by all features; one in twenty is read again.
    pub const USUAL: Care = Care { plain: 200, sure: 250 };

    /// That of training, in which no word is plain and one in sixteen is read again: what the second reading and the names
    /// learn from does not change with how quickly reports are read.
    pub const TRAINING: Care = Care { plain: i16::MAX, sure: 300 };
}

/// The part of speech of each of `words`, one sentence, put behind those in `parts`.
pub fn tag(words: &[Traits], weights: &Readings, care: Care, parts: &mut Vec<Part>) {
    let start = parts.len();
    let mut unsure = Vec::with_capacity(words.len());
    let mut features = Features::new();
    first_reading(words, &weights[0], care, parts, &mut unsure);
    let parts = &mut parts[start..];
    for at in unsure {
        features.clear();
        put(words, at, before(parts, at), &mut features);
        put_rest(words, at, parts, &mut features);
        parts[at] = best(&weights[1].sums(features.all())).0;
    }
}

/// The part that `word` is wherever it stands; `None` for most.
pub fn always(word: &Traits) -> Option<Part> {
    word.always().and_then(|part| Part::ALL.get(part).copied())
}

/// The parts of a first reading from left to right, and the places of those that are not sure.
pub fn first_reading(
    words: &[Traits],
    weights: &Weights<WIDTH>,
    care: Care,
    parts: &mut Vec<Part>,
    unsure: &mut Vec<usize>,
) {
    let start = parts.len();
    let mut features = Features::new();
    for at in 0..words.len() {
        if let Some(part) = always(&words[at]) {
            parts.push(part);
            continue;
        }
        let before = before(&parts[start..], at);
        features.clear();
        put(words, at, before, &mut Chosen::<TELLING, true>(&mut features));
        let mut sums = weights.sums(features.all());
        let (part, lead) = best(&sums);
        if lead >= care.plain {
            parts.push(part);
            continue;
        }
        features.clear();
        put(words, at, before, &mut Chosen::<TELLING, false>(&mut features));
        weights.add(features.all(), &mut sums);
        let (part, lead) = best(&sums);
        if lead < care.sure {
            unsure.push(at);
        }
        parts.push(part);
    }
}

/// The parts of the two words before `at`, the nearer first.
pub fn before(parts: &[Part], at: usize) -> [u32; 2] {
    [1, 2].map(|steps| at.checked_sub(steps).map_or(START, |at| parts[at] as u32))
}

/// The best part and its lead over the second.
fn best(scores: &[i16; WIDTH]) -> (Part, i16) {
    let highest = |scores: &[i16; WIDTH]| scores.iter().fold(i16::MIN, |best, &score| best.max(score));
    let best = highest(scores);
    // Of equals the first; `X` has nothing, and comes last.
    let Some(at) = scores.iter().position(|&score| score == best).filter(|_| best >= 0) else {
        return (Part::X, best.saturating_neg());
    };
    let mut others = *scores;
    others[at] = i16::MIN;
    (Part::ALL[at], best.saturating_sub(highest(&others).max(0)))
}

/// What stands before the first word of a sentence.
pub const START: u32 = 31;

/// The templates of [`put`] that mostly tell the part by themselves: picked one by one, each time the one with which the most words
/// were told as by all.
const TELLING: u128 = {
    let templates = [2, 7, 8, 12, 23, 29, 37, 47, 52, 100, 103, 115, 120, 122];
    let (mut bits, mut at) = (0, 0);
    while at < templates.len() {
        bits |= 1 << templates[at];
        at += 1;
    }
    bits
};

/// The features of the word at `at`; `before` are the parts of the word before it and of the one before that.
#[inline]
pub fn put(words: &[Traits], at: usize, before: [u32; 2], to: &mut impl Sink) {
    let [_, last, word, next, _] = around(words, at);
    let first = u32::from(at == 0);
    let case = word.case as u32;
    to.put(0, 0);
    to.put(2, word.small);
    to.pair(7, last.small, word.small);
    to.pair(8, word.small, next.small);
    for (template, &end) in (11..).zip(&word.ends) {
        to.pair(template, end, u32::from(word.case.is_capital()));
    }
    to.put(15, word.begins[0]);
    to.put(16, word.begins[1]);
    to.pair(17, word.shape, first);
    to.triple(18, case, last.case as u32, next.case as u32);
    to.put(19, before[0]);
    to.pair(20, before[0], before[1]);
    to.pair(21, before[0], word.small);
    to.pair(23, before[0], next.small);
    let (here, there) = (word.known.senses() >> 9, next.known.senses() >> 9);
    to.pair(27, there, next.case as u32);
    to.pair(28, here, there);
    to.triple(29, before[0], here, there);
    to.put(31, word.known.senses());
    to.pair(35, word.ends[2], next.ends[2]);
    to.pair(36, word.ends[1], before[0]);
    to.triple(37, word.lists(), case, first);
    to.pair(39, word.phrase, case);
    let level = u32::from(word.level);
    to.triple(47, level, case, first);
    to.triple(48, level, case, before[0]);
    to.put(52, next.known.usage());
    to.put(53, last.known.usage());
    put_classes(words, at, before, to);
    put_kin(words, at, before, to);
}

/// The features of what the vectors of words tell.
#[inline]
fn put_kin(words: &[Traits], at: usize, before: [u32; 2], to: &mut impl Sink) {
    let [_, last, word, next, _] = around(words, at);
    let (case, likely) = (word.case as u32, word.known.likely());
    to.triple(120, likely, case, u32::from(at == 0));
    to.put(121, last.known.likely());
    to.put(122, next.known.likely());
    to.pair(123, likely, before[0]);
    let [last, kin, next] = [last, word, next].map(|word| word.known.kin());
    to.pair(125, kin, case);
    to.put(126, last);
    to.put(127, next);
    to.pair(128, kin, before[0]);
    to.pair(129, kin, next);
    to.pair(130, last, kin);
}

/// The features of classes of words that stand beside the same words.
#[inline]
fn put_classes(words: &[Traits], at: usize, before: [u32; 2], to: &mut impl Sink) {
    let around = around(words, at);
    let [_, last, here, next, next_two] = around.map(|word| word.known.fine());
    let [coarse_last_two, coarse_last, coarse, coarse_next, coarse_next_two] =
        around.map(|word| word.known.coarse());
    let word = around[2];
    let case = word.case as u32;
    to.pair(100, here, case);
    to.put(101, last);
    to.put(102, next);
    to.pair(103, before[0], here);
    to.pair(104, here, next);
    to.pair(105, last, here);
    to.pair(110, next, next_two);
    to.pair(111, coarse, case);
    to.triple(113, before[0], coarse, coarse_next);
    to.triple(114, coarse, coarse_next, coarse_next_two);
    to.triple(115, coarse_last_two, coarse_last, coarse);
    to.triple(119, word.ends[2], coarse_last, case);
}

/// The features that the second reading has beside those of the first: rarer ones, and what stands in `guesses`.
pub fn put_rest(words: &[Traits], at: usize, guesses: &[Part], to: &mut Features) {
    let [last_two, last, word, next, next_two] = around(words, at);
    let before = before(guesses, at);
    let case = word.case as u32;
    to.put(1, word.form);
    to.put(3, last.small);
    to.put(4, last_two.small);
    to.put(5, next.small);
    to.put(6, next_two.small);
    let here = word.known.senses() >> 9;
    to.pair(24, here, case);
    to.pair(25, here, before[0]);
    to.put(26, last.known.senses() >> 9);
    to.pair(32, before[0], next.ends[2]);
    to.put(33, next.ends[2]);
    to.put(34, last.ends[2]);
    to.pair(38, word.lists(), next.lists());
    to.pair(46, u32::from(at == 0), if word.case == Case::Capital { word.small } else { 0 });
    let fine = |word: &Traits| word.known.fine();
    let coarse = |word: &Traits| word.known.coarse();
    to.pair(106, before[0], fine(next));
    to.put(107, fine(last_two));
    to.put(108, fine(next_two));
    to.pair(109, fine(last), fine(next));
    to.triple(112, coarse(last), coarse(word), coarse(next));
    to.triple(116, before[0], before[1], fine(word));
    to.triple(117, coarse(last), word.small, coarse(next));
    to.pair(118, word.ends[1], coarse(next));
    put_guesses(words, at, guesses, to);
}

/// The features of what stands in `guesses` at the word and behind it.
fn put_guesses(words: &[Traits], at: usize, guesses: &[Part], to: &mut Features) {
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
    to.triple(86, word.known.likely(), last, next);
    to.triple(87, word.known.kin(), last, next);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tagging::dictionary::Dictionary;

    #[test]
    fn what_tells_the_most_and_the_rest_are_all_features() {
        let words = ["The", "old", "ferry", "left", "Marlow", "on", "Monday", "."];
        let words: Vec<Traits> = words.iter().map(|word| Traits::of(word, &Dictionary::shipped())).collect();
        for at in 0..words.len() {
            let (mut all, mut parted) = (Features::new(), Features::new());
            put(&words, at, [1, 2], &mut all);
            put(&words, at, [1, 2], &mut Chosen::<TELLING, true>(&mut parted));
            assert_eq!(parted.all().len(), TELLING.count_ones() as usize, "word {at}");
            put(&words, at, [1, 2], &mut Chosen::<TELLING, false>(&mut parted));
            let sorted = |features: &Features| {
                let mut sorted = features.all().to_vec();
                sorted.sort_unstable();
                sorted
            };
            assert_eq!(sorted(&parted), sorted(&all), "word {at}");
        }
    }
}
