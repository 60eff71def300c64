//! What is happening now, as a stream.

mod board;
pub(crate) mod tv;
pub(crate) mod watch;
