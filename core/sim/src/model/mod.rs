//! A second engine, slow and plain: it predicts what the real one must order and tell.
//!
//! It was written from the promises in `acd`'s documentation, keeps everything in two plain lists
//! and looks at all of them for every question: no index, no alarm, no list of who was touched. It
//! obeys the built-in order only. What it says of an event must be what the engine says, order and
//! fact, in the same sequence; who was passed over in a decision and why is left to the judge in
//! [`crate::reference`].

mod agent;
mod call;
mod door;
mod look;

use std::collections::{BTreeMap, BTreeSet};

use acd::{
    Action, AgentId, Event, Fact, GroupId, Leave, Office, Outcome, Output, Plan, Refusal, Time,
};

use crate::model::agent::Agent;
use crate::model::call::Call;

/// "After a miss he gets no offer at all for 10 s."
const REST_MS: u64 = 10_000;
/// "It leaves him alone for 30 s."
const LEAVE_ALONE_MS: u64 = 30_000;

/// The whole contact centre as two lists.
#[derive(Debug, Default)]
pub struct Model {
    now: Time,
    plan: Plan,
    /// In the order of their ids.
    agents: Vec<Agent>,
    /// Live calls in the order of their arrival.
    calls: Vec<Call>,
    /// Registered phones of people who are no agents.
    visitors: BTreeSet<AgentId>,
    /// Calls of their own of people who are no agents.
    offices: BTreeMap<AgentId, Office>,
    /// Groups that are closed.
    shut: BTreeSet<GroupId>,
    out: Vec<Output>,
}

/// What becomes due, in the order in which things due at one moment happen.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Due {
    RungOut,
    WrappedUp,
}

impl Model {
    pub fn new() -> Model {
        Model::default()
    }

    /// Takes one event and says what follows from it; the list of agents who were passed over is
    /// left empty.
    pub fn handle(&mut self, now: Time, event: &Event) -> Vec<Output> {
        self.now = self.now.max(now);
        while let Some((_, due, agent)) = self.first_due().filter(|&(at, ..)| at <= self.now) {
            match due {
                Due::RungOut => self.rung_out(agent),
                Due::WrappedUp => self.wrapped_up(agent, false),
            }
        }
        self.note(event);
        while let Some((call, agent)) = self.next_decision() {
            self.ring(call, agent);
        }
        std::mem::take(&mut self.out)
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::PlanChanged(plan) => self.adopt(plan),
            Event::CallArrived { .. } => self.arrives(event),
            Event::CallerLeft { call, cause } => self.caller_left(*call, *cause),
            Event::OfferRinging { agent, call } => self.phone_rings(*agent, *call),
            Event::OfferAnswered { agent, call } => self.answers(*agent, *call),
            Event::OfferFailed { agent, call, failure } => {
                let outcome = match failure {
                    acd::OfferFailure::Rejected => Outcome::Rejected,
                    acd::OfferFailure::Busy => Outcome::Busy,
                    acd::OfferFailure::Unreachable => Outcome::Unreachable,
                };
                if self.is_offered(*agent, *call) {
                    self.offer_ends(*agent, outcome);
                }
            }
            Event::AgentLeft { agent, call, cause } => self.agent_left(*agent, *call, *cause),
            Event::Held { call, by, on } => self.held(*call, *by, *on),
            Event::AgentWished { agent, wish, by } => self.wished(*agent, wish, by),
            Event::AgentReachable { agent, reachable } => self.reachable(*agent, *reachable),
            Event::WrapUpEnded { agent } => self.wrapped_up(*agent, true),
            Event::AgentOccupied { agent, with } => self.occupied(*agent, *with),
            Event::CallPromoted { call, priority, by } => self.promoted(*call, *priority, by),
            // Not predicted yet, and so not drawn.
            Event::KeyPressed { .. }
            | Event::CallerReached { .. }
            | Event::CallerNotReached { .. }
            | Event::Transferred { .. }
            | Event::CallMoved { .. }
            | Event::ServedLast { .. }
            | Event::CallbackKept(_)
            | Event::CallbackEnded { .. }
            | Event::Draining
            | Event::TimePassed => (),
        }
    }

    /// A plan: agents first, in the order of their ids, then the groups that are gone.
    fn adopt(&mut self, plan: &Plan) {
        if plan.version < self.plan.version {
            return;
        }
        self.tell(Fact::PlanChanged { version: plan.version });
        let before = std::mem::replace(&mut self.plan, plan.clone());
        self.turn_doors();
        for &id in plan.agents.keys() {
            if self.agents.iter().all(|agent| agent.id != id) {
                let here = self.visitors.remove(&id);
                let office = self.offices.remove(&id);
                self.agents.push(Agent::new(id, self.now, here, office));
            }
        }
        self.agents.sort_by_key(|agent| agent.id);
        let everybody: Vec<AgentId> = self.agents.iter().map(|agent| agent.id).collect();
        for id in everybody {
            self.agent(id).leaving = !plan.agents.contains_key(&id);
            self.say_activity(id);
        }
        let gone: Vec<_> =
            before.groups.keys().filter(|group| !plan.groups.contains_key(group)).collect();
        for &group in gone {
            for call in self.line(group) {
                self.turn_away(call);
            }
        }
    }

    /// The first agent in whose life something is due.
    fn first_due(&self) -> Option<(Time, Due, AgentId)> {
        let rings = self
            .agents
            .iter()
            .filter_map(|agent| Some((agent.offer.as_ref()?.until, Due::RungOut, agent.id)));
        let wraps = self
            .agents
            .iter()
            .filter_map(|agent| Some((agent.wraps_until?, Due::WrappedUp, agent.id)));
        rings.chain(wraps).min()
    }

    fn turn_away(&mut self, call: acd::CallId) {
        self.order(Action::Refuse { call, refusal: Refusal::NoGroup, say: None });
        self.leaves(call, Leave::Refused);
    }

    fn tell(&mut self, fact: Fact) {
        self.out.push(Output::Tell(self.now, fact));
    }

    fn order(&mut self, action: Action) {
        self.out.push(Output::Do(action));
    }
}
