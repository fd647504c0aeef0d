//! Turns the tagger's names into names with titles, handles and namesakes.
//!
//! In: a report with its words tagged. Out: names in text order, each with a kind. An honorific before a name is its title
//! and makes it a person's; a handle is no person; an account, page or fan club called after a person is not that person;
//! a platform is an organisation. Where the tagger sees nothing, a run of capitalised words that its own form shows to be a body
//! ("Coast Rescue Service", "… (CRS)") or a namesake is a name all the same.
//! Leaves: other names that the tagger does not find.

use super::names::{
    Name, handle, is_function, is_honorific, is_title_case, namesake_end, title_words, words_of,
};
use super::runs;
use crate::model::{Annotated, EntityKind};
use crate::span::Span;
use crate::tagging::{self, Word, names::Kind, pos::Part};
use crate::token::{self, Token};
use crate::vocabulary::{
    CALENDAR, COMMON, FIRST_NAMES, GIVEN_NAMES, HONORIFICS, Lists, NAMESAKE_WORDS, ORGANISATION_WORDS,
    PLACE_WORDS, PLACES, PLATFORMS, ROLES, is_acronym_of, is_namesake_word,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The longest title before a name, in words.
const LONGEST_TITLE: usize = 3;

/// Words for an organisation that a place may be called by too.
const PREMISES: [&str; 16] = [
    "City", "Church", "House", "Capital", "Hospital", "Museum", "Front", "Railway", "Library", "School",
    "College", "Academy", "Court", "Club", "Clinic", "Chamber",
];

/// Words for an organisation that a name goes on behind with "for" or "in".
const TAKES_FOR: [&str; 16] = [
    "Centre",
    "Center",
    "Campaign",
    "Movement",
    "Organization",
    "Organisation",
    "Party",
    "Network",
    "Coalition",
    "Forum",
    "League",
    "Students",
    "Lawyers",
    "Doctors",
    "Administration",
    "Authority",
];

/// The names of `found`, in text order.
pub fn find(found: &Annotated) -> Vec<Name<'_>> {
    let text = &found.report.text;
    let mut names = Vec::new();
    let mut tokens = Vec::new();
    // Sentences, words and names stand in text order: those ahead are begun with.
    let mut words = found.tagged.words.as_slice();
    let mut tagged = found.tagged.names.as_slice();
    for (at, sentence) in found.sentences.iter().enumerate() {
        let passed = words.iter().take_while(|word| word.span.start() < sentence.span.start()).count();
        let own = words[passed..].iter().take_while(|word| word.span.start() < sentence.span.end()).count();
        let (own, rest) = words[passed..].split_at(own);
        words = rest;
        if !own.is_empty() {
            cut(text, own, &sentence.tokens, &mut tokens);
            let reader = Reader { text, sentence: at, tokens: &tokens };
            let first = names.len();
            tagged = reader.read(tagged, &mut names);
            let kind = found.report.blocks[sentence.block].kind;
            if !is_title_case(&tokens, kind) {
                reader.add_bodies(first, &mut names);
            }
        }
    }
    let missed = known_elsewhere(found, &names);
    names.extend(missed);
    names.sort_by_key(|name| name.span);
    names
}

/// Words that the tagger took for no name where they stand, but that name somebody elsewhere in the report: a surname, the first
/// word of a body's name, a name of one word.
fn known_elsewhere<'t>(found: &'t Annotated, names: &[Name<'t>]) -> Vec<Name<'t>> {
    let text = &found.report.text;
    let mut next = 0;
    let mut is_free = |word: &&Word| {
        while names.get(next).is_some_and(|name| name.span.end() <= word.span.start()) {
            next += 1;
        }
        names.get(next).is_none_or(|name| name.span.overlap(word.span) == 0)
    };
    let words = found.tagged.words.iter().filter(|word| word.part == Part::Propn);
    let free: Vec<&Word> = words.filter(|word| is_free(word)).collect();
    let wanted: BTreeSet<&str> = free.iter().map(|word| word.span.of(text)).collect();
    let mut known: BTreeMap<&str, EntityKind> = BTreeMap::new();
    for name in names.iter().filter(|name| !name.is_handle && !name.is_namesake) {
        let word = match (name.kind, name.words.as_slice()) {
            (_, [word]) => word,
            (Some(EntityKind::Person), [.., last]) => last,
            (Some(EntityKind::Organisation), [first, ..]) => first,
            _ => continue,
        };
        if word.len() > 2 && wanted.contains(&**word) && !COMMON.contains(&token::fold(word)) {
            known.entry(word).or_insert(name.kind.unwrap_or(EntityKind::Other));
        }
    }
    let mut missed = Vec::new();
    let mut sentence = 0;
    for word in free {
        let Some(&kind) = known.get(word.span.of(text)) else { continue };
        while found.sentences.get(sentence).is_some_and(|s| s.span.end() <= word.span.start()) {
            sentence += 1;
        }
        missed.push(Name {
            span: word.span,
            words: vec![word.span.of(text).into()],
            title: None,
            kind: Some(kind),
            is_namesake: false,
            is_handle: false,
            opens: false,
            sentence,
        });
    }
    missed
}

/// Puts the tagger's `words` of a sentence into `tokens`; what the sentence's own tokens tell of a word that both cut alike is kept.
fn cut(text: &str, words: &[Word], own: &[Token], tokens: &mut Vec<Token>) {
    tokens.clear();
    let (mut words, mut own) = (words, own);
    while let Some(word) = words.first() {
        let passed = own.iter().take_while(|token| token.span.start() < word.span.start()).count();
        own = &own[passed..];
        let pairs = words.iter().zip(own);
        let alike = pairs.take_while(|(word, token)| word.span == token.span).count();
        if alike == 0 {
            tokens.push(Token::new(text, word.span, token::kind(word.span.of(text))));
        }
        tokens.extend_from_slice(&own[..alike]);
        (words, own) = (&words[alike.max(1)..], &own[alike..]);
    }
}

/// One sentence.
struct Reader<'t, 'a> {
    text: &'t str,
    sentence: usize,
    tokens: &'a [Token],
}

/// How many words the name of a person has at most that is told by its first name.
const LONGEST_PERSON: usize = 3;

impl<'t> Reader<'t, '_> {
    /// Adds the names of the sentence to `names`, given those that the tagger found in it and behind it; returns those behind it.
    fn read<'n>(&self, tagged: &'n [tagging::Name], names: &mut Vec<Name<'t>>) -> &'n [tagging::Name] {
        let mut ahead = tagged;
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let start = token.span.start();
            while ahead.first().is_some_and(|name| name.span.start() < start) {
                ahead = &ahead[1..];
            }
            let name = ahead.first().filter(|name| name.span.start() == start);
            // A platform or short place has a capital, a handle its sign.
            let has_sign = token.kind == token::Kind::Mark && self.text.as_bytes().get(start) == Some(&b'@');
            if name.is_none() && !token.is_capitalised() && !has_sign {
                at += 1;
                continue;
            }
            let behind = &self.tokens[at..];
            let end = name.map_or(at, |name| {
                at + behind.iter().take_while(|t| t.span.end() <= name.span.end()).count()
            });
            if let Some(handle) = has_sign.then(|| self.handle(at)).flatten() {
                names.push(handle);
                at = end.max(at + 1);
            } else if let Some((holder, seat)) = name.and_then(|name| self.behind_office(at, end, name.kind))
            {
                // "Joint Chiefs of Staff Gen. Bo Lind"
                let title = self.title_length(at + 1, holder).unwrap_or(0);
                names.extend(self.name(at, holder - title, seat));
                names.extend(self.name(holder, end, Kind::Person));
                at = end;
            } else if let Some(name) = name.and_then(|name| self.name(at, end, name.kind)) {
                at += behind.iter().take_while(|t| t.span.start() < name.span.end()).count();
                names.push(name);
            } else {
                names.extend(self.platform(at).or_else(|| self.short_place(at)));
                at = end.max(at + 1);
            }
        }
        ahead
    }

    /// Adds bodies and namesakes that stand where `names` from `first` on has nothing, or parts of them alone.
    fn add_bodies(&self, first: usize, names: &mut Vec<Name<'t>>) {
        if !self.may_hold_body() {
            return;
        }
        let mut runs = Vec::new();
        // A run of one token is no name of several words.
        runs::in_sentence(self.text, self.sentence, self.tokens, 2, &mut runs);
        let mut own = names.split_off(first);
        for mut run in runs {
            let from = own.partition_point(|name| name.span.end() <= run.span.start());
            let count = own[from..].partition_point(|name| name.span.start() < run.span.end());
            let is_body = run.words.len() > 1
                && (run.is_namesake || run.kind == Some(EntityKind::Organisation) || self.has_letters(&run));
            // "the Marsh Savers’ Alliance", "the Ana Ruiz Daily account": the tagger sees the parts.
            let is_whole =
                || run.is_namesake || ["s’ ", "s' "].iter().any(|mark| run.span.of(self.text).contains(mark));
            let holds =
                || own[from..from + count].iter().all(|name| run.span.contains(name.span) && is_whole());
            if is_body && !run.is_handle && holds() {
                run.kind = if run.is_namesake { run.kind } else { Some(EntityKind::Organisation) };
                own.splice(from..from + count, [run]);
            }
        }
        names.append(&mut own);
    }

    /// Whether a body or a namesake of several words may stand there: told by one of its words, by letters in brackets, or by "the"
    /// before it.
    fn may_hold_body(&self) -> bool {
        let is_capitalised = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_capitalised());
        let is_article =
            |at: usize| self.tokens.get(at).is_some_and(|token| token.lists.touch(Lists::ARTICLE));
        let bytes = self.text.as_bytes();
        self.tokens.iter().enumerate().any(|(at, token)| {
            let word = || token.of(self.text);
            let lists = token.lists;
            if !token.is_capitalised() {
                return lists.touch(Lists::NAMESAKE) && NAMESAKE_WORDS.contains(word())
                    || token.kind == token::Kind::Mark
                        && bytes.get(token.span.start()) == Some(&b'(')
                        && word() == "(";
            }
            // A word with the stop that the tagger leaves at it is in no list.
            (lists.touch(Lists::BODY) || bytes[token.span.end() - 1] == b'.')
                && ORGANISATION_WORDS.contains(word().trim_end_matches('.'))
                || lists.touch(Lists::NAMESAKE) && is_namesake_word(word())
                || is_capitalised(at + 1)
                    && is_article(at.wrapping_sub(1))
                    && self.word(at - 1).eq_ignore_ascii_case("the")
        })
    }

    /// Whether the letters of the name stand in brackets behind it.
    fn has_letters(&self, name: &Name) -> bool {
        let next = self.tokens.partition_point(|token| token.span.start() < name.span.end());
        self.word(next) == "("
            && self.word(next + 2) == ")"
            && is_acronym_of(self.word(next + 1), &name.words)
    }

    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// A handle, which the tagger's cut leaves whole.
    fn handle(&self, at: usize) -> Option<Name<'t>> {
        let word = self.word(at);
        if word.len() < 2 || !word.starts_with('@') {
            return handle(self.text, self.tokens, at, self.sentence).map(|(name, _)| name);
        }
        Some(self.made(self.tokens[at].span, vec![word.into()], EntityKind::Other, true))
    }

    fn made(&self, span: Span, words: Vec<Cow<'t, str>>, kind: EntityKind, is_handle: bool) -> Name<'t> {
        Name {
            span,
            words,
            title: None,
            kind: Some(kind),
            is_namesake: is_handle,
            is_handle,
            opens: false,
            sentence: self.sentence,
        }
    }

    /// A platform that the tagger took for no name: "on X", "X (formerly Twitter)".
    fn platform(&self, at: usize) -> Option<Name<'t>> {
        let word = self.word(at);
        if !self.tokens[at].is_capitalised() || !PLATFORMS.contains(word) {
            return None;
        }
        let beside = ["on", "via", "platform", "site"].contains(&self.word(at.wrapping_sub(1)))
            || ["post", "posts", "user", "users", "account", "message", "page", "("]
                .contains(&self.word(at + 1));
        (word.len() > 2 && word != "Threads" || beside)
            .then(|| self.made(self.tokens[at].span, vec![word.into()], EntityKind::Organisation, false))
    }

    /// "US", "UK": letters that the list has for a place, not among other words in capitals.
    fn short_place(&self, at: usize) -> Option<Name<'t>> {
        let word = self.word(at);
        let is_loud = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.');
        let is_alone = || !is_loud(self.word(at.wrapping_sub(1))) && !is_loud(self.word(at + 1));
        (word.len() < 5 && is_loud(word) && is_alone() && PLACES.contains(word)).then(|| {
            let kind = if word == "EU" { EntityKind::Organisation } else { EntityKind::Place };
            self.made(self.tokens[at].span, vec![word.into()], kind, false)
        })
    }

    /// The name that the tagger found in `start..end`.
    fn name(&self, start: usize, end: usize, kind: Kind) -> Option<Name<'t>> {
        // "Alliance said: “Nine years" is no title.
        if (start + 1..end).any(|at| self.word(at) == "“") {
            return None;
        }
        let (start, kind) = match (self.holder(start, end), kind_of(kind)) {
            (Some(holder), EntityKind::Organisation) => (holder, EntityKind::Person),
            (_, kind) => match self.behind_short_title(start, end) {
                Some(holder) => (holder, EntityKind::Person),
                None => (start, kind),
            },
        };
        let mut end = self.name_end(start, end, kind);
        let is_joined = |at: usize| {
            at < self.tokens.len() && self.tokens[at - 1].span.end() == self.tokens[at].span.start()
        };
        // "Park Won-soon": no name ends in a hyphen.
        if self.word(end - 1) == "-" && end > start + 2 {
            end = if is_joined(end) { end + 1 } else { end - 1 };
        }
        let kind = self.kind(start, end, kind);
        let mut start = self.name_start(start, end, kind);
        if kind == EntityKind::Person && self.is_first_name(start.wrapping_sub(1), start) {
            start -= 1;
        }
        while kind == EntityKind::Person && self.tokens.get(end).is_some_and(|next| self.is_own_part(*next)) {
            end += 1;
        }
        let mut words = words_of(self.text, &self.tokens[start..end]);
        if self.is_dateline(start, end) {
            words.iter_mut().for_each(|word| *word = with_capital(word).into());
        }
        let first = words.first()?;
        if words.len() == 1 && is_function(self.text, &self.tokens[start..end], first) {
            return None;
        }
        let title = self.title_before(start);
        let is_titled = title.is_some_and(|title| is_honorific(title.of(self.text)));
        let mut span = self.tokens[start].span.cover(self.tokens[end - 1].span);
        let kind = if is_titled && kind != EntityKind::Organisation { EntityKind::Person } else { kind };
        let kind = if PLATFORMS.contains(span.of(self.text)) { EntityKind::Organisation } else { kind };
        let is_person = kind == EntityKind::Person && !is_titled;
        let namesake = if is_person { namesake_end(self.text, self.tokens, end, &words) } else { None };
        if let Some(last) = namesake {
            span = span.cover(self.tokens[last].span);
        }
        let title = title.filter(|_| kind == EntityKind::Person);
        let kind = if namesake.is_some() { EntityKind::Other } else { kind };
        Some(Name { title, is_namesake: namesake.is_some(), ..self.made(span, words, kind, false) })
    }

    /// Where the person begins in an office with its holder that the tagger took for one name: "Deputy Home Secretary Ana Ruiz".
    fn holder(&self, start: usize, end: usize) -> Option<usize> {
        let names_person = |at: &usize| {
            let is_office = self.tokens[at - 1].lists.touch(Lists::ROLE);
            is_office && FIRST_NAMES.contains_key(self.word(*at)) && end - at <= 3
        };
        (start + 1..end.saturating_sub(1)).find(names_person)
    }

    /// Where the person begins that the tagger took for one name with the place or body before, and what that is: "Governor of Alaska
    /// Ana Ruiz", "head of the Rowing Club Ana Ruiz".
    fn behind_office(&self, start: usize, end: usize, kind: Kind) -> Option<(usize, Kind)> {
        let article = usize::from(self.word(start.wrapping_sub(1)).eq_ignore_ascii_case("the"));
        let of = start.checked_sub(article + 1).filter(|&of| of > 0 && self.word(of) == "of")?;
        let is_office = self.tokens[of - 1].lists.touch(Lists::ROLE.and(Lists::TITLE_END));
        let is_person = |&at: &usize| {
            (FIRST_NAMES.contains_key(self.word(at)) || GIVEN_NAMES.get(self.word(at)).is_some())
                && (at..end).all(|at| self.tokens[at].is_capitalised() || self.word(at) == ".")
                && !(at..end).any(|at| ORGANISATION_WORDS.contains(self.word(at)))
                && !PLACE_WORDS.contains(self.word(end - 1))
                && self.tokens[at - 1].is_capitalised()
                && !COMMON.contains(&token::fold(self.word(end - 1)))
        };
        let longest = (start + 1).max(end.saturating_sub(LONGEST_PERSON));
        let holder = (longest..end.saturating_sub(1)).rev().find(is_person).filter(|_| is_office)?;
        let seat = self.tokens[start].span.cover(self.tokens[holder - 1].span).of(self.text);
        match kind {
            Kind::Person | Kind::Place => PLACES.contains(seat).then_some((holder, Kind::Place)),
            Kind::Organisation | Kind::Other => Some((holder, Kind::Organisation)),
            _ => None,
        }
    }

    /// Where the name begins in "Sen. Ana Ruiz", "Lt. Gov. Ruiz": behind a title with a stop, which shows a person whatever the
    /// tagger says.
    fn behind_short_title(&self, start: usize, end: usize) -> Option<usize> {
        let is_short = |length: usize| {
            let tokens = &self.tokens[start..start + length];
            let ends_with_stop = tokens[length - 1].of(self.text).ends_with('.');
            ends_with_stop && HONORIFICS.contains_key(title_words(self.text, tokens).as_str())
        };
        (1..=LONGEST_TITLE + 1).rev().find(|&n| start + n < end && is_short(n)).map(|n| start + n)
    }

    /// What the form of the name shows whatever the tagger says: "Harl United" is no person, "Port Hallam" neither.
    fn kind(&self, start: usize, end: usize, kind: EntityKind) -> EntityKind {
        let (first, last) = (self.word(start), self.word(end - 1));
        if self.is_dateline(start, end) {
            return EntityKind::Place;
        }
        if end < start + 2 || FIRST_NAMES.contains_key(first) {
            return kind;
        }
        // "Won-soon" is a given name, whatever a family name looks like.
        let is_given = end == start + 4 && self.word(end - 2) == "-" && last.chars().all(char::is_lowercase);
        if is_given && kind == EntityKind::Person {
            return kind;
        }
        let is_known_place =
            || PLACES.contains(self.tokens[start].span.cover(self.tokens[end - 1].span).of(self.text));
        match kind {
            EntityKind::Person if ORGANISATION_WORDS.contains(last) => EntityKind::Organisation,
            EntityKind::Person if PLACE_WORDS.contains(last) || PLACE_WORDS.contains(first) => {
                EntityKind::Place
            }
            EntityKind::Place | EntityKind::Group
                if ORGANISATION_WORDS.contains(last) && !PREMISES.contains(&last) && !is_known_place() =>
            {
                EntityKind::Organisation
            }
            _ => kind,
        }
    }

    /// Whether the word at `at` is a first name that belongs to the surname at `start`.
    fn is_first_name(&self, at: usize, start: usize) -> bool {
        let word = self.word(at);
        FIRST_NAMES.contains_key(word)
            && self.text[self.tokens[at].span.end()..self.tokens[start].span.start()] == *" "
            && !FIRST_NAMES.contains_key(self.word(start))
            && !COMMON.contains(&token::fold(word))
    }

    /// "DUNMARROW (Kestrel Wire) —" at the head of a report or paragraph.
    fn is_dateline(&self, start: usize, end: usize) -> bool {
        start == 0
            && self.word(0).len() > 3
            && self.tokens[..end].iter().all(|token| token.of(self.text).chars().all(char::is_uppercase))
            && matches!(self.word(end), "(" | "—" | "–" | "-" | ",")
    }

    /// Where the name ends: before a small word that no name goes on with, before a comma that a place follows, and a platform
    /// before its "Stories".
    fn name_end(&self, start: usize, end: usize, kind: EntityKind) -> usize {
        if matches!(kind, EntityKind::Work | EntityKind::Event) {
            return end;
        }
        let is_story = end == start + 2
            && PLATFORMS.contains(self.word(start))
            && matches!(self.word(start + 1), "Story" | "Stories");
        if is_story {
            return start + 1;
        }
        let mut cut = (start + 1..end).find(|&at| self.breaks(at, kind)).unwrap_or(end);
        while cut > start + 1 && self.tokens[cut - 1].lists.touch(Lists::FUNCTION) {
            cut -= 1;
        }
        cut
    }

    /// Whether a name of more words ends before the word at `at`.
    fn breaks(&self, at: usize, kind: EntityKind) -> bool {
        let (word, before) = (self.word(at), self.word(at - 1));
        match word {
            // "Harl United for Bo Lind", but not "Office for Savings".
            "for" | "in" | "on" | "to" | "at" => {
                ORGANISATION_WORDS.contains(before)
                    && !runs::TAKES_OF.contains(before)
                    && !TAKES_FOR.contains(&before)
            }
            "," => kind != EntityKind::Place,
            "(" | ")" | ";" | "''" => true,
            "“" | "”" | "\"" | "«" | "»" => kind != EntityKind::Person,
            "'" | "’" => self.word(at + 1) == word,
            // "Joe Brandt Sunday said"
            _ if kind == EntityKind::Person && CALENDAR.contains(&token::fold(word)) => true,
            _ => {
                let is_small = word.len() > 4 && word.chars().all(char::is_lowercase);
                is_small && !runs::PARTICLES.contains(&word) && COMMON.contains(word)
            }
        }
    }

    /// "Updates" in "the Ana Ruiz Updates account".
    fn is_own_part(&self, next: Token) -> bool {
        next.is_capitalised() && is_namesake_word(next.of(self.text))
    }

    /// Where the name itself begins: behind an article, and behind the titles of a person.
    fn name_start(&self, start: usize, end: usize, kind: EntityKind) -> usize {
        if end > start + 1 && self.word(start).eq_ignore_ascii_case("the") && kind != EntityKind::Work {
            return start + 1;
        }
        if kind != EntityKind::Person {
            return start;
        }
        let longest = (1..=LONGEST_TITLE).rev().find(|&n| start + n < end && self.is_title(start, start + n));
        longest.map_or(start, |n| start + n)
    }

    /// The title that ends directly before `at`.
    fn title_before(&self, at: usize) -> Option<Span> {
        let longest = self.title_length(0, at)?;
        let span = self.tokens[at - longest].span.cover(self.tokens[at - 1].span);
        let near = self.text[span.end()..self.tokens.get(at)?.span.start()]
            .chars()
            .all(|c| c == ' ' || c == '\u{a0}');
        near.then_some(span)
    }

    /// How many words, none before `floor`, the longest title has that ends at `end`.
    fn title_length(&self, floor: usize, end: usize) -> Option<usize> {
        (1..=LONGEST_TITLE.min(end.saturating_sub(floor))).rev().find(|n| self.is_title(end - n, end))
    }

    fn is_title(&self, start: usize, end: usize) -> bool {
        let (first, last) = (self.tokens[start], self.tokens[end - 1]);
        if !first.is_capitalised() || !last.is_capitalised() || !last.lists.touch(Lists::TITLE_END) {
            return false;
        }
        let joined = title_words(self.text, &self.tokens[start..end]);
        HONORIFICS.contains_key(joined.as_str()) || ROLES.contains_key(&token::fold(&joined))
    }
}

/// "DUNMARROW" as "Dunmarrow".
fn with_capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter();
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

fn kind_of(kind: Kind) -> EntityKind {
    match kind {
        Kind::Person => EntityKind::Person,
        Kind::Organisation => EntityKind::Organisation,
        Kind::Place => EntityKind::Place,
        Kind::Nationality => EntityKind::Group,
        Kind::Work => EntityKind::Work,
        Kind::Event => EntityKind::Event,
        Kind::Other => EntityKind::Other,
    }
}
