//! JSON Lines: one report a line, an object with the fields `id outlet url date title text`.
//!
//! In: a file's bytes. Out: one [`Received`] a line, its bytes those of the decoded `text` field; offsets found in it
//! count bytes of that field. Only `text` must be there; a line without it is an error of its own.

use crate::Error;
use serde::Deserialize;
use variorum::model::Received;

/// A line, as far as it is used.
#[derive(Deserialize)]
struct Line {
    id: Option<Name>,
    outlet: Option<String>,
    url: Option<String>,
    date: Option<String>,
    title: Option<String>,
    text: String,
}

/// An id may be a word or a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Word(String),
    Number(serde_json::Number),
}

/// Whether `bytes` begin with a line that is an object with a `text` field.
pub fn is_jsonl(bytes: &[u8]) -> bool {
    let words = bytes.trim_ascii_start();
    words.first() == Some(&b'{')
        && words.split(|&byte| byte == b'\n').next().is_some_and(|line| parse(line).is_ok())
}

/// The reports of `bytes`, in line order; blank lines are passed over.
pub fn reports(path: &str, bytes: &[u8]) -> Vec<Result<Received, Error>> {
    bytes
        .split(|&byte| byte == b'\n')
        .enumerate()
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(at, line)| {
            parse(line).map(|line| received(path, at + 1, line)).map_err(|error| Error::Line {
                path: path.to_owned(),
                line: at + 1,
                reason: error.to_string(),
            })
        })
        .collect()
}

fn parse(line: &[u8]) -> serde_json::Result<Line> {
    serde_json::from_slice(line)
}

fn received(path: &str, number: usize, line: Line) -> Received {
    Received {
        bytes: line.text.into_bytes(),
        path: Some(format!("{path}:{number}")),
        id: line.id.map(|id| match id {
            Name::Word(word) => word,
            Name::Number(number) => number.to_string(),
        }),
        url: line.url,
        outlet: line.outlet,
        title: line.title,
        date: line.date,
        field: Some("text".to_owned()),
        ..Received::default()
    }
}
