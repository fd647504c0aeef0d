//! How far a run has come: one line on a terminal, written over and over.
//!
//! In: bytes and reports so far. Out: a line on standard error with the rate and the time left; nothing where standard error is no
//! terminal, where the data goes to the same terminal, and with `--quiet`.

use crate::output::Talk;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How often the line is written.
const PACE: Duration = Duration::from_millis(200);

/// From when on a run is long enough to speak of it.
const PATIENCE: Duration = Duration::from_millis(500);

/// The line, and since when.
pub struct Progress<'t> {
    talk: &'t Talk,
    is_wanted: bool,
    total: Option<u64>,
    began: Instant,
    shown: Option<Instant>,
}

impl<'t> Progress<'t> {
    /// `total` tells how many bytes there are to read, if that can be told; it is asked only when somebody looks on.
    pub fn new(talk: &'t Talk, total: impl Fn() -> Option<u64>) -> Progress<'t> {
        let is_wanted =
            !talk.is_quiet() && std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let total = if is_wanted { total() } else { None };
        Progress { talk, is_wanted, total, began: Instant::now(), shown: None }
    }

    /// Shows how far reading has come, unless it has just been shown.
    pub fn show(&mut self, read: u64, reports: u64) {
        let is_early = self.shown.map_or(self.began.elapsed() < PATIENCE, |shown| shown.elapsed() < PACE);
        if !self.is_wanted || is_early {
            return;
        }
        self.shown = Some(Instant::now());
        self.talk.overwrite(&line(read, self.total, reports, self.began.elapsed()));
    }

    /// Takes the line away, so that something else can be said.
    pub fn clear(&mut self) {
        if self.shown.take().is_some() {
            self.talk.overwrite("");
        }
    }
}

/// Bytes, rate and time left in words.
fn line(read: u64, total: Option<u64>, reports: u64, time: Duration) -> String {
    let seconds = time.as_secs_f64().max(0.001);
    let rate = read as f64 / seconds;
    let so_far = match total {
        Some(total) => format!("{} of {}", size(read as f64), size(total as f64)),
        None => size(read as f64),
    };
    let left = total.filter(|_| read > 0).map(|total| {
        let seconds = (total.saturating_sub(read)) as f64 / rate.max(1.0);
        format!(", {} left", span(seconds.ceil() as u64))
    });
    format!(
        "{so_far}, {}/s, {:.0} reports/s{}",
        size(rate),
        reports as f64 / seconds,
        left.unwrap_or_default()
    )
}

/// A number of bytes in the largest unit that leaves a whole number, or one digit behind the point.
fn size(bytes: f64) -> String {
    let (unit, name) = match bytes {
        bytes if bytes >= 1e9 => (1e9, "GB"),
        bytes if bytes >= 1e6 => (1e6, "MB"),
        _ => (1e3, "kB"),
    };
    let value = bytes / unit;
    if value < 10.0 { format!("{value:.1} {name}") } else { format!("{value:.0} {name}") }
}

/// A number of seconds in hours, minutes and seconds.
fn span(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_how_fast_and_how_long() {
        let check = |read, total, reports, seconds, expected: &str| {
            assert_eq!(line(read, total, reports, Duration::from_secs(seconds)), expected);
        };
        check(
            312_000_000,
            Some(1_000_000_000),
            8_120,
            10,
            "312 MB of 1.0 GB, 31 MB/s, 812 reports/s, 23 s left",
        );
        check(5_000, None, 3, 1, "5.0 kB, 5.0 kB/s, 3 reports/s");
        check(
            1_000_000,
            Some(7_300_000_000),
            10,
            1,
            "1.0 MB of 7.3 GB, 1.0 MB/s, 10 reports/s, 2 h 1 min left",
        );
        check(0, Some(10), 0, 0, "0.0 kB of 0.0 kB, 0.0 kB/s, 0 reports/s");
        check(100, Some(90), 1, 61, "0.1 kB of 0.1 kB, 0.0 kB/s, 0 reports/s, 0 s left");
    }
}
