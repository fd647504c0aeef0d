//! Opens files, folders and standard input and hands out one report's bytes at a time.
//!
//! In: names as the user gives them (`-` is standard input). Out: [`Received`] one by one, in the order of the names,
//! a folder's files in the order of their paths. What cannot be opened comes as an [`Error`] in its place, so that one
//! bad file or record does not end the run and none is passed over in silence.
//! What a file holds is told from its content, never from its name: WARC, RSS, Atom, JSON Feed, JSON Lines, Parquet, mailboxes,
//! MHTML, each also compressed with gzip or Zstandard; everything else is one report. WARC, JSON Lines, mailboxes and
//! Parquet files are read as streams of any length; a feed, a message and a report are held one at a time, and so is a table that
//! is compressed or comes through a pipe, as its end says what it holds.
//! Leaves: archives (ZIP, tar), bzip2 and xz.

mod coding;
mod feed;
mod header;
mod http;
mod json;
mod jsonl;
mod kind;
mod mail;
mod records;
mod stream;
#[cfg(feature = "parquet")]
mod table;
mod tally;
mod warc;
mod xml;

use coding::Coding;
use kind::Kind;
use std::collections::{BTreeSet, VecDeque};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use stream::Stream;
pub use tally::Tally;
use variorum::model::{Container, Received};
use warc::{Form, Warc};

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
    #[error("cannot read {}, line {line} ({reason}): it is left out", place.path)]
    Line {
        /// Where it begins.
        place: Container,
        /// Counted from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A row of a table that holds no report, or with which its rest cannot be read.
    #[error("cannot read {}, row {row} ({reason}): it is left out", place.path)]
    Row {
        /// As rows are given: their number is the offset.
        place: Container,
        /// Counted from 0.
        row: u64,
        /// What is wrong.
        reason: String,
    },
    /// A record of a WARC file, an entry of a feed or a message that holds no report, or is damaged.
    #[error("cannot read {} at {} ({reason}): it is left out", place.path, at(place))]
    Record {
        /// Where it begins.
        place: Container,
        /// What is wrong.
        reason: String,
    },
    /// A file whose rest cannot be read.
    #[error("cannot read {} from {} on ({reason}): the rest is left out", place.path, at(place))]
    Rest {
        /// Where it begins.
        place: Container,
        /// What is wrong.
        reason: String,
    },
    /// A file in which reading cannot begin at a byte.
    #[error(
        "cannot begin within {path}: only WARC files and JSON Lines that are not compressed as a whole can be entered at a byte"
    )]
    Entry {
        /// The file.
        path: String,
    },
}

impl Error {
    /// What stands at `place` and is larger than `limit` bytes.
    pub(crate) fn too_large(place: Container, limit: u64) -> Error {
        Error::Record { place, reason: too_large(limit) }
    }

    /// The file that it is about.
    pub fn path(&self) -> &str {
        match self {
            Error::Missing { path }
            | Error::Unreadable { path, .. }
            | Error::TooLarge { path, .. }
            | Error::EmptyFolder { path }
            | Error::Entry { path } => path,
            Error::Line { place, .. }
            | Error::Row { place, .. }
            | Error::Record { place, .. }
            | Error::Rest { place, .. } => &place.path,
        }
    }

    /// The line that it is about, from 1.
    pub fn line(&self) -> Option<u64> {
        match self {
            Error::Line { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Where what it is about begins.
    pub fn container(&self) -> Option<&Container> {
        match self {
            Error::Line { place, .. }
            | Error::Row { place, .. }
            | Error::Record { place, .. }
            | Error::Rest { place, .. } => Some(place),
            _ => None,
        }
    }

    /// What is wrong, without the place; the whole message where nothing shorter says it.
    pub fn reason(&self) -> String {
        match self {
            Error::Line { reason, .. }
            | Error::Row { reason, .. }
            | Error::Record { reason, .. }
            | Error::Rest { reason, .. } => reason.clone(),
            _ => self.to_string(),
        }
    }
}

/// What is said of anything larger than `limit` bytes.
pub(crate) fn too_large(limit: u64) -> String {
    format!("it is larger than {limit} bytes, the limit for one report")
}

/// A place in words.
fn at(place: &Container) -> String {
    let within =
        place.within.map(|within| format!(", byte {within} of what it decompresses to")).unwrap_or_default();
    format!("byte {}{within}", place.offset)
}

/// A place as a path: file, byte, and byte of what is compressed there.
pub(crate) fn shown(place: &Container) -> String {
    let within = place.within.map(|within| format!(":{within}")).unwrap_or_default();
    format!("{}:{}{within}", place.path, place.offset)
}

/// Where the bytes of a source come from.
#[derive(Clone)]
pub(crate) struct Origin {
    /// The file, as the user named it.
    pub path: String,
    /// Byte of the file at which the compressed stream begins that is being read.
    member: Option<u64>,
}

impl Origin {
    fn file(path: String) -> Origin {
        Origin { path, member: None }
    }

    /// The place of byte `place` of what is being read.
    fn container(&self, place: u64) -> Container {
        self.inside(place, 0)
    }

    /// The place of byte `within` of what the member decompresses to that begins at byte `member` of what is being read. Where
    /// that is itself compressed, the byte of the file is not that of the member, and the place is the member's.
    fn inside(&self, member: u64, within: u64) -> Container {
        let (offset, within) = self.member.map_or((member, within), |outer| (outer, member));
        Container { path: self.path.clone(), offset, within: (within > 0).then_some(within) }
    }

    fn broken(&self, place: u64, error: &std::io::Error) -> Error {
        let reason = match error.kind() {
            ErrorKind::UnexpectedEof => "its compressed data is cut off".to_owned(),
            _ => error.to_string(),
        };
        Error::Rest { place: self.container(place), reason }
    }
}

/// Anything to read from.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// Reports of one file.
type Reports = Box<dyn Iterator<Item = Result<Received, Error>> + Send>;

/// How many compressions may lie in each other.
const DEPTH: usize = 3;

/// What a name was opened as.
enum Opened {
    One(Box<Result<Received, Error>>),
    Many(Reports),
}

/// A file that is being read.
struct Current {
    path: String,
    reports: Reports,
    /// Nothing has come out of it.
    is_empty: bool,
}

/// What is still to be opened, in order.
enum Task {
    /// A name as the user gave it.
    Named(PathBuf),
    /// Bytes, with the name of what they come from.
    Given(Bytes, String),
    /// A member of a folder.
    Member(PathBuf),
    /// The end of a named folder: how many files had been handed out before it.
    FolderEnd { folder: PathBuf, before: usize },
}

/// Hands out reports one at a time; made by [`open`].
pub struct Sources {
    tasks: VecDeque<Task>,
    current: Option<Current>,
    ready: VecDeque<Result<Received, Error>>,
    folders: BTreeSet<PathBuf>,
    files: usize,
    limit: u64,
    from: u64,
    tally: Arc<Tally>,
}

/// The reports that `names` hold: files, folders (with all below them, hidden ones left out, and what a browser saved
/// beside a page in `NAME_files`), `-` for standard input.
///
/// ```
/// let found: Vec<_> = variorum_sources::open(&["no-such-file"]).collect();
/// assert_eq!(found[0].as_ref().unwrap_err().to_string(), "cannot find no-such-file: check the name");
/// ```
pub fn open<N: AsRef<Path>>(names: &[N]) -> Sources {
    Sources {
        tasks: names.iter().map(|name| Task::Named(name.as_ref().to_owned())).collect(),
        current: None,
        ready: VecDeque::new(),
        folders: BTreeSet::new(),
        files: 0,
        limit: LIMIT,
        from: 0,
        tally: Arc::default(),
    }
}

/// The reports that `bytes` hold, of any of the kinds that a file may be; messages call them `name`.
pub fn of(bytes: impl Read + Send + 'static, name: &str) -> Sources {
    let mut sources = open::<&Path>(&[]);
    sources.tasks.push_back(Task::Given(Box::new(bytes), name.to_owned()));
    sources
}

/// How many bytes the files have that `names` hold; `None` when that is not known, as with standard input.
pub fn extent<N: AsRef<Path>>(names: &[N]) -> Option<u64> {
    names.iter().map(|name| size(name.as_ref())).sum()
}

fn size(path: &Path) -> Option<u64> {
    let about = std::fs::symlink_metadata(path).ok()?;
    if about.is_dir() {
        return members(path).ok()?.iter().map(|member| size(member)).sum();
    }
    let about = std::fs::metadata(path).ok()?;
    about.is_file().then_some(about.len())
}

impl Sources {
    /// The same with another limit for one report, in bytes; at most [`GREATEST_LIMIT`].
    pub fn with_limit(mut self, limit: u64) -> Sources {
        self.limit = limit.min(GREATEST_LIMIT);
        self
    }

    /// The same beginning, in each file, with the first record or line at byte `from` or behind it. WARC files (also those with
    /// a gzip member for each record) and JSON Lines can be entered so; other files become [`Error::Entry`].
    pub fn starting_at(mut self, from: u64) -> Sources {
        self.from = from;
        self
    }

    /// What was read and passed over so far; it grows while reports are taken, also on another thread.
    pub fn tally(&self) -> Arc<Tally> {
        Arc::clone(&self.tally)
    }

    fn take_up(&mut self, task: Task) {
        match task {
            Task::Named(path) if path == Path::new("-") => {
                self.source(Box::new(std::io::stdin()), "standard input".to_owned(), None)
            }
            Task::Named(path) => self.visit(path, true),
            Task::Given(bytes, name) => self.source(bytes, name, None),
            Task::Member(path) => self.visit(path, false),
            Task::FolderEnd { folder, before } => {
                if self.files == before {
                    self.ready.push_back(Err(Error::EmptyFolder { path: folder.display().to_string() }));
                }
            }
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
            Ok(about) => match std::fs::File::open(&path) {
                // What was taken from a pipe cannot be read again.
                Ok(file) => self.source(Box::new(file), shown, about.is_file().then_some(path.as_path())),
                Err(source) => self.ready.push_back(Err(Error::Unreadable { path: shown, source })),
            },
        }
    }

    /// Begins to read `bytes`, those of the file `file` if they are of one that can be read again.
    fn source(&mut self, bytes: Bytes, shown: String, file: Option<&Path>) {
        let counted = Counted { source: bytes, tally: self.tally() };
        let stream = Stream::new(Box::new(counted) as Bytes, 0);
        self.files += 1;
        match self.unpack(stream, Origin::file(shown.clone()), file, 0) {
            Opened::One(report) => self.ready.push_back(*report),
            Opened::Many(reports) => {
                self.current = Some(Current { path: shown, reports, is_empty: true });
            }
        }
    }

    /// Tells what `stream` holds, and opens it.
    fn unpack(&self, mut stream: Stream<Bytes>, origin: Origin, file: Option<&Path>, depth: usize) -> Opened {
        let head = match stream.head(kind::HEAD) {
            Ok(head) => head,
            Err(error) => return self.unreadable(origin, error),
        };
        let limit = self.limit;
        let from = if depth == 0 { self.from } else { 0 };
        let coding = coding::of_file(head);
        let kind = kind::of(head);
        let records = |stream, origin, form| many(Warc::new(stream, origin, limit, self.tally(), form, from));
        match (coding, kind) {
            (Some(Coding::Gzip), _) if warc::is_record(head) => records(stream, origin, Form::Members),
            (None, Kind::Warc) => records(stream, origin, Form::Plain),
            (None, Kind::JsonLines) => many(jsonl::Lines::new(stream, origin, limit, from)),
            _ if from > 0 => Opened::One(Box::new(Err(Error::Entry { path: origin.path }))),
            (Some(coding), _) if depth < DEPTH => match coding::open(stream, coding, u64::MAX) {
                Ok(inner) => {
                    let origin = Origin { member: Some(0), ..origin };
                    self.unpack(Stream::new(inner, 0), origin, None, depth + 1)
                }
                Err(error) => {
                    let (place, reason) = (origin.container(0), error.to_string());
                    Opened::One(Box::new(Err(Error::Record { place, reason })))
                }
            },
            (_, Kind::Mailbox) => many(mail::Mailbox::new(stream, origin, limit)),
            (_, Kind::Parquet) => self.table(stream, origin, file),
            (_, kind) => self.whole(stream, origin, kind),
        }
    }

    /// Opens what is read as a whole.
    fn whole(&self, stream: Stream<Bytes>, origin: Origin, kind: Kind) -> Opened {
        let limit = self.limit;
        // What a message decodes to is shorter than the message.
        let most = if kind == Kind::Message { limit.saturating_mul(2) } else { limit };
        let bytes = match bounded(stream, most) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Opened::One(Box::new(Err(Error::TooLarge { path: origin.path, limit }))),
            Err(error) => return self.unreadable(origin, error),
        };
        match kind {
            Kind::Feed => many(feed::Entries::new(bytes, origin)),
            Kind::JsonFeed => many(feed::Items::new(bytes, origin)),
            Kind::Message => Opened::One(Box::new(mail::report(&bytes, &origin, 0, limit))),
            _ => {
                let report = Received { bytes, path: Some(origin.path), ..Received::default() };
                Opened::One(Box::new(Ok(report)))
            }
        }
    }

    /// Opens a table; one that comes from a stream is held as a whole, as its end says what it holds.
    #[cfg(feature = "parquet")]
    fn table(&self, stream: Stream<Bytes>, origin: Origin, file: Option<&Path>) -> Opened {
        let limit = self.limit;
        let fault =
            |reason: String| Opened::One(Box::new(Err(Error::Record { place: origin.container(0), reason })));
        let rows = match file.map(std::fs::File::open) {
            Some(Ok(file)) => table::open(file, origin.clone(), limit),
            Some(Err(error)) => return self.unreadable(origin, error),
            None => match bounded(stream, limit) {
                Ok(Some(all)) => table::open(bytes::Bytes::from(all), origin.clone(), limit),
                Ok(None) => {
                    return fault(format!(
                        "a table that is compressed or comes through a pipe is held whole, and this one has more than {limit} bytes; \
                         save it as a file of its own"
                    ));
                }
                Err(error) => return self.unreadable(origin, error),
            },
        };
        match rows {
            Ok(rows) => many(rows),
            Err(reason) => fault(reason),
        }
    }

    /// Says that tables were left out when this was built.
    #[cfg(not(feature = "parquet"))]
    fn table(&self, _: Stream<Bytes>, origin: Origin, _: Option<&Path>) -> Opened {
        let reason =
            "it is a Parquet file, and this program was built without the feature `parquet`".to_owned();
        Opened::One(Box::new(Err(Error::Record { place: origin.container(0), reason })))
    }

    fn unreadable(&self, origin: Origin, error: std::io::Error) -> Opened {
        Opened::One(Box::new(Err(match origin.member {
            Some(_) => origin.broken(0, &error),
            None => Error::Unreadable { path: origin.path, source: error },
        })))
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
}

impl Iterator for Sources {
    type Item = Result<Received, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(report) = self.ready.pop_front() {
                return Some(report);
            }
            if let Some(mut current) = self.current.take() {
                if let Some(report) = current.reports.next() {
                    self.current = Some(Current { is_empty: false, ..current });
                    return Some(report);
                }
                if current.is_empty {
                    self.tally.add_empty(current.path);
                }
            }
            let task = self.tasks.pop_front()?;
            self.take_up(task);
        }
    }
}

fn many(reports: impl Iterator<Item = Result<Received, Error>> + Send + 'static) -> Opened {
    Opened::Many(Box::new(reports))
}

/// Counts what is read.
struct Counted {
    source: Bytes,
    tally: Arc<Tally>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(out)?;
        self.tally.add(read as u64);
        Ok(read)
    }
}

/// All bytes of `source`, or `None` when there are more than `limit`.
fn bounded(source: impl Read, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// What lies in a folder, in the order of names; hidden names are left out, and the folders in which browsers save what
/// belongs to a page (`NAME_files` beside `NAME.html`).
fn members(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            found.push(entry.path());
        }
    }
    found.sort();
    let all: BTreeSet<PathBuf> = found.iter().cloned().collect();
    found.retain(|path| !is_furniture(path, &all));
    Ok(found)
}

/// Whether `path` is the folder of what belongs to a saved page among `all`.
fn is_furniture(path: &Path, all: &BTreeSet<PathBuf>) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.strip_suffix("_files").is_some_and(|page| {
        ["html", "htm", "xhtml"]
            .iter()
            .any(|ending| all.contains(&path.with_file_name(format!("{page}.{ending}"))))
            && path.is_dir()
    })
}
