//! Facts that some reports of a story have and others have not.
//!
//! In: everything found in the story. Out: omissions by kind, then by place; each with where it is found and the reports in which it
//! was not found. "Not found" says what was looked for, not what a report should have had.
//! Kinds, in this order: a named speaker who is quoted or cited (`speaker`), words of a speaker whom the other report does quote,
//! or of an unnamed one (`utterance`), a figure outside quotations (`figure`), that a post was deleted or a report
//! corrected (`status`), that somebody was asked for comment (`comment`).
//! A report that has a speaker's words as indirect speech ("she fears for others …") is not without them.
//! Leaves: events without names, words or figures; what unnamed people say in one report alone.

use crate::cast::Cast;
use crate::edition::{Agreement, Omission, Place, PostEntry, ReconciledFigure, Utterance};
use crate::lexicon;
use crate::model::{Annotated, BlockKind, Form, Party};
use crate::span::Span;
use crate::token;
use crate::words;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static FUNCTION: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../lang/en/function-words.txt")).collect());

/// The omissions of a story of two reports or more; none for one.
pub fn gather(
    witnesses: &[Annotated],
    cast: &Cast,
    utterances: &[Utterance],
    figures: &[ReconciledFigure],
    posts: &[PostEntry],
) -> Vec<Omission> {
    if witnesses.len() < 2 {
        return Vec::new();
    }
    let quoted = speakers(witnesses, cast);
    let mut omissions = of_speakers(witnesses, cast, &quoted);
    omissions.extend(of_utterances(witnesses, cast, &quoted, utterances));
    omissions.extend(of_figures(witnesses, figures));
    omissions.extend(of_status(witnesses, posts));
    omissions.extend(of_comment(witnesses));
    omissions
}

/// `omission`, if some reports have it and others have not.
fn omission(witnesses: &[Annotated], kind: &str, fact: String, present: Vec<Place>) -> Option<Omission> {
    let have: BTreeSet<&str> = present.iter().map(|place| place.report.as_str()).collect();
    let absent: Vec<String> = witnesses
        .iter()
        .map(|witness| &witness.report.id)
        .filter(|id| !have.contains(id.as_str()))
        .cloned()
        .collect();
    (!present.is_empty() && !absent.is_empty()).then(|| Omission {
        fact,
        kind: kind.to_owned(),
        present,
        absent,
    })
}

/// Where each member of the cast is quoted or cited: the speaker as written, or the words.
fn speakers(witnesses: &[Annotated], cast: &Cast) -> BTreeMap<usize, Vec<(usize, Span)>> {
    let mut quoted: BTreeMap<usize, Vec<(usize, Span)>> = BTreeMap::new();
    for (report, witness) in witnesses.iter().enumerate() {
        for quotation in &witness.quotations {
            let Party::Entity(entity) = quotation.speaker.party else { continue };
            let Some(member) = cast.member(report, entity) else { continue };
            quoted
                .entry(member)
                .or_default()
                .push((report, quotation.speaker.span.unwrap_or(quotation.span)));
        }
    }
    quoted
}

fn of_speakers(
    witnesses: &[Annotated],
    cast: &Cast,
    quoted: &BTreeMap<usize, Vec<(usize, Span)>>,
) -> Vec<Omission> {
    quoted
        .iter()
        .filter_map(|(member, places)| {
            let mut seen = BTreeSet::new();
            let first = places.iter().filter(|(report, _)| seen.insert(*report));
            let present = first
                .map(|(report, span)| witnesses[*report].place(sentence_around(&witnesses[*report], *span)))
                .collect();
            omission(
                witnesses,
                "speaker",
                format!("{} is quoted or cited", cast.members[*member].name),
                present,
            )
        })
        .collect()
}

fn sentence_around(witness: &Annotated, span: Span) -> Span {
    let at = witness.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    witness.sentences.get(at).map_or(span, |sentence| sentence.span.cover(span))
}

fn of_utterances(
    witnesses: &[Annotated],
    cast: &Cast,
    quoted: &BTreeMap<usize, Vec<(usize, Span)>>,
    utterances: &[Utterance],
) -> Vec<Omission> {
    let heard_in = |name: &str| -> BTreeSet<usize> {
        let members = quoted.iter().filter(|(member, _)| cast.members[**member].name == name);
        members.flat_map(|(_, places)| places.iter().map(|(report, _)| *report)).collect()
    };
    let told = told(witnesses, cast);
    utterances
        .iter()
        .filter(|utterance| utterance.readings.iter().any(|reading| reading.kind != Form::Indirect))
        .filter_map(|utterance| {
            let mut present: Vec<Place> = utterance.readings.iter().map(place).collect();
            let own = utterance.speaker.as_deref().and_then(|name| told.get(name));
            present.extend(own.into_iter().flat_map(|told| told_otherwise(utterance, told)));
            let have: BTreeSet<&str> = present.iter().map(|place| place.report.as_str()).collect();
            // Where the other report does not quote the speaker at all, the speaker is what it lacks.
            let worth = match &utterance.speaker {
                Some(name) => {
                    heard_in(name).iter().any(|report| !have.contains(witnesses[*report].report.id.as_str()))
                }
                // What an unnamed person said is a fact of the story when two reports have it.
                None => have.len() > 1,
            };
            let who = utterance
                .speaker
                .clone()
                .or_else(|| unnamed(utterance))
                .unwrap_or_else(|| "unnamed".to_owned());
            // What stands between two parts of a quotation is not the speaker’s.
            let base = utterance.readings.first()?;
            let said = shortened(&base.text);
            let said = if base.content.len() > 1 { said.replace(" … ", "” … “") } else { said };
            let fact = format!("{who}: “{said}”");
            if worth { omission(witnesses, "utterance", fact, present) } else { None }
        })
        .collect()
}

/// What a report has somebody say in its own words.
struct Told {
    /// Stems of its content words.
    words: BTreeSet<u32>,
    place: Place,
}

/// How many sayings of one speaker are held against each utterance; a report tells of fewer.
const MOST_TOLD: usize = 200;

/// How many content words a saying shares at least with the utterance it gives; set on cases of our own.
const FEWEST_SHARED: usize = 3;

/// Where reports without a reading of `utterance` have most of its words in their own: most content words of what they tell are its.
fn told_otherwise(utterance: &Utterance, told: &[Told]) -> Vec<Place> {
    let said: Vec<BTreeSet<u32>> =
        utterance.readings.iter().map(|reading| content_words(&reading.text)).collect();
    let is_new = |told: &&Told| utterance.readings.iter().all(|reading| reading.report != told.place.report);
    let is_held = |told: &&Told| {
        said.iter()
            .map(|words| words.intersection(&told.words).count())
            .any(|shared| shared >= FEWEST_SHARED && shared * 2 > told.words.len())
    };
    told.iter().filter(is_new).filter(is_held).map(|told| told.place.clone()).collect()
}

/// Indirect speech by the name of its speaker.
fn told<'c>(witnesses: &[Annotated], cast: &'c Cast) -> BTreeMap<&'c str, Vec<Told>> {
    let mut told: BTreeMap<&str, Vec<Told>> = BTreeMap::new();
    for (report, witness) in witnesses.iter().enumerate() {
        for quotation in witness.quotations.iter().filter(|quotation| quotation.form == Form::Indirect) {
            let Party::Entity(entity) = quotation.speaker.party else { continue };
            let Some(member) = cast.member(report, entity) else { continue };
            let own = told.entry(cast.members[member].name.as_str()).or_default();
            if own.len() < MOST_TOLD {
                let words = quotation.content.iter().flat_map(|part| content_words(witness.words(*part)));
                own.push(Told { words: words.collect(), place: witness.place(quotation.span) });
            }
        }
    }
    told
}

/// The stems of the words of `text` that carry its sense.
fn content_words(text: &str) -> BTreeSet<u32> {
    let is_content = |word: &&words::Word| {
        let folded = token::fold(word.span.of(text));
        folded.chars().count() > 3 && !FUNCTION.contains(&*folded)
    };
    words::of_line(text).iter().filter(is_content).map(|word| word.stem).collect()
}

fn unnamed(utterance: &Utterance) -> Option<String> {
    utterance.readings.iter().find_map(|reading| reading.speaker.as_ref()?.text.clone())
}

fn place(reading: &crate::edition::Reading) -> Place {
    Place {
        report: reading.report.clone(),
        start: reading.start,
        end: reading.end,
        text: reading.text.clone(),
    }
}

/// The first words, at most sixty characters.
fn shortened(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() > 60 {
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

fn of_figures(witnesses: &[Annotated], figures: &[ReconciledFigure]) -> Vec<Omission> {
    let mut omissions = Vec::new();
    for figure in figures {
        let narrated: Vec<_> =
            figure.values.iter().filter(|value| !is_spoken(witnesses, &value.report, value.start)).collect();
        if narrated.is_empty() {
            continue;
        }
        let place = |value: &&crate::edition::FigureValue| Place {
            report: value.report.clone(),
            start: value.start,
            end: value.end,
            text: value.text.clone(),
        };
        if figure.unit == "age" {
            // How old somebody is stands with the name; whether a report has it is no fact of the story.
            continue;
        }
        let what = figure.what.clone().unwrap_or_else(|| figure.unit.clone());
        let whole: Vec<Place> = narrated.iter().map(place).collect();
        let fact = match figure.verdict {
            Agreement::Conflict => format!("a figure for {what}"),
            _ => match figure.left_open(narrated[0]) {
                Some(what) => format!("{what}: {}", narrated[0].text),
                None => narrated[0].text.clone(),
            },
        };
        let Some(mut found) = omission(witnesses, "figure", fact, whole) else { continue };
        // A report that has the same number of the same unit elsewhere may count it under another name: it is not without it.
        found.absent.retain(|report| !has_number(figures, report, figure));
        if !found.absent.is_empty() {
            omissions.push(found);
        }
    }
    omissions
}

/// Whether `report` gives a value of `figure` anywhere.
fn has_number(figures: &[ReconciledFigure], report: &str, figure: &ReconciledFigure) -> bool {
    let equal = |a: &crate::edition::FigureValue, b: &crate::edition::FigureValue| {
        (a.value, a.low, a.high) == (b.value, b.low, b.high) && (a.value.is_some() || a.low.is_some())
    };
    let others = figures.iter().filter(|other| other.unit == figure.unit).flat_map(|other| &other.values);
    others
        .filter(|value| value.report == report)
        .any(|value| figure.values.iter().any(|own| equal(own, value)))
}

/// Whether the figure at `start` of the source stands between marks.
fn is_spoken(witnesses: &[Annotated], report: &str, start: usize) -> bool {
    witnesses.iter().filter(|witness| witness.report.id == report).any(|witness| {
        witness.quotations.iter().filter(|quotation| quotation.form == Form::Direct).any(|quotation| {
            quotation.content.iter().any(|part| {
                let source = witness.report.map.to_source(*part);
                source.holds(start)
            })
        })
    })
}

fn of_status(witnesses: &[Annotated], posts: &[PostEntry]) -> Vec<Omission> {
    let mut omissions = Vec::new();
    for post in posts {
        let Some(status) = post.status.values().find(|status| *status != "not stated") else { continue };
        let stating: BTreeSet<&String> =
            post.status.iter().filter(|(_, own)| *own == status).map(|(report, _)| report).collect();
        // Of each report the sentence that says so; else the longest piece of evidence.
        let present = stating
            .iter()
            .filter_map(|report| {
                let own = post.evidence.iter().filter(|place| place.report == **report);
                own.max_by_key(|place| (says_gone(&place.text), place.text.len()))
            })
            .cloned()
            .collect();
        let author = post.author.as_deref().unwrap_or("somebody");
        omissions.extend(omission(
            witnesses,
            "status",
            format!("{author}’s {} was {status}", post.form),
            present,
        ));
    }
    omissions.extend(corrections(witnesses));
    omissions
}

/// Whether the words say that something was taken down or changed.
fn says_gone(text: &str) -> bool {
    let folded = token::fold(text);
    ["delet", "remov", "withdr", "taken down", "took down", "no longer", "eras", "edited", "pulled"]
        .iter()
        .any(|word| folded.contains(word))
}

/// Notes by which a report says that it was corrected.
fn corrections(witnesses: &[Annotated]) -> Option<Omission> {
    let mut present = Vec::new();
    for witness in witnesses {
        for block in witness.report.blocks.iter().filter(|block| block.kind == BlockKind::Note) {
            let folded = token::fold(witness.words(block.span));
            if folded.contains("correct") && !folded.contains("click") {
                present.push(witness.place(block.span.trim(&witness.report.text)));
            }
        }
    }
    omission(witnesses, "status", "the report says that it was corrected".to_owned(), present)
}

fn of_comment(witnesses: &[Annotated]) -> Option<Omission> {
    let phrases: Vec<&str> = lexicon::entries(include_str!("../lang/en/comment-phrases.txt")).collect();
    let mut present = Vec::new();
    for witness in witnesses {
        let asks = |span: Span| {
            let folded = token::fold(witness.words(span));
            phrases.iter().any(|phrase| folded.contains(phrase))
        };
        let sentences =
            witness.sentences.iter().filter(|sentence| witness.report.blocks[sentence.block].kind.is_body());
        present.extend(
            sentences.filter(|sentence| asks(sentence.span)).map(|sentence| witness.place(sentence.span)),
        );
    }
    omission(witnesses, "comment", "somebody was asked for comment".to_owned(), present)
}

#[cfg(test)]
mod tests {
    use crate::model::Received;

    #[test]
    fn a_report_that_tells_the_words_in_its_own_is_not_without_them() {
        let marked = "Mayor Ana Ruiz spoke of the flood in Alm on Monday. “When I walk along the old harbour I worry about \
                      every family in the lower houses,” Ruiz said. “The bridge was never safe,” she said.";
        let told = "Mayor Ana Ruiz spoke of the flood in Alm on Monday. Ruiz said that she worries about families in the lower \
                    houses when she walks along the harbour. “We will rebuild,” she said.";
        let pile = [marked, told].map(|text| Received { bytes: text.into(), ..Received::default() });
        let mut witnesses = pile.map(|received| crate::annotate(&received));
        let story = crate::story(&mut witnesses);
        let facts: Vec<&str> = story
            .omissions
            .iter()
            .filter(|omission| omission.kind == "utterance")
            .map(|omission| omission.fact.as_str())
            .collect();
        assert_eq!(facts, ["Ana Ruiz: “The bridge was never safe,”", "Ana Ruiz: “We will rebuild,”"]);
    }
}
