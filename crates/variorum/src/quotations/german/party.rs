//! Who a German speaker phrase stands for.
//!
//! In: a report with mentions, and the span of a phrase. Out: the [`Party`]. Method: the phrase ends, for
//! this, before its genitives, "von" and commas; a name in it, or in the apposition behind its comma, tells
//! who it is. "Ein Sprecher der Reederei" is a person without a name, and no reederei. Pronouns mean whoever
//! was named since the last quotation, else whoever was quoted before, if the gender fits.
//! Leaves: descriptions without a name ("der Minister") beyond the mention of that word.

use super::words::is;
use crate::model::{Annotated, EntityKind, Gender, Mention, MentionForm, Party, Quotation};
use crate::span::Span;
use crate::token::{self, Kind};

/// Who `phrase` stands for.
pub fn of(found: &Annotated, phrase: Span) -> Party {
    let text = &found.report.text;
    let words = phrase.of(text);
    let first = token::fold(words.split_whitespace().next().unwrap_or_default());
    if is("pronoun", &first) && !words.trim().contains(' ') {
        return Party::Unknown;
    }
    let head = head(text, phrase);
    let named = name_in(found, head).or_else(|| apposed(found, phrase));
    let is_unnamed =
        is("determiner", &first) && !matches!(&*first, "der" | "die" | "das" | "dem" | "den" | "des");
    match named {
        Some(entity) if !is_unnamed || is_person(found, entity) => Party::Entity(entity),
        _ if is_unnamed => Party::Unnamed,
        _ => Party::Unknown,
    }
}

/// The phrase without its genitives and what a preposition or comma brings.
fn head(text: &str, phrase: Span) -> Span {
    let mut has_noun = false;
    for word in token::tokens(text, phrase) {
        let folded = token::fold(word.of(text));
        let is_small = word.kind == Kind::Word && !word.is_capitalised();
        let ends = is("genitive", &folded) || is("preposition", &folded) || is("coordinator", &folded);
        if has_noun && (folded == "," || folded == "(" || is_small && ends) {
            return Span::new(phrase.start(), word.span.start()).trim(text);
        }
        has_noun |= !is_small && word.kind == Kind::Word && !is("determiner", &folded);
    }
    phrase
}

fn mentions_in(found: &Annotated, span: Span) -> impl Iterator<Item = &Mention> {
    let from = found.mentions.partition_point(|mention| mention.span.start() + 200 < span.start());
    let near = found.mentions[from..].iter().take_while(move |mention| mention.span.start() < span.end());
    near.filter(move |mention| {
        mention.span.overlap(span) > 0
            && mention.span.start() >= span.start()
            && mention.form == MentionForm::Name
    })
}

/// The last name in `span`, a person's before any other.
fn name_in(found: &Annotated, span: Span) -> Option<usize> {
    let person = |entity: &usize| is_person(found, *entity);
    let all = || mentions_in(found, span).filter_map(|mention| mention.entity);
    all().filter(person).last().or_else(|| all().last())
}

/// "der Sprecher der Reederei, Ole Brandt": the person behind the last comma.
fn apposed(found: &Annotated, phrase: Span) -> Option<usize> {
    let comma = phrase.start() + phrase.of(&found.report.text).rfind(", ")? + 2;
    name_in(found, Span::new(comma, phrase.end())).filter(|entity| is_person(found, *entity))
}

fn is_person(found: &Annotated, entity: usize) -> bool {
    found.entities.get(entity).is_some_and(|entity| entity.kind == EntityKind::Person)
}

/// Gives quotations of "er" and "sie" to the person named since the last quotation, if the gender fits, of several to the first of the
/// sentence before; else to the person quoted before, else to the last person named before.
pub fn resolve_pronouns(found: &Annotated, quotations: &mut [Quotation]) {
    let mut last: Option<usize> = None;
    let mut since = 0;
    for quotation in quotations {
        let pronoun =
            quotation.speaker.span.map(|span| token::fold(span.of(&found.report.text)).into_owned());
        let gender = match pronoun.as_deref() {
            Some("er" | "dieser") => Some(Gender::Male),
            Some("sie" | "diese") => Some(Gender::Female),
            _ => None,
        };
        if let (Some(gender), Some(span)) = (gender, quotation.speaker.span) {
            let quoted = || last.filter(|entity| fits(found, *entity, gender));
            let named = named_since(found, since, span.start(), gender);
            let person = named.or_else(quoted).or_else(|| named_before(found, span, gender));
            quotation.speaker.party = person.map_or(Party::Unknown, Party::Entity);
        }
        let said = quotation.content.last().map_or(0, |part| part.end());
        since = since.max(said).max(quotation.speaker.span.map_or(0, |span| span.end()));
        if let Party::Entity(entity) = quotation.speaker.party {
            last = Some(entity);
        }
    }
}

/// The person of that gender who is named between two places of the running text: the only one, of several the first of the last sentence
/// that names one.
fn named_since(found: &Annotated, from: usize, to: usize, gender: Gender) -> Option<usize> {
    let start = found.mentions.partition_point(|mention| mention.span.start() < from);
    let end = found.mentions.partition_point(|mention| mention.span.start() < to);
    let of = |mention: &Mention| {
        let entity = mention.entity.filter(|entity| fits(found, *entity, gender))?;
        (found.entities[entity].gender == Some(gender)).then_some((mention.span.start(), entity))
    };
    let named: Vec<(usize, usize)> = found.mentions[start.min(end)..end]
        .iter()
        .filter(|mention| is_told(found, mention))
        .filter_map(of)
        .collect();
    let &(place, _) = named.last()?;
    let sentence = found.sentences.partition_point(|sentence| sentence.span.end() <= place);
    let begin = found.sentences.get(sentence).map_or(0, |sentence| sentence.span.start());
    named.iter().find(|(place, _)| *place >= begin).map(|(_, entity)| *entity)
}

/// Whether it is a name in the running text, and no byline's.
fn is_told(found: &Annotated, mention: &Mention) -> bool {
    let block = found.block_at(mention.span.start());
    mention.form == MentionForm::Name && block.is_some_and(|block| block.kind.is_body())
}

/// A person whose gender is not another one.
fn fits(found: &Annotated, entity: usize, gender: Gender) -> bool {
    found.entities.get(entity).is_some_and(|entity| {
        let first = entity.name.split(' ').next().unwrap_or_default();
        entity.kind == EntityKind::Person
            && entity.gender.is_none_or(|own| own == gender)
            && !is("determiner", &token::fold(first))
    })
}

fn named_before(found: &Annotated, span: Span, gender: Gender) -> Option<usize> {
    let end = found.mentions.partition_point(|mention| mention.span.start() < span.start());
    let named = found.mentions[..end].iter().rev().take(60).filter(|mention| is_told(found, mention));
    // Nobody tagged the names of the report: only those with a known first name are sure to be people's.
    let is_known = |entity: &usize| found.entities.get(*entity).is_some_and(|entity| entity.gender.is_some());
    named.filter_map(|mention| mention.entity).find(|entity| fits(found, *entity, gender) && is_known(entity))
}
