//! Reads one report: bytes to text, blocks and what the report says of itself.

use crate::model::{Block, BlockKind, Received, Report, SourceMap};
use crate::span::Span;
use sha2::{Digest, Sha256};

/// The report that `received` holds.
pub fn read(received: &Received) -> Report {
    let text = String::from_utf8_lossy(&received.bytes).into_owned();
    let sha256: String = Sha256::digest(&received.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let key = u128::from_str_radix(&sha256[..32], 16).unwrap_or_default();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let kind = if line.trim().is_empty() { BlockKind::Other } else { BlockKind::Paragraph };
        blocks.push(Block { span: Span::new(at, at + line.len()), kind, of: None });
        at += line.len();
    }
    Report {
        id: format!("{key:032x}"),
        key,
        path: received.path.clone(),
        bytes: received.bytes.len(),
        sha256,
        text,
        map: SourceMap::default(),
        blocks,
        ..Report::default()
    }
}
