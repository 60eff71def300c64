//! What befalls a caller of a group: hours, ways on, steps, keys, announcements.

use std::collections::{BTreeMap, BTreeSet};

use acd::{Announce, CalendarId, Closing, Door, GroupId, Key, Nobody, Step, Way};

use crate::{Error, Fault, limit};

/// A chain longer than this nobody can explain to a caller.
const STEPS_MAX: usize = 20;
/// Nobody waits a day.
const STEP_MS_MAX: u64 = 86_400_000;
/// The regular customers of a company; the list is sent whole and edited as text.
const CALLERS_MAX: usize = 10_000;
/// Nobody tells a hundredth rank from a thousandth.
const PRIORITY: (i64, i64) = (-100, 100);
/// Who waits longer for one agent is forgotten rather than served.
const STICKY_MS_MAX: u64 = 3_600_000;
/// Between two announcements; the engine keeps ten seconds in any case.
const EVERY_MS: (u64, u64) = (10_000, 3_600_000);

/// A group's settings beyond ring time, wrap-up and places in line, in the engine's words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Flow {
    pub hours: Option<CalendarId>,
    pub door: Door,
    pub closed: Way,
    pub closing: Closing,
    pub nobody: Nobody,
    pub deserted: Way,
    pub full: Way,
    pub steps: Vec<Step>,
    pub keys: BTreeMap<Key, Way>,
    pub sticky_ms: u64,
    pub callers: BTreeMap<String, i32>,
    pub announce: Option<Announce>,
    pub keeps_wait: bool,
}

impl Default for Flow {
    /// The engine's own: always open, everybody may wait.
    fn default() -> Flow {
        let usual = acd::GroupPlan::default();
        Flow {
            hours: usual.hours,
            door: usual.door,
            closed: usual.closed,
            closing: usual.closing,
            nobody: usual.nobody,
            deserted: usual.deserted,
            full: usual.full,
            steps: usual.steps,
            keys: usual.keys,
            sticky_ms: ms(usual.sticky),
            callers: usual.callers,
            announce: usual.announce,
            keeps_wait: usual.keeps_wait,
        }
    }
}

impl Flow {
    /// The same with every value within its limits and numbers as they are dialled.
    pub(crate) fn checked(mut self) -> Result<Flow, Error> {
        limit::range("sticky_ms", self.sticky_ms, 0, STICKY_MS_MAX)?;
        if self.steps.len() > STEPS_MAX {
            return Err(Error::invalid("steps", Fault::TooMany { max: STEPS_MAX as u64 }));
        }
        if self.callers.len() > CALLERS_MAX {
            return Err(Error::invalid("callers", Fault::TooMany { max: CALLERS_MAX as u64 }));
        }
        for (place, step) in self.steps.iter().enumerate() {
            let after = limit::range("after_ms", ms(step.after), 0, STEP_MS_MAX);
            after.map_err(|error| error.placed(&format!("steps/{place}/after_ms")))?;
        }
        // The engine takes them one after the other.
        self.steps.sort_by_key(|step| step.after);
        let mut numbers = BTreeMap::new();
        for (position, (number, priority)) in self.callers.iter().enumerate() {
            let at = |part: &str| format!("callers/{position}/{part}");
            let number =
                limit::number("number", number).map_err(|error| error.placed(&at("number")))?;
            limit::signed(i64::from(*priority), PRIORITY)
                .map_err(|fault| Error::Placed { place: at("priority"), fault })?;
            if numbers.insert(number, *priority).is_some() {
                return Err(Error::Placed { place: at("number"), fault: Fault::Repeated });
            }
        }
        self.callers = numbers;
        for (place, way) in self.ways_mut() {
            if let Way::Number(number) = way {
                let dialled = limit::number("number", number);
                *number = dialled.map_err(|error| error.placed(&format!("{place}/number")))?;
            }
        }
        if let Some(announce) = &self.announce {
            let first = limit::range("first_ms", ms(announce.first), 0, EVERY_MS.1);
            first.map_err(|error| error.placed("announce/first_ms"))?;
            let every = limit::range("every_ms", ms(announce.every), EVERY_MS.0, EVERY_MS.1);
            every.map_err(|error| error.placed("announce/every_ms"))?;
        }
        Ok(self)
    }

    /// Whether everything it names is there, and no way leads back to the group itself.
    pub(crate) fn leads_somewhere(
        &self,
        own: GroupId,
        groups: &BTreeSet<GroupId>,
        calendars: &BTreeSet<CalendarId>,
    ) -> Result<(), Error> {
        if self.hours.is_some_and(|hours| !calendars.contains(&hours)) {
            return Err(Error::invalid("hours", Fault::Unknown));
        }
        for (place, way) in self.ways() {
            let Way::Group(group) = way else { continue };
            let fault = match *group == own {
                true => Fault::Itself,
                false if groups.contains(group) => continue,
                false => Fault::Unknown,
            };
            return Err(Error::Placed { place: format!("{place}/group"), fault });
        }
        Ok(())
    }

    /// Whether some way of it leads to this group.
    pub(crate) fn leads_to(&self, group: GroupId) -> bool {
        self.ways().iter().any(|(_, way)| **way == Way::Group(group))
    }

    fn ways(&self) -> Vec<(String, &Way)> {
        let steps = self.steps.iter().enumerate();
        let steps = steps.map(|(place, step)| (format!("steps/{place}/to"), &step.to));
        let keys = self.keys.values().enumerate();
        let keys = keys.map(|(place, way)| (format!("keys/{place}/to"), way));
        let fixed = [("closed", &self.closed), ("deserted", &self.deserted), ("full", &self.full)];
        fixed
            .map(|(name, way)| (name.to_owned(), way))
            .into_iter()
            .chain(steps)
            .chain(keys)
            .collect()
    }

    fn ways_mut(&mut self) -> Vec<(String, &mut Way)> {
        let steps = self.steps.iter_mut().enumerate();
        let steps = steps.map(|(place, step)| (format!("steps/{place}/to"), &mut step.to));
        let keys = self.keys.values_mut().enumerate();
        let keys = keys.map(|(place, way)| (format!("keys/{place}/to"), way));
        let fixed = [
            ("closed", &mut self.closed),
            ("deserted", &mut self.deserted),
            ("full", &mut self.full),
        ];
        fixed
            .map(|(name, way)| (name.to_owned(), way))
            .into_iter()
            .chain(steps)
            .chain(keys)
            .collect()
    }
}

/// A span in milliseconds; nothing of ours is longer than a few weeks.
pub(crate) fn ms(span: std::time::Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
