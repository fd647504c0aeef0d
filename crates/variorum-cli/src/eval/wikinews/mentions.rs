//! Names and pronouns of `variorum eval wikinews`.
//!
//! A name is right when its words and its kind are, "the" and a possessive ending aside. Outlets and platforms are
//! organisations and nationalities are groups, as the program has them. A pronoun is right when its entity is the
//! program's entity for the same bearer: the one that shares most names with it, else descriptions.

use super::row::{Mention, Row};
use crate::eval::bars::Bars;
use crate::eval::rates::{prf, share};
use crate::eval::reports::in_context;
use std::collections::{BTreeMap, BTreeSet};
use variorum::model::{Annotated, EntityKind, MentionForm};

const KINDS: [(EntityKind, &str); 7] = [
    (EntityKind::Person, "person"),
    (EntityKind::Organisation, "organisation"),
    (EntityKind::Place, "place"),
    (EntityKind::Work, "work"),
    (EntityKind::Event, "event"),
    (EntityKind::Group, "group"),
    (EntityKind::Other, "other"),
];

/// The kinds that the bars of names are of.
const MAIN: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];

/// First-person pronouns, those of speakers.
const FIRST_PERSON: &str = "i me my mine myself we us our ours ourselves";

/// Begin, end and kind of a name.
type Name = (usize, usize, EntityKind);

/// Prints exact F1 of each kind of name, and of people, organisations and places together.
pub fn names(cases: &[(&Row, &Annotated)], errors: usize, bars: &mut Bars) {
    println!("-- names, exact");
    let mut counts: BTreeMap<EntityKind, [usize; 3]> = BTreeMap::new();
    let (mut missed, mut invented) = (Vec::new(), Vec::new());
    for (row, found) in cases {
        let (gold, ours) = (gold_names(row), our_names(row, found));
        for name in gold.union(&ours) {
            let outcome = if !gold.contains(name) { 1 } else { usize::from(!ours.contains(name)) * 2 };
            counts.entry(name.2).or_default()[outcome] += 1;
            let line = || format!("{:?} {}", name.2, in_context(&row.text, name.0, name.1));
            match outcome {
                1 => invented.push(line()),
                2 => missed.push(line()),
                _ => {}
            }
        }
    }
    let main = MAIN.iter().filter_map(|kind| counts.get(kind));
    let main = main.fold([0; 3], |sum, counts| std::array::from_fn(|at| sum[at] + counts[at]));
    let rows = KINDS.iter().map(|(kind, name)| (*name, counts.get(kind).copied().unwrap_or_default()));
    for (name, [right, wrong, lost]) in rows.chain([("PER/ORG/LOC", main)]) {
        let (p, r, f) = prf(right, wrong, lost);
        let shown = bars.held(&format!("names {name} F1"), f);
        println!(
            "{name:12} gold {:4} found {:4}  P {p:.3} R {r:.3} F1 {f:.3}{shown}",
            right + lost,
            right + wrong
        );
    }
    missed.iter().take(errors).for_each(|line| println!("-- missed {line}"));
    invented.iter().take(errors).for_each(|line| println!("-- invented {line}"));
}

fn is_name(mention: &Mention) -> bool {
    ["name", "handle"].contains(&mention.form.as_str())
}

fn gold_names(row: &Row) -> BTreeSet<Name> {
    let kind = |mention: &Mention| match mention.kind.as_deref()? {
        "outlet" | "platform" => Some(EntityKind::Organisation),
        "nationality" => Some(EntityKind::Group),
        kind => KINDS.iter().find(|known| known.1 == kind).map(|known| known.0),
    };
    let names = row.mentions.iter().filter(|mention| is_name(mention));
    names.filter_map(|name| Some(trimmed(&row.text, name.at.start, name.at.end, kind(name)?))).collect()
}

fn our_names(row: &Row, found: &Annotated) -> BTreeSet<Name> {
    let forms = [MentionForm::Name, MentionForm::Handle];
    let names = found.mentions.iter().filter(|mention| forms.contains(&mention.form));
    names
        .map(|name| {
            let span = found.report.map.to_source(name.span);
            trimmed(&row.text, span.start(), span.end(), name.kind)
        })
        .collect()
}

/// A name without "the" before it and a possessive ending.
fn trimmed(text: &str, start: usize, end: usize, kind: EntityKind) -> Name {
    let words = text.get(start..end).unwrap_or_default();
    let has_article = words.get(..4).is_some_and(|first| first.eq_ignore_ascii_case("the "));
    let ending = ["'s", "’s"].iter().find(|ending| words.ends_with(*ending)).map_or(0, |ending| ending.len());
    (start + 4 * usize::from(has_article), end - ending, kind)
}

/// Prints how many pronouns that mean one entity are resolved to it, third and first person apart.
pub fn pronouns(cases: &[(&Row, &Annotated)], errors: usize, bars: &mut Bars) {
    println!("-- pronouns resolved, of those that mean one person or thing");
    let mut counts = [(0_usize, 0_usize); 2];
    let mut wrong = Vec::new();
    for (row, found) in cases {
        let bearers = bearers(row, found);
        for pronoun in row.mentions.iter().filter(|mention| mention.form == "pronoun") {
            let Some(meant) = pronoun.entity.as_ref().and_then(|meant| meant.one()) else { continue };
            let ours = entity_at(found, pronoun.at.start, pronoun.at.end);
            let is_first = FIRST_PERSON.split(' ').any(|word| word == pronoun.at.text.to_lowercase());
            let is_right = ours.and_then(|ours| bearers.get(&ours)).is_some_and(|bearer| *bearer == meant);
            let count = &mut counts[usize::from(is_first)];
            count.0 += usize::from(is_right);
            count.1 += 1;
            if !is_right {
                let ours = ours.map_or("nobody", |ours| found.entities[ours].name.as_str());
                wrong.push(format!(
                    "{meant} ≠ {ours}: {}",
                    in_context(&row.text, pronoun.at.start, pronoun.at.end)
                ));
            }
        }
    }
    for (name, (right, all)) in ["third person", "first person"].into_iter().zip(counts) {
        let rate = share(right as f64, all as f64);
        println!("{name} {right}/{all} = {rate:.3}{}", bars.held(&format!("pronouns {name}"), rate));
    }
    wrong.iter().take(errors).for_each(|line| println!("-- {line}"));
}

/// Our entity of the pronoun at a place.
fn entity_at(found: &Annotated, start: usize, end: usize) -> Option<usize> {
    let at = found.mentions.iter().find(|mention| {
        let span = found.report.map.to_source(mention.span);
        mention.form == MentionForm::Pronoun && (span.start(), span.end()) == (start, end)
    });
    at.and_then(|mention| mention.entity).filter(|entity| *entity < found.entities.len())
}

/// For each of our entities the label's that shares most mentions with it, a name weighing more than all descriptions.
fn bearers<'r>(row: &'r Row, found: &Annotated) -> BTreeMap<usize, &'r str> {
    let mut shared: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for mention in found.mentions.iter().filter(|mention| mention.form != MentionForm::Pronoun) {
        let span = found.report.map.to_source(mention.span);
        let touching =
            row.mentions.iter().filter(|gold| gold.at.start < span.end() && span.start() < gold.at.end);
        for gold in touching.filter(|gold| is_name(gold) == (mention.form != MentionForm::Description)) {
            let (Some(ours), Some(meant)) =
                (mention.entity, gold.entity.as_ref().and_then(|meant| meant.one()))
            else {
                continue;
            };
            let weight = if is_name(gold) { row.mentions.len() } else { 1 };
            *shared.entry(ours).or_default().entry(meant).or_default() += weight;
        }
    }
    let most = |counts: BTreeMap<&'r str, usize>| counts.into_iter().max_by_key(|count| count.1);
    shared.into_iter().filter_map(|(ours, counts)| Some((ours, most(counts)?.0))).collect()
}
