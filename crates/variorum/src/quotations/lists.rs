//! The word lists of quotation finding, as sets.
//!
//! In: `lang/en/quotations/*.txt`. Out: sets of folded words, and phrases; the verbs are those of [`crate::cues`].

pub use crate::cues::{Cue, Shape, cue, thought};
use crate::lexicon::{self, Table};
use crate::span::Span;
use crate::token::{fold, tokens};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A set of folded words.
pub type Words = LazyLock<lexicon::Words>;

macro_rules! words {
    ($name:ident, $file:literal) => {
        pub static $name: Words = LazyLock::new(|| {
            lexicon::Words::of(lexicon::entries(include_str!(concat!("../../lang/en/quotations/", $file))))
        });
    };
}

words!(WORKS, "work-words.txt");
words!(NAMING, "naming-words.txt");
words!(TITLE_SMALL, "title-small.txt");
words!(PRONOUNS, "pronouns.txt");
words!(DETERMINERS, "determiners.txt");
words!(PREPOSITIONS, "prepositions.txt");
words!(CLAUSE_WORDS, "clause-words.txt");
words!(AUXILIARIES, "auxiliaries.txt");
words!(SPEECH_ADVERBS, "speech-adverbs.txt");
words!(BASE_SUBJECTS, "base-subjects.txt");
words!(STANDING_ALONE, "standing-alone.txt");
words!(ELISIONS, "elision-words.txt");
words!(NAMING_VERBS, "naming-verbs.txt");
words!(OVERLAYS, "overlay-words.txt");
words!(SOURCES, "source-words.txt");
words!(LABELS_NOT_NAMES, "labels-not-names.txt");
words!(ACCOUNTS, "account-words.txt");
words!(INDEFINITE, "indefinite.txt");
words!(FIRST_SECOND, "first-second.txt");
words!(THIRD_PERSON, "third-person.txt");
words!(CUE_NOUNS, "cue-nouns.txt");
words!(OCCASIONS, "occasion-nouns.txt");
words!(EVIDENCE, "evidence-nouns.txt");
words!(STATING, "stating-verbs.txt");

/// How words came, as a phrase of the narrator shows it.
#[derive(Clone, Debug)]
pub struct ChannelPhrase {
    pub words: &'static str,
    /// Its tokens, folded.
    pub folded: Vec<String>,
    pub channel: &'static str,
    pub is_platform: bool,
}

/// Phrases by their first words, in the order of the list.
type Phrases = Table<Vec<ChannelPhrase>, String>;

/// Phrases that show a channel.
static CHANNELS: LazyLock<Phrases> =
    LazyLock::new(|| phrases(lexicon::rows(include_str!("../../lang/en/quotations/channel-words.txt"))));

/// Those of German reports, and platforms, which are called the same.
static GERMAN_CHANNELS: LazyLock<Phrases> = LazyLock::new(|| {
    let platforms = lexicon::rows(include_str!("../../lang/en/quotations/channel-words.txt"));
    let platforms = platforms.filter(|row| row.len() > 2);
    phrases(lexicon::rows(include_str!("../../lang/de/quotations/channel-words.txt")).chain(platforms))
});

fn phrases(rows: impl Iterator<Item = Vec<&'static str>>) -> Phrases {
    let mut phrases: BTreeMap<String, Vec<ChannelPhrase>> = BTreeMap::new();
    for row in rows {
        let [words, channel, rest @ ..] = row.as_slice() else { continue };
        let tokens = tokens(words, Span::new(0, words.len()));
        let folded: Vec<_> = tokens.iter().map(|token| fold(token.of(words)).into_owned()).collect();
        let Some(first) = folded.first().cloned() else { continue };
        let is_platform = rest.first() == Some(&"platform");
        phrases.entry(first).or_default().push(ChannelPhrase { words, folded, channel, is_platform });
    }
    Table::of(phrases.into_iter())
}

/// The phrases that show a channel and begin with `word` (folded).
pub fn channels(word: &str, is_german: bool) -> &'static [ChannelPhrase] {
    let phrases = if is_german { &GERMAN_CHANNELS } else { &CHANNELS };
    phrases.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cues;
    use crate::vocabulary::Lists;

    #[test]
    fn tokens_tell_by_their_lists_what_is_looked_up_here() {
        let channels = [&CHANNELS, &GERMAN_CHANNELS].into_iter().flat_map(|phrases| phrases.keys());
        let clauses = [&AUXILIARIES, &PRONOUNS, &FIRST_SECOND].into_iter().flat_map(|words| words.iter());
        let all = cues::words()
            .map(|word| (word, Lists::CUE))
            .chain(cues::words_of_thought().map(|word| (word, Lists::THOUGHT)))
            .chain(CUE_NOUNS.iter().map(|word| (word, Lists::CUE_NOUN)))
            .chain(channels.map(|word| (word.as_str(), Lists::CHANNEL)))
            .chain(clauses.map(|word| (word, Lists::CLAUSE)));
        for (word, list) in all {
            assert!(Lists::of(word).touch(list), "{word}");
        }
    }
}
