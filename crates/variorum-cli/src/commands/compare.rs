//! `variorum compare`: the edition of each story in a pile of reports.

use crate::intake;
use crate::options::{Color, Compare};
use crate::output::{self, Talk};
use crate::{Outcome, render};
use variorum::edition::Edition;

/// Prints the edition in the form asked for.
pub fn run(options: &Compare, color: Color, talk: &Talk) -> anyhow::Result<Outcome> {
    let pile = intake::open(&options.inputs.inputs, options.inputs.rejects.as_deref(), talk)?;
    let edition = variorum::editions(&pile.reports);
    for note in &edition.notes {
        talk.note(note);
    }
    if edition.reports.is_empty() {
        anyhow::bail!("none of the inputs holds a report");
    }
    if options.json {
        output::print(&json(&edition)?)?;
    } else if options.markdown {
        output::print(&render::markdown::edition(&edition))?;
    } else if let Some(path) = &options.html {
        output::write(path, &render::html::edition(&edition, &pile.reports))?;
        talk.note(&format!("wrote {}: {}", path.display(), size(&edition)));
    } else {
        output::print(&render::terminal::edition(&edition, output::paper(color)))?;
    }
    Ok(pile.outcome())
}

fn json(edition: &Edition) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(edition)?;
    text.push('\n');
    Ok(text)
}

fn size(edition: &Edition) -> String {
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    format!(
        "{}, {}",
        plural(edition.stories.len(), "story", "stories"),
        plural(edition.reports.len(), "report", "reports")
    )
}
