//! All live legs: found by number, by our tag, and by their next timer.

use std::collections::{BTreeMap, BTreeSet};

use super::Leg;
use crate::{LegId, Time};

#[derive(Debug, Default)]
pub(crate) struct Legs {
    live: BTreeMap<LegId, Entry>,
    /// Our tags are our own, so one of them names one leg.
    by_tag: BTreeMap<Box<str>, LegId>,
    /// Exactly one entry for each leg with a timer.
    timers: BTreeSet<(Time, LegId)>,
    last: u64,
}

#[derive(Debug)]
struct Entry {
    leg: Leg,
    /// Where this leg stands in `timers`.
    due: Option<Time>,
}

impl Legs {
    pub(crate) fn len(&self) -> usize {
        self.live.len()
    }

    pub(crate) fn deadline(&self) -> Option<Time> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// One leg whose timer is due.
    pub(crate) fn due(&self, now: Time) -> Option<LegId> {
        self.timers.first().filter(|(at, _)| *at <= now).map(|(_, id)| *id)
    }

    /// The number of the next leg.
    pub(crate) fn number(&mut self) -> LegId {
        self.last += 1;
        LegId(self.last)
    }

    pub(crate) fn insert(&mut self, id: LegId, leg: Leg) {
        self.by_tag.insert(leg.dialog.local_tag.as_str().into(), id);
        self.live.insert(id, Entry { leg, due: None });
        self.reschedule(id);
    }

    pub(crate) fn get(&self, id: LegId) -> Option<&Leg> {
        self.live.get(&id).map(|entry| &entry.leg)
    }

    /// For changes that move no timer; else [`Legs::reschedule`] follows.
    pub(crate) fn get_mut(&mut self, id: LegId) -> Option<&mut Leg> {
        self.live.get_mut(&id).map(|entry| &mut entry.leg)
    }

    /// The leg of a dialog (RFC 3261 §12.2.2); its remote tag may not be known yet.
    pub(crate) fn find(&self, call_id: &str, local_tag: &str) -> Option<LegId> {
        let id = *self.by_tag.get(local_tag)?;
        (self.get(id)?.dialog.call_id == call_id).then_some(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (LegId, &Leg)> {
        self.live.iter().map(|(id, entry)| (*id, &entry.leg))
    }

    pub(crate) fn remove(&mut self, id: LegId) -> Option<Leg> {
        let entry = self.live.remove(&id)?;
        if let Some(due) = entry.due {
            self.timers.remove(&(due, id));
        }
        self.by_tag.remove(entry.leg.dialog.local_tag.as_str());
        Some(entry.leg)
    }

    pub(crate) fn reschedule(&mut self, id: LegId) {
        let Some(entry) = self.live.get_mut(&id) else { return };
        let due = entry.leg.deadline();
        if due == entry.due {
            return;
        }
        if let Some(old) = entry.due {
            self.timers.remove(&(old, id));
        }
        entry.due = due;
        if let Some(new) = due {
            self.timers.insert((new, id));
        }
    }
}
