//! The engine, told as stories in the timeline language.

mod announce;
mod callback;
mod callback_ends;
mod freed;
mod hours;
mod loans;
mod misses;
mod mistakes;
mod nobody;
mod offers;
mod order;
mod overflow;
mod phones;
mod plan;
mod policies;
mod queue;
mod restart;
mod stale;
mod sticky;
mod supervisor;
mod talks;
mod transfer;
mod wishes;

use acd::{BuiltIn, Policy};
use expect_test::Expect;

/// The one place that touches the engine's world; the stories do not. The version line is ours.
#[track_caller]
fn check(script: &str, expected: Expect) {
    check_with(script, &mut BuiltIn, expected);
}

#[track_caller]
fn check_with(script: &str, policy: &mut dyn Policy, expected: Expect) {
    match sim::timeline::play(&format!("timeline 1{script}"), policy) {
        Ok(log) => expected.assert_eq(&log),
        Err(mistake) => panic!("{mistake}"),
    }
}
