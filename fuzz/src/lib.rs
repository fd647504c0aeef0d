//! Hostile input for every reader.
//!
//! A [`Target`] takes any bytes, reads them as one kind of input and panics where an invariant does not hold. The same
//! targets run for a short time in `cargo test` (`tests/short.rs`: kept cases, then seeded mutations) and for long
//! under libFuzzer (`fuzz/run`), which sees the same mutations and is guided by coverage; both on stable Rust.
//! What was found lies as `cases/TARGET/NAME`, smallest form, and is read again by every test run.

#![warn(missing_docs)]

pub mod check;
pub mod containers;
pub mod cost;
pub mod growth;
pub mod memory;
pub mod mutation;
pub mod targets;

pub use targets::{TARGETS, Target};
