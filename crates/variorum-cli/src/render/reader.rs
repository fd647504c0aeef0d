//! The sources of a page.
