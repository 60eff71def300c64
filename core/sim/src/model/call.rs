//! What callers do, and talks.

use std::time::Duration;

use acd::{Action, AgentId, CallId, EndCause, Entry, Fact, GroupId, Leave, Outcome, Side, Time};

use crate::model::{LEAVE_ALONE_MS, Model, REST_MS};

/// One live call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) id: CallId,
    pub(super) group: GroupId,
    pub(super) priority: i32,
    /// Since when he waits: his place in line.
    pub(super) entered: Time,
    /// Since when he is in this group's line: what is told of his wait.
    pub(super) met: Time,
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

impl Call {
    pub(super) fn new(id: CallId, group: GroupId, priority: i32, now: Time) -> Call {
        let (entered, met, missed_by) = (now, now, Vec::new());
        Call { id, group, priority, entered, met, waits: true, talk: None, missed_by }
    }
}

impl Model {
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
        if call.talk.as_ref().is_none_or(|talk| talk.agent != agent) {
            return;
        }
        // "A caller whose agent was lost goes back to his old place", if it is still there.
        if cause == EndCause::Lost && self.plan.groups.contains_key(&call.group) {
            self.order(Action::WaitAgain { call: id });
            let kept = self.talk_ends(id, Side::Agent, cause);
            self.calls.extend(kept.map(|call| Call { waits: true, met: self.now, ..call }));
            let alone_until = Time(self.now.0 + LEAVE_ALONE_MS);
            self.call(id).missed_by.push((agent, alone_until));
            self.tell_entry(id, Entry::Returned);
        } else {
            self.order(Action::HangUpCaller { call: id });
            self.talk_ends(id, Side::Agent, cause);
        }
        // "An agent who was lost in a talk has missed it", and rests.
        if cause == EndCause::Lost
            && let Some(lost) = self.agents.iter_mut().find(|it| it.id == agent)
        {
            lost.rests_until = Time(self.now.0 + REST_MS);
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
        let (group, met) = (call.group, call.met);
        let (leave, waited_ms) = (Leave::Answered, since.0 - met.0);
        self.tell(Fact::QueueLeft { call: id, group, leave, waited_ms });
        self.tell(Fact::TalkStarted { call: id, group, agent });
    }

    /// What is left of the call is for the caller of this.
    fn talk_ends(&mut self, id: CallId, by: Side, cause: EndCause) -> Option<Call> {
        let now = self.now;
        self.held(id, Side::Caller, false);
        self.held(id, Side::Agent, false);
        let group = self.call(id).group;
        let talk = self.call(id).talk.take()?;
        let at = self.calls.iter().position(|call| call.id == id)?;
        let call = self.calls.remove(at);
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
        Some(call)
    }

    /// Out of line and away.
    pub(super) fn leaves(&mut self, id: CallId, leave: Leave) {
        let (group, met) = (self.call(id).group, self.call(id).met);
        let waited_ms = self.now.0 - met.0;
        self.calls.retain(|call| call.id != id);
        self.tell(Fact::QueueLeft { call: id, group, leave, waited_ms });
    }

    /// Somebody who is known to be there.
    #[expect(clippy::expect_used, reason = "a model that is wrong about itself must not go on")]
    pub(super) fn call(&mut self, id: CallId) -> &mut Call {
        self.calls.iter_mut().find(|call| call.id == id).expect("a call of the list")
    }
}
