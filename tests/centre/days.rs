//! Made-up days through the whole centre: whatever the network and the people do, everybody is at
//! rest in the evening. A failure prints the day's script and everything that happened.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{available_parallelism, scope};

use acd::{BuiltIn, Policy};
use sim::day::{Sloth, Whim};
use sim::world::{Day, Report, Tally};

const DAYS: u64 = 300;
/// Of so many days one is lived twice: the same seed must say the same, word for word.
const TWICE: u64 = 5;

#[test]
fn whatever_a_day_brings_everybody_is_at_rest_in_the_evening() {
    let next = AtomicU64::new(0);
    let totals = [const { AtomicU64::new(0) }; 3];
    scope(|scope| {
        for _ in 0..available_parallelism().map_or(2, |cores| cores.get().min(8)) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= DAYS {
                        break;
                    }
                    let Tally { offered, answered, abandoned, .. } = live_one(seed);
                    for (total, count) in totals.iter().zip([offered, answered, abandoned]) {
                        total.fetch_add(count, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let [offered, answered, abandoned] = totals.map(AtomicU64::into_inner);
    // Days on which nothing happens prove nothing.
    assert!(answered > DAYS * 3 && abandoned > DAYS, "{offered} {answered} {abandoned}");
}

/// A third of the days obey the built-in order, the others policies that answer nonsense or
/// nothing.
fn policy(seed: u64) -> Box<dyn Policy> {
    match seed % 3 {
        0 => Box::new(BuiltIn),
        1 => Box::new(Whim),
        _ => Box::new(Sloth),
    }
}

fn live_one(seed: u64) -> Tally {
    if !seed.is_multiple_of(TWICE) {
        return lived(seed, |day| day).tally;
    }
    let (first, second) = (lived(seed, Day::telling_all), lived(seed, Day::telling_all));
    assert!(first == second, "seed {seed} is not deterministic");
    first.tally
}

fn lived(seed: u64, prepared: fn(Day) -> Day) -> Report {
    let day = prepared(Day::new(seed, policy(seed)));
    match catch_unwind(AssertUnwindSafe(|| day.live())) {
        Ok(Ok(report)) => report,
        Ok(Err(problems)) => panic!("seed {seed}: {problems}"),
        Err(_) => panic!("seed {seed} broke an invariant; see above"),
    }
}
