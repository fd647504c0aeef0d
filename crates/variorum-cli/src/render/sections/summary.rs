//! Three short lists: what the reports agree on, differ on, have alone. Made of evidence, with links to where it is shown.

use super::super::page::{Line, Manner, Part, Run, join, muted, plain};
use super::super::sigla::Sigla;
use super::super::wording::{self, clip, count, one_line};
use super::{figures, quotations, section, subsection, words};
use std::collections::{BTreeMap, BTreeSet};
use variorum::edition::{
    Agreement, PostEntry, Reading, ReconciledFigure, Story, Utterance, Variation, Verdict,
};

/// How many entries a list shows; the rest is counted.
const SHOWN: usize = 8;
/// How many characters of a quotation a list shows.
const CLIPPED: usize = 60;

/// The three lists.
pub fn lists(story: &Story, sigla: &Sigla) -> Vec<Part> {
    if story.reports.len() < 2 {
        return Vec::new();
    }
    let mut parts = vec![section(story, "summary", "In short", None)];
    let lists = [
        ("agree", "The reports agree on", agreed(story, sigla)),
        ("differ", "The reports differ on", differing(story, sigla)),
        ("alone", "Only one report has", alone(story, sigla)),
    ];
    for (name, title, lines) in lists {
        parts.push(subsection(story, name, title.to_owned(), Some(lines.len())));
        parts.push(match lines.is_empty() {
            true => Part::Text(vec![muted(format!(
                "Nothing found in {}.",
                count(story.reports.len(), "report", "reports")
            ))]),
            false => Part::List(short(lines)),
        });
    }
    parts
}

fn short(mut lines: Vec<Line>) -> Vec<Line> {
    let more = lines.len().saturating_sub(SHOWN);
    if more > 1 {
        lines.truncate(SHOWN);
        lines.push(vec![muted(format!("and {more} more below"))]);
    }
    lines
}

fn agreed(story: &Story, sigla: &Sigla) -> Vec<Line> {
    let utterances = quotations::order(story)
        .into_iter()
        .enumerate()
        .filter(|(_, u)| reports(u).len() > 1 && weight(u.verdict) == Manner::Agreeing)
        .map(|(at, u)| agreed_words(at + 1, u, sigla));
    let figures = story
        .figures
        .iter()
        .filter(|figure| figures::is_shared(figure) && figure.verdict == Agreement::Agree)
        .map(|figure| agreed_figure(figure, sigla));
    utterances.chain(figures).collect()
}

fn differing(story: &Story, sigla: &Sigla) -> Vec<Line> {
    let mut utterances: Vec<(usize, &Utterance)> = quotations::order(story)
        .into_iter()
        .enumerate()
        .filter(|(_, u)| reports(u).len() > 1 && weight(u.verdict) != Manner::Agreeing)
        .collect();
    utterances.sort_by_key(|(_, utterance)| std::cmp::Reverse(utterance.verdict));
    let utterances = utterances.into_iter().map(|(at, u)| differing_words(at + 1, u, sigla));
    let figures = story
        .figures
        .iter()
        .filter(|figure| figures::is_shared(figure) && figure.verdict != Agreement::Agree)
        .map(|figure| differing_figure(figure, sigla));
    let posts =
        story.posts.iter().filter(|post| statuses(post).len() > 1).map(|post| differing_post(post, sigla));
    figures.chain(utterances).chain(posts).collect()
}

fn alone(story: &Story, sigla: &Sigla) -> Vec<Line> {
    sigla.order.iter().filter_map(|report| alone_in(report, story, sigla)).collect()
}

fn reports(utterance: &Utterance) -> BTreeSet<&str> {
    utterance.readings.iter().map(|reading| reading.report.as_str()).collect()
}

fn weight(verdict: Verdict) -> Manner {
    wording::verdict(verdict).manner
}

/// "Q3" leading to its card.
fn number(number: usize, utterance: &Utterance) -> Run {
    muted(format!("Q{number}")).to(quotations::id(utterance))
}

fn agreed_words(at: usize, utterance: &Utterance, sigla: &Sigla) -> Line {
    let base = utterance.readings.first().map_or("", |reading| &reading.text);
    let mut line =
        vec![quotations::sign(utterance.verdict), plain(format!(" {}: ", quotations::speaker(utterance)))];
    line.extend([words(&clip(base, CLIPPED)), plain(" ")]);
    line.extend(sigla.all(reports(utterance)));
    line.extend([plain(" "), number(at, utterance)]);
    line
}

fn agreed_figure(figure: &ReconciledFigure, sigla: &Sigla) -> Line {
    let mut line = vec![figures::sign(figure.verdict), plain(" ")];
    line.extend(figure.counted().map(|what| plain(format!("{}: ", one_line(&what)))));
    if let Some(value) = figure.values.first() {
        line.push(words(&value.text).at(sigla.spot(&value.report, value.start, value.end)));
    }
    line.push(plain(" "));
    line.extend(sigla.all(figure.values.iter().map(|value| value.report.as_str())));
    line.push(muted(format!(" {}", count(figure.independent, "independent source", "independent sources"))));
    line
}

fn differing_words(at: usize, utterance: &Utterance, sigla: &Sigla) -> Line {
    let mut line =
        vec![quotations::sign(utterance.verdict), plain(format!(" {}: ", quotations::speaker(utterance)))];
    line.extend(match utterance.verdict {
        Verdict::SpeakerDiffers => given_to(speakers(utterance), sigla),
        _ => match weightiest(utterance) {
            Some(entry) => has(variants(utterance, entry), sigla),
            None => has(texts(utterance), sigla),
        },
    });
    line.extend([plain(" "), number(at, utterance)]);
    line
}

/// The apparatus entry that weighs most: what is said before how it is said.
fn weightiest(utterance: &Utterance) -> Option<&Variation> {
    const KINDS: [&str; 9] =
        ["negation", "number", "name", "modal", "content", "person", "omission", "addition", "function"];
    let rank = |entry: &Variation| KINDS.iter().position(|kind| *kind == entry.kind).unwrap_or(KINDS.len());
    let entries = utterance.apparatus.iter().filter(|entry| entry.kind != "punctuation");
    entries.min_by_key(|entry| (rank(entry), entry.start))
}

/// Words, with the reports that have them.
type Held<'e> = Vec<(String, Vec<&'e str>)>;

fn variants<'e>(utterance: &'e Utterance, entry: &'e Variation) -> Held<'e> {
    let others: BTreeSet<&str> = entry
        .readings
        .iter()
        .flat_map(|variant| &variant.witnesses)
        .map(|witness| witness.place.report.as_str())
        .collect();
    let with_base =
        reports(utterance).into_iter().filter(|report| !others.contains(report) || *report == utterance.base);
    let mut held = vec![(entry.lemma.clone(), with_base.collect())];
    for variant in &entry.readings {
        held.push((
            variant.text.clone(),
            variant.witnesses.iter().map(|witness| witness.place.report.as_str()).collect(),
        ));
    }
    held
}

fn texts(utterance: &Utterance) -> Held<'_> {
    gathered(utterance.readings.iter().map(|reading| (clip(&reading.text, CLIPPED), reading.report.as_str())))
}

/// Whom each report gives the words to; as written only where the report never says who that is.
fn speakers(utterance: &Utterance) -> Held<'_> {
    let resolved = |reading: &Reading| reading.speaker.as_ref().and_then(|speaker| speaker.resolved.clone());
    let is_named = |report: &str| {
        utterance.readings.iter().any(|other| other.report == report && resolved(other).is_some())
    };
    let readings =
        utterance.readings.iter().filter(|reading| resolved(reading).is_some() || !is_named(&reading.report));
    gathered(readings.map(|reading| {
        let written = || reading.speaker.as_ref().and_then(|speaker| speaker.text.as_deref()).map(one_line);
        let name = resolved(reading).or_else(written).unwrap_or_else(|| "no speaker".to_owned());
        (name, reading.report.as_str())
    }))
}

/// "A gives it to …; B gives it to …"
fn given_to(held: Held, sigla: &Sigla) -> Line {
    join(
        held.into_iter().map(|(name, reports)| {
            let mut line = sigla.all(reports.iter().copied());
            let several = reports.iter().collect::<BTreeSet<_>>().len() > 1;
            line.push(plain(format!(" {} {name}", if several { "have" } else { "has" })));
            line
        }),
        "; ",
    )
}

fn gathered<'e>(pairs: impl Iterator<Item = (String, &'e str)>) -> Held<'e> {
    let mut held: Held = Vec::new();
    for (text, report) in pairs {
        match held.iter_mut().find(|(known, _)| *known == text) {
            Some((_, reports)) => reports.push(report),
            None => held.push((text, vec![report])),
        }
    }
    held
}

/// "A has …; B has …", in the order of the reports' letters.
fn has(mut held: Held, sigla: &Sigla) -> Line {
    // A report that has the words at one place lacks nothing at another.
    let something: BTreeSet<&str> = held
        .iter()
        .filter(|(text, _)| !text.trim().is_empty())
        .flat_map(|(_, reports)| reports.iter().copied())
        .collect();
    for (_, reports) in held.iter_mut().filter(|(text, _)| text.trim().is_empty()) {
        reports.retain(|report| !something.contains(report));
    }
    held.retain(|(_, reports)| !reports.is_empty());
    let place = |reports: &[&str]| {
        sigla.order.iter().position(|report| reports.contains(report)).unwrap_or(usize::MAX)
    };
    held.sort_by_key(|(_, reports)| place(reports));
    join(held.into_iter().map(|(text, reports)| clause(&text, &reports, sigla)), "; ")
}

fn clause(text: &str, reports: &[&str], sigla: &Sigla) -> Line {
    let several = reports.iter().collect::<BTreeSet<_>>().len() > 1;
    let mut line = sigla.all(reports.iter().copied());
    line.push(plain(if several { " have " } else { " has " }));
    let text = text.trim().trim_end_matches([',', '.', ';', ':']);
    line.push(if text.is_empty() { plain("nothing there") } else { words(&clip(text, CLIPPED)) });
    line
}

fn differing_figure(figure: &ReconciledFigure, sigla: &Sigla) -> Line {
    let held = gathered(figure.values.iter().map(|value| (one_line(&value.text), value.report.as_str())));
    let mut line = vec![figures::sign(figure.verdict), plain(" ")];
    line.extend(figure.counted().map(|what| plain(format!("{}: ", one_line(&what)))));
    line.extend(has(held, sigla));
    line
}

fn statuses(post: &PostEntry) -> BTreeSet<&str> {
    post.status.values().map(String::as_str).collect()
}

fn differing_post(post: &PostEntry, sigla: &Sigla) -> Line {
    let mut held: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (report, status) in &post.status {
        held.entry(status).or_default().push(report);
    }
    let clauses = held.into_iter().map(|(status, reports)| {
        let mut line = sigla.all(reports);
        line.push(plain(format!(": {status}")));
        line
    });
    let mut line =
        vec![Run::new(Manner::Shifting, "status"), plain(format!(" {}: ", super::people::post(post)))];
    line.extend(join(clauses, "; "));
    line
}

/// "A has 3 quotations (54 words) of …, 2 figures"
fn alone_in(report: &str, story: &Story, sigla: &Sigla) -> Option<Line> {
    let own: Vec<&Utterance> =
        story.utterances.iter().filter(|utterance| reports(utterance).into_iter().eq([report])).collect();
    let figures = story.figures.iter().filter(|figure| !figures::is_shared(figure));
    let figures = figures.filter(|figure| figure.values.iter().any(|value| value.report == report)).count();
    let mut facts = Vec::new();
    if !own.is_empty() {
        facts.push(format!("{} of {}", count(own.len(), "quotation", "quotations"), names(&own)));
    }
    if figures > 0 {
        facts.push(count(figures, "figure", "figures"));
    }
    (!facts.is_empty()).then(|| vec![sigla.run(report), plain(format!(" has {}", facts.join("; ")))])
}

/// Who is quoted, most often quoted first; unnamed people are counted as in "Who is quoted": one a quotation.
fn names(utterances: &[&Utterance]) -> String {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unnamed = BTreeSet::new();
    let mut unstated = BTreeSet::new();
    for utterance in utterances {
        let quotation = utterance.readings.first().map(|first| (&first.report, first.quotation.start));
        match &utterance.speaker {
            Some(name) => *named.entry(name).or_default() += 1,
            None if quotations::is_unnamed(utterance) => _ = unnamed.insert(quotation),
            None => _ = unstated.insert(quotation),
        }
    }
    let mut named: Vec<(&str, usize)> = named.into_iter().collect();
    named.sort_by_key(|(name, times)| (std::cmp::Reverse(*times), *name));
    let mut names: Vec<String> = named
        .into_iter()
        .map(|(name, times)| if times > 1 { format!("{name} ({times})") } else { name.to_owned() })
        .collect();
    if !unnamed.is_empty() {
        names.push(count(unnamed.len(), "unnamed speaker", "unnamed speakers"));
    }
    if !unstated.is_empty() {
        names.push(count(unstated.len(), "speaker not stated", "speakers not stated"));
    }
    names.join(", ")
}
