//! Opens files, folders and standard input and hands out one report's bytes at a time.
//!
//! In: names as the user gives them (`-` is standard input). Out: [`Received`] one by one, in the order of the names,
//! a folder's files in the order of their paths. What cannot be opened comes as an [`Error`] in its place, so that one
//! bad file does not end the run and none is passed over in silence.
//! What a file holds is told from its content, never from its name: JSON Lines with a `text` field gives one report
//! a line, everything else is one report.
//! Leaves: WARC, feeds, Parquet and compression.

mod jsonl;

use std::collections::{BTreeSet, VecDeque};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use variorum::model::Received;

/// Largest report that is opened unless the caller sets another limit, in bytes.
pub const LIMIT: u64 = 512 << 20;

/// Largest limit that can be set, in bytes: places in a report are counted in 32 bits.
pub const GREATEST_LIMIT: u64 = (4 << 30) - 1;

/// Why something could not be opened. Each message says what was tried, on what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing of that name.
    #[error("cannot find {path}: check the name")]
    Missing {
        /// As the user named it.
        path: String,
    },
    /// There, but the system refuses to hand it out.
    #[error("cannot read {path} ({source}): check that you may read it")]
    Unreadable {
        /// As the user named it, or its path below the folder that was named.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Larger than the limit.
    #[error("cannot take {path}: it is larger than {limit} bytes, the limit for one report; split it first")]
    TooLarge {
        /// As above.
        path: String,
        /// In bytes.
        limit: u64,
    },
    /// A folder without a single file to read.
    #[error("found no readable file in {path}: name files, or a folder that holds some")]
    EmptyFolder {
        /// The folder.
        path: String,
    },
    /// A line of a JSON Lines file that holds no report.
    #[error("cannot read {path}, line {line} ({reason}): each line must be an object with a \"text\" field")]
    Line {
        /// The file.
        path: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// What is still to be opened, in order.
enum Task {
    /// A name as the user gave it.
    Named(PathBuf),
    /// A member of a folder.
    Member(PathBuf),
    /// The end of a named folder: how many files had been handed out before it.
    FolderEnd { folder: PathBuf, before: usize },
}

/// Hands out reports one at a time; made by [`open`].
pub struct Sources {
    tasks: VecDeque<Task>,
    ready: VecDeque<Result<Received, Error>>,
    folders: BTreeSet<PathBuf>,
    files: usize,
    limit: u64,
}

/// The reports that `names` hold: files, folders (with all below them, hidden ones left out), `-` for standard input.
///
/// ```
/// let found: Vec<_> = variorum_sources::open(&["no-such-file"]).collect();
/// assert_eq!(found[0].as_ref().unwrap_err().to_string(), "cannot find no-such-file: check the name");
/// ```
pub fn open<N: AsRef<Path>>(names: &[N]) -> Sources {
    Sources {
        tasks: names.iter().map(|name| Task::Named(name.as_ref().to_owned())).collect(),
        ready: VecDeque::new(),
        folders: BTreeSet::new(),
        files: 0,
        limit: LIMIT,
    }
}

impl Sources {
    /// The same with another limit for one file, in bytes; at most [`GREATEST_LIMIT`].
    pub fn with_limit(mut self, limit: u64) -> Sources {
        self.limit = limit.min(GREATEST_LIMIT);
        self
    }

    fn take_up(&mut self, task: Task) {
        match task {
            Task::Named(path) if path == Path::new("-") => self.stdin(),
            Task::Named(path) => self.visit(path, true),
            Task::Member(path) => self.visit(path, false),
            Task::FolderEnd { folder, before } => {
                if self.files == before {
                    self.ready.push_back(Err(Error::EmptyFolder { path: folder.display().to_string() }));
                }
            }
        }
    }

    fn stdin(&mut self) {
        let path = "standard input".to_owned();
        match bounded(std::io::stdin().lock(), self.limit) {
            Ok(Some(bytes)) => self.hand_out(path, bytes),
            Ok(None) => self.ready.push_back(Err(Error::TooLarge { path, limit: self.limit })),
            Err(source) => self.ready.push_back(Err(Error::Unreadable { path, source })),
        }
    }

    /// Opens a file or a folder. Only a name the user gave may be a pipe or a device.
    fn visit(&mut self, path: PathBuf, is_named: bool) {
        let shown = path.display().to_string();
        match std::fs::metadata(&path) {
            Err(source) if source.kind() == ErrorKind::NotFound && is_named => {
                self.ready.push_back(Err(Error::Missing { path: shown }))
            }
            Err(source) => self.ready.push_back(Err(Error::Unreadable { path: shown, source })),
            Ok(about) if about.is_dir() => self.folder(path, is_named),
            Ok(about) if !about.is_file() && !is_named => self.ready.push_back(Err(Error::Unreadable {
                path: shown,
                source: std::io::Error::other("neither a file nor a folder"),
            })),
            Ok(_) => self.file(path, shown),
        }
    }

    fn file(&mut self, path: PathBuf, shown: String) {
        let read = std::fs::File::open(&path).and_then(|file| bounded(file, self.limit));
        match read {
            Ok(Some(bytes)) => {
                self.files += 1;
                self.hand_out(shown, bytes);
            }
            Ok(None) => self.ready.push_back(Err(Error::TooLarge { path: shown, limit: self.limit })),
            Err(source) => self.ready.push_back(Err(Error::Unreadable { path: shown, source })),
        }
    }

    /// Puts a folder's members before everything else that is still to be opened.
    fn folder(&mut self, folder: PathBuf, is_named: bool) {
        // A link that leads back up would never end; what it leads to is read where it stands.
        let known = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        if !self.folders.insert(known) && !is_named {
            return;
        }
        match members(&folder) {
            Ok(found) => {
                if is_named {
                    self.tasks.push_front(Task::FolderEnd { folder, before: self.files });
                }
                for path in found.into_iter().rev() {
                    self.tasks.push_front(Task::Member(path));
                }
            }
            Err(source) => {
                self.ready.push_back(Err(Error::Unreadable { path: folder.display().to_string(), source }))
            }
        }
    }

    fn hand_out(&mut self, path: String, bytes: Vec<u8>) {
        if jsonl::is_jsonl(&bytes) {
            self.ready.extend(jsonl::reports(&path, &bytes));
        } else {
            self.ready.push_back(Ok(Received { bytes, path: Some(path), ..Received::default() }));
        }
    }
}

impl Iterator for Sources {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(report) = self.ready.pop_front() {
                return Some(report);
            }
            let task = self.tasks.pop_front()?;
            self.take_up(task);
        }
    }
}

/// All bytes of `source`, or `None` when there are more than `limit`.
fn bounded(source: impl Read, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// What lies in a folder, hidden names left out, in the order of names.
fn members(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
