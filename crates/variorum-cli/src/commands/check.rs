//! `variorum check`: who says these words, in which words, where.

use crate::options::{Check, Color};
use crate::output::{self, Talk};
use crate::{Outcome, intake, render};
use variorum::check;

/// Prints the answer; nothing found when no report has the words.
pub fn run(options: &Check, color: Color, talk: &Talk) -> anyhow::Result<Outcome> {
    let pile = intake::open(&options.inputs, options.rejects.as_deref(), talk)?;
    let answer = variorum::check(&options.words, options.speaker.as_deref(), &pile.reports);
    for note in &answer.notes {
        talk.note(note);
    }
    if options.json {
        let mut text = serde_json::to_string_pretty(&answer)?;
        text.push('\n');
        output::print(&text)?;
    } else {
        output::print(&render::terminal::page(&render::answer(&answer), output::paper(color)))?;
    }
    Ok(match answer.outcome {
        check::Outcome::NotFound => Outcome::NothingFound,
        _ => pile.outcome(),
    })
}
