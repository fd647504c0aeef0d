//! Tells what a file holds, by its first bytes and never by its name.
//!
//! In: the head of a file after decompression. Out: its [`Kind`]. Whatever is none of the containers is one report.

use crate::{json, mail, records, xml};

/// How much of a file is looked at, in bytes.
pub const HEAD: usize = 256 << 10;

/// How many lines of a file are tried, so that a damaged first line does not hide the others.
const LINES: usize = 20;

/// What a file holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One report.
    Report,
    Warc,
    JsonLines,
    JsonFeed,
    /// RSS or Atom.
    Feed,
    Parquet,
    /// Messages, each behind a line that begins with `From `.
    Mailbox,
    /// One message: a saved mail, or a page saved as MHTML.
    Message,
}

/// What a file with this head holds.
pub fn of(head: &[u8]) -> Kind {
    let words = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"PAR1") {
        Kind::Parquet
    } else if records::is_beginning(words) {
        Kind::Warc
    } else if words.starts_with(b"{") {
        of_json(words)
    } else if words.starts_with(b"<") && is_feed(words) {
        Kind::Feed
    } else if mail::is_mailbox(head) {
        Kind::Mailbox
    } else if mail::is_message(head) {
        Kind::Message
    } else {
        Kind::Report
    }
}

fn of_json(words: &[u8]) -> Kind {
    let version = json::member(words, "version").unwrap_or_default();
    if version.windows(19).any(|part| part == b"jsonfeed.org/versio")
        || version.windows(20).any(|part| part == b"jsonfeed.org\\/versio")
    {
        return Kind::JsonFeed;
    }
    let holds_report = |line: &[u8]| {
        let string = |name| json::member(line, name).is_some_and(|value| value.starts_with(b"\""));
        line.starts_with(b"{") && (string("text") || string("html"))
    };
    // A line that has no end within the head is seen as far as it goes; an object over several lines is no line.
    let mut lines =
        words.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    if lines.by_ref().take(LINES).any(holds_report) { Kind::JsonLines } else { Kind::Report }
}

/// Whether the first element is one that feeds begin with.
fn is_feed(words: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&words[..words.len().min(16 << 10)]);
    let first = xml::tokens(&text).find_map(|token| match token {
        xml::Token::Open { name, attributes, .. } => Some((name, attributes)),
        _ => None,
    });
    match first {
        Some(("rss", _)) => true,
        Some(("rdf:RDF", attributes)) => attributes.contains("purl.org/rss/"),
        Some(("feed" | "atom:feed", attributes)) => attributes.contains("www.w3.org/2005/Atom"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, expected: Kind) {
        assert_eq!(of(head.as_bytes()), expected, "{head}");
    }

    #[test]
    fn kinds_are_told_by_content() {
        check("A report.", Kind::Report);
        check("", Kind::Report);
        check("<!doctype html><p>Fire", Kind::Report);
        check("WARC/1.0\r\nWARC-Type: warcinfo\r\n", Kind::Warc);
        check("WARC/1.0 is a format, says the report.", Kind::Report);
        check("{\"id\": 1, \"text\": \"Fire\"}\n", Kind::JsonLines);
        check("{\"id\": 1, \"meta\": {\"text\": \"no\"}}\n", Kind::Report);
        check("{\"html\": \"<p>A line without end", Kind::JsonLines);
        check("{broken\n{\"text\": \"Fire\"}\n", Kind::JsonLines);
        check("{\n  \"text\": \"Fire\"\n}\n", Kind::Report);
        check("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", Kind::JsonFeed);
        check("<?xml version='1.0'?>\n<!-- made --><rss version=\"2.0\"><channel>", Kind::Feed);
        check("<feed xmlns='http://www.w3.org/2005/Atom'>", Kind::Feed);
        check("<feed>A page about cows.</feed>", Kind::Report);
        check("PAR1\x15", Kind::Parquet);
        check("From ana@example.com Mon Mar  3 10:00:00 2025\nSubject: Fire\n\nText", Kind::Mailbox);
        check("From here on it burned.\nText", Kind::Report);
        check("MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", Kind::Message);
        check("Subject: Fire\n\nA press release.", Kind::Report);
    }
}
