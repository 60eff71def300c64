//! Whose phone rings for a call: the question put to a policy.

use crate::{AgentId, CallId, GroupId, Time, Verdict};

/// A routing policy: a pure function from what can be seen to an answer.
///
/// The engine checks every answer, so a wrong policy can be unfair but never unsafe.
pub trait Policy {
    /// Chooses among [`Question::candidates`]. An answer out of range falls back to the built-in
    /// order, and the fact says so.
    fn choose(&mut self, question: &Question<'_>) -> Reply;
}

/// What a policy may see of the one decision being taken.
#[derive(Debug)]
pub struct Question<'a> {
    pub now: Time,
    pub group: GroupId,
    pub call: CallId,
    /// How long the caller has waited in this group.
    pub waited_ms: u64,
    pub priority: i32,
    /// Offers of this call that have ended without an answer.
    pub offers: u32,
    /// Calls waiting in the group, this one included.
    pub waiting: u32,
    /// The longest wait among them.
    pub longest_wait_ms: u64,
    /// A number that differs from decision to decision and is the same on replay.
    pub seed: u64,
    /// Free agents who may take the call, in the built-in order: the agent's order of this group,
    /// then the longest idle first, then the id. Never empty.
    pub candidates: &'a [Candidate],
}

/// One free agent, and what a policy may know of him.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Candidate {
    pub agent: AgentId,
    /// The order of this group for this agent; 1 is the agent's main group.
    pub order: u16,
    pub idle_ms: u64,
    pub handled_today: u32,
    pub missed_today: u32,
    /// Talk, ring and wrap-up as a share of the time logged on today, in thousandths.
    pub occupancy_permille: u16,
}

/// A policy's answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reply {
    pub choice: Choice,
    pub verdict: Verdict,
}

/// What to do with the call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Choice {
    /// Ring the candidate at this position.
    Ring(usize),
    /// Ask again after so many milliseconds (bounded by the engine).
    Wait(u32),
}

/// The built-in order: the first candidate.
#[derive(Debug, Default)]
pub struct BuiltIn;

impl Policy for BuiltIn {
    fn choose(&mut self, _question: &Question<'_>) -> Reply {
        let verdict = Verdict { policy: "built-in".to_owned(), ..Verdict::default() };
        Reply { choice: Choice::Ring(0), verdict }
    }
}
