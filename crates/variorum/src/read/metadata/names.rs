//! Names of authors in what metadata states and in bylines.
//!
//! In: a field or a line. Out: names. A field is trusted: it is parted and trimmed, and keeps agencies and newsrooms. In a line
//! only what reads as a person's name counts: two to five words with capitals, or three to four signs of Chinese, Japanese or
//! Korean, none of them a word of a newsroom or a role (`lang/authors.txt`, `bylines.txt`, the agencies' words of `credits.txt`).
//! Leaves: people of one name; whether somebody is called Paris.

use super::when;
use super::words::squeeze;
use crate::lexicon::{self, Classes};
use crate::read::wording;
use crate::vocabulary::FIRST_NAMES;
use std::sync::LazyLock;

static WORDS: LazyLock<Classes> =
    LazyLock::new(|| lexicon::classes(include_str!("../../../lang/authors.txt")));

/// Longest author field or line that is looked at, in bytes.
const LONGEST: usize = 400;

/// Names in a field that states authors.
pub(super) fn stated(field: &str) -> Vec<String> {
    let field = squeeze(field);
    let line = without_lead(&field)
        .trim_matches(|c: char| matches!(c, ',' | ';' | '|' | '"' | '-' | ':') || c.is_whitespace());
    let is_address = line.contains("://") || line.starts_with("www.") || line.starts_with(['@', '{', '(']);
    if line.is_empty() || field.len() > LONGEST || is_address || WORDS.hold("filler", &line.to_lowercase()) {
        return Vec::new();
    }
    if let Some(name) = turned(line) {
        return vec![name];
    }
    let parts: Vec<&str> = parted(line).collect();
    let is_several = parts.len() > 1 && parts.iter().all(|part| part.split(' ').count() <= 5);
    // What follows a name and is one word with a capital is a place.
    let is_place =
        |part: &str| !part.contains(' ') && part.chars().count() > 5 && part.starts_with(char::is_uppercase);
    let follows = |(at, part): &(usize, &str)| *at == 0 || !(is_role(part) || is_place(part));
    let names: Vec<String> = match is_several {
        true => parts.into_iter().enumerate().filter(follows).map(|(_, part)| tidy(part)).collect(),
        false => vec![tidy(line)],
    };
    names.into_iter().filter(|name| is_name(name)).collect()
}

/// "Ruiz, Ana" the right way round.
fn turned(line: &str) -> Option<String> {
    let (last, first) = line.split_once(", ")?;
    let is_one = |word: &str| !word.contains([' ', ',', '.']) && word.chars().any(char::is_lowercase);
    let is_turned = is_one(last)
        && !is_role(first)
        && first.split(' ').count() <= 2
        && FIRST_NAMES.contains_key(first.split(' ').next()?)
        && !first.contains(',');
    is_turned.then(|| format!("{first} {last}"))
}

/// The name in an element that holds an author's name alone; of any form.
pub(super) fn alone(line: &str) -> Vec<String> {
    let line = squeeze(line);
    let end = line.find(['|', '•', '·', '(', '/', ',']).filter(|&at| at > 0).unwrap_or(line.len());
    let name = without_lead(line[..end].trim());
    let is_short = name.split(' ').count() <= 4 && !name.contains(['?', '!', ':']);
    let is_word = is_lead(name) || is_role(name) && !WORDS.hold("staff", &name.to_lowercase());
    let has_date = name.split(' ').any(|word| when::is_month(word) || word.parse::<u16>().is_ok());
    if is_short && !is_word && !has_date { stated(name) } else { Vec::new() }
}

/// Any name of a field: letters, and not too long.
fn is_name(name: &str) -> bool {
    name.split(' ').count() <= 8
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !(name.contains('@') || name.contains("://"))
        && !WORDS.hold("filler", &name.to_lowercase())
        && !name.rsplit(' ').next().is_some_and(|last| last != name && is_lead(last))
}

/// Without what is not the name: an address, a note in brackets, an agency behind a stroke.
fn tidy(name: &str) -> String {
    let end = name.find([';', '|', '(', '<', '\u{2022}']).filter(|&at| at > 2).unwrap_or(name.len());
    let name = name[..end].trim().trim_end_matches([',', '.', ':', '-', '–']).trim();
    cased(&squeeze(name))
}

/// "ANA RUIZ" as "Ana Ruiz".
fn cased(name: &str) -> String {
    let is_loud =
        name.split(' ').count() >= 2 && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if !is_loud {
        return name.to_owned();
    }
    let mut begins = true;
    name.chars()
        .flat_map(|c| {
            let small = !begins;
            begins = matches!(c, ' ' | '-' | '\'' | '’');
            if small { c.to_lowercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

/// The parts of a line between commas, strokes and words like "and".
fn parted(line: &str) -> impl Iterator<Item = &str> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for (at, c) in line.char_indices() {
        if matches!(c, ',' | ';' | '|' | '&' | '•' | '·' | '、' | '，' | '\n')
            || (c == '/' && line[at..].starts_with("/ "))
        {
            cuts.push((at, at + c.len_utf8()));
        }
    }
    let mut at = 0;
    for word in line.split(' ') {
        if at > 0 && WORDS.hold("join", &word.to_lowercase()) {
            cuts.push((at - 1, at + word.len()));
        }
        at += word.len() + 1;
    }
    cuts.sort_unstable();
    cuts.push((line.len(), line.len()));
    let mut from = 0;
    cuts.into_iter().filter_map(move |(start, end)| {
        let part = line.get(from..start.max(from))?.trim();
        from = end.max(from);
        (!part.is_empty()).then_some(part)
    })
}

/// Whether words tell what somebody is, not who.
fn is_role(words: &str) -> bool {
    words
        .split(' ')
        .any(|word| WORDS.hold("role", &word.to_lowercase()) || wording::is_office_word(&word.to_lowercase()))
}

/// Whether `words` are no more than what begins an author line.
pub(super) fn is_lead(words: &str) -> bool {
    begins_line(squeeze(words).to_lowercase().trim_end_matches(':'))
}

fn begins_line(folded: &str) -> bool {
    wording::is_lead(folded) || WORDS.hold("lead", folded)
}

/// What follows the words that begin an author line.
fn after_lead(line: &str) -> Option<&str> {
    wording::after_words(line, begins_line)
}

/// `line` without the words that begin an author line; the line itself where there are none.
fn without_lead(line: &str) -> &str {
    after_lead(line).unwrap_or(line)
}

/// People named in a line of markup or text. `is_sure`: the element says that it names an author.
pub(super) fn in_line(line: &str, is_sure: bool) -> Vec<String> {
    let line = squeeze(line);
    if line.len() > LONGEST || line.contains("://") {
        return Vec::new();
    }
    let after = after_lead(&line);
    let rest = after.unwrap_or(&line);
    let end = rest
        .find(['|', '•', '·', '(', '[', '@', '/', '\u{2022}', '\n'])
        .into_iter()
        .chain(
            [
                " – ", " — ", " - ", " in ", " for ", " at ", " am ", " vom ", " on ", " le ", " den ",
                " für ", " im ", ": ",
            ]
            .iter()
            .filter_map(|stroke| rest.find(stroke)),
        )
        .chain(rest.find(|c: char| c.is_numeric()))
        .filter(|&at| at > 0)
        .min()
        .unwrap_or(rest.len());
    let parts: Vec<&str> = parted(&rest[..end]).collect();
    let joined = rest[..end]
        .split(' ')
        .filter(|word| WORDS.hold("join", &word.to_lowercase()) || *word == "&")
        .count()
        > 0;
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let part = tidy(part);
        let is_next = at > 0 && !joined && !is_known(&part);
        if is_person(&part, after.is_some() || is_sure) && !is_next {
            found.push(part);
        } else if at == 0 {
            break;
        }
    }
    found
}

/// Whether a name begins with a first name.
fn is_known(name: &str) -> bool {
    name.split([' ', '-']).next().is_some_and(|first| FIRST_NAMES.contains_key(first))
}

/// Whether words read as a person's name. `is_told`: what stands around says that they should.
fn is_person(name: &str, is_told: bool) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let is_east =
        |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}');
    if is_told
        && words.len() <= 2
        && (2..=5).contains(&words[0].chars().count())
        && words[0].chars().all(is_east)
    {
        return words.len() == 1 || WORDS.hold("role", words[1]);
    }
    let is_of =
        |class: &str| words.iter().any(|word| WORDS.hold(class, &word.to_lowercase().replace('.', "")));
    let is_letter =
        |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'' | '‘' | '\u{300}'..='\u{36F}');
    let is_capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    // "de", "van der" and the like are small.
    let capitals = words.iter().filter(|word| is_capital(word)).count();
    (2..=5).contains(&words.len())
        && !is_of("staff")
        && !is_of("role")
        && !words.iter().any(|word| wording::is_office_word(&word.to_lowercase()))
        && !words[1..].iter().any(|word| when::is_month(word))
        && words.iter().all(|word| word.chars().all(is_letter) && word.chars().count() <= 20)
        && capitals * 2 >= words.len()
        && is_capital(&words[0])
        && words.last().is_some_and(is_capital)
        && (is_told || is_known(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(in_line(line, false).join("+"), expected, "{line}");
    }

    fn check_field(field: &str, expected: &str) {
        assert_eq!(stated(field).join("+"), expected, "{field}");
    }

    #[test]
    fn bylines() {
        check("By ANA RUIZ and Bo de Vries, Harbour Desk", "Ana Ruiz+Bo de Vries");
        check("Von Karla Lind | 4. März 2025", "Karla Lind");
        check("Par Julie Morel, Paul Roux et Anne Petit", "Julie Morel+Paul Roux+Anne Petit");
        check("By Ana Ruiz, New Harbour", "Ana Ruiz");
        check("By Kestrel staff", "");
        check("Daniel Lind", "Daniel Lind");
        check("Harbour Trust", "");
        check("記者 王小明", "王小明");
    }

    #[test]
    fn fields() {
        check_field("Ana Ruiz", "Ana Ruiz");
        check_field("Ana Ruiz und Bo Lind, ktp", "Ana Ruiz+Bo Lind+ktp");
        check_field("Ruiz, Maria", "Maria Ruiz");
        check_field("admin", "");
        check_field("https://tide.example/ana", "");
        check_field("By Ana Ruiz (Harbour Press)", "Ana Ruiz");
        check_field("Tide Newsroom", "Tide Newsroom");
    }
}
