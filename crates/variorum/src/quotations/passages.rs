//! Finds the fragments between marks of a whole report.
//!
//! In: a report with blocks and sentences. Out: [`Fragment`]s in text order, with their nesting, and which one goes on
//! from an earlier paragraph. A quotation whose marks stay open runs on over following paragraphs that open with a mark
//! again (captions and other furniture between them are passed over); one that no mark closes ends before the next one
//! opens, where the sentences turn from first and second person to the narrator's third.
//! Leaves: whether a fragment is speech (`judgement`) and whose (`attribution`).

use super::lists;
use super::marks::{self, Mark, Shape, Side};
use super::pairing::{self, Pair};
use crate::model::{Annotated, Block, BlockKind, Sentence};
use crate::span::Span;
use crate::token;

/// What stands between two marks.
#[derive(Copy, Clone, Debug)]
pub struct Fragment {
    /// Index of the block.
    pub block: usize,
    /// With its marks.
    pub outer: Span,
    /// Without them and without white space at the ends.
    pub content: Span,
    /// Whether a mark closes it.
    pub closed: bool,
    /// Index of the fragment it is nested in.
    pub parent: Option<usize>,
    /// Index of the fragment of an earlier paragraph that it goes on from.
    pub goes_on: Option<usize>,
}

/// Whether quotations are looked for in a block of this kind: not in furniture and teasers.
pub fn is_read(kind: BlockKind) -> bool {
    kind.is_body()
        || matches!(kind, BlockKind::Headline | BlockKind::Dek | BlockKind::Heading | BlockKind::Caption)
}

/// The fragments of `found`.
pub fn find(found: &Annotated) -> Vec<Fragment> {
    let mut finder = Finder { text: &found.report.text, fragments: Vec::new(), open: None };
    let mut sentences = found.sentences.as_slice();
    for (at, block) in found.report.blocks.iter().enumerate() {
        let skip = sentences.partition_point(|sentence| sentence.block < at);
        sentences = &sentences[skip..];
        let own = &sentences[..sentences.partition_point(|sentence| sentence.block <= at)];
        if is_read(block.kind) {
            finder.block(found, at, block, own);
        }
    }
    finder.fragments
}

struct Finder<'a> {
    text: &'a str,
    fragments: Vec<Fragment>,
    /// A fragment that ran to the end of an earlier paragraph.
    open: Option<usize>,
}

impl Finder<'_> {
    fn block(&mut self, found: &Annotated, at: usize, block: &Block, sentences: &[Sentence]) {
        let span = block.span.trim(self.text);
        if is_slug(span.of(self.text)) {
            return;
        }
        let marks = marks::scan(self.text, span);
        let is_body = block.kind.is_body();
        let open = if is_body { self.open.take() } else { None };
        if marks.is_empty() {
            return;
        }
        let pairs = pairing::pair(&marks, open.is_some()).pairs;
        let first = self.fragments.len();
        let page = Page {
            text: self.text,
            block: at,
            span,
            marks: &marks,
            pairs: &pairs,
            sentences,
            goes_on: goes_on(found, at),
        };
        let mut index = vec![None; pairs.len()];
        let mut closed_until = span.start();
        for (pair, numbers) in pairs.iter().enumerate() {
            if let Some(mut fragment) = page.fragment(pair, closed_until) {
                fragment.parent = numbers.parent.and_then(|parent| index[parent]);
                closed_until = closed_until.max(fragment.outer.end());
                index[pair] = Some(self.fragments.len());
                self.fragments.push(fragment);
            }
        }
        self.link(first, span, open);
        if is_body {
            self.open = self.runs_on(first, span);
        }
    }

    /// Joins the first fragment of a paragraph to the one left open before.
    fn link(&mut self, first: usize, span: Span, open: Option<usize>) {
        let Some(open) = open else { return };
        let Some(fragment) = self.fragments.get_mut(first) else { return };
        if fragment.outer.start() == span.start() {
            fragment.goes_on = Some(open);
            if fragment.closed {
                self.close_chain(first);
            }
        }
    }

    /// The mark that closes the last paragraph of a quotation closes all of them.
    fn close_chain(&mut self, last: usize) {
        let mut at = self.fragments[last].goes_on;
        while let Some(earlier) = at {
            self.fragments[earlier].closed = true;
            at = self.fragments[earlier].goes_on;
        }
    }

    /// The fragment that is still open at the end of its paragraph.
    fn runs_on(&self, first: usize, span: Span) -> Option<usize> {
        let at = (first..self.fragments.len()).rev().find(|at| self.fragments[*at].parent.is_none())?;
        let last = &self.fragments[at];
        (!last.closed && last.outer.end() == span.end()).then_some(at)
    }
}

/// Whether the next paragraph of running text begins with an opening mark, so that a quotation may go on there.
fn goes_on(found: &Annotated, at: usize) -> bool {
    let text = &found.report.text;
    let next = found.report.blocks[at + 1..].iter().take(40).find(|block| block.kind.is_body());
    next.is_some_and(|block| block.span.of(text).trim_start().starts_with(['“', '"', '«', '‘', '„']))
}

/// The marks of one block, paired.
struct Page<'a> {
    text: &'a str,
    block: usize,
    span: Span,
    marks: &'a [Mark],
    pairs: &'a [Pair],
    sentences: &'a [Sentence],
    goes_on: bool,
}

impl Page<'_> {
    fn fragment(&self, at: usize, closed_until: usize) -> Option<Fragment> {
        let pair = self.pairs[at];
        let (outer, inner) = match (pair.open, pair.close) {
            (Some(open), Some(close)) => {
                let (open, close) = (self.marks[open].span, self.marks[close].span);
                (Span::new(open.start(), close.end()), Span::new(open.end(), close.start()))
            }
            (None, Some(close)) => self.unopened(at, self.marks[close], closed_until)?,
            (Some(open), None) => self.unclosed(at, self.marks[open])?,
            (None, None) => return None,
        };
        let content = inner.trim(self.text);
        let says = content.of(self.text).chars().take(400).any(char::is_alphanumeric);
        let closed = pair.close.is_some();
        says.then_some(Fragment { block: self.block, outer, content, closed, parent: None, goes_on: None })
    }

    /// A closing mark alone: what it closes began with the paragraph or with the sentence.
    fn unopened(&self, at: usize, close: Mark, closed_until: usize) -> Option<(Span, Span)> {
        if at > 0 && self.pairs[at - 1].open.is_none() {
            return None;
        }
        let start =
            if at == 0 { self.span.start() } else { sentence_start(self.sentences, close.span.start())? };
        let plausible = close.side != Side::Straight || matches!(close.before, ',' | '.' | '!' | '?');
        let content = (start >= closed_until && start < close.span.start() && plausible)
            .then(|| Span::new(start, close.span.start()))?;
        Some((Span::new(start, close.span.end()), content))
    }

    fn unclosed(&self, at: usize, open: Mark) -> Option<(Span, Span)> {
        if open.shape == Shape::Single {
            return None;
        }
        let next = self.pairs[at + 1..]
            .iter()
            .find_map(|other| other.open)
            .map(|open| self.marks[open].span.start());
        let rest = Span::new(open.span.end(), next.unwrap_or(self.span.end()));
        let end = match next {
            None if self.goes_on => rest.end(),
            _ => end_of_open(self.text, rest, next.is_some(), self.sentences),
        };
        let content = Span::new(open.span.end(), end.max(open.span.end())).trim(self.text);
        Some((Span::new(open.span.start(), content.end()), content))
    }
}

/// One line of words joined by hyphens: the address of an article.
fn is_slug(line: &str) -> bool {
    !line.contains(' ') && line.matches('-').count() >= 2
}

fn sentence_start(sentences: &[Sentence], at: usize) -> Option<usize> {
    let next = sentences.partition_point(|sentence| sentence.span.end() < at);
    sentences.get(next).map(|sentence| sentence.span.start()).filter(|start| *start < at)
}

/// Where words end that no mark closes: behind the last sentence before the narrator speaks again.
///
/// `before_next` says that another quotation opens at the end of `rest`; then the sentence that introduces it is the
/// narrator's.
fn end_of_open(text: &str, rest: Span, before_next: bool, sentences: &[Sentence]) -> usize {
    let first = sentences.partition_point(|sentence| sentence.span.end() <= rest.start());
    let own: Vec<Span> = sentences[first..]
        .iter()
        .take_while(|sentence| sentence.span.start() < rest.end())
        .take(200)
        .map(|sentence| {
            Span::new(sentence.span.start().max(rest.start()), sentence.span.end().min(rest.end()))
        })
        .collect();
    let Some((head, tail)) = own.split_first() else { return rest.end() };
    let mut kept = voice(text, *head).max(1);
    let mut best = (kept, head.end());
    for (at, sentence) in tail.iter().enumerate() {
        let introduces = before_next && at + 1 == tail.len();
        kept += if introduces { -6 } else { voice(text, *sentence) };
        let tolerated = if before_next { 0 } else { 2 };
        if kept + tolerated >= best.0 && !introduces {
            best = (kept.max(best.0), sentence.end());
        }
    }
    // Nothing speaks for the narrator: all of it is quoted.
    best.1
}

/// How much a sentence sounds like somebody speaking (above zero) or like the narrator (below).
fn voice(text: &str, sentence: Span) -> i32 {
    let mut score = 0;
    let words: Vec<_> = token::tokens(text, super::narration::head(text, sentence, 600))
        .iter()
        .map(|word| token::fold(word.of(text)))
        .collect();
    for word in words.iter().map(|word| &**word) {
        if lists::FIRST_SECOND.contains(word) {
            score += 2;
        }
        if lists::THIRD_PERSON.contains(word) {
            score -= 1;
        }
        if word.contains("n't") || word.ends_with("'ll") {
            score += 1;
        }
        if lists::cue(word).is_some_and(|cue| cue.takes_clause() && cue.shape != lists::Shape::Base) {
            score -= 2;
        }
    }
    if sentence.of(text).ends_with(['!', '?']) {
        score += 2;
    }
    let past = words.iter().filter(|word| word.ends_with("ed") && word.len() > 4).count() as i32;
    score - past.min(2)
}
