//! Finds quantities in German sentences.
//!
//! In: a [`Line`] and a place in it. Out: the quantity that begins there, with what it counts. German writes nouns with capitals: what
//! a number counts is the first noun behind it, adjectives before that left in. A number that a label leads ("Platz 3"), that a
//! full stop makes an ordinal ("3. Liga") or that is a time of day ("17.45 Uhr") is none. Lists: `lang/de/`.
//! Leaves: what money is paid for where nothing ties it to the number, multiples ("verdoppelt").

use super::quantity::Quantity;
use crate::lexicon::{self, Classes, Table};
use crate::line::Line;
use crate::numerals::german as numerals;
use crate::span::Span;
use crate::token::{Kind, fold};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static UNITS: LazyLock<Table<&'static str>> =
    LazyLock::new(|| table(include_str!("../../lang/de/units.txt")));
static QUALIFIERS: LazyLock<Table<&'static str>> =
    LazyLock::new(|| table(include_str!("../../lang/de/qualifiers.txt")));
static WORDS: LazyLock<Classes> =
    LazyLock::new(|| lexicon::classes(include_str!("../../lang/de/figure-words.txt")));

/// Verbs in the plural of present and past, which end as adjectives do.
static VERBS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../lang/de/verbs.txt"));
    let forms = rows.flat_map(|row| {
        let stem = row[0].strip_suffix("en").or(row[0].strip_suffix('n')).unwrap_or(row[0]);
        let past = row.get(2).map_or(format!("{stem}te"), |past| (*past).to_owned());
        let plural = if past.ends_with('e') { format!("{past}n") } else { format!("{past}en") };
        [row[0].to_owned(), plural]
    });
    forms.collect()
});

fn table(list: &'static str) -> Table<&'static str> {
    Table::of(lexicon::rows(list).map(|row| (row[0], row[row.len() - 1])))
}

/// Most adjectives between a number and its noun.
const ADJECTIVES: usize = 3;

/// A number with its unit.
struct Amount {
    end: usize,
    /// End of the number as written, in bytes.
    stop: usize,
    value: f64,
    unit: Option<&'static str>,
    /// What a word behind it multiplies it by.
    scale: f64,
}

/// The quantity that begins at `at`, and what it counts. `is_free` says whether a token may take part (dates may not).
pub fn at(line: &Line, at: usize, is_free: &dyn Fn(usize) -> bool) -> Option<(Quantity, Option<Span>)> {
    let (mut found, what) = score(line, at)
        .or_else(|| share(line, at))
        .or_else(|| many(line, at))
        .or_else(|| plain(line, at, is_free))?;
    let is_whole = (found.start..found.end).all(is_free);
    found.qualifier = qualifier(line, found.start);
    is_whole.then_some((found, what))
}

fn quantity(line: &Line, start: usize, end: usize, unit: &str) -> Quantity {
    let span = line.tokens[start].span.cover(line.tokens[end - 1].span);
    Quantity { start, end, span, value: None, low: None, high: None, unit: unit.to_owned(), qualifier: None }
}

fn plain(line: &Line, at: usize, is_free: &dyn Fn(usize) -> bool) -> Option<(Quantity, Option<Span>)> {
    let near = amount(line, at)?;
    let far = far_end(line, at, &near, is_free);
    let end = far.as_ref().map_or(near.end, |far| far.end);
    let unit = far.as_ref().and_then(|far| far.unit).or(near.unit).unwrap_or("count");
    let stop = far.as_ref().map_or(near.stop, |far| far.stop);
    let mut found =
        Quantity { span: Span::new(line.tokens[at].span.start(), stop), ..quantity(line, at, end, unit) };
    match &far {
        Some(far) => {
            // "zwei bis drei Millionen": the scale is of both.
            let is_shared = far.scale > 1.0 && near.scale == 1.0;
            found.low = Some(if is_shared { near.value * far.scale } else { near.value });
            found.high = Some(far.value);
        }
        None => found.value = Some(near.value),
    }
    if let Some(aged) = age(line, at, end, &found) {
        return Some(aged);
    }
    let what = match unit {
        "count" | "percent" => counted(line, end),
        _ => counted(line, end).filter(|_| WORDS_OF_MEASURE.contains(&unit)).or_else(|| paid(line, at)),
    };
    (!is_none(line, at, &found, what)).then_some((found, what))
}

/// Units behind which the measured matter stands: "10 Tonnen Müll".
const WORDS_OF_MEASURE: [&str; 5] = ["tonnes", "litres", "kg", "g", "cubic m"];

fn amount(line: &Line, at: usize) -> Option<Amount> {
    let number = numerals::read(line.text, line.tokens, at)?;
    let end = at + number.length;
    let mut amount = Amount {
        end,
        stop: line.tokens[end - 1].span.end(),
        value: number.value,
        unit: None,
        scale: if number.is_scaled {
            number.value / numerals::unscaled(line.text, line.tokens, at)?
        } else {
            1.0
        },
    };
    let joined = line.word(end) == "-" && line.is_joined(end - 1) && line.is_joined(end);
    // "58-jährige" is told later; "20-prozentige", "12-köpfige".
    if joined && line.word(end + 1).starts_with("prozentig") {
        return Some(Amount { end: end + 2, unit: Some("percent"), ..amount });
    }
    if joined && line.kind(end + 1) != Some(Kind::Number) {
        return line.word(end + 1).starts_with("jährig").then_some(amount);
    }
    if line.word(end) == "us" && line.word(end + 1) == "-" && line.word(end + 2) == "dollar" {
        return Some(Amount {
            end: end + 3,
            stop: line.tokens[end + 2].span.end(),
            unit: Some("USD"),
            ..amount
        });
    }
    let at = end + usize::from(line.is(end, &["schweizer", "britische", "britischen", "volle", "vollen"]));
    let folded = fold(line.written(at));
    if let Some(&unit) = UNITS.get(&folded).filter(|_| line.kind(at) != Some(Kind::Number)) {
        let is_part =
            unit == "percent" || unit.bytes().all(|byte| byte.is_ascii_uppercase()) && unit.len() == 3;
        amount.stop = if is_part { line.tokens[at].span.end() } else { amount.stop };
        amount.unit = Some(unit);
        amount.end = at + 1 + usize::from(unit == "C" && line.word(at + 1) == "celsius");
    }
    Some(amount)
}

/// The far end of "200 bis 300", "zwischen 200 und 300", "5–7", "drei oder vier".
fn far_end(line: &Line, at: usize, near: &Amount, is_free: &dyn Fn(usize) -> bool) -> Option<Amount> {
    let is_tied = match line.word(near.end) {
        "bis" => true,
        "und" => line.before(at) == "zwischen",
        "oder" => near.value < 20.0 && near.unit.is_none(),
        "-" | "–" => line.is_joined(near.end - 1) && line.is_joined(near.end),
        _ => false,
    };
    let far = amount(line, near.end + 1).filter(|_| is_tied && is_free(near.end + 1))?;
    let is_one_unit = near.unit.is_none() || near.unit == far.unit;
    (is_one_unit && (near.value < far.value || far.scale > 1.0)).then_some(far)
}

/// "3:2": two small numbers with a colon between, which no "Uhr" follows.
fn score(line: &Line, at: usize) -> Option<(Quantity, Option<Span>)> {
    let is_score = line.digits(at, 1..=3).is_some()
        && line.word(at + 1) == ":"
        && line.digits(at + 2, 1..=3).is_some()
        && line.is_joined(at)
        && line.is_joined(at + 1)
        && line.word(at + 3) != "uhr"
        && line.word(at + 3) != ":"
        && line.before(at) != ":";
    is_score.then(|| (quantity(line, at, at + 3, "score"), None))
}

/// "zwei Drittel", "ein Viertel", "die Hälfte".
fn share(line: &Line, at: usize) -> Option<(Quantity, Option<Span>)> {
    let parts = |at: usize| match line.word(at) {
        "hälfte" => Some(2.0),
        "drittel" => Some(3.0),
        "viertel" => Some(4.0),
        "fünftel" => Some(5.0),
        "sechstel" => Some(6.0),
        "achtel" => Some(8.0),
        "zehntel" => Some(10.0),
        _ => None,
    };
    let (count, part_at) = match line.word(at) {
        "hälfte" if line.is(at.wrapping_sub(1), &["die", "der", "zur"]) => (1.0, at),
        "ein" | "einem" | "eines" => (1.0, at + 1),
        _ => {
            let number = numerals::read(line.text, line.tokens, at).filter(|number| number.value < 20.0)?;
            (number.value, at + number.length)
        }
    };
    let parts = parts(part_at).filter(|parts| line.is_capitalised(part_at) && count < *parts)?;
    let found = Quantity { value: Some(count / parts), ..quantity(line, at, part_at + 1, "share") };
    Some((found, counted(line, part_at + 1)))
}

/// "Hunderte Menschen", "Zehntausende": no value, the scale as lower end.
fn many(line: &Line, at: usize) -> Option<(Quantity, Option<Span>)> {
    let low = match line.word(at).trim_end_matches('n') {
        "dutzende" => 12.0,
        "hunderte" => 100.0,
        "tausende" => 1e3,
        "zehntausende" => 1e4,
        "hunderttausende" => 1e5,
        "millione" => 1e6,
        "milliarde" => 1e9,
        _ => return None,
    };
    if let Some(unit) = UNITS.get(line.word(at + 1)).filter(|unit| unit.len() == 3) {
        return Some((Quantity { low: Some(low), ..quantity(line, at, at + 2, unit) }, None));
    }
    let what = counted(line, at + 1);
    (line.kind(at) == Some(Kind::Word) && what.is_some())
        .then(|| (Quantity { low: Some(low), ..quantity(line, at, at + 1, "count") }, what))
}

/// "der 58-jährige Fahrer", "58 Jahre alt", "Anna Weber (58)", "im Alter von 58 Jahren": an age, and whose.
fn age(line: &Line, start: usize, end: usize, found: &Quantity) -> Option<(Quantity, Option<Span>)> {
    let value = found.value.filter(|value| *value <= super::GREATEST_AGE)?;
    let aged = |end: usize, what: Option<Span>| {
        Some((Quantity { value: Some(value), unit: "age".to_owned(), end, ..found.clone() }, what))
    };
    if line.word(end) == "-" && line.word(end + 1).starts_with("jährig") {
        let noun = if line.is_capitalised(end + 1) { None } else { counted(line, end + 2) };
        let is_span = |noun: &Span| {
            let word = fold(noun.of(line.text)).into_owned();
            WORDS.of("span").any(|span| word.ends_with(span))
        };
        if noun.as_ref().is_some_and(is_span) {
            let years =
                Quantity { value: Some(value), unit: "years".to_owned(), end: end + 2, ..found.clone() };
            return Some((years, noun));
        }
        return aged(end + 2, noun.map(|noun| whole_name(line, noun)));
    }
    if found.unit == "years" {
        let is_old = line.word(end) == "alt" || line.word(end).starts_with("alte");
        let is_of_age = line.before(start) == "von" && line.is(start.wrapping_sub(2), &["alter"]);
        return (is_old || is_of_age).then(|| aged(end + usize::from(is_old), None)).flatten();
    }
    let is_apposed = line.before(start) == "("
        && line.word(end) == ")"
        && start >= 2
        && line.is_capitalised(start - 2)
        && line.digits(start, 1..=2).is_some();
    if !is_apposed || found.unit != "count" {
        return None;
    }
    let mut first = start - 2;
    while first > 0 && line.is_capitalised(first - 1) {
        first -= 1;
    }
    aged(end, Some(line.tokens[first].span.cover(line.tokens[start - 2].span)))
}

/// A name with the capitals that follow it: "58-jährige Anna Weber".
fn whole_name(line: &Line, name: Span) -> Span {
    let next = line.tokens.partition_point(|token| token.span.end() <= name.end());
    let behind = (next..line.len()).take_while(|&at| line.is_capitalised(at));
    behind.fold(name, |name, at| name.cover(line.tokens[at].span))
}

/// The noun that stands behind a number, with its adjectives, behind "der", "aller" and "von" too.
fn counted(line: &Line, from: usize) -> Option<Span> {
    let from = from + usize::from(line.is(from, &["der", "aller", "von", "des", "weitere", "weiteren"]));
    let first = from + usize::from(line.is(from, &["der", "den", "allen", "aller"]));
    for at in first..first + ADJECTIVES + 1 {
        let is_stop =
            WORDS.hold("stop", line.word(at)) || !line.is_capitalised(at) && VERBS.contains(line.word(at));
        if line.kind(at) != Some(Kind::Word) || is_stop {
            return None;
        }
        if line.is_capitalised(at) {
            let mut last = at;
            while line.word(last + 1) == "-" && line.is_joined(last) && line.is_joined(last + 1) {
                last += 2;
            }
            return Some(line.tokens[first].span.cover(line.tokens[last].span));
        }
        let is_adjective = ["e", "en", "er", "es", "em"].iter().any(|end| line.word(at).ends_with(end));
        if !is_adjective {
            return None;
        }
    }
    None
}

/// "Schaden von 850.000 Euro", "Kosten in Höhe von rund 4 Millionen Euro": what the money is.
fn paid(line: &Line, at: usize) -> Option<Span> {
    let before = |at: usize| at.checked_sub(1);
    let mut tie = before(at)?;
    while QUALIFIERS.contains_key(line.word(tie)) {
        tie = before(tie)?;
    }
    if line.word(tie) != "von" {
        return None;
    }
    let noun = before(tie)?;
    let noun = if line.is(noun, &["höhe", "wert"]) { noun.checked_sub(2)? } else { noun };
    line.is_capitalised(noun).then(|| line.tokens[noun].span)
}

/// Whether the number is no quantity.
fn is_none(line: &Line, start: usize, found: &Quantity, what: Option<Span>) -> bool {
    let has_stop = line.before(start) == "." && start > 1 && line.is_joined(start - 2);
    let before = if has_stop { line.word(start - 2) } else { line.before(start) };
    let is_ordinal = line.word(found.end) == "."
        && line.is_joined(found.end - 1)
        && line.kind(found.end + 1) == Some(Kind::Word);
    let is_glued = start.checked_sub(1).is_some_and(|at| line.is_joined(at));
    let leads = start.checked_sub(1).is_some_and(|at| line.is_capitalised(at));
    let is_clock = line.word(found.end) == "uhr";
    let is_bare = found.unit == "count" && what.is_none();
    let is_part = is_glued && (line.kind(start - 1) == Some(Kind::Word) || matches!(before, "/" | "-"))
        || matches!(line.word(found.end), "/" | ":") && line.is_joined(found.end - 1);
    is_clock
        || is_ordinal && found.unit == "count"
        || is_bare && (leads || has_stop || WORDS.hold("label", before))
        || WORDS.hold("label", before) && found.unit == "count" && line.is(found.end, &["der", "des", "von"])
        || is_part
        || found.value == Some(0.0) && is_bare
}

/// The qualifier before `start`, the longest that fits.
fn qualifier(line: &Line, start: usize) -> Option<String> {
    let stop = start - usize::from(start > 1 && line.before(start) == "." && line.word(start - 2) == "ca");
    let lengths = (1..=3usize).rev().filter_map(|length| stop.checked_sub(length));
    lengths
        .map(|from| (from..stop).map(|at| line.word(at)).collect::<Vec<&str>>().join(" "))
        .find(|words| QUALIFIERS.contains_key(words))
}

#[cfg(test)]
mod tests {
    use super::super::{find, tests::shown};
    use crate::model::{Annotated, Received};

    /// `words=value unit [qualifier] (what)` for each figure of a German report, parted by `; `.
    fn check(text: &str, expected: &str) {
        let text = format!(
            "Die Stadt und das Land haben sich mit dem Verband auf einen Vertrag geeinigt, der nicht neu ist und auch so bleibt. {text}"
        );
        let found: Annotated =
            crate::annotate(&Received { bytes: text.clone().into(), ..Received::default() });
        assert!(found.report.is_in("de"), "{text}");
        let shown = find(&found).iter().map(|figure| shown(&found, figure)).collect::<Vec<_>>().join("; ");
        assert_eq!(shown, expected, "figures of {text:?}");
    }

    #[test]
    fn german_figures_have_value_unit_and_noun() {
        check(
            "Der Schaden von 850.000 Euro trifft rund 300 kleine Betriebe.",
            "850.000 Euro=850000 EUR (Schaden); 300=300 count [rund] (kleine Betriebe)",
        );
        check("Der Umsatz stieg um 17,3 Prozent.", "17,3 Prozent=17.3 percent");
        check("Die Bahn zahlt 345,6 Millionen Euro.", "345,6 Millionen Euro=345600000 EUR");
        check(
            "Zwölf Boote sanken, zwei Drittel der Ladung trieben ab.",
            "Zwölf=12 count (Boote); zwei Drittel=0.6666666666666666 share (Ladung)",
        );
        check("Es kamen 200 bis 300 Gäste.", "200 bis 300=200..300 count (Gäste)");
        check(
            "Das kostet zwei bis drei Millionen Euro.",
            "zwei bis drei Millionen Euro=2000000..3000000 EUR",
        );
        check("Tausende Menschen flohen.", "Tausende=1000.. count (Menschen)");
        check("Sie holten 10 Tonnen Müll aus dem Fluss.", "10=10 tonnes (Müll)");
        check("28 Prozent der Befragten lehnen das ab.", "28 Prozent=28 percent (Befragten)");
    }

    #[test]
    fn german_figures_keep_their_scale_and_their_noun() {
        check("Es kamen 200-300 Gäste.", "200-300=200..300 count (Gäste)");
        check(
            "Das kostet 800 bis 1200 Millionen Euro.",
            "800 bis 1200 Millionen Euro=800000000..1200000000 EUR",
        );
        check("Schäden von 850.000 Euro meldete die Stadt.", "850.000 Euro=850000 EUR (Schäden)");
        check("Im Saal 200 Gäste, im Bus 40 Kinder.", "200=200 count (Gäste); 40=40 count (Kinder)");
        check("Zwölf erlitten Verletzungen.", "Zwölf=12 count");
        check("Milliarden Euro flossen ab.", "Milliarden Euro=1000000000.. EUR");
        check("Sein 50-jähriges Bestehen feiert der Verein.", "50=50 years (Bestehen)");
    }

    #[test]
    fn german_ages_and_scores_are_told_apart() {
        check("Der 58-jährige Fahrer starb.", "58=58 age (Fahrer)");
        check("Anna Weber (44) ist 44 Jahre alt.", "44=44 age (Anna Weber); 44=44 age");
        check("Der Verein gewann 3:2 im Heimspiel.", "3:2=? score");
    }

    #[test]
    fn german_numbers_that_count_nothing_are_left_alone() {
        check("Er wohnt in der Hafenstraße 12 und spielt in der 3. Liga.", "");
        check("Um 17.45 Uhr lag er auf Platz 3, das war gegen 14 Uhr anders.", "");
        check("Am 3. März 2025 und am 12.03.2025 tagte der Rat.", "");
        check("Die Elf steht im Finale, das Kommissariat 12 ermittelt.", "");
    }
}
