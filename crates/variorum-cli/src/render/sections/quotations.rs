//! Quotations as a critical apparatus: the fullest reading as running text, below it who has which words instead.

use super::super::page::{Card, Line, Manner, Part, Run, join, muted, plain, strong};
use super::super::sigla::{Sigla, raised};
use super::super::wording::{self, one_line};
use super::{bytes, section, slug, subsection, words};
use std::collections::BTreeSet;
use variorum::edition::{Reading, Story, Utterance, Variant, Variation, Verdict};
use variorum::model::Form;

/// The utterances in the order in which they are shown: those with several readings, then the others.
pub fn order(story: &Story) -> Vec<&Utterance> {
    let mut utterances: Vec<&Utterance> = story.utterances.iter().collect();
    utterances.sort_by_key(|utterance| is_single(utterance));
    utterances
}

fn is_single(utterance: &Utterance) -> bool {
    utterance.readings.len() < 2
}

/// The id of an utterance's card.
pub fn id(utterance: &Utterance) -> String {
    format!("q-{}", slug(&utterance.id))
}

/// The section.
pub fn cards(story: &Story, sigla: &Sigla) -> Vec<Part> {
    let order = order(story);
    if order.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![section(story, "quotations", "Quotations", Some(order.len()))];
    parts.extend(legend(&order));
    let numbered = || order.iter().enumerate().map(|(at, utterance)| (at + 1, *utterance));
    parts.extend(numbered().filter(|(_, u)| !is_single(u)).map(|(n, u)| collated(n, u, sigla)));
    for report in &sigla.order {
        let alone: Vec<_> = numbered().filter(|(_, u)| is_single(u) && u.base == *report).collect();
        if !alone.is_empty() {
            let title = match story.reports.len() {
                1 => "Found once".to_owned(),
                _ => format!("Found only in {}", sigla.of(report)),
            };
            parts.push(subsection(story, &format!("only-{}", sigla.id(report)), title, Some(alone.len())));
            parts.extend(alone.into_iter().map(|(n, u)| single(n, u, sigla)));
        }
    }
    parts
}

/// Sign, word and rule of each verdict in use.
fn legend(order: &[&Utterance]) -> Option<Part> {
    let used: BTreeSet<Verdict> = order
        .iter()
        .flat_map(|utterance| {
            utterance.readings.iter().map(|reading| reading.verdict).chain([utterance.verdict])
        })
        .filter(|verdict| *verdict != Verdict::Single)
        .collect();
    let line = |verdict: &Verdict| {
        let wording = wording::verdict(*verdict);
        vec![
            Run::new(wording.manner, format!("{} {}", wording.sign, wording.word)),
            muted(format!(": {}", wording.rule)),
        ]
    };
    let lines: Vec<Line> =
        wording::VERDICTS.iter().filter(|verdict| used.contains(*verdict)).map(line).collect();
    (!lines.is_empty()).then_some(Part::List(lines))
}

/// Sign and word of a verdict.
pub fn sign(verdict: Verdict) -> Run {
    let wording = wording::verdict(verdict);
    Run::new(wording.manner, format!("{} {}", wording.sign, wording.word))
}

/// Whether somebody speaks whom no report names.
pub fn is_unnamed(utterance: &Utterance) -> bool {
    utterance.speaker.is_none() && written_speaker(utterance).is_some()
}

fn written_speaker(utterance: &Utterance) -> Option<&str> {
    utterance.readings.iter().find_map(|reading| reading.speaker.as_ref()?.text.as_deref())
}

/// Who speaks, as far as it is known.
pub fn speaker(utterance: &Utterance) -> String {
    let unnamed = || written_speaker(utterance).map(|text| format!("{} (unnamed)", one_line(text)));
    utterance.speaker.clone().or_else(unnamed).unwrap_or_else(|| "speaker not stated".to_owned())
}

fn collated(number: usize, utterance: &Utterance, sigla: &Sigla) -> Part {
    let mut head =
        vec![muted(format!("Q{number} ")), sign(utterance.verdict), plain(" · "), strong(speaker(utterance))];
    head.extend(channel(utterance).map(|channel| plain(format!(" · {channel}"))));
    head.push(plain(" · "));
    head.extend(sigla.all(utterance.readings.iter().map(|reading| reading.report.as_str())));
    let mut parts = Vec::new();
    let shown = shown(utterance);
    if let Some(base) = utterance.readings.first() {
        parts.push(Part::Text(running(base, &shown, sigla)));
    }
    if !shown.is_empty() {
        parts.push(Part::List(apparatus(utterance, &shown, sigla)));
    }
    parts.push(Part::List(
        utterance.readings.iter().map(|reading| witness(reading, utterance, sigla)).collect(),
    ));
    Part::Card(Card { id: id(utterance), head, parts })
}

fn single(number: usize, utterance: &Utterance, sigla: &Sigla) -> Part {
    let mut head = vec![muted(format!("Q{number} ")), strong(speaker(utterance))];
    head.extend(channel(utterance).map(|channel| plain(format!(" · {channel}"))));
    let mut parts = Vec::new();
    if let Some(reading) = utterance.readings.first() {
        parts.push(Part::Text(running(reading, &[], sigla)));
        parts.push(Part::Text(about(reading, sigla)));
    }
    Part::Card(Card { id: id(utterance), head, parts })
}

fn channel(utterance: &Utterance) -> Option<String> {
    let base = utterance.readings.first()?;
    let channel = utterance.channel.as_ref().or(base.channel.as_ref())?;
    let channel = wording::channel(channel);
    Some(match &base.platform {
        Some(platform) => format!("{channel}, {}", one_line(platform)),
        None => channel,
    })
}

/// The entries of the apparatus that are shown: punctuation is folded unless it is all that differs.
fn shown(utterance: &Utterance) -> Vec<&Variation> {
    let folded = utterance.verdict != Verdict::Punctuation;
    utterance.apparatus.iter().filter(|entry| !(folded && entry.kind == "punctuation")).collect()
}

/// The words of a reading, with those underlined that others have differently.
fn running(reading: &Reading, shown: &[&Variation], sigla: &Sigla) -> Line {
    let spot = sigla.spot(&reading.report, reading.start, reading.end);
    let words = |text: &str| Run::new(Manner::Words, text).at(spot.clone());
    let is_marked = reading.kind != Form::Indirect;
    let (open, close) = if is_marked { ("“", "”") } else { ("", "") };
    let is_parted = is_marked && reading.content.len() > 1;
    let shown_as = |text: &str| if is_parted { super::parted(text) } else { text.to_owned() };
    let mut line = vec![sigla.run(&reading.report), plain(" ")];
    let mut at = 0;
    line.push(words(open));
    for (number, entry) in shown.iter().enumerate() {
        let Some((start, end)) = lemma(reading, entry, at) else { continue };
        line.push(words(&shown_as(&reading.text[at..start])));
        line.push(Run::new(Manner::Varied(number + 1), shown_as(&reading.text[start..end])).at(spot.clone()));
        at = end;
    }
    line.push(words(&shown_as(&reading.text[at..])));
    line.push(words(close));
    line.retain(|run| !run.text.is_empty() || matches!(run.manner, Manner::Varied(_)));
    line
}

/// Where the lemma of `entry` stands in the text of `base`, at or after `from`.
fn lemma(base: &Reading, entry: &Variation, from: usize) -> Option<(usize, usize)> {
    let told = offset(base, entry.start).filter(|start| {
        *start >= from && base.text.get(*start..).is_some_and(|rest| rest.starts_with(&entry.lemma))
    });
    let found = || base.text.get(from..)?.find(&entry.lemma).map(|at| from + at);
    let start = told.or_else(|| if entry.lemma.is_empty() { None } else { found() })?;
    Some((start, start + entry.lemma.len()))
}

/// The offset in a reading's text of a byte of the source; right where source and text are the same bytes.
fn offset(reading: &Reading, source: usize) -> Option<usize> {
    let mut before = 0;
    for part in &reading.content {
        if (part.start..=part.end).contains(&source) {
            return Some(before + source - part.start);
        }
        before += part.end - part.start + " … ".len();
    }
    None
}

/// `lemma` A ] `reading` B
fn apparatus(utterance: &Utterance, shown: &[&Variation], sigla: &Sigla) -> Vec<Line> {
    let mut lines: Vec<Line> =
        shown.iter().enumerate().map(|(at, entry)| self::entry(at + 1, utterance, entry, sigla)).collect();
    let folded = utterance.apparatus.len() - shown.len();
    if folded > 0 {
        lines.push(vec![muted(format!(
            "and {} of punctuation",
            wording::count(folded, "difference", "differences")
        ))]);
    }
    lines
}

fn entry(number: usize, utterance: &Utterance, entry: &Variation, sigla: &Sigla) -> Line {
    let mut line = vec![muted(format!("{} ", raised(number)))];
    match entry.lemma.is_empty() {
        true => line.push(muted("nothing")),
        false => line.push(Run::new(Manner::Words, ends(&entry.lemma)).at(sigla.spot(
            &utterance.base,
            entry.start,
            entry.end,
        ))),
    }
    line.extend([plain(" "), sigla.run(&utterance.base), strong(" ] ")]);
    line.extend(join(entry.readings.iter().map(|variant| self::variant(variant, utterance, sigla)), " · "));
    line.push(muted(format!(" ({})", kind(&entry.kind))));
    line
}

/// A long lemma by its first and last words: all of it stands in the running text above.
fn ends(lemma: &str) -> String {
    let words: Vec<&str> = lemma.split_whitespace().collect();
    match words.as_slice() {
        [a, b, c, .., y, z] if words.len() > 9 => format!("{a} {b} {c} … {y} {z}"),
        _ => words.join(" "),
    }
}

fn variant(variant: &Variant, utterance: &Utterance, sigla: &Sigla) -> Line {
    let spot = variant.witnesses.first().and_then(|witness| sigla.spot_of(&witness.place));
    let mut line = match variant.text.is_empty() {
        true => vec![muted("not in")],
        false => vec![Run::new(Manner::Words, one_line(&variant.text)).at(spot)],
    };
    line.push(plain(" "));
    line.extend(sigla.all(variant.witnesses.iter().map(|witness| witness.place.report.as_str())));
    // Where a report has the words twice, it is said which reading this is.
    let readings = variant.witnesses.iter().filter_map(|witness| utterance.readings.get(witness.reading));
    let which: BTreeSet<&str> =
        readings.filter(|reading| is_doubled(reading, utterance)).map(which).collect();
    if !which.is_empty() {
        line.push(muted(format!(" {}", which.into_iter().collect::<Vec<_>>().join(", "))));
    }
    line
}

/// Whether its report has another reading of the same utterance.
fn is_doubled(reading: &Reading, utterance: &Utterance) -> bool {
    utterance.readings.iter().filter(|other| other.report == reading.report).count() > 1
}

fn which(reading: &Reading) -> &'static str {
    if reading.parent.is_some() { "quoted within a quotation" } else { wording::location(reading.place) }
}

fn kind(kind: &str) -> &str {
    match kind {
        "function" => "function word",
        "content" => "word of content",
        "person" => "person or tense",
        other => other,
    }
}

/// One witness: its verdict, where it stands, who it says is speaking.
fn witness(reading: &Reading, utterance: &Utterance, sigla: &Sigla) -> Line {
    let is_base = utterance.readings.first() == Some(reading);
    let mut line = vec![sigla.run(&reading.report), plain(" ")];
    line.push(if is_base { muted("running text") } else { sign(reading.verdict) });
    if has_own_text(reading) && !is_base {
        line.extend([
            plain(" "),
            words(&reading.text).at(sigla.spot(&reading.report, reading.start, reading.end)),
        ]);
    }
    line.push(muted(" · "));
    line.extend(about(reading, sigla));
    line
}

/// Whether the apparatus does not show what a witness has.
fn has_own_text(reading: &Reading) -> bool {
    matches!(reading.verdict, Verdict::Adapted | Verdict::Trimmed | Verdict::Joined)
}

/// What else is known of a reading, beside the words.
fn about(reading: &Reading, sigla: &Sigla) -> Line {
    let mut facts = vec![wording::location(reading.place).to_owned()];
    if reading.kind != Form::Direct {
        facts.push(wording::form(reading.kind).to_owned());
    }
    facts.push(attribution(reading));
    if is_left_open(reading) {
        facts.push("no mark closes it".to_owned());
    }
    if reading.parent.is_some() {
        facts.push("nested".to_owned());
    }
    facts.dedup();
    let spot = sigla.spot(&reading.report, reading.start, reading.end);
    vec![muted(format!("{} · ", facts.join(" · "))), muted(bytes(reading.start, reading.end)).at(spot)]
}

/// Whether the reading reaches the end of a quotation that no mark closes.
fn is_left_open(reading: &Reading) -> bool {
    !reading.closed && reading.kind != Form::Indirect && reading.end >= reading.quotation.end
}

/// "as written: she, continued (rule: cue-after)"
fn attribution(reading: &Reading) -> String {
    let name = reading.speaker.as_ref().and_then(|speaker| speaker.text.as_deref()).map(one_line);
    let cue = reading.cue.as_ref().map(|cue| one_line(&cue.text));
    let written: Vec<String> = [name, cue].into_iter().flatten().collect();
    let rule = &reading.rule;
    match (written.is_empty(), rule.is_empty()) {
        (true, true) => "speaker not stated".to_owned(),
        (true, false) => format!("speaker by rule {rule}"),
        (false, true) => written.join(", "),
        (false, false) => format!("{} ({rule})", written.join(", ")),
    }
}
