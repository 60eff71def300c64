//! The transaction layer (RFC 3261 §17, RFC 6026): repeats what was lost, swallows repetitions.
//!
//! The four machines know only bytes, statuses and time; [`Transactions`] matches messages to them
//! (§17.1.3, §17.2.3) and keeps their timers in one ordered set. A finished transaction is a few
//! small buffers, kept for the half minute in which a repetition may still come.

mod client;
mod client_invite;
mod key;
mod server;
mod server_invite;
mod table;

use std::time::Duration;

use bytes::Bytes;

use crate::Time;

pub(crate) use key::{merge_key, server_key};
pub(crate) use server_invite::Ack;
pub(crate) use table::{Heard, Owner, Transactions, TxId, What};

/// The estimated round trip.
pub(crate) const T1: Duration = Duration::from_millis(500);
/// The longest pause between repetitions.
pub(crate) const T2: Duration = Duration::from_secs(4);
/// How long a message may stay in the network.
pub(crate) const T4: Duration = Duration::from_secs(5);
/// 64·T1: timers B, D (at least 32 s), F, H, J, L and M.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(32);

/// Finished transactions are forgotten at full quarters of a second.
const FORGET_TOGETHER_MS: u64 = 250;

/// When a transaction that has done its work may be forgotten: after `span`, and a little later.
/// Nobody waits for this moment, so all of a quarter of a second have the same: a busy endpoint is
/// woken once for them and not once for each.
fn forget_after(now: Time, span: Duration) -> Time {
    Time((now + span).0.next_multiple_of(FORGET_TOGETHER_MS))
}

/// When to repeat a message next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resend {
    pub(crate) at: Time,
    pub(crate) interval: Duration,
}

impl Resend {
    pub(crate) fn first(now: Time, interval: Duration) -> Resend {
        Resend { at: now + interval, interval }
    }

    /// Doubles the pause up to `longest`.
    pub(crate) fn again(&mut self, now: Time, longest: Duration) {
        self.interval = (self.interval * 2).min(longest);
        self.at = now + self.interval;
    }
}

/// What a response means for a client transaction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Told {
    Provisional,
    Final,
    /// A repetition.
    Nothing,
}

/// What a machine's timer asks for.
#[derive(Debug, Eq, PartialEq)]
enum Fired {
    /// Nothing is due yet.
    Early,
    Resend(Bytes),
    /// No final response came: the transaction is over and its owner must know.
    TimedOut,
    /// The transaction has done its work.
    Gone,
}
