//! Why two reports are one story or copies, or are not, as a page: the answers first, then what they rest on, place by place.

use super::page::{Heading, Line, Page, Part, Row, Table, muted, plain, strong};
use super::sections::words;
use super::wording::{self, clip, count, one_line};
use variorum::edition::Place;
use variorum::explanation::{Copy, Explanation, Shared, Story};
use variorum::grouping::About;

/// Longest words of a place, in characters.
const CLIPPED: usize = 160;
/// Most entries of a list; JSON has all.
const LISTED: usize = 12;

/// The page of an explanation, for the reports A and B.
pub fn explanation(found: &Explanation, [a, b]: [&About; 2]) -> Page {
    let mut parts = vec![heading(1, "Why, or why not", None), Part::List(vec![named("A", a), named("B", b)])];
    parts.extend(story(&found.story));
    parts.extend(copy(&found.copy));
    let weighed: Vec<&Shared> = found.story.words.iter().map(|word| &word.shared).collect();
    let shares: Vec<u32> = found.story.words.iter().map(|word| word.share).collect();
    parts.extend(weights(&weighed, &shares));
    for (title, things) in [
        ("Names in both", &found.names),
        ("Figures in both", &found.figures),
        ("Dates in both", &found.dates),
        ("Quoted words in both", &found.quotations),
    ] {
        parts.extend(list(title, things));
    }
    Page { title: "Why, or why not".to_owned(), parts }
}

fn heading(level: usize, title: &str, count: Option<usize>) -> Part {
    Part::Heading(Heading { level, id: String::new(), title: title.to_owned(), count })
}

fn named(letter: &str, about: &About) -> Line {
    let published = about.published.as_ref().map(|stamp| stamp.value.clone());
    let facts: Vec<String> =
        [about.outlet.clone(), published, Some(about.name().to_owned())].into_iter().flatten().collect();
    vec![
        strong(format!("{letter} ")),
        plain(about.title.as_deref().map_or_else(|| "without a title".to_owned(), one_line)),
        muted(format!(" — {}", facts.join(" · "))),
    ]
}

fn story(story: &Story) -> Vec<Part> {
    let verdict = if story.same { "One story" } else { "Not one story" };
    let part =
        |name: &str, value: Option<u32>| value.map(|value| format!("{name} {}", hundredths(value.into())));
    let likeness = &story.likeness;
    let alike: Vec<String> = [
        part("text", likeness.text),
        part("names and numbers", likeness.names_and_numbers),
        part("title with lead", likeness.title_and_lead),
        part("title", likeness.title),
    ]
    .into_iter()
    .flatten()
    .collect();
    let days = story.days.map_or_else(
        || format!("a date is not known: {} of it is left", percent(story.kept as usize)),
        |days| {
            format!(
                "{} apart: {} of it is left",
                count(days as usize, "day", "days"),
                percent(story.kept as usize)
            )
        },
    );
    vec![
        heading(2, verdict, None),
        Part::Text(vec![plain(sentence(&story.reason))]),
        Part::List(vec![
            vec![strong("likeness: "), plain(alike.join(", "))],
            vec![
                strong("quoted words: "),
                plain(format!(
                    "{} of four in a row in both",
                    count(story.quoted_runs as usize, "run", "runs")
                )),
            ],
            vec![strong("time: "), plain(days)],
            vec![strong("score: "), plain(format!("{} of 100", hundredths(story.score.into())))],
            vec![
                strong("around them: "),
                plain(format!(
                    "the nearest neighbours of A score {}, of B {}; against that the pair has {}",
                    hundredths(story.crowding[0].into()),
                    hundredths(story.crowding[1].into()),
                    hundredths(story.scaled)
                )),
            ],
            vec![
                strong("needed: "),
                plain(format!("{} on average between two groups", hundredths(story.needed))),
                muted(format!(
                    "; here {}, between {} and {}",
                    hundredths(story.average),
                    count(story.reports[0], "report", "reports"),
                    count(story.reports[1], "report", "reports")
                )),
            ],
        ]),
    ]
}

fn copy(copy: &Copy) -> Vec<Part> {
    let verdict = match copy.kind {
        Some(kind) if copy.same_outlet => format!("A revision of one outlet: {}", wording::edge(kind)),
        Some(kind) => format!("Copies: {}", wording::edge(kind)),
        None => "Not copies".to_owned(),
    };
    let needed = &copy.needed;
    let facts = copy.facts.map_or_else(
        || "too few in aligned sentences to tell".to_owned(),
        |facts| {
            format!(
                "{} of those in aligned sentences stand in both; below {} they share a template only",
                percent(facts),
                percent(needed.facts[usize::from(copy.same_outlet)])
            )
        },
    );
    let mut parts = vec![
        heading(2, &verdict, None),
        Part::Text(vec![plain(sentence(&copy.reason))]),
        Part::List(vec![
            vec![
                strong("contained: "),
                plain(format!(
                    "{} of A stands in B, {} of B in A",
                    percent(copy.contained[0]),
                    percent(copy.contained[1])
                )),
                muted(format!("; {} is enough", percent(needed.contained))),
            ],
            vec![
                strong("narrator’s words: "),
                plain(format!("{} of A’s, {} of B’s", percent(copy.narrated[0]), percent(copy.narrated[1]))),
                muted(format!("; {} is enough between two outlets", percent(needed.narrated))),
            ],
            vec![
                strong("longest passage: "),
                plain(count(copy.longest, "word", "words")),
                muted(format!(
                    "; {} in nearly the same words, {} of them the narrator’s, are enough",
                    needed.passage[0], needed.passage[1]
                )),
            ],
            vec![strong("names and figures: "), plain(facts)],
            vec![strong("outlet: "), plain(outlet(copy))],
        ]),
    ];
    if !copy.passages.is_empty() {
        parts.push(heading(2, "Passages in both", Some(copy.passages.len())));
        parts.push(Part::List(copy.passages.iter().map(|[a, b]| both(a, b)).collect()));
    }
    parts
}

fn outlet(copy: &Copy) -> String {
    match (copy.same_outlet, copy.within_a_week) {
        (false, _) => "not known to be the same".to_owned(),
        (true, true) => "the same, within a week".to_owned(),
        (true, false) => format!(
            "the same, not known to be within a week: {} is needed if further apart",
            percent(copy.needed.contained_later)
        ),
    }
}

/// The words that weighed most, as a table.
fn weights(words: &[&Shared], shares: &[u32]) -> Vec<Part> {
    let row = |(word, share): (&&Shared, &u32)| Row {
        id: None,
        cells: vec![
            vec![super::sections::words(&word.what)],
            vec![plain(percent(*share as usize))],
            vec![muted(places(&word.a))],
            vec![muted(places(&word.b))],
        ],
    };
    if words.is_empty() {
        return Vec::new();
    }
    let title = "Words that weighed most";
    let table = Table {
        caption: title.to_owned(),
        columns: ["word", "share", "A, bytes", "B, bytes"].map(|name| vec![plain(name)]).to_vec(),
        rows: words.iter().zip(shares).take(LISTED).map(row).collect(),
    };
    vec![heading(2, title, None), Part::Table(table)]
}

fn places(places: &[Place]) -> String {
    places.iter().map(|place| format!("{}–{}", place.start, place.end)).collect::<Vec<_>>().join(", ")
}

fn list(title: &str, things: &[Shared]) -> Vec<Part> {
    if things.is_empty() {
        return Vec::new();
    }
    let line = |thing: &Shared| {
        let mut line = vec![words(&clip(&one_line(&thing.what), CLIPPED))];
        line.push(muted(format!(" A {}; B {}", places(&thing.a), places(&thing.b))));
        line
    };
    let mut lines: Vec<Line> = things.iter().take(LISTED).map(line).collect();
    if things.len() > LISTED {
        lines.push(vec![muted(format!("and {} more; --json has them", things.len() - LISTED))]);
    }
    vec![heading(2, title, Some(things.len())), Part::List(lines)]
}

/// A passage as A has it, with its places in both.
fn both(a: &Place, b: &Place) -> Line {
    vec![
        words(&clip(&one_line(&a.text), CLIPPED)),
        muted(format!(" A {}–{}; B {}–{}", a.start, a.end, b.start, b.end)),
    ]
}

/// Ten-thousandths as hundredths: 1290 as 12.90.
fn hundredths(score: u64) -> String {
    format!("{}.{:02}", score / 100, score % 100)
}

fn percent(thousandths: usize) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

/// `words` with a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
