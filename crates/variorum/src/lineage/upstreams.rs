//! The sources that reports name: agencies, other outlets, authorities.
//!
//! In: the reports of a story with their mentions. Out: one source a name, with the reports that name it and where.
//! Rules, in this order: an agency in brackets behind the place at the head of a text, or on a line of credit; a name
//! behind "according to" and its like; an organisation that says, reports or announces something; sources without a
//! name of their own ("police said"). Names are those of the cast, so that initials and the full name are one source;
//! what the cast cannot tell is compared by its letters here.
//! Leaves: people as sources (they are voices), sources named only inside other people's words.

use super::copies;
use crate::cast::Cast;
use crate::edition::{Place, Upstream};
use crate::lexicon;
use crate::model::{Annotated, BlockKind, EntityKind, Mention, MentionForm};
use crate::span::Span;
use crate::token;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Longest insertion between a source and what it does, in bytes ("the council, which owns the bank, said").
const INSERTION: usize = 120;

static WORDS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in lexicon::rows(include_str!("../../lang/en/reporting-words.txt")) {
        if let [kind, word] = row[..] {
            words.entry(kind).or_default().insert(word);
        }
    }
    words
});

/// One naming of a source.
struct Naming {
    report: usize,
    span: Span,
    name: String,
}

/// Named sources.
pub struct Sources {
    /// By name; the reports that name it with the places.
    by_name: BTreeMap<String, Vec<Naming>>,
}

/// The sources named in `witnesses`.
pub fn find(witnesses: &[Annotated], cast: &Cast) -> Sources {
    let mut namings: Vec<Naming> = Vec::new();
    for (report, witness) in witnesses.iter().enumerate() {
        let quoted = copies::quoted(witness);
        namings.extend(named(witness, report, cast, &quoted));
        namings.extend(unnamed(witness, report, &quoted));
    }
    Sources { by_name: group(namings) }
}

impl Sources {
    /// One entry a source, by name; evidence in the order of reports and text.
    pub fn entries(&self, witnesses: &[Annotated]) -> Vec<Upstream> {
        let place = |naming: &Naming| witnesses[naming.report].place(naming.span);
        self.by_name
            .iter()
            .map(|(name, namings)| {
                let reports: BTreeSet<usize> = namings.iter().map(|naming| naming.report).collect();
                let evidence: Vec<Place> = namings.iter().map(place).collect();
                let reports = reports.into_iter().map(|at| witnesses[at].report.id.clone()).collect();
                Upstream { name: name.clone(), reports, evidence }
            })
            .collect()
    }

    /// (child, parent) where the child names the parent's outlet as its source.
    pub fn stated(&self, witnesses: &[Annotated]) -> BTreeSet<(usize, usize)> {
        let mut stated = BTreeSet::new();
        for (name, namings) in &self.by_name {
            for (parent, witness) in witnesses.iter().enumerate() {
                if witness.report.outlet.as_deref().is_some_and(|outlet| is_same(outlet, name)) {
                    let children = namings.iter().map(|naming| naming.report);
                    stated.extend(children.filter(|&child| child != parent).map(|child| (child, parent)));
                }
            }
        }
        stated
    }
}

fn named(witness: &Annotated, report: usize, cast: &Cast, quoted: &[Span]) -> Vec<Naming> {
    let may = |mention: &&Mention| {
        !matches!(mention.kind, EntityKind::Person | EntityKind::Work | EntityKind::Event)
            && matches!(mention.form, MentionForm::Name | MentionForm::Description)
    };
    witness
        .mentions
        .iter()
        .filter(may)
        .filter(|mention| is_source(witness, mention, quoted))
        .filter_map(|mention| {
            Some(Naming { report, span: mention.span, name: name(witness, report, cast, mention)? })
        })
        .filter(|naming| {
            !witness.report.outlet.as_deref().is_some_and(|outlet| is_same(outlet, &naming.name))
        })
        .collect()
}

/// Whether the words around a mention make it a source.
fn is_source(witness: &Annotated, mention: &Mention, quoted: &[Span]) -> bool {
    let Some(block) = witness.block_at(mention.span.start()) else { return false };
    let text = &witness.report.text;
    let sentence = sentence_around(witness, mention.span).unwrap_or(block.span);
    let before = text[sentence.start()..mention.span.start()].trim_end();
    let after = &text[mention.span.end()..sentence.end().max(mention.span.end())];
    if matches!(block.kind, BlockKind::Dateline | BlockKind::Byline | BlockKind::Note) {
        return mention.form == MentionForm::Name && mention.kind == EntityKind::Organisation;
    }
    if !block.kind.is_body() || is_quoted(quoted, mention.span) {
        return false;
    }
    let is_name = mention.form == MentionForm::Name;
    let is_organisation = mention.kind == EntityKind::Organisation;
    let is_part = ends_with("part", before) && !ends_with("before", before);
    is_head_of_agency(before, after)
        || (is_name && ends_with("outlet", before) && is_organisation)
        || (ends_with("before", before) && (is_organisation || ends_with("sure", before)))
        || (ends_with("inverted", before) && is_organisation && is_last(after))
        || (is_organisation && !is_part && does_say(after))
}

/// Whether a subject behind its verb ends here: "Lund said the bank had ..." has another one.
fn is_last(after: &str) -> bool {
    !after.trim_start().starts_with(char::is_alphanumeric)
}

/// "PORT ELM (Agency) —", at the head of a text.
fn is_head_of_agency(before: &str, after: &str) -> bool {
    let dash = |rest: &str| rest.trim_start().starts_with(['-', '–', '—']);
    let place = before.strip_suffix('(').map(str::trim_end);
    place.is_some_and(|place| !place.is_empty() && place.len() < 60 && !place.contains(char::is_lowercase))
        && after.strip_prefix(')').is_some_and(dash)
}

/// Whether `before` ends with a phrase of the list, an article left out.
fn ends_with(kind: &str, before: &str) -> bool {
    let folded = token::fold(tail(before, 40));
    let bare = [" the", " a", " an"]
        .iter()
        .find_map(|article| folded.strip_suffix(article))
        .unwrap_or(&folded)
        .trim_end();
    // A verb before its subject follows the words said: ", said the council".
    let fits = |rest: &str| match kind {
        "inverted" => rest.trim_end().ends_with([',', '”', '"', '’', '\'', '»']),
        _ => !rest.ends_with(char::is_alphanumeric),
    };
    WORDS[kind].iter().any(|phrase| bare.strip_suffix(phrase).is_some_and(fits))
}

/// The last `most` bytes of `text`, or a few less.
fn tail(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Whether what follows a name says that it said something: at once, or behind an insertion between commas.
fn does_say(after: &str) -> bool {
    let verb = |rest: &str| {
        let mut words = rest
            .split_whitespace()
            .take(4)
            .map(|word| token::fold(word.trim_matches(|c: char| !c.is_alphanumeric())));
        words
            .find(|word| !WORDS["between"].contains(&**word))
            .is_some_and(|word| WORDS["verb"].contains(&*word))
    };
    let rest = after.trim_start();
    if rest.starts_with(char::is_alphabetic) {
        return verb(rest);
    }
    let Some(inserted) = rest.strip_prefix(',') else { return false };
    // ", the council said" and ", Elm Rail, said": the source stands last, and the verb behind it or a comma.
    if verb(inserted) {
        return true;
    }
    inserted.match_indices(',').take_while(|(at, _)| *at < INSERTION).any(|(at, _)| verb(&inserted[at + 1..]))
}

fn sentence_around(witness: &Annotated, span: Span) -> Option<Span> {
    let next = witness.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    witness.sentences.get(next).map(|sentence| sentence.span).filter(|sentence| sentence.contains(span))
}

fn is_quoted(quoted: &[Span], span: Span) -> bool {
    let next = quoted.partition_point(|part| part.end() <= span.start());
    quoted.get(next).is_some_and(|part| part.contains(span))
}

/// What the source is called over all reports; `None` for a description whose bearer is not known.
fn name(witness: &Annotated, report: usize, cast: &Cast, mention: &Mention) -> Option<String> {
    if let Some(entity) = mention.entity {
        let known = cast.member(report, entity).and_then(|member| cast.members.get(member));
        return known
            .map(|member| member.name.clone())
            .or_else(|| Some(witness.entities.get(entity)?.name.clone()));
    }
    let words = witness.words(mention.span);
    let bare = ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words);
    // A single noun ("the company") is somebody named elsewhere; "the town council" is a name of a kind.
    (mention.form == MentionForm::Name || bare.contains(' ')).then(|| bare.to_owned())
}

/// Sources without a name of their own: "police said".
fn unnamed(witness: &Annotated, report: usize, quoted: &[Span]) -> Vec<Naming> {
    let text = &witness.report.text;
    let mut found = Vec::new();
    for sentence in &witness.sentences {
        if !witness.report.blocks[sentence.block].kind.is_body() {
            continue;
        }
        for token in &sentence.tokens {
            let word = token::fold(token.of(text));
            let is_part_of_name =
                || witness.mentions.iter().any(|mention| mention.span.overlap(token.span) > 0);
            let before = &text[sentence.span.start()..token.span.start()];
            let says = || {
                does_say(&text[token.span.end()..sentence.span.end()])
                    || ends_with("before", before.trim_end())
                    || (ends_with("inverted", before.trim_end())
                        && is_last(&text[token.span.end()..sentence.span.end()]))
            };
            if WORDS["body"].contains(&*word)
                && says()
                && !is_part_of_name()
                && !is_quoted(quoted, token.span)
            {
                let mut letters = word.chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
                found.push(Naming { report, span: token.span, name: first + letters.as_str() });
            }
        }
    }
    found
}

/// The namings of each source; initials go with the name they stand for, when that is the only one.
fn group(namings: Vec<Naming>) -> BTreeMap<String, Vec<Naming>> {
    let names: BTreeSet<String> = namings.iter().map(|naming| naming.name.clone()).collect();
    let mut groups: BTreeMap<String, Vec<Naming>> = BTreeMap::new();
    for naming in namings {
        let mut fuller =
            names.iter().filter(|name| name.len() > naming.name.len() && is_same(name, &naming.name));
        let name = match (fuller.next(), fuller.next()) {
            (Some(name), None) => name.clone(),
            _ => naming.name.clone(),
        };
        groups.entry(name).or_default().push(naming);
    }
    for namings in groups.values_mut() {
        namings.sort_by_key(|naming| (naming.report, naming.span));
        namings.dedup_by_key(|naming| (naming.report, naming.span));
    }
    groups
}

/// Whether two names are one: letters and case alone, an article aside, or one the initials of the other.
fn is_same(a: &str, b: &str) -> bool {
    let bare = |name: &str| {
        let folded = token::fold(name);
        let bare: String =
            folded.strip_prefix("the ").unwrap_or(&folded).chars().filter(|c| c.is_alphanumeric()).collect();
        bare
    };
    let initials = |name: &str| -> String {
        name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
    };
    let is_short = |short: &str, long: &str| {
        short.chars().count() > 1 && short.chars().all(char::is_uppercase) && initials(long) == short
    };
    bare(a) == bare(b) || is_short(a, b) || is_short(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Received;

    fn check(text: &str, expected: &[&str]) {
        let found = [crate::annotate(&Received { bytes: text.into(), ..Received::default() })];
        let sources = find(&found, &crate::cast::resolve(&found));
        let names: Vec<String> = sources.entries(&found).into_iter().map(|upstream| upstream.name).collect();
        assert_eq!(names, expected, "sources of {text:?}");
    }

    #[test]
    fn sources_are_found_by_what_stands_around_their_names() {
        check("The bridge cost 4 million, according to the BBC.", &["BBC"]);
        check("The Harbour Authority said on Monday that the pier was closed.", &["Harbour Authority"]);
        check("Police said the road had reopened.", &["Police"]);
        check("The pier is safe, said the Harbour Authority.", &["Harbour Authority"]);
        check("The pier, the mayor said, belongs to the Harbour Authority.", &[]);
        check("Nobody from the Harbour Authority was there.", &[]);
    }
}
