//! The report's authors.
//!
//! In: what the container says, JSON-LD, meta tags, elements marked as naming an author, byline blocks. Out: names in the
//! order of their source, each once.
//! Order: the container; JSON-LD `author`; meta tags; marked elements behind the headline, else shortly before it (a link to
//! an author's page, `itemprop`, a class); byline blocks; the only person JSON-LD describes; marked elements near the headline
//! in what was read as teasers, captions and the like. The first of them that names somebody other than the outlet itself is
//! taken whole; where none does, the outlet is the author if JSON-LD, else a meta tag, names it so. In running markup only
//! people count: two to five words with capitals, none of them of a newsroom, a role or a date (see `names`).
//! Leaves: initials at the end of a report; names within the running text.

use super::linked::{kinds_of, name_of};
use super::names;
use super::title::headline_place;
use super::words::{decoded, of_markup, squeeze};
use super::{Element, Facts, Said};
use crate::model::BlockKind;
use crate::read::html::{Mark, Marked};
use crate::read::metadata::json::Node;
use crate::span::Span;
use crate::token::letters;

/// Most authors that are listed.
const MANY: usize = 40;

/// The authors and where each is named.
pub(super) fn authors(facts: &Facts) -> Vec<Said<String>> {
    if !facts.received.authors.is_empty() {
        return facts
            .received
            .authors
            .iter()
            .map(|name| Said::new(name.clone(), "container", None))
            .collect();
    }
    let linked = linked(facts);
    let (people, newsroom): (Vec<_>, Vec<_>) =
        linked.into_iter().partition(|said| !is_outlet(&said.value, facts));
    if !people.is_empty() {
        return once(people);
    }
    let (people, named) = meta(facts).into_iter().partition(|said| !is_outlet(&said.value, facts));
    let looks: [&dyn Fn() -> Vec<Said<String>>; 5] =
        [&|| marked(facts, false), &|| in_blocks(facts), &|| person(facts), &|| marked(facts, true), &|| {
            newsroom.clone()
        }];
    let mut looked = Some(people).into_iter().chain(looks.iter().map(|look| look()));
    once(looked.find(|found| !found.is_empty()).unwrap_or(named))
}

/// Each name once, [`MANY`] at most.
fn once(names: Vec<Said<String>>) -> Vec<Said<String>> {
    let mut kept: Vec<Said<String>> = Vec::new();
    for said in names {
        let folded = letters(&said.value);
        if kept.len() < MANY && kept.iter().all(|other| letters(&other.value) != folded) {
            kept.push(said);
        }
    }
    kept
}

/// Whether a name is the outlet's own.
fn is_outlet(name: &str, facts: &Facts) -> bool {
    let name = letters(name);
    facts.site_names().contains(&name)
}

/// Authors in the first article that names any.
fn linked(facts: &Facts) -> Vec<Said<String>> {
    let mut named = facts.linked.articles.iter().chain(&facts.linked.pages).map(|article| {
        let field =
            article.get("author").or_else(|| article.get("creator")).or_else(|| article.get("authors"));
        let nodes = field.map(Node::items).unwrap_or_default();
        nodes.iter().take(MANY).flat_map(|node| linked_names(node, facts)).collect::<Vec<_>>()
    });
    named.find(|names| !names.is_empty()).unwrap_or_default()
}

fn linked_names(node: &Node, facts: &Facts) -> Vec<Said<String>> {
    // A list may stand in the name, or in the list.
    let node = facts.linked.resolved(node);
    let several = node.get("name").map(Node::items).filter(|items| items.len() > 1);
    let named: Vec<_> = match several {
        Some(items) => items.iter().filter_map(name_of).collect(),
        None => name_of(node).into_iter().collect(),
    };
    named
        .into_iter()
        .flat_map(|(name, node)| {
            let place = facts.place(node.span);
            names::stated(&decoded(&name))
                .into_iter()
                .map(move |name| Said::new(name, "json-ld", Some(place)))
        })
        .collect()
}

/// Authors in the first kind of meta tag that names any.
fn meta(facts: &Facts) -> Vec<Said<String>> {
    let metas = |name: &'static str| facts.metas().iter().filter(move |meta| meta.name == name);
    let names = |name: &'static str| {
        let named = metas(name).take(MANY).flat_map(|meta| {
            let place = facts.place(meta.span);
            names::stated(&decoded(&meta.content))
                .into_iter()
                .map(move |name| Said::new(name, "meta", Some(place)))
        });
        named.collect::<Vec<_>>()
    };
    let mut stated = super::named("author").map(names);
    stated
        .find(|found| !found.is_empty())
        .or_else(|| Some(labelled(facts)).filter(|found| !found.is_empty()))
        .unwrap_or_else(|| own_tags(facts))
}

/// Tags that a site names itself: "tide_authors".
fn own_tags(facts: &Facts) -> Vec<Said<String>> {
    let is_own =
        |name: &str| ["author", "authors"].iter().any(|end| name.ends_with(end)) && !name.contains("twitter");
    let named = facts.metas().iter().filter(|meta| is_own(&meta.name)).take(MANY).flat_map(|meta| {
        let place = facts.place(meta.span);
        names::stated(&decoded(&meta.content))
            .into_iter()
            .map(move |name| Said::new(name, "meta", Some(place)))
    });
    named.collect()
}

/// The only person that JSON-LD describes.
fn person(facts: &Facts) -> Vec<Said<String>> {
    let mut people =
        facts.linked.others.iter().copied().filter(|node| kinds_of(node).any(|kind| kind == "Person"));
    match (people.next(), people.next()) {
        (Some(node), None) => {
            linked_names(node, facts).into_iter().filter(|said| !is_outlet(&said.value, facts)).collect()
        }
        _ => Vec::new(),
    }
}

/// "Written by" as the label of a card for sharing.
fn labelled(facts: &Facts) -> Vec<Said<String>> {
    let labels = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let found = labels.iter().find_map(|(label, data)| {
        facts.meta(&[label]).filter(|meta| names::is_lead(&meta.content))?;
        facts.meta(&[data])
    });
    let Some(meta) = found else { return Vec::new() };
    let place = facts.place(meta.span);
    names::stated(&decoded(&meta.content))
        .into_iter()
        .map(|name| Said::new(name, "meta", Some(place)))
        .collect()
}

/// How many marked elements are read.
const READ: usize = 150;

/// How far from the headline an author is looked for, in bytes of markup before it.
const BEFORE: usize = 4000;

/// How far behind the headline an author may stand among teasers, in bytes of markup.
const NEAR: usize = 12_000;

/// How far apart the elements of one byline stand, in bytes of markup.
const APART: usize = 1500;

/// An element with people in it.
struct Named {
    marked: Marked,
    people: Vec<String>,
    is_sure: bool,
}

/// People in marked elements: behind the headline, else right before it. `is_doubtful`: those near the headline that lie in
/// what was read as teasers.
fn marked(facts: &Facts, is_doubtful: bool) -> Vec<Said<String>> {
    let headline = headline_place(facts).map_or(0, Span::start);
    let fits = |element: &Element| is_own(facts, element) && is_doubtful != is_shown(facts, &element.marked);
    let all: Vec<(usize, Marked)> =
        facts.marked(Mark::AUTHOR).map(|marked| (facts.place(marked.tag).start(), marked)).collect();
    let between = |from: usize, to: usize| {
        all.iter()
            .filter(move |(at, _)| (from..to).contains(at))
            .take(READ)
            .map(|(_, marked)| facts.element(*marked))
            .filter(fits)
    };
    let end = if is_doubtful { headline + NEAR } else { usize::MAX };
    let (after, before) = (between(headline, end), between(headline.saturating_sub(BEFORE), headline));
    cluster(facts, after).or_else(|| cluster(facts, before)).unwrap_or_default()
}

/// The first element that names people, and those that stand with it.
fn cluster(facts: &Facts, elements: impl Iterator<Item = Element>) -> Option<Vec<Said<String>>> {
    let mut found: Vec<Named> = Vec::new();
    for element in elements {
        let marked = element.marked;
        if found.first().is_some_and(|first| marked.tag.start() > first.marked.inner.end() + APART) {
            break;
        }
        let is_sure = is_sure(facts, &element);
        let named = Named {
            marked,
            people: people(facts, &marked, is_sure),
            is_sure: is_sure || marked.mark.has(Mark::AUTHOR_LINK),
        };
        if !named.people.is_empty() {
            found.push(named);
        }
    }
    let sure = found.iter().any(|named| named.is_sure);
    let kept: Vec<&Named> = if sure {
        found.iter().filter(|named| named.is_sure).collect()
    } else {
        found.iter().take(1).collect()
    };
    let said = kept.iter().flat_map(|named| {
        let place = facts.place(named.marked.inner);
        named.people.iter().map(move |name| Said::new(name.clone(), "byline", Some(place)))
    });
    (!kept.is_empty()).then(|| said.collect())
}

/// Whether an element says that it is a name by `rel`, `itemprop` or class.
fn is_sure(facts: &Facts, element: &Element) -> bool {
    let says = |(name, value): &(String, Span)| {
        let value = super::words::cut(value.of(facts.source), 200);
        match name.as_str() {
            "itemprop" | "rel" => value.eq_ignore_ascii_case("author"),
            "class" => value.split_whitespace().any(|word| NAMING.contains(&word.to_lowercase().as_str())),
            _ => false,
        }
    };
    element.attributes.iter().any(says)
}

/// Classes of an element that holds an author's name alone.
const NAMING: [&str; 12] = [
    "author",
    "vcard",
    "fn",
    "author-name",
    "authorname",
    "author_name",
    "entry-author",
    "post-author",
    "byline-author",
    "autor",
    "username",
    "author-link",
];

/// Whether an element is none of a comment, a teaser or the site's frame by its own class.
fn is_own(facts: &Facts, element: &Element) -> bool {
    const NOT: [&str; 11] = [
        "comment",
        "related",
        "teaser",
        "widget",
        "sidebar",
        "recent",
        "popular",
        "recommend",
        "login",
        "menu",
        "share",
    ];
    !element.attributes.iter().filter(|(name, _)| matches!(name.as_str(), "class" | "id")).any(
        |(_, value)| {
            let value = super::words::cut(value.of(facts.source), 200).to_lowercase();
            NOT.iter().any(|word| value.contains(word))
        },
    )
}

/// Whether an element stands in no teaser, legal line, crumb, credit or caption.
fn is_shown(facts: &Facts, marked: &Marked) -> bool {
    let kind = facts.kind_at(facts.place(marked.inner).start());
    let hidden =
        [BlockKind::Related, BlockKind::Legal, BlockKind::Crumb, BlockKind::Credit, BlockKind::Caption];
    kind.is_none_or(|kind| !hidden.contains(&kind))
}

/// People that the words of an element name. `is_sure`: its attributes say that it is a name.
fn people(facts: &Facts, marked: &Marked, is_sure: bool) -> Vec<String> {
    let words = of_markup(facts.source, marked.inner);
    let is_told = is_sure || marked.mark.has(Mark::AUTHOR_LINK);
    let mut lines = words.lines().take(8);
    let found = lines.find_map(|line| {
        let mut found = names::in_line(line, is_told);
        if found.is_empty() && is_sure && words.len() <= ALONE {
            found = names::alone(line);
        }
        (!found.is_empty()).then_some(found)
    });
    found.unwrap_or_default().into_iter().filter(|name| !is_outlet(name, facts)).collect()
}

/// Longest text of an element that holds a name and no more, in bytes.
const ALONE: usize = 80;

/// People in byline blocks.
fn in_blocks(facts: &Facts) -> Vec<Said<String>> {
    let bylines =
        facts.report.blocks.iter().filter(|block| block.kind == BlockKind::Byline && block.span.len() <= 400);
    let named = bylines.flat_map(|block| {
        let place = facts.report.map.to_source(block.span);
        let line = squeeze(block.span.of(&facts.report.text));
        names::in_line(&line, false).into_iter().map(move |name| Said::new(name, "byline", Some(place)))
    });
    named.filter(|said| !is_outlet(&said.value, facts)).collect()
}
