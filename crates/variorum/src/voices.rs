//! Who is quoted, and how much, in each report.
//!
//! In: the reports of a story with quotations, and the cast. Out: one voice a speaker and report, by report, most words first.
//! Words are those between marks in body and captions; a headline repeats the body, a nested quotation is counted
//! with the one around it, indirect speech has none. An unnamed person is a voice of its own each time.

use crate::cast::Cast;
use crate::edition::Voice;
use crate::model::{Annotated, Form, Location, Party, Quotation};
use crate::token::{self, Kind};

/// The voices of a story.
pub fn count(witnesses: &[Annotated], cast: &Cast) -> Vec<Voice> {
    let mut voices = Vec::new();
    for (report, witness) in witnesses.iter().enumerate() {
        let mut own: Vec<Voice> = Vec::new();
        for quotation in witness.quotations.iter().filter(|quotation| is_counted(quotation)) {
            let words = words(witness, quotation);
            let (speaker, unnamed) = speaker(witness, report, cast, quotation);
            match own.iter_mut().find(|voice| !unnamed && !voice.unnamed && voice.speaker == speaker) {
                Some(voice) => {
                    voice.quotations += 1;
                    voice.words += words;
                }
                None => own.push(Voice {
                    report: witness.report.id.clone(),
                    speaker,
                    unnamed,
                    quotations: 1,
                    words,
                }),
            }
        }
        own.sort_by(|a, b| b.words.cmp(&a.words).then_with(|| a.speaker.cmp(&b.speaker)));
        voices.extend(own);
    }
    voices
}

fn is_counted(quotation: &Quotation) -> bool {
    quotation.form != Form::Indirect && matches!(quotation.place, Location::Body | Location::Caption)
}

fn words(witness: &Annotated, quotation: &Quotation) -> usize {
    let parts = quotation.content.iter();
    // "don’t" is one word, "follow-up" two with the hyphen between: count what white space parts.
    parts
        .map(|part| {
            witness
                .words(*part)
                .split_whitespace()
                .filter(|word| {
                    token::tokens(word, crate::span::Span::new(0, word.len()))
                        .iter()
                        .any(|token| token.kind != Kind::Mark)
                })
                .count()
        })
        .sum()
}

/// The name, and whether it is an unnamed person's description.
fn speaker(witness: &Annotated, report: usize, cast: &Cast, quotation: &Quotation) -> (Option<String>, bool) {
    match quotation.speaker.party {
        Party::Entity(entity) => (Some(cast.name(report, entity).to_owned()), false),
        Party::Unnamed => (quotation.speaker.span.map(|span| witness.words(span).to_owned()), true),
        Party::Unknown => (None, false),
    }
}
