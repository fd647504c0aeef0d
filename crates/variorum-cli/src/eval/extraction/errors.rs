//! The worst pages of a set, to look at: what the text lost, what it has too much, which fields differ.

use super::pages::Case;
use super::words::{shingles, spaced, words};
use super::{blocks, body, fields};
use std::collections::BTreeSet;

/// Bytes shown of a text.
const SHOWN: usize = 160;

/// Lines shown of each kind, on a page.
const LINES: usize = 12;

/// Prints the `worst` pages of `cases`: first those of the text, then of each field and kind of block.
pub fn print(cases: &[Case], worst: usize) {
    if worst == 0 {
        return;
    }
    let mut pages: Vec<(f64, &Case)> = cases.iter().filter_map(|case| Some((score(case)?, case))).collect();
    pages.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    for (score, case) in pages.into_iter().take(worst).filter(|(score, _)| *score < 1.0) {
        println!("-- {score:.3} {} {}", case.id, case.gold["url"].as_str().unwrap_or_default());
        lines("lost", lost(case));
        lines("added", added(case));
    }
    print_fields(cases, worst);
    for label in ["headline", "dek", "subhead", "caption", "credit"] {
        let missed = cases.iter().flat_map(|case| missed(case, label));
        lines_of(&format!("{label} not whole"), missed.take(worst));
    }
}

/// F1 of the page's text; for segments, the share judged right.
fn score(case: &Case) -> Option<f64> {
    let of_segments = || {
        let [right, wrong, missed, kept_out] = body::segments(case)?;
        Some((right + kept_out) as f64 / (right + wrong + missed + kept_out).max(1) as f64)
    };
    body::shared(case).map(body::Shared::f1).or_else(of_segments)
}

/// Lines and segments of the gold that the text has not, each with the kind of block it stands in.
fn lost(case: &Case) -> Vec<String> {
    let found = words(case.found.text());
    let found = runs(&found);
    let gold = case.gold["text"].as_str().unwrap_or_default();
    let text = spaced(case.found.text());
    let segments = case.gold["with"].as_array().into_iter().flatten().filter_map(|segment| segment.as_str());
    let missing = gold.lines().filter(|line| !is_mostly_in(line, &found));
    let missing = missing.chain(segments.filter(|segment| !text.contains(&spaced(segment))));
    missing.map(|line| format!("[{}] {}", kind_of(case, line), shown(line))).collect()
}

/// Blocks of the text that the gold has not, each with its kind, and segments that should not stand in it.
fn added(case: &Case) -> Vec<String> {
    let gold = words(case.gold["text"].as_str().unwrap_or_default());
    let gold = runs(&gold);
    let text = spaced(case.found.text());
    let segments =
        case.gold["without"].as_array().into_iter().flatten().filter_map(|segment| segment.as_str());
    let standing = segments.filter(|segment| text.contains(&spaced(segment)));
    let standing = standing.map(|segment| format!("[{}] {}", kind_of(case, segment), shown(segment)));
    let in_text = |words: &str| text.contains(&spaced(words));
    let blocks =
        case.found.blocks().iter().filter(|block| in_text(&block.text) && !is_mostly_in(&block.text, &gold));
    let blocks = blocks.map(|block| format!("[{:?}] {}", block.kind, shown(&block.text)));
    match case.gold["text"].is_string() {
        true => blocks.collect(),
        false => standing.collect(),
    }
}

/// The kind of the block that holds most of a line.
fn kind_of(case: &Case, line: &str) -> String {
    let line = words(line);
    let sought = runs(&line);
    let shared = |text: &str| {
        let held = words(text);
        runs(&held).intersection(&sought).count()
    };
    let best =
        case.found.blocks().iter().map(|block| (shared(&block.text), block.kind)).max_by_key(|found| found.0);
    match best {
        Some((count, kind)) if count > 0 => format!("{kind:?}"),
        _ => "not read".to_owned(),
    }
}

fn runs<'t>(words: &'t [&'t str]) -> BTreeSet<&'t [&'t str]> {
    shingles(words).into_keys().collect()
}

/// Whether at least half of the runs of four words in `line` are among `runs`.
fn is_mostly_in(line: &str, runs: &BTreeSet<&[&str]>) -> bool {
    let line = words(line);
    let own = shingles(&line);
    let held = own.keys().filter(|run| runs.contains(**run)).count();
    held * 2 >= own.len()
}

/// Pages on which a field is wrong: what the gold has, and what was found.
fn print_fields(cases: &[Case], worst: usize) {
    let wrong = |judge: fn(&Case) -> Option<[bool; 3]>| {
        cases.iter().filter(move |case| judge(case).is_some_and(|right| !right[1]))
    };
    let pair = |case: &Case, gold: &str, found: &str| format!("{}: {gold} ≠ {found}", case.id);
    let titles = wrong(fields::title).map(|case| {
        pair(case, case.gold["title"].as_str().unwrap_or_default(), case.found.title().unwrap_or("–"))
    });
    lines_of("title", titles.take(worst));
    let dates = wrong(fields::date).map(|case| {
        pair(case, case.gold["date"].as_str().unwrap_or_default(), case.found.date().unwrap_or("–"))
    });
    lines_of("date", dates.take(worst));
    let authors = wrong(fields::authors).map(|case| {
        let gold = fields::gold_authors(&case.gold).unwrap_or_default();
        pair(case, &gold.join("; "), &case.found.authors().join("; "))
    });
    lines_of("author", authors.take(worst));
}

/// Gold blocks of a label that are not found whole, with the kind of block they stand in.
fn missed<'c>(case: &'c Case, label: &'c str) -> impl Iterator<Item = String> + use<'c> {
    let text = blocks::text(case, label);
    let missed = blocks::gold(case, label)
        .into_iter()
        .filter(move |block| blocks::is_whole(block, &text) == Some(false));
    missed.map(|block| format!("{} [{}] {}", case.id, kind_of(case, block), shown(block)))
}

fn lines(name: &str, all: Vec<String>) {
    let more = all.len().saturating_sub(LINES);
    all.into_iter().take(LINES).for_each(|line| println!("   {name} {line}"));
    if more > 0 {
        println!("   {name} … and {more} more");
    }
}

fn lines_of(name: &str, all: impl Iterator<Item = String>) {
    all.for_each(|line| println!("-- {name} {line}"));
}

fn shown(text: &str) -> String {
    let text = spaced(text);
    match text.char_indices().map(|(at, _)| at).find(|at| *at > SHOWN) {
        Some(end) => format!("{} …", &text[..end]),
        None => text,
    }
}
