//! Bytes that can be looked at before they are read, and that know their place.
//!
//! In: anything to read from. Out: [`Stream`], which shows what comes next without taking it, counts what was taken, and can
//! go back to a mark. Holds no more than was asked to be shown, and what lies behind the mark.

use std::io::{BufRead, ErrorKind, Read};

/// How much is read at a time, in bytes.
const CHUNK: usize = 64 << 10;

/// How far behind the reader a mark is kept, in bytes: more than any page takes compressed. Beyond it the mark is given up.
const MARK_REACH: usize = 16 << 20;

/// Capacity that a buffer keeps once it is empty, in bytes.
const KEPT: usize = 4 << 20;

/// Bytes with a place.
pub struct Stream<R> {
    source: R,
    buffer: Vec<u8>,
    /// First byte of the buffer that has not been taken.
    start: usize,
    /// Place of the buffer's first byte.
    base: u64,
    /// Byte of the buffer to which [`Stream::rewind`] goes back.
    mark: Option<usize>,
    is_at_end: bool,
    /// What went wrong behind the bytes that are there.
    error: Option<std::io::Error>,
}

impl<R: Read> Stream<R> {
    /// `source`, whose next byte is the one at `place`.
    pub fn new(source: R, place: u64) -> Stream<R> {
        Stream {
            source,
            buffer: Vec::new(),
            start: 0,
            base: place,
            mark: None,
            is_at_end: false,
            error: None,
        }
    }

    /// The source itself; what was shown and not taken is lost.
    pub fn into_source(self) -> R {
        self.source
    }

    /// Place of the next byte.
    pub fn place(&self) -> u64 {
        self.base + self.start as u64
    }

    /// The next `length` bytes, fewer at the end.
    pub fn peek(&mut self, length: usize) -> std::io::Result<&[u8]> {
        while self.buffer.len() - self.start < length && !self.is_at_end {
            self.fill(length)?;
        }
        let end = self.buffer.len().min(self.start.saturating_add(length));
        Ok(&self.buffer[self.start..end])
    }

    /// The same, but what goes wrong behind the first byte comes only when it is reached.
    pub fn head(&mut self, length: usize) -> std::io::Result<&[u8]> {
        while self.buffer.len() - self.start < length && !self.is_at_end {
            match self.fill(length) {
                Err(error) if self.buffer.len() > self.start => {
                    self.error = Some(error);
                    break;
                }
                filled => filled?,
            }
        }
        let end = self.buffer.len().min(self.start.saturating_add(length));
        Ok(&self.buffer[self.start..end])
    }

    /// Whether nothing is left.
    pub fn is_done(&mut self) -> std::io::Result<bool> {
        Ok(self.peek(1)?.is_empty())
    }

    /// Takes what stands before the byte `place`, or all there is.
    pub fn pass_to(&mut self, place: u64) -> std::io::Result<()> {
        while self.place() < place && !self.is_done()? {
            let missing = usize::try_from(place - self.place()).unwrap_or(usize::MAX);
            self.consume(missing);
        }
        Ok(())
    }

    /// Remembers the next byte.
    pub fn mark(&mut self) {
        self.mark = Some(self.start);
    }

    /// Goes back to the mark, if it still holds.
    pub fn rewind(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.start = mark;
        }
    }

    /// Takes all bytes up to the next line break, it included, into `line`. `false` when they are more than `limit`: then
    /// they are taken, too, but not kept.
    pub fn take_line(&mut self, limit: u64, line: &mut Vec<u8>) -> std::io::Result<bool> {
        line.clear();
        let mut is_kept = true;
        loop {
            let shown = self.fill_buf()?;
            let end = shown.iter().position(|&byte| byte == b'\n').map(|at| at + 1);
            let length = end.unwrap_or(shown.len());
            if length as u64 + line.len() as u64 > limit {
                is_kept = false;
                line.clear();
            } else if is_kept {
                line.extend_from_slice(&shown[..length]);
            }
            self.consume(length);
            if end.is_some() || length == 0 {
                return Ok(is_kept);
            }
        }
    }

    /// Reads on, at least one byte unless there is none.
    fn fill(&mut self, wanted: usize) -> std::io::Result<()> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        self.compact();
        let length = self.buffer.len();
        let missing = wanted.saturating_sub(length - self.start);
        self.buffer.resize(length + missing.clamp(CHUNK, 16 * CHUNK), 0);
        let read = loop {
            match self.source.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(length + *read.as_ref().unwrap_or(&0));
        self.is_at_end = read? == 0;
        Ok(())
    }

    /// Drops what was taken, once it is the larger part.
    fn compact(&mut self) {
        if self.mark.is_some_and(|mark| self.start - mark > MARK_REACH) {
            self.mark = None;
        }
        let from = self.mark.unwrap_or(self.start);
        if from * 2 < self.buffer.len() {
            return;
        }
        self.buffer.drain(..from);
        self.base += from as u64;
        self.start -= from;
        self.mark = self.mark.map(|mark| mark - from);
        if self.buffer.len() < CHUNK && self.buffer.capacity() > KEPT {
            self.buffer.shrink_to(CHUNK);
        }
    }
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let shown = self.fill_buf()?;
        let length = shown.len().min(out.len());
        out[..length].copy_from_slice(&shown[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Stream<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.peek(1)?;
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, length: usize) {
        self.start = self.buffer.len().min(self.start + length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_not_taken() {
        let bytes: Vec<u8> = (0..300_000_u32).map(|at| (at % 251) as u8).collect();
        let mut stream = Stream::new(&bytes[..], 1000);
        assert_eq!(stream.peek(3).unwrap(), [0, 1, 2]);
        assert_eq!(stream.place(), 1000);
        assert_eq!(stream.peek(100_000).unwrap().len(), 100_000);
        stream.consume(100_000);
        assert!(stream.peek(150_000).unwrap() == &bytes[100_000..250_000]);
        stream.mark();
        stream.consume(150_000);
        assert_eq!((stream.place(), stream.peek(9).unwrap()[0]), (251_000, bytes[250_000]));
        stream.rewind();
        assert_eq!((stream.place(), stream.peek(9).unwrap()[0]), (101_000, bytes[100_000]));
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert!(rest == bytes[100_000..]);
        assert!(stream.is_done().unwrap());
    }

    #[test]
    fn a_line_too_long_is_passed_over() {
        let mut stream = Stream::new(&b"one\nmuch too long\ntwo"[..], 0);
        let mut line = Vec::new();
        let mut take = || (stream.take_line(5, &mut line).unwrap(), String::from_utf8(line.clone()).unwrap());
        assert_eq!(take(), (true, "one\n".to_owned()));
        assert_eq!(take(), (false, String::new()));
        assert_eq!(take(), (true, "two".to_owned()));
        assert_eq!(take(), (true, String::new()));
    }
}
