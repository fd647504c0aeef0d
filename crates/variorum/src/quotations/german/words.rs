//! German words: what a small word does in its clause, and the moods of verbs.
//!
//! In: a folded word. Out: its classes and moods. Method: a list of verbs with their irregular forms
//! (`lang/de/verbs.txt`), from which the regular ones are made; verbs with a prefix are found by taking it
//! off ("bestätige", "stattgefunden", "mitzuteilen").
//! Leaves: forms of the first and second person, which news tells nothing with; verbs of no list.

use super::super::lists::Words;
use crate::lexicon::{self, Classes, Table};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static CLASSES: LazyLock<Classes> =
    LazyLock::new(|| lexicon::classes(include_str!("../../../lang/de/quotations/word-classes.txt")));

macro_rules! words {
    ($name:ident, $file:literal) => {
        pub static $name: Words = LazyLock::new(|| {
            lexicon::Words::of(lexicon::entries(include_str!(concat!("../../../lang/de/quotations/", $file))))
        });
    };
}

words!(REPORTING, "reporting-words.txt");
words!(NAMING, "naming-words.txt");
words!(SOURCES, "source-nouns.txt");
words!(SAID, "said-nouns.txt");
words!(ABBREVIATIONS, "../abbreviations.txt");

/// Whether `word` is of `class` in `word-classes.txt`.
pub fn is(class: &str, word: &str) -> bool {
    CLASSES.hold(class, word)
}

/// The forms that a word can be of a verb, a bit each.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Moods(u8);

impl Moods {
    /// Third person singular of the present: "sagt".
    pub const PRESENT: Moods = Moods(1);
    /// "sagte", "sagten".
    pub const PAST: Moods = Moods(2);
    /// The first subjunctive, which reported speech stands in: "sei", "habe", "sage".
    pub const REPORTED: Moods = Moods(4);
    /// The second subjunctive, where it differs from the past: "wäre", "käme".
    pub const UNREAL: Moods = Moods(8);
    /// "sagen", which is also the plural of the present.
    pub const INFINITIVE: Moods = Moods(16);
    /// "gesagt".
    pub const PARTICIPLE: Moods = Moods(32);
    /// "mitzuteilen".
    pub const WITH_ZU: Moods = Moods(64);

    pub fn has(self, other: Moods) -> bool {
        self.0 & other.0 != 0
    }

    fn and(self, other: Moods) -> Moods {
        Moods(self.0 | other.0)
    }
}

/// The forms of one verb that are told apart.
struct Conjugation {
    third: String,
    past: String,
    participle: String,
    unreal: Option<&'static str>,
}

/// Forms by verb, as `lang/de/verbs.txt` gives them.
static VERBS: LazyLock<BTreeMap<&'static str, Conjugation>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../../lang/de/verbs.txt"));
    rows.filter_map(|row| Some((*row.first()?, conjugation(&row)))).collect()
});

static FORMS: LazyLock<Table<Moods, String>> = LazyLock::new(|| {
    let mut forms: BTreeMap<String, Moods> = BTreeMap::new();
    for (lemma, verb) in VERBS.iter() {
        for (form, mood) in verb.forms(lemma) {
            let moods = forms.entry(form).or_default();
            *moods = moods.and(mood);
        }
    }
    Table::of(forms.into_iter())
});

fn conjugation(row: &[&'static str]) -> Conjugation {
    let given = |at: usize| row.get(at).map(|form| (*form).to_owned());
    let regular = regular(row[0]);
    Conjugation {
        third: given(1).unwrap_or(regular.third),
        past: given(2).unwrap_or(regular.past),
        participle: given(3).unwrap_or(regular.participle),
        unreal: row.get(4).copied(),
    }
}

/// The stem of an infinitive: "sag", "sicher", "handel".
fn stem(lemma: &str) -> &str {
    lemma.strip_suffix("en").or_else(|| lemma.strip_suffix('n')).unwrap_or(lemma)
}

/// The forms of a weak verb.
fn regular(lemma: &str) -> Conjugation {
    let stem = stem(lemma);
    let is_hard = ["d", "t", "chn", "ffn", "tm", "dn", "gn"].iter().any(|end| stem.ends_with(end));
    let link = if is_hard { "e" } else { "" };
    let is_bare = lemma.ends_with("ieren") || INSEPARABLE.iter().any(|prefix| stem.starts_with(prefix));
    let ge = if is_bare { "" } else { "ge" };
    Conjugation {
        third: format!("{stem}{link}t"),
        past: format!("{stem}{link}te"),
        participle: format!("{ge}{stem}{link}t"),
        unreal: None,
    }
}

/// Prefixes that stay with their verb and leave its participle without "ge".
const INSEPARABLE: [&str; 11] =
    ["be", "ent", "er", "ver", "zer", "miss", "über", "unter", "wider", "voll", "emp"];

impl Conjugation {
    fn forms(&self, lemma: &str) -> Vec<(String, Moods)> {
        let mut forms = vec![
            (lemma.to_owned(), Moods::INFINITIVE),
            (self.third.clone(), Moods::PRESENT),
            (self.past.clone(), Moods::PAST),
            (plural(&self.past), Moods::PAST),
            (self.participle.clone(), Moods::PARTICIPLE),
        ];
        forms.extend(reported(lemma).into_iter().map(|form| (form, Moods::REPORTED)));
        if let Some(unreal) = self.unreal.filter(|unreal| *unreal != self.past) {
            forms.push((unreal.to_owned(), Moods::UNREAL));
            // "gingen", "blieben" are of the past first.
            let many = plural(unreal);
            forms.extend((many != plural(&self.past)).then_some((many, Moods::UNREAL)));
        }
        forms
    }
}

fn plural(third: &str) -> String {
    if third.ends_with('e') { format!("{third}n") } else { format!("{third}en") }
}

/// The first subjunctive: "sage"; "sei" and "seien"; "handle" and "handele".
fn reported(lemma: &str) -> Vec<String> {
    let stem = stem(lemma);
    match (lemma, stem.strip_suffix("el")) {
        ("sein", _) => vec!["sei".to_owned(), "seien".to_owned()],
        (_, Some(short)) => vec![format!("{short}le"), format!("{stem}e")],
        _ => vec![format!("{stem}e")],
    }
}

/// The forms that `word` (folded) can be of a verb.
pub fn moods(word: &str) -> Moods {
    if is("determiner", word) || is("adverb", word) || is("preposition", word) {
        return Moods::default();
    }
    let own = FORMS.get(word).copied().unwrap_or_default().and(foreign(word));
    PREFIXES.iter().fold(own, |moods, prefix| match word.strip_prefix(prefix) {
        Some(rest) if rest.len() > 2 => moods.and(prefixed(prefix, rest)),
        _ => moods,
    })
}

/// The forms of the verbs in "-ieren", which are all regular.
fn foreign(word: &str) -> Moods {
    const ENDINGS: [(&str, Moods); 5] = [
        ("ierten", Moods::PAST),
        ("ieren", Moods::INFINITIVE),
        ("ierte", Moods::PAST),
        ("iert", Moods(Moods::PRESENT.0 | Moods::PARTICIPLE.0)),
        ("iere", Moods::REPORTED),
    ];
    if is_made_subjunctive(word) {
        return Moods::REPORTED;
    }
    let ending = ENDINGS.iter().find(|(ending, _)| word.len() > ending.len() + 2 && word.ends_with(ending));
    ending.map_or(Moods::default(), |(_, moods)| *moods)
}

/// "bedinge", "vertiefe": a verb of no list in the first subjunctive, by its prefix. Adjectives have other
/// endings.
fn is_made_subjunctive(word: &str) -> bool {
    const PREFIXES: [&str; 5] = ["be", "ent", "er", "ver", "zer"];
    const ADJECTIVES: [&str; 15] = [
        "te", "ene", "ere", "ige", "iche", "ische", "bare", "same", "ende", "ane", "elle", "lose", "hafte",
        "ive", "ale",
    ];
    word.len() > 6
        && word.ends_with('e')
        && PREFIXES.iter().any(|prefix| word.starts_with(prefix))
        && !ADJECTIVES.iter().any(|ending| word.ends_with(ending))
}

static PREFIXES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut prefixes: Vec<&str> = CLASSES.of("prefix").collect();
    prefixes.sort_unstable();
    prefixes
});

/// The forms of a verb whose prefix was taken off.
fn prefixed(prefix: &str, rest: &str) -> Moods {
    if let Some(infinitive) = rest.strip_prefix("zu")
        && FORMS.get(infinitive).is_some_and(|moods| moods.has(Moods::INFINITIVE))
    {
        return Moods::WITH_ZU;
    }
    let moods = FORMS.get(rest).copied().unwrap_or_default();
    let is_bare = INSEPARABLE.contains(&prefix);
    if is_bare && moods.has(Moods::PRESENT) { moods.and(Moods::PARTICIPLE) } else { moods }
}

/// Whether `word` (folded) is in a subjunctive that differs from the indicative.
pub fn is_subjunctive(word: &str) -> bool {
    moods(word).has(Moods::REPORTED.and(Moods::UNREAL))
}

/// Whether `word` (folded) is a verb that a subject can stand with, infinitives left out.
pub fn is_finite(word: &str) -> bool {
    let finite = Moods::PRESENT.and(Moods::PAST).and(Moods::REPORTED).and(Moods::UNREAL);
    is("auxiliary", word) || moods(word).has(finite)
}

/// A form of the verb `lemma`, with what it is.
pub fn forms(lemma: &str) -> Vec<(String, Moods)> {
    match VERBS.get(lemma) {
        Some(verb) => verb.forms(lemma),
        None => regular(lemma).forms(lemma),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjunctives_are_told_from_the_indicative() {
        for word in ["sei", "seien", "habe", "hätten", "werde", "könne", "bestätige", "handle", "fände"] {
            assert!(is_subjunctive(word), "{word}");
        }
        for word in ["sagt", "sagte", "ist", "haben", "eine", "heute", "diese", "meine", "können", "gingen"]
        {
            assert!(!is_subjunctive(word), "{word}");
        }
    }

    #[test]
    fn prefixes_are_taken_off() {
        assert!(moods("mitzuteilen").has(Moods::WITH_ZU));
        assert!(moods("stattgefunden").has(Moods::PARTICIPLE));
        assert!(moods("bezahlt").has(Moods::PARTICIPLE));
        assert!(is_finite("vorwarf"));
        assert!(!is_finite("Hafen"));
    }
}
