//! Finds direct quotations that no marks show: interviews, dash dialogue, a post on the line behind its cue.
//!
//! In: the paragraphs of a report. Out: drafts of direct quotations with the rules `colon-name`, `cue-before` and
//! `dash-dialogue`.
//! An interview is told by its labels: "Name: words" at the head of lines, a label at least twice. A post without marks
//! stands behind a line that ends with a cue and a colon.
//! Leaves: interviews that show the questions by type only; turns without labels.

use super::lists;
use super::narration::{self, Line};
use super::passages::{self, Fragment};
use super::weave::Draft;
use crate::model::{Annotated, BlockKind, Form};
use crate::span::Span;
use crate::token::{self, Kind, Token};
use std::collections::BTreeMap;

/// Longest label of a speaker, in words.
const LONGEST_LABEL: usize = 5;
/// Longest post taken from the line behind its cue, in bytes.
const LONGEST_POST: usize = 1_000;

/// A line of a paragraph, as printed.
struct Printed {
    span: Span,
    block: usize,
}

/// The drafts, in text order.
pub fn find(found: &Annotated, fragments: &[Fragment], lines: &[Line]) -> Vec<Draft> {
    let printed = printed(found);
    let mut drafts = interview(found, &printed);
    drafts.extend(posts(found, &printed));
    drafts.extend(dashes(found, &printed));
    let marked = |span: Span| {
        let next = fragments.partition_point(|fragment| fragment.outer.end() <= span.start());
        fragments.get(next).is_some_and(|fragment| fragment.outer.overlap(span) * 2 > span.len())
    };
    drafts.retain(|draft| !marked(draft.outer));
    for draft in &mut drafts {
        let next = lines.partition_point(|line| {
            line.items.first().is_some_and(|item| item.span.start() <= draft.outer.start())
        });
        draft.line = next.saturating_sub(1);
    }
    drafts
}

fn printed(found: &Annotated) -> Vec<Printed> {
    let text = &found.report.text;
    let mut lines = Vec::new();
    for (block, named) in found
        .report
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| passages::is_read(block.kind) || block.kind == BlockKind::Crumb)
    {
        let mut at = named.span.start();
        for line in named.span.of(text).split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trim(text);
            at += line.len();
            if !span.is_empty() {
                lines.push(Printed { span, block });
            }
        }
    }
    lines
}

fn draft(content: Span, speaker: Option<Span>, cue: Option<Span>, rule: &'static str) -> Draft {
    Draft { speaker, cue, rule, ..Draft::new(vec![content], Form::Direct, 0) }
}

/// "Ruiz: Nobody else would." in a text where some label stands twice and two labels take turns.
fn interview(found: &Annotated, printed: &[Printed]) -> Vec<Draft> {
    let report = &found.report;
    let text = &report.text;
    let labels: Vec<Option<(Span, Span)>> = printed.iter().map(|line| label(text, line.span)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in labels.iter().flatten() {
        *counts.entry(name.of(text)).or_default() += 1;
    }
    if counts.len() < 2 || !counts.values().any(|count| *count >= 2) {
        return Vec::new();
    }
    let turn = |at: usize| labels[at].is_some();
    let mut drafts = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let Some((name, words)) = label else { continue };
        let is_body = report.blocks[printed[at].block].kind.is_body();
        let beside = is_body && (at > 0 && turn(at - 1) || at + 1 < labels.len() && turn(at + 1));
        if beside || counts[name.of(text)] >= 2 {
            let mut turn = draft(*words, Some(*name), None, "colon-name");
            turn.channel = Some("interview");
            drafts.push(turn);
        }
    }
    drafts
}

/// A name and what follows its colon, at the head of a line.
fn label(text: &str, line: Span) -> Option<(Span, Span)> {
    let head = narration::head(text, line, 80);
    // Most lines begin with no label.
    memchr::memchr(b':', head.of(text).as_bytes())?;
    let behind_colon = |space| {
        let colons = head.of(text).match_indices(':').map(|(at, _)| at);
        colons.into_iter().find(|at| head.of(text).as_bytes().get(at + 1) == Some(&space))
    };
    let colon = behind_colon(b' ').or_else(|| behind_colon(b'\t'))?;
    let name = Span::new(line.start(), line.start() + colon).trim(text);
    let words = token::tokens(text, name);
    let named = !words.is_empty()
        && words.len() <= LONGEST_LABEL
        && words.iter().all(|word| {
            word.is_capitalised() || word.of(text) == "." || lists::TITLE_SMALL.contains(word.of(text))
        });
    let furniture = words.first().is_some_and(|word| {
        lists::WORKS.contains(&token::fold(word.of(text)))
            || lists::LABELS_NOT_NAMES.contains(&token::fold(word.of(text)))
    });
    let content = Span::new(line.start() + colon + 1, line.end()).trim(text);
    let marked = content.of(text).starts_with(['“', '"', '‘', '\'', '«', '„']);
    (named && !furniture && !marked && !content.is_empty()).then_some((name, content))
}

/// The line behind "Ruiz tweeted:" when no mark opens it.
fn posts(found: &Annotated, printed: &[Printed]) -> Vec<Draft> {
    let text = &found.report.text;
    let mut drafts = Vec::new();
    for pair in printed.windows(2) {
        let [before, behind] = pair else { continue };
        if behind.span.len() > LONGEST_POST || found.report.blocks[behind.block].kind == BlockKind::Caption {
            continue;
        }
        let marked = behind.span.of(text).starts_with(['“', '"', '‘', '\'', '«', '„', '-', '•', '*']);
        if let Some((speaker, cue)) = introduces(text, before.span).filter(|_| !marked) {
            let mut post = draft(behind.span, Some(speaker), Some(cue), "cue-before");
            post.verb = lists::cue(&token::fold(cue.of(text)));
            drafts.push(post);
        }
    }
    drafts
}

/// Speaker and cue of a short line that ends with a verb of writing and a colon.
fn introduces(text: &str, line: Span) -> Option<(Span, Span)> {
    let words = line.of(text).strip_suffix(':')?;
    if words.len() > 200 || words.contains(['“', '"']) {
        return None;
    }
    let tokens = token::tokens(text, Span::new(line.start(), line.start() + words.len()));
    let writes = |token: &Token| {
        lists::cue(&token::fold(token.of(text)))
            .is_some_and(|cue| matches!(cue.class, "post" | "writing" | "message"))
    };
    let cue =
        tokens.iter().rposition(|token| token.kind == Kind::Word && writes(token)).filter(|at| *at > 0)?;
    let start = tokens[..cue]
        .iter()
        .rposition(|token| token.of(text) == "," || token.of(text) == ".")
        .map_or(0, |at| at + 1);
    let first = tokens.get(start)?.span;
    (start < cue && tokens.len() - cue <= 6).then(|| (first.cover(tokens[cue - 1].span), tokens[cue].span))
}

/// "—We stay —said Ana Ruiz."
fn dashes(found: &Annotated, printed: &[Printed]) -> Vec<Draft> {
    let text = &found.report.text;
    let mut drafts = Vec::new();
    for line in printed {
        let words = line.span.of(text);
        let Some(dash) = words.chars().next().filter(|c| matches!(c, '—' | '―' | '–')) else {
            continue;
        };
        let start = dash.len_utf8();
        let opens = words[start..]
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '¿' | '¡' | '…'));
        let end = words[start..].find(&format!(" {dash}")).map(|at| start + at);
        if let Some(end) = end.filter(|_| opens) {
            let content = Span::new(line.span.start() + start, line.span.start() + end).trim(text);
            let behind = Span::new(line.span.start() + end + 1 + start, line.span.end());
            drafts.extend(
                said(text, behind).map(|(speaker, cue)| draft(content, speaker, Some(cue), "dash-dialogue")),
            );
        }
    }
    drafts
}

/// The cue at the head of `span` and the name behind it.
fn said(text: &str, span: Span) -> Option<(Option<Span>, Span)> {
    let tokens = token::tokens(text, narration::head(text, span, 200));
    let cue = tokens.iter().take(4).find(|token| lists::cue(&token::fold(token.of(text))).is_some())?.span;
    let name: Vec<&Token> = tokens
        .iter()
        .skip_while(|token| !token.is_capitalised())
        .take_while(|token| token.is_capitalised())
        .collect();
    let speaker = name.first().zip(name.last()).map(|(first, last)| first.span.cover(last.span));
    Some((speaker, cue))
}
