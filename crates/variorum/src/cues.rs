//! Verbs that introduce what somebody says or thinks: "said", "wrote", "believes".
//!
//! In: a word. Out: the [`Cue`] that it is a form of. English verbs of saying, and some of other languages; the lists lie in
//! `lang/LANGUAGE/quotations/`.

use crate::lexicon::{self, Table};
use std::sync::LazyLock;

/// Which form of its verb a cue is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "say".
    Base,
    /// "says".
    Third,
    /// "said".
    Past,
    /// "saying".
    Gerund,
}

/// One form of a verb that introduces words.
#[derive(Copy, Clone, Debug)]
pub struct Cue {
    /// "say" of "said".
    pub lemma: &'static str,
    /// `speech writing post message sign thought`
    pub class: &'static str,
    /// Which form of its verb it is.
    pub shape: Shape,
    flags: &'static str,
}

impl Cue {
    /// A form of a verb that the list of another language describes: no flags.
    pub fn of(lemma: &'static str, class: &'static str, shape: Shape) -> Cue {
        Cue { lemma, class, shape, flags: "" }
    }
    /// "said (that) the road was closed".
    pub fn takes_clause(&self) -> bool {
        self.flags.contains('c')
    }
    /// "told the Ledger".
    pub fn takes_listener(&self) -> bool {
        self.flags.contains('b')
    }
    /// "suggested waiting".
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
    /// "called it a mess".
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
    include_str!("../lang/en/quotations/cue-verbs.txt"),
    include_str!("../lang/de/quotations/cue-verbs.txt"),
    include_str!("../lang/fr/quotations/cue-verbs.txt"),
    include_str!("../lang/es/quotations/cue-verbs.txt"),
];

static CUES: LazyLock<Table<Cue, String>> = LazyLock::new(|| read(&CUE_LISTS));

static THOUGHTS: LazyLock<Table<Cue, String>> =
    LazyLock::new(|| read(&[include_str!("../lang/en/quotations/thought-verbs.txt")]));

fn read(lists: &[&'static str]) -> Table<Cue, String> {
    let rows = lists.iter().flat_map(|list| lexicon::rows(list));
    let cues = rows.filter_map(|row| {
        let [lemma, class, rest @ ..] = row.as_slice() else { return None };
        let flags = rest.first().copied().unwrap_or_default();
        let cue = move |(form, shape)| (form, Cue { lemma, class, shape, flags });
        Some(forms(lemma, rest.get(1).copied()).map(cue))
    });
    Table::joined(cues.flatten(), |first, _| first)
}

/// The forms of a verb, regular unless `irregular` gives third person, past and -ing form.
fn forms(lemma: &str, irregular: Option<&str>) -> [(String, Shape); 4] {
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let is_sibilant = ["s", "sh", "ch", "x"].iter().any(|end| lemma.ends_with(end));
    let third = [lemma, if is_sibilant { "es" } else { "s" }];
    let mut given = irregular.into_iter().flat_map(|all| all.split(' '));
    let mut form = |regular: [&str; 2]| given.next().map_or_else(|| regular.concat(), str::to_owned);
    [
        (lemma.to_owned(), Shape::Base),
        (form(third), Shape::Third),
        (form([stem, "ed"]), Shape::Past),
        (form([stem, "ing"]), Shape::Gerund),
    ]
}

/// The cue that `word` (folded) is a form of.
pub fn cue(word: &str) -> Option<Cue> {
    CUES.get(word).copied()
}

/// All forms of the verbs that [`cue`] knows, in no order of meaning.
pub fn words() -> impl Iterator<Item = &'static str> {
    CUES.keys().map(String::as_str)
}

/// All forms of the verbs that [`thought`] knows, in no order of meaning.
pub fn words_of_thought() -> impl Iterator<Item = &'static str> {
    THOUGHTS.keys().map(String::as_str)
}

/// The verb of thinking, knowing or finding that `word` (folded) is a form of.
pub fn thought(word: &str) -> Option<Cue> {
    THOUGHTS.get(word).copied()
}
