//! The INVITE client transaction (RFC 3261 §17.1.1 with RFC 6026's Accepted state).

use bytes::Bytes;

use super::{Fired, GIVE_UP, Resend, T1, Told, forget_after};
use crate::message::{Message, Method, Name};
use crate::{Flow, Time};

/// At most so many forks of one INVITE are acknowledged again; a proxy that forks wider than this
/// has its later 200s acknowledged once.
const FORKS_MAX: usize = 8;

/// One INVITE of ours, from the first send to the end of timer D or M.
#[derive(Debug)]
pub(crate) struct ClientInvite {
    state: State,
    reliable: bool,
}

#[derive(Debug)]
enum State {
    /// Nothing heard: repeated by timer A, given up by timer B.
    Calling { sent: Box<Sent>, resend: Option<Resend>, ends_at: Time },
    /// A provisional answer came. No timer: whoever called has the patience.
    Proceeding { sent: Box<Sent> },
    /// Refused and acknowledged; the same ACK again for every repeated refusal, until timer D.
    Completed { ack: Bytes, ends_at: Time },
    /// Answered; the ACK of each fork (by To tag) again for every repeated 200, until timer M.
    Accepted { acks: Vec<Fork>, ends_at: Time },
}

/// The INVITE as it was sent: the source of its ACK and its CANCEL.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) message: Message,
    pub(crate) bytes: Bytes,
}

impl Sent {
    /// The ACK of a refusal has the INVITE's own Via, and the To of the response (§17.1.1.3).
    fn ack(&self, refusal: &Message) -> Message {
        self.companion(Method::Ack, refusal)
    }

    /// The CANCEL has the INVITE's own Via and To (§9.1).
    pub(crate) fn cancel(&self) -> Message {
        self.companion(Method::Cancel, &self.message)
    }

    fn companion(&self, method: Method, to: &Message) -> Message {
        let invite = &self.message;
        let number = invite.cseq().map_or(0, |(number, _)| number);
        let cseq = format!("{number} {}", method.as_str());
        let mut message = Message::request(method, invite.uri().unwrap_or_default());
        message.push(Name::MaxForwards, "70");
        let copied = [Name::Via, Name::Route, Name::From, Name::CallId];
        for header in invite.headers().iter().filter(|header| copied.contains(&header.name)) {
            message.push(header.name, header.value.clone());
        }
        if let Some(value) = to.get_bytes(Name::To) {
            message.push(Name::To, Bytes::copy_from_slice(value));
        }
        message.push(Name::CSeq, cseq);
        message
    }
}

/// One answer to our INVITE, and the ACK it got.
#[derive(Debug)]
struct Fork {
    to_tag: String,
    flow: Flow,
    ack: Bytes,
}

/// What a 2xx means for this transaction.
#[derive(Debug)]
pub(crate) enum Accepted {
    /// A fork answered that has not answered before: its ACK is owed by the core.
    News,
    /// The same 200 again: this ACK again.
    Again(Flow, Bytes),
    Nothing,
}

impl ClientInvite {
    pub(crate) fn start(now: Time, message: Message, bytes: Bytes, reliable: bool) -> ClientInvite {
        let resend = (!reliable).then(|| Resend::first(now, T1));
        let sent = Box::new(Sent { message, bytes });
        ClientInvite { state: State::Calling { sent, resend, ends_at: now + GIVE_UP }, reliable }
    }

    /// The INVITE, as long as there is no final answer.
    pub(crate) fn sent(&self) -> Option<&Sent> {
        match &self.state {
            State::Calling { sent, .. } | State::Proceeding { sent } => Some(sent),
            State::Completed { .. } | State::Accepted { .. } => None,
        }
    }

    pub(crate) fn provisional(&mut self) -> Told {
        let state = std::mem::replace(&mut self.state, State::nowhere());
        let (state, heard) = match state {
            State::Calling { sent, .. } | State::Proceeding { sent } => {
                (State::Proceeding { sent }, Told::Provisional)
            }
            over @ (State::Completed { .. } | State::Accepted { .. }) => (over, Told::Nothing),
        };
        self.state = state;
        heard
    }

    /// A refusal (300 to 699) came: the ACK to send for it, and whether it is news.
    pub(crate) fn refused(&mut self, now: Time, response: &Message) -> Option<(Bytes, Told)> {
        match &self.state {
            State::Calling { sent, .. } | State::Proceeding { sent } => {
                let ack = sent.ack(response).to_bytes();
                let ends_at = if self.reliable { now } else { forget_after(now, GIVE_UP) };
                self.state = State::Completed { ack: ack.clone(), ends_at };
                Some((ack, Told::Final))
            }
            State::Completed { ack, .. } => Some((ack.clone(), Told::Nothing)),
            State::Accepted { .. } => None,
        }
    }

    /// A 2xx with this To tag came.
    pub(crate) fn accepted(&mut self, now: Time, to_tag: &str) -> Accepted {
        match &mut self.state {
            State::Calling { .. } | State::Proceeding { .. } => {
                self.state =
                    State::Accepted { acks: Vec::new(), ends_at: forget_after(now, GIVE_UP) };
                Accepted::News
            }
            State::Accepted { acks, .. } => match acks.iter().find(|fork| fork.to_tag == to_tag) {
                Some(fork) => Accepted::Again(fork.flow, fork.ack.clone()),
                None if acks.len() < FORKS_MAX => Accepted::News,
                None => Accepted::Nothing,
            },
            State::Completed { .. } => Accepted::Nothing,
        }
    }

    /// Keeps the ACK of one fork for repeated 200s.
    pub(crate) fn keep_ack(&mut self, to_tag: &str, flow: Flow, ack: Bytes) {
        match &mut self.state {
            State::Accepted { acks, .. } => acks.push(Fork { to_tag: to_tag.into(), flow, ack }),
            State::Calling { .. } | State::Proceeding { .. } | State::Completed { .. } => {}
        }
    }

    /// Stops the repetitions of timer A; answers are still heard until timer B.
    pub(crate) fn fall_silent(&mut self) {
        match &mut self.state {
            State::Calling { resend, .. } => *resend = None,
            State::Proceeding { .. } | State::Completed { .. } | State::Accepted { .. } => {}
        }
    }

    pub(crate) fn expire(&mut self, now: Time) -> Fired {
        match &mut self.state {
            State::Calling { ends_at, .. } if *ends_at <= now => Fired::TimedOut,
            State::Calling { sent, resend: Some(resend), .. } if resend.at <= now => {
                // Timer A has no upper bound but timer B.
                resend.again(now, GIVE_UP);
                Fired::Resend(sent.bytes.clone())
            }
            State::Calling { .. } | State::Proceeding { .. } => Fired::Early,
            State::Completed { ends_at, .. } | State::Accepted { ends_at, .. } => {
                if *ends_at <= now { Fired::Gone } else { Fired::Early }
            }
        }
    }

    pub(crate) fn deadline(&self) -> Option<Time> {
        match &self.state {
            State::Calling { resend: Some(resend), ends_at, .. } => Some(resend.at.min(*ends_at)),
            State::Calling { ends_at, .. }
            | State::Completed { ends_at, .. }
            | State::Accepted { ends_at, .. } => Some(*ends_at),
            State::Proceeding { .. } => None,
        }
    }
}

impl State {
    /// Stands in for a moment while the real state is moved.
    fn nowhere() -> State {
        State::Completed { ack: Bytes::new(), ends_at: Time(0) }
    }
}
