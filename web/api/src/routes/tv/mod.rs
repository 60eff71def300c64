//! The board on a wall: links that show it to whoever has one, and nothing else.

pub(crate) mod add;
pub(crate) mod list;
pub(crate) mod remove;
