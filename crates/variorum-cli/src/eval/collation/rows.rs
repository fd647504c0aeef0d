//! Part of `variorum eval collation`.
