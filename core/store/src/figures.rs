//! Rows of figures, folded from the journal anew: whoever counts twice gets the same.

use acd::Time;
use centre::What;
use stats::{Intervals, Limits, Quarter, Tables};

use crate::{Error, Fault, Tenant};

/// Facts of one span: a month of 500 agents. Reading and folding takes some microseconds for each.
const FACTS_MAX: u64 = 4_000_000;

/// A phone that has done nothing for so long, not even been lost, is taken to be there.
const PHONES_MS: u64 = 31 * 86_400_000;

impl Tenant {
    /// Every row of the quarters of an hour from a moment up to, and without, another. What goes on
    /// is counted up to `to`.
    ///
    /// # Errors
    ///
    /// When there are more facts between the two than anybody should wait for, or a line of the
    /// journal cannot be read.
    pub async fn tables(&self, from: Time, to: Time, limits: Limits) -> Result<Tables, Error> {
        let mut after = self.seq_before(from.0).await?;
        let last = self.seq_before(to.0).await?;
        // Facts are numbered without a gap.
        if last.saturating_sub(after) > FACTS_MAX {
            return Err(Error::invalid("from", Fault::TooMany { max: FACTS_MAX }));
        }
        let mut intervals = Intervals::new(limits);
        let mut earlier = self.people_at(after, from.0.saturating_sub(PHONES_MS)).await?;
        earlier.sort_by_key(|kept| kept.seq);
        for kept in &earlier {
            if let What::Acd(fact) = kept.fact()?.what {
                intervals.fold(Time(kept.at_ms), &fact);
            }
        }
        while after < last {
            let page = self.facts_after(after).await?;
            let Some(end) = page.last() else { break };
            after = end.seq;
            for kept in page.iter().filter(|kept| kept.seq <= last) {
                if let What::Acd(fact) = kept.fact()?.what {
                    intervals.fold(Time(kept.at_ms), &fact);
                }
            }
        }
        let mut tables = intervals.tables_until(to);
        // What began before the span has parts in earlier quarters.
        drop(tables.drain_before(Quarter::of(from)));
        Ok(tables)
    }
}
