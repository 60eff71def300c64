//! The journal: facts in, in batches; the cache of calls follows in the same transaction.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sqlx::SqliteConnection;

use crate::call::{self, Call};
use crate::fold::{OpenCalls, Touched};
use crate::sql::{int, nat, nat_maybe};
use crate::{Error, JournalLine, Kept, Tenant};

/// Facts of one read: enough to be quick, little enough to hold.
const READ_MAX: i64 = 4_096;

/// The journal of one company, open for writing. There is one writer: its owner.
#[derive(Debug)]
pub struct Journal {
    tenant: Tenant,
    next_seq: i64,
    open: OpenCalls,
}

type Row = (i64, i64, Option<i64>, String, String);

impl Journal {
    /// Opens the journal where it ended.
    pub async fn open(tenant: &Tenant) -> Result<Journal, Error> {
        let mut connection = tenant.store.writer.acquire().await?;
        let last: Option<i64> = sqlx::query_scalar("SELECT MAX(seq) FROM fact WHERE tenant = ?1")
            .bind(tenant.sql_id())
            .fetch_one(&mut *connection)
            .await?;
        let open = OpenCalls::of(call::open(&mut connection, tenant.sql_id()).await?);
        Ok(Journal { tenant: tenant.clone(), next_seq: last.unwrap_or(0) + 1, open })
    }

    /// Writes a batch: all of it, or after an error nothing of it.
    pub async fn append(&mut self, lines: &[JournalLine]) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut touched = Touched::default();
        for line in lines {
            if let (Some(call), Some(step)) = (line.call, &line.step) {
                touched.apply(&self.open, line.at_ms, call, step);
            }
        }
        let tenant = self.tenant.sql_id();
        let mut write = self.tenant.store.writer.begin_with("BEGIN IMMEDIATE").await?;
        insert_facts(&mut write, tenant, self.next_seq, lines).await?;
        upsert_calls(&mut write, tenant, &touched.rows()).await?;
        write.commit().await?;
        self.next_seq += i64::try_from(lines.len()).unwrap_or(i64::MAX);
        self.open.accept(touched);
        Ok(())
    }

    pub(crate) fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Calls that the journal has not closed. After a crash these are the ones that were alive.
    pub fn open_calls(&self) -> impl Iterator<Item = &Call> {
        self.open.iter()
    }

    /// Throws the cache of calls away and folds it from the journal again.
    pub async fn rebuild_calls(&mut self) -> Result<(), Error> {
        let tenant = self.tenant.sql_id();
        let mut write = self.tenant.store.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM call WHERE tenant = ?1").bind(tenant).execute(&mut *write).await?;
        let mut open = OpenCalls::default();
        let mut after = 0;
        loop {
            let page = read(&mut write, tenant, after).await?;
            let Some(last) = page.last() else { break };
            after = int(last.seq);
            let mut touched = Touched::default();
            for kept in &page {
                let line = JournalLine::of(&kept.fact()?);
                if let (Some(call), Some(step)) = (line.call, &line.step) {
                    touched.apply(&open, line.at_ms, call, step);
                }
            }
            upsert_calls(&mut write, tenant, &touched.rows()).await?;
            open.accept(touched);
        }
        write.commit().await?;
        self.open = open;
        Ok(())
    }
}

impl Tenant {
    /// The facts of one call, in order.
    pub async fn facts_of(&self, call: acd::CallId) -> Result<Vec<Kept>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, at_ms, call, kind, body FROM fact WHERE tenant = ?1 AND call = ?2 \
             ORDER BY seq LIMIT ?3",
        )
        .bind(self.sql_id())
        .bind(int(call.0))
        .bind(READ_MAX)
        .fetch_all(&self.store.readers)
        .await?;
        rows.into_iter().map(Kept::read).collect()
    }

    /// A page of facts after a sequence number; empty at the journal's end.
    pub async fn facts_after(&self, seq: u64) -> Result<Vec<Kept>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        read(&mut connection, self.sql_id(), int(seq)).await
    }

    /// The sequence number of the last fact before a moment: where today begins.
    pub async fn seq_before(&self, at_ms: u64) -> Result<u64, Error> {
        // From the end backwards: a day is short against a journal.
        let seq: Option<i64> = sqlx::query_scalar(
            "SELECT seq FROM fact WHERE tenant = ?1 AND at_ms < ?2 ORDER BY seq DESC LIMIT 1",
        )
        .bind(self.sql_id())
        .bind(int(at_ms))
        .fetch_optional(&self.store.readers)
        .await?;
        nat("fact", seq.unwrap_or(0))
    }
}

impl Kept {
    pub(crate) fn read((seq, at_ms, call, kind, body): Row) -> Result<Kept, Error> {
        let (seq, at_ms) = (nat("fact", seq)?, nat("fact", at_ms)?);
        Ok(Kept { seq, at_ms, call: nat_maybe("fact", call)?, kind, body })
    }
}

async fn read(
    connection: &mut SqliteConnection,
    tenant: i64,
    after: i64,
) -> Result<Vec<Kept>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, at_ms, call, kind, body FROM fact WHERE tenant = ?1 AND seq > ?2 \
         ORDER BY seq LIMIT ?3",
    )
    .bind(tenant)
    .bind(after)
    .bind(READ_MAX)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Kept::read).collect()
}

/// Statements for so many rows at once. A batch is cut into the largest that fit: few statements,
/// each prepared once.
const ROWS: [usize; 4] = [64, 16, 4, 1];

static INSERT_FACTS: LazyLock<[String; 4]> = LazyLock::new(|| {
    ROWS.map(|rows| {
        let mut sql = "INSERT INTO fact (tenant, seq, at_ms, call, kind, body) VALUES ".to_owned();
        for row in 0..rows {
            let first = 3 + 4 * row;
            let (call, kind, body) = (first + 1, first + 2, first + 3);
            let comma = if row == 0 { "" } else { ", " };
            // Writing to a String cannot fail.
            let _ = write!(sql, "{comma}(?1, ?2 + {row}, ?{first}, ?{call}, ?{kind}, ?{body})");
        }
        sql
    })
});

static UPSERT_CALLS: LazyLock<[String; 4]> = LazyLock::new(|| {
    ROWS.map(|rows| {
        let mut sql = "INSERT INTO call (tenant, id, arrived_ms, caller, number, grp, agent, \
             outcome, waited_ms, talked_ms, ended_ms) VALUES "
            .to_owned();
        for row in 0..rows {
            let _ = write!(sql, "{}(?1", if row == 0 { "" } else { ", " });
            for column in 0..10 {
                let _ = write!(sql, ", ?{}", 2 + 10 * row + column);
            }
            sql.push(')');
        }
        sql.push_str(
            " ON CONFLICT (tenant, id) DO UPDATE SET arrived_ms = excluded.arrived_ms, \
             caller = excluded.caller, number = excluded.number, grp = excluded.grp, \
             agent = excluded.agent, outcome = excluded.outcome, waited_ms = excluded.waited_ms, \
             talked_ms = excluded.talked_ms, ended_ms = excluded.ended_ms",
        );
        sql
    })
});

/// Cuts a batch into pieces of the sizes that have a statement.
fn pieces<'a, T>(
    mut rows: &'a [T],
    statements: &'static [String; 4],
) -> impl Iterator<Item = (&'static str, &'a [T])> {
    std::iter::from_fn(move || {
        let fits = |(size, _): &(usize, &String)| *size <= rows.len();
        let (size, sql) = ROWS.into_iter().zip(statements).find(fits)?;
        let (piece, rest) = rows.split_at(size);
        rows = rest;
        Some((sql.as_str(), piece))
    })
}

async fn insert_facts(
    connection: &mut SqliteConnection,
    tenant: i64,
    mut seq: i64,
    lines: &[JournalLine],
) -> Result<(), Error> {
    for (sql, piece) in pieces(lines, &INSERT_FACTS) {
        let mut query = sqlx::query(sql).bind(tenant).bind(seq);
        for line in piece {
            query = query
                .bind(int(line.at_ms))
                .bind(line.call.map(int))
                .bind(line.kind)
                .bind(&*line.body);
        }
        query.execute(&mut *connection).await?;
        seq += i64::try_from(piece.len()).unwrap_or(i64::MAX);
    }
    Ok(())
}

async fn upsert_calls(
    connection: &mut SqliteConnection,
    tenant: i64,
    calls: &[&Call],
) -> Result<(), Error> {
    for (sql, piece) in pieces(calls, &UPSERT_CALLS) {
        let mut query = sqlx::query(sql).bind(tenant);
        for call in piece {
            query = query
                .bind(int(call.id.0))
                .bind(int(call.arrived_ms))
                .bind(&call.caller)
                .bind(&call.number)
                .bind(int(call.group.0))
                .bind(call.agent.map(|agent| int(agent.0)))
                .bind(call.outcome.word())
                .bind(int(call.waited_ms))
                .bind(int(call.talked_ms))
                .bind(call.ended_ms.map(int));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
