//! The non-INVITE server transaction (RFC 3261 §17.2.2).

use bytes::Bytes;

use super::{Fired, GIVE_UP, forget_after};
use crate::Time;

/// One request of the peer that is not an INVITE, from its arrival to the end of timer J.
#[derive(Debug)]
pub(crate) struct Server {
    /// The final response once there is one; it answers every repetition.
    last: Option<Bytes>,
    /// Timer J; before the response: when the peer's timer F has certainly given up.
    ends_at: Time,
}

impl Server {
    pub(crate) fn start(now: Time) -> Server {
        Server { last: None, ends_at: forget_after(now, GIVE_UP) }
    }

    /// What to send when the request comes again.
    pub(crate) fn again(&self) -> Option<Bytes> {
        self.last.clone()
    }

    /// Whether `response` is the first and is to be sent.
    pub(crate) fn respond(&mut self, now: Time, response: Bytes, reliable: bool) -> bool {
        if self.last.is_some() {
            return false;
        }
        self.last = Some(response);
        self.ends_at = if reliable { now } else { forget_after(now, GIVE_UP) };
        true
    }

    pub(crate) fn expire(&mut self, now: Time) -> Fired {
        if self.ends_at <= now { Fired::Gone } else { Fired::Early }
    }

    pub(crate) fn deadline(&self) -> Time {
        self.ends_at
    }
}
