//! The columns of a table of figures.

use crate::AgentFigures;
use crate::presence::Hours;

macro_rules! metrics {
    ($($(#[$about:meta])* $metric:ident = $name:literal, $of:expr;)*) => {
        /// One column: a count, or (what ends in `Ms`) a sum in milliseconds.
        #[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
        pub enum Metric {
            $($(#[$about])* $metric,)*
        }

        impl Metric {
            /// All of them, in the order of the world `ladus:indicator`.
            pub const ALL: &[Metric] = &[$(Metric::$metric),*];

            /// Its name there, for example `talk-ms`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Metric::$metric => $name,)*
                }
            }

            /// Somebody's figure; `None` when it is not known.
            pub(crate) fn of(self, figures: &AgentFigures) -> Option<u64> {
                let of: fn(&AgentFigures) -> Option<u64> = match self {
                    $(Metric::$metric => $of,)*
                };
                of(figures)
            }
        }
    };
}

metrics! {
    /// Offers that ended.
    Offers = "offers", |it| Some(it.offers());
    /// Those answered.
    Answered = "answered", |it| Some(it.handled);
    Missed = "missed", |it| Some(it.missed);
    Rejected = "rejected", |it| Some(it.rejected);
    Busy = "busy", |it| Some(it.busy);
    Unreachable = "unreachable", |it| Some(it.unreachable);
    CallerLeft = "caller-left", |it| Some(it.caller_left);
    Withdrawn = "withdrawn", |it| Some(it.withdrawn);
    /// Ring time of all offers.
    RingMs = "ring-ms", |it| Some(it.rang_ms);
    RingAnsweredMs = "ring-answered-ms", |it| Some(it.rang_answered_ms);
    RingMissedMs = "ring-missed-ms", |it| Some(it.rang_missed_ms);
    /// Talks that ended.
    Talks = "talks", |it| Some(it.talks);
    /// Their length without hold.
    TalkMs = "talk-ms", |it| Some(it.talk_ms());
    HoldMs = "hold-ms", |it| Some(it.held_ms);
    WrapUpMs = "wrap-up-ms", |it| Some(it.wrap_up_ms);
    ShortTalks = "short-talks", |it| Some(it.short_talks);
    ShortTalkMs = "short-talk-ms", |it| Some(it.short_talk_ms);
    InstantHangUps = "instant-hang-ups", |it| Some(it.instant_hang_ups);
    QuickTransfers = "quick-transfers", |it| Some(it.quick_transfers);
    Transfers = "transfers", |it| Some(it.transfers);
    LoggedOnMs = "logged-on-ms", |it| hours(it, |hours| hours.logged_on_ms);
    BreakMs = "break-ms", |it| hours(it, |hours| hours.break_ms);
    IdleMs = "idle-ms", |it| hours(it, |hours| hours.idle_ms);
    UnreachableMs = "unreachable-ms", |it| hours(it, |hours| hours.unreachable_ms);
}

impl Metric {
    /// The metric of this name.
    pub fn named(name: &str) -> Option<Metric> {
        Metric::ALL.iter().copied().find(|metric| metric.name() == name)
    }
}

fn hours(figures: &AgentFigures, of: fn(&Hours) -> u64) -> Option<u64> {
    figures.hours.as_ref().map(of)
}
