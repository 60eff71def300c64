//! What callers do, and talks.

use std::time::Duration;

use acd::{
    Action, AgentId, CallId, EndCause, Entry, Event, Fact, GroupId, Leave, Outcome, Refusal, Side,
    Time,
};

use crate::model::Model;

/// One live call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) id: CallId,
    pub(super) group: GroupId,
    pub(super) priority: i32,
    pub(super) entered: Time,
    /// In line and not ringing anywhere.
    pub(super) waits: bool,
    pub(super) talk: Option<Talk>,
    /// Who must not be rung for it, and until when.
    pub(super) missed_by: Vec<(AgentId, Time)>,
}

#[derive(Clone, Debug)]
pub(super) struct Talk {
    agent: AgentId,
    since: Time,
    wrap_up: Duration,
    /// Who has put the other on hold.
    held_by: Vec<Side>,
}

impl Model {
    pub(super) fn arrives(&mut self, event: &Event) {
        let Event::CallArrived { call: id, group, priority, number, caller } = event.clone() else {
            return;
        };
        if self.calls.iter().any(|call| call.id == id) {
            return;
        }
        self.tell(Fact::CallArrived { call: id, group, number, caller });
        let refusal = match self.plan.groups.get(&group) {
            None => Some(Refusal::NoGroup),
            Some(it) if self.line(group).len() >= it.waiting_max as usize => Some(Refusal::Full),
            Some(_) => None,
        };
        if let Some(refusal) = refusal {
            self.order(Action::Refuse { call: id, refusal, say: None });
            self.tell(Fact::QueueRefused { call: id, group, refusal });
            return;
        }
        let (entered, missed_by) = (self.now, Vec::new());
        let call = Call { id, group, priority, entered, waits: true, talk: None, missed_by };
        self.calls.push(call);
        let before = self.line(group).iter().take_while(|&&other| other != id).count();
        let place = u32::try_from(before + 1).unwrap_or(u32::MAX);
        self.tell(Fact::QueueEntered { call: id, group, priority, place, why: Entry::Arrival });
    }

    pub(super) fn caller_left(&mut self, id: CallId, cause: EndCause) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        if let Some(talk) = &call.talk {
            let agent = talk.agent;
            self.order(Action::HangUpAgent { agent, call: id });
            self.talk_ends(id, Side::Caller, cause);
        } else if call.waits {
            self.leaves(id, Leave::Abandoned);
        } else {
            let rings = |it: &&super::Agent| it.offer.as_ref().is_some_and(|it| it.call == id);
            let Some(agent) = self.agents.iter().find(rings).map(|it| it.id) else { return };
            self.order(Action::StopRinging { agent, call: id });
            self.offer_ends(agent, Outcome::CallerLeft);
        }
    }

    pub(super) fn agent_left(&mut self, agent: AgentId, id: CallId, cause: EndCause) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        if call.talk.as_ref().is_some_and(|talk| talk.agent == agent) {
            self.order(Action::HangUpCaller { call: id });
            self.talk_ends(id, Side::Agent, cause);
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

    pub(super) fn talk_begins(&mut self, id: CallId, agent: AgentId, wrap_up: Duration) {
        let since = self.now;
        let call = self.call(id);
        call.talk = Some(Talk { agent, since, wrap_up, held_by: Vec::new() });
        let (group, entered) = (call.group, call.entered);
        let (leave, waited_ms) = (Leave::Answered, since.0 - entered.0);
        self.tell(Fact::QueueLeft { call: id, group, leave, waited_ms });
        self.tell(Fact::TalkStarted { call: id, group, agent });
    }

    fn talk_ends(&mut self, id: CallId, by: Side, cause: EndCause) {
        let now = self.now;
        self.held(id, Side::Caller, false);
        self.held(id, Side::Agent, false);
        let group = self.call(id).group;
        let Some(talk) = self.call(id).talk.take() else { return };
        self.calls.retain(|call| call.id != id);
        let (agent, talked_ms) = (talk.agent, now.0 - talk.since.0);
        self.tell(Fact::TalkEnded { call: id, group, agent, by, cause, talked_ms });
        self.agent(agent).talks_with = None;
        if talk.wrap_up.is_zero() {
            self.agent(agent).idle_since = now;
        } else {
            self.agent(agent).wraps_until = Some(now + talk.wrap_up);
            self.tell(Fact::WrapUpStarted { call: id, group, agent });
        }
        self.say_activity(agent);
    }

    /// Out of line and away.
    pub(super) fn leaves(&mut self, id: CallId, leave: Leave) {
        let (group, entered) = (self.call(id).group, self.call(id).entered);
        let waited_ms = self.now.0 - entered.0;
        self.calls.retain(|call| call.id != id);
        self.tell(Fact::QueueLeft { call: id, group, leave, waited_ms });
    }

    /// Somebody who is known to be there.
    #[expect(clippy::expect_used, reason = "a model that is wrong about itself must not go on")]
    pub(super) fn call(&mut self, id: CallId) -> &mut Call {
        self.calls.iter_mut().find(|call| call.id == id).expect("a call of the list")
    }
}
