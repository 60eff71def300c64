//! What an endpoint tells: bytes for the wire, and what happened.

use std::time::Duration;

use bytes::Bytes;

use crate::{Flow, Time};

/// One INVITE dialog (or the attempt at one), incoming or outgoing. Given by the endpoint, never
/// used twice.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct LegId(pub u64);

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
        /// What a trunk says in the header that [`crate::Trunk::told_header`] names.
        told: Option<String>,
        /// The headers of a trunk's INVITE that begin with `X-`: small letters, and values.
        extra: Vec<(String, String)>,
        flow: Flow,
    },
    /// An unanswered incoming leg was cancelled or ran out by its Expires (487 is sent), or its
    /// flow is gone. Its last event.
    Cancelled { leg: LegId },
    /// The ACK for our 200 came; `sdp` is the answer to a late offer. After a re-INVITE it is told
    /// only when that made a late offer.
    Confirmed { leg: LegId, sdp: Option<Bytes> },
    /// An outgoing leg rings (180, 183 …), told once; 100 is not told.
    Ringing { leg: LegId },
    /// An outgoing leg was answered; the ACK is sent.
    Answered { leg: LegId, sdp: Bytes },
    /// An outgoing leg ended without an answer: the final status, 408 for silence, 487 after
    /// our cancel, 503 when its flow is gone. After a cancel it is told when the phone confirms
    /// that it has stopped ringing, or after 4 s without a word. Last event of the leg.
    Failed { leg: LegId, status: u16 },
    /// The peer changes the session (re-INVITE or UPDATE). Answer with [`Endpoint::reanswer`].
    /// Never told while an earlier one is unanswered.
    Reoffered { leg: LegId, sdp: Option<Bytes> },
    /// The peer of an answered leg pressed a key and says so by INFO.
    Pressed { leg: LegId, key: char },
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
