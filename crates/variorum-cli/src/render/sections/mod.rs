//! What an edition says, in order: one function a section, each giving the parts of a page.
//!
//! Words of reports stand only where they are the evidence; headings carry none of them but the story's headline.

mod dates;
mod figures;
mod people;
mod quotations;
mod reports;
mod summary;

pub use reports::notes;

use super::page::{Heading, Line, Page, Part, Run, muted, plain};
use super::sigla::Sigla;
use super::wording::{count, one_line};
use variorum::edition::{Edition, Place, Story};

/// The page of an edition.
pub fn page(edition: &Edition) -> Page {
    let mut page = Page { title: title(edition), parts: Vec::new() };
    if edition.stories.len() > 1 {
        page.parts.extend(contents(edition));
    }
    for story in &edition.stories {
        page.parts.extend(self::story(edition, story));
    }
    page.parts.extend(reports::notes(edition));
    page
}

/// Everything about one story.
fn story(edition: &Edition, story: &Story) -> Vec<Part> {
    let sigla = Sigla::new(edition, story);
    let mut parts = vec![head(story), Part::Text(reports::summary(story, &sigla))];
    parts.extend(reports::sigla(story, &sigla));
    parts.extend(summary::lists(story, &sigla));
    parts.extend(quotations::cards(story, &sigla));
    parts.extend(people::voices(story, &sigla));
    parts.extend(figures::table(story, &sigla));
    parts.extend(dates::table(story, &sigla));
    parts.extend(dates::timeline(story, &sigla));
    parts.extend(people::posts(story, &sigla));
    parts.extend(people::labels(story, &sigla));
    parts.extend(people::omissions(story, &sigla));
    parts.extend(reports::lineage(story, &sigla));
    parts.extend(reports::traces(story, &sigla));
    parts.extend(reports::reading(story, &sigla));
    parts
}

/// One story by its reports alone.
pub fn group(edition: &Edition, story: &Story) -> Vec<Part> {
    let sigla = Sigla::new(edition, story);
    let mut parts = vec![head(story), Part::Text(reports::summary(story, &sigla))];
    parts.push(Part::Tree(reports::tree(story, &sigla)));
    parts
}

fn title(edition: &Edition) -> String {
    match edition.stories.as_slice() {
        [only] => headline(only),
        stories => format!(
            "{} in {}",
            count(stories.len(), "story", "stories"),
            count(edition.reports.len(), "report", "reports")
        ),
    }
}

fn headline(story: &Story) -> String {
    story.headline.as_deref().map_or_else(|| "A story without a headline".to_owned(), one_line)
}

fn head(story: &Story) -> Part {
    Part::Heading(Heading {
        level: 1,
        id: format!("story-{}", slug(&story.id)),
        title: headline(story),
        count: None,
    })
}

/// The list of stories that stands before them.
fn contents(edition: &Edition) -> Vec<Part> {
    let line = |story: &Story| -> Line {
        vec![
            plain(headline(story)).to(format!("story-{}", slug(&story.id))),
            muted(format!(
                "  {}, {} independent",
                count(story.reports.len(), "report", "reports"),
                story.independent
            )),
        ]
    };
    vec![
        Part::Heading(Heading {
            level: 2,
            id: "stories".to_owned(),
            title: "Stories".to_owned(),
            count: Some(edition.stories.len()),
        }),
        Part::List(edition.stories.iter().map(line).collect()),
    ]
}

/// A heading of the second level, its id made from the story and the section's name.
fn section(story: &Story, name: &str, title: &str, count: Option<usize>) -> Part {
    Part::Heading(Heading { level: 2, id: id(story, name), title: title.to_owned(), count })
}

/// A heading of the third level.
fn subsection(story: &Story, name: &str, title: String, count: Option<usize>) -> Part {
    Part::Heading(Heading { level: 3, id: id(story, name), title, count })
}

/// An id that stays the same from run to run.
fn id(story: &Story, name: &str) -> String {
    format!("{}-{}", slug(name), slug(&story.id))
}

/// The first letters and digits of `id`, fit for an anchor.
fn slug(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(24).collect()
}

/// `text` between quotation marks, as the words of a report.
pub fn words(text: &str) -> Run {
    Run::new(super::page::Manner::Words, format!("“{}”", one_line(text)))
}

/// Parts of a quotation are joined by an ellipsis; what stands between them is not the speaker's, and so is outside the marks.
pub fn parted(text: &str) -> String {
    text.replace(" … ", "” … “")
}

/// Words of a report with the bytes they stand at.
fn quoted(place: &Place, sigla: &Sigla) -> Run {
    words(&place.text).at(sigla.spot_of(place))
}

/// Bytes, as they are named beside a finding.
pub fn bytes(start: usize, end: usize) -> String {
    format!("{start}–{end}")
}

/// A cell that says that nothing is there.
fn nothing() -> Line {
    vec![muted("—")]
}
