//! One group's line of callers and its members, indexed so that nothing is ever scanned.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::time::Duration;

use crate::{AgentId, CallId, GroupPlan, Time};

/// A group at work.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) settings: GroupPlan,
    /// Every agent with a membership.
    members: BTreeMap<AgentId, Member>,
    /// The distinct delays of the memberships: moments at which a caller may reach more agents.
    delays: BTreeSet<Duration>,
    /// Calls that wait and can be offered, first in line first.
    line: BTreeSet<Place>,
    /// Calls that wait and whose policy wants to be asked later.
    deferred: BTreeSet<Place>,
    /// All waiting calls by age, whatever their priority.
    by_age: BTreeSet<(Time, CallId)>,
    /// Members who can take a call now, in the built-in order.
    pub(crate) free: BTreeSet<Seat>,
    /// Members who are logged on or on a break, but cannot take a call now.
    pub(crate) away: BTreeSet<AgentId>,
    /// Members who are logged off.
    pub(crate) off: BTreeSet<AgentId>,
}

/// One membership, seen from the group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) order: u16,
    pub(crate) delay: Duration,
}

/// A call's place in line: higher priority first, then the longest wait, then the id.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Place {
    pub(crate) priority: Reverse<i32>,
    pub(crate) entered: Time,
    pub(crate) call: CallId,
}

/// A free agent's place: the lowest order of this group for him, then the longest idle, then the
/// id.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Seat {
    pub(crate) order: u16,
    pub(crate) idle_since: Time,
    pub(crate) agent: AgentId,
}

impl Group {
    pub(crate) fn new(settings: GroupPlan) -> Group {
        Group {
            settings,
            members: BTreeMap::new(),
            delays: BTreeSet::new(),
            line: BTreeSet::new(),
            deferred: BTreeSet::new(),
            by_age: BTreeSet::new(),
            free: BTreeSet::new(),
            away: BTreeSet::new(),
            off: BTreeSet::new(),
        }
    }

    pub(crate) fn member(&self, agent: AgentId) -> Option<Member> {
        self.members.get(&agent).copied()
    }

    pub(crate) fn add_member(&mut self, agent: AgentId, member: Member) {
        self.members.insert(agent, member);
    }

    pub(crate) fn remove_member(&mut self, agent: AgentId) {
        self.members.remove(&agent);
    }

    /// Recounts the delays; true when they are others than before.
    pub(crate) fn recount_delays(&mut self) -> bool {
        let delays = self.members.values().map(|member| member.delay);
        let delays: BTreeSet<Duration> = delays.filter(|delay| !delay.is_zero()).collect();
        let changed = delays != self.delays;
        self.delays = delays;
        changed
    }

    /// The next moment after `now` at which a delay has passed for a caller who entered then.
    pub(crate) fn next_delay(&self, entered: Time, now: Time) -> Option<Time> {
        let waited = now.since(entered);
        let later = (Bound::Excluded(waited), Bound::Unbounded);
        self.delays.range(later).next().map(|&delay| entered + delay)
    }

    /// Callers waiting: those whose phone choice is open, not those being offered.
    pub(crate) fn waiting(&self) -> usize {
        self.by_age.len()
    }

    pub(crate) fn longest_wait_since(&self) -> Option<Time> {
        self.by_age.first().map(|&(entered, _)| entered)
    }

    pub(crate) fn is_waiting(&self, place: &Place) -> bool {
        self.line.contains(place) || self.deferred.contains(place)
    }

    /// Puts a call into its place; the place depends on the call only, so a call that comes back
    /// stands where it stood before.
    pub(crate) fn wait(&mut self, place: Place) {
        self.deferred.remove(&place);
        self.line.insert(place);
        self.by_age.insert((place.entered, place.call));
    }

    /// Keeps a waiting call out of the matching for a while.
    pub(crate) fn defer(&mut self, place: Place) {
        self.line.remove(&place);
        self.deferred.insert(place);
    }

    /// Takes a call out of line.
    pub(crate) fn leave(&mut self, place: Place) {
        self.line.remove(&place);
        self.deferred.remove(&place);
        self.by_age.remove(&(place.entered, place.call));
    }

    /// How many stand before this place, itself included. Counted from behind: that is where
    /// a caller arrives.
    pub(crate) fn ordinal(&self, place: Place) -> u32 {
        let behind = (Bound::Excluded(place), Bound::Unbounded);
        let behind = self.line.range(behind).count() + self.deferred.range(behind).count();
        u32::try_from(self.by_age.len() - behind).unwrap_or(u32::MAX)
    }

    /// Every waiting call, first in line first; those whose policy wants to be asked later last.
    pub(crate) fn everyone_waiting(&self) -> impl Iterator<Item = Place> + '_ {
        self.line.iter().chain(&self.deferred).copied()
    }

    /// The first call in line that has waited `delay` and that `may_take` allows.
    pub(crate) fn first_for(
        &self,
        delay: Duration,
        now: Time,
        may_take: impl Fn(CallId) -> bool,
    ) -> Option<Place> {
        let mut from = Bound::Unbounded;
        while let Some(&place) = self.line.range((from, Bound::Unbounded)).next() {
            let ripe = now.since(place.entered) >= delay;
            if ripe && may_take(place.call) {
                return Some(place);
            }
            // Of one priority, all who stand behind a caller have waited less than he has.
            let skip_to = Place { entered: Time(u64::MAX), call: CallId(u64::MAX), ..place };
            from = Bound::Excluded(if ripe { place } else { skip_to });
        }
        None
    }
}
