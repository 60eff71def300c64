//! What a journal says of a day: who called, how patient, how long the talks, who was there when.

use std::collections::{BTreeMap, BTreeSet};

use acd::{Activity, Actor, AgentId, CallId, Entry, Event, Fact, Leave, Outcome, Time, Wish};

/// How long an agent takes to pick up when the whole day says nothing about it.
const ANSWER_MS: u64 = 5_000;
/// How long a talk lasts when the whole day says nothing about it.
const TALK_MS: u64 = 180_000;

/// A day as far as it can be lived again.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// Who was on and whose phone was registered when the day began.
    pub(super) wishes: BTreeMap<AgentId, Wish>,
    pub(super) here: BTreeMap<AgentId, bool>,
    /// What happens without our doing: arrivals, wishes, phones lost and found.
    pub(super) course: Vec<(Time, Event)>,
    callers: BTreeMap<CallId, Caller>,
    gave_up: Mean,
    talked: Mean,
    answered: BTreeMap<AgentId, Mean>,
    answered_all: Mean,
    wrapped: BTreeMap<AgentId, Mean>,
    /// Offers and wrap-ups under way.
    offered_at: BTreeMap<AgentId, Time>,
    wraps_since: BTreeMap<AgentId, Time>,
    /// Who is on, and whose phone is registered, after the last fact.
    on: BTreeMap<AgentId, bool>,
    reached: BTreeMap<AgentId, bool>,
    /// Who was both at some moment of the day.
    there: BTreeSet<AgentId>,
    pub(super) last: Time,
}

#[derive(Clone, Debug, Default)]
struct Caller {
    arrived: Time,
    patience_ms: Option<u64>,
    talk_ms: u64,
    refused: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: u64,
    count: u64,
}

impl Mean {
    fn add(&mut self, value: u64) {
        self.sum += value;
        self.count += 1;
    }

    fn get(self) -> Option<u64> {
        self.sum.checked_div(self.count)
    }
}

impl Recorded {
    /// A fact from before the day.
    pub fn note_earlier(&mut self, fact: &Fact) {
        if let Fact::AgentWish { agent, wish, .. } = fact {
            self.wishes.insert(*agent, wish.clone());
            self.on.insert(*agent, *wish == Wish::On);
        }
        if let Fact::AgentActivity { agent, activity } = fact {
            let reachable = *activity != Activity::Unreachable;
            self.here.insert(*agent, reachable);
            self.reached.insert(*agent, reachable);
        }
    }

    /// Calls that arrived.
    pub fn calls(&self) -> usize {
        self.callers.len()
    }

    /// Whether an agent was on, with a phone that was registered, at some moment of the day; `None`
    /// when the journal does not know him: he is lived again as being there all day.
    pub fn was_there(&self, agent: AgentId) -> Option<bool> {
        let there = self.there.contains(&agent) || self.is_there(agent);
        let known = self.on.contains_key(&agent) || self.reached.contains_key(&agent);
        known.then_some(there)
    }

    fn is_there(&self, agent: AgentId) -> bool {
        let is = |map: &BTreeMap<AgentId, bool>| map.get(&agent).copied().unwrap_or(true);
        is(&self.on) && is(&self.reached)
    }

    /// Before somebody changes his mind or his phone: he was there until now.
    fn was_there_until_now(&mut self, agent: AgentId) {
        if self.was_there(agent) == Some(true) {
            self.there.insert(agent);
        }
    }

    /// A fact of the day.
    pub fn note(&mut self, at: Time, fact: &Fact) {
        self.last = self.last.max(at);
        match fact {
            Fact::CallArrived { call, group, number, caller, priority } => {
                let (number, caller) = (number.clone(), caller.clone());
                let (call, group, priority) = (*call, *group, *priority);
                let sent = None;
                let arrival = Event::CallArrived { call, group, priority, number, caller, sent };
                self.course.push((at, arrival));
                self.callers.insert(call, Caller { arrived: at, ..Caller::default() });
            }
            Fact::QueueEntered { call, priority, why, .. } => {
                if *why == Entry::Arrival {
                    self.has_priority(*call, *priority);
                }
            }
            Fact::QueueRefused { call, .. } => {
                self.caller(*call, |caller| caller.refused = true);
            }
            Fact::QueueLeft { call, leave, .. } => {
                if *leave == Leave::Abandoned {
                    self.gives_up(at, *call);
                }
            }
            Fact::TalkEnded { call, talked_ms, .. } => {
                self.talked.add(*talked_ms);
                self.caller(*call, |caller| caller.talk_ms += talked_ms);
            }
            Fact::OfferSent { agent, .. } => {
                self.offered_at.insert(*agent, at);
            }
            Fact::OfferEnded { agent, outcome, .. } => self.offer_ends(at, *agent, *outcome),
            Fact::WrapUpStarted { agent, .. } => {
                self.wraps_since.insert(*agent, at);
            }
            Fact::WrapUpEnded { agent, .. } => {
                if let Some(since) = self.wraps_since.remove(agent) {
                    self.wrapped.entry(*agent).or_default().add(at.0 - since.0);
                }
            }
            Fact::AgentWish { agent, wish, by } => self.wishes_now(at, *agent, wish, by),
            Fact::AgentActivity { agent, activity } => {
                self.does_now(at, *agent, *activity);
            }
            Fact::RouteDecided { .. }
            | Fact::OfferRinging { .. }
            | Fact::QueueMoved { .. }
            | Fact::TalkStarted { .. }
            | Fact::HoldStarted { .. }
            | Fact::HoldEnded { .. }
            | Fact::PlanChanged { .. }
            | Fact::WaitAnnounced { .. }
            | Fact::CallbackAsked { .. }
            | Fact::CallDiverted { .. }
            | Fact::CallbackTried { .. }
            | Fact::CallbackEnded { .. }
            | Fact::TransferDone { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. } => (),
        }
    }

    fn gives_up(&mut self, at: Time, call: CallId) {
        let gave_up = self.caller(call, |caller| {
            let patience_ms = at.0.saturating_sub(caller.arrived.0);
            caller.patience_ms = Some(patience_ms);
            patience_ms
        });
        if let Some(patience_ms) = gave_up {
            self.gave_up.add(patience_ms);
        }
    }

    fn offer_ends(&mut self, at: Time, agent: AgentId, outcome: Outcome) {
        let sent = self.offered_at.remove(&agent);
        if let (Some(sent), Outcome::Answered) = (sent, outcome) {
            let took_ms = at.0.saturating_sub(sent.0);
            self.answered.entry(agent).or_default().add(took_ms);
            self.answered_all.add(took_ms);
        }
    }

    /// Rules that follow from misses are not repeated. One that sets somebody on is: whoever is new
    /// is set on by rule.
    fn wishes_now(&mut self, at: Time, agent: AgentId, wish: &Wish, by: &Actor) {
        self.was_there_until_now(agent);
        self.on.insert(agent, *wish == Wish::On);
        self.wishes.entry(agent).or_insert(Wish::Off);
        if *by != Actor::Rule || *wish == Wish::On {
            let (wish, by) = (wish.clone(), by.clone());
            self.course.push((at, Event::AgentWished { agent, wish, by }));
        }
    }

    fn does_now(&mut self, at: Time, agent: AgentId, activity: Activity) {
        let reachable = activity != Activity::Unreachable;
        self.was_there_until_now(agent);
        // What he does with his phone follows from the calls.
        if self.reached.insert(agent, reachable) != Some(reachable) {
            self.here.entry(agent).or_insert(!reachable);
            self.course.push((at, Event::AgentReachable { agent, reachable }));
        }
    }

    fn has_priority(&mut self, id: CallId, is: i32) {
        for (_, event) in self.course.iter_mut().rev() {
            if let Event::CallArrived { call, priority, .. } = event
                && *call == id
            {
                *priority = is;
                return;
            }
        }
    }

    fn caller<T>(&mut self, call: CallId, note: impl FnOnce(&mut Caller) -> T) -> Option<T> {
        self.callers.get_mut(&call).map(note)
    }

    /// `None` waits as long as it takes.
    pub(super) fn patience_ms(&self, call: CallId) -> Option<u64> {
        let caller = self.callers.get(&call)?;
        let as_others = self.gave_up.get().filter(|_| caller.refused);
        caller.patience_ms.or(as_others)
    }

    pub(super) fn talk_ms(&self, call: CallId) -> u64 {
        let own = self.callers.get(&call).map(|caller| caller.talk_ms).filter(|&ms| ms > 0);
        own.or(self.talked.get()).unwrap_or(TALK_MS)
    }

    pub(super) fn answer_ms(&self, agent: AgentId) -> u64 {
        let own = self.answered.get(&agent).and_then(|mean| mean.get());
        own.or(self.answered_all.get()).unwrap_or(ANSWER_MS)
    }

    /// `None` leaves it to the plan.
    pub(super) fn wrap_up_ms(&self, agent: AgentId) -> Option<u64> {
        self.wrapped.get(&agent).and_then(|mean| mean.get())
    }
}
