//! How often one address may try to log in: a bucket of tokens each.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::problem::Problem;

/// Attempts at once: a person who tries all the passwords he remembers.
const ATTEMPTS_MAX: u64 = 10;

/// One more attempt after so long: 8,640 guesses a day find no password that was let in.
const ATTEMPT_EVERY_MS: u64 = 10_000;

/// Addresses remembered. When there are more, those who have been quiet are forgotten.
const ADDRESSES_MAX: usize = 10_000;

/// The door's memory. Times are handed in.
#[derive(Debug, Default)]
pub(crate) struct Door {
    /// By address: when the bucket would be full again.
    full_at_ms: Mutex<BTreeMap<IpAddr, u64>>,
}

impl Door {
    /// Takes a token of this address, or says when there is one.
    pub(crate) fn knock(&self, address: IpAddr, now_ms: u64) -> Result<(), Problem> {
        let mut buckets = self.full_at_ms.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= ADDRESSES_MAX {
            buckets.retain(|_, full_at_ms| *full_at_ms > now_ms);
        }
        if buckets.len() >= ADDRESSES_MAX {
            // An attack from everywhere: the hashing limit holds, this memory does not help.
            buckets.clear();
        }
        let full_at_ms = buckets.entry(network(address)).or_default();
        let after = (*full_at_ms).max(now_ms) + ATTEMPT_EVERY_MS;
        let latest = now_ms + ATTEMPTS_MAX * ATTEMPT_EVERY_MS;
        if after > latest {
            return Err(Problem::too_many_requests((after - latest).div_ceil(1_000)));
        }
        *full_at_ms = after;
        Ok(())
    }

    /// Gives the tokens back: whoever logged in may make mistakes again.
    pub(crate) fn welcome(&self, address: IpAddr) {
        let mut buckets = self.full_at_ms.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.remove(&network(address));
    }
}

/// One customer has a whole IPv6 network of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::Door;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn ten_attempts_and_then_one_every_ten_seconds() {
        let (door, here) = (Door::default(), address("192.0.2.1"));
        for _ in 0..10 {
            door.knock(here, 1_000).unwrap();
        }
        assert!(door.knock(here, 1_000).is_err());
        assert!(door.knock(address("192.0.2.2"), 1_000).is_ok(), "others are not kept out");
        assert!(door.knock(here, 10_999).is_err());
        assert!(door.knock(here, 11_000).is_ok());
        assert!(door.knock(here, 11_001).is_err());
    }

    #[test]
    fn a_log_in_gives_the_attempts_back() {
        let (door, here) = (Door::default(), address("2001:db8::1"));
        for _ in 0..10 {
            door.knock(here, 0).unwrap();
        }
        assert!(door.knock(address("2001:db8::2"), 0).is_err(), "the same network");
        door.welcome(here);
        assert!(door.knock(here, 0).is_ok());
    }
}
