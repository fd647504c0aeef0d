//! Finds pronouns that do not fit the person's others: "his" of somebody who is "she" everywhere else.
//!
//! In: a report with names, pronouns and who is meant. Out: one trace a pronoun, with the word behind it.
//! A pronoun is a trace when no person it could mean stands, by name or description, in its sentence before it or in the three
//! before (a person named right behind it may be meant too), while a person of the other gender does, and that person has
//! a fitting pronoun elsewhere in the report.
//! Leaves: pronouns inside quotations, where anybody may be meant.

use super::Detector;
use crate::model::{Annotated, EntityKind, Form, Gender, Mention, MentionForm, Trace};
use crate::span::{Span, Stretches};
use crate::vocabulary::pronoun_gender;
use std::collections::BTreeSet;

pub const DETECTOR: Detector =
    Detector { kind: "pronoun", doc: "A pronoun that does not fit the person's others.", find };

fn find(found: &Annotated) -> Vec<Trace> {
    let quotations = found.quotations.iter().filter(|quotation| quotation.form != Form::Indirect);
    let quoted = Stretches::of(quotations.flat_map(|quotation| &quotation.content).copied());
    let fitting = with_fitting_pronoun(found);
    let pronouns = found.mentions.iter().filter(|mention| mention.form == MentionForm::Pronoun);
    pronouns
        .filter(|pronoun| !quoted.touch(pronoun.span))
        .filter_map(|pronoun| trace(found, pronoun, &fitting))
        .collect()
}

fn trace(found: &Annotated, pronoun: &Mention, fitting: &BTreeSet<usize>) -> Option<Trace> {
    let text = &found.report.text;
    let gender = pronoun_gender(found.words(pronoun.span))?;
    let (context, rest) = context(found, pronoun.span)?;
    let named = |whole: Span| {
        let first = found.mentions.partition_point(|mention| mention.span.start() < whole.start());
        let near =
            found.mentions[first..].iter().take_while(move |mention| mention.span.start() < whole.end());
        near.filter(move |mention| {
            whole.contains(mention.span)
                && mention.form != MentionForm::Pronoun
                && mention.kind == EntityKind::Person
        })
    };
    let gender_of = |mention: &Mention| mention.entity.and_then(|entity| found.entities[entity].gender);
    // Somebody of that gender, or of none known, may be meant.
    let could_be =
        |mention: &Mention| mention.entity.is_none() || gender_of(mention).is_none_or(|own| own == gender);
    if named(context).any(could_be) || named(rest).any(could_be) {
        return None;
    }
    let other = named(context).filter_map(|mention| mention.entity).find(|&entity| {
        found.entities[entity].gender.is_some_and(|own| own != gender && own != Gender::Neuter)
            && fitting.contains(&entity)
    })?;
    let span = with_next_word(text, pronoun.span);
    let name = &found.entities[other].name;
    Some(Trace {
        span,
        kind: DETECTOR.kind,
        note: format!(
            "“{}” stands where only {name} is spoken of, who has other pronouns elsewhere in the report",
            found.words(pronoun.span)
        ),
    })
}

/// How many sentences back a person may be meant.
const REACH: usize = 3;
/// How many bytes behind the pronoun a person may be meant: "In his speech, Ortiz …".
const AHEAD: usize = 60;

/// The sentences before and this one up to the pronoun; and a little of what follows in the sentence.
fn context(found: &Annotated, span: Span) -> Option<(Span, Span)> {
    let at = found.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    let sentence = found.sentences.get(at)?;
    let body = |index: &&crate::model::Sentence| found.report.blocks[index.block].kind.is_body();
    let first = found.sentences[..at].iter().rev().filter(body).take(REACH).last().unwrap_or(sentence);
    let end = sentence.span.end().min(span.end() + AHEAD).max(span.end());
    Some((Span::new(first.span.start().min(span.start()), span.start()), Span::new(span.end(), end)))
}

/// Everybody whom a pronoun means that fits.
fn with_fitting_pronoun(found: &Annotated) -> BTreeSet<usize> {
    let fits = |mention: &&Mention| {
        let gender = mention.entity.map(|entity| found.entities[entity].gender);
        gender == Some(pronoun_gender(found.words(mention.span)))
    };
    let pronouns = found.mentions.iter().filter(|mention| mention.form == MentionForm::Pronoun);
    pronouns.filter(fits).filter_map(|mention| mention.entity).collect()
}

/// The pronoun with the noun or verb behind it, for the eye.
fn with_next_word(text: &str, span: Span) -> Span {
    let rest = &text[span.end()..];
    let word: usize = rest
        .strip_prefix(' ')
        .map_or(0, |rest| 1 + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
    if word > 1 { Span::new(span.start(), span.end() + word) } else { span }
}
