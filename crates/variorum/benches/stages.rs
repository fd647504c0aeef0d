//! How fast each stage reads: bytes and reports a second over the reports of `examples/`.
//!
//! Each stage is measured on one copy of its input and on a large one; what it does per byte should be the same on both.
//! A stage per report reads the sixteen examples one by one, then their running text as one report, once and repeated to one
//! million bytes. A stage per story reads the four stories, then one story of as many reports as [`LARGE_STORY`].
//! Remake `BENCHMARKS.md` with `cargo bench -p variorum --bench stages`; it takes minutes.

#![allow(missing_docs, reason = "the names of the benchmarks say it")]

#[path = "../tests/examples/mod.rs"]
mod examples;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use examples::{STORIES, pile, received, story};
use std::sync::LazyLock;
use variorum::cast::Cast;
use variorum::lineage::Lineage;
use variorum::model::{Annotated, Received};
use variorum::{
    annotate, cast, collation, dates, editions, figures, labels, lineage, mentions, posts, quotations, read,
    reconciliation, sentences, stories, tagging, traces,
};

/// Length of the large text, in bytes.
const LARGE_TEXT: usize = 1_000_000;

/// Reports of the large story.
const LARGE_STORY: usize = 64;

const TEXTS: [&str; 3] = ["16 reports", "one text", "1 MB text"];
const PILES: [&str; 2] = ["4 stories", "64 reports"];

fn main() {
    divan::main();
}

/// Reports and what is found in them.
struct Input {
    received: Vec<Received>,
    found: Vec<Annotated>,
    /// The reports of each story, resolved.
    stories: Vec<Resolved>,
}

struct Resolved {
    witnesses: Vec<Annotated>,
    cast: Cast,
    lineage: Lineage,
}

impl Input {
    fn new(received: Vec<Received>) -> Input {
        let found = received.iter().map(annotate).collect();
        Input { received, found, stories: Vec::new() }
    }

    fn bytes(&self) -> BytesCount {
        BytesCount::new(self.received.iter().map(|report| report.bytes.len()).sum::<usize>())
    }

    fn reports(&self) -> ItemsCount {
        ItemsCount::new(self.received.len())
    }
}

static REPORTS: LazyLock<Input> = LazyLock::new(|| Input::new(pile()));
static TEXT: LazyLock<Input> =
    LazyLock::new(|| Input::new(vec![received("a.txt", running_text().as_bytes())]));
static LARGE: LazyLock<Input> =
    LazyLock::new(|| Input::new(vec![received("a.txt", repeated(&running_text()).as_bytes())]));
static PAGES: LazyLock<Input> = LazyLock::new(|| {
    Input::new(pile().into_iter().filter(|report| report.bytes.starts_with(b"<")).collect())
});
static LARGE_PAGE: LazyLock<Input> = LazyLock::new(|| {
    let page = String::from_utf8_lossy(&PAGES.received[0].bytes).into_owned();
    let (head, rest) = page.split_once("<article>").unwrap_or(("", &page));
    let (body, tail) = rest.split_once("</article>").unwrap_or((rest, ""));
    let page = format!("{head}<article>{}</article>{tail}", repeated(body));
    Input::new(vec![received("a.html", page.as_bytes())])
});
static STORY_PILE: LazyLock<Input> = LazyLock::new(|| {
    let parts: Vec<Vec<Received>> = (0..STORIES.len()).map(story).collect();
    told(&parts)
});
static LARGE_STORY_PILE: LazyLock<Input> = LazyLock::new(|| {
    let reports = story(0).into_iter().cycle().take(LARGE_STORY).enumerate();
    let reports = reports.map(|(at, mut report)| {
        report.outlet = Some(format!("Outlet {at}"));
        report
    });
    told(&[reports.collect()])
});

/// The examples that are plain text, one behind the other.
fn running_text() -> String {
    let texts = pile().into_iter().filter(|report| !report.bytes.starts_with(b"<"));
    texts.map(|report| String::from_utf8_lossy(&report.bytes).into_owned() + "\n\n").collect()
}

/// `text` again and again up to [`LARGE_TEXT`] bytes; a number behind each paragraph keeps the copies apart, since a
/// paragraph that is printed twice is read once.
fn repeated(text: &str) -> String {
    let copy = |number: usize| {
        let line = |line: &str| match line.strip_suffix("</p>") {
            Some(start) => format!("{start} No. {number}.</p>\n"),
            None if line.ends_with(['.', '”', '’', '"', '\'']) => format!("{line} No. {number}.\n"),
            None => format!("{line}\n"),
        };
        text.lines().map(line).collect::<String>()
    };
    (1..=LARGE_TEXT.div_ceil(text.len())).map(copy).collect()
}

fn told(parts: &[Vec<Received>]) -> Input {
    let mut input = Input::new(parts.concat());
    input.stories = parts
        .iter()
        .map(|part| {
            let witnesses: Vec<Annotated> = part.iter().map(annotate).collect();
            let cast = cast::resolve(&witnesses);
            let lineage = lineage::trace(&witnesses, &cast);
            Resolved { witnesses, cast, lineage }
        })
        .collect();
    input
}

fn text(name: &str) -> &'static Input {
    match name {
        "16 reports" => &REPORTS,
        "one text" => &TEXT,
        _ => &LARGE,
    }
}

fn page(name: &str) -> &'static Input {
    if name == "4 pages" { &PAGES } else { &LARGE_PAGE }
}

fn told_pile(name: &str) -> &'static Input {
    if name == "4 stories" { &STORY_PILE } else { &LARGE_STORY_PILE }
}

/// Measures a stage on every report of `input`.
fn each<T>(bencher: Bencher, input: &Input, stage: impl Fn(&Annotated) -> T + Sync) {
    bencher
        .counter(input.bytes())
        .counter(input.reports())
        .bench(|| input.found.iter().map(|found| stage(black_box(found))).collect::<Vec<T>>());
}

/// Measures a stage on every story of `input`.
fn told_each<T>(bencher: Bencher, input: &Input, stage: impl Fn(&Resolved) -> T + Sync) {
    bencher
        .counter(input.bytes())
        .counter(input.reports())
        .bench(|| input.stories.iter().map(|story| stage(black_box(story))).collect::<Vec<T>>());
}

fn received_each<T>(bencher: Bencher, input: &Input, stage: impl Fn(&Received) -> T + Sync) {
    bencher
        .counter(input.bytes())
        .counter(input.reports())
        .bench(|| input.received.iter().map(|report| stage(black_box(report))).collect::<Vec<T>>());
}

#[divan::bench_group(max_time = 2, sample_size = 1)]
mod report {
    use super::*;

    #[divan::bench(args = TEXTS)]
    fn a_read_text(bencher: Bencher, name: &str) {
        received_each(bencher, text(name), read::read);
    }

    #[divan::bench(args = ["4 pages", "1 MB page"])]
    fn b_read_html(bencher: Bencher, name: &str) {
        received_each(bencher, page(name), read::read);
    }

    #[divan::bench(args = TEXTS)]
    fn c_sentences(bencher: Bencher, name: &str) {
        each(bencher, text(name), |found| sentences::find(&found.report));
    }

    #[divan::bench(args = TEXTS)]
    fn d_tagging(bencher: Bencher, name: &str) {
        each(bencher, text(name), |found| tagging::find(&found.report, &found.sentences));
    }

    #[divan::bench(args = TEXTS)]
    fn d_mentions(bencher: Bencher, name: &str) {
        each(bencher, text(name), mentions::find);
    }

    #[divan::bench(args = TEXTS)]
    fn e_quotations(bencher: Bencher, name: &str) {
        each(bencher, text(name), quotations::find);
    }

    #[divan::bench(args = TEXTS)]
    fn f_dates(bencher: Bencher, name: &str) {
        each(bencher, text(name), dates::find);
    }

    #[divan::bench(args = TEXTS)]
    fn g_figures(bencher: Bencher, name: &str) {
        each(bencher, text(name), figures::find);
    }

    #[divan::bench(args = TEXTS)]
    fn h_posts_and_traces(bencher: Bencher, name: &str) {
        each(bencher, text(name), |found| (posts::find(found), traces::find(found)));
    }

    #[divan::bench(args = TEXTS)]
    fn i_annotate(bencher: Bencher, name: &str) {
        received_each(bencher, text(name), annotate);
    }

    #[divan::bench(args = TEXTS)]
    fn j_editions(bencher: Bencher, name: &str) {
        let input = text(name);
        bencher
            .counter(input.bytes())
            .counter(input.reports())
            .bench(|| editions(black_box(&input.received)));
    }
}

#[divan::bench_group(max_time = 2, sample_size = 1)]
mod story_of {
    use super::*;

    #[divan::bench(args = PILES)]
    fn a_stories(bencher: Bencher, name: &str) {
        let input = told_pile(name);
        bencher
            .counter(input.bytes())
            .counter(input.reports())
            .bench(|| stories::partition(black_box(&input.found)));
    }

    #[divan::bench(args = PILES)]
    fn b_cast(bencher: Bencher, name: &str) {
        told_each(bencher, told_pile(name), |story| cast::resolve(&story.witnesses));
    }

    #[divan::bench(args = PILES)]
    fn c_lineage(bencher: Bencher, name: &str) {
        told_each(bencher, told_pile(name), |story| lineage::trace(&story.witnesses, &story.cast));
    }

    #[divan::bench(args = PILES)]
    fn d_collation(bencher: Bencher, name: &str) {
        told_each(bencher, told_pile(name), |story| collation::collate(&story.witnesses, &story.cast));
    }

    #[divan::bench(args = PILES)]
    fn e_reconciliation(bencher: Bencher, name: &str) {
        told_each(bencher, told_pile(name), |story| {
            reconciliation::figures(&story.witnesses, &story.cast, &story.lineage)
        });
    }

    #[divan::bench(args = PILES)]
    fn f_labels(bencher: Bencher, name: &str) {
        told_each(bencher, told_pile(name), |story| labels::gather(&story.witnesses, &story.cast, &[]));
    }

    #[divan::bench(args = PILES)]
    fn g_editions(bencher: Bencher, name: &str) {
        let input = told_pile(name);
        bencher
            .counter(input.bytes())
            .counter(input.reports())
            .bench(|| editions(black_box(&input.received)));
    }
}
