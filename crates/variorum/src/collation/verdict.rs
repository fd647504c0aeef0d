//! How two readings relate: DESIGN's verdicts, or that they are not the same words at all.
//!
//! In: the words of two readings. Out: a [`Comparison`]: the places where they differ, each with its kind, and one verdict.
//!
//! Rules, in the order they are tried; the first that holds gives the verdict:
//! 1. *different*: too little stands in both ([`Shared::is_enough`]).
//! 2. *altered*: at some place a negation, number, name or modal word differs, or a word stands for one against it
//!    (`lang/en/antonyms.txt`, `grades.txt`).
//! 3. *reworded*: other words at some place, or words added or left out inside without an ellipsis or a break.
//! 4. *trimmed*: words only at an end, or where the other says that it leaves some out.
//! 5. *joined*: the parts end at other places.
//! 6. *adapted*: person or tense only.
//! 7. *punctuation*: spelling, contraction, case, marks or editorial brackets only.
//! 8. *same*: glyphs of marks and a closing comma or full stop aside.

use super::align::{Column, align, score, weight};
use super::senses;
use super::words::{Class, Word, Words, stem};
use crate::edition::Verdict;
use std::collections::BTreeSet;
use std::ops::Range;

/// What kind of difference a place shows. In order of strength, weakest first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Case and marks.
    Punctuation,
    /// Spelling, contraction, editorial brackets.
    Spelling,
    /// Person or tense.
    Person,
    /// Left out by the second at an end or with a mark that says so.
    Omission,
    /// Added by the second at such a place.
    Addition,
    /// Words of grammar.
    Function,
    /// The same words in another order.
    Order,
    /// Content words that mean much the same.
    Content,
    /// Content words against each other.
    Contrary,
    /// Modal words.
    Modal,
    /// Names.
    Name,
    /// Numbers.
    Number,
    /// Negation.
    Negation,
}

impl Kind {
    /// As the edition has it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Punctuation => "punctuation",
            Kind::Spelling => "spelling",
            Kind::Person => "person",
            Kind::Omission => "omission",
            Kind::Addition => "addition",
            Kind::Function => "function",
            Kind::Order => "order",
            Kind::Content | Kind::Contrary => "content",
            Kind::Modal => "modal",
            Kind::Name => "name",
            Kind::Number => "number",
            Kind::Negation => "negation",
        }
    }
}

/// A place where two readings differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Words of the first; empty where the second adds.
    pub a: Range<usize>,
    /// Words of the second; empty where it leaves out.
    pub b: Range<usize>,
    /// How.
    pub kind: Kind,
}

/// How much two readings share.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Words of both.
    pub words: usize,
    /// Content words of both.
    pub content: usize,
    /// How many of them are one word in both, not two near in sense.
    pub exact: usize,
    /// Words in the longest run that both have.
    pub run: usize,
    /// Content words in that run.
    pub run_content: usize,
    /// Weight of shared words, in percent of the weight of the shorter reading.
    pub percent: usize,
    /// Weight of shared words, in percent of all words between the first shared one and the last.
    pub density: usize,
    /// Content words of the reading that has fewer.
    pub fewer: usize,
    /// How many of them stand in the other in any order, in any form or by a word near in sense, in percent.
    pub loose_percent: usize,
    /// Content words of the fuller reading, in percent of [`Shared::fewer`].
    pub length_percent: usize,
}

/// Two readings held against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// `None` for different words.
    pub verdict: Option<Verdict>,
    /// In text order.
    pub changes: Vec<Change>,
    /// What stands in both.
    pub shared: Shared,
    /// The alignment they rest on.
    pub columns: Vec<Column>,
}

/// Holds `b` against `a`.
pub fn compare(a: (&str, &Words), b: (&str, &Words)) -> Comparison {
    let mut columns = align(&a.1.words, &b.1.words);
    loosen(&mut columns, &a.1.words, &b.1.words);
    let shared = shared(&columns, &a.1.words, &b.1.words);
    let mut changes = changes(&columns, &a.1.words, &b.1.words);
    balance(&mut changes, &a.1.words, &b.1.words);
    drop_subject(&mut changes, &a.1.words, &b.1.words);
    let verdict = shared.is_enough().then(|| judge(a, b, &columns, &changes));
    Comparison { verdict, changes, shared, columns }
}

/// Whether a column holds one word of both, or two forms that stand for each other.
fn holds(column: Column, a: &[Word], b: &[Word]) -> bool {
    matches!((column.a, column.b), (Some(i), Some(j)) if score(&a[i], &b[j]) > 0 && !senses::against(&a[i].form, &b[j].form))
}

fn is_near(column: Column, a: &[Word], b: &[Word]) -> bool {
    let near = |a: &str, b: &str| {
        !(senses::same(a, b) || senses::shifted(a, b) || senses::akin(a, b)) && senses::near(a, b)
    };
    matches!((column.a, column.b), (Some(i), Some(j)) if near(&a[i].form, &b[j].form))
}

fn is_equal(column: Column, a: &[Word], b: &[Word]) -> bool {
    matches!((column.a, column.b), (Some(i), Some(j)) if senses::same(&a[i].form, &b[j].form))
}

/// Parts words of grammar that were matched far from anything else both have: "the" in two unrelated stretches.
fn loosen(columns: &mut Vec<Column>, a: &[Word], b: &[Word]) {
    let mut loose = Vec::with_capacity(columns.len());
    let mut at = 0;
    while at < columns.len() {
        let run = columns[at..].iter().take_while(|&&column| holds(column, a, b)).count();
        if run == 0 {
            loose.push(columns[at]);
            at += 1;
            continue;
        }
        let weak = columns[at..at + run].iter().all(|column| column.a.is_some_and(|i| !a[i].is_content()));
        let gap_before = columns[..at].iter().rev().take_while(|&&column| !holds(column, a, b)).count();
        let gap_behind = columns[at + run..].iter().take_while(|&&column| !holds(column, a, b)).count();
        if weak && run <= 3 && gap_before.min(gap_behind) >= 2 && gap_before + gap_behind > 3 * run {
            loose.extend(columns[at..at + run].iter().map(|column| Column { a: column.a, b: None }));
            loose.extend(columns[at..at + run].iter().map(|column| Column { a: None, b: column.b }));
        } else {
            loose.extend_from_slice(&columns[at..at + run]);
        }
        at += run;
    }
    *columns = loose;
}

fn shared(columns: &[Column], a: &[Word], b: &[Word]) -> Shared {
    let mut shared = Shared::default();
    let (mut run, mut run_content) = (0, 0);
    let (mut weight_both, mut weight_span) = (0, 0);
    let first = columns.iter().position(|&column| holds(column, a, b)).unwrap_or(columns.len());
    let last = columns.iter().rposition(|&column| holds(column, a, b)).map_or(first, |last| last + 1);
    for &column in &columns[first..last] {
        let of_a = column.a.map(|i| &a[i]);
        let heavy = of_a.or(column.b.map(|j| &b[j])).map_or(0, weight) as usize;
        weight_span += heavy;
        if !holds(column, a, b) {
            (run, run_content) = (0, 0);
            continue;
        }
        weight_both += heavy;
        run += 1;
        shared.words += 1;
        if of_a.is_some_and(Word::is_content) {
            shared.content += 1;
            shared.exact += usize::from(!is_near(column, a, b));
            run_content += 1;
        }
        if (run_content, run) > (shared.run_content, shared.run) {
            (shared.run, shared.run_content) = (run, run_content);
        }
    }
    let total = |words: &[Word]| words.iter().map(|word| weight(word) as usize).sum::<usize>();
    shared.percent = 100 * weight_both / total(a).min(total(b)).max(1);
    shared.density = 100 * weight_both / weight_span.max(1);
    let content = |words: &[Word]| words.iter().filter(|word| word.is_content()).count();
    let (fewer, fuller) = if content(a) <= content(b) { (a, b) } else { (b, a) };
    shared.fewer = content(fewer);
    shared.length_percent = 100 * content(fuller) / shared.fewer.max(1);
    shared.loose_percent = 100 * found_loosely(fewer, fuller) / shared.fewer.max(1);
    shared
}

/// How many content words of `fewer` stand in `fuller` in any order or form, or by a word near in sense.
fn found_loosely(fewer: &[Word], fuller: &[Word]) -> usize {
    let content = |words: &'_ [Word]| {
        words.iter().filter(|word| word.is_content()).map(|word| word.form.clone()).collect::<Vec<_>>()
    };
    let others = content(fuller);
    let stems: BTreeSet<&str> = others.iter().map(|form| stem(form)).collect();
    let lines: BTreeSet<usize> = others.iter().flat_map(|form| senses::lines(form)).collect();
    let has =
        |form: &String| stems.contains(stem(form)) || senses::lines(form).any(|line| lines.contains(&line));
    content(fewer).iter().filter(|form| has(form)).count()
}

impl Shared {
    /// Whether so much stands in both that they are one utterance.
    ///
    /// Short readings need nearly all their words; longer ones a run of words that nobody else would say, or most
    /// of their words in order.
    pub fn is_enough(self) -> bool {
        if self.percent >= 90 && self.content >= 1 || self.percent >= 99 {
            return true;
        }
        if self.fewer < 3 {
            return self.percent >= 75 && self.content >= 1;
        }
        let run = self.run_content >= 4
            || self.run_content >= 3 && self.run >= 5
            || self.run_content >= 2 && self.run >= 6 && self.percent >= 45;
        let most = self.percent >= 55 && self.content >= 3;
        // Translated there and back: other words for many, in another order, but of the same length.
        let loose = self.loose_percent > 60 && self.length_percent <= 135 && self.content >= 2;
        run && self.percent >= 20 || most || loose
    }
}

/// The places where they differ, in text order.
fn changes(columns: &[Column], a: &[Word], b: &[Word]) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut next_a, mut next_b) = (0, 0);
    let mut at = 0;
    while at < columns.len() {
        let width = columns[at..].iter().take_while(|&&column| !is_equal(column, a, b)).count();
        let within = &columns[at..at + width];
        let (of_a, of_b) = (
            next_a..next_a + within.iter().filter(|column| column.a.is_some()).count(),
            next_b..next_b + within.iter().filter(|column| column.b.is_some()).count(),
        );
        (next_a, next_b) = (of_a.end, of_b.end);
        if width > 0 {
            split(within, of_a, of_b, a, b, &mut changes);
        } else {
            next_a += 1;
            next_b += 1;
        }
        at += width.max(1);
    }
    changes
}

/// How many words may stand between two changes that are read together.
const NEAR: usize = 5;

/// A negation that only moved denies what it denied before: near each other, an even number of them changes nothing. What one side has
/// beyond the other's end or cut denies nothing that both say, unless it is the negation alone; and where two verbs that can, may
/// or must change sides ("could not … but can", "could … but can not") each claims something else.
fn balance(changes: &mut [Change], a: &[Word], b: &[Word]) {
    let words = |change: &Change| a[change.a.clone()].iter().chain(&b[change.b.clone()]);
    let denials = |change: &Change| {
        let is_beyond = matches!(change.kind, Kind::Omission | Kind::Addition) && words(change).count() > 2;
        words(change).filter(|word| word.class == Class::Negation && !is_beyond).count()
    };
    let is_modal = |words: &[Word], at: usize| at > 0 && words[at - 1].class == Class::Modal;
    let turns = |change: &Change| {
        change.kind == Kind::Negation && is_modal(a, change.a.start) && is_modal(b, change.b.start)
    };
    let mut from = 0;
    while from < changes.len() {
        let mut to = from + 1;
        while to < changes.len() && changes[to].a.start - changes[to - 1].a.end <= NEAR {
            to += 1;
        }
        let cluster = &mut changes[from..to];
        let turned = cluster.iter().filter(|change| turns(change)).count();
        if turned < 2 && cluster.iter().map(denials).sum::<usize>() % 2 == 0 {
            for change in cluster.iter_mut().filter(|change| change.kind == Kind::Negation) {
                change.kind = Kind::Content;
            }
        }
        from = to;
    }
}

/// A pronoun left out before a verb that shifts in person ("I don’t know", she ‘doesn’t know’) was fitted into a sentence.
fn drop_subject(changes: &mut [Change], a: &[Word], b: &[Word]) {
    let [first, second, ..] = changes else { return };
    let (alone, is_next) = match (first.a.len(), first.b.len()) {
        (1, 0) => (&a[first.a.start], second.a.start == first.a.end && second.b.start == 0),
        (0, 1) => (&b[first.b.start], second.b.start == first.b.end && second.a.start == 0),
        _ => return,
    };
    if is_next && second.kind == Kind::Person && senses::is_subject(&alone.form) {
        first.kind = Kind::Person;
    }
}

/// Names a differing stretch; where words inside it stand for each other, the parts around them are named apart.
fn split(
    within: &[Column],
    of_a: Range<usize>,
    of_b: Range<usize>,
    a: &[Word],
    b: &[Word],
    changes: &mut Vec<Change>,
) {
    let (mut start_a, mut start_b) = (of_a.start, of_b.start);
    let (mut next_a, mut next_b) = (of_a.start, of_b.start);
    for &column in within {
        if holds(column, a, b) {
            push(start_a..next_a, start_b..next_b, a, b, changes);
            push(next_a..next_a + 1, next_b..next_b + 1, a, b, changes);
            (start_a, start_b) = (next_a + 1, next_b + 1);
        }
        next_a += usize::from(column.a.is_some());
        next_b += usize::from(column.b.is_some());
    }
    push(start_a..of_a.end, start_b..of_b.end, a, b, changes);
}

fn push(of_a: Range<usize>, of_b: Range<usize>, a: &[Word], b: &[Word], changes: &mut Vec<Change>) {
    if is_denied_at_end(&of_a, a, &of_b, b) {
        push(of_a.start..of_a.start + 1, of_b.start..of_b.start + 1, a, b, changes);
        push(of_a.start + 1..of_a.end, of_b.start + 1..of_b.end, a, b, changes);
    } else if !(of_a.is_empty() && of_b.is_empty()) {
        let kind = kind(&of_a, &of_b, a, b);
        changes.push(Change { a: of_a, b: of_b, kind });
    }
}

/// Whether one side ends with a word that denies what the other has in its place before it goes on: "could do nothing", "could do
/// something, but not today".
fn is_denied_at_end(of_a: &Range<usize>, a: &[Word], of_b: &Range<usize>, b: &[Word]) -> bool {
    let one_ends = of_a.end == a.len()
        && of_b.end == b.len()
        && of_a.len().min(of_b.len()) == 1
        && of_a.len() != of_b.len();
    one_ends
        && matches!(
            exchanged(&a[of_a.start], &b[of_b.start]),
            Kind::Negation | Kind::Contrary | Kind::Modal | Kind::Number
        )
}

/// What kind of difference `of_a` against `of_b` is.
fn kind(of_a: &Range<usize>, of_b: &Range<usize>, a: &[Word], b: &[Word]) -> Kind {
    let (here_a, here_b) = (&a[of_a.clone()], &b[of_b.clone()]);
    if here_a.iter().chain(here_b).all(|word| word.is_editorial)
        || !here_a.is_empty() && here_b.iter().all(|word| word.is_editorial) && !here_b.is_empty()
        || !here_b.is_empty() && here_a.iter().all(|word| word.is_editorial) && !here_a.is_empty()
    {
        return Kind::Spelling;
    }
    if here_b.is_empty() {
        return lacking(of_a, a, of_b.start, b).unwrap_or(Kind::Omission);
    }
    if here_a.is_empty() {
        return lacking(of_b, b, of_a.start, a).unwrap_or(Kind::Addition);
    }
    if is_trimmed_both(of_a, a, of_b, b) {
        return Kind::Omission;
    }
    replaced(here_a, here_b)
}

/// What it means that words `of_more` of `more` are missing at `at` in `less`; `None` when `less` says that it leaves some out.
fn lacking(of_more: &Range<usize>, more: &[Word], at: usize, less: &[Word]) -> Option<Kind> {
    let here = &more[of_more.clone()];
    let at_end = at == 0 || at == less.len();
    let is_said = at_end || less[at].after_cut;
    if is_said {
        return None;
    }
    let negations = here.iter().filter(|word| word.class == Class::Negation).count();
    let content = here.iter().filter(|word| word.is_content()).count();
    let asked = here[0].is_asked != less[at].is_asked;
    Some(match () {
        _ if negations % 2 == 1 && content == 0 && here.len() <= 3 && !asked => Kind::Negation,
        _ if content > 0 => Kind::Content,
        _ => Kind::Function,
    })
}

/// Whether each side has words of its own there because one of them begins or ends a part or a sentence.
fn is_trimmed_both(of_a: &Range<usize>, a: &[Word], of_b: &Range<usize>, b: &[Word]) -> bool {
    let is_whole = |of: &Range<usize>, words: &[Word]| {
        let break_at =
            |at: usize| at == 0 || words.get(at).is_none_or(|word| word.after_cut || word.after_stop);
        break_at(of.start) && break_at(of.end)
    };
    let at_end = of_a.start == 0 && of_b.start == 0 || of_a.end == a.len() && of_b.end == b.len();
    let (whole_a, whole_b) = (is_whole(of_a, a), is_whole(of_b, b));
    whole_a && whole_b || at_end && (whole_a || whole_b) || at_end && of_a.len().max(of_b.len()) > 8
}

/// What kind of replacement `a` by `b` is, neither empty.
fn replaced(a: &[Word], b: &[Word]) -> Kind {
    let negations = |words: &[Word]| words.iter().filter(|word| word.class == Class::Negation).count();
    let content = |words: &[Word]| words.iter().filter(|word| word.is_content()).count();
    if let ([one_a], [one_b]) = (a, b) {
        return exchanged(one_a, one_b);
    }
    if is_respelled(a, b) {
        return Kind::Spelling;
    }
    let is_small = content(a) <= 1 && content(b) <= 1 && a.len().max(b.len()) <= 3;
    if is_small && negations(a) % 2 != negations(b) % 2 && a[0].is_asked == b[0].is_asked {
        return Kind::Negation;
    }
    if content(a) == 0 && content(b) == 0 { Kind::Function } else { Kind::Content }
}

fn is_respelled(a: &[Word], b: &[Word]) -> bool {
    let run = |words: &[Word]| words.iter().map(|word| word.form.as_str()).collect::<String>();
    let short = match (a, b) {
        ([short], long) | (long, [short]) => senses::initials(short, long),
        _ => false,
    };
    short || run(a) == run(b)
}

/// What kind of replacement one word by one word is.
fn exchanged(a: &Word, b: &Word) -> Kind {
    let both = |class: Class| a.class == class && b.class == class;
    let either = |class: Class| a.class == class || b.class == class;
    let (form_a, form_b) = (a.form.as_str(), b.form.as_str());
    match () {
        _ if senses::shifted(form_a, form_b) => Kind::Person,
        _ if both(Class::Number) => Kind::Number,
        _ if senses::other_modal(form_a, form_b) => Kind::Modal,
        _ if senses::other_grade(form_a, form_b) || senses::against(form_a, form_b) => Kind::Contrary,
        _ if either(Class::Negation) => Kind::Negation,
        _ if both(Class::Name) && !senses::akin(form_a, form_b) => Kind::Name,
        _ if a.is_content() || b.is_content() => Kind::Content,
        _ => Kind::Function,
    }
}

/// The verdict of rules 2–8.
fn judge(a: (&str, &Words), b: (&str, &Words), columns: &[Column], changes: &[Change]) -> Verdict {
    let strongest = changes.iter().map(|change| change.kind).max();
    let trims = changes.iter().any(|change| matches!(change.kind, Kind::Omission | Kind::Addition));
    match strongest {
        Some(Kind::Negation | Kind::Number | Kind::Name | Kind::Modal | Kind::Contrary) => Verdict::Altered,
        Some(Kind::Content | Kind::Order | Kind::Function) => Verdict::Reworded,
        _ if trims => Verdict::Trimmed,
        _ if parts_differ(columns, a.1, b.1) => Verdict::Joined,
        Some(Kind::Person) => Verdict::Adapted,
        Some(_) => Verdict::Punctuation,
        None if written(a) == written(b) => Verdict::Same,
        None => Verdict::Punctuation,
    }
}

/// Whether a part of the one ends where the other goes on.
fn parts_differ(columns: &[Column], a: &Words, b: &Words) -> bool {
    let begins = |words: &Words, at: usize| {
        at > 0 && words.units[words.words[at].unit].part != words.units[words.words[at - 1].unit].part
    };
    columns.iter().any(|column| match (column.a, column.b) {
        (Some(i), Some(j)) => begins(a, i) != begins(b, j),
        _ => false,
    })
}

/// The words as written, glyphs of marks folded, a closing comma or full stop of each part left out.
fn written((text, words): (&str, &Words)) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for (at, unit) in words.units.iter().enumerate() {
        let closes = words.units.get(at + 1).is_none_or(|next| next.part != unit.part);
        let plain: String = glyphs(unit.span.of(text));
        units.push(if closes { plain.trim_end_matches(['.', ',', '\'', ' ']).to_owned() } else { plain });
    }
    units.retain(|unit| !unit.is_empty());
    units
}

/// One glyph for each mark, white space left out.
pub fn glyphs(written: &str) -> String {
    let plain = written.replace("--", "-").replace("...", "…").replace("''", "'");
    plain
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '‘' | '’' | '`' | '´' | '\u{203A}' | '\u{2039}' => '\'',
            // A mark inside another is single or double by the marks around it.
            '“' | '”' | '„' | '«' | '»' | '"' => '\'',
            '–' | '—' | '―' | '−' | '‐' | '‑' => '-',
            other => other,
        })
        .collect()
}
