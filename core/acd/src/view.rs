//! What boards may see of the engine.

use std::collections::BTreeMap;

use crate::alarm::Alarm;
use crate::call::{Call, Stands, Talk};
use crate::engine::Engine;
use crate::group::Group;
use crate::{Activity, AgentId, CallId, Door, GroupId, Time, Wish};

/// Agents who are asked why they are not free, per group: the answer of the first is an answer.
const LOOKED_AT_MAX: usize = 50;

/// Where a call stands. An agent who is on the line for a callback counts as one whom the call is
/// offered to.
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
        let places = self.groups.values().flat_map(|group| group.places());
        let places: BTreeMap<CallId, u32> = places.map(|(nth, call)| (call, nth)).collect();
        let mut reasons = BTreeMap::new();
        self.calls.iter().map(move |(&id, call)| {
            let place = places.get(&id).copied();
            let group = self.groups.get(&call.group);
            CallView {
                call: id,
                group: call.group,
                entered: call.place.entered,
                priority: call.place.priority.0,
                stage: match call.stands {
                    Stands::Waiting | Stands::Deferred { .. } => Stage::Waiting,
                    Stands::Offered { agent } | Stands::CallingBack { agent } => {
                        Stage::Offered { agent }
                    }
                    Stands::Talking(Talk { agent, since, .. }) => Stage::Talking { agent, since },
                },
                place,
                callback: call.callback.is_some(),
                estimate_ms: group.zip(place).and_then(|(group, nth)| group.estimate_ms(nth)),
                why: self.why(call, &mut reasons),
            }
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
            pending: Some(&agent.wish).filter(|&it| *it != Wish::On && agent.is_busy()).cloned(),
        })
    }

    /// What one agent does now; `None`: he is no agent.
    pub fn activity_of(&self, agent: AgentId) -> Option<Activity> {
        self.agents.get(&agent).map(|agent| agent.told)
    }

    /// All groups, in the order of their ids.
    pub fn groups(&self) -> impl Iterator<Item = GroupView> + '_ {
        self.groups.iter().map(|(&id, group)| {
            let by_hand = group.settings.door != Door::ByHours;
            let turn = |hours| self.alarms.at(Alarm::Turned(hours));
            GroupView {
                group: id,
                open: group.open,
                by_hand,
                next_turn: group.settings.hours.filter(|_| !by_hand).and_then(turn),
                waiting: u32::try_from(group.waiting()).unwrap_or(u32::MAX),
                longest: group.longest_wait_since(),
            }
        })
    }

    fn until(&self, id: AgentId) -> Option<Time> {
        self.alarms.at(Alarm::RungOut(id)).or_else(|| self.alarms.at(Alarm::WrappedUp(id)))
    }

    /// Why a call waits. What is the same for all callers of a group is found out once.
    fn why(&self, call: &Call, reasons: &mut BTreeMap<GroupId, Option<Why>>) -> Option<Why> {
        let until = match call.stands {
            Stands::Offered { .. } | Stands::Talking(_) => return None,
            Stands::CallingBack { .. } => return Some(Why::CallingBack),
            Stands::Deferred { until } => Some(until),
            Stands::Waiting => None,
        };
        if let Some(until) = until {
            let rests = call.callback.is_some_and(|callback| callback.tries > 0);
            return Some(if rests { Why::Resting { until } } else { Why::Policy { until } });
        }
        let group = self.groups.get(&call.group)?;
        let nobody_free = *reasons.entry(call.group).or_insert_with(|| self.why_nobody(group));
        if nobody_free.is_some() {
            return nobody_free;
        }
        if let Some(last) = self.awaited(call) {
            return Some(Why::LastAgent { until: last.until });
        }
        // Somebody is free and may not take this very call.
        let waited = self.now.since(call.place.entered);
        let mut free = group.free.iter().take(LOOKED_AT_MAX);
        if free.any(|seat| group.delay_of(seat.agent) <= waited) {
            return Some(Why::Refused);
        }
        let until = group.next_delay(call.place.entered, self.now).unwrap_or(self.now);
        Some(Why::Delayed { until })
    }

    /// Why nobody in the group is free; `None` when somebody is.
    fn why_nobody(&self, group: &Group) -> Option<Why> {
        if !group.free.is_empty() {
            return None;
        }
        if group.size() == 0 && !group.out_of_season.is_empty() {
            return Some(Why::OutOfSeason);
        }
        if group.present() == 0 {
            return Some(Why::NobodyOn);
        }
        let here = group.here.iter().filter_map(|id| Some((id, self.agents.get(id)?)));
        let here: Vec<_> = here.take(LOOKED_AT_MAX).collect();
        if here.iter().any(|(_, agent)| agent.is_busy()) {
            return Some(Why::AllBusy);
        }
        let on = here.iter().filter(|(_, agent)| agent.wish == Wish::On);
        match on.filter_map(|(id, _)| self.alarms.at(Alarm::Rested(**id))).min() {
            Some(until) => Some(Why::Resting { until }),
            None => Some(Why::OnBreak),
        }
    }
}
