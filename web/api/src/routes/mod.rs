//! The operations, by noun.

pub(crate) mod calls;
pub(crate) mod groups;
pub(crate) mod health;
pub(crate) mod live;
pub(crate) mod people;
pub(crate) mod session;
pub(crate) mod setup;
pub(crate) mod trunks;
