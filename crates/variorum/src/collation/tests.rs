use super::verdict::compare;
use super::words;
use crate::span::Span;

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
