//! Joins German sentences that were parted at a full stop within them: "am 3. Mai", "z. B. Holt".
//!
//! In: the sentences of a report, parted by the rules of English. Out: the same, with those joined that end
//! in a number of at most three digits or in an abbreviation of the list, unless the next one begins with a
//! small word that is large there.
//! Leaves: sentences that end in such a number and go on with a noun or a name.

use super::words::{self, is};
use crate::model::{Annotated, Sentence};
use crate::sentences::LONGEST;
use crate::token::{self, Kind, Token};

/// The sentences of `found`.
pub fn of(found: &Annotated) -> Vec<Sentence> {
    let text = &found.report.text;
    let mut joined: Vec<Sentence> = Vec::with_capacity(found.sentences.len());
    for sentence in &found.sentences {
        match joined.last_mut().filter(|last| goes_on(text, last, sentence)) {
            Some(last) => {
                last.span = last.span.cover(sentence.span);
                last.tokens.extend(sentence.tokens.iter().copied());
            }
            None => joined.push(sentence.clone()),
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
    last.block == next.block && stop.of(text) == "." && is_part(text, *before) && !is("opener", &first)
        || last.block == next.block && stop.of(text) == "." && is_abbreviation(text, *before)
}

/// "3." and the like; a year ends its sentence.
fn is_part(text: &str, before: Token) -> bool {
    before.kind == Kind::Number
        && before.span.len() <= 3
        && before.of(text).bytes().all(|byte| byte.is_ascii_digit())
}

fn is_abbreviation(text: &str, before: Token) -> bool {
    before.kind == Kind::Word && words::ABBREVIATIONS.contains(&token::fold(before.of(text)))
}
