//! How the cost of finding stories and copies grows with the pile.
//!
//! `cargo bench -p variorum --bench stories_growth [-- COUNT...]` (10000 and 100000 unless named) reads the reports of
//! `../shared/data/bulk-dev` (or of the gzipped JSON lines in `NEWS`), annotates [`BASE`] of them, and makes piles of them by
//! [`Generator`]. Timed is what works on annotated reports, on one core: reading (words, profiles, records), stories (links, groups) and
//! copies (furniture, candidates, alignment). Making the reports is not timed. What is kept of the words for copies lies in a file, which is
//! timed. Prints processor seconds, reports a second, memory held for each report when all are read and at most (what the generator
//! holds taken off; of several piles in one run only the first tells it), bytes on disk, what was found, how long it takes to add one
//! more report to the stories (mean and longest of [`ADDED`], by `stories::Standing`), and the exponent of growth (least squares of the
//! logarithms); writes a plot to `target/stories-growth.svg`.
//! With `WRITE=FILE` it writes the first pile as JSON lines instead, for `peers/stories_py.py`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark reads files and the clock and prints what it measures"
)]

#[path = "../../../fuzz/src/cost.rs"]
mod cost;
#[path = "stories_growth/generator.rs"]
mod generator;

use cost::cost;
use generator::Generator;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use variorum::model::{Annotated, Received};
use variorum::words::Words;
use variorum::{lineage, stories};

/// How many reports are annotated and repeated.
const BASE: usize = 2000;

/// So many reports are made, and then read: to look at the clock takes a while, too.
const BATCH: usize = 64;

/// How many reports are added to the stories of each pile, one by one.
const ADDED: usize = 500;

fn main() {
    let mut counts: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    if counts.is_empty() {
        counts = vec![10_000, 100_000];
    }
    let base = base();
    if let Ok(path) = std::env::var("WRITE") {
        return write(&base, counts[0], &path);
    }
    println!(
        "| reports | read + stories + copies, CPU s | reports/s | KB a report: held, at most, on disk | stories | copies | capped | ms to add one: mean, longest |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    let before = resident("VmRSS:");
    let points: Vec<(usize, f64)> =
        counts.iter().map(|&count| (count, measure(&base, count, before))).collect();
    if points.len() > 1 {
        println!("growth exponent {:.3}", exponent(&points));
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/stories-growth.svg");
        std::fs::write(path, plot(&points)).expect("the target folder can be written");
    }
}

/// Writes a pile as JSON lines, for other programs.
fn write(base: &[Annotated], count: usize, path: &str) {
    let line = |made: Annotated| {
        let report = made.report;
        let date = report.published.map(|stamp| stamp.value);
        serde_json::json!({"id": report.id, "outlet": report.outlet, "date": date, "title": report.title, "text": report.text})
    };
    let lines: String = Generator::new(base).take(count).map(|made| format!("{}\n", line(made))).collect();
    std::fs::write(path, lines).expect("the pile is written");
}

/// Annotated reports to begin with.
fn base() -> Vec<Annotated> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/bulk-dev/news-abp-dev.jsonl.gz");
    let path = std::env::var("NEWS").unwrap_or_else(|_| root.to_owned());
    let unpacked = std::process::Command::new("gzip").args(["-dc", &path]).output().expect("gzip runs");
    let lines = String::from_utf8(unpacked.stdout).expect("the file is UTF-8");
    lines.lines().take(BASE).map(annotated).collect()
}

/// The report of a line, without what the two stages do not ask for.
fn annotated(line: &str) -> Annotated {
    let row: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
    let field = |name: &str| row[name].as_str().filter(|value| !value.is_empty()).map(str::to_owned);
    let found = variorum::annotate(&Received {
        bytes: field("text").unwrap_or_default().into_bytes(),
        id: field("id"),
        outlet: field("outlet"),
        title: field("title"),
        date: field("date"),
        ..Received::default()
    });
    Annotated {
        report: found.report,
        sentences: found.sentences,
        quotations: found.quotations,
        ..Annotated::default()
    }
}

/// Prints the line of a pile; seconds that it took. Resident were `before` bytes.
fn measure(base: &[Annotated], count: usize, before: usize) -> f64 {
    let (mut piles, mut seconds) = ((stories::Pile::default(), lineage::pile::Pile::default()), [0.0; 3]);
    let (mut generator, mut shelf) = (Generator::new(base), Shelf::new());
    for start in (0..count).step_by(BATCH) {
        let batch: Vec<Annotated> = generator.by_ref().take(BATCH.min(count - start)).collect();
        seconds[0] += timed(|| {
            for (at, report) in (start..).zip(&batch) {
                let words = Words::of(report);
                piles.0.add_read(report, &words);
                piles.1.add_read(report, &words);
                shelf.put(&piles.1.take(at));
            }
        });
    }
    let a_report = |bytes: usize| bytes as f64 / 1024.0 / count as f64;
    let others = before + generator.size();
    shelf.out.flush().expect("the file can be written");
    let held = a_report(resident("VmRSS:").saturating_sub(others));
    let (mut partition, mut copies) = (stories::Partition::default(), 0);
    seconds[1] += timed(|| partition = piles.0.partition());
    seconds[2] += timed(|| copies = piles.1.find_with(&|at| shelf.get(at).into()).copies.len());
    let (most, all) = (a_report(resident("VmHWM:").saturating_sub(others)), seconds.iter().sum::<f64>());
    let (mean, longest) = added(piles.0, generator);
    println!(
        "| {count} | {:.1} + {:.1} + {:.1} | {:.0} | {held:.2}, {most:.2}, {:.2} | {} | {copies} | {} | {mean:.2}, {longest:.2} |",
        seconds[0],
        seconds[1],
        seconds[2],
        count as f64 / all,
        a_report(shelf.end() as usize),
        partition.stories.len(),
        partition.capped
    );
    all
}

/// How many milliseconds it takes to add one more report to the stories of a pile: on average and at most.
fn added(pile: stories::Pile, generator: Generator) -> (f64, f64) {
    let mut standing = stories::Standing::from(pile);
    let times: Vec<f64> =
        generator.take(ADDED).map(|report| 1000.0 * timed(|| standing.add(&report))).collect();
    (times.iter().sum::<f64>() / ADDED as f64, times.into_iter().fold(0.0, f64::max))
}

/// What is kept of the words, in a file without a name.
struct Shelf {
    out: BufWriter<File>,
    ends: Vec<u64>,
}

impl Shelf {
    fn new() -> Shelf {
        let path = std::env::temp_dir().join(format!("stories-growth-{}", std::process::id()));
        let file = File::options().read(true).write(true).create_new(true).open(&path);
        let file = file.expect("the folder for temporary files can be written");
        let _ = std::fs::remove_file(&path);
        Shelf { out: BufWriter::new(file), ends: vec![0] }
    }

    fn end(&self) -> u64 {
        self.ends[self.ends.len() - 1]
    }

    fn put(&mut self, words: &[u8]) {
        self.out.write_all(words).expect("the file can be written");
        self.ends.push(self.end() + words.len() as u64);
        if self.ends.len().is_multiple_of(1024) {
            self.out.flush().expect("the file can be written");
        }
    }

    fn get(&self, at: usize) -> Vec<u8> {
        let mut words = vec![0; (self.ends[at + 1] - self.ends[at]) as usize];
        let mut file = self.out.get_ref();
        file.seek(SeekFrom::Start(self.ends[at])).expect("the file has it");
        file.read_exact(&mut words).expect("the file has it");
        words
    }
}

fn timed(work: impl FnOnce()) -> f64 {
    cost(work).as_secs_f64()
}

/// Bytes held by this process now (`VmRSS:`) or at most (`VmHWM:`), where the system tells it.
fn resident(what: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap_or_default();
    1024 * line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or_default()
}

/// The slope of the logarithms of seconds over those of reports.
fn exponent(points: &[(usize, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> =
        points.iter().map(|&(count, seconds)| ((count as f64).ln(), seconds.ln())).collect();
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / logs.len() as f64;
    let (x, y) = (mean(&|point| point.0), mean(&|point| point.1));
    logs.iter().map(|point| (point.0 - x) * (point.1 - y)).sum::<f64>()
        / logs.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}

/// Seconds over reports, both as logarithms, beside the line of exact proportion.
fn plot(points: &[(usize, f64)]) -> String {
    let place =
        |count: f64, seconds: f64| (60.0 + 80.0 * (count.log10() - 3.0), 300.0 - 80.0 * seconds.log10());
    let (count, seconds) = points[0];
    let last = points[points.len() - 1].0 as f64;
    let (from, to) = (place(count as f64, seconds), place(last, seconds * last / count as f64));
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 360 340' font-family='sans-serif' font-size='11'>\n\
         <text x='60' y='14'>CPU seconds over reports (copies and stories); dashed: proportional</text>\n\
         <path d='M{:.0} {:.0}L{:.0} {:.0}' stroke='gray' stroke-dasharray='4' fill='none'/>\n",
        from.0, from.1, to.0, to.1
    );
    for &(count, seconds) in points {
        let (x, y) = place(count as f64, seconds);
        svg += &format!(
            "<circle cx='{x:.0}' cy='{y:.0}' r='3'/><text x='{:.0}' y='{:.0}'>{count}: {seconds:.1} s</text>\n",
            x + 6.0,
            y + 12.0
        );
    }
    svg + "</svg>\n"
}
