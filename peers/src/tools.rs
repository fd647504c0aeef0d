//! The tools, each as one call from a page to what it finds.

use serde_json::{Value, json};
use trafilatura::ExtractionFocus::{self, Balanced, FavorPrecision};
use variorum::model::Received;

/// A saved page.
pub struct Page {
    /// As received, with its address.
    pub received: Received,
    /// Decoded.
    pub text: String,
}

/// What a tool finds on a page.
#[derive(Default)]
pub struct Found {
    text: String,
    title: Option<String>,
    author: Value,
    date: Option<String>,
}

/// A tool in one of its settings.
pub struct Tool {
    /// As the table prints it.
    pub name: &'static str,
    /// What it finds; `None` when it gives up.
    pub extract: fn(&Page) -> Option<Found>,
}

/// Ours first.
pub const TOOLS: [Tool; 6] = [
    Tool { name: "variorum", extract: variorum },
    Tool { name: "trafilatura-rs", extract: |page| trafilatura(page, false, Balanced) },
    Tool { name: "trafilatura-rs-fallback", extract: |page| trafilatura(page, true, Balanced) },
    Tool {
        name: "trafilatura-rs-precision-fallback",
        extract: |page| trafilatura(page, true, FavorPrecision),
    },
    Tool { name: "dom_smoothie", extract: dom_smoothie },
    Tool { name: "libreadability", extract: libreadability },
];

impl Found {
    /// In the format of score.py.
    pub fn prediction(self) -> Value {
        json!({"text": self.text, "title": self.title, "author": self.author, "date": self.date})
    }
}

fn variorum(page: &Page) -> Option<Found> {
    let report = variorum::read::read(&page.received);
    let read = variorum::annotation::extraction(&report, page.received.url.as_deref());
    Some(Found {
        title: read.title,
        author: json!(read.authors),
        date: read.published.map(|stamp| stamp.value),
        text: read.text,
    })
}

fn trafilatura(page: &Page, fallback: bool, focus: ExtractionFocus) -> Option<Found> {
    let mut options = trafilatura::Options::default().with_fallback(fallback).with_focus(focus);
    options.original_url = page.received.url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let read = trafilatura::extract(&page.text, &options).ok()?;
    Some(Found {
        text: read.content_text,
        title: stated(&read.metadata.title),
        author: json!(stated(&read.metadata.author)),
        date: read.metadata.date.map(|date| date.to_string()),
    })
}

fn dom_smoothie(page: &Page) -> Option<Found> {
    let config = dom_smoothie::Config {
        text_mode: dom_smoothie::TextMode::Formatted,
        ..dom_smoothie::Config::default()
    };
    let mut reader =
        dom_smoothie::Readability::new(page.text.as_str(), page.received.url.as_deref(), Some(config))
            .ok()?;
    let read = reader.parse().ok()?;
    Some(Found {
        text: read.text_content.to_string(),
        title: stated(&read.title),
        author: json!(read.byline),
        date: read.published_time,
    })
}

fn libreadability(page: &Page) -> Option<Found> {
    let read = libreadability::extract(&page.text, page.received.url.as_deref()).ok()?;
    Some(Found {
        text: read.text_content,
        title: stated(&read.title),
        author: json!(stated(&read.byline)),
        date: stated(&read.published_time),
    })
}

fn stated(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_owned())
}
