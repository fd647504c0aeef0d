//! Finds mentions of people, organisations, places, works and events in a report, and who is meant.
//!
//! In: a report with blocks, sentences and tagged words. Out: mentions in text order, and the entities they belong to in order of
//! first mention. Steps: titles of works ([`works`]), names ([`names`]), who bears them ([`link`]), descriptions
//! ([`descriptions`]), bodies without a name ([`collectives`]), pronouns ([`pronouns`]).
//! Furniture (teasers, credits, slugs, legal lines) gives no mentions: its people are not the story's.
//! Leaves: pronouns of the first and second person (the speaker of the quotation tells), plural "they".

pub mod collectives;
pub mod descriptions;
pub mod german;
pub mod link;
pub mod names;
pub mod phrases;
pub mod pronouns;
pub mod quoted;
pub mod runs;
pub mod salience;
pub mod tagged;
pub mod works;

use crate::model::{Annotated, Entity, Mention, MentionForm};
use pronouns::Ground;
use std::collections::BTreeSet;

/// Mentions of `found`, in text order, and the entities they belong to.
pub fn find(found: &Annotated) -> (Vec<Mention>, Vec<Entity>) {
    let (mentions, entities, _) = narrated(found);
    (mentions, entities)
}

/// The same, with what [`with_spoken`] needs of it again.
pub fn narrated(found: &Annotated) -> (Vec<Mention>, Vec<Entity>, Ground) {
    let titles = works::find(found);
    let names = names::find(found, &titles);
    let (mut mentions, mut entities) = link::link(found, &names);
    german::tell_genders(found, &mut entities);
    descriptions::add(found, &mut mentions, &mut entities);
    collectives::add(found, &mut mentions, &mut entities);
    mentions.sort_by_key(|mention| mention.span);
    let ground = Ground::of(found, &mentions);
    mentions.extend(pronouns::narrated(found, &ground, &mentions, &mut entities));
    mentions.sort_by_key(|mention| mention.span);
    (mentions, entities, ground)
}

/// All mentions of `found` in text order, with those by pronouns that somebody is quoted with, now that it is known who speaks.
pub fn with_spoken(found: &Annotated, ground: Ground) -> Vec<Mention> {
    let mut mentions = found.mentions.clone();
    mentions.extend(pronouns::spoken(found, ground));
    mentions.sort_by_key(|mention| mention.span);
    mentions
}

/// A pronoun that is a trace, as it fits nobody near, means nobody; who speaks in a quotation it leads stays as it was read.
pub fn drop_misfits(found: &mut Annotated) {
    let misfits: BTreeSet<usize> =
        found.traces.iter().filter(|trace| trace.kind == "pronoun").map(|trace| trace.span.start()).collect();
    let pronouns = found.mentions.iter_mut().filter(|mention| mention.form == MentionForm::Pronoun);
    pronouns
        .filter(|pronoun| misfits.contains(&pronoun.span.start()))
        .for_each(|pronoun| pronoun.entity = None);
}

#[cfg(test)]
mod tests;
