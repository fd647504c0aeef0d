//! How fast Variorum reads texts, to be held against `spacy_textacy.py` over the same: one thread, processor time.
//!
//! `language TEXTS.jsonl` reads rows with a `text` each and prints one JSON object: reports, their bytes and tokens, and the seconds
//! that names alone (sentences and both taggers) and the whole of `annotate_all` took, 64 reports at a time, as the peers take them.

use serde_json::{Value, json};
use variorum::model::Received;
use variorum::{annotate_all, read, sentences, tagging};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: language TEXTS.jsonl")?;
    let mut pile = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().ok_or("a row without a text")?;
        pile.push(Received {
            bytes: text.as_bytes().to_vec(),
            field: Some("text".to_owned()),
            ..Received::default()
        });
    }
    // The word lists are read once; that is no cost of a report.
    annotate_all(&pile[..pile.len().min(1)]);
    let read: Vec<_> = pile.iter().map(read::read).collect();
    let start = cpu_time::ThreadTime::now();
    let (mut tokens, mut found) = (0, 0);
    for report in &read {
        let tagged = tagging::find(report, &sentences::find(report));
        tokens += tagged.words.len();
        found += tagged.names.len();
    }
    let names = start.elapsed().as_secs_f64();
    let start = cpu_time::ThreadTime::now();
    // What was found of each is let go before the next are read, as in the peers.
    let quotations: usize = pile.chunks(64).flat_map(annotate_all).map(|found| found.quotations.len()).sum();
    let whole = start.elapsed().as_secs_f64();
    let bytes: usize = pile.iter().map(|received| received.bytes.len()).sum();
    let result = json!({
        "reports": pile.len(), "bytes": bytes, "tokens": tokens, "names": found, "quotations": quotations,
        "seconds": { "names": names, "annotate": whole },
    });
    println!("{result}");
    Ok(())
}
