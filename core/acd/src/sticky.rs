//! Who served a caller last, and callers who wait a moment for him.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::agent::Agent;
use crate::call::Call;
use crate::engine::Engine;
use crate::group::Group;
use crate::{AgentId, CallId, Time};

/// Callers whose agents are remembered; the oldest is forgotten first.
const REMEMBERED_MAX: usize = 100_000;

/// Agents remembered of one caller: more are not his agents but everybody.
const AGENTS_MAX: usize = 4;

/// Callers by number and who served them last.
#[derive(Debug, Default)]
pub(crate) struct Served {
    callers: BTreeMap<String, Known>,
    /// The same by age.
    by_age: BTreeMap<u64, String>,
    counted: u64,
}

/// A caller who has been served.
#[derive(Debug, Default)]
struct Known {
    age: u64,
    /// Who answered him and when, the last one first.
    agents: Vec<(AgentId, Time)>,
}

impl Served {
    /// A caller without a number is everybody and nobody.
    pub(crate) fn note(&mut self, caller: &str, agent: AgentId, now: Time) {
        if caller.is_empty() {
            return;
        }
        self.counted += 1;
        let known = self.callers.entry(caller.to_owned()).or_default();
        known.agents.retain(|&(other, _)| other != agent);
        known.agents.truncate(AGENTS_MAX - 1);
        known.agents.insert(0, (agent, now));
        self.by_age.remove(&known.age);
        known.age = self.counted;
        self.by_age.insert(self.counted, caller.to_owned());
        if self.callers.len() > REMEMBERED_MAX
            && let Some((_, oldest)) = self.by_age.pop_first()
        {
            self.callers.remove(&oldest);
        }
    }

    pub(crate) fn last(&self, caller: &str) -> Option<AgentId> {
        self.agents(caller).first().map(|&(agent, _)| agent)
    }

    /// Who answered him and when, the last one first.
    fn agents(&self, caller: &str) -> &[(AgentId, Time)] {
        self.callers.get(caller).map_or(&[], |known| &known.agents)
    }
}

/// An agent who has served the caller before.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Service {
    pub agent: AgentId,
    /// Since he answered him last. What a restart has read from the journal counts from there.
    pub ms_ago: u64,
    /// He serves the group now, is logged on or on a break, and may be rung for this call, though
    /// he may be busy.
    pub there: bool,
}

/// The last agents who have served the caller of a question, looked up when somebody asks.
#[derive(Clone, Copy)]
pub struct Services<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Listed(&'a [Service]),
    Past(Past<'a>),
}

#[derive(Clone, Copy)]
pub(crate) struct Past<'a> {
    pub(crate) now: Time,
    pub(crate) served: &'a Served,
    pub(crate) call: &'a Call,
    pub(crate) group: &'a Group,
    pub(crate) agents: &'a BTreeMap<AgentId, Box<Agent>>,
}

impl<'a> Services<'a> {
    /// Services of a question that no engine asks.
    pub fn listed(services: &'a [Service]) -> Services<'a> {
        Services(Source::Listed(services))
    }

    pub(crate) fn past(past: Past<'a>) -> Services<'a> {
        Services(Source::Past(past))
    }

    /// The last agent first; of a caller who hides his number nobody is known.
    pub fn to_vec(self) -> Vec<Service> {
        match self.0 {
            Source::Listed(services) => services.to_vec(),
            Source::Past(past) => {
                let served = past.served.agents(&past.call.caller).iter();
                served.map(|&(agent, at)| past.service(agent, at)).collect()
            }
        }
    }
}

impl Past<'_> {
    fn service(&self, agent: AgentId, at: Time) -> Service {
        let present = self.agents.get(&agent).is_some_and(|agent| agent.is_present());
        let serves = self.group.has_member(agent) && self.call.may_ring(agent, self.now);
        Service { agent, ms_ago: self.now.0.saturating_sub(at.0), there: present && serves }
    }
}

impl fmt::Debug for Services<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.to_vec()).finish()
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
    use super::{AGENTS_MAX, REMEMBERED_MAX, Served};
    use crate::{AgentId, Time};

    #[test]
    fn the_last_agents_of_a_caller_are_known_the_last_one_first() {
        let mut served = Served::default();
        for (agent, at) in [(1, 10), (2, 20), (3, 30), (2, 40), (4, 50), (5, 60)] {
            served.note("mother", AgentId(agent), Time(at));
        }
        let known: Vec<_> = served.agents("mother").iter().map(|(it, at)| (it.0, at.0)).collect();
        assert_eq!(known, [(5, 60), (4, 50), (2, 40), (3, 30)]);
        assert_eq!(known.len(), AGENTS_MAX);
        served.note("", AgentId(1), Time(70));
        assert_eq!(served.agents("").len(), 0, "nobody knows who hides his number");
    }

    #[test]
    fn the_oldest_caller_is_forgotten_first() {
        let mut served = Served::default();
        served.note("first", AgentId(1), Time(0));
        served.note("second", AgentId(1), Time(0));
        for caller in 2..REMEMBERED_MAX {
            served.note(&caller.to_string(), AgentId(2), Time(0));
        }
        served.note("first", AgentId(3), Time(0));
        served.note("one more", AgentId(4), Time(0));
        assert_eq!(served.last("second"), None);
        assert_eq!(served.last("first"), Some(AgentId(3)));
        assert_eq!(served.callers.len(), served.by_age.len());
    }
}
