//! Automatic call distribution: who talks to whom, and when.
//!
//! A pure state machine. [`Event`]s go in; [`Action`]s and [`Fact`]s come out.
//! Sockets, clocks and disks belong to the caller of `Engine::handle`.
//!
//! The tense of a name tells its direction: an event *happened* (`CallArrived`),
//! an action *is to be done* (`Ring`), a fact *is now true* (`QueueEntered`).

mod engine;
mod event;
mod ids;
mod plan;
mod policy;
mod time;

mod agent;
mod alarm;
mod call;
mod change;
mod decide;
mod group;
mod invariant;
mod offer;
mod today;
mod view;

pub use crate::decide::{CANDIDATES_MAX, SKIPPED_MAX};
pub use crate::engine::Engine;
pub use crate::event::{
    Action, Activity, Actor, Decided, EndCause, Event, Fact, Leave, OfferFailure, Outcome, Output,
    Refusal, Side, SkipReason, Skipped, Verdict, Wish,
};
pub use crate::ids::{AgentId, CallId, GroupId};
pub use crate::plan::{AgentPlan, GroupPlan, Membership, Plan};
pub use crate::policy::{BuiltIn, Candidate, Choice, Policy, Question, Reply};
pub use crate::time::Time;
pub use crate::view::{AgentView, CallView, Stage};
