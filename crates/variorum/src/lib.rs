//! Variorum reads every report of a news story and sets them side by side.
//!
//! Bytes in, records out: no files, no clock, no network, no threads. [`annotate`] finds what stands in one report, [`annotate_all`] in each of many,
//! [`editions`] sets a pile of reports side by side; both read top to bottom like the README. Stages share the
//! records of [`model`] and [`edition`], never each other; this file alone knows their order, and [`grouping`] with [`explanation`],
//! which put two of them together for piles of any size.

pub mod annotation;
pub mod calendar;
pub mod cast;
pub mod check;
pub mod chronology;
pub mod collation;
pub mod cues;
pub mod dates;
pub mod edition;
pub mod explanation;
pub mod figures;
pub mod grouping;
pub mod labels;
pub mod lexicon;
pub mod line;
pub mod lineage;
pub mod mentions;
pub mod model;
pub mod numerals;
pub mod omissions;
pub mod posts;
pub mod quotations;
pub mod read;
pub mod reconciliation;
pub mod sentences;
pub mod span;
pub mod stories;
pub mod tagging;
pub mod timeline;
pub mod token;
pub mod traces;
pub mod vocabulary;
pub mod voices;
pub mod words;

use edition::{Edition, Program, Story};
use model::{Annotated, Received};
use std::collections::{BTreeMap, BTreeSet};

/// What is found in one report.
///
/// Cannot fail: what cannot be read becomes a note of the report.
pub fn annotate(received: &Received) -> Annotated {
    annotate_all(std::slice::from_ref(received)).pop().unwrap_or_default()
}

/// What is found in each report of `pile`, in its order: the same as [`annotate`] finds, some third faster.
///
/// Some reports go through each stage before the next begins. One report alone asks for all the code of all stages, more than
/// lies near the processor, and the taggers' weights push out what was there.
pub fn annotate_all(pile: &[Received]) -> Vec<Annotated> {
    let mut all = Vec::with_capacity(pile.len());
    let mut rest = pile;
    while !rest.is_empty() {
        let (together, others) = rest.split_at(batch(rest.iter().map(|received| received.bytes.len())));
        all.extend(annotate_batch(together));
        rest = others;
    }
    all
}

/// The most reports that go through a stage together, and the most bytes.
const BATCH: (usize, usize) = (64, 512 << 10);

/// How many reports of these sizes in bytes, from the first on, go through the stages together: one at least, where there is one.
pub fn batch(sizes: impl Iterator<Item = usize>) -> usize {
    let (mut count, mut bytes) = (0, 0);
    for size in sizes.take(BATCH.0) {
        bytes += size;
        if count > 0 && bytes > BATCH.1 {
            break;
        }
        count += 1;
    }
    count
}

fn annotate_batch(pile: &[Received]) -> Vec<Annotated> {
    let read = |received| Annotated { report: read::read(received), ..Annotated::default() };
    let mut all: Vec<Annotated> = pile.iter().map(read).collect();
    all.iter_mut().for_each(|found| found.sentences = sentences::find(&found.report));
    all.iter_mut().for_each(|found| found.tagged = tagging::find(&found.report, &found.sentences));
    let mut grounds = Vec::with_capacity(all.len());
    for found in &mut all {
        let ground;
        (found.mentions, found.entities, ground) = mentions::narrated(found);
        grounds.push(ground);
    }
    all.iter_mut().for_each(|found| (found.quotations, found.thoughts) = quotations::find(found));
    for (found, ground) in all.iter_mut().zip(grounds) {
        found.mentions = mentions::with_spoken(found, ground);
    }
    all.iter_mut().for_each(|found| found.dates = dates::find(found));
    all.iter_mut().for_each(|found| found.figures = figures::find(found));
    all.iter_mut().for_each(|found| found.posts = posts::find(found));
    all.iter_mut().for_each(|found| found.traces = traces::find(found));
    all.iter_mut().for_each(mentions::drop_misfits);
    all
}

/// The edition of each story in a pile of reports.
///
/// The same pile gives the same edition in any order. A report that stands in the pile twice (same bytes, address,
/// outlet and date) counts once, and one that cannot be read is left out; a note says so.
pub fn editions(pile: &[Received]) -> Edition {
    let (read, unreadable): (Vec<Annotated>, Vec<Annotated>) =
        annotate_all(pile).into_iter().partition(|found| found.report.unreadable.is_none());
    let (mut reports, mut notes) = distinct(read);
    notes.extend(left_out(&unreadable));
    let mut stories = Vec::new();
    for members in stories::partition(&reports) {
        let mut witnesses: Vec<Annotated> = members.iter().map(|&at| reports[at].clone()).collect();
        stories.push(story(&mut witnesses));
        for (at, witness) in members.into_iter().zip(witnesses) {
            reports[at] = witness;
        }
    }
    if stories.len() > 1 && stories.iter().all(|story| story.reports.len() == 1) {
        notes.push(format!("no two of the {} reports tell one story", reports.len()));
    }
    stories.sort_by(|a, b| b.reports.len().cmp(&a.reports.len()).then_with(|| a.id.cmp(&b.id)));
    Edition {
        schema: "variorum.edition/1".to_owned(),
        program: Program::this(),
        reports: reports.iter().map(edition::entry).collect(),
        stories,
        notes,
    }
}

/// Who says `words`, in a pile of reports; with `speaker`, whether it is that person.
pub fn check(words: &str, speaker: Option<&str>, pile: &[Received]) -> check::Check {
    let (read, unreadable): (Vec<Annotated>, Vec<Annotated>) =
        annotate_all(pile).into_iter().partition(|found| found.report.unreadable.is_none());
    let (reports, mut notes) = distinct(read);
    notes.extend(left_out(&unreadable));
    let asked = check::Asked::new(words, speaker);
    let mut found = Vec::new();
    let (mut searched, mut originals) = (0, 0);
    for members in stories::partition(&reports) {
        let witnesses: Vec<Annotated> = members.iter().map(|&at| reports[at].clone()).collect();
        let cast = cast::resolve(&witnesses);
        let lineage = lineage::trace(&witnesses, &cast);
        searched += lineage.independent();
        let own = check::find(&asked, &witnesses, &cast, &lineage.root);
        originals += own.iter().map(|(root, _)| root).collect::<BTreeSet<_>>().len();
        found.extend(own.into_iter().map(|(_, witness)| witness));
    }
    let places: BTreeMap<&str, usize> =
        reports.iter().enumerate().map(|(at, found)| (found.report.id.as_str(), at)).collect();
    found.sort_by_key(|witness| (places.get(witness.report.as_str()).copied(), witness.start, witness.end));
    let holds: BTreeSet<&str> = found.iter().map(|witness| witness.report.as_str()).collect();
    let searched = extent(reports.iter(), searched);
    let holders = extent(reports.iter().filter(|other| holds.contains(other.report.id.as_str())), originals);
    let narrated = match found.iter().any(|witness| witness.has_all_words) {
        true => Vec::new(),
        false => check::narrated(&asked, &reports),
    };
    check::answer(asked, found, narrated, searched, holders, notes)
}

/// How many reports, and from when to when.
fn extent<'r>(reports: impl Iterator<Item = &'r Annotated> + Clone, independent: usize) -> check::Extent {
    let mut days: Vec<String> = reports
        .clone()
        .filter_map(|found| found.report.published.as_ref())
        .map(|stamp| stamp.value.split('T').next().unwrap_or_default().to_owned())
        .collect();
    days.sort();
    check::Extent {
        reports: reports.count(),
        independent,
        first: days.first().cloned(),
        last: days.last().cloned(),
    }
}

/// One story from all its reports. Dates without a year are worked out from the other reports on the way.
fn story(witnesses: &mut [Annotated]) -> Story {
    chronology::resolve(witnesses);
    let cast = cast::resolve(witnesses);
    traces::compare(witnesses, &cast);
    for witness in witnesses.iter_mut() {
        mentions::drop_misfits(witness);
    }
    let lineage = lineage::trace(witnesses, &cast);
    let utterances = collation::collate(witnesses, &cast);
    let figures = reconciliation::figures(witnesses, &cast, &lineage);
    let posts = posts::reconcile(witnesses, &cast);
    let voices = voices::count(witnesses, &cast);
    Story {
        id: stories::founder(witnesses),
        headline: stories::headline(witnesses),
        reports: witnesses.iter().map(|witness| witness.report.id.clone()).collect(),
        independent: lineage.independent(),
        dates: chronology::entries(witnesses),
        labels: labels::gather(witnesses, &cast, &figures),
        omissions: omissions::gather(witnesses, &cast, &utterances, &figures, &posts),
        timeline: timeline::order(witnesses),
        lineage: lineage.edges,
        upstreams: lineage.upstreams,
        utterances,
        figures,
        posts,
        voices,
    }
}

/// The reports in order of publication, then path, then key, each once; and a note for each one left out.
fn distinct(mut reports: Vec<Annotated>) -> (Vec<Annotated>, Vec<String>) {
    reports.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let mut kept: Vec<Annotated> = Vec::new();
    let mut places: BTreeMap<u128, usize> = BTreeMap::new();
    let mut notes = Vec::new();
    for found in reports {
        match places.get(&found.report.key) {
            Some(&first) => notes.push(format!(
                "{} holds the same bytes as {} and is counted once",
                named(&found),
                named(&kept[first])
            )),
            None => {
                places.insert(found.report.key, kept.len());
                kept.push(found);
            }
        }
    }
    (kept, notes)
}

/// A note for each report that cannot be read, in the order of names.
fn left_out(unreadable: &[Annotated]) -> Vec<String> {
    let mut notes: Vec<String> = unreadable
        .iter()
        .map(|found| {
            format!("{} {}: left out", named(found), found.report.unreadable.as_deref().unwrap_or_default())
        })
        .collect();
    notes.sort();
    notes
}

fn rank(found: &Annotated) -> (bool, &str, Option<&str>, u128) {
    let report = &found.report;
    let published = report.published.as_ref().map(|stamp| stamp.value.as_str());
    (published.is_none(), published.unwrap_or_default(), report.path.as_deref(), report.key)
}

fn named(found: &Annotated) -> &str {
    found.report.path.as_deref().unwrap_or(&found.report.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_read_together_are_as_read_alone() {
        let text = |at: usize| match at {
            0 => format!("Mayor Ana Ruiz said: “We are late.” {}", "It rained. ".repeat(50_000)),
            _ => format!(
                "Captain Tom Hale, {at}, told The Sund Post on Monday: “We left {at} times.” He waved."
            ),
        };
        let received = |at| Received { bytes: text(at).into_bytes(), ..Received::default() };
        let pile: Vec<Received> = (0..BATCH.0 + 3).map(received).collect();
        assert!(pile[0].bytes.len() > BATCH.1, "one is read by itself");
        let batch = |pile: &[Received]| batch(pile.iter().map(|received| received.bytes.len()));
        assert_eq!(
            [batch(&pile), batch(&pile[1..]), batch(&pile[BATCH.0..]), batch(&[])],
            [1, BATCH.0, 3, 0]
        );
        let together = annotate_all(&pile);
        let alone: Vec<Annotated> = pile[1..].iter().map(annotate).collect();
        assert_eq!(together.len(), pile.len());
        assert!(together[0].quotations.len() == 1 && together[5].quotations.len() == 1);
        assert_eq!(format!("{:?}", &together[1..]), format!("{alone:?}"));
    }
}
