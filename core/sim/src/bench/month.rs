//! Office days of a large centre, one after the other, for whoever has a clock and folds them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use acd::{
    Action, Actor, AgentId, AgentPlan, BuiltIn, CallId, EndCause, Engine, Event, Fact, GroupId,
    GroupPlan, Membership, Output, Plan, Side, Time, Wish,
};

use crate::random::Random;

const S: u64 = 1_000;
const HOUR_MS: u64 = 3_600 * S;
const DAY_MS: u64 = 24 * HOUR_MS;
/// Monday, the second of March 2026, UTC.
const MONDAY: u64 = 20_514 * DAY_MS;
const OPENS_MS: u64 = 8 * HOUR_MS;
const SHUTS_MS: u64 = 16 * HOUR_MS;
/// Of each agent on a day.
const CALLS: u64 = 57;
/// Groups of an agent.
const GROUPS_EACH: u64 = 2;

/// A centre that lives from day to day, weekends off: everybody logs on and off, takes a break,
/// answers most calls and misses some, puts callers on hold and wraps up. The facts are those of
/// the real engine.
pub struct Month {
    engine: Engine,
    random: Random,
    agents: u64,
    groups: u64,
    /// The first moment of the day.
    day: u64,
    calls: u64,
    /// What people will do, soonest first.
    deeds: BinaryHeap<Reverse<(u64, u64, Deed)>>,
    /// So that deeds of one moment keep their order.
    planned: u64,
    out: Vec<Output>,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Deed {
    Wishes(AgentId, Wants),
    Arrives(GroupId),
    HangsUp(CallId),
    Rings(AgentId, CallId),
    Answers(AgentId, CallId),
    Holds(CallId, bool),
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Wants {
    On,
    Break,
    Off,
}

impl Month {
    pub fn new(agents: u64, groups: u64) -> Month {
        let mut month = Month {
            engine: Engine::new(plan(agents, groups)),
            random: Random::new(1),
            agents,
            groups,
            day: MONDAY,
            calls: 0,
            deeds: BinaryHeap::new(),
            planned: 0,
            out: Vec::new(),
        };
        month.plan_day();
        month
    }

    /// Lives on and adds what becomes true, until there are at least so many facts.
    pub fn live(&mut self, facts_min: usize, facts: &mut Vec<(Time, Fact)>) {
        while facts.len() < facts_min {
            let deed = self.deeds.peek().map(|next| next.0.0);
            let due = self.engine.deadline().filter(|due| deed.is_none_or(|deed| due.0 <= deed));
            if let Some(due) = due {
                self.handle(due.0, Event::TimePassed);
            } else if let Some(Reverse((now, _, deed))) = self.deeds.pop() {
                self.does(now, deed);
            } else {
                // A weekend has two days more.
                let friday = (self.day - MONDAY) / DAY_MS % 7 == 4;
                self.day += if friday { 3 * DAY_MS } else { DAY_MS };
                self.plan_day();
            }
            self.react();
            facts.extend(self.out.drain(..).filter_map(|output| match output {
                Output::Tell(at, fact) => Some((at, fact)),
                Output::Do(_) => None,
            }));
        }
    }

    fn plan_day(&mut self) {
        let (opens, shuts) = (self.day + OPENS_MS, self.day + SHUTS_MS);
        for agent in (1..=self.agents).map(AgentId) {
            let lunch = opens + self.random.between(3 * HOUR_MS, 5 * HOUR_MS);
            let moments = [(opens, Wants::On), (lunch, Wants::Break)];
            let back = [(lunch + HOUR_MS / 2, Wants::On), (shuts, Wants::Off)];
            for (at, wants) in moments.into_iter().chain(back) {
                let at = at + self.random.below(300 * S);
                self.plan(at, Deed::Wishes(agent, wants));
            }
        }
        for _ in 0..self.agents * CALLS {
            let at = self.random.between(opens, shuts);
            let group = GroupId(self.random.between(1, self.groups));
            self.plan(at, Deed::Arrives(group));
        }
    }

    fn plan(&mut self, at: u64, deed: Deed) {
        self.planned += 1;
        self.deeds.push(Reverse((at, self.planned, deed)));
    }

    fn does(&mut self, now: u64, deed: Deed) {
        let event = match deed {
            Deed::Wishes(agent, wants) => {
                if now < self.day + OPENS_MS + 300 * S {
                    self.handle(now, Event::AgentReachable { agent, reachable: true });
                }
                let wish = match wants {
                    Wants::On => Wish::On,
                    Wants::Break => Wish::Break { reason: "lunch".to_owned() },
                    Wants::Off => Wish::Off,
                };
                Event::AgentWished { agent, wish, by: Actor::Agent }
            }
            Deed::Arrives(group) => {
                self.calls += 1;
                let call = CallId(self.calls);
                // One in ten gives up after a while, if nobody has answered him yet.
                if self.random.chance(10) {
                    self.plan_after(now, (2, 90), Deed::HangsUp(call));
                }
                let (number, caller) = ("6001000".to_owned(), "5551234".to_owned());
                Event::CallArrived { call, group, priority: 0, number, caller, sent: None }
            }
            Deed::HangsUp(call) => Event::CallerLeft { call, cause: EndCause::HungUp },
            Deed::Rings(agent, call) => Event::OfferRinging { agent, call },
            Deed::Answers(agent, call) => Event::OfferAnswered { agent, call },
            Deed::Holds(call, on) => Event::Held { call, by: Side::Agent, on },
        };
        self.handle(now, event);
    }

    /// Phones ring and are answered, nearly always; talks end.
    fn react(&mut self) {
        let now = match self.out.iter().rev().find_map(told_at) {
            Some(at) => at.0,
            None => return,
        };
        let orders: Vec<Action> = self.out.iter().filter_map(ordered).collect();
        for order in orders {
            if let Action::Ring { agent, call } = order {
                self.plan(now + 300, Deed::Rings(agent, call));
                if self.random.chance(95) {
                    self.plan_after(now + 300, (1, 9), Deed::Answers(agent, call));
                }
            } else if let Action::Connect { call, .. } = order {
                let talk_ms = self.random.between(5 * S, 355 * S);
                self.plan(now + talk_ms, Deed::HangsUp(call));
                if self.random.chance(10) {
                    self.plan(now + talk_ms / 3, Deed::Holds(call, true));
                    self.plan(now + talk_ms / 2, Deed::Holds(call, false));
                }
            }
        }
    }

    /// Between so many and so many seconds later.
    fn plan_after(&mut self, now: u64, (least_s, most_s): (u64, u64), deed: Deed) {
        let at = now + self.random.between(least_s * S, most_s * S);
        self.plan(at, deed);
    }

    fn handle(&mut self, now: u64, event: Event) {
        self.engine.handle(Time(now), event, &mut BuiltIn, &mut self.out);
    }
}

fn told_at(output: &Output) -> Option<Time> {
    match output {
        Output::Tell(at, _) => Some(*at),
        Output::Do(_) => None,
    }
}

fn ordered(output: &Output) -> Option<Action> {
    match output {
        Output::Do(action) => Some(action.clone()),
        Output::Tell(..) => None,
    }
}

/// Each agent serves two groups, in turn.
fn plan(agents: u64, groups: u64) -> Plan {
    let settings = GroupPlan {
        waiting_max: 1_000,
        wrap_up: std::time::Duration::from_secs(30),
        ..GroupPlan::default()
    };
    let agent = |id: u64| {
        let membership = |nth: u64| {
            Membership::new(
                GroupId(1 + (id + nth * 3) % groups),
                u16::try_from(1 + nth).unwrap_or(1),
            )
        };
        (AgentId(id), AgentPlan::of((0..GROUPS_EACH.min(groups)).map(membership).collect()))
    };
    Plan {
        version: 1,
        groups: (1..=groups).map(|group| (GroupId(group), settings.clone())).collect(),
        agents: (1..=agents).map(agent).collect(),
        ..Plan::default()
    }
}

#[cfg(test)]
mod tests {
    use acd::Time;
    use stats::{Intervals, Limits, Quarter};

    use super::{DAY_MS, MONDAY, Month};

    #[test]
    fn a_month_is_lived_day_by_day_and_nothing_that_is_over_is_kept() {
        let (mut month, mut facts) = (Month::new(20, 4), Vec::new());
        let mut intervals = Intervals::new(Limits::default());
        let (mut rows, mut rows_max, mut answered) = (0, 0, 0);
        for _ in 0..40 {
            facts.clear();
            month.live(5_000, &mut facts);
            facts.iter().for_each(|(at, fact)| intervals.fold(*at, fact));
            let (last, _) = facts[facts.len() - 1];
            let finished = intervals.take_before(Quarter::of(Time(last.0 - DAY_MS)));
            answered += finished.company(Quarter(0)..Quarter(u32::MAX)).line.answered;
            rows += finished.len();
            rows_max = rows_max.max(intervals.tables().len());
        }
        let (last, _) = facts[facts.len() - 1];
        assert!(last > Time(MONDAY + 8 * DAY_MS), "{last:?}");
        assert!(answered > 5_000, "{answered}");
        assert!(rows_max < rows / 3, "{rows_max} of {rows}");
    }
}
