//! Imagined phones: agents' phones that ring and are answered, and callers who dial and wait.
//!
//! A [`Phone`] is a `sip::Endpoint` with habits. It takes datagrams and time and gives datagrams,
//! orders to its ears and mouth ([`Output::StartMedia`]) and [`PhoneEvent`]s. It has no socket, no
//! clock and no chance: the simulator moves it in virtual time, the crate `phones` over loopback.
//!
//! Ladus answers a caller at once and plays music, so a caller's phone cannot tell an agent from
//! music by signalling. Whoever runs both phones says so by [`Phone::joined`]; without it the
//! caller gives up when his patience ends.

mod line;
mod machine;
mod register;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use media::Codec;
use sip::{Flow, LegId, Login};

pub use self::machine::Phone;

/// What never changes while a phone lives.
#[derive(Clone, Debug)]
pub struct PhoneConfig {
    /// See [`sip::EndpointConfig::seed`]: no two phones may share it.
    pub seed: [u8; 32],
    /// Goes into User-Agent.
    pub product: String,
    pub behaviour: Behaviour,
}

/// Whose phone it is.
#[derive(Clone, Debug)]
pub enum Behaviour {
    Agent(Agent),
    /// Dials when told to, as often as told to: one phone may stand for a whole trunk.
    Caller,
}

/// The habits of an agent's phone. It has one line: a second call hears 486.
#[derive(Clone, Debug)]
pub struct Agent {
    /// `None`: it waits for calls without registering anywhere.
    pub account: Option<Account>,
    /// Where it wants to hear RTP.
    pub media: SocketAddr,
    /// What it does with its first call, its second and so on; then from the start again. Empty:
    /// every call is left to ring.
    pub rings: Vec<Ring>,
}

/// Where and as whom a phone registers.
#[derive(Clone, Debug)]
pub struct Account {
    pub flow: Flow,
    pub login: Login,
    /// Asked for; half of what is granted goes by before it refreshes.
    pub expires: Duration,
}

/// What an agent's phone does with one call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ring {
    /// From the INVITE to the 180.
    pub rings_after: Duration,
    pub then: Then,
}

/// How a ringing ends, unless the other side ends it first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Then {
    /// Answered so long after it began to ring; hung up after `talk`, or never by this phone.
    Answer { after: Duration, talk: Option<Duration> },
    /// 486 busy, 603 declined ….
    Refuse { after: Duration, status: u16 },
    /// It rings until the other side has had enough.
    Ignore,
}

/// One call of a caller.
#[derive(Clone, Debug)]
pub struct Dialling {
    pub flow: Flow,
    /// User part of the request URI.
    pub number: String,
    /// User part of From, and what the agent's phone shows.
    pub caller: String,
    /// Where the caller wants to hear RTP.
    pub media: SocketAddr,
    /// He hangs up when no agent has joined for so long.
    pub patience: Duration,
    /// He hangs up when the agent has not ended the talk for so long.
    pub talk_max: Duration,
}

/// Something that happened outside.
#[derive(Clone, Debug)]
pub enum Input {
    Received {
        flow: Flow,
        bytes: Bytes,
    },
    FlowClosed {
        flow: Flow,
    },
    /// Nothing but time passed; also begins the registration.
    TimePassed,
}

/// Something to be done or known.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    Send {
        flow: Flow,
        bytes: Bytes,
    },
    /// Talk from `local` to `remote` and listen, or, for a line that talks already, go on so.
    StartMedia {
        line: LegId,
        local: SocketAddr,
        remote: SocketAddr,
        codec: Codec,
    },
    StopMedia {
        line: LegId,
    },
    Told(PhoneEvent),
}

/// What a phone tells of itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PhoneEvent {
    /// Registered or refreshed.
    Registered,
    /// It will try again by itself.
    RegisterFailed { status: u16 },
    /// The phone has left and its last REGISTER, if there was ever one, is answered.
    Unregistered,
    /// A call came to this agent's phone. `call` is what X-Ladus-Call says, `caller` what From.
    Rung { line: LegId, call: Option<u64>, caller: String },
    /// A call came while the agent has one; it was refused with 486.
    RungWhileBusy { call: Option<u64> },
    /// Agents: our 200 was acknowledged. Callers: somebody, or music, is on the line.
    Connected { line: LegId },
    /// Last event of the line.
    Over { line: LegId, end: End },
}

/// Why a line is over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// The other side stopped ringing us.
    Cancelled,
    /// A final status instead of an answer, theirs or ours; 408 is silence.
    Refused { status: u16 },
    /// The caller's patience ended before an agent joined.
    GaveUp,
    /// The agent had talked enough, as planned.
    TalkedOut,
    /// The agent should have ended the talk long ago; the caller did.
    Overdue,
    /// BYE from the other side.
    HungUp,
    /// The other side does not answer any more (no ACK, 408 or 481).
    Lost,
    /// [`Phone::leave`].
    Left,
}
