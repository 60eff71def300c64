//! `ladus stats bench`: what folding costs, and how fast the tables answer.

use std::hint::black_box;

use acd::{AgentId, Time};
use cpu_time::ThreadTime;
use serde_json::{Map, json};
use sim::bench::Month;
use stats::{Cell, Intervals, Limits, Place, Quarter, Tables, peers};

use crate::process::{rss_peak_mb, say};

const AGENTS: u64 = 500;
const GROUPS: u64 = 10;
/// Facts made and folded in turn, so that only the fold is measured and few are in memory.
const FACTS_AT_ONCE: usize = 100_000;
/// Rows of older days are forgotten: a server has them in its database.
const KEPT_MS: u64 = 31 * 24 * 3_600_000;
/// Each report counts with the best of so many.
const ROUNDS: usize = 3;

#[derive(clap::Args, Debug)]
pub(super) struct BenchArgs {
    /// How many facts are folded.
    #[arg(long, default_value_t = 10_000_000)]
    facts: usize,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(super) fn bench(args: &BenchArgs) -> anyhow::Result<bool> {
    let (mut month, mut facts) = (Month::new(AGENTS, GROUPS), Vec::new());
    let mut intervals = Intervals::new(Limits::default());
    let (mut folded, mut cpu_s, mut now) = (0, 0.0, Time(0));
    while folded < args.facts {
        facts.clear();
        let wanted = FACTS_AT_ONCE.min(args.facts - folded);
        month.live(wanted, &mut facts);
        // A moment may tell more than was asked for; only the last one is cut.
        facts.truncate(if folded + wanted == args.facts { wanted } else { facts.len() });
        let begun = ThreadTime::now();
        for (at, fact) in &facts {
            intervals.fold(*at, fact);
        }
        now = facts.last().map_or(now, |(at, _)| *at);
        drop(intervals.take_before(Quarter::of(Time(now.0.saturating_sub(KEPT_MS)))));
        cpu_s += begun.elapsed().as_secs_f64();
        folded += facts.len();
    }
    let tables = intervals.tables();
    let reports = reports(tables);
    let facts_per_s = (folded as f64 / cpu_s).round();
    if args.json {
        let report_ms = reports.iter().map(|(name, ms)| ((*name).to_owned(), json!(ms)));
        let report = json!({
            "facts": folded,
            "agents": AGENTS,
            "groups": GROUPS,
            "cpu_s": rounded(cpu_s),
            "facts_per_s": facts_per_s,
            "quarters": tables.quarters().count(),
            "rows": tables.len(),
            "rss_mb": rounded(rss_peak_mb()),
            "report_ms": report_ms.collect::<Map<_, _>>(),
        });
        say(&report.to_string());
    } else {
        say(&format!("{folded} facts of {AGENTS} agents in {cpu_s:.2} s: {facts_per_s} a second"));
        say(&format!("{} rows in memory, {:.0} MB at most", tables.len(), rss_peak_mb()));
        for (name, ms) in reports {
            say(&format!("{name:<16} {ms:>8.2} ms"));
        }
    }
    Ok(true)
}

/// Milliseconds of each report over everything that the tables hold.
fn reports(tables: &Tables) -> Vec<(&'static str, f64)> {
    let first = tables.quarters().next().unwrap_or_default();
    let all = || first..tables.quarters().next_back().unwrap_or_default().next();
    let place = Place::new("Europe/Tallinn").unwrap_or_else(|_| Place::utc());
    let people: Vec<AgentId> = (1..=AGENTS).map(AgentId).collect();
    let by_day = |cell: &Cell| cell.agent.map(|agent| (agent, cell.wall.date));
    let by_hour = |cell: &Cell| Some((cell.group?, cell.wall.weekday, cell.wall.hour));
    vec![
        ("company", best_ms(|| tables.company(all()))),
        ("group", best_ms(|| tables.groups(all()))),
        ("agent", best_ms(|| tables.agents(all()))),
        ("agent_group", best_ms(|| tables.agent_groups(all()))),
        ("agent_day", best_ms(|| tables.sum_by(all(), &place, by_day))),
        ("group_hour", best_ms(|| tables.sum_by(all(), &place, by_hour))),
        ("expected", best_ms(|| peers::expected(tables, all(), &place, &people))),
    ]
}

fn best_ms<T>(report: impl Fn() -> T) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let begun = ThreadTime::now();
        black_box(report());
        best = best.min(begun.elapsed().as_secs_f64() * 1e3);
    }
    rounded(best)
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
