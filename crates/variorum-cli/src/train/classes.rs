//! Sorts words into classes by the words they stand beside: "mayor" with "senator", "walked" with "drove".
//!
//! In: sentences of open text, no label of which is read. Out: two classes of each word that stands there often enough, one of
//! [`FINE`], one of [`COARSE`]. Method: exchange (Kneser and Ney 1993; Martin, Liermann and Ney 1998). Each word in turn, the most
//! frequent first, goes into the class by which the neighbouring classes of the whole text tell most of each other, until few
//! words move. All in integers and in a fixed order, so the same text gives the same classes.

use std::collections::BTreeMap;

/// How many fine classes there are.
pub const FINE: usize = 511;
/// How many coarse ones.
pub const COARSE: usize = 63;
/// How often a word must stand in the text. Rarer ones would be sorted by the very sentences the taggers learn from.
const LEAST: usize = 5;
/// The most rounds over all words.
const ROUNDS: usize = 25;
/// A round that moves fewer than one word in so many is the last.
const SETTLED: usize = 200;

/// The fine and the coarse class of each word of `sentences`, from one.
pub fn classes(sentences: &[Vec<String>]) -> BTreeMap<String, (u16, u16)> {
    let text = Text::of(sentences);
    let (fine, coarse) = (exchanged(&text, FINE), exchanged(&text, COARSE));
    let words = text.words.iter().zip(fine.into_iter().zip(coarse));
    words.map(|(word, (fine, coarse))| ((*word).to_owned(), (fine as u16 + 1, coarse as u16 + 1))).collect()
}

/// `word` as it counts here: in small letters, digits alike.
pub fn plain(word: &str) -> String {
    let small = word.to_lowercase().replace(['’', '‘'], "'");
    small.chars().map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

/// Words beside one word, each with how often.
type Beside = Vec<(usize, u32)>;

/// Which words stand beside which. Behind the last of `words` come two that stay alone: the end of a sentence, and all rare words.
struct Text<'t> {
    /// The most frequent first.
    words: Vec<&'t str>,
    before: Vec<Beside>,
    behind: Vec<Beside>,
}

impl<'t> Text<'t> {
    fn of(sentences: &'t [Vec<String>]) -> Text<'t> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        sentences.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
        let mut order: Vec<(usize, &str)> = counts
            .into_iter()
            .filter(|(_, count)| *count >= LEAST)
            .map(|(word, count)| (count, word))
            .collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let words: Vec<&str> = order.into_iter().map(|(_, word)| word).collect();
        let numbers: BTreeMap<&str, usize> = words.iter().enumerate().map(|(at, word)| (*word, at)).collect();
        let (end, rare) = (words.len(), words.len() + 1);
        let mut pairs: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for sentence in sentences {
            let mut last = end;
            let numbered = sentence.iter().map(|word| numbers.get(word.as_str()).copied().unwrap_or(rare));
            for word in numbered.chain([end]) {
                *pairs.entry((last, word)).or_default() += 1;
                last = word;
            }
        }
        let (mut before, mut behind) = (vec![Vec::new(); words.len() + 2], vec![Vec::new(); words.len() + 2]);
        for ((one, two), count) in pairs {
            behind[one].push((two, count));
            before[two].push((one, count));
        }
        Text { words, before, behind }
    }
}

/// The class of each word of `text`, one of `count`.
fn exchanged(text: &Text, count: usize) -> Vec<usize> {
    let mut sorted = Sorted::new(text, count);
    for _ in 0..ROUNDS {
        let moved = (0..text.words.len()).filter(|&word| sorted.settle(text, word)).count();
        if moved * SETTLED < text.words.len() {
            break;
        }
    }
    sorted.class.truncate(text.words.len());
    sorted.class
}

/// Words in classes, and how often a word of one stands before a word of another.
struct Sorted {
    /// Classes that words may move between; behind them come those of the two words that stay.
    count: usize,
    class: Vec<usize>,
    /// By the class before, then the class behind.
    pairs: Vec<u32>,
    /// The same by the class behind, then the class before.
    turned: Vec<u32>,
    /// How often a word of a class stands before any, and behind any.
    totals: [Vec<u32>; 2],
    gains: Gains,
}

/// The classes beside one word: how often each stands before it and behind it, and the word beside itself.
struct Around {
    before: Beside,
    behind: Beside,
    itself: u32,
}

impl Sorted {
    fn new(text: &Text, count: usize) -> Sorted {
        let (size, words) = (count + 2, text.words.len());
        let class: Vec<usize> = (0..words).map(|word| word % count).chain([count, count + 1]).collect();
        let mut sorted = Sorted {
            count,
            class,
            pairs: vec![0; size * size],
            turned: vec![0; size * size],
            totals: [vec![0; size], vec![0; size]],
            gains: Gains::new(),
        };
        for (one, behind) in text.behind.iter().enumerate() {
            for &(two, times) in behind {
                sorted.put(sorted.class[one], sorted.class[two], times, true);
            }
        }
        sorted
    }

    /// Counts `times` more pairs of the classes `one` and `two`, or fewer.
    fn put(&mut self, one: usize, two: usize, times: u32, more: bool) {
        let size = self.count + 2;
        let [before, behind] = &mut self.totals;
        for sum in [
            &mut self.pairs[one * size + two],
            &mut self.turned[two * size + one],
            &mut before[one],
            &mut behind[two],
        ] {
            *sum = if more { *sum + times } else { *sum - times };
        }
    }

    /// Takes the word with these classes around it into `class`, or out of it.
    fn shift(&mut self, around: &Around, class: usize, into: bool) {
        around.before.iter().for_each(|&(other, times)| self.put(other, class, times, into));
        around.behind.iter().for_each(|&(other, times)| self.put(class, other, times, into));
        self.put(class, class, around.itself, into);
    }

    fn around(&self, text: &Text, word: usize) -> Around {
        let summed = |beside: &Beside| {
            let mut sums = vec![0; self.count + 2];
            beside
                .iter()
                .filter(|(other, _)| *other != word)
                .for_each(|&(other, times)| sums[self.class[other]] += times);
            sums.into_iter().enumerate().filter(|(_, times)| *times > 0).collect()
        };
        let itself =
            text.behind[word].iter().find(|(other, _)| *other == word).map_or(0, |(_, times)| *times);
        Around { before: summed(&text.before[word]), behind: summed(&text.behind[word]), itself }
    }

    /// Puts `word` into the best class and tells whether it moved.
    fn settle(&mut self, text: &Text, word: usize) -> bool {
        let around = self.around(text, word);
        let now = self.class[word];
        self.shift(&around, now, false);
        let gains = self.weighed(&around);
        // It stays where another is no better; of others the first counts.
        let best = (0..self.count)
            .max_by_key(|&class| (gains[class], class == now, self.count - class))
            .unwrap_or(now);
        self.shift(&around, best, true);
        self.class[word] = best;
        best != now
    }

    /// What the word with these classes around it would add in each class to what neighbours tell of each other.
    fn weighed(&self, around: &Around) -> Vec<i64> {
        let size = self.count + 2;
        let mut gains = vec![0i64; self.count];
        for (rows, beside) in [(&self.pairs, &around.before), (&self.turned, &around.behind)] {
            for &(other, times) in beside {
                let row = &rows[other * size..other * size + self.count];
                gains.iter_mut().zip(row).for_each(|(gain, &pairs)| *gain += self.gains.of(pairs, times));
            }
        }
        let sum = |beside: &Beside| beside.iter().map(|(_, times)| times).sum::<u32>() + around.itself;
        let sums = [sum(&around.behind), sum(&around.before)];
        for (class, gain) in gains.iter_mut().enumerate() {
            *gain += self.gains.of(self.pairs[class * size + class], around.itself);
            for (totals, sum) in self.totals.iter().zip(sums) {
                *gain -= self.gains.of(totals[class], sum);
            }
        }
        gains
    }
}

/// `n` times its logarithm to the base of two, in 1024ths; the first from a table.
struct Gains(Vec<i32>);

impl Gains {
    fn new() -> Gains {
        Gains((0..1 << 16).map(|n| Gains::whole(n) as i32).collect())
    }

    /// What `more` beside `n` add.
    #[inline]
    fn of(&self, n: u32, more: u32) -> i64 {
        self.at(n + more) - self.at(n)
    }

    #[inline]
    fn at(&self, n: u32) -> i64 {
        self.0.get(n as usize).map_or_else(|| Gains::whole(n), |&gain| i64::from(gain))
    }

    fn whole(n: u32) -> i64 {
        if n < 2 {
            return 0;
        }
        let bits = n.ilog2();
        // Between one and two, in units of 2^31; its square is halved whenever it passes two, and each time is a digit.
        let mut rest = u64::from(n) << (31 - bits);
        let mut logarithm = u64::from(bits);
        for _ in 0..20 {
            rest = (rest * rest) >> 31;
            let digit = rest >> 32;
            logarithm = (logarithm << 1) | digit;
            rest >>= digit;
        }
        ((u64::from(n) * logarithm) >> 10) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_mathematics() {
        for n in [2u32, 3, 5, 100, 65_535, 1_000_003] {
            let exact = f64::from(n) * f64::from(n).log2() * 1024.0;
            assert!((Gains::whole(n) as f64 - exact).abs() <= exact * 1e-6 + 1.0, "{n}");
        }
    }

    #[test]
    fn words_in_like_places_come_together() {
        let sentences: Vec<Vec<String>> =
            ["the dog ran", "the cat ran", "a dog sat", "a cat sat", "the cat sat", "a dog ran"]
                .iter()
                .cycle()
                .take(60)
                .map(|sentence| sentence.split(' ').map(str::to_owned).collect())
                .collect();
        let text = Text::of(&sentences);
        let class = exchanged(&text, 3);
        let of = |word: &str| class[text.words.iter().position(|one| *one == word).expect("it is frequent")];
        assert_eq!([of("dog"), of("the"), of("ran")], [of("cat"), of("a"), of("sat")]);
        assert!(of("dog") != of("the") && of("the") != of("ran") && of("ran") != of("dog"));
    }

    #[test]
    fn no_text_has_no_classes() {
        assert!(classes(&[]).is_empty());
    }
}
