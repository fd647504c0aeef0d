//! One function per reader: any bytes in, a panic where an invariant does not hold.

use crate::{check, containers, growth};
use variorum::model::Received;

/// One reader under test.
pub struct Target {
    /// Name of it, of its folder in `cases/` and of its file in `tokens/`.
    pub name: &'static str,
    /// Reads bytes; panics where an invariant does not hold.
    pub run: fn(&[u8]),
    /// Fragments of what the reader reads, one a line, with the escapes `\n \r \t \\ \xHH`.
    pub tokens: &'static str,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "html", run: html, tokens: include_str!("../tokens/html.txt") },
    Target { name: "text", run: text, tokens: include_str!("../tokens/text.txt") },
    Target { name: "metadata", run: metadata, tokens: include_str!("../tokens/metadata.txt") },
    Target { name: "warc", run: containers::file, tokens: include_str!("../tokens/warc.txt") },
    Target { name: "feed", run: containers::file, tokens: include_str!("../tokens/feed.txt") },
    Target { name: "jsonl", run: containers::file, tokens: include_str!("../tokens/jsonl.txt") },
    Target { name: "mail", run: containers::file, tokens: include_str!("../tokens/mail.txt") },
    Target { name: "compressed", run: containers::compressed, tokens: include_str!("../tokens/warc.txt") },
    Target { name: "parquet", run: containers::file, tokens: include_str!("../tokens/parquet.txt") },
    Target { name: "growth", run: growth::target, tokens: include_str!("../tokens/html.txt") },
];

/// The target of that name.
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// A web page, whether or not it says so.
fn html(bytes: &[u8]) {
    check::report(&received(bytes));
    check::report(&received(&[b"<html>", bytes].concat()));
}

/// Plain text, alone and with a headline from its container.
fn text(bytes: &[u8]) {
    let plain = check::report(&received(bytes));
    let title = plain.text.lines().find(|line| !line.trim().is_empty()).map(str::to_owned);
    check::report(&Received { title, ..received(bytes) });
}

/// What a page says of itself: JSON-LD where the bytes begin as such, tags of a head where they begin with one, else
/// one value in every place that states something.
fn metadata(bytes: &[u8]) {
    let page = match bytes.trim_ascii_start().first() {
        Some(b'{' | b'[') => {
            around("<html><head><script type=\"application/ld+json\">", bytes, "</script></head>")
        }
        Some(b'<') => around("<html><head>", bytes, "</head>"),
        _ => return values(bytes),
    };
    check::report(&received(&[&page[..], ARTICLE.as_bytes()].concat()));
}

/// `bytes` as date, title, author and address, in the markup and from the container.
fn values(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    let value = words.replace('"', "&quot;");
    let head = format!(
        "<html lang=\"{value}\"><head><title>{value}</title><meta property=\"article:published_time\" content=\"{value}\">\
         <meta name=author content=\"{value}\"><meta property=\"og:title\" content=\"{value}\">\
         <meta property=\"og:site_name\" content=\"{value}\"><link rel=canonical href=\"{value}\"></head>\
         <body><p class=byline>By {value}<p><time datetime=\"{value}\">{value}</time>"
    );
    check::report(&received(&[head.as_bytes(), ARTICLE.as_bytes()].concat()));
    let words = Some(words.into_owned());
    let (title, outlet, url, date) = (words.clone(), words.clone(), words.clone(), words);
    check::report(&Received { title, outlet, url, date, ..received(ARTICLE.as_bytes()) });
}

/// A body for metadata to be about.
const ARTICLE: &str = "<article><h1>Bridge over the Orla closed after a crack was found</h1>\
    <p class=byline>By Mira Tolland and Jo Fenwick</p><time datetime=\"2024-03-05T08:10:00+01:00\">5 March 2024</time>\
    <p>The old bridge at Orla was closed on Monday after a crack was found in its second arch, the town said.</p>\
    <p>“Nobody was in danger at any time,” said Ana Ruiz, who leads the town’s road office, in the evening.</p></article>";

fn around(before: &str, bytes: &[u8], after: &str) -> Vec<u8> {
    [before.as_bytes(), bytes, after.as_bytes()].concat()
}

fn received(bytes: &[u8]) -> Received {
    Received { bytes: bytes.to_vec(), path: Some("report".to_owned()), ..Received::default() }
}
