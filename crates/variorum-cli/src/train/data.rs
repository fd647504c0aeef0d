//! Reads the labelled texts the taggers learn from.
//!
//! In: files of `ner-dev` (words with tags, or texts with spans) and our own labels in `corpus/wikinews`. Out: [`Labelled`]
//! documents in the order of the files, and sentences with parts of speech.

use anyhow::Context;
use serde_json::Value;
use std::path::Path;
use variorum::span::Span;
use variorum::tagging::dictionary::Dictionary;
use variorum::tagging::names::Kind;
use variorum::tagging::pos::Part;
use variorum::tagging::words;

/// A text whose names are known.
pub struct Labelled {
    /// Where it is from, such as `pud/n01001`.
    pub id: String,
    /// The text.
    pub text: String,
    /// Its sentences, each with its words.
    pub sentences: Vec<Vec<Span>>,
    /// Its names.
    pub names: Vec<(Span, Kind)>,
    /// Whether names of every kind are marked; else people, organisations and places alone are.
    pub is_whole: bool,
    /// Whether it is kept for testing.
    pub is_test: bool,
}

/// The sentences of `text`, line by line.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        found.extend(variorum::sentences::split(text, span));
        at += line.len();
    }
    found
}

/// The kind a data set's label means; `None` for what is no name to us.
pub fn kind(label: &str) -> Option<Kind> {
    Some(match label {
        "PER" | "Person" | "person" => Kind::Person,
        "ORG" | "Organization" | "organisation" | "outlet" | "platform" => Kind::Organisation,
        "LOC" | "Location" | "Facility" | "place" => Kind::Place,
        "nationality" => Kind::Nationality,
        "work" => Kind::Work,
        "event" => Kind::Event,
        "other" => Kind::Other,
        _ => return None,
    })
}

/// Documents of words with `B-`, `I-` tags, a word a line; documents are the file's where `parted`, else sentences.
pub fn tagged(path: &Path, parted: bool, dictionary: &Dictionary) -> anyhow::Result<Vec<Labelled>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut found: Vec<Labelled> = Vec::new();
    let mut fresh = true;
    for sentence in file.split("\n\n") {
        for line in sentence.lines() {
            let (word, tag) = line.split_once('\t').unwrap_or((line, "O"));
            if word == "-DOC-" {
                fresh = true;
                continue;
            }
            if fresh {
                found.push(empty(format!("{name}/{}", found.len())));
                fresh = false;
            }
            let document = found.last_mut().expect("one was just begun");
            put(document, word, tag, dictionary);
        }
        if let Some(document) = found.last_mut() {
            document.sentences.push(Vec::new());
        }
        fresh |= !parted;
    }
    for document in &mut found {
        document.sentences.retain(|sentence| !sentence.is_empty());
    }
    Ok(found)
}

fn empty(id: String) -> Labelled {
    Labelled {
        id,
        text: String::new(),
        sentences: vec![Vec::new()],
        names: Vec::new(),
        is_whole: false,
        is_test: false,
    }
}

/// Puts a word with its tag behind the text of `document`.
fn put(document: &mut Labelled, word: &str, tag: &str, dictionary: &Dictionary) {
    let start = document.text.len();
    document.text.push_str(word);
    let span = Span::new(start, document.text.len());
    document.text.push(' ');
    let sentence = document.sentences.last_mut().expect("a document has one");
    words::cut(&document.text, span, dictionary, sentence);
    match tag.split_once('-').map(|(place, label)| (place, kind(label))) {
        Some(("I", Some(kind))) if document.names.last().is_some_and(|last| last.1 == kind) => {
            let last = document.names.last_mut().expect("it was just asked for");
            last.0 = last.0.cover(span);
        }
        Some((_, Some(kind))) => document.names.push((span, kind)),
        _ => {}
    }
}

/// Documents of text with spans, one JSON object a line: `entities` as `[start, end, label]` (people, organisations and
/// places alone), or `names` as objects with `start`, `end` and `kind`, or our own `mentions` of form `name` and `handle`
/// with their entities' kinds.
pub fn texts(path: &Path, dictionary: &Dictionary) -> anyhow::Result<Vec<Labelled>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    file.lines().map(|line| read(&serde_json::from_str(line)?, dictionary)).collect()
}

fn read(row: &Value, dictionary: &Dictionary) -> anyhow::Result<Labelled> {
    let text = row["text"].as_str().context("a line has no text")?.to_owned();
    let sentences = sentences(&text).into_iter().map(|sentence| {
        let mut found = Vec::new();
        words::cut(&text, sentence, dictionary, &mut found);
        found
    });
    let sentences = sentences.collect();
    let mut names: Vec<(Span, Kind)> =
        spans(row).filter_map(|(s, e, label)| Some((Span::new(s, e), kind(&label)?))).collect();
    names.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
    let id = row["id"].as_str().unwrap_or_default().to_owned();
    let is_whole = row["entities"][0].is_object() || row["names"].is_array();
    let is_test = row["test"] == true || row["split"] == "test";
    Ok(Labelled { id, text, sentences, names, is_whole, is_test })
}

/// Start, end and label of the names of a line.
fn spans(row: &Value) -> impl Iterator<Item = (usize, usize, String)> {
    let list = |name: &str| row[name].as_array().cloned().unwrap_or_default();
    let kinds: Vec<(String, String)> = list("entities")
        .iter()
        .filter_map(|one| Some((one["id"].as_str()?.to_owned(), one["kind"].as_str()?.to_owned())))
        .collect();
    let marked = [list("mentions"), list("names"), list("entities")].concat();
    marked.into_iter().filter_map(move |one| {
        let number = |value: &Value| value.as_u64().map(|number| number as usize);
        if one.is_array() {
            return Some((number(&one[0])?, number(&one[1])?, one[2].as_str()?.to_owned()));
        }
        let own = one["kind"].as_str().map(str::to_owned);
        let entity = || {
            kinds
                .iter()
                .find(|(id, _)| Some(id.as_str()) == one["entity"].as_str())
                .map(|(_, kind)| kind.clone())
        };
        let is_name = one["form"].as_str().is_none_or(|form| matches!(form, "name" | "handle"));
        let label = own.or_else(entity).filter(|_| is_name)?;
        Some((number(&one["start"])?, number(&one["end"])?, label))
    })
}

/// A sentence of words with their parts of speech.
pub type Parsed = Vec<(String, Part)>;

/// Documents of sentences of words with parts of speech, a word a line.
pub fn parsed(path: &Path) -> anyhow::Result<Vec<(String, Vec<Parsed>)>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut documents: Vec<(String, Vec<Parsed>)> = Vec::new();
    let mut sentence = Vec::new();
    for line in file.lines().chain([""]) {
        match line.split_once('\t') {
            Some(("-DOC-", id)) => documents.push((id.to_owned(), Vec::new())),
            Some((word, code)) => {
                let part = Part::ALL.into_iter().find(|part| part.code() == code);
                sentence
                    .push((word.to_owned(), part.with_context(|| format!("no part of speech: {code:?}"))?));
            }
            None if sentence.is_empty() => {}
            None => {
                if documents.is_empty() {
                    documents.push((String::new(), Vec::new()));
                }
                let last = documents.last_mut().expect("one was just begun");
                last.1.push(std::mem::take(&mut sentence));
            }
        }
    }
    Ok(documents)
}
