//! How an edition looks: what a page says, in order, and three ways to write it down.
//!
//! [`sections`] turns the records of an edition into a [`page::Page`]; [`terminal`], [`markdown`] and [`html`] write a page.
//! So all three say the same. Fixed wordings stand in [`wording`], the letters of reports in [`sigla`].

mod answer;
mod explanation;
pub mod html;
mod listings;
pub mod markdown;
pub mod page;
mod reader;
mod sections;
mod sigla;
pub mod terminal;
mod wording;
mod wrap;

pub use answer::answer;
pub use explanation::explanation;
pub use listings::{findings, groups, reading};
