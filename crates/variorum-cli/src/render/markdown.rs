//! A page as Markdown.

use variorum::edition::Edition;

/// `edition` as Markdown.
pub fn edition(_edition: &Edition) -> String {
    String::new()
}
