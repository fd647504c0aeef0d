//! Names the blocks of a page by where they stand in it and by their words.
//!
//! In: what one pass found. Out: the blocks. First the article's element: the smallest one that holds most of the
//! running text. Signs of elements around it say nothing of it. Then each stretch of text gets a kind: by its element,
//! by its class, by its wording, by its place before, in or behind the article.

use super::scan::{Scanned, Stretch};
use super::tags::{Signs, Tag};
use crate::model::{Block, BlockKind};
use crate::read::wording;
use crate::span::Span;
use std::collections::BTreeSet;

/// Share of the page's running text that the article's element holds, in percent.
const ARTICLE_PERCENT: usize = 60;

/// Share from which an `article` or `main` element is taken, in percent, when it is the largest.
const TAGGED_PERCENT: usize = 35;

/// Share of linked words from which a stretch is a list of links, in percent.
const LINKED_PERCENT: usize = 60;

/// The blocks of the page, with the line breaks between them as `other`.
pub(super) fn blocks(page: &Scanned, title: Option<&str>) -> Vec<Block> {
    let weights = weights(page);
    let article = article(page, &weights);
    let naming = Naming::new(page, article, title);
    let kinds = naming.kinds();
    partition(page, &kinds)
}

/// Running text in each element with all below it, furniture left out.
fn weights(page: &Scanned) -> Vec<usize> {
    let mut weights: Vec<usize> = page.elements.iter().map(|element| element.weight).collect();
    for at in (1..weights.len()).rev() {
        let element = &page.elements[at];
        let is_furniture = element.name_signs.with(element.class_signs).has(Signs::FURNITURE);
        // An element around most of the page is no furniture, whatever it is called.
        if is_furniture && weights[at] * 2 < page.text.len() {
            weights[at] = 0;
        }
        weights[element.parent] += weights[at];
    }
    weights
}

/// The article's element.
fn article(page: &Scanned, weights: &[usize]) -> usize {
    let all = weights.first().copied().unwrap_or_default();
    let tagged = (1..weights.len())
        .filter(|&at| page.elements[at].tag == Tag::Article && weights[at] * 100 >= all * TAGGED_PERCENT)
        .max_by_key(|&at| (weights[at], at));
    if let Some(at) = tagged.filter(|_| all > 0) {
        return at;
    }
    let mut at = 0;
    for (child, element) in page.elements.iter().enumerate().skip(1) {
        let is_article = element.parent == at && weights[child] * 100 >= all * ARTICLE_PERCENT;
        if is_article && all > 0 && matches!(element.tag, Tag::Block | Tag::Article) {
            at = child;
        }
    }
    at
}

struct Naming<'a> {
    page: &'a Scanned,
    /// Signs of each element and those around it, up to the article's element.
    signs: Vec<Signs>,
    /// Whether each element lies in the article's.
    is_within: Vec<bool>,
    /// The figure around each element.
    figures: Vec<Option<usize>>,
    headline: Option<usize>,
    /// First block of running text in the article.
    body: usize,
}

impl<'a> Naming<'a> {
    fn new(page: &'a Scanned, article: usize, title: Option<&str>) -> Naming<'a> {
        let mut naming = Naming {
            page,
            signs: Vec::with_capacity(page.elements.len()),
            is_within: Vec::with_capacity(page.elements.len()),
            figures: Vec::with_capacity(page.elements.len()),
            headline: None,
            body: 0,
        };
        let around = around(page, article);
        for (at, element) in page.elements.iter().enumerate() {
            let own = if around.contains(&at) {
                Signs::default()
            } else {
                element.name_signs.with(element.class_signs)
            };
            let inherited = if at == 0 { Signs::default() } else { naming.signs[element.parent] };
            naming.signs.push(inherited.with(own));
            naming.is_within.push(at == article || (at > 0 && naming.is_within[element.parent]));
            let figure = if at == 0 { None } else { naming.figures[element.parent] };
            naming.figures.push(if own.has(Signs::FIGURE) { Some(at) } else { figure });
        }
        naming.headline = naming.find_headline(title);
        naming.body = (0..page.blocks.len()).find(|&at| naming.is_running(at)).unwrap_or(page.blocks.len());
        naming
    }

    fn words(&self, at: usize) -> &'a str {
        self.page.blocks[at].span.of(&self.page.text)
    }

    fn signs(&self, at: usize) -> Signs {
        let block = &self.page.blocks[at];
        self.signs[block.element].with(block.inline_signs)
    }

    fn tag(&self, at: usize) -> Tag {
        self.page.elements[self.page.blocks[at].element].tag
    }

    fn is_within(&self, at: usize) -> bool {
        self.is_within[self.page.blocks[at].element]
    }

    fn is_linked(&self, at: usize) -> bool {
        let block = &self.page.blocks[at];
        block.linked * 100 >= block.span.len() * LINKED_PERCENT
    }

    /// A paragraph of the article: within, no furniture, and a sentence or long.
    fn is_running(&self, at: usize) -> bool {
        let words = self.words(at);
        let furniture =
            Signs::FURNITURE.with(Signs::BYLINE).with(Signs::DATE).with(Signs::DEK).with(Signs::CRUMB);
        self.is_within(at)
            && !self.signs(at).has(furniture)
            && !matches!(self.tag(at), Tag::Heading(_))
            && !self.is_linked(at)
            && words.split_whitespace().nth(7).is_some()
            && words.trim_end_matches(['”', '"', '’', ')']).ends_with(['.', '!', '?', '…', ':', ','])
            && self.headline.is_none_or(|headline| headline < at)
    }

    /// The h1 that the page's titles repeat, else the first one in or before the article; without one, the block that
    /// repeats a title.
    fn find_headline(&self, title: Option<&str>) -> Option<usize> {
        let titles: Vec<String> = title
            .into_iter()
            .chain(
                self.page
                    .metas
                    .iter()
                    .filter(|meta| meta.name == "og:title")
                    .map(|meta| meta.content.as_str()),
            )
            .chain(self.page.title.as_deref())
            .map(fold)
            .filter(|title| !title.is_empty())
            .collect();
        let repeats = |at: usize| {
            let words = fold(self.words(at));
            words.len() >= 8 && titles.iter().any(|title| title.starts_with(&words) || words == *title)
        };
        let shown = |at: usize| !self.signs(at).has(Signs::NAVIGATION.with(Signs::FOOTER).with(Signs::OTHER));
        let headings: Vec<usize> =
            (0..self.page.blocks.len()).filter(|&at| self.tag(at) == Tag::Heading(1) && shown(at)).collect();
        let near = headings.iter().copied();
        let titled = near.clone().find(|&at| repeats(at));
        let within = near.clone().find(|&at| self.is_within(at));
        let any = near.clone().next();
        let other = || {
            (0..self.page.blocks.len().min(200))
                .find(|&at| repeats(at) && shown(at) && self.page.blocks[at].span.len() < 400)
        };
        titled.or(within).or(any).or_else(other)
    }

    /// The kind of each block, and what it belongs to.
    fn kinds(&self) -> Vec<(BlockKind, Option<usize>)> {
        let mut kinds: Vec<(BlockKind, Option<usize>)> = Vec::with_capacity(self.page.blocks.len());
        let mut has_dek = false;
        let mut teasers: Option<usize> = None;
        for at in 0..self.page.blocks.len() {
            let mut kind = self.kind(at, has_dek);
            let element = self.page.elements[self.page.blocks[at].element].parent;
            if teasers.is_some() && kind == BlockKind::Paragraph && self.is_running(at) {
                teasers = None;
            }
            // Behind a heading "Related" the list is one of teasers.
            if teasers.is_some()
                && matches!(kind, BlockKind::List | BlockKind::Heading | BlockKind::Paragraph)
            {
                kind = BlockKind::Related;
            } else if kind == BlockKind::Related && matches!(self.tag(at), Tag::Heading(_)) {
                teasers = Some(element);
            }
            has_dek |= kind == BlockKind::Dek;
            let of = self.owner(at, kind, &kinds);
            kinds.push((kind, of));
        }
        kinds
    }

    fn kind(&self, at: usize, has_dek: bool) -> BlockKind {
        if self.headline == Some(at) {
            return BlockKind::Headline;
        }
        let block = &self.page.blocks[at];
        self.by_element(at, block)
            .or_else(|| self.by_class(at, has_dek))
            .unwrap_or_else(|| self.by_words(at, has_dek))
    }

    /// Navigation, footers, forms, captions.
    fn by_element(&self, at: usize, block: &Stretch) -> Option<BlockKind> {
        let signs = self.signs(at);
        let words = block.span.of(&self.page.text);
        let worded = || wording::furniture(words);
        if signs.has(Signs::NAVIGATION) {
            return Some(if signs.has(Signs::CRUMB) { BlockKind::Crumb } else { BlockKind::Other });
        }
        if signs.has(Signs::FOOTER) && !self.is_running(at) {
            return Some(worded().unwrap_or(if signs.has(Signs::ITEM) {
                BlockKind::Related
            } else {
                BlockKind::Other
            }));
        }
        if signs.has(Signs::OTHER) && !self.is_within(at) {
            return Some(BlockKind::Other);
        }
        if signs.has(Signs::NOTE) {
            return Some(worded().filter(|&kind| kind != BlockKind::Related).unwrap_or(BlockKind::Note));
        }
        if signs.has(Signs::FORM) {
            return Some(worded().unwrap_or(BlockKind::Other));
        }
        if signs.has(Signs::RELATED) {
            return Some(worded().unwrap_or(BlockKind::Related));
        }
        if signs.has(Signs::CREDIT) {
            return Some(BlockKind::Credit);
        }
        if signs.has(Signs::CAPTION.with(Signs::FIGURE)) && !signs.has(Signs::TABLE.with(Signs::BLOCKQUOTE)) {
            let is_credit = wording::credit_start(words) == Some(0);
            return Some(if is_credit { BlockKind::Credit } else { BlockKind::Caption });
        }
        if signs.has(Signs::ASIDE) {
            let is_box = self.is_within(at) && block.linked * 5 < block.span.len() && self.is_running(at);
            return Some(worded().unwrap_or(if is_box { BlockKind::Paragraph } else { BlockKind::Related }));
        }
        None
    }

    /// Byline, date, dek, crumb by their class.
    fn by_class(&self, at: usize, has_dek: bool) -> Option<BlockKind> {
        let signs = self.signs(at);
        let words = self.words(at);
        let count = words.split_whitespace().take(60).count();
        let is_head = at <= self.body;
        if signs.has(Signs::BYLINE) && count <= 40 && !self.is_running(at) {
            let is_date = wording::is_date_line(words);
            return Some(if is_date { BlockKind::Dateline } else { BlockKind::Byline });
        }
        if signs.has(Signs::DATE) && count <= 20 && words.contains(|c: char| c.is_ascii_digit()) {
            return Some(BlockKind::Dateline);
        }
        if signs.has(Signs::CRUMB) && count <= 20 {
            return Some(BlockKind::Crumb);
        }
        if signs.has(Signs::DEK) && is_head && !has_dek && self.headline.is_none_or(|headline| headline < at)
        {
            return Some(BlockKind::Dek);
        }
        if signs.has(Signs::BLOCKQUOTE) || (signs.has(Signs::EMBED) && self.is_within(at) && at > self.body) {
            return Some(BlockKind::Embed);
        }
        None
    }

    /// What is left: by wording, tag and place.
    fn by_words(&self, at: usize, has_dek: bool) -> BlockKind {
        let words = self.words(at);
        let count = words.split_whitespace().take(60).count();
        if wording::is_date_line(words) {
            return BlockKind::Dateline;
        }
        if count <= 30 && (wording::is_byline(words) || wording::is_name_and_date(words)) {
            return BlockKind::Byline;
        }
        if let Some(kind) =
            wording::furniture(words).filter(|_| !self.is_running(at) || self.is_linked(at) || count < 25)
        {
            return kind;
        }
        if !self.is_within(at) {
            return self.outside(at, has_dek, count);
        }
        let tag = self.tag(at);
        if matches!(tag, Tag::Heading(_)) {
            let is_dek = !has_dek
                && at < self.body
                && self.headline.is_some_and(|headline| headline + 1 == at)
                && count >= 5;
            return if is_dek { BlockKind::Dek } else { BlockKind::Heading };
        }
        let signs = self.signs(at);
        if signs.has(Signs::TABLE) && matches!(tag, Tag::Cell | Tag::Row) {
            return BlockKind::Table;
        }
        if self.is_linked(at) && count <= 30 && !words.ends_with('.') {
            return BlockKind::Related;
        }
        if signs.has(Signs::ITEM) {
            return BlockKind::List;
        }
        self.in_article(at, has_dek, count)
    }

    fn in_article(&self, at: usize, has_dek: bool, count: usize) -> BlockKind {
        let words = self.words(at);
        if self.headline.is_some_and(|headline| at < headline) {
            return if count <= 6 { BlockKind::Crumb } else { BlockKind::Other };
        }
        let is_bare = words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '”' | '’' | '"'));
        if at < self.body && is_bare && self.headline.is_some() {
            if count <= 3 {
                return if wording::is_bare_name(words) { BlockKind::Byline } else { BlockKind::Crumb };
            }
            if !has_dek {
                return BlockKind::Dek;
            }
        }
        if count <= 12 && wording::credit_start(words) == Some(0) {
            return BlockKind::Credit;
        }
        BlockKind::Paragraph
    }

    /// Text beside the article.
    fn outside(&self, at: usize, has_dek: bool, count: usize) -> BlockKind {
        let is_list =
            self.signs(at).has(Signs::ITEM) || matches!(self.tag(at), Tag::Heading(_)) || self.is_linked(at);
        let is_between = self.headline.is_some_and(|headline| headline < at) && at < self.body;
        if is_list {
            BlockKind::Related
        } else if is_between && !has_dek && count >= 5 {
            BlockKind::Dek
        } else {
            BlockKind::Other
        }
    }

    /// A credit's caption: the nearest one before it in the same figure, or right before it.
    fn owner(&self, at: usize, kind: BlockKind, before: &[(BlockKind, Option<usize>)]) -> Option<usize> {
        let figure = |at: usize| self.figures[self.page.blocks[at].element];
        let last = before.len().checked_sub(1)?;
        (kind == BlockKind::Credit
            && before[last].0 == BlockKind::Caption
            && (figure(at) == figure(last) || figure(at).is_none()))
        .then_some(last)
    }
}

/// The element and all around it.
fn around(page: &Scanned, element: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut at = element;
    while found.insert(at) {
        at = page.elements[at].parent;
    }
    found
}

fn fold(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn partition(page: &Scanned, kinds: &[(BlockKind, Option<usize>)]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut index = Vec::with_capacity(kinds.len());
    let mut at = 0;
    for (stretch, &(kind, of)) in page.blocks.iter().zip(kinds) {
        if stretch.span.start() > at {
            blocks.push(Block {
                span: Span::new(at, stretch.span.start()),
                kind: BlockKind::Other,
                of: None,
            });
        }
        index.push(blocks.len());
        blocks.push(Block { span: stretch.span, kind, of: of.map(|of| index[of]) });
        at = stretch.span.end();
    }
    if at < page.text.len() {
        blocks.push(Block { span: Span::new(at, page.text.len()), kind: BlockKind::Other, of: None });
    }
    blocks
}
