//! Weighs whom a pronoun may mean.
//!
//! In: a pronoun with what stands before it. Out: the best of those that agree with it. Method: salience by sentence and part in
//! the clause, halved with each sentence (Lappin and Leass 1994), parallel parts (GAP, Webster and others 2018), how much the
//! report speaks of somebody, binding (the object of a clause is not its subject, a reflexive is), who is speaking. The weights are
//! set by hand, in hundredths; set on `variorum eval wikinews` (train) and `variorum eval pronouns`.
//! Leaves: what verbs and the world tell.

use super::phrases::{Opening, Phrase, Role, Sentence, Who};
use super::pronouns::Pronoun;
use crate::model::{Annotated, Entity, EntityKind, Gender};
use crate::span::Span;
use crate::token;

/// How many phrases back somebody may lie.
pub const MEMORY: usize = 80;
/// How many sentences back.
const SENTENCES: usize = 6;
/// How many of those spoken of most may be meant from anywhere.
const MAIN: usize = 3;
/// How many names behind the pronoun in its sentence may be meant.
const AHEAD: usize = 3;
/// How many phrases behind the pronoun in its sentence are looked at.
const NAMED: usize = 8;
/// Room for as many candidates as most pronouns have.
const USUAL: usize = 16;

/// What is the same for all pronouns of a report.
pub struct Scene<'a> {
    found: &'a Annotated,
    /// The report's entities.
    pub entities: &'a [Entity],
    /// How often each is spoken of by name or description.
    counts: Vec<usize>,
    /// Whether the title or address names it.
    is_topic: Vec<bool>,
    /// The first phrases of those spoken of most.
    main: Vec<Phrase>,
}

impl<'a> Scene<'a> {
    /// The scene of a report.
    pub fn new(found: &'a Annotated, entities: &'a [Entity], phrases: &[Phrase]) -> Scene<'a> {
        let mut counts = vec![0; entities.len()];
        for phrase in phrases {
            if let Who::Entity(entity) = phrase.who {
                counts[entity] += 1;
            }
        }
        let mut main: Vec<usize> = (0..entities.len()).collect();
        main.sort_by_key(|&entity| (std::cmp::Reverse(counts[entity]), entity));
        main.truncate(MAIN);
        let first =
            |&entity: &usize| phrases.iter().find(|phrase| phrase.who == Who::Entity(entity)).cloned();
        let main = main.iter().filter_map(first).collect();
        let title = headline(found);
        let is_topic = entities.iter().map(|entity| is_topic(entity, &title)).collect();
        Scene { found, entities, counts, is_topic, main }
    }
}

impl Scene<'_> {
    /// "Mr. Ruiz, you ask whether he …": who is spoken to is not spoken of.
    fn is_addressed(&self, phrase: &Phrase) -> bool {
        self.found.report.text.as_bytes()[phrase.span.end()..].starts_with(b", you")
    }
}

/// The longer words of the title and of the last part of the address, in order.
fn headline(found: &Annotated) -> Vec<String> {
    let title = found.report.title.as_deref().unwrap_or_default();
    let slug = found.report.url.as_deref().unwrap_or_default().trim_end_matches('/').rsplit('/').next();
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .map(|word| token::fold(word).into_owned())
            .collect::<Vec<_>>()
    };
    let mut all = words(title);
    all.extend(words(slug.unwrap_or_default()));
    all.retain(|word| word.len() > 2);
    all.sort();
    all
}

fn is_topic(entity: &Entity, title: &[String]) -> bool {
    if entity.kind != EntityKind::Person || title.is_empty() {
        return false;
    }
    let last = entity.name.rsplit(|c: char| !c.is_alphanumeric()).next().map(token::fold).unwrap_or_default();
    last.len() > 2 && title.binary_search_by(|word| word.as_str().cmp(&last)).is_ok()
}

/// A pronoun and what is known where it stands.
pub struct Place<'a> {
    /// The pronoun.
    pub pronoun: Pronoun,
    /// The phrases before it, in text order.
    pub past: &'a [Phrase],
    /// Those behind it.
    pub ahead: &'a [Phrase],
    /// Whether it is quoted.
    pub is_quoted: bool,
    /// Who says it, when it is quoted.
    pub speaker: Option<usize>,
    /// Of each entity, how many "she" more than "he" mean it.
    pub leanings: &'a [i32],
}

/// One who may be meant.
struct Candidate<'a> {
    who: Who,
    /// The nearest phrase.
    last: &'a Phrase,
    /// Sentences between; `None` for one that is named further off.
    distance: Option<usize>,
    is_ahead: bool,
    salience: i32,
    /// The parts it was counted for, as bits.
    counted: u64,
    /// Whether it has said something before.
    spoke: bool,
    /// Whether the words beside the pronoun's verb of speech name it.
    is_spoken_of: bool,
    /// Whether it opened a sentence as somebody new.
    opened: bool,
    /// Whether it is a subject of the sentence before.
    was_subject: bool,
}

/// All who may be meant by one pronoun.
pub struct Candidates<'a> {
    scene: &'a Scene<'a>,
    place: &'a Place<'a>,
    all: Vec<Candidate<'a>>,
    /// Where the last subject before the pronoun in its sentence stands.
    subject: Option<Span>,
    /// The first phrase of its sentence.
    opening: Option<Span>,
}

impl<'a> Candidates<'a> {
    /// Those who may be meant at `place`.
    pub fn of(scene: &'a Scene<'a>, place: &'a Place<'a>) -> Candidates<'a> {
        let all = Vec::with_capacity(USUAL);
        let mut found = Candidates { scene, place, all, subject: None, opening: None };
        found.look_back();
        found.look_ahead();
        found.look_around();
        found
    }

    fn look_back(&mut self) {
        let here = self.place.pronoun.sentence;
        for phrase in self.place.past.iter().rev().take(MEMORY) {
            let distance = here.saturating_sub(phrase.sentence);
            if distance > SENTENCES {
                break;
            }
            let may_mean = self.may_mean(phrase.who);
            // Of those it cannot mean, only the ones of its sentence tell something.
            if !may_mean && distance > 0
                || phrase.span.end() > self.place.pronoun.span.start()
                || self.scene.is_addressed(phrase)
            {
                continue;
            }
            if distance == 0 {
                self.opening = Some(phrase.span);
                if phrase.role == Role::Subject && self.subject.is_none() {
                    self.subject = Some(phrase.span);
                }
            }
            if may_mean {
                self.count(phrase, distance);
            }
        }
    }

    fn count(&mut self, phrase: &'a Phrase, distance: usize) {
        let at = self.all.iter().position(|candidate| candidate.who == phrase.who).unwrap_or_else(|| {
            self.add(phrase, Some(distance), false);
            self.all.len() - 1
        });
        let candidate = &mut self.all[at];
        if phrase.opening == Opening::Indefinite {
            let sentence = self.scene.found.sentences[phrase.sentence].span;
            candidate.opened |= phrase.span.start() == sentence.start();
        }
        candidate.was_subject |= distance == 1 && phrase.role == Role::Subject;
        candidate.spoke |= phrase.speaks && !phrase.is_quoted;
        candidate.is_spoken_of |= distance < 2 && phrase.is_quoted;
        let bit = 1 << (distance * 5 + phrase.role as usize);
        if candidate.counted & bit == 0 {
            candidate.counted |= bit;
            let weight = match phrase.role {
                Role::Subject => 180,
                Role::Object => 150,
                Role::Oblique | Role::Owner => 140,
                Role::Other => 130,
            };
            candidate.salience += weight >> distance;
        }
    }

    fn knows(&self, who: Who) -> bool {
        self.all.iter().any(|candidate| candidate.who == who)
    }

    /// Names behind the pronoun: "In her first interview, Lena Ortiz …".
    fn look_ahead(&mut self) {
        let here = self.place.pronoun.sentence;
        let near = self.place.ahead.iter().take_while(|phrase| phrase.sentence == here);
        let names = near.filter(|phrase| matches!(phrase.who, Who::Entity(_)));
        for phrase in names.take(AHEAD) {
            if self.may_mean(phrase.who) && !self.knows(phrase.who) {
                self.add(phrase, Some(0), true);
            }
        }
    }

    /// Those the report speaks of most.
    fn look_around(&mut self) {
        for phrase in &self.scene.main {
            let is_before = phrase.span.start() < self.place.pronoun.span.start();
            if is_before && self.may_mean(phrase.who) && !self.knows(phrase.who) {
                self.add(phrase, None, false);
            }
        }
    }

    /// A candidate that `last` names, not counted yet.
    fn add(&mut self, last: &'a Phrase, distance: Option<usize>, is_ahead: bool) {
        let who = last.who;
        self.all.push(Candidate {
            who,
            last,
            distance,
            is_ahead,
            salience: 0,
            counted: 0,
            was_subject: false,
            opened: false,
            spoke: false,
            is_spoken_of: false,
        });
    }

    /// The one meant; `None` when nobody fits well enough.
    pub fn best(&self) -> Option<Who> {
        let fitting: Vec<&Candidate> = self.all.iter().filter(|candidate| self.agrees(candidate)).collect();
        let nearest = fitting.iter().filter(|c| !c.is_ahead && c.distance.is_some());
        let nearest = nearest.map(|candidate| candidate.last.span).max();
        let scored = fitting.iter().map(|candidate| {
            let is_nearest = Some(candidate.last.span) == nearest && !candidate.is_ahead;
            (self.score(candidate, &fitting) + if is_nearest { 40 } else { 0 }, candidate)
        });
        let floor = match self.place.pronoun.gender {
            Gender::Male | Gender::Female => i32::MIN,
            Gender::Neuter | Gender::Plural => 150,
        };
        let best = scored.max_by_key(|(score, candidate)| (*score, candidate.last.span));
        best.filter(|(score, _)| *score > floor).map(|(_, candidate)| candidate.who)
    }

    /// Whether the pronoun agrees with what is meant, as far as that is the same for all phrases that mean it: the others are no
    /// candidates.
    fn may_mean(&self, who: Who) -> bool {
        let Who::Entity(entity) = who else { return true };
        let (gender, entity) = (self.place.pronoun.gender, &self.scene.entities[entity]);
        !entity.is_namesake
            && match gender {
                Gender::Male | Gender::Female => {
                    entity.kind == EntityKind::Person && entity.gender.is_none_or(|own| own == gender)
                }
                Gender::Neuter => !matches!(entity.kind, EntityKind::Person | EntityKind::Group),
                Gender::Plural => matches!(
                    entity.kind,
                    EntityKind::Organisation | EntityKind::Group | EntityKind::Place | EntityKind::Person
                ),
            }
    }

    fn agrees(&self, candidate: &Candidate) -> bool {
        let gender = self.place.pronoun.gender;
        match candidate.who {
            Who::Entity(entity) => {
                let entity = &self.scene.entities[entity];
                let is_person = entity.kind == EntityKind::Person;
                gender != Gender::Plural || !is_person || self.is_family(entity, candidate.last)
            }
            Who::Unnamed(_) => {
                let (is_person, own) = (candidate.last.kind == EntityKind::Person, candidate.last.gender);
                match gender {
                    Gender::Male | Gender::Female => is_person && own.is_none_or(|own| own == gender),
                    Gender::Neuter => !is_person && own != Some(Gender::Plural),
                    Gender::Plural => {
                        own == Some(Gender::Plural) || candidate.last.kind == EntityKind::Organisation
                    }
                }
            }
        }
    }

    /// "the Ruizes".
    fn is_family(&self, entity: &Entity, phrase: &Phrase) -> bool {
        let before = &self.scene.found.report.text[..phrase.span.start()];
        entity.name.ends_with('s')
            && !entity.name.contains(' ')
            && (before.ends_with("the ") || before.ends_with("The "))
    }

    fn score(&self, candidate: &Candidate, fitting: &[&Candidate]) -> i32 {
        let own = match candidate.who {
            Who::Entity(entity) => self.score_entity(entity, candidate, fitting),
            Who::Unnamed(_) => self.score_unnamed(candidate),
        };
        own + candidate.salience + self.score_place(candidate) + self.score_clause(candidate)
    }

    fn score_entity(&self, entity: usize, candidate: &Candidate, fitting: &[&Candidate]) -> i32 {
        let scene = self.scene;
        let kind = scene.entities[entity].kind;
        let gender = self.place.pronoun.gender;
        let mut score = match (gender, kind) {
            (Gender::Neuter, EntityKind::Organisation) | (Gender::Plural, EntityKind::Group) => 60,
            (Gender::Neuter, EntityKind::Place) => -20,
            (Gender::Plural, EntityKind::Organisation) => 20,
            (Gender::Plural, EntityKind::Place) => -80,
            _ => 0,
        };
        if matches!(gender, Gender::Male | Gender::Female) {
            let leaning = self.place.leanings[entity] * if gender == Gender::Female { 1 } else { -1 };
            score += match scene.entities[entity].gender {
                Some(_) => 50,
                None if leaning > 0 => 50,
                None if leaning < 0 => -100 * leaning.abs().min(4),
                None => 0,
            };
        }
        let rivals = fitting.iter().filter_map(|other| match other.who {
            Who::Entity(other) if scene.entities[other].kind == kind => Some(scene.counts[other]),
            _ => None,
        });
        let count = scene.counts[entity];
        if count > 1 {
            let most = rivals.max().unwrap_or(1);
            score += match count {
                _ if count == most => 40,
                _ if count * 2 > most => 20,
                _ => 0,
            };
        }
        // Whom the title names counts less where nothing near speaks of them.
        score += match candidate.distance {
            _ if !scene.is_topic[entity] => 0,
            Some(_) => 120,
            None => 80,
        };
        let is_speaker = self.place.speaker == Some(entity);
        score + if is_speaker && !candidate.is_ahead { -400 } else { 0 }
    }

    fn score_unnamed(&self, candidate: &Candidate) -> i32 {
        let person = match (self.place.pronoun.gender, candidate.last.gender) {
            (Gender::Male | Gender::Female, Some(_)) => -20,
            (Gender::Male | Gender::Female, None) => -130,
            (Gender::Plural, _) => 60,
            _ => 20,
        };
        // "A technician who asked not to be named … she said."
        let is_new = candidate.opened && candidate.distance.is_some_and(|distance| distance < 2);
        let opened = if is_new && person < 0 { 150 } else { 0 };
        person
            + opened
            + match candidate.last.opening {
                Opening::Indefinite => 30,
                Opening::Definite => 20,
                Opening::Owned => -20,
                Opening::Bare => -50,
            }
    }

    /// What the parts of both in their clauses tell, and the marks around them.
    fn score_place(&self, candidate: &Candidate) -> i32 {
        let pronoun = &self.place.pronoun;
        let role = candidate.last.role;
        let mut score = 0;
        if role == pronoun.role {
            score += if role == Role::Subject { 65 } else { 35 };
        }
        score += if candidate.was_subject { 30 } else { 0 };
        score += match (candidate.is_ahead, candidate.distance) {
            (true, _) => -100,
            (false, Some(1)) => 10,
            _ => 0,
        };
        if candidate.last.is_quoted != self.place.is_quoted && candidate.distance.is_some() {
            score -= if self.place.is_quoted { 20 } else { 250 };
        }
        if pronoun.role == Role::Subject && !candidate.is_ahead && self.is_named_behind(candidate.who) {
            score -= 100;
        }
        if pronoun.speaks && pronoun.role == Role::Subject && !self.place.is_quoted {
            score += if candidate.spoke { 40 } else { 0 } - if candidate.is_spoken_of { 150 } else { 0 };
        }
        let opens = self.opening == Some(candidate.last.span) && role == Role::Subject;
        score + if opens { 40 } else { 0 }
    }

    /// Whether the rest of the sentence names it: "He met Ruiz" is not about Ruiz.
    fn is_named_behind(&self, who: Who) -> bool {
        let here = self.place.pronoun.sentence;
        self.place
            .ahead
            .iter()
            .take_while(|phrase| phrase.sentence == here)
            .take(NAMED)
            .any(|phrase| phrase.who == who)
    }

    /// What may and may not be one within a clause.
    fn score_clause(&self, candidate: &Candidate) -> i32 {
        let pronoun = &self.place.pronoun;
        let is_ahead = candidate.is_ahead;
        if candidate.distance != Some(0) || candidate.last.role != Role::Subject {
            return 0;
        }
        if !is_ahead && self.subject != Some(candidate.last.span) {
            return 0;
        }
        let sentence = Sentence::at(self.scene.found, pronoun.sentence);
        let is_near = !is_ahead && sentence.verbs(candidate.last.end, pronoun.word) <= 1;
        match pronoun.role {
            _ if pronoun.is_reflexive && !is_ahead => 400,
            Role::Object if is_near && !pronoun.is_reflexive => -400,
            Role::Owner => 80 + if is_near { 20 } else { 0 },
            _ => 0,
        }
    }
}
