//! Finds date expressions and works out what the report alone says they are.
//!
//! In: a report with sentences, mentions and its own day (metadata, byline or dateline). Out: date expressions in
//! text order, each with what the words say, and with a value where words and the report's day give one.
//! The grammar is in `grammar`, `years` and `told`, that of German in `german`; arithmetic in [`crate::calendar`]. A report that tells of the
//! past has its days without a year read from the date before them (`chronicle`). [`value_of`] reads words that are known to be a date.
//! A part of the day and a time of day belong to the words of the date beside them, not to its value.
//! Leaves: times without a date, durations, dates in teasers and legal lines; what only other reports tell.

mod chronicle;
mod clock;
mod german;
mod given;
mod grammar;
mod told;
mod years;

pub use given::value_of;

use crate::calendar;
use crate::lexicon::{self, Classes};
use crate::line::{Line, People};
use crate::model::{Annotated, Basis, BlockKind, DateExpression, DateReading, DateUnit, Precision, Sentence};
use crate::span::Span;
use crate::token::{Kind, without_possessive};
use jiff::civil::Date;
use std::sync::LazyLock;

static WORDS: LazyLock<Classes> =
    LazyLock::new(|| lexicon::classes(include_str!("../../lang/en/date-words.txt")));

/// Whether `word` is of `class` in `lang/en/date-words.txt`.
fn is_of(class: &str, word: &str) -> bool {
    WORDS.hold(class, word)
}

/// How many tokens around a date are looked at for the tense of its clause.
const CLAUSE_TOKENS: usize = 12;

/// How many days from the report's own day one order of an all-figures date must lie, and the other not, to be taken.
const NEAR_DAYS: i64 = 60;

/// The date expressions of `found`, in text order.
pub fn find(found: &Annotated) -> Vec<DateExpression> {
    let people = People::of(&found.entities);
    let mut dates = Vec::new();
    let mut is_early = false;
    for sentence in &found.sentences {
        if holds_dates(found.report.blocks[sentence.block].kind) {
            scan(found, sentence, &people, &mut is_early, &mut dates);
        }
    }
    let anchor = calendar::own_day(found, &dates);
    dates.iter_mut().for_each(|date| value(date, anchor));
    chronicle::resolve(&found.report.text, &mut dates, anchor);
    let paragraphs = calendar::paragraphs(found);
    calendar::follow(&paragraphs, &mut dates, 0);
    dates
}

fn holds_dates(kind: BlockKind) -> bool {
    kind.is_evidence() || kind == BlockKind::Note
}

type Next = fn(&Line, usize) -> Option<usize>;
type Grammar = fn(&Line, usize) -> Option<grammar::Match>;
type Tense = fn(&Line, usize, usize) -> Option<bool>;

/// Where the next date may begin in the report's language, its grammar, and how its clauses look ahead.
fn language(found: &Annotated) -> (Next, Grammar, Tense) {
    match found.report.is_in("de") {
        true => (german::next, german::at, german::looks_ahead),
        false => (grammar::next, grammar::at, looks_ahead),
    }
}

/// The dates of a sentence. `is_early` is whether the report has named a year of less than four digits.
fn scan(
    found: &Annotated,
    sentence: &Sentence,
    people: &People,
    is_early: &mut bool,
    dates: &mut Vec<DateExpression>,
) {
    let line = Line::new(found, sentence, people);
    let (next, read, tense) = language(found);
    let mut from = 0;
    while let Some(at) = next(&line, from) {
        let early = || is_early.then(|| years::early(&line, at)).flatten();
        let Some(matched) = read(&line, at).or_else(early) else {
            from = at + 1;
            continue;
        };
        let end = matched.end;
        *is_early |= matched.reading.year.is_some_and(|year| year < 1000);
        let is_ahead = matched.reading.is_ahead.or_else(|| tense(&line, at, end));
        dates.push(expression(as_written(&line, at, end), matched, is_ahead));
        from = end;
    }
}

/// `matched` as a record, without a value yet.
fn expression(span: Span, matched: grammar::Match, is_ahead: Option<bool>) -> DateExpression {
    let mut reading = DateReading { is_ahead, ..matched.reading };
    if is_this_day(&reading) && reading.is_ahead == Some(false) {
        reading.relative = None;
    }
    DateExpression {
        span,
        reading,
        value: None,
        precision: matched.precision,
        basis: Basis::Stated,
        from: None,
        alternatives: matched.alternatives,
    }
}

/// "this Sunday": the coming one, and the last one where the clause looks back.
fn is_this_day(reading: &DateReading) -> bool {
    reading.weekday.is_some() && reading.until.is_none() && reading.relative == Some((0, DateUnit::Week))
}

/// The words from token `at` to `end`, a possessive ending left out.
fn as_written(line: &Line, at: usize, end: usize) -> Span {
    let last = line.tokens[end - 1];
    let words = last.of(line.text);
    let kept = match last.kind {
        // The time of "2025-01-27T10:30" is no part of the date.
        Kind::Number => words.find('T').unwrap_or(words.len()),
        _ => without_possessive(words).len(),
    };
    Span::new(line.tokens[at].span.start(), last.span.start() + kept)
}

/// Whether the clause around a date looks ahead or back, by the nearest verb before it, else the first behind it. A date that
/// opens a clause ("and on Friday the road will open") goes by what follows. "Who", "which" and "that" begin other clauses; what is
/// "ahead of" a day looks to it.
fn looks_ahead(line: &Line, at: usize, end: usize) -> Option<bool> {
    let lead = at - usize::from(line.is(at.wrapping_sub(1), &["on", "in", "by"]));
    let opens = line.is(lead.wrapping_sub(1), &["and", "but", ";", "while"]);
    let reach = at.saturating_sub(CLAUSE_TOKENS)..at;
    let is_end = line.is(at.wrapping_sub(1), &["to", "until", "till"]);
    if is_end && reach.clone().any(|at| is_of("shift", line.word(at))) {
        return Some(true);
    }
    if is_awaited(line, at, end) {
        return Some(true);
    }
    let is_clause = |at: &usize| !line.is(*at, &["that", "who", "which"]);
    let before = || reach.clone().rev().take_while(is_clause).find_map(|at| tense(line, at));
    let after = end..line.len().min(end + CLAUSE_TOKENS);
    let behind = || after.clone().take_while(is_clause).find_map(|at| tense(line, at));
    if opens { behind().or_else(before) } else { before().or_else(behind) }
}

/// "ahead of Tuesday", "in advance of the March 4 vote", "before Tuesday’s election".
fn is_awaited(line: &Line, at: usize, end: usize) -> bool {
    let lead = at - usize::from(line.before(at) == "the");
    let is_owner = without_possessive(line.written(end - 1)).len() < line.written(end - 1).len();
    let is_of = line.before(lead) == "of" && line.is(lead.wrapping_sub(2), &["ahead", "advance"]);
    is_of || line.before(lead) == "before" && is_owner
}

fn tense(line: &Line, at: usize) -> Option<bool> {
    let word = line.word(at);
    let is_to_be = line.is(at, &["is", "are", "was", "were"]) && line.word(at + 1) == "to";
    if is_to_be || is_of("ahead", word) || word.ends_with("'ll") {
        return Some(true);
    }
    let is_passive = line.is(at.wrapping_sub(1), &["be"]);
    let is_past = is_of("back", word) || word.len() > 4 && word.ends_with("ed") && !line.is_capitalised(at);
    (is_past && !is_passive).then_some(false)
}

/// Gives `date` the value that the words and the report's own day allow.
fn value(date: &mut DateExpression, anchor: Option<Date>) {
    if date.reading.from_told {
        date.basis = basis(&date.reading);
        return;
    }
    if date.reading == DateReading::default() || !date.alternatives.is_empty() {
        return order_of_figures(date, anchor);
    }
    if let Some(worked) = stated(date) {
        date.value = Some(worked);
    } else if let Some(worked) = anchor.and_then(|day| calendar::work_out(&date.reading, Some(day))) {
        date.value = Some(worked.value);
        date.alternatives = worked.alternatives;
        date.basis = basis(&date.reading);
    } else {
        date.basis = basis(&date.reading);
    }
}

fn stated(date: &DateExpression) -> Option<String> {
    let reading = &date.reading;
    if date.precision == Precision::Decade {
        return reading.year.map(|year| format!("{:03}X", year / 10));
    }
    calendar::work_out(reading, None).map(|worked| worked.value)
}

fn basis(reading: &DateReading) -> Basis {
    match reading {
        DateReading { relative: Some(_), .. } => Basis::Relative,
        DateReading { weekday: Some(_), .. } => Basis::Weekday,
        _ => Basis::Metadata,
    }
}

/// "03/04/2025" is the order that lies near the report's own day, if only one does; else "03.04.2025" is what its points say.
fn order_of_figures(date: &mut DateExpression, anchor: Option<Date>) {
    let is_near = |value: &&String| {
        let away = anchor.and_then(|anchor| Some(calendar::distance(anchor, calendar::day(value)?)));
        away.is_some_and(|days| days.abs() <= NEAR_DAYS)
    };
    let near: Vec<String> = date.alternatives.iter().filter(is_near).cloned().collect();
    let (value, basis) = match &near[..] {
        [only] => (Some(only.clone()), Basis::Metadata),
        _ => (calendar::work_out(&date.reading, None).map(|worked| worked.value), Basis::Stated),
    };
    date.alternatives.retain(|other| Some(other) != value.as_ref());
    date.basis = if value.is_some() { basis } else { date.basis };
    date.value = value;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Report, Stamp};

    /// A report of one paragraph, its sentences and dates found.
    pub(super) fn report(text: &str, published: Option<&str>) -> Annotated {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, of: None };
        let stamp = published.map(|value| Stamp {
            value: value.to_owned(),
            precision: Precision::Day,
            basis: Basis::Metadata,
            start: None,
            end: None,
        });
        let report =
            Report { text: text.to_owned(), blocks: vec![block], published: stamp, ..Report::default() };
        let mut found = Annotated { report, ..Annotated::default() };
        found.sentences = crate::sentences::find(&found.report);
        found.dates = find(&found);
        found
    }

    /// What is found in `text`, published on that day: `words=value` for each, parted by `; `.
    fn read(text: &str, published: Option<&str>) -> String {
        let found = report(text, published);
        let shown = |date: &DateExpression| {
            format!("{}={}", found.words(date.span), date.value.as_deref().unwrap_or("?"))
        };
        found.dates.iter().map(shown).collect::<Vec<_>>().join("; ")
    }

    /// Of a report of Wednesday, 5 March 2025.
    fn check(text: &str, expected: &str) {
        assert_eq!(read(text, Some("2025-03-05")), expected, "dates of {text:?}");
    }

    #[test]
    fn full_dates_are_read_in_every_order() {
        check("It opened on Jan. 4, 2025.", "Jan. 4, 2025=2025-01-04");
        check("It opened on 4 January 2025.", "4 January 2025=2025-01-04");
        check("It opened on 27/01/2025 at noon.", "27/01/2025 at noon=2025-01-27");
        check("It opened on 27.01.2025.", "27.01.2025=2025-01-27");
        check("Logged 2025-01-27T10:30:00Z.", "2025-01-27=2025-01-27");
        check("Due 06/03/2025, not 03/04/2025.", "06/03/2025=2025-03-06; 03/04/2025=?");
        check("It closed in January 2025.", "January 2025=2025-01");
        check(
            "The dam broke in October 2019, in 2008 and in the 1970s.",
            "October 2019=2019-10; 2008=2008; 1970s=197X",
        );
        check("Fashion of the ’70s and the eighties.", "70s=197X; eighties=198X");
        check("On the 3rd of March 2024 it rained.", "3rd of March 2024=2024-03-03");
        check("Open until March 10:Only the bar stays.", "March 10=2025-03-10");
    }

    #[test]
    fn days_without_a_year_are_worked_out() {
        check("Water came on Monday, March 3, and stayed.", "Monday, March 3=2025-03-03");
        check("Police said Sunday that it was over.", "Sunday=2025-03-02");
        check("The court will rule on Friday.", "Friday=2025-03-07");
        check("It was signed on December 20.", "December 20=2024-12-20");
        check("The trial is due to open on September 14.", "September 14=2025-09-14");
        check("They met last Monday.", "last Monday=2025-03-03");
        check(
            "Yesterday the dam held; three days ago it leaked.",
            "Yesterday=2025-03-04; three days ago=2025-03-02",
        );
        check(
            "It fell earlier this month, last year and last May.",
            "earlier this month=2025-03; last year=2024; last May=2024-05",
        );
        check("She said in March that it was fine.", "March=2025-03");
        check("The mayor announced she would resign on Friday.", "Friday=2025-03-07");
        check("His term was to end in August.", "August=2025-08");
        check("They extended the ban to December 20.", "December 20=2025-12-20");
        check("This Sunday the pilot flew home.", "This Sunday=2025-03-02");
        check("The pilot flies home this Sunday.", "this Sunday=2025-03-09");
        check("They left on the 27th.", "27th=2025-02-27");
        check("He rested ahead of the April 10 vote.", "April 10=2025-04-10");
        check("She campaigned before Tuesday’s election.", "Tuesday=2025-03-11");
        check("The bridge that was shut opens Friday.", "Friday=2025-03-07");
    }

    #[test]
    fn ranges_are_one_expression() {
        check("From March 3–5 it rained.", "March 3–5=2025-03-03/2025-03-05");
        check("Between 3 and 5 March it rained.", "3 and 5 March=2025-03-03/2025-03-05");
        check("It ran from January to July.", "January to July=2025-01-01/2025-07-31");
        check(
            "Sales in the first quarter of 2026 and in Q2.",
            "first quarter of 2026=2026-01-01/2026-03-31; Q2=2025-04-01/2025-06-30",
        );
        check("It ran in 2019–21.", "2019–21=2019/2021");
        check("Last week it rained.", "Last week=2025-02-24/2025-03-02");
        check("A mill of the 19th century.", "19th century=1800/1899");
        check("It doubled between 2019 and 2021.", "2019 and 2021=2019/2021");
    }

    #[test]
    fn years_of_any_length_are_read_beside_what_makes_them_years() {
        check("The abbot (c. 314 – 368) left in 348.", "314=0314; 368=0368; 348=0348");
        check("It was built in the year 71 and, after 211, grew.", "71=0071; 211=0211");
        check("It stood by AD842, in AD 850 and in 347 AD.", "AD842=0842; AD 850=0850; 347 AD=0347");
        check("He came in 348 days, to 211 men.", "");
        check(
            "He died in December of 384, and she (born 30 September 420) too.",
            "December of 384=0384-12; 30 September 420=0420-09-30",
        );
        check("It fell in 1200 BC, in the 4th century BC.", "");
        check("In 1890 – 91, it grew.", "1890=1890; 91=1891");
        check("The class of ’68 met in ’08.", "68=1968; 08=2008");
        check("I chose Lund in 80 and 84, Roe in 96 and in 2000.", "80=1980; 84=1984; 96=1996; 2000=2000");
        check("She ran 80 and 84 miles in 2000.", "2000=2000");
    }

    #[test]
    fn years_set_apart_are_read() {
        check("It was printed at Sund, Norland, 1859.", "1859=1859");
        check("The old mill - 1602 (rebuilt) - stands.", "1602=1602");
        check("1596, built for the guild.", "1596=1596");
        check("Its hall dates to 1873, and 1200 came to 1500.", "1873=1873");
        check("They met at the World Fair 2018 in Sund.", "2018=2018");
        check(
            "So it was, from Roe (1989) through Lund and Moe 1997 to Ruiz, 2000: 103.",
            "1989=1989; 1997=1997; 2000=2000",
        );
        check("It ran Harbour 2000 and cost 2000 per head.", "");
        check("It was the largest until 1970 per the survey.", "1970=1970");
        check("See example . org / 2012 / 08 / sund.", "");
        check(
            "Posted 4 / 9 / 2007, again 2012.08.08 and on 08.07.2012.",
            "4 / 9 / 2007=?; 2012.08.08=2012-08-08; 08.07.2012=2012-07-08",
        );
        check("It recalls 9/11, not 9/11/2024 nor 24/7.", "9/11=2001-09-11; 9/11/2024=?");
        check("A man in his early 30s sang of the 1940’s.", "1940’s=194X");
    }

    #[test]
    fn what_counts_from_a_date_is_read_from_the_one_told_before() {
        check("It broke on March 3, 2019. That year she left.", "March 3, 2019=2019-03-03; That year=2019");
        check(
            "It broke on 3 May 1960; he died the following morning.",
            "3 May 1960=1960-05-03; following morning=1960-05-04",
        );
        check(
            "She came in June 2018 and left six months later.",
            "June 2018=2018-06; six months later=2018-12",
        );
        check("In 2015 it opened, and a year later it shut.", "2015=2015; a year later=2016");
        check("In 2015 it opened, and six months later it shut.", "2015=2015; six months later=?");
        check(
            "It opened in May 2018, its first since 2001. The next day was dry.",
            "May 2018=2018-05; 2001=2001; next day=?",
        );
        check(
            "It broke on Monday. Two days before, it leaked.",
            "Monday=2025-03-03; Two days before=2025-03-01",
        );
        check(
            "It broke on 3 May 2010; the following Friday they met.",
            "3 May 2010=2010-05-03; following Friday=2010-05-07",
        );
        check(
            "It leaked Friday. She will be heard on April 5, not on that day.",
            "Friday=2025-02-28; April 5=2025-04-05; that day=2025-04-05",
        );
        check(
            "It leaked Friday. He will come on April 5. On the same day it broke.",
            "Friday=2025-02-28; April 5=2025-04-05; same day=2025-02-28",
        );
        check(
            "It leaked on May 9, 2018, seven days earlier, on May 2, it had held.",
            "May 9, 2018=2018-05-09; May 2=2024-05-02",
        );
        check("They hired over the next year; he was two years older, at that day-care.", "");
    }

    #[test]
    fn the_end_of_a_year_is_its_last_day_where_it_is_a_deadline() {
        check("It must be done by the end of the year.", "end of the year=2025-12-31");
        check("It will be done at the end of this month.", "end of this month=2025-03");
        check("They hope to clear it by year-end.", "year-end=2025-12-31");
        check("It ran in 1950. At the end of the year, or of the month, it fell.", "1950=1950");
        check(
            "It rained from July 13 to 17 of last year.",
            "July 13 to 17 of last year=2024-07-13/2024-07-17",
        );
    }

    #[test]
    fn a_chronicle_is_read_from_the_date_before() {
        let life = "She was born in 1811 and taught from 1829. In May 1831 she was held. On 14 July she fled. She was tried in 1832, and on 2 June freed.";
        check(
            life,
            "1811=1811; 1829=1829; May 1831=1831-05; 14 July=1831-07-14; 1832=1832; 2 June=1832-06-02",
        );
        let news = "She was born in 1811, taught from 1829, fled in 1831 and came back in 1832. On Monday, as on 2 March, they sang.";
        check(news, "1811=1811; 1829=1829; 1831=1831; 1832=1832; Monday=2025-03-03; 2 March=2025-03-02");
    }

    #[test]
    fn ends_that_state_their_year_are_two_dates() {
        check("It ran from 2019 to 2021.", "2019=2019; 2021=2021");
        check("It lasted from November 2024 to January 2025.", "November 2024=2024-11; January 2025=2025-01");
        check("Ana Ruiz (3 May 1860 – 9 June 1943) sang.", "3 May 1860=1860-05-03; 9 June 1943=1943-06-09");
        check("The capital from 1598 to 1722.", "1598=1598; 1722=1722");
        check("Its first mill (1480) burned down.", "1480=1480");
    }

    #[test]
    fn a_time_belongs_to_its_day() {
        check("It broke early Tuesday morning.", "early Tuesday morning=2025-03-04");
        check(
            "It broke on March 3, 2025 at 9:56 a.m. local time.",
            "March 3, 2025 at 9:56 a.m. local time=2025-03-03",
        );
        check("It broke on the night of March 3.", "night of March 3=2025-03-03");
        check("It broke at 8:30 p.m. on Sunday.", "8:30 p.m. on Sunday=2025-03-02");
        check("Posted 14:25 GMT, 3 March 2025", "14:25 GMT, 3 March 2025=2025-03-03");
        check("Monday 16 Sept. 2024 7:41AM", "Monday 16 Sept. 2024 7:41AM=2024-09-16");
        check("They left in late February 2024.", "late February 2024=2024-02");
        check("It opened at 9:30 and closed.", "");
        check("Until Christmas Eve", "Christmas Eve=2025-12-24");
    }

    #[test]
    fn what_looks_like_a_date_is_left_alone() {
        check("May I go? You may. They march on.", "");
        check("About 2000 people came to 2019 Harbour Street.", "");
        check("“12 Rivers” is out in version 2.0.1.", "");
        check("Read the Sunday Times or USA Today.", "");
        check("She told “This Week” that it rained.", "");
        check("A man in his 70s won $2019.", "");
        check("They meet on a Monday and on Saturday mornings; Ana Christmas sang.", "");
    }

    #[test]
    fn a_dateline_at_the_head_of_the_text_is_the_day_of_the_report() {
        let dated = "SUND, March 4, 2025 (Agency) – The harbour shut on Monday.";
        assert_eq!(read(dated, None), "March 4, 2025=2025-03-04; Monday=2025-03-03");
        let born = "Ana Ruiz (March 4, 1945 – May 2, 2020) was mayor until a Monday.";
        assert_eq!(read(born, None), "March 4, 1945=1945-03-04; May 2, 2020=2020-05-02");
        let told = "On March 4, 2025 – a Tuesday – the harbour shut, not on Monday.";
        assert_eq!(read(told, None), "March 4, 2025=2025-03-04; Monday=?");
    }

    #[test]
    fn without_an_anchor_nothing_is_guessed() {
        assert_eq!(read("It broke on Monday, March 3.", None), "Monday, March 3=?");
        assert_eq!(read("It broke on 03/04/2025.", None), "03/04/2025=?");
    }
}
