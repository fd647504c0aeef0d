//! The pile: every report the inputs hold, and what could not be read.
//!
//! In: inputs as the user names them. Out: reports all at once ([`open`]), or one after the other ([`each`]): one thread reads,
//! others work on some reports at a time, and results come out in the order of the inputs, the same bytes with any number of threads. Of what [`each`] reads,
//! no more than [`WINDOW`] bytes are held at a time, however long a file is; [`open`] holds all reports.
//! What cannot be read is named on standard error and, on request, in a file of its own; it never ends the run.

use crate::Outcome;
use crate::options::{Inputs, Listing};
use crate::output::{self, Talk};
use crate::progress::Progress;
use anyhow::Context;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use variorum::model::Received;
use variorum_sources::{Error, Sources, Tally};

/// How many bytes of reports and faults may have been read and not yet been printed. Twenty times this is what a run takes at
/// most; a single report that is longer is read alone.
const WINDOW: usize = 8 << 20;

/// What a report or a fault takes besides its words, its result included, in bytes. Without it, the window would hold any number
/// of empty reports.
const PIECE: usize = 1 << 10;

/// Stack of a thread that works on reports, in bytes: that of a main thread.
const STACK: usize = 8 << 20;

/// How many faults are named one by one; the others are counted.
const NAMED: u64 = 20;

/// What the inputs hold.
pub struct Pile {
    /// In the order of the inputs.
    pub reports: Vec<Received>,
    /// Whether something could not be read; it has been named on standard error.
    is_whole: bool,
}

impl Pile {
    /// Done, or incomplete when something could not be read.
    pub fn outcome(&self) -> Outcome {
        if self.is_whole { Outcome::Done } else { Outcome::Incomplete }
    }
}

/// Reads all of `inputs`; what cannot be read also goes into the file `rejects`. An error when not one report can be read.
pub fn open(inputs: &[PathBuf], rejects: Option<&Path>, talk: &Talk) -> anyhow::Result<Pile> {
    let sources = variorum_sources::open(inputs);
    let tally = sources.tally();
    let mut rejects = Rejects::new(rejects)?;
    let mut reports = Vec::new();
    for source in sources {
        match source {
            Ok(received) => reports.push(received),
            Err(error) => rejects.take(&error, talk)?,
        }
    }
    let is_whole = rejects.finish(reports.len() as u64, &tally, talk)?;
    Ok(Pile { reports, is_whole })
}

/// Prints what `work` makes of each report, in the order of the inputs.
pub fn each(
    listing: &Listing,
    talk: &Talk,
    work: impl Fn(Vec<Received>) -> Vec<anyhow::Result<String>> + Sync,
) -> anyhow::Result<Outcome> {
    let from = listing.from.unwrap_or(0);
    if listing.from.is_some() && listing.inputs.inputs.len() != 1 {
        anyhow::bail!("cannot begin at a byte of several inputs: give --from with one file");
    }
    through(&listing.inputs, (from, listing.threads), talk, work, |text| output::print(&text?))
}

/// Hands what `work` makes of each report to `take`, one at a time, in the order of the inputs: from a byte of the first
/// input on, with so many threads. `work` is given some reports at once, those that were read by then, and makes one thing of each.
pub fn through<T: Send>(
    inputs: &Inputs,
    (from, threads): (u64, Option<u16>),
    talk: &Talk,
    work: impl Fn(Vec<Received>) -> Vec<T> + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let sources = variorum_sources::open(&inputs.inputs).starting_at(from);
    let tally = sources.tally();
    let mut rejects = Rejects::new(inputs.rejects.as_deref())?;
    let mut progress = Progress::new(talk, || variorum_sources::extent(&inputs.inputs));
    let mut taken = 0;
    let mut accept = |result: Result<T, Error>| -> anyhow::Result<()> {
        match result {
            Ok(made) => {
                take(made)?;
                taken += 1;
            }
            Err(error) => {
                progress.clear();
                rejects.take(&error, talk)?;
            }
        }
        progress.show(tally.read(), taken);
        Ok(())
    };
    in_order(sources, threads.map_or_else(self::threads, usize::from), &work, &mut accept)?;
    progress.clear();
    let is_whole = rejects.finish(taken, &tally, talk)?;
    Ok(if is_whole { Outcome::Done } else { Outcome::Incomplete })
}

/// How many threads work unless the user says.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Hands what `work` makes of each source to `accept`, in order; `threads` of them work at a time.
fn in_order<T: Send>(
    sources: Sources,
    threads: usize,
    work: &(impl Fn(Vec<Received>) -> Vec<T> + Sync),
    mut accept: impl FnMut(Result<T, Error>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let line = Line::default();
    std::thread::scope(|scope| {
        let start = || std::thread::Builder::new().stack_size(STACK);
        let _end = End(&line);
        start().spawn_scoped(scope, || line.read(sources)).context("cannot start a thread")?;
        for _ in 0..threads {
            start().spawn_scoped(scope, || line.work(work, threads)).context("cannot start a thread")?;
        }
        while let Some(result) = line.next() {
            accept(result)?;
        }
        Ok(())
    })
}

/// Reports on their way from the reader past the workers to the printer.
struct Line<T> {
    state: Mutex<State<T>>,
    /// Something was printed, and there is room for more.
    room: Condvar,
    /// Something was read, and there is work.
    work: Condvar,
    /// Something was done, and can be printed.
    done: Condvar,
}

struct State<T> {
    /// What was read, by number.
    waiting: VecDeque<(u64, Received)>,
    /// What was done, by number, with the weight of its source.
    done: BTreeMap<u64, (usize, Result<T, Error>)>,
    /// Weight of what was read and not printed.
    held: usize,
    read: u64,
    printed: u64,
    is_read: bool,
    /// Nobody prints any more.
    is_over: bool,
}

impl<T> State<T> {
    /// Takes what one of so many threads works on next, with the number and the weight of each: no more than its part of what
    /// waits, so that all are done at about the same time.
    fn take(&mut self, threads: usize) -> (Vec<(u64, usize)>, Vec<Received>) {
        let part = self.waiting.len().div_ceil(threads.max(1));
        let weights = self.waiting.iter().take(part).map(|(_, received)| weight(Ok(received)));
        let taken = self.waiting.drain(..variorum::batch(weights));
        taken.map(|(number, received)| ((number, weight(Ok(&received))), received)).unzip()
    }
}

impl<T> Default for Line<T> {
    fn default() -> Line<T> {
        let state = State {
            waiting: VecDeque::new(),
            done: BTreeMap::new(),
            held: 0,
            read: 0,
            printed: 0,
            is_read: false,
            is_over: false,
        };
        Line { state: Mutex::new(state), room: Condvar::new(), work: Condvar::new(), done: Condvar::new() }
    }
}

impl<T> Line<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets nobody wait any longer.
    fn stop(&self) {
        self.lock().is_over = true;
        self.room.notify_all();
        self.work.notify_all();
        self.done.notify_all();
    }

    /// Puts all of `sources` on the line, waiting for room.
    fn read(&self, sources: Sources) {
        let _bell = Bell(self);
        for source in sources {
            let weight = weight(source.as_ref());
            let is_full =
                |state: &mut State<T>| state.held > 0 && state.held + weight > WINDOW && !state.is_over;
            let mut state =
                self.room.wait_while(self.lock(), is_full).unwrap_or_else(PoisonError::into_inner);
            if state.is_over {
                return;
            }
            let number = state.read;
            state.read += 1;
            state.held += weight;
            match source {
                Ok(received) => {
                    state.waiting.push_back((number, received));
                    self.work.notify_one();
                }
                Err(error) => {
                    state.done.insert(number, (weight, Err(error)));
                    self.done.notify_one();
                }
            }
        }
        self.lock().is_read = true;
        self.work.notify_all();
        self.done.notify_all();
    }

    /// Works on what is on the line until there is nothing left, one of so many threads.
    fn work(&self, work: &impl Fn(Vec<Received>) -> Vec<T>, threads: usize) {
        let _bell = Bell(self);
        loop {
            let is_idle = |state: &mut State<T>| state.waiting.is_empty() && !state.is_read && !state.is_over;
            let mut state =
                self.work.wait_while(self.lock(), is_idle).unwrap_or_else(PoisonError::into_inner);
            let (places, pile) = if state.is_over { Default::default() } else { state.take(threads) };
            drop(state);
            if pile.is_empty() {
                return;
            }
            let results = work(pile);
            assert_eq!(results.len(), places.len(), "one thing is made of each report");
            let results = results.into_iter().map(Ok);
            let placed = places.into_iter().zip(results);
            self.lock().done.extend(placed.map(|((number, weight), result)| (number, (weight, result))));
            self.done.notify_one();
        }
    }

    /// The next result, in the order of the sources; `None` when there is none left.
    fn next(&self) -> Option<Result<T, Error>> {
        let is_behind = |state: &mut State<T>| {
            let is_finished = state.is_read && state.printed == state.read;
            !(is_finished || state.is_over || state.done.contains_key(&state.printed))
        };
        let mut state = self.done.wait_while(self.lock(), is_behind).unwrap_or_else(PoisonError::into_inner);
        let number = state.printed;
        let (weight, result) = state.done.remove(&number)?;
        state.printed += 1;
        state.held -= weight;
        drop(state);
        self.room.notify_one();
        Some(result)
    }
}

/// What a source counts for in the window, in bytes.
fn weight(source: Result<&Received, &Error>) -> usize {
    let words = match source {
        Err(error) => error.path().len() + error.reason().len(),
        Ok(received) => {
            let Received { bytes, path, id, url, outlet, title, date, authors, field, .. } = received;
            let fields = [path, id, url, outlet, title, date, field];
            let authors = authors.iter().map(|author| author.len() + size_of::<String>());
            bytes.len()
                + fields.into_iter().flatten().map(String::len).sum::<usize>()
                + authors.sum::<usize>()
        }
    };
    PIECE + words
}

/// Ends all work when a thread panics, so that the others do not wait for it.
struct Bell<'l, T>(&'l Line<T>);

impl<T> Drop for Bell<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

/// Ends all work when printing ends, for whatever reason.
struct End<'l, T>(&'l Line<T>);

impl<T> Drop for End<'_, T> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// What could not be read: named, counted, and kept in a file if one is asked for.
struct Rejects {
    file: Option<BufWriter<File>>,
    /// How many, by file.
    counts: BTreeMap<String, u64>,
    total: u64,
}

/// A line of the file of rejects.
#[derive(Serialize)]
struct Reject<'e> {
    path: &'e str,
    /// Byte of the file.
    offset: Option<u64>,
    /// Byte of what the member at that byte decompresses to.
    within: Option<u64>,
    line: Option<u64>,
    reason: String,
}

impl Rejects {
    fn new(path: Option<&Path>) -> anyhow::Result<Rejects> {
        let create = |path: &Path| {
            File::create(path).map(BufWriter::new).with_context(|| format!("cannot write {}", path.display()))
        };
        Ok(Rejects { file: path.map(create).transpose()?, counts: BTreeMap::new(), total: 0 })
    }

    fn take(&mut self, error: &Error, talk: &Talk) -> anyhow::Result<()> {
        self.total += 1;
        *self.counts.entry(error.path().to_owned()).or_default() += 1;
        if self.total <= NAMED {
            talk.error(error);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        let place = error.container();
        let reject = Reject {
            path: error.path(),
            offset: place.map(|place| place.offset),
            within: place.and_then(|place| place.within),
            line: error.line(),
            reason: error.reason(),
        };
        serde_json::to_writer(&mut *file, &reject)?;
        Ok(file.write_all(b"\n")?)
    }

    /// Sums up; whether everything could be read. An error when nothing could.
    fn finish(mut self, taken: u64, tally: &Tally, talk: &Talk) -> anyhow::Result<bool> {
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        if let Some(summary) = self.summary(taken) {
            // What was not named one by one must be said in any case.
            if self.total > NAMED { talk.error(&summary) } else { talk.note(&summary) }
        }
        let passed: Vec<String> = tally
            .passed()
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !passed.is_empty() {
            talk.note(&format!("passed over {}", passed.join(", ")));
        }
        if let Some(empty) = empty(tally.empty()) {
            talk.note(&empty);
        }
        if taken == 0 {
            anyhow::bail!("no report to read");
        }
        Ok(self.total == 0)
    }

    /// How many could not be read, and in which files; `None` when it was said already.
    fn summary(&self, taken: u64) -> Option<String> {
        /// How many files are named.
        const FILES: usize = 5;
        if self.total < 2 {
            return None;
        }
        let mut files: Vec<String> =
            self.counts.iter().take(FILES).map(|(path, count)| format!("{count} in {path}")).collect();
        if self.counts.len() > FILES {
            files.push(format!("others in {} more files", self.counts.len() - FILES));
        }
        let hint = if self.file.is_some() { "" } else { "; --rejects FILE lists them" };
        let all = self.total + taken;
        Some(format!("{} of {all} could not be read: {}{hint}", self.total, files.join(", ")))
    }
}

/// Which files hold not one report; `None` when there are none.
fn empty((count, named): (u64, Vec<String>)) -> Option<String> {
    let others = count - named.len() as u64;
    let more = if others > 0 { format!(" and {others} more files") } else { String::new() };
    (count > 0).then(|| format!("no report in {}{more}", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;
    use std::time::Duration;

    /// The most that stood on the line while `bytes` were read and the printer was late.
    fn most(bytes: Vec<u8>) -> u64 {
        let line: Line<()> = Line::default();
        std::thread::scope(|scope| {
            let _end = End(&line);
            scope.spawn(|| line.read(variorum_sources::of(Cursor::new(bytes), "pile")));
            scope.spawn(|| line.work(&|pile| vec![(); pile.len()], 1));
            // Long enough for the reader to come to the window's end.
            std::thread::sleep(Duration::from_millis(300));
            let mut most = 0;
            while line.next().is_some() {
                let state = line.lock();
                most = most.max(state.read - state.printed);
            }
            most
        })
    }

    #[test]
    fn the_window_bounds_what_holds_no_words() {
        let bound = (WINDOW / PIECE) as u64;
        let lines = |line: &[u8]| line.repeat(3 * bound as usize);
        for line in [&b"{\"text\":\"\"}\n"[..], b"broken\n"] {
            let bytes = [b"{\"text\":\"x\"}\n", &lines(line)[..]].concat();
            assert!(most(bytes) <= bound, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn files_without_a_report_are_named() {
        let check = |count, named: &[&str], expected: Option<&str>| {
            let named = named.iter().map(|&name| name.to_owned()).collect();
            assert_eq!(empty((count, named)).as_deref(), expected);
        };
        check(0, &[], None);
        check(2, &["a", "b"], Some("no report in a, b"));
        check(9, &["a", "b"], Some("no report in a, b and 7 more files"));
    }
}
