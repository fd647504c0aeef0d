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
use crate::vocabulary::{ROLES, pronoun_gender};

/// How many mentions back a person may lie.
const REACH: usize = 30;

/// Adds the pronouns of `found` to `mentions`, which is in text order.
pub fn add(found: &Annotated, mentions: &mut Vec<Mention>, entities: &mut [Entity]) {
    let text = &found.report.text;
    let marks = Quoted::of(found);
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
            let meant = antecedent(found, at, token.span, gender, mentions, &pronouns, entities, &marks);
            let quoted = marks.is_quoted(token.span);
            if let Some(entity) = meant.filter(|&entity| entities[entity].gender.is_none() && !quoted) {
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

#[allow(clippy::too_many_arguments, reason = "one decision over everything known so far")]
fn antecedent(
    found: &Annotated,
    sentence: usize,
    span: Span,
    gender: Gender,
    mentions: &[Mention],
    pronouns: &[Mention],
    entities: &[Entity],
    marks: &Quoted,
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
    let quoted = marks.is_quoted(span);
    let candidates = |whole: Span| {
        before
            .iter()
            // The narrator's "he" is nobody out of the words that somebody else is quoted with.
            .filter(move |mention| whole.contains(mention.span) && (quoted || !marks.is_quoted(mention.span)))
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
    let in_body = |at: usize| found.report.blocks[found.sentences[at].block].kind.is_body();
    let earlier: Vec<Vec<(Span, usize)>> = (1..=8)
        .filter_map(|back| sentence.checked_sub(back))
        .filter(|&at| !in_body(sentence) || in_body(at))
        .take(3)
        .map(|at| {
            let there = candidates(found.sentences[at].span).filter(|(_, entity)| fits(*entity));
            there.map(|(mention, entity)| (mention.span, entity)).collect()
        })
        .collect();
    // Sentence by sentence backwards: somebody known to be of that gender, else whoever speaks there, else whoever comes first.
    let meant = earlier.iter().find_map(|all| {
        let known = all.iter().find(|(_, entity)| certain(*entity));
        let spoke = || all.iter().find(|(span, _)| super::link::speaks(text, *span));
        known.or_else(spoke).or_else(|| all.first())
    });
    if !quoted && tells_of_unnamed(found, sentence) {
        return None;
    }
    if let Some((_, entity)) = meant {
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

/// Whether the sentence, or one of the two before it in its block, begins with somebody unnamed: "A technician who …", "One victim".
fn tells_of_unnamed(found: &Annotated, sentence: usize) -> bool {
    let text = &found.report.text;
    let block = found.sentences[sentence].block;
    (sentence.saturating_sub(2)..=sentence).filter(|&at| found.sentences[at].block == block).any(|at| {
        let tokens = token::tokens(text, found.sentences[at].span);
        let words: Vec<String> = tokens.iter().take(6).map(|t| token::fold(t.of(text))).collect();
        let opens = words.first().is_some_and(|word| matches!(word.as_str(), "a" | "an" | "one" | "another"));
        let head = words
            .iter()
            .skip(1)
            .position(|word| ROLES.contains_key(word.as_str()) || matches!(word.as_str(), "person" | "user"));
        let before_name = |at: usize| tokens.get(at + 2).is_some_and(|t| t.is_capitalised(text));
        opens && head.is_some_and(|at| !before_name(at))
    })
}

/// Stretches between quotation marks, roughly: paired within a paragraph, straight marks by turns. The quotation stage, which
/// comes later and needs to know who is meant, decides them exactly.
struct Quoted(Vec<Span>);

impl Quoted {
    fn of(found: &Annotated) -> Quoted {
        let text = &found.report.text;
        let mut spans = Vec::new();
        for block in found.report.blocks.iter().filter(|block| block.kind.is_body()) {
            let mut open: Option<(usize, char)> = None;
            let words = block.span.of(text);
            for (at, c) in words.char_indices() {
                let before = words[..at].chars().next_back();
                let after = words[at + c.len_utf8()..].chars().next();
                let opens = match c {
                    '“' | '«' | '„' => true,
                    '‘' => before.is_none_or(|c| !c.is_alphanumeric()),
                    '"' | '\'' => {
                        before.is_none_or(|c| c.is_whitespace() || c == '(')
                            && after.is_some_and(char::is_alphanumeric)
                    }
                    _ => false,
                };
                let closing = |mark: char| match mark {
                    '“' => c == '”',
                    '«' => c == '»',
                    '„' => matches!(c, '“' | '”'),
                    '‘' => c == '’' && after.is_none_or(|c| !c.is_alphanumeric()),
                    _ => c == mark && after.is_none_or(|c| !c.is_alphanumeric()),
                };
                match open {
                    Some((start, mark)) if closing(mark) => {
                        spans.push(Span::new(block.span.start() + start, block.span.start() + at));
                        open = None;
                    }
                    None if opens => open = Some((at, c)),
                    _ => {}
                }
            }
        }
        Quoted(spans)
    }

    fn is_quoted(&self, span: Span) -> bool {
        let next = self.0.partition_point(|stretch| stretch.end() <= span.start());
        self.0.get(next).is_some_and(|stretch| stretch.contains(span))
    }
}

/// Where the words between marks that hold `at` begin, within the sentence.
fn quoted_from(text: &str, sentence: Span, at: usize) -> Option<usize> {
    let before = &text[sentence.start()..at];
    let open = before.rfind(['“', '«', '„'])?;
    before[open..].find(['”', '»']).is_none().then_some(sentence.start() + open)
}
