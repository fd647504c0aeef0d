//! Reports put by on disk, to be read again once it is known which belong together.
//!
//! In: reports one at a time. Out: each of them again by its number. They lie in one file in the system's folder for temporary
//! files, without a name where the system allows that, and are gone when the run ends. In memory stay eight bytes a report.
//! So do the [`Words`] in which copies are looked for, in a file of their own.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use variorum::model::{Container, Received};

/// The file, and where each report begins in it.
pub struct Spool {
    out: BufWriter<File>,
    starts: Vec<u64>,
    end: u64,
    /// To be removed at the end, where that was not possible at once.
    left: Option<PathBuf>,
}

/// What stands before the bytes of a report.
#[derive(Serialize, Deserialize)]
struct Head {
    length: usize,
    path: Option<String>,
    id: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    date: Option<String>,
    authors: Vec<String>,
    charset: Option<String>,
    media: Option<String>,
    container: Option<Container>,
    field: Option<String>,
}

impl Spool {
    /// An empty one.
    pub fn new() -> anyhow::Result<Spool> {
        let (file, left) = file("reports")?;
        Ok(Spool { out: BufWriter::new(file), starts: Vec::new(), end: 0, left })
    }

    /// Puts a report by, under the next number.
    pub fn put(&mut self, received: Received) -> anyhow::Result<()> {
        let Received { bytes, path, id, url, outlet, title, date, authors, charset, media, container, field } =
            received;
        let length = bytes.len();
        let head =
            Head { length, path, id, url, outlet, title, date, authors, charset, media, container, field };
        let head = serde_json::to_vec(&head)?;
        self.starts.push(self.end);
        self.out.write_all(&(head.len() as u64).to_le_bytes())?;
        self.out.write_all(&head)?;
        self.out
            .write_all(&bytes)
            .context("cannot put a report by: is the folder for temporary files full?")?;
        self.end += 8 + head.len() as u64 + length as u64;
        Ok(())
    }

    /// The report with this number, as it was put by.
    pub fn get(&mut self, number: usize) -> anyhow::Result<Received> {
        self.out.flush()?;
        let file = self.out.get_mut();
        file.seek(SeekFrom::Start(self.starts[number]))?;
        let mut length = [0; 8];
        file.read_exact(&mut length)?;
        let mut head = vec![0; u64::from_le_bytes(length) as usize];
        file.read_exact(&mut head)?;
        let head: Head = serde_json::from_slice(&head)?;
        let mut bytes = vec![0; head.length];
        file.read_exact(&mut bytes)?;
        file.seek(SeekFrom::Start(self.end))?;
        let Head { path, id, url, outlet, title, date, authors, charset, media, container, field, .. } = head;
        Ok(Received { bytes, path, id, url, outlet, title, date, authors, charset, media, container, field })
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if let Some(path) = &self.left {
            // What cannot be removed is left to the system, which cleans the folder.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// An empty file, and its path where it could not be left without a name.
fn file(what: &str) -> anyhow::Result<(File, Option<PathBuf>)> {
    let path = std::env::temp_dir().join(format!("variorum-{}-{what}", std::process::id()));
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(true)
        .open(&path)
        .with_context(|| format!("cannot put {what} by in {}", path.display()))?;
    let left = std::fs::remove_file(&path).is_err().then_some(path);
    Ok((file, left))
}

/// What is kept of the words of each report, as `variorum::grouping::Pile::take_words` gives it.
pub struct Words {
    out: BufWriter<File>,
    ends: Vec<u64>,
    left: Option<PathBuf>,
}

impl Words {
    /// An empty one.
    pub fn new() -> anyhow::Result<Words> {
        let (file, left) = file("words")?;
        Ok(Words { out: BufWriter::new(file), ends: vec![0], left })
    }

    /// Puts the words of a report by, under the next number.
    pub fn put(&mut self, words: &[u8]) -> anyhow::Result<()> {
        let end = self.ends[self.ends.len() - 1];
        self.out
            .write_all(words)
            .context("cannot put the words of a report by: is the folder for temporary files full?")?;
        self.ends.push(end + words.len() as u64);
        Ok(())
    }

    /// Ends putting by.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        self.out
            .flush()
            .context("cannot put the words of a report by: is the folder for temporary files full?")
    }

    /// The words of the report with this number, as they were put by; all must be [`finish`](Words::finish)ed.
    pub fn get(&self, number: usize) -> std::io::Result<Vec<u8>> {
        let (start, end) = (self.ends[number], self.ends[number + 1]);
        let mut words = vec![0; (end - start) as usize];
        let mut file = self.out.get_ref();
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut words)?;
        Ok(words)
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        if let Some(path) = &self.left {
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Spool, Words};
    use variorum::model::Received;

    #[test]
    fn what_is_put_by_comes_back() {
        let mut spool = Spool::new().unwrap();
        let report = |words: &str| Received {
            bytes: words.as_bytes().to_vec(),
            title: Some(words.to_uppercase()),
            ..Received::default()
        };
        for words in ["first", "", "third"] {
            spool.put(report(words)).unwrap();
        }
        for (number, words) in [(2, "third"), (0, "first"), (1, "")] {
            let found = spool.get(number).unwrap();
            assert_eq!((found.bytes, found.title), (words.as_bytes().to_vec(), Some(words.to_uppercase())));
        }
        spool.put(report("fourth")).unwrap();
        assert_eq!(spool.get(3).unwrap().bytes, b"fourth");
    }

    #[test]
    fn words_come_back() {
        let mut words = Words::new().unwrap();
        for put in ["first", "", "third"] {
            words.put(put.as_bytes()).unwrap();
        }
        words.finish().unwrap();
        let found: Vec<Vec<u8>> = [2, 1, 0].iter().map(|&number| words.get(number).unwrap()).collect();
        assert_eq!(found, [b"third".to_vec(), Vec::new(), b"first".to_vec()]);
    }
}
