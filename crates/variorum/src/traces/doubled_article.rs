//! Finds articles that stand twice: "the the", "a an", and "THE … The" around a name at the head of one phrase.
//!
//! In: the words of body and captions. Out: one trace a place, from the first article to the second.
//! Leaves: other words printed twice, which may be meant.

use super::Detector;
use crate::model::{Annotated, Trace};
use crate::span::Span;
use crate::token::{Kind, Token};
use crate::vocabulary::Lists;

pub const DETECTOR: Detector =
    Detector { kind: "doubled-article", doc: "An article that stands twice.", find };

fn find(found: &Annotated) -> Vec<Trace> {
    let text = &found.report.text;
    let mut traces = Vec::new();
    for sentence in found.sentences.iter().filter(|s| found.report.blocks[s.block].kind.is_evidence()) {
        let tokens = &sentence.tokens;
        let articles = (0..tokens.len()).filter(|&at| is_article(tokens.get(at)));
        traces.extend(articles.filter_map(|at| doubled(text, tokens, at)).map(|span| Trace {
            span,
            kind: DETECTOR.kind,
            note: format!("“{}” has two articles where one would be expected", span.of(text)),
        }));
    }
    traces
}

fn is_article(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.lists.touch(Lists::ARTICLE))
}

/// From the article at `at` to a second one.
fn doubled(text: &str, tokens: &[Token], at: usize) -> Option<Span> {
    if is_article(tokens.get(at + 1)) && is_running(text, &tokens[at..at + 2]) {
        // "Group A the" and grades are letters, not articles.
        let letter = tokens[at..at + 2].iter().any(|t| t.of(text) == "A" && t.span != tokens[0].span);
        return (!letter).then(|| tokens[at].span.cover(tokens[at + 1].span));
    }
    // The article, two or three capitalised words, and a capitalised article again within the sentence.
    (at + 2..tokens.len().min(at + 5)).find_map(|second| {
        let between = &tokens[at + 1..second];
        let is_loud = is_article(tokens.get(second)) && tokens[second].is_capitalised();
        let are_names =
            || between.iter().all(|t| t.kind == Kind::Word && t.is_capitalised() && !is_article(Some(t)));
        (is_loud && are_names() && is_running(text, &tokens[at..=second]))
            .then(|| tokens[at].span.cover(tokens[second].span))
    })
}

/// Whether single spaces alone lie between the tokens.
fn is_running(text: &str, tokens: &[Token]) -> bool {
    tokens
        .windows(2)
        .all(|pair| text[pair[0].span.end()..pair[1].span.start()].chars().all(|c| c == ' ' || c == '\u{a0}'))
}
