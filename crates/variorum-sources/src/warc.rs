//! WARC files as Common Crawl and others publish them: plain, or with each record in a gzip member of its own.
//!
//! In: a stream of the file. Out: one [`Received`] for each record that holds a page: `response` records over HTTP with a status
//! of 2xx and text in them, `resource` and `conversion` records with text. Other records are passed over and counted, those with
//! answers of other protocols (`text/dns`), too. Each report's
//! place is that of its record, and reading can begin at any place of the file: it goes on at the next record.
//! A damaged member is left out whole, also when its sum alone does not hold; reading goes on at the next member that begins a record.
//! Leaves: `revisit` and `continuation` records, digests, anything but HTTP in `response` records.

use crate::coding::{self, Coding};
use crate::header::Fields;
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
    /// Where the rest cannot be read, which is still to be said.
    Broken(u64, std::io::Error),
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

/// How the records of a file are compressed.
#[derive(Copy, Clone, PartialEq, Eq)]
pub enum Form {
    /// Not one by one.
    Plain,
    /// Each in a gzip member.
    Members,
}

/// A record in its place, or what is wrong there.
type Found = Result<(Container, Record), Error>;

impl Warc {
    /// The reports of `stream`, from the first record at or behind byte `from`.
    pub fn new(
        stream: Stream<Bytes>,
        origin: Origin,
        limit: u64,
        tally: Arc<Tally>,
        form: Form,
        from: u64,
    ) -> Warc {
        Warc { origin, state: entered(stream, form, from), limit, tally }
    }

    /// The next record or fault; `None` at the end.
    fn record(&mut self) -> Option<Found> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return None,
                State::Broken(place, error) => return Some(Err(self.origin.broken(place, &error))),
                State::Plain(mut stream) => {
                    let place = stream.place();
                    return match records::next(&mut stream, self.limit + MARGIN, &is_wanted) {
                        Ok(None) => None,
                        Ok(Some(found)) => {
                            self.state = State::Plain(stream);
                            Some(placed(found, |place| self.origin.container(place)))
                        }
                        Err(error) => Some(Err(self.origin.broken(place, &error))),
                    };
                }
                State::Between(stream) => {
                    if let Some(fault) = self.enter(stream) {
                        return Some(Err(fault));
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
    fn enter(&mut self, mut stream: Stream<Bytes>) -> Option<Error> {
        let place = stream.place();
        let is_member = match stream.peek(4) {
            Ok([]) => return None,
            Ok(head) => coding::of_file(head) == Some(Coding::Gzip),
            Err(error) => return Some(self.origin.broken(place, &error)),
        };
        if is_member {
            stream.mark();
            let member = Member { gzip: GzDecoder::new(stream), start: place, out: 0 };
            self.state = State::Inside(place, Box::new(Stream::new(member, 0)));
            return None;
        }
        let is_filling = is_filling(&mut stream);
        let skipped = self.next_member(stream);
        let reason = format!("{} bytes that belong to no record", skipped?);
        (!is_filling).then(|| Error::Record { place: self.origin.inside(place, 0), reason })
    }

    /// Goes on at the next member that begins a record; how many bytes that took, `None` where the file cannot be read.
    fn next_member(&mut self, mut stream: Stream<Bytes>) -> Option<u64> {
        match next_member(&mut stream) {
            Ok(skipped) => {
                self.state = State::Between(stream);
                Some(skipped)
            }
            Err(error) => {
                self.state = State::Broken(stream.place(), error);
                None
            }
        }
    }

    /// The next record of the member that begins at `start`; `None` at its end.
    fn inside(&mut self, start: u64, mut member: Box<Stream<Member>>) -> Option<Found> {
        let within = member.place();
        match records::next(&mut member, self.limit + MARGIN, &is_wanted) {
            Ok(Some(found)) => {
                self.state = State::Inside(start, member);
                Some(placed(found, |within| self.origin.inside(start, within)))
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
                self.next_member(stream);
                let reason = coding::reason(&error, Coding::Gzip);
                Some(Err(Error::Record { place: self.origin.inside(start, within), reason }))
            }
        }
    }

    /// The report that `record` holds; `None` when it holds none.
    fn report(&self, place: Container, record: Record) -> Option<Result<Received, Error>> {
        let page = match self.page(&record.fields, record.block) {
            Ok(page) => page,
            Err(Left::Passed(why)) => {
                self.tally.pass(why);
                return None;
            }
            Err(Left::Damaged(reason)) => return Some(Err(Error::Record { place, reason })),
        };
        if page.bytes.len() as u64 > self.limit {
            return Some(Err(Error::too_large(place, self.limit)));
        }
        let field = |name: &str| record.fields.get(name);
        let bare = |name: &str| field(name).map(|value| value.trim_matches(['<', '>']).to_owned());
        Some(Ok(Received {
            bytes: page.bytes,
            path: Some(crate::shown(&place)),
            id: bare("warc-record-id"),
            url: bare("warc-target-uri"),
            media: page.media,
            charset: page.charset,
            container: Some(place),
            ..Received::default()
        }))
    }

    /// The page that a record with these fields holds in `block`.
    fn page(&self, fields: &Fields, block: Vec<u8>) -> Result<Page, Left> {
        let (media, charset) = fields.get("content-type").map(http::media).unwrap_or_default();
        let is_cut = fields.get("warc-truncated").is_some();
        let page = match fields.get("warc-type") {
            Some("response") => self.answer(block, media.as_deref(), is_cut)?,
            Some("resource" | "conversion") => Page { bytes: block, media, charset },
            _ => return Err(Left::Passed(Passed::Other)),
        };
        let is_text = is_text(page.media.as_deref()).unwrap_or_else(|| is_page(&page.bytes));
        if is_text { Ok(page) } else { Err(Left::Passed(Passed::NoText)) }
    }

    /// The page that came as an answer of the type `stated`, `application/http` unless it is of another protocol.
    fn answer(&self, block: Vec<u8>, stated: Option<&str>, is_cut: bool) -> Result<Page, Left> {
        let is_http = matches!(stated, None | Some("application/http" | "message/http"));
        let answer = http::parse(block).ok_or(match is_http {
            true => Left::Damaged("it holds no HTTP answer".to_owned()),
            false => Left::Passed(Passed::Refused),
        })?;
        if answer.status.is_some_and(|status| !(200..300).contains(&status)) {
            return Err(Left::Passed(Passed::Refused));
        }
        let (media, charset) = answer.media();
        // Images and films need not be decompressed to be passed over.
        if is_text(media.as_deref()) == Some(false) {
            return Err(Left::Passed(Passed::NoText));
        }
        let bytes = answer.page(self.limit, is_cut).map_err(Left::Damaged)?;
        Ok(Page { bytes, media, charset })
    }
}

/// What a record holds.
struct Page {
    bytes: Vec<u8>,
    media: Option<String>,
    charset: Option<String>,
}

/// Why a record gives no page.
enum Left {
    Passed(Passed),
    /// What is wrong, as the end of a sentence about it.
    Damaged(String),
}

/// Where reading begins that begins at or behind byte `from`.
fn entered(mut stream: Stream<Bytes>, form: Form, from: u64) -> State {
    let entered = stream.pass_to(from).and_then(|()| match form {
        _ if from == 0 => Ok(0),
        Form::Plain => records::resynchronise(&mut stream),
        Form::Members => next_member(&mut stream),
    });
    match (entered, form) {
        (Err(error), _) => State::Broken(stream.place(), error),
        (Ok(_), Form::Plain) => State::Plain(stream),
        (Ok(_), Form::Members) => State::Between(stream),
    }
}

impl Iterator for Warc {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let found = match self.record()? {
                Ok((place, record)) => self.report(place, record),
                Err(error) => Some(Err(error)),
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

/// What was found, with its place in the file.
fn placed(found: Result<Record, Fault>, container: impl Fn(u64) -> Container) -> Found {
    match found {
        Ok(record) => Ok((container(record.place), record)),
        Err(fault) => Err(Error::Record { place: container(fault.place), reason: fault.reason }),
    }
}

/// Whether something of this type is text; `None` where the type says nothing.
fn is_text(media: Option<&str>) -> Option<bool> {
    match media {
        Some("text/html" | "application/xhtml+xml" | "text/plain") => Some(true),
        None | Some("application/octet-stream" | "unknown/unknown" | "application/unknown") => None,
        Some(_) => Some(false),
    }
}

/// Whether `bytes` begin as a page does.
fn is_page(bytes: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<article"].iter().any(|tag| begin.contains(tag))
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
