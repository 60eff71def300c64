//! The fold itself: one fact at a time, per group, over all, and per agent.

use std::collections::BTreeMap;

use acd::{AgentId, CallId, EndCause, Fact, GroupId, Leave, Side, Time};

use crate::presence::Presence;
use crate::talk::Talks;
use crate::{AgentFigures, GroupFigures, Limits};

/// Figures of one period. Folding the same facts gives the same figures, whoever does it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    limits: Limits,
    total: GroupFigures,
    groups: BTreeMap<GroupId, GroupFigures>,
    agents: BTreeMap<AgentId, AgentFigures>,
    /// When each wrap-up in progress began.
    wrapping: BTreeMap<AgentId, Time>,
    /// What each agent wants and does, and since when.
    presence: BTreeMap<AgentId, Presence>,
    talks: Talks,
}

impl Summary {
    pub fn new(limits: Limits) -> Summary {
        Summary { limits, ..Summary::default() }
    }

    /// Takes one fact into account. Facts come in the order of the journal.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        let limits = self.limits;
        match fact {
            Fact::QueueEntered { group, .. } => self.book(*group, |figures| {
                figures.offered += 1;
                figures.waiting += 1;
            }),
            Fact::QueueRefused { group, .. } => self.book(*group, |figures| figures.refused += 1),
            Fact::QueueLeft { group, leave, waited_ms, .. } => {
                self.book(*group, |figures| left(figures, limits, *leave, *waited_ms));
            }
            Fact::OfferEnded { agent, outcome, rang_ms, .. } => {
                self.present(at, *agent).freed();
                self.agents.entry(*agent).or_default().offer_ended(*outcome, *rang_ms);
            }
            Fact::HoldStarted { call, by } => self.talks.held(at, *call, *by),
            Fact::HoldEnded { call, by } => self.talks.resumed(at, *call, *by),
            Fact::TalkEnded { call, group, agent, by, cause, talked_ms } => {
                self.book(*group, |figures| {
                    figures.talks += 1;
                    figures.talked_ms += talked_ms;
                });
                self.present(at, *agent).freed();
                let hung_up = (*by, *cause) == (Side::Agent, EndCause::HungUp);
                self.talk_ended(*call, *agent, *talked_ms, hung_up);
            }
            Fact::TransferDone { call, agent, .. } => {
                let short = self.talks.handed_on_short(*agent, *call);
                self.agents.entry(*agent).or_default().handed_on(short);
            }
            Fact::AgentWish { agent, wish, by } => {
                if self.present(at, *agent).wished(wish, by) {
                    self.wrapping.remove(agent);
                }
            }
            Fact::AgentActivity { agent, activity } => self.present(at, *agent).does(*activity),
            Fact::WrapUpStarted { agent, .. } => {
                self.wrapping.insert(*agent, at);
            }
            Fact::WrapUpEnded { agent, .. } => {
                if let Some(began) = self.wrapping.remove(agent) {
                    self.agents.entry(*agent).or_default().wrap_up_ms +=
                        at.0.saturating_sub(began.0);
                }
            }
            Fact::CallArrived { .. }
            | Fact::RouteDecided { .. }
            | Fact::OfferSent { .. }
            | Fact::OfferRinging { .. }
            | Fact::TalkStarted { .. }
            | Fact::QueueMoved { .. }
            | Fact::WaitAnnounced { .. }
            | Fact::CallDiverted { .. }
            | Fact::CallbackAsked { .. }
            | Fact::CallbackTried { .. }
            | Fact::CallbackEnded { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. }
            | Fact::PlanChanged { .. } => {}
        }
    }

    /// A new period at `at`: every figure starts at zero, whoever waits goes on waiting, and a
    /// wrap-up, a break and whatever else is an interval is cut in two at the border.
    pub fn start_period(&mut self, at: Time) {
        self.agents.clear();
        for figures in self.groups.values_mut().chain([&mut self.total]) {
            *figures = GroupFigures { waiting: figures.waiting, ..GroupFigures::default() };
        }
        for began in self.wrapping.values_mut() {
            *began = at;
        }
        for presence in self.presence.values_mut() {
            presence.take(at);
        }
    }

    /// The limits by which it counts.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Over all groups.
    pub fn total(&self) -> &GroupFigures {
        &self.total
    }

    /// One group; zeros when it had no call.
    pub fn group(&self, group: GroupId) -> GroupFigures {
        self.groups.get(&group).cloned().unwrap_or_default()
    }

    /// One agent; zeros when he had no offer. Intervals that go on are not in it.
    pub fn agent(&self, agent: AgentId) -> AgentFigures {
        self.agents.get(&agent).cloned().unwrap_or_default()
    }

    /// One agent, with the intervals that go on counted up to `at`: the end of the period, or now.
    pub fn agent_until(&self, agent: AgentId, at: Time) -> AgentFigures {
        let mut figures = self.agent(agent);
        if let Some(began) = self.wrapping.get(&agent) {
            figures.wrap_up_ms += at.0.saturating_sub(began.0);
        }
        figures.add_hours(self.presence.get(&agent).and_then(|presence| presence.until(at)));
        figures
    }

    fn talk_ended(&mut self, call: CallId, agent: AgentId, talked_ms: u64, hung_up: bool) {
        let held_ms = self.talks.ended(call);
        let short = talked_ms < self.limits.instant_ms;
        self.talks.note(agent, (short && hung_up).then_some(call));
        let figures = self.agents.entry(agent).or_default();
        figures.talk_ended(talked_ms, held_ms, short, hung_up);
    }

    /// Books what an agent's time was until now; what comes next is for the caller to say.
    fn present(&mut self, at: Time, agent: AgentId) -> &mut Presence {
        let presence = self.presence.entry(agent).or_insert_with(|| Presence::new(at));
        self.agents.entry(agent).or_default().add_hours(presence.take(at));
        presence
    }

    fn book(&mut self, group: GroupId, note: impl Fn(&mut GroupFigures)) {
        note(&mut self.total);
        note(self.groups.entry(group).or_default());
    }
}

fn left(figures: &mut GroupFigures, limits: Limits, leave: Leave, waited_ms: u64) {
    // Saturating: who entered before the fold began was never counted as waiting.
    figures.waiting = figures.waiting.saturating_sub(1);
    let in_time = u64::from(waited_ms <= limits.in_time_ms);
    match leave {
        Leave::Answered => {
            figures.answered += 1;
            figures.answered_in_time += in_time;
            figures.answered_wait_ms += waited_ms;
        }
        Leave::Abandoned => {
            figures.abandoned += 1;
            figures.abandoned_in_time += in_time;
            figures.abandoned_short += u64::from(waited_ms <= limits.short_ms);
        }
        Leave::Refused | Leave::TimedOut => figures.refused += 1,
        Leave::Overflow | Leave::Key | Leave::Moved => figures.flowed_out += 1,
        Leave::CalledBack => figures.called_back += 1,
        Leave::CallbackFailed => figures.callbacks_failed += 1,
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
