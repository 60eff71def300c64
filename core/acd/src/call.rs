//! One call: how it enters a group, waits, is held, and ends.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::agent::Doing;
use crate::alarm::Alarm;
use crate::engine::Engine;
use crate::group::Place;
use crate::{
    Action, AgentId, CallId, EndCause, Entry, Fact, GroupId, Leave, Outcome, Output, Refusal, Side,
    Time,
};

/// A live call, from its entry into a group to the end of the talk.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) group: GroupId,
    pub(crate) place: Place,
    pub(crate) stands: Stands,
    /// Agents who rejected this call: they never hear it again.
    pub(crate) rejected_by: BTreeSet<AgentId>,
    /// Agents who missed this call otherwise, and until when it leaves them alone.
    pub(crate) missed_by: BTreeMap<AgentId, Time>,
    /// Offers that ended without an answer.
    pub(crate) offers: u32,
    /// Questions put to a policy.
    pub(crate) questions: u32,
    /// For how long policies have kept this call from free agents, all in all.
    pub(crate) deferred: Duration,
}

/// Where the call stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stands {
    /// In line, to be offered as soon as somebody is free.
    Waiting,
    /// In line, but its policy wants to be asked again then.
    Deferred {
        until: Time,
    },
    Offered {
        agent: AgentId,
    },
    Talking(Talk),
}

/// A conversation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Talk {
    pub(crate) agent: AgentId,
    pub(crate) since: Time,
    pub(crate) wrap_up: Duration,
    pub(crate) held_by_caller: bool,
    pub(crate) held_by_agent: bool,
}

impl Call {
    /// Whether this agent may be rung for this call at all at `now`.
    pub(crate) fn may_ring(&self, agent: AgentId, now: Time) -> bool {
        !self.rejected_by.contains(&agent)
            && self.missed_by.get(&agent).is_none_or(|&until| until <= now)
    }
}

/// An arrival as it was reported.
pub(crate) struct Arrival {
    pub(crate) call: CallId,
    pub(crate) group: GroupId,
    pub(crate) priority: i32,
    pub(crate) number: String,
    pub(crate) caller: String,
}

impl Engine {
    /// A caller enters a group or is refused. A call arrives once: a repeat is a no-op.
    pub(crate) fn call_arrived(&mut self, arrival: Arrival, out: &mut Vec<Output>) {
        let Arrival { call, group, priority, number, caller } = arrival;
        if self.calls.contains_key(&call) {
            return;
        }
        out.push(Output::Tell(self.now, Fact::CallArrived { call, group, number, caller }));
        let refusal = match self.groups.get(&group) {
            None => Some(Refusal::NoGroup),
            Some(it) if it.waiting() >= it.settings.waiting_max as usize => Some(Refusal::Full),
            Some(_) => None,
        };
        if let Some(refusal) = refusal {
            out.push(Output::Do(Action::Refuse { call, refusal, say: None }));
            out.push(Output::Tell(self.now, Fact::QueueRefused { call, group, refusal }));
            return;
        }
        let place = Place { priority: Reverse(priority), entered: self.now, call };
        let stands = Stands::Waiting;
        let newcomer = Call {
            group,
            place,
            stands,
            rejected_by: BTreeSet::new(),
            missed_by: BTreeMap::new(),
            offers: 0,
            questions: 0,
            deferred: Duration::ZERO,
        };
        self.calls.insert(call, newcomer);
        self.call_waits(call, out);
        let place = self.groups.get(&group).map_or(1, |group| group.ordinal(place));
        out.push(Output::Tell(
            self.now,
            Fact::QueueEntered { call, group, priority, place, why: Entry::Arrival },
        ));
    }

    /// The caller is gone, whatever state the call was in. An unknown call is a no-op: it was
    /// refused, or it has ended already.
    pub(crate) fn caller_left(&mut self, id: CallId, cause: EndCause, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id) else { return };
        match call.stands {
            Stands::Waiting | Stands::Deferred { .. } => {
                self.leave_line(id);
                self.drop_call(id, Leave::Abandoned, out);
            }
            Stands::Offered { agent } => {
                out.push(Output::Do(Action::StopRinging { agent, call: id }));
                self.end_offer(agent, Outcome::CallerLeft, out);
                self.drop_call(id, Leave::Abandoned, out);
            }
            Stands::Talking(talk) => {
                out.push(Output::Do(Action::HangUpAgent { agent: talk.agent, call: id }));
                self.end_talk(id, Side::Caller, cause, out);
            }
        }
    }

    /// The agent hung up or was lost while talking; otherwise a no-op.
    pub(crate) fn agent_left(
        &mut self,
        agent: AgentId,
        id: CallId,
        cause: EndCause,
        out: &mut Vec<Output>,
    ) {
        if self.talk_of(id).is_some_and(|talk| talk.agent == agent) {
            out.push(Output::Do(Action::HangUpCaller { call: id }));
            self.end_talk(id, Side::Agent, cause, out);
        }
    }

    /// Hold or resume. Outside a talk, and when nothing changes, a no-op.
    pub(crate) fn held(&mut self, id: CallId, by: Side, on: bool, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Stands::Talking(talk) = &mut call.stands else { return };
        let held = match by {
            Side::Caller => &mut talk.held_by_caller,
            Side::Agent => &mut talk.held_by_agent,
        };
        if *held != on {
            *held = on;
            let started = Fact::HoldStarted { call: id, by };
            let ended = Fact::HoldEnded { call: id, by };
            out.push(Output::Tell(self.now, if on { started } else { ended }));
        }
    }

    /// Puts a call (back) into its place in line. When its group is gone meanwhile, the caller is
    /// turned away.
    pub(crate) fn call_waits(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.stands = Stands::Waiting;
        self.touched.calls.insert(id);
        if let Some(group) = self.groups.get_mut(&call.group) {
            group.wait(call.place);
            self.set_look_again(id);
        } else {
            self.turn_away(id, out);
        }
    }

    /// The group of a waiting call is gone.
    pub(crate) fn turn_away(&mut self, id: CallId, out: &mut Vec<Output>) {
        self.alarms.clear(Alarm::LookAgain(id));
        out.push(Output::Do(Action::Refuse { call: id, refusal: Refusal::NoGroup, say: None }));
        self.drop_call(id, Leave::Refused, out);
    }

    /// Takes a call out of its line: it is offered, or its caller is gone.
    pub(crate) fn leave_line(&mut self, id: CallId) {
        self.touched.calls.insert(id);
        self.alarms.clear(Alarm::LookAgain(id));
        let Some(call) = self.calls.get(&id) else { return };
        if let Some(group) = self.groups.get_mut(&call.group) {
            group.leave(call.place);
        }
    }

    /// Something about a waiting call became due.
    pub(crate) fn look_again(&mut self, id: CallId) {
        let now = self.now;
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.missed_by.retain(|_, &mut until| until > now);
        if let Stands::Deferred { until } = call.stands
            && until <= now
        {
            call.stands = Stands::Waiting;
            if let Some(group) = self.groups.get_mut(&call.group) {
                group.wait(call.place);
            }
        }
        self.touched.calls.insert(id);
        self.set_look_again(id);
    }

    /// Sets the one alarm of a waiting call to the first moment at which more may be possible.
    pub(crate) fn set_look_again(&mut self, id: CallId) {
        let now = self.now;
        let Some(call) = self.calls.get(&id) else { return };
        let deferred = match call.stands {
            Stands::Deferred { until } => Some(until),
            Stands::Waiting | Stands::Offered { .. } | Stands::Talking(_) => None,
        };
        let group = self.groups.get(&call.group);
        let delay = group.and_then(|group| group.next_delay(call.place.entered, now));
        let missed = call.missed_by.values().copied().filter(|&until| until > now).min();
        match [deferred, delay, missed].into_iter().flatten().min() {
            // Never at `now`: a delay of less than a millisecond would be due for ever.
            Some(at) => {
                self.alarms.set(Alarm::LookAgain(id), at.max(now + Duration::from_millis(1)))
            }
            None => self.alarms.clear(Alarm::LookAgain(id)),
        }
    }

    fn drop_call(&mut self, id: CallId, leave: Leave, out: &mut Vec<Output>) {
        self.touched.calls.insert(id);
        let Some(call) = self.calls.remove(&id) else { return };
        let waited_ms = self.now.0.saturating_sub(call.place.entered.0);
        let left = Fact::QueueLeft { call: id, group: call.group, leave, waited_ms };
        out.push(Output::Tell(self.now, left));
    }

    fn talk_of(&self, id: CallId) -> Option<Talk> {
        match self.calls.get(&id)?.stands {
            Stands::Talking(talk) => Some(talk),
            Stands::Waiting | Stands::Deferred { .. } | Stands::Offered { .. } => None,
        }
    }

    /// The conversation is over: holds are closed, the agent wraps up.
    fn end_talk(&mut self, id: CallId, by: Side, cause: EndCause, out: &mut Vec<Output>) {
        let now = self.now;
        let Some(talk) = self.talk_of(id) else { return };
        self.held(id, Side::Caller, false, out);
        self.held(id, Side::Agent, false, out);
        let Some(call) = self.calls.remove(&id) else { return };
        self.touched.calls.insert(id);
        let (agent, group) = (talk.agent, call.group);
        let talked_ms = now.0.saturating_sub(talk.since.0);
        let ended = Fact::TalkEnded { call: id, group, agent, by, cause, talked_ms };
        out.push(Output::Tell(now, ended));
        if let Some(it) = self.agents.get_mut(&agent) {
            if talk.wrap_up.is_zero() {
                it.doing = Doing::Nothing;
                it.idle_since = now;
            } else {
                it.doing = Doing::WrapUp { call: id };
                self.alarms.set(Alarm::WrappedUp(agent), now + talk.wrap_up);
                out.push(Output::Tell(now, Fact::WrapUpStarted { call: id, group, agent }));
            }
        }
        self.update_agent(agent, out);
    }
}
