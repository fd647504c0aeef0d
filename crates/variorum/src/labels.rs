//! What each report calls the same person, group or thing.
//!
//! In: the reports of a story with mentions, quotations, posts and figures, and the cast. Out: labels by target, in order of
//! first use, the narrator's words apart from quoted ones.
//! People and organisations: descriptions that belong to a member of the cast. Works: the noun phrase before or behind a
//! title. Posts and videos: the noun phrases that mean one, where they can mean no other. Groups: what is counted, where reports count the same number
//! under other nouns.
//! Only descriptions are labels: plain names and pronouns are not. Sorted by place, never by tone.
//! Leaves: descriptions behind "is" and "was", metaphors.

use crate::cast::Cast;
use crate::edition::{Agreement, Label, LabelUse, ReconciledFigure, VoiceKind};
use crate::lexicon::{self, Words};
use crate::model::{Annotated, EntityKind, Form, MentionForm, Party, Post};
use crate::span::{Span, Stretches};
use crate::token::{self, Kind, Token};
use crate::vocabulary::{FUNCTION, ROLES, WORK_NOUNS};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static POST_NOUNS: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::rows(include_str!("../lang/en/post-nouns.txt")).map(|row| row[0])));
static PLACE_NOUNS: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::entries(include_str!("../lang/en/place-nouns.txt"))));

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
    let mut told: Vec<(Span, &Post)> =
        witness.posts.iter().flat_map(|post| post.evidence.iter().map(move |span| (*span, post))).collect();
    told.sort_by_key(|(span, _)| *span);
    let unnamed = witness.quotations.iter().filter(|q| !matches!(q.speaker.party, Party::Entity(_)));
    // "A second message reads": a phrase that is who says something is no post of somebody named.
    let unnamed = Stretches::of(unnamed.filter_map(|quotation| quotation.speaker.span));
    phrases(witness, &POST_NOUNS, &["the", "a", "an", "his", "her"])
        .into_iter()
        .filter(|span| names_post(witness, *span) && !unnamed.touch(*span))
        .filter_map(|span| {
            let is_video = is_video(witness, span);
            let before = told.partition_point(|(told, _)| told.start() <= span.start());
            let near = &told[before.saturating_sub(NEAR_POSTS)..told.len().min(before + NEAR_POSTS)];
            let author = cast.name(report, post_meant(witness, span, is_video, near)?.author?);
            let form = if is_video { "video" } else { "post" };
            Some((format!("{author}’s {form}"), "other", span))
        })
        .collect()
}

/// Whether a phrase with a noun for a post means one, and says more than its form.
fn names_post(witness: &Annotated, span: Span) -> bool {
    let words: Vec<&str> = witness.words(span).split_whitespace().collect();
    let last = words.last().copied().unwrap_or_default();
    let (ahead, behind) = (&witness.report.text[..span.start()], &witness.report.text[span.end()..]);
    // A news story, a message of thanks, an outlet called the Post: no posts.
    let is_other = matches!(last, "story" | "stories" | "Post")
        || last == "message" && behind.trim_start().starts_with("of ");
    // "Shared on her Stories" says where.
    let is_where = last.starts_with("Stor")
        && ahead.split_whitespace().next_back().is_some_and(|word| matches!(word, "on" | "to" | "via"));
    // "The video" says nothing that its form does not.
    let is_bare = words.len() == 2 && token::fold(last) == "video";
    !is_other && !is_where && !is_bare
}

fn is_video(witness: &Annotated, span: Span) -> bool {
    let text = token::fold(witness.words(span));
    ["video", "clip", "footage", "livestream", "reel"].iter().any(|noun| text.ends_with(noun))
}

/// How many places on either side of a phrase that tell of posts are looked at, and how many bytes off: further off another may
/// be meant.
const NEAR_POSTS: usize = 50;
const NEAR_BYTES: usize = 2000;

/// The post that `phrase` means, of those `told` of near it: the one that the words around tell of, else the last one before, else
/// the first one behind, where it can be no other.
fn post_meant<'p>(
    witness: &Annotated,
    phrase: Span,
    is_video: bool,
    told: &[(Span, &'p Post)],
) -> Option<&'p Post> {
    let fits = |post: &Post| (post.form == "video") == is_video && owner_fits(witness, phrase, post);
    let around = told.iter().filter(|(span, post)| span.contains(phrase) && fits(post));
    if let Some((_, post)) = around.min_by_key(|(span, _)| span.len()) {
        return Some(post);
    }
    let before = || told.iter().filter(|(span, _)| span.end() <= phrase.start());
    let is_clear = |gap: Span, post: &Post| gap.len() <= NEAR_BYTES && !others_write(witness, gap, post);
    if before().next().is_none() {
        let mut behind = told.iter().filter(|(span, post)| span.start() >= phrase.end() && fits(post));
        let (next, post) = behind.next()?;
        return is_clear(Span::new(phrase.end(), next.start()), post).then_some(*post);
    }
    let (last, post) = before().filter(|(_, post)| fits(post)).max_by_key(|(span, _)| span.end())?;
    let is_new = matches!(&*token::fold(witness.words(phrase).split(' ').next()?), "a" | "an");
    // "Her message" may be what she says in her video.
    let may_be_another = !is_video && before().any(|(_, other)| other.form == "video");
    let is_one = !is_new && !may_be_another && is_clear(Span::new(last.end(), phrase.start()), post);
    is_one.then_some(*post)
}

/// Whether "his" or "her" before a noun means the author of `post`; other determiners may.
fn owner_fits(witness: &Annotated, phrase: Span, post: &Post) -> bool {
    let at = witness.mentions.partition_point(|mention| mention.span.start() < phrase.start());
    witness
        .mentions
        .get(at)
        .filter(|m| m.span.start() == phrase.start() && m.form == MentionForm::Pronoun)
        .is_none_or(|owner| owner.entity == post.author)
}

/// Whether somebody else than the author of `post` is quoted within `gap`.
fn others_write(witness: &Annotated, gap: Span, post: &Post) -> bool {
    let first = witness.quotations.partition_point(|quotation| quotation.span.start() < gap.start());
    let within = witness.quotations[first..].iter().take_while(|q| q.span.start() < gap.end());
    within.filter(|quotation| quotation.form != Form::Indirect).any(|quotation| {
        match quotation.speaker.party {
            Party::Entity(entity) => Some(entity) != post.author,
            Party::Unnamed | Party::Unknown => true,
        }
    })
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
    ) || last.strip_suffix('s').is_some_and(|single| ROLES.contains_key(single))
}

/// Noun phrases of `witness` with a determiner of the list and a head of `nouns`, in text order.
fn phrases(witness: &Annotated, nouns: &Words, determiners: &[&str]) -> Vec<Span> {
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
            if nouns.contains(&folded) && !goes_on(text, tokens, head, nouns) {
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
fn goes_on(text: &str, tokens: &[Token], head: usize, nouns: &Words) -> bool {
    tokens.get(head + 1).is_some_and(|next| {
        let near = &text[tokens[head].span.end()..next.span.start()] == " ";
        near && next.kind == Kind::Word && nouns.contains(&token::fold(next.of(text)))
    })
}

/// The determiner that opens the phrase ending in `head`, at most six words before.
fn start(text: &str, tokens: &[Token], head: usize, determiners: &[&str]) -> Option<usize> {
    (head.saturating_sub(7)..head)
        .rev()
        .take_while(|&at| {
            let folded = token::fold(tokens[at].of(text));
            let is_inner = tokens[at].kind != Kind::Mark && !FUNCTION.contains(&folded);
            is_inner
                || tokens[at].of(text) == "-"
                || determiners.contains(&&*folded)
                || matches!(&*folded, "now" | "since")
        })
        .find(|&at| determiners.contains(&&*token::fold(tokens[at].of(text))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Received;

    /// Checks the labels of posts in a text: "target: label".
    fn check(text: &str, expected: &[&str]) {
        let found = crate::annotate(&Received { bytes: text.as_bytes().to_vec(), ..Received::default() });
        let witnesses = [found];
        let cast = crate::cast::resolve(&witnesses);
        let labels = gather(&witnesses, &cast, &[]);
        let posts = labels.iter().filter(|label| label.kind == "other");
        let shown: Vec<String> = posts
            .flat_map(|label| label.uses.iter().map(|used| format!("{}: {}", label.target, used.text)))
            .collect();
        assert_eq!(shown, expected, "labels of {text:?}");
    }

    #[test]
    fn a_phrase_for_a_post_means_the_one_told_of() {
        check(
            "Ana Ruiz wrote on X: “We are sorry.” She deleted the angry post on Monday.",
            &["Ana Ruiz’s post: the angry post"],
        );
        check(
            "Ana Ruiz posted a tearful video on Instagram on Sunday. It rained. The short clip was seen by thousands.",
            &["Ana Ruiz’s video: a tearful video", "Ana Ruiz’s video: The short clip"],
        );
    }

    #[test]
    fn a_message_of_somebody_else_is_no_label() {
        check(
            "Ana Ruiz wrote on X: “We are sorry.” Another user wrote, “Go home.” The angry post was seen by thousands.",
            &[],
        );
        check(
            "Ana Ruiz wrote on X: “We are sorry.” A second X message reads, “The mayor should rest now.”",
            &[],
        );
        check("Ana Ruiz wrote on her Instagram Stories, “We are sorry.”", &[]);
    }

    #[test]
    fn a_message_that_may_be_a_video_is_no_label() {
        check(
            "Ana Ruiz posted a video on Instagram. “We are sorry,” she said in the video. Ruiz wrote on X: “We will rebuild.” \
             Her tearful message came a day after the storm.",
            &[],
        );
    }
}
