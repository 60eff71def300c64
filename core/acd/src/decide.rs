//! Who takes which call: free agents and waiting calls are matched until nothing moves.
//!
//! Before an event there is no free agent whom a waiting call could have, save where a policy asked
//! to wait. So only what the event touched can be matched: calls that came (back) into line, and
//! agents who became free. Each is one entry of the agenda; nothing else is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::agent::Agent;
use crate::call::Stands;
use crate::engine::Engine;
use crate::free::Seat;
use crate::group::{Group, Place};
use crate::policy::Seated;
use crate::sticky::Past;
use crate::{
    AgentId, CallId, Candidates, Choice, Decided, Fact, Membership, Output, Policy, Question, Sent,
    Services, SkipReason, Skipped, Verdict, Wish,
};

/// How many passed-over agents a decision names: enough for a page, small in the journal.
pub const SKIPPED_MAX: usize = 50;

/// How many free agents a policy is shown, the first in the built-in order. Beyond this many idle
/// agents there is no shortage to distribute, and a decision must stay cheap to keep in a journal.
pub const CANDIDATES_MAX: usize = 500;

/// How many free agents the built-in order names. It needs only the first of them, and an event
/// must not cost more because a group has hundreds of idle agents.
pub const NAMED_MAX: usize = 20;

/// A policy that wants to be asked again at once would make the engine spin.
const WAIT_MS_MIN: u32 = 100;

/// The longest that one answer may keep a caller from a free agent.
const WAIT_MS_MAX: u32 = 10_000;

/// The longest that all answers together may: a bad policy can be unfair, never unsafe.
const WAIT_TOTAL_MAX: Duration = Duration::from_secs(60);

/// Calls to be decided in this event.
#[derive(Default)]
struct Agenda {
    /// First come, first decided.
    calls: BTreeSet<Place>,
    /// Calls whose every candidate had a better call in view; they are looked at again after each
    /// decision, for the better call may have gone to somebody else.
    passed: Vec<Place>,
    /// Touched agents by the call they would take.
    hungry: BTreeMap<CallId, Vec<AgentId>>,
}

/// The agents in the running for one call.
#[derive(Default)]
pub(crate) struct Field {
    pub(crate) candidates: Vec<Seat>,
    /// Free agents who are not candidates.
    skipped: Vec<Skipped>,
    /// One of them only because another call comes first for him.
    preempted: bool,
}

impl Engine {
    /// Matches what was touched. Each round takes a call off the agenda or gives it away.
    pub(crate) fn settle(&mut self, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        self.let_freed_pick(policy, out);
        let mut agenda = Agenda::default();
        let calls = self.touched.calls.iter().filter_map(|call| self.calls.get(call));
        let askable = calls.filter(|call| matches!(call.stands, Stands::Waiting));
        agenda.calls.extend(askable.map(|call| call.place));
        for &agent in &self.touched.agents {
            self.propose(agent, &mut agenda);
        }
        while let Some(place) = agenda.calls.pop_first() {
            let contested = !agenda.calls.is_empty() || !agenda.passed.is_empty();
            let field = self.field(place, contested, policy);
            if !field.candidates.is_empty() {
                self.ask(place, field, policy, out);
                agenda.calls.extend(agenda.passed.drain(..));
                for agent in agenda.hungry.remove(&place.call).unwrap_or_default() {
                    self.propose(agent, &mut agenda);
                }
            } else if field.preempted {
                agenda.passed.push(place);
            }
        }
    }

    /// Puts the call that a free agent would take on the agenda: of the group with his lowest
    /// order, the first in line; between groups of one order, priority, then the longest wait.
    fn propose(&self, id: AgentId, agenda: &mut Agenda) {
        let Some(agent) = self.agents.get(&id).filter(|agent| agent.is_free()) else { return };
        let firsts = agent.memberships.iter().filter_map(|membership| {
            self.first_for(id, membership).map(|place| (membership.order, place))
        });
        if let Some((_, place)) = firsts.min() {
            agenda.calls.insert(place);
            agenda.hungry.entry(place.call).or_default().push(id);
        }
    }

    /// The first call in line of one of the agent's groups that he may take.
    fn first_for(&self, agent: AgentId, membership: &Membership) -> Option<Place> {
        self.all_for(agent, membership).next()
    }

    /// The calls in line of one of the agent's groups that he may take, first in line first.
    pub(crate) fn all_for(
        &self,
        agent: AgentId,
        membership: &Membership,
    ) -> impl Iterator<Item = Place> {
        let (delay, now) = (membership.delay, self.now);
        let group = self.groups.get(&membership.group).into_iter();
        group.flat_map(move |group| {
            group.all_for(delay, now, move |call| {
                self.calls.get(&call).is_some_and(|call| self.may_take(agent, call))
            })
        })
    }

    /// Collects the candidates for a call. Unless the call is `contested` it is the only one that
    /// a free agent could have, and nobody can prefer another.
    pub(crate) fn field(&self, place: Place, contested: bool, policy: &dyn Policy) -> Field {
        let mut field = Field::default();
        let Some(call) = self.calls.get(&place.call) else { return field };
        let Some(group) = self.groups.get(&call.group) else { return field };
        if !matches!(call.stands, Stands::Waiting) || self.rests_until_restart(call) {
            return field;
        }
        let waited = self.now.since(place.entered);
        let awaited = self.awaited(call).map(|last| last.agent);
        let most = policy.looks_at(call.group).clamp(1, CANDIDATES_MAX);
        let everybody_may = group.longest_delay() <= waited;
        for seat in group.free.iter() {
            if field.candidates.len() == most {
                break;
            }
            let reason = if !everybody_may && waited < group.delay_of(seat.agent) {
                SkipReason::Delayed
            } else if !call.may_ring(seat.agent, self.now) {
                SkipReason::RefusedBefore
            } else if awaited.is_some_and(|agent| agent != seat.agent) {
                SkipReason::ForLastAgent
            } else if contested && self.prefers_another(seat.agent, (seat.order(), place)) {
                field.preempted = true;
                SkipReason::OtherGroupFirst
            } else {
                field.candidates.push(*seat);
                continue;
            };
            if field.skipped.len() < SKIPPED_MAX {
                field.skipped.push(Skipped { agent: seat.agent, reason });
            }
        }
        field
    }

    fn prefers_another(&self, id: AgentId, this: (u16, Place)) -> bool {
        let Some(agent) = self.agents.get(&id) else { return false };
        let rivals = agent.memberships.iter().filter(|membership| membership.order <= this.0);
        rivals
            .filter_map(|rival| Some((rival.order, self.first_for(id, rival)?)))
            .any(|another| another < this)
    }

    /// Puts the question to the policy and does what it says, if it may be done.
    fn ask(&mut self, place: Place, field: Field, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&place.call) else { return };
        let Some(group) = self.groups.get(&call.group) else { return };
        call.questions = call.questions.saturating_add(1);
        let asking = &*call;
        let longest_since = group.longest_wait_since().unwrap_or(place.entered);
        let question = Question {
            now: self.now,
            group: asking.group,
            call: place.call,
            waited_ms: self.now.0.saturating_sub(place.entered.0),
            priority: place.priority.0,
            offers: asking.offers,
            waiting: u32::try_from(group.waiting()).unwrap_or(u32::MAX),
            longest_wait_ms: self.now.0.saturating_sub(longest_since.0),
            seed: seed(self.now.0, place.call.0, asking.questions),
            sent: asking.sent.as_deref().unwrap_or(Sent::NOTHING),
            services: Services::past(Past {
                now: self.now,
                served: &self.served,
                call: asking,
                group,
                agents: &self.agents,
            }),
            candidates: Candidates::seated(Seated {
                now: self.now,
                group: asking.group,
                seats: &field.candidates,
                agents: &self.agents,
                plan: &self.plan,
                last_day: &self.last_day,
            }),
        };
        let reply = policy.choose(&question);
        let mut verdict = reply.verdict;
        let position = match reply.choice {
            Choice::Ring(position) if position < field.candidates.len() => position,
            Choice::Ring(position) => {
                let count = field.candidates.len();
                fall_back(&mut verdict, &format!("chose candidate {position} of {count}"));
                0
            }
            Choice::Wait(ms) => {
                let span = Duration::from_millis(ms.clamp(WAIT_MS_MIN, WAIT_MS_MAX).into());
                if call.deferred + span <= WAIT_TOTAL_MAX {
                    call.deferred += span;
                    self.defer_until(place.call, self.now + span);
                    return;
                }
                fall_back(&mut verdict, "kept the caller from free agents for too long");
                0
            }
        };
        self.tell_decision(place, &field, position, verdict, out);
        self.make_offer(place.call, field.candidates[position].agent, out);
    }

    pub(crate) fn tell_decision(
        &self,
        place: Place,
        field: &Field,
        position: usize,
        verdict: Verdict,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get(&place.call) else { return };
        let Some(group) = self.groups.get(&call.group) else { return };
        let decision = Decided {
            candidates: field.candidates.iter().map(|candidate| candidate.agent).collect(),
            skipped: self.skipped(group, field),
            chosen: field.candidates[position].agent,
            verdict,
        };
        let fact = Fact::RouteDecided { call: place.call, group: call.group, decision };
        out.push(Output::Tell(self.now, fact));
    }

    /// Who was passed over, those nearest to being chosen first: free agents, then those who are
    /// logged on, then those who are off, and last those whose membership does not count now.
    fn skipped(&self, group: &Group, field: &Field) -> Vec<Skipped> {
        let free = field.skipped.iter().copied();
        let away = group.here.iter().chain(&group.gone).filter_map(|&agent| {
            let reason = self.agents.get(&agent).map(|agent| why_away(agent))?;
            Some(Skipped { agent, reason })
        });
        let off = group.off.iter().map(|&agent| Skipped { agent, reason: SkipReason::Off });
        let reason = SkipReason::OutOfSeason;
        let resting = group.out_of_season.iter().map(|&agent| Skipped { agent, reason });
        free.chain(away).chain(off).chain(resting).take(SKIPPED_MAX).collect()
    }
}

/// Why an agent who is logged on is not free.
fn why_away(agent: &Agent) -> SkipReason {
    if agent.is_busy() {
        return SkipReason::Occupied;
    }
    match agent.wish {
        Wish::Off => SkipReason::Off,
        Wish::Break { .. } => SkipReason::OnBreak,
        Wish::On if !agent.reachable => SkipReason::Unreachable,
        Wish::On => SkipReason::Resting,
    }
}

/// The host may have stepped in already; its reason says more than ours.
pub(crate) fn fall_back(verdict: &mut Verdict, why: &str) {
    verdict.fallback.get_or_insert_with(|| why.to_owned());
}

/// A number that looks random and depends only on the question (the finaliser of SplitMix64).
pub(crate) fn seed(now_ms: u64, call: u64, questions: u32) -> u64 {
    let mut bits = now_ms ^ call.rotate_left(24) ^ u64::from(questions).rotate_left(52);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
