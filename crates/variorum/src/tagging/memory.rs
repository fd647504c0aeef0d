//! What a report has shown of each word so far: small or large, and what it was taken for elsewhere.
//!
//! In: the words of one report, then the tags of a first reading. Out: [`Seen`] for each word. A surname alone is read in the
//! light of the full name that stands elsewhere (Ratinov and Roth 2009, "prediction aggregation").

use super::names::{KINDS, Tag};
use super::traits::Traits;

/// How often a word stands in the report, by sort; counts stop at 255.
#[derive(Copy, Clone, Debug, Default)]
pub struct Seen {
    small: u32,
    /// Times in small letters.
    pub lower: u8,
    /// Times with a capital where no sentence begins.
    pub upper: u8,
    /// Times outside names and within names of each kind, in the first reading.
    pub kinds: [u8; KINDS + 1],
    /// Times as a whole name, at the begin, within and at the end of a name.
    pub places: [u8; 4],
}

impl Seen {
    /// What the word was mostly taken for, with how surely: zero when the first reading says nothing.
    pub fn verdict(&self) -> u32 {
        if u64::from_le_bytes(self.kinds) == 0 {
            return 0;
        }
        let all: u32 = self.kinds.iter().map(|&count| u32::from(count)).sum();
        let best = (0..=KINDS).max_by_key(|&kind| (self.kinds[kind], KINDS - kind)).unwrap_or(0);
        let most = u32::from(self.kinds[best]);
        let surely = match () {
            () if all == 1 => 0,
            () if most == all => 1,
            () if most * 3 >= all * 2 => 2,
            () => 3,
        };
        1 + ((best as u32) << 2 | surely)
    }

    /// Whether it was taken for `tag` wherever it stands.
    pub fn is_always(&self, tag: Tag) -> bool {
        let kind = tag.kind().map_or(0, |kind| kind as usize + 1);
        self.kinds.iter().enumerate().all(|(at, &count)| at == kind || count == 0)
    }

    /// The kinds it was taken for at all, as bits.
    pub fn any(&self) -> u32 {
        (0..=KINDS).filter(|&kind| self.kinds[kind] > 0).fold(0, |bits, kind| bits | 1 << kind)
    }

    /// Where in names it stands, as bits.
    pub fn stands(&self) -> u32 {
        (0..4).filter(|&place| self.places[place] > 0).fold(0, |bits, place| bits | 1 << place)
    }

    /// Whether it stands in small letters, and with a capital within a sentence.
    pub fn written(&self) -> u32 {
        u32::from(self.lower > 0) | u32::from(self.upper > 0) << 1
    }
}

/// The words of one report.
#[derive(Default)]
pub struct Memory {
    slots: Vec<Seen>,
}

impl Memory {
    /// Empties it and makes room for `words` different words.
    pub fn begin(&mut self, words: usize) {
        self.slots.clear();
        self.slots.resize((words * 2).next_power_of_two().max(16), Seen::default());
    }

    fn at(&self, small: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (small ^ (small >> 16)) as usize & last;
        while self.slots[at].small != 0 && self.slots[at].small != small {
            at = (at + 1) & last;
        }
        at
    }

    fn entry(&mut self, small: u32) -> &mut Seen {
        let at = self.at(small);
        self.slots[at].small = small;
        &mut self.slots[at]
    }

    /// Notes how the words of a sentence are written.
    pub fn read(&mut self, sentence: &[Traits]) {
        for (at, word) in sentence.iter().enumerate() {
            let seen = self.entry(word.small.max(1));
            if !word.case.is_capital() {
                seen.lower = seen.lower.saturating_add(1);
            } else if at > 0 {
                seen.upper = seen.upper.saturating_add(1);
            }
        }
    }

    /// Notes what the words of a sentence were taken for.
    pub fn note(&mut self, sentence: &[Traits], tags: &[Tag]) {
        for (word, tag) in sentence.iter().zip(tags).filter(|(word, _)| word.case.is_capital()) {
            let seen = self.entry(word.small.max(1));
            let kind = tag.kind().map_or(0, |kind| kind as usize + 1);
            seen.kinds[kind] = seen.kinds[kind].saturating_add(1);
            if let Some(place) = tag.place() {
                seen.places[place] = seen.places[place].saturating_add(1);
            }
        }
    }

    /// What is known of `word`; nothing before [`Memory::begin`].
    pub fn seen(&self, word: &Traits) -> Seen {
        if self.slots.is_empty() { Seen::default() } else { self.slots[self.at(word.small.max(1))] }
    }
}
