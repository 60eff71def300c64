//! Who served a caller last, and callers who wait a moment for him.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::call::Call;
use crate::engine::Engine;
use crate::{AgentId, CallId, Time};

/// Callers whose last agent is remembered; the oldest is forgotten first.
const REMEMBERED_MAX: usize = 100_000;

/// Callers by number and who served them last.
#[derive(Debug, Default)]
pub(crate) struct Served {
    last: BTreeMap<String, (AgentId, u64)>,
    /// The same by age.
    by_age: BTreeMap<u64, String>,
    counted: u64,
}

impl Served {
    /// A caller without a number is everybody and nobody.
    pub(crate) fn note(&mut self, caller: &str, agent: AgentId) {
        if caller.is_empty() {
            return;
        }
        self.counted += 1;
        if let Some((_, age)) = self.last.insert(caller.to_owned(), (agent, self.counted)) {
            self.by_age.remove(&age);
        }
        self.by_age.insert(self.counted, caller.to_owned());
        if self.last.len() > REMEMBERED_MAX
            && let Some((_, oldest)) = self.by_age.pop_first()
        {
            self.last.remove(&oldest);
        }
    }

    pub(crate) fn last(&self, caller: &str) -> Option<AgentId> {
        self.last.get(caller).map(|&(agent, _)| agent)
    }
}

/// A caller's wish for the agent he knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LastAgent {
    pub(crate) agent: AgentId,
    pub(crate) until: Time,
}

impl Engine {
    /// From now on the caller waits for the agent who served him last, as his group allows.
    pub(crate) fn await_last(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let sticky: Duration = call.plan.sticky;
        let agent = self.served.last(&call.caller).filter(|_| !sticky.is_zero());
        let Some(agent) = agent else { return };
        if let Some(known) = self.agents.get_mut(&agent) {
            known.awaited_by.insert(id);
            call.last = Some(LastAgent { agent, until: self.now + sticky });
        }
    }

    pub(crate) fn await_nobody(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if let Some(last) = call.last.take()
            && let Some(agent) = self.agents.get_mut(&last.agent)
        {
            agent.awaited_by.remove(&id);
        }
    }

    /// The agent for whom the caller waits and waits rightly: he is there, serves the group and may
    /// take this call.
    pub(crate) fn awaited(&self, call: &Call) -> Option<LastAgent> {
        let last = call.last.filter(|last| self.now < last.until)?;
        let serves = self.groups.get(&call.group)?.has_member(last.agent);
        let there = self.agents.get(&last.agent).is_some_and(|agent| agent.is_present());
        (serves && there && call.may_ring(last.agent, self.now)).then_some(last)
    }

    /// Whether this agent may be rung for this call now, delays apart.
    pub(crate) fn may_take(&self, agent: AgentId, call: &Call) -> bool {
        !self.rests_until_restart(call)
            && call.may_ring(agent, self.now)
            && self.awaited(call).is_none_or(|last| last.agent == agent)
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED_MAX, Served};
    use crate::AgentId;

    #[test]
    fn the_oldest_caller_is_forgotten_first() {
        let mut served = Served::default();
        served.note("first", AgentId(1));
        served.note("second", AgentId(1));
        for caller in 2..REMEMBERED_MAX {
            served.note(&caller.to_string(), AgentId(2));
        }
        served.note("first", AgentId(3));
        served.note("one more", AgentId(4));
        assert_eq!(served.last("second"), None);
        assert_eq!(served.last("first"), Some(AgentId(3)));
        assert_eq!(served.last.len(), served.by_age.len());
    }
}
