//! Names the parts of a plain text as it is found in the wild, with the furniture of the page it was cut from.
//!
//! In: a text. Out: blocks that together hold every byte of it; white space between them is `other`.
//! Method: lines become paragraphs (hard-wrapped lines are joined, see [`paragraphs`]), then a few passes name them,
//! surest first: slugs, date lines and bylines, furniture by its wording, headline, alternative texts with their
//! captions, repeats, what stands above the body, teasers behind it, headings. What no pass names is a paragraph.
//! Nothing is deleted. The passes look at a few neighbours only, so that the cost is linear. Of a page flattened with
//! all its navigation the report is found first (`body.rs`); what stands around it is named as furniture.

mod body;

use super::metadata::cut;
use super::wording;
use crate::model::{Block, BlockKind};
use crate::span::Span;
use crate::token::{first_of, letters};
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::ops::Range;

/// Longest paragraph that is looked at closely, in bytes; longer ones are body text.
const CLOSE: usize = 4096;

/// Fewest words of a paragraph in which a site talks of itself.
const LEAST_TALK: usize = 8;

/// How many paragraphs away a slug's headline may stand.
const NEIGHBOURS: usize = 3;

/// How many paragraphs the part above the body may have.
const HEAD: usize = 60;

/// How often a page has the headline of its report, when it repeats it: in its title, breadcrumbs and buttons.
const AGAIN: std::ops::RangeInclusive<usize> = 2..=4;

/// Most lines of a report. A text that has more is none, and is left as one paragraph: a hundred megabytes of short
/// lines would take many times their size.
const MOST_LINES: usize = 1 << 19;

/// Longest line that is taken for a headline by its looks alone, in words.
const LONGEST_HEADLINE: usize = 24;

/// How many lines above the body of a page its headline may stand.
const HEAD_OF_PAGE: usize = 20;

/// The blocks of `text`. `title` is the headline as the container states it.
pub fn blocks(text: &str, title: Option<&str>) -> Vec<Block> {
    if memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).nth(MOST_LINES).is_some() {
        return vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, of: None }];
    }
    let mut draft = Draft::new(text);
    draft.by_shape();
    draft.slugs();
    draft.by_wording();
    draft.page();
    draft.headline(title);
    draft.pictures();
    draft.repeats();
    draft.head();
    draft.teasers();
    draft.rest();
    partition(text, &draft)
}

/// Whether a sentence ends within `words`: a full stop behind a letter that is no capital, no small letter behind it.
fn has_inner_stop(words: &str) -> bool {
    let is_end = |text: &str| text.ends_with(|c: char| c.is_alphabetic() && !c.is_uppercase());
    let goes_on = |text: &str| text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    words.contains('。')
        || words
            .match_indices(". ")
            .any(|(at, stop)| is_end(&words[..at]) && !goes_on(&words[at + stop.len()..]))
}

/// How a paragraph ends.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Ending {
    /// With the mark that ends a sentence.
    Stop,
    /// With a mark that a headline may end with too: ? ! or an abbreviation.
    Soft,
    /// With a mark after which more should come: , : ; or a dash.
    Open,
    /// With a word.
    Bare,
}

/// The letters and digits of a line, small.
///
/// All but the first are made when they are asked for: most lines are told from each other by their beginning.
struct Letters<'a> {
    line: &'a str,
    /// The first of them, in bytes, as a number that keeps their order; 0 behind the last.
    begin: u128,
    all: OnceCell<String>,
}

impl<'a> Letters<'a> {
    fn of(line: &'a str) -> Letters<'a> {
        let head = cut(line, HEAD_OF_LINE);
        let mut first = letters(head);
        if first.len() < Letters::BEGIN && head.len() < line.len() {
            first = letters(line);
        }
        let mut begin = [0; Letters::BEGIN];
        let length = first.len().min(Letters::BEGIN);
        begin[..length].copy_from_slice(&first.as_bytes()[..length]);
        Letters { line, begin: u128::from_be_bytes(begin), all: OnceCell::new() }
    }

    const BEGIN: usize = 16;

    fn is_empty(&self) -> bool {
        self.begin == 0
    }

    /// Whether they are too few to tell that a line is printed again.
    fn are_few(&self) -> bool {
        self.begin.to_be_bytes()[TELLING - 1] == 0
    }

    fn as_str(&self) -> &str {
        self.all.get_or_init(|| letters(self.line))
    }

    fn starts_with(&self, other: &Letters) -> bool {
        self.as_str().starts_with(other.as_str())
    }
}

/// Fewest letters, in bytes, by which a line is known when it is printed again.
const TELLING: usize = 12;

/// Bytes of a line that nearly always hold as many letters as [`Letters`] are told apart by at first.
const HEAD_OF_LINE: usize = 2 * Letters::BEGIN;

impl Ord for Letters<'_> {
    fn cmp(&self, other: &Letters) -> Ordering {
        // A beginning that ends in 0 is all there is.
        let is_all = self.begin as u8 == 0;
        let is_same = is_all || std::ptr::eq(self, other);
        let rest = || if is_same { Ordering::Equal } else { self.as_str().cmp(other.as_str()) };
        self.begin.cmp(&other.begin).then_with(rest)
    }
}

impl PartialOrd for Letters<'_> {
    fn partial_cmp(&self, other: &Letters) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Letters<'_> {
    fn eq(&self, other: &Letters) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Letters<'_> {}

/// One paragraph.
struct Part<'a> {
    span: Span,
    text: &'a str,
    /// None of a long paragraph.
    fold: Letters<'a>,
    words: usize,
    /// How many of them are of sign-ups, consent and accounts; 0 for lines of a few words and for long paragraphs.
    site_words: usize,
    /// Whether a phrase of furniture may stand in it.
    may_hold_phrase: bool,
    ending: Ending,
    kind: Option<BlockKind>,
    of: Option<usize>,
}

impl<'a> Part<'a> {
    fn new(text: &'a str, span: Span) -> Part<'a> {
        let words = span.of(text);
        let is_close = words.len() <= CLOSE;
        let count = if is_close { wording::count(words) } else { usize::MAX };
        let glance = is_close.then(|| wording::glance(words));
        let site_words = glance.as_ref().map_or(0, |glance| glance.site_words);
        Part {
            span,
            text: words,
            fold: Letters::of(if is_close { words } else { "" }),
            words: count,
            site_words: if count >= LEAST_TALK { site_words } else { 0 },
            may_hold_phrase: glance.is_none_or(|glance| glance.may_hold_phrase),
            ending: ending(words),
            kind: None,
            of: None,
        }
    }

    fn is_open(&self) -> bool {
        self.kind.is_none()
    }

    /// Running text by its looks: it ends as a sentence and is not a mere line, or it is long.
    fn is_running(&self) -> bool {
        self.is_open()
            && (self.words > 40 || (matches!(self.ending, Ending::Stop | Ending::Open) && self.words >= 8))
    }

    /// Might be a headline by its looks.
    fn is_headline_like(&self) -> bool {
        self.is_open() && matches!(self.ending, Ending::Bare | Ending::Soft) && (2..=40).contains(&self.words)
    }
}

fn ending(words: &str) -> Ending {
    let bare = without_references(words).trim_end_matches(is_closing);
    match bare.chars().last() {
        Some('.') if is_abbreviated(bare) => Ending::Soft,
        Some('.' | '…' | '。' | '．' | '؟' | '۔' | '।' | '։' | '።' | '။' | '៕' | '។') => {
            Ending::Stop
        }
        Some('?' | '!' | '？' | '！') => {
            if words.split_whitespace().nth(20).is_some() {
                Ending::Stop
            } else {
                Ending::Soft
            }
        }
        Some(':' | ',' | ';' | '—' | '–' | '-') => Ending::Open,
        _ => Ending::Bare,
    }
}

/// `words` without the marks of notes at their end: "It burned down. [21] [22]".
fn without_references(words: &str) -> &str {
    let mut rest = words.trim_end();
    while let Some(open) = rest.strip_suffix(']') {
        let bare = open.trim_end_matches(|c: char| c.is_ascii_digit());
        match bare.strip_suffix('[').filter(|_| bare.len() < open.len()) {
            Some(before) => rest = before.trim_end(),
            None => break,
        }
    }
    rest
}

/// Marks that may stand behind the one that ends a sentence.
fn is_closing(c: char) -> bool {
    let is_bracket = matches!(c, ')' | ']' | '）' | '」' | '』' | '】' | '*');
    is_bracket || matches!(c, '”' | '"' | '’' | '\'' | '»' | '«' | '“' | '›' | '‹') || c.is_whitespace()
}

/// Whether the full stop belongs to the last word of a short line: "U.S.", "Inc."
fn is_abbreviated(words: &str) -> bool {
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let inner = last.trim_end_matches('.').contains('.') && !last.contains(|c: char| c.is_ascii_digit());
    inner && words.split_whitespace().nth(16).is_none()
}

struct Draft<'a> {
    parts: Vec<Part<'a>>,
    /// Where the report begins: 0, but in a page with its navigation.
    top: usize,
    /// Where the body of such a page begins.
    body: Option<usize>,
    headline: Option<usize>,
}

impl<'a> Draft<'a> {
    fn new(text: &'a str) -> Draft<'a> {
        let parts = paragraphs(text).into_iter().map(|span| Part::new(text, span)).collect();
        Draft { parts, top: 0, body: None, headline: None }
    }

    fn name(&mut self, at: usize, kind: BlockKind, of: Option<usize>) {
        self.parts[at].kind = Some(kind);
        self.parts[at].of = of;
    }

    /// Rulers, breadcrumbs, lists, tables, addresses: what its characters alone tell.
    fn by_shape(&mut self) {
        for at in 0..self.parts.len() {
            let part = &self.parts[at];
            let kind = if part.fold.is_empty() && part.text.len() <= CLOSE {
                Some(BlockKind::Other)
            } else if is_breadcrumb(part.text) && wording::credit_start(part.text) != Some(0) {
                Some(BlockKind::Crumb)
            } else if is_item(part.text) {
                Some(BlockKind::List)
            } else if is_row(part.text) {
                Some(BlockKind::Table)
            } else if is_address(part.text) {
                Some(BlockKind::Other)
            } else {
                None
            };
            if let Some(kind) = kind {
                self.name(at, kind, None);
            }
        }
        self.lone(BlockKind::Table);
    }

    /// One row is no table.
    fn lone(&mut self, kind: BlockKind) {
        for at in 0..self.parts.len() {
            let is = |at: Option<usize>| {
                at.and_then(|at| self.parts.get(at)).is_some_and(|part| part.kind == Some(kind))
            };
            if is(Some(at)) && !is(at.checked_sub(1)) && !is(Some(at + 1)) {
                self.parts[at].kind = None;
            }
        }
    }

    /// Headlines joined by hyphens, as addresses have them.
    fn slugs(&mut self) {
        for at in 0..self.parts.len() {
            if self.parts[at].is_open() && is_slug(self.parts[at].text) {
                let of = self.headline_of(at);
                let is_long = self.parts[at].text.matches('-').count() >= 3;
                if of.is_some() || is_long {
                    self.name(at, BlockKind::Slug, of);
                }
            }
        }
    }

    /// The nearest neighbour with the same words as the slug at `at`; the one behind first, as scrapes have it.
    fn headline_of(&self, at: usize) -> Option<usize> {
        let slug = self.parts[at].fold.as_str();
        let near = (1..=NEIGHBOURS).flat_map(|step| [Some(at + step), at.checked_sub(step)]).flatten();
        let mut same = near.filter(|&near| {
            self.parts
                .get(near)
                .is_some_and(|part| part.words > 1 && same_words(slug, part.fold.as_str(), part.text))
        });
        same.next()
    }

    /// Date lines, bylines, notes, legal lines, teasers with their label.
    fn by_wording(&mut self) {
        for at in 0..self.parts.len() {
            let part = &self.parts[at];
            if !part.is_open() {
                continue;
            }
            if part.words >= LEAST_TALK && wording::is_site_talk(part.text, part.site_words) {
                self.name(at, BlockKind::Note, None);
                continue;
            }
            if part.words > 80 {
                continue;
            }
            let kind = if wording::is_date_line(part.text) {
                Some(BlockKind::Dateline)
            } else if part.words <= 30
                && (wording::is_byline(part.text) || wording::is_name_and_date(part.text))
            {
                Some(BlockKind::Byline)
            } else if wording::is_signed_picture(part.text) {
                None
            } else if part.words <= 60 && wording::is_film_line(part.text) {
                Some(BlockKind::Related)
            } else if is_signed_post(part.text) {
                Some(BlockKind::Embed)
            } else if part.may_hold_phrase {
                wording::furniture_in(part.text, part.words)
            } else {
                None
            };
            if let Some(kind) = kind {
                self.name(at, kind, None);
            }
        }
    }

    /// Of a page with its navigation: where the report lies, and what all that stands around it is.
    fn page(&mut self) {
        if self.parts.len() < body::LEAST_BARE {
            return;
        }
        let times = self.times();
        let looks = self.looks(&times);
        let Some(stretches) = body::stretches(&looks) else { return };
        let start = stretches[0].start;
        self.top = self.top_of(start, &times);
        let mut is_report = vec![false; self.parts.len()];
        stretches.iter().for_each(|stretch| is_report[stretch.clone()].fill(true));
        for at in (0..self.top).chain(start..self.parts.len()).filter(|&at| !is_report[at]) {
            self.put_away(at);
        }
        for stretch in stretches {
            self.lists_within(stretch, &looks);
        }
        self.body = Some(start);
    }

    /// For each line, how many have the same letters.
    fn times(&self) -> Vec<usize> {
        let mut times = vec![1; self.parts.len()];
        let places = self.by_letters(|_| true);
        for same in places.chunk_by(|&a, &b| self.parts[a].fold == self.parts[b].fold) {
            same.iter().for_each(|&at| times[at] = same.len());
        }
        times
    }

    /// The places of the lines that are `meant`, by their letters; those with the same letters stand as in the text.
    fn by_letters(&self, meant: impl Fn(&Part) -> bool) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.parts.len()).filter(|&at| meant(&self.parts[at])).collect();
        places.sort_by(|&a, &b| self.parts[a].fold.cmp(&self.parts[b].fold));
        places
    }

    /// For each line that is `meant` the first such line before it with the same letters.
    fn originals(&self, meant: impl Fn(&Part) -> bool) -> Vec<Option<usize>> {
        let mut originals = vec![None; self.parts.len()];
        let places = self.by_letters(meant);
        for same in places.chunk_by(|&a, &b| self.parts[a].fold == self.parts[b].fold) {
            same[1..].iter().for_each(|&at| originals[at] = Some(same[0]));
        }
        originals
    }

    fn looks(&self, times: &[usize]) -> Vec<body::Look> {
        let originals = self.originals(|part| part.words >= 8 && !part.fold.is_empty());
        let look = |((part, &times), original): ((&Part, &usize), &Option<usize>)| {
            let is_talk = || part.is_open() && part.site_words > 0;
            let is_furniture = is_talk()
                || matches!(
                    part.kind,
                    Some(
                        BlockKind::Note
                            | BlockKind::Legal
                            | BlockKind::Related
                            | BlockKind::Byline
                            | BlockKind::Dateline
                            | BlockKind::Crumb
                    )
                );
            let words = part.words.min(CLOSE);
            let is_picture = || words <= 12 && part.is_open() && wording::credit_start(part.text) == Some(0);
            body::Look {
                words,
                stops: part.ending != Ending::Bare && !part.text.ends_with(['—', '–', '-']),
                is_item: matches!(part.kind, Some(BlockKind::List | BlockKind::Table)),
                is_blank: part.words == 0
                    || (times >= 3 && words <= 12)
                    || is_number(part.text)
                    || is_picture(),
                is_repeat: original.is_some(),
                is_furniture,
                is_title: (4..=LONGEST_HEADLINE).contains(&words)
                    && AGAIN.contains(&times)
                    && part.is_headline_like(),
            }
        };
        self.parts.iter().zip(times).zip(&originals).map(look).collect()
    }

    /// Where the headline of the report that begins at `start` stands: the longest line shortly above that the page
    /// has again, as titles and breadcrumbs repeat it, else the longest that may be one.
    fn top_of(&self, start: usize, times: &[usize]) -> usize {
        let near = start.saturating_sub(HEAD_OF_PAGE)..start;
        let near = near.filter(move |&at| {
            let part = &self.parts[at];
            part.is_headline_like()
                && (4..=LONGEST_HEADLINE).contains(&part.words)
                && !has_inner_stop(part.text)
        });
        let is_again = |at: &usize| AGAIN.contains(&times[*at]);
        let longest = |at: &usize| self.parts[*at].words;
        let again = near.clone().filter(is_again).max_by_key(longest);
        // Of two such lines the upper is the headline, the lower the dek.
        let upper = |lower: usize| {
            near.clone().find(|&at| at < lower && at + 4 > lower && longest(&lower) >= 9).unwrap_or(lower)
        };
        again.or_else(|| near.clone().max_by_key(longest).map(upper)).unwrap_or(start)
    }

    /// Names what stands around the report.
    fn put_away(&mut self, at: usize) {
        let part = &self.parts[at];
        let is_named = !matches!(part.kind, None | Some(BlockKind::List | BlockKind::Table));
        let kind = match part.words {
            _ if is_named => return,
            0..=3 => BlockKind::Crumb,
            41.. => BlockKind::Note,
            _ => BlockKind::Related,
        };
        self.name(at, kind, None);
    }

    /// Lists of links inside the report, and what the page repeats between the paragraphs.
    fn lists_within(&mut self, stretch: Range<usize>, looks: &[body::Look]) {
        let is_bare = |at: usize| looks[at].words < 30 && !looks[at].stops;
        let mut at = stretch.start;
        while at < stretch.end {
            let end = (at..stretch.end).find(|&end| !is_bare(end)).unwrap_or(stretch.end);
            for (line, look) in looks.iter().enumerate().take(end).skip(at) {
                let is_many = end - at >= 3 || end - at == 2 && look.is_item || look.is_blank;
                if is_many && (self.parts[line].is_open() || look.is_item) {
                    self.name(line, BlockKind::Related, None);
                }
            }
            at = end.max(at + 1);
        }
    }

    /// The first line above the body that reads as one; none is made up.
    fn headline(&mut self, title: Option<&str>) {
        let running = self.parts[self.top..].iter().position(Part::is_running);
        let end = running.map_or(self.parts.len(), |at| self.top + at).min(self.top + HEAD);
        let title = Letters::of(title.unwrap_or_default());
        let is_titled = |part: &Part| !title.is_empty() && part.is_open() && part.fold == title;
        let is_repeated = |at: usize| {
            let part = &self.parts[at];
            let slugged = self.parts.iter().take(end + NEIGHBOURS).any(|other| {
                other.kind == Some(BlockKind::Slug)
                    && other.of.is_some_and(|of| self.parts[of].fold == part.fold)
            });
            part.is_open()
                && part.words >= 3
                && (slugged || self.parts[at + 1..end].iter().any(|other| other.fold == part.fold))
        };
        let is_line = |at: usize, least: usize| {
            let part = &self.parts[at];
            let is_brief = part.words <= LONGEST_HEADLINE && !has_inner_stop(part.text);
            part.is_headline_like() && is_brief && part.words >= least && !self.is_picture_text(at)
        };
        let found = (0..self.parts.len().min(self.top + HEAD)).find(|&at| is_titled(&self.parts[at]));
        let found =
            found.or_else(|| (self.top..end).find(|&at| is_repeated(at) && !self.is_picture_text(at)));
        let found = found.or_else(|| (self.top..end).find(|&at| is_line(at, 4)));
        let found = found.or_else(|| (self.top..end).find(|&at| is_line(at, 2)));
        // "Ferry out of service | The Tide" is a print of the headline that stands below it.
        let found = found.map(|at| (at + 1..end).find(|&below| self.is_print(at, below)).unwrap_or(at));
        if let Some(at) = found.filter(|_| self.parts.len() > 1 || !title.is_empty()) {
            self.name(at, BlockKind::Headline, None);
            self.headline = Some(at);
        } else if self.parts.len() > 2
            && self.parts[0].is_headline_like()
            && !self.is_picture_text(0)
            && self.leads_to_body(0)
        {
            // Too long for a headline: the text begins with the dek.
            self.name(0, BlockKind::Dek, None);
        }
    }

    /// Whether the line at `at` belongs to a picture: it has a credit, or the next line is its caption.
    fn is_picture_text(&self, at: usize) -> bool {
        let has_credit = |part: &Part| part.words <= 60 && wording::credit_start(part.text).is_some();
        has_credit(&self.parts[at])
            || self.parts.get(at + 1).is_some_and(|next| has_credit(next) && is_near(&self.parts[at], next))
    }

    /// Captions, the alternative texts before them, and credits on lines of their own.
    fn pictures(&mut self) {
        for at in 0..self.parts.len() {
            let part = &self.parts[at];
            if !part.is_open() || part.words > 80 {
                continue;
            }
            let credit = if wording::is_signed_picture(part.text) {
                Some(0)
            } else {
                wording::credit_start(part.text)
            };
            match credit {
                // The credit went to lines of its own.
                _ if part.text.ends_with('(') && part.words <= 60 => self.name(at, BlockKind::Caption, None),
                Some(0) if part.words <= 12 => {
                    let caption = at
                        .checked_sub(1)
                        .filter(|&before| self.parts[before].kind == Some(BlockKind::Caption));
                    self.name(at, BlockKind::Credit, caption);
                }
                Some(_) => {
                    let alt = self.alt_of(at, true);
                    self.name(at, BlockKind::Caption, alt);
                }
                None => {
                    if let Some(alt) = self.alt_of(at, false) {
                        self.name(at, BlockKind::Caption, Some(alt));
                    }
                }
            }
            if let (Some(BlockKind::Caption), Some(alt)) = (self.parts[at].kind, self.parts[at].of) {
                self.name(alt, BlockKind::Alt, None);
            }
        }
        self.captions_of_credits();
        self.alts_by_habit();
    }

    /// The alternative text right before the caption at `at`. Without a credit the caption must begin with its words.
    fn alt_of(&self, at: usize, has_credit: bool) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let (alt, caption) = (&self.parts[before], &self.parts[at]);
        let is_line =
            alt.is_open() && alt.words <= 40 && alt.ending != Ending::Open && self.headline != Some(before);
        let is_copy = || {
            (3..).contains(&alt.words)
                && alt.ending == Ending::Bare
                && caption.words <= alt.words + 25
                && caption.fold.starts_with(&alt.fold)
        };
        let is_above = self.headline.is_some_and(|headline| before < headline);
        (is_line && !is_above && (is_copy() || (has_credit && is_near(alt, caption)))).then_some(before)
    }

    /// A short line right above a credit that stands alone is what the picture shows.
    fn captions_of_credits(&mut self) {
        for at in 1..self.parts.len() {
            let before = &self.parts[at - 1];
            // A bare sign of copyright behind the last paragraph is the site's.
            let is_sure = || !self.parts[at].text.starts_with('©') || self.leads_to_body(at);
            let is_brief = || before.words <= 40 || before.words <= 60 && !has_inner_stop(before.text);
            let is_caption = || before.is_open() && is_brief() && self.headline != Some(at - 1) && is_sure();
            if self.parts[at].kind == Some(BlockKind::Credit) && self.parts[at].of.is_none() && is_caption() {
                let alt = self.alt_of(at - 1, true);
                self.name(at - 1, BlockKind::Caption, alt);
                self.parts[at].of = Some(at - 1);
                if let Some(alt) = alt {
                    self.name(alt, BlockKind::Alt, None);
                }
            }
        }
    }

    /// Where an outlet's captions have alternative texts before them, a bare line before another caption is one too.
    fn alts_by_habit(&mut self) {
        let alts = self.parts.iter().filter(|part| part.kind == Some(BlockKind::Alt)).count();
        if alts < 2 {
            return;
        }
        for at in 1..self.parts.len() {
            let is_caption = self.parts[at].kind == Some(BlockKind::Caption) && self.parts[at].of.is_none();
            let before = &self.parts[at - 1];
            if is_caption
                && before.is_headline_like()
                && before.words >= 3
                && self.headline.is_some_and(|h| h < at - 1)
            {
                self.name(at - 1, BlockKind::Alt, None);
                self.parts[at].of = Some(at - 1);
            }
        }
    }

    /// Text printed again, and the headline with the site's name behind it.
    fn repeats(&mut self) {
        let is_meant =
            |part: &Part| !part.fold.are_few() && (part.is_open() || part.kind == Some(BlockKind::Headline));
        for (at, original) in self.originals(is_meant).into_iter().enumerate() {
            let Some(original) = original else { continue };
            // A print above the headline is the copy.
            self.name(at, BlockKind::Duplicate, Some(original));
        }
        self.copies_of_headline();
    }

    /// Whether the part at `copy` is the headline at `original` with a site's name behind it.
    fn is_print(&self, copy: usize, original: usize) -> bool {
        let (copy, original) = (&self.parts[copy], &self.parts[original]);
        original.is_headline_like()
            && original.words >= 4
            && copy.words > original.words
            && copy.words <= original.words + 6
            && copy.fold.starts_with(&original.fold)
            && copy.text.contains(['|', '–', '—', '-', ':', '·'])
    }

    fn copies_of_headline(&mut self) {
        let Some(headline) = self.headline else { return };
        let is_copy = |part: &Part| {
            part.is_headline_like()
                && self.parts[headline].words >= 4
                && part.fold.starts_with(&self.parts[headline].fold)
                && part.words <= self.parts[headline].words + 6
                && part.text.contains(['|', '–', '—', '-', ':', '·'])
        };
        let copies: Vec<usize> =
            (0..self.parts.len().min(HEAD)).filter(|&at| is_copy(&self.parts[at])).collect();
        for at in copies {
            self.name(at, BlockKind::Duplicate, Some(headline));
        }
    }

    /// Crumbs above and below the headline, the dek, and an author's bare name.
    fn head(&mut self) {
        let Some(headline) = self.headline else { return };
        for at in 0..headline {
            if self.parts[at].is_open() {
                let kind = if self.parts[at].words <= 6 { BlockKind::Crumb } else { BlockKind::Related };
                self.name(at, kind, None);
            }
        }
        let end = (headline + 1..self.parts.len())
            .find(|&at| self.parts[at].is_running())
            .unwrap_or(self.parts.len());
        let mut has_dek = self.parts[..end].iter().any(|part| part.kind == Some(BlockKind::Dek));
        for at in headline + 1..end.min(headline + HEAD) {
            let part = &self.parts[at];
            if !part.is_open() {
                continue;
            }
            let is_dated = self.kind_behind(at) == Some(BlockKind::Dateline);
            let is_alone = || self.leads_to_body(at) && self.is_unmentioned(at);
            if wording::is_bare_name(part.text) && (is_dated || is_alone()) {
                self.name(at, BlockKind::Byline, None);
            } else if part.words <= 3 && part.ending == Ending::Bare {
                self.name(at, BlockKind::Crumb, None);
            } else if !has_dek
                && part.ending == Ending::Bare
                && (self.body.is_none() || part.words >= 7)
                && self.leads_to_body(at)
            {
                self.name(at, BlockKind::Dek, None);
                has_dek = true;
            }
        }
        self.dek_above_byline(headline, end, has_dek);
        self.head_of_page(headline);
    }

    /// Between the headline of a page and its body stand the dek, names and buttons.
    fn head_of_page(&mut self, headline: usize) {
        let mut has_dek = self.parts.iter().any(|part| part.kind == Some(BlockKind::Dek));
        for at in headline + 1..self.body.unwrap_or(0) {
            let part = &self.parts[at];
            if !part.is_open() {
                continue;
            }
            let kind = match part.words {
                ..8 => BlockKind::Crumb,
                _ if !has_dek => BlockKind::Dek,
                _ if part.is_running() => continue,
                _ => BlockKind::Crumb,
            };
            has_dek |= kind == BlockKind::Dek;
            self.name(at, kind, None);
        }
    }

    /// A sentence between headline and byline is the dek.
    fn dek_above_byline(&mut self, headline: usize, end: usize, has_dek: bool) {
        let is_between = |kind: Option<BlockKind>| {
            matches!(kind, Some(BlockKind::Slug | BlockKind::Duplicate | BlockKind::Crumb | BlockKind::Other))
        };
        let Some(at) = (headline + 1..self.parts.len()).find(|&at| !is_between(self.parts[at].kind)) else {
            return;
        };
        let signed = matches!(self.kind_behind(at), Some(BlockKind::Byline | BlockKind::Dateline));
        if !has_dek && at <= end && self.parts[at].is_open() && self.parts[at].words <= 45 && signed {
            self.name(at, BlockKind::Dek, None);
        }
    }

    /// Whether no word of the line at `at` stands anywhere near: authors do not write about themselves, while a
    /// section or place is what the report is about.
    fn is_unmentioned(&self, at: usize) -> bool {
        let near = self.parts.iter().take(HEAD).enumerate().filter(|&(other, _)| other != at);
        let words: Vec<&str> = self.parts[at].text.split_whitespace().filter(|word| word.len() > 2).collect();
        !near
            .into_iter()
            .any(|(_, part)| part.words <= 400 && words.iter().any(|word| part.text.contains(word)))
    }

    fn kind_behind(&self, at: usize) -> Option<BlockKind> {
        self.parts[at + 1..]
            .iter()
            .map(|part| part.kind)
            .find(|&kind| kind != Some(BlockKind::Other))
            .flatten()
    }

    fn leads_to_body(&self, at: usize) -> bool {
        self.parts[at + 1..].iter().take(HEAD).any(Part::is_running)
    }

    /// Teasers: what a slug repeats, what follows a label, and headline-like lines behind the last paragraph.
    fn teasers(&mut self) {
        self.slugged_teasers();
        self.labelled_teasers();
        self.trailing_teasers();
        self.newsletters();
        self.biographies();
    }

    /// Behind the label of a newsletter stand its name and what it offers.
    fn newsletters(&mut self) {
        for at in 0..self.parts.len() {
            let label = &self.parts[at];
            if label.kind != Some(BlockKind::Note)
                || !matches!(label.fold.as_str(), "newsletter" | "newsletters")
            {
                continue;
            }
            let end = self.parts.len().min(at + 4);
            let offer = (at + 1..end).take_while(|&next| self.parts[next].words <= 20).collect::<Vec<_>>();
            for next in offer {
                if self.parts[next].is_open() {
                    self.name(next, BlockKind::Note, None);
                }
            }
        }
    }

    /// The last paragraphs may tell of the author, whom the report does not mention.
    fn biographies(&mut self) {
        let last = (0..self.parts.len()).rev().filter(|&at| self.parts[at].is_open()).take(3);
        for at in last.collect::<Vec<_>>() {
            let part = &self.parts[at];
            let surname = part.text.split_whitespace().nth(1).unwrap_or_default().trim_end_matches(',');
            let is_new =
                || !self.parts[..at].iter().any(|other| other.is_open() && other.text.contains(surname));
            if at > 2 && part.words <= 45 && wording::is_biography(part.text) && is_new() {
                self.name(at, BlockKind::Note, None);
            }
        }
    }

    fn slugged_teasers(&mut self) {
        for at in 0..self.parts.len() {
            if let (Some(BlockKind::Slug), Some(of)) = (self.parts[at].kind, self.parts[at].of)
                && self.parts[of].is_headline_like()
            {
                self.name(of, BlockKind::Related, None);
            }
        }
    }

    /// Behind "Related" and the like everything is a teaser until running text comes.
    fn labelled_teasers(&mut self) {
        let mut is_within = false;
        for at in 0..self.parts.len() {
            is_within &= self.headline != Some(at) && self.body != Some(at);
            let part = &self.parts[at];
            if part.kind == Some(BlockKind::Related) {
                // "READ MORE: Ferry strike ends" is a teaser itself; a bare label opens a list of them.
                let is_label =
                    part.words <= 6 && !part.text.trim_end_matches([':', '|', ' ']).contains([':', '|']);
                is_within |= is_label && wording::furniture(part.text) == Some(BlockKind::Related);
            } else if part.is_open() && part.words >= 20 && part.ending == Ending::Stop {
                is_within = false;
            } else if is_within
                && (part.is_open() || part.kind == Some(BlockKind::List))
                && self.parts[at].words <= 40
            {
                self.name(at, BlockKind::Related, None);
            }
        }
    }

    fn trailing_teasers(&mut self) {
        let Some(last) = self.parts.iter().rposition(|part| part.is_running()) else { return };
        for at in last + 1..self.parts.len() {
            let part = &self.parts[at];
            if self.headline.is_none_or(|headline| headline < at)
                && part.is_headline_like()
                && part.words >= 3
            {
                self.name(at, BlockKind::Related, None);
            }
        }
    }

    /// Headings between paragraphs; all else is a paragraph.
    fn rest(&mut self) {
        let stopped = self.parts.iter().filter(|part| part.is_open() && part.ending == Ending::Stop).count();
        let open = self.parts.iter().filter(|part| part.is_open()).count();
        // A text that ends no sentence with a mark (verse, a script without one) has no headings by this test.
        let has_headings = stopped * 3 >= open;
        for at in 0..self.parts.len() {
            if self.parts[at].is_open() {
                let kind = if has_headings && self.is_heading(at) {
                    BlockKind::Heading
                } else {
                    BlockKind::Paragraph
                };
                self.name(at, kind, None);
            }
        }
    }

    fn is_heading(&self, at: usize) -> bool {
        let part = &self.parts[at];
        let begins = part.text.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
        let ends = part.ending == Ending::Bare || part.text.ends_with('?');
        let leads = self.parts[at + 1..].iter().take(6).any(|next| {
            next.is_open()
                || matches!(next.kind, Some(BlockKind::Paragraph | BlockKind::List | BlockKind::Table))
        });
        part.words <= 14 && begins && ends && leads && at > 0
    }
}

/// Whether `alt` shows the same picture as `caption`: two words in common and a third of its own.
fn is_near(alt: &Part, caption: &Part) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    if alt.words > 60 || caption.words > 120 || !(alt.ending == Ending::Bare || alt.words <= 30) {
        return false;
    }
    let is_sentence = alt.ending == Ending::Stop;
    let (alt, caption) = (words(alt.text), words(caption.text));
    let shared = alt.iter().filter(|word| caption.contains(word)).count();
    // A sentence of the body shares names with the caption below it; an alternative text shares most of its words.
    let share = if is_sentence && alt.len() >= 8 { 2 } else { 3 };
    shared >= 2 && shared * share >= alt.len() + usize::from(share == 2)
}

/// Whether a slug and a headline have the same letters, or the headline holds the slug's words in order.
fn same_words(slug: &str, fold: &str, text: &str) -> bool {
    if slug == fold {
        return true;
    }
    // Addresses drop accents, marks and small words: three quarters of the letters in order are enough.
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let found = slug.chars().filter(|&c| letters.by_ref().any(|letter| letter == c)).count();
    found == slug.chars().count() && found * 4 >= fold.chars().count() * 3
}

/// One word with hyphens, small letters for the most part.
fn is_slug(words: &str) -> bool {
    if words.contains(char::is_whitespace) {
        return false;
    }
    let hyphens = words.matches('-').count();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    hyphens >= 2 && !words.contains("://") && capitals * 5 <= letters && letters >= 8
}

/// What parts crumbs.
const STROKES: [char; 5] = ['>', '»', '›', '→', '/'];

/// "Home > News > World", "News / Local".
fn is_breadcrumb(words: &str) -> bool {
    if !words.starts_with("Home") && !wording::may_hold(words, STROKES) {
        return false;
    }
    let count = words.split_whitespace().take(21).count();
    if count > 20 {
        return false;
    }
    let strokes =
        words.split_whitespace().filter(|word| word.parse().is_ok_and(|c| STROKES.contains(&c))).count();
    let is_start = words.starts_with("Home") && count <= 8 && words.contains(['|', '•', '·']);
    (strokes >= 2 || (strokes == 1 && count <= 6) || is_start) && !words.ends_with('.')
}

/// An item of a list: a bullet, or a number with a bracket or full stop.
fn is_item(words: &str) -> bool {
    let mut rest = words.chars();
    match rest.next() {
        Some('•' | '▪' | '‣' | '◦' | '●' | '■' | '*' | '·' | '–' | '-') => {
            rest.next().is_some_and(char::is_whitespace)
        }
        Some(c) if c.is_ascii_digit() => {
            let after = words.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = words.len() - after.len();
            digits <= 2 && (after.starts_with(". ") || after.starts_with(") "))
        }
        _ => false,
    }
}

/// A time or a number with little else: "7:31PM", "2 min", "3".
fn is_number(words: &str) -> bool {
    if words.len() > 16 {
        return false;
    }
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && digits + 2 > letters
}

/// Cells parted by tabs or strokes.
fn is_row(words: &str) -> bool {
    words.len() <= 400
        && memchr::memchr2(b'\t', b'|', words.as_bytes()).is_some()
        && (words.contains('\t') || words.matches(" | ").nth(1).is_some())
}

fn is_address(words: &str) -> bool {
    (words.starts_with("http://") || words.starts_with("https://") || words.starts_with("www."))
        && !words.contains(char::is_whitespace)
}

/// The signature under an embedded post: "— Ana Ruiz (@anaruiz) March 3, 2025".
fn is_signed_post(words: &str) -> bool {
    words.starts_with(['—', '–', '-']) && words.contains("(@")
}

/// Paragraphs as spans, in order: a line each, or several lines where the text is hard-wrapped.
///
/// A text is hard-wrapped when nearly every line that another follows would have been too long with the next word
/// on it: that is how wrapping works, and no list, verse or one-line paragraph looks like it.
fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut found: Vec<Span> = Vec::new();
    let mut last_line: Option<Line> = None;
    for line in lines.into_iter().filter(|line| !line.span.is_empty()) {
        let joins = match (width, last_line) {
            (Some(width), Some(last)) => line.touches && is_wrapped(text, last, line, width),
            _ => false,
        };
        match found.last_mut() {
            Some(paragraph) if joins => *paragraph = paragraph.cover(line.span),
            _ => found.push(line.span),
        }
        last_line = Some(line);
    }
    found
}

/// One line without the space around it.
#[derive(Copy, Clone)]
struct Line {
    span: Span,
    /// Whether the line before it is not blank.
    touches: bool,
    /// Length, in characters.
    width: usize,
}

/// The lines of `text`; ends are \n, \r\n, \r, form feed, U+2028 and U+2029.
fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut push = |start: usize, end: usize| {
        let span = trim(text, Span::new(start, end));
        let touches = found.last().is_some_and(|last| !last.span.is_empty());
        found.push(Line { span, touches, width: span.of(text).chars().count() });
    };
    let mut start = 0;
    while let Some((end, next)) = end_of_line(text, start) {
        push(start, end);
        start = next;
    }
    push(start, text.len());
    found
}

/// Where the line that begins at `start` ends, and where the next begins; `None` for the last.
fn end_of_line(text: &str, start: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at += first_of(&bytes[at..], [b'\n', b'\r', 0x0C, 0xE2])?;
        let length = match &bytes[at..] {
            [b'\r', b'\n', ..] => 2,
            // The first byte of U+2028, U+2029 and many another.
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            [0xE2, ..] => {
                at += 3;
                continue;
            }
            _ => 1,
        };
        return Some((at, at + length));
    }
}

/// Without white space and marks of no width at its ends.
fn trim(text: &str, span: Span) -> Span {
    let is_blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\0');
    let words = span.of(text);
    let from = words.trim_start_matches(is_blank);
    let start = span.start() + words.len() - from.len();
    Span::new(start, start + from.trim_end_matches(is_blank).len())
}

/// Widest line that is followed by another, if the text is hard-wrapped.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs: Vec<(Line, Line)> = lines
        .windows(2)
        .filter(|pair| pair[1].touches && !pair[1].span.is_empty())
        .map(|pair| (pair[0], pair[1]))
        .collect();
    let width = pairs.iter().map(|(first, _)| first.width).max()?;
    if !(40..=120).contains(&width) || lines.iter().any(|line| line.width > width + 20) {
        return None;
    }
    let wrapped = pairs.iter().filter(|(first, second)| is_wrapped(text, *first, *second, width));
    let running = wrapped.clone().filter(|(first, _)| ending(first.span.of(text)) != Ending::Stop).count();
    let wrapped = wrapped.count();
    (wrapped >= 2 && wrapped * 2 >= pairs.len() && running * 2 >= wrapped).then_some(width)
}

/// Whether the first word of `second` would not have fitted on `first`; a few columns of play, as widths vary.
fn is_wrapped(text: &str, first: Line, second: Line, width: usize) -> bool {
    let words = second.span.of(text);
    let next = words.split_whitespace().next().map_or(0, |word| word.chars().count());
    first.width + 1 + next + 4 > width && !is_item(words)
}

/// The paragraphs with their kinds, and the white space between them.
fn partition(text: &str, draft: &Draft) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut index = Vec::with_capacity(draft.parts.len());
    let mut at = 0;
    for part in &draft.parts {
        if part.span.start() > at {
            blocks.push(Block { span: Span::new(at, part.span.start()), kind: BlockKind::Other, of: None });
        }
        index.push(blocks.len());
        blocks.push(Block { span: part.span, kind: part.kind.unwrap_or(BlockKind::Paragraph), of: part.of });
        at = part.span.end();
    }
    if at < text.len() {
        blocks.push(Block { span: Span::new(at, text.len()), kind: BlockKind::Other, of: None });
    }
    for &block in &index {
        blocks[block].of = blocks[block].of.map(|part| index[part]);
    }
    blocks
}

#[cfg(test)]
mod tests;
