//! What boards may see of the engine.

use crate::alarm::Alarm;
use crate::call::{Stands, Talk};
use crate::engine::Engine;
use crate::{Activity, AgentId, CallId, Door, GroupId, Time, Wish};

/// Where a call stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    Waiting,
    Offered { agent: AgentId },
    Talking { agent: AgentId, since: Time },
}

/// Why a caller waits: the answer to "why does nobody take this call?".
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Why {
    /// Everybody who serves the group talks, rings or wraps up.
    AllBusy,
    /// Nobody who serves the group is logged on with a phone.
    NobodyOn,
    /// Everybody who is logged on has a break.
    OnBreak,
    /// Free agents serve only callers who have waited longer.
    Delayed { until: Time },
    /// He waits for the agent who served him last.
    LastAgent { until: Time },
    /// The policy wants to be asked again then.
    Policy { until: Time },
    /// Every free agent has refused or missed this very call.
    Refused,
    /// Agents rest after a miss, or a callback rests after a try.
    Resting { until: Time },
    /// No membership of the group counts now.
    OutOfSeason,
    /// An agent is on the line and the caller is being called back.
    CallingBack,
}

/// One live call, for boards.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallView {
    pub call: CallId,
    pub group: GroupId,
    /// Since when he counts as waiting: his place in line is by this.
    pub entered: Time,
    pub priority: i32,
    pub stage: Stage,
    /// His place in line, from 1; `None` while a phone rings for him or he talks.
    pub place: Option<u32>,
    /// He has hung up and keeps his place.
    pub callback: bool,
    /// How long it will take, as far as anybody can say.
    pub estimate_ms: Option<u64>,
    /// Why he waits; `None` while a phone rings for him or he talks.
    pub why: Option<Why>,
}

/// One group, for boards.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GroupView {
    pub group: GroupId,
    pub open: bool,
    /// Somebody has opened or closed it by hand.
    pub by_hand: bool,
    /// When its hours will open or close it; `None` when they will not, or a hand holds the door.
    pub next_turn: Option<Time>,
    /// Callers in line, callbacks among them.
    pub waiting: u32,
    /// Since when the first of them has waited.
    pub longest: Option<Time>,
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
    /// When the ringing or the wrap-up ends by itself.
    pub until: Option<Time>,
    /// The wish that takes effect when he is done with what he does now.
    pub pending: Option<Wish>,
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
            place: self.place_of(id),
            callback: false,
            estimate_ms: None,
            why: self.place_of(id).map(|_| Why::AllBusy),
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
            until: self.until(id),
            pending: Some(&agent.wish)
                .filter(|&wish| *wish != Wish::On && agent.call().is_some())
                .cloned(),
        })
    }

    /// All groups, in the order of their ids.
    pub fn groups(&self) -> impl Iterator<Item = GroupView> + '_ {
        self.groups.iter().map(|(&id, group)| GroupView {
            group: id,
            open: true,
            by_hand: group.settings.door != Door::ByHours,
            next_turn: None,
            waiting: u32::try_from(group.waiting()).unwrap_or(u32::MAX),
            longest: group.longest_wait_since(),
        })
    }

    fn place_of(&self, id: CallId) -> Option<u32> {
        let call = self.calls.get(&id)?;
        let group = self.groups.get(&call.group)?;
        group.is_waiting(&call.place).then(|| group.ordinal(call.place))
    }

    fn until(&self, id: AgentId) -> Option<Time> {
        self.alarms.at(Alarm::RungOut(id)).or_else(|| self.alarms.at(Alarm::WrappedUp(id)))
    }
}
