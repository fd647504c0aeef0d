//! Reads a web page: its text with the way back to the markup, its blocks, and what it says of itself.
//!
//! In: the decoded page. Out: [`Page`]: text, map and blocks, and the raw material of the metadata (meta tags, JSON-LD). Method, a file each: `tokens` cuts the page into tags and text, `scan` makes one pass over them with a bounded
//! stack of open elements and keeps a light tree of those that part lines, `headline` and `article` find what the page is
//! there for, `picture` its images with their captions, `media` gives images and embeds, and `name` gives each stretch of text its kind. Class names and
//! ids are looked up in `lang/markup.txt`. Character references are read by html5gum.
//! Guards: nesting deeper than [`DEPTH`] is read as if it were flat; everything is linear in the page.
//! Leaves: what style sheets and scripts show or hide; tables without rows. Alternative texts are attributes: they are fields of the images, not text.

mod article;
mod headline;
mod media;
mod memo;
mod name;
mod picture;
mod raw;
mod scan;
mod tags;
mod token;
mod tokens;

use super::decode::join;
use super::metadata::{self, Node};
use crate::model::{Block, Embed, Image, Piece, SourceMap};
use crate::span::Span;

pub(super) use raw::{Mark, Marked};
pub(super) use scan::{Json, Meta};

/// What was read from a page.
pub(super) struct Page {
    pub(super) text: String,
    /// From the text to the decoded page.
    pub(super) map: SourceMap,
    pub(super) blocks: Vec<Block>,
    /// With their places in the decoded page, as those of the embeds.
    pub(super) images: Vec<Image>,
    pub(super) embeds: Vec<Embed>,
    pub(super) metas: Vec<Meta>,
    /// The values of its JSON-LD scripts.
    pub(super) values: Vec<Node>,
    /// Elements that may name authors, dates or the headline.
    pub(super) marked: Vec<Marked>,
    /// The `title` element.
    pub(super) title: Option<String>,
    /// The `lang` attribute of `html`.
    pub(super) language: Option<String>,
}

/// Deepest nesting that is followed.
const DEPTH: usize = 512;

/// Whether `text` is a web page or a piece of one, by its first tags.
pub(super) fn is_html(text: &str) -> bool {
    const FIRST: [&str; 16] = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<section",
        "<main",
        "<h1",
        "<span",
        "<!--",
        "<?xml",
    ];
    const CLOSING: [&str; 6] = ["</p>", "</div>", "</h1>", "</article>", "</li>", "</span>"];
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return false;
    }
    let begin: String = text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
        .chars()
        .take(16)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if FIRST.iter().any(|tag| begin.starts_with(tag)) {
        return true;
    }
    let mut end = text.len().min(64 << 10);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    CLOSING.iter().map(|tag| text[..end].matches(tag).take(4).count()).sum::<usize>() >= 4
}

/// The page in `source`. `title` is the headline as the container states it; beside it the page's JSON-LD tells the headline.
pub(super) fn read(source: &str, title: Option<&str>) -> Page {
    let scanned = scan::scan(source);
    let values = metadata::values(source, &scanned.json);
    let linked = metadata::headline(&values);
    let titles: Vec<&str> = title.into_iter().chain(linked.as_deref()).collect();
    let (blocks, images, embeds) = name::blocks(&scanned, source, &titles);
    Page {
        blocks,
        images,
        embeds,
        text: scanned.text,
        map: SourceMap { pieces: scanned.pieces },
        metas: scanned.metas,
        values,
        marked: scanned.raw.marked,
        title: scanned.title,
        language: scanned.language,
    }
}

/// The way from the page's text to the bytes as received, by way of the decoded page.
///
/// `page` leads from text to decoded page, `source` from decoded page to bytes.
pub(super) fn compose(page: SourceMap, source: &SourceMap) -> SourceMap {
    if source.is_identity() {
        return page;
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut next = 0;
    for piece in page.pieces {
        if piece.text.len() != piece.source.len() {
            join(&mut pieces, Piece { text: piece.text, source: source.to_source(piece.source) });
            continue;
        }
        while next > 0 && source.pieces[next - 1].text.end() > piece.source.start() {
            next -= 1;
        }
        while source.pieces.get(next).is_some_and(|step| step.text.end() <= piece.source.start()) {
            next += 1;
        }
        while let Some(step) = source.pieces.get(next).filter(|step| step.text.start() < piece.source.end()) {
            let start = step.text.start().max(piece.source.start());
            let end = step.text.end().min(piece.source.end());
            let at = piece.text.start() + (start - piece.source.start());
            let text = Span::new(at, at + end - start);
            join(&mut pieces, Piece { text, source: source.to_source(Span::new(start, end)) });
            next += 1;
        }
    }
    SourceMap { pieces }
}

#[cfg(test)]
mod tests;
