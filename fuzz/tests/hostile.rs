//! Inputs made to hurt: nests, endless things, numbers beyond any page. Each is read with its invariants held, in time
//! and memory that grow with its length.
//!
//! `cargo test -p variorum-fuzz --profile fuzz --test hostile -- --ignored` does the same at two and eight megabytes, and with
//! pages of a hundred; that takes long.

use variorum::model::{Received, Report};
use variorum_fuzz::containers::gzip;
use variorum_fuzz::memory::{Counting, peak};
use variorum_fuzz::mutation::{Dice, mutate, tokens};
use variorum_fuzz::{check, growth, targets};

#[global_allocator]
static COUNTING: Counting = Counting;

/// Most memory that reading may hold at one time for each byte of the source. An element of three bytes (`<b>`) costs a
/// node of the tree; running text costs 3 to 5 bytes each.
const MEMORY_PER_BYTE: usize = 200;

/// Memory that reading may hold whatever the source: word lists, hash states.
const MEMORY_SPARE: usize = 8 << 20;

fn received(bytes: &[u8]) -> Received {
    Received { bytes: bytes.to_vec(), ..Received::default() }
}

/// Reads `bytes`, holds the invariants and the memory.
fn read(name: &str, bytes: &[u8]) -> Report {
    let received = received(bytes);
    let (report, held) = peak(|| variorum::read::read(&received));
    let most = bytes.len() * MEMORY_PER_BYTE + MEMORY_SPARE;
    assert!(held <= most, "{name}: {held} bytes of memory for {} of the source", bytes.len());
    check::report(&received);
    report
}

/// `unit` until it fills `size` bytes.
fn fill(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len())
}

/// `unit` with the numbers from 0 on at its `#`, until it fills `size` bytes.
fn number(unit: &str, size: usize) -> String {
    (0..size / (unit.len() + 3)).map(|at| unit.replace('#', &at.to_string())).collect()
}

/// `open` and `close` around each other, as deep as `size` bytes let them.
fn nest(open: &str, inner: &str, close: &str, size: usize) -> String {
    let deep = size / (open.len() + close.len());
    open.repeat(deep) + inner + &close.repeat(deep)
}

/// Words for a body, so that what stands around them has something to be about.
const BODY: &str = "<p>The old bridge at Orla was closed on Monday after a crack was found in its second arch, the town said.</p>\
    <p>“Nobody was in danger at any time,” said Ana Ruiz, who leads the road office, in the evening.</p>";

/// A page as it should be.
const PAGE: &str = "<!doctype html><html lang=en><head><title>Bridge closed after a crack - The Orla Post</title>\
    <meta property=\"og:title\" content=\"Bridge closed after a crack\">\
    <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Bridge closed after a crack\",\
    \"datePublished\":\"2024-03-05T08:10:00+01:00\",\"author\":{\"name\":\"Mira Tolland\"}}</script></head><body>\
    <nav><a href=/>Home</a> <a href=/news>News</a></nav><main><article><h1>Bridge closed after a crack</h1>\
    <h2 class=dek>The town says nobody was in danger</h2><p class=byline>By Mira Tolland</p>\
    <figure><img src=a.jpg alt=\"The bridge\"><figcaption>The bridge on Monday. <span class=credit>Lee Marsh/Orla Post\
    </span></figcaption></figure><p>The old bridge at Orla was closed on Monday after a crack was found in its second \
    arch, the town said.</p><p>“Nobody was in danger at any time,” said Ana Ruiz, who leads the road office.</p>\
    <h3>What comes next</h3><ul><li>A new arch</li><li>A ferry until then</li></ul></article>\
    <aside class=related><a href=/b>Ten bridges to see</a></aside></main><footer>© 2024 Orla Post</footer></body></html>";

/// A family of inputs: its name, and the member of about so many bytes.
type Family = (&'static str, fn(usize) -> String);

const PAGES: &[Family] = &[
    ("blocks nested", |size| nest("<div>", BODY, "</div>", size)),
    ("blocks never closed", |size| fill("<div>", size) + BODY),
    ("blocks closed that were never open", |size| BODY.to_owned() + &fill("</div>", size) + BODY),
    ("paragraphs never closed", |size| fill("<p>x", size)),
    ("inline nested", |size| nest("<b>", BODY, "</b>", size)),
    ("inline elements across paragraphs", |size| fill("<b><p class='related'>x</div></i>", size)),
    ("links never closed", |size| BODY.to_owned() + &fill("<a href=/x>words ", size)),
    ("lists nested", |size| nest("<ul><li>x", BODY, "</ul>", size)),
    ("items never closed", |size| fill("<li>x", size)),
    ("tables nested", |size| nest("<table><tr><td>", BODY, "</table>", size)),
    ("cells without end", |size| "<table><tr>".to_owned() + &fill("<td>x", size)),
    ("quotations nested", |size| nest("<blockquote><q>", "it held", "</q></blockquote>", size)),
    ("closing tags of another name, deep down", |size| {
        fill("<div>", size / 8) + &fill("</span>", size) + BODY
    }),
    ("figures nested", |size| nest("<figure><figcaption>x", BODY, "</figcaption></figure>", size)),
    ("figures without end", |size| {
        BODY.to_owned()
            + &fill(
                "<figure><img src=a alt='x y'><figcaption>A bridge. Lee Marsh</figcaption></figure>",
                size,
            )
    }),
    ("headlines without end", |size| number("<h1>The bridge number # was closed today</h1>", size)),
    ("one headline without end", |size| fill("<h1>The bridge was closed today</h1><p>x</p>", size)),
    ("articles nested", |size| nest("<article><h1>A bridge was closed</h1>", BODY, "</article>", size)),
    ("articles one by one", |size| {
        fill("<article><h2><a href=/b>A bridge was closed</a></h2><p>x y z</p></article>", size)
    }),
    ("bylines without end", |size| number("<p class=byline>By Mira Tolland the #th</p>", size)),
    ("embeds without end", |size| {
        number(
            "<blockquote class=twitter-tweet><p>It held.</p>&mdash; Ana (@ana) <a href='https://twitter.com/ana/status/#'>5 March</a></blockquote>",
            size,
        )
    }),
    ("frames without end", |size| number("<iframe src='https://video.example/embed/#'></iframe>", size)),
    ("an attribute without end", |size| "<html><p class='".to_owned() + &fill("ad ", size) + "'>" + BODY),
    ("an attribute of one word", |size| "<html><p class='".to_owned() + &fill("a", size) + "'>" + BODY),
    ("an attribute never closed", |size| "<html><p class='".to_owned() + &fill("<p>x ", size)),
    ("a tag never closed", |size| "<html><p ".to_owned() + &fill("x ", size)),
    ("a tag with many attributes", |size| "<html><p ".to_owned() + &number("a#=b ", size) + ">" + BODY),
    ("a tag with one attribute many times", |size| "<html><p ".to_owned() + &fill("a=b ", size) + ">" + BODY),
    ("a style without end", |size| "<html><p style='".to_owned() + &fill("display : ", size) + "'>" + BODY),
    ("a name of a tag without end", |size| "<html><".to_owned() + &fill("a", size) + ">" + BODY),
    ("a comment never closed", |size| BODY.to_owned() + "<!--" + &fill(" x - ", size)),
    ("comments opened without end", |size| BODY.to_owned() + &fill("<!-- ", size)),
    ("comments without end", |size| fill("<!-- x -->", size) + BODY),
    ("a CDATA section never closed", |size| BODY.to_owned() + "<![CDATA[" + &fill("<p>x", size)),
    ("a script never closed", |size| BODY.to_owned() + "<script>" + &fill("</scrip <p> ", size)),
    ("a script in a comment in a script", |size| BODY.to_owned() + &fill("<script><!--<script>", size)),
    ("scripts without end", |size| fill("<script>a<b</script>", size) + BODY),
    ("a style sheet never closed", |size| BODY.to_owned() + "<style>" + &fill("p{}<", size)),
    ("a title never closed", |size| "<html><title>".to_owned() + &fill("words <p> ", size)),
    ("titles without end", |size| number("<title>Title #</title>", size) + BODY),
    ("a text area never closed", |size| BODY.to_owned() + "<textarea>" + &fill("<p>x", size)),
    ("templates nested", |size| nest("<template><p>x", BODY, "</template>", size)),
    ("drawings nested", |size| nest("<svg><title>x", BODY, "</svg>", size)),
    ("entities without end", |size| "<html>".to_owned() + &fill("&amp;&", size)),
    ("an entity without end", |size| "<html>&".to_owned() + &fill("a", size)),
    ("a number without end", |size| "<html>&#".to_owned() + &fill("9", size) + ";" + BODY),
    ("ampersands", |size| "<html>".to_owned() + &fill("&", size)),
    ("angle brackets", |size| "<html>".to_owned() + &fill("<", size)),
    ("closing brackets", |size| "<html>".to_owned() + &fill("</>", size)),
    ("quotation marks", |size| "<html><p ".to_owned() + &fill("\"", size)),
    ("line breaks", |size| BODY.to_owned() + "<p>x" + &fill("<br>", size) + "y"),
    ("lines parted by breaks", |size| BODY.to_owned() + "<p>" + &fill("x<br>", size)),
    ("space", |size| BODY.to_owned() + "<p>x" + &fill(" \n", size) + "y"),
    ("hard spaces", |size| BODY.to_owned() + "<p>x" + &fill("&nbsp;", size) + "y"),
    ("one paragraph without end", |size| {
        "<html><p>".to_owned() + &fill("The bridge was closed on Monday. ", size)
    }),
    ("one word without end", |size| "<html><p>".to_owned() + &fill("a", size)),
    ("the same paragraph again and again", |size| fill(BODY, size)),
    ("paragraphs that all differ", |size| {
        number("<p>The bridge number # was closed on Monday, the town said.</p>", size)
    }),
    ("short paragraphs that all differ", |size| number("<p>x#</p>", size)),
    ("links that all differ", |size| number("<li><a href='/a#'>Story number # of today</a></li>", size)),
    ("meta tags that all differ", |size| number("<meta name='a#' content='b'>", size) + BODY),
    ("meta tags that are all the same", |size| {
        fill("<meta property='og:title' content='The bridge'>", size) + BODY
    }),
    ("authors without end", |size| number("<meta name=author content='Mira Tolland#'>", size) + BODY),
    ("canonical addresses without end", |size| {
        number("<link rel=canonical href='https://a.example/#'>", size) + BODY
    }),
    ("dates in meta tags", |size| {
        fill("<meta property='article:published_time' content='2024-03-05'>", size) + BODY
    }),
    ("times without end", |size| fill("<time datetime='2024-03-05'>5 March</time>", size) + BODY),
    ("times between paragraphs", |size| {
        fill("<p>x</p><time datetime='2024-03-05'>5 March 2024</time>", size)
    }),
    ("languages without end", |size| fill("<html lang=en>", size) + BODY),
    ("the same page again and again", |size| fill(PAGE, size)),
    ("the same page within itself", |size| {
        let (before, after) = PAGE.split_once("<h3>").expect("a heading");
        nest(before, "<h3>", after, size)
    }),
];

const STATED: &[Family] = &[
    ("JSON-LD nested", |size| json(&nest("{\"@graph\":[", "1", "]}", size))),
    ("JSON-LD never closed", |size| json(&fill("{\"author\":", size))),
    ("arrays nested", |size| json(&nest("[", "", "]", size))),
    ("arrays never closed", |size| json(&fill("[", size))),
    ("JSON-LD with many articles", |size| {
        json(&format!("[{}1]", number("{\"@type\":\"NewsArticle\",\"headline\":\"The bridge #\"},", size)))
    }),
    ("JSON-LD with many authors", |size| {
        json(&format!(
            "{{\"@type\":\"NewsArticle\",\"author\":[{}1]}}",
            number("{\"name\":\"Mira Tolland #\"},", size)
        ))
    }),
    ("JSON-LD with one author many times", |size| {
        json(&format!(
            "{{\"@type\":\"NewsArticle\",\"author\":[{}1]}}",
            fill("{\"name\":\"Mira Tolland\"},", size)
        ))
    }),
    ("JSON-LD with many references", |size| {
        json(&format!(
            "{{\"@graph\":[{}1]}}",
            number("{\"@id\":\"#\",\"@type\":\"Person\",\"author\":{\"@id\":\"1#\"}},", size)
        ))
    }),
    ("JSON-LD with many fields", |size| json(&format!("{{{}\"z\":1}}", number("\"a#\":1,", size)))),
    ("a headline without end", |size| {
        json(&format!("{{\"@type\":\"NewsArticle\",\"headline\":\"{}\"}}", fill("bridge - ", size)))
    }),
    ("a date without end", |size| {
        json(&format!("{{\"@type\":\"NewsArticle\",\"datePublished\":\"{}\"}}", fill("2024-03-05 ", size)))
    }),
    ("an author without end", |size| {
        json(&format!("{{\"@type\":\"NewsArticle\",\"author\":\"{}\"}}", fill("Mira Tolland, ", size)))
    }),
    ("escapes without end", |size| json(&format!("{{\"headline\":\"{}", fill("\\u0041\\", size)))),
    ("broken JSON-LD", |size| json(&fill("{\"headline\":\"a \"b\" c\",}\n", size))),
    ("JSON-LD with comments", |size| json(&fill("/* x */ //<![CDATA[\n", size))),
    ("many scripts of JSON-LD", |size| {
        fill("<script type='application/ld+json'>{\"headline\":\"x\"}</script>", size) + BODY
    }),
    ("many broken scripts of JSON-LD", |size| {
        fill("<script type='application/ld+json'>{\"headline\":</script>", size) + BODY
    }),
    ("a byline without end", |size| {
        format!("<html><p class=byline>By {}</p>{BODY}", number("Mira Tolland# and ", size))
    }),
    ("a title in many parts", |size| format!("<html><title>{}</title>{BODY}", fill("The bridge | ", size))),
];

const TEXTS: &[Family] = &[
    ("one line", |size| fill("The river rose in the night and nobody slept. ", size)),
    ("one word", |size| fill("a", size)),
    ("blank lines", |size| fill("\n", size) + "x"),
    ("spaces", |size| fill(" ", size) + "x"),
    ("lines that all differ", |size| number("The river rose by # metres in the night.\n", size)),
    ("the same line", |size| fill("The river rose in the night and nobody slept.\n", size)),
    ("short lines", |size| fill("a\n", size)),
    ("short lines that all differ", |size| number("a#\n", size)),
    ("headlines and slugs", |size| fill("a-b-c-d-e-f-g-h\nHeadline of several words\n", size)),
    ("slugs that all differ", |size| {
        number("bridge-number-#-closed-after-a-crack\nBridge number # closed after a crack\n", size)
    }),
    ("bylines", |size| number("By Mira Tolland#\n\n", size)),
    ("credits", |size| fill("(Lee Marsh/Orla Post)\n", size)),
    ("captions", |size| number("The bridge number # in the fog. Lee Marsh/Orla Post\n", size)),
    ("dates", |size| fill("Published 5 March 2024\n", size)),
    ("links", |size| fill("READ MORE: Ten bridges to see\n", size)),
    ("tables", |size| fill("| a | b |\n", size)),
    ("lists", |size| fill("* one\n* two\n", size)),
    ("old line ends", |size| fill("The river rose.\r", size)),
    ("quotation marks", |size| fill("“", size)),
    ("brackets", |size| fill("(", size)),
    ("full stops", |size| fill(". ", size)),
    ("punctuation", |size| fill("|/>#-_*", size)),
    ("characters of four bytes", |size| fill("🙂", size)),
    ("joined characters", |size| fill("e\u{301}\u{301}", size)),
    ("lines of another script", |size| fill("旧橋は月曜日に閉鎖された。\n", size)),
];

const FILES: &[Family] = &[
    ("records", |size| fill(RECORD, size)),
    ("records without a length", |size| fill("WARC/1.0\r\nWARC-Type: resource\r\n\r\n", size)),
    ("records whose header has no end", |size| fill("WARC/1.0\nWARC-Type: x\n", size)),
    ("records that state too much", |size| fill("WARC/1.0\nContent-Length: 400000000\n\nx\n\n", size)),
    ("a header without end", |size| "WARC/1.0\n".to_owned() + &fill("A: b\n", size)),
    ("versions without end", |size| "WARC/1.0\nA: b\n\n".to_owned() + &fill("WARC/1.0\n", size)),
    ("beginnings of gzip", |size| RECORD.to_owned() + &fill("\u{1f}\u{8b}\u{8}\u{8}name", size)),
    ("entries of a feed", |size| format!("<rss>{}", fill(ENTRY, size))),
    ("entries never closed", |size| format!("<rss>{}", fill("<item><description>x", size))),
    ("elements of a feed nested", |size| format!("<rss>{}", nest("<a>", "x", "</a>", size))),
    ("elements of a feed closed by others", |size| {
        format!("<rss><item>{}{}", fill("<a>", size / 2), fill("</b>", size / 2))
    }),
    ("declarations", |size| format!("<rss>{}", fill("<!x>", size))),
    ("a document type without end", |size| format!("<rss>{}", fill("<!x[", size))),
    ("comments of a feed", |size| format!("<rss>{}", fill("<!-- x -->", size))),
    ("quotes in tags", |size| format!("<rss>{}", fill("<a b='>", size))),
    ("attributes of an entry", |size| format!("<rss><item><link {}>", number("a#='b' ", size))),
    ("entities of a feed", |size| format!("<rss><item><description>{}", fill("&amp;&", size))),
    ("content of a feed nested", |size| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{}",
            nest("<p>", "x", "</p>", size)
        )
    }),
    ("items of a JSON feed", |size| {
        format!(
            "{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{}",
            fill("{\"content_text\": \"x\"},", size)
        )
    }),
    ("items of a JSON feed that are none", |size| {
        format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{}", fill("0,", size))
    }),
    ("a JSON feed nested", |size| {
        format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", fill("[", size))
    }),
    ("lines", |size| fill("{\"text\": \"It burned.\"}\n", size)),
    ("lines that are none", |size| "{\"text\": \"x\"}\n".to_owned() + &fill("{\n", size)),
    ("one line without end", |size| "{\"text\": \"x".to_owned() + &fill("\\n", size)),
    ("a line nested", |size| "{\"text\": \"x\", \"a\": ".to_owned() + &fill("[", size)),
    ("fields of a line", |size| format!("{{\"text\": \"x\"{}}}", number(", \"a#\": 1", size))),
    ("messages", |size| fill("From a\nSubject: x\n\nIt burned.\n\n", size)),
    ("beginnings of messages", |size| "From a\nA: b\n\n".to_owned() + &fill("From \n\n", size)),
    ("parts of a message", |size| {
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned()
            + &fill("--b\n\nx\n", size)
    }),
    ("parts in parts", |size| {
        "MIME-Version: 1.0\n".to_owned() + &fill("Content-Type: multipart/mixed; boundary=b\n\n--b\n", size)
    }),
    ("encoded words never closed", |size| format!("From a\nSubject: {}\n\nx", fill("=?utf-8?q? ", size))),
    ("a header field without end", |size| format!("From a\nSubject: x\n{}\nx", fill(" x\n", size))),
];

/// A record as it should be.
const RECORD: &str = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>It burned.\r\n\r\n";

/// An entry as it should be.
const ENTRY: &str =
    "<item><title>Bridge</title><link>https://a.example/1</link><description>It burned.</description></item>";

/// Takes all reports of a file.
fn drain(bytes: &[u8]) -> usize {
    variorum_sources::of(std::io::Cursor::new(bytes.to_vec()), "file").count()
}

fn json(words: &str) -> String {
    format!("<html><head><script type=\"application/ld+json\">{words}</script></head>{BODY}")
}

/// Reads a small and a larger member of every family.
fn grow(families: &[Family], size: usize) {
    for (name, make) in families {
        let (short, longer) = (make(size).into_bytes(), make(growth::FACTOR * size).into_bytes());
        read(name, &short);
        growth::compare(name, |bytes| drop(variorum::read::read(&received(bytes))), &short, &longer);
    }
}

#[test]
fn cost_grows_with_a_page() {
    grow(PAGES, 10 << 10);
}

#[test]
fn cost_grows_with_what_a_page_says_of_itself() {
    grow(STATED, 10 << 10);
}

#[test]
fn cost_grows_with_a_text() {
    grow(TEXTS, 10 << 10);
}

/// The same for files with many reports, plain and with a gzip member for each record or line.
fn grow_files(size: usize) {
    for (name, make) in FILES {
        let made =
            |size: usize| make(size).chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        let (short, longer): (Vec<u8>, Vec<u8>) = (made(size), made(growth::FACTOR * size));
        growth::compare(
            name,
            |bytes| {
                drain(bytes);
            },
            &short,
            &longer,
        );
        let (_, held) = peak(|| drain(&longer));
        let most = longer.len() * MEMORY_PER_BYTE + MEMORY_SPARE;
        assert!(held <= most, "{name}: {held} bytes of memory for {}", longer.len());
    }
    let members = |size: usize| gzip(RECORD.as_bytes()).repeat(size / 100);
    growth::compare(
        "members",
        |bytes| {
            drain(bytes);
        },
        &members(size),
        &members(growth::FACTOR * size),
    );
    let begun = |size: usize| [gzip(RECORD.as_bytes()), b"\x1f\x8b\x08\x08".repeat(size / 4)].concat();
    growth::compare(
        "torn members",
        |bytes| {
            drain(bytes);
        },
        &begun(size),
        &begun(growth::FACTOR * size),
    );
}

#[test]
fn cost_grows_with_a_file() {
    grow_files(24 << 10);
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![b' '; 40 << 20];
    let said = |bytes: &[u8]| {
        let (found, held) = peak(|| {
            let file = std::io::Cursor::new(bytes.to_vec());
            variorum_sources::of(file, "file")
                .with_limit(8 << 20)
                .map(|read| read.err().map(|error| error.to_string()))
                .collect::<Vec<_>>()
        });
        assert!(held < 80 << 20, "{held} bytes of memory for {}", bytes.len());
        found.into_iter().flatten().next().unwrap_or_default()
    };
    let page = |coding: &str, body: &[u8]| {
        let answer = [
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n")
                .as_bytes(),
            body,
        ]
        .concat();
        [
            format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", answer.len()).as_bytes(),
            &answer,
            b"\r\n\r\n",
        ]
        .concat()
    };
    let zstd = zstd::encode_all(&zeros[..], 1).expect("it compresses");
    for bomb in [
        gzip(&zeros),
        gzip(&gzip(&gzip(&zeros))),
        zstd.clone(),
        page("gzip", &gzip(&zeros)),
        page("zstd", &zstd),
        gzip(&page("gzip", &gzip(&zeros))),
        gzip(format!("{{\"text\": \"x\"}}\n{{\"text\": \"{}", fill(" ", 40 << 20)).as_bytes()),
    ] {
        let said = said(&bomb);
        assert!(said.contains("larger than") || said.contains("more than"), "{said:?}");
    }
}

#[test]
fn depth_of_a_million_is_read() {
    let deep = |open: &str, close: &str| open.repeat(1_000_000) + "Deep words." + &close.repeat(1_000_000);
    assert_eq!(read("nest", format!("<html>{}", deep("<b>", "</b>")).as_bytes()).text, "Deep words.");
    read("nest of JSON-LD", json(&nest("[", "", "]", 200_000)).as_bytes());
}

#[test]
fn an_attribute_of_ten_megabytes_is_read() {
    let page =
        format!("<html><p title='{}' class='{}'>Words.</p>", fill("x ", 5 << 20), fill("ad ", 5 << 20));
    assert_eq!(read("attribute", page.as_bytes()).text, "Words.");
}

#[test]
fn a_page_in_pieces_is_read() {
    let words = tokens(targets::named("html").expect("a target").tokens);
    for at in (0..=PAGE.len()).step_by(7) {
        read("truncated", &PAGE.as_bytes()[..at]);
        read("beginning cut off", &PAGE.as_bytes()[at..]);
    }
    for seed in 0..300 {
        let mut bytes = PAGE.as_bytes().to_vec();
        mutate(&mut Dice::new(seed), &mut bytes, &words, 1 << 14);
        read(&format!("damaged, seed {seed}"), &bytes);
    }
}

#[test]
fn character_sets_are_mixed() {
    let wide: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let narrow: Vec<u8> = PAGE.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0x93)).collect();
    for parts in [
        [PAGE.as_bytes(), &wide[..], &narrow[..]],
        [&wide, PAGE.as_bytes(), &narrow],
        [&narrow, &wide, PAGE.as_bytes()],
        [&wide[1..], &narrow, &wide],
        [b"\xFF\xFE", &narrow, &wide],
        [b"\xEF\xBB\xBF", &wide, &narrow],
        [b"<meta charset=utf-16>", PAGE.as_bytes(), &narrow],
        [b"<meta charset=iso-2022-jp>\x1B$B", &narrow, PAGE.as_bytes()],
        [b"<meta charset=gb18030>", &wide, &narrow],
        [b"<meta charset=x-user-defined>", &narrow, &narrow],
        [b"<meta charset=replacement>", &narrow, PAGE.as_bytes()],
    ] {
        let bytes = parts.concat();
        for cut in 0..4 {
            read("mixed character sets", &bytes[cut..]);
            read("mixed character sets", &bytes[..bytes.len() - cut]);
        }
    }
}

#[test]
#[ignore = "takes long: every family at eight megabytes, pages at a hundred"]
fn cost_grows_with_pages_of_a_hundred_megabytes() {
    grow(PAGES, 2 << 20);
    grow(STATED, 2 << 20);
    grow(TEXTS, 2 << 20);
    grow_files(2 << 20);
    grow(&PAGES[PAGES.len() - 2..], 25 << 20);
}
