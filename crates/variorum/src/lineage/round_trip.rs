//! Whether one of two texts is the other, translated into another language and back, and which of them came first.
//!
//! In: two texts, or their aligned sentences. Out: how many sentences are aligned and changed; for the direction, a score.
//! Method: reports of one event share few sentences, copies share them unchanged; what went through another language has
//! nearly every sentence, and nearly every one in other words, quotations too. The direction is told by what the one text has and
//! the other has not: words, pairs of neighbouring words (rarer ones by how common they are), marks, lengths. A linear model
//! weighs them (`models/round-trip.txt`, made by `variorum train round-trip`); turned round, a pair has the same score with
//! the other sign.
//! Leaves: a single text (see `traces`); languages other than English; a text reworded by hand, which looks the same.

use super::align::{self, Match};
use super::copies::{self, Prose};
use crate::lexicon;
use crate::model::Annotated;
use crate::span::Span;
use crate::stories;
use crate::token::{self, Kind};
use crate::vocabulary::FUNCTION;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A changed sentence has at most so many thousandths of the longer one's words in common, in order.
const SAME: usize = 900;

/// What two texts have in common.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundTrip {
    /// Sentences of the text that has more of them.
    pub sentences: usize,
    /// Aligned sentences.
    pub aligned: usize,
    /// Those of them in which a tenth of the words or more differ.
    pub changed: usize,
    /// Aligned sentences in which the first text quotes four words or more; and in how many of them it has other words there than the
    /// second.
    pub quoted: [usize; 2],
    /// Above 0 when the first text reads like a translation of the second, in thousandths.
    pub direction: i64,
}

impl RoundTrip {
    /// How likely one text is the other, there and back: the share of all sentences that are aligned and changed, in thousandths.
    pub fn likeness(&self) -> usize {
        1000 * self.changed / self.sentences.max(1)
    }
}

/// What `a` and `b` have in common.
pub fn compare(a: &Annotated, b: &Annotated) -> RoundTrip {
    let (left, right) = (copies::prose(a), copies::prose(b));
    let matches = align::align(&left, &right);
    let mut found = RoundTrip {
        sentences: left.sentences.len().max(right.sentences.len()),
        aligned: matches.len(),
        ..RoundTrip::default()
    };
    for pair in &matches {
        let (ours, theirs) = (&left.sentences[pair.a], &right.sentences[pair.b]);
        let long = ours.count().max(theirs.count());
        found.changed += usize::from(1000 * pair.shared <= SAME * long);
        let requoted = is_requoted(&left, &right, pair);
        found.quoted[0] += usize::from(requoted.is_some());
        found.quoted[1] += usize::from(requoted == Some(true));
    }
    found.direction = score(&of_texts((&a.report.text, &left), (&b.report.text, &right), &matches));
    found
}

/// What tells two texts apart, seen from the first; see [`features`].
pub fn differences(a: &Annotated, b: &Annotated) -> Vec<(String, i64)> {
    let (left, right) = (copies::prose(a), copies::prose(b));
    of_texts((&a.report.text, &left), (&b.report.text, &right), &align::align(&left, &right))
}

/// The features of two texts: of their aligned sentences, and of what stands between two of them on both sides, where the one is
/// not twice as long as the other.
pub fn of_texts(a: (&str, &Prose), b: (&str, &Prose), matches: &[Match]) -> Vec<(String, i64)> {
    let mut pairs = Vec::new();
    let mut next = (0, 0);
    let between = |from: (usize, usize), to: (usize, usize)| {
        let (ours, theirs) = (stretch(a, from.0..to.0)?, stretch(b, from.1..to.1)?);
        (ours.len() <= 2 * theirs.len() && theirs.len() <= 2 * ours.len()).then_some((ours, theirs))
    };
    for pair in matches {
        pairs.extend(between(next, (pair.a, pair.b)));
        pairs.extend(stretch(a, pair.a..pair.a + 1).zip(stretch(b, pair.b..pair.b + 1)));
        next = (pair.a + 1, pair.b + 1);
    }
    pairs.extend(between(next, (a.1.sentences.len(), b.1.sentences.len())));
    features(pairs.into_iter())
}

/// The words of some sentences that follow each other.
fn stretch<'a>((text, prose): (&'a str, &Prose), range: std::ops::Range<usize>) -> Option<&'a str> {
    let sentences = prose.sentences.get(range)?;
    let (first, last) = (sentences.first()?, sentences.last()?);
    Some(first.span.cover(last.span).of(text))
}

/// Fewest words between quotation marks that are a quotation, rather than a term.
const QUOTED: usize = 4;

/// Whether a tenth of the words between quotation marks in a sentence of `a`, or more, do not stand in the same order in that of `b`,
/// quoted too; `None` where there are fewer than four.
pub fn is_requoted(a: &Prose, b: &Prose, pair: &Match) -> Option<bool> {
    let (ours, theirs) = (a.quoted(pair.a), b.quoted(pair.b));
    (ours.len() >= QUOTED).then(|| 10 * align::common(&ours, &theirs).len() <= 9 * ours.len())
}

/// What the first texts of `pairs` have more of than the second ones, by name, in thousandths; ascending by name.
///
/// Counts are divided by the root of how many words differ, so that long texts do not outweigh short ones.
pub fn features<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(String, i64)> {
    let mut sides = [Side::default(), Side::default()];
    let (mut count, mut longer, mut wider) = (0, 0, 0);
    for (ours, theirs) in pairs {
        let tokens = [sides[0].add(ours), sides[1].add(theirs)];
        longer += tokens[0].cmp(&tokens[1]) as i64;
        wider += ours.len().cmp(&theirs.len()) as i64;
        count += 1;
    }
    let counts = surplus(&sides);
    let differing: u64 =
        counts.iter().filter(|(name, _)| name.starts_with("word ")).map(|(_, n)| n.unsigned_abs()).sum();
    let root = (differing.max(1) * 10_000).isqrt() as i64;
    let mut features: Vec<(String, i64)> =
        counts.into_iter().map(|(name, n)| (name, 100_000 * n / root)).collect();
    features.push(("sentences longer".to_owned(), 1000 * longer / count.max(1)));
    features.push(("sentences wider".to_owned(), 1000 * wider / count.max(1)));
    features.sort();
    features
}

/// What is counted of the sentences on one side.
#[derive(Default)]
struct Side {
    words: BTreeMap<String, i64>,
    /// Neighbours, by class.
    pairs: BTreeMap<String, i64>,
}

impl Side {
    /// Counts a sentence; gives how many words and marks it has.
    fn add(&mut self, text: &str) -> usize {
        let mut last = "^".to_owned();
        let tokens = token::tokens(text, Span::new(0, text.len()));
        for token in &tokens {
            let word = token::fold(token.of(text)).into_owned();
            let class = class(&word, token.kind);
            *self.pairs.entry(format!("pair {last} {class}")).or_default() += 1;
            *self.words.entry(word).or_default() += 1;
            last = class;
        }
        tokens.len()
    }
}

/// A function word or mark as it is, any other by how common it is.
fn class(word: &str, kind: Kind) -> String {
    match kind {
        Kind::Number => "0".to_owned(),
        Kind::Mark => word.to_owned(),
        Kind::Word if FUNCTION.contains(word) => word.to_owned(),
        Kind::Word => match rank(word) {
            Some(rank) => format!("F{}", rank / 3),
            None => "R".to_owned(),
        },
    }
}

/// How common a word is: the logarithm of how many leads it stands in; `None` for a rare one.
fn rank(word: &str) -> Option<u32> {
    stories::leads_with(word).map(|leads| leads.max(1).ilog2().min(11))
}

/// What one side has more of than the other, by name.
fn surplus([ours, theirs]: &[Side; 2]) -> BTreeMap<String, i64> {
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    let mut add = |name: String, n: i64| *found.entry(name).or_default() += n;
    for (name, n, sign) in both(&ours.pairs, &theirs.pairs) {
        add(name.clone(), sign * n);
    }
    for (word, n, sign) in both(&ours.words, &theirs.words) {
        let n = sign * n;
        add(format!("word {word}"), n);
        add("kinds of word".to_owned(), sign);
        if n.abs() == 1 {
            add("words once".to_owned(), sign);
        }
        if token::kind(word) != Kind::Word {
            add("marks and numbers".to_owned(), n);
            continue;
        }
        add("words".to_owned(), n);
        add("letters in fours".to_owned(), n * (word.chars().count() as i64) / 4);
        add(rank(word).map_or("rare".to_owned(), |rank| format!("rank {rank}")), n);
        if let Some(at) = word.find(['\'', '’']) {
            add(format!("end {}", word[at..].replace('’', "'")), n);
        }
    }
    found.retain(|_, n| *n != 0);
    found
}

/// The counts of both sides, those of the first with sign 1, of the second with sign -1.
fn both<'a>(
    ours: &'a BTreeMap<String, i64>,
    theirs: &'a BTreeMap<String, i64>,
) -> impl Iterator<Item = (&'a String, i64, i64)> {
    let own = ours.iter().map(|(name, &n)| (name, n, 1));
    own.chain(theirs.iter().map(|(name, &n)| (name, n, -1)))
}

static WEIGHTS: LazyLock<BTreeMap<&'static str, i64>> = LazyLock::new(|| {
    lexicon::rows(include_str!("../../../../models/round-trip.txt"))
        .filter_map(|row| Some((*row.first()?, row.get(1)?.parse().ok()?)))
        .collect()
});

/// The sum of what each of `features` weighs, in thousandths; above 0 when the first text is the translated one.
pub fn score(features: &[(String, i64)]) -> i64 {
    weighed(features, |name| WEIGHTS.get(name).copied())
}

/// The sum of `features`, each times its weight in thousandths.
pub fn weighed(features: &[(String, i64)], weight: impl Fn(&str) -> Option<i64>) -> i64 {
    features.iter().map(|(name, value)| value * weight(name).unwrap_or_default()).sum::<i64>() / 1000
}
