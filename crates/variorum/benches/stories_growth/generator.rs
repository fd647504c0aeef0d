//! Piles of any size from some annotated reports, the same each time.
//!
//! Of a hundred reports fifty are new: as many sentences and paragraphs as a report of the base has, each sentence of some report, with
//! every word that is not of the language's common ones exchanged for another one about as common, the same for the same word
//! throughout. The other fifty are made from one of the last [`RECENT`] new ones: ten printed again by another outlet, ten cut to
//! the first half, ten with one word in fifteen exchanged, twenty on the same event: every second paragraph left out, of the others
//! two words in five exchanged. A thousand reports appear on a day.
//! Leaves: mentions, dates and figures; new words that are spelt like names of something else stay what they are.

use std::collections::BTreeMap;
use variorum::model::{Annotated, Basis, Block, Precision, Quotation, Sentence, Stamp};
use variorum::span::Span;
use variorum::token::{self, Kind};

/// From how many of the last new reports the others are made.
const RECENT: usize = 2000;
/// How many reports appear on a day.
const DAILY: usize = 1000;

/// Reports without end.
pub struct Generator<'a> {
    base: &'a [Annotated],
    /// The words of the base by how many of its reports they stand in, on a scale of doublings.
    ranks: Vec<Vec<String>>,
    rank: BTreeMap<String, usize>,
    recent: Vec<Annotated>,
    made: usize,
}

impl<'a> Generator<'a> {
    /// Reports made from those of `base`.
    pub fn new(base: &'a [Annotated]) -> Generator<'a> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for found in base {
            let text = &found.report.text;
            let words = token::tokens(text, Span::new(0, text.len())).into_iter();
            let words = words
                .filter(|token| token.kind != Kind::Mark)
                .map(|token| token::fold(token.of(text)).into_owned());
            let distinct: std::collections::BTreeSet<String> = words.collect();
            distinct.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let mut ranks: Vec<Vec<String>> = vec![Vec::new(); 32];
        let mut rank = BTreeMap::new();
        for (word, count) in counts {
            // What stands in an eighth of all reports is of the language, not of an event.
            if 8 * count < base.len() {
                ranks[count.ilog2() as usize].push(word.clone());
                rank.insert(word, count.ilog2() as usize);
            }
        }
        Generator { base, ranks, rank, recent: Vec::new(), made: 0 }
    }

    /// Bytes that the reports take from which others are made, and the words, about.
    pub fn size(&self) -> usize {
        let of = |found: &Annotated| {
            let tokens: usize = found.sentences.iter().map(|sentence| sentence.tokens.capacity()).sum();
            2 * found.report.text.len() + 12 * tokens + 64 * found.sentences.capacity()
        };
        self.recent.iter().map(of).sum::<usize>() + 96 * 2 * self.rank.len()
    }

    /// The word that stands for `word` in the report numbered `salt`.
    fn other(&self, word: &str, salt: u64) -> Option<&str> {
        let words = &self.ranks[*self.rank.get(word)?];
        Some(&words[mixed(salt, word) as usize % words.len()])
    }

    /// `of` with words exchanged, as `exchanged` chooses them by their place, and some paragraphs left out.
    fn rewritten(
        &self,
        of: &Annotated,
        salt: u64,
        exchanged: impl Fn(usize) -> bool,
        kept: impl Fn(usize) -> bool,
    ) -> Annotated {
        let mut made = Annotated::default();
        (0..of.report.blocks.len())
            .filter(|&at| kept(at))
            .for_each(|at| self.add(&mut made, of, at, salt, &exchanged));
        self.name(&mut made, of, salt, exchanged(1));
        made
    }

    /// Gives `made` the title of `of`, its words exchanged or not.
    fn name(&self, made: &mut Annotated, of: &Annotated, salt: u64, is_exchanged: bool) {
        made.report.title = of.report.title.as_ref().map(|title| {
            let other = |word| self.other(&token::fold(word), salt).filter(|_| is_exchanged).unwrap_or(word);
            title.split(' ').map(other).collect::<Vec<_>>().join(" ")
        });
    }

    /// Adds a paragraph of `of` to `made`.
    fn add(
        &self,
        made: &mut Annotated,
        of: &Annotated,
        at: usize,
        salt: u64,
        exchanged: impl Fn(usize) -> bool,
    ) {
        let start = made.report.text.len();
        self.write(made, of, of.report.blocks[at].span, salt, |count| exchanged(count + 64 * at));
        close(made, &of.report.blocks[at], start);
    }

    /// Writes what stands at `part` of `of` behind the text of `made`, with the sentences and quotations in it.
    fn write(
        &self,
        made: &mut Annotated,
        of: &Annotated,
        part: Span,
        salt: u64,
        exchanged: impl Fn(usize) -> bool,
    ) {
        let (report, text) = (&of.report, &mut made.report.text);
        // Where what begins at a byte begins now, and where what ends there ends.
        let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
        let mut last = part.start();
        starts.insert(last, text.len());
        for (count, token) in token::tokens(&report.text, part).into_iter().enumerate() {
            *text += &report.text[last..token.span.start()];
            let word = token.of(&report.text);
            starts.insert(token.span.start(), text.len());
            let chosen = token.kind != Kind::Mark && exchanged(count);
            match chosen.then(|| self.other(&token::fold(word), salt)).flatten() {
                Some(other) if token.is_capitalised() => text.extend(capitalised(other)),
                Some(other) => *text += other,
                None => *text += word,
            }
            last = token.span.end();
            ends.insert(last, text.len());
        }
        *text += &report.text[last..part.end()];
        ends.insert(part.end(), text.len());
        let moved = |span: Span| Some(Span::new(*starts.get(&span.start())?, *ends.get(&span.end())?));
        let (text, block) = (&made.report.text, made.report.blocks.len());
        let own = of.sentences.iter().filter(|sentence| part.contains(sentence.span));
        made.sentences.extend(own.filter_map(|sentence| {
            let span = moved(sentence.span)?;
            Some(Sentence { span, block, tokens: token::tokens(text, span) })
        }));
        let quotations = of.quotations.iter().filter_map(|quotation| {
            let content: Option<Vec<Span>> = quotation.content.iter().map(|span| moved(*span)).collect();
            Some(Quotation { content: content?, ..quotation.clone() })
        });
        made.quotations.extend(quotations);
    }

    /// A report on an event of its own.
    fn new_one(&self, salt: u64) -> Annotated {
        let of = &self.base[self.made * 7 % self.base.len()];
        let mut made = Annotated::default();
        for (at, block) in of.report.blocks.iter().enumerate() {
            let start = made.report.text.len();
            let own = of.sentences.iter().enumerate().filter(|(_, sentence)| sentence.block == at);
            for (number, _) in own {
                let other = &self.base[mixed(salt, &format!("report {number}")) as usize % self.base.len()];
                if other.sentences.is_empty() {
                    continue;
                }
                let chosen = mixed(salt, &format!("sentence {number}")) as usize % other.sentences.len();
                self.write(&mut made, other, other.sentences[chosen].span, salt, |_| true);
                made.report.text.push(' ');
            }
            close(&mut made, block, start);
        }
        self.name(&mut made, of, salt, true);
        made
    }

    /// A report made from another one.
    fn made_from(&self, of: &Annotated, kind: usize, salt: u64) -> Annotated {
        let half = of.report.blocks.len().div_ceil(2);
        let each = |every: u64, of: u64| {
            move |at: usize| {
                mixed(salt, "").wrapping_add(at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33 & 0xffff
                    < every * 0x10000 / of
            }
        };
        match kind {
            0..10 => self.rewritten(of, salt, |_| false, |_| true),
            10..20 => self.rewritten(of, salt, |_| false, |at| at < half),
            20..30 => self.rewritten(of, salt, each(1, 15), |_| true),
            _ => self.rewritten(of, salt, each(2, 5), |at| at % 2 == 0),
        }
    }
}

impl Iterator for Generator<'_> {
    type Item = Annotated;

    fn next(&mut self) -> Option<Annotated> {
        let kind = (self.made * 37) % 100;
        let salt = mixed(self.made as u64, "report");
        let mut report = if kind >= 50 || self.recent.is_empty() {
            let report = self.new_one(salt);
            match self.recent.len() {
                RECENT => self.recent[(salt % RECENT as u64) as usize] = report.clone(),
                _ => self.recent.push(report.clone()),
            }
            report
        } else {
            self.made_from(&self.recent[(salt % self.recent.len() as u64) as usize], kind, salt)
        };
        report.report.id = format!("r{}", self.made);
        report.report.key = u128::from(salt);
        report.report.outlet = Some(format!("Outlet {}", salt % 400));
        let day = jiff::civil::date(2000, 1, 1) + jiff::Span::new().days((self.made / DAILY) as i64);
        report.report.published = Some(Stamp {
            value: day.to_string(),
            precision: Precision::Day,
            basis: Basis::Metadata,
            start: None,
            end: None,
        });
        self.made += 1;
        Some(report)
    }
}

/// Ends a paragraph of `made` that begins at `start` and is of the kind of `like`.
fn close(made: &mut Annotated, like: &Block, start: usize) {
    let span = Span::new(start, made.report.text.len());
    made.report.blocks.push(Block { span, of: None, ..like.clone() });
    made.report.text += "\n\n";
}

fn capitalised(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
}

fn mixed(sum: u64, word: &str) -> u64 {
    let sum = word.bytes().fold(sum ^ 0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (sum ^ (sum >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 7
}
