//! What becomes of an agent who misses offers.

use std::time::Duration;

use crate::agent::REST;
use crate::alarm::Alarm;
use crate::engine::Engine;
use crate::offer::LEAVE_ALONE;
use crate::{Actor, AfterMisses, AgentId, CallId, MissRule, Misses, Outcome, Output, Wish};

impl Misses {
    /// The rule for an offer that ended like this; `None` when it is not the agent's miss.
    fn rule(&self, outcome: Outcome) -> Option<&MissRule> {
        match outcome {
            Outcome::NoAnswer => Some(&self.no_answer),
            Outcome::Rejected => Some(&self.rejected),
            Outcome::Busy => Some(&self.busy),
            Outcome::Unreachable => Some(&self.unreachable),
            Outcome::Answered | Outcome::CallerLeft | Outcome::Withdrawn => None,
        }
    }
}

impl Engine {
    /// Counts a miss. Says what follows, if so many in a row are too many; the count begins anew.
    pub(crate) fn count_miss(&mut self, id: AgentId, outcome: Outcome) -> AfterMisses {
        if self.plan.misses.rule(outcome).is_some()
            && let Some(agent) = self.agents.get_mut(&id)
        {
            *agent.misses.entry(outcome).or_default() += 1;
        }
        self.too_many(id, outcome)
    }

    /// What follows if the misses of one cause are too many. Lost talks count among those of a
    /// phone that cannot be reached.
    fn too_many(&mut self, id: AgentId, outcome: Outcome) -> AfterMisses {
        let (Some(rule), Some(agent)) = (self.plan.misses.rule(outcome), self.agents.get_mut(&id))
        else {
            return AfterMisses::Nothing;
        };
        let offers = agent.misses.get(&outcome).copied().unwrap_or(0);
        let talks = if outcome == Outcome::Unreachable { agent.lost_in_a_row } else { 0 };
        if rule.limit == 0 || offers.saturating_add(talks) < rule.limit {
            return AfterMisses::Nothing;
        }
        agent.misses.remove(&outcome);
        if outcome == Outcome::Unreachable {
            agent.lost_in_a_row = 0;
        }
        rule.then.clone()
    }

    /// The agent was lost in a talk. That counts as a miss like a phone that cannot be reached: he
    /// rests, and the call leaves him alone for a while, so that others are tried first and a
    /// caller does not meet the same silence again at once.
    pub(crate) fn lost(&mut self, id: AgentId, call: CallId, out: &mut Vec<Output>) {
        let now = self.now;
        if let Some(call) = self.calls.get_mut(&call) {
            call.missed_by.insert(id, now + LEAVE_ALONE);
        }
        let Some(agent) = self.agents.get_mut(&id) else { return };
        agent.lost_in_a_row = agent.lost_in_a_row.saturating_add(1);
        let then = self.too_many(id, Outcome::Unreachable);
        self.rest(id, &then);
        self.update_agent(id, out);
        self.after_misses(id, then, out);
    }

    /// Rests the agent after a miss, for longer if the rule says so.
    pub(crate) fn rest(&mut self, id: AgentId, then: &AfterMisses) {
        let span = match then {
            AfterMisses::Rest(span) => (*span).max(REST),
            AfterMisses::Nothing | AfterMisses::Break(_) | AfterMisses::Off => REST,
        };
        self.set_rest(id, span);
    }

    fn set_rest(&mut self, id: AgentId, span: Duration) {
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.resting = true;
            self.alarms.set(Alarm::Rested(id), self.now + span);
        }
    }

    /// Puts the agent on a break or logs him off, when the rule says so and he still wants calls.
    pub(crate) fn after_misses(&mut self, id: AgentId, then: AfterMisses, out: &mut Vec<Output>) {
        let wish = match then {
            AfterMisses::Nothing | AfterMisses::Rest(_) => return,
            AfterMisses::Break(reason) => Wish::Break { reason },
            AfterMisses::Off => Wish::Off,
        };
        if self.agents.get(&id).is_some_and(|agent| agent.wish == Wish::On) {
            self.agent_wished(id, wish, Actor::Rule, out);
        }
    }
}
