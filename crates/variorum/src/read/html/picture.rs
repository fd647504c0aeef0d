//! Finds the pictures of a page: which element around a stretch is one, and where a caption ends and its credit begins.
//!
//! In: what one pass found. A picture is a `figure`, or an element that holds an image and few words.

use super::article::{self, Article, Sum};
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

/// For each element in a `figcaption`, or that is one, what the elements from there down to it say.
pub(super) fn captions(page: &Scanned) -> Vec<Option<Signs>> {
    let mut captions: Vec<Option<Signs>> = Vec::with_capacity(page.elements.len());
    for (at, element) in page.elements.iter().enumerate() {
        let outer = if at == 0 { None } else { captions[element.parent] };
        let own = if element.name_signs.has(Signs::CAPTION) { Some(Signs::default()) } else { None };
        captions.push(outer.map(|signs| signs.with(element.class_signs)).or(own));
    }
    captions
}

/// The picture around each element.
pub(super) fn around(page: &Scanned, article: &Article) -> Vec<Option<usize>> {
    let mut pictures: Vec<Option<usize>> = Vec::with_capacity(page.elements.len());
    for (at, element) in page.elements.iter().enumerate() {
        let outer = if at == 0 { None } else { pictures[element.parent] };
        let is_figure = element.name_signs.has(Signs::FIGURE) && article.signs[at].has(Signs::FIGURE);
        let is_picture =
            is_figure || (outer.is_none() && element.tag == Tag::Block && is_small(&article.sums[at]));
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

/// Longest credit behind the last sentence of a caption, in words and bytes.
const CREDIT: (usize, usize) = (5, 60);

/// Where the credit at the end of a caption begins, in bytes of the page's text.
///
/// Beside what `wording` knows of credits: a few words behind the last full stop that no full stop ends.
pub(super) fn credit_in(page: &Scanned, stretch: &Stretch, kind: BlockKind) -> Option<usize> {
    if kind != BlockKind::Caption {
        return None;
    }
    let words = stretch.span.of(&page.text);
    let cut = wording::credit_start(words).or_else(|| reserved(words)).or_else(|| last_fragment(words))?;
    let has_caption = words.get(..cut).is_some_and(|caption| caption.chars().any(char::is_alphabetic));
    has_caption.then_some(stretch.span.start() + cut)
}

/// Where the owner's mark behind the last dash begins: "… - All rights reserved Northlight".
pub(super) fn reserved(words: &str) -> Option<usize> {
    let (at, dash) = words.char_indices().rev().find(|(_, c)| matches!(c, '-' | '–' | '—' | '|'))?;
    let rest = words[at + dash.len_utf8()..].trim_start();
    let is_legal = wording::furniture(rest) == Some(BlockKind::Legal);
    (words[..at].ends_with(char::is_whitespace) && is_legal).then_some(at)
}

/// Where the fragment behind the last sentence begins, if it reads as a name.
fn last_fragment(words: &str) -> Option<usize> {
    let (at, stop) = words.char_indices().rev().find(|&(at, c)| {
        matches!(c, '。' | '！' | '？')
            || (matches!(c, '.' | '!' | '?') && words[at + 1..].starts_with(char::is_whitespace))
    })?;
    let before = &words[..at];
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_stop = stop != '.' || !wording::is_cut_word(last);
    let fragment = words[at + stop.len_utf8()..].trim();
    let is_short = article::words(fragment) <= CREDIT.0 && fragment.len() <= CREDIT.1;
    let is_name = is_short && wording::is_name_like(fragment);
    let is_long_before = article::words(before) >= 4;
    (is_stop && is_name && is_long_before)
        .then_some(words.len() - words[at + stop.len_utf8()..].trim_start().len())
}
