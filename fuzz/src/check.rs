//! What holds of every report, whatever its bytes are.
//!
//! In: bytes as received and the report read from them. Panics where an invariant does not hold, and says which.

use variorum::edition;
use variorum::model::{Annotated, Piece, Received, Report};
use variorum::read::read;

/// Most bytes of text for a byte of the source: a byte of another character set becomes up to three.
const TEXT_PER_BYTE: usize = 3;

/// Bytes of text that a reader may add to any source, for marks it puts in itself.
const TEXT_SPARE: usize = 64;

/// One input in this many is read twice and must give the same report.
const READ_TWICE: usize = 8;

/// Reads `received` and holds the report against its invariants.
pub fn report(received: &Received) -> Report {
    let report = read(received);
    blocks(&report);
    map(&report, &received.bytes);
    sizes(&report, received);
    sources(&report, &received.bytes);
    if received.bytes.iter().map(|&byte| usize::from(byte)).sum::<usize>().is_multiple_of(READ_TWICE) {
        assert_eq!(format!("{report:?}"), format!("{:?}", read(received)), "the same bytes, the same report");
    }
    report
}

/// Blocks partition the text, on character boundaries, and point at blocks that are there.
fn blocks(report: &Report) {
    let mut at = 0;
    for block in &report.blocks {
        assert_eq!(block.span.start(), at, "no gap between blocks");
        assert!(report.text.get(block.span.start()..block.span.end()).is_some(), "on character boundaries");
        assert!(block.of.is_none_or(|of| of < report.blocks.len()), "of a block that is there");
        at = block.span.end();
    }
    assert!(report.unreadable.is_some() || at == report.text.len(), "blocks reach the end");
    for span in report.notes.iter().filter_map(|note| note.span) {
        assert!(report.text.get(span.start()..span.end()).is_some(), "a note's span slices");
    }
}

/// The source map goes forward on both sides, from one end of the text to the other, and tells the truth.
fn map(report: &Report, bytes: &[u8]) {
    let (mut text, mut source) = (0, 0);
    for piece in &report.map.pieces {
        assert_eq!(piece.text.start(), text, "the map has no gap in the text");
        assert!(piece.source.start() >= source, "the map goes forward in the source");
        assert!(report.text.get(piece.text.start()..piece.text.end()).is_some(), "pieces slice the text");
        (text, source) = (piece.text.end(), piece.source.end());
    }
    assert!(report.map.is_identity() || text == report.text.len(), "the map reaches the end");
    assert!(source <= bytes.len(), "the map stays in the source");
    if report.map.is_identity() && report.unreadable.is_none() {
        assert_eq!(report.text.as_bytes(), bytes, "an identity map is one");
    }
    if !bytes.contains(&0)
        && let Ok(words) = std::str::from_utf8(bytes)
    {
        report.map.pieces.iter().for_each(|piece| letters(piece, &report.text, words));
    }
}

/// Letters and digits of a text that was UTF-8 are those of its source, or come from an entity.
fn letters(piece: &Piece, text: &str, source: &str) {
    let (words, from) = (piece.text.of(text), source.get(piece.source.start()..piece.source.end()));
    let from = from.expect("pieces slice a source that is UTF-8");
    if !words.contains(|c: char| c.is_ascii_alphanumeric()) {
        return;
    }
    let is_same = words.len() == from.len()
        && words.bytes().zip(from.bytes()).all(|(a, b)| a == b || !a.is_ascii_alphanumeric());
    assert!(is_same || from.starts_with('&'), "{words:?} is said to come from {from:?}");
}

/// What is kept grows with the source, and no faster.
fn sizes(report: &Report, received: &Received) {
    let most = received.bytes.len() * TEXT_PER_BYTE + TEXT_SPARE;
    assert!(report.text.len() <= most, "{} bytes of text from {}", report.text.len(), report.bytes);
    assert!(report.map.pieces.len() <= report.text.len(), "no more pieces than bytes of text");
    assert!(report.blocks.len() <= report.text.len() + 1, "no more blocks than bytes of text");
    let stated = [&report.title, &report.dek, &report.outlet, &report.url, &report.language];
    let named = stated.into_iter().flatten().chain(&report.authors).map(String::len).sum::<usize>();
    let container = [&received.title, &received.outlet, &received.url, &received.date];
    let stated = container.into_iter().flatten().map(String::len).sum::<usize>();
    assert!(named <= 8 * (most + stated), "{named} bytes of title, authors and the like from {most}");
}

/// The blocks as an edition shows them partition the source, and what metadata states stands in it.
fn sources(report: &Report, bytes: &[u8]) {
    let stamps = [&report.published, &report.modified];
    for (start, end) in stamps.into_iter().flatten().filter_map(|stamp| stamp.start.zip(stamp.end)) {
        assert!(start <= end && end <= report.bytes, "a date stands at {start}..{end} of {}", report.bytes);
    }
    for stated in &report.provenance {
        assert_eq!(stated.start.is_some(), stated.end.is_some(), "a place has two ends");
        let Some((start, end)) = stated.start.zip(stated.end) else { continue };
        assert!(
            start <= end && end <= report.bytes,
            "{} stands at {start}..{end} of {}",
            stated.field,
            report.bytes
        );
        let is_cut = std::str::from_utf8(bytes).is_ok_and(|source| source.get(start..end).is_none());
        assert!(
            !is_cut || bytes.contains(&0),
            "{} at {start}..{end} is on character boundaries",
            stated.field
        );
    }
    if report.unreadable.is_some() {
        return;
    }
    let entry = edition::entry(&Annotated { report: report.clone(), ..Annotated::default() });
    let mut at = 0;
    for block in &entry.blocks {
        assert_eq!(block.start, at, "no gap between the blocks of the source");
        assert!(block.end >= block.start);
        at = block.end;
    }
    assert_eq!(at, report.bytes, "blocks reach the end of the source");
}
