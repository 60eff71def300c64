//! The front door: one user agent (or a whole contact centre) on any number of flows.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;

use crate::{Flow, Time};

/// One INVITE dialog (or the attempt at one), incoming or outgoing. Given by the endpoint, never
/// used twice.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LegId(pub u64);

/// What never changes while the endpoint lives.
#[derive(Clone, Debug)]
pub struct EndpointConfig {
    /// Mixed with a counter to make branches, tags, Call-IDs and nonces: from the operating
    /// system's generator in the real world, a constant in the imagined one.
    pub seed: [u8; 32],
    /// Goes into Server and User-Agent.
    pub product: String,
    /// Live transactions beyond this many: new requests are answered 503 with Retry-After.
    pub transactions_max: usize,
    /// Live legs beyond this many: new INVITEs are answered 503 with Retry-After.
    pub legs_max: usize,
}

/// Who may register and who may call. Replaced whole by [`Endpoint::set_access`].
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// The digest realm.
    pub realm: String,
    /// By SIP user name. Their REGISTERs and INVITEs are challenged.
    pub users: BTreeMap<String, User>,
    /// INVITEs from these addresses are accepted without a challenge.
    pub trunks: Vec<Trunk>,
    /// A phone: accept INVITEs from anywhere, answer REGISTER with 405.
    pub is_phone: bool,
}

/// One set of SIP credentials. The password itself is never kept.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct User {
    /// Hex of MD5(user:realm:password).
    pub ha1_md5: String,
    /// Hex of SHA-256(user:realm:password).
    pub ha1_sha256: String,
}

/// A peer that is trusted by its address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Trunk {
    pub name: String,
    pub address: IpAddr,
    /// `None`: any port of the address.
    pub port: Option<u16>,
}

/// Our own name and password at a registrar or a proxy that challenges us.
#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    pub password: String,
}

/// Where an outgoing INVITE goes.
#[derive(Clone, Debug)]
pub enum Target {
    /// A registered user: the flow kept by the registrar, the registered Contact as request URI.
    User(String),
    /// A fixed peer.
    Peer { flow: Flow, uri: String },
}

/// An outgoing call to be placed.
#[derive(Clone, Debug)]
pub struct Dial {
    pub target: Target,
    /// User part and display name of From: the caller as the called phone should show it.
    pub from_user: String,
    pub from_display: String,
    /// User part of To.
    pub to_user: String,
    /// The SDP offer.
    pub sdp: Bytes,
    /// Further header lines, name and value, for example `X-Ladus-Group`.
    pub headers: Vec<(String, String)>,
    /// Answers a 401 or 407 once.
    pub login: Option<Login>,
    /// Give up (CANCEL, then 408 as the status) when there is no final answer after so long.
    pub patience: Duration,
}

/// A registration to be made or refreshed by a phone.
#[derive(Clone, Debug)]
pub struct Register {
    pub flow: Flow,
    pub login: Login,
    /// Zero removes the binding.
    pub expires: Duration,
}

/// What the endpoint wants done or known.
#[derive(Clone, Debug)]
pub enum Output {
    /// Bytes for the wire.
    Send {
        flow: Flow,
        bytes: Bytes,
    },
    Tell(Event),
}

/// What happened, above transactions and dialogs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Event {
    /// A new INVITE, allowed to call, 100 already sent. `trunk` or `user` says who calls.
    Invited {
        leg: LegId,
        /// User part of the request URI, unescaped: the number dialled.
        dialled: String,
        /// User part and display name of From (or P-Asserted-Identity from a trunk).
        caller: String,
        caller_display: String,
        trunk: Option<String>,
        user: Option<String>,
        /// The offer; `None` for a late offer (ours goes into the 200, theirs comes with the ACK).
        sdp: Option<Bytes>,
        flow: Flow,
    },
    /// The INVITE of an unanswered incoming leg was cancelled or lost; 487 is sent. Last event of it.
    Cancelled { leg: LegId },
    /// The ACK for our 200 came; `sdp` is the answer to a late offer.
    Confirmed { leg: LegId, sdp: Option<Bytes> },
    /// An outgoing leg rings (180, 183 …), told once; 100 is not told.
    Ringing { leg: LegId },
    /// An outgoing leg was answered; the ACK is sent.
    Answered { leg: LegId, sdp: Bytes },
    /// An outgoing leg ended without an answer: the final status, 408 for silence, 487 after
    /// our cancel. Last event of the leg.
    Failed { leg: LegId, status: u16 },
    /// The peer changes the session (re-INVITE or UPDATE). Answer with [`Endpoint::reanswer`].
    /// Never told while an earlier one is unanswered.
    Reoffered { leg: LegId, sdp: Option<Bytes> },
    /// An answered leg is over. Last event of the leg.
    Ended { leg: LegId, reason: EndReason },
    /// A user's phone registered or refreshed. `first` when there was no binding before.
    Registered {
        user: String,
        contact: String,
        agent: String,
        flow: Flow,
        expires_at: Time,
        first: bool,
    },
    /// The user's last binding is gone: removed, run out, or its flow closed.
    Unregistered { user: String },
    /// The answer to our own REGISTER: the final status and the expiry granted.
    RegisterDone { user: String, status: u16, expires: Duration },
}

/// Why an answered leg is over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EndReason {
    /// BYE from the peer.
    Bye,
    /// Our own [`Endpoint::hang_up`].
    Ours,
    /// No ACK for 64·T1, or 408/481 to a request within the dialog.
    Lost,
}

/// The endpoint. Every method writes what follows to `out`.
#[derive(Debug)]
pub struct Endpoint {}

impl Endpoint {
    pub fn new(_config: EndpointConfig) -> Endpoint {
        Endpoint {}
    }

    /// Replaces users and trunks. Bindings of users who are gone are removed and told.
    pub fn set_access(&mut self, _now: Time, _access: Access, _out: &mut Vec<Output>) {}

    /// Takes one datagram (or one framed message of a connection).
    pub fn receive(&mut self, _now: Time, _flow: Flow, _bytes: Bytes, _out: &mut Vec<Output>) {}

    /// A connection closed, or the network refused a datagram on this flow (ICMP).
    pub fn flow_closed(&mut self, _now: Time, _flow: Flow, _out: &mut Vec<Output>) {}

    /// Fires every timer that is due.
    pub fn expire(&mut self, _now: Time, _out: &mut Vec<Output>) {}

    /// When [`Endpoint::expire`] wants to be called next.
    pub fn deadline(&self) -> Option<Time> {
        None
    }

    /// Places a call. Everything that follows is told by events; an unregistered user or an
    /// unwritable header gives `Failed` at once.
    pub fn dial(&mut self, _now: Time, _dial: Dial, _out: &mut Vec<Output>) -> LegId {
        LegId(0)
    }

    /// 180 to an incoming leg.
    pub fn ring(&mut self, _now: Time, _leg: LegId, _out: &mut Vec<Output>) {}

    /// 200 with this SDP to an incoming leg, repeated until the ACK comes (RFC 3261 §13.3.1.4).
    pub fn answer(&mut self, _now: Time, _leg: LegId, _sdp: Bytes, _out: &mut Vec<Output>) {}

    /// A final refusal to an incoming leg. No further event follows.
    pub fn refuse(&mut self, _now: Time, _leg: LegId, _status: u16, _out: &mut Vec<Output>) {}

    /// 200 with this SDP to a `Reoffered`; `None` answers 488 and the session stays as it was.
    pub fn reanswer(
        &mut self,
        _now: Time,
        _leg: LegId,
        _sdp: Option<Bytes>,
        _out: &mut Vec<Output>,
    ) {
    }

    /// Ends a leg whatever its state: CANCEL (then `Failed` 487, or ACK and BYE if a 200 crosses
    /// it), 487, or BYE (then `Ended` with `Ours`). A leg that is gone already is a no-op.
    pub fn hang_up(&mut self, _now: Time, _leg: LegId, _out: &mut Vec<Output>) {}

    /// Registers this phone. Answered by `RegisterDone`.
    pub fn register(&mut self, _now: Time, _register: Register, _out: &mut Vec<Output>) {}

    /// The current flow of a registered user.
    pub fn flow_of(&self, _user: &str) -> Option<Flow> {
        None
    }

    /// Live legs and transactions, for boards and limits.
    pub fn load(&self) -> (usize, usize) {
        (0, 0)
    }
}
