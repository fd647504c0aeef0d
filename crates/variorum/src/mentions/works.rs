//! Finds titles of works.
//!
//! In: a report. Out: spans of titles, in text order, marks left out.
//! Two shapes: words between marks that are capitalised like a title and stand beside a noun for a work or for somebody in it (the
//! “Salt” star, the novel “Kin”, the “Kin” premiere); and, without marks, a capitalised run directly behind such a noun ("the
//! documentary Nine Doors"), grown over a preposition and the word behind it.
//! Leaves: titles that nothing around shows; whether other words between marks are speech is for the quotation stage.

use crate::model::Annotated;
use crate::span::Span;
use crate::token::{self, Kind, Token};
use crate::vocabulary::{FUNCTION, Lists, ROLES, run_together};

/// How many tokens a title may have.
const LONGEST: usize = 9;

/// Titles of works in `found`, in text order.
pub fn find(found: &Annotated) -> Vec<Span> {
    let text = &found.report.text;
    let bytes = text.as_bytes();
    let mut titles = Vec::new();
    for sentence in &found.sentences {
        if found.report.blocks[sentence.block].kind.is_evidence() {
            let tokens = &sentence.tokens;
            titles.extend(tokens.iter().enumerate().filter_map(|(at, token)| match token.kind {
                // The bytes that an opening mark may begin with.
                Kind::Mark if matches!(bytes[token.span.start()], b'"' | b'\'' | 0xC2 | 0xE2) => {
                    in_marks(text, tokens, at)
                }
                _ if is_work_noun(Some(token)) => behind_noun(text, tokens, at),
                _ => None,
            }));
        }
    }
    titles
}

fn is_work_noun(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.lists.touch(Lists::WORK))
}

fn in_marks(text: &str, tokens: &[Token], open: usize) -> Option<Span> {
    let closing = match tokens[open].of(text) {
        "“" => "”",
        "‘" => "’",
        "\"" => "\"",
        "'" => "'",
        "«" => "»",
        "„" => "“",
        _ => return None,
    };
    let close =
        (open + 2..tokens.len().min(open + LONGEST + 3)).find(|&at| is_mark(text, tokens[at], closing))?;
    let inside = || tokens[open + 1..close].iter().filter(|t| t.kind != Kind::Mark);
    let is_large = |t: &Token| t.kind == Kind::Number || t.is_capitalised();
    let is_title = inside().next().is_some_and(is_large)
        && inside().all(|t| is_large(t) || t.lists.touch(Lists::FUNCTION));
    if !is_title {
        return None;
    }
    let next = tokens.get(close + 1);
    let is_role = next.is_some_and(|t| ROLES.contains_key(&token::fold(t.of(text))));
    let before = open.checked_sub(1).map(|at| &tokens[at]);
    // A comma before the closing mark belongs to the sentence around: “Nine Doors,” which.
    let last = (open + 1..close).rev().find(|&at| tokens[at].kind != Kind::Mark)?;
    // "known inside the company as “Nine Doors”", with the noun a few words before.
    let called = before
        .is_some_and(|t| matches!(t.of(text), "called" | "titled" | "entitled" | "as" | "dubbed" | "of"))
        && tokens[open.saturating_sub(12)..open].iter().any(|t| is_work_noun(Some(t)));
    let behind_comma =
        before.is_some_and(|t| t.of(text) == ",") && is_work_noun(open.checked_sub(2).map(|at| &tokens[at]));
    let beside = is_work_noun(next) || is_work_noun(before);
    (is_role || beside || behind_comma || called).then(|| tokens[open + 1].span.cover(tokens[last].span))
}

/// Whether a token is `mark`.
fn is_mark(text: &str, token: Token, mark: &str) -> bool {
    token.kind == Kind::Mark && token.of(text) == mark
}

fn behind_noun(text: &str, tokens: &[Token], noun: usize) -> Option<Span> {
    let is_capital = |at: usize| tokens.get(at).is_some_and(|t| t.is_capitalised() || t.kind == Kind::Number);
    let is_near =
        |at: usize| tokens.get(at).is_some_and(|t| text[tokens[at - 1].span.end()..t.span.start()] == *" ");
    // "the Elmsey Film Festival" has no film called Festival.
    if (noun > 0 && tokens[noun].is_capitalised())
        || !is_capital(noun + 1)
        || !is_near(noun + 1)
        || FUNCTION.contains(&token::fold(tokens[noun + 1].of(text)))
    {
        return None;
    }
    let mut last = noun + 1;
    loop {
        let small = tokens.get(last + 1).is_some_and(|t| {
            matches!(t.of(text), "of" | "in" | "the" | "without" | "and" | "a" | "for" | "to" | "with")
        });
        if is_capital(last + 1) && is_near(last + 1) {
            last += 1;
        } else if small && is_near(last + 1) && is_capital(last + 2) {
            last += 2;
        } else if small
            && last == noun + 1
            && matches!(tokens[last + 1].of(text), "without" | "of" | "for")
            && tokens.get(last + 2).is_some_and(|t| t.kind == Kind::Word)
        {
            last += 2;
            break;
        } else {
            break;
        }
    }
    // "Nine Doorswhich": the title ends where the word that ran into it begins.
    let end = run_together(tokens[last].of(text))
        .map_or(tokens[last].span.end(), |(left, _)| tokens[last].span.start() + left.len());
    Some(Span::new(tokens[noun + 1].span.start(), end))
}
