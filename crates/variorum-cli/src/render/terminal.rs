//! A page on a terminal: any width, with or without colours, which never carry meaning alone.

use super::page::{Bars, Card, Group, Heading, Line, Manner, Page, Part, Table, muted, plain};
use super::wrap::{self, Set, wrap};
use super::{sections, wording};
use unicode_width::UnicodeWidthStr;
use variorum::edition::Edition;

/// What the page is set on.
#[derive(Copy, Clone)]
pub struct Paper {
    /// In columns.
    pub width: usize,
    /// Whether colours and underlines can be shown.
    pub coloured: bool,
}

/// Running text wider than this is hard to read, in columns.
const MEASURE: usize = 100;
/// What parts two columns of a table.
const GUTTER: usize = 2;
/// Narrowest column of a table before it is set as a list, in columns.
const NARROW: usize = 9;

/// `edition` as a page of text.
pub fn edition(edition: &Edition, paper: Paper) -> String {
    page(&sections::page(edition), paper)
}

/// `page` as text.
pub fn page(page: &Page, paper: Paper) -> String {
    let mut setter = Setter { paper, out: String::new() };
    for part in &page.parts {
        setter.part(part, 0);
    }
    setter.out
}

struct Setter {
    paper: Paper,
    out: String,
}

impl Setter {
    fn part(&mut self, part: &Part, indent: usize) {
        match part {
            Part::Heading(heading) => self.heading(heading),
            Part::Text(line) => self.text(line, indent),
            Part::List(lines) => self.list(lines, indent),
            Part::Table(table) => self.table(table),
            Part::Card(card) => self.card(card),
            Part::Bars(bars) => self.bars(bars),
            Part::Tree(branches) => {
                for branch in branches {
                    let lead = if branch.depth == 0 { String::new() } else { "└─ ".to_owned() };
                    let indent = 2 + 3 * branch.depth.saturating_sub(1);
                    self.hanging(&branch.line, indent, &lead);
                }
            }
            Part::Reader(_) => {}
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let count = heading.count.map_or_else(String::new, |count| format!(" ({count})"));
        let mut line = vec![super::page::strong(&heading.title)];
        line.push(muted(count));
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let sets = wrap(&line, self.paper.width, !self.paper.coloured);
        let widest = sets.iter().map(|set| set.width).max().unwrap_or(0);
        for set in &sets {
            self.line("", set);
        }
        let rule = ["═", "─"].get(heading.level - 1);
        if let Some(rule) = rule {
            let width = if heading.level == 1 { self.paper.width } else { widest };
            self.set(&muted(rule.repeat(width)).into());
        }
    }

    /// A paragraph, not wider than is easy to read.
    fn text(&mut self, line: &Line, indent: usize) {
        self.hanging(line, indent, "");
    }

    fn list(&mut self, lines: &[Line], indent: usize) {
        let lead = if indent == 0 { "· " } else { "" };
        for line in lines {
            self.hanging(line, indent.max(2), lead);
        }
    }

    /// A paragraph whose first line begins with `lead`, the others under the words after it.
    fn hanging(&mut self, line: &Line, indent: usize, lead: &str) {
        // Lines without a bullet hang by two columns, so that one can see where the next begins.
        let hang = if lead.is_empty() && indent > 0 { 2 } else { lead.width() };
        let measure = self.paper.width.min(MEASURE + indent).saturating_sub(indent + hang).max(8);
        for (at, set) in wrap(line, measure, !self.paper.coloured).iter().enumerate() {
            let before = match at {
                0 => format!("{}{lead}", " ".repeat(indent)),
                _ => " ".repeat(indent + hang),
            };
            self.line(&before, set);
        }
    }

    fn card(&mut self, card: &Card) {
        self.out.push('\n');
        self.hanging(&card.head, 0, "");
        for part in &card.parts {
            self.part(part, 3);
        }
    }

    fn bars(&mut self, bars: &Bars) {
        let all = || bars.groups.iter().flat_map(|group| &group.bars);
        let most = all().map(|bar| bar.amount).max().unwrap_or(0).max(1);
        let labels = all().map(|bar| bar.label.width()).max().unwrap_or(0).min(self.paper.width * 2 / 5);
        let room = self.paper.width.min(MEASURE).saturating_sub(labels + 32).clamp(4, 40);
        for group in &bars.groups {
            self.group(group, labels, room, most, bars.unit);
        }
    }

    fn group(&mut self, group: &Group, labels: usize, room: usize, most: usize, unit: (&str, &str)) {
        self.hanging(&group.head, 2, "");
        for bar in &group.bars {
            let length = (bar.amount * room).div_ceil(most);
            let drawn = if bar.is_hatched { "╱" } else { "█" }.repeat(length);
            let amount = format!("{}, {}", wording::count(bar.amount, unit.0, unit.1), bar.note);
            let mut set = Set::default();
            set.add(Manner::Plain, &pad(&cut(&bar.label, labels), labels));
            set.add(Manner::Plain, " ");
            set.add(Manner::Plain, &pad(&drawn, room));
            set.add(Manner::Muted, &format!(" {amount}"));
            self.line("    ", &set);
        }
    }

    fn table(&mut self, table: &Table) {
        match widths(table, self.paper.width, !self.paper.coloured) {
            Some(widths) => self.grid(table, &widths),
            None => self.stack(table),
        }
    }

    fn grid(&mut self, table: &Table, widths: &[usize]) {
        self.row(&table.columns, widths, true);
        let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("  ");
        self.set(&muted(rule).into());
        for row in &table.rows {
            self.row(&row.cells, widths, false);
        }
    }

    fn row(&mut self, cells: &[Line], widths: &[usize], is_head: bool) {
        let marked = !self.paper.coloured;
        let cells: Vec<Vec<Set>> =
            cells.iter().zip(widths).map(|(cell, width)| wrap(cell, *width, marked)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut set = Set::default();
            for (cell, width) in cells.iter().zip(widths) {
                let piece = cell.get(at).cloned().unwrap_or_default();
                let gap = width.saturating_sub(piece.width) + GUTTER;
                for (manner, text) in piece.pieces {
                    let manner = if is_head && manner == Manner::Plain { Manner::Strong } else { manner };
                    set.add(manner, &text);
                }
                set.add(Manner::Plain, &" ".repeat(gap));
            }
            self.line("", &set);
        }
    }

    /// A table that is too wide, as a list: each row under its heading.
    fn stack(&mut self, table: &Table) {
        for row in &table.rows {
            let mut cells = row.cells.iter().zip(&table.columns);
            if let Some((head, _)) = cells.next() {
                self.hanging(head, 2, "· ");
            }
            for (cell, column) in cells.filter(|(cell, _)| !is_nothing(cell)) {
                let mut line = column.clone();
                line.push(plain(" "));
                line.extend(cell.iter().cloned());
                self.hanging(&line, 6, "");
            }
        }
    }

    fn line(&mut self, before: &str, set: &Set) {
        let mut line = before.to_owned();
        for (manner, text) in &set.pieces {
            match ansi(*manner).filter(|_| self.paper.coloured) {
                Some(code) => line.push_str(&format!("\x1b[{code}m{text}\x1b[0m")),
                None => line.push_str(text),
            }
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn set(&mut self, set: &Set) {
        self.line("", set);
    }
}

impl Set {
    fn add(&mut self, manner: Manner, text: &str) {
        self.width += text.width();
        self.pieces.push((manner, text.to_owned()));
    }
}

impl From<super::page::Run> for Set {
    fn from(run: super::page::Run) -> Set {
        Set { width: run.text.width(), pieces: vec![(run.manner, run.text)] }
    }
}

fn ansi(manner: Manner) -> Option<&'static str> {
    match manner {
        Manner::Plain | Manner::Words | Manner::Mark(_) => None,
        Manner::Strong => Some("1"),
        Manner::Muted => Some("2"),
        Manner::Siglum => Some("1;36"),
        Manner::Varied(_) => Some("4"),
        Manner::Agreeing => Some("32"),
        Manner::Shifting => Some("33"),
        Manner::Differing => Some("1;31"),
    }
}

fn is_nothing(cell: &Line) -> bool {
    matches!(cell.as_slice(), [only] if only.text == "—")
}

/// The widths of a table's columns, or `None` when it does not fit.
///
/// Columns take what they need; when that is too much, the widest give way first, down to their longest word.
fn widths(table: &Table, room: usize, marked: bool) -> Option<Vec<usize>> {
    let columns = table.columns.len();
    let room = room.checked_sub(GUTTER * columns.saturating_sub(1))?;
    let (mut wanted, mut least) = (vec![1; columns], vec![1; columns]);
    for cells in table.rows.iter().map(|row| &row.cells).chain([&table.columns]) {
        for (at, cell) in cells.iter().enumerate().take(columns) {
            let (widest, longest) = wrap::measure(cell, marked);
            wanted[at] = wanted[at].max(widest);
            least[at] = least[at].max(longest.min(2 * NARROW));
        }
    }
    let floor: Vec<usize> = (0..columns).map(|at| least[at].max(NARROW).min(wanted[at])).collect();
    if floor.iter().sum::<usize>() > room {
        return None;
    }
    let mut total: usize = wanted.iter().sum();
    while total > room {
        let widest = (0..columns).filter(|at| wanted[*at] > floor[*at]).max_by_key(|at| wanted[*at])?;
        wanted[widest] -= 1;
        total -= 1;
    }
    Some(wanted)
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// `text` in at most `width` columns.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if format!("{short}{c}…").width() > width {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}
