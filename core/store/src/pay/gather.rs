//! What everybody achieved in a period, folded from the journal.

use std::collections::{BTreeMap, BTreeSet};

use acd::{AgentId, Day, Fact, Outcome, Time};
use centre::What;
use stats::guards::{Flag, Guards};
use stats::indicator::{Figures, Metric, Period};
use stats::pay::Achieved;
use stats::{AgentFigures, Limits, Summary};

use crate::{Error, Fault, Tenant, zone_of};

/// The longest period: an amount for its milliseconds is still exact (see `stats::pay::Money`).
const DAYS_MAX: u64 = 31;
const DAY_MS: u64 = 86_400_000;
/// Clocks that are changed make a month longer than its days.
const CLOCKS_MS: u64 = 2 * 3_600_000;

/// Whole days of the company, the last one in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaySpan {
    /// `2026-03-01`.
    pub from_day: String,
    pub to_day: String,
    /// The time zone that says when days begin.
    pub zone: String,
    /// From here, and below there.
    pub from: Time,
    pub to: Time,
}

/// A figure of somebody that is a quotient, which a table of sums does not have.
type Quotient = fn(&AgentFigures) -> Option<f64>;

const QUOTIENTS: [(&str, Quotient); 3] = [
    ("answer-time-ms", |it| it.asa_ms().map(|ms| ms as f64)),
    ("answer-time-with-missed-ms", |it| it.asa_with_missed_ms().map(|ms| ms as f64)),
    ("answer-rate", AgentFigures::answer_rate),
];

impl PaySpan {
    /// From one day to another.
    pub(crate) fn of(zone: &str, from_day: &str, to_day: &str) -> Result<PaySpan, Error> {
        let day = |field, name: &str| {
            Day::of(zone, name).map_err(|_| Error::invalid(field, Fault::Malformed))
        };
        let (first, last) = (day("from", from_day)?, day("to", to_day)?);
        let (from, to) = (first.from, last.until);
        if to <= from {
            return Err(Error::invalid("to", Fault::TooSmall { min: 1 }));
        }
        if to.0 - from.0 > DAYS_MAX * DAY_MS + CLOCKS_MS {
            return Err(Error::invalid("to", Fault::TooLarge { max: DAYS_MAX }));
        }
        let name = |at| Day::name(zone, at).map_err(|_| Error::invalid("from", Fault::Malformed));
        // As we write days, however they were typed.
        let (from_day, to_day) = (name(from)?, name(last.from)?);
        Ok(PaySpan { from_day, to_day, zone: zone.to_owned(), from, to })
    }

    /// What people call it.
    pub fn name(&self) -> String {
        format!("{} – {}", self.from_day, self.to_day)
    }
}

impl Tenant {
    /// Days of the company's own time zone.
    pub async fn pay_span(&self, from_day: &str, to_day: &str) -> Result<PaySpan, Error> {
        PaySpan::of(zone_of(&self.calendars().await?), from_day, to_day)
    }

    /// The names of every value that a rule can look at.
    pub fn pay_values() -> Vec<&'static str> {
        let quotients = QUOTIENTS.iter().map(|(name, _)| *name);
        quotients.chain(Metric::ALL.iter().map(|it| it.name())).collect()
    }

    /// What these people achieved. The only place that gathers it: previews, periods and their
    /// verification see the same figures.
    pub(super) async fn achieved(
        &self,
        span: &PaySpan,
        limits: Limits,
        people: &BTreeSet<AgentId>,
    ) -> Result<Vec<Achieved>, Error> {
        let mut fold = Fold { summary: Summary::new(limits), calls: BTreeMap::new() };
        let after = self.seq_before(span.from.0).await?;
        for kept in self.people_at(after, span.from.0.saturating_sub(DAY_MS)).await? {
            if let What::Acd(fact) = kept.fact()?.what {
                fold.summary.fold(Time(kept.at_ms), &fact);
            }
        }
        fold.summary.start_period(span.from);
        let last = self.seq_before(span.to.0).await?;
        self.each_fact(after, last, |at, fact| fold.note(at, fact)).await?;
        Ok(fold.told(span, people))
    }

    /// What the guards have noticed in a period. Nothing follows from it by itself.
    pub async fn pay_flags(&self, span: &PaySpan) -> Result<Vec<Flag>, Error> {
        let people = self.people().await?.into_iter();
        let phones = people.filter_map(|it| it.extension.map(|extension| (extension, it.id)));
        let mut guards = Guards::new(Limits::default(), phones.collect());
        let after = self.seq_before(span.from.0).await?;
        let last = self.seq_before(span.to.0).await?;
        self.each_fact(after, last, |at, fact| guards.fold(at, fact)).await?;
        Ok(guards.flags())
    }
}

/// The fold of a period.
struct Fold {
    summary: Summary,
    /// The calls that each agent answered, in their order.
    calls: BTreeMap<AgentId, Vec<u64>>,
}

impl Fold {
    fn note(&mut self, at: Time, fact: &Fact) {
        self.summary.fold(at, fact);
        if let Fact::OfferEnded { call, agent, outcome: Outcome::Answered, .. } = fact {
            self.calls.entry(*agent).or_default().push(call.0);
        }
    }

    fn told(mut self, span: &PaySpan, people: &BTreeSet<AgentId>) -> Vec<Achieved> {
        let ids: Vec<AgentId> = people.iter().copied().collect();
        let period = Period { from: span.from, to: span.to };
        let table = Figures::new(&self.summary, period, &ids);
        let columns: Vec<_> =
            Metric::ALL.iter().map(|&metric| (metric.name(), table.column(metric))).collect();
        let mut achieved = Vec::with_capacity(ids.len());
        for (place, &agent) in ids.iter().enumerate() {
            let figures = self.summary.agent_until(agent, span.to);
            let sums = columns.iter().map(|(name, column)| (*name, column[place]));
            let quotients = QUOTIENTS.iter().map(|(name, of)| (*name, of(&figures)));
            let values = sums.chain(quotients).map(|(name, value)| (name.to_owned(), value));
            let hours = figures.hours;
            achieved.push(Achieved {
                agent,
                worked_ms: hours.map(|it| it.logged_on_ms.saturating_sub(it.break_ms)),
                answered: figures.handled,
                values: values.collect(),
                calls: self.calls.remove(&agent).unwrap_or_default(),
            });
        }
        achieved
    }
}
