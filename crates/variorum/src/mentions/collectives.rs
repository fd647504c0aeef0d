//! Finds bodies that speak without a name: "police", "prosecutors", "the town council".
//!
//! In: a report with names and descriptions. Out: an entity for each such noun, called by the noun, and its mentions.
//! A noun of `lang/en/collective-speakers.txt` without a determiner beside a verb of speech is one; so is a description of an
//! organisation ("the town council") that no name of the report answers to.
//! Leaves: "critics", "fans", "residents": they are people, not a body.

use super::link::speaks;
use crate::model::{Annotated, Entity, EntityKind, Gender, Mention, MentionForm};
use crate::span::Span;
use crate::token;
use crate::vocabulary::Lists;
use std::collections::BTreeMap;

/// Adds the bodies of `found` to `mentions` and `entities`.
pub fn add(found: &Annotated, mentions: &mut Vec<Mention>, entities: &mut Vec<Entity>) {
    let text = &found.report.text;
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for mention in mentions.iter_mut() {
        if mention.form == MentionForm::Description
            && mention.kind == EntityKind::Organisation
            && mention.entity.is_none()
        {
            let phrase = mention.span.of(text);
            let name =
                phrase.split_once(' ').filter(|(first, _)| token::fold(first) == "the").map(|(_, rest)| rest);
            mention.entity = name.map(|name| body(&mut known, entities, name));
        }
    }
    let mut taken: Vec<usize> = mentions.iter().map(|mention| mention.span.start()).collect();
    taken.sort_unstable();
    for sentence in found.sentences.iter().filter(|s| found.report.blocks[s.block].kind.is_evidence()) {
        let tokens = &sentence.tokens;
        for (at, noun) in tokens.iter().enumerate() {
            let is_noun =
                noun.lists.touch(Lists::COLLECTIVE) && taken.binary_search(&noun.span.start()).is_err();
            if is_noun && is_bare(text, tokens, at) && speaks(text, noun.span) {
                let entity = body(&mut known, entities, noun.of(text));
                mentions.push(mention(noun.span, entity));
            }
        }
    }
}

fn mention(span: Span, entity: usize) -> Mention {
    Mention { span, kind: EntityKind::Organisation, form: MentionForm::Name, entity: Some(entity) }
}

/// Whether no noun, adjective or determiner stands before the noun: "local police" may be others.
fn is_bare(text: &str, tokens: &[token::Token], at: usize) -> bool {
    at.checked_sub(1).map(|before| tokens[before]).is_none_or(|before| {
        before.kind == token::Kind::Mark
            || matches!(
                &*token::fold(before.of(text)),
                "and" | "but" | "as" | "while" | "when" | "that" | "the" | "said" | "because"
            )
    })
}

fn body(known: &mut BTreeMap<String, usize>, entities: &mut Vec<Entity>, name: &str) -> usize {
    *known.entry(token::fold(name).into_owned()).or_insert_with(|| {
        entities.push(Entity {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            kind: EntityKind::Organisation,
            role: None,
            gender: Some(Gender::Neuter),
            is_namesake: false,
        });
        entities.len() - 1
    })
}
