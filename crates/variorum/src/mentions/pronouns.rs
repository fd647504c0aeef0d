//! Finds whom "he", "she", "it", "they" and their forms mean, and "I" and "we" in the words of a speaker.
//!
//! In: a report with its words tagged, its names and descriptions linked. Out: mentions of form `pronoun`. Pronouns are
//! resolved from left to right, each to whoever fits it best by [`salience`]; what a pronoun means counts for those behind it.
//! A person of unknown gender leans to that of the pronouns it is meant by. The narrator's pronouns come first, without
//! knowing who speaks; those between quotation marks when the quotations are known.
//! Leaves: "you", "who"; "they" for several people named apart; "it" for a fact.

use super::phrases::{self, Phrase, Role, Sentence, Who};
use super::quoted;
use super::salience::{self, Candidates, Place, Scene};
use crate::model::{Annotated, Entity, EntityKind, Form, Gender, Mention, MentionForm, Party, Quotation};
use crate::span::{Span, Stretches};
use crate::tagging::pos::Part;
use crate::token;

/// What is the same for the narrator's pronouns and for those that somebody is quoted with.
pub struct Ground {
    marks: Stretches,
    pronouns: Vec<Pronoun>,
    phrases: Vec<Phrase>,
}

impl Ground {
    /// That of `found`, given its other `mentions` in text order.
    pub fn of(found: &Annotated, mentions: &[Mention]) -> Ground {
        Ground {
            marks: quoted::find(found),
            pronouns: pronouns(found),
            phrases: phrases::find(found, mentions),
        }
    }
}

/// Mentions by the narrator's pronouns of `found`, given its other `mentions` in text order. People take on their gender.
pub fn narrated(
    found: &Annotated,
    ground: &Ground,
    mentions: &[Mention],
    entities: &mut [Entity],
) -> Vec<Mention> {
    let marks = &ground.marks;
    let told = ground.pronouns.iter().copied().filter(|pronoun| !marks.contain(pronoun.span));
    let told: Vec<Pronoun> = told.collect();
    doubt_genders(&told, mentions, entities);
    let phrases = ground.phrases.clone();
    let mut reader = Reader::new(found, entities, mentions, phrases, &[], &|span| marks.contain(span));
    let resolved = reader.read(told, &[]);
    let leanings = reader.leanings;
    for (entity, leaning) in entities.iter_mut().zip(leanings) {
        if entity.gender.is_none() && leaning != 0 {
            entity.gender = Some(if leaning > 0 { Gender::Female } else { Gender::Male });
        }
    }
    resolved
}

/// How many pronouns of one gender, and none of the other, tell that a report is about somebody of that gender.
const ENOUGH: usize = 3;

/// Takes the gender off the person spoken of most where a first name alone tells it and all pronouns tell another: "Ginger Baker … he".
fn doubt_genders(pronouns: &[Pronoun], mentions: &[Mention], entities: &mut [Entity]) {
    let count = |gender: Gender| pronouns.iter().filter(|pronoun| pronoun.gender == gender).count();
    let against = match (count(Gender::Male), count(Gender::Female)) {
        (ENOUGH.., 0) => Gender::Female,
        (0, ENOUGH..) => Gender::Male,
        _ => return,
    };
    let mut counts = vec![0; entities.len()];
    mentions.iter().filter_map(|mention| mention.entity).for_each(|entity| counts[entity] += 1);
    let people = (0..entities.len()).filter(|&at| entities[at].kind == EntityKind::Person);
    let main = people.max_by_key(|&at| (counts[at], std::cmp::Reverse(at)));
    if let Some(main) =
        main.filter(|&main| entities[main].gender == Some(against) && entities[main].role.is_none())
    {
        entities[main].gender = None;
    }
}

/// Mentions by pronouns that somebody is quoted with, those of the first person included.
pub fn spoken(found: &Annotated, ground: Ground) -> Vec<Mention> {
    let speakers = Speakers::of(found);
    let Ground { marks, pronouns, phrases } = ground;
    let quoted: Vec<Pronoun> =
        pronouns.iter().copied().filter(|pronoun| marks.contain(pronoun.span)).collect();
    let mut resolved = Vec::new();
    if !quoted.is_empty() {
        let is_quoted = |span| marks.contain(span) || speakers.all.contain(span);
        let mut reader = Reader::new(found, &found.entities, &found.mentions, phrases, &pronouns, &is_quoted);
        resolved = reader.read(quoted, &speakers.of);
    }
    resolved.extend(first_person(found, &speakers.of));
    resolved
}

/// A pronoun of the third person.
#[derive(Copy, Clone, Debug)]
pub struct Pronoun {
    /// Where it stands.
    pub span: Span,
    /// Index in the tagged words.
    pub word: usize,
    /// Index of its sentence.
    pub sentence: usize,
    /// What it agrees with.
    pub gender: Gender,
    /// Its part in the clause.
    pub role: Role,
    /// "himself".
    pub is_reflexive: bool,
    /// Whether a verb of speech stands beside it.
    pub speaks: bool,
}

fn third_person(folded: &str) -> Option<(Gender, Role)> {
    Some(match folded {
        "he" => (Gender::Male, Role::Subject),
        "him" | "himself" => (Gender::Male, Role::Object),
        "his" => (Gender::Male, Role::Owner),
        "she" => (Gender::Female, Role::Subject),
        "her" | "herself" => (Gender::Female, Role::Object),
        "hers" => (Gender::Female, Role::Oblique),
        "it" => (Gender::Neuter, Role::Subject),
        "itself" => (Gender::Neuter, Role::Object),
        "its" => (Gender::Neuter, Role::Owner),
        "they" => (Gender::Plural, Role::Subject),
        "them" | "themselves" => (Gender::Plural, Role::Object),
        "their" => (Gender::Plural, Role::Owner),
        "theirs" => (Gender::Plural, Role::Oblique),
        _ => return None,
    })
}

/// Whether a word of `length` bytes that begins with `first` may be one of [`third_person`]; "the" is none.
fn may_be_third_person(first: u8, length: usize) -> bool {
    match first.to_ascii_lowercase() {
        b'h' | b's' | b'i' => (2..=7).contains(&length),
        b't' => (4..=10).contains(&length),
        _ => false,
    }
}

/// The third-person pronouns of `found` in text order, "it" that stands for nothing left out.
fn pronouns(found: &Annotated) -> Vec<Pronoun> {
    let mut all = Vec::new();
    let mut sentence = 0;
    for (at, word) in found.tagged.words.iter().enumerate() {
        let first = || found.report.text.as_bytes()[word.span.start()];
        if !matches!(word.part, Part::Pron | Part::Det) || !may_be_third_person(first(), word.span.len()) {
            continue;
        }
        let folded = token::fold(found.words(word.span));
        let Some((gender, role)) = third_person(&folded) else { continue };
        while found.sentences.get(sentence).is_some_and(|s| s.span.end() <= word.span.start()) {
            sentence += 1;
        }
        if sentence >= found.sentences.len() {
            break;
        }
        let around = Sentence::at(found, sentence);
        let role = role_of(&around, at, &folded, role);
        if folded == "it" && stands_for_nothing(&around, at) {
            continue;
        }
        let is_reflexive = folded.len() > 5 && (folded.ends_with("self") || folded.ends_with("selves"));
        let speaks = around.speaks(at, at + 1);
        all.push(Pronoun { span: word.span, word: at, sentence, gender, role, is_reflexive, speaks });
    }
    all
}

/// "her" may own what follows; "it" may be an object.
fn role_of(around: &Sentence, at: usize, folded: &str, role: Role) -> Role {
    let before = around.part(at.wrapping_sub(1));
    match folded {
        "her" if owns(around, at) => Role::Owner,
        "it" if before == Some(Part::Verb) => Role::Object,
        "it" | "her" | "him" | "them" if before == Some(Part::Adp) => Role::Oblique,
        _ => role,
    }
}

fn owns(around: &Sentence, at: usize) -> bool {
    let next = around.text(at + 1);
    match around.part(at + 1) {
        Some(Part::Noun | Part::Adj | Part::Propn | Part::Num) => true,
        Some(Part::Verb) => next.ends_with("ing") || next.ends_with("ed"),
        Some(Part::Adv) => matches!(around.part(at + 2), Some(Part::Adj | Part::Noun)),
        _ => matches!(next, "\"" | "“" | "‘" | "own"),
    }
}

/// "It was clear that …", "it was the first time …".
fn stands_for_nothing(around: &Sentence, at: usize) -> bool {
    const VERBS: [&str; 16] = [
        "'s", "’s", "is", "was", "would", "will", "has", "had", "may", "might", "could", "seems", "appears",
        "remains", "took", "takes",
    ];
    const SIGNS: [&str; 14] = [
        "that",
        "time",
        "to",
        "whether",
        "how",
        "why",
        "when",
        "who",
        "clear",
        "possible",
        "important",
        "unclear",
        "difficult",
        "hard",
    ];
    VERBS.contains(&around.text(at + 1)) && (at + 2..at + 8).any(|near| SIGNS.contains(&around.text(near)))
}

/// Resolves pronouns from left to right.
struct Reader<'a> {
    scene: Scene<'a>,
    phrases: Vec<Phrase>,
    /// Those before the pronoun, in text order, resolved pronouns among them.
    past: Vec<Phrase>,
    /// Of each entity, how many "she" more than "he" mean it.
    leanings: Vec<i32>,
}

impl<'a> Reader<'a> {
    fn new(
        found: &'a Annotated,
        entities: &'a [Entity],
        mentions: &[Mention],
        mut phrases: Vec<Phrase>,
        pronouns: &[Pronoun],
        is_quoted: &dyn Fn(Span) -> bool,
    ) -> Reader<'a> {
        phrases.retain(|phrase| !phrases::is_before_name(found, mentions, phrase));
        phrases.iter_mut().for_each(|phrase| phrase.is_quoted = is_quoted(phrase.span));
        let scene = Scene::new(found, entities, &phrases);
        phrases.extend(mentions.iter().filter_map(|mention| resolved_phrase(pronouns, mention, is_quoted)));
        phrases.sort_by_key(|phrase| (phrase.span.start(), std::cmp::Reverse(phrase.span.end())));
        Reader { scene, phrases, past: Vec::new(), leanings: vec![0; entities.len()] }
    }

    fn read(&mut self, pronouns: Vec<Pronoun>, speakers: &[(Span, Option<usize>)]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut next = 0;
        self.past.reserve(self.phrases.len() + pronouns.len());
        for pronoun in pronouns {
            while self.phrases.get(next).is_some_and(|phrase| phrase.span.start() < pronoun.span.start()) {
                self.past.push(self.phrases[next].clone());
                next += 1;
            }
            let quotation = speakers.partition_point(|(span, _)| span.end() <= pronoun.span.start());
            let quotation = speakers.get(quotation).filter(|(span, _)| span.contains(pronoun.span));
            let place = Place {
                pronoun,
                past: &self.past,
                ahead: &self.phrases[next..],
                is_quoted: quotation.is_some(),
                speaker: quotation.and_then(|(_, speaker)| *speaker),
                leanings: &self.leanings,
            };
            let meant = Candidates::of(&self.scene, &place).best();
            if let Some(meant) = meant {
                self.note(pronoun, meant, quotation.is_some());
            }
            mentions.extend(self.mention(pronoun, meant));
        }
        mentions
    }

    /// The pronoun as a mention; "it" and "they" only where something named is meant.
    fn mention(&self, pronoun: Pronoun, meant: Option<Who>) -> Option<Mention> {
        let entity = match meant {
            Some(Who::Entity(entity)) => Some(entity),
            _ if matches!(pronoun.gender, Gender::Male | Gender::Female) => None,
            _ => return None,
        };
        let kind = entity.map_or(EntityKind::Person, |entity| self.scene.entities[entity].kind);
        Some(Mention { span: pronoun.span, kind, form: MentionForm::Pronoun, entity })
    }

    /// Remembers what the pronoun means.
    fn note(&mut self, pronoun: Pronoun, meant: Who, is_quoted: bool) {
        let leaning = match pronoun.gender {
            Gender::Female => 1,
            Gender::Male => -1,
            _ => 0,
        };
        if let (Who::Entity(entity), false) = (meant, is_quoted) {
            self.leanings[entity] += leaning;
        }
        let like = self.past.iter().rev().take(salience::MEMORY).find(|phrase| phrase.who == meant);
        let Some(like) = like.cloned() else { return };
        let role = pronoun.role;
        let (span, sentence, end) = (pronoun.span, pronoun.sentence, pronoun.word + 1);
        let speaks = pronoun.speaks;
        self.past.push(Phrase { span, sentence, end, role, is_quoted, speaks, ..like });
    }
}

/// A pronoun that was resolved before, one of `pronouns`, as a phrase.
fn resolved_phrase(
    pronouns: &[Pronoun],
    mention: &Mention,
    is_quoted: &dyn Fn(Span) -> bool,
) -> Option<Phrase> {
    let entity = mention.entity.filter(|_| mention.form == MentionForm::Pronoun)?;
    let at = pronouns.binary_search_by_key(&mention.span, |pronoun| pronoun.span).ok()?;
    let Pronoun { word, sentence, role, speaks, .. } = pronouns[at];
    Some(Phrase {
        speaks,
        span: mention.span,
        end: word + 1,
        sentence,
        role,
        who: Who::Entity(entity),
        kind: mention.kind,
        gender: None,
        opening: phrases::Opening::Bare,
        is_quoted: is_quoted(mention.span),
        is_description: false,
    })
}

/// What is quoted, and whose words it is.
struct Speakers {
    of: Vec<(Span, Option<usize>)>,
    all: Stretches,
}

impl Speakers {
    fn of(found: &Annotated) -> Speakers {
        let speaker = |quotation: &Quotation| match quotation.speaker.party {
            Party::Entity(entity) => Some(entity),
            Party::Unnamed | Party::Unknown => None,
        };
        let marked = found.quotations.iter().filter(|quotation| quotation.form != Form::Indirect);
        // A nested quotation is left to the words around it.
        let outer = marked.filter(|quotation| quotation.parent.is_none());
        let mut of: Vec<(Span, Option<usize>)> = outer
            .flat_map(|quotation| quotation.content.iter().map(move |span| (*span, speaker(quotation))))
            .collect();
        of.sort();
        let all = Stretches::of(of.iter().map(|(span, _)| *span));
        Speakers { of, all }
    }
}

/// "I" and "we" in the words of a known speaker.
fn first_person(found: &Annotated, speakers: &[(Span, Option<usize>)]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (span, speaker) in speakers {
        let Some(entity) = speaker.filter(|&entity| entity < found.entities.len()) else { continue };
        for word in found.tagged.words_in(*span).iter().filter(|word| word.part == Part::Pron) {
            let is_first = matches!(
                &*token::fold(found.words(word.span)),
                "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
            );
            if is_first {
                let kind = found.entities[entity].kind;
                mentions.push(Mention {
                    span: word.span,
                    kind,
                    form: MentionForm::Pronoun,
                    entity: Some(entity),
                });
            }
        }
    }
    mentions
}
