//! `variorum train`: remakes the files of `models/` from their data, bit for bit; with `--check` it holds them against what is made.
//!
//! In: the labelled texts of `ner-dev` that `models/README.md` names, and our own in `corpus/wikinews`. Out: `words.bin`,
//! `pos-first.bin`, `pos.bin`, `names-first.bin` and `names.bin`. Each file needs those before it; they are made anew each time. `variorum eval`
//! measures on documents that are not among them. Beside them `leads.txt`, counted over `bulk-dev`, and `round-trip.txt`, from the
//! round trips of `collation-dev`.

mod classes;
pub mod data;
mod knowledge;
mod leads;
mod names;
mod perceptron;
pub mod pos;
pub mod round_trip;

use crate::output::Talk;
use anyhow::Context;
use clap::{Args, ValueEnum};
use data::{Labelled, Parsed};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use variorum::span::Span;
use variorum::tagging::dictionary::Dictionary;
use variorum::tagging::weights::Weights;

/// What can be trained.
#[derive(Copy, Clone, PartialEq, Eq, ValueEnum)]
pub enum Model {
    /// What is known of words: `words.bin`
    Words,
    /// Parts of speech: `pos-first.bin` and `pos.bin`
    Pos,
    /// Names: `names-first.bin` and `names.bin`
    Names,
    /// How common words are: `leads.txt`
    Leads,
    /// What tells a translation there and back from its original: `round-trip.txt`
    RoundTrip,
}

/// The flags of `variorum train`.
#[derive(Args)]
pub struct Options {
    /// What to train (default: all)
    #[arg(value_enum)]
    models: Vec<Model>,
    /// Folder of the development data
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Folder of our own labelled texts
    #[arg(long, default_value = "corpus")]
    corpus: PathBuf,
    /// Folder the files are written into
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Write nothing: make the files and compare them with those that are there
    #[arg(long)]
    check: bool,
}

/// Trains what is asked for.
pub fn run(options: &Options, talk: &Talk) -> anyhow::Result<crate::Outcome> {
    let wants = |model: Model| options.models.is_empty() || options.models.contains(&model);
    let write = |name: &str, bytes: &[u8]| {
        let path = options.out.join(name);
        if options.check {
            return compare(&path, bytes, talk);
        }
        talk.note(&format!("{name}: {} bytes", bytes.len()));
        std::fs::create_dir_all(&options.out)
            .with_context(|| format!("making the folder {}", options.out.display()))?;
        std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
    };
    if wants(Model::Leads) {
        write("leads.txt", &leads::file(&options.data)?)?;
    }
    if wants(Model::RoundTrip) {
        write("round-trip.txt", &round_trip::file(&options.data)?)?;
    }
    if options.models.iter().all(|model| matches!(model, Model::Leads | Model::RoundTrip))
        && !options.models.is_empty()
    {
        return Ok(crate::Outcome::Done);
    }
    let words = words(&options.data, &options.corpus)?;
    if wants(Model::Words) {
        write("words.bin", &words)?;
    }
    let dictionary = Dictionary::from_bytes(&words);
    if !wants(Model::Pos) && !wants(Model::Names) {
        return Ok(crate::Outcome::Done);
    }
    // Not from GUM: its documents serve to measure pronouns and dates.
    let sentences = sentences(&options.data, EWT)?;
    let parts = pos::files(&sentences.iter().collect::<Vec<_>>(), &dictionary);
    if wants(Model::Pos) {
        write("pos-first.bin", &parts[0])?;
        write("pos.bin", &parts[1])?;
    }
    if wants(Model::Names) {
        let labelled = labelled(&options.data, &options.corpus, &dictionary)?;
        let parts = parts.each_ref().map(|file| Weights::from_bytes(file));
        let documents: Vec<names::Document> =
            labelled.iter().map(|document| names::Document::new(document, &dictionary, &parts)).collect();
        let [first, second] = names::files(&documents);
        write("names-first.bin", &first)?;
        write("names.bin", &second)?;
    }
    Ok(crate::Outcome::Done)
}

/// Fails where the file at `path` is not what was made.
fn compare(path: &Path, made: &[u8], talk: &Talk) -> anyhow::Result<()> {
    let kept = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    anyhow::ensure!(
        kept == made,
        "{} is not what its data makes ({} bytes, {} made): remake it with `variorum train`, then run `variorum eval`",
        path.display(),
        kept.len(),
        made.len()
    );
    talk.note(&format!("{}: the same bytes", path.display()));
    Ok(())
}

/// Words with their parts of speech: the English Web Treebank without its development and test documents.
pub const EWT: &str = "ner-dev/pos/ewt-train.tsv";
/// Words with their parts of speech: documents of GUM, for `variorum eval pos` alone.
pub const GUM: &str = "ner-dev/pos/gum-by-train.tsv";

/// The dictionary. It knows the parts of speech of [`EWT`] alone, so that GUM can be measured by parts held out.
pub fn words(data: &Path, corpus: &Path) -> anyhow::Result<Vec<u8>> {
    let sentences = sentences(data, EWT)?;
    let parsed: Vec<&Parsed> = sentences.iter().collect();
    // To cut words it needs no classes.
    let bare = knowledge::file(&parsed, &BTreeMap::new());
    let text = open_text(data, corpus, &parsed, &Dictionary::from_bytes(&bare))?;
    Ok(knowledge::file(&parsed, &classes::classes(&text)))
}

/// Sentences of open text for the classes of words: [`EWT`], the sets of words that names are learnt from, and the Wikinews
/// reports but for those that our own labels keep for testing. None of them is among the documents that anything is measured on.
fn open_text(
    data: &Path,
    corpus: &Path,
    parsed: &[&Parsed],
    dictionary: &Dictionary,
) -> anyhow::Result<Vec<Vec<String>>> {
    let kept: BTreeSet<String> = own(corpus, dictionary)?
        .into_iter()
        .filter(|document| document.is_test)
        .map(|document| document.id)
        .collect();
    let mut all = tagged_words(data, dictionary)?;
    let reports = data::texts(&data.join("wikinews/wikinews.jsonl"), dictionary)?;
    all.extend(reports.into_iter().filter(|report| !kept.contains(&report.id)));
    let words = |document: &Labelled, spans: &[Span]| -> Vec<String> {
        spans.iter().map(|span| classes::plain(span.of(&document.text))).collect()
    };
    let mut text: Vec<Vec<String>> = parsed
        .iter()
        .map(|sentence| sentence.iter().map(|(word, _)| classes::plain(word)).collect())
        .collect();
    for document in &all {
        text.extend(document.sentences.iter().map(|spans| words(document, spans)));
    }
    Ok(text)
}

fn sentences(data: &Path, file: &str) -> anyhow::Result<Vec<Parsed>> {
    Ok(data::parsed(&data.join(file))?.into_iter().flat_map(|(_, sentences)| sentences).collect())
}

/// The documents names are learnt from, in the order of `models/README.md`.
fn labelled(data: &Path, corpus: &Path, dictionary: &Dictionary) -> anyhow::Result<Vec<Labelled>> {
    let mut all = tagged_words(data, dictionary)?;
    all.extend(data::texts(&data.join("ner-dev/uner-ewt.jsonl"), dictionary)?);
    all.extend(own(corpus, dictionary)?.into_iter().filter(|document| !document.is_test));
    Ok(all)
}

/// Those that come as words with tags.
fn tagged_words(data: &Path, dictionary: &Dictionary) -> anyhow::Result<Vec<Labelled>> {
    let folder = data.join("ner-dev/train");
    let mut all = data::tagged(&folder.join("wikigold.conll"), true, dictionary)?;
    all.extend(data::tagged(&folder.join("crossner-politics-science-literature.conll"), false, dictionary)?);
    all.extend(data::tagged(&folder.join("wnut17-train.conll"), false, dictionary)?);
    Ok(all)
}

/// The reports we labelled ourselves.
fn own(corpus: &Path, dictionary: &Dictionary) -> anyhow::Result<Vec<Labelled>> {
    let path = corpus.join("wikinews/reports.jsonl");
    if path.exists() { data::texts(&path, dictionary) } else { Ok(Vec::new()) }
}
