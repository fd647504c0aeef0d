//! The narrator's sentences around the fragments.
//!
//! In: a report and its fragments. Out: [`Line`]s: each sentence of the narrator as words, with one item in the place
//! of every fragment, so that rules can look at what stands beside a quotation without looking into it.
//! Sentence ends inside a fragment do not count; "“Stop!” Ruiz said." is one line.

use super::lists::{self, Cue};
use super::passages::{self, Fragment};
use crate::line::is_lowered;
use crate::model::{Annotated, EntityKind, Mention, MentionForm, Sentence};
use crate::span::Span;
use crate::tagging;
use crate::token::{self, Kind, Token};
use crate::vocabulary::Lists;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Deref;

/// Longest line, in items: a longer "sentence" is no prose and is cut.
const LONGEST: usize = 400;
/// Longest stretch of words read at once, in bytes.
const STRETCH: usize = 16_000;

/// What stands at one place of a line.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Word,
    Number,
    Mark,
    /// Index of the fragment.
    Quote(usize),
}

/// One item of a line.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    pub span: Span,
    pub part: Part,
    /// Folded; empty for a fragment.
    pub word: Cow<'a, str>,
    /// The lists that it stands in.
    pub lists: Lists,
    pub is_capital: bool,
    /// Its part of speech, where the report is tagged.
    pub tag: Option<tagging::pos::Part>,
    /// What sort of thing it mostly means as a noun, as in `tagging`.
    pub noun: u8,
    /// Whether it stands in the name of a person.
    pub is_person: bool,
    /// Whether it is a fragment that ends in a comma within its marks.
    pub ends_in_comma: bool,
}

/// The item in the place of a fragment.
fn fragment_item<'a>(text: &str, index: usize, fragment: &Fragment) -> Item<'a> {
    let words = fragment.outer.of(text).trim_end_matches(['”', '"', '’', '\'', '»']);
    Item {
        span: fragment.outer,
        part: Part::Quote(index),
        word: Cow::Borrowed(""),
        lists: Lists::default(),
        is_capital: false,
        tag: None,
        noun: 0,
        is_person: false,
        ends_in_comma: words.ends_with(','),
    }
}

/// The items of a line. Those of a sentence without fragments are made once they are asked for: most such lines tell by their
/// lists that they hold nothing that is looked for.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    made: OnceCell<Vec<Item<'a>>>,
    /// The sentence that they are made of, where they are not made at once.
    unread: Option<Unread<'a>>,
}

/// A sentence that is a line by itself, all its tokens within it.
#[derive(Copy, Clone, Debug)]
struct Unread<'a> {
    found: &'a Annotated,
    lowered: &'a Lowered<'a>,
    sentence: &'a Sentence,
}

impl<'a> Unread<'a> {
    fn items(&self) -> Vec<Item<'a>> {
        let Unread { found, lowered, sentence } = *self;
        let tokens = Tokens { lowered, sentences: &[] };
        let is_plain = lowered.is_whole(sentence.span);
        let item = |token: &Token| tokens.item(*token, is_plain);
        let mut items = sentence.tokens.iter().map(item).collect::<Vec<_>>();
        tag(found, sentence.span, &mut items);
        items
    }
}

impl<'a> Items<'a> {
    /// They and those of `more` behind them.
    fn append(&mut self, more: Items<'a>) {
        let mut items = std::mem::replace(self, Vec::new().into()).into_vec();
        items.append(&mut more.into_vec());
        *self = items.into();
    }

    fn into_vec(self) -> Vec<Item<'a>> {
        self.read();
        self.made.into_inner().unwrap_or_default()
    }

    #[cold]
    fn read(&self) -> &[Item<'a>] {
        self.made.get_or_init(|| self.unread.map(|unread| unread.items()).unwrap_or_default())
    }

    /// Whether the last one is a fragment, of which those of a sentence not yet read hold none.
    fn end_in_quote(&self) -> bool {
        let last = self.made.get().and_then(|items| items.last());
        last.is_some_and(|item| matches!(item.part, Part::Quote(_)))
    }
}

impl<'a> From<Vec<Item<'a>>> for Items<'a> {
    fn from(items: Vec<Item<'a>>) -> Items<'a> {
        Items { made: items.into(), unread: None }
    }
}

impl<'a> Deref for Items<'a> {
    type Target = [Item<'a>];

    #[inline]
    fn deref(&self) -> &[Item<'a>] {
        // Asked for each word: the way to items not yet made is kept out of it.
        match self.made.get() {
            Some(items) => items,
            None => self.read(),
        }
    }
}

/// A sentence of the narrator.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub block: usize,
    pub items: Items<'a>,
    /// The lists that its words stand in, all together.
    all_lists: Lists,
}

impl<'a> Line<'a> {
    fn new(block: usize, items: Vec<Item<'a>>) -> Line<'a> {
        let all_lists = items.iter().fold(Lists::default(), |all, item| all.and(item.lists));
        Line { block, items: items.into(), all_lists }
    }

    /// The line of a sentence without fragments, its items not yet made. `None` where more than its tokens has to be looked at: it
    /// may go on what stands before, or is cut.
    fn unread(
        found: &'a Annotated,
        lowered: &'a Lowered<'a>,
        lines: &[Line],
        sentence: &'a Sentence,
    ) -> Option<Line<'a>> {
        let tokens = sentence.tokens.as_slice();
        let (first, last) = (tokens.first()?, tokens.last()?);
        let is_whole = sentence.span.contains(first.span) && sentence.span.contains(last.span);
        let is_short = tokens.len() <= LONGEST && sentence.span.len() <= STRETCH;
        let begins_small = first.kind == Kind::Word && !first.is_capitalised();
        let follows_quote = lines.last().is_some_and(|line| line.items.end_in_quote());
        if !is_whole || !is_short || begins_small || follows_quote {
            return None;
        }
        let all_lists = tokens.iter().fold(Lists::default(), |all, token| all.and(token.lists));
        let items = Items { made: OnceCell::new(), unread: Some(Unread { found, lowered, sentence }) };
        Some(Line { block: sentence.block, items, all_lists })
    }

    /// Puts the items of `line` behind its own.
    fn append(&mut self, line: Line<'a>) {
        self.items.append(line.items);
        self.all_lists = self.all_lists.and(line.all_lists);
    }
}

impl Line<'_> {
    /// Whether one of its words stands in one of `lists`: told without its items.
    pub fn holds(&self, lists: Lists) -> bool {
        self.all_lists.touch(lists)
    }

    /// The folded word at `at`; "" beyond the ends and for fragments.
    pub fn word(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |item| &*item.word)
    }

    /// The lists that the word at `at` stands in; none beyond the ends and for fragments.
    pub fn lists(&self, at: usize) -> Lists {
        self.items.get(at).map_or_else(Lists::default, |item| item.lists)
    }

    /// The verb of saying that the word at `at` is a form of.
    pub fn cue(&self, at: usize) -> Option<Cue> {
        // Few words are any, which their lists tell without a look into the table of verbs.
        if self.lists(at).touch(Lists::CUE) { lists::cue(self.word(at)) } else { None }
    }

    /// The fragment at `at`.
    pub fn quote(&self, at: usize) -> Option<usize> {
        match self.items.get(at)?.part {
            Part::Quote(fragment) => Some(fragment),
            _ => None,
        }
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| item.is_capital)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| item.part == Part::Word)
    }

    /// The part of speech at `at`; `None` beyond the ends, for fragments, and where nothing was tagged.
    pub fn tag(&self, at: usize) -> Option<tagging::pos::Part> {
        self.items.get(at)?.tag
    }

    /// Whether no space stands between the items at `at` and `at + 1`.
    pub fn is_joined(&self, at: usize) -> bool {
        let next = self.items.get(at + 1);
        next.is_some_and(|next| self.items[at].span.end() == next.span.start())
    }

    /// Whether the item at `at` is the last part of a name with a hyphen: "in" of "Park Won-in".
    pub fn is_hyphened(&self, at: usize) -> bool {
        at > 1 && self.word(at - 1) == "-" && self.is_joined(at - 1) && self.is_joined(at - 2)
    }

    pub fn is_comma(&self, at: usize) -> bool {
        self.word(at) == ","
    }

    /// Places of the fragments; none in a line not yet read.
    pub fn quotes(&self) -> Vec<(usize, usize)> {
        if self.items.made.get().is_none() {
            return Vec::new();
        }
        (0..self.items.len()).filter_map(|at| Some((at, self.quote(at)?))).collect()
    }

    /// From the first item to the one before `end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.items[start].span.cover(self.items[end - 1].span)
    }

    /// One past the last item that is no closing punctuation.
    pub fn end(&self) -> usize {
        let mut end = self.items.len();
        while end > 0 && matches!(self.word(end - 1), "." | "!" | "?" | "…" | ";" | ":") {
            end -= 1;
        }
        end
    }
}

/// `span` cut to at most `bytes`, on a character boundary.
pub fn head(text: &str, span: Span, bytes: usize) -> Span {
    let mut end = span.end().min(span.start() + bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(span.start(), end)
}

/// A text with small letters of ASCII, in which most of its words stand folded.
#[derive(Debug)]
pub struct Lowered<'a> {
    text: &'a str,
    letters: String,
}

impl<'a> Lowered<'a> {
    /// That of `text`.
    pub fn of(text: &'a str) -> Lowered<'a> {
        Lowered { text, letters: text.to_ascii_lowercase() }
    }

    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Whether all words of `span` stand folded: told of many bytes at once.
    fn is_whole(&self, span: Span) -> bool {
        let words = span.of(self.text).as_bytes();
        words.is_ascii() && memchr::memchr(b'`', words).is_none()
    }

    /// What stands there in the place of `span`.
    fn of_span(&self, span: Span) -> Cow<'_, str> {
        Cow::Borrowed(span.of(&self.letters))
    }

    /// The words of `span` folded, with no memory of their own but for odd ones.
    fn fold(&self, span: Span) -> Cow<'_, str> {
        let word = span.of(&self.letters);
        if is_lowered(word) { Cow::Borrowed(word) } else { token::fold(span.of(self.text)) }
    }
}

/// The lines of `found`, in text order; `lowered` is its text.
pub fn lines<'a>(found: &'a Annotated, lowered: &'a Lowered<'a>, fragments: &[Fragment]) -> Vec<Line<'a>> {
    let sentences = found.sentences.as_slice();
    let outer: Vec<usize> = (0..fragments.len()).filter(|at| fragments[*at].parent.is_none()).collect();
    let mut lines: Vec<Line> = Vec::with_capacity(sentences.len());
    let mut next = 0;
    let mut at = 0;
    while at < sentences.len() {
        let first_sentence = at;
        let block = sentences[at].block;
        let start = sentences[at].span.start();
        let mut end = sentences[at].span.end();
        at += 1;
        // A fragment that goes on behind the end of the sentence takes the following ones in.
        let first = next;
        while let Some(fragment) = outer.get(next).map(|index| &fragments[*index])
            && fragment.outer.start() < end
        {
            next += 1;
            while end < fragment.outer.end() {
                match sentences.get(at).filter(|sentence| sentence.block == block) {
                    Some(sentence) => end = sentence.span.end(),
                    None => break,
                }
                at += 1;
            }
            end = end.max(fragment.outer.end());
        }
        if !passages::is_read(found.report.blocks[block].kind) {
            continue;
        }
        let is_plain = first == next && at == first_sentence + 1;
        let unread = || Line::unread(found, lowered, &lines, &sentences[first_sentence]);
        if let Some(line) = is_plain.then(unread).flatten() {
            lines.push(line);
        } else {
            let tokens = Tokens { lowered, sentences: &sentences[first_sentence..at] };
            let mut items = items(&tokens, Span::new(start, end), &outer[first..next], fragments);
            tag(found, Span::new(start, end), &mut items);
            push(found, &mut lines, Line::new(block, items));
        }
    }
    lines
}

/// Gives the words of `items`, all within `span`, their parts of speech.
fn tag(found: &Annotated, span: Span, items: &mut [Item]) {
    let mut words = found.tagged.words_in(span);
    let first = found.mentions.partition_point(|mention| mention.span.start() < span.start());
    let is_name =
        |mention: &&Mention| mention.kind == EntityKind::Person && mention.form == MentionForm::Name;
    let within = found.mentions[first..].iter().take_while(|mention| mention.span.start() < span.end());
    let mut people = within.filter(is_name).peekable();
    for item in items.iter_mut().filter(|item| !matches!(item.part, Part::Quote(_))) {
        while let [passed, rest @ ..] = words
            && passed.span.end() <= item.span.start()
        {
            words = rest;
        }
        let word = words.first().filter(|word| word.span.overlap(item.span) > 0);
        item.tag = word.map(|word| word.part);
        item.noun = word.map_or(0, |word| word.noun);
        while people.next_if(|name| name.span.end() <= item.span.start()).is_some() {}
        item.is_person = people.peek().is_some_and(|name| name.span.contains(item.span));
    }
}

fn push<'a>(found: &Annotated, lines: &mut Vec<Line<'a>>, line: Line<'a>) {
    if let Some(at) = parted_from_cue(found, lines, &line) {
        let mut earlier = lines.remove(at);
        earlier.block = line.block;
        earlier.append(line);
        lines.push(earlier);
        return;
    }
    if let Some(last) = lines.last_mut()
        && last.block == line.block
        && last.items.end_in_quote()
        && (is_bare_cue(&line) || is_dash_name(&line))
    {
        last.append(line);
        return;
    }
    if line.items.len() <= LONGEST {
        lines.extend((!line.items.is_empty()).then_some(line));
        return;
    }
    let block = line.block;
    let mut items = line.items.into_vec().into_iter();
    while items.len() > 0 {
        lines.push(Line::new(block, items.by_ref().take(LONGEST).collect()));
    }
}

/// The line of words that a picture parted from their cue: the paragraph before ends in a quotation, this one begins small.
fn parted_from_cue(found: &Annotated, lines: &[Line], line: &Line) -> Option<usize> {
    let is_body = |line: &Line| found.report.blocks[line.block].kind.is_body();
    if !line.is_word(0) || line.is_capital(0) {
        return None;
    }
    let at = lines.iter().rposition(is_body).filter(|at| lines.len() - at <= MOST_BETWEEN)?;
    let earlier = &lines[at];
    (is_body(line) && earlier.items.end_in_quote() && earlier.block != line.block).then_some(at)
}

/// How many lines of captions may stand between a quotation and its cue.
const MOST_BETWEEN: usize = 12;

/// "Ruiz said." or "the old man asked her.": a cue that the end mark of a quotation parted from it.
fn is_bare_cue(line: &Line) -> bool {
    let cue = (1..line.items.len().min(7)).find(|at| line.cue(*at).is_some());
    let Some(cue) = cue else { return false };
    let ends = matches!(line.word(cue + 1), "" | "." | ",") || line.items.len() <= cue + 3;
    let quoted = (0..cue).any(|at| line.quote(at).is_some());
    ends && !quoted
        && line.quote(cue + 1).is_none()
        && !(line.is_comma(cue + 1) && line.quote(cue + 2).is_some())
}

/// The words of `span` with `fragment` behind them, as a line.
pub fn line_of<'a>(lowered: &'a Lowered<'a>, span: Span, fragment: usize, piece: &Fragment) -> Line<'a> {
    let mut items = Vec::new();
    Tokens { lowered, sentences: &[] }.put(tail(lowered.text, span, STRETCH / 8), &mut items);
    items.push(fragment_item(lowered.text, fragment, piece));
    Line::new(piece.block, items)
}

/// The last `bytes` of `span`, from a character boundary.
pub fn tail(text: &str, span: Span, bytes: usize) -> Span {
    let mut start = span.end().saturating_sub(bytes).max(span.start());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    Span::new(start, span.end())
}

/// "– Ana Ruiz" behind a pull quote.
fn is_dash_name(line: &Line) -> bool {
    matches!(line.word(0), "–" | "—" | "-" | "―")
        && line.items.len() <= 12
        && line.quotes().is_empty()
        && (line.is_capital(1) || line.is_capital(2))
}

fn items<'a>(tokens: &Tokens<'a, '_>, span: Span, own: &[usize], fragments: &[Fragment]) -> Vec<Item<'a>> {
    let most = tokens.sentences.iter().map(|sentence| sentence.tokens.len()).sum::<usize>();
    let mut items = Vec::with_capacity(most + own.len());
    let mut at = span.start();
    for index in own {
        let fragment = &fragments[*index];
        if fragment.outer.start() < at {
            continue;
        }
        tokens.put(Span::new(at, fragment.outer.start()), &mut items);
        items.push(fragment_item(tokens.lowered.text, *index, fragment));
        at = fragment.outer.end();
    }
    if at < span.end() {
        tokens.put(Span::new(at, span.end()), &mut items);
    }
    items
}

/// Sentences in a row, to take the words of a stretch from.
struct Tokens<'a, 's> {
    lowered: &'a Lowered<'a>,
    sentences: &'s [Sentence],
}

impl<'a> Tokens<'a, '_> {
    /// Puts the words of `span` behind those in `items`.
    fn put(&self, span: Span, items: &mut Vec<Item<'a>>) {
        let text = self.lowered.text;
        let span = head(text, span, STRETCH);
        let reaches = self.sentences.last().is_some_and(|last| span.end() <= last.span.end());
        let cut = |sentence: &Sentence| within(&sentence.tokens, span).is_none();
        if !reaches || self.sentences.iter().any(cut) {
            items.extend(token::tokens(text, span).into_iter().map(|token| self.item(token, false)));
            return;
        }
        for tokens in self.sentences.iter().filter_map(|sentence| within(&sentence.tokens, span)) {
            items.extend(tokens.iter().map(|token| self.item(*token, false)));
        }
    }

    /// `is_lowered` is whether the word is known to stand folded in the lowered text.
    #[inline]
    fn item(&self, word: Token, is_lowered: bool) -> Item<'a> {
        let part = match word.kind {
            Kind::Word => Part::Word,
            Kind::Number => Part::Number,
            Kind::Mark => Part::Mark,
        };
        let is_capital = word.is_capitalised();
        Item {
            span: word.span,
            part,
            word: if is_lowered { self.lowered.of_span(word.span) } else { self.lowered.fold(word.span) },
            lists: word.lists,
            is_capital,
            tag: None,
            noun: 0,
            is_person: false,
            ends_in_comma: false,
        }
    }
}

/// Those of `tokens` that stand in `span`; `None` when it cuts one.
fn within(tokens: &[Token], span: Span) -> Option<&[Token]> {
    let from = tokens.partition_point(|token| token.span.end() <= span.start());
    let count = tokens[from..].partition_point(|token| token.span.start() < span.end());
    let own = &tokens[from..from + count];
    // They stand in a row: only the first and the last can lie across an end.
    let is_whole = |token: Option<&Token>| token.is_none_or(|token| span.contains(token.span));
    (is_whole(own.first()) && is_whole(own.last())).then_some(own)
}

/// The tokens of `span`: those of its sentences where they are whole, else cut anew.
pub fn tokens_of(found: &Annotated, span: Span) -> Cow<'_, [Token]> {
    let text = &found.report.text;
    let first = found.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    let behind = found.sentences[first..].partition_point(|sentence| sentence.span.start() < span.end());
    let whole = of_sentences(text, &found.sentences[first..first + behind], span);
    whole.unwrap_or_else(|| Cow::Owned(token::tokens(text, span)))
}

/// The tokens that `sentences` have in `span`; `None` when it cuts one, or reaches beyond them, or where words of two sentences
/// might be one token if they were cut together.
fn of_sentences<'a>(text: &str, sentences: &'a [Sentence], span: Span) -> Option<Cow<'a, [Token]>> {
    let (first, last) = (sentences.first()?, sentences.last()?);
    if !first.span.cover(last.span).contains(span) {
        return None;
    }
    let mut tokens = Cow::Borrowed(within(&first.tokens, span)?);
    for sentence in &sentences[1..] {
        let more = within(&sentence.tokens, span)?;
        if let (Some(end), Some(next)) = (tokens.last(), more.first()) {
            // White space of ASCII parts words, whatever of ASCII follows.
            let gap = &text.as_bytes()[end.span.end()..=next.span.start()];
            let (next, space) = gap.split_last()?;
            if space.is_empty() || !space.iter().all(u8::is_ascii_whitespace) || !next.is_ascii() {
                return None;
            }
        }
        tokens.to_mut().extend_from_slice(more);
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Report};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_of_sentences_are_those_cut_anew(
            text in "([A-Za-z0-9’.,:“”é\u{202f}\u{a0} -]{1,12}[.!?]?[ \n]?){1,8}",
            ends in (0usize..60, 0usize..60),
        ) {
            let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, of: None };
            let report = Report { text: text.clone(), blocks: vec![block], ..Report::default() };
            let mut found = Annotated { report, ..Annotated::default() };
            found.sentences = crate::sentences::find(&found.report);
            let bound = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let span = Span::new(bound(ends.0.min(ends.1)), bound(ends.0.max(ends.1)));
            prop_assert_eq!(tokens_of(&found, span).into_owned(), token::tokens(&text, span));
        }

        #[test]
        fn a_lowered_text_folds_as_words_do(text in "[A-Za-z’'`é ]{0,20}") {
            let span = Span::new(0, text.len());
            let lowered = Lowered::of(&text);
            prop_assert_eq!(lowered.fold(span), token::fold(&text));
        }
    }
}
