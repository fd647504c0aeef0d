//! Who is quoted, what is posted, what everybody is called, and what each report leaves out.

use super::super::page::{Bar, Bars, Group, Line, Manner, Part, Row, Run, Table, join, muted, plain, strong};
use super::super::sigla::Sigla;
use super::super::wording::{count, one_line};
use super::{nothing, quotations, section, words};
use std::collections::{BTreeMap, BTreeSet};
use variorum::edition::{Label, LabelUse, Omission, PostEntry, Story, Voice, VoiceKind};

/// Who is quoted, by words between marks.
pub fn voices(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.voices.is_empty() {
        return Vec::new();
    }
    let groups = sigla.order.iter().filter_map(|report| heard(report, story, sigla)).collect();
    vec![
        section(story, "voices", "Who is quoted", None),
        Part::Bars(Bars {
            caption: "Words between quotation marks, by report and speaker".to_owned(),
            unit: ("word", "words"),
            groups,
        }),
    ]
}

fn heard(report: &str, story: &Story, sigla: &Sigla) -> Option<Group> {
    let voices: Vec<&Voice> = story.voices.iter().filter(|voice| voice.report == report).collect();
    if voices.is_empty() {
        return None;
    }
    let words = voices.iter().map(|voice| voice.words).sum();
    let quotations = voices.iter().map(|voice| voice.quotations).sum();
    let head = vec![
        sigla.run(report),
        plain(format!(
            " {} in {}",
            count(words, "word", "words"),
            count(quotations, "quotation", "quotations")
        )),
    ];
    Some(Group { head, bars: voices.into_iter().map(bar).collect() })
}

fn bar(voice: &Voice) -> Bar {
    let name = voice.speaker.as_deref().map(one_line);
    let label = match (name, voice.unnamed) {
        (Some(name), true) => format!("{name} (unnamed)"),
        (Some(name), false) => name,
        (None, _) => "speaker not stated".to_owned(),
    };
    Bar {
        label,
        amount: voice.words,
        is_hatched: voice.unnamed || voice.speaker.is_none(),
        note: count(voice.quotations, "quotation", "quotations"),
    }
}

/// "Instagram video of Ana Ruiz"
pub fn post(post: &PostEntry) -> String {
    let platform = post.platform.as_deref().map(|platform| format!("{} ", one_line(platform)));
    let author = post.author.as_deref().map(|author| format!(" of {}", one_line(author)));
    format!("{}{}{}", platform.unwrap_or_default(), post.form, author.unwrap_or_default())
}

/// Posts, videos and messages, and what each report says became of them.
pub fn posts(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.posts.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![vec![plain("post")]];
    columns.extend(sigla.order.iter().map(|report| vec![sigla.run(report)]));
    vec![
        section(story, "posts", "Posts", Some(story.posts.len())),
        Part::Table(Table {
            caption: "What each report says became of a post; — where it does not tell of it".to_owned(),
            columns,
            rows: story.posts.iter().map(|post| post_row(post, sigla)).collect(),
        }),
    ]
}

fn post_row(post: &PostEntry, sigla: &Sigla) -> Row {
    let mut head = vec![plain(self::post(post))];
    if let Some(text) = &post.text {
        head.extend([plain("\n"), words(text)]);
        head.extend(post.text_report.iter().flat_map(|report| [plain(" "), sigla.run(report)]));
    }
    let mut cells = vec![head];
    for report in &sigla.order {
        let spot =
            post.evidence.iter().find(|place| place.report == *report).and_then(|place| sigla.spot_of(place));
        cells.push(match post.status.get(*report) {
            Some(status) => vec![plain(status.clone()).at(spot)],
            None => nothing(),
        });
    }
    Row { id: None, cells }
}

/// What each report calls the same person, group or thing.
pub fn labels(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.labels.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![vec![plain("who or what")]];
    columns.extend(sigla.order.iter().map(|report| vec![sigla.run(report)]));
    vec![
        section(story, "labels", "Labels", Some(story.labels.len())),
        Part::Text(vec![muted(
            "The report’s own words plain; words of somebody quoted in marks. In the order of the text.",
        )]),
        Part::Table(Table {
            caption: "What each report calls the same person, group or thing".to_owned(),
            columns,
            rows: story.labels.iter().map(|label| label_row(label, sigla)).collect(),
        }),
    ]
}

fn label_row(label: &Label, sigla: &Sigla) -> Row {
    let mut cells = vec![vec![strong(one_line(&label.target)), muted(format!(" ({})", label.kind))]];
    for report in &sigla.order {
        let uses =
            |voice| label.uses.iter().filter(move |used| used.report == *report && used.voice == voice);
        let narrator = called(uses(VoiceKind::Narrator), sigla, plain);
        let quoted = called(uses(VoiceKind::Quoted), sigla, |text| words(&text));
        let cell = join([narrator, quoted], "\n");
        cells.push(if cell.is_empty() { nothing() } else { cell });
    }
    Row { id: None, cells }
}

/// Each label once, with how often it stands there.
fn called<'e>(uses: impl Iterator<Item = &'e LabelUse>, sigla: &Sigla, set: fn(String) -> Run) -> Line {
    let mut found: Vec<(String, &LabelUse, usize)> = Vec::new();
    for used in uses {
        let text = one_line(&used.text);
        match found.iter_mut().find(|(known, ..)| known.eq_ignore_ascii_case(&text)) {
            Some((_, _, times)) => *times += 1,
            None => found.push((text, used, 1)),
        }
    }
    let line = |(text, used, times): (String, &LabelUse, usize)| {
        let mut line = vec![set(text).at(sigla.spot(&used.report, used.start, used.end))];
        if times > 1 {
            line.push(muted(format!(" ×{times}")));
        }
        line
    };
    join(found.into_iter().map(line), "; ")
}

/// Facts by reports: has it, or nothing was found.
pub fn omissions(story: &Story, sigla: &Sigla) -> Vec<Part> {
    let unnamed = unnamed_alone(story, sigla);
    if story.omissions.is_empty() && unnamed.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![vec![plain("fact")]];
    columns.extend(sigla.order.iter().map(|report| vec![sigla.run(report)]));
    let mut kinds: BTreeMap<usize, Vec<&Omission>> = BTreeMap::new();
    for omission in &story.omissions {
        kinds.entry(rank(&omission.kind)).or_default().push(omission);
    }
    let mut parts = vec![section(
        story,
        "omissions",
        "What each leaves out",
        Some(story.omissions.len()).filter(|count| *count > 0),
    )];
    if !story.omissions.is_empty() {
        parts.push(Part::Text(vec![muted("● stands there; ○ not found there")]));
        parts.push(Part::Table(Table {
            caption: "Facts that some reports have and others have not".to_owned(),
            columns,
            rows: kinds.into_values().flatten().map(|omission| fact(omission, sigla)).collect(),
        }));
    }
    parts.extend(unnamed);
    parts
}

/// "and 5 quotations of unnamed speakers, only in B", for each report that has some.
fn unnamed_alone(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.reports.len() < 2 {
        return Vec::new();
    }
    // Sentences of one quotation are one, as in "Who is quoted".
    let mut alone: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for utterance in story.utterances.iter().filter(|utterance| quotations::is_unnamed(utterance)) {
        if let Some(first) = utterance.readings.first()
            && utterance.readings.iter().all(|reading| reading.report == first.report)
        {
            alone.entry(&first.report).or_default().insert(first.quotation.start);
        }
    }
    let line = |report: &&str| {
        let n = alone.get(report)?.len();
        let of = count(n, "quotation of an unnamed speaker", "quotations of unnamed speakers");
        Some(Part::Text(vec![plain(format!("and {of}, only in ")), sigla.run(report)]))
    };
    sigla.order.iter().filter_map(line).collect()
}

fn rank(kind: &str) -> usize {
    ["speaker", "utterance", "figure", "status", "comment"]
        .iter()
        .position(|known| *known == kind)
        .unwrap_or(5)
}

fn fact(omission: &Omission, sigla: &Sigla) -> Row {
    let mut cells = vec![vec![plain(one_line(&omission.fact)), muted(format!(" ({})", omission.kind))]];
    for report in &sigla.order {
        let place = omission.present.iter().find(|place| place.report == *report);
        cells.push(match place {
            Some(place) => vec![Run::new(Manner::Mark("stands there"), "●").at(sigla.spot_of(place))],
            None if omission.absent.iter().any(|absent| absent == report) => {
                vec![Run::new(Manner::Mark("not found there"), "○")]
            }
            None => nothing(),
        });
    }
    Row { id: None, cells }
}
