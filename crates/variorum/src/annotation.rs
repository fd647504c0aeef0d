//! What `annotate` and `extract` say of one report, record for record.
//!
//! In: one report with everything found in it. Out: wire records in the order of the text. Offsets are bytes of the
//! source as received. Absent is null.

use crate::edition::{self, CueEntry, DateEntry, Range, Reading, ReportEntry, SpeakerEntry, Verdict};
use crate::model::{
    Annotated, BlockKind, Container, Embed, EntityKind, Image, MentionForm, Party, Provenance, Quotation,
    Report, Stamp,
};
use crate::read;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// One report with everything found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// The report, its blocks and its traces.
    #[serde(flatten)]
    pub report: ReportEntry,
    /// Each as a reading whose verdict is `single`.
    pub quotations: Vec<Reading>,
    /// What somebody thinks, knows or has found, and what is said only in a wish, a question or a denial, as readings too.
    #[serde(default)]
    pub thoughts: Vec<Reading>,
    /// Every mention of somebody or something.
    pub mentions: Vec<MentionEntry>,
    /// Who and what is mentioned, in order of first mention.
    pub entities: Vec<EntityEntry>,
    /// Every quantity.
    pub figures: Vec<FigureEntry>,
    /// Every date expression.
    pub dates: Vec<DateEntry>,
    /// Posts, videos and messages told of.
    pub posts: Vec<PostMention>,
}

/// One mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Mention")]
pub struct MentionEntry {
    pub start: usize,
    pub end: usize,
    pub kind: EntityKind,
    pub form: MentionForm,
    pub text: String,
    /// Id of the entity; null when the text does not tell.
    pub entity: Option<usize>,
}

/// Somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Entity")]
pub struct EntityEntry {
    /// Its place in the list, from 0; it holds within the report only.
    pub id: usize,
    pub name: String,
    pub kind: EntityKind,
    pub role: Option<String>,
}

/// One quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Figure")]
pub struct FigureEntry {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub unit: String,
    pub what: Option<String>,
    pub qualifier: Option<String>,
    pub said_by: Option<String>,
    /// ISO value of the date of what is counted.
    pub when: Option<String>,
}

/// A post, video or message that the report tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Post")]
pub struct PostMention {
    pub author: Option<String>,
    pub platform: Option<String>,
    pub form: String,
    pub status: String,
    pub evidence: Vec<Range>,
}

/// The reading of a report alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "as in model::Report")]
pub struct Extraction {
    pub id: String,
    pub path: Option<String>,
    pub container: Option<Container>,
    pub field: Option<String>,
    /// As the container states it.
    pub url: Option<String>,
    /// As the report states it.
    pub canonical: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub dek: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<Stamp>,
    pub modified: Option<Stamp>,
    pub language: Option<String>,
    /// Whether it holds a report that can be read.
    pub article: bool,
    /// Why not.
    pub reason: Option<String>,
    /// The running text, paragraphs parted by a blank line.
    pub text: String,
    /// Every part but the space between them.
    pub blocks: Vec<ExtractedBlock>,
    /// The article's images; `caption` is an index in `blocks`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Posts and films of other sites that it shows; `block` is an index in `blocks`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<Embed>,
    /// Where each of the fields above was read, and from what.
    pub provenance: Vec<Provenance>,
}

/// One part of a report, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractedBlock {
    /// First byte in the source.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub kind: BlockKind,
    /// Its words, decoded.
    pub text: String,
    /// Index in `blocks` of what it belongs to.
    pub of: Option<usize>,
    /// Of a credit, the words that name whom it credits, without a label such as "Photo:".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credited: Option<String>,
}

/// Everything found in one report, as wire records.
pub fn annotation(found: &Annotated) -> Annotation {
    Annotation {
        report: edition::entry(found),
        quotations: found.quotations.iter().map(|quotation| reading(found, quotation)).collect(),
        thoughts: found.thoughts.iter().map(|thought| reading(found, thought)).collect(),
        mentions: found
            .mentions
            .iter()
            .map(|mention| {
                let place = found.place(mention.span);
                MentionEntry {
                    start: place.start,
                    end: place.end,
                    kind: mention.kind,
                    form: mention.form,
                    text: place.text,
                    entity: mention.entity,
                }
            })
            .collect(),
        entities: found
            .entities
            .iter()
            .enumerate()
            .map(|(id, entity)| EntityEntry {
                id,
                name: entity.name.clone(),
                kind: entity.kind,
                role: entity.role.clone(),
            })
            .collect(),
        figures: figures(found),
        dates: dates(found),
        posts: found
            .posts
            .iter()
            .map(|post| PostMention {
                author: post
                    .author
                    .and_then(|author| found.entities.get(author))
                    .map(|author| author.name.clone()),
                platform: post.platform.clone(),
                form: post.form.to_owned(),
                status: post.status.to_owned(),
                evidence: post.evidence.iter().map(|span| range(found, *span)).collect(),
            })
            .collect(),
    }
}

/// A quotation as the reading of an utterance of its own.
fn reading(found: &Annotated, quotation: &Quotation) -> Reading {
    let all = found.place(quotation.content.iter().copied().reduce(Span::cover).unwrap_or(quotation.span));
    let written = quotation.speaker.span.map(|span| found.place(span));
    let resolved = match quotation.speaker.party {
        Party::Entity(entity) => found.entities.get(entity).map(|entity| entity.name.clone()),
        Party::Unnamed | Party::Unknown => None,
    };
    Reading {
        report: found.report.id.clone(),
        start: all.start,
        end: all.end,
        text: quotation.content.iter().map(|span| found.words(*span)).collect::<Vec<_>>().join(" … "),
        content: quotation.content.iter().map(|span| range(found, *span)).collect(),
        quotation: range(found, quotation.span),
        parent: quotation.parent.map(|span| range(found, span)),
        kind: quotation.form,
        place: quotation.place,
        closed: quotation.closed,
        verdict: Verdict::Single,
        rule: quotation.rule.to_owned(),
        speaker: (written.is_some() || resolved.is_some()).then(|| SpeakerEntry {
            text: written.as_ref().map(|place| place.text.clone()),
            start: written.as_ref().map(|place| place.start),
            end: written.as_ref().map(|place| place.end),
            resolved,
        }),
        cue: quotation.cue.map(|span| {
            let place = found.place(span);
            CueEntry { text: place.text, start: place.start, end: place.end }
        }),
        channel: quotation.channel.map(str::to_owned),
        platform: quotation.platform.clone(),
        channel_span: quotation.channel_span.map(|span| range(found, span)),
    }
}

fn range(found: &Annotated, span: Span) -> Range {
    let place = found.report.map.to_source(span);
    Range { start: place.start(), end: place.end() }
}

fn figures(found: &Annotated) -> Vec<FigureEntry> {
    let words = |span: Option<Span>| span.map(|span| found.words(span).to_owned());
    let entry = |figure: &crate::model::Figure| {
        let place = found.place(figure.span);
        FigureEntry {
            start: place.start,
            end: place.end,
            text: place.text,
            value: figure.value,
            low: figure.low,
            high: figure.high,
            unit: figure.unit.clone(),
            what: words(figure.what),
            qualifier: figure.qualifier.clone(),
            said_by: words(figure.said_by),
            when: figure.when.and_then(|at| found.dates.get(at)).and_then(|date| date.value.clone()),
        }
    };
    found.figures.iter().map(entry).collect()
}

fn dates(found: &Annotated) -> Vec<DateEntry> {
    let entry = |date: &crate::model::DateExpression| {
        let place = found.place(date.span);
        DateEntry {
            report: place.report,
            start: place.start,
            end: place.end,
            text: place.text,
            value: date.value.clone(),
            precision: date.precision,
            basis: date.basis,
            from: date.from.map(|(_, span)| found.place(span)),
            alternatives: date.alternatives.clone(),
        }
    };
    found.dates.iter().map(entry).collect()
}

/// The reading of `report` alone; `url` is what the container states.
pub fn extraction(report: &Report, url: Option<&str>) -> Extraction {
    let text: Vec<&str> = report
        .blocks
        .iter()
        .filter(|block| block.kind.is_running_text())
        .map(|block| block.span.trim(&report.text).of(&report.text))
        .collect();
    let has_body = report.blocks.iter().any(|block| block.kind.is_body());
    let no_text = || (!has_body).then(|| "holds no running text".to_owned());
    let reason = report.unreadable.clone().or_else(|| report.not_article.clone()).or_else(no_text);
    let has_words = |at: &usize| !report.blocks[*at].span.trim(&report.text).is_empty();
    let kept: Vec<usize> = (0..report.blocks.len()).filter(has_words).collect();
    let renumbered = |block: Option<usize>| block.and_then(|block| kept.binary_search(&block).ok());
    let images = report
        .images
        .iter()
        .map(|image| Image { caption: renumbered(image.caption), ..image.clone() })
        .collect();
    let embeds =
        report.embeds.iter().map(|embed| Embed { block: renumbered(embed.block), ..embed.clone() }).collect();
    Extraction {
        id: report.id.clone(),
        path: report.path.clone(),
        container: report.container.clone(),
        field: report.field.clone(),
        url: url.map(str::to_owned),
        canonical: report.url.clone(),
        outlet: report.outlet.clone(),
        title: report.title.clone(),
        dek: report.dek.clone(),
        authors: report.authors.clone(),
        published: report.published.clone(),
        modified: report.modified.clone(),
        language: report.language.clone(),
        article: reason.is_none(),
        reason,
        text: text.join("\n\n"),
        blocks: extracted(report, &kept),
        images,
        embeds,
        provenance: report.provenance.clone(),
    }
}

/// The blocks of `kept`, what they belong to renumbered.
fn extracted(report: &Report, kept: &[usize]) -> Vec<ExtractedBlock> {
    let entry = |at: &usize| {
        let block = &report.blocks[*at];
        let span = block.span.trim(&report.text);
        let place = report.map.to_source(span);
        let text = span.of(&report.text);
        let credited = (block.kind == BlockKind::Credit).then(|| read::credited(text).to_owned());
        let credited = credited.filter(|name| !name.is_empty());
        ExtractedBlock {
            start: place.start(),
            end: place.end(),
            kind: block.kind,
            text: text.to_owned(),
            of: block.of.and_then(|of| kept.binary_search(&of).ok()),
            credited,
        }
    };
    kept.iter().map(entry).collect()
}
