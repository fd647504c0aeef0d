//! Looks into JSON text without reading all of it.
//!
//! In: JSON text, which may be cut off. Out: the text of single values. Whether it is valid is for serde_json to say.

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt::Formatter;
use std::ops::Range;

/// The text of the member `name` of the object that `text` begins with, as far as it is there.
pub fn member<'t>(text: &'t [u8], name: &str) -> Option<&'t [u8]> {
    let mut rest = text.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start();
    while rest.starts_with(b"\"") {
        let key = &rest[..value_length(rest)];
        rest = rest[key.len()..].trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        let value = &rest[..value_length(rest)];
        if key.len() >= 2 && &key[1..key.len() - 1] == name.as_bytes() {
            return Some(value);
        }
        rest = rest[value.len()..].trim_ascii_start();
        rest = rest.strip_prefix(b",")?.trim_ascii_start();
    }
    None
}

/// The texts of the elements of the array that `text` begins with.
pub fn elements(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = usize::from(text.starts_with(b"["));
    std::iter::from_fn(move || {
        let found = element(text, at).filter(|_| at > 0)?;
        at = found.end;
        Some(&text[found])
    })
}

/// Where in `text` an array's next element stands. What is before `at` ends with the array's bracket or the element before.
pub fn element(text: &[u8], at: usize) -> Option<Range<usize>> {
    let rest = text[at..].trim_ascii_start();
    let rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
    let begin = text.len() - rest.len();
    let length = value_length(rest);
    (length > 0).then(|| begin..begin + length)
}

/// Reads a word, or a number as it is written; anything else is passed over.
pub fn word<'d, D: Deserializer<'d>>(source: D) -> Result<Option<String>, D::Error> {
    source.deserialize_any(Word)
}

/// What [`word`] reads with; nothing of what is passed over is kept.
struct Word;

impl<'d> Visitor<'d> for Word {
    type Value = Option<String>;

    fn expecting(&self, words: &mut Formatter) -> std::fmt::Result {
        words.write_str("a word or a number")
    }

    fn visit_str<E>(self, word: &str) -> Result<Option<String>, E> {
        Ok(Some(word.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Option<String>, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Option<String>, E> {
        Ok(serde_json::Number::from_f64(number).map(|number| number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'d>>(self, mut all: A) -> Result<Option<String>, A::Error> {
        while all.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'d>>(self, mut all: A) -> Result<Option<String>, A::Error> {
        while all.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// Length of the value that `text` begins with: to its closing mark or bracket, or to what parts it from the next.
fn value_length(text: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut is_string = false;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'\\' if is_string => at += 1,
            b'"' => is_string = !is_string,
            _ if is_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => depth -= 1,
            b',' | b':' if depth == 0 => return at,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 1;
        let is_closed = !is_string && depth == 0 && matches!(text.get(at - 1), Some(b'"' | b'}' | b']'));
        if is_closed {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, expected: Option<&str>) {
        let found = member(text.as_bytes(), name).map(|value| std::str::from_utf8(value).unwrap().trim());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn members_are_found_at_the_top_only() {
        check(r#"{"a": "x\"y", "b": [1, {"c": 2}], "c": 3}"#, "c", Some("3"));
        check(r#"{"a": "x\"y", "b": [1, {"c": 2}]}"#, "b", Some(r#"[1, {"c": 2}]"#));
        check(r#"{"a": "x\"y"}"#, "a", Some(r#""x\"y""#));
        check(r#"{"a": {"c": 2}}"#, "c", None);
        check(r#"{"a": "cut o"#, "a", Some(r#""cut o"#));
        check("{", "a", None);
        check("{\"a", "a", None);
        check("{\"", "a", None);
        check("[1]", "a", None);
    }

    #[test]
    fn elements_are_parted() {
        let text = r#"[{"a": [1, 2]}, "x,y", 3 ,[]]"#;
        let found: Vec<_> =
            elements(text.as_bytes()).map(|one| std::str::from_utf8(one).unwrap().trim()).collect();
        assert_eq!(found, [r#"{"a": [1, 2]}"#, r#""x,y""#, "3", "[]"]);
    }

    #[test]
    fn words_are_read_and_nothing_else() {
        #[derive(serde::Deserialize)]
        struct One {
            #[serde(default, deserialize_with = "word")]
            a: Option<String>,
        }
        for (value, expected) in [
            ("\"x\"", Some("x")),
            ("7", Some("7")),
            ("-7", Some("-7")),
            ("1.5", Some("1.5")),
            ("null", None),
            ("true", None),
            ("[1, [2]]", None),
            ("{\"a\": 1}", None),
        ] {
            let one: One = serde_json::from_str(&format!("{{\"a\": {value}}}")).unwrap();
            assert_eq!(one.a.as_deref(), expected, "{value}");
        }
        assert!(serde_json::from_str::<One>("{}").unwrap().a.is_none());
    }
}
