use super::*;
use crate::read::read;

/// Reads `source` and compares what it says of itself, each field with what it was read from where `with_origin` is set;
/// absent fields are left out. Every place must slice the source.
fn said(source: &str, url: Option<&str>, with_origin: bool) -> String {
    let received =
        Received { bytes: source.as_bytes().to_vec(), url: url.map(str::to_owned), ..Received::default() };
    let report = read(&received);
    for origin in &report.provenance {
        if let (Some(start), Some(end)) = (origin.start, origin.end) {
            assert!(source.get(start..end).is_some(), "{} stands at {start}..{end}", origin.field);
        }
    }
    let mut said: Vec<String> = Vec::new();
    let mut say = |name: &str, value: Option<String>| {
        let origin = report.provenance.iter().find(|origin| origin.field == name);
        let from =
            origin.filter(|_| with_origin).map(|origin| format!(" ({})", origin.from)).unwrap_or_default();
        said.extend(value.map(|value| format!("{name}={value}{from}")));
    };
    say("title", report.title.clone());
    say("dek", report.dek.clone());
    say("authors", (!report.authors.is_empty()).then(|| report.authors.join("+")));
    say("outlet", report.outlet.clone());
    say("url", report.url.clone().filter(|_| url.is_none()));
    say("language", report.language.clone());
    for (name, stamp) in [("published", &report.published), ("modified", &report.modified)] {
        say(name, stamp.as_ref().map(|stamp| stamp.value.clone()));
    }
    say("not an article", report.not_article.clone());
    said.join("; ")
}

fn check(source: &str, expected: &str) {
    assert_eq!(said(source, None, false), expected);
}

/// The same of a page's body with `head` in it, with what each field was read from; language left out.
fn check_page(head: &str, body: &str, expected: &str) {
    let page = format!("<html lang=de><head>{head}</head><body>{body}<p>{BODY}</p></body></html>");
    let found = said(&page, None, true);
    assert_eq!(
        found.replace("; language=de (html-lang)", "").replace("language=de (html-lang); ", ""),
        expected
    );
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
    // Dates of captions and of running text are those of what they tell.
    let told = "The ferry Kestrel in the harbour on Jan. 4, 2025";
    check(
        &format!(
            "Ferry taken out of service\n\n{BODY}\n\n{told}\n\n{told}. Ana Ruiz/Tide Photos\n\n{BODY}\n\nFerry on January 6, 2025\n\n\
             The board published 3 March 2025 as the last day of the service.\n\nLetter published 2 March 2025\n\n{BODY}"
        ),
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

#[test]
fn titles() {
    let h1 = "<h1>Ferry out of service</h1>";
    let og = |title: &str| format!("<meta property='og:title' content='{title}'>");
    // Two of three agree.
    check_page(&og("Ferry out of service - Tide Online"), h1, "title=Ferry out of service (shown)");
    let linked = "<script type='application/ld+json'>{\"@type\":\"Report\",\"headline\":\"Harbour loses its ferry\"}</script>";
    check_page(&(og("Harbour loses its ferry | Tide") + linked), h1, "title=Harbour loses its ferry (meta)");
    // The headline as shared is the one as shown without its kicker.
    let kicker = "<h1>Trouble at the pier – Harbour loses its «ferry»</h1>";
    check_page(&og("Harbour loses its ferry"), kicker, "title=Harbour loses its «ferry» (shown)");
    check_page(
        &og("Pier loses its ferry"),
        kicker,
        "title=Trouble at the pier – Harbour loses its «ferry» (shown)",
    );
    // The site's name at the end of the title element is no headline.
    check_page(
        "<title>Ferry out of service » Harbour Tide</title>",
        "<h1>Harbour Tide</h1>",
        "title=Ferry out of service (title-element)",
    );
    // At the end of a title element that begins with the site's name stands the headline.
    check_page(
        "<meta property='og:site_name' content='Tide'><title>Tide – Harbour – Ferry out of service</title>",
        h1,
        "title=Ferry out of service (shown); outlet=Tide (meta)",
    );
    // What one hand writes twice into the head of the page is no second voice.
    let head = og("Harbour loses its old ferry") + "<title>Harbour loses its old ferry</title>";
    check_page(&head, h1, "title=Ferry out of service (shown)");
    check_page(&(head + linked), h1, "title=Harbour loses its old ferry (meta)");
    // The headline with words left out within it is what the page is called elsewhere.
    let long = "<h1>Harbour loses its old white ferry after a storm in March</h1>";
    let head = "<title>Harbour loses its old white ferry after a storm in March</title>";
    let short = og("Harbour loses its old ferry after storm in March");
    check_page(
        &format!("{head}{short}"),
        long,
        "title=Harbour loses its old ferry after storm in March (meta)",
    );
    let begun = og("Harbour loses its old white ferry");
    let whole = "title=Harbour loses its old white ferry after a storm in March (shown)";
    check_page(&format!("{head}{begun}"), long, whole);
    check_page(
        "",
        "<h1>04.03.2025 - Ferry out of service</h1>",
        "title=Ferry out of service (shown); published=2025-03-04 (line)",
    );
    check_page(
        "<meta property='og:site_name' content='Tide'><title>Ferry lost – Tide – News from the pier and the sea</title>",
        "",
        "title=Ferry lost (title-element); outlet=Tide (meta)",
    );
}

#[test]
fn authors() {
    let h1 = "<h1>Ferry out of service</h1>";
    let title = "title=Ferry out of service (shown); ";
    let linked = |author: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@graph\":[{{\"@type\":\"Article\",\"author\":{author}}},\
        {{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Ana Ruiz\"}}]}}</script>"
        )
    };
    check_page(&linked("{\"@id\":\"#p\"}"), h1, &format!("{title}authors=Ana Ruiz (json-ld)"));
    check_page(
        &linked("[\"Bo Lind\",{\"givenName\":\"Karla\",\"familyName\":\"Lind\"}]"),
        h1,
        &format!("{title}authors=Bo Lind+Karla Lind (json-ld)"),
    );
    check_page(
        "<meta name=author content='Bo Lind und Karla Roth, ktp'>",
        h1,
        &format!("{title}authors=Bo Lind+Karla Roth+ktp (meta)"),
    );
    check_page(
        "<meta name=author content=admin>",
        &format!("{h1}<p class=byline>Von <a rel=author href=/a>Karla</a></p>"),
        &format!("{title}authors=Karla (byline)"),
    );
    // The outlet is the author only where nobody else is.
    let outlet = "<meta property='og:site_name' content='Tide'><meta name=author content=Tide>";
    check_page(outlet, h1, &format!("{title}authors=Tide (meta); outlet=Tide (meta)"));
    check_page(
        outlet,
        &format!("{h1}<span class='post author'>Karla Lind</span>"),
        &format!("{title}authors=Karla Lind (byline); outlet=Tide (meta)"),
    );
}

#[test]
fn dates() {
    let h1 = "<h1>Ferry out of service</h1>";
    let title = "title=Ferry out of service (shown); ";
    check_page(
        "",
        &format!("{h1}<div class=date>Veröffentlicht am 4. März 2025, zuletzt geändert 6. März 2025</div>"),
        &format!("{title}published=2025-03-04 (marked); modified=2025-03-06 (dateline)"),
    );
    check_page("", &format!("{h1}<p>04.03.2025</p>"), &format!("{title}published=2025-03-04 (line)"));
    check_page(
        "<link rel=canonical href='https://tide.example/2025/03/04/ferry'>",
        h1,
        &format!(
            "{title}url=https://tide.example/2025/03/04/ferry (canonical); published=2025-03-04 (address)"
        ),
    );
    check_page(
        "<script>x={\"publishedAt\":\"2025-03-04T10:00:00+01:00\"}</script>",
        h1,
        &format!("{title}published=2025-03-04T10:00:00+01:00 (script)"),
    );
    check_page(
        "<meta property='article:modified_time' content='2025-03-05'>",
        h1,
        &format!("{title}published=2025-03-05 (modified); modified=2025-03-05 (meta)"),
    );
    // A stamp in UTC is of the day that the page shows.
    check_page(
        "<meta property='article:published_time' content='2025-03-03T23:30:00Z'>",
        &format!("{h1}<span class=date>4. März 2025</span>"),
        &format!("{title}published=2025-03-04 (marked)"),
    );
    // Broken JSON, dates of teasers and years of copyright lines.
    check_page(
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"description\":\"the \"old\"\nferry\",\"datePublished\":\"2025-03-04\",}</script>",
        h1,
        &format!("{title}published=2025-03-04 (json-ld)"),
    );
    check_page("", &format!("{h1}<footer>© 2024 Tide Media</footer>"), "title=Ferry out of service (shown)");
    // A page without a date is not dated by its pictures and paragraphs.
    check_page(
        "",
        &format!(
            "{h1}<p>{BODY}</p><figure><img src=a.jpg><figcaption>The Kestrel on Jan. 4, 2025</figcaption></figure><p>{BODY} It was \
             published on 3 March 2025, the board said, and read by many.</p>"
        ),
        "title=Ferry out of service (shown)",
    );
}

#[test]
fn pages_that_are_no_articles() {
    let links: String =
        (0..30).map(|at| format!("<li><a href=/{at}>Ferry number {at} lost in the fog</a></li>")).collect();
    let list = format!(
        "<html lang=en><head><link rel=canonical href='https://tide.example/'></head><body><h1>Tide</h1><ul>{links}</ul></body></html>"
    );
    assert!(said(&list, None, false).contains("not an article="), "{}", said(&list, None, false));
    check(
        "<html lang=en><head><title>404 – Page not found</title></head><body><p>Go back to the harbour.</p></body></html>",
        "title=404 – Page not found; language=en; not an article=is an error page",
    );
    check(
        "<html lang=en><head><meta property='og:type' content='video.other'></head><body><h1>Ferry film</h1><p>Watch.</p></body></html>",
        "title=Ferry film; language=en; not an article=is a page around a video",
    );
    check(
        "<html lang=en><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script></head><body><h1>Ferry out</h1><p>Read on with a pass.</p></body></html>",
        "title=Ferry out; language=en; not an article=is behind a paywall",
    );
}

#[test]
fn nothing_breaks_the_reading() {
    let hostile = [
        "<time ".repeat(3000),
        "<h1>".repeat(3000) + &"<span class=author>".repeat(3000),
        "<script type='application/ld+json'>".to_owned() + &"[{\"@graph\":".repeat(3000),
        format!("<title>{}</title><p>x", " - ä | ".repeat(3000)),
        format!("<meta name=author content='{}'><p>x", "é, und ".repeat(3000)),
        "<p class=date>٣٣/٣٣/٣٣٣٣ 99.99.9999 00000000000000000000 2020-02-30T99:99</p>".to_owned(),
        "<time datetime='9999999999999'>é</time><a rel=author href=x>é\u{301}</a>".to_owned(),
    ];
    for page in hostile {
        said(&format!("<html><body>{page}"), Some("https://tide.example/2020-02-3é/"), true);
    }
}
