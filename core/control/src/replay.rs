//! A recorded day lived again, as web and switch speak of it: what is asked, and what it came to.

use acd::{AgentId, Day, GroupId};
use stats::{AgentFigures, GroupFigures, Spread};
use tokio::sync::{OwnedSemaphorePermit, oneshot, watch};

use crate::FieldValue;

/// A policy that somebody wants to try on a recorded day.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    pub day: Day,
    /// Who has the policy for this once; the others have theirs.
    pub groups: Vec<GroupId>,
    /// `built-in`, the name of a stock policy, or the word of an uploaded version.
    pub policy: String,
    pub settings: Vec<(String, FieldValue)>,
}

/// A trial on its way to the switch. Whoever lets go of the answer does not want it any more.
#[derive(Debug)]
pub struct Replay {
    pub trial: Trial,
    /// How much is done, from 0 to 1.
    pub done: watch::Sender<f64>,
    pub reply: oneshot::Sender<Result<Replayed, ReplayFailed>>,
    /// The only one there is: while it is held nothing else is lived again.
    pub turn: OwnedSemaphorePermit,
}

/// The asker's end of a [`Replay`]. Letting go of it ends the replay.
#[derive(Debug)]
pub struct Replaying {
    pub done: watch::Receiver<f64>,
    pub answer: oneshot::Receiver<Result<Replayed, ReplayFailed>>,
}

/// One day three times over, counted in the groups of the trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// As the journal has it.
    pub was: Lived,
    /// Lived again as the groups are now: what differs from `was` comes of a plan that has changed
    /// since, and of what living again has to assume.
    pub now: Lived,
    /// Lived again with the policy tried: what differs from `now` comes of the policy.
    pub tried: Lived,
}

/// What a day came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lived {
    pub figures: GroupFigures,
    /// Agents of the groups who were there, and whoever else had a call, by id.
    pub agents: Vec<AgentLoad>,
    pub decisions: Decisions,
}

/// What one agent had to do in the groups of the trial.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AgentLoad {
    pub agent: AgentId,
    pub name: String,
    pub figures: AgentFigures,
}

/// How the decisions of a day were taken.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Decisions {
    pub taken: u64,
    /// Decisions in which a plugin failed or was not asked any more: the built-in order took them.
    pub stepped_in: u64,
    /// The last reason why.
    pub why: Option<String>,
    /// Microseconds of half of the plugin's decisions, and of all but one in a hundred; `None` when
    /// no plugin was asked. On a machine that does something else beside they are longer.
    pub us_p50: Option<u32>,
    pub us_p99: Option<u32>,
}

/// Why a day was not lived again.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ReplayFailed {
    #[error("no call of a group arrived on that day")]
    NoCalls,
    #[error("the day has more than {max} facts")]
    TooLong { max: usize },
    #[error("it took longer than {max_s} seconds")]
    TimeUp { max_s: u64 },
    #[error("nobody waits for it any more")]
    Stopped,
    #[error("{label} cannot be run: {why}")]
    NoPlugin { label: String, why: String },
    #[error("the journal could not be read: {0}")]
    Journal(String),
}

impl Lived {
    /// How evenly calls were spread over the agents.
    pub fn calls(&self) -> Spread {
        Spread::of(self.agents.iter().map(|agent| agent.figures.handled))
    }

    /// How evenly talk was spread over them, in milliseconds.
    pub fn talk(&self) -> Spread {
        Spread::of(self.agents.iter().map(|agent| agent.figures.talked_ms))
    }
}
