use super::apparatus::{self, Witness};
use super::verdict::{compare, glyphs};
use super::words::{self, Words};
use crate::span::Span;
use proptest::prelude::*;

/// `parts` stand in a text, separated by " | ".
fn parts(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut spans = Vec::new();
    for part in text.split('|') {
        spans.push(Span::new(at, at + part.len()).trim(text));
        at += part.len() + 1;
    }
    spans
}

/// The verdict over two readings, and the kinds of the changes.
fn check(a: &str, b: &str, expected: &str) {
    let (words_a, words_b) = (words::read(a, &parts(a)), words::read(b, &parts(b)));
    let held = compare((a, &words_a), (b, &words_b));
    let verdict =
        held.verdict.map_or("different".to_owned(), |verdict| format!("{verdict:?}").to_lowercase());
    let kinds: Vec<&str> = held.changes.iter().map(|change| change.kind.word()).collect();
    assert_eq!(format!("{verdict} {}", kinds.join(" ")).trim(), expected, "{a:?} against {b:?}");
}

#[test]
fn each_verdict_has_its_rule() {
    check("The ferry leaves at noon,", "The ferry leaves at noon.", "same");
    check("We don’t sell the ferry", "We do not sell the ferry", "punctuation");
    check("The harbour is OK", "the harbor is okay", "punctuation");
    check("We carried 12 goats (and a calf)", "We carried twelve goats", "punctuation spelling");
    check("The ferry is late. | The crew is tired.", "The ferry is late. The crew is tired.", "joined");
    check("The old ferry leaves the harbour at noon", "leaves the harbour at noon", "trimmed omission");
    check("We will sell our ferry", "they would sell their ferry", "adapted person person person");
    check("Our crew mended the ferry quickly", "Our crew repaired the ferry quickly", "reworded content");
    check("The ferry will not sail on Friday", "The ferry will sail on Friday", "altered negation");
    check("The ferry carries 40 goats", "The ferry carries 60 goats", "altered number");
    check("The ferry will sail on Friday", "The ferry might sail on Friday", "altered modal");
    check("The crew of Marin loves the ferry", "The crew of Tolva loves the ferry", "altered name");
    check("The council will delay the new ferry", "The council will deny the new ferry", "altered content");
    check("The ferry sails at noon", "Nobody asked the goats about cheese", "different omission");
}

/// The units of a reading as compared by the eye, closing commas and full stops left out.
fn units(text: &str, words: &Words, range: std::ops::Range<usize>) -> Vec<String> {
    let plain = |at: usize| {
        let unit = words.units[at];
        let closes = words.units.get(at + 1).is_none_or(|next| next.part != unit.part);
        let plain = glyphs(unit.span.of(text));
        if closes { plain.trim_end_matches(['.', ',']).to_owned() } else { plain }
    };
    range.map(plain).filter(|unit| !unit.is_empty()).collect()
}

/// Puts each witness's variants into the base: what comes out is the witness, each unit once.
fn check_apparatus(base: &str, witnesses: &[&str]) {
    let read = |text: &str| words::read(text, &parts(text));
    let base_words = read(base);
    let others: Vec<Words> = witnesses.iter().map(|text| read(text)).collect();
    let held: Vec<_> = witnesses
        .iter()
        .zip(&others)
        .map(|(text, words)| compare((base, &base_words), (text, words)))
        .collect();
    let all: Vec<Witness> = (0..others.len())
        .map(|at| Witness { text: witnesses[at], words: &others[at], held: &held[at] })
        .collect();
    let entries = apparatus::entries(base, &base_words, &all);
    for (at, words) in others.iter().enumerate() {
        let (mut from, mut rebuilt) = (0, Vec::new());
        for entry in &entries {
            if let Some((_, range)) = entry.witnesses.iter().find(|(witness, _)| *witness == at) {
                assert!(from <= entry.base.start, "{base:?} against {:?}: entries overlap", witnesses[at]);
                rebuilt.extend(units(base, &base_words, from..entry.base.start));
                rebuilt.extend(units(witnesses[at], words, range.clone()));
                from = entry.base.end;
            }
        }
        rebuilt.extend(units(base, &base_words, from..base_words.units.len()));
        let expected = units(witnesses[at], words, 0..words.units.len());
        assert_eq!(rebuilt, expected, "{base:?} against {:?}: {entries:?}", witnesses[at]);
    }
}

#[test]
fn the_apparatus_gives_back_each_witness() {
    check_apparatus(
        "We don’t sell the old ferry at noon.",
        &["We do not sell the ferry,", "do sell", "the ferry | at noon"],
    );
    check_apparatus("The ferry left.", &["", "…", "Nobody came, she said."]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_every_witness_stands_once(
        base in "((the|ferry|don’t|do|not|12|twelve|old|sail|it’s|is|we|they|[(]crew[)]|U.S.|…|[.,?!|“”-]) ?){0,14}",
        first in "((the|ferry|don’t|do|not|12|twelve|old|sail|it’s|is|we|they|[(]crew[)]|U.S.|…|[.,?!|“”-]) ?){0,14}",
        second in "((the|ferry|don’t|do|not|12|twelve|old|sail|it’s|is|we|they|[(]crew[)]|U.S.|…|[.,?!|“”-]) ?){0,14}",
    ) {
        check_apparatus(&base, &[&first, &second]);
    }

    #[test]
    fn no_text_breaks_the_words(text in "\\PC{0,60}") {
        let words = words::read(&text, &parts(&text));
        let units: usize = words.units.iter().map(|unit| unit.span.of(&text).split_whitespace().map(str::len).sum::<usize>()).sum();
        let bytes: usize = parts(&text).iter().map(|part| part.of(&text).split_whitespace().map(str::len).sum::<usize>()).sum();
        prop_assert_eq!(units, bytes);
    }
}
