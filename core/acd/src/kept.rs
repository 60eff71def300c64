//! Callbacks that outlive the process, and those that end before the caller was reached.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::call::{Call, Priority, Stands};
use crate::callback::{Callback, REST};
use crate::engine::Engine;
use crate::group::Place;
use crate::offer::LEAVE_ALONE;
use crate::{Action, Actor, AgentId, CallId, Fact, GroupId, Leave, Outcome, Output, Time};

/// Why a caller who keeps his place is not called back any more.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CallbackEnd {
    /// He has been tried three times.
    NotReached,
    /// Every agent of the group has rejected him.
    Rejected,
    /// Three days are over.
    TooOld,
    /// The group is not in the plan any more.
    NoGroup,
    /// The trunk that brought his call is not in the plan any more.
    NoTrunk,
    /// The group notes no more callbacks.
    Full,
    /// Somebody ended it.
    Ended,
    /// He has called again himself, and the other call has the place.
    CalledAgain,
}

/// A caller who keeps his place, as the journal knows him.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Kept {
    pub call: CallId,
    pub group: GroupId,
    /// Who is to be called.
    pub caller: String,
    /// When he asked for it.
    pub asked: Time,
    /// Since when he stands in this group.
    pub met: Time,
    /// Since when he counts as waiting: his place is by this and by his priority.
    pub since: Time,
    pub priority: i32,
    /// The call's own priority, to which a group adds; `None` when a supervisor has decided.
    pub own: Option<i32>,
    /// Tries that did not reach him, and when the last one ended.
    pub tries: u32,
    pub tried: Option<Time>,
    /// Offers that ended without an answer.
    pub offers: u32,
    pub rejected_by: BTreeSet<AgentId>,
    /// Who missed him otherwise, and when.
    pub missed_by: BTreeMap<AgentId, Time>,
}

/// Follows the facts of one call and says whether its caller keeps his place.
#[derive(Clone, Debug, Default)]
pub struct Keeper {
    kept: Option<Kept>,
    is_callback: bool,
}

impl Keeper {
    /// The caller, if he keeps his place by what has been told so far.
    pub fn kept(&self) -> Option<&Kept> {
        self.kept.as_ref().filter(|_| self.is_callback)
    }

    /// Takes the next fact of the call.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        if let Fact::CallArrived { call, group, caller, priority, .. } = fact {
            self.kept = Some(Kept::new(at, (*call, *group), caller, *priority));
        }
        let Some(kept) = &mut self.kept else { return };
        match fact {
            Fact::QueueEntered { group, priority, since, .. } => {
                (kept.group, kept.priority) = (*group, *priority);
                (kept.met, kept.since) = (at, *since);
            }
            Fact::QueueMoved { priority, .. } => (kept.priority, kept.own) = (*priority, None),
            Fact::CallbackAsked { .. } => {
                (kept.asked, kept.tries, kept.tried) = (at, 0, None);
                self.is_callback = true;
            }
            Fact::CallbackTried { reached: true, .. } | Fact::CallbackEnded { .. } => {
                self.is_callback = false;
            }
            Fact::CallbackTried { reached: false, .. } => {
                (kept.tries, kept.tried) = (kept.tries + 1, Some(at));
            }
            Fact::OfferEnded { agent, outcome, .. } => kept.offer_ended(at, *agent, *outcome),
            Fact::CallArrived { .. }
            | Fact::QueueRefused { .. }
            | Fact::QueueLeft { .. }
            | Fact::RouteDecided { .. }
            | Fact::OfferSent { .. }
            | Fact::OfferRinging { .. }
            | Fact::TalkStarted { .. }
            | Fact::HoldStarted { .. }
            | Fact::HoldEnded { .. }
            | Fact::TalkEnded { .. }
            | Fact::WrapUpStarted { .. }
            | Fact::WrapUpEnded { .. }
            | Fact::AgentWish { .. }
            | Fact::AgentActivity { .. }
            | Fact::WaitAnnounced { .. }
            | Fact::CallDiverted { .. }
            | Fact::TransferDone { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. }
            | Fact::PlanChanged { .. } => (),
        }
    }
}

impl Fact {
    /// The call it is about.
    pub fn call(&self) -> Option<CallId> {
        match self {
            Fact::CallArrived { call, .. }
            | Fact::QueueEntered { call, .. }
            | Fact::QueueMoved { call, .. }
            | Fact::QueueRefused { call, .. }
            | Fact::RouteDecided { call, .. }
            | Fact::OfferSent { call, .. }
            | Fact::OfferRinging { call, .. }
            | Fact::OfferEnded { call, .. }
            | Fact::QueueLeft { call, .. }
            | Fact::TalkStarted { call, .. }
            | Fact::HoldStarted { call, .. }
            | Fact::HoldEnded { call, .. }
            | Fact::TalkEnded { call, .. }
            | Fact::WrapUpStarted { call, .. }
            | Fact::WaitAnnounced { call, .. }
            | Fact::CallbackAsked { call, .. }
            | Fact::CallDiverted { call, .. }
            | Fact::CallbackTried { call, .. }
            | Fact::CallbackEnded { call, .. }
            | Fact::TransferDone { call, .. } => Some(*call),
            Fact::WrapUpEnded { .. }
            | Fact::AgentWish { .. }
            | Fact::AgentActivity { .. }
            | Fact::PlanChanged { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. } => None,
        }
    }
}

impl Kept {
    fn new(at: Time, (call, group): (CallId, GroupId), caller: &str, priority: i32) -> Kept {
        Kept {
            call,
            group,
            caller: caller.to_owned(),
            asked: at,
            met: at,
            since: at,
            priority,
            own: Some(priority),
            tries: 0,
            tried: None,
            offers: 0,
            rejected_by: BTreeSet::new(),
            missed_by: BTreeMap::new(),
        }
    }

    fn offer_ended(&mut self, at: Time, agent: AgentId, outcome: Outcome) {
        match outcome {
            Outcome::Answered => return,
            Outcome::Rejected => {
                self.rejected_by.insert(agent);
            }
            Outcome::NoAnswer | Outcome::Busy | Outcome::Unreachable => {
                self.missed_by.insert(agent, at);
            }
            Outcome::CallerLeft | Outcome::Withdrawn => (),
        }
        self.offers = self.offers.saturating_add(1);
    }
}

impl Engine {
    /// A caller of the last run has his place again. A group that is gone, or notes no more
    /// callbacks, ends his wait. One who is known already is a no-op.
    pub(crate) fn callback_kept(&mut self, kept: Kept, out: &mut Vec<Output>) {
        let id = kept.call;
        if self.calls.contains_key(&id) || kept.caller.is_empty() {
            return;
        }
        let group = self.groups.get(&kept.group).map(|group| Arc::clone(&group.settings));
        let is_gone = group.is_none();
        let call = kept.into_call(group.unwrap_or_default());
        let is_full = !self.notes_callback(call.group, &call);
        self.calls.insert(id, call);
        if is_gone || is_full {
            let why = if is_gone { CallbackEnd::NoGroup } else { CallbackEnd::Full };
            return self.fail_callback(id, why, Actor::Rule, out);
        }
        self.call_waits(id, out);
        self.leave_alone(id);
        self.note_callback(id, out);
    }

    /// Ends a callback, wherever it stands. When there is none, or its caller talks: a no-op.
    pub(crate) fn end_callback(
        &mut self,
        id: CallId,
        why: CallbackEnd,
        by: Actor,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get(&id).filter(|call| call.callback.is_some()) else { return };
        match call.stands {
            Stands::Waiting | Stands::Deferred { .. } => self.leave_line(id),
            Stands::Offered { agent } => {
                self.withdraw(agent, out);
                self.leave_line(id);
            }
            Stands::CallingBack { agent } => {
                out.push(Output::Do(Action::HangUpCaller { call: id }));
                out.push(Output::Do(Action::HangUpAgent { agent, call: id }));
                self.end_calling_back(agent, out);
            }
            Stands::Talking(_) => return,
        }
        self.fail_callback(id, why, by, out);
    }

    /// Tells why and forgets a callback that stands in no line.
    pub(crate) fn fail_callback(
        &mut self,
        id: CallId,
        why: CallbackEnd,
        by: Actor,
        out: &mut Vec<Output>,
    ) {
        // Its group may have gone with the offer.
        let Some(group) = self.calls.get(&id).map(|call| call.group) else { return };
        out.push(Output::Tell(self.now, Fact::CallbackEnded { call: id, group, why, by }));
        self.drop_call(id, Leave::CallbackFailed, out);
    }

    /// A callback that nobody will ever take, or that is too old, ends.
    pub(crate) fn end_if_hopeless(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id).filter(|call| call.in_line()) else { return };
        let Some(callback) = call.callback else { return };
        if callback.ends() <= self.now {
            self.end_callback(id, CallbackEnd::TooOld, Actor::Rule, out);
        } else if self.is_rejected_by_all(call) {
            self.end_callback(id, CallbackEnd::Rejected, Actor::Rule, out);
        }
    }

    /// Agents who are off or whose membership rests may still want him.
    fn is_rejected_by_all(&self, call: &Call) -> bool {
        let Some(group) = self.groups.get(&call.group) else { return false };
        let everybody = group.size() + group.out_of_season.len();
        let has_rejected = |agent: &AgentId| call.rejected_by.contains(agent);
        everybody > 0
            && call.rejected_by.len() >= everybody
            && group.members().all(|agent| has_rejected(&agent))
            && group.out_of_season.iter().all(has_rejected)
    }

    /// Phones that ring for callbacks are silenced, and none is rung any more.
    pub(crate) fn drain(&mut self, out: &mut Vec<Output>) {
        self.draining = true;
        let rings = self.calls.values().filter(|call| call.callback.is_some());
        let rings = rings.filter_map(|call| match call.stands {
            Stands::Offered { agent } => Some(agent),
            Stands::Waiting
            | Stands::Deferred { .. }
            | Stands::CallingBack { .. }
            | Stands::Talking(_) => None,
        });
        for agent in rings.collect::<Vec<_>>() {
            self.withdraw(agent, out);
        }
    }

    /// Whether this is a callback that waits for the next start of the process.
    pub(crate) fn rests_until_restart(&self, call: &Call) -> bool {
        self.draining && call.callback.is_some()
    }
}

impl Kept {
    fn into_call(self, plan: Arc<crate::GroupPlan>) -> Call {
        let place =
            Place { priority: Reverse(self.priority), entered: self.since, call: self.call };
        let left_alone = |(agent, at): (AgentId, Time)| (agent, at + LEAVE_ALONE);
        Call {
            group: self.group,
            plan,
            met: self.met,
            place,
            stands: Stands::Waiting,
            caller: self.caller,
            sent: None,
            priority: self.own.map_or(Priority::Set(self.priority), Priority::Own),
            rejected_by: self.rejected_by,
            missed_by: self.missed_by.into_iter().map(left_alone).collect(),
            offers: self.offers,
            questions: 0,
            deferred: Duration::ZERO,
            overtaken: None,
            steps_done: 0,
            hops: 0,
            announce_at: None,
            last: None,
            callback: Some(Callback {
                asked: self.asked,
                tries: self.tries,
                rests_until: self.tried.map_or(self.asked, |at| at + REST),
            }),
        }
    }
}
