//! `ladus load media`: many calls at once with sound both ways.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::time::{sleep, timeout};

use super::target::{Target, Wanted};
use super::{LoadError, SLACK, raise_open_files, round};
use crate::scenario::{Callers, Habits, Scenario, Span, span};
use crate::{Phase, start};

/// New calls a second until all are there.
const RAMP: f64 = 50.0;

#[derive(clap::Args, Clone, Debug)]
pub struct MediaArgs {
    /// Calls at once, with an agent each.
    #[arg(long, default_value_t = 300)]
    pub calls: usize,
    /// Record every call.
    #[arg(long)]
    pub record: bool,
    /// How long all of them talk at once.
    #[arg(long = "for", value_parser = span, default_value = "30s")]
    pub duration: Duration,
    /// Chance of arrivals.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Print one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct MediaLoad {
    /// Calls that an agent joined and that ended in order.
    pub calls: u64,
    /// Gaps in what the phones heard.
    pub lost_packets: u64,
    pub sent_packets: u64,
    pub received_packets: u64,
    /// Calls that were judged by ear: all of them.
    pub judged: u64,
    /// Calls in which a side heard nothing.
    pub one_way: u64,
    /// Calls in which a side heard something else than its peer's tone.
    pub wrong_tone: u64,
    /// While all calls talked.
    pub cpu_cores: f64,
    pub cpu_ms_per_call_second: f64,
    pub recordings: u64,
    pub rss_peak_mb: f64,
    /// Calls that were placed and did not become talks.
    pub failed: u64,
}

impl MediaLoad {
    /// Everybody heard everything, and it was recorded if it was to be.
    pub fn is_good(&self, args: &MediaArgs) -> bool {
        let wanted = args.calls as u64;
        let heard = self.judged == wanted;
        let complete = self.calls == wanted && heard && (!args.record || self.recordings == wanted);
        complete && self.lost_packets + self.one_way + self.wrong_tone == 0
    }
}

/// Starts a target, brings all calls up, and reads its CPU while all of them talk.
pub async fn run_media(args: &MediaArgs, exe: &Path) -> Result<MediaLoad, LoadError> {
    raise_open_files(args.calls);
    let target = Target::start(exe, Wanted { agents: args.calls, record: args.record }).await?;
    let mut phones = start(scenario(args, &target))?;
    let report = phones.until(|phase, _| phase > Phase::Registering).await;
    let wanted = args.calls as u64;
    if report.registered != wanted {
        return Err(LoadError::Unregistered { registered: report.registered, agents: wanted });
    }
    let all_talk = phones.until(|_, report| report.talking >= wanted);
    if timeout(ramp(args) + SLACK, all_talk).await.is_err() {
        tracing::warn!(talking = phones.report().talking, wanted, "not all calls came up");
    }
    let (begin, cpu_before_s) = (Instant::now(), target.cpu_s()?);
    sleep(args.duration).await;
    let (cpu_s, wall_s) = (target.cpu_s()? - cpu_before_s, begin.elapsed().as_secs_f64());
    let report = phones.stop().await;
    for (why, count) in &report.failed_why {
        tracing::warn!(count, "calls failed: {why}");
    }
    let rss_peak_mb = target.rss_peak_mb()?;
    let done = target.finish().await?;
    let cores = cpu_s / wall_s;
    Ok(MediaLoad {
        calls: report.answered,
        lost_packets: report.rtp_lost,
        sent_packets: report.rtp_sent,
        received_packets: report.rtp_received,
        judged: report.judged,
        one_way: report.one_way,
        wrong_tone: report.wrong_tone,
        cpu_cores: round(cores),
        cpu_ms_per_call_second: round(cores * 1_000.0 / args.calls.max(1) as f64),
        recordings: done.recordings,
        rss_peak_mb: round(rss_peak_mb),
        failed: report.offered - report.answered,
    })
}

/// How long it takes until the last call has come.
fn ramp(args: &MediaArgs) -> Duration {
    Duration::from_secs_f64(args.calls as f64 / RAMP)
}

fn scenario(args: &MediaArgs, target: &Target) -> Scenario {
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let most = ramp(args) + args.duration + 2 * SLACK;
    Scenario {
        server: target.ready.sip,
        seed: args.seed,
        agents_from: here,
        agents: target.phones(&Habits::default()),
        callers: Some(Callers {
            from: here,
            numbers: target.numbers(),
            per_second: RAMP,
            patience: Span::Exactly(most),
            talk_max: most,
            calls_max: Some(args.calls as u64),
            duration: None,
        }),
        media: true,
        finish_max: most,
    }
}
