//! Damage to inputs: what happens to files on their way, and what somebody may do on purpose.
//!
//! In: bytes and a seed. Out: other bytes, the same for the same seed on every machine. Knows markup and lines only so
//! far that it cuts, shuffles and nests at `<`, `>`, quotes, braces and line ends; what a reader's input is made of
//! comes from its [`crate::Target::tokens`].

/// A row of numbers that look random, the same for the same seed (SplitMix64; Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The row that belongs to `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, 0 where `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit.max(1) as u64) as usize
    }

    /// One of `choices`, which must not be empty.
    pub fn pick<'a, T: AsRef<[u8]>>(&mut self, choices: &'a [T]) -> &'a [u8] {
        choices[self.below(choices.len())].as_ref()
    }

    /// A range within `length`, mostly a short one.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 64 };
        start..start + self.below((length - start).min(most) + 1)
    }
}

/// The fragments in a file of tokens: one a line, blank lines and those that begin with `#!` passed over.
pub fn tokens(file: &str) -> Vec<Vec<u8>> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with("#!")).map(unescape).collect()
}

fn unescape(line: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = line.as_bytes();
    while let [byte, after @ ..] = rest {
        let (read, length) = match (byte, after) {
            (b'\\', [b'n', ..]) => (b'\n', 2),
            (b'\\', [b'r', ..]) => (b'\r', 2),
            (b'\\', [b't', ..]) => (b'\t', 2),
            (b'\\', [b'x', high, low, ..]) => (hex(*high) << 4 | hex(*low), 4),
            (b'\\', [b'\\', ..]) => (b'\\', 2),
            _ => (*byte, 1),
        };
        bytes.push(read);
        rest = &rest[length..];
    }
    bytes
}

fn hex(digit: u8) -> u8 {
    char::from(digit).to_digit(16).unwrap_or(0) as u8
}

/// Input made up from `tokens`, up to `most` bytes.
pub fn generate(dice: &mut Dice, tokens: &[Vec<u8>], most: usize) -> Vec<u8> {
    let mut made = Vec::new();
    for _ in 0..1 + dice.below(120) {
        let token = dice.pick(tokens);
        let times = if dice.below(40) == 0 { dice.below(200) } else { 1 };
        for _ in 0..times {
            made.extend_from_slice(token);
        }
        if made.len() >= most {
            break;
        }
    }
    made.truncate(most);
    made
}

/// Changes `bytes` in one to four ways; at most `most` bytes are left.
pub fn mutate(dice: &mut Dice, bytes: &mut Vec<u8>, tokens: &[Vec<u8>], most: usize) {
    for _ in 0..1 + dice.below(4) {
        change(dice, bytes, tokens, most);
        bytes.truncate(most);
    }
}

fn change(dice: &mut Dice, bytes: &mut Vec<u8>, tokens: &[Vec<u8>], most: usize) {
    let range = dice.range(bytes.len());
    match dice.below(16) {
        0 => bytes.truncate(range.start),
        1 => drop(bytes.drain(range)),
        2 => flip(dice, bytes),
        3 => shuffle(dice, bytes),
        4 => repeat(dice, bytes, range, most),
        5 => nest(dice, bytes, range, tokens),
        6 => {
            let copied = bytes[dice.range(bytes.len())].to_vec();
            put(bytes, range.start..range.start, &copied);
        }
        7 => put(bytes, range, &generate(dice, tokens, 400)),
        8 => encode(dice, bytes),
        9 => put(bytes, range.start..range.start, dice.pick(STRANGE)),
        10 => swap(dice, bytes),
        11 => drop(remove_one(dice, bytes)),
        12 => put(bytes, range, dice.pick(tokens)),
        _ => put(bytes, range.start..range.start, dice.pick(tokens)),
    }
}

/// Bytes that readers stumble over: torn characters, marks of byte order, numbers beyond their types.
const STRANGE: &[&[u8]] = &[
    b"\0",
    b"\xFF",
    b"\xC3",
    b"\xE2\x80",
    b"\xF0\x9F\x99",
    b"\xED\xA0\x80",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xE2\x80\xAE",
    b"\xE2\x80\xA8",
    b"\xC2\xA0",
    b"\xC4\xB0",
    b"\xE1\xBA\x9E",
    b"\xF0\x9F\x87\xA6",
    b"\xCC\x81",
    b"\x1B$B",
    b"&#x10FFFF;",
    b"&#xD800;",
    b"&#99999999999999999999;",
    b"&#0;",
    b"&",
    b"4294967296",
    b"18446744073709551616",
    b"-1",
    b"1e999",
    b"9999-99-99T99:99:99+99:99",
    b"\r",
    b"\x0C",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<script>",
    b"</script>",
    b"<plaintext>",
    b"<",
    b"\"",
    b"'",
];

fn put(bytes: &mut Vec<u8>, range: std::ops::Range<usize>, words: &[u8]) {
    bytes.splice(range, words.iter().copied());
}

fn flip(dice: &mut Dice, bytes: &mut [u8]) {
    for _ in 0..1 + dice.below(8) {
        let at = dice.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << dice.below(8);
        }
    }
}

/// Where `bytes` can be cut: before `<`, behind `>`, at quotes, braces and line ends.
fn joints(bytes: &[u8]) -> Vec<usize> {
    let is_joint = |byte: u8| matches!(byte, b'<' | b'>' | b'"' | b'{' | b'}' | b'[' | b']' | b',' | b'\n');
    (0..bytes.len()).filter(|&at| is_joint(bytes[at])).map(|at| at + usize::from(bytes[at] == b'>')).collect()
}

fn shuffle(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let mut cuts = joints(bytes);
    cuts.insert(0, 0);
    cuts.push(bytes.len());
    let mut parts: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
    for at in (1..parts.len()).rev() {
        parts.swap(at, dice.below(at + 1));
    }
    *bytes = parts.concat();
}

fn swap(dice: &mut Dice, bytes: &mut [u8]) {
    let (one, other) = (dice.below(bytes.len()), dice.below(bytes.len()));
    if !bytes.is_empty() {
        bytes.swap(one, other);
    }
}

/// Takes out what stands between two joints.
fn remove_one(dice: &mut Dice, bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    let cuts = joints(bytes);
    let at = dice.below(cuts.len());
    let (start, end) = (*cuts.get(at)?, *cuts.get(at + 1)?);
    Some(bytes.drain(start..end).collect())
}

fn repeat(dice: &mut Dice, bytes: &mut Vec<u8>, range: std::ops::Range<usize>, most: usize) {
    let words = bytes[range.clone()].to_vec();
    let times = if dice.below(4) == 0 { 300 } else { 8 };
    let room = most.saturating_sub(bytes.len()) / words.len().max(1);
    put(bytes, range, &words.repeat(1 + dice.below(times.min(room))));
}

fn nest(dice: &mut Dice, bytes: &mut Vec<u8>, range: std::ops::Range<usize>, tokens: &[Vec<u8>]) {
    let times = if dice.below(4) == 0 { 200 } else { 4 };
    let (open, close) = match dice.below(4) {
        0 => (b"{\"@graph\":[".to_vec(), b"]}".to_vec()),
        1 => (b"[".to_vec(), b"]".to_vec()),
        2 => (b"<div>".to_vec(), b"</div>".to_vec()),
        _ => (dice.pick(tokens).to_vec(), dice.pick(tokens).to_vec()),
    };
    let inner = bytes[range.clone()].to_vec();
    let count = dice.below(times);
    put(bytes, range, &[open.repeat(count), inner, close.repeat(count)].concat());
}

/// The same in another character set, or in two at once.
fn encode(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let words = String::from_utf8_lossy(bytes).into_owned();
    let half = dice.below(bytes.len() + 1);
    match dice.below(4) {
        0 => *bytes = words.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => *bytes = words.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        2 => *bytes = words.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0x93)).collect(),
        _ => bytes
            .iter_mut()
            .skip(half)
            .filter(|byte| byte.is_ascii_whitespace())
            .for_each(|byte| *byte = 0xA0),
    }
}
