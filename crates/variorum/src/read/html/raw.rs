//! Collects the elements of a page that may name its authors, dates or headline, for the metadata to judge.
//!
//! In: every start and end tag, in order, by one call each ([`Collector::start`], [`Collector::end`]). Out: [`Marked`]
//! elements in the order of their tags, each with its tag and what stands in it, as places of the decoded page; nothing is
//! copied. An element is marked when its name (`time`, `h1`), or a part of its class, id, itemprop, rel, href or `data-`
//! attributes, stands in `lang/metadata-marks.txt`. Marks lie in one another and many are wrong: what they say is read and
//! weighed in `metadata`.
//! Guards: at most [`MARKS`] elements of a kind and [`OPEN`] open at once, none followed beyond [`LONGEST`] bytes.

use super::memo::Memo;
use super::token::StartTag;
use crate::lexicon;
use crate::span::Span;
use std::sync::LazyLock;

/// What an element may hold, as bits: one element may be marked for several.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Mark(u8);

impl Mark {
    pub(in crate::read) const AUTHOR: Mark = Mark(1);
    pub(in crate::read) const DATE: Mark = Mark(1 << 1);
    /// A link to an author's page.
    pub(in crate::read) const AUTHOR_LINK: Mark = Mark(1 << 2);

    pub(in crate::read) fn has(self, other: Mark) -> bool {
        self.0 & other.0 != 0
    }

    fn with(self, other: Mark) -> Mark {
        Mark(self.0 | other.0)
    }
}

/// An element that may hold metadata.
#[derive(Copy, Clone, Debug)]
pub(in crate::read) struct Marked {
    pub(in crate::read) mark: Mark,
    /// Its start tag.
    pub(in crate::read) tag: Span,
    /// What stands between its tags; empty where it is not closed within [`LONGEST`] bytes.
    pub(in crate::read) inner: Span,
}

/// How many elements are kept for each kind of mark.
const MARKS: u16 = 1000;

/// How many marked elements are followed at once.
const OPEN: usize = 12;

/// How far the end of an element is looked for, in bytes of the page.
const LONGEST: usize = 12_000;

/// A marked element whose end has not come.
struct Open {
    at: usize,
    name: [u8; 8],
    /// Elements of the same name open in it.
    depth: u32,
}

/// Gathers the marked elements of one page.
#[derive(Default)]
pub(in crate::read) struct Collector {
    pub(in crate::read) marked: Vec<Marked>,
    open: Vec<Open>,
    /// Elements seen for each bit of [`Mark`].
    counts: [u16; 3],
    /// What is known of values that name an element, and of the keys of its data.
    names: Memo<Mark>,
    keys: Memo<Mark>,
}

impl Collector {
    /// A start tag at `span` of the page.
    pub(super) fn start(&mut self, tag: &StartTag, span: Span) {
        let name = short(tag.name());
        if !self.open.is_empty() {
            self.follow(name, span);
        }
        let mark = self.marks(tag);
        if mark == Mark::default() {
            return;
        }
        self.marked.push(Marked { mark, tag: span, inner: Span::new(span.end(), span.end()) });
        if !tag.self_closing && self.open.len() < OPEN {
            self.open.push(Open { at: self.marked.len() - 1, name, depth: 0 });
        }
    }

    /// An end tag at `span` of the page.
    pub(super) fn end(&mut self, name: &[u8], span: Span) {
        if self.open.is_empty() {
            return;
        }
        let name = short(name);
        let marked = &mut self.marked;
        self.open.retain_mut(|open| {
            if open.name != name {
                return true;
            }
            if open.depth > 0 {
                open.depth -= 1;
                return true;
            }
            let inner = &mut marked[open.at].inner;
            *inner = Span::new(inner.start(), span.start().max(inner.start()));
            false
        });
    }

    /// Counts a tag in the open elements and gives up those that are too long.
    fn follow(&mut self, name: [u8; 8], span: Span) {
        let marked = &self.marked;
        self.open.retain_mut(|open| {
            open.depth += u32::from(open.name == name);
            span.start() - marked[open.at].tag.end() <= LONGEST
        });
    }

    /// What a tag says of its element, as far as it is still collected.
    fn marks(&mut self, tag: &StartTag) -> Mark {
        let own = match tag.name() {
            b"time" => Mark::DATE,
            b"html" | b"body" | b"main" | b"head" | b"script" | b"style" | b"meta" | b"link" | b"img"
            | b"input" => {
                return Mark::default();
            }
            _ => Mark::default(),
        };
        let (names, keys) = (&mut self.names, &mut self.keys);
        let mark =
            tag.attributes().fold(own, |mark, (key, value)| mark.with(attribute(names, keys, key, value)));
        self.room(mark)
    }

    /// The part of `mark` that is still collected.
    fn room(&mut self, mark: Mark) -> Mark {
        let mut kept = Mark::default();
        for (bit, count) in self.counts.iter_mut().enumerate() {
            let one = Mark(1 << bit);
            if mark.has(one) && *count < MARKS {
                *count += 1;
                kept = kept.with(one);
            }
        }
        kept
    }
}

/// What an attribute says of its element.
fn attribute(names: &mut Memo<Mark>, keys: &mut Memo<Mark>, key: &[u8], value: &[u8]) -> Mark {
    if value.is_empty() && !key.starts_with(b"data-") {
        return Mark::default();
    }
    match key {
        b"class" | b"id" | b"itemprop" | b"property" | b"data-testid" | b"data-qa" | b"data-component" => {
            names.get(&value[..value.len().min(ATTRIBUTE)], |value| marks_in(value, &NAMES))
        }
        b"rel" if value.eq_ignore_ascii_case(b"author") => Mark::AUTHOR_LINK,
        b"href" => marks_in(value, &LINKS),
        b"datetime" => Mark::DATE,
        _ if key.starts_with(b"data-") && (6..40).contains(&key.len()) => {
            keys.get(&key[5..], |key| marks_in(key, &NAMES))
        }
        _ => Mark::default(),
    }
}

/// Parts of attributes with what they say.
struct Parts {
    /// Whether a part begins with a byte, in letters of either size.
    begins: [bool; 256],
    /// By their first two letters, see [`lexicon::place`].
    parts: Vec<Vec<(&'static [u8], Mark)>>,
}

static NAMES: LazyLock<Parts> = LazyLock::new(|| parts(false));
static LINKS: LazyLock<Parts> = LazyLock::new(|| parts(true));

fn parts(of_links: bool) -> Parts {
    let mut begins = [false; 256];
    let mut parts = vec![Vec::new(); lexicon::PLACES];
    for row in lexicon::rows(include_str!("../../../lang/metadata-marks.txt")).filter(|row| row.len() == 2) {
        let mark = match row[0] {
            "author" => Mark::AUTHOR,
            "date" => Mark::DATE,
            _ => Mark::AUTHOR_LINK,
        };
        if of_links == (mark == Mark::AUTHOR_LINK) {
            let part = row[1].as_bytes();
            let begin = [part[0], part.get(1).copied().unwrap_or_default()];
            begins[usize::from(part[0].to_ascii_lowercase())] = true;
            begins[usize::from(part[0].to_ascii_uppercase())] = true;
            parts[lexicon::place(begin.map(|byte| byte.to_ascii_lowercase()))].push((part, mark));
        }
    }
    Parts { begins, parts }
}

/// How much of an attribute is looked at, in bytes.
const ATTRIBUTE: usize = 300;

fn marks_in(value: &[u8], parts: &Parts) -> Mark {
    let value = &value[..value.len().min(ATTRIBUTE)];
    let begins = value.iter().enumerate().filter(|&(_, &byte)| parts.begins[usize::from(byte)]);
    begins.fold(Mark::default(), |mark, (at, _)| mark.with(mark_at(&value[at..], parts)))
}

/// What the parts say that `value` begins with.
fn mark_at(value: &[u8], parts: &Parts) -> Mark {
    let &[first, second, ..] = value else { return Mark::default() };
    let begin = lexicon::place([first.to_ascii_lowercase(), second.to_ascii_lowercase()]);
    let is_here = |part: &[u8]| value.get(..part.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(part));
    let here = parts.parts[begin].iter().filter(|(part, _)| is_here(part));
    here.fold(Mark::default(), |mark, (_, says)| mark.with(*says))
}

fn short(name: &[u8]) -> [u8; 8] {
    let mut short = [0; 8];
    for (to, from) in short.iter_mut().zip(name) {
        *to = *from;
    }
    short
}
