//! Names: where each begins and ends, and of what kind its bearer is.
//!
//! In: the words of a report in numbers, sentence by sentence, with their parts of speech. Out: one [`Tag`] a word. Method: an
//! averaged perceptron from left to right with tags for the begin, inside, last and only word of a name (Ratinov and Roth 2009);
//! two readings, the second with what the first made of the same words elsewhere in the report ([`Memory`]), where the first was
//! not sure or took a word for several things.
//! Weights: `models/names-first.bin` and `models/names.bin`; `variorum train names` makes them.
//! Leaves: names within names; other languages than English.

use super::features::{Features, around, near};
use super::memory::Memory;
use super::pos::Part;
use super::traits::{Case, Traits};
use super::weights::{Aligned, MOST_TAGS, Weights};

/// What bears a name.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A person or family.
    Person,
    /// A company, body, party, team, outlet or platform.
    Organisation,
    /// A country, town, region or building.
    Place,
    /// A people, or the followers of a faith or party.
    Nationality,
    /// A work of art or writing.
    Work,
    /// A war, election, storm, festival.
    Event,
    /// A law, award, vessel, product.
    Other,
}

/// How many kinds there are.
pub const KINDS: usize = 7;

impl Kind {
    /// All, in the order of their numbers.
    pub const ALL: [Kind; KINDS] = [
        Kind::Person,
        Kind::Organisation,
        Kind::Place,
        Kind::Nationality,
        Kind::Work,
        Kind::Event,
        Kind::Other,
    ];
}

/// What a word is to a name: outside, or the begin, inside, last or only word of a name of some kind.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(pub u8);

impl Tag {
    /// In no name.
    pub const OUTSIDE: Tag = Tag(0);
    /// How many there are.
    pub const COUNT: usize = 1 + 4 * KINDS;

    /// The tag of a name's word: place 0 begin, 1 inside, 2 last, 3 only.
    pub fn new(kind: Kind, place: usize) -> Tag {
        Tag(1 + 4 * kind as u8 + place as u8)
    }

    /// The kind of the name it is in.
    pub fn kind(self) -> Option<Kind> {
        (self.0 as usize).checked_sub(1).and_then(|at| Kind::ALL.get(at / 4).copied())
    }

    /// Its place in the name: 0 begin, 1 inside, 2 last, 3 only.
    pub fn place(self) -> Option<usize> {
        (self.0 as usize).checked_sub(1).map(|at| at % 4)
    }

    /// Whether the name goes on behind this word.
    pub fn is_open(self) -> bool {
        matches!(self.place(), Some(0 | 1))
    }

    /// The tags that may follow, as bits; `ends` when the next word is the last of its sentence.
    pub fn followers(self, ends: bool) -> u32 {
        let open = match self.kind() {
            Some(kind) if self.is_open() => {
                let (inside, last) = (1 << Tag::new(kind, 1).0, 1 << Tag::new(kind, 2).0);
                return if ends { last } else { inside | last };
            }
            _ => 0x0222_2222, // begins
        };
        1 | open << 3 | if ends { 0 } else { open }
    }
}

/// Weights of a row: one a tag, and some that are always zero.
pub const WIDTH: usize = MOST_TAGS;

static FIRST: &Aligned<[u8; include_bytes!("../../../../models/names-first.bin").len()]> =
    &Aligned(*include_bytes!("../../../../models/names-first.bin"));
static SECOND: &Aligned<[u8; include_bytes!("../../../../models/names.bin").len()]> =
    &Aligned(*include_bytes!("../../../../models/names.bin"));

/// The weights of both readings that come with the program.
pub fn shipped() -> [Weights<'static, WIDTH>; 2] {
    [Weights::from_bytes(&FIRST.0), Weights::from_bytes(&SECOND.0)]
}

/// The tags of one sentence by a first reading, put behind those in `tags`, and behind those in `leads` how far each lies before
/// the next best.
pub fn tag(
    sentence: &Sentence,
    memory: &Memory,
    weights: &Weights<WIDTH>,
    tags: &mut Vec<Tag>,
    leads: &mut Vec<i16>,
) {
    let mut features = Features::new();
    let mut before = [Tag::OUTSIDE; 2];
    let count = sentence.words.len();
    for at in 0..count {
        let (mut tag, mut lead) = (Tag::OUTSIDE, i16::MAX);
        if before[0].is_open() || sentence.may_begin(at) {
            features.clear();
            put(sentence, at, before, memory, &mut features);
            (tag, lead) = best(&weights.sums(features.all()), before[0].followers(at + 1 == count));
        }
        tags.push(tag);
        leads.push(lead);
        before = [tag, before[0]];
    }
}

/// How far the best tag must lie before the second for the first reading to stand, in weights. Set on `variorum eval names`: about
/// one word in four of those that are weighed at all is read again, and the names are the same as when all are.
pub const SURE: i16 = 150;

/// Reads a sentence again, whose `tags` a first reading gave with `leads`: where that was not sure, or took the word for something
/// else elsewhere in the report.
pub fn tag_again(
    sentence: &Sentence,
    memory: &Memory,
    weights: &Weights<WIDTH>,
    leads: &[i16],
    tags: &mut [Tag],
) {
    let mut features = Features::new();
    let mut before = [Tag::OUTSIDE; 2];
    let count = sentence.words.len();
    for at in 0..count {
        let allowed = before[0].followers(at + 1 == count);
        let stands = leads[at] >= SURE && allowed & 1 << tags[at].0 != 0;
        let is_read = before[0].is_open() || sentence.may_begin(at);
        if is_read && !(stands && memory.seen(&sentence.words[at]).is_always(tags[at])) {
            features.clear();
            put(sentence, at, before, memory, &mut features);
            tags[at] = best(&weights.sums(features.all()), allowed).0;
        } else if !is_read {
            tags[at] = Tag::OUTSIDE;
        }
        before = [tags[at], before[0]];
    }
}

/// The best of the `allowed` tags and its lead over the second of them.
fn best(scores: &[i16; WIDTH], allowed: u32) -> (Tag, i16) {
    // The number of the tag stands in the low bits: of equals the first is best.
    let (mut best, mut second) = (i32::MIN, i32::MIN);
    for (tag, &score) in scores.iter().enumerate().take(Tag::COUNT) {
        let ranked = i32::from(score) << 5 | (31 - tag as i32);
        let this = if allowed & 1 << tag != 0 { ranked } else { i32::MIN };
        second = second.max(best.min(this));
        best = best.max(this);
    }
    let lead = (best >> 5).saturating_sub(second >> 5).min(i32::from(i16::MAX));
    (Tag(31 - (best & 31) as u8), lead as i16)
}

/// A sentence in numbers.
#[derive(Copy, Clone)]
pub struct Sentence<'a> {
    /// Its words.
    pub words: &'a [Traits],
    /// Their parts of speech.
    pub parts: &'a [Part],
    /// Whether its words begin with capitals throughout, as in headlines.
    pub is_headline: bool,
}

impl<'a> Sentence<'a> {
    /// The sentence of these words.
    pub fn new(words: &'a [Traits], parts: &'a [Part]) -> Sentence<'a> {
        let long = words.iter().filter(|word| word.length > 3 && word.case != Case::None);
        let (mut all, mut small) = (0, 0);
        for word in long {
            all += 1;
            small += u32::from(!word.case.is_capital());
        }
        Sentence { words, parts, is_headline: all > 3 && small * 5 < all }
    }

    /// Whether a name may begin at the word: only then is it weighed, which saves four words of five.
    pub fn may_begin(&self, at: usize) -> bool {
        let word = &self.words[at];
        match word.case {
            Case::None => false,
            Case::Number => near(self.words, at, 1).case.is_capital(),
            Case::Small => word.known.is_particle(),
            Case::Capital => !is_function(word) || near(self.words, at, 1).case.is_capital(),
            _ => true,
        }
    }

    fn part(&self, at: usize, steps: isize) -> u32 {
        at.checked_add_signed(steps).and_then(|at| self.parts.get(at)).map_or(31, |&part| part as u32)
    }
}

/// Whether it is a word such as "the", "he" and "in", whatever its first letter.
fn is_function(word: &Traits) -> bool {
    const FUNCTION: [Part; 6] = [Part::Adp, Part::Aux, Part::Cconj, Part::Det, Part::Pron, Part::Sconj];
    word.known.always().is_some_and(|always| FUNCTION.iter().any(|&part| part as usize == always))
}

/// The features of the word at `at`; `before` are the tags of the word before it and of the one before that.
pub fn put(sentence: &Sentence, at: usize, before: [Tag; 2], memory: &Memory, to: &mut Features) {
    let words = sentence.words;
    let [last_two, last, word, next, next_two] = around(words, at);
    let tag = u32::from(before[0].0);
    let history = tag << 5 | u32::from(before[1].0);
    let first = u32::from(at == 0) | u32::from(sentence.is_headline) << 1;
    let case = |word: &Traits| word.case as u32;
    let sense = |word: &Traits| word.known.senses();
    to.put(0, first);
    to.put(1, word.form);
    to.put(2, word.small);
    to.put(3, last.small);
    to.put(4, last_two.small);
    to.put(5, next.small);
    to.put(6, next_two.small);
    to.pair(7, last.small, word.small);
    to.pair(8, word.small, next.small);
    to.pair(9, last_two.small, last.small);
    to.pair(10, next.small, next_two.small);
    to.put(11, word.begins[1]);
    to.pair(12, word.ends[1], case(word));
    to.pair(13, word.ends[2], case(word));
    to.pair(14, word.ends[3], case(word));
    to.pair(15, word.shape, first);
    to.pair(16, word.shape, last.shape);
    to.pair(17, word.shape, next.shape);
    to.triple(18, last.shape, word.shape, next.shape);
    to.triple(19, case(last_two), case(last), case(word));
    to.triple(20, case(word), case(next), case(next_two));
    to.put(21, tag);
    to.put(22, history);
    to.pair(23, tag, word.small);
    to.pair(24, tag, word.shape);
    to.pair(25, tag, next.small);
    to.pair(26, tag, last.small);
    to.pair(27, history, word.shape);
    to.pair(28, tag, next.shape);
    // What lists and senses say.
    let lists = |word: &Traits| word.lists();
    to.pair(30, lists(word), first);
    to.pair(31, lists(word), tag);
    to.pair(32, lists(word), lists(next));
    to.pair(33, lists(word), lists(last));
    to.pair(34, word.phrase, tag);
    to.pair(35, word.phrase, lists(word));
    to.put(36, next.phrase);
    each_bit(37, lists(word), case(word), to);
    each_bit(38, lists(next), case(next) << 3 | case(word), to);
    each_bit(39, lists(last), case(last) << 3 | case(word), to);
    to.pair(40, sense(word), case(word));
    to.pair(41, sense(last), case(word));
    to.pair(42, sense(next), case(word));
    to.pair(43, sense(last) & 0x1FF, tag);
    to.pair(44, sense(next) & 0x1FF, tag);
    to.put(45, sense(last_two) & 0x1FF);
    to.put(46, sense(next_two) & 0x1FF);
    let fine = |word: &Traits| word.known.fine();
    to.pair(50, fine(word), case(word));
    to.put(51, fine(last));
    to.put(52, fine(next));
    to.pair(53, fine(word), tag);
    to.pair(54, fine(last), fine(word));
    to.pair(55, fine(word), fine(next));
    to.pair(56, fine(last), fine(next));
    to.put(57, fine(last_two));
    to.put(58, fine(next_two));
    // Parts of speech.
    let part = |steps| sentence.part(at, steps);
    to.pair(61, part(0), first);
    to.pair(62, part(-1), part(0));
    to.pair(63, part(0), part(1));
    to.triple(64, part(-1), part(0), part(1));
    to.triple(65, part(0), part(1), part(2));
    to.pair(66, tag, part(0));
    to.triple(67, tag, part(0), part(1));
    // The report.
    let seen = memory.seen(word);
    to.triple(70, seen.written(), first, case(word));
    to.pair(71, seen.verdict(), case(word));
    to.pair(72, seen.verdict(), tag);
    to.triple(73, seen.any(), seen.stands(), tag);
    to.pair(74, memory.seen(next).verdict(), seen.verdict());
    to.pair(75, memory.seen(last).verdict(), seen.verdict());
    to.pair(76, seen.stands(), memory.seen(next).stands());
    // Further away.
    to.put(80, near(words, at, -3).small);
    to.put(81, near(words, at, 3).small);
}

/// One feature for each bit of `bits`.
fn each_bit(template: u32, bits: u32, with: u32, to: &mut Features) {
    let mut rest = bits;
    while rest != 0 {
        to.pair(template, rest.trailing_zeros(), with);
        rest &= rest - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_open_and_close() {
        let allowed = |tag: Tag, ends| -> Vec<u8> {
            (0..Tag::COUNT as u8).filter(|&next| tag.followers(ends) & 1 << next != 0).collect()
        };
        assert_eq!(allowed(Tag::new(Kind::Place, 0), false), [10, 11]);
        assert_eq!(allowed(Tag::new(Kind::Place, 1), true), [11]);
        assert_eq!(allowed(Tag::OUTSIDE, true), [0, 4, 8, 12, 16, 20, 24, 28]);
        assert_eq!(allowed(Tag::new(Kind::Other, 3), false).len(), 1 + 2 * KINDS);
    }
}
