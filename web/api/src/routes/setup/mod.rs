//! The first run.

pub(crate) mod get;
pub(crate) mod post;
