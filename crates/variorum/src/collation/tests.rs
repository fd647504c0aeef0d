use super::apparatus::{self, Witness};
use super::collate;
use super::verdict::{compare, glyphs};
use super::words::{self, Words};
use crate::cast::{Cast, Member};
use crate::model::{Annotated, Entity, EntityKind, Form, Location, Party, Quotation, Speaker};
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
    check(
        "They said, ‘Feed the goats first,’ and left",
        "They said, “Feed the goats first,” and left",
        "same",
    );
    check("I don’t know what to do", "doesn’t know what to do", "adapted person person");
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
    check(
        "We could not help but we can wait",
        "We could help but we can not wait",
        "altered negation negation",
    );
    check("I do not think the ferry is safe", "I think the ferry is not safe", "reworded content content");
    check(
        "The price of hay is what I never think about",
        "The price of hay is what I think about, and never forget it",
        "altered negation addition",
    );
    check(
        "On the night of the storm we could do nothing",
        "On the night of the storm we could do something for the goats",
        "altered content addition",
    );
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

#[test]
fn a_comma_that_closes_one_reading_and_stands_inside_the_other_is_no_difference() {
    let (base, witness) = ("We met every day, and again at noon,", "We met every day,");
    let (words, others) = (
        words::read(base, &[Span::new(0, base.len())]),
        words::read(witness, &[Span::new(0, witness.len())]),
    );
    let held = compare((base, &words), (witness, &others));
    let all = [Witness { text: witness, words: &others, held: &held }];
    let kinds: Vec<_> = apparatus::entries(base, &words, &all).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [super::verdict::Kind::Omission]);
}

/// A report of one line a quotation: "Speaker, channel: words | more words"; `?` is an unknown speaker, `-` an unnamed one,
/// `=` before the line says that it stands in the headline.
fn report(id: &str, lines: &str, names: &mut Vec<String>) -> Annotated {
    let mut found = Annotated::default();
    found.report.id = id.to_owned();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (head, said) = line.split_once(": ").expect("speaker, then words");
        let (speaker, channel) =
            head.trim_start_matches('=').split_once(", ").unwrap_or((head.trim_start_matches('='), ""));
        let offset = found.report.text.len();
        found.report.text.push_str(said);
        found.report.text.push('\n');
        let content: Vec<Span> =
            parts(said).iter().map(|part| Span::new(offset + part.start(), offset + part.end())).collect();
        let party = match speaker {
            "?" => Party::Unknown,
            "-" => Party::Unnamed,
            name => Party::Entity(entity(&mut found, names, name)),
        };
        found.quotations.push(Quotation {
            span: Span::new(offset, offset + said.len()),
            content,
            form: Form::Direct,
            place: if head.starts_with('=') { Location::Headline } else { Location::Body },
            parent: None,
            speaker: Speaker { span: None, party },
            cue: None,
            channel: ["speech", "image-text", "post"].into_iter().find(|known| *known == channel),
            platform: None,
            channel_span: (!channel.is_empty()).then(|| Span::new(offset, offset)),
            closed: true,
            rule: "test",
            clause: None,
        });
    }
    found
}

fn entity(found: &mut Annotated, names: &mut Vec<String>, name: &str) -> usize {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
    found.entities.push(Entity {
        name: name.to_owned(),
        kind: EntityKind::Person,
        role: None,
        gender: None,
        is_namesake: false,
    });
    found.entities.len() - 1
}

/// The utterances of reports `a`, `b` …: verdict, then each reading with its report.
fn check_story(reports: &[&str], expected: &[&str]) {
    let mut names = Vec::new();
    let witnesses: Vec<Annotated> =
        ["a", "b", "c"].iter().zip(reports).map(|(id, lines)| report(id, lines, &mut names)).collect();
    let of = |found: &Annotated| {
        let place =
            |entity: &Entity| names.iter().position(|name| *name == entity.name).expect("named above");
        found.entities.iter().map(place).collect()
    };
    let member = |name: &String| Member {
        name: name.clone(),
        kind: EntityKind::Person,
        gender: None,
        is_namesake: false,
        names: Vec::new(),
    };
    let cast = Cast { of: witnesses.iter().map(of).collect(), members: names.iter().map(member).collect() };
    let found: Vec<String> = collate(&witnesses, &cast)
        .iter()
        .map(|utterance| {
            let readings =
                utterance.readings.iter().map(|reading| format!("{}: {}", reading.report, reading.text));
            let verdict = format!("{:?}", utterance.verdict).to_lowercase();
            format!("{verdict} / {}", readings.collect::<Vec<_>>().join(" / "))
        })
        .collect();
    assert_eq!(found, expected, "utterances of {reports:?}");
}

#[test]
fn readings_of_the_same_words_meet() {
    check_story(
        &[
            "Ana Ruiz: We lost the whole barn. | The cattle are safe.",
            "Ana Ruiz: We lost the whole barn. The cattle are safe.",
        ],
        &[
            "joined / a: We lost the whole barn. … The cattle are safe. / b: We lost the whole barn. The cattle are safe.",
        ],
    );
    check_story(
        &["Ana Ruiz: We lost the whole barn. The cattle are safe.", "Ana Ruiz: The cattle are safe."],
        &["single / a: We lost the whole barn.", "same / a: The cattle are safe. / b: The cattle are safe."],
    );
    check_story(
        &[
            "Ana Ruiz: We cannot rebuild the barn before winter",
            "Ana Ruiz: We can rebuild the barn before winter",
        ],
        &["altered / a: We cannot rebuild the barn before winter / b: We can rebuild the barn before winter"],
    );
    check_story(
        &["=?: lost the whole barn\n Ana Ruiz: We lost the whole barn", "Bo Lind: We lost the whole barn"],
        &["speakerdiffers / a: We lost the whole barn / a: lost the whole barn / b: We lost the whole barn"],
    );
}

#[test]
fn a_sentence_beside_one_that_meets_needs_less() {
    check_story(
        &[
            "Ana Ruiz: Barns burn when it is dry. Our hoses did exactly what they were built to do.",
            "Ana Ruiz: Barns burn when it is dry. Our pipes did exactly what they were made for.",
        ],
        &["reworded / a: Barns burn when it is dry. Our hoses did exactly what they were built to do. \
           / b: Barns burn when it is dry. Our pipes did exactly what they were made for."],
    );
}

#[test]
fn words_of_others_stay_apart() {
    check_story(
        &["Ana Ruiz, image-text: I’m sorry", "Ana Ruiz, speech: I’m so sorry"],
        &["single / a: I’m sorry", "single / b: I’m so sorry"],
    );
    check_story(
        &["Ana Ruiz: I do not understand it", "Ana Ruiz: I do not know it"],
        &["single / a: I do not understand it", "single / b: I do not know it"],
    );
    check_story(
        &["-: It was terrible here", "-: It was terrible there"],
        &["single / a: It was terrible here", "single / b: It was terrible there"],
    );
    check_story(
        &["Ana Ruiz: We will vote on the bridge", "Bo Lind: We will never vote on the old bridge"],
        &["single / a: We will vote on the bridge", "single / b: We will never vote on the old bridge"],
    );
}

#[test]
fn a_sentence_of_one_word_goes_with_its_neighbour() {
    check_story(
        &["Ana Ruiz: Goodbye, old barn. Forever.", "Ana Ruiz: Goodbye old barn, forever"],
        &["punctuation / a: Goodbye, old barn. Forever. / b: Goodbye old barn, forever"],
    );
}

#[test]
fn each_sentence_stands_alone_where_the_reports_part_them_crosswise() {
    check_story(
        &[
            "Ana Ruiz: The barn is gone. The cattle ran. | We heard the roof fall.",
            "Ana Ruiz: The barn is gone. | The cattle ran. We heard the roof fall.",
        ],
        &[
            "joined / a: The barn is gone. / b: The barn is gone.",
            "joined / a: The cattle ran. / b: The cattle ran.",
            "joined / a: We heard the roof fall. / b: We heard the roof fall.",
        ],
    );
}

#[test]
fn other_reports_say_whom_a_pronoun_stands_for() {
    let said = "We lost the whole barn in one night.";
    let asked = format!("Bo Lind: {said}\nAna Ruiz: Ask the fire crew.");
    let told = format!("Ana Ruiz: {said}");
    check_story(
        &[&told, &asked, &told],
        &[&format!("same / a: {said} / b: {said} / c: {said}"), "single / b: Ask the fire crew."],
    );
}

#[test]
fn an_altered_sentence_stands_alone() {
    check_story(
        &[
            "Ana Ruiz: The cattle ran to the river bank. | We will rebuild the barn.",
            "Ana Ruiz: The cattle ran to the river bank. | We may rebuild the barn.",
        ],
        &[
            "same / a: The cattle ran to the river bank. / b: The cattle ran to the river bank.",
            "altered / a: We will rebuild the barn. / b: We may rebuild the barn.",
        ],
    );
}

#[test]
fn a_headline_takes_its_words_from_the_report_below() {
    check_story(
        &["=?: We are glad to leave\n -: We are glad to leave at last."],
        &["trimmed / a: We are glad to leave at last. / a: We are glad to leave"],
    );
}

#[test]
fn between_reports_that_word_all_otherwise_less_is_enough() {
    check_story(
        &[
            "Ana Ruiz: The barn burnt before the crew could reach it.
            Ana Ruiz: Nobody saw the smoke from the valley road.
            Ana Ruiz: She had worked too hard to lose this farm",
            "Ana Ruiz: The barn burned before the team could reach it.
            Ana Ruiz: Nobody noticed the smoke from the valley road.
            Ana Ruiz: She had worked with too much force to lose this estate",
        ],
        &[
            "reworded / a: The barn burnt before the crew could reach it. / b: The barn burned before the team could reach it.",
            "reworded / a: Nobody saw the smoke from the valley road. / b: Nobody noticed the smoke from the valley road.",
            "reworded / b: She had worked with too much force to lose this estate / a: She had worked too hard to lose this farm",
        ],
    );
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
