//! The word lists of quotation finding, as sets.
//!
//! In: `lang/en/quotations/*.txt`. Out: sets of folded words, and the forms of the cue verbs.

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

/// Which form of its verb a cue is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Base,
    Third,
    Past,
    Gerund,
}

/// One form of a verb that introduces words.
#[derive(Copy, Clone, Debug)]
pub struct Cue {
    pub lemma: &'static str,
    /// `speech writing post message sign thought`
    pub class: &'static str,
    pub shape: Shape,
    flags: &'static str,
}

impl Cue {
    /// A form of a verb that the list of another language describes: no flags.
    pub fn of(lemma: &'static str, class: &'static str, shape: Shape) -> Cue {
        Cue { lemma, class, shape, flags: "" }
    }
    pub fn takes_clause(&self) -> bool {
        self.flags.contains('c')
    }
    pub fn takes_listener(&self) -> bool {
        self.flags.contains('b')
    }
    pub fn takes_gerund(&self) -> bool {
        self.flags.contains('g')
    }
    /// "vowed to stay".
    pub fn takes_infinitive(&self) -> bool {
        self.flags.contains('i')
    }
    /// "told them to stay".
    pub fn takes_infinitive_of(&self) -> bool {
        self.flags.contains('o')
    }
    /// "announced his resignation".
    pub fn takes_phrase(&self) -> bool {
        self.flags.contains('p')
    }
    /// A clause only behind "that".
    pub fn needs_that(&self) -> bool {
        self.flags.contains('t')
    }
    /// A clause without "that" as well, if its verb is no participle.
    pub fn is_sure(&self) -> bool {
        self.flags.contains('v')
    }
    /// The same with another form.
    pub fn in_shape(self, shape: Shape) -> Cue {
        Cue { shape, ..self }
    }
    /// "described how it sank".
    pub fn takes_question(&self) -> bool {
        self.flags.contains('q')
    }
    pub fn is_label(&self) -> bool {
        self.flags.contains('l')
    }
    /// Counts only right next to the marks.
    pub fn is_weak(&self) -> bool {
        self.flags.contains('w')
    }
}

/// English first: where a form stands in two lists, the first counts.
const CUE_LISTS: [&str; 4] = [
    include_str!("../../lang/en/quotations/cue-verbs.txt"),
    include_str!("../../lang/de/quotations/cue-verbs.txt"),
    include_str!("../../lang/fr/quotations/cue-verbs.txt"),
    include_str!("../../lang/es/quotations/cue-verbs.txt"),
];

static CUES: LazyLock<Table<Cue, String>> = LazyLock::new(|| read(&CUE_LISTS));

static THOUGHTS: LazyLock<Table<Cue, String>> =
    LazyLock::new(|| read(&[include_str!("../../lang/en/quotations/thought-verbs.txt")]));

fn read(lists: &[&'static str]) -> Table<Cue, String> {
    let mut cues = BTreeMap::new();
    for row in lists.iter().flat_map(|list| lexicon::rows(list)) {
        let [lemma, class, rest @ ..] = row.as_slice() else { continue };
        let flags = rest.first().copied().unwrap_or_default();
        for (form, shape) in forms(lemma, rest.get(1).copied()) {
            cues.entry(form).or_insert(Cue { lemma, class, shape, flags });
        }
    }
    Table::of(cues.into_iter())
}

/// The forms of a verb, regular unless `irregular` gives third person, past and -ing form.
fn forms(lemma: &str, irregular: Option<&str>) -> Vec<(String, Shape)> {
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let sibilant = ["s", "sh", "ch", "x"].iter().any(|end| lemma.ends_with(end));
    let regular = [
        if sibilant { format!("{lemma}es") } else { format!("{lemma}s") },
        format!("{stem}ed"),
        format!("{stem}ing"),
    ];
    let given: Vec<String> =
        irregular.map(|all| all.split(' ').map(str::to_owned).collect()).unwrap_or_default();
    let mut forms = vec![(lemma.to_owned(), Shape::Base)];
    for (at, shape) in [Shape::Third, Shape::Past, Shape::Gerund].into_iter().enumerate() {
        forms.push((given.get(at).unwrap_or(&regular[at]).clone(), shape));
    }
    forms
}

/// The cue that `word` (folded) is a form of.
pub fn cue(word: &str) -> Option<Cue> {
    CUES.get(word).copied()
}

/// The verb of thinking, knowing or finding that `word` (folded) is a form of.
pub fn thought(word: &str) -> Option<Cue> {
    THOUGHTS.get(word).copied()
}

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
