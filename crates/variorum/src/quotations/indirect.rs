//! Finds indirect speech: the clause that a speech verb or "according to" reports; and thoughts, told the same way.
//!
//! In: lines, and the direct and partial quotations found before. Out: drafts of indirect quotations; partial ones get
//! the clause they are worked into. `clause` tells where a content begins and ends. Rules: `content-clause`, `cue-within`,
//! `cue-end`, `cue-noun`, `according-to`, `headline-colon`; `thought` for what somebody thinks, knows or has found.

use super::according;
use super::attribution::{self, Attribution};
use super::clause;
use super::judgement;
use super::lists::{self, Cue};
use super::narration::{Line, Part};
use super::passages::Fragment;
use super::said;
use super::speaker::{self, Phrase};
use super::subject;
use super::weave::Draft;
use crate::model::{Annotated, BlockKind, Form};
use crate::span::Span;
use crate::vocabulary::Lists;
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewest items of a content clause.
const SHORTEST: usize = 3;

/// The indirect quotations of all lines. Fills `clause` of the partial ones among `drafts`.
pub fn find(found: &Annotated, fragments: &[Fragment], lines: &[Line], drafts: &mut [Draft]) -> Vec<Draft> {
    let mut of_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.parent.is_none()) {
        of_line.entry(draft.line).or_default().push(at);
    }
    let mut more = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let own = of_line.get(&number).map(Vec::as_slice).unwrap_or_default();
        for clause in clauses(line, drafts, own, found.report.blocks[line.block].kind) {
            let settled = settle(found, line, number, &clause, drafts, own);
            more.extend(settled.map(|draft| with_marks(found, line, fragments, &clause, draft)));
        }
    }
    more
}

/// What a cue reports, in one or two stretches of items, with its attribution.
struct Clause {
    parts: Vec<Range<usize>>,
    of: Attribution,
}

/// A clause around fragments of the same cue is theirs; any other is an indirect quotation.
fn settle(
    found: &Annotated,
    line: &Line,
    number: usize,
    clause: &Clause,
    drafts: &mut [Draft],
    own: &[usize],
) -> Option<Draft> {
    let draft = draft(found, line, number, clause);
    let (span, mut settled) = (draft.span(), false);
    for at in own {
        let other = &mut drafts[*at];
        if !span.contains(other.outer) {
            settled |= span.overlap(other.outer) > 0;
            continue;
        }
        if other.form == Form::Partial && other.cue_item == draft.cue_item {
            other.clause = Some(span);
        }
        settled = true;
    }
    (!settled && !span.is_empty()).then_some(draft)
}

/// A clause with somebody's own words in it, between double marks, is quoted in part.
fn with_marks(
    found: &Annotated,
    line: &Line,
    fragments: &[Fragment],
    clause: &Clause,
    draft: Draft,
) -> Draft {
    let text = &found.report.text;
    let own = |at: usize| {
        let fragment = &fragments[line.quote(at)?];
        let is_double = fragment.outer.of(text).starts_with(['"', '“', '”', '„', '«', '»']);
        let is_named = at > 0 && lists::NAMING.contains(line.word(at.wrapping_sub(1)));
        let is_speech = is_double && !is_named && !judgement::content(found, fragment.content).is_title;
        is_speech.then_some(fragment.content)
    };
    let content: Vec<Span> = clause.parts.iter().cloned().flatten().filter_map(own).collect();
    if content.is_empty() {
        return draft;
    }
    let outer = content[1..].iter().fold(content[0], |whole, part| whole.cover(*part));
    Draft { clause: Some(draft.outer), form: Form::Partial, content, outer, ..draft }
}

fn draft(found: &Annotated, line: &Line, number: usize, clause: &Clause) -> Draft {
    let span = |part: &Range<usize>| line.span(part.start, part.end).trim(&found.report.text);
    let content: Vec<Span> = clause.parts.iter().map(span).collect();
    Draft {
        cue_item: clause.of.cue.map(|cue| cue.0),
        item: clause.parts[0].start,
        ..Draft::new(content, Form::Indirect, number).by(line, &clause.of)
    }
}

fn clauses(line: &Line, drafts: &[Draft], own: &[usize], kind: BlockKind) -> Vec<Clause> {
    if matches!(kind, BlockKind::Headline | BlockKind::Dek)
        && let Some(clause) = headline(line)
    {
        return vec![clause];
    }
    if !line.holds(CUES) {
        return Vec::new();
    }
    // "Ruiz said the road was closed: “Go home.”" has both, the clause and the words.
    let is_taken = |cue: usize| {
        own.iter()
            .map(|at| &drafts[*at])
            .any(|draft| draft.cue_item == Some(cue) && draft.form == Form::Direct && draft.item <= cue + 3)
    };
    (0..line.items.len())
        .filter(|at| line.lists(*at).touch(CUES) && !is_taken(*at))
        .filter_map(|at| clause_of(line, at))
        .collect()
}

/// Lists of the words that [`clause_of`] takes, of which few are in any.
const CUES: Lists = Lists::CUE.and(Lists::CUE_NOUN).and(Lists::ACCORDING);

/// What the word at `at` reports, if it is a cue.
fn clause_of(line: &Line, at: usize) -> Option<Clause> {
    if according::is_cue(line, at) {
        let source = at + if line.word(at) == "per" { 1 } else { 2 };
        let of = attribution::according(line, at, source, false)
            .unwrap_or_else(|| unread((at, source), None, "according-to"));
        return Some(Clause { parts: according::content(line, at)?, of });
    }
    if let Some(part) = clause::of_noun(line, at) {
        let phrase = speaker::owner(line, at).or_else(|| subject::of_stating(line, at));
        let of = Attribution { phrase, ..unread((at, at + 1), None, "cue-noun") };
        return Some(Clause { parts: vec![part], of });
    }
    line.cue(at)?;
    if let Some(verb) = said::passive(line, at) {
        let part = clause::behind_passive(line, at, verb)?;
        return Some(Clause { parts: vec![part], of: unread((at, at + 1), Some(verb), "content-clause") });
    }
    let verb = attribution::cue_at(line, at).or_else(|| said::impersonal(line, at))?;
    if verb.lemma == "threaten" && !subject::is_threat(line, at) {
        return None;
    }
    let with = |parts: Vec<Range<usize>>, rule: &'static str| {
        let of = attribution::with_subject(line, at, verb, rule, false);
        Clause { parts, of: Attribution { rule, ..of } }
    };
    let behind = || {
        let mut part = clause::behind(line, at, verb)?;
        let fronted = (verb.shape == lists::Shape::Gerund)
            .then(|| subject::behind_fronted(line, at, line.end()))
            .flatten()
            .filter(|(comma, _)| *comma >= part.start + SHORTEST);
        part.end = fronted.map_or(part.end, |(comma, _)| comma.min(part.end));
        let mut clause = with(vec![part], "content-clause");
        clause.of.phrase = fronted.map(|(_, phrase)| phrase).or(clause.of.phrase);
        if let Some(citing) = said::cited(line, at) {
            let named = speaker::starting_at_with_name(line, citing + 1).filter(|phrase| phrase.end < at);
            clause.of.phrase = speaker::ending_at(line, at - 1, citing + 1).or(named);
        }
        Some(clause)
    };
    let around = || {
        let mut clause = clause::around(line, at, verb).map(|parts| with(parts, "cue-within"))?;
        if clause::is_inverted(line, at) {
            let phrase = speaker::starting_at_with_name(line, at + 1);
            clause.of.phrase = phrase.filter(|phrase| speaker::is_plausible(line, *phrase));
        }
        Some(clause)
    };
    let before = || {
        let part = clause::before(line, at, verb)?;
        let inverted = || speaker::starting_at_with_name(line, at + 1);
        let phrase = speaker::before(line, at, 0).filter(|phrase| phrase.start > part.end).or_else(inverted);
        let mut clause = with(vec![part], "cue-end");
        clause.of.phrase = phrase.filter(|phrase| speaker::is_plausible(line, *phrase));
        Some(clause)
    };
    if clause::is_inverted(line, at) {
        return before().or_else(around).or_else(behind);
    }
    if at > 0 && line.is_comma(at.wrapping_sub(1)) {
        return before().or_else(behind).or_else(around);
    }
    behind().or_else(around).or_else(before)
}

/// A cue whose speaker is not read.
fn unread(cue: (usize, usize), verb: Option<Cue>, rule: &'static str) -> Attribution {
    Attribution { cue: Some(cue), verb, phrase: None, rule, is_strict: false }
}

/// What is attributed to somebody otherwise than by saying it, as the lines tell it.
pub fn thoughts(found: &Annotated, lines: &[Line], told: &[Draft]) -> Vec<Draft> {
    let mut of_line: BTreeMap<usize, Vec<&Draft>> = BTreeMap::new();
    told.iter().for_each(|draft| of_line.entry(draft.line).or_default().push(draft));
    let mut more = Vec::new();
    let verbs = Lists::THOUGHT.and(Lists::CUE);
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| line.holds(verbs)) {
        let own = of_line.get(&number).map(Vec::as_slice).unwrap_or_default();
        for at in 0..line.items.len() {
            if !line.lists(at).touch(verbs) {
                continue;
            }
            let Some(verb) = lists::thought(line.word(at)).or_else(|| line.cue(at)) else {
                continue;
            };
            let is_told = own.iter().any(|draft| draft.cue_item == Some(at));
            if is_told || !line.is_word(at) {
                continue;
            }
            let Some(part) = clause::thought(line, at, verb) else { continue };
            let of = attribution::with_subject(line, at, verb, "thought", false);
            // What nobody is said to think is no finding about anybody: "there is reason to believe that …".
            let is_nobody = |phrase: Phrase| {
                let alone = phrase.end == phrase.start + 1;
                alone && line.word(phrase.start) == "there"
            };
            if of.phrase.is_none_or(is_nobody) {
                continue;
            }
            let clause = Clause { parts: vec![part], of: Attribution { rule: "thought", ..of } };
            let mut draft = draft(found, line, number, &clause);
            let quoted = own
                .iter()
                .any(|other| other.form != Form::Indirect && other.span().overlap(draft.span()) > 0);
            draft.verb = Some(verb);
            more.extend((!quoted).then_some(draft));
        }
    }
    more
}

/// "Dam unsafe for years: engineers".
fn headline(line: &Line) -> Option<Clause> {
    let end = line.end();
    let colon = (end.saturating_sub(4)..end).find(|at| line.word(*at) == ":")?;
    let known = lists::SOURCES.contains(line.word(end.wrapping_sub(1)))
        && colon + 1 < end
        && !line.items[..end].iter().any(|item| matches!(item.part, Part::Quote(_)));
    let of = Attribution {
        cue: None,
        verb: None,
        phrase: Some(Phrase { start: colon + 1, end }),
        rule: "headline-colon",
        is_strict: false,
    };
    let content = 0..colon;
    (known && content.len() >= SHORTEST).then(|| Clause { parts: vec![content], of })
}
