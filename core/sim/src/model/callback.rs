//! Callers who hang up and keep their place.

use acd::{
    Action, Actor, AgentId, CallId, CallbackEnd, Event, Fact, GroupId, Kept, Leave, Outcome,
    Prompt, Time,
};

use crate::model::agent::Offer;
use crate::model::call::Call;
use crate::model::{LEAVE_ALONE_MS, Model};

/// "At most three times, two minutes apart", "for three days at most".
const TRIES_MAX: u32 = 3;
const APART_MS: u64 = 120_000;
const DAYS_MS: u64 = 3 * 24 * 3_600_000;

/// "After two minutes without either the engine gives up by itself."
const CALLING_MS: u64 = 120_000;

/// Callbacks that a group notes beyond its longest line.
const CALLBACKS_MAX: usize = 1_000;

/// A place that is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Callback {
    pub(super) asked: Time,
    tries: u32,
    /// He is left alone until then.
    pub(super) rests_until: Time,
}

impl Callback {
    pub(super) fn too_old_at(self) -> Time {
        Time(self.asked.0 + DAYS_MS)
    }
}

impl Call {
    /// Whether the journal has kept it as it stood.
    fn is_kept_as(&self, kept: &Kept) -> bool {
        let Some(callback) = self.callback else { return false };
        (self.id, self.group, &self.caller) == (kept.call, kept.group, &kept.caller)
            && (callback.asked, callback.tries) == (kept.asked, kept.tries)
            && (self.entered, self.met) == (kept.since, kept.met)
            && (self.priority, self.own) == (kept.priority, kept.own)
            && kept.rejected_by.iter().all(|agent| self.rejected_by.contains(agent))
    }
}

impl Model {
    /// He may hang up. One without a number stays in line.
    pub(super) fn keep_place(&mut self, id: CallId) {
        let now = self.now;
        let call = self.call(id);
        if call.caller.is_empty() || call.callback.is_some() {
            return;
        }
        call.callback = Some(Callback { asked: now, tries: 0, rests_until: Time(0) });
        let (group, number) = (call.group, call.caller.clone());
        self.order(Action::LetGo { call: id, say: Prompt::CallbackNoted });
        self.tell(Fact::CallbackAsked { call: id, group, number });
        self.only_one_callback(id);
    }

    /// The callback of this caller that waits in a group and that no agent calls now.
    pub(super) fn waiting_callback(&self, group: GroupId, caller: &str) -> Option<CallId> {
        let callbacks = self
            .calls
            .iter()
            .filter(|call| call.callback.is_some() && call.group == group && call.caller == caller);
        let mut waiting = callbacks.filter(|call| self.who_calls_back(call.id).is_none());
        waiting.next().map(|call| call.id)
    }

    /// Of two callbacks of one caller in one group the one that stands first is left.
    fn only_one_callback(&mut self, id: CallId) {
        let (group, caller) = (self.call(id).group, self.call(id).caller.clone());
        let of_his = self.calls.iter().filter(|call| {
            call.callback.is_some()
                && call.group == group
                && call.caller == caller
                && self.who_calls_back(call.id).is_none()
        });
        let mut of_his: Vec<_> = of_his.map(|call| (self.rank_of(call), call.id)).collect();
        of_his.sort_unstable();
        for (_, behind) in of_his.into_iter().skip(1) {
            self.take_over(behind);
        }
    }

    /// "When he calls the same group again himself meanwhile, his new call has the place."
    pub(super) fn take_over(&mut self, id: CallId) -> Call {
        if let Some(agent) = self.rung_for(id) {
            self.stop_ringing(agent, Outcome::Withdrawn);
        }
        let (group, why, by) = (self.call(id).group, CallbackEnd::CalledAgain, Actor::Rule);
        self.tell(Fact::CallbackEnded { call: id, group, why, by });
        self.leaves(id, Leave::Moved)
    }

    /// The agent is on the line.
    pub(super) fn call_back(&mut self, agent: AgentId, mut offer: Offer) {
        let call = offer.call;
        offer.until = Time(self.now.0 + CALLING_MS);
        self.agent(agent).calls_back = Some(offer);
        let number = self.call(call).caller.clone();
        self.order(Action::CallBack { agent, call, number });
        self.say_activity(agent);
    }

    pub(super) fn who_calls_back(&self, id: CallId) -> Option<AgentId> {
        let calls = |offer: &Offer| offer.call == id;
        let agent = self.agents.iter().find(|it| it.calls_back.as_ref().is_some_and(calls));
        agent.map(|agent| agent.id)
    }

    pub(super) fn caller_reached(&mut self, id: CallId) {
        let Some(agent) = self.who_calls_back(id) else { return };
        let Some(offer) = self.agent(agent).calls_back.take() else { return };
        self.call(id).callback = None;
        self.order(Action::Connect { agent, call: id });
        self.tell(Fact::CallbackTried { call: id, agent, reached: true });
        self.talk_begins(id, agent, offer.wrap_up, Leave::CalledBack);
    }

    pub(super) fn caller_not_reached(&mut self, id: CallId) {
        let Some(agent) = self.who_calls_back(id) else { return };
        self.order(Action::HangUpAgent { agent, call: id });
        self.tell(Fact::CallbackTried { call: id, agent, reached: false });
        self.stops_calling(agent);
        let rests_until = Time(self.now.0 + APART_MS);
        let Some(callback) = &mut self.call(id).callback else { return };
        (callback.tries, callback.rests_until) = (callback.tries + 1, rests_until);
        if callback.tries < TRIES_MAX {
            self.callback_comes_back(id);
        } else {
            self.callback_ends(id, CallbackEnd::NotReached, &Actor::Rule);
        }
    }

    /// The agent has hung up before anybody was reached: he is left alone, and the callback goes
    /// back to its place.
    pub(super) fn caller_is_given_back(&mut self, id: CallId, agent: AgentId) {
        self.order(Action::HangUpCaller { call: id });
        let alone_until = Time(self.now.0 + LEAVE_ALONE_MS);
        self.call(id).missed_by.push((agent, alone_until));
        self.stops_calling(agent);
        self.callback_comes_back(id);
    }

    fn callback_comes_back(&mut self, id: CallId) {
        self.back_in_line(id);
        if self.calls.iter().any(|call| call.id == id) {
            self.only_one_callback(id);
        }
    }

    fn stops_calling(&mut self, agent: AgentId) {
        let now = self.now;
        self.agent(agent).calls_back = None;
        self.agent(agent).idle_since = now;
        self.say_activity(agent);
    }

    /// Somebody does not want it any more, or nothing leads to him.
    pub(super) fn callback_is_ended(&mut self, id: CallId, why: CallbackEnd, by: &Actor) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        if call.callback.is_none() {
            return;
        }
        if let Some(agent) = self.who_calls_back(id) {
            self.order(Action::HangUpCaller { call: id });
            self.order(Action::HangUpAgent { agent, call: id });
            self.stops_calling(agent);
        } else if let Some(agent) = self.rung_for(id) {
            self.stop_ringing(agent, Outcome::Withdrawn);
        }
        // Its group may have gone with the offer.
        if self.calls.iter().any(|call| call.id == id) {
            self.callback_ends(id, why, by);
        }
    }

    pub(super) fn callback_ends(&mut self, id: CallId, why: CallbackEnd, by: &Actor) {
        let (group, by) = (self.call(id).group, by.clone());
        self.tell(Fact::CallbackEnded { call: id, group, why, by });
        self.leaves(id, Leave::CallbackFailed);
    }

    pub(super) fn end_if_hopeless(&mut self, id: CallId) {
        let call = self.calls.iter().find(|call| call.id == id && call.waits);
        if let Some(why) = call.and_then(|call| self.why_hopeless(call)) {
            self.callback_ends(id, why, &Actor::Rule);
        }
    }

    /// Too old, or rejected by everybody in the group, on or off, in season or out of it.
    pub(super) fn why_hopeless(&self, call: &Call) -> Option<CallbackEnd> {
        let callback = call.callback?;
        if callback.too_old_at() <= self.now {
            return Some(CallbackEnd::TooOld);
        }
        let serves = |id: AgentId| self.lasting(id).any(|it| it.group == call.group);
        let mut members = self.agents.iter().filter(|agent| serves(agent.id)).peekable();
        let anybody = members.peek().is_some();
        let all = members.all(|agent| call.rejected_by.contains(&agent.id));
        (anybody && all).then_some(CallbackEnd::Rejected)
    }

    /// A callback that was tried is left alone for a while.
    pub(super) fn is_left_alone(&self, id: CallId) -> bool {
        let call = self.calls.iter().find(|call| call.id == id);
        let callback = call.and_then(|call| call.callback);
        callback.is_some_and(|callback| callback.rests_until > self.now)
    }

    pub(super) fn notes_callback(&self, group: GroupId, caller: &str) -> bool {
        let settings = self.plan.groups.get(&group);
        let most = settings.map(|it| CALLBACKS_MAX + it.waiting_max as usize);
        !caller.is_empty() && most.is_some_and(|most| self.line(group).len() < most)
    }

    /// Before we go down: phones that ring for callbacks are silenced.
    pub(super) fn drain(&mut self) {
        self.draining = true;
        let callbacks = self.calls.iter().filter(|call| call.callback.is_some());
        let mut callbacks: Vec<CallId> = callbacks.map(|call| call.id).collect();
        callbacks.sort_unstable();
        for id in callbacks {
            if let Some(agent) = self.rung_for(id) {
                self.stop_ringing(agent, Outcome::Withdrawn);
            }
        }
    }

    /// Whether the journal brings back after a restart what was there before, and all of it before
    /// anything else happens.
    pub fn remembers(&mut self, event: &Event) -> bool {
        if let Event::CallbackKept(kept) = event {
            let at = self.last_run.iter().position(|call| call.is_kept_as(kept));
            return at.map(|at| self.last_run.remove(at)).is_some();
        }
        matches!(event, Event::PlanChanged(_) | Event::DayClosed(_)) || self.last_run.is_empty()
    }

    /// A caller of the last run has his place again.
    pub(super) fn callback_kept(&mut self, kept: &Kept) {
        let known = self.calls.iter().any(|call| call.id == kept.call);
        if known || kept.caller.is_empty() {
            return;
        }
        let own = kept.own.unwrap_or(kept.priority);
        let mut call = Call::new(kept.call, kept.caller.clone(), own, self.now);
        (call.group, call.own, call.priority) = (kept.group, kept.own, kept.priority);
        (call.entered, call.met) = (kept.since, kept.met);
        call.rejected_by = kept.rejected_by.iter().copied().collect();
        let alone = kept.missed_by.iter().map(|(&agent, at)| (agent, Time(at.0 + LEAVE_ALONE_MS)));
        call.missed_by = alone.collect();
        let rests_until = kept.tried.map_or(Time(0), |at| Time(at.0 + APART_MS));
        call.callback = Some(Callback { asked: kept.asked, tries: kept.tries, rests_until });
        let why = match self.plan.groups.get(&kept.group) {
            None => Some(CallbackEnd::NoGroup),
            Some(_) if !self.notes_callback(kept.group, &kept.caller) => Some(CallbackEnd::Full),
            Some(settings) => {
                call.settings = settings.clone();
                None
            }
        };
        let id = call.id;
        self.calls.push(call);
        match why {
            Some(why) => self.callback_ends(id, why, &Actor::Rule),
            None => {
                self.call(id).waits = true;
                self.only_one_callback(id);
            }
        }
    }
}
