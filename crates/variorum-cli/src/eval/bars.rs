//! The bars that a measured set is held to: printed beside each measure, and the measures named for `corpus/floors.json`.
//!
//! A bar is what the work aims at and fails nothing; a floor (see `floors`) is what must not be lost again.

use super::floors::Measures;

/// Set, measure, at least.
pub type Bar = (&'static str, &'static str, f64);

/// Measures of one `variorum eval` as they come, set by set.
pub struct Bars {
    /// First word of the measures' names.
    eval: &'static str,
    bars: &'static [Bar],
    set: &'static str,
    measures: Measures,
    below: Vec<String>,
}

impl Bars {
    /// No measure yet of `eval`, which is held to `bars`.
    pub fn new(eval: &'static str, bars: &'static [Bar]) -> Bars {
        Bars { eval, bars, set: "", measures: Measures::new(), below: Vec::new() }
    }

    /// The set that the next measures are of.
    pub fn set(&mut self, set: &'static str) {
        self.set = set;
    }

    /// Takes a measure; gives what is printed behind it: its bar, and whether it is reached.
    pub fn held(&mut self, measure: &str, value: f64) -> String {
        let bar = self.bars.iter().find(|bar| bar.0 == self.set && bar.1 == measure).map(|bar| bar.2);
        let shown = match bar {
            Some(bar) if value.is_nan() || value < bar => {
                self.below.push(format!("{} {measure} {value:.3} < {bar:.3}", self.set));
                format!(" (bar {bar:.3}: below)")
            }
            Some(bar) => format!(" (bar {bar:.3})"),
            None => String::new(),
        };
        self.measures.insert(self.name(self.set, measure), value);
        shown
    }

    /// Prints which bars are not reached or have no measure; hands the measures on.
    pub fn finish(mut self, measures: &mut Measures) {
        for &(set, measure, bar) in self.bars {
            if !self.measures.contains_key(&self.name(set, measure)) {
                self.below.push(format!("{set} {measure} was not measured (bar {bar:.3})"));
            }
        }
        println!("bars not reached: {} of {}", self.below.len(), self.bars.len());
        self.below.iter().for_each(|line| println!("  {line}"));
        measures.extend(self.measures);
    }

    fn name(&self, set: &str, measure: &str) -> String {
        format!("{} {set} {measure}", self.eval)
    }
}
