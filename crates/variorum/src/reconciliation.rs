//! Sets the figures of a story side by side.
//!
//! In: the reports of one story with their figures, who is who, and which report is a copy. Out: groups of values that
//! measure the same thing, each with a verdict, in the order of reports and text; a figure that stands alone is `single`.
//! Method: two figures are one when their units can be compared, their values can both be true (see `agrees`) and
//! what they count or the words around them match; the smaller and commoner the number, the more words have to. Ages go by the
//! person. Values that cannot both be true are one conflict only where the same noun is counted in much the same words on the
//! same day: what differs must not be joined, so precision comes first.
//! A number that nobody gives by chance (three digits that count, both ends of a range) needs no words beside it. A conflict may
//! also rest on two digits that changed places, or on amounts of money with nothing beside them but the same words.
//! Independent sources are counted by `sources`.
//! Leaves: sums ("three and four" against "seven"), conversions of currency.

mod sources;

use crate::cast::Cast;
use crate::edition::{Agreement, FigureValue, Range, ReconciledFigure};
use crate::lexicon;
use crate::lineage::Lineage;
use crate::model::{Annotated, EntityKind, Figure, MentionForm};
use crate::span::Span;
use crate::token::{Kind, fold, tokens, without_possessive};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// How far a rounded figure may lie from another and still agree, in percent of the larger.
/// Set on `corpus/examples`; rerun `variorum eval examples` when changing it.
pub const TOLERANCE_PERCENT: f64 = 5.0;

/// How far above "more than", or below "up to", another figure may lie and still agree, in percent.
const BOUND_PERCENT: f64 = 15.0;

/// Words of context that a conflict has to share, in percent of the smaller context.
const CONFLICT_PERCENT: usize = 50;

/// How many earlier figures of one kind a figure is compared with.
const NEAR_FIGURES: usize = 400;

static SYNONYMS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../lang/en/counted-synonyms.txt"));
    rows.flat_map(|row| row.clone().into_iter().map(move |word| (word, row[0]))).collect()
});
static QUALIFIERS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lists = [include_str!("../lang/en/qualifiers.txt"), include_str!("../lang/de/qualifiers.txt")];
    lists.into_iter().flat_map(lexicon::rows).map(|row| (row[0], row[row.len() - 1])).collect()
});
/// Heads for people.
static PEOPLE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let roles = lexicon::rows(include_str!("../lang/en/role-nouns.txt")).map(|row| stem(row[0]));
    roles.chain(["person", "men", "women", "child", "evacuee", "client", "saver"].map(stem)).collect()
});
static STOPS: LazyLock<lexicon::Classes> =
    LazyLock::new(|| lexicon::classes(include_str!("../lang/en/figure-words.txt")));

/// A figure with all that a comparison asks for.
struct Item<'a> {
    report: usize,
    figure: &'a Figure,
    /// Units that can be compared have one.
    measure: String,
    /// What can be true by it, in the measure's base unit.
    bounds: (f64, f64),
    /// Whether the number itself is rare enough to point at the thing.
    is_telling: bool,
    /// Whether it is so rare that it needs no words beside it.
    is_rare: bool,
    /// Numbers of three digits and more that stand beside it.
    beside: BTreeSet<String>,
    /// Words around it that say at which moment of a day it was true.
    moments: BTreeSet<String>,
    head: Option<String>,
    context: BTreeSet<String>,
    person: Option<String>,
    when: Option<&'a str>,
    source: Option<String>,
}

/// The figures of a story, in the order of reports and text.
pub fn figures(witnesses: &[Annotated], cast: &Cast, lineage: &Lineage) -> Vec<ReconciledFigure> {
    let items = items(witnesses, cast);
    let mut groups = Groups::new(items.len());
    join(&items, &mut groups, same);
    join_conflicts(&items, &mut groups);
    let sources = sources::keys(&items, cast, lineage);
    groups.lists().iter().map(|group| reconciled(witnesses, &items, &sources, group)).collect()
}

fn items<'a>(witnesses: &'a [Annotated], cast: &Cast) -> Vec<Item<'a>> {
    let each = witnesses.iter().enumerate();
    let mut items: Vec<Item> = each
        .flat_map(|(report, found)| found.figures.iter().map(move |figure| (report, found, figure)))
        .map(|(report, found, figure)| item(report, found, figure, cast))
        .collect();
    // "It said": whoever gave the figure before.
    for at in 1..items.len() {
        let is_pronoun = items[at].source.as_deref().is_some_and(|words| STOPS.hold("stop", &fold(words)));
        if is_pronoun {
            let is_one_report = items[at - 1].report == items[at].report;
            items[at].source = items[at - 1].source.clone().filter(|_| is_one_report);
        }
    }
    items
}

fn item<'a>(report: usize, found: &'a Annotated, figure: &'a Figure, cast: &Cast) -> Item<'a> {
    let (measure, factor) = measure(&figure.unit);
    let number = figure.value.or(figure.low).unwrap_or_default();
    let words = found.words(figure.span);
    let digits = words.chars().filter(char::is_ascii_digit).count();
    Item {
        report,
        figure,
        measure,
        bounds: bounds(figure, factor),
        is_telling: digits >= 3 || number >= 100.0 || words.contains('.'),
        is_rare: is_rare(figure),
        beside: beside(found, figure),
        moments: moments(found, figure),
        head: figure.what.and_then(|what| head(found.words(what))),
        context: context(found, figure),
        person: (figure.unit == "age").then(|| person(report, found, figure, cast)).flatten(),
        when: figure.when.and_then(|at| found.dates.get(at)).and_then(|date| date.value.as_deref()),
        source: figure.said_by.and_then(|span| source_name(report, found, span, cast)),
    }
}

/// Both ends of a range, three digits that count, or two of an amount in millions.
fn is_rare(figure: &Figure) -> bool {
    match figure.value {
        Some(value) => {
            let digits = significant(value);
            digits >= 3 && value >= 100.0 || digits >= 2 && is_money(&figure.unit) && value >= 1e6
        }
        None => figure.low.is_some() && figure.high.is_some() && figure.unit != "age",
    }
}

fn is_money(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// How many digits of a number count: two of 1,100, three of 38.6 million.
fn significant(value: f64) -> usize {
    let whole = format!("{:.0}", value.abs() * 100.0);
    whole.trim_end_matches('0').len()
}

/// What a unit measures, and how many base units it holds. Units of unlike measure are never compared.
fn measure(unit: &str) -> (String, f64) {
    let (measure, factor) = match unit {
        "seconds" => ("time", 1.0),
        "minutes" => ("time", 60.0),
        "hours" => ("time", 3_600.0),
        "days" => ("time", 86_400.0),
        "weeks" => ("time", 604_800.0),
        "months" => ("months", 1.0),
        "years" => ("months", 12.0),
        "decades" => ("months", 120.0),
        "mm" => ("length", 0.001),
        "cm" => ("length", 0.01),
        "m" => ("length", 1.0),
        "km" => ("length", 1_000.0),
        "inches" => ("length", 0.0254),
        "feet" => ("length", 0.3048),
        "yards" => ("length", 0.9144),
        "miles" => ("length", 1_609.344),
        "g" => ("mass", 0.001),
        "kg" => ("mass", 1.0),
        "lb" => ("mass", 0.453_592),
        "tonnes" => ("mass", 1_000.0),
        "percent" => ("part", 0.01),
        "share" => ("part", 1.0),
        other => return (other.to_owned(), 1.0),
    };
    (measure.to_owned(), factor)
}

/// The least and greatest value by which the figure is true.
fn bounds(figure: &Figure, factor: f64) -> (f64, f64) {
    let low = figure.value.or(figure.low).unwrap_or_default() * factor;
    let high = figure.value.or(figure.high).unwrap_or(if figure.low.is_some() { f64::MAX } else { 0.0 });
    let high = if figure.value.is_some() || figure.high.is_some() { high * factor } else { high };
    let (wide, far) = (TOLERANCE_PERCENT / 100.0, BOUND_PERCENT / 100.0);
    let sense = figure.qualifier.as_deref().and_then(|words| QUALIFIERS.get(words).copied());
    match sense {
        Some("about") => (low * (1.0 - wide), high * (1.0 + wide)),
        Some("near") => (low * (1.0 - wide), high),
        Some("above") => (low, high * (1.0 + far)),
        Some("below") => (low * (1.0 - far), high),
        _ if figure.unit == "share" => (low * (1.0 - wide), high * (1.0 + wide)),
        _ => rounded(low, high),
    }
}

/// "1.24 billion" is true of whatever rounds to it: half of the last of three digits on either side of a large number.
fn rounded(low: f64, high: f64) -> (f64, f64) {
    if low < 1e6 {
        return (low, high);
    }
    let slack = low * 0.004;
    let is_round = (low / 1e4).fract() == 0.0;
    if is_round { (low - slack, high + slack) } else { (low, high) }
}

/// Whether both can be true.
fn agrees(a: &Item, b: &Item) -> bool {
    if a.figure.unit == "score" {
        return true;
    }
    if is_indefinite(a.figure) || is_indefinite(b.figure) {
        return is_equal(a, b);
    }
    let slack = 1e-6 * a.bounds.0.abs().max(b.bounds.0.abs());
    a.bounds.0 <= b.bounds.1 + slack && b.bounds.0 <= a.bounds.1 + slack
}

/// "Hundreds": true of too much to agree or conflict with a number.
fn is_indefinite(figure: &Figure) -> bool {
    figure.value.is_none() && figure.high.is_none()
}

fn is_equal(a: &Item, b: &Item) -> bool {
    let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        (a, b) => a.is_none() && b.is_none(),
    };
    let (x, y) = (a.figure, b.figure);
    x.unit == y.unit && near(x.value, y.value) && near(x.low, y.low) && near(x.high, y.high)
}

/// Whether two figures give the same measurement of the same thing.
fn same(a: &Item, b: &Item) -> bool {
    if !agrees(a, b) {
        return false;
    }
    if a.figure.unit == "age" {
        return a.person.is_some() && a.person == b.person;
    }
    let is_known = a.is_rare && b.is_rare && (is_equal(a, b) || rounds(a, b) || rounds(b, a));
    if is_known && a.report != b.report && !is_apart(a, b) {
        return true;
    }
    if !is_known && a.when.is_some() && b.when.is_some() && a.when != b.when {
        return false;
    }
    let is_one_source = a.source.is_some() && a.source == b.source;
    let evidence = shared(a, b) + 2 * usize::from(is_one_head(a, b)) + usize::from(is_one_source);
    let needed = match (is_equal(a, b), a.is_telling && b.is_telling) {
        (true, true) => 1,
        (true, false) | (false, true) => 2 + usize::from(is_apart(a, b)),
        (false, false) => 4,
    };
    evidence >= needed
}

/// "Nearly £39m" of £38.6 million: an amount that says it is rounded, to two digits or more.
fn rounds(a: &Item, b: &Item) -> bool {
    let (Some(x), Some(y)) = (a.figure.value, b.figure.value) else { return false };
    let digits = significant(x);
    let mut step = 1.0;
    while (x / (step * 10.0)).fract() == 0.0 && x >= step * 10.0 {
        step *= 10.0;
    }
    let is_said = a.figure.qualifier.as_deref().is_some_and(|words| QUALIFIERS.contains_key(words));
    is_said && is_money(&a.figure.unit) && digits >= 2 && (y / step).round() * step == x
}

/// Words that both have around them; a rare number beside both weighs as three.
fn shared(a: &Item, b: &Item) -> usize {
    a.context.intersection(&b.context).count() + 3 * usize::from(!a.beside.is_disjoint(&b.beside))
}

fn is_one_head(a: &Item, b: &Item) -> bool {
    a.head.is_some() && a.head == b.head
}

/// Whether they count different things; people may be called what they do or suffer.
fn is_apart(a: &Item, b: &Item) -> bool {
    let people = |item: &Item| item.head.as_deref().is_some_and(|head| PEOPLE.contains(head));
    let is_range = a.figure.value.is_none();
    a.head.is_some() && b.head.is_some() && a.head != b.head && !(people(a) && people(b)) && !is_range
}

/// Whether two figures measure the same thing and cannot both be true.
fn conflicts(a: &Item, b: &Item) -> bool {
    let is_one_day = a.when.is_none() || b.when.is_none() || a.when == b.when;
    let (small, large) = if a.bounds.0 < b.bounds.0 { (a, b) } else { (b, a) };
    let is_near = small.bounds.1 * 3.0 >= large.bounds.0;
    a.report != b.report
        && !agrees(a, b)
        && a.figure.unit != "score"
        && !is_indefinite(a.figure)
        && !is_indefinite(b.figure)
        && is_near
        && (is_one_day || is_transposed(a, b))
        && match a.figure.unit.as_str() {
            "age" => a.person.is_some() && a.person == b.person,
            _ => is_one_matter(a, b),
        }
}

/// Whether the words say that two values are of the same thing.
fn is_one_matter(a: &Item, b: &Item) -> bool {
    let shared = shared(a, b);
    let least = a.context.len().min(b.context.len());
    let (small, large) = (a.bounds.0.min(b.bounds.0), a.bounds.1.max(b.bounds.1));
    let is_one_moment = a.moments == b.moments;
    let is_close = large <= small * 1.25;
    let is_bare = a.head.is_none() && b.head.is_none() && is_money(&a.figure.unit);
    is_one_head(a, b) && is_one_moment && shared >= 3 && shared * 100 >= least * CONFLICT_PERCENT
        || is_transposed(a, b) && is_rare(a.figure) && is_rare(b.figure) && !is_apart(a, b) && shared >= 1
        || is_bare && is_close && shared >= 2 && is_one_moment
}

/// Whether two digits of one changed places in the other: 38.6 and 36.8, 312 and 321.
fn is_transposed(a: &Item, b: &Item) -> bool {
    let (Some(x), Some(y)) = (a.figure.value, b.figure.value) else { return false };
    let digits = |value: f64| format!("{:.0}", value.abs() * 100.0).into_bytes();
    let (x, y) = (digits(x), digits(y));
    let places: Vec<usize> = (0..x.len().min(y.len())).filter(|&at| x[at] != y[at]).collect();
    match places[..] {
        [p, q] => x.len() == y.len() && x[p] == y[q] && x[q] == y[p] && x[p] != b'0' && x[q] != b'0',
        _ => false,
    }
}

/// Which figures are one, as a forest: each points at an earlier one.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn root(&self, mut at: usize) -> usize {
        while self.0[at] != at {
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// The groups, by their first figure.
    fn lists(&self) -> Vec<Vec<usize>> {
        let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.0.len() {
            lists.entry(self.root(at)).or_default().push(at);
        }
        lists.into_values().collect()
    }
}

/// Joins what `test` finds to be one, among figures of one measure.
fn join(items: &[Item], groups: &mut Groups, test: fn(&Item, &Item) -> bool) {
    let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        let kind = kinds.entry(&item.measure).or_default();
        for &other in kind.iter().rev().take(NEAR_FIGURES) {
            if groups.root(other) != groups.root(at) && test(&items[other], item) {
                groups.join(other, at);
            }
        }
        kind.push(at);
    }
}

/// Joins groups that conflict, unless some report has a figure in both: it tells two things apart.
fn join_conflicts(items: &[Item], groups: &mut Groups) {
    let lists = groups.lists();
    let reports = |list: &[usize]| list.iter().map(|&at| items[at].report).collect::<BTreeSet<_>>();
    for (at, list) in lists.iter().enumerate().take(NEAR_FIGURES) {
        for other in &lists[..at] {
            let is_apart = reports(list).is_disjoint(&reports(other));
            let conflict = is_apart
                && items[list[0]].measure == items[other[0]].measure
                && list.iter().any(|&a| other.iter().any(|&b| conflicts(&items[a], &items[b])));
            if conflict && reports_apart(items, groups, list[0], other[0]) {
                groups.join(list[0], other[0]);
            }
        }
    }
}

/// Whether no report has a figure in both groups as they stand now.
fn reports_apart(items: &[Item], groups: &Groups, a: usize, b: usize) -> bool {
    let of = |root: usize| {
        let members = (0..items.len()).filter(|&at| groups.root(at) == root);
        members.map(|at| items[at].report).collect::<BTreeSet<_>>()
    };
    of(groups.root(a)).is_disjoint(&of(groups.root(b)))
}

fn reconciled(
    witnesses: &[Annotated],
    items: &[Item],
    sources: &[(sources::Key, usize)],
    group: &[usize],
) -> ReconciledFigure {
    let first = &items[group[0]];
    let of =
        |group: &[usize]| sources::independent(&group.iter().map(|&at| &sources[at]).collect::<Vec<_>>());
    let what = group.iter().find_map(|&at| Some((items[at].report, items[at].figure.what?)));
    let values = group.iter().map(|&at| {
        let alike: Vec<usize> =
            group.iter().copied().filter(|&other| agrees(&items[at], &items[other])).collect();
        value(&witnesses[items[at].report], &items[at], of(&alike))
    });
    ReconciledFigure {
        what: what.map(|(report, span)| witnesses[report].words(span).to_owned()),
        person: first.person.clone().filter(|name| !name.is_empty()),
        unit: first.figure.unit.clone(),
        verdict: verdict(items, group),
        independent: of(group),
        values: values.collect(),
    }
}

/// The same number with another noun is another description; a rounded one only agrees.
fn verdict(items: &[Item], group: &[usize]) -> Agreement {
    let reports: BTreeSet<usize> = group.iter().map(|&at| items[at].report).collect();
    if reports.len() < 2 {
        return Agreement::Single;
    }
    let is_one = |test: fn(&Item, &Item) -> bool| {
        group.iter().enumerate().all(|(place, &a)| group[..place].iter().all(|&b| test(&items[a], &items[b])))
    };
    if !is_one(agrees) {
        return Agreement::Conflict;
    }
    let is_otherwise = |a: &Item, b: &Item| {
        let is_named = a.head.is_some() && b.head.is_some() && a.head != b.head;
        let is_countable = a.figure.unit == "count" || a.figure.value.is_none();
        is_named && is_countable && is_equal(a, b) || a.measure == "part" && a.figure.unit != b.figure.unit
    };
    let differs = group
        .iter()
        .enumerate()
        .any(|(place, &a)| group[..place].iter().any(|&b| is_otherwise(&items[a], &items[b])));
    if differs { Agreement::AgreeOtherDescription } else { Agreement::Agree }
}

fn value(found: &Annotated, item: &Item, independent: usize) -> FigureValue {
    let figure = item.figure;
    // "312 homes": with what is counted where it stands right behind.
    let follows = figure.what.filter(|what| {
        what.start() >= figure.span.end()
            && found.report.text[figure.span.end()..what.start()].trim().is_empty()
    });
    let measured = || unit_word(&found.report.text, figure);
    let place =
        found.place(follows.or_else(measured).map_or(figure.span, |behind| figure.span.cover(behind)));
    FigureValue {
        value: figure.value,
        low: figure.low,
        high: figure.high,
        qualifier: figure.qualifier.clone(),
        text: place.text,
        report: place.report,
        start: place.start,
        end: place.end,
        what: figure.what.map(|what| found.words(what).to_owned()),
        said_by: item.source.clone(),
        said_by_span: figure.said_by.map(|span| {
            let source = found.report.map.to_source(span);
            Range { start: source.start(), end: source.end() }
        }),
        when: item.when.map(str::to_owned),
        independent,
    }
}

/// The word of the unit right behind a measure written in digits or words alone: "40 minutes", "88-millimetre".
fn unit_word(text: &str, figure: &Figure) -> Option<Span> {
    let is_measure = !matches!(figure.unit.as_str(), "count" | "percent" | "age" | "score" | "share");
    let rest = &text[figure.span.end()..];
    let gap = rest.len() - rest.trim_start_matches([' ', '-', '\u{a0}']).len();
    let word = rest[gap..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let bare =
        figure.span.of(text).chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | ' '))
            && !figure.span.of(text).contains(' ');
    let start = figure.span.end() + gap;
    (is_measure && bare && (1..3).contains(&gap) && word.len() > 1)
        .then(|| Span::new(start, start + word.len()))
}

/// The noun that is counted: the last word of the phrase, in the singular, synonyms as one.
fn head(words: &str) -> Option<String> {
    let span = Span::new(0, words.len());
    let last = tokens(words, span).into_iter().rfind(|token| token.kind == Kind::Word)?;
    Some(stem(last.of(words)))
}

/// A word for comparison: folded, its synonym, else without the endings of number and tense.
fn stem(word: &str) -> String {
    let word = fold(without_possessive(word));
    if let Some(first) = SYNONYMS.get(&*word) {
        return (*first).to_owned();
    }
    let bare = ["ing", "ies", "ed", "es", "s"].iter().find_map(|end| {
        word.strip_suffix(end).filter(|bare| bare.chars().count() >= 3 && !bare.ends_with('s'))
    });
    bare.unwrap_or(&word).trim_end_matches('e').to_owned()
}

/// The words of content in the sentence of a figure, as stems.
fn context(found: &Annotated, figure: &Figure) -> BTreeSet<String> {
    around(found, figure, Kind::Word)
        .into_iter()
        .filter(|word| {
            word.len() > 2 && !STOPS.hold("stop", &fold(word)) && !STOPS.hold("source", &fold(word))
        })
        .map(stem)
        .collect()
}

/// Numbers of three digits and more in the sentence of a figure.
fn beside(found: &Annotated, figure: &Figure) -> BTreeSet<String> {
    let numbers = around(found, figure, Kind::Number).into_iter();
    numbers
        .map(|word| word.replace(',', ""))
        .filter(|word| word.bytes().filter(u8::is_ascii_digit).count() > 2 && !is_year(word))
        .collect()
}

fn is_year(word: &str) -> bool {
    word.parse::<u32>().is_ok_and(|year| (1800..2100).contains(&year))
}

/// "midday", "closed" in the sentence of a figure.
fn moments(found: &Annotated, figure: &Figure) -> BTreeSet<String> {
    let words = around(found, figure, Kind::Word).into_iter().map(fold);
    words.filter(|word| STOPS.hold("moment", word)).map(Cow::into_owned).collect()
}

/// The tokens of a kind in the sentence of a figure, those of the figure itself left out.
fn around<'t>(found: &'t Annotated, figure: &Figure, kind: Kind) -> Vec<&'t str> {
    const REACH: usize = 14;
    let next = found.sentences.partition_point(|sentence| sentence.span.end() <= figure.span.start());
    let Some(sentence) = found.sentences.get(next) else { return Vec::new() };
    let text = found.report.text.as_str();
    let whole = tokens(text, near(text, sentence.span, figure.span));
    let at = whole.partition_point(|token| token.span.start() < figure.span.start());
    whole[at.saturating_sub(REACH)..whole.len().min(at + REACH)]
        .iter()
        .filter(|token| token.kind == kind && token.span.overlap(figure.span) == 0)
        .map(|token| token.of(text))
        .collect()
}

/// At most 400 bytes of a sentence on either side of a figure, on character boundaries.
fn near(text: &str, sentence: Span, figure: Span) -> Span {
    const BYTES: usize = 400;
    let mut start = figure.start().saturating_sub(BYTES).max(sentence.start()).min(figure.start());
    let mut end = (figure.end() + BYTES).min(sentence.end()).max(figure.end());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

/// Whose age it is: the person named by the figure's own phrase, else the last one named before it in its sentence.
fn person(report: usize, found: &Annotated, figure: &Figure, cast: &Cast) -> Option<String> {
    let next = found.sentences.partition_point(|sentence| sentence.span.end() <= figure.span.start());
    let sentence = found.sentences.get(next)?.span;
    let from = found.mentions.partition_point(|mention| mention.span.end() <= sentence.start());
    let people = found.mentions[from..]
        .iter()
        .take_while(|mention| mention.span.start() < sentence.end())
        .filter(|mention| mention.kind == EntityKind::Person && mention.entity.is_some());
    let before = people.clone().filter(|mention| mention.span.start() < figure.span.start()).last();
    let mention = match figure.what {
        Some(what) => people.clone().find(|mention| mention.span.overlap(what) > 0).or(before),
        None => before,
    };
    let entity = mention.or_else(|| people.clone().next())?.entity?;
    Some(name(report, entity, found, cast))
}

fn name(report: usize, entity: usize, found: &Annotated, cast: &Cast) -> String {
    match cast.of.get(report).and_then(|members| members.get(entity)).and_then(|&at| cast.members.get(at)) {
        Some(member) => member.name.clone(),
        None => found.entities.get(entity).map(|entity| entity.name.clone()).unwrap_or_default(),
    }
}

/// The resolved name of a source, or its words without an article; `None` for a pronoun that nothing resolves.
fn source_name(report: usize, found: &Annotated, span: Span, cast: &Cast) -> Option<String> {
    let next = found.mentions.partition_point(|mention| mention.span.end() <= span.start());
    let near = found.mentions[next..].iter().take_while(|mention| mention.span.start() < span.end());
    let mut whole = near.filter(|mention| mention.span.overlap(span) * 2 > span.len());
    let is_pronoun = whole.clone().any(|mention| mention.form == MentionForm::Pronoun);
    match whole.find_map(|mention| mention.entity) {
        Some(entity) => Some(name(report, entity, found, cast)),
        None if is_pronoun => None,
        None => {
            let words = found.words(span).trim();
            let bare = ["the ", "The ", "a ", "A "].iter().find_map(|article| words.strip_prefix(article));
            Some(bare.unwrap_or(words).to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Report};

    fn read(text: &str) -> Annotated {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, of: None };
        let report = Report { text: text.to_owned(), blocks: vec![block], ..Report::default() };
        let mut found = Annotated { report, ..Annotated::default() };
        found.sentences = crate::sentences::find(&found.report);
        found.dates = crate::dates::find(&found);
        found.figures = crate::figures::find(&found);
        found
    }

    /// Each report is a text; each group is `verdict independent: values`, parted by `; `.
    fn check(reports: &[&str], expected: &str) {
        let witnesses: Vec<Annotated> = reports.iter().map(|text| read(text)).collect();
        let lineage = Lineage { root: (0..reports.len()).collect(), ..Lineage::default() };
        let shown = |figure: &ReconciledFigure| {
            let texts: Vec<&str> = figure.values.iter().map(|value| value.text.as_str()).collect();
            format!("{:?} {}: {}", figure.verdict, figure.independent, texts.join(", "))
        };
        let groups = figures(&witnesses, &Cast::default(), &lineage);
        assert_eq!(
            groups.iter().map(shown).collect::<Vec<_>>().join("; "),
            expected,
            "figures of {reports:?}"
        );
    }

    #[test]
    fn a_bare_number_says_what_is_counted_and_an_age_whose_it_is() {
        let text = "Mayor Ana Ruiz, 51, spoke. The city gave out hundreds of permits, with 318 on Saturday.";
        let found = crate::annotate(&crate::model::Received { bytes: text.into(), ..Default::default() });
        let witnesses = [found];
        let cast = crate::cast::resolve(&witnesses);
        let figures = figures(&witnesses, &cast, &crate::lineage::trace(&witnesses, &cast));
        let shown: Vec<_> = figures
            .iter()
            .map(|figure| format!("{:?} {}", figure.left_open(&figure.values[0]), figure.values[0].text))
            .collect();
        assert_eq!(
            shown,
            ["Some(\"age of Ana Ruiz\") 51", "Some(\"permits\") hundreds", "Some(\"permits\") 318"]
        );
    }

    #[test]
    fn values_that_can_both_be_true_agree() {
        check(
            &[
                "The Harbour Office said 953 people left the old town.",
                "About 950 residents left the old town, according to the Harbour Office.",
            ],
            "Agree 1: 953 people, 950 residents",
        );
        check(
            &["Some 430 people slept in the hall.", "The hall held 430 evacuees."],
            "AgreeOtherDescription 2: 430 people, 430 evacuees",
        );
    }

    #[test]
    fn the_same_thing_with_another_value_is_a_conflict() {
        check(
            &[
                "Water flooded 312 homes in the lower town on Monday.",
                "On Monday water flooded 321 homes in the lower town.",
            ],
            "Conflict 2: 312 homes, 321 homes",
        );
    }

    #[test]
    fn a_rare_number_needs_no_words_beside_it() {
        check(
            &[
                "Prosecutors said £52.6 million had gone.",
                "They put the losses at £52.6m.",
                "Nearly £53m vanished.",
            ],
            "Agree 3: £52.6 million, £52.6m, £53m",
        );
        check(
            &["She asked for five to nine years.", "Between five and nine years are usual."],
            "Agree 2: five to nine, five and nine",
        );
        check(
            &["Prosecutors said £52.6m was gone.", "Prosecutors said £56.2m was gone from the pool."],
            "Conflict 1: £52.6m, £56.2m",
        );
    }

    #[test]
    fn a_source_counts_once() {
        check(
            &[
                "A harbour official said 953 people left. More than 900 people left.",
                "One guard said 953 people left.",
            ],
            "Agree 2: 953 people, 900 people, 953 people",
        );
    }

    #[test]
    fn different_things_stay_apart() {
        check(
            &[
                "The city gave out hundreds of permits.",
                "It gave out 318 permits on Friday and 640 permits on Saturday.",
            ],
            "Single 1: hundreds; Single 1: 318 permits; Single 1: 640 permits",
        );
        check(
            &["Two firefighters were hurt.", "Two boats sank at sea."],
            "Single 1: Two firefighters; Single 1: Two boats",
        );
        check(
            &["The mayor sent 12 boats to the harbour.", "The club sold 14 boats last year."],
            "Single 1: 12 boats; Single 1: 14 boats",
        );
    }
}
