//! A page: headings, lines, lists, tables, cards. It knows nothing of terminals or of HTML.

/// What an edition says, in order.
#[derive(Default)]
pub struct Page {
    pub title: String,
    pub parts: Vec<Part>,
}

/// A piece of a page.
pub enum Part {
    Heading(Heading),
    Text(Line),
    List(Vec<Line>),
    Table(Table),
    Card(Card),
    Bars(Bars),
    Tree(Vec<Branch>),
    /// The source of a report, by its index in the edition; only where there is room for it.
    Reader(usize),
}

/// A heading; `id` stays the same from run to run.
pub struct Heading {
    pub level: usize,
    pub id: String,
    pub title: String,
    /// How many entries follow.
    pub count: Option<usize>,
}

/// Runs of words that are set as one paragraph.
pub type Line = Vec<Run>;

/// Words in one manner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub manner: Manner,
    pub link: Option<Link>,
}

/// In what manner words are set. None is told by colour alone.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    Plain,
    Strong,
    /// Beside the point: bytes, rules, counts.
    Muted,
    /// A report's letter.
    Siglum,
    /// Words of a report.
    Words,
    /// Words of a report that another report has differently; underlined, with the number of the apparatus entry.
    Varied(usize),
    /// A sign without a word; what it says to who cannot see it.
    Mark(&'static str),
    /// A sign and its word, for readings that agree.
    Agreeing,
    /// The same, for those that differ in form.
    Shifting,
    /// The same, for those that differ in what they say.
    Differing,
}

/// Where a run leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// To a heading, card or row of this page.
    Id(String),
    /// To bytes of a source.
    Bytes(Spot),
}

/// Bytes of a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Index of the report in the edition.
    pub report: usize,
    pub start: usize,
    pub end: usize,
}

/// A table; the first cell of each row is its heading.
pub struct Table {
    pub caption: String,
    pub columns: Vec<Line>,
    pub rows: Vec<Row>,
}

/// A row of a table.
pub struct Row {
    pub id: Option<String>,
    pub cells: Vec<Line>,
}

/// One utterance: a heading line, the words, and lines below it.
pub struct Card {
    pub id: String,
    pub head: Line,
    pub parts: Vec<Part>,
}

/// Amounts side by side, in groups.
pub struct Bars {
    pub caption: String,
    /// One and several of what is counted.
    pub unit: (&'static str, &'static str),
    pub groups: Vec<Group>,
}

/// Amounts of one report.
pub struct Group {
    pub head: Line,
    pub bars: Vec<Bar>,
}

/// One amount.
pub struct Bar {
    pub label: String,
    pub amount: usize,
    /// Drawn hatched: nobody with a name.
    pub is_hatched: bool,
    pub note: String,
}

/// A line of a tree.
pub struct Branch {
    pub depth: usize,
    pub line: Line,
}

impl Run {
    /// `text` in `manner`.
    pub fn new(manner: Manner, text: impl Into<String>) -> Run {
        Run { text: text.into(), manner, link: None }
    }

    /// The same, leading to `id`.
    pub fn to(mut self, id: impl Into<String>) -> Run {
        self.link = Some(Link::Id(id.into()));
        self
    }

    /// The same, leading to bytes of a source.
    pub fn at(mut self, spot: Option<Spot>) -> Run {
        self.link = spot.map(Link::Bytes);
        self
    }
}

/// Plain words.
pub fn plain(text: impl Into<String>) -> Run {
    Run::new(Manner::Plain, text)
}

/// Words beside the point.
pub fn muted(text: impl Into<String>) -> Run {
    Run::new(Manner::Muted, text)
}

/// Words that matter.
pub fn strong(text: impl Into<String>) -> Run {
    Run::new(Manner::Strong, text)
}

/// `lines` as one line, `between` standing between two.
pub fn join(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
    let mut joined = Line::new();
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        if !joined.is_empty() {
            joined.push(plain(between));
        }
        joined.extend(line);
    }
    joined
}
