//! The short form of the fuzz targets: all cases that were ever found, then some thousand mutations, the same on every
//! run. The long form is `fuzz/run`.

use std::path::Path;
use variorum_fuzz::mutation::{Dice, generate, mutate, tokens};
use variorum_fuzz::{TARGETS, Target, targets};

/// Inputs a target is given here, unless `FUZZ_INPUTS` gives another number.
const INPUTS: u64 = 100;

/// Longest of them, in bytes.
const LENGTH: usize = 3000;

/// Runs target `name` on its kept cases, and gives them.
fn check_kept(name: &str) -> Vec<Vec<u8>> {
    let target = targets::named(name).expect("a target");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(name);
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let cases: Vec<Vec<u8>> =
        entries.map(|entry| std::fs::read(entry.expect("an entry").path()).expect("a case")).collect();
    cases.iter().for_each(|bytes| (target.run)(bytes));
    cases
}

/// Runs target `name` on its kept cases and on made-up input. A failure names the input: `(name, seed)`.
fn check(name: &str) {
    let target = targets::named(name).expect("a target");
    let inputs = check_kept(name);
    let tokens = tokens(target.tokens);
    let stated = std::env::var("FUZZ_INPUTS").ok().and_then(|count| count.parse().ok());
    for seed in 0..stated.unwrap_or(INPUTS) {
        let mut dice = Dice::new(seed);
        let mut bytes = match inputs.get(dice.below(2 * inputs.len())) {
            Some(kept) => kept.clone(),
            None => generate(&mut dice, &tokens, LENGTH),
        };
        mutate(&mut dice, &mut bytes, &tokens, LENGTH);
        let done = std::panic::catch_unwind(|| (target.run)(&bytes));
        assert!(done.is_ok(), "target {name}, seed {seed}: {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn pages() {
    check("html");
}

#[test]
fn plain_text() {
    check("text");
}

#[test]
fn metadata() {
    check("metadata");
}

#[test]
fn warc() {
    check("warc");
}

#[test]
fn feeds() {
    check("feed");
}

#[test]
fn json_lines() {
    check("jsonl");
}

#[test]
fn mail() {
    check("mail");
}

#[test]
fn compressed_files() {
    check("compressed");
}

#[test]
fn tables() {
    check("parquet");
}

/// Made-up input is for the long form: it takes too long to measure here.
#[test]
fn growth() {
    check_kept("growth");
}

#[test]
fn every_target_is_checked_here() {
    let here = include_str!("short.rs");
    for Target { name, .. } in TARGETS {
        let is_checked =
            ["check", "check_kept"].iter().any(|how| here.contains(&format!("{how}(\"{name}\")")));
        assert!(is_checked, "{name} has no test");
    }
}
