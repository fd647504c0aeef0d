//! Finds names, and what kind of thing each is likely to name.
//!
//! In: a report with its words tagged, and the titles of works in it. Out: names in text order with a kind where it is shown.
//! Where the report is in a language with a tagger, names are those it found ([`tagged`]); else runs of capitalised words
//! ([`runs`]). Lines in title case are searched again for names known from the rest of the report.
//! Leaves: names in small letters.

use super::{runs, tagged};
use crate::model::{Annotated, BlockKind, EntityKind};
use crate::span::{Span, Stretches};
use crate::token::{self, Kind, Token};
use crate::vocabulary::{FUNCTION, HONORIFICS, Lists, NAMESAKE_WORDS, ORGANISATION_WORDS};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A name as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name<'t> {
    /// Without title, article and possessive ending.
    pub span: Span,
    /// The words, initials with their stop, hyphens joined.
    pub words: Vec<Cow<'t, str>>,
    /// The title before it.
    pub title: Option<Span>,
    /// What form or context shows.
    pub kind: Option<EntityKind>,
    /// Whether it is the name of an account, fan club or foundation called after a person.
    pub is_namesake: bool,
    /// Whether it is a handle ("@dockside_ana").
    pub is_handle: bool,
    /// Whether the capital may be due to the place: the name opens a sentence or words between marks.
    pub opens: bool,
    /// Index of the sentence.
    pub sentence: usize,
}

/// The names of `found`, in text order; each of `titles` is one, of kind work.
pub fn find<'t>(found: &'t Annotated, titles: &[Span]) -> Vec<Name<'t>> {
    let is_tagged = !found.tagged.words.is_empty();
    let mut names = if is_tagged { tagged::find(found) } else { runs::find(found) };
    let taken = Stretches::of(titles.iter().copied());
    names.retain(|name| !taken.touch(name.span));
    names.extend(titles.iter().map(|&span| work(found, span)));
    in_headlines(found, &mut names);
    // A run of nothing but joints has no words and names nothing.
    names.retain(|name| !name.words.is_empty());
    names.sort_by_key(|name| name.span);
    names
}

/// Names known from the rest of the report take the place of what was found in lines in title case, where capitals say little.
fn in_headlines<'t>(found: &'t Annotated, names: &mut Vec<Name<'t>>) {
    let text = &found.report.text;
    let mut lines = Vec::new();
    for (at, sentence) in found.sentences.iter().enumerate() {
        let kind = found.report.blocks[sentence.block].kind;
        if matches!(kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Dek) {
            let tokens = &sentence.tokens;
            if is_title_case(tokens, kind) {
                lines.push((at, tokens));
            }
        }
    }
    if lines.is_empty() {
        return;
    }
    let is_line = |name: &Name| lines.binary_search_by_key(&name.sentence, |line| line.0).is_ok();
    let known = Known::of(names.iter().filter(|name| !is_line(name)));
    let mut told = Vec::new();
    for (at, tokens) in &lines {
        in_title_case(text, *at, tokens, &known, &mut told);
    }
    let there = Stretches::of(names.iter().map(|name| name.span));
    told.retain(|name| name.words.len() > 1 || !there.touch(name.span));
    let firm = Stretches::of(told.iter().map(|name| name.span));
    names.retain(|name| !firm.touch(name.span));
    names.append(&mut told);
}

/// Names of the running text, to be found again in headlines.
struct Known<'n> {
    whole: BTreeSet<&'n [Cow<'n, str>]>,
    last: BTreeSet<&'n str>,
}

impl<'n> Known<'n> {
    fn of(names: impl Iterator<Item = &'n Name<'n>> + Clone) -> Known<'n> {
        let long = names.clone().filter(|name| name.words.len() > 1);
        Known {
            whole: names.map(|name| name.words.as_slice()).collect(),
            last: long.filter_map(|name| name.words.last().map(|last| &**last)).collect(),
        }
    }
}

/// The title of a work as a name.
fn work(found: &Annotated, span: Span) -> Name<'_> {
    let sentence = found.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    let words = words_of(&found.report.text, &token::tokens(&found.report.text, span));
    Name {
        span,
        words,
        title: None,
        kind: Some(EntityKind::Work),
        is_namesake: false,
        is_handle: false,
        opens: false,
        sentence,
    }
}

/// Whether capitals say nothing here: a headline most of whose longer words have one.
pub(super) fn is_title_case(tokens: &[Token], kind: BlockKind) -> bool {
    if !matches!(kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Dek) {
        return false;
    }
    let long = || tokens.iter().filter(|t| t.kind == Kind::Word && t.span.len() > 3);
    let (count, capitals) = (long().count(), long().filter(|t| t.is_capitalised()).count());
    count > 2 && capitals * 10 > count * 7
}

fn in_title_case<'t>(
    text: &'t str,
    sentence: usize,
    tokens: &[Token],
    known: &Known,
    names: &mut Vec<Name<'t>>,
) {
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].is_capitalised() {
            at += 1;
            continue;
        }
        let longest = (at + 1..=tokens.len().min(at + 5)).rev().find_map(|end| {
            let words = words_of(text, &tokens[at..end]);
            let alone = end == at + 1 && words.first().is_some_and(|word| known.last.contains(&**word));
            let is_known = known.whole.contains(words.as_slice()) || alone;
            is_known.then_some((end, words))
        });
        match longest {
            Some((end, words)) => {
                let span =
                    Span::new(tokens[at].span.start(), strip_possessive(text, tokens[end - 1].span).end());
                let base = Name {
                    span,
                    words,
                    title: None,
                    kind: None,
                    is_namesake: false,
                    is_handle: false,
                    opens: false,
                    sentence,
                };
                names.push(base);
                at = end;
            }
            None => at += 1,
        }
    }
}

/// A handle at `at`: an at sign with a word directly behind it.
pub(super) fn handle(
    text: &str,
    tokens: &[Token],
    at: usize,
    sentence: usize,
) -> Option<(Name<'static>, usize)> {
    let (sign, word) = (tokens.get(at)?, tokens.get(at + 1)?);
    (sign.kind == Kind::Mark
        && sign.of(text) == "@"
        && sign.span.end() == word.span.start()
        && word.kind != Kind::Mark)
        .then(|| {
            let name = Name {
                span: sign.span.cover(word.span),
                words: vec![format!("@{}", word.of(text)).into()],
                title: None,
                kind: Some(EntityKind::Other),
                is_namesake: true,
                is_handle: true,
                opens: false,
                sentence,
            };
            (name, at + 2)
        })
}

/// Whether the one word that `tokens` make of a name is a small one.
pub(super) fn is_function(text: &str, tokens: &[Token], word: &str) -> bool {
    match tokens {
        // Most are written as they stand, and of these the token tells.
        [token] if token.of(text) == word => token.lists.touch(Lists::FUNCTION),
        _ => FUNCTION.contains(&token::fold(word)),
    }
}

pub(super) fn strip_possessive(text: &str, span: Span) -> Span {
    Span::new(span.start(), span.start() + token::without_possessive(span.of(text)).len())
}

pub(super) fn is_honorific(title: &str) -> bool {
    HONORIFICS.contains_key(title)
        || title.split(' ').next_back().is_some_and(|last| HONORIFICS.contains_key(last))
}

pub(super) fn title_words(text: &str, tokens: &[Token]) -> String {
    tokens.iter().map(|t| t.of(text)).filter(|word| *word != ".").collect::<Vec<_>>().join(" ")
}

pub(super) fn words_of<'t>(text: &'t str, tokens: &[Token]) -> Vec<Cow<'t, str>> {
    let mut words: Vec<Cow<str>> = Vec::with_capacity(tokens.len());
    let mut joins = false;
    for token in tokens {
        let word = token.of(text);
        match word {
            "." => continue,
            "-" | "‑" => {
                if let Some(last) = words.last_mut() {
                    last.to_mut().push('-');
                }
                joins = true;
            }
            _ if joins => {
                if let Some(last) = words.last_mut() {
                    last.to_mut().push_str(word);
                }
                joins = false;
            }
            // The tagger's words keep the stop of initials and abbreviations.
            _ => words.push(word.strip_suffix('.').unwrap_or(word).into()),
        }
    }
    if let Some(last) = words.last_mut() {
        match last {
            Cow::Borrowed(last) => *last = token::without_possessive(last),
            Cow::Owned(last) => last.truncate(token::without_possessive(last).len()),
        }
    }
    words
}

/// The last token of what makes the name somebody else's: "fan account", "Updates page".
pub(super) fn namesake_end(text: &str, tokens: &[Token], end: usize, words: &[Cow<str>]) -> Option<usize> {
    let is_word = |word: &str| NAMESAKE_WORDS.contains(&token::fold(word));
    let is_institution = words.iter().rev().skip(1).any(|word| ORGANISATION_WORDS.contains(word));
    let within = words.len() > 2
        && !is_institution
        && words.last().is_some_and(|last| is_word(last) && !ORGANISATION_WORDS.contains(last));
    let mut last = None;
    for (at, token) in tokens.iter().enumerate().skip(end).take(3) {
        if token.kind != Kind::Word || !is_word(token.of(text)) {
            break;
        }
        last = Some(at);
    }
    // A name before "team" or "fans" alone still names the person; "account" and its like do not.
    let strong = |at: usize| {
        matches!(
            &*token::fold(tokens[at].of(text)),
            "account"
                | "accounts"
                | "page"
                | "fanpage"
                | "bot"
                | "channel"
                | "podcast"
                | "foundation"
                | "trust"
                | "club"
        )
    };
    match last {
        Some(at) if strong(at) => Some(at),
        _ if within => Some(end - 1),
        _ => None,
    }
}
