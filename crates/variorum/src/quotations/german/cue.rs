//! German verbs of saying in a line.
//!
//! In: a line and the place of a word. Out: a [`Say`]: the verb, and the finite form that its subject stands
//! with. A separable particle may stand at the end of the clause ("teilte … mit"); in the perfect and the
//! passive the finite form is an auxiliary.
//! Leaves: what is denied or wished ("sagte nicht", "will sagen"); participles before a noun.

use super::super::lists::{Cue, Shape};
use super::super::narration::Line;
use super::super::speaker::Phrase;
use super::phrase;
use super::words::{self, Moods, is};
use crate::lexicon::{self, Table};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A verb as `saying-verbs.txt` has it.
#[derive(Copy, Clone, Debug)]
pub struct Verb {
    pub lemma: &'static str,
    /// `speech writing post thought`
    pub class: &'static str,
    flags: &'static str,
    particle: Option<&'static str>,
}

impl Verb {
    pub fn takes_clause(&self) -> bool {
        self.flags.contains('c')
    }
    pub fn takes_infinitive(&self) -> bool {
        self.flags.contains('z')
    }
    /// "nannte es „fahrlässig“".
    pub fn is_label(&self) -> bool {
        self.flags.contains('l')
    }
    pub fn is_thought(&self) -> bool {
        self.class == "thought"
    }
    /// For the stages behind, which ask for its class alone.
    pub fn cue(&self) -> Cue {
        Cue::of(self.lemma, self.class, Shape::Past)
    }
}

/// A verb of saying in a line.
#[derive(Copy, Clone, Debug)]
pub struct Say {
    /// Item of the verb.
    pub at: usize,
    /// Item of the finite form: the verb itself or an auxiliary.
    pub finite: usize,
    /// One past the last item of the verb, its particle and its auxiliary.
    pub end: usize,
    pub verb: Verb,
    pub is_passive: bool,
}

/// One form of a verb; whether its particle is written together with it.
#[derive(Copy, Clone, Debug)]
struct Form {
    verb: Verb,
    moods: Moods,
    is_whole: bool,
}

/// The forms of all verbs, those with a particle first.
static FORMS: LazyLock<Table<Vec<Form>, String>> = LazyLock::new(|| {
    let mut forms: BTreeMap<String, Vec<Form>> = BTreeMap::new();
    for row in lexicon::rows(include_str!("../../../lang/de/quotations/saying-verbs.txt")) {
        let [lemma, class, flags, rest @ ..] = row.as_slice() else { continue };
        let verb = Verb { lemma, class, flags, particle: rest.first().copied() };
        for (form, moods) in words::forms(lemma) {
            let particle = verb.particle.unwrap_or_default();
            let mut add = |form: String, is_whole| {
                forms.entry(form).or_default().push(Form { verb, moods, is_whole });
            };
            if verb.particle.is_some() {
                add(format!("{particle}{form}"), true);
            }
            add(form, verb.particle.is_none());
        }
    }
    for all in forms.values_mut() {
        all.sort_by_key(|form| form.verb.particle.is_none());
    }
    Table::of(forms.into_iter())
});

/// The verb of saying at `at`.
pub fn at(line: &Line, at: usize) -> Option<Say> {
    let is_small = line.is_word(at) && (!line.is_capital(at) || at == 0 || line.quote(at - 1).is_some());
    if !is_small {
        return None;
    }
    FORMS.get(line.word(at))?.iter().find_map(|form| say(line, at, form)).filter(|say| !is_denied(line, say))
}

fn say(line: &Line, at: usize, form: &Form) -> Option<Say> {
    let particle = match form.is_whole {
        true => at,
        false => particle(line, at, form.verb.particle?)?,
    };
    let auxiliary = auxiliary(line, at);
    let has = |moods| form.moods.has(moods);
    let is_participle = has(Moods::PARTICIPLE) || form.moods.has(Moods::PRESENT) && is_weak(line, at);
    if let Some(auxiliary) = auxiliary.filter(|_| is_participle) {
        let auxiliary = modal(line, at, auxiliary).unwrap_or(auxiliary);
        let is_passive = line.word(auxiliary).starts_with("w") && line.word(auxiliary) != "war";
        let end = auxiliary.max(at).max(particle) + 1;
        return Some(Say { at, finite: auxiliary, end, verb: form.verb, is_passive });
    }
    let is_plural = has(Moods::INFINITIVE) && !is_infinitive(line, at);
    let is_finite = has(Moods::PRESENT) || has(Moods::PAST) || has(Moods::REPORTED) || has(Moods::UNREAL);
    let end = at.max(particle) + 1;
    (is_finite || is_plural).then_some(Say { at, finite: at, end, verb: form.verb, is_passive: false })
}

/// "erklärt", "betont": the form of the present is also the participle.
fn is_weak(line: &Line, at: usize) -> bool {
    words::moods(line.word(at)).has(Moods::PARTICIPLE)
}

/// Where the particle of the verb at `at` stands: before the comma or mark that ends the clause.
fn particle(line: &Line, at: usize, particle: &str) -> Option<usize> {
    let ends = |place: &usize| {
        matches!(line.word(*place), ":" | ";")
            || line.quote(*place).is_some()
            || is_clause_comma(line, *place)
    };
    let end = (at + 1..line.end()).find(ends).unwrap_or_else(|| line.end());
    let is_particle = |place: &usize| {
        line.word(*place) == particle
            && (!is("prefix", particle) || *place < at || ends_verb(line, *place + 1))
    };
    let behind = (at + 1..end.min(at + 40)).find(is_particle);
    // "bekannt gab", "in Aussicht gestellt", "es hieß"
    behind.or_else(|| (phrase_start(line, at)..at).rev().take(12).find(is_particle))
}

/// Whether a clause ends before `at`, so that what stands there is a particle and no preposition.
fn ends_verb(line: &Line, at: usize) -> bool {
    at >= line.end() || !line.is_word(at) || is("coordinator", line.word(at))
}

/// A comma with a clause behind it that can be reported.
fn is_clause_comma(line: &Line, at: usize) -> bool {
    line.is_comma(at) && is("speech-subordinator", line.word(at + 1)) && line.word(at + 1) != "welcher"
}

/// The auxiliary of the participle at `at`: right behind it, or before it in its clause.
fn auxiliary(line: &Line, at: usize) -> Option<usize> {
    let behind = (at + 1..at + 3).find(|place| is_perfect(line.word(*place)));
    let is_behind = |place: &usize| *place == at + 1 || line.word(at + 1) == "worden";
    let before = || (phrase_start(line, at)..at).rev().take(40).find(|place| is_perfect(line.word(*place)));
    behind.filter(is_behind).or_else(before)
}

/// Behind the last mark before `at` that ends a clause for good.
fn phrase_start(line: &Line, at: usize) -> usize {
    let parts =
        |place: &usize| matches!(line.word(*place), "," | ";" | ":") || phrase::is_own_words(line, *place);
    (0..at).rev().find(parts).map_or(0, |place| place + 1)
}

/// "soll gesagt haben": the finite form where the auxiliary is none.
fn modal(line: &Line, at: usize, auxiliary: usize) -> Option<usize> {
    let is_whole = matches!(line.word(auxiliary), "haben" | "werden") && auxiliary > at;
    let is_modal = |place: &usize| is("auxiliary", line.word(*place));
    (phrase_start(line, at)..at).rev().take(40).find(is_modal).filter(|_| is_whole)
}

fn is_perfect(word: &str) -> bool {
    matches!(
        word,
        "hat"
            | "haben"
            | "hatte"
            | "hatten"
            | "habe"
            | "hätte"
            | "hätten"
            | "wird"
            | "werden"
            | "wurde"
            | "wurden"
            | "werde"
            | "würde"
            | "ist"
            | "sind"
            | "war"
            | "waren"
            | "sei"
            | "seien"
    )
}

/// "will sagen", "zu sagen".
fn is_infinitive(line: &Line, at: usize) -> bool {
    let modal = |place: usize| {
        let word = line.word(place);
        is("auxiliary", word) && !is_perfect(word) || matches!(word, "wird" | "werden" | "würde" | "lässt")
    };
    at == 0 || line.word(at - 1) == "zu" || (phrase_start(line, at)..at).any(modal) || modal(at + 1)
}

fn is_denied(line: &Line, say: &Say) -> bool {
    let before = say.at.checked_sub(1).map_or("", |at| line.word(at));
    matches!(line.word(say.at + 1), "nicht" | "nie" | "niemals") || matches!(before, "nicht" | "nie")
}

/// Who says it.
pub fn speaker(line: &Line, say: &Say) -> Option<Phrase> {
    if say.verb.lemma == "zitieren" {
        return quoted(line, say);
    }
    if say.is_passive {
        return agent(line, say);
    }
    if say.verb.lemma == "heißen" {
        return of_paper(line, say);
    }
    phrase::subject(line, say.finite).filter(|phrase| line.word(phrase.start) != "es")
}

/// "zitiert der Bote den Reeder", "der Reeder wird zitiert": the one quoted, else the one who quotes.
fn quoted(line: &Line, say: &Say) -> Option<Phrase> {
    let by = phrase::subject(line, say.finite)?;
    if say.is_passive {
        return Some(by);
    }
    let from = by.end.max(say.at + 1);
    phrase::starting_at_with_name(line, from, phrase::clause_limit(line, from)).or(Some(by))
}

/// "wurde von der Holt mitgeteilt".
fn agent(line: &Line, say: &Say) -> Option<Phrase> {
    let from = say.finite.min(say.at);
    let limit = first_comma(line, say.end);
    let by = (from..limit).find(|at| matches!(line.word(*at), "von" | "vom" | "seitens" | "durch"))?;
    phrase::starting_at(line, by + 1, limit)
}

fn first_comma(line: &Line, from: usize) -> usize {
    (from..line.end()).find(|at| !line.is_word(*at)).unwrap_or_else(|| line.end())
}

/// "hieß es in einer Mitteilung der Reederei", "heißt es aus dem Rathaus".
fn of_paper(line: &Line, say: &Say) -> Option<Phrase> {
    let limit = (say.at + 1..line.end()).find(|at| line.is_comma(*at)).unwrap_or_else(|| line.end());
    let place = |at: &usize| {
        matches!(line.word(*at), "in" | "im" | "aus" | "von" | "vom" | "seitens" | "bei" | "beim")
    };
    let before = || (phrase::clause_start(line, say.at)..say.at).find(place);
    let at = (say.at + 1..limit).find(place).or_else(before)?;
    phrase::starting_at(line, at + 1, if at < say.at { say.at } else { limit })
}
