//! Whose a verb is that has no subject right before it, by parts of speech.
//!
//! In: a line whose words are tagged, and the item of a verb or of "who". Out: the [`Phrase`] of its subject: of "Ruiz shut the gate
//! and said" and "Ruiz stayed away, saying" that of the clause before; of "the nurse, who said" what "who" stands for; of "After
//! claiming that …, Ruiz left" that of the clause behind. No parse: a noun phrase is read to the left as long as its parts of speech
//! allow, and clauses that another verb, a conjunction or a relative pronoun governs are passed over.
//! Leaves: subjects in another sentence.

use super::clause::{self, finite};
use super::lists;
use super::narration::Line;
use super::speaker::{self, Phrase};
use crate::tagging::dictionary::{NOUN_COMMUNICATION, NOUN_GROUP, NOUN_PERSON};
use crate::tagging::pos::Part;
use crate::vocabulary::ROLES;

/// How far to the left of a verb the clause is looked for that it goes on, in items.
const REACH: usize = 120;
/// Longest noun phrase, in items.
const LONGEST: usize = 26;
/// Longest aside between a subject and its verb, in items.
const ASIDE: usize = 30;

/// The subject of the clause that the verb at `cue` goes on, not further left than `floor`: that of the nearest verb whose clause
/// hangs on no other, and behind a conjunction that of the nearest verb.
pub fn of_clause(line: &Line, cue: usize, floor: usize) -> Option<Phrase> {
    line.tag(cue)?;
    let floor = floor.max(behind_dateline(line)).max(cue.saturating_sub(REACH));
    let verbs = (floor + 1..cue).rev().filter(|&at| finite(line, at));
    let told = verbs.filter_map(|verb| of_verb(line, verb, floor).map(|(phrase, tie)| (verb, phrase, tie)));
    let mut told = told.filter(|(_, phrase, _)| speaker::is_plausible(line, *phrase)).peekable();
    let is_joined = cue > 0 && matches!(line.word(cue - 1), "and" | "but" | "or" | "then");
    let nearest = told.peek().map(|(_, phrase, _)| *phrase);
    let goes_on = |verb: usize, tie: Tie| match tie {
        Tie::Free => true,
        Tie::Time => is_joined,
        Tie::Relative => !(verb..cue).any(|at| line.is_comma(at)),
        Tie::Other => false,
    };
    let free = told.find(|(verb, _, tie)| goes_on(*verb, *tie)).map(|(_, phrase, _)| phrase);
    free.or(nearest)
}

/// What a clause hangs on.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Tie {
    Free,
    /// A conjunction: "after Ruiz left".
    Time,
    /// A relative pronoun: "Ruiz, who left".
    Relative,
    /// A verb: "said Ruiz left".
    Other,
}

/// The subject of the verb at `verb`, and what its clause hangs on.
fn of_verb(line: &Line, verb: usize, floor: usize) -> Option<(Phrase, Tie)> {
    let ties = |at: usize| matches!(line.tag(at), Some(Part::Aux | Part::Adv | Part::Part));
    let mut end = verb;
    while end > floor && ties(end - 1) {
        end -= 1;
    }
    if end == floor || matches!(line.word(end - 1), "which" | "that" | "whose" | "where" | "to") {
        return None;
    }
    if line.word(end - 1) == "who" {
        return Some((of_relative(line, end - 1, floor)?, Tie::Relative));
    }
    let end = if line.is_comma(end - 1) { before_aside(line, end - 1, floor)? } else { end };
    let mut phrase = ending_at(line, end, floor)?;
    while let Some(before) = phrase.start.checked_sub(1).filter(|before| *before >= floor) {
        let word = line.word(before);
        let joins = matches!(word, "and" | "but" | "so" | "yet" | "or");
        match line.tag(before) {
            // "the owner of the mill"
            Some(Part::Adp) if before > floor => {
                let wider = ending_at(line, before, floor).filter(|wider| wider.start < before);
                let Some(wider) = wider else { return Some((phrase, Tie::Time)) };
                phrase = Phrase { start: wider.start, end: phrase.end };
            }
            _ if word == "that" => return Some((phrase, Tie::Other)),
            Some(Part::Verb | Part::Aux) => return Some((phrase, Tie::Other)),
            Some(Part::Sconj | Part::Adp) => return Some((phrase, Tie::Time)),
            _ if !joins && lists::CLAUSE_WORDS.contains(word) => return Some((phrase, Tie::Time)),
            _ => break,
        }
    }
    Some((phrase, Tie::Free))
}

/// The comma that opens the aside which the one at `comma` closes: "Ruiz, back from Alm, left".
fn before_aside(line: &Line, comma: usize, floor: usize) -> Option<usize> {
    let opens = |at: &usize| line.is_comma(*at) && ending_at(line, *at, floor).is_some();
    let open = (floor.max(comma.saturating_sub(ASIDE))..comma).rev().find(opens)?;
    let is_relative = matches!(line.word(open + 1), "who" | "which" | "whose" | "where" | "when" | "as");
    (is_relative || !(open + 1..comma).any(|at| finite(line, at))).then_some(open)
}

/// The phrase right before a participle, where it means somebody, or words: "with one poster writing", "a message stating".
pub fn beside(line: &Line, cue: usize, floor: usize) -> Option<Phrase> {
    let phrase = ending_at(line, cue, floor)?;
    let is_words = line.items[phrase.end - 1].noun == NOUN_COMMUNICATION;
    let is_pronoun = lists::PRONOUNS.contains(line.word(phrase.start));
    (is_words || is_pronoun || is_somebody(line, phrase)).then_some(phrase)
}

/// Who is accused of what the participle at `cue` tells: "accused Ruiz of telling lies".
pub fn accused(line: &Line, cue: usize) -> Option<Phrase> {
    let adverbs = (0..cue).rev().take_while(|at| line.tag(*at) == Some(Part::Adv)).count();
    let of = (cue - adverbs).checked_sub(1).filter(|of| line.word(*of) == "of")?;
    let accuses =
        |at: &usize| matches!(line.word(*at), "accuse" | "accuses" | "accused" | "accusing" | "suspected");
    let verb = (of.saturating_sub(ACCUSED)..of).rev().find(accuses)?;
    let phrase = speaker::starting_at(line, verb + 1, of).filter(|phrase| phrase.end == of)?;
    (is_somebody(line, phrase) || lists::PRONOUNS.contains(line.word(phrase.start))).then_some(phrase)
}

/// Longest phrase of who is accused, in items.
const ACCUSED: usize = 8;

/// What the relative pronoun at `who` stands for.
pub fn of_relative(line: &Line, who: usize, floor: usize) -> Option<Phrase> {
    line.tag(who)?;
    let has_comma = who > floor && line.is_comma(who - 1);
    let end = before_bracket(line, who - usize::from(has_comma), floor);
    let near = ending_at(line, end, floor);
    if let Some(near) = near.filter(|near| is_somebody(line, *near)) {
        return Some(near);
    }
    // "a nurse, working late, who said"; "the head of the union, who said".
    let aside = (floor..end).rev().find(|at| line.is_comma(*at)).filter(|_| has_comma);
    let tie = near.and_then(|near| near.start.checked_sub(1)).filter(|at| line.tag(*at) == Some(Part::Adp));
    let further = [tie.map(|tie| (tie, end)), aside.map(|comma| (comma, comma))];
    further.into_iter().flatten().find_map(|(before, end)| {
        let phrase = ending_at(line, before_bracket(line, before, floor), floor)?;
        is_somebody(line, phrase).then_some(Phrase { start: phrase.start, end: end.max(phrase.end) })
    })
}

/// Past the bracket that ends at `end`, to the left: "Ana Ruiz (44), who".
fn before_bracket(line: &Line, end: usize, floor: usize) -> usize {
    if end <= floor || line.word(end - 1) != ")" {
        return end;
    }
    (floor..end).rev().take(12).find(|at| line.word(*at) == "(").unwrap_or(end)
}

/// Where the content of a participle that opens the sentence ends, and the subject of the clause behind: "After claiming that …, Ruiz
/// left".
pub fn behind_fronted(line: &Line, cue: usize, end: usize) -> Option<(usize, Phrase)> {
    let opens = (0..cue).all(|at| matches!(line.tag(at), Some(Part::Adp | Part::Adv | Part::Sconj)));
    let commas = (cue + 2..end).filter(|at| line.is_comma(*at) && opens && line.tag(cue).is_some());
    commas.take(6).find_map(|comma| {
        let phrase = speaker::starting_at(line, comma + 1, end)?;
        let is_led = phrase.start == comma + 1 && !lists::CLAUSE_WORDS.contains(line.word(comma + 1));
        let verb = (phrase.start + 1..end.min(phrase.end + 3)).find(|at| finite(line, *at))?;
        let whole = Phrase { start: phrase.start, end: phrase.end.min(verb) };
        let is_told = is_led && (is_somebody(line, whole) || clause::is_pronoun(line, whole.start));
        (is_told && !(comma + 1..verb).any(|at| line.is_comma(at))).then_some((comma, whole))
    })
}

/// Who makes the statement at `noun`: "Ruiz issued a statement that …", not "Ruiz rejected the claim that …".
pub fn of_stating(line: &Line, noun: usize) -> Option<Phrase> {
    let is_of_noun = |at: &usize| {
        matches!(
            line.tag(*at),
            Some(Part::Det | Part::Adj | Part::Noun | Part::Num | Part::Propn | Part::Adv)
        ) || line.word(*at) == "-"
    };
    let before = noun - (0..noun).rev().take_while(is_of_noun).count();
    let verb = before.checked_sub(1).filter(|verb| lists::STATING.contains(line.word(*verb)))?;
    let (phrase, _) = of_verb(line, verb, behind_dateline(line))?;
    (is_somebody(line, phrase) || clause::is_pronoun(line, phrase.start)).then_some(phrase)
}

/// Whether somebody threatens at `cue`: "The storm threatened to flood the town" is no threat.
pub fn is_threat(line: &Line, cue: usize) -> bool {
    let phrase = of_verb(line, cue, 0).map(|(phrase, _)| phrase);
    phrase.is_none_or(|phrase| is_somebody(line, phrase) || line.tag(phrase.start) == Some(Part::Pron))
}

/// Whether the head of the phrase, its last word, means people or a body.
pub fn is_somebody(line: &Line, phrase: Phrase) -> bool {
    (phrase.start..phrase.end).rev().find(|at| line.is_word(*at)).is_some_and(|head| is_person(line, head))
}

fn is_person(line: &Line, at: usize) -> bool {
    let item = &line.items[at];
    let single = item.word.strip_suffix('s').unwrap_or(&item.word);
    item.is_person
        || matches!(item.noun, NOUN_PERSON | NOUN_GROUP)
        || ROLES.contains_key(single)
        || line.tag(at) == Some(Part::Propn)
        || matches!(
            &*item.word,
            "those"
                | "one"
                | "people"
                | "men"
                | "women"
                | "children"
                | "many"
                | "some"
                | "others"
                | "several"
                | "most"
                | "few"
        )
}

/// Whether a common noun before the name of a person is no part of its phrase: "the site Lund said", but not "the singer Lund".
pub fn parts_from_name(line: &Line, at: usize) -> bool {
    let Some(item) = line.items.get(at) else { return false };
    let is_common = item.tag == Some(Part::Noun) && !item.is_capital && !item.is_person;
    let mut name = line.items[at + 1..].iter().take_while(|item| item.is_capital);
    let several = item.word.ends_with('s') && !item.word.ends_with("ss");
    is_common && (several || !is_person(line, at)) && name.any(|item| item.is_person)
}

/// The noun phrase that ends before `end`.
fn ending_at(line: &Line, end: usize, floor: usize) -> Option<Phrase> {
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    if line.tag(last) == Some(Part::Pron) && lists::PRONOUNS.contains(line.word(last)) {
        return Some(Phrase { start: last, end });
    }
    let is_head = matches!(line.tag(last), Some(Part::Noun | Part::Propn | Part::Num | Part::Adj))
        || line.word(last) == ")" && line.tag(last).is_some();
    if !is_head {
        return None;
    }
    let mut start = end;
    while start > floor && end - start < LONGEST {
        match step(line, start - 1, end, floor) {
            Step::Take => start -= 1,
            Step::Last => {
                start -= 1;
                break;
            }
            Step::Stop => break,
        }
    }
    (start < end && (start..end).any(|at| line.is_word(at))).then_some(Phrase { start, end })
}

enum Step {
    Take,
    /// Belongs to the phrase and begins it.
    Last,
    Stop,
}

fn step(line: &Line, at: usize, end: usize, floor: usize) -> Step {
    if let Some(is_inside) = speaker::is_inside(line, at, end, floor) {
        return if is_inside { Step::Take } else { Step::Stop };
    }
    let word = line.word(at);
    if at + 1 < end && parts_from_name(line, at) {
        return Step::Stop;
    }
    match line.tag(at) {
        Some(Part::Det) => Step::Last,
        Some(Part::Pron) if matches!(word, "his" | "her" | "its" | "their" | "our" | "my" | "your") => {
            Step::Last
        }
        Some(Part::Noun | Part::Propn | Part::Num | Part::Adj) => Step::Take,
        // "a retired nurse", "the newly elected mayor": a participle with its article.
        Some(Part::Verb | Part::Adv) if at + 1 < end => {
            let mut before = (floor.max(at.saturating_sub(3))..at).rev();
            let is_led = before.find(|&at| !matches!(line.tag(at), Some(Part::Adj | Part::Adv)));
            let has_article = is_led.is_some_and(|at| line.tag(at) == Some(Part::Det));
            if has_article { Step::Take } else { Step::Stop }
        }
        Some(Part::Cconj) if at > floor && at + 1 < end => {
            let joins_names = line.is_capital(at - 1) && line.is_capital(at + 1);
            if joins_names && word == "and" { Step::Take } else { Step::Stop }
        }
        _ => Step::Stop,
    }
}

/// Behind the place and agency that a report begins with: "HARL, Alm (Coast Wire) — ".
fn behind_dateline(line: &Line) -> usize {
    let is_place = |at: &usize| line.is_capital(*at) || matches!(line.word(*at), "," | "." | "-");
    let places = (0..line.items.len().min(8)).take_while(is_place).count();
    if places == 0 {
        return 0;
    }
    let is_dash = |at: usize| matches!(line.word(at), "—" | "–" | "-" | "―");
    let close = (places + 1..line.items.len().min(places + 6)).find(|at| line.word(*at) == ")");
    match close.filter(|_| line.word(places) == "(") {
        Some(close) => close + 1 + usize::from(is_dash(close + 1)),
        None if is_dash(places) => places + 1,
        None => 0,
    }
}
