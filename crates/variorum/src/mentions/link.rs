//! Decides which names of a report name the same one.
//!
//! In: the names of a report. Out: a mention for each, and entities in order of first mention.
//! Full names come first: equal words, or the same first and last word, are one. A word alone then goes to the person whose
//! surname it is, else to the person whose first name it is, else to the organisation that it shortens or whose initials it gives.
//! Where several people share a surname, the one mentioned oftest under any name is meant: a relative is brought in
//! with the first name, the main person goes by the surname. An account, fan club or foundation called after somebody is an
//! entity of its own.
//! Leaves: nicknames.

use super::names::Name;
use crate::model::{Annotated, Entity, EntityKind, Gender, Mention, MentionForm};
use crate::span::Span;
use crate::tagging::pos::Part;
use crate::token;
use crate::vocabulary::{
    FIRST_NAMES, FUNCTION, GIVEN_NAMES, HONORIFICS, PLACES, PLATFORMS, ROLES, is_acronym_of, is_common,
    is_namesake_word, pronoun_gender,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::iter;

/// A mention for each of `names`, and the entities.
pub fn link(found: &Annotated, names: &[Name]) -> (Vec<Mention>, Vec<Entity>) {
    let mut groups = Groups::default();
    groups.all.reserve(names.len() / 2);
    let mut group_of: Vec<Option<usize>> = vec![None; names.len()];
    for (at, name) in names.iter().enumerate() {
        if name.words.len() > 1 || name.is_handle || name.is_namesake {
            group_of[at] = Some(full_name(&mut groups, name, at));
        }
    }
    let text = &found.report.text;
    let hints = Hints::of(found, names);
    for group in &mut groups.all {
        group.kind = kind_of_group(text, names, group, &hints);
    }
    merge_aliases(found, names, &mut groups, &mut group_of);
    merge_abbreviations(text, names, &mut groups.all, &mut group_of);
    for (at, group) in group_of.iter_mut().enumerate().filter(|(_, group)| group.is_none()) {
        *group = Some(short_name(text, names, &mut groups, at, &hints));
    }
    for group in groups.all.iter_mut().filter(|group| group.words.len() == 1 && !group.is_namesake) {
        group.kind = kind_of_group(text, names, group, &hints).or(group.kind);
    }
    records(found, names, &groups.all, &group_of)
}

/// Names taken to be one.
struct Group<'n> {
    /// The fullest form.
    words: &'n [Cow<'n, str>],
    members: Vec<usize>,
    kind: Option<EntityKind>,
    is_namesake: bool,
}

/// All groups, found by their first and last words and by their initials.
#[derive(Default)]
struct Groups<'n> {
    all: Vec<Group<'n>>,
    by_word: BTreeMap<Key<'n>, Ends>,
    by_initial: BTreeMap<char, Chain>,
    /// Those of all chains.
    links: Vec<Link>,
}

/// A word behind its first bytes as one number, which tells it from nearly all others at once.
type Key<'n> = (u64, &'n str);

fn key(word: &str) -> Key<'_> {
    (word.bytes().take(8).fold(0, |number, byte| number << 8 | u64::from(byte)), word)
}

/// The groups that begin, and those that end, with a word.
#[derive(Default)]
struct Ends {
    beginning: Chain,
    ending: Chain,
}

/// Groups in the order in which they were put in: its first and its last link, in the list that all chains share.
#[derive(Copy, Clone, Default)]
struct Chain(Option<(usize, usize)>);

/// A group of a chain, and the next link.
struct Link {
    group: usize,
    next: Option<usize>,
}

impl Chain {
    fn put(&mut self, links: &mut Vec<Link>, group: usize) {
        let at = links.len();
        links.push(Link { group, next: None });
        let first = self.0.map_or(at, |(first, last)| {
            links[last].next = Some(at);
            first
        });
        self.0 = Some((first, at));
    }

    fn groups(self, links: &[Link]) -> impl Iterator<Item = usize> + Clone {
        let first = self.0.map(|(first, _)| &links[first]);
        iter::successors(first, |link| link.next.map(|next| &links[next])).map(|link| link.group)
    }
}

impl<'n> Groups<'n> {
    fn push(&mut self, group: Group<'n>) -> usize {
        let at = self.all.len();
        self.note(group.words, at);
        if let [first, _, ..] = group.words {
            let initial = first.chars().next().unwrap_or(' ');
            self.by_initial.entry(initial).or_default().put(&mut self.links, at);
        }
        self.all.push(group);
        at
    }

    /// Makes the group at `at` be found by the first and last of `words`.
    fn note(&mut self, words: &'n [Cow<'n, str>], at: usize) {
        match words {
            [] => {}
            [word] => {
                let ends = self.by_word.entry(key(word)).or_default();
                ends.beginning.put(&mut self.links, at);
                ends.ending.put(&mut self.links, at);
            }
            [first, .., last] => {
                self.begin(first, at);
                self.by_word.entry(key(last)).or_default().ending.put(&mut self.links, at);
            }
        }
    }

    /// Makes the group at `at` be found by the word it begins with.
    fn begin(&mut self, first: &'n str, at: usize) {
        self.by_word.entry(key(first)).or_default().beginning.put(&mut self.links, at);
    }

    /// Gives the members and names of `joined` to `kept`.
    fn merge(&mut self, kept: usize, joined: usize) {
        let other = &mut self.all[joined];
        let members = std::mem::take(&mut other.members);
        let words = std::mem::take(&mut other.words);
        self.all[kept].members.extend(members);
        self.note(words, kept);
    }

    fn beginning(&self, word: &str) -> impl Iterator<Item = usize> + Clone {
        self.by_word.get(&key(word)).map(|ends| ends.beginning).unwrap_or_default().groups(&self.links)
    }

    fn ending(&self, word: &str) -> impl Iterator<Item = usize> + Clone {
        self.by_word.get(&key(word)).map(|ends| ends.ending).unwrap_or_default().groups(&self.links)
    }

    fn with_initial(&self, word: &str) -> impl Iterator<Item = usize> {
        let initial = word.chars().next().unwrap_or(' ');
        self.by_initial.get(&initial).copied().unwrap_or_default().groups(&self.links).take(ALIKE)
    }
}

/// How many names with one initial, or one last word, are tried for another form of a name; the earliest come first.
const ALIKE: usize = 64;

impl Group<'_> {
    fn is_person(&self) -> bool {
        self.kind == Some(EntityKind::Person) && !self.is_namesake
    }
}

fn full_name<'n>(groups: &mut Groups<'n>, name: &'n Name<'n>, at: usize) -> usize {
    let same = |group: &Group| {
        group.is_namesake == name.is_namesake
            && (group.words == name.words
                || (!name.is_namesake
                    && name.words.len() > 1
                    && group.words.len() != name.words.len()
                    && group.words.last() == name.words.last()))
    };
    let first = name.words.first().map(|first| &**first).unwrap_or_default();
    let last = name.words.last().map(|last| &**last).unwrap_or_default();
    // "Holt Ruiz" is "Debbie Holt Ruiz".
    let lacks_first_name = |group: &Group| {
        let (short, long) = match name.words.as_slice() {
            words if group.words.len() < words.len() => (group.words, words),
            words => (words, group.words),
        };
        name.kind == Some(EntityKind::Person)
            && group.kind == name.kind
            && !group.is_namesake
            && !name.is_namesake
            && short.len() > 1
            && long[1..] == short[..]
            && FIRST_NAMES.contains_key(&long[0])
    };
    let known = groups.beginning(first).find(|&index| same(&groups.all[index]));
    let known =
        known.or_else(|| groups.ending(last).take(ALIKE).find(|&index| lacks_first_name(&groups.all[index])));
    match known {
        Some(index) => {
            let group = &mut groups.all[index];
            group.members.push(at);
            if name.words.len() > group.words.len() {
                group.words = &name.words;
            }
            if !groups.beginning(first).any(|other| other == index) {
                groups.begin(first, index);
            }
            index
        }
        None => groups.push(Group {
            words: &name.words,
            members: vec![at],
            kind: name.kind,
            is_namesake: name.is_namesake,
        }),
    }
}

/// What a group names: what most of its members show; else what stands around it.
fn kind_of_group(text: &str, names: &[Name], group: &Group, hints: &Hints) -> Option<EntityKind> {
    let kinds = || group.members.iter().filter_map(|&at| names[at].kind);
    if group.members.iter().any(|&at| names[at].title.is_some() && names[at].kind == Some(EntityKind::Person))
    {
        return Some(EntityKind::Person);
    }
    // "DUNMARROW (Kestrel Wire) —": where a report is from is a place, whatever the town's factory looks like.
    if group.members.iter().any(|&at| is_dateline(text, &names[at])) {
        return Some(EntityKind::Place);
    }
    // A title of a work is told by marks and a noun beside it: that it looks like a person's name says less.
    if kinds().any(|kind| kind == EntityKind::Work) {
        return Some(EntityKind::Work);
    }
    let most = [
        EntityKind::Person,
        EntityKind::Organisation,
        EntityKind::Place,
        EntityKind::Work,
        EntityKind::Event,
        EntityKind::Group,
        EntityKind::Other,
    ]
    .into_iter()
    .map(|kind| (kinds().filter(|k| *k == kind).count(), kind))
    .filter(|(count, _)| *count > 0)
    .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    if let Some((_, kind)) = most {
        let is_place = kind == EntityKind::Person && is_place(group, hints);
        return Some(if is_place { EntityKind::Place } else { kind });
    }
    let speaks = group.members.iter().any(|&at| speaks(text, names[at].span));
    let surname_speaks = group.words.last().is_some_and(|last| hints.speaking.contains(&**last));
    if speaks || surname_speaks {
        return Some(EntityKind::Person);
    }
    None
}

/// Whether the name is a place written in capitals alone at the head of a report, whose words are kept as elsewhere.
fn is_dateline(text: &str, name: &Name) -> bool {
    let has_small = |word: &str| word.chars().any(char::is_lowercase);
    name.kind == Some(EntityKind::Place)
        && name.words.iter().any(|word| has_small(word))
        && !has_small(name.span.of(text))
}

/// Whether a name of one word that is taken for a person's is a place's: "in Elmsey" or "Elmsey Park" stands in the report, and nobody
/// of that name speaks.
fn is_place(group: &Group, hints: &Hints) -> bool {
    let [word] = group.words else { return false };
    let word = &**word;
    !hints.speaking.contains(word) && !FIRST_NAMES.contains_key(word) && hints.located.contains(word)
}

/// What words of one name show wherever they stand.
struct Hints<'n> {
    /// They speak or have a title.
    speaking: BTreeSet<&'n str>,
    /// The gender of most pronouns of the report.
    usual: Option<Gender>,
    /// Something is in or near them, or a place's longer name begins with them.
    located: BTreeSet<&'n str>,
}

impl<'n> Hints<'n> {
    fn of(found: &Annotated, names: &'n [Name<'n>]) -> Hints<'n> {
        let text = &found.report.text;
        let single = || names.iter().filter(|name| name.words.len() == 1);
        let first = |name: &'n Name<'n>| &*name.words[0];
        let speaking = single().filter(|name| speaks_or_titled(text, name)).map(first).collect();
        let is_in = |name: &&Name| {
            let before = text[..name.span.start()].trim_end();
            matches!(last_word(before), "in" | "near" | "In" | "Near")
        };
        let mut located: BTreeSet<&str> = single().filter(is_in).map(first).collect();
        let longer = names.iter().filter(|name| name.words.len() > 1 && name.kind == Some(EntityKind::Place));
        located.extend(longer.map(first));
        Hints { speaking, located, usual: usual_gender(found) }
    }
}

/// The gender of most of the words "he", "she" and their forms.
fn usual_gender(found: &Annotated) -> Option<Gender> {
    let pronouns = found.tagged.words.iter().filter(|word| word.part == Part::Pron);
    let balance: i32 = pronouns
        .map(|word| match pronoun_gender(found.words(word.span)) {
            Some(Gender::Female) => 1,
            Some(Gender::Male) => -1,
            _ => 0,
        })
        .sum();
    match balance {
        0 => None,
        more if more > 0 => Some(Gender::Female),
        _ => Some(Gender::Male),
    }
}

fn speaks_or_titled(text: &str, name: &Name) -> bool {
    speaks(text, name.span) || (name.title.is_some() && name.kind == Some(EntityKind::Person))
}

/// Whether `word` is a verb for what people do and things do not, or a pronoun for people.
pub(super) fn is_human_verb(word: &str) -> bool {
    match word.len() {
        3 => matches!(word, "who"),
        4 => matches!(word, "said" | "says" | "told" | "adds" | "asks" | "whom"),
        5 => matches!(word, "tells" | "wrote" | "added" | "asked" | "joked" | "whose"),
        6 => matches!(word, "writes" | "posted" | "argued"),
        _ => matches!(
            word,
            "tweeted"
                | "recalled"
                | "thanked"
                | "insisted"
                | "replied"
                | "continued"
                | "acknowledged"
                | "explained"
        ),
    }
}

/// Whether the name stands beside a verb of speech, or before "who".
pub(super) fn speaks(text: &str, span: Span) -> bool {
    let next = first_word(text[span.end()..].trim_start_matches([' ', ',']));
    let previous = last_word(text[..span.start()].trim_end());
    is_human_verb(next)
        || (is_human_verb(previous)
            && !matches!(previous, "told" | "asked" | "thanked" | "who" | "whose" | "whom"))
}

/// The letters that `text` begins with.
fn first_word(text: &str) -> &str {
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    // Any byte of ASCII, and the end, tells that the word ends.
    match text.as_bytes().get(plain) {
        Some(next) if !next.is_ascii() => text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default(),
        _ => &text[..plain],
    }
}

/// The letters that `text` ends in.
fn last_word(text: &str) -> &str {
    let plain = text.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    match text.as_bytes()[..text.len() - plain].last() {
        Some(before) if !before.is_ascii() => {
            text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
        }
        _ => &text[text.len() - plain..],
    }
}

/// "Weights and Measures Office (WMO)": the letters in brackets join the name before them.
fn merge_abbreviations(text: &str, names: &[Name], groups: &mut [Group], group_of: &mut [Option<usize>]) {
    for at in 1..names.len() {
        let (before, name) = (&names[at - 1], &names[at]);
        let between = &text[before.span.end()..name.span.start().max(before.span.end())];
        let shortens =
            name.words.len() == 1 && between.trim() == "(" && is_acronym_of(&name.words[0], &before.words);
        if let Some(group) = group_of[at - 1].filter(|_| shortens) {
            groups[group].members.push(at);
            groups[group].kind = groups[group].kind.or(Some(EntityKind::Organisation));
            group_of[at] = Some(group);
        }
    }
}

/// Words between two names of one person.
const ALIAS: [&str; 14] = [
    "known as",
    "known professionally as",
    "known by",
    "pseudonym",
    "stage name",
    "pen name",
    "real name",
    "nicknamed",
    "alias",
    "a.k.a",
    "aka ",
    "born as",
    "née",
    "(born ",
];

/// The longest stretch between two names of one person, in bytes.
const ALIAS_REACH: usize = 90;

/// "Ana Maria Ruiz, better known by her stage name Nina Sol": the second name joins the first.
fn merge_aliases(found: &Annotated, names: &[Name], groups: &mut Groups, group_of: &mut [Option<usize>]) {
    for at in 1..names.len() {
        let (before, name) = (&names[at - 1], &names[at]);
        let (Some(kept), Some(joined)) = (group_of[at - 1], group_of[at]) else { continue };
        let is_near = before.sentence == name.sentence
            && before.span.end() < name.span.start()
            && name.span.start() - before.span.end() < ALIAS_REACH;
        let both = kept != joined && groups.all[kept].is_person() && groups.all[joined].is_person();
        if !is_near || !both {
            continue;
        }
        let between = &found.report.text[before.span.end()..name.span.start()];
        // "(born Ana Ruiz)", but not "(born in Elmsey), son of Bo Lind".
        let is_alias = ALIAS.iter().any(|words| match *words {
            "(born " => between.trim_start() == "(born ",
            words => between.contains(words),
        });
        if is_alias {
            groups.merge(kept, joined);
            group_of.iter_mut().filter(|group| **group == Some(joined)).for_each(|group| *group = Some(kept));
        }
    }
}

fn short_name<'n>(
    text: &str,
    names: &'n [Name<'n>],
    groups: &mut Groups<'n>,
    at: usize,
    hints: &Hints,
) -> usize {
    let name = &names[at];
    let word = &*name.words[0];
    let is_titled = name.title.is_some() && name.kind == Some(EntityKind::Person);
    let best = |among: &mut dyn Iterator<Item = usize>, fits: &dyn Fn(&Group) -> bool| {
        among
            .filter(|&index| fits(&groups.all[index]))
            .max_by_key(|&index| (groups.all[index].members.len(), std::cmp::Reverse(index)))
    };
    // "Mrs Ruiz" is not Pablo Ruiz where the report speaks of him.
    let shown = name.title.filter(|_| is_titled).and_then(|title| gender_of_title(title.of(text)));
    let may_be_person = |group: &Group| {
        let may_have_gender = || {
            let own = gender_of_first(group.words);
            own.is_none() || own == shown || own != hints.usual
        };
        group.words.len() > 1
            && (shown.is_none() || may_have_gender())
            && (group.is_person()
                || (group.kind.is_none()
                    && !group.is_namesake
                    && default_kind(group.words) == EntityKind::Person))
    };
    // "Instagram" is not short for "Instagram Watch".
    let is_known = || PLACES.contains(word) || hints.located.contains(word);
    let may_shorten = name.kind != Some(EntityKind::Group)
        && !(name.kind == Some(EntityKind::Place) && is_known())
        && !PLATFORMS.contains(word);
    let is_organisation =
        |group: &Group| group.kind == Some(EntityKind::Organisation) && may_shorten && group.words.len() > 1;
    let home = {
        let (beginning, mut ending) = (groups.beginning(word), groups.ending(word));
        best(&mut ending, &may_be_person)
            .or_else(|| best(&mut beginning.clone(), &|group| !is_titled && may_be_person(group)))
            // A headline may have it as a word of its own, where the report has the whole name.
            .or_else(|| {
                best(&mut beginning.clone(), &is_organisation)
                    .filter(|_| name.kind != Some(EntityKind::Place))
            })
            .or_else(|| best(&mut beginning.clone(), &|group| group.words.len() == 1 && !group.is_namesake))
            .or_else(|| {
                best(&mut groups.with_initial(word), &|group| {
                    !group.is_person() && is_acronym_of(word, group.words)
                })
            })
            .or_else(|| best(&mut beginning.clone(), &is_organisation))
    };
    if let Some(index) = home {
        groups.all[index].members.push(at);
        if is_titled || (groups.all[index].kind.is_none() && speaks(text, name.span)) {
            groups.all[index].kind = Some(EntityKind::Person);
        }
        return index;
    }
    let rest =
        names[at..].iter().take(ALIKE).filter(|other| other.words.len() == 1 && other.words[0] == word);
    let kind = name.kind.or_else(|| rest.clone().find_map(|other| other.kind)).or_else(|| {
        let named = FIRST_NAMES.contains_key(word) || rest.clone().any(|other| speaks(text, other.span));
        named.then_some(EntityKind::Person)
    });
    groups.push(Group { words: &name.words, members: vec![at], kind, is_namesake: false })
}

fn records(
    found: &Annotated,
    names: &[Name],
    groups: &[Group],
    group_of: &[Option<usize>],
) -> (Vec<Mention>, Vec<Entity>) {
    let mut order: Vec<usize> = Vec::new();
    let mut rank: Vec<Option<usize>> = vec![None; groups.len()];
    for group in group_of.iter().flatten() {
        if rank[*group].is_none() {
            rank[*group] = Some(order.len());
            order.push(*group);
        }
    }
    let entities: Vec<Entity> = order.iter().map(|&group| entity(found, names, &groups[group])).collect();
    let mentions = names
        .iter()
        .zip(group_of)
        .map(|(name, group)| {
            let entity = group.and_then(|group| rank[group]);
            Mention {
                span: name.span,
                kind: entity.map_or(EntityKind::Other, |at| entities[at].kind),
                form: if name.is_handle { MentionForm::Handle } else { MentionForm::Name },
                entity,
            }
        })
        .collect();
    (mentions, entities)
}

fn entity(found: &Annotated, names: &[Name], group: &Group) -> Entity {
    let text = &found.report.text;
    let kind = group.kind.unwrap_or_else(|| default_kind(group.words));
    // "Nina Sol (born Ana Maria Ruiz)" goes by the name the report brings her in with.
    let is_own = |name: &Name| {
        let words = &name.words;
        let has_ends = || words.first() == group.words.first() && words.last() == group.words.last();
        kind != EntityKind::Person || has_ends()
    };
    let fullest = group.members.iter().map(|&at| &names[at]).max_by_key(|name| {
        let whole = name.span.of(text);
        (is_own(name), name.words.len(), name.words == group.words, std::cmp::Reverse(whole.len()))
    });
    let name = match fullest {
        // "Ana Ruiz Updates" is a name of its own; of "the Ana Ruiz account" the noun is part.
        Some(name) if name.is_namesake && !name.is_handle && is_own_name(name) => name.words.join(" "),
        Some(name) if name.is_namesake => name.span.of(text).to_owned(),
        Some(name) => spelled(name, text),
        None => group.words.join(" "),
    };
    let title = group.members.iter().find_map(|&at| names[at].title);
    let gender = match kind {
        EntityKind::Person => gender(names, group, text),
        EntityKind::Organisation => Some(Gender::Neuter),
        _ => None,
    };
    Entity {
        name: on_one_line(name),
        kind,
        role: title.map(|title| title.of(text).to_owned()),
        gender,
        is_namesake: group.is_namesake,
    }
}

/// `name` with one space between its words, whatever white space stood there.
fn on_one_line(name: String) -> String {
    let is_plain = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_graphic);
    // As nearly all names stand.
    if name.as_bytes().split(|byte| *byte == b' ').all(is_plain) {
        name
    } else {
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether the capitalised words alone make it another name than a person's.
fn is_own_name(name: &Name) -> bool {
    name.words.len() > 2 && name.words.last().is_some_and(|last| is_namesake_word(last))
}

/// The name as written, possessive ending off.
fn spelled(name: &Name, text: &str) -> String {
    token::without_possessive(name.span.of(text)).to_owned()
}

/// A run of words that nothing tells about: two or three rare words are a person, one or a common word is not.
fn default_kind(words: &[Cow<str>]) -> EntityKind {
    let is_rare = |word: &Cow<str>| !is_common(&token::fold(word)) && !FUNCTION.contains(&token::fold(word));
    if (2..=3).contains(&words.len()) && words.iter().all(is_rare) {
        EntityKind::Person
    } else {
        EntityKind::Other
    }
}

fn gender(names: &[Name], group: &Group, text: &str) -> Option<Gender> {
    let mut titles = group.members.iter().filter_map(|&at| names[at].title).map(|title| title.of(text));
    titles.find_map(gender_of_title).or_else(|| gender_of_first(group.words))
}

fn gender_of_letter(letter: Option<char>) -> Option<Gender> {
    match letter {
        Some('f') => Some(Gender::Female),
        Some('m') => Some(Gender::Male),
        _ => None,
    }
}

/// The gender that a title shows: "Mrs", "Actress".
fn gender_of_title(title: &str) -> Option<Gender> {
    gender_of_letter(HONORIFICS.get(title).copied().flatten())
        .or_else(|| gender_of_letter(ROLES.get(&token::fold(title)).copied().flatten()))
}

/// The gender that the first of the words of a name is mostly given to.
fn gender_of_first(words: &[Cow<str>]) -> Option<Gender> {
    let first = words.first().filter(|first| words.len() > 1 || FIRST_NAMES.contains_key(first))?;
    let part = first.split('-').next().unwrap_or(first);
    let has_parts = part.len() < first.len();
    let of_part = || if has_parts { GIVEN_NAMES.get(part) } else { None };
    let given = || GIVEN_NAMES.get(first).or_else(of_part)?.chars().next();
    gender_of_letter(FIRST_NAMES.get(part).copied().unwrap_or_else(given))
}
