//! Files that hold many reports: what can be read comes in order and with its place, what is damaged comes as an error in its
//! place, and nothing ends the run.

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use variorum::model::Received;
use variorum_sources::{Error, open};

/// A file of its own for one test.
fn file(test: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("containers");
    fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join(test);
    fs::write(&path, bytes).expect("a file for the test");
    path
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// A record with the fields that crawlers write.
fn record(kind: &str, media: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\nWARC-Target-URI: https://a.example/1\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A `response` record of a page.
fn response(header: &str, body: &[u8]) -> Vec<u8> {
    let block = [b"HTTP/1.1 ", header.as_bytes(), b"\r\n\r\n", body].concat();
    record("response", "application/http; msgtype=response", &block)
}

fn page(words: &str) -> Vec<u8> {
    response("200 OK\r\nContent-Type: text/html; charset=utf-8", format!("<p>{words}").as_bytes())
}

/// What comes out of `bytes`: the words of each report with its place, or the error.
fn read(test: &str, bytes: &[u8], from: u64) -> Vec<String> {
    let path = file(test, bytes);
    let show = |read: Result<Received, Error>| match read {
        Ok(read) => {
            let place = read.container.map(|at| match at.within {
                Some(within) => format!("{}+{within}", at.offset),
                None => at.offset.to_string(),
            });
            let words = String::from_utf8_lossy(&read.bytes).into_owned();
            format!("{} {words}", place.unwrap_or_default())
        }
        Err(error) => error.to_string().replace(&*path.display().to_string(), "FILE"),
    };
    open(&[&path]).with_limit(50_000).starting_at(from).map(show).collect()
}

fn check(test: &str, bytes: &[u8], expected: &[&str]) {
    assert_eq!(read(test, bytes, 0), expected, "{test}");
}

/// Places of the parts of `parts` put together.
fn places(parts: &[Vec<u8>]) -> Vec<usize> {
    parts.iter().scan(0, |at, part| Some(std::mem::replace(at, *at + part.len()))).collect()
}

#[test]
fn warc_files_are_read_plain_and_with_a_member_for_each_record() {
    let records = [
        record("warcinfo", "application/warc-fields", b"software: a crawler"),
        record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        page("one"),
        response("404 Not Found\r\nContent-Type: text/html", b"<p>Nothing here"),
        response("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("metadata", "application/warc-fields", b"fetchTimeMs: 3"),
        page("two"),
        record("conversion", "text/plain", b"three"),
    ];
    let at = places(&records);
    let plain = records.concat();
    let expected =
        |at: &[usize]| [format!("{} <p>one", at[2]), format!("{} <p>two", at[6]), format!("{} three", at[7])];
    assert_eq!(read("plain.warc", &plain, 0), expected(&at));
    let members: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    assert_eq!(read("members.warc.gz", &members.concat(), 0), expected(&places(&members)));
    // The whole file in one member, and in one frame of Zstandard: places count what is decompressed.
    let within = [format!("0+{} <p>one", at[2]), format!("0+{} <p>two", at[6]), format!("0+{} three", at[7])];
    assert_eq!(read("whole.warc.gz", &gzip(&plain), 0), within);
    assert_eq!(read("whole.warc.zst", &zstd::encode_all(&plain[..], 1).unwrap(), 0), within);
}

#[test]
fn reading_begins_at_the_next_record() {
    let records = [page("one"), page("two"), page("three")];
    let members: Vec<Vec<u8>> = records.iter().map(|record| gzip(record)).collect();
    for (name, parts) in [("from.warc", &records[..]), ("from.warc.gz", &members)] {
        let at = places(parts);
        let all = parts.concat();
        let rest = [format!("{} <p>two", at[1]), format!("{} <p>three", at[2])];
        assert_eq!(read(name, &all, at[1] as u64), rest, "{name}, at the record");
        assert_eq!(read(name, &all, 1), rest, "{name}, within the one before");
        assert!(read(name, &all, all.len() as u64 + 9).is_empty(), "{name}, behind the end");
    }
    let lines = b"{\"text\":\"one\"}\n{\"text\":\"two\"}\n";
    assert_eq!(read("from.jsonl", lines, 3), ["15 two"]);
    assert_eq!(read("from.jsonl", lines, 15), ["15 two"]);
    assert!(read("from.txt", b"A report.", 3)[0].starts_with("cannot begin within FILE"));
}

#[test]
fn damage_costs_the_damaged_record_alone() {
    let wrong =
        String::from_utf8(page("lie")).unwrap().replace("Content-Length: ", "Content-Length: 9").into_bytes();
    let records =
        [page("one"), wrong, b"<rubbish>\r\n".to_vec(), page("two"), page("cut off")[..200].to_vec()];
    let at = places(&records);
    let found = read("damaged.warc", &records.concat(), 0);
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found[0], "0 <p>one");
    assert!(
        found[1].starts_with(&format!(
            "cannot read FILE at byte {} (it is cut off, or its length is wrong",
            at[1]
        )),
        "{found:?}"
    );
    assert_eq!(found[2], format!("{} <p>two", at[3]));
    assert!(found[3].contains(&format!("at byte {} (", at[4])), "{found:?}");
}

#[test]
fn damaged_members_are_left_out_whole() {
    let mut torn = gzip(&page("torn"));
    let sum = torn.len() - 8;
    torn[sum] ^= 1;
    let mut bad = gzip(&page(&"bad ".repeat(500)));
    bad[30] ^= 0xFF;
    let cut = gzip(&page(&(0..500).map(|number| number.to_string()).collect::<String>()));
    let bomb = gzip(&page(&"x".repeat(20 << 20)));
    let parts = [
        gzip(&page("one")),
        torn,
        gzip(&page("two")),
        b"rubbish between members".to_vec(),
        gzip(&page("three")),
        cut[..cut.len() / 2].to_vec(),
        gzip(&page("four")),
        bad,
        gzip(&page("five")),
        bomb,
        gzip(&page("six")),
        cut[..cut.len() - 3].to_vec(),
    ];
    let at = places(&parts);
    let found = read("damaged.warc.gz", &parts.concat(), 0);
    let (good, faults): (Vec<&String>, Vec<&String>) = found.iter().partition(|line| line.contains("<p>"));
    let words: Vec<&str> = good.iter().map(|line| line.split("<p>").nth(1).unwrap()).collect();
    assert_eq!(words, ["one", "two", "three", "four", "five", "six"], "{faults:?}");
    for (fault, (place, reason)) in faults.iter().zip([
        (1, "its gzip data is damaged"),
        (3, "23 bytes that belong to no record"),
        (5, "its gzip data is"),
        (7, ""),
        (9, "as a decompression bomb does"),
        (11, "its gzip data is cut off"),
    ]) {
        assert!(fault.starts_with(&format!("cannot read FILE at byte {}", at[place])), "{faults:?}");
        assert!(fault.contains(reason), "{fault}: {reason}");
    }
    assert_eq!(faults.len(), 6, "{faults:?}");
}

#[test]
fn bodies_are_read_as_they_went_over_the_wire() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(b"<p>zlib").unwrap();
    let html = "200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n";
    let chunks = [b"5;x\r\n".to_vec(), gzip(b"<p>gz")[..5].to_vec(), b"\r\n".to_vec()].concat();
    let rest = &gzip(b"<p>gz")[5..];
    let chunked =
        [chunks, format!("{:x}\r\n", rest.len()).into_bytes(), rest.to_vec(), b"\r\n0\r\n\r\n".to_vec()]
            .concat();
    let bodies = [
        response(&format!("{html}Transfer-Encoding: chunked\r\nContent-Encoding: gzip"), &chunked),
        response(&format!("{html}Content-Encoding: deflate"), &zlib.finish().unwrap()),
        response(&format!("{html}Content-Encoding: gzip"), b"<p>undone before"),
        response(&format!("{html}Content-Encoding: gzip"), &gzip(&vec![b'x'; 60_000])),
        response(&format!("{html}Content-Encoding: gzip"), &gzip(b"<p>cut off")[..15]),
    ];
    let path = file("wire.warc", &bodies.concat());
    let found: Vec<_> = open(&[path]).with_limit(50_000).collect();
    let words = |at: usize| String::from_utf8_lossy(&found[at].as_ref().unwrap().bytes).into_owned();
    assert_eq!((words(0), words(1), words(2)), ("<p>gz".into(), "<p>zlib".into(), "<p>undone before".into()));
    let first = found[0].as_ref().unwrap();
    assert_eq!(first.charset.as_deref(), Some("ISO-8859-1"));
    assert_eq!(first.media.as_deref(), Some("text/html"));
    assert_eq!(first.url.as_deref(), Some("https://a.example/1"));
    assert_eq!(first.id.as_deref(), Some("urn:uuid:response"));
    let reason = |at: usize| found[at].as_ref().unwrap_err().reason();
    assert_eq!(reason(3), "it decompresses to more than 50000 bytes, the limit for one report");
    assert_eq!(reason(4), "its gzip data is cut off");
}

#[test]
fn lines_are_read_from_any_compression() {
    let lines = b"{\"id\":\"a\",\"text\":\"one\"}\nbroken\n{\"html\":\"<p>two\",\"text\":\"not this\"}\n";
    let fault = "cannot read FILE, line 2 (it is no object with a field `text` or `html`: expected value at line 1 column 1): it is left out";
    check("lines.jsonl", lines, &["0 one", fault, "31 <p>two"]);
    check("lines.gz", &gzip(lines), &["0 one", fault, "0+31 <p>two"]);
    check("lines.zst", &zstd::encode_all(&lines[..], 1).unwrap(), &["0 one", fault, "0+31 <p>two"]);
    check("report.gz", &gzip(b"A report."), &[" A report."]);
    let cut = gzip(&[&lines[..], "{\"text\":\"long\"}\n".repeat(9000).as_bytes()].concat());
    let found = read("cut.jsonl.gz", &cut[..cut.len() - 20], 0);
    assert_eq!(found[0], "0 one");
    assert!(found.last().unwrap().contains("its compressed data is cut off"), "{:?}", found.last());
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"two\"}}\n", "x".repeat(60_000));
    let found = read("long.jsonl", long.as_bytes(), 0);
    assert!(found[0].contains("larger than 50000 bytes") && found[1].ends_with(" two"), "{found:?}");
}

#[test]
fn feeds_give_an_entry_each() {
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Tolmere Post</title><link>https://post.example/</link>\
        <item><title>Fire &amp;amp; smoke</title><link>https://post.example/1</link><guid isPermaLink=\"false\">p1</guid>\
        <pubDate>Mon, 03 Mar 2025 10:00:00 +0100</pubDate><dc:creator>Ana Ruiz</dc:creator><description>Short.</description>\
        <content:encoded><![CDATA[<p>It burned &amp; burned.]]></content:encoded><media:title>no</media:title></item>\
        <item><title>Second</title><guid>https://post.example/2</guid><description>&lt;b&gt;Only&lt;/b&gt; short.</description></item>\
        <item><title>Third</title></item>\
        <item><title>Cut</title><description>It goes on";
    let path = file("rss", rss.as_bytes());
    let found: Vec<_> = open(&[path]).collect();
    assert_eq!(found.len(), 4);
    let first = found[0].as_ref().unwrap();
    assert_eq!(String::from_utf8_lossy(&first.bytes), "<p>It burned &amp; burned.");
    assert_eq!(first.field.as_deref(), Some("content:encoded"));
    assert_eq!(first.title.as_deref(), Some("Fire & smoke"));
    assert_eq!(first.date.as_deref(), Some("2025-03-03T10:00:00+01:00"));
    assert_eq!((first.outlet.as_deref(), first.id.as_deref()), (Some("The Tolmere Post"), Some("p1")));
    assert_eq!(first.authors, ["Ana Ruiz"]);
    assert_eq!(first.container.as_ref().unwrap().offset as usize, rss.find("<item>").unwrap());
    let second = found[1].as_ref().unwrap();
    assert_eq!(String::from_utf8_lossy(&second.bytes), "<b>Only</b> short.");
    assert_eq!(
        (second.url.as_deref(), second.field.as_deref()),
        (Some("https://post.example/2"), Some("description"))
    );
    assert!(found[2].as_ref().unwrap_err().to_string().contains("neither content nor a summary"));
    assert!(found[3].is_err(), "an entry without its end has no whole field");

    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Post</title><author><name>All</name></author><entry><title>One</title>\
        <link rel=\"self\" href=\"https://a.example/self\"/><link href=\"https://a.example/1\"/><id>tag:1</id><updated>2025-03-03T10:00:00Z</updated>\
        <author><name>Bo Lind</name></author><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>It <b>burned</b>.</p></div></content>\
        </entry><entry><summary>Plain &lt;words&gt;.</summary></entry></feed>";
    let path = file("atom", atom.as_bytes());
    let found: Vec<_> = open(&[path]).map(Result::unwrap).collect();
    let words = |at: usize| String::from_utf8_lossy(&found[at].bytes).into_owned();
    assert_eq!(words(0), "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>It <b>burned</b>.</p></div>");
    assert_eq!(words(1), "Plain <words>.");
    assert_eq!(
        (found[0].url.as_deref(), found[0].date.as_deref()),
        (Some("https://a.example/1"), Some("2025-03-03T10:00:00Z"))
    );
    assert_eq!((&found[0].authors[..], found[1].media.as_deref()), (&["Bo Lind".to_owned()][..], None));

    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Post\", \"items\": [\
        {\"id\": 1, \"url\": \"https://a.example/1\", \"content_html\": \"<p>One\", \"date_published\": \"2025-03-03\", \"authors\": [{\"name\": \"Bo\"}]},\
        {\"id\": \"2\", \"content_text\": \"Two\"}, {\"id\": {}}]}";
    check(
        "json",
        json.as_bytes(),
        &[
            "75 <p>One",
            "202 Two",
            "cannot read FILE at byte 238 (its entry has neither content nor a summary): it is left out",
        ],
    );
}

#[test]
fn messages_are_parted() {
    let mailbox = "From a@b.example Mon Mar  3 10:00:00 2025\nSubject: One\n\nIt burned.\n\nFrom here it spread.\n\n\
        From a@b.example Mon Mar  3 11:00:00 2025\nSubject: Two\nContent-Type: text/html\n\n<p>Out.\n";
    check("mailbox", mailbox.as_bytes(), &["0 It burned.\n\nFrom here it spread.\n\n", "90 <p>Out.\n"]);
    let saved = "From: <Saved by a browser>\nSnapshot-Content-Location: https://a.example/1\nMIME-Version: 1.0\n\
        Content-Type: multipart/related;\n\tboundary=\"--b\"\n\n----b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n\
        <p>It=20burned.\n----b--\n";
    check("page.mhtml", saved.as_bytes(), &["0 <p>It burned.\n"]);
}

#[test]
fn what_a_browser_saved_beside_a_page_is_passed_over() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved");
    fs::create_dir_all(folder.join("Fire_files")).unwrap();
    fs::create_dir_all(folder.join("Other_files")).unwrap();
    for name in ["Fire.html", "Fire_files/style.css", "Other_files/report.txt"] {
        fs::write(folder.join(name), "words").unwrap();
    }
    let found: Vec<String> = open(&[&folder]).map(|read| read.unwrap().path.unwrap()).collect();
    let names: Vec<&str> = found.iter().map(|path| path.rsplit("saved/").next().unwrap()).collect();
    assert_eq!(names, ["Fire.html", "Other_files/report.txt"]);
}

/// A table with the columns `id`, `text` and one that is of no use; `text` of the second row is null.
#[cfg(feature = "parquet")]
fn table() -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::writer::SerializedFileWriter;
    let schema =
        "message schema { required int64 id; optional binary Text (UTF8); required binary other (UTF8); }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Default::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let words = |all: &[&str]| all.iter().map(|&one| ByteArray::from(one)).collect::<Vec<_>>();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[1, 2, 3], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&words(&["one", "three"]), Some(&[1, 0, 1]), None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&words(&["x", "y", "z"]), None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[cfg(feature = "parquet")]
#[test]
fn tables_are_read_by_their_columns() {
    let fault = "cannot read FILE, row 1 (its row has neither `text` nor `html`): it is left out";
    check("table", &table(), &["0 one", fault, "2 three"]);
    check("table.gz", &gzip(&table()), &["0 one", fault, "0+2 three"]);
    let path = file("table", &table());
    let ids: Vec<_> = open(&[path]).filter_map(|read| read.ok()?.id).collect();
    assert_eq!(ids, ["1", "3"]);
    check(
        "torn",
        &table()[..60],
        &["cannot read FILE at byte 0 (Parquet error: Invalid Parquet file. Corrupt footer): it is left out"],
    );
}

#[cfg(all(feature = "parquet", unix))]
#[test]
fn a_table_is_read_through_a_pipe() {
    let path = file("beside", b"").with_file_name("pipe");
    let _ = fs::remove_file(&path);
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let bytes = table();
    let (name, whole) = (path.clone(), bytes.clone());
    let writer = std::thread::spawn(move || fs::write(name, whole));
    let found: Vec<_> = open(&[&path]).filter_map(|read| read.ok()?.id).collect();
    writer.join().unwrap().unwrap();
    assert_eq!(found, ["1", "3"]);
    let found: Vec<_> = variorum_sources::of(std::io::Cursor::new(bytes), "pipe")
        .with_limit(100)
        .map(Result::unwrap_err)
        .collect();
    assert!(found[0].reason().contains("is held whole, and this one has more than 100 bytes"), "{found:?}");
}

#[test]
fn answers_of_other_protocols_are_passed_over() {
    let records = [
        record("response", "text/dns", b"20250303100000\na.example. 60 IN A 192.0.2.1\n"),
        record("response", "application/http", b"rubbish"),
        page("one"),
    ];
    let at = places(&records);
    check(
        "dns.warc",
        &records.concat(),
        &[
            &format!("cannot read FILE at byte {} (it holds no HTTP answer): it is left out", at[1]),
            &format!("{} <p>one", at[2]),
        ],
    );
    // An image is passed over unseen, be its compression damaged.
    let image = response("200 OK\r\nContent-Type: image/png\r\nContent-Encoding: gzip", &gzip(b"PNG")[..15]);
    check("image.warc", &image, &[]);
}

/// Gives its bytes, and then an error.
struct Torn(std::io::Cursor<Vec<u8>>);

impl std::io::Read for Torn {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(out)? {
            0 => Err(std::io::Error::other("the disk is torn")),
            read => Ok(read),
        }
    }
}

#[test]
fn what_cannot_be_read_is_said_also_before_the_first_record() {
    let line = b"{\"text\":\"one\"}\n".repeat(30_000);
    let pages = page(&"one ".repeat(4000)).repeat(30);
    let members = gzip(&page("one")).repeat(3000);
    for (name, bytes) in [("lines", line), ("records", pages), ("members", members)] {
        for from in [0, bytes.len() as u64 - 3, bytes.len() as u64 + 9] {
            let torn = Torn(std::io::Cursor::new(bytes.clone()));
            let found: Vec<_> = variorum_sources::of(torn, "FILE").starting_at(from).collect();
            let last = found.last().map(|last| last.as_ref().unwrap_err());
            assert!(
                matches!(last, Some(Error::Rest { reason, .. }) if reason == "the disk is torn"),
                "{name} from {from}: {last:?}"
            );
        }
    }
}

#[test]
fn a_line_that_is_left_out_has_its_number_and_its_place() {
    let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(60_000));
    let path =
        file("place.jsonl", [b"{\"text\":\"one\"}\n", long.as_bytes(), b"broken\n"].concat().as_slice());
    let found: Vec<_> = open(&[&path]).with_limit(50_000).filter_map(Result::err).collect();
    let places = [15, 15 + long.len() as u64];
    for ((error, line), place) in found.iter().zip([2, 3]).zip(places) {
        assert_eq!(
            (error.line(), error.container().map(|at| at.offset)),
            (Some(line), Some(place)),
            "{error}"
        );
        assert_eq!(error.path(), path.display().to_string());
    }
    assert_eq!(found[0].reason(), "it is larger than 50000 bytes, the limit for one report");
}

#[test]
fn elements_that_stand_in_a_description_are_part_of_it() {
    let entry = |inner: &str| {
        format!("<rss version=\"2.0\"><channel><title>Post</title><item>{inner}</item></channel></rss>")
    };
    let check = |inner: &str, expected: &str| {
        let found: Vec<_> = open(&[file("mixed", entry(inner).as_bytes())]).collect();
        let found = found[0].as_ref().unwrap();
        let words = String::from_utf8_lossy(&found.bytes);
        assert_eq!(format!("{} | {words}", found.title.clone().unwrap_or_default()), expected, "{inner}");
        assert_eq!(found.media.as_deref(), Some("text/html"));
    };
    check(
        "<description>It <b>burned</b> all<br/> night.</description>",
        " | It <b>burned</b> all<br/> night.",
    );
    check(
        "<description>It<br>burned &lt;i&gt;all&lt;/i&gt; night.</description>",
        " | It<br>burned <i>all</i> night.",
    );
    check(
        "<title>The <i>Queen</i> sinks</title><author><name>Ana</name> <email>a@b.example</email></author>\
         <description><p>It <![CDATA[<b>sank</b>]]>.</p></description>",
        "The Queen sinks | <p>It <b>sank</b>.</p>",
    );
}

#[test]
fn content_that_is_never_closed_ends_with_its_entry() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><summary>One.</summary><content type='xhtml'><p>cut</entry>\
        <entry><content type='xhtml'><p>1 &lt; 2</p></content></entry></feed>";
    let found: Vec<_> = open(&[file("never", atom.as_bytes())]).map(Result::unwrap).collect();
    let words: Vec<_> = found.iter().map(|one| String::from_utf8_lossy(&one.bytes)).collect();
    assert_eq!(words, ["One.", "<p>1 &lt; 2</p>"]);
}

#[test]
fn a_place_is_one_of_the_file_received() {
    // Each sign is one byte here and two in the text.
    let feed = |words: &str| {
        format!(
            "<?xml version='1.0' encoding='ISO-8859-1'?><rss><title>{words}</title>\
        <item><description>{words} one</description></item><!-- < --><item><description>two</description></item></rss>"
        )
    };
    let (latin, text) = (encoding(&feed("\u{e9}\u{e8}")), feed("ab"));
    let at: Vec<usize> = text.match_indices("<item>").map(|(at, _)| at).collect();
    check("latin.xml", &latin, &[&format!("{} \u{e9}\u{e8} one", at[0]), &format!("{} two", at[1])]);
    // Members within a compressed file: their bytes are not those of the file.
    let members = [gzip(&page("one")), gzip(&page("two"))];
    let outer = zstd::encode_all(&members.concat()[..], 1).unwrap();
    check("members.zst", &outer, &["0 <p>one", &format!("0+{} <p>two", members[0].len())]);
}

/// `text` in ISO-8859-1.
fn encoding(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn a_record_that_does_not_show_that_it_is_one_ends_nothing() {
    let long = format!("WARC/1.0\r\n{}: x\r\nContent-Length: 0\r\n\r\n", "A".repeat(600)).into_bytes();
    let records = [page("one"), long, page("two")];
    let path = file("long.warc", &records.concat());
    let found: Vec<_> = open(&[path]).take(9).map(|read| read.is_ok()).collect();
    assert_eq!(found, [true, false, true]);
}

#[test]
fn files_without_a_report_are_named() {
    let feed = file("empty.xml", b"<rss version=\"2.0\"><channel><title>Post</title></channel></rss>");
    let json = file("empty.json", b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}");
    let mut sources = open(&[&feed, &json, &file("full.xml", b"<rss><item><description>x")]);
    assert_eq!(sources.by_ref().count(), 1);
    assert_eq!(sources.tally().empty(), (2, vec![feed.display().to_string(), json.display().to_string()]));
}

#[test]
fn dictionaries_of_zstandard_are_used() {
    use zstd::stream::write::Encoder;
    let records = [page("one"), page("two")];
    let dictionary = page("a dictionary");
    let frame = |record: &Vec<u8>| {
        let mut frame = Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        frame.write_all(record).unwrap();
        frame.finish().unwrap()
    };
    let frames: Vec<u8> = records.iter().flat_map(frame).collect();
    let second = format!("0+{} <p>two", records[0].len());
    for held in [dictionary.clone(), zstd::encode_all(&dictionary[..], 3).unwrap()] {
        let length = u32::try_from(held.len()).unwrap().to_le_bytes();
        let file = [&b"\x5D\x2A\x4D\x18"[..], &length, &held, &frames].concat();
        check("dictionary.warc.zst", &file, &["0 <p>one", &second]);
    }
    let cut = [&b"\x5D\x2A\x4D\x18"[..], &9_000_u32.to_le_bytes(), b"cut"].concat();
    check("cut.warc.zst", &cut, &["cannot read FILE at byte 0 (its dictionary is cut off): it is left out"]);
    let nested = (1..5000_u32).fold(Vec::new(), |inner: Vec<u8>, at| {
        // From the inside out, so that each length holds what is left.
        [&b"\x5D\x2A\x4D\x18"[..], &(8 * (at - 1)).to_le_bytes(), &inner].concat()
    });
    let fault = "cannot read FILE from byte 0 on (its compressed data is cut off): the rest is left out";
    check("nested.warc.zst", &nested, &[fault]);
}
