//! Figures of days that are over and of today so far.

pub(crate) mod list;
