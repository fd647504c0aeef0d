//! Undoes compression: gzip, zlib, raw deflate, Brotli, Zstandard.
//!
//! In: compressed bytes, whole or as a stream. Out: what was compressed. A decompression bomb ends with a message: no more than
//! a limit is ever held, and what grows beyond [`FREE`] must not be more than [`RATIO`] times as long as it was compressed.
//! Leaves: bzip2, xz, LZMA, `compress`.

use crate::stream::Stream;
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::io::{BufRead, Error, ErrorKind, Read};

/// How much may come out of any input, however short it is, in bytes.
pub const FREE: u64 = 16 << 20;

/// How many times longer than its input everything beyond [`FREE`] may be. Pages and lines of text come out 3 to 60 times
/// longer; bombs of gzip 1000 times, of other codings without end.
pub const RATIO: u64 = 250;

/// Largest window of Zstandard that is granted, as a power of two: 128 MiB, what the command line of zstd grants.
const WINDOW_LOG: u32 = 27;

/// Longest dictionary of Zstandard that is read, in bytes. Those of web archives have 100 kB to 1 MB.
const DICTIONARY: u64 = 32 << 20;

/// A way to compress.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Coding {
    Gzip,
    /// What HTTP calls deflate: zlib, or raw deflate from those who misread the standard.
    Deflate,
    Brotli,
    Zstandard,
}

impl Coding {
    /// The coding of an HTTP header's token; `None` for those unknown, and for `identity`.
    pub fn named(token: &str) -> Option<Coding> {
        Some(match token.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Coding::Gzip,
            "deflate" => Coding::Deflate,
            "br" => Coding::Brotli,
            "zstd" => Coding::Zstandard,
            _ => return None,
        })
    }

    /// What users know it as.
    pub fn name(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Deflate => "deflate",
            Coding::Brotli => "Brotli",
            Coding::Zstandard => "Zstandard",
        }
    }
}

/// The coding that a file is in, by its first bytes.
pub fn of_file(head: &[u8]) -> Option<Coding> {
    match head {
        [0x1F, 0x8B, 8, flags, ..] if flags & 0xE0 == 0 => Some(Coding::Gzip),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Coding::Zstandard),
        // A frame to be passed over, or the dictionary with which WARC files in Zstandard may begin.
        [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Coding::Zstandard),
        _ => None,
    }
}

/// All that `bytes` hold when `coding` is undone, at most `limit` bytes; `Err` says why not, as the end of a sentence.
pub fn decode(bytes: &[u8], coding: Coding, limit: u64) -> Result<Vec<u8>, (Vec<u8>, String)> {
    let mut out = Vec::new();
    match open(Stream::new(bytes, 0), coding, limit).and_then(|mut source| source.read_to_end(&mut out)) {
        Ok(_) => Ok(out),
        Err(error) => Err((out, reason(&error, coding))),
    }
}

/// What `source` holds when `coding` is undone, as a stream; it ends with an error beyond `limit` bytes.
pub fn open<'s, R: Read + Send + 's>(
    mut source: Stream<R>,
    coding: Coding,
    limit: u64,
) -> std::io::Result<Box<dyn Read + Send + 's>> {
    Ok(match coding {
        Coding::Gzip => Box::new(Members { source: Some(source), gzip: None, out: 0, start: 0, limit }),
        Coding::Deflate if is_zlib(source.peek(2)?) => {
            Box::new(Guard::new(ZlibDecoder::new(source), limit, |zlib| zlib.get_ref().place()))
        }
        Coding::Deflate => {
            Box::new(Guard::new(DeflateDecoder::new(source), limit, |raw| raw.get_ref().place()))
        }
        Coding::Brotli => {
            let brotli = brotli_decompressor::Decompressor::new(source, 4096);
            Box::new(Guard::new(brotli, limit, |brotli| brotli.get_ref().place()))
        }
        Coding::Zstandard => {
            let dictionary = dictionary(&mut source)?;
            let mut zstd = zstd::stream::read::Decoder::with_dictionary(source, &dictionary)?;
            zstd.window_log_max(WINDOW_LOG)?;
            Box::new(Guard::new(zstd, limit, |zstd| zstd.get_ref().place()))
        }
    })
}

/// The dictionary that `source` begins with, in the frame that WARC files have it in (https://iipc.github.io/warc-specifications,
/// "WARC file format with Zstandard"), itself compressed or not; empty where there is none.
fn dictionary<R: Read + Send>(source: &mut Stream<R>) -> std::io::Result<Vec<u8>> {
    let &[0x5D, 0x2A, 0x4D, 0x18, a, b, c, d] = source.peek(8)? else { return Ok(Vec::new()) };
    let length = u32::from_le_bytes([a, b, c, d]);
    if u64::from(length) > DICTIONARY {
        return Err(Error::other(format!("its dictionary is longer than {DICTIONARY} bytes")));
    }
    source.consume(8);
    let held = source.peek(length as usize)?.to_vec();
    if held.len() < length as usize {
        return Err(Error::other("its dictionary is cut off"));
    }
    source.consume(held.len());
    // Not also a frame with a dictionary: one could lie in the other without end.
    if !held.starts_with(b"\x28\xB5\x2F\xFD") {
        return Ok(held);
    }
    decode(&held, Coding::Zstandard, DICTIONARY)
        .map_err(|(_, why)| Error::other(format!("its dictionary cannot be read: {why}")))
}

/// Why something could not be decompressed, as the end of a sentence about it.
pub fn reason(error: &Error, coding: Coding) -> String {
    match error.kind() {
        ErrorKind::UnexpectedEof => format!("its {} data is cut off", coding.name()),
        ErrorKind::Other if is_bomb(error) => error.to_string(),
        _ => format!("its {} data is damaged: {error}", coding.name()),
    }
}

/// Whether `bytes` begin as zlib does: a method, and a sum that 31 divides.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..]
        if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

/// What ends a decompression bomb.
#[derive(Debug, thiserror::Error)]
enum Bomb {
    #[error("it decompresses to more than {0} bytes, the limit for one report")]
    Limit(u64),
    #[error("it decompresses to more than {RATIO} times its length, as a decompression bomb does")]
    Ratio,
}

fn is_bomb(error: &Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Bomb>())
}

/// Whether `out` bytes may have come out of `taken` bytes.
pub fn check(out: u64, taken: u64, limit: u64) -> std::io::Result<()> {
    if out > limit {
        return Err(Error::other(Bomb::Limit(limit)));
    }
    if out > FREE && out / RATIO > taken {
        return Err(Error::other(Bomb::Ratio));
    }
    Ok(())
}

/// Watches what comes out of a decoder.
struct Guard<D> {
    decoder: D,
    out: u64,
    limit: u64,
    start: u64,
    /// Place of the decoder in its input.
    place: fn(&D) -> u64,
}

impl<D> Guard<D> {
    fn new(decoder: D, limit: u64, place: fn(&D) -> u64) -> Guard<D> {
        let start = place(&decoder);
        Guard { decoder, out: 0, limit, start, place }
    }
}

impl<D: Read> Read for Guard<D> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.decoder.read(out)?;
        self.out += read as u64;
        check(self.out, (self.place)(&self.decoder) - self.start, self.limit)?;
        Ok(read)
    }
}

/// The members of a gzip file, one after the other; what follows the last and is none is passed over, as gzip does.
struct Members<R> {
    /// Between members.
    source: Option<Stream<R>>,
    /// Within one.
    gzip: Option<GzDecoder<Stream<R>>>,
    out: u64,
    start: u64,
    limit: u64,
}

impl<R: Read> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if let Some(gzip) = &mut self.gzip {
                let read = gzip.read(out)?;
                self.out += read as u64;
                check(self.out, gzip.get_ref().place() - self.start, self.limit)?;
                if read > 0 || out.is_empty() {
                    return Ok(read);
                }
                self.source = self.gzip.take().map(GzDecoder::into_inner);
            }
            let Some(mut source) = self.source.take() else { return Ok(0) };
            if of_file(source.peek(4)?) != Some(Coding::Gzip) {
                self.source = Some(source);
                return Ok(0);
            }
            self.gzip = Some(GzDecoder::new(source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    fn check(bytes: &[u8], coding: Coding, expected: Result<&str, &str>) {
        let found = decode(bytes, coding, 64 << 20);
        let shown =
            found.as_ref().map(|out| std::str::from_utf8(out).unwrap()).map_err(|(_, why)| why.as_str());
        assert_eq!(shown, expected);
    }

    #[test]
    fn codings_are_undone() {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(b"a report").unwrap();
        let zlib = zlib.finish().unwrap();
        check(&zlib, Coding::Deflate, Ok("a report"));
        check(&zlib[2..zlib.len() - 4], Coding::Deflate, Ok("a report"));
        let two = [gzip(b"one "), gzip(b"two"), b"\0\0".to_vec()].concat();
        check(&two, Coding::Gzip, Ok("one two"));
        check(b"\x0b\x02\x80hello\x03", Coding::Brotli, Ok("hello"));
        check(&zstd::encode_all(&b"a report"[..], 1).unwrap(), Coding::Zstandard, Ok("a report"));
    }

    #[test]
    fn damage_is_named() {
        let whole = gzip(b"a report that goes on");
        check(&whole[..whole.len() - 9], Coding::Gzip, Err("its gzip data is cut off"));
        let mut torn = whole.clone();
        let at = torn.len() - 6;
        torn[at] ^= 1;
        let (_, why) = decode(&torn, Coding::Gzip, 100).unwrap_err();
        assert!(why.starts_with("its gzip data is damaged"), "{why}");
    }

    #[test]
    fn bombs_do_not_go_off() {
        let bomb = gzip(&vec![0; 20 << 20]);
        let (out, why) = decode(&bomb, Coding::Gzip, 64 << 20).err().unwrap();
        assert_eq!(why, "it decompresses to more than 250 times its length, as a decompression bomb does");
        assert!(out.len() as u64 <= FREE + (1 << 20));
        let (_, why) = decode(&bomb, Coding::Gzip, 1000).err().unwrap();
        assert_eq!(why, "it decompresses to more than 1000 bytes, the limit for one report");
        let bomb = zstd::encode_all(&vec![0; 20 << 20][..], 1).unwrap();
        assert!(decode(&bomb, Coding::Zstandard, 64 << 20).is_err());
    }
}
