//! Finds who says a figure.
//!
//! In: a report, a sentence, a figure in it. Out: the span of the name or phrase: the speaker of the quotation around
//! the figure, else "according to X", else the subject of a verb of saying in the same sentence.
//! Leaves: sources that an earlier sentence names.

use super::is_of;
use crate::line::Line;
use crate::model::{Annotated, MentionForm};
use crate::span::Span;
use crate::token::Kind;
use crate::vocabulary::Lists;

/// Longest source phrase, in tokens.
const LONGEST: usize = 6;

/// How far from a figure its source is looked for, in tokens.
const REACH: usize = 60;

/// Who says the figure at `span`.
pub fn find(found: &Annotated, line: &Line, span: Span) -> Option<Span> {
    quoted(found, span).or_else(|| according(found, line, span)).or_else(|| subject(found, line, span))
}

/// The speaker of the innermost quotation whose content holds the figure.
fn quoted(found: &Annotated, span: Span) -> Option<Span> {
    let next = found.quotations.partition_point(|quotation| quotation.span.start() <= span.start());
    let near = found.quotations[..next].iter().rev().take(8);
    let holds = near.filter(|quotation| quotation.content.iter().any(|part| part.contains(span)));
    holds.min_by_key(|quotation| quotation.span.len()).and_then(|quotation| quotation.speaker.span)
}

fn according(found: &Annotated, line: &Line, span: Span) -> Option<Span> {
    let figure = line.tokens.partition_point(|token| token.span.start() < span.start());
    let near = figure.saturating_sub(REACH).max(1)..line.len().min(figure + REACH);
    let is_according = |at: usize| {
        // Few words are, which their lists tell before any is folded.
        line.lists(at).touch(Lists::ACCORDING) && line.word(at) == "according"
    };
    let to = near.into_iter().find(|&at| is_according(at - 1) && line.word(at) == "to")?;
    phrase(found, line, to + 1)
}

/// The mention or noun phrase that begins at `at`, article included.
fn phrase(found: &Annotated, line: &Line, at: usize) -> Option<Span> {
    let first = at + usize::from(line.is(at, &["the", "a", "an"]));
    let start = line.tokens.get(first)?.span.start();
    let next = found.mentions.partition_point(|mention| mention.span.end() <= start);
    let mention = found.mentions.get(next).filter(|mention| mention.span.holds(start));
    if let Some(mention) = mention {
        return Some(mention.span);
    }
    let mut end = first;
    while end < line.len().min(first + LONGEST)
        && line.kind(end) == Some(Kind::Word)
        && !is_of("stop", line.word(end))
    {
        end += 1;
    }
    (end > first).then(|| line.tokens[first].span.cover(line.tokens[end - 1].span))
}

/// "X said 12 homes …", "X on Friday reported …", "… 12 homes, X said".
fn subject(found: &Annotated, line: &Line, span: Span) -> Option<Span> {
    let figure = line.tokens.partition_point(|token| token.span.start() < span.start());
    let is_verb = |&at: &usize| line.lists(at).touch(Lists::SOURCE);
    let before = (figure.saturating_sub(REACH).max(1)..figure)
        .rev()
        .find(is_verb)
        .and_then(|verb| subject_of(found, line, verb));
    before.or_else(|| {
        let verb = (figure + 1..line.len().min(figure + REACH)).find(is_verb)?;
        let comma = (verb.saturating_sub(LONGEST)..verb).rev().find(|&at| line.word(at) == ",")?;
        let is_inverted = comma > figure && line.kind(verb + 1).is_none_or(|kind| kind == Kind::Mark);
        is_inverted.then(|| subject_of(found, line, verb))?
    })
}

/// The noun phrase before the verb at `verb`, dates and adverbs between them passed over.
fn subject_of(found: &Annotated, line: &Line, verb: usize) -> Option<Span> {
    let mut end = verb;
    while end > 0 && is_between(found, line, end - 1) {
        end -= 1;
    }
    let last = line.tokens.get(end.checked_sub(1)?)?.span;
    let next = found.mentions.partition_point(|mention| mention.span.end() < last.end());
    let mention = found.mentions.get(next).filter(|mention| mention.span.end() == last.end());
    if let Some(mention) = mention {
        return (mention.form != MentionForm::Pronoun).then_some(mention.span);
    }
    let mut start = end;
    while start > 0
        && end - start < LONGEST
        && line.kind(start - 1) == Some(Kind::Word)
        && !is_of("stop", line.word(start - 1))
    {
        start -= 1;
    }
    (start < end).then(|| line.tokens[start].span.cover(last))
}

fn is_between(found: &Annotated, line: &Line, at: usize) -> bool {
    let start = line.tokens[at].span.start();
    let next = found.dates.partition_point(|date| date.span.end() <= start);
    let in_date = found.dates.get(next).is_some_and(|date| date.span.holds(start));
    in_date || line.is(at, &["on", "also", "has", "have", "had", "later", "in", "at", "first", "initially"])
}
