//! `variorum eval pos`: parts of speech, by the share of words that get the right one, on the words of the data.
//!
//! In: `ewt-dev.tsv`, by the weights that come with the program; the documents of `gum-by-train.tsv` in [`FOLDS`] parts, each
//! by weights trained on the others and on the English Web Treebank. Out: accuracy in percent, beside its bar.

use super::floors::Measures;
use crate::train::{self, data, data::Parsed, pos};
use std::collections::BTreeMap;
use std::path::Path;
use variorum::tagging::Tagger;
use variorum::tagging::dictionary::Dictionary;
use variorum::tagging::pos::{Care, Part, Readings, tag};
use variorum::tagging::weights::Weights;

/// Parts the documents of GUM are cut into.
const FOLDS: usize = 5;

/// Words right, of how many, and which were wrong.
#[derive(Default)]
struct Tally {
    right: usize,
    words: usize,
    errors: BTreeMap<(&'static str, &'static str), Vec<String>>,
}

/// Prints the accuracy on both sets, and their `worst` most frequent confusions.
pub fn run(data: &Path, worst: usize) -> anyhow::Result<()> {
    let shipped = Tagger::shipped();
    let flat =
        |documents: &[(String, Vec<Parsed>)]| documents.iter().flat_map(|(_, all)| all.clone()).collect();
    let dev: Vec<Parsed> = flat(&data::parsed(&data.join("ner-dev/pos/ewt-dev.tsv"))?);
    let mut ewt = Tally::default();
    dev.iter().for_each(|sentence| ewt.add(sentence, &shipped.parts, &shipped.dictionary));
    let mut measures = Measures::new();
    measures.insert("pos ewt-dev".to_owned(), ewt.print("ewt-dev", 95.8, worst));
    let gum = held_out(data)?;
    measures.insert("pos gum".to_owned(), gum.print("gum, by parts held out", 96.3, worst));
    super::floors::hold(&["pos"], &measures)
}

/// GUM, each part by weights that have not seen it.
fn held_out(data: &Path) -> anyhow::Result<Tally> {
    let words = train::words(data, Path::new("corpus"))?;
    let dictionary = Dictionary::from_bytes(&words);
    let [ewt, gum] = [data::parsed(&data.join(train::EWT))?, data::parsed(&data.join(train::GUM))?];
    let mut tally = Tally::default();
    for fold in 0..FOLDS {
        let part = |inside: bool| {
            let documents = gum.iter().enumerate().filter(move |(at, _)| (at % FOLDS == fold) == inside);
            documents.flat_map(|(_, (_, sentences))| sentences)
        };
        let known: Vec<&Parsed> =
            ewt.iter().flat_map(|(_, sentences)| sentences).chain(part(false)).collect();
        let files = pos::files(&known, &dictionary);
        let weights = files.each_ref().map(|file| Weights::from_bytes(file));
        part(true).for_each(|sentence| tally.add(sentence, &weights, &dictionary));
    }
    Ok(tally)
}

impl Tally {
    fn add(&mut self, sentence: &Parsed, weights: &Readings, dictionary: &Dictionary) {
        let mut found: Vec<Part> = Vec::new();
        tag(&pos::numbers(sentence, dictionary), weights, Care::USUAL, &mut found);
        self.words += sentence.len();
        for ((word, right), found) in sentence.iter().zip(found) {
            if *right == found {
                self.right += 1;
            } else {
                self.errors.entry((right.code(), found.code())).or_default().push(word.clone());
            }
        }
    }

    fn print(&self, name: &str, bar: f64, worst: usize) -> f64 {
        let accuracy = self.right as f64 * 100.0 / self.words as f64;
        let below = if accuracy < bar { ": below" } else { "" };
        println!("== pos {name}: {accuracy:.2} of {} words (bar {bar}{below})", self.words);
        let mut errors: Vec<_> = self.errors.iter().collect();
        errors.sort_by_key(|(pair, words)| (std::cmp::Reverse(words.len()), **pair));
        for ((right, found), words) in errors.iter().take(worst) {
            let some: Vec<&str> =
                words.iter().step_by(words.len().div_ceil(10)).map(String::as_str).collect();
            println!("  {right} taken for {found}: {} {}", words.len(), some.join(" "));
        }
        accuracy
    }
}
