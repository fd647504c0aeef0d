//! Finds whom "he", "she" and their forms mean.
//!
//! In: a report with names and descriptions. Out: mentions of form `pronoun`, third person singular.
//! A pronoun goes to a person of fitting gender: the subject of the same sentence before it, else the person the sentence
//! before began with, else the person spoken of most in the block and the one before it. A person of unknown gender takes the gender
//! of the first pronoun that can mean nobody else. In a lead that begins with a pronoun, the first name behind it is meant.
//! Leaves: "they", "it", "I", "we", "you".

use crate::model::{Annotated, Entity, EntityKind, Gender, Mention, MentionForm};
use crate::span::Span;
use crate::token::{self, Kind};
use crate::vocabulary::pronoun_gender;

/// How many mentions back a person may lie.
const REACH: usize = 30;

/// Adds the pronouns of `found` to `mentions`, which is in text order.
pub fn add(found: &Annotated, mentions: &mut Vec<Mention>, entities: &mut [Entity]) {
    let text = &found.report.text;
    let mut pronouns: Vec<Mention> = Vec::new();
    for (at, sentence) in found.sentences.iter().enumerate() {
        if !found.report.blocks[sentence.block].kind.is_evidence() {
            continue;
        }
        for token in token::tokens(text, sentence.span) {
            let Some(gender) = (token.kind == Kind::Word).then(|| pronoun_gender(token.of(text))).flatten()
            else {
                continue;
            };
            let meant = antecedent(found, at, token.span, gender, mentions, &pronouns, entities);
            if let Some(entity) = meant.filter(|&entity| entities[entity].gender.is_none()) {
                entities[entity].gender = Some(gender);
            }
            pronouns.push(Mention {
                span: token.span,
                kind: EntityKind::Person,
                form: MentionForm::Pronoun,
                entity: meant,
            });
        }
    }
    mentions.extend(pronouns);
}

fn antecedent(
    found: &Annotated,
    sentence: usize,
    span: Span,
    gender: Gender,
    mentions: &[Mention],
    pronouns: &[Mention],
    entities: &[Entity],
) -> Option<usize> {
    let fits = |entity: usize| {
        let entity = &entities[entity];
        entity.kind == EntityKind::Person
            && !entity.is_namesake
            && entity.gender.is_none_or(|own| own == gender)
    };
    let certain = |entity: usize| entities[entity].gender == Some(gender);
    let text = &found.report.text;
    let open = quoted_from(text, found.sentences[sentence].span, span.start());
    let before: Vec<&Mention> = {
        let next = mentions.partition_point(|mention| mention.span.end() <= span.start());
        let mut near: Vec<&Mention> = mentions[next.saturating_sub(REACH)..next].iter().collect();
        near.extend(pronouns.iter().rev().take(REACH).filter(|pronoun| pronoun.span.end() <= span.start()));
        near.sort_by_key(|mention| mention.span);
        near
    };
    let candidates = |whole: Span| {
        before
            .iter()
            .filter(move |mention| whole.contains(mention.span))
            .filter_map(|mention| mention.entity.map(|entity| (mention, entity)))
    };
    let here = found.sentences[sentence].span;
    // Words between marks about "her" are not about the one who speaks them; the narrator's sentence before the mark is.
    let from = open.map_or(here, |open| Span::new(open, here.end()));
    let in_sentence: Vec<usize> =
        candidates(from).filter(|(_, entity)| fits(*entity)).map(|(_, entity)| entity).collect();
    if let Some(first) =
        in_sentence.iter().copied().find(|&entity| certain(entity)).or_else(|| in_sentence.first().copied())
    {
        return Some(first);
    }
    let earlier: Vec<Vec<(Span, usize)>> = (1..=3)
        .filter_map(|back| sentence.checked_sub(back))
        .map(|at| {
            let there = candidates(found.sentences[at].span).filter(|(_, entity)| fits(*entity));
            there.map(|(mention, entity)| (mention.span, entity)).collect()
        })
        .collect();
    // Somebody known to be of that gender, even some sentences back, before somebody of unknown gender; then whoever spoke.
    let known = earlier.iter().find_map(|all| all.iter().find(|(_, entity)| certain(*entity)));
    let spoke =
        || earlier.first().and_then(|all| all.iter().find(|(span, _)| super::link::speaks(text, *span)));
    let first = || earlier.iter().find_map(|all| all.first());
    if let Some((_, entity)) = known.or_else(spoke).or_else(first) {
        return Some(*entity);
    }
    before.iter().rev().filter_map(|mention| mention.entity).find(|&entity| fits(entity)).or_else(|| {
        // "In her first interview, Lena Ortiz …"
        let rest = mentions.partition_point(|mention| mention.span.start() < span.end());
        mentions[rest..]
            .iter()
            .take_while(|mention| mention.span.end() <= here.end())
            .filter_map(|mention| mention.entity)
            .find(|&entity| fits(entity))
    })
}

/// Where the words between marks that hold `at` begin, within the sentence.
fn quoted_from(text: &str, sentence: Span, at: usize) -> Option<usize> {
    let before = &text[sentence.start()..at];
    let open = before.rfind(['“', '«', '„'])?;
    before[open..].find(['”', '»']).is_none().then_some(sentence.start() + open)
}
