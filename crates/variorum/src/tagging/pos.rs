//! Parts of speech: the seventeen of Universal Dependencies.
//!
//! In: the words of a sentence in numbers. Out: one [`Part`] a word. Method: an averaged perceptron from left to right (Collins
//! 2002, with the features of Ratnaparkhi 1996 and what the dictionary knows of each word), trained on its own decisions; where
//! it is not sure, a second reading decides, which has more features and knows what the first made of the words behind. Words
//! that are always the same part of speech are not weighed (as in Honnibal's tagger, 2013).
//! Where the words tell by themselves, or the few features of how they stand together that tell the most, a first reading asks no
//! others; the weights are trained with all. What a word tells by itself is added up once and kept.
//! Weights: `models/pos-first.bin` and `models/pos.bin`; `variorum train pos` makes them.
//! Leaves: other languages than English.

use super::features::{Chosen, Features, Sink, around, near, templates};
use super::recall;
use super::traits::{Case, Traits};
use super::weights::{Aligned, Weights};
use std::array::from_fn;

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
    /// By the word itself and those beside it, each by itself.
    pub plain: i16,
    /// By these and the features that tell the most of how they stand together.
    pub likely: i16,
    /// By all, for the first reading to stand.
    pub sure: i16,
}

impl Care {
    /// Set on `variorum eval pos`. Of the words weighed in news three in four are plain and one in eleven is likely; one in sixteen hundred
    /// is told otherwise than by all features. One in twenty is read again.
    pub const USUAL: Care = Care { plain: 400, likely: 350, sure: 250 };

    /// That of training, in which all features of every word are asked and one in sixteen is read again: what the second reading and
    /// the names learn from does not change with how quickly reports are read.
    pub const TRAINING: Care = Care { plain: i16::MAX, likely: i16::MAX, sure: 300 };
}

/// The part of speech of each of `words`, one sentence, put behind those in `parts`.
pub fn tag(words: &[Traits], weights: &Readings, care: Care, parts: &mut Vec<Part>) {
    tag_known(words, &[], weights, care, &mut [], parts);
}

/// The same where `numbers` has a number for each word, and `kept` sums that hang on one word alone.
pub fn tag_known(
    words: &[Traits],
    numbers: &[u32],
    weights: &Readings,
    care: Care,
    kept: &mut [Kept],
    parts: &mut Vec<Part>,
) {
    let start = parts.len();
    let mut unsure = Vec::new();
    first(words, numbers, &weights[0], care, kept, parts, &mut unsure);
    let parts = &mut parts[start..];
    let mut features = Features::new();
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
    first(words, &[], weights, care, &mut [], parts, unsure);
}

fn first(
    words: &[Traits],
    numbers: &[u32],
    weights: &Weights<WIDTH>,
    care: Care,
    kept: &mut [Kept],
    parts: &mut Vec<Part>,
    unsure: &mut Vec<usize>,
) {
    let start = parts.len();
    let mut features = Features::new();
    Kept::fetch(kept, numbers);
    for at in 0..words.len() {
        if let Some(part) = always(&words[at]) {
            parts.push(part);
            continue;
        }
        let before = before(&parts[start..], at);
        let mut reading = Reading { words, numbers, at, before, weights, kept, features: &mut features };
        let mut sums = [0; WIDTH];
        reading.alone(&mut sums);
        let (mut part, mut lead) = best(&sums);
        if lead < care.plain {
            reading.put::<TELLING, true>(&mut sums);
            (part, lead) = best(&sums);
        }
        if lead < care.likely {
            reading.put::<{ HERE | LAST | NEXT | TELLING }, false>(&mut sums);
            (part, lead) = best(&sums);
        }
        if lead < care.sure {
            unsure.push(at);
        }
        parts.push(part);
    }
}

/// Sums of the first reading that are kept of a word: as the word that is read, the same at the beginning of a sentence, as the word
/// before it and as the word behind it.
pub type Kept = recall::Kept<WIDTH, 4>;

/// One word in a first reading.
struct Reading<'a, 'w> {
    words: &'a [Traits],
    numbers: &'a [u32],
    at: usize,
    before: [u32; 2],
    weights: &'a Weights<'w, WIDTH>,
    kept: &'a mut [Kept],
    features: &'a mut Features,
}

impl Reading<'_, '_> {
    /// Adds the weights of the features that hang on one word.
    fn alone(&mut self, sums: &mut [i16; WIDTH]) {
        self.kept::<HERE>(usize::from(self.at == 0), 0, sums);
        self.kept::<LAST>(2, -1, sums);
        self.kept::<NEXT>(3, 1, sums);
    }

    /// Adds the weights of the features of `TEMPLATES`, which hang on nothing but the word `steps` behind this one, from what is kept
    /// of it for `place`.
    fn kept<const TEMPLATES: u128>(&mut self, place: usize, steps: isize, sums: &mut [i16; WIDTH]) {
        let number = self.at.checked_add_signed(steps).and_then(|at| self.numbers.get(at));
        let Some(kept) = number.and_then(|&number| self.kept.get_mut(number as usize)) else {
            return self.put::<TEMPLATES, true>(sums);
        };
        let own = kept.at(place, || {
            let mut own = [0; WIDTH];
            self.features.clear();
            put(self.words, self.at, self.before, &mut Chosen::<TEMPLATES, true>(self.features));
            self.weights.add(self.features.all(), &mut own);
            own
        });
        for (sum, own) in sums.iter_mut().zip(own) {
            *sum += own;
        }
    }

    /// Adds the weights of the features of `TEMPLATES`, or of all others.
    fn put<const TEMPLATES: u128, const ARE_TAKEN: bool>(&mut self, sums: &mut [i16; WIDTH]) {
        self.features.clear();
        put(self.words, self.at, self.before, &mut Chosen::<TEMPLATES, ARE_TAKEN>(self.features));
        self.weights.add(self.features.all(), sums);
    }
}

/// The parts of the two words before `at`, the nearer first.
pub fn before(parts: &[Part], at: usize) -> [u32; 2] {
    [1, 2].map(|steps| at.checked_sub(steps).map_or(START, |at| parts[at] as u32))
}

/// The best part and its lead over the second.
fn best(scores: &[i16; WIDTH]) -> (Part, i16) {
    let best = highest(scores);
    if best < 0 {
        // `X` has nothing, and comes last.
        return (Part::X, best.saturating_neg());
    }
    // Each step is one over all parts at once, without a jump that no processor could guess. Of equals the first is best.
    let places = from_fn(|at| i16::from(scores[at] == best) * (WIDTH - at) as i16);
    let at = WIDTH - highest(&places) as usize;
    // What is below zero comes behind `X` anyway.
    let others = from_fn(|place| i16::from(place != at) * scores[place]);
    (Part::ALL[at % WIDTH], best.saturating_sub(highest(&others).max(0)))
}

/// The highest of `scores`.
fn highest(scores: &[i16; WIDTH]) -> i16 {
    let eight: [i16; WIDTH / 2] = from_fn(|at| scores[at].max(scores[at + WIDTH / 2]));
    let four: [i16; WIDTH / 4] = from_fn(|at| eight[at].max(eight[at + WIDTH / 4]));
    four[0].max(four[2]).max(four[1].max(four[3]))
}

/// What stands before the first word of a sentence.
pub const START: u32 = 31;

/// The templates of [`put`] that hang on nothing but the word, and on whether it is the first of its sentence.
const HERE: u128 = templates(&[0, 2, 11, 12, 13, 14, 15, 16, 17, 31, 37, 100, 111, 120, 125]);
/// Those that hang on nothing but the word before it.
const LAST: u128 = templates(&[53, 101, 121, 126]);
/// Those that hang on nothing but the word behind it.
const NEXT: u128 = templates(&[27, 52, 102, 122, 127]);
/// Of the others those with which the most words were told as by all.
const TELLING: u128 = templates(&[7, 8, 21, 23, 103]);

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
    use crate::tagging::traits;

    /// The features of the word at `at` by templates, sorted.
    fn features<const TEMPLATES: u128, const ARE_TAKEN: bool>(words: &[Traits], at: usize) -> Vec<u32> {
        let mut features = Features::new();
        put(words, at, [1, 2], &mut Chosen::<TEMPLATES, ARE_TAKEN>(&mut features));
        let mut sorted = features.all().to_vec();
        sorted.sort_unstable();
        sorted
    }

    #[test]
    fn features_are_of_one_word_or_of_several() {
        let words = ["The", "old", "ferry", "left", "Marlow", "on", "Monday", "."];
        let words: Vec<Traits> = words.iter().map(|word| Traits::of(word, &Dictionary::shipped())).collect();
        for at in 0..words.len() {
            let mut all = features::<0, false>(&words, at);
            let mut parted = features::<{ HERE | LAST | NEXT | TELLING }, false>(&words, at);
            for some in [
                features::<HERE, true>(&words, at),
                features::<LAST, true>(&words, at),
                features::<NEXT, true>(&words, at),
                features::<TELLING, true>(&words, at),
            ] {
                parted.extend(some);
            }
            parted.sort_unstable();
            all.sort_unstable();
            assert_eq!(parted, all, "word {at}");
        }
        // What is kept of one word does not change with the words around it, nor with how the sentence is written.
        let mut others = words.clone();
        traits::mark(&mut others, &Dictionary::shipped());
        others.reverse();
        let places = |at: usize| (at, words.len() - 1 - at);
        for (at, there) in (1..words.len() - 1).map(places) {
            assert_eq!(features::<HERE, true>(&words, at), features::<HERE, true>(&others, there));
            assert_eq!(features::<LAST, true>(&words, at + 1), features::<LAST, true>(&others, there + 1));
            assert_eq!(features::<NEXT, true>(&words, at - 1), features::<NEXT, true>(&others, there - 1));
        }
    }

    #[test]
    fn what_is_kept_of_words_changes_nothing() {
        let words = ["The", "old", "ferry", "left", "the", "old", "pier", "left", "of", "the", "ferry", "."];
        let words: Vec<Traits> = words.iter().map(|word| Traits::of(word, &Dictionary::shipped())).collect();
        let numbers = [0, 1, 2, 3, 4, 1, 5, 3, 6, 4, 2, 7];
        let mut expected = Vec::new();
        tag(&words, &shipped(), Care::USUAL, &mut expected);
        let mut kept = [Kept::default(); 8];
        for _ in 0..2 {
            let mut parts = Vec::new();
            tag_known(&words, &numbers, &shipped(), Care::USUAL, &mut kept, &mut parts);
            assert_eq!(parts, expected);
        }
    }
}
