//! The sentences of all quotations of a story, and who says them.
//!
//! In: the reports and the cast. Out: [`Piece`]s in the order of reports and text. Words joined in one report and split in
//! another meet sentence by sentence, so a quotation is cut where a sentence, a part or an ellipsis ends.
//! Leaves: indirect speech.

use super::words::{self, Words};
use crate::cast::Cast;
use crate::model::{Annotated, Form, Location, Party, Quotation};
use crate::span::Span;

/// A sentence of a quotation, or of one of its parts.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Index of the report.
    pub report: usize,
    /// Index of the quotation in its report.
    pub quotation: usize,
    /// Index of the part of the quotation.
    pub part: usize,
    /// Where it stands; within one part.
    pub span: Span,
    /// Its words.
    pub words: Words,
    /// Who says it.
    pub voice: Voice,
    /// Whether most of it is a quotation inside the quotation, which has a piece of its own.
    pub is_nested_words: bool,
}

/// Who says something, over all reports.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Index in the cast.
    Named(usize),
    /// Somebody without a name.
    Unnamed,
    /// The text does not say.
    Unknown,
}

/// `spans` of `text`, in order; those that follow each other with nothing but white space between are one.
pub fn joined(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for &span in spans {
        match joined.last_mut() {
            Some(last) if last.end() <= span.start() && text[last.end()..span.start()].trim().is_empty() => {
                *last = last.cover(span);
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// The pieces of all direct and partial quotations.
pub fn cut(witnesses: &[Annotated], cast: &Cast) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (report, found) in witnesses.iter().enumerate() {
        for (at, quotation) in found.quotations.iter().enumerate() {
            if quotation.form != Form::Indirect {
                let voice = voice(report, quotation, cast);
                let text = &found.report.text;
                let parts = quotation.content.iter().enumerate();
                let spans = parts.flat_map(|(part, &all)| {
                    sentences_of_part(text, all).into_iter().map(move |span| (part, span))
                });
                pieces.extend(spans.map(|(part, span)| Piece {
                    report,
                    quotation: at,
                    part,
                    span,
                    words: words::read(text, &[span]),
                    voice,
                    is_nested_words: is_nested(found, at, span),
                }));
            }
        }
    }
    pieces
}

/// The member of the cast who speaks.
pub fn voice(report: usize, quotation: &Quotation, cast: &Cast) -> Voice {
    match quotation.speaker.party {
        Party::Entity(entity) => cast.member(report, entity).map_or(Voice::Unknown, Voice::Named),
        Party::Unnamed => Voice::Unnamed,
        Party::Unknown => Voice::Unknown,
    }
}

/// Where the sentences of `parts` lie, each within one part; one of a single word, or without a word of content, goes with its
/// neighbour.
pub fn sentences(text: &str, parts: &[Span]) -> Vec<Span> {
    parts.iter().flat_map(|&part| sentences_of_part(text, part)).collect()
}

fn sentences_of_part(text: &str, part: Span) -> Vec<Span> {
    let read = words::read(text, &[part]);
    // Spans, how many words each has, and whether one of them is of content.
    let mut spans: Vec<(Span, usize, bool)> = Vec::new();
    let mut at = 0;
    for (index, unit) in read.units.iter().enumerate() {
        let own = read.words[at..].iter().take_while(|word| word.unit == index).count();
        let words = &read.words[at..at + own];
        at += own;
        let begins = words.first().is_some_and(|word| word.after_stop || word.after_cut);
        let has_content = words.iter().any(words::Word::is_content);
        match spans.last_mut() {
            Some((last, count, full)) if !begins || *count < 2 || !*full => {
                *last = last.cover(unit.span);
                *count += own;
                *full |= has_content;
            }
            _ => spans.push((unit.span, own, has_content)),
        }
    }
    if let [.., (before, of_before, _), (last, count, full)] = spans[..]
        && (count < 2 || !full)
    {
        let end = spans.len() - 2;
        spans.truncate(end);
        spans.push((before.cover(last), of_before + count, true));
    }
    spans.into_iter().map(|(span, ..)| span).collect()
}

/// Whether quotations nested in the one at `at` hold most of `span`; they follow it in the list.
fn is_nested(found: &Annotated, at: usize, span: Span) -> bool {
    let whole = found.quotations[at].span;
    let nested = found.quotations[at + 1..]
        .iter()
        .take_while(|inner| inner.span.overlap(whole) > 0)
        .filter(|inner| inner.place == Location::Quotation && inner.form != Form::Indirect);
    let inside: usize = nested.flat_map(|inner| &inner.content).map(|part| part.overlap(span)).sum();
    inside * 5 > span.len() * 3
}
