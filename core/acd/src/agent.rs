//! One agent: what he wants, what his phone does, and the events that are his alone.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::alarm::Alarm;
use crate::engine::Engine;
use crate::free::Seat;
use crate::today::Today;
use crate::{
    Action, Activity, Actor, AgentId, CallId, Candidate, Fact, GroupId, Membership, Office,
    Outcome, Output, Time, Wish,
};

/// An agent who has missed an offer gets none for this long, whichever call it is: time to come
/// back to the desk or to put the other receiver down, and no way to leaf through the callers by
/// rejecting one after the other. His wish is his own and is not touched.
pub(crate) const REST: Duration = Duration::from_secs(10);

/// Phones of people who are not agents (yet) that we remember. A company registers fewer phones.
const PRESENT_MAX: usize = 10_000;

/// An agent at work.
#[derive(Debug)]
pub(crate) struct Agent {
    /// The memberships that count now, at most one of a group.
    pub(crate) memberships: Vec<Membership>,
    /// Groups whose membership does not count now.
    pub(crate) out_of_season: Vec<GroupId>,
    /// Groups to which he is lent.
    pub(crate) loans: BTreeSet<GroupId>,
    pub(crate) wish: Wish,
    /// Whether a phone is registered.
    pub(crate) reachable: bool,
    pub(crate) doing: Doing,
    /// A call of his own that has nothing to do with any group.
    pub(crate) office: Option<Office>,
    /// Offers missed in a row, by cause.
    pub(crate) misses: BTreeMap<Outcome, u32>,
    /// Talks in a row in which he was lost: an answer does not begin this count anew, for a phone
    /// that nobody hears answers well.
    pub(crate) lost_in_a_row: u32,
    /// Callers who wait for him because he served them last.
    pub(crate) awaited_by: BTreeSet<CallId>,
    /// After a miss no offer is made before the alarm `Rested`.
    pub(crate) resting: bool,
    /// The activity as last told, so that each change is told once.
    pub(crate) told: Activity,
    /// When that activity began.
    pub(crate) since: Time,
    /// Since when he could have taken a call. An offer that ended through no act of his does not
    /// cost him this place.
    pub(crate) idle_since: Time,
    pub(crate) today: Today,
    /// Not in the plan any more: finishes what he is doing and then is gone.
    pub(crate) leaving: bool,
    /// Where the groups have him written down.
    pub(crate) listed: Listed,
}

/// What binds the agent now.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Doing {
    Nothing,
    Offered(Offer),
    /// On the line while the caller of a callback is called.
    CallingBack(Offer),
    Talking {
        call: CallId,
    },
    /// `began` is when the talk began.
    WrapUp {
        call: CallId,
        group: GroupId,
        began: Time,
    },
}

/// An attempt to ring this agent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    pub(crate) call: CallId,
    pub(crate) group: GroupId,
    /// When the phone said that it rings.
    pub(crate) ringing: Option<Time>,
    /// The group's wrap-up time when the offer was made: a live call keeps the plan it met.
    pub(crate) wrap_up: Duration,
}

/// In which of its lists a group keeps this agent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Listed {
    Nowhere,
    Free {
        idle_since: Time,
    },
    /// Logged on or on a break, with a phone, but not free.
    Here,
    /// Logged on or on a break, and his phone is gone.
    Gone,
    Off,
}

impl Agent {
    /// Off and, as far as anybody was told, unreachable.
    pub(crate) fn new(now: Time, reachable: bool, office: Option<Office>) -> Agent {
        Agent {
            memberships: Vec::new(),
            out_of_season: Vec::new(),
            loans: BTreeSet::new(),
            wish: Wish::Off,
            reachable,
            doing: Doing::Nothing,
            office,
            misses: BTreeMap::new(),
            lost_in_a_row: 0,
            awaited_by: BTreeSet::new(),
            resting: false,
            told: Activity::Unreachable,
            since: now,
            idle_since: now,
            today: Today::default(),
            leaving: false,
            listed: Listed::Nowhere,
        }
    }

    pub(crate) fn activity(&self) -> Activity {
        match (self.doing, self.office) {
            (Doing::Offered(_), _) => Activity::Offered,
            (Doing::CallingBack(_) | Doing::Talking { .. }, _) => Activity::Talking,
            (Doing::WrapUp { .. }, _) => Activity::WrapUp,
            (Doing::Nothing, Some(Office::Outbound)) => Activity::Outbound,
            (Doing::Nothing, Some(Office::Internal)) => Activity::Internal,
            (Doing::Nothing, None) if self.reachable => Activity::Idle,
            (Doing::Nothing, None) => Activity::Unreachable,
        }
    }

    pub(crate) fn call(&self) -> Option<CallId> {
        match self.doing {
            Doing::Nothing => None,
            Doing::Offered(Offer { call, .. })
            | Doing::CallingBack(Offer { call, .. })
            | Doing::Talking { call }
            | Doing::WrapUp { call, .. } => Some(call),
        }
    }

    /// The call that rings at his phone.
    pub(crate) fn rings_for(&self) -> Option<CallId> {
        match self.doing {
            Doing::Offered(offer) => Some(offer.call),
            Doing::Nothing
            | Doing::CallingBack(_)
            | Doing::Talking { .. }
            | Doing::WrapUp { .. } => None,
        }
    }

    /// Rings, talks, wraps up, or has a call of his own.
    pub(crate) fn is_busy(&self) -> bool {
        !matches!(self.doing, Doing::Nothing) || self.office.is_some()
    }

    /// Whether he can take a call now.
    pub(crate) fn is_free(&self) -> bool {
        self.wish == Wish::On && !self.resting && !self.leaving && self.told == Activity::Idle
    }

    /// Whether he counts as being there: logged on or on a break, and with a phone.
    pub(crate) fn is_present(&self) -> bool {
        self.wish != Wish::Off && !self.leaving && self.told != Activity::Unreachable
    }

    /// What a policy may know of him.
    pub(crate) fn candidate(&self, seat: Seat, group: GroupId, now: Time) -> Candidate {
        let own = self.memberships.iter().find(|it| it.group == group);
        let delay = own.map_or(Duration::ZERO, |membership| membership.delay);
        Candidate {
            agent: seat.agent,
            order: seat.order(),
            delay_ms: u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
            idle_ms: now.0.saturating_sub(self.idle_since.0),
            handled_today: self.today.handled(now),
            missed_today: self.today.missed(now),
            talk_ms_today: self.today.talk_ms(now),
            occupancy_permille: self.today.occupancy_permille(now),
        }
    }

    fn should_be_listed(&self) -> Listed {
        if self.is_free() {
            Listed::Free { idle_since: self.idle_since }
        } else if self.wish == Wish::Off {
            Listed::Off
        } else if self.is_present() {
            Listed::Here
        } else {
            Listed::Gone
        }
    }
}

impl Engine {
    /// What the agent wants from now on. During a call or a wrap-up it takes effect afterwards,
    /// but is told at once; an offer that rings is taken back unless he wants calls.
    /// A wish that he has already, and one of somebody who is no agent, is a no-op.
    pub(crate) fn agent_wished(
        &mut self,
        id: AgentId,
        wish: Wish,
        by: Actor,
        out: &mut Vec<Output>,
    ) {
        let now = self.now;
        let Some(agent) = self.agents.get_mut(&id) else { return };
        if agent.leaving || agent.wish == wish {
            return;
        }
        agent.misses.clear();
        agent.lost_in_a_row = 0;
        if wish == Wish::On {
            agent.idle_since = now;
        }
        agent.wish = wish.clone();
        let taken_back = agent.rings_for().filter(|_| wish != Wish::On);
        out.push(Output::Tell(now, Fact::AgentWish { agent: id, wish, by }));
        if taken_back.is_some() {
            self.withdraw(id, out);
        }
        self.update_agent(id, out);
    }

    /// The phone came or went. An offer cannot ring on a lost phone; a talk goes on until the
    /// media say otherwise. People who are no agents are remembered: a click makes them one.
    pub(crate) fn agent_reachable(&mut self, id: AgentId, reachable: bool, out: &mut Vec<Output>) {
        let now = self.now;
        let Some(agent) = self.agents.get_mut(&id) else {
            if !reachable {
                self.present.remove(&id);
            } else if self.present.len() < PRESENT_MAX {
                self.present.insert(id);
            }
            return;
        };
        if agent.reachable == reachable {
            return;
        }
        agent.reachable = reachable;
        if reachable {
            agent.idle_since = now;
        }
        let lost = agent.rings_for().filter(|_| !reachable);
        if let Some(call) = lost {
            out.push(Output::Do(Action::StopRinging { agent: id, call }));
            self.end_offer(id, Outcome::Unreachable, out);
        }
        self.update_agent(id, out);
    }

    /// He began or ended a call of his own: while it lasts nothing rings.
    pub(crate) fn agent_occupied(
        &mut self,
        id: AgentId,
        with: Option<Office>,
        out: &mut Vec<Output>,
    ) {
        let now = self.now;
        let Some(agent) = self.agents.get_mut(&id) else {
            match with {
                None => {
                    self.occupied.remove(&id);
                }
                Some(office) if self.occupied.len() < PRESENT_MAX => {
                    self.occupied.insert(id, office);
                }
                Some(_) => (),
            }
            return;
        };
        if agent.office == with {
            return;
        }
        agent.office = with;
        if with.is_none() {
            agent.idle_since = now;
        }
        if with.is_some() && agent.rings_for().is_some() {
            self.withdraw(id, out);
        }
        self.update_agent(id, out);
    }

    /// Wrap-up ends by its timer or by the agent; outside a wrap-up this is a no-op.
    pub(crate) fn end_wrap_up(&mut self, id: AgentId, by_agent: bool, out: &mut Vec<Output>) {
        let now = self.now;
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let Doing::WrapUp { group, began, .. } = agent.doing else { return };
        agent.doing = Doing::Nothing;
        agent.idle_since = now;
        self.note_handling(group, began);
        self.alarms.clear(Alarm::WrappedUp(id));
        out.push(Output::Tell(now, Fact::WrapUpEnded { agent: id, by_agent }));
        self.update_agent(id, out);
    }

    pub(crate) fn end_rest(&mut self, id: AgentId, out: &mut Vec<Output>) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        agent.resting = false;
        self.update_agent(id, out);
    }

    /// Brings everything that is derived from an agent up to date: his activity as told, his time
    /// sheet of today and his place in the lists of his groups. Called after each change.
    pub(crate) fn update_agent(&mut self, id: AgentId, out: &mut Vec<Output>) {
        let now = self.now;
        self.touched.agents.insert(id);
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let activity = agent.activity();
        if activity != agent.told {
            agent.told = activity;
            agent.since = now;
            out.push(Output::Tell(now, Fact::AgentActivity { agent: id, activity }));
        }
        let busy = !matches!(agent.doing, Doing::Nothing);
        agent.today.note(now, busy, busy || agent.wish == Wish::On);
        let listed = agent.should_be_listed();
        // He may be there no more, or again: whoever waits for him is looked at.
        self.touched.calls.extend(&agent.awaited_by);
        if agent.leaving && !busy {
            self.remove_agent(id, out);
        } else {
            self.list(id, listed);
        }
    }

    /// The agent has finished what he was doing when the plan let him go.
    fn remove_agent(&mut self, id: AgentId, out: &mut Vec<Output>) {
        self.list(id, Listed::Nowhere);
        self.alarms.clear(Alarm::Rested(id));
        self.alarms.clear(Alarm::LoanEnds(id));
        let Some(agent) = self.agents.remove(&id) else { return };
        for call in agent.awaited_by {
            if let Some(call) = self.calls.get_mut(&call) {
                call.last = None;
            }
        }
        if let Some(office) = agent.office
            && self.occupied.len() < PRESENT_MAX
        {
            self.occupied.insert(id, office);
        }
        if agent.wish != Wish::Off {
            let wish = Wish::Off;
            out.push(Output::Tell(self.now, Fact::AgentWish { agent: id, wish, by: Actor::Rule }));
        }
        if agent.reachable && self.present.len() < PRESENT_MAX {
            self.present.insert(id);
        }
    }

    /// Moves the agent to the right list of each of his groups.
    pub(crate) fn list(&mut self, id: AgentId, listed: Listed) {
        let Some(agent) = self.agents.get_mut(&id) else { return };
        if agent.listed == listed {
            return;
        }
        for membership in &agent.memberships {
            let Some(group) = self.groups.get_mut(&membership.group) else { continue };
            let seat = |idle_since| Seat::new(membership.order, idle_since, id);
            match agent.listed {
                Listed::Nowhere => false,
                Listed::Free { idle_since } => group.free.remove(&seat(idle_since)),
                Listed::Here => group.here.remove(&id),
                Listed::Gone => group.gone.remove(&id),
                Listed::Off => group.off.remove(&id),
            };
            match listed {
                Listed::Nowhere => false,
                Listed::Free { idle_since } => group.free.insert(seat(idle_since)),
                Listed::Here => group.here.insert(id),
                Listed::Gone => group.gone.insert(id),
                Listed::Off => group.off.insert(id),
            };
            if group.present() == 0 {
                self.touched.groups.insert(membership.group);
            }
        }
        agent.listed = listed;
    }
}
