//! Sees requests that were sent more than once, whichever side sent them.

use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use sip::Time;

/// A transaction repeats its request for at most 64·T1 = 32 s (RFC 3261 §17).
const MEMORY_MS: u64 = 32_000;
/// Ten requests for each of 1,000 calls a second, as long as we remember.
const MEMORY_MAX: usize = 320_000;

/// Which requests were seen lately.
#[derive(Debug, Default)]
pub(crate) struct Witness {
    seen: HashSet<u64>,
    order: VecDeque<(Time, u64)>,
    repeated: u64,
}

impl Witness {
    /// A datagram was sent or received. Two requests with the same bytes are one and its
    /// repetition: each new one has a new branch.
    pub(crate) fn note(&mut self, now: Time, datagram: &[u8]) {
        if datagram.starts_with(b"SIP/2.0 ") || sip::message::is_keepalive(datagram) {
            return;
        }
        let mut hasher = DefaultHasher::new();
        datagram.hash(&mut hasher);
        let name = hasher.finish();
        if self.seen.insert(name) {
            self.order.push_back((now, name));
        } else {
            self.repeated += 1;
        }
        while let Some((time, name)) = self.order.front().copied()
            && (time.0 + MEMORY_MS < now.0 || self.order.len() > MEMORY_MAX)
        {
            self.seen.remove(&name);
            self.order.pop_front();
        }
    }

    pub(crate) fn repeated(&self) -> u64 {
        self.repeated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_repeated_requests_are_counted() {
        let mut witness = Witness::default();
        let datagrams = ["OPTIONS a", "OPTIONS b", "SIP/2.0 200 OK", "SIP/2.0 200 OK", "OPTIONS a"];
        datagrams.iter().for_each(|datagram| witness.note(Time(0), datagram.as_bytes()));
        assert_eq!(witness.repeated(), 1);
        witness.note(Time(MEMORY_MS + 1), b"BYE");
        witness.note(Time(MEMORY_MS + 1), b"OPTIONS b");
        assert_eq!(witness.repeated(), 1, "what is forgotten is new");
    }
}
