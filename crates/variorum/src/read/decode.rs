//! Turns bytes into text, with the way back.
//!
//! In: the bytes as received. Out: [`Decoded`]: text, [`SourceMap`], and a note where the reading was in doubt; or the
//! reason why there is no text. Order of evidence, as the HTML standard has it: byte order mark, then the character set
//! that the HTTP header states, then the one that an HTML `meta` or an XML declaration names, then detection (chardetng).
//! Bytes that are valid UTF-8 contradict any other statement, and win. Text that is UTF-8 but for a few
//! bytes stays UTF-8, and those bytes are read as windows-1252, which is what they nearly always are.
//! The names and meanings of character sets are those of the WHATWG Encoding Standard (encoding_rs).
//! Leaves: text that was decoded wrongly before it got here ("â€œ") is passed on as it is.

use crate::model::{Piece, SourceMap};
use crate::span::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far from its beginning a source is looked at to tell what it is, in bytes.
const HEAD: usize = 64 << 10;

/// Largest source that is read, in bytes: places count in 32 bits, and a byte may become three.
const GREATEST: usize = u32::MAX as usize / 3;

/// Share of control characters from which a source is no text, in percent of the bytes looked at.
const CONTROL_PERCENT: usize = 5;

/// Text with its map, or the reason why there is none.
pub struct Decoded {
    /// The text.
    pub text: String,
    /// From the text to the source.
    pub map: SourceMap,
    /// What the reader should know.
    pub note: Option<String>,
}

/// The text of `bytes`; `stated` is the character set as an HTTP header names it.
///
/// `Err` gives the reason as the end of a sentence about the source: "is empty", "looks binary (PNG image)".
pub fn decode(bytes: Vec<u8>, stated: Option<&str>) -> Result<Decoded, String> {
    let decoded = decode_any(bytes, stated)?;
    // A byte order mark alone is nothing, either.
    let is_nothing = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    if decoded.text.chars().all(is_nothing) { Err("is empty".to_owned()) } else { Ok(decoded) }
}

/// The same of bytes that may hold nothing but space.
fn decode_any(bytes: Vec<u8>, stated: Option<&str>) -> Result<Decoded, String> {
    if bytes.len() > GREATEST {
        return Err(format!("is larger than {GREATEST} bytes, the most that one report may have"));
    }
    if let Some(format) = magic(&bytes) {
        return Err(format!("looks binary ({format})"));
    }
    if let Some((encoding, skip)) = wide(&bytes) {
        return Ok(transcode(&bytes, encoding, skip, None));
    }
    let stated = stated.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = stated.filter(|&encoding| escapes(&bytes, encoding)) {
        return Ok(transcode(&bytes, encoding, 0, Some(remark(encoding, "as the server states"))));
    }
    if control_share(&bytes) >= CONTROL_PERCENT {
        return Err("looks binary (control characters)".to_owned());
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, map: SourceMap::default(), note: None }),
        Err(error) => error.into_bytes(),
    };
    Ok(decode_invalid(&bytes, stated))
}

/// Formats that people hand in by mistake, by their first bytes.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: [(&[u8], &str); 13] = [
        (b"\x89PNG", "PNG image"),
        (b"\xFF\xD8\xFF", "JPEG image"),
        (b"GIF8", "GIF image"),
        (b"%PDF-", "PDF document"),
        (b"PK\x03\x04", "ZIP archive or office document"),
        (b"\x1F\x8B", "gzip archive"),
        (b"BZh9", "bzip2 archive"),
        (b"\xFD7zXZ", "xz archive"),
        (b"\x28\xB5\x2F\xFD", "Zstandard archive"),
        (b"7z\xBC\xAF", "7z archive"),
        (b"\x7FELF", "program"),
        (b"SQLite format 3\0", "SQLite file"),
        (b"\xD0\xCF\x11\xE0", "office document"),
    ];
    FORMATS.iter().find(|(first, _)| bytes.starts_with(first)).map(|&(_, format)| format)
}

/// UTF-16, by its mark or by its zero bytes, and the length of the mark.
fn wide(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Some((UTF_16LE, 2));
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Some((UTF_16BE, 2));
    }
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    if !head.contains(&0) {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    // Western text in UTF-16 has a zero in nearly every second byte, and hardly one in the others.
    let is_mostly = |zeros: usize| head.len() >= 8 && zeros * 10 > head.len() * 3;
    let is_rare = |zeros: usize| zeros * 50 < head.len();
    match (zeros(0), zeros(1)) {
        (even, odd) if is_rare(even) && is_mostly(odd) => Some((UTF_16LE, 0)),
        (even, odd) if is_mostly(even) && is_rare(odd) => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// Control characters that no text needs, in percent of the head.
fn control_share(bytes: &[u8]) -> usize {
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_control = |byte: u8| {
        (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') & (byte != 0x0C) & (byte != 0x1B)
    };
    // Counted in bytes, which many are added of at a time; 255 of them cannot overflow.
    let counted = |part: &[u8]| part.iter().map(|&byte| u8::from(is_control(byte))).sum::<u8>();
    let controls: usize = head.chunks(255).map(|part| usize::from(counted(part))).sum();
    controls * 100 / head.len().max(1)
}

/// Text that is not UTF-8 throughout.
fn decode_invalid(bytes: &[u8], stated: Option<&'static Encoding>) -> Decoded {
    let stated = stated.filter(|encoding| encoding.is_single_byte() || holds(bytes, encoding));
    let declared = stated.or_else(|| declared(bytes));
    let (valid, invalid) = sequences(bytes);
    if declared == Some(UTF_8) || (valid > 0 && valid >= invalid) {
        return mend(bytes, invalid);
    }
    let (encoding, how) = match declared {
        Some(encoding) if stated.is_some() => (encoding, "as the server states"),
        Some(encoding) => (encoding, "as it declares"),
        None => (detect(bytes), "by detection"),
    };
    transcode(bytes, encoding, 0, Some(remark(encoding, how)))
}

/// The remark about a character set other than UTF-8.
fn remark(encoding: &'static Encoding, how: &str) -> String {
    format!("is not UTF-8; read as {}, {how}", encoding.name())
}

/// Whether `bytes` are in `encoding`, one of those that look like other text: ISO-2022-JP is all ASCII with escape
/// sequences, UTF-16 without a mark in a script other than Latin has few zero bytes.
fn escapes(bytes: &[u8], encoding: &'static Encoding) -> bool {
    if encoding == ISO_2022_JP {
        return bytes.windows(2).any(|pair| pair == b"\x1B$") && holds(bytes, encoding);
    }
    (encoding == UTF_16LE || encoding == UTF_16BE)
        && !bytes.is_ascii()
        && std::str::from_utf8(bytes).is_err()
        && holds(bytes, encoding)
}

/// Whether nearly all of `bytes` are characters of `encoding`: fewer than one in a hundred are not.
fn holds(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = encoding.decode_without_bom_handling(head).0;
    let torn = text.chars().filter(|&c| c == '\u{FFFD}').count();
    torn * 100 <= text.chars().filter(|c| !c.is_ascii()).count().max(1)
}

/// The character set that an XML declaration or an HTML `meta` names, within the first 1024 bytes as the HTML
/// standard has it; a little further here, as pages often begin with comments.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String =
        bytes[..bytes.len().min(4096)].iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let declares = |at: &usize| {
        let tag = head[..*at].rfind('<').map_or("", |tag| &head[tag..]);
        tag.starts_with("<meta") || tag.starts_with("<?xml")
    };
    let ends = |name: &'static str| head.match_indices(name).map(move |(at, name)| at + name.len());
    let at = ["charset=", "encoding="].into_iter().find_map(|name| ends(name).find(declares))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|&c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page that says UTF-16 in bytes that could be read so far is not.
    (encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = &bytes[..bytes.len().min(16 * HEAD)];
    // A character cut at the end of the head would speak against its own character set.
    detector.feed(head, head.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// How many characters beyond ASCII are valid UTF-8, and how many stretches are not.
fn sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(valid, invalid), chunk| {
        let wide = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (valid + wide, invalid + usize::from(!chunk.invalid().is_empty()))
    })
}

/// UTF-8 with a few bytes that are not.
fn mend(bytes: &[u8], invalid: usize) -> Decoded {
    let mut made = Made::default();
    for chunk in bytes.utf8_chunks() {
        made.push(chunk.valid(), chunk.valid().len());
        match chunk.invalid() {
            [] => {}
            [byte] if *byte >= 0x80 && made.source + 1 < bytes.len() => {
                let read =
                    WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte)).0.into_owned();
                made.push(&read, 1);
            }
            torn => made.push("\u{FFFD}", torn.len()),
        }
    }
    let places = if invalid == 1 { "one place is".to_owned() } else { format!("{invalid} places are") };
    made.done(Some(format!("{places} not UTF-8; read as windows-1252 where that gives a character")))
}

/// `bytes` from `skip` on in `encoding`. Fed byte by byte wherever a character takes more than one, so that each
/// character's own bytes are known.
fn transcode(bytes: &[u8], encoding: &'static Encoding, skip: usize, note: Option<String>) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut made = Made { source: skip, ..Made::default() };
    let mut at = skip;
    let mut pending = 0;
    let mut out = [0_u8; 32];
    while at < bytes.len() {
        if pending == 0 && encoding.is_ascii_compatible() {
            let run = bytes[at..].iter().take_while(|byte| byte.is_ascii()).count();
            made.push(std::str::from_utf8(&bytes[at..at + run]).unwrap_or_default(), run);
            at += run;
        }
        let Some(byte) = bytes.get(at) else { break };
        let last = at + 1 == bytes.len();
        let (_, _, written, _) = decoder.decode_to_utf8(std::slice::from_ref(byte), &mut out, last);
        at += 1;
        pending += 1;
        if written > 0 {
            push_character(
                &mut made,
                std::str::from_utf8(&out[..written]).unwrap_or("\u{FFFD}"),
                pending,
                *byte,
            );
            pending = 0;
        }
    }
    made.done(note)
}

/// Adds what the last `length` bytes were read as. A torn character and the ASCII that tore it come together, and are
/// kept apart.
fn push_character(made: &mut Made, words: &str, length: usize, last: u8) {
    match words
        .strip_suffix(char::from(last))
        .filter(|torn| last.is_ascii() && !torn.is_empty() && length > 1)
    {
        Some(torn) => {
            made.push(torn, length - 1);
            made.push(&words[torn.len()..], 1);
        }
        None => made.push(words, length),
    }
}

/// Text and map as they grow.
#[derive(Default)]
pub(super) struct Made {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) source: usize,
}

impl Made {
    /// Adds `words`, read from the next `length` bytes of the source. Neighbours of equal length on both sides join.
    pub(super) fn push(&mut self, words: &str, length: usize) {
        if words.is_empty() {
            self.source += length;
            return;
        }
        let start = self.text.len();
        self.text.push_str(words);
        let piece = Piece {
            text: Span::new(start, self.text.len()),
            source: Span::new(self.source, self.source + length),
        };
        self.source += length;
        join(&mut self.pieces, piece);
    }

    fn done(self, note: Option<String>) -> Decoded {
        Decoded { text: self.text, map: SourceMap { pieces: self.pieces }, note }
    }
}

/// Adds `piece`, or lengthens the last one when both map byte by byte and touch.
pub(super) fn join(pieces: &mut Vec<Piece>, piece: Piece) {
    let is_plain = |piece: &Piece| piece.text.len() == piece.source.len();
    match pieces.last_mut() {
        Some(last)
            if is_plain(last)
                && is_plain(&piece)
                && last.text.end() == piece.text.start()
                && last.source.end() == piece.source.start() =>
        {
            last.text = last.text.cover(piece.text);
            last.source = last.source.cover(piece.source);
        }
        _ => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes `bytes` and holds every character against the bytes it is said to come from.
    fn check(bytes: &[u8], expected: &str) -> Decoded {
        check_stated(bytes, None, expected)
    }

    /// The same with the character set that a server states.
    fn check_stated(bytes: &[u8], stated: Option<&str>, expected: &str) -> Decoded {
        let decoded = decode(bytes.to_vec(), stated).expect("text");
        assert_eq!(decoded.text, expected);
        for (at, c) in decoded.text.char_indices() {
            let source = decoded.map.to_source(Span::new(at, at + c.len_utf8()));
            assert!(!source.is_empty() && source.end() <= bytes.len(), "{c:?} maps to {source:?}");
            if c.is_ascii() && decoded.map.is_identity() {
                assert_eq!(bytes[source.start()], c as u8);
            }
        }
        decoded
    }

    #[test]
    fn utf8_is_left_as_it_is() {
        let decoded = check("The café — “open”.".as_bytes(), "The café — “open”.");
        assert!(decoded.map.is_identity() && decoded.note.is_none());
        check("\u{FEFF}Text".as_bytes(), "\u{FEFF}Text");
    }

    #[test]
    fn other_character_sets_map_back() {
        let decoded = check(
            b"The caf\xE9 was \x93open\x94, said Ren\xE9 in the caf\xE9.",
            "The café was “open”, said René in the café.",
        );
        let at = decoded.text.find("said").unwrap();
        assert_eq!(decoded.map.to_source(Span::new(at, at + 4)), Span::new(21, 25));
        assert_eq!(decoded.map.to_text(Span::new(21, 25)), Some(Span::new(at, at + 4)));
        assert!(decoded.note.unwrap().contains("windows-1252"));
        check(b"<meta charset=\"iso-8859-2\"><p>\xA3\xF3d\xBC", "<meta charset=\"iso-8859-2\"><p>Łódź");
        check(b"<meta charset=shift_jis><p>\x93\xFA\x96{", "<meta charset=shift_jis><p>日本");
        // What a script is written in says nothing of the page.
        let page = b"<script charset=utf-8></script><meta charset=\"iso-8859-2\"><p>\xA3\xF3d\xBC";
        check(page, "<script charset=utf-8></script><meta charset=\"iso-8859-2\"><p>Łódź");
    }

    #[test]
    fn what_the_server_states_counts_before_what_the_page_declares_unless_the_bytes_contradict_it() {
        let page = b"<meta charset=iso-8859-1><p>\xC1\xE5\xF0\xE5\xE3";
        check(page, "<meta charset=iso-8859-1><p>Áåðåã");
        let decoded = check_stated(page, Some("windows-1251"), "<meta charset=iso-8859-1><p>Берег");
        assert!(decoded.note.unwrap().contains("as the server states"));
        check_stated("The café.".as_bytes(), Some("iso-8859-1"), "The café.");
        check_stated(b"The caf\xE9 of Ren\xE9.", Some("utf-8"), "The café of René.");
        check_stated(b"The caf\xE9 of Ren\xE9.", Some("no-such-set"), "The café of René.");
        check_stated(b"\x1B$BF|K\\\x1B(B", Some("iso-2022-jp"), "日本");
        let wide: Vec<u8> = "日本の新聞".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check_stated(&wide, Some("utf-16be"), "日本の新聞");
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(wide("Ana “Bo” 🙂"));
        let decoded = check(&marked, "Ana “Bo” 🙂");
        assert_eq!(decoded.map.to_source(Span::new(0, 3)), Span::new(2, 8));
        assert_eq!(decoded.map.to_text(Span::new(2, 8)), Some(Span::new(0, 3)));
        assert_eq!(decoded.map.to_text(Span::new(0, 8)), None);
        check(&wide("A plain report."), "A plain report.");
    }

    #[test]
    fn a_few_broken_bytes_do_not_make_it_another_character_set() {
        let mut bytes = "“One” – “two” – “three”: it".as_bytes().to_vec();
        bytes.extend(b"\x92s late");
        let decoded = check(&bytes, "“One” – “two” – “three”: it’s late");
        assert!(decoded.note.unwrap().starts_with("one place is not UTF-8"));
        check(&"“One”".as_bytes()[..8], "“One\u{FFFD}");
    }

    #[test]
    fn what_is_no_text_is_said_so() {
        let refused = |bytes: &[u8]| decode(bytes.to_vec(), None).err().unwrap_or_default();
        assert_eq!(refused(b""), "is empty");
        assert_eq!(refused(b" \n\n"), "is empty");
        assert_eq!(refused(b"\xFE\xFF"), "is empty");
        assert_eq!(refused(b"\xEF\xBB\xBF\n"), "is empty");
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n"), "looks binary (PNG image)");
        assert_eq!(refused(&[1, 2, 3, 0, 0, 65, 66]), "looks binary (control characters)");
        assert!(decode(b"A text with one \0 in it, and many words besides.".to_vec(), None).is_ok());
    }
}
