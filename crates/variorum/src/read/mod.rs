//! Reads one report: bytes to text, blocks and what the report says of itself.
//!
//! In: a report's bytes and what its container says. Out: the [`Report`]. Cannot fail: a source that holds no text
//! gives a report without evidence that says so.

mod decode;
mod lines;
mod wording;

use crate::model::{Block, BlockKind, Note, Received, Report};
use crate::span::Span;
use sha2::{Digest, Sha256};

/// The report that `received` holds.
pub fn read(received: &Received) -> Report {
    let key = key(received);
    let mut report = Report {
        id: received.id.clone().unwrap_or_else(|| format!("{key:032x}")),
        key,
        path: received.path.clone(),
        url: received.url.clone(),
        outlet: received.outlet.clone(),
        title: received.title.clone(),
        bytes: received.bytes.len(),
        sha256: hex(&Sha256::digest(&received.bytes)),
        ..Report::default()
    };
    match decode::decode(received.bytes.clone()) {
        Ok(decoded) => fill(&mut report, received, decoded),
        Err(reason) => {
            report.notes.push(Note { span: None, text: format!("{reason}: left out") });
            report.unreadable = Some(reason);
        }
    }
    report
}

/// Blocks and metadata of a report that has a text.
fn fill(report: &mut Report, received: &Received, decoded: decode::Decoded) {
    report.notes.extend(decoded.note.map(|text| Note { span: None, text }));
    report.text = decoded.text;
    report.map = decoded.map;
    report.blocks = lines::blocks(&report.text, received.title.as_deref());
    if report.title.is_none() {
        report.title = first(report, BlockKind::Headline);
    }
    report.dek = first(report, BlockKind::Dek);
}

/// The words of the first block of a kind.
fn first(report: &Report, kind: BlockKind) -> Option<String> {
    let block: &Block = report.blocks.iter().find(|block| block.kind == kind)?;
    Some(squeezed(report, block.span))
}

/// The words of `span` with single spaces.
fn squeezed(report: &Report, span: Span) -> String {
    span.of(&report.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 128 bits of a hash over bytes, address, outlet and date, each with its length before it.
fn key(received: &Received) -> u128 {
    let mut hash = Sha256::new();
    hash.update((received.bytes.len() as u64).to_be_bytes());
    hash.update(&received.bytes);
    for field in [&received.url, &received.outlet, &received.date] {
        let words = field.as_deref().unwrap_or_default();
        hash.update((words.len() as u64).to_be_bytes());
        hash.update(words);
    }
    hash.finalize().iter().take(16).fold(0, |key, &byte| key << 8 | u128::from(byte))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
