//! The answer to "did X say Y?" as a page: one line of what was found, then every witness.

use super::page::{Line, Manner, Page, Part, Run, join, muted, plain, strong};
use super::sections::{bytes, parted, words};
use super::wording::{self, count, one_line};
use std::collections::{BTreeMap, BTreeSet};
use variorum::check::{Attribution, Check, Extent, Narrated, Outcome, Witness};

/// The page of an answer.
pub fn answer(check: &Check) -> Page {
    let mut parts = vec![Part::Text(asked(check)), Part::Text(found(check))];
    parts.push(Part::List(check.witnesses.iter().map(witness).collect()));
    if !check.narrated.is_empty() {
        parts.push(Part::Text(vec![muted(
            "Outside quotations, as the report’s own words or nobody’s in particular:",
        )]));
        parts.push(Part::List(check.narrated.iter().map(narrated).collect()));
    }
    Page { title: "Check".to_owned(), parts }
}

fn asked(check: &Check) -> Line {
    let mut line = vec![words(&check.words)];
    if let Some(name) = &check.speaker {
        line.extend([plain(", by "), strong(name.clone()), plain("?")]);
    }
    line
}

/// What was found, in how many reports of how many, from when to when.
fn found(check: &Check) -> Line {
    let searched = searched(&check.searched);
    if check.outcome == Outcome::NotFound {
        let narrated: BTreeSet<&str> =
            check.narrated.iter().map(|narrated| narrated.report.as_str()).collect();
        return vec![strong(match narrated.len() {
            0 => format!("Not found in {searched}."),
            n => format!(
                "Not found in a quotation in {searched}; the words stand outside quotations in {}.",
                count(n, "report", "reports")
            ),
        })];
    }
    // Each report counts once, by the most telling of what it has.
    let mut best: BTreeMap<&str, Outcome> = BTreeMap::new();
    for witness in &check.witnesses {
        let outcome = witness.outcome();
        best.entry(&witness.report).and_modify(|best| *best = outcome.min(*best)).or_insert(outcome);
    }
    let facts = [
        (Outcome::SameWords, "found with the same words in"),
        (Outcome::OtherWords, "found in other words in"),
        (Outcome::AlteredWords, "found with a word of content, a number or a negation altered in"),
        (Outcome::SaidBySomeoneElse, "found, but said by someone else, in"),
        (Outcome::SpeakerNotStated, "found, speaker not stated, in"),
    ];
    let told: Vec<String> = facts
        .into_iter()
        .map(|(of, what)| (best.values().filter(|outcome| **outcome == of).count(), what))
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{what} {}", count(n, "report", "reports")))
        .collect();
    let told = told.join("; ");
    let mut first = told.chars();
    let told: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
    vec![
        strong(format!("{told}.")),
        muted(format!(
            " Searched: {searched}. Those that have it: {}.",
            count(check.found.independent, "independent source", "independent sources")
        )),
    ]
}

/// "12 reports from 2025-03-03 to 2025-03-05"
fn searched(extent: &Extent) -> String {
    let reports = count(extent.reports, "report", "reports");
    match (&extent.first, &extent.last) {
        (Some(first), Some(last)) if first != last => format!("{reports} from {first} to {last}"),
        (Some(day), _) => format!("{reports} of {day}"),
        _ => format!("{reports} without a date"),
    }
}

fn witness(witness: &Witness) -> Line {
    let mut line = vec![sign(witness), plain(" "), words(&parted(&witness.text)), plain("\n")];
    line.extend([strong(speaker(witness)), plain(", ")]);
    line.push(plain(source(witness)));
    line.push(muted(format!(" · {}", facts(witness))));
    let variants: Vec<Line> =
        witness.variants.iter().filter(|variant| variant.kind != "punctuation").map(variant).collect();
    if !variants.is_empty() {
        line.push(plain("\n"));
        line.extend(join(variants, "; "));
    }
    line
}

/// The sentence, and where in it the words stand.
fn narrated(narrated: &Narrated) -> Line {
    let name = narrated.outlet.as_deref().or(narrated.path.as_deref()).unwrap_or(&narrated.report);
    vec![
        Run::new(Manner::Words, one_line(&narrated.sentence)),
        plain("\n"),
        plain(name.to_owned()),
        muted(format!(" · {}", bytes(narrated.start, narrated.end))),
    ]
}

fn sign(witness: &Witness) -> Run {
    match (witness.has_all_words, witness.verdict) {
        (true, _) => Run::new(Manner::Agreeing, "= same words"),
        (false, Some(verdict)) => {
            let wording = wording::verdict(verdict);
            Run::new(wording.manner, format!("{} {}", wording.sign, wording.word))
        }
        (false, None) => Run::new(Manner::Shifting, "~ other words"),
    }
}

fn speaker(witness: &Witness) -> String {
    let name =
        witness.speaker.as_ref().and_then(|speaker| speaker.resolved.as_ref().or(speaker.text.as_ref()));
    let name = name.map_or_else(|| "speaker not stated".to_owned(), |name| one_line(name));
    match witness.attribution {
        Attribution::Other => format!("said by someone else: {name}"),
        Attribution::Asked | Attribution::NotStated => name,
    }
}

fn source(witness: &Witness) -> String {
    let name = witness.outlet.as_deref().or(witness.path.as_deref()).unwrap_or(&witness.report);
    let day =
        witness.published.as_deref().map(|date| format!(", {}", date.split('T').next().unwrap_or(date)));
    format!("{name}{}", day.unwrap_or_default())
}

fn facts(witness: &Witness) -> String {
    let mut facts = vec![wording::location(witness.place).to_owned(), wording::form(witness.kind).to_owned()];
    facts.extend(witness.channel.clone());
    facts.extend(witness.platform.clone());
    facts.push(witness.rule.clone());
    facts.push(bytes(witness.start, witness.end));
    facts.extend(witness.url.clone());
    facts.join(" · ")
}

/// "asked: can; has: cannot"
fn variant(variant: &variorum::check::Difference) -> Line {
    let side = |text: &str| if text.trim().is_empty() { muted("nothing") } else { words(text) };
    vec![muted("asked "), side(&variant.asked), muted(", has "), side(&variant.text)]
}
