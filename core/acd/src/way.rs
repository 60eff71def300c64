//! Where a caller goes who may not stay, or wants to go elsewhere.

use crate::call::{Call, Stands};
use crate::engine::Engine;
use crate::{
    Action, Actor, CallId, Closing, Entry, Fact, GroupId, Key, Leave, Nobody, Output, Refusal,
    Time, Way,
};

/// Groups that send on to one another end a caller's journey after so many.
const HOPS_MAX: u32 = 8;

/// Callbacks that a group notes beyond its longest line: a limit on what hung-up callers can fill.
const CALLBACKS_MAX: usize = 1_000;

/// Where a way ends when every group on it has been asked.
enum End {
    /// In the line of a group that takes him.
    Line(GroupId),
    /// In the line of a group that notes his callback.
    Callback(GroupId),
    Number(GroupId, String),
    /// Turned away, by this group and for this reason.
    Goodbye(GroupId, Refusal, Option<crate::Prompt>),
}

/// Why a waiting caller goes, and whether he may stay when no group takes him.
#[derive(Clone)]
pub(crate) struct Parting {
    pub(crate) leave: Leave,
    pub(crate) why: Entry,
    /// What he is told by a group that cannot keep him; `None` when he may stay.
    pub(crate) must: Option<Refusal>,
    /// Who moves him; `None`: he himself, or a rule.
    pub(crate) by: Option<Actor>,
}

impl Engine {
    /// A newcomer enters the line of his group, or goes where its ways lead.
    pub(crate) fn receive(&mut self, newcomer: Call, out: &mut Vec<Output>) {
        let (call, first, now) = (newcomer.place.call, newcomer.group, self.now);
        match self.end_of(first, &newcomer) {
            End::Line(group) => {
                let why = if group == first { Entry::Arrival } else { Entry::Overflow };
                self.enter(newcomer, group, now, (why, None), out);
            }
            End::Callback(group) => {
                let why = if group == first { Entry::Arrival } else { Entry::Overflow };
                self.enter(newcomer, group, now, (why, None), out);
                self.keep_place(call, out);
            }
            End::Number(group, number) => {
                out.push(Output::Do(Action::Divert { call, number: number.clone() }));
                out.push(Output::Tell(now, Fact::CallDiverted { call, group, number }));
            }
            End::Goodbye(group, refusal, say) => {
                out.push(Output::Do(Action::Refuse { call, refusal, say }));
                out.push(Output::Tell(now, Fact::QueueRefused { call, group, refusal }));
            }
        }
    }

    /// Asks one group after the other.
    fn end_of(&self, first: GroupId, call: &Call) -> End {
        let mut at = first;
        let mut hops = 0;
        loop {
            let Some((refusal, way)) = self.turned_from(at, call) else { return End::Line(at) };
            match way {
                Way::Group(next) if hops < HOPS_MAX => at = next,
                Way::Group(_) => return End::Goodbye(at, refusal, None),
                Way::Number(number) => return End::Number(at, number),
                Way::Goodbye(say) => return End::Goodbye(at, refusal, say),
                Way::Callback if self.notes_callback(at, call) => return End::Callback(at),
                Way::Callback => return End::Goodbye(at, refusal, None),
            }
            hops += 1;
        }
    }

    /// Why a group does not take this caller, and where it sends him.
    fn turned_from(&self, id: GroupId, call: &Call) -> Option<(Refusal, Way)> {
        let Some(group) = self.groups.get(&id) else {
            return Some((Refusal::NoGroup, Way::Goodbye(None)));
        };
        let settings = &group.settings;
        if !group.open {
            return Some((Refusal::Closed, settings.closed.clone()));
        }
        if settings.nobody != Nobody::Join && group.present() == 0 {
            return Some((Refusal::NoAgents, settings.deserted.clone()));
        }
        let own_place = self.waiting_callback(id, &call.caller).is_some();
        if group.waiting() >= settings.waiting_max as usize && !own_place {
            return Some((Refusal::Full, settings.full.clone()));
        }
        None
    }

    pub(crate) fn notes_callback(&self, id: GroupId, call: &Call) -> bool {
        let room = |waiting: usize, max: u32| waiting < CALLBACKS_MAX.saturating_add(max as usize);
        let group = self.groups.get(&id);
        !call.caller.is_empty()
            && group.is_some_and(|group| room(group.waiting(), group.settings.waiting_max))
    }

    /// The caller pressed a key: the way it leads, if it leads anywhere. A phone that rings for him
    /// is silenced first.
    pub(crate) fn key_pressed(&mut self, id: CallId, key: Key, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id).filter(|call| call.callback.is_none()) else { return };
        let Some(way) = call.plan.keys.get(&key).cloned() else { return };
        let parting = Parting { leave: Leave::Key, why: Entry::Overflow, must: None, by: None };
        match call.stands {
            Stands::Waiting | Stands::Deferred { .. } => self.follow(id, &way, parting, out),
            Stands::Offered { agent } => {
                self.withdraw(agent, out);
                self.follow(id, &way, parting, out);
            }
            Stands::CallingBack { .. } | Stands::Talking(_) => (),
        }
    }

    /// Sends on who may not stay: where the door has closed, where nobody is left, and whose next
    /// step is due. Groups whose members are others look at their callers anew.
    pub(crate) fn send_on(&mut self, out: &mut Vec<Output>) {
        for group in std::mem::take(&mut self.touched.rosters) {
            let waiting = self.groups.get(&group).map(|group| group.everyone_waiting());
            let waiting: Vec<CallId> = waiting.into_iter().flatten().map(|it| it.call).collect();
            for call in waiting {
                self.set_look_again(call);
                // Whoever had not rejected him yet may be gone.
                if self.calls.get(&call).is_some_and(|call| call.callback.is_some()) {
                    self.touched.calls.insert(call);
                }
            }
            self.touched.groups.insert(group);
        }
        for group in std::mem::take(&mut self.touched.groups) {
            let Some(group) = self.groups.get(&group) else { continue };
            if !group.open || group.present() == 0 {
                self.touched.calls.extend(group.everyone_waiting().map(|place| place.call));
            }
        }
        let mut some: Vec<(Time, CallId)> = Vec::new();
        for id in &self.touched.calls {
            if let Some(call) = self.calls.get(id).filter(|call| call.in_line()) {
                some.push((call.place.entered, *id));
            }
        }
        some.sort_unstable();
        for (_, id) in some {
            self.dismiss(id, out);
            self.take_steps(id, out);
            self.end_if_hopeless(id, out);
        }
    }

    /// The group has closed or is deserted, and does not let its callers wait.
    fn dismiss(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.waiting_on_the_line(id) else { return };
        let Some(group) = self.groups.get(&call.group) else { return };
        let (refusal, way) = if !group.open && call.plan.closing == Closing::TurnAway {
            (Refusal::Closed, call.plan.closed.clone())
        } else if group.present() == 0 && call.plan.nobody == Nobody::Leave {
            (Refusal::NoAgents, call.plan.deserted.clone())
        } else {
            return;
        };
        let (leave, why, must) = (Leave::Refused, Entry::Overflow, Some(refusal));
        self.follow(id, &way, Parting { leave, why, must, by: None }, out);
    }

    /// Takes every step of the chain that is due, and those that are due at once where they lead.
    fn take_steps(&mut self, id: CallId, out: &mut Vec<Output>) {
        while let Some(call) = self.waiting_on_the_line(id) {
            let Some((_, way)) = call.next_step().filter(|&(at, _)| at <= self.now) else { break };
            let leave = match way {
                Way::Goodbye(_) => Leave::TimedOut,
                Way::Group(_) | Way::Number(_) | Way::Callback => Leave::Overflow,
            };
            if let Some(call) = self.calls.get_mut(&id) {
                call.steps_done += 1;
            }
            let (why, must, by) = (Entry::Overflow, None, None);
            self.follow(id, &way, Parting { leave, why, must, by }, out);
            if self.waiting_on_the_line(id).is_some() {
                self.set_step(id);
            }
        }
    }

    fn waiting_on_the_line(&self, id: CallId) -> Option<&Call> {
        self.calls.get(&id).filter(|call| call.in_line() && call.callback.is_none())
    }

    /// A waiting caller goes this way. One who may stay stays when the way leads to a group that
    /// turns him away, or nowhere.
    pub(crate) fn follow(
        &mut self,
        id: CallId,
        way: &Way,
        parting: Parting,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get(&id) else { return };
        let here = call.group;
        let refusal = parting.must.unwrap_or(Refusal::Full);
        let end = match way {
            Way::Group(to) if *to == here || (call.hops >= HOPS_MAX && by_rule(&parting)) => {
                End::Goodbye(here, refusal, None)
            }
            Way::Group(to) => self.end_of(*to, call),
            Way::Number(number) => End::Number(here, number.clone()),
            Way::Goodbye(say) => return self.let_go(id, *say, parting.leave, out),
            Way::Callback if call.caller.is_empty() => End::Goodbye(here, refusal, None),
            Way::Callback => return self.keep_place(id, out),
        };
        match end {
            End::Goodbye(_, _, say) if parting.must.is_some() => {
                self.let_go(id, say, parting.leave, out);
            }
            End::Goodbye(..) => (),
            End::Line(to) if to == here => (),
            End::Line(to) => self.change_line(id, to, parting, out),
            End::Callback(to) => {
                self.change_line(id, to, parting, out);
                self.keep_place(id, out);
            }
            End::Number(_, number) => {
                self.leave_line(id);
                out.push(Output::Do(Action::Divert { call: id, number: number.clone() }));
                let diverted = Fact::CallDiverted { call: id, group: here, number };
                self.drop_call(id, parting.leave, out);
                out.push(Output::Tell(self.now, diverted));
            }
        }
    }

    /// He leaves his line and enters another.
    pub(crate) fn change_line(
        &mut self,
        id: CallId,
        to: GroupId,
        parting: Parting,
        out: &mut Vec<Output>,
    ) {
        self.leave_line(id);
        self.tell_left(id, parting.leave, out);
        self.await_nobody(id);
        self.forget_callback(id);
        let Some(mut call) = self.calls.remove(&id) else { return };
        call.hops = if by_rule(&parting) { call.hops + 1 } else { 0 };
        let since = call.place.entered;
        self.enter_anew(call, to, since, (parting.why, parting.by), out);
        self.leave_alone(id);
    }

    /// He enters a line after he was elsewhere; the group says whether he keeps his wait.
    pub(crate) fn enter_anew(
        &mut self,
        mut call: Call,
        to: GroupId,
        waiting_since: Time,
        why: (Entry, Option<Actor>),
        out: &mut Vec<Output>,
    ) {
        call.stands = Stands::Waiting;
        call.announce_at = None;
        let keeps = self.groups.get(&to).is_some_and(|group| group.settings.keeps_wait);
        let since = if keeps { waiting_since } else { self.now };
        self.enter(call, to, since, why, out);
    }

    /// Where a caller ends who is handed to a group by a person: `None` when it turns him away.
    pub(crate) fn taken_by(&self, to: GroupId, id: CallId) -> Option<GroupId> {
        match self.end_of(to, self.calls.get(&id)?) {
            End::Line(group) => Some(group),
            End::Callback(_) | End::Number(..) | End::Goodbye(..) => None,
        }
    }

    /// Ends the wait of a caller who has waited.
    fn let_go(
        &mut self,
        id: CallId,
        say: Option<crate::Prompt>,
        leave: Leave,
        out: &mut Vec<Output>,
    ) {
        self.leave_line(id);
        out.push(Output::Do(match say {
            Some(say) => Action::LetGo { call: id, say },
            None => Action::HangUpCaller { call: id },
        }));
        self.drop_call(id, leave, out);
    }
}

/// Whether nobody but a rule sent the caller on.
fn by_rule(parting: &Parting) -> bool {
    matches!(parting.leave, Leave::Overflow | Leave::Refused)
}
