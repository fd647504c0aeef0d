//! Whether two names mean the same one, as strictly as the gold's own names allow.

use super::gold::Gold;
use std::collections::BTreeSet;
use variorum::token::fold;

/// The names the gold of a story tells apart.
pub struct Names {
    known: BTreeSet<Vec<String>>,
}

impl Names {
    /// Speakers, authors of posts, and targets of labels that are names.
    pub fn of(gold: &Gold) -> Names {
        let quotations = gold.reports.values().flat_map(|report| &report.quotations);
        let speakers = quotations.filter_map(|quotation| quotation.speaker.as_deref());
        let authors = gold.posts.iter().map(|post| post.author.as_str());
        let targets = gold.labels.iter().map(|label| label.target.as_str()).filter(|target| is_name(target));
        Names { known: speakers.chain(authors).chain(targets).map(words).collect() }
    }

    /// Whether `found` names what the gold calls `gold`.
    ///
    /// Equal but for case, articles and possessive endings, or one within the other ("Mayor Ana Ruiz", "Ruiz"), unless
    /// another name of the gold fits as well: a bare surname that two share, an account called after a person.
    pub fn same(&self, gold: &str, found: &str) -> bool {
        let (gold, found) = (words(gold), words(found));
        if gold == found {
            return !gold.is_empty();
        }
        let others = || self.known.iter().filter(|&name| *name != gold);
        if holds(&gold, &found) {
            !others().any(|name| holds(name, &found))
        } else {
            holds(&found, &gold) && !others().any(|name| holds(&found, name) && holds(name, &gold))
        }
    }

    /// As [`Names::same`], or `found` is made of the initials of `gold`, or the other way round.
    pub fn same_or_initials(&self, gold: &str, found: &str) -> bool {
        self.same(gold, found) || initials(gold) == found || initials(found) == gold
    }
}

/// Whether `text` is a name and not a description: every word but small ones begins with a capital.
pub fn is_name(text: &str) -> bool {
    let is_small = |word: &str| matches!(word, "of" | "the" | "and" | "for" | "&" | "de" | "in" | "on");
    text.split_whitespace().all(|word| is_small(word) || !word.starts_with(char::is_lowercase))
}

/// The words of `text` for comparison: folded, without articles and possessive endings.
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "a" | "an" | "the" | "s"))
        .map(str::to_owned)
        .collect()
}

/// Whether the words `inner` stand in a row in `outer`.
fn holds(outer: &[String], inner: &[String]) -> bool {
    !inner.is_empty() && outer.windows(inner.len()).any(|window| window == inner)
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next().filter(|c| c.is_uppercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Names, words};

    fn check(known: &str, gold: &str, found: &str, want: bool) {
        let names = Names { known: known.split('|').map(words).collect() };
        assert_eq!(names.same(gold, found), want, "{gold} / {found}");
    }

    #[test]
    fn names() {
        check("Ana Ruiz", "Ana Ruiz", "Mayor Ana Ruiz", true);
        check("Ana Ruiz", "Ana Ruiz", "Ruiz", true);
        check("Ana Ruiz|Leo Ruiz", "Ana Ruiz", "Ruiz", false);
        check("Ana Ruiz|Ana Ruiz Fans", "Ana Ruiz", "Ana Ruiz Fans", false);
        check("Ana Ruiz|Ana Ruiz Fans", "Ana Ruiz Fans", "Ana Ruiz", false);
        check("Ana Ruiz", "Ana Ruiz", "Anna Ruiz", false);
        check("Savers’ League", "Savers’ League", "the Savers' League", true);
        check("Ana Ruiz", "Ana Ruiz", "", false);
    }
}
