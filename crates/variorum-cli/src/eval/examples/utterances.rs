//! Utterances: the same words in several places, and how they differ.

use super::gold;
use super::in_report::word;
use super::matching::{Item, Passage, half_in, pair};
use super::score::Scores;
use super::story::{self, Story};
use std::collections::BTreeMap;
use variorum::edition::Utterance;

/// An utterance: the place of each reading, speaker and verdict.
struct Grouped {
    readings: Vec<Vec<Passage>>,
    speaker: Option<String>,
    verdict: String,
}

/// Counts the utterances of `story`; on both sides only those with two readings or more.
///
/// One is right when its readings are ([`same_readings`]) and its verdict is equal. Beside stand those whose readings
/// alone are right, and those that the program has in several pieces ([`is_in_pieces`]).
pub fn judge(story: &Story, scores: &mut Scores) {
    let (wants, haves) = (wanted(story), found(story));
    let tally = scores.of("utterances");
    let fits = |want: &Item<Grouped>, have: &Item<Grouped>| {
        same_readings(&want.record, &have.record) && want.record.verdict == have.record.verdict
    };
    tally.judge(story, &wants, &haves, fits);
    let grouped = pair(&wants, &haves, |want, have| same_readings(&want.record, &have.record));
    tally.aside("readings alone, of gold", grouped.len(), wants.len());
    for &(g, p) in &grouped {
        let (want, have) = (&wants[g].record, &haves[p].record);
        tally.aside("  of these the verdict", (want.verdict == have.verdict) as usize, 1);
        tally.aside("  of these the speaker", same_speaker(story, want, have) as usize, 1);
    }
    let left = wants.iter().enumerate().filter(|(at, _)| !grouped.iter().any(|pair| pair.0 == *at));
    let pieces = left.filter(|(_, want)| is_in_pieces(&want.record, &haves)).count();
    tally.aside("of gold in several pieces", pieces, wants.len());
}

/// Readings are the same when each of the gold lies at least by half in one of the program's, and each of the program's
/// at least by half in one of the gold's: nothing left out and nothing put in.
fn same_readings(want: &Grouped, have: &Grouped) -> bool {
    let within = |some: &[Vec<Passage>], others: &[Vec<Passage>]| {
        some.iter().all(|reading| others.iter().any(|other| half_in(reading, other)))
    };
    within(&want.readings, &have.readings) && within(&have.readings, &want.readings)
}

/// Whether several utterances of the program, all of whose readings lie in the gold's, make up the gold's together.
fn is_in_pieces(want: &Grouped, haves: &[Item<Grouped>]) -> bool {
    let is_part = |have: &&Item<Grouped>| {
        have.record.readings.iter().all(|reading| want.readings.iter().any(|other| half_in(reading, other)))
    };
    let parts: Vec<Passage> = haves.iter().filter(is_part).flat_map(|have| have.at.clone()).collect();
    want.readings.iter().all(|reading| half_in(reading, &parts))
}

fn same_speaker(story: &Story, want: &Grouped, have: &Grouped) -> bool {
    match (&want.speaker, &have.speaker) {
        (Some(want), Some(have)) => story.names.same(want, have),
        (want, have) => want.is_none() && have.is_none(),
    }
}

/// The gold's.
fn wanted(story: &Story) -> Vec<Item<Grouped>> {
    let one = |(readings, utterance): (Vec<Vec<Passage>>, &gold::Utterance)| {
        let text = utterance.readings.first().map_or("", |reading| reading.1.as_str());
        let (speaker, verdict) = (utterance.speaker.clone(), utterance.verdict.clone());
        item(story, Grouped { readings, speaker, verdict }, text)
    };
    places(story).into_iter().zip(&story.gold.utterances).map(one).collect()
}

/// Where each reading of each utterance of the gold stands. A text that stands in several places of a report is taken
/// where the gold has a quotation, each place once.
pub fn places(story: &Story) -> Vec<Vec<Vec<Passage>>> {
    let quoted = story::quoted(story);
    let mut taken = Vec::new();
    let mut found = Vec::new();
    for utterance in &story.gold.utterances {
        let readings = utterance.readings.iter();
        let readings = readings.filter_map(|(report, text)| Some((story.witness(report)?, text)));
        found.push(readings.map(|(at, text)| place(story, at, text, &quoted, &mut taken)).collect());
    }
    found
}

/// Where the reading `text` stands in report `at`.
fn place(
    story: &Story,
    at: usize,
    text: &str,
    quoted: &BTreeMap<usize, Vec<Vec<Passage>>>,
    taken: &mut Vec<Passage>,
) -> Vec<Passage> {
    let parts: Vec<&str> = text.split(" … ").collect();
    let candidates = story.starts(at, parts[0]);
    let places = candidates.iter().map(|&start| story.parts(at, &parts, start));
    let mut places: Vec<Vec<Passage>> = places.filter(|place| !place.is_empty()).collect();
    let is_free = |place: &[Passage]| !taken.contains(&place[0]);
    let is_quoted = |place: &[Passage]| quoted[&at].iter().any(|quotation| half_in(place, quotation));
    places.sort_by_key(|place| (!is_quoted(place), !is_free(place)));
    let place = places.into_iter().next().unwrap_or_default();
    taken.extend(place.first());
    place
}

fn found(story: &Story) -> Vec<Item<Grouped>> {
    let utterances = story.edition.stories.iter().flat_map(|story| &story.utterances);
    utterances
        .filter(|utterance| utterance.readings.len() > 1)
        .map(|utterance| one(story, utterance))
        .collect()
}

fn one(story: &Story, utterance: &Utterance) -> Item<Grouped> {
    let mut readings = Vec::new();
    for reading in &utterance.readings {
        let parts = reading.content.iter();
        let places: Vec<Passage> =
            parts.filter_map(|part| story.passage(&reading.report, part.start, part.end)).collect();
        readings.push(places);
    }
    let text = utterance.readings.first().map_or("", |reading| reading.text.as_str());
    let speaker = utterance.speaker.clone();
    item(story, Grouped { readings, speaker, verdict: word(&utterance.verdict) }, text)
}

fn item(story: &Story, grouped: Grouped, text: &str) -> Item<Grouped> {
    let speaker = grouped.speaker.as_deref().unwrap_or("no name");
    let numbers: Vec<String> = grouped
        .readings
        .iter()
        .map(|reading| {
            let name = reading.first().map(|passage| story.witnesses[passage.witness].name.as_str());
            name.and_then(|name| name.split('-').next()).unwrap_or("nowhere").to_owned()
        })
        .collect();
    let note = format!("{}; {speaker}; in {}", grouped.verdict, numbers.join(" "));
    Item::new(grouped.readings.iter().flatten().copied().collect(), text, note, grouped)
}
