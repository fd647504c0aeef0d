//! Reads JSON as pages really hold it, with the place of every value.
//!
//! In: a stretch of the page. Out: the values in it, each with its span; it cannot fail. What strict JSON forbids is read as
//! meant: line breaks and tabs in strings, trailing and missing commas, comments, CDATA and HTML comment marks around the
//! whole, quotation marks left bare within a string (a mark closes only before `,`, `:`, `}`, `]`, the end, or a line
//! break with another mark), several values one after the other, and an end that never comes.
//! Guards: below [`DEPTH`] values are stepped over; every byte is looked at a fixed number of times.

use crate::span::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(in crate::read) struct Node {
    pub(super) value: Value,
    /// Of a string, what stands between its marks.
    pub(super) span: Span,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(in crate::read) enum Value {
    /// A string, its escapes read.
    Words(String),
    Object(Vec<(String, Node)>),
    Array(Vec<Node>),
    /// A number, `true`, `false`, `null`, or anything else without marks.
    Bare(String),
}

/// Deepest nesting that is read.
const DEPTH: usize = 48;

impl Node {
    /// The first value of a field.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.fields().iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// The fields of an object; none of anything else.
    pub(super) fn fields(&self) -> &[(String, Node)] {
        match &self.value {
            Value::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The parts of an array, or the value alone.
    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Value::Array(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The words of a string or a number.
    pub(super) fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Words(words) => Some(words),
            Value::Bare(words) if words.starts_with(|c: char| c.is_ascii_digit()) => Some(words),
            _ => None,
        }
    }
}

/// The values in `span` of `source`, in order.
pub(super) fn read(source: &str, span: Span) -> Vec<Node> {
    let mut reader = Reader { bytes: &source.as_bytes()[..span.end()], source, at: span.start() };
    let mut found = Vec::new();
    while reader.skip_to_value() {
        let start = reader.at;
        let node = reader.value(0);
        if matches!(node.value, Value::Object(_) | Value::Array(_)) {
            found.push(node);
        }
        reader.at = reader.at.max(start + 1);
    }
    found
}

struct Reader<'a> {
    source: &'a str,
    /// The source up to the end of the stretch.
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes to the next bracket outside of everything.
    fn skip_to_value(&mut self) -> bool {
        while let Some(byte) = self.peek() {
            if matches!(byte, b'{' | b'[') && !self.bytes[self.at..].starts_with(b"[CDATA[") {
                return true;
            }
            self.at += if self.bytes[self.at..].starts_with(b"[CDATA[") { 7 } else { 1 };
        }
        false
    }

    /// Steps over white space and comments.
    fn space(&mut self) {
        while let Some(byte) = self.peek() {
            let rest = &self.bytes[self.at..];
            if byte.is_ascii_whitespace() || byte < b' ' || rest.starts_with("\u{A0}".as_bytes()) {
                self.at += 1 + usize::from(byte == 0xC2);
            } else if rest.starts_with(b"/*") {
                self.skip_past(b"*/");
            } else if rest.starts_with(b"//") {
                self.skip_past(b"\n");
            } else if rest.starts_with(b"<!--") {
                self.at += 4;
            } else if rest.starts_with(b"-->") {
                self.at += 3;
            } else {
                return;
            }
        }
    }

    fn skip_past(&mut self, mark: &[u8]) {
        let rest = &self.bytes[self.at..];
        let found = rest.windows(mark.len()).position(|window| window == mark);
        self.at += found.map_or(rest.len(), |found| found + mark.len());
    }

    fn value(&mut self, depth: usize) -> Node {
        self.space();
        match self.peek() {
            Some(b'{') if depth < DEPTH => self.object(depth),
            Some(b'[') if depth < DEPTH => self.array(depth),
            Some(b'{' | b'[') => self.too_deep(),
            Some(b'"') => {
                let (words, span) = self.string();
                Node { value: Value::Words(words), span }
            }
            _ => self.bare(),
        }
    }

    fn object(&mut self, depth: usize) -> Node {
        let start = self.at;
        self.at += 1;
        let mut fields = Vec::new();
        loop {
            self.space();
            let before = self.at;
            match self.peek() {
                None => break,
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b']') if depth > 0 => break,
                Some(b',' | b':' | b';' | b']') => self.at += 1,
                Some(_) => fields.extend(self.field(depth)),
            }
            self.at = self.at.max(before + usize::from(self.at == before));
        }
        Node { value: Value::Object(fields), span: Span::new(start, self.at) }
    }

    /// A name, a colon and a value; `None` for a name alone.
    fn field(&mut self, depth: usize) -> Option<(String, Node)> {
        let name = match self.value(DEPTH).value {
            Value::Words(name) | Value::Bare(name) => name,
            _ => return None,
        };
        self.space();
        if self.peek() != Some(b':') {
            return None;
        }
        self.at += 1;
        Some((name, self.value(depth + 1)))
    }

    fn array(&mut self, depth: usize) -> Node {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.space();
            let before = self.at;
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b'}') if depth > 0 => break,
                Some(b',' | b':' | b';' | b'}') => self.at += 1,
                Some(_) => items.push(self.value(depth + 1)),
            }
            self.at = self.at.max(before + usize::from(self.at == before));
        }
        Node { value: Value::Array(items), span: Span::new(start, self.at) }
    }

    /// Steps over what is nested too deep, by its brackets.
    fn too_deep(&mut self) -> Node {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                b'"' => {
                    self.string();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                break;
            }
        }
        Node { value: Value::Array(Vec::new()), span: Span::new(start, self.at) }
    }

    /// A value without marks, up to the next sign of structure.
    fn bare(&mut self) -> Node {
        let start = self.at;
        while self.peek().is_some_and(|byte| !b",:{}[]\"\n".contains(&byte)) {
            self.at += 1;
        }
        let words = self.source.get(start..self.at).unwrap_or_default().trim();
        Node { value: Value::Bare(words.to_owned()), span: Span::new(start, self.at) }
    }

    /// A string at its opening mark, and what stands between the marks.
    fn string(&mut self) -> (String, Span) {
        self.at += 1;
        let start = self.at;
        let mut words = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b'"' if self.closes() => {
                    let span = Span::new(start, self.at);
                    self.at += 1;
                    return (text(words), span);
                }
                b'\\' => self.escape(&mut words),
                byte => {
                    words.push(if byte < b' ' { b' ' } else { byte });
                    self.at += 1;
                }
            }
        }
        (text(words), Span::new(start, self.at))
    }

    /// Whether the mark here ends its string, by what follows it.
    fn closes(&self) -> bool {
        let rest = &self.bytes[self.at + 1..];
        let space = rest.iter().take(SPACE).take_while(|byte| byte.is_ascii_whitespace()).count();
        match rest.get(space) {
            Some(b',' | b':' | b'}' | b']' | b';' | b'/' | b'-' | b'<') | None => true,
            Some(b'"') => rest[..space].contains(&b'\n'),
            Some(_) => space == SPACE,
        }
    }

    fn escape(&mut self, words: &mut Vec<u8>) {
        let escaped = self.bytes.get(self.at + 1).copied();
        self.at = (self.at + 2).min(self.bytes.len());
        match escaped {
            Some(b'n' | b'r' | b't' | b'b' | b'f') => words.push(b' '),
            Some(b'u') => {
                let c = self.unicode();
                words.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Some(byte) => words.push(byte),
            None => {}
        }
    }

    /// The character of `\u1234` or of two that belong together; at the digits.
    fn unicode(&mut self) -> char {
        let Some(first) = self.digits(self.at) else { return '\u{FFFD}' };
        self.at += 4;
        let second = self.bytes[self.at..].starts_with(b"\\u").then(|| self.digits(self.at + 2)).flatten();
        if let (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) = (first, second) {
            self.at += 6;
            return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00)).unwrap_or('\u{FFFD}');
        }
        char::from_u32(first).unwrap_or('\u{FFFD}')
    }

    fn digits(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 4)?;
        digits.iter().try_fold(0, |number, &digit| Some(number * 16 + char::from(digit).to_digit(16)?))
    }
}

/// How far behind a mark what follows it is looked for, in bytes of white space.
const SPACE: usize = 200;

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|torn| String::from_utf8_lossy(torn.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(node: &Node) -> String {
        match &node.value {
            Value::Words(words) => format!("'{words}'"),
            Value::Bare(words) => words.clone(),
            Value::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(" ")),
            Value::Object(fields) => {
                let field = |(name, value): &(String, Node)| format!("{name}={}", shown(value));
                format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(" "))
            }
        }
    }

    fn check(source: &str, expected: &str) {
        let found = read(source, Span::new(0, source.len()));
        assert_eq!(found.iter().map(shown).collect::<Vec<_>>().join(" | "), expected);
    }

    #[test]
    fn strict() {
        check(r#"{"a": "x\ny", "b": [1, true, {"c": null}]}"#, "{a='x y' b=[1 true {c=null}]}");
        check(r#"["\u00e9\ud83d\ude00\"\/"]"#, "['é😀\"/']");
    }

    #[test]
    fn loose() {
        check("<!-- /*<![CDATA[*/ {\"a\": \"x\ty\",} /*]]>*/ -->", "{a='x y'}");
        check(
            "{\"a\": \"the \"old\" ferry\",\n\"b\": \"x\"\n\"c\": 1, // why\n}",
            "{a='the \"old\" ferry' b='x' c=1}",
        );
        check("{\"a\": 1}\n{\"b\": 2};", "{a=1} | {b=2}");
        check("{\"a\": [\"x\", {\"b\": \"y\"}", "{a=['x' {b='y'}]}");
        check("window.x = {a: 1, 'b'", "{a=1}");
        check("", "");
        check("]]}}{", "{}");
    }

    #[test]
    fn nests_without_end() {
        let deep = "[".repeat(100_000);
        assert_eq!(read(&deep, Span::new(0, deep.len())).len(), 1);
        let deep = "{\"a\":".repeat(100_000);
        assert_eq!(read(&deep, Span::new(0, deep.len())).len(), 1);
    }
}
