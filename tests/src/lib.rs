//! What the end-to-end tests share: the binary, its API, and peers that may be missing.

mod binary;
mod client;
mod peer;
mod wait;

pub use crate::binary::{End, Ladus, ladus};
pub use crate::client::{Client, Reply};
pub use crate::peer::{Peer, free_port, lacks, need};
pub use crate::wait::until;
