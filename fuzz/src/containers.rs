//! Files that hold reports: WARC, feeds, JSON Lines, mail, tables, compressed or not.
//!
//! In: any bytes as a file. What must hold: reading ends; reports and faults lie within the file; it does not matter in
//! which portions the bytes come; reading that begins at a report's place goes on as it did; every report reads with the
//! invariants of [`check`]; no more comes out than the limit allows.

use crate::check;
use crate::mutation::Dice;
use std::io::{Read, Write};
use variorum::model::{Container, Received};
use variorum_sources::{Error, of};

/// Limit for one report here, in bytes.
const LIMIT: u64 = 256 << 10;

/// Most reports of one file that are read as reports.
const READ: usize = 4;

/// Most reports and faults that are taken from one file.
const TAKEN: usize = 20_000;

/// What a file gave: reports, or what was said instead.
type Found = Vec<Result<Received, Fault>>;

/// What could not be read.
#[derive(Debug)]
struct Fault {
    said: String,
    place: Option<Container>,
}

/// The file `bytes`.
pub fn file(bytes: &[u8]) {
    let found = take(std::io::Cursor::new(bytes.to_vec()), 0);
    for received in found.iter().flatten() {
        assert!(received.bytes.len() as u64 <= LIMIT, "{} bytes, beyond the limit", received.bytes.len());
    }
    for place in found.iter().filter_map(place) {
        assert!(place.offset <= bytes.len() as u64, "{place:?} lies in {} bytes", bytes.len());
    }
    let portions = Portions { bytes: bytes.to_vec(), at: 0, dice: Dice::new(bytes.len() as u64) };
    assert_eq!(shown(&found), shown(&take(portions, 0)), "portions do not matter");
    resume(bytes, &found);
    for received in found.iter().flatten().take(READ) {
        check::report(received);
    }
}

/// The same of a compressed file. The first byte says how, the second where it is torn (0: nowhere).
pub fn compressed(bytes: &[u8]) {
    let [how, torn, inner @ ..] = bytes else { return };
    let mut whole = match how % 5 {
        0 => gzip(inner),
        1 => inner.split_inclusive(|&byte| byte == b'\n').flat_map(gzip).collect(),
        2 => records(inner).flat_map(gzip).collect(),
        3 => zstd::encode_all(inner, 1).unwrap_or_default(),
        _ => gzip(&gzip(inner)),
    };
    if *torn > 0 && !whole.is_empty() {
        let at = whole.len() * usize::from(*torn) / 256;
        whole[at] ^= how | 1;
        if how % 2 == 0 {
            whole.truncate(at + 9);
        }
    }
    file(&whole);
}

/// `bytes` parted before each `WARC/`.
fn records(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_cut = |at: usize| at == 0 || bytes[at..].starts_with(b"WARC/");
    let mut cuts: Vec<usize> = (0..bytes.len()).filter(|&at| is_cut(at)).collect();
    cuts.push(bytes.len());
    (1..cuts.len()).map(move |at| &bytes[cuts[at - 1]..cuts[at]])
}

/// `bytes` as a gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).and_then(|()| gzip.finish()).unwrap_or_default()
}

/// What reading gives that begins at byte `from`.
fn take(bytes: impl Read + Send + 'static, from: u64) -> Found {
    let reports = of(bytes, "file").with_limit(LIMIT).starting_at(from).take(TAKEN);
    reports.map(|read| read.map_err(|error| fault(&error))).collect()
}

/// What an error says, and where; it has a reason and names the file.
fn fault(error: &Error) -> Fault {
    assert!(!error.reason().is_empty() && error.path().starts_with("file"), "{error:?}");
    Fault { said: error.to_string(), place: error.container().cloned() }
}

/// Where a report or fault stands.
fn place(one: &Result<Received, Fault>) -> Option<&Container> {
    match one {
        Ok(received) => received.container.as_ref(),
        Err(fault) => fault.place.as_ref(),
    }
}

fn shown(found: &Found) -> Vec<String> {
    found.iter().map(|one| format!("{one:?}")).collect()
}

/// Reading that begins where the last report stands gives it again, and what follows it.
fn resume(bytes: &[u8], found: &Found) {
    let is_start =
        |one: &Result<Received, Fault>| one.is_ok() && place(one).is_some_and(|place| place.within.is_none());
    let Some(last) = found.iter().rposition(is_start) else { return };
    let Some(place) = place(&found[last]) else { return };
    if place.offset == 0 {
        return;
    }
    let again = take(std::io::Cursor::new(bytes.to_vec()), place.offset);
    if matches!(again.first(), Some(Err(fault)) if fault.said.starts_with("cannot begin within")) {
        return;
    }
    // Lines are counted from where reading began, and give a report its path.
    let bare = |found: &[Result<Received, Fault>]| -> Vec<_> {
        let reports = found.iter().flatten();
        reports.map(|one| (one.bytes.clone(), one.url.clone(), one.container.clone())).collect()
    };
    assert_eq!(bare(&found[last..]), bare(&again), "reading goes on at byte {}", place.offset);
}

/// Bytes in portions of any length.
struct Portions {
    bytes: Vec<u8>,
    at: usize,
    dice: Dice,
}

impl Read for Portions {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let most = if self.dice.below(8) == 0 { 1 << 16 } else { 7 };
        let rest = &self.bytes[self.at..];
        let length = (1 + self.dice.below(most)).min(rest.len()).min(out.len());
        out[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}
