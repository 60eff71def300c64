//! Stories of two or three endpoints on an imagined network, in virtual time.

#![expect(clippy::unwrap_used, reason = "a script that cannot be read is the test's own fault")]

mod bindings;
mod calls;
mod crossings;
mod door;
mod endings;
mod forks;
mod hostile;
mod losses;
mod probes;
mod puppet;
mod registration;
mod session;
mod weather;
mod world;
