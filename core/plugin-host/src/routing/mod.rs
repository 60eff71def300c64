//! Routing policies: whose phone rings for a call, and which call a freed agent gets.

pub(crate) mod selection;
pub(crate) mod v1;
