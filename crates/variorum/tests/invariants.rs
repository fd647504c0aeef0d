//! What holds of every report and every pile, whatever stands in it: the examples, piles made up from parts of news, and
//! both after damage.

mod examples;

use examples::{STORIES, pile, received, story};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use variorum::annotate;
use variorum::edition::{Edition, Story, Utterance, Witness};
use variorum::editions;
use variorum::model::{Annotated, Received};
use variorum::span::Span;
use variorum::token::{Kind, fold, tokens};

/// Every span that is found in a report, with what it is.
fn spans(found: &Annotated) -> Vec<(&'static str, Span)> {
    let mut all: Vec<(&str, Span)> = Vec::new();
    all.extend(found.report.blocks.iter().map(|block| ("block", block.span)));
    all.extend(found.report.notes.iter().filter_map(|note| Some(("note", note.span?))));
    all.extend(found.sentences.iter().map(|sentence| ("sentence", sentence.span)));
    all.extend(found.mentions.iter().map(|mention| ("mention", mention.span)));
    all.extend(found.dates.iter().map(|date| ("date", date.span)));
    all.extend(found.traces.iter().map(|trace| ("trace", trace.span)));
    all.extend(found.posts.iter().flat_map(|post| post.evidence.iter().map(|span| ("post", *span))));
    for quotation in &found.quotations {
        let parts = [quotation.parent, quotation.speaker.span, quotation.cue, quotation.channel_span];
        all.push(("quotation", quotation.span));
        all.extend(quotation.content.iter().map(|span| ("content", *span)));
        all.extend(parts.into_iter().flatten().map(|span| ("part of a quotation", span)));
    }
    for figure in &found.figures {
        all.push(("figure", figure.span));
        all.extend(
            [figure.what, figure.said_by].into_iter().flatten().map(|span| ("part of a figure", span)),
        );
    }
    all
}

/// Holds one report against its invariants.
fn check_report(received: &Received) -> Annotated {
    let found = annotate(received);
    let text = &found.report.text;
    for (what, span) in spans(&found) {
        assert!(text.get(span.start()..span.end()).is_some(), "{what} {span:?} slices the text");
        let source = found.report.map.to_source(span);
        assert!(source.end() <= received.bytes.len(), "{what} {span:?} lies in the source");
        if found.report.map.is_identity() && found.report.unreadable.is_none() {
            assert_eq!(span.of(text).as_bytes(), &received.bytes[source.start()..source.end()], "{what}");
        }
    }
    if found.report.unreadable.is_none() {
        let blocks = found.report.blocks.iter().map(|block| (block.span.start(), block.span.end()));
        check_partition(blocks, text.len(), "text");
        let entry = variorum::edition::entry(&found);
        check_partition(
            entry.blocks.iter().map(|block| (block.start, block.end)),
            received.bytes.len(),
            "source",
        );
    }
    for quotation in &found.quotations {
        assert!(
            quotation.content.iter().all(|part| quotation.span.contains(*part)),
            "content in its quotation"
        );
    }
    let is_entity = |at: usize| at < found.entities.len();
    assert!(found.mentions.iter().filter_map(|mention| mention.entity).all(is_entity));
    assert!(found.figures.iter().filter_map(|figure| figure.when).all(|at| at < found.dates.len()));
    found
}

/// Whether parts follow on each other from 0 to `length`.
fn check_partition(parts: impl Iterator<Item = (usize, usize)>, length: usize, of: &str) {
    let mut at = 0;
    for (start, end) in parts {
        assert_eq!(start, at, "no gap between the blocks of the {of}");
        assert!(end >= start);
        at = end;
    }
    assert_eq!(at, length, "blocks reach the end of the {of}");
}

/// Holds the edition of a pile against its invariants.
fn check_pile(pile: &[Received]) -> Edition {
    let edition = editions(pile);
    let mut told = BTreeSet::new();
    for story in &edition.stories {
        assert!(story.reports.iter().all(|report| told.insert(report)), "a report is in one story");
        check_lineage(story);
        story.utterances.iter().for_each(check_utterance);
    }
    assert_eq!(told.len(), edition.reports.len(), "every report is in a story");
    edition
}

/// Primary edges form a forest, all edges together no cycle.
fn check_lineage(story: &Story) {
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut primary: BTreeMap<&str, usize> = BTreeMap::new();
    for edge in &story.lineage {
        assert!(story.reports.contains(&edge.child) && story.reports.contains(&edge.parent));
        parents.entry(&edge.child).or_default().push(&edge.parent);
        *primary.entry(&edge.child).or_default() += usize::from(edge.primary);
    }
    assert!(primary.values().all(|&count| count <= 1), "one primary parent at most");
    let mut left: BTreeSet<&str> = story.reports.iter().map(String::as_str).collect();
    let is_root = |report: &str, left: &BTreeSet<&str>| {
        parents.get(report).is_none_or(|parents| parents.iter().all(|parent| !left.contains(parent)))
    };
    while let Some(root) = left.iter().copied().find(|report| is_root(report, &left)) {
        left.remove(root);
    }
    assert!(left.is_empty(), "a cycle of {left:?}");
    let most = story.reports.len().max(story.upstreams.len());
    assert!((1..=most).contains(&story.independent), "{} of {most} are independent", story.independent);
}

/// Every word of every reading stands once: in the apparatus, or as the base has it.
fn check_utterance(utterance: &Utterance) {
    let base = &utterance.readings[0];
    assert_eq!(base.report, utterance.base);
    let mut at = 0;
    for variation in &utterance.apparatus {
        assert!(
            variation.start >= at && variation.end >= variation.start,
            "lemmas in order in {:?}",
            base.text
        );
        at = variation.end;
        assert!(!variation.readings.is_empty());
    }
    for at in 1..utterance.readings.len() {
        check_reading(utterance, at);
    }
}

fn check_reading(utterance: &Utterance, at: usize) {
    let (base, reading) = (&utterance.readings[0], &utterance.readings[at]);
    let variants = utterance.apparatus.iter().flat_map(|variation| &variation.readings);
    let own = variants.flat_map(|variant| &variant.witnesses).filter(|witness| witness.reading == at);
    let mut own: Vec<(usize, usize, &str)> = own
        .map(|Witness { place, .. }| {
            assert_eq!(place.report, reading.report);
            assert!(place.start >= reading.start && place.end <= reading.end, "{place:?} out of its reading");
            (place.start, place.end, place.text.as_str())
        })
        .filter(|(start, end, _)| start < end)
        .collect();
    own.sort_unstable();
    for pair in own.windows(2) {
        assert!(pair[0].1 <= pair[1].0, "variants {pair:?} of {:?} overlap", reading.text);
    }
    let mut left = words(&reading.text);
    for (word, count) in own.iter().flat_map(|(_, _, text)| words(text)) {
        let of_reading = left.entry(word.clone()).or_default();
        assert!(*of_reading >= count, "{word:?} of the apparatus is not in {:?}", reading.text);
        *of_reading -= count;
    }
    let base = words(&base.text);
    for (word, count) in left {
        let of_base = base.get(&word).copied().unwrap_or(0);
        assert!(count <= of_base, "{word:?} of {:?} is in neither base nor apparatus", reading.text);
    }
}

/// The words of a text, each with its count.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for token in tokens(text, Span::new(0, text.len())).iter().filter(|token| token.kind != Kind::Mark) {
        *words.entry(fold(token.of(text)).into_owned()).or_default() += 1;
    }
    words
}

/// The edition as bytes.
fn written(pile: &[Received]) -> String {
    serde_json::to_string(&editions(pile)).unwrap()
}

/// A pile in another order, drawn from `seed`.
fn shuffled(mut pile: Vec<Received>, mut seed: u64) -> Vec<Received> {
    for at in (1..pile.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        pile.swap(at, (seed >> 33) as usize % (at + 1));
    }
    pile
}

#[test]
fn examples_hold() {
    for received in pile() {
        check_report(&received);
    }
    let edition = check_pile(&pile());
    let sizes: Vec<usize> = edition.stories.iter().map(|story| story.reports.len()).collect();
    assert_eq!(sizes, [4, 4, 4, 4], "four reports a story");
}

#[test]
fn a_story_is_the_same_alone_and_among_others() {
    let edition = editions(&pile());
    for at in 0..STORIES.len() {
        let alone = editions(&story(at));
        let id = &alone.stories[0].id;
        let among = edition.stories.iter().find(|other| &other.id == id).expect("a story keeps its id");
        assert_eq!(among, &alone.stories[0]);
    }
}

#[test]
fn any_order_gives_the_same_bytes() {
    let first = written(&pile());
    for seed in 1..5 {
        assert!(written(&shuffled(pile(), seed)) == first, "order {seed} of the pile gives another edition");
    }
    let twice = [pile(), pile()].concat();
    assert_eq!(editions(&twice).stories, editions(&pile()).stories, "a report that stands twice counts once");
}

/// Damage to a report, in ways files are damaged.
fn damaged(bytes: &[u8], flips: &[(usize, u8)], cut: usize, swap: bool) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for &(at, byte) in flips {
        let at = at % bytes.len();
        bytes[at] ^= byte;
    }
    bytes.truncate(bytes.len() - cut % bytes.len());
    if swap {
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        let (first, rest) = lines.split_at(lines.len() / 2);
        bytes = [rest, first].concat().join(&b'\n');
    }
    bytes
}

/// Sentences as reports have them, with marks left open now and then.
fn sentence() -> impl Strategy<Value = String> {
    let who = prop::sample::select(vec![
        "Ada Korrin",
        "Mayor Piet Ollander",
        "the harbour office",
        "one resident",
        "She",
        "Korrin",
        "Police",
    ]);
    let said = prop::sample::select(vec!["said", "told the Courier", "wrote on X", "announced", "denied"]);
    let words = prop::sample::select(vec![
        "we kept the lamps lit",
        "nobody saw the ferry go",
        "the pier is closed",
        "I don’t know",
        "it was 3–2 at dusk",
        "they owe us £4.2 million",
        "“no” is an answer",
    ]);
    let when = prop::sample::select(vec![
        "",
        " on Monday",
        " last week",
        " on 3 May 2024",
        " in the 1990s",
        " at 17",
    ]);
    let shape = 0..8_usize;
    (who, said, words, when, shape, 1..2000_u32).prop_map(
        |(who, said, words, when, shape, count)| match shape {
            0 => format!("“{words},” {who} {said}{when}. "),
            1 => format!("{who} {said}{when}: “{words}. "),
            2 => format!("\"{words}\", {who} {said}.\n\n"),
            3 => format!("About {count} people came{when}, according to {who}. "),
            4 => format!("{who}, {}, {said} that {words}{when}.\n", count % 90),
            5 => format!("'{words}', {said} {who}. "),
            6 => format!("{count} of {} boats sank{when}. ", count * 2),
            _ => format!("«{words}», {said} {who}{when}; {words}.\n\n"),
        },
    )
}

fn report() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 1..14).prop_map(|sentences| sentences.concat())
}

/// Reports some of which are parts of each other.
fn made_up() -> impl Strategy<Value = Vec<Received>> {
    (prop::collection::vec(report(), 1..5), 0..400_usize, any::<bool>()).prop_map(|(texts, cut, is_page)| {
        let copy: String = texts[0].chars().skip(cut % 40).chain(" The end came.".chars()).collect();
        let page = format!("<html><body><p>{}</p></body></html>", texts[0].replace('\n', "</p>\n<p>"));
        let texts = texts.iter().chain([&copy]).chain(is_page.then_some(&page));
        texts.enumerate().map(|(at, text)| received(&format!("{at}.txt"), text.as_bytes())).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_up_piles_hold(pile in made_up(), seed in any::<u64>()) {
        for received in &pile {
            check_report(received);
        }
        let edition = check_pile(&pile);
        let other = editions(&shuffled(pile, seed));
        prop_assert_eq!(edition, other);
    }

    #[test]
    fn random_bytes_hold(piles in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..400), 1..4)) {
        let pile: Vec<Received> = piles.iter().enumerate().map(|(at, bytes)| received(&at.to_string(), bytes)).collect();
        pile.iter().for_each(|received| drop(check_report(received)));
        check_pile(&pile);
    }

    #[test]
    fn random_text_holds(text in "[a-zA-Z0-9 .,;:?!“”‘’\"'«»\n—–£$%&<>/é中🙂\u{301}\u{a0}]{0,300}") {
        let pile = [received("a.txt", text.as_bytes()), received("b.html", format!("<p>{text}</p>").as_bytes())];
        pile.iter().for_each(|received| drop(check_report(received)));
        check_pile(&pile);
    }

    #[test]
    fn damaged_examples_hold(
        at in 0..4_usize,
        flips in prop::collection::vec((any::<usize>(), 1..=255_u8), 0..30),
        cut in 0..3000_usize,
        swap in any::<bool>(),
    ) {
        let mut pile = story(at);
        for received in pile.iter_mut().step_by(2) {
            received.bytes = damaged(&received.bytes, &flips, cut, swap);
        }
        pile.iter().for_each(|received| drop(check_report(received)));
        check_pile(&pile);
    }
}
