//! One call: how it arrives, is held, and ends.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::agent::Doing;
use crate::alarm::Alarm;
use crate::callback::Callback;
use crate::engine::Engine;
use crate::group::Place;
use crate::sticky::LastAgent;
use crate::{
    Action, AgentId, CallId, EndCause, Fact, GroupId, GroupPlan, Leave, Outcome, Output, Sent,
    Side, Time, Way,
};

/// A live call, from its entry into a group to the end of the talk.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) group: GroupId,
    /// The settings it met when it entered the group.
    pub(crate) plan: Arc<GroupPlan>,
    /// When it entered the group; `place.entered` may lie before.
    pub(crate) met: Time,
    pub(crate) place: Place,
    pub(crate) stands: Stands,
    /// Who calls; empty when he hides his number.
    pub(crate) caller: String,
    pub(crate) sent: Option<Box<Sent>>,
    /// The call's own priority, to which a group adds what it gives this caller.
    pub(crate) priority: Priority,
    /// Agents who rejected this call: they never hear it again.
    pub(crate) rejected_by: BTreeSet<AgentId>,
    /// Agents who missed this call otherwise, and until when it leaves them alone.
    pub(crate) missed_by: BTreeMap<AgentId, Time>,
    /// Offers that ended without an answer.
    pub(crate) offers: u32,
    /// Questions put to a policy.
    pub(crate) questions: u32,
    /// For how long policies have kept this call from free agents, all in all.
    pub(crate) deferred: Duration,
    /// Since when agents may have been given to callers behind him in this line, by the choice of
    /// a policy.
    pub(crate) overtaken: Option<Time>,
    /// Steps of the group's chain that are behind him.
    pub(crate) steps_done: usize,
    /// How often a rule has sent him to another group since a person did.
    pub(crate) hops: u32,
    /// When he is told his place next.
    pub(crate) announce_at: Option<Time>,
    /// The agent for whom he waits a moment.
    pub(crate) last: Option<LastAgent>,
    /// He has hung up and keeps his place.
    pub(crate) callback: Option<Callback>,
}

/// A call's priority.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Priority {
    /// A group may add to it by the caller's number.
    Own(i32),
    /// A supervisor has decided.
    Set(i32),
}

/// Where the call stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stands {
    /// In line, to be offered as soon as somebody is free.
    Waiting,
    /// In line, but not to be offered before.
    Deferred {
        until: Time,
    },
    Offered {
        agent: AgentId,
    },
    /// The agent is on the line and the caller is being called.
    CallingBack {
        agent: AgentId,
    },
    Talking(Talk),
}

/// A conversation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Talk {
    pub(crate) agent: AgentId,
    pub(crate) since: Time,
    pub(crate) wrap_up: Duration,
    /// How long the caller had waited when it began.
    pub(crate) waited: Duration,
    pub(crate) held_by_caller: bool,
    pub(crate) held_by_agent: bool,
}

impl Call {
    /// Whether this agent may be rung for this call at all at `now`.
    pub(crate) fn may_ring(&self, agent: AgentId, now: Time) -> bool {
        !self.rejected_by.contains(&agent)
            && self.missed_by.get(&agent).is_none_or(|&until| until <= now)
    }

    /// Stands in line, whether or not he may be offered now.
    pub(crate) fn in_line(&self) -> bool {
        match self.stands {
            Stands::Waiting | Stands::Deferred { .. } => true,
            Stands::Offered { .. } | Stands::CallingBack { .. } | Stands::Talking(_) => false,
        }
    }

    /// Since when he stands in this group, in milliseconds.
    pub(crate) fn waited_ms(&self, now: Time) -> u64 {
        now.0.saturating_sub(self.met.0)
    }

    /// When the next step of the chain is due, and where it leads.
    pub(crate) fn next_step(&self) -> Option<(Time, Way)> {
        let mut steps: Vec<_> = self.plan.steps.iter().collect();
        steps.sort_by_key(|step| step.after);
        let step = steps.get(self.steps_done)?;
        Some((self.met + step.after, step.to.clone()))
    }
}

/// An arrival as it was reported.
pub(crate) struct Arrival {
    pub(crate) call: CallId,
    pub(crate) group: GroupId,
    pub(crate) priority: i32,
    pub(crate) number: String,
    pub(crate) caller: String,
    pub(crate) sent: Option<Box<Sent>>,
}

impl Engine {
    /// A caller enters a group, is sent on or is refused. A call arrives once: a repeat is a no-op.
    pub(crate) fn call_arrived(&mut self, arrival: Arrival, out: &mut Vec<Output>) {
        let Arrival { call, group, priority, number, caller, sent } = arrival;
        if self.calls.contains_key(&call) {
            return;
        }
        let arrived = Fact::CallArrived { call, group, number, caller: caller.clone(), priority };
        out.push(Output::Tell(self.now, arrived));
        let place = Place { priority: Reverse(priority), entered: self.now, call };
        let newcomer = Call {
            group,
            plan: Arc::default(),
            met: self.now,
            place,
            stands: Stands::Waiting,
            caller,
            sent,
            priority: Priority::Own(priority),
            rejected_by: BTreeSet::new(),
            missed_by: BTreeMap::new(),
            offers: 0,
            questions: 0,
            deferred: Duration::ZERO,
            overtaken: None,
            steps_done: 0,
            hops: 0,
            announce_at: None,
            last: None,
            callback: None,
        };
        self.receive(newcomer, out);
    }

    /// The caller is gone, whatever state the call was in. An unknown call is a no-op: it was
    /// refused, or it has ended already. So is the end of a leg whose caller keeps his place.
    pub(crate) fn caller_left(&mut self, id: CallId, cause: EndCause, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id).filter(|call| call.callback.is_none()) else { return };
        match call.stands {
            Stands::Waiting | Stands::Deferred { .. } => {
                self.leave_line(id);
                self.drop_call(id, Leave::Abandoned, out);
            }
            Stands::Offered { agent } => {
                out.push(Output::Do(Action::StopRinging { agent, call: id }));
                self.end_offer(agent, Outcome::CallerLeft, out);
                self.drop_call(id, Leave::Abandoned, out);
            }
            Stands::Talking(talk) => {
                out.push(Output::Do(Action::HangUpAgent { agent: talk.agent, call: id }));
                if self.end_talk(id, Side::Caller, cause, out).is_some() {
                    self.forget(id);
                }
            }
            Stands::CallingBack { .. } => (),
        }
    }

    /// The agent hung up or was lost while talking; otherwise a no-op. A caller whose agent was
    /// lost goes back to his old place.
    pub(crate) fn agent_left(
        &mut self,
        agent: AgentId,
        id: CallId,
        cause: EndCause,
        out: &mut Vec<Output>,
    ) {
        if self.calls_back(id) == Some(agent) {
            self.stop_calling_back(id, out);
        }
        if self.talk_of(id).is_none_or(|talk| talk.agent != agent) {
            return;
        }
        let lost = cause == EndCause::Lost;
        let returns = lost && self.calls.get(&id).is_some_and(|it| self.exists(it.group));
        let action = if returns {
            Action::WaitAgain { call: id }
        } else {
            Action::HangUpCaller { call: id }
        };
        out.push(Output::Do(action));
        self.end_talk(id, Side::Agent, cause, out);
        if lost {
            self.lost(agent, id, out);
        }
        if returns {
            self.returned(id, out);
        } else {
            self.forget(id);
        }
    }

    /// Hold or resume. Outside a talk, and when nothing changes, a no-op.
    pub(crate) fn held(&mut self, id: CallId, by: Side, on: bool, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Stands::Talking(talk) = &mut call.stands else { return };
        let held = match by {
            Side::Caller => &mut talk.held_by_caller,
            Side::Agent => &mut talk.held_by_agent,
        };
        if *held != on {
            *held = on;
            let started = Fact::HoldStarted { call: id, by };
            let ended = Fact::HoldEnded { call: id, by };
            out.push(Output::Tell(self.now, if on { started } else { ended }));
        }
    }

    /// Takes a call that stands in no line out of the world.
    pub(crate) fn forget(&mut self, id: CallId) {
        self.touched.calls.insert(id);
        self.await_nobody(id);
        self.forget_callback(id);
        self.calls.remove(&id);
    }

    /// The same of one that was in its group until now.
    pub(crate) fn drop_call(&mut self, id: CallId, leave: Leave, out: &mut Vec<Output>) {
        self.tell_left(id, leave, out);
        self.forget(id);
    }

    pub(crate) fn tell_left(&self, id: CallId, leave: Leave, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id) else { return };
        let waited_ms = call.waited_ms(self.now);
        let left = Fact::QueueLeft { call: id, group: call.group, leave, waited_ms };
        out.push(Output::Tell(self.now, left));
    }

    pub(crate) fn talk_of(&self, id: CallId) -> Option<Talk> {
        match self.calls.get(&id)?.stands {
            Stands::Talking(talk) => Some(talk),
            Stands::Waiting
            | Stands::Deferred { .. }
            | Stands::Offered { .. }
            | Stands::CallingBack { .. } => None,
        }
    }

    /// The conversation is over: holds are closed, the agent wraps up. What becomes of the call is
    /// for the caller of this to say.
    pub(crate) fn end_talk(
        &mut self,
        id: CallId,
        by: Side,
        cause: EndCause,
        out: &mut Vec<Output>,
    ) -> Option<Talk> {
        let now = self.now;
        let talk = self.talk_of(id)?;
        self.held(id, Side::Caller, false, out);
        self.held(id, Side::Agent, false, out);
        if (by, cause) != (Side::Agent, EndCause::Lost)
            && let Some(agent) = self.agents.get_mut(&talk.agent)
        {
            agent.lost_in_a_row = 0;
        }
        let call = self.calls.get_mut(&id)?;
        self.touched.calls.insert(id);
        let (agent, group) = (talk.agent, call.group);
        let talked_ms = now.0.saturating_sub(talk.since.0);
        let ended = Fact::TalkEnded { call: id, group, agent, by, cause, talked_ms };
        out.push(Output::Tell(now, ended));
        if let Some(it) = self.agents.get_mut(&agent) {
            it.today.count_talk(now, talk.since);
            if talk.wrap_up.is_zero() {
                it.doing = Doing::Nothing;
                it.idle_since = now;
                self.note_handling(group, talk.since);
            } else {
                it.doing = Doing::WrapUp { call: id, group, began: talk.since };
                self.alarms.set(Alarm::WrappedUp(agent), now + talk.wrap_up);
                out.push(Output::Tell(now, Fact::WrapUpStarted { call: id, group, agent }));
            }
        }
        self.update_agent(agent, out);
        Some(talk)
    }
}
