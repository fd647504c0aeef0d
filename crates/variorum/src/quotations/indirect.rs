//! Finds indirect speech: the clause that a speech verb or "according to" reports.
//!
//! In: lines, and the direct and partial quotations found before. Out: drafts of indirect quotations; partial ones get
//! the clause they are worked into. A clause begins behind the verb (and "that"), and ends with the sentence or before
//! the next cue: ", but said", ", adding", ", according to". Rules: `content-clause`, `cue-end`, `according-to`,
//! `headline-colon`.
//! Leaves: what somebody thinks or hopes, content in the next sentence, infinitives ("promised to go").

use super::attribution::{self, Attribution};
use super::lists::{self, Cue, Shape};
use super::narration::{Line, Part};
use super::passages::Fragment;
use super::speaker::{self, Phrase};
use super::weave::Draft;
use crate::model::{Annotated, BlockKind, Form};
use std::collections::BTreeMap;

/// Fewest items of a content clause.
const SHORTEST: usize = 3;

/// The indirect quotations of all lines. Fills `clause` of the partial ones among `drafts`.
pub fn find(found: &Annotated, _fragments: &[Fragment], lines: &[Line], drafts: &mut [Draft]) -> Vec<Draft> {
    let mut of_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.parent.is_none()) {
        of_line.entry(draft.line).or_default().push(at);
    }
    let mut more = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let own = of_line.get(&number).map(Vec::as_slice).unwrap_or_default();
        for clause in clauses(line, drafts, own, found.report.blocks[line.block].kind) {
            more.extend(settle(found, line, number, &clause, drafts, own));
        }
    }
    more
}

/// A content clause: items `start..end`, with its attribution.
struct Clause {
    start: usize,
    end: usize,
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
    let span = line.span(clause.start, clause.end).trim(&found.report.text);
    let mut settled = false;
    for at in own {
        let draft = &mut drafts[*at];
        if !span.contains(draft.outer) {
            settled |= span.overlap(draft.outer) > 0;
            continue;
        }
        if draft.form == Form::Partial && draft.cue_item == clause.of.cue.map(|cue| cue.0) {
            draft.clause = Some(span);
        }
        settled = true;
    }
    if settled || span.is_empty() {
        return None;
    }
    let phrase = clause.of.phrase?;
    Some(Draft {
        content: vec![span],
        outer: span,
        clause: None,
        form: Form::Indirect,
        parent: None,
        speaker: Some(line.span(phrase.start, phrase.end)),
        cue: clause.of.cue.map(|cue| line.span(cue.0, cue.1)),
        verb: clause.of.verb,
        rule: clause.of.rule,
        closed: true,
        channel: None,
        platform: None,
        channel_span: None,
        line: number,
        cue_item: clause.of.cue.map(|cue| cue.0),
        item: clause.start,
    })
}

fn clauses(line: &Line, drafts: &[Draft], own: &[usize], kind: BlockKind) -> Vec<Clause> {
    let taken = |cue: usize| {
        own.iter().any(|at| drafts[*at].cue_item == Some(cue) && drafts[*at].form == Form::Direct)
    };
    if matches!(kind, BlockKind::Headline | BlockKind::Dek)
        && let Some(clause) = headline(line)
    {
        return vec![clause];
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.items.len() {
        let clause = if line.word(at) == "according" && line.word(at + 1) == "to" {
            according(line, at).filter(|_| !taken(at))
        } else {
            attribution::cue_at(line, at)
                .filter(|_| !taken(at))
                .and_then(|verb| behind(line, at, verb).or_else(|| before(line, at, verb)))
        };
        match clause {
            Some(clause) => {
                at = clause.end.max(at + 1);
                found.push(clause);
            }
            None => at += 1,
        }
    }
    found
}

/// "Ruiz said (that) the road was closed".
fn behind(line: &Line, cue: usize, verb: Cue) -> Option<Clause> {
    if !verb.takes_clause() || verb.shape == Shape::Base && !is_plural_subject(line.word(cue.wrapping_sub(1)))
    {
        return None;
    }
    let start = content_start(line, cue, verb)?;
    let end = content_end(line, start);
    let of = attribution::with_subject(line, cue, verb, "content-clause", false);
    let of = Attribution { rule: "content-clause", ..of };
    (end >= start + SHORTEST && of.phrase.is_some()).then_some(Clause { start, end, of })
}

fn is_plural_subject(word: &str) -> bool {
    !matches!(
        word,
        "to" | "will" | "would" | "did" | "could" | "can" | "should" | "might" | "may" | "must" | "not"
    )
}

fn content_start(line: &Line, cue: usize, verb: Cue) -> Option<usize> {
    let mut start = cue + 1;
    while is_adverb(line, start) {
        start += 1;
    }
    if let Some(that) = that_within(line, start, verb) {
        return Some(that);
    }
    if verb.takes_listener() && verb.lemma != "promise" {
        let listener = speaker::starting_at(line, start, line.items.len())?;
        start = listener.end;
        let clause = begins_clause(line, start)
            || matches!(line.word(start), "if" | "whether" | "how" | "why" | "what");
        return (clause && holds_verb(line, start)).then_some(start);
    }
    let word = line.word(start);
    let number = verb.shape == Shape::Past
        && (line.items.get(start)?.part == Part::Number || lists::QUANTITIES.contains(word));
    if verb.takes_number() && number || verb.takes_gerund() && word.ends_with("ing") && word.len() > 4 {
        return Some(start);
    }
    let pronoun = matches!(word, "he" | "she" | "they" | "we" | "i");
    let governed =
        verb.shape == Shape::Gerund && lists::PREPOSITIONS.contains(line.word(cue.wrapping_sub(1)));
    if verb.needs_that() && !pronoun || governed {
        return None;
    }
    let asks = matches!(word, "whether" | "how" | "why" | "what" | "if") && verb.lemma != "say";
    (asks || begins_clause(line, start) && holds_verb(line, start)).then_some(start)
}

/// Behind "that", where only a listener and words of time and place stand between.
fn that_within(line: &Line, start: usize, verb: Cue) -> Option<usize> {
    let reach = if verb.takes_listener() { 12 } else { 9 };
    let that = (start..line.items.len().min(start + reach)).find(|at| line.word(*at) == "that")?;
    let between = start..that;
    let clear =
        between.clone().all(|at| line.quote(at).is_none() && !lists::AUXILIARIES.contains(line.word(at)));
    let adverbial = start == that
        || verb.takes_listener()
        || lists::PREPOSITIONS.contains(line.word(start))
        || between.clone().all(|at| lists::SPEECH_ADVERBS.contains(line.word(at)));
    (clear && adverbial && begins_clause(line, that + 1)).then_some(that + 1)
}

fn is_adverb(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let day = line.is_capital(at) && lists::SPEECH_ADVERBS.contains(word);
    day || word == "on" && line.is_capital(at + 1) && lists::SPEECH_ADVERBS.contains(line.word(at + 1))
        || !line.is_capital(at) && word.ends_with("ly") && word.len() > 4
        || matches!(word, "again" | "later" | "earlier" | "today" | "yesterday" | "also")
}

/// A subject can stand here.
fn begins_clause(line: &Line, at: usize) -> bool {
    let Some(item) = line.items.get(at) else { return false };
    let word = line.word(at);
    let quoted = line.quote(at).is_some();
    let noun = item.part == Part::Word
        && !lists::PREPOSITIONS.contains(word)
        && !lists::CLAUSE_WORDS.contains(word)
        && !lists::AUXILIARIES.contains(word);
    let amount = lists::QUANTITIES.contains(word) || matches!(word, "£" | "$" | "€");
    quoted || amount || item.part == Part::Number || noun || lists::DETERMINERS.contains(word)
}

/// Whether a finite verb stands in the clause that begins at `start`, before it turns into something else.
fn holds_verb(line: &Line, start: usize) -> bool {
    let subject = matches!(line.word(start), "he" | "she" | "they" | "we" | "i");
    let end = (start + 1..line.items.len())
        .find(|at| line.is_comma(*at) || matches!(line.word(*at), "who" | "which" | ";" | ":"))
        .unwrap_or(line.items.len());
    subject
        || (start + 1..end).any(|at| {
            let word = line.word(at);
            let past = word.len() > 4
                && word.ends_with("ed")
                && !line.is_capital(at)
                && !lists::DETERMINERS.contains(line.word(at - 1))
                && !lists::PREPOSITIONS.contains(line.word(at - 1));
            lists::AUXILIARIES.contains(word) || past || word.ends_with("n't")
        })
}

/// One past the last item of the clause.
fn content_end(line: &Line, start: usize) -> usize {
    let end = line.end();
    for at in start + 1..end {
        if line.word(at) == ";" || parted(line, at) {
            return at;
        }
    }
    end
}

/// Whether the narrator's next cue begins at item `at`.
fn parted(line: &Line, at: usize) -> bool {
    let comma = line.is_comma(at);
    let joins = |place: usize| {
        matches!(line.word(place), "but" | "and" | "while" | "though" | "although" | "yet" | "then")
    };
    let begin = at + usize::from(comma);
    if comma && line.word(begin) == "according" {
        return true;
    }
    let behind_words = comma || joins(at) || line.quote(at.wrapping_sub(1)).is_some();
    if !behind_words {
        return false;
    }
    let verb = begin + usize::from(joins(begin));
    let quoted = line.quote(at.wrapping_sub(1)).is_some();
    let gerund =
        attribution::cue_at(line, verb).is_some_and(|cue| cue.shape == Shape::Gerund) && (comma || quoted);
    let elided = joins(begin)
        && (verb..verb + 2)
            .any(|place| place == verb || lists::SPEECH_ADVERBS.contains(line.word(verb)))
            .then(|| finite(line, verb).or_else(|| finite(line, verb + 1)))
            .flatten()
            .is_some()
        && !is_noun_before(line, verb);
    let pronoun = matches!(line.word(verb), "he" | "she" | "they")
        && (finite(line, verb + 1).is_some()
            || lists::SPEECH_ADVERBS.contains(line.word(verb + 1)) && finite(line, verb + 2).is_some());
    let trailing = comma
        && attribution::trailing_cue(line)
            .is_some_and(|cue| speaker::before(line, cue, begin).is_some_and(|phrase| phrase.start == begin));
    gerund || elided || (comma || joins(at)) && pronoun || trailing
}

fn finite(line: &Line, at: usize) -> Option<Cue> {
    attribution::cue_at(line, at).filter(|cue| {
        matches!(cue.shape, Shape::Past | Shape::Third) && (cue.takes_clause() || cue.is_label())
    })
}

fn is_noun_before(line: &Line, at: usize) -> bool {
    lists::DETERMINERS.contains(line.word(at))
}

/// "The road was closed, Ruiz said."
fn before(line: &Line, cue: usize, verb: Cue) -> Option<Clause> {
    if let Some(clause) = before_inverted(line, cue, verb) {
        return Some(clause);
    }
    if attribution::trailing_cue(line) != Some(cue) || !verb.takes_clause() {
        return None;
    }
    let phrase = speaker::before(line, cue, 0).filter(|phrase| speaker::is_plausible(line, *phrase))?;
    let comma = phrase.start.checked_sub(1).filter(|at| line.is_comma(*at))?;
    let start = content_head(line);
    let whole = comma >= start + SHORTEST
        && holds_verb(line, start)
        && (!lists::PREPOSITIONS.contains(line.word(start))
            || matches!(line.word(start + 1), "least" | "most"));
    let of = Attribution {
        cue: Some((cue, cue + 1)),
        verb: Some(verb),
        phrase: Some(phrase),
        rule: "cue-end",
        is_strict: false,
    };
    whole.then_some(Clause { start, end: comma, of })
}

/// "The road was closed, said the mayor."
fn before_inverted(line: &Line, cue: usize, verb: Cue) -> Option<Clause> {
    let finite = matches!(verb.shape, Shape::Past | Shape::Third) && verb.takes_clause();
    let comma = cue.checked_sub(1).filter(|at| finite && line.is_comma(*at))?;
    let phrase = speaker::starting_at_with_name(line, cue + 1)
        .filter(|phrase| speaker::is_plausible(line, *phrase))?;
    let start = content_head(line);
    let named = line.is_capital(phrase.end - 1) || lists::DETERMINERS.contains(line.word(phrase.start));
    let whole = named && phrase.end + 3 >= line.end() && comma >= start + SHORTEST && holds_verb(line, start);
    let quoted = (start..comma).any(|at| line.quote(at).is_some());
    let of = Attribution {
        cue: Some((cue, cue + 1)),
        verb: Some(verb),
        phrase: Some(phrase),
        rule: "cue-end",
        is_strict: false,
    };
    (whole && !quoted).then_some(Clause { start, end: comma, of })
}

fn according(line: &Line, at: usize) -> Option<Clause> {
    let of = attribution::according(line, at, false)?;
    let phrase: Phrase = of.phrase?;
    if at <= 1 || line.word(at - 1) == "that" {
        let mut start = phrase.end;
        while start < line.items.len() && line.is_comma(start) {
            start += 1;
            if line.word(start).ends_with("ing")
                || line.word(start) == "who"
                || line.is_capital(start) && !holds_verb(line, start)
            {
                start = (start..line.items.len()).find(|place| line.is_comma(*place))?;
            }
        }
        let end = content_end(line, start);
        return (end >= start + SHORTEST).then_some(Clause { start, end, of });
    }
    let end = if line.is_comma(at - 1) { at - 1 } else { at };
    let start = after_connective(line, content_head(line), end);
    (end >= start + SHORTEST).then_some(Clause { start, end, of })
}

/// Past the words that tie a sentence to the one before.
fn content_head(line: &Line) -> usize {
    let tied = matches!(line.word(0), "but" | "and" | "however" | "meanwhile" | "still" | "so");
    usize::from(tied) + usize::from(tied && line.is_comma(1))
}

/// "The vote came a day after the dam broke, according to …": who is named vouches for the dam, not for the link the
/// narrator makes with "came after".
fn after_connective(line: &Line, start: usize, end: usize) -> usize {
    let came = (start..end.min(start + 12))
        .find(|at| matches!(line.word(*at), "came" | "comes" | "come" | "follows" | "followed"));
    let Some(came) = came else { return start };
    let link =
        (came + 1..end.min(came + 8)).find(|at| matches!(line.word(*at), "after" | "as" | "before" | "when"));
    link.filter(|link| holds_verb(line, link + 1) && link + SHORTEST < end).map_or(start, |link| link + 1)
}

/// "Dam unsafe for years: engineers".
fn headline(line: &Line) -> Option<Clause> {
    let end = line.end();
    let colon = (end.saturating_sub(4)..end).find(|at| line.word(*at) == ":")?;
    let known = lists::SOURCES.contains(line.word(end - 1))
        && colon + 1 < end
        && !line.items[..end].iter().any(|item| matches!(item.part, Part::Quote(_)));
    let of = Attribution {
        cue: None,
        verb: None,
        phrase: Some(Phrase { start: colon + 1, end }),
        rule: "headline-colon",
        is_strict: false,
    };
    (known && colon >= SHORTEST).then_some(Clause { start: 0, end: colon, of })
}
