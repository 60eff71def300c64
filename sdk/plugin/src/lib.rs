//! Write a routing policy: one trait, one macro, plain types.
