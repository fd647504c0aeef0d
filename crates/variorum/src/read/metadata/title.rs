//! The report's title.
//!
//! In: the container's title, the headline as shown, JSON-LD `headline`, `og:title` and its kin, the `title` element. Out: the
//! title without the site's name.
//! Order: the container's; then, where `og:title` or JSON-LD alone says it in other words, these words if they are the headline as
//! shown with words left out within it, or if the address spells them and not the headline; then what two of headline as shown, JSON-LD
//! and `og:title` agree on (`og:title` if it parts a kicker
//! that the page shows on a line of its own); where they all differ,
//! JSON-LD if the `title` element agrees, or `og:title` if that does and there is JSON-LD, else the headline as shown; then any of them; then the
//! `title` element. Without JSON-LD `og:title` and `title` element are one hand's work: they go before the headline as shown only
//! where that is theirs with a kicker or date before it, or much longer. Agreement is between letters and digits alone. A kicker before the
//! headline as shown is left out where `og:title` is the rest.
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
    let site = headline.and_then(|block| site_behind(&element, block.span.of(&facts.report.text), facts));
    let named = Some(Said::new(element[..site.unwrap_or(element.len())].to_owned(), "title-element", None));
    let mut all: Vec<Option<Said<String>>> = vec![shown, linked, shared, named];
    let words: Vec<String> = all.iter().flatten().map(|said| said.value.clone()).collect();
    // What both give behind the headline, and is no site's name, is part of it.
    let is_shared =
        all[1].as_ref().zip(all[2].as_ref()).is_some_and(|(a, b)| letters(&a.value) == letters(&b.value));
    for said in all.iter_mut().flatten().filter(|said| said.from != "shown") {
        let others = if is_shared && said.from != "title-element" { &[][..] } else { &words };
        said.value = without_site(&said.value, others, facts);
    }
    let filled = all.into_iter().map(|said| said.filter(|said| !letters(&said.value).is_empty()));
    let [shown, linked, shared, named] = <[_; 4]>::try_from(filled.collect::<Vec<_>>()).ok()?;
    let addressed = facts.report_url.as_deref().or(facts.received.url.as_deref()).unwrap_or_default();
    lone(&shown, &linked, &shared, &named, addressed).or_else(|| choose(shown, linked, shared, named))
}

/// The title in words that `og:title` or JSON-LD alone has, where the others agree: if they are the headline as shown with words
/// left out, or if the address spells them.
fn lone(shown: &Title, linked: &Title, shared: &Title, named: &Title, address: &str) -> Title {
    let headline = shown.as_ref()?;
    let is_same =
        |title: &Title| title.as_ref().is_some_and(|said| letters(&said.value) == letters(&headline.value));
    let differs = |title: &Title| title.is_some() && !is_same(title);
    let agrees = |title: &Title| title.is_none() || is_same(title);
    let spells = |other: &Said<String>| {
        let slug = slug(address);
        is_spelt(&other.value, &slug) && !is_spelt(&headline.value, &slug)
    };
    // A headline and the address may both be older than the other wording: only one of four is alone.
    if differs(shared) && agrees(linked) && is_same(named) {
        return shared.clone().filter(|other| is_shortened(&headline.value, &other.value) || spells(other));
    }
    if differs(linked) && is_same(shared) {
        let is_alone = is_same(named);
        return linked
            .clone()
            .filter(|other| is_shortened(&headline.value, &other.value) || is_alone && spells(other));
    }
    None
}

/// Whether `other` is `headline` with words left out within it: half of them or more are left, and neither begins or ends
/// the other.
fn is_shortened(headline: &str, other: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        title.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect()
    };
    let (whole, part) = (words(headline), words(other));
    let (all, some) = (whole.concat(), part.concat());
    // Small words ("a" for "an") may differ.
    let is_small = |word: &str| word.chars().count() <= 2 && word.chars().all(char::is_alphabetic);
    let mut rest = whole.iter();
    part.len() >= 4
        && part.len() * 2 >= whole.len()
        && part.len() <= whole.len()
        && !all.starts_with(&some)
        && !all.ends_with(&some)
        && part.iter().filter(|word| !is_small(word)).all(|word| rest.any(|other| other == word))
}

/// The words of the longest part of an address's path, small.
fn slug(address: &str) -> Vec<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let longest = path.split('/').skip(1).max_by_key(|part| part.len()).unwrap_or_default();
    let words = longest.split(|c: char| !c.is_alphanumeric()).map(letters);
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether `slug` is made of the words of `title`: four fifths of its letters, of three words at least.
fn is_spelt(title: &str, slug: &[String]) -> bool {
    let words: Vec<String> = title.split(|c: char| !c.is_alphanumeric()).map(letters).collect();
    let length = |words: &mut dyn Iterator<Item = &String>| words.map(String::len).sum::<usize>();
    let all = length(&mut slug.iter());
    let found = length(&mut slug.iter().filter(|word| words.contains(word)));
    slug.len() >= 3 && found * 5 >= all * 4
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
    if agree(&linked, &shared) || agree(&shared, &named) && (linked.is_some() || is_beyond(&shown, &shared)) {
        return shared;
    }
    if agree(&linked, &named) {
        return linked;
    }
    shown.or(linked).or(shared).or(named)
}

/// Whether the headline as shown has a kicker or date before `shared`, or is much longer; or there is none.
fn is_beyond(shown: &Title, shared: &Title) -> bool {
    let Some((shown, shared)) = shown.as_ref().zip(shared.as_ref()) else { return true };
    let count = |words: &str| words.split_whitespace().count();
    letters(&shown.value).ends_with(&letters(&shared.value)) || count(&shown.value) > 3 * count(&shared.value)
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
    let is_name = site_behind(&line(named(facts)), title, facts).is_some();
    (!is_name).then(|| Said::new(title.to_owned(), "shown", Some(place)))
}

/// The words of the `title` element.
fn named<'f>(facts: &'f Facts) -> &'f str {
    cut(facts.page.and_then(|page| page.title.as_deref()).unwrap_or_default(), LONGEST)
}

/// Where the last stroke of `title` stands if `words` and no more follows it, and they are the site's name: what stands before the
/// stroke is longer and is itself no name of the site.
fn site_behind(title: &str, words: &str, facts: &Facts) -> Option<usize> {
    let &(at, length) = strokes(title).last()?;
    let (before, folded) = (&title[..at], letters(words));
    let is_last = !folded.is_empty() && letters(&title[at + length..]) == folded;
    let is_longer = || letters(before).len() > folded.len() && !is_site(before, facts);
    (is_last && !letters(before).is_empty() && (is_site(words, facts) || is_longer())).then_some(at)
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
