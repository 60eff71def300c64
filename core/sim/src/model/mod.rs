//! A second engine, slow and plain: it predicts what the real one must order and tell.
//!
//! It was written from the promises in `acd`'s documentation, keeps everything in two plain lists
//! and looks at all of them for every question: no index, no alarm, no list of who was touched. It
//! obeys the built-in order only. What it says of an event must be what the engine says, order and
//! fact, in the same sequence and to the last field.

mod agent;
mod announce;
mod call;
mod callback;
mod clock;
mod look;
mod miss;
mod order;
mod season;
mod way;

use std::collections::{BTreeMap, BTreeSet};

use acd::{
    Action, AgentId, CalendarId, CallId, Event, Fact, GroupId, Office, Outcome, Output, Plan, Time,
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
    /// Calendars that are open, as last looked at.
    open: BTreeSet<CalendarId>,
    /// Callers by number and who served them last.
    served: BTreeMap<String, AgentId>,
    /// How long a call takes in a group of which something is known.
    handling_ms: BTreeMap<GroupId, u64>,
    /// Nobody is rung for callbacks any more.
    draining: bool,
    /// A calendar turned before anybody looked at it.
    overslept: Option<Time>,
    /// Callbacks of the last run that the journal has not brought back yet.
    last_run: Vec<Call>,
    out: Vec<Output>,
}

/// What becomes due, in the order in which things due at one moment happen.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Due {
    Turned(CalendarId),
    LoanOver(AgentId),
    RungOut(AgentId),
    WrappedUp(AgentId),
    Announce(CallId),
}

impl Model {
    pub fn new() -> Model {
        Model::default()
    }

    /// The process is gone, and with it everything but the callbacks.
    pub fn restart(&mut self) {
        let mut last_run = std::mem::take(&mut self.calls);
        last_run.retain(|call| call.callback.is_some());
        *self = Model { last_run, ..Model::default() };
    }

    /// Takes one event and says what follows from it.
    pub fn handle(&mut self, now: Time, event: &Event) -> Vec<Output> {
        self.now = self.now.max(now);
        while let Some((_, due)) = self.first_due().filter(|&(at, _)| at <= self.now) {
            match due {
                Due::Turned(calendar) => self.calendar_turns(calendar),
                Due::LoanOver(agent) => self.look_at_memberships(agent),
                Due::RungOut(agent) => self.rung_out(agent),
                Due::WrappedUp(agent) => self.wrapped_up(agent, false),
                Due::Announce(call) => self.announce(call),
            }
        }
        self.note(event);
        self.send_on();
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
                if self.rings_for(*agent) == Some(*call) {
                    self.offer_ends(*agent, outcome);
                }
            }
            Event::AgentLeft { agent, call, cause } => self.agent_left(*agent, *call, *cause),
            Event::Held { call, by, on } => self.held(*call, *by, *on),
            Event::AgentWished { agent, wish, by } => self.wished(*agent, wish, by),
            Event::AgentReachable { agent, reachable } => self.reachable(*agent, *reachable),
            Event::WrapUpEnded { agent } => self.wrapped_up(*agent, true),
            Event::AgentOccupied { agent, with } => self.occupied(*agent, *with),
            Event::KeyPressed { call, key } => self.key_pressed(*call, *key),
            Event::CallerReached { call } => self.caller_reached(*call),
            Event::CallerNotReached { call } => self.caller_not_reached(*call),
            Event::Transferred { call, to, by } => self.transferred(*call, *to, by),
            Event::CallMoved { call, to, by } => self.moved(*call, *to, by),
            Event::CallPromoted { call, priority, by } => self.promoted(*call, *priority, by),
            Event::ServedLast { caller, agent } => self.has_served(caller, *agent),
            Event::CallbackKept(kept) => self.callback_kept(kept),
            Event::CallbackEnded { call, why, by } => self.callback_is_ended(*call, *why, by),
            Event::Draining => self.drain(),
            Event::DayClosed(_) | Event::TimePassed => (),
        }
    }

    /// A plan: doors, then agents in the order of their ids, then the groups that are gone.
    fn adopt(&mut self, plan: &Plan) {
        if plan.version < self.plan.version {
            return;
        }
        self.tell(Fact::PlanChanged { version: plan.version });
        let before = std::mem::replace(&mut self.plan, plan.clone());
        self.look_at_calendars();
        self.shut.retain(|group| plan.groups.contains_key(group));
        self.handling_ms.retain(|group, _| plan.groups.contains_key(group));
        for &group in plan.groups.keys() {
            self.turn_door(group);
        }
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
            self.look_at_memberships(id);
        }
        for group in before.groups.keys().filter(|group| !plan.groups.contains_key(group)) {
            let (resting, asking): (Vec<CallId>, Vec<CallId>) =
                self.line(*group).iter().partition(|&&id| self.is_left_alone(id));
            for call in asking.into_iter().chain(resting) {
                self.turn_away(call);
            }
        }
    }

    /// The first thing that is due, now or later.
    fn first_due(&self) -> Option<(Time, Due)> {
        let turned = self.plan.calendars.keys().filter(|&&id| self.has_turned(id));
        let turned = turned.map(|&id| (self.now, Due::Turned(id)));
        let agents = self.agents.iter().flat_map(|agent| {
            let back = agent.lent.iter().map(|&(_, until)| until).min();
            let rings = agent.offer.as_ref().or(agent.calls_back.as_ref());
            let wraps = agent.wraps_up.as_ref();
            [
                back.map(|at| (at, Due::LoanOver(agent.id))),
                rings.map(|offer| (offer.until, Due::RungOut(agent.id))),
                wraps.map(|rest| (rest.until, Due::WrappedUp(agent.id))),
            ]
        });
        let told = self.calls.iter().filter(|call| call.waits && call.callback.is_none());
        let told = told.filter_map(|call| Some((call.announce_at?, Due::Announce(call.id))));
        turned.chain(agents.flatten()).chain(told).min()
    }

    fn tell(&mut self, fact: Fact) {
        self.out.push(Output::Tell(self.now, fact));
    }

    fn order(&mut self, action: Action) {
        self.out.push(Output::Do(action));
    }
}
