//! Looks words up: who says them, in which words, in which report.
//!
//! In: the words asked for, a speaker if one is asked for, and the reports of a story. Out: a [`Check`] with every
//! quotation that has the words, closest first, and what was searched.
//! Method: each quotation is held against the words by the comparison of [`crate::collation`], first whole, then by the
//! sentences that share words, so that a long quotation counts by the part that is asked for.
//! Where no quotation has the words, the reports' own words are looked through, for exactly these. That nothing was found says nothing
//! about what was said elsewhere.
//! Leaves: other words for them that only the narrator uses.

use crate::cast::Cast;
use crate::collation::verdict::{self, Change, Comparison, Kind};
use crate::collation::words::{self, Words};
use crate::collation::{pairs, pieces};
use crate::edition::{Range, SpeakerEntry, Verdict};
use crate::model::{Annotated, EntityKind, Form, Location, MentionForm, Party, Quotation};
use crate::span::{Span, Stretches};
use crate::token;
use crate::vocabulary::{HONORIFICS, is_acronym_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The answer to "did X say Y?": evidence, and what was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// `variorum.check/1`
    pub schema: String,
    /// The words asked for.
    pub words: String,
    /// The speaker asked for.
    pub speaker: Option<String>,
    /// What was found.
    pub outcome: Outcome,
    /// Where was searched.
    pub searched: Extent,
    /// Where the words were found; no dates when nowhere.
    pub found: Extent,
    /// By closeness, then in the order of reports and text.
    pub witnesses: Vec<Witness>,
    /// Where exactly these words stand outside quotations, in the order of reports and text; empty where a quotation has them.
    pub narrated: Vec<Narrated>,
    /// What was left out or read with doubt, in whole sentences.
    pub notes: Vec<String>,
}

/// What was found, the most telling first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The words asked for, by the speaker asked for (by anybody, when none is).
    SameWords,
    /// Other words for them, by that speaker.
    OtherWords,
    /// The words with a word of content, a number or a negation altered, by that speaker.
    AlteredWords,
    /// The words, or other words for them, but by somebody else.
    SaidBySomeoneElse,
    /// The words, or other words for them, and no report says whose they are.
    SpeakerNotStated,
    /// Neither.
    NotFound,
}

/// How many reports, how many of them independent, from when to when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Extent {
    pub reports: usize,
    pub independent: usize,
    /// Earliest known day of publication, ISO 8601.
    pub first: Option<String>,
    /// Latest.
    pub last: Option<String>,
}

/// Whether a witness is by the speaker asked for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attribution {
    /// By the speaker asked for, or nobody in particular is asked for.
    Asked,
    /// By somebody else.
    Other,
    /// The report does not say by whom.
    NotStated,
}

/// A quotation that has the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Report id.
    pub report: String,
    /// As in the edition.
    pub path: Option<String>,
    /// The same.
    pub outlet: Option<String>,
    /// The same.
    pub url: Option<String>,
    /// ISO 8601 date of publication.
    pub published: Option<String>,
    /// SHA-256 of the source.
    pub sha256: String,
    /// First byte, in the source, of the sentences that share words.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Those sentences, parts joined by " … ".
    pub text: String,
    /// The whole quotation they are part of.
    pub quotation: Range,
    /// Direct, partial or indirect.
    pub kind: Form,
    /// Where it stands.
    pub place: Location,
    /// Who speaks; null when the report does not say.
    pub speaker: Option<SpeakerEntry>,
    /// Whether that is the speaker asked for.
    pub attribution: Attribution,
    /// The rule that gave the speaker.
    pub rule: String,
    /// How the words came.
    pub channel: Option<String>,
    /// Platform of a post or video.
    pub platform: Option<String>,
    /// Whether all words asked for stand there, but for spelling and punctuation.
    pub has_all_words: bool,
    /// The rule that tells how it relates to the words asked for; null where it has all of them inside a longer
    /// sentence and nothing else is comparable.
    pub verdict: Option<Verdict>,
    /// Words of both in thousandths of the words asked for and of the sentences.
    pub closeness: u32,
    /// Where they differ, in the order of the text.
    pub variants: Vec<Difference>,
}

/// A place where a report has the words asked for as its own, or as nobody's in particular.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrated {
    /// Report id.
    pub report: String,
    /// As in the edition.
    pub path: Option<String>,
    /// The same.
    pub outlet: Option<String>,
    /// First byte, in the source, of the words.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words as they stand there.
    pub text: String,
    /// The sentence they stand in.
    pub sentence: String,
}

/// A place where a witness has other words than those asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// As asked for; empty where the witness has more.
    pub asked: String,
    /// As the witness has it; empty where it has less.
    pub text: String,
    /// As in the apparatus of an edition.
    pub kind: String,
    /// First byte of `text` in the source; for an empty one, where it would stand.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Words to look up.
pub struct Asked {
    text: String,
    words: Words,
    forms: BTreeSet<String>,
    speaker: Option<String>,
}

impl Asked {
    /// `text`, with or without quotation marks around it, by `speaker` or by anybody.
    pub fn new(text: &str, speaker: Option<&str>) -> Asked {
        let marks = |c: char| c.is_whitespace() || "“”„«»‘’\"".contains(c);
        let text = text.trim_matches(marks).to_owned();
        let words = words::read(&text, &[Span::new(0, text.len())]);
        let forms = words.words.iter().map(|word| word.form.clone()).collect();
        Asked { text, words, forms, speaker: speaker.map(str::to_owned) }
    }

    fn compare(&self, text: &str, read: &Words) -> Comparison {
        verdict::compare((&self.text, &self.words), (text, read))
    }

    /// Whether all words asked for stand in `read` next to each other, in order.
    fn stands_in(&self, read: &Words) -> bool {
        self.places_in(read).next().is_some()
    }

    /// Where in `read` all words asked for stand next to each other, in order.
    fn places_in<'a>(&'a self, read: &'a Words) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
        let asked = &self.words.words;
        let windows = read.words.windows(asked.len().max(1)).enumerate();
        windows
            .filter(move |(_, window)| {
                !asked.is_empty() && window.iter().zip(asked).all(|(a, b)| a.form == b.form)
            })
            .map(move |(at, _)| at..at + asked.len())
    }
}

/// The quotations of one story that have the words; `root` is the lineage's.
///
/// Each with the index of its original, so that copies can be counted once.
pub fn find(asked: &Asked, witnesses: &[Annotated], cast: &Cast, root: &[usize]) -> Vec<(usize, Witness)> {
    let mut found = Vec::new();
    for (at, report) in witnesses.iter().enumerate() {
        let called = called(asked, report);
        let own = report
            .quotations
            .iter()
            .filter_map(|quotation| witness(asked, witnesses, cast, at, quotation, &called));
        found.extend(own.map(|witness| (root.get(at).copied().unwrap_or(at), witness)));
    }
    found
}

/// Where the reports have exactly the words asked for outside quotations.
pub fn narrated(asked: &Asked, reports: &[Annotated]) -> Vec<Narrated> {
    // Most sentences lack the longest of the words.
    let Some(longest) = asked.words.words.iter().map(|word| &word.form).max_by_key(|form| form.len()) else {
        return Vec::new();
    };
    let mut narrated = Vec::new();
    for found in reports {
        let report = &found.report;
        let contents = found.quotations.iter().flat_map(|quotation| quotation.content.iter().copied());
        let quoted = Stretches::of(contents);
        for sentence in &found.sentences {
            let read = words::read(&report.text, &[sentence.span]);
            if !read.words.iter().any(|word| word.form == *longest) {
                continue;
            }
            let spans = asked.places_in(&read).map(|range| written(&read, &range));
            narrated.extend(spans.filter(|span| !quoted.touch(*span)).map(|span| {
                let place = found.place(span);
                Narrated {
                    report: report.id.clone(),
                    path: report.path.clone(),
                    outlet: report.outlet.clone(),
                    start: place.start,
                    end: place.end,
                    text: place.text,
                    sentence: found.words(sentence.span).to_owned(),
                }
            }));
        }
    }
    narrated
}

/// The answer, from what was found in all stories.
pub fn answer(
    asked: Asked,
    mut witnesses: Vec<Witness>,
    narrated: Vec<Narrated>,
    searched: Extent,
    found: Extent,
    notes: Vec<String>,
) -> Check {
    // Stable, so that reports and text keep their order.
    witnesses.sort_by_key(|witness| {
        (witness.attribution, !witness.has_all_words, std::cmp::Reverse(witness.closeness))
    });
    Check {
        schema: "variorum.check/1".to_owned(),
        words: asked.text,
        speaker: asked.speaker,
        outcome: outcome(&witnesses),
        searched,
        found,
        witnesses,
        narrated,
        notes,
    }
}

impl Witness {
    /// What it alone answers.
    pub fn outcome(&self) -> Outcome {
        match (self.attribution, self.has_all_words) {
            (Attribution::Asked, true) => Outcome::SameWords,
            (Attribution::Asked, false) if self.verdict == Some(Verdict::Altered) => Outcome::AlteredWords,
            (Attribution::Asked, false) => Outcome::OtherWords,
            (Attribution::Other, _) => Outcome::SaidBySomeoneElse,
            (Attribution::NotStated, _) => Outcome::SpeakerNotStated,
        }
    }
}

fn outcome(witnesses: &[Witness]) -> Outcome {
    witnesses.iter().map(Witness::outcome).min().unwrap_or(Outcome::NotFound)
}

fn witness(
    asked: &Asked,
    all: &[Annotated],
    cast: &Cast,
    at: usize,
    quotation: &Quotation,
    called: &BTreeSet<usize>,
) -> Option<Witness> {
    let found = &all[at];
    let text = &found.report.text;
    let whole = words::read(text, &quotation.content);
    if !whole.words.iter().any(|word| asked.forms.contains(&word.form)) {
        return None;
    }
    let content = pieces::joined(text, &sharing(asked, text, &quotation.content, &whole)?);
    let read = words::read(text, &content);
    let held = asked.compare(text, &read);
    let attribution = attribution(asked, cast, (at, found), quotation, called);
    let stands = asked.stands_in(&read);
    let is_near = held.verdict.is_some()
        && (attribution == Attribution::Asked && asked.speaker.is_some() || pairs::is_telling(&held));
    (stands || is_near)
        .then(|| entry(asked, found, cast, at, quotation, &content, &read, &held, attribution, stands))
}

/// The sentences of `content` that share words with those asked for, where they share enough at all.
fn sharing(asked: &Asked, text: &str, content: &[Span], whole: &Words) -> Option<Vec<Span>> {
    let held = asked.compare(text, whole);
    let shared: Vec<Span> = held
        .columns
        .iter()
        .filter_map(|column| Some((&asked.words.words[column.a?], &whole.words[column.b?])))
        .filter(|(a, b)| a.form == b.form && (a.is_content() || asked.words.content() == 0))
        .map(|(_, b)| whole.units[b.unit].span)
        .collect();
    let mut sentences = pieces::sentences(text, content);
    sentences.retain(|sentence| shared.iter().any(|span| span.overlap(*sentence) > 0));
    (!sentences.is_empty()).then_some(sentences)
}

#[allow(clippy::too_many_arguments, reason = "one call; the record has these many sources")]
fn entry(
    asked: &Asked,
    found: &Annotated,
    cast: &Cast,
    at: usize,
    quotation: &Quotation,
    content: &[Span],
    read: &Words,
    held: &Comparison,
    attribution: Attribution,
    stands: bool,
) -> Witness {
    let report = &found.report;
    let place = found.place(content.iter().copied().reduce(Span::cover).unwrap_or_default());
    let whole = found.place(quotation.span);
    let counted = asked.words.words.len() + read.words.len();
    Witness {
        report: report.id.clone(),
        path: report.path.clone(),
        outlet: report.outlet.clone(),
        url: report.url.clone(),
        published: report.published.as_ref().map(|stamp| stamp.value.clone()),
        sha256: report.sha256.clone(),
        start: place.start,
        end: place.end,
        text: content.iter().map(|span| span.of(&report.text)).collect::<Vec<_>>().join(" … "),
        quotation: Range { start: whole.start, end: whole.end },
        kind: quotation.form,
        place: quotation.place,
        speaker: speaker(found, cast, at, quotation),
        attribution,
        rule: quotation.rule.to_owned(),
        channel: quotation.channel.map(str::to_owned),
        platform: quotation.platform.clone(),
        has_all_words: stands || held.verdict.is_some() && held.changes.iter().all(keeps_words),
        verdict: held.verdict,
        closeness: (2000 * held.shared.words / counted.max(1)) as u32,
        variants: held.changes.iter().map(|change| difference(asked, found, read, change)).collect(),
    }
}

/// Whether the words asked for are all there in spite of `change`.
fn keeps_words(change: &Change) -> bool {
    matches!(change.kind, Kind::Punctuation | Kind::Spelling | Kind::Addition)
}

fn difference(asked: &Asked, found: &Annotated, read: &Words, change: &Change) -> Difference {
    let span = written(read, &change.b);
    let place = found.place(span);
    Difference {
        asked: written(&asked.words, &change.a).of(&asked.text).to_owned(),
        text: place.text,
        kind: change.kind.word().to_owned(),
        start: place.start,
        end: place.end,
    }
}

/// Where a range of words stands; the empty place before the next word for an empty one.
fn written(words: &Words, range: &std::ops::Range<usize>) -> Span {
    let unit = |at: usize| words.words.get(at).map(|word| words.units[word.unit].span);
    match (unit(range.start), range.end.checked_sub(1).and_then(unit)) {
        (Some(first), Some(last)) if !range.is_empty() => first.cover(last),
        (Some(next), _) => Span::new(next.start(), next.start()),
        _ => {
            let end = words.units.last().map_or(0, |unit| unit.span.end());
            Span::new(end, end)
        }
    }
}

fn speaker(found: &Annotated, cast: &Cast, at: usize, quotation: &Quotation) -> Option<SpeakerEntry> {
    let written = quotation.speaker.span.map(|span| found.place(span));
    let resolved = match quotation.speaker.party {
        Party::Entity(entity) => cast.member(at, entity).map(|_| cast.name(at, entity).to_owned()),
        Party::Unnamed | Party::Unknown => None,
    };
    (written.is_some() || resolved.is_some()).then(|| SpeakerEntry {
        text: written.as_ref().map(|place| place.text.clone()),
        start: written.as_ref().map(|place| place.start),
        end: written.as_ref().map(|place| place.end),
        resolved,
    })
}

/// Whether the quotation is by the speaker asked for.
fn attribution(
    asked: &Asked,
    cast: &Cast,
    (at, found): (usize, &Annotated),
    quotation: &Quotation,
    called: &BTreeSet<usize>,
) -> Attribution {
    let Some(wanted) = &asked.speaker else { return Attribution::Asked };
    match quotation.speaker.party {
        Party::Entity(entity) => {
            let Some(member) = cast.member(at, entity).and_then(|member| cast.members.get(member)) else {
                return Attribution::NotStated;
            };
            let names = member.names.iter().map(|(name, _)| name).chain([&member.name]);
            let fits = |name: &String| match member.is_namesake {
                true => name_words(name) == name_words(wanted),
                false => may_be_one(name, wanted, member.kind),
            };
            let is_asked = names.into_iter().any(fits) || called.contains(&entity);
            if is_asked { Attribution::Asked } else { Attribution::Other }
        }
        Party::Unnamed => {
            let written = quotation.speaker.span.map(|span| found.words(span)).unwrap_or_default();
            if name_words(written) == name_words(wanted) { Attribution::Asked } else { Attribution::Other }
        }
        Party::Unknown => Attribution::NotStated,
    }
}

/// The words of a name, without accents and the title before it.
fn name_words(name: &str) -> Vec<String> {
    let tokens = token::tokens(name, Span::new(0, name.len())).into_iter();
    let written: Vec<&str> =
        tokens.filter(|token| token.kind != token::Kind::Mark).map(|token| token.of(name)).collect();
    let is_title = |word: &&&str| {
        HONORIFICS.contains_key(word)
            || HONORIFICS.contains_key(format!("{}.", word.trim_end_matches('.')).as_str())
    };
    let titles = written.iter().take_while(is_title).count().min(written.len().saturating_sub(1));
    let plain = |word: &&str| words::plain(token::without_possessive(word));
    written[titles..].iter().map(plain).collect()
}

/// Whether one name is the other, or a part of it that ends it ("Ruiz", "Ana Ruiz", "Dr Ana Ruiz"); a person's also by the given name
/// ("Ana"), any other one also by its initials.
fn may_be_one(name: &str, wanted: &str, kind: EntityKind) -> bool {
    let (a, b) = (name_words(name), name_words(wanted));
    let is_part = !a.is_empty() && !b.is_empty() && (a.ends_with(&b) || b.ends_with(&a));
    let split = |name: &str| name.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
    match kind {
        EntityKind::Person => is_part || b.len() == 1 && a.first() == b.first(),
        _ => is_part || is_acronym_of(name, &split(wanted)) || is_acronym_of(wanted, &split(name)),
    }
}

/// The entities that the report calls as the speaker asked for: "the singer".
fn called(asked: &Asked, found: &Annotated) -> BTreeSet<usize> {
    let Some(wanted) = &asked.speaker else { return BTreeSet::new() };
    let bare = |text: &str| {
        let mut words = name_words(text);
        if words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an") {
            words.remove(0);
        }
        words
    };
    let wanted = bare(wanted);
    let descriptions = found.mentions.iter().filter(|mention| mention.form == MentionForm::Description);
    let so = descriptions.filter(|mention| bare(found.words(mention.span)) == wanted);
    so.filter_map(|mention| mention.entity).collect()
}

#[cfg(test)]
mod tests {
    use crate::model::Received;

    const TOWN: &str = "Harbour stays shut\n\nThe harbour of Elmsey stays shut until May, Mayor Ana Ruiz said on Tuesday.\n\n\
        “We will not open the harbour before the wall is sound,” Ruiz told reporters. “Nobody shall drown for a timetable.”\n\n\
        “The wall has been sound for years,” said Olaf Brandt, who runs the ferry.\n";

    fn check(words: &str, speaker: Option<&str>, expected: &str) {
        let pile =
            [Received { bytes: TOWN.into(), path: Some("town.txt".to_owned()), ..Received::default() }];
        let found = crate::check(words, speaker, &pile);
        let outcome = serde_json::to_value(found.outcome).unwrap();
        let texts: Vec<&str> = found.witnesses.iter().map(|witness| witness.text.as_str()).collect();
        assert_eq!(format!("{}: {}", outcome.as_str().unwrap(), texts.join(" | ")), expected, "{words}");
        for witness in &found.witnesses {
            assert!(TOWN.get(witness.start..witness.end).is_some(), "{words}: bytes of the source");
        }
    }

    #[test]
    fn words_are_found_with_the_speaker_they_are_given_to() {
        let open = "We will not open the harbour before the wall is sound,";
        check("we will not open the harbour before the wall is sound", None, &format!("same-words: {open}"));
        check("“We will not open the harbour”", Some("Ana Ruiz"), &format!("same-words: {open}"));
        check(
            "We will open the harbour before the wall is sound",
            Some("Ruiz"),
            &format!("altered-words: {open}"),
        );
        check("We will not open the harbour", Some("Olaf Brandt"), &format!("said-by-someone-else: {open}"));
        check(
            "Nobody shall drown",
            Some("Mayor Ana Ruiz"),
            "same-words: Nobody shall drown for a timetable.",
        );
        for name in ["Ana", "Mrs. Ruíz", "the mayor"] {
            check("Nobody shall drown", Some(name), "same-words: Nobody shall drown for a timetable.");
        }
        check("the ferry sails at noon", None, "not-found: ");
        check("", None, "not-found: ");
    }
}
