//! A day of the journal, read page by page, as it can be lived again.

use acd::{AgentId, Day, Fact, Plan, Policy, Time};
use centre::What;
use control::{Lived, ReplayFailed};
use sim::replay::{Recorded, relive};
use store::{Kept, Tenant};
use tracing::subscriber::{NoSubscriber, with_default};

use super::fold::{Fold, Scope};
use super::journal;

/// Facts of one day: some 180,000 calls. 440,000 facts (40,000 calls) take 80 MB while they are
/// lived again.
pub const DAY_FACTS_MAX: usize = 2_000_000;

/// A phone that has done nothing for so long, not even been lost, is taken to be there.
const PHONES_MS: u64 = 31 * 86_400_000;

/// A recorded day: what it came to, and what it takes to live it again.
#[derive(Debug)]
pub struct RecordedDay {
    recorded: Recorded,
    scope: Scope,
    was: Lived,
}

impl RecordedDay {
    /// Reads a day. `go_on` hears now and then how much is read, from 0 to 1, and may say no.
    ///
    /// # Errors
    ///
    /// When the day is too long, the journal cannot be read, or `go_on` said no.
    pub async fn read(
        company: &Tenant,
        day: Day,
        scope: Scope,
        go_on: &mut (dyn FnMut(f64) -> bool + Send),
    ) -> Result<RecordedDay, ReplayFailed> {
        let before = company.seq_before(day.from.0).await.map_err(journal)?;
        let last = company.seq_before(day.until.0).await.map_err(journal)?;
        // Facts are numbered without a gap.
        if last.saturating_sub(before) > DAY_FACTS_MAX as u64 {
            return Err(ReplayFailed::TooLong { max: DAY_FACTS_MAX });
        }
        let mut recorded = Recorded::default();
        let phones_ms = day.from.0.saturating_sub(PHONES_MS);
        for kept in company.people_at(before, phones_ms).await.map_err(journal)? {
            if let Some((_, fact)) = read(&kept)? {
                recorded.note_earlier(&fact);
            }
        }
        let (mut fold, mut after) = (Fold::new(&scope), before);
        while after < last {
            let page = company.facts_after(after).await.map_err(journal)?;
            let Some(end) = page.last() else { break };
            after = end.seq;
            for kept in page.iter().filter(|kept| kept.seq <= last) {
                match read(kept)? {
                    Some((at, fact)) if at < day.from => recorded.note_earlier(&fact),
                    Some((at, fact)) => {
                        recorded.note(at, &fact);
                        fold.note(at, &fact);
                    }
                    None => (),
                }
            }
            if !go_on((after.min(last) - before) as f64 / (last - before) as f64) {
                return Err(ReplayFailed::Stopped);
            }
        }
        let was = fold.lived(|agent| recorded.was_there(agent) == Some(true));
        Ok(RecordedDay { recorded, scope, was })
    }

    /// Calls that arrived, in all groups.
    pub fn calls(&self) -> usize {
        self.recorded.calls()
    }

    /// What the day came to.
    pub fn was(&self) -> &Lived {
        &self.was
    }

    /// What it would have come to. `go_on` hears now and then how much is lived, from 0 to 1; when
    /// it says no there is nothing to tell. What a plugin logs is not: its calls are imagined.
    pub fn live(
        &self,
        plan: Plan,
        policy: &mut dyn Policy,
        go_on: &mut dyn FnMut(f64) -> bool,
    ) -> Option<Lived> {
        let mut fold = Fold::new(&self.scope);
        let mut tell = |at: Time, fact: &Fact| fold.note(at, fact);
        let live = || relive(&self.recorded, plan, policy, &mut tell, go_on);
        let to_its_end = with_default(NoSubscriber::default(), live);
        let there = |agent: AgentId| self.recorded.was_there(agent) != Some(false);
        to_its_end.then(|| fold.lived(there))
    }
}

/// A fact of the engine; the others say nothing about a day.
fn read(kept: &Kept) -> Result<Option<(Time, Fact)>, ReplayFailed> {
    let fact = kept.fact().map_err(journal)?;
    let What::Acd(what) = fact.what else { return Ok(None) };
    Ok(Some((fact.at, what)))
}
