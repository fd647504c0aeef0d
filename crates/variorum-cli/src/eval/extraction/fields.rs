//! Title, authors and date of publication: the share of pages with gold on which each is right.
//!
//! Title: equal, or contained with something around it, after case and everything but letters and digits is dropped.
//! Authors: the same set of names, or the last names of the gold all there. Date: the same day.

use super::Bars;
use super::pages::Case;
use super::words::{alphanumeric, last_names, names, part_names};
use serde_json::Value;

/// Prints a line for each field that the set has gold for.
pub fn print(cases: &[Case], bars: &mut Bars) {
    let titles: Vec<[bool; 3]> = cases.iter().filter_map(title).collect();
    line("title", ["equal", "contains"], &titles, bars);
    let dates: Vec<[bool; 3]> = cases.iter().filter_map(date).collect();
    line("date", ["same day", ""], &dates, bars);
    let authors: Vec<[bool; 3]> = cases.iter().filter_map(authors).collect();
    line("author", ["strict", "loose"], &authors, bars);
}

fn line(field: &str, tests: [&str; 2], pages: &[[bool; 3]], bars: &mut Bars) {
    if pages.is_empty() {
        return;
    }
    let rate = |at: usize| pages.iter().filter(|page| page[at]).count() as f64 / pages.len() as f64;
    print!("{field}  n {}  coverage {:.3}  {} {:.3}", pages.len(), rate(0), tests[0], rate(1));
    if !tests[1].is_empty() {
        print!("  {} {:.3}", tests[1], rate(2));
    }
    println!("{}", bars.held(&format!("{field} {}", tests[0]), rate(1)));
}

/// Whether a title is found, is that of the gold, holds that of the gold; `None` where the gold has none.
pub fn title(case: &Case) -> Option<[bool; 3]> {
    let gold = alphanumeric(stated(&case.gold["title"])?);
    let found = alphanumeric(case.found.title().unwrap_or_default());
    let has = case.found.title().is_some_and(|title| !title.is_empty());
    Some([has, has && gold == found, has && found.contains(&gold)])
}

/// Whether a date is found, and is that of the gold; `None` where the gold has none.
pub fn date(case: &Case) -> Option<[bool; 3]> {
    let gold = stated(&case.gold["date"])?;
    let day = |date: &str| date.chars().take(10).collect::<String>();
    let found = case.found.date();
    let same = found.is_some_and(|found| day(found) == day(gold));
    Some([found.is_some(), same, same])
}

/// Whether authors are found, are those of the gold, have the last names of the gold; `None` where the gold has none.
pub fn authors(case: &Case) -> Option<[bool; 3]> {
    let gold = gold_authors(&case.gold).filter(|names| !names.is_empty())?;
    let found = case.found.authors();
    let has = !found.is_empty();
    let together = alphanumeric(&found.join(" "));
    let loose = last_names(&gold).iter().all(|name| together.contains(name));
    Some([has, has && names(&gold) == names(found), has && loose])
}

/// The names of the gold, given as a list or as one string.
pub fn gold_authors(gold: &Value) -> Option<Vec<String>> {
    let field = if gold["authors"].is_null() { &gold["author"] } else { &gold["authors"] };
    match field {
        Value::Array(list) => Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        _ => Some(part_names(stated(field)?)),
    }
}

fn stated(field: &Value) -> Option<&str> {
    field.as_str().filter(|words| !words.is_empty())
}
