//! One group's line of callers and its members, indexed so that nothing is ever scanned.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;
use std::time::Duration;

use crate::estimate::Handling;
use crate::free::Free;
use crate::{AgentId, CallId, GroupPlan, Time};

/// A group at work.
#[derive(Debug)]
pub(crate) struct Group {
    /// The settings of newcomers.
    pub(crate) settings: Arc<GroupPlan>,
    /// Whether newcomers find it open, as last told.
    pub(crate) open: bool,
    /// How long a call takes here: talk and wrap-up.
    pub(crate) handling: Handling,
    /// Every agent whose membership counts now, and for callers who have waited how long.
    members: BTreeMap<AgentId, Duration>,
    /// The delays of the memberships, and how many have each: moments at which a caller may reach
    /// more agents.
    delays: BTreeMap<Duration, u32>,
    /// Calls that wait and can be offered, first in line first.
    line: BTreeSet<Place>,
    /// Calls that wait and whose policy wants to be asked later.
    deferred: BTreeSet<Place>,
    /// All waiting calls by age, whatever their priority.
    by_age: BTreeSet<(Time, CallId)>,
    /// Members who can take a call now, in the built-in order.
    pub(crate) free: Free,
    /// Members who are logged on or on a break, have a phone, but cannot take a call now.
    pub(crate) here: BTreeSet<AgentId>,
    /// Members who are logged on or on a break and whose phone is gone.
    pub(crate) gone: BTreeSet<AgentId>,
    /// Members who are logged off.
    pub(crate) off: BTreeSet<AgentId>,
    /// Agents whose membership does not count now.
    pub(crate) out_of_season: BTreeSet<AgentId>,
}

/// A call's place in line: higher priority first, then the longest wait, then the id.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Place {
    pub(crate) priority: Reverse<i32>,
    pub(crate) entered: Time,
    pub(crate) call: CallId,
}

impl Group {
    /// A new group counts as open until something else is told.
    pub(crate) fn new(settings: Arc<GroupPlan>) -> Group {
        Group {
            settings,
            open: true,
            handling: Handling::default(),
            members: BTreeMap::new(),
            delays: BTreeMap::new(),
            line: BTreeSet::new(),
            deferred: BTreeSet::new(),
            by_age: BTreeSet::new(),
            free: Free::default(),
            here: BTreeSet::new(),
            gone: BTreeSet::new(),
            off: BTreeSet::new(),
            out_of_season: BTreeSet::new(),
        }
    }

    pub(crate) fn has_member(&self, agent: AgentId) -> bool {
        self.members.contains_key(&agent)
    }

    pub(crate) fn add_member(&mut self, agent: AgentId, delay: Duration) {
        self.members.insert(agent, delay);
        *self.delays.entry(delay).or_default() += 1;
    }

    pub(crate) fn remove_member(&mut self, agent: AgentId) {
        let Some(delay) = self.members.remove(&agent) else { return };
        if let Some(count) = self.delays.get_mut(&delay) {
            *count -= 1;
            if *count == 0 {
                self.delays.remove(&delay);
            }
        }
    }

    /// The agents who serve the group now.
    pub(crate) fn members(&self) -> impl Iterator<Item = AgentId> + '_ {
        self.members.keys().copied()
    }

    /// How many agents serve the group now.
    pub(crate) fn size(&self) -> usize {
        self.members.len()
    }

    /// How many of them are logged on or on a break, with a phone.
    pub(crate) fn present(&self) -> usize {
        self.free.len() + self.here.len()
    }

    /// Whoever has waited this long may have every member.
    pub(crate) fn longest_delay(&self) -> Duration {
        self.delays.last_key_value().map_or(Duration::ZERO, |(&delay, _)| delay)
    }

    /// His membership counts only for callers who have waited this long.
    pub(crate) fn delay_of(&self, agent: AgentId) -> Duration {
        self.members.get(&agent).copied().unwrap_or_default()
    }

    /// The next moment after `now` at which a delay has passed for a caller who entered then.
    pub(crate) fn next_delay(&self, entered: Time, now: Time) -> Option<Time> {
        let waited = now.since(entered);
        let later = (Bound::Excluded(waited), Bound::Unbounded);
        self.delays.range(later).next().map(|(&delay, _)| entered + delay)
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

    /// Every waiting call by its place, from 1.
    pub(crate) fn places(&self) -> impl Iterator<Item = (u32, CallId)> {
        let mut places: Vec<Place> = self.everyone_waiting().collect();
        places.sort_unstable();
        (1..).zip(places).map(|(nth, place)| (nth, place.call))
    }

    /// Every waiting call, first in line first; those whose policy wants to be asked later last.
    pub(crate) fn everyone_waiting(&self) -> impl Iterator<Item = Place> + '_ {
        self.line.iter().chain(&self.deferred).copied()
    }

    /// The calls in line that have waited `delay` and that `may_take` allows, first in line first.
    /// Looked for one by one: whoever wants the first pays for no other.
    pub(crate) fn all_for<'a>(
        &'a self,
        delay: Duration,
        now: Time,
        may_take: impl Fn(CallId) -> bool + 'a,
    ) -> impl Iterator<Item = Place> + 'a {
        let mut from = Bound::Unbounded;
        std::iter::from_fn(move || {
            while let Some(&place) = self.line.range((from, Bound::Unbounded)).next() {
                let ripe = now.since(place.entered) >= delay;
                // Of one priority, all who stand behind a caller have waited less than he has.
                let skip_to = Place { entered: Time(u64::MAX), call: CallId(u64::MAX), ..place };
                from = Bound::Excluded(if ripe { place } else { skip_to });
                if ripe && may_take(place.call) {
                    return Some(place);
                }
            }
            None
        })
    }
}
