//! An agent becomes free and more than one caller waits whom he may take: which of them, if a
//! policy wants to say.
//!
//! Calls choose among agents when there are several free agents, agents among calls when there are
//! several calls. So whoever has just become free is asked first; then calls that came into line at
//! the same moment are matched with those who are left. A call that somebody could have who was
//! free before is his, and is not shown.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::decide::{fall_back, seed};
use crate::engine::Engine;
use crate::free::Seat;
use crate::group::Place;
use crate::sticky::Past;
use crate::{
    Achieved, AgentId, CallId, GroupId, Output, Policy, Sent, Services, Skills, Time, Verdict,
};

/// How many waiting calls a policy is shown of one freed agent. Behind so many it makes no
/// difference who is next, and a decision must stay cheap.
pub const SHOWN_MAX: usize = 100;

/// For how long policies may prefer others who stand behind a caller: a bad policy can be unfair,
/// never unsafe.
pub const OVERTAKEN_MAX: Duration = Duration::from_secs(5 * 60);

/// What a policy may see when an agent becomes free.
#[derive(Clone, Copy, Debug)]
pub struct Freed<'a> {
    pub now: Time,
    pub agent: AgentId,
    /// A number that differs from decision to decision and is the same on replay.
    pub seed: u64,
    pub idle_ms: u64,
    pub handled_today: u32,
    pub missed_today: u32,
    /// Talks that have ended today.
    pub talk_ms_today: u64,
    /// Talk, ring and wrap-up as a share of the time logged on today, in thousandths.
    pub occupancy_permille: u16,
    /// What he can.
    pub skills: &'a Skills,
    /// What he has achieved on the last closed day.
    pub achieved: &'a Achieved,
    /// The calls that he may take, in the built-in order: his order of their group, then priority,
    /// then the longest wait. At least two and at most [`SHOWN_MAX`]; when there are more, the
    /// first ones of each of his groups.
    pub calls: &'a [WaitingCall<'a>],
}

/// One waiting call, and what a policy may know of it.
#[derive(Clone, Copy, Debug)]
pub struct WaitingCall<'a> {
    pub call: CallId,
    pub group: GroupId,
    /// The order of the group for the agent; 1 is his main group.
    pub order: u16,
    /// His membership counts only for callers who have waited this long; this one has.
    pub delay_ms: u64,
    /// How long the caller has waited in this group.
    pub waited_ms: u64,
    pub priority: i32,
    /// Offers of this call that have ended without an answer.
    pub offers: u32,
    /// Calls waiting in its group, this one included.
    pub waiting: u32,
    /// The caller has hung up and will be called back.
    pub callback: bool,
    /// How long ago others were first preferred who stood behind him.
    pub overtaken_ms: Option<u64>,
    /// What came along with the call.
    pub sent: &'a Sent,
    /// Who has served this caller before.
    pub services: Services<'a>,
}

/// A policy's choice for a freed agent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pick {
    /// Among [`Freed::calls`]. One that is out of range falls back to the first, and the fact says
    /// so.
    pub position: usize,
    pub verdict: Verdict,
}

/// One of the calls that waited when an agent became free.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Picked {
    /// Its position in the built-in order, from 0: so many callers were overtaken.
    pub position: u32,
    /// How many calls the policy chose from.
    pub calls: u32,
}

/// A call that the agent may take: his order of its group, and its place in line.
type Shown = (u16, Place);

impl Engine {
    /// Lets a policy that wants to choose for each agent who has become free: the longest idle of
    /// them first, then the lowest id.
    pub(crate) fn let_freed_pick(&mut self, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        if !policy.picks() {
            return;
        }
        let freed = self.touched.agents.iter().filter_map(|&id| {
            let agent = self.agents.get(&id).filter(|agent| agent.is_free())?;
            Some((agent.idle_since, id))
        });
        let freed: BTreeSet<(Time, AgentId)> = freed.collect();
        for (_, agent) in freed {
            self.ask_freed(agent, policy, out);
        }
    }

    /// Puts the question to the policy and does what it says.
    fn ask_freed(&mut self, id: AgentId, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        let shown = self.shown_to(id);
        let [(_, first), _, ..] = shown[..] else { return };
        if let Some(call) = self.calls.get_mut(&first.call) {
            call.questions = call.questions.saturating_add(1);
        }
        let calls: Vec<WaitingCall<'_>> =
            shown.iter().filter_map(|&shown| self.waiting_call(id, shown)).collect();
        let question = self.freed(id, first, &calls);
        let Some(pick) = question.and_then(|question| policy.freed(&question)) else { return };
        let Pick { position, mut verdict } = pick;
        let position = self.allowed(position, &shown, &mut verdict);
        for (_, place) in &shown[..position] {
            if let Some(call) = self.calls.get_mut(&place.call) {
                call.overtaken.get_or_insert(self.now);
            }
        }
        let number = |number| u32::try_from(number).unwrap_or(u32::MAX);
        verdict.picked = Some(Picked { position: number(position), calls: number(shown.len()) });
        let (order, place) = shown[position];
        let mut field = self.field(place, false, policy);
        let own = field.candidates.iter().position(|seat| seat.agent == id).unwrap_or_else(|| {
            // Beyond those whom the group's own policy looks at.
            let idle_since = self.agents.get(&id).map_or(self.now, |agent| agent.idle_since);
            field.candidates.push(Seat::new(order, idle_since, id));
            field.candidates.len() - 1
        });
        self.tell_decision(place, &field, own, verdict, out);
        self.make_offer(place.call, id, out);
    }

    /// The calls that are shown for a freed agent, in the built-in order. When there are more than
    /// fit, each of his groups has its first ones in turn, so that a long line hides no other.
    fn shown_to(&self, id: AgentId) -> Vec<Shown> {
        let Some(agent) = self.agents.get(&id) else { return Vec::new() };
        let lines = agent.memberships.iter().filter_map(|membership| {
            let order = membership.order;
            let all = self.all_for(id, membership).filter(|&place| !self.is_claimed(place));
            let mut line = all.map(move |place| (order, place));
            Some((line.next()?, line))
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort_by_key(|&(first, _)| first);
        let mut shown: Vec<Shown> = lines.iter().map(|&(first, _)| first).collect();
        while shown.len() < SHOWN_MAX && !lines.is_empty() {
            lines.retain_mut(|(_, line)| {
                let next = line.next();
                shown.extend(next);
                next.is_some()
            });
        }
        shown.truncate(SHOWN_MAX);
        shown.sort_unstable();
        shown
    }

    /// The call came into line in this moment, and somebody could have it who was free before.
    fn is_claimed(&self, place: Place) -> bool {
        if !self.touched.calls.contains(&place.call) {
            return false;
        }
        let Some(call) = self.calls.get(&place.call) else { return false };
        let Some(group) = self.groups.get(&call.group) else { return false };
        let waited = self.now.since(place.entered);
        group.free.iter().any(|seat| {
            !self.touched.agents.contains(&seat.agent)
                && waited >= group.delay_of(seat.agent)
                && self.may_take(seat.agent, call)
        })
    }

    fn freed<'a>(
        &'a self,
        id: AgentId,
        first: Place,
        calls: &'a [WaitingCall<'a>],
    ) -> Option<Freed<'a>> {
        let (now, agent) = (self.now, self.agents.get(&id)?);
        let questions = self.calls.get(&first.call).map_or(0, |call| call.questions);
        Some(Freed {
            now,
            agent: id,
            seed: seed(now.0 ^ id.0.rotate_left(36), first.call.0, questions),
            idle_ms: now.0.saturating_sub(agent.idle_since.0),
            handled_today: agent.today.handled(now),
            missed_today: agent.today.missed(now),
            talk_ms_today: agent.today.talk_ms(now),
            occupancy_permille: agent.today.occupancy_permille(now),
            skills: self.plan.agents.get(&id).map_or(Skills::NONE, |planned| &planned.skills),
            achieved: self.last_day.of(id),
            calls,
        })
    }

    fn waiting_call(&self, id: AgentId, (order, place): Shown) -> Option<WaitingCall<'_>> {
        let (now, call) = (self.now, self.calls.get(&place.call)?);
        let group = self.groups.get(&call.group)?;
        Some(WaitingCall {
            call: place.call,
            group: call.group,
            order,
            delay_ms: u64::try_from(group.delay_of(id).as_millis()).unwrap_or(u64::MAX),
            waited_ms: now.0.saturating_sub(place.entered.0),
            priority: place.priority.0,
            offers: call.offers,
            waiting: u32::try_from(group.waiting()).unwrap_or(u32::MAX),
            callback: call.callback.is_some(),
            overtaken_ms: call.overtaken.map(|since| now.0.saturating_sub(since.0)),
            sent: call.sent.as_deref().unwrap_or(Sent::NOTHING),
            services: Services::past(Past {
                now,
                served: &self.served,
                call,
                group,
                agents: &self.agents,
            }),
        })
    }

    /// The position that is taken: the chosen one, if it is there and nobody before it has been
    /// overtaken for too long.
    fn allowed(&self, chosen: usize, shown: &[Shown], verdict: &mut Verdict) -> usize {
        let Some(before) = shown.get(..chosen).filter(|_| chosen < shown.len()) else {
            fall_back(verdict, &format!("chose call {chosen} of {}", shown.len()));
            return 0;
        };
        let long_overtaken = |(_, place): &Shown| {
            let since = self.calls.get(&place.call).and_then(|call| call.overtaken);
            since.is_some_and(|since| self.now.since(since) >= OVERTAKEN_MAX)
        };
        let Some(overdue) = before.iter().position(long_overtaken) else { return chosen };
        fall_back(verdict, "preferred others for too long");
        overdue
    }
}
