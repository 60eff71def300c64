//! The journal: facts in, in batches; the cache of calls follows in the same transaction.

use serde_json::{Value, json};
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
        let mut connection = self.tenant.store.writer.acquire().await?;
        let written = sqlx::query(APPEND)
            .bind(tenant)
            .bind(self.next_seq)
            .bind(facts_json(lines))
            .bind(calls_json(&touched.rows()))
            .execute(&mut *connection)
            .await;
        if let Err(error) = written {
            // Whatever failed, nothing of the batch stays; there may be no transaction to undo.
            let _ = sqlx::query("ROLLBACK").execute(&mut *connection).await;
            return Err(error.into());
        }
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

/// The cache of calls follows; the rows are the JSON array in this parameter.
macro_rules! upsert_calls {
    ($rows:literal) => {
        concat!(
            "INSERT INTO call (tenant, id, arrived_ms, caller, number, grp, agent, ",
            "outcome, waited_ms, talked_ms, ended_ms) ",
            "SELECT ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, ",
            "value->>6, value->>7, value->>8, value->>9 FROM json_each(",
            $rows,
            ") WHERE true ",
            "ON CONFLICT (tenant, id) DO UPDATE SET arrived_ms = excluded.arrived_ms, ",
            "caller = excluded.caller, number = excluded.number, grp = excluded.grp, ",
            "agent = excluded.agent, outcome = excluded.outcome, waited_ms = excluded.waited_ms, ",
            "talked_ms = excluded.talked_ms, ended_ms = excluded.ended_ms",
        )
    };
}

/// Any number of rows as one JSON parameter, and a batch as one message: each message costs a hop
/// to SQLite's thread and back, which is dearer than reading the JSON.
const APPEND: &str = concat!(
    "BEGIN IMMEDIATE; ",
    "INSERT INTO fact (tenant, seq, at_ms, call, kind, body) ",
    "SELECT ?1, ?2 + key, value->>0, value->>1, value->>2, value->>3 FROM json_each(?3) ",
    "WHERE true; ",
    upsert_calls!("?4"),
    "; COMMIT",
);

const UPSERT_CALLS: &str = upsert_calls!("?2");

fn facts_json(lines: &[JournalLine]) -> String {
    let row =
        |line: &JournalLine| json!([int(line.at_ms), line.call.map(int), line.kind, &*line.body]);
    Value::Array(lines.iter().map(row).collect()).to_string()
}

fn calls_json(calls: &[&Call]) -> String {
    let row = |call: &&Call| {
        json!([
            int(call.id.0),
            int(call.arrived_ms),
            call.caller,
            call.number,
            int(call.group.0),
            call.agent.map(|agent| int(agent.0)),
            call.outcome.word(),
            int(call.waited_ms),
            int(call.talked_ms),
            call.ended_ms.map(int),
        ])
    };
    Value::Array(calls.iter().map(row).collect()).to_string()
}

async fn upsert_calls(
    connection: &mut SqliteConnection,
    tenant: i64,
    calls: &[&Call],
) -> Result<(), Error> {
    sqlx::query(UPSERT_CALLS).bind(tenant).bind(calls_json(calls)).execute(connection).await?;
    Ok(())
}
