//! Mail and pages saved as mail: mailboxes (mbox), single messages (RFC 5322), MHTML.
//!
//! In: a stream, or the bytes of one message. Out: one [`Received`] a message, its bytes those of the first HTML part, of the first plain
//! part where there is none, after quoted-printable or base64 is undone. A page saved as MHTML has its address; a mail its subject
//! as title, its date and its id.
//! Leaves: attachments, signatures, encryption; `>From ` within a mailbox stays as it is.

use crate::stream::Stream;
use crate::{Bytes, Error, Origin, feed, http, records};
use encoding_rs::Encoding;
use variorum::model::Received;

/// How deep parts may lie in parts.
const DEPTH: usize = 8;

/// How much longer a message may be than the report in it.
const MARGIN: u64 = 2;

/// Whether a file begins as a mailbox: a `From ` line, and a header line behind it.
pub fn is_mailbox(head: &[u8]) -> bool {
    let mut lines = head.split(|&byte| byte == b'\n');
    lines.next().is_some_and(|line| line.starts_with(b"From ")) && lines.next().is_some_and(is_field)
}

/// Whether a file begins as a message does: header lines only, among them those of MIME.
pub fn is_message(head: &[u8]) -> bool {
    let Some(length) = records::header_length(&head[..head.len().min(64 << 10)]) else { return false };
    let header = &head[..length];
    let is_header = |line: &[u8]| line.starts_with(b" ") || line.starts_with(b"\t") || is_field(line);
    let mut lines = header.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let fields = records::fields(header);
    let has = |name: &str| fields.iter().any(|(own, _)| own == name);
    lines.all(is_header) && has("mime-version") && has("content-type")
}

/// Whether `line` is `Name: value`.
fn is_field(line: &[u8]) -> bool {
    let name =
        line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    name > 0 && line.get(name) == Some(&b':')
}

/// The messages of a mailbox.
pub struct Mailbox {
    stream: Stream<Bytes>,
    origin: Origin,
    limit: u64,
    /// The `From ` line of the next message has been taken.
    is_begun: bool,
}

impl Mailbox {
    /// The messages of `stream`.
    pub fn new(stream: Stream<Bytes>, origin: Origin, limit: u64) -> Mailbox {
        Mailbox { stream, origin, limit, is_begun: false }
    }

    /// The next message with its place; `None` in its stead when it is too large.
    fn message(&mut self) -> std::io::Result<Option<(u64, Option<Vec<u8>>)>> {
        let most = self.limit.saturating_mul(MARGIN);
        let place = self.stream.place();
        let (mut message, mut line) = (Vec::new(), Vec::new());
        let mut is_kept = true;
        while !self.stream.is_done()? {
            let is_blank = line.trim_ascii().is_empty();
            if is_blank && self.is_begun && !message.is_empty() && is_mailbox(self.stream.peek(512)?) {
                break;
            }
            is_kept &= self.stream.take_line(most, &mut line)?;
            if self.is_begun || !line.starts_with(b"From ") {
                message.extend_from_slice(&line);
            }
            self.is_begun = true;
            if message.len() as u64 > most {
                is_kept = false;
                message.truncate(1);
            }
        }
        self.is_begun = false;
        Ok((self.stream.place() > place).then(|| (place, is_kept.then_some(message))))
    }
}

impl Iterator for Mailbox {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let before = self.stream.place();
        match self.message() {
            Ok(None) => None,
            Ok(Some((place, Some(message)))) => Some(report(&message, &self.origin, place, self.limit)),
            Ok(Some((place, None))) => {
                let reason = format!("it is larger than {} bytes, the limit for one report", self.limit);
                Some(Err(Error::Record { place: self.origin.container(place), reason }))
            }
            Err(error) => {
                self.stream = Stream::new(Box::new(std::io::empty()), before);
                Some(Err(self.origin.broken(before, &error)))
            }
        }
    }
}

/// The report in `message`, which stands at `place` of the file.
pub fn report(message: &[u8], origin: &Origin, place: u64, limit: u64) -> Result<Received, Error> {
    let container = origin.container(place);
    let fields = records::fields(&message[..records::header_length(message).unwrap_or(message.len())]);
    let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    let mut parts = Vec::new();
    gather(message, DEPTH, &mut parts);
    let of = |media: &str| parts.iter().find(|part| part.media == media);
    let Some(part) = of("text/html").or_else(|| of("text/plain")) else {
        return Err(Error::Record { place: container, reason: "it has no part with text".to_owned() });
    };
    let bytes = part.decoded();
    if bytes.len() as u64 > limit {
        let reason = format!("it is larger than {limit} bytes, the limit for one report");
        return Err(Error::Record { place: container, reason });
    }
    // Of a saved page, subject and date are the browser's.
    let page = field("snapshot-content-location").or_else(|| part.address.clone());
    let is_page = page.is_some();
    let of_mail = |name: &str| field(name).filter(|_| !is_page);
    Ok(Received {
        bytes,
        path: Some(crate::shown(&container)),
        id: of_mail("message-id").map(|id| id.trim_matches(['<', '>']).to_owned()),
        url: page,
        title: of_mail("subject").map(|subject| words(&subject)).filter(|title| !title.is_empty()),
        date: of_mail("date").and_then(|date| feed::iso(&date)),
        media: Some(part.media.clone()),
        charset: part.charset.clone(),
        container: Some(container),
        field: Some(part.media.clone()),
        ..Received::default()
    })
}

/// A part without parts.
struct Part<'m> {
    media: String,
    charset: Option<String>,
    coding: String,
    address: Option<String>,
    body: &'m [u8],
}

impl Part<'_> {
    fn decoded(&self) -> Vec<u8> {
        match self.coding.as_str() {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => base64(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// Adds the parts of `entity` in order.
fn gather<'m>(entity: &'m [u8], depth: usize, parts: &mut Vec<Part<'m>>) {
    let header = records::header_length(entity).unwrap_or(entity.len());
    let fields = records::fields(&entity[..header]);
    let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let body = &entity[header..];
    let content = field("content-type").unwrap_or("text/plain");
    let (media, charset) = http::media(content);
    let media = media.unwrap_or_else(|| "text/plain".to_owned());
    let boundary = parameter(content, "boundary").filter(|_| media.starts_with("multipart/"));
    match boundary {
        Some(boundary) if depth > 0 => {
            for part in split(body, &format!("--{boundary}")) {
                gather(part, depth - 1, parts);
            }
        }
        _ => parts.push(Part {
            media,
            charset,
            coding: field("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase(),
            address: field("content-location").filter(|address| address.contains("://")).map(str::to_owned),
            body,
        }),
    }
}

/// The value of a parameter of a `Content-Type`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (own, value) = part.split_once('=')?;
        own.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the lines of `body` that begin with `boundary`.
fn split<'m>(body: &'m [u8], boundary: &str) -> Vec<&'m [u8]> {
    let mut parts = Vec::new();
    let mut begin = None;
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        if line.starts_with(boundary.as_bytes()) {
            parts.extend(begin.map(|begin| &body[begin..at]));
            begin = (!line[boundary.len()..].starts_with(b"--")).then_some(at + line.len());
        }
        at += line.len();
    }
    parts.extend(begin.map(|begin| &body[begin..]));
    parts
}

/// Quoted-printable undone; what is none stays.
fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, behind)) = rest.split_first() {
        rest = match (first, behind) {
            (b'=', [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..]) => behind,
            (b'=', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(hex(*high) << 4 | hex(*low));
                after
            }
            _ => {
                out.push(first);
                behind
            }
        };
    }
    out
}

fn hex(digit: u8) -> u8 {
    char::from(digit).to_digit(16).unwrap_or_default() as u8
}

/// Base64 undone; what belongs to no alphabet is passed over.
fn base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in text.iter().take_while(|&&byte| byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// The words of a header field, encoded ones (RFC 2047) decoded.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        let (before, word) = rest.split_at(at);
        // Space between two encoded words belongs to neither.
        if out.is_empty() || !before.trim().is_empty() {
            out.push_str(before);
        }
        match encoded(word) {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &word[length..];
            }
            None => {
                out.push_str("=?");
                rest = &word[2..];
            }
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Longest encoded word, in bytes. The standard has 75; some programs write a whole subject as one.
const WORD: usize = 2000;

/// The encoded word that `word` begins with, and its length.
fn encoded(word: &str) -> Option<(String, usize)> {
    let end = (0..=WORD.min(word.len())).rev().find(|&at| word.is_char_boundary(at)).unwrap_or_default();
    let word = &word[..end];
    let mut parts = word[2..].splitn(3, '?');
    let (charset, coding, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.find("?=")?;
    let bytes = match coding {
        "B" | "b" => base64(&rest.as_bytes()[..end]),
        "Q" | "q" => quoted_printable(rest[..end].replace('_', " ").as_bytes()),
        _ => return None,
    };
    let encoding = Encoding::for_label(charset.as_bytes())?;
    Some((encoding.decode(&bytes).0.into_owned(), 2 + charset.len() + 1 + coding.len() + 1 + end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, expected: &str) {
        let found = report(message.as_bytes(), &Origin::file("box".to_owned()), 0, 1000);
        let shown = match found {
            Ok(found) => format!(
                "{} | {} | {} | {}",
                found.title.unwrap_or_default(),
                found.url.unwrap_or_default(),
                found.date.unwrap_or_default(),
                String::from_utf8_lossy(&found.bytes)
            ),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn messages_are_read() {
        check(
            "Subject: =?utf-8?Q?Caf=C3=A9_?= =?utf-8?B?YnVybnM=?=\r\nDate: Mon, 3 Mar 2025 10:00:00 +0100\r\n\r\nIt burned.",
            "Café burns |  | 2025-03-03T10:00:00+01:00 | It burned.",
        );
        check(
            "MIME-Version: 1.0\nContent-Type: multipart/alternative;\n boundary=\"b\"\n\npreamble\n--b\nContent-Type: text/plain\n\nplain\n\
             --b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>It =\nburned=2E\n--b--\n",
            " |  |  | <p>It burned.\n",
        );
        check(
            "Subject: x\nSnapshot-Content-Location: https://a.example/1\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\
             Content-Type: image/png\n\nno\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+SXQgYnVybmVkLg==\n--b--",
            " | https://a.example/1 |  | <p>It burned.",
        );
        check(
            "Content-Type: image/png\n\nno",
            "cannot read box at byte 0 (it has no part with text): it is left out",
        );
    }
}
