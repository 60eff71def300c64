//! The non-INVITE client transaction (RFC 3261 §17.1.2).

use bytes::Bytes;

use super::{Fired, GIVE_UP, Resend, T1, T2, T4, Told, forget_after};
use crate::Time;

/// One request of ours that is not an INVITE, from the first send to the end of timer K.
#[derive(Debug)]
pub(crate) struct Client {
    state: State,
    /// On a reliable flow nothing is repeated (timers E and K are off).
    reliable: bool,
}

#[derive(Debug)]
enum State {
    /// No final answer yet: repeated by timer E, given up by timer F.
    Waiting { request: Bytes, resend: Option<Resend>, ends_at: Time },
    /// Repeated final answers are swallowed until timer K.
    Completed { ends_at: Time },
}

impl Client {
    /// The request has just been sent.
    pub(crate) fn start(now: Time, request: Bytes, reliable: bool) -> Client {
        let resend = (!reliable).then(|| Resend::first(now, T1));
        let state = State::Waiting { request, resend, ends_at: now + GIVE_UP };
        Client { state, reliable }
    }

    pub(crate) fn response(&mut self, now: Time, status: u16) -> Told {
        match &mut self.state {
            State::Waiting { resend, .. } if status < 200 => {
                // Proceeding: timer E goes on, but every T2 only.
                if let Some(resend) = resend {
                    resend.interval = T2;
                }
                Told::Provisional
            }
            State::Waiting { .. } => {
                let ends_at = if self.reliable { now } else { forget_after(now, T4) };
                self.state = State::Completed { ends_at };
                Told::Final
            }
            State::Completed { .. } => Told::Nothing,
        }
    }

    pub(crate) fn expire(&mut self, now: Time) -> Fired {
        match &mut self.state {
            State::Waiting { ends_at, .. } if *ends_at <= now => Fired::TimedOut,
            State::Waiting { request, resend: Some(resend), .. } if resend.at <= now => {
                resend.again(now, T2);
                Fired::Resend(request.clone())
            }
            State::Waiting { .. } => Fired::Early,
            State::Completed { ends_at } if *ends_at <= now => Fired::Gone,
            State::Completed { .. } => Fired::Early,
        }
    }

    pub(crate) fn deadline(&self) -> Time {
        match &self.state {
            State::Waiting { resend: Some(resend), ends_at, .. } => resend.at.min(*ends_at),
            State::Waiting { ends_at, .. } | State::Completed { ends_at } => *ends_at,
        }
    }
}
