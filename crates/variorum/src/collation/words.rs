//! The words of a reading, ready for comparison.
//!
//! In: a text and the parts of it that a reading consists of. Out: [`Words`]: units (a token with the marks behind it,
//! so that no byte but white space is lost) and, under them, words in the form they are compared by: small letters, one
//! shape of each mark, contractions taken apart ("don’t" gives *do not*), numbers in digits, one spelling of two.
//! Leaves: numbers of several words ("twenty-one" is two words here).

use crate::lexicon;
use crate::sentences;
use crate::span::Span;
use crate::token::{self, Kind, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a word does in its sentence.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Denies.
    Negation,
    /// Modal verb or adverb.
    Modal,
    /// Digits, numbers in words, words of scale.
    Number,
    /// Capitalised inside a sentence.
    Name,
    /// Carries grammar.
    Function,
    /// Anything else.
    Content,
}

/// A word as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The form it is compared by.
    pub form: String,
    /// What it does.
    pub class: Class,
    /// Index in [`Words::units`] of the token it comes from.
    pub unit: usize,
    /// Whether it stands in editorial brackets.
    pub is_editorial: bool,
    /// Whether a part, or an ellipsis, ends before it.
    pub after_cut: bool,
    /// Whether a sentence ends before it.
    pub after_stop: bool,
    /// Whether its sentence asks.
    pub is_asked: bool,
}

impl Word {
    /// Whether it tells one sentence from another.
    pub fn is_content(&self) -> bool {
        !matches!(self.class, Class::Function | Class::Modal | Class::Negation)
    }
}

/// A token with the marks that stand around it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// From its first byte to the last of the marks behind it.
    pub span: Span,
    /// Index of its part.
    pub part: usize,
}

/// The words of one reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// In text order; every byte of the parts but white space lies in one of them.
    pub units: Vec<Unit>,
    /// In text order.
    pub words: Vec<Word>,
    /// How many parts the reading has.
    pub parts: usize,
}

impl Words {
    /// How many words tell it from others.
    pub fn content(&self) -> usize {
        self.words.iter().filter(|word| word.is_content()).count()
    }
}

/// The words of the `parts` of `text`.
pub fn read(text: &str, parts: &[Span]) -> Words {
    let mut read = Words { parts: parts.len(), ..Words::default() };
    for (part, &span) in parts.iter().enumerate() {
        read_part(&mut read, text, span, part);
    }
    mark_questions(&mut read, text);
    read
}

fn read_part(read: &mut Words, text: &str, span: Span, part: usize) {
    let mut tokens = token::tokens(text, span);
    join_apostrophes(text, &mut tokens);
    let starts: BTreeSet<usize> =
        sentences::split(text, span).iter().map(|sentence| sentence.start()).collect();
    let mut state =
        State { is_editorial: false, after_cut: part > 0, after_stop: true, opens: true, points: 0 };
    let first = read.units.len();
    let mut before: Option<Span> = None;
    for token in tokens {
        let written = token.of(text);
        state.after_stop |= starts.contains(&token.span.start());
        if token.kind == Kind::Mark && !is_spoken_mark(written) {
            state.pass(written);
            match before.take() {
                Some(open) => before = Some(open.cover(token.span)),
                None if read.units.len() > first => {
                    let unit = read.units.last_mut().expect("more units than before this part");
                    unit.span = unit.span.cover(token.span);
                }
                None => before = Some(token.span),
            }
            continue;
        }
        let whole = before.take().map_or(token.span, |open| open.cover(token.span));
        push(read, written, whole, part, &mut state);
    }
    if let Some(marks) = before {
        read.units.push(Unit { span: marks, part });
    }
}

/// What the marks passed so far say about the next word.
struct State {
    is_editorial: bool,
    after_cut: bool,
    after_stop: bool,
    /// Whether a capital says nothing here: behind a colon or an opening mark.
    opens: bool,
    /// Points in a row: two make an ellipsis.
    points: usize,
}

impl State {
    fn pass(&mut self, mark: &str) {
        self.points = if mark == "." { self.points + 1 } else { 0 };
        self.after_cut |= self.points > 1;
        match mark.chars().next().unwrap_or(' ') {
            '[' | '(' => self.is_editorial = true,
            ']' | ')' => self.is_editorial = false,
            '…' => self.after_cut = true,
            '?' | '!' | ':' | '“' | '"' | '‘' | '\'' => self.opens = true,
            _ => {}
        }
    }
}

/// Marks that are read aloud as words.
fn is_spoken_mark(mark: &str) -> bool {
    matches!(mark, "%" | "&" | "$" | "€" | "£")
}

/// A leading apostrophe belongs to a few short forms ("'em"); elsewhere it is a quotation mark.
fn join_apostrophes(text: &str, tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let (mark, word) = (tokens[at], tokens[at + 1]);
        if is_inner_mark(text, tokens, at) {
            tokens[at] = Token::new(text, tokens[at].span.cover(tokens[at + 2].span), Kind::Word);
            tokens.drain(at + 1..at + 3);
            continue;
        }
        let short = word.kind == Kind::Word
            && mark.span.end() == word.span.start()
            && matches!(mark.of(text), "'" | "’" | "‘")
            && CONTRACTIONS.contains_key(format!("'{}", token::fold(word.of(text))).as_str());
        if short {
            tokens[at] = Token::new(text, mark.span.cover(word.span), Kind::Word);
            tokens.remove(at + 1);
        }
        at += 1;
    }
}

/// Whether a mark between two words without white space is a mistaken apostrophe, or a dash in place of masked letters.
fn is_inner_mark(text: &str, tokens: &[Token], at: usize) -> bool {
    let [before, mark, behind] = match tokens.get(at..at + 3) {
        Some(&[before, mark, behind]) => [before, mark, behind],
        _ => return false,
    };
    let joined = before.span.end() == mark.span.start() && mark.span.end() == behind.span.start();
    let words = before.kind == Kind::Word && mark.kind == Kind::Mark && behind.kind == Kind::Word;
    let is_masked = mark.of(text) == "—" && before.span.len() <= 2 && behind.span.len() <= 2;
    joined
        && words
        && (matches!(mark.of(text), "›" | "´" | "`") || mark.of(text).starts_with('*') || is_masked)
}

fn push(read: &mut Words, written: &str, span: Span, part: usize, state: &mut State) {
    let unit = read.units.len();
    read.units.push(Unit { span, part });
    let folded = fold(written);
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    for (at, form) in expand(&folded).into_iter().enumerate() {
        let class = classify(&form, capital && !((state.after_stop || state.opens) && at == 0));
        read.words.push(Word {
            form,
            class,
            unit,
            is_editorial: state.is_editorial,
            after_cut: state.after_cut && at == 0,
            after_stop: state.after_stop && at == 0,
            is_asked: false,
        });
    }
    state.after_cut = false;
    state.after_stop = false;
    state.opens = false;
    state.points = 0;
}

fn classify(form: &str, is_name: bool) -> Class {
    let is_number = form.starts_with(|c: char| c.is_ascii_digit()) || SCALES.contains(form);
    if NEGATIONS.contains(form) {
        Class::Negation
    } else if MODALS.contains_key(form) {
        Class::Modal
    } else if is_number {
        Class::Number
    } else if FUNCTION.contains(form) {
        Class::Function
    } else if is_name {
        Class::Name
    } else {
        Class::Content
    }
}

/// Each sentence's words learn whether a question mark ends it.
fn mark_questions(read: &mut Words, text: &str) {
    let mut is_asked = false;
    for at in (0..read.words.len()).rev() {
        let unit = read.units[read.words[at].unit].span.of(text);
        let last_of_unit = read.words.get(at + 1).is_none_or(|next| next.unit != read.words[at].unit);
        if last_of_unit && unit.contains(['?', '!', '.']) {
            let stops = read.words.get(at + 1).is_none_or(|next| next.after_stop);
            is_asked = if stops { unit.contains('?') } else { is_asked };
        }
        read.words[at].is_asked = is_asked;
    }
}

/// `word` in small letters without accents.
pub fn plain(word: &str) -> String {
    token::fold(word).chars().map(without_accent).collect()
}

/// `written` in small letters without accents, marks of one shape, points of short forms left out.
fn fold(written: &str) -> String {
    let mut folded: String = token::fold(written).chars().map(without_accent).collect();
    folded.retain(|c| c != '\u{AD}' && c != '\u{200B}');
    if folded.contains('.') && !folded.starts_with(|c: char| c.is_ascii_digit()) {
        folded.retain(|c| c != '.');
    }
    folded
}

fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'š' | 'ś' | 'ş' | 'ș' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ł' => 'l',
        'đ' | 'ď' => 'd',
        'ř' => 'r',
        'ť' | 'ţ' | 'ț' => 't',
        'ğ' => 'g',
        '\u{203A}' => '\'',
        other => other,
    }
}

/// The words that a folded token stands for.
fn expand(folded: &str) -> Vec<String> {
    match folded {
        "%" => return vec!["percent".to_owned()],
        "&" => return vec!["and".to_owned()],
        "$" => return vec!["dollar".to_owned()],
        "€" => return vec!["euro".to_owned()],
        "£" => return vec!["pound".to_owned()],
        _ => {}
    }
    if let Some(words) = CONTRACTIONS.get(folded) {
        return words.split(' ').map(str::to_owned).collect();
    }
    if let Some(verb) = folded.strip_suffix("n't").filter(|verb| !verb.is_empty()) {
        return vec![verb.to_owned(), "not".to_owned()];
    }
    for (end, word) in
        [("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'s", "'s"), ("'d", "'d")]
    {
        if let Some(stem) = folded.strip_suffix(end).filter(|stem| !stem.is_empty()) {
            return vec![spell(stem), word.to_owned()];
        }
    }
    vec![spell(folded)]
}

/// `word` in the spelling and number form that is compared.
fn spell(word: &str) -> String {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return digits(word);
    }
    if let Some(number) = NUMBERS.get(word) {
        return (*number).to_owned();
    }
    if let Some(other) = SPELLINGS.get(word) {
        return (*other).to_owned();
    }
    for (end, other) in ENDINGS {
        if let Some(stem) = word.strip_suffix(end).filter(|stem| stem.len() >= 3) {
            return format!("{stem}{other}");
        }
    }
    word.to_owned()
}

/// British endings and the American ones they are compared by; applied to both sides, so that a wrong guess does no harm.
const ENDINGS: [(&str, &str); 16] = [
    ("ising", "izing"),
    ("isation", "ization"),
    ("isations", "izations"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("our", "or"),
    ("tre", "ter"),
    ("tres", "ters"),
    ("ourable", "orable"),
];

/// A number without separators and ordinal ending: "1,200" gives "1200", "12th" gives "12".
fn digits(number: &str) -> String {
    let plain: String = number.chars().filter(|c| *c != ',').collect();
    for end in ["st", "nd", "rd", "th"] {
        if let Some(cardinal) = plain.strip_suffix(end) {
            return cardinal.to_owned();
        }
    }
    plain
}

/// `word` without the commonest endings, for sense lists and for matching across inflection.
pub fn stem(word: &str) -> &str {
    let long = |stem: &&str| stem.chars().count() >= 3;
    for end in ["ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y"] {
        if let Some(stem) = word.strip_suffix(end).filter(long) {
            return undoubled(stem);
        }
    }
    word
}

/// "stopp" gives "stop": the consonant that an ending doubles.
fn undoubled(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    match bytes {
        [.., a, b] if a == b && bytes.len() >= 4 && b"bdgmnprt".contains(b) => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// The entries of a two-column list as a map.
pub fn pairs(list: &'static str) -> BTreeMap<&'static str, &'static str> {
    lexicon::rows(list).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
}

/// From each word of a list of groups to its groups.
pub fn groups(list: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in lexicon::rows(list) {
        for word in row.get(1).into_iter().flat_map(|words| words.split(' ')) {
            of.entry(word).or_default().push(row[0]);
        }
    }
    of
}

static CONTRACTIONS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../../lang/en/contractions.txt")));
static SPELLINGS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../../lang/en/spellings.txt")));
static NUMBERS: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| pairs(include_str!("../../lang/en/number-words.txt")));
static SCALES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lang/en/scales.txt")).collect());
static NEGATIONS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lang/en/negations.txt")).collect());
static FUNCTION: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| lexicon::entries(include_str!("../../lang/en/light-words.txt")).collect());
/// Groups of modal words.
pub static MODALS: LazyLock<BTreeMap<&str, Vec<&str>>> =
    LazyLock::new(|| groups(include_str!("../../lang/en/modals.txt")));
