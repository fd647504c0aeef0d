//! What a report says of itself: title, dek, authors, outlet, address, language, dates.
//!
//! In: a report with text and blocks, the raw metadata of its page if it is one, and what the container says. Out: the
//! report's fields, each `None` where nothing says it; nothing is guessed. Order of evidence: the container (title,
//! outlet, address, date), JSON-LD, meta tags, then the blocks: headline, dek, byline, date line. A date in a byline counts
//! only when it is full: day, month and year.
//! Leaves: dates that must be worked out ("Monday") — see `dates`.

mod when;

use super::html::{Json, Meta, Page};
use super::wording;
use crate::model::{Basis, BlockKind, Precision, Received, Report, Stamp};
use crate::span::Span;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use when::When;

/// The raw metadata of a page, with places in its source.
#[derive(Default)]
pub(super) struct Raw<'a> {
    /// The decoded page.
    source: &'a str,
    page: Option<&'a Page>,
    /// The JSON-LD objects that speak of the article.
    articles: Vec<(Value, Span)>,
}

impl<'a> Raw<'a> {
    /// The metadata of `page`, which was read from `source`.
    pub(super) fn of(source: &'a str, page: &'a Page) -> Raw<'a> {
        let articles = page.json.iter().flat_map(|json| articles(source, json)).collect();
        Raw { source, page: Some(page), articles }
    }

    fn metas(&self) -> &[Meta] {
        self.page.map_or(&[], |page| &page.metas)
    }

    /// Contents of the first of `names` that the page has.
    fn meta(&self, names: &[&str]) -> Option<&Meta> {
        names.iter().find_map(|name| self.metas().iter().find(|meta| meta.name == *name))
    }

    fn content(&self, names: &[&str]) -> Option<String> {
        self.meta(names).map(|meta| squeeze(&meta.content))
    }

    fn json(&self, field: &str) -> Option<&Value> {
        self.articles.iter().find_map(|(article, _)| article.get(field))
    }
}

/// Fills the fields of `report`. `to_source` gives the place in the bytes as received of a span of the decoded page.
pub(super) fn fill(report: &mut Report, received: &Received, raw: &Raw, to_source: &dyn Fn(Span) -> Span) {
    report.outlet = received.outlet.clone().or_else(|| outlet(raw));
    report.title = received.title.clone().or_else(|| title(report, raw));
    report.dek = first(report, BlockKind::Dek);
    report.url = address(raw).or_else(|| received.url.clone());
    report.language = language(report, raw);
    report.authors = authors(report, raw);
    let stated =
        received.date.as_deref().and_then(when::iso).map(|(when, _)| stamp(when, Basis::Metadata, None));
    report.published = stated
        .or_else(|| dated(raw, &PUBLISHED, "datePublished", to_source))
        .or_else(|| in_time(report, raw, to_source))
        .or_else(|| in_blocks(report, false))
        .or_else(|| in_address(report));
    report.modified = dated(raw, &MODIFIED, "dateModified", to_source).or_else(|| in_blocks(report, true));
}

/// Names of meta tags that give the date of publication, surest first.
const PUBLISHED: [&str; 14] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "article.published",
];

/// Names of meta tags that give the date of the last change.
const MODIFIED: [&str; 6] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "article.updated",
];

fn stamp(when: When, basis: Basis, place: Option<Span>) -> Stamp {
    Stamp {
        precision: match when.value.len() {
            4 => Precision::Year,
            7 => Precision::Month,
            _ => Precision::Day,
        },
        value: when.value,
        basis,
        start: place.map(Span::start),
        end: place.map(Span::end),
    }
}

/// A date from JSON-LD or the meta tags `names`.
fn dated(raw: &Raw, names: &[&str], field: &str, to_source: &dyn Fn(Span) -> Span) -> Option<Stamp> {
    let place = |words: &str, within: Span| {
        let at = within.of(raw.source).find(words)? + within.start();
        Some(to_source(Span::new(at, at + words.len())))
    };
    let from_json = raw.articles.iter().find_map(|(article, span)| {
        let words = article.get(field)?.as_str()?;
        let (when, _) = when::iso(words)?;
        Some(stamp(when, Basis::Metadata, place(words, *span)))
    });
    from_json.or_else(|| {
        names.iter().flat_map(|name| raw.metas().iter().filter(move |meta| meta.name == *name)).find_map(
            |meta| {
                let (when, _) = when::iso(&meta.content).or_else(|| when::written(&meta.content))?;
                Some(stamp(when, Basis::Metadata, place(&meta.content, meta.span)))
            },
        )
    })
}

/// A `time` element in or above the article's date line or byline.
fn in_time(report: &Report, raw: &Raw, to_source: &dyn Fn(Span) -> Span) -> Option<Stamp> {
    let page = raw.page?;
    let kinds: Vec<BlockKind> =
        report.blocks.iter().filter(|block| !is_gap(report, block.span)).map(|block| block.kind).collect();
    page.times
        .iter()
        .filter(|time| matches!(kinds.get(time.block), Some(BlockKind::Dateline | BlockKind::Byline)))
        .find_map(|time| {
            let (when, _) = when::iso(&time.datetime)?;
            let at = time.span.of(raw.source).find(&time.datetime)? + time.span.start();
            let place = to_source(Span::new(at, at + time.datetime.len()));
            Some(stamp(when, Basis::Metadata, Some(place)))
        })
}

/// Whether a block is the line break between two others.
fn is_gap(report: &Report, span: Span) -> bool {
    span.of(&report.text).trim().is_empty()
}

/// A full date in a date line or byline; "Updated" and the like make it the date of a change.
fn in_blocks(report: &Report, is_change: bool) -> Option<Stamp> {
    let lines = report.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Dateline | BlockKind::Byline) && block.span.len() <= 400
    });
    lines.filter_map(|block| full_date(report, block.span, is_change)).next()
}

/// The first full date of a line that has the word for a change before it, or has not.
fn full_date(report: &Report, span: Span, is_change: bool) -> Option<Stamp> {
    let line = span.of(&report.text);
    let mut from = 0;
    while let Some((when, found)) = when::written(&line[from..]) {
        let (start, end) = (from + found.start(), from + found.end());
        let before = wording::plain(&line[..start]);
        let last = |word: &str| before.rfind(word);
        let change = ["updated", "modified", "amended", "changed"].iter().filter_map(|word| last(word)).max();
        let first = ["published", "posted", "created"].iter().filter_map(|word| last(word)).max();
        if (change > first) == is_change {
            let place = report.map.to_source(Span::new(span.start() + start, span.start() + end));
            return Some(stamp(when, Basis::Stated, Some(place)));
        }
        from = end;
    }
    None
}

/// "/2025/03/17/" in the address.
fn in_address(report: &Report) -> Option<Stamp> {
    let parts: Vec<&str> = report.url.as_deref()?.split('/').collect();
    parts.windows(3).find_map(|part| {
        let is_date = part[0].len() == 4 && part[1..].iter().all(|number| number.len() == 2);
        let (when, _) = when::iso(&format!("{}-{}-{}", part[0], part[1], part[2])).filter(|_| is_date)?;
        Some(stamp(when, Basis::Metadata, None))
    })
}

/// The words of the first block of a kind, with single spaces.
fn first(report: &Report, kind: BlockKind) -> Option<String> {
    report.blocks.iter().find(|block| block.kind == kind).map(|block| squeeze(block.span.of(&report.text)))
}

fn squeeze(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(report: &Report, raw: &Raw) -> Option<String> {
    let stated = || {
        let json = raw.json("headline").and_then(Value::as_str).map(squeeze);
        let named = raw.page.and_then(|page| page.title.clone());
        json.or_else(|| raw.content(&["og:title", "twitter:title"])).or(named)
    };
    first(report, BlockKind::Headline)
        .or_else(|| stated().map(|title| without_site(&title, report.outlet.as_deref())))
        .filter(|title| !title.is_empty())
}

/// A title without the site's name behind a stroke.
fn without_site(title: &str, outlet: Option<&str>) -> String {
    let cut = [" | ", " – ", " — ", " - ", " :: ", " » "]
        .iter()
        .filter_map(|stroke| title.rfind(stroke).map(|at| (at, stroke.len())))
        .max();
    let Some((at, stroke)) = cut else { return title.to_owned() };
    let (words, site) = (title[..at].trim(), title[at + stroke..].trim());
    let is_outlet = outlet.is_some_and(|outlet| {
        outlet.to_lowercase().contains(&site.to_lowercase())
            || site.to_lowercase().contains(&outlet.to_lowercase())
    });
    let is_site = site.split_whitespace().count() <= 4
        && words.split_whitespace().count() >= 3
        && title[at..].contains('|');
    if is_outlet || is_site { words.to_owned() } else { title.to_owned() }
}

fn outlet(raw: &Raw) -> Option<String> {
    let publisher = raw.json("publisher").and_then(name_of).map(|name| squeeze(&name));
    raw.content(&["og:site_name"])
        .or(publisher)
        .or_else(|| raw.content(&["application-name", "apple-mobile-web-app-title"]))
        .filter(|name| !name.is_empty())
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Array(several) => several.first().and_then(name_of),
        Value::Object(fields) => fields.get("name").and_then(name_of),
        _ => None,
    }
}

fn address(raw: &Raw) -> Option<String> {
    let is_address = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    raw.content(&["canonical"])
        .filter(is_address)
        .or_else(|| raw.content(&["og:url"]).filter(is_address))
        .or_else(|| raw.json("url").and_then(Value::as_str).map(str::to_owned).filter(is_address))
}

/// The language the page states, else the one whose small words fill the text.
fn language(report: &Report, raw: &Raw) -> Option<String> {
    let stated = raw
        .page
        .and_then(|page| page.language.clone())
        .or_else(|| raw.content(&["og:locale", "content-language"]));
    let code = |tag: String| {
        let code: String =
            tag.chars().take_while(|c| c.is_ascii_alphabetic()).collect::<String>().to_lowercase();
        (code.len() == 2).then_some(code)
    };
    stated.and_then(code).or_else(|| spoken(report))
}

static SMALL_WORDS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut languages: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for row in crate::lexicon::rows(include_str!("../../../lang/stopwords.txt")).filter(|row| row.len() == 2)
    {
        for word in row[1].split_whitespace() {
            languages.entry(word).or_default().push(row[0]);
        }
    }
    languages
});

/// How many words are looked at to tell a language.
const LANGUAGE_WORDS: usize = 2000;

/// Share of small words in running text, in percent, from which a language is told; English news has some 35.
const SMALL_PERCENT: usize = 15;

fn spoken(report: &Report) -> Option<String> {
    let body = report.blocks.iter().filter(|block| block.kind.is_body()).flat_map(|block| {
        block.span.of(&report.text).split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut different: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut all = 0;
    for word in body.take(LANGUAGE_WORDS) {
        all += 1;
        if let Some((word, languages)) = SMALL_WORDS.get_key_value(word.to_lowercase().as_str()) {
            for language in languages {
                *counts.entry(language).or_default() += 1;
                different.entry(language).or_default().insert(word);
            }
        }
    }
    // One word over and over is no language.
    let is_varied = |language: &str| different.get(language).is_some_and(|words| words.len() >= 4);
    let mut ranked: Vec<(usize, &str)> = counts
        .into_iter()
        .filter(|(language, _)| is_varied(language))
        .map(|(language, count)| (count, language))
        .collect();
    ranked.sort_by(|a, b| b.cmp(a));
    let second = ranked.get(1).map_or(0, |second| second.0);
    let &(count, language) = ranked.first()?;
    (all >= 20 && count * 100 >= all * SMALL_PERCENT && count * 10 > second * 11).then(|| language.to_owned())
}

/// People named as authors, each once.
fn authors(report: &Report, raw: &Raw) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (article, _) in &raw.articles {
        names.extend(article.get("author").map(people).unwrap_or_default());
    }
    if names.is_empty() {
        let tags = ["author", "article:author", "byl", "parsely-author", "dc.creator", "sailthru.author"];
        let stated = raw.metas().iter().filter(|meta| tags.contains(&meta.name.as_str()));
        names.extend(stated.flat_map(|meta| named(&meta.content)));
    }
    if names.is_empty() {
        let bylines =
            report.blocks.iter().filter(|block| block.kind == BlockKind::Byline && block.span.len() <= 400);
        names.extend(bylines.flat_map(|block| named(block.span.of(&report.text))));
    }
    let mut kept: Vec<String> = Vec::new();
    for name in names.into_iter().filter(|name| is_person(name, report.outlet.as_deref())) {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

/// People in the `author` of JSON-LD: a name, an object, or several.
fn people(author: &Value) -> Vec<String> {
    match author {
        Value::String(name) => named(name),
        Value::Array(several) => several.iter().take(50).flat_map(people).collect(),
        Value::Object(fields) => {
            let is_organisation = fields
                .get("@type")
                .is_some_and(|kind| kind.as_str().is_some_and(|kind| kind.ends_with("Organization")));
            match fields.get("name").filter(|_| !is_organisation) {
                Some(name) => name_of(name).map(|name| named(&name)).unwrap_or_default(),
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Names in a byline: what stands between its lead and the first comma, stroke, place or date.
fn named(line: &str) -> Vec<String> {
    let line = squeeze(line);
    let line = wording::after_lead(&line).unwrap_or(&line);
    if line.contains("://") || line.contains('@') && !line.contains(' ') {
        return Vec::new();
    }
    let cut = [" | ", " • ", " · ", " – ", " — ", " - ", " in ", " for ", " at ", " (", "|", ";"]
        .iter()
        .filter_map(|stroke| line.find(stroke))
        .chain(line.find(|c: char| c.is_ascii_digit()))
        .min()
        .unwrap_or(line.len());
    line[..cut]
        .replace(" and ", ",")
        .replace(" AND ", ",")
        .replace(" & ", ",")
        .replace(" und ", ",")
        .split(',')
        .map(|name| cased(name.trim()))
        .filter(|name| !name.is_empty())
        .collect()
}

/// "ANA RUIZ" as "Ana Ruiz".
fn cased(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.contains(' ') {
        return name.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Two to five words that read as a person's name and not as a newsroom, an agency or a role.
fn is_person(name: &str, outlet: Option<&str>) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_outlet = outlet.is_some_and(|outlet| outlet.to_lowercase() == name.to_lowercase());
    (2..=5).contains(&words.len())
        && !is_outlet
        && !words.iter().any(|word| wording::is_office_word(word))
        && words
            .iter()
            .all(|word| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'' | '‘')))
        && words.first().is_some_and(|word| word.starts_with(|c: char| !c.is_lowercase()))
}

/// The objects of a script that speak of an article, with the script's place.
fn articles(source: &str, json: &Json) -> Vec<(Value, Span)> {
    let words = json.span.of(source).trim().trim_start_matches("<!--").trim_end_matches("-->");
    let Ok(value) = serde_json::from_str::<Value>(words) else { return Vec::new() };
    let mut found = Vec::new();
    gather(value, 0, &mut found);
    found.into_iter().map(|article| (article, json.span)).collect()
}

fn gather(value: Value, depth: usize, found: &mut Vec<Value>) {
    match value {
        Value::Array(several) if depth < 4 => {
            several.into_iter().for_each(|value| gather(value, depth + 1, found))
        }
        Value::Object(mut fields) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| {
                    kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
                })
            };
            let kind = fields.get("@type").cloned().unwrap_or_default();
            if is_article(&kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_article)) {
                found.push(Value::Object(fields));
            } else if let Some(graph) = fields.remove("@graph").filter(|_| depth < 4) {
                gather(graph, depth + 1, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
