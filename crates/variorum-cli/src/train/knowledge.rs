//! Makes the dictionary of the taggers from word lists.
//!
//! In: `models/knowledge` and lists of `lang/en`, all built in; words in classes. Out: the bytes `variorum::tagging::dictionary` reads.

use super::data::Parsed;
use std::collections::BTreeMap;
use variorum::lexicon::rows;
use variorum::span::Span;
use variorum::tagging::dictionary::{self, ALWAYS, Dictionary, HEAD, Known, OPENS, PARTICLE, SLOT, list};
use variorum::tagging::{hash, words};

macro_rules! knowledge {
    ($name:literal) => {
        include_str!(concat!("../../../../models/knowledge/", $name))
    };
}
macro_rules! words_of {
    ($name:literal) => {
        include_str!(concat!("../../../variorum/lang/en/", $name))
    };
}

/// Lists of one column: each entry stands in the list named.
const PLAIN: [(&str, &str); 12] = [
    ("given-name", knowledge!("given-names.txt")),
    ("surname", knowledge!("surnames.txt")),
    ("nationality", knowledge!("nationalities.txt")),
    ("organisation", knowledge!("organisations.txt")),
    ("organisation-word", words_of!("organisation-words.txt")),
    ("organisation-word", words_of!("organisation-nouns.txt")),
    ("common", words_of!("common-words.txt")),
    ("title", words_of!("role-nouns.txt")),
    ("title", words_of!("honorifics.txt")),
    ("place-word", words_of!("place-nouns.txt")),
    ("place-word", words_of!("place-words.txt")),
    ("abbreviation", words_of!("abbreviations.txt")),
];

const SENSES: [&str; 26] = [
    "tops",
    "act",
    "animal",
    "artifact",
    "attribute",
    "body",
    "cognition",
    "communication",
    "event",
    "feeling",
    "food",
    "group",
    "location",
    "motive",
    "object",
    "person",
    "phenomenon",
    "plant",
    "possession",
    "process",
    "quantity",
    "relation",
    "shape",
    "state",
    "substance",
    "time",
];
const VERBS: [&str; 15] = [
    "body",
    "change",
    "cognition",
    "communication",
    "competition",
    "consumption",
    "contact",
    "creation",
    "emotion",
    "motion",
    "perception",
    "possession",
    "social",
    "stative",
    "weather",
];
const CALENDAR: &str = "January February March April May June July August September October November December Jan Feb Mar \
    Apr Jun Jul Aug Sept Sep Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs \
    Fri Sat Sun";

/// Small words that begin names.
const PARTICLES: &str = "al el ad as ar az an-nur bin ibn bint ben abu von van zu de da di do du dos das del della la le les ter ten d' o'";

/// The dictionary as a file, with the parts of speech that words have in `parsed` and the fine and coarse class of those in `classes`.
pub fn file(parsed: &[&Parsed], classes: &BTreeMap<String, (u16, u16)>) -> Vec<u8> {
    let mut found: BTreeMap<u32, Known> = BTreeMap::new();
    for (name, text) in PLAIN {
        rows(text).for_each(|row| add(&mut found, row[0], list(name)));
    }
    CALENDAR.split_whitespace().for_each(|word| add(&mut found, word, list("calendar")));
    for row in rows(knowledge!("places.txt")) {
        add(&mut found, row[0], list(row[1]));
    }
    for row in rows(knowledge!("instances.txt")) {
        add(&mut found, row[0], list(&format!("known-{}", row[1])));
    }
    for row in rows(knowledge!("senses.txt")) {
        add(&mut found, row[0], senses(&row));
    }
    for (hash, usage) in usages(parsed) {
        found.entry(hash).or_default().usage |= usage;
    }
    // Numbers are told apart by their shape.
    for (word, (fine, coarse)) in classes.iter().filter(|(word, _)| !word.contains('0')) {
        found.entry(hash::small(word)).or_default().class = fine | coarse << dictionary::COARSE_AT;
    }
    for row in rows(knowledge!("kin.txt")) {
        let kin = kin(&row);
        row[2].split(' ').for_each(|word| found.entry(hash::small(word)).or_default().kin = kin);
    }
    for word in PARTICLES.split_whitespace() {
        found.entry(hash::small(word)).or_default().usage |= PARTICLE;
    }
    packed(&found)
}

/// How often a word must stand in labelled text for its parts of speech to be told.
const SEEN: u32 = 3;

/// How often it must stand there to be one part of speech for good, but for one time in five hundred. Set on `variorum eval pos`.
const OFTEN: u32 = 100;

/// The most usual part of speech of each word, its share in three steps, and the second.
fn usages(parsed: &[&Parsed]) -> BTreeMap<u32, u16> {
    let mut counts: BTreeMap<u32, [u32; 17]> = BTreeMap::new();
    for (word, part) in parsed.iter().copied().flatten() {
        counts.entry(hash::small(word)).or_default()[*part as usize] += 1;
    }
    counts.into_iter().filter_map(|(hash, counts)| Some((hash, usage(&counts)?))).collect()
}

fn usage(counts: &[u32; 17]) -> Option<u16> {
    let all: u32 = counts.iter().sum();
    let mut order: Vec<usize> = (0..17).collect();
    order.sort_by_key(|&part| std::cmp::Reverse(counts[part]));
    let share = |part: usize| counts[order[part]] * 100 / all.max(1);
    let surely = match share(0) {
        98.. => 2,
        80.. => 1,
        _ => 0,
    };
    let second = if share(1) >= 2 { order[1] + 1 } else { 0 };
    let is_always = all >= OFTEN && (all - counts[order[0]]) * 500 <= all;
    let always = if is_always { ALWAYS } else { 0 };
    (all >= SEEN).then(|| always | (order[0] + 1) as u16 | (surely + 1) << 5 | (second as u16) << 8)
}

fn add(found: &mut BTreeMap<u32, Known>, entry: &str, bits: u32) {
    let (first, hash) = key(entry);
    found.entry(hash).or_default().bits |= bits;
    if first != hash {
        found.entry(first).or_default().usage |= OPENS;
    }
}

/// The hashes of an entry's first word and of the whole, cut into words as running text is.
fn key(entry: &str) -> (u32, u32) {
    let mut spans = Vec::new();
    words::cut(entry, Span::new(0, entry.len()), &Dictionary::from_bytes(&[]), &mut spans);
    let bare = entry.strip_suffix('.').unwrap_or(entry);
    if !entry.contains(' ') && !bare.contains(['.', '-', '\'']) {
        return (hash::small(bare), hash::small(bare));
    }
    let mut hashes = spans.iter().map(|span| hash::small(span.of(entry)));
    let first = hashes.next().unwrap_or(1);
    (first, hashes.fold(first, hash::phrase))
}

fn senses(row: &[&str]) -> u32 {
    let number =
        |list: &[&str], name: &str| list.iter().position(|one| *one == name).map_or(0, |at| at as u32 + 1);
    let part = |letter: char| "nvar".find(letter).unwrap_or(0) as u32;
    let parts = row[3].chars().fold(0, |bits, letter| bits | 1 << (dictionary::PARTS_AT + part(letter)));
    let main = row[3].chars().next().map_or(0, part) + 1;
    number(&SENSES, row[1])
        | number(&VERBS, row[2]) << dictionary::VERB_SENSE_AT
        | parts
        | main << dictionary::MAIN_PART_AT
}

/// What the vectors of the words of a row tell.
fn kin(row: &[&str]) -> u16 {
    let number = |column: &str| column.parse().unwrap_or(0);
    number(row[0]) | number(row[1]) << dictionary::KIN_AT
}

fn packed(found: &BTreeMap<u32, Known>) -> Vec<u8> {
    let bits = (found.len() * 4 / 3).next_power_of_two().trailing_zeros().max(4);
    let mut file = vec![0; HEAD + (SLOT << bits)];
    file[..4].copy_from_slice(b"VWD4");
    file[4] = bits as u8;
    let (count, slots) = (1usize << bits, &mut file[HEAD..]);
    for (hash, known) in found {
        let mut at = (hash >> (32 - bits)) as usize;
        while slots[at * SLOT..(at + 1) * SLOT].iter().any(|&byte| byte != 0) {
            at = (at + 1) & (count - 1);
        }
        let slot = &mut slots[at * SLOT..(at + 1) * SLOT];
        slot[..4].copy_from_slice(&hash.to_le_bytes());
        slot[4..8].copy_from_slice(&known.bits.to_le_bytes());
        slot[8..10].copy_from_slice(&known.usage.to_le_bytes());
        slot[10..12].copy_from_slice(&known.class.to_le_bytes());
        slot[12..].copy_from_slice(&known.kin.to_le_bytes());
    }
    file
}
