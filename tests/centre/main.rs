//! The whole centre in an imagined world: stories in which somebody or something dies.

mod agent_dies;
mod agent_link;
mod caller_dies;
mod caller_link;
mod crossings;
mod days;
mod door;
mod every_step;
mod hold;
mod limits;
mod office;
mod office_busy;
mod office_crossings;
mod office_days;
mod office_ends;
mod office_outside;
mod outside;
mod plain;
mod plans;
mod registration;
mod restart;
mod sent_on;
mod words;

use expect_test::Expect;
use sim::world::{Size, World};

/// Plays a story, compares what happened, and wants everything at rest afterwards: no leg, no
/// transaction, no busy agent, no ringing phone, every relay free and every call closed once.
#[track_caller]
fn check(script: &str, expected: Expect) {
    let mut world = World::new(Size::default());
    if let Err(mistake) = world.play(script) {
        panic!("{mistake}");
    }
    check_world(world, expected);
}

/// The same of a world that has lived already.
#[track_caller]
fn check_world(mut world: World, expected: Expect) {
    let rest = world.rest();
    let story = world.story();
    expected.assert_eq(&story);
    if let Err(problems) = rest {
        panic!("{problems}\n{story}");
    }
}
