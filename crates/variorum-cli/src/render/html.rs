//! A page as HTML.

use variorum::edition::Edition;
use variorum::model::Received;

/// `edition` as one self-contained page.
pub fn edition(_edition: &Edition, _pile: &[Received]) -> String {
    String::new()
}
