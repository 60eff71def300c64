//! Callers whom a person hands on: moved, promoted, transferred.

use acd::{Action, Actor, CallId, EndCause, Entry, Fact, GroupId, Leave, Outcome, Side, Time};

use crate::model::Model;
use crate::model::way::{End, Parting};

impl Model {
    /// A supervisor moves a caller in line, or one for whom a phone rings, to another group.
    pub(super) fn moved(&mut self, id: CallId, to: GroupId, by: &Actor) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let End::Line(to) = self.journey(to, &call.caller) else { return };
        if to != call.group && self.is_back_in_line(id) {
            let (leave, why, by) = (Leave::Moved, Entry::Moved, Some(by.clone()));
            self.change_line(id, to, Parting { leave, why, must: None, by });
        }
    }

    /// A supervisor gives a caller in line, or one for whom a phone rings, another priority.
    pub(super) fn promoted(&mut self, id: CallId, priority: i32, by: &Actor) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        if call.priority == priority || !self.is_back_in_line(id) {
            return;
        }
        let from = self.place(id);
        let call = self.call(id);
        // "The numbers of a group add nothing to it any more."
        (call.priority, call.own) = (priority, None);
        let (group, to) = (call.group, self.place(id));
        let by = by.clone();
        self.tell(Fact::QueueMoved { call: id, group, by, from, to, priority });
    }

    /// A phone that rings for him is silenced first.
    pub(super) fn is_back_in_line(&mut self, id: CallId) -> bool {
        if let Some(agent) = self.rung_for(id) {
            self.stop_ringing(agent, Outcome::Withdrawn);
        }
        self.calls.iter().any(|call| call.id == id && call.waits)
    }

    /// The agent hands the caller on: the talk goes on as a wait.
    pub(super) fn transferred(&mut self, id: CallId, to: GroupId, by: &Actor) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let Some(talk) = call.talk.clone() else { return };
        let (agent, from) = (talk.agent, call.group);
        let End::Line(to) = self.journey(to, &call.caller) else { return };
        self.order(Action::HangUpAgent { agent, call: id });
        self.order(Action::WaitAgain { call: id });
        self.talk_ends(id, Side::Agent, EndCause::HungUp);
        self.tell(Fact::TransferDone { call: id, agent, from, to, by: by.clone() });
        let members = self.agents.iter().filter(|it| self.membership(it, to).is_some());
        let alone = members.map(|it| it.id).eq([agent]);
        // Whoever handed him on is not rung for him again, unless nobody else is there to be rung.
        if !alone {
            self.call(id).rejected_by.push(agent);
        }
        self.call(id).sent_on = 0;
        let since = Time(self.now.0 - talk.waited_ms);
        self.enters_anew(id, to, since, (Entry::Transfer, None));
    }
}
