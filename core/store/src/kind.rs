//! The kinds of the journal's lines, and every word that stands in their bodies.

use std::collections::BTreeMap;

use acd::{
    Activity, CallbackEnd, EndCause, Entry, Leave, Office, Outcome, Refusal, Side, SkipReason,
};
use centre::OfficeOutcome;

use crate::word::{Word, words};

/// What a line tells. Nothing else can be written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    DeviceRegistered,
    DeviceLost,
    RecordingStarted,
    RecordingStored,
    RecordingFailed,
    CallRejected,
    CallArrived,
    QueueEntered,
    QueueRefused,
    RouteDecided,
    OfferSent,
    OfferRinging,
    OfferEnded,
    QueueLeft,
    TalkStarted,
    HoldStarted,
    HoldEnded,
    TalkEnded,
    WrapupStarted,
    WrapupEnded,
    AgentWish,
    AgentActivity,
    PlanChanged,
    QueueMoved,
    WaitAnnounced,
    CallbackAsked,
    CallDiverted,
    CallbackTried,
    CallbackOrigin,
    CallbackEnded,
    TransferDone,
    GroupTurned,
    LoanEnded,
    OfficeStarted,
    OfficeAnswered,
    OfficeEnded,
}

words!(Kind {
    DeviceRegistered = "device_registered",
    DeviceLost = "device_lost",
    RecordingStarted = "recording_started",
    RecordingStored = "recording_stored",
    RecordingFailed = "recording_failed",
    CallRejected = "call_rejected",
    CallArrived = "call_arrived",
    QueueEntered = "queue_entered",
    QueueRefused = "queue_refused",
    RouteDecided = "route_decided",
    OfferSent = "offer_sent",
    OfferRinging = "offer_ringing",
    OfferEnded = "offer_ended",
    QueueLeft = "queue_left",
    TalkStarted = "talk_started",
    HoldStarted = "hold_started",
    HoldEnded = "hold_ended",
    TalkEnded = "talk_ended",
    WrapupStarted = "wrapup_started",
    WrapupEnded = "wrapup_ended",
    AgentWish = "agent_wish",
    AgentActivity = "agent_activity",
    PlanChanged = "plan_changed",
    QueueMoved = "queue_moved",
    WaitAnnounced = "wait_announced",
    CallbackAsked = "callback_asked",
    CallDiverted = "call_diverted",
    CallbackTried = "callback_tried",
    CallbackOrigin = "callback_origin",
    CallbackEnded = "callback_ended",
    TransferDone = "transfer_done",
    GroupTurned = "group_turned",
    LoanEnded = "loan_ended",
    OfficeStarted = "office_started",
    OfficeAnswered = "office_answered",
    OfficeEnded = "office_ended",
});

/// All that a reader of the journal must be able to say: the kinds, and the words of each field by
/// `kind.field`. Whoever shows the journal to people has a sentence for every entry.
pub fn vocabulary() -> BTreeMap<&'static str, &'static [&'static str]> {
    const ACTORS: &[&str] = &["agent", "web", "rule"];
    BTreeMap::from([
        ("kind", Kind::WORDS),
        ("agent_activity.activity", Activity::WORDS),
        ("agent_wish.by", ACTORS),
        ("agent_wish.wish", &["on", "off", "break"]),
        ("callback_ended.by", ACTORS),
        ("callback_ended.reason", CallbackEnd::WORDS),
        ("callback_tried.outcome", &["reached", "not_reached"]),
        ("group_turned.state", &["open", "closed"]),
        ("hold_ended.by", Side::WORDS),
        ("hold_started.by", Side::WORDS),
        ("office_ended.outcome", OfficeOutcome::WORDS),
        ("office_started.with", Office::WORDS),
        ("offer_ended.outcome", Outcome::WORDS),
        ("queue_entered.by", ACTORS),
        ("queue_entered.why", Entry::WORDS),
        ("queue_left.leave", Leave::WORDS),
        ("queue_moved.by", ACTORS),
        ("queue_refused.refusal", Refusal::WORDS),
        ("route_decided.skipped", SkipReason::WORDS),
        ("talk_ended.by", Side::WORDS),
        ("talk_ended.cause", EndCause::WORDS),
        ("transfer_done.by", ACTORS),
        ("wrapup_ended.by", &["agent", "timer"]),
    ])
}
