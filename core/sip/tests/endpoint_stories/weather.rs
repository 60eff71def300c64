//! Any loss, doubling and reordering: nothing hangs, nothing leaks, every leg ends once.

use std::collections::BTreeSet;
use std::time::Duration;

use proptest::prelude::*;
use sip::{Event, LegId, Time};

use crate::world::{CENTRE, NAMES, PHONE, TRUNK, World};

/// What anybody may do at any moment.
const VERBS: [&str; 8] = [
    "rings",
    "answers",
    "answers",
    "hangs up",
    "refuses 486",
    "accepts",
    "loses centre",
    "hangs up",
];

/// A network that treats each datagram by chance.
#[derive(Clone, Copy, Debug)]
struct Climate {
    seed: u64,
    /// Percent.
    lost: u64,
    doubled: u64,
    late_ms_max: u64,
}

fn climate() -> impl Strategy<Value = Climate> {
    let parts = (any::<u64>(), 0..70u64, 0..40u64, 0..3_000u64);
    parts.prop_map(|(seed, lost, doubled, late_ms_max)| Climate {
        seed,
        lost,
        doubled,
        late_ms_max,
    })
}

impl Climate {
    fn weather(self) -> impl FnMut(&str) -> Vec<Duration> {
        let mut state = self.seed | 1;
        let mut next = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        move |_| {
            let copies = 1 + u64::from(next(100) < self.doubled);
            let copies = if next(100) < self.lost { 0 } else { copies };
            (0..copies).map(|_| Duration::from_millis(5 + next(self.late_ms_max + 1))).collect()
        }
    }
}

/// Everything a leg was told, in order: at most one end, and nothing after it.
fn check_events(world: &World, at: usize) {
    let mut over = BTreeSet::new();
    for event in &world.sides[at].events {
        let (leg, is_end) = match event {
            Event::Invited { leg, .. }
            | Event::Confirmed { leg, .. }
            | Event::Ringing { leg }
            | Event::Answered { leg, .. }
            | Event::Reoffered { leg, .. }
            | Event::Pressed { leg, .. } => (*leg, false),
            Event::Cancelled { leg } | Event::Failed { leg, .. } | Event::Ended { leg, .. } => {
                (*leg, true)
            }
            Event::Registered { .. } | Event::Unregistered { .. } | Event::RegisterDone { .. } => {
                continue;
            }
        };
        assert!(!over.contains(&leg), "{} hears of {leg:?} after its end", NAMES[at]);
        if is_end {
            over.insert(leg);
        }
    }
}

/// Legs that were placed or told and never came to an end.
fn open(world: &World, at: usize) -> Vec<LegId> {
    let mut legs = world.sides[at].legs.clone();
    for event in &world.sides[at].events {
        if let Event::Cancelled { leg } | Event::Failed { leg, .. } | Event::Ended { leg, .. } =
            event
        {
            legs.remove(leg);
        }
    }
    legs.into_iter().collect()
}

fn hang_up_all(world: &mut World) {
    for at in [CENTRE, TRUNK, PHONE] {
        for leg in open(world, at) {
            let mut out = Vec::new();
            world.sides[at].endpoint.hang_up(world.now, leg, &mut out);
            world.take(at, out);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_call_ends_whatever_the_network_does(
        climate in climate(),
        deeds in prop::collection::vec((0..40_000u64, 0..3usize, 0..VERBS.len()), 0..12),
    ) {
        let mut world = World::new();
        world.weather = Box::new(climate.weather());
        let mut script = vec![
            (0, "phone registers".to_owned()),
            (200, "trunk dials 6001000".to_owned()),
            (900, "centre dials mari".to_owned()),
            (1_500, "phone dials 6002000".to_owned()),
        ];
        let deeds = deeds.into_iter().filter(|(_, at, verb)| {
            *at != CENTRE || !VERBS[*verb].starts_with("loses")
        });
        script.extend(deeds.map(|(at, who, verb)| (at, format!("{} {}", NAMES[who], VERBS[verb]))));
        script.sort();
        for (at, sentence) in script {
            world.play(&format!("{at}ms {sentence}"));
        }
        // A call may still come in as long as its INVITE is repeated.
        for _ in 0..40 {
            world.run_until(world.now + Duration::from_secs(1));
            hang_up_all(&mut world);
        }
        // 64·T1 for an ACK that never comes, and 64·T1 for the BYE after it.
        world.run_until(Time(world.now.0 + 64_000 + 5_000));
        for at in [CENTRE, TRUNK, PHONE] {
            check_events(&world, at);
            prop_assert_eq!(world.sides[at].endpoint.load(), (0, 0), "{} leaks", NAMES[at]);
        }
    }
}
