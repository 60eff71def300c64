//! Figures by quarter of an hour: a cache that follows the journal.

mod figures;
mod state;

use std::collections::BTreeMap;
use std::ops::Range;

use centre::What;
use sqlx::SqliteConnection;
use stats::{Intervals, Limits, Quarter, Tables};

use crate::sql::{int, nat};
use crate::{Error, Tenant};

/// Facts that are folded before their rows are written: a second of work, and little to hold.
const FACTS_AT_ONCE: usize = 100_000;

/// How far the cache has come.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Folded {
    /// The last fact in it.
    pub seq: u64,
    /// Facts that were folded just now.
    pub facts: u64,
}

impl Tenant {
    /// The rows of some quarters, as far as the cache has come: what goes on is not in it.
    pub async fn intervals(&self, quarters: Range<Quarter>) -> Result<Tables, Error> {
        let mut tables = Tables::default();
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT quarter, figures FROM interval \
             WHERE tenant = ?1 AND quarter >= ?2 AND quarter < ?3 ORDER BY quarter",
        )
        .bind(self.sql_id())
        .bind(i64::from(quarters.start.0))
        .bind(i64::from(quarters.end.0))
        .fetch_all(&self.store.readers)
        .await?;
        for (quarter, bytes) in rows {
            figures::add(&mut tables, number_of(quarter)?, &bytes)?;
        }
        Ok(tables)
    }

    /// Folds what the journal has beyond the cache. A cache of other limits or of an older program
    /// is thrown away first. Whoever else folds at the same time does no harm: one of the two
    /// writes, and the other has done nothing.
    pub async fn fold_intervals(&self, limits: Limits) -> Result<Folded, Error> {
        let kept: Option<(i64, String)> =
            sqlx::query_as("SELECT seq, state FROM interval_state WHERE tenant = ?1")
                .bind(self.sql_id())
                .fetch_optional(&self.store.readers)
                .await?;
        let read = kept.and_then(|(seq, state)| Some((seq, state::read(&state)?)));
        let Some((seq, saved)) = read.filter(|(_, saved)| saved.limits == limits) else {
            return self.rebuild_intervals(limits).await;
        };
        self.fold_on(nat("interval_state", seq)?, Intervals::restored(saved)).await
    }

    /// Throws the cache away and folds the whole journal.
    pub async fn rebuild_intervals(&self, limits: Limits) -> Result<Folded, Error> {
        let intervals = Intervals::new(limits);
        let mut write = self.store.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM interval WHERE tenant = ?1")
            .bind(self.sql_id())
            .execute(&mut *write)
            .await?;
        sqlx::query(
            "INSERT OR REPLACE INTO interval_state (tenant, seq, state) VALUES (?1, 0, ?2)",
        )
        .bind(self.sql_id())
        .bind(state::written(&intervals.saved()))
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        self.fold_on(0, intervals).await
    }

    async fn fold_on(&self, seq: u64, mut intervals: Intervals) -> Result<Folded, Error> {
        let mut folded = Folded { seq, facts: 0 };
        loop {
            let (mut last, mut facts) = (folded.seq, 0);
            while facts < FACTS_AT_ONCE {
                let page = self.facts_after(last).await?;
                let Some(end) = page.last() else { break };
                last = end.seq;
                facts += page.len();
                for kept in &page {
                    let fact = kept.fact()?;
                    if let What::Acd(what) = &fact.what {
                        intervals.fold(fact.at, what);
                    }
                }
            }
            if facts == 0 || !self.keep_intervals(folded.seq, last, &mut intervals).await? {
                return Ok(folded);
            }
            folded = Folded { seq: last, facts: folded.facts + facts as u64 };
        }
    }

    /// Writes the rows that are over, and how far they reach. `false`: somebody else has folded
    /// meanwhile, and nothing was written.
    async fn keep_intervals(
        &self,
        from: u64,
        to: u64,
        intervals: &mut Intervals,
    ) -> Result<bool, Error> {
        let mut write = self.store.writer.begin_with("BEGIN IMMEDIATE").await?;
        let ours = sqlx::query(
            "UPDATE interval_state SET seq = ?3, state = ?4 WHERE tenant = ?1 AND seq = ?2",
        )
        .bind(self.sql_id())
        .bind(int(from))
        .bind(int(to))
        .bind(state::written(&intervals.saved()))
        .execute(&mut *write)
        .await?;
        if ours.rows_affected() == 0 {
            return Ok(false);
        }
        let parts = intervals.take_before(Quarter(u32::MAX));
        let mut quarters: BTreeMap<Quarter, Tables> = BTreeMap::new();
        for row in parts.numbers() {
            let tables = quarters.entry(row.quarter).or_default();
            // A row of a table fits into a table.
            let _ = tables.add(row);
        }
        for (quarter, mut rows) in quarters {
            if let Some(before) = kept(&mut write, self.sql_id(), quarter).await? {
                figures::add(&mut rows, quarter, &before)?;
            }
            sqlx::query(
                "INSERT OR REPLACE INTO interval (tenant, quarter, figures) VALUES (?1, ?2, ?3)",
            )
            .bind(self.sql_id())
            .bind(i64::from(quarter.0))
            .bind(figures::written(&rows))
            .execute(&mut *write)
            .await?;
        }
        write.commit().await?;
        Ok(true)
    }
}

async fn kept(
    connection: &mut SqliteConnection,
    tenant: i64,
    quarter: Quarter,
) -> Result<Option<Vec<u8>>, Error> {
    let figures =
        sqlx::query_scalar("SELECT figures FROM interval WHERE tenant = ?1 AND quarter = ?2")
            .bind(tenant)
            .bind(i64::from(quarter.0))
            .fetch_optional(connection)
            .await?;
    Ok(figures)
}

fn number_of(quarter: i64) -> Result<Quarter, Error> {
    let corrupt = || Error::Corrupt { table: "interval", cause: format!("quarter {quarter}") };
    u32::try_from(quarter).map(Quarter).map_err(|_| corrupt())
}
