//! Simulated phones over real sockets: the demo's life and the load.
//!
//! [`start`] plays a [`Scenario`] on a thread of its own: agents' phones register at the system
//! under test, callers dial its numbers, everybody talks in tones. The phones themselves are
//! `sim::phone`; here they get UDP sockets, the real clock, ears and a mouth. What they see is
//! counted in a [`Report`] without asking the system under test: it is a witness of its own.
//!
//! Read in this order: `scenario` (what is played), `play` (its course), `world` (what comes to a
//! phone and what follows), `book` (both ends of every call), `audio` (ears and mouths), `running`
//! (the thread and its handle). [`load`] makes benchmarks of it.

mod audio;
mod book;
mod dice;
pub mod load;
mod open;
mod play;
mod report;
mod running;
mod scenario;
mod socket;
mod station;
#[cfg(test)]
mod tests;
mod witness;
mod world;

pub use crate::play::Phase;
pub use crate::report::Report;
pub use crate::running::{Running, StartError, start};
pub use crate::scenario::{AgentPhone, Callers, Habits, Scenario, Span, span};
