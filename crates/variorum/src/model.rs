//! The records that the per-report stages share.
//!
//! Everything found in one report lies in one [`Annotated`]; `lib.rs` fills it stage by stage. Offsets are bytes of
//! [`Report::text`]; [`Annotated::place`] turns them into the [`Place`] of an edition, in bytes of the source as received.

use crate::edition::Place;
use crate::span::Span;
use crate::tagging::Tagged;
use crate::token::Token;
use serde::{Deserialize, Serialize};

/// One report as a caller hands it in: its bytes, and what the container says about them.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// The bytes as received.
    pub bytes: Vec<u8>,
    /// Where they came from, as the user named it.
    pub path: Option<String>,
    /// The caller's own id, if it brings one.
    pub id: Option<String>,
    /// Address, as the container states it.
    pub url: Option<String>,
    /// Outlet, as the container states it.
    pub outlet: Option<String>,
    /// Title, as the container states it.
    pub title: Option<String>,
    /// Date of publication, as the container states it (ISO 8601, any precision).
    pub date: Option<String>,
    /// People named as authors, as the container states them.
    pub authors: Vec<String>,
    /// Character set of the bytes, as the container states it (the `charset` of an HTTP header); a hint, as it is often wrong.
    pub charset: Option<String>,
    /// Media type of the bytes, as the container states it (`text/html`), in lower case and without parameters.
    pub media: Option<String>,
    /// Where in a larger file the report stands; `None` where it is a file of its own.
    pub container: Option<Container>,
    /// Name of the field that the bytes are the decoded value of (`text`, `content:encoded`); `None` for files and pages.
    pub field: Option<String>,
}

/// A place in a file that holds many reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// The file, as the user named it.
    pub path: String,
    /// Byte of the file as received at which the record begins, or the compressed member that holds it: 0 where the file is
    /// compressed as a whole. The number of the row in a table.
    pub offset: u64,
    /// Byte of the decompressed member at which the record begins, or the member within that holds it; null where it begins with
    /// the member, and where nothing is compressed. A file that is compressed several times counts as decompressed by all.
    pub within: Option<u64>,
}

/// One report, read: decoded text, the map back to the source, its blocks, and what it says of itself.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What output calls the report: the caller's id, else the key in hexadecimal.
    pub id: String,
    /// 128-bit hash of bytes, address, outlet and date.
    pub key: u128,
    /// As in [`Received`].
    pub path: Option<String>,
    /// As in [`Received`].
    pub container: Option<Container>,
    /// As in [`Received`].
    pub field: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The line under the headline.
    pub dek: Option<String>,
    /// People named as authors.
    pub authors: Vec<String>,
    /// Language, ISO 639-1.
    pub language: Option<String>,
    /// Length of the source, in bytes.
    pub bytes: usize,
    /// SHA-256 of the source, hexadecimal.
    pub sha256: String,
    /// When it was published.
    pub published: Option<Stamp>,
    /// When it was last changed.
    pub modified: Option<Stamp>,
    /// The text all offsets count in. For UTF-8 plain text it is the source itself.
    pub text: String,
    /// From offsets in `text` to offsets in the source; identity where `text` is the source.
    pub map: SourceMap,
    /// Named parts of the text, in order; together they hold every byte of it.
    pub blocks: Vec<Block>,
    /// The article's images, in order.
    pub images: Vec<Image>,
    /// Posts and films of other sites that it shows, in order.
    pub embeds: Vec<Embed>,
    /// What could not be read as hoped, in the reader's words.
    pub notes: Vec<Note>,
    /// Why the source holds no report at all ("looks binary (PNG image)", "is empty"); such a report has no evidence
    /// and takes part in no story.
    pub unreadable: Option<String>,
    /// Why a page that can be read is no article ("is a list of articles"); `None` for articles and plain text.
    pub not_article: Option<String>,
    /// Where the fields above were read, and from what; authors in their order.
    pub provenance: Vec<Provenance>,
}

impl Report {
    /// Whether it is in a language, by its code ("de"), whatever the region.
    pub fn is_in(&self, language: &str) -> bool {
        self.language.as_deref().is_some_and(|own| own.starts_with(language))
    }
}

/// Where a field of a report was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// `title dek authors outlet url language published modified`.
    pub field: String,
    /// `container json-ld meta canonical og:url html-lang title-element shown marked byline dateline line address script words modified`.
    pub from: String,
    /// Where it stands, in bytes of the source; `None` where that is no one place.
    pub start: Option<usize>,
    /// End of it.
    pub end: Option<usize>,
}

/// A remark about the reading of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The part it is about; `None` for the whole.
    pub span: Option<Span>,
    /// One sentence.
    pub text: String,
}

/// A date that metadata or a byline gives for the report as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// ISO 8601, as precise as stated.
    pub value: String,
    /// How precise.
    pub precision: Precision,
    /// How it is known.
    pub basis: Basis,
    /// Where it stands, in bytes of the source; `None` where the container states it.
    pub start: Option<usize>,
    /// End of it.
    pub end: Option<usize>,
}

/// From offsets in decoded text back to the source.
///
/// Pieces are in order on both sides. A piece whose lengths are equal maps byte by byte; any other (an entity, a
/// character of another encoding, a line break the reader put in) maps as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// Empty means identity.
    pub pieces: Vec<Piece>,
}

/// One step of a [`SourceMap`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Place in the text.
    pub text: Span,
    /// Place in the source.
    pub source: Span,
}

impl SourceMap {
    /// Whether text and source are the same bytes.
    pub fn is_identity(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The part of the source that `span` of the text was read from.
    ///
    /// Grows to whole entities and characters; an empty span stays empty.
    pub fn to_source(&self, span: Span) -> Span {
        if self.is_identity() {
            return span;
        }
        let start = self.start_of(span.start());
        let end = if span.is_empty() { start } else { self.end_of(span.end()) };
        Span::new(start, end.max(start))
    }

    /// The part of the text that was read from `source`, for spans that others give in bytes of the source.
    ///
    /// Grows to whole pieces where a piece maps as a whole; `None` where either end was not read into the text.
    pub fn to_text(&self, source: Span) -> Option<Span> {
        if self.is_identity() {
            return Some(source);
        }
        let piece_at = |at: usize| {
            let next = self.pieces.partition_point(|piece| piece.source.end() <= at);
            self.pieces.get(next).filter(|piece| piece.source.holds(at))
        };
        let (first, last) = (piece_at(source.start())?, piece_at(source.end().max(source.start() + 1) - 1)?);
        let is_even = |piece: &Piece| piece.text.len() == piece.source.len();
        let start = if is_even(first) { source.start() - first.source.start() } else { 0 };
        let end = if is_even(last) { source.end() - last.source.start() } else { last.text.len() };
        Some(Span::new(first.text.start() + start, last.text.start() + end))
    }

    /// Source offset of the text byte at `at`, the beginning of its piece where the piece maps as a whole.
    fn start_of(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.text.end() <= at);
        match self.pieces.get(next) {
            Some(piece) if piece.text.len() == piece.source.len() => {
                piece.source.start() + at.saturating_sub(piece.text.start())
            }
            Some(piece) => piece.source.start(),
            None => self.pieces.last().map_or(at, |piece| piece.source.end()),
        }
    }

    /// Source offset one past the text byte before `end`.
    fn end_of(&self, end: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.text.end() < end);
        match self.pieces.get(next) {
            Some(piece) if piece.text.len() == piece.source.len() => {
                piece.source.start() + end.saturating_sub(piece.text.start())
            }
            Some(piece) => piece.source.end(),
            None => self.pieces.last().map_or(end, |piece| piece.source.end()),
        }
    }
}

/// What a part of a report is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's, explained in ARCHITECTURE.md")]
pub enum BlockKind {
    Headline,
    Dek,
    Byline,
    Dateline,
    Paragraph,
    Heading,
    List,
    Table,
    Caption,
    Alt,
    Credit,
    Slug,
    Crumb,
    Related,
    Embed,
    Note,
    Legal,
    Duplicate,
    Other,
}

impl BlockKind {
    /// Whether the story is told here: running text, as against headlines, captions and furniture.
    pub fn is_body(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::List | BlockKind::Table | BlockKind::Embed)
    }

    /// Whether it is part of the report's own text, read from top to bottom: the body with its dek and subheads, without
    /// posts of others that stand among it.
    pub fn is_running_text(self) -> bool {
        matches!(
            self,
            BlockKind::Dek | BlockKind::Heading | BlockKind::Paragraph | BlockKind::List | BlockKind::Table
        )
    }

    /// Whether its words are evidence for the story (furniture and teasers are not).
    pub fn is_evidence(self) -> bool {
        self.is_body()
            || matches!(
                self,
                BlockKind::Headline
                    | BlockKind::Dek
                    | BlockKind::Heading
                    | BlockKind::Caption
                    | BlockKind::Alt
                    | BlockKind::Dateline
                    | BlockKind::Byline
            )
    }
}

/// An image of a web page's article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// First byte of its tag in the source.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Its address, which may be relative to the page's.
    pub url: String,
    /// What the page says to those who do not see it; `None` if nothing.
    pub alt: Option<String>,
    /// Index of its caption in the report's blocks; `None` for one without.
    pub caption: Option<usize>,
}

/// A post or film of another site, shown in a web page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embed {
    /// First byte of its tag in the source.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The site: "X", "Instagram"; `None` where no address of a known one is given.
    pub platform: Option<String>,
    /// Who published it, as its text or its address says: "Ana Ruiz (@ana)", "@ana"; `None` where neither does.
    pub author: Option<String>,
    /// Where it was published; `None` where the page gives no address of a known site.
    pub url: Option<String>,
    /// Index of its text in the report's blocks; `None` for a frame, whose text is not in the page.
    pub block: Option<usize>,
}

/// A named part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes, white space around the words left out (that is a block of kind `Other`).
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Index in [`Report::blocks`] of what it belongs to: of a credit its caption, of a caption its alternative text,
    /// of a duplicate its original, of a slug its headline.
    pub of: Option<usize>,
}

/// One sentence of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its words with closing punctuation and marks, without the white space around.
    pub span: Span,
    /// Index of its block in [`Report::blocks`].
    pub block: usize,
    /// Its words, numbers and marks.
    pub tokens: Vec<Token>,
}

/// What kind of thing a mention names.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum EntityKind {
    Person,
    Organisation,
    Place,
    Work,
    Event,
    Group,
    Other,
}

/// How it is mentioned.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum MentionForm {
    Name,
    Pronoun,
    Description,
    Handle,
}

/// One mention of somebody or something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where, without titles and possessive endings for names; the whole noun phrase for descriptions.
    pub span: Span,
    /// Of what kind.
    pub kind: EntityKind,
    /// In what form.
    pub form: MentionForm,
    /// Index in [`Annotated::entities`]; `None` when the text does not tell.
    pub entity: Option<usize>,
}

/// Grammatical gender as pronouns and first names show it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the field's plain terms")]
pub enum Gender {
    Female,
    Male,
    Neuter,
    Plural,
}

/// Somebody or something within one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name found.
    pub name: String,
    /// Of what kind.
    pub kind: EntityKind,
    /// Title, office or description given with the name.
    pub role: Option<String>,
    /// As far as the text shows it.
    pub gender: Option<Gender>,
    /// Whether it is an account, a fan club or a film called after somebody and not that person.
    pub is_namesake: bool,
}

/// How a quotation is made.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Whole sentences or clauses between marks.
    Direct,
    /// A fragment between marks, worked into the narrator's sentence.
    Partial,
    /// The content without marks.
    Indirect,
}

/// Where a quotation stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Location {
    Body,
    Headline,
    Caption,
    Quotation,
}

/// Who is speaking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// Index in [`Annotated::entities`].
    Entity(usize),
    /// Somebody without a name ("another user"): each mention another person.
    Unnamed,
    /// The text does not say.
    Unknown,
}

/// The speaker as the text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The mention, title included as written; `None` when understood from what stands around.
    pub span: Option<Span>,
    /// Who that is.
    pub party: Party,
}

/// A quotation with its attribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words, without outer marks; several parts where a cue splits them, or a partial quotation has several fragments.
    pub content: Vec<Span>,
    /// The content clause that fragments between marks are worked into ("the rules are “flawed” and “we need them”");
    /// `None` for all but partial quotations behind a speech verb.
    pub clause: Option<Span>,
    /// From the first content byte (mark included) to the last.
    pub span: Span,
    /// How it is made.
    pub form: Form,
    /// Where it stands.
    pub place: Location,
    /// `span` of the quotation it is nested in.
    pub parent: Option<Span>,
    /// Who speaks.
    pub speaker: Speaker,
    /// The cue: "said", "according to".
    pub cue: Option<Span>,
    /// How the words came: `speech video post image-text op-ed statement court-filing interview press-conference message document writing`.
    pub channel: Option<&'static str>,
    /// The platform of a post or video, as written ("Instagram Stories").
    pub platform: Option<String>,
    /// The words that say so.
    pub channel_span: Option<Span>,
    /// Whether a mark closes it.
    pub closed: bool,
    /// The rule that gave the speaker.
    pub rule: &'static str,
}

/// A quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number as written with currency or percent sign, qualifier left out.
    pub span: Span,
    /// Its value; the middle is not guessed for a range.
    pub value: Option<f64>,
    /// Lower end of a range.
    pub low: Option<f64>,
    /// Upper end of a range.
    pub high: Option<f64>,
    /// `count percent USD EUR GBP … age hours days years km m kg score …`
    pub unit: String,
    /// What is counted: head of the noun phrase with its modifiers.
    pub what: Option<Span>,
    /// "about", "more than" …, folded to lower case.
    pub qualifier: Option<String>,
    /// Who says so: a named upstream or speaker in the same sentence, or the speaker of the quotation around it.
    pub said_by: Option<Span>,
    /// Index in [`Annotated::dates`] of the date of the counted thing, when the clause gives one.
    pub when: Option<usize>,
}

/// How precise a date is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Precision {
    Day,
    Month,
    Year,
    Decade,
    Range,
}

/// How a date is known.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Basis {
    Stated,
    Weekday,
    Relative,
    Metadata,
    /// Another date of the same report.
    OtherDate,
    OtherReport,
}

/// A date in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateExpression {
    /// As written.
    pub span: Span,
    /// What the words themselves say, before any anchor.
    pub reading: DateReading,
    /// ISO 8601 value from the report alone: `2025-01-27`, `2025-01`, `2019`, `197X`, `2025-01-24/2025-01-26`; `None` when it
    /// cannot be told without the other reports.
    pub value: Option<String>,
    /// How precise.
    pub precision: Precision,
    /// How it is known.
    pub basis: Basis,
    /// The date it is worked out from, as the report's place in the story (0 in a report by itself) and its span; `None` unless
    /// another date of the report or story decided.
    pub from: Option<(usize, Span)>,
    /// Other values the words allow.
    pub alternatives: Vec<String>,
}

/// What the words of a date say, with nothing worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateReading {
    /// Four digits, or the first year of a decade.
    pub year: Option<i16>,
    /// 1–12.
    pub month: Option<i8>,
    /// 1–31.
    pub day: Option<i8>,
    /// 1 (Monday) – 7.
    pub weekday: Option<i8>,
    /// Days, weeks, months or years from the report's own day, or from the date told before where `from_told`: (0, Month) for
    /// "this month", (-1, Week) …
    pub relative: Option<(i32, DateUnit)>,
    /// Whether it counts from the date told before it ("that year", "two days later") and not from the report's own day.
    pub from_told: bool,
    /// The far end of a range ("March 3–5", "from 2019 to 2021"); what it leaves out it takes from the near end.
    pub until: Option<Box<DateReading>>,
    /// Whether the clause looks ahead ("will", "due on") or back; `None` when its verbs do not tell.
    pub is_ahead: Option<bool>,
}

/// The unit a relative date counts in.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain words")]
pub enum DateUnit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A post, video or message that a report tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Whose, if named.
    pub author: Option<usize>,
    /// "Instagram", "X" …
    pub platform: Option<String>,
    /// `post video story image message`
    pub form: &'static str,
    /// `content` of the quotation that gives its words: index in [`Annotated::quotations`].
    pub quotation: Option<usize>,
    /// `deleted`, `edited`, or `not stated`.
    pub status: &'static str,
    /// Where the report tells of it; the status words first when there are any.
    pub evidence: Vec<Span>,
}

/// Damage or a sign of translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Where.
    pub span: Span,
    /// `unclosed-quotation run-together doubled-article altered-name altered-title pronoun cut-off encoding self-censored other`
    pub kind: &'static str,
    /// What stands there and what would be expected, in one sentence.
    pub note: String,
}

/// Everything found in one report.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// The report.
    pub report: Report,
    /// In text order.
    pub sentences: Vec<Sentence>,
    /// Words with parts of speech, and names as the tagger finds them; empty in a language without one.
    pub tagged: Tagged,
    /// In text order.
    pub mentions: Vec<Mention>,
    /// In order of first mention.
    pub entities: Vec<Entity>,
    /// In text order; nested ones follow their parent.
    pub quotations: Vec<Quotation>,
    /// What somebody thinks, knows or has found, and what is said only in a wish, a question or a denial: content with a source,
    /// but no speech. In text order.
    pub thoughts: Vec<Quotation>,
    /// In text order.
    pub figures: Vec<Figure>,
    /// In text order.
    pub dates: Vec<DateExpression>,
    /// In text order.
    pub posts: Vec<Post>,
    /// In text order.
    pub traces: Vec<Trace>,
}

impl Annotated {
    /// The words of `span`.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.report.text)
    }

    /// The block that holds the byte at `offset`.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let next = self.report.blocks.partition_point(|block| block.span.end() <= offset);
        self.report.blocks.get(next).filter(|block| block.span.holds(offset))
    }

    /// `span` as evidence: the report's id, bytes of the source, and the words.
    pub fn place(&self, span: Span) -> Place {
        let source = self.report.map.to_source(span);
        Place {
            report: self.report.id.clone(),
            start: source.start(),
            end: source.end(),
            text: self.words(span).to_owned(),
        }
    }
}
