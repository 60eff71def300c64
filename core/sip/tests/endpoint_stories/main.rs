//! Stories of two or three endpoints on an imagined network, in virtual time.

#![expect(clippy::unwrap_used, reason = "a script that cannot be read is the test's own fault")]

mod calls;
mod registration;
mod world;
