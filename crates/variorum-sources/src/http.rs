//! HTTP answers as WARC files keep them.
//!
//! In: the content block of a `response` record: status line, header, body as it went over the wire. Out: the page after
//! transfer coding and content codings are undone, its media type and its character set. Crawlers often store the body decoded
//! and leave the header as it was; where the bytes contradict the header, they count.
//! Leaves: byte ranges, multipart answers.

use crate::coding::{self, Coding};
use crate::header::{self, Fields};

/// An answer.
pub struct Answer {
    /// 200 and so on; `None` when the status line has none.
    pub status: Option<u16>,
    fields: Fields,
    /// Header and body.
    block: Vec<u8>,
    /// Length of the header.
    header: usize,
}

/// The answer that `block` holds; `None` when it does not begin as one.
pub fn parse(block: Vec<u8>) -> Option<Answer> {
    if !block.get(..5)?.eq_ignore_ascii_case(b"HTTP/") {
        return None;
    }
    let header = header::length(&block).unwrap_or(block.len());
    let first = block.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let status = String::from_utf8_lossy(first).split_whitespace().nth(1).and_then(|code| code.parse().ok());
    Some(Answer { status, fields: Fields::of(&block[..header]), block, header })
}

impl Answer {
    /// Media type and character set.
    pub fn media(&self) -> (Option<String>, Option<String>) {
        self.fields.get("content-type").map_or((None, None), media)
    }

    /// The body with its codings undone, at most `limit` bytes. A body that the crawler cut (`is_cut`) is read as far as it goes.
    pub fn page(mut self, limit: u64, is_cut: bool) -> Result<Vec<u8>, String> {
        let is_chunked = self.fields.get("transfer-encoding").is_some_and(|coding| {
            coding.split(',').any(|coding| coding.trim().eq_ignore_ascii_case("chunked"))
        });
        let mut page = match is_chunked.then(|| dechunk(&self.block[self.header..])).flatten() {
            Some(whole) => whole,
            None => {
                self.block.drain(..self.header);
                self.block
            }
        };
        let codings = self.fields.get("content-encoding").unwrap_or_default();
        for coding in codings.split(',').rev().filter_map(Coding::named) {
            if !is_undone(&page, coding) {
                page = match coding::decode(&page, coding, limit) {
                    Err((begin, _)) if is_cut && !begin.is_empty() => begin,
                    Err((_, why)) => return Err(why),
                    Ok(page) => page,
                };
            }
        }
        Ok(page)
    }
}

/// Media type, in lower case, and character set of a `Content-Type`.
pub fn media(value: &str) -> (Option<String>, Option<String>) {
    let media = value.split(';').next().map(|media| media.trim().to_ascii_lowercase());
    let charset = header::parameter(value, "charset").map(|charset| charset.trim_matches('\''));
    (
        media.filter(|media| media.contains('/')),
        charset.filter(|charset| !charset.is_empty()).map(str::to_owned),
    )
}

/// Whether `body` shows that the crawler has undone `coding` already.
fn is_undone(body: &[u8], coding: Coding) -> bool {
    match coding {
        Coding::Gzip | Coding::Zstandard => coding::of_file(body) != Some(coding),
        // These have no mark; a page has.
        Coding::Deflate | Coding::Brotli => {
            let begin = &body[..body.len().min(512)];
            let words = begin.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(begin).trim_ascii_start();
            words.is_empty() || words[0] == b'<' && std::str::from_utf8(&words[..words.len().min(16)]).is_ok()
        }
    }
}

/// The chunks of `body` put together; `None` when it is not in chunks. A body that ends within a chunk is read as far as it goes;
/// where something else than a chunk stands, the rest is taken as it is.
fn dechunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut is_first = true;
    while !rest.is_empty() {
        let Some((length, begin)) = chunk_length(rest) else {
            if is_first {
                return None;
            }
            // From here on the crawler's bytes are no chunks: they are what they are.
            out.extend_from_slice(rest);
            return Some(out);
        };
        is_first = false;
        let end = begin.saturating_add(length).min(rest.len());
        out.extend_from_slice(&rest[begin..end]);
        if length == 0 {
            break;
        }
        rest = &rest[end..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    Some(out)
}

/// Length of the chunk that `bytes` begin with, and where its first byte is.
fn chunk_length(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.iter().take(1024).position(|&byte| byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page of an answer with `header` and `body`.
    fn check(header: &str, body: &[u8], expected: Result<&str, &str>) {
        let block = [b"HTTP/1.1 200 OK\r\n", header.as_bytes(), b"\r\n\r\n", body].concat();
        let page = parse(block).unwrap().page(1000, false);
        let shown = page.as_ref().map(|page| std::str::from_utf8(page).unwrap()).map_err(String::as_str);
        assert_eq!(shown, expected);
    }

    #[test]
    fn chunks_are_put_together() {
        check("Transfer-Encoding: chunked", b"4\r\n<p>F\r\n3;x=y\r\nire\r\n0\r\n\r\n", Ok("<p>Fire"));
        check("Transfer-Encoding: chunked", b"<p>Fire, decoded already", Ok("<p>Fire, decoded already"));
        check("Transfer-Encoding: chunked", b"9\r\n<p>Fi", Ok("<p>Fi"));
        check("Transfer-Encoding: chunked", b"2\r\n<p\r\n>Fire", Ok("<p>Fire"));
        check("Transfer-Encoding: chunked", b"ffffffffffffffffff\r\n<p>", Ok("ffffffffffffffffff\r\n<p>"));
        check("Content-Length: 3", b"<p>Fire", Ok("<p>Fire"));
    }

    #[test]
    fn codings_are_undone_unless_they_are_already() {
        let zstd = zstd::encode_all(&b"<p>Fire"[..], 1).unwrap();
        check("content-encoding: zstd", &zstd, Ok("<p>Fire"));
        check("content-encoding: gzip", b"<p>Fire", Ok("<p>Fire"));
        check("content-encoding: br", b"\n<p>Fire", Ok("\n<p>Fire"));
        check("content-encoding: br", b"\x0b\x02\x80hello\x03", Ok("hello"));
        check("content-encoding: identity", b"<p>Fire", Ok("<p>Fire"));
        check("content-encoding: zstd", &zstd[..zstd.len() - 2], Err("its Zstandard data is cut off"));
    }

    #[test]
    fn the_type_names_the_character_set() {
        let of = |value: &str| media(value);
        assert_eq!(of("Text/HTML; Charset=\"utf-8\""), (Some("text/html".into()), Some("utf-8".into())));
        assert_eq!(of("text/plain"), (Some("text/plain".into()), None));
        assert_eq!(of("charset=x"), (None, None));
    }
}
