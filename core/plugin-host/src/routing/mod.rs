//! Routing policies: whose phone rings for a call.

pub(crate) mod v1;
