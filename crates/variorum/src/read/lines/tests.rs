use super::*;

/// Names the parts of `text` and compares their kinds in order; every byte lies in one block.
fn check(text: &str, expected: &str) {
    let found = blocks(text, None);
    let mut at = 0;
    let mut kinds = Vec::new();
    for block in &found {
        assert_eq!(block.span.start(), at, "blocks of {text:?} leave no gap");
        at = block.span.end();
        if !block.span.of(text).trim().is_empty() {
            kinds.push(format!("{:?}", block.kind).to_lowercase());
        }
        if let Some(of) = block.of {
            assert!(of < found.len());
        }
    }
    assert_eq!(at, text.len());
    assert_eq!(kinds.join(" "), expected, "{text:?}");
}

const BODY: &str =
    "The old ferry was taken out of service on Tuesday, and there is no other ship to take its place.";
const MORE: &str =
    "Nobody at the harbour board would say how long the winter timetable is going to last without it.";

#[test]
fn a_report_may_begin_with_its_first_sentence() {
    check(&format!("{BODY}\n{MORE}\n\n{BODY} {MORE}"), "paragraph paragraph paragraph");
    check(BODY, "paragraph");
}

#[test]
fn a_last_paragraph_may_end_with_the_marks_of_notes() {
    check(
        &format!("Ferry out of service\n\n{BODY}\n\n{MORE}\n\nAna Ruiz left the board in 2016. [21] [22]"),
        "headline paragraph paragraph paragraph",
    );
}

#[test]
fn what_stands_above_the_body() {
    check(&format!("Ferry out of service\n\n{BODY}"), "headline paragraph");
    check(&format!("in\n\nFerry out of service\n{BODY}"), "crumb headline paragraph");
    check(&format!("Home > News > Harbour\nFerry out of service\n{BODY}"), "crumb headline paragraph");
    check(
        &format!(
            "NEWS\nFerry out of service\nNo other ship can be had, says the board\nBy Ana Ruiz\n4 March 2025\n{BODY}"
        ),
        "crumb headline dek byline dateline paragraph",
    );
    check(
        &format!("Ferry out of service\nBoard says it has no other.\nBy Ana Ruiz\n{BODY}"),
        "headline dek byline paragraph",
    );
    check(&format!("Ferry out of service\nIlse Quandt\n{BODY}"), "headline byline paragraph");
    check(&format!("Ferry out of service\nWorld News\n{BODY}"), "headline crumb paragraph");
}

#[test]
fn slugs_and_second_prints() {
    check(
        &format!(
            "Ferry ‘out of service’: board\n\nferry-‘out-of-service’:-board\nFerry ‘out of service’: board\n\n{BODY}"
        ),
        "headline slug duplicate paragraph",
    );
    check(&format!("ferry-out-of-service\nFerry is out of service\n{BODY}"), "slug headline paragraph");
    check(
        &format!("Ferry out of service | The Tide\nFerry out of service\n{BODY}"),
        "headline paragraph".replace("headline", "duplicate headline").as_str(),
    );
    check(
        &format!(
            "Ferry out of service\n{BODY}\n\npier-to-be-closed\n\nPier to be closed\n\ntown-hall-clock-stops\n\nTown hall clock stops"
        ),
        "headline paragraph slug related slug related",
    );
}

#[test]
fn pictures() {
    check(
        &format!(
            "Ferry out of service\n{BODY}\nThe ferry at its pier\nThe ferry at its pier. Bo Lind/Northlight\n{MORE}"
        ),
        "headline paragraph alt caption paragraph",
    );
    check(
        &format!(
            "Ferry out of service\n{BODY}\nThe ferry at the\nThe ferry at the “Long Pier” in 2017. Getty Images\n{MORE}"
        ),
        "headline paragraph alt caption paragraph",
    );
    check(
        &format!("Ferry out of service\n{BODY}\nThe ferry at its pier on Monday\nPhoto: Bo Lind\n{MORE}"),
        "headline paragraph caption credit paragraph",
    );
    check(
        &format!("Ferry out of service\n{BODY}\nThe ferry at its pier (Bo Lind/Kestrel Wire)\n{MORE}"),
        "headline paragraph caption paragraph",
    );
}

#[test]
fn furniture_between_and_behind() {
    check(
        &format!(
            "Ferry out of service\n{BODY}\nSign up for our newsletter\nREAD MORE: Pier to be closed\nWhat comes next\n{MORE}\n© 2025 Tide Media"
        ),
        "headline paragraph note related heading paragraph legal",
    );
    check(
        &format!(
            "Ferry out of service\n{BODY}\n{MORE}\nMore from the Tide\nPier to be closed\nTown hall clock stops"
        ),
        "headline paragraph paragraph related related related",
    );
    check(
        &format!("Ferry out of service\n{BODY}\n• one ship\n• two piers\n{MORE}\n***"),
        "headline paragraph list list paragraph other",
    );
    check(
        &format!("Ferry out of service\n{BODY}\nShares in the line fell 5.4 per cent at $42.05."),
        "headline paragraph paragraph",
    );
}

#[test]
fn hard_wrapped_lines_are_one_paragraph() {
    let wrapped = "Ferry out of service\n\nThe old ferry was taken out of service on Tuesday, and there is no\n\
        other ship to take its place. Nobody at the harbour board would say\nhow long the winter timetable is going to last without it.\n\n\
        A second ship was sold in the spring of last year, when the board had\nhoped to buy a larger one with the money it was paid for it.\n";
    check(wrapped, "headline paragraph paragraph");
    check(&wrapped.replace('\n', "\r\n"), "headline paragraph paragraph");
    check(&format!("Ferry out of service\r{BODY}\r\r{MORE}\r"), "headline paragraph paragraph");
}

/// A page with its navigation: `head` above, `foot` behind.
fn page(body: &str) -> String {
    let nav = "• Home\n• News\n• Harbour\n• Weather\n• Sport\n• Ferries\n• Tides\n• Letters\n".repeat(2);
    format!(
        "{nav}{body}\nMost read\nPier to be closed for a year\nTown hall clock stops again\nContact\nJobs\nTerms\n"
    )
}

/// The kinds of all lines of a page but those of its navigation.
fn check_page(body: &str, expected: &str) {
    let text = page(body);
    let lines: Vec<&str> = body.lines().collect();
    let kinds: Vec<String> = blocks(&text, None)
        .iter()
        .filter(|block| lines.contains(&block.span.of(&text)))
        .map(|block| format!("{:?}", block.kind).to_lowercase())
        .collect();
    assert_eq!(kinds.join(" "), expected, "{body:?}");
}

#[test]
fn a_page_with_its_navigation() {
    check_page(
        &format!(
            "Ferry out of service\nBy Ana Ruiz\n{BODY}\n{MORE}\nNo other ship\n{BODY} {MORE}\n{MORE} {BODY}"
        ),
        "headline byline paragraph paragraph heading paragraph paragraph",
    );
    check_page(
        &format!(
            "Ferry out of service\nThe harbour board has no other ship for the winter\n4 March 2025\n{BODY}\n{MORE}\n{BODY} {MORE}"
        ),
        "headline dek dateline paragraph paragraph paragraph",
    );
    check_page(
        "Fähre bleibt außer Dienst\nVon Ana Ruiz\nDie alte Fähre fährt seit Dienstag nicht mehr, und ein anderes Schiff gibt es nicht.\nIm Hafenamt will niemand sagen, wie lange der Winterfahrplan ohne sie gelten wird.\nLesen Sie auch: Brücke gesperrt\nDas zweite Schiff war im Frühjahr verkauft worden, als man noch auf ein größeres hoffte.",
        "headline byline paragraph paragraph related paragraph",
    );
    check_page(
        "渡轮从星期二起停航了\n老渡轮从星期二起不再航行，港务局也没有别的船可以代替它。\n港务局里没有人愿意说明冬季时刻表还要执行多久，也没有人知道新船什么时候能到。\n第二艘船去年春天已经卖掉，当时港务局希望买一艘更大的船。",
        "headline paragraph paragraph paragraph",
    );
}

#[test]
fn what_a_site_says_of_itself() {
    let talk = "With your consent we set cookies and read your subscription, and our newsletter comes to your inbox.";
    check(&format!("Ferry out of service\n{BODY}\n{talk}\n{MORE}"), "headline paragraph note paragraph");
    check(
        &format!("Ferry out of service\n{BODY}\n{MORE} Are you with us? Subscribe now\n{MORE}"),
        "headline paragraph note paragraph",
    );
    check(
        &format!("Ferry out of service\n{BODY}\n{MORE}\nAna Ruiz is the harbour reporter of the Tide."),
        "headline paragraph paragraph note",
    );
}

proptest::proptest! {
    #[test]
    fn letters_are_told_apart_by_their_beginning(a in "[aB, é-]{0,40}", b in "[aB, é-]{0,40}") {
        let (first, second) = (Letters::of(&a), Letters::of(&b));
        proptest::prop_assert_eq!(first.cmp(&second), letters(&a).cmp(&letters(&b)));
        proptest::prop_assert_eq!(first.is_empty(), letters(&a).is_empty());
        proptest::prop_assert_eq!(first.are_few(), letters(&a).len() < TELLING);
    }

    #[test]
    fn words_are_counted_as_white_space_parts_them(line in "[a-c \t’.]{0,300}") {
        proptest::prop_assert_eq!(wording::count(&line), line.split_whitespace().count());
    }
}
