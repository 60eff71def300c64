//! One offer: an attempt to ring one agent for one call, and its seven ends.

use std::time::Duration;

use crate::agent::{Doing, Offer};
use crate::alarm::Alarm;
use crate::call::{Stands, Talk};
use crate::engine::Engine;
use crate::{Action, AgentId, CallId, Fact, Leave, OfferFailure, Outcome, Output};

/// A call that an agent missed (no answer, busy, unreachable) leaves him alone for this long:
/// others are tried first, and a centre of one agent is not hammered by its only caller.
pub(crate) const LEAVE_ALONE: Duration = Duration::from_secs(30);

impl Engine {
    /// Rings the agent's phone for a waiting call.
    pub(crate) fn make_offer(&mut self, id: CallId, agent_id: AgentId, out: &mut Vec<Output>) {
        self.leave_line(id);
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(group) = self.groups.get(&call.group) else { return };
        let Some(agent) = self.agents.get_mut(&agent_id) else { return };
        call.stands = Stands::Offered { agent: agent_id };
        let own = agent.memberships.iter().find(|it| it.group == call.group);
        let own = own.and_then(|membership| membership.wrap_up);
        let wrap_up = own.unwrap_or(group.settings.wrap_up);
        let offer = Offer { call: id, group: call.group, ringing: None, wrap_up };
        agent.doing = Doing::Offered(offer);
        self.alarms.set(Alarm::RungOut(agent_id), self.now + group.settings.ring);
        out.push(Output::Do(Action::Ring { agent: agent_id, call: id }));
        let sent = Fact::OfferSent { call: id, group: offer.group, agent: agent_id };
        out.push(Output::Tell(self.now, sent));
        self.update_agent(agent_id, out);
    }

    /// The phone rings. Said twice, or of an offer that is over: a no-op.
    pub(crate) fn offer_ringing(&mut self, agent: AgentId, call: CallId, out: &mut Vec<Output>) {
        let now = self.now;
        let Some(Doing::Offered(offer)) = self.agents.get_mut(&agent).map(|it| &mut it.doing)
        else {
            return;
        };
        if offer.call == call && offer.ringing.is_none() {
            offer.ringing = Some(now);
            out.push(Output::Tell(now, Fact::OfferRinging { call, agent }));
        }
    }

    /// The agent picked up.
    ///
    /// Of an offer that is over (the caller left, the ring time passed, the answer and our
    /// `StopRinging` crossed on the wire) his leg is now a leg without a call: it must be ended.
    /// A second report of the talk he is in is a no-op.
    ///
    /// Of a callback he is on the line now, and the caller is called.
    pub(crate) fn offer_answered(&mut self, agent_id: AgentId, id: CallId, out: &mut Vec<Output>) {
        let Some(offer) = self.live_offer(agent_id, id) else {
            if !self.is_talking(agent_id, id) {
                out.push(Output::Do(Action::HangUpAgent { agent: agent_id, call: id }));
            }
            return;
        };
        let is_callback = self.calls.get(&id).is_some_and(|call| call.callback.is_some());
        if !is_callback {
            out.push(Output::Do(Action::Connect { agent: agent_id, call: id }));
        }
        self.alarms.clear(Alarm::RungOut(agent_id));
        if let Some(agent) = self.agents.get_mut(&agent_id) {
            agent.misses.clear();
        }
        self.tell_offer_ended(agent_id, offer, Outcome::Answered, out);
        if is_callback {
            self.call_back(agent_id, offer, out);
        } else {
            self.begin_talk(agent_id, offer, Leave::Answered, out);
        }
    }

    /// Caller and agent hear each other.
    pub(crate) fn begin_talk(
        &mut self,
        agent_id: AgentId,
        offer: Offer,
        leave: Leave,
        out: &mut Vec<Output>,
    ) {
        let (now, id, group) = (self.now, offer.call, offer.group);
        self.tell_left(id, leave, out);
        self.await_nobody(id);
        if let Some(call) = self.calls.get_mut(&id) {
            let talk = Talk {
                agent: agent_id,
                since: now,
                wrap_up: offer.wrap_up,
                waited: now.since(call.place.entered),
                held_by_caller: false,
                held_by_agent: false,
            };
            call.stands = Stands::Talking(talk);
            self.served.note(&call.caller, agent_id, now);
        }
        out.push(Output::Tell(now, Fact::TalkStarted { call: id, group, agent: agent_id }));
        if let Some(agent) = self.agents.get_mut(&agent_id) {
            agent.doing = Doing::Talking { call: id };
            agent.today.count_handled(now);
        }
        self.touched.calls.insert(id);
        self.update_agent(agent_id, out);
    }

    /// The phone will not take the offer. Of an offer that is over: a no-op.
    pub(crate) fn offer_failed(
        &mut self,
        agent: AgentId,
        call: CallId,
        failure: OfferFailure,
        out: &mut Vec<Output>,
    ) {
        if self.live_offer(agent, call).is_some() {
            let outcome = match failure {
                OfferFailure::Rejected => Outcome::Rejected,
                OfferFailure::Busy => Outcome::Busy,
                OfferFailure::Unreachable => Outcome::Unreachable,
            };
            self.end_offer(agent, outcome, out);
        }
    }

    /// The phone has rung its full time, or a caller is called back for too long.
    pub(crate) fn rung_out(&mut self, agent: AgentId, out: &mut Vec<Output>) {
        self.give_up_calling(agent, out);
        if let Some(call) = self.agents.get(&agent).and_then(|agent| agent.rings_for()) {
            out.push(Output::Do(Action::StopRinging { agent, call }));
            self.end_offer(agent, Outcome::NoAnswer, out);
        }
    }

    /// Takes back the offer that rings at this agent's phone; the call goes back to its place.
    pub(crate) fn withdraw(&mut self, agent: AgentId, out: &mut Vec<Output>) {
        if let Some(call) = self.agents.get(&agent).and_then(|agent| agent.rings_for()) {
            out.push(Output::Do(Action::StopRinging { agent, call }));
            self.end_offer(agent, Outcome::Withdrawn, out);
        }
    }

    /// Ends the agent's offer without an answer and puts the call back into its old place.
    pub(crate) fn end_offer(&mut self, agent_id: AgentId, outcome: Outcome, out: &mut Vec<Output>) {
        let now = self.now;
        let Some(agent) = self.agents.get_mut(&agent_id) else { return };
        let Doing::Offered(offer) = agent.doing else { return };
        agent.doing = Doing::Nothing;
        self.alarms.clear(Alarm::RungOut(agent_id));
        let missed = is_missed(outcome);
        if missed {
            agent.idle_since = now;
            agent.today.count_missed(now);
        }
        let then = self.count_miss(agent_id, outcome);
        if missed {
            self.rest(agent_id, &then);
        }
        if let Some(call) = self.calls.get_mut(&offer.call) {
            call.offers = call.offers.saturating_add(1);
            if outcome == Outcome::Rejected {
                call.rejected_by.insert(agent_id);
            } else if missed {
                call.missed_by.insert(agent_id, now + LEAVE_ALONE);
            }
        }
        self.tell_offer_ended(agent_id, offer, outcome, out);
        self.update_agent(agent_id, out);
        self.after_misses(agent_id, then, out);
        if outcome != Outcome::CallerLeft {
            self.call_waits(offer.call, out);
        }
    }

    fn tell_offer_ended(
        &self,
        agent: AgentId,
        offer: Offer,
        outcome: Outcome,
        out: &mut Vec<Output>,
    ) {
        let Offer { call, group, ringing, .. } = offer;
        let rang_ms = ringing.map_or(0, |since| self.now.0.saturating_sub(since.0));
        let ended = Fact::OfferEnded { call, group, agent, outcome, rang_ms };
        out.push(Output::Tell(self.now, ended));
    }

    fn live_offer(&self, agent: AgentId, call: CallId) -> Option<Offer> {
        match self.agents.get(&agent)?.doing {
            Doing::Offered(offer) => (offer.call == call).then_some(offer),
            Doing::Nothing
            | Doing::CallingBack(_)
            | Doing::Talking { .. }
            | Doing::WrapUp { .. } => None,
        }
    }

    fn is_talking(&self, agent: AgentId, id: CallId) -> bool {
        match self.agents.get(&agent).map(|agent| agent.doing) {
            Some(Doing::Talking { call }) => call == id,
            Some(Doing::CallingBack(offer)) => offer.call == id,
            Some(Doing::Nothing | Doing::Offered(_) | Doing::WrapUp { .. }) | None => false,
        }
    }
}

/// Whether the offer ended through the agent or his phone; a caller who left and an offer that we
/// took back are not held against anybody.
fn is_missed(outcome: Outcome) -> bool {
    match outcome {
        Outcome::NoAnswer | Outcome::Rejected | Outcome::Busy | Outcome::Unreachable => true,
        Outcome::Answered | Outcome::CallerLeft | Outcome::Withdrawn => false,
    }
}
