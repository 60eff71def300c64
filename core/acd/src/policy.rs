//! Whose phone rings for a call: the question put to a policy.

use std::collections::BTreeMap;
use std::fmt;

use crate::agent::Agent;
use crate::free::Seat;
use crate::{
    Achieved, AgentId, CallId, Freed, GroupId, LastDay, Pick, Picked, Plan, Sent, Services, Skills,
    Time,
};

/// A routing policy: a pure function from what can be seen to an answer.
///
/// The engine checks every answer, so a wrong policy can be unfair but never unsafe.
pub trait Policy {
    /// Chooses among [`Question::candidates`]. An answer out of range falls back to the built-in
    /// order, and the fact says so.
    fn choose(&mut self, question: &Question<'_>) -> Reply;

    /// How many of the free agents of this group it wants to choose from: the first so many in the
    /// built-in order. At least one and at most [`crate::CANDIDATES_MAX`] are shown.
    fn looks_at(&self, _group: GroupId) -> usize {
        crate::CANDIDATES_MAX
    }

    /// Whether it wants to choose calls for freed agents. Asked once in each event; while the
    /// answer is no, a freed agent costs nothing more.
    fn picks(&self) -> bool {
        false
    }

    /// Chooses one of the calls that an agent may take who has become free. `None`: no opinion, the
    /// built-in order decides which call is next, and the policy of its group whose phone rings.
    fn freed(&mut self, _freed: &Freed<'_>) -> Option<Pick> {
        None
    }
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
    /// What came along with the call.
    pub sent: &'a Sent,
    /// Who has served this caller before.
    pub services: Services<'a>,
    /// Free agents who may take the call, in the built-in order: the agent's order of this group,
    /// then the longest idle first, then the id. Never empty.
    pub candidates: Candidates<'a>,
}

/// The candidates of a question, all in one order. What is known of them is looked up when somebody
/// asks: the built-in order never does.
#[derive(Clone, Copy)]
pub struct Candidates<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    Listed(&'a [Candidate], &'a [Skills], &'a [Achieved]),
    Seated(Seated<'a>),
}

/// Where the engine knows its candidates from.
#[derive(Clone, Copy)]
pub(crate) struct Seated<'a> {
    pub(crate) now: Time,
    pub(crate) group: GroupId,
    pub(crate) seats: &'a [Seat],
    pub(crate) agents: &'a BTreeMap<AgentId, Box<Agent>>,
    pub(crate) plan: &'a Plan,
    pub(crate) last_day: &'a LastDay,
}

impl<'a> Candidates<'a> {
    /// Candidates of a question that no engine asks.
    pub fn listed(candidates: &'a [Candidate]) -> Candidates<'a> {
        Candidates::skilled(candidates, &[])
    }

    /// The same, and what each of them can; whoever is beyond the end of `skills` can nothing.
    pub fn skilled(candidates: &'a [Candidate], skills: &'a [Skills]) -> Candidates<'a> {
        Candidates::known(candidates, skills, &[])
    }

    /// The same, and what each has achieved on the last closed day; nothing beyond the end.
    pub fn known(
        candidates: &'a [Candidate],
        skills: &'a [Skills],
        achieved: &'a [Achieved],
    ) -> Candidates<'a> {
        Candidates(Source::Listed(candidates, skills, achieved))
    }

    pub(crate) fn seated(seated: Seated<'a>) -> Candidates<'a> {
        Candidates(Source::Seated(seated))
    }

    pub fn len(&self) -> usize {
        match self.0 {
            Source::Listed(candidates, ..) => candidates.len(),
            Source::Seated(seated) => seated.seats.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The candidate at this position.
    pub fn get(&self, position: usize) -> Option<Candidate> {
        match self.0 {
            Source::Listed(candidates, ..) => candidates.get(position).copied(),
            Source::Seated(Seated { now, group, seats, agents, .. }) => {
                let seat = *seats.get(position)?;
                Some(agents.get(&seat.agent)?.candidate(seat, group, now))
            }
        }
    }

    /// What the candidate at this position can.
    pub fn skills(&self, position: usize) -> Skills {
        let skills = match self.0 {
            Source::Listed(_, skills, _) => skills.get(position),
            Source::Seated(Seated { seats, plan, .. }) => {
                let planned = seats.get(position).and_then(|seat| plan.agents.get(&seat.agent));
                planned.map(|agent| &agent.skills)
            }
        };
        skills.cloned().unwrap_or_default()
    }

    /// What the candidate at this position has achieved on the last closed day.
    pub fn achieved(&self, position: usize) -> Achieved {
        let achieved = match self.0 {
            Source::Listed(_, _, achieved) => achieved.get(position),
            Source::Seated(Seated { seats, last_day, .. }) => {
                seats.get(position).map(|seat| last_day.of(seat.agent))
            }
        };
        achieved.cloned().unwrap_or_default()
    }

    pub fn iter(self) -> impl Iterator<Item = Candidate> + 'a {
        (0..self.len()).filter_map(move |position| self.get(position))
    }

    pub fn to_vec(self) -> Vec<Candidate> {
        self.iter().collect()
    }
}

impl fmt::Debug for Candidates<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

/// One free agent, and what a policy may know of him.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Candidate {
    pub agent: AgentId,
    /// The order of this group for this agent; 1 is the agent's main group.
    pub order: u16,
    /// His membership counts only for callers who have waited this long; this one has.
    pub delay_ms: u64,
    pub idle_ms: u64,
    pub handled_today: u32,
    pub missed_today: u32,
    /// Talks that have ended today.
    pub talk_ms_today: u64,
    /// Talk, ring and wrap-up as a share of the time logged on today, in thousandths.
    pub occupancy_permille: u16,
}

/// A policy's answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reply {
    pub choice: Choice,
    pub verdict: Verdict,
}

/// The report of one policy run, kept with the decision.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Verdict {
    /// Name and version of the policy, for example `longest-idle@1.0.0`; `built-in` for the engine.
    pub policy: String,
    /// Wall time of the policy in microseconds, measured outside.
    pub micros: u32,
    /// Fuel burnt, zero for the built-in order.
    pub fuel: u64,
    /// Why the built-in order had to step in; `None` when the policy's own answer was used.
    pub fallback: Option<String>,
    /// The policy's own words.
    pub reason: Option<String>,
    /// The agent was freed and the call was chosen for him; otherwise he was chosen for the call.
    pub picked: Option<Picked>,
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

    /// It takes the first; the others are named so that people can see who came next.
    fn looks_at(&self, _group: GroupId) -> usize {
        crate::NAMED_MAX
    }
}
