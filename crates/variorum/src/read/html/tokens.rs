//! Cuts a page into tags and text, as the HTML standard's tokenizer does (whatwg.org, "Tokenization"), for speed over
//! anything else: no byte is copied but names and attributes, and text is passed over by `memchr`.
//!
//! In: the decoded page. Out: start tags, end tags and stretches of text with their places; comments, declarations and
//! what a tag that never ends holds are passed over. Character references are left as they stand in text; in
//! attributes they are read where a semicolon ends them.
//! Held against html5gum by a test over torn and odd markup.
//! Leaves: scripts that hold a script in a comment.

use super::scan::decoded;
use super::token::StartTag;
use crate::span::Span;
use memchr::{memchr, memchr2, memmem};

/// What [`Tokens::next`] found; a start tag lies in the caller's [`StartTag`].
pub(super) enum Token<'a> {
    Start(Span),
    /// The name in small letters, as far as it is short.
    End(&'a [u8], Span),
    Text(Span),
}

/// Elements whose content is text up to their end tag.
const RAW: [&[u8]; 8] =
    [b"script", b"style", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noscript"];

/// A page and how far it is read.
pub(super) struct Tokens<'a> {
    source: &'a [u8],
    at: usize,
    /// The element whose content is text, by its index in [`RAW`].
    raw: Option<usize>,
    is_plain: bool,
    name: Vec<u8>,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(source: &'a str) -> Tokens<'a> {
        Tokens { source: source.as_bytes(), at: 0, raw: None, is_plain: false, name: Vec::new() }
    }

    /// The next token; a start tag is put into `tag`.
    pub(super) fn next(&mut self, tag: &mut StartTag) -> Option<Token<'_>> {
        loop {
            let start = self.at;
            let end = if self.is_plain { self.source.len() } else { self.text_end() };
            if end > start {
                self.at = end;
                return Some(Token::Text(Span::new(start, end)));
            }
            let second = *self.source.get(start + 1)?;
            if second == b'!' || second == b'?' {
                self.at = self.declaration_end(start);
            } else if second == b'/' {
                self.at = start + 2;
                if !self.source.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
                    self.at = self.behind(b'>');
                    continue;
                }
                self.raw = None;
                let mut ignored = std::mem::take(&mut self.name);
                self.tag_name(&mut ignored);
                self.name = ignored;
                self.attributes(None)?;
                return Some(Token::End(&self.name, Span::new(start, self.at)));
            } else {
                self.at = start + 1;
                let mut name = std::mem::take(&mut self.name);
                self.tag_name(&mut name);
                tag.begin(&name, start);
                self.raw = RAW.iter().position(|raw| *raw == name);
                self.is_plain = name == b"plaintext";
                self.name = name;
                self.attributes(Some(tag))?;
                return Some(Token::Start(Span::new(start, self.at)));
            }
        }
    }

    /// Where the text that begins here ends: at the next markup.
    fn text_end(&self) -> usize {
        let mut at = self.at;
        while let Some(found) = memchr(b'<', &self.source[at..]) {
            at += found;
            let is_markup = match self.raw {
                Some(raw) => self.is_end_of(at, RAW[raw]),
                None => match self.source.get(at + 1) {
                    Some(b'/') => self.source.len() > at + 2,
                    Some(next) => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
                    None => false,
                },
            };
            if is_markup {
                return at;
            }
            at += 1;
        }
        self.source.len()
    }

    /// Whether the end tag of `name` stands at `at`.
    fn is_end_of(&self, at: usize, name: &[u8]) -> bool {
        let rest = &self.source[at..];
        let end = 2 + name.len();
        rest.len() > end
            && rest[1] == b'/'
            && rest[2..end].eq_ignore_ascii_case(name)
            && (rest[end].is_ascii_whitespace() || matches!(rest[end], b'/' | b'>'))
    }

    /// Behind the next `byte`, or the end of the page.
    fn behind(&self, byte: u8) -> usize {
        memchr(byte, &self.source[self.at..]).map_or(self.source.len(), |found| self.at + found + 1)
    }

    /// Behind a comment, doctype or processing instruction.
    fn declaration_end(&self, start: usize) -> usize {
        let rest = &self.source[start..];
        if !rest.starts_with(b"<!--") {
            return memchr(b'>', rest).map_or(self.source.len(), |found| start + found + 1);
        }
        if rest[4..].starts_with(b">") || rest[4..].starts_with(b"->") {
            return start + if rest[4] == b'>' { 5 } else { 6 };
        }
        let mut at = 4;
        while let Some(found) = memmem::find(&rest[at..], b"--") {
            at += found;
            let behind = &rest[at + 2..];
            if behind.starts_with(b">") {
                return start + at + 3;
            }
            if behind.starts_with(b"!>") {
                return start + at + 4;
            }
            at += 1;
        }
        self.source.len()
    }

    fn tag_name(&mut self, name: &mut Vec<u8>) {
        name.clear();
        let rest = &self.source[self.at..];
        let length = rest
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
            .unwrap_or(rest.len());
        name.extend(rest[..length].iter().map(u8::to_ascii_lowercase));
        self.at += length;
    }

    /// Reads up to behind the tag's end; `None` where it never ends.
    fn attributes(&mut self, mut tag: Option<&mut StartTag>) -> Option<()> {
        loop {
            match *self.source.get(self.at)? {
                b'>' => {
                    self.at += 1;
                    return Some(());
                }
                b'/' => {
                    self.at += 1;
                    if let (Some(tag), Some(b'>')) = (tag.as_deref_mut(), self.source.get(self.at)) {
                        tag.self_closing = true;
                    }
                }
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => self.attribute(tag.as_deref_mut())?,
            }
        }
    }

    fn attribute(&mut self, tag: Option<&mut StartTag>) -> Option<()> {
        let start = self.at;
        let rest = &self.source[start..];
        let length = 1 + rest[1..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='))
            .unwrap_or(rest.len() - 1);
        self.at += length;
        let key = start..self.at;
        self.space();
        let mut value = 0..0;
        if self.source.get(self.at) == Some(&b'=') {
            self.at += 1;
            self.space();
            value = self.value()?;
        }
        if let Some(tag) = tag {
            tag.key(&self.source[key]);
            let value = &self.source[value];
            match memchr(b'&', value) {
                Some(_) => tag.value(read_references(&String::from_utf8_lossy(value)).as_bytes()),
                None => tag.value(value),
            }
        }
        Some(())
    }

    fn value(&mut self) -> Option<std::ops::Range<usize>> {
        let quote = *self.source.get(self.at)?;
        if quote == b'"' || quote == b'\'' {
            let start = self.at + 1;
            let end = start + memchr(quote, &self.source[start..])?;
            self.at = end + 1;
            return Some(start..end);
        }
        let start = self.at;
        let rest = &self.source[start..];
        let length = rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>')?;
        self.at += length;
        Some(start..self.at)
    }

    fn space(&mut self) {
        let rest = &self.source[self.at..];
        self.at += rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
    }
}

/// Longest character reference that is read in an attribute, in bytes.
const REFERENCE: usize = 36;

/// An attribute's value with its character references read, those that a semicolon ends.
pub(super) fn read_references(value: &str) -> String {
    let mut read = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        read.push_str(&rest[..at]);
        let end = memchr2(b';', b' ', &rest.as_bytes()[at..]).filter(|&end| end <= REFERENCE);
        match end.filter(|&end| rest.as_bytes()[at + end] == b';') {
            Some(end) => {
                read.push_str(&decoded(&rest[at..=at + end]));
                rest = &rest[at + end + 1..];
            }
            None => {
                read.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    read.push_str(rest);
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5gum::emitters::default::DefaultEmitter;
    use html5gum::{Token as Other, Tokenizer};
    use proptest::prelude::*;

    /// Tags with their places, names and attributes, and text; touching text is one.
    fn ours(page: &str) -> Vec<String> {
        let mut tag = StartTag::default();
        let mut tokens = Tokens::of(page);
        let mut found = Vec::new();
        let mut text: Option<Span> = None;
        while let Some(token) = tokens.next(&mut tag) {
            match token {
                Token::Text(span) => {
                    text = Some(text.map_or(span, |text| text.cover(span)));
                    continue;
                }
                Token::End(name, span) => {
                    found.extend(text.take().map(|text| format!("text {}", text.of(page))));
                    found.push(format!("end {} {}", String::from_utf8_lossy(name), span.of(page)));
                }
                Token::Start(span) => {
                    found.extend(text.take().map(|text| format!("text {}", text.of(page))));
                    let mut attributes: Vec<(String, String)> = Vec::new();
                    for (key, value) in tag.attributes() {
                        let key = String::from_utf8_lossy(key).into_owned();
                        if !attributes.iter().any(|(other, _)| *other == key) {
                            attributes.push((key, String::from_utf8_lossy(value).into_owned()));
                        }
                    }
                    attributes.sort();
                    let name = String::from_utf8_lossy(tag.name()).into_owned();
                    found.push(format!("start {name} {attributes:?} {} {}", tag.self_closing, span.of(page)));
                }
            }
        }
        found.extend(text.map(|text| format!("text {}", text.of(page))));
        found
    }

    /// The same by html5gum.
    fn theirs(page: &str) -> Vec<String> {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut found = Vec::new();
        let mut text: Option<Span> = None;
        for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
            let line = match token {
                Other::String(words) => {
                    let span = Span::new(words.span.start, words.span.end);
                    text = Some(text.map_or(span, |text| text.cover(span)));
                    continue;
                }
                Other::StartTag(tag) => {
                    let attributes: Vec<(String, String)> = tag
                        .attributes
                        .iter()
                        .map(|(key, value)| {
                            let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                            (words(key), words(value))
                        })
                        .collect();
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    let words = &page[tag.span.start..tag.span.end];
                    format!("start {name} {attributes:?} {} {words}", tag.self_closing)
                }
                Other::EndTag(tag) => {
                    format!(
                        "end {} {}",
                        String::from_utf8_lossy(&tag.name),
                        &page[tag.span.start..tag.span.end]
                    )
                }
                _ => continue,
            };
            found.extend(text.take().map(|text| format!("text {}", text.of(page))));
            found.push(line);
        }
        found.extend(text.map(|text| format!("text {}", text.of(page))));
        found
    }

    fn check(page: &str) {
        assert_eq!(ours(page), theirs(page), "in {page:?}");
    }

    #[test]
    fn odd_markup_is_cut_as_html5gum_cuts_it() {
        check("<p class=a id='b c' hidden data-x=\"d > e\">One < two & 3 <b>four</b></p>");
        check("a<br/>b<img src=x/y alt=>c</P >d</p x=y>e</>f</ g>h");
        check("<!doctype html><!-- a > b --!>c<!-->d<!--->e<!--f--->g<?xml x?>h<![CDATA[i]]>j");
        check("<script>if (a < b) { '</scripty>' }</SCRIPT ><style>p > a</style><title>A <b>B</title>c");
        check("<div =a b=c=d e = f g\n=\n'h' / i/>j<1>k<");
        check("<noscript><img src=a></noscript><textarea><p></textarea><iframe><p></iframe>k</");
    }

    proptest! {
        #[test]
        fn random_markup_is_cut_as_html5gum_cuts_it(parts in proptest::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<a href='x'", " b=\"c\"", ">", "/>", "<!--", "-->", "--!>", "<", "</", "!", "text ", "é",
            "<br/>", "=", "'", " ", "<title>", "</title>", "<style>", "</style>", "<DIV Class=Z>", "</div\n>", "?",
        ]), 0..24)) {
            check(&parts.concat());
        }
    }
}
