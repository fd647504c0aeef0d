//! Groups readings of the same words and says how they differ.
//!
//! In: the reports of a story with their quotations, and the cast. Out: utterances in the order of reports and text: readings
//! with verdicts against the fullest one, and the apparatus of the words that differ. Words that one report alone has
//! make an utterance with the verdict *single*.
//! Method: quotations are cut into sentences ([`pieces`]); what a pronoun leaves open is taken from other reports of the same
//! words (`voices`); sentences that share enough meet (`meeting`); neighbouring ones that stand in the same quotations
//! are one utterance (`neighbours`).
//! Leaves: indirect speech; words said twice by one speaker at different times, which join when they are the same.

mod align;
mod apparatus;
mod meeting;
mod neighbours;
pub mod pairs;
pub mod pieces;
mod senses;
#[cfg(test)]
mod tests;
pub mod verdict;
mod voices;
pub mod words;

use crate::cast::Cast;
use crate::edition::{
    CueEntry, Place, Range, Reading, SpeakerEntry, Utterance, Variant, Variation, Verdict, Witness,
};
use crate::model::{Annotated, Location, Quotation};
use crate::span::Span;
use neighbours::Segments;
use pieces::{Piece, Voice};
use std::collections::BTreeMap;
use verdict::{Comparison, compare};
use words::Words;

/// The utterances of a story, in the order of reports and text.
pub fn collate(witnesses: &[Annotated], cast: &Cast) -> Vec<Utterance> {
    let mut pieces = pieces::cut(witnesses, cast);
    let candidates = meeting::candidates(witnesses, &pieces);
    voices::settle(witnesses, cast, &mut pieces, &candidates);
    let mut joined = meeting::meet(witnesses, &pieces, &candidates);
    neighbours::join(witnesses, &pieces, &mut joined);
    let segments = Segments::of(witnesses, &pieces, &mut joined);
    let mut utterances: Vec<((usize, usize), Utterance)> = joined
        .groups()
        .iter()
        .filter_map(|members| {
            let readings = readings(witnesses, &pieces, members);
            let first = readings.iter().map(|reading| (reading.report, reading.start())).min()?;
            Some((first, utterance(witnesses, cast, &segments, readings)))
        })
        .collect();
    utterances.sort_by_key(|(first, _)| *first);
    utterances.into_iter().map(|(_, utterance)| utterance).collect()
}

/// The words that one quotation has of an utterance.
struct Read<'a> {
    report: usize,
    found: &'a Annotated,
    quotation: &'a Quotation,
    content: Vec<Span>,
    words: Words,
    voice: Voice,
    /// Report, quotation and part of its pieces.
    stretches: Vec<(usize, usize, usize)>,
}

impl Read<'_> {
    fn text(&self) -> &str {
        &self.found.report.text
    }

    fn start(&self) -> usize {
        self.content.first().map_or(0, |span| span.start())
    }

    /// Fullest first; of equally full ones that of the body, then in order.
    fn rank(&self) -> (usize, bool, usize, usize) {
        let is_aside = self.quotation.place != Location::Body;
        (usize::MAX - self.words.words.len(), is_aside, self.report, self.start())
    }
}

/// One reading for each quotation that has pieces among `members`, in order.
fn readings<'a>(witnesses: &'a [Annotated], pieces: &[Piece], members: &[usize]) -> Vec<Read<'a>> {
    let mut of: BTreeMap<(usize, usize), Vec<&Piece>> = BTreeMap::new();
    for &at in members {
        of.entry((pieces[at].report, pieces[at].quotation)).or_default().push(&pieces[at]);
    }
    let read = |((report, quotation), own): ((usize, usize), Vec<&Piece>)| {
        let found = &witnesses[report];
        let mut stretches: Vec<_> = own.iter().map(|piece| (report, quotation, piece.part)).collect();
        stretches.dedup();
        let quotation = &found.quotations[quotation];
        let content = content(&found.report.text, &own);
        let words = words::read(&found.report.text, &content);
        Read { report, found, quotation, words, content, voice: own[0].voice, stretches }
    };
    of.into_iter().map(read).filter(|read| !read.words.words.is_empty()).collect()
}

/// The spans of pieces; those that follow each other with nothing but white space between are one.
fn content(text: &str, pieces: &[&Piece]) -> Vec<Span> {
    pieces::joined(text, &pieces.iter().map(|piece| piece.span).collect::<Vec<Span>>())
}

/// An utterance from its readings, of which there is at least one.
fn utterance(
    witnesses: &[Annotated],
    cast: &Cast,
    segments: &Segments,
    mut readings: Vec<Read>,
) -> Utterance {
    readings.sort_by_key(|reading| (reading.report, reading.start()));
    let fullest = (0..readings.len()).min_by_key(|&at| readings[at].rank()).unwrap_or(0);
    readings[..=fullest].rotate_right(1);
    let (base, others) = readings.split_first().expect("an utterance has a reading");
    let held: Vec<Comparison> = others
        .iter()
        .map(|other| compare((base.text(), &base.words), (other.text(), &other.words)))
        .collect();
    let mut verdicts = vec![if others.is_empty() { Verdict::Single } else { Verdict::Same }];
    verdicts.extend(others.iter().zip(&held).map(|(other, held)| verdict_of(segments, base, other, held)));
    let place = base.found.place(whole(&base.content));
    Utterance {
        id: format!(
            "{:016x}",
            pairs::hash(&[&place.report, &place.start.to_string(), &place.end.to_string()])
        ),
        speaker: readings.iter().find_map(|reading| name(reading.voice, cast)),
        channel: base.quotation.channel.map(str::to_owned),
        verdict: verdicts.iter().copied().max().unwrap_or(Verdict::Single),
        base: witnesses[base.report].report.id.clone(),
        apparatus: apparatus_of(base, others, &held),
        readings: readings
            .iter()
            .zip(verdicts)
            .map(|(reading, verdict)| entry(reading, verdict, cast))
            .collect(),
    }
}

/// The verdict of a reading; other parts of the same words, or another named speaker, count unless the words say more.
fn verdict_of(segments: &Segments, base: &Read, other: &Read, held: &Comparison) -> Verdict {
    // Readings that meet only through a third one share less than `compare` asks for; their words differ all the same.
    let mut verdict = held.verdict.unwrap_or(Verdict::Reworded);
    if segments.differ(&base.stretches, &other.stretches) {
        verdict = verdict.max(Verdict::Joined);
    }
    match (base.voice, other.voice) {
        (Voice::Named(one), Voice::Named(two)) if one != two => verdict.max(Verdict::SpeakerDiffers),
        _ => verdict,
    }
}

fn name(voice: Voice, cast: &Cast) -> Option<String> {
    match voice {
        Voice::Named(member) => cast.members.get(member).map(|member| member.name.clone()),
        Voice::Unnamed | Voice::Unknown => None,
    }
}

fn whole(content: &[Span]) -> Span {
    content.iter().copied().reduce(Span::cover).unwrap_or_default()
}

fn entry(reading: &Read, verdict: Verdict, cast: &Cast) -> Reading {
    let (found, quotation) = (reading.found, reading.quotation);
    let range = |span: Span| {
        let place = found.report.map.to_source(span);
        Range { start: place.start(), end: place.end() }
    };
    let all = range(whole(&reading.content));
    let is_settled = reading.voice != pieces::voice(reading.report, quotation, cast);
    let resolved = name(reading.voice, cast);
    let written = quotation.speaker.span.map(|span| found.place(span));
    let speaker = (written.is_some() || resolved.is_some()).then(|| SpeakerEntry {
        text: written.as_ref().map(|place| place.text.clone()),
        start: written.as_ref().map(|place| place.start),
        end: written.as_ref().map(|place| place.end),
        resolved,
    });
    Reading {
        report: found.report.id.clone(),
        start: all.start,
        end: all.end,
        text: joined_text(reading.text(), &reading.content),
        content: reading.content.iter().copied().map(range).collect(),
        quotation: range(quotation.span),
        parent: quotation.parent.map(range),
        kind: quotation.form,
        place: quotation.place,
        closed: quotation.closed,
        verdict,
        rule: if is_settled { voices::RULE } else { quotation.rule }.to_owned(),
        speaker,
        cue: quotation.cue.map(|span| {
            let place = found.place(span);
            CueEntry { text: place.text, start: place.start, end: place.end }
        }),
        channel: quotation.channel.map(str::to_owned),
        platform: quotation.platform.clone(),
        channel_span: quotation.channel_span.map(range),
    }
}

fn joined_text(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" … ")
}

/// The apparatus in places of the sources.
fn apparatus_of(base: &Read, others: &[Read], held: &[Comparison]) -> Vec<Variation> {
    let witnesses: Vec<apparatus::Witness> = others
        .iter()
        .zip(held)
        .map(|(other, held)| apparatus::Witness { text: other.text(), words: &other.words, held })
        .collect();
    let variation = |entry: &apparatus::Entry| {
        let (lemma, places) = passage(base, &entry.base);
        let mut readings: Vec<Variant> = Vec::new();
        for (at, units) in &entry.witnesses {
            let (text, places) = passage(&others[*at], units);
            let witnesses = places.into_iter().map(|place| Witness { place, reading: at + 1 });
            match readings.iter_mut().find(|variant| variant.text == text) {
                Some(variant) => variant.witnesses.extend(witnesses),
                None => readings.push(Variant { text, witnesses: witnesses.collect() }),
            }
        }
        let start = places.first().map_or(0, |place| place.start);
        let end = places.last().map_or(start, |place| place.end);
        Variation { lemma, start, end, kind: entry.kind.word().to_owned(), readings }
    };
    apparatus::entries(base.text(), &base.words, &witnesses).iter().map(variation).collect()
}

/// The text of some units, parts joined by " … ", and their places, part by part; for none the empty place between.
fn passage(reading: &Read, units: &std::ops::Range<usize>) -> (String, Vec<Place>) {
    let all = &reading.words.units;
    if units.is_empty() {
        let next = all.get(units.start).map(|unit| unit.span.start());
        let at = next.or(all.last().map(|unit| unit.span.end())).unwrap_or(reading.start());
        return (String::new(), vec![reading.found.place(Span::new(at, at))]);
    }
    let mut spans: Vec<(usize, Span)> = Vec::new();
    for unit in &all[units.clone()] {
        match spans.last_mut() {
            Some((part, span)) if *part == unit.part => *span = span.cover(unit.span),
            _ => spans.push((unit.part, unit.span)),
        }
    }
    let spans: Vec<Span> = spans.into_iter().map(|(_, span)| span).collect();
    (joined_text(reading.text(), &spans), spans.iter().map(|&span| reading.found.place(span)).collect())
}
