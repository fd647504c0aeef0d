//! Which reports tell one story.
//!
//! In: all reports. Out: groups of them; which report founded a group, and whose headline stands for it.
//! Method: four lexical scores of a pair (whole text; names and numbers; title with lead; title) as cosines, quoted
//! words that both print, less with every day between the dates; then average-link clustering inside components of
//! loosely linked pairs, never the components themselves, which chains of reports on one person would make endless.
//! How telling a word is comes from a frozen table (`lang/en/document-frequency.txt`), so that a partition depends on
//! nothing but the set of reports. Teasers of other stories and page furniture do not count.
//! Leaves: stories that run over weeks under changing names; headlines without a text.

use crate::lexicon;
use crate::model::{Annotated, BlockKind};
use crate::token::{self, Kind, Token};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Share of each field in the score of a pair: whole text, names and numbers, title with lead, title. Sums to 1000.
/// Taken over from the lexical baseline of the story data; rerun `variorum eval stories` when changing one.
const SHARES: [u64; 4] = [400, 300, 200, 100];

/// Average score between two groups from which they are one story, in thousandths.
/// Set on the development stories; rerun `variorum eval stories`.
const LINK: u64 = 220;

/// Score from which two reports are loosely linked, in thousandths; below it a pair counts as nothing alike.
const LOOSE: u64 = 100;

/// How much quoted words in common can add to a score, in thousandths.
const QUOTED: u64 = 150;

/// What is left of a score for each day between two dates beyond the first, in thousandths.
const DAY: u64 = 905;

/// How far into the text the lead reaches, in bytes.
const LEAD: usize = 600;

/// How many of its most telling words a report is looked up by.
const KEYS: usize = 48;

/// How many reports the table of frequencies was counted over.
const COUNTED: u64 = 195;

static FREQUENCY: LazyLock<BTreeMap<String, u64>> = LazyLock::new(|| {
    let mut table = BTreeMap::new();
    for row in lexicon::rows(include_str!("../lang/en/document-frequency.txt")) {
        if let [word, count] = row[..] {
            let known: &mut u64 = table.entry(stem(word)).or_default();
            *known = (*known).max(count.parse().unwrap_or_default());
        }
    }
    table
});

/// Groups of indices into `reports`, each a story; a pure function of the set.
///
/// Indices ascend within a group, groups by their first index.
pub fn partition(reports: &[Annotated]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&at| reports[at].report.key);
    let profiles: Vec<Profile> = order.iter().map(|&at| profile(&reports[at])).collect();
    let mut groups: Vec<Vec<usize>> = cluster(profiles.len(), &links(&profiles))
        .into_iter()
        .map(|group| {
            let mut group: Vec<usize> = group.into_iter().map(|at| order[at]).collect();
            group.sort_unstable();
            group
        })
        .collect();
    groups.sort_unstable();
    groups
}

/// The story's id: that of its earliest report, of several the one with the smallest key.
pub fn founder(witnesses: &[Annotated]) -> String {
    let rank = |witness: &&Annotated| {
        let published = witness.report.published.as_ref().map(|stamp| stamp.value.clone());
        (published.is_none(), published, witness.report.key)
    };
    witnesses.iter().min_by_key(rank).map(|witness| witness.report.id.clone()).unwrap_or_default()
}

/// The headline of the most central report: of those that have one, the report most like all others.
pub fn headline(witnesses: &[Annotated]) -> Option<String> {
    let profiles: Vec<Profile> = witnesses.iter().map(profile).collect();
    let centrality = |at: usize| -> u64 {
        (0..profiles.len())
            .filter(|&other| other != at)
            .map(|other| score(&profiles[at], &profiles[other]))
            .sum()
    };
    (0..witnesses.len())
        .filter(|&at| witnesses[at].report.title.is_some())
        .min_by_key(|&at| (Reverse(centrality(at)), witnesses[at].report.key))
        .and_then(|at| witnesses[at].report.title.clone())
}

/// What the score of a report with another rests on.
struct Profile {
    fields: [Vector; 4],
    quoted: BTreeSet<u64>,
    keys: BTreeSet<u64>,
    /// Days since 1970-01-01.
    day: Option<i64>,
}

/// Weights of words, by word; and the length.
#[derive(Default)]
struct Vector {
    weights: Vec<(u64, u64)>,
    length: u64,
}

fn profile(found: &Annotated) -> Profile {
    let (mut whole, mut names, mut lead, mut title) = <(Counts, Counts, Counts, Counts)>::default();
    let mut read = 0;
    for block in &found.report.blocks {
        if !block.kind.is_evidence() || matches!(block.kind, BlockKind::Byline | BlockKind::Dateline) {
            continue;
        }
        let is_title = block.kind == BlockKind::Headline;
        let mut opens = true;
        for token in token::tokens(&found.report.text, block.span) {
            let Some(word) = word_of(found, token) else {
                opens = true;
                continue;
            };
            whole.add(&word);
            if token.kind == Kind::Number || (!opens && !is_title && token.is_capitalised(&found.report.text))
            {
                names.add(&word);
            }
            if read < LEAD {
                lead.add(&word);
            }
            if is_title {
                title.add(&word);
            }
            opens = false;
        }
        read += if block.kind.is_body() { block.span.len() } else { 0 };
    }
    if let Some(words) = found.report.title.as_deref().filter(|_| title.0.is_empty()) {
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).for_each(|word| {
            let word = stem(&token::fold(word));
            title.add(&word);
            lead.add(&word);
            whole.add(&word);
        });
    }
    let fields = [whole.vector(), names.vector(), lead.vector(), title.vector()];
    let keys = keys(&fields);
    Profile { fields, quoted: quoted(found), keys, day: day(found) }
}

/// How often each word stands in a field.
#[derive(Default)]
struct Counts(BTreeMap<u64, (u64, u64)>);

impl Counts {
    fn add(&mut self, word: &str) {
        let telling = telling(word);
        if telling > 0 {
            self.0.entry(hash(word)).or_insert((telling, 0)).1 += 1;
        }
    }

    fn vector(self) -> Vector {
        let weights: Vec<(u64, u64)> = self
            .0
            .into_iter()
            .map(|(word, (telling, times))| (word, telling * (16 + logarithm(times.min(1 << 20)))))
            .collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<u64>().isqrt();
        Vector { weights, length }
    }
}

/// The word or number at `token` for comparison; `None` for marks.
fn word_of(found: &Annotated, token: Token) -> Option<String> {
    (token.kind != Kind::Mark)
        .then(|| stem(token::without_possessive(&token::fold(token.of(&found.report.text)))))
}

/// `word` without the ending of a plural.
fn stem(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(short) if short.len() > 3 && !short.ends_with(['s', 'u', 'i']) => match short.strip_suffix("ie")
        {
            Some(base) => format!("{base}y"),
            None => short.to_owned(),
        },
        _ => word.to_owned(),
    }
}

/// How telling a word is: sixteenths of a bit; 0 for words of nearly every report.
fn telling(word: &str) -> u64 {
    let count = FREQUENCY.get(word).copied().unwrap_or(2);
    logarithm(COUNTED + 1).saturating_sub(logarithm(count + 1)).saturating_sub(4)
}

/// Logarithm to base two, in sixteenths, straight lines between the powers.
fn logarithm(of: u64) -> u64 {
    let whole = u64::from(of.max(1).ilog2());
    16 * whole + 16 * (of.max(1) - (1 << whole)) / (1 << whole)
}

/// FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The words to look a report up by: the heaviest of the whole text, of the names, and of the title.
fn keys(fields: &[Vector; 4]) -> BTreeSet<u64> {
    let heaviest = |field: &Vector, most: usize| {
        let mut weights = field.weights.clone();
        weights.sort_unstable_by_key(|&(word, weight)| (Reverse(weight), word));
        weights.into_iter().take(most).map(|(word, _)| word).collect::<Vec<u64>>()
    };
    [heaviest(&fields[0], KEYS), heaviest(&fields[1], KEYS / 2), heaviest(&fields[3], KEYS / 4)]
        .concat()
        .into_iter()
        .collect()
}

/// Runs of four words inside quotations.
fn quoted(found: &Annotated) -> BTreeSet<u64> {
    let mut runs = BTreeSet::new();
    for part in found.quotations.iter().flat_map(|quotation| &quotation.content) {
        let body = found.block_at(part.start()).is_some_and(|block| block.kind.is_evidence());
        let words: Vec<String> = if body {
            token::tokens(&found.report.text, *part)
                .into_iter()
                .filter_map(|token| word_of(found, token))
                .collect()
        } else {
            Vec::new()
        };
        runs.extend(words.windows(4).map(|run| hash(&run.join(" "))));
    }
    runs
}

/// The day of publication.
fn day(found: &Annotated) -> Option<i64> {
    let value = found.report.published.as_ref()?.value.get(..10)?;
    let date: jiff::civil::Date = value.parse().ok()?;
    Some(i64::from(jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days()))
}

/// How much two reports tell of one story, in thousandths. Symmetric.
fn score(a: &Profile, b: &Profile) -> u64 {
    let (mut sum, mut share) = (0, 0);
    for (at, weight) in SHARES.iter().enumerate() {
        if a.fields[at].length > 0 && b.fields[at].length > 0 {
            sum += weight * cosine(&a.fields[at], &b.fields[at]);
            share += weight;
        }
    }
    let common = a.quoted.intersection(&b.quoted).count() as u64;
    let lexical = sum / share.max(1) + QUOTED * common.min(8) / 8;
    let apart = match (a.day, b.day) {
        (Some(a), Some(b)) => (a - b).unsigned_abs().saturating_sub(1).min(100),
        _ => 0,
    };
    (0..apart).fold(lexical.min(1000), |score, _| score * DAY / 1000)
}

/// Cosine of two vectors, in thousandths.
fn cosine(a: &Vector, b: &Vector) -> u64 {
    let (mut i, mut j, mut sum) = (0, 0, 0u128);
    while i < a.weights.len() && j < b.weights.len() {
        let ((x, wx), (y, wy)) = (a.weights[i], b.weights[j]);
        if x == y {
            sum += u128::from(wx) * u128::from(wy);
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    (sum * 1000 / (u128::from(a.length) * u128::from(b.length)).max(1)) as u64
}

/// The scores of all pairs that share at least two keys and are loosely linked, smaller index first.
fn links(profiles: &[Profile]) -> BTreeMap<(usize, usize), u64> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        profile.keys.iter().for_each(|&key| holders.entry(key).or_default().push(at));
    }
    let mut links = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for other in profile.keys.iter().flat_map(|key| &holders[key]).filter(|&&other| other > at) {
            *shared.entry(*other).or_default() += 1;
        }
        for (other, _) in shared.into_iter().filter(|&(_, keys)| keys > 1) {
            let score = score(profile, &profiles[other]);
            if score >= LOOSE {
                links.insert((at, other), score);
            }
        }
    }
    links
}

/// Average-link clustering of `0..count`; pairs without a link score 0, so components never meet.
fn cluster(count: usize, links: &BTreeMap<(usize, usize), u64>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
    let mut sums: Vec<BTreeMap<usize, u64>> = vec![BTreeMap::new(); count];
    let mut queue: BTreeSet<(Reverse<u64>, usize, usize)> = BTreeSet::new();
    for (&(a, b), &score) in links {
        sums[a].insert(b, score);
        sums[b].insert(a, score);
        queue.insert((Reverse(score * 1000), a, b));
    }
    while let Some((Reverse(average), a, b)) = queue.pop_first() {
        if average < LINK * 1000 {
            break;
        }
        for (other, sum) in std::mem::take(&mut sums[b]) {
            sums[other].remove(&b);
            queue.remove(&rank(&groups, sum, b, other));
            if other != a {
                let before = sums[a].get(&other).copied().unwrap_or_default();
                queue.remove(&rank(&groups, before, a, other));
                sums[a].insert(other, before + sum);
                sums[other].insert(a, before + sum);
            }
        }
        let stale: Vec<(usize, u64)> = sums[a].iter().map(|(&other, &sum)| (other, sum)).collect();
        for &(other, sum) in &stale {
            queue.remove(&rank(&groups, sum, a, other));
        }
        let joined = std::mem::take(&mut groups[b]);
        groups[a].extend(joined);
        queue.extend(stale.into_iter().map(|(other, sum)| rank(&groups, sum, a, other)));
    }
    groups.into_iter().filter(|group| !group.is_empty()).collect()
}

/// The place in the queue of two groups whose members' scores sum to `sum`.
fn rank(groups: &[Vec<usize>], sum: u64, a: usize, b: usize) -> (Reverse<u64>, usize, usize) {
    let pairs = (groups[a].len() * groups[b].len()).max(1) as u64;
    (Reverse(sum * 1000 / pairs), a.min(b), a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Received;

    const FERRY: [&str; 3] = [
        "The ferry Lisbet ran aground off Gull Point on Monday evening. The 84 passengers spent the night on deck until \
         a tug from Sund pulled the ship free at dawn. The Sund Line has cancelled all crossings.",
        "Passengers of the Lisbet told of a cold night on the sandbank off Gull Point. A tug came from Sund only in the \
         morning. “We sang until we were hoarse,” said Mette Holm, one of the 84 on board the ferry.",
        "Gull Point needs a light, the harbour master of Sund says after the ferry Lisbet ran on the sandbank with 84 people.",
    ];
    const CHOIR: [&str; 2] = [
        "The children’s choir of Sund won the first prize at the festival in Arlo with a song about the sea. Mette Holm, \
         who leads it, cried on the stage.",
        "First prize in Arlo for the choir from Sund: the jury praised the children’s voices and their leader, Mette Holm.",
    ];

    fn check(texts: &[&str], expected: &[&[usize]]) {
        let read = |text: &&str| crate::annotate(&Received { bytes: (*text).into(), ..Received::default() });
        let pile: Vec<Annotated> = texts.iter().map(read).collect();
        assert_eq!(partition(&pile), expected);
    }

    #[test]
    fn reports_of_one_event_are_one_story_in_any_order() {
        check(&[], &[]);
        check(&FERRY, &[&[0, 1, 2]]);
        check(&[FERRY[0], CHOIR[0], FERRY[1], CHOIR[1], FERRY[2]], &[&[0, 2, 4], &[1, 3]]);
        check(&[CHOIR[1], FERRY[2], CHOIR[0], FERRY[1], FERRY[0]], &[&[0, 2], &[1, 3, 4]]);
        check(&["", FERRY[0]], &[&[0], &[1]]);
    }
}
