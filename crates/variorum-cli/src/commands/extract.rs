//! `variorum extract`: the reading of each report alone.

use crate::options::{Color, Listing};
use crate::output::{self, Talk};
use crate::{Outcome, intake, render};
use variorum::annotation::extraction;
use variorum::model::Received;

/// Prints a page, or a line of JSON, for each report.
pub fn run(options: &Listing, color: Color, talk: &Talk) -> anyhow::Result<Outcome> {
    let paper = output::paper(color);
    let print = |received: &Received| {
        let read = extraction(&variorum::read::read(received), received.url.as_deref());
        match options.jsonl {
            true => output::line(&read),
            false => Ok(render::terminal::page(&render::reading(&read), paper)),
        }
    };
    intake::each(options, talk, |pile| pile.iter().map(print).collect())
}
