//! Names the blocks of a page by where they stand in it and by their words.
//!
//! In: what one pass found. Out: the blocks, and with them the images and embeds of the article. The headline comes first, then the article, its pictures, the lines between
//! headline and text, and then each stretch by its element, its class, its wording and its place.

use super::article::{self, Article};
use super::headline;
use super::media;
use super::picture;
use super::scan::{Medium, Scanned};
use super::tags::{Signs, Tag};
use crate::model::{Block, BlockKind, Embed, Image};
use crate::read::wording;
use crate::span::Span;
use crate::token::letters;
use std::collections::BTreeMap;

/// Share of linked words from which a stretch is a link, in percent.
const LINKED_PERCENT: usize = 60;

/// Longest text beside an image that is its caption though nothing calls it so, in words.
const CAPTION: usize = 35;

/// Most stretches of a page that is read whole where none of them is running text.
const SMALL: usize = 40;

/// Share of the headline's longer words from which a heading below it is the headline in other words, in percent.
const REWORDED_PERCENT: usize = 60;

/// Share of the article's running text that its column holds, in percent.
const COLUMN_PERCENT: usize = 70;

/// Fewest bytes of a stretch that is looked for in what the page says of itself.
const TOLD: usize = 30;

/// How many stretches before the headline a caption of a gallery may stand.
const SLIDES: usize = 100;

/// How many stretches before the text a heading in the article may stand that is a dek.
const OVER: usize = 6;

/// Fewest words of a lead under a heading.
const LEAD: usize = 15;

/// Most stretches of an element that is a dek.
const DEKS: usize = 4;

/// Longest item of a list that sums the report up, in words.
const BRIEF: usize = 30;

/// Most items of one.
const SUMMARY: usize = 8;

/// Longest line that is a credit wherever it stands, in bytes.
const CREDIT_LINE: usize = 120;

/// How many stretches behind the headline a line of the head may stand.
const HEAD: usize = 12;

/// The blocks of the page, with the line breaks between them as `other`.
///
/// With them the images and embeds of the article, which lie in `source`.
pub(super) fn blocks(page: &Scanned, source: &str, titles: &[&str]) -> (Vec<Block>, Vec<Image>, Vec<Embed>) {
    let naming = Naming::new(page, titles);
    let named = naming.kinds();
    let (blocks, index) = partition(page, &named);
    let kinds: Vec<BlockKind> = named.iter().map(|(kind, _)| *kind).collect();
    let images = media::images(source, &naming, &kinds, &index);
    let embeds = media::embeds(source, &naming, &index);
    (blocks, images, embeds)
}

/// A kind, and the stretch that this one belongs to.
type Named = (BlockKind, Option<usize>);

/// What the stretches of a page are named by.
pub(super) struct Naming<'a> {
    page: &'a Scanned,
    article: Article,
    /// The picture around each element.
    pictures: Vec<Option<usize>>,
    /// What stands in a `figcaption`, with what its elements say.
    captions: Vec<Option<Signs>>,
    headline: Option<usize>,
    headline_fold: String,
    /// Whether JSON-LD or the container gives the headline in these words and `og:title` does not.
    is_stated: bool,
    /// What the page says the article is about, letters and digits only.
    descriptions: Vec<String>,
    /// From the first to behind the last stretch of running text in the article.
    first: usize,
    end: usize,
    /// The smallest element that holds most of the article's running text.
    column: usize,
    /// The element right around most of its paragraphs; 0 when there is none.
    frame: usize,
    /// The first stretch of running text in it.
    column_first: usize,
}

impl<'a> Naming<'a> {
    fn new(page: &'a Scanned, titles: &[&str]) -> Naming<'a> {
        let running = article::running(page);
        let headline = headline::find(page, &running, titles);
        let article = article::find(page, running, headline);
        let none = page.blocks.len();
        let (first, end) = article.body.map_or((none, none), |(first, last)| (first, last + 1));
        let mut naming = Naming {
            page,
            pictures: picture::around(page, &article),
            captions: picture::captions(page),
            headline,
            headline_fold: headline
                .map(|at| letters(page.blocks[at].span.of(&page.text)))
                .unwrap_or_default(),
            is_stated: false,
            descriptions: descriptions(page),
            article,
            first,
            end,
            column: 0,
            frame: 0,
            column_first: first,
        };
        let is_given = |title: &str| letters(headline::cut(title)) == naming.headline_fold;
        let mut shared = page.metas.iter().filter(|meta| meta.name == "og:title");
        naming.is_stated =
            titles.iter().any(|title| is_given(title)) && !shared.any(|meta| is_given(&meta.content));
        (naming.column, naming.frame) = naming.column();
        naming.column_first =
            (first..end).find(|&at| naming.is_body(at) && naming.is_in_column(at)).unwrap_or(first);
        if let Some(at) = naming.heading_instead() {
            naming.headline = Some(at);
            naming.headline_fold = letters(naming.words(at));
        }
        naming
    }

    /// The heading of the article, where the headline that was found stands in furniture; not where the page states that headline.
    fn heading_instead(&self) -> Option<usize> {
        let headline = self.headline.filter(|_| !self.is_stated)?;
        let is_outside = self.signs(headline).has(Signs::OUTSIDE) && !self.is_within(headline);
        let is_like = |at: usize| {
            let mut words =
                self.words(at).split_whitespace().map(letters).filter(|word| word.chars().count() >= 4);
            self.tag(headline) != Tag::Heading(1) || words.any(|word| self.headline_fold.contains(&word))
        };
        let is_free = |at: &usize| {
            matches!(self.tag(*at), Tag::Heading(1 | 2))
                && !self.is_linked(*at)
                && !self.signs(*at).has(Signs::OUTSIDE)
                && self.count(*at) >= 4
                && self.words(*at).len() <= headline::LONGEST
                && is_like(*at)
        };
        let from = self.column_first.saturating_sub(2 * HEAD).max(headline + 1);
        (from..self.column_first).find(is_free).filter(|_| is_outside)
    }

    /// The column and the frame.
    fn column(&self) -> (usize, usize) {
        let mut weights = vec![0_usize; self.page.elements.len()];
        for at in (self.first..self.end).filter(|&at| self.is_body(at)) {
            weights[self.parent(at)] += self.page.blocks[at].span.len();
        }
        let most = weights.iter().enumerate().max_by_key(|&(element, weight)| (weight, usize::MAX - element));
        let frame = most.filter(|&(_, &weight)| weight > 0).map_or(0, |(element, _)| element);
        for at in (1..weights.len()).rev() {
            weights[self.page.elements[at].parent] += weights[at];
        }
        let column = (0..weights.len()).rev().find(|&at| weights[at] * 100 >= weights[0] * COLUMN_PERCENT);
        (column.filter(|_| frame > 0).unwrap_or_default(), frame)
    }

    fn is_in_column(&self, at: usize) -> bool {
        self.column != 0 && article::is_below(self.page, self.page.blocks[at].element, self.column)
    }

    /// The element around the paragraph of a stretch.
    fn parent(&self, at: usize) -> usize {
        let element = self.page.blocks[at].element;
        let up = |element: usize| self.page.elements[element].parent;
        match self.page.elements[element].tag {
            Tag::Item => up(up(element)),
            _ if article::is_paragraph(self.page, at) => up(element),
            _ => element,
        }
    }

    /// Running text of the article that no furniture holds.
    fn is_body(&self, at: usize) -> bool {
        let element = self.page.blocks[at].element;
        self.article.is_running[at] && self.article.is_within[element] && !self.article.is_furniture[element]
    }

    fn words(&self, at: usize) -> &'a str {
        self.page.blocks[at].span.of(&self.page.text)
    }

    /// How many words a stretch has.
    fn count(&self, at: usize) -> usize {
        self.page.blocks[at].words
    }

    fn signs(&self, at: usize) -> Signs {
        let block = &self.page.blocks[at];
        self.article.signs[block.element].with(block.inline_signs)
    }

    fn tag(&self, at: usize) -> Tag {
        self.page.elements[self.page.blocks[at].element].tag
    }

    fn is_heading(&self, at: usize) -> bool {
        matches!(self.tag(at), Tag::Heading(_))
    }

    fn is_within(&self, at: usize) -> bool {
        self.article.is_within[self.page.blocks[at].element]
    }

    /// The picture around a stretch.
    pub(super) fn picture(&self, at: usize) -> Option<usize> {
        self.pictures[self.page.blocks[at].element]
    }

    /// The picture around an element.
    pub(super) fn picture_around(&self, element: usize) -> Option<usize> {
        self.pictures[element]
    }

    pub(super) fn page(&self) -> &'a Scanned {
        self.page
    }

    /// Whether an image is one of a gallery in the article's head or text.
    pub(super) fn is_slide(&self, medium: &Medium) -> bool {
        let is_near = self.headline.is_some_and(|headline| headline <= medium.stretch + SLIDES);
        self.article.signs[medium.element].has(Signs::GALLERY) && is_near && medium.stretch <= self.end
    }

    /// Whether an image or embed is the article's: in it or in its head, and in no furniture.
    pub(super) fn may_show(&self, medium: &Medium) -> bool {
        let outside = Signs::OUTSIDE.with(Signs::BIOGRAPHY).with(Signs::BYLINE).with(Signs::NOTE);
        let is_head = self
            .headline
            .is_some_and(|headline| headline <= medium.stretch + HEAD && medium.stretch <= self.column_first);
        let is_placed = self.article.is_within[medium.element] && medium.stretch <= self.end || is_head;
        is_placed && !self.article.signs[medium.element].has(outside)
    }

    fn is_linked(&self, at: usize) -> bool {
        let block = &self.page.blocks[at];
        block.linked * 100 >= block.span.len() * LINKED_PERCENT
    }

    /// All of it in strong type.
    fn is_strong(&self, at: usize) -> bool {
        self.page.blocks.get(at).is_some_and(|block| block.strong * 10 >= block.span.len() * 9)
    }

    fn is_behind_headline(&self, at: usize) -> bool {
        self.headline.is_none_or(|headline| headline < at)
    }

    /// Whether the page's own description repeats the stretch.
    fn is_told(&self, at: usize) -> bool {
        let words = self.words(at);
        if words.len() < TOLD || words.len() > 2000 {
            return false;
        }
        let folded = letters(words);
        let is_begun = |told: &String| folded.starts_with(told.as_str()) && told.len() * 2 > folded.len();
        self.descriptions.iter().any(|told| told.starts_with(&folded) || is_begun(told))
    }

    /// A line of the article's head that is meant to be read first.
    fn is_lead(&self, at: usize) -> bool {
        let is_near = self.headline.is_some_and(|headline| headline < at && at < headline + HEAD);
        is_near
            && at <= self.column_first
            && !self.is_linked(at)
            && self.count(at) >= 6
            && (self.is_told(at) || self.signs(at).has(Signs::DEK))
    }

    /// The headline once more, also with a kicker before it.
    fn is_headline_again(&self, at: usize) -> bool {
        let words = self.words(at);
        let fold_len = self.headline_fold.len();
        let is_far = words.len() < fold_len / 2 && words.len() < 16 || words.len() > 3 * fold_len + 60;
        if fold_len < 12 || words.len() >= 400 || is_far || self.is_body(at) {
            return false;
        }
        let words = letters(words);
        let is_longer = words.contains(&self.headline_fold) && words.len() < self.headline_fold.len() + 40;
        let is_shorter = words.len() >= 16 && self.headline_fold.contains(&words);
        let is_high = matches!(self.tag(at), Tag::Heading(1 | 2));
        let is_kicked = is_longer && words.ends_with(&self.headline_fold) && self.words(at).contains(':');
        words == self.headline_fold || is_kicked || (is_high && (is_longer || is_shorter))
    }

    /// A heading in the article's head that has most of the headline's words: the headline in other words, no dek.
    fn is_headline_reworded(&self, at: usize) -> bool {
        let is_head = self.headline.is_some_and(|headline| headline < at && at < headline + HEAD);
        if !is_head || at >= self.column_first || !self.is_heading(at) {
            return false;
        }
        let long = |words: &str| -> Vec<String> {
            words.split_whitespace().map(letters).filter(|word| word.chars().count() >= 4).collect()
        };
        let headline = self.headline.map_or(Vec::new(), |headline| long(self.words(headline)));
        let here = long(self.words(at));
        let both = headline.iter().filter(|word| here.contains(word)).count();
        headline.len() >= 3 && both * 100 >= headline.len() * REWORDED_PERCENT
    }

    /// The kind of each stretch, and what it belongs to.
    fn kinds(&self) -> Vec<Named> {
        let mut kinds: Vec<Named> = Vec::with_capacity(self.page.blocks.len());
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut has_dek = false;
        for at in 0..self.page.blocks.len() {
            // Right under a heading that is a dek the lead may follow.
            let is_under =
                kinds.last().is_some_and(|last| last.0 == BlockKind::Dek) && self.is_heading(at - 1);
            let is_under = is_under && self.count(at) >= LEAD;
            let mut named = (self.kind(at, has_dek && !is_under), None);
            has_dek |= named.0 == BlockKind::Dek;
            if named.0 == BlockKind::Paragraph
                && self.words(at).len() >= 60
                && let Some(first) = seen.insert(self.words(at), at)
            {
                named = (BlockKind::Duplicate, Some(first));
            }
            kinds.push(named);
        }
        self.headings(&mut kinds);
        self.credits(&mut kinds);
        self.captions_again(&mut kinds);
        kinds
    }

    /// A caption that stands in the page once more, in another size of the picture or in a gallery, with its credit.
    fn captions_again(&self, kinds: &mut [Named]) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for at in 0..kinds.len() {
            match kinds[at] {
                (BlockKind::Caption, _) => match seen.get(self.words(at)) {
                    Some(&first) => kinds[at] = (BlockKind::Duplicate, Some(first)),
                    None => drop(seen.insert(self.words(at), at)),
                },
                (BlockKind::Credit, Some(of)) if kinds[of].0 == BlockKind::Duplicate => {
                    let first = kinds[of].1.map_or(of, |first| first + 1);
                    if kinds.get(first).is_some_and(|named| named.0 == BlockKind::Credit)
                        && self.words(first) == self.words(at)
                    {
                        kinds[at] = (BlockKind::Duplicate, Some(first));
                    }
                }
                _ => {}
            }
        }
    }

    /// A heading stands over text. One over teasers is a teaser's.
    fn headings(&self, kinds: &mut [Named]) {
        let mut is_over = false;
        for (kind, _) in kinds.iter_mut().rev() {
            match kind {
                BlockKind::Paragraph | BlockKind::List | BlockKind::Table => is_over = true,
                BlockKind::Heading if !is_over => *kind = BlockKind::Related,
                BlockKind::Related | BlockKind::Note | BlockKind::Legal => is_over = false,
                _ => {}
            }
        }
    }

    /// The last short line of a picture, behind its caption, is its credit; a credit belongs to the caption before it.
    fn credits(&self, kinds: &mut [Named]) {
        for at in 1..kinds.len() {
            let is_same = |other: usize| self.picture(other) == self.picture(at);
            let has_caption =
                kinds[at - 1].0 == BlockKind::Caption && (is_same(at - 1) || self.picture(at).is_none());
            let is_last =
                kinds.get(at + 1).is_none_or(|next| next.0 != BlockKind::Caption || !is_same(at + 1));
            let words = self.words(at);
            let is_short = self.count(at) <= 8 && wording::is_name_like(words);
            let is_behind =
                kinds[at].0 == BlockKind::Caption && is_last && is_short && self.picture(at).is_some();
            if has_caption && (is_behind || kinds[at].0 == BlockKind::Credit) {
                kinds[at] = (BlockKind::Credit, Some(at - 1));
            }
        }
    }

    fn kind(&self, at: usize, has_dek: bool) -> BlockKind {
        if self.headline == Some(at) {
            return BlockKind::Headline;
        }
        if !self.words(at).contains(char::is_alphanumeric) {
            return BlockKind::Other;
        }
        if self.is_headline_again(at) || self.is_headline_reworded(at) {
            return BlockKind::Duplicate;
        }
        self.by_element(at).or_else(|| self.by_class(at)).unwrap_or_else(|| self.by_place(at, has_dek))
    }

    /// Navigation, comments, footers, forms, captions.
    fn by_element(&self, at: usize) -> Option<BlockKind> {
        let signs = self.signs(at);
        let words = self.words(at);
        let worded = || wording::furniture(words);
        if signs.has(Signs::NAVIGATION) {
            return Some(if signs.has(Signs::CRUMB) { BlockKind::Crumb } else { BlockKind::Other });
        }
        if signs.has(Signs::COMMENT) {
            return Some(BlockKind::Other);
        }
        if self.is_credit_line(at, signs) {
            return Some(BlockKind::Credit);
        }
        let is_told_first = || self.is_lead(at) && self.is_told(at);
        if signs.has(Signs::OTHER) && self.in_caption(at).is_none() && !is_told_first() {
            return Some(worded().unwrap_or(BlockKind::Other));
        }
        if self.is_in_picture(at, signs) {
            return Some(self.in_picture(at, signs));
        }
        if self.is_lead(at) {
            return None;
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
        if signs.has(Signs::FOOTER) && !self.is_body(at) {
            let item = signs.has(Signs::ITEM);
            return Some(worded().unwrap_or(if item { BlockKind::Related } else { BlockKind::Other }));
        }
        if signs.has(Signs::ASIDE) {
            return Some(worded().unwrap_or(BlockKind::Related));
        }
        None
    }

    /// What the elements between a stretch and the `figcaption` around it say.
    fn in_caption(&self, at: usize) -> Option<Signs> {
        let block = &self.page.blocks[at];
        self.captions[block.element].map(|signs| signs.with(block.inline_signs))
    }

    /// In an `address`, which holds who wrote the report.
    fn is_address(&self, at: usize) -> bool {
        self.signs(at).has(Signs::ADDRESS)
    }

    /// A line near the article that says whose a picture is, wherever it stands: "Photo: Ana Ruiz", "© Ana Ruiz/Northlight".
    fn is_credit_line(&self, at: usize, signs: Signs) -> bool {
        let words = self.words(at);
        let is_beside = signs.has(Signs::ITEM.with(Signs::RELATED).with(Signs::FOOTER));
        !is_beside
            && !self.is_heading(at)
            && words.len() <= CREDIT_LINE
            && self.is_near(at)
            && !self.is_linked(at)
            && (wording::is_signed_picture(words) || wording::is_labelled_credit(words))
    }

    /// Credit, caption, or what else stands with a picture: its author's line, the player's notes.
    fn in_picture(&self, at: usize, signs: Signs) -> BlockKind {
        let words = self.words(at);
        let caption = self.in_caption(at);
        let is_short = self.count(at) <= 12;
        let is_owner = caption.is_some_and(|own| own.has(Signs::BYLINE.with(Signs::OWNER)));
        let is_small = is_short
            && ((signs.has(Signs::FOOTER) && caption.is_none())
                || is_owner
                || wording::is_in_brackets(words));
        let is_sure =
            signs.has(Signs::CREDIT) || words.starts_with('©') || wording::credit_start(words) == Some(0);
        if is_small || is_sure || wording::credited(words).is_empty() {
            return BlockKind::Credit;
        }
        let is_led =
            wording::after_lead(words).is_some_and(|name| name.is_empty() || wording::is_byline(words));
        if is_led || self.is_address(at) || (caption.is_none() && wording::is_byline(words)) {
            return BlockKind::Byline;
        }
        if wording::is_film_line(words) {
            return BlockKind::Related;
        }
        match wording::furniture(words) {
            Some(BlockKind::Legal) if picture::reserved(words).is_none() => BlockKind::Credit,
            Some(BlockKind::Note) => BlockKind::Note,
            _ => BlockKind::Caption,
        }
    }

    /// In the article, or near its headline.
    fn is_near(&self, at: usize) -> bool {
        let is_above = |most: usize| {
            self.headline.is_some_and(|headline| headline <= at + most && at < self.column_first)
        };
        self.is_within(at) || is_above(HEAD) || (is_slide(self.signs(at)) && is_above(SLIDES))
    }

    /// Caption or credit: by class, by its `figure`, or beside an image of the article.
    fn is_in_picture(&self, at: usize, signs: Signs) -> bool {
        let words = self.words(at);
        let is_figure = signs.has(Signs::CAPTION.with(Signs::FIGURE));
        let is_named = is_figure || is_slide(signs) || signs.has(Signs::CREDIT);
        let is_caption = self.in_caption(at).is_some();
        let is_other = signs.has(Signs::BLOCKQUOTE)
            || (signs.has(Signs::TABLE.with(Signs::FORM)) && !is_caption)
            || (signs.has(Signs::FOOTER) && !signs.has(Signs::FIGURE))
            || (self.is_heading(at) && !signs.has(Signs::CAPTION))
            || (self.tag(at) == Tag::Item && is_caption);
        let is_text =
            words.chars().filter(|c| c.is_alphabetic()).nth(2).is_some() && !wording::is_date_line(words);
        if is_other || !is_text || self.is_linked(at) || !self.is_near(at) {
            return false;
        }
        if is_named {
            let is_short = self.count(at) < 3 && wording::credit_start(words) != Some(0);
            return !is_short || signs.has(Signs::CAPTION.with(Signs::CREDIT));
        }
        let holds_text = |picture: usize| {
            article::is_below(self.page, self.frame, picture)
                || article::is_below(self.page, self.column, picture)
        };
        self.is_within(at)
            && self.is_behind_headline(at)
            && !self.is_heading(at)
            && !signs.has(Signs::UNPICTURED)
            && !self.is_lead(at)
            && self.count(at) <= CAPTION
            && (self.count(at) >= 3 || wording::credit_start(words) == Some(0))
            && self.picture(at).is_some_and(|picture| !holds_text(picture))
    }

    /// Byline, date, dek, crumb by their class.
    fn by_class(&self, at: usize) -> Option<BlockKind> {
        let signs = self.signs(at);
        let words = self.words(at);
        let count = self.count(at);
        let is_body = self.is_body(at);
        let is_head = at <= self.column_first && self.is_behind_headline(at);
        let own = self.page.elements[self.page.blocks[at].element].class_signs;
        let is_meta = signs.has(Signs::DATE.with(Signs::BYLINE)) && count < 12 && !own.has(Signs::DEK);
        // Much text in one such element, or a small mark in a list, is no dek.
        let is_crowd = self.article.sums[self.parent(at)].stretches > DEKS && !own.has(Signs::DEK)
            || (signs.has(Signs::ITEM) && count < 6);
        if signs.has(Signs::DEK) && is_head && count >= 3 && !is_meta && !is_crowd && !self.is_linked(at) {
            return Some(BlockKind::Dek);
        }
        if signs.has(Signs::BIOGRAPHY) && (!is_body || at > self.first) {
            return Some(BlockKind::Byline);
        }
        if signs.has(Signs::BYLINE) && count <= 40 && !is_body && !self.is_heading(at) {
            let is_date = wording::is_date_line(words);
            return Some(if is_date { BlockKind::Dateline } else { BlockKind::Byline });
        }
        let has_digit = words.contains(|c: char| c.is_ascii_digit());
        if signs.has(Signs::DATE) && count <= 20 && has_digit {
            return Some(BlockKind::Dateline);
        }
        if signs.has(Signs::CRUMB) && count <= 20 && !is_body && !self.is_heading(at) {
            return Some(BlockKind::Crumb);
        }
        if signs.has(Signs::EMBED) && !is_body {
            return Some(BlockKind::Embed);
        }
        None
    }

    /// What is left: by wording, tag and place.
    fn by_place(&self, at: usize, has_dek: bool) -> BlockKind {
        let words = self.words(at);
        let count = self.count(at);
        if wording::is_date_line(words) {
            return BlockKind::Dateline;
        }
        if count <= 30 && (wording::is_byline(words) || wording::is_name_and_date(words)) {
            return BlockKind::Byline;
        }
        let is_body = self.is_body(at);
        let is_column = self.is_in_column(at);
        let is_plain = is_column
            && self.tag(at) == Tag::Paragraph
            && (count >= 8 || article::is_ended(words))
            && !self.is_linked(at);
        let stays = |kind: BlockKind| !(is_body && count >= 25 || is_plain && kind == BlockKind::Note);
        if let Some(kind) = wording::furniture(words).filter(|&kind| stays(kind)) {
            return kind;
        }
        if let Some(kind) = self.in_head(at, has_dek, count) {
            return kind;
        }
        let is_among = (self.first..self.end).contains(&at) && self.is_within(at);
        if is_among || (is_column && self.is_behind_headline(at)) {
            return self.in_text(at, count);
        }
        self.outside(at, count)
    }

    /// Dek and byline by their place between headline and text.
    fn in_head(&self, at: usize, has_dek: bool, count: usize) -> Option<BlockKind> {
        let is_behind = self.headline.is_some_and(|headline| headline < at);
        let is_head = is_behind && (at <= self.column_first || self.is_summary(at));
        if !is_head || self.is_linked(at) {
            return None;
        }
        let words = self.words(at);
        if self.is_in_column(at) {
            let is_furniture = self.article.is_furniture[self.page.blocks[at].element];
            let is_told = count >= 4 && (is_furniture || !self.is_body(at)) && self.is_told(at);
            if is_told || self.is_summary(at) {
                return Some(BlockKind::Dek);
            }
            let is_subtitle = self.is_heading(at)
                && !words.ends_with(':')
                && at < self.column_first
                && !has_dek
                && count >= 6;
            return (is_subtitle || self.is_opening(at, count, has_dek)).then_some(BlockKind::Dek);
        }
        if count >= 4 && self.is_told(at) {
            return Some(BlockKind::Dek);
        }
        let is_over = self.is_heading(at) && self.is_within(at) && at + OVER >= self.column_first;
        let is_close = is_over || self.headline.is_some_and(|headline| at < headline + HEAD);
        if !has_dek && count >= 4 && is_close && at < self.column_first {
            let is_sentence = count >= 8 && article::is_ended(words);
            let is_paragraph = count >= 6 && (self.tag(at) == Tag::Paragraph || is_sentence);
            if self.is_heading(at) || is_paragraph {
                return Some(BlockKind::Dek);
            }
        }
        (at < self.first && count <= 4 && wording::is_bare_name(words)).then_some(BlockKind::Byline)
    }

    /// An item of the list that the text begins with: what the report says, in brief.
    fn is_summary(&self, at: usize) -> bool {
        let list = |at: usize| {
            let element = self.page.blocks[at].element;
            let around = [element, self.page.elements[element].parent];
            let item = around.into_iter().find(|&element| self.page.elements[element].tag == Tag::Item);
            item.map(|item| self.page.elements[item].parent)
        };
        at < self.column_first + SUMMARY
            && self.count(at) <= BRIEF
            && list(at)
                .is_some_and(|element| list(self.column_first) == Some(element) && element != self.frame)
    }

    /// The first paragraph of the text, set in strong type as no other after it.
    fn is_opening(&self, at: usize, count: usize, has_dek: bool) -> bool {
        let is_first =
            at == self.column_first || (at + 1 == self.column_first && article::is_ended(self.words(at)));
        is_first && !has_dek && self.is_strong(at) && !self.is_strong(at + 1) && (3..=60).contains(&count)
    }

    /// A stretch among the article's running text.
    fn in_text(&self, at: usize, count: usize) -> BlockKind {
        let words = self.words(at);
        let signs = self.signs(at);
        let tag = self.tag(at);
        let is_running = self.article.is_running[at];
        if self.article.is_furniture[self.page.blocks[at].element] {
            return BlockKind::Related;
        }
        if self.is_heading(at) {
            return if self.is_linked(at) { BlockKind::Related } else { BlockKind::Heading };
        }
        if signs.has(Signs::TABLE) && matches!(tag, Tag::Cell | Tag::Row) && !is_running {
            return BlockKind::Table;
        }
        if is_running {
            return if signs.has(Signs::ITEM) { BlockKind::List } else { BlockKind::Paragraph };
        }
        if self.is_linked(at) {
            let is_sentence = article::is_ended(words) && tag == Tag::Paragraph;
            return if is_sentence { BlockKind::Paragraph } else { BlockKind::Related };
        }
        if signs.has(Signs::ITEM) {
            return BlockKind::List;
        }
        if count <= 8 && wording::credit_start(words) == Some(0) {
            return BlockKind::Credit;
        }
        if self.is_strong(at) && count <= 16 && !article::is_ended(words) {
            return BlockKind::Heading;
        }
        let is_small = self.frame == 0 && self.page.blocks.len() <= SMALL;
        let is_framed = is_small || self.parent(at) == self.frame;
        if is_framed || tag == Tag::Paragraph { BlockKind::Paragraph } else { BlockKind::Other }
    }

    /// Text beside the article.
    fn outside(&self, at: usize, count: usize) -> BlockKind {
        if count <= 12 && self.is_within(at) && wording::credit_start(self.words(at)) == Some(0) {
            return BlockKind::Credit;
        }
        if self.headline.is_some_and(|headline| at < headline) && count <= 4 && self.is_within(at) {
            return BlockKind::Crumb;
        }
        let is_list = self.signs(at).has(Signs::ITEM) || self.is_heading(at) || self.is_linked(at);
        if is_list { BlockKind::Related } else { BlockKind::Other }
    }
}

/// The description of a picture among others.
fn is_slide(signs: Signs) -> bool {
    signs.has(Signs::GALLERY) && signs.has(Signs::CAPTION.with(Signs::DEK))
}

/// What the page says the article is about, folded.
fn descriptions(page: &Scanned) -> Vec<String> {
    const NAMES: [&str; 5] =
        ["description", "og:description", "twitter:description", "dc.description", "sailthru.description"];
    let metas = page.metas.iter().filter(|meta| NAMES.contains(&meta.name.as_str()));
    let mut found: Vec<String> =
        metas.map(|meta| letters(&meta.content)).filter(|told| told.len() >= TOLD).take(8).collect();
    found.dedup();
    found
}

/// The blocks, and the block of each stretch.
fn partition(page: &Scanned, kinds: &[Named]) -> (Vec<Block>, Vec<usize>) {
    let mut parts = Parts { blocks: Vec::new(), at: 0 };
    let mut index = Vec::with_capacity(kinds.len());
    for (stretch, &(kind, of)) in page.blocks.iter().zip(kinds) {
        let of = of.map(|of| index[of]);
        let Some(cut) = picture::credit_in(page, stretch, kind) else {
            index.push(parts.push(stretch.span, kind, of));
            continue;
        };
        let caption = Span::new(stretch.span.start(), cut).trim(&page.text);
        let caption = parts.push(caption, kind, of);
        index.push(caption);
        parts.push(Span::new(cut, stretch.span.end()), BlockKind::Credit, Some(caption));
    }
    parts.gap(page.text.len());
    (parts.blocks, index)
}

/// Blocks as they are put one behind the other.
struct Parts {
    blocks: Vec<Block>,
    at: usize,
}

impl Parts {
    fn gap(&mut self, to: usize) {
        if to > self.at {
            self.blocks.push(Block { span: Span::new(self.at, to), kind: BlockKind::Other, of: None });
        }
    }

    /// Adds a block, and what lies before it as `other`; gives its index.
    fn push(&mut self, span: Span, kind: BlockKind, of: Option<usize>) -> usize {
        self.gap(span.start());
        self.at = span.end();
        self.blocks.push(Block { span, kind, of });
        self.blocks.len() - 1
    }
}
