//! Finds quantities: numbers that count or measure something.
//!
//! In: a report with sentences, mentions, quotations and dates. Out: figures in text order with value or range, unit,
//! qualifier, what is counted, who says so and when. Looked for in running text, headlines and captions, inside
//! quotations too. The parts: `quantity` reads, `exclusion` rejects, `counted` and `source` attribute.
//! "Hundreds of" has no value and the scale as its lower end; "two-thirds" and "one in 11" are unit `share`; "2-1" is
//! unit `score` without a value.
//! German has a grammar of its own (`german`); of other languages that write "1.234,5" the digits are read so.
//! Leaves: dates, clock times, ordinals, multiples ("doubled"), numbers in titles of works.

mod counted;
mod exclusion;
mod german;
mod quantity;
mod source;

use crate::lexicon::{self, Classes};
use crate::line::{Line, People};
use crate::model::{Annotated, BlockKind, EntityKind, Figure, Sentence};
use crate::span::Span;
use crate::token::Kind;
use crate::vocabulary::ROLES;
use quantity::Quantity;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest words between marks that can be the title of a work, in words.
const LONGEST_TITLE: usize = 8;

/// The greatest age that a bare number between commas can be.
const GREATEST_AGE: f64 = 115.0;

static WORDS: LazyLock<Classes> =
    LazyLock::new(|| lexicon::classes(include_str!("../../lang/en/figure-words.txt")));

/// Whether `word` is of `class` in `lang/en/figure-words.txt`.
fn is_of(class: &str, word: &str) -> bool {
    WORDS.hold(class, word)
}

/// The quantities of `found`, in text order.
pub fn find(found: &Annotated) -> Vec<Figure> {
    let nobody = People::of(&[]);
    let mut figures = Vec::new();
    for sentence in &found.sentences {
        if holds_figures(found.report.blocks[sentence.block].kind) {
            let line = Line::new(found, sentence, &nobody);
            figures.extend(Scan::new(found, sentence, &line).figures());
        }
    }
    figures
}

fn holds_figures(kind: BlockKind) -> bool {
    kind.is_body()
        || matches!(kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading | BlockKind::Caption)
}

/// One sentence under scan.
struct Scan<'a> {
    found: &'a Annotated,
    line: &'a Line<'a>,
    sentence: Span,
    /// Dates of the sentence, by index in `found.dates`.
    dates: Range<usize>,
    /// Tokens that cannot be part of a figure, once one is asked for.
    taken: OnceCell<Vec<bool>>,
}

impl<'a> Scan<'a> {
    fn new(found: &'a Annotated, sentence: &Sentence, line: &'a Line<'a>) -> Scan<'a> {
        let from = found.dates.partition_point(|date| date.span.start() < sentence.span.start());
        let to = found.dates.partition_point(|date| date.span.start() < sentence.span.end());
        Scan { found, line, sentence: sentence.span, dates: from..to.max(from), taken: OnceCell::new() }
    }

    /// Whether the token at `at` cannot be part of a figure; none beyond the end can.
    fn is_taken(&self, at: usize) -> bool {
        self.taken.get_or_init(|| self.taken()).get(at).copied().unwrap_or(true)
    }

    fn taken(&self) -> Vec<bool> {
        let (found, line) = (self.found, self.line);
        let mut is_taken = exclusion::in_addresses(line);
        let dates = found.dates[self.dates.clone()].iter().map(|date| date.span);
        for span in dates.chain(titles(found, self.sentence)).chain(marked_titles(found, line)) {
            let first = line.tokens.partition_point(|token| token.span.end() <= span.start());
            let last = line.tokens.partition_point(|token| token.span.start() < span.end());
            is_taken[first.min(last)..last].fill(true);
        }
        is_taken
    }

    fn figures(&self) -> Vec<Figure> {
        let mut figures = if self.found.report.is_in("de") { self.in_german() } else { self.in_english() };
        if !figures.is_empty() {
            self.give_dates(&mut figures);
        }
        figures
    }

    fn in_german(&self) -> Vec<Figure> {
        let is_free = |at: usize| !self.is_taken(at);
        let mut figures = Vec::new();
        let mut at = 0;
        while at < self.line.len() {
            let Some((quantity, what)) = german::at(self.line, at, &is_free).filter(|_| is_free(at)) else {
                at += 1;
                continue;
            };
            at = quantity.end.max(at + 1);
            figures.push(self.figure(quantity, what));
        }
        figures
    }

    fn in_english(&self) -> Vec<Figure> {
        let mut figures: Vec<Figure> = Vec::new();
        let mut at = 0;
        while at < self.line.len() {
            let Some(quantity) = self.quantity(at) else {
                at += 1;
                continue;
            };
            at = quantity.end.max(at + 1);
            if !exclusion::excludes(self.line, &quantity) {
                let previous =
                    figures.iter().rev().find(|figure| figure.unit == "count").and_then(|figure| figure.what);
                let what = match quantity.unit.as_str() {
                    "age" => self.aged(&quantity),
                    _ => self.counted(&quantity, previous),
                };
                figures.push(self.figure(quantity, what));
            }
        }
        figures
    }

    fn quantity(&self, at: usize) -> Option<Quantity> {
        let is_free = |at: usize| !self.is_taken(at);
        let may_be = quantity::may_begin(self.line, at) && is_free(at);
        let quantity = may_be.then(|| quantity::at(self.line, at, &is_free))??;
        let is_whole = (quantity.start..quantity.end).all(is_free);
        is_whole.then(|| self.as_age(quantity))
    }

    fn figure(&self, quantity: Quantity, what: Option<Span>) -> Figure {
        Figure {
            what,
            said_by: source::find(self.found, self.line, quantity.span),
            span: quantity.span,
            value: quantity.value,
            low: quantity.low,
            high: quantity.high,
            unit: quantity.unit,
            qualifier: quantity.qualifier,
            when: None,
        }
    }

    /// "32-year-old", "44 years old", "aged 44", "Ana Ruiz, 32,", "Ana Ruiz (32)" are ages.
    fn as_age(&self, quantity: Quantity) -> Quantity {
        let line = self.line;
        let (start, end) = (quantity.start, quantity.end);
        if quantity.unit == "years" {
            let at = end + usize::from(line.word(end) == "-");
            return match (line.word(at), line.word(at + 1)) {
                ("old" | "olds", _) => Quantity { end: at + 1, unit: "age".to_owned(), ..quantity },
                ("of", "age") => Quantity { end: at + 2, unit: "age".to_owned(), ..quantity },
                // "the director, of 54 years, said"
                (",", _) if line.before(start) == "of" && start >= 2 && line.word(start - 2) == "," => {
                    Quantity { unit: "age".to_owned(), ..quantity }
                }
                _ => quantity,
            };
        }
        let is_possible =
            quantity.unit == "count" && quantity.value.is_some_and(|value| value <= GREATEST_AGE);
        if is_possible
            && (self.is_aged(start)
                || self.is_told_age(start, end)
                || self.is_of_age(start, end)
                || self.is_apposed(start, end)
                || self.is_at_age(start, end))
        {
            return Quantity { unit: "age".to_owned(), ..quantity };
        }
        quantity
    }

    /// "aged 71", "age 29", "at the age of 55", "aged about 68".
    fn is_aged(&self, start: usize) -> bool {
        let line = self.line;
        let leads = |at: usize| line.is(at, &["aged", "age", "ages"]);
        let is_loose = line.is(start.wrapping_sub(1), &["of", "about", "around", "just", "only"]);
        leads(start.wrapping_sub(1)) || is_loose && start >= 2 && leads(start - 2)
    }

    /// "She was 26.", "when he was 18 and", "I was about 19,": two digits that nothing counted follows.
    fn is_told_age(&self, start: usize, end: usize) -> bool {
        let line = self.line;
        let verb =
            start.wrapping_sub(1 + usize::from(line.is(start.wrapping_sub(1), &["about", "only", "just"])));
        let closes = matches!(line.word(end), "." | "," | ";" | "")
            || line.is(end, &["and", "when", "but", "at", "or"]);
        line.is(verb, &["was", "is", "turned"])
            && line.is(verb.wrapping_sub(1), &["he", "she", "i"])
            && closes
            && end == start + 1
            && line.digits(start, 2..=2).is_some()
    }

    /// "a retired driver of 71,": two digits behind a noun for a person.
    fn is_of_age(&self, start: usize, end: usize) -> bool {
        let line = self.line;
        let is_role =
            start >= 2 && (ROLES.contains_key(line.word(start - 2)) || line.is(start - 2, &["man", "woman"]));
        let closes =
            matches!(line.word(end), "," | "." | ";" | ")" | "") || line.is(end, &["and", "who", "from"]);
        line.before(start) == "of"
            && is_role
            && closes
            && end == start + 1
            && line.digits(start, 2..=2).is_some()
    }

    /// "at 17," where nothing is priced.
    fn is_at_age(&self, start: usize, end: usize) -> bool {
        let line = self.line;
        let is_young = || line.digits(start, 2..=2).is_some() && end == start + 1;
        let closes = || matches!(line.word(end), "," | "." | "");
        let is_price = || {
            (start.saturating_sub(6)..start).any(|at| is_of("price", line.word(at)) || line.word(at) == "%")
        };
        line.before(start) == "at" && is_young() && closes() && !is_price()
    }

    /// Whether a number stands alone behind a name, ", 32," or "(32)", or between commas behind a noun.
    fn is_apposed(&self, start: usize, end: usize) -> bool {
        let line = self.line;
        let opens = line.before(start);
        let closes = line.word(end);
        let fits = match opens {
            "," => {
                matches!(closes, "," | "." | ";" | "" | ")") || line.is(end, &["and", "of", "from", "who"])
            }
            "(" => closes == ")",
            _ => false,
        };
        let name = start.checked_sub(2);
        let is_noun = |at: usize| {
            opens == ","
                && closes == ","
                && line.kind(at) == Some(Kind::Word)
                && line.digits(start, 2..=2).is_some()
        };
        let is_name = name.is_some_and(|at| (line.is_capitalised(at) || is_noun(at)) && !self.is_taken(at));
        let is_plain = line.kind(start) == Some(Kind::Number) && end == start + 1;
        let is_list = line.word(end) == "," && line.kind(end + 1) == Some(Kind::Number);
        fits && is_name && is_plain && !is_list
    }

    /// Whose age it is: the name before an apposed age, else the noun behind ("32-year-old striker").
    fn aged(&self, quantity: &Quantity) -> Option<Span> {
        let line = self.line;
        if self.is_of_age(quantity.start, quantity.end) {
            return Some(line.tokens[quantity.start - 2].span);
        }
        let is_apposed = self.is_apposed(quantity.start, quantity.end);
        let last = quantity.start.checked_sub(if is_apposed { 2 } else { 1 });
        if let Some(last) = last.filter(|_| is_apposed) {
            let mut first = last;
            while first > 0 && line.is_capitalised(last) && line.is_capitalised(first - 1) {
                first -= 1;
            }
            return Some(line.tokens[first].span.cover(line.tokens[last].span));
        }
        self.counted(quantity, None)
    }

    fn counted(&self, quantity: &Quantity, previous: Option<Span>) -> Option<Span> {
        let dates = &self.found.dates[self.dates.clone()];
        let is_date = |at: usize| {
            let token = self.line.tokens.get(at);
            token.is_some_and(|token| dates.iter().any(|date| date.span.overlap(token.span) > 0))
        };
        counted::find(self.line, quantity, previous, &is_date)
    }

    /// Ties each figure to the date behind it and before the next figure; else to the last one before it, unless that
    /// follows another figure.
    fn give_dates(&self, figures: &mut [Figure]) {
        let dates = &self.found.dates[self.dates.clone()];
        let starts: Vec<usize> = figures.iter().map(|figure| figure.span.start()).collect();
        let mut is_used = vec![false; dates.len()];
        for (at, figure) in figures.iter_mut().enumerate() {
            let next = starts.get(at + 1).copied().unwrap_or(usize::MAX);
            let behind = dates.partition_point(|date| date.span.start() < figure.span.end());
            let follows = dates.get(behind).is_some_and(|date| {
                date.span.start() < next && self.is_one_clause(figure.span.end(), date.span.start())
            });
            let before = behind.checked_sub(1).filter(|&date| !is_used[date]);
            let date = if follows { Some(behind) } else { before };
            if follows {
                is_used[behind] = true;
            }
            // An age belongs to no date of the clause.
            figure.when = date.filter(|_| figure.unit != "age").map(|date| self.dates.start + date);
        }
    }

    /// Whether no semicolon or dash parts two places.
    fn is_one_clause(&self, from: usize, to: usize) -> bool {
        from <= to && !self.line.text[from..to].contains([';', '—'])
    }
}

/// Titles of works that mentions show.
fn titles(found: &Annotated, sentence: Span) -> Vec<Span> {
    let from = found.mentions.partition_point(|mention| mention.span.end() <= sentence.start());
    found.mentions[from..]
        .iter()
        .take_while(|mention| mention.span.start() < sentence.end())
        .filter(|mention| mention.kind == EntityKind::Work)
        .map(|mention| mention.span)
        .collect()
}

/// Few words between marks, all with capitals but for small function words, that no quotation has as content.
fn marked_titles(found: &Annotated, line: &Line) -> Vec<Span> {
    let mut titles = Vec::new();
    let mut open: Option<usize> = None;
    for at in (0..line.len()).filter(|&at| line.kind(at) == Some(Kind::Mark)) {
        match (open, line.written(at)) {
            (Some(from), "”" | "’" | "\"") => {
                titles.extend(title(line, from + 1, at));
                open = None;
            }
            (_, "“" | "‘" | "\"") => open = Some(at),
            _ => {}
        }
    }
    let is_said = |span: &Span| {
        let next = found.quotations.partition_point(|quotation| quotation.span.start() < span.end());
        let near = found.quotations[..next].iter().rev().take(8);
        near.flat_map(|quotation| &quotation.content).any(|part| part.overlap(*span) > 0)
    };
    titles.retain(|span| !is_said(span));
    titles
}

fn title(line: &Line, from: usize, to: usize) -> Option<Span> {
    let words = (from..to).filter(|&at| line.kind(at) == Some(Kind::Word));
    let fits = |at: usize| line.is_capitalised(at) || is_of("stop", line.word(at));
    let is_title =
        to > from && to - from <= LONGEST_TITLE && words.clone().count() > 0 && words.clone().all(fits);
    let has_capital = words.clone().any(|at| line.is_capitalised(at));
    (is_title && has_capital).then(|| line.tokens[from].span.cover(line.tokens[to - 1].span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Report};

    fn annotated(text: &str) -> Annotated {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, of: None };
        let report = Report { text: text.to_owned(), blocks: vec![block], ..Report::default() };
        let mut found = Annotated { report, ..Annotated::default() };
        found.sentences = crate::sentences::find(&found.report);
        found.tagged = crate::tagging::find(&found.report, &found.sentences);
        found.dates = crate::dates::find(&found);
        found
    }

    /// A figure as `words=value unit [qualifier] (what) <said_by> @when`.
    pub fn shown(found: &Annotated, figure: &Figure) -> String {
        let value = match (figure.value, figure.low, figure.high) {
            (Some(value), ..) => value.to_string(),
            (None, Some(low), Some(high)) => format!("{low}..{high}"),
            (None, Some(low), None) => format!("{low}.."),
            _ => "?".to_owned(),
        };
        let mut line = format!("{}={value} {}", found.words(figure.span), figure.unit);
        let qualifier = figure.qualifier.as_ref().map(|words| format!(" [{words}]"));
        let what = figure.what.map(|span| format!(" ({})", found.words(span)));
        let said_by = figure.said_by.map(|span| format!(" <{}>", found.words(span)));
        let when = figure.when.map(|at| format!(" @{}", found.words(found.dates[at].span)));
        for part in [qualifier, what, said_by, when].into_iter().flatten() {
            line.push_str(&part);
        }
        line
    }

    /// As [`shown`] for each figure, parted by `; `.
    fn check(text: &str, expected: &str) {
        let found = annotated(text);
        let shown = find(&found).iter().map(|figure| shown(&found, figure)).collect::<Vec<_>>().join("; ");
        assert_eq!(shown, expected, "figures of {text:?}");
    }

    #[test]
    fn counts_have_a_value_and_a_noun() {
        check("At least 312 homes were flooded.", "312=312 count [at least] (homes)");
        check("About 1,200 people fled.", "1,200=1200 count [about] (people)");
        check("Twenty-three men and two dogs came.", "Twenty-three=23 count (men); two=2 count (dogs)");
        check("Between 200 and 300 volunteers came.", "200 and 300=200..300 count (volunteers)");
        check("They need 5–7 boats.", "5–7=5..7 count (boats)");
        check("Hundreds of old trees fell.", "Hundreds=100.. count (old trees)");
        check("It hit 40 non-elderly sailors.", "40=40 count (non-elderly sailors)");
        check("He met five U.S. presidents.", "five=5 count (U.S. presidents)");
        check("A three-judge panel met.", "three=3 count (judge)");
        check("They sent 612 “standby” requests.", "612=612 count (“standby” requests)");
        check("They sent 12 “standby requests”.", "12=12 count (standby requests)");
    }

    #[test]
    fn shares_money_and_measures_have_a_unit() {
        check(
            "Revenue rose 3.5 per cent to $4.2 million.",
            "3.5 per cent=3.5 percent (Revenue); $4.2 million=4200000 USD (Revenue)",
        );
        check("A loss of €1.2bn.", "€1.2bn=1200000000 EUR (loss)");
        check("They lost billions of dollars.", "billions of dollars=1000000000.. USD");
        check("They paid tens of thousands of euros.", "tens of thousands of euros=10000.. EUR");
        check("They raised $1 million in December.", "$1 million=1000000 USD @December");
        check("They paid 300,000 pounds for repairs.", "300,000 pounds=300000 GBP (repairs)");
        check("After a 12-hour shift he ran 3 km.", "12=12 hours (shift); 3=3 km");
        check("Winds of 75 miles per hour (120 km/h).", "75=75 mph (Winds); 120=120 km/h");
        check("One in 11 employees will go.", "One in 11=0.09090909090909091 share (employees)");
        check("Growth of 4 percent to 5 percent is likely.", "4 percent to 5 percent=4..5 percent (Growth)");
        check(
            "It rose from 4 to 5 percent.",
            "4=4 count; 5 percent=5 percent (It)".replace(" (It)", "").as_str(),
        );
    }

    #[test]
    fn ages_and_scores_are_told_apart() {
        check("One passenger, a retired driver of 71, said: I fell.", "71=71 age (driver)");
        check("Ana Ruiz, 32, and Bo Lind (44) left.", "32=32 age (Ana Ruiz); 44=44 age (Bo Lind)");
        check("The 32-year-old striker scored in a 2-1 win.", "32=32 age (striker); 2-1=? score (win)");
        check("A man aged 71 fell.", "71=71 age");
        check("She died at the age of 80; he was aged about 68.", "80=80 age; 68=68 age [about]");
        check("She was 26. When he was 18 and tall, he won.", "26=26 age; 18=18 age");
        check("The former captain, 24, signed at 17.", "24=24 age (captain); 17=17 age");
    }

    #[test]
    fn sources_and_days_are_found_in_the_sentence() {
        check(
            "The city gave out hundreds of permits, with 318 on Saturday, March 1, and 640 on Friday.",
            "hundreds=100.. count (permits); 318=318 count (permits) @Saturday, March 1; 640=640 count (permits) @Friday",
        );
        check("Police said 12 homes burned.", "12=12 count (homes) <Police>");
        check(
            "Some 40 cars sank, according to the Harbour Office.",
            "40=40 count [some] (cars) <Harbour Office>",
        );
    }

    #[test]
    fn a_comma_is_the_decimal_mark_where_the_language_has_it() {
        let figures = |text: &str| {
            let received = crate::model::Received { bytes: text.into(), ..Default::default() };
            let found = crate::annotate(&received);
            assert!(found.report.is_in("es"), "{text}");
            let values = find(&found).into_iter().map(|figure| (figure.value, figure.unit));
            values.collect::<Vec<(Option<f64>, String)>>()
        };
        let lead = "El gobierno de la ciudad y los vecinos de la zona han dicho que la obra no se hará.";
        assert_eq!(
            figures(&format!(
                "{lead} La obra cuesta 1.850.000,5 euros y sube un 17,3 % para los 1.250 vecinos."
            )),
            [
                (Some(1_850_000.5), "EUR".to_owned()),
                (Some(17.3), "percent".to_owned()),
                (Some(1250.0), "count".to_owned())
            ]
        );
    }

    #[test]
    fn numbers_that_count_nothing_are_left_alone() {
        check("No one came to the 36th Annual Fair at 10:30 or 7 p.m. in 2019.", "");
        check("He read “Seven Lost Keys” at 12 Harbour Street, Route 66.", "");
        check("Call 555-0137 or see https://a.example/12 and @ana99, Covid-19, 24/7.", "");
        check("One of them drove in Formula One.", "");
        check("The two discussed it in a three-way race when Air Force One landed.", "");
        check("Wk. 5 began.", "5=5 count");
        check("Slideshow (3 Images) of the Boeing 747 parked there.", "");
        check("One resident, a retired clerk, wrote: “It rains.”", "");
        check("It rained for years and days.", "");
        check("It broke at 8 a.m. (0600 UTC) in round 3.", "");
    }
}
