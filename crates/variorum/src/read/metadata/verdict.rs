//! Whether a page is an article at all.
//!
//! In: what the page says of itself, and its blocks. Out: the reason why it is none, the first of: an error page, a list of
//! articles (the front page, a section), a page around a video, a wall that asks for payment, no running text at all. A page
//! is an article unless something speaks against it and it holds less running text than [`LITTLE`]; of a list, than
//! three times as much; below [`NONE`] nothing need speak against it, but that nothing says it is one.
//! Leaves: articles of a few sentences that look like lists.

use super::Facts;
use crate::model::BlockKind;

/// Running text of a short article, in characters.
const LITTLE: usize = 400;

/// Running text below which there is none to speak of, in characters.
const NONE: usize = 120;

/// Why the page is no article.
pub(super) fn not_article(facts: &Facts) -> Option<String> {
    let page = facts.page?;
    let running = running(facts);
    let names_article = !facts.linked.articles.is_empty() || facts.is_og("article");
    let title = page.title.as_deref().unwrap_or_default().to_lowercase();
    let reason = if running < LITTLE && is_error(&title) {
        "is an error page"
    } else if !names_article && is_list(facts, running) {
        "is a list of articles"
    } else if running < LITTLE
        && (facts.is_og("video") || facts.linked.has_kind(&["VideoObject"]) && !names_article)
    {
        "is a page around a video"
    } else if running < LITTLE && is_walled(facts) {
        "is behind a paywall"
    } else if running < NONE && !names_article {
        "holds no running text"
    } else {
        return None;
    };
    Some(reason.to_owned())
}

/// Characters of running text: lines of some length, whatever they were taken for, but for legal ones.
fn running(facts: &Facts) -> usize {
    let blocks =
        facts.report.blocks.iter().filter(|block| block.kind != BlockKind::Legal && block.span.len() >= LONG);
    blocks.map(|block| block.span.len().min(LITTLE)).take(1000).sum()
}

/// Length of a line that may be running text, in bytes.
const LONG: usize = 100;

fn is_error(title: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "404",
        "403",
        "page not found",
        "not found",
        "access denied",
        "nicht gefunden",
        "just a moment",
        "page introuvable",
    ];
    SIGNS.iter().any(|sign| title.contains(sign))
}

/// Whether it is the site's front page or a section: its address has no path, or links hold nearly everything.
fn is_list(facts: &Facts, running: usize) -> bool {
    let root = facts.report_url.as_deref().and_then(|url| url.split_once("://")).is_some_and(|(_, rest)| {
        rest.split_once('/').is_none_or(|(_, path)| path.trim_matches('/').is_empty())
    });
    let lists = facts.linked.has_kind(&["CollectionPage", "ItemList", "SearchResultsPage"]);
    let teasers = facts.report.blocks.iter().filter(|block| block.kind == BlockKind::Related).count();
    (root || lists || facts.is_og("website") && teasers >= 20) && running < LITTLE * 3 && teasers >= 8
}

/// Whether the page says that its text is not free.
fn is_walled(facts: &Facts) -> bool {
    let says = |node: &super::json::Node| match &node.value {
        super::json::Value::Bare(words) | super::json::Value::Words(words) => {
            words.trim().eq_ignore_ascii_case("false")
        }
        _ => false,
    };
    let linked = facts.linked.articles.iter().chain(&facts.linked.pages);
    let tier = facts
        .meta(&["article:content_tier"])
        .is_some_and(|meta| matches!(meta.content.as_str(), "locked" | "metered"));
    tier || linked.filter_map(|node| node.get("isAccessibleForFree")).any(says)
}
