//! What work costs: processor time of this thread, where the system tells it (Linux), else the clock.

use std::time::{Duration, Instant};

/// Processor time that `work` takes.
pub fn cost(work: impl FnOnce()) -> Duration {
    let (before, clock) = (scheduled(), Instant::now());
    work();
    match (before, scheduled()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => clock.elapsed(),
    }
}

/// Processor time of this thread so far, where the system tells it.
fn scheduled() -> Option<Duration> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
