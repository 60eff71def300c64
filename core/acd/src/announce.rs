//! What waiting callers are told: words at the beginning, place and wait from time to time.

use std::time::Duration;

use crate::alarm::Alarm;
use crate::call::Call;
use crate::engine::Engine;
use crate::{Action, Announce, CallId, Fact, Notice, Output};

/// Nobody wants to be told more often.
const EVERY_MIN: Duration = Duration::from_secs(10);

impl Engine {
    /// The wait in a group begins.
    pub(crate) fn greet(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id).filter(|call| call.callback.is_none()) else { return };
        if let Some(greeting) = call.plan.announce.and_then(|it| it.greeting) {
            let notice = Notice::Prompt(greeting);
            out.push(Output::Do(Action::Announce { call: id, notice }));
        }
        self.plan_announcement(id);
    }

    /// Sets when the caller is told his place for the first time.
    pub(crate) fn plan_announcement(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if let Some(announce) = call.announces() {
            call.announce_at = Some(call.met + announce.first);
        }
        self.set_announcement(id);
    }

    /// Sets the alarm of a caller who (again) stands in line.
    pub(crate) fn set_announcement(&mut self, id: CallId) {
        let Some(call) = self.calls.get(&id).filter(|call| call.callback.is_none()) else { return };
        if let Some(at) = call.announce_at {
            let soon = self.now + Duration::from_millis(1);
            self.alarms.set(Alarm::Announce(id), at.max(soon));
        }
    }

    /// It is time to tell a waiting caller where he stands.
    pub(crate) fn announce(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id).filter(|call| call.in_line()) else { return };
        let (Some(announce), Some(group)) = (call.announces(), self.groups.get(&call.group)) else {
            return;
        };
        let nth = group.ordinal(call.place);
        let place = announce.place.then_some(nth);
        let wait_ms = if announce.wait { group.estimate_ms(nth) } else { None };
        if place.is_some() || wait_ms.is_some() {
            let notice = Notice::Place { place, wait_ms };
            out.push(Output::Do(Action::Announce { call: id, notice }));
            out.push(Output::Tell(self.now, Fact::WaitAnnounced { call: id, place, wait_ms }));
        }
        if let Some(call) = self.calls.get_mut(&id) {
            call.announce_at = Some(self.now + announce.every.max(EVERY_MIN));
        }
        self.set_announcement(id);
    }
}

impl Call {
    /// How he is told his place, if he is.
    fn announces(&self) -> Option<Announce> {
        self.plan.announce.filter(|it| it.place || it.wait)
    }
}
