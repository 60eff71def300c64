//! One call after another, each with a death at another datagram: no step is left out.

use sim::world::{Size, World};

/// A call that is answered and ends by its caller; the link of a survivor may be cut as well.
const CALL: &str = "
    group sales ring=10s wrap=3s
    agent mari sales=1
    agent jaan sales=2
    1s kati dials sales
    4s mari answers
    9s kati hangs up
";

/// The same, but the agent hangs up.
const SHORT: &str = "
    group sales ring=10s wrap=3s
    agent mari sales=1
    1s kati dials sales
    4s mari answers
    9s mari hangs up
    10s kati hangs up
";

/// Nobody answers, and the caller gives up.
const MISSED: &str = "
    group sales ring=4s
    agent mari sales=1
    agent jaan sales=2
    1s kati dials sales
    12s kati hangs up
";

/// Two colleagues: whoever lives hangs up in the end.
const OFFICE: &str = "
    agent mari
    agent kati
    1s kati dials mari
    4s mari answers
    9s kati hangs up
    10s mari hangs up
";

/// The one who is called hangs up; the agent is rung for nobody meanwhile, and afterwards is.
const OFFICE_AND_GROUP: &str = "
    group sales ring=4s wrap=1s
    agent mari sales=1
    agent kati
    1s kati dials mari
    2s leo dials sales
    4s mari answers
    9s mari hangs up
    10s kati hangs up
    20s leo hangs up
";

/// What dies.
const DEATHS: [&[&str]; 10] = [
    &["kati dies"],
    &["mari dies"],
    &["cut kati"],
    &["cut mari"],
    &["cut to kati"],
    &["cut from kati"],
    &["cut to mari"],
    &["cut from mari"],
    &["kati dies", "the network refuses kati"],
    &["mari dies", "the network refuses mari"],
];

#[test]
fn a_death_at_any_datagram_leaves_nothing_behind() {
    for script in [CALL, SHORT, MISSED, OFFICE, OFFICE_AND_GROUP] {
        let mut whole = World::new(Size::default());
        whole.play(script).unwrap();
        whole.rest().unwrap();
        let datagrams = whole.sent();
        assert!(datagrams > 10, "a call has more than {datagrams} datagrams");
        for deaths in DEATHS {
            for step in 1..=datagrams {
                dies_at(script, deaths, step);
            }
        }
    }
}

/// The survivors act as if nothing had happened; the caller who lives hangs up in the end.
#[track_caller]
fn dies_at(script: &str, deaths: &[&str], step: u64) {
    let mut world = World::new(Size::default());
    world.at_datagram(step, deaths);
    let played = world.play(script);
    assert!(played.is_ok(), "{played:?}");
    if let Err(problems) = world.rest() {
        panic!("{deaths:?} at datagram {step}: {problems}\n{}{script}", world.story());
    }
}
