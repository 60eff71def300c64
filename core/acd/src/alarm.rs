//! Everything that will become due, earliest first.

use std::collections::{BTreeMap, BTreeSet};

use crate::{AgentId, CalendarId, CallId, Time};

const END_OF_TIME: Time = Time(u64::MAX);

/// A reason to come back.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Alarm {
    /// A calendar opens or shuts.
    Turned(CalendarId),
    /// A loan of the agent is over.
    LoanEnds(AgentId),
    /// The agent's phone has rung its full time.
    RungOut(AgentId),
    /// The agent's wrap-up is over.
    WrappedUp(AgentId),
    /// The agent has rested after a miss.
    Rested(AgentId),
    /// Somebody else may take this waiting call now: a membership's delay has passed, an agent who
    /// missed it may be tried again, or its policy wants to be asked again.
    LookAgain(CallId),
    /// A step of the overflow chain is due for this waiting call.
    Step(CallId),
    /// The caller is to be told his place and wait.
    Announce(CallId),
}

/// Alarms by time, at most one of each name.
#[derive(Debug, Default)]
pub(crate) struct Alarms {
    by_time: BTreeSet<(Time, Alarm)>,
    by_name: BTreeMap<Alarm, Time>,
}

impl Alarms {
    /// Sets the alarm, in place of an earlier one of the same name. At the end of time, where sums
    /// saturate, it never becomes due: an administrator's "for ever".
    pub(crate) fn set(&mut self, alarm: Alarm, at: Time) {
        self.clear(alarm);
        self.by_name.insert(alarm, at);
        if at < END_OF_TIME {
            self.by_time.insert((at, alarm));
        }
    }

    pub(crate) fn clear(&mut self, alarm: Alarm) {
        if let Some(at) = self.by_name.remove(&alarm) {
            self.by_time.remove(&(at, alarm));
        }
    }

    /// When the first alarm is due.
    pub(crate) fn next(&self) -> Option<Time> {
        self.by_time.first().map(|&(at, _)| at)
    }

    /// Takes the first alarm that is due.
    pub(crate) fn take_due(&mut self, now: Time) -> Option<Alarm> {
        let &(at, alarm) = self.by_time.first()?;
        if at > now {
            return None;
        }
        self.clear(alarm);
        Some(alarm)
    }

    /// When it rings.
    pub(crate) fn at(&self, alarm: Alarm) -> Option<Time> {
        self.by_name.get(&alarm).copied()
    }

    pub(crate) fn is_set(&self, alarm: Alarm) -> bool {
        self.by_name.contains_key(&alarm)
    }
}
