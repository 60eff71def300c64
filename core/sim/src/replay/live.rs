//! Lives a recorded day before a new engine.

use std::collections::{BTreeMap, BTreeSet};

use acd::{
    Action, Actor, AgentId, CallId, EndCause, Engine, Event, Fact, Output, Plan, Policy, Time, Wish,
};

use crate::replay::recorded::Recorded;

/// How long the day goes on after its last recorded fact: who waits then is served.
const AFTER_MS: u64 = 3_600_000;

/// How long a caller who is called back lets it ring.
const CALLED_BACK_MS: u64 = 10_000;

/// Events between two looks at whether to go on.
const LOOK_EVERY: u64 = 256;

struct Day<'a> {
    recorded: &'a Recorded,
    engine: Engine,
    /// How much of the recorded course has happened, and what it counts from among all that is
    /// known: of what happens at the same moment, the older knowledge comes first.
    passed: usize,
    course_from: u64,
    /// What follows from what has happened: by moment, then in the order in which it was known.
    ahead: BTreeMap<(Time, u64), Event>,
    known: u64,
    talking: BTreeSet<CallId>,
    /// Which call each phone rings for, and when it will be answered.
    rings: BTreeMap<AgentId, (CallId, Time)>,
}

/// Lives a day again whose facts were noted one after the other, and tells every fact as it would
/// have been. `go_on` hears every few events how much of the day is over, from 0 to 1; when it says
/// no, the day is left unfinished.
///
/// True when the day was lived to its end.
pub fn relive(
    recorded: &Recorded,
    plan: Plan,
    policy: &mut dyn Policy,
    tell: &mut dyn FnMut(Time, &Fact),
    go_on: &mut dyn FnMut(f64) -> bool,
) -> bool {
    let begins = recorded.course.first().map_or(Time(0), |(at, _)| *at);
    let everybody: Vec<AgentId> = plan.agents.keys().copied().collect();
    let mut day = Day {
        recorded,
        engine: Engine::new(plan),
        passed: 0,
        course_from: 0,
        ahead: BTreeMap::new(),
        known: 0,
        talking: BTreeSet::new(),
        rings: BTreeMap::new(),
    };
    for agent in everybody {
        let reachable = recorded.here.get(&agent).copied().unwrap_or(true);
        let wish = recorded.wishes.get(&agent).cloned().unwrap_or(Wish::On);
        day.will(begins, Event::AgentReachable { agent, reachable });
        day.will(begins, Event::AgentWished { agent, wish, by: Actor::Rule });
    }
    day.course_from = day.known + 1;
    day.known += recorded.course.len() as u64;
    let ends = Time(recorded.last.0.saturating_add(AFTER_MS));
    let length_ms = ends.0.saturating_sub(begins.0).max(1) as f64;
    let (mut out, mut events) = (Vec::new(), 0_u64);
    while let Some((now, event)) = day.next(ends) {
        events += 1;
        let over = now.0.saturating_sub(begins.0) as f64 / length_ms;
        if events.is_multiple_of(LOOK_EVERY) && !go_on(over.min(1.0)) {
            return false;
        }
        if !day.still_true(now, &event) {
            continue;
        }
        out.clear();
        day.engine.handle(now, event, policy, &mut out);
        for output in &out {
            match output {
                Output::Do(action) => day.act(now, action),
                Output::Tell(at, fact) => {
                    day.hear(now, fact);
                    tell(*at, fact);
                }
            }
        }
    }
    true
}

impl Day<'_> {
    fn will(&mut self, at: Time, event: Event) {
        self.known += 1;
        self.ahead.insert((at, self.known), event);
    }

    /// What happens next, be it only that time passes.
    fn next(&mut self, ends: Time) -> Option<(Time, Event)> {
        let due = self.engine.deadline();
        let recorded = self.recorded.course.get(self.passed);
        let recorded = recorded.map(|(at, _)| (*at, self.course_from + self.passed as u64));
        let follows = self.ahead.first_key_value().map(|(key, _)| *key);
        let next = recorded.into_iter().chain(follows).min();
        if let Some(due) = due.filter(|&due| next.is_none_or(|(next, _)| due < next)) {
            return (due <= ends).then_some((due, Event::TimePassed));
        }
        let (at, _) = next?;
        let event = if next == recorded {
            self.passed += 1;
            self.recorded.course[self.passed - 1].1.clone()
        } else {
            self.ahead.pop_first()?.1
        };
        Some((at, event))
    }

    /// People change their minds when what they wait for has happened.
    fn still_true(&self, now: Time, event: &Event) -> bool {
        if let Event::CallerLeft { call, cause: EndCause::HungUp } = event {
            return !self.talking.contains(call);
        }
        if let Event::OfferAnswered { agent, call } = event {
            return self.rings.get(agent) == Some(&(*call, now));
        }
        true
    }

    fn act(&mut self, now: Time, action: &Action) {
        match action {
            Action::Ring { agent, call } => {
                let (agent, call) = (*agent, *call);
                let answers = Time(now.0 + self.recorded.answer_ms(agent));
                self.rings.insert(agent, (call, answers));
                self.will(now, Event::OfferRinging { agent, call });
                self.will(answers, Event::OfferAnswered { agent, call });
            }
            Action::StopRinging { agent, .. } => {
                self.rings.remove(agent);
            }
            Action::Connect { agent, call } => {
                let (agent, call, cause) = (*agent, *call, EndCause::HungUp);
                self.rings.remove(&agent);
                self.talking.insert(call);
                let ends = Time(now.0 + self.recorded.talk_ms(call));
                self.will(ends, Event::AgentLeft { agent, call, cause });
            }
            Action::CallBack { call, .. } => {
                self.will(Time(now.0 + CALLED_BACK_MS), Event::CallerReached { call: *call });
            }
            Action::HangUpCaller { .. }
            | Action::HangUpAgent { .. }
            | Action::Refuse { .. }
            | Action::LetGo { .. }
            | Action::Divert { .. }
            | Action::WaitAgain { .. }
            | Action::Announce { .. } => (),
        }
    }

    fn hear(&mut self, now: Time, fact: &Fact) {
        if let Fact::CallArrived { call, .. } = fact
            && let Some(patience_ms) = self.recorded.patience_ms(*call)
        {
            let (call, cause) = (*call, EndCause::HungUp);
            self.will(Time(now.0 + patience_ms), Event::CallerLeft { call, cause });
        }
        if let Fact::WrapUpStarted { agent, .. } = fact
            && let Some(ms) = self.recorded.wrap_up_ms(*agent)
        {
            self.will(Time(now.0 + ms), Event::WrapUpEnded { agent: *agent });
        }
    }
}
