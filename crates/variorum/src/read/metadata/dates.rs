//! When the report was published and last changed.
//!
//! In: everything the page says. Out: the two dates, each with its place and what it was read from.
//! Order for publication:
//!
//! - the container; JSON-LD `datePublished` of the article; meta tags, surest first; elements with `itemprop` `datePublished`
//!   or `dateCreated`; JSON-LD `datePublished`, `dateCreated`, `uploadDate` of anything on the page;
//! - near the headline: a marked element (`time`, a class, a `data-` attribute) that says publication, then the nearest of
//!   marked elements, short lines with a date and paragraphs that begin with one;
//! - date lines and bylines elsewhere; meta tags that systems fill with other dates, too; marked elements elsewhere, then
//!   those near the headline that lie in what was read as teasers or notes; the address; lines with a word for publication;
//!   fields of scripts; marked elements in teasers and notes elsewhere; lines that hold little else;
//! - the date of the last change, which is then given as `modified` in the provenance.
//!
//! Order for the last change: JSON-LD `dateModified`, meta tags, marked elements, date lines and other lines with a word for a
//! change (`lang/date-cues.txt`). A date that is not full (a year in a copyright line) never counts. A time in UTC gives way to
//! the day that a marked element shows, where that is the day before or after and the same moment may be meant.
//! Plain text is dated by its container, then by the date lines and bylines of its head alone. The words of captions and
//! teasers tell other dates and are never asked; those of credits only near the headline; running text only where a paragraph
//! near the headline begins with the date, or a line of the body is little but a date with its word.
//! Guards: [`READ`] marked elements, the nearest to the headline, and the first [`LINES`] blocks are read.
//! Leaves: "two hours ago".

use super::title::headline_place;
use super::when::{self, Order, When};
use super::words::{decoded, of_markup};
use super::{Element, Facts, Said};
use crate::lexicon;
use crate::model::BlockKind;
use crate::read::html::{Mark, Marked};
use crate::span::Span;
use memchr::memmem;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// A date with its place.
type Dated = Said<When>;

/// The dates of publication and of the last change.
pub(super) fn dates(facts: &Facts) -> (Option<Dated>, Option<Dated>) {
    let shown = LazyCell::new(|| Shown::of(facts));
    let modified = modified(facts, &shown);
    let stated = published(facts, &shown);
    let published = stated.or_else(|| modified.clone().map(|dated| Said { from: "modified", ..dated }));
    (published, modified)
}

/// What the marked elements say, read when it is first asked for.
type Lazy<F> = LazyCell<Shown, F>;

fn published<F: FnOnce() -> Shown>(facts: &Facts, shown: &Lazy<F>) -> Option<Dated> {
    if facts.page.is_none() {
        return container(facts).or_else(|| in_blocks(facts, false));
    }
    let stated = container(facts)
        .or_else(|| linked(facts, &["datePublished"], true))
        .or_else(|| meta(facts, "publish"))
        .or_else(|| shown.stated.clone())
        .or_else(|| linked(facts, &["datePublished", "dateCreated", "uploadDate"], false));
    stated
        .map(|stated| in_its_zone(stated, shown))
        .or_else(|| shown.near(facts))
        .or_else(|| in_blocks(facts, false))
        .or_else(|| meta(facts, "publish-weak"))
        .or_else(|| shown.any())
        .or_else(|| shown.doubtful.clone().filter(|(distance, _)| *distance <= CLOSE).map(|(_, dated)| dated))
        .or_else(|| in_address(facts))
        .or_else(|| beside_cue(facts, false))
        .or_else(|| in_scripts(facts).map(|found| in_its_zone(found, shown)))
        .or_else(|| shown.doubtful.clone().map(|(_, dated)| dated))
        .or_else(|| in_lines(facts))
}

/// A time in UTC, or the day that a marked element shows where that is the day before or after and the same moment could be
/// meant: the day is the one of the place the report is from.
fn in_its_zone<F: FnOnce() -> Shown>(stated: Dated, shown: &Lazy<F>) -> Dated {
    let value = &stated.value.value;
    let is_utc = value.len() > 16 && value.ends_with('Z') || value.ends_with("+00:00");
    let hour: Option<i32> = value.get(11..13).and_then(|hour| hour.parse().ok());
    let (Some(hour), Some(day), true) = (hour, date(&stated.value), is_utc) else { return stated };
    let fits = |other: &Dated| {
        let step = date(&other.value).and_then(|other| (other - day).get_days().into());
        matches!((step, hour), (Some(-1), 0..=12) | (Some(1), 10..=23))
    };
    let near = [&shown.stated, &shown.close_by()].into_iter().flatten().find(|other| fits(other)).cloned();
    near.unwrap_or(stated)
}

fn date(when: &When) -> Option<jiff::civil::Date> {
    when.day().parse().ok()
}

fn modified<F: FnOnce() -> Shown>(facts: &Facts, shown: &Lazy<F>) -> Option<Dated> {
    if facts.page.is_none() {
        return in_blocks(facts, true);
    }
    linked(facts, &["dateModified"], true)
        .or_else(|| meta(facts, "change"))
        .or_else(|| shown.changed.clone())
        .or_else(|| in_blocks(facts, true))
        .or_else(|| beside_cue(facts, true))
}

fn container(facts: &Facts) -> Option<Dated> {
    let when = when::iso(facts.received.date.as_deref()?)?;
    Some(Said::new(when, "container", None))
}

/// A date in JSON-LD: of the articles, or of the page and anything else.
fn linked(facts: &Facts, fields: &[&str], of_articles: bool) -> Option<Dated> {
    let all = if of_articles {
        facts.linked.articles.clone()
    } else {
        [&facts.linked.articles[..], &facts.linked.pages, &facts.linked.others].concat()
    };
    fields.iter().find_map(|field| {
        all.iter().find_map(|node| {
            let node = node.get(field)?.items().first()?;
            let when = read(node.words()?, facts.order)?;
            Some(Said::new(when, "json-ld", Some(facts.place(node.span))))
        })
    })
}

/// How much of a field is looked at, in bytes.
const FIELD: usize = 200;

/// A date in a field: ISO 8601 or in words.
fn read(words: &str, order: Order) -> Option<When> {
    let words = super::words::cut(words, FIELD);
    let stated = when::iso(words).or_else(|| when::written(words, order).map(|(when, _)| when));
    stated.filter(When::is_full)
}

fn meta(facts: &Facts, class: &'static str) -> Option<Dated> {
    super::named(class).find_map(|name| {
        facts.metas().iter().filter(|meta| meta.name == name).find_map(|meta| {
            let when = read(&decoded(&meta.content), facts.order)?;
            let place = facts.value_place(meta.span, &meta.content);
            Some(Said::new(when, "meta", Some(place)))
        })
    })
}

/// What the marked elements say.
#[derive(Default)]
struct Shown {
    /// By `itemprop`.
    stated: Option<Dated>,
    /// The nearest that say publication, with the distance from the headline.
    published: Option<(usize, Dated)>,
    /// The nearest of those that say only that they are dates.
    plain: Option<(usize, Dated)>,
    changed: Option<Dated>,
    /// The nearest of those in teasers, notes and the like.
    doubtful: Option<(usize, Dated)>,
}

/// What an element's attributes make of its date.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sense {
    Stated,
    Published,
    Plain,
    Changed,
    Doubtful,
}

/// How many marked elements are read.
const READ: usize = 150;

/// How far from the headline a date still belongs to it, in bytes of markup.
const CLOSE: usize = 8000;

impl Shown {
    fn of(facts: &Facts) -> Shown {
        let headline = headline_place(facts);
        let mut found: Vec<(Sense, usize, Dated)> = Vec::new();
        let mut marked: Vec<Marked> = facts.marked(Mark::DATE).collect();
        marked.sort_by_key(|marked| distance(facts.place(marked.tag).start(), headline));
        for marked in marked.into_iter().take(READ) {
            let inner = super::words::cut(marked.inner.of(facts.source), INNER);
            if !when::has_digits(marked.tag.of(facts.source)) && !when::has_digits(inner) {
                continue;
            }
            let element = facts.element(marked);
            let Some(sense) = sense(facts, &element) else { continue };
            let Some((dated, words)) = date_of(facts, &element) else { continue };
            let at = facts.place(marked.tag).start();
            let is_change = sense != Sense::Stated && is_change(&words);
            let sense = if is_change && sense != Sense::Doubtful { Sense::Changed } else { sense };
            found.push((sense, distance(at, headline), dated));
        }
        let nearest = |sense: Sense| {
            let of_sense = found.iter().filter(|(other, _, _)| *other == sense);
            of_sense
                .min_by_key(|(_, distance, _)| *distance)
                .map(|(_, distance, dated)| (*distance, dated.clone()))
        };
        let dated = |found: Option<(usize, Dated)>| found.map(|(_, dated)| dated);
        Shown {
            stated: dated(nearest(Sense::Stated)),
            published: nearest(Sense::Published),
            plain: nearest(Sense::Plain),
            changed: dated(nearest(Sense::Changed)),
            doubtful: nearest(Sense::Doubtful),
        }
    }

    /// The nearest marked date if it is near the headline.
    fn close_by(&self) -> Option<Dated> {
        let found = self.published.as_ref().or(self.plain.as_ref())?;
        (found.0 <= CLOSE).then(|| found.1.clone())
    }

    /// What stands near the headline: said to be of publication, then the nearest marked date, date line or other line.
    fn near(&self, facts: &Facts) -> Option<Dated> {
        let close = |found: &(usize, Dated)| found.0 <= CLOSE;
        let published = self.published.clone().filter(close).map(|(_, dated)| dated);
        published.or_else(|| {
            let all = self.plain.clone().into_iter().chain(near_headline(facts));
            all.filter(close).min_by_key(|(distance, _)| *distance).map(|(_, dated)| dated)
        })
    }

    /// The nearest date wherever it is.
    fn any(&self) -> Option<Dated> {
        self.published.clone().or_else(|| self.plain.clone()).map(|(_, dated)| dated)
    }
}

/// How far a place is from the headline; before it counts twice.
fn distance(at: usize, headline: Option<Span>) -> usize {
    match headline {
        Some(headline) if at >= headline.start() => at.saturating_sub(headline.end()),
        Some(headline) => (headline.start() - at).saturating_mul(2),
        None => at,
    }
}

/// What the attributes of an element say of its date; `None` where it is no date of the report.
fn sense(facts: &Facts, element: &Element) -> Option<Sense> {
    const NOT: [&str; 14] = [
        "comment",
        "event",
        "countdown",
        "copyright",
        "birth",
        "calendar",
        "related",
        "teaser",
        "sidebar",
        "widget",
        "recent",
        "archive",
        "expir",
        "popular",
    ];
    let mut says = String::new();
    for (name, value) in &element.attributes {
        let value = value.of(facts.source);
        if name == "itemprop" && (value == "datePublished" || value == "dateCreated") {
            return Some(Sense::Stated);
        }
        if matches!(name.as_str(), "class" | "id" | "itemprop" | "property" | "data-testid") {
            says.push(' ');
            says.push_str(&super::words::cut(value, 200).to_lowercase());
        }
    }
    let has = |words: &[&str]| words.iter().any(|word| says.contains(word));
    let kind = facts.kind_at(facts.place(element.marked.inner).start());
    if has(&NOT) {
        return None;
    }
    if matches!(kind, Some(BlockKind::Related | BlockKind::Legal | BlockKind::Note)) {
        return Some(Sense::Doubtful);
    }
    Some(if has(&["updat", "modif", "changed", "edited"]) && !has(&["publish"]) {
        Sense::Changed
    } else if has(&[
        "publish",
        "posted",
        "pubdate",
        "pub-date",
        "created",
        "entry-date",
        "post-date",
        "dateline",
        "article-date",
    ]) || has(&["publi", "release"]) && has(&["date", "time", "datum", "fecha"])
    {
        Sense::Published
    } else {
        Sense::Plain
    })
}

/// Longest markup within an element that may be a date line, in bytes.
const INNER: usize = 4000;

/// The date of a marked element, with its words: by its attributes, else by what stands in it.
fn date_of(facts: &Facts, element: &Element) -> Option<(Dated, String)> {
    let marked = element.marked;
    let stated = element.attributes.iter().find_map(|(name, value)| {
        let is_date = matches!(name.as_str(), "datetime" | "content" | "title" | "data-date" | "data-time")
            || (name.starts_with("data-")
                && (name.contains("date") || name.contains("time") || name.contains("publish")));
        let words = value.of(facts.source);
        let when = (is_date && words.len() < 80).then(|| read(words, facts.order))??;
        Some(Said::new(when, "marked", Some(facts.place(*value))))
    });
    if stated.is_none() && marked.inner.len() > INNER {
        return None;
    }
    let words = of_markup(facts.source, marked.inner);
    stated.map(|dated| (dated, words.clone())).or_else(|| {
        let line = words.lines().take(12).find_map(|line| {
            let (when, span) = when::written(line, facts.order)?;
            // Running text is no date line.
            (line.len() <= 200).then(|| (when, line[..span.start()].to_owned()))
        });
        let (when, before) = line?;
        Some((Said::new(when, "marked", Some(facts.place(marked.inner))), before))
    })
}

/// Cues with whether they are of a change, by their first byte.
static CUES: LazyLock<Vec<Vec<(&'static str, bool)>>> = LazyLock::new(|| {
    let mut cues = vec![Vec::new(); 256];
    for row in lexicon::rows(include_str!("../../../lang/date-cues.txt")).filter(|row| row.len() == 2) {
        cues[usize::from(row[1].as_bytes()[0])].push((row[1], row[0] == "change"));
    }
    cues
});

/// Whether the last cue in `words` is one for a change.
fn is_change(words: &str) -> bool {
    cue(words).is_some_and(|is_change| is_change)
}

/// The last cue in `words`: of a change, or of publication.
fn cue(words: &str) -> Option<bool> {
    let words = words.to_lowercase();
    words.char_indices().rev().find_map(|(at, c)| {
        let cues = &CUES[usize::from(words.as_bytes()[at])];
        // Scripts without spaces have no beginnings of words.
        let begins = || c >= '\u{3000}' || !words[..at].ends_with(char::is_alphabetic);
        let here = cues.iter().filter(|(cue, _)| words[at..].starts_with(cue) && begins());
        here.map(|(_, is_change)| *is_change).max()
    })
}

/// How many paragraphs the head of a plain text may hold: a dek that nothing marks.
const HEAD: usize = 1;

/// A full date in a date line or byline; "Updated" and the like make it the date of a change. Plain text has them at its head.
fn in_blocks(facts: &Facts, is_change: bool) -> Option<Dated> {
    let blocks = &facts.report.blocks;
    let body = blocks.iter().enumerate().filter(|(_, block)| block.kind.is_body()).nth(HEAD);
    let end = body.filter(|_| facts.page.is_none()).map_or(blocks.len(), |(at, _)| at);
    let lines = blocks[..end].iter().filter(|block| {
        matches!(block.kind, BlockKind::Dateline | BlockKind::Byline) && block.span.len() <= 400
    });
    lines.filter_map(|block| full_date(facts, block.span, Some(is_change), "dateline")).next()
}

/// The first full date of a line that has the word for a change before it, or has not.
fn full_date(facts: &Facts, span: Span, wanted: Option<bool>, from: &'static str) -> Option<Dated> {
    let line = span.of(&facts.report.text);
    let mut at = 0;
    while let Some((when, found)) = when::written(&line[at..], facts.order) {
        let (start, end) = (at + found.start(), at + found.end());
        if wanted.is_none_or(|wanted| is_change(&line[..start]) == wanted) {
            let place = facts.report.map.to_source(Span::new(span.start() + start, span.start() + end));
            return Some(Said::new(when, from, Some(place)));
        }
        at = end;
    }
    None
}

/// "/2025/03/17/", "/2025-03-17/", "/20250317" in the address.
fn in_address(facts: &Facts) -> Option<Dated> {
    let addresses = [facts.report_url.as_deref(), facts.received.url.as_deref()];
    addresses.into_iter().flatten().find_map(|url| {
        let path = url.split(['?', '#']).next()?;
        let numbers: Vec<&str> =
            path.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let dashed = path.match_indices("20").find_map(|(at, _)| {
            let part = path.get(at..at + 10).filter(|part| part.is_ascii())?;
            let sign = part.as_bytes()[4];
            let is_begin = path[..at].ends_with(|c: char| !c.is_ascii_digit());
            let is_parted = is_begin && matches!(sign, b'/' | b'-' | b'_') && part.as_bytes()[7] == sign;
            let digits = [&part[..4], &part[5..7], &part[8..]];
            is_parted.then(|| when::iso(&digits.join("-")))?.filter(When::is_full)
        });
        let compact = || {
            let is_day = |part: &&&str| part.len() == 8 && part.starts_with("20");
            numbers.iter().filter(is_day).find_map(|part| when::iso(part))
        };
        Some(Said::new(dashed.or_else(compact)?, "address", None))
    })
}

/// How many blocks before and behind the headline may hold the date.
const NEAR: (usize, usize) = (8, 20);

/// Longest line that is taken for a date line, in bytes.
const LINE: usize = 160;

/// Most words beside a date in a date line, in bytes.
const SPARE: usize = 90;

/// How far from the beginning of a paragraph a date may stand that is its date line, in bytes.
const LEAD: usize = 30;

/// Full dates near the headline, each with its distance: in date lines, in short lines, at the beginning of a paragraph.
fn near_headline<'f>(facts: &'f Facts) -> impl Iterator<Item = (usize, Dated)> + 'f {
    let place = headline_place(facts);
    let blocks = &facts.report.blocks;
    let headline = blocks.iter().position(|block| block.kind == BlockKind::Headline);
    let near = headline.map_or(0..0, |at| at.saturating_sub(NEAR.0)..blocks.len().min(at + NEAR.1));
    blocks[near].iter().filter_map(move |block| {
        let is_line = block.span.len() <= LINE;
        let words =
            super::words::cut(block.span.of(&facts.report.text), if is_line { LINE } else { LEAD + 30 });
        let span = Span::new(block.span.start(), block.span.start() + words.len());
        let is_other = matches!(
            block.kind,
            BlockKind::Related | BlockKind::Caption | BlockKind::Legal | BlockKind::Heading
        );
        let dated = full_date(facts, span, Some(false), "line").filter(|_| !is_other)?;
        let begin = facts.report.map.to_source(span).start();
        let at = dated.place.map_or(begin, Span::start);
        let is_bare = is_line && words.len() - dated.place.map_or(0, Span::len).min(words.len()) <= SPARE;
        (is_bare || at <= begin + LEAD).then(|| (distance(at, place), dated))
    })
}

/// Whether a block is of what the report tells or points to, whose dates are not the report's own.
fn is_content(kind: BlockKind) -> bool {
    kind.is_body()
        || matches!(kind, BlockKind::Caption | BlockKind::Alt | BlockKind::Credit | BlockKind::Related)
}

/// How many blocks are searched for a date.
const LINES: usize = 5000;

/// How far before a date the word may stand that says what it is, in characters.
const CUE: usize = 30;

/// A full date right behind a word for publication, or for a change, or with such a word close behind it, in the page's frame or
/// a line of the body that holds little else. The word may stand alone in the line above.
fn beside_cue(facts: &Facts, is_change: bool) -> Option<Dated> {
    let mut above = "";
    facts.report.blocks.iter().take(LINES).find_map(|block| {
        let line = super::words::cut(block.span.of(&facts.report.text), 400);
        if line.trim().is_empty() {
            return None;
        }
        let before = std::mem::replace(&mut above, line);
        let (when, found) = when::written(line, facts.order)?;
        let is_bare = block.kind.is_body() && line.len() - found.len() <= BESIDE;
        if is_content(block.kind) && !is_bare {
            return None;
        }
        let before = if found.start() == 0 && before.len() <= CUE { before } else { &line[..found.start()] };
        let after = &line[found.end()..];
        let before = before.char_indices().rev().nth(CUE).map_or(before, |(at, _)| &before[at..]);
        let after = after.char_indices().nth(CUE).map_or(after, |(at, _)| &after[..at]);
        let says = cue(before).or_else(|| cue(after)) == Some(is_change);
        let place = Span::new(block.span.start() + found.start(), block.span.start() + found.end());
        says.then(|| Said::new(when, "line", Some(facts.report.map.to_source(place))))
    })
}

/// Most words beside a date in a line that holds little else, in bytes.
const BESIDE: usize = 40;

/// A full date in any line of the page's frame that holds little else.
fn in_lines(facts: &Facts) -> Option<Dated> {
    let is_frame = |kind: BlockKind| !is_content(kind) && kind != BlockKind::Legal;
    let lines = facts.report.blocks.iter().take(LINES).filter(|block| is_frame(block.kind));
    lines.filter(|block| block.span.len() <= LINE).find_map(|block| {
        let (when, found) = when::written(block.span.of(&facts.report.text), facts.order)?;
        let place = Span::new(block.span.start() + found.start(), block.span.start() + found.end());
        let is_bare = block.span.len() - found.len() <= BESIDE;
        is_bare.then(|| Said::new(when, "line", Some(facts.report.map.to_source(place))))
    })
}

/// A field of a script that is named for the date of publication.
fn in_scripts(facts: &Facts) -> Option<Dated> {
    super::named("key-publish").find_map(|name| {
        memmem::find_iter(facts.source.as_bytes(), name).take(20).find_map(|at| {
            let rest = super::words::cut(&facts.source[at + name.len()..], 60);
            let value = rest
                .strip_prefix("\\\"")
                .or_else(|| rest.strip_prefix('"'))?
                .trim_start()
                .strip_prefix(':')?;
            let value = value.trim_start_matches([' ', '"', '\\']);
            let end = value.find(['"', '\\', ',', '}']).unwrap_or(value.len());
            let when = read(&value[..end], facts.order)?;
            let start = at + name.len() + rest.len() - value.len();
            let start = start.min(facts.source.len());
            Some(Said::new(when, "script", Some(facts.place(Span::new(start, start + end)))))
        })
    })
}
