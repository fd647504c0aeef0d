//! Decides which names of a report name the same one.
//!
//! In: the names of a report. Out: a mention for each, and entities in order of first mention.
//! Full names come first: equal words, or the same first and last word, are one. A word alone then goes to the person whose
//! surname it is, else to the person whose first name it is, else to the organisation that it shortens or whose initials it gives.
//! Where several people share a surname, the one mentioned oftest under any name is meant: a relative is brought in
//! with the first name, the main person goes by the surname. An account, fan club or foundation called after somebody is an
//! entity of its own.
//! Leaves: nicknames.

use super::names::{FIRST_NAMES, FUNCTION, HONORIFICS, Name, ROLES};
use crate::model::{Annotated, Entity, EntityKind, Gender, Mention, MentionForm};
use crate::span::Span;
use crate::token;

/// A mention for each of `names`, and the entities.
pub fn link(found: &Annotated, names: &[Name]) -> (Vec<Mention>, Vec<Entity>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: Vec<Option<usize>> = vec![None; names.len()];
    for (at, name) in names.iter().enumerate() {
        if name.words.len() > 1 || name.is_handle || name.is_namesake {
            group_of[at] = Some(full_name(&mut groups, name, at));
        }
    }
    let text = &found.report.text;
    for group in &mut groups {
        group.kind = kind_of_group(text, names, group);
    }
    merge_abbreviations(text, names, &mut groups, &mut group_of);
    for (at, name) in names.iter().enumerate() {
        if group_of[at].is_none() {
            group_of[at] = Some(short_name(text, names, &mut groups, at, name));
        }
    }
    records(found, names, &groups, &group_of)
}

/// Names taken to be one.
struct Group {
    /// The fullest form.
    words: Vec<String>,
    members: Vec<usize>,
    kind: Option<EntityKind>,
    is_namesake: bool,
}

impl Group {
    fn is_person(&self) -> bool {
        self.kind == Some(EntityKind::Person) && !self.is_namesake
    }
}

fn full_name(groups: &mut Vec<Group>, name: &Name, at: usize) -> usize {
    let same = |group: &Group| {
        group.is_namesake == name.is_namesake
            && (group.words == name.words
                || (!name.is_namesake
                    && name.words.len() > 1
                    && group.words.len() != name.words.len()
                    && group.words.first() == name.words.first()
                    && group.words.last() == name.words.last()))
    };
    match groups.iter().position(same) {
        Some(index) => {
            let group = &mut groups[index];
            group.members.push(at);
            if name.words.len() > group.words.len() {
                group.words = name.words.clone();
            }
            index
        }
        None => {
            groups.push(Group {
                words: name.words.clone(),
                members: vec![at],
                kind: name.kind,
                is_namesake: name.is_namesake,
            });
            groups.len() - 1
        }
    }
}

/// What a group names: what most of its members show; else what stands around it.
fn kind_of_group(text: &str, names: &[Name], group: &Group) -> Option<EntityKind> {
    let kinds = || group.members.iter().filter_map(|&at| names[at].kind);
    if group.members.iter().any(|&at| names[at].title.is_some() && names[at].kind == Some(EntityKind::Person))
    {
        return Some(EntityKind::Person);
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
        return Some(kind);
    }
    let speaks = group.members.iter().any(|&at| speaks(text, names[at].span));
    let surname_speaks = group.words.last().is_some_and(|last| {
        names
            .iter()
            .any(|name| name.words.len() == 1 && &name.words[0] == last && speaks_or_titled(text, name))
    });
    if speaks || surname_speaks {
        return Some(EntityKind::Person);
    }
    None
}

fn speaks_or_titled(text: &str, name: &Name) -> bool {
    speaks(text, name.span) || (name.title.is_some() && name.kind == Some(EntityKind::Person))
}

/// Verbs that people do and things do not.
const HUMAN_VERBS: [&str; 24] = [
    "said",
    "says",
    "told",
    "tells",
    "wrote",
    "writes",
    "added",
    "adds",
    "asked",
    "asks",
    "tweeted",
    "posted",
    "recalled",
    "joked",
    "thanked",
    "insisted",
    "argued",
    "replied",
    "continued",
    "acknowledged",
    "explained",
    "who",
    "whose",
    "whom",
];

/// Whether the name stands beside a verb of speech, or before "who".
fn speaks(text: &str, span: Span) -> bool {
    let after = text[span.end()..].trim_start_matches([' ', ',']);
    let next = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let before = text[..span.start()].trim_end();
    let previous = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    HUMAN_VERBS.contains(&next)
        || (HUMAN_VERBS.contains(&previous)
            && !matches!(previous, "told" | "asked" | "thanked" | "who" | "whose" | "whom"))
}

/// "Weights and Measures Office (WMO)": the letters in brackets join the name before them.
fn merge_abbreviations(text: &str, names: &[Name], groups: &mut [Group], group_of: &mut [Option<usize>]) {
    for at in 1..names.len() {
        let (before, name) = (&names[at - 1], &names[at]);
        let between = &text[before.span.end()..name.span.start().max(before.span.end())];
        if name.words.len() == 1 && between.trim() == "(" && is_acronym_of(&name.words[0], &before.words) {
            if let Some(group) = group_of[at - 1] {
                groups[group].members.push(at);
                groups[group].kind = groups[group].kind.or(Some(EntityKind::Organisation));
                group_of[at] = Some(group);
            }
        }
    }
}

/// Whether `short` is made of the initials of `words` (small words may count or not).
pub fn is_acronym_of(short: &str, words: &[String]) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 2 || !letters.chars().all(char::is_uppercase) {
        return false;
    }
    let initial = |word: &str| word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let all: String = words.iter().flat_map(|word| word.split('-')).map(initial).collect();
    let large: String = words
        .iter()
        .flat_map(|word| word.split('-'))
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .map(initial)
        .collect();
    letters == all || letters == large
}

fn short_name(text: &str, names: &[Name], groups: &mut Vec<Group>, at: usize, name: &Name) -> usize {
    let nothing = String::new();
    let word = name.words.first().unwrap_or(&nothing);
    let is_titled = name.title.is_some() && name.kind == Some(EntityKind::Person);
    let best = |groups: &[Group], fits: &dyn Fn(&Group) -> bool| {
        groups
            .iter()
            .enumerate()
            .filter(|(_, group)| fits(group))
            .max_by_key(|(index, group)| (group.members.len(), std::cmp::Reverse(*index)))
            .map(|(index, _)| index)
    };
    let unsure = |group: &Group| {
        group.is_person()
            || (group.kind.is_none()
                && !group.is_namesake
                && default_kind(&group.words) == EntityKind::Person)
    };
    let home =
        best(groups, &|group| unsure(group) && group.words.len() > 1 && group.words.last() == Some(word))
            .or_else(|| {
                (!is_titled)
                    .then(|| {
                        best(groups, &|group| {
                            unsure(group) && group.words.len() > 1 && group.words.first() == Some(word)
                        })
                    })
                    .flatten()
            })
            .or_else(|| {
                best(groups, &|group| group.words.len() == 1 && &group.words[0] == word && !group.is_namesake)
            })
            .or_else(|| {
                best(groups, &|group| {
                    !group.is_person() && group.words.len() > 1 && is_acronym_of(word, &group.words)
                })
            })
            .or_else(|| {
                best(groups, &|group| {
                    group.kind == Some(EntityKind::Organisation)
                        && name.kind != Some(EntityKind::Place)
                        && group.words.len() > 1
                        && group.words.first() == Some(word)
                })
            });
    if let Some(index) = home {
        groups[index].members.push(at);
        if is_titled || (groups[index].kind.is_none() && speaks(text, name.span)) {
            groups[index].kind = Some(EntityKind::Person);
        }
        return index;
    }
    let occurrences = names.iter().filter(|other| other.words.len() == 1 && &other.words[0] == word);
    let kind = name.kind.or_else(|| {
        let any = occurrences.clone().find_map(|other| other.kind);
        any.or_else(|| {
            let named = FIRST_NAMES.contains_key(word.as_str())
                || occurrences.clone().any(|other| speaks(text, other.span));
            named.then_some(EntityKind::Person)
        })
    });
    groups.push(Group { words: name.words.clone(), members: vec![at], kind, is_namesake: false });
    groups.len() - 1
}

fn records(
    found: &Annotated,
    names: &[Name],
    groups: &[Group],
    group_of: &[Option<usize>],
) -> (Vec<Mention>, Vec<Entity>) {
    let mut order: Vec<usize> = Vec::new();
    for group in group_of.iter().flatten() {
        if !order.contains(group) {
            order.push(*group);
        }
    }
    let entities: Vec<Entity> = order.iter().map(|&group| entity(found, names, &groups[group])).collect();
    let mentions = names
        .iter()
        .zip(group_of)
        .map(|(name, group)| {
            let entity = group.and_then(|group| order.iter().position(|&g| g == group));
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
    let kind = group.kind.unwrap_or_else(|| default_kind(&group.words));
    let fullest = group.members.iter().map(|&at| &names[at]).max_by_key(|name| {
        let whole = name.span.of(text);
        (name.words.len(), name.words == group.words, std::cmp::Reverse(whole.len()))
    });
    let name = match fullest {
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
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        kind,
        role: title.map(|title| title.of(text).to_owned()),
        gender,
        is_namesake: group.is_namesake,
    }
}

/// The name as written, possessive ending off.
fn spelled(name: &Name, text: &str) -> String {
    token::without_possessive(name.span.of(text)).to_owned()
}

/// A run of words that nothing tells about: two or three rare words are a person, one or a common word is not.
fn default_kind(words: &[String]) -> EntityKind {
    let is_rare = |word: &String| {
        !super::names::is_common(&token::fold(word)) && !FUNCTION.contains(token::fold(word).as_str())
    };
    if (2..=3).contains(&words.len()) && words.iter().all(is_rare) {
        EntityKind::Person
    } else {
        EntityKind::Other
    }
}

fn gender(names: &[Name], group: &Group, text: &str) -> Option<Gender> {
    let from = |letter: Option<char>| match letter {
        Some('f') => Some(Gender::Female),
        Some('m') => Some(Gender::Male),
        _ => None,
    };
    let titles = group.members.iter().filter_map(|&at| names[at].title).map(|title| title.of(text));
    let titled = titles.clone().find_map(|title| {
        from(HONORIFICS.get(title).copied().flatten())
            .or_else(|| from(ROLES.get(token::fold(title).as_str()).copied().flatten()))
    });
    titled.or_else(|| {
        let first = group.words.first()?;
        (group.words.len() > 1 || FIRST_NAMES.contains_key(first.as_str()))
            .then(|| from(FIRST_NAMES.get(first.split('-').next().unwrap_or(first)).copied().flatten()))
            .flatten()
    })
}
