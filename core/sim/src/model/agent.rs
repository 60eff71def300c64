//! What agents and their phones do.

use std::time::Duration;

use acd::{
    Action, Activity, Actor, AgentId, CallId, Fact, GroupId, Leave, Office, Outcome, Time, Wish,
};

use crate::model::{LEAVE_ALONE_MS, Model};

/// One agent, with everything that is known of him.
#[derive(Debug)]
pub(super) struct Agent {
    pub(super) id: AgentId,
    pub(super) wish: Wish,
    pub(super) here: bool,
    pub(super) offer: Option<Offer>,
    /// The offer of a callback that he has answered: he is on the line while the caller is called.
    pub(super) calls_back: Option<Offer>,
    pub(super) talks_with: Option<CallId>,
    pub(super) wraps_up: Option<WrapUp>,
    pub(super) rests_until: Time,
    pub(super) idle_since: Time,
    pub(super) leaving: bool,
    /// A call of his own.
    pub(super) office: Option<Office>,
    /// Groups to which he is lent, and until when.
    pub(super) lent: Vec<(GroupId, Time)>,
    /// Offers that he has missed since the last answer.
    pub(super) missed: Vec<Outcome>,
    /// Talks in which he was lost since the last that ended well.
    pub(super) lost: u32,
    told: Activity,
}

/// A phone that rings.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) call: CallId,
    group: GroupId,
    pub(super) until: Time,
    rings_since: Option<Time>,
    /// The rest after the talk, as the plan was when the phone was rung.
    pub(super) wrap_up: Duration,
}

/// A rest after a talk of this group.
#[derive(Clone, Debug)]
pub(super) struct WrapUp {
    pub(super) until: Time,
    pub(super) group: GroupId,
    /// When the talk began.
    pub(super) began: Time,
}

impl Agent {
    pub(super) fn new(id: AgentId, now: Time, here: bool, office: Option<Office>) -> Agent {
        Agent {
            id,
            wish: Wish::Off,
            here,
            offer: None,
            calls_back: None,
            talks_with: None,
            wraps_up: None,
            rests_until: Time(0),
            idle_since: now,
            leaving: false,
            office,
            lent: Vec::new(),
            missed: Vec::new(),
            lost: 0,
            told: Activity::Unreachable,
        }
    }

    pub(super) fn activity(&self) -> Activity {
        if self.offer.is_some() {
            Activity::Offered
        } else if self.talks_with.is_some() || self.calls_back.is_some() {
            Activity::Talking
        } else if self.wraps_up.is_some() {
            Activity::WrapUp
        } else if let Some(office) = self.office {
            match office {
                Office::Outbound => Activity::Outbound,
                Office::Internal => Activity::Internal,
            }
        } else if self.here {
            Activity::Idle
        } else {
            Activity::Unreachable
        }
    }
}

impl Model {
    pub(super) fn ring(&mut self, call: CallId, id: AgentId) {
        let now = self.now;
        let group = self.call(call).group;
        let settings = &self.plan.groups[&group];
        let (ring, wrap_up) = (settings.ring, settings.wrap_up);
        let agent = self.agents.iter().find(|agent| agent.id == id);
        let own = agent.and_then(|agent| self.membership(agent, group)?.wrap_up);
        self.tell_decision(call, id);
        self.order(Action::Ring { agent: id, call });
        self.tell(Fact::OfferSent { call, group, agent: id });
        self.call(call).waits = false;
        self.agent(id).offer = Some(Offer {
            call,
            group,
            until: now + ring,
            rings_since: None,
            wrap_up: own.unwrap_or(wrap_up),
        });
        self.say_activity(id);
    }

    pub(super) fn phone_rings(&mut self, id: AgentId, call: CallId) {
        let now = self.now;
        if self.rings_for(id) == Some(call)
            && let Some(offer) = &mut self.agent(id).offer
            && offer.rings_since.is_none()
        {
            offer.rings_since = Some(now);
            self.tell(Fact::OfferRinging { call, agent: id });
        }
    }

    pub(super) fn answers(&mut self, id: AgentId, call: CallId) {
        if self.rings_for(id) != Some(call) {
            let has_answered = self.agents.iter().any(|it| {
                let calls_back = it.calls_back.as_ref().map(|offer| offer.call);
                it.id == id && (it.talks_with == Some(call) || calls_back == Some(call))
            });
            if !has_answered {
                self.order(Action::HangUpAgent { agent: id, call });
            }
            return;
        }
        let is_callback = self.call(call).callback.is_some();
        if !is_callback {
            self.order(Action::Connect { agent: id, call });
        }
        // "An answered offer begins all of them anew."
        self.agent(id).missed.clear();
        let Some(offer) = self.agent(id).offer.take() else { return };
        self.tell_offer_end(id, &offer, Outcome::Answered);
        if is_callback {
            self.call_back(id, offer);
        } else {
            self.talk_begins(call, id, offer.wrap_up, Leave::Answered);
        }
    }

    pub(super) fn rung_out(&mut self, id: AgentId) {
        if let Some(calls_back) = &self.agent(id).calls_back {
            let call = calls_back.call;
            self.order(Action::HangUpCaller { call });
            self.caller_not_reached(call);
        } else {
            self.stop_ringing(id, Outcome::NoAnswer);
        }
    }

    /// An offer ends without an answer; the caller stands where he stood before.
    pub(super) fn offer_ends(&mut self, id: AgentId, outcome: Outcome) {
        let now = self.now;
        let Some(offer) = self.agent(id).offer.take() else { return };
        let missed = match outcome {
            Outcome::NoAnswer | Outcome::Rejected | Outcome::Busy | Outcome::Unreachable => true,
            Outcome::Answered | Outcome::CallerLeft | Outcome::Withdrawn => false,
        };
        let then = self.count_miss(id, outcome, false);
        if missed {
            self.rest(id, &then);
            self.agent(id).idle_since = now;
            let call = self.call(offer.call);
            if outcome == Outcome::Rejected {
                call.rejected_by.push(id);
            } else {
                call.missed_by.push((id, Time(now.0 + LEAVE_ALONE_MS)));
            }
        }
        self.tell_offer_end(id, &offer, outcome);
        self.say_activity(id);
        self.after_misses(id, then);
        if outcome == Outcome::CallerLeft {
            self.leaves(offer.call, Leave::Abandoned);
        } else {
            self.back_in_line(offer.call);
        }
    }

    pub(super) fn wished(&mut self, id: AgentId, wish: &Wish, by: &Actor) {
        let now = self.now;
        let Some(agent) = self.agents.iter_mut().find(|it| it.id == id) else { return };
        if agent.leaving || agent.wish == *wish {
            return;
        }
        agent.wish = wish.clone();
        (agent.missed, agent.lost) = (Vec::new(), 0);
        if *wish == Wish::On {
            agent.idle_since = now;
        }
        self.tell(Fact::AgentWish { agent: id, wish: wish.clone(), by: by.clone() });
        if *wish != Wish::On {
            self.stop_ringing(id, Outcome::Withdrawn);
        }
    }

    pub(super) fn reachable(&mut self, id: AgentId, here: bool) {
        let now = self.now;
        let Some(agent) = self.agents.iter_mut().find(|it| it.id == id) else {
            let _ = if here { self.visitors.insert(id) } else { self.visitors.remove(&id) };
            return;
        };
        if agent.here == here {
            return;
        }
        agent.here = here;
        if here {
            agent.idle_since = now;
        } else {
            self.stop_ringing(id, Outcome::Unreachable);
        }
        self.say_activity(id);
    }

    /// A call of the agent's own: nothing rings while it lasts.
    pub(super) fn occupied(&mut self, id: AgentId, with: Option<Office>) {
        let now = self.now;
        let Some(agent) = self.agents.iter_mut().find(|agent| agent.id == id) else {
            self.offices.remove(&id);
            self.offices.extend(with.map(|office| (id, office)));
            return;
        };
        if agent.office == with {
            return;
        }
        agent.office = with;
        if with.is_none() {
            agent.idle_since = now;
        } else {
            self.stop_ringing(id, Outcome::Withdrawn);
        }
        self.say_activity(id);
    }

    pub(super) fn wrapped_up(&mut self, id: AgentId, by_agent: bool) {
        let now = self.now;
        let Some(agent) = self.agents.iter_mut().find(|it| it.id == id) else { return };
        if let Some(rest) = agent.wraps_up.take() {
            agent.idle_since = now;
            self.has_taken(rest.group, rest.began);
            self.tell(Fact::WrapUpEnded { agent: id, by_agent });
            self.say_activity(id);
        }
    }

    /// Tells what he does when that is new. Who is not in the plan goes home when he is done.
    pub(super) fn say_activity(&mut self, id: AgentId) {
        let Some(agent) = self.agents.iter_mut().find(|it| it.id == id) else { return };
        let activity = agent.activity();
        let changed = std::mem::replace(&mut agent.told, activity) != activity;
        // A call of his own is no reason to stay: it has nothing to do with any group.
        let bound = match activity {
            Activity::Offered | Activity::Talking | Activity::WrapUp => true,
            Activity::Idle | Activity::Outbound | Activity::Internal | Activity::Unreachable => {
                false
            }
        };
        let (goes, wish, here) = (agent.leaving && !bound, agent.wish.clone(), agent.here);
        let office = agent.office;
        if changed {
            self.tell(Fact::AgentActivity { agent: id, activity });
        }
        if goes {
            if wish != Wish::Off {
                self.tell(Fact::AgentWish { agent: id, wish: Wish::Off, by: Actor::Rule });
            }
            if here {
                self.visitors.insert(id);
            }
            self.offices.extend(office.map(|office| (id, office)));
            self.agents.retain(|agent| agent.id != id);
            // Nobody waits for one who is gone, even if he comes back.
            for call in self.calls.iter_mut() {
                call.last = call.last.filter(|&(last, _)| last != id);
            }
        }
    }

    /// A phone that rings is told to stop.
    pub(super) fn stop_ringing(&mut self, id: AgentId, outcome: Outcome) {
        if let Some(call) = self.rings_for(id) {
            self.order(Action::StopRinging { agent: id, call });
            self.offer_ends(id, outcome);
        }
    }

    /// The call for which an agent's phone rings.
    pub(super) fn rings_for(&self, id: AgentId) -> Option<CallId> {
        let agent = self.agents.iter().find(|agent| agent.id == id)?;
        agent.offer.as_ref().map(|offer| offer.call)
    }

    /// The agent whose phone rings for a call.
    pub(super) fn rung_for(&self, call: CallId) -> Option<AgentId> {
        let rings = |it: &&Agent| it.offer.as_ref().is_some_and(|offer| offer.call == call);
        self.agents.iter().find(rings).map(|agent| agent.id)
    }

    fn tell_offer_end(&mut self, agent: AgentId, offer: &Offer, outcome: Outcome) {
        let rang_ms = offer.rings_since.map_or(0, |since| self.now.0 - since.0);
        let (call, group) = (offer.call, offer.group);
        self.tell(Fact::OfferEnded { call, group, agent, outcome, rang_ms });
    }

    /// Somebody who is known to be there.
    #[expect(clippy::expect_used, reason = "a model that is wrong about itself must not go on")]
    pub(super) fn agent(&mut self, id: AgentId) -> &mut Agent {
        self.agents.iter_mut().find(|agent| agent.id == id).expect("an agent of the list")
    }
}
