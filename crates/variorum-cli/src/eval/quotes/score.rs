//! The measures of quotes-dev/score.py: spans, fragments, speakers, cues.
//!
//! In: the cases and what was found in each. Out: the scorer's own table on standard output. Kept equal to score.py;
//! `--predictions` writes what it reads, to compare.

use super::fragments;
use super::{Case, Labelled};
use crate::eval::rates::{f1, share};
use std::collections::{BTreeMap, BTreeSet};

const KINDS: [&str; 4] = ["direct", "mixed", "indirect", "all"];
const TRIM: &str = " \t\r\n\u{a0}\"“”„‟«»‹›‘’‚'`´,.;:!?…-–—()[]";
const TITLES: &[&str] = &[
    "the",
    "a",
    "an",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "sen",
    "rep",
    "gov",
    "president",
    "senator",
    "secretary",
    "prof",
    "herr",
    "frau",
    "der",
    "die",
    "das",
];

/// Counts by name. [`names`] alone has no counterpart in score.py.
pub type Counts = BTreeMap<String, f64>;

/// Prints the table for all cases, and gives the counts it is made of.
pub fn print(cases: &[Case], found: &[Vec<Labelled>]) -> Counts {
    let counts = count_all(cases, found);
    table(cases.len(), &counts);
    counts
}

/// F1 of the fragments that are quotations, in percent.
pub fn fragments_f1(counts: &Counts) -> f64 {
    let get = |name: &str| of(counts, name);
    prf(get("f tp"), get("f p"), get("f tp"), get("f g"))[2]
}

/// F1 of the fragments of three words or more, found and given to the right speaker, in percent.
pub fn end_to_end_f1(counts: &Counts) -> f64 {
    let get = |name: &str| of(counts, name);
    prf(get("f3 spk_ok"), get("f3 ep"), get("f3 spk_ok"), get("f3 eg"))[2]
}

/// F1 of the spans of a kind (`direct mixed indirect all`), at a level (`exact`, or `o80`: 80 % in common), in percent.
pub fn span_f1(counts: &Counts, level: &str, kind: &str) -> f64 {
    let get = |name: &str| of(counts, &format!("{name} {kind}"));
    let right = |side: &str| get(&format!("{level} {side}"));
    prf(right("p"), get("p"), right("r"), get("g"))[2]
}

/// Percent of `part` in `whole`, two counts by name; 0 of nothing.
pub fn rate(counts: &Counts, part: &str, whole: &str) -> f64 {
    100.0 * share(of(counts, part), of(counts, whole))
}

fn count_all(cases: &[Case], found: &[Vec<Labelled>]) -> Counts {
    let mut counts = Counts::new();
    for (case, found) in cases.iter().zip(found) {
        let text = Text::new(&case.text);
        let gold = text.units(&case.quotations);
        let ours = text.units(found);
        spans(&mut counts, &text, &gold, &ours);
        names(&mut counts, &text, &gold, found);
        for (from, to) in &text.fragments {
            fragment(&mut counts, &text, &gold, &ours, text.trim(*from, *to));
        }
    }
    counts
}

/// A text by characters, as score.py counts.
struct Text {
    chars: Vec<char>,
    /// Byte offset of each character, and the length.
    bytes: Vec<usize>,
    fragments: Vec<(usize, usize)>,
}

/// One part of a quotation.
struct Unit<'a> {
    from: usize,
    to: usize,
    of: &'a Labelled,
    kind: String,
}

impl Text {
    fn new(text: &str) -> Text {
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        Text { chars: text.chars().collect(), bytes, fragments: fragments::find(text) }
    }

    fn char_at(&self, byte: usize) -> usize {
        self.bytes.partition_point(|at| *at < byte)
    }

    fn trim(&self, mut from: usize, mut to: usize) -> (usize, usize) {
        while from < to && TRIM.contains(self.chars[from]) {
            from += 1;
        }
        while to > from && TRIM.contains(self.chars[to - 1]) {
            to -= 1;
        }
        (from, to)
    }

    fn between_marks(&self, from: usize, to: usize) -> usize {
        self.fragments.iter().map(|(a, b)| to.min(*b).saturating_sub(from.max(*a))).sum()
    }

    fn kind(&self, from: usize, to: usize) -> &'static str {
        let (from, to) = self.trim(from, to);
        let len = (to - from).max(1) as f64;
        let quoted = self.between_marks(from, to);
        if quoted as f64 >= 0.93 * len {
            "direct"
        } else if quoted < 3 {
            "indirect"
        } else {
            "mixed"
        }
    }

    fn units<'a>(&self, quotations: &'a [Labelled]) -> Vec<Unit<'a>> {
        let mut units = Vec::new();
        for of in quotations {
            let parts = of
                .parts
                .clone()
                .filter(|parts| !parts.is_empty())
                .unwrap_or_else(|| vec![(of.start, of.end)]);
            for (start, end) in &parts {
                let (from, to) = self.trim(self.char_at(*start), self.char_at(*end));
                if to > from {
                    let stated = of.kind.clone().filter(|_| parts.len() == 1);
                    let kind = stated.unwrap_or_else(|| self.kind(from, to).to_owned());
                    units.push(Unit { from, to, of, kind });
                }
            }
        }
        units
    }
}

fn add(counts: &mut Counts, key: &str, kind: &str, by: bool) {
    for kind in [kind, "all"] {
        *counts.entry(format!("{key} {kind}")).or_default() += f64::from(u8::from(by));
    }
}

fn count(counts: &mut Counts, key: String, by: bool) {
    *counts.entry(key).or_default() += f64::from(u8::from(by));
}

/// One-to-one greedy matching by overlap, at least 0.8.
fn spans(counts: &mut Counts, _text: &Text, gold: &[Unit], ours: &[Unit]) {
    let mut pairs = Vec::new();
    for (i, x) in gold.iter().enumerate() {
        for (j, y) in ours.iter().enumerate() {
            let shared = x.to.min(y.to) as i64 - x.from.max(y.from) as i64;
            if shared > 0 {
                pairs.push((shared as f64 / (x.to.max(y.to) - x.from.min(y.from)) as f64, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    gold.iter().for_each(|unit| add(counts, "g", &unit.kind, true));
    ours.iter().for_each(|unit| add(counts, "p", &unit.kind, true));
    let (mut used_gold, mut used_ours) = (BTreeSet::new(), BTreeSet::new());
    for (overlap, i, j) in pairs {
        if overlap < 0.8 || used_gold.contains(&i) || used_ours.contains(&j) {
            continue;
        }
        used_gold.insert(i);
        used_ours.insert(j);
        matched(counts, &gold[i], &ours[j], overlap == 1.0);
    }
}

/// Whether the resolved name of the speaker is right, over every part of a gold quotation whose speaker has a name. Found
/// is a part that has 80 % in common with one of ours in any of its forms: a part, the whole from the first to the last,
/// the words alone without their clause. (Sets differ in what they cut apart; the speaker is the same.)
fn names(counts: &mut Counts, text: &Text, gold: &[Unit], ours: &[Labelled]) {
    let forms: Vec<(usize, usize, &Labelled)> = ours
        .iter()
        .flat_map(|of| {
            let parts = of.parts.iter().flatten().chain(&of.words).copied();
            parts.chain([(of.start, of.end)]).map(move |(start, end)| (start, end, of))
        })
        .map(|(start, end, of)| {
            let (from, to) = text.trim(text.char_at(start), text.char_at(end));
            (from, to, of)
        })
        .collect();
    for unit in gold {
        let Some(name) = entity(unit.of) else { continue };
        let common = |&(from, to, _): &(usize, usize, &Labelled)| {
            let shared = unit.to.min(to).saturating_sub(unit.from.max(from));
            shared as f64 / (unit.to.max(to) - unit.from.min(from)).max(1) as f64
        };
        let best = forms.iter().rev().max_by(|a, b| common(a).total_cmp(&common(b)));
        let is_right = best.is_some_and(|form| common(form) >= 0.8 && is_entity(name, form.2));
        count(counts, "name g".to_owned(), true);
        count(counts, "name ok".to_owned(), is_right);
    }
}

fn matched(counts: &mut Counts, gold: &Unit, ours: &Unit, is_exact: bool) {
    for (level, reached) in [("o80", true), ("exact", is_exact)] {
        if reached {
            add(counts, &format!("{level} r"), &gold.kind, true);
            add(counts, &format!("{level} p"), &ours.kind, true);
        }
    }
    if has_speaker(gold.of) {
        add(counts, "spk_n", &gold.kind, true);
        add(counts, "spk_ok", &gold.kind, is_speaker(gold.of, ours.of));
    }
    if let Some(entity) = entity(gold.of) {
        add(counts, "ent_n", &gold.kind, true);
        add(counts, "ent_ok", &gold.kind, is_entity(entity, ours.of));
    }
    if let (Some((a, b)), Some((c, d))) = (cue(gold.of), cue(ours.of)) {
        count(counts, "cue_n".to_owned(), true);
        count(counts, "cue_ok".to_owned(), b.min(d) > a.max(c));
    }
    count(counts, "cue_g".to_owned(), cue(gold.of).is_some());
    count(counts, "cue_p".to_owned(), cue(ours.of).is_some());
    let (wanted, channel) = (&gold.of.channel, &ours.of.channel);
    count(counts, "channel_g".to_owned(), wanted.is_some());
    count(counts, "channel_p".to_owned(), channel.is_some());
    count(counts, "channel_ok".to_owned(), wanted.is_some() && wanted == channel);
}

/// The speaker's resolved name.
fn entity(of: &Labelled) -> Option<&str> {
    of.speaker_entity.as_deref().filter(|name| !name.is_empty())
}

fn cue(of: &Labelled) -> Option<(usize, usize)> {
    Some((of.cue_start?, of.cue_end?))
}

fn has_speaker(of: &Labelled) -> bool {
    [&of.speaker_text, &of.speaker_entity].into_iter().flatten().any(|name| !name.is_empty())
}

fn is_speaker(gold: &Labelled, ours: &Labelled) -> bool {
    if let (Some(a), Some(b), Some(c), Some(d)) =
        (ours.speaker_start, ours.speaker_end, gold.speaker_start, gold.speaker_end)
        && b.min(d) > a.max(c)
    {
        return true;
    }
    let named = |name: &&String| !name.is_empty();
    [&ours.speaker_entity, &ours.speaker_text].into_iter().flatten().filter(named).any(|ours| {
        [&gold.speaker_text, &gold.speaker_entity].into_iter().flatten().filter(named).any(|gold| {
            (!head(ours).is_empty() && head(ours) == head(gold))
                || !capitals(ours).is_disjoint(&capitals(gold))
        })
    })
}

fn is_entity(gold: &str, ours: &Labelled) -> bool {
    let named = |name: &&String| !name.is_empty();
    let name = [&ours.speaker_entity, &ours.speaker_text].into_iter().flatten().find(named);
    name.is_some_and(|ours| {
        !capitals(ours).is_disjoint(&capitals(gold)) || (!head(ours).is_empty() && head(ours) == head(gold))
    })
}

/// Last word before the first comma or joining word, lower case, without possessive ending.
fn head(name: &str) -> String {
    let padded = format!(" {} ", name.trim());
    let joins = [",", " of ", " who ", " for ", " from ", " at ", " in ", " with ", " und ", " and "];
    let end = joins.iter().filter_map(|join| padded.find(join)).min().unwrap_or(padded.len());
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '’' | '\'' | '-');
    let word = padded[..end].split(|c: char| !is_part(c)).rfind(|word| !word.is_empty());
    let lower = word.unwrap_or_default().to_lowercase();
    lower.strip_suffix("'s").or(lower.strip_suffix("’s")).unwrap_or(&lower).to_owned()
}

/// Words that begin with a capital and have another character, lower case, titles left out.
fn capitals(name: &str) -> BTreeSet<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let chars: Vec<char> = name.chars().collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < chars.len() {
        let boundary = at == 0 || !is_word(chars[at - 1]);
        let small = chars[at].is_ascii_lowercase() || ('\u{df}'..='\u{ff}').contains(&chars[at]);
        let large = is_word(chars[at]) && !chars[at].is_numeric() && chars[at] != '_' && !small;
        let rest = (at + 1..chars.len())
            .take_while(|next| is_word(chars[*next]) || matches!(chars[*next], '’' | '-'))
            .count();
        if boundary && large && rest > 0 {
            found.insert(chars[at..=at + rest].iter().collect::<String>().to_lowercase());
            at += rest;
        }
        at += 1;
    }
    found.retain(|word| !TITLES.contains(&word.as_str()));
    found
}

/// The quotation that at least half of the fragment lies in.
fn owner<'a>(units: &'a [Unit], from: usize, to: usize) -> Option<&'a Labelled> {
    let shared = |unit: &Unit| to.min(unit.to).saturating_sub(from.max(unit.from));
    let mut best: Option<(usize, &Unit)> = None;
    for unit in units {
        let overlap = shared(unit);
        if overlap > 0 && best.is_none_or(|(most, _)| overlap > most) {
            best = Some((overlap, unit));
        }
    }
    let total: usize = units.iter().map(shared).sum();
    best.filter(|_| total as f64 >= 0.5 * (to - from) as f64).map(|(_, unit)| unit.of)
}

fn fragment(counts: &mut Counts, text: &Text, gold: &[Unit], ours: &[Unit], (from, to): (usize, usize)) {
    if to <= from {
        return;
    }
    let words: String = text.chars[from..to].iter().collect();
    let long = words.split_whitespace().count() >= 3;
    let (gold, ours) = (owner(gold, from, to), owner(ours, from, to));
    let neutral = gold.is_some_and(|gold| !has_speaker(gold));
    for key in ["f", if long { "f3" } else { "f12" }] {
        count(counts, format!("{key} n"), true);
        count(counts, format!("{key} g"), gold.is_some());
        count(counts, format!("{key} p"), ours.is_some());
        count(counts, format!("{key} eg"), gold.is_some() && !neutral);
        count(counts, format!("{key} ep"), ours.is_some() && !neutral);
        count(counts, format!("{key} tp"), gold.is_some() && ours.is_some());
        count(counts, format!("{key} fp"), gold.is_none() && ours.is_some());
        if let (Some(gold), Some(ours)) = (gold.filter(|gold| has_speaker(gold)), ours) {
            count(counts, format!("{key} spk_n"), true);
            count(counts, format!("{key} spk_ok"), is_speaker(gold, ours));
        }
    }
}

fn of(counts: &Counts, key: &str) -> f64 {
    counts.get(key).copied().unwrap_or_default()
}

/// Precision, recall, F1 in percent.
fn prf(found: f64, ours: f64, right: f64, gold: f64) -> [f64; 3] {
    let (p, r) = (share(found, ours), share(right, gold));
    [p, r, f1(p, r)].map(|value| 100.0 * value)
}

fn percent(counts: &Counts, part: &str, whole: &str) -> String {
    let whole = of(counts, whole);
    if whole == 0.0 { "None".to_owned() } else { format!("{:.1}", 100.0 * of(counts, part) / whole) }
}

fn table(docs: usize, counts: &Counts) {
    println!("docs {docs}");
    println!(
        "kind        gold   pred | exact P R F1          | >=80% P R F1          | speaker acc | entity acc"
    );
    for kind in KINDS {
        let level = |level: &str| {
            let [p, r, f] = prf(
                of(counts, &format!("{level} p {kind}")),
                of(counts, &format!("p {kind}")),
                of(counts, &format!("{level} r {kind}")),
                of(counts, &format!("g {kind}")),
            );
            format!("{p:6.1} {r:6.1} {f:6.1}")
        };
        println!(
            "{kind:9} {:6} {:6} | {}  | {}  | {} | {}",
            of(counts, &format!("g {kind}")),
            of(counts, &format!("p {kind}")),
            level("exact"),
            level("o80"),
            percent(counts, &format!("spk_ok {kind}"), &format!("spk_n {kind}")),
            percent(counts, &format!("ent_ok {kind}"), &format!("ent_n {kind}")),
        );
    }
    println!("cue acc on matched: {}", percent(counts, "cue_ok", "cue_n"));
    for (key, name) in [("f", "all"), ("f3", "3+words"), ("f12", "1-2words")] {
        let get = |part: &str| of(counts, &format!("{key} {part}"));
        let [p, r, f] = prf(get("tp"), get("p"), get("tp"), get("g"));
        let [ep, er, ef] = prf(get("spk_ok"), get("ep"), get("spk_ok"), get("eg"));
        let negatives = get("n") - get("g");
        let alarm = if negatives == 0.0 {
            "None".to_owned()
        } else {
            format!("{:.1}", 100.0 * get("fp") / negatives)
        };
        println!(
            "fragments {name:9} cand {} gold {} pred {} PRF [{p:.1}, {r:.1}, {f:.1}] false-alarm {alarm} spk {} e2e [{ep:.1}, {er:.1}, {ef:.1}]",
            get("n"),
            get("g"),
            get("p"),
            percent(counts, &format!("{key} spk_ok"), &format!("{key} spk_n")),
        );
    }
}
