//! Figures of some days of the journal, read in one go.

use std::collections::BTreeSet;

use acd::{AgentId, Day, Fact, Time};
use centre::What;
use control::IndicatorFailed;
use stats::indicator::{Figures, Metric, Period, Stories};
use stats::{Intervals, Place, Quarter, Summary, peers};
use store::{Tenant, zone_of};

/// Facts of one reading: a week of some 20,000 calls a day.
pub(super) const FACTS_MAX: usize = 2_000_000;

/// Whoever talks, holds or wraps up when the first day begins has begun within so long before it.
const EARLIER_MS: u64 = 4 * 3_600_000;
/// A phone that has done nothing for so long is taken to be gone.
const PHONES_MS: u64 = 31 * 86_400_000;

/// What a stretch of days came to.
#[derive(Debug)]
pub(super) struct Tables {
    /// Over all of them.
    pub(super) whole: Figures,
    /// Each for itself.
    pub(super) days: Vec<Figures>,
}

/// The folds of a reading that is under way.
#[derive(Default)]
struct Folds {
    whole: Summary,
    day: Summary,
    stories: Stories,
    stories_of_day: Stories,
    /// By hour and group: what was to be expected of everybody.
    intervals: Intervals,
    place: Option<Place>,
    /// Everybody of whom a fact has told.
    seen: BTreeSet<AgentId>,
}

impl Tables {
    /// Reads days that follow one another, page by page. Only those who were there are in a table:
    /// who had an offer or a talk, or was logged on.
    pub(super) async fn read(company: &Tenant, days: &[Day]) -> Result<Tables, IndicatorFailed> {
        let mut folds = Folds::default();
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            let period = Period { from: Time(0), to: Time(0) };
            return Ok(Tables { whole: folds.whole_table(period), days: Vec::new() });
        };
        let calendars = company.calendars().await.map_err(journal)?;
        folds.place = Place::new(zone_of(&calendars)).ok();
        let before = company.seq_before(first.from.0.saturating_sub(EARLIER_MS)).await;
        let before = before.map_err(journal)?;
        let end = company.seq_before(last.until.0).await.map_err(journal)?;
        if end.saturating_sub(before) > FACTS_MAX as u64 {
            return Err(IndicatorFailed::TooLong { max: FACTS_MAX });
        }
        folds.find_people(company, before, first.from).await?;
        let (mut tables, mut ahead) = (Vec::new(), days.iter().copied().peekable());
        let mut open: Option<Day> = None;
        let mut after = before;
        while after < end {
            let page = company.facts_after(after).await.map_err(journal)?;
            let Some(newest) = page.last() else { break };
            after = newest.seq;
            for kept in page.iter().filter(|kept| kept.seq <= end) {
                let fact = kept.fact().map_err(journal)?;
                let What::Acd(what) = fact.what else { continue };
                while let Some(day) = ahead.next_if(|day| day.from <= fact.at) {
                    tables.extend(open.map(|open| folds.day_table(open)));
                    folds.begin(day, day.from == first.from);
                    open = Some(day);
                }
                folds.note(fact.at, &what);
            }
        }
        // Days at the end of which nothing happened.
        for day in ahead {
            tables.extend(open.map(|open| folds.day_table(open)));
            folds.begin(day, day.from == first.from);
            open = Some(day);
        }
        tables.extend(open.map(|open| folds.day_table(open)));
        let period = Period { from: first.from, to: last.until };
        Ok(Tables { whole: folds.whole_table(period), days: tables })
    }
}

impl Folds {
    /// What people wanted and their phones did when the reading begins.
    async fn find_people(
        &mut self,
        company: &Tenant,
        seq: u64,
        from: Time,
    ) -> Result<(), IndicatorFailed> {
        let phones_ms = from.0.saturating_sub(PHONES_MS);
        let mut kept = company.people_at(seq, phones_ms).await.map_err(journal)?;
        kept.sort_by_key(|kept| kept.seq);
        for kept in &kept {
            let fact = kept.fact().map_err(journal)?;
            if let What::Acd(what) = fact.what {
                self.note(fact.at, &what);
            }
        }
        Ok(())
    }

    fn begin(&mut self, day: Day, first: bool) {
        self.day.start_period(day.from);
        self.stories_of_day = Stories::default();
        if first {
            self.whole.start_period(day.from);
            self.stories = Stories::default();
        }
    }

    fn note(&mut self, at: Time, fact: &Fact) {
        self.whole.fold(at, fact);
        self.day.fold(at, fact);
        self.intervals.fold(at, fact);
        self.stories.fold(at, fact);
        self.stories_of_day.fold(at, fact);
        if let Fact::AgentWish { agent, .. }
        | Fact::AgentActivity { agent, .. }
        | Fact::OfferEnded { agent, .. }
        | Fact::TalkEnded { agent, .. } = fact
        {
            self.seen.insert(*agent);
        }
    }

    fn day_table(&self, day: Day) -> Figures {
        let period = Period { from: day.from, to: day.until };
        self.table(&self.day, &self.stories_of_day, period)
    }

    fn whole_table(&self, period: Period) -> Figures {
        self.table(&self.whole, &self.stories, period)
    }

    fn table(&self, summary: &Summary, stories: &Stories, period: Period) -> Figures {
        let seen: Vec<AgentId> = self.seen.iter().copied().collect();
        let all = Figures::new(summary, period, &seen);
        let signs = [Metric::Offers, Metric::Talks, Metric::LoggedOnMs].map(|it| all.column(it));
        let there = |place: usize| {
            signs.iter().any(|sign| sign.get(place).copied().flatten().is_some_and(|it| it > 0.0))
        };
        let people = seen.iter().enumerate().filter(|(place, _)| there(*place));
        let people: Vec<AgentId> = people.map(|(_, agent)| *agent).collect();
        let figures = Figures::new(summary, period, &people).with_stories(stories);
        // Without a place there are no hours to compare, and nothing is expected of anybody.
        let Some(place) = &self.place else { return figures };
        let quarters = Quarter::between(period.from, period.to);
        let tables = self.intervals.tables_until(period.to);
        figures.with_expected(peers::expected(&tables, quarters, place, &people))
    }
}

pub(super) fn journal(error: store::Error) -> IndicatorFailed {
    IndicatorFailed::Journal(error.to_string())
}
