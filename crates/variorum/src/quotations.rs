//! Finds quotations.

use crate::model::{Annotated, Quotation};

/// The quotations of `found`, in text order.
pub fn find(_found: &Annotated) -> Vec<Quotation> {
    Vec::new()
}
