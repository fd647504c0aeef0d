//! JSON Lines: one report a line, an object with the fields `id outlet url date title text`, or `html` for `text`.
//!
//! In: a stream of the file. Out: one [`Received`] a line, its bytes those of the decoded field `html`, or of `text` where there is no
//! `html`; offsets found in it count bytes of that field. A line without either is an error of its own. One line at a time is held.

use crate::stream::Stream;
use crate::{Bytes, Error, Origin, json, too_large};
use serde::Deserialize;
use std::io::BufRead;
use variorum::model::Received;

/// How much longer a line may be than the report in it, in bytes: escapes and other fields.
const MARGIN: u64 = 16 << 20;

/// A line, as far as it is used.
#[derive(Deserialize)]
struct Line {
    #[serde(default, deserialize_with = "json::word")]
    id: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    #[serde(default, deserialize_with = "json::word")]
    date: Option<String>,
    title: Option<String>,
    text: Option<String>,
    html: Option<String>,
}

/// The reports of a file, in line order; blank lines are passed over.
pub struct Lines {
    stream: Stream<Bytes>,
    origin: Origin,
    limit: u64,
    from: u64,
    /// Of the line before, from 1.
    number: u64,
    line: Vec<u8>,
    is_done: bool,
}

impl Lines {
    /// The lines of `stream`, from its first whole one at or behind byte `from`; they are counted from the file's first.
    pub fn new(stream: Stream<Bytes>, origin: Origin, limit: u64, from: u64) -> Lines {
        Lines { stream, origin, limit, from, number: 0, line: Vec::new(), is_done: false }
    }

    /// Takes the next line, from `from` on; where it begins, and whether it is kept.
    fn take(&mut self) -> std::io::Result<Option<(u64, bool)>> {
        while self.stream.place() < self.from && !self.stream.is_done()? {
            self.stream.take_line(0, &mut self.line)?;
            self.number += 1;
        }
        if self.number == 0 && self.stream.peek(3)? == b"\xEF\xBB\xBF" {
            self.stream.consume(3);
        }
        let place = self.stream.place();
        let is_kept = self.stream.take_line(self.limit.saturating_mul(2) + MARGIN, &mut self.line)?;
        self.number += 1;
        Ok((self.stream.place() > place).then_some((place, is_kept)))
    }

    fn report(&self, place: u64, is_kept: bool) -> Result<Received, Error> {
        let number = self.number;
        let container = self.origin.container(place);
        let fault = |reason: String| Error::Line { place: container.clone(), line: number, reason };
        if !is_kept {
            return Err(fault(too_large(self.limit)));
        }
        let line: Line = serde_json::from_slice(self.line.trim_ascii())
            .map_err(|error| fault(format!("it is no object with a field `text` or `html`: {error}")))?;
        let html = line.html.filter(|html| !html.trim().is_empty());
        let (bytes, field, media) = match (html, line.text) {
            (Some(html), _) => (html, "html", Some("text/html".to_owned())),
            (None, Some(text)) => (text, "text", None),
            (None, None) => return Err(fault("it has no field `text` or `html`".to_owned())),
        };
        if bytes.len() as u64 > self.limit {
            return Err(fault(too_large(self.limit)));
        }
        Ok(Received {
            bytes: bytes.into_bytes(),
            path: Some(format!("{}:{number}", container.path)),
            id: line.id,
            url: line.url,
            outlet: line.outlet,
            title: line.title,
            date: line.date,
            media,
            container: Some(container),
            field: Some(field.to_owned()),
            ..Received::default()
        })
    }
}

impl Iterator for Lines {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            let before = self.stream.place();
            match self.take() {
                Ok(Some((_, true))) if self.line.trim_ascii().is_empty() => {}
                Ok(Some((place, is_kept))) => return Some(self.report(place, is_kept)),
                Ok(None) => self.is_done = true,
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(self.origin.broken(before, &error)));
                }
            }
        }
        None
    }
}
