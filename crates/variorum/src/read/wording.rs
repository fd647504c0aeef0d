//! Tells furniture from news by its wording: bylines, date lines, credits, sign-up lines, legal lines, teasers.
//!
//! In: one line or paragraph. Out: what kind of furniture it is, or `None` where its words do not say.
//! The lists lie in `furniture.txt`, `credits.txt`, `bylines.txt` and `months.txt` of `lang/` (many languages) and
//! `lang/en/`, and in `lang/site-words.txt`; a few small words that join names or part times stand in the code. The rest
//! is shape: capital letters, slashes, separators, a closing full stop.
//! Leaves: what only the place in the page can tell (see `lines.rs` and `html/`).

use super::months;
use crate::lexicon::{self, Words};
use crate::model::BlockKind;
use crate::vocabulary::ABBREVIATIONS;
use std::sync::LazyLock;

mod credited;
mod furniture;

pub(crate) use credited::credited;
pub(super) use furniture::{after_embed_lead, furniture, furniture_in, glance, is_site_talk};

/// The words of credits and of bylines in all languages: the English lists begin with the name of the list, the others
/// with the language before it; the last column is the word.
fn column(lists: [&'static str; 2], name: &str) -> Words {
    let word = |row: &'static str| {
        let (list, words) = row.split_once('\t')?;
        (list.trim() == name).then(|| words.rsplit('\t').next().unwrap_or_default().trim())
    };
    let english = lexicon::entries(lists[0]).filter_map(word);
    let others = lexicon::entries(lists[1]).filter_map(|row| word(row.split_once('\t')?.1));
    Words::of(others.chain(english))
}

const CREDITS: [&str; 2] =
    [include_str!("../../lang/en/credits.txt"), include_str!("../../lang/credits.txt")];
const BYLINES: [&str; 2] =
    [include_str!("../../lang/en/bylines.txt"), include_str!("../../lang/bylines.txt")];
static CREDIT_NAMES: LazyLock<Words> = LazyLock::new(|| column(CREDITS, "name"));
static CREDIT_WORDS: LazyLock<Words> = LazyLock::new(|| column(CREDITS, "word"));
static SOURCE_LABELS: LazyLock<Words> = LazyLock::new(|| column(CREDITS, "source"));
static CREDIT_LABELS: LazyLock<Words> = LazyLock::new(|| column(CREDITS, "label"));
static LEADS: LazyLock<Words> = LazyLock::new(|| column(BYLINES, "lead"));
static ROLES: LazyLock<Words> = LazyLock::new(|| column(BYLINES, "role"));
static SECTIONS: LazyLock<Words> = LazyLock::new(|| column(BYLINES, "section"));
static DATE_WORDS: LazyLock<Words> = LazyLock::new(|| column(BYLINES, "date"));
static WEEKDAYS: LazyLock<Words> = LazyLock::new(|| column(BYLINES, "weekday"));

/// Whether `word` (small letters, no full stop) is a day of the week.
fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(word)
}

/// How many words `line` has; of scripts that put no space between words two characters are one.
pub(super) fn count(line: &str) -> usize {
    if !is_simple(line) {
        return line.split_whitespace().map(word_count).sum();
    }
    let bytes = line.as_bytes();
    let Some((first, behind)) = bytes.split_first() else { return 0 };
    // Counted in bytes, many at once.
    let pairs = bytes.chunks(255).zip(behind.chunks(255));
    let starts = pairs.map(|(before, here)| {
        before
            .iter()
            .zip(here)
            .fold(0_u8, |count, (before, here)| count + u8::from(is_space(*before) & !is_space(*here)))
    });
    usize::from(!is_space(*first)) + starts.map(usize::from).sum::<usize>()
}

/// Whether an ASCII character is white space.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn word_count(word: &str) -> usize {
    if word.is_ascii() {
        return 1;
    }
    let letters = word.chars().filter(|&c| c.is_alphanumeric()).count();
    let unspaced = word.chars().filter(|&c| is_unspaced(c)).count();
    if unspaced == 0 { 1 } else { unspaced.div_ceil(2) + usize::from(letters > unspaced) }
}

/// Han, kana, Thai, Lao, Khmer and Burmese letters: no space parts their words.
fn is_unspaced(c: char) -> bool {
    c >= '\u{0E00}'
        && matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// Small letters, straight apostrophes, single spaces.
pub(super) fn plain(line: &str) -> String {
    if let Some(folded) = plain_simple(line) {
        return folded;
    }
    let mut folded = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&crate::token::fold(word));
    }
    folded
}

/// The same of a line of ASCII and the marks of [`is_mark`]; `None` for any other.
fn plain_simple(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let mut folded = Vec::with_capacity(bytes.len());
    let (mut at, mut was_space) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        let begins = was_space && !folded.is_empty();
        was_space = is_space(byte);
        if was_space {
            continue;
        }
        if begins {
            folded.push(b' ');
        }
        match byte {
            b'`' => return None,
            0xE2 if is_mark(&bytes[at - 1..]) => {
                match bytes[at + 1] {
                    0x98 | 0x99 => folded.push(b'\''),
                    last => folded.extend([0xE2, 0x80, last]),
                }
                at += 2;
            }
            0x80.. => return None,
            byte => folded.push(byte.to_ascii_lowercase()),
        }
    }
    String::from_utf8(folded).ok()
}

/// Whether `bytes` begin with a dash, a curved quotation mark, a bullet or an ellipsis.
fn is_mark(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x90..=0x9F | 0xA2 | 0xA6, ..])
}

/// Whether `text` is of ASCII and the marks of [`is_mark`], so that its letters and digits are those of ASCII alone.
fn is_simple(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(at) = first_beyond_ascii(rest) {
        if !is_mark(&rest[at..]) {
            return false;
        }
        rest = &rest[at + 3..];
    }
    true
}

/// Where the first byte stands that is none of ASCII.
fn first_beyond_ascii(bytes: &[u8]) -> Option<usize> {
    const STEP: usize = 32;
    let (steps, _) = bytes.as_chunks::<STEP>();
    let passed = steps.iter().position(|step| !step.is_ascii()).unwrap_or(steps.len()) * STEP;
    bytes[passed..].iter().position(|byte| !byte.is_ascii()).map(|at| passed + at)
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
    if !starts_like_name(words[0]) || months::is_english(&first) || is_weekday(&first) {
        return false;
    }
    let strange = words.iter().filter(|word| !is_byline_word(word)).count();
    strange == 0 || (has_role && strange <= 4)
}

/// What follows "By" or the like.
pub(super) fn after_lead(line: &str) -> Option<&str> {
    after_words(line, is_lead)
}

/// Whether `words` (small letters) begin an author's line.
pub(super) fn is_lead(words: &str) -> bool {
    LEADS.contains(words)
}

/// What follows the longest words at the beginning of `line` that are `wanted`; these are asked for in small letters.
pub(super) fn after_words(line: &str, wanted: impl Fn(&str) -> bool) -> Option<&str> {
    let line = line.trim_start_matches(['—', '–', '-', '|', ' ']);
    let mut ends = line.char_indices().filter(|(_, c)| LEAD_ENDS.contains(c));
    let begin = ends.nth(LEAD_WORDS - 1).map_or(line, |(at, c)| &line[..at + c.len_utf8()]);
    let length = lead_length(&begin.to_lowercase(), wanted)?;
    Some(line.get(length..)?.trim_start_matches(LEAD_ENDS))
}

/// What parts a lead from the name.
const LEAD_ENDS: [char; 9] = [' ', ':', '\u{a0}', '\t', '：', '／', '/', '・', '｜'];

/// Most of these marks in a lead, with the one behind it.
const LEAD_WORDS: usize = 5;

/// Bytes of the longest words that `folded` begins with and are `wanted`.
fn lead_length(folded: &str, wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let ends = folded.char_indices().filter(|(_, c)| LEAD_ENDS.contains(c)).take(LEAD_WORDS);
    let lengths = ends.flat_map(|(at, c)| [at, at + c.len_utf8()]);
    lengths.filter(|&length| wanted(&folded[..length])).max()
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
        || months::is_english(bare)
        || is_weekday(bare)
}

/// "Ana Ruiz, Chief Reporter", "Kestrel staff": a name, and a role as the last word or behind a comma.
fn is_role_line(line: &str) -> bool {
    if line.ends_with(['.', '?', '!', ':']) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().take(9).collect();
    if !(2..=8).contains(&words.len()) {
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
    let words: Vec<&str> = line.split_whitespace().take(5).collect();
    (2..=4).contains(&words.len())
        && !words.iter().any(|word| is_office_word(word) || SECTIONS.contains(plain(word).as_str()))
        && words.iter().all(|word| {
            starts_like_name(word)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
        })
        && words.iter().any(|word| word.chars().any(char::is_lowercase))
}

/// What parts the name from the date.
const STROKES: [char; 5] = ['|', '•', '·', '–', '—'];

/// Whether one of five signs may stand in `line`, by their last bytes: false for most lines that hold none.
pub(super) fn may_hold(line: &str, signs: [char; 5]) -> bool {
    let mut room = [0; 4];
    let [a, b, c, d, e] = signs.map(|sign| {
        let length = sign.encode_utf8(&mut room).len();
        room[length - 1]
    });
    let bytes = line.as_bytes();
    memchr::memchr3(a, b, c, bytes).is_some() || memchr::memchr2(d, e, bytes).is_some()
}

/// A name and a date parted by a stroke: "Ana Ruiz | 3 March 2025".
pub(super) fn is_name_and_date(line: &str) -> bool {
    if !may_hold(line, STROKES) {
        return false;
    }
    let parts: Vec<&str> = line.split(STROKES).map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.len() >= 2 && is_bare_name(parts[0]) && parts[1..].iter().any(|part| is_date_line(part))
}

/// Whether `line` holds a date or time and nothing else, but for a place before and an agency behind:
/// "Updated 3:14 p.m., Monday, March 3, 2025", "MARLOW, March 3 (Kestrel Wire)".
pub(super) fn is_date_line(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    // Without a number a date line is short: "Last updated on Monday".
    let has_number = line.bytes().any(|byte| byte.is_ascii_digit());
    if !has_number && line.split_whitespace().nth(WORDS_ALONE).is_some() {
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

/// Most words of a date line without a number.
const WORDS_ALONE: usize = 8;

fn is_date_only(line: &str) -> bool {
    let mut is_dated = false;
    let mut words = 0;
    for token in line.split(|c: char| !c.is_alphanumeric() && c != '.').map(|token| token.trim_matches('.')) {
        if token.is_empty() {
            continue;
        }
        let token = crate::token::fold(token);
        let token = &*token;
        words += 1;
        is_dated |= months::is_name(token)
            || is_weekday(token)
            || matches!(
                token,
                "ago" | "today" | "yesterday" | "published" | "updated" | "posted" | "modified"
            )
            || (token.len() == 4 && token.chars().all(|c| c.is_ascii_digit()))
            || (token.contains('.')
                && is_numeric_date(token)
                && token.rsplit('.').next().is_some_and(|year| year.len() == 4));
        let is_known = is_date_number(token)
            || DATE_WORDS.contains(token)
            || token == "read"
            || months::is_name(token)
            || is_weekday(token);
        if !is_known {
            return false;
        }
    }
    is_dated && (2..=25).contains(&words) || (words == 1 && is_numeric_date(&plain(line)))
}

/// "3", "03t14", "3pm", "14h05", "3rd", "3.3.2025".
fn is_date_number(token: &str) -> bool {
    if !token.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let letters: String = token.chars().filter(|c| c.is_alphabetic()).collect();
    token.chars().filter(char::is_ascii_digit).count() <= 8
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
    label_in_brackets(line)
        .or_else(|| labelled(line))
        .or_else(|| marked(line))
        .or_else(|| bracketed(line))
        .or_else(|| fragment(line))
        .or_else(|| appended(line))
}

/// Whether `line` is a sign of copyright with a name and no year, as pictures have it: "© Ana Ruiz/Northlight".
pub(super) fn is_signed_picture(line: &str) -> bool {
    let Some(name) = line.strip_prefix('©') else { return false };
    let has_year = name.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 4);
    let is_name = name.trim_start().starts_with(char::is_alphabetic);
    let is_reserved = matches!(furniture(name.trim_start()), Some(BlockKind::Legal | BlockKind::Note));
    !has_year && !is_reserved && (1..=8).contains(&count(name)) && is_name && !line.ends_with('.')
}

/// Whether `line` is a label with a colon and a name, and no more: "Photo: Ana Ruiz".
///
/// A label that may name the source of a text as well ("Source: …") does not count.
pub(super) fn is_labelled_credit(line: &str) -> bool {
    let Some((label, _)) = line.split_once([':', '：', '=', '＝', '／']) else { return false };
    let label = plain(label.trim_start_matches(['(', '[', '（']));
    labelled(line).or_else(|| marked(line)) == Some(0)
        && !SOURCE_LABELS.contains(label.trim())
        && is_whom(credited(line))
}

/// Whether words name a person or an agency and no more.
fn is_whom(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let is_named = is_name_like(words) && count <= 6 || has_slashed_name(words) || names_agency(words);
    is_named && !words.ends_with(['.', '!', '?']) || (count <= 3 && words.starts_with(is_unspaced))
}

/// Whether `line` is a name in brackets and no more: "(Ana Ruiz)".
pub(super) fn is_in_brackets(line: &str) -> bool {
    let inner = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.is_some_and(|inner| !inner.contains(['(', ')']) && is_name_like(inner))
}

/// Whether a paragraph begins with a name and tells what its bearer does for the paper.
pub(super) fn is_biography(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(14).collect();
    let is_named = words.len() >= 4 && words[..2].iter().all(|word| starts_like_name(word));
    is_named
        && words[2..].iter().any(|word| {
            let folded = plain(word);
            ROLES.contains(folded.trim_matches(|c: char| !c.is_alphanumeric()))
        })
}

/// Whether a full stop behind `word` is part of it: a day's number, an initial, a short form ("Dec", "Gen").
pub(super) fn is_cut_word(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    let is_day = (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    is_initial || is_day || ABBREVIATIONS.contains(word)
}

/// Whether a few words read as a name: capitalised all but small words between them, with no full stop behind them.
pub(super) fn is_name_like(words: &str) -> bool {
    let is_small = |word: &str| word.chars().count() <= 3 && !word.ends_with('.');
    let mut all = words.split_whitespace();
    let is_begun = all
        .next()
        .is_some_and(|word| may_start_name(word) && !word.starts_with(|c: char| c.is_ascii_digit()));
    is_begun
        && !words.ends_with(['.', '!', '?', '。', ':', ',', ')'])
        && all.all(|word| may_start_name(word) || is_small(word))
}

/// Longest credit, in words.
const CREDIT_WORDS_MOST: usize = 12;

/// "… Photo: Ana Ruiz/Northlight", "Image credit: …", "© Ana Ruiz".
fn labelled(line: &str) -> Option<usize> {
    if !may_hold_label(line) {
        return None;
    }
    // One more, which tells whether another word stands before the first.
    let words = last_starts(line, CREDIT_WORDS_MOST + 1);
    let from = words.len().saturating_sub(CREDIT_WORDS_MOST);
    let tail = words.get(from).map_or("", |&start| &line[start..]);
    if !may_hold_label(tail) {
        return None;
    }
    for (at, &start) in words.iter().enumerate().skip(from) {
        let before = line[..start].trim_end();
        let is_set_apart = before.is_empty()
            || before.ends_with(['.', '|', '”', '"', '’', '(', '[', '—', '–', '-', ')', '!', '?', '…']);
        let is_set_apart = is_set_apart || line[start..].starts_with(['(', '[']);
        if line[start..].starts_with('©') && line[start..].len() > '©'.len_utf8() && is_set_apart && at > 0
        {
            return Some(start);
        }
        for length in [3, 2, 1] {
            let Some(&last) = words.get(at + length - 1) else { continue };
            let end = words.get(at + length).copied().unwrap_or(line.len());
            let has_colon = line[last..end].trim_end().ends_with(':');
            // "… at the World Cup Credit: PA": a capital and a colon set a label apart too.
            let is_label = is_set_apart
                || has_colon
                    && length == 1
                    && starts_like_name(&line[start..])
                    && !line.ends_with('.')
                    && words.len() - at <= 6;
            if !is_label {
                continue;
            }
            let label = plain(&line[start..end]);
            let is_by = label.ends_with(" by") || label.ends_with(" of") && label.starts_with("courtesy");
            let name = label.trim_start_matches(['(', '[']).trim_end_matches([':', ' ']);
            if (has_colon || is_by)
                && CREDIT_LABELS.contains(name)
                && (may_start_name(line[end..].trim_start())
                    || line[start..].starts_with('(') && line.ends_with(')'))
            {
                return Some(start);
            }
        }
    }
    None
}

/// Whether `line` holds a colon, a sign of copyright, or a word without which no label ends with "by" or "of".
fn may_hold_label(line: &str) -> bool {
    let bytes = line.as_bytes();
    let ends_word = |end: usize| {
        ["by", "courtesy"].iter().any(|word| {
            let begin = (end + 1).checked_sub(word.len());
            begin.is_some_and(|begin| bytes[begin..=end].eq_ignore_ascii_case(word.as_bytes()))
        })
    };
    // The last byte of "©" is that of other letters too.
    memchr::memchr2(b':', 0xA9, bytes).is_some() || memchr::memchr2_iter(b'y', b'Y', bytes).any(ends_word)
}

/// Longest credit in brackets, in bytes.
const BRACKETED_MOST: usize = 200;

/// "… (Photo: Ana Ruiz / Northlight. Courtesy of the museum)": brackets at the end that begin with a label.
fn label_in_brackets(line: &str) -> Option<usize> {
    let inner = line.strip_suffix(')')?;
    let start = inner.rfind('(').filter(|at| line.len() - at <= BRACKETED_MOST)?;
    let (label, name) = inner[start + 1..].split_once(':')?;
    (may_start_name(name.trim_start()) && CREDIT_LABELS.contains(plain(label).trim())).then_some(start)
}

/// "（写真：共同）", "사진=연합뉴스", "圖／中央社": a label in a script without spaces or with a mark of its own.
fn marked(line: &str) -> Option<usize> {
    let marks = line
        .char_indices()
        .rev()
        .take(MARKED_MOST)
        .filter(|(_, c)| matches!(c, '：' | '=' | '／' | ':' | '＝'));
    for (at, mark) in marks {
        let before = &line[..at];
        let start = before
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
        let label = &before[start..];
        let is_apart = line[..start].trim_end().is_empty() || !line[..start].ends_with(char::is_alphanumeric);
        let has_name = line[at + mark.len_utf8()..].trim().chars().any(char::is_alphanumeric);
        if is_apart && has_name && is_caseless_word(label) && CREDIT_LABELS.contains(label) {
            return Some(start);
        }
    }
    None
}

/// Longest credit with a label of a script without capitals, in characters.
const MARKED_MOST: usize = 30;

/// Whether a word is of a script that has no capitals.
fn is_caseless_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase())
}

/// Whether a name may stand here; in scripts without capitals any word may be one.
fn may_start_name(word: &str) -> bool {
    starts_like_name(word) || is_caseless_word(word)
}

/// What tells how long a film is stands at the end of its caption or before its headline: "… 3 March 2025 | 2:15 min",
/// "2:15 Ferry out of service".
pub(super) fn is_film_line(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let mut last = line.split_whitespace().rev();
    let end = last.next().unwrap_or_default();
    let has_unit =
        matches!(end, "min" | "Min" | "min." | "Min.") && is_duration(last.next().unwrap_or_default());
    let is_headed =
        is_duration(first) && words.next().is_some_and(may_start_name) && !line.ends_with(['.', ':']);
    has_unit || is_headed
}

/// "2:15", "1:02:15"
fn is_duration(word: &str) -> bool {
    let mut parts = word.split(':');
    let first = parts.next().unwrap_or_default();
    let is_number =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = parts.collect();
    let starts = is_number(first, 1) || is_number(first, 2) && rest.len() == 2;
    starts && (1..=2).contains(&rest.len()) && rest.iter().all(|part| is_number(part, 2))
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
    let count = inside.split_whitespace().count();
    let is_named =
        inside.split_whitespace().any(starts_like_name) && (count > 1 || CREDIT_NAMES.contains(inside));
    let is_agency = names_agency(inside) && (is_named || open == 0);
    (count <= 8 && (has_slashed_name(inside) || is_agency)).then_some(open)
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
        let is_long = tail.split_whitespace().count() > CREDIT_WORDS_MOST;
        let is_number = tail.trim_start().starts_with(|c: char| c.is_ascii_digit());
        if !tail.starts_with(char::is_whitespace) || is_long || is_number {
            continue;
        }
        // Behind a stroke may stand the site's name too.
        if is_sure_credit(tail.trim()) || (stop != '|' && is_credit(tail.trim())) {
            found = Some(start);
        }
    }
    found.or_else(|| (is_credit(line) && is_sure_credit(line)).then_some(0))
}

/// "Flooded street in Marl Ana Ruiz/Northlight": names with a stroke at the end, without a full stop before.
fn appended(line: &str) -> Option<usize> {
    if line.ends_with(['.', ':', '?', '!']) {
        return None;
    }
    // A name goes on over three words before the one with the stroke.
    let words = last_starts(line, APPENDED_MOST + 4);
    if words.len() < 3 {
        return None;
    }
    let is_named = |at: usize| starts_like_name(&line[words[at]..]) || line[words[at]..].starts_with("/ ");
    let ends = |at: usize| CREDIT_NAMES.contains(line[words[at]..].trim());
    let least = words.len().saturating_sub(APPENDED_MOST).max(1);
    let slashed = (least..words.len())
        .rev()
        .take_while(|&at| is_named(at) || ends(at))
        .find(|&at| has_slashed_name(&line[words[at]..]))?;
    let mut at = slashed;
    while at > 0 && slashed - at < 3 && starts_like_name(&line[words[at - 1]..]) {
        at -= 1;
    }
    Some(words[at])
}

/// Longest credit that nothing sets apart, in words.
const APPENDED_MOST: usize = 6;

/// Where the last `most` words of `line` begin, in order.
fn last_starts(line: &str, most: usize) -> Vec<usize> {
    let mut starts = Vec::with_capacity(most);
    let mut begin = None;
    for (at, c) in line.char_indices().rev() {
        if !c.is_whitespace() {
            begin = Some(at);
        } else if let Some(at) = begin.take() {
            starts.push(at);
            if starts.len() == most {
                break;
            }
        }
    }
    starts.extend(begin.filter(|_| starts.len() < most));
    starts.reverse();
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
    let is_agency = starts_like_name(after.trim_start()) || CREDIT_NAMES.contains(after.trim());
    !is_web && is_name && is_agency && after.trim().chars().count() >= 2
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
        may_start_name(word)
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
        check("03.03.2025, 09:53 Uhr", "date");
        check("3. März 2025, 14:05 Uhr", "date");
        check("Publié le 3 mars 2025 à 14h05", "date");
        check("3 марта 2025, 14:05", "date");
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
        check("Ana Ruiz, Korrespondentin", "byline");
        check("文／王小明", "-");
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
        check("Lesen Sie auch: Fähre außer Dienst", "related");
        check("Weitere Nachrichten kamen am Montag aus dem Hafen.", "-");
        check("À lire aussi : le bac ne part plus", "related");
        check("Читайте также", "related");
        check("関連記事", "related");
        check("관련기사", "related");
        check("المزيد", "related");
        check("Compartir", "note");
        check("Todos los derechos reservados", "legal");
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
        check("A boat at the cup Credit: AP", "credit Credit: AP");
        check("A boat on Mill Street (Picture: Ana Ruiz)", "credit (Picture: Ana Ruiz)");
        check("A boat in the flood Northlight Photo/Ana B. Ruiz", "credit Northlight Photo/Ana B. Ruiz");
        check(
            "The court sits. (Photo: Northlight Photo / NCJ / Ana de la Ruiz Lind. Courtesy of the old harbour museum)",
            "credit (Photo: Northlight Photo / NCJ / Ana de la Ruiz Lind. Courtesy of the old harbour museum)",
        );
        check("Ein Boot auf der Straße. Foto: Ana Ruiz", "credit Foto: Ana Ruiz");
        check("Une barque dans la rue. Crédit photo : Ana Ruiz", "credit Crédit photo : Ana Ruiz");
        check("Лодка на улице. Фото: Анна Руис", "credit Фото: Анна Руис");
        check("通りのボート（写真：共同）", "credit 写真：共同）");
        check("거리의 보트. 사진=연합뉴스", "credit 사진=연합뉴스");
        check("A boat in the flood, down 30 %. Ana Ruiz/Northlight", "credit Ana Ruiz/Northlight");
        check("He left. She stayed and/or slept", "-");
        check("The dam held, the mayor said.", "-");
        check("Mayor hails the dam", "-");
    }

    #[test]
    fn lines_that_are_credits_wherever_they_stand() {
        assert!(is_labelled_credit("Photo: Ana Ruiz"));
        assert!(is_labelled_credit("Foto: Ana de Ruiz/Northlight"));
        assert!(is_labelled_credit("사진=연합뉴스"));
        assert!(!is_labelled_credit("Video: Mayor hails the dam at the old harbour"));
        assert!(!is_labelled_credit("Source: Northlight"));
        assert!(!is_labelled_credit("Photo: the dam on Monday."));
    }
}
