//! What boards may see of the engine.

use crate::call::{Stands, Talk};
use crate::engine::Engine;
use crate::{Activity, AgentId, CallId, GroupId, Time, Wish};

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
    /// When the activity began; for one that nothing has changed yet, the first event.
    pub since: Time,
    /// The call that rings, is spoken with or is wrapped up.
    pub call: Option<CallId>,
    /// Calls answered since midnight UTC.
    pub handled_today: u32,
    /// Offers since midnight UTC that ended without an answer through the agent or his phone.
    pub missed_today: u32,
}

impl Engine {
    /// Live calls, in the order of their ids.
    pub fn calls(&self) -> impl Iterator<Item = CallView> + '_ {
        self.calls.iter().map(|(&id, call)| CallView {
            call: id,
            group: call.group,
            entered: call.place.entered,
            priority: call.place.priority.0,
            stage: match call.stands {
                Stands::Waiting | Stands::Deferred { .. } => Stage::Waiting,
                Stands::Offered { agent } => Stage::Offered { agent },
                Stands::Talking(Talk { agent, since, .. }) => Stage::Talking { agent, since },
            },
        })
    }

    /// All agents of the plan and those who still finish something, in the order of their ids.
    pub fn agents(&self) -> impl Iterator<Item = AgentView> + '_ {
        let started = self.started.unwrap_or_default();
        self.agents.iter().map(move |(&id, agent)| AgentView {
            agent: id,
            wish: agent.wish.clone(),
            activity: agent.told,
            since: agent.since.max(started),
            call: agent.call(),
            handled_today: agent.today.handled(self.now),
            missed_today: agent.today.missed(self.now),
        })
    }
}
