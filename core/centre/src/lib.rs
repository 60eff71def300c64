//! One contact centre as a deterministic machine: SIP messages, commands and time go in; SIP
//! messages, media orders and facts come out.
//!
//! The only place where a SIP leg becomes a call: `sip` speaks, `acd` decides, `media` says what a
//! leg carries, and this crate joins the three. `switch` gives it real sockets and the real clock,
//! `sim` imagined ones.

mod agent;
mod call;
mod caller;
mod centre;
mod code;
mod devices;
mod fact;
mod farewell;
mod input;
mod kept;
mod office;
mod outside;
mod plan;
mod session;

pub use crate::centre::Centre;
pub use crate::devices::Device;
pub use crate::fact::{Fact, OfficeOutcome, What};
pub use crate::input::{Config, Input, MediaOrder, Output, Relay, RelayId};
pub use crate::kept::{Keeper, KeptCallback};
pub use crate::plan::{Colleague, Plan};
