//! A start tag as the scan reads it: its name and attributes in one buffer that serves every tag of the page in turn.
//!
//! In: names and values as `tokens` cuts them. Guards: at most [`ATTRIBUTES`] attributes of a tag are kept.

use std::ops::Range;

/// Most attributes of one tag that are kept; those behind are passed over.
const ATTRIBUTES: usize = 64;

/// A start tag.
#[derive(Default)]
pub(super) struct StartTag {
    bytes: Vec<u8>,
    name: usize,
    attributes: Vec<(Range<usize>, Range<usize>)>,
    is_full: bool,
    pub(super) self_closing: bool,
    /// Where it begins in the page.
    pub(super) start: usize,
}

impl StartTag {
    /// Begins another tag.
    pub(super) fn begin(&mut self, name: &[u8], start: usize) {
        self.bytes.clear();
        self.bytes.extend_from_slice(name);
        self.name = name.len();
        self.attributes.clear();
        self.is_full = false;
        self.self_closing = false;
        self.start = start;
    }

    /// The name of its next attribute, in letters of any size.
    pub(super) fn key(&mut self, key: &[u8]) {
        self.is_full = self.attributes.len() >= ATTRIBUTES;
        if !self.is_full {
            let key = self.push(key);
            self.bytes[key.clone()].make_ascii_lowercase();
            self.attributes.push((key, 0..0));
        }
    }

    /// The value of the attribute named last.
    pub(super) fn value(&mut self, value: &[u8]) {
        if self.is_full || self.attributes.is_empty() {
            return;
        }
        let value = self.push(value);
        if let Some(last) = self.attributes.last_mut() {
            last.1 = value;
        }
    }

    fn push(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }

    /// Small letters.
    pub(super) fn name(&self) -> &[u8] {
        &self.bytes[..self.name]
    }

    /// The value of the first attribute called `key`; empty where it has none.
    pub(super) fn get(&self, key: &[u8]) -> Option<&[u8]> {
        self.attributes().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// Names and values, in order.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.attributes.iter().map(|(key, value)| (&self.bytes[key.clone()], &self.bytes[value.clone()]))
    }
}
