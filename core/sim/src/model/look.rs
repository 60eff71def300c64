//! Questions that are answered by looking at everybody.

use std::cmp::Reverse;

use acd::{
    Activity, AgentId, CallId, Decided, Fact, GroupId, SkipReason, Skipped, Time, Verdict, Wish,
};

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

    pub(super) fn rank_of(&self, call: &Call) -> (Reverse<i32>, Time, CallId) {
        rank(call)
    }

    /// When something may happen by itself: the engine must want to be woken by then.
    pub fn next_moment(&self) -> Option<Time> {
        let due = self.first_due().map(|(at, ..)| at);
        let rests = self.agents.iter().map(|agent| agent.rests_until);
        let waiting = self.calls.iter().filter(|call| call.waits);
        let ripens = waiting.flat_map(|call| {
            let alone = call.missed_by.iter().map(|&(_, until)| until);
            let members = self.agents.iter().filter_map(|it| self.membership(it, call.group));
            let delays = members.map(|member| call.entered + member.delay);
            let step = call.next_step().map(|(at, _)| at).filter(|_| call.is_on_the_line());
            let last = call.last.map(|(_, until)| until);
            let tried = call.callback.map(|callback| callback.rests_until);
            let too_old = call.callback.map(|callback| callback.too_old_at());
            let others = [step, last, tried, too_old].into_iter().flatten();
            alone.chain(delays).chain(others).collect::<Vec<_>>()
        });
        let later = rests.chain(ripens).filter(|&at| at > self.now && at < Time(u64::MAX));
        due.into_iter().chain(later).chain(self.overslept).min()
    }

    /// Who was asked, who was not and why not.
    pub(super) fn tell_decision(&mut self, id: CallId, chosen: AgentId) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let (group, candidates) = (call.group, self.candidates(call));
        let verdict = Verdict { policy: "built-in".to_owned(), ..Verdict::default() };
        let skipped = self.skipped(call, &candidates);
        let decision = Decided { candidates, skipped, chosen, verdict };
        self.tell(Fact::RouteDecided { call: id, group, decision });
    }

    /// "Those nearest to being chosen first: free agents, then those who are logged on, then those
    /// who are off, and last those whose membership does not count now."
    fn skipped(&self, call: &Call, candidates: &[AgentId]) -> Vec<Skipped> {
        let mut skipped: Vec<(u8, u16, Time, AgentId, SkipReason)> = Vec::new();
        for agent in self.agents.iter().filter(|agent| !candidates.contains(&agent.id)) {
            let member = self.membership(agent, call.group);
            let with_phone = agent.activity() != Activity::Unreachable;
            let (nth, order, since, reason) = if let Some(member) = member {
                if self.is_free(agent) {
                    (0, member.order, agent.idle_since, self.why_not(agent, call))
                } else if agent.wish == Wish::Off {
                    (3, 0, Time(0), SkipReason::Off)
                } else {
                    (if with_phone { 1 } else { 2 }, 0, Time(0), why_away(agent))
                }
            } else if self.lasting(agent.id).any(|it| it.group == call.group) {
                (4, 0, Time(0), SkipReason::OutOfSeason)
            } else {
                continue;
            };
            skipped.push((nth, order, since, agent.id, reason));
        }
        skipped.sort_unstable();
        skipped.into_iter().map(|(.., agent, reason)| Skipped { agent, reason }).collect()
    }

    /// Why a free agent is no candidate for this call.
    fn why_not(&self, agent: &Agent, call: &Call) -> SkipReason {
        let delay = self.membership(agent, call.group).map(|member| member.delay);
        if delay.is_some_and(|delay| delay > self.now.since(call.entered)) {
            SkipReason::Delayed
        } else if !self.may_ring(agent.id, call) {
            SkipReason::RefusedBefore
        } else if self.awaited(call).is_some_and(|last| last != agent.id) {
            SkipReason::ForLastAgent
        } else {
            SkipReason::OtherGroupFirst
        }
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
        let rests = call.callback.is_some_and(|it| self.draining || it.rests_until > self.now);
        let waited = self.now.since(call.entered);
        let member = self.membership(agent, call.group);
        !rests
            && member.is_some_and(|it| it.delay <= waited)
            && self.may_ring(agent.id, call)
            && self.awaited(call).is_none_or(|last| last == agent.id)
    }

    /// He has neither rejected it nor missed it a moment ago.
    fn may_ring(&self, id: AgentId, call: &Call) -> bool {
        let spared = |&(who, until): &(AgentId, Time)| who == id && until > self.now;
        !call.rejected_by.contains(&id) && !call.missed_by.iter().any(spared)
    }

    /// The agent who served this caller last, if he is there, serves the group and may take the
    /// call.
    fn awaited(&self, call: &Call) -> Option<AgentId> {
        let (id, _) = call.last.filter(|&(_, until)| until > self.now)?;
        let agent = self.agents.iter().find(|agent| agent.id == id)?;
        (self.is_there(agent, call.group) && self.may_ring(id, call)).then_some(id)
    }

    fn is_free(&self, agent: &Agent) -> bool {
        agent.wish == Wish::On
            && agent.activity() == Activity::Idle
            && agent.rests_until <= self.now
            && !agent.leaving
    }

    /// Serves the group, is logged on or on a break, and has a phone.
    pub(super) fn is_there(&self, agent: &Agent, group: GroupId) -> bool {
        let with_phone = agent.activity() != Activity::Unreachable;
        let member = self.membership(agent, group).is_some();
        agent.wish != Wish::Off && !agent.leaving && with_phone && member
    }
}

/// Higher priority first, then the longest wait, then the lower id.
fn rank(call: &Call) -> (Reverse<i32>, Time, CallId) {
    (Reverse(call.priority), call.entered, call.id)
}

/// Why somebody who is logged on is not free.
fn why_away(agent: &Agent) -> SkipReason {
    match agent.activity() {
        Activity::Offered
        | Activity::Talking
        | Activity::WrapUp
        | Activity::Outbound
        | Activity::Internal => SkipReason::Occupied,
        Activity::Idle | Activity::Unreachable => match agent.wish {
            Wish::Off => SkipReason::Off,
            Wish::Break { .. } => SkipReason::OnBreak,
            Wish::On if !agent.here => SkipReason::Unreachable,
            Wish::On => SkipReason::Resting,
        },
    }
}
