//! SIP as pure machines (RFC 3261): bytes, flows and time go in; bytes and events come out.
//!
//! Read in this order: [`message`] (lossless wire format), `auth` (digest, RFC 8760), `registrar`
//! (RFC 3261 §10), `transaction` (§17, RFC 6026), `dialog` (§12 to 15) and [`Endpoint`], the front
//! door that ties them together for one contact centre or for one simulated phone.
//!
//! No clock, no socket, no chance: `now` and a seed are arguments, a transport is a [`Flow`].

pub mod auth;
pub mod chance;
pub mod message;

mod dialog;
mod endpoint;
mod flow;
mod registrar;
mod time;
mod transaction;

pub use crate::endpoint::{
    Access, Dial, EndReason, Endpoint, EndpointConfig, Event, LegId, Login, Output, Register,
    Target, Trunk, User,
};
pub use crate::flow::{Flow, Transport};
pub use crate::time::Time;
