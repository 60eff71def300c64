//! Callers who hang up and keep their place: an agent takes the call, then the caller is called.

use std::time::Duration;

use crate::agent::{Doing, Offer};
use crate::alarm::Alarm;
use crate::call::Stands;
use crate::engine::Engine;
use crate::group::Place;
use crate::{
    Action, Actor, AgentId, CallId, CallbackEnd, Fact, GroupId, Leave, Output, Prompt, Time,
};

/// How often a caller is tried, and how long he is left alone between two tries.
const TRIES_MAX: u32 = 3;
pub(crate) const REST: Duration = Duration::from_secs(120);

/// Whoever asked on a Friday evening is still called on Monday; after that he has given up himself.
pub(crate) const CALLBACK_MAX: Duration = Duration::from_secs(3 * 24 * 3600);

/// The network gives up earlier; an agent must not sit on the line for ever.
const CALLING_MAX: Duration = Duration::from_secs(120);

/// An agent who hangs up before the caller is reached is not rung again for him at once.
const LEAVE_ALONE: Duration = Duration::from_secs(30);

/// A caller's place without the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callback {
    /// When he asked for it.
    pub(crate) asked: Time,
    /// Tries that did not reach him.
    pub(crate) tries: u32,
    /// After the last of them he is left alone until then, in whatever line he stands.
    pub(crate) rests_until: Time,
}

impl Callback {
    /// When it is too old to be wanted.
    pub(crate) fn ends(self) -> Time {
        self.asked + CALLBACK_MAX
    }
}

impl Engine {
    /// The waiting caller may hang up. One without a number stays in line, and so does one who
    /// keeps his place already.
    pub(crate) fn keep_place(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if call.caller.is_empty() || call.callback.is_some() {
            return;
        }
        call.callback = Some(Callback { asked: self.now, tries: 0, rests_until: self.now });
        let (group, number) = (call.group, call.caller.clone());
        self.touched.calls.insert(id);
        self.set_step(id);
        self.alarms.clear(Alarm::Announce(id));
        out.push(Output::Do(Action::LetGo { call: id, say: Prompt::CallbackNoted }));
        out.push(Output::Tell(self.now, Fact::CallbackAsked { call: id, group, number }));
        self.note_callback(id, out);
    }

    /// The callback of this caller that waits in this group, or rings at an agent.
    pub(crate) fn waiting_callback(&self, group: GroupId, caller: &str) -> Option<CallId> {
        if self.callbacks.is_empty() || caller.is_empty() {
            return None;
        }
        self.callbacks.get(&(group, caller.to_owned())).copied()
    }

    /// A callback stands in its line. Of two of one caller in one group the one that stands first
    /// is left.
    pub(crate) fn note_callback(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id).filter(|call| call.callback.is_some()) else { return };
        let (place, key) = (call.place, (call.group, call.caller.clone()));
        let other = self.callbacks.get(&key).copied().filter(|&other| other != id);
        let is_first = |other| self.calls.get(other).is_some_and(|other| other.place < place);
        let behind = if other.as_ref().is_some_and(is_first) {
            Some(id)
        } else {
            self.callbacks.insert(key, id);
            other
        };
        if let Some(behind) = behind {
            self.take_over(behind, out);
        }
    }

    pub(crate) fn forget_callback(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| call.callback.is_some()) else { return };
        let key = (call.group, call.caller.clone());
        if self.callbacks.get(&key) == Some(&id) {
            self.callbacks.remove(&key);
        }
    }

    /// The caller has another call that has the place: his callback ends. `None` while an agent
    /// calls him.
    pub(crate) fn take_over(&mut self, id: CallId, out: &mut Vec<Output>) -> Option<Place> {
        match self.calls.get(&id)?.stands {
            Stands::Waiting | Stands::Deferred { .. } => (),
            Stands::Offered { agent } => self.withdraw(agent, out),
            Stands::CallingBack { .. } | Stands::Talking(_) => return None,
        }
        let (place, group) = self.calls.get(&id).map(|call| (call.place, call.group))?;
        self.leave_line(id);
        let (why, by) = (CallbackEnd::CalledAgain, Actor::Rule);
        out.push(Output::Tell(self.now, Fact::CallbackEnded { call: id, group, why, by }));
        self.drop_call(id, Leave::Moved, out);
        Some(place)
    }

    /// The agent has picked up the offer of a callback.
    pub(crate) fn call_back(&mut self, agent: AgentId, offer: Offer, out: &mut Vec<Output>) {
        self.forget_callback(offer.call);
        let Some(call) = self.calls.get_mut(&offer.call) else { return };
        call.stands = Stands::CallingBack { agent };
        let (id, number) = (offer.call, call.caller.clone());
        if let Some(agent) = self.agents.get_mut(&agent) {
            agent.doing = Doing::CallingBack(offer);
        }
        self.alarms.set(Alarm::RungOut(agent), self.now + CALLING_MAX);
        self.touched.calls.insert(id);
        out.push(Output::Do(Action::CallBack { agent, call: id, number }));
        self.update_agent(agent, out);
    }

    /// The agent who is on the line for this callback.
    pub(crate) fn calls_back(&self, id: CallId) -> Option<AgentId> {
        match self.calls.get(&id)?.stands {
            Stands::CallingBack { agent } => Some(agent),
            Stands::Waiting
            | Stands::Deferred { .. }
            | Stands::Offered { .. }
            | Stands::Talking(_) => None,
        }
    }

    /// The caller picked up. When no agent is on the line for him any more, a no-op.
    pub(crate) fn caller_reached(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(agent) = self.calls_back(id) else { return };
        let Some(Doing::CallingBack(offer)) = self.agents.get(&agent).map(|it| it.doing) else {
            return;
        };
        self.alarms.clear(Alarm::RungOut(agent));
        if let Some(call) = self.calls.get_mut(&id) {
            call.callback = None;
        }
        out.push(Output::Do(Action::Connect { agent, call: id }));
        out.push(Output::Tell(self.now, Fact::CallbackTried { call: id, agent, reached: true }));
        self.begin_talk(agent, offer, Leave::CalledBack, out);
    }

    /// The caller did not pick up: the agent is free again, and the caller is left alone for a
    /// while, or for ever after the last try.
    pub(crate) fn caller_not_reached(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(agent) = self.calls_back(id) else { return };
        out.push(Output::Do(Action::HangUpAgent { agent, call: id }));
        out.push(Output::Tell(self.now, Fact::CallbackTried { call: id, agent, reached: false }));
        self.end_calling_back(agent, out);
        let rests_until = self.now + REST;
        let tries = self.calls.get_mut(&id).and_then(|call| call.callback.as_mut()).map(|it| {
            (it.tries, it.rests_until) = (it.tries + 1, rests_until);
            it.tries
        });
        if tries.is_some_and(|tries| tries < TRIES_MAX) {
            self.call_waits(id, out);
            self.leave_alone(id);
            self.note_callback(id, out);
        } else {
            self.fail_callback(id, CallbackEnd::NotReached, Actor::Rule, out);
        }
    }

    /// A callback that was tried a moment ago is not offered for a while.
    pub(crate) fn leave_alone(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| call.in_line()) else { return };
        let rests = call.callback.map(|callback| callback.rests_until);
        if let Some(until) = rests.filter(|&until| until > self.now) {
            self.defer_until(id, until);
        }
    }

    /// The agent is gone before the caller was reached: the callback goes back to its place.
    pub(crate) fn stop_calling_back(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(agent) = self.calls_back(id) else { return };
        out.push(Output::Do(Action::HangUpCaller { call: id }));
        if let Some(call) = self.calls.get_mut(&id) {
            call.missed_by.insert(agent, self.now + LEAVE_ALONE);
        }
        self.end_calling_back(agent, out);
        self.call_waits(id, out);
        self.note_callback(id, out);
    }

    /// Nobody has said for too long whether the caller picked up.
    pub(crate) fn give_up_calling(&mut self, agent: AgentId, out: &mut Vec<Output>) {
        let Some(Doing::CallingBack(offer)) = self.agents.get(&agent).map(|it| it.doing) else {
            return;
        };
        out.push(Output::Do(Action::HangUpCaller { call: offer.call }));
        self.caller_not_reached(offer.call, out);
    }

    pub(crate) fn end_calling_back(&mut self, id: AgentId, out: &mut Vec<Output>) {
        self.alarms.clear(Alarm::RungOut(id));
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.doing = Doing::Nothing;
            agent.idle_since = self.now;
        }
        self.update_agent(id, out);
    }
}
