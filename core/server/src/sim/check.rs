//! `ladus sim check`: many made-up days, on all cores.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{available_parallelism, scope};

use serde_json::json;
use sim::check::{BadDay, Witness, day};

use crate::process::say;

#[derive(clap::Args, Debug)]
pub struct CheckArgs {
    /// How many days.
    #[arg(long, default_value_t = 10_000)]
    days: u64,
    /// The first day's seed; the others follow.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(super) fn check(args: &CheckArgs) -> anyhow::Result<bool> {
    // An assertion that fails is a finding: it is told with its timeline and not by itself.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let (lived, bad) = live(args.seed, args.days);
    std::panic::set_hook(hook);
    let by = |witness| {
        u64::from(bad.as_ref().is_some_and(|bad: &BadDay| bad.protest.witness == witness))
    };
    let (violations, differences) = (by(Witness::Judge), by(Witness::Model));
    if args.json {
        let first = bad.as_ref().map(|bad| {
            let (seed, problem, timeline) = (bad.seed, &bad.protest.problem, &bad.script);
            json!({ "seed": seed, "problem": problem, "timeline": timeline })
        });
        let mut report = json!({
            "days": lived,
            "violations": violations,
            "reference_differences": differences,
        });
        if let Some(first) = first {
            report["first"] = first;
        }
        say(&report.to_string());
    } else {
        match &bad {
            None => say(&format!("{lived} days: no promise broken, nothing unpredicted.")),
            Some(bad) => {
                say(&format!("# seed {}: {}\n{}", bad.seed, bad.protest.problem, bad.script))
            }
        }
    }
    Ok(bad.is_none())
}

/// Lives the days on all cores until one goes wrong; says how many were lived.
fn live(seed: u64, days: u64) -> (u64, Option<BadDay>) {
    let (next, lived) = (AtomicU64::new(0), AtomicU64::new(0));
    let bad = Mutex::new(None);
    scope(|scope| {
        for _ in 0..available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= days {
                        break;
                    }
                    lived.fetch_add(1, Ordering::Relaxed);
                    let Err(found) = day(seed.wrapping_add(nth)) else { continue };
                    next.store(days, Ordering::Relaxed);
                    if let Ok(mut bad) = bad.lock() {
                        bad.get_or_insert(*found);
                    }
                }
            });
        }
    });
    (lived.into_inner(), bad.into_inner().ok().flatten())
}
