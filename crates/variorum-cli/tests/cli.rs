//! The command line as a user meets it: exit codes, where data and talk go, bad input, fixed wordings.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const FIRE: &str = "Warehouse burns in Tolmere\n\nTOLMERE, March 3, 2025 — A warehouse burned down in Tolmere on Monday and 40 people were \
    led to safety, the Tolmere Fire Service said.\n\n“We can rebuild every wall of this warehouse before winter,” said owner Greta Halloran. \
    “Nobody was hurt, and that is what counts.”\n\nThe fire began in a store room at night, the fire service said.\n";
const FIRE_TOO: &str = "Tolmere warehouse lost to flames\n\nA warehouse in Tolmere burned to the ground on Monday. The Tolmere Fire Service \
    led 40 people out.\n\n“We cannot rebuild every wall of this warehouse before winter,” owner Greta Halloran said.\n\nThe fire service said \
    that the fire had begun in a store room.\n";
const CHESS: &str = "Chess league opens in Vorn\n\nThe chess league of Vorn opened its season with nine boards on Saturday.\n\n“The juniors \
    play better openings than I do,” said trainer Pavel Stroud.\n";

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("variorum-cli-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn path(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn variorum(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.args(arguments).env_remove("NO_COLOR").env("COLUMNS", "80").stdin(Stdio::null());
    command
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn talk(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn two_reports_of_one_story_are_set_side_by_side() {
    let folder = Folder::new("pair");
    let (a, b) = (folder.file("a.txt", FIRE), folder.file("b.txt", FIRE_TOO));
    let page = variorum(&["compare", &a, &b]);
    assert_eq!(code(&page), 0, "{}", talk(&page));
    let text = out(&page);
    for words in [
        "2 reports",
        "The reports agree on",
        "The reports differ on",
        "Greta Halloran",
        "altered",
        "] ",
        "No report was found to be a copy",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "no line runs over");
    for word in ["misquote", "fake", "biased", " lie "] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn counts_and_open_quotations_are_told_as_they_are() {
    let folder = Folder::new("counts");
    let rest = " A second message reads, “The old hall leaked for years. It was cold.” Another user wrote, “Good.” \
                Ana Ruiz said: “The town is sad. We will build it again, stone by stone.\n\nThe council meets on Monday.\n";
    let (a, b) = (folder.file("a.txt", FIRE), folder.file("b.txt", format!("{FIRE_TOO}{rest}")));
    let page = variorum(&["compare", &a, &b]);
    let text = out(&page);
    assert!(text.contains("2 unnamed speakers"), "{text}");
    assert!(text.contains(" 1 word, 1 quotation"), "{text}");
    assert!(text.matches("no mark closes it").count() <= 1, "{text}");
}

#[test]
fn the_same_pile_gives_the_same_bytes_in_any_order() {
    let folder = Folder::new("order");
    let (a, b, c) = (folder.file("a.txt", FIRE), folder.file("b.txt", FIRE_TOO), folder.file("c.txt", CHESS));
    let one = variorum(&["compare", "--json", &a, &b, &c]);
    let two = variorum(&["compare", "--json", &c, &b, &a]);
    assert_eq!(code(&one), 0);
    assert_eq!(out(&one), out(&two));
    let edition: serde_json::Value = serde_json::from_str(&out(&one)).unwrap();
    assert_eq!(edition["schema"], "variorum.edition/1");
    assert_eq!(edition["stories"].as_array().unwrap().len(), 2);
}

#[test]
fn a_story_of_one_report_says_that_nothing_stands_beside_it() {
    let folder = Folder::new("one");
    let page = variorum(&["compare", &folder.file("a.txt", FIRE)]);
    assert_eq!(code(&page), 0);
    assert!(out(&page).contains("Nothing was found to set beside it."), "{}", out(&page));
}

#[test]
fn reports_of_different_stories_are_told_apart() {
    let folder = Folder::new("unlike");
    let page = variorum(&["compare", &folder.file("a.txt", FIRE), &folder.file("b.txt", CHESS)]);
    assert_eq!(code(&page), 0);
    assert!(out(&page).contains("no two of the 2 reports tell one story"), "{}", out(&page));
    assert!(talk(&page).contains("no two of the 2 reports"));
}

#[test]
fn the_same_file_twice_counts_once() {
    let folder = Folder::new("twice");
    let a = folder.file("a.txt", FIRE);
    let page = variorum(&["compare", "--json", &a, &a]);
    assert_eq!(code(&page), 0);
    let edition: serde_json::Value = serde_json::from_str(&out(&page)).unwrap();
    assert_eq!(edition["reports"].as_array().unwrap().len(), 1);
    assert!(edition["notes"][0].as_str().unwrap().contains("counted once"));
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = Folder::new("bad");
    let a = folder.file("a.txt", FIRE);
    let missing = folder.0.join("missing.txt").display().to_string();
    let found = variorum(&["compare", &a, &missing]);
    assert_eq!(code(&found), 1, "the rest is done, but not all that was asked for");
    assert!(
        out(&found).contains("Greta Halloran") && talk(&found).contains("missing.txt"),
        "{}",
        talk(&found)
    );

    let binary = folder.file("b.bin", [0x89, b'P', b'N', b'G', 0, 0, 0, 1, 2, 3, 0xff, 0xfe, 0]);
    let found = variorum(&["compare", &a, &binary]);
    assert!(talk(&found).contains("b.bin") && talk(&found).contains("left out"), "{}", talk(&found));
    assert!(out(&found).contains("left out"), "the edition says so, too");

    for nothing in [folder.file("empty.txt", ""), binary] {
        let found = variorum(&["compare", &nothing]);
        assert_eq!(code(&found), 1, "{nothing}");
        assert!(out(&found).is_empty() && !talk(&found).is_empty(), "{nothing}");
    }
    let empty = Folder::new("empty");
    let found = variorum(&["compare", &empty.path()]);
    assert_eq!(code(&found), 1);
    assert!(talk(&found).contains("no readable file"), "{}", talk(&found));
}

#[test]
fn odd_bytes_are_read_and_nothing_panics() {
    let folder = Folder::new("odd");
    let line = folder.file("line.txt", "word “quoted” ".repeat(20_000));
    let marks = folder.file("marks.txt", "“‘\"'«".repeat(2_000));
    let tags =
        folder.file("tags.html", format!("<!doctype html><p>{}A fire burned.", "<div>".repeat(20_000)));
    let latin =
        folder.file("latin.txt", b"Caf\xe9 owner burned\n\n\x93We will go,\x94 said Ren\xe9 Morel.\n");
    for path in [line, marks, tags, latin] {
        let found = variorum(&["compare", &path]);
        assert!(code(&found) < 2, "{path}: {}", talk(&found));
        assert!(!talk(&found).contains("panicked"), "{path}: {}", talk(&found));
    }
}

#[test]
fn wrong_use_ends_with_two() {
    for arguments in [
        &["compare"][..],
        &["compare", "--no-such"],
        &["check", "words"],
        &[],
        &["compare", "a", "--json", "--markdown"],
    ] {
        assert_eq!(code(&variorum(arguments)), 2, "{arguments:?}");
    }
}

#[test]
fn a_check_tells_same_words_other_words_other_speakers_and_nothing() {
    let folder = Folder::new("check");
    let (a, b) = (folder.file("a.txt", FIRE), folder.file("b.txt", FIRE_TOO));
    let check = |words: &str, speaker: &str| {
        let found = variorum(&["check", words, "--speaker", speaker, "--in", &a, &b]);
        (code(&found), out(&found).split_whitespace().collect::<Vec<&str>>().join(" "))
    };
    let (code_, text) = check("We can rebuild every wall of this warehouse", "Greta Halloran");
    assert_eq!(code_, 0);
    assert!(
        text.contains(
            "Found with the same words in 1 report; found with a word of content, a number or a negation altered in 1 report."
        ),
        "{text}"
    );
    let (code_, text) = check("We can rebuild every wall of this warehouse", "Pavel Stroud");
    assert_eq!(code_, 0);
    assert!(text.contains("Found, but said by someone else"), "{text}");
    let (code_, text) = check("the river froze over in June", "Greta Halloran");
    assert_eq!(code_, 3);
    assert!(text.contains("Not found in 2 reports"), "{text}");
    assert!(!text.contains("did not say"));
}

#[test]
fn data_and_talk_are_kept_apart() {
    let folder = Folder::new("talk");
    let (a, page) = (folder.file("a.txt", FIRE), folder.0.join("out.html").display().to_string());
    let spoken = variorum(&["compare", &a, "--html", &page]);
    assert!(out(&spoken).is_empty() && talk(&spoken).contains("wrote"));
    let quiet = variorum(&["compare", &a, "--html", &page, "--quiet"]);
    assert!(out(&quiet).is_empty() && talk(&quiet).is_empty(), "{}", talk(&quiet));
    assert_eq!(code(&quiet), 0);
}

#[test]
fn the_page_asks_for_nothing_and_escapes_everything() {
    let folder = Folder::new("html");
    let a =
        folder.file("a.txt", format!("{FIRE}\n“<script>alert(1)</script> & more,” said Greta Halloran.\n"));
    let page = out(&variorum(&["compare", &a, &folder.file("b.txt", FIRE_TOO), "--html", "-"]));
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    for request in ["src=", "<link", "@import", "url(", "href=\"http", "<img", "<iframe"] {
        assert!(!page.contains(request), "{request}");
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "no id stands twice");
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&target), "{target} is there");
    }
}

#[test]
fn markdown_holds_the_same_findings() {
    let folder = Folder::new("markdown");
    let page = out(&variorum(&[
        "compare",
        "--markdown",
        &folder.file("a.txt", FIRE),
        &folder.file("b.txt", FIRE_TOO),
    ]));
    assert!(page.starts_with("# ") && page.contains("Greta Halloran") && page.contains("| --- |"), "{page}");
}

#[test]
fn colours_are_shown_only_where_they_are_wanted() {
    let folder = Folder::new("colour");
    let a = folder.file("a.txt", FIRE);
    assert!(!out(&variorum(&["compare", &a])).contains('\x1b'), "a pipe is not a terminal");
    assert!(out(&variorum(&["compare", &a, "--color", "always"])).contains('\x1b'));
    assert!(!out(&variorum(&["compare", &a, "--color", "never"])).contains('\x1b'));
    let mut plain = command(&["compare", &a]);
    assert!(!out(&plain.env("NO_COLOR", "1").output().unwrap()).contains('\x1b'));
}

#[test]
fn a_closed_pipe_ends_in_silence() {
    let folder = Folder::new("pipe");
    let a = folder.file("a.txt", FIRE);
    let many: Vec<&str> = std::iter::repeat_n(a.as_str(), 1).collect();
    let mut arguments = vec!["compare", "--html", "-"];
    arguments.extend(many);
    let mut child = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(!said.contains("panicked") && !said.contains("roken pipe"), "{said}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn standard_input_is_a_report_or_lines_of_json() {
    let feed = |bytes: &str| {
        let mut child =
            command(&["group", "--jsonl", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(bytes.as_bytes()).unwrap();
        out(&child.wait_with_output().unwrap())
    };
    assert_eq!(feed(FIRE).lines().count(), 1);
    let lines: Vec<String> = [("a", FIRE), ("b", FIRE_TOO)]
        .iter()
        .map(|(id, text)| serde_json::json!({"id": id, "text": text}).to_string())
        .collect();
    let grouped = feed(&lines.join("\n"));
    assert_eq!(grouped.lines().count(), 2, "{grouped}");
    assert!(grouped.contains("\"id\":\"a\""), "the input's own ids are kept: {grouped}");
}

#[test]
fn listings_give_one_object_a_report() {
    let folder = Folder::new("listings");
    folder.file("a.txt", FIRE);
    folder.file("b.txt", FIRE_TOO);
    for (name, fields) in [
        ("annotate", &["quotations", "mentions", "entities", "figures", "dates", "blocks"][..]),
        ("extract", &["article", "text", "title", "blocks", "reason"]),
        ("group", &["id", "story", "edges"]),
    ] {
        let found = variorum(&[name, "--jsonl", &folder.path()]);
        assert_eq!(code(&found), 0, "{name}: {}", talk(&found));
        assert_eq!(out(&found).lines().count(), 2);
        for line in out(&found).lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            for field in fields {
                assert!(record.get(field).is_some(), "{name}: {field}");
            }
        }
        assert!(!out(&variorum(&[name, &folder.path()])).is_empty(), "{name} as a page");
    }
}

#[test]
fn two_reports_are_held_against_each_other() {
    let folder = Folder::new("explain");
    let (a, b) = (
        folder.file("a.txt", FIRE),
        folder.file("b.txt", format!("{FIRE}\n\nThe Sund Courier printed this.")),
    );
    let page = out(&variorum(&["group", &folder.path(), "--explain", &a, "b.txt"]));
    for words in
        ["One story", "Copies", "needed:", "contained:", "Words that weighed most", "Passages in both"]
    {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let json = out(&variorum(&["group", &folder.path(), "--explain", &a, &b, "--json"]));
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(found["schema"], "variorum.explanation/1");
    assert_eq!(found["story"]["same"], true);
    let place = &found["copy"]["passages"][0][0];
    let (start, end) = (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
    assert_eq!(FIRE[start..end], *place["text"].as_str().unwrap());
    let unknown = variorum(&["group", &folder.path(), "--explain", &a, "nowhere"]);
    assert_eq!(code(&unknown), 1);
    assert!(talk(&unknown).contains("no report \"nowhere\""), "{}", talk(&unknown));
    let listed = out(&variorum(&["group", &folder.path(), "--jsonl"]));
    let copies: usize = listed
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["copies"].as_array().unwrap().len()
        })
        .sum();
    assert_eq!(copies, 1, "each copy stands once: {listed}");
}

/// Records of a WARC file; every third is a request, one is cut short.
fn warc(pages: usize) -> Vec<Vec<u8>> {
    let record = |kind: &str, media: &str, block: String| {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let page = |at: usize| {
        let words = format!(
            "<title>Fire {at}</title><p>{}",
            "A warehouse burned down in Tolmere. ".repeat(at * 7 % 50 + 1)
        );
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{words}");
        record("response", "application/http; msgtype=response", block)
    };
    let record = |at: usize| match at % 3 {
        0 => record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n".to_owned()),
        _ if at == 40 => page(at).replace("Content-Length: ", "Content-Length: 1"),
        _ => page(at),
    };
    (0..pages).map(|at| record(at).into_bytes()).collect()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_in_the_order_of_the_file() {
    let folder = Folder::new("threads");
    let file = folder.file("pages", warc(120).concat());
    let read = |threads: &str| variorum(&["extract", "--jsonl", "--threads", threads, &file]);
    let one = read("1");
    assert_eq!(code(&one), 1, "one record is damaged: {}", talk(&one));
    assert_eq!(out(&one).lines().count(), 79);
    let offsets: Vec<u64> = out(&one)
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["container"]["offset"].as_u64().unwrap()
        })
        .collect();
    assert!(offsets.is_sorted());
    for threads in ["2", "7"] {
        assert_eq!(out(&read(threads)), out(&one), "{threads} threads");
        assert_eq!(talk(&read(threads)), talk(&one), "{threads} threads");
    }
    assert!(talk(&one).contains("passed over 40 requests and descriptions"), "{}", talk(&one));
    // From one byte behind the record before the last on, there is the last.
    let from = (offsets[offsets.len() - 2] + 1).to_string();
    let rest = variorum(&["extract", "--jsonl", "--from", &from, &file]);
    assert_eq!(out(&rest), format!("{}\n", out(&one).lines().last().unwrap()));
    assert_eq!(code(&variorum(&["extract", "--from", "1", &file, &file])), 1);
    assert_eq!(code(&variorum(&["extract", "--threads", "0", &file])), 2);
}

#[test]
fn what_is_damaged_goes_into_the_file_of_rejects() {
    let folder = Folder::new("rejects");
    let pages = folder.file("pages", warc(60).concat());
    let good = serde_json::json!({"text": FIRE}).to_string();
    let lines = folder.file("lines", format!("{good}\n{}{good}\n", "broken\n".repeat(30)));
    let rejects = folder.0.join("rejects.jsonl").display().to_string();
    for command in
        [&["extract", "--jsonl"][..], &["annotate", "--jsonl"], &["compare", "--json"], &["group", "--jsonl"]]
    {
        let found = variorum(&[command, &["--rejects", &rejects, &pages, &lines]].concat());
        assert_eq!(code(&found), 1, "{command:?}");
        let kept = std::fs::read_to_string(&rejects).unwrap();
        let kept: Vec<serde_json::Value> =
            kept.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(kept.len(), 31, "{command:?}");
        assert_eq!(kept[0]["path"], pages.as_str());
        assert_eq!(kept[0]["offset"], warc(40).concat().len());
        assert!(kept[0]["reason"].as_str().unwrap().contains("its length is wrong"), "{}", kept[0]);
        assert_eq!((&kept[1]["path"], &kept[1]["line"]), (&lines.as_str().into(), &2.into()));
        assert_eq!(kept[1]["offset"], good.len() + 1);
        assert!(talk(&found).contains("31 of "), "{}", talk(&found));
        assert!(talk(&found).lines().count() < 30, "not every fault is said: {}", talk(&found));
    }
}

#[test]
fn what_a_look_up_cannot_read_is_listed_and_an_empty_feed_is_named() {
    let folder = Folder::new("lookup");
    let good = serde_json::json!({"text": FIRE}).to_string();
    let lines = folder.file("lines", format!("{good}\nbroken\nbroken\n"));
    let feed = folder.file("feed", "<rss version='2.0'><channel><title>Post</title></channel></rss>");
    let rejects = folder.0.join("rejects.jsonl").display().to_string();
    let words = "We can rebuild every wall";
    let found = variorum(&["check", words, "--in", &lines, &feed]);
    assert!(talk(&found).contains("--rejects FILE lists them"), "{}", talk(&found));
    let found = variorum(&["check", words, "--rejects", &rejects, "--in", &lines, &feed]);
    assert_eq!(code(&found), 1, "{}", talk(&found));
    assert_eq!(std::fs::read_to_string(&rejects).unwrap().lines().count(), 2);
    assert!(talk(&found).contains(&format!("no report in {feed}")), "{}", talk(&found));
    let empty = variorum(&["extract", &feed]);
    assert_eq!(code(&empty), 1);
    assert!(talk(&empty).contains(&format!("no report in {feed}")), "{}", talk(&empty));
}

#[test]
fn containers_are_read_from_standard_input() {
    let feed = |bytes: &[u8]| {
        let mut child = command(&["extract", "--jsonl", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let bytes = bytes.to_vec();
        let writer = std::thread::spawn(move || input.write_all(&bytes));
        let found = out(&child.wait_with_output().unwrap());
        writer.join().unwrap().unwrap();
        found.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).collect::<Vec<_>>()
    };
    let records = warc(9);
    let found = feed(&records.concat());
    assert_eq!(found.len(), 6);
    assert_eq!(found[0]["container"]["path"], "standard input");
    assert_eq!(found[0]["title"], "Fire 1");
    let gzip = |bytes: &[u8]| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    };
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(feed(&members).len(), 6);
    let feed_found = feed(
        b"<rss version='2.0'><channel><item><title>Fire</title><description>It burned all night.</description></item></channel></rss>",
    );
    assert_eq!((&feed_found[0]["title"], &feed_found[0]["field"]), (&"Fire".into(), &"description".into()));
}

#[test]
fn help_names_every_flag_and_shows_examples() {
    for (command, flags) in [
        ("compare", &["--json", "--html", "--markdown", "--rejects", "--quiet", "--color"][..]),
        ("annotate", &["--jsonl", "--threads", "--from", "--rejects", "--quiet", "--color"]),
        ("extract", &["--jsonl", "--threads", "--from", "--rejects"]),
        ("group", &["--jsonl", "--rejects"]),
        ("check", &["--speaker", "--in", "--json", "--rejects"]),
        ("eval", &["--data", "--predictions", "--errors", "--stories", "--gold", "--floors"]),
    ] {
        let help = variorum(&[command, "--help"]);
        assert_eq!(code(&help), 0);
        for flag in flags {
            assert!(out(&help).contains(flag), "{command}: {flag}");
        }
        assert!(command == "eval" || out(&help).contains("Examples:"), "{command}");
    }
    let help = out(&variorum(&["--help"]));
    assert!(help.contains("Exit codes: 0 done, 1 failed, 2 wrong use, 3 nothing found"));
    assert!(Path::new(env!("CARGO_BIN_EXE_variorum")).exists());
}
