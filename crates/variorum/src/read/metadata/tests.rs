use super::*;
use crate::read::read;

/// Reads `source` and compares what it says of itself; absent fields are left out.
fn check(source: &str, expected: &str) {
    let report = read(&Received { bytes: source.as_bytes().to_vec(), ..Received::default() });
    let mut said: Vec<String> = Vec::new();
    let mut say =
        |name: &str, value: Option<String>| said.extend(value.map(|value| format!("{name}={value}")));
    say("title", report.title.clone());
    say("dek", report.dek.clone());
    say("authors", (!report.authors.is_empty()).then(|| report.authors.join("+")));
    say("outlet", report.outlet.clone());
    say("url", report.url.clone());
    say("language", report.language.clone());
    for (name, stamp) in [("published", &report.published), ("modified", &report.modified)] {
        say(name, stamp.as_ref().map(|stamp| stamp.value.clone()));
        if let Some(Stamp { start: Some(start), end: Some(end), .. }) = stamp {
            let place = &source[*start..*end];
            assert!(place.contains(&stamp.as_ref().unwrap().value[..4]), "{name} stands at {place:?}");
        }
    }
    assert_eq!(said.join("; "), expected);
}

const BODY: &str = "The old ferry was taken out of service on Tuesday, and the harbour board said that it had no other. \
    It will not return before the end of the year.";

#[test]
fn plain_text() {
    check(
        &format!(
            "Ferry taken out of service\n\nBy ANA RUIZ and Bo de Vries, Harbour Desk | March 4, 2025\n\n{BODY}\n"
        ),
        "title=Ferry taken out of service; authors=Ana Ruiz+Bo de Vries; language=en; published=2025-03-04",
    );
    check(
        &format!(
            "Ferry taken out of service\nBy Kestrel staff\nPublished 3 March 2025 | Updated: 4 March 2025, 14:05\n{BODY}"
        ),
        "title=Ferry taken out of service; language=en; published=2025-03-03; modified=2025-03-04",
    );
    check(
        &format!("Ferry taken out of service\nTuesday, March 4\n{BODY}"),
        "title=Ferry taken out of service; language=en",
    );
    check("Die alte Fähre ist nicht mehr im Dienst.", "");
}

#[test]
fn pages() {
    check(
        &format!(
            "<html lang='en-GB'><head><title>Ferry out of service | The Tide</title><meta property='og:site_name' content='The Tide'>\
             <link rel=canonical href='https://tide.example/ferry'><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\
             \"datePublished\":\"2025-03-04T14:05:00.000Z\",\"dateModified\":\"2025-03-05\",\"author\":[{{\"@type\":\"Person\",\"name\":\"Ana Ruiz\"}},\
             {{\"@type\":\"Organization\",\"name\":\"The Tide\"}}]}}</script></head><body><article><h1>Ferry &amp; crew out of service</h1>\
             <p class=standfirst>No other ship can be had</p><p>{BODY}</p></article></body></html>"
        ),
        "title=Ferry & crew out of service; dek=No other ship can be had; authors=Ana Ruiz; outlet=The Tide; \
         url=https://tide.example/ferry; language=en; published=2025-03-04T14:05:00Z; modified=2025-03-05",
    );
    check(
        &format!(
            "<html><head><title>Ferry out of service for weeks | The Tide</title><meta name=date content='Tue, 04 Mar 2025 14:05:00 GMT'>\
             <meta name=author content='Harbour Press Agency'></head><body><p>{BODY}</p></body></html>"
        ),
        "title=Ferry out of service for weeks; authors=Harbour Press Agency; language=en; published=2025-03-04T14:05:00Z",
    );
    check(
        &format!(
            "<html><body><h1>Ferry out of service</h1><p><time datetime='2025-03-04'>4 March</time></p><p>{BODY}</p></body></html>"
        ),
        "title=Ferry out of service; language=en; published=2025-03-04",
    );
}
