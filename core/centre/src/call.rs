//! One call: the caller's leg, the agent's leg while there is one, and the relay between them.

use acd::{AgentId, CallId, GroupId, Time};
use bytes::Bytes;
use media::{Agreed, Direction, LocalMedia};
use sip::{Flow, LegId};

use crate::Relay;

/// A live call.
#[derive(Debug)]
pub(crate) struct Call {
    /// Names it to the engine and in the journal.
    pub(crate) id: CallId,
    /// The group in whose line he is, or was.
    pub(crate) group: GroupId,
    /// The number he dialled.
    pub(crate) dialled: String,
    /// The trunk that brought the call; `None` for one of our own phones.
    pub(crate) trunk: Option<String>,
    /// Whose phone it is, if it is one of ours.
    pub(crate) person: Option<AgentId>,
    /// The way his INVITE came.
    pub(crate) flow: Flow,
    /// The dialog with the caller; `None` while an agent is rung to call him back.
    pub(crate) caller_leg: Option<LegId>,
    /// Who calls, as the agent's phone should show it.
    pub(crate) caller: String,
    /// The display name the caller sent.
    pub(crate) caller_display: String,
    /// Sockets held for the life of the call.
    pub(crate) relay: Relay,
    /// Our side of the caller's session.
    pub(crate) caller_media: LegSession,
    /// The agent rung or talked to.
    pub(crate) agent: Option<AgentLeg>,
    /// The caller was answered and hears music or an agent.
    pub(crate) greeted: bool,
    /// A recording runs.
    pub(crate) recording: bool,
    /// The caller keeps his place and has not been reached yet.
    pub(crate) is_callback: bool,
}

/// The dialog with the agent of a call.
#[derive(Debug)]
pub(crate) struct AgentLeg {
    /// `None`: an outside number; the call is not the engine's any more.
    pub(crate) agent: Option<AgentId>,
    pub(crate) leg: LegId,
    pub(crate) media: LegSession,
    /// When a phone that has said nothing is given up; where that stands in `Centre::probes`.
    pub(crate) unheard_at: Option<Time>,
    /// Both hear each other; false while it rings.
    pub(crate) connected: bool,
}

/// One side's offer/answer state.
#[derive(Debug)]
pub(crate) struct LegSession {
    /// What we write about ourselves; its version grows with every change.
    pub(crate) local: LocalMedia,
    /// The last SDP we sent: what an answer of the peer is read against.
    pub(crate) sent: Bytes,
    /// What was agreed; `None` until the answer came.
    pub(crate) agreed: Option<Agreed>,
    /// When the leg is to be asked whether it is still there.
    pub(crate) probe_at: Option<Time>,
}

impl LegSession {
    pub(crate) fn new(local: LocalMedia, sent: Bytes, agreed: Option<Agreed>) -> LegSession {
        LegSession { local, sent, agreed, probe_at: None }
    }

    /// The peer holds us, or wants only to listen or to be heard: its silence means nothing.
    pub(crate) fn is_held(&self) -> bool {
        self.agreed.is_some_and(|agreed| agreed.direction != Direction::SendRecv)
    }
}
