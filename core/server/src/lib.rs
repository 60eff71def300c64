//! Wires the crates into one running system. No logic of a contact centre lives here.

pub mod bench_target;
pub mod demo;
pub mod indicator;
pub mod pay;
pub mod plugin;
pub mod run;
pub mod sim;
pub mod sip;
pub mod stats;

mod company;
mod journal;
mod process;
mod recorded;
mod system;

pub use crate::system::{System, SystemConfig};
