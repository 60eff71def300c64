//! Rows of figures, folded from the journal anew: whoever counts twice gets the same.

use acd::{Fact, Time};
use centre::What;
use stats::explain::{Explanation, Question};
use stats::{Intervals, Limits, Quarter, Tables};

use crate::{Error, Fault, Tenant};

/// Facts of one span: a month of 500 agents. Reading and folding takes some microseconds for each.
const FACTS_MAX: u64 = 4_000_000;

/// A phone that has done nothing for so long, not even been lost, is taken to be there.
const PHONES_MS: u64 = 31 * 86_400_000;

/// Whoever waits, talks or holds when a span begins has begun within so long before it.
const EARLIER_MS: u64 = 4 * 3_600_000;

impl Tenant {
    /// Every row of the quarters of an hour from a moment up to, and without, another. What goes on
    /// is counted up to `to`.
    ///
    /// # Errors
    ///
    /// When there are more facts between the two than anybody should wait for, or a line of the
    /// journal cannot be read.
    pub async fn tables(&self, from: Time, to: Time, limits: Limits) -> Result<Tables, Error> {
        let before = self.seq_before(from.0).await?;
        let mut intervals = Intervals::new(limits);
        let mut earlier = self.people_at(before, from.0.saturating_sub(PHONES_MS)).await?;
        earlier.sort_by_key(|kept| kept.seq);
        for kept in &earlier {
            if let What::Acd(fact) = kept.fact()?.what {
                intervals.fold(Time(kept.at_ms), &fact);
            }
        }
        self.each_fact_between(from, to, |at, fact| intervals.fold(at, fact)).await?;
        let mut tables = intervals.tables_until(to);
        // What began before the span has parts in earlier quarters.
        drop(tables.drain_before(Quarter::of(from)));
        Ok(tables)
    }

    /// The calls behind one figure of a period, and those left out of it and why.
    ///
    /// # Errors
    ///
    /// As for [`Tenant::tables`].
    pub async fn explained(&self, question: Question) -> Result<Explanation, Error> {
        let (from, to) = (question.period.from, question.period.to);
        let mut told = Explanation::new(question);
        // Before the period nothing counts, and what goes on when it begins is known.
        let earlier = Time(from.0.saturating_sub(EARLIER_MS));
        self.each_fact_between(earlier, to, |at, fact| told.fold(at, fact)).await?;
        Ok(told)
    }

    async fn each_fact_between(
        &self,
        from: Time,
        to: Time,
        see: impl FnMut(Time, &Fact),
    ) -> Result<(), Error> {
        let after = self.seq_before(from.0).await?;
        let last = self.seq_before(to.0).await?;
        // Facts are numbered without a gap.
        if last.saturating_sub(after) > FACTS_MAX {
            return Err(Error::invalid("from", Fault::TooMany { max: FACTS_MAX }));
        }
        self.each_fact(after, last, see).await
    }

    /// The engine's facts behind one line of the journal, up to another.
    pub(crate) async fn each_fact(
        &self,
        mut after: u64,
        last: u64,
        mut see: impl FnMut(Time, &Fact),
    ) -> Result<(), Error> {
        while after < last {
            let page = self.facts_after(after).await?;
            let Some(end) = page.last() else { break };
            after = end.seq;
            for kept in page.iter().filter(|kept| kept.seq <= last) {
                if let What::Acd(fact) = kept.fact()?.what {
                    see(Time(kept.at_ms), &fact);
                }
            }
        }
        Ok(())
    }
}
