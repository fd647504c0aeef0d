//! What of a report counts when it is held against another.
//!
//! In: reports. Out: the [`Profile`] of each: its words with how often each stands in each of four fields, runs of quoted words, the
//! words to look it up by, the day.
//! Method: a word weighs the root of what it tells (from the frozen table `models/leads.txt`) times one more than the logarithm of how
//! often it stands in the field. Each field keeps its heaviest words, so that a profile has a bounded size.
//! A report that is a headline alone has the words of its address too, at half their weight: feeds cut headlines short.
//! Teasers of other stories and page furniture do not count.
//! Leaves: what is no word or number; other languages than the table's, whose words all tell as much as unknown ones.

use crate::lexicon;
use crate::model::{Annotated, BlockKind};
use crate::token::{self, Kind};
use crate::words::{self, Behind, Stem, Word, Words, mixed};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Fields of a profile: whole text, names and numbers, title with lead, title.
pub const FIELDS: usize = 4;
const LEADING: usize = 2;

/// How many words each field keeps, the heaviest; how many of these a report may be looked up by; and by how many it is, those that
/// tell the most. Longer fields and more words gained nothing on the development stories; rerun `variorum eval stories`.
const KEPT: [usize; FIELDS] = [160, 56, 72, 24];
const KEYS: [usize; FIELDS] = [20, 12, 24, 12];
const LOOKED_UP: usize = 48;

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
    let rows =
        lexicon::rows(TABLE).filter_map(|row| Some((words::number(row.first()?), row.get(1)?.parse().ok()?)));
    Frequency::of(rows.collect())
});

/// Counts by the numbers of words.
struct Frequency {
    /// One bit for the first 16 of each word: most of a report's words are not in the table, and most of these are told so.
    begins: Vec<u64>,
    /// The same for the last 16 of each word that is of the language.
    common: Vec<u64>,
    /// A power of two, about half of them empty, in which the words stand in their order or soon behind: a report asks in order.
    slots: Vec<Known>,
    /// What all words have in common that are not in the table.
    unknown: Known,
}

/// A word of the table.
#[derive(Copy, Clone, Default)]
struct Known {
    word: u32,
    /// In how many leads it stands; 0 in an empty slot.
    count: u32,
    /// See [`telling`] and [`weight`].
    telling: u16,
    alone: u16,
}

impl Known {
    fn of(word: u32, count: u32) -> Known {
        let told = logarithm(*COUNTED + 1).saturating_sub(logarithm(u64::from(count) + 1)).saturating_sub(4);
        Known { word, count, telling: told as u16, alone: weight(told) as u16 }
    }
}

impl Frequency {
    fn of(rows: Vec<(u32, u32)>) -> Frequency {
        let slots = vec![Known::default(); (3 * rows.len() / 2 + 2).next_power_of_two()];
        let (begins, common) = (vec![0; 1 << 10], vec![0; 1 << 10]);
        let mut table = Frequency { begins, common, slots, unknown: Known::of(0, 0) };
        for (word, count) in rows {
            table.begins[(word >> 22) as usize] |= 1 << (word >> 16 & 63);
            if u64::from(count) * COMMON >= *COUNTED {
                table.common[word as usize >> 6 & 1023] |= 1 << (word & 63);
            }
            let at = table.slot(word);
            table.slots[at] = Known::of(word, count);
        }
        table
    }

    /// Where `word` stands or would.
    fn slot(&self, word: u32) -> usize {
        let count = self.slots.len();
        let mut at = ((u64::from(word) * count as u64) >> 32) as usize;
        while self.slots[at].word != word && self.slots[at].count > 0 {
            at = (at + 1) & (count - 1);
        }
        at
    }

    fn get(&self, word: u32) -> Option<&Known> {
        if self.begins[(word >> 22) as usize] >> (word >> 16 & 63) & 1 == 0 {
            return None;
        }
        let known = &self.slots[self.slot(word)];
        (known.count > 0).then_some(known)
    }

    /// What is known of a word.
    fn of_word(&self, word: u32) -> &Known {
        self.get(word).unwrap_or(&self.unknown)
    }

    fn is_common(&self, word: u32) -> bool {
        self.common[word as usize >> 6 & 1023] >> (word & 63) & 1 > 0
            && self.get(word).is_some_and(|known| u64::from(known.count) * COMMON >= *COUNTED)
    }
}

/// What the score of a report with another rests on.
#[derive(Copy, Clone, Debug, Default)]
pub struct Profile<'a> {
    /// The words that stand in any field: those that the report is looked up by, then the others, each ascending.
    pub terms: &'a [u32],
    /// How often each stands in each field; see [`weights`].
    pub times: &'a [Times],
    /// How many of the words the report is looked up by.
    pub looked_up: u8,
    /// The length of each field as a vector of weights; 0 for one that the report has not got.
    pub lengths: [u64; FIELDS],
    /// Runs of four words inside quotations, ascending.
    pub quoted: &'a [u32],
    /// Days since 1970-01-01.
    pub day: Option<i32>,
    /// Words of the text, the title left out.
    pub words: u32,
    /// Whether it has a title.
    pub is_titled: bool,
    /// The days of the week that its title or lead names, a bit each.
    pub weekdays: u8,
}

impl Profile<'_> {
    /// Two sums over all of it; equal for reports of which nothing tells one from the other.
    pub fn sums(&self) -> [u64; 2] {
        let kind = u64::from(self.weekdays) << 33 | u64::from(self.is_titled) << 32;
        let mut sums =
            [kind | u64::from(self.words), 1 + u64::from(self.day.map_or(u32::MAX, i32::unsigned_abs))];
        let mut add = |value: u64| {
            sums[0] = mixed(sums[0], value);
            sums[1] = (sums[1].rotate_left(11) ^ !value).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        };
        add(self.terms.len() as u64);
        self.terms
            .iter()
            .zip(self.times)
            .for_each(|(&term, &times)| add(u64::from(term) << 16 | u64::from(times)));
        self.quoted.iter().for_each(|&run| add(run.into()));
        sums
    }

    /// The words to look it up by, ascending.
    pub fn keys(&self) -> &[u32] {
        &self.terms[..self.looked_up.into()]
    }

    /// Something of what stands first in its lists.
    pub fn first(&self) -> u32 {
        self.terms.first().copied().unwrap_or_default() ^ self.times.first().copied().map_or(0, u32::from)
    }

    /// How many words stand in the field of names and numbers.
    pub fn names(&self) -> usize {
        let level = |times: Times| times >> (4 * NAMES) & 15;
        self.times.iter().filter(|&&times| level(times) > 0 && level(times) != ADDRESSED_ALONE).count()
    }

    /// Each word with its weights in all fields.
    pub fn weighted(&self) -> impl Iterator<Item = (u32, [u16; FIELDS])> {
        self.terms.iter().zip(self.times).map(|(&term, &times)| (term, weights(alone(term), times)))
    }
}

/// How often a word stands in each field, four bits each, the first field lowest: the number of one of [`LEVELS`]. A word of the
/// address alone has [`ADDRESSED_ALONE`] in the field of names.
pub type Times = u16;

/// How often a word stands in a field, or little more often.
const LEVELS: [u64; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 40, 64, 128];
const NAMES: usize = 1;
const ADDRESSED_ALONE: Times = 15;

/// What a word weighs in a field for each word it weighs alone, by the number of the level.
const FACTORS: [u16; 16] = {
    let mut factors = [0; 16];
    let mut level = 1;
    while level < factors.len() {
        factors[level] = (16 + 11 * logarithm(LEVELS[level]) / 16) as u16;
        level += 1;
    }
    factors
};

/// What a word weighs in each field that weighs so much alone.
#[inline]
pub fn weights(alone: u16, times: Times) -> [u16; FIELDS] {
    let is_addressed = times >> (4 * NAMES) & 15 == ADDRESSED_ALONE;
    let (alone, times) =
        if is_addressed { (alone / 2, times & !(15 << (4 * NAMES))) } else { (alone, times) };
    std::array::from_fn(|field| alone * FACTORS[usize::from(times >> (4 * field) & 15)])
}

/// The number of the level that so many times are.
fn level(times: u16, field: usize) -> Times {
    let most = if field == NAMES { usize::from(ADDRESSED_ALONE) - 1 } else { LEVELS.len() - 1 };
    let at = LEVELS.partition_point(|&level| level <= u64::from(times)) - 1;
    at.min(most) as Times
}

/// The profiles of many reports, by the order in which they were added, packed.
#[derive(Clone, Debug, Default)]
pub struct Profiles(Vec<Page>);

/// Of how many reports the profiles lie in one page, so that growing neither copies nor leaves room.
const PAGE: usize = 1024;

#[derive(Clone, Debug, Default)]
struct Page {
    heads: Vec<Head>,
    /// Of one report after the other: its words, then the runs of quoted words.
    numbers: Vec<u32>,
    /// How often each word stands in each field.
    times: Vec<Times>,
}

/// Where the profile of a report lies in its page, and what is no list.
#[derive(Copy, Clone, Debug, Default)]
struct Head {
    numbers: u32,
    times: u32,
    lengths: [u32; FIELDS],
    terms: u16,
    quoted: u16,
    looked_up: u8,
    words: u32,
    day: Option<i32>,
    is_titled: bool,
    weekdays: u8,
}

impl Profiles {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.last().map_or(0, |last| PAGE * (self.0.len() - 1) + last.heads.len())
    }

    /// Adds the profile of a report, of which `read` are the words.
    pub fn add(&mut self, found: &Annotated, read: &Words) {
        let room = found.report.text.len() / 5;
        let mut given = Vec::with_capacity(room);
        let mut weekdays = 0;
        let words = self::read(found, read, |_, word, fields| {
            if word.is_capital && fields >> LEADING & 1 > 0 {
                weekdays |= weekday(word.stem);
            }
            given.push(u64::from(word.stem) << 32 | u64::from(fields));
        });
        if words == 0 {
            given.extend(addressed(found, &given));
        }
        let terms = Counts::of(given).terms();
        self.page().add(&Profile {
            terms: &terms.numbers,
            times: &terms.times,
            looked_up: terms.looked_up,
            lengths: terms.lengths,
            quoted: &quoted(found, read),
            day: day(found),
            words,
            is_titled: found.report.title.is_some() || has_headline(found),
            weekdays,
        });
    }

    /// Adds the profiles of `other` behind those that are there.
    pub fn append(&mut self, other: &Profiles) {
        (0..other.len()).for_each(|at| self.page().add(&other.of(at)));
    }

    /// The page that the next profile goes to.
    fn page(&mut self) -> &mut Page {
        if self.0.last().is_none_or(|last| last.heads.len() == PAGE) {
            if let Some(last) = self.0.last_mut() {
                last.numbers.shrink_to_fit();
                last.times.shrink_to_fit();
            }
            self.0.push(Page::default());
        }
        self.0.last_mut().expect("a page was just seen to")
    }

    /// The day of the report that was added as number `at`.
    pub fn day(&self, at: usize) -> Option<i32> {
        self.0[at / PAGE].heads[at % PAGE].day
    }

    /// The profile of the report that was added as number `at`.
    pub fn of(&self, at: usize) -> Profile<'_> {
        let page = &self.0[at / PAGE];
        let Head { numbers, times, lengths, terms, quoted, looked_up, words, day, is_titled, weekdays } =
            page.heads[at % PAGE];
        let (numbers, count) = (&page.numbers[numbers as usize..], usize::from(terms));
        Profile {
            terms: &numbers[..count],
            times: &page.times[times as usize..][..count],
            looked_up,
            lengths: lengths.map(u64::from),
            quoted: &numbers[count..][..quoted.into()],
            day,
            words,
            is_titled,
            weekdays,
        }
    }
}

impl Page {
    fn add(&mut self, profile: &Profile) {
        let Profile { terms, times, looked_up, lengths, quoted, day, words, is_titled, weekdays } = *profile;
        self.heads.push(Head {
            numbers: self.numbers.len() as u32,
            times: self.times.len() as u32,
            lengths: lengths.map(|length| length as u32),
            terms: terms.len() as u16,
            quoted: quoted.len() as u16,
            looked_up,
            words,
            day,
            is_titled,
            weekdays,
        });
        self.numbers.extend_from_slice(terms);
        self.numbers.extend_from_slice(quoted);
        self.times.extend_from_slice(times);
    }
}

/// Profiles in an order of their own.
#[derive(Copy, Clone)]
pub struct Ordered<'a> {
    pub profiles: &'a Profiles,
    /// The numbers under which they were added.
    pub order: &'a [usize],
}

impl<'a> Ordered<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The one at a place of the order.
    pub fn of(&self, place: usize) -> Profile<'a> {
        self.profiles.of(self.order[place])
    }

    /// The day of the one at a place of the order.
    pub fn day(&self, place: usize) -> Option<i32> {
        self.profiles.day(self.order[place])
    }
}

/// How often a word stands in each field, and what it tells and weighs.
struct Counted {
    word: u32,
    telling: u16,
    /// What it weighs where it stands once.
    alone: u16,
    is_addressed: bool,
    times: [u16; FIELDS],
}

/// The words of a profile.
#[derive(Default)]
struct Terms {
    /// As [`Profile::terms`], and so the others.
    numbers: Vec<u32>,
    times: Vec<Times>,
    lengths: [u64; FIELDS],
    looked_up: u8,
}

/// For the fields that a word stands in once, a one in each of four lanes.
const LANES: [u64; 1 << FIELDS] = {
    let mut lanes = [0; 1 << FIELDS];
    let mut fields = 0;
    while fields < lanes.len() {
        let mut field = 0;
        while field < FIELDS {
            lanes[fields] |= (fields as u64 >> field & 1) << (16 * field);
            field += 1;
        }
        fields += 1;
    }
    lanes
};

/// The words of a report that tell anything, ascending.
struct Counts(Vec<Counted>);

impl Counts {
    /// Of words, each above the fields that it stands in, as often as it does.
    fn of(mut read: Vec<u64>) -> Counts {
        read.sort_unstable();
        let counted = |same: &[u64]| {
            let word = (same[0] >> 32) as u32;
            let known = FREQUENCY.of_word(word);
            let add =
                |(sum, all): (u64, u64), &fields: &u64| (sum + LANES[(fields & 15) as usize], all & fields);
            let (sum, all) = same.iter().take(u16::MAX.into()).fold((0, u64::MAX), add);
            let times = std::array::from_fn(|field| (sum >> (16 * field)) as u16);
            let is_addressed = all >> ADDRESS & 1 > 0;
            let &Known { telling, alone, .. } = known;
            (telling > 0).then_some(Counted { word, telling, alone, is_addressed, times })
        };
        let mut counts = Vec::with_capacity(read.len() / 2);
        counts.extend(read.chunk_by(|x, y| x >> 32 == y >> 32).filter_map(counted));
        Counts(counts)
    }

    /// The heaviest words of all fields.
    fn terms(&self) -> Terms {
        let mut times: Vec<Times> = self
            .0
            .iter()
            .map(|word| Times::from(word.is_addressed) * (ADDRESSED_ALONE << (4 * NAMES)))
            .collect();
        let mut is_kept = vec![false; times.len()];
        let (mut terms, mut ranked, mut keys) = (Terms::default(), Vec::new(), Vec::new());
        for (field, &most) in KEYS.iter().enumerate() {
            self.rank(field, &mut ranked);
            let mut squares = 0;
            for &rank in &ranked {
                let at = rank as u32 as usize;
                is_kept[at] = true;
                times[at] |= level(self.0[at].times[field], field) << (4 * field);
                squares += u64::from(!(rank >> 32) as u32).pow(2);
            }
            terms.lengths[field] = squares.isqrt();
            if ranked.len() > most {
                ranked.select_nth_unstable(most);
            }
            keys.extend(ranked.iter().take(most).map(|&rank| rank as u32 as usize));
        }
        self.look_up_by(&mut keys);
        keys.iter().for_each(|&at| is_kept[at] = false);
        let others = (0..is_kept.len()).filter(|&at| is_kept[at]);
        terms.looked_up = keys.len() as u8;
        for at in keys.iter().copied().chain(others) {
            terms.numbers.push(self.0[at].word);
            terms.times.push(times[at]);
        }
        terms
    }

    /// Leaves in `ranked` the heaviest words of a field: what is smaller for the heavier ones, above their place.
    fn rank(&self, field: usize, ranked: &mut Vec<u64>) {
        let rank = |(at, counted): (usize, &Counted)| {
            let level = level(counted.times[field], field);
            let alone = if counted.is_addressed { counted.alone / 2 } else { counted.alone };
            (level > 0).then(|| u64::from(!u32::from(alone * FACTORS[usize::from(level)])) << 32 | at as u64)
        };
        ranked.clear();
        ranked.extend(self.0.iter().enumerate().filter_map(rank));
        if ranked.len() > KEPT[field] {
            ranked.select_nth_unstable(KEPT[field]);
            ranked.truncate(KEPT[field]);
        }
    }

    /// Leaves those of the places in `keys` that tell the most, each once, ascending.
    fn look_up_by(&self, keys: &mut Vec<usize>) {
        keys.sort_unstable();
        keys.dedup();
        if keys.len() > LOOKED_UP {
            keys.select_nth_unstable_by_key(LOOKED_UP, |&at| (Reverse(self.0[at].telling), at));
            keys.truncate(LOOKED_UP);
            keys.sort_unstable();
        }
    }
}

fn has_headline(found: &Annotated) -> bool {
    found.report.blocks.iter().any(|block| block.kind == BlockKind::Headline)
}

/// The words of the address that are not among those `given`.
fn addressed(found: &Annotated, given: &[u64]) -> Vec<u64> {
    let address = found.report.url.as_deref().unwrap_or_default();
    let mut words: Vec<u32> = address_words(address).into_iter().map(word).collect();
    words.retain(|word| given.iter().all(|given| given >> 32 != u64::from(*word)));
    words.sort_unstable();
    words.dedup();
    let fields = fields(true, false, true) | 1 << ADDRESS;
    words.into_iter().map(|word| u64::from(word) << 32 | u64::from(fields)).collect()
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
fn weekday(stem: u32) -> u8 {
    DAYS.iter().position(|day| *day == stem).map_or(0, |at| 1 << at)
}

static DAYS: LazyLock<[u32; 7]> = LazyLock::new(|| {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map(words::number)
});

/// The distinct words of the title and the lead, as the table counts them.
pub fn lead(found: &Annotated) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    read(found, &Words::of(found), |text, word, fields| {
        if fields >> LEADING & 1 > 0 {
            words.insert(Stem::of(&token::fold(word.span.of(text))).to_string());
        }
    });
    words
}

/// Gives each word of the report, and of its title, with the text that it stands in and the fields; returns how many words the text
/// has.
fn read(found: &Annotated, read: &Words, mut give: impl FnMut(&str, &Word, Fields)) -> u32 {
    let text = &found.report.text;
    let (mut before, mut words, mut has_headline) = (0, 0, false);
    for block in &found.report.blocks {
        if !block.kind.is_evidence() || matches!(block.kind, BlockKind::Byline | BlockKind::Dateline) {
            continue;
        }
        let is_title = block.kind == BlockKind::Headline;
        has_headline |= is_title;
        let mut opens = true;
        let first = found.sentences.partition_point(|sentence| sentence.span.start() < block.span.start());
        let own =
            found.sentences[first..].iter().take_while(|sentence| block.span.contains(sentence.span)).count();
        for at in first..first + own {
            for word in read.sentence(at) {
                opens |= word.behind == Behind::Mark;
                let is_name = word.kind == Kind::Number || !opens && word.is_capital;
                let is_lead = before + word.span.start() - block.span.start() < LEAD;
                give(text, word, fields(is_title, is_name, is_lead));
                words += u32::from(!is_title);
                opens = false;
            }
            opens = found.sentences[at].tokens.last().map_or(opens, |last| last.kind == Kind::Mark);
        }
        before += if block.kind.is_body() { block.span.len() } else { 0 };
    }
    if let Some(title) = found.report.title.as_deref().filter(|_| !has_headline) {
        words::of_line(title).iter().for_each(|word| give(title, word, fields(true, false, true)));
    }
    words
}

/// For each field, from the lowest bit on, whether a word stands in it; and [`ADDRESS`].
type Fields = u8;

/// The bit of a word that stands in the report's address.
const ADDRESS: usize = 7;

/// The fields that a word of a title, or of the text, stands in.
fn fields(is_title: bool, is_name: bool, is_lead: bool) -> Fields {
    let fields = [true, is_name && !is_title, is_lead || is_title, is_title];
    (0..FIELDS).map(|field| Fields::from(fields[field]) << field).sum()
}

/// The number that stands for a word, as it is written in a text.
pub fn word(written: &str) -> u32 {
    Stem::of(&token::fold(written)).number()
}

/// How telling a word is: sixteenths of a bit; 0 for words of nearly every report.
pub fn telling(word: u32) -> u64 {
    FREQUENCY.of_word(word).telling.into()
}

/// What a word weighs that stands once: the root of what it tells, in 256ths of a root of a sixteenth of a bit. Roots let the words of a
/// report count more evenly; set on the development stories, rerun `variorum eval stories`.
fn weight(telling: u64) -> u64 {
    (telling << 8).isqrt()
}

/// What a word weighs that stands once, by its number.
pub fn alone(word: u32) -> u16 {
    FREQUENCY.of_word(word).alone
}

/// Whether a word, by its number, stands in so many leads of the table that it is of the language, not of an event.
pub fn is_common(word: u32) -> bool {
    FREQUENCY.is_common(word)
}

/// In how many leads of the table a word stands; `None` for fewer than three.
pub fn leads_with(word: &str) -> Option<u64> {
    FREQUENCY.get(words::number(word)).map(|known| known.count.into())
}

/// Logarithm to base two, in sixteenths, straight lines between the powers.
const fn logarithm(of: u64) -> u64 {
    let of = if of == 0 { 1 } else { of };
    let whole = of.ilog2() as u64;
    16 * whole + ((16 * (of - (1 << whole))) >> whole)
}

/// Runs of four words inside quotations.
fn quoted(found: &Annotated, read: &Words) -> Vec<u32> {
    let (mut runs, mut words) = (Vec::new(), Vec::new());
    for part in found.quotations.iter().flat_map(|quotation| &quotation.content) {
        if !found.block_at(part.start()).is_some_and(|block| block.kind.is_evidence()) {
            continue;
        }
        words.clear();
        let first = found.sentences.partition_point(|sentence| sentence.span.end() <= part.start());
        let own = found.sentences[first..].iter().take_while(|sentence| sentence.span.start() < part.end());
        for at in first..first + own.count() {
            let inside = read.sentence(at).iter().filter(|word| part.contains(word.span));
            words.extend(inside.map(|word| word.number));
        }
        let sum = |run: &[u32]| run.iter().fold(0, |sum, &word| mixed(sum, word.into()));
        runs.extend(words.windows(4).map(|run| (sum(run) >> 32) as u32));
    }
    runs.sort_unstable();
    runs.dedup();
    runs.truncate(QUOTED);
    runs
}

/// The day of publication.
fn day(found: &Annotated) -> Option<i32> {
    let value = found.report.published.as_ref()?.value.get(..10)?;
    let date: jiff::civil::Date = value.parse().ok()?;
    Some(jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_repeats_the_headline_in_the_part_with_most_strokes() {
        let check = |address: &str, words: &[&str]| assert_eq!(address_words(address), words, "{address}");
        check(
            "https://tide.example/harbour/ferry-out-of-service-4711.html?x=1",
            &["ferry", "out", "of", "service"],
        );
        check("https://tide.example/2025/03/04/ferry_lost_at_sea/", &["ferry", "lost", "at", "sea"]);
        check("https://tide.example/ferry-lost", &[]);
        check("https://tide.example/a-very-old-boat", &["very", "old", "boat"]);
        check("https://tide.example", &[]);
        check("", &[]);
    }

    #[test]
    fn the_root_of_what_a_word_tells_grows_with_it() {
        assert!((1..200).all(|telling| weight(telling) <= weight(telling + 1)));
        assert_eq!([weight(0), weight(16), weight(64)], [0, 64, 128]);
        assert!(weight(255) * u64::from(FACTORS[15]) < u64::from(u16::MAX));
    }

    #[test]
    fn how_often_a_word_stands_in_a_field_is_kept_in_four_bits() {
        let read = |count: u32, fields: u64| vec![7 << 32 | fields; count as usize];
        let check = |read: Vec<u64>, expected: Times| assert_eq!(Counts::of(read).terms().times, [expected]);
        check(read(3, 0b0001), 0x0003);
        check(read(9, 0b0011), 0x0088);
        check(read(200, 0b1111), 0xffef);
        check(read(1, 0b1101 | 1 << ADDRESS), 0x11f1);
        assert_eq!(weights(100, 0x11f1), [800, 0, 800, 800]);
        assert_eq!(weights(100, 0x1021), [1600, 2700, 0, 1600]);
    }
}
