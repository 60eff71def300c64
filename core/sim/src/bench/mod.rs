//! Whole calls (arrival, decision, answer, end) in centres of any size; whoever has a clock can
//! measure them.

mod month;

pub use self::month::Month;

use acd::{
    Action, Actor, AgentId, AgentPlan, BuiltIn, CallId, EndCause, Engine, Event, GroupId,
    GroupPlan, Membership, Output, Plan, Time, Wish,
};

/// Groups that one agent serves; nobody serves a hundred.
const GROUPS_PER_AGENT: u64 = 5;

/// Events of one whole call.
pub const EVENTS_PER_CALL: u64 = 4;

/// A centre in which everybody is logged on and nobody is busy.
pub struct Centre {
    engine: Engine,
    out: Vec<Output>,
    now: u64,
    calls: u64,
    groups: u64,
}

impl Centre {
    pub fn new(agents: u64, groups: u64) -> Centre {
        let engine = Engine::new(plan(agents, groups));
        let mut centre = Centre { engine, out: Vec::new(), now: 0, calls: 0, groups };
        for agent in (1..=agents).map(AgentId) {
            centre.handle(Event::AgentReachable { agent, reachable: true });
            centre.handle(Event::AgentWished { agent, wish: Wish::On, by: Actor::Agent });
        }
        centre
    }

    /// One call from its arrival to its end. True when an agent talked with the caller.
    pub fn one_call(&mut self) -> bool {
        self.calls += 1;
        let call = CallId(self.calls);
        let group = GroupId(1 + self.calls % self.groups);
        let (number, caller) = ("6001000".to_owned(), "5551234".to_owned());
        self.handle(Event::CallArrived { call, group, priority: 0, number, caller, sent: None });
        let rung = self.out.iter().find_map(|output| match output {
            Output::Do(Action::Ring { agent, .. }) => Some(*agent),
            Output::Do(_) | Output::Tell(..) => None,
        });
        if let Some(agent) = rung {
            self.handle(Event::OfferRinging { agent, call });
            self.handle(Event::OfferAnswered { agent, call });
        }
        self.handle(Event::CallerLeft { call, cause: EndCause::HungUp });
        rung.is_some()
    }

    fn handle(&mut self, event: Event) {
        self.now += 1;
        self.out.clear();
        self.engine.handle(Time(self.now), event, &mut BuiltIn, &mut self.out);
    }
}

/// Each agent is a member of up to five groups, in turn.
fn plan(agents: u64, groups: u64) -> Plan {
    let settings = GroupPlan { waiting_max: 1_000, ..GroupPlan::default() };
    let served = GROUPS_PER_AGENT.min(groups);
    let agent = |id: u64| {
        let membership = |nth: u64| {
            let order = u16::try_from(1 + nth).unwrap_or(u16::MAX);
            Membership::new(GroupId(1 + (id + nth * 7) % groups), order)
        };
        (AgentId(id), AgentPlan::of((0..served).map(membership).collect()))
    };
    Plan {
        version: 1,
        groups: (1..=groups).map(|group| (GroupId(group), settings.clone())).collect(),
        agents: (1..=agents).map(agent).collect(),
        ..Plan::default()
    }
}

#[cfg(test)]
mod tests {
    use super::Centre;

    #[test]
    fn every_call_is_answered_whatever_the_size() {
        for (agents, groups) in [(1, 1), (100, 10), (1_000, 100)] {
            let mut centre = Centre::new(agents, groups);
            assert!((0..500).all(|_| centre.one_call()), "{agents} agents, {groups} groups");
        }
    }
}
