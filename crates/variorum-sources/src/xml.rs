//! Parts XML into tags and text.
//!
//! In: the text of a document, well-formed or not. Out: [`Token`]s with their places, in order. Cannot fail: what is no tag is text.
//! Entities are those of XML and numbers; others are left as they stand, for a reader of HTML to resolve.
//! Leaves: document types and their own entities, namespaces (names keep their prefix).

/// A part of a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'x> {
    /// A start tag, or an empty element.
    Open { name: &'x str, attributes: &'x str, is_empty: bool, start: usize, end: usize },
    /// An end tag.
    Close { name: &'x str, start: usize, end: usize },
    /// Text between tags, as written.
    Text(&'x str),
    /// The content of a CDATA section, as written.
    Cdata(&'x str),
}

/// The parts of `text`; comments, declarations and instructions are left out.
pub fn tokens(text: &str) -> Tokens<'_> {
    tokens_from(text, 0)
}

/// The parts of `text` from byte `at` on, at which one begins or the text ends; their places count from the beginning of `text`.
pub fn tokens_from(text: &str, at: usize) -> Tokens<'_> {
    Tokens { text, at }
}

/// Made by [`tokens`].
pub struct Tokens<'x> {
    text: &'x str,
    at: usize,
}

impl<'x> Iterator for Tokens<'x> {
    type Item = Token<'x>;

    fn next(&mut self) -> Option<Token<'x>> {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            if !rest.starts_with('<') {
                let length = rest.find('<').unwrap_or(rest.len());
                self.at += length;
                return Some(Token::Text(&rest[..length]));
            }
            if let Some(inner) = rest.strip_prefix("<![CDATA[") {
                let length = inner.find("]]>").unwrap_or(inner.len());
                self.at = self.text.len().min(self.at + 9 + length + 3);
                return Some(Token::Cdata(&inner[..length]));
            }
            if let Some(length) = passed_over(rest) {
                self.at += length;
                continue;
            }
            return Some(self.tag(rest));
        }
        None
    }
}

impl<'x> Tokens<'x> {
    /// The tag that `rest` begins with; a sign that begins none is text.
    fn tag(&mut self, rest: &'x str) -> Token<'x> {
        let start = self.at;
        let is_close = rest.starts_with("</");
        let begin = if is_close { 2 } else { 1 };
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
        let name =
            rest[begin..].find(|c| !is_name(c)).map_or(&rest[begin..], |end| &rest[begin..begin + end]);
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            let length = 1 + rest[1..].find('<').unwrap_or(rest.len() - 1);
            self.at += length;
            return Token::Text(&rest[..length]);
        }
        let inner = begin + name.len();
        let end = inner + tag_end(&rest[inner..]);
        self.at += end;
        if is_close {
            return Token::Close { name, start, end: self.at };
        }
        let attributes = rest[inner..end].strip_suffix('>').unwrap_or(&rest[inner..end]);
        let is_empty = attributes.ends_with('/');
        Token::Open { name, attributes: attributes.trim_end_matches('/'), is_empty, start, end: self.at }
    }
}

/// Length of the comment, declaration or instruction that `rest` begins with.
fn passed_over(rest: &str) -> Option<usize> {
    let until = |begin: &str, end: &str| {
        rest.strip_prefix(begin)
            .map(|inner| inner.find(end).map_or(rest.len(), |at| begin.len() + at + end.len()))
    };
    until("<!--", "-->").or_else(|| until("<?", "?>")).or_else(|| {
        let inner = rest.strip_prefix("<!")?;
        // A document type may hold declarations of its own in brackets.
        let close = inner.find('>').unwrap_or(inner.len());
        match inner[..close].find('[') {
            Some(at) => Some(inner[at..].find("]>").map_or(rest.len(), |end| 2 + at + end + 2)),
            None => Some((2 + close + 1).min(rest.len())),
        }
    })
}

/// Length of a tag's rest, its closing bracket included; one in a quoted value does not close it.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.find('>').map_or(rest.len(), |at| at + 1)
}

/// The value of the attribute `name`, entities resolved.
pub fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((before, behind)) = rest.split_once('=') {
        let key = before.trim().rsplit(char::is_whitespace).next().unwrap_or_default();
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = behind[1..].split_once(quote)?;
        if key == name {
            return Some(unescape(value));
        }
        rest = after;
    }
    None
}

/// `text` with the entities of XML and numbers resolved.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| character(&rest[1..end]).map(|c| (c, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that an entity stands for.
fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    });
    match (name, number) {
        ("amp", _) => Some('&'),
        ("lt", _) => Some('<'),
        ("gt", _) => Some('>'),
        ("quot", _) => Some('"'),
        ("apos", _) => Some('\''),
        (_, Some(Ok(number))) => char::from_u32(number).filter(|&c| c != '\0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = tokens(text).map(|token| match token {
            Token::Open { name, is_empty, .. } => format!("<{name}{}>", if is_empty { "/" } else { "" }),
            Token::Close { name, .. } => format!("</{name}>"),
            Token::Text(text) => unescape(text),
            Token::Cdata(text) => format!("[{text}]"),
        });
        assert_eq!(shown.collect::<String>(), expected, "{text}");
    }

    #[test]
    fn documents_are_parted() {
        check("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><a b='>'>t</a>", "<a>t</a>");
        check("<a><!-- <b> --><c:d e=\"1\"/><![CDATA[<p>x]]]></a>", "<a><c:d/>[<p>x]]</a>");
        check("1 &lt; 2 &amp;amp; &#8220;&#x201d; &nbsp; & <3", "1 < 2 &amp; “” &nbsp; & <3");
        check("<a b='never closed>text", "<a>text");
        check("<![CDATA[no end", "[no end]");
        check("<!-- no end", "");
        check("<a", "<a>");
        check("<", "<");
        check("</", "</");
    }

    #[test]
    fn attributes_are_found() {
        let of = |name| attribute(" rel='alternate'  href=\"a?b=1&amp;c=2\" x", name);
        assert_eq!(of("href").as_deref(), Some("a?b=1&c=2"));
        assert_eq!(of("rel").as_deref(), Some("alternate"));
        assert_eq!(of("x"), None);
        assert_eq!(attribute("a=b c='d'", "c"), None);
    }
}
