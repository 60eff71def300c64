//! The board as it follows from the journal alone: a fold of facts.

use std::collections::{BTreeMap, BTreeSet};

use acd::{
    Activity, AgentId, AgentView, CallId, CallView, EndCause, Engine, Fact, GroupId, Leave,
    Outcome, Plan, Side, Stage, Time, Why, Wish,
};

use crate::reference::Judged;
use crate::reference::agent::Agent;

/// How long an agent rests after a miss, as documented.
pub(super) const REST_MS: u64 = 10_000;
/// How long a call leaves an agent alone who missed it, as documented.
const LEAVE_ALONE_MS: u64 = 30_000;
/// How long a callback is left alone after a try, as documented.
const CALLBACK_REST_MS: u64 = 120_000;

#[derive(Debug, Default)]
pub(super) struct Board {
    pub(super) plan: Plan,
    pub(super) agents: BTreeMap<AgentId, Agent>,
    pub(super) calls: BTreeMap<CallId, Call>,
    /// Groups that are shut.
    pub(super) shut: BTreeSet<GroupId>,
    /// Who served a caller last, by number.
    pub(super) served: BTreeMap<String, AgentId>,
    /// The number of every live call.
    pub(super) callers: BTreeMap<CallId, String>,
    /// Callers who have arrived in this moment and of whom nothing else is told yet.
    pub(super) arriving: BTreeSet<CallId>,
    /// Callers who have left a line or a talk in this moment and may enter a line.
    pub(super) parted: BTreeMap<CallId, Parted>,
    /// Callers whom their group takes only if they keep their place and go.
    pub(super) only_callback: BTreeSet<CallId>,
    /// The talk that ends in this moment ends because its agent was lost.
    agent_lost: bool,
    /// The priority that somebody gives a call in this moment.
    pub(super) promoting: Option<i32>,
    pub(super) entered: u64,
    left: u64,
}

/// What goes with a caller from one line to the next.
#[derive(Debug)]
pub(super) struct Parted {
    pub(super) call: Call,
    /// For how long he had waited.
    pub(super) waited_ms: u64,
    pub(super) talked_with: Option<AgentId>,
    pub(super) transferred: bool,
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) group: GroupId,
    pub(super) priority: i32,
    /// By which he stands in line.
    pub(super) entered: Time,
    /// When he entered this group.
    pub(super) met: Time,
    /// For how long he had waited when the talk began.
    waited_ms: u64,
    /// He has hung up and keeps his place.
    pub(super) callback: bool,
    tries: u32,
    /// A callback that was tried is left alone until then.
    pub(super) rests_until: Time,
    /// The agent for whom he waits a moment, and until when.
    pub(super) last: Option<(AgentId, Time)>,
    pub(super) stage: Stage,
    pub(super) rejected_by: BTreeSet<AgentId>,
    pub(super) left_alone: BTreeMap<AgentId, Time>,
    holds: BTreeMap<bool, bool>,
    left_group: bool,
}

impl Board {
    pub(super) fn adopt(&mut self, now: Time, plan: &Plan) {
        self.forget_agents();
        for &id in plan.agents.keys() {
            self.agents.entry(id).or_insert_with(|| Agent::new(now));
        }
        self.plan = plan.clone();
        self.shut.retain(|id| plan.groups.contains_key(id));
    }

    /// Whoever has nothing left to do here.
    pub(super) fn forget_the_gone(&mut self) {
        self.forget_agents();
        self.parted.clear();
    }

    /// Agents who are not in the plan and are done.
    fn forget_agents(&mut self) {
        let plan = &self.plan;
        self.agents.retain(|id, agent| plan.agents.contains_key(id) || agent.call.is_some());
    }

    pub(super) fn tell(&mut self, now: Time, fact: &Fact) -> Judged {
        let done = match fact {
            Fact::CallArrived { call, caller, .. } => {
                self.callers.insert(*call, caller.clone());
                let new = !self.calls.contains_key(call) && self.arriving.insert(*call);
                new.then_some(())
            }
            Fact::QueueRefused { call, .. } => self.arriving.remove(call).then_some(()),
            Fact::QueueEntered { call, group, priority, place, why, .. } => {
                self.enter(now, *call, *group, (*priority, *place), *why)
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
            Fact::TalkEnded { call, agent, talked_ms, by, cause, .. } => {
                self.agent_lost = (*by, *cause) == (Side::Agent, EndCause::Lost);
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
            Fact::QueueMoved { call, from, to, .. } => self.promoted(*call, *from, *to),
            Fact::WaitAnnounced { call, place, .. } => {
                let nth = self.nth(*call);
                let call = self.call_at(*call, Stage::Waiting).filter(|call| !call.callback);
                call.filter(|_| place.is_none_or(|place| place == nth)).map(|_| ())
            }
            Fact::CallDiverted { call, .. } => {
                let parted = self.parted.remove(call).is_some();
                (self.arriving.remove(call) || parted).then_some(())
            }
            Fact::CallbackAsked { call, number, .. } => self.asked_callback(*call, number),
            Fact::CallbackEnded { call, .. } => self.ends_callback(*call),
            Fact::CallbackTried { call, agent, reached } => {
                self.tried(now, *call, *agent, *reached)
            }
            Fact::TransferDone { call, agent, .. } => {
                let parted = self.parted.get_mut(call);
                let parted = parted.filter(|parted| parted.talked_with == Some(*agent));
                parted.map(|parted| parted.transferred = true)
            }
            Fact::GroupTurned { group, open } => {
                let shut = &mut self.shut;
                let turned = if *open { shut.remove(group) } else { shut.insert(*group) };
                turned.then_some(())
            }
            Fact::LoanEnded { agent, .. } => self.agents.contains_key(agent).then_some(()),
            Fact::PlanChanged { version } => (self.plan.version == *version).then_some(()),
        };
        done.ok_or_else(|| format!("cannot be true now: {fact:?}"))
    }

    fn asked_callback(&mut self, id: CallId, number: &str) -> Option<()> {
        let known = self.callers.get(&id).is_some_and(|it| it == number) && !number.is_empty();
        self.only_callback.remove(&id);
        let call = self.call_at(id, Stage::Waiting).filter(|call| !call.callback && known)?;
        (call.callback, call.tries) = (true, 0);
        Some(())
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
        if outcome == Outcome::Answered && call.callback {
            agent.misses.clear();
            agent.calls_back = true;
            return Some(());
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
        if outcome == Outcome::Answered {
            agent.misses.clear();
        }
        if agent.missed_last {
            agent.turn_day(now);
            agent.missed += 1;
            let rest_ms = agent.rest_after(&self.plan.misses, outcome).max(REST_MS);
            agent.rests_until = Time(now.0 + rest_ms);
        }
        Some(())
    }

    fn leave(&mut self, now: Time, id: CallId, leave: Leave, waited_ms: u64) -> Option<()> {
        self.left += 1;
        let call = self.call_at(id, Stage::Waiting)?;
        let first = !std::mem::replace(&mut call.left_group, true);
        let right = first && waited_ms == now.0 - call.met.0;
        call.waited_ms = now.0 - call.entered.0;
        match leave {
            Leave::Answered | Leave::CalledBack => call.last = None,
            Leave::Abandoned
            | Leave::Refused
            | Leave::TimedOut
            | Leave::Overflow
            | Leave::Key
            | Leave::Moved
            | Leave::CallbackFailed => {
                let mut call = self.calls.remove(&id)?;
                (call.left_group, call.last) = (false, None);
                let waited_ms = call.waited_ms;
                let parted = Parted { call, waited_ms, talked_with: None, transferred: false };
                self.parted.insert(id, parted);
            }
        }
        right.then_some(())
    }

    /// An agent on the line has called somebody back.
    fn tried(&mut self, now: Time, id: CallId, by: AgentId, reached: bool) -> Option<()> {
        self.stop_calling(id, by)?;
        let call = self.calls.get_mut(&id)?;
        if reached {
            call.callback = false;
        } else {
            call.tries += 1;
            call.rests_until = Time(now.0 + CALLBACK_REST_MS);
        }
        (call.tries <= 3).then_some(())
    }

    fn stop_calling(&mut self, id: CallId, by: AgentId) -> Option<()> {
        let agent = self.agents.get_mut(&by).filter(|it| it.calls_back && it.call == Some(id))?;
        (agent.calls_back, agent.call, agent.missed_last) = (false, None, false);
        self.call_at(id, Stage::Offered { agent: by })?.stage = Stage::Waiting;
        Some(())
    }

    /// An agent hung up before the caller of a callback was reached: no fact tells that.
    pub(super) fn agent_left(&mut self, now: Time, id: CallId, by: AgentId) {
        if self.stop_calling(id, by).is_some()
            && let Some(call) = self.calls.get_mut(&id)
        {
            call.left_alone.insert(by, Time(now.0 + LEAVE_ALONE_MS));
        }
    }

    fn talk(&mut self, now: Time, id: CallId, agent: AgentId) -> Option<()> {
        let call = self.call_at(id, Stage::Waiting).filter(|call| call.left_group)?;
        call.stage = Stage::Talking { agent, since: now };
        if let Some(caller) = self.callers.get(&id).filter(|caller| !caller.is_empty()) {
            self.served.insert(caller.clone(), agent);
        }
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
        let mut call = self.calls.remove(&id)?;
        let Stage::Talking { agent, since } = call.stage else { return None };
        let held = call.holds.values().any(|&on| on);
        call.left_group = false;
        if self.agent_lost {
            call.left_alone.insert(by, Time(now.0 + LEAVE_ALONE_MS));
        }
        let waited_ms = call.waited_ms;
        let parted = Parted { call, waited_ms, talked_with: Some(by), transferred: false };
        self.parted.insert(id, parted);
        let agent = self.agents.get_mut(&agent).filter(|it| agent == by && it.call == Some(id))?;
        agent.call = None;
        if self.agent_lost {
            agent.is_lost(now, &self.plan.misses);
        } else {
            agent.lost_in_a_row = 0;
        }
        (!held && talked_ms == now.0 - since.0).then_some(())
    }

    fn wish(&mut self, now: Time, id: AgentId, wish: &Wish) -> Option<()> {
        let agent = self.agents.get_mut(&id)?;
        let changed = agent.wish != *wish;
        agent.wish = wish.clone();
        agent.misses.clear();
        agent.lost_in_a_row = 0;
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

    pub(super) fn call_at(&mut self, id: CallId, stage: Stage) -> Option<&mut Call> {
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
        if self.arriving.is_empty()
            && self.only_callback.is_empty()
            && self.entered == self.left + in_line
        {
            return Ok(());
        }
        let (arriving, entered, left) = (&self.arriving, self.entered, self.left);
        Err(format!("{arriving:?} arrived, {entered} entered, {left} left, {in_line} in line"))
    }

    /// Only whoever is to be called back may have to wait for tomorrow.
    pub(super) fn is_at_rest(&self) -> Judged {
        let calls_back = |id: CallId| self.calls.get(&id).is_some_and(|call| call.callback);
        let busy = |agent: &&Agent| {
            matches!(agent.activity, Activity::Offered | Activity::Talking)
                && !agent.call.is_some_and(calls_back)
        };
        if let Some(agent) = self.agents.values().find(busy) {
            return Err(format!("the day is over and somebody is still busy: {agent:?}"));
        }
        let mut here = self.calls.iter().filter(|(_, call)| !call.callback);
        match here.next() {
            None => Ok(()),
            Some(call) => Err(format!("the day is over and somebody is still there: {call:?}")),
        }
    }
}

impl Call {
    pub(super) fn new(group: GroupId) -> Call {
        Call {
            group,
            priority: 0,
            entered: Time(0),
            met: Time(0),
            waited_ms: 0,
            callback: false,
            tries: 0,
            rests_until: Time(0),
            last: None,
            stage: Stage::Waiting,
            rejected_by: BTreeSet::new(),
            left_alone: BTreeMap::new(),
            holds: BTreeMap::new(),
            left_group: false,
        }
    }

    fn is_shown(&self, id: CallId, shown: &CallView) -> bool {
        let waits = self.stage == Stage::Waiting;
        let calling = shown.why == Some(Why::CallingBack);
        (id, self.group, self.entered) == (shown.call, shown.group, shown.entered)
            && (self.priority, self.stage) == (shown.priority, shown.stage)
            && (waits, waits) == (shown.place.is_some(), shown.why.is_some() && !calling)
            && self.callback == shown.callback
    }
}
