//! Whether cost grows with the length of the input and no faster.
//!
//! In: a reader and inputs of growing length. Method: processor time of this thread (where the system tells it, else the
//! clock) for an input and one [`FACTOR`] times as long; a suspicion is measured again and counts only when it holds
//! every time, as others may be at work on the same machine.

use crate::cost::cost;
use std::time::Duration;
use variorum::model::Received;
use variorum::read::read;

/// How many times longer the second input is.
pub const FACTOR: usize = 4;

/// Most times longer that the second input may take. Linear cost gives 4, with hardly any caches to help 6; a cost
/// that grows with the square gives 16.
const MOST: u32 = 9;

/// Time below which nothing is measured.
const FLOOR: Duration = Duration::from_millis(30);

/// How often a suspicion is measured.
const TRIES: usize = 5;

/// Length of the first of the two inputs, in bytes, where the fuzzer looks for a stretch that does not go well
/// with itself.
const PUMPED: usize = 40_000;

/// Panics when `run` takes more than its share on `longer`, which is [`FACTOR`] times as long as `short`.
pub fn compare(name: &str, run: impl Fn(&[u8]), short: &[u8], longer: &[u8]) {
    if let Some(worst) = excess(run, short, longer) {
        let lengths = (short.len(), longer.len());
        panic!("{name}: {worst:?} for {lengths:?} bytes: cost grows faster than the input");
    }
}

/// What `run` takes on both, when it is more than its share on `longer` every time.
fn excess(run: impl Fn(&[u8]), short: &[u8], longer: &[u8]) -> Option<(Duration, Duration)> {
    let mut worst = None;
    for _ in 0..TRIES {
        let long = cost(|| run(longer));
        if long < FLOOR {
            return None;
        }
        let brief = cost(|| run(short));
        if long < brief * MOST + FLOOR {
            return None;
        }
        worst = Some((brief, long));
    }
    worst
}

/// The fuzzer's target: a beginning, a stretch that is repeated, and an end. The first two bytes say where they part.
pub fn target(bytes: &[u8]) {
    let [first, second, rest @ ..] = bytes else { return };
    if rest.is_empty() {
        return;
    }
    let from = usize::from(*first) % rest.len();
    let length = 1 + usize::from(*second) % (rest.len() - from);
    let pumped = |size: usize| {
        let stretch = &rest[from..from + length];
        [&rest[..from], &stretch.repeat(size / length), &rest[from + length..]].concat()
    };
    let run = |bytes: &[u8]| {
        read(&Received { bytes: bytes.to_vec(), ..Received::default() });
        variorum_sources::of(std::io::Cursor::new(bytes.to_vec()), "file").count();
    };
    // A reader may turn a short input away that it reads when it is longer: only a cost that goes on growing counts.
    let [short, longer, longest] = [1, FACTOR, FACTOR * FACTOR].map(|times| pumped(times * PUMPED));
    if excess(run, &short, &longer).is_some() {
        compare("a stretch repeated", run, &longer, &longest);
    }
}
