//! Looks into JSON text without reading all of it.
//!
//! In: JSON text, which may be cut off. Out: the text of single values. Whether it is valid is for serde_json to say.

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
pub fn elements(text: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut rest = text.strip_prefix(b"[").unwrap_or_default().trim_ascii_start();
    while !rest.is_empty() && !rest.starts_with(b"]") {
        let length = value_length(rest);
        if length == 0 {
            break;
        }
        found.push(&rest[..length]);
        rest = rest[length..].trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or_default().trim_ascii_start();
    }
    found
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
        let found: Vec<_> = elements(text.as_bytes())
            .into_iter()
            .map(|one| std::str::from_utf8(one).unwrap().trim())
            .collect();
        assert_eq!(found, [r#"{"a": [1, 2]}"#, r#""x,y""#, "3", "[]"]);
    }
}
