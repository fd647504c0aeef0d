//! The strings between quotation marks that the scorer asks about, whatever a program finds.
//!
//! In: a text. Out: character ranges, marks left out. A port of `fragments` in quotes-dev/score.py, kept equal to it
//! on purpose, quirks included: it is the measure, and has nothing to do with how the program reads marks.

/// Character ranges between marks in `text`.
pub fn find(text: &str) -> Vec<(usize, usize)> {
    let prepared = text.replace("''", "\"\u{2060}").replace("``", "“\u{2060}");
    let chars: Vec<char> = prepared.chars().collect();
    let mut scan = Scan { chars: &chars, found: Vec::new(), start: None, open: ' ' };
    let paragraphs = paragraphs(&chars);
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let from = scan.enter(*paragraph, at.checked_sub(1).map_or(0, |before| paragraphs[before].1));
        scan.walk(from, *paragraph);
    }
    if let (Some(start), Some(last)) = (scan.start, paragraphs.last()) {
        scan.found.push((start, last.1));
    }
    let mut found = scan.found;
    found.retain(|(start, end)| (*start..*end).any(|at| is_word(chars[at])));
    found.sort_unstable();
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn paragraphs(chars: &[char]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        if chars[at] != '\n' {
            at += 1;
            continue;
        }
        all.push((start, at));
        while at < chars.len() && chars[at] == '\n' {
            at += 1;
        }
        start = at;
    }
    all.push((start, chars.len()));
    all
}

struct Scan<'a> {
    chars: &'a [char],
    found: Vec<(usize, usize)>,
    start: Option<usize>,
    open: char,
}

impl Scan<'_> {
    /// Where to go on in a paragraph; ends what the paragraph does not go on with.
    fn enter(&mut self, (from, to): (usize, usize), before: usize) -> usize {
        let Some(start) = self.start else { return from };
        let lead = (from..to).take_while(|at| self.chars[*at].is_whitespace()).count();
        if from + lead < to && matches!(self.chars[from + lead], '“' | '"' | '„' | '«' | '»') {
            return from + lead + 1;
        }
        self.found.push((start, before));
        self.start = None;
        from
    }

    fn walk(&mut self, from: usize, (begin, end): (usize, usize)) {
        let mut at = from;
        while at < end {
            match self.start {
                None => at = self.outside(at, begin, end),
                Some(start) if self.closes(at, start) => {
                    self.found.push((start, at));
                    self.start = None;
                }
                Some(_) => {}
            }
            at += 1;
        }
    }

    fn outside(&mut self, at: usize, begin: usize, end: usize) -> usize {
        let c = self.chars[at];
        let first = at == begin;
        let wrong_way = c == '”'
            && (first || self.chars[at - 1].is_whitespace())
            && at + 1 < end
            && !self.chars[at + 1].is_whitespace();
        if matches!(c, '“' | '„' | '«' | '»' | '"' | '″') || wrong_way {
            self.start = Some(at + 1);
            self.open = c;
            return at;
        }
        let close = if c == '‘' && (first || !self.chars[at - 1].is_alphanumeric()) {
            self.curly(at, end)
        } else if c == '\''
            && (first || matches!(self.chars[at - 1], ' ' | '\t' | '(' | ':' | '—' | '–' | '-' | '\u{a0}'))
        {
            self.straight(at, end)
        } else {
            None
        };
        if let Some(close) = close {
            self.found.push((at + 1, close));
            return close;
        }
        at
    }

    fn curly(&self, at: usize, end: usize) -> Option<usize> {
        let close =
            (at + 1..end).take_while(|next| !matches!(self.chars[*next], '‘' | '“')).find(|next| {
                self.chars[*next] == '’' && !(next + 1 < end && self.chars[next + 1].is_alphanumeric())
            })?;
        (close - at > 2).then_some(close)
    }

    fn straight(&self, at: usize, end: usize) -> Option<usize> {
        if at + 1 >= end || !self.chars[at + 1].is_alphanumeric() {
            return None;
        }
        let behind = |c: char| {
            c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '—' | '–' | '-')
        };
        // As the pattern has it, the end of the paragraph closes too.
        let close = (at + 2..end).find(|next| {
            let before = self.chars[next - 1];
            self.chars[*next] == '\''
                && (is_word(before) || matches!(before, '.' | ',' | '!' | '?' | '…'))
                && (next + 1 == end || behind(self.chars[next + 1]))
        })?;
        let words: String = self.chars[at + 1..close].iter().collect();
        (words.split_whitespace().count() > 1).then_some(close)
    }

    fn closes(&self, at: usize, start: usize) -> bool {
        let c = self.chars[at];
        match self.open {
            '“' | '"' | '″' => matches!(c, '”' | '"' | '″') && !(c == '"' && at == start),
            '„' => matches!(c, '“' | '”' | '"'),
            '«' => c == '»',
            '»' => c == '«',
            '”' => matches!(c, '”' | '"'),
            _ => false,
        }
    }
}
