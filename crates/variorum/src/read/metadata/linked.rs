//! The JSON-LD objects of a page that speak of its article.
//!
//! In: the values of its scripts. Out: [`Linked`]: articles first, then pages, then videos and the like, each in the order of the
//! page. Graphs, arrays and what stands under `mainEntity` or `mainEntityOfPage` are looked into; lists of other articles
//! are not. An object that only points ("@id") is looked up in the graph.
//! Leaves: other vocabularies than schema.org; microdata, which is read from the markup.

use super::json::{Node, Value};
use std::collections::BTreeMap;

/// What the page says in JSON-LD.
#[derive(Default)]
pub(super) struct Linked<'a> {
    /// Articles, posts, reports, recipes.
    pub(super) articles: Vec<&'a Node>,
    /// The page as such.
    pub(super) pages: Vec<&'a Node>,
    /// Videos, podcasts, events and anything else.
    pub(super) others: Vec<&'a Node>,
    /// Named objects by their `@id`.
    named: BTreeMap<&'a str, &'a Node>,
}

/// Deepest nesting that is looked into.
const DEPTH: usize = 6;

/// Fields under which the object that the page is about may stand.
const INTO: [&str; 4] = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"];

impl<'a> Linked<'a> {
    /// The objects in `values`.
    pub(super) fn of(values: &'a [Node]) -> Linked<'a> {
        let mut linked = Linked::default();
        values.iter().for_each(|value| linked.gather(value, 0));
        linked
    }

    fn gather(&mut self, node: &'a Node, depth: usize) {
        if depth > DEPTH {
            return;
        }
        if let Value::Array(items) = &node.value {
            return items.iter().for_each(|item| self.gather(item, depth + 1));
        }
        if node.fields().is_empty() {
            return;
        }
        if let (Some(id), Some(_)) = (node.get("@id").and_then(Node::words), node.get("name")) {
            self.named.entry(id).or_insert(node);
        }
        match sort(node) {
            Sort::Article => self.articles.push(node),
            Sort::Page => self.pages.push(node),
            Sort::Other => self.others.push(node),
        }
        for field in INTO {
            if let Some(inner) = node.get(field) {
                self.gather(inner, depth + 1);
            }
        }
    }

    /// The object itself, or the one it points to.
    pub(super) fn resolved(&self, node: &'a Node) -> &'a Node {
        let points = node.get("name").is_none();
        node.get("@id")
            .filter(|_| points)
            .and_then(Node::words)
            .and_then(|id| self.named.get(id).copied())
            .unwrap_or(node)
    }

    /// The first words of `field` in the articles.
    pub(super) fn words(&self, field: &str) -> Option<&'a Node> {
        self.articles
            .iter()
            .filter_map(|article| article.get(field))
            .find(|node| node.words().is_some_and(|words| !words.trim().is_empty()))
    }

    /// Whether an object is of one of `kinds`.
    pub(super) fn has_kind(&self, kinds: &[&str]) -> bool {
        let all = self.articles.iter().chain(&self.pages).chain(&self.others);
        all.copied().flat_map(kinds_of).any(|kind| kinds.contains(&kind))
    }
}

enum Sort {
    Article,
    Page,
    Other,
}

fn sort(node: &Node) -> Sort {
    let is_article = |kind: &str| {
        kind.ends_with("Article")
            || kind.ends_with("Posting")
            || ["Report", "Recipe", "CreativeWork", "HowTo", "Review", "OpinionPiece"].contains(&kind)
    };
    let kinds: Vec<&str> = kinds_of(node).collect();
    if kinds.iter().any(|kind| is_article(kind)) {
        Sort::Article
    } else if kinds.iter().any(|kind| kind.ends_with("Page")) {
        Sort::Page
    } else if kinds.is_empty() && node.get("headline").is_some() {
        Sort::Article
    } else {
        Sort::Other
    }
}

/// The kinds of an object, without the vocabulary's address.
pub(super) fn kinds_of(node: &Node) -> impl Iterator<Item = &str> {
    node.get("@type")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::words)
        .map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

/// The name of a person or organisation: a string, an object's `name`, or given and family name.
pub(super) fn name_of(node: &Node) -> Option<(String, &Node)> {
    match &node.value {
        Value::Words(words) => Some((words.clone(), node)),
        Value::Array(items) => items.first().and_then(name_of),
        Value::Object(_) => node.get("name").and_then(name_of).or_else(|| {
            let (given, family) = (node.get("givenName")?.words()?, node.get("familyName")?);
            Some((format!("{given} {}", family.words()?), family))
        }),
        Value::Bare(_) => None,
    }
}
