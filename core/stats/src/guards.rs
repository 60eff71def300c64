//! Fairness guards: patterns by which figures can be made better than the work was.
//!
//! A guard flags and shows the calls; it corrects nothing, because there may be a good reason that
//! the journal does not know. Every threshold stands here, in one place, and is shown beside what
//! it has flagged.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use acd::{AgentId, CallId, EndCause, Fact, Outcome, Side, Time, Wish};

use crate::Limits;

/// So many breaks begun within an hour are no breaks: idle time is being cut into pieces.
pub const BREAKS_AN_HOUR: usize = 6;
/// So many calls from one colleague, answered by one and the same agent, are a pattern.
pub const COLLEAGUE_CALLS: usize = 3;
/// Talks below the company's limit that the agent ended: at least so many, and this share.
pub const HANG_UPS: usize = 5;
pub const HANG_UPS_PERCENT: usize = 10;
/// Offers that rang to their end: at least so many, and this share of what could be answered.
pub const IGNORED: usize = 5;
pub const IGNORED_PERCENT: usize = 20;

const HOUR_MS: u64 = 3_600_000;
/// Calls that a flag shows; its count tells how many there were.
const CALLS_MAX: usize = 200;

/// What was noticed.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Pattern {
    /// [`BREAKS_AN_HOUR`] breaks or more within an hour.
    BreakToggling,
    /// Calls from his own phone that he answered himself: one is enough.
    SelfCalls,
    /// [`COLLEAGUE_CALLS`] or more calls from one colleague's phone.
    GhostCalls,
    /// [`HANG_UPS`] or more very short talks that he ended, [`HANG_UPS_PERCENT`] of his talks.
    EarlyHangUps,
    /// [`IGNORED`] or more offers that rang to their end, [`IGNORED_PERCENT`] of those that could
    /// have been answered.
    RingIgnoring,
}

/// A pattern of one agent, with what shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Flag {
    pub agent: AgentId,
    pub pattern: Pattern,
    /// How often, of how many that could have been.
    pub count: usize,
    pub of: usize,
    /// The first calls of them, in their order; breaks have none.
    pub calls: Vec<CallId>,
    /// When it was first seen.
    pub since: Time,
}

/// The fold. Facts come in the order of the journal.
#[derive(Clone, Debug)]
pub struct Guards {
    limits: Limits,
    /// Whose phone a number is.
    phones: BTreeMap<String, AgentId>,
    /// Calls that came from a phone of ours, until they are answered.
    from: BTreeMap<CallId, AgentId>,
    agents: BTreeMap<AgentId, Seen>,
}

/// What was seen of an agent.
#[derive(Clone, Debug, Default)]
struct Seen {
    on_break: bool,
    /// Breaks begun within the last hour.
    breaks: VecDeque<Time>,
    /// The most of them at once, and when that began.
    most: (usize, Time),
    /// Breaks begun at all.
    all_breaks: usize,
    answered: usize,
    talks: usize,
    own: Calls,
    colleagues: BTreeMap<AgentId, Calls>,
    hung_up: Calls,
    /// The very short talk that he ended last: handing the caller on is no hang-up.
    last_short: Option<CallId>,
    ignored: Calls,
}

/// Calls, and when the first of them was.
#[derive(Clone, Debug, Default)]
struct Calls {
    calls: BTreeSet<CallId>,
    since: Option<Time>,
}

impl Guards {
    /// `phones`: whose phone a number is (extensions; private numbers are not known to us).
    pub fn new(limits: Limits, phones: BTreeMap<String, AgentId>) -> Guards {
        Guards { limits, phones, from: BTreeMap::new(), agents: BTreeMap::new() }
    }

    /// Takes one fact into account.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        if let Fact::CallArrived { call, caller, .. } = fact {
            if let Some(&agent) = self.phones.get(caller) {
                self.from.insert(*call, agent);
            }
        } else if let Fact::OfferEnded { call, agent, outcome, .. } = fact {
            self.offer_ended(at, *call, *agent, *outcome);
        } else if let Fact::TalkEnded { call, agent, by, cause, talked_ms, .. } = fact {
            let hung_up = (*by, *cause) == (Side::Agent, EndCause::HungUp);
            let short = *talked_ms < self.limits.instant_ms;
            let seen = self.agents.entry(*agent).or_default();
            seen.talks += 1;
            seen.last_short = (short && hung_up).then_some(*call);
            if short && hung_up {
                seen.hung_up.note(at, *call);
            }
        } else if let Fact::TransferDone { call, agent, .. } = fact {
            let seen = self.agents.entry(*agent).or_default();
            if seen.last_short.take() == Some(*call) {
                seen.hung_up.calls.remove(call);
            }
        } else if let Fact::AgentWish { agent, wish, .. } = fact {
            self.agents.entry(*agent).or_default().wished(at, wish);
        }
    }

    /// What has been noticed, by agent and pattern.
    pub fn flags(&self) -> Vec<Flag> {
        self.agents.iter().flat_map(|(agent, seen)| seen.flags(*agent)).collect()
    }

    fn offer_ended(&mut self, at: Time, call: CallId, agent: AgentId, outcome: Outcome) {
        let seen = self.agents.entry(agent).or_default();
        if outcome == Outcome::NoAnswer {
            seen.ignored.note(at, call);
        }
        if outcome != Outcome::Answered {
            return;
        }
        seen.answered += 1;
        match self.from.remove(&call) {
            Some(caller) if caller == agent => seen.own.note(at, call),
            Some(caller) => seen.colleagues.entry(caller).or_default().note(at, call),
            None => (),
        }
    }
}

impl Seen {
    fn wished(&mut self, at: Time, wish: &Wish) {
        let on_break = matches!(wish, Wish::Break { .. });
        let begins = on_break && !self.on_break;
        self.on_break = on_break;
        if !begins {
            return;
        }
        self.all_breaks += 1;
        self.breaks.push_back(at);
        while self.breaks.front().is_some_and(|first| first.0 + HOUR_MS <= at.0) {
            self.breaks.pop_front();
        }
        if self.breaks.len() > self.most.0 {
            self.most = (self.breaks.len(), self.breaks.front().copied().unwrap_or(at));
        }
    }

    fn flags(&self, agent: AgentId) -> Vec<Flag> {
        let flag = |pattern, seen: &Calls, of| Flag {
            agent,
            pattern,
            count: seen.calls.len(),
            of,
            calls: seen.calls.iter().take(CALLS_MAX).copied().collect(),
            since: seen.since.unwrap_or_default(),
        };
        let mut flags = Vec::new();
        if self.most.0 >= BREAKS_AN_HOUR {
            let (count, since) = self.most;
            let (pattern, of) = (Pattern::BreakToggling, self.all_breaks);
            flags.push(Flag { agent, pattern, count, of, calls: Vec::new(), since });
        }
        if !self.own.calls.is_empty() {
            flags.push(flag(Pattern::SelfCalls, &self.own, self.answered));
        }
        let ghosts = self.colleagues.values().filter(|it| it.calls.len() >= COLLEAGUE_CALLS);
        flags.extend(ghosts.map(|it| flag(Pattern::GhostCalls, it, self.answered)));
        if often(self.hung_up.calls.len(), self.talks, (HANG_UPS, HANG_UPS_PERCENT)) {
            flags.push(flag(Pattern::EarlyHangUps, &self.hung_up, self.talks));
        }
        let due = self.answered + self.ignored.calls.len();
        if often(self.ignored.calls.len(), due, (IGNORED, IGNORED_PERCENT)) {
            flags.push(flag(Pattern::RingIgnoring, &self.ignored, due));
        }
        flags
    }
}

impl Calls {
    fn note(&mut self, at: Time, call: CallId) {
        self.calls.insert(call);
        self.since.get_or_insert(at);
    }
}

fn often(count: usize, of: usize, (least, percent): (usize, usize)) -> bool {
    count >= least && count * 100 >= of * percent
}

#[cfg(test)]
mod tests {
    use acd::{Actor, GroupId};

    use super::*;

    const MARI: AgentId = AgentId(7);
    const JAAN: AgentId = AgentId(8);
    const SALES: GroupId = GroupId(1);
    const MINUTE: u64 = 60_000;

    /// Folds facts a minute apart and gives pattern, count, of, and calls of every flag.
    fn check(facts: &[Fact], expected: &[(AgentId, Pattern, usize, usize, &[u64])]) {
        let phones = BTreeMap::from([("107".to_owned(), MARI), ("108".to_owned(), JAAN)]);
        let mut guards = Guards::new(Limits::default(), phones);
        for (at, fact) in (0..).zip(facts) {
            guards.fold(Time(at * MINUTE), fact);
        }
        let flags = guards.flags();
        let found: Vec<_> = flags
            .iter()
            .map(|it| {
                let calls: Vec<u64> = it.calls.iter().map(|call| call.0).collect();
                (it.agent, it.pattern, it.count, it.of, calls)
            })
            .collect();
        let expected =
            expected.iter().map(|&(a, p, count, of, calls)| (a, p, count, of, calls.to_vec()));
        assert_eq!(found, expected.collect::<Vec<_>>());
    }

    fn from(call: u64, caller: &str) -> Fact {
        let (call, group) = (CallId(call), SALES);
        let (number, caller) = ("6001000".to_owned(), caller.to_owned());
        Fact::CallArrived { call, group, number, caller, priority: 0 }
    }

    fn offer(call: u64, outcome: Outcome) -> Fact {
        let (call, group, agent) = (CallId(call), SALES, MARI);
        Fact::OfferEnded { call, group, agent, outcome, rang_ms: 1 }
    }

    fn talk(call: u64, by: Side, talked_ms: u64) -> Fact {
        let (call, group, agent) = (CallId(call), SALES, MARI);
        Fact::TalkEnded { call, group, agent, by, cause: EndCause::HungUp, talked_ms }
    }

    fn wish(on_break: bool) -> Fact {
        let lunch = Wish::Break { reason: "lunch".to_owned() };
        let wish = if on_break { lunch } else { Wish::On };
        Fact::AgentWish { agent: MARI, wish, by: Actor::Agent }
    }

    #[test]
    fn whoever_answers_his_own_phone_is_flagged_at_once_and_a_colleague_at_the_third_call() {
        let own = [from(1, "107"), offer(1, Outcome::Answered)];
        check(&own, &[(MARI, Pattern::SelfCalls, 1, 1, &[1])]);
        let call = |id| [from(id, "108"), offer(id, Outcome::Answered)];
        let two: Vec<Fact> = (1..=2).flat_map(call).collect();
        check(&two, &[]);
        let three: Vec<Fact> = (1..=3).flat_map(call).collect();
        check(&three, &[(MARI, Pattern::GhostCalls, 3, 3, &[1, 2, 3])]);
        let strangers: Vec<Fact> =
            (1..=9).flat_map(|id| [from(id, "5551234"), offer(id, Outcome::Answered)]).collect();
        check(&strangers, &[]);
    }

    #[test]
    fn early_hang_ups_are_flagged_when_they_are_many_and_a_tenth() {
        let short = |id| talk(id, Side::Agent, 3_000);
        let four: Vec<Fact> = (1..=4).map(short).collect();
        check(&four, &[]);
        let five: Vec<Fact> = (1..=5).map(short).collect();
        check(&five, &[(MARI, Pattern::EarlyHangUps, 5, 5, &[1, 2, 3, 4, 5])]);
        let rare = five.iter().cloned().chain((6..=51).map(|id| talk(id, Side::Agent, 60_000)));
        check(&rare.collect::<Vec<_>>(), &[]);
        let callers: Vec<Fact> = (1..=9).map(|id| talk(id, Side::Caller, 3_000)).collect();
        check(&callers, &[]);
        let handed_on = |id| Fact::TransferDone {
            call: CallId(id),
            agent: MARI,
            from: SALES,
            to: GroupId(2),
            by: Actor::Agent,
        };
        let on: Vec<Fact> = (1..=9).flat_map(|id| [short(id), handed_on(id)]).collect();
        check(&on, &[]);
    }

    #[test]
    fn a_phone_that_rings_to_the_end_is_flagged_when_it_is_often() {
        let missed: Vec<Fact> = (1..=5).map(|id| offer(id, Outcome::NoAnswer)).collect();
        check(&missed, &[(MARI, Pattern::RingIgnoring, 5, 5, &[1, 2, 3, 4, 5])]);
        let answered = (6..=26).map(|id| offer(id, Outcome::Answered));
        check(&missed.iter().cloned().chain(answered).collect::<Vec<_>>(), &[]);
        let left: Vec<Fact> = (1..=9).map(|id| offer(id, Outcome::CallerLeft)).collect();
        check(&left, &[]);
    }

    #[test]
    fn breaks_are_counted_within_an_hour_and_only_when_they_begin() {
        let toggles =
            |count| (0..count).flat_map(|_| [wish(true), wish(false)]).collect::<Vec<_>>();
        check(&toggles(5), &[]);
        check(&toggles(6), &[(MARI, Pattern::BreakToggling, 6, 6, &[])]);
        let told_again: Vec<Fact> = (0..20).map(|_| wish(true)).collect();
        check(&told_again, &[]);
        let slow: Vec<Fact> = (0..9)
            .flat_map(|_| [wish(true), wish(false)].into_iter().chain((0..10).map(|_| wish(false))))
            .collect();
        check(&slow, &[]);
    }
}
