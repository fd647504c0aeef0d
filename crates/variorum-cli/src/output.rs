//! Where data and talk go.
//!
//! Data is written to standard output through one buffer; a reader that closes the pipe ends the run in silence.
//! Talk goes to standard error and can be silenced; errors cannot.

#![allow(clippy::print_stderr, reason = "this file is the one door to standard error")]

use crate::options::Color;
use crate::render::terminal::Paper;
use anyhow::Context;
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

/// Widest page that is still easy to read, in columns.
const WIDEST: usize = 160;
/// Narrowest page that is laid out; below it lines run over.
const NARROWEST: usize = 32;
/// When nothing tells the width.
const USUAL: usize = 80;

/// What is said beside the data.
pub struct Talk {
    is_quiet: bool,
}

impl Talk {
    /// Silent but for errors, if `is_quiet`.
    pub fn new(is_quiet: bool) -> Talk {
        Talk { is_quiet }
    }

    /// Whether only failures are spoken of.
    pub fn is_quiet(&self) -> bool {
        self.is_quiet
    }

    /// Puts `words` in the place of the line that was written so last.
    pub fn overwrite(&self, words: &str) {
        let name = if words.is_empty() { "" } else { "variorum: " };
        eprint!("\r\x1b[K{name}{words}");
    }

    /// A remark.
    pub fn note(&self, words: &str) {
        if !self.is_quiet {
            eprintln!("variorum: {words}");
        }
    }

    /// What failed.
    pub fn error(&self, error: &dyn std::fmt::Display) {
        eprintln!("variorum: {error:#}");
    }
}

/// Writes all of `text` to standard output.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// `record` as JSON on one line.
pub fn line(record: &impl serde::Serialize) -> anyhow::Result<String> {
    let mut line = serde_json::to_string(record)?;
    line.push('\n');
    Ok(line)
}

/// Writes `text` to the file `path`, or to standard output for `-`.
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if path == Path::new("-") {
        return print(text);
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The paper a page is set on.
pub fn paper(color: Color) -> Paper {
    Paper { width: width(), coloured: is_coloured(color) }
}

/// Whether `error` says only that nobody reads on.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    })
}

/// Whether standard output is to be coloured.
fn is_coloured(color: Color) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::io::stdout().is_terminal()
                && !set("NO_COLOR")
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// How many columns a page has: COLUMNS, else the terminal's, else 80.
fn width() -> usize {
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    stated.or_else(seen).unwrap_or(USUAL).clamp(NARROWEST, WIDEST)
}
