//! How well the report is told from the rest in text that a page was flattened to, line by line.
//!
//! In: `lines_page.jsonl.gz` (whole pages) and `lines_reader.jsonl.gz` (what readability kept of them) of
//! `extraction-dev/fundus_parser`, each line with its gold label. Each page is read as plain text, its lines joined by
//! line ends. Out: precision, recall and F1 of the lines of the report, beside two baselines.
//!
//! A line is the report's when its label is `body`, `subhead` or `dek`: that is what the gold text of the set is made
//! of. `mixed` lines hold both and are left out; all other labels (headlines, captions, credits, repeats, junk) count
//! against. A line is found when most of its bytes lie in blocks of running text: paragraph, list, table, heading, dek.
//! Each line weighs as many words as it has: runs of characters between white space, and for scripts that put no space
//! between words (Han, kana, Thai, Lao, Khmer, Burmese) one word for two characters. Hits and misses are summed over
//! all pages; `pages` is the mean of the pages' F1.
//!
//! Baselines: `keep all` keeps every line; `C4` keeps a line of five words or more that ends with a mark that ends a
//! sentence or a quotation, as the filter of C4 (Raffel and others, JMLR 2020) does, with the marks of all scripts.

use crate::eval::rates::prf;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;
use std::ops::AddAssign;
use std::path::Path;
use variorum::model::{Received, Report};

/// The two files, without `.jsonl.gz`.
pub const FILES: [&str; 2] = ["lines_page", "lines_reader"];

/// A page: its lines, each with its gold label.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Begins with the two letters of the country.
    pub id: String,
    /// Label and text.
    pub lines: Vec<(String, String)>,
}

/// Words of the report's lines that were found, of other lines that were taken for it, of its lines that were missed.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found.
    pub hit: usize,
    /// Taken wrongly.
    pub extra: usize,
    /// Missed.
    pub missed: usize,
}

impl Tally {
    /// Precision, recall and F1; F1 is 1 where nothing was to be found and nothing was taken.
    pub fn prf(self) -> (f64, f64, f64) {
        let (precision, recall, f1) = prf(self.hit, self.extra, self.missed);
        (precision, recall, if self == Tally::default() { 1.0 } else { f1 })
    }

    /// See [`Tally::prf`].
    pub fn f1(self) -> f64 {
        self.prf().2
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.hit += other.hit;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

/// The tallies of a file's pages, in order.
#[derive(Clone, Debug, Default)]
pub struct Score(pub Vec<Tally>);

impl Score {
    /// Of `pages`, where `keeps` tells for each line of a page whether it is taken for the report's.
    pub fn of(pages: &[Page], keeps: impl Fn(&Page) -> Vec<bool>) -> Score {
        Score(pages.iter().map(|page| tally(page, &keeps(page))).collect())
    }

    /// All pages together.
    pub fn sum(&self) -> Tally {
        let mut sum = Tally::default();
        self.0.iter().for_each(|&page| sum += page);
        sum
    }

    /// Mean of the pages' F1.
    pub fn pages(&self) -> f64 {
        self.0.iter().map(|page| page.f1()).sum::<f64>() / self.0.len().max(1) as f64
    }
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let (precision, recall, f1) = self.sum().prf();
        write!(out, "F1 {f1:.4}  P {precision:.4}  R {recall:.4}  pages {:.4}", self.pages())
    }
}

/// Prints the measures of both files in `folder`; gives F1 by name of file.
pub fn print(folder: &Path) -> anyhow::Result<Vec<(&'static str, f64)>> {
    let mut found = Vec::new();
    for file in FILES {
        let pages = read(&folder.join(format!("{file}.jsonl.gz")))?;
        let score = Score::of(&pages, taken);
        println!("lines {file:13} {score}");
        println!("lines {file:13} {}  (baseline: keep all)", Score::of(&pages, |page| page.each(|_| true)));
        println!(
            "lines {file:13} {}  (baseline: C4's rule)",
            Score::of(&pages, |page| page.each(is_kept_by_c4))
        );
        println!("lines {file:13} F1 by country: {}", by_country(&pages, &score));
        found.push((file, score.sum().f1()));
    }
    Ok(found)
}

/// F1 of the pages of each country.
fn by_country(pages: &[Page], score: &Score) -> String {
    let mut countries: BTreeMap<&str, Tally> = BTreeMap::new();
    for (page, &tally) in pages.iter().zip(&score.0) {
        *countries.entry(page.id.get(..2).unwrap_or_default()).or_default() += tally;
    }
    let each = countries.iter().map(|(country, tally)| format!("{country} {:.3}", tally.f1()));
    each.collect::<Vec<_>>().join(" ")
}

/// The pages of a file.
pub fn read(path: &Path) -> anyhow::Result<Vec<Page>> {
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let rows = std::io::BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines();
    rows.enumerate()
        .map(|(at, row)| page(&row?).with_context(|| format!("{}, line {}", path.display(), at + 1)))
        .collect()
}

fn page(row: &str) -> anyhow::Result<Page> {
    let row: serde_json::Value = serde_json::from_str(row)?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let lines = row["lines"].as_array().context("has no lines")?;
    let lines = lines.iter().map(|line| (text(&line[0]), text(&line[1]))).collect();
    Ok(Page { id: text(&row["id"]), lines })
}

impl Page {
    fn each(&self, keeps: impl Fn(&str) -> bool) -> Vec<bool> {
        self.lines.iter().map(|(_, line)| keeps(line)).collect()
    }
}

fn tally(page: &Page, keeps: &[bool]) -> Tally {
    let mut tally = Tally::default();
    for ((label, line), &is_kept) in page.lines.iter().zip(keeps) {
        let is_report = matches!(label.as_str(), "body" | "subhead" | "dek");
        match (is_report, is_kept) {
            _ if label == "mixed" => {}
            (true, true) => tally.hit += words(line),
            (true, false) => tally.missed += words(line),
            (false, true) => tally.extra += words(line),
            (false, false) => {}
        }
    }
    tally
}

/// Which lines of `page` the reader takes for the report's.
pub fn taken(page: &Page) -> Vec<bool> {
    let text = page.lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
    let report = variorum::read::read(&Received { bytes: text.into_bytes(), ..Received::default() });
    let mut start = 0;
    let mut blocks = 0;
    let mut taken = Vec::with_capacity(page.lines.len());
    for (_, line) in &page.lines {
        let end = start + line.len();
        taken.push(is_running(&report, start, end, &mut blocks));
        start = end + 1;
    }
    taken
}

/// Whether most of the named bytes from `start` to `end` are running text. `from` is the first block that may lie
/// there, moved on with each call.
fn is_running(report: &Report, start: usize, end: usize, from: &mut usize) -> bool {
    while report.blocks.get(*from).is_some_and(|block| block.span.end() <= start) {
        *from += 1;
    }
    let (mut running, mut other) = (0, 0);
    for block in report.blocks[*from..].iter().take_while(|block| block.span.start() < end) {
        let bytes = block.span.end().min(end) - block.span.start().max(start);
        *(if block.kind.is_running_text() { &mut running } else { &mut other }) += bytes;
    }
    running > other
}

/// Words as this measure counts them.
fn words(line: &str) -> usize {
    line.split_whitespace().map(word_count).sum()
}

fn word_count(word: &str) -> usize {
    let unspaced = word.chars().filter(|&c| is_unspaced(c)).count();
    unspaced.div_ceil(2) + usize::from(word.chars().any(|c| c.is_alphanumeric() && !is_unspaced(c)))
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// C4's rule for lines.
fn is_kept_by_c4(line: &str) -> bool {
    const MARKS: [char; 18] =
        ['.', '!', '?', '"', '”', '»', '’', '…', '。', '！', '？', '」', '』', '؟', '۔', '।', '։', '።'];
    line.trim_end().ends_with(MARKS) && words(line) >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `page` has a line each with its label before a stroke; `keeps` is what is taken of it.
    fn check(page: &str, keeps: impl Fn(&Page) -> Vec<bool>, expected: &str) {
        let lines = page.lines().filter_map(|line| line.split_once('|'));
        let lines = lines.map(|(label, line)| (label.to_owned(), line.to_owned())).collect();
        let page = Page { id: "xx".to_owned(), lines };
        let Tally { hit, extra, missed } = Score::of(&[page], keeps).sum();
        assert_eq!(format!("hit {hit} extra {extra} missed {missed}"), expected);
    }

    const PAGE: &str = "junk|Home\nheadline|Ferry out of service\ndek|Board has no other ship\n\
        body|The old ferry was taken out of service on Tuesday.\nsubhead|No ship\n\
        mixed|Photo: Bo Lind. The board met.\nbody|渡船停航了。\njunk|Read on.";

    #[test]
    fn words_of_lines_are_summed() {
        check(PAGE, |page| page.each(|_| true), "hit 20 extra 7 missed 0");
        check(PAGE, |page| page.each(|_| false), "hit 0 extra 0 missed 20");
        check(PAGE, |page| page.each(is_kept_by_c4), "hit 10 extra 0 missed 10");
    }

    #[test]
    fn the_reader_is_asked_line_by_line() {
        check(
            "headline|Ferry out of service\nbody|The ferry was taken out of service on Tuesday.",
            taken,
            "hit 9 extra 0 missed 0",
        );
    }
}
