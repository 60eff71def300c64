//! What callers do, lines, and talks.

use std::time::Duration;

use acd::{
    Action, Actor, AgentId, CallId, EndCause, Entry, Fact, GroupId, GroupPlan, Leave, Outcome,
    Refusal, Side, Time, Way,
};

use crate::model::agent::WrapUp;
use crate::model::callback::Callback;
use crate::model::{LEAVE_ALONE_MS, Model};

/// One live call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) id: CallId,
    pub(super) caller: String,
    pub(super) group: GroupId,
    /// The settings that he met when he entered the group.
    pub(super) settings: GroupPlan,
    /// His own priority; `None` when a supervisor has decided.
    pub(super) own: Option<i32>,
    /// By which he stands in line.
    pub(super) priority: i32,
    /// Since when he waits: his place in line.
    pub(super) entered: Time,
    /// Since when he is in this group's line: what is told of his wait.
    pub(super) met: Time,
    /// In line and not ringing anywhere.
    pub(super) waits: bool,
    pub(super) talk: Option<Talk>,
    pub(super) rejected_by: Vec<AgentId>,
    /// Who must not be rung for it, and until when.
    pub(super) missed_by: Vec<(AgentId, Time)>,
    /// Steps of the chain that are behind him.
    pub(super) steps_done: usize,
    /// How often a rule has sent him to another group since a person did.
    pub(super) sent_on: usize,
    pub(super) announce_at: Option<Time>,
    /// Who served him last, and until when he waits for that agent.
    pub(super) last: Option<(AgentId, Time)>,
    /// He has hung up and keeps his place.
    pub(super) callback: Option<Callback>,
}

#[derive(Clone, Debug)]
pub(super) struct Talk {
    pub(super) agent: AgentId,
    since: Time,
    wrap_up: Duration,
    /// Since when he counts as waiting if the talk goes on as a wait.
    pub(super) waited_ms: u64,
    /// Who has put the other on hold.
    held_by: Vec<Side>,
}

impl Call {
    pub(super) fn new(id: CallId, caller: String, own: i32, now: Time) -> Call {
        Call {
            id,
            caller,
            group: GroupId(0),
            settings: GroupPlan::default(),
            own: Some(own),
            priority: own,
            entered: now,
            met: now,
            waits: false,
            talk: None,
            rejected_by: Vec::new(),
            missed_by: Vec::new(),
            steps_done: 0,
            sent_on: 0,
            announce_at: None,
            last: None,
            callback: None,
        }
    }

    /// Waits and hears music: he has not hung up.
    pub(super) fn is_on_the_line(&self) -> bool {
        self.waits && self.callback.is_none()
    }

    /// The step of the chain that he comes to next.
    pub(super) fn next_step(&self) -> Option<(Time, Way)> {
        let mut steps: Vec<_> = self.settings.steps.iter().collect();
        steps.sort_by_key(|step| step.after);
        steps.get(self.steps_done).map(|step| (self.met + step.after, step.to.clone()))
    }
}

impl Model {
    pub(super) fn caller_left(&mut self, id: CallId, cause: EndCause) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        // The end of a leg whose caller keeps his place.
        if call.callback.is_some() {
            return;
        }
        if let Some(talk) = &call.talk {
            let agent = talk.agent;
            self.order(Action::HangUpAgent { agent, call: id });
            self.talk_ends(id, Side::Caller, cause);
            self.calls.retain(|call| call.id != id);
        } else if call.waits {
            self.leaves(id, Leave::Abandoned);
        } else if let Some(agent) = self.rung_for(id) {
            self.order(Action::StopRinging { agent, call: id });
            self.offer_ends(agent, Outcome::CallerLeft);
        }
    }

    pub(super) fn agent_left(&mut self, agent: AgentId, id: CallId, cause: EndCause) {
        if self.who_calls_back(id) == Some(agent) {
            return self.caller_is_given_back(id, agent);
        }
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        if call.talk.as_ref().is_none_or(|talk| talk.agent != agent) {
            return;
        }
        // "A caller whose agent was lost goes back to his old place", if it is still there.
        let lost = cause == EndCause::Lost;
        let returns = lost && self.plan.groups.contains_key(&call.group);
        self.order(match returns {
            true => Action::WaitAgain { call: id },
            false => Action::HangUpCaller { call: id },
        });
        self.talk_ends(id, Side::Agent, cause);
        if lost {
            self.lost_in_talk(agent);
        }
        if returns {
            let (now, alone_until) = (self.now, Time(self.now.0 + LEAVE_ALONE_MS));
            let call = self.call(id);
            call.missed_by.push((agent, alone_until));
            (call.met, call.steps_done, call.waits) = (now, 0, true);
            self.tell_entry(id, Entry::Returned, None);
            self.begin_to_tell(id, false);
        } else {
            self.calls.retain(|call| call.id != id);
        }
    }

    pub(super) fn held(&mut self, id: CallId, by: Side, on: bool) {
        let call = self.calls.iter_mut().find(|call| call.id == id);
        let Some(talk) = call.and_then(|call| call.talk.as_mut()) else { return };
        if talk.held_by.contains(&by) == on {
            return;
        }
        talk.held_by.retain(|side| *side != by);
        if on {
            talk.held_by.push(by);
            self.tell(Fact::HoldStarted { call: id, by });
        } else {
            self.tell(Fact::HoldEnded { call: id, by });
        }
    }

    pub(super) fn talk_begins(
        &mut self,
        id: CallId,
        agent: AgentId,
        wrap_up: Duration,
        leave: Leave,
    ) {
        let since = self.now;
        let call = self.call(id);
        let waited_ms = since.0 - call.entered.0;
        call.talk = Some(Talk { agent, since, wrap_up, waited_ms, held_by: Vec::new() });
        call.last = None;
        let (group, met, caller) = (call.group, call.met, call.caller.clone());
        let waited_ms = since.0 - met.0;
        self.tell(Fact::QueueLeft { call: id, group, leave, waited_ms });
        self.has_served(&caller, agent);
        self.tell(Fact::TalkStarted { call: id, group, agent });
        self.agent(agent).talks_with = Some(id);
        self.say_activity(agent);
    }

    /// What becomes of the call is for the caller of this.
    pub(super) fn talk_ends(&mut self, id: CallId, by: Side, cause: EndCause) {
        let now = self.now;
        self.held(id, Side::Caller, false);
        self.held(id, Side::Agent, false);
        let group = self.call(id).group;
        let Some(talk) = self.call(id).talk.take() else { return };
        let (agent, talked_ms) = (talk.agent, now.0 - talk.since.0);
        self.tell(Fact::TalkEnded { call: id, group, agent, by, cause, talked_ms });
        let it = self.agent(agent);
        it.talks_with = None;
        // "The next talk that ends well begins the count anew."
        if (by, cause) != (Side::Agent, EndCause::Lost) {
            it.lost = 0;
        }
        if talk.wrap_up.is_zero() {
            it.idle_since = now;
            self.has_taken(group, talk.since);
        } else {
            let until = now + talk.wrap_up;
            it.wraps_up = Some(WrapUp { until, group, began: talk.since });
            self.tell(Fact::WrapUpStarted { call: id, group, agent });
        }
        self.say_activity(agent);
    }

    pub(super) fn tell_entry(&mut self, id: CallId, why: Entry, by: Option<Actor>) {
        let place = self.place(id);
        let call = self.call(id);
        let (group, priority, since) = (call.group, call.priority, call.entered);
        self.tell(Fact::QueueEntered { call: id, group, priority, place, why, since, by });
    }

    /// Counted from one.
    pub(super) fn place(&mut self, id: CallId) -> u32 {
        let group = self.call(id).group;
        let before = self.line(group).iter().take_while(|&&other| other != id).count();
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    /// Nobody took him: he stands where he stood, if his group is still there.
    pub(super) fn back_in_line(&mut self, id: CallId) {
        let group = self.call(id).group;
        if self.plan.groups.contains_key(&group) {
            self.call(id).waits = true;
            self.tell_no_earlier(id);
        } else {
            self.turn_away(id);
        }
    }

    /// His group is gone.
    pub(super) fn turn_away(&mut self, call: CallId) {
        if self.call(call).callback.is_some() {
            return self.callback_ends(call, acd::CallbackEnd::NoGroup, &Actor::Rule);
        }
        self.order(Action::Refuse { call, refusal: Refusal::NoGroup, say: None });
        self.leaves(call, Leave::Refused);
    }

    /// Out of line and away, unless the caller of this has a place for what is left.
    #[expect(clippy::expect_used, reason = "a model that is wrong about itself must not go on")]
    pub(super) fn leaves(&mut self, id: CallId, leave: Leave) -> Call {
        let at = self.calls.iter().position(|call| call.id == id);
        let call = self.calls.remove(at.expect("a call of the list"));
        let (group, waited_ms) = (call.group, self.now.0 - call.met.0);
        self.tell(Fact::QueueLeft { call: id, group, leave, waited_ms });
        call
    }

    /// A caller without a number is everybody and nobody.
    pub(super) fn has_served(&mut self, caller: &str, agent: AgentId) {
        if !caller.is_empty() {
            self.served.insert(caller.to_owned(), agent);
        }
    }

    /// Somebody who is known to be there.
    #[expect(clippy::expect_used, reason = "a model that is wrong about itself must not go on")]
    pub(super) fn call(&mut self, id: CallId) -> &mut Call {
        self.calls.iter_mut().find(|call| call.id == id).expect("a call of the list")
    }
}
