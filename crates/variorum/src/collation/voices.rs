//! What a pronoun leaves open, another report of the same words answers.
//!
//! In: the pieces of a story and what they share. Out: the same pieces, those of a quotation whose speaker is a pronoun
//! or understood, given to the person whom other reports of the same words speak for.
//! Method: each quotation of nearly the same words votes for its speaker, one by name or description twice.
//! Leaves: speakers whom a report names or describes: where they differ, the reports differ.

use super::meeting::Pair;
use super::pieces::{Piece, Voice};
use super::verdict::Shared;
use crate::cast::Cast;
use crate::model::{Annotated, Gender, MentionForm, Party};
use crate::vocabulary;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How much of the shorter sentence has to be shared, in percent, to tell who says it, if not so many words in a row.
const TELLING_PERCENT: usize = 85;
/// How many words have to be shared for that.
const TELLING_WORDS: usize = 6;
/// How many words of content have to stand in a row of [`TELLING_WORDS`] for that.
const TELLING_CONTENT: usize = 3;

/// The rule that gave the speaker of a reading so settled.
pub const RULE: &str = "other-report";

/// By quotation, the members of the cast whom others have say its words, with their votes.
type Votes = BTreeMap<(usize, usize), BTreeMap<usize, usize>>;

/// Gives the pieces of quotations "he" says to whom the other reports name for these words.
pub fn settle(witnesses: &[Annotated], cast: &Cast, pieces: &mut [Piece], candidates: &[Pair]) {
    let votes = votes(witnesses, pieces, candidates);
    for piece in pieces {
        let Voice::Named(own) = piece.voice else { continue };
        let Some(of) = votes.get(&(piece.report, piece.quotation)) else { continue };
        let own_votes = of.get(&own).copied().unwrap_or(0) + 1;
        let best = of.iter().max_by_key(|&(member, &votes)| (votes, Reverse(*member)));
        if let Some((&member, _)) =
            best.filter(|&(&member, &votes)| votes > own_votes && is_there(cast, piece.report, member))
        {
            piece.voice = Voice::Named(member);
        }
    }
}

fn votes(witnesses: &[Annotated], pieces: &[Piece], candidates: &[Pair]) -> Votes {
    let pronouns: Vec<BTreeSet<(usize, usize)>> = witnesses.iter().map(pronouns).collect();
    let is_open = |piece: &Piece| {
        let speaker = witnesses[piece.report].quotations[piece.quotation].speaker.span;
        speaker.is_none_or(|span| pronouns[piece.report].contains(&(span.start(), span.end())))
    };
    let mut votes = Votes::new();
    let across = |(a, b, held): &&Pair| is_telling(held.shared) && pieces[*a].report != pieces[*b].report;
    for (a, b, _) in candidates.iter().filter(across) {
        for (asks, answers) in [(&pieces[*a], &pieces[*b]), (&pieces[*b], &pieces[*a])] {
            let is_asked = is_open(asks) && may_be_one(gender(witnesses, asks), gender(witnesses, answers));
            if let (true, Voice::Named(member)) = (is_asked, answers.voice) {
                let of = votes.entry((asks.report, asks.quotation)).or_default();
                *of.entry(member).or_default() += if is_open(answers) { 1 } else { 2 };
            }
        }
    }
    votes
}

fn is_telling(shared: Shared) -> bool {
    let is_most = shared.percent >= TELLING_PERCENT && shared.words >= TELLING_WORDS;
    is_most || shared.run >= TELLING_WORDS && shared.run_content >= TELLING_CONTENT
}

/// Where the pronouns of a report stand.
fn pronouns(found: &Annotated) -> BTreeSet<(usize, usize)> {
    let pronouns = found.mentions.iter().filter(|mention| mention.form == MentionForm::Pronoun);
    pronouns.map(|mention| (mention.span.start(), mention.span.end())).collect()
}

/// Whether the report tells of the member at all.
fn is_there(cast: &Cast, report: usize, member: usize) -> bool {
    cast.of.get(report).is_some_and(|members| members.contains(&member))
}

/// The gender of the speaker: of the pronoun that stands for him or her, else what the report shows of the person.
fn gender(witnesses: &[Annotated], piece: &Piece) -> Option<Gender> {
    let found = &witnesses[piece.report];
    let speaker = &found.quotations[piece.quotation].speaker;
    let of_pronoun = speaker.span.and_then(|span| vocabulary::pronoun_gender(span.of(&found.report.text)));
    let of_entity = match speaker.party {
        Party::Entity(entity) => found.entities.get(entity).and_then(|entity| entity.gender),
        Party::Unnamed | Party::Unknown => None,
    };
    // Without a word for the speaker there is nothing to hold against others.
    speaker.span.and(of_pronoun.or(of_entity))
}

fn may_be_one(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}
