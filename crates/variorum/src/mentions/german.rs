//! German: parts titles and offices from the names behind them.
//!
//! In: the names of a German report, as runs of capitals. Out: the same, where a run begins with a word for
//! what somebody does ("Hafenmeisterin Mira Holt") the name alone, a person's, with that word as title.
//! Method: the last part of a compound is looked up in `lang/de/role-nouns.txt`, in the nominative or with
//! the ending of another case.
//! Leaves: offices of several words ("Minister des Innern").

use super::names::Name;
use crate::lexicon;
use crate::model::{Annotated, EntityKind};
use crate::span::Span;
use crate::token;
use std::sync::LazyLock;

static ROLES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lang/de/role-nouns.txt")).collect());

/// Takes the titles off the names of a German report.
pub fn take_titles(found: &Annotated, names: &mut [Name]) {
    if found.report.is_in("de") {
        names.iter_mut().for_each(|name| take_title(&found.report.text, name));
    }
}

fn take_title(text: &str, name: &mut Name) {
    let last = name.words.len().saturating_sub(1);
    let Some(at) = name.words[..last].iter().rposition(|word| is_role(word)) else { return };
    let begin = name.words[..=at].join(" ");
    let is_plain = name.span.of(text).strip_prefix(&begin).is_some_and(|rest| rest.starts_with(' '));
    if name.title.is_some() || !is_plain {
        return;
    }
    let title = Span::new(name.span.start(), name.span.start() + begin.len());
    name.span = Span::new(title.end(), name.span.end()).trim(text);
    name.words.drain(..=at);
    name.title = Some(title);
    name.kind = Some(EntityKind::Person);
    name.opens = false;
}

/// Whether a noun says what somebody does: "Ministerin", "Hafenmeisters", "CDU-Abgeordneten".
fn is_role(word: &str) -> bool {
    let word = token::fold(word);
    let forms = ["", "s", "es", "n", "en"].into_iter().filter_map(|end| word.strip_suffix(end));
    forms.into_iter().any(|form| ROLES.iter().any(|role| is_last_part(form, role)))
}

fn is_last_part(word: &str, role: &str) -> bool {
    let stem = role.strip_suffix("er").filter(|_| role.starts_with("abgeord") || role.starts_with("vorsitz"));
    word.ends_with(role) || stem.is_some_and(|stem| word.ends_with(stem))
}

#[cfg(test)]
mod tests {
    use super::is_role;

    #[test]
    fn the_last_part_of_a_compound_tells_a_role() {
        for word in ["Ministerin", "Hafenmeister", "Hafenmeisters", "CDU-Abgeordneten", "Ratspräsident"] {
            assert!(is_role(word), "{word}");
        }
        for word in ["Hafen", "Alsen", "Holt"] {
            assert!(!is_role(word), "{word}");
        }
    }
}
