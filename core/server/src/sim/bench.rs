//! `ladus sim bench`: processor time of an event, by the size of the centre.

use cpu_time::ThreadTime;
use serde_json::json;
use sim::bench::{Centre, EVENTS_PER_CALL};

use crate::process::say;

/// The best of so many rounds counts: what else the machine does can only slow one down.
const ROUNDS: usize = 7;
const CALLS_PER_ROUND: u64 = 20_000;

const AGENTS: [u64; 4] = [10, 100, 2_000, 20_000];
const GROUPS: [u64; 4] = [1, 10, 100, 500];

#[derive(clap::Args, Debug)]
pub struct BenchArgs {
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(super) fn bench(args: &BenchArgs) -> anyhow::Result<bool> {
    let mut table = Vec::new();
    for agents in AGENTS {
        for groups in GROUPS {
            let [ns] = measured([(agents, groups)]);
            table.push((agents, groups, ns));
        }
    }
    // Side by side, so that both have the same luck with the machine.
    let [small, large] = measured([(100, 1), (20_000, 500)]);
    let (per_s, ratio) = ((1e9 / small).round(), (large / small * 100.0).round() / 100.0);
    if args.json {
        let row = |&(agents, groups, ns): &(u64, u64, f64)| json!({ "agents": agents, "groups": groups, "ns_per_event": ns.round() });
        let report = json!({
            "events_per_s": per_s,
            "cost_ratio_20000x500_to_100x1": ratio,
            "table": table.iter().map(row).collect::<Vec<_>>(),
        });
        say(&report.to_string());
    } else {
        say(&format!("{per_s} events a second with 100 agents in one group"));
        say(&format!("20,000 agents in 500 groups: {ratio} times the time of an event"));
        for (agents, groups, ns) in table {
            say(&format!("{agents:>6} agents {groups:>4} groups {ns:>7.0} ns an event"));
        }
    }
    Ok(true)
}

/// Nanoseconds of an event in each centre; rounds take turns.
fn measured<const N: usize>(sizes: [(u64, u64); N]) -> [f64; N] {
    let mut centres = sizes.map(|(agents, groups)| {
        let mut centre = Centre::new(agents, groups);
        // Everybody has had a call: no page is touched for the first time.
        (0..agents.max(1_000)).for_each(|_| {
            centre.one_call();
        });
        centre
    });
    let mut best = [f64::INFINITY; N];
    for _ in 0..ROUNDS {
        for (centre, best) in centres.iter_mut().zip(&mut best) {
            let begun = ThreadTime::now();
            for _ in 0..CALLS_PER_ROUND {
                std::hint::black_box(centre.one_call());
            }
            let events = (CALLS_PER_ROUND * EVENTS_PER_CALL) as f64;
            *best = best.min(begun.elapsed().as_nanos() as f64 / events);
        }
    }
    best
}
