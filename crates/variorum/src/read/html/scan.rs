//! One pass over a page's tokens: text in blocks with the way back, elements, and the raw material of metadata.
//!
//! In: the decoded page. Out: [`Scanned`]. White space is squeezed as a browser shows it; an entity is a piece of its
//! own; blocks are parted by a line break that stands for the markup between them.

use super::DEPTH;
use super::article;
use super::raw::Collector;
use super::tags::{self, Classes, Signs, Tag};
use super::token::StartTag;
use super::tokens::{Token as Found, Tokens};
use crate::model::Piece;
use crate::read::decode::join;
use crate::span::Span;
use html5gum::{Token, Tokenizer};

/// A `meta` or `link` tag: name and content.
pub(in crate::read) struct Meta {
    /// `name`, `property`, `itemprop` or `http-equiv`, or `rel` of a link; small letters.
    pub(in crate::read) name: String,
    pub(in crate::read) content: String,
    /// The whole tag.
    pub(in crate::read) span: Span,
}

/// A JSON-LD script.
pub(in crate::read) struct Json {
    pub(in crate::read) span: Span,
}

/// An element that parts blocks.
pub(super) struct Element {
    pub(super) parent: usize,
    /// Its own signs, not those around it.
    pub(super) name_signs: Signs,
    pub(super) class_signs: Signs,
    pub(super) tag: Tag,
    /// Index behind the last element in it.
    pub(super) end: usize,
    /// Images right in it.
    pub(super) images: usize,
}

/// A tag that shows an image, a frame of another site, or a post.
pub(super) struct Medium {
    pub(super) shows: Shows,
    /// The whole tag.
    pub(super) span: Span,
    /// Index of the element it is, or of the one around it.
    pub(super) element: usize,
    /// Stretches before it.
    pub(super) stretch: usize,
}

/// What a [`Medium`] shows.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Shows {
    Image,
    Frame,
    Post,
}

/// A stretch of text between block tags.
pub(super) struct Stretch {
    pub(super) span: Span,
    /// Bytes of it in links.
    pub(super) linked: usize,
    /// Index of the element around it.
    pub(super) element: usize,
    /// The signs of inline elements that hold all of it.
    pub(super) inline_signs: Signs,
    /// Bytes of it in strong type.
    pub(super) strong: usize,
    /// How many words it has, as [`article::words`] counts them.
    pub(super) words: usize,
}

/// All that one pass finds.
#[derive(Default)]
pub(super) struct Scanned {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) elements: Vec<Element>,
    pub(super) blocks: Vec<Stretch>,
    pub(super) metas: Vec<Meta>,
    pub(super) json: Vec<Json>,
    /// Images and embeds, in order.
    pub(super) media: Vec<Medium>,
    pub(super) raw: Collector,
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
}

/// An open element.
struct Open {
    tag: Tag,
    /// Hash-free identity of the name: its first bytes.
    name: [u8; 12],
    /// Index in [`Scanned::elements`] of it, or of the element around an inline one.
    element: usize,
    signs: Signs,
    /// An inline element whose text is a block of its own.
    is_apart: bool,
    is_figure: bool,
}

struct Scan<'a> {
    source: &'a str,
    found: Scanned,
    stack: Vec<Open>,
    /// Elements left unread because they lie too deep.
    overflow: usize,
    silent: usize,
    links: usize,
    strong: usize,
    figures: usize,
    /// White space that has not been written yet.
    space: Option<Span>,
    line_break: Option<Span>,
    block: Option<Stretch>,
    /// End of the source part read into text last.
    read_to: usize,
    json: bool,
    classes: Classes,
}

/// Reads the page in `source`.
pub(super) fn scan(source: &str) -> Scanned {
    let mut scan = Scan {
        source,
        found: Scanned::default(),
        stack: Vec::new(),
        overflow: 0,
        silent: 0,
        links: 0,
        strong: 0,
        figures: 0,
        space: None,
        line_break: None,
        block: None,
        read_to: 0,
        json: false,
        classes: Classes::default(),
    };
    scan.found.elements.push(Element {
        parent: 0,
        name_signs: Signs::default(),
        class_signs: Signs::default(),
        tag: Tag::Block,
        end: 1,
        images: 0,
    });
    let mut tag = StartTag::default();
    let mut tokens = Tokens::of(source);
    while let Some(token) = tokens.next(&mut tag) {
        match token {
            Found::Start(span) => scan.start(&tag, span),
            Found::End(name, span) => scan.end(name, span),
            Found::Text(span) => scan.words(span.start(), span.end()),
        }
    }
    scan.flush();
    close(&mut scan.found.elements);
    scan.found
}

/// Sets where each element ends.
fn close(elements: &mut [Element]) {
    for at in (0..elements.len()).rev() {
        elements[at].end = elements[at].end.max(at + 1);
        let (parent, end) = (elements[at].parent, elements[at].end);
        elements[parent].end = elements[parent].end.max(end);
    }
}

impl Scan<'_> {
    fn start(&mut self, tag: &StartTag, span: Span) {
        let mut kind = Tag::named(tag.name());
        self.metadata(tag, span);
        self.found.raw.start(tag, span);
        if kind.is_inline() && is_unseen(tag) {
            kind = Tag::Unseen;
        }
        if self.silent > 0 {
            // What lies in a drawing or a script parts no text.
            if kind != Tag::Void && !tag.self_closing {
                self.open_silent(tag, kind);
            }
            return;
        }
        if matches!(tag.name(), b"img" | b"picture" | b"amp-img" | b"video") {
            let element = self.stack.last().map_or(0, |open| open.element);
            self.found.elements[element].images += 1;
        }
        if let b"img" | b"amp-img" | b"iframe" = tag.name() {
            let element = self.stack.last().map_or(0, |open| open.element);
            let shows = if tag.name() == b"iframe" { Shows::Frame } else { Shows::Image };
            self.medium(shows, span, element);
        }
        match kind {
            Tag::Void => return,
            Tag::Break => return self.break_line(span),
            Tag::Cell if self.block.is_some() => self.space = self.space.or(Some(span)),
            Tag::Quote => self.put("“", span),
            _ => {}
        }
        if !kind.is_inline() {
            self.close_implied(kind);
            if kind != Tag::Cell && kind != Tag::Silent {
                self.flush();
            }
        }
        if !tag.self_closing || kind == Tag::Paragraph || kind == Tag::Block {
            let before = self.found.elements.len();
            self.open(tag, kind);
            // Beyond the deepest nesting no element is kept.
            let opened = self.found.elements.get(before);
            if tag.name() == b"blockquote" && opened.is_some_and(|quote| quote.class_signs.has(Signs::EMBED))
            {
                self.medium(Shows::Post, span, before);
            }
        }
    }

    /// `meta`, `link`, JSON-LD and the page's language.
    fn metadata(&mut self, tag: &StartTag, span: Span) {
        match tag.name() {
            b"meta" => {
                let name =
                    ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| attribute(tag, key));
                if let (Some(name), Some(content)) = (name, attribute(tag, "content")) {
                    self.found.metas.push(Meta { name: name.to_lowercase(), content, span });
                }
            }
            b"link" => {
                if let (Some(rel), Some(href)) = (attribute(tag, "rel"), attribute(tag, "href"))
                    && rel.eq_ignore_ascii_case("canonical")
                {
                    self.found.metas.push(Meta { name: "canonical".to_owned(), content: href, span });
                }
            }
            b"html" if self.found.language.is_none() => self.found.language = attribute(tag, "lang"),
            b"script" => {
                self.json =
                    attribute(tag, "type").is_some_and(|kind| kind.to_lowercase().contains("ld+json"));
            }
            _ => {}
        }
    }

    /// Remembers an element within one that is not shown, so that its end is found.
    fn open_silent(&mut self, tag: &StartTag, kind: Tag) {
        if self.stack.len() >= DEPTH {
            self.overflow += 1;
            return;
        }
        let element = self.stack.last().map_or(0, |open| open.element);
        let kind = if kind == Tag::Silent { kind } else { Tag::Inline };
        self.silent += usize::from(kind == Tag::Silent);
        let name = short(tag.name());
        self.stack.push(Open {
            tag: kind,
            name,
            element,
            signs: Signs::default(),
            is_apart: false,
            is_figure: false,
        });
    }

    fn open(&mut self, tag: &StartTag, kind: Tag) {
        if self.stack.len() >= DEPTH {
            self.overflow += 1;
            return;
        }
        let name_signs = tags::of_name(tag.name());
        let class_signs = ["class", "id", "role", "itemprop", "rel"]
            .iter()
            .filter_map(|key| tag.get(key.as_bytes()))
            .fold(Signs::default(), |signs, class| signs.with(tags::signs(&mut self.classes, class)));
        let class_signs = if is_hidden(tag) { class_signs.with(Signs::OTHER) } else { class_signs };
        let parent = self.stack.last().map_or(0, |open| open.element);
        let around =
            self.stack.last().filter(|open| open.tag.is_inline()).map(|open| open.signs).unwrap_or_default();
        let element = if kind.is_inline() {
            parent
        } else {
            self.found.elements.push(Element {
                parent,
                name_signs,
                // A block in a span is what the span is called.
                class_signs: class_signs.with(around),
                tag: kind,
                end: 0,
                images: 0,
            });
            self.found.elements.len() - 1
        };
        let signs = if kind.is_inline() { around.with(class_signs) } else { Signs::default() };
        let is_picture = self.figures > 0 && matches!(tag.name(), b"span" | b"small" | b"cite");
        let is_apart =
            kind.is_inline() && (is_picture || (class_signs.has(Signs::APART) && !around.has(Signs::APART)));
        if is_apart {
            self.flush();
        }
        self.links += usize::from(kind == Tag::Link);
        self.strong += usize::from(kind == Tag::Strong);
        let is_figure = name_signs.has(Signs::FIGURE.with(Signs::CAPTION));
        self.figures += usize::from(is_figure);
        self.silent += usize::from(matches!(kind, Tag::Silent | Tag::Unseen));
        self.stack.push(Open { tag: kind, name: short(tag.name()), element, signs, is_apart, is_figure });
    }

    fn end(&mut self, name: &[u8], span: Span) {
        let kind = Tag::named(name);
        self.found.raw.end(name, span);
        match kind {
            Tag::Void => return,
            Tag::Break => return self.break_line(span),
            _ => {}
        }
        if self.overflow > 0 {
            self.overflow -= 1;
            if !kind.is_inline() && self.silent == 0 {
                self.flush();
            }
            return;
        }
        if kind == Tag::Quote {
            self.put("”", span);
        }
        let name = short(name);
        // A closing tag of an inline element closes nothing beyond the block it stands in.
        let found = self
            .stack
            .iter()
            .rposition(|open| open.name == name || (kind.is_inline() && !open.tag.is_inline()))
            .filter(|&at| self.stack[at].name == name);
        if !kind.is_inline() && kind != Tag::Cell && kind != Tag::Silent && self.silent == 0 {
            self.flush();
        }
        if let Some(at) = found {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        while self.stack.len() > at {
            if let Some(open) = self.stack.pop() {
                self.links -= usize::from(open.tag == Tag::Link);
                if open.is_apart {
                    self.flush();
                }
                self.figures -= usize::from(open.is_figure);
                self.strong -= usize::from(open.tag == Tag::Strong);
                self.silent -= usize::from(matches!(open.tag, Tag::Silent | Tag::Unseen));
            }
        }
    }

    /// A block ends an open paragraph; an item, row, cell ends the one before it.
    fn close_implied(&mut self, kind: Tag) {
        let stops = |open: &Open| match kind {
            Tag::Item => open.tag == Tag::List,
            Tag::Row | Tag::Cell => {
                matches!(open.tag, Tag::Block | Tag::List) || (kind == Tag::Cell && open.tag == Tag::Row)
            }
            _ => !open.tag.is_inline(),
        };
        let wanted = match kind {
            Tag::Item | Tag::Row | Tag::Cell => kind,
            _ => Tag::Paragraph,
        };
        let near = self.stack.iter().enumerate().rev().take(32);
        for (at, open) in near {
            if open.tag == wanted {
                self.flush();
                return self.close_from(at);
            }
            if stops(open) {
                return;
            }
        }
    }

    /// Text from `start` to `end` of the page, entities still in it.
    fn words(&mut self, start: usize, end: usize) {
        let end = end.min(self.source.len());
        if self.silent > 0 {
            return self.silent_words(start, end);
        }
        let Some(words) = self.source.get(start..end) else { return };
        let mut at = 0;
        while let Some(c) = words[at..].chars().next() {
            let rest = &words[at..];
            let length = if c == '&' {
                self.entity(rest, start + at)
            } else if c.is_ascii_whitespace() {
                let run = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
                self.space = self.space.or(Some(Span::new(start + at, start + at + run)));
                run
            } else {
                let (run, spaces) = if self.block.is_some() { words_run(rest) } else { (word_run(rest), 0) };
                self.put(&rest[..run], Span::new(start + at, start + at + run));
                self.unlink(spaces);
                run
            };
            at += length;
        }
    }

    /// Takes `spaces` between linked words, one byte each, from what the open block has in links.
    fn unlink(&mut self, spaces: usize) {
        if let (Some(block), true) = (&mut self.block, self.links > 0) {
            block.linked = block.linked.saturating_sub(spaces);
        }
    }

    /// The title element and JSON-LD.
    fn silent_words(&mut self, start: usize, end: usize) {
        let name = self.stack.last().map(|open| open.name);
        if name == Some(short(b"title")) && self.found.title.is_none() {
            let words = decoded(&self.source[start..end]);
            self.found.title = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
        } else if name == Some(short(b"script")) && self.json {
            match self.found.json.last_mut() {
                Some(last) if last.span.end() == start => last.span = last.span.cover(Span::new(start, end)),
                _ => self.found.json.push(Json { span: Span::new(start, end) }),
            }
        }
    }

    /// Reads an entity at the beginning of `rest`; gives its length.
    fn entity(&mut self, rest: &str, at: usize) -> usize {
        let length = entity_length(rest);
        let words = if length > 1 { decoded(&rest[..length]) } else { rest[..length].to_owned() };
        let span = Span::new(at, at + length);
        if words.chars().all(|c| c.is_ascii_whitespace()) {
            self.space = self.space.or(Some(span));
        } else {
            self.put(&words, span);
        }
        length
    }

    fn break_line(&mut self, span: Span) {
        if self.silent > 0 || self.block.is_none() {
            return;
        }
        match self.line_break {
            // Two breaks part paragraphs.
            Some(_) => self.flush(),
            None => self.line_break = Some(span),
        }
    }

    /// Adds words to the open block, or begins one.
    fn put(&mut self, words: &str, span: Span) {
        if self.silent > 0 || words.is_empty() {
            return;
        }
        let is_blank = words.chars().all(char::is_whitespace);
        let before = self.found.text.len();
        if self.block.is_none() {
            if is_blank {
                return;
            }
            self.begin();
        } else if let Some(line_break) = self.line_break {
            self.write("\n", line_break);
        } else if let Some(space) = self.space {
            self.write(" ", space);
        }
        (self.space, self.line_break) = (None, None);
        let start = self.found.text.len();
        self.write(words, span);
        let (inline, is_linked, is_strong) = (self.inline_signs(), self.links > 0, self.strong > 0);
        if let Some(block) = &mut self.block {
            block.inline_signs =
                if block.span.is_empty() { inline } else { both(block.inline_signs, inline) };
            block.span = Span::new(block.span.start(), self.found.text.len());
            let length = self.found.text.len() - start;
            block.linked += if is_linked { length } else { 0 };
            // The space before it belongs to it, not the line break before the block.
            let strong = if block.span.start() > before { length } else { self.found.text.len() - before };
            block.strong += if is_strong { strong } else { 0 };
        }
    }

    fn inline_signs(&self) -> Signs {
        self.stack.last().filter(|open| open.tag.is_inline()).map(|open| open.signs).unwrap_or_default()
    }

    /// Begins a block; the markup since the last one is a line break.
    fn begin(&mut self) {
        if !self.found.text.is_empty() {
            let gap = Span::new(self.read_to, self.read_to);
            self.write("\n", gap);
        }
        let at = self.found.text.len();
        let element = self.stack.last().map_or(0, |open| open.element);
        self.block = Some(Stretch {
            span: Span::new(at, at),
            linked: 0,
            element,
            inline_signs: Signs::default(),
            strong: 0,
            words: 0,
        });
    }

    fn write(&mut self, words: &str, source: Span) {
        // A piece never begins before the end of the last one: space before a tag is written behind it.
        let source = Span::new(source.start().max(self.read_to), source.end().max(self.read_to));
        self.read_to = source.end();
        // A piece of equal lengths maps byte by byte, which `<q>` and its mark, also three bytes, must not.
        let is_alike = words.len() != source.len() || words.len() == 1 || words == source.of(self.source);
        let source = if is_alike { source } else { Span::new(source.start(), source.end() - 1) };
        let start = self.found.text.len();
        self.found.text.push_str(words);
        join(&mut self.found.pieces, Piece { text: Span::new(start, self.found.text.len()), source });
    }

    fn medium(&mut self, shows: Shows, span: Span, element: usize) {
        let stretch = self.found.blocks.len() + usize::from(self.block.is_some());
        self.found.media.push(Medium { shows, span, element, stretch });
    }

    /// Ends the open block.
    fn flush(&mut self) {
        (self.space, self.line_break) = (None, None);
        if let Some(mut block) = self.block.take() {
            block.words = article::words(block.span.of(&self.found.text));
            self.found.blocks.push(block);
        }
    }
}

fn both(a: Signs, b: Signs) -> Signs {
    if a == b { a } else { Signs::default() }
}

/// Whether an element is not shown, by its own attributes.
fn is_hidden(tag: &StartTag) -> bool {
    tag.get(b"hidden").is_some() || is_styled(tag, &["display:none"])
}

/// Whether an inline element is there for readers of the page's sound only: its text is no part of the sentence.
fn is_unseen(tag: &StartTag) -> bool {
    const NAMES: [&str; 5] =
        ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader-only"];
    let is_named = tag.get(b"class").is_some_and(|class| {
        class.split(u8::is_ascii_whitespace).any(|name| NAMES.iter().any(|known| known.as_bytes() == name))
    });
    is_named || is_styled(tag, &["clip:rect(0", "clip-path:inset(50%)"]) || is_hidden(tag)
}

/// Whether an element's own style holds one of `rules`, spaces left out.
fn is_styled(tag: &StartTag, rules: &[&str]) -> bool {
    attribute(tag, "style").is_some_and(|style| {
        let style = style.replace(' ', "");
        rules.iter().any(|rule| style.contains(rule))
    })
}

fn attribute(tag: &StartTag, key: &str) -> Option<String> {
    let value = tag.get(key.as_bytes())?;
    Some(String::from_utf8_lossy(value).trim().to_owned()).filter(|value| !value.is_empty())
}

fn short(name: &[u8]) -> [u8; 12] {
    let mut short = [0; 12];
    for (to, from) in short.iter_mut().zip(name) {
        *to = *from;
    }
    short
}

/// Length of the word that `text` begins with.
fn word_run(text: &str) -> usize {
    text.bytes().position(ends_word).unwrap_or(text.len())
}

/// Length of the words that `text` begins with, as far as single spaces part them, and how many these are: read at once,
/// they are written as they stand.
fn words_run(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut end, mut spaces) = (word_run(text), 0);
    while bytes.get(end) == Some(&b' ') {
        match word_run(&text[end + 1..]) {
            0 => break,
            length => end += 1 + length,
        }
        spaces += 1;
    }
    (end, spaces)
}

/// Whether white space or a character reference begins with `byte`.
fn ends_word(byte: u8) -> bool {
    byte == b'&' || byte.is_ascii_whitespace()
}

/// Longest entity, in bytes.
const ENTITY: usize = 36;

/// Length of the entity that `rest` begins with, 1 where the ampersand is one itself.
fn entity_length(rest: &str) -> usize {
    let name = rest[1..]
        .bytes()
        .take(ENTITY)
        .enumerate()
        .take_while(|&(at, byte)| byte.is_ascii_alphanumeric() || (at == 0 && byte == b'#'))
        .count();
    match (name, rest.as_bytes().get(1 + name)) {
        (0, _) => 1,
        (_, Some(b';')) => name + 2,
        _ => name + 1,
    }
}

/// `words` with their entities read.
pub(super) fn decoded(words: &str) -> String {
    let mut read = String::new();
    for Ok(token) in Tokenizer::new(words) {
        if let Token::String(part) = token {
            read.push_str(&String::from_utf8_lossy(&part.value));
        }
    }
    read
}
