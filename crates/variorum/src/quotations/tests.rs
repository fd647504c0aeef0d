//! Cases of quotation finding, as text.

use super::find;
use crate::model::{Annotated, Block, BlockKind, Form, Party, Quotation, Report};
use crate::span::Span;
use crate::{mentions, sentences, tagging};

/// What is found in `text`, every line of it a paragraph.
fn annotated(text: &str) -> Annotated {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let kind = match line.trim() {
            "" => BlockKind::Other,
            words if words.starts_with("[caption]") => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
        blocks.push(Block { span: Span::new(at, at + line.len()), kind, of: None });
        at += line.len();
    }
    let report = Report { text: text.to_owned(), blocks, bytes: text.len(), ..Report::default() };
    let mut found = Annotated { report, ..Annotated::default() };
    found.sentences = sentences::find(&found.report);
    found.tagged = tagging::find(&found.report, &found.sentences);
    (found.mentions, found.entities) = mentions::find(&found);
    (found.quotations, found.thoughts) = find(&found);
    found
}

pub fn show(found: &Annotated, quotation: &Quotation) -> String {
    let parts: Vec<&str> = quotation.content.iter().map(|part| found.words(*part)).collect();
    let speaker = quotation.speaker.span.map_or("-", |span| found.words(span));
    let form = match quotation.form {
        Form::Direct => "",
        Form::Partial => "partial: ",
        Form::Indirect => "indirect: ",
    };
    format!("{form}{} <{speaker}> {}", parts.join(" | "), quotation.rule)
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = annotated(text);
    let shown: Vec<String> = found.quotations.iter().map(|quotation| show(&found, quotation)).collect();
    assert_eq!(shown, expected, "quotations of {text:?}");
}

#[track_caller]
fn check_channel(text: &str, channel: &str, platform: Option<&str>) {
    let found = annotated(text);
    let last = found.quotations.last().expect("a quotation is found");
    assert_eq!((last.channel, last.platform.as_deref()), (Some(channel), platform), "channel in {text:?}");
}

#[test]
fn marks_of_every_shape_open_and_close() {
    for text in [
        "“We stay here,” said Mira Holt.",
        "\"We stay here,\" said Mira Holt.",
        "‘We stay here,’ said Mira Holt.",
        "'We stay here,' said Mira Holt.",
        "''We stay here,'' said Mira Holt.",
        "``We stay here,'' said Mira Holt.",
        "„We stay here,“ said Mira Holt.",
        "»We stay here,« said Mira Holt.",
        "« We stay here, » said Mira Holt.",
        "&quot;We stay here,&quot; said Mira Holt.",
        "&ldquo;We stay here,&rdquo; said Mira Holt.",
        "â€œWe stay here,â€\u{9d} said Mira Holt.",
        "?We stay here,? said Mira Holt.",
        "”We stay here,” said Mira Holt.",
        "“We stay here,“ said Mira Holt.",
    ] {
        check(text, &["We stay here, <Mira Holt> cue-after-inverted"]);
    }
}

#[test]
fn apostrophes_and_inches_are_no_marks() {
    check(
        "'It's the rowers' boat and we won't sell,' said Mira Holt.",
        &["It's the rowers' boat and we won't sell, <Mira Holt> cue-after-inverted"],
    );
    check("The 6'4\" keeper saw it on a 32\" screen. \"I fell,\" he said.", &["I fell, <he> cue-after"]);
    check("The rock ’n’ roll years of the ’60s were the Holts’ best.", &[]);
}

#[test]
fn parts_of_one_quotation_are_joined() {
    check(
        "“Nothing,” warned Finance Minister Ole Brandt, “will be left.”",
        &["Nothing, | will be left. <Finance Minister Ole Brandt> cue-after-inverted"],
    );
    check(
        "“The ferry is late,” Holt said. “It is always late.”",
        &["The ferry is late, | It is always late. <Holt> cue-after"],
    );
    check(
        "“The ferry is late,” Holt said. “It sank,” she added.",
        &["The ferry is late, <Holt> cue-after", "It sank, <she> cue-after"],
    );
}

#[test]
fn a_quotation_runs_over_paragraphs_and_captions() {
    check(
        "Holt said: “The ferry is late.\n\n[caption] A ferry at the pier in May.\n\n“It is always late.”\n",
        &["The ferry is late. | It is always late. <Holt> cue-before"],
    );
}

#[test]
fn an_unclosed_quotation_ends_where_the_narrator_speaks_again() {
    let text = "“I will row until I drop, you know me. In a later letter, Holt wrote, “My arms are tired,” to her club.";
    check(
        text,
        &["I will row until I drop, you know me. <-> unknown", "My arms are tired, <Holt> cue-before"],
    );
    let found = annotated(text);
    assert_eq!(found.quotations.iter().map(|quotation| quotation.closed).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn titles_names_and_terms_are_no_speech() {
    check("Her novel “The Long Pier” beat “Salt” and “Nine Boats” to the prize.", &[]);
    check("The so-called “experts” met in a “safe space” on Monday.", &[]);
    check("Olaf “Rudder” Brandt was held.", &[]);
    check("The ship, known as “the old lady”, sank.", &[]);
    check("The jury called it “a quiet joy.”", &["partial: a quiet joy. <The jury> cue-governing"]);
    check(
        "The “Long Pier” author said the prize was “a surprise” to her.",
        &["partial: a surprise <The “Long Pier” author> cue-governing"],
    );
}

#[test]
fn speakers_are_found_by_the_sieve() {
    check(
        "“Go home,” a spokesperson for Alm Rail said.",
        &["Go home, <a spokesperson for Alm Rail> cue-after"],
    );
    check("“Stop!” the Mira Holt Fans account posted.", &["Stop! <the Mira Holt Fans account> cue-after"]);
    check("A banner reading “No more ferries” hung there.", &["No more ferries <A banner> reads"]);
    check(
        "“She rows like the wind.” – Coach Ole Brandt\n",
        &["She rows like the wind. <Coach Ole Brandt> dash-name"],
    );
    check("“The pier was full,” according to Holt.", &["The pier was full, <Holt> according-to"]);
    check(
        "Mira Holt, a retired rower from Alm, said: “I am tired.”",
        &["I am tired. <Mira Holt> cue-before"],
    );
    check(
        "Mayor Lena Krog was short.\n\n“Nobody comes to help us.”\n",
        &["Nobody comes to help us. <Mayor Lena Krog> previous-sentence-subject"],
    );
    check(
        "Holt left early, thanking “all of my rowers” for the year.",
        &["partial: all of my rowers <Holt> participle"],
    );
}

#[test]
fn a_description_goes_on_to_the_name_behind_its_comma() {
    check(
        "Its director, Mira Holt, said: “I am tired.”",
        &["I am tired. <Its director, Mira Holt> cue-before"],
    );
    check(
        "“I am tired,” said the mayor, Mira Holt.",
        &["I am tired, <the mayor, Mira Holt> cue-after-inverted"],
    );
    check("“I am tired,” said the mayor, who left.", &["I am tired, <the mayor> cue-after-inverted"]);
}

#[test]
fn indirect_speech_ends_with_its_clause() {
    check(
        "Police said the ferry had left before dawn, but denied that anyone was lost.",
        &[
            "indirect: the ferry had left before dawn <Police> content-clause",
            "indirect: anyone was lost <Police> content-clause",
        ],
    );
    check(
        "The pier was closed at noon, Holt said.",
        &["indirect: The pier was closed at noon <Holt> cue-end"],
    );
    check(
        "The pier was closed at noon, according to the Alm Ledger.",
        &["indirect: The pier was closed at noon <the Alm Ledger> according-to"],
    );
}

#[test]
fn fragments_of_one_cue_are_one_quotation_with_its_clause() {
    let text = "Holt admitted that the rules are “old” and “we need them,” but said that “the club was built by guests.”";
    check(
        text,
        &[
            "partial: old | we need them, <Holt> cue-governing",
            "partial: the club was built by guests. <Holt> cue-before",
        ],
    );
    let found = annotated(text);
    let clause = found.quotations[0].clause.map(|span| found.words(span));
    assert_eq!(clause, Some("the rules are “old” and “we need them,”"));
}

#[test]
fn interviews_posts_and_dashes_need_no_marks() {
    check(
        "Reporter: Why now?\nHolt: Because I am tired.\nReporter: And then?\nHolt: Ask me in May.\n",
        &[
            "Why now? <Reporter> colon-name",
            "Because I am tired. <Holt> colon-name",
            "And then? <Reporter> colon-name",
            "Ask me in May. <Holt> colon-name",
        ],
    );
    check("Holt tweeted:\nNever seen such waves. #alm\n", &["Never seen such waves. #alm <Holt> cue-before"]);
    check("—We stay —said Mira Holt.", &["We stay <Mira Holt> dash-dialogue"]);
}

#[test]
fn unnamed_people_stay_different_people() {
    let found = annotated(
        "“Sad,” one user wrote. “Fine by me,” another user wrote. Someone else said, “I do not care at all.”",
    );
    assert_eq!(found.quotations.len(), 3);
    for quotation in &found.quotations {
        assert_eq!(quotation.speaker.party, Party::Unnamed, "{:?}", show(&found, quotation));
    }
}

#[test]
fn the_channel_is_read_from_the_narrator() {
    check_channel("“I am tired,” Holt said.", "speech", None);
    check_channel("“I am tired,” Holt said in the video.", "video", None);
    check_channel("Holt wrote “So tired” with a sad face over her video.", "image-text", None);
    check_channel(
        "Holt wrote on Instagram Stories, “I am so tired of it.”",
        "post",
        Some("Instagram Stories"),
    );
    check_channel("“I am tired,” Holt wrote in an op-ed for the Alm Ledger.", "op-ed", None);
    check_channel("“I am tired,” Holt told the Alm Ledger.", "interview", None);
    check_channel("“I am tired,” Mira Holt told the Associated Press.", "interview", None);
    check_channel("“I am tired,” Holt told reporters.", "press-conference", None);
    check_channel("“I am tired,” Holt told the jury.", "court", None);
    check_channel("“I am tired,” Holt told me.", "interview", None);
    check_channel("“I am tired,” Holt told the crowd.", "speech", None);
    check_channel("“I am tired,” Holt said on ABN’s “Our Week”.", "interview", None);
    check_channel("“I am tired,” Holt said through the press office.", "speech", None);
    check_channel("Holt said that she had seen it in a video.", "speech", None);
    check_channel("“We are tired,” the club said in a statement.", "statement", None);
    check_channel("“He was drunk,” the lawyers wrote in a court filing.", "court-filing", None);
}

#[test]
fn no_text_brings_it_down() {
    for unit in
        ["\"", "“", "”", "'a ", "\"a ", "“a. ", "‘a’ \"", "?a ? ", "» « ", "said \"x\" ", "’ “x” said ‘y’, "]
    {
        let found = annotated(&unit.repeat(4000));
        for quotation in &found.quotations {
            assert!(!found.words(quotation.span).is_empty());
        }
    }
}

#[test]
fn a_clause_ends_where_the_narrator_goes_on() {
    check(
        "The ferry office said the pier was closed, citing a survey of the piles.",
        &["indirect: the pier was closed <The ferry office> content-clause"],
    );
    check(
        "Mira Holt said the children, who were on deck, had seen nothing, and added that the pilot was asleep.",
        &[
            "indirect: the children, who were on deck, had seen nothing <Mira Holt> content-clause",
            "indirect: the pilot was asleep <Mira Holt> content-clause",
        ],
    );
    check(
        "The pier, engineers said, was never painted.",
        &["indirect: The pier | was never painted <engineers> cue-within"],
    );
    check(
        "The harbour master urged skippers to wait for the tide.",
        &["indirect: to wait for the tide <The harbour master> content-clause"],
    );
    check(
        "The council announced a survey of every pier on Monday.",
        &["indirect: a survey of every pier on Monday <The council> content-clause"],
    );
    check(
        "Per the harbour rules, no boat may leave at night.",
        &["indirect: no boat may leave at night <the harbour rules> according-to"],
    );
    check("The master did not say the pier was safe.", &[]);
    check("And, according to Holt, ; it was shut.", &[]);
}

/// `text` holds one indirect quotation: its parts, its speaker and its rule.
#[track_caller]
fn check_indirect(text: &str, expected: &str) {
    check(text, &[&format!("indirect: {expected}")]);
}

#[test]
fn a_verb_tells_speech_whatever_stands_beside_it() {
    check_indirect("Mira Holt vowed to repair the pier.", "to repair the pier <Mira Holt> content-clause");
    check_indirect(
        "The office denied having sold the pier.",
        "having sold the pier <The office> content-clause",
    );
    check_indirect("Brandt has since said the pier is safe.", "the pier is safe <Brandt> content-clause");
    check_indirect("Both towns have alleged foul play.", "foul play <Both towns> content-clause");
    check_indirect(
        "Local media report the pier was closed.",
        "the pier was closed <Local media> content-clause",
    );
    check_indirect(
        "The harbour law states that boats must carry two lamps.",
        "boats must carry two lamps <The harbour law> content-clause",
    );
    check_indirect("Holt went on to say the pier was safe.", "the pier was safe <Holt> content-clause");
    check_indirect(
        "The town closed the lift, which they've said was due for repair.",
        "was due for repair <they> content-clause",
    );
    check_indirect("They’ve said the pier is safe.", "the pier is safe <They> content-clause");
    check_indirect(
        "The Ledger cited the harbour office as saying the pier was closed.",
        "the pier was closed <the harbour office> content-clause",
    );
    check("The council was shaken by the ruling the pier was unsafe.", &[]);
    check("Rudders, an old skipper, said goodbye to the harbour on Monday.", &[]);
}

#[test]
fn a_clause_begins_behind_listener_place_and_time() {
    check_indirect(
        "Holt said yesterday morning the pier was shut.",
        "the pier was shut <Holt> content-clause",
    );
    check_indirect("Skippers warned people could be hurt.", "people could be hurt <Skippers> content-clause");
    check_indirect(
        "Holt told a meeting in Alm the pier had sunk.",
        "the pier had sunk <Holt> content-clause",
    );
    check_indirect(
        "The Alm Ledger reported, citing Harl Radio, the pier was closed.",
        "the pier was closed <The Alm Ledger> content-clause",
    );
    check_indirect(
        "Two boats sank at the pier, which the harbour office said was closed.",
        "was closed <the harbour office> content-clause",
    );
    check_indirect("Nobody saw the boats they said were missing.", "were missing <they> content-clause");
    check_indirect(
        "Brandt suggested the skipper lost his way.",
        "the skipper lost his way <Brandt> content-clause",
    );
    check_indirect(
        "The report described how the pier fell.",
        "how the pier fell <The report> content-clause",
    );
    check_indirect(
        "The council called on skippers to leave the harbour.",
        "to leave the harbour <The council> content-clause",
    );
    check_indirect("Residents were told to boil their water.", "to boil their water <-> content-clause");
    check_indirect("Brandt rejects allegations he sold the pier.", "he sold the pier <-> cue-noun");
    check_indirect(
        "Ole Brandt confessed to selling the pier.",
        "selling the pier <Ole Brandt> content-clause",
    );
    check_indirect("Holt closed the pier, citing the cold.", "the cold <Holt> content-clause");
    check("Holt closed the pier, citing a survey.", &[]);
    check("Brandt asked for people to leave the pier.", &[]);
}

#[test]
fn a_content_ends_where_the_narrator_adds() {
    check_indirect(
        "The council announced a survey of the piers in a letter to skippers.",
        "a survey of the piers <The council> content-clause",
    );
    check_indirect(
        "The council announced the sale of the pier in 2013.",
        "the sale of the pier <The council> content-clause",
    );
    check_indirect(
        "Alm confirmed its first case of the fever and Harl had its second.",
        "its first case of the fever <Alm> content-clause",
    );
    check_indirect(
        "The office predicted a wave of three feet (one metre).",
        "a wave of three feet <The office> content-clause",
    );
    check_indirect(
        "Holt said she would leave the council, before changing her mind.",
        "she would leave the council <Holt> content-clause",
    );
    check_indirect(
        "Brandt, who said the pier was rotten, left the council in May.",
        "the pier was rotten <Brandt> content-clause",
    );
    check_indirect(
        "The office reported the fire on the pier, which burned for an hour, was an accident.",
        "the fire on the pier, which burned for an hour, was an accident <The office> content-clause",
    );
    check_indirect(
        "The council asked Brandt to delay the sale until after the vote.",
        "to delay the sale until after the vote <The council> content-clause",
    );
    check_indirect(
        "Holt said the office counted the boats while the council counted the nets.",
        "the office counted the boats while the council counted the nets <Holt> content-clause",
    );
}

#[test]
fn a_cue_stands_in_the_midst_or_behind() {
    check_indirect(
        "The pier was not safe, engineers have said, and should not have been opened.",
        "The pier was not safe | and should not have been opened <engineers> cue-within",
    );
    check_indirect(
        "If the pier falls, Holt said, the ferry will stop.",
        "If the pier falls | the ferry will stop <Holt> cue-within",
    );
    check_indirect(
        "The pier, said harbour master Ole Brandt, was never painted.",
        "The pier | was never painted <harbour master Ole Brandt> cue-within",
    );
    check_indirect(
        "They asked for a pier whose length, the Ledger noted, was doubled.",
        "whose length | was doubled <the Ledger> cue-within",
    );
    check_indirect(
        "The pier was never painted, Holt told the Alm Ledger.",
        "The pier was never painted <Holt> cue-end",
    );
    check_indirect(
        "The pier is closed, said police chief Ole Brandt, who led the search.",
        "The pier is closed <police chief Ole Brandt> cue-end",
    );
}

#[test]
fn according_to_takes_the_clause_it_stands_in() {
    check_indirect(
        "The pier was shut and, according to Holt, was left to the gulls.",
        "was left to the gulls <Holt> according-to",
    );
    check_indirect(
        "According to Holt the pier was sold to the council.",
        "the pier was sold to the council <Holt> according-to",
    );
    check_indirect(
        "The old ferry, which sank in May according to Holt, was never found.",
        "sank in May <Holt> according-to",
    );
}

#[test]
fn a_clause_and_words_of_one_cue_are_two_quotations() {
    check(
        "Holt said the pier was shut: “Go home.”",
        &["indirect: the pier was shut <Holt> content-clause", "Go home. <Holt> cue-before"],
    );
    check("Holt said there was “clear” proof of neglect.", &["partial: clear <Holt> content-clause"]);
}

#[test]
fn thoughts_stand_apart_from_speech() {
    let found = annotated("Mira Holt believes the pier is safe. Nobody asked her.");
    assert!(found.quotations.is_empty());
    let thought = &found.thoughts[0];
    assert_eq!(show(&found, thought), "indirect: the pier is safe <Mira Holt> thought");
}

#[test]
fn behind_a_name_reports_is_a_verb() {
    check(
        "The Coast Herald reports sixteen other deaths on the pier.",
        &["indirect: sixteen other deaths on the pier <The Coast Herald> content-clause"],
    );
}

#[test]
fn a_verb_without_a_subject_goes_on_the_clause_before() {
    check_indirect(
        "In a speech to the rowers Mayor Ana Ruiz read out a list, noting that the pier was old.",
        "the pier was old <Mayor Ana Ruiz> content-clause",
    );
    check_indirect(
        "HARL, Alm (Coast Wire) Mayor Ana Ruiz, in a letter, declined to close the pier, saying it was safe.",
        "it was safe <Mayor Ana Ruiz> content-clause",
    );
    check_indirect(
        "After a walk on the pier, Brandt had lunch with Holt and said he would return.",
        "he would return <Brandt> content-clause",
    );
    check_indirect(
        "That was before Ana Ruiz changed her mind and said she would stay.",
        "she would stay <Ana Ruiz> content-clause",
    );
    check(
        "He praised the rowers who marched through the streets chanting “No more walls on the pier”.",
        &["No more walls on the pier <the rowers> participle"],
    );
    check(
        "Holt accused Brandt of privately telling her “you will lose the pier”.",
        &["partial: you will lose the pier <Brandt> participle"],
    );
    check_indirect(
        "After wrongly claiming that the pier was closed, Brandt left for Alm.",
        "the pier was closed <Brandt> content-clause",
    );
}

#[test]
fn who_stands_for_the_nearest_somebody() {
    check_indirect(
        "The plan was launched by skipper Bo Lind, who has argued that the pier is unsafe.",
        "the pier is unsafe <skipper Bo Lind> content-clause",
    );
    check_indirect(
        "It is about the death of a young lawyer who claimed that the books were false.",
        "the books were false <a young lawyer> content-clause",
    );
    check_indirect(
        "It is the harbour site Brandt said he would close.",
        "he would close <Brandt> content-clause",
    );
}

#[test]
fn a_statement_is_of_who_makes_it() {
    check_indirect(
        "Brandt issued a statement that the pier was safe.",
        "the pier was safe <Brandt> cue-noun",
    );
    check_indirect(
        "The pier closed after a Coast Wire report that it was unsafe.",
        "it was unsafe <Coast Wire> cue-noun",
    );
    check("Brandt read the complaint that led to the inquiry into the pier.", &[]);
    check("Brandt had to explain the comments he made about the pier.", &[]);
}

#[test]
fn what_nobody_says_is_no_speech() {
    check("That said, it would be wrong to close the pier.", &[]);
    check("The storm threatened to flood the pier.", &[]);
    check("Since it was posted to Pictura it has been seen by thousands.", &[]);
    check_indirect("Alm promised never to close the pier.", "never to close the pier <Alm> content-clause");
    let found = annotated("There is no reason to believe that the pier is safe.");
    assert!(found.thoughts.is_empty(), "nobody thinks it");
}

#[test]
fn a_speaker_is_a_whole_phrase() {
    check(
        "State Department officials said the road “will open soon”.",
        &["partial: will open soon <State Department officials> cue-governing"],
    );
    check(
        "“It will open soon,” said Harl County authorities.",
        &["It will open soon, <Harl County authorities> cue-after-inverted"],
    );
    check(
        "Asked about the ad, Sen. Mira Holt, a lawyer, declared: “It is false.”",
        &["It is false. <Sen. Mira Holt> cue-before"],
    );
    check(
        "Speaking to Coast Wire, the president of the Harl Rowing Club, Mira Holt, said: “It is false.”",
        &["It is false. <the president of the Harl Rowing Club, Mira Holt> cue-before"],
    );
    check("The council has long called it “a mess”.", &["partial: a mess <The council> cue-governing"]);
    check(
        "Critics of the plan left early, calling it “a mess”.",
        &["partial: a mess <Critics of the plan> participle"],
    );
}

#[test]
fn who_holds_an_office_speaks_and_not_the_place_it_is_of() {
    for (text, name) in [
        ("Governor of Oregon Ana Gregory said, “We stay here.”", "Ana Gregory"),
        ("“We stay here,” said CEO of the Coast Council Omar Solberg.", "Omar Solberg"),
        ("Oregon Secretary of State Ana Gregory said, “We stay here.”", "Ana Gregory"),
        ("Sen. Ana Gregory (D-OR) said, “We stay here.”", "Ana Gregory"),
        ("The Alliance of Oar Makers (AOM) said, “We stay here.”", "Alliance of Oar Makers"),
        ("US Ambassador to Norway Ana Gregory said, “We stay here.”", "Ana Gregory"),
        ("University of Oregon law professor Ana Gregory said, “We stay here.”", "Ana Gregory"),
        ("Ana Gregory last week said, “We stay here.”", "Ana Gregory"),
        ("Asked on “Coast News Sunday,” Gregory said the pier stays. Ana Gregory left.", "Ana Gregory"),
    ] {
        let found = annotated(text);
        let speaker = |quotation: &Quotation| match quotation.speaker.party {
            Party::Entity(entity) => found.entities[entity].name.clone(),
            Party::Unnamed | Party::Unknown => "nobody".to_owned(),
        };
        let mut speakers: Vec<String> = found.quotations.iter().map(speaker).collect();
        speakers.dedup();
        assert_eq!(speakers, [name], "{text:?}");
    }
}
