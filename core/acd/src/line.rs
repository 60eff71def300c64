//! A call in line: how it enters, comes back, is looked at again and is taken out.

use std::cmp::Reverse;
use std::time::Duration;

use crate::alarm::Alarm;
use crate::call::{Call, Priority, Stands};
use crate::engine::Engine;
use crate::group::Place;
use crate::{
    Action, Actor, CallId, CallbackEnd, Entry, Fact, GroupId, Leave, Output, Refusal, Time,
};

/// The smallest step of time: an alarm at `now` would be due for ever.
const TICK: Duration = Duration::from_millis(1);

impl Engine {
    pub(crate) fn exists(&self, group: GroupId) -> bool {
        self.groups.contains_key(&group)
    }

    /// The call, which stands nowhere now, enters the line of a group that takes it. By
    /// `waiting_since` he stands in line.
    pub(crate) fn enter(
        &mut self,
        mut call: Call,
        to: GroupId,
        waiting_since: Time,
        (why, by): (Entry, Option<Actor>),
        out: &mut Vec<Output>,
    ) {
        let Some(group) = self.groups.get(&to) else { return };
        let id = call.place.call;
        call.group = to;
        call.plan = group.settings.clone();
        call.met = self.now;
        call.steps_done = 0;
        call.overtaken = None;
        let mut place = Place {
            priority: Reverse(call.priority_in_group()),
            entered: waiting_since.min(self.now),
            call: id,
        };
        // Whoever calls again while his callback waits stands where it stood.
        let before = self.waiting_callback(to, &call.caller).filter(|&before| before != id);
        if let Some(before) = before
            && let Some(old) = self.take_over(before, out)
        {
            place.priority = place.priority.min(old.priority);
            place.entered = place.entered.min(old.entered);
        }
        call.place = place;
        self.calls.insert(id, call);
        self.call_waits(id, out);
        let nth = self.groups.get(&to).map_or(1, |group| group.ordinal(place));
        let (priority, since) = (place.priority.0, place.entered);
        out.push(Output::Tell(
            self.now,
            Fact::QueueEntered { call: id, group: to, priority, place: nth, why, since, by },
        ));
        if why != Entry::Transfer {
            self.await_last(id);
        }
        self.note_callback(id, out);
        self.set_look_again(id);
        self.greet(id, out);
    }

    /// The agent was lost: the caller goes back to the place that he had.
    pub(crate) fn returned(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.met = self.now;
        call.steps_done = 0;
        call.announce_at = None;
        let (group, place) = (call.group, call.place);
        self.call_waits(id, out);
        let nth = self.groups.get(&group).map_or(1, |group| group.ordinal(place));
        let (priority, since) = (place.priority.0, place.entered);
        let (why, by) = (Entry::Returned, None);
        out.push(Output::Tell(
            self.now,
            Fact::QueueEntered { call: id, group, priority, place: nth, why, since, by },
        ));
        self.plan_announcement(id);
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
            self.set_step(id);
            self.set_announcement(id);
        } else {
            self.turn_away(id, out);
        }
    }

    /// Keeps a waiting call out of the matching until then.
    pub(crate) fn defer_until(&mut self, id: CallId, until: Time) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.stands = Stands::Deferred { until };
        if let Some(group) = self.groups.get_mut(&call.group) {
            group.defer(call.place);
        }
        self.touched.calls.insert(id);
        self.set_look_again(id);
    }

    /// The group of a waiting call is gone.
    pub(crate) fn turn_away(&mut self, id: CallId, out: &mut Vec<Output>) {
        self.clear_line_alarms(id);
        if self.calls.get(&id).is_some_and(|call| call.callback.is_some()) {
            return self.fail_callback(id, CallbackEnd::NoGroup, Actor::Rule, out);
        }
        let refusal = Refusal::NoGroup;
        out.push(Output::Do(Action::Refuse { call: id, refusal, say: None }));
        self.drop_call(id, Leave::Refused, out);
    }

    /// Takes a call out of its line: it is offered, sent on, or its caller is gone.
    pub(crate) fn leave_line(&mut self, id: CallId) {
        self.touched.calls.insert(id);
        self.clear_line_alarms(id);
        let Some(call) = self.calls.get(&id) else { return };
        if let Some(group) = self.groups.get_mut(&call.group) {
            group.leave(call.place);
        }
    }

    fn clear_line_alarms(&mut self, id: CallId) {
        self.alarms.clear(Alarm::LookAgain(id));
        self.alarms.clear(Alarm::Step(id));
        self.alarms.clear(Alarm::Announce(id));
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
        let Some(call) = self.calls.get(&id).filter(|call| call.in_line()) else { return };
        let deferred = match call.stands {
            Stands::Deferred { until } => Some(until),
            Stands::Waiting
            | Stands::Offered { .. }
            | Stands::CallingBack { .. }
            | Stands::Talking(_) => None,
        };
        let group = self.groups.get(&call.group);
        let delay = group.and_then(|group| group.next_delay(call.place.entered, now));
        let missed = call.missed_by.values().copied().filter(|&until| until > now).min();
        let last = call.last.map(|last| last.until).filter(|&until| until > now);
        match [deferred, delay, missed, last].into_iter().flatten().min() {
            Some(at) => self.alarms.set(Alarm::LookAgain(id), at.max(now + TICK)),
            None => self.alarms.clear(Alarm::LookAgain(id)),
        }
    }

    /// Sets the alarm of the next step of the chain; of one that is due already it is set too, and
    /// the step is taken before anything is matched. The last step of a callback is its end.
    pub(crate) fn set_step(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let next = match call.callback {
            Some(callback) => Some(callback.ends()),
            None => call.next_step().map(|(at, _)| at),
        };
        match next {
            Some(at) => self.alarms.set(Alarm::Step(id), at.max(self.now + TICK)),
            None => self.alarms.clear(Alarm::Step(id)),
        }
    }
}

impl Call {
    /// The call's own priority and what its group gives this caller.
    pub(crate) fn priority_in_group(&self) -> i32 {
        match self.priority {
            Priority::Set(priority) => priority,
            Priority::Own(priority) => {
                let extra = self.plan.callers.get(&self.caller).copied().unwrap_or(0);
                priority.saturating_add(extra)
            }
        }
    }
}
