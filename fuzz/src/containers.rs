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
type Found = Vec<Result<(Received, Option<Container>), String>>;

/// The file `bytes`.
pub fn file(bytes: &[u8]) {
    let found = take(std::io::Cursor::new(bytes.to_vec()), 0);
    for (received, place) in found.iter().flatten() {
        assert!(received.bytes.len() as u64 <= LIMIT, "{} bytes, beyond the limit", received.bytes.len());
        let is_within = |place: &Container| place.within.is_some() || place.offset <= bytes.len() as u64;
        assert!(place.as_ref().is_none_or(is_within), "{place:?} lies in {} bytes", bytes.len());
    }
    let portions = Portions { bytes: bytes.to_vec(), at: 0, dice: Dice::new(bytes.len() as u64) };
    assert_eq!(shown(&found), shown(&take(portions, 0)), "portions do not matter");
    resume(bytes, &found);
    for (received, _) in found.iter().flatten().take(READ) {
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
    reports
        .map(|read| match read {
            Ok(received) => {
                let place = received.container.clone();
                Ok((received, place))
            }
            Err(error) => Err(said(&error)),
        })
        .collect()
}

/// What an error says; it has a reason and names the file.
fn said(error: &Error) -> String {
    assert!(!error.reason().is_empty() && error.path().starts_with("file"), "{error:?}");
    error.to_string()
}

fn shown(found: &Found) -> Vec<String> {
    found.iter().map(|one| format!("{one:?}")).collect()
}

/// Reading that begins where the last report stands gives it again, and what follows it.
fn resume(bytes: &[u8], found: &Found) {
    let last = found.iter().rposition(|one| matches!(one, Ok((_, Some(place))) if place.within.is_none()));
    let Some((last, Ok((_, Some(place))))) = last.map(|at| (at, &found[at])) else { return };
    if place.offset == 0 {
        return;
    }
    let again = take(std::io::Cursor::new(bytes.to_vec()), place.offset);
    if matches!(again.first(), Some(Err(said)) if said.starts_with("cannot begin within")) {
        return;
    }
    // Lines are counted from where reading began, and give a report its path.
    let bare = |found: &[Result<(Received, Option<Container>), String>]| -> Vec<_> {
        found
            .iter()
            .flatten()
            .map(|(one, place)| (one.bytes.clone(), one.url.clone(), place.clone()))
            .collect()
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
