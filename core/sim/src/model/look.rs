//! Questions that are answered by looking at everybody.

use std::cmp::Reverse;

use acd::{Activity, AgentId, CallId, Decided, Fact, GroupId, Membership, Time, Verdict, Wish};

use crate::model::Model;
use crate::model::agent::Agent;
use crate::model::call::Call;

impl Model {
    /// Who gets which call next: the first of all who wait, by priority and age, who is the best
    /// call of some free agent, and of these agents the first in the built-in order.
    pub(super) fn next_decision(&self) -> Option<(CallId, AgentId)> {
        let mut waiting: Vec<&Call> = self.calls.iter().filter(|call| call.waits).collect();
        waiting.sort_by_key(|call| rank(call));
        waiting.iter().find_map(|call| {
            let agent = self.candidates(call).first().copied()?;
            Some((call.id, agent))
        })
    }

    /// Those who wait in a group, first in line first.
    pub(super) fn line(&self, group: GroupId) -> Vec<CallId> {
        let mut line: Vec<&Call> =
            self.calls.iter().filter(|call| call.waits && call.group == group).collect();
        line.sort_by_key(|call| rank(call));
        line.iter().map(|call| call.id).collect()
    }

    pub(super) fn is_offered(&self, id: AgentId, call: CallId) -> bool {
        let agent = self.agents.iter().find(|agent| agent.id == id);
        agent.and_then(|agent| agent.offer.as_ref()).is_some_and(|offer| offer.call == call)
    }

    /// When something may happen by itself: the engine must want to be woken by then.
    pub fn next_moment(&self) -> Option<Time> {
        let due = self.first_due().map(|(at, ..)| at);
        let rests = self.agents.iter().map(|agent| agent.rests_until);
        let waiting = self.calls.iter().filter(|call| call.waits);
        let ripens = waiting.flat_map(|call| {
            let alone = call.missed_by.iter().map(|&(_, until)| until);
            let members = self.agents.iter().filter_map(|it| self.membership(it, call.group));
            alone.chain(members.map(|member| call.entered + member.delay)).collect::<Vec<_>>()
        });
        let later = rests.chain(ripens).filter(|&at| at > self.now && at < Time(u64::MAX));
        due.into_iter().chain(later).min()
    }

    pub(super) fn tell_decision(&mut self, id: CallId, chosen: AgentId) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let (group, candidates) = (call.group, self.candidates(call));
        let verdict = Verdict { policy: "built-in".to_owned(), ..Verdict::default() };
        let decision = Decided { candidates, skipped: Vec::new(), chosen, verdict };
        self.tell(Fact::RouteDecided { call: id, group, decision });
    }

    /// Free agents for whom this is the best call of all.
    fn candidates(&self, call: &Call) -> Vec<AgentId> {
        let mut seats: Vec<(u16, Time, AgentId)> = Vec::new();
        for agent in self.agents.iter().filter(|agent| self.is_free(agent)) {
            let Some(member) = self.membership(agent, call.group) else { continue };
            if self.best_call(agent) == Some(call.id) {
                seats.push((member.order, agent.idle_since, agent.id));
            }
        }
        seats.sort_unstable();
        seats.into_iter().map(|(.., agent)| agent).collect()
    }

    /// Of the group with the lowest order, then priority, then the longest wait.
    fn best_call(&self, agent: &Agent) -> Option<CallId> {
        let waiting = self.calls.iter().filter(|call| call.waits && self.may_take(agent, call));
        let ranked = waiting.filter_map(|call| {
            Some((self.membership(agent, call.group)?.order, rank(call), call.id))
        });
        ranked.min().map(|(.., call)| call)
    }

    fn may_take(&self, agent: &Agent, call: &Call) -> bool {
        let spared = |&(who, until): &(AgentId, Time)| who == agent.id && until > self.now;
        let waited = self.now.since(call.entered);
        let member = self.membership(agent, call.group);
        member.is_some_and(|it| it.delay <= waited) && !call.missed_by.iter().any(spared)
    }

    fn is_free(&self, agent: &Agent) -> bool {
        agent.wish == Wish::On
            && agent.activity() == Activity::Idle
            && agent.rests_until <= self.now
            && !agent.leaving
    }

    pub(super) fn membership(&self, agent: &Agent, group: GroupId) -> Option<&Membership> {
        let plan = self.plan.agents.get(&agent.id)?;
        plan.memberships
            .iter()
            .find(|it| it.group == group && self.plan.groups.contains_key(&group))
    }
}

/// Higher priority first, then the longest wait, then the lower id.
fn rank(call: &Call) -> (Reverse<i32>, Time, CallId) {
    (Reverse(call.priority), call.entered, call.id)
}
