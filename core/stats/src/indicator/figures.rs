//! The table that indicators look at: people down, metrics across.

use std::collections::BTreeMap;

use acd::{AgentId, Time};

use super::{Line, Metric, Stories};
use crate::{AgentFigures, Limits, Summary};

/// What is counted: from a moment up to, and without, another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Period {
    pub from: Time,
    pub to: Time,
}

/// The figures of some people over a period. The same journal gives the same table.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    period: Period,
    limits: Limits,
    people: Vec<(AgentId, AgentFigures)>,
    /// In the same order; empty when nobody asked for them.
    stories: Vec<Vec<Line>>,
    /// What was to be expected of everybody, in the same order.
    expected: BTreeMap<Metric, Vec<Option<f64>>>,
    /// What other indicators have come to, by their names, in the same order.
    indicators: BTreeMap<String, Vec<Option<f64>>>,
}

impl Figures {
    /// The figures of these people, in this order. The summary began the period anew
    /// ([`Summary::start_period`]) and has folded its facts and none that came later; intervals
    /// that go on are cut at the end of it.
    pub fn new(summary: &Summary, period: Period, people: &[AgentId]) -> Figures {
        let row = |&agent: &AgentId| (agent, summary.agent_until(agent, period.to));
        let limits = summary.limits();
        let people = people.iter().map(row).collect();
        let (expected, indicators) = (BTreeMap::new(), BTreeMap::new());
        Figures { period, limits, people, stories: Vec::new(), expected, indicators }
    }

    /// The same figures with what was to be expected of everybody for the same mix of groups and
    /// hours: columns in the units of [`Figures::column`], one value for each person.
    #[must_use]
    pub fn with_expected(self, columns: Vec<(Metric, Vec<Option<f64>>)>) -> Figures {
        let people = self.people.len();
        let whole = columns.iter().all(|(_, values)| values.len() == people);
        assert!(whole, "a column is not as long as there are people");
        Figures { expected: columns.into_iter().collect(), ..self }
    }

    /// What was to be expected of everybody; no values when nobody has worked it out.
    pub fn expected(&self, metric: Metric) -> Vec<Option<f64>> {
        self.expected.get(&metric).cloned().unwrap_or_else(|| vec![None; self.people.len()])
    }

    /// The same figures with what another indicator has come to: one value for each person.
    #[must_use]
    pub fn with_indicator(mut self, name: &str, values: Vec<Option<f64>>) -> Figures {
        assert_eq!(values.len(), self.people.len(), "a column is not as long as there are people");
        self.indicators.insert(name.to_owned(), values);
        self
    }

    /// What another indicator has come to, if it was handed over.
    pub fn of_indicator(&self, name: &str) -> Option<&[Option<f64>]> {
        self.indicators.get(name).map(Vec::as_slice)
    }

    /// The same figures with what befell each of them in the period.
    #[must_use]
    pub fn with_stories(self, stories: &Stories) -> Figures {
        let story = |agent| stories.of(agent).to_vec();
        Figures { stories: self.people().map(story).collect(), ..self }
    }

    /// What befell the person at a place; nothing when stories were not asked for.
    pub fn story(&self, place: usize) -> &[Line] {
        self.stories.get(place).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn period(&self) -> Period {
        self.period
    }

    /// The limits by which was counted.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Who they are; everything about them stands in this order.
    pub fn people(&self) -> impl ExactSizeIterator<Item = AgentId> {
        self.people.iter().map(|(agent, _)| *agent)
    }

    /// One figure of everybody. Counts and milliseconds stay far below 2^53, where an f64 is exact.
    pub fn column(&self, metric: Metric) -> Vec<Option<f64>> {
        let cell = |(_, figures): &(AgentId, AgentFigures)| metric.of(figures).map(|it| it as f64);
        self.people.iter().map(cell).collect()
    }
}

#[cfg(test)]
mod tests {
    use acd::{
        Activity, Actor, AgentId, CallId, EndCause, Entry, Fact, GroupId, Outcome, Side, Time, Wish,
    };

    use super::{Figures, Period};
    use crate::indicator::Metric;
    use crate::{Limits, Summary};

    const MARI: AgentId = AgentId(1);
    const JAAN: AgentId = AgentId(2);
    const SALES: GroupId = GroupId(1);
    const MINUTE: u64 = 60_000;

    /// Folds facts at their minutes and gives Mari's figures up to the end, named.
    fn check(facts: &[(u64, Fact)], to: u64, expected: &[(&str, Option<u64>)]) {
        let mut summary = Summary::new(Limits::default());
        facts.iter().for_each(|(at, fact)| summary.fold(Time(at * MINUTE), fact));
        let period = Period { from: Time(0), to: Time(to * MINUTE) };
        let figures = Figures::new(&summary, period, &[JAAN, MARI]);
        for &(name, expected) in expected {
            let metric = Metric::named(name).unwrap();
            let expected = expected.map(|it| it as f64);
            assert_eq!(figures.column(metric)[1], expected, "{name}");
        }
    }

    fn wish(wish: Wish) -> Fact {
        Fact::AgentWish { agent: MARI, wish, by: Actor::Agent }
    }

    fn lunch() -> Fact {
        wish(Wish::Break { reason: "lunch".to_owned() })
    }

    fn does(activity: Activity) -> Fact {
        Fact::AgentActivity { agent: MARI, activity }
    }

    fn talked(call: u64, by: Side, talked_ms: u64) -> Fact {
        let (call, group, agent) = (CallId(call), SALES, MARI);
        Fact::TalkEnded { call, group, agent, by, cause: EndCause::HungUp, talked_ms }
    }

    #[test]
    fn time_is_booked_by_what_one_wishes_and_what_the_phone_does() {
        check(
            &[
                (0, does(Activity::Idle)),
                (10, wish(Wish::On)),
                (20, does(Activity::Talking)),
                (25, lunch()),
                (30, does(Activity::Idle)),
                (50, wish(Wish::On)),
                (51, does(Activity::Unreachable)),
                (54, wish(Wish::Off)),
            ],
            100,
            &[
                ("logged-on-ms", Some(44 * MINUTE)),
                ("break-ms", Some(20 * MINUTE)),
                ("idle-ms", Some(11 * MINUTE)),
                ("unreachable-ms", Some(3 * MINUTE)),
            ],
        );
    }

    #[test]
    fn what_goes_on_at_the_end_of_the_period_is_cut_there() {
        let wrap = Fact::WrapUpStarted { call: CallId(1), group: SALES, agent: MARI };
        let facts = [(0, does(Activity::Idle)), (1, wish(Wish::On)), (7, wrap)];
        let expected = [("idle-ms", Some(8 * MINUTE)), ("wrap-up-ms", Some(2 * MINUTE))];
        check(&facts, 9, &expected);
        let mut summary = Summary::default();
        facts.iter().for_each(|(at, fact)| summary.fold(Time(at * MINUTE), fact));
        summary.start_period(Time(9 * MINUTE));
        let period = Period { from: Time(9 * MINUTE), to: Time(12 * MINUTE) };
        let figures = Figures::new(&summary, period, &[MARI]);
        for (metric, minutes) in [(Metric::IdleMs, 3), (Metric::WrapUpMs, 3)] {
            assert_eq!(figures.column(metric), [Some((minutes * MINUTE) as f64)]);
        }
    }

    #[test]
    fn whoever_was_in_a_call_when_the_process_died_is_not_in_it_for_ever() {
        let again = Fact::AgentWish { agent: MARI, wish: Wish::On, by: Actor::Rule };
        let wrap = Fact::WrapUpStarted { call: CallId(1), group: SALES, agent: MARI };
        let talked = || talked(1, Side::Agent, MINUTE);
        // It dies while she talks; what it left open is closed, and her phone is back at once.
        check(
            &[
                (0, wish(Wish::On)),
                (0, does(Activity::Talking)),
                (1, talked()),
                (3, again.clone()),
                (4, does(Activity::Idle)),
                (6, wish(Wish::Off)),
            ],
            60,
            &[
                ("logged-on-ms", Some(6 * MINUTE)),
                ("idle-ms", Some(4 * MINUTE)),
                ("unreachable-ms", Some(MINUTE)),
            ],
        );
        // It dies while she wraps up, and her phone does not come back.
        let idle = does(Activity::Idle);
        let wrapping = [(0, idle), (0, wish(Wish::On)), (1, talked()), (1, wrap), (3, again)];
        let expected = [("wrap-up-ms", Some(0)), ("unreachable-ms", Some(6 * MINUTE))];
        check(&wrapping, 9, &expected);
        // She had logged off during the talk: nobody tells her wish again.
        let off = [(0, wish(Wish::On)), (0, does(Activity::Talking)), (1, wish(Wish::Off))];
        let off = off.into_iter().chain([(2, talked())]).collect::<Vec<_>>();
        check(&off, 60, &[("logged-on-ms", Some(2 * MINUTE))]);
    }

    #[test]
    fn hours_of_somebody_whose_wish_is_not_told_are_not_known_and_not_zero() {
        check(&[(0, does(Activity::Idle))], 9, &[("idle-ms", None), ("logged-on-ms", None)]);
        check(&[(0, wish(Wish::Off))], 9, &[("idle-ms", Some(0)), ("logged-on-ms", Some(0))]);
    }

    #[test]
    fn hold_is_outside_talk_and_two_who_hold_hold_once() {
        let call = CallId(1);
        let (started, ended) =
            (|by| Fact::HoldStarted { call, by }, |by| Fact::HoldEnded { call, by });
        check(
            &[
                (1, started(Side::Agent)),
                (2, started(Side::Caller)),
                (3, ended(Side::Agent)),
                (5, ended(Side::Caller)),
                (8, started(Side::Agent)),
                (9, ended(Side::Agent)),
                (10, talked(1, Side::Caller, 10 * MINUTE)),
            ],
            11,
            &[("hold-ms", Some(5 * MINUTE)), ("talk-ms", Some(5 * MINUTE)), ("talks", Some(1))],
        );
    }

    #[test]
    fn instant_hang_ups_and_quick_transfers_are_told_from_other_short_talks() {
        let by = Actor::Agent;
        let transfer = |call| {
            let (call, by) = (CallId(call), by.clone());
            Fact::TransferDone { call, agent: MARI, from: SALES, to: GroupId(2), by }
        };
        check(
            &[
                (1, talked(1, Side::Agent, 9_999)),
                (2, talked(2, Side::Caller, 3_000)),
                (3, talked(3, Side::Agent, 4_000)),
                (3, transfer(3)),
                (4, talked(4, Side::Agent, 60_000)),
                (4, transfer(4)),
                (5, talked(5, Side::Agent, 10_000)),
            ],
            6,
            &[
                ("talks", Some(5)),
                ("short-talks", Some(3)),
                ("short-talk-ms", Some(16_999)),
                ("instant-hang-ups", Some(1)),
                ("quick-transfers", Some(1)),
                ("transfers", Some(2)),
            ],
        );
    }

    #[test]
    fn every_offer_is_booked_with_the_time_that_it_rang() {
        let ended = |call, outcome, rang_ms| {
            let (call, group, agent) = (CallId(call), SALES, MARI);
            (1, Fact::OfferEnded { call, group, agent, outcome, rang_ms })
        };
        check(
            &[
                ended(1, Outcome::Answered, 2_000),
                ended(2, Outcome::NoAnswer, 20_000),
                ended(3, Outcome::CallerLeft, 7_000),
                ended(4, Outcome::Busy, 0),
            ],
            2,
            &[
                ("offers", Some(4)),
                ("answered", Some(1)),
                ("ring-ms", Some(29_000)),
                ("ring-answered-ms", Some(2_000)),
                ("ring-missed-ms", Some(20_000)),
            ],
        );
    }

    #[test]
    fn somebody_without_a_call_has_zeros() {
        let (call, since, why) = (CallId(1), Time(0), Entry::Arrival);
        let entered =
            Fact::QueueEntered { call, group: SALES, priority: 0, place: 1, why, since, by: None };
        check(&[(0, entered)], 1, &[("offers", Some(0)), ("talk-ms", Some(0))]);
    }

    #[test]
    fn every_metric_has_a_name_of_its_own() {
        for metric in Metric::ALL {
            assert_eq!(Metric::named(metric.name()), Some(*metric));
        }
    }
}
