//! Joins German sentences that were parted at a full stop within them: "am 3. Mai", "z. B. Holt".
//!
//! In: the sentences of a report, parted by the rules of English. Out: the same, with those joined that end
//! in a number of at most three digits or in an abbreviation of the list, unless the next one begins with a
//! small word that is large there.
//! Leaves: sentences that end in such a number and go on with a noun or a name.

use super::LONGEST;
use crate::lexicon::{self, Words};
use crate::model::Sentence;
use crate::token::{self, Kind, Token};
use std::sync::LazyLock;

static OPENERS: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::entries(include_str!("../../lang/de/sentence-openers.txt"))));
static ABBREVIATIONS: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::entries(include_str!("../../lang/de/abbreviations.txt"))));

/// `sentences` of `text`, with those joined that go on.
pub fn join(text: &str, sentences: Vec<Sentence>) -> Vec<Sentence> {
    let mut joined: Vec<Sentence> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        match joined.last_mut().filter(|last| goes_on(text, last, &sentence)) {
            Some(last) => {
                last.span = last.span.cover(sentence.span);
                last.tokens.extend(sentence.tokens);
            }
            None => joined.push(sentence),
        }
    }
    joined
}

fn goes_on(text: &str, last: &Sentence, next: &Sentence) -> bool {
    let [.., before, stop] = last.tokens.as_slice() else { return false };
    if last.span.len() + next.span.len() > LONGEST {
        return false;
    }
    let first = next.tokens.first().map(|token| token::fold(token.of(text))).unwrap_or_default();
    last.block == next.block && stop.of(text) == "." && is_part(text, *before) && !OPENERS.contains(&first)
        || last.block == next.block && stop.of(text) == "." && is_abbreviation(text, *before)
}

/// "3." and the like; a year ends its sentence.
fn is_part(text: &str, before: Token) -> bool {
    before.kind == Kind::Number
        && before.span.len() <= 3
        && before.of(text).bytes().all(|byte| byte.is_ascii_digit())
}

fn is_abbreviation(text: &str, before: Token) -> bool {
    before.kind == Kind::Word && ABBREVIATIONS.contains(&token::fold(before.of(text)))
}
