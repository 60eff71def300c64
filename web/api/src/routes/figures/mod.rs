//! Figures of some days, by whatever they are wanted by.

mod asked;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod get;
mod rows;
mod sheet;
