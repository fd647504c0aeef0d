//! Finds descriptions of people and organisations: "the striker", "a retired nurse", "political commentator" before a name.
//!
//! In: a report with its names linked. Out: mentions of form `description`, the whole noun phrase each.
//! Three places: before a name ("striker Bo Lind"), beside one between commas ("Ana Ruiz, a retired nurse,"), and on their own
//! behind "the" ("the striker", "the 24-year-old", "the “Salt” star"). The first two belong to the name; one on its own
//! belongs to the person who was described with the same noun, else to the person spoken of last whose gender does not
//! forbid it.
//! Leaves: descriptions behind "is" and "was", groups.

use super::names::{FUNCTION, ORGANISATION_WORDS, ROLES};
use crate::lexicon;
use crate::model::{Annotated, BlockKind, Entity, EntityKind, Gender, Mention, MentionForm};
use crate::span::Span;
use crate::token::{self, Kind, Token};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static ORGANISATION_NOUNS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lang/en/organisation-nouns.txt")).collect());

/// How many words a description may have before its head noun.
const LONGEST: usize = 7;

/// Adds the descriptions of `found` to `mentions` (which holds its names, in text order).
pub fn add(found: &Annotated, mentions: &mut Vec<Mention>, entities: &mut [Entity]) {
    let names = mentions.clone();
    let text = &found.report.text;
    let mut added: Vec<Mention> = Vec::new();
    for sentence in &found.sentences {
        let kind = found.report.blocks[sentence.block].kind;
        if !kind.is_evidence() || kind == BlockKind::Headline {
            continue;
        }
        let tokens = token::tokens(text, sentence.span);
        before_names(text, &tokens, &names, entities, &mut added);
        beside_names(text, &tokens, &names, entities, &mut added);
        on_their_own(found, &tokens, &names, entities, &mut added);
    }
    added.sort_by_key(|mention| mention.span);
    added.dedup_by_key(|mention| mention.span);
    mentions.extend(added);
}

fn described(entity: &Entity) -> bool {
    matches!(entity.kind, EntityKind::Person | EntityKind::Organisation) && !entity.is_namesake
}

fn description(span: Span, kind: EntityKind, entity: Option<usize>) -> Mention {
    Mention { span, kind, form: MentionForm::Description, entity }
}

/// "veteran striker Bo Lind".
fn before_names(
    text: &str,
    tokens: &[Token],
    names: &[Mention],
    entities: &mut [Entity],
    added: &mut Vec<Mention>,
) {
    for mention in names_within(names, tokens) {
        let Some(entity) = mention.entity.filter(|&at| entities[at].kind == EntityKind::Person) else {
            continue;
        };
        let Some(head) = tokens.iter().rposition(|t| t.span.end() <= mention.span.start()) else { continue };
        // Only a space may lie between the noun and the name.
        if text[tokens[head].span.end()..mention.span.start()].chars().any(|c| c != ' ')
            || !is_role(text, tokens, head)
        {
            continue;
        }
        let start = start_of_phrase(text, tokens, head, true);
        let span = tokens[start].span.cover(tokens[head].span);
        if is_plural(tokens[head].of(text)) {
            continue;
        }
        // "Mayor Ana Ruiz": an honorific is no label, a trade is.
        learn(text, &mut entities[entity], span, tokens[head]);
        added.push(description(span, EntityKind::Person, Some(entity)));
    }
}

/// "Ana Ruiz, a retired nurse,".
fn beside_names(
    text: &str,
    tokens: &[Token],
    names: &[Mention],
    entities: &mut [Entity],
    added: &mut Vec<Mention>,
) {
    for mention in names_within(names, tokens) {
        let Some(entity) = mention.entity.filter(|&at| described(&entities[at])) else { continue };
        let Some(mut at) = tokens.iter().position(|t| t.span.start() >= mention.span.end()) else { continue };
        let word = |at: usize| tokens.get(at).map(|t| t.of(text)).unwrap_or_default();
        if word(at) != "," {
            continue;
        }
        at += 1;
        // "Ana Ruiz, 61, a retired nurse,"
        if word(at).parse::<u32>().is_ok() && word(at + 1) == "," {
            at += 2;
        }
        let is_person = entities[entity].kind == EntityKind::Person;
        let Some(end) = end_of_apposition(text, tokens, at, is_person) else { continue };
        let span = tokens[at].span.cover(tokens[end - 1].span);
        if let Some(head) = (at..end).rev().find(|&t| is_role(text, tokens, t)) {
            learn(text, &mut entities[entity], span, tokens[head]);
        }
        added.push(description(span, entities[entity].kind, Some(entity)));
    }
}

/// Past the last token of a noun phrase that begins at `at` and ends at a comma, if it describes a person or organisation.
fn end_of_apposition(text: &str, tokens: &[Token], at: usize, is_person: bool) -> Option<usize> {
    let first = token::fold(tokens.get(at)?.of(text));
    let determined = matches!(first.as_str(), "a" | "an" | "the" | "his" | "her" | "its" | "their");
    let end = (at..tokens.len().min(at + 14)).find(|&t| {
        matches!(tokens[t].of(text), "," | "." | ";" | "—" | "–" | ":" | ")" | "”" | "\"" | "“")
    })?;
    let head_at = (at..end).find(|&t| is_phrase_end(text, tokens, t, end)).unwrap_or(end.checked_sub(1)?);
    let is_head = if is_person {
        is_role(text, tokens, head_at)
    } else {
        ORGANISATION_NOUNS.contains(token::fold(tokens[head_at].of(text)).as_str())
            || ORGANISATION_NOUNS.contains(token::fold(tokens[head_at].of(text)).trim_end_matches('s'))
    };
    let bare = !determined
        && is_person
        && head_at < at + 4
        && tokens[at..=head_at].iter().all(|t| t.kind == Kind::Word);
    let verb_inside =
        tokens[at..end].iter().any(|t| matches!(t.of(text), "said" | "says" | "told" | "wrote" | "added"));
    ((determined || bare) && is_head && !verb_inside && end > at).then_some(end)
}

/// Whether the head noun of a phrase stands at `at`: a preposition, "who" or the end follows.
fn is_phrase_end(text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    let next = tokens.get(at + 1).map(|t| token::fold(t.of(text))).unwrap_or_default();
    at + 1 == end
        || matches!(
            next.as_str(),
            "of" | "at"
                | "for"
                | "from"
                | "in"
                | "on"
                | "with"
                | "who"
                | "which"
                | "whose"
                | "that"
                | "to"
                | "and"
        )
}

/// "The veteran striker", "the 24-year-old", "the “Salt” star".
fn on_their_own(
    found: &Annotated,
    tokens: &[Token],
    names: &[Mention],
    entities: &[Entity],
    added: &mut Vec<Mention>,
) {
    let text = &found.report.text;
    for head in 0..tokens.len() {
        let age = is_age_noun(text, tokens, head);
        let is_person = is_role(text, tokens, head) || age;
        let is_organisation =
            !is_person && ORGANISATION_NOUNS.contains(token::fold(tokens[head].of(text)).as_str());
        if !(is_person || is_organisation)
            || is_plural(tokens[head].of(text))
            || names.iter().any(|name| name.span.overlap(tokens[head].span) > 0)
        {
            continue;
        }
        let start = start_of_phrase(text, tokens, head, false);
        let determiner = token::fold(tokens[start].of(text));
        let span = tokens[start].span.cover(tokens[head].span);
        let next = tokens.get(head + 1).map(|t| t.of(text)).unwrap_or_default();
        let followed_by_noun = tokens.get(head + 1).is_some_and(|t| {
            t.kind == Kind::Word
                && !FUNCTION.contains(token::fold(t.of(text)).as_str())
                && is_role(text, tokens, head + 1)
        });
        let before_name = names.iter().any(|name| {
            name.span.start() > span.end() && text[span.end()..name.span.start()].trim().is_empty()
        });
        let taken = added.iter().any(|other| other.span.overlap(span) > 0);
        if determiner != "the"
            || start == head
            || taken
            || before_name
            || followed_by_noun
            || matches!(next, "'s" | "-")
        {
            continue;
        }
        let kind = if is_person { EntityKind::Person } else { EntityKind::Organisation };
        // "the mayor, Lena Ortiz,"
        let beside = names.iter().find(|name| {
            let gap = name.span.start().checked_sub(span.end()).map(|_| &text[span.end()..name.span.start()]);
            gap.is_some_and(|gap| gap.trim_end() == ",")
                && name.entity.is_some_and(|at| entities[at].kind == kind)
        });
        let meant = beside.and_then(|name| name.entity);
        if meant.is_some() {
            added.push(description(span, kind, meant));
            continue;
        }
        let meant = who_is_meant(found, span, tokens[head], kind, names, entities, added);
        added.push(description(span, kind, meant));
    }
}

fn names_within<'a>(names: &'a [Mention], tokens: &[Token]) -> Vec<&'a Mention> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Vec::new() };
    let whole = first.span.cover(last.span);
    let from = names.partition_point(|name| name.span.start() < whole.start());
    names[from..].iter().take_while(|name| name.span.start() < whole.end()).collect()
}

/// Whether the token ends a noun for a person ("striker", "chief executive", "ex-captain").
fn is_role(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = token::fold(token::without_possessive(tokens[at].of(text)));
    let is_known = |word: &str| ROLES.contains_key(word);
    let pair = at > 0 && is_known(&format!("{} {word}", token::fold(tokens[at - 1].of(text))));
    is_known(&word) || pair
}

fn is_plural(word: &str) -> bool {
    let word = token::fold(word);
    word.ends_with('s') && !word.ends_with("ss") && !matches!(word.as_str(), "boss" | "actress")
}

/// "24-year-old" as a noun: nothing it could describe follows.
fn is_age_noun(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map(|t| tokens[t].of(text)).unwrap_or_default();
    let next = tokens.get(at + 1);
    word(0) == "old"
        && word(2) == "year"
        && next.is_none_or(|t| {
            t.kind == Kind::Mark
                || FUNCTION.contains(token::fold(t.of(text)).as_str())
                || t.of(text).ends_with("ed")
                || t.of(text).ends_with("es")
        })
}

/// The first token of the noun phrase that ends in `head`. Words between marks (a title) are walked over.
fn start_of_phrase(text: &str, tokens: &[Token], head: usize, is_bare: bool) -> usize {
    let mut start = head;
    while start > 0 && head - start < LONGEST {
        let before = start - 1;
        let word = tokens[before].of(text);
        let folded = token::fold(word);
        let attached = tokens[before].span.end() == tokens[start].span.start() && matches!(word, "-" | "‑");
        if attached
            || (matches!(tokens[start].of(text), "-" | "‑")
                && tokens[before].span.end() == tokens[start].span.start())
        {
            start = before;
            continue;
        }
        if text[tokens[before].span.end()..tokens[start].span.start()].contains('\n') {
            break;
        }
        if matches!(folded.as_str(), "the" | "a" | "an" | "his" | "her" | "its" | "their") {
            return before;
        }
        if let Some(open) = title_before(text, tokens, before) {
            start = open;
            continue;
        }
        let is_word = tokens[before].kind != Kind::Mark
            && (!FUNCTION.contains(folded.as_str())
                || matches!(folded.as_str(), "former" | "last" | "then" | "one-time"));
        let is_verb = is_bare
            && !is_adjective(&folded)
            && (folded.ends_with("ed") || folded.ends_with("ing") || HUMAN.contains(&folded.as_str()));
        let was_mark = tokens[start].kind == Kind::Mark
            && start != head
            && !matches!(tokens[start].of(text), "“" | "\"" | "‘" | "'" | "«" | "-");
        if !is_word || is_verb || was_mark {
            break;
        }
        start = before;
    }
    start
}

const HUMAN: [&str; 16] = [
    "said", "says", "told", "tells", "wrote", "writes", "beat", "met", "saw", "sold", "made", "held", "paid",
    "won", "left", "put",
];

/// Participles that stand before nouns like adjectives.
fn is_adjective(folded: &str) -> bool {
    matches!(
        folded,
        "retired"
            | "disgraced"
            | "convicted"
            | "renowned"
            | "acclaimed"
            | "experienced"
            | "talented"
            | "celebrated"
            | "so-called"
            | "accused"
            | "suspected"
            | "leading"
            | "outgoing"
            | "acting"
            | "incoming"
            | "rising"
            | "sitting"
            | "serving"
            | "managing"
            | "founding"
            | "opposing"
            | "aspiring"
            | "unnamed"
            | "injured"
            | "beloved"
            | "seasoned"
            | "wing"
            | "king"
    )
}

/// Index of the opening mark, when `close` closes a short stretch between marks.
fn title_before(text: &str, tokens: &[Token], close: usize) -> Option<usize> {
    let opening = match tokens[close].of(text) {
        "”" => "“",
        "\"" => "\"",
        "’" => "‘",
        "»" => "«",
        "'" => "'",
        _ => return None,
    };
    let open = (close.saturating_sub(8)..close).rev().find(|&at| tokens[at].of(text) == opening)?;
    // Words that end in a comma or stop before the closing mark are speech.
    (!matches!(tokens[close - 1].of(text), "," | "." | "!" | "?")).then_some(open)
}

/// Keeps the description's head as the entity's role and takes gender from it.
fn learn(text: &str, entity: &mut Entity, span: Span, head: Token) {
    if entity.role.is_none() {
        entity.role = Some(span.of(text).to_owned());
    }
    if entity.gender.is_none() {
        entity.gender = match ROLES.get(token::fold(head.of(text)).as_str()).copied().flatten() {
            Some('f') => Some(Gender::Female),
            Some('m') => Some(Gender::Male),
            _ => None,
        };
    }
}

/// Who a description on its own means.
fn who_is_meant(
    found: &Annotated,
    span: Span,
    head: Token,
    kind: EntityKind,
    names: &[Mention],
    entities: &[Entity],
    added: &[Mention],
) -> Option<usize> {
    let text = &found.report.text;
    let noun = token::fold(head.of(text));
    let same_noun = |mention: &&Mention| {
        mention.span.end() <= span.start()
            && mention.entity.is_some_and(|at| entities[at].kind == kind)
            && mention
                .span
                .of(text)
                .split(|c: char| !c.is_alphanumeric() && c != '-')
                .any(|word| token::fold(word) == noun)
    };
    if let Some(earlier) = added.iter().rev().find(same_noun) {
        return earlier.entity;
    }
    let titled = entities.iter().position(|entity| {
        entity.kind == kind
            && (entity
                .role
                .as_deref()
                .is_some_and(|role| role.split(' ').any(|word| token::fold(word) == noun))
                || (kind == EntityKind::Organisation
                    && entity
                        .name
                        .split(' ')
                        .any(|word| token::fold(word) == noun && ORGANISATION_WORDS.contains(word))))
    });
    if titled.is_some() {
        return titled;
    }
    if kind == EntityKind::Organisation && !STANDS_ALONE.contains(&noun.as_str()) {
        return None;
    }
    let gender = match ROLES.get(noun.as_str()).copied().flatten() {
        Some('f') => Some(Gender::Female),
        Some('m') => Some(Gender::Male),
        _ => None,
    };
    let gender = gender.or_else(|| gender_behind(found, span));
    let fits = |at: usize| {
        let entity = &entities[at];
        entity.kind == kind
            && !entity.is_namesake
            && (gender.is_none() || entity.gender.is_none() || entity.gender == gender)
    };
    most_salient(found, names, span, &fits)
}

/// The gender of the first "he" or "she" behind `span` in its sentence.
fn gender_behind(found: &Annotated, span: Span) -> Option<Gender> {
    let next = found.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    let sentence = found.sentences.get(next)?.span;
    let text = &found.report.text;
    token::tokens(text, Span::new(span.end(), sentence.end().max(span.end())))
        .into_iter()
        .find_map(|t| super::pronouns::gender(t.of(text)))
}

/// Nouns that mean the organisation spoken of last, whatever it is called.
const STANDS_ALONE: [&str; 22] = [
    "company",
    "firm",
    "club",
    "agency",
    "utility",
    "operator",
    "retailer",
    "manufacturer",
    "maker",
    "giant",
    "start-up",
    "startup",
    "carmaker",
    "insurer",
    "broadcaster",
    "supplier",
    "chain",
    "brand",
    "business",
    "conglomerate",
    "side",
    "charity",
];

/// The entity spoken of oftest in the text before `span`, near mentions counting more; `None` when there is none.
fn most_salient(
    found: &Annotated,
    names: &[Mention],
    span: Span,
    fits: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let sentence_starts: Vec<usize> = found.sentences.iter().map(|sentence| sentence.span.start()).collect();
    let before = names.partition_point(|name| name.span.end() <= span.start());
    let mut scores: Vec<(usize, usize)> = Vec::new();
    // The last 24 names before the place are enough to tell whom the passage is about.
    for (distance, mention) in names[..before].iter().rev().take(24).enumerate() {
        let Some(entity) = mention.entity.filter(|&at| fits(at)) else { continue };
        // Whoever opens a sentence is its subject more often than not.
        let opens = sentence_starts.binary_search(&mention.span.start()).is_ok();
        let weight = 1 + 24usize.saturating_sub(distance) / 8 + 3 * usize::from(opens);
        match scores.iter_mut().find(|(at, _)| *at == entity) {
            Some((_, score)) => *score += weight,
            None => scores.push((entity, weight)),
        }
    }
    scores.into_iter().rev().max_by_key(|(_, score)| *score).map(|(entity, _)| entity)
}
