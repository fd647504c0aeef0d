//! Joins fragments into quotations and carries speakers from line to line.
//!
//! In: fragments and lines. Out: [`Draft`]s of direct and partial quotations. Within a line `attribution` answers;
//! over lines, in this order: the same cue between two fragments joins them (`split`), a whole quotation behind the end
//! of the sentence that held the cue is part of it, a quotation that opens a line without a cue goes to the speaker of
//! the line before (`continuation`), to its subject (`previous-sentence-subject`), a headline's words to whoever says
//! them in the body (`body-of-headline`), the rest to nobody (`unknown`).

use super::attribution::{self, Attribution};
use super::german;
use super::judgement::{self, Content};
use super::lists::{self, Cue};
use super::narration::{Line, Lowered};
use super::passages::Fragment;
use super::speaker;
use crate::model::{Annotated, BlockKind, Form};
use crate::span::Span;
use crate::token;
use crate::vocabulary::Lists;
use std::collections::BTreeSet;

/// A quotation in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    pub content: Vec<Span>,
    /// With marks.
    pub outer: Span,
    pub clause: Option<Span>,
    pub form: Form,
    pub parent: Option<Span>,
    pub speaker: Option<Span>,
    pub cue: Option<Span>,
    pub verb: Option<Cue>,
    pub rule: &'static str,
    pub closed: bool,
    pub channel: Option<&'static str>,
    pub platform: Option<String>,
    pub channel_span: Option<Span>,
    /// Index of the line, and the items of cue and first fragment in it.
    pub line: usize,
    pub cue_item: Option<usize>,
    pub item: usize,
}

impl Draft {
    /// Words in one or more parts, in a line, of which nobody is known to say them.
    pub fn new(content: Vec<Span>, form: Form, line: usize) -> Draft {
        Draft {
            outer: content[1..].iter().fold(content[0], |whole, part| whole.cover(*part)),
            content,
            clause: None,
            form,
            parent: None,
            speaker: None,
            cue: None,
            verb: None,
            rule: "unknown",
            closed: true,
            channel: None,
            platform: None,
            channel_span: None,
            line,
            cue_item: None,
            item: 0,
        }
    }

    /// The same, said by the one whom an attribution in `line` names.
    pub fn by(self, line: &Line, of: &Attribution) -> Draft {
        Draft {
            speaker: of.phrase.map(|phrase| line.span(phrase.start, phrase.end)),
            cue: of.cue.map(|cue| line.span(cue.0, cue.1)),
            verb: of.verb,
            rule: of.rule,
            ..self
        }
    }

    pub fn span(&self) -> Span {
        self.outer
    }
}

/// The direct and partial quotations.
pub fn weave(found: &Annotated, lowered: &Lowered, fragments: &[Fragment], lines: &[Line]) -> Vec<Draft> {
    let mut weaver = Weaver {
        found,
        lowered,
        text: &found.report.text,
        fragments,
        lines,
        is_german: german::is_german(found),
        drafts: Vec::new(),
        of_fragment: vec![None; fragments.len()],
        last: None,
    };
    for at in 0..lines.len() {
        weaver.line(at);
    }
    weaver.nested();
    weaver.headlines();
    weaver.drafts
}

/// The last speaker, for what follows without a cue.
#[derive(Copy, Clone)]
struct Last {
    line: usize,
    speaker: Option<Span>,
    draft: Option<usize>,
    /// The draft can take a further part: its sentence ended behind the cue.
    is_open: bool,
}

struct Weaver<'a, 'l> {
    found: &'a Annotated,
    text: &'a str,
    lowered: &'a Lowered<'a>,
    fragments: &'a [Fragment],
    lines: &'a [Line<'l>],
    is_german: bool,
    drafts: Vec<Draft>,
    of_fragment: Vec<Option<usize>>,
    last: Option<Last>,
}

impl Weaver<'_, '_> {
    fn line(&mut self, number: usize) {
        let line = &self.lines[number];
        let is_headline = !self.found.report.blocks[line.block].kind.is_body();
        let quotes = line.quotes();
        let mut spoke: Option<(usize, Option<usize>)> = None;
        for (at, fragment) in &quotes {
            let content = judgement::content(self.found, self.fragments[*fragment].content);
            let attribution = self.attribution(line, *at, &content, is_headline);
            if let Some(chained) =
                self.fragments[*fragment].goes_on.and_then(|earlier| self.of_fragment[earlier])
            {
                self.extend(chained, *fragment);
                self.lend(chained, line, attribution.as_ref());
                spoke = Some((chained, None));
                continue;
            }
            let strict = attribution.as_ref().is_some_and(|found| found.is_strict);
            let speech = judgement::is_speech(line, *at, &content, attribution.as_ref())
                || is_headline && self.is_echo(*fragment)
                || self.is_german
                    && german::is_speech(
                        line,
                        *at,
                        self.fragments[*fragment].content.of(self.text),
                        content.words,
                    );
            let words = self.fragments[*fragment].content.of(self.text);
            let speech = speech && !(self.is_german && german::is_name(line, *at, words, &content))
                || self.is_german && !strict && german::attribution::is_called(line, *at);
            let listed = !strict && content.is_title && judgement::is_listed(line, *at);
            if !speech || listed {
                continue;
            }
            let draft = match self.joined(number, *at, &content, attribution.as_ref(), spoke) {
                Some(draft) => {
                    self.extend(draft, *fragment);
                    draft
                }
                None => self.start(number, *at, *fragment, &content, attribution.as_ref()),
            };
            spoke = Some((draft, attribution.and_then(|found| found.cue).map(|cue| cue.0)));
        }
        self.remember(number, spoke.map(|found| found.0), &quotes);
    }

    fn attribution(
        &self,
        line: &Line,
        at: usize,
        content: &Content,
        is_headline: bool,
    ) -> Option<Attribution> {
        let is_headline = is_headline || self.is_first_block(line.block);
        if self.is_german {
            return german::attribution::find(line, at, content, is_headline);
        }
        attribution::find(line, at, content.ends_with_comma, is_headline)
    }

    /// Whether a headline's fragment stands between marks in the body too, as words and not as a title.
    fn is_echo(&self, fragment: usize) -> bool {
        let words = self.fragments[fragment].content.of(self.text);
        if !words.contains(' ') || judgement::content(self.found, self.fragments[fragment].content).is_title {
            return false;
        }
        let same = |other: &&Fragment| other.content.of(self.text).eq_ignore_ascii_case(words);
        let later = self.fragments[fragment + 1..].iter().take(200);
        later.filter(same).any(|other| self.found.report.blocks[other.block].kind.is_body())
    }

    fn is_first_block(&self, block: usize) -> bool {
        self.lines.first().is_some_and(|line| line.block == block)
    }

    /// The draft that the fragment at item `at` is a further part of.
    fn joined(
        &self,
        number: usize,
        at: usize,
        content: &Content,
        attribution: Option<&Attribution>,
        spoke: Option<(usize, Option<usize>)>,
    ) -> Option<usize> {
        let cue = attribution.and_then(|found| found.cue).map(|cue| cue.0);
        if let Some((draft, earlier)) = spoke {
            // One cue for both, or a whole quotation right behind the words of another.
            let same = cue.is_some()
                && (cue == earlier
                    || cue == self.drafts[draft].cue_item && self.drafts[draft].line == number);
            return same.then_some(draft);
        }
        let last = self.last.filter(|last| {
            last.line + 1 == number && self.lines[last.line].block == self.lines[number].block
        })?;
        let whole = at == 0 && attribution.is_none() && content.begins_large;
        last.draft.filter(|_| last.is_open && whole)
    }

    fn extend(&mut self, draft: usize, fragment: usize) {
        let more = self.fragments[fragment];
        self.of_fragment[fragment] = Some(draft);
        let draft = &mut self.drafts[draft];
        draft.content.push(more.content);
        draft.outer = draft.outer.cover(more.outer);
        draft.closed &= more.closed;
    }

    /// A cue at a later part of a quotation counts for all of it when it had none.
    fn lend(&mut self, draft: usize, line: &Line, attribution: Option<&Attribution>) {
        let draft = &mut self.drafts[draft];
        let Some(found) = attribution.filter(|_| draft.speaker.is_none() || draft.cue.is_none()) else {
            return;
        };
        if let Some(phrase) = found.phrase {
            draft.speaker = Some(line.span(phrase.start, phrase.end));
            draft.cue = found.cue.map(|cue| line.span(cue.0, cue.1));
            draft.verb = found.verb;
            draft.rule = found.rule;
        }
    }

    fn start(
        &mut self,
        number: usize,
        at: usize,
        fragment: usize,
        content: &Content,
        attribution: Option<&Attribution>,
    ) -> usize {
        let line = &self.lines[number];
        let piece = self.fragments[fragment];
        let form = form(line, at, content, attribution);
        let mut draft = Draft {
            outer: piece.outer,
            closed: piece.closed,
            item: at,
            ..Draft::new(vec![piece.content], form, number)
        };
        match attribution {
            Some(found) => {
                draft = Draft { cue_item: found.cue.map(|cue| cue.0), ..draft.by(line, found) };
            }
            None => (draft.speaker, draft.rule) = self.understood(number, at),
        }
        let overlay = self.is_overlay(line, at, attribution);
        if let Some(last) = self.last.filter(|last| overlay && self.is_near(last.line, number)) {
            (draft.speaker, draft.rule) = (last.speaker, "continuation");
        }
        if draft.speaker.is_none() && attribution.is_some() {
            let (speaker, _) = self.understood(number, at);
            draft.speaker = speaker;
        }
        self.of_fragment[fragment] = Some(self.drafts.len());
        self.drafts.push(draft);
        self.drafts.len() - 1
    }

    /// "Words laid over the picture read": the words are whose the picture is.
    fn is_overlay(&self, line: &Line, at: usize, attribution: Option<&Attribution>) -> bool {
        let sign = attribution.and_then(|found| found.verb).is_some_and(|verb| verb.class == "sign");
        let opens = (0..at.min(3)).any(|place| lists::OVERLAYS.contains(line.word(place)));
        let colon = at > 0 && line.word(at - 1) == ":";
        let words = |phrase: speaker::Phrase| {
            (phrase.start..phrase.end.min(phrase.start + 2)).any(|at| lists::OVERLAYS.contains(line.word(at)))
        };
        (sign && (opens || attribution.and_then(|found| found.phrase).is_some_and(words))) || (opens && colon)
    }

    /// The speaker of a quotation without a cue in its line.
    fn understood(&self, number: usize, at: usize) -> (Option<Span>, &'static str) {
        let line = &self.lines[number];
        let kind = self.found.report.blocks[line.block].kind;
        if !kind.is_body() {
            return (None, "unknown");
        }
        let worked_in = at > 0 && !(self.is_german && german::attribution::goes_on(line));
        if worked_in && let Some(phrase) = self.subject_of(line).filter(|phrase| phrase.end <= at) {
            return (Some(line.span(phrase.start, phrase.end)), "sentence-subject");
        }
        let near = |earlier: &usize| self.is_near(*earlier, number);
        if let Some(last) = self.last.filter(|last| near(&last.line))
            && last.speaker.is_some()
            && last.line + 1 == number
        {
            return (last.speaker, "continuation");
        }
        let Some(earlier) = number.checked_sub(1).filter(near) else { return (None, "unknown") };
        let subject = self.subject(earlier);
        if subject.is_some() {
            return (subject, "previous-sentence-subject");
        }
        (None, "unknown")
    }

    /// Whether line `earlier` is in the same or the preceding paragraph of the body.
    fn is_near(&self, earlier: usize, number: usize) -> bool {
        let blocks = &self.found.report.blocks;
        let (from, to) = (self.lines[earlier].block, self.lines[number].block);
        let between =
            blocks[from + 1..to.max(from + 1)].iter().take(60).filter(|block| block.kind.is_body()).count();
        blocks[from].kind.is_body() && to - from <= 60 && between == 0
    }

    fn subject(&self, number: usize) -> Option<Span> {
        let line = &self.lines[number];
        let phrase = self.subject_of(line)?;
        Some(line.span(phrase.start, phrase.end))
    }

    fn subject_of(&self, line: &Line) -> Option<speaker::Phrase> {
        if self.is_german {
            return german::attribution::of_line(line);
        }
        speaker::of_line(line).filter(|phrase| speaker::is_plausible(line, *phrase))
    }

    fn remember(&mut self, number: usize, draft: Option<usize>, quotes: &[(usize, usize)]) {
        let line = &self.lines[number];
        if let Some(at) = draft {
            let last_quote = quotes.last().map_or(0, |quote| quote.0);
            let draft = &self.drafts[at];
            let cue_behind = draft.line == number
                && draft.cue_item.is_some_and(|cue| cue > draft.item)
                && draft.form == Form::Direct;
            let is_open = cue_behind
                && self.of_fragment[quotes.last().map_or(0, |quote| quote.1)].is_some()
                && last_quote + 1 < line.items.len();
            self.last = Some(Last { line: number, speaker: draft.speaker, draft: Some(at), is_open });
            return;
        }
        if let Some(speaker) = self.reporting_subject(line) {
            self.last = Some(Last { line: number, speaker: Some(speaker), draft: None, is_open: false });
        }
    }

    /// The subject of a cue in a line that quotes nothing: "Ruiz said she was tired."
    fn reporting_subject(&self, line: &Line) -> Option<Span> {
        if self.is_german {
            let phrase = german::attribution::reporting_subject(line)?;
            return Some(line.span(phrase.start, phrase.end));
        }
        if !line.holds(Lists::CUE) {
            return None;
        }
        let (at, verb) =
            (0..line.items.len().min(60)).find_map(|at| Some((at, attribution::cue_at(line, at)?)))?;
        let found = attribution::with_subject(line, at, verb, "cue-before", true);
        found.phrase.map(|phrase| line.span(phrase.start, phrase.end))
    }

    /// Nested quotations: a cue inside the words around, else the speaker stays unknown.
    fn nested(&mut self) {
        for at in 0..self.fragments.len() {
            let Some(parent) = self.fragments[at].parent else { continue };
            let Some(outer) = self.of_fragment[parent] else { continue };
            self.nested_one(at, parent, outer);
        }
    }

    fn nested_one(&mut self, at: usize, parent: usize, outer: usize) {
        let piece = self.fragments[at];
        let around = Span::new(
            self.fragments[parent].content.start(),
            piece.outer.end().max(self.fragments[parent].content.start()),
        );
        let line = inner_line(self.lowered, around, at, &piece);
        let Some(place) = line.items.len().checked_sub(1) else { return };
        let content = judgement::content(self.found, piece.content);
        let found = match self.is_german {
            true => german::attribution::find(&line, place, &content, false),
            false => attribution::find(&line, place, content.ends_with_comma, false),
        };
        let Some(found) = found else { return };
        if !found.is_strict || !judgement::is_speech(&line, place, &content, Some(&found)) {
            return;
        }
        self.of_fragment[at] = Some(self.drafts.len());
        let form = form(&line, place, &content, Some(&found));
        self.drafts.push(Draft {
            outer: piece.outer,
            parent: Some(self.drafts[outer].outer),
            closed: piece.closed,
            ..Draft::new(vec![piece.content], form, self.drafts[outer].line).by(&line, &found)
        });
    }

    /// A headline's words belong to whoever says them in the body.
    fn headlines(&mut self) {
        let is_headline = |draft: &Draft| {
            let kind = self.found.block_at(draft.outer.start()).map(|block| block.kind);
            kind.is_some_and(|kind| matches!(kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading))
                && draft.speaker.is_none()
        };
        let open: Vec<usize> =
            (0..self.drafts.len()).filter(|at| is_headline(&self.drafts[*at])).take(20).collect();
        for at in open {
            let wanted = self.words(at);
            let body =
                (0..self.drafts.len()).filter(|other| self.drafts[*other].speaker.is_some() && *other != at);
            let same = body.take(2000).find(|other| {
                let words = self.words(*other);
                !wanted.is_empty()
                    && wanted.iter().filter(|word| words.contains(*word)).count() * 10 >= wanted.len() * 8
            });
            if let Some(same) = same {
                self.drafts[at].speaker = self.drafts[same].speaker;
                self.drafts[at].rule = "body-of-headline";
            }
        }
    }

    fn words(&self, draft: usize) -> BTreeSet<String> {
        let parts = self.drafts[draft].content.iter().take(8);
        parts
            .flat_map(|part| token::tokens(self.text, super::narration::head(self.text, *part, 1200)))
            .filter(|word| word.kind != token::Kind::Mark)
            .map(|word| token::fold(word.of(self.text)).into_owned())
            .collect()
    }
}

/// The words of a quotation up to a nested one, as a line of its own.
fn inner_line<'a>(lowered: &'a Lowered<'a>, around: Span, fragment: usize, piece: &Fragment) -> Line<'a> {
    let text = lowered.text();
    let end = piece.outer.start();
    let near = super::narration::tail(text, Span::new(around.start().min(end), end), 1_000);
    let cut = near.of(text).rfind(['.', '!', '?', '“', '"', '”']).map_or(0, |stop| stop + 1);
    let start = (near.start() + cut..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    super::narration::line_of(lowered, Span::new(start, end), fragment, piece)
}

/// Whole words of somebody, or a fragment worked into the narrator's sentence.
fn form(line: &Line, at: usize, content: &Content, attribution: Option<&Attribution>) -> Form {
    let adjacent = attribution.is_none_or(|found| found.is_strict);
    let before = if at > 0 { line.word(at - 1) } else { "" };
    let introduced = matches!(before, "" | "," | ":" | "—" | "–");
    let by_cue = at > 0 && attribution::cue_at(line, at - 1).is_some_and(|cue| !cue.is_label());
    if at == 0
        || adjacent && (introduced || by_cue)
        || content.begins_large && content.ends_with_stop && content.words >= 4
    {
        Form::Direct
    } else {
        Form::Partial
    }
}
