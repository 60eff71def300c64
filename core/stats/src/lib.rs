//! Folds of facts: every figure comes from the journal.
