//! Tells furniture from news by its wording: bylines, date lines, credits, sign-up lines, legal lines, teasers.
//!
//! In: one line or paragraph. Out: what kind of furniture it is, or `None` where its words do not say.
//! The lists lie in `lang/en/furniture.txt`, `credits.txt` and `bylines.txt`; everything else is shape: capital
//! letters, slashes, separators, a closing full stop.
//! Leaves: what only the place in the page can tell (see `lines.rs`, `html.rs`).

use crate::lexicon;
use crate::model::BlockKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Furniture phrases by their first word, so that a line is held against few of them.
#[derive(Default)]
struct Furniture {
    starts: BTreeMap<&'static str, Vec<(&'static str, BlockKind)>>,
    wholes: BTreeMap<&'static str, BlockKind>,
    anywhere: Vec<(&'static str, BlockKind)>,
}

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let mut list = Furniture::default();
    for row in lexicon::rows(include_str!("../../lang/en/furniture.txt")) {
        let [kind, place, phrase] = row[..] else { continue };
        let kind = match kind {
            "related" => BlockKind::Related,
            "legal" => BlockKind::Legal,
            "embed" => BlockKind::Embed,
            _ => BlockKind::Note,
        };
        match place {
            "start" => list.starts.entry(first_word(phrase)).or_default().push((phrase, kind)),
            "whole" => drop(list.wholes.insert(phrase, kind)),
            _ => list.anywhere.push((phrase, kind)),
        }
    }
    list
});

/// The words of credits and of bylines: column 1 names the list, the last column is the word.
fn column(list: &'static str, name: &str) -> BTreeSet<&'static str> {
    lexicon::rows(list).filter(|row| row[0] == name).filter_map(|row| row.last().copied()).collect()
}

const CREDITS: &str = include_str!("../../lang/en/credits.txt");
const BYLINES: &str = include_str!("../../lang/en/bylines.txt");
static CREDIT_NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(CREDITS, "name"));
static CREDIT_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(CREDITS, "word"));
static CREDIT_LABELS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(CREDITS, "label"));
static LEADS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(BYLINES, "lead"));
static ROLES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(BYLINES, "role"));
static SECTIONS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(BYLINES, "section"));
static DATE_WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(BYLINES, "date"));
static WEEKDAYS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| column(BYLINES, "weekday"));
static MONTHS: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    lexicon::rows(BYLINES)
        .filter(|row| row[0] == "month")
        .filter_map(|row| Some((*row.last()?, row.get(1)?.parse().ok()?)))
        .collect()
});

/// Longest line that furniture phrases are looked for in, in words.
const FURNITURE_WORDS: usize = 60;

/// Number of the month, 1–12, that `word` (small letters, no full stop) names.
pub(super) fn month(word: &str) -> Option<i8> {
    MONTHS.get(word).copied()
}

/// Whether `word` (small letters, no full stop) is a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(word)
}

fn first_word(phrase: &'static str) -> &'static str {
    phrase.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or(phrase)
}

/// Small letters, straight apostrophes, single spaces.
pub(super) fn plain(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&crate::token::fold(word));
    }
    folded
}

/// Teasers, notes, legal lines and embedded posts, by their words.
pub(super) fn furniture(line: &str) -> Option<BlockKind> {
    if line.split_whitespace().take(FURNITURE_WORDS + 1).count() > FURNITURE_WORDS {
        return None;
    }
    let folded = plain(line);
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | '?'));
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(&kind) = FURNITURE.wholes.get(bare) {
        return Some(kind);
    }
    let first = words.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or(words);
    let starts = FURNITURE.starts.get(first).into_iter().flatten();
    let symbols = FURNITURE.starts.get("©").into_iter().flatten();
    let begins = |phrase: &str| {
        words.strip_prefix(phrase).is_some_and(|rest| {
            !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
        })
    };
    let found = starts.chain(symbols).find(|(phrase, kind)| begins(phrase) && is_fit(line, phrase, *kind));
    found
        .or_else(|| FURNITURE.anywhere.iter().find(|(phrase, _)| words.contains(phrase)))
        .map(|found| found.1)
}

/// A teaser is a headline: "More from the river is expected." is a sentence.
fn is_fit(line: &str, phrase: &str, kind: BlockKind) -> bool {
    kind != BlockKind::Related || phrase.ends_with([':', '|']) || !line.trim_end().ends_with('.')
}

/// Whether `line` is an author's line: "By Ana Ruiz, Harbour Desk | 3 March 2025".
pub(super) fn is_byline(line: &str) -> bool {
    let Some(rest) = after_lead(line) else { return is_role_line(line) };
    let words: Vec<&str> = rest.split_whitespace().collect();
    if words.is_empty() || words.len() > 30 {
        return false;
    }
    let lower = |word: &str| plain(word).trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let first = lower(words[0]);
    let has_role = words.iter().any(|word| ROLES.contains(lower(word).as_str()));
    if has_role && words.len() <= 5 && !line.ends_with('.') {
        return true;
    }
    if !starts_like_name(words[0]) || month(&first).is_some() || is_weekday(&first) {
        return false;
    }
    let strange = words.iter().filter(|word| !is_byline_word(word)).count();
    strange == 0 || (has_role && strange <= 4)
}

/// What follows "By" or the like.
pub(super) fn after_lead(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['—', '–', '-', '|', ' ']);
    let folded = line.to_lowercase();
    let lead = LEADS.iter().filter(|lead| folded.starts_with(**lead)).max_by_key(|lead| lead.len())?;
    let rest = line.get(lead.len()..)?;
    rest.starts_with([' ', ':', '\u{a0}', '\t']).then(|| rest.trim_start_matches([' ', ':', '\u{a0}', '\t']))
}

/// Whether `word` belongs to a newsroom or an agency and not to a person's name.
pub(super) fn is_office_word(word: &str) -> bool {
    let folded = plain(word);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    ROLES.contains(bare) || CREDIT_WORDS.contains(bare) || bare == "news"
}

fn starts_like_name(word: &str) -> bool {
    word.trim_start_matches(['@', '“', '"'])
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || word.starts_with('@'))
}

/// Words a byline may hold: names and what joins them, dates, an outlet.
fn is_byline_word(word: &str) -> bool {
    const JOINING: [&str; 22] = [
        "and", "de", "da", "del", "der", "den", "van", "von", "la", "le", "du", "bin", "al", "el", "for",
        "in", "at", "the", "of", "with", "und", "et",
    ];
    let folded = plain(word);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit() || c == '@')
        || JOINING.contains(&bare)
        || DATE_WORDS.contains(bare)
        || ROLES.contains(bare)
        || month(bare).is_some()
        || is_weekday(bare)
}

/// "Ana Ruiz, Chief Reporter", "Kestrel staff": a name, and a role as the last word or behind a comma.
fn is_role_line(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    if !(2..=8).contains(&words.len()) || line.ends_with(['.', '?', '!', ':']) {
        return false;
    }
    let is_role = |word: &&str| {
        let folded = plain(word);
        ROLES.contains(folded.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    let last_is_role = words.last().is_some_and(is_role);
    last_is_role
        && starts_like_name(words[0])
        && words.iter().all(|word| starts_like_name(word) || is_role(word) || is_byline_word(word))
}

/// A name alone: two to four capitalised words without a final mark.
pub(super) fn is_bare_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && !words.iter().any(|word| is_office_word(word) || SECTIONS.contains(plain(word).as_str()))
        && words.iter().all(|word| {
            starts_like_name(word)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
        })
        && words.iter().any(|word| word.chars().any(char::is_lowercase))
}

/// A name and a date parted by a stroke: "Ana Ruiz | 3 March 2025".
pub(super) fn is_name_and_date(line: &str) -> bool {
    let parts: Vec<&str> =
        line.split(['|', '•', '·', '–', '—']).map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.len() >= 2 && is_bare_name(parts[0]) && parts[1..].iter().any(|part| is_date_line(part))
}

/// Whether `line` holds a date or time and nothing else, but for a place before and an agency behind:
/// "Updated 3:14 p.m., Monday, March 3, 2025", "MARLOW, March 3 (Kestrel Wire)".
pub(super) fn is_date_line(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let line = line.trim_end_matches(['—', '–', '-', ' ', ':', '|']);
    let without_agency = match line.rfind('(') {
        Some(at) if line.ends_with(')') && starts_like_name(&line[at + 1..]) => &line[..at],
        _ => line,
    };
    if is_date_only(without_agency) {
        return true;
    }
    match without_agency.split_once(',') {
        Some((place, rest)) => {
            let words: Vec<&str> = place.split_whitespace().collect();
            (1..=4).contains(&words.len())
                && words.iter().all(|word| starts_like_name(word))
                && is_date_only(rest)
        }
        None => false,
    }
}

fn is_date_only(line: &str) -> bool {
    let folded = plain(line);
    let mut is_dated = false;
    let mut words = 0;
    for token in folded.split(|c: char| !c.is_alphanumeric() && c != '.').map(|token| token.trim_matches('.'))
    {
        if token.is_empty() {
            continue;
        }
        words += 1;
        is_dated |= month(token).is_some()
            || is_weekday(token)
            || matches!(
                token,
                "ago" | "today" | "yesterday" | "published" | "updated" | "posted" | "modified"
            )
            || (token.len() == 4 && token.chars().all(|c| c.is_ascii_digit()));
        let is_known = is_date_number(token)
            || DATE_WORDS.contains(token)
            || token == "read"
            || month(token).is_some()
            || is_weekday(token);
        if !is_known {
            return false;
        }
    }
    is_dated && (2..=25).contains(&words) || (words == 1 && is_numeric_date(&folded))
}

/// "3", "03t14", "3pm", "14h05", "3rd", "3.3.2025".
fn is_date_number(token: &str) -> bool {
    let letters: String = token.chars().filter(|c| c.is_alphabetic()).collect();
    token.starts_with(|c: char| c.is_ascii_digit())
        && token.chars().filter(char::is_ascii_digit).count() <= 8
        && matches!(
            letters.as_str(),
            "" | "t" | "z" | "tz" | "am" | "pm" | "st" | "nd" | "rd" | "th" | "h" | "a" | "p"
        )
}

/// "3.3.2025"
fn is_numeric_date(line: &str) -> bool {
    let parts: Vec<&str> = line.split(['.', '/', '-']).collect();
    parts.len() == 3
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()))
}

/// Where the credit at the end of `line` begins: 0 when the line is nothing else, `None` when it has none.
///
/// A credit is a label with a name ("Photo: Ana Ruiz"), words in brackets that name an agency, or a last fragment
/// behind a full stop that no full stop ends: an agency, "name/agency", or capitalised words.
pub(super) fn credit_start(line: &str) -> Option<usize> {
    labelled(line).or_else(|| bracketed(line)).or_else(|| fragment(line)).or_else(|| appended(line))
}

/// Longest credit, in words.
const CREDIT_WORDS_MOST: usize = 12;

/// "… Photo: Ana Ruiz/Northlight", "Image credit: …", "© Ana Ruiz".
fn labelled(line: &str) -> Option<usize> {
    let words = word_starts(line);
    let from = words.len().saturating_sub(CREDIT_WORDS_MOST);
    for (at, &start) in words.iter().enumerate().skip(from) {
        let before = line[..start].trim_end();
        let is_set_apart = before.is_empty()
            || before.ends_with(['.', '|', '”', '"', '’', '(', '[', '—', '–', '-', ')', '!', '?', '…']);
        if !is_set_apart {
            continue;
        }
        if line[start..].starts_with('©') && line[start..].len() > '©'.len_utf8() && at > 0 {
            return Some(start);
        }
        for length in [3, 2, 1] {
            let Some(&last) = words.get(at + length - 1) else { continue };
            let end = words.get(at + length).copied().unwrap_or(line.len());
            let label = plain(&line[start..end]);
            let has_colon = line[last..end].trim_end().ends_with(':');
            let is_by = label.ends_with(" by") || label.ends_with(" of") && label.starts_with("courtesy");
            let name = label.trim_start_matches(['(', '[']).trim_end_matches([':', ' ']);
            if (has_colon || is_by)
                && CREDIT_LABELS.contains(name)
                && starts_like_name(line[end..].trim_start())
            {
                return Some(start);
            }
        }
    }
    None
}

/// "(Ana Ruiz/Northlight)", "[Kestrel Wire]", "(AP Photo/Ana Ruiz)".
fn bracketed(line: &str) -> Option<usize> {
    let body = line.strip_suffix('.').unwrap_or(line);
    let open = match body.chars().last()? {
        ')' => body.rfind('(')?,
        ']' => body.rfind('[')?,
        _ => return None,
    };
    let inside = &body[open + 1..body.len() - 1];
    let is_brief = inside.split_whitespace().count() <= 8;
    (is_brief && (has_slashed_name(inside) || names_agency(inside))).then_some(open)
}

/// A last fragment without a full stop, behind one.
fn fragment(line: &str) -> Option<usize> {
    if line.ends_with(['.', '?', '!', ':', ',', ';', '”', '"', '’']) {
        return None;
    }
    let mut found = None;
    // Several stops are tried, as a credit may hold one itself ("J. Lund / MEGA").
    for (at, stop) in
        line.char_indices().rev().filter(|(_, c)| matches!(c, '.' | '?' | '!' | '…' | '|')).take(4)
    {
        let after = &line[at + stop.len_utf8()..];
        let tail = after.trim_start_matches(['”', '"', '’', '\'', ')']);
        let start = line.len() - tail.trim_start().len();
        if !tail.starts_with(char::is_whitespace) || tail.split_whitespace().count() > CREDIT_WORDS_MOST {
            continue;
        }
        // Behind a stroke may stand the site's name too.
        if is_sure_credit(tail.trim()) || (stop != '|' && is_credit(tail.trim())) {
            found = Some(start);
        }
    }
    found.or_else(|| (is_credit(line) && is_sure_credit(line)).then_some(0))
}

/// "Flooded street in Marl Ana Ruiz/Northlight": a name with a stroke as the last word, without a full stop before.
fn appended(line: &str) -> Option<usize> {
    let words = word_starts(line);
    let last = line.get(*words.last()?..)?;
    if words.len() < 3 || !has_slashed_name(last) || last.ends_with('.') {
        return None;
    }
    let mut at = words.len() - 1;
    while at > 0 && words.len() - at < 4 && starts_like_name(&line[words[at - 1]..]) {
        at -= 1;
    }
    Some(words[at])
}

fn word_starts(line: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut was_space = true;
    for (at, c) in line.char_indices() {
        if was_space && !c.is_whitespace() {
            starts.push(at);
        }
        was_space = c.is_whitespace();
    }
    starts
}

/// Whether a fragment reads as a credit: an agency, "name/agency", an account, or a few capitalised words.
fn is_credit(tail: &str) -> bool {
    let words: Vec<&str> = tail.split_whitespace().collect();
    if words.is_empty() || words.len() > CREDIT_WORDS_MOST {
        return false;
    }
    is_sure_credit(tail)
        || ((2..=5).contains(&words.len()) && words.iter().all(|word| starts_like_name(word)))
}

fn is_sure_credit(tail: &str) -> bool {
    has_slashed_name(tail) || names_agency(tail)
}

/// "Ana Ruiz/Northlight", "ana_ruiz/Instagram", "Ruiz / MEGA".
fn has_slashed_name(tail: &str) -> bool {
    let Some((before, after)) = tail.rsplit_once('/') else { return false };
    let is_web = tail.contains("://") || tail.contains("www.");
    let words: Vec<&str> = before.split_whitespace().collect();
    let is_name = words.len() <= 1 || words.iter().all(|word| starts_like_name(word) || is_byline_word(word));
    !is_web && is_name && starts_like_name(after.trim_start()) && after.trim().chars().count() >= 2
}

/// A known agency at the end or alone, or capitalised words one of which is of the trade: "Northlight Images".
fn names_agency(tail: &str) -> bool {
    let tail = tail.trim_matches(|c: char| !c.is_alphanumeric());
    if CREDIT_NAMES.contains(tail) {
        return true;
    }
    let words: Vec<&str> = tail.split_whitespace().collect();
    let of_trade = |word: &&str| {
        let folded = plain(word);
        CREDIT_WORDS.contains(folded.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    let is_camel = |word: &&str| {
        word.chars().skip(1).any(char::is_uppercase)
            && word.chars().any(char::is_lowercase)
            && !word.contains('-')
    };
    let ends_in_agency = (1..=2).any(|count| {
        words.len() > count && CREDIT_NAMES.contains(words[words.len() - count..].join(" ").as_str())
    });
    let is_named = words.iter().all(|word| {
        starts_like_name(word)
            || of_trade(word)
            || is_byline_word(word)
            || !word.contains(char::is_alphanumeric)
    });
    words.len() <= 8
        && is_named
        && (ends_in_agency
            || words.iter().any(of_trade) && words.len() >= 2
            || words.len() == 1 && words.iter().any(is_camel))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let credit = credit_start(line).map(|at| format!("credit {}", &line[at..]));
        let found = if is_date_line(line) {
            "date".to_owned()
        } else if is_byline(line) || is_name_and_date(line) {
            "byline".to_owned()
        } else if let Some(kind) = furniture(line) {
            format!("{kind:?}").to_lowercase()
        } else {
            credit.unwrap_or_else(|| "-".to_owned())
        };
        assert_eq!(found, expected, "{line:?}");
    }

    #[test]
    fn date_lines() {
        check("Monday, March 3, 2025", "date");
        check("Published: 3 March 2025, 14:05 GMT", "date");
        check("Updated 3:14 p.m. ET, Tue March 4, 2025", "date");
        check("Last updated 5 hours ago", "date");
        check("2025-03-03T14:05:00Z", "date");
        check("03.03.2025", "date");
        check("MARLOW, March 3 (Kestrel Wire) —", "date");
        check("In March the river rose.", "-");
        check("May 5 was a Monday", "-");
        check("4 min read", "note");
    }

    #[test]
    fn bylines() {
        check("By Ana Ruiz", "byline");
        check("BY ANA RUIZ AND BO LIND", "byline");
        check("By Ana Ruiz in Marlow and Bo de Vries, Harbour Desk | March 4, 2025", "byline");
        check("By Ana Ruiz, our political editor", "byline");
        check("Von Ana Ruiz", "byline");
        check("Ana Ruiz | 3 March 2025", "byline");
        check("Ana Ruiz, Chief Reporter", "byline");
        check("Kestrel staff", "byline");
        check("From our news services", "byline");
        check("By Monday, the water had risen to the door.", "-");
        check("By then it was late.", "-");
        check("By Lund’s account the gate was open.", "-");
    }

    #[test]
    fn furniture_lines() {
        check("READ MORE: Ferry strike enters third week", "related");
        check("Read more", "related");
        check("More from the Kestrel", "related");
        check("More from the river is expected.", "-");
        check("Sign up to The Morning Tide, our free newsletter.", "note");
        check("Editor’s note: An earlier version gave a wrong age.", "note");
        check("Share this article", "note");
        check("Advertisement", "note");
        check("© 2025 Kestrel Media. All rights reserved.", "legal");
        check("Copyright 2025 Kestrel", "legal");
        check("Subscribers were told on Monday.", "-");
    }

    #[test]
    fn credits() {
        check("A boat on Mill Street. Ana Ruiz/Northlight", "credit Ana Ruiz/Northlight");
        check("A boat on Mill Street on Monday. Getty Images", "credit Getty Images");
        check("A boat on Mill Street. AP", "credit AP");
        check("A boat on Mill Street. Photo: Ana Ruiz", "credit Photo: Ana Ruiz");
        check("A boat on Mill Street (Ana Ruiz/Kestrel Wire)", "credit (Ana Ruiz/Kestrel Wire)");
        check("A boat on Mill Street. J. Lund / MEGA", "credit J. Lund / MEGA");
        check("Lund sings at home. lundsings/Instagram", "credit lundsings/Instagram");
        check("Lund in “The Long Tide.” AP", "credit AP");
        check("A boat in the flood Ana Ruiz/Northlight", "credit Ana Ruiz/Northlight");
        check("The mayor at the dam. Marl Valley Press Agency", "credit Marl Valley Press Agency");
        check("Photo: Ana Ruiz", "credit Photo: Ana Ruiz");
        check("Northlight Images", "credit Northlight Images");
        check("He left. She stayed and/or slept", "-");
        check("The dam held, the mayor said.", "-");
        check("Mayor hails the dam", "-");
    }
}
