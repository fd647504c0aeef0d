//! Finds the pictures of a page: which element around a stretch is one, and where a caption ends and its credit begins.
//!
//! In: what one pass found. A picture is a `figure`, or an element that holds an image and few words.

use super::article::Article;
use super::scan::{Scanned, Stretch};
use super::tags::{Signs, Tag};
use crate::model::BlockKind;
use crate::read::wording;

/// Most text of an element that is a picture with its caption, in bytes.
const TEXT: usize = 700;

/// Most stretches of one.
const STRETCHES: usize = 4;

/// Most images of one: a picture in several sizes.
const IMAGES: usize = 4;

#[derive(Copy, Clone, Default)]
struct Sum {
    text: usize,
    linked: usize,
    stretches: usize,
    images: usize,
}

/// The picture around each element.
pub(super) fn around(page: &Scanned, article: &Article) -> Vec<Option<usize>> {
    let sums = sums(page);
    let mut pictures: Vec<Option<usize>> = Vec::with_capacity(page.elements.len());
    for (at, element) in page.elements.iter().enumerate() {
        let outer = if at == 0 { None } else { pictures[element.parent] };
        let is_figure = element.name_signs.has(Signs::FIGURE) && article.signs[at].has(Signs::FIGURE);
        let is_picture = is_figure || (outer.is_none() && element.tag == Tag::Block && is_small(&sums[at]));
        pictures.push(if is_picture { Some(at) } else { outer });
    }
    pictures
}

fn is_small(sum: &Sum) -> bool {
    (1..=TEXT).contains(&sum.text)
        && sum.stretches <= STRETCHES
        && (1..=IMAGES).contains(&sum.images)
        && sum.linked * 3 <= sum.text
}

fn sums(page: &Scanned) -> Vec<Sum> {
    let mut sums: Vec<Sum> =
        page.elements.iter().map(|element| Sum { images: element.images, ..Sum::default() }).collect();
    for block in page.blocks.iter().filter(|block| !block.is_alt) {
        let sum = &mut sums[block.element];
        sum.text += block.span.len();
        sum.linked += block.linked;
        sum.stretches += 1;
    }
    for at in (1..sums.len()).rev() {
        let below = sums[at];
        let sum = &mut sums[page.elements[at].parent];
        sum.text += below.text;
        sum.linked += below.linked;
        sum.stretches += below.stretches;
        sum.images += below.images;
    }
    sums
}

/// Where the credit at the end of a caption begins, in bytes of the page's text.
pub(super) fn credit_in(page: &Scanned, stretch: &Stretch, kind: BlockKind) -> Option<usize> {
    let words = stretch.span.of(&page.text);
    let cut = wording::credit_start(words).filter(|&cut| kind == BlockKind::Caption && cut > 0)?;
    let has_caption = words.get(..cut).is_some_and(|caption| !caption.trim().is_empty());
    has_caption.then_some(stretch.span.start() + cut)
}
