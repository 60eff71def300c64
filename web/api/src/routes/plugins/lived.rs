//! A day that was lived again, in figures.

use control::{AgentLoad, Decisions, Lived, Replayed};
use serde::Serialize;
use stats::Spread;
use utoipa::ToSchema;

/// One day three times over, counted in the groups of the trial.
#[derive(Serialize, ToSchema)]
#[schema(as = Replayed)]
pub(crate) struct ReplayedOut {
    /// As the journal has it.
    was: LivedOut,
    /// Lived again as the groups are now.
    now: LivedOut,
    /// Lived again with the policy tried.
    tried: LivedOut,
}

/// What a day came to.
#[derive(Serialize, ToSchema)]
#[schema(as = Lived)]
struct LivedOut {
    offered: u64,
    answered: u64,
    abandoned: u64,
    refused: u64,
    #[schema(required)]
    asa_ms: Option<u64>,
    /// Answered within 20 s, between 0 and 1.
    #[schema(required)]
    service_level: Option<f64>,
    /// Between 0 and 1.
    #[schema(required)]
    unattended: Option<f64>,
    /// Agents of the groups who were there, and whoever else had a call.
    agents: Vec<AgentLoadOut>,
    calls: SpreadOut,
    /// In milliseconds.
    talk: SpreadOut,
    decisions: DecisionsOut,
}

#[derive(Serialize, ToSchema)]
#[schema(as = AgentLoad)]
struct AgentLoadOut {
    agent: u64,
    name: String,
    handled: u64,
    talked_ms: u64,
}

/// How evenly work was spread over the agents.
#[derive(Serialize, ToSchema)]
#[schema(as = Spread)]
struct SpreadOut {
    least: u64,
    most: u64,
    /// The standard deviation divided by the mean: 0 is even. Nothing when nobody had anything.
    #[schema(required)]
    variation: Option<f64>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Decisions)]
struct DecisionsOut {
    taken: u64,
    /// The plugin failed, or was not asked any more: the built-in order took these.
    stepped_in: u64,
    #[schema(required)]
    why: Option<String>,
    /// Microseconds, at half of the plugin's decisions and at all but one in a hundred.
    #[schema(required)]
    us_p50: Option<u32>,
    #[schema(required)]
    us_p99: Option<u32>,
}

impl ReplayedOut {
    pub(super) fn of(replayed: Replayed) -> ReplayedOut {
        let Replayed { was, now, tried } = replayed;
        ReplayedOut { was: lived(was), now: lived(now), tried: lived(tried) }
    }
}

fn lived(lived: Lived) -> LivedOut {
    let (calls, talk) = (spread(lived.calls()), spread(lived.talk()));
    let Lived { figures, agents, decisions } = lived;
    let Decisions { taken, stepped_in, why, us_p50, us_p99 } = decisions;
    LivedOut {
        offered: figures.offered,
        answered: figures.answered,
        abandoned: figures.abandoned,
        refused: figures.refused,
        asa_ms: figures.asa_ms(),
        service_level: figures.service_level(),
        unattended: figures.unattended(),
        agents: agents.into_iter().map(load).collect(),
        calls,
        talk,
        decisions: DecisionsOut { taken, stepped_in, why, us_p50, us_p99 },
    }
}

fn load(AgentLoad { agent, name, figures }: AgentLoad) -> AgentLoadOut {
    let (handled, talked_ms) = (figures.handled, figures.talked_ms);
    AgentLoadOut { agent: agent.0, name, handled, talked_ms }
}

fn spread(Spread { least, most, variation, .. }: Spread) -> SpreadOut {
    SpreadOut { least, most, variation }
}
