//! Whether the cost of reading grows with the size of a page, and no faster.
//!
//! `cargo bench -p variorum --bench growth [-- MB]` makes pages of 1, 10 and MB (100) megabytes from one page of
//! `examples/`: its article repeated, the whole page repeated, its article nested ever deeper, one element nested, one
//! paragraph without end, and the text of the article as plain text. Prints processor seconds, megabytes a second and
//! peak memory (Linux; elsewhere seconds by the clock and no memory). Fails when a byte of the largest page costs more
//! than [`MOST`] times a byte of the page of ten megabytes.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints what it measures"
)]

#[path = "../../../fuzz/src/cost.rs"]
mod cost;

use cost::cost;
use variorum::model::Received;

/// The page that all others are made from.
const PAGE: &str = include_str!("../../../examples/flood/3-lathe-valley-post.html");

/// A hundred megabytes leave every cache, which ten do not quite.
const MOST: f64 = 2.0;

const MB: usize = 1_000_000;

/// What a page of a size is made of.
type Make = fn(usize) -> String;

const PAGES: [(&str, Make); 6] = [
    ("article repeated", |size| page(&numbered(size))),
    ("page repeated", |size| PAGE.repeat(size / PAGE.len() + 1)),
    ("article nested", |size| page(&format!("<div>{}", article()).repeat(size / article().len() + 1))),
    ("element nested", |size| page(&format!("{}{}", "<div>".repeat(size / 5), article()))),
    ("one paragraph", |size| page(&format!("<p>{}</p>", "Word by word. ".repeat(size / 14 + 1)))),
    ("plain text", |size| text().repeat(size / text().len() + 1)),
];

fn main() {
    let largest = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100);
    println!("| page | MB | CPU s | MB/s | peak MB |\n|---|--:|--:|--:|--:|");
    let steep: Vec<&str> = PAGES
        .into_iter()
        .filter(|(name, make)| is_steep(name, *make, largest))
        .map(|(name, _)| name)
        .collect();
    assert!(steep.is_empty(), "cost grows faster than the page: {}", steep.join(", "));
}

/// Prints the lines of one kind of page; whether a byte of the largest costs too much.
fn is_steep(name: &str, make: Make, largest: usize) -> bool {
    let [_, ten, most] = [1, 10, largest].map(|size| {
        let bytes = make(size * MB).into_bytes();
        let received = Received { bytes, ..Received::default() };
        let (seconds, peak) = read(&received);
        let rate = received.bytes.len() as f64 / 1e6 / seconds;
        println!(
            "| {name} | {size} | {seconds:.2} | {rate:.1} | {} |",
            peak.map_or("–".to_owned(), |mb| mb.to_string())
        );
        1.0 / rate
    });
    most > MOST * ten
}

/// Processor seconds of one reading, and the most memory held meanwhile, in megabytes.
fn read(received: &Received) -> (f64, Option<usize>) {
    // Sets the mark of most memory back to what is held now.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let taken = cost(|| drop(std::hint::black_box(variorum::read::read(std::hint::black_box(received)))));
    (taken.as_secs_f64(), peak())
}

fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<usize>().ok().map(|kilobytes| kilobytes / 1000)
}

/// The example page with other content.
fn page(content: &str) -> String {
    let (from, to) = body();
    [&PAGE[..from], content, &PAGE[to..]].concat()
}

/// What stands in its body.
fn article() -> &'static str {
    let (from, to) = body();
    &PAGE[from..to]
}

/// The first byte behind `<body>`, and that of `</body>`.
fn body() -> (usize, usize) {
    let from = PAGE.find("<body").and_then(|at| Some(at + PAGE[at..].find('>')? + 1)).unwrap_or(0);
    (from, PAGE.rfind("</body").unwrap_or(PAGE.len()))
}

/// The article again and again, a number behind each paragraph, since what is printed twice is read once.
fn numbered(size: usize) -> String {
    let times = size / article().len() + 1;
    (0..times).map(|at| article().replace("</p>", &format!(" {at}</p>"))).collect()
}

/// The words of the article, a line a paragraph, without any markup.
fn text() -> String {
    let pieces = article().split('<').filter_map(|piece| piece.split_once('>'));
    pieces.map(|(_, words)| words.trim()).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
        + "\n"
}
