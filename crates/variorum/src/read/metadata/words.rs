//! The words of a piece of markup, and the attributes of a tag.
//!
//! In: places of the decoded page. Out: words with entities read and single spaces; attributes with the place of their values.
//! Leaves: what scripts and style sheets hold. Every call looks at no more than its stretch, up to [`LONGEST`] bytes.

use crate::span::Span;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// How much of an element is read, in bytes of markup.
const LONGEST: usize = 12_000;

/// How many bytes of words an element is read for.
const WORDS: usize = 600;

/// The words in `span` of `source`, tags left out; where a block ends, a line does.
pub(super) fn of_markup(source: &str, span: Span) -> String {
    let markup = cut(span.of(source), LONGEST);
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut words = String::new();
    let mut silent = 0_usize;
    for Ok(token) in Tokenizer::new_with_emitter(markup, emitter) {
        match token {
            Token::StartTag(tag) => match &tag.name[..] {
                b"script" | b"style" | b"svg" | b"noscript" | b"template" if !tag.self_closing => silent += 1,
                b"a" | b"b" | b"i" | b"em" | b"strong" | b"sup" | b"sub" | b"abbr" | b"small" | b"u" => {}
                b"span" | b"time" => words.push(' '),
                _ => words.push('\n'),
            },
            Token::EndTag(tag) => match &tag.name[..] {
                b"script" | b"style" | b"svg" | b"noscript" | b"template" => {
                    silent = silent.saturating_sub(1)
                }
                b"div" | b"p" | b"li" | b"h1" | b"h2" | b"h3" | b"td" | b"dd" | b"dt" => words.push('\n'),
                b"span" | b"time" => words.push(' '),
                _ => {}
            },
            Token::String(part) if silent == 0 => words.push_str(&String::from_utf8_lossy(&part.value)),
            _ => {}
        }
        if words.len() > WORDS {
            break;
        }
    }
    let lines = words.split('\n').map(squeeze).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// `words` with their entities read, twice where an ampersand was one too; tags are left out.
pub(in crate::read) fn decoded(words: &str) -> String {
    let mut read = words.to_owned();
    for _ in 0..2 {
        if !read.contains(['&', '<']) {
            break;
        }
        let once = read;
        read = String::with_capacity(once.len());
        for Ok(token) in Tokenizer::new(&once) {
            if let Token::String(part) = token {
                read.push_str(&String::from_utf8_lossy(&part.value));
            }
        }
    }
    read
}

/// `words` with single spaces, and without marks that are not seen.
pub(in crate::read) fn squeeze(words: &str) -> String {
    let seen = words.replace(['\u{200b}', '\u{feff}', '\u{ad}'], "");
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of `words`, at most `length` bytes.
pub(in crate::read) fn cut(words: &str, length: usize) -> &str {
    let mut end = words.len().min(length);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    &words[..end]
}

/// The attributes of the tag at `tag`: names in small letters, and the places of their values.
pub(in crate::read) fn attributes(source: &str, tag: Span) -> Vec<(String, Span)> {
    let bytes = tag.of(source).as_bytes();
    let is_name = |byte: &u8| !byte.is_ascii_whitespace() && !b"=>/\"'".contains(byte);
    let mut found = Vec::new();
    let mut at = bytes.iter().position(u8::is_ascii_whitespace).unwrap_or(bytes.len());
    while at < bytes.len() && found.len() < 64 {
        let start = at;
        at += bytes[at..].iter().take_while(|byte| is_name(byte)).count();
        let name = start..at;
        if name.is_empty() {
            at += 1;
            continue;
        }
        let equals = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let from =
            equals + 1 + bytes[equals + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (from, length, step) = match bytes.get(from) {
            Some(&mark @ (b'"' | b'\'')) => {
                (from + 1, bytes[from + 1..].iter().take_while(|byte| **byte != mark).count(), 1)
            }
            _ => {
                let stops = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
                (
                    from,
                    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| !stops(byte)).count(),
                    0,
                )
            }
        };
        let name = String::from_utf8_lossy(&bytes[name]).to_lowercase();
        found.push((name, Span::new(tag.start() + from, tag.start() + from + length)));
        at = from + length + step;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, expected: &str) {
        assert_eq!(of_markup(markup, Span::new(0, markup.len())), expected);
    }

    #[test]
    fn words_of_markup() {
        check(
            "By <a href=x>Ana&nbsp;Ruiz</a><div>4&#32;March</div><script>x<y</script>",
            "By Ana Ruiz\n4 March",
        );
        assert_eq!(decoded("Fish &amp;amp; <b>chips</b>"), "Fish & chips");
    }

    #[test]
    fn attributes_of_tags() {
        let tag = "<time datetime='2025-03-04' class=date data-x = \"a b\" hidden>";
        let found: Vec<String> = attributes(tag, Span::new(0, tag.len()))
            .into_iter()
            .map(|(name, value)| format!("{name}={}", value.of(tag)))
            .collect();
        assert_eq!(found, ["datetime=2025-03-04", "class=date", "data-x=a b"]);
        assert_eq!(attributes("<a b=", Span::new(0, 5)).len(), 1);
    }
}
