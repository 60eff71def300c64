//! Folds of facts: every figure comes from the journal.

/// Figures of one group (or of all) over one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupFigures {}
