//! Files and folders as users name them: what can be read comes in order, what cannot comes as an error in its place.

use std::fs;
use std::path::{Path, PathBuf};
use variorum_sources::open;

/// A folder of its own for one test, holding `files` (name, content).
fn folder(test: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the test");
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("has a parent")).expect("a folder for the file");
        fs::write(path, content).expect("a file for the test");
    }
    folder
}

/// What comes out of `name` in `folder`: `path: content` or the error, paths from `folder` on.
fn check(folder: &Path, name: &str, expected: &[&str]) {
    let root = format!("{}/", folder.display());
    let found: Vec<String> = open(&[folder.join(name)])
        .with_limit(100)
        .map(|read| match read {
            Ok(read) => {
                format!("{}: {}", read.path.unwrap_or_default(), String::from_utf8_lossy(&read.bytes))
            }
            Err(error) => error.to_string(),
        })
        .map(|line| line.replace(&root, "").replace(folder.to_str().expect("a plain path"), "FOLDER"))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn folders_come_in_order_of_paths() {
    let folder =
        folder("order", &[("b.txt", b"two"), ("a/2.txt", b"one"), ("a/.hidden", b"no"), ("c", b"three")]);
    check(&folder, "a", &["a/2.txt: one"]);
    check(&folder, "b.txt", &["b.txt: two"]);
    let all: Vec<String> =
        open(&[&folder]).map(|read| String::from_utf8(read.unwrap().bytes).unwrap()).collect();
    assert_eq!(all, ["one", "two", "three"]);
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder =
        folder("errors", &[("empty/.hidden", b"no"), ("large.txt", &[b'x'; 101]), ("ok.txt", b"fine")]);
    check(&folder, "none.txt", &["cannot find none.txt: check the name"]);
    check(&folder, "empty", &["found no readable file in empty: name files, or a folder that holds some"]);
    check(
        &folder,
        "large.txt",
        &["cannot take large.txt: it is larger than 100 bytes, the limit for one report; split it first"],
    );
}

#[test]
fn json_lines_are_told_by_their_content() {
    let lines = b"{\"id\":7,\"text\":\"one\"}\n\n{\"text\":\"two\",\"more\":1}\n{\"id\":8}\n";
    let folder = folder("jsonl", &[("pile.txt", lines)]);
    let found: Vec<_> = open(&[folder.join("pile.txt")]).collect();
    assert_eq!(found.len(), 3);
    assert_eq!(found[0].as_ref().unwrap().id.as_deref(), Some("7"));
    assert!(found[1].as_ref().unwrap().path.as_deref().unwrap().ends_with("pile.txt:3"));
    let error = found[2].as_ref().unwrap_err().to_string();
    assert!(error.contains("line 4 (it has no field `text` or `html`)"), "{error}");
}
