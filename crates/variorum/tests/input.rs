//! Reports that nobody would want: every one is read without panic, in time that grows with its length, and with
//! blocks that hold every byte, whatever it is.

use proptest::prelude::*;
use variorum::model::{BlockKind, Received, Report};
use variorum::read::read;
use variorum::span::Span;

fn received(bytes: &[u8]) -> Received {
    Received { bytes: bytes.to_vec(), path: Some("report.txt".to_owned()), ..Received::default() }
}

/// Reads `bytes` and holds the report against its invariants.
fn check(bytes: &[u8]) -> Report {
    let report = read(&received(bytes));
    let mut at = 0;
    for block in &report.blocks {
        assert_eq!(block.span.start(), at, "no gap between blocks");
        assert!(report.text.get(block.span.start()..block.span.end()).is_some(), "on character boundaries");
        assert!(block.of.is_none_or(|of| of < report.blocks.len()));
        at = block.span.end();
    }
    assert!(report.unreadable.is_some() || at == report.text.len(), "blocks reach the end");
    let (mut text, mut source) = (0, 0);
    for piece in &report.map.pieces {
        assert!(piece.text.start() >= text && piece.source.start() >= source, "the map goes forward");
        (text, source) = (piece.text.end(), piece.source.end());
    }
    assert!(report.map.is_identity() || text == report.text.len(), "the map reaches the end");
    assert!(source <= bytes.len());
    report
}

#[test]
fn what_is_no_report_says_so() {
    for (bytes, reason) in [
        (&b""[..], "is empty"),
        (b"\n \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "looks binary (PNG image)"),
        (b"\0\x01\x02\x03\x04\x05", "looks binary (control characters)"),
        (b"<html><script>x()</script></html>", "is a web page without text"),
    ] {
        let report = check(bytes);
        assert_eq!(report.unreadable.as_deref(), Some(reason));
        assert_eq!(report.notes.len(), 1);
    }
    let edition = variorum::editions(&[received(b"")]);
    assert!(edition.stories.is_empty());
    assert_eq!(edition.notes, ["report.txt is empty: left out"]);
}

#[test]
fn large_and_strange_input_is_read() {
    let many = |words: &str, count: usize| words.repeat(count).into_bytes();
    check(&many("The river rose in the night and nobody slept. ", 60_000));
    check(&many("a", 3_000_000));
    check(&many("The river rose.\r", 20_000));
    check(&many("\n", 1_000_000).into_iter().chain(*b"x").collect::<Vec<u8>>());
    check(&many("a-b-c-d-e-f-g-h\nHeadline of several words\n", 10_000));
    let nested =
        [b"<html>".to_vec(), many("<div>", 1_000_000), b"Deep words.".to_vec(), many("</div>", 1_000_000)]
            .concat();
    assert_eq!(check(&nested).text, "Deep words.");
    check(&many("<b><p class='related'>x</div></i>", 30_000));
    check(&[b"<html>".to_vec(), many("&amp;&", 100_000)].concat());
    check(&[b"<html>".to_vec(), many("<", 1_000_000)].concat());
    check(&[b"<html><p class='".to_vec(), many("ad ", 500_000)].concat());
    check(b"A text with a \0 in it, which is strange but no reason to leave it out.");
}

#[test]
fn bytes_of_other_character_sets_keep_their_places() {
    let bytes = b"The caf\xE9 in the old town was open.\n\nRen\xE9 said it would stay so.";
    let report = check(bytes);
    let at = report.text.find("stay").unwrap();
    let source = report.map.to_source(Span::new(at, at + 4));
    assert_eq!(&bytes[source.start()..source.end()], b"stay");
    assert_eq!(report.notes.len(), 1);
    let wide: Vec<u8> = "<p>Caf\u{e9} &amp; bar, all in the old town.</p>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let report = check(&wide);
    assert_eq!(report.text, "Café & bar, all in the old town.");
    let at = report.text.find('&').unwrap();
    assert_eq!(report.map.to_source(Span::new(at, at + 1)), Span::new(16, 26));
}

fn is_told(report: &Report) -> bool {
    report.blocks.iter().any(|block| block.kind != BlockKind::Other)
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
    }

    #[test]
    fn any_lines(lines in proptest::collection::vec("[A-Za-z“”’.:/|&#; -]{0,60}|By [A-Z][a-z]{2,8}|[a-z]{2,6}(-[a-z]{2,6}){2,5}", 0..30)) {
        let text = lines.join("\n");
        let report = check(text.as_bytes());
        prop_assert!(report.map.is_identity() || text.contains('<'));
    }

    #[test]
    fn any_markup(parts in proptest::collection::vec(
        "<(p|div|b|a|q|li|ul|td|tr|br|h1|figure|script|title)( class=[a-z]{1,8})?>|</(p|div|b|a|q|li|ul|td|h1|figure|script|title)>|&(amp|nbsp|eacute|#8217|x)?;|[A-Za-zé ,.]{1,20}",
        0..60,
    )) {
        let page = format!("<html>{}", parts.concat());
        let report = check(page.as_bytes());
        for (at, c) in report.text.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
            let source = report.map.to_source(Span::new(at, at + 1)).of(&page).to_owned();
            prop_assert!(source.starts_with(c) || source.starts_with('&'), "{c:?} maps to {source:?}");
        }
        let has_words = report.text.chars().filter(|c| c.is_alphanumeric()).count() >= 40;
        prop_assert!(report.unreadable.is_some() || !has_words || is_told(&report));
    }
}
