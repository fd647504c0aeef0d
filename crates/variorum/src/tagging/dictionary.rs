//! What is known of a word before any text is read: its senses, its parts of speech, whose name it may be.
//!
//! In: the hash of a word in small letters, or of several words. Out: [`Known`]. The dictionary is a hash table with linear
//! probing, read in place from `models/words.bin`; `variorum train words` makes it from `models/knowledge` and the lists in
//! `lang/en`. Layout, all little-endian: `VWD4`, the number of bits of a slot's number,
//! then slots of fourteen bytes: key, bits, usage, class, kin.

/// Everything the lists tell of one entry; zero where they tell nothing.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Senses, parts of speech and lists, as bits; see the constants of this module.
    pub bits: u32,
    /// The parts of speech it has in labelled text (zero: too seldom seen); see [`USAGE`].
    pub usage: u16,
    /// The classes that its neighbours in open text put it into (zero: too seldom seen); see [`COARSE_AT`].
    pub class: u16,
    /// What its vector tells, learnt from far more text (zero: no vector is known); see [`KIN_AT`].
    pub kin: u16,
}

/// The bits of [`Known::bits`] that number the sense as a noun (zero: none).
pub const NOUN_SENSE: u32 = 0x1F;
/// The sense as a verb, four bits from here.
pub const VERB_SENSE_AT: u32 = 5;
/// Parts of speech: noun, verb, adjective, adverb, one bit each from here.
pub const PARTS_AT: u32 = 9;
/// The most usual part of speech, one to four, three bits from here.
pub const MAIN_PART_AT: u32 = 13;
/// The sense of nouns for people.
pub const NOUN_PERSON: u8 = 16;
/// The sense of nouns for what is said and written.
pub const NOUN_COMMUNICATION: u8 = 8;
/// The sense of nouns for bodies and groups.
pub const NOUN_GROUP: u8 = 12;
/// The sense of verbs of speech.
pub const VERB_COMMUNICATION: u8 = 4;
/// Lists a word, or several words, stand in; one bit each from here, in the order of [`LISTS`].
pub const LISTS_AT: u32 = 16;

/// The bits of [`Known::usage`] that tell parts of speech: the most usual, how usual, the second.
pub const USAGE: u16 = 0x1FFF;
/// The bit of [`Known::usage`] for a word with which an entry of several words begins.
pub const OPENS: u16 = 1 << 13;
/// The bit of [`Known::usage`] for a word that is often seen and always as the same part of speech.
pub const ALWAYS: u16 = 1 << 14;
/// The bit of [`Known::usage`] for a small word that may begin a name, such as "al" and "von".
pub const PARTICLE: u16 = 1 << 15;

/// The bits of [`Known::class`] below this one number the fine class, those from here on the coarse one.
pub const COARSE_AT: u32 = 9;

/// The bits of [`Known::kin`] below this one number the parts of speech it likely has, those from here on the class of its vector.
pub const KIN_AT: u32 = 9;

/// The lists, in the order of their bits.
pub const LISTS: [&str; 16] = [
    "given-name",
    "surname",
    "country",
    "city",
    "town",
    "known-person",
    "known-place",
    "known-organisation",
    "nationality",
    "organisation",
    "organisation-word",
    "common",
    "title",
    "place-word",
    "abbreviation",
    "calendar",
];

/// The bit of the list `name`; zero when there is none of that name.
pub fn list(name: &str) -> u32 {
    LISTS.iter().position(|list| *list == name).map_or(0, |at| 1 << (LISTS_AT + at as u32))
}

const ABBREVIATION: u32 = 1 << (LISTS_AT + 14);

impl Known {
    /// Whether `word` may end in a stop that is part of it.
    pub fn is_abbreviation(self, word: &str) -> bool {
        self.bits & ABBREVIATION != 0 && (word.starts_with(char::is_uppercase) || self.bits & NOUN_SENSE == 0)
    }

    /// Whether it is a small word that may begin a name.
    pub fn is_particle(self) -> bool {
        self.usage & PARTICLE != 0
    }

    /// Whether an entry of several words begins with it.
    pub fn opens(self) -> bool {
        self.usage & OPENS != 0
    }

    /// The number of the part of speech that it always is; `None` for most.
    pub fn always(self) -> Option<usize> {
        (self.usage & ALWAYS != 0).then(|| usize::from(self.usage & 0x1F).checked_sub(1)).flatten()
    }

    /// How it is used, as a number.
    pub fn usage(self) -> u32 {
        u32::from(self.usage & USAGE)
    }

    /// The fine class of words that stand beside the same words; zero for none.
    pub fn fine(self) -> u32 {
        u32::from(self.class) & ((1 << COARSE_AT) - 1)
    }

    /// The coarse class, likewise.
    pub fn coarse(self) -> u32 {
        u32::from(self.class) >> COARSE_AT
    }

    /// The parts of speech that its vector makes likely, how surely, as a number; zero for none.
    pub fn likely(self) -> u32 {
        u32::from(self.kin) & ((1 << KIN_AT) - 1)
    }

    /// The class of words with vectors like its own; zero for none.
    pub fn kin(self) -> u32 {
        u32::from(self.kin) >> KIN_AT
    }

    /// Its sense as a noun; zero for none.
    pub fn noun(self) -> u8 {
        (self.bits & NOUN_SENSE) as u8
    }

    /// Its sense as a verb; zero for none.
    pub fn verb(self) -> u8 {
        (self.bits >> VERB_SENSE_AT) as u8 & 0xF
    }

    /// The lists it stands in, as bits from zero.
    pub fn lists(self) -> u32 {
        self.bits >> LISTS_AT
    }

    /// Senses and parts of speech, without the lists.
    pub fn senses(self) -> u32 {
        self.bits & ((1 << LISTS_AT) - 1)
    }
}

/// A table of what is known, read in place.
#[derive(Copy, Clone)]
pub struct Dictionary<'a> {
    slots: &'a [u8],
    shift: u32,
}

/// Bytes of a slot: key, bits, usage, class, kin.
pub const SLOT: usize = 14;
/// Bytes before the first slot.
pub const HEAD: usize = 8;

static SHIPPED: &[u8] = include_bytes!("../../../../models/words.bin");

impl<'a> Dictionary<'a> {
    /// The one that comes with the program.
    pub fn shipped() -> Dictionary<'static> {
        Dictionary::from_bytes(SHIPPED)
    }

    /// The dictionary in `bytes`; an empty one when they are none.
    pub fn from_bytes(bytes: &'a [u8]) -> Dictionary<'a> {
        let empty = Dictionary { slots: &[], shift: 31 };
        let Some((head, slots)) = bytes.split_at_checked(HEAD) else { return empty };
        let bits = u32::from(head[4]);
        if &head[..4] != b"VWD4" || bits == 0 || bits > 28 || slots.len() != SLOT << bits {
            return empty;
        }
        Dictionary { slots, shift: 32 - bits }
    }

    /// What is known of the entry with this hash.
    #[inline]
    pub fn word(&self, hash: u32) -> Known {
        let count = self.slots.len() / SLOT;
        if count == 0 {
            return Known::default();
        }
        let mut at = (hash >> self.shift) as usize;
        // A table is never full: the trainer leaves a third of the slots empty. The bound holds for torn files too.
        for _ in 0..count {
            let slot = &self.slots[at * SLOT..(at + 1) * SLOT];
            let key = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
            let bits = u32::from_le_bytes([slot[4], slot[5], slot[6], slot[7]]);
            let usage = u16::from_le_bytes([slot[8], slot[9]]);
            let class = u16::from_le_bytes([slot[10], slot[11]]);
            let kin = u16::from_le_bytes([slot[12], slot[13]]);
            let known = Known { bits, usage, class, kin };
            if key == hash {
                return known;
            }
            if key == 0 && known == Known::default() {
                break;
            }
            at = (at + 1) & (count - 1);
        }
        Known::default()
    }
}
