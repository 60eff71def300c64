//! `ladus plugin bench`: one decision or computation in a fresh instance, all meters on.

mod people;

use std::path::PathBuf;
use std::time::Instant;

use acd::{
    AgentId, CallId, Candidate, Candidates, GroupId, Policy, Question, Sent, Service, Services,
    Time,
};
use anyhow::{Result, anyhow, bail};
use plugin_host::{Compiler, Plugin, World};
use serde_json::json;

use crate::sandbox::{Sandbox, Taken, component, everywhere, failure};
use crate::waiting;

/// Decisions before any is counted.
const WARM_UP: usize = 200;
/// Decisions of one size.
const DECISIONS: usize = 2_000;
pub(crate) const GROUP: GroupId = GroupId(1);
/// Makes numbers in turn look random.
pub(crate) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// The first candidate knows the caller.
pub(crate) const SERVICES: [Service; 1] =
    [Service { agent: AgentId(1), ms_ago: 86_400_000, there: true }];
/// More candidates than the engine ever shows.
const CANDIDATES_MAX: usize = 10_000;

#[derive(Clone, Debug, clap::Args)]
pub struct BenchArgs {
    /// The component, or a folder with a plugin's sources.
    #[arg(default_value = ".")]
    plugin: PathBuf,
    /// How many free agents there are to choose from; of a selection, how many waiting calls.
    #[arg(long, value_delimiter = ',', default_value = "1,10,100,500")]
    candidates: Vec<usize>,
    /// How many people an indicator is computed for.
    #[arg(long, value_delimiter = ',', default_value = "10,100,1000")]
    people: Vec<usize>,
    /// Print one JSON array and nothing else.
    #[arg(long)]
    json: bool,
}

/// What one size costs.
struct Row {
    count: usize,
    /// Microseconds of the run in the middle, and of the hundredth from the end.
    p50: f64,
    p99: f64,
    fuel: u64,
}

impl Row {
    fn of(count: usize, mut spent: Vec<f64>, fuel: u64) -> Row {
        spent.sort_by(f64::total_cmp);
        Row { count, p50: spent[spent.len() / 2], p99: spent[spent.len() * 99 / 100], fuel }
    }
}

pub(crate) fn bench(args: &BenchArgs, compiler: Compiler) -> Result<String> {
    let (file, bytes) = component(&args.plugin)?;
    let sandbox = Sandbox::new(compiler)?;
    let plugin = sandbox
        .take(&bytes)
        .map_err(|refusal| anyhow!("{} is refused: {refusal}", file.display()))?;
    let (what, of, rows) = match &plugin {
        Taken::Policy(plugin) => {
            ("one decision", "candidates", decisions(plugin, &args.candidates)?)
        }
        Taken::Indicator(indicator) => {
            ("one computation", "people", people::measure(indicator, &args.people)?)
        }
    };
    if args.json {
        let row = |&Row { count, p50, p99, fuel }: &Row| {
            json!({ of: count, "us_fresh_p50": tenth(p50), "us_fresh_p99": tenth(p99),
                    "fuel": fuel })
        };
        return Ok(serde_json::Value::Array(rows.iter().map(row).collect()).to_string());
    }
    let mut words = format!("{}: {what} in a fresh instance\n", plugin.label());
    words.push_str(&format!("{of:>10}   p50 µs   p99 µs       fuel"));
    for Row { count, p50, p99, fuel } in rows {
        words.push_str(&format!("\n{count:>10} {p50:>8.1} {p99:>8.1} {fuel:>10}"));
    }
    Ok(words)
}

fn decisions(plugin: &Plugin, counts: &[usize]) -> Result<Vec<Row>> {
    let mut policy = everywhere(plugin);
    let mut rows = Vec::new();
    for &count in counts {
        if !(1..=CANDIDATES_MAX).contains(&count) {
            bail!("--candidates {count}: 1 to {CANDIDATES_MAX} can be measured");
        }
        let agents: Vec<Candidate> = (0..count).map(agent).collect();
        let calls = waiting::calls(count);
        let mut fuel = 0;
        let mut spent = Vec::with_capacity(DECISIONS);
        for nth in 0..WARM_UP + DECISIONS {
            let began = Instant::now();
            let burnt = if plugin.world() == World::CallSelection {
                waiting::pick(&mut policy, &calls, nth as u64)
            } else {
                policy.choose(&question(&agents, nth as u64)).verdict.fuel
            };
            let took = began.elapsed();
            fuel = burnt;
            if nth >= WARM_UP {
                spent.push(took.as_nanos() as f64 / 1_000.0);
            }
        }
        // A machine that is busy with something else may let one run in a thousand take too long.
        let picker = policy.picker().map(|(_, health)| health);
        let health = picker.or(policy.health(GROUP)).cloned().unwrap_or_default();
        let failed = usize::try_from(health.failures).unwrap_or(usize::MAX);
        if health.suspended() || failed > DECISIONS / 100 {
            let failure = failure(&policy).unwrap_or_default();
            bail!("with {count} candidates {failed} of {DECISIONS} decisions failed: {failure}");
        }
        rows.push(Row::of(count, spent, fuel));
    }
    Ok(rows)
}

fn tenth(us: f64) -> f64 {
    (us * 10.0).round() / 10.0
}

fn question(candidates: &[Candidate], nth: u64) -> Question<'_> {
    Question {
        now: Time(1_700_000_000_000),
        group: GROUP,
        call: CallId(nth),
        waited_ms: 10_000,
        priority: 0,
        offers: 0,
        waiting: 3,
        longest_wait_ms: 20_000,
        seed: nth.wrapping_mul(GOLDEN),
        sent: Sent::NOTHING,
        services: Services::listed(&SERVICES),
        candidates: Candidates::listed(candidates),
    }
}

/// Agents who differ in everything, the same at every run.
fn agent(nth: usize) -> Candidate {
    let nth = nth as u64;
    let below = |most: u64| u32::try_from(nth * 7_919 % most).unwrap_or(0);
    Candidate {
        agent: AgentId(nth + 1),
        order: u16::try_from(1 + nth % 3).unwrap_or(1),
        delay_ms: below(20_000).into(),
        idle_ms: below(900_000).into(),
        handled_today: below(40),
        missed_today: below(5),
        talk_ms_today: below(7_200_000).into(),
        occupancy_permille: u16::try_from(below(1_000)).unwrap_or(0),
    }
}
