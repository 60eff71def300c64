//! Thousands of made-up days. A failure prints its timeline; paste it into `timeline/`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{available_parallelism, scope};

use acd::{BuiltIn, Policy};
use sim::day::{self, Sloth, Whim};
use sim::reference::Reference;
use sim::timeline::{Moment, Timeline};

const DAYS: u64 = 1_000;

#[test]
fn a_thousand_days_keep_every_promise() {
    let next = AtomicU64::new(0);
    scope(|scope| {
        for _ in 0..available_parallelism().map_or(2, |cores| cores.get().min(8)) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= DAYS {
                        break;
                    }
                    live_one(seed);
                }
            });
        }
    });
}

/// Half of the days obey the built-in order, the others policies that answer nonsense or nothing.
fn policy(seed: u64) -> Box<dyn Policy> {
    match seed % 4 {
        0 | 2 => Box::new(BuiltIn),
        1 => Box::new(Whim),
        _ => Box::new(Sloth),
    }
}

/// Lives the day under the eyes of the judge, then plays what was written down: the same seed must
/// say the same, word for word.
#[track_caller]
fn live_one(seed: u64) {
    let mut script = format!("# seed {seed}\n");
    let judged = catch_unwind(AssertUnwindSafe(|| judged_day(seed, &mut script)));
    match judged {
        Ok(Ok(first)) => {
            let second = replay(seed, &script);
            assert_eq!(first, second, "seed {seed} is not deterministic:\n{script}");
        }
        Ok(Err(problem)) => panic!("seed {seed}: {problem}\n{script}"),
        Err(panic) => {
            let words = panic.downcast_ref::<String>();
            panic!("seed {seed} broke an invariant: {words:?}\n{script}");
        }
    }
}

fn judged_day(seed: u64, script: &mut String) -> Result<Vec<String>, String> {
    let mut reference = Reference::new();
    let mut policy = policy(seed);
    let mut spy = reference.spy(policy.as_mut());
    let mut log = Vec::new();
    let mut problem = Ok(());
    let mut see = |moment: &Moment<'_>| {
        log.push(words(moment));
        if problem.is_ok() {
            problem = reference.judge(moment).map_err(|why| format!("{:?}: {why}", moment.now));
        }
    };
    day::live(seed, &mut spy, script, &mut see).map_err(|mistake| mistake.to_string())?;
    problem?;
    reference.end()?;
    Ok(log)
}

fn replay(seed: u64, script: &str) -> Vec<String> {
    let timeline = Timeline::parse(script).expect("readable");
    let mut log = Vec::new();
    timeline.run(policy(seed).as_mut(), &mut |moment| log.push(words(moment))).expect("readable");
    log
}

fn words(moment: &Moment<'_>) -> String {
    format!("{:?} {:?} {:?}", moment.now, moment.event, moment.out)
}
