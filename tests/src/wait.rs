//! Waits for something true, never for a time.

use std::time::{Duration, Instant};

/// How often is looked.
const LOOK_TIME: Duration = Duration::from_millis(50);

/// Looks until there is something, for at most `seconds`.
#[track_caller]
pub fn until<T>(seconds: u64, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(seconds);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "not within {seconds} s: {what}");
        std::thread::park_timeout(LOOK_TIME);
    }
}
