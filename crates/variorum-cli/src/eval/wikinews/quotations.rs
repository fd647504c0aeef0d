//! Quotations of `variorum eval wikinews`: spans, speakers, cues and channels, by the measures of `eval quotes`.
//!
//! Strings that are no quotation (titles, terms) are left out. A part of a quotation counts for itself; partial ones
//! are called mixed there. Speakers, cues and channels are counted over parts that have 80 % in common.

use super::row::{Quotation, Row};
use crate::eval::bars::Bars;
use crate::eval::quotes::{Case, Labelled, labelled, score};
use crate::eval::rates::f1;
use crate::eval::reports::in_context;
use variorum::model::{Annotated, Form};

/// Prints the table of `eval quotes`, and the measures by name.
pub fn print(cases: &[(&Row, &Annotated)], errors: usize, bars: &mut Bars) {
    println!("-- quotations");
    let gold: Vec<Case> = cases.iter().map(|(row, _)| case(row)).collect();
    let ours: Vec<Vec<Labelled>> = cases.iter().map(|(_, found)| found_in(found)).collect();
    let counts = score::print(&gold, &ours);
    let rate = |part: &str, whole: &str| score::rate(&counts, part, whole);
    let mut measures = Vec::new();
    for (kind, name) in [("direct", "direct"), ("mixed", "partial"), ("indirect", "indirect")] {
        measures.push((format!("{name} exact F1"), score::span_f1(&counts, "exact", kind)));
        measures.push((format!("{name} >=80% F1"), score::span_f1(&counts, "o80", kind)));
    }
    measures.push(("speaker of matched".to_owned(), rate("spk_ok all", "spk_n all")));
    measures.push(("speaker's name of all".to_owned(), rate("name ok", "name g")));
    for of in ["cue", "channel"] {
        let (p, r) =
            (rate(&format!("{of}_ok"), &format!("{of}_p")), rate(&format!("{of}_ok"), &format!("{of}_g")));
        measures.push((format!("{of} F1 of matched"), f1(p, r)));
    }
    for (measure, value) in measures {
        println!("{measure} {value:.1}{}", bars.held(&measure, value));
    }
    for ((row, _), (gold, ours)) in cases.iter().zip(gold.iter().zip(&ours)) {
        print_errors(&row.text, gold, ours, errors);
    }
}

/// The labels in the schema of quotes-dev.
fn case(row: &Row) -> Case {
    let quotations = row.quotations.iter().filter(|quotation| quotation.kind != "scare");
    Case {
        id: row.id.clone(),
        text: row.text.clone(),
        quotations: quotations.map(|quotation| gold(row, quotation)).collect(),
    }
}

fn gold(row: &Row, quotation: &Quotation) -> Labelled {
    let kind = if quotation.kind == "partial" { "mixed" } else { &quotation.kind };
    let named = quotation.entity.as_ref().and_then(|meant| meant.all().first());
    let entity = named.and_then(|id| row.entity(id)).filter(|entity| !entity.unnamed);
    let (speaker, cue) = (quotation.speaker.as_ref(), quotation.cue.as_ref());
    Labelled {
        start: quotation.at.start,
        end: quotation.at.end,
        parts: Some(quotation.parts.iter().map(|part| (part.start, part.end)).collect()),
        kind: Some(kind.to_owned()),
        speaker_text: speaker.map(|speaker| speaker.text.clone()),
        speaker_start: speaker.map(|speaker| speaker.start),
        speaker_end: speaker.map(|speaker| speaker.end),
        speaker_entity: entity.map(|entity| entity.name.clone()),
        cue_start: cue.map(|cue| cue.start),
        cue_end: cue.map(|cue| cue.end),
        words: Vec::new(),
        channel: quotation.channel.clone(),
    }
}

/// What was found, in the same schema.
fn found_in(found: &Annotated) -> Vec<Labelled> {
    let ours = |quotation: &variorum::model::Quotation| {
        let kind = match quotation.form {
            Form::Direct => "direct",
            Form::Partial => "mixed",
            Form::Indirect => "indirect",
        };
        let labelled = labelled(found, quotation);
        // The labels give a channel only where the text says it.
        let is_said =
            quotation.channel_span.is_some() || !matches!(quotation.channel, Some("speech" | "writing"));
        let channel = labelled.channel.as_deref().filter(|_| is_said).map(channel).map(str::to_owned);
        Labelled { kind: Some(kind.to_owned()), channel, ..labelled }
    };
    found.quotations.iter().map(ours).collect()
}

/// The labels' name of one of our channels.
fn channel(ours: &str) -> &str {
    match ours {
        "image-text" => "image",
        "court-filing" => "court",
        "press-conference" => "speech",
        "document" | "writing" => "report",
        "message" => "other",
        same => same,
    }
}

/// Parts of the labels that nothing of ours shares most of, and the other way round.
fn print_errors(text: &str, gold: &Case, ours: &[Labelled], most: usize) {
    let parts = |of: &[Labelled]| -> Vec<(String, usize, usize)> {
        let of_one = |one: &Labelled| {
            let kind = one.kind.clone().unwrap_or_default();
            one.parts.iter().flatten().map(|part| (kind.clone(), part.0, part.1)).collect::<Vec<_>>()
        };
        of.iter().flat_map(of_one).collect()
    };
    let (gold, ours) = (parts(&gold.quotations), parts(ours));
    let is_alike = |a: &(String, usize, usize), b: &(String, usize, usize)| {
        let shared = a.2.min(b.2).saturating_sub(a.1.max(b.1));
        5 * shared >= 4 * (a.2.max(b.2) - a.1.min(b.1))
    };
    for (name, these, those) in [("missed", &gold, &ours), ("invented", &ours, &gold)] {
        let alone = these.iter().filter(|part| !those.iter().any(|other| is_alike(part, other)));
        alone.take(most).for_each(|(kind, start, end)| {
            println!("-- {name} {kind} {}", in_context(text, *start, *end));
        });
    }
}
