//! Dated facts of a story in order.
//!
//! In: the reports of a story with dates worked out. Out: one event for each value, earliest first, a decade or year before the
//! days in it; the first sentence of running text that holds the date is what is told, with how it knows the date; every dated
//! sentence is evidence. Dates in teasers, notes and legal lines give no event; captions, bylines and datelines do.
//! Leaves: which of several clauses of a sentence the date belongs to.

use crate::edition::{Event, Place};
use crate::model::{Annotated, Basis, DateExpression, Precision};
use crate::span::Span;
use std::collections::BTreeMap;

/// One event while it is gathered.
struct Gathered {
    precision: Precision,
    basis: Basis,
    from: Option<Place>,
    what: Option<String>,
    evidence: Vec<Place>,
}

/// The timeline of a story.
pub fn order(witnesses: &[Annotated]) -> Vec<Event> {
    let mut events: BTreeMap<(String, u8, String), Gathered> = BTreeMap::new();
    let from = |date: &DateExpression| date.from.map(|(at, span)| witnesses[at].place(span));
    for witness in witnesses {
        for date in &witness.dates {
            let kind = witness.block_at(date.span.start()).map(|block| block.kind);
            let Some(value) = date.value.clone().filter(|_| kind.is_some_and(|kind| kind.is_evidence()))
            else {
                continue;
            };
            let sentence = sentence(witness, date.span);
            let event = events.entry(key(value, date.precision)).or_insert_with(|| Gathered {
                precision: date.precision,
                basis: date.basis,
                from: from(date),
                what: None,
                evidence: Vec::new(),
            });
            let place = witness.place(sentence);
            if event.what.is_none() && kind.is_some_and(|kind| kind.is_body()) {
                event.what = Some(place.text.clone());
                (event.basis, event.from) = (date.basis, from(date));
            }
            if event.evidence.last() != Some(&place) {
                event.evidence.push(place);
            }
        }
    }
    events.into_iter().map(|((.., when), gathered)| event(when, gathered)).collect()
}

fn event(when: String, gathered: Gathered) -> Event {
    let first = gathered.evidence.first().map(|place| place.text.clone());
    Event {
        when,
        precision: gathered.precision,
        basis: gathered.basis,
        from: gathered.from,
        what: gathered.what.or(first).unwrap_or_default(),
        evidence: gathered.evidence,
    }
}

/// Orders values by their first day; the wider one first.
fn key(value: String, precision: Precision) -> (String, u8, String) {
    let width = match precision {
        Precision::Decade => 0,
        Precision::Year => 1,
        Precision::Range => 2,
        Precision::Month => 3,
        Precision::Day => 4,
    };
    let start = value.split('/').next().unwrap_or_default().replace('X', "0");
    (start, width, value)
}

/// The sentence around `span`.
fn sentence(witness: &Annotated, span: Span) -> Span {
    let next = witness.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    witness.sentences.get(next).map_or(span, |sentence| sentence.span.cover(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Report};

    #[test]
    fn events_stand_in_order_once_for_each_value() {
        let text = "It broke on March 3, 2025. It was built in the 1960s. Repairs ended in March 2025.";
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, of: None };
        let report = Report { text: text.to_owned(), blocks: vec![block], ..Report::default() };
        let mut found = Annotated { report, ..Annotated::default() };
        found.sentences = crate::sentences::find(&found.report);
        found.dates = crate::dates::find(&found);
        let whens: Vec<String> = order(&[found]).into_iter().map(|event| event.when).collect();
        assert_eq!(whens, ["196X", "2025-03", "2025-03-03"]);
    }

    #[test]
    fn the_basis_is_that_of_the_sentence_shown() {
        let read = |text: &str, kind| {
            let block = Block { span: Span::new(0, text.len()), kind, of: None };
            let report = Report { text: text.to_owned(), blocks: vec![block], ..Report::default() };
            let mut found = Annotated { report, ..Annotated::default() };
            found.sentences = crate::sentences::find(&found.report);
            found.dates = crate::dates::find(&found);
            found
        };
        let mut witnesses = [
            read("The dam on March 3, 2025.", BlockKind::Caption),
            read("It broke on Monday, March 3.", BlockKind::Paragraph),
        ];
        crate::chronology::resolve(&mut witnesses);
        let events = order(&witnesses);
        assert_eq!(events[0].what, "It broke on Monday, March 3.");
        assert_eq!(events[0].basis, Basis::OtherReport);
        assert_eq!(events[0].from.as_ref().map(|place| place.text.as_str()), Some("March 3, 2025"));
    }
}
