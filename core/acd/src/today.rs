//! What an agent has done today: the counters that a policy may see.

use crate::Time;

/// A day in milliseconds; "today" is the day of UTC, the only midnight the engine can know.
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// An agent's counters since midnight UTC.
///
/// Only midnight clears them: a break, a log-off or a new plan does not, so nobody gets more calls
/// under a fewest-calls policy by toggling his wish.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Today {
    day: u64,
    handled: u32,
    missed: u32,
    /// Talks that have ended; one that goes on is counted when it ends.
    talk_ms: u64,
    busy: Stopwatch,
    on: Stopwatch,
}

/// A sum of intervals, the last of which may be running.
#[derive(Clone, Copy, Debug, Default)]
struct Stopwatch {
    sum_ms: u64,
    running_since: Option<Time>,
}

impl Today {
    pub(crate) fn count_handled(&mut self, now: Time) {
        self.roll(now);
        self.handled = self.handled.saturating_add(1);
    }

    pub(crate) fn count_missed(&mut self, now: Time) {
        self.roll(now);
        self.missed = self.missed.saturating_add(1);
    }

    /// A talk that began at `since` is over; what of it lies before midnight was another day's.
    pub(crate) fn count_talk(&mut self, now: Time, since: Time) {
        self.roll(now);
        self.talk_ms += ms_between(since.max(midnight(now)), now);
    }

    /// Notes whether the agent is busy with calls and whether he counts as logged on.
    pub(crate) fn note(&mut self, now: Time, busy: bool, on: bool) {
        self.roll(now);
        self.busy.run(now, busy);
        self.on.run(now, on);
    }

    /// Calls answered today.
    pub(crate) fn handled(&self, now: Time) -> u32 {
        if self.is_today(now) { self.handled } else { 0 }
    }

    /// Offers of today that ended without an answer through the agent or his phone.
    pub(crate) fn missed(&self, now: Time) -> u32 {
        if self.is_today(now) { self.missed } else { 0 }
    }

    /// Milliseconds of talks that have ended today.
    pub(crate) fn talk_ms(&self, now: Time) -> u64 {
        if self.is_today(now) { self.talk_ms } else { 0 }
    }

    /// The busy share of the time logged on, in thousandths.
    pub(crate) fn occupancy_permille(&self, now: Time) -> u16 {
        let midnight = midnight(now);
        let (busy_ms, on_ms) = if self.is_today(now) {
            (self.busy.total_ms(now), self.on.total_ms(now))
        } else {
            (self.busy.since_ms(midnight, now), self.on.since_ms(midnight, now))
        };
        let permille = busy_ms.saturating_mul(1000).checked_div(on_ms).unwrap_or(0);
        u16::try_from(permille.min(1000)).unwrap_or(1000)
    }

    fn is_today(&self, now: Time) -> bool {
        self.day == now.0 / DAY_MS
    }

    fn roll(&mut self, now: Time) {
        if self.is_today(now) {
            return;
        }
        self.day = now.0 / DAY_MS;
        self.handled = 0;
        self.missed = 0;
        self.talk_ms = 0;
        self.busy.restart(midnight(now));
        self.on.restart(midnight(now));
    }
}

impl Stopwatch {
    fn run(&mut self, now: Time, running: bool) {
        match (self.running_since, running) {
            (None, true) => self.running_since = Some(now),
            (Some(since), false) => {
                self.sum_ms += ms_between(since, now);
                self.running_since = None;
            }
            (None, false) | (Some(_), true) => (),
        }
    }

    fn total_ms(&self, now: Time) -> u64 {
        self.sum_ms + self.running_since.map_or(0, |since| ms_between(since, now))
    }

    /// What a still running interval has of the time after `start`.
    fn since_ms(&self, start: Time, now: Time) -> u64 {
        self.running_since.map_or(0, |since| ms_between(since.max(start), now))
    }

    fn restart(&mut self, start: Time) {
        self.sum_ms = 0;
        self.running_since = self.running_since.map(|since| since.max(start));
    }
}

fn midnight(now: Time) -> Time {
    Time(now.0 / DAY_MS * DAY_MS)
}

fn ms_between(earlier: Time, later: Time) -> u64 {
    later.0.saturating_sub(earlier.0)
}

#[cfg(test)]
mod tests {
    use super::{DAY_MS, Today};
    use crate::Time;

    #[test]
    fn midnight_clears_the_counters_and_cuts_a_running_call() {
        let mut today = Today::default();
        let evening = Time(DAY_MS - 10_000);
        today.note(evening, true, true);
        today.count_handled(evening);
        assert_eq!((today.handled(evening), today.handled(Time(DAY_MS))), (1, 0));

        today.note(Time(DAY_MS + 10_000), false, true);
        assert_eq!(today.occupancy_permille(Time(DAY_MS + 10_000)), 1000);
        assert_eq!(today.occupancy_permille(Time(DAY_MS + 20_000)), 500);
    }

    #[test]
    fn a_talk_over_midnight_counts_with_what_it_has_of_today() {
        let mut today = Today::default();
        let noon = Time(DAY_MS / 2);
        today.count_talk(noon, Time(noon.0 - 90_000));
        today.count_talk(noon, Time(noon.0 - 10_000));
        assert_eq!(today.talk_ms(noon), 100_000);
        assert_eq!(today.talk_ms(Time(DAY_MS)), 0);
        let after = Time(DAY_MS + 7_000);
        today.count_talk(after, Time(DAY_MS - 60_000));
        assert_eq!(today.talk_ms(after), 7_000);
    }

    #[test]
    fn somebody_who_was_never_on_is_not_occupied() {
        assert_eq!(Today::default().occupancy_permille(Time(5)), 0);
    }
}
