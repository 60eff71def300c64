//! Agents who miss offers, and what the plan says then.

use acd::{Actor, AfterMisses, AgentId, Outcome, Time, Wish};

use crate::model::{Model, REST_MS};

impl Model {
    /// Counts a miss and says what follows. "Each counts misses in a row"; who is lost in a talk
    /// counts as one who cannot be reached. "What follows a limit begins its own anew."
    pub(super) fn count_miss(&mut self, id: AgentId, cause: Outcome, in_talk: bool) -> AfterMisses {
        let rule = match cause {
            Outcome::NoAnswer => &self.plan.misses.no_answer,
            Outcome::Rejected => &self.plan.misses.rejected,
            Outcome::Busy => &self.plan.misses.busy,
            Outcome::Unreachable => &self.plan.misses.unreachable,
            Outcome::Answered | Outcome::CallerLeft | Outcome::Withdrawn => {
                return AfterMisses::Nothing;
            }
        };
        let (limit, then) = (rule.limit, rule.then.clone());
        let Some(agent) = self.agents.iter_mut().find(|agent| agent.id == id) else {
            return AfterMisses::Nothing;
        };
        if in_talk {
            agent.lost += 1;
        } else {
            agent.missed.push(cause);
        }
        let offers = agent.missed.iter().filter(|&&missed| missed == cause).count() as u32;
        let talks = if cause == Outcome::Unreachable { agent.lost } else { 0 };
        if limit == 0 || offers + talks < limit {
            return AfterMisses::Nothing;
        }
        agent.missed.retain(|&missed| missed != cause);
        if cause == Outcome::Unreachable {
            agent.lost = 0;
        }
        then
    }

    /// "Every miss rests the agent for ten seconds", or longer by rule.
    pub(super) fn rest(&mut self, id: AgentId, then: &AfterMisses) {
        let least = Time(self.now.0 + REST_MS);
        let until = match then {
            AfterMisses::Rest(span) => (self.now + *span).max(least),
            AfterMisses::Nothing | AfterMisses::Break(_) | AfterMisses::Off => least,
        };
        if let Some(agent) = self.agents.iter_mut().find(|agent| agent.id == id) {
            agent.rests_until = until;
        }
    }

    /// A rule takes calls away from whoever still wants some.
    pub(super) fn after_misses(&mut self, id: AgentId, then: AfterMisses) {
        let wish = match then {
            AfterMisses::Nothing | AfterMisses::Rest(_) => return,
            AfterMisses::Break(reason) => Wish::Break { reason },
            AfterMisses::Off => Wish::Off,
        };
        if self.agents.iter().any(|agent| agent.id == id && agent.wish == Wish::On) {
            self.wished(id, &wish, &Actor::Rule);
        }
    }

    /// His phone was lost in a talk: "he has missed it like a phone that could not be reached".
    pub(super) fn lost_in_talk(&mut self, id: AgentId) {
        let then = self.count_miss(id, Outcome::Unreachable, true);
        self.rest(id, &then);
        self.after_misses(id, then);
    }
}
