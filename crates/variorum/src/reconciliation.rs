//! Sets the figures of a story side by side.

use crate::cast::Cast;
use crate::edition::ReconciledFigure;
use crate::lineage::Lineage;
use crate::model::Annotated;

/// The figures of a story, in the order of reports and text.
pub fn figures(_witnesses: &[Annotated], _cast: &Cast, _lineage: &Lineage) -> Vec<ReconciledFigure> {
    Vec::new()
}
