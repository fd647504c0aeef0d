//! Finds date expressions.

use crate::model::{Annotated, DateExpression};

/// The date expressions of `found`, in text order.
pub fn find(_found: &Annotated) -> Vec<DateExpression> {
    Vec::new()
}
