//! Reads one report: bytes to text, blocks and what the report says of itself.
//!
//! In: a report's bytes and what its container says. Out: the [`Report`]. Cannot fail: a source that holds no text
//! gives a report without evidence that says so.

mod decode;
mod html;
mod lines;
mod metadata;
mod months;
mod wording;

pub(crate) use wording::credited;

use crate::model::{Note, Received, Report, SourceMap};
use crate::span::Span;
use sha2::{Digest, Sha256};

/// The report that `received` holds.
pub fn read(received: &Received) -> Report {
    let digest = Sha256::digest(&received.bytes);
    let key = key(&digest, received);
    let mut report = Report {
        id: received.id.clone().unwrap_or_else(|| format!("{key:032x}")),
        key,
        path: received.path.clone(),
        container: received.container.clone(),
        field: received.field.clone(),
        bytes: received.bytes.len(),
        sha256: hex(&digest),
        ..Report::default()
    };
    match decode::decode(received.bytes.clone(), received.charset.as_deref()) {
        Ok(decoded) => fill(&mut report, received, decoded),
        Err(reason) => {
            report.notes.push(Note { span: None, text: format!("{reason}: left out") });
            report.unreadable = Some(reason);
        }
    }
    report
}

/// Text, blocks and metadata of a report that can be read.
fn fill(report: &mut Report, received: &Received, mut decoded: decode::Decoded) {
    report.notes.extend(decoded.note.take().map(|text| Note { span: None, text }));
    if html::is_html(&decoded.text) || is_stated_html(received) {
        return fill_from_page(report, received, decoded);
    }
    report.text = decoded.text;
    report.map = decoded.map;
    report.blocks = lines::blocks(&report.text, received.title.as_deref());
    metadata::fill(report, received, &metadata::Raw::default(), &|span| span);
}

/// Whether the container says that this is a page, or a piece of one that may begin with any word. A server says so of
/// plain text, too, which has no tag.
fn is_stated_html(received: &Received) -> bool {
    let is_named =
        received.media.as_deref().is_some_and(|media| matches!(media, "text/html" | "application/xhtml+xml"));
    is_named
        && received
            .bytes
            .windows(2)
            .any(|pair| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || pair[1] == b'/'))
}

/// The same of a web page. A page without any text has nothing to show.
fn fill_from_page(report: &mut Report, received: &Received, decoded: decode::Decoded) {
    let mut page = html::read(&decoded.text, received.title.as_deref());
    report.text = std::mem::take(&mut page.text);
    report.map = html::compose(std::mem::take(&mut page.map), &decoded.map);
    report.blocks = std::mem::take(&mut page.blocks);
    place_media(report, &mut page, &decoded.map);
    if report.blocks.is_empty() {
        let reason = "is a web page without text".to_owned();
        report.notes.push(Note { span: None, text: format!("{reason}: left out") });
        report.unreadable = Some(reason);
    }
    let raw = metadata::Raw::of(&decoded.text, &page);
    metadata::fill(report, received, &raw, &|span| decoded.map.to_source(span));
}

/// Images and embeds with their places in the bytes as received.
fn place_media(report: &mut Report, page: &mut html::Page, map: &SourceMap) {
    let place = |start: &mut usize, end: &mut usize| {
        let span = map.to_source(Span::new(*start, *end));
        (*start, *end) = (span.start(), span.end());
    };
    report.images = std::mem::take(&mut page.images);
    report.images.iter_mut().for_each(|image| place(&mut image.start, &mut image.end));
    report.embeds = std::mem::take(&mut page.embeds);
    report.embeds.iter_mut().for_each(|embed| place(&mut embed.start, &mut embed.end));
}

/// 128 bits of a hash over the bytes' digest, and over address, outlet and date, each with its length before it.
fn key(digest: &[u8], received: &Received) -> u128 {
    let mut hash = Sha256::new();
    hash.update(digest);
    for field in [&received.url, &received.outlet, &received.date] {
        let words = field.as_deref().unwrap_or_default();
        hash.update((words.len() as u64).to_be_bytes());
        hash.update(words);
    }
    hash.finalize().iter().take(16).fold(0, |key, &byte| key << 8 | u128::from(byte))
}

fn hex(digest: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
