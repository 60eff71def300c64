//! The INVITE server transaction (RFC 3261 §17.2.1 with RFC 6026's Accepted state).

use bytes::Bytes;

use super::{Fired, GIVE_UP, Resend, T1, T2, T4, forget_after};
use crate::Time;

/// One INVITE of the peer, from its arrival to the end of timer H, I or L.
#[derive(Debug)]
pub(crate) struct ServerInvite {
    state: State,
    reliable: bool,
}

#[derive(Debug)]
enum State {
    /// Unanswered; the last provisional answers every repetition.
    Proceeding { last: Bytes },
    /// Refused: the refusal is repeated by timer G until the ACK, given up by timer H.
    Completed { last: Bytes, resend: Option<Resend>, ends_at: Time },
    /// The refusal is acknowledged; repeated ACKs are swallowed until timer I.
    Confirmed { ends_at: Time },
    /// Answered; the core repeats its 200 itself. Repeated INVITEs are swallowed until timer L.
    Accepted { ends_at: Time },
}

/// Whose business an ACK was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Ack {
    /// It acknowledged a refusal: nothing more to do.
    Ours,
    /// It acknowledges a 200 (from a peer that does not change the branch): the dialog's.
    TheDialogs,
}

impl ServerInvite {
    /// `trying` (100) has just been sent.
    pub(crate) fn start(trying: Bytes, reliable: bool) -> ServerInvite {
        ServerInvite { state: State::Proceeding { last: trying }, reliable }
    }

    /// What to send when the INVITE comes again.
    pub(crate) fn again(&self) -> Option<Bytes> {
        match &self.state {
            State::Proceeding { last } | State::Completed { last, .. } => Some(last.clone()),
            State::Confirmed { .. } | State::Accepted { .. } => None,
        }
    }

    /// Whether `response` fits the state and is to be sent.
    pub(crate) fn respond(&mut self, now: Time, status: u16, response: Bytes) -> bool {
        let State::Proceeding { last } = &mut self.state else {
            return false;
        };
        if status < 200 {
            *last = response;
        } else if status < 300 {
            self.state = State::Accepted { ends_at: forget_after(now, GIVE_UP) };
        } else {
            let resend = (!self.reliable).then(|| Resend::first(now, T1));
            self.state = State::Completed { last: response, resend, ends_at: now + GIVE_UP };
        }
        true
    }

    pub(crate) fn ack(&mut self, now: Time) -> Ack {
        match &self.state {
            State::Completed { .. } => {
                let ends_at = if self.reliable { now } else { forget_after(now, T4) };
                self.state = State::Confirmed { ends_at };
                Ack::Ours
            }
            State::Proceeding { .. } | State::Confirmed { .. } => Ack::Ours,
            State::Accepted { .. } => Ack::TheDialogs,
        }
    }

    pub(crate) fn expire(&mut self, now: Time) -> Fired {
        match &mut self.state {
            State::Proceeding { .. } => Fired::Early,
            State::Completed { ends_at, .. } if *ends_at <= now => Fired::Gone,
            State::Completed { last, resend: Some(resend), .. } if resend.at <= now => {
                resend.again(now, T2);
                Fired::Resend(last.clone())
            }
            State::Completed { .. } => Fired::Early,
            State::Confirmed { ends_at } | State::Accepted { ends_at } => {
                if *ends_at <= now {
                    Fired::Gone
                } else {
                    Fired::Early
                }
            }
        }
    }

    pub(crate) fn deadline(&self) -> Option<Time> {
        match &self.state {
            State::Proceeding { .. } => None,
            State::Completed { resend: Some(resend), ends_at, .. } => Some(resend.at.min(*ends_at)),
            State::Completed { ends_at, .. }
            | State::Confirmed { ends_at }
            | State::Accepted { ends_at } => Some(*ends_at),
        }
    }
}
