//! Lines of callers as they follow from the journal.

use std::cmp::Reverse;

use acd::{Activity, AgentId, CallId, Door, Entry, GroupId, Membership, Stage, Time, Way, Wish};

use crate::reference::Judged;
use crate::reference::board::{Board, Call, Parted};

impl Board {
    /// A caller enters a line: from outside, from another line, from a talk, or anew in the place
    /// of his own callback.
    pub(super) fn enter(
        &mut self,
        now: Time,
        id: CallId,
        group: GroupId,
        (priority, place): (i32, u32),
        why: Entry,
    ) -> Option<()> {
        self.entered += 1;
        let settings = self.plan.groups.get(&group)?.clone();
        let newcomer = self.arriving.remove(&id);
        let parted = self.parted.remove(&id);
        let origin = is_origin(why, newcomer, parted.as_ref());
        let mut entered = match &parted {
            None => now,
            Some(parted) if why == Entry::Returned => parted.call.entered,
            Some(parted) if settings.keeps_wait => Time(now.0 - parted.waited_ms),
            Some(_) => now,
        };
        let own_place = self.own_callback(id, group);
        if let Some(old) = own_place {
            entered = entered.min(old);
        }
        let room = self.waiting(group) < settings.waiting_max as usize || own_place.is_some();
        let ways = [&settings.full, &settings.closed, &settings.deserted];
        let takes = why == Entry::Returned || (room && !self.shut.contains(&group));
        if !takes {
            self.only_callback.insert(id);
        }
        let takes = takes || ways.contains(&&Way::Callback);
        let alone = |agent: AgentId| {
            let others = |&&it: &&AgentId| it != agent && self.serves(now, it, group).is_some();
            self.serves(now, agent, group).is_some()
                && !self.plan.agents.keys().any(|it| others(&it))
        };
        let handed_on =
            parted.as_ref().and_then(|it| it.talked_with).filter(|_| why == Entry::Transfer);
        let refuses = handed_on.filter(|&agent| !alone(agent));
        let mut call = parted.map_or_else(|| Call::new(group), |parted| parted.call);
        call.rejected_by.extend(refuses);
        (call.group, call.priority, call.entered) = (group, priority, entered);
        (call.met, call.stage) = (now, Stage::Waiting);
        if !matches!(why, Entry::Transfer | Entry::Returned) && !settings.sticky.is_zero() {
            let last = self.callers.get(&id).and_then(|caller| self.served.get(caller));
            let last = last.filter(|last| self.agents.contains_key(last));
            call.last = last.map(|&last| (last, now + settings.sticky));
        }
        let inserted = self.calls.insert(id, call).is_none();
        (origin && takes && inserted && self.nth(id) == place).then_some(())
    }

    /// Nobody is told to be called back no more who was not to be.
    pub(super) fn ends_callback(&mut self, id: CallId) -> Option<()> {
        self.calls.get(&id).filter(|call| call.callback).map(|_| ())
    }

    /// Where the callback stood that this caller has just given up by calling again.
    fn own_callback(&self, id: CallId, group: GroupId) -> Option<Time> {
        let caller = self.callers.get(&id).filter(|caller| !caller.is_empty());
        let own = |it: &(&CallId, &Parted)| {
            it.1.call.callback && it.1.call.group == group && self.callers.get(it.0) == caller
        };
        self.parted.iter().find(own).map(|(_, parted)| parted.call.entered)
    }

    pub(super) fn promoted(&mut self, id: CallId, from: u32, to: u32) -> Option<()> {
        let before = self.nth(id);
        let priority = self.promoting?;
        self.call_at(id, Stage::Waiting)?.priority = priority;
        (before == from && self.nth(id) == to).then_some(())
    }

    fn waiting(&self, group: GroupId) -> usize {
        let waits = |call: &&Call| call.group == group && call.stage == Stage::Waiting;
        self.calls.values().filter(waits).count()
    }

    /// The place of a call among those who wait in its group.
    pub(super) fn nth(&self, id: CallId) -> u32 {
        let Some(this) = self.calls.get(&id) else { return 0 };
        let place = |id: CallId, call: &Call| (Reverse(call.priority), call.entered, id);
        let waits = |call: &Call| call.group == this.group && call.stage == Stage::Waiting;
        let before = self
            .calls
            .iter()
            .filter(|(other, call)| waits(call) && place(**other, call) <= place(id, this));
        before.count() as u32
    }

    /// The membership by which an agent serves a group now.
    pub(super) fn serves(&self, now: Time, agent: AgentId, group: GroupId) -> Option<&Membership> {
        let all = &self.plan.agents.get(&agent)?.memberships;
        let lasts = |it: &&Membership| {
            self.plan.groups.contains_key(&it.group) && it.loan.is_none_or(|it| it.until > now)
        };
        let wholly = |it: &Membership| it.loan.is_some_and(|it| it.wholly);
        let first = |lent: bool| {
            all.iter().filter(lasts).find(|it| it.group == group && it.loan.is_some() == lent)
        };
        let counts = |it: &&Membership| {
            let calendar = it.calendar.and_then(|id| self.plan.calendars.get(&id));
            calendar.is_none_or(|calendar| calendar.is_open(now))
                && (wholly(it) || !all.iter().filter(lasts).any(wholly))
        };
        first(true).filter(counts).or_else(|| first(false).filter(counts))
    }

    /// Whether a membership of the group stands in the plan, though it may not count now.
    pub(super) fn belongs(&self, now: Time, agent: AgentId, group: GroupId) -> bool {
        let all = self.plan.agents.get(&agent).map_or(&[][..], |agent| &agent.memberships);
        self.plan.groups.contains_key(&group)
            && all.iter().any(|it| it.group == group && it.loan.is_none_or(|it| it.until > now))
    }

    pub(super) fn is_there(&self, id: AgentId) -> bool {
        let there = |wish: &Wish, activity| *wish != Wish::Off && activity != Activity::Unreachable;
        let agent = self.agents.get(&id).filter(|_| self.plan.agents.contains_key(&id));
        agent.is_some_and(|agent| there(&agent.wish, agent.activity))
    }

    /// Doors stand as hours and hands say.
    pub(super) fn doors_are_right(&self, now: Time) -> Judged {
        for (id, group) in &self.plan.groups {
            let hours = group.hours.and_then(|hours| self.plan.calendars.get(&hours));
            let open = match group.door {
                Door::Open => true,
                Door::Closed => false,
                Door::ByHours => hours.is_none_or(|hours| hours.is_open(now)),
            };
            if open == self.shut.contains(id) {
                return Err(format!("{id:?}: should be open: {open}"));
            }
        }
        Ok(())
    }
}

fn is_origin(why: Entry, newcomer: bool, parted: Option<&Parted>) -> bool {
    let from_talk = parted.is_some_and(|parted| parted.talked_with.is_some());
    let from_line = parted.is_some() && !from_talk;
    match why {
        Entry::Arrival => newcomer,
        Entry::Overflow => newcomer || from_line,
        Entry::Moved => from_line,
        Entry::Transfer => parted.is_some_and(|parted| parted.transferred),
        Entry::Returned => from_talk,
    }
}
