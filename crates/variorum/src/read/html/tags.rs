//! What the names and classes of elements say.
//!
//! In: a tag's name and attributes. Out: its [`Tag`] and [`Signs`].

use super::memo::Memo;
use crate::lexicon;
use crate::token;
use std::sync::LazyLock;

/// Elements by how they are read.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tag {
    /// Parts a line nowhere: b, span …
    Inline,
    /// In strong type: b, strong.
    Strong,
    Link,
    Quote,
    /// Parts blocks: div, section …
    Block,
    Paragraph,
    Article,
    Heading(u8),
    Item,
    List,
    Row,
    Cell,
    /// Not shown, or not text: script, style, svg …
    Silent,
    /// An inline element that is not shown.
    Unseen,
    Break,
    Void,
}

impl Tag {
    /// The element called `name` (small letters).
    pub(super) fn named(name: &[u8]) -> Tag {
        match name {
            b"a" => Tag::Link,
            b"q" => Tag::Quote,
            b"p" | b"pre" => Tag::Paragraph,
            b"article" | b"main" => Tag::Article,
            b"h1" => Tag::Heading(1),
            b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Tag::Heading(name[1] - b'0'),
            b"li" | b"dt" | b"dd" => Tag::Item,
            b"ul" | b"ol" | b"dl" | b"menu" => Tag::List,
            b"tr" => Tag::Row,
            b"td" | b"th" => Tag::Cell,
            b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"math" | b"iframe" | b"object"
            | b"select" | b"textarea" | b"head" | b"title" | b"audio" | b"video" | b"canvas" => Tag::Silent,
            b"br" => Tag::Break,
            b"img" | b"meta" | b"link" | b"input" | b"source" | b"wbr" | b"base" | b"col" | b"area"
            | b"embed" | b"param" | b"track" => Tag::Void,
            b"b" | b"strong" => Tag::Strong,
            // How a word is read aloud, set beside it in small type.
            b"rt" | b"rp" => Tag::Unseen,
            b"abbr" | b"bdi" | b"bdo" | b"cite" | b"code" | b"data" | b"dfn" | b"em" | b"font" | b"i"
            | b"kbd" | b"mark" | b"ruby" | b"s" | b"samp" | b"small" | b"span" | b"sub" | b"sup"
            | b"time" | b"u" | b"var" | b"ins" | b"del" | b"strike" | b"tt" | b"big" | b"label"
            | b"picture" | b"acronym" | b"nobr" => Tag::Inline,
            _ => Tag::Block,
        }
    }

    pub(super) fn is_inline(self) -> bool {
        matches!(self, Tag::Inline | Tag::Unseen | Tag::Strong | Tag::Link | Tag::Quote)
    }
}

/// What an element and those around it say, as bits.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u32);

impl Signs {
    pub(super) const NAVIGATION: Signs = Signs(1);
    pub(super) const ASIDE: Signs = Signs(1 << 1);
    pub(super) const FOOTER: Signs = Signs(1 << 2);
    pub(super) const FORM: Signs = Signs(1 << 3);
    pub(super) const FIGURE: Signs = Signs(1 << 4);
    pub(super) const CAPTION: Signs = Signs(1 << 5);
    pub(super) const CREDIT: Signs = Signs(1 << 6);
    pub(super) const ITEM: Signs = Signs(1 << 7);
    pub(super) const TABLE: Signs = Signs(1 << 8);
    pub(super) const BLOCKQUOTE: Signs = Signs(1 << 9);
    pub(super) const RELATED: Signs = Signs(1 << 10);
    pub(super) const NOTE: Signs = Signs(1 << 11);
    pub(super) const BYLINE: Signs = Signs(1 << 12);
    pub(super) const DATE: Signs = Signs(1 << 13);
    pub(super) const DEK: Signs = Signs(1 << 14);
    pub(super) const CRUMB: Signs = Signs(1 << 15);
    pub(super) const EMBED: Signs = Signs(1 << 16);
    pub(super) const OTHER: Signs = Signs(1 << 17);
    pub(super) const HEADER: Signs = Signs(1 << 18);
    pub(super) const COMMENT: Signs = Signs(1 << 19);
    /// The element is called after the article's text: "article-body", "entry-content".
    pub(super) const BODY: Signs = Signs(1 << 20);
    /// What the page says of an author.
    pub(super) const BIOGRAPHY: Signs = Signs(1 << 21);
    /// In a caption, whose the picture is: "copyright", "source".
    pub(super) const OWNER: Signs = Signs(1 << 22);
    /// Pictures or teasers one beside the other: "carousel".
    pub(super) const GALLERY: Signs = Signs(1 << 23);
    /// How to reach who wrote the page: in a caption, its author.
    pub(super) const ADDRESS: Signs = Signs(1 << 24);
    const NONE: Signs = Signs(0);

    /// Signs that keep an element's text from counting as running text.
    pub(super) const FURNITURE: Signs = Signs(
        Signs::HARD.0
            | Signs::ASIDE.0
            | Signs::FOOTER.0
            | Signs::FORM.0
            | Signs::CAPTION.0
            | Signs::FIGURE.0
            | Signs::OTHER.0
            | Signs::RELATED.0
            | Signs::NOTE.0
            | Signs::EMBED.0
            | Signs::BIOGRAPHY.0,
    );

    /// The surest of them.
    pub(super) const HARD: Signs = Signs(Signs::NAVIGATION.0 | Signs::COMMENT.0);

    /// Signs of what lies beside the article and its head.
    pub(super) const OUTSIDE: Signs = Signs(
        Signs::NAVIGATION.0
            | Signs::FOOTER.0
            | Signs::ASIDE.0
            | Signs::COMMENT.0
            | Signs::ITEM.0
            | Signs::RELATED.0,
    );

    /// Signs of what is no caption, though it stands beside an image.
    pub(super) const UNPICTURED: Signs = Signs(
        Signs::NOTE.0
            | Signs::FORM.0
            | Signs::BIOGRAPHY.0
            | Signs::BYLINE.0
            | Signs::DATE.0
            | Signs::RELATED.0,
    );

    /// Signs of an inline element whose text is a block of its own.
    pub(super) const APART: Signs = Signs(Signs::CREDIT.0 | Signs::CAPTION.0);

    /// Signs that speak of a small element only; one that holds much text is called so for another reason.
    pub(super) const LOCAL: Signs = Signs(
        Signs::BYLINE.0 | Signs::DATE.0 | Signs::DEK.0 | Signs::CREDIT.0 | Signs::CAPTION.0 | Signs::CRUMB.0,
    );

    pub(super) fn has(self, other: Signs) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn with(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }

    pub(super) fn without(self, other: Signs) -> Signs {
        Signs(self.0 & !other.0)
    }
}

/// The words of class names, by their first two bytes.
static WORDS: LazyLock<Vec<Vec<(&'static str, Signs)>>> = LazyLock::new(|| {
    let mut words = vec![Vec::new(); lexicon::PLACES];
    for row in lexicon::rows(include_str!("../../../lang/markup.txt")).filter(|row| row.len() == 2) {
        words[word_place(row[1])].push((row[1], sign(row[0])));
    }
    words
});

fn word_place(word: &str) -> usize {
    let [first, second] = [0, 1].map(|at| word.as_bytes().get(at).copied().unwrap_or_default());
    lexicon::place([first, second])
}

/// What a word of a class name says, in small letters.
fn of_word(word: &str) -> Option<Signs> {
    WORDS[word_place(word)].iter().find(|(known, _)| *known == word).map(|(_, signs)| *signs)
}

fn sign(name: &str) -> Signs {
    match name {
        "related" => Signs::RELATED,
        "note" => Signs::NOTE,
        "byline" => Signs::BYLINE,
        "date" => Signs::DATE,
        "caption" => Signs::CAPTION,
        "credit" => Signs::CREDIT,
        "dek" => Signs::DEK,
        "crumb" => Signs::CRUMB,
        "embed" => Signs::EMBED,
        "footer" => Signs::FOOTER,
        "navigation" => Signs::NAVIGATION,
        "comment" => Signs::COMMENT,
        "body" => Signs::BODY,
        "biography" => Signs::BIOGRAPHY,
        "owner" => Signs::OWNER,
        "gallery" => Signs::RELATED.with(Signs::GALLERY),
        _ => Signs::OTHER,
    }
}

/// What the element's name says of all that is in it.
pub(super) fn of_name(name: &[u8]) -> Signs {
    match name {
        b"nav" => Signs::NAVIGATION,
        b"aside" => Signs::ASIDE,
        b"footer" => Signs::FOOTER,
        b"header" => Signs::HEADER,
        b"form" | b"button" | b"fieldset" | b"dialog" => Signs::FORM,
        b"figure" => Signs::FIGURE,
        b"figcaption" => Signs::CAPTION,
        b"address" => Signs::ADDRESS,
        b"li" | b"dt" | b"dd" => Signs::ITEM,
        b"table" => Signs::TABLE,
        b"blockquote" => Signs::BLOCKQUOTE,
        _ => Signs::NONE,
    }
}

/// Longest class attribute that is looked at, in bytes.
const CLASS: usize = 400;

/// What is known of the class attributes of a page, and of the names in them.
#[derive(Default)]
pub(super) struct Classes {
    attributes: Memo<Signs>,
    names: Memo<Signs>,
}

/// What a class, id or role says, by way of `classes`.
pub(super) fn signs(classes: &mut Classes, class: &[u8]) -> Signs {
    if class.is_empty() || class.len() > CLASS {
        return Signs::NONE;
    }
    let Classes { attributes, names } = classes;
    attributes.get(class, |class| {
        let all = class.split(u8::is_ascii_whitespace).filter(|name| !name.is_empty());
        all.fold(Signs::NONE, |signs, name| {
            signs.with(names.get(name, |name| of_class(&String::from_utf8_lossy(name))))
        })
    })
}

/// What one name in a class, id or role says.
fn of_class(name: &str) -> Signs {
    let signs = of_whole(name);
    if !is_plain(name) {
        return signs;
    }
    let said = words(name).take(WORDS_OF_NAME).filter_map(|word| of_word(&token::fold(word)));
    said.fold(signs.with(of_joined(name)), Signs::with)
}

/// Most words of a name that are looked up.
const WORDS_OF_NAME: usize = 8;

/// The words of a name, parted by marks and by a capital behind a small letter; some are empty.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(name);
    std::iter::from_fn(move || {
        let from = rest?;
        let mut was_small = false;
        let end = from.char_indices().find(|&(_, c)| {
            let is_end = !c.is_alphanumeric() || (c.is_uppercase() && was_small);
            was_small = c.is_lowercase();
            is_end
        });
        let (at, c) = match end {
            Some(end) => end,
            None => return rest.take(),
        };
        rest = Some(&from[if c.is_alphanumeric() { at } else { at + c.len_utf8() }..]);
        Some(&from[..at])
    })
}

/// What a class says as a whole, its parts joined: "article-body", "articleBody", "entry_content".
fn of_joined(name: &str) -> Signs {
    let mut joined = Vec::with_capacity(name.len());
    joined.extend(name.bytes().filter(u8::is_ascii_alphabetic).map(|byte| byte.to_ascii_lowercase()));
    let mut signs = Signs::NONE;
    for (at, pair) in joined.windows(2).enumerate() {
        for (word, sign) in &JOINED[place(pair[0], pair[1])] {
            if joined[at..].starts_with(word) {
                signs = signs.with(*sign);
            }
        }
    }
    signs
}

/// The words of [`of_joined`], by their first two letters.
type Joined = Vec<Vec<(&'static [u8], Signs)>>;

static JOINED: LazyLock<Joined> = LazyLock::new(|| {
    let mut words: Joined = vec![Vec::new(); 26 * 26];
    for row in lexicon::rows(include_str!("../../../lang/markup.txt")).filter(|row| row.len() == 3) {
        let word = row[2].as_bytes();
        words[place(word[0], word[1])].push((word, sign(row[0])));
    }
    words
});

/// The number of two small letters.
fn place(first: u8, second: u8) -> usize {
    usize::from(first - b'a') * 26 + usize::from(second - b'a')
}

/// What a class says that is nothing else than the word.
fn of_whole(name: &str) -> Signs {
    let name = token::fold(name);
    let first = name.as_bytes().first().copied().unwrap_or_default();
    let known = WORDS[lexicon::place([b'=', first])].iter();
    let mut whole = known.filter(|(known, _)| known.strip_prefix('=') == Some(&*name));
    whole.next().map(|(_, signs)| *signs).unwrap_or_default()
}

/// Whether a class name says what the element is. Names of type sizes ("text-caption"), of states ("has-caption",
/// "no-sidebar") and of conditions ("lg:hidden") do not.
fn is_plain(name: &str) -> bool {
    const STATES: [&str; 9] = ["text-", "has-", "no-", "not-", "with-", "without-", "hide-", "show-", "is-"];
    // "text-lead" says what the text is, not its size.
    let is_dek = name.strip_prefix("text-").and_then(of_word).is_some_and(|sign| sign.has(Signs::DEK));
    let is_state = !is_dek && STATES.iter().any(|state| name.starts_with(state))
        || ["has", "hide", "show", "with"].iter().any(|state| {
            name.strip_prefix(state).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
        });
    !is_state && !name.contains([':', '[', '('])
}
