//! Automatic call distribution: who talks to whom, and when.
//!
//! A pure state machine. [`Event`]s go in; [`Action`]s and [`Fact`]s come out.
//! Sockets, clocks and disks belong to the caller of [`Engine::handle`].
//!
//! The tense of a name tells its direction: an event *happened* (`CallArrived`),
//! an action *is to be done* (`Ring`), a fact *is now true* (`QueueEntered`).
//!
//! What can be relied on, whatever comes in and in whatever order:
//!
//! * An agent has at most one offer or call, a call at most one offer; one phone rings at a time.
//! * `OfferSent` is followed by exactly one `OfferEnded`, `QueueEntered` by one `QueueLeft`,
//!   `TalkStarted` by one `TalkEnded`, `HoldStarted` by one `HoldEnded`.
//! * A call that was not answered stands where it stood before: its place depends on priority and
//!   entry alone.
//! * Whoever may not stay in a line is sent on before anybody is matched: his group has closed, is
//!   deserted, or the next step of its chain is due. A chain of ways ends after eight groups.
//! * A caller handed on keeps the time that he has waited, if the new group says so. If his agent
//!   was lost he has his old place. Who keeps his place for a callback has it until he is
//!   reached, has been tried three times or calls again, until every agent of the group has
//!   rejected him or somebody ends it, for three days at most, and over a restart too.
//! * Memberships come and go with their calendars, loans end by themselves, doors turn by hours: at
//!   the very moment, and at the cost of what follows that calendar.
//! * Nobody waits while an agent is free who may take him, unless a [`Policy`] asked to wait, and
//!   then for a minute in all.
//! * A freed agent takes the call of the group with his lowest order number; between groups of one
//!   order, priority, then the longest wait. A call takes the agent for whom its group comes first,
//!   then the longest idle, then the lowest id, unless the policy chooses another candidate.
//! * A policy may also choose among the calls that a freed agent may take. Whoever is overtaken by
//!   such a choice is overtaken for five minutes at most.
//! * A call never rings at an agent who rejected it. After a miss (no answer, busy, unreachable) it
//!   leaves him alone for 30 s, and he gets no offer at all for 10 s. His wish is untouched, unless
//!   a rule of the plan says so after several misses in a row.
//! * A wish during a call takes effect after it and is told at once. Only midnight (UTC) clears the
//!   counters of the day.

mod civil;
mod engine;
mod event;
mod freed;
mod hours;
mod ids;
mod plan;
mod policy;
mod sent;
mod skill;
mod time;

mod achieved;
mod agent;
mod alarm;
mod announce;
mod call;
mod callback;
mod change;
mod decide;
mod estimate;
mod free;
mod group;
mod invariant;
mod kept;
mod line;
mod miss;
mod offer;
mod season;
mod sticky;
mod supervise;
mod today;
mod view;
mod way;

pub use crate::achieved::{Achieved, INDICATOR_NAME_MAX, INDICATORS_MAX, LastDay};
pub use crate::civil::Day;
pub use crate::decide::{CANDIDATES_MAX, NAMED_MAX, SKIPPED_MAX};
pub use crate::engine::Engine;
pub use crate::event::{
    Action, Activity, Actor, Decided, EndCause, Entry, Event, Fact, Leave, Notice, OfferFailure,
    Office, Outcome, Output, Refusal, Side, SkipReason, Skipped, Wish,
};
pub use crate::freed::{Freed, OVERTAKEN_MAX, Pick, Picked, SHOWN_MAX, WaitingCall};
pub use crate::hours::{BadCalendar, Calendar, DATES_MAX, MINUTES_OF_DAY, SPANS_MAX, Span};
pub use crate::ids::{AgentId, CalendarId, CallId, GroupId};
pub use crate::kept::{CallbackEnd, Keeper, Kept};
pub use crate::plan::{
    AfterMisses, AgentPlan, Announce, Closing, Door, GroupPlan, Key, Loan, Membership, MissRule,
    Misses, Nobody, Plan, Prompt, Step, Way,
};
pub use crate::policy::{BuiltIn, Candidate, Candidates, Choice, Policy, Question, Reply, Verdict};
pub use crate::sent::{ATTRIBUTE_NAME_MAX, ATTRIBUTE_VALUE_MAX, ATTRIBUTES_MAX, Sent};
pub use crate::skill::{SKILL_LEVEL_MAX, SKILL_NAME_MAX, SKILLS_MAX, Skills};
pub use crate::sticky::{Service, Services};
pub use crate::time::Time;
pub use crate::view::{AgentView, CallView, GroupView, Stage, Why};
