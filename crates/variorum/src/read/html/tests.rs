use crate::model::Received;
use crate::read::read;
use crate::span::Span;

/// Reads a page and compares its blocks, `kind: words` each; every block is held against the bytes it came from.
fn check(page: &str, expected: &[&str]) {
    let report = read(&Received { bytes: page.as_bytes().to_vec(), ..Received::default() });
    let mut found = Vec::new();
    for block in &report.blocks {
        let words = block.span.of(&report.text);
        if !words.trim().is_empty() {
            found.push(format!("{}: {words}", format!("{:?}", block.kind).to_lowercase()));
        }
        for word in words.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
            let at = word.as_ptr() as usize - report.text.as_ptr() as usize;
            let source = report.map.to_source(Span::new(at, at + word.len()));
            assert!(
                source.of(page).contains(word) || source.of(page).contains(['&', '<']),
                "{word:?} at {source:?}"
            );
        }
    }
    assert_eq!(found, expected);
}

const BODY: &str = "<p>The old ferry was taken out of service on Tuesday, and there is no other.</p>";
const SAID: &str = "paragraph: The old ferry was taken out of service on Tuesday, and there is no other.";

const MORE: &str = "<p>A second ship is to come from the yard in spring, the harbour master said.</p>";
const SAID_MORE: &str =
    "paragraph: A second ship is to come from the yard in spring, the harbour master said.";

#[test]
fn entities_and_space_are_read() {
    check(
        "<p>Fish &amp; chips &ndash; \n  <b>“hot”</b> &#8217; caf&eacute;s&nbsp;open in the old&hellip; town, they said.</p>",
        &["paragraph: Fish & chips – “hot” ’ cafés\u{a0}open in the old… town, they said."],
    );
}

#[test]
fn an_article_among_furniture() {
    check(
        &format!(
            "<html><head><title>T</title><style>p {{}}</style></head><body><nav><ul><li><a href=/>Home</a></li></ul> <a>News</a></nav>\
             <article><p class=breadcrumb>Harbour</p><h1>Ferry out of service</h1><p class=standfirst>No other ship</p>\
             <p class=byline>By Ana Ruiz</p><p class=date><time datetime=2025-03-04>4 March 2025</time></p>{BODY}\
             <figure><img alt='A ferry'><figcaption>The ferry. Photo: Bo Lind/Tide</figcaption></figure>\
             <h2>What next</h2>{MORE}<ul><li>One ship of the old kind</li></ul><blockquote>We will wait.</blockquote>\
             <p><a href=/x>READ MORE: Pier to close</a></p></article>\
             <aside><h3>More stories</h3><ul><li><a href=/y>Pier to close</a></li></ul></aside>\
             <div class=newsletter>Get the Tide every day.</div><footer><p>&copy; Tide Media. Prices may vary.</p></footer></body></html>"
        ),
        &[
            "other: Home",
            "other: News",
            "crumb: Harbour",
            "headline: Ferry out of service",
            "dek: No other ship",
            "byline: By Ana Ruiz",
            "dateline: 4 March 2025",
            SAID,
            "caption: The ferry.",
            "credit: Photo: Bo Lind/Tide",
            "heading: What next",
            SAID_MORE,
            "list: One ship of the old kind",
            "paragraph: We will wait.",
            "related: READ MORE: Pier to close",
            "related: More stories",
            "related: Pier to close",
            "note: Get the Tide every day.",
            "legal: © Tide Media. Prices may vary.",
        ],
    );
}

#[test]
fn pictures_with_their_captions() {
    let picture = "<img src=ferry.jpg><figcaption><span>The ferry at the pier</span> <span class=copyright>Bo Lind</span></figcaption>";
    check(
        &format!(
            "<article><h1>Ferry out of service</h1><button><figure>{picture}</figure></button>{BODY}\
             <figure><img src=pier.jpg><figcaption>The pier on Sunday, Dec. 21. (Bo Lind/Tide)</figcaption></figure>{MORE}\
             <div class=gallery><figure>{picture}</figure></div></article>"
        ),
        &[
            "headline: Ferry out of service",
            "caption: The ferry at the pier",
            "credit: Bo Lind",
            SAID,
            "caption: The pier on Sunday, Dec. 21.",
            "credit: (Bo Lind/Tide)",
            SAID_MORE,
            "duplicate: The ferry at the pier",
            "duplicate: Bo Lind",
        ],
    );
    check(
        &format!(
            "<article><h1>Ferry out of service</h1><figure><img src=ana.jpg><figcaption><address>Von <span>Ana Ruiz</span></address>\
             <time>04.03.2025, 09:53 Uhr</time></figcaption></figure>{BODY}\
             <figure><figcaption>Please turn on JavaScript to see the film.</figcaption></figure>{MORE}<p>© Bo Lind/Tide</p></article>"
        ),
        &[
            "headline: Ferry out of service",
            "byline: Von",
            "byline: Ana Ruiz",
            "dateline: 04.03.2025, 09:53 Uhr",
            SAID,
            "note: Please turn on JavaScript to see the film.",
            SAID_MORE,
            "credit: © Bo Lind/Tide",
        ],
    );
}

#[test]
fn a_list_at_the_beginning_sums_up() {
    check(
        &format!(
            "<article><h1>Ferry out of service</h1><ul><li>The old ferry stays at the pier until spring.</li>\
             <li>A second ship is not to be had before.</li></ul><div>{BODY}{MORE}</div></article>"
        ),
        &[
            "headline: Ferry out of service",
            "dek: The old ferry stays at the pier until spring.",
            "dek: A second ship is not to be had before.",
            SAID,
            SAID_MORE,
        ],
    );
    check(
        &format!(
            "<article><h1>Ferry out of service</h1><p><strong>No one knows when another ship is to come.</strong></p>{BODY}{MORE}</article>"
        ),
        &[
            "headline: Ferry out of service",
            "dek: No one knows when another ship is to come.",
            SAID,
            SAID_MORE,
        ],
    );
}

#[test]
fn loose_markup() {
    check(
        &format!(
            "<h1>Ferry out of service<p>The board met late on Monday, and no one came out to speak.<p>{BODY}"
        ),
        &[
            "headline: Ferry out of service",
            "paragraph: The board met late on Monday, and no one came out to speak.",
            SAID,
        ],
    );
    check(
        "<div>The board met late on Monday, and no one came out.<br><br>The ferry lay at the pier<br>in the dark and the rain.</div>",
        &[
            "paragraph: The board met late on Monday, and no one came out.",
            "paragraph: The ferry lay at the pier\nin the dark and the rain.",
        ],
    );
}

#[test]
fn what_is_said_of_a_word_is_no_part_of_the_sentence() {
    check(
        "<p>The <ruby>渡<rp>(</rp><rt>to</rt><rp>)</rp>船<rt>sen</ruby> lay at the pier<span class=sr-only>, opens new tab</span>, and no one came.</p>",
        &["paragraph: The 渡船 lay at the pier, and no one came."],
    );
}

#[test]
fn tables_are_read_by_rows() {
    check(
        &format!(
            "<article>{BODY}<table><tr><th>Ship</th><th>Seats</th></tr><tr><td>Ada</td><td>300</td></tr></table>{MORE}</article>"
        ),
        &[SAID, "table: Ship Seats", "table: Ada 300", SAID_MORE],
    );
}

#[test]
fn images_and_embeds() {
    let page = format!(
        "<article><h1>Ferry out of service</h1><img src=/logo.png width=40><figure><img src='data:image/gif;base64,R0' data-src='/ferry.jpg?a=1&section=2' alt='The  ferry'>\
         <img src=/ferry-small.jpg><figcaption>The ferry at the pier</figcaption></figure>{BODY}<img src=/icon.png width=16>\
         <blockquote class=twitter-tweet><p>It's late. No ferry today.</p>&mdash; Ana Ruiz (@ana) <a href=\"https://twitter.com/ana/status/1?s=2\">4 March</a></blockquote>\
         <iframe src='https://www.youtube.com/embed/9'></iframe><iframe src='https://ads.example/1'></iframe>{MORE}</article>\
         <aside><img src=/other.jpg></aside>"
    );
    let report = read(&Received { bytes: page.as_bytes().to_vec(), ..Received::default() });
    let images: Vec<_> =
        report.images.iter().map(|image| (image.url.as_str(), image.alt.as_deref())).collect();
    assert_eq!(images, [("/ferry.jpg?a=1&section=2", Some("The ferry"))]);
    let caption = report.images[0].caption.map(|at| report.blocks[at].span.of(&report.text));
    assert_eq!(caption, Some("The ferry at the pier"));
    assert!(page[report.images[0].start..report.images[0].end].starts_with("<img src='data"));
    let embeds: Vec<_> = report
        .embeds
        .iter()
        .map(|embed| (embed.platform.as_deref(), embed.author.as_deref(), embed.url.as_deref()))
        .collect();
    assert_eq!(
        embeds,
        [
            (Some("X"), Some("Ana Ruiz (@ana)"), Some("https://twitter.com/ana/status/1?s=2")),
            (Some("YouTube"), None, Some("https://www.youtube.com/embed/9")),
        ]
    );
    let block = report.embeds[0].block.map(|at| report.blocks[at].span.of(&report.text));
    assert_eq!(block, Some("It's late. No ferry today."));
}

#[test]
fn the_headline_in_other_words_is_no_dek() {
    check(
        &format!(
            "<article><h1>Old ferry leaves the harbour after storm damage</h1><h2>Harbour without old ferry after storm damage</h2>\
             <h2>The board looks for a second ship until the spring</h2>{BODY}{MORE}</article>"
        ),
        &[
            "headline: Old ferry leaves the harbour after storm damage",
            "duplicate: Harbour without old ferry after storm damage",
            "dek: The board looks for a second ship until the spring",
            SAID,
            SAID_MORE,
        ],
    );
}

#[test]
fn a_headline_may_stand_in_an_element_of_its_own() {
    check(
        &format!("<article><h1><div>Ferry out of service</div></h1>{BODY}{MORE}</article>"),
        &["headline: Ferry out of service", SAID, SAID_MORE],
    );
}
