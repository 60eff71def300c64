//! The journal's lines: the engine's own facts, and those of phones and recordings.

use std::net::SocketAddr;

use acd::{AgentId, CallId, Office, Time};

/// Something that became true at a moment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fact {
    pub at: Time,
    pub what: What,
}

/// What became true.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum What {
    /// A fact of the distribution engine.
    Acd(acd::Fact),
    /// A phone of this agent registered for the first time since it was lost.
    DeviceRegistered { agent: AgentId, sip_user: String, contact: String, user_agent: String },
    /// The last registration of this SIP user is gone.
    DeviceLost { agent: AgentId, sip_user: String },
    /// Recording began: both sides are heard.
    RecordingStarted { call: CallId },
    /// The file is complete and its index row written.
    RecordingStored { call: CallId, bytes: u64, duration_ms: u64, sha256: String },
    /// The file could not be written; the talk went on.
    RecordingFailed { call: CallId, cause: String },
    /// What it takes to call back a caller who keeps his place, beside what the engine's facts say:
    /// our number that he dialled, his display name, and the trunk that brought his call from that
    /// address. `None`: one of our own phones, and nothing leads there.
    CallbackOrigin {
        call: CallId,
        number: String,
        caller_display: String,
        trunk: Option<String>,
        from: SocketAddr,
    },
    /// A caller dialled a number that belongs to nobody, or without SDP we can use; or a colleague
    /// who talks or has no phone; or we did not dial an outside number: too many are dialled
    /// already, or no trunk of the plan leads there.
    CallRejected { number: String, caller: String, status: u16 },
    /// One of our own phones calls a colleague (`to`) or the outside. No group's call.
    OfficeStarted {
        call: CallId,
        agent: AgentId,
        with: Office,
        to: Option<AgentId>,
        number: String,
        caller: String,
    },
    /// Whoever was called picked up.
    OfficeAnswered { call: CallId },
    /// The call is over: exactly once for each that started.
    OfficeEnded { call: CallId, outcome: OfficeOutcome, talked_ms: u64 },
}

/// How an office call ended.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum OfficeOutcome {
    /// They talked.
    Answered,
    /// Whoever called gave up, or we ended everything.
    Cancelled,
    /// It rang its time.
    NoAnswer,
    /// The phone was busy.
    Busy,
    /// Whoever was called pressed reject.
    Rejected,
    /// No such number outside, or phone, trunk or network failed.
    Unreachable,
}
