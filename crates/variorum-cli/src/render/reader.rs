//! The sources of a page: each report as received, its blocks named, findings marked where they stand.
//!
//! What was set aside is greyed and named, never dropped; markup and space between blocks are left out of sight.

use super::html::{anchor, escape};
use super::page::Spot;
use super::sigla::{name, short};
use super::wording::{self, grouped};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use variorum::edition::Edition;
use variorum::model::{Block, BlockKind, Received, Report, SourceMap};

/// The reports of an edition, read again for their text.
pub struct Readers<'e> {
    edition: &'e Edition,
    /// By index in the edition.
    reports: BTreeMap<usize, Report>,
}

impl<'e> Readers<'e> {
    /// Reads those of `pile` that are in the edition.
    pub fn new(edition: &'e Edition, pile: &[Received]) -> Readers<'e> {
        let mut reports = BTreeMap::new();
        for received in pile {
            let report = variorum::read::read(received);
            let key = format!("{:032x}", report.key);
            if let Some(at) = edition.reports.iter().position(|entry| entry.key == key) {
                reports.entry(at).or_insert(report);
            }
        }
        Readers { edition, reports }
    }

    /// The report at `index`, with an anchor and a mark at each of `spots` that is its own.
    pub fn html(&self, index: usize, spots: &BTreeSet<Spot>) -> String {
        let (Some(report), Some(entry)) = (self.reports.get(&index), self.edition.reports.get(index)) else {
            return String::new();
        };
        let mut out = format!(
            "<details open id=\"r-{}\">\n<summary><strong>{}</strong> as received: {} bytes, SHA-256 {}</summary>\n",
            short(entry),
            escape(&name(entry)),
            grouped(entry.bytes),
            escape(&entry.sha256)
        );
        let own = spots.iter().filter(|spot| spot.report == index && spot.end > 0);
        let mut marks: Vec<Mark> = own.map(|spot| self.mark(report, spot)).collect();
        marks.extend(self.quoted(report, &entry.id));
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let longest = marks.iter().map(|mark| mark.end - mark.start).max().unwrap_or(0);
        let mut open = BTreeSet::new();
        for block in report.blocks.iter().filter(|block| block.kind != BlockKind::Other) {
            // Only those that can reach into the block, so that many marks in many blocks stay cheap.
            let first = marks.partition_point(|mark| mark.start + longest < block.span.start());
            let last = marks.partition_point(|mark| mark.start < block.span.end());
            self::block(&mut out, report, block, &marks[first..last.max(first)], &mut open);
        }
        out.push_str("</details>\n");
        out
    }

    fn mark(&self, report: &Report, spot: &Spot) -> Mark {
        let start = to_text(&report.map, spot.start);
        let end = to_text(&report.map, spot.end).max(start);
        Mark { id: Some(anchor(self.edition, spot)), start, end }
    }

    /// The words of all quotations of a report, cues left out.
    fn quoted(&self, report: &Report, id: &str) -> Vec<Mark> {
        let readings =
            self.edition.stories.iter().flat_map(|story| &story.utterances).flat_map(|u| &u.readings);
        let own = readings.filter(|reading| reading.report == id).flat_map(|reading| &reading.content);
        own.map(|part| {
            let start = to_text(&report.map, part.start);
            Mark { id: None, start, end: to_text(&report.map, part.end).max(start) }
        })
        .collect()
    }
}

/// A finding, or the words of a quotation, in offsets of the text.
struct Mark {
    /// `None` for words of a quotation.
    id: Option<String>,
    start: usize,
    end: usize,
}

/// The offset in the text of a byte of the source.
fn to_text(map: &SourceMap, at: usize) -> usize {
    if map.is_identity() {
        return at;
    }
    let next = map.pieces.partition_point(|piece| piece.source.end() <= at);
    match map.pieces.get(next) {
        Some(piece) if at <= piece.source.start() => piece.text.start(),
        Some(piece) if piece.text.len() == piece.source.len() => {
            piece.text.start() + at - piece.source.start()
        }
        Some(piece) => piece.text.start(),
        None => map.pieces.last().map_or(at, |piece| piece.text.end()),
    }
}

fn block(out: &mut String, report: &Report, block: &Block, marks: &[Mark], placed: &mut BTreeSet<String>) {
    let span = block.span.trim(&report.text);
    let told = block.kind.is_evidence();
    let class = match (told, block.kind) {
        (_, BlockKind::Headline) => "b headline",
        (true, _) => "b",
        (false, _) => "b aside",
    };
    let _ = write!(out, "<div class=\"{class}\">");
    if block.kind != BlockKind::Paragraph {
        let aside = if told { "" } else { ", set aside" };
        let _ = write!(out, "<span class=\"k\">{}{aside}</span>", wording::block(block.kind));
    }
    let inside: Vec<&Mark> = marks
        .iter()
        .filter(|mark| mark.start < span.end() && mark.end.max(mark.start + 1) > span.start())
        .collect();
    let mut cuts: BTreeSet<usize> = [span.start(), span.end()].into();
    for mark in &inside {
        cuts.extend([mark.start, mark.end].into_iter().filter(|at| *at > span.start() && *at < span.end()));
    }
    cuts.retain(|at| report.text.is_char_boundary(*at));
    let cuts: Vec<usize> = cuts.into_iter().collect();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        for id in inside
            .iter()
            .filter(|mark| mark.start.max(span.start()) == start)
            .filter_map(|mark| mark.id.as_ref())
        {
            if placed.insert(id.clone()) {
                let _ = write!(out, "<span id=\"{id}\"></span>");
            }
        }
        let words = escape(&report.text[start..end]);
        let holds = |mark: &&&Mark| mark.start <= start && end <= mark.end && mark.start < mark.end;
        let class =
            match (inside.iter().any(|m| holds(&m) && m.id.is_none()), inside.iter().any(|m| holds(&m))) {
                (true, _) => "f q",
                (false, true) => "f",
                (false, false) => "",
            };
        let _ = match class {
            "" => write!(out, "{words}"),
            class => write!(out, "<span class=\"{class}\">{words}</span>"),
        };
    }
    out.push_str("</div>\n");
}
