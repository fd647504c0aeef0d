//! The outlet, the canonical address and the language.
//!
//! Order for the outlet: the container; `og:site_name`; the publisher in JSON-LD; other meta tags (the application's name).
//! For the address: the `canonical` link; `og:url`; JSON-LD; the container. For the language: the `lang` of the page;
//! `og:locale` and its kin; JSON-LD; then the language whose small words fill the text.

use super::linked::name_of;
use super::words::{decoded, squeeze};
use super::{Facts, Said};
use crate::lexicon::{Listing, ShortWord};
use crate::model::Report;
use crate::token;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The outlet's name.
pub(super) fn outlet(facts: &Facts) -> Option<Said<String>> {
    if let Some(outlet) = &facts.received.outlet {
        return Some(Said::new(outlet.clone(), "container", None));
    }
    let meta = |names: &[&str]| {
        let meta = facts.meta(names)?;
        Some(Said::new(squeeze(&decoded(&meta.content)), "meta", Some(facts.place(meta.span))))
    };
    let publisher = || {
        let stated = facts.linked.articles.iter().find_map(|article| article.get("publisher"))?;
        let (name, node) = name_of(facts.linked.resolved(stated))?;
        Some(Said::new(squeeze(&decoded(&name)), "json-ld", Some(facts.place(node.span))))
    };
    let is_name = |said: &Said<String>| !said.value.is_empty() && !said.value.contains("://");
    meta(&["og:site_name"])
        .filter(is_name)
        .or_else(publisher)
        .filter(is_name)
        .or_else(|| {
            meta(&[
                "application-name",
                "apple-mobile-web-app-title",
                "dc.publisher",
                "citation_journal_title",
            ])
        })
        .filter(is_name)
}

/// The canonical address.
pub(super) fn address(facts: &Facts) -> Option<Said<String>> {
    let is_address = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    let meta = |name: &'static str| {
        let meta = facts.meta(&[name]).filter(|meta| is_address(meta.content.trim()))?;
        Some(Said::new(meta.content.trim().replace("&amp;", "&"), name, Some(facts.place(meta.span))))
    };
    let linked = || {
        let node = facts.linked.words("url").filter(|node| node.words().is_some_and(is_address))?;
        Some(Said::new(node.words()?.to_owned(), "json-ld", Some(facts.place(node.span))))
    };
    let container = || Some(Said::new(facts.received.url.clone()?, "container", None));
    meta("canonical").or_else(|| meta("og:url")).or_else(linked).or_else(container)
}

/// The language, ISO 639-1.
pub(super) fn language(facts: &Facts) -> Option<Said<String>> {
    let code = |tag: &str| {
        let code: String =
            tag.trim().chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        (code.len() == 2).then_some(code)
    };
    let page = facts
        .page
        .and_then(|page| code(page.language.as_deref()?))
        .map(|code| Said::new(code, "html-lang", None));
    let meta = || {
        let names =
            ["og:locale", "content-language", "dc.language", "language", "inlanguage", "dcterms.language"];
        let meta = facts.meta(&names)?;
        Some(Said::new(code(&meta.content)?, "meta", Some(facts.place(meta.span))))
    };
    let linked = || {
        let node = facts.linked.words("inLanguage")?;
        Some(Said::new(code(node.words()?)?, "json-ld", Some(facts.place(node.span))))
    };
    page.or_else(meta)
        .or_else(linked)
        .or_else(|| spoken(facts.report).map(|code| Said::new(code, "words", None)))
}

/// The small words of all languages.
struct SmallWords {
    /// The number of each.
    numbers: Listing<usize>,
    /// By the number of a word, the places in `codes` of the languages it is of.
    languages: Vec<Vec<usize>>,
    /// The codes of all languages.
    codes: Vec<&'static str>,
}

static SMALL_WORDS: LazyLock<SmallWords> = LazyLock::new(|| {
    let mut codes = Vec::new();
    let mut languages: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for row in crate::lexicon::rows(include_str!("../../../lang/stopwords.txt")).filter(|row| row.len() == 2)
    {
        for word in row[1].split_whitespace() {
            languages.entry(word).or_default().push(codes.len());
        }
        codes.push(row[0]);
    }
    let (words, languages): (Vec<&'static str>, Vec<_>) = languages.into_iter().unzip();
    let numbers = Listing::joined(words.into_iter().zip(0..).collect(), |_, last| last);
    SmallWords { numbers, languages, codes }
});

/// How many words are looked at to tell a language.
const LANGUAGE_WORDS: usize = 2000;

/// Share of small words in running text, in percent, from which a language is told; English news has some 35.
const SMALL_PERCENT: usize = 15;

/// How many different small words show a language.
const DIFFERENT: usize = 4;

/// What a text has of a language.
#[derive(Clone, Copy, Default)]
struct Found {
    count: usize,
    /// How many different small words.
    different: usize,
}

/// A run of letters.
#[derive(Copy, Clone, Debug)]
enum Run<'a> {
    Short(ShortWord),
    Other(&'a str),
}

/// The runs of letters of `text`.
fn runs_of_letters(text: &str) -> impl Iterator<Item = Run<'_>> {
    let is_letter = |c: char| !token::is_general_mark(c) && c.is_alphabetic();
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes[at..].iter().position(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())?;
            // Most words are short, and what stands behind them is a space, which need not be looked at again.
            if let Some((word, length)) = ShortWord::at_start(&bytes[at..])
                && bytes.get(at + length).is_none_or(u8::is_ascii)
            {
                at += length + usize::from(bytes.get(at + length) == Some(&b' '));
                return Some(Run::Short(word));
            }
            let rest = &text[at..];
            let length = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
            if length > 0 {
                at += length;
                return Some(Run::Other(&rest[..length]));
            }
            at += rest.find(is_letter).unwrap_or(rest.len());
        }
    })
}

fn spoken(report: &Report) -> Option<String> {
    let body = report.blocks.iter().filter(|block| block.kind.is_body());
    let SmallWords { numbers, languages, codes } = &*SMALL_WORDS;
    let mut all = 0;
    let mut counts = vec![0; languages.len()];
    let mut different = Vec::new();
    let mut room = String::new();
    for block in body {
        for run in runs_of_letters(block.span.of(&report.text)).take(LANGUAGE_WORDS - all) {
            all += 1;
            let number = match run {
                Run::Short(word) => numbers.of_short(word),
                Run::Other(word) => numbers.get(token::fold_in(word, &mut room)),
            };
            if let Some(number) = number {
                if counts[number] == 0 {
                    different.push(number);
                }
                counts[number] += 1;
            }
        }
    }
    let mut found = vec![Found::default(); codes.len()];
    for word in different {
        for &language in &languages[word] {
            found[language].count += counts[word];
            found[language].different += 1;
        }
    }
    // One word over and over is no language.
    let varied = found.iter().zip(codes).filter(|(found, _)| found.different >= DIFFERENT);
    let mut ranked: Vec<(usize, &str)> = varied.map(|(found, code)| (found.count, *code)).collect();
    ranked.sort_by(|a, b| b.cmp(a));
    let second = ranked.get(1).map_or(0, |second| second.0);
    let &(count, language) = ranked.first()?;
    (all >= 20 && count * 100 >= all * SMALL_PERCENT && count * 10 > second * 11).then(|| language.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_are_those_of_letters(text in "[a-zé’“ß1,. 東ʼ\u{2014}]{0,40}") {
            let runs = text.split(|c: char| token::is_general_mark(c) || !c.is_alphabetic());
            let mut expected = runs.filter(|run| !run.is_empty());
            for run in runs_of_letters(&text) {
                let word = expected.next().unwrap_or_default();
                match run {
                    Run::Short(short) => prop_assert_eq!(Some(short), ShortWord::of(word)),
                    Run::Other(other) => prop_assert_eq!(other, word),
                }
            }
            prop_assert_eq!(expected.next(), None);
        }
    }
}
