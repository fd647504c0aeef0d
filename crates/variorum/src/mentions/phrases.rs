//! Lays out who could be meant by a pronoun: names, descriptions, and nouns of people and bodies that nobody named bears.
//!
//! In: a report with its words tagged, and its mentions. Out: phrases in text order, each with the part it plays in its clause.
//! That part is read off the parts of speech beside it (no parse): behind a preposition oblique, behind a verb object, before a
//! verb subject, before a possessive ending owner.
//! Leaves: noun phrases that mean neither people nor bodies.

use crate::model::{Annotated, EntityKind, Gender, Mention, MentionForm};
use crate::span::Span;
use crate::tagging::Word;
use crate::tagging::dictionary::{NOUN_GROUP, NOUN_PERSON};
use crate::tagging::pos::Part;
use crate::token;
use crate::vocabulary::ROLES;

/// The part a phrase plays in its clause.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Before its verb.
    Subject,
    /// Behind a verb.
    Object,
    /// Behind a preposition.
    Oblique,
    /// Before a possessive ending, or a possessive pronoun.
    Owner,
    /// None that the words show.
    Other,
}

/// Who a phrase means.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Index in the report's entities.
    Entity(usize),
    /// Somebody or something without a name: the number of the phrase that brings it in.
    Unnamed(usize),
}

/// One phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The whole phrase.
    pub span: Span,
    /// Index one past its last word in the tagged words.
    pub end: usize,
    /// Index of its sentence.
    pub sentence: usize,
    /// Its part in the clause.
    pub role: Role,
    /// Who it means.
    pub who: Who,
    /// Whether people, bodies or others are meant.
    pub kind: EntityKind,
    /// As the noun shows it.
    pub gender: Option<Gender>,
    /// What the first word of a phrase without a name tells of how well known its bearer is.
    pub opening: Opening,
    /// Whether it stands between quotation marks; [`find`] leaves that open.
    pub is_quoted: bool,
    /// Whether a mention gives it as a description.
    pub is_description: bool,
    /// Whether a verb of speech stands beside it.
    pub speaks: bool,
}

/// How a noun phrase begins.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// With a name, or any other way.
    Bare,
    /// "a", "one", "another".
    Indefinite,
    /// "the", "this".
    Definite,
    /// "his", "their".
    Owned,
}

/// How many words before a noun belong to its phrase at most.
const LONGEST: usize = 6;
/// How far behind a phrase its verb is looked for, in words.
const REACH: usize = 25;

/// The phrases of `found`: its `mentions` but for pronouns, and nouns beside them.
pub fn find(found: &Annotated, mentions: &[Mention]) -> Vec<Phrase> {
    let words = &found.tagged.words;
    let mut all: Vec<Phrase> = Vec::with_capacity(mentions.len() * 2);
    let mut covered = vec![false; words.len()];
    let made = |span: Span, start: usize, end: usize, sentence: usize| {
        let around = Sentence::at(found, sentence);
        Phrase {
            span,
            end,
            sentence,
            role: around.role(start, end),
            speaks: around.speaks(start, end),
            who: Who::Unnamed(start),
            kind: EntityKind::Other,
            gender: None,
            opening: Opening::Bare,
            is_quoted: false,
            is_description: false,
        }
    };
    // Words, sentences and mentions all stand in text order.
    let (mut start, mut sentence) = (0, 0);
    for mention in mentions.iter().filter(|mention| mention.form != MentionForm::Pronoun) {
        let from = mention.span.start();
        start += words[start..].iter().take_while(|word| word.span.start() < from).count();
        let inside = words[start..].iter().take_while(|word| word.span.start() < mention.span.end());
        let end = start + inside.count();
        if start == end {
            continue;
        }
        covered[start..end].fill(true);
        sentence += found.sentences[sentence..].iter().take_while(|s| s.span.end() <= from).count();
        if sentence >= found.sentences.len() {
            continue;
        }
        let is_plural = mention.entity.is_none() && is_plural(found.words(words[end - 1].span));
        all.push(Phrase {
            who: mention.entity.map_or(Who::Unnamed(start), Who::Entity),
            kind: mention.kind,
            gender: is_plural.then_some(Gender::Plural),
            is_description: mention.form == MentionForm::Description,
            ..made(mention.span, start, end, sentence)
        });
    }
    let mut sentence = 0;
    for (noun, word) in words.iter().enumerate() {
        let kind = match word.noun {
            NOUN_PERSON => EntityKind::Person,
            NOUN_GROUP => EntityKind::Organisation,
            _ => continue,
        };
        let is_head = word.part == Part::Noun
            && !covered[noun]
            && words.get(noun + 1).is_none_or(|next| !matches!(next.part, Part::Noun | Part::Propn));
        if !is_head {
            continue;
        }
        let from = word.span.start();
        sentence += found.sentences[sentence..].iter().take_while(|s| s.span.end() <= from).count();
        let Some(own) = found.sentences.get(sentence).filter(|own| own.span.start() <= from) else {
            continue;
        };
        let start = start_of(found, own.span, noun);
        if Sentence::at(found, sentence).is_predicate(start, noun + 1) {
            continue;
        }
        let span = words[start].span.cover(word.span);
        let opening = opening(found.words(words[start].span));
        let gender = gender(found.words(word.span));
        all.push(Phrase { kind, gender, opening, ..made(span, start, noun + 1, sentence) });
    }
    all.sort_by_key(|phrase| (phrase.span.start(), std::cmp::Reverse(phrase.span.end())));
    all
}

/// "Prime Minister Ana Ruiz" is one phrase, not two that speak of her: whether a description stands before such a name, one of
/// `mentions`.
pub fn is_before_name(found: &Annotated, mentions: &[Mention], description: &Phrase) -> bool {
    let (Who::Entity(entity), true) = (description.who, description.is_description) else { return false };
    let end = description.span.end();
    let next = mentions.partition_point(|mention| mention.span.start() < end);
    mentions
        .get(next)
        .is_some_and(|name| name.entity == Some(entity) && found.report.text[end..name.span.start()] == *" ")
}

/// The first word of the phrase in `sentence` whose head is at `noun`.
fn start_of(found: &Annotated, sentence: Span, noun: usize) -> usize {
    let words = &found.tagged.words;
    let mut start = noun;
    while start > 0 && noun - start < LONGEST {
        let before = &words[start - 1];
        if before.span.start() < sentence.start() {
            break;
        }
        let owns = before.part == Part::Pron && opening(found.words(before.span)) == Opening::Owned;
        if !is_modifier(before.part) && !owns {
            break;
        }
        start -= 1;
    }
    start
}

fn is_modifier(part: Part) -> bool {
    matches!(part, Part::Det | Part::Adj | Part::Num | Part::Noun | Part::Propn | Part::Sym)
}

fn opening(word: &str) -> Opening {
    match &*token::fold(word) {
        "a" | "an" | "one" | "another" => Opening::Indefinite,
        "the" | "this" | "that" => Opening::Definite,
        "his" | "her" | "its" | "their" | "my" | "our" | "your" => Opening::Owned,
        _ => Opening::Bare,
    }
}

fn gender(head: &str) -> Option<Gender> {
    let head = token::fold(head);
    match ROLES.get(&head).copied().flatten() {
        Some('f') => Some(Gender::Female),
        Some('m') => Some(Gender::Male),
        _ => is_plural(&head).then_some(Gender::Plural),
    }
}

fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss")
        || matches!(noun, "people" | "men" | "women" | "children" | "police")
}

/// A sentence of a report, to tell the parts its phrases play.
#[derive(Copy, Clone)]
pub struct Sentence<'a> {
    found: &'a Annotated,
    words: &'a [Word],
    span: Span,
}

impl<'a> Sentence<'a> {
    /// The sentence of that index.
    pub fn at(found: &'a Annotated, sentence: usize) -> Sentence<'a> {
        Sentence { found, words: &found.tagged.words, span: found.sentences[sentence].span }
    }

    /// The word at an index of the report's tagged words, if it stands in this sentence.
    pub fn word(&self, at: usize) -> Option<&'a Word> {
        self.words.get(at).filter(|word| self.span.contains(word.span))
    }

    /// The word as written; nothing beyond the sentence.
    pub fn text(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |word| self.found.words(word.span))
    }

    /// The part of the word; `None` beyond the sentence.
    pub fn part(&self, at: usize) -> Option<Part> {
        self.word(at).map(|word| word.part)
    }

    /// The part that the phrase of the words `start..end` plays.
    pub fn role(&self, start: usize, end: usize) -> Role {
        if matches!(self.text(end), "'s" | "’s" | "'" | "’")
            && matches!(self.part(end), Some(Part::Part | Part::Punct))
        {
            return Role::Owner;
        }
        let mut before = start.wrapping_sub(1);
        // "the first time Ruiz made a speech": a clause of its own.
        let opens = self.part(before) == Some(Part::Noun) && self.part(start) == Some(Part::Propn);
        if opens && matches!(self.part(end), Some(Part::Verb | Part::Aux)) {
            return Role::Subject;
        }
        let modifies = |at: usize| self.part(at).is_some_and(is_modifier);
        while modifies(before) && start - before < 9 {
            before = before.wrapping_sub(1);
        }
        let is_clause =
            ["after", "before", "since", "until", "as", "while", "for"].contains(&self.text(before));
        match self.part(before) {
            Some(Part::Adp) if !is_clause => Role::Oblique,
            Some(Part::Verb) if said(self.text(before)) => Role::Subject,
            Some(Part::Verb) => Role::Object,
            Some(Part::Aux) if matches!(self.part(before.wrapping_sub(1)), None | Some(Part::Punct)) => {
                Role::Subject
            }
            Some(Part::Aux) => Role::Object,
            Some(Part::Part) if self.text(before) == "to" => Role::Object,
            _ if self.has_verb(end) => Role::Subject,
            Some(Part::Adp) => Role::Oblique,
            _ => Role::Other,
        }
    }

    /// Whether the phrase of the words `start..end` says what another is: "Ruiz was a painter", "as a boy".
    pub fn is_predicate(&self, start: usize, end: usize) -> bool {
        const COPULAS: [&str; 18] = [
            "is", "was", "are", "were", "be", "been", "being", "am", "'s", "’s", "'re", "’re", "become",
            "became", "becomes", "becoming", "remained", "remains",
        ];
        let mut before = start.wrapping_sub(1);
        while self.part(before) == Some(Part::Adv) || self.text(before) == "not" {
            before = before.wrapping_sub(1);
        }
        let is_there = || (1..4).any(|back| token::fold(self.text(before.wrapping_sub(back))) == "there");
        match self.text(before) {
            "as" => !matches!(self.part(end), Some(Part::Verb | Part::Aux)),
            word => COPULAS.contains(&word) && !is_there(),
        }
    }

    /// Whether a verb of speech stands beside the words `start..end`.
    pub fn speaks(&self, start: usize, end: usize) -> bool {
        let before = start.wrapping_sub(1);
        let next = self.text(end);
        // "Ruiz, speaking to reporters,"
        let is_speaking = next == "speaking" || next == "," && self.text(end + 1) == "speaking";
        is_speaking || speaks(next) || (self.part(before) == Some(Part::Verb) && said(self.text(before)))
    }

    /// Whether a verb that may be finite follows before the clause ends.
    fn has_verb(&self, from: usize) -> bool {
        for at in from..from + REACH {
            let word = self.text(at);
            match self.part(at) {
                None => return false,
                Some(Part::Aux) => return true,
                Some(Part::Verb) if !word.ends_with("ing") => return true,
                _ if matches!(word, "." | ";" | ":" | "?" | "!") => return false,
                _ => {}
            }
        }
        false
    }

    /// How many verbs stand in `from..to`, an auxiliary and its verb counting once.
    pub fn verbs(&self, from: usize, to: usize) -> usize {
        let (mut count, mut within) = (0, false);
        for at in from..to {
            match self.part(at) {
                Some(Part::Verb | Part::Aux) => {
                    count += usize::from(!within);
                    within = true;
                }
                Some(Part::Adv | Part::Part) => {}
                _ => within = false,
            }
        }
        count
    }
}

/// Whether a verb tells of speech.
fn speaks(verb: &str) -> bool {
    super::link::is_human_verb(verb) && !matches!(verb, "who" | "whose" | "whom")
}

/// Whether the subject of a verb may stand behind it: "said Ruiz", but not "told Ruiz".
fn said(verb: &str) -> bool {
    speaks(verb) && !matches!(verb, "told" | "tells" | "asked" | "asks" | "thanked")
}
