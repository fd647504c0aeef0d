//! Finds names, titles and pronouns that differ from every other report's.
//!
//! In: the reports of a story and their cast. Out: `altered-name`, `altered-title` and `pronoun` traces, added to each report.
//! A name of a member of the cast is altered when other reports agree on another spelling and it is this report alone (of two reports, the
//! one with more other traces) that has it. A title is altered when it shares a rare word, or its author and
//! kind, with a title in another report and is not equal to it.
//! Leaves: names that all reports spell differently.

use crate::cast::{Cast, is_altered};
use crate::model::{Annotated, EntityKind, Gender, MentionForm, Trace};
use crate::span::Span;
use crate::token;
use crate::vocabulary::{is_common, pronoun_gender, run_together};
use std::collections::{BTreeMap, BTreeSet};

/// Adds to each witness the traces that show only beside the other reports.
pub fn compare(witnesses: &mut [Annotated], cast: &Cast) {
    let mut added: Vec<(usize, Trace)> = Vec::new();
    for (member, forms) in forms(witnesses, cast) {
        if cast.members[member].kind != EntityKind::Work {
            added.extend(altered_names(witnesses, &forms));
        }
    }
    added.extend(altered_titles(witnesses));
    for (member, all) in pronouns_of(witnesses, cast) {
        added.extend(pronouns(witnesses, cast, member, &all));
    }
    for (report, trace) in added {
        let traces = &mut witnesses[report].traces;
        if !traces.iter().any(|other| other.span == trace.span && other.kind == trace.kind) {
            traces.push(trace);
        }
    }
    for witness in witnesses {
        witness.traces.sort_by_key(|trace| (trace.span, trace.kind));
    }
}

/// A name, and the report that has it.
type NameForm = (usize, String);

/// The names that each member goes by, report by report.
fn forms(witnesses: &[Annotated], cast: &Cast) -> BTreeMap<usize, Vec<NameForm>> {
    let mut forms: BTreeMap<usize, Vec<NameForm>> = BTreeMap::new();
    for (report, witness) in witnesses.iter().enumerate() {
        for (entity, record) in witness.entities.iter().enumerate() {
            forms.entry(cast.of[report][entity]).or_default().push((report, record.name.clone()));
        }
    }
    forms
}

/// Full names of one member that one report alone has.
fn altered_names(witnesses: &[Annotated], forms: &[NameForm]) -> Vec<(usize, Trace)> {
    let traces = forms.iter().filter_map(|(report, name)| {
        let others: Vec<&(usize, String)> =
            forms.iter().filter(|(other, form)| other != report && is_altered(form, name)).collect();
        let sharing = forms.iter().any(|(other, form)| other != report && form == name);
        let damaged = |at: usize| witnesses[at].traces.len();
        let stands_alone = !others.is_empty() && !sharing;
        let outvoted = others.len() > 1 || others.iter().all(|(other, _)| damaged(*other) < damaged(*report));
        if !(stands_alone && outvoted) {
            return None;
        }
        let span = first_span(&witnesses[*report], name)?;
        let note = format!("this report has “{name}”; {} “{}”", others_have(others.len()), others[0].1);
        Some((*report, Trace { span, kind: "altered-name", note }))
    });
    traces.collect()
}

fn others_have(count: usize) -> String {
    if count == 1 { "one other report has".to_owned() } else { format!("{count} other reports have") }
}

fn first_span(witness: &Annotated, name: &str) -> Option<Span> {
    let named = |span: Span| witness.words(span).split_whitespace().eq(name.split_whitespace());
    witness
        .mentions
        .iter()
        .find(|mention| mention.form == MentionForm::Name && named(mention.span))
        .map(|mention| mention.span)
}

/// Titles of works that differ between reports.
fn altered_titles(witnesses: &[Annotated]) -> Vec<(usize, Trace)> {
    let titles: Vec<Vec<Title>> = witnesses.iter().map(titles).collect();
    let mut traces = Vec::new();
    for (report, own) in titles.iter().enumerate() {
        for title in own {
            let others: Vec<&Title> = titles
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != report)
                .flat_map(|(_, list)| list)
                .collect();
            if others.iter().any(|other| other.words == title.words) {
                continue;
            }
            let Some(other) = others.iter().find(|other| is_variant(title, other)) else { continue };
            // The variant that stands in more reports, or in the less damaged one, is not the altered one.
            let support = |words: &[String]| {
                titles
                    .iter()
                    .enumerate()
                    .filter(|(_, list)| list.iter().any(|t| t.words == words))
                    .map(|(at, _)| at)
                    .collect::<Vec<_>>()
            };
            let (mine, theirs) = (support(&title.words), support(&other.words));
            let damage =
                |reports: &[usize]| reports.iter().map(|&at| witnesses[at].traces.len()).max().unwrap_or(0);
            if theirs.len() > mine.len() || (theirs.len() == mine.len() && damage(&mine) > damage(&theirs)) {
                let note = format!(
                    "this report has “{}”; {} “{}”",
                    title.text,
                    others_have(theirs.len()),
                    other.text
                );
                traces.push((report, Trace { span: title.span, kind: "altered-title", note }));
            }
        }
    }
    traces
}

struct Title {
    span: Span,
    text: String,
    words: Vec<String>,
    is_work: bool,
}

/// Titles of works, and names of nothing known that may be one.
fn titles(witness: &Annotated) -> Vec<Title> {
    let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut titles = Vec::new();
    for mention in witness.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let is_work = mention.kind == EntityKind::Work;
        if !(is_work
            || matches!(mention.kind, EntityKind::Other | EntityKind::Organisation | EntityKind::Person))
        {
            continue;
        }
        let text = witness.words(mention.span).to_owned();
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty())
            .map(|word| token::fold(run_together(word).map_or(word, |(left, _)| left)).into_owned())
            .collect();
        if words.len() >= 2 && seen.insert(words.clone()) {
            titles.push(Title { span: mention.span, text, words, is_work });
        }
    }
    titles
}

/// Whether two titles are likely the same work's: of two works one begins like the other; or the names differ in a letter or two.
fn is_variant(a: &Title, b: &Title) -> bool {
    if !(a.is_work || b.is_work) {
        return false;
    }
    let joined = |title: &Title| title.words.join(" ");
    let rare_shared = a.words.iter().any(|word| word.len() > 3 && !is_common(word) && b.words.contains(word));
    let both = a.is_work && b.is_work;
    is_altered(&joined(a), &joined(b))
        || (both && (a.words.first() == b.words.first() || a.words.last() == b.words.last()))
        || (both && rare_shared)
}

/// The pronouns of one report that mean somebody, and their gender.
type Pronouns = Vec<(Span, Option<Gender>)>;

/// The pronouns that mean each member, report by report.
fn pronouns_of(witnesses: &[Annotated], cast: &Cast) -> BTreeMap<usize, Vec<Pronouns>> {
    let mut all: BTreeMap<usize, Vec<Pronouns>> = BTreeMap::new();
    for (report, witness) in witnesses.iter().enumerate() {
        for mention in witness.mentions.iter().filter(|mention| mention.form == MentionForm::Pronoun) {
            let Some(member) = mention.entity.and_then(|entity| cast.member(report, entity)) else {
                continue;
            };
            let Some(gender) = pronoun_gender(witness.words(mention.span)) else { continue };
            let own = all.entry(member).or_insert_with(|| vec![Vec::new(); witnesses.len()]);
            own[report].push((mention.span, Some(gender)));
        }
    }
    all
}

/// Pronouns of a person that no other report has: all of them are of the other gender, and more of them.
fn pronouns(witnesses: &[Annotated], cast: &Cast, member: usize, all: &[Pronouns]) -> Vec<(usize, Trace)> {
    let mut traces = Vec::new();
    for (report, own) in all.iter().enumerate() {
        let Some((_, gender)) = own.first() else { continue };
        let others: Vec<_> =
            all.iter().enumerate().filter(|(other, _)| *other != report).flat_map(|(_, list)| list).collect();
        let alone = own.iter().all(|(_, g)| g == gender)
            && !others.is_empty()
            && others.iter().all(|(_, g)| g != gender);
        let outvoted = others.len() > own.len() || witnesses[report].traces.len() > 1;
        if alone && outvoted {
            let name = &cast.members[member].name;
            traces.extend(own.iter().map(|(span, _)| {
                let note = format!(
                    "“{}” stands for {name}, who has other pronouns in every other report",
                    witnesses[report].words(*span)
                );
                (report, Trace { span: *span, kind: "pronoun", note })
            }));
        }
    }
    traces
}
