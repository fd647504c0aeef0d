//! Header fields, as WARC records, HTTP answers and mail have them: `Name: value`, one a line, up to a blank line.
//!
//! In: bytes that begin with a header. Out: its length, its [`Fields`], the parameters of a value. Cannot fail: what is no field is
//! passed over.

/// How much of a header is read, in bytes. No real one is so long; what is said behind it is not heard.
const MOST: usize = 1 << 20;

/// The fields of a header, in order: names in lower case, values trimmed.
#[derive(Debug)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Those of `header`. Lines that begin with space continue the one before; a first line without a colon is no field.
    pub fn of(header: &[u8]) -> Fields {
        let header = &header[..header.len().min(MOST)];
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in String::from_utf8_lossy(header).lines() {
            match (line.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (Some((name, value)), _) => {
                    fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
                }
                (None, _) => {}
            }
        }
        Fields(fields)
    }

    /// The value of the first field `name` (in lower case).
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Length of the header that `bytes` begin with, the blank line behind it included; `None` when it has no end.
pub fn length(bytes: &[u8]) -> Option<usize> {
    let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    breaks.map(|(at, _)| at + 1).find_map(|at| match &bytes[at..] {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    })
}

/// What the parameter `name` of a value says, as in `text/html; charset="utf-8"`; `None` when it says nothing.
pub fn parameter<'v>(value: &'v str, name: &str) -> Option<&'v str> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (own, behind) = rest.split_once(['=', ';']).unwrap_or((rest, ""));
        let is_stated = rest.as_bytes().get(own.len()) == Some(&b'=');
        let (stated, after) = if is_stated { stated(behind) } else { ("", behind) };
        if own.trim().eq_ignore_ascii_case(name) && !stated.is_empty() {
            return Some(stated);
        }
        if after.is_empty() {
            return None;
        }
        rest = after;
    }
}

/// The value that `text` begins with, and what follows the semicolon behind it. One in quotes may hold semicolons.
fn stated(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (value, behind) = match text.strip_prefix('"').and_then(|inner| inner.split_once('"')) {
        Some((quoted, behind)) => (quoted, behind),
        None => ("", text),
    };
    let (unquoted, after) = behind.split_once(';').unwrap_or((behind, ""));
    (if value.is_empty() { unquoted.trim().trim_matches('"') } else { value }, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name() {
        let fields = Fields::of(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n\tcharset=x\r\nrubbish\r\nA:\r\n\r\n",
        );
        assert_eq!(fields.get("content-type"), Some("text/html; charset=x"));
        assert_eq!((fields.get("a"), fields.get("b")), (Some(""), None));
        assert_eq!(length(b"A: b\r\n\r\nrest"), Some(8));
        assert_eq!(length(b"A: b\n\nrest"), Some(6));
        assert_eq!(length(b"A: b\r\nrest"), None);
    }

    #[test]
    fn parameters_are_found_by_name() {
        let check =
            |value: &str, expected: Option<&str>| assert_eq!(parameter(value, "b"), expected, "{value}");
        check("x/y; a=1; B = 2 ;c", Some("2"));
        check("x/y; a=\"1; b=3\"; b=\"2;2\"", Some("2;2"));
        check("x/y; a; b=2", Some("2"));
        check("x/y;b=\"2", Some("2"));
        check("x/y; b=; b=\"\"", None);
        check("x/y; b", None);
        check("b=2", None);
    }
}
