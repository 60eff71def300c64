//! The fold itself: one fact at a time, per group, over all, and per agent.

use std::collections::BTreeMap;

use acd::{AgentId, Fact, GroupId, Leave, Time};

use crate::ledger::{Book, Ledger, Spent, Stretch};
use crate::presence::Standing;
use crate::{AgentFigures, GroupFigures, Limits};

/// Figures of one period. Folding the same facts gives the same figures, whoever does it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// What goes on.
    ledger: Ledger,
    /// What is over.
    accounts: Accounts,
}

/// What has been booked since the period began.
#[derive(Clone, Debug, Default, PartialEq)]
struct Accounts {
    from: Time,
    total: GroupFigures,
    groups: BTreeMap<GroupId, GroupFigures>,
    agents: BTreeMap<AgentId, AgentFigures>,
}

impl Summary {
    pub fn new(limits: Limits) -> Summary {
        Summary { ledger: Ledger::new(limits), accounts: Accounts::default() }
    }

    /// Takes one fact into account. Facts come in the order of the journal.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        self.ledger.fold(at, fact, &mut self.accounts);
    }

    /// A new period at `at`: every figure starts at zero, whoever waits goes on waiting, and a
    /// wrap-up, a break and whatever else is an interval is cut in two at the border.
    pub fn start_period(&mut self, at: Time) {
        let accounts = &mut self.accounts;
        accounts.from = at;
        accounts.agents.clear();
        for figures in accounts.groups.values_mut().chain([&mut accounts.total]) {
            *figures = GroupFigures { waiting: figures.waiting, ..GroupFigures::default() };
        }
    }

    /// The limits by which it counts.
    pub fn limits(&self) -> Limits {
        self.ledger.limits()
    }

    /// Over all groups ([`GroupFigures::of_all_groups`]).
    pub fn total(&self) -> &GroupFigures {
        &self.accounts.total
    }

    /// One group; zeros when it had no call.
    pub fn group(&self, group: GroupId) -> GroupFigures {
        self.accounts.groups.get(&group).cloned().unwrap_or_default()
    }

    /// One agent; zeros when he had no offer. Intervals that go on are not in it.
    pub fn agent(&self, agent: AgentId) -> AgentFigures {
        self.accounts.agents.get(&agent).cloned().unwrap_or_default()
    }

    /// One agent, with the intervals that go on counted up to `at`: the end of the period, or now.
    pub fn agent_until(&self, agent: AgentId, at: Time) -> AgentFigures {
        let agents = BTreeMap::from([(agent, self.agent(agent))]);
        let mut his = Accounts { from: self.accounts.from, agents, ..Accounts::default() };
        self.ledger.book_open_of(agent, at, &mut his);
        his.agents.remove(&agent).unwrap_or_default()
    }
}

impl Book for Accounts {
    fn entered(&mut self, _: Time, group: GroupId, from: Option<Leave>) {
        self.groups.entry(group).or_default().enter_line(from);
        self.total.enter_line(from);
        // Kept as the company sees it: whoever comes over was here before.
        self.total = std::mem::take(&mut self.total).of_all_groups();
    }

    fn line(&mut self, _: Time, group: GroupId, count: impl Fn(&mut GroupFigures)) {
        count(&mut self.total);
        count(self.groups.entry(group).or_default());
    }

    fn work(&mut self, _: Time, of: (GroupId, AgentId), count: impl Fn(&mut AgentFigures)) {
        count(self.agents.entry(of.1).or_default());
    }

    fn spent(&mut self, stretch: Stretch, of: (GroupId, AgentId), on: Spent) {
        let ms = self.inside(stretch).ms();
        self.agents.entry(of.1).or_default().spent(ms, on);
    }

    fn present(&mut self, stretch: Stretch, agent: AgentId, standing: Standing) {
        let hours = standing.hours(self.inside(stretch).ms());
        self.agents.entry(agent).or_default().add_hours(Some(hours));
    }
}

impl Accounts {
    /// What of a stretch lies in the period.
    fn inside(&self, stretch: Stretch) -> Stretch {
        Stretch { from: stretch.from.max(self.from), ..stretch }
    }
}

#[cfg(test)]
mod tests {
    use acd::{
        AgentId, CallId, EndCause, Entry, Fact, GroupId, Leave, Outcome, Refusal, Side, Time,
    };

    use super::Summary;

    const SALES: GroupId = GroupId(1);
    const SUPPORT: GroupId = GroupId(2);
    const MARI: AgentId = AgentId(7);

    fn entered(call: u64, group: GroupId) -> Fact {
        let (call, since) = (CallId(call), Time(0));
        let why = Entry::Arrival;
        Fact::QueueEntered { call, group, priority: 0, place: 1, why, since, by: None }
    }

    fn left(call: u64, group: GroupId, leave: Leave, waited_ms: u64) -> Fact {
        Fact::QueueLeft { call: CallId(call), group, leave, waited_ms }
    }

    fn offer_ended(call: u64, outcome: Outcome, rang_ms: u64) -> Fact {
        Fact::OfferEnded { call: CallId(call), group: SALES, agent: MARI, outcome, rang_ms }
    }

    fn folded(facts: &[Fact]) -> Summary {
        let mut summary = Summary::default();
        for (at, fact) in (0..).zip(facts) {
            summary.fold(Time(1_000 * at), fact);
        }
        summary
    }

    #[test]
    fn each_call_counts_once_in_its_group_and_once_in_the_total() {
        let summary = folded(&[
            entered(1, SALES),
            entered(2, SALES),
            entered(3, SUPPORT),
            entered(4, SUPPORT),
            Fact::QueueRefused { call: CallId(5), group: SUPPORT, refusal: Refusal::Full },
            left(1, SALES, Leave::Answered, 4_000),
            left(2, SALES, Leave::Answered, 26_000),
            left(3, SUPPORT, Leave::Abandoned, 3_000),
        ]);
        let sales = summary.group(SALES);
        assert_eq!((sales.offered, sales.answered, sales.waiting), (2, 2, 0));
        assert_eq!((sales.asa_ms(), sales.service_level()), (Some(15_000), Some(0.5)));
        let support = summary.group(SUPPORT);
        assert_eq!((support.offered, support.abandoned, support.refused), (2, 1, 1));
        assert_eq!((support.abandoned_short, support.waiting), (1, 1));
        assert_eq!(summary.total().offered, 4);
        assert_eq!(summary.total().service_level(), Some(1.0 / 3.0));
        assert_eq!(summary.total().unattended(), Some(0.0));
    }

    #[test]
    fn a_caller_turned_away_after_waiting_is_refused_and_not_abandoned() {
        let summary = folded(&[entered(1, SALES), left(1, SALES, Leave::Refused, 8_000)]);
        let sales = summary.group(SALES);
        assert_eq!((sales.refused, sales.abandoned, sales.waiting), (1, 0, 0));
        assert_eq!(sales.service_level(), None);
    }

    #[test]
    fn ignoring_the_phone_does_not_improve_the_time_to_answer() {
        let summary = folded(&[
            offer_ended(1, Outcome::Answered, 2_000),
            offer_ended(2, Outcome::NoAnswer, 20_000),
            offer_ended(3, Outcome::CallerLeft, 9_000),
            offer_ended(4, Outcome::Busy, 0),
        ]);
        let mari = summary.agent(MARI);
        assert_eq!((mari.handled, mari.missed, mari.busy, mari.offers()), (1, 1, 1, 4));
        assert_eq!((mari.asa_ms(), mari.asa_with_missed_ms()), (Some(2_000), Some(11_000)));
        assert_eq!(mari.answer_rate(), Some(1.0 / 3.0));
    }

    #[test]
    fn talk_and_wrap_up_are_sums_of_intervals() {
        let summary = folded(&[
            Fact::TalkEnded {
                call: CallId(1),
                group: SALES,
                agent: MARI,
                by: Side::Caller,
                cause: EndCause::HungUp,
                talked_ms: 61_000,
            },
            Fact::WrapUpStarted { call: CallId(1), group: SALES, agent: MARI },
            Fact::AgentWish { agent: MARI, wish: acd::Wish::On, by: acd::Actor::Agent },
            Fact::WrapUpEnded { agent: MARI, by_agent: true },
        ]);
        assert_eq!(summary.agent(MARI).talked_ms, 61_000);
        assert_eq!(summary.agent(MARI).wrap_up_ms, 2_000);
        assert_eq!(summary.group(SALES).average_talk_ms(), Some(61_000));
    }

    #[test]
    fn a_new_day_starts_at_zero_and_keeps_who_waits() {
        let mut summary = folded(&[
            entered(1, SALES),
            entered(2, SALES),
            left(1, SALES, Leave::Answered, 1_000),
            Fact::WrapUpStarted { call: CallId(1), group: SALES, agent: MARI },
        ]);
        summary.start_period(Time(10_000));
        assert_eq!((summary.group(SALES).offered, summary.group(SALES).waiting), (0, 1));
        summary.fold(Time(11_000), &left(2, SALES, Leave::Answered, 10_000));
        summary.fold(Time(12_500), &Fact::WrapUpEnded { agent: MARI, by_agent: false });
        assert_eq!((summary.total().answered, summary.total().waiting), (1, 0));
        assert_eq!(summary.agent(MARI).wrap_up_ms, 2_500);
    }
}
