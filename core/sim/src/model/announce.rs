//! What waiting callers are told.

use std::time::Duration;

use acd::{Action, CallId, Fact, GroupId, Notice, Time};

use crate::model::Model;

/// "At least ten seconds are kept between two."
const EVERY_MIN: Duration = Duration::from_secs(10);

/// What a call takes in a group of which nothing is known.
const PRIOR_MS: u64 = 180_000;

impl Model {
    /// The wait in a line begins, with words if `greets`.
    pub(super) fn begin_to_tell(&mut self, id: CallId, greets: bool) {
        let call = self.call(id);
        call.announce_at = None;
        let Some(announce) = call.settings.announce.filter(|_| call.callback.is_none()) else {
            return;
        };
        if announce.place || announce.wait {
            call.announce_at = Some(call.met + announce.first);
        }
        if let Some(words) = announce.greeting.filter(|_| greets) {
            self.order(Action::Announce { call: id, notice: Notice::Prompt(words) });
        }
        self.tell_no_earlier(id);
    }

    /// Nothing is told in the very moment in which somebody enters a line or is back in it.
    pub(super) fn tell_no_earlier(&mut self, id: CallId) {
        let soon = Time(self.now.0 + 1);
        let call = self.call(id);
        call.announce_at = call.announce_at.map(|at| at.max(soon));
    }

    /// It is time to tell him.
    pub(super) fn announce(&mut self, id: CallId) {
        let (now, place) = (self.now, self.place(id));
        let (group, settings) = (self.call(id).group, self.call(id).settings.announce);
        let Some(announce) = settings else { return };
        let wait_ms = if announce.wait { self.estimate_ms(group, place) } else { None };
        let place = announce.place.then_some(place);
        if place.is_some() || wait_ms.is_some() {
            self.order(Action::Announce { call: id, notice: Notice::Place { place, wait_ms } });
            self.tell(Fact::WaitAnnounced { call: id, place, wait_ms });
        }
        self.call(id).announce_at = Some(now + announce.every.max(EVERY_MIN));
    }

    /// "His place in line, times the group's own mean handling time, divided by those who serve the
    /// group and are there. `None` when nobody is there."
    fn estimate_ms(&self, group: GroupId, place: u32) -> Option<u64> {
        let there = self.agents.iter().filter(|agent| self.is_there(agent, group)).count() as u64;
        let mean_ms = self.handling_ms.get(&group).copied().unwrap_or(PRIOR_MS);
        (mean_ms * u64::from(place)).checked_div(there)
    }

    /// A call of the group has bound an agent since then: it counts for one part in eight.
    pub(super) fn has_taken(&mut self, group: GroupId, began: Time) {
        if self.plan.groups.contains_key(&group) {
            let handled_ms = self.now.0 - began.0;
            let mean_ms = self.handling_ms.entry(group).or_insert(PRIOR_MS);
            *mean_ms = (*mean_ms * 7 + handled_ms) / 8;
        }
    }
}
