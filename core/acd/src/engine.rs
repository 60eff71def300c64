//! The state machine itself. Start at [`Engine::handle`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::agent::Agent;
use crate::alarm::{Alarm, Alarms};
use crate::call::{Arrival, Call};
use crate::group::Group;
use crate::season::Seasons;
use crate::sticky::Served;
use crate::{AgentId, CallId, Event, GroupId, LastDay, Office, Output, Plan, Policy, Time};

/// The distribution engine of one contact centre.
///
/// It does not know that other contact centres exist. Its parts are named after the nouns of the
/// domain; each event is told from beginning to end in the file of the noun it is about.
#[derive(Debug, Default)]
pub struct Engine {
    /// What the administrator decided last.
    pub(crate) plan: Arc<Plan>,
    /// What people have achieved on the last closed day: for policies only.
    pub(crate) last_day: Arc<LastDay>,
    /// Each in a box, as agents are: an event looks for many and reads little of each, and a
    /// search over keys that lie side by side stays in the cache.
    pub(crate) groups: BTreeMap<GroupId, Box<Group>>,
    /// Agents of the plan, and those who have left it and finish what they are doing.
    pub(crate) agents: BTreeMap<AgentId, Box<Agent>>,
    /// Live calls.
    pub(crate) calls: BTreeMap<CallId, Call>,
    pub(crate) alarms: Alarms,
    pub(crate) seasons: Seasons,
    /// Who served whom last.
    pub(crate) served: Served,
    /// Callers who keep their place for a callback and whom no agent calls now.
    pub(crate) callbacks: BTreeMap<(GroupId, String), CallId>,
    /// Registered phones of people who are not agents: one click makes them agents.
    pub(crate) present: BTreeSet<AgentId>,
    /// Calls of theirs that have nothing to do with any group.
    pub(crate) occupied: BTreeMap<AgentId, Office>,
    /// Nobody is rung for callbacks any more.
    pub(crate) draining: bool,
    /// The moment of the event being handled; never goes back.
    pub(crate) now: Time,
    /// The moment of the first event.
    pub(crate) started: Option<Time>,
    /// What the event being handled has changed: all that is matched and checked after it.
    pub(crate) touched: Touched,
}

/// Agents and calls that one event has changed.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) agents: BTreeSet<AgentId>,
    pub(crate) calls: BTreeSet<CallId>,
    /// Groups whose door turned or whose last agent may have gone.
    pub(crate) groups: BTreeSet<GroupId>,
    /// Groups whose members are others, or have other delays.
    pub(crate) rosters: BTreeSet<GroupId>,
}

impl Engine {
    /// An engine at rest: everyone off and unreachable, nobody waiting.
    pub fn new(plan: Plan) -> Engine {
        let mut engine = Engine::default();
        engine.adopt(Arc::new(plan), &mut Vec::new());
        engine.touched = Touched::default();
        engine
    }

    /// Takes one event and writes everything that follows from it to `out`.
    ///
    /// Always these steps: what is due expires, the event is noted, callers who may not stay are
    /// sent on, free agents and waiting calls are matched until nothing moves, and what was touched
    /// is checked. Actions are to be done in
    /// the order of `out`; facts stand in the order in which they became true. A `now` that lies
    /// before an earlier one counts as that earlier one.
    ///
    /// Events may be stale, for the world is slower than the engine: a second arrival, a caller or
    /// an offer that is gone, a wish that is held already. They are no-ops, with one exception:
    /// `OfferAnswered` of an offer that is over yields [`crate::Action::HangUpAgent`], because the
    /// agent has just picked up a phone with nobody on it.
    pub fn handle(
        &mut self,
        now: Time,
        event: Event,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        self.now = self.now.max(now);
        if self.started.is_none() {
            self.started = Some(self.now);
            self.adopt(Arc::clone(&self.plan), out);
        }
        self.expire(out);
        self.note(event, out);
        self.send_on(out);
        self.settle(policy, out);
        self.assert_touched();
        self.touched.agents.clear();
        self.touched.calls.clear();
    }

    /// The next moment at which the engine wants [`Event::TimePassed`].
    pub fn deadline(&self) -> Option<Time> {
        self.alarms.next()
    }

    fn expire(&mut self, out: &mut Vec<Output>) {
        while let Some(alarm) = self.alarms.take_due(self.now) {
            match alarm {
                Alarm::RungOut(agent) => self.rung_out(agent, out),
                Alarm::WrappedUp(agent) => self.end_wrap_up(agent, false, out),
                Alarm::Rested(agent) => self.end_rest(agent, out),
                Alarm::LookAgain(call) => self.look_again(call),
                Alarm::Turned(calendar) => self.calendar_turned(calendar, out),
                Alarm::LoanEnds(agent) => self.loan_ends(agent, out),
                // Sent on when everything that is due has expired.
                Alarm::Step(call) => {
                    self.touched.calls.insert(call);
                }
                Alarm::Announce(call) => self.announce(call, out),
            }
        }
    }

    fn note(&mut self, event: Event, out: &mut Vec<Output>) {
        match event {
            Event::PlanChanged(plan) => self.plan_changed(plan, out),
            Event::CallArrived { call, group, priority, number, caller, sent } => {
                self.call_arrived(Arrival { call, group, priority, number, caller, sent }, out);
            }
            Event::CallerLeft { call, cause } => self.caller_left(call, cause, out),
            Event::OfferRinging { agent, call } => self.offer_ringing(agent, call, out),
            Event::OfferAnswered { agent, call } => self.offer_answered(agent, call, out),
            Event::OfferFailed { agent, call, failure } => {
                self.offer_failed(agent, call, failure, out);
            }
            Event::AgentLeft { agent, call, cause } => self.agent_left(agent, call, cause, out),
            Event::Held { call, by, on } => self.held(call, by, on, out),
            Event::AgentWished { agent, wish, by } => self.agent_wished(agent, wish, by, out),
            Event::AgentReachable { agent, reachable } => {
                self.agent_reachable(agent, reachable, out);
            }
            Event::WrapUpEnded { agent } => self.end_wrap_up(agent, true, out),
            Event::AgentOccupied { agent, with } => self.agent_occupied(agent, with, out),
            Event::KeyPressed { call, key } => self.key_pressed(call, key, out),
            Event::CallerReached { call } => self.caller_reached(call, out),
            Event::CallerNotReached { call } => self.caller_not_reached(call, out),
            Event::Transferred { call, to, by } => self.transferred(call, to, by, out),
            Event::CallMoved { call, to, by } => self.call_moved(call, to, by, out),
            Event::CallPromoted { call, priority, by } => {
                self.call_promoted(call, priority, by, out);
            }
            Event::ServedLast { caller, agent } => self.served.note(&caller, agent, self.now),
            Event::DayClosed(last_day) => self.last_day = last_day,
            Event::CallbackKept(kept) => self.callback_kept(*kept, out),
            Event::CallbackEnded { call, why, by } => self.end_callback(call, why, by, out),
            Event::Draining => self.drain(out),
            Event::TimePassed => (),
        }
    }
}
