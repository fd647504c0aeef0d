use crate::Outcome;
use crate::options::{Color, Listing};
use crate::output::Talk;

pub fn run(_options: &Listing, _color: Color, _talk: &Talk) -> anyhow::Result<Outcome> {
    anyhow::bail!("not there yet")
}
