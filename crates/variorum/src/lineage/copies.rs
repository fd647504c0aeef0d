//! How much of one report stands in another, and in which words.
//!
//! In: two reports with their sentences aligned (`align`). Out: how much of either stands in the other, and whether one was made from it.
//! Leaves: copies in another language.

use super::align::Match;
use crate::lexicon;
use crate::model::{Annotated, Block, BlockKind};
use crate::span::Span;
use crate::token::{self, Kind, Token};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The sentences of a report that tell its story, folded for comparison.
pub struct Prose {
    /// In text order.
    pub sentences: Vec<Folded>,
    /// Its lines of furniture.
    pub furniture: BTreeSet<u64>,
}

/// One sentence, folded.
pub struct Folded {
    /// Where it stands in the report's text.
    pub span: Span,
    /// Its words and numbers.
    pub words: Vec<u64>,
    /// Which of them are the narrator's: outside quotation marks.
    pub(super) own: Own,
    /// Signs of translation, those of an original taken off.
    pub(super) translated: i64,
}

impl Folded {
    fn own(&self) -> usize {
        match &self.own {
            Own::All(are_own) => usize::from(*are_own) * self.words.len(),
            Own::Each(own) => own.iter().filter(|own| **own).count(),
        }
    }
}

/// Which words of a sentence are the narrator's.
pub enum Own {
    /// All or none of them.
    All(bool),
    /// For each whether it is.
    Each(Vec<bool>),
}

impl Own {
    /// Of what is said of each word.
    pub fn of(each: impl ExactSizeIterator<Item = bool> + Clone) -> Own {
        let first = each.clone().next().unwrap_or_default();
        if each.clone().all(|own| own == first) { Own::All(first) } else { Own::Each(each.collect()) }
    }

    /// Whether the word at a place is.
    pub fn at(&self, place: usize) -> bool {
        match self {
            Own::All(are_own) => *are_own,
            Own::Each(own) => own[place],
        }
    }
}

/// The sentences of `found`: running text only, captions and furniture apart.
pub fn prose(found: &Annotated) -> Prose {
    prose_with(found, &BTreeSet::new())
}

/// The same with those paragraphs that stand in `told`, whatever they are taken for here.
pub fn prose_with(found: &Annotated, told: &BTreeSet<u64>) -> Prose {
    let blocks = &found.report.blocks;
    let lines: Vec<u64> = if told.is_empty() {
        vec![0; blocks.len()]
    } else {
        blocks.iter().map(|block| line(found, block)).collect()
    };
    let is_told = |at: usize| blocks[at].kind.is_body() || told.contains(&lines[at]);
    let is_furniture = |kind: BlockKind| {
        !kind.is_body() && !matches!(kind, BlockKind::Other | BlockKind::Headline | BlockKind::Duplicate)
    };
    let furniture = (0..blocks.len())
        .filter(|&at| is_furniture(blocks[at].kind) && !is_told(at))
        .map(|at| line(found, &blocks[at]))
        .collect();
    Prose { sentences: sentences(found, is_told).map(|(folded, _)| folded).collect(), furniture }
}

/// The sentences of the blocks that `is_told` names by their index, folded, each with its tokens; those without words left out.
pub fn sentences(
    found: &Annotated,
    is_told: impl Fn(usize) -> bool,
) -> impl Iterator<Item = (Folded, &[Token])> {
    let quoted = quoted(found);
    found
        .sentences
        .iter()
        .filter(move |sentence| is_told(sentence.block))
        .map(move |sentence| {
            (fold(&found.report.text, sentence.span, &sentence.tokens, &quoted), &sentence.tokens[..])
        })
        .filter(|(folded, _)| !folded.words.is_empty())
}

/// The paragraphs of `found`, as `prose_with` knows them.
pub fn paragraphs(found: &Annotated) -> impl Iterator<Item = u64> + '_ {
    found.report.blocks.iter().filter(|block| block.kind.is_body()).map(|block| line(found, block))
}

fn line(found: &Annotated, block: &Block) -> u64 {
    let text = &found.report.text;
    hash_all(&fold(text, block.span, &token::tokens(text, block.span), &[]).words)
}

/// The stretches of the text between quotation marks, in order and apart.
pub fn quoted(found: &Annotated) -> Vec<Span> {
    let mut parts: Vec<Span> = found
        .quotations
        .iter()
        .filter(|quotation| quotation.form != crate::model::Form::Indirect)
        .flat_map(|quotation| quotation.content.iter().copied())
        .collect();
    parts.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for part in parts {
        match apart.last_mut() {
            Some(last) if part.start() <= last.end() => *last = last.cover(part),
            _ => apart.push(part),
        }
    }
    apart
}

fn fold(text: &str, span: Span, tokens: &[Token], quoted: &[Span]) -> Folded {
    let (mut words, mut own) = (Vec::with_capacity(tokens.len()), Vec::new());
    let (mut translated, mut room) = (0, String::new());
    let from = quoted.partition_point(|part| part.end() <= span.start());
    let to = from + quoted[from..].partition_point(|part| part.start() < span.end());
    let quoted = &quoted[from..to];
    for token in tokens.iter().filter(|token| token.kind != Kind::Mark) {
        let word = token::fold_in(token.of(text), &mut room);
        words.push(hash(word));
        translated += sign_of_translation(word);
        if !quoted.is_empty() {
            own.push(!quoted.iter().any(|part| part.holds(token.span.start())));
        }
    }
    let own = if quoted.is_empty() { Own::All(true) } else { Own::of(own.iter().copied()) };
    Folded { span, words, own, translated }
}

/// 1 for a word that translations have more often, -1 for one that originals have, else 0.
fn sign_of_translation(word: &str) -> i64 {
    let ending = || {
        let endings = &SIGNS.1[usize::from(*word.as_bytes().last()?)];
        endings.iter().find(|(end, _)| word.ends_with(end)).map(|(_, weight)| *weight)
    };
    SIGNS.0.get(word).copied().or_else(ending).unwrap_or_default()
}

/// Endings by their last byte.
type Endings = Vec<Vec<(&'static str, i64)>>;

/// Words, and endings, with what they are a sign of.
static SIGNS: LazyLock<(lexicon::Table<i64>, Endings)> = LazyLock::new(|| {
    let rows: Vec<(&str, i64)> = lexicon::rows(include_str!("../../lang/en/translation-marks.txt"))
        .filter_map(|row| Some((*row.get(1)?, if row[0] == "+" { 1 } else { -1 })))
        .collect();
    let mut endings: Endings = vec![Vec::new(); 256];
    for (ending, weight) in rows.iter().filter_map(|(sign, weight)| Some((sign.strip_prefix('-')?, *weight)))
    {
        let last = ending.bytes().last().unwrap_or_default();
        endings[usize::from(last)].push((ending, weight));
    }
    (lexicon::Table::of(rows.into_iter()), endings)
});

/// FNV-1a.
pub fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

pub(super) fn hash_all(words: &[u64]) -> u64 {
    hash_each(words.iter().copied())
}

/// The same for words as they come.
pub(super) fn hash_each(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |hash: u64, word| (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The same matches seen from the other report.
pub fn turned(matches: &[Match]) -> Vec<Match> {
    let mut turned: Vec<Match> = matches.iter().map(|pair| Match { a: pair.b, b: pair.a, ..*pair }).collect();
    turned.sort_unstable_by_key(|pair| pair.a);
    turned
}

/// How much of a report (the `a` of the matches) stands in another.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Words of the report.
    pub words: usize,
    /// Words in aligned sentences.
    pub aligned: usize,
    /// Words it shares with the other.
    pub shared: usize,
    /// Aligned sentences.
    pub sentences: usize,
    /// Aligned sentences in which a tenth of the words or more differ.
    pub changed: usize,
    /// The narrator's words.
    pub own: usize,
    /// The narrator's words in aligned sentences.
    own_aligned: usize,
    /// The narrator's words in sentences that are nearly the same.
    own_copied: usize,
    /// The narrator's words shared in any aligned sentence.
    own_shared: usize,
    /// Aligned sentences that come in the same order in both, one behind the other.
    in_order: usize,
}

/// How much of `a` stands in `b`.
pub fn coverage(a: &Prose, b: &Prose, matches: &[Match]) -> Coverage {
    let mut sum = Coverage {
        words: a.sentences.iter().map(|sentence| sentence.words.len()).sum(),
        own: a.sentences.iter().map(Folded::own).sum(),
        sentences: matches.len(),
        ..Coverage::default()
    };
    for (at, pair) in matches.iter().enumerate() {
        let (left, right) = (&a.sentences[pair.a], &b.sentences[pair.b]);
        let (short, long) =
            (left.words.len().min(right.words.len()), left.words.len().max(right.words.len()));
        sum.aligned += left.words.len();
        sum.shared += pair.shared;
        sum.changed += usize::from(10 * pair.shared <= 9 * long);
        sum.own_aligned += left.own();
        sum.own_shared += pair.own;
        sum.own_copied += if 10 * pair.shared >= 8 * short { pair.own } else { 0 };
        sum.in_order += usize::from(at == 0 || matches[at - 1].b < pair.b);
    }
    sum
}

impl Coverage {
    /// Whether the report was made from the other, in whole or in part.
    ///
    /// Independent reports of one event share names, figures and quotations; so only the narrator's words count.
    /// Either a fifth of them stand there in nearly the same sentences, or most of the text is there sentence by
    /// sentence in the same order, though changed in nearly each: the mark of translation there and back.
    pub fn is_copy(&self) -> bool {
        let copied = self.own_copied >= 20 && 5 * self.own_copied >= self.own;
        copied || self.is_retold()
    }

    fn is_retold(&self) -> bool {
        self.sentences >= 2
            && self.own_shared >= 20
            && 20 * self.own_aligned >= 11 * self.own
            && 20 * self.own_shared >= 9 * self.own_aligned
            && 10 * self.in_order >= 7 * self.sentences
    }

    /// The narrator's words shared in sentences that are nearly the same.
    pub fn copied(&self) -> usize {
        self.own_copied
    }

    /// Whether nearly every sentence that stands in both differs in its words.
    pub fn is_rewritten(&self) -> bool {
        self.sentences >= 2
            && 10 * self.changed >= 7 * self.sentences
            && 100 * self.shared <= 90 * self.aligned
    }
}

/// Whether nearly every sentence that stands in both differs, and one of the two has the signs of translation.
pub fn is_translated(a: &Prose, b: &Prose, matches: &[Match]) -> bool {
    let signs: i64 =
        matches.iter().map(|pair| a.sentences[pair.a].translated - b.sentences[pair.b].translated).sum();
    let coverage = coverage(a, b, matches);
    coverage.is_rewritten() && 50 * signs.unsigned_abs() as usize >= coverage.aligned
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lineage::align::align;
    use crate::model::Received;

    /// A report that the tests of copies and of their costs write anew.
    pub const ORIGINAL: &str = "The old mill at Elm Ford burned down on Sunday night, and the miller lost his home.\n\n\
        Firemen from three villages came too late to save the wheel, which was built in 1840.\n\n\
        The council wants to know why the hydrant in Mill Lane gave no water for twenty minutes.\n\n\
        Anna Berg, who chairs the council, called for an inquiry that should report before the winter.";

    fn read(text: &str) -> Prose {
        prose(&crate::annotate(&Received { bytes: text.into(), ..Received::default() }))
    }

    /// Whether the second text was made from the first, and in how many thousandths of its words it follows it.
    fn check(original: &str, copy: &str, is_copy: bool, shared: std::ops::RangeInclusive<usize>) {
        let (a, b) = (read(copy), read(original));
        let coverage = coverage(&a, &b, &align(&a, &b));
        assert_eq!(coverage.is_copy(), is_copy, "{copy:?}: {coverage:?}");
        let share = 1000 * coverage.shared / coverage.words.max(1);
        assert!(shared.contains(&share), "{copy:?}: {share} of 1000 words shared");
    }

    #[test]
    fn copies_are_told_from_reports_of_the_same_event() {
        check(ORIGINAL, ORIGINAL, true, 1000..=1000);
        let cut = ORIGINAL.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n");
        check(ORIGINAL, &cut, true, 1000..=1000);
        check(
            ORIGINAL,
            "The ancient mill of Elm Ford was burned on the night of Sunday, and the miller has lost his house.\n\n\
             The firemen of three villages arrived too late to save the wheel, that was built in 1840.\n\n\
             The council wishes to know why the hydrant of Mill Lane did not give water during twenty minutes.\n\n\
             Anna Berg, that chairs the council, asked for an inquiry that should report before of the winter.",
            true,
            500..=900,
        );
        check(
            ORIGINAL,
            "A fire destroyed a landmark of the valley this weekend.\n\n\
             Built in 1840, the mill was beyond saving when help arrived, neighbours at Elm Ford said.\n\n\
             Why a hydrant stayed dry is now for an inquiry that Anna Berg has promised.",
            false,
            0..=500,
        );
    }
}
