//! Mail and pages saved as mail: mailboxes (mbox), single messages (RFC 5322), MHTML.
//!
//! In: a stream, or the bytes of one message. Out: one [`Received`] a message, its bytes those of the first HTML part, of the first plain
//! part where there is none, after quoted-printable or base64 is undone. A page saved as MHTML has its address; a mail its subject
//! as title, its date and its id.
//! Leaves: attachments, signatures, encryption; `>From ` within a mailbox stays as it is.

use crate::header::{self, Fields};
use crate::stream::Stream;
use crate::{Bytes, Error, Origin, feed, http};
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
    let Some(length) = header::length(&head[..head.len().min(64 << 10)]) else { return false };
    let header = &head[..length];
    let is_header = |line: &[u8]| line.starts_with(b" ") || line.starts_with(b"\t") || is_field(line);
    let mut lines = header.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let fields = Fields::of(header);
    lines.all(is_header) && fields.get("mime-version").is_some() && fields.get("content-type").is_some()
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
}

impl Mailbox {
    /// The messages of `stream`.
    pub fn new(stream: Stream<Bytes>, origin: Origin, limit: u64) -> Mailbox {
        Mailbox { stream, origin, limit }
    }

    /// The next message with its place; `None` in its stead when it is too large.
    fn message(&mut self) -> std::io::Result<Option<(u64, Option<Vec<u8>>)>> {
        let most = self.limit.saturating_mul(MARGIN);
        let place = self.stream.place();
        let (mut message, mut line) = (Vec::new(), Vec::new());
        let (mut is_kept, mut is_begun) = (true, false);
        while !self.stream.is_done()? {
            let is_blank = line.trim_ascii().is_empty();
            if is_blank && is_begun && !message.is_empty() && is_mailbox(self.stream.peek(512)?) {
                break;
            }
            is_kept &= self.stream.take_line(most, &mut line)?;
            if is_begun || !line.starts_with(b"From ") {
                message.extend_from_slice(&line);
            }
            is_begun = true;
            if message.len() as u64 > most {
                is_kept = false;
                message.truncate(1);
            }
        }
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
            Ok(Some((place, None))) => Some(Err(Error::too_large(self.origin.container(place), self.limit))),
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
    let fields = Fields::of(&message[..header::length(message).unwrap_or(message.len())]);
    let field = |name: &str| fields.get(name).map(str::to_owned);
    let mut texts = Texts::default();
    texts.gather(message, DEPTH);
    let Some(part) = texts.html.or(texts.plain) else {
        return Err(Error::Record { place: container, reason: "it has no part with text".to_owned() });
    };
    let bytes = part.decoded();
    if bytes.len() as u64 > limit {
        return Err(Error::too_large(container, limit));
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

/// The first parts of a message that hold text.
#[derive(Default)]
struct Texts<'m> {
    html: Option<Part<'m>>,
    plain: Option<Part<'m>>,
}

impl<'m> Texts<'m> {
    /// Goes through the parts of `entity` in order, until there is one in HTML.
    fn gather(&mut self, entity: &'m [u8], depth: usize) {
        let header = header::length(entity).unwrap_or(entity.len());
        let fields = Fields::of(&entity[..header]);
        let body = &entity[header..];
        let content = fields.get("content-type").unwrap_or("text/plain");
        let (media, charset) = http::media(content);
        let media = media.unwrap_or_else(|| "text/plain".to_owned());
        let boundary = header::parameter(content, "boundary").filter(|_| media.starts_with("multipart/"));
        if let Some(boundary) = boundary.filter(|_| depth > 0) {
            for part in parts(body, &format!("--{boundary}")) {
                if self.html.is_none() {
                    self.gather(part, depth - 1);
                }
            }
            return;
        }
        let place = match media.as_str() {
            "text/html" => &mut self.html,
            "text/plain" => &mut self.plain,
            _ => return,
        };
        let coding = fields.get("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        let address = fields.get("content-location").filter(|address| address.contains("://"));
        place.get_or_insert(Part { media, charset, coding, address: address.map(str::to_owned), body });
    }
}

/// What stands between the lines of `body` that are `boundary`; what stands before the first and behind the closing one is
/// no part.
fn parts<'m>(body: &'m [u8], boundary: &str) -> impl Iterator<Item = &'m [u8]> {
    let mut rest = until(body, boundary.as_bytes()).1;
    std::iter::from_fn(move || {
        let (part, behind) = until(rest?, boundary.as_bytes());
        rest = behind;
        Some(part)
    })
}

/// What stands in `body` before the next line that is `boundary`, and what behind it; `None` when that line closes the last part,
/// or there is none.
fn until<'m>(body: &'m [u8], boundary: &[u8]) -> (&'m [u8], Option<&'m [u8]>) {
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_prefix(boundary).map(<[u8]>::trim_ascii) {
            Some(b"") => return (&body[..at], Some(&body[at + line.len()..])),
            Some(b"--") => return (&body[..at], None),
            _ => at += line.len(),
        }
    }
    (body, None)
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
        // A boundary that begins as another does not end its part.
        check(
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nIt\n--bb\n--b or not\nburned.\n\
             --b \t\nContent-Type: text/plain\n\nno\n--b--\n--b\nContent-Type: text/html\n\nno\n",
            " |  |  | It\n--bb\n--b or not\nburned.\n",
        );
        check(
            "Content-Type: image/png\n\nno",
            "cannot read box at byte 0 (it has no part with text): it is left out",
        );
    }
}
