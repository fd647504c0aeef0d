//! Finds German indirect speech.
//!
//! In: lines, and the direct and partial quotations found before. Out: drafts of what is reported, and of
//! what is thought. Rules:
//!
//! | rule | shape |
//! | --- | --- |
//! | `according-to` | Laut Holt ist die Fähre alt; die Fähre, so Holt, ist alt |
//! | `content-clause` | Holt sagte, dass die Fähre alt ist; Holt sagte, sie sei alt; Holt drohte, zu gehen |
//! | `cue-end` | Die Fähre sei alt, sagte Holt |
//! | `cue-noun` | die Forderung, die Fähre zu verkaufen |
//! | `reported-on` | Sentences in the subjunctive go on with what somebody said before |
//! | `thought` | Holt hofft, dass die Fähre hält |
//!
//! Leaves: sentences that tell of speech without its content ("Holt kritisierte den Rat").

use super::super::attribution::Attribution;
use super::super::narration::Line;
use super::super::speaker::Phrase;
use super::super::weave::Draft;
use super::attribution;
use super::cue::{self, Say};
use super::phrase;
use super::source::{self, Source};
use super::words::{self, Moods, is};
use crate::model::{Annotated, Form};
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewest items of a content.
const SHORTEST: usize = 2;
/// How many lines after words of somebody the first subjunctive still goes on with them.
const CARRIED_LINES: usize = 5;
/// Rules that gave a fragment a speaker without looking at a verb of saying.
const WEAK: [&str; 5] =
    ["sentence-subject", "continuation", "previous-sentence-subject", "unknown", "cue-governing"];

/// What is reported of somebody in a line.
struct Told {
    parts: Vec<Range<usize>>,
    of: Attribution,
    is_thought: bool,
    /// Told by a verb in the subjunctive or in a clause that depends on another: part of what somebody says.
    is_within: bool,
    /// Behind a colon, so that the next sentences go on with it.
    is_open: bool,
}

impl Told {
    fn new(parts: Vec<Range<usize>>, of: Attribution) -> Told {
        Told { parts, of, is_thought: false, is_within: false, is_open: false }
    }
}

/// What is said, and what is thought, in text order. Fills `clause` of the partial quotations among `drafts`.
pub fn find(found: &Annotated, lines: &[Line], drafts: &mut [Draft]) -> (Vec<Draft>, Vec<Draft>) {
    let mut of_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.parent.is_none()) {
        of_line.entry(draft.line).or_default().push(at);
    }
    let mut finder =
        Finder { found, lines, of_line, last: None, run: None, said: Vec::new(), thought: Vec::new() };
    for number in 0..lines.len() {
        finder.line(number, drafts);
    }
    finder.close_run(drafts);
    (finder.said, finder.thought)
}

/// Who spoke last, and in which line.
#[derive(Copy, Clone)]
struct Last {
    line: usize,
    speaker: Option<Span>,
    /// The line held words of somebody, and no verb of saying alone.
    is_content: bool,
}

struct Finder<'a, 'l> {
    found: &'a Annotated,
    lines: &'a [Line<'l>],
    of_line: BTreeMap<usize, Vec<usize>>,
    last: Option<Last>,
    /// Sentences in the subjunctive, one behind the other.
    run: Option<Draft>,
    said: Vec<Draft>,
    thought: Vec<Draft>,
}

impl Finder<'_, '_> {
    fn line(&mut self, number: usize, drafts: &mut [Draft]) {
        let line = &self.lines[number];
        if !self.found.report.blocks[line.block].kind.is_body() {
            return;
        }
        let told = told(line);
        if told.iter().all(|told| told.is_within) && self.goes_on(number, &told) {
            self.extend_run(number, drafts);
            return;
        }
        self.close_run(drafts);
        let mut spoke = None;
        for told in told {
            let draft = self.draft(number, &told);
            spoke = draft.speaker.or(spoke);
            if told.is_open {
                self.close_run(drafts);
                self.run = Some(draft);
                continue;
            }
            let Some(draft) = self.settle(draft, drafts) else { continue };
            if told.is_thought { self.thought.push(draft) } else { self.said.push(draft) }
        }
        self.remember(number, spoke, drafts);
    }

    fn draft(&self, number: usize, told: &Told) -> Draft {
        let line = &self.lines[number];
        let span = |part: &Range<usize>| line.span(part.start, part.end).trim(&self.found.report.text);
        let content: Vec<Span> = told.parts.iter().map(span).collect();
        Draft {
            cue_item: told.of.cue.map(|cue| cue.0),
            item: told.parts[0].start,
            ..Draft::new(content, Form::Indirect, number).by(line, &told.of)
        }
    }

    /// Whether the line goes on, in the subjunctive, with what somebody said before.
    fn goes_on(&self, number: usize, told: &[Told]) -> bool {
        let line = &self.lines[number];
        let Some(last) = self.last.filter(|last| last.speaker.is_some()) else { return false };
        let is_told = |verb: &usize| told.iter().flat_map(|told| &told.parts).any(|part| part.contains(verb));
        let verb = phrase::main_verb(line).filter(|verb| !is_told(verb));
        let moods = verb.map(|at| words::moods(line.word(at))).unwrap_or_default();
        let is_next = last.line + 1 == number;
        let is_near = last.line + CARRIED_LINES >= number;
        if line.word(0) == "demnach" {
            return is_near;
        }
        let word = verb.map_or("", |at| line.word(at));
        let is_guess = matches!(word, "dürfte" | "dürften" | "möchte" | "möchten")
            || matches!(word, "könnte" | "könnten") && !last.is_content;
        let is_one_block = self.lines[last.line].block == line.block;
        let is_hearsay = line.items.iter().any(|item| {
            matches!(&*item.word, "vernehmen" | "angeblich" | "offenbar" | "mutmaßlich" | "mutmasslich")
        });
        let is_demand =
            matches!(word, "soll" | "sollen") && is_next && is_one_block && !is_hearsay && last.is_content;
        is_demand || is_near && moods.has(Moods::REPORTED) || is_next && !is_guess && moods.has(Moods::UNREAL)
    }

    /// Adds a line to the run; one in another block begins a new run of the same speaker.
    fn extend_run(&mut self, number: usize, drafts: &mut [Draft]) {
        let line = &self.lines[number];
        let text = &self.found.report.text;
        let begin = usize::from(line.word(0) == "demnach" && line.items.len() > 1);
        let span = line.span(begin, line.items.len()).trim(text);
        let speaker = self.last.and_then(|last| last.speaker);
        let same_block = |run: &Draft| self.lines[run.line].block == line.block;
        let is_next = self.last.is_some_and(|last| last.line + 1 == number);
        match self.run.as_mut().filter(|run| is_next && same_block(run)) {
            Some(run) => {
                run.outer = run.outer.cover(span);
                run.content = vec![run.outer];
            }
            None => {
                self.close_run(drafts);
                let run = Draft::new(vec![span], Form::Indirect, number);
                self.run = Some(Draft { speaker, rule: "reported-on", ..run });
            }
        }
        self.last = Some(Last { line: number, speaker, is_content: true });
    }

    fn close_run(&mut self, drafts: &mut [Draft]) {
        let Some(run) = self.run.take() else { return };
        let settled = self.settle(run, drafts);
        self.said.extend(settled);
    }

    /// A clause around words between marks is theirs; any other is an indirect quotation.
    fn settle(&self, draft: Draft, drafts: &mut [Draft]) -> Option<Draft> {
        let span = draft.outer;
        let near = self.of_line.range(draft.line..).take_while(|(line, _)| {
            self.lines[**line].items.first().is_some_and(|item| item.span.start() < span.end())
        });
        let inside: Vec<usize> =
            near.flat_map(|(_, own)| own).copied().filter(|at| span.overlap(drafts[*at].outer) > 0).collect();
        let is_whole = inside.iter().any(|at| drafts[*at].outer.overlap(span) * 10 >= span.len() * 9);
        for at in inside.iter().filter(|_| !is_whole) {
            let other = &mut drafts[*at];
            let is_small = other.outer.of(&self.found.report.text).chars().find(|c| c.is_alphanumeric());
            if is_small.is_some_and(char::is_lowercase) && other.content.len() == 1 {
                other.form = Form::Partial;
            }
            if other.form != Form::Partial || !span.contains(other.outer) {
                continue;
            }
            other.clause = other.clause.or(Some(span));
            if WEAK.contains(&other.rule) && draft.speaker.is_some() {
                (other.speaker, other.cue, other.rule) = (draft.speaker, draft.cue, draft.rule);
            }
        }
        (inside.is_empty() && !span.is_empty()).then_some(draft)
    }

    fn remember(&mut self, number: usize, spoke: Option<Span>, drafts: &[Draft]) {
        let own = self.of_line.get(&number).and_then(|own| own.last()).and_then(|at| drafts[*at].speaker);
        let line = &self.lines[number];
        let subject =
            || attribution::reporting_subject(line).map(|phrase| line.span(phrase.start, phrase.end));
        let content = spoke.or(own);
        if let Some(speaker) = content.or_else(subject) {
            self.last = Some(Last { line: number, speaker: Some(speaker), is_content: content.is_some() });
        }
    }
}

/// What a line reports.
fn told(line: &Line) -> Vec<Told> {
    let sources: Vec<Source> = (0..line.end()).filter_map(|at| source::at(line, at)).collect();
    let floor = |source: &Source| {
        let opening = sources.iter().find(|other| other.from == 0 && other.to < source.from);
        opening.map_or(0, |other| other.to + usize::from(line.is_comma(other.to)))
    };
    let mut all: Vec<Told> =
        sources.iter().filter_map(|source| by_source(line, source, floor(source))).collect();
    let is_free = |at: &usize| !sources.iter().any(|source| source.from <= *at && *at < source.to);
    for at in (0..line.end()).filter(is_free) {
        let more = cue::at(line, at).and_then(|say| by_say(line, &say)).or_else(|| by_noun(line, at));
        all.extend(more.filter(|more| !all.iter().any(|told| told.parts == more.parts)));
    }
    // What is told within the words of somebody is theirs.
    let holds = |told: &Told, more: &Told| {
        let inner = &more.parts[0];
        let outer = told.parts.iter().find(|part| part.start <= inner.start && inner.end <= part.end);
        outer.is_some_and(|outer| outer != inner)
    };
    let nested: Vec<bool> =
        all.iter().map(|more| more.is_within && all.iter().any(|told| holds(told, more))).collect();
    let mut nested = nested.into_iter();
    all.retain(|_| nested.next() != Some(true));
    all
}

/// The clause around a source, the source itself left out.
fn by_source(line: &Line, source: &Source, floor: usize) -> Option<Told> {
    let is_parted = source.from > 0 && line.is_comma(source.from - 1);
    let last = source.from - usize::from(is_parted);
    let next = source.to + usize::from(line.is_comma(source.to));
    let opens = is_parted && phrase::is_finite(line, source.to);
    let begin = if opens { source.from } else { clause_begin(line, last, is_parted).max(floor) };
    let is_bound = phrase::depends(line, begin);
    let rest = next..rest_end(line, next, is_bound);
    let opening = begin..last.max(begin);
    let is_opening =
        phrase::past_focus(line, begin, last + 1) >= last || opening.len() < SHORTEST && begin > 0;
    let parts: Vec<Range<usize>> = match is_opening {
        true => vec![rest],
        false => [opening, rest].into_iter().filter(|part| !part.is_empty()).collect(),
    };
    let length: usize = parts.iter().map(Range::len).sum();
    // "kommentierte laut dem Boten mit den Worten: „…“"
    let end = parts.last().map_or(0, |part| part.end);
    let introduces = line.word(end) == ":" && line.quote(end + 1).is_some();
    let is_told = length >= SHORTEST && !parts[0].is_empty() && !introduces;
    is_told.then(|| Told::new(parts, attribution::of_source(source, false)))
}

/// Where the clause around a source ends; one that depends on another ends at its comma.
fn rest_end(line: &Line, next: usize, is_bound: bool) -> usize {
    let end = content_end(line, next.min(line.end()), is_bound);
    let comma = (next..end).find(|at| line.is_comma(*at) && !phrase::depends(line, *at + 1));
    if is_bound { comma.unwrap_or(end) } else { end.max(next) }
}

/// Where the clause begins that goes on to before `last`: at the head of the sentence, behind a colon, or,
/// for a clause that depends on another, at its first word. `is_parted`: a comma ends it.
fn clause_begin(line: &Line, last: usize, is_parted: bool) -> usize {
    let hard = |at: &usize| matches!(line.word(*at), ":" | ";");
    let head = (0..last).rev().find(hard).map_or(0, |at| at + 1);
    let comma = (head..last).rev().find(|at| line.is_comma(*at));
    let is_bound = |at: &usize| phrase::depends(line, at + 1) && (!is_parted || last - at <= 3);
    comma.filter(is_bound).map_or(head, |comma| comma + 1)
}

/// A relative pronoun, no article: no noun follows.
fn is_relative(line: &Line, at: usize) -> bool {
    is("relative", line.word(at)) && phrase::depends(line, at) && !is("subordinator", line.word(at))
}

/// What a verb of saying reports.
fn by_say(line: &Line, say: &Say) -> Option<Told> {
    let is_thought = say.verb.is_thought();
    let of = |rule| attribution::of_say(line, say, if is_thought { "thought" } else { rule }, false);
    let behind = behind(line, say);
    let before = before(line, say).filter(|part| behind.is_none() || holds_subjunctive(line, part.clone()));
    let (part, rule) = match before {
        Some(part) => (part, "cue-end"),
        None => (behind?, "content-clause"),
    };
    let is_open = part.start > say.end && line.word(part.start - 1) == ":" && !is_thought;
    let start = phrase::clause_start(line, say.finite);
    let is_within = words::is_subjunctive(line.word(say.finite)) || phrase::depends(line, start);
    (part.len() >= SHORTEST).then(|| Told {
        is_thought,
        is_within,
        is_open,
        ..Told::new(vec![part], of(rule))
    })
}

/// "Holt sagte, …": the clause behind the comma.
fn behind(line: &Line, say: &Say) -> Option<Range<usize>> {
    let mut from = say.at + 1;
    for _ in 0..4 {
        let comma =
            (from..line.end()).find(|at| line.is_comma(*at) || matches!(line.word(*at), ":" | ";"))?;
        let is_open = line.word(comma) == ":" && line.quote(comma + 1).is_none();
        if !line.is_comma(comma) && !is_open {
            return None;
        }
        let start = comma + 1;
        if let Some(end) = reported_end(line, say, comma) {
            return Some(start..end);
        }
        if !is_aside(line, comma) {
            return None;
        }
        from = start;
    }
    None
}

/// The end of what the clause behind `comma` reports, if it reports something.
fn reported_end(line: &Line, say: &Say, comma: usize) -> Option<usize> {
    let start = comma + 1;
    let word = line.word(start);
    let is_that = matches!(word, "dass" | "daß" | "ob");
    let asks = is("speech-subordinator", word) && comma <= say.end + 8 && !is_relative(line, start);
    if say.verb.takes_clause() && (is_that || asks) {
        return Some(content_end(line, start, true));
    }
    let end = content_end(line, start, false);
    if say.verb.takes_clause() && is_main(line, say, comma, end) {
        return Some(end);
    }
    let accused = matches!(say.verb.lemma, "werfen" | "beschuldigen" | "fordern" | "verdächtigen");
    let takes = say.verb.takes_infinitive() && (!say.is_passive || accused);
    (takes && is_infinitive(line, start)).then_some(end)
}

/// A main clause in the subjunctive; right behind the verb, one in the indicative too.
fn is_main(line: &Line, say: &Say, comma: usize, end: usize) -> bool {
    let start = comma + 1;
    let chunk = (start..end).find(|at| line.is_comma(*at)).unwrap_or(end);
    if phrase::is_finite(line, start) && !words::is_subjunctive(line.word(start)) {
        return false;
    }
    let leads =
        line.word(start) == "wenn" || is("adverb", line.word(start)) && phrase::is_finite(line, start + 1);
    if phrase::depends(line, start) && !leads {
        return false;
    }
    let is_inverted = comma > say.end && phrase::clause_start(line, say.finite) != 0 || comma > say.end + 1;
    let is_phrase = phrase::apposition(line, comma, line.end()).is_some_and(|name| name.end == chunk);
    if is_inverted && is_phrase && chunk < end {
        return false;
    }
    holds_subjunctive(line, start..end) || comma == say.end && is_plain(line, say, start, chunk)
}

/// "Holt sagte, die Fähre ist alt".
fn is_plain(line: &Line, say: &Say, start: usize, chunk: usize) -> bool {
    let verb = (start..chunk).find(|at| phrase::is_finite(line, *at));
    let takes =
        matches!(say.verb.lemma, "sagen" | "meinen" | "glauben" | "erklären" | "betonen" | "versichern");
    let is_led = phrase::starting_at(line, start, chunk).is_some_and(|subject| Some(subject.end) == verb);
    takes && is_led
}

fn holds_subjunctive(line: &Line, part: Range<usize>) -> bool {
    part.into_iter()
        .any(|at| !line.is_capital(at) && line.is_word(at) && words::is_subjunctive(line.word(at)))
}

/// Whether the clause is an infinitive with "zu" and no verb with a subject.
fn is_infinitive(line: &Line, start: usize) -> bool {
    let end = (start..line.end()).find(|at| line.is_comma(*at)).unwrap_or_else(|| line.end());
    let with_zu = |at: usize| {
        let moods = words::moods(line.word(at));
        moods.has(Moods::WITH_ZU)
            || line.word(at - 1) == "zu" && !line.is_capital(at) && line.word(at).ends_with('n')
    };
    let purpose = matches!(line.word(start), "um" | "ohne" | "statt" | "anstatt");
    // "angegriffen zu haben" holds a participle, "vergeben zu haben" one that is a finite form too.
    let is_finite =
        |at: usize| phrase::is_finite(line, at) && !words::moods(line.word(at)).has(Moods::PARTICIPLE);
    !purpose && start > 0 && (start..end).any(with_zu) && !(start..end).any(is_finite)
}

/// Whether the clause behind `comma` is a description or a relative clause, so that what is reported may
/// follow it.
fn is_aside(line: &Line, comma: usize) -> bool {
    let end = (comma + 1..line.end()).find(|at| line.is_comma(*at)).unwrap_or_else(|| line.end());
    let is_phrase = !phrase::holds_finite(line, comma + 1, end);
    is_phrase || is("relative", line.word(comma + 1))
}

/// "Die Fähre sei alt, sagte Holt": the clause before the comma.
fn before(line: &Line, say: &Say) -> Option<Range<usize>> {
    let is_so = say.finite > 1 && line.word(say.finite - 1) == "so";
    let first = say.finite - usize::from(is_so);
    let comma = first.checked_sub(1).filter(|at| line.is_comma(*at) && *at > 0)?;
    if !is_so && phrase::clause_start(line, say.finite) != say.finite || !say.verb.takes_clause() {
        return None;
    }
    let begin = main_begin(line, comma);
    let is_plural = |at: usize| words::moods(line.word(at)).has(Moods::INFINITIVE) && !line.is_capital(at);
    let is_clause = (phrase::holds_finite(line, begin, comma) || (begin..comma).any(is_plural))
        && !matches!(line.word(begin), "um" | "ohne" | "statt" | "anstatt")
        && !is("coordinator", line.word(say.finite + 1))
        && (say.verb.lemma == "heißen"
            || say.is_passive && say.end >= line.end()
            || phrase::behind(line, say.finite).is_some());
    let is_speech = is("speech-subordinator", line.word(begin)) && line.word(begin) != "wie";
    let depends = is("subordinator", line.word(begin)) && !is_speech;
    // "Wenn er käme, werde man reden, sagte Holt", not "Als er kam, sagte Holt".
    let goes_on = |at: usize| line.is_comma(at) && phrase::is_finite(line, at + 1);
    (is_clause && (!depends || (begin..comma).any(goes_on))).then_some(begin..comma)
}

/// The head of the sentence, or what stands behind its last colon.
fn main_begin(line: &Line, last: usize) -> usize {
    let hard = |at: &usize| matches!(line.word(*at), ":" | ";");
    (0..last).rev().find(hard).map_or(0, |at| at + 1)
}

/// "die Forderung, die Fähre zu verkaufen", "mit der Begründung, sie sei alt".
fn by_noun(line: &Line, at: usize) -> Option<Told> {
    if !line.is_capital(at) || !words::SAID.contains(line.word(at)) {
        return None;
    }
    let comma = (at + 1..line.end().min(at + 9)).find(|place| line.is_comma(*place))?;
    let start = comma + 1;
    let is_that = matches!(line.word(start), "dass" | "daß" | "ob");
    let end = phrase_end(line, start, content_end(line, start, is_that));
    let is_main = !phrase::depends(line, start) && holds_subjunctive(line, start..end);
    let is_near = !phrase::holds_finite(line, at + 1, comma);
    let tells = is_near && (is_that || is_main || is_infinitive(line, start));
    let phrase = noun_owner(line, at, comma);
    let of = Attribution { cue: Some((at, at + 1)), verb: None, phrase, rule: "cue-noun", is_strict: false };
    let is_told = tells && end >= start + SHORTEST;
    let part = start..end;
    is_told.then(|| Told { is_within: true, ..Told::new(vec![part], of) })
}

/// What a noun announces ends at the comma behind which its sentence goes on.
fn phrase_end(line: &Line, start: usize, end: usize) -> usize {
    let goes_on = |at: &usize| {
        let next = at + 1;
        let chunk = (next..end).find(|place| line.is_comma(*place)).unwrap_or(end);
        let is_more = phrase::depends(line, next)
            || holds_subjunctive(line, next..chunk)
            || is_infinitive(line, next)
            || is("coordinator", line.word(next));
        line.is_comma(*at) && !is_more
    };
    (start + SHORTEST..end).find(goes_on).unwrap_or(end)
}

/// Whose claim it is: a genitive behind the noun, a possessive before it, the subject of the sentence.
fn noun_owner(line: &Line, noun: usize, comma: usize) -> Option<Phrase> {
    let next = noun + 1;
    let by = usize::from(matches!(line.word(next), "von" | "vom"));
    let is_genitive = is("genitive", line.word(next)) || by > 0;
    let genitive = || phrase::starting_at(line, next + by, comma);
    let verb = || {
        let is_plural =
            |at: &usize| words::moods(line.word(*at)).has(Moods::INFINITIVE) && !line.is_capital(*at);
        let near = || phrase::clause_start(line, noun)..noun;
        let own = near().rev().find(|at| phrase::is_finite(line, *at)).or_else(|| near().find(is_plural));
        let main = phrase::main_verb(line).filter(|verb| *verb < noun);
        phrase::subject(line, own.or(main)?)
    };
    is_genitive.then(genitive).flatten().or_else(verb).filter(|phrase| phrase.end <= comma)
}

/// Where what is reported from `start` on ends: with the sentence, or where the narrator goes on. `is_final`:
/// the verb of the clause stands at its end.
fn content_end(line: &Line, start: usize, is_final: bool) -> usize {
    let end = line.end();
    (start..end).find(|at| is_narrator(line, *at, start, is_final)).unwrap_or(end)
}

/// Whether the comma or "und" at `at` brings the narrator back.
fn is_narrator(line: &Line, at: usize, start: usize, is_final: bool) -> bool {
    let next = at + 1;
    if line.word(at) == ":" && line.quote(next).is_some() {
        return true;
    }
    if line.word(at) == ";" && at > start {
        return !holds_subjunctive(line, next..line.end());
    }
    let joins = matches!(line.word(at), "und" | "aber" | "doch");
    if !(line.is_comma(at) || joins) || at <= start {
        return false;
    }
    // "…, was der Rat bestreitet"
    if line.is_comma(at) && line.word(next) == "was" {
        return !holds_subjunctive(line, next..line.end());
    }
    let next = next + usize::from(line.is_comma(at) && matches!(line.word(next), "und" | "aber" | "doch"));
    let is_source = line.is_comma(at) && source::at(line, next).is_some_and(|source| source.to >= line.end());
    let says = cue::at(line, next).is_some_and(|say| say.finite == next);
    // "… und der Rat forderte"
    let other = |subject: Phrase| {
        let say = cue::at(line, subject.end).filter(|say| say.finite == subject.end);
        say.is_some() && !words::is_subjunctive(line.word(subject.end))
    };
    if joins && !is_final && phrase::starting_at(line, next, line.end()).is_some_and(other) {
        return true;
    }
    let moods = words::moods(line.word(next));
    let is_past = moods.has(Moods::PAST) && !words::is_subjunctive(line.word(next)) && !line.is_capital(next);
    let goes_on =
        is_past && phrase::is_finite(line, next) && (joins || is_final || is_indicative(line, next));
    is_source || says && !line.is_capital(next) || goes_on
}

fn is_indicative(line: &Line, at: usize) -> bool {
    !is("auxiliary", line.word(at))
}
