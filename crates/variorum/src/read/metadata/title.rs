//! The report's title.
//!
//! In: the container's title, the headline as shown, JSON-LD `headline`, `og:title` and its kin, the `title` element. Out: the
//! title without the site's name.
//! Order: the container's; then what two of headline as shown, JSON-LD and `og:title` agree on (`og:title` if it parts a kicker
//! that the page shows on a line of its own); where they all differ,
//! `og:title` or JSON-LD if the `title` element agrees, else the headline as shown; then any of them; then the `title`
//! element. Agreement is between letters and digits alone. A kicker before the headline as shown is left out where `og:title` is
//! the rest.
//! The site's name is what stands behind (or before) a stroke and is the outlet's or the domain's name, or what another of the
//! titles lacks; all the same, something must remain.

use super::words::{cut, decoded, squeeze};
use super::{Facts, Said};
use crate::model::BlockKind;
use crate::span::Span;
use crate::token::letters;

/// The title and where it stands.
pub(super) fn title(facts: &Facts) -> Option<Said<String>> {
    if let Some(title) = &facts.received.title {
        return Some(Said::new(title.clone(), "container", None));
    }
    let shown = shown(facts);
    let linked = facts.linked.words("headline").or_else(|| facts.linked.words("name")).map(|node| {
        Said::new(line(node.words().unwrap_or_default()), "json-ld", Some(facts.place(node.span)))
    });
    let shared = facts
        .meta(&["og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title"])
        .map(|meta| Said::new(line(&meta.content), "meta", Some(facts.place(meta.span))));
    let element = line(named(facts));
    let headline = facts.report.blocks.iter().find(|block| block.kind == BlockKind::Headline);
    let site = headline.and_then(|block| site_behind(&element, block.span.of(&facts.report.text)));
    let named = Some(Said::new(element[..site.unwrap_or(element.len())].to_owned(), "title-element", None));
    let mut all: Vec<Option<Said<String>>> = vec![shown, linked, shared, named];
    let words: Vec<String> = all.iter().flatten().map(|said| said.value.clone()).collect();
    for said in all.iter_mut().flatten().filter(|said| said.from != "shown") {
        said.value = without_site(&said.value, &words, facts);
    }
    let filled = all.into_iter().map(|said| said.filter(|said| !letters(&said.value).is_empty()));
    let [shown, linked, shared, named] = <[_; 4]>::try_from(filled.collect::<Vec<_>>()).ok()?;
    choose(shown, linked, shared, named)
}

/// Longest title, in bytes.
const LONGEST: usize = 1000;

/// Words of a title: entities read, single spaces.
fn line(words: &str) -> String {
    squeeze(&decoded(cut(words, LONGEST)))
}

type Title = Option<Said<String>>;

/// The title that most agree on.
fn choose(shown: Title, linked: Title, shared: Title, named: Title) -> Title {
    let agree = |a: &Title, b: &Title| {
        a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| letters(&a.value) == letters(&b.value))
    };
    if agree(&shown, &shared) {
        return if lacks_stroke(&shown, &shared) { shared } else { shown };
    }
    if let Some(rest) =
        shown.as_ref().zip(shared.as_ref()).and_then(|(a, b)| behind_kicker(&a.value, &b.value))
    {
        return shown.as_ref().map(|shown| Said { value: rest.to_owned(), ..shown.clone() });
    }
    if agree(&shown, &linked) {
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

/// Whether the page shows a kicker and its headline run together, which `shared` parts: "Floods" and "Dam holds" for
/// "Floods: Dam holds".
fn lacks_stroke(shown: &Title, shared: &Title) -> bool {
    const STROKES: [&str; 4] = [": ", " | ", " – ", " — "];
    let count = |title: &Title| {
        let words = title.as_ref().map_or("", |said| said.value.as_str());
        STROKES.iter().map(|stroke| words.matches(stroke).count()).sum::<usize>()
    };
    count(shared) > count(shown)
}

/// The end of `title` that is the same as `other`, where a kicker and a sign stand before it.
fn behind_kicker<'t>(title: &'t str, other: &str) -> Option<&'t str> {
    let other = letters(other);
    if other.chars().count() < SAME || !letters(title).ends_with(&other) {
        return None;
    }
    let ends = title.match_indices([':', '|', '–', '—', '-', '·', '•', '+']);
    let mut rests = ends.map(|(at, sign)| title[at + sign.len()..].trim_start());
    rests.find(|rest| letters(rest) == other)
}

/// The headline as the page shows it; not where it is the site's name, which the `title` element has at its end.
fn shown(facts: &Facts) -> Title {
    let block = facts.report.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
    let place = facts.report.map.to_source(block.span);
    let title = squeeze(cut(block.span.of(&facts.report.text), LONGEST));
    let title = undated(title.trim_start_matches([':', '|', ' ']), facts);
    let is_name = site_behind(&line(named(facts)), title).is_some();
    (!is_name).then(|| Said::new(title.to_owned(), "shown", Some(place)))
}

/// The words of the `title` element.
fn named<'f>(facts: &'f Facts) -> &'f str {
    cut(facts.page.and_then(|page| page.title.as_deref()).unwrap_or_default(), LONGEST)
}

/// Where the last stroke of `title` stands if `site` and no more follows it.
fn site_behind(title: &str, site: &str) -> Option<usize> {
    let &(at, length) = strokes(title).last()?;
    let site = letters(site);
    (!site.is_empty() && letters(&title[at + length..]) == site && !letters(&title[..at]).is_empty())
        .then_some(at)
}

/// Without the date that stands before a headline in the same line.
fn undated<'t>(title: &'t str, facts: &Facts) -> &'t str {
    let begin = cut(title, 40);
    let date = super::when::written(begin, facts.order).filter(|(_, span)| span.start() == 0);
    let rest = date.map(|(_, span)| title[span.end()..].trim_start_matches([' ', '-', '–', '|', ':', ',']));
    rest.filter(|rest| rest.split_whitespace().nth(1).is_some()).unwrap_or(title)
}

/// What parts a title from the site's name.
const STROKES: [&str; 17] = [
    " | ", " – ", " — ", " - ", " :: ", " » ", " « ", " › ", " · ", " • ", " * ", " / ", " // ", " ~ ", "：",
    "|", "ㅣ",
];

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

/// Where the strokes of a title stand, with their lengths, in order.
fn strokes(title: &str) -> Vec<(usize, usize)> {
    let all =
        STROKES.iter().flat_map(|stroke| title.match_indices(stroke).map(|(at, found)| (at, found.len())));
    let mut found: Vec<(usize, usize)> = all.filter(|(at, _)| *at > 0).collect();
    found.sort_unstable();
    found
}

/// Without what follows the site's name, or another title, or without a short end behind a bar.
fn without_last<'t>(title: &'t str, others: &[String], facts: &Facts) -> Option<&'t str> {
    let strokes = strokes(title);
    let parts = strokes.iter().enumerate().map(|(index, &(at, length))| {
        let end = strokes.get(index + 1).map_or(title.len(), |next| next.0);
        (at, title[(at + length).min(end)..end].trim())
    });
    let site = parts.into_iter().find(|(_, part)| is_site(part, facts)).map(|(at, _)| at);
    let bar = || {
        let &(at, length) = strokes.last()?;
        let is_bar = title[at..].trim_start().starts_with('|');
        let is_short = title[at + length..].split_whitespace().count() <= 4;
        (is_bar && is_short && title[..at].split_whitespace().count() >= 3).then_some(at)
    };
    let at = site.or_else(|| repeated(title, others)).or_else(bar)?;
    let kept = title[..at].trim();
    (!letters(kept).is_empty()).then_some(kept)
}

/// The end of another title that `title` begins with, where a sign follows it.
fn repeated(title: &str, others: &[String]) -> Option<usize> {
    others.iter().map(|other| letters(other)).filter(|other| other.chars().count() >= SAME).find_map(
        |other| {
            let mut folded = String::new();
            let (at, last) = title.char_indices().find(|(_, c)| {
                folded.extend(c.is_alphanumeric().then_some(*c).into_iter().flat_map(char::to_lowercase));
                folded.len() >= other.len()
            })?;
            let end = at + last.len_utf8();
            let rest =
                title[end..].trim_start_matches(['”', '"', '\'', '’', '»', '?', '!', '.', '…', ')', ' ']);
            let is_parted = rest.starts_with(['|', '-', '–', '—', '*', '：', '·', '•', '»', '›', '«']);
            (folded == other && is_parted).then(|| title.len() - rest.len())
        },
    )
}

/// Letters and digits from which on two titles are the same and not two words by chance.
const SAME: usize = 10;

fn without_first<'t>(title: &'t str, facts: &Facts) -> Option<&'t str> {
    let &(at, stroke) = strokes(title).first()?;
    let (site, kept) = (title[..at].trim(), title[at + stroke..].trim());
    (is_site(site, facts) && !letters(kept).is_empty()).then_some(kept)
}

/// Whether words name the site: the outlet, its domain, or either with a little more.
fn is_site(words: &str, facts: &Facts) -> bool {
    let words = letters(words);
    if words.chars().count() < 2 {
        return false;
    }
    facts.site_names().iter().any(|name| {
        let short = name.len().min(words.len());
        short >= 3
            && short * 2 >= name.len().max(words.len())
            && (name.contains(&words) || words.contains(name.as_str()))
            || *name == words
    })
}

/// The place of the headline in the bytes as received.
pub(super) fn headline_place(facts: &Facts) -> Option<Span> {
    let block = facts.report.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
    Some(facts.report.map.to_source(block.span))
}
