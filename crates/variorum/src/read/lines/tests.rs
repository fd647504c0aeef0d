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
