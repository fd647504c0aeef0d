//! How much of one report stands in another, and in which words.
//!
//! In: two reports with their sentences aligned (`align`). Out: how much of either stands in the other, and whether one was made from it.
//! Leaves: copies in another language.

use super::align::Match;
use crate::model::{Annotated, Block, BlockKind};
use crate::span::Span;
use crate::token::{self, Kind};
use crate::words::{Word, Words, mixed, number};
use std::collections::BTreeSet;

/// The sentences of a report that tell its story, folded for comparison.
#[derive(Default)]
pub struct Prose {
    /// In text order.
    pub sentences: Vec<Folded>,
    /// Its lines of furniture.
    pub furniture: BTreeSet<u64>,
    /// The words and numbers of one sentence after the other.
    words: Vec<u32>,
    /// Which of them are the narrator's: outside quotation marks.
    own: Vec<bool>,
}

/// One sentence, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// Where it stands in the report's text.
    pub span: Span,
    /// Its words among those of the report.
    start: u32,
    end: u32,
    /// How many of them are the narrator's.
    own: u32,
    /// Signs of translation, those of an original taken off.
    pub(super) translated: i64,
}

impl Folded {
    /// How many words and numbers it has.
    pub fn count(&self) -> usize {
        (self.end - self.start) as usize
    }

    fn place(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Prose {
    /// With room for so many sentences and words.
    pub fn with_room(sentences: usize, words: usize) -> Prose {
        Prose {
            sentences: Vec::with_capacity(sentences),
            words: Vec::with_capacity(words),
            own: Vec::with_capacity(words),
            ..Prose::default()
        }
    }

    /// Adds a sentence of `words`, of each of which `own` says whether it is the narrator's.
    pub fn add(
        &mut self,
        span: Span,
        words: impl Iterator<Item = u32>,
        own: impl Iterator<Item = bool>,
        translated: i64,
    ) {
        let start = self.words.len();
        self.words.extend(words);
        self.own.extend(own);
        let own = self.own[start..].iter().filter(|own| **own).count() as u32;
        self.sentences.push(Folded {
            span,
            start: start as u32,
            end: self.words.len() as u32,
            own,
            translated,
        });
    }

    /// The words and numbers of a sentence.
    pub fn words(&self, sentence: usize) -> &[u32] {
        &self.words[self.sentences[sentence].place()]
    }

    /// How many words it has.
    pub fn count(&self) -> usize {
        self.words.len()
    }

    /// The words of a sentence that stand between quotation marks.
    pub(super) fn quoted(&self, sentence: usize) -> Vec<u32> {
        let own = self.own(sentence).unwrap_or_default();
        self.words(sentence).iter().zip(own).filter(|(_, own)| !**own).map(|(&word, _)| word).collect()
    }

    /// Which words of a sentence are the narrator's; `None` where all are.
    pub(super) fn own(&self, sentence: usize) -> Option<&[bool]> {
        let sentence = &self.sentences[sentence];
        (sentence.own as usize != sentence.count()).then(|| &self.own[sentence.place()])
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
    let (words, quoted) = (Words::of(found), quoted(found));
    let mut prose = Prose { furniture, ..Prose::default() };
    for told in sentences(found, &words, &quoted, is_told) {
        prose.add(told.span, told.words.iter().map(|word| word.number), told.own(), told.translated());
    }
    prose
}

/// A sentence that tells of the story.
#[derive(Copy, Clone)]
pub struct Told<'a> {
    /// Where it stands in the report's text.
    pub span: Span,
    /// Its words and numbers.
    pub words: &'a [Word],
    /// What in it stands between quotation marks.
    quoted: &'a [Span],
}

impl<'a> Told<'a> {
    /// For each word whether it is the narrator's.
    pub fn own(self) -> impl Iterator<Item = bool> + use<'a> {
        self.words.iter().map(move |word| !self.quoted.iter().any(|part| part.holds(word.span.start())))
    }

    /// Signs of translation, those of an original taken off.
    pub fn translated(self) -> i64 {
        self.words.iter().map(|word| i64::from(word.translated)).sum()
    }
}

/// The sentences of the blocks that `is_told` names by their index, where `words` and `quoted` are those of `found`; those without words
/// left out.
pub fn sentences<'a>(
    found: &'a Annotated,
    words: &'a Words,
    quoted: &'a [Span],
    is_told: impl Fn(usize) -> bool,
) -> impl Iterator<Item = Told<'a>> {
    found
        .sentences
        .iter()
        .enumerate()
        .filter(move |(_, sentence)| is_told(sentence.block))
        .map(move |(at, sentence)| {
            let from = quoted.partition_point(|part| part.end() <= sentence.span.start());
            let to = from + quoted[from..].partition_point(|part| part.start() < sentence.span.end());
            Told { span: sentence.span, words: words.sentence(at), quoted: &quoted[from..to] }
        })
        .filter(|told| !told.words.is_empty())
}

/// The paragraphs of `found`, as `prose_with` knows them.
pub fn paragraphs(found: &Annotated) -> impl Iterator<Item = u64> + '_ {
    found.report.blocks.iter().filter(|block| block.kind.is_body()).map(|block| line(found, block))
}

fn line(found: &Annotated, block: &Block) -> u64 {
    let text = &found.report.text;
    let tokens = token::tokens(text, block.span).into_iter().filter(|token| token.kind != Kind::Mark);
    hash_all(&tokens.map(|token| number(&token::fold(token.of(text)))).collect::<Vec<u32>>())
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

/// The sum of the words of a sentence.
pub fn hash_all(words: &[u32]) -> u64 {
    words.iter().fold(0, |sum, &word| mixed(sum, word.into()))
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
        words: a.count(),
        own: a.sentences.iter().map(|sentence| sentence.own as usize).sum(),
        sentences: matches.len(),
        ..Coverage::default()
    };
    for (at, pair) in matches.iter().enumerate() {
        let (left, right) = (&a.sentences[pair.a], &b.sentences[pair.b]);
        let (short, long) = (left.count().min(right.count()), left.count().max(right.count()));
        sum.aligned += left.count();
        sum.shared += pair.shared;
        sum.changed += usize::from(10 * pair.shared <= 9 * long);
        sum.own_aligned += left.own as usize;
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
