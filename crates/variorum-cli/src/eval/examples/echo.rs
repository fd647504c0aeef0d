//! The gold given back as if the program had found it: matched against itself it must be all found, none invented.

use super::gold::{self, Gold};
use super::matching::Passage;
use super::score::Scores;
use super::story::{self, Story};
use super::{in_report, in_story, utterances};
use serde_json::{Value, json};
use std::path::Path;
use variorum::model::{Annotated, Block, Figure, Party, Quotation, Speaker};
use variorum::span::Span;

/// `story` with everything the program found replaced by what the gold has. Plain text only, where places in text and
/// source are the same.
fn echo(mut story: Story) -> Story {
    let places = story::quoted(&story);
    let edition = in_the_story(&story);
    let founds: Vec<(Annotated, Vec<String>)> =
        (0..story.witnesses.len()).map(|at| in_one(&story, at, &places[&at])).collect();
    for (witness, (found, entities)) in story.witnesses.iter_mut().zip(founds) {
        (witness.found, witness.entities) = (found, entities);
    }
    for at in 0..story.witnesses.len() {
        let traces = &story.gold.reports[&story.witnesses[at].name].traces;
        let traces = traces.iter().map(|one| {
            let mut entry = shown(&story, at, &story.nth(at, &one.text, one.n));
            entry["kind"] = json!(one.kind);
            entry["note"] = json!("");
            serde_json::from_value(entry).expect("a trace")
        });
        let traces = traces.collect();
        let id = &story.witnesses[at].found.report.id;
        let entry = story.edition.reports.iter_mut().find(|entry| &entry.id == id);
        entry.expect("every report has an entry").traces = traces;
    }
    story.edition.stories = vec![serde_json::from_value(edition).expect("a story")];
    story
}

fn in_one(story: &Story, at: usize, places: &[Vec<Passage>]) -> (Annotated, Vec<String>) {
    let gold = &story.gold.reports[&story.witnesses[at].name];
    let mut found = Annotated { report: story.witnesses[at].found.report.clone(), ..Annotated::default() };
    let mut from = 0;
    let mut starts = Vec::new();
    for (kind, prefix) in &gold.blocks {
        let span = story.after(at, prefix, from).expect("the gold stands in the report");
        from = span.end();
        starts.push((span.start(), kind));
    }
    let ends = starts.iter().skip(1).map(|start| start.0).chain([found.report.text.len()]);
    let block = |((start, kind), end): (&(usize, &String), usize)| Block {
        span: Span::new(*start, end).trim(&found.report.text),
        kind: serde_json::from_value(json!(kind)).expect("a kind of block"),
        of: None,
    };
    found.report.blocks = starts.iter().zip(ends).map(block).collect();
    found.quotations = gold
        .quotations
        .iter()
        .zip(places)
        .enumerate()
        .map(|(n, (one, at_places))| quotation(story, at, n, one, at_places))
        .collect();
    found.figures = gold.figures.iter().map(|one| figure(story, at, one)).collect();
    let names = gold.quotations.iter().map(|one| one.speaker.clone().unwrap_or_default()).collect();
    (found, names)
}

fn quotation(story: &Story, at: usize, n: usize, one: &gold::Quotation, places: &[Passage]) -> Quotation {
    let content: Vec<Span> = places.iter().map(|place| place.span).collect();
    let mention = one.unnamed.as_ref().map(|words| story.nth(at, words, 1)[0].span);
    let party = match (&one.speaker, &one.unnamed) {
        (Some(_), _) => Party::Entity(n),
        (None, Some(_)) => Party::Unnamed,
        (None, None) => Party::Unknown,
    };
    Quotation {
        span: content.iter().copied().reduce(Span::cover).expect("a part"),
        content,
        form: serde_json::from_value(json!(one.form)).expect("a form"),
        place: serde_json::from_value(json!(one.place)).expect("a place"),
        speaker: Speaker { span: mention, party },
        ..blank_quotation()
    }
}

fn blank_quotation() -> Quotation {
    Quotation {
        content: Vec::new(),
        span: Span::new(0, 0),
        clause: None,
        form: variorum::model::Form::Direct,
        place: variorum::model::Location::Body,
        parent: None,
        speaker: Speaker { span: None, party: Party::Unknown },
        cue: None,
        channel: None,
        platform: None,
        channel_span: None,
        closed: true,
        rule: "",
    }
}

fn figure(story: &Story, at: usize, one: &gold::Figure) -> Figure {
    Figure {
        span: story.nth(at, &one.text, one.n)[0].span,
        value: one.value,
        low: one.low,
        high: one.high,
        unit: one.unit.clone(),
        what: None,
        qualifier: None,
        said_by: None,
        when: None,
    }
}

/// A passage of the edition as JSON.
fn shown(story: &Story, at: usize, places: &[Passage]) -> Value {
    let (start, end) = places.iter().fold((usize::MAX, 0), |(start, end), place| {
        (start.min(place.span.start()), end.max(place.span.end()))
    });
    json!({ "report": id(story, at), "start": start, "end": end, "text": "" })
}

fn id(story: &Story, at: usize) -> String {
    story.witnesses[at].found.report.id.clone()
}

fn by_name(story: &Story, name: &str) -> usize {
    story.witness(name).expect("the gold names reports that there are")
}

fn in_the_story(story: &Story) -> Value {
    let gold = story.gold;
    let file = |name: &String| id(story, by_name(story, name));
    let files = |names: &[String]| names.iter().map(file).collect::<Vec<_>>();
    let dates = (0..story.witnesses.len()).flat_map(|at| {
        gold.reports[&story.witnesses[at].name].dates.iter().map(move |one| {
            let mut entry = shown(story, at, &story.nth(at, &one.text, one.n));
            entry["value"] = json!(one.value);
            entry["precision"] = json!(one.precision);
            entry["basis"] = json!(one.basis);
            entry["alternatives"] = json!([]);
            entry
        })
    });
    let posts = gold.posts.iter().map(|one| {
        let status: std::collections::BTreeMap<String, &String> =
            one.status.iter().map(|(name, status)| (file(name), status)).collect();
        json!({ "author": one.author, "platform": one.platform, "form": one.form, "text": null, "status": status, "evidence": [] })
    });
    let labels = gold.labels.iter().map(|one| {
        let at = by_name(story, &one.report);
        let mut used = shown(story, at, &story.nth(at, &one.text, 1));
        used["text"] = json!(one.text);
        used["voice"] = json!(one.voice);
        json!({ "target": one.target, "kind": "other", "uses": [used] })
    });
    let omissions = gold.omissions.iter().map(|one| {
        let places = one.present.iter().map(|(name, text)| {
            let at = by_name(story, name);
            shown(story, at, &story.nth(at, text, 1))
        });
        json!({ "fact": one.fact, "kind": one.kind, "present": places.collect::<Vec<_>>(), "absent": files(&one.absent) })
    });
    let lineage = gold.lineage.iter().map(|one| {
        json!({ "child": file(&one.child), "parent": file(&one.parent), "primary": true, "kind": one.kind,
                "direction": "unknown", "score": 0, "evidence": [] })
    });
    let upstreams = gold.upstreams.iter();
    let upstreams =
        upstreams.map(|one| json!({ "name": one.name, "reports": files(&one.reports), "evidence": [] }));
    let timeline = gold.timeline.iter().map(|one| {
        json!({ "when": one.value, "precision": one.precision, "basis": "stated", "what": "", "evidence": [] })
    });
    json!({
        "id": "", "headline": null, "reports": [], "independent": 1, "voices": [],
        "dates": dates.collect::<Vec<_>>(),
        "posts": posts.collect::<Vec<_>>(),
        "labels": labels.collect::<Vec<_>>(),
        "omissions": omissions.collect::<Vec<_>>(),
        "lineage": lineage.collect::<Vec<_>>(),
        "upstreams": upstreams.collect::<Vec<_>>(),
        "timeline": timeline.collect::<Vec<_>>(),
        "utterances": utterances_of(story),
        "figures": figures_of(story),
    })
}

fn utterances_of(story: &Story) -> Value {
    let utterances = utterances::places(story).into_iter().zip(&story.gold.utterances).map(|(readings, one)| {
        let readings = readings.iter().map(|places| {
            let at = places.first().expect("the gold stands in the report").witness;
            let mut reading = shown(story, at, places);
            let ranges = places.iter().map(|place| json!({ "start": place.span.start(), "end": place.span.end() }));
            reading["content"] = json!(ranges.collect::<Vec<_>>());
            reading["quotation"] = json!({ "start": 0, "end": 0 });
            for (field, value) in [("kind", "direct"), ("place", "body"), ("verdict", "same"), ("rule", "")] {
                reading[field] = json!(value);
            }
            reading["closed"] = json!(true);
            reading
        });
        json!({ "id": "", "speaker": one.speaker, "channel": null, "verdict": one.verdict, "base": "", "apparatus": [],
                "readings": readings.collect::<Vec<_>>() })
    });
    json!(utterances.collect::<Vec<_>>())
}

fn figures_of(story: &Story) -> Value {
    let figures = story.gold.figures.iter().map(|one| {
        let values = one.values.iter().map(|(name, text)| {
            let at = by_name(story, name);
            let gold = story.gold.reports[name].figures.iter().find(|figure| &figure.text == text);
            let gold = gold.expect("a value of the story is a figure of the report");
            let mut value = shown(story, at, &story.nth(at, text, gold.n));
            value["independent"] = json!(1);
            value
        });
        json!({ "what": one.what, "unit": "", "verdict": one.verdict, "independent": one.independent,
                "values": values.collect::<Vec<_>>() })
    });
    json!(figures.collect::<Vec<_>>())
}

/// The gold of the reports that are plain text, the others taken out.
fn plain(mut gold: Gold) -> Gold {
    let is_plain = |name: &String| name.ends_with(".txt");
    gold.reports.retain(|name, _| is_plain(name));
    gold.utterances.iter_mut().for_each(|one| one.readings.retain(|reading| is_plain(&reading.0)));
    gold.utterances.retain(|one| one.readings.len() > 1);
    gold.figures.iter_mut().for_each(|one| one.values.retain(|value| is_plain(&value.0)));
    gold.figures.retain(|one| one.values.iter().any(|value| value.0 != one.values[0].0));
    gold.posts.iter_mut().for_each(|one| one.status.retain(|name, _| is_plain(name)));
    gold.labels.retain(|one| is_plain(&one.report));
    gold.omissions.iter_mut().for_each(|one| one.present.retain(|place| is_plain(&place.0)));
    gold.omissions.iter_mut().for_each(|one| one.absent.retain(is_plain));
    gold.omissions.retain(|one| !one.present.is_empty());
    gold.lineage.retain(|one| is_plain(&one.child) && is_plain(&one.parent));
    gold.upstreams.iter_mut().for_each(|one| one.reports.retain(is_plain));
    gold
}

#[test]
fn the_gold_matched_against_itself_is_all_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut scores = Scores::default();
    for gold in gold::read(&root.join("corpus/examples")).expect("the gold is in the repository") {
        let gold = plain(gold);
        let story = echo(Story::read(&gold, &root.join("examples")).expect("so are the reports"));
        in_report::judge(&story, &mut scores);
        utterances::judge(&story, &mut scores);
        in_story::judge(&story, &mut scores);
    }
    assert_eq!(scores.errors(usize::MAX), Vec::<String>::new());
}
