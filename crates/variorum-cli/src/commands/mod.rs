//! One file a command.

pub mod annotate;
pub mod check;
pub mod compare;
pub mod extract;
pub mod group;
