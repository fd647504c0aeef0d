//! The bars that reading is held to: printed beside each measure, and the measures named for `corpus/floors.json`.

use super::super::floors::Measures;

/// Set, measure, at least.
const BARS: [(&str, &str, f64); 18] = [
    ("scrapinghub", "body F1", 0.975),
    ("fundus_eval", "body F1", 0.955),
    ("fundus_parser", "body F1", 0.960),
    ("trafilatura", "body F1", 0.935),
    ("fundus_parser", "block headline F1", 0.95),
    ("fundus_parser", "block dek F1", 0.85),
    ("fundus_parser", "block caption F1", 0.85),
    ("fundus_parser", "block credit F1", 0.85),
    ("fundus_parser", "block headline whole", 0.95),
    ("fundus_parser", "block dek whole", 0.85),
    ("fundus_parser", "block caption whole", 0.85),
    ("fundus_parser", "block credit whole", 0.85),
    ("fundus_parser", "title equal", 0.93),
    ("fundus_parser", "author strict", 0.90),
    ("fundus_parser", "date same day", 0.975),
    ("htmldate", "date same day", 0.92),
    ("lines_page", "line F1", 0.93),
    ("lines_reader", "line F1", 0.97),
];

/// Measures as they come, set by set.
#[derive(Default)]
pub struct Bars {
    set: &'static str,
    measures: Measures,
    below: Vec<String>,
}

impl Bars {
    /// The set that the next measures are of.
    pub fn set(&mut self, set: &'static str) {
        self.set = set;
    }

    /// Takes a measure; gives what is printed behind it: its bar, and whether it is reached.
    pub fn held(&mut self, measure: &str, value: f64) -> String {
        let name = format!("extraction {} {measure}", self.set);
        let bar = BARS.iter().find(|bar| bar.0 == self.set && bar.1 == measure).map(|bar| bar.2);
        let shown = match bar {
            Some(bar) if value.is_nan() || value < bar => {
                self.below.push(format!("{} {measure} {value:.3} < {bar:.3}", self.set));
                format!(" (bar {bar:.3}: below)")
            }
            Some(bar) => format!(" (bar {bar:.3})"),
            None => String::new(),
        };
        self.measures.insert(name, value);
        shown
    }

    /// Prints which bars are not reached or have no measure; hands the measures on.
    pub fn finish(mut self, measures: &mut Measures) {
        for (set, measure, bar) in BARS {
            if !self.measures.contains_key(&format!("extraction {set} {measure}")) {
                self.below.push(format!("{set} {measure} was not measured (bar {bar:.3})"));
            }
        }
        println!("bars not reached: {} of {}", self.below.len(), BARS.len());
        self.below.iter().for_each(|line| println!("  {line}"));
        measures.extend(self.measures);
    }
}
