//! Reads German noun phrases, and finds the subject of a verb.
//!
//! In: a line and the place of a verb. Out: the [`Phrase`] that is its subject. Method: nouns and names are
//! written large, so a phrase is an article, adjectives and a run of capitals, with the genitives and "von"
//! behind it. In a main clause the verb stands second: its subject is what stands before it, or, where that
//! is an adverbial, the first phrase behind it that is in no other case. In a clause that a conjunction
//! begins, the subject stands behind the conjunction.
//! Leaves: the case of names; subjects between a verb and its object.

use super::super::narration::{Line, Part};
use super::super::speaker::Phrase;
use super::words::{self, is};

/// Longest phrase, in items.
const LONGEST: usize = 30;
/// Longest string between marks that is a name, in bytes.
const LONGEST_NAME: usize = 48;

/// What may stand between an article and a participle.
const ADVERBS: [&str; 10] = [
    "nicht",
    "bisher",
    "bislang",
    "erst",
    "gerade",
    "kürzlich",
    "jüngst",
    "damals",
    "inzwischen",
    "ebenfalls",
];

/// A noun phrase as far as it is read.
struct Reader<'a, 'b> {
    line: &'a Line<'b>,
    start: usize,
    limit: usize,
    /// Behind the last noun or name.
    end: usize,
    /// A noun must follow: behind an article, an adjective, "von".
    is_open: bool,
    /// An article or adjective stands in it, so that "der" may be a genitive.
    is_described: bool,
}

/// The noun phrase or pronoun that begins at `start`, not further right than `limit`.
pub fn starting_at(line: &Line, start: usize, limit: usize) -> Option<Phrase> {
    let limit = limit.min(line.items.len()).min(start + LONGEST);
    if start >= limit {
        return None;
    }
    let word = line.word(start);
    let pronoun = || is("pronoun", word).then_some(Phrase { start, end: start + 1 });
    if is("pronoun", word) && !is("determiner", word) {
        return pronoun();
    }
    let is_name = line.is_capital(start) && !is_small_word(word) || is_small_compound(line, start);
    if !is_name && !is("determiner", word) && !is_adjective(line, start) && !opens(line, start) {
        return None;
    }
    let mut reader = Reader { line, start, limit, end: start, is_open: true, is_described: false };
    let mut at = start;
    while at < limit {
        match reader.step(at) {
            Some(next) => at = next,
            None => break,
        }
    }
    let end = reader.end;
    if end > start { Some(Phrase { start, end }) } else { pronoun() }
}

/// "dpa-Meldung": small letters before a hyphen and a capital.
fn is_small_compound(line: &Line, at: usize) -> bool {
    line.is_word(at) && line.word(at + 1) == "-" && touches(line, at) && line.is_capital(at + 2)
}

/// A number or a name between marks can begin a phrase.
fn opens(line: &Line, at: usize) -> bool {
    let item = &line.items[at];
    item.part == Part::Number || matches!(item.part, Part::Quote(_)) && item.span.len() <= LONGEST_NAME
}

/// The same with the name or description that a comma brings: "ein Sprecher der Polizei, Ole Brandt".
pub fn starting_at_with_name(line: &Line, start: usize, limit: usize) -> Option<Phrase> {
    let phrase = starting_at(line, start, limit)?;
    let name = apposition(line, phrase.end, limit).filter(|name| line.is_capital(name.start));
    let is_described = !line.is_capital(phrase.start) || is("determiner", line.word(phrase.start));
    Some(Phrase { start, end: name.filter(|_| is_described).map_or(phrase.end, |name| name.end) })
}

/// The phrase between the comma at `comma` and the next one, or the end of the sentence, if it is a phrase
/// and nothing else.
pub fn apposition(line: &Line, comma: usize, limit: usize) -> Option<Phrase> {
    let begin = comma + 1;
    if !line.is_comma(comma)
        || begin >= limit
        || is("relative", line.word(begin)) && !line.is_capital(begin + 1)
    {
        return None;
    }
    let phrase = starting_at(line, begin, limit)?;
    let ends = phrase.end >= line.end() || matches!(line.word(phrase.end), "," | ":" | ".");
    (ends && !is("pronoun", line.word(begin))).then_some(phrase)
}

impl Reader<'_, '_> {
    /// The item behind the one at `at`, if the phrase goes on with that.
    fn step(&mut self, at: usize) -> Option<usize> {
        match self.line.items[at].part {
            Part::Word => self.word(at),
            Part::Number => self.number(at),
            Part::Mark => self.mark(at),
            Part::Quote(_) => self.quote(at),
        }
    }

    fn take(&mut self, at: usize) -> Option<usize> {
        self.end = at + 1;
        self.is_open = false;
        Some(at + 1)
    }

    fn word(&mut self, at: usize) -> Option<usize> {
        let line = self.line;
        let word = line.word(at);
        let is_small = !line.is_capital(at) || is_small_word(word) && self.is_open;
        if !is_small {
            let is_time = is("time", word) && !self.is_open;
            return if is_time { None } else { self.take(at) };
        }
        if is_small_compound(line, at) {
            self.is_open = true;
            return Some(at + 1);
        }
        if is_joined(line, at) {
            // "US-amerikanische", "35-jährige"
            self.is_open = true;
            self.is_described = true;
            return Some(at + 1);
        }
        if self.is_open { self.before_noun(at) } else { self.behind_noun(at) }
    }

    /// Articles and adjectives.
    fn before_noun(&mut self, at: usize) -> Option<usize> {
        let word = self.line.word(at);
        let joins = word == "und" && at > self.start && is_adjective(self.line, at + 1);
        let is_particle = at > self.start && is("particle", word) && self.line.is_capital(at + 1);
        let is_behind_article = at > self.start && is("determiner", self.line.word(at - 1));
        if is("preposition", word) && is_behind_article {
            return self.past_attribute(at);
        }
        // "der nicht an der Studie beteiligte", "der erst gewählte"
        if is_behind_article && ADVERBS.contains(&word) {
            let next = at + 1;
            let is_attribute = is("preposition", self.line.word(next));
            return match is_attribute {
                true => self.past_attribute(next),
                false => is_adjective(self.line, next).then_some(next),
            };
        }
        let is_second = at > self.start && is_article(self.line.word(at - 1)) && is_article_like(word);
        let fits =
            is("determiner", word) && !is_second || is_adjective(self.line, at) || joins || is_particle;
        self.is_described |= is("determiner", word) || is_adjective(self.line, at);
        fits.then_some(at + 1)
    }

    /// "die am Montag gewählte", "einer vom Rat veröffentlichten": the participle at the end of an attribute.
    fn past_attribute(&self, at: usize) -> Option<usize> {
        let is_participle = |place: &usize| {
            *place > at + 1 && is_adjective(self.line, *place) && self.line.is_capital(*place - 1)
        };
        let end = self.limit.min(at + 9);
        let plain = (at..end).take_while(|place| !self.line.is_comma(*place));
        plain
            .filter(is_participle)
            .find(|place| self.line.is_capital(place + 1) || is_adjective(self.line, place + 1))
    }

    /// Genitives, "von", and further phrases behind "und".
    fn behind_noun(&mut self, at: usize) -> Option<usize> {
        let line = self.line;
        let word = line.word(at);
        let is_genitive = is("genitive", word) && (self.is_described || matches!(word, "des" | "eines"));
        let is_name_part = is("particle", word) && line.is_capital(at + 1) && !self.is_described;
        let joins = matches!(word, "und" | "sowie") && self.goes_on_with_phrase(at + 1);
        let is_tied = (is_genitive || is("attribute", word)) && self.goes_on_with_phrase(at + 1);
        if !(is_tied || joins || is_name_part && !matches!(word, "der" | "den" | "zu" | "zur")) {
            return None;
        }
        self.is_open = true;
        Some(at + 1)
    }

    fn goes_on_with_phrase(&self, at: usize) -> bool {
        let line = self.line;
        at < self.limit
            && (line.is_capital(at) && !is("time", line.word(at))
                || is("determiner", line.word(at))
                || is_adjective(line, at)
                || opens(line, at))
    }

    fn number(&mut self, at: usize) -> Option<usize> {
        if self.is_open {
            self.is_described = true;
            return Some(at + 1);
        }
        // "Norwick 96", and not "laut Polizei 40 Menschen"
        let is_short = self.line.items[at].span.len() <= 2;
        let counts = self.line.is_capital(at + 1) || matches!(self.line.word(at + 1), "." | "%");
        if is_short && !counts { self.take(at) } else { None }
    }

    fn mark(&mut self, at: usize) -> Option<usize> {
        let line = self.line;
        let is_tied = at > self.start && touches(line, at - 1) && touches(line, at);
        match line.word(at) {
            "-" | "/" | "&" | "'" | "‑" if is_tied => Some(at + 1),
            "." if at > self.start && touches(line, at - 1) && self.is_short(at - 1) => Some(at + 1),
            "(" if !self.is_open => {
                let end = (at + 1..(at + 9).min(self.limit)).find(|place| line.word(*place) == ")")?;
                self.take(end)
            }
            _ => None,
        }
    }

    /// An initial, an abbreviation or a number: what a full stop belongs to.
    fn is_short(&self, at: usize) -> bool {
        let word = self.line.word(at);
        let is_initial = self.line.is_capital(at) && word.chars().count() == 1;
        let is_ordinal = self.line.items[at].part == Part::Number && self.is_open;
        (is_initial || is_ordinal || words::ABBREVIATIONS.contains(word)) && self.line.is_word(at + 2)
    }

    fn quote(&mut self, at: usize) -> Option<usize> {
        let is_short = self.line.items[at].span.len() <= LONGEST_NAME;
        let is_named = !self.is_open || self.is_described || at == self.start;
        if is_short && is_named { self.take(at) } else { None }
    }
}

/// "der", "die", "das" and their cases.
fn is_article(word: &str) -> bool {
    matches!(word, "der" | "die" | "das" | "dem" | "den" | "des")
}

/// What no article stands before: "die ihrer" is no phrase.
fn is_article_like(word: &str) -> bool {
    is_article(word) || ["sein", "ihr", "ein", "kein", "unser"].iter().any(|begin| word.starts_with(begin))
}

/// Whether no white space stands between the item and the next.
fn touches(line: &Line, at: usize) -> bool {
    match (line.items.get(at), line.items.get(at + 1)) {
        (Some(item), Some(next)) => item.span.end() == next.span.start(),
        _ => false,
    }
}

/// Whether a hyphen joins the word to what stands before.
fn is_joined(line: &Line, at: usize) -> bool {
    at > 1 && matches!(line.word(at - 1), "-" | "‑") && touches(line, at - 1) && touches(line, at - 2)
}

/// Words that are small but at the head of a sentence.
fn is_small_word(word: &str) -> bool {
    ["determiner", "pronoun", "preposition", "subordinator", "adverb", "coordinator", "auxiliary"]
        .iter()
        .any(|class| is(class, word))
}

/// A word in small letters with the ending of an adjective that stands before its noun.
fn is_adjective(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let is_inflected = ["e", "en", "er", "es", "em"].iter().any(|end| word.ends_with(end)) && word.len() > 3;
    let is_head = at == 0 && line.is_capital(0) && !line.is_capital(1);
    line.is_word(at)
        && (!line.is_capital(at) || is_head)
        && is_inflected
        && !is_small_word(word)
        && !is("object-pronoun", word)
        && (!words::is_finite(word) || line.is_capital(at + 1))
}

/// Whether a verb with a subject stands in the items from `from` to before `to`.
pub fn holds_finite(line: &Line, from: usize, to: usize) -> bool {
    (from..to).any(|at| is_finite(line, at))
}

/// Whether the word at `at` is a verb with a subject. A word in front of a noun is an adjective.
pub fn is_finite(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    let is_small = line.is_word(at) && (!line.is_capital(at) || at == 0);
    let is_led = at == 0 && word.ends_with('e')
        || at > 0 && (is("determiner", line.word(at - 1)) || is_adjective(line, at - 1));
    let is_attribute = !is("auxiliary", word) && line.is_capital(at + 1) && is_led;
    let is_infinitive = at > 0 && line.word(at - 1) == "zu";
    // "Teile des Daches": a noun that opens a sentence, no subjunctive.
    let is_opener = at == 0 && word.ends_with('e') && !is("auxiliary", word);
    is_small && words::is_finite(word) && !is_attribute && !is_infinitive && !is_opener
}

/// Where the clause begins that the verb at `verb` stands in: behind the mark or joining word before it.
pub fn clause_start(line: &Line, verb: usize) -> usize {
    let mut at = verb;
    while at > 0 {
        let word = line.word(at - 1);
        if matches!(word, ";" | ":" | "–" | "—" | "…" | "!" | "?") || is_own_words(line, at - 1) {
            return at;
        }
        if line.is_comma(at - 1) {
            let aside = if at == verb { before_aside(line, at - 1) } else { None };
            return aside.unwrap_or(at);
        }
        let joins = is("coordinator", word) && holds_finite(line, floor(line, at - 1), at - 1);
        if joins {
            return at;
        }
        at -= 1;
    }
    0
}

/// Words between marks that are no part of a phrase or clause around them.
pub fn is_own_words(line: &Line, at: usize) -> bool {
    let is_worked_in = at > 0 && line.is_word(at - 1) && !line.is_comma(at + 1);
    let is_short = at > 0 && line.is_word(at - 1) && line.items[at].span.len() <= LONGEST_NAME;
    line.quote(at).is_some() && !is_worked_in && !is_short
}

/// Behind the last comma or mark before `at`.
fn floor(line: &Line, at: usize) -> usize {
    let parts = |place: &usize| {
        matches!(line.word(*place), "," | ";" | ":" | "–" | "—") || is_own_words(line, *place)
    };
    (0..at).rev().find(parts).map_or(0, |place| place + 1)
}

/// "Mira Holt, die das Amt leitet, sagte": the comma at `comma` ends an aside; where the phrase before it
/// begins.
fn before_aside(line: &Line, comma: usize) -> Option<usize> {
    let aside = floor(line, comma);
    let opening = aside.checked_sub(1).filter(|at| line.is_comma(*at))?;
    let start = floor(line, opening);
    let is_relative = is("relative", line.word(aside)) || is("preposition", line.word(aside));
    let is_aside = is_relative || !holds_finite(line, aside, comma);
    let is_phrase = start < opening && !holds_finite(line, start, opening);
    (is_aside && is_phrase && !is("subordinator", line.word(start))).then_some(start)
}

/// The subject of the verb at `verb`.
pub fn subject(line: &Line, verb: usize) -> Option<Phrase> {
    subject_within(line, verb, 3)
}

fn subject_within(line: &Line, verb: usize, depth: usize) -> Option<Phrase> {
    let start = clause_start(line, verb);
    if start == verb {
        let is_elided = verb > 0 && is("coordinator", line.word(verb - 1));
        let earlier = || (0..verb.saturating_sub(1)).rev().take(60).find(|at| is_finite(line, *at));
        return match is_elided && depth > 0 {
            true => subject_within(line, earlier()?, depth - 1),
            false => behind(line, verb),
        };
    }
    if let Some(phrase) = of_subordinate(line, start, verb) {
        return Some(phrase);
    }
    let start = past_focus(line, start, verb);
    if is_adverbial(line, start, verb) {
        return behind(line, verb);
    }
    starting_at_with_name(line, start, verb).or_else(|| behind(line, verb))
}

/// "weil die Holt sagte", "die Holt, die sagte".
fn of_subordinate(line: &Line, start: usize, verb: usize) -> Option<Phrase> {
    let word = line.word(start);
    let is_behind_comma = start > 0 && line.is_comma(start - 1);
    // "Als Grund nannte er …" is no clause, and its verb is not the last word.
    let is_last = line.is_comma(verb + 1) || is_finite(line, verb + 1) || verb + 1 >= line.end();
    if word == "als" && !is_last {
        return None;
    }
    if is("subordinator", word) && (is_behind_comma || start == 0 || is("coordinator", line.word(start - 1)))
    {
        return first_nominative(line, start + 1, verb);
    }
    let is_relative = is_behind_comma && is("relative", word) && !line.is_capital(start + 1) && start > 1;
    if is_behind_comma && is("preposition", word) && is("relative", line.word(start + 1)) {
        return first_nominative(line, start + 2, verb);
    }
    if !is_relative || is_second(line, start, verb) {
        return None;
    }
    let is_oblique = matches!(word, "dem" | "den" | "denen" | "dessen" | "deren" | "wo" | "wobei" | "was")
        || is("pronoun", line.word(start + 1));
    if is_oblique {
        return first_nominative(line, start + 1, verb);
    }
    ending_at(line, start - 1).or(Some(Phrase { start, end: start + 1 }))
}

/// Whether a clause that depends on another begins at `at`, behind a comma: "die …", "in der …", "weil …".
pub fn depends(line: &Line, at: usize) -> bool {
    let is_article = |at: usize| starting_at(line, at, line.end()).is_some_and(|phrase| phrase.end > at + 1);
    let is_relative = |at: usize| is("relative", line.word(at)) && !is_article(at);
    let is_purpose = matches!(line.word(at), "um" | "ohne" | "statt" | "anstatt" | "bis");
    at > 0
        && line.is_comma(at - 1)
        && (is("subordinator", line.word(at))
            || is_purpose
            || is_relative(at)
            || is("preposition", line.word(at)) && is_relative(at + 1))
}

/// "Als die Holt kam, …": the clause ends with its verb.
fn begins_dependent(line: &Line) -> bool {
    let comma = (0..line.end()).find(|at| line.is_comma(*at));
    is("subordinator", line.word(0)) && comma.is_some_and(|comma| comma > 1 && ends_clause(line, comma - 1))
}

/// A verb, or the infinitive that is also a plural.
fn ends_clause(line: &Line, at: usize) -> bool {
    is_finite(line, at) || words::moods(line.word(at)).has(words::Moods::INFINITIVE)
}

/// The verb of the main clause: the first one that stands in no clause depending on it.
pub fn main_verb(line: &Line) -> Option<usize> {
    let mut at = 0;
    while at < line.end() {
        let opens = at == 0 && begins_dependent(line) || depends(line, at);
        if opens && !(is("adverb", line.word(at)) && is_finite(line, at + 1)) {
            at = (at..line.end()).find(|place| line.is_comma(*place))? + 1;
        } else if is_finite(line, at) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

/// Whether one word or phrase stands before the verb, as in a main clause.
fn is_second(line: &Line, start: usize, verb: usize) -> bool {
    starting_at(line, start, verb).is_some_and(|phrase| phrase.end == verb)
}

/// Past "auch", "und", "aber" at the head of a clause.
pub fn past_focus(line: &Line, mut at: usize, limit: usize) -> usize {
    while at + 1 < limit && is("focus", line.word(at)) {
        at += 1;
    }
    at
}

/// Whether what stands before the verb is no subject: "Am Montag", "Dazu", "Dem Blatt", "Wörtlich".
fn is_adverbial(line: &Line, start: usize, verb: usize) -> bool {
    let word = line.word(start);
    let is_alone = start + 1 == verb;
    let is_manner = is_alone && ["lich", "end", "weise", "ig"].iter().any(|end| word.ends_with(end));
    let is_object = is_alone && matches!(word, "das" | "dies" | "es" | "dieses");
    is("preposition", word)
        || is("adverb", word)
        || is("subordinator", word)
        || is("oblique", word)
        || is("time", word)
        || is_manner
        || is_object
        || line.items[start].part == Part::Number && line.word(start + 1) == "uhr"
}

/// The subject behind its verb, before the next comma or mark.
pub fn behind(line: &Line, verb: usize) -> Option<Phrase> {
    first_nominative(line, verb + 1, clause_limit(line, verb + 1))
}

/// The first item from `from` on that ends a clause.
pub fn clause_limit(line: &Line, from: usize) -> usize {
    let ends = |at: &usize| matches!(line.word(*at), "," | ";" | ":" | "–" | "—" | "“" | "”");
    let end = (from..line.end()).find(ends).unwrap_or_else(|| line.end());
    // A name may go on behind the comma.
    if line.is_comma(end) { (end + 12).min(line.end()) } else { end }
}

/// The first phrase from `from` on that can be a subject.
fn first_nominative(line: &Line, from: usize, limit: usize) -> Option<Phrase> {
    let mut at = from;
    while at < limit {
        let word = line.word(at);
        let owns = is("determiner", word) && line.is_capital(at + 1);
        let next = if is("preposition", word) {
            past_phrase(line, at + 1, limit)
        } else if is("oblique", word) {
            past_phrase(line, at, limit)
        } else if is("adverb", word) || is("object-pronoun", word) && !owns || is("time", word) {
            at + 1
        } else if line.items[at].part == Part::Number && is("time", line.word(at + 1)) {
            at + 2
        } else {
            break;
        };
        at = next;
    }
    let is_verb = at < limit && is_finite(line, at);
    if at >= limit || is_verb || is("subordinator", line.word(at)) {
        return None;
    }
    starting_at_with_name(line, at, limit)
}

fn past_phrase(line: &Line, at: usize, limit: usize) -> usize {
    let phrase = starting_at(line, at, limit);
    phrase.map_or(at + 1, |phrase| phrase.end.max(at + 1))
}

/// The phrase that ends before `end`: "Berichten" in "Berichten zufolge", "die Holt" before a relative
/// clause.
pub fn ending_at(line: &Line, end: usize) -> Option<Phrase> {
    let floor = floor(line, end).max(end.saturating_sub(LONGEST));
    let starts = |at: &usize| starting_at(line, *at, end).is_some_and(|phrase| phrase.end == end);
    let start = (floor..end).find(starts)?;
    Some(Phrase { start, end })
}
