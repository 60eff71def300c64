//! Where callers go: newcomers, and those who may not stay or want to go elsewhere.

use acd::{
    Action, Actor, CallId, Closing, Entry, Event, Fact, GroupId, Key, Leave, Nobody, Prompt,
    Refusal, Time, Way,
};

use crate::model::Model;
use crate::model::call::Call;

/// "A chain of groups that all send on ends after eight, and so do the steps that take one caller
/// from group to group."
const CHAIN_MAX: usize = 8;

/// Where a way ends.
pub(super) enum End {
    Line(GroupId),
    /// In a line, on the condition that he hangs up.
    Callback(GroupId),
    Number(GroupId, String),
    Goodbye(GroupId, Refusal, Option<Prompt>),
}

/// How somebody parts from his line.
#[derive(Clone)]
pub(super) struct Parting {
    pub(super) leave: Leave,
    pub(super) why: Entry,
    /// Why he cannot stay; `None` when he can.
    pub(super) must: Option<Refusal>,
    pub(super) by: Option<Actor>,
}

impl Parting {
    fn is_a_rules(&self) -> bool {
        matches!(self.leave, Leave::Overflow | Leave::Refused)
    }
}

impl Model {
    pub(super) fn arrives(&mut self, event: &Event) {
        let Event::CallArrived { call: id, group, priority, number, caller, sent: _ } =
            event.clone()
        else {
            return;
        };
        if self.calls.iter().any(|call| call.id == id) {
            return;
        }
        let from = caller.clone();
        self.tell(Fact::CallArrived { call: id, group, number, caller, priority });
        let end = self.journey(group, &from);
        let call = Call::new(id, from, priority, self.now);
        let why = |at| if at == group { Entry::Arrival } else { Entry::Overflow };
        match end {
            End::Line(at) => self.enters(call, at, self.now, (why(at), None)),
            End::Callback(at) => {
                self.enters(call, at, self.now, (why(at), None));
                self.keep_place(id);
            }
            End::Number(group, number) => {
                self.order(Action::Divert { call: id, number: number.clone() });
                self.tell(Fact::CallDiverted { call: id, group, number });
            }
            End::Goodbye(group, refusal, say) => {
                self.order(Action::Refuse { call: id, refusal, say });
                self.tell(Fact::QueueRefused { call: id, group, refusal });
            }
        }
    }

    /// One group after the other is asked.
    pub(super) fn journey(&self, first: GroupId, caller: &str) -> End {
        let mut at = first;
        for asked in 0.. {
            let Some((refusal, way)) = self.turned_from(at, caller) else { break };
            match way {
                Way::Group(next) if asked < CHAIN_MAX => at = next,
                Way::Number(number) => return End::Number(at, number),
                Way::Goodbye(say) => return End::Goodbye(at, refusal, say),
                Way::Callback if self.notes_callback(at, caller) => return End::Callback(at),
                Way::Group(_) | Way::Callback => return End::Goodbye(at, refusal, None),
            }
        }
        End::Line(at)
    }

    /// Why a group does not take somebody, and where it sends him.
    fn turned_from(&self, id: GroupId, caller: &str) -> Option<(Refusal, Way)> {
        let Some(group) = self.plan.groups.get(&id) else {
            return Some((Refusal::NoGroup, Way::Goodbye(None)));
        };
        let has_place = !caller.is_empty() && self.waiting_callback(id, caller).is_some();
        if self.shut.contains(&id) {
            Some((Refusal::Closed, group.closed.clone()))
        } else if group.nobody != Nobody::Join && !self.anybody_there(id) {
            Some((Refusal::NoAgents, group.deserted.clone()))
        } else if self.line(id).len() >= group.waiting_max as usize && !has_place {
            Some((Refusal::Full, group.full.clone()))
        } else {
            None
        }
    }

    fn anybody_there(&self, group: GroupId) -> bool {
        self.agents.iter().any(|agent| self.is_there(agent, group))
    }

    /// Enters a line and tells it.
    fn enters(
        &mut self,
        mut call: Call,
        to: GroupId,
        since: Time,
        (why, by): (Entry, Option<Actor>),
    ) {
        let (id, settings) = (call.id, self.plan.groups[&to].clone());
        let above = settings.callers.get(&call.caller).copied().unwrap_or(0);
        if let Some(own) = call.own {
            call.priority = own.saturating_add(above);
        }
        (call.group, call.entered, call.met) = (to, since, self.now);
        (call.steps_done, call.waits, call.last) = (0, true, None);
        if !call.caller.is_empty()
            && let Some(before) = self.waiting_callback(to, &call.caller)
        {
            let before = self.take_over(before);
            call.priority = call.priority.max(before.priority);
            call.entered = call.entered.min(before.entered);
        }
        // Whoever is handed on by his agent has just had him.
        let served = self.served.get(&call.caller).filter(|_| why != Entry::Transfer);
        let served = served.filter(|&&last| self.agents.iter().any(|agent| agent.id == last));
        if !settings.sticky.is_zero() {
            call.last = served.map(|&last| (last, self.now + settings.sticky));
        }
        call.settings = settings;
        self.calls.push(call);
        self.tell_entry(id, why, by);
        self.begin_to_tell(id, true);
    }

    /// Enters a line after he was elsewhere; the group says whether he keeps his wait.
    pub(super) fn enters_anew(
        &mut self,
        id: CallId,
        to: GroupId,
        since: Time,
        why: (Entry, Option<Actor>),
    ) {
        let since = if self.plan.groups[&to].keeps_wait { since } else { self.now };
        let Some(at) = self.calls.iter().position(|call| call.id == id) else { return };
        let call = self.calls.remove(at);
        self.enters(call, to, since, why);
    }

    /// From one line to another.
    pub(super) fn change_line(&mut self, id: CallId, to: GroupId, parting: Parting) {
        let rule = parting.is_a_rules();
        let mut call = self.leaves(id, parting.leave);
        call.sent_on = if rule { call.sent_on + 1 } else { 0 };
        let since = call.entered;
        self.calls.push(call);
        self.enters_anew(id, to, since, (parting.why, parting.by));
    }

    /// Who may not stay is sent on: whose door has closed, where nobody is left, whose next step is
    /// due, and callbacks without hope. The longest wait comes first, everybody once.
    pub(super) fn send_on(&mut self) {
        let mut done: Vec<CallId> = Vec::new();
        loop {
            let goes = |call: &&Call| {
                let is_due = call.next_step().is_some_and(|(at, _)| at <= self.now);
                let goes = self.is_turned_out(call).is_some() || is_due;
                call.waits
                    && (call.is_on_the_line() && goes || self.why_hopeless(call).is_some())
                    && !done.contains(&call.id)
            };
            let going = self.calls.iter().filter(goes).map(|call| (call.entered, call.id));
            let Some((_, id)) = going.min() else { return };
            done.push(id);
            self.dismiss(id);
            self.take_steps(id);
            self.end_if_hopeless(id);
        }
    }

    fn on_the_line(&self, id: CallId) -> Option<&Call> {
        self.calls.iter().find(|call| call.id == id && call.is_on_the_line())
    }

    /// Why his group does not let him wait any longer, and where he goes.
    fn is_turned_out(&self, call: &Call) -> Option<(Refusal, Way)> {
        let settings = &call.settings;
        if self.shut.contains(&call.group) && settings.closing == Closing::TurnAway {
            Some((Refusal::Closed, settings.closed.clone()))
        } else if settings.nobody == Nobody::Leave && !self.anybody_there(call.group) {
            Some((Refusal::NoAgents, settings.deserted.clone()))
        } else {
            None
        }
    }

    fn dismiss(&mut self, id: CallId) {
        let turned_out = self.on_the_line(id).and_then(|call| self.is_turned_out(call));
        let Some((refusal, way)) = turned_out else { return };
        let (leave, why, must) = (Leave::Refused, Entry::Overflow, Some(refusal));
        self.follow(id, &way, Parting { leave, why, must, by: None });
    }

    fn take_steps(&mut self, id: CallId) {
        while let Some((at, way)) = self.on_the_line(id).and_then(Call::next_step) {
            if at > self.now {
                return;
            }
            self.call(id).steps_done += 1;
            let leave = match way {
                Way::Goodbye(_) => Leave::TimedOut,
                Way::Group(_) | Way::Number(_) | Way::Callback => Leave::Overflow,
            };
            self.follow(id, &way, Parting { leave, why: Entry::Overflow, must: None, by: None });
        }
    }

    /// The settings that he met say where the key leads.
    pub(super) fn key_pressed(&mut self, id: CallId, key: Key) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        let way = call.settings.keys.get(&key).filter(|_| call.callback.is_none());
        let Some(way) = way.cloned() else { return };
        if self.is_back_in_line(id) {
            let (leave, why) = (Leave::Key, Entry::Overflow);
            self.follow(id, &way, Parting { leave, why, must: None, by: None });
        }
    }

    /// A waiting caller goes this way. One who may stay stays where he is when no group takes him.
    fn follow(&mut self, id: CallId, way: &Way, parting: Parting) {
        let (here, caller) = (self.call(id).group, self.call(id).caller.clone());
        let too_far = self.call(id).sent_on >= CHAIN_MAX && parting.is_a_rules();
        let refusal = parting.must.unwrap_or(Refusal::Full);
        let end = match way {
            Way::Group(to) if *to != here && !too_far => self.journey(*to, &caller),
            Way::Group(_) => End::Goodbye(here, refusal, None),
            Way::Number(number) => End::Number(here, number.clone()),
            Way::Goodbye(say) => return self.let_go(id, *say, parting.leave),
            Way::Callback if caller.is_empty() => End::Goodbye(here, refusal, None),
            Way::Callback => return self.keep_place(id),
        };
        match end {
            End::Line(to) if to == here => (),
            End::Line(to) => self.change_line(id, to, parting),
            End::Callback(to) => {
                self.change_line(id, to, parting);
                self.keep_place(id);
            }
            End::Number(_, number) => {
                self.order(Action::Divert { call: id, number: number.clone() });
                self.leaves(id, parting.leave);
                self.tell(Fact::CallDiverted { call: id, group: here, number });
            }
            End::Goodbye(.., say) if parting.must.is_some() => {
                self.let_go(id, say, parting.leave);
            }
            End::Goodbye(..) => (),
        }
    }

    fn let_go(&mut self, call: CallId, say: Option<Prompt>, leave: Leave) {
        self.order(match say {
            Some(say) => Action::LetGo { call, say },
            None => Action::HangUpCaller { call },
        });
        self.leaves(call, leave);
    }
}
