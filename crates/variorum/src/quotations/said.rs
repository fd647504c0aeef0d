//! Whether a verb tells that somebody said something.
//!
//! In: a line with parts of speech, and the item of a verb. Out: yes or no; and the verbs of passives, whose speaker nobody names.
//! A wish, a denial, an attribute ("the reported cases") and most passives tell nothing. Where the part of speech is doubtful, the
//! words beside it decide.

use super::attribution;
use super::clause::begins_noun;
use super::lists::{Cue, Shape};
use super::narration::Line;
use crate::tagging::pos::Part;

/// Whether the verb tells that something was said: not "did not say", "was reported by", "the reported cases".
pub fn is_said(line: &Line, cue: usize, verb: Cue) -> bool {
    let last = cue.wrapping_sub(1);
    let is_attribute = verb.shape != Shape::Gerund
        && (cue == 0
            || (matches!(line.tag(last), Some(Part::Det | Part::Adj | Part::Adp | Part::Num))
                || matches!(line.word(last), "their" | "its" | "his" | "our" | "-"))
                && matches!(line.tag(cue + 1), Some(Part::Noun | Part::Propn | Part::Adj | Part::Num)));
    let denied =
        |at: usize| matches!(line.word(at), "not" | "never" | "no") || line.word(at).ends_with("n't");
    let is_denied = (cue.saturating_sub(2)..cue).any(denied) || line.word(0) == "no" && cue < 5;
    let is_passive = verb.shape != Shape::Gerund
        && is_passive(line, cue)
        && line.word(cue + 1) != "that"
        && !is_impersonal(line, cue);
    is_verb(line, cue, verb) && !is_wish(line, cue, verb) && !is_attribute && !is_denied && !is_passive
}

/// Whether the word is a verb, by its tag or, whatever it was tagged, by what stands beside it.
fn is_verb(line: &Line, cue: usize, verb: Cue) -> bool {
    let before = line.word(cue.wrapping_sub(1));
    let by_subject = match verb.shape {
        Shape::Base => {
            before.ends_with('s') && line.tag(cue).is_some() || matches!(before, "they" | "we" | "you" | "i")
        }
        Shape::Past => matches!(before, "has" | "have" | "had"),
        Shape::Third => is_said_by_name(line, cue, verb),
        Shape::Gerund => false,
    };
    matches!(line.tag(cue), Some(Part::Verb | Part::Aux)) || by_subject
}

/// "would say", "refused to say", not "went on to say" and "did say".
fn is_wish(line: &Line, cue: usize, verb: Cue) -> bool {
    let modal = matches!(
        line.word(cue.wrapping_sub(1)),
        "to" | "will" | "would" | "could" | "can" | "should" | "might" | "may" | "must" | "not"
    );
    verb.shape == Shape::Base && modal && !attribution::goes_on_to(line, cue)
}

/// "Coast Wire reports sixteen deaths", "the law states that …": behind a name, or a noun with a clause to follow, the word is a
/// verb whatever it was tagged.
fn is_said_by_name(line: &Line, cue: usize, verb: Cue) -> bool {
    let Some(last) = cue.checked_sub(1) else { return false };
    let behind = line.tag(cue + 1);
    let is_led = line.word(cue + 1) == "that" || matches!(behind, Some(Part::Det | Part::Pron));
    let is_subject = line.is_capital(last) || line.tag(last) == Some(Part::Noun) && is_led;
    verb.takes_clause()
        && line.tag(cue) == Some(Part::Noun)
        && is_subject
        && (begins_noun(line, cue + 1) || behind == Some(Part::Adv) || is_led)
}

/// Whether the noun at `at` is a verb behind a name: "Coast Wire reports that …".
pub fn is_said_by(line: &Line, at: usize) -> bool {
    let verb = line.cue(at).filter(|verb| verb.shape == Shape::Third);
    verb.is_some_and(|verb| at > 0 && line.is_capital(at - 1) && is_said_by_name(line, at, verb))
}

fn is_passive(line: &Line, cue: usize) -> bool {
    let near = (cue.saturating_sub(3)..cue).rev();
    let mut before = near.skip_while(|at| {
        let is_form = matches!(line.word(*at), "is" | "are" | "was" | "were" | "be" | "been" | "being");
        !is_form && matches!(line.tag(*at), Some(Part::Adv | Part::Part))
    });
    before
        .next()
        .is_some_and(|at| matches!(line.word(at), "is" | "are" | "was" | "were" | "be" | "been" | "being"))
}

/// The verb of "it was reported", whose speaker nobody names.
pub fn impersonal(line: &Line, cue: usize) -> Option<Cue> {
    let is_told = line.tag(cue + 1) != Some(Part::Adp);
    line.cue(cue).filter(|verb| verb.shape == Shape::Past && is_told && is_impersonal(line, cue))
}

/// The verb of "residents were told to wait", whose speaker nobody names.
pub fn passive(line: &Line, cue: usize) -> Option<Cue> {
    let verb = line.cue(cue).filter(|verb| {
        verb.shape == Shape::Past
            && matches!(verb.lemma, "tell" | "inform" | "warn" | "advise" | "ask" | "urge")
    })?;
    (line.word(cue.wrapping_sub(1)) != "being" && line.tag(cue) == Some(Part::Verb) && is_passive(line, cue))
        .then_some(verb)
}

/// "It was reported".
fn is_impersonal(line: &Line, cue: usize) -> bool {
    [2, 3].into_iter().any(|back| cue >= back && line.word(cue - back) == "it")
}

/// The item of the verb in "cited the mayor as saying", where `cue` is the word behind "as".
pub fn cited(line: &Line, cue: usize) -> Option<usize> {
    let last = cue.checked_sub(1).filter(|last| line.word(*last) == "as")?;
    let is_verb =
        |at: &usize| line.cue(*at).is_some_and(|verb| matches!(verb.lemma, "cite" | "quote" | "report"));
    (last.saturating_sub(10)..last).rev().take_while(|at| !matches!(line.word(*at), ";" | ":")).find(is_verb)
}
