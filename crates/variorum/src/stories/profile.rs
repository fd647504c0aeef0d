//! What of a report counts when it is held against another.
//!
//! In: one report. Out: its [`Profile`]: four fields of weighted words, runs of quoted words, the words to look it up by, the day.
//! Method: a word weighs the root of what it tells (from the frozen table `models/leads.txt`) times one more than the logarithm of how
//! often it stands in the field. Each field keeps its heaviest words, so that a profile has a bounded size.
//! A report that is a headline alone has the words of its address too, at half their weight: feeds cut headlines short.
//! Teasers of other stories and page furniture do not count.
//! Leaves: what is no word or number; other languages than the table's, whose words all tell as much as unknown ones.

use crate::lexicon;
use crate::model::{Annotated, BlockKind};
use crate::token::{self, Kind};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Fields of a profile: whole text, names and numbers, title with lead, title.
pub const FIELDS: usize = 4;
const LEADING: usize = 2;

/// How many words each field keeps, the heaviest; and how many of them a report is looked up by.
/// Longer fields gained nothing on the development stories; rerun `variorum eval stories`.
const KEPT: [usize; FIELDS] = [160, 56, 72, 24];
const KEYS: [usize; FIELDS] = [20, 12, 24, 12];

/// How far into the text the lead reaches, in bytes.
const LEAD: usize = 600;

/// A word in one of so many leads is of the language, not of an event.
const COMMON: u64 = 64;

/// Most runs of quoted words kept of a report.
const QUOTED: usize = 256;

/// How many reports the table was counted over: the first number of its head.
static COUNTED: LazyLock<u64> = LazyLock::new(|| {
    let head = TABLE.lines().next().unwrap_or_default();
    head.split(' ').find_map(|word| word.parse().ok()).unwrap_or(1)
});

const TABLE: &str = include_str!("../../../../models/leads.txt");

/// In how many leads a word stands, by its number.
static FREQUENCY: LazyLock<Frequency> = LazyLock::new(|| {
    let rows = lexicon::rows(TABLE).filter_map(|row| Some((number(row.first()?), row.get(1)?.parse().ok()?)));
    Frequency::of(rows.collect())
});

/// Counts by the numbers of words, in a power of two of slots, at least half of them empty.
struct Frequency(Vec<(u32, u64)>);

impl Frequency {
    fn of(rows: Vec<(u32, u64)>) -> Frequency {
        let mut table = Frequency(vec![(0, 0); (2 * rows.len() + 2).next_power_of_two()]);
        for (word, count) in rows {
            let at = table.slot(word);
            table.0[at] = (word, count);
        }
        table
    }

    /// Where `word` stands or would.
    fn slot(&self, word: u32) -> usize {
        let last = self.0.len() - 1;
        let mut at = word as usize & last;
        while self.0[at].0 != word && self.0[at].1 > 0 {
            at = (at + 1) & last;
        }
        at
    }

    fn get(&self, word: u32) -> Option<u64> {
        let (_, count) = self.0[self.slot(word)];
        (count > 0).then_some(count)
    }
}

/// What the score of a report with another rests on.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub fields: [Vector; FIELDS],
    /// Runs of four words inside quotations, ascending.
    pub quoted: Vec<u32>,
    /// The words to look it up by, ascending, with what each tells.
    pub keys: Vec<(u32, u32)>,
    /// Days since 1970-01-01.
    pub day: Option<i32>,
    /// Words of the text, the title left out.
    pub words: u32,
    /// Whether it has a title.
    pub is_titled: bool,
    /// The days of the week that its title or lead names, a bit each.
    pub weekdays: u8,
}

impl Profile {
    /// Two sums over all of it; equal for reports of which nothing tells one from the other.
    pub fn sums(&self) -> [u64; 2] {
        let kind = u64::from(self.weekdays) << 33 | u64::from(self.is_titled) << 32;
        let mut sums =
            [kind | u64::from(self.words), 1 + u64::from(self.day.map_or(u32::MAX, i32::unsigned_abs))];
        let mut add = |value: u64| {
            sums[0] = (sums[0].rotate_left(7) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            sums[1] = (sums[1].rotate_left(11) ^ !value).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        };
        for field in &self.fields {
            add(field.weights.len() as u64);
            field.weights.iter().for_each(|&(word, weight)| add(u64::from(word) << 16 | u64::from(weight)));
        }
        self.quoted.iter().for_each(|&run| add(run.into()));
        self.keys.iter().for_each(|&(word, _)| add(word.into()));
        sums
    }
}

/// Weights of words, by word; and the length.
#[derive(Clone, Debug, Default)]
pub struct Vector {
    pub weights: Vec<(u32, u16)>,
    pub length: u64,
}

/// How often a word stands in each field, and what it tells.
struct Counted {
    word: u32,
    telling: u64,
    times: [u32; FIELDS],
    /// Whether it stands in the address alone.
    is_addressed: bool,
}

/// A word where it stands.
struct Read {
    word: u32,
    fields: Fields,
    is_addressed: bool,
}

/// The words of a report that tell anything, ascending.
struct Counts(Vec<Counted>);

impl Counts {
    /// Of words with the fields they stand in, as often as they do.
    fn of(mut read: Vec<Read>) -> Counts {
        read.sort_unstable_by_key(|read| read.word);
        let counted = |same: &[Read]| {
            let word = same[0].word;
            let times = |field| same.iter().filter(|read| read.fields[field]).count();
            let telling = telling(word);
            let times = || std::array::from_fn(|field| times(field).try_into().unwrap_or(u32::MAX));
            let is_addressed = same.iter().all(|read| read.is_addressed);
            (telling > 0).then(|| Counted { word, telling, times: times(), is_addressed })
        };
        Counts(read.chunk_by(|x, y| x.word == y.word).filter_map(counted).collect())
    }

    /// The heaviest words of a field, heaviest first: weight and index.
    fn heaviest(&self, field: usize) -> Vec<(Reverse<u64>, usize)> {
        let heavy = |counted: &Counted| {
            let whole = weight(counted.telling)
                * (16 + 11 * logarithm(counted.times[field].min(1 << 16).into()) / 16);
            if counted.is_addressed { whole / 2 } else { whole }
        };
        let mut weights: Vec<(Reverse<u64>, usize)> = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, counted)| counted.times[field] > 0)
            .map(|(at, counted)| (Reverse(heavy(counted)), at))
            .collect();
        if weights.len() > KEPT[field] {
            weights.select_nth_unstable(KEPT[field]);
            weights.truncate(KEPT[field]);
        }
        weights.sort_unstable();
        weights
    }

    fn vector(&self, heaviest: &[(Reverse<u64>, usize)]) -> Vector {
        let mut weights: Vec<(u32, u16)> = heaviest
            .iter()
            .map(|&(Reverse(weight), at)| (self.0[at].word, weight.min(u16::MAX.into()) as u16))
            .collect();
        weights.sort_unstable();
        let length = weights.iter().map(|&(_, weight)| u64::from(weight).pow(2)).sum::<u64>().isqrt();
        Vector { weights, length }
    }

    fn keys(&self, heaviest: &[Vec<(Reverse<u64>, usize)>; FIELDS]) -> Vec<(u32, u32)> {
        let of = |field: usize| heaviest[field].iter().take(KEYS[field]).map(|&(_, at)| at);
        let mut keys: Vec<usize> = (0..FIELDS).flat_map(of).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().map(|at| (self.0[at].word, self.0[at].telling as u32)).collect()
    }
}

/// The profile of a report.
pub fn profile(found: &Annotated) -> Profile {
    let mut given = Vec::new();
    let mut weekdays = 0;
    let words = read(found, |word, fields, is_capital| {
        if is_capital && fields[LEADING] {
            weekdays |= weekday(word);
        }
        given.push(Read { word: number(word), fields, is_addressed: false });
    });
    if words == 0 {
        given.extend(addressed(found, &given));
    }
    let counts = Counts::of(given);
    let heaviest: [_; FIELDS] = std::array::from_fn(|field| counts.heaviest(field));
    Profile {
        fields: std::array::from_fn(|field| counts.vector(&heaviest[field])),
        quoted: quoted(found),
        keys: counts.keys(&heaviest),
        day: day(found),
        words,
        is_titled: found.report.title.is_some() || has_headline(found),
        weekdays,
    }
}

fn has_headline(found: &Annotated) -> bool {
    found.report.blocks.iter().any(|block| block.kind == BlockKind::Headline)
}

/// The words of the address that are not among those `given`.
fn addressed(found: &Annotated, given: &[Read]) -> Vec<Read> {
    let address = found.report.url.as_deref().unwrap_or_default();
    let mut words: Vec<u32> = address_words(address).iter().map(|word| self::word(word)).collect();
    words.retain(|word| given.iter().all(|read| read.word != *word));
    words.sort_unstable();
    words.dedup();
    let fields = fields(true, false, true);
    words.into_iter().map(|word| Read { word, fields, is_addressed: true }).collect()
}

/// Fewest words of an address that repeat a headline.
const ADDRESSED: usize = 3;

/// The words of the part of an address's path with most strokes between words, the last of several; numbers and single letters left
/// out. None where that part has fewer than [`ADDRESSED`] words or numbers.
fn address_words(address: &str) -> Vec<&str> {
    let path = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest)
        .split(['?', '#'])
        .next()
        .unwrap_or_default();
    let strokes = |part: &&str| part.bytes().filter(|byte| matches!(byte, b'-' | b'_' | b'+')).count();
    let part =
        path.split('/').skip(1).filter(|part| !part.is_empty()).max_by_key(strokes).unwrap_or_default();
    // "…-ferry.html"
    let is_ending =
        |end: &str| (2..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphabetic());
    let part = part.rsplit_once('.').filter(|(_, end)| is_ending(end)).map_or(part, |(before, _)| before);
    let mut words: Vec<&str> = part
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() < ADDRESSED {
        words.clear();
    }
    words.retain(|word| {
        word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'\'')
    });
    words
}

/// The bit of a day of the week; 0 for any other word.
fn weekday(word: &str) -> u8 {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().position(|day| *day == word).map_or(0, |at| 1 << at)
}

/// The distinct words of the title and the lead, as the table counts them.
pub fn lead(found: &Annotated) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    read(found, |word, fields, _| {
        if fields[LEADING] {
            words.insert(word.to_owned());
        }
    });
    words
}

/// Gives each word of the report with the fields it stands in, and whether it is written with a capital; returns how many words the
/// text has.
fn read(found: &Annotated, mut give: impl FnMut(&str, Fields, bool)) -> u32 {
    let text = &found.report.text;
    let (mut before, mut words, mut has_headline) = (0, 0, false);
    for block in &found.report.blocks {
        if !block.kind.is_evidence() || matches!(block.kind, BlockKind::Byline | BlockKind::Dateline) {
            continue;
        }
        let is_title = block.kind == BlockKind::Headline;
        has_headline |= is_title;
        let mut opens = true;
        let own = found.sentences.partition_point(|sentence| sentence.span.start() < block.span.start());
        let own = found.sentences[own..].iter().take_while(|sentence| block.span.contains(sentence.span));
        for token in own.flat_map(|sentence| &sentence.tokens) {
            if token.kind == Kind::Mark {
                opens = true;
                continue;
            }
            let is_capital = token.is_capitalised(text);
            let is_name = token.kind == Kind::Number || !opens && is_capital;
            let is_lead = before + token.span.start() - block.span.start() < LEAD;
            let folded = token::fold(token.of(text));
            give(&stem(token::without_possessive(&folded)), fields(is_title, is_name, is_lead), is_capital);
            words += u32::from(!is_title);
            opens = false;
        }
        before += if block.kind.is_body() { block.span.len() } else { 0 };
    }
    if let Some(title) = found.report.title.as_deref().filter(|_| !has_headline) {
        for token in token::tokens(title, crate::span::Span::new(0, title.len())) {
            if token.kind != Kind::Mark {
                let folded = token::fold(token.of(title));
                give(
                    &stem(token::without_possessive(&folded)),
                    fields(true, false, true),
                    token.is_capitalised(title),
                );
            }
        }
    }
    words
}

/// For each field whether a word stands in it.
type Fields = [bool; FIELDS];

/// The fields that a word of a title, or of the text, stands in: in their order.
fn fields(is_title: bool, is_name: bool, is_lead: bool) -> Fields {
    [true, is_name && !is_title, is_lead || is_title, is_title]
}

/// The number that stands for a word, as it is written in a text.
pub fn word(written: &str) -> u32 {
    number(&stem(token::without_possessive(&token::fold(written))))
}

/// `word` without the ending of a plural.
fn stem(word: &str) -> Cow<'_, str> {
    match word.strip_suffix('s') {
        Some(short) if short.len() > 3 && !short.ends_with(['s', 'u', 'i']) => match short.strip_suffix("ie")
        {
            Some(base) => Cow::Owned(format!("{base}y")),
            None => Cow::Borrowed(short),
        },
        _ => Cow::Borrowed(word),
    }
}

/// How telling a word is: sixteenths of a bit; 0 for words of nearly every report.
fn telling(word: u32) -> u64 {
    let count = FREQUENCY.get(word).unwrap_or_default();
    logarithm(*COUNTED + 1).saturating_sub(logarithm(count + 1)).saturating_sub(4)
}

/// What a word weighs that stands once: the root of what it tells, in 256ths of a root of a sixteenth of a bit. Roots let the words of a
/// report count more evenly; set on the development stories, rerun `variorum eval stories`.
fn weight(telling: u64) -> u64 {
    (telling << 8).isqrt()
}

/// Whether a word, by its number, stands in so many leads of the table that it is of the language, not of an event.
pub fn is_common(word: u32) -> bool {
    FREQUENCY.get(word).is_some_and(|count| count * COMMON >= *COUNTED)
}

/// In how many leads of the table a word stands; `None` for fewer than three.
pub fn leads_with(word: &str) -> Option<u64> {
    FREQUENCY.get(number(word))
}

/// Logarithm to base two, in sixteenths, straight lines between the powers.
fn logarithm(of: u64) -> u64 {
    let whole = u64::from(of.max(1).ilog2());
    16 * whole + 16 * (of.max(1) - (1 << whole)) / (1 << whole)
}

/// A word as a number: FNV-1a of 64 bits, folded to 32.
fn number(word: &str) -> u32 {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) as u32
}

/// Runs of four words inside quotations.
fn quoted(found: &Annotated) -> Vec<u32> {
    let text = &found.report.text;
    let mut runs = BTreeSet::new();
    for part in found.quotations.iter().flat_map(|quotation| &quotation.content) {
        if !found.block_at(part.start()).is_some_and(|block| block.kind.is_evidence()) {
            continue;
        }
        let words: Vec<_> = token::tokens(text, *part)
            .into_iter()
            .filter(|token| token.kind != Kind::Mark)
            .map(|token| token::fold(token.of(text)))
            .collect();
        runs.extend(words.windows(4).map(|run| number(&run.join(" "))));
    }
    runs.into_iter().take(QUOTED).collect()
}

/// The day of publication.
fn day(found: &Annotated) -> Option<i32> {
    let value = found.report.published.as_ref()?.value.get(..10)?;
    let date: jiff::civil::Date = value.parse().ok()?;
    Some(jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days())
}
