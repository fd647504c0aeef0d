//! The records of a WARC file (ISO 28500; 1.0, 1.1 and the drafts before), one after the other.
//!
//! In: the bytes of a WARC file that is not compressed, or of one compressed member. Out: [`Record`]s in order. A record whose
//! length does not hold, whose header cannot be read, or that is cut off comes as a [`Fault`]; reading goes on at the next
//! `WARC/` that begins a line and is followed by a header.
//! Leaves: records in segments (`continuation`), digests.

use crate::header::{self, Fields};
use crate::stream::Stream;
use std::io::{BufRead, Read};

/// Longest header of a record, in bytes.
const HEADER: usize = 64 << 10;

/// Within how many bytes a record shows that it is one: its version line, and the name of its first field.
pub const BEGINNING: usize = 512;

/// A record.
pub struct Record {
    /// Where it begins.
    pub place: u64,
    /// Its header.
    pub fields: Fields,
    /// Its content block.
    pub block: Vec<u8>,
}

/// Something that is no whole record.
#[derive(Debug)]
pub struct Fault {
    /// Where it begins.
    pub place: u64,
    /// What is wrong with it, as the end of a sentence about it.
    pub reason: String,
}

/// The next record; `None` at the end. Blocks longer than `limit` are faults; those of the types that `is_wanted` refuses are
/// left empty.
pub fn next<R: Read>(
    stream: &mut Stream<R>,
    limit: u64,
    is_wanted: &dyn Fn(&str) -> bool,
) -> std::io::Result<Option<Result<Record, Fault>>> {
    pass_blank(stream)?;
    let place = stream.place();
    if stream.is_done()? {
        return Ok(None);
    }
    let fault = |reason: String| Ok(Some(Err(Fault { place, reason })));
    // As strict as `resynchronise`, so that reading can begin again at every place it gives.
    if !is_beginning(stream.peek(BEGINNING)?) {
        let skipped = resynchronise(stream)?;
        return fault(format!("{skipped} bytes that belong to no record"));
    }
    let Some(header) = own_header(stream.peek(HEADER)?) else {
        stream.consume(5);
        resynchronise(stream)?;
        return fault("its header has no end".to_owned());
    };
    let fields = Fields::of(&stream.peek(header)?[..header]);
    let Some(Ok(length)) = fields.get("content-length").map(str::parse::<u64>) else {
        stream.consume(header);
        resynchronise(stream)?;
        return fault("its header states no length".to_owned());
    };
    if length > limit {
        stream.consume(header);
        resynchronise(stream)?;
        return fault(format!("its length is {length} bytes, more than {limit}, the limit for one report"));
    }
    let end = header + length as usize;
    if let Some(reason) = misfit(stream.peek(end + 9)?, header, end) {
        stream.consume(header);
        resynchronise(stream)?;
        return fault(reason);
    }
    let block = if is_wanted(fields.get("warc-type").unwrap_or_default()) {
        stream.peek(end)?[header..].to_vec()
    } else {
        Vec::new()
    };
    stream.consume(end);
    Ok(Some(Ok(Record { place, fields, block })))
}

/// Goes to the next line that begins a record, or to the end; how many bytes that took.
pub fn resynchronise<R: Read>(stream: &mut Stream<R>) -> std::io::Result<u64> {
    let from = stream.place();
    loop {
        let is_line = stream.place() == from;
        let shown = stream.peek(4 * HEADER)?;
        let is_last = shown.len() < 4 * HEADER;
        if let Some(at) = beginning(shown, is_line) {
            stream.consume(at);
            return Ok(stream.place() - from);
        }
        // The last bytes shown may be the first half of a beginning, with the line break before it.
        let taken = if is_last { shown.len() } else { shown.len() - BEGINNING };
        stream.consume(taken);
        if is_last {
            return Ok(stream.place() - from);
        }
    }
}

/// Where in `bytes` a record begins: a version line, and behind it a header line. `is_line` says that they begin with a line.
fn beginning(bytes: &[u8], is_line: bool) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|&byte| byte == b'W').map(|at| at + from) {
        let is_begun = if at == 0 { is_line } else { bytes[at - 1] == b'\n' };
        if is_begun && is_beginning(&bytes[at..]) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Whether `bytes` begin with a version line and a header line, within [`BEGINNING`] bytes: what is shown further on must
/// not make another answer.
pub fn is_beginning(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(BEGINNING)];
    let Some(rest) = bytes.strip_prefix(b"WARC/") else { return false };
    let version = rest.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let rest = rest[version..].strip_prefix(b"\r").unwrap_or(&rest[version..]);
    version > 0
        && rest.strip_prefix(b"\n").is_some_and(|line| {
            let name = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
            name > 0 && line.get(name) == Some(&b':')
        })
}

/// Takes line breaks, and zero bytes that fill a block.
fn pass_blank<R: Read>(stream: &mut Stream<R>) -> std::io::Result<()> {
    while stream.peek(1)?.first().is_some_and(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
        stream.consume(1);
    }
    Ok(())
}

/// Length of the header of the record that `bytes` begin with; `None` where the next record begins before it ends. A row of
/// headers without end would else be searched once for each of them.
fn own_header(bytes: &[u8]) -> Option<usize> {
    let next = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let end = next.into_iter().find(|&at| {
        bytes[at..].starts_with(b"\n") || bytes[at..].starts_with(b"\r\n") || is_beginning(&bytes[at..])
    })?;
    header::length(&bytes[..bytes.len().min(end + 2)])
}

/// Why a block from `header` to `end` of `shown` cannot be that: it is cut off, or something else than the end of a record
/// follows it. `shown` goes nine bytes further unless the file ends.
fn misfit(shown: &[u8], header: usize, end: usize) -> Option<String> {
    if shown.len() < end {
        let (stated, there) = (end - header, shown.len() - header);
        return Some(format!(
            "it is cut off, or its length is wrong: {stated} bytes are stated, {there} are there"
        ));
    }
    let rest = &shown[end..];
    let is_closed = rest.starts_with(b"\r\n\r\n") || rest.starts_with(b"\n\n");
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let is_followed = rest[breaks..].is_empty() || rest[breaks..].starts_with(b"WARC/");
    (!is_closed && !is_followed)
        .then(|| format!("its length is wrong: no record ends {} bytes behind its header", end - header))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of `text`, each as its place and its block, or the fault.
    fn check(text: &str, expected: &[&str]) {
        let mut stream = Stream::new(text.as_bytes(), 0);
        let mut found = Vec::new();
        while let Some(next) = next(&mut stream, 1000, &|kind| kind != "request").unwrap() {
            found.push(match next {
                Ok(record) => format!("{} {}", record.place, String::from_utf8_lossy(&record.block)),
                Err(fault) => format!("{} ! {}", fault.place, fault.reason),
            });
        }
        assert_eq!(found, expected, "{text}");
    }

    fn record(length: usize, block: &str) -> String {
        format!("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n")
    }

    #[test]
    fn records_follow_each_other() {
        check(
            &[record(3, "one"), record(0, ""), record(5, "t\nw\no")].concat(),
            &["0 one", "59 ", "115 t\nw\no"],
        );
        check("WARC/1.1\nWARC-Type: request\nContent-Length: 2\n\nno\n\n", &["0 "]);
        check("", &[]);
        check(record(3, "one").trim_end(), &["0 one"]);
    }

    #[test]
    fn a_fault_ends_at_the_next_record() {
        let three = record(3, "two");
        check(
            &format!("{}rubbish WARC/1.0\r\n{three}", record(3, "one")),
            &["0 one", "59 ! 18 bytes that belong to no record", "77 two"],
        );
        check(
            &[record(2, "one"), record(3, "two")].concat(),
            &["0 ! its length is wrong: no record ends 2 bytes behind its header", "59 two"],
        );
        check(
            &[record(900, "one"), record(3, "two")].concat(),
            &["0 ! it is cut off, or its length is wrong: 900 bytes are stated, 66 are there", "61 two"],
        );
        check(
            &[record(5000, "one"), record(3, "two")].concat(),
            &["0 ! its length is 5000 bytes, more than 1000, the limit for one report", "62 two"],
        );
        check(
            &["WARC/1.0\r\nWARC-Type: resource\r\n\r\nno", &record(3, "two")].concat(),
            &["0 ! its header states no length"],
        );
    }

    #[test]
    fn what_does_not_show_soon_that_it_is_a_record_is_none() {
        for long in [
            format!("WARC/1.0\r\n{}: x\r\nContent-Length: 0\r\n\r\n", "A".repeat(600)),
            format!("WARC/{}\r\nA: x\r\nContent-Length: 0\r\n\r\n", "1".repeat(600)),
        ] {
            let fault = format!("0 ! {} bytes that belong to no record", long.len());
            check(&[long.clone(), record(3, "two")].concat(), &[&fault, &format!("{} two", long.len())]);
        }
        let long = format!("WARC/1.0\r\nWARC-Target-URI: {}\r\n", "a".repeat(600));
        check(&record(3, "two").replace("WARC/1.0\r\n", &long), &["0 two"]);
    }

    #[test]
    fn the_next_record_is_found_wherever_the_stretches_looked_through_part() {
        let around = |place: usize| place - 80..place + 3;
        for before in around(4 * HEADER - BEGINNING).chain(around(4 * HEADER)) {
            let text = [&"x".repeat(before - 1), "\n", &record(3, "two")].concat();
            let mut stream = Stream::new(text.as_bytes(), 0);
            assert_eq!(resynchronise(&mut stream).unwrap(), before as u64);
        }
        // What no line begins with is no record.
        let text = ["x".repeat(4 * HEADER - BEGINNING), record(3, "two"), "x".repeat(BEGINNING)].concat();
        let mut stream = Stream::new(text.as_bytes(), 0);
        assert_eq!(resynchronise(&mut stream).unwrap(), text.len() as u64);
    }
}
