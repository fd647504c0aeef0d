//! JSON Lines: one report a line, an object with the fields `id outlet url date title text`, or `html` for `text`.
//!
//! In: a stream of the file. Out: one [`Received`] a line, its bytes those of the decoded field `html`, or of `text` where there is no
//! `html`; offsets found in it count bytes of that field. A line without either is an error of its own. One line at a time is held.

use crate::stream::Stream;
use crate::{Bytes, Error, Origin};
use serde::Deserialize;
use std::io::BufRead;
use variorum::model::Received;

/// How much longer a line may be than the report in it, in bytes: escapes and other fields.
const MARGIN: u64 = 16 << 20;

/// A line, as far as it is used.
#[derive(Deserialize)]
struct Line {
    id: Option<Name>,
    outlet: Option<String>,
    url: Option<String>,
    date: Option<Name>,
    title: Option<String>,
    text: Option<String>,
    html: Option<String>,
}

/// A word or a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Word(String),
    Number(serde_json::Number),
}

impl Name {
    fn into_words(self) -> String {
        match self {
            Name::Word(word) => word,
            Name::Number(number) => number.to_string(),
        }
    }
}

/// The reports of a file, in line order; blank lines are passed over.
pub struct Lines {
    stream: Stream<Bytes>,
    origin: Origin,
    limit: u64,
    /// Of the line before, from 1.
    number: u64,
    line: Vec<u8>,
    is_done: bool,
}

impl Lines {
    /// The lines of `stream`, from its first whole one at or behind byte `from`.
    pub fn new(stream: Stream<Bytes>, origin: Origin, limit: u64, from: u64) -> Lines {
        let mut lines = Lines { stream, origin, limit, number: 0, line: Vec::new(), is_done: false };
        while lines.stream.place() < from && !lines.is_done {
            // The error, if there is one, comes again.
            lines.is_done = lines.stream.take_line(0, &mut lines.line).is_err()
                || lines.stream.is_done().is_ok_and(|done| done);
            lines.number += 1;
        }
        lines
    }

    fn report(&mut self, place: u64, is_kept: bool) -> Result<Received, Error> {
        let path = format!("{}:{}", self.origin.path, self.number);
        if !is_kept {
            return Err(Error::TooLarge { path, limit: self.limit });
        }
        let fault =
            |reason: String| Error::Line { path: self.origin.path.clone(), line: self.number, reason };
        let line: Line =
            serde_json::from_slice(self.line.trim_ascii()).map_err(|error| fault(error.to_string()))?;
        let html = line.html.filter(|html| !html.trim().is_empty());
        let (bytes, field, media) = match (html, line.text) {
            (Some(html), _) => (html, "html", Some("text/html".to_owned())),
            (None, Some(text)) => (text, "text", None),
            (None, None) => return Err(fault("it has no field `text` or `html`".to_owned())),
        };
        if bytes.len() as u64 > self.limit {
            return Err(Error::TooLarge { path, limit: self.limit });
        }
        Ok(Received {
            bytes: bytes.into_bytes(),
            path: Some(path),
            id: line.id.map(Name::into_words),
            url: line.url,
            outlet: line.outlet,
            title: line.title,
            date: line.date.map(Name::into_words),
            media,
            container: Some(self.origin.container(place)),
            field: Some(field.to_owned()),
            ..Received::default()
        })
    }
}

impl Iterator for Lines {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            if self.number == 0 && self.stream.peek(3).is_ok_and(|head| head == b"\xEF\xBB\xBF") {
                self.stream.consume(3);
            }
            let place = self.stream.place();
            let taken = self.stream.take_line(self.limit.saturating_mul(2) + MARGIN, &mut self.line);
            self.number += 1;
            match taken {
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(self.origin.broken(place, &error)));
                }
                Ok(_) if self.stream.place() == place => self.is_done = true,
                Ok(true) if self.line.trim_ascii().is_empty() => {}
                Ok(is_kept) => return Some(self.report(place, is_kept)),
            }
        }
        None
    }
}
