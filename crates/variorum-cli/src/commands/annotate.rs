//! `variorum annotate`: what is found in each report.

use crate::options::{Color, Listing};
use crate::output::{self, Talk};
use crate::{Outcome, intake, render};
use variorum::annotation::annotation;
use variorum::model::{Annotated, Received};

/// Prints a page, or a line of JSON, for each report.
pub fn run(options: &Listing, color: Color, talk: &Talk) -> anyhow::Result<Outcome> {
    let paper = output::paper(color);
    intake::each(options, talk, |pile| {
        let found = variorum::annotate_all(&pile);
        let print = |(received, found): (Received, Annotated)| {
            let found = annotation(&found);
            if options.jsonl {
                return output::line(&found);
            }
            let edition = variorum::editions(&[received]);
            Ok(render::terminal::page(&render::findings(&edition, &found), paper))
        };
        pile.into_iter().zip(found).map(print).collect()
    })
}
