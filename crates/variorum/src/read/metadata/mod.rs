//! What a report says of itself: title, dek, authors, outlet, address, language, dates.
//!
//! In: a report with text and blocks, the raw metadata of its page if it is one, and what the container says. Out: the
//! report's fields, each `None` where nothing says it, and for each where it was read and from what
//! ([`crate::model::Provenance`]); and why a page is no article. Nothing is guessed silently.
//! Where sources differ each field has its own stated order, in the head of its file: `title`, `authors`, `dates`, `outlet`
//! (with address and language), `verdict`; the dek is the block named so. The container goes before the page, but for the
//! address, which the page knows better. Names of meta tags that hold authors or dates, and words, are data:
//! `metadata-names.txt`, `authors.txt`, `bylines.txt`, `months.txt`, `date-cues.txt`, `stopwords.txt` of `lang/`.
//! Guards: at most [`SCRIPTS`] bytes of JSON-LD and [`METAS`] meta tags are read; all else is linear in the page.
//! Leaves: dates that must be worked out ("Monday") — see `dates`.

mod authors;
mod dates;
mod json;
mod linked;
mod names;
mod outlet;
mod title;
mod verdict;
mod when;
mod words;

pub(super) use json::Node;
pub(super) use words::{attributes, cut, squeeze};

use super::html::{Json, Mark, Marked, Meta, Page};
use crate::lexicon;
use crate::model::{Basis, BlockKind, Precision, Provenance, Received, Report, Stamp};
use crate::span::Span;
use crate::token::letters;
use linked::Linked;
use std::cell::OnceCell;
use std::sync::LazyLock;
use when::{Order, When};

/// How many meta tags of a page are read.
const METAS: usize = 2000;

/// How much JSON-LD of a page is read, in bytes.
const SCRIPTS: usize = 4 << 20;

/// The raw metadata of a page, with places in its source.
#[derive(Default)]
pub(super) struct Raw<'a> {
    /// The decoded page.
    source: &'a str,
    page: Option<&'a Page>,
}

impl<'a> Raw<'a> {
    /// The metadata of `page`, which was read from `source`.
    pub(super) fn of(source: &'a str, page: &'a Page) -> Raw<'a> {
        Raw { source, page: Some(page) }
    }
}

/// The values of the JSON-LD `scripts` of a page.
pub(super) fn values(source: &str, scripts: &[Json]) -> Vec<Node> {
    let mut left = SCRIPTS;
    let values = scripts.iter().filter_map(|script| {
        let length = words::cut(script.span.of(source), left).len();
        left -= length;
        (length > 0).then(|| json::read(source, Span::new(script.span.start(), script.span.start() + length)))
    });
    values.flatten().collect()
}

/// The headline that JSON-LD gives the article.
pub(super) fn headline(values: &[Node]) -> Option<String> {
    Linked::of(values).words("headline").and_then(Node::words).map(words::decoded)
}

/// A value, what it was read from, and where that stands in the bytes as received.
#[derive(Clone, Debug)]
struct Said<T> {
    value: T,
    /// "container", "json-ld", "meta", "shown" …; see [`Provenance::from`].
    from: &'static str,
    place: Option<Span>,
}

impl<T> Said<T> {
    fn new(value: T, from: &'static str, place: Option<Span>) -> Said<T> {
        Said { value, from, place }
    }
}

/// A marked element, with the attributes of its tag.
struct Element {
    marked: Marked,
    /// Names in small letters, and the places of the values.
    attributes: Vec<(String, Span)>,
}

/// All that the fields are read from.
struct Facts<'a> {
    received: &'a Received,
    report: &'a Report,
    source: &'a str,
    page: Option<&'a Page>,
    linked: &'a Linked<'a>,
    to_source: &'a dyn Fn(Span) -> Span,
    /// Where each block with words begins in the bytes as received, and its kind.
    kinds: Vec<(usize, usize, BlockKind)>,
    outlet: Option<String>,
    report_url: Option<String>,
    /// See [`Facts::site_names`].
    site: OnceCell<Vec<String>>,
    order: Order,
}

impl<'a> Facts<'a> {
    /// The place in the bytes as received of a span of the decoded page.
    fn place(&self, span: Span) -> Span {
        (self.to_source)(span)
    }

    /// The place of `words` in `within`, else `within`.
    fn value_place(&self, within: Span, words: &str) -> Span {
        let found = within.of(self.source).find(words).filter(|_| !words.is_empty());
        self.place(
            found.map_or(within, |at| Span::new(within.start() + at, within.start() + at + words.len())),
        )
    }

    fn metas(&self) -> &'a [Meta] {
        self.page.map_or(&[], |page| &page.metas[..page.metas.len().min(METAS)])
    }

    /// The first of `names` that the page has with something in it.
    fn meta(&self, names: &[&str]) -> Option<&'a Meta> {
        let full = |name: &&str| {
            self.metas().iter().find(|meta| meta.name == **name && !meta.content.trim().is_empty())
        };
        names.iter().find_map(full)
    }

    /// Whether `og:type` begins with `kind`.
    fn is_og(&self, kind: &str) -> bool {
        self.meta(&["og:type"]).is_some_and(|meta| meta.content.to_lowercase().starts_with(kind))
    }

    /// `marked` with its attributes.
    fn element(&self, marked: Marked) -> Element {
        Element { marked, attributes: words::attributes(self.source, marked.tag) }
    }

    /// Elements marked as `mark`, in the page's order.
    fn marked(&self, mark: Mark) -> impl Iterator<Item = Marked> {
        let both = if mark == Mark::AUTHOR { Mark::AUTHOR_LINK } else { mark };
        let all = self.page.map_or(&[][..], |page| &page.marked);
        all.iter().copied().filter(move |marked| marked.mark.has(mark) || marked.mark.has(both))
    }

    /// The kind of the block that holds the byte at `place`, as received.
    fn kind_at(&self, place: usize) -> Option<BlockKind> {
        let next = self.kinds.partition_point(|(_, end, _)| *end <= place);
        self.kinds.get(next).map(|(_, _, kind)| *kind)
    }

    /// What the site may be called (the outlet, the publisher, the domain), letters and digits alone.
    fn site_names(&self) -> &[String] {
        self.site.get_or_init(|| self.named_site().iter().map(|name| letters(name)).collect())
    }

    fn named_site(&self) -> Vec<String> {
        let mut names: Vec<String> = self.outlet.iter().cloned().collect();
        let metas =
            ["og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher"];
        names.extend(
            metas
                .iter()
                .filter_map(|name| self.meta(&[name]))
                .map(|meta| squeeze(&words::decoded(&meta.content))),
        );
        let publishers = self.linked.articles.iter().take(4).filter_map(|article| article.get("publisher"));
        names.extend(
            publishers.filter_map(|node| linked::name_of(self.linked.resolved(node))).map(|(name, _)| name),
        );
        for url in [self.report_url.as_deref(), self.received.url.as_deref()].into_iter().flatten() {
            let host = url
                .split_once("://")
                .map_or("", |(_, rest)| rest)
                .split(['/', ':', '?'])
                .next()
                .unwrap_or_default();
            let host = host.strip_prefix("www.").unwrap_or(host);
            let labels: Vec<&str> = host.split('.').collect();
            names.push(host.to_owned());
            names.extend(
                labels.iter().rev().skip(1).find(|label| label.len() > 3).map(|label| (*label).to_owned()),
            );
        }
        names.retain(|name| !name.trim().is_empty());
        names
    }
}

/// Classes and names of `lang/metadata-names.txt`, in file order.
static NAMES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    lexicon::rows(include_str!("../../../lang/metadata-names.txt"))
        .filter(|row| row.len() == 2)
        .map(|row| (row[0], row[1]))
        .collect()
});

/// Names in `lang/metadata-names.txt` of one class, in file order.
fn named(class: &'static str) -> impl Iterator<Item = &'static str> {
    NAMES.iter().filter(move |row| row.0 == class).map(|row| row.1)
}

/// Fills the fields of `report`. `to_source` gives the place in the bytes as received of a span of the decoded page.
pub(super) fn fill(report: &mut Report, received: &Received, raw: &Raw, to_source: &dyn Fn(Span) -> Span) {
    let linked = Linked::of(raw.page.map_or(&[], |page| &page.values));
    let mut facts = Facts {
        received,
        report,
        source: raw.source,
        page: raw.page,
        linked: &linked,
        to_source,
        kinds: kinds(report),
        outlet: None,
        report_url: None,
        site: OnceCell::new(),
        order: Order::DayFirst,
    };
    let address = outlet::address(&facts);
    facts.report_url = address.as_ref().map(|said| said.value.clone());
    let outlet = outlet::outlet(&facts);
    facts.outlet = outlet.as_ref().map(|said| said.value.clone());
    facts.order = order(&facts);
    let language = outlet::language(&facts);
    let title = title::title(&facts);
    let dek = dek(&facts);
    let authors = authors::authors(&facts);
    let (published, modified) = dates::dates(&facts);
    let not_article = verdict::not_article(&facts);

    let mut provenance = Vec::new();
    report.url = take(address, "url", &mut provenance);
    report.outlet = take(outlet, "outlet", &mut provenance);
    report.language = take(language, "language", &mut provenance);
    report.title = take(title, "title", &mut provenance);
    report.dek = take(dek, "dek", &mut provenance);
    report.authors =
        authors.into_iter().filter_map(|said| take(Some(said), "authors", &mut provenance)).collect();
    report.published = published.map(|said| stamp(said, "published", &mut provenance));
    report.modified = modified.map(|said| stamp(said, "modified", &mut provenance));
    report.provenance = provenance;
    report.not_article = not_article;
}

/// The value, its origin noted.
fn take<T>(said: Option<Said<T>>, field: &'static str, provenance: &mut Vec<Provenance>) -> Option<T> {
    let said = said?;
    provenance.push(Provenance {
        field: field.to_owned(),
        from: said.from.to_owned(),
        start: said.place.map(Span::start),
        end: said.place.map(Span::end),
    });
    Some(said.value)
}

fn stamp(said: Said<When>, field: &'static str, provenance: &mut Vec<Provenance>) -> Stamp {
    let is_stated = matches!(said.from, "dateline" | "line");
    let (start, end) = (said.place.map(Span::start), said.place.map(Span::end));
    let value = take(Some(said), field, provenance).map(|when| when.value).unwrap_or_default();
    Stamp {
        precision: match value.len() {
            4 => Precision::Year,
            7 => Precision::Month,
            _ => Precision::Day,
        },
        value,
        basis: if is_stated { Basis::Stated } else { Basis::Metadata },
        start,
        end,
    }
}

/// The blocks with words: where they begin and end in the bytes as received, and their kinds.
fn kinds(report: &Report) -> Vec<(usize, usize, BlockKind)> {
    let with_words = report.blocks.iter().filter(|block| !block.span.of(&report.text).trim().is_empty());
    with_words
        .map(|block| {
            let place = report.map.to_source(block.span);
            (place.start(), place.end(), block.kind)
        })
        .collect()
}

/// Countries that write the month first are one: English without another country's name is read so.
fn order(facts: &Facts) -> Order {
    let tag = facts
        .page
        .and_then(|page| page.language.clone())
        .or_else(|| facts.meta(&["og:locale", "content-language"]).map(|meta| meta.content.clone()));
    let tag = tag.unwrap_or_default().to_lowercase();
    let host = facts.report_url.as_deref().or(facts.received.url.as_deref()).unwrap_or_default();
    let host = host.split_once("://").map_or(host, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let is_elsewhere =
        [".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".pk"].iter().any(|end| host.ends_with(end));
    let is_american = tag == "en" || tag.starts_with("en-us") || tag.starts_with("en_us");
    if is_american && !is_elsewhere { Order::MonthFirst } else { Order::DayFirst }
}

/// The words of the dek as shown.
fn dek(facts: &Facts) -> Option<Said<String>> {
    let block = facts.report.blocks.iter().find(|block| block.kind == BlockKind::Dek)?;
    let place = facts.report.map.to_source(block.span);
    Some(Said::new(squeeze(block.span.of(&facts.report.text)), "shown", Some(place)))
}

#[cfg(test)]
mod tests;
