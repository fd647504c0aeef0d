//! Finds the quotation marks of a stretch of text, in every shape news texts carry them.
//!
//! In: a text and a span of it. Out: [`Mark`]s in text order: typographic, straight and doubled single marks, LaTeX
//! habits, HTML entities left in the text, UTF-8 read as another character set, and question marks or replacement
//! characters that stand where marks stood. Apostrophes inside words, feet and inches written with primes are no marks.
//! Leaves: which mark opens and which closes (`pairing`).

use crate::span::Span;
use std::cell::LazyCell;

/// Which family of marks pairs with which.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Double,
    Single,
    Angle,
}

/// Which way the mark itself points.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// “ ‘ «
    Left,
    /// ” ’ »
    Right,
    /// „ ‚
    Low,
    /// " '
    Straight,
}

/// One mark with what stands on both sides of it.
#[derive(Copy, Clone, Debug)]
pub struct Mark {
    pub span: Span,
    pub shape: Shape,
    pub side: Side,
    /// Character before; a line break at the beginning of the stretch.
    pub before: char,
    /// Character behind; a line break at the end of the stretch.
    pub after: char,
}

impl Mark {
    /// Whether it stands where an opening mark stands: space or a bracket before, words behind.
    pub fn can_open(&self) -> bool {
        (self.before.is_whitespace() || is_opener(self.before))
            && !self.after.is_whitespace()
            && !is_stop(self.after)
    }

    /// Whether it stands where a closing mark stands: words before, space or punctuation behind.
    pub fn can_close(&self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '—'
            | '–'
            | '-'
            | '/'
            | '“'
            | '‘'
            | '"'
            | '\''
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '¿'
            | '¡'
            | '>'
            | '…'
    )
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | ')' | ']' | '?' | '!')
}

/// Marks written with several characters, longest first: as in the text, shape, side.
const SPELLED: &[(&str, Shape, Side)] = &[
    ("&ldquo;", Shape::Double, Side::Left),
    ("&rdquo;", Shape::Double, Side::Right),
    ("&bdquo;", Shape::Double, Side::Low),
    ("&quot;", Shape::Double, Side::Straight),
    ("&#34;", Shape::Double, Side::Straight),
    ("&#034;", Shape::Double, Side::Straight),
    ("&#x22;", Shape::Double, Side::Straight),
    ("&#8220;", Shape::Double, Side::Left),
    ("&#8221;", Shape::Double, Side::Right),
    ("&#x201C;", Shape::Double, Side::Left),
    ("&#x201D;", Shape::Double, Side::Right),
    ("&#x201c;", Shape::Double, Side::Left),
    ("&#x201d;", Shape::Double, Side::Right),
    ("&#147;", Shape::Double, Side::Left),
    ("&#148;", Shape::Double, Side::Right),
    ("&lsquo;", Shape::Single, Side::Left),
    ("&rsquo;", Shape::Single, Side::Right),
    ("&apos;", Shape::Single, Side::Straight),
    ("&#39;", Shape::Single, Side::Straight),
    ("&#039;", Shape::Single, Side::Straight),
    ("&#x27;", Shape::Single, Side::Straight),
    ("&#8216;", Shape::Single, Side::Left),
    ("&#8217;", Shape::Single, Side::Right),
    ("&laquo;", Shape::Angle, Side::Left),
    ("&raquo;", Shape::Angle, Side::Right),
    ("&#171;", Shape::Angle, Side::Left),
    ("&#187;", Shape::Angle, Side::Right),
    ("â€œ", Shape::Double, Side::Left),
    ("â€\u{9d}", Shape::Double, Side::Right),
    ("â€ž", Shape::Double, Side::Low),
    ("â€˜", Shape::Single, Side::Left),
    ("â€™", Shape::Single, Side::Right),
    ("Â«", Shape::Angle, Side::Left),
    ("Â»", Shape::Angle, Side::Right),
    ("''", Shape::Double, Side::Straight),
    ("``", Shape::Double, Side::Left),
    ("‘‘", Shape::Double, Side::Left),
    ("’’", Shape::Double, Side::Right),
    (",,", Shape::Double, Side::Low),
];

/// Mis-encoded characters that hold the bytes of a mark and are none.
const NO_MARKS: &[&str] = &["â€“", "â€”", "â€\u{93}", "â€\u{94}", "â€¦", "â€¢", "â€‹"];

/// The marks of `span` in `text`.
pub fn scan(text: &str, span: Span) -> Vec<Mark> {
    let words = span.of(text);
    let mut marks: Vec<Mark> = Vec::new();
    let lost = LazyCell::new(|| Lost::of(words));
    let mut at = 0;
    let mut before = '\n';
    loop {
        let plain = plain(&words.as_bytes()[at..]);
        if plain > 0 {
            at += plain;
            before = char::from(words.as_bytes()[at - 1]);
        }
        let Some(c) = words[at..].chars().next() else { break };
        let found = mark_at(words, at, c, before, &lost);
        let len = match found {
            Some(Found::Mark(len, shape, side)) => {
                let after = words[at + len..].chars().next().unwrap_or('\n');
                let mark = Mark {
                    span: Span::new(span.start() + at, span.start() + at + len),
                    shape,
                    side,
                    before,
                    after,
                };
                if !is_apostrophe(&mark) && !is_prime(words, at, &mark) {
                    marks.push(mark);
                }
                len
            }
            Some(Found::Nothing(len)) => len,
            None => c.len_utf8(),
        };
        before = words[at..at + len].chars().next_back().unwrap_or(c);
        if let Some(Found::Mark(_, _, side)) = found
            && len > c.len_utf8()
        {
            before = if side == Side::Right { '”' } else { '“' };
        }
        at += len;
    }
    marks
}

/// How many bytes `words` begin with that are of ASCII and neither are a mark, nor begin one, nor may stand in the place of one;
/// many are looked at at once.
fn plain(words: &[u8]) -> usize {
    const STEP: usize = 16;
    let odd = |byte: &u8| {
        let marks = [b'"', b'\'', b'`', b'&', b',', b'?'];
        marks.iter().fold(u8::from(!byte.is_ascii()), |odd, mark| odd | u8::from(byte == mark))
    };
    let is_plain = |step: &&[u8; STEP]| step.iter().fold(0, |any, byte| any | odd(byte)) == 0;
    let steps = words.as_chunks::<STEP>().0.iter().take_while(is_plain).count() * STEP;
    steps + words[steps..].iter().take_while(|byte| odd(byte) == 0).count()
}

#[derive(Copy, Clone)]
enum Found {
    Mark(usize, Shape, Side),
    Nothing(usize),
}

/// Whether question marks or replacement characters stand in the place of marks.
#[derive(Copy, Clone)]
struct Lost {
    question: bool,
    replacement: bool,
}

impl Lost {
    fn of(words: &str) -> Lost {
        let opens = |lost: char| {
            words.match_indices(lost).any(|(at, mark)| {
                words[..at].chars().next_back().is_none_or(char::is_whitespace)
                    && words[at + mark.len()..].starts_with(char::is_alphanumeric)
            })
        };
        Lost { question: opens('?'), replacement: opens('\u{FFFD}') }
    }
}

fn mark_at<F: FnOnce() -> Lost>(
    words: &str,
    at: usize,
    c: char,
    before: char,
    lost: &LazyCell<Lost, F>,
) -> Option<Found> {
    let rest = &words[at..];
    let is_twice = |c: char| rest[c.len_utf8()..].starts_with(c);
    let is_spelled = match c {
        '&' | 'â' | 'Â' => true,
        '\'' | '`' | '‘' | '’' | ',' => is_twice(c),
        _ => false,
    };
    if is_spelled {
        if let Some(known) = NO_MARKS.iter().find(|known| rest.starts_with(**known)) {
            return Some(Found::Nothing(known.len()));
        }
        if let Some((known, shape, side)) = SPELLED.iter().find(|(known, ..)| rest.starts_with(*known)) {
            return Some(Found::Mark(known.len(), *shape, *side));
        }
        if rest.starts_with("â€") {
            return Some(Found::Mark("â€".len(), Shape::Double, Side::Right));
        }
    }
    let len = c.len_utf8();
    let (shape, side) = match c {
        '“' | '‟' | '〝' | '\u{93}' => (Shape::Double, Side::Left),
        '”' | '〞' | '\u{94}' => (Shape::Double, Side::Right),
        '„' => (Shape::Double, Side::Low),
        '"' | '＂' => (Shape::Double, Side::Straight),
        '‘' | '‛' | '\u{91}' => (Shape::Single, Side::Left),
        '’' | '\u{92}' => (Shape::Single, Side::Right),
        '‚' => (Shape::Single, Side::Low),
        '\'' => (Shape::Single, Side::Straight),
        '`' => (Shape::Single, Side::Left),
        '«' => (Shape::Angle, Side::Left),
        '»' => (Shape::Angle, Side::Right),
        '?' if lost.question => return lost_mark(rest, len, before),
        '\u{FFFD}' if lost.replacement => return lost_mark(rest, len, before),
        _ => return None,
    };
    Some(Found::Mark(len, shape, side))
}

/// A character that replaced a mark: at the beginning of a word, or behind punctuation, or before a small letter.
fn lost_mark(rest: &str, len: usize, before: char) -> Option<Found> {
    let after = rest[len..].chars().next().unwrap_or('\n');
    if before.is_whitespace() && after.is_alphanumeric() {
        return Some(Found::Mark(len, Shape::Double, Side::Left));
    }
    let goes_on = rest[len..].trim_start().chars().next().is_some_and(char::is_lowercase);
    let ends = matches!(before, ',' | '.' | '!' | '?') || (before.is_alphanumeric() && goes_on);
    (ends && !after.is_alphanumeric()).then_some(Found::Mark(len, Shape::Double, Side::Right))
}

/// A single mark between two letters or digits, or one that stands for left-out letters or figures.
fn is_apostrophe(mark: &Mark) -> bool {
    if mark.shape != Shape::Single {
        return false;
    }
    let joins = mark.before.is_alphanumeric() && mark.after.is_alphanumeric();
    let floats = mark.before.is_whitespace() && mark.after.is_whitespace();
    joins || floats
}

/// Whether the mark stands behind a figure as its unit: 6'2", 5′.
fn is_prime(words: &str, at: usize, mark: &Mark) -> bool {
    if mark.side != Side::Straight || !mark.before.is_ascii_digit() {
        return false;
    }
    let head = words[..at]
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '½' | '¼' | '¾'));
    head.ends_with(['\'', '′', '’']) && mark.shape == Shape::Double
        || mark.shape == Shape::Single && mark.after.is_ascii_digit()
}
