use super::*;
use crate::model::Received;

const FERRY: [&str; 6] = [
    "The ferry Lisbet ran aground off Gull Point on Monday evening with 84 people on board, the harbour office of Sund said.",
    "Nobody was hurt, but the passengers spent the night in blankets on the upper deck while the wind rose and the lamps failed.",
    "A tug from Sund pulled the ship free at dawn, when the tide had lifted her stern far enough to clear the bank.",
    "The company has cancelled all crossings until divers have looked at the keel, which may take them the rest of the week.",
    "It is the second time in three years that a ferry of the line has met the sandbank on her way home in the dark.",
    "The harbour master wants a light on the point and says the money has been there since spring, but nobody has sent for it.",
];
const CHOIR: [&str; 3] = [
    "The children’s choir of Arlo won the first prize at the festival with a song about the sea that its leader had written.",
    "The jury praised the clear voices and the courage of the youngest, who had stood on no stage before that afternoon.",
    "Next year the choir will travel to the capital, if the town council finds the money for the train and two nights.",
];

/// A report of the outlet before the bar, on the day behind it, of the given paragraphs.
fn report(head: &str, paragraphs: &[&str]) -> Annotated {
    let (outlet, day) = head.split_once('|').unwrap_or((head, ""));
    let known = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    crate::annotate(&Received {
        bytes: paragraphs.join("\n\n").into(),
        outlet: known(outlet),
        date: known(day),
        ..Received::default()
    })
}

/// The copies among `reports` as "a b kind", those of one outlet as "a b kind again".
fn check(reports: &[Annotated], expected: &[&str]) {
    let shown = |copy: &Copy| {
        let kind = serde_json::to_value(copy.kind).unwrap();
        format!(
            "{} {} {}{}",
            copy.a,
            copy.b,
            kind.as_str().unwrap(),
            if copy.is_revision { " again" } else { "" }
        )
    };
    let found: Vec<String> = find(reports).copies.iter().map(shown).collect();
    assert_eq!(found, expected);
    let turned: Vec<Annotated> = reports.iter().rev().cloned().collect();
    assert_eq!(find(&turned).copies.len(), expected.len(), "the order changes what is found");
}

#[test]
fn copies_are_named_by_what_was_done() {
    let original = report("Sund Courier", &FERRY);
    check(&[original.clone(), report("Arlo Post", &FERRY)], &["0 1 verbatim"]);
    check(&[original.clone(), report("Arlo Post", &FERRY[..3])], &["0 1 trimmed"]);
    check(&[original.clone(), report("Arlo Post", &[&FERRY[..3], &CHOIR].concat())], &["0 1 merged"]);
    check(&[original.clone(), report("Arlo Post", &CHOIR)], &[]);
    check(&[original, report("Sund Courier", &FERRY[1..])], &["0 1 trimmed again"]);
}

#[test]
fn furniture_of_an_outlet_is_named_and_not_compared() {
    let boxed = "The Sund Courier was founded in 1893 by two printers from Arlo who wanted a paper without a single advertisement.";
    let own = |day: usize, words: &str| {
        let lead = format!(
            "On day {day} of the fair {words} drew more people than the square before the old town hall could hold."
        );
        report(&format!("Sund Courier|2025-03-{day:02}"), &[&lead, boxed, FERRY[4]])
    };
    let fair: Vec<Annotated> =
        ["a juggler", "the brass band", "one tall horse", "a glass blower", "the cheese maker"]
            .iter()
            .enumerate()
            .map(|(at, words)| own(3 * at + 1, words))
            .collect();
    let found = find(&fair);
    assert_eq!(found.copies, []);
    assert_eq!(found.furniture.len(), fair.len(), "{found:?}");
    let words: Vec<&str> = found.furniture[&0].iter().map(|span| span.of(&fair[0].report.text)).collect();
    assert!(
        words.len() == 1 && words[0].starts_with("The Sund Courier") && words[0].ends_with("the dark."),
        "{words:?}"
    );
    let again: Vec<Annotated> = (0..6).map(|_| report("Sund Courier", &FERRY)).collect();
    assert!(find(&again).furniture.is_empty(), "a text that is printed again is no furniture");
}

#[test]
fn what_shares_a_template_is_no_copy() {
    let sale = |town: &str, rise: usize, homes: usize, price: usize, agent: &str| {
        let text = format!(
            "Homes in {town} sold for {rise} percent more in March than a year before, figures of the land registry show.\n\n\
             In all {homes} homes changed hands in {town}, and the typical price was {price} crowns, according to the registry.\n\n\
             The agent {agent} of {town} said that buyers had come back after a quiet winter and that most homes sold in days."
        );
        report("", &[&text])
    };
    check(
        &[
            sale("Arlo", 4, 212, 310_000, "Berg"),
            sale("Sund", 7, 1_340, 455_000, "Holm"),
            sale("Elm Ford", 11, 98, 287_500, "Ruiz"),
        ],
        &[],
    );
}

#[test]
fn words_that_lie_elsewhere_are_as_good() {
    let reports = [
        report("Sund Courier|2025-03-03", &FERRY),
        report("Arlo Post", &FERRY[..3]),
        report("Arlo Post", &CHOIR),
    ];
    let mut pile = Pile::default();
    reports.iter().for_each(|found| pile.add(found));
    let taken: Vec<Box<[u8]>> = (0..reports.len()).map(|at| pile.take(at)).collect();
    let read = |at: usize| Cow::Borrowed(&taken[at][..]);
    assert_eq!(pile.find_with(&read), find(&reports));
    assert_eq!(pile.find(), Found::default());
    // What is torn is no text.
    for length in 0..taken[0].len() {
        assert_eq!(Lines::of(&taken[0][..length]), Lines::default());
    }
}
