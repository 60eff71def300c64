//! How a plugin does in one group, and when it is no longer asked.

use std::collections::VecDeque;

use acd::Time;

use crate::limits::{FAILURES_MAX, FAILURES_PERCENT_MAX, JUDGED_MIN, JUDGED_MINUTES};
use crate::run::Failure;

/// A plugin's record in one group.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Health {
    /// Decisions the plugin was asked for.
    pub decisions: u64,
    /// How many of them failed.
    pub failures: u64,
    /// How many of the last ones failed without a success between.
    pub failures_in_a_row: u32,
    /// The last failure.
    pub last_failure: Option<Failure>,
    /// Where in the plugin it was, the innermost function first; see [`crate::Run::backtrace`].
    pub last_backtrace: Vec<String>,
    /// When it was.
    pub last_failed: Option<Time>,
    /// Why the plugin is no longer asked.
    pub suspension: Option<Suspension>,
    /// The last minutes, oldest first; a minute without a decision has no entry.
    minutes: VecDeque<Minute>,
}

/// Why a plugin is no longer asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Suspension {
    #[error("suspended after {FAILURES_MAX} failures in a row")]
    InARow,
    #[error(
        "suspended: more than {FAILURES_PERCENT_MAX} % of its decisions failed in {JUDGED_MINUTES} \
         minutes"
    )]
    TooMany,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Minute {
    /// Since 1970.
    minute: u64,
    decisions: u64,
    failures: u64,
}

impl Health {
    /// Whether the plugin is no longer asked, until somebody gives it another chance.
    pub fn suspended(&self) -> bool {
        self.suspension.is_some()
    }

    /// Counts a decision. A failure that is not the plugin's fault is not to be counted.
    pub(crate) fn count(&mut self, now: Time, failure: Option<Failure>) {
        self.decisions += 1;
        let failed = failure.is_some();
        let minute = self.minute(now);
        minute.decisions += 1;
        minute.failures += u64::from(failed);
        match failure {
            None => self.failures_in_a_row = 0,
            Some(failure) => {
                self.failures += 1;
                self.failures_in_a_row += 1;
                self.last_failure = Some(failure);
                self.last_failed = Some(now);
            }
        }
        self.suspension = self.verdict();
    }

    fn minute(&mut self, now: Time) -> &mut Minute {
        let minute = now.0 / 60_000;
        while self.minutes.front().is_some_and(|it| it.minute + JUDGED_MINUTES <= minute) {
            self.minutes.pop_front();
        }
        // A clock that was set back counts into the newest minute.
        if self.minutes.back().is_none_or(|it| it.minute < minute) {
            self.minutes.push_back(Minute { minute, decisions: 0, failures: 0 });
        }
        let newest = self.minutes.len() - 1;
        &mut self.minutes[newest]
    }

    fn verdict(&self) -> Option<Suspension> {
        if self.failures_in_a_row >= FAILURES_MAX {
            return Some(Suspension::InARow);
        }
        let decisions: u64 = self.minutes.iter().map(|it| it.decisions).sum();
        let failures: u64 = self.minutes.iter().map(|it| it.failures).sum();
        let too_many = decisions >= JUDGED_MIN && failures * 100 > decisions * FAILURES_PERCENT_MAX;
        too_many.then_some(Suspension::TooMany)
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Health, Suspension, Time};

    /// Counts decisions, one in `gap_ms`; every `nth` fails. Gives how many there were at the end.
    fn lived(health: &mut Health, decisions: u64, gap_ms: u64, nth: u64) -> u64 {
        for number in 1..=decisions {
            let failure = number.is_multiple_of(nth).then_some(Failure::Panic);
            health.count(Time(number * gap_ms), failure);
            if health.suspended() {
                return number;
            }
        }
        decisions
    }

    #[test]
    fn five_failures_in_a_row_are_enough() {
        let mut health = Health::default();
        assert_eq!(lived(&mut health, 100, 1_000, 1), 5);
        assert_eq!(health.suspension, Some(Suspension::InARow));
        assert_eq!(health.last_failure, Some(Failure::Panic));
        assert_eq!(health.last_failed, Some(Time(5_000)));
    }

    #[test]
    fn more_than_one_in_a_hundred_is_too_many() {
        let mut health = Health::default();
        assert_eq!(lived(&mut health, 10_000, 1_000, 50), 100, "not before there are a hundred");
        assert_eq!(health.suspension, Some(Suspension::TooMany));
        let mut health = Health::default();
        assert_eq!(lived(&mut health, 10_000, 1_000, 150), 10_000, "fewer than one in a hundred");
    }

    #[test]
    fn what_is_older_than_five_minutes_is_forgiven() {
        let mut health = Health::default();
        // A decision every four seconds: at most 75 in five minutes.
        assert_eq!(lived(&mut health, 2_000, 4_000, 10), 2_000);
        assert_eq!((health.decisions, health.failures, health.suspension), (2_000, 200, None));
    }

    #[test]
    fn a_clock_that_is_set_back_changes_nothing() {
        let mut health = Health::default();
        health.count(Time(600_000), None);
        health.count(Time(0), Some(Failure::Time));
        assert_eq!((health.decisions, health.failures, health.minutes.len()), (2, 1, 1));
    }
}
