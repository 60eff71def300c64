//! Everything that goes into a centre and comes out of it.

use std::net::IpAddr;
use std::sync::Arc;

use acd::{Actor, AgentId, CallId, GroupId, LastDay, Wish};
use bytes::Bytes;
use media::{Agreed, Codec, Mode, Side, Words};
use sip::Flow;

use crate::{Fact, KeptCallback, Plan};

/// What never changes while the centre lives.
#[derive(Clone, Debug)]
pub struct Config {
    /// Seeds branches, tags and nonces; see [`sip::EndpointConfig`].
    pub seed: [u8; 32],
    /// The number of the first call: one more than the last one in the journal.
    pub first_call: u64,
    /// The address written into SDP; `None` takes the one the signalling came to.
    pub media_address: Option<IpAddr>,
    /// Live calls beyond this many are refused with 503: sockets and memory are finite.
    pub calls_max: usize,
}

/// Something that happened outside.
#[derive(Clone, Debug)]
pub enum Input {
    /// The plan changed (or is given for the first time).
    PlanChanged(Arc<Plan>),
    /// A SIP message came.
    Received { flow: Flow, bytes: Bytes },
    /// A connection closed, or the network refused our datagrams.
    FlowClosed { flow: Flow },
    /// Somebody says what an agent wants.
    Wished { agent: AgentId, wish: Wish, by: Actor },
    /// Somebody ended an agent's wrap-up.
    WrapUpEnded { agent: AgentId },
    /// A supervisor moves a waiting caller to another group.
    CallMoved { call: CallId, to: GroupId, by: Actor },
    /// A supervisor gives a waiting caller another priority.
    CallPromoted { call: CallId, priority: i32, by: Actor },
    /// Somebody hands a caller who talks with an agent to a group.
    Transferred { call: CallId, to: GroupId, by: Actor },
    /// From the journal, before the first call: who served this caller last.
    ServedLast { caller: String, agent: AgentId },
    /// A day was closed: what people have achieved in it, for policies.
    DayClosed(Arc<LastDay>),
    /// From the journal, before the first call: a caller who keeps his place, and today's way to
    /// where his call came from.
    CallbackKept { kept: Box<KeptCallback>, flow: Flow },
    /// Somebody ends a callback.
    CallbackEnded { call: CallId, by: Actor },
    /// Relays are ready to be used, after [`MediaOrder::Bind`].
    RelaysBound(Vec<Relay>),
    /// A caller pressed a key.
    KeyPressed { call: CallId, key: char },
    /// Nothing came from this side of a relay for the media timeout.
    MediaSilent { call: CallId, side: Side },
    /// A recording is complete on disk and in the index.
    RecordingStored { call: CallId, bytes: u64, duration_ms: u64, sha256: String },
    /// A recording could not be written.
    RecordingFailed { call: CallId, cause: String },
    /// Take no new calls; those that are here go on.
    Drain,
    /// End every call now.
    EndAll,
    /// Nothing but time passed; send it at [`crate::Centre::deadline`].
    TimePassed,
}

/// A pair of bound sockets, one towards the caller and one towards the agent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Relay {
    pub id: RelayId,
    pub caller_port: u16,
    pub agent_port: u16,
}

/// Names a relay.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RelayId(pub u32);

/// Something that must be done or told.
#[derive(Clone, Debug)]
pub enum Output {
    /// Bytes for the wire.
    Send { flow: Flow, bytes: Bytes },
    /// An order to the media workers. Orders to one relay are carried out in this order.
    Media(MediaOrder),
    /// A line of the journal.
    Tell(Fact),
    /// An agent dialled the code of a mode on his phone.
    ModePressed { code: String, mode: u64, agent: AgentId },
}

/// What the media workers must do.
#[derive(Clone, Debug, PartialEq)]
pub enum MediaOrder {
    /// Bind so many more relays and tell by [`Input::RelaysBound`].
    Bind { more: u32 },
    /// One side's session is agreed, changed, or gone. A side that `roams` may be heard from
    /// elsewhere than its SDP says: our own phones sit behind NAT.
    SetLeg { relay: RelayId, call: CallId, side: Side, agreed: Option<Agreed>, roams: bool },
    /// What the sides hear.
    SetMode { relay: RelayId, mode: Mode },
    /// Say something to one side; what it heard before goes on afterwards.
    Play { relay: RelayId, side: Side, words: Words },
    /// Both sides are written to the call's file from now on.
    StartRecording { relay: RelayId, call: CallId, codec: Codec },
    /// The file is complete.
    StopRecording { relay: RelayId, call: CallId },
    /// The call is over: forget both legs. The sockets stay bound for the next call.
    Release { relay: RelayId },
}
