//! The state machine itself. Start at [`Engine::handle`].

use crate::{Activity, AgentId, CallId, Event, GroupId, Output, Plan, Policy, Time, Wish};

/// How many passed-over agents a decision names.
pub const SKIPPED_MAX: usize = 50;

/// The distribution engine of one contact centre.
#[derive(Debug, Default)]
pub struct Engine {
    plan: Plan,
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    Waiting,
    Offered { agent: AgentId },
    Talking { agent: AgentId, since: Time },
}

/// One live call, for boards.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallView {
    pub call: CallId,
    pub group: GroupId,
    pub entered: Time,
    pub priority: i32,
    pub stage: Stage,
}

/// One agent, for boards.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AgentView {
    pub agent: AgentId,
    pub wish: Wish,
    pub activity: Activity,
    /// When the activity began.
    pub since: Time,
    pub call: Option<CallId>,
    pub handled_today: u32,
    pub missed_today: u32,
}

impl Engine {
    /// An engine at rest: everyone off and unreachable, nobody waiting.
    pub fn new(plan: Plan) -> Engine {
        Engine { plan }
    }

    /// Takes one event and writes everything that follows from it to `out`.
    pub fn handle(
        &mut self,
        _now: Time,
        _event: Event,
        _policy: &mut dyn Policy,
        _out: &mut Vec<Output>,
    ) {
    }

    /// The next moment at which the engine wants [`Event::TimePassed`].
    pub fn deadline(&self) -> Option<Time> {
        None
    }

    /// Live calls, in the order of their ids.
    pub fn calls(&self) -> impl Iterator<Item = CallView> + '_ {
        std::iter::empty()
    }

    /// All agents of the plan, in the order of their ids.
    pub fn agents(&self) -> impl Iterator<Item = AgentView> + '_ {
        std::iter::empty()
    }
}
