//! What is happening now, as a stream.

mod board;
pub(crate) mod watch;
