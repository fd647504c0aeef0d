//! Reads the pages of `extraction-dev` with Variorum and with other Rust extractors, and times each call.
//!
//! `peers DATA OUT SET...` writes `OUT/TOOL/SET.json`, predictions for that folder's `score.py`, and `OUT/TOOL/SET.time`,
//! processor seconds over the pages. One thread; tools take turns on each page, so that a busy machine slows them alike.
//! Timed is the call alone: text and metadata from a page in memory. The peers get the page decoded to UTF-8;
//! Variorum gets the bytes as received and decodes them within its time.

mod decode;
mod tools;

use serde_json::{Map, Value};
use std::fs;
use std::io::Read;
use std::path::Path;
use tools::{Page, TOOLS, Tool};
use variorum::model::Received;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    std::panic::set_hook(Box::new(|_| ()));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, out, sets @ ..] = arguments.as_slice() else {
        return Err("usage: peers DATA OUT SET...".into());
    };
    for set in sets {
        run(&Path::new(data).join(set), Path::new(out), set)?;
    }
    Ok(())
}

/// Predictions and times of every tool on one set.
fn run(folder: &Path, out: &Path, set: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut found: Vec<(Map<String, Value>, f64)> = TOOLS.iter().map(|_| (Map::new(), 0.0)).collect();
    for line in fs::read_to_string(folder.join("gold.jsonl"))?.lines() {
        let gold: Value = serde_json::from_str(&line.replace(": NaN", ": null"))?;
        let id = gold["id"].as_str().ok_or("a row without an id")?;
        let page = page(&folder.join(format!("pages/{id}.html.gz")), gold["url"].as_str())?;
        for (tool, (predictions, seconds)) in TOOLS.iter().zip(&mut found) {
            let (prediction, taken) = timed(tool, &page);
            predictions.insert(id.to_owned(), prediction);
            *seconds += taken;
        }
    }
    for (tool, (predictions, seconds)) in TOOLS.iter().zip(&found) {
        let folder = out.join(tool.name);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{set}.json")), serde_json::to_string(predictions)?)?;
        fs::write(folder.join(format!("{set}.time")), format!("{seconds}\n"))?;
    }
    Ok(())
}

/// The page at `path`; an address that is none (some rows name a file there) is left out for every tool.
fn page(path: &Path, url: Option<&str>) -> Result<Page, Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(path)?).read_to_end(&mut bytes)?;
    let url = url.filter(|url| url.starts_with("http") && url::Url::parse(url).is_ok()).map(str::to_owned);
    let text = decode::utf8(&bytes);
    Ok(Page { received: Received { bytes, url, ..Received::default() }, text })
}

/// What a tool finds, null when it fails, and the processor seconds it took.
fn timed(tool: &Tool, page: &Page) -> (Value, f64) {
    let page = std::panic::AssertUnwindSafe(page);
    let start = cpu_time::ThreadTime::now();
    let found = std::panic::catch_unwind(|| (tool.extract)(&page)).ok().flatten();
    let seconds = start.elapsed().as_secs_f64();
    (found.map_or_else(|| Value::String(String::new()), tools::Found::prediction), seconds)
}
