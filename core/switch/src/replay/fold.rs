//! What the facts of a day come to in some groups.

use std::collections::{BTreeMap, BTreeSet};

use acd::{AgentId, Fact, GroupId, Time};
use control::{AgentLoad, Decisions, Lived};
use stats::{Limits, Summary};
use store::Plan;

use super::DAY_FACTS_MAX;

/// Which groups are counted, and who belongs to them.
#[derive(Clone, Debug)]
pub struct Scope {
    /// `None`: all, those that are gone too.
    groups: Option<BTreeSet<GroupId>>,
    members: BTreeSet<AgentId>,
    names: BTreeMap<AgentId, String>,
}

impl Scope {
    /// These groups of a plan with their people; none named means all.
    pub fn of(plan: &Plan, groups: &[GroupId]) -> Scope {
        let groups = (!groups.is_empty()).then(|| BTreeSet::from_iter(groups.iter().copied()));
        let counted = |group| groups.as_ref().is_none_or(|groups| groups.contains(&group));
        let members = plan.memberships.iter().filter(|row| counted(row.group));
        let members = members.map(|row| row.person).collect();
        Scope { members, names: plan.names(), groups }
    }

    fn counts(&self, fact: &Fact) -> bool {
        let (Some(groups), Some(group)) = (&self.groups, group_of(fact)) else { return true };
        groups.contains(&group)
    }
}

/// The fold itself.
#[derive(Debug)]
pub(super) struct Fold<'a> {
    scope: &'a Scope,
    summary: Summary,
    /// Who had an offer.
    offered: BTreeSet<AgentId>,
    decisions: Decisions,
    /// Of each decision that a plugin took.
    micros: Vec<u32>,
}

impl Fold<'_> {
    pub(super) fn new(scope: &Scope) -> Fold<'_> {
        Fold {
            scope,
            summary: Summary::new(Limits::default()),
            offered: BTreeSet::new(),
            decisions: Decisions::default(),
            micros: Vec::new(),
        }
    }

    pub(super) fn note(&mut self, at: Time, fact: &Fact) {
        if !self.scope.counts(fact) {
            return;
        }
        self.summary.fold(at, fact);
        if let Fact::OfferEnded { agent, .. } = fact {
            self.offered.insert(*agent);
        }
        if let Fact::RouteDecided { decision, .. } = fact {
            let verdict = &decision.verdict;
            self.decisions.taken += 1;
            if let Some(why) = &verdict.fallback {
                self.decisions.stepped_in += 1;
                self.decisions.why = Some(why.clone());
            }
            // The built-in order takes none.
            if verdict.micros > 0 && self.micros.len() < DAY_FACTS_MAX {
                self.micros.push(verdict.micros);
            }
        }
    }

    pub(super) fn lived(mut self, there: impl Fn(AgentId) -> bool) -> Lived {
        self.micros.sort_unstable();
        let members = self.scope.members.iter().filter(|agent| there(**agent));
        let agents: BTreeSet<AgentId> = members.chain(&self.offered).copied().collect();
        let load = |agent: AgentId| AgentLoad {
            agent,
            name: self.scope.names.get(&agent).cloned().unwrap_or(format!("#{}", agent.0)),
            figures: self.summary.agent(agent),
        };
        Lived {
            figures: self.summary.total().clone(),
            agents: agents.into_iter().map(load).collect(),
            decisions: Decisions {
                us_p50: percentile(&self.micros, 50),
                us_p99: percentile(&self.micros, 99),
                ..self.decisions
            },
        }
    }
}

/// The value that so many per cent of the sorted values do not exceed.
fn percentile(sorted: &[u32], percent: usize) -> Option<u32> {
    let nth = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(nth).copied()
}

/// The group in whose figures a fact counts; wrap-ups end without saying where.
fn group_of(fact: &Fact) -> Option<GroupId> {
    match fact {
        Fact::CallArrived { group, .. }
        | Fact::QueueEntered { group, .. }
        | Fact::QueueMoved { group, .. }
        | Fact::QueueRefused { group, .. }
        | Fact::QueueLeft { group, .. }
        | Fact::RouteDecided { group, .. }
        | Fact::OfferSent { group, .. }
        | Fact::OfferEnded { group, .. }
        | Fact::TalkStarted { group, .. }
        | Fact::TalkEnded { group, .. }
        | Fact::WrapUpStarted { group, .. }
        | Fact::CallbackAsked { group, .. }
        | Fact::CallDiverted { group, .. }
        | Fact::CallbackEnded { group, .. }
        | Fact::GroupTurned { group, .. }
        | Fact::LoanEnded { group, .. } => Some(*group),
        Fact::TransferDone { from, .. } => Some(*from),
        Fact::OfferRinging { .. }
        | Fact::HoldStarted { .. }
        | Fact::HoldEnded { .. }
        | Fact::WrapUpEnded { .. }
        | Fact::AgentWish { .. }
        | Fact::AgentActivity { .. }
        | Fact::PlanChanged { .. }
        | Fact::WaitAnnounced { .. }
        | Fact::CallbackTried { .. } => None,
    }
}
