//! What each report calls the same person, group or thing.
//!
//! In: the reports of a story with mentions, quotations, posts and figures, and the cast. Out: labels by target, in order of
//! first use, the narrator's words apart from quoted ones.
//! People and organisations: descriptions that belong to a member of the cast. Works: the noun phrase before or behind a
//! title. Posts and videos: the noun phrases that mean one. Groups: what is counted, where reports count the same number
//! under other nouns.
//! Only descriptions are labels: plain names and pronouns are not. Sorted by place, never by tone.
//! Leaves: descriptions behind "is" and "was", metaphors.

use crate::cast::Cast;
use crate::edition::{Agreement, Label, LabelUse, ReconciledFigure, VoiceKind};
use crate::lexicon;
use crate::model::{Annotated, EntityKind, Form, MentionForm};
use crate::span::{Span, Stretches};
use crate::token::{self, Kind, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static WORK_NOUNS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../lang/en/work-nouns.txt")).collect());
static POST_NOUNS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon::rows(include_str!("../lang/en/post-nouns.txt")).map(|row| row[0]).collect());
static PLACE_NOUNS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../lang/en/place-nouns.txt")).collect());
static ROLES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon::rows(include_str!("../lang/en/role-nouns.txt")).map(|row| row[0]).collect());
static FUNCTION: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../lang/en/function-words.txt")).collect());

/// The labels of a story.
pub fn gather(witnesses: &[Annotated], cast: &Cast, figures: &[ReconciledFigure]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (report, witness) in witnesses.iter().enumerate() {
        let quotations = witness.quotations.iter().filter(|quotation| quotation.form != Form::Indirect);
        let quoted = Stretches::of(quotations.flat_map(|quotation| &quotation.content).copied());
        for (target, kind, span) in of_members(witness, report, cast)
            .into_iter()
            .chain(of_places(witness, report, cast))
            .chain(of_works(witness, report, cast))
            .chain(of_posts(witness, report, cast))
        {
            let at = *places.entry(target.clone()).or_insert(labels.len());
            if at == labels.len() {
                labels.push(Label { target, kind: kind.to_owned(), uses: Vec::new() });
            }
            labels[at].uses.push(label_use(witness, span, &quoted));
        }
    }
    labels.extend(of_groups(figures));
    for label in &mut labels {
        label.uses.dedup();
    }
    labels
}

fn label_use(witness: &Annotated, span: Span, quoted: &Stretches) -> LabelUse {
    let place = witness.place(span);
    let voice = if quoted.contain(span) { VoiceKind::Quoted } else { VoiceKind::Narrator };
    LabelUse { report: place.report, start: place.start, end: place.end, text: place.text, voice }
}

fn kind_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
        EntityKind::Place => "place",
        EntityKind::Work => "work",
        EntityKind::Event => "event",
        EntityKind::Group => "group",
        EntityKind::Other => "other",
    }
}

type Found = (String, &'static str, Span);

/// Descriptions of members of the cast.
fn of_members(witness: &Annotated, report: usize, cast: &Cast) -> Vec<Found> {
    witness
        .mentions
        .iter()
        .filter(|mention| mention.form == MentionForm::Description)
        .filter_map(|mention| {
            let member = &cast.members[cast.member(report, mention.entity?)?];
            // "The town council" of a body that has no other name is its name.
            let words = token::fold(witness.words(mention.span));
            let is_name = words.strip_prefix("the ").is_some_and(|rest| rest == token::fold(&member.name));
            (!is_name).then(|| (member.name.clone(), kind_word(member.kind), mention.span))
        })
        .collect()
}

/// "The riverside town": the place named last.
fn of_places(witness: &Annotated, report: usize, cast: &Cast) -> Vec<Found> {
    let names: Vec<(usize, usize)> = witness
        .mentions
        .iter()
        .filter(|mention| mention.form == MentionForm::Name && mention.kind == EntityKind::Place)
        .filter_map(|mention| Some((mention.span.start(), cast.member(report, mention.entity?)?)))
        .collect();
    phrases(witness, &PLACE_NOUNS, &["the"])
        .into_iter()
        // "The town" alone says nothing that the name does not.
        .filter(|span| {
            let words: Vec<_> = witness.words(*span).split_whitespace().map(token::fold).collect();
            words.len() > 2 && !PARTS_OF_PLACES.contains(&&*words[1])
        })
        .filter_map(|span| {
            let before = names.partition_point(|(at, _)| *at < span.start());
            let (_, member) = names[..before].last()?;
            Some((cast.members[*member].name.clone(), "place", span))
        })
        .collect()
}

/// "The lower town" is a part of a place, "the next village" another one.
const PARTS_OF_PLACES: [&str; 12] = [
    "lower",
    "upper",
    "low",
    "old",
    "inner",
    "outer",
    "next",
    "neighbouring",
    "neighboring",
    "same",
    "whole",
    "entire",
];

/// "The 2019 documentary “Nine Doors”": the phrase before a title.
fn of_works(witness: &Annotated, report: usize, cast: &Cast) -> Vec<Found> {
    let phrases = phrases(witness, &WORK_NOUNS, &["the", "a", "an", "his", "her", "its", "their"]);
    witness
        .mentions
        .iter()
        .filter(|mention| mention.kind == EntityKind::Work)
        .filter_map(|mention| {
            let member = &cast.members[cast.member(report, mention.entity?)?];
            let text = &witness.report.text;
            let before = phrases.partition_point(|phrase| phrase.end() <= mention.span.start());
            let phrase = phrases[..before].iter().rev().take(NEAR_PHRASES).find(|phrase| {
                phrase.end() <= mention.span.start()
                    && leads_to_title(&text[phrase.end()..mention.span.start()])
            })?;
            Some((member.name.clone(), "work", *phrase))
        })
        .collect()
}

/// How many phrases before a title may lead to it; one further off has other words between.
const NEAR_PHRASES: usize = 4;

/// Whether only marks, or "known as" and its like, stand between a noun for a work and its title.
fn leads_to_title(gap: &str) -> bool {
    let marks = |gap: &str| gap.chars().all(|c| !c.is_alphanumeric() && c != '.' && c != '\n');
    let named = ["known", "called", "titled", "named", "entitled"].iter().any(|word| gap.contains(word));
    marks(gap) || (named && gap.len() < 50 && !gap.contains(['.', '\n']))
}

/// "The 40-second clip": a phrase for a post, in a sentence that tells of it or behind one.
fn of_posts(witness: &Annotated, report: usize, cast: &Cast) -> Vec<Found> {
    let phrases = phrases(witness, &POST_NOUNS, &["the", "a", "an", "his", "her"]);
    phrases
        .into_iter()
        .filter_map(|span| {
            let text = token::fold(witness.words(span));
            // A news story, a message of thanks, an outlet called the Post: no posts.
            let last = witness.words(span).split_whitespace().next_back().unwrap_or_default();
            let behind = witness.report.text[span.end()..].trim_start();
            if matches!(last, "story" | "stories" | "Post")
                || (last == "message" && behind.starts_with("of "))
            {
                return None;
            }
            // "The video" says nothing that its form does not.
            if matches!(text.split_whitespace().collect::<Vec<_>>()[..], [_, "video"]) {
                return None;
            }
            let is_video =
                ["video", "clip", "footage", "livestream", "reel"].iter().any(|noun| text.ends_with(noun));
            let post = witness.posts.iter().filter(|post| (post.form == "video") == is_video).min_by_key(
                |post| {
                    post.evidence.iter().map(|e| e.start().abs_diff(span.start())).min().unwrap_or(usize::MAX)
                },
            )?;
            let author = cast.name(report, post.author?);
            let form = if is_video { "video" } else { "post" };
            Some((format!("{author}’s {form}"), "other", span))
        })
        .collect()
}

/// Groups that reports count under other nouns.
fn of_groups(figures: &[ReconciledFigure]) -> Vec<Label> {
    let mut labels = Vec::new();
    let renamed = |figure: &&ReconciledFigure| {
        figure.unit == "count" && figure.verdict == Agreement::AgreeOtherDescription
    };
    for figure in figures.iter().filter(renamed) {
        let nouns: BTreeSet<_> =
            figure.values.iter().filter_map(|value| value.what.as_deref()).map(token::fold).collect();
        let reports: BTreeSet<&str> = figure.values.iter().map(|value| value.report.as_str()).collect();
        let are_people = nouns.iter().any(|noun| is_people(noun));
        if nouns.len() < 2 || reports.len() < 2 || !are_people {
            continue;
        }
        let uses: Vec<LabelUse> = figure
            .values
            .iter()
            .filter(|value| {
                value.what.as_deref().is_some_and(|what| {
                    is_people(&token::fold(what)) && !matches!(&*token::fold(what), "people" | "persons")
                })
            })
            .filter_map(|value| {
                Some(LabelUse {
                    report: value.report.clone(),
                    start: value.start,
                    end: value.end,
                    text: value.what.clone()?,
                    voice: VoiceKind::Narrator,
                })
            })
            .collect();
        if let Some(target) = uses.first().map(|first| first.text.clone()) {
            labels.push(Label { target, kind: "group".to_owned(), uses });
        }
    }
    labels
}

/// Whether the last word of a noun phrase is a plural of people: "residents", "bus drivers", "people".
fn is_people(noun: &str) -> bool {
    let last = noun.split_whitespace().next_back().unwrap_or_default();
    matches!(
        last,
        "people"
            | "persons"
            | "inhabitants"
            | "evacuees"
            | "savers"
            | "migrants"
            | "families"
            | "children"
            | "women"
            | "men"
    ) || last.strip_suffix('s').is_some_and(|single| ROLES.contains(single))
}

/// Noun phrases of `witness` with a determiner of the list and a head of `nouns`, in text order.
fn phrases(witness: &Annotated, nouns: &BTreeSet<&'static str>, determiners: &[&str]) -> Vec<Span> {
    let text = &witness.report.text;
    let mut found = Vec::new();
    for sentence in &witness.sentences {
        let kind = witness.report.blocks[sentence.block].kind;
        if !kind.is_body() && kind != crate::model::BlockKind::Dek {
            continue;
        }
        let tokens = &sentence.tokens;
        for head in 0..tokens.len() {
            let folded = token::fold(tokens[head].of(text));
            if nouns.contains(&*folded) && !goes_on(text, tokens, head, nouns) {
                found.extend(
                    start(text, tokens, head, determiners)
                        .map(|start| tokens[start].span.cover(tokens[head].span)),
                );
            }
        }
    }
    found
}

/// Whether a noun follows that takes over as head: "video platform".
fn goes_on(text: &str, tokens: &[Token], head: usize, nouns: &BTreeSet<&'static str>) -> bool {
    tokens.get(head + 1).is_some_and(|next| {
        let near = &text[tokens[head].span.end()..next.span.start()] == " ";
        near && next.kind == Kind::Word && nouns.contains(&*token::fold(next.of(text)))
    })
}

/// The determiner that opens the phrase ending in `head`, at most six words before.
fn start(text: &str, tokens: &[Token], head: usize, determiners: &[&str]) -> Option<usize> {
    (head.saturating_sub(7)..head)
        .rev()
        .take_while(|&at| {
            let folded = token::fold(tokens[at].of(text));
            let is_inner = tokens[at].kind != Kind::Mark && !FUNCTION.contains(&*folded);
            is_inner
                || tokens[at].of(text) == "-"
                || determiners.contains(&&*folded)
                || matches!(&*folded, "now" | "since")
        })
        .find(|&at| determiners.contains(&&*token::fold(tokens[at].of(text))))
}
