//! Feeds: RSS (0.9 to 2.0 and RDF), Atom, JSON Feed.
//!
//! In: a feed's bytes. Out: one [`Received`] an entry, in the order of the feed, its bytes those of the decoded field with the full
//! content, or of the summary where there is none; with title, address, date, authors, id and the feed's title as outlet.
//! A feed that is cut off or not well-formed is read as far as it goes. Written for this project because readers of feeds (feed-rs)
//! give neither the field that content came from nor its bytes as decoded, and refuse whole feeds that are not well-formed.
//! Leaves: media objects, categories, comments.

use crate::{Error, Origin, json, xml};
use serde::Deserialize;
use variorum::model::Received;

/// The entries of an RSS or Atom feed.
pub fn entries(bytes: &[u8], origin: &Origin) -> Vec<Result<Received, Error>> {
    let text = decode(bytes);
    let mut reader = Reader { text: &text, ..Reader::default() };
    for token in xml::tokens(&text) {
        reader.take(token);
    }
    let outlet = reader.outlet;
    let finish = |entry: Entry| received(entry, outlet.clone(), origin);
    reader.entries.into_iter().map(finish).collect()
}

/// The text of a feed: UTF-8, or what its declaration names.
fn decode(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]);
    let declared = head.find("?>").and_then(|end| xml::attribute(&head[..end], "encoding"));
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let stated = declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
            stated.unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned()
        }
    }
}

/// Deepest nesting that is followed: deeper elements are text of the one around them.
const DEPTH: usize = 256;

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
    content: Option<Field>,
    summary: Option<Field>,
}

/// A field with text in it.
struct Field {
    name: String,
    value: String,
    is_html: bool,
}

/// Where in a feed reading stands.
#[derive(Default)]
struct Reader<'x> {
    text: &'x str,
    outlet: Option<String>,
    entries: Vec<Entry>,
    is_entry: bool,
    /// Elements open within the feed or the entry, with what tells how to read them.
    open: Vec<(&'x str, &'x str)>,
    /// Text of the innermost element that is being gathered.
    value: String,
    /// Where XHTML content begins, and how many elements are open around it.
    inner: Option<(usize, usize)>,
}

impl<'x> Reader<'x> {
    fn take(&mut self, token: xml::Token<'x>) {
        match token {
            xml::Token::Open { name, attributes, is_empty, start, end } => {
                self.start(name, attributes, start, end);
                if is_empty {
                    self.end(name, start);
                }
            }
            xml::Token::Close { name, start, .. } => self.end(name, start),
            xml::Token::Text(text) if self.inner.is_none() => self.value.push_str(&xml::unescape(text)),
            xml::Token::Cdata(text) if self.inner.is_none() => self.value.push_str(text),
            _ => {}
        }
    }

    fn start(&mut self, name: &'x str, attributes: &'x str, start: usize, end: usize) {
        let name = plain(name);
        if self.inner.is_none() && matches!(name, "item" | "entry") {
            self.is_entry = true;
            self.open.clear();
            self.entries.push(Entry { start, ..Entry::default() });
            return;
        }
        if self.open.len() == DEPTH {
            return;
        }
        self.open.push((name, attributes));
        if self.inner.is_some() {
            return;
        }
        self.value.clear();
        if matches!(name, "content" | "summary")
            && xml::attribute(attributes, "type").as_deref() == Some("xhtml")
        {
            self.inner = Some((end, self.open.len()));
        }
        if let Some(entry) = self.entries.last_mut().filter(|_| self.is_entry && self.open.len() == 1) {
            entry.link(name, attributes);
        }
    }

    fn end(&mut self, name: &'x str, start: usize) {
        let name = plain(name);
        if self.inner.is_none() && matches!(name, "item" | "entry") {
            self.is_entry = false;
            self.open.clear();
            return;
        }
        // An element that was never opened closes nothing; one that was never closed ends with the one around it.
        let Some(at) = self.open.iter().rposition(|(own, _)| *own == name) else { return };
        let attributes = self.open[at].1;
        self.open.truncate(at);
        let mut value = std::mem::take(&mut self.value);
        match self.inner {
            Some((_, depth)) if at >= depth => return,
            Some((begin, _)) => {
                self.inner = None;
                value = self.text[begin..start].to_owned();
            }
            None => {}
        }
        let around = at.checked_sub(1).map(|at| self.open[at].0);
        match self.entries.last_mut().filter(|_| self.is_entry) {
            Some(entry) => entry.field(around, name, attributes, value),
            // In RSS the channel's title comes before its items, in some feeds behind them.
            None if name == "title"
                && matches!(around, None | Some("channel" | "feed"))
                && self.outlet.is_none() =>
            {
                self.outlet = filled(&value);
            }
            None => {}
        }
    }
}

impl Entry {
    /// The address in a link of Atom.
    fn link(&mut self, name: &str, attributes: &str) {
        let relation = xml::attribute(attributes, "rel");
        if name == "link" && relation.is_none_or(|relation| relation == "alternate") && self.url.is_none() {
            self.url = xml::attribute(attributes, "href");
        }
    }

    /// Keeps `value` of the element `name`, which stands in the element `around` of the entry, or in the entry itself.
    fn field(&mut self, around: Option<&str>, name: &str, attributes: &str, value: String) {
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
            (None, "content:encoded" | "content") => keep(&mut self.content, name, attributes, value),
            (None, "description" | "summary") => keep(&mut self.summary, name, attributes, value),
            _ => {}
        }
    }
}

/// Keeps the longer of what was there and `value`.
fn keep(field: &mut Option<Field>, name: &str, attributes: &str, value: String) {
    if value.trim().is_empty() || field.as_ref().is_some_and(|field| field.value.len() >= value.len()) {
        return;
    }
    let stated = xml::attribute(attributes, "type");
    let is_atom = matches!(name, "content" | "summary");
    let is_html = stated.map_or(!is_atom, |stated| stated.contains("html"));
    *field = Some(Field { name: name.to_owned(), value, is_html });
}

/// `name` without the prefixes of the formats themselves.
fn plain(name: &str) -> &str {
    ["atom:", "a10:", "rss:"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

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

fn received(entry: Entry, outlet: Option<String>, origin: &Origin) -> Result<Received, Error> {
    let place = origin.container(entry.start as u64);
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

/// An item of JSON Feed, as far as it is used.
#[derive(Deserialize)]
struct Item {
    id: Option<serde_json::Value>,
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
    author: Option<Author>,
    #[serde(default)]
    authors: Vec<Author>,
}

#[derive(Deserialize)]
struct Author {
    name: Option<String>,
}

/// The items of a JSON Feed.
pub fn items(bytes: &[u8], origin: &Origin) -> Vec<Result<Received, Error>> {
    let words = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let outlet: Option<String> =
        json::member(words, "title").and_then(|title| serde_json::from_slice(title).ok());
    let all = json::member(words, "items").map(json::elements).unwrap_or_default();
    all.into_iter()
        .map(|item| {
            // The elements are parts of `bytes`.
            let place = origin.container((item.as_ptr() as usize - bytes.as_ptr() as usize) as u64);
            match serde_json::from_slice(item) {
                Ok(item) => of_item(item, outlet.clone(), place),
                Err(error) => Err(Error::Record { place, reason: error.to_string() }),
            }
        })
        .collect()
}

fn of_item(item: Item, outlet: Option<String>, place: variorum::model::Container) -> Result<Received, Error> {
    let filled = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    let fields =
        [("content_html", item.content_html), ("content_text", item.content_text), ("summary", item.summary)];
    let Some((field, value)) = fields.into_iter().find_map(|(name, value)| Some((name, filled(value)?)))
    else {
        let reason = "its entry has neither content nor a summary".to_owned();
        return Err(Error::Record { place, reason });
    };
    Ok(Received {
        bytes: value.into_bytes(),
        path: Some(crate::shown(&place)),
        id: item.id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)),
        url: filled(item.url).or(filled(item.external_url)),
        outlet,
        title: filled(item.title),
        date: filled(item.date_published).or(filled(item.date_modified)),
        authors: item
            .authors
            .into_iter()
            .chain(item.author)
            .filter_map(|author| filled(author.name))
            .collect(),
        media: (field == "content_html").then(|| "text/html".to_owned()),
        container: Some(place),
        field: Some(field.to_owned()),
        ..Received::default()
    })
}
