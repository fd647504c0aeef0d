//! Decides which parts of a page hold the article.
//!
//! In: what one pass found, and where the headline stands. Out: [`Article`]: for each stretch of text whether it lies in
//! the article, whether it is running text, and whether an element around it is furniture.
//!
//! Method. Running text is what reads as sentences and is not linked. Each such stretch gives its length to the
//! elements around it, the nearer the more; the heaviest element is the seed, as in Readability (Arc90, 2009). From
//! there the article grows upwards: an element beside it that holds running text of the same kind belongs to it.
//! Furniture is named by the signs of its element (`lang/markup.txt`) or by its links; an element that holds most of the
//! page's running text is none, whatever it is called.
//! Leaves: pages whose text a script puts in.

use super::scan::{Scanned, Stretch};
use super::tags::{Signs, Tag};

/// Fewest words of a stretch that reads as running text when it ends as a sentence.
const SENTENCE: usize = 7;

/// Fewest words of a stretch that is running text without an end mark.
const LONG: usize = 24;

/// Share of the page's running text, in percent, from which an element is no furniture, whatever it is called.
const MOST: usize = 40;

/// The same for an element that holds the headline too.
const SOME: usize = 15;

/// The same for an element that is called comments.
const NEARLY_ALL: usize = 99;

/// How many stretches behind the headline text counts half as much again.
const NEAR: usize = 30;

/// What a stretch of running text gives to the elements around it, nearest first, in percent of its length.
const DECAY: [usize; 6] = [100, 85, 60, 40, 25, 10];

/// Most text of an element that is called a byline, a caption or the like, in bytes.
const LOCAL: usize = 1500;

/// Least text of an element that is taken for its name alone, in bytes.
const NAMED: usize = 250;

/// Where the article is.
pub(super) struct Article {
    /// For each element: lies in the article.
    pub(super) is_within: Vec<bool>,
    /// For each element: it or one around it is furniture.
    pub(super) is_furniture: Vec<bool>,
    /// For each element: signs of it and of those around it that hold.
    pub(super) signs: Vec<Signs>,
    /// For each stretch: reads as running text.
    pub(super) is_running: Vec<bool>,
    /// For each element: what lies in it.
    pub(super) sums: Vec<Sum>,
    /// First and last stretch of running text in the article.
    pub(super) body: Option<(usize, usize)>,
}

/// Sums over an element and all below it.
#[derive(Copy, Clone, Default)]
pub(super) struct Sum {
    /// Bytes of text.
    pub(super) text: usize,
    /// Bytes of it in links.
    pub(super) linked: usize,
    /// Bytes of running text.
    running: usize,
    /// Stretches of text.
    pub(super) stretches: usize,
    /// Images.
    pub(super) images: usize,
}

/// Finds the article. `headline` is the stretch that holds the page's headline.
pub(super) fn find(page: &Scanned, running: Vec<bool>, headline: Option<usize>) -> Article {
    let raw = sums(page, &running, &[]);
    let mut blocked = furniture(page, &raw, Signs::FURNITURE, headline);
    let mut sum = sums(page, &running, &blocked);
    if sum[0].running * 5 < raw[0].running {
        blocked = furniture(page, &raw, Signs::HARD, headline);
        sum = sums(page, &running, &blocked);
    }
    let mut seed = seed(page, &running, &blocked, headline);
    let mut is_alone = false;
    if let Some(named) = named(page, &raw, &blocked).filter(|&named| !is_below(page, seed, named)) {
        let is_thin = sum[seed].running * 3 < raw[named].text - raw[named].linked;
        if is_thin {
            (seed, is_alone) = (named, true);
        }
    }
    let mut is_within = vec![false; page.elements.len()];
    is_within[seed] = true;
    if !is_alone {
        grow(page, &sum, &raw, seed, headline, &mut is_within);
    }
    for at in 1..is_within.len() {
        is_within[at] = is_within[at] || is_within[page.elements[at].parent];
    }
    let signs = signs(page, &raw, headline);
    let mut article =
        Article { is_within, is_furniture: blocked, signs, is_running: running, sums: raw, body: None };
    article.body = article.bounds(page, headline);
    article
}

impl Article {
    /// First and last stretch of running text in the article, furniture left out.
    fn bounds(&self, page: &Scanned, headline: Option<usize>) -> Option<(usize, usize)> {
        let is_body = |&at: &usize| {
            let element = page.blocks[at].element;
            self.is_running[at] && self.is_within[element] && !self.is_furniture[element]
        };
        let length = |at: usize| page.blocks[at].span.len();
        let all: usize = (0..page.blocks.len()).filter(is_body).map(length).sum();
        let before: usize = (0..headline.unwrap_or_default()).filter(is_body).map(length).sum();
        // A headline with much of the text above it heads a part of the page only.
        let behind = headline.filter(|_| before * 3 < all).map_or(0, |at| at + 1);
        let is_text = |&at: &usize| {
            let block = &page.blocks[at];
            self.is_within[block.element]
                && !self.is_furniture[block.element]
                && block.linked * 2 < block.span.len()
        };
        if !(0..page.blocks.len()).any(|at| is_body(&at)) {
            let first = (0..page.blocks.len()).find(is_text)?;
            return (first..page.blocks.len()).rev().find(is_text).map(|last| (first, last));
        }
        let first =
            (behind..page.blocks.len()).find(is_body).or_else(|| (0..page.blocks.len()).find(is_body))?;
        let last = (first..page.blocks.len()).rev().find(is_body)?;
        Some((first, last))
    }
}

/// How many words `text` has; of a script without spaces, two characters count as one.
pub(super) fn words(text: &str) -> usize {
    if text.is_ascii() {
        return text.split_ascii_whitespace().count();
    }
    let dense = text.chars().filter(|&c| is_dense(c)).count();
    if dense * 3 > text.chars().count() { dense / 2 } else { text.split_whitespace().count() }
}

/// A character of a script that is written without spaces between words.
fn is_dense(c: char) -> bool {
    c >= '\u{0E00}'
        && matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{2FFFF}')
}

/// Whether `text` ends as a sentence does, in any script.
pub(super) fn is_ended(text: &str) -> bool {
    const CLOSING: [char; 14] = ['”', '"', '’', '\'', '»', '«', '“', '‘', ')', ']', '」', '』', '）', ' '];
    text.trim_end_matches(CLOSING)
        .ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '：', '؟', '।', '۔', '։', '።', '៖', '។'])
        || text.ends_with(['”', '»', '」'])
}

/// For each stretch, whether it reads as running text.
///
/// What a page says of its cookies is none, in whatever language and element it stands.
pub(super) fn running(page: &Scanned) -> Vec<bool> {
    let is_on_cookies = page.title.as_deref().is_some_and(|title| title.contains("ookie"));
    page.blocks
        .iter()
        .map(|block| {
            let text = block.span.of(&page.text);
            let is_linked = block.linked * 2 > block.span.len();
            let tag = page.elements[block.element].tag;
            if is_linked || matches!(tag, Tag::Heading(_)) || text.len() < 20 {
                return false;
            }
            let count = block.words;
            if text.len() < 2000 && text.contains("ookie") && !is_on_cookies {
                return false;
            }
            count >= LONG || (count >= SENTENCE && is_ended(text))
        })
        .collect()
}

/// The sums of each element; what lies in `blocked` elements does not count as running text.
fn sums(page: &Scanned, running: &[bool], blocked: &[bool]) -> Vec<Sum> {
    let mut sums: Vec<Sum> =
        page.elements.iter().map(|element| Sum { images: element.images, ..Sum::default() }).collect();
    for (block, &is_running) in page.blocks.iter().zip(running) {
        let sum = &mut sums[block.element];
        sum.text += block.span.len();
        sum.linked += block.linked;
        sum.stretches += 1;
        if is_running && !blocked.get(block.element).copied().unwrap_or_default() {
            sum.running += block.span.len() - block.linked;
        }
    }
    for at in (1..sums.len()).rev() {
        let below = sums[at];
        let sum = &mut sums[page.elements[at].parent];
        sum.text += below.text;
        sum.linked += below.linked;
        sum.running += below.running;
        sum.stretches += below.stretches;
        sum.images += below.images;
    }
    sums
}

/// Whether the headline lies in an element.
fn holds(page: &Scanned, at: usize, headline: Option<usize>) -> bool {
    headline.is_some_and(|line| is_below(page, page.blocks[line].element, at))
}

/// The signs of an element that hold of it: one around most of the running text is no furniture.
fn own(page: &Scanned, raw: &[Sum], at: usize, headline: Option<usize>) -> Signs {
    let element = &page.elements[at];
    let own = element.name_signs.with(element.class_signs);
    if holds(page, at, headline) && raw[at].running * 100 >= raw[0].running * SOME && raw[at].running > 0 {
        return own.without(Signs::FURNITURE.with(Signs::LOCAL));
    }
    let share = |least: usize| raw[at].running * 100 >= raw[0].running * least && raw[0].running > 0;
    match (share(MOST), own.has(Signs::COMMENT)) {
        (true, true) if share(NEARLY_ALL) => Signs::default(),
        (true, false) => own.without(Signs::FURNITURE.with(Signs::LOCAL)),
        _ if raw[at].text > LOCAL => own.without(Signs::LOCAL),
        _ => own,
    }
}

/// For each element, whether it or one around it is furniture by `signs` or by its links.
fn furniture(page: &Scanned, raw: &[Sum], signs: Signs, headline: Option<usize>) -> Vec<bool> {
    let mut blocked = vec![false; page.elements.len()];
    for at in 1..page.elements.len() {
        let element = &page.elements[at];
        let has_sign = own(page, raw, at, headline).has(signs);
        let is_box = matches!(element.tag, Tag::Block | Tag::Article | Tag::List);
        let sum = &raw[at];
        let is_least = sum.running * 4 < sum.text && sum.running * 4 < raw[0].running;
        let is_linked = is_box && is_least && sum.linked * 2 > sum.text && !holds(page, at, headline);
        blocked[at] = blocked[element.parent] || has_sign || is_linked;
    }
    blocked
}

fn signs(page: &Scanned, raw: &[Sum], headline: Option<usize>) -> Vec<Signs> {
    let mut signs: Vec<Signs> = Vec::with_capacity(page.elements.len());
    for (at, element) in page.elements.iter().enumerate() {
        let around = if at == 0 { Signs::default() } else { signs[element.parent] };
        signs.push(around.with(own(page, raw, at, headline)));
    }
    signs
}

/// The element that running text speaks for most.
fn seed(page: &Scanned, running: &[bool], blocked: &[bool], headline: Option<usize>) -> usize {
    let mut scores = vec![0_usize; page.elements.len()];
    for (at, block) in page.blocks.iter().enumerate() {
        if !running[at] || blocked[block.element] {
            continue;
        }
        let mut weight = (block.span.len() - block.linked).min(2000);
        match headline {
            Some(headline) if at < headline => weight /= 4,
            Some(headline) if at < headline + NEAR => weight += weight / 2,
            _ => {}
        }
        // The paragraph itself is no candidate, but for text that stands in no paragraph.
        let own = block.element;
        let mut up = if is_paragraph(page, at) { page.elements[own].parent } else { own };
        for share in DECAY {
            scores[up] += weight * share / 100;
            if up == 0 {
                break;
            }
            up = page.elements[up].parent;
        }
    }
    for (at, element) in page.elements.iter().enumerate() {
        if element.class_signs.has(Signs::BODY) {
            scores[at] *= 2;
        }
    }
    let best = scores.iter().copied().max().unwrap_or_default();
    scores.iter().rposition(|&score| score == best && best > 0).unwrap_or_default()
}

/// The element that is called the article's text and holds most of it: lists and tables are no running text.
fn named(page: &Scanned, raw: &[Sum], blocked: &[bool]) -> Option<usize> {
    let text = |at: usize| raw[at].text - raw[at].linked;
    (1..page.elements.len())
        .filter(|&at| page.elements[at].class_signs.has(Signs::BODY) && !blocked[at] && text(at) >= NAMED)
        .max_by_key(|&at| (text(at), at))
}

/// The elements of the article: the seed with all below it, and those beside it or beside one around it that hold
/// running text too.
fn grow(
    page: &Scanned,
    sum: &[Sum],
    raw: &[Sum],
    seed: usize,
    headline: Option<usize>,
    is_within: &mut [bool],
) {
    let headline = headline.map(|at| page.blocks[at].element);
    let mut at = seed;
    let mut mass = sum[seed].running;
    while at != 0 {
        let parent = page.elements[at].parent;
        let is_whole = matches!(page.elements[at].tag, Tag::Article)
            && headline.is_some_and(|headline| is_below(page, headline, at));
        if is_whole {
            break;
        }
        // Paragraphs beside the article count together.
        let loose: usize = children(page, parent)
            .filter(|&beside| beside != at && is_leaf(page, beside))
            .map(|beside| sum[beside].running)
            .sum();
        for beside in children(page, parent) {
            let own = if is_leaf(page, beside) { loose } else { sum[beside].running };
            if beside != at && sum[beside].running > 0 && belongs(page, sum, raw, beside, own, mass, headline)
            {
                is_within[beside] = true;
                mass += sum[beside].running;
            }
        }
        at = parent;
    }
}

/// Whether an element beside the article belongs to it: mostly running text, not another article.
fn belongs(
    page: &Scanned,
    sum: &[Sum],
    raw: &[Sum],
    at: usize,
    own: usize,
    mass: usize,
    headline: Option<usize>,
) -> bool {
    let element = &page.elements[at];
    let is_other =
        element.tag == Tag::Article && headline.is_none_or(|headline| !is_below(page, headline, at));
    let is_text =
        (sum[at].running * 2 > raw[at].text && raw[at].linked * 4 < raw[at].text) || is_leaf(page, at);
    !is_other && is_text && own >= 120 && own * 20 >= mass.min(4000)
}

/// An element without others in it.
fn is_leaf(page: &Scanned, at: usize) -> bool {
    page.elements[at].end == at + 1
}

/// Whether a stretch is all that its element holds, so that the element is a paragraph, whatever it is called.
pub(super) fn is_paragraph(page: &Scanned, at: usize) -> bool {
    let element = page.blocks[at].element;
    let shares = |beside: Option<&Stretch>| beside.is_some_and(|beside| beside.element == element);
    let is_alone =
        !shares(at.checked_sub(1).and_then(|at| page.blocks.get(at))) && !shares(page.blocks.get(at + 1));
    match page.elements[element].tag {
        Tag::Paragraph | Tag::Item | Tag::Cell | Tag::Heading(_) => true,
        _ => element != 0 && is_alone && is_leaf(page, element),
    }
}

/// The elements right below one, in order.
fn children(page: &Scanned, of: usize) -> impl Iterator<Item = usize> + '_ {
    let mut at = of + 1;
    std::iter::from_fn(move || {
        let found = (at < page.elements.len() && page.elements[at].parent == of).then_some(at)?;
        at = page.elements[found].end;
        Some(found)
    })
}

/// Whether element `at` lies in `around`.
pub(super) fn is_below(page: &Scanned, at: usize, around: usize) -> bool {
    (around..page.elements[around].end).contains(&at)
}
