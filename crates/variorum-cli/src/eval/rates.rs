//! Precision, recall and F1.

/// `part` of `whole`; 0 of nothing.
pub fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// The harmonic mean of precision and recall.
pub fn f1(precision: f64, recall: f64) -> f64 {
    share(2.0 * precision * recall, precision + recall)
}

/// Precision, recall and F1 of what was found and right, found and wrong, and missed.
pub fn prf(right: usize, wrong: usize, missed: usize) -> (f64, f64, f64) {
    let share = |part: usize, whole: usize| share(part as f64, whole as f64);
    (share(right, right + wrong), share(right, right + missed), share(2 * right, 2 * right + wrong + missed))
}
