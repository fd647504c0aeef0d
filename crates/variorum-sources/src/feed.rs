//! Feeds: RSS (0.9 to 2.0 and RDF), Atom, JSON Feed.
//!
//! In: a feed's bytes. Out: one [`Received`] an entry, in the order of the feed, its bytes those of the decoded field with the full
//! content, or of the summary where there is none; with title, address, date, authors, id and the feed's title as outlet.
//! Entries are read one at a time, so that a feed takes no more memory than its bytes, its text and one entry.
//! A feed that is cut off or not well-formed is read as far as it goes: elements that stand unescaped in a description are part of
//! it. Written for this project because readers of feeds (feed-rs) give neither the field that content came from nor its bytes as
//! decoded, and refuse whole feeds that are not well-formed.
//! Leaves: media objects, categories, comments; character sets in which ASCII bytes are not ASCII (UTF-16, ISO-2022-JP).

use crate::{Error, Origin, json, xml};
use serde::Deserialize;
use variorum::model::{Container, Received};

/// Deepest nesting that is followed: deeper elements are text of the one around them.
const DEPTH: usize = 256;

/// Fields in which elements may stand: these are part of the text around them.
const MIXED: [&str; 5] = ["title", "description", "summary", "content", "content:encoded"];

/// The entries of an RSS or Atom feed.
pub struct Entries {
    text: String,
    /// Byte of the text up to which entries have been taken.
    at: usize,
    places: Places,
    outlet: Option<String>,
    origin: Origin,
}

impl Entries {
    /// Those of the feed `bytes`.
    pub fn new(bytes: Vec<u8>, origin: Origin) -> Entries {
        let (text, bytes) = decode(bytes);
        let places = Places { bytes, text: 0, source: 0 };
        Entries { at: 0, outlet: outlet(&text), text, places, origin }
    }
}

impl Iterator for Entries {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (entry, end) = next_entry(&self.text, self.at)?;
        self.at = end;
        let place = self.origin.container(self.places.of(&self.text, entry.start) as u64);
        Some(received(entry, self.outlet.clone(), place))
    }
}

/// The text of a feed: UTF-8, or what its declaration names; then its bytes, too.
fn decode(bytes: Vec<u8>) -> (String, Option<Vec<u8>>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]);
    let declared = head.find("?>").and_then(|end| xml::attribute(&head[..end], "encoding"));
    let stated = declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let encoding = stated.filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(encoding_rs::UTF_8);
    let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
    (text, Some(bytes))
}

/// Where in a feed's bytes its text stands. In all character sets that are read, a `<` of the text is a `<` of the bytes.
struct Places {
    /// `None` where text and bytes are the same.
    bytes: Option<Vec<u8>>,
    /// Byte of the text, and of the bytes, up to which the signs are counted.
    text: usize,
    source: usize,
}

impl Places {
    /// The byte at which the `<` stands that is at `start` of `text`. Places must be asked for in order.
    fn of(&mut self, text: &str, start: usize) -> usize {
        let Some(bytes) = &self.bytes else { return start };
        let count = text.as_bytes()[self.text..start].iter().filter(|&&byte| byte == b'<').count();
        let signs = bytes.iter().enumerate().skip(self.source).filter(|(_, byte)| **byte == b'<');
        self.source = signs.map(|(at, _)| at).nth(count).unwrap_or(bytes.len());
        self.text = start;
        self.source
    }
}

/// What was gathered of one entry.
#[derive(Default)]
struct Entry {
    /// Byte of the feed's text at which it begins.
    start: usize,
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    content: Option<Content>,
    summary: Option<Content>,
}

/// A field with text in it.
struct Content {
    name: String,
    value: String,
    is_html: bool,
}

/// Where an entry begins or ends.
enum Edge {
    Begin { start: usize, end: usize, is_empty: bool },
    End { end: usize },
}

/// The feed's title. In RSS it comes before the items, in some feeds behind them.
fn outlet(text: &str) -> Option<String> {
    let mut reader = Reader { text, ..Reader::default() };
    let mut is_entry = false;
    for token in xml::tokens(text) {
        if let Some(edge) = reader.edge(&token) {
            is_entry = matches!(edge, Edge::Begin { is_empty: false, .. });
            reader.open.clear();
            continue;
        }
        let field = reader.take(token).filter(|field| {
            !is_entry && field.name == "title" && matches!(field.around, None | Some("channel" | "feed"))
        });
        if let Some(title) = field.and_then(|field| filled(&field.value)) {
            return Some(title);
        }
    }
    None
}

/// The first entry of `text` that begins at or behind byte `from`, and where it ends.
fn next_entry(text: &str, from: usize) -> Option<(Entry, usize)> {
    let mut reader = Reader { text, ..Reader::default() };
    let mut entry: Option<Entry> = None;
    for token in xml::tokens_from(text, from) {
        match (reader.edge(&token), &mut entry) {
            (Some(Edge::Begin { start, end, is_empty }), None) => {
                let begun = Entry { start, ..Entry::default() };
                if is_empty {
                    return Some((begun, end));
                }
                entry = Some(begun);
            }
            // One that was never closed ends with the next.
            (Some(Edge::Begin { start, .. }), Some(_)) => return Some((entry?, start)),
            (Some(Edge::End { end }), Some(_)) => return Some((entry?, end)),
            (None, Some(entry)) => {
                if reader.open.is_empty() {
                    entry.link(&token);
                }
                if let Some(field) = reader.take(token) {
                    entry.field(field);
                }
            }
            (_, None) => {}
        }
    }
    entry.map(|entry| (entry, text.len()))
}

/// An element that has ended.
struct Field<'x> {
    /// The element around it within the feed or the entry.
    around: Option<&'x str>,
    name: &'x str,
    attributes: &'x str,
    /// Its text, without what its own elements gave.
    value: String,
    /// Elements stood in it that are part of its text.
    is_marked: bool,
}

/// Where in a feed reading stands.
#[derive(Default)]
struct Reader<'x> {
    text: &'x str,
    /// Elements open within the feed or the entry, with what tells how to read them.
    open: Vec<(&'x str, &'x str)>,
    /// Text of the innermost element that is being gathered.
    value: String,
    is_marked: bool,
    /// The outermost element holds XHTML, and not text in which markup is escaped.
    is_xhtml: bool,
}

impl<'x> Reader<'x> {
    /// Whether `token` begins or ends an entry.
    fn edge(&self, token: &xml::Token<'x>) -> Option<Edge> {
        let is_entry = |name: &str| matches!(plain(name), "item" | "entry");
        match *token {
            xml::Token::Open { name, is_empty, start, end, .. } if is_entry(name) && !self.is_xhtml() => {
                Some(Edge::Begin { start, end, is_empty })
            }
            xml::Token::Close { name, end, .. } if is_entry(name) => {
                let is_own = self.open.iter().any(|(own, _)| *own == plain(name));
                (!is_own).then_some(Edge::End { end })
            }
            _ => None,
        }
    }

    /// Takes the next part; the field that ends with it.
    fn take(&mut self, token: xml::Token<'x>) -> Option<Field<'x>> {
        match token {
            xml::Token::Open { name, attributes, is_empty, start, end } => {
                self.start(plain(name), attributes, start, end);
                is_empty.then(|| self.end(plain(name), end, end)).flatten()
            }
            xml::Token::Close { name, start, end } => self.end(plain(name), start, end),
            // What stands in XHTML is markup and stays it.
            xml::Token::Text(text) if self.is_xhtml() => {
                self.value.push_str(text);
                None
            }
            xml::Token::Text(text) => {
                self.value.push_str(&xml::unescape(text));
                None
            }
            xml::Token::Cdata(text) if self.is_xhtml() => {
                self.value.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
                None
            }
            xml::Token::Cdata(text) => {
                self.value.push_str(text);
                None
            }
        }
    }

    fn start(&mut self, name: &'x str, attributes: &'x str, start: usize, end: usize) {
        if self.is_mixed() {
            self.mark(start, end);
        } else if self.open.len() < DEPTH {
            self.value.clear();
            self.is_marked = false;
        }
        if self.open.is_empty() {
            self.is_xhtml = matches!(name, "content" | "summary")
                && xml::attribute(attributes, "type").as_deref() == Some("xhtml");
        }
        if self.open.len() < DEPTH {
            self.open.push((name, attributes));
        }
    }

    /// Ends the element `name`, whose end tag goes from `start` to `end`. One that was never opened closes nothing; one that was
    /// never closed ends with the one around it.
    fn end(&mut self, name: &'x str, start: usize, end: usize) -> Option<Field<'x>> {
        let at = self.open.iter().rposition(|(own, _)| *own == name)?;
        if at > 0 && self.is_mixed() {
            self.mark(start, end);
            self.open.truncate(at);
            return None;
        }
        let attributes = self.open[at].1;
        self.open.truncate(at);
        let around = self.open.last().map(|(name, _)| *name);
        let value = std::mem::take(&mut self.value);
        Some(Field { around, name, attributes, value, is_marked: std::mem::take(&mut self.is_marked) })
    }

    /// Keeps the tag from `start` to `end` as part of the text around it. In a title it says nothing.
    fn mark(&mut self, start: usize, end: usize) {
        if self.open[0].0 != "title" {
            self.value.push_str(&self.text[start..end]);
            self.is_marked = true;
        }
    }

    /// Whether elements are part of the text around them.
    fn is_mixed(&self) -> bool {
        self.open.first().is_some_and(|(name, _)| MIXED.contains(name))
    }

    fn is_xhtml(&self) -> bool {
        self.is_xhtml && !self.open.is_empty()
    }
}

impl Entry {
    /// The address in a link of Atom.
    fn link(&mut self, token: &xml::Token) {
        let xml::Token::Open { name, attributes, .. } = token else { return };
        let relation = xml::attribute(attributes, "rel");
        let is_own = relation.is_none_or(|relation| relation == "alternate");
        if plain(name) == "link" && is_own && self.url.is_none() {
            self.url = xml::attribute(attributes, "href");
        }
    }

    /// Keeps what `field` says of the entry.
    fn field(&mut self, field: Field) {
        let Field { around, name, attributes, value, is_marked } = field;
        match (around, name) {
            (Some("author"), "name") => self.authors.extend(filled(&value)),
            (Some(_), _) => {}
            (None, "title") => self.title = self.title.take().or_else(|| filled(&value)),
            (None, "link") => self.url = self.url.take().or_else(|| filled(&value)),
            (None, "guid" | "id") => {
                if self.url.is_none()
                    && value.trim().starts_with("http")
                    && xml::attribute(attributes, "isPermaLink").is_none_or(|is| is == "true")
                    && name == "guid"
                {
                    self.url = filled(&value);
                }
                self.id = filled(&value);
            }
            (None, "pubDate" | "published" | "dc:date" | "issued") => self.published = filled(&value),
            (None, "updated" | "modified" | "dcterms:modified") => self.updated = filled(&value),
            (None, "author" | "dc:creator") => self.authors.extend(person(&value)),
            (None, "content:encoded" | "content") => {
                keep(&mut self.content, content(name, attributes, value, is_marked))
            }
            (None, "description" | "summary") => {
                keep(&mut self.summary, content(name, attributes, value, is_marked))
            }
            _ => {}
        }
    }
}

fn content(name: &str, attributes: &str, value: String, is_marked: bool) -> Content {
    let stated = xml::attribute(attributes, "type");
    let is_atom = matches!(name, "content" | "summary");
    let is_html = is_marked || stated.map_or(!is_atom, |stated| stated.contains("html"));
    Content { name: name.to_owned(), value, is_html }
}

/// Keeps the longer of what was there and `content`.
fn keep(field: &mut Option<Content>, content: Content) {
    let is_longer = field.as_ref().is_none_or(|field| field.value.len() < content.value.len());
    if is_longer && !content.value.trim().is_empty() {
        *field = Some(content);
    }
}

/// `name` without the prefixes of the formats themselves.
fn plain(name: &str) -> &str {
    ["atom:", "a10:", "rss:"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

/// The words of `value`; `None` when it has none.
fn filled(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}

/// The person in an author of RSS: `mail@example.com (Name)`, or a name; an address alone is nobody's name.
fn person(value: &str) -> Option<String> {
    let inner = value.split_once('(').and_then(|(_, inner)| inner.split_once(')')).map(|(name, _)| name);
    match value.contains('@') {
        true => inner.and_then(filled),
        false => filled(value),
    }
}

/// A date of RSS (RFC 2822) or Atom (RFC 3339) in ISO 8601.
pub fn iso(date: &str) -> Option<String> {
    let date = date.trim();
    if date.len() >= 4 && date.as_bytes()[..4].iter().all(u8::is_ascii_digit) {
        return Some(date.to_owned());
    }
    let zoned = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(date).ok()?;
    Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

fn received(entry: Entry, outlet: Option<String>, place: Container) -> Result<Received, Error> {
    let Some(field) = entry.content.or(entry.summary) else {
        let reason = "its entry has neither content nor a summary".to_owned();
        return Err(Error::Record { place, reason });
    };
    Ok(Received {
        bytes: field.value.into_bytes(),
        path: Some(crate::shown(&place)),
        id: entry.id,
        url: entry.url,
        outlet,
        title: entry.title.map(|title| xml::unescape(&title)),
        date: entry.published.or(entry.updated).and_then(|date| iso(&date)),
        authors: entry.authors,
        media: field.is_html.then(|| "text/html".to_owned()),
        container: Some(place),
        field: Some(field.name),
        ..Received::default()
    })
}

/// An item of JSON Feed, as far as it is used; its authors are read one at a time.
#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "json::word")]
    id: Option<String>,
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
}

#[derive(Deserialize)]
struct Author {
    name: Option<String>,
}

/// The items of a JSON Feed.
pub struct Items {
    bytes: Vec<u8>,
    /// Byte behind the item that was taken last; `None` when there are no items.
    at: Option<usize>,
    outlet: Option<String>,
    origin: Origin,
}

impl Items {
    /// Those of the feed `bytes`.
    pub fn new(bytes: Vec<u8>, origin: Origin) -> Items {
        let words = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let title = json::member(words, "title").and_then(|title| serde_json::from_slice(title).ok());
        let outlet = title.and_then(|title: String| filled(&title));
        let items = json::member(words, "items").filter(|items| items.starts_with(b"["));
        // The items are a part of `bytes`.
        let at = items.map(|items| items.as_ptr() as usize - bytes.as_ptr() as usize + 1);
        Items { at, outlet, origin, bytes }
    }
}

impl Iterator for Items {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = json::element(&self.bytes, self.at?)?;
        self.at = Some(item.end);
        let place = self.origin.container(item.start as u64);
        let text = &self.bytes[item];
        Some(match serde_json::from_slice(text) {
            Ok(item) => of_item(item, authors(text), self.outlet.clone(), place),
            Err(error) => Err(Error::Record { place, reason: error.to_string() }),
        })
    }
}

/// The people named in the item `text`: the list of version 1.1, and the one of version 1.
fn authors(text: &[u8]) -> Vec<String> {
    let all = json::member(text, "authors").into_iter().flat_map(json::elements);
    let one = json::member(text, "author");
    let named = all.chain(one).filter_map(|author| serde_json::from_slice::<Author>(author).ok()?.name);
    named.filter_map(|name| filled(&name)).collect()
}

fn of_item(
    item: Item,
    authors: Vec<String>,
    outlet: Option<String>,
    place: Container,
) -> Result<Received, Error> {
    let said = |value: Option<String>| value.and_then(|value| filled(&value));
    let fields =
        [("content_html", item.content_html), ("content_text", item.content_text), ("summary", item.summary)];
    let mut stated = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let Some((field, value)) = stated.find(|(_, value)| !value.trim().is_empty()) else {
        let reason = "its entry has neither content nor a summary".to_owned();
        return Err(Error::Record { place, reason });
    };
    Ok(Received {
        bytes: value.into_bytes(),
        path: Some(crate::shown(&place)),
        id: item.id,
        url: said(item.url).or(said(item.external_url)),
        outlet,
        title: said(item.title),
        date: said(item.date_published).or(said(item.date_modified)),
        authors,
        media: (field == "content_html").then(|| "text/html".to_owned()),
        container: Some(place),
        field: Some(field.to_owned()),
        ..Received::default()
    })
}
