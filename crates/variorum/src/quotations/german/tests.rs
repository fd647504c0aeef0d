//! Cases of German quotation finding, as text.

use super::super::{find, tests::show};
use crate::model::{Annotated, Block, BlockKind, Party, Report};
use crate::span::Span;
use crate::{mentions, sentences};

fn annotated(text: &str) -> Annotated {
    let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, of: None }];
    let language = Some("de".to_owned());
    let report = Report { text: text.to_owned(), blocks, language, bytes: text.len(), ..Report::default() };
    let mut found = Annotated { report, ..Annotated::default() };
    found.sentences = sentences::find(&found.report);
    (found.mentions, found.entities) = mentions::find(&found);
    (found.quotations, found.thoughts) = find(&found);
    found
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = annotated(text);
    let all = found.quotations.iter().chain(&found.thoughts);
    let shown: Vec<String> = all.map(|quotation| show(&found, quotation)).collect();
    assert_eq!(shown, expected, "quotations of {text:?}");
}

#[test]
fn speakers_stand_before_and_behind_the_verb() {
    check(
        "„Die Fähre bleibt“, sagte Mira Holt am Montag.",
        &["Die Fähre bleibt <Mira Holt> cue-after-inverted"],
    );
    check("Holt sagte dem Alsener Boten: „Wir bleiben hier.“", &["Wir bleiben hier. <Holt> cue-before"]);
    check(
        "Am Dienstag erklärte die Sprecherin des Hafens, Mira Holt: „Wir bleiben hier.“",
        &["Wir bleiben hier. <die Sprecherin des Hafens, Mira Holt> cue-before"],
    );
    check("„Wir bleiben“, hatte der Reeder gesagt.", &["Wir bleiben <der Reeder> cue-after-inverted"]);
    check(
        "„Wir bleiben hier“, teilte die Reederei am Abend mit.",
        &["Wir bleiben hier <die Reederei> cue-after-inverted"],
    );
    check("„Wir bleiben hier“, so der Reeder.", &["Wir bleiben hier <der Reeder> according-to"]);
    check(
        "„Wir bleiben hier“, schrieb die in Alsen geborene Reederin Mira Holt.",
        &["Wir bleiben hier <die in Alsen geborene Reederin Mira Holt> cue-after-inverted"],
    );
    check(
        "„Wir bleiben hier“, sagte der nicht an der Fahrt beteiligte Reeder Ole Brandt.",
        &["Wir bleiben hier <der nicht an der Fahrt beteiligte Reeder Ole Brandt> cue-after-inverted"],
    );
}

#[test]
fn what_stands_before_the_verb_need_not_be_the_subject() {
    check(
        "Als Grund nannte der Reeder das Eis und sagte: „Es wird dicker.“",
        &["Es wird dicker. <der Reeder> cue-before"],
    );
    check(
        "Mira Holt, die seit Mai das Amt leitet, sagte: „Wir warten ab.“",
        &["Wir warten ab. <Mira Holt> cue-before"],
    );
    check("Dem Boten sagte Holt: „Wir warten ab.“", &["Wir warten ab. <Holt> cue-before"]);
}

#[test]
fn who_is_quoted_by_somebody_speaks() {
    check(
        "Der Bote zitiert Mira Holt mit den Worten: „Wir warten ab.“",
        &["Wir warten ab. <Mira Holt> cue-before"],
    );
}

#[test]
fn what_somebody_calls_something_is_quoted_and_a_name_is_not() {
    check("Holt nannte den Plan „gefährlich“.", &["partial: gefährlich <Holt> cue-governing"]);
    check("Der Sender „Radio Alsen“ berichtete von der Fähre.", &[]);
    check(
        "Das ist laut „alsen.example“ die letzte Fähre.",
        &["indirect: Das ist | die letzte Fähre <„alsen.example“> according-to"],
    );
}

#[test]
fn a_clause_behind_a_verb_of_saying_is_reported() {
    check(
        "Holt sagte am Montag, dass die Fähre alt ist.",
        &["indirect: dass die Fähre alt ist <Holt> content-clause"],
    );
    check(
        "Die Reederei teilte mit, die Fähre sei alt und werde verkauft.",
        &["indirect: die Fähre sei alt und werde verkauft <Die Reederei> content-clause"],
    );
    check(
        "Der Reeder warf dem Rat vor, die Fähre vergessen zu haben.",
        &["indirect: die Fähre vergessen zu haben <Der Reeder> content-clause"],
    );
    check(
        "Wie die Reederei bekannt gab, fährt sie am 3. Mai wieder.",
        &["indirect: fährt sie am 3. Mai wieder <die Reederei> according-to"],
    );
    check("Die Fähre sei alt, sagte Holt.", &["indirect: Die Fähre sei alt <Holt> cue-end"]);
    check("Holt sagte der Presse, die auf dem Kai stand, kein Wort.", &[]);
}

#[test]
fn a_source_leaves_its_sentence() {
    check(
        "Laut einer am Montag veröffentlichten Studie des Amtes sinkt der Pegel.",
        &["indirect: sinkt der Pegel <des Amtes> according-to"],
    );
    check(
        "Die Fähre ist nach Angaben der Polizei am Kai gesunken.",
        &["indirect: Die Fähre ist | am Kai gesunken <der Polizei> according-to"],
    );
    check(
        "An Bord waren Berichten zufolge sechs Kühe.",
        &["indirect: An Bord waren | sechs Kühe <Berichten> according-to"],
    );
    check(
        "Nach Angaben der Polizei kamen am Abend 300 Leute zum Kai; die Reeder zählten nur hundert davon.",
        &["indirect: kamen am Abend 300 Leute zum Kai <der Polizei> according-to"],
    );
    check("Die Fähre, so Holt, sei alt.", &["indirect: Die Fähre | sei alt <Holt> according-to"]);
}

#[test]
fn sentences_in_the_subjunctive_go_on() {
    check(
        "Holt sagte, die Fähre sei alt. Sie habe ein Leck. Man werde sie verkaufen. Am Abend sank sie.",
        &[
            "indirect: die Fähre sei alt <Holt> content-clause",
            "indirect: Sie habe ein Leck. Man werde sie verkaufen. <Holt> reported-on",
        ],
    );
    check("Am Abend wäre die Fähre beinahe gesunken.", &[]);
}

#[test]
fn what_is_thought_is_kept_apart() {
    let found = annotated("Holt hofft, dass die Fähre hält.");
    assert_eq!(found.quotations.len(), 0);
    assert_eq!(found.thoughts.iter().map(|thought| thought.rule).collect::<Vec<_>>(), ["thought"]);
}

#[test]
fn the_narrator_comes_back() {
    check(
        "Die Fähre sei alt, so bestätigt der Hafenmeister.",
        &["indirect: Die Fähre sei alt <der Hafenmeister> cue-end"],
    );
    check(
        "Holt drohte, die Fähre zu verkaufen, was der Rat bedauert.",
        &["indirect: die Fähre zu verkaufen <Holt> content-clause"],
    );
    check(
        "Holt erklärte, die Fähre sei alt, und kündigte einen Neubau an.",
        &["indirect: die Fähre sei alt <Holt> content-clause"],
    );
    check("Als Grund nannte der Reeder das Eis.", &[]);
}

#[track_caller]
fn check_names(text: &str, expected: &[&str]) {
    let found = annotated(text);
    let name = |quotation: &crate::model::Quotation| match quotation.speaker.party {
        Party::Entity(entity) => found.entities[entity].name.clone(),
        Party::Unnamed => "unnamed".to_owned(),
        Party::Unknown => "unknown".to_owned(),
    };
    assert_eq!(found.quotations.iter().map(name).collect::<Vec<_>>(), expected, "speakers of {text:?}");
}

#[test]
fn speakers_are_told_by_name() {
    check_names("„Die Fähre bleibt hier“, sagte Hafenmeisterin Anna Weber.", &["Anna Weber"]);
    check_names("„Die Fähre bleibt hier“, sagte ein Sprecher der Reederei.", &["unnamed"]);
    check_names("„Die Fähre bleibt hier“, sagte die Sprecherin der Reederei, Anna Weber.", &["Anna Weber"]);
    check_names(
        "„Die Fähre bleibt hier“, sagte Hafenmeisterin Anna Weber. Sie fügte hinzu: „Wir warten ab.“",
        &["Anna Weber", "Anna Weber"],
    );
}

#[track_caller]
fn check_channel(text: &str, channel: &str, said_by: &str) {
    let found = annotated(text);
    let quotation = found.quotations.first().unwrap_or_else(|| panic!("no quotation in {text:?}"));
    assert_eq!(quotation.channel, Some(channel), "{text}");
    let words = quotation.channel_span.map(|span| span.of(&found.report.text));
    assert_eq!(words.unwrap_or_default(), said_by, "{text}");
}

#[test]
fn channels_have_german_names() {
    check_channel(
        "„Wir warten ab“, sagte sie auf einer Pressekonferenz in Sund.",
        "press-conference",
        "Pressekonferenz",
    );
    check_channel("„Wir warten ab“, heißt es in einer Mitteilung der Reederei.", "statement", "Mitteilung");
    check_channel("„Wir warten ab“, schrieb Holt in einem Gastbeitrag.", "op-ed", "Gastbeitrag");
    check_channel("„Wir warten ab“, schrieb Holt bei Facebook.", "post", "Facebook");
    check_channel("„Wir warten ab“, sagte Holt am Montag.", "speech", "");
}

#[test]
fn who_speaks_to_an_outlet_is_interviewed() {
    check_channel("„Wir warten ab“, sagte Holt der Zeitung Sund Kurier.", "interview", "Zeitung Sund Kurier");
    check_channel("„Wir warten ab“, sagte Holt dem „Sund Kurier“.", "interview", "Sund Kurier");
    check_channel(
        "„Wir warten ab“, sagte Holt der Nachrichtenagentur spa.",
        "interview",
        "Nachrichtenagentur",
    );
    check_channel(
        "„Wir warten ab“, sagte der Reeder im Interview mit dem Sender RBS.",
        "interview",
        "Sender RBS",
    );
    check_channel("„Wir warten ab“, sagte Holt der Hafenmeisterin.", "speech", "");
    check_channel("„Wir warten ab“, sagte eine Sprecherin der Zeitung.", "speech", "");
}
