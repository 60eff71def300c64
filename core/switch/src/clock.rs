//! The real clock: wall time that never runs backwards.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use acd::Time;

/// Milliseconds UTC, read once from the wall and counted on by the monotonic clock, so that a
/// stepped wall clock cannot fire or stall a timer.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Instant,
    started_at: Time,
}

impl Clock {
    pub fn start() -> Clock {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let started_at = Time(u64::try_from(wall.as_millis()).unwrap_or(u64::MAX));
        Clock { started: Instant::now(), started_at }
    }

    pub fn now(&self) -> Time {
        self.started_at + self.started.elapsed()
    }

    /// The same moment for tokio's timers; at once when it has passed.
    pub fn instant(&self, time: Time) -> tokio::time::Instant {
        let ahead: Duration = time.since(self.started_at);
        tokio::time::Instant::from_std(self.started + ahead)
    }
}
