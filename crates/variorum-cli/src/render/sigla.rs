//! The letters reports go by: originals A, B, C … in the order of the edition; what was copied from A is a¹, a² …

use super::page::{Line, Manner, Run, Spot, plain};
use std::collections::{BTreeMap, BTreeSet};
use variorum::edition::{Edition, Place, ReportEntry, Story};

/// The letters of one story.
pub struct Sigla<'e> {
    edition: &'e Edition,
    /// By report id: the letter, and the place in the edition.
    letters: BTreeMap<&'e str, (String, usize)>,
    /// In the order in which they are listed: an original, then its copies.
    pub order: Vec<&'e str>,
}

impl<'e> Sigla<'e> {
    /// Gives each report of `story` its letter.
    pub fn new(edition: &'e Edition, story: &'e Story) -> Sigla<'e> {
        let at: BTreeMap<&str, usize> =
            edition.reports.iter().enumerate().map(|(at, report)| (report.id.as_str(), at)).collect();
        let mut sigla = Sigla { edition, letters: BTreeMap::new(), order: Vec::new() };
        let roots: Vec<(&str, &str)> =
            story.reports.iter().map(|report| (report.as_str(), original(story, report))).collect();
        for (number, (root, _)) in roots.iter().filter(|(report, root)| report == root).enumerate() {
            let letter = letter(number);
            let copies = roots.iter().filter(|(report, of)| of == root && report != root);
            sigla.add(root, letter.clone(), &at);
            for (number, (copy, _)) in copies.enumerate() {
                sigla.add(copy, format!("{}{}", letter.to_lowercase(), raised(number + 1)), &at);
            }
        }
        sigla
    }

    fn add(&mut self, report: &'e str, letter: String, at: &BTreeMap<&str, usize>) {
        if let Some(&at) = at.get(report) {
            self.letters.insert(report, (letter, at));
            self.order.push(report);
        }
    }

    /// The letter of `report`; "?" for one that is not of this story.
    pub fn of(&self, report: &str) -> &str {
        self.letters.get(report).map_or("?", |(letter, _)| letter)
    }

    /// The letter, set as one.
    pub fn run(&self, report: &str) -> Run {
        Run::new(Manner::Siglum, self.of(report)).to(self.id(report))
    }

    /// The id of a report's line in the list of sigla.
    pub fn id(&self, report: &str) -> String {
        self.entry(report).map_or_else(String::new, |entry| format!("w-{}", short(entry)))
    }

    /// The report's record.
    pub fn entry(&self, report: &str) -> Option<&'e ReportEntry> {
        self.edition.reports.get(self.letters.get(report)?.1)
    }

    /// The report's place in the edition.
    pub fn index(&self, report: &str) -> Option<usize> {
        self.letters.get(report).map(|(_, at)| *at)
    }

    /// Bytes of a report.
    pub fn spot(&self, report: &str, start: usize, end: usize) -> Option<Spot> {
        Some(Spot { report: self.index(report)?, start, end })
    }

    /// Where evidence stands.
    pub fn spot_of(&self, place: &Place) -> Option<Spot> {
        self.spot(&place.report, place.start, place.end)
    }

    /// The letters of `reports`, each once, in listing order: "A a¹ B".
    pub fn all<'r>(&self, reports: impl IntoIterator<Item = &'r str>) -> Line {
        let wanted: BTreeSet<&str> = reports.into_iter().collect();
        // A few letters stay together on a line; a long row of them may break.
        let between = if wanted.len() <= 6 { "\u{a0}" } else { " " };
        let mut line = Line::new();
        for report in self.order.iter().filter(|report| wanted.contains(**report)) {
            if !line.is_empty() {
                line.push(plain(between));
            }
            line.push(self.run(report));
        }
        line
    }
}

/// The first report on the way from `report` along primary edges to its originals.
fn original<'e>(story: &'e Story, report: &'e str) -> &'e str {
    let mut at = report;
    // Primary edges form a forest; the bound keeps a broken one from running for ever.
    for _ in 0..story.reports.len() {
        match story.lineage.iter().find(|edge| edge.primary && edge.child == at) {
            Some(edge) => at = &edge.parent,
            None => break,
        }
    }
    at
}

/// A, B … Z, AA, AB …
fn letter(number: usize) -> String {
    let last = char::from(b'A' + (number % 26) as u8);
    if number < 26 { last.to_string() } else { format!("{}{last}", letter(number / 26 - 1)) }
}

/// `number` in raised digits.
pub fn raised(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

/// The beginning of a report's key: enough to tell the reports of a page apart.
pub fn short(entry: &ReportEntry) -> &str {
    entry.key.get(..12).unwrap_or(&entry.key)
}

/// What a reader calls a report: outlet, else file name, else title, else id.
pub fn name(entry: &ReportEntry) -> String {
    let file = entry.path.as_deref().map(|path| path.rsplit('/').next().unwrap_or(path));
    entry.outlet.as_deref().or(file).or(entry.title.as_deref()).unwrap_or(&entry.id).to_owned()
}
