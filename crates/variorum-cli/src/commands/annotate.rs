//! `variorum annotate`: what is found in each report.

use crate::options::{Color, Listing};
use crate::output::{self, Talk};
use crate::{Outcome, intake, render};
use variorum::annotation::annotation;

/// Prints a page, or a line of JSON, for each report.
pub fn run(options: &Listing, color: Color, talk: &Talk) -> anyhow::Result<Outcome> {
    let paper = output::paper(color);
    intake::each(options, talk, |received| {
        let found = annotation(&variorum::annotate(&received));
        if options.jsonl {
            return output::line(&found);
        }
        let edition = variorum::editions(&[received]);
        Ok(render::terminal::page(&render::findings(&edition, &found), paper))
    })
}
