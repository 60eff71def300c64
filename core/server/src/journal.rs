//! What a run came to, read back from the journal: the only witness that counts.

use centre::What;
use serde::Serialize;
use stats::{Audit, Limits, Summary};
use store::Tenant;

/// Figures of everything in the journal.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Figures {
    pub(crate) offered: u64,
    pub(crate) answered: u64,
    pub(crate) abandoned: u64,
    /// Calls that were offered and never left their group, or left it with a talk that never ended.
    pub(crate) lost: u64,
    /// Offers made while another one of the same call or agent was alive.
    pub(crate) rung_twice: u64,
    pub(crate) recordings: u64,
    pub(crate) asa_ms: Option<u64>,
    pub(crate) service_level: Option<f64>,
    pub(crate) decision_us_p50: u32,
    pub(crate) decision_us_p99: u32,
    /// Decisions that the built-in order had to take for a policy.
    pub(crate) fallbacks: u64,
}

pub(crate) async fn figures(company: &Tenant) -> anyhow::Result<Figures> {
    let (mut summary, mut audit) = (Summary::new(Limits::default()), Audit::default());
    let (mut micros, mut fallbacks, mut talks_begun, mut after) = (Vec::new(), 0, 0_u64, 0);
    loop {
        let page = company.facts_after(after).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for kept in &page {
            let fact = kept.fact()?;
            let What::Acd(what) = &fact.what else { continue };
            summary.fold(fact.at, what);
            audit.fold(what);
            if let acd::Fact::RouteDecided { decision, .. } = what {
                micros.push(decision.verdict.micros);
                fallbacks += u64::from(decision.verdict.fallback.is_some());
            }
            talks_begun += u64::from(matches!(what, acd::Fact::TalkStarted { .. }));
        }
    }
    micros.sort_unstable();
    let total = summary.total();
    let left = total.answered + total.abandoned + total.flowed_out;
    Ok(Figures {
        offered: total.offered,
        answered: total.answered,
        abandoned: total.abandoned,
        lost: total.offered.saturating_sub(left) + talks_begun.saturating_sub(total.talks),
        rung_twice: audit.rung_twice + audit.doubly_offered,
        recordings: company.recordings_count().await?,
        asa_ms: total.asa_ms(),
        service_level: total.service_level(),
        decision_us_p50: percentile(&micros, 50),
        decision_us_p99: percentile(&micros, 99),
        fallbacks,
    })
}

fn percentile(sorted: &[u32], percent: usize) -> u32 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or_default()
}
