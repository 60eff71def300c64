//! What a restart must make good: calls that the last run left open, and what agents wanted.

use std::collections::BTreeMap;

use acd::{AgentId, CallId, EndCause, Fact as Acd, GroupId, Leave, Outcome, Side, Time, Wish};
use centre::{Fact, Keeper, KeptCallback, OfficeOutcome, What};

use crate::call::Call;
use crate::sql::{int, nat};
use crate::{Error, Journal, JournalLine, Kept, Tenant};

/// A caller of last month is a new caller.
const SERVED_MS: u64 = 30 * 86_400_000;
/// Ten megabytes of memory, and more callers than a big company has.
const SERVED_MAX: i64 = 100_000;

/// What the last run left open.
#[derive(Debug, Default)]
pub struct LeftOpen {
    /// Calls that were alive and are closed now.
    pub closed: usize,
    /// Callers who keep their place, in the order of their calls: they wait on.
    pub kept: Vec<KeptCallback>,
}

impl Journal {
    /// Ends every call that the last run left open, at the journal's last sign of life: an offer
    /// is withdrawn, who waited is abandoned, a talk is over, office calls too. Who keeps his place
    /// for a callback waits on.
    pub async fn close_open(&mut self) -> Result<LeftOpen, Error> {
        let open: Vec<Call> = self.open_calls().cloned().collect();
        let mut left = LeftOpen::default();
        let Some(at) = self.tenant().last_sign_of_life().await? else { return Ok(left) };
        let mut lines = Vec::new();
        for call in &open {
            let (mut state, mut keeper) = (LastState::default(), Keeper::default());
            let mut after = 0;
            // A callback that nobody took for a weekend has many facts.
            loop {
                let page = self.tenant().facts_of_after(call.id, after).await?;
                let Some(last) = page.last() else { break };
                after = last.seq;
                for fact in page.iter().map(Kept::fact) {
                    let fact = fact?;
                    state.fold(&fact);
                    keeper.fold(&fact);
                }
            }
            let kept = keeper.kept();
            let ends = match call.group {
                Some(group) => state.ends((call.id, group), at, kept.is_some()),
                None => vec![state.office_ends(call.id, at)],
            };
            lines.extend(ends.into_iter().map(|what| JournalLine::of(&Fact { at, what })));
            left.closed += usize::from(kept.is_none());
            left.kept.extend(kept);
        }
        self.append(&lines).await?;
        Ok(left)
    }
}

impl Tenant {
    /// What each agent wanted last. Nobody is logged off by our restart.
    pub async fn last_wishes(&self) -> Result<BTreeMap<AgentId, Wish>, Error> {
        type Row = (i64, i64, Option<i64>, String, String);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT MAX(seq), at_ms, call, kind, body FROM fact \
             WHERE tenant = ?1 AND kind = 'agent_wish' GROUP BY json_extract(body, '$.agent')",
        )
        .bind(self.sql_id())
        .fetch_all(&self.store.readers)
        .await?;
        let mut wishes = BTreeMap::new();
        for row in rows {
            if let What::Acd(Acd::AgentWish { agent, wish, .. }) = Kept::read(row)?.fact()?.what {
                wishes.insert(agent, wish);
            }
        }
        Ok(wishes)
    }

    /// Facts that tell, at the end of the journal's line `seq`, what each agent wanted last and
    /// what his phone did last; of phones only what is younger than `since_ms`.
    pub async fn people_at(&self, seq: u64, since_ms: u64) -> Result<Vec<Kept>, Error> {
        type Row = (i64, i64, Option<i64>, String, String);
        let since = self.seq_before(since_ms).await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT MAX(seq), at_ms, call, kind, body FROM fact WHERE tenant = ?1 \
             AND kind = 'agent_wish' AND seq <= ?2 GROUP BY json_extract(body, '$.agent') \
             UNION ALL \
             SELECT MAX(seq), at_ms, call, kind, body FROM fact WHERE tenant = ?1 \
             AND kind = 'agent_activity' AND seq <= ?2 AND seq > ?3 \
             GROUP BY json_extract(body, '$.agent')",
        )
        .bind(self.sql_id())
        .bind(int(seq))
        .bind(int(since))
        .fetch_all(&self.store.readers)
        .await?;
        rows.into_iter().map(Kept::read).collect()
    }

    /// Which agent served a caller last, oldest first: of the callers of the last thirty days, at
    /// most a hundred thousand.
    pub async fn served_last(&self, now_ms: u64) -> Result<Vec<(String, AgentId)>, Error> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT caller, agent, MAX(id) AS newest FROM call \
             WHERE tenant = ?1 AND arrived_ms >= ?2 AND agent IS NOT NULL AND caller <> '' \
             AND kind = 'group' \
             GROUP BY caller ORDER BY newest DESC LIMIT ?3",
        )
        .bind(self.sql_id())
        .bind(int(now_ms.saturating_sub(SERVED_MS)))
        .bind(SERVED_MAX)
        .fetch_all(&self.store.readers)
        .await?;
        let served = rows.into_iter().rev();
        served.map(|(caller, agent, _)| Ok((caller, AgentId(nat("call", agent)?)))).collect()
    }

    async fn last_sign_of_life(&self) -> Result<Option<Time>, Error> {
        let at_ms: Option<i64> = sqlx::query_scalar(
            "SELECT at_ms FROM fact WHERE tenant = ?1 ORDER BY seq DESC LIMIT 1",
        )
        .bind(self.sql_id())
        .fetch_optional(&self.store.readers)
        .await?;
        Ok(crate::sql::nat_maybe("fact", at_ms)?.map(Time))
    }
}

/// Where one call stood when the journal broke off.
#[derive(Default)]
struct LastState {
    /// Since when the caller waits.
    waiting: Option<Time>,
    /// Whose phone rings, and since when it really does.
    offer: Option<(AgentId, Option<Time>)>,
    /// Who talks, since when.
    talk: Option<(AgentId, Time)>,
    /// He keeps his place: an agent who answers is on the line and does not talk with him yet.
    is_callback: bool,
    /// Since when colleagues talk.
    office: Option<Time>,
}

impl LastState {
    fn fold(&mut self, fact: &Fact) {
        if let What::OfficeAnswered { .. } = &fact.what {
            self.office = Some(fact.at);
        }
        let What::Acd(what) = &fact.what else { return };
        match what {
            Acd::CallArrived { .. } | Acd::QueueEntered { .. } => self.waiting = Some(fact.at),
            Acd::QueueLeft { .. } => self.waiting = None,
            Acd::OfferSent { agent, .. } => self.offer = Some((*agent, None)),
            Acd::OfferRinging { agent, .. } => self.offer = Some((*agent, Some(fact.at))),
            Acd::OfferEnded { agent, outcome, .. } => {
                self.offer = None;
                if *outcome == Outcome::Answered && !self.is_callback {
                    // The talk begins; its own fact may not have been written any more.
                    self.talk = Some((*agent, fact.at));
                }
            }
            Acd::TalkStarted { agent, .. } => self.talk = Some((*agent, fact.at)),
            Acd::TalkEnded { .. } => self.talk = None,
            Acd::CallDiverted { .. } => *self = LastState::default(),
            Acd::CallbackAsked { .. } => self.is_callback = true,
            Acd::CallbackEnded { .. } => self.is_callback = false,
            Acd::CallbackTried { agent, reached, .. } => {
                if *reached {
                    (self.is_callback, self.talk) = (false, Some((*agent, fact.at)));
                }
            }
            Acd::QueueRefused { .. }
            | Acd::RouteDecided { .. }
            | Acd::HoldStarted { .. }
            | Acd::HoldEnded { .. }
            | Acd::WrapUpStarted { .. }
            | Acd::WrapUpEnded { .. }
            | Acd::AgentWish { .. }
            | Acd::AgentActivity { .. }
            | Acd::QueueMoved { .. }
            | Acd::WaitAnnounced { .. }
            | Acd::TransferDone { .. }
            | Acd::GroupTurned { .. }
            | Acd::LoanEnded { .. }
            | Acd::PlanChanged { .. } => {}
        }
    }

    fn office_ends(self, call: CallId, at: Time) -> What {
        let (outcome, talked_ms) = match self.office {
            Some(since) => (OfficeOutcome::Answered, at.0.saturating_sub(since.0)),
            None => (OfficeOutcome::Cancelled, 0),
        };
        What::OfficeEnded { call, outcome, talked_ms }
    }

    /// The facts that close the call, in the order in which they would have come.
    fn ends(self, (call, group): (CallId, GroupId), at: Time, waits_on: bool) -> Vec<What> {
        let since = |begin: Time| at.0.saturating_sub(begin.0);
        let offer = self.offer.map(|(agent, rang)| {
            let rang_ms = rang.map_or(0, since);
            Acd::OfferEnded { call, group, agent, outcome: Outcome::Withdrawn, rang_ms }
        });
        let left = self.waiting.filter(|_| !waits_on).map(|entered| {
            let waited_ms = since(entered);
            Acd::QueueLeft { call, group, leave: Leave::Abandoned, waited_ms }
        });
        let talk = self.talk.map(|(agent, began)| Acd::TalkEnded {
            call,
            group,
            agent,
            by: Side::Agent,
            cause: EndCause::System,
            talked_ms: since(began),
        });
        [offer, left, talk].into_iter().flatten().map(What::Acd).collect()
    }
}
