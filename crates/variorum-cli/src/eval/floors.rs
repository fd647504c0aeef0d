//! Holds measures of the development data against the floors of `corpus/floors.json`.
//!
//! In: measures by name. Out: an error that names each one below its floor, and each floor of their sets that nothing was
//! measured for. A measure without a floor is not held to any.

use std::collections::BTreeMap;

/// Measures by the name they have in `corpus/floors.json`; the first word is the set's.
pub type Measures = BTreeMap<String, f64>;

/// Fails if a measure lies below its floor or is no number, or if a floor of one of `sets` has no measure.
pub fn hold(sets: &[&str], measures: &Measures) -> anyhow::Result<()> {
    let missed: Vec<String> = pinned()?
        .iter()
        .filter(|(name, _)| sets.contains(&set_of(name)))
        .filter_map(|(name, &floor)| missed(name, floor, measures.get(name).copied()))
        .collect();
    anyhow::ensure!(missed.is_empty(), "below the floor: {}", missed.join(", "));
    Ok(())
}

/// The floors by name.
fn pinned() -> anyhow::Result<Measures> {
    let file: serde_json::Value = serde_json::from_str(include_str!("../../../../corpus/floors.json"))?;
    Ok(serde_json::from_value(file["measures"].clone())?)
}

/// The first word of a measure's name.
fn set_of(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}

/// What is said of a floor that is not reached.
fn missed(name: &str, floor: f64, value: Option<f64>) -> Option<String> {
    match value {
        None => Some(format!("{name} was not measured (floor {floor})")),
        Some(value) if value.is_nan() || value < floor => Some(format!("{name} {value:.3} (floor {floor})")),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Measures, hold, missed, pinned, set_of};

    fn check(value: Option<f64>, expected: Option<&str>) {
        assert_eq!(missed("tides F1", 0.5, value).as_deref(), expected);
    }

    #[test]
    fn a_floor_is_reached_or_named() {
        check(Some(0.5), None);
        check(Some(0.4), Some("tides F1 0.400 (floor 0.5)"));
        check(Some(f64::NAN), Some("tides F1 NaN (floor 0.5)"));
        check(None, Some("tides F1 was not measured (floor 0.5)"));
    }

    #[test]
    fn every_floor_is_of_a_set_that_is_held() {
        let sets = [
            "quotes",
            "collation",
            "lineage",
            "round-trip",
            "stories",
            "copies",
            "extraction",
            "pos",
            "names",
            "pronouns",
            "dates",
            "numbers",
            "wikinews",
        ];
        for name in pinned().expect("the floors are in the repository").keys() {
            assert!(sets.contains(&set_of(name)), "nothing measures {name:?}");
        }
        for set in sets {
            assert!(hold(&[set], &Measures::new()).is_err(), "{set} has floors");
        }
    }
}
