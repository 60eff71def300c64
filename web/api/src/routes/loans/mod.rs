//! Loans: people who help out in a group for a time.

pub(crate) mod add;
pub(crate) mod end;
