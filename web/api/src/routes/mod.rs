//! The operations, by noun.

pub(crate) mod accounts;
pub(crate) mod calendars;
pub(crate) mod calls;
pub(crate) mod figures;
pub(crate) mod groups;
pub(crate) mod health;
pub(crate) mod indicators;
pub(crate) mod live;
pub(crate) mod loans;
pub(crate) mod modes;
pub(crate) mod office;
pub(crate) mod pay;
pub(crate) mod people;
pub(crate) mod plugins;
pub(crate) mod rules;
pub(crate) mod session;
pub(crate) mod setup;
pub(crate) mod trunks;
pub(crate) mod tv;
pub(crate) mod versions;
