//! How the words came: spoken, posted, written over a picture, in a filing.
//!
//! In: drafts with their cues and lines. Out: channel, platform and the words that say so, filled into the drafts.
//! The narrator's words around the cue, not those of the quotation, decide first, then the class of the cue, then, for what is written and for
//! quotations that go on, the channel of what came before in the same or the preceding paragraphs.
//! Leaves: channels that only the reader's knowledge of an outlet tells.

use super::german;
use super::lists::{self, ChannelPhrase};
use super::narration::{Line, Part};
use super::weave::Draft;
use crate::model::{Annotated, EntityKind, Form};
use crate::span::Span;
use crate::vocabulary::Lists;

/// How many lines a channel is carried to what is written without saying where.
const CARRIED_LINES: usize = 16;
/// How far from the cue its channel is looked for, in items.
const REACH: usize = 26;

#[derive(Clone)]
struct Channel {
    name: &'static str,
    platform: Option<String>,
    span: Option<Span>,
}

/// Fills the channel of every draft. `drafts` of one line are in order of their cues' places.
pub fn fill(found: &Annotated, lines: &[Line], drafts: &mut [Draft]) {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|at| (drafts[*at].line, drafts[*at].outer.start()));
    let mut carried = Carried { line: 0, posts: None, paper: None, last: None };
    let mut next_line = 0;
    for at in order {
        let line = drafts[at].line;
        while next_line <= line {
            carried.narrated(found, &lines[next_line], next_line);
            next_line += 1;
        }
        let channel = channel(found, &lines[line], &drafts[at], &carried);
        if drafts[at].parent.is_none() && drafts[at].form != Form::Indirect {
            carried.last = channel.clone().map(|channel| (line, lines[line].block, channel));
        }
        if let Some(channel) = channel {
            if channel.name == "post" {
                carried.line = line;
            }
            drafts[at].channel = Some(channel.name);
            drafts[at].platform = channel.platform;
            drafts[at].channel_span = channel.span;
        }
    }
}

/// What the lines before say.
struct Carried {
    line: usize,
    /// The last platform the narrator named, by line.
    posts: Option<Channel>,
    /// The last essay, filing or document the narrator named, with its line.
    paper: Option<(usize, Channel)>,
    /// Line, block and channel of the last quotation.
    last: Option<(usize, usize, Channel)>,
}

impl Carried {
    fn narrated(&mut self, found: &Annotated, line: &Line, number: usize) {
        let all = phrases(found, line, 0, line.items.len());
        let is_paper = |name: &str| matches!(name, "op-ed" | "document" | "court-filing");
        if let Some((phrase, span)) =
            all.iter().find(|(phrase, _)| !phrase.is_platform && is_paper(phrase.channel))
        {
            self.paper = Some((number, Channel { name: phrase.channel, platform: None, span: Some(*span) }));
        }
        if let Some((phrase, span)) = all.into_iter().find(|(phrase, _)| phrase.is_platform) {
            self.line = number;
            self.posts = Some(Channel {
                name: phrase.channel,
                platform: Some(span.of(&found.report.text).to_owned()),
                span: Some(span),
            });
        }
    }
}

fn channel(found: &Annotated, line: &Line, draft: &Draft, carried: &Carried) -> Option<Channel> {
    if draft.parent.is_some() {
        return draft.verb.map(|verb| Channel {
            name: if verb.class == "writing" { "writing" } else { "speech" },
            platform: None,
            span: None,
        });
    }
    let class = draft.verb.map(|verb| verb.class);
    let Some(cue) = draft.cue_item else {
        if class == Some("post") {
            return Some(posted(carried, draft.line));
        }
        let goes_on = matches!(draft.rule, "continuation" | "previous-sentence-subject");
        return carried
            .last
            .as_ref()
            .filter(|(number, ..)| goes_on && number + 2 > draft.line)
            .map(|(.., channel)| channel.clone());
    };
    let (start, end) = stretch(line, cue);
    let heard = if german::is_german(found) {
        german::channel::outlet(&found.report.text, line, start..end, draft.speaker).map(interview)
    } else {
        listener(found, line, draft, cue, end).or_else(|| programme(line, start, end))
    };
    if heard.is_some() {
        return heard;
    }
    if let Some(channel) = stated(found, line, draft, cue, start, end).or_else(|| paper(found, line, draft)) {
        return Some(channel);
    }
    let before = carried
        .last
        .as_ref()
        .filter(|(number, block, _)| *block == line.block && number + 2 > draft.line)
        .map(|(.., channel)| channel);
    match class {
        Some("post") => Some(posted(carried, draft.line)),
        Some("writing") => match before.filter(|channel| !matches!(channel.name, "speech" | "image-text")) {
            Some(channel) => Some(channel.clone()),
            // "She looked back in an op-ed. “…,” she wrote."
            None if carried
                .paper
                .as_ref()
                .is_some_and(|(number, _)| number + 3 > draft.line && *number >= carried.line) =>
            {
                carried.paper.as_ref().map(|(_, channel)| channel.clone())
            }
            None => {
                let post = carried.posts.is_some()
                    && carried.line + CARRIED_LINES >= draft.line
                    && carried
                        .last
                        .as_ref()
                        .is_none_or(|(.., last)| !matches!(last.name, "op-ed" | "document"));
                Some(if post { posted(carried, draft.line) } else { plain("writing") })
            }
        },
        Some("message") => Some(plain("message")),
        Some("sign") => Some(plain("writing")),
        Some("thought") => None,
        _ => {
            let goes_on = draft.verb.is_some_and(|verb| {
                matches!(verb.lemma, "continue" | "add" | "conclude") || verb.shape == lists::Shape::Gerund
            });
            match before.filter(|_| goes_on) {
                Some(channel) => Some(channel.clone()),
                None if goes_on && draft.verb.is_some_and(|verb| verb.lemma == "continue") => carried
                    .last
                    .as_ref()
                    .filter(|(number, ..)| number + 2 > draft.line)
                    .map(|(.., channel)| channel.clone())
                    .or(Some(plain("speech"))),
                None => Some(plain("speech")),
            }
        }
    }
}

fn plain(name: &'static str) -> Channel {
    Channel { name, platform: None, span: None }
}

fn posted(carried: &Carried, line: usize) -> Channel {
    let near = carried.posts.as_ref().filter(|_| carried.line + CARRIED_LINES >= line);
    near.map_or(plain("post"), |channel| Channel { name: "post", ..channel.clone() })
}

/// The items around a cue that tell about it: up to the next cue or colon on either side.
fn stretch(line: &Line, cue: usize) -> (usize, usize) {
    let is_border = |at: &usize| {
        // "A video published on Saltgram": a participle of the video, not somebody's verb.
        let is_participle = || {
            *at > 0
                && matches!(
                    line.word(at.wrapping_sub(1)),
                    "video" | "clip" | "post" | "message" | "statement" | "letter" | "story" | "interview"
                )
        };
        super::attribution::cue_at(line, *at)
            .is_some_and(|verb| verb.shape != lists::Shape::Base && !is_participle())
            || line.word(*at) == ";"
    };
    let start =
        (cue.saturating_sub(REACH)..cue).rev().find(is_border).map_or(cue.saturating_sub(REACH), |at| at + 1);
    let limit = line.items.len().min(cue + REACH);
    let end = (cue + 1..limit).find(is_border).unwrap_or(limit);
    (start, end.max(cue + 1))
}

/// "told the Ledger": an interview, when the listener is an outlet and not a person or the police; "told the jury": in court.
fn listener(found: &Annotated, line: &Line, draft: &Draft, cue: usize, end: usize) -> Option<Channel> {
    if draft.verb?.lemma != "tell" {
        return None;
    }
    let first = cue + 1 + usize::from(matches!(line.word(cue + 1), "the" | "a" | "his" | "her"));
    let listener = line.items.get(first)?.span;
    let audience = audience(line, first).filter(|_| !line.is_capital(first));
    if let Some(name) = audience {
        return Some(Channel { name, platform: None, span: Some(listener) });
    }
    let phrase = super::speaker::starting_at(line, cue + 1, end)?;
    let span = line.span(phrase.start, phrase.end);
    let begins = found.mentions.partition_point(|mention| mention.span.start() < listener.start());
    let named = found.mentions.get(begins).filter(|mention| mention.span.start() == listener.start());
    if let Some(named) = named.filter(|_| line.is_capital(first)) {
        return (named.kind != EntityKind::Person).then(|| interview(named.span));
    }
    let first = found.mentions.partition_point(|mention| mention.span.end() <= span.start());
    let person = found.mentions[first..]
        .iter()
        .take_while(|mention| mention.span.start() < span.end())
        .any(|mention| mention.kind == EntityKind::Person);
    (line.is_capital(phrase.end.wrapping_sub(1)) && !person).then(|| interview(span))
}

fn interview(span: Span) -> Channel {
    Channel { name: "interview", platform: None, span: Some(span) }
}

/// Where one speaks to the listeners at `at`.
fn audience(line: &Line, at: usize) -> Option<&'static str> {
    match line.word(at) {
        "court" | "jury" | "jurors" | "judge" | "trial" | "inquest" | "hearing" => Some("court"),
        "press" if is_staff(line, at + 1) => None,
        "reporters" | "journalists" | "press" | "media" => Some("press-conference"),
        "crowd" | "audience" | "supporters" => Some("speech"),
        "me" | "us" => Some("interview"),
        _ => None,
    }
}

/// The "office" of "press office": no press that somebody speaks to.
fn is_staff(line: &Line, at: usize) -> bool {
    matches!(line.word(at), "office" | "officer" | "secretary" | "pool" | "team" | "aide" | "corps")
}

/// "on ABC’s “This Week”": a broadcaster and its programme.
fn programme(line: &Line, start: usize, end: usize) -> Option<Channel> {
    let owner = |at: usize| {
        let names = at + 1..end.min(at + 5);
        let last =
            names.take_while(|name| line.is_capital(*name)).find(|name| line.word(*name).ends_with("'s"))?;
        let is_marked = line.quote(last + 1).is_some() || matches!(line.word(last + 1), "“" | "\"" | "‘");
        is_marked.then(|| interview(line.span(at + 1, last + 1)))
    };
    (start..end).filter(|at| line.word(*at) == "on").find_map(owner)
}

/// "The study says", "according to court papers", "the court ruled": a paper or a court that speaks.
fn paper(found: &Annotated, line: &Line, draft: &Draft) -> Option<Channel> {
    if draft.verb.is_some_and(|verb| matches!(verb.lemma, "rule" | "testify")) {
        return Some(Channel { name: "court", platform: None, span: draft.cue });
    }
    let speaker = draft.speaker?;
    let start = line.items.iter().position(|item| item.span.start() >= speaker.start())?;
    let end =
        line.items.iter().position(|item| item.span.start() >= speaker.end()).unwrap_or(line.items.len());
    let is_paper = |name: &str| matches!(name, "document" | "statement" | "court-filing" | "op-ed");
    let (phrase, span) =
        phrases(found, line, start, end).into_iter().find(|(phrase, _)| is_paper(phrase.channel))?;
    Some(Channel { name: phrase.channel, platform: None, span: Some(span) })
}

fn stated(
    found: &Annotated,
    line: &Line,
    draft: &Draft,
    cue: usize,
    start: usize,
    end: usize,
) -> Option<Channel> {
    let mut all = phrases(found, line, start, end);
    all.retain(|(_, span)| draft.content.iter().all(|part| part.overlap(*span) == 0));
    let class = draft.verb.map(|verb| verb.class);
    let (text, is_german) = (&found.report.text, german::is_german(found));
    let written = matches!(class, Some("writing" | "post" | "sign"));
    let over = |span: Span| {
        let at = line.items.iter().position(|item| item.span.start() >= span.start()).unwrap_or(0);
        (at.saturating_sub(4)..at)
            .any(|before| matches!(line.word(before), "on" | "over" | "across" | "onto"))
    };
    let picture = all
        .iter()
        .find(|(phrase, span)| phrase.channel == "video" && !phrase.is_platform && written && over(*span));
    if let Some((_, span)) = picture {
        return Some(Channel { name: "image-text", platform: None, span: Some(*span) });
    }
    let governed = |span: &Span| {
        let at = line.items.iter().position(|item| item.span.start() >= span.start()).unwrap_or(0);
        let leads = if is_german { german::channel::leads } else { leads };
        (at.saturating_sub(5)..at).any(|before| leads(line.word(before))) || at < cue && at + 4 > cue
    };
    let usable: Vec<&(&'static ChannelPhrase, Span)> =
        all.iter().filter(|(_, span)| governed(span)).collect();
    let chosen = usable.iter().find(|(phrase, _)| !phrase.is_platform).or(usable.first())?;
    let platform = usable.iter().find(|(phrase, _)| phrase.is_platform);
    let name = match (chosen.0.channel, platform) {
        ("video", _) if written && chosen.0.is_platform => "post",
        ("message", Some(_)) => "post",
        (name, _) => name,
    };
    let platform = platform.filter(|_| matches!(name, "post" | "video"));
    Some(Channel {
        name,
        platform: platform.map(|(_, span)| span.of(text).to_owned()),
        span: Some(platform.map_or(chosen.1, |(_, span)| joined(chosen.1, *span))),
    })
}

/// What stands before the channel by which somebody spoke.
fn leads(word: &str) -> bool {
    matches!(
        word,
        "in" | "on" | "during" | "via" | "from" | "at" | "to" | "using" | "through" | "into" | "with"
    )
}

/// The channel phrases among items `start..end`, longest first at each place.
fn phrases(found: &Annotated, line: &Line, start: usize, end: usize) -> Vec<(&'static ChannelPhrase, Span)> {
    let (text, is_german) = (&found.report.text, german::is_german(found));
    let mut all = Vec::new();
    if !line.holds(Lists::CHANNEL) {
        return all;
    }
    let mut at = start;
    while at < end {
        // Few words begin a phrase, which their lists tell.
        if !line.lists(at).touch(Lists::CHANNEL) {
            at += 1;
            continue;
        }
        match phrase_at(text, line, at, end, is_german) {
            Some((phrase, length)) => {
                all.push((phrase, line.span(at, at + length)));
                at += length;
            }
            None => at += 1,
        }
    }
    all
}

fn phrase_at(
    text: &str,
    line: &Line,
    at: usize,
    end: usize,
    is_german: bool,
) -> Option<(&'static ChannelPhrase, usize)> {
    if !line.is_word(at) {
        return None;
    }
    let fits = |phrase: &&ChannelPhrase| {
        let words = phrase.folded.len();
        at + words <= end
            && phrase.folded.iter().enumerate().all(|(step, word)| line.word(at + step) == word)
            && (!phrase.is_platform || line.items[at].span.of(text).starts_with(char::is_uppercase))
            && (phrase.is_platform || is_german || !is_in_name(line, at, at + words))
            && !(phrase.channel == "press-conference" && is_staff(line, at + words))
            && !(phrase.channel == "document" && is_authored(line, at + words))
            && (phrase.words != "X" || is_platform_x(line, at))
    };
    let best = lists::channels(line.word(at), is_german)
        .iter()
        .filter(fits)
        .max_by_key(|phrase| phrase.folded.len())?;
    Some((best, best.folded.len()))
}

/// "Associated Press", "Article 5": words of a name are no channel.
fn is_in_name(line: &Line, start: usize, end: usize) -> bool {
    let is_number = line.items.get(end).is_some_and(|item| item.part == Part::Number);
    let is_joined = line.is_capital(start.wrapping_sub(1)) || line.is_capital(end) || is_number;
    start > 0 && line.is_capital(start) && is_joined
}

/// "study co-author", "the article by the Ledger": who wrote a paper is no channel.
fn is_authored(line: &Line, at: usize) -> bool {
    matches!(line.word(at), "co" | "author" | "authors" | "coauthor" | "coauthors")
        || line.word(at) == "by"
            && (line.is_capital(at + 1) || line.word(at + 1) == "the" && line.is_capital(at + 2))
}

/// "on X", "an X user": not the initial of a name.
fn is_platform_x(line: &Line, at: usize) -> bool {
    let before = line.word(at.wrapping_sub(1));
    let behind = line.word(at + 1);
    let is_german =
        matches!(before, "auf" | "bei" | "über" | "plattform" | "kurznachrichtendienst" | "netzwerk");
    is_german
        || matches!(before, "on" | "to" | "via" | "from" | "an")
        || matches!(
            behind,
            "user" | "users" | "post" | "posts" | "account" | "message" | "messages" | "thread" | "formerly"
        )
}

/// The cover of two neighbouring phrases, or the first of them where they lie apart.
fn joined(a: Span, b: Span) -> Span {
    let cover = a.cover(b);
    if cover.len() <= a.len() + b.len() + 8 { cover } else { a }
}
