//! The engine's whole vocabulary with the outside.

use std::sync::Arc;

use crate::{
    AgentId, CallId, CallbackEnd, GroupId, Kept, Key, LastDay, Plan, Prompt, Sent, Time, Verdict,
};

/// Something that happened outside.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Event {
    /// The administrator changed something. Live offers and talks are left alone; an agent who is
    /// no longer in the plan finishes what he is doing and then is gone.
    PlanChanged(Arc<Plan>),
    /// A caller reached a group. `number` is what was dialled, `caller` who dials. `sent` is for
    /// policies only, and lost with the process.
    CallArrived {
        call: CallId,
        group: GroupId,
        priority: i32,
        number: String,
        caller: String,
        sent: Option<Box<Sent>>,
    },
    /// The caller hung up or was lost, in whatever state the call was.
    CallerLeft { call: CallId, cause: EndCause },
    /// The agent's phone says that it rings (180 or 183).
    OfferRinging { agent: AgentId, call: CallId },
    /// The agent picked up.
    OfferAnswered { agent: AgentId, call: CallId },
    /// The agent's phone will not take this offer.
    OfferFailed { agent: AgentId, call: CallId, failure: OfferFailure },
    /// The agent hung up or his phone was lost while talking. A caller whose agent was `Lost` goes
    /// back to his old place in line. While a caller is called back: the callback goes back.
    AgentLeft { agent: AgentId, call: CallId, cause: EndCause },
    /// Caller or agent put the other on hold, or took it back.
    Held { call: CallId, by: Side, on: bool },
    /// What the agent wants: from the phone, the page or a supervisor.
    AgentWished { agent: AgentId, wish: Wish, by: Actor },
    /// The agent's phone registered (true), or its registration ran out or was removed (false).
    AgentReachable { agent: AgentId, reachable: bool },
    /// The agent (or a supervisor) ended the wrap-up before its time.
    WrapUpEnded { agent: AgentId },
    /// The agent began (`Some`) or ended (`None`) a call that has nothing to do with any group.
    AgentOccupied { agent: AgentId, with: Option<Office> },
    /// The caller pressed a key while he waits.
    KeyPressed { call: CallId, key: Key },
    /// The caller of a callback picked up: he and the agent can talk.
    CallerReached { call: CallId },
    /// The caller of a callback did not pick up.
    CallerNotReached { call: CallId },
    /// The agent (or somebody for him) hands the caller he talks with to a group.
    Transferred { call: CallId, to: GroupId, by: Actor },
    /// A supervisor moves a waiting caller, or one for whom a phone rings, to another group. A
    /// group that turns him away makes it a no-op; so it is with `Transferred`.
    CallMoved { call: CallId, to: GroupId, by: Actor },
    /// A supervisor gives a waiting caller, or one for whom a phone rings, another priority; the
    /// numbers of a group add nothing to it any more.
    CallPromoted { call: CallId, priority: i32, by: Actor },
    /// From the journal, before the first call: who served this caller last.
    ServedLast { caller: String, agent: AgentId },
    /// A day was closed, or the last closed one is known again after a start: policies see what
    /// people have achieved in it. Nothing else depends on it.
    DayClosed(Arc<LastDay>),
    /// From the journal, before the first call: a caller who keeps his place.
    CallbackKept(Box<Kept>),
    /// A callback is ended without having reached the caller: somebody does not want it any more,
    /// or nothing leads to him.
    CallbackEnded { call: CallId, why: CallbackEnd, by: Actor },
    /// We are going down. Nobody is rung any more for callers who keep their place: they wait for
    /// the next start.
    Draining,
    /// Nothing but time passed; send it at [`crate::Engine::deadline`].
    TimePassed,
}

/// Something that must now be done.
///
/// A leg to an agent is named by agent *and* call: while the phone rings for one call, a late
/// answer to another may still be on its way and has to be hung up. Whoever acts does nothing about
/// a leg that is gone already: the agent may refuse in the very moment in which we stop ringing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Action {
    /// Ring this agent's phone for this call. Answered later by `OfferRinging`, `OfferAnswered` or
    /// `OfferFailed`.
    Ring { agent: AgentId, call: CallId },
    /// Stop ringing this agent's phone: the offer is over.
    StopRinging { agent: AgentId, call: CallId },
    /// Let the two hear each other.
    Connect { agent: AgentId, call: CallId },
    /// End the caller's leg: the agent hung up after talking, a caller who waited is let go without
    /// words, or a callback is given up before the caller was reached.
    HangUpCaller { call: CallId },
    /// End the agent's leg: the caller hung up while talking, or the agent has just answered an
    /// offer that is over (caller gone, rung out, taken back, the crossing of CANCEL and 200).
    HangUpAgent { agent: AgentId, call: CallId },
    /// Turn the caller away: the group does not take the call, or is gone while he waits in it.
    /// With words to say he is answered, hears them and is let go; without he is refused.
    Refuse { call: CallId, refusal: Refusal, say: Option<Prompt> },
    /// The caller has waited and goes without an agent, or goes and keeps his place (callback):
    /// say the words and end his leg. Nothing more is told of this leg.
    LetGo { call: CallId, say: Prompt },
    /// Connect the caller to an outside number; the call is no longer ours to distribute.
    Divert { call: CallId, number: String },
    /// The caller hears music again: he was given back to a line after he had talked.
    WaitAgain { call: CallId },
    /// Say something to a waiting caller; the music goes on afterwards.
    Announce { call: CallId, notice: Notice },
    /// The agent is on the line: call back the caller who keeps his place. Answered by
    /// `CallerReached`, upon which `Connect` follows, or `CallerNotReached`, upon which
    /// `HangUpAgent` does. After two minutes without either the engine gives up by itself.
    CallBack { agent: AgentId, call: CallId, number: String },
}

/// What a waiting caller is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Notice {
    /// Fixed words.
    Prompt(Prompt),
    /// His place in line and how long it will take; what is `None` is not said.
    Place { place: Option<u32>, wait_ms: Option<u64> },
}

/// A call of an agent that is no group's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Office {
    /// He calls the outside.
    Outbound,
    /// He talks with a colleague.
    Internal,
}

/// Why a phone did not take an offer. With `answered`, `no_answer`, `caller_left` and `withdrawn`,
/// which the engine finds out itself, these make the seven outcomes of an offer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OfferFailure {
    /// The agent pressed reject (603, 403 …).
    Rejected,
    /// The phone is busy (486, 600).
    Busy,
    /// Not registered, or the network or the phone failed (404, 408, 480, 5xx, no reply).
    Unreachable,
}

/// How an offer ended: exactly one of seven.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Outcome {
    /// The agent picked up.
    Answered,
    /// It rang its full time.
    NoAnswer,
    /// The agent refused.
    Rejected,
    /// The phone was busy.
    Busy,
    /// The phone could not be reached.
    Unreachable,
    /// The caller hung up first.
    CallerLeft,
    /// We took the offer back (agent logged off, supervisor, plan).
    Withdrawn,
}

/// Why a group does not take a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// `waiting_max` callers wait already.
    Full,
    /// The group is not in the plan.
    NoGroup,
    /// Outside its opening hours, or closed by hand.
    Closed,
    /// Nobody who serves the group is logged on.
    NoAgents,
}

/// Which side of a conversation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    Caller,
    Agent,
}

/// Why a leg ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EndCause {
    /// A person hung up.
    HungUp,
    /// Nothing was heard for too long, or the link to the phone died.
    Lost,
    /// We are shutting down or gave up for a reason of our own.
    System,
}

/// What the agent wants, apart from what the phone is doing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Wish {
    /// Take calls.
    On,
    /// Take none: logged off.
    Off,
    /// Take none for a while; the reason is the company's own word.
    Break { reason: String },
}

/// Who asked for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Actor {
    /// The agent himself.
    Agent,
    /// Somebody on the web page; the name is for the journal.
    Web { who: String },
    /// The engine, by a rule of the plan (for example: the phone rang unanswered).
    Rule,
}

/// What the agent's phone is doing; derived, never stored.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Activity {
    /// Nothing: can take a call when the wish is on.
    Idle,
    /// An offer rings.
    Offered,
    /// Talks with a caller.
    Talking,
    /// Rests after a call.
    WrapUp,
    /// Calls the outside himself.
    Outbound,
    /// Talks with a colleague.
    Internal,
    /// The phone is not registered.
    Unreachable,
}

/// How a call left its group: exactly once for each entry.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Leave {
    /// An agent answered.
    Answered,
    /// The caller gave up.
    Abandoned,
    /// We turned the caller away: the group was removed, closed or deserted while he waited.
    Refused,
    /// The longest wait was over and the caller was let go.
    TimedOut,
    /// A step of the overflow chain took him elsewhere.
    Overflow,
    /// He pressed a key that leads elsewhere.
    Key,
    /// A supervisor moved him to another group, or he called again himself while his callback
    /// waited and the other call has the place.
    Moved,
    /// He was called back and talks with an agent.
    CalledBack,
    /// He asked for a callback and could not be reached.
    CallbackFailed,
}

/// Why a call stands in a group's line.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Entry {
    /// It came from outside.
    Arrival,
    /// Another group's rule sent it: overflow, closed, full, deserted, a key.
    Overflow,
    /// An agent handed it on.
    Transfer,
    /// The agent was lost while they talked.
    Returned,
    /// A supervisor moved it.
    Moved,
}

/// One agent passed over in a decision, and why: the answer to "why did this call go there?".
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Skipped {
    pub agent: AgentId,
    pub reason: SkipReason,
}

/// Why an agent of the group was not a candidate.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SkipReason {
    /// The wish is off.
    Off,
    /// On a break.
    OnBreak,
    /// Busy: ringing, talking or wrapping up.
    Occupied,
    /// The phone is not registered.
    Unreachable,
    /// The membership's delay has not passed yet.
    Delayed,
    /// This agent has refused or could not take this very call.
    RefusedBefore,
    /// A waiting call of a group that comes first for this agent takes precedence.
    OtherGroupFirst,
    /// He has just missed an offer and gets none for a moment.
    Resting,
    /// His membership does not count now: its calendar is shut, or he is lent to another group.
    OutOfSeason,
    /// The caller waits a moment for the agent who served him last.
    ForLastAgent,
}

/// Something that is now true: one line of the journal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fact {
    /// `priority` is the call's own, to which a group may add.
    CallArrived {
        call: CallId,
        group: GroupId,
        number: String,
        caller: String,
        priority: i32,
    },
    /// By `since` and `priority` he stands in line. `by` says who moved him, for `Entry::Moved`.
    QueueEntered {
        call: CallId,
        group: GroupId,
        priority: i32,
        place: u32,
        why: Entry,
        since: Time,
        by: Option<Actor>,
    },
    /// A supervisor changed the caller's priority; `from` and `to` are places in line.
    QueueMoved {
        call: CallId,
        group: GroupId,
        by: Actor,
        from: u32,
        to: u32,
        priority: i32,
    },
    /// The caller never entered a line and is turned away: by this group, the last on his way.
    QueueRefused {
        call: CallId,
        group: GroupId,
        refusal: Refusal,
    },
    RouteDecided {
        call: CallId,
        group: GroupId,
        decision: Decided,
    },
    OfferSent {
        call: CallId,
        group: GroupId,
        agent: AgentId,
    },
    OfferRinging {
        call: CallId,
        agent: AgentId,
    },
    /// `rang_ms` counts from `OfferRinging` (zero when it never rang).
    OfferEnded {
        call: CallId,
        group: GroupId,
        agent: AgentId,
        outcome: Outcome,
        rang_ms: u64,
    },
    /// `waited_ms` counts from the `QueueEntered` before it.
    QueueLeft {
        call: CallId,
        group: GroupId,
        leave: Leave,
        waited_ms: u64,
    },
    TalkStarted {
        call: CallId,
        group: GroupId,
        agent: AgentId,
    },
    HoldStarted {
        call: CallId,
        by: Side,
    },
    HoldEnded {
        call: CallId,
        by: Side,
    },
    TalkEnded {
        call: CallId,
        group: GroupId,
        agent: AgentId,
        by: Side,
        cause: EndCause,
        talked_ms: u64,
    },
    WrapUpStarted {
        call: CallId,
        group: GroupId,
        agent: AgentId,
    },
    /// `by_agent` is false when the timer ended it.
    WrapUpEnded {
        agent: AgentId,
        by_agent: bool,
    },
    AgentWish {
        agent: AgentId,
        wish: Wish,
        by: Actor,
    },
    AgentActivity {
        agent: AgentId,
        activity: Activity,
    },
    PlanChanged {
        version: u64,
    },
    /// The caller was told his place and the estimate.
    WaitAnnounced {
        call: CallId,
        place: Option<u32>,
        wait_ms: Option<u64>,
    },
    /// The caller hung up or was let go and keeps his place in line.
    CallbackAsked {
        call: CallId,
        group: GroupId,
        number: String,
    },
    /// The call was connected to an outside number and is no longer the engine's. When he had
    /// waited, `QueueLeft` stands before it.
    CallDiverted {
        call: CallId,
        group: GroupId,
        number: String,
    },
    /// He was called.
    CallbackTried {
        call: CallId,
        agent: AgentId,
        reached: bool,
    },
    /// Nobody will call him back any more; `QueueLeft` follows.
    CallbackEnded {
        call: CallId,
        group: GroupId,
        why: CallbackEnd,
        by: Actor,
    },
    /// The talk went on as a wait in another group.
    TransferDone {
        call: CallId,
        agent: AgentId,
        from: GroupId,
        to: GroupId,
        by: Actor,
    },
    /// The group opened or closed, by its hours or by hand. A new group counts as open until told.
    GroupTurned {
        group: GroupId,
        open: bool,
    },
    /// An agent who was lent is back: the time is over, or the plan takes him back earlier.
    LoanEnded {
        agent: AgentId,
        group: GroupId,
    },
}

/// How a decision came about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Decided {
    /// Who was free and allowed, in the built-in order: as many as the policy looked at.
    pub candidates: Vec<AgentId>,
    /// Who was not, and why. At most [`crate::SKIPPED_MAX`] entries.
    pub skipped: Vec<Skipped>,
    /// Whose phone rings.
    pub chosen: AgentId,
    /// Who decided and at what cost.
    pub verdict: Verdict,
}

/// One thing that follows from an event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Output {
    /// To be done.
    Do(Action),
    /// To be told, and written to the journal at this moment.
    Tell(Time, Fact),
}
