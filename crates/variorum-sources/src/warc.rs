//! WARC files as Common Crawl and others publish them: plain, or with each record in a gzip member of its own.
//!
//! In: a stream of the file. Out: one [`Received`] for each record that holds a page: `response` records over HTTP with a status
//! of 2xx and text in them, `resource` and `conversion` records with text. Other records are passed over and counted. Each report's
//! place is that of its record, and reading can begin at any place of the file: it goes on at the next record.
//! A damaged member is left out whole, also when its sum alone does not hold; reading goes on at the next member that begins a record.
//! Leaves: `revisit` and `continuation` records, digests, anything but HTTP in `response` records.

use crate::coding::{self, Coding};
use crate::records::{self, Fault, Record};
use crate::stream::Stream;
use crate::tally::{Passed, Tally};
use crate::{Bytes, Error, Origin, http};
use flate2::bufread::GzDecoder;
use std::io::{BufRead, Read};
use std::sync::Arc;
use variorum::model::{Container, Received};

/// How much may stand around a page in its record: header lines of the record and of the answer, in bytes.
const MARGIN: u64 = 1 << 20;

/// The reports of a WARC file.
pub struct Warc {
    origin: Origin,
    state: State,
    limit: u64,
    tally: Arc<Tally>,
}

/// Where in the file reading stands.
enum State {
    /// Among records that are not compressed one by one.
    Plain(Stream<Bytes>),
    /// Between members.
    Between(Stream<Bytes>),
    /// Within the member that begins at the place.
    Inside(u64, Box<Stream<Member>>),
    Done,
}

/// One gzip member, watched for what comes out of it.
struct Member {
    gzip: GzDecoder<Stream<Bytes>>,
    start: u64,
    out: u64,
}

impl Read for Member {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.gzip.read(out)?;
        self.out += read as u64;
        // A member may hold a whole file, so that only its ratio is limited.
        coding::check(self.out, self.gzip.get_ref().place() - self.start, u64::MAX)?;
        Ok(read)
    }
}

impl Warc {
    /// The reports of `stream`, which is not compressed. `is_inside` says that it does not begin with a record.
    pub fn plain(
        mut stream: Stream<Bytes>,
        origin: Origin,
        limit: u64,
        tally: Arc<Tally>,
        is_inside: bool,
    ) -> Warc {
        let is_readable = !is_inside || records::resynchronise(&mut stream).is_ok();
        let state = if is_readable { State::Plain(stream) } else { State::Done };
        Warc { origin, state, limit, tally }
    }

    /// The reports of `stream`, which is a row of gzip members.
    pub fn members(
        mut stream: Stream<Bytes>,
        origin: Origin,
        limit: u64,
        tally: Arc<Tally>,
        is_inside: bool,
    ) -> Warc {
        let is_readable = !is_inside || next_member(&mut stream).is_ok();
        let state = if is_readable { State::Between(stream) } else { State::Done };
        Warc { origin, state, limit, tally }
    }

    /// The next record or fault with its place; `None` at the end.
    fn record(&mut self) -> Option<(Container, Result<Record, String>)> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return None,
                State::Plain(mut stream) => {
                    let place = stream.place();
                    let next = records::next(&mut stream, self.limit + MARGIN, &is_wanted);
                    return match next {
                        Ok(None) => None,
                        Ok(Some(found)) => {
                            self.state = State::Plain(stream);
                            let (place, found) = split(found);
                            Some((self.origin.container(place), found))
                        }
                        Err(error) => Some((self.origin.container(place), Err(error.to_string()))),
                    };
                }
                State::Between(stream) => {
                    if let Some(fault) = self.enter(stream) {
                        return Some(fault);
                    }
                }
                State::Inside(start, stream) => {
                    if let Some(found) = self.inside(start, stream) {
                        return Some(found);
                    }
                }
            }
        }
    }

    /// Goes into the next member; a fault where something else stands.
    fn enter(&mut self, mut stream: Stream<Bytes>) -> Option<(Container, Result<Record, String>)> {
        let place = stream.place();
        let fault = |reason: String| Some((self.origin.container(place), Err(reason)));
        let is_member = match stream.peek(4) {
            Ok([]) => return None,
            Ok(head) => coding::of_file(head) == Some(Coding::Gzip),
            Err(error) => return fault(error.to_string()),
        };
        if is_member {
            stream.mark();
            let member = Member { gzip: GzDecoder::new(stream), start: place, out: 0 };
            self.state = State::Inside(place, Box::new(Stream::new(member, 0)));
            return None;
        }
        let is_filling = is_filling(&mut stream);
        let skipped = next_member(&mut stream);
        self.state = State::Between(stream);
        match skipped {
            Ok(_) if is_filling => None,
            Ok(skipped) => fault(format!("{skipped} bytes that belong to no record")),
            Err(error) => {
                self.state = State::Done;
                fault(error.to_string())
            }
        }
    }

    /// The next record of the member that begins at `start`; `None` at its end.
    fn inside(
        &mut self,
        start: u64,
        mut member: Box<Stream<Member>>,
    ) -> Option<(Container, Result<Record, String>)> {
        let within = member.place();
        match records::next(&mut member, self.limit + MARGIN, &is_wanted) {
            Ok(Some(found)) => {
                let (within, found) = split(found);
                self.state = State::Inside(start, member);
                Some((self.origin.inside(start, within), found))
            }
            Ok(None) => {
                self.state = State::Between(member.into_source().gzip.into_inner());
                None
            }
            Err(error) => {
                let mut stream = member.into_source().gzip.into_inner();
                stream.rewind();
                if stream.place() == start {
                    stream.consume(1);
                }
                if next_member(&mut stream).is_ok() {
                    self.state = State::Between(stream);
                }
                Some((self.origin.inside(start, within), Err(coding::reason(&error, Coding::Gzip))))
            }
        }
    }

    /// The report that `record` holds; `None` when it holds none.
    fn report(&self, place: Container, record: Record) -> Option<Result<Received, Error>> {
        let kind = record.field("warc-type").unwrap_or_default();
        let stated = record.field("content-type").map(http::media).unwrap_or_default();
        let is_cut = record.field("warc-truncated").is_some();
        let read = match kind {
            "response" => match http::parse(&record.block) {
                None => Err("it holds no HTTP answer".to_owned()),
                Some(answer) if answer.status.is_some_and(|status| !(200..300).contains(&status)) => {
                    self.tally.pass(Passed::Refused);
                    return None;
                }
                Some(answer) => answer.page(self.limit, is_cut).map(|page| (page, answer.media())),
            },
            "resource" | "conversion" => Ok((record.block.clone(), stated)),
            _ => {
                self.tally.pass(Passed::Other);
                return None;
            }
        };
        let (bytes, (media, charset)) = match read {
            Ok(read) => read,
            Err(reason) => return Some(Err(Error::Record { place, reason })),
        };
        if !is_text(media.as_deref(), &bytes) {
            self.tally.pass(Passed::NoText);
            return None;
        }
        if bytes.len() as u64 > self.limit {
            let reason = format!("it is larger than {} bytes, the limit for one report", self.limit);
            return Some(Err(Error::Record { place, reason }));
        }
        let bare = |name: &str| record.field(name).map(|value| value.trim_matches(['<', '>']).to_owned());
        Some(Ok(Received {
            bytes,
            path: Some(crate::shown(&place)),
            id: bare("warc-record-id"),
            url: bare("warc-target-uri"),
            media,
            charset,
            container: Some(place),
            ..Received::default()
        }))
    }
}

impl Iterator for Warc {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let found = match self.record()? {
                (place, Ok(record)) => self.report(place, record),
                (place, Err(reason)) => Some(Err(Error::Record { place, reason })),
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// Record types whose content is looked at.
fn is_wanted(kind: &str) -> bool {
    matches!(kind, "response" | "resource" | "conversion")
}

fn split(found: Result<Record, Fault>) -> (u64, Result<Record, String>) {
    match found {
        Ok(record) => (record.place, Ok(record)),
        Err(fault) => (fault.place, Err(fault.reason)),
    }
}

/// Whether a page is text: by its type, or by its first bytes where the type says nothing.
fn is_text(media: Option<&str>, bytes: &[u8]) -> bool {
    match media {
        Some("text/html" | "application/xhtml+xml" | "text/plain") => true,
        None | Some("application/octet-stream" | "unknown/unknown" | "application/unknown") => {
            let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
            ["<!doctype html", "<html", "<head", "<body", "<article"].iter().any(|tag| begin.contains(tag))
        }
        Some(_) => false,
    }
}

/// Whether only line breaks and zero bytes are left of what is shown: the end of a file that was filled up.
fn is_filling(stream: &mut Stream<Bytes>) -> bool {
    stream.peek(512).is_ok_and(|shown| shown.iter().all(|byte| matches!(byte, 0 | b'\r' | b'\n')))
}

/// Goes to the next gzip member that begins with a record, or to the end; how many bytes that took.
fn next_member(stream: &mut Stream<Bytes>) -> std::io::Result<u64> {
    /// How much is looked through at a time, in bytes.
    const LOOK: usize = 64 << 10;
    /// How much of a member is read to see whether it begins with a record, in bytes: its header and 64 bytes compressed.
    const BEGINNING: usize = 1 << 10;
    let from = stream.place();
    loop {
        let shown = stream.peek(2 * LOOK)?;
        let is_last = shown.len() < 2 * LOOK;
        let searched = if is_last { shown.len() } else { LOOK };
        let candidates = (0..searched).filter(|&at| coding::of_file(&shown[at..]) == Some(Coding::Gzip));
        let begins = |at: usize| is_record(&shown[at..shown.len().min(at + BEGINNING)]);
        if let Some(at) = candidates.into_iter().find(|&at| begins(at)) {
            stream.consume(at);
            return Ok(stream.place() - from);
        }
        stream.consume(searched);
        if is_last {
            return Ok(stream.place() - from);
        }
    }
}

/// Whether a gzip member begins with a record.
pub fn is_record(bytes: &[u8]) -> bool {
    let mut head = [0; 64];
    let mut gzip = GzDecoder::new(bytes);
    let mut length = 0;
    while length < head.len() {
        match gzip.read(&mut head[length..]) {
            Ok(read) if read > 0 => length += read,
            _ => break,
        }
    }
    records::is_beginning(&head[..length])
}
