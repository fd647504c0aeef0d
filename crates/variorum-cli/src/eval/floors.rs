//! Holds measures of the development data against the floors of `corpus/floors.json`.
//!
//! In: measures by name. Out: an error that names each one below its floor. A measure without a floor is not held to any.

use std::collections::BTreeMap;

/// Measures by the name they have in `corpus/floors.json`.
pub type Measures = BTreeMap<String, f64>;

/// Fails if a measure lies below its floor.
pub fn hold(measures: &Measures) -> anyhow::Result<()> {
    let pinned: serde_json::Value = serde_json::from_str(include_str!("../../../../corpus/floors.json"))?;
    let floor = |name: &str| pinned["measures"][name].as_f64();
    let below: Vec<String> = measures
        .iter()
        .filter_map(|(name, value)| Some((name, value, floor(name)?)))
        .filter(|(_, value, floor)| *value < floor)
        .map(|(name, value, floor)| format!("{name} {value:.3} (floor {floor})"))
        .collect();
    anyhow::ensure!(below.is_empty(), "below the floor: {}", below.join(", "));
    Ok(())
}
