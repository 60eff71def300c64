//! Callers whom a person hands on: moved, promoted, transferred.

use std::cmp::Reverse;

use crate::call::{Priority, Stands};
use crate::engine::Engine;
use crate::way::Parting;
use crate::{Action, Actor, AgentId, CallId, EndCause, Entry, Fact, GroupId, Leave, Output, Side};

impl Engine {
    /// A supervisor moves a waiting caller, or one whose phone rings, to another group. Into a
    /// group that turns him away, and of a call that does not wait: a no-op.
    pub(crate) fn call_moved(&mut self, id: CallId, to: GroupId, by: Actor, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id) else { return };
        let taken = self.taken_by(to, id).filter(|&taken| taken != call.group);
        let Some(taken) = taken else { return };
        if self.back_in_line(id, out) {
            let parting =
                Parting { leave: Leave::Moved, why: Entry::Moved, must: None, by: Some(by) };
            self.change_line(id, taken, parting, out);
        }
    }

    /// A supervisor gives a waiting caller, or one whose phone rings, another priority, whatever
    /// his number says.
    pub(crate) fn call_promoted(
        &mut self,
        id: CallId,
        priority: i32,
        by: Actor,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get(&id) else { return };
        if call.place.priority.0 == priority || !self.back_in_line(id, out) {
            return;
        }
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(group) = self.groups.get_mut(&call.group) else { return };
        let from = group.ordinal(call.place);
        let deferred = matches!(call.stands, Stands::Deferred { .. });
        group.leave(call.place);
        call.place.priority = Reverse(priority);
        call.priority = Priority::Set(priority);
        group.wait(call.place);
        if deferred {
            group.defer(call.place);
        }
        let to = group.ordinal(call.place);
        let moved = Fact::QueueMoved { call: id, group: call.group, by, from, to, priority };
        self.touched.calls.insert(id);
        out.push(Output::Tell(self.now, moved));
    }

    /// The agent hands the caller on: he wraps up, and the caller waits in the other group. Into a
    /// group that turns him away, and of a call that is not talked with: a no-op.
    pub(crate) fn transferred(
        &mut self,
        id: CallId,
        to: GroupId,
        by: Actor,
        out: &mut Vec<Output>,
    ) {
        let Some(talk) = self.talk_of(id) else { return };
        let Some(taken) = self.taken_by(to, id) else { return };
        let agent = talk.agent;
        out.push(Output::Do(Action::HangUpAgent { agent, call: id }));
        out.push(Output::Do(Action::WaitAgain { call: id }));
        self.end_talk(id, Side::Agent, EndCause::HungUp, out);
        self.await_nobody(id);
        let Some(mut call) = self.calls.remove(&id) else { return };
        let from = call.group;
        out.push(Output::Tell(
            self.now,
            Fact::TransferDone { call: id, agent, from, to: taken, by },
        ));
        if !self.is_alone_in(taken, agent) {
            call.rejected_by.insert(agent);
        }
        call.hops = 0;
        let since = self.now - talk.waited;
        self.enter_anew(call, taken, since, (Entry::Transfer, None), out);
    }

    fn is_alone_in(&self, group: GroupId, agent: AgentId) -> bool {
        let group = self.groups.get(&group);
        group.is_some_and(|group| group.size() == 1 && group.has_member(agent))
    }

    /// Whether the call waits now; a phone that rings for it is silenced first.
    fn back_in_line(&mut self, id: CallId, out: &mut Vec<Output>) -> bool {
        if let Some(call) = self.calls.get(&id)
            && let Stands::Offered { agent } = call.stands
        {
            self.withdraw(agent, out);
        }
        self.calls.get(&id).is_some_and(|call| call.in_line())
    }
}
