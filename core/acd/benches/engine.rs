//! One whole call (arrival, decision, ringing, answer, end) in centres of different sizes.

use std::hint::black_box;

use acd::{
    Action, Actor, AgentId, AgentPlan, BuiltIn, CallId, EndCause, Engine, Event, GroupId,
    GroupPlan, Membership, Output, Plan, Time, Wish,
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// Groups that one agent serves; nobody serves a hundred.
const GROUPS_PER_AGENT: u64 = 5;

/// It arrives, rings, is answered and ends.
const EVENTS_PER_CALL: u64 = 4;

/// Agents and groups; each agent is a member of up to five groups, in turn.
fn plan(agents: u64, groups: u64) -> Plan {
    let settings = GroupPlan { waiting_max: 1000, ..GroupPlan::default() };
    let membership = |agent: u64, nth: u64| {
        let order = u16::try_from(1 + nth).unwrap_or(u16::MAX);
        Membership::new(GroupId(1 + (agent + nth * 7) % groups), order)
    };
    let served = GROUPS_PER_AGENT.min(groups);
    Plan {
        version: 1,
        groups: (1..=groups).map(|group| (GroupId(group), settings.clone())).collect(),
        agents: (1..=agents)
            .map(|agent| {
                let memberships = (0..served).map(|nth| membership(agent, nth)).collect();
                (AgentId(agent), AgentPlan::of(memberships))
            })
            .collect(),
        ..Plan::default()
    }
}

struct Centre {
    engine: Engine,
    out: Vec<Output>,
    now: u64,
    calls: u64,
    groups: u64,
}

impl Centre {
    fn new(agents: u64, groups: u64) -> Centre {
        let engine = Engine::new(plan(agents, groups));
        let mut centre = Centre { engine, out: Vec::new(), now: 0, calls: 0, groups };
        for agent in (1..=agents).map(AgentId) {
            centre.handle(Event::AgentReachable { agent, reachable: true });
            centre.handle(Event::AgentWished { agent, wish: Wish::On, by: Actor::Agent });
        }
        centre
    }

    fn handle(&mut self, event: Event) {
        self.now += 1;
        self.out.clear();
        self.engine.handle(Time(self.now), event, &mut BuiltIn, &mut self.out);
    }

    fn one_call(&mut self) {
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
        black_box(self.engine.deadline());
    }
}

fn whole_calls(criterion: &mut Criterion) {
    let mut bench = criterion.benchmark_group("arrival, decision, answer, end");
    bench.throughput(Throughput::Elements(EVENTS_PER_CALL));
    for agents in [10, 100, 2_000, 20_000] {
        for groups in [1, 10, 500] {
            let mut centre = Centre::new(agents, groups);
            let size = BenchmarkId::from_parameter(format!("{agents} agents, {groups} groups"));
            bench.bench_function(size, |bencher| bencher.iter(|| centre.one_call()));
        }
    }
    bench.finish();
}

criterion_group!(benches, whole_calls);
criterion_main!(benches);
