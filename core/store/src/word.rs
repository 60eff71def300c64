//! The journal's words for the engine's enums. A word once written is never changed.

use acd::{
    Activity, CallbackEnd, Closing, Door, EndCause, Entry, Leave, Nobody, Office, Outcome, Prompt,
    Refusal, Side, SkipReason,
};
use centre::OfficeOutcome;

use crate::call::{CallKind, CallOutcome};

/// An enum that is written as one word.
pub(crate) trait Word: Sized {
    /// All of them.
    const WORDS: &'static [&'static str];

    fn word(self) -> &'static str;
    fn of_word(word: &str) -> Option<Self>;
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl Word for $type {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn word(self) -> &'static str {
                match self {
                    $($type::$variant => $word),+
                }
            }

            fn of_word(word: &str) -> Option<$type> {
                match word {
                    $($word => Some($type::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use words;

words!(Outcome {
    Answered = "answered",
    NoAnswer = "no_answer",
    Rejected = "rejected",
    Busy = "busy",
    Unreachable = "unreachable",
    CallerLeft = "caller_left",
    Withdrawn = "withdrawn",
});
words!(Refusal {
    Full = "full",
    NoGroup = "no_group",
    Closed = "closed",
    NoAgents = "no_agents",
});
words!(Entry {
    Arrival = "arrival",
    Overflow = "overflow",
    Transfer = "transfer",
    Returned = "returned",
    Moved = "moved",
});
words!(Side { Caller = "caller", Agent = "agent" });
words!(EndCause { HungUp = "hung_up", Lost = "lost", System = "system" });
words!(Activity {
    Idle = "idle",
    Offered = "offered",
    Talking = "talking",
    WrapUp = "wrapup",
    Outbound = "outbound",
    Internal = "internal",
    Unreachable = "unreachable",
});
words!(Leave {
    Answered = "answered",
    Abandoned = "abandoned",
    Refused = "refused",
    TimedOut = "timeout",
    Overflow = "overflow",
    Key = "key",
    Moved = "moved",
    CalledBack = "called_back",
    CallbackFailed = "callback_failed",
});
words!(SkipReason {
    Off = "off",
    OnBreak = "on_break",
    Occupied = "occupied",
    Unreachable = "unreachable",
    Delayed = "delayed",
    RefusedBefore = "refused_before",
    OtherGroupFirst = "other_group_first",
    Resting = "resting",
    OutOfSeason = "out_of_season",
    ForLastAgent = "for_last_agent",
});
words!(CallOutcome {
    Waiting = "waiting",
    Answered = "answered",
    Abandoned = "abandoned",
    Refused = "refused",
    Diverted = "diverted",
    CalledBack = "called_back",
    TimedOut = "timeout",
    Callback = "callback",
    CallbackEnded = "callback_ended",
});
words!(CallbackEnd {
    NotReached = "not_reached",
    Rejected = "rejected",
    TooOld = "too_old",
    NoGroup = "no_group",
    NoTrunk = "no_trunk",
    Full = "full",
    Ended = "ended",
    CalledAgain = "called_again",
});
words!(CallKind { Group = "group", Internal = "internal", Outbound = "outbound" });
words!(Office { Internal = "internal", Outbound = "outbound" });
words!(OfficeOutcome {
    Answered = "answered",
    Cancelled = "cancelled",
    NoAnswer = "no_answer",
    Busy = "busy",
    Rejected = "rejected",
    Unreachable = "unreachable",
});
words!(Door { ByHours = "by_hours", Open = "open", Closed = "closed" });
words!(Closing { Serve = "serve", TurnAway = "turn_away" });
words!(Nobody { Join = "join", Refuse = "refuse", Leave = "leave" });
words!(Prompt {
    Welcome = "welcome",
    Closed = "closed",
    NoAgents = "no_agents",
    Busy = "busy",
    CallbackNoted = "callback_noted",
});
