//! The report's title.
//!
//! In: the container's title, the headline as shown, JSON-LD `headline`, `og:title` and its kin, the `title` element. Out: the
//! title without the site's name.
//! Order: the container's; then what two of headline as shown, JSON-LD and `og:title` agree on; where they all differ,
//! `og:title` or JSON-LD if the `title` element agrees, else the headline as shown; then any of them; then the `title`
//! element. Agreement is between letters and digits alone.
//! The site's name is what stands behind (or before) a stroke and is the outlet's or the domain's name, or what another of the
//! titles lacks; all the same, something must remain.

use super::words::{decoded, squeeze};
use super::{Facts, Said};
use crate::model::BlockKind;
use crate::span::Span;

/// The title and where it stands.
pub(super) fn title(facts: &Facts) -> Option<Said<String>> {
    if let Some(title) = &facts.received.title {
        return Some(Said::new(title.clone(), "container", None));
    }
    let shown = shown(facts);
    let linked = facts.linked.words("headline").or_else(|| facts.linked.words("name")).map(|node| {
        Said::new(
            squeeze(&decoded(node.words().unwrap_or_default())),
            "json-ld",
            Some(facts.place(node.span)),
        )
    });
    let shared = facts
        .meta(&["og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title"])
        .map(|meta| Said::new(squeeze(&decoded(&meta.content)), "meta", Some(facts.place(meta.span))));
    let named = facts
        .page
        .and_then(|page| page.title.as_deref())
        .map(|title| Said::new(squeeze(&decoded(title)), "title-element", None));
    let mut all: Vec<Option<Said<String>>> = vec![shown, linked, shared, named];
    let words: Vec<String> = all.iter().flatten().map(|said| said.value.clone()).collect();
    for said in all.iter_mut().flatten().filter(|said| said.from != "shown") {
        said.value = without_site(&said.value, &words, facts);
    }
    let filled = all.into_iter().map(|said| said.filter(|said| !fold(&said.value).is_empty()));
    let [shown, linked, shared, named] = <[_; 4]>::try_from(filled.collect::<Vec<_>>()).ok()?;
    choose(shown, linked, shared, named)
}

type Title = Option<Said<String>>;

/// The title that most agree on.
fn choose(shown: Title, linked: Title, shared: Title, named: Title) -> Title {
    let agree = |a: &Title, b: &Title| {
        a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| fold(&a.value) == fold(&b.value))
    };
    if agree(&shown, &linked) || agree(&shown, &shared) {
        return shown;
    }
    if agree(&linked, &shared) || agree(&shared, &named) {
        return shared;
    }
    if agree(&linked, &named) {
        return linked;
    }
    shown.or(linked).or(shared).or(named)
}

/// The headline as the page shows it: the block, if it is a likely one.
fn shown(facts: &Facts) -> Title {
    let block = facts.report.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
    let place = facts.report.map.to_source(block.span);
    let title = squeeze(block.span.of(&facts.report.text));
    Some(Said::new(title.trim_start_matches([':', '|', ' ']).to_owned(), "shown", Some(place)))
}

/// What parts a title from the site's name.
const STROKES: [&str; 14] =
    [" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " · ", " • ", " * ", " / ", " ~ ", "：", "|"];

/// Letters and digits alone, small.
pub(super) fn fold(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `title` without the name of the site at its end or beginning.
fn without_site(title: &str, others: &[String], facts: &Facts) -> String {
    let mut title = title.trim();
    // A section may stand before the site's name.
    for _ in 0..3 {
        let Some(shorter) = without_last(title, others, facts).or_else(|| without_first(title, facts)) else {
            break;
        };
        title = shorter;
    }
    title.to_owned()
}

fn without_last<'t>(title: &'t str, others: &[String], facts: &Facts) -> Option<&'t str> {
    let (at, stroke) =
        STROKES.iter().filter_map(|stroke| title.rfind(stroke).map(|at| (at, stroke.len()))).max()?;
    let (kept, site) = (title[..at].trim(), title[at + stroke..].trim());
    let folded = fold(kept);
    // Another title that ends where the stroke stands, or before an earlier stroke.
    let is_repeated = folded.len() >= 8
        && others.iter().any(|other| {
            let other = fold(other);
            other.len() >= 8
                && (other == folded || (folded.starts_with(&other) && kept.contains(STROKES[0].trim())))
        });
    let is_end = is_site(site, facts) || is_repeated;
    let is_stroke = title[at..].trim_start().starts_with('|')
        && site.split_whitespace().count() <= 4
        && kept.split_whitespace().count() >= 3;
    (!folded.is_empty() && (is_end || is_stroke)).then_some(kept)
}

fn without_first<'t>(title: &'t str, facts: &Facts) -> Option<&'t str> {
    let (at, stroke) =
        STROKES.iter().filter_map(|stroke| title.find(stroke).map(|at| (at, stroke.len()))).min()?;
    let (site, kept) = (title[..at].trim(), title[at + stroke..].trim());
    (is_site(site, facts) && !fold(kept).is_empty()).then_some(kept)
}

/// Whether words name the site: the outlet, its domain, or either with a little more.
fn is_site(words: &str, facts: &Facts) -> bool {
    let words = fold(words);
    if words.chars().count() < 2 {
        return false;
    }
    facts.site_names().iter().map(|name| fold(name)).any(|name| {
        let short = name.len().min(words.len());
        short >= 3
            && short * 2 >= name.len().max(words.len())
            && (name.contains(&words) || words.contains(&name))
            || name == words
    })
}

/// The place of the headline in the bytes as received.
pub(super) fn headline_place(facts: &Facts) -> Option<Span> {
    let block = facts.report.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
    Some(facts.report.map.to_source(block.span))
}
