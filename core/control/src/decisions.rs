//! A policy tried on decisions that were taken, as web and switch speak of it.

use acd::{AgentId, CallId, GroupId, Time};

use crate::FieldValue;

/// Differing decisions that are told, the newest ones: more than anybody looks through.
pub const DIFFERING_MAX: usize = 50;

/// A policy, and the group on whose last decisions it is tried.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionsAsked {
    pub group: GroupId,
    /// `built-in`, the name of a stock policy, or the word of an uploaded version.
    pub policy: String,
    pub settings: Vec<(String, FieldValue)>,
}

/// What the policy would have decided.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct DecisionsTried {
    /// Decisions of the group that are kept, each asked once.
    pub asked: u64,
    /// It chose whoever was chosen.
    pub same: u64,
    pub different: u64,
    /// It gave no usable answer: the built-in order would have stepped in.
    pub failed: u64,
    /// The last reason why.
    pub failure: Option<String>,
    /// When the oldest of them was taken.
    pub since: Option<Time>,
    /// Newest first, at most [`DIFFERING_MAX`].
    pub differing: Vec<Differing>,
}

/// A decision that the policy would have taken otherwise.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Differing {
    pub at: Time,
    pub call: CallId,
    /// How the journal names who decided then.
    pub policy: String,
    /// Who was rung; `None`: nobody yet.
    pub decided: Option<AgentId>,
    /// Who would have been rung.
    pub instead: Option<AgentId>,
    /// The tried policy's own words.
    pub reason: Option<String>,
    /// How long the caller had waited in the group.
    pub waited_ms: u64,
    /// Whom it chose from, in the built-in order.
    pub candidates: Vec<acd::Candidate>,
}
