//! The board as it follows from the journal alone: a fold of facts.

use std::collections::{BTreeMap, BTreeSet};

use acd::{
    Activity, AgentId, AgentView, CallId, CallView, Engine, Fact, GroupId, Leave, Outcome, Plan,
    Side, Stage, Time, Wish,
};

use crate::reference::Judged;

/// How long an agent rests after a miss, as documented.
const REST_MS: u64 = 10_000;
/// How long a call leaves an agent alone who missed it, as documented.
const LEAVE_ALONE_MS: u64 = 30_000;
const DAY_MS: u64 = 86_400_000;

#[derive(Debug, Default)]
pub(super) struct Board {
    pub(super) plan: Plan,
    pub(super) agents: BTreeMap<AgentId, Agent>,
    pub(super) calls: BTreeMap<CallId, Call>,
    arrived: u64,
    refused: u64,
    entered: u64,
    left: u64,
}

#[derive(Debug)]
pub(super) struct Agent {
    pub(super) wish: Wish,
    pub(super) activity: Activity,
    since: Time,
    pub(super) idle_since: Time,
    pub(super) rests_until: Time,
    pub(super) call: Option<CallId>,
    missed_last: bool,
    day: u64,
    handled: u32,
    missed: u32,
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) group: GroupId,
    pub(super) priority: i32,
    pub(super) entered: Time,
    pub(super) stage: Stage,
    pub(super) rejected_by: BTreeSet<AgentId>,
    pub(super) left_alone: BTreeMap<AgentId, Time>,
    holds: BTreeMap<bool, bool>,
    left_group: bool,
}

impl Board {
    pub(super) fn adopt(&mut self, now: Time, plan: &Plan) {
        for &id in plan.agents.keys() {
            self.agents.entry(id).or_insert_with(|| Agent::new(now));
        }
        self.plan = plan.clone();
    }

    /// Agents who are not in the plan and have nothing left to do.
    pub(super) fn forget_the_gone(&mut self) {
        let plan = &self.plan;
        self.agents.retain(|id, agent| plan.agents.contains_key(id) || agent.call.is_some());
    }

    pub(super) fn tell(&mut self, now: Time, fact: &Fact) -> Judged {
        let done = match fact {
            Fact::CallArrived { .. } => {
                self.arrived += 1;
                Some(())
            }
            Fact::QueueRefused { call, .. } => {
                self.refused += 1;
                (!self.calls.contains_key(call)).then_some(())
            }
            Fact::QueueEntered { call, group, priority, place, .. } => {
                self.enter(now, *call, *group, *priority, *place)
            }
            Fact::RouteDecided { call, .. } => self.call_at(*call, Stage::Waiting).map(|_| ()),
            Fact::OfferSent { call, agent, group } => self.offer(*call, *agent, *group),
            Fact::OfferRinging { call, agent } => {
                self.call_at(*call, Stage::Offered { agent: *agent }).map(|_| ())
            }
            Fact::OfferEnded { call, agent, outcome, .. } => {
                self.end_offer(now, *call, *agent, *outcome)
            }
            Fact::QueueLeft { call, leave, waited_ms, .. } => {
                self.leave(now, *call, *leave, *waited_ms)
            }
            Fact::TalkStarted { call, agent, .. } => self.talk(now, *call, *agent),
            Fact::HoldStarted { call, by } => self.hold(*call, *by, true),
            Fact::HoldEnded { call, by } => self.hold(*call, *by, false),
            Fact::TalkEnded { call, agent, talked_ms, .. } => {
                self.end_talk(now, *call, *agent, *talked_ms)
            }
            Fact::WrapUpStarted { call, agent, .. } => {
                self.free_agent(*agent).map(|agent| agent.call = Some(*call))
            }
            Fact::WrapUpEnded { agent, .. } => {
                let agent = self.agents.get_mut(agent);
                agent.and_then(|agent| agent.call.take()).map(|_| ())
            }
            Fact::AgentWish { agent, wish, .. } => self.wish(now, *agent, wish),
            Fact::AgentActivity { agent, activity } => self.activity(now, *agent, *activity),
            // Not in the days that are judged here.
            Fact::QueueMoved { .. }
            | Fact::WaitAnnounced { .. }
            | Fact::CallDiverted { .. }
            | Fact::CallbackAsked { .. }
            | Fact::CallbackTried { .. }
            | Fact::TransferDone { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. } => None,
            Fact::PlanChanged { version } => (self.plan.version == *version).then_some(()),
        };
        done.ok_or_else(|| format!("cannot be true now: {fact:?}"))
    }

    fn enter(
        &mut self,
        now: Time,
        id: CallId,
        group: GroupId,
        priority: i32,
        place: u32,
    ) -> Option<()> {
        self.entered += 1;
        let waiting = |call: &&Call| call.group == group && call.stage == Stage::Waiting;
        let before = self.calls.values().filter(waiting).filter(|call| call.priority >= priority);
        let (expected, waiting) = (before.count() + 1, self.calls.values().filter(waiting).count());
        let max = self.plan.groups.get(&group)?.waiting_max as usize;
        let fits = place as usize == expected && waiting < max;
        let call = Call {
            group,
            priority,
            entered: now,
            stage: Stage::Waiting,
            rejected_by: BTreeSet::new(),
            left_alone: BTreeMap::new(),
            holds: BTreeMap::new(),
            left_group: false,
        };
        (fits && self.calls.insert(id, call).is_none()).then_some(())
    }

    fn offer(&mut self, id: CallId, agent: AgentId, group: GroupId) -> Option<()> {
        let call = self.call_at(id, Stage::Waiting).filter(|call| call.group == group)?;
        call.stage = Stage::Offered { agent };
        self.free_agent(agent)?.call = Some(id);
        Some(())
    }

    fn end_offer(&mut self, now: Time, id: CallId, by: AgentId, outcome: Outcome) -> Option<()> {
        let agent = self.agents.get_mut(&by).filter(|agent| agent.call == Some(id))?;
        let call = self.calls.get_mut(&id)?;
        if call.stage != (Stage::Offered { agent: by }) {
            return None;
        }
        agent.call = None;
        call.stage = Stage::Waiting;
        agent.missed_last = match outcome {
            Outcome::NoAnswer | Outcome::Busy | Outcome::Unreachable => {
                call.left_alone.insert(by, Time(now.0 + LEAVE_ALONE_MS));
                true
            }
            Outcome::Rejected => {
                call.rejected_by.insert(by);
                true
            }
            Outcome::Answered | Outcome::CallerLeft | Outcome::Withdrawn => false,
        };
        if agent.missed_last {
            agent.turn_day(now);
            agent.missed += 1;
            agent.rests_until = Time(now.0 + REST_MS);
        }
        Some(())
    }

    fn leave(&mut self, now: Time, id: CallId, leave: Leave, waited_ms: u64) -> Option<()> {
        self.left += 1;
        let call = self.call_at(id, Stage::Waiting)?;
        let first = !std::mem::replace(&mut call.left_group, true);
        let right = first && waited_ms == now.0 - call.entered.0;
        match leave {
            Leave::Answered | Leave::CalledBack => (),
            Leave::Abandoned
            | Leave::Refused
            | Leave::TimedOut
            | Leave::Overflow
            | Leave::Key
            | Leave::Moved
            | Leave::CallbackFailed => {
                self.calls.remove(&id);
            }
        }
        right.then_some(())
    }

    fn talk(&mut self, now: Time, id: CallId, agent: AgentId) -> Option<()> {
        let call = self.call_at(id, Stage::Waiting).filter(|call| call.left_group)?;
        call.stage = Stage::Talking { agent, since: now };
        let agent = self.free_agent(agent)?;
        agent.call = Some(id);
        agent.turn_day(now);
        agent.handled += 1;
        Some(())
    }

    fn hold(&mut self, id: CallId, by: Side, on: bool) -> Option<()> {
        let call = self.calls.get_mut(&id)?;
        let before = call.holds.insert(by == Side::Agent, on).unwrap_or(false);
        (before != on && matches!(call.stage, Stage::Talking { .. })).then_some(())
    }

    fn end_talk(&mut self, now: Time, id: CallId, by: AgentId, talked_ms: u64) -> Option<()> {
        let call = self.calls.remove(&id)?;
        let Stage::Talking { agent, since } = call.stage else { return None };
        let held = call.holds.values().any(|&on| on);
        let agent = self.agents.get_mut(&agent).filter(|it| agent == by && it.call == Some(id))?;
        agent.call = None;
        (!held && talked_ms == now.0 - since.0).then_some(())
    }

    fn wish(&mut self, now: Time, id: AgentId, wish: &Wish) -> Option<()> {
        let agent = self.agents.get_mut(&id)?;
        let changed = agent.wish != *wish;
        agent.wish = wish.clone();
        if *wish == Wish::On {
            agent.idle_since = now;
        }
        changed.then_some(())
    }

    fn activity(&mut self, now: Time, id: AgentId, activity: Activity) -> Option<()> {
        let agent = self.agents.get_mut(&id)?;
        let before = std::mem::replace(&mut agent.activity, activity);
        agent.since = now;
        let keeps_turn = before == Activity::Offered && !agent.missed_last;
        if activity == Activity::Idle && !keeps_turn {
            agent.idle_since = now;
        }
        let busy = match activity {
            Activity::Idle | Activity::Unreachable | Activity::Outbound | Activity::Internal => {
                false
            }
            Activity::Offered | Activity::Talking | Activity::WrapUp => true,
        };
        (before != activity && busy == agent.call.is_some()).then_some(())
    }

    fn call_at(&mut self, id: CallId, stage: Stage) -> Option<&mut Call> {
        self.calls.get_mut(&id).filter(|call| call.stage == stage)
    }

    fn free_agent(&mut self, id: AgentId) -> Option<&mut Agent> {
        self.agents.get_mut(&id).filter(|agent| agent.call.is_none())
    }

    /// What the engine shows is what its journal says.
    pub(super) fn is_the_engines(&self, now: Time, engine: &Engine) -> Judged {
        let calls: Vec<CallView> = engine.calls().collect();
        let told = |(shown, (&id, call)): (&CallView, (&CallId, &Call))| call.is_shown(id, shown);
        if calls.len() != self.calls.len() || !calls.iter().zip(&self.calls).all(told) {
            return Err(format!("the journal says {:?}, the engine shows {calls:?}", self.calls));
        }
        let agents: Vec<AgentView> = engine.agents().collect();
        let told = |(shown, (&id, agent)): (&AgentView, (&AgentId, &Agent))| {
            agent.is_shown(id, now, shown)
        };
        if agents.len() != self.agents.len() || !agents.iter().zip(&self.agents).all(told) {
            return Err(format!("the journal says {:?}, the engine shows {agents:?}", self.agents));
        }
        self.is_conserved()
    }

    pub(super) fn nobody_rings_against_his_wish(&self) -> Judged {
        let rings = |agent: &&Agent| agent.activity == Activity::Offered;
        match self.agents.values().filter(rings).find(|agent| agent.wish != Wish::On) {
            None => Ok(()),
            Some(agent) => Err(format!("rings against his wish: {agent:?}")),
        }
    }

    fn is_conserved(&self) -> Judged {
        let in_line = |call: &&Call| !matches!(call.stage, Stage::Talking { .. });
        let in_line = self.calls.values().filter(in_line).count() as u64;
        let arrivals = self.arrived == self.refused + self.entered;
        if arrivals && self.entered == self.left + in_line {
            return Ok(());
        }
        let (arrived, refused, entered, left) =
            (self.arrived, self.refused, self.entered, self.left);
        Err(format!("{arrived} arrived, {refused} refused, {entered} entered, {left} left"))
    }

    pub(super) fn is_at_rest(&self) -> Judged {
        let busy = |agent: &&Agent| matches!(agent.activity, Activity::Offered | Activity::Talking);
        if let Some(agent) = self.agents.values().find(busy) {
            return Err(format!("the day is over and somebody is still busy: {agent:?}"));
        }
        match self.calls.iter().next() {
            None => Ok(()),
            Some(call) => Err(format!("the day is over and somebody is still there: {call:?}")),
        }
    }
}

impl Agent {
    fn new(now: Time) -> Agent {
        Agent {
            wish: Wish::Off,
            activity: Activity::Unreachable,
            since: now,
            idle_since: now,
            rests_until: Time(0),
            call: None,
            missed_last: false,
            day: 0,
            handled: 0,
            missed: 0,
        }
    }

    fn turn_day(&mut self, now: Time) {
        if self.day != now.0 / DAY_MS {
            (self.day, self.handled, self.missed) = (now.0 / DAY_MS, 0, 0);
        }
    }

    pub(super) fn today(&self, now: Time) -> (u32, u32) {
        if self.day == now.0 / DAY_MS { (self.handled, self.missed) } else { (0, 0) }
    }

    fn is_shown(&self, id: AgentId, now: Time, shown: &AgentView) -> bool {
        let busy = self.call.is_some();
        let pending = Some(&self.wish).filter(|&wish| *wish != Wish::On && busy);
        (id, &self.wish, self.activity) == (shown.agent, &shown.wish, shown.activity)
            && (self.since, self.call) == (shown.since, shown.call)
            && self.today(now) == (shown.handled_today, shown.missed_today)
            && shown.pending.as_ref() == pending
    }
}

impl Call {
    fn is_shown(&self, id: CallId, shown: &CallView) -> bool {
        let waits = self.stage == Stage::Waiting;
        (id, self.group, self.entered) == (shown.call, shown.group, shown.entered)
            && (self.priority, self.stage) == (shown.priority, shown.stage)
            && (waits, waits) == (shown.place.is_some(), shown.why.is_some())
    }
}
