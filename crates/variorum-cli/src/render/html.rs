//! A page as one self-contained HTML file: no script, no request, readable in light, dark, print and on 320 pixels.
//!
//! Every word of a report is escaped. Ids come from content, so that a link into the page holds from run to run.

use super::page::{Bars, Branch, Card, Heading, Line, Link, Manner, Part, Row, Run, Spot, Table};
use super::reader::Readers;
use super::sections;
use super::sigla::short;
use super::wording::count;
use std::collections::BTreeSet;
use variorum::edition::Edition;
use variorum::model::Received;

const STYLE: &str = include_str!("html.css");

/// Words that white space must hold together, as a policy that lets nothing be fetched.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// `edition` as one self-contained page; `pile` holds the sources.
pub fn edition(edition: &Edition, pile: &[Received]) -> String {
    let page = sections::page(edition);
    let mut writer =
        Writer { edition, out: String::new(), spots: BTreeSet::new(), readers: Readers::new(edition, pile) };
    writer.head(&page.title);
    writer.navigation(&page.parts);
    writer.out.push_str("<main id=\"main\">\n");
    for part in &page.parts {
        writer.part(part);
    }
    writer.out.push_str("</main>\n</body>\n</html>\n");
    writer.out
}

/// Text for HTML, also between quotation marks of an attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in HTML, and a way to hide words.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                out.push('\u{fffd}')
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The id of bytes of a source.
pub fn anchor(edition: &Edition, spot: &Spot) -> String {
    let report = edition.reports.get(spot.report).map_or("", short);
    match (spot.start, spot.end) {
        (0, 0) => format!("r-{report}"),
        (start, end) => format!("b-{report}-{start}-{end}"),
    }
}

struct Writer<'e> {
    edition: &'e Edition,
    out: String,
    /// Bytes that the page leads to, to be marked in the sources.
    spots: BTreeSet<Spot>,
    readers: Readers<'e>,
}

impl Writer<'_> {
    fn head(&mut self, title: &str) {
        let language =
            self.edition.reports.iter().find_map(|report| report.language.as_deref()).unwrap_or("en");
        self.out.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"{POLICY}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"variorum {}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#main\">Skip to the edition</a>\n",
            escape(language),
            escape(&self.edition.program.version),
            escape(title),
        ));
    }

    fn navigation(&mut self, parts: &[Part]) {
        let single = self.edition.stories.len() == 1;
        self.out.push_str("<nav aria-label=\"Sections\"><ul>\n");
        for part in parts {
            if let Part::Heading(heading) = part
                && (heading.level == if single { 2 } else { 1 }
                    || heading.id == "stories"
                    || heading.id == "notes")
            {
                self.out.push_str(&format!(
                    "<li><a href=\"#{}\">{}</a></li>\n",
                    escape(&heading.id),
                    title(heading)
                ));
            }
        }
        self.out.push_str("</ul></nav>\n");
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(heading) => self.heading(heading),
            Part::Text(line) => {
                self.out.push_str("<p>");
                self.line(line);
                self.out.push_str("</p>\n");
            }
            Part::List(lines) => self.list(lines),
            Part::Table(table) => self.table(table),
            Part::Card(card) => self.card(card),
            Part::Bars(bars) => self.bars(bars),
            Part::Tree(branches) => self.tree(branches),
            Part::Reader(report) => {
                let reader = self.readers.html(*report, &self.spots);
                self.out.push_str(&reader);
            }
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let level = heading.level;
        self.out.push_str(&format!(
            "<h{level} id=\"{}\">{}</h{level}>\n",
            escape(&heading.id),
            title(heading)
        ));
    }

    fn list(&mut self, lines: &[Line]) {
        self.out.push_str("<ul>\n");
        for line in lines {
            self.out.push_str("<li>");
            self.line(line);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    fn card(&mut self, card: &Card) {
        let id = escape(&card.id);
        self.out.push_str(&format!(
            "<article class=\"q\" id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h4 id=\"{id}-h\">"
        ));
        self.line(&card.head);
        self.out.push_str(&format!(
            " <a class=\"m\" href=\"#{id}\" aria-label=\"Link to this quotation\">link</a></h4>\n"
        ));
        for part in &card.parts {
            self.part(part);
        }
        self.out.push_str("</article>\n");
    }

    /// Roles are written out, since the narrow layout sets the parts of a table as blocks.
    fn table(&mut self, table: &Table) {
        let caption = escape(&table.caption);
        self.out.push_str(&format!(
            "<div class=\"t\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table role=\"table\">\n\
             <caption>{caption}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        ));
        for column in &table.columns {
            self.out.push_str("<th scope=\"col\" role=\"columnheader\">");
            match text(column).is_empty() {
                true => self.out.push_str("<span class=\"vh\">letter</span>"),
                false => self.line(column),
            }
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        for row in &table.rows {
            self.row(row, &table.columns);
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn row(&mut self, row: &Row, columns: &[Line]) {
        match &row.id {
            Some(id) => self.out.push_str(&format!("<tr role=\"row\" id=\"{}\">", escape(id))),
            None => self.out.push_str("<tr role=\"row\">"),
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let column = columns.get(at).map(text).unwrap_or_default();
            let none = if text(cell) == "—" { " class=\"none\"" } else { "" };
            match at {
                0 => self.out.push_str("<th scope=\"row\" role=\"rowheader\">"),
                _ => self.out.push_str(&format!("<td role=\"cell\" data-c=\"{}\"{none}>", escape(&column))),
            }
            self.line(cell);
            self.out.push_str(if at == 0 { "</th>" } else { "</td>" });
        }
        self.out.push_str("</tr>\n");
    }

    fn bars(&mut self, bars: &Bars) {
        let most =
            bars.groups.iter().flat_map(|group| &group.bars).map(|bar| bar.amount).max().unwrap_or(0).max(1);
        for group in &bars.groups {
            self.out.push_str(&format!(
                "<div class=\"t\"><table role=\"table\" aria-description=\"{}\"><caption>",
                escape(&bars.caption)
            ));
            self.line(&group.head);
            self.out.push_str(&format!(
                "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">speaker</th>\
                 <th scope=\"col\" role=\"columnheader\">{}</th></tr></thead>\n<tbody role=\"rowgroup\">\n",
                bars.unit.1
            ));
            for bar in &group.bars {
                let hatched = if bar.is_hatched { " h" } else { "" };
                self.out.push_str(&format!(
                    "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" style=\"width:40%\">{}</th><td role=\"cell\"><span class=\"x\" \
                     aria-hidden=\"true\"><span class=\"bar{hatched}\" style=\"width:{}%\"></span></span> {}, {}</td></tr>\n",
                    escape(&bar.label),
                    (bar.amount * 100).div_ceil(most),
                    count(bar.amount, bars.unit.0, bars.unit.1),
                    escape(&bar.note),
                ));
            }
            self.out.push_str("</tbody></table></div>\n");
        }
    }

    fn tree(&mut self, branches: &[Branch]) {
        let mut depth = 0;
        self.out.push_str("<ul class=\"tree\">\n");
        for (at, branch) in branches.iter().enumerate() {
            if at > 0 {
                match branch.depth > depth {
                    true => self.out.push_str("<ul>\n"),
                    false => {
                        self.out.push_str(&format!("</li>\n{}", "</ul></li>\n".repeat(depth - branch.depth)))
                    }
                }
            }
            depth = branch.depth;
            self.out.push_str("<li>");
            self.line(&branch.line);
        }
        self.out.push_str(&format!("</li>\n{}</ul>\n", "</ul></li>\n".repeat(depth)));
    }

    fn line(&mut self, line: &Line) {
        for run in line {
            self.run(run);
        }
    }

    fn run(&mut self, run: &Run) {
        if run.text == "\n" {
            self.out.push_str("<br>");
            return;
        }
        let class = if run.manner == Manner::Siglum { "s" } else { "" };
        let inner = inner(run);
        let piece = match &run.link {
            Some(Link::Id(id)) => format!("<a class=\"{class}\" href=\"#{}\">{inner}</a>", escape(id)),
            Some(Link::Bytes(spot)) => self.evidence(spot, class, &inner),
            None if class.is_empty() => inner,
            None => format!("<b class=\"{class}\">{inner}</b>"),
        };
        self.out.push_str(&piece.replace(" class=\"\"", ""));
    }

    /// A link to bytes of a source, with their offsets and the source's hash.
    fn evidence(&mut self, spot: &Spot, class: &str, inner: &str) -> String {
        self.spots.insert(spot.clone());
        let Some(report) = self.edition.reports.get(spot.report) else { return inner.to_owned() };
        let class = if class.is_empty() { "e" } else { class };
        let what = match spot.end {
            0 => format!("{} bytes", report.bytes),
            _ => format!("bytes {}–{}", spot.start, spot.end),
        };
        let title = format!("{what} of {}, SHA-256 {}", super::sigla::name(report), report.sha256);
        format!(
            "<a class=\"{class}\" href=\"#{}\" title=\"{}\">{inner}</a>",
            anchor(self.edition, spot),
            escape(&title)
        )
    }
}

/// The words of a run, in its manner, without its link.
fn inner(run: &Run) -> String {
    let text = escape(&run.text);
    match run.manner {
        Manner::Plain | Manner::Siglum | Manner::Words => text,
        Manner::Strong => format!("<strong>{text}</strong>"),
        Manner::Muted => format!("<span class=\"m\">{text}</span>"),
        Manner::Varied(number) => {
            let marked = if text.is_empty() { text } else { format!("<mark>{text}</mark>") };
            format!("{marked}<sup><span class=\"vh\"> differs, note </span>{number}</sup>")
        }
        Manner::Agreeing => format!("<span class=\"agree\">{text}</span>"),
        Manner::Shifting => format!("<span class=\"shift\">{text}</span>"),
        Manner::Differing => format!("<span class=\"differ\">{text}</span>"),
        Manner::Mark(spoken) => {
            format!("<span aria-hidden=\"true\">{text}</span><span class=\"vh\">{}</span>", escape(spoken))
        }
    }
}

fn title(heading: &Heading) -> String {
    let count = heading.count.map_or_else(String::new, |count| format!(" <small>({count})</small>"));
    format!("{}{count}", escape(&heading.title))
}

fn text(line: &Line) -> String {
    line.iter().map(|run| run.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_of_a_report_becomes_markup() {
        assert_eq!(escape("<script>\"'&</script>"), "&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;");
        assert_eq!(escape("a\u{0}b\u{202e}c\td\n"), "a\u{fffd}b\u{fffd}c\td\n");
    }
}
