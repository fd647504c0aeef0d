//! A page as UTF-8, for tools that take text: by byte order mark, `<meta charset>`, else detection.

use encoding_rs::{Encoding, UTF_8};

/// The page's text.
pub fn utf8(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => declared(bytes).unwrap_or_else(|| detected(bytes)),
    };
    encoding.decode(bytes).0.into_owned()
}

/// The encoding that follows `charset=` in the first 4 KB.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = head.windows(8).position(|window| window == b"charset=")? + 8;
    let label = head[at..].iter().skip_while(|byte| b"\"' ".contains(byte));
    let label: Vec<u8> =
        label.copied().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).collect();
    Encoding::for_label(&label)
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}
