//! Piles made to hurt: endless copies of one page, one text at every outlet, reports written on one template, dates of no
//! calendar, one report as long as a library. Each is grouped in bounded time and memory; what a cap leaves out is said;
//! what merely shares a template is not put together.
//!
//! `cargo test --release -p variorum --test piles -- --ignored --nocapture --test-threads 1` does the same with a million copies, 10,000 outlets
//! and 50 megabytes, and prints seconds and peak memory; that takes minutes.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads the clock and prints what it measures"
)]

use std::collections::BTreeSet;
use std::time::Instant;
use variorum::grouping::{self, Groups, Pile};
use variorum::model::{Annotated, Received};

const PAGE: &str = "The ferry Lisbet ran aground off Gull Point on Monday evening with 84 people on board, the harbour office of Sund said.\n\n\
    Nobody was hurt, but the passengers spent the night in blankets on the upper deck while the wind rose and the lamps failed.\n\n\
    A tug from Sund pulled the ship free at dawn, when the tide had lifted her stern far enough to clear the bank.\n\n\
    “We sang until we were hoarse,” said Mette Holm, one of the passengers, who was on her way home from the fair in Arlo.\n\n\
    The company has cancelled all crossings until divers have looked at the keel, which may take them the rest of the week.";

fn read(text: &str, date: Option<&str>) -> Annotated {
    let received = Received { bytes: text.into(), date: date.map(str::to_owned), ..Received::default() };
    variorum::annotate(&received)
}

/// The same report, as another one received it: with its own key, id and outlet.
fn again(found: &Annotated, number: usize, outlet: Option<String>) -> Annotated {
    let mut found = found.clone();
    found.report.key = found.report.key.wrapping_add(number as u128);
    found.report.id = format!("r{number}");
    found.report.outlet = outlet;
    found
}

fn groups(reports: impl Iterator<Item = Annotated>) -> (Pile, Groups) {
    let mut pile = Pile::default();
    reports.for_each(|found| {
        pile.add(grouping::of(found));
    });
    let groups = pile.groups();
    (pile, groups)
}

/// Peak memory of this process in megabytes, on Linux.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<usize>().ok()).unwrap_or(0) / 1000
}

/// All are one story, and all copies of the first.
fn copies_of_one_page(count: usize, outlet: fn(usize) -> Option<String>) {
    let (page, start) = (read(PAGE, Some("2025-03-03")), Instant::now());
    let (_, found) = groups((0..count).map(|at| again(&page, at, outlet(at))));
    println!(
        "{count} copies of one page: {:.1} s, {} MB at most, {:?}",
        start.elapsed().as_secs_f64(),
        peak(),
        found.notes
    );
    assert_eq!(found.stories.len(), 1);
    assert_eq!(found.copies.len(), count - 1);
    assert!(found.furniture.is_empty(), "a text that is printed again is no furniture");
}

fn one_outlet(_: usize) -> Option<String> {
    Some("Sund Courier".to_owned())
}

fn many_outlets(at: usize) -> Option<String> {
    Some(format!("Outlet {at}"))
}

#[test]
fn a_page_printed_again_and_again_is_one_story() {
    copies_of_one_page(3_000, one_outlet);
    copies_of_one_page(3_000, many_outlets);
}

#[test]
#[ignore = "takes minutes"]
fn a_million_copies_of_one_page() {
    copies_of_one_page(10_000, many_outlets);
    copies_of_one_page(1_000_000, one_outlet);
}

/// Copies that each have a line of their own.
fn near_copies(count: usize) {
    let numbers = (0..count).map(|at| {
        format!("{PAGE}\n\nThis page was printed for reader number {at} of {count} at the counter.")
    });
    let reports: Vec<Annotated> = numbers.map(|text| read(&text, Some("2025-03-03"))).collect();
    let start = Instant::now();
    let (_, found) = groups(reports.into_iter());
    println!(
        "{count} near copies: {:.1} s, {} MB at most, {:?}",
        start.elapsed().as_secs_f64(),
        peak(),
        found.notes
    );
    assert_eq!(found.stories.len(), 1);
    let hang: BTreeSet<usize> = found.copies.iter().map(|copy| copy.b).collect();
    assert_eq!(hang.len(), count - 1, "each but the first hangs on an earlier one");
}

#[test]
fn copies_that_differ_in_a_line_hang_together() {
    near_copies(260);
}

#[test]
#[ignore = "takes minutes"]
fn many_copies_that_differ_in_a_line() {
    near_copies(20_000);
}

const TOWNS: [&str; 12] =
    ["Arlo", "Sund", "Elm", "Gull", "Or", "Bright", "Dun", "Hallam", "Vell", "Cor", "Tide", "Lathe"];
const AGENTS: [&str; 8] = ["Berg", "Holm", "Ruiz", "Tolland", "Marsh", "Quill", "Orrick", "Lunsky"];

/// A report as a machine writes one for each town.
fn sale(at: usize) -> String {
    let town = format!("{}{}", TOWNS[at % 12], ["bury", "ford", "wick", "stead", "combe"][at / 12 % 5]);
    let agent = AGENTS[at % 8];
    let (rise, homes, price) = (1 + at * 7 % 23, 90 + at * 37 % 1900, 150_000 + at * 7_919 % 400_000);
    format!(
        "Homes in {town} sold for {rise} percent more in March than a year before, figures of the land registry show.\n\n\
         In all {homes} homes changed hands in {town}, and the typical price was {price} crowns, according to the registry.\n\n\
         The agent {agent} of {town} said that buyers had come back after a quiet winter and that most homes sold in {} days.\n\n\
         Flats cost {} crowns in {town} on average, and {} of them were sold, which is {} more than in February.",
        2 + at * 5 % 40,
        price / 2,
        homes / 3,
        at * 11 % 60
    )
}

/// Reports written on one template: none is a copy.
fn template(count: usize) {
    let reports: Vec<Annotated> = (0..count).map(|at| read(&sale(at), Some("2025-04-02"))).collect();
    let start = Instant::now();
    let (_, found) = groups(reports.into_iter());
    let largest = found.stories.iter().map(|group| group.reports.len()).max().unwrap_or(0);
    println!(
        "{count} reports on one template: {} called copies, {} stories, the largest of {largest}; {:.1} s, {} MB at most, {:?}",
        found.copies.len(),
        found.stories.len(),
        start.elapsed().as_secs_f64(),
        peak(),
        found.notes
    );
    assert_eq!(found.copies.len(), 0, "{:?}", found.copies.first());
    assert!(largest * 6 <= count, "a story of {largest} of {count} reports");
}

#[test]
fn what_is_written_on_one_template_stays_apart() {
    template(60);
}

#[test]
fn dates_of_no_calendar_are_no_dates() {
    let dates = [
        None,
        Some("2999-12-31"),
        Some("0000-00-00"),
        Some("9999-99-99"),
        Some("-2025-03-03"),
        Some("soon"),
        Some("2025-03-03T99:99"),
    ];
    let reports = dates.iter().enumerate().map(|(at, date)| again(&read(PAGE, *date), at, many_outlets(at)));
    let (_, found) = groups(reports);
    assert_eq!(found.copies.len(), dates.len() - 1, "copies are told without dates");
    let largest = found.stories.first().map_or(0, |group| group.reports.len());
    assert!(
        largest >= dates.len() - 2,
        "a date far off parts a report from the others, one of no calendar does not: {:?}",
        found.stories
    );
}

/// One report without end beside a short one that stands in it.
fn endless(bytes: usize) {
    let line = |at: usize| {
        format!(
            "In chapter {at} the clerk of Sund counts {} barrels and writes the sum into book {}.\n\n",
            at * 31 % 977,
            at % 89
        )
    };
    let mut text = format!("{PAGE}\n\n");
    for at in 0.. {
        text.push_str(&line(at));
        if text.len() >= bytes {
            break;
        }
    }
    let start = Instant::now();
    let long = read(&text, Some("2025-03-03"));
    let annotated = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let (_, found) =
        groups([again(&long, 1, None), again(&read(PAGE, Some("2025-03-03")), 2, None)].into_iter());
    println!(
        "one report of {} bytes: annotated in {annotated:.1} s, grouped in {:.1} s, {} MB at most, {:?}",
        text.len(),
        start.elapsed().as_secs_f64(),
        peak(),
        found.notes
    );
    assert_eq!(found.copies.len(), 1);
    assert!(found.notes.iter().any(|note| note.contains("100,000 words")), "{:?}", found.notes);
}

#[test]
fn what_is_cut_of_an_endless_report_is_said() {
    endless(800_000);
}

#[test]
#[ignore = "takes minutes"]
fn a_report_of_fifty_megabytes() {
    endless(50_000_000);
}
