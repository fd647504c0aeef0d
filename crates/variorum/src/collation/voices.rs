//! What a pronoun leaves open, another report of the same words answers.
//!
//! In: the pieces of a story and what they share. Out: the same pieces, those of a quotation whose speaker is a pronoun
//! or understood, given to the person whom other reports of the same words speak for.
//! Method: each quotation of nearly the same words votes for its speaker, one by name or description twice.
//! Leaves: speakers whom a report names or describes: where they differ, the reports differ.

use super::meeting::Pair;
use super::pieces::{Piece, Voice};
use crate::cast::Cast;
use crate::model::{Annotated, MentionForm};
use std::collections::{BTreeMap, BTreeSet};

/// How much of the shorter sentence has to be shared, in percent, to tell who says it.
const TELLING_PERCENT: usize = 85;
/// How many words have to be shared for that.
const TELLING_WORDS: usize = 6;

/// Gives the pieces of quotations "he" says to whom the other reports of these words name.
pub fn settle(witnesses: &[Annotated], cast: &Cast, pieces: &mut [Piece], candidates: &[Pair]) {
    let pronouns: Vec<BTreeSet<(usize, usize)>> = witnesses.iter().map(pronouns).collect();
    let is_open = |piece: &Piece| {
        let speaker = witnesses[piece.report].quotations[piece.quotation].speaker.span;
        speaker.is_none_or(|span| pronouns[piece.report].contains(&(span.start(), span.end())))
    };
    let mut votes: BTreeMap<(usize, usize), BTreeMap<usize, usize>> = BTreeMap::new();
    for (a, b, held) in candidates {
        let is_telling = held.shared.percent >= TELLING_PERCENT && held.shared.words >= TELLING_WORDS;
        if !is_telling || pieces[*a].report == pieces[*b].report {
            continue;
        }
        for (asks, answers) in [(&pieces[*a], &pieces[*b]), (&pieces[*b], &pieces[*a])] {
            if let (true, Voice::Named(member)) = (is_open(asks), answers.voice) {
                let weight = if is_open(answers) { 1 } else { 2 };
                *votes.entry((asks.report, asks.quotation)).or_default().entry(member).or_default() += weight;
            }
        }
    }
    for piece in pieces.iter_mut() {
        let Some(of) = votes.get(&(piece.report, piece.quotation)) else { continue };
        let own = match piece.voice {
            Voice::Named(member) => of.get(&member).copied().unwrap_or(0) + 1,
            Voice::Unnamed | Voice::Unknown => continue,
        };
        let best = of.iter().max_by_key(|&(member, &votes)| (votes, std::cmp::Reverse(*member)));
        if let Some((&member, _)) = best.filter(|&(&member, &votes)| {
            votes > own && is_there(cast, piece.report, member) && genders_agree(cast, piece.voice, member)
        }) {
            piece.voice = Voice::Named(member);
        }
    }
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

/// Whether a pronoun that fits the one fits the other.
fn genders_agree(cast: &Cast, voice: Voice, member: usize) -> bool {
    let gender = |member: usize| cast.members.get(member).and_then(|member| member.gender);
    match voice {
        Voice::Named(own) => match (gender(own), gender(member)) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        },
        Voice::Unnamed | Voice::Unknown => true,
    }
}
