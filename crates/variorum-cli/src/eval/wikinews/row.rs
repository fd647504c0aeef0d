//! A row of `corpus/wikinews/reports.jsonl`; the format is told in the README beside it.

use serde::Deserialize;
use std::path::Path;
use variorum::model::Received;

/// One report with its labels.
#[derive(Deserialize)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Row {
    pub id: String,
    pub url: String,
    pub outlet: String,
    pub date: String,
    pub title: String,
    pub text: String,
    pub test: bool,
    #[cfg(test)]
    pub double: bool,
    #[cfg(test)]
    pub by: String,
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    pub quotations: Vec<Quotation>,
    pub dates: Vec<Date>,
    pub figures: Vec<Figure>,
}

/// Words of the text, in bytes.
#[derive(Deserialize)]
pub struct Passage {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Entity {
    pub id: String,
    #[cfg(test)]
    pub kind: String,
    pub unnamed: bool,
    pub name: String,
}

/// No entity, one, or several at once.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Meant {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
pub struct Mention {
    #[serde(flatten)]
    pub at: Passage,
    pub form: String,
    pub kind: Option<String>,
    pub entity: Option<Meant>,
}

#[derive(Deserialize)]
pub struct Quotation {
    #[serde(flatten)]
    pub at: Passage,
    pub kind: String,
    #[serde(default)]
    pub parts: Vec<Passage>,
    pub speaker: Option<Passage>,
    pub entity: Option<Meant>,
    pub cue: Option<Passage>,
    pub channel: Option<String>,
    #[cfg(test)]
    pub channel_span: Option<Passage>,
}

#[derive(Deserialize)]
pub struct Date {
    #[serde(flatten)]
    pub at: Passage,
    pub value: String,
}

/// A number, or a fraction that is no decimal ("2/3").
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Number {
    Decimal(f64),
    Fraction(String),
}

#[derive(Deserialize)]
pub struct Figure {
    #[serde(flatten)]
    pub at: Passage,
    pub kind: String,
    pub value: Option<Number>,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub values: Option<Vec<f64>>,
    pub unit: Option<String>,
    pub what: Option<String>,
    pub qualifier: Option<String>,
}

/// All rows of the file.
pub fn rows(path: &Path) -> anyhow::Result<Vec<Row>> {
    let text = std::fs::read_to_string(path)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

impl Row {
    /// The report as a reader gets it, without its labels.
    pub fn received(&self) -> Received {
        Received {
            bytes: self.text.clone().into_bytes(),
            id: Some(self.id.clone()),
            url: Some(self.url.clone()),
            outlet: Some(self.outlet.clone()),
            title: Some(self.title.clone()),
            date: Some(self.date.clone()),
            field: Some("text".to_owned()),
            ..Received::default()
        }
    }

    /// The entity of that id.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}

impl Meant {
    /// The one entity meant; `None` where it is several.
    pub fn one(&self) -> Option<&str> {
        match self {
            Meant::One(id) => Some(id),
            Meant::Several(_) => None,
        }
    }

    /// All that are meant.
    pub fn all(&self) -> &[String] {
        match self {
            Meant::One(id) => std::slice::from_ref(id),
            Meant::Several(ids) => ids,
        }
    }
}

impl Number {
    /// As a decimal.
    pub fn value(&self) -> Option<f64> {
        match self {
            Number::Decimal(value) => Some(*value),
            Number::Fraction(text) => {
                let (part, whole) = text.split_once('/')?;
                Some(part.parse::<f64>().ok()? / whole.parse::<f64>().ok()?)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Passage, Row, rows};
    use std::collections::BTreeSet;
    use std::path::Path;

    const ENTITIES: &str = "person organisation place nationality work event outlet platform other group";
    const FORMS: &str = "name handle pronoun description";
    const QUOTATIONS: &str = "direct partial indirect scare";
    const CHANNELS: &str = "speech interview statement post video image op-ed court report other";
    const FIGURES: &str = "count percent share money age duration measure score multiple";
    const QUALIFIERS: &str = "about at-least at-most more-than less-than nearly vague";

    fn corpus() -> Vec<Row> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/wikinews/reports.jsonl");
        rows(&folder).expect("the labels are in the repository")
    }

    /// Every span of a row.
    fn spans(row: &Row) -> Vec<&Passage> {
        let mut spans: Vec<&Passage> = row.mentions.iter().map(|mention| &mention.at).collect();
        for quotation in &row.quotations {
            spans.push(&quotation.at);
            spans.extend(&quotation.parts);
            spans.extend([&quotation.speaker, &quotation.cue, &quotation.channel_span].into_iter().flatten());
        }
        spans.extend(row.dates.iter().map(|date| &date.at));
        spans.extend(row.figures.iter().map(|figure| &figure.at));
        spans
    }

    /// Every kind of a row that is not among those its layer knows.
    fn unknown(row: &Row) -> Vec<String> {
        let mut kinds: Vec<(&str, &str)> = Vec::new();
        for mention in &row.mentions {
            kinds.push((FORMS, &mention.form));
            kinds.extend(mention.kind.as_deref().map(|kind| (ENTITIES, kind)));
        }
        kinds.extend(row.entities.iter().map(|entity| (ENTITIES, entity.kind.as_str())));
        for quotation in &row.quotations {
            kinds.push((QUOTATIONS, &quotation.kind));
            kinds.extend(quotation.channel.as_deref().map(|channel| (CHANNELS, channel)));
        }
        for figure in &row.figures {
            kinds.push((FIGURES, &figure.kind));
            kinds.extend(figure.qualifier.as_deref().map(|qualifier| (QUALIFIERS, qualifier)));
        }
        let is_unknown = |(known, kind): &(&str, &str)| !known.split(' ').any(|known| known == *kind);
        kinds.into_iter().filter(is_unknown).map(|(_, kind)| kind.to_owned()).collect()
    }

    #[test]
    fn every_span_slices_to_its_words() {
        for row in corpus() {
            for span in spans(&row) {
                assert_eq!(row.text.get(span.start..span.end), Some(span.text.as_str()), "{}", row.id);
            }
        }
    }

    #[test]
    fn kinds_and_entities_are_known() {
        for row in corpus() {
            assert_eq!(unknown(&row), Vec::<String>::new(), "{}", row.id);
            let known: BTreeSet<&str> = row.entities.iter().map(|entity| entity.id.as_str()).collect();
            let mentions = row.mentions.iter().filter_map(|mention| mention.entity.as_ref());
            let speakers = row.quotations.iter().filter_map(|quotation| quotation.entity.as_ref());
            for meant in mentions.chain(speakers) {
                assert!(meant.all().iter().all(|id| known.contains(id.as_str())), "{}", row.id);
            }
        }
    }

    #[test]
    fn a_fifth_is_for_testing_and_labelled_twice() {
        let rows = corpus();
        assert_eq!((rows.len(), rows.iter().filter(|row| row.test).count()), (120, 24));
        assert_eq!(rows.iter().filter(|row| row.double).count(), 40);
        assert!(rows.iter().all(|row| row.double || !row.test));
        assert!(rows.iter().all(|row| !row.by.is_empty() && row.url.starts_with("https://")));
    }
}
