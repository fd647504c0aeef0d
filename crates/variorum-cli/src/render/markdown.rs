//! A page as Markdown (CommonMark with tables). Words of reports are escaped, so that none of them becomes markup.

use super::page::{Bars, Line, Manner, Page, Part, Table};
use super::sections;
use super::sigla::raised;
use super::wording::{grouped, one_line};
use variorum::edition::Edition;

/// `edition` as Markdown.
pub fn edition(edition: &Edition) -> String {
    page(&sections::page(edition))
}

fn page(page: &Page) -> String {
    let mut out = String::new();
    for part in &page.parts {
        self::part(part, &mut out);
        out.push('\n');
    }
    out
}

fn part(part: &Part, out: &mut String) {
    match part {
        Part::Heading(heading) => {
            let count = heading.count.map_or_else(String::new, |count| format!(" ({count})"));
            out.push_str(&format!("{} {}{count}\n", "#".repeat(heading.level), escape(&heading.title)));
        }
        Part::Text(text) => out.push_str(&format!("{}\n", line(text, "  \n"))),
        Part::List(lines) => list(lines, 0, out),
        Part::Table(table) => self::table(table, out),
        Part::Card(card) => {
            out.push_str(&format!("**{}**\n\n", line(&plainly(&card.head), " ")));
            for inner in &card.parts {
                match inner {
                    Part::Text(text) => out.push_str(&format!("> {}\n\n", line(text, " "))),
                    other => {
                        self::part(other, out);
                        out.push('\n');
                    }
                }
            }
        }
        Part::Bars(bars) => self::bars(bars, out),
        Part::Tree(branches) => {
            for branch in branches {
                list(std::slice::from_ref(&branch.line), branch.depth, out);
            }
        }
        Part::Reader(_) => {}
    }
}

fn list(lines: &[Line], depth: usize, out: &mut String) {
    for text in lines {
        out.push_str(&format!("{}- {}\n", "  ".repeat(depth), line(text, " ")));
    }
}

fn table(table: &Table, out: &mut String) {
    let row = |cells: &[Line]| {
        let cells: Vec<String> = cells.iter().map(|cell| line(cell, "<br>").replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out.push_str(&row(&table.columns));
    out.push_str(&format!("|{}\n", " --- |".repeat(table.columns.len())));
    for cells in &table.rows {
        out.push_str(&row(&cells.cells));
    }
}

fn bars(bars: &Bars, out: &mut String) {
    out.push_str(&format!(
        "| report | speaker | {} | quotations |\n| --- | --- | ---: | --- |\n",
        bars.unit.1
    ));
    for group in &bars.groups {
        let report = group.head.first().map_or("", |run| &run.text);
        for bar in &group.bars {
            let label = escape(&bar.label).replace('|', "\\|");
            out.push_str(&format!("| {report} | {label} | {} | {} |\n", grouped(bar.amount), bar.note));
        }
    }
}

/// The same without emphasis, for a line that is set bold as a whole.
fn plainly(line: &Line) -> Line {
    line.iter().map(|run| super::page::Run { manner: Manner::Plain, ..run.clone() }).collect()
}

/// `line` as Markdown, `break_` standing for a line break.
fn line(line: &Line, break_: &str) -> String {
    let mut out = String::new();
    for run in line {
        if run.text == "\n" {
            out.push_str(break_);
            continue;
        }
        let text = spaced(&run.text);
        match run.manner {
            Manner::Varied(number) if text.is_empty() => out.push_str(&raised(number)),
            Manner::Varied(number) => out.push_str(&format!("{}{}", emphasised(&text, "**"), raised(number))),
            Manner::Strong | Manner::Siglum | Manner::Agreeing | Manner::Shifting | Manner::Differing => {
                out.push_str(&emphasised(&text, "**"));
            }
            Manner::Plain | Manner::Muted | Manner::Words | Manner::Mark(_) => out.push_str(&escape(&text)),
        }
    }
    out.trim().to_owned()
}

/// White space as single spaces, those at the ends kept.
fn spaced(text: &str) -> String {
    let ends = |at: Option<char>| at.is_some_and(char::is_whitespace);
    let middle = one_line(text);
    let (before, after) = (ends(text.chars().next()), ends(text.chars().next_back()) && !middle.is_empty());
    format!("{}{middle}{}", if before { " " } else { "" }, if after { " " } else { "" })
}

/// Emphasis around the words alone, since Markdown does not take white space inside its marks.
fn emphasised(text: &str, mark: &str) -> String {
    let words = text.trim();
    if words.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    format!("{}{mark}{}{mark}{}", &text[..start], escape(words), &text[start + words.len()..])
}

/// Text in which no character is markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::page::{plain, strong};

    #[test]
    fn words_do_not_become_markup() {
        assert_eq!(super::line(&vec![plain("a *b* <c> #d")], " "), "a \\*b\\* \\<c\\> \\#d");
        assert_eq!(super::line(&vec![plain("a"), strong(" b "), plain("c")], " "), "a **b** c");
    }
}
