//! Finds posts, videos and messages that a report tells of, whether they were deleted, and sets them side by side.
//!
//! In: a report with quotations and who is who. Out: posts in text order; over a story one entry a post, with its status
//! by report.
//! A post is told of by a quotation from it (its channel says so) or by a sentence that says it was published or taken down: a
//! noun for a post (`lang/en/post-nouns.txt`) and such a verb, the author being the person who did it or whose it is. "That
//! post" is the one told of last, "both her posts" are all of hers. Posts of unnamed people are quotations, not entries: nothing
//! tells one from another.
//! Leaves: edits that only a comparison with the live page would show.

use crate::cast::Cast;
use crate::edition::PostEntry;
use crate::lexicon::{self, Table};
use crate::model::{Annotated, BlockKind, EntityKind, Location, Mention, Party, Post, Quotation, Sentence};
use crate::span::{Span, Stretches};
use crate::token::{self, Token};
use crate::vocabulary::Lists;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static NOUNS: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../lang/en/post-nouns.txt"));
    Table::of(rows.filter_map(|row| Some((row[0], *row.get(1)?))))
});
static PLATFORMS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    lexicon::rows(include_str!("../lang/en/platforms.txt"))
        .map(|row| (row[0], row.get(1).copied().unwrap_or(row[0])))
        .collect()
});

/// Words that say a post is gone.
const DELETED: [&str; 12] = [
    "deleted",
    "removed",
    "withdrew",
    "withdrawn",
    "erased",
    "erases",
    "deletes",
    "removes",
    "withdraws",
    "deleting",
    "pulled",
    "unpublished",
];
/// Words that say it was changed.
const EDITED: [&str; 3] = ["edited", "amended", "reworded"];
/// Words that say it was published.
const PUBLISHED: [&str; 12] = [
    "posted",
    "shared",
    "published",
    "uploaded",
    "tweeted",
    "posts",
    "shares",
    "wrote",
    "recorded",
    "filmed",
    "streamed",
    "appeared",
];

/// Words without one of which a sentence tells of no post.
pub(crate) fn signs() -> impl Iterator<Item = &'static str> {
    let verbs = [&DELETED[..], &EDITED, &PUBLISHED, &["longer", "took", "taken", "take"]];
    verbs.into_iter().flatten().copied()
}

/// How many posts back a later word of one may mean; a report tells of few, and a longer search would grow with its square.
const LOOK_BACK: usize = 100;

/// The posts `found` tells of, in text order.
pub fn find(found: &Annotated) -> Vec<Post> {
    let mut posts: Vec<Post> = Vec::new();
    let mut told: Vec<(Span, Told)> = Vec::new();
    for (at, quotation) in found.quotations.iter().enumerate() {
        told.extend(from_quotation(quotation).map(|told| (quotation.span, Told::Quoted(at, told))));
    }
    let quoted = Stretches::of(found.quotations.iter().flat_map(|quotation| &quotation.content).copied());
    for sentence in &found.sentences {
        let kind = found.report.blocks[sentence.block].kind;
        if kind.is_body() || matches!(kind, BlockKind::Headline | BlockKind::Dek) {
            told.extend(
                from_sentence(found, sentence, &quoted).into_iter().map(|told| (told.noun, Told::Said(told))),
            );
        }
    }
    told.sort_by_key(|(span, _)| *span);
    for (_, told) in told {
        match told {
            Told::Quoted(at, form) => add_quoted(found, &mut posts, at, form),
            Told::Said(said) => add_said(&mut posts, &said),
        }
    }
    posts.retain(|post| post.author.is_some());
    posts
}

enum Told {
    Quoted(usize, &'static str),
    Said(Said),
}

/// What one sentence says of a post.
struct Said {
    author: Option<usize>,
    form: &'static str,
    platform: Option<String>,
    status: &'static str,
    noun: Span,
    evidence: Span,
    reach: Reach,
}

/// Which posts a noun phrase means.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Reach {
    One,
    Last,
    All,
}

/// The form of post that a quotation comes from, if it comes from one.
fn from_quotation(quotation: &Quotation) -> Option<&'static str> {
    let is_story = quotation.platform.as_deref().is_some_and(|platform| platform.contains("Stor"));
    if quotation.place == Location::Quotation {
        return None;
    }
    match quotation.channel? {
        "post" if is_story => Some("story"),
        "post" => Some("post"),
        "video" | "image-text" => Some("video"),
        _ => None,
    }
}

/// The platform as output names it.
pub fn platform_name(written: &str) -> String {
    PLATFORMS
        .iter()
        .find(|(name, _)| written.contains(name))
        .map_or_else(|| written.to_owned(), |(_, name)| (*name).to_owned())
}

fn add_quoted(found: &Annotated, posts: &mut Vec<Post>, at: usize, form: &'static str) {
    let quotation = &found.quotations[at];
    let Party::Entity(author) = quotation.speaker.party else { return };
    let platform = quotation.platform.as_deref().map(platform_name);
    let evidence = quotation.channel_span.unwrap_or(quotation.span);
    let is_open = |post: &&mut Post| {
        post.author == Some(author)
            && agree(&post.platform, &platform)
            && post.form == form
            // Words spoken in or written over one video are of one video; a second post with other words is another post.
            && (form == "video" || post.quotation.is_none() || quotation.place == Location::Headline)
    };
    match posts.iter_mut().rev().take(LOOK_BACK).find(is_open) {
        Some(post) => {
            post.quotation = post.quotation.or(Some(at));
            post.platform = post.platform.take().or(platform);
            if !post.evidence.contains(&evidence) {
                post.evidence.push(evidence);
            }
        }
        None => posts.push(Post {
            author: Some(author),
            platform,
            form,
            quotation: Some(at),
            status: "not stated",
            evidence: vec![evidence],
        }),
    }
}

fn agree(a: &Option<String>, b: &Option<String>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn add_said(posts: &mut Vec<Post>, said: &Said) {
    let fits = |post: &Post| {
        (said.author.is_none() || post.author == said.author)
            && agree(&post.platform, &said.platform)
            && (post.form == said.form
                || said.reach != Reach::One
                || (said.form == "post" && post.form == "story"))
    };
    let first = posts.len().saturating_sub(LOOK_BACK);
    let chosen: Vec<usize> = match said.reach {
        Reach::All => (first..posts.len()).filter(|&at| fits(&posts[at])).collect(),
        _ => (first..posts.len()).rev().find(|&at| fits(&posts[at])).into_iter().collect(),
    };
    if chosen.is_empty() && said.author.is_some() {
        posts.push(Post {
            author: said.author,
            platform: said.platform.clone(),
            form: said.form,
            quotation: None,
            status: said.status,
            evidence: vec![said.evidence],
        });
        return;
    }
    for at in chosen {
        let post = &mut posts[at];
        post.platform = post.platform.take().or_else(|| said.platform.clone());
        if said.status != "not stated" && post.status == "not stated" {
            post.status = said.status;
            post.evidence.insert(0, said.evidence);
        } else if !post.evidence.contains(&said.evidence) {
            post.evidence.push(said.evidence);
        }
    }
}

fn from_sentence(found: &Annotated, sentence: &Sentence, quoted: &Stretches) -> Vec<Said> {
    let text = &found.report.text;
    let tokens = &sentence.tokens;
    if !tokens.iter().any(|token| token.lists.touch(Lists::POST_SIGN)) {
        return Vec::new();
    }
    let words: Vec<_> = tokens.iter().map(|token| token::fold(token.of(text))).collect();
    let word = |at: usize| words.get(at).map_or("", |word| &**word);
    let has = |list: &[&str]| {
        (0..tokens.len()).find(|&at| list.contains(&word(at)) && !quoted.contain(tokens[at].span))
    };
    let gone = (0..tokens.len())
        .any(|at| word(at) == "longer" && matches!(word(at + 1), "visible" | "available" | "online"));
    let taken_down = (0..tokens.len())
        .any(|at| matches!(word(at), "took" | "taken" | "take") && (1..4).any(|n| word(at + n) == "down"));
    let deleted = has(&DELETED);
    let status = if deleted.is_some() || gone || taken_down {
        "deleted"
    } else if has(&EDITED).is_some() {
        "edited"
    } else {
        "not stated"
    };
    if status == "not stated" && has(&PUBLISHED).is_none() {
        return Vec::new();
    }
    let nouns: Vec<usize> = (0..tokens.len())
        .filter(|&at| {
            NOUNS.contains_key(singular(word(at)))
                && !quoted.contain(tokens[at].span)
                && !is_other_sense(text, tokens, at)
        })
        .collect();
    // The noun nearest to the verb is what was deleted or published.
    let verb = deleted.or_else(|| has(&PUBLISHED)).unwrap_or(0);
    let Some(&noun) = nouns.iter().min_by_key(|&&at| at.abs_diff(verb)) else { return Vec::new() };
    let noun_word = word(noun);
    let before = word(noun.saturating_sub(1));
    let reach = if word(noun.saturating_sub(2)) == "both" || matches!(before, "both" | "all") {
        Reach::All
    } else if matches!(before, "that" | "this") || (status == "deleted" && matches!(before, "the" | "it")) {
        Reach::Last
    } else {
        Reach::One
    };
    // "a video on Instagram", "her Instagram video": a platform elsewhere in the sentence is where people answered.
    let near = Span::new(
        tokens[noun.saturating_sub(3)].span.start(),
        tokens[(noun + 4).min(tokens.len() - 1)].span.end(),
    );
    let platform = platform_in(text, near);
    let form = if near.of(text).contains("Instagram Stor")
        || tokens.get(noun).is_some_and(|t| t.of(text).starts_with("Stor"))
    {
        "story"
    } else {
        NOUNS.get(singular(noun_word)).copied().unwrap_or("post")
    };
    vec![Said {
        author: author(found, sentence, tokens[noun].span, word(noun.saturating_sub(1))),
        form,
        platform,
        status,
        noun: tokens[noun].span,
        evidence: sentence.span,
        reach,
    }]
}

fn singular(word: &str) -> &str {
    if word == "stories" { word } else { word.strip_suffix('s').unwrap_or(word) }
}

/// "message of empathy", "news story", "press photo": a noun that is no post here.
fn is_other_sense(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |at: usize| tokens.get(at).map(|t| token::fold(t.of(text))).unwrap_or_default();
    let is_capital_story = tokens[at].is_capitalised();
    match &*word(at) {
        "story" | "stories" => !is_capital_story,
        "note" | "comment" => {
            !matches!(&*word(at.saturating_sub(1)), "this" | "that" | "the" | "a" | "his" | "her")
        }
        "message" => word(at + 1) == "of",
        _ => false,
    }
}

fn platform_in(text: &str, span: Span) -> Option<String> {
    let words = span.of(text);
    PLATFORMS
        .iter()
        .filter_map(|(name, output)| {
            let at = words.find(name)?;
            let bounded = !words[at + name.len()..].starts_with(char::is_alphanumeric)
                && !words[..at].ends_with(char::is_alphanumeric);
            bounded.then(|| (*output).to_owned())
        })
        .next()
}

/// Whose post it is: the person who owns the noun, else the first person or organisation of the sentence before the noun, else whoever a pronoun before it
/// means, else the first person behind it.
fn author(found: &Annotated, sentence: &Sentence, noun: Span, before: &str) -> Option<usize> {
    let first = found.mentions.partition_point(|mention| mention.span.start() < sentence.span.start());
    let within: Vec<&Mention> = found.mentions[first..]
        .iter()
        .take_while(|mention| mention.span.start() < sentence.span.end())
        .filter(|m| sentence.span.contains(m.span) && m.entity.is_some_and(|at| may_publish(found, at)))
        .collect();
    let owner = matches!(before, "her" | "his")
        .then(|| within.iter().rfind(|m| m.span.end() <= noun.start()).and_then(|m| m.entity))
        .flatten();
    owner
        .or_else(|| within.iter().find(|m| m.span.end() <= noun.start()).and_then(|m| m.entity))
        .or_else(|| within.iter().find(|m| m.span.start() >= noun.end()).and_then(|m| m.entity))
}

fn may_publish(found: &Annotated, entity: usize) -> bool {
    let entity = &found.entities[entity];
    (entity.kind == EntityKind::Person || entity.is_namesake) && !entity.name.starts_with('@')
}

/// The posts of a story over all its reports, in the order they are first told of.
pub fn reconcile(witnesses: &[Annotated], cast: &Cast) -> Vec<PostEntry> {
    let mut entries: Vec<PostEntry> = Vec::new();
    let mut of_author: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (report, witness) in witnesses.iter().enumerate() {
        for post in &witness.posts {
            let Some(author) = post.author.and_then(|entity| cast.member(report, entity)) else { continue };
            let id = &witness.report.id;
            let text = post.quotation.map(|at| {
                witness.quotations[at]
                    .content
                    .iter()
                    .map(|part| witness.words(*part))
                    .collect::<Vec<_>>()
                    .join(" … ")
            });
            let same = |at: &usize| {
                let entry = &entries[*at];
                entry.form == post.form
                    && agree(&entry.platform, &post.platform)
                    && is_same_text(entry, &text, id)
            };
            let evidence = post.evidence.iter().map(|span| witness.place(*span));
            let own = of_author.entry(author).or_default();
            match own.iter().copied().find(same) {
                Some(at) => {
                    let entry = &mut entries[at];
                    entry.platform = entry.platform.take().or_else(|| post.platform.clone());
                    if entry.text.is_none() && text.is_some() {
                        (entry.text, entry.text_report) = (text, Some(id.clone()));
                    }
                    let status = entry.status.entry(id.clone()).or_insert_with(|| post.status.to_owned());
                    if status == "not stated" {
                        *status = post.status.to_owned();
                    }
                    entry.evidence.extend(evidence);
                }
                None => {
                    let entry = PostEntry {
                        author: Some(cast.members[author].name.clone()),
                        platform: post.platform.clone(),
                        form: post.form.to_owned(),
                        text_report: text.is_some().then(|| id.clone()),
                        text,
                        status: BTreeMap::from([(id.clone(), post.status.to_owned())]),
                        evidence: evidence.collect(),
                    };
                    own.push(entries.len());
                    entries.push(entry);
                }
            }
        }
    }
    entries
}

/// Two posts of one form by one author in one report are two; across reports their words tell, if both are quoted.
fn is_same_text(entry: &PostEntry, text: &Option<String>, report: &str) -> bool {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 3)
            .map(|word| token::fold(word).into_owned())
            .collect::<Vec<_>>()
    };
    match (&entry.text, text) {
        (Some(a), Some(b)) if entry.form != "video" => {
            let (a, b) = (words(a), words(b));
            let shared = a.iter().filter(|word| b.contains(word)).count();
            shared * 3 >= a.len().min(b.len())
        }
        _ => entry.form == "video" || !entry.status.contains_key(report) || text.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate;
    use crate::model::Received;

    /// Checks the posts of a text: "author | form | platform | status", in text order.
    fn check(text: &str, expected: &[&str]) {
        let found = annotate(&Received { bytes: text.as_bytes().to_vec(), ..Received::default() });
        let posts: Vec<String> = found
            .posts
            .iter()
            .map(|post| {
                let author = post.author.map_or("?", |entity| found.entities[entity].name.as_str());
                format!(
                    "{author} | {} | {} | {}",
                    post.form,
                    post.platform.as_deref().unwrap_or("-"),
                    post.status
                )
            })
            .collect();
        assert_eq!(posts, expected, "posts of {text:?}");
    }

    #[test]
    fn the_words_of_a_post_say_whose_wording_they_are() {
        let bare = "Mayor Ana Ruiz posted a video on Instagram about the flood on Monday. She cried.";
        let worded =
            "Mayor Ana Ruiz posted a video on Instagram on Monday. “We are sorry,” she said in the video.";
        let mut witnesses = [bare, worded].map(|text| {
            annotate(&Received {
                bytes: text.into(),
                id: Some(text.len().to_string()),
                ..Received::default()
            })
        });
        let story = crate::story(&mut witnesses);
        let shown: Vec<_> =
            story.posts.iter().map(|post| (post.text.as_deref(), post.text_report.as_deref())).collect();
        assert_eq!(shown, [(Some("We are sorry,"), Some(&*worded.len().to_string()))]);
    }

    #[test]
    fn a_post_and_its_deletion_are_one() {
        check(
            "Ana Ruiz posted a video on Instagram on Sunday. “We are sorry,” she said in the video. Ruiz deleted the video on Monday.",
            &["Ana Ruiz | video | Instagram | deleted"],
        );
        check(
            "Ana Ruiz wrote on X: “We are sorry.” The post was no longer visible on Monday.",
            &["Ana Ruiz | post | X | deleted"],
        );
        check("Ana Ruiz told a story of empathy to the press.", &[]);
    }
}
