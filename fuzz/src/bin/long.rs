//! The long form of the fuzz targets: libFuzzer's entry. `fuzz/run` builds and starts it.
//!
//! `VARIORUM_FUZZ` names the target. Half of the mutations are libFuzzer's own, half those of the short form.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use std::sync::LazyLock;
use variorum_fuzz::mutation::{Dice, mutate, tokens};
use variorum_fuzz::{Target, targets};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("VARIORUM_FUZZ").unwrap_or_default();
    targets::named(&name).unwrap_or_else(|| panic!("VARIORUM_FUZZ must name a target, not {name:?}"))
});

static TOKENS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| tokens(TARGET.tokens));

fuzz_target!(|bytes: &[u8]| (TARGET.run)(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(u64::from(seed));
    if dice.below(2) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut bytes = data[..size].to_vec();
    mutate(&mut dice, &mut bytes, &TOKENS, max_size);
    data[..bytes.len()].copy_from_slice(&bytes);
    bytes.len()
});
