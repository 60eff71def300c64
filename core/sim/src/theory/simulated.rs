//! One replication: exponential callers before the real engine, in virtual time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use acd::{
    Action, Actor, AgentId, AgentPlan, BuiltIn, CallId, EndCause, Engine, Event, Fact, GroupId,
    GroupPlan, Leave, Membership, Output, Plan, Time, Wish,
};

use crate::random::Random;
use crate::theory::{Effort, Figures, IN_TIME_S, Load, TALK_S};

const GROUP: GroupId = GroupId(1);

/// The engine and what will happen to it.
struct Callers {
    engine: Engine,
    /// Moments, and the numbers of the events that happen then.
    ahead: BinaryHeap<Reverse<(u64, u64)>>,
    events: BTreeMap<u64, Event>,
    drawn: u64,
    waiting: BTreeSet<CallId>,
    talks: Random,
    out: Vec<Output>,
    warm_up: u64,
    last: u64,
    count: Count,
}

#[derive(Default)]
struct Count {
    offered: u64,
    waited: u64,
    answered: u64,
    abandoned: u64,
    in_time: u64,
    wait_ms: u64,
}

/// Plays one replication; another number is another one, the same number the same.
pub fn replication(load: Load, effort: Effort, seed: u64, nth: u64) -> Figures {
    // Streams of their own for who comes, how patient he is, and how long he talks.
    let stream = |of: u64| Random::new(seed.wrapping_mul(1_000_003) ^ (nth << 32) ^ (of << 56));
    let (mut arrivals, mut patience) = (stream(1), stream(2));
    let mut callers = Callers::new(load, stream(3), effort);
    let between_s = TALK_S / load.erlang;
    let mut at_ms = 0.0;
    for call in 1..=callers.last {
        at_ms += 1_000.0 * exponential(&mut arrivals, between_s);
        let at = at_ms as u64;
        callers.play_until(at);
        let left = load.patience_s.map(|mean| exponential(&mut patience, mean));
        callers.arrive(at, CallId(call), left);
    }
    callers.play_until(u64::MAX);
    callers.count.figures()
}

impl Callers {
    fn new(load: Load, talks: Random, effort: Effort) -> Callers {
        let group = GroupPlan { waiting_max: u32::MAX, ..GroupPlan::default() };
        let agent = AgentPlan::of(vec![Membership::new(GROUP, 1)]);
        let agents = (1..=load.servers).map(|id| (AgentId(id), agent.clone()));
        let plan = Plan {
            version: 1,
            groups: BTreeMap::from([(GROUP, group)]),
            agents: agents.collect(),
            ..Plan::default()
        };
        let mut callers = Callers {
            engine: Engine::new(plan),
            ahead: BinaryHeap::new(),
            events: BTreeMap::new(),
            drawn: 0,
            waiting: BTreeSet::new(),
            talks,
            out: Vec::new(),
            warm_up: effort.warm_up,
            last: effort.warm_up + effort.callers,
            count: Count::default(),
        };
        for agent in (1..=load.servers).map(AgentId) {
            callers.handle(0, Event::AgentReachable { agent, reachable: true });
            callers.handle(0, Event::AgentWished { agent, wish: Wish::On, by: Actor::Agent });
        }
        callers
    }

    fn arrive(&mut self, at: u64, call: CallId, patience_s: Option<f64>) {
        let (number, caller) = (String::new(), String::new());
        if let Some(patience_s) = patience_s {
            let gives_up = Event::CallerLeft { call, cause: EndCause::HungUp };
            self.later(at + (1_000.0 * patience_s).round() as u64, gives_up);
        }
        let arrival =
            Event::CallArrived { call, group: GROUP, priority: 0, number, caller, sent: None };
        self.handle(at, arrival);
    }

    /// Everything that happens before or at this moment.
    fn play_until(&mut self, to: u64) {
        while let Some(&Reverse((at, number))) = self.ahead.peek().filter(|it| it.0.0 <= to) {
            self.ahead.pop();
            let Some(event) = self.events.remove(&number) else { continue };
            self.handle(at, event);
        }
    }

    fn handle(&mut self, at: u64, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            // Who talks does not lose his patience.
            if let Event::CallerLeft { call, cause: EndCause::HungUp } = event
                && !self.waiting.contains(&call)
            {
                continue;
            }
            let mut out = std::mem::take(&mut self.out);
            out.clear();
            self.engine.handle(Time(at), event, &mut BuiltIn, &mut out);
            for output in &out {
                match output {
                    Output::Do(Action::Ring { agent, call }) => {
                        events.push(Event::OfferAnswered { agent: *agent, call: *call });
                    }
                    Output::Do(Action::Connect { agent, call }) => {
                        let talk_ms = (1_000.0 * exponential(&mut self.talks, TALK_S)).round();
                        let (agent, call, cause) = (*agent, *call, EndCause::System);
                        let end = Event::AgentLeft { agent, call, cause };
                        self.later(at + talk_ms as u64, end);
                    }
                    Output::Tell(_, fact) => self.count(fact),
                    Output::Do(_) => (),
                }
            }
            self.out = out;
        }
    }

    fn later(&mut self, at: u64, event: Event) {
        self.drawn += 1;
        self.ahead.push(Reverse((at, self.drawn)));
        self.events.insert(self.drawn, event);
    }

    fn count(&mut self, fact: &Fact) {
        if let Fact::QueueEntered { call, .. } = *fact {
            self.waiting.insert(call);
        }
        let Fact::QueueLeft { call, leave, waited_ms, .. } = *fact else { return };
        self.waiting.remove(&call);
        if call.0 <= self.warm_up {
            return;
        }
        let count = &mut self.count;
        count.offered += 1;
        count.waited += u64::from(waited_ms > 0);
        if leave == Leave::Answered {
            count.answered += 1;
            count.wait_ms += waited_ms;
            count.in_time += u64::from(waited_ms as f64 <= 1_000.0 * IN_TIME_S);
        } else {
            count.abandoned += 1;
        }
    }
}

impl Count {
    fn figures(&self) -> Figures {
        let offered = self.offered.max(1) as f64;
        Figures {
            waits: self.waited as f64 / offered,
            asa_ms: self.wait_ms as f64 / self.answered.max(1) as f64,
            abandoned: self.abandoned as f64 / offered,
            service_level: self.in_time as f64 / offered,
        }
    }
}

/// A span that is as likely to end now as at any moment before.
fn exponential(random: &mut Random, mean: f64) -> f64 {
    // 53 bits fill a float; never zero, whose logarithm is no number.
    let uniform = (random.below(1 << 53) as f64 + 0.5) / (1_u64 << 53) as f64;
    -mean * uniform.ln()
}
