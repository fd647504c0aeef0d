//! The edition: what `compare --json` prints, record for record.
//!
//! Field names are a contract (`schema/edition.json`). Offsets are bytes of the source as received. Absent is null.

use crate::model::{Basis, BlockKind, Container, Form, Location, Precision, Stamp};
use serde::{Deserialize, Serialize};

/// A piece of evidence: words of a report and where they stand in its source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The report's id.
    pub report: String,
    /// First byte in the source.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words, decoded.
    pub text: String,
}

/// All stories of a pile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// `variorum.edition/1`
    pub schema: String,
    /// What made it.
    pub program: Program,
    /// In order of publication, then name, then key.
    pub reports: Vec<ReportEntry>,
    /// Largest first, then by id.
    pub stories: Vec<Story>,
    /// What was left out or read with doubt, in whole sentences.
    pub notes: Vec<String>,
}

/// Version and tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Program {
    pub version: String,
    pub models: String,
    pub tables: String,
}

impl Program {
    /// This one.
    pub fn this() -> Program {
        Program {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            models: crate::tagging::MODELS.to_owned(),
            tables: crate::lexicon::VERSION.to_owned(),
        }
    }
}

/// One report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Report")]
pub struct ReportEntry {
    pub id: String,
    /// Hexadecimal.
    pub key: String,
    pub path: Option<String>,
    /// Where in a larger file it stands.
    pub container: Option<Container>,
    /// The field whose decoded value the offsets count in.
    pub field: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub dek: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub bytes: usize,
    pub sha256: String,
    pub published: Option<Stamp>,
    pub modified: Option<Stamp>,
    pub blocks: Vec<BlockEntry>,
    /// Only where the source was decoded; otherwise the source is the text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    pub traces: Vec<TraceEntry>,
    /// What could not be read as hoped.
    pub notes: Vec<String>,
}

/// One block, in bytes of the source; together they hold every byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct BlockEntry {
    pub start: usize,
    pub end: usize,
    pub kind: BlockKind,
}

/// One trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Trace")]
pub struct TraceEntry {
    pub start: usize,
    pub end: usize,
    pub kind: String,
    pub text: String,
    pub note: String,
}

/// One story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The founder's key.
    pub id: String,
    /// Headline of the most central report.
    pub headline: Option<String>,
    /// Report ids, in the order of [`Edition::reports`].
    pub reports: Vec<String>,
    /// How many independent sources stand behind the reports.
    pub independent: usize,
    /// Copies.
    pub lineage: Vec<Edge>,
    /// Sources named in the text.
    pub upstreams: Vec<Upstream>,
    /// Who said what.
    pub utterances: Vec<Utterance>,
    /// Quantities, reconciled.
    pub figures: Vec<ReconciledFigure>,
    /// Every date expression.
    pub dates: Vec<DateEntry>,
    /// Posts, videos and messages told of.
    pub posts: Vec<PostEntry>,
    /// What each report calls the same person, group or thing.
    pub labels: Vec<Label>,
    /// Who is quoted, by report.
    pub voices: Vec<Voice>,
    /// Facts that some reports have and others have not.
    pub omissions: Vec<Omission>,
    /// Dated facts in order.
    pub timeline: Vec<Event>,
}

/// How a report came from another.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum EdgeKind {
    Verbatim,
    Trimmed,
    Revised,
    Merged,
    Translated,
}

/// What tells which came first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Direction {
    Stated,
    Time,
    Text,
    Unknown,
}

/// A copy and what it was copied from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Report id.
    pub child: String,
    /// Report id.
    pub parent: String,
    /// Primary edges form a forest.
    pub primary: bool,
    /// How it was made.
    pub kind: EdgeKind,
    /// What the direction rests on.
    pub direction: Direction,
    /// Share of the child's words that stand in the parent, in thousandths.
    pub score: u32,
    /// Aligned passages.
    pub evidence: Vec<Place>,
    /// What became of the quoted words.
    #[serde(default)]
    pub quoted: Requoted,
}

/// What became of quoted words in the sentences that stand in a child and its parent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requoted {
    /// In how many sentences the child quotes four words or more.
    pub sentences: usize,
    /// In how many of them a tenth of these words or more are not so quoted in the parent: in nine of ten where a text went there and
    /// back through another language, in a sixth in other copies between outlets (`variorum eval round-trip`).
    pub reworded: usize,
    /// The first of these: the child's sentence, then the parent's.
    pub evidence: Vec<Place>,
}

/// A source that reports name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Upstream {
    pub name: String,
    pub reports: Vec<String>,
    pub evidence: Vec<Place>,
}

/// How readings of one utterance relate. In order of strength, weakest first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Only one reading.
    Single,
    /// The same words (glyphs of marks and a closing comma or full stop aside).
    Same,
    /// Case, punctuation, spelling or contraction differ.
    Punctuation,
    /// Person or tense shifted to fit the sentence around.
    Adapted,
    /// The same words, joined in one and split in another.
    Joined,
    /// One is a part of the other, words kept.
    Trimmed,
    /// The same words, another speaker.
    SpeakerDiffers,
    /// Other words with the same sense, words added or silently cut inside.
    Reworded,
    /// A word of content differs: negation, number, name, modal, noun or verb.
    Altered,
}

/// Readings of the same words by the same speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Hash of the base reading's place.
    pub id: String,
    /// Resolved name; null when unnamed or unknown.
    pub speaker: Option<String>,
    /// Channel of the base.
    pub channel: Option<String>,
    /// The strongest of the readings' verdicts.
    pub verdict: Verdict,
    /// Report id of the base reading.
    pub base: String,
    /// Base first, then in the order of reports and text.
    pub readings: Vec<Reading>,
    /// The words that differ.
    pub apparatus: Vec<Variation>,
}

/// A range of the source.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Range {
    pub start: usize,
    pub end: usize,
}

/// One report's words of an utterance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Report id.
    pub report: String,
    /// First byte of the words in the source.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words, parts joined by " … ".
    pub text: String,
    /// The parts.
    pub content: Vec<Range>,
    /// The whole quotation these words are part of.
    pub quotation: Range,
    /// The quotation around it, for a nested one.
    pub parent: Option<Range>,
    /// Direct, partial or indirect.
    pub kind: Form,
    /// Body, headline, caption or quotation.
    pub place: Location,
    /// Whether a mark closes it.
    pub closed: bool,
    /// Against the base.
    pub verdict: Verdict,
    /// The rule that gave the speaker.
    pub rule: String,
    /// Who speaks, as written; null when the text does not say.
    pub speaker: Option<SpeakerEntry>,
    /// The cue.
    pub cue: Option<CueEntry>,
    /// How the words came.
    pub channel: Option<String>,
    /// Platform of a post or video.
    pub platform: Option<String>,
    /// The words that say so.
    pub channel_span: Option<Range>,
}

/// The speaker of a reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerEntry {
    /// As written; null when understood from what stands around.
    pub text: Option<String>,
    /// Where.
    pub start: Option<usize>,
    /// End of it.
    pub end: Option<usize>,
    /// The name it resolves to; null for an unnamed person.
    pub resolved: Option<String>,
}

/// The cue of a reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct CueEntry {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// One entry of the apparatus: a place in the base where witnesses differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variation {
    /// The base's words; empty where others add.
    pub lemma: String,
    /// First byte of the lemma in the base's source; where others add, the empty place they add at.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// `punctuation spelling function content negation number name modal person omission addition order`
    pub kind: String,
    /// The other readings and who has them.
    pub readings: Vec<Variant>,
}

/// What some witnesses have in place of a lemma.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Their words; empty for an omission.
    pub text: String,
    /// Where each has them (for an omission: the empty place), a place for each part of the words.
    pub witnesses: Vec<Witness>,
}

/// A witness of a variant: the place of its words, and which reading they are of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Witness {
    /// The words in the report.
    #[serde(flatten)]
    pub place: Place,
    /// Index in [`Utterance::readings`]: a report may quote the same words twice, one time inside the other.
    pub reading: usize,
}

/// How the values of a figure relate.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Agreement {
    Agree,
    AgreeOtherDescription,
    Conflict,
    Single,
}

/// A quantity over all reports of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReconciledFigure {
    /// What is counted, in the words of the first value.
    pub what: Option<String>,
    /// Whose age it is, where the unit is `age`.
    pub person: Option<String>,
    /// As in model::Figure.
    pub unit: String,
    /// How the values relate.
    pub verdict: Agreement,
    /// Independent sources behind the values.
    pub independent: usize,
    /// In the order of reports and text.
    pub values: Vec<FigureValue>,
}

impl ReconciledFigure {
    /// What is counted, for the eye: "age of Ana Ruiz", "homes"; `None` where the words do not say.
    pub fn counted(&self) -> Option<String> {
        match (&self.person, self.unit.as_str()) {
            (Some(person), "age") => Some(format!("age of {person}")),
            _ => self.what.clone(),
        }
    }

    /// What `value` counts, or whose age it is, where its own text leaves it open: "homes" of a bare "286", nothing of "286 homes"
    /// or "24 hours".
    pub fn left_open(&self, value: &FigureValue) -> Option<String> {
        let what = match (&self.person, self.unit.as_str()) {
            (Some(_), "age") => self.counted(),
            (_, "count") => value.what.clone(),
            _ => None,
        };
        what.filter(|what| !value.text.contains(what.as_str()))
    }
}

/// One report's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Figure")]
pub struct FigureValue {
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub qualifier: Option<String>,
    /// The figure as written, with what is counted.
    pub text: String,
    pub report: String,
    pub start: usize,
    pub end: usize,
    /// What is counted, as this report has it.
    pub what: Option<String>,
    /// A resolved upstream or speaker.
    pub said_by: Option<String>,
    pub said_by_span: Option<Range>,
    /// ISO value of the date.
    pub when: Option<String>,
    /// How many independent sources stand behind this value.
    pub independent: usize,
}

/// One date expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::DateExpression")]
pub struct DateEntry {
    pub report: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub value: Option<String>,
    pub precision: Precision,
    pub basis: Basis,
    /// The date of the same or another report that it is worked out from, if one is.
    pub from: Option<Place>,
    pub alternatives: Vec<String>,
}

/// A post over all reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Post")]
pub struct PostEntry {
    pub author: Option<String>,
    pub platform: Option<String>,
    pub form: String,
    /// The words it holds, as quoted.
    pub text: Option<String>,
    /// Id of the report whose wording that is.
    pub text_report: Option<String>,
    /// By report id: `deleted`, `edited`, `not stated`.
    pub status: std::collections::BTreeMap<String, String>,
    pub evidence: Vec<Place>,
}

/// Narrator or quoted.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoiceKind {
    /// The report's own words.
    Narrator,
    /// Words of somebody quoted.
    Quoted,
}

/// What reports call one target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Its name, or the first words for it.
    pub target: String,
    /// `person organisation place work event group other`
    pub kind: String,
    /// In the order of reports and text.
    pub uses: Vec<LabelUse>,
}

/// One use of a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct LabelUse {
    pub report: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub voice: VoiceKind,
}

/// How much one speaker is quoted in one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Report id.
    pub report: String,
    /// Resolved name, or the unnamed person as written; null for unknown.
    pub speaker: Option<String>,
    /// Whether `speaker` is an unnamed person, as written.
    pub unnamed: bool,
    /// Direct and partial quotations.
    pub quotations: usize,
    /// Words between the marks.
    pub words: usize,
}

/// A fact that some have and others have not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Omission {
    /// What it is.
    pub fact: String,
    /// `speaker figure utterance status comment`
    pub kind: String,
    /// Where it stands.
    pub present: Vec<Place>,
    /// Reports in which it was not found.
    pub absent: Vec<String>,
}

/// A dated fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// ISO value.
    pub when: String,
    /// How precise.
    pub precision: Precision,
    /// How the date is known in the sentence that `what` gives.
    pub basis: Basis,
    /// The date that it is worked out from, if one is.
    pub from: Option<Place>,
    /// The clause that is dated, as the first report has it.
    pub what: String,
    /// The dated sentences, by report.
    pub evidence: Vec<Place>,
}

/// The entry of one report: its blocks and traces in bytes of the source, markup between blocks as `other`.
pub fn entry(found: &crate::model::Annotated) -> ReportEntry {
    let report = &found.report;
    ReportEntry {
        id: report.id.clone(),
        key: format!("{:032x}", report.key),
        path: report.path.clone(),
        container: report.container.clone(),
        field: report.field.clone(),
        url: report.url.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        dek: report.dek.clone(),
        authors: report.authors.clone(),
        language: report.language.clone(),
        bytes: report.bytes,
        sha256: report.sha256.clone(),
        published: report.published.clone(),
        modified: report.modified.clone(),
        blocks: blocks_in_source(report),
        text: (!report.map.is_identity()).then(|| report.text.clone()),
        traces: found
            .traces
            .iter()
            .map(|trace| {
                let place = found.place(trace.span);
                TraceEntry {
                    start: place.start,
                    end: place.end,
                    kind: trace.kind.to_owned(),
                    text: place.text,
                    note: trace.note.clone(),
                }
            })
            .collect(),
        notes: report.notes.iter().map(|note| note.text.clone()).collect(),
    }
}

/// Blocks as a partition of the source: what lies between two of them is `other`, neighbouring `other` blocks are one.
fn blocks_in_source(report: &crate::model::Report) -> Vec<BlockEntry> {
    let mut entries: Vec<BlockEntry> = Vec::new();
    let mut push = |start: usize, end: usize, kind: BlockKind| {
        if start == end {
            return;
        }
        match entries.last_mut() {
            Some(last) if last.kind == BlockKind::Other && kind == BlockKind::Other => last.end = end,
            _ => entries.push(BlockEntry { start, end, kind }),
        }
    };
    let mut at = 0;
    for block in
        report.blocks.iter().filter(|block| block.kind != BlockKind::Other || report.map.is_identity())
    {
        let source = report.map.to_source(block.span);
        push(at, source.start().max(at), BlockKind::Other);
        push(source.start().max(at), source.end().max(at), block.kind);
        at = source.end().max(at);
    }
    push(at, report.bytes.max(at), BlockKind::Other);
    entries
}
