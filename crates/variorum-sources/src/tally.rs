//! What was read and passed over so far, for a caller that shows how far reading has come.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How many files without a report are named.
const NAMED: usize = 5;

/// Counts that grow while sources are read, also on another thread.
#[derive(Debug, Default)]
pub struct Tally {
    read: AtomicU64,
    other: AtomicU64,
    refused: AtomicU64,
    no_text: AtomicU64,
    /// How many files hold not one report, and the names of the first.
    empty: Mutex<(u64, Vec<String>)>,
}

/// Why a record of a WARC file was passed over. None of these is a fault.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Passed {
    Other,
    Refused,
    NoText,
}

impl Tally {
    /// Bytes of the files read so far, before anything is decompressed.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// How many records hold no page, with what they are: requests and descriptions, answers without a page, images and scripts.
    pub fn passed(&self) -> [(u64, &'static str); 3] {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        [
            (count(&self.other), "requests and descriptions"),
            (count(&self.refused), "answers without a page"),
            (count(&self.no_text), "images, scripts and the like"),
        ]
    }

    /// How many files, of the kinds that hold many reports, hold not one, damaged ones included; and the names of the first five.
    pub fn empty(&self) -> (u64, Vec<String>) {
        self.empty.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn add_empty(&self, path: String) {
        let (count, named) = &mut *self.empty.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        if named.len() < NAMED {
            named.push(path);
        }
    }

    pub(crate) fn add(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn pass(&self, why: Passed) {
        let count = match why {
            Passed::Other => &self.other,
            Passed::Refused => &self.refused,
            Passed::NoText => &self.no_text,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }
}
