//! What agents and their phones do.

use std::time::Duration;

use acd::{
    Action, Activity, Actor, AgentId, CallId, Fact, GroupId, Leave, Office, Outcome, Time, Wish,
};

use crate::model::{LEAVE_ALONE_MS, Model, REST_MS};

/// One agent, with everything that is known of him.
#[derive(Debug)]
pub(super) struct Agent {
    pub(super) id: AgentId,
    pub(super) wish: Wish,
    pub(super) here: bool,
    pub(super) offer: Option<Offer>,
    pub(super) talks_with: Option<CallId>,
    pub(super) wraps_until: Option<Time>,
    pub(super) rests_until: Time,
    pub(super) idle_since: Time,
    pub(super) leaving: bool,
    /// A call of his own.
    pub(super) office: Option<Office>,
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

impl Agent {
    pub(super) fn new(id: AgentId, now: Time, here: bool, office: Option<Office>) -> Agent {
        Agent {
            id,
            wish: Wish::Off,
            here,
            offer: None,
            talks_with: None,
            wraps_until: None,
            rests_until: Time(0),
            idle_since: now,
            leaving: false,
            office,
            told: Activity::Unreachable,
        }
    }

    pub(super) fn activity(&self) -> Activity {
        if self.offer.is_some() {
            Activity::Offered
        } else if self.talks_with.is_some() {
            Activity::Talking
        } else if self.wraps_until.is_some() {
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
        let settings = self.plan.groups[&group].clone();
        let agent = self.agents.iter().find(|agent| agent.id == id);
        let own = agent.and_then(|agent| self.membership(agent, group)?.wrap_up);
        self.tell_decision(call, id);
        self.order(Action::Ring { agent: id, call });
        self.tell(Fact::OfferSent { call, group, agent: id });
        self.call(call).waits = false;
        self.agent(id).offer = Some(Offer {
            call,
            group,
            until: now + settings.ring,
            rings_since: None,
            wrap_up: own.unwrap_or(settings.wrap_up),
        });
        self.say_activity(id);
    }

    pub(super) fn phone_rings(&mut self, id: AgentId, call: CallId) {
        let now = self.now;
        if self.is_offered(id, call)
            && let Some(offer) = &mut self.agent(id).offer
            && offer.rings_since.is_none()
        {
            offer.rings_since = Some(now);
            self.tell(Fact::OfferRinging { call, agent: id });
        }
    }

    pub(super) fn answers(&mut self, id: AgentId, call: CallId) {
        if !self.is_offered(id, call) {
            if self.agents.iter().all(|it| it.id != id || it.talks_with != Some(call)) {
                self.order(Action::HangUpAgent { agent: id, call });
            }
            return;
        }
        self.order(Action::Connect { agent: id, call });
        let Some(offer) = self.agent(id).offer.take() else { return };
        self.tell_offer_end(id, &offer, Outcome::Answered);
        self.talk_begins(call, id, offer.wrap_up);
        self.agent(id).talks_with = Some(call);
        self.say_activity(id);
    }

    pub(super) fn rung_out(&mut self, id: AgentId) {
        let Some(offer) = self.agent(id).offer.clone() else { return };
        self.order(Action::StopRinging { agent: id, call: offer.call });
        self.offer_ends(id, Outcome::NoAnswer);
    }

    /// An offer ends without an answer; the caller stands where he stood before.
    pub(super) fn offer_ends(&mut self, id: AgentId, outcome: Outcome) {
        let now = self.now;
        let Some(offer) = self.agent(id).offer.take() else { return };
        let missed = match outcome {
            Outcome::NoAnswer | Outcome::Rejected | Outcome::Busy | Outcome::Unreachable => true,
            Outcome::Answered | Outcome::CallerLeft | Outcome::Withdrawn => false,
        };
        if missed {
            self.agent(id).rests_until = Time(now.0 + REST_MS);
            self.agent(id).idle_since = now;
            let until = Time(now.0 + LEAVE_ALONE_MS);
            let until = if outcome == Outcome::Rejected { Time(u64::MAX) } else { until };
            self.call(offer.call).missed_by.push((id, until));
        }
        self.tell_offer_end(id, &offer, outcome);
        self.say_activity(id);
        if outcome == Outcome::CallerLeft {
            self.leaves(offer.call, Leave::Abandoned);
        } else if self.plan.groups.contains_key(&offer.group) {
            self.call(offer.call).waits = true;
        } else {
            self.turn_away(offer.call);
        }
    }

    pub(super) fn wished(&mut self, id: AgentId, wish: &Wish, by: &Actor) {
        let now = self.now;
        let Some(agent) = self.agents.iter_mut().find(|it| it.id == id) else { return };
        if agent.leaving || agent.wish == *wish {
            return;
        }
        agent.wish = wish.clone();
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

    pub(super) fn wrapped_up(&mut self, id: AgentId, by_agent: bool) {
        let now = self.now;
        let Some(agent) = self.agents.iter_mut().find(|it| it.id == id) else { return };
        if agent.wraps_until.take().is_some() {
            agent.idle_since = now;
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
        let busy =
            agent.offer.is_some() || agent.talks_with.is_some() || agent.wraps_until.is_some();
        let (goes, wish, here) = (agent.leaving && !busy, agent.wish.clone(), agent.here);
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
        }
    }

    pub(super) fn stop_ringing(&mut self, id: AgentId, outcome: Outcome) {
        if let Some(offer) = self.agent(id).offer.clone() {
            self.order(Action::StopRinging { agent: id, call: offer.call });
            self.offer_ends(id, outcome);
        }
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
