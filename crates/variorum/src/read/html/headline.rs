//! Finds the stretch of a page that is its headline.
//!
//! In: what one pass found, and the titles that the container and JSON-LD state. Out: the index of the stretch. A headline repeats
//! what the page calls itself, is a heading of high rank and stands in no furniture; the first of the best is taken.

use super::scan::Scanned;
use super::tags::{Signs, Tag};
use crate::token::letters;
use memchr::memmem;

/// How many stretches without a heading's tag are looked at.
const BARE: usize = 300;

/// How many stretches of running text may stand above a headline, and what one with more above it loses.
const ABOVE: usize = 8;
const LOW: usize = 6;

/// Longest headline, in bytes.
pub(super) const LONGEST: usize = 400;

/// How much of a title that the page gives itself is looked at, in bytes.
const TITLE: usize = 1000;

/// How many elements may lie between a heading and its text.
const WITHIN: usize = 2;

/// How many elements around a heading are looked at for furniture.
const AROUND: usize = 14;

/// The headline; `None` where nothing is a heading or repeats a title.
pub(super) fn find(page: &Scanned, running: &[bool], stated: &[&str]) -> Option<usize> {
    let titles = titles(page, stated);
    let mut best: Option<(usize, usize)> = None;
    let (mut above, mut counted) = (0, 0);
    for (at, block) in page.blocks.iter().enumerate().filter(|(_, block)| block.span.len() <= LONGEST) {
        let rank = match heading(page, block.element) {
            Some(rank @ 1..=3) => usize::from(rank),
            _ if at < BARE => 4,
            _ => continue,
        };
        while counted < at {
            above += usize::from(running[counted]);
            counted += 1;
        }
        let score = score(page, at, rank, &titles);
        let score = if above > ABOVE { score.saturating_sub(LOW).max(score.min(1)) } else { score };
        if score > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The rank of the heading that an element is, or that is all but right around it.
fn heading(page: &Scanned, mut element: usize) -> Option<u8> {
    for _ in 0..=WITHIN {
        let here = &page.elements[element];
        match here.tag {
            Tag::Heading(rank) => return Some(rank),
            Tag::Block => element = here.parent,
            _ => return None,
        }
    }
    None
}

/// What the page calls itself, folded.
fn titles(page: &Scanned, stated: &[&str]) -> Vec<String> {
    const NAMES: [&str; 2] = ["og:title", "twitter:title"];
    let metas = page.metas.iter().filter(|meta| NAMES.contains(&meta.name.as_str()));
    stated
        .iter()
        .copied()
        .chain(metas.map(|meta| meta.content.as_str()))
        .chain(page.title.as_deref())
        .take(8)
        .map(|title| letters(cut(title)))
        .filter(|title| title.len() >= 8)
        .collect()
}

/// As much of a title as is looked at.
pub(super) fn cut(title: &str) -> &str {
    crate::read::metadata::cut(title, TITLE)
}

/// Whether one of `titles`, folded, may be `words` or hold them, by their first letters, or may lie in them; quick to tell.
fn may_repeat(words: &str, titles: &[String]) -> bool {
    let mut begin = [0; 8];
    let mut letters = words.bytes().filter(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric());
    for place in &mut begin {
        match letters.next() {
            // Other scripts are folded with more care.
            Some(letter) if !letter.is_ascii() => return true,
            Some(letter) => *place = letter.to_ascii_lowercase(),
            None => return false,
        }
    }
    titles.iter().any(|title| title.len() <= words.len() || memmem::find(title.as_bytes(), &begin).is_some())
}

fn score(page: &Scanned, at: usize, rank: usize, titles: &[String]) -> usize {
    let block = &page.blocks[at];
    let words = block.span.of(&page.text);
    if rank > 1 && !may_repeat(words, titles) {
        return 0;
    }
    let folded = letters(words);
    let is_like = |title: &String| {
        folded.len() >= 8
            && (title.contains(&folded)
                || (title.len() >= 16 && folded.contains(title.as_str()) && folded.len() < title.len() + 60))
    };
    let repeats = if titles.contains(&folded) {
        6
    } else if titles.iter().any(is_like) {
        5
    } else if rank > 1 {
        return 0;
    } else {
        0
    };
    let is_clear = !around(page, at).has(Signs::OUTSIDE);
    let is_long = block.words >= 3;
    let is_free = block.linked * 2 <= block.span.len();
    1 + repeats + 3 * (4 - rank) + 4 * usize::from(is_clear) + usize::from(is_long) + 2 * usize::from(is_free)
}

/// The signs of the elements around a stretch.
fn around(page: &Scanned, at: usize) -> Signs {
    let mut element = page.blocks[at].element;
    let mut signs = page.blocks[at].inline_signs;
    for _ in 0..AROUND {
        let here = &page.elements[element];
        signs = signs.with(here.name_signs).with(here.class_signs);
        element = here.parent;
    }
    signs
}
