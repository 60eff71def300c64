//! One leg: a dialog, or the attempt at one, and where it stands.

use std::time::Duration;

use bytes::Bytes;

use super::{Dialog, Reply};
use crate::transaction::{GIVE_UP, Resend, T1, T2, TxId};
use crate::{Login, Time};

/// RFC 3261 §13.3.1.1: proxies on the way forget an INVITE that only rings; tell them each minute.
const RINGING_AGAIN: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(crate) struct Leg {
    pub(crate) dialog: Dialog,
    /// Answers a challenge to our INVITE, and one to our BYE.
    pub(crate) login: Option<Login>,
    pub(crate) state: State,
}

#[derive(Debug)]
pub(crate) enum State {
    /// The peer calls; no final answer yet.
    Invited(Box<Invited>),
    /// We call; no final answer yet.
    Calling(Box<Calling>),
    /// Answered, in either direction.
    Up(Up),
    /// Told as over. Remains until our BYE is answered, so that a crossing BYE gets its 200.
    Over(Over),
}

#[derive(Debug)]
pub(crate) struct Invited {
    pub(crate) invite: TxId,
    pub(crate) reply: Reply,
    pub(crate) cseq: u32,
    /// There was no SDP in the INVITE: ours is the offer.
    pub(crate) late_offer: bool,
    /// When to repeat our 180; `None` while there is none.
    pub(crate) ring_again_at: Option<Time>,
    /// When the invitation runs out by its own Expires (RFC 3261 §13.3.1).
    pub(crate) expires_at: Option<Time>,
}

#[derive(Debug)]
pub(crate) struct Calling {
    /// `None` only until it is sent.
    pub(crate) invite: Option<TxId>,
    pub(crate) sdp: Bytes,
    pub(crate) headers: Vec<(String, String)>,
    /// A challenge has been answered: that happens once.
    pub(crate) is_proved: bool,
    pub(crate) started_at: Time,
    pub(crate) gives_up_at: Time,
    /// Something was heard, so a CANCEL may be sent (RFC 3261 §9.1).
    pub(crate) is_heard: bool,
    pub(crate) is_ringing: bool,
    pub(crate) cancel: Option<Cancel>,
}

/// Nobody wants our call any more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cancel {
    /// The status to tell: 487 after a hang-up, 408 after patience.
    pub(crate) status: u16,
    /// Tell it now, though the peer has not confirmed the end; `None`: told already.
    pub(crate) tell_at: Option<Time>,
    /// The CANCEL was sent; without a final answer until then the INVITE is forgotten (§9.1).
    pub(crate) sent_until: Option<Time>,
}

#[derive(Debug, Default)]
pub(crate) struct Up {
    /// Our 200 to the INVITE or a re-INVITE waits for its ACK.
    pub(crate) unacked: Option<Unacked>,
    /// The peer's re-INVITE or UPDATE waits for our answer.
    pub(crate) reoffer: Option<Reoffer>,
}

#[derive(Debug, Default)]
pub(crate) struct Over {
    /// Our BYE has to wait for the ACK (§15).
    pub(crate) unacked: Option<Unacked>,
}

/// A 200 of ours that the core repeats until the ACK (§13.3.1.4).
#[derive(Debug)]
pub(crate) struct Unacked {
    pub(crate) ok: Bytes,
    pub(crate) cseq: u32,
    pub(crate) resend: Resend,
    pub(crate) ends_at: Time,
    /// The ACK of the first INVITE is always told, later ones only with an SDP we wait for.
    pub(crate) is_first: bool,
    pub(crate) late_offer: bool,
}

/// A change of the session that the peer asks for.
#[derive(Debug)]
pub(crate) struct Reoffer {
    pub(crate) tx: TxId,
    pub(crate) reply: Reply,
    pub(crate) cseq: u32,
    /// A re-INVITE: the 200 wants an ACK. Else an UPDATE.
    pub(crate) is_invite: bool,
    pub(crate) late_offer: bool,
}

impl Leg {
    pub(crate) fn deadline(&self) -> Option<Time> {
        match &self.state {
            State::Invited(invited) => {
                invited.ring_again_at.into_iter().chain(invited.expires_at).min()
            }
            State::Calling(calling) => match calling.cancel {
                None => Some(calling.gives_up_at),
                Some(cancel) => cancel.deadline(),
            },
            State::Up(up) => up.unacked.as_ref().map(Unacked::deadline),
            State::Over(over) => over.unacked.as_ref().map(Unacked::deadline),
        }
    }
}

impl Invited {
    pub(crate) fn rang(&mut self, now: Time) {
        self.ring_again_at = Some(now + RINGING_AGAIN);
    }
}

impl Calling {
    /// Starts to cancel. A peer that has been silent for long is given up at once; else it has
    /// a moment to confirm that its phone has stopped ringing.
    pub(crate) fn give_up(&mut self, now: Time, status: u16) {
        let patient_until = if self.is_heard { now + T2 } else { self.started_at + T2 };
        self.cancel =
            Some(Cancel { status, tell_at: Some(patient_until.max(now)), sent_until: None });
    }
}

impl Cancel {
    fn deadline(self) -> Option<Time> {
        match (self.tell_at, self.sent_until) {
            (Some(tell), Some(until)) => Some(tell.min(until)),
            (either, None) | (None, either) => either,
        }
    }
}

impl Unacked {
    /// The 200 has just been sent.
    pub(crate) fn new(now: Time, ok: Bytes, cseq: u32) -> Unacked {
        Unacked {
            ok,
            cseq,
            resend: Resend::first(now, T1),
            ends_at: now + GIVE_UP,
            is_first: false,
            late_offer: false,
        }
    }

    fn deadline(&self) -> Time {
        self.resend.at.min(self.ends_at)
    }
}
