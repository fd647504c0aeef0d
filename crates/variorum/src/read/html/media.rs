//! The article's images with their captions, and the posts and films of other sites that it shows.
//!
//! In: what one pass found, the pictures around the elements and the kinds of the stretches. Out: [`Image`]s and [`Embed`]s with the places of
//! their tags in the decoded page, in its order.
//! An image counts if it stands in the article or has a caption; of a picture in several sizes the first one does; those of icons'
//! size do not. A post is a `blockquote` that a site's script makes into one, or a frame of a site in `lang/embed-hosts.txt`. Its author
//! is whom its text signs with a handle, or whom its address names.
//! Leaves: images of style sheets, and what scripts add.

use super::article;
use super::name::Naming;
use super::scan::{Medium, Scanned, Shows};
use super::tokens::read_references;
use crate::lexicon;
use crate::model::{BlockKind, Embed, Image};
use crate::read::metadata::{attributes, cut, squeeze};
use crate::read::wording;
use crate::span::Span;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Widest and highest icon, in pixels.
const ICON: u32 = 64;

/// Most stretches of a post that are looked at, and most embeds of a page.
const STRETCHES: usize = 40;
const EMBEDS: usize = 1000;

/// How many stretches behind an image its caption may stand, where no element holds both.
const BEHIND: usize = 2;

/// Longest address and alternative text, in bytes.
const LONGEST: usize = 4000;

/// How much of a post's markup is looked at for its address, in bytes.
const POST: usize = 20_000;

/// The images of the article.
pub(super) fn images(source: &str, naming: &Naming, kinds: &[BlockKind], index: &[usize]) -> Vec<Image> {
    let stretches: Vec<usize> = (0..kinds.len()).filter(|&at| kinds[at] == BlockKind::Caption).collect();
    let mut captions: Vec<(usize, usize)> =
        stretches.iter().filter_map(|&at| Some((naming.picture(at)?, at))).collect();
    captions.sort_unstable();
    let (mut pictures, mut taken) = (BTreeSet::new(), BTreeSet::new());
    let mut images = Vec::new();
    for medium in naming.page().media.iter().filter(|medium| medium.shows == Shows::Image) {
        let picture = naming.picture_around(medium.element);
        // One picture in several sizes.
        if picture.is_some_and(|picture| pictures.contains(&picture)) {
            continue;
        }
        let inside = picture.and_then(|picture| {
            let at = captions.partition_point(|&(other, _)| other < picture);
            captions.get(at).filter(|(other, _)| *other == picture).map(|&(_, stretch)| stretch)
        });
        // A caption that no other image's picture holds is that of the image before it.
        let behind = || {
            let at = stretches.partition_point(|&stretch| stretch < medium.stretch);
            let near = stretches.get(at).copied().filter(|&stretch| stretch <= medium.stretch + BEHIND)?;
            let is_free = naming.picture(near).is_none_or(|picture| {
                !has_image(naming, picture) || article::is_below(naming.page(), medium.element, picture)
            });
            is_free.then_some(near)
        };
        let caption = inside.or_else(behind).filter(|stretch| !taken.contains(stretch));
        if inside.is_none() && !naming.may_show(medium) && !naming.is_slide(medium) {
            continue;
        }
        if let Some(image) = image(source, medium, caption.map(|stretch| index[stretch])) {
            pictures.extend(picture);
            taken.extend(caption);
            images.push(image);
        }
    }
    images
}

/// Whether an image stands in a picture.
fn has_image(naming: &Naming, picture: usize) -> bool {
    let page = naming.page();
    page.elements[picture..page.elements[picture].end.max(picture + 1)]
        .iter()
        .any(|element| element.images > 0)
}

/// The image of a tag, unless it has no address, or is an icon and no caption is its own.
fn image(source: &str, medium: &Medium, caption: Option<usize>) -> Option<Image> {
    let all = attributes(source, medium.span);
    let value = |name: &str| all.iter().find(|(key, _)| key == name).map(|(_, place)| place.of(source));
    let is_small = ["width", "height"].iter().any(|side| {
        let pixels = value(side).and_then(|pixels| pixels.trim_end_matches("px").parse().ok());
        pixels.is_some_and(|pixels: u32| pixels <= ICON)
    });
    if is_small && caption.is_none() {
        return None;
    }
    // What a script puts in place later goes before what is shown until then.
    let late = all.iter().filter(|(key, _)| LATE.contains(&key.as_str()));
    let shown = ["src", "srcset"].iter().filter_map(|name| all.iter().find(|(key, _)| key == name));
    let url = late.chain(shown).find_map(|(key, place)| picture_address(key, place.of(source)))?;
    let alt = value("alt").filter(|alt| alt.len() <= LONGEST).map(|alt| squeeze(&read_references(alt)));
    let alt = alt.filter(|alt| !alt.is_empty());
    Some(Image { start: medium.span.start(), end: medium.span.end(), url, alt, caption })
}

/// Attributes that hold an image's address until a script puts it in place.
const LATE: [&str; 9] = [
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-lazyload",
    "data-flickity-lazyload",
    "data-srcset",
    "data-lazy-srcset",
    "data-flickity-lazyload-srcset",
];

/// The address in an attribute; of a set of sizes the first one.
fn picture_address(key: &str, value: &str) -> Option<String> {
    let first = if key.ends_with("srcset") {
        value.split_whitespace().next()?.trim_end_matches(',')
    } else {
        value.trim()
    };
    let is_shown =
        |scheme: &str| first.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let is_inline = ["data:", "blob:", "about:"].into_iter().any(is_shown);
    (!first.is_empty() && first.len() <= LONGEST && !is_inline).then(|| read_references(first))
}

/// The posts and films of other sites in the article.
pub(super) fn embeds(source: &str, naming: &Naming, index: &[usize]) -> Vec<Embed> {
    let media =
        naming.page().media.iter().filter(|medium| medium.shows != Shows::Image && naming.may_show(medium));
    let read = |medium: &Medium| match medium.shows {
        Shows::Post => Some(post(source, naming.page(), medium, index)),
        _ => frame(source, medium),
    };
    media.filter_map(read).take(EMBEDS).collect()
}

/// A frame of a known site.
fn frame(source: &str, medium: &Medium) -> Option<Embed> {
    let all = attributes(source, medium.span);
    let addresses = all.iter().filter(|(key, place)| key.ends_with("src") && place.len() <= LONGEST);
    let url =
        addresses.map(|(_, place)| read_references(place.of(source))).find(|url| platform(url).is_some())?;
    Some(embed(medium.span, Some(url), None, None))
}

/// A post in a `blockquote`, with its words.
fn post(source: &str, page: &Scanned, medium: &Medium, index: &[usize]) -> Embed {
    let is_in = |at: &usize| article::is_below(page, page.blocks[*at].element, medium.element);
    let stretches: Vec<usize> =
        (medium.stretch..page.blocks.len()).take(STRETCHES).take_while(is_in).collect();
    let text = match (stretches.first(), stretches.last()) {
        (Some(&first), Some(&last)) => {
            Span::new(page.blocks[first].span.start(), page.blocks[last].span.end())
        }
        _ => return embed(medium.span, address(source, medium.span), None, None),
    };
    let behind = page.pieces.partition_point(|piece| piece.text.start() < text.end());
    let end = page.pieces[..behind].last().map_or(medium.span.end(), |piece| piece.source.end());
    let markup = Span::new(medium.span.start(), end.max(medium.span.end()));
    let author = signed(text.of(&page.text));
    let block = stretches.first().and_then(|&first| index.get(first).copied());
    embed(medium.span, address(source, markup), author, block)
}

/// The last address of a known site in a piece of markup: that of the post, behind those in its text.
fn address(source: &str, markup: Span) -> Option<String> {
    let end = markup.start() + cut(markup.of(source), POST).len();
    let mut at = markup.start();
    let tags = std::iter::from_fn(|| {
        let start = at + source[at..end].find('<')?;
        at = start + source[start..end].find('>')? + 1;
        Some(Span::new(start, at))
    });
    let places = tags.flat_map(|tag| attributes(source, tag));
    let values = places.filter(|(key, place)| ADDRESSES.contains(&key.as_str()) && place.len() <= LONGEST);
    let known = values.map(|(_, place)| place.of(source)).filter(|value| platform(value).is_some());
    known.last().map(read_references)
}

/// Attributes of a post that hold its address.
const ADDRESSES: [&str; 4] = ["href", "cite", "data-href", "data-instgrm-permalink"];

fn embed(span: Span, url: Option<String>, author: Option<String>, block: Option<usize>) -> Embed {
    let author = author.or_else(|| url.as_deref().and_then(handle));
    let platform = url.as_deref().and_then(platform).map(str::to_owned);
    Embed { start: span.start(), end: span.end(), platform, author, url, block }
}

/// Hosts and the names of their platforms.
static HOSTS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../../lang/embed-hosts.txt")).filter(|row| row.len() == 2);
    rows.map(|row| (row[0], row[1])).collect()
});

/// The platform of an address.
fn platform(url: &str) -> Option<&'static str> {
    let host = url.trim_start_matches("https:").trim_start_matches("http:").trim_start_matches('/');
    let host = host.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let is_of = |known: &str| {
        host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    HOSTS.iter().find(|(known, _)| is_of(known)).map(|(_, name)| *name)
}

/// Who signs a post: "Ana Ruiz (@ana)", behind the last dash or colon, or at the beginning of a line. What sites write before it
/// ("A post shared by") is left out.
fn signed(text: &str) -> Option<String> {
    let mut start = text.len().saturating_sub(SIGNED);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let text = &text[start..];
    let at = text.rfind("(@")?;
    let end = at + text[at..].find(')')? + 1;
    let start = text[..at].rmatch_indices(['—', '\n', ':']).next().map_or(0, |(at, sign)| at + sign.len());
    let author = squeeze(&text[start..end]);
    (author.len() <= AUTHOR).then(|| wording::after_embed_lead(&author).to_owned())
}

/// How much of a post's end is looked at for who signs it, and the longest name with a handle, in bytes.
const SIGNED: usize = 2000;
const AUTHOR: usize = 200;

/// The handle in an address: "x.com/ana/status/1", "tiktok.com/@ana/video/1", "bsky.app/profile/ana.example/post/1".
fn handle(url: &str) -> Option<String> {
    let mut parts = url.split("://").nth(1)?.split(['/', '?']).skip(1);
    let first = parts.next()?;
    let second = parts.next().unwrap_or_default();
    let name = match (platform(url)?, first, second) {
        ("X", name, "status") => name,
        ("TikTok", name, _) if name.starts_with('@') => name,
        ("Truth Social" | "Threads" | "YouTube", name, _) if name.starts_with('@') => name,
        ("Bluesky", "profile", name) => name,
        ("Facebook", name, "posts" | "videos" | "photos") => name,
        _ => return None,
    };
    let name = name.trim_start_matches('@');
    (!name.is_empty()).then(|| format!("@{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_and_handles() {
        assert_eq!(platform("https://www.youtube.com/embed/1"), Some("YouTube"));
        assert_eq!(platform("//player.vimeo.com/video/1"), Some("Vimeo"));
        assert_eq!(platform("https://notx.com/ana"), None);
        assert_eq!(handle("https://x.com/ana/status/1").as_deref(), Some("@ana"));
        assert_eq!(handle("https://www.tiktok.com/@ana/video/1").as_deref(), Some("@ana"));
        assert_eq!(handle("https://www.youtube.com/embed/1"), None);
        assert_eq!(signed("No ferry today. — Ana Ruiz (@ana) 4 March").as_deref(), Some("Ana Ruiz (@ana)"));
        assert_eq!(signed("A post shared by Ana Ruiz (@ana)").as_deref(), Some("Ana Ruiz (@ana)"));
        assert_eq!(signed("No ferry today."), None);
    }
}
