//! Groups readings of the same words and says how they differ.
//!
//! In: the reports of a story with their quotations, and the cast. Out: utterances in the order of reports and text: readings
//! with verdicts against the fullest one, and the apparatus of the words that differ. Words that one report alone has
//! make an utterance with the verdict *single*.
//! Method: quotations are cut into sentences ([`pieces`]); sentences that share enough and whose speakers and channels
//! allow it ([`may_be_one`]) are joined; neighbouring sentences that stand in the same quotations are one utterance.
//! Leaves: indirect speech; words said twice by one speaker at different times, which join when they are the same.

mod align;
mod apparatus;
pub mod pairs;
pub mod pieces;
mod senses;
#[cfg(test)]
mod tests;
pub mod verdict;
pub mod words;

use crate::cast::Cast;
use crate::edition::{CueEntry, Place, Range, Reading, SpeakerEntry, Utterance, Variant, Variation, Verdict};
use crate::model::{Annotated, Location, Quotation};
use crate::span::Span;
use pieces::{Piece, Voice};
use std::collections::{BTreeMap, BTreeSet};
use verdict::{Comparison, compare};
use words::Words;

/// The utterances of a story, in the order of reports and text.
pub fn collate(witnesses: &[Annotated], cast: &Cast) -> Vec<Utterance> {
    let pieces = pieces::cut(witnesses, cast);
    let groups = group(witnesses, &pieces);
    let mut utterances: Vec<((usize, usize), Utterance)> = groups
        .iter()
        .filter_map(|members| {
            let readings = readings(witnesses, &pieces, members);
            let first = readings.iter().map(|reading| (reading.report, reading.start())).min()?;
            Some((first, utterance(witnesses, cast, readings)))
        })
        .collect();
    utterances.sort_by_key(|(first, _)| *first);
    utterances.into_iter().map(|(_, utterance)| utterance).collect()
}

/// The pieces of each utterance, in order.
fn group(witnesses: &[Annotated], pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut joined = Joined::new(pieces.len());
    let passages: Vec<pairs::Passage> = pieces
        .iter()
        .map(|piece| pairs::Passage { text: &witnesses[piece.report].report.text, words: &piece.words })
        .collect();
    let may_meet = |a: usize, b: usize| may_meet(&pieces[a], &pieces[b]);
    let mut links = Vec::new();
    for (a, b, held) in pairs::find(&passages, may_meet) {
        if may_be_one(witnesses, &pieces[a], &pieces[b], &held) {
            joined.join(a, b);
            links.push((a, b));
        }
    }
    follow(pieces, &passages, links, &mut joined);
    join_neighbours(pieces, &mut joined);
    joined.groups()
}

/// How much of the shorter sentence has to be shared, in percent, where the sentences beside it are one utterance.
const BESIDE_PERCENT: usize = 40;

/// From sentences that are one to those before and behind them, which need to share less when the same person says both.
fn follow(
    pieces: &[Piece],
    passages: &[pairs::Passage],
    mut links: Vec<(usize, usize)>,
    joined: &mut Joined,
) {
    let of_one = |a: usize, b: usize| {
        pieces[a].report == pieces[b].report && pieces[a].quotation == pieces[b].quotation
    };
    while let Some((a, b)) = links.pop() {
        let before = (a.wrapping_sub(1), b.wrapping_sub(1));
        for (next_a, next_b) in [before, (a + 1, b + 1)] {
            let are_there = next_a < pieces.len() && next_b < pieces.len();
            if !are_there
                || !of_one(a, next_a)
                || !of_one(b, next_b)
                || joined.root(next_a) == joined.root(next_b)
            {
                continue;
            }
            let (first, second) = (passages[next_a], passages[next_b]);
            let shared = compare((first.text, first.words), (second.text, second.words)).shared;
            if pieces[a].voice == pieces[b].voice && shared.percent >= BESIDE_PERCENT && shared.words >= 3 {
                joined.join(next_a, next_b);
                links.push((next_a, next_b));
            }
        }
    }
}

/// Whether two pieces can be readings of one utterance at all: not parts of one quotation, nor one inside the other.
fn may_meet(a: &Piece, b: &Piece) -> bool {
    let apart = a.report != b.report || a.quotation != b.quotation && a.span.overlap(b.span) == 0;
    apart && !a.is_nested_words && !b.is_nested_words
}

/// Whether pieces that share words are one utterance, given who says them and how they came.
///
/// The less is known of the speakers, the more of the words has to be the same.
fn may_be_one(witnesses: &[Annotated], a: &Piece, b: &Piece, held: &Comparison) -> bool {
    let shared = held.shared;
    let is_kept = held.verdict.is_some_and(|verdict| verdict < Verdict::SpeakerDiffers);
    let is_whole = is_kept && shared.percent >= 99 && shared.density >= 99;
    let is_equal = matches!(held.verdict, Some(Verdict::Same | Verdict::Punctuation | Verdict::Adapted));
    let is_long = shared.content >= pairs::SHORT;
    if !is_equal && !channels_agree(witnesses, a, b, is_kept && is_long) {
        return false;
    }
    match (a.voice, b.voice) {
        (Voice::Named(one), Voice::Named(other)) if one == other => {
            let is_close = is_long || is_whole || shared.words >= 4 && shared.percent >= 90;
            is_close && (a.report != b.report || is_kept || shared.percent >= 90)
        }
        (Voice::Named(_), Voice::Named(_)) => {
            is_kept && (is_long || shared.words >= 6) && shared.percent >= 90
        }
        (Voice::Unknown, _) | (_, Voice::Unknown) => {
            let is_headline = [a, b].into_iter().any(|piece| stands(witnesses, piece) != Location::Body);
            is_kept && is_long
                || shared.content > pairs::SHORT && shared.percent >= 70
                || is_whole && (is_headline || shared.content >= 2)
        }
        // Different people, unless they say the same: a word translated otherwise does not make another person.
        _ => {
            let is_close = is_long && shared.percent >= 85 && shared.density >= 85;
            is_close && held.verdict != Some(Verdict::Altered) || is_equal && shared.content >= 2
        }
    }
}

fn stands(witnesses: &[Annotated], piece: &Piece) -> Location {
    witnesses[piece.report].quotations[piece.quotation].place
}

/// Whether the channels allow one utterance whose words are not equal.
///
/// Words of a post, a picture or a message are not those spoken elsewhere, unless a good part of them is kept.
fn channels_agree(witnesses: &[Annotated], a: &Piece, b: &Piece, is_kept: bool) -> bool {
    let channel = |piece: &Piece| {
        let quotation = &witnesses[piece.report].quotations[piece.quotation];
        let is_stated = quotation.channel_span.is_some() || quotation.channel == Some("image-text");
        quotation.channel.filter(|_| is_stated)
    };
    let own = |channel: &str| matches!(channel, "post" | "image-text" | "message" | "video");
    match (channel(a), channel(b)) {
        (Some(one), Some(other)) if one != other => is_kept || !(own(one) || own(other)),
        _ => true,
    }
}

/// Neighbouring sentences that stand in the same quotations are one utterance; a cut of one of them parts them.
fn join_neighbours(pieces: &[Piece], joined: &mut Joined) {
    let mut quotations: BTreeMap<usize, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        quotations.entry(joined.root(at)).or_default().insert((piece.report, piece.quotation));
    }
    for at in 1..pieces.len() {
        let (a, b) = (joined.root(at - 1), joined.root(at));
        let neighbours =
            pieces[at - 1].report == pieces[at].report && pieces[at - 1].quotation == pieces[at].quotation;
        if !neighbours || a == b {
            continue;
        }
        if quotations[&a] == quotations[&b] {
            joined.join(a, b);
        }
    }
}

/// Sets of pieces that grow together (union by least index).
struct Joined {
    parent: Vec<usize>,
}

impl Joined {
    fn new(count: usize) -> Joined {
        Joined { parent: (0..count).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.parent.len() {
            groups.entry(self.root(at)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

/// The words that one quotation has of an utterance.
struct Read<'a> {
    report: usize,
    found: &'a Annotated,
    quotation: &'a Quotation,
    content: Vec<Span>,
    words: Words,
    voice: Voice,
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
        let quotation = &found.quotations[quotation];
        let content = content(&found.report.text, &own);
        let words = words::read(&found.report.text, &content);
        Read { report, found, quotation, words, content, voice: own[0].voice }
    };
    of.into_iter().map(read).filter(|read| !read.words.words.is_empty()).collect()
}

/// The spans of pieces; those that follow each other with nothing but white space between are one.
fn content(text: &str, pieces: &[&Piece]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for piece in pieces {
        match spans.last_mut() {
            Some(last)
                if last.end() <= piece.span.start()
                    && text[last.end()..piece.span.start()].trim().is_empty() =>
            {
                *last = last.cover(piece.span);
            }
            _ => spans.push(piece.span),
        }
    }
    spans
}

/// An utterance from its readings, of which there is at least one.
fn utterance(witnesses: &[Annotated], cast: &Cast, mut readings: Vec<Read>) -> Utterance {
    readings.sort_by_key(|reading| (reading.report, reading.start()));
    let fullest = (0..readings.len()).min_by_key(|&at| readings[at].rank()).unwrap_or(0);
    readings[..=fullest].rotate_right(1);
    let (base, others) = readings.split_first().expect("an utterance has a reading");
    let held: Vec<Comparison> = others
        .iter()
        .map(|other| compare((base.text(), &base.words), (other.text(), &other.words)))
        .collect();
    let mut verdicts = vec![if others.is_empty() { Verdict::Single } else { Verdict::Same }];
    verdicts.extend(others.iter().zip(&held).map(|(other, held)| verdict_of(base, other, held)));
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

/// The verdict of a reading; other named speakers count unless the words say more.
fn verdict_of(base: &Read, other: &Read, held: &Comparison) -> Verdict {
    // Readings that meet only through a third one share less than `compare` asks for; their words differ all the same.
    let words = held.verdict.unwrap_or(Verdict::Reworded);
    match (base.voice, other.voice) {
        (Voice::Named(one), Voice::Named(two)) if one != two => words.max(Verdict::SpeakerDiffers),
        _ => words,
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
        rule: quotation.rule.to_owned(),
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
            match readings.iter_mut().find(|variant| variant.text == text) {
                Some(variant) => variant.witnesses.extend(places),
                None => readings.push(Variant { text, witnesses: places }),
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
