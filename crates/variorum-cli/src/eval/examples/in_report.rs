//! Blocks, quotations, figures, dates and traces: what stands in each report.

use super::gold;
use super::matching::{Item, Passage, alike, pair, touch};
use super::score::{Scores, Tally};
use super::story::{Story, without_marks};
use serde::Serialize;
use variorum::edition::DateEntry;
use variorum::model::{BlockKind, Figure, Form, Party, Quotation};
use variorum::token::fold;

/// Counts the records of every report of `story`.
pub fn judge(story: &Story, scores: &mut Scores) {
    for (at, witness) in story.witnesses.iter().enumerate() {
        let gold = &story.gold.reports[&witness.name];
        blocks(story, at, &gold.blocks, scores.of("blocks"));
        quotations(story, at, &gold.quotations, scores.of("quotations"));
        figures(story, at, &gold.figures, scores.of("figures"));
        dates(story, at, &gold.dates, scores.of("dates"));
        traces(story, at, &gold.traces, scores.of("traces"));
    }
}

/// A record of the gold; its note says so when its words do not stand in the text the program reads.
fn wanted<T>(witness: usize, at: Vec<Passage>, text: &str, note: String, record: T) -> Item<T> {
    let note = if at.is_empty() { format!("{note}; not in the text read") } else { note };
    Item::new(at, text, note, record).of(witness)
}

/// The word by which a value stands in JSON.
pub fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A block of the gold: its kind, and where the next one begins.
struct Begun {
    kind: String,
    next: usize,
}

/// A block is right when its kind is equal, it begins where the gold's begins, and it ends before the next one of the
/// gold begins. An `other` block of the gold is right when one of the program's holds its beginning; the program's own
/// `other` blocks (space and markup) never count as invented.
fn blocks(story: &Story, at: usize, gold: &[(String, String)], tally: &mut Tally) {
    let mut from = 0;
    let mut wants: Vec<Item<Begun>> = Vec::new();
    for (kind, prefix) in gold {
        let span = story.after(at, prefix, from);
        from = span.map_or(from, |span| span.end());
        let places: Vec<Passage> = span.map(|span| story.in_source(at, span)).into_iter().collect();
        if let (Some(place), Some(last)) = (places.first(), wants.last_mut()) {
            last.record.next = place.span.start();
        }
        wants.push(wanted(at, places, prefix, kind.clone(), Begun { kind: kind.clone(), next: usize::MAX }));
    }
    let report = &story.witnesses[at].found.report;
    let mut found = Vec::new();
    for block in &report.blocks {
        let span = block.span.trim(&report.text);
        if span.is_empty() {
            continue;
        }
        let kind = word(&block.kind);
        let shown: String = span.of(&report.text).chars().take(60).collect();
        let mut item = Item::new(vec![story.in_source(at, span)], shown, kind.clone(), kind);
        item.counts = block.kind != BlockKind::Other;
        found.push(item);
    }
    let fits = |want: &Item<Begun>, have: &Item<String>| {
        let (Some(begin), Some(whole)) = (want.at.first(), have.at.first()) else { return false };
        let is_placed = begin.span.start() == whole.span.start() && whole.span.end() <= want.record.next;
        let holds = want.record.kind == "other" && whole.span.holds(begin.span.start());
        want.record.kind == have.record && (is_placed || holds)
    };
    tally.judge(story, &wants, &found, fits);
}

/// A quotation is right when its content is ([`same_content`]) and its speaker is ([`same_speaker`]). Form, channel,
/// platform, cue, place and closing mark are counted beside, over those whose content is right.
fn quotations(story: &Story, at: usize, gold: &[gold::Quotation], tally: &mut Tally) {
    let wants: Vec<Item<gold::Quotation>> = gold
        .iter()
        .map(|quotation| {
            let speaker = quotation.speaker.as_deref().or(quotation.unnamed.as_deref()).unwrap_or("unknown");
            let note = format!("{}; {speaker}", quotation.form);
            let places = story.quoted(at, quotation);
            wanted(at, places, &quotation.content.join(" … "), note, quotation.clone())
        })
        .collect();
    let found = &story.witnesses[at].found;
    let haves: Vec<Item<Quotation>> = found
        .quotations
        .iter()
        .map(|quotation| {
            let places: Vec<Passage> = quotation
                .content
                .iter()
                .map(|&span| story.in_source(at, without_marks(&found.report.text, span)))
                .collect();
            let text: Vec<&str> = quotation.content.iter().map(|&span| found.words(span)).collect();
            let note = format!("{}; {}", word(&quotation.form), speaker_shown(story, at, quotation));
            Item::new(places, text.join(" … "), note, quotation.clone())
        })
        .collect();
    let fits = |want: &Item<gold::Quotation>, have: &Item<Quotation>| {
        same_content(want, have) && same_speaker(story, at, &want.record, &have.record)
    };
    tally.judge(story, &wants, &haves, fits);
    let pairs = pair(&wants, &haves, same_content);
    tally.aside("content alone, of gold", pairs.len(), wants.len());
    tally.aside("content alone, of predicted", pairs.len(), haves.len());
    for (g, p) in pairs {
        quotation_asides(story, at, &wants[g].record, &haves[p].record, tally);
    }
}

fn quotation_asides(story: &Story, at: usize, want: &gold::Quotation, have: &Quotation, tally: &mut Tally) {
    let found = &story.witnesses[at].found;
    let cue = have.cue.map(|span| fold(found.words(span)));
    let is_same_cue = match (&want.cue, &cue) {
        (Some(want), Some(have)) => have.contains(&*fold(want)) || fold(want).contains(&**have),
        (want, have) => want.is_none() && have.is_none(),
    };
    tally.aside("speaker", same_speaker(story, at, want, have) as usize, 1);
    tally.aside("form", (want.form == word(&have.form)) as usize, 1);
    tally.aside("place", (want.place == word(&have.place)) as usize, 1);
    tally.aside("cue", is_same_cue as usize, 1);
    tally.aside("channel", (want.channel.as_deref() == have.channel) as usize, 1);
    tally.aside("platform", same_platform(want.platform.as_deref(), have.platform.as_deref()) as usize, 1);
    tally.aside("closed", (want.closed == have.closed) as usize, 1);
}

/// Least share of bytes in common, in percent of all bytes of the two, for content between marks.
const MARKED_PERCENT: usize = 80;

/// The same for indirect speech, whose ends are a matter of taste.
const INDIRECT_PERCENT: usize = 60;

/// Content is right when gold and program share at least [`MARKED_PERCENT`] of their bytes ([`INDIRECT_PERCENT`] when
/// the gold calls it indirect), punctuation at the ends of each part left out.
fn same_content(want: &Item<gold::Quotation>, have: &Item<Quotation>) -> bool {
    let percent = if want.record.form == word(&Form::Indirect) { INDIRECT_PERCENT } else { MARKED_PERCENT };
    alike(&want.at, &have.at, percent)
}

/// A speaker is right when the name the story gives is the gold's (see [`super::names::Names::same`]); an unnamed one
/// when it is unnamed and its mention touches the gold's words; an unknown one when it is unknown. Where the gold's
/// name is the very word of an unnamed mention ("Police"), unnamed is right too.
fn same_speaker(story: &Story, at: usize, want: &gold::Quotation, have: &Quotation) -> bool {
    let mention = have.speaker.span;
    match (&want.speaker, &want.unnamed, &have.speaker.party) {
        (Some(name), _, Party::Entity(entity)) => {
            story.witnesses[at].entities.get(*entity).is_some_and(|found| story.names.same(name, found))
        }
        (Some(name), _, Party::Unnamed) => {
            mention.is_some_and(|span| fold(story.witnesses[at].found.words(span)) == fold(name))
        }
        (None, Some(words), Party::Unnamed) => {
            mention.is_some_and(|span| touch(&[story.in_source(at, span)], &any_case(story, at, words)))
        }
        (None, None, Party::Unknown) => true,
        _ => false,
    }
}

/// Every place of `words`, as written or with the other case of the first letter.
fn any_case(story: &Story, at: usize, words: &str) -> Vec<Passage> {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return Vec::new() };
    let rest = letters.as_str();
    let mut places = story.all(at, &format!("{}{rest}", first.to_lowercase()));
    places.extend(story.all(at, &format!("{}{rest}", first.to_uppercase())));
    places
}

fn speaker_shown(story: &Story, at: usize, quotation: &Quotation) -> String {
    let mention = quotation.speaker.span.map(|span| story.witnesses[at].found.words(span));
    match &quotation.speaker.party {
        Party::Entity(entity) => story.witnesses[at].entities.get(*entity).cloned().unwrap_or_default(),
        Party::Unnamed => format!("unnamed: {}", mention.unwrap_or("?")),
        Party::Unknown => "unknown".to_owned(),
    }
}

/// Platforms are the same when one is named within the other ("Instagram Stories"), or neither is named.
pub fn same_platform(want: Option<&str>, have: Option<&str>) -> bool {
    match (want.map(fold), have.map(fold)) {
        (Some(want), Some(have)) => have.contains(&*want) || want.contains(&*have),
        (want, have) => want.is_none() && have.is_none(),
    }
}

/// A figure is right when its span touches the gold's and value (or both ends of a range) and unit are equal; units of
/// things counted are all `count`. Qualifier and what is counted stand beside.
fn figures(story: &Story, at: usize, gold: &[gold::Figure], tally: &mut Tally) {
    let wants: Vec<Item<gold::Figure>> = gold
        .iter()
        .map(|figure| {
            let note = amount(figure.value, figure.low, figure.high, &figure.unit);
            wanted(at, story.nth(at, &figure.text, figure.n), &figure.text, note, figure.clone())
        })
        .collect();
    let found = &story.witnesses[at].found;
    let haves: Vec<Item<Figure>> = found
        .figures
        .iter()
        .map(|figure| {
            let note = amount(figure.value, figure.low, figure.high, &figure.unit);
            Item::new(vec![story.in_source(at, figure.span)], found.words(figure.span), note, figure.clone())
        })
        .collect();
    let fits = |want: &Item<gold::Figure>, have: &Item<Figure>| {
        touch(&want.at, &have.at) && same_amount(&want.record, &have.record)
    };
    let pairs = tally.judge(story, &wants, &haves, fits);
    tally.aside(
        "span alone, of gold",
        pair(&wants, &haves, |want, have| touch(&want.at, &have.at)).len(),
        wants.len(),
    );
    for (g, p) in pairs {
        let (want, have) = (&wants[g].record, &haves[p].record);
        let what = have.what.map(|span| found.words(span));
        tally.aside("what is counted", same_counted(want.what.as_deref(), what) as usize, 1);
        tally.aside("qualifier", (want.qualifier == have.qualifier) as usize, 1);
    }
}

fn amount(value: Option<f64>, low: Option<f64>, high: Option<f64>, unit: &str) -> String {
    let shown = |number: Option<f64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    match (value, low, high) {
        (None, None, None) => unit.to_owned(),
        (value, None, None) => format!("{} {unit}", shown(value)),
        (_, low, high) => format!("{} to {} {unit}", shown(low), shown(high)),
    }
}

fn same_amount(want: &gold::Figure, have: &Figure) -> bool {
    let is_equal = if want.low.is_some() || want.high.is_some() {
        same_number(want.low, have.low) && same_number(want.high, have.high)
    } else {
        same_number(want.value, have.value)
    };
    is_equal && same_unit(&want.unit, &have.unit)
}

/// Equal but for what decimal fractions lose; a share ("one in seven") as exact as the gold writes it.
fn same_number(want: Option<f64>, have: Option<f64>) -> bool {
    match (want, have) {
        (Some(want), Some(have)) => {
            let margin = if want.abs() < 1.0 { 1e-3 } else { 1e-9 };
            (want - have).abs() <= margin * want.abs().max(have.abs())
        }
        (want, have) => want.is_none() && have.is_none(),
    }
}

fn same_unit(want: &str, have: &str) -> bool {
    let plain = |unit: &str| match unit.to_lowercase().trim_end_matches('s') {
        "" | "people" | "person" | "thing" | "home" | "count" | "time" => "count".to_owned(),
        "per cent" | "%" | "percent" => "percent".to_owned(),
        "metre" | "meter" => "m".to_owned(),
        "kilometre" | "kilometer" => "km".to_owned(),
        "centimetre" | "centimeter" => "cm".to_owned(),
        "millimetre" | "millimeter" => "mm".to_owned(),
        "ratio" | "fraction" => "share".to_owned(),
        other => other.to_owned(),
    };
    plain(want) == plain(have)
}

/// Counted things are the same when the last word of one stands in the other, or neither is named.
fn same_counted(want: Option<&str>, have: Option<&str>) -> bool {
    let words = |text: Option<&str>| text.map(super::names::words).unwrap_or_default();
    let (want, have) = (words(want), words(have));
    match (want.last(), have.last()) {
        (Some(head), Some(other)) => have.contains(head) || want.contains(other),
        (head, other) => head.is_none() && other.is_none(),
    }
}

/// A date is right when its span touches the gold's and value and precision, as the story works them out, are equal.
/// The basis stands beside.
fn dates(story: &Story, at: usize, gold: &[gold::Date], tally: &mut Tally) {
    let shown = |value: Option<&str>| value.unwrap_or("unknown").to_owned();
    let wants: Vec<Item<gold::Date>> = gold
        .iter()
        .map(|date| {
            let note = format!("{}, {}", shown(date.value.as_deref()), date.precision);
            wanted(at, story.nth(at, &date.text, date.n), &date.text, note, date.clone())
        })
        .collect();
    let id = &story.witnesses[at].found.report.id;
    let entries =
        story.edition.stories.iter().flat_map(|story| &story.dates).filter(|entry| &entry.report == id);
    let haves: Vec<Item<DateEntry>> = entries
        .map(|entry| {
            let note = format!("{}, {}", shown(entry.value.as_deref()), word(&entry.precision));
            let place = story.passage(&entry.report, entry.start, entry.end);
            Item::new(place.into_iter().collect(), entry.text.clone(), note, entry.clone())
        })
        .collect();
    let fits = |want: &Item<gold::Date>, have: &Item<DateEntry>| {
        let (date, entry) = (&want.record, &have.record);
        touch(&want.at, &have.at) && date.value == entry.value && date.precision == word(&entry.precision)
    };
    let pairs = tally.judge(story, &wants, &haves, fits);
    tally.aside(
        "span alone, of gold",
        pair(&wants, &haves, |want, have| touch(&want.at, &have.at)).len(),
        wants.len(),
    );
    for (g, p) in pairs {
        tally.aside("basis", (wants[g].record.basis == word(&haves[p].record.basis)) as usize, 1);
    }
}

/// A trace is right when its kind is equal and its span touches the gold's.
fn traces(story: &Story, at: usize, gold: &[gold::Trace], tally: &mut Tally) {
    let wants: Vec<Item<String>> = gold
        .iter()
        .map(|trace| {
            wanted(
                at,
                story.nth(at, &trace.text, trace.n),
                &trace.text,
                trace.kind.clone(),
                trace.kind.clone(),
            )
        })
        .collect();
    let id = &story.witnesses[at].found.report.id;
    let entries = story.edition.reports.iter().filter(|entry| &entry.id == id);
    let haves: Vec<Item<String>> = entries
        .flat_map(|entry| &entry.traces)
        .map(|trace| {
            let place = story.passage(id, trace.start, trace.end);
            let note = format!("{}: {}", trace.kind, trace.note);
            Item::new(place.into_iter().collect(), trace.text.clone(), note, trace.kind.clone())
        })
        .collect();
    tally.judge(story, &wants, &haves, |want, have| touch(&want.at, &have.at) && want.record == have.record);
}
