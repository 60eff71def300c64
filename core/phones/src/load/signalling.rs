//! `ladus load signalling`: many short calls without sound.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use super::target::{Target, Wanted};
use super::{LoadError, SLACK, raise_open_files, round};
use crate::scenario::{Callers, Habits, Scenario, Span, span};
use crate::{Phase, start};

/// Nobody should have to wait for so long when there are agents enough.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(clap::Args, Clone, Debug)]
pub struct SignallingArgs {
    /// Agents with a phone each, all on.
    #[arg(long, default_value_t = 50)]
    pub agents: usize,
    /// New calls a second.
    #[arg(long, default_value_t = 100.0)]
    pub rate: f64,
    /// How long calls keep coming.
    #[arg(long = "for", value_parser = span, default_value = "30s")]
    pub duration: Duration,
    /// How long each talk lasts.
    #[arg(long, value_parser = span, default_value = "200ms")]
    pub talk: Duration,
    /// Chance of arrivals.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct SignallingLoad {
    pub calls: u64,
    pub answered: u64,
    /// Calls that ended otherwise than answered or abandoned.
    pub failed: u64,
    /// Callers who waited 30 s in vain.
    pub abandoned: u64,
    pub retransmissions: u64,
    pub rung_twice: u64,
    /// From the caller's INVITE to the agent's.
    pub setup_ms_p50: f64,
    pub setup_ms_p99: f64,
    pub cpu_s_per_1000_calls: f64,
    pub rss_peak_mb: f64,
    /// Decisions that a policy failed to make.
    pub fallbacks: u64,
    pub rate: f64,
    pub agents: usize,
}

impl SignallingLoad {
    /// Every call was answered by one agent.
    pub fn is_good(&self) -> bool {
        self.calls > 0 && self.failed == 0 && self.abandoned == 0 && self.rung_twice == 0
    }
}

/// Starts a target, calls it and reads its CPU between the first call and the last.
pub async fn run_signalling(
    args: &SignallingArgs,
    exe: &Path,
) -> Result<SignallingLoad, LoadError> {
    raise_open_files(args.agents);
    let target = Target::start(exe, Wanted { agents: args.agents, record: false }).await?;
    let mut phones = start(scenario(args, &target))?;
    let report = phones.until(|phase, _| phase > Phase::Registering).await;
    let agents = args.agents as u64;
    if report.registered != agents {
        return Err(LoadError::Unregistered { registered: report.registered, agents });
    }
    let cpu_before_s = target.cpu_s()?;
    phones.until(|phase, _| phase > Phase::Finishing).await;
    let cpu_s = target.cpu_s()? - cpu_before_s;
    let report = phones.ended().await;
    for (why, count) in &report.failed_why {
        tracing::warn!(count, "calls failed: {why}");
    }
    let rss_peak_mb = target.rss_peak_mb()?;
    let done = target.finish().await?;
    Ok(SignallingLoad {
        calls: report.offered,
        answered: report.answered,
        // A call that is answered here but not there is as bad as one that is not.
        failed: (report.failed + report.refused + report.live)
            .max(report.answered.saturating_sub(done.answered)),
        abandoned: report.abandoned,
        retransmissions: report.retransmissions,
        rung_twice: report.rung_twice,
        setup_ms_p50: round(report.setup_ms_p50),
        setup_ms_p99: round(report.setup_ms_p99),
        cpu_s_per_1000_calls: round(cpu_s * 1_000.0 / report.offered.max(1) as f64),
        rss_peak_mb: round(rss_peak_mb),
        fallbacks: done.fallbacks,
        rate: args.rate,
        agents: args.agents,
    })
}

fn scenario(args: &SignallingArgs, target: &Target) -> Scenario {
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let habits = Habits { talks: Some(Span::Exactly(args.talk)), ..Habits::default() };
    Scenario {
        server: target.ready.sip,
        seed: args.seed,
        agents_from: here,
        agents: target.phones(&habits),
        callers: Some(Callers {
            from: here,
            numbers: target.numbers(),
            per_second: args.rate,
            patience: Span::Exactly(PATIENCE),
            talk_max: args.talk + SLACK,
            calls_max: None,
            duration: Some(args.duration),
        }),
        media: false,
        finish_max: PATIENCE + args.talk + SLACK,
    }
}
